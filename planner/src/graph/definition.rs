//! Definitions by name: what the builder, reflection and graph files hand over, before anything is checked.

use super::{Cast, ColumnType, IndexDef, UniqueDef};
use crate::filter::Filter;
use crate::spec::{OrderTerm, Strategy};

/// A column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ColumnDef {
    /// Its name in the database.
    pub name: String,
    /// Its type.
    pub ty: ColumnType,
    /// The database's own name of the type, by which a value is cast to it; `None` where a driver gives none.
    pub native: Option<String>,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// Its collation; `None` is the database's default.
    pub collation: Option<String>,
    /// Computed by the database.
    pub generated: bool,
    /// Whether its type has a default order. Ties are ordered by such columns alone. PostgreSQL: not `json`, `xml`, `point`
    /// and others; elsewhere every type has one.
    pub ordered: bool,
    /// Whether its type is a composite type of PostgreSQL, of which `IS NULL` asks each field.
    pub composite: bool,
    /// The session settings that the text form of its type depends on; `None` if that is not known. Only of a type that is
    /// read as text ([`ColumnType::Other`]).
    pub settings: Option<Vec<String>>,
}

impl ColumnDef {
    /// A column that is never NULL.
    #[must_use]
    pub fn new(name: impl Into<String>, ty: ColumnType) -> Self {
        Self {
            name: name.into(),
            ty,
            native: None,
            nullable: false,
            collation: None,
            generated: false,
            ordered: true,
            composite: false,
            settings: None,
        }
    }

    /// Allows NULL.
    #[must_use]
    pub fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// Names the type as the database does.
    #[must_use]
    pub fn native(mut self, native: impl Into<String>) -> Self {
        self.native = Some(native.into());
        self
    }

    /// Names the collation.
    #[must_use]
    pub fn collation(mut self, collation: impl Into<String>) -> Self {
        self.collation = Some(collation.into());
        self
    }

    /// Marks the column as computed by the database.
    #[must_use]
    pub fn generated(mut self) -> Self {
        self.generated = true;
        self
    }

    /// Says that its type has no default order.
    #[must_use]
    pub fn unordered(mut self) -> Self {
        self.ordered = false;
        self
    }

    /// Says that its type is a composite type.
    #[must_use]
    pub fn composite(mut self) -> Self {
        self.composite = true;
        self
    }

    /// Names the session settings that its text form depends on.
    #[must_use]
    pub fn settings<S: Into<String>>(mut self, settings: impl IntoIterator<Item = S>) -> Self {
        self.settings = Some(settings.into_iter().map(Into::into).collect());
        self
    }
}

/// An entity: a mapped table or view.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EntityDef {
    /// The entity's name.
    pub name: String,
    /// The schema of its table, where it is not the default one.
    pub schema: Option<String>,
    /// The exact name of its table.
    pub table: String,
    /// A view.
    pub view: bool,
    /// Columns in table order.
    pub columns: Vec<ColumnDef>,
    /// Columns of the primary key, none if there is no key.
    pub primary_key: Vec<String>,
    /// Whether the primary key compares finer than its columns do, so that an equality on them can find several rows.
    pub inexact_primary_key: bool,
    /// A hidden column that tells rows apart in one statement, as SQLite's `rowid` does.
    pub row_id: Option<String>,
    /// Its indexes, beside those of the keys; `None` if they are not known.
    pub indexes: Option<Vec<IndexDef>>,
    /// Other unique keys.
    pub unique_keys: Vec<UniqueDef>,
    /// Relationships that start here.
    pub relationships: Vec<RelationshipDef>,
}

