//! Queries become SQL templates, one dialect per file. sea-query builds the SQL, once per plan; what it cannot say
//! stands in the module `fragments`. Nothing here is called while a plan runs.

#![cfg_attr(docsrs, feature(doc_cfg))]
// Each database uses a part of what they share.
#![cfg_attr(not(all(feature = "sqlite", feature = "postgres", feature = "mysql")), allow(dead_code))]

mod flavor;
mod fragments;
#[cfg(feature = "mysql")]
mod mariadb;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "mysql")]
mod mysql_family;
#[cfg(feature = "postgres")]
mod postgres;
mod render;
#[cfg(feature = "sqlite")]
mod sqlite;
mod template;

#[cfg(feature = "mysql")]
#[cfg_attr(docsrs, doc(cfg(feature = "mysql")))]
pub use mariadb::MariaDb;
#[cfg(feature = "mysql")]
#[cfg_attr(docsrs, doc(cfg(feature = "mysql")))]
pub use mysql::MySql;
#[cfg(feature = "postgres")]
#[cfg_attr(docsrs, doc(cfg(feature = "postgres")))]
pub use postgres::Postgres;
#[cfg(feature = "sqlite")]
#[cfg_attr(docsrs, doc(cfg(feature = "sqlite")))]
pub use sqlite::Sqlite;

use eagerly_planner::dialect::Dialect;

/// Every dialect that the features let in, with the limits that its database has by default: to choose one by its name.
///
/// ```
/// # #[cfg(feature = "mysql")] {
/// use eagerly_dialects::{MariaDb, all};
/// use eagerly_planner::dialect::Dialect;
///
/// let name = MariaDb::new().name();
/// assert!(all().any(|dialect| dialect.name() == name));
/// # }
/// ```
pub fn all() -> impl Iterator<Item = Box<dyn Dialect>> {
    const ALL: &[fn() -> Box<dyn Dialect>] = &[
        #[cfg(feature = "sqlite")]
        || Box::new(Sqlite::new()),
        #[cfg(feature = "postgres")]
        || Box::new(Postgres::new()),
        #[cfg(feature = "mysql")]
        || Box::new(MySql::new()),
        #[cfg(feature = "mysql")]
        || Box::new(MariaDb::new()),
    ];
    ALL.iter().map(|make| make())
}
