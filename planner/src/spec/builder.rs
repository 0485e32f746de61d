//! The Rust builder of load specifications, in the words of SQLAlchemy's loader options.

use super::{At, ColumnList, Field, Filter, LoadSpec, OrderTerm, Recurse, Strategy};

/// A relationship loaded by its declared strategy, else as the planner chooses.
#[must_use]
pub fn relationship(name: impl Into<String>) -> Field {
    Field::new(name)
}

/// A relationship loaded in a batch of its own, by the keys of the parents.
#[must_use]
pub fn selectin(name: impl Into<String>) -> Field {
    Field::new(name).strategy(Strategy::Selectin)
}

/// A relationship loaded by a join in the statement of its parent.
#[must_use]
pub fn joined(name: impl Into<String>) -> Field {
    Field::new(name).strategy(Strategy::Joined)
}

/// A relationship loaded in a batch of its own that repeats the parent's query.
#[must_use]
pub fn subquery(name: impl Into<String>) -> Field {
    Field::new(name).strategy(Strategy::Subquery)
}

/// A relationship loaded when it is touched, for all siblings at once.
#[must_use]
pub fn lazy(name: impl Into<String>) -> Field {
    Field::new(name).strategy(Strategy::Lazy)
}

/// A relationship loaded when it is touched, for one row alone: SQLAlchemy's `lazyload`, and the way to N+1 statements.
#[must_use]
pub fn lazy_one(name: impl Into<String>) -> Field {
    Field::new(name).strategy(Strategy::LazyOne)
}

/// A relationship that is never loaded: touching it is an error.
#[must_use]
pub fn raise(name: impl Into<String>) -> Field {
    Field::new(name).strategy(Strategy::Raise)
}

/// A relationship that is never loaded, and stays empty.
#[must_use]
pub fn noload(name: impl Into<String>) -> Field {
    Field::new(name).strategy(Strategy::NoLoad)
}

/// A relationship for which the planner chooses.
#[must_use]
pub fn auto(name: impl Into<String>) -> Field {
    Field::new(name).strategy(Strategy::Auto)
}

impl LoadSpec {
    /// All rows and all columns of an entity.
    #[must_use]
    pub fn new(entity: impl Into<String>) -> Self {
        Field::new(entity).into()
    }

    /// Lists columns; without one all columns come out.
    #[must_use]
    pub fn load_only<S: Into<String>>(self, columns: impl IntoIterator<Item = S>) -> Self {
        self.into_root().load_only(columns).into()
    }

    /// Adds a relationship.
    #[must_use]
    pub fn load(self, relationship: Field) -> Self {
        self.into_root().load(relationship).into()
    }

    /// Adds a condition; several are ANDed.
    #[must_use]
    pub fn filter(self, filter: Filter) -> Self {
        self.into_root().filter(filter).into()
    }

    /// Adds columns to the order: `title`, or `-title` for descending.
    #[must_use]
    pub fn order<S: AsRef<str>>(self, columns: impl IntoIterator<Item = S>) -> Self {
        self.into_root().order(columns).into()
    }

    /// At most so many root rows.
    #[must_use]
    pub fn limit(self, limit: u64) -> Self {
        self.into_root().limit(limit).into()
    }

    /// Skips so many root rows.
    #[must_use]
    pub fn offset(self, offset: u64) -> Self {
        self.into_root().offset(offset).into()
    }

    /// All columns but these.
    #[must_use]
    pub fn except<S: Into<String>>(self, columns: impl IntoIterator<Item = S>) -> Self {
        self.into_root().except(columns).into()
    }

    /// The strategy of the root's relationships that are not listed.
    #[must_use]
    pub fn default_strategy(self, strategy: Strategy) -> Self {
        self.into_root().default_strategy(strategy).into()
    }
}

impl Field {
    /// Lists columns; without one all columns come out.
    #[must_use]
    pub fn load_only<S: Into<String>>(self, columns: impl IntoIterator<Item = S>) -> Self {
        columns.into_iter().fold(self, |field, column| field.load(Field::new(column)))
    }

    /// Adds a nested relationship.
    #[must_use]
    pub fn load(mut self, relationship: Field) -> Self {
        self.fields.get_or_insert_default().push(relationship);
        self
    }

    /// Adds a condition; several are ANDed.
    #[must_use]
    pub fn filter(mut self, filter: Filter) -> Self {
        self.arguments.filter = Some(match self.arguments.filter.take() {
            Some(before) => before.and(filter),
            None => filter,
        });
        self
    }

    /// Adds columns to the order: `title`, or `-title` for descending.
    #[must_use]
    pub fn order<S: AsRef<str>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        let terms = columns.into_iter().map(|c| OrderTerm::parse(c.as_ref(), At::default()));
        self.arguments.order.extend(terms);
        self
    }

    /// At most so many rows per parent.
    #[must_use]
    pub fn limit(mut self, limit: u64) -> Self {
        self.arguments.limit = Some(limit);
        self
    }

    /// Skips so many rows per parent.
    #[must_use]
    pub fn offset(mut self, offset: u64) -> Self {
        self.arguments.offset = Some(offset);
        self
    }

    /// Comes out under `key`.
    #[must_use]
    pub fn alias(mut self, key: impl Into<String>) -> Self {
        self.alias = Some(key.into());
        self
    }

    /// Sets the strategy.
    #[must_use]
    pub fn strategy(mut self, strategy: Strategy) -> Self {
        self.strategy = Some(strategy);
        self
    }

    /// Drops parents without a match, before their limit: SQLAlchemy's `innerjoin=True`.
    #[must_use]
    pub fn inner(mut self) -> Self {
        self.inner = true;
        self
    }

    /// All columns but these: SQLAlchemy's `defer`.
    #[must_use]
    pub fn except<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        self.except.get_or_insert_default().columns.extend(columns.into_iter().map(Into::into));
        self
    }

    /// The strategy of its relationships that are not listed: SQLAlchemy's `raiseload("*")` and the like.
    #[must_use]
    pub fn default_strategy(mut self, strategy: Strategy) -> Self {
        self.default_strategy = Some(strategy);
        self
    }

    /// Follows a relationship of an entity to itself, to the end.
    #[must_use]
    pub fn recurse(mut self) -> Self {
        self.recurse = Some(Recurse::default());
        self
    }

    /// Follows a relationship of an entity to itself, so many levels below the first: SQLAlchemy's `recursion_depth`.
    #[must_use]
    pub fn recurse_to(mut self, depth: u64) -> Self {
        self.recurse = Some(Recurse { depth: Some(depth), at: At::default() });
        self
    }

    /// Adds columns of the association table's row to each target, as an object `_link`.
    #[must_use]
    pub fn link<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        self.link.get_or_insert_with(ColumnList::default).columns.extend(columns.into_iter().map(Into::into));
        self
    }
}