impl EntityDef {
    /// An entity whose table has its name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            table: name.clone(),
            name,
            schema: None,
            view: false,
            columns: Vec::new(),
            primary_key: Vec::new(),
            inexact_primary_key: false,
            row_id: None,
            indexes: None,
            unique_keys: Vec::new(),
            relationships: Vec::new(),
        }
    }

    /// Names the table.
    #[must_use]
    pub fn table(mut self, table: impl Into<String>) -> Self {
        self.table = table.into();
        self
    }

    /// Adds a column.
    #[must_use]
    pub fn column(mut self, column: ColumnDef) -> Self {
        self.columns.push(column);
        self
    }

    /// Sets the primary key.
    #[must_use]
    pub fn primary_key<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        self.primary_key = columns.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a unique key that compares as its columns do.
    #[must_use]
    pub fn unique<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        let columns = columns.into_iter().map(Into::into).collect();
        self.unique_keys.push(UniqueDef::new(columns, true));
        self
    }

    /// Adds a unique key whose collations are not those of its columns.
    #[must_use]
    pub fn unique_inexact<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        let columns = columns.into_iter().map(Into::into).collect();
        self.unique_keys.push(UniqueDef::new(columns, false));
        self
    }

    /// Adds a relationship.
    #[must_use]
    pub fn relationship(mut self, relationship: RelationshipDef) -> Self {
        self.relationships.push(relationship);
        self
    }
}

/// The direction of a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Direction {
    /// The source holds the foreign key.
    ManyToOne,
    /// The target holds the foreign key.
    OneToMany,
    /// The target holds the foreign key, and it is unique there.
    OneToOne,
    /// A secondary table holds both foreign keys.
    ManyToMany,
}

impl Direction {
    /// Every direction, in the order of help texts.
    pub const ALL: [Self; 4] = [Self::ManyToOne, Self::OneToMany, Self::OneToOne, Self::ManyToMany];

    /// The name that is shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ManyToOne => "many-to-one",
            Self::OneToMany => "one-to-many",
            Self::OneToOne => "one-to-one",
            Self::ManyToMany => "many-to-many",
        }
    }

    /// Whether it leads to several targets, unless a definition overrides it.
    pub(crate) const fn is_to_many(self) -> bool {
        matches!(self, Self::OneToMany | Self::ManyToMany)
    }
}

/// What the database does to the children when a parent is deleted. Loading does not use it; `inspect` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnDelete {
    /// The deletion fails at the end of the statement.
    NoAction,
    /// The deletion fails at once.
    Restrict,
    /// The children are deleted.
    Cascade,
    /// The foreign key becomes NULL.
    SetNull,
    /// The foreign key gets its default.
    SetDefault,
}

impl OnDelete {
    /// Every action, in the order of help texts.
    pub const ALL: [Self; 5] = [Self::NoAction, Self::Restrict, Self::Cascade, Self::SetNull, Self::SetDefault];

    /// The name that is shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoAction => "no action",
            Self::Restrict => "restrict",
            Self::Cascade => "cascade",
            Self::SetNull => "set null",
            Self::SetDefault => "set default",
        }
    }
}

/// The association table of a many-to-many relationship.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SecondaryDef {
    /// The entity of the association table.
    pub entity: String,
    /// Pairs (column of the target, column of the association table).
    pub target_pairs: Vec<(String, String)>,
    /// What these pairs are cast to, as far as any is.
    pub target_casts: Vec<Option<Cast>>,
}

/// A relationship.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RelationshipDef {
    /// Its name on the source.
    pub name: String,
    /// The target entity.
    pub target: String,
    /// Its direction.
    pub direction: Direction,
    /// Pairs (column of the source, column of the target); many-to-many: (column of the source, column of the
    /// association table).
    pub pairs: Vec<(String, String)>,
    /// What the pairs are cast to before they are compared, as far as any is.
    pub casts: Vec<Option<Cast>>,
    /// The association table, for a many-to-many.
    pub secondary: Option<SecondaryDef>,
    /// The relationship of the target that is this one seen from there.
    pub back_populates: Option<String>,
    /// Only for reading.
    pub viewonly: bool,
    /// The order of a collection where a specification gives none.
    pub order_by: Vec<OrderTerm>,
    /// Overrides whether a list or an object comes out.
    pub uselist: Option<bool>,
    /// The default strategy.
    pub strategy: Option<Strategy>,
    /// An extra condition on the target.
    pub predicate: Option<Filter>,
    /// What the database does on deletion of a parent.
    pub on_delete: Option<OnDelete>,
    /// Of a many-to-one: whether the target of every key that is not NULL exists, whatever the database enforces; `None`
    /// if the graph as a whole says so ([`RelationshipGraph::with_trusted_keys`](super::RelationshipGraph::with_trusted_keys)).
    pub trusted: Option<bool>,
}

