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
/// let names = eagerly_dialects::all().map(|dialect| dialect.name());
/// assert_eq!(names, ["sqlite", "postgres", "mysql", "mariadb"]);
/// ```
#[must_use]
pub fn all() -> [Box<dyn Dialect>; 4] {
    [Box::new(Sqlite::new()), Box::new(Postgres::new()), Box::new(MySql::new()), Box::new(MariaDb::new())]
}
