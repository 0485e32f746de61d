//! The relationship graph: entities are nodes and relationships are edges of a petgraph graph, on which paths are
//! resolved, cycles found and entities ordered.
//!
//! ```
//! use eagerly_planner::graph::{ColumnDef, ColumnType::*, EntityDef, RelationshipDef, RelationshipGraph};
//!
//! let graph = RelationshipGraph::builder()
//!     .entity(
//!         EntityDef::new("author")
//!             .column(ColumnDef::new("id", Integer))
//!             .primary_key(["id"])
//!             .relationship(RelationshipDef::one_to_many("posts", "post").on("id", "author_id").back_populates("author")),
//!     )
//!     .entity(
//!         EntityDef::new("post")
//!             .column(ColumnDef::new("id", Integer))
//!             .column(ColumnDef::new("author_id", Integer).nullable())
//!             .primary_key(["id"])
//!             .relationship(RelationshipDef::many_to_one("author", "author").on("author_id", "id").back_populates("posts")),
//!     )
//!     .build()?;
//! assert_eq!(graph.resolve_path("author.posts.author")?.len(), 2);
//! # Ok::<(), eagerly_planner::error::Errors>(())
//! ```

mod build;
mod casts;
mod catalog;
mod column_type;
mod comparisons;
mod definition;
#[cfg(feature = "toml")]
mod file;
mod index;
mod names;
mod places;
mod redefine;
mod statistics;
mod walk;

use crate::error::{Error, code};
use crate::filter::Filter;
use crate::ids::{ColumnId, EntityId, RelationshipId};
use crate::spec::{OrderTerm, Strategy};
use indexmap::IndexMap;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

pub use build::GraphBuilder;
pub use casts::Cast;
pub use catalog::{Catalog, CatalogTable, ForeignKey, LeavingKey, Unreadable};
pub use column_type::ColumnType;
pub use comparisons::Comparisons;
pub use definition::{ColumnDef, Direction, EntityDef, OnDelete, RelationshipDef, SecondaryDef};
#[cfg(feature = "toml")]
pub use file::GraphFile;
pub use index::{Index, IndexDef, IndexOrder, Ordered, UniqueDef, UniqueKey};
pub use statistics::{TableStatistics, most_targets_are_needed};

/// The columns of a key, in key order: almost always one or two.
pub type KeyColumns = SmallVec<[ColumnId; 2]>;

/// Entities and relationships, checked: every name in it resolves.
#[derive(Clone, Debug)]
pub struct RelationshipGraph {
    graph: DiGraph<Entity, Relationship, u32>,
    by_name: IndexMap<String, EntityId, rustc_hash::FxBuildHasher>,
    unreadable: Vec<Unreadable>,
    leaving: Vec<LeavingKey>,
    /// For each entity, the step from its rows to themselves by primary key. No edge: nothing names it.
    identities: Vec<Relationship>,
    /// Whether a many-to-one that does not say otherwise is trusted.
    trusted: bool,
    /// Names of tables, views and indexes in the schemas that were read, in lower case: some databases do not tell cases
    /// apart.
    taken_names: FxHashSet<String>,
    /// Schema and name of [tables elsewhere](Catalog::hiding), in lower case.
    hiding: FxHashSet<(String, String)>,
}

/// A mapped table or view.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entity {
    /// The entity's name.
    pub name: String,
    /// The schema of its table, where it is not the default one.
    pub schema: Option<String>,
    /// The exact name of its table.
    pub table: String,
    /// A view.
    pub view: bool,
    /// Columns in table order; the position is the [`ColumnId`].
    pub columns: IndexMap<String, ColumnDef, rustc_hash::FxBuildHasher>,
    /// Columns that the database computes by a cast, for relationships that compare so; their ids come behind.
    casts: Vec<casts::CastColumn>,
    /// The primary key, empty if there is none.
    pub primary_key: KeyColumns,
    /// Whether the primary key compares finer than its columns do, so that an equality on them can find several rows.
    pub inexact_primary_key: bool,
    /// A hidden column that tells rows apart in one statement, as SQLite's `rowid` does.
    pub row_id: Option<String>,
    /// Its indexes, beside those of the keys; `None` if they are not known.
    pub indexes: Option<Vec<Index>>,
    /// Other unique keys.
    pub unique_keys: Vec<UniqueKey>,
    /// What is known of its table's rows.
    pub statistics: TableStatistics,
    /// Relationships that start here, in the order of their definition.
    pub relationships: IndexMap<String, RelationshipId, rustc_hash::FxBuildHasher>,
}

/// What finds a row again within one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locator<'e> {
    /// The columns of the primary key.
    PrimaryKey(&'e [ColumnId]),
    /// The name of a hidden column.
    RowId(&'e str),
}

/// The association table of a many-to-many relationship.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Secondary {
    /// Its entity.
    pub entity: EntityId,
    /// Its columns that hold the source's key, as [`Relationship::source_key`] orders it.
    pub source_columns: KeyColumns,
    /// Its columns that hold the target's key, as [`Relationship::target_key`] orders it.
    pub target_columns: KeyColumns,
    /// What the pairs of the target are cast to, as far as any is.
    pub target_casts: Vec<Option<Cast>>,
}

