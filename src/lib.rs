//! A query planner and relationship loader engine. A [`RelationshipGraph`] and a [`LoadSpec`] are compiled by a
//! [`Planner`] into a small set of SQL batches; a [`Run`] hands them to any driver and stitches the rows into one
//! [`ResultGraph`].
//!
//! ```
//! use eagerly::{LoadSpec, Planner, Run, Sqlite, graph::*, value::ValueRef};
//!
//! let graph = RelationshipGraph::builder()
//!     .entity(EntityDef::new("tag").column(ColumnDef::new("id", ColumnType::Integer)).primary_key(["id"]))
//!     .build()?;
//! let planner = Planner::new(graph, Sqlite::new());
//! let plan = planner.compile(&LoadSpec::parse("{ tag(limit: 2) { id } }")?)?;
//! assert_eq!(plan.batches().waves(), 1);
//!
//! // The host executes: here it makes the rows up.
//! let mut run = Run::new(&plan);
//! for statement in run.ready()? {
//!     assert_eq!(&*statement.sql, r#"SELECT "t0"."id" FROM "main"."tag" AS "t0" ORDER BY "t0"."id" ASC LIMIT 2"#);
//!     for id in [1, 2] {
//!         run.row(statement.id, &[ValueRef::Integer(id)][..])?;
//!     }
//!     run.end(statement.id)?;
//! }
//! assert!(run.ready()?.is_empty());
//! let result = run.finish()?;
//! assert_eq!(result.to_json()?, r#"[{"id":1},{"id":2}]"#);
//! assert_eq!(result.roots().next().and_then(|tag| tag.get("id")), Some(ValueRef::Integer(1)));
//! # Ok::<(), eagerly::error::Errors>(())
//! ```
//!
//! Beside a single load there are:
//!
//! * [`Session`] and [`AsyncSession`]: several loads that share their rows, and lazy loading. Each driver has one of its
//!   own over its connection (`eagerly_rusqlite::Session`).
//! * [`Drive`]: what a host implements for [`AsyncSession`], to run statements on a connection of its own.
//! * [`LoadSet`]: loads that are declared once under a name, and merged with a request.
//! * [`graph::GraphFile`]: entities and relationships in TOML, over what the catalog of a database says.
//!
//! This crate is the front door: everything in it lives in `eagerly-planner`, `eagerly-dialects` or
//! `eagerly-loaders`. Drivers (`eagerly-rusqlite`, `eagerly-postgres`, `eagerly-mysql`) are crates of their own.

#[cfg(feature = "postgres")]
#[cfg_attr(docsrs, doc(cfg(feature = "postgres")))]
pub use eagerly_dialects::Postgres;
#[cfg(feature = "sqlite")]
#[cfg_attr(docsrs, doc(cfg(feature = "sqlite")))]
pub use eagerly_dialects::Sqlite;
pub use eagerly_dialects::all as dialects;
#[cfg(feature = "mysql")]
#[cfg_attr(docsrs, doc(cfg(feature = "mysql")))]
pub use eagerly_dialects::{MariaDb, MySql};
pub use eagerly_loaders::{
    AsyncSession, CellError, Cells, ColumnHandle, DeError, Drive, Executed, KEPT_ROWS, Lazy, Load, NPlusOne, Observer,
    ROWS_BETWEEN, RelationshipHandle, ResultGraph, RowRef, RowSink, Rows, Run, Scope, Session, Statement, StatementId,
    Touched,
};
pub use eagerly_planner::graph::RelationshipGraph;
pub use eagerly_planner::spec::LoadSpec;
pub use eagerly_planner::{
    BindValue, LoadSet, Plan, Planner, Prefer, batch, dialect, error, filter, graph, ids, logical, spec, value,
};

/// The README's example runs as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// So do those of the reference.
#[cfg(doctest)]
#[doc = include_str!("../docs/plans.md")]
pub struct Plans;

/// And those of sessions.
#[cfg(doctest)]
#[doc = include_str!("../docs/sessions.md")]
pub struct Sessions;
