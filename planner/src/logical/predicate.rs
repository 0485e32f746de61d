//! Conditions with resolved columns and numbered binds.

use crate::filter::CompareOp;
use crate::ids::{ColumnId, ParamId, RelationshipId};

/// Where a bound value comes from.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bind {
    /// The specification.
    Spec(ParamId),
    /// A predicate of the relationship graph.
    Graph(ParamId),
}

/// A condition on the rows of one entity, in SQL's three-valued logic.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Predicate {
    /// Always true, or always false.
    Constant(bool),
    /// All hold.
    And(Vec<Predicate>),
    /// At least one holds.
    Or(Vec<Predicate>),
    /// NOT.
    Not(Box<Predicate>),
    /// `column op value`
    Compare {
        /// The column.
        column: ColumnId,
        /// The operator.
        op: CompareOp,
        /// The value.
        value: Bind,
    },
    /// `column IN (list)`
    In {
        /// The column.
        column: ColumnId,
        /// The list, never empty.
        list: Bind,
        /// NOT IN.
        negated: bool,
    },
    /// `column IS NULL`
    IsNull {
        /// The column.
        column: ColumnId,
        /// IS NOT NULL.
        negated: bool,
    },
    /// `EXISTS (related rows that meet filter)`
    Exists {
        /// The relationship from the entity.
        relationship: RelationshipId,
        /// The condition on the target, the relationship's own predicate included.
        filter: Box<Predicate>,
        /// NOT EXISTS.
        negated: bool,
    },
}

impl Predicate {
    /// Always true.
    pub const TRUE: Self = Self::Constant(true);
    /// Always false.
    pub const FALSE: Self = Self::Constant(false);

    /// The conjunction; flat, without constants that change nothing.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Constant(true) => {}
                Self::Constant(false) => return Self::FALSE,
                Self::And(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::TRUE,
            1 => kept.swap_remove(0),
            _ => Self::And(kept),
        }
    }

    /// The disjunction; flat, without constants that change nothing.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Constant(false) => {}
                Self::Constant(true) => return Self::TRUE,
                Self::Or(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::FALSE,
            1 => kept.swap_remove(0),
            _ => Self::Or(kept),
        }
    }

    /// The negation.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::Constant(truth) => Self::Constant(!truth),
            other => Self::Not(Box::new(other)),
        }
    }

    /// Whether it asks for related rows, and so costs a query for each row.
    #[must_use]
    pub fn asks_for_rows(&self) -> bool {
        match self {
            Self::Exists { .. } => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::asks_for_rows),
            Self::Not(inner) => inner.asks_for_rows(),
            Self::Constant(_) | Self::Compare { .. } | Self::In { .. } | Self::IsNull { .. } => false,
        }
    }

    /// How deep questions for related rows stand within each other.
    #[must_use]
    pub fn nested_questions(&self) -> usize {
        match self {
            Self::Exists { filter, .. } => 1 + filter.nested_questions(),
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::nested_questions).max().unwrap_or(0),
            Self::Not(inner) => inner.nested_questions(),
            Self::Constant(_) | Self::Compare { .. } | Self::In { .. } | Self::IsNull { .. } => 0,
        }
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::all([self, other])
    }
}