impl RelationshipDef {
    /// A relationship; prefer the functions named as directions.
    #[must_use]
    pub fn new(direction: Direction, name: impl Into<String>, target: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            target: target.into(),
            direction,
            pairs: Vec::new(),
            casts: Vec::new(),
            secondary: None,
            back_populates: None,
            viewonly: false,
            order_by: Vec::new(),
            uselist: None,
            strategy: None,
            predicate: None,
            on_delete: None,
            trusted: None,
        }
    }

    /// The source holds the foreign key.
    #[must_use]
    pub fn many_to_one(name: impl Into<String>, target: impl Into<String>) -> Self {
        Self::new(Direction::ManyToOne, name, target)
    }

    /// The target holds the foreign key.
    #[must_use]
    pub fn one_to_many(name: impl Into<String>, target: impl Into<String>) -> Self {
        Self::new(Direction::OneToMany, name, target)
    }

    /// The target holds the foreign key, and it is unique there.
    #[must_use]
    pub fn one_to_one(name: impl Into<String>, target: impl Into<String>) -> Self {
        Self::new(Direction::OneToOne, name, target)
    }

    /// A secondary table holds both foreign keys.
    #[must_use]
    pub fn many_to_many(name: impl Into<String>, target: impl Into<String>) -> Self {
        Self::new(Direction::ManyToMany, name, target)
    }

    /// Adds a pair of key columns: one of the source, one of the target.
    #[must_use]
    pub fn on(mut self, source: impl Into<String>, target: impl Into<String>) -> Self {
        self.pairs.push((source.into(), target.into()));
        self
    }

    /// Sets the association table: pairs (column of the source, column of the association table), and pairs
    /// (column of the target, column of the association table).
    #[must_use]
    pub fn secondary<S: Into<String>, T: Into<String>>(
        mut self,
        entity: impl Into<String>,
        source_pairs: impl IntoIterator<Item = (S, S)>,
        target_pairs: impl IntoIterator<Item = (T, T)>,
    ) -> Self {
        self.pairs = source_pairs.into_iter().map(|(a, b)| (a.into(), b.into())).collect();
        let target_pairs = target_pairs.into_iter().map(|(a, b)| (a.into(), b.into())).collect();
        self.secondary = Some(SecondaryDef { entity: entity.into(), target_pairs, target_casts: Vec::new() });
        self
    }

    /// Names the counterpart on the target.
    #[must_use]
    pub fn back_populates(mut self, name: impl Into<String>) -> Self {
        self.back_populates = Some(name.into());
        self
    }

    /// Marks the relationship as only for reading.
    #[must_use]
    pub fn viewonly(mut self) -> Self {
        self.viewonly = true;
        self
    }

    /// The order of the collection where a specification gives none: `name`, `-name`.
    #[must_use]
    pub fn order_by<S: AsRef<str>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        self.order_by =
            columns.into_iter().map(|c| OrderTerm::parse(c.as_ref(), crate::filter::At::default())).collect();
        self
    }

    /// Overrides whether a list or an object comes out.
    #[must_use]
    pub fn uselist(mut self, list: bool) -> Self {
        self.uselist = Some(list);
        self
    }

    /// The strategy where a specification gives none.
    #[must_use]
    pub fn strategy(mut self, strategy: Strategy) -> Self {
        self.strategy = Some(strategy);
        self
    }

    /// An extra condition on the target.
    #[must_use]
    pub fn predicate(mut self, predicate: Filter) -> Self {
        self.predicate = Some(predicate);
        self
    }

    /// States that the target of every key of a many-to-one is there, and is shown to whom the load runs for. A load then
    /// takes a target's key from the key itself. Where the statement is wrong, targets come out that do not exist.
    #[must_use]
    pub fn trusted(mut self) -> Self {
        self.trusted = Some(true);
        self
    }

    /// Whether a list comes out.
    pub(super) fn is_list(&self) -> bool {
        self.uselist.unwrap_or_else(|| self.direction.is_to_many())
    }

    /// What the database does on deletion of a parent.
    #[must_use]
    pub fn on_delete(mut self, action: OnDelete) -> Self {
        self.on_delete = Some(action);
        self
    }
}
