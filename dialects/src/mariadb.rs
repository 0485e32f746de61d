//! MariaDB.

use eagerly_planner::batch::{Query, SqlTemplate};
use eagerly_planner::dialect::{Capabilities, Dialect};
use eagerly_planner::error::{Error, Result};
use eagerly_planner::graph::RelationshipGraph;

/// The MariaDB dialect.
#[derive(Clone, Debug)]
pub struct MariaDb {
    capabilities: Capabilities,
}

impl MariaDb {
    /// The dialect with MariaDB's own limits.
    #[must_use]
    pub fn new() -> Self {
        let mut capabilities = Capabilities::default();
        capabilities.quote = '`';
        capabilities.index_prefix = Some(191);
        Self { capabilities }
    }

    /// Cuts lists of keys after so many keys.
    #[must_use]
    pub fn max_list_keys(mut self, keys: usize) -> Self {
        self.capabilities.max_list_keys = keys.max(1);
        self
    }

    /// Sets how many bytes one list has at most, where it is not the default: ask for `max_allowed_packet`, and leave
    /// room for the rest of a statement.
    #[must_use]
    pub fn max_list_bytes(mut self, bytes: usize) -> Self {
        self.capabilities.max_list_bytes = bytes.max(1);
        self
    }
}

impl Default for MariaDb {
    fn default() -> Self {
        Self::new()
    }
}

impl Dialect for MariaDb {
    fn name(&self) -> &'static str {
        "mariadb"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn render(&self, _: &RelationshipGraph, _: &Query) -> Result<SqlTemplate> {
        Err(Error::bug("not rendered").into())
    }
}
