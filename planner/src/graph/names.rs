//! Names for what a catalog holds: tables become entities, foreign keys become relationships in both directions, link
//! tables become many-to-many relationships.
//!
//! The names are a contract (DESIGN.md, "Names that reflection gives"): they depend on the catalog's names and keys
//! alone, never on the order in which it lists them. Foreign keys are put in naming order once ([`keys`]); then all
//! many-to-ones are named, all reverses, all many-to-manys, and each name is free when it is given ([`clean`]).
//! Schemas come in the order in which they were read, tables by name within each.
//! What nothing can be loaded through is left out and never an error: tables without columns, foreign keys that point at
//! nothing, at views or from them, and second copies of a foreign key.
//!
//! ```
//! use eagerly_planner::graph::{Catalog, CatalogTable, ColumnDef, ColumnType, ForeignKey, RelationshipGraph};
//!
//! let column = |name| ColumnDef::new(name, ColumnType::Integer);
//! let author = CatalogTable {
//!     name: "author".into(),
//!     columns: vec![column("id")],
//!     primary_key: vec!["id".into()],
//!     ..CatalogTable::default()
//! };
//! let post = CatalogTable {
//!     name: "post".into(),
//!     columns: vec![column("id"), column("author_id").nullable()],
//!     primary_key: vec!["id".into()],
//!     foreign_keys: vec![ForeignKey {
//!         columns: vec!["author_id".into()],
//!         target: "author".into(),
//!         target_schema: None,
//!         target_columns: vec!["id".into()],
//!         on_delete: None,
//!     }],
//!     ..CatalogTable::default()
//! };
//! let graph = RelationshipGraph::from_catalog(&Catalog::new(vec![post, author]))?;
//! assert_eq!(graph.resolve_path("author.post.author")?.len(), 2);
//! # Ok::<(), eagerly_planner::error::Errors>(())
//! ```

mod clean;
mod keys;
#[cfg(test)]
mod tests;

use super::{
    Catalog, CatalogTable, Direction, EntityDef, GraphBuilder, LeavingKey, RelationshipDef, RelationshipGraph,
};
use crate::error::Result;
use clean::{Taken, clean, without_id};
use keys::Key;
use rustc_hash::FxHashMap;

impl RelationshipGraph {
    /// The graph of everything a catalog holds, named by the contract.
    ///
    /// # Errors
    /// A catalog that contradicts itself: a column listed twice, a primary key on a column that does not exist.
    pub fn from_catalog(catalog: &Catalog) -> Result<Self> {
        let builder = Self::builder().unreadable(catalog.unreadable.clone());
        let graph = Self::definitions(catalog).into_iter().fold(builder, GraphBuilder::entity).build()?;
        Ok(graph.of_catalog(catalog))
    }

    /// What [`from_catalog`](Self::from_catalog) builds its graph of, for callers that override some of it first:
    /// entities in table-name order, the relationships of each in naming order.
    #[must_use]
    pub fn definitions(catalog: &Catalog) -> Vec<EntityDef> {
        let tables = in_name_order(catalog);
        let names = entity_names(catalog, &tables);
        let keys = keys::in_naming_order(catalog, &tables);
        let links = keys::link_pairs(&tables, &keys);
        let mut namer = Namer::new(&tables, &names, &keys);

        // Every relationship of one kind has its name before the first of the next kind gets one.
        let forward: Vec<String> = keys.iter().map(|key| namer.many_to_one(key)).collect();
        let reverse: Vec<String> = keys.iter().map(|key| namer.reverse(key)).collect();
        let through: Vec<[String; 2]> =
            links.iter().map(|[a, b]| [namer.many_to_many(a, b), namer.many_to_many(b, a)]).collect();

        let mut entities: Vec<EntityDef> = tables.iter().zip(&names).map(|(table, name)| entity(table, name)).collect();
        for ((key, name), back) in keys.iter().zip(&forward).zip(&reverse) {
            entities[key.table].relationships.push(many_to_one(key, name, back, &names));
        }
        for ((key, name), back) in keys.iter().zip(&reverse).zip(&forward) {
            let unique = key.is_unique_in(tables[key.table]);
            entities[key.target].relationships.push(reverse_of(key, unique, name, back, &names));
        }
        for ([a, b], [name, back]) in links.iter().zip(&through) {
            entities[a.target].relationships.push(many_to_many(a, b, name, back, &names));
            entities[b.target].relationships.push(many_to_many(b, a, back, name, &names));
        }
        entities
    }
}

/// Tables by schema in the order in which they were read, and by name in byte order within each; without an order of
/// schemas by name, those of one name by schema. A table without columns cannot be selected from.
fn in_name_order(catalog: &Catalog) -> Vec<&CatalogTable> {
    let mut tables: Vec<&CatalogTable> = catalog.tables.iter().filter(|t| !t.columns.is_empty()).collect();
    tables.sort_by_cached_key(|table| (catalog.schema_position(table), table.name.clone(), table.schema.clone()));
    tables
}

