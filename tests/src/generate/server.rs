//! Cases on servers: the choices of a case, resolved to the types of a server. The graph is what the server's catalog
//! says, with the relationships of the case: there are no constraints, so that keys may dangle.

use super::flavor::{Flavor, MARIADB, MYSQL, POSTGRES, POSTGRES_PRELUDE};
use super::{data, print, raw, recurses, schema, shorten, spec};
use crate::database::{Backend, Database};
use crate::oracle::oracle_within_on;
use eagerly_planner::graph::{Catalog, EntityDef, GraphBuilder, RelationshipGraph};
use eagerly_planner::spec::LoadSpec;
use proptest::prelude::Strategy;

/// Schema, data and what to load from it, on a server.
#[derive(Clone, PartialEq)]
pub struct ServerCase {
    /// Entities with their tables and relationships; the catalog has the rest.
    entities: Vec<EntityDef>,
    ddl: Vec<String>,
    rows: Vec<String>,
    /// What to load.
    pub spec: LoadSpec,
    backend: Backend,
}

/// Cases for a server, as nasty as [`case`](super::case) makes them for SQLite.
///
/// # Panics
/// For SQLite.
pub fn server_case(backend: Backend) -> impl Strategy<Value = ServerCase> {
    let flavor: &'static dyn Flavor = match backend {
        Backend::Postgres => &POSTGRES,
        Backend::Mariadb => &MARIADB,
        Backend::Mysql => &MYSQL,
        Backend::Sqlite => panic!("SQLite is no server"),
    };
    raw::case().prop_map(move |raw| resolve(backend, flavor, &raw))
}

fn resolve(backend: Backend, flavor: &'static dyn Flavor, raw: &raw::RawCase) -> ServerCase {
    let tables = super::tables(flavor, raw);
    let entity = |table: &schema::Table| {
        let entity = EntityDef::new(&table.entity).table(&table.name);
        table.relationships.iter().cloned().fold(entity, EntityDef::relationship)
    };
    ServerCase {
        entities: tables.iter().map(entity).collect(),
        ddl: tables.iter().flat_map(schema::Table::ddl).collect(),
        rows: data::literals(&tables),
        spec: spec::spec(&tables, &raw.root),
        backend,
    }
}

impl ServerCase {
    /// What a database needs before any case.
    #[must_use]
    pub fn prelude(backend: Backend) -> &'static str {
        if backend == Backend::Postgres { POSTGRES_PRELUDE } else { "SET @a = 1" }
    }

    /// Statements that drop the tables of another case and make those of this one.
    #[must_use]
    pub fn sql(&self, drop: &[String]) -> String {
        let quote = if self.backend == Backend::Postgres { '"' } else { '`' };
        let quoted = |name: &String| format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")));
        let drop: Vec<String> = drop.iter().map(quoted).collect();
        let drop = (!drop.is_empty()).then(|| format!("DROP TABLE IF EXISTS {}", drop.join(", ")));
        drop.iter().chain(&self.ddl).chain(&self.rows).map(|sql| format!("{sql};\n")).collect()
    }

    /// The names of its tables.
    #[must_use]
    pub fn tables(&self) -> Vec<String> {
        self.entities.iter().map(|entity| entity.table.clone()).collect()
    }

    /// The graph, with what a catalog says of the tables.
    ///
    /// # Panics
    /// When the catalog does not have them, or they do not fit the relationships.
    #[must_use]
    pub fn graph(&self, catalog: &Catalog) -> RelationshipGraph {
        let entity = |entity: &EntityDef| {
            let found = catalog.tables.iter().find(|table| table.name == entity.table);
            let found = found.unwrap_or_else(|| panic!("no table `{}` in {catalog:?}", entity.table)).clone();
            let mut entity = entity.clone();
            (entity.schema, entity.columns, entity.primary_key) = (found.schema, found.columns, found.primary_key);
            entity.inexact_primary_key = found.inexact_primary_key;
            (entity.row_id, entity.unique_keys) = (found.row_id, found.unique_keys);
            // Half of the tables do not tell what is indexed, so that both techniques are seen.
            entity.indexes = Some(found.indexes).filter(|_| entity.name.len().is_multiple_of(2));
            entity
        };
        let builder = self.entities.iter().map(entity).fold(RelationshipGraph::builder(), GraphBuilder::entity);
        builder.build().unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// Shortens what recurses until the case comes to few objects: rows that all lead to each other unfold into every
    /// path.
    pub fn bound(&mut self, database: &dyn Database, graph: &RelationshipGraph) {
        while recurses(&self.spec.root) && oracle_within_on(database, graph, &self.spec, OBJECTS).is_none() {
            shorten(self.spec.root_mut());
        }
    }
}

/// Objects that a case with a recursion may come to.
const OBJECTS: usize = 300;

impl std::fmt::Debug for ServerCase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { entities, ddl, rows, spec, backend } = self;
        writeln!(f, "on {}\n{}", backend.name(), [ddl.as_slice(), rows].concat().join(";\n"))?;
        print::definitions(entities, spec, f)
    }
}
