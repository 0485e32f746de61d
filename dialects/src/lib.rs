//! Queries become SQL templates, one dialect per file. sea-query builds the SQL, once per plan; what it cannot say
//! stands in the module `fragments`. Nothing here is called while a plan runs.

mod fragments;
mod render;
mod sqlite;
mod template;

pub use sqlite::Sqlite;
