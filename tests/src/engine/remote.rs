//! SQLite as if it were at the other end of a network: what `auto` and the order of statements make of prices can be
//! tested without a server.

use eagerly::batch::{Query, SqlTemplate};
use eagerly::dialect::{Capabilities, Costs, Dialect};
use eagerly::error::Result;
use eagerly::{RelationshipGraph, Sqlite};

/// SQLite's SQL at the prices of a network.
#[derive(Clone, Debug)]
pub struct Remote {
    sqlite: Sqlite,
    capabilities: Capabilities,
}

impl Remote {
    /// That dialect with other prices.
    #[must_use]
    pub fn new(sqlite: Sqlite) -> Self {
        let mut capabilities = sqlite.capabilities().clone();
        capabilities.costs = Costs::NETWORK;
        Self { sqlite, capabilities }
    }
}

impl Dialect for Remote {
    fn name(&self) -> &'static str {
        "remote"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn render(&self, graph: &RelationshipGraph, query: &Query) -> Result<SqlTemplate> {
        self.sqlite.render(graph, query)
    }
}
