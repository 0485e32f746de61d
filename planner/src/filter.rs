//! Filters by name, as a specification or a relationship's definition writes them: `where` of the text form. Names
//! are resolved, and values numbered, by [`logical`](crate::logical).

use crate::error::Span;
use crate::value::Value;

/// Where something stands in the text of a specification. All places are equal: two specifications that differ only
/// in layout are one value.
#[derive(Clone, Copy, Debug, Default)]
pub struct At(pub Option<Span>);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for At {}

/// A condition on the rows of one entity.
///
/// ```
/// use eagerly_planner::filter::{CompareOp, Filter};
///
/// let recent = Filter::compare("created_at", CompareOp::Gt, "2026-01-01");
/// let filter = Filter::eq("published", true).and(recent.or(Filter::any("tags", Filter::eq("slug", "news"))));
/// assert!(matches!(filter, Filter::And(parts) if parts.len() == 2));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Filter {
    /// All hold; true if there are none.
    And(Vec<Filter>),
    /// At least one holds; false if there are none.
    Or(Vec<Filter>),
    /// Three-valued NOT.
    Not(Box<Filter>),
    /// A comparison of a column.
    Column {
        /// The column's name.
        name: String,
        /// The comparison.
        test: Comparison,
        /// Its place.
        at: At,
    },
    /// A condition on related rows, rendered as EXISTS.
    Relationship {
        /// The relationship's name.
        name: String,
        /// How many related rows must meet `filter`.
        quantifier: Quantifier,
        /// The condition on the target; `And([])` asks for existence alone.
        filter: Box<Filter>,
        /// Its place.
        at: At,
    },
}

/// How many related rows must meet a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Quantifier {
    /// At least one, of a to-many or a to-one.
    Any,
    /// No one.
    None,
    /// The target of a to-one.
    Has,
}

/// A test of one column. NULL operands follow SQL, but for `Eq` and `Ne`, where NULL means IS NULL and IS NOT NULL.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Comparison {
    /// A binary comparison.
    Compare(CompareOp, Operand),
    /// `IN`, or with `negated` `NOT IN`. Never true for an empty list, `NOT IN` always.
    In {
        /// The values.
        list: ListOperand,
        /// NOT IN.
        negated: bool,
    },
    /// `IS NULL` (true) or `IS NOT NULL` (false).
    IsNull(bool),
    /// `IS NULL` or `IS NOT NULL`, as the variable says.
    IsNullVariable(String),
}

/// A comparison operator.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
    /// The database's LIKE.
    Like,
    /// NOT LIKE.
    NotLike,
}

impl CompareOp {
    /// Every operator, in the order of help texts.
    pub const ALL: [Self; 8] = [Self::Eq, Self::Ne, Self::Lt, Self::Le, Self::Gt, Self::Ge, Self::Like, Self::NotLike];

    /// Its word in the written forms.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Lt => "lt",
            Self::Le => "le",
            Self::Gt => "gt",
            Self::Ge => "ge",
            Self::Like => "like",
            Self::NotLike => "not_like",
        }
    }
}

/// A value, or a variable that gets one before the specification is compiled.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Operand {
    /// A literal.
    Value(Value),
    /// `$name`
    Variable(String),
}

/// A list of values, or a variable that holds one.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ListOperand {
    /// Its elements.
    Values(Vec<Operand>),
    /// `$name`
    Variable(String),
}

impl Filter {
    /// `column = value`, or `column IS NULL`.
    #[must_use]
    pub fn eq(column: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::compare(column, CompareOp::Eq, value)
    }

    /// `column op value`.
    #[must_use]
    pub fn compare(column: impl Into<String>, op: CompareOp, value: impl Into<Value>) -> Self {
        let test = Comparison::Compare(op, Operand::Value(value.into()));
        Self::Column { name: column.into(), test, at: At::default() }
    }

    /// `column LIKE pattern`.
    #[must_use]
    pub fn like(column: impl Into<String>, pattern: impl Into<String>) -> Self {
        Self::compare(column, CompareOp::Like, pattern.into())
    }

    /// `column IN (values)`.
    #[must_use]
    pub fn is_in<V: Into<Value>>(column: impl Into<String>, values: impl IntoIterator<Item = V>) -> Self {
        let list = ListOperand::Values(values.into_iter().map(|v| Operand::Value(v.into())).collect());
        Self::Column { name: column.into(), test: Comparison::In { list, negated: false }, at: At::default() }
    }

    /// `column IS NULL`.
    #[must_use]
    pub fn is_null(column: impl Into<String>) -> Self {
        Self::Column { name: column.into(), test: Comparison::IsNull(true), at: At::default() }
    }

    /// `column IS NOT NULL`.
    #[must_use]
    pub fn is_not_null(column: impl Into<String>) -> Self {
        Self::Column { name: column.into(), test: Comparison::IsNull(false), at: At::default() }
    }

    /// No related row meets `filter`.
    #[must_use]
    pub fn none(relationship: impl Into<String>, filter: Filter) -> Self {
        Self::Relationship {
            name: relationship.into(),
            quantifier: Quantifier::None,
            filter: Box::new(filter),
            at: At::default(),
        }
    }

    /// At least one related row meets `filter`.
    #[must_use]
    pub fn any(relationship: impl Into<String>, filter: Filter) -> Self {
        Self::Relationship {
            name: relationship.into(),
            quantifier: Quantifier::Any,
            filter: Box::new(filter),
            at: At::default(),
        }
    }

    /// At least one holds.
    #[must_use]
    pub fn or(self, other: Filter) -> Self {
        match self {
            Self::Or(mut some) => {
                some.push(other);
                Self::Or(some)
            }
            first => Self::Or(vec![first, other]),
        }
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Filter) -> Self {
        match self {
            Self::And(mut all) => {
                all.push(other);
                Self::And(all)
            }
            first => Self::And(vec![first, other]),
        }
    }
}
