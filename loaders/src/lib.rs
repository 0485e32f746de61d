//! The sans-I/O run of a compiled plan: [`Run`] hands out statements, takes rows, and stitches them into a
//! [`ResultGraph`]. The host executes; nothing here knows a database, and no SQL is built here.

mod bind;
mod cells;
mod de;
mod edges;
mod graph;
mod handle;
mod items;
mod json;
mod keys;
mod observe;
mod row;
mod run;
mod session;
mod stitch;
mod store;

pub use cells::{CellError, Cells};
pub use de::DeError;
pub use graph::ResultGraph;
pub use handle::{ColumnHandle, RelationshipHandle};
pub use observe::{Executed, Observer, ROWS_BETWEEN};
pub use row::{RowRef, Rows};
pub use run::{RowSink, Run, Statement, StatementId};
pub use session::{AsyncSession, Drive, KEPT_ROWS, Lazy, Load, NPlusOne, Scope, Session, Touched};
