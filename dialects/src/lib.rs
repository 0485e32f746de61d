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
