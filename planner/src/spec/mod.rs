//! Load specifications: what to load, by name. A [`LoadSpec`] is plain data; nothing in it is checked against a graph
//! before it is compiled.
//!
//! ```
//! use eagerly_planner::spec::{LoadSpec, joined, selectin};
//!
//! let spec = LoadSpec::new("post")
//!     .load_only(["title"])
//!     .order(["-created_at"])
//!     .limit(10)
//!     .load(joined("author").load_only(["name"]))
//!     .load(selectin("tags").load_only(["name", "slug"]));
//! assert_eq!(spec.root.fields.as_ref().map(Vec::len), Some(3));
//! ```

mod builder;
pub(crate) mod depth;
#[cfg(any(feature = "text", feature = "serde"))]
mod forms;
#[cfg(feature = "serde")]
mod json;
mod merge;
// The written forms use all of it.
#[cfg_attr(not(feature = "text"), allow(dead_code))]
mod problems;
pub(crate) mod scope;
pub(crate) mod shape;
mod shared;
mod stand_ins;
#[cfg(feature = "text")]
mod text;
mod variables;
#[cfg(any(feature = "text", feature = "serde"))]
mod written;

use std::sync::Arc;

pub use crate::filter::{At, CompareOp, Comparison, Filter, ListOperand, Operand, Quantifier};
pub use builder::{auto, joined, lazy, lazy_one, noload, raise, relationship, selectin, subquery};
#[cfg(feature = "serde")]
pub use json::variables_from_json;
pub use variables::Variables;

/// How a relationship is loaded.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Strategy {
    /// In a batch of its own, by the keys of the parents.
    Selectin,
    /// In the statement of its parent, by a join.
    Joined,
    /// In a batch of its own that repeats the parent's query.
    Subquery,
    /// When it is touched, for all siblings at once.
    Lazy,
    /// When it is touched, for that one row.
    LazyOne,
    /// Never: touching it is an error.
    Raise,
    /// Never: it stays empty.
    NoLoad,
    /// The planner chooses.
    Auto,
}

impl Strategy {
    /// Every strategy, in the order of help texts.
    pub const ALL: [Self; 8] = [
        Self::Selectin,
        Self::Joined,
        Self::Subquery,
        Self::Auto,
        Self::Lazy,
        Self::LazyOne,
        Self::Raise,
        Self::NoLoad,
    ];

    /// The strategy of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.name() == name)
    }

    /// Whether a load executes the relationship: not under `lazy`, `raise` and `noload`.
    #[must_use]
    pub const fn is_eager(self) -> bool {
        !matches!(self, Self::Lazy | Self::LazyOne | Self::Raise | Self::NoLoad)
    }

    /// Its name: that of the directive, but for `lazy_one`, which is written `@lazy(one: true)`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Selectin => "selectin",
            Self::Joined => "joined",
            Self::Subquery => "subquery",
            Self::Lazy => "lazy",
            Self::LazyOne => "lazy_one",
            Self::Raise => "raise",
            Self::NoLoad => "noload",
            Self::Auto => "auto",
        }
    }
}

/// What to load: a root entity, and a tree of columns and relationships below it.
///
/// Cloning one shares its tree: a plan keeps the specification that it was compiled for at no cost.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadSpec {
    /// The root; its name is an entity's. [`root_mut`](Self::root_mut) changes it.
    pub root: Arc<Field>,
}

/// What could be read of a text: a specification without the parts that were wrong, and what was wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The specification; not what was meant if there are problems.
    pub spec: LoadSpec,
    /// The problems, in the order of the text.
    pub problems: Vec<crate::error::Error>,
}