/// A directed edge between entities.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Relationship {
    /// Its name on the source.
    pub name: String,
    /// Where it starts.
    pub source: EntityId,
    /// Where it ends.
    pub target: EntityId,
    /// Its direction.
    pub direction: Direction,
    /// The columns of the source whose values are looked for.
    pub source_key: KeyColumns,
    /// The columns of the target in which they are looked for; many-to-many: those that the association table names.
    pub target_key: KeyColumns,
    /// The association table, for a many-to-many.
    pub secondary: Option<Secondary>,
    /// What the pairs of the source are cast to, as far as any is. The keys hold the columns that are compared: those cast.
    pub casts: Vec<Option<Cast>>,
    /// The counterpart on the target.
    pub back_populates: Option<RelationshipId>,
    /// Only for reading.
    pub viewonly: bool,
    /// The order of a collection where a specification gives none.
    pub order_by: Vec<OrderTerm>,
    /// Whether a list comes out, or an object or null.
    pub uselist: bool,
    /// The default strategy.
    pub strategy: Option<Strategy>,
    /// An extra condition on the target.
    pub predicate: Option<Filter>,
    /// What the database does on deletion of a parent.
    pub on_delete: Option<OnDelete>,
    /// Whether its definition states that the target of every key exists; [`RelationshipGraph::is_trusted`] decides.
    pub trusted: Option<bool>,
    /// Whether source and target key are of types that compare alike. Otherwise a unique key may equal several values: on
    /// MySQL the number 1 equals the texts '1', '01' and '1x'.
    pub(crate) compares_alike: bool,
}

impl Entity {
    /// The column of that exact name.
    #[must_use]
    pub fn column_id(&self, name: &str) -> Option<ColumnId> {
        self.columns.get_index_of(name).map(ColumnId::new)
    }

    /// The column, or what the database makes of one by a [cast](Self::cast_from).
    #[must_use]
    pub fn column(&self, id: ColumnId) -> &ColumnDef {
        self.computed(id).unwrap_or_else(|| &self.columns[id.index()])
    }

    /// The ids of all columns, in table order.
    pub fn column_ids(&self) -> impl ExactSizeIterator<Item = ColumnId> + use<> {
        (0..self.columns.len()).map(ColumnId::new)
    }

    /// The columns' names, joined by `, `.
    #[must_use]
    pub fn column_names(&self, columns: &[ColumnId]) -> String {
        columns.iter().map(|c| self.column(*c).name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Whether every row has a primary key without NULL: what tells one row from another in a join.
    #[must_use]
    pub fn has_identity(&self) -> bool {
        !self.primary_key.is_empty() && self.primary_key.iter().all(|c| !self.column(*c).nullable)
    }

    /// What finds a row of the table again within one statement: an exact primary key without NULL, else a hidden row
    /// id.
    #[must_use]
    pub fn locator(&self) -> Option<Locator<'_>> {
        if self.has_identity() && !self.inexact_primary_key {
            return Some(Locator::PrimaryKey(&self.primary_key));
        }
        self.row_id.as_deref().map(Locator::RowId)
    }
}

impl Relationship {
    /// Whether a list comes out.
    #[must_use]
    pub fn is_to_many(&self) -> bool {
        self.uselist
    }

    /// Whether a to-one can find no second row, so that nothing decides which comes first. `target` is its target.
    pub(crate) fn finds_one(&self, target: &Entity) -> bool {
        !self.uselist && self.key_finds_one(target)
    }

    /// Whether a key finds one row at most, of a list too.
    pub(crate) fn key_finds_one(&self, target: &Entity) -> bool {
        self.secondary.is_none() && self.compares_alike && target.is_unique(&self.target_key)
    }
}

impl RelationshipGraph {
    /// Starts a definition.
    #[must_use]
    pub fn builder() -> GraphBuilder {
        GraphBuilder::default()
    }

    /// The entity of that name.
    #[must_use]
    pub fn entity_id(&self, name: &str) -> Option<EntityId> {
        self.by_name.get(name).copied()
    }

    /// The entity.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.graph[NodeIndex::new(id.index())]
    }

    /// All entities, in the order of their definition.
    pub fn entities(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.by_name.values().map(|id| (*id, self.entity(*id)))
    }

    /// Tables and views of the database that are no entities, since they cannot be read.
    #[must_use]
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// Foreign keys of the database into tables that were not read, such as those of another schema. No relationship comes
    /// of them.
    #[must_use]
    pub fn leaving(&self) -> &[LeavingKey] {
        &self.leaving
    }

    /// The relationship.
    #[must_use]
    pub fn relationship(&self, id: RelationshipId) -> &Relationship {
        let edge = self.graph.edge_weight(EdgeIndex::new(id.index()));
        edge.unwrap_or_else(|| &self.identities[id.index() - self.graph.edge_count()])
    }

    /// The graph with what else there is to say of the catalog that it was read from.
    fn of_catalog(mut self, catalog: &Catalog) -> Self {
        self.leaving = names::leaving(catalog);
        self.with_statistics_of(catalog).with_names_of(catalog)
    }

