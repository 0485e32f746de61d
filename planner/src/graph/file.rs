//! Graph files: entities and relationships in TOML, alone or over what a database's catalog says.
//!
//! ```toml
//! [entity.post]
//! table = "posts"                          # if it is not the entity's name
//! columns = [
//!   { name = "id", type = "integer" },
//!   { name = "author_id", type = "integer", nullable = true },
//! ]
//! primary_key = ["id"]
//! unique = [["slug"], { columns = ["title"], exact = false }]
//! indexes = [["author_id"]]
//!
//! [entity.post.relationship.author]
//! direction = "many-to-one"
//! target = "author"
//! on = { author_id = "id" }                # or pairs: on = [["author_id", "id"]]
//! back_populates = "posts"
//!
//! [entity.post.relationship.tags]
//! target = "tag"
//! secondary = "post_tag"
//! on = { id = "post_id" }                  # the entity's column, and the association table's
//! target_on = { id = "tag_id" }            # the target's column, and the association table's
//! order_by = ["name"]
//! where = { published = true }             # or as text: where = "{published: true}"
//!
//! [entity.post.relationship.audits]
//! direction = "one-to-many"
//! target = "audit"
//! on = { id = { column = "record_id", cast = "text" } }   # both compared as text; in a list: [["id", { … }]]
//! ```
//!
//! What is known of a table's rows is not written by `inspect`, since it does not last, and can be given: `rows` and
//! `row_width` of an entity, `width` and `distinct` of a column.
//!
//! Entities also take `schema`, `view`, `row_id` and `inexact_primary_key`, columns `native`, `collation`, `generated`,
//! `ordered`, `composite` and `settings`, relationships `viewonly`, `uselist`, `strategy`,
//! `on_delete`, `trusted` and `cast`, which casts all of their pairs. `trusted = true` before the first table holds for every many-to-one that does not say otherwise, also those of the database.
//!
//! Over a database ([`GraphFile::over`]) an entity of the file changes the one of that name, key by key: columns by their
//! names, and what the file does not say stays as the catalog has it. An entity of a new name is another view of its
//! table. A relationship with a `target` takes the place of the one of its name or is added, one without changes some
//! options of the one that is there, and `relationship.NAME = false` drops it. Relationships of the database that lead
//! back follow the file; two that a change of `on` or `direction` has parted are counterparts no more. The names that the file changes are those of the catalog alone, whatever else the file says.
//!
//! Reading is by hand over the tree that the `toml` crate parses, and not through serde: serde stops at the first
//! mistake, and we tell all, each with its place.

mod build;
mod compared;
mod condition;
mod overlay;
mod read;
#[cfg(test)]
mod tests;
mod tree;
mod write;

use super::places::Places;
use super::{Cast, Catalog, ColumnType, Direction, IndexDef, OnDelete, RelationshipGraph, TableStatistics, UniqueDef};
use crate::error::Result;
use crate::filter::Filter;
use crate::spec::{OrderTerm, Strategy};

/// The definitions of a graph file, not yet checked against each other or a database.
///
/// ```
/// use eagerly_planner::graph::GraphFile;
///
/// let file = GraphFile::parse(
///     r#"
///     [entity.author]
///     columns = [{ name = "id", type = "integer" }, { name = "name", type = "text" }]
///     primary_key = ["id"]
///     relationship.posts = { direction = "one-to-many", target = "post", on = { id = "author_id" } }
///
///     [entity.post]
///     columns = [{ name = "id", type = "integer" }, { name = "author_id", type = "integer", nullable = true }]
///     primary_key = ["id"]
///     "#,
/// )?;
/// let graph = file.build()?;
/// assert!(graph.resolve_path("author.posts").is_ok());
/// assert_eq!(GraphFile::parse(&graph.to_toml()?)?.build()?.to_definitions(), graph.to_definitions());
///
/// let problems = GraphFile::parse("[entity.post]\ncolums = []\nview = 1").unwrap_err();
/// assert_eq!(problems.first().help.as_deref(), Some("did you mean `columns`?"));
/// assert_eq!(problems.all().len(), 2);
/// # Ok::<(), eagerly_planner::error::Errors>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct GraphFile {
    /// Whether every many-to-one is trusted that does not say otherwise.
    trusted: bool,
    entities: Vec<EntityPart>,
    places: Places,
}

