//! Plans of the four dialects that SQLite can answer: what a server can do decides the plan, and SQLite writes the SQL.
//!
//! What only changes the text of SQL is left as SQLite has it. What changes the plan is the server's: prices, types of key
//! lists, how many questions stand within each other, the order of keys.

use super::instants;
use eagerly::batch::{Query, SqlTemplate};
use eagerly::dialect::{Capabilities, Dialect};
use eagerly::error::Result;
use eagerly::{MariaDb, MySql, Postgres, RelationshipGraph, Sqlite};

/// A dialect whose plans SQLite answers.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    name: &'static str,
    sqlite: Sqlite,
    capabilities: Capabilities,
    /// Whether texts are bound as MySQL's points in time.
    instants: bool,
}

/// The names, SQLite's first.
pub(super) const NAMES: [&str; 4] = ["sqlite", "postgres", "mysql", "mariadb"];

impl Answered {
    /// `typed` says that all values have the types of their columns, as on a server.
    pub(super) fn new(name: &'static str, sqlite: Sqlite, typed: bool) -> Self {
        let mut capabilities = sqlite.capabilities().clone();
        let server = match name {
            "postgres" => Some(Postgres::new().capabilities().clone()),
            "mysql" => Some(MySql::new().capabilities().clone()),
            "mariadb" => Some(MariaDb::new().capabilities().clone()),
            _ => None,
        };
        if let Some(server) = server {
            capabilities.costs = server.costs;
            capabilities.typed_keys = server.typed_keys;
            capabilities.max_nested_questions = server.max_nested_questions;
            capabilities.max_join_tables = server.max_join_tables;
            capabilities.max_unordered_tables = server.max_unordered_tables;
            capabilities.exists_in_outer_join = server.exists_in_outer_join;
            capabilities.indexes_end_with_primary_key = server.indexes_end_with_primary_key;
            capabilities.keys_in_index_order = server.keys_in_index_order;
            capabilities.typed_columns = typed && server.typed_columns;
        }
        Self { name, sqlite, capabilities, instants: false }
    }

    /// Binds texts as points in time.
    pub(super) fn instants(mut self, instants: bool) -> Self {
        self.instants = instants;
        self
    }
}

impl Dialect for Answered {
    fn name(&self) -> &'static str {
        self.name
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn render(&self, graph: &RelationshipGraph, query: &Query) -> Result<SqlTemplate> {
        let template = self.sqlite.render(graph, query)?;
        Ok(if self.instants { instants::formed(template) } else { template })
    }
}
