//! MySQL.

use crate::mysql_family::{self, Family, Settings};
use crate::render::render;
use eagerly_planner::batch::{Query, SqlTemplate};
use eagerly_planner::dialect::{Capabilities, Dialect};
use eagerly_planner::error::Result;
use eagerly_planner::graph::RelationshipGraph;
use sea_query::MysqlQueryBuilder;

/// Collations whose equality is that of bytes; the other `_bin` pad with blanks.
const BYTE_COLLATIONS: &[&str] = &["utf8mb4_0900_bin"];

/// The collation of a value that is cast to text.
const CAST_COLLATION: &str = "utf8mb4_0900_bin";

/// The MySQL dialect, for MySQL 8.0 and later.
#[derive(Clone, Debug)]
pub struct MySql {
    capabilities: Capabilities,
}

impl MySql {
    /// The dialect with the limits of a server as it is set up by default.
    #[must_use]
    pub fn new() -> Self {
        let mut capabilities = mysql_family::capabilities();
        capabilities.byte_collations = BYTE_COLLATIONS;
        capabilities.exists_in_outer_join = false;
        capabilities.cast_collation = Some(CAST_COLLATION);
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

impl Default for MySql {
    fn default() -> Self {
        Self::new()
    }
}

impl Dialect for MySql {
    fn name(&self) -> &'static str {
        "mysql"
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn render(&self, graph: &RelationshipGraph, query: &Query) -> Result<SqlTemplate> {
        render(
            &Family { cast: CAST_COLLATION, settings: Settings::Hint },
            &self.capabilities,
            MysqlQueryBuilder,
            graph,
            query,
        )
    }
}