/// What the file says of an entity.
#[derive(Clone, Debug, Default, PartialEq)]
struct EntityPart {
    name: String,
    schema: Option<String>,
    table: Option<String>,
    view: Option<bool>,
    columns: Vec<ColumnPart>,
    primary_key: Option<Vec<String>>,
    inexact_primary_key: Option<bool>,
    row_id: Option<String>,
    indexes: Option<Vec<IndexDef>>,
    unique_keys: Option<Vec<UniqueDef>>,
    statistics: TableStatistics,
    relationships: Vec<(String, RelationshipPart)>,
}

/// What the file says of a column.
#[derive(Clone, Debug, Default, PartialEq)]
struct ColumnPart {
    name: String,
    ty: Option<ColumnType>,
    native: Option<String>,
    nullable: Option<bool>,
    collation: Option<String>,
    generated: Option<bool>,
    ordered: Option<bool>,
    composite: Option<bool>,
    settings: Option<Vec<String>>,
}

/// What the file says of a relationship.
#[derive(Clone, Debug, PartialEq)]
enum RelationshipPart {
    /// `false`
    Dropped,
    /// A table.
    Given(Box<Given>),
}

/// Pairs of columns, and what each is cast to.
#[derive(Clone, Debug, Default, PartialEq)]
struct Pairs {
    columns: Vec<(String, String)>,
    casts: Vec<Option<Cast>>,
}

/// The keys of a relationship that are given.
#[derive(Clone, Debug, Default, PartialEq)]
struct Given {
    target: Option<String>,
    direction: Option<Direction>,
    pairs: Option<Pairs>,
    secondary: Option<String>,
    target_pairs: Option<Pairs>,
    cast: Option<Cast>,
    back_populates: Option<String>,
    viewonly: Option<bool>,
    order_by: Option<Vec<OrderTerm>>,
    uselist: Option<bool>,
    strategy: Option<Strategy>,
    predicate: Option<Filter>,
    on_delete: Option<OnDelete>,
    trusted: Option<bool>,
}

impl Given {
    /// Whether the file says which columns are related and how, so that what led back may do so no more.
    fn relates_anew(&self) -> bool {
        self.defines() || self.cast.is_some()
    }

    /// Whether the file says how a relationship of its own would relate.
    fn defines(&self) -> bool {
        let Self { direction, pairs, secondary, target_pairs, .. } = self;
        direction.is_some() || pairs.is_some() || secondary.is_some() || target_pairs.is_some()
    }

    /// Whether the file says which relationship leads back, or that none does: a whole definition does.
    fn names_its_counterpart(&self) -> bool {
        self.target.is_some() || self.back_populates.is_some()
    }
}

#[cfg_attr(docsrs, doc(cfg(feature = "toml")))]
impl GraphFile {
    /// Reads the text of a graph file.
    ///
    /// # Errors
    /// `E0205` for what is no TOML, and then nothing else; or else every unknown key, value of a wrong type and name
    /// that is given twice, each with its place; `E0107` for more than 16 MiB.
    pub fn parse(text: &str) -> Result<Self> {
        read::file(text)
    }

    /// The graph of the file alone.
    ///
    /// # Errors
    /// What a definition lacks, and all that [`GraphBuilder::build`](super::GraphBuilder::build) refuses, each with its
    /// place in the text.
    pub fn build(&self) -> Result<RelationshipGraph> {
        build::alone(self)
    }

    /// The graph of a database's catalog, with the file over it.
    ///
    /// # Errors
    /// Tables, columns and relationships that the database does not have, with their place in the text, and all that
    /// [`build`](Self::build) refuses.
    pub fn over(&self, catalog: &Catalog) -> Result<RelationshipGraph> {
        overlay::over(self, catalog)
    }
}