/// The tables' own names; in a later schema, where that is taken, the schema's before it.
fn entity_names(catalog: &Catalog, tables: &[&CatalogTable]) -> Vec<String> {
    let mut taken = Taken::default();
    let name = |table: &&CatalogTable| match &table.schema {
        _ if catalog.schema_position(table) == 0 => taken.numbered(&clean(&table.name)),
        schema => {
            let schema = catalog.schema_name(schema.as_deref()).unwrap_or_default();
            taken.first_free([table.name.as_str()], &format!("{schema}_{}", table.name))
        }
    };
    tables.iter().map(name).collect()
}

/// The foreign keys of a catalog into tables that were not read.
pub(super) fn leaving(catalog: &Catalog) -> Vec<LeavingKey> {
    keys::leaving(catalog, &in_name_order(catalog))
}

/// A table's entity, without relationships.
fn entity(table: &CatalogTable, entity_name: &str) -> EntityDef {
    let CatalogTable {
        schema,
        name,
        view,
        columns,
        primary_key,
        inexact_primary_key,
        row_id,
        indexes,
        index_names: _,
        unique_keys,
        foreign_keys: _,
        statistics: _,
    } = table;
    EntityDef {
        schema: schema.clone(),
        table: name.clone(),
        view: *view,
        columns: columns.clone(),
        primary_key: primary_key.clone(),
        inexact_primary_key: *inexact_primary_key,
        row_id: row_id.clone(),
        indexes: Some(indexes.clone()),
        unique_keys: unique_keys.clone(),
        ..EntityDef::new(entity_name)
    }
}

fn many_to_one(key: &Key<'_>, name: &str, back: &str, names: &[String]) -> RelationshipDef {
    let mut def = RelationshipDef::many_to_one(name, &names[key.target]).back_populates(back);
    def.pairs = pairs(key.columns, key.target_columns);
    def.on_delete = key.on_delete;
    def
}

fn reverse_of(key: &Key<'_>, unique: bool, name: &str, back: &str, names: &[String]) -> RelationshipDef {
    let direction = if unique { Direction::OneToOne } else { Direction::OneToMany };
    let mut def = RelationshipDef::new(direction, name, &names[key.table]).back_populates(back);
    def.pairs = pairs(key.target_columns, key.columns);
    def.on_delete = key.on_delete;
    def
}

/// One side of a many-to-many: from where `from` points to where `to` points.
fn many_to_many(from: &Key<'_>, to: &Key<'_>, name: &str, back: &str, names: &[String]) -> RelationshipDef {
    let (here, there) = (pairs(from.target_columns, from.columns), pairs(to.target_columns, to.columns));
    RelationshipDef::many_to_many(name, &names[to.target])
        .secondary(&names[from.table], here, there)
        .back_populates(back)
}

fn pairs(left: &[String], right: &[String]) -> Vec<(String, String)> {
    left.iter().cloned().zip(right.iter().cloned()).collect()
}

/// Gives each relationship a name that is free on its entity at that moment.
struct Namer<'a> {
    /// The entities' names, by table.
    names: &'a [String],
    /// How many foreign keys of a table (first) point at another (second).
    between: FxHashMap<(usize, usize), usize>,
    /// The names of columns and of relationships so far, by table.
    taken: Vec<Taken>,
}

impl<'a> Namer<'a> {
    fn new(tables: &[&CatalogTable], names: &'a [String], keys: &[Key<'_>]) -> Self {
        let mut between = FxHashMap::default();
        for key in keys {
            *between.entry((key.table, key.target)).or_default() += 1;
        }
        let taken = tables.iter().map(|t| t.columns.iter().map(|c| c.name.clone()).collect()).collect();
        Self { names, between, taken }
    }

    /// The column without its suffix, else the target, else `<target>_via_<columns>`.
    fn many_to_one(&mut self, key: &Key<'_>) -> String {
        let target = self.names[key.target].as_str();
        let column = match key.columns {
            [column] => without_id(column),
            _ => None,
        };
        let other = (key.target != key.table).then_some(target);
        let fallback = format!("{target}_via_{}", key.columns.join("_"));
        self.taken[key.table].first_free(column.into_iter().chain(other), &fallback)
    }

    /// The table where nothing else can be meant, else `<table>_by_<columns>`.
    fn reverse(&mut self, key: &Key<'_>) -> String {
        let table = self.names[key.table].as_str();
        let alone = key.target != key.table && self.between.get(&(key.table, key.target)) == Some(&1);
        let fallback = format!("{table}_by_{}", key.columns.join("_"));
        self.taken[key.target].first_free(alone.then_some(table), &fallback)
    }

    /// The other side, else `<target>_through_<table>`; between rows of one entity that with the columns that point at
    /// the target, since both directions start at the same entity.
    fn many_to_many(&mut self, from: &Key<'_>, to: &Key<'_>) -> String {
        let (target, table) = (self.names[to.target].as_str(), self.names[to.table].as_str());
        let one_entity = from.target == to.target;
        let fallback = if one_entity {
            format!("{target}_through_{table}_{}", to.columns.join("_"))
        } else {
            format!("{target}_through_{table}")
        };
        self.taken[from.target].first_free((!one_entity).then_some(target), &fallback)
    }
}
