//! PostgreSQL.

use eagerly_planner::batch::{Query, SqlTemplate};
use eagerly_planner::dialect::{Capabilities, Dialect};
use eagerly_planner::error::{Error, Result};
use eagerly_planner::graph::RelationshipGraph;

/// The PostgreSQL dialect.
#[derive(Clone, Debug)]
pub struct Postgres {
    capabilities: Capabilities,
}

impl Postgres {
    /// The dialect with PostgreSQL's own limits.
    #[must_use]
    pub fn new() -> Self {
        let mut capabilities = Capabilities::default();
        capabilities.validated_keys_hold = true;
        Self { capabilities }
    }

    /// Cuts lists of keys after so many keys.
    #[must_use]
    pub fn max_list_keys(mut self, keys: usize) -> Self {
        self.capabilities.max_list_keys = keys.max(1);
        self
    }
}

impl Default for Postgres {
    fn default() -> Self {
        Self::new()
    }
}

impl Dialect for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn render(&self, _: &RelationshipGraph, _: &Query) -> Result<SqlTemplate> {
        Err(Error::bug("not rendered").into())
    }
}