/// A column, a relationship, or the root entity, with its options. Whether a field without braces is a column or a
/// relationship is known when the specification meets a graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name in the graph.
    pub name: String,
    /// The output key, if it is not the name.
    pub alias: Option<String>,
    /// `where`, `order`, `limit`, `offset`.
    pub arguments: Arguments,
    /// The strategy asked for.
    pub strategy: Option<Strategy>,
    /// Drop parents without a match.
    pub inner: bool,
    /// `@except`: all columns but these.
    pub except: Option<ColumnList>,
    /// `@default`: the strategy of the relationships that are not listed.
    pub default_strategy: Option<Strategy>,
    /// `@recurse`: the relationship again, below each of its rows.
    pub recurse: Option<Recurse>,
    /// `@link`: these columns of the association table's row, in each target.
    pub link: Option<ColumnList>,
    /// What is listed in braces, in order; `None` without braces. No column listed means all columns.
    pub fields: Option<Vec<Field>>,
    /// Its place.
    pub at: At,
}

/// The arguments of a root or a relationship.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arguments {
    /// `where`
    pub filter: Option<Filter>,
    /// `order`; the primary key is added behind it.
    pub order: Vec<OrderTerm>,
    /// `limit`, per parent on a relationship.
    pub limit: Option<u64>,
    /// `offset`, per parent on a relationship.
    pub offset: Option<u64>,
    /// Where the arguments stand.
    pub at: At,
}

/// Columns that a directive lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnList {
    /// Their names.
    pub columns: Vec<String>,
    /// Where the directive stands.
    pub at: At,
}

/// How far a relationship of an entity to itself is followed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recurse {
    /// Levels below the first; `None`: to the end.
    pub depth: Option<u64>,
    /// Where the directive stands.
    pub at: At,
}

/// One column of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderTerm {
    /// The column's name.
    pub column: String,
    /// Descending, NULLs last; otherwise ascending, NULLs first.
    pub descending: bool,
    /// Its place.
    pub at: At,
}

impl LoadSpec {
    /// The root, to change it: copied before where other specifications or plans share it.
    pub fn root_mut(&mut self) -> &mut Field {
        Arc::make_mut(&mut self.root)
    }

    /// The root by itself: copied where other specifications or plans share it.
    #[must_use]
    pub fn into_root(self) -> Field {
        Arc::unwrap_or_clone(self.root)
    }
}

impl From<Field> for LoadSpec {
    fn from(root: Field) -> Self {
        Self { root: Arc::new(root) }
    }
}

impl Parsed {
    /// The problems of the text, or if it has none, those that came up behind it.
    #[must_use]
    pub fn problems_or(self, others: crate::error::Errors) -> crate::error::Errors {
        crate::error::Errors::check(self.problems, ()).err().unwrap_or(others)
    }
}

impl Arguments {
    /// Whether no argument is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { filter, order, limit, offset, at: _ } = self;
        filter.is_none() && order.is_empty() && limit.is_none() && offset.is_none()
    }
}

impl Field {
    /// A field without options.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            alias: None,
            arguments: Arguments::default(),
            strategy: None,
            inner: false,
            except: None,
            default_strategy: None,
            recurse: None,
            link: None,
            fields: None,
            at: At::default(),
        }
    }

    /// Whether the field has a name and an alias and nothing else, as a column has.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let Self {
            name: _,
            alias: _,
            arguments,
            strategy,
            inner,
            except,
            default_strategy,
            recurse,
            link,
            fields,
            at: _,
        } = self;
        let directives = strategy.is_some() || *inner || default_strategy.is_some() || recurse.is_some();
        arguments.is_empty() && !directives && except.is_none() && link.is_none() && fields.is_none()
    }

    /// The key under which the field comes out.
    #[must_use]
    pub fn key(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.name)
    }
}

impl OrderTerm {
    /// Reads `title` or `-title`.
    #[must_use]
    pub fn parse(text: &str, at: At) -> Self {
        match text.strip_prefix('-') {
            Some(column) => Self { column: column.to_owned(), descending: true, at },
            None => Self { column: text.to_owned(), descending: false, at },
        }
    }

    /// Writes `title` or `-title`; [`parse`](Self::parse) takes the ascending `-title` for a descending one.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.column)
    }
}
