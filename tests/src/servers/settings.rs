//! Settings of a session: what a host, a pooler or a server's configuration may have set on a connection that we get.
//!
//! ```text
//! OnServers::default().under(&Settings::new(["SET time_zone = 'Europe/Berlin'"]))      the engine
//! server.catalog_under(url, &settings)                                                 the driver's catalog
//! servers::read_under(backend, url, &settings)                                         the oracle
//! ```

use crate::database::{Backend, EXACT_MODE};
use eagerly::error::{Error, Errors};
use mysql_async::prelude::Queryable;

/// Statements that a session runs after it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Settings(Vec<String>);

impl Settings {
    /// Settings by their statements, in order.
    #[must_use]
    pub fn new<S: Into<String>>(statements: impl IntoIterator<Item = S>) -> Self {
        Self(statements.into_iter().map(Into::into).collect())
    }

    /// The statements.
    #[must_use]
    pub fn statements(&self) -> &[String] {
        &self.0
    }

    /// The statements for the oracle: the same, then those that keep its own text and literals exact. Times are those
    /// of UTC; on MySQL and MariaDB zero dates are values, and `''` is no NULL.
    pub fn exact(&self, backend: Backend) -> impl Iterator<Item = &str> {
        let own: &[&str] = match backend {
            _ if self.0.is_empty() => &[],
            Backend::Mariadb | Backend::Mysql => &["SET time_zone = '+00:00', NAMES utf8mb4", EXACT_MODE],
            Backend::Postgres => &["SET TIME ZONE 'UTC'; SET datestyle = 'ISO'; SET bytea_output = 'hex'; \
                 SET extra_float_digits = 3; SET intervalstyle = 'postgres'; SET standard_conforming_strings = on"],
            Backend::Sqlite => &[],
        };
        self.0.iter().map(String::as_str).chain(own.iter().copied())
    }

    /// A connection of the driver with these settings.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn postgres(&self, url: &str) -> Result<eagerly_postgres::Connection, Errors> {
        let connection = eagerly_postgres::connect(url).await?;
        for statement in &self.0 {
            connection.client().batch_execute(statement).await.map_err(|e| refused(statement, &e))?;
        }
        Ok(connection)
    }

    /// A connection of the driver with these settings.
    ///
    /// # Errors
    /// What the server refuses.
    pub async fn mysql(&self, url: &str) -> Result<eagerly_mysql::Connection, Errors> {
        let mut connection = eagerly_mysql::connect(url).await?;
        for statement in &self.0 {
            connection.conn()?.query_drop(statement).await.map_err(|e| refused(statement, &e))?;
        }
        Ok(connection)
    }
}

fn refused(statement: &str, error: &dyn std::fmt::Display) -> Errors {
    Error::bug(format!("{statement}: {error}")).into()
}
