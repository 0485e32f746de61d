//! Queries become SQL templates, one dialect per file. sea-query builds the SQL, once per plan; what it cannot say
//! stands in the module `fragments`. Nothing here is called while a plan runs.

mod flavor;
mod fragments;
mod mariadb;
mod mysql;
mod mysql_family;
mod postgres;
mod render;
mod sqlite;
mod template;

pub use mariadb::MariaDb;
pub use mysql::MySql;
pub use postgres::Postgres;
pub use sqlite::Sqlite;

use eagerly_planner::dialect::Dialect;

/// Every dialect, with the limits that its database has by default: to choose one by its name.
///
/// ```
/// use eagerly_dialects::{MariaDb, all};
/// use eagerly_planner::dialect::Dialect;
///
/// let name = MariaDb::new().name();
/// assert!(all().into_iter().any(|dialect| dialect.name() == name));
/// ```
#[must_use]
pub fn all() -> [Box<dyn Dialect>; 4] {
    [Box::new(Sqlite::new()), Box::new(Postgres::new()), Box::new(MySql::new()), Box::new(MariaDb::new())]
}