    /// The graph with every many-to-one trusted that does not say otherwise, as [`RelationshipDef::trusted`] does for one.
    ///
    /// ```
    /// use eagerly_planner::graph::{ColumnDef, ColumnType::Integer, EntityDef, RelationshipDef, RelationshipGraph};
    ///
    /// let node = EntityDef::new("node").column(ColumnDef::new("id", Integer)).column(ColumnDef::new("up", Integer));
    /// let node = node.relationship(RelationshipDef::many_to_one("above", "node").on("up", "id"));
    /// let graph = RelationshipGraph::builder().entity(node).build()?.with_trusted_keys();
    /// assert!(graph.relationships().all(|(_, relationship)| graph.is_trusted(relationship)));
    /// # Ok::<(), eagerly_planner::error::Errors>(())
    /// ```
    #[must_use]
    pub fn with_trusted_keys(mut self) -> Self {
        self.trusted = true;
        self
    }

    /// Whether loads rely on a target for every key of a relationship that is not NULL: a many-to-one for which its
    /// definition or the graph as a whole states it. No foreign key of a catalog does.
    #[must_use]
    pub fn is_trusted(&self, relationship: &Relationship) -> bool {
        relationship.direction == Direction::ManyToOne && relationship.trusted.unwrap_or(self.trusted)
    }

    /// The graph with the names that are taken in a catalog: of its tables and their indexes, which some databases keep
    /// apart by schema, or by table.
    fn with_names_of(mut self, catalog: &Catalog) -> Self {
        let names = catalog.tables.iter().flat_map(|table| std::iter::once(&table.name).chain(&table.index_names));
        let names = names.chain(catalog.unreadable.iter().map(|table| &table.name));
        self.taken_names.extend(names.map(|name| name.to_lowercase()));
        let lower = |(schema, name): &(String, String)| (schema.to_lowercase(), name.to_lowercase());
        self.hiding = catalog.hiding.iter().map(lower).collect();
        self
    }

    /// Whether a table, a view or an index in a schema that was read may have that name, in whatever case.
    #[must_use]
    pub fn is_taken(&self, name: &str) -> bool {
        match name.chars().all(|c| c.is_ascii() && !c.is_ascii_uppercase()) {
            true => self.taken_names.contains(name),
            false => self.taken_names.contains(&name.to_lowercase()),
        }
    }

    /// The other schemas in which a [table elsewhere](Catalog::hiding) has that name, in whatever case.
    pub fn hidden_in(&self, name: &str) -> impl Iterator<Item = &str> {
        let hiding = self.hiding.iter().filter(move |(_, hiding)| hiding.eq_ignore_ascii_case(name));
        hiding.map(|(schema, _)| schema.as_str())
    }

    /// What leads from the rows of an entity to themselves, by their primary key.
    pub(crate) fn identity(&self, entity: EntityId) -> RelationshipId {
        RelationshipId::new(self.graph.edge_count() + entity.index())
    }

    /// The relationship of that name on an entity.
    #[must_use]
    pub fn relationship_id(&self, entity: EntityId, name: &str) -> Option<RelationshipId> {
        self.entity(entity).relationships.get(name).copied()
    }

    /// All relationships, in the order of their definition.
    pub fn relationships(&self) -> impl Iterator<Item = (RelationshipId, &Relationship)> {
        self.graph.edge_indices().map(|e| (RelationshipId::new(e.index()), &self.graph[e]))
    }

    /// The error for a relationship that does not exist, with the nearest name, or the path that leads to an entity
    /// of that name.
    #[must_use]
    pub fn no_relationship(&self, entity: EntityId, name: &str) -> Error {
        self.no_field(entity, name, "relationship", false)
    }

    /// The error for a name that is neither a column nor a relationship, and says nothing about which was meant.
    #[must_use]
    pub fn no_column_or_relationship(&self, entity: EntityId, name: &str) -> Error {
        let names = &self.entity(entity).relationships;
        let near = names.keys().any(|known| crate::error::is_like(name, known));
        self.no_field(entity, name, if near { "relationship" } else { "column or relationship" }, true)
    }

    /// `columns` are suggested only where a column may have been meant.
    fn no_field(&self, entity: EntityId, name: &str, what: &str, columns: bool) -> Error {
        let source = self.entity(entity);
        let message = format!("no {what} `{name}` on `{}`", source.name);
        let error = Error::input(code::UNKNOWN_RELATIONSHIP, message).no_name(&source.name, name);
        let path = self.entity_id(name).and_then(|target| self.shortest_path(entity, target));
        match path {
            Some(path) if path.len() > 1 => {
                let names: Vec<&str> = path.iter().map(|r| self.relationship(*r).name.as_str()).collect();
                error.help(format!("`{name}` is reached by `{}`", names.join(".")))
            }
            _ => {
                let columns = source.columns.keys().filter(|_| columns);
                error.suggest(name, source.relationships.keys().chain(columns).map(String::as_str))
            }
        }
    }
}
