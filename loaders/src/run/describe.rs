//! Errors for rows that could not be stored: which column of which row.

use crate::cells::{CellError, Cells};
use crate::store::StoreError;
use eagerly_planner::batch::{Batch, BatchPlan, PlannedEntity, Projection, RowPart};
use eagerly_planner::error::{Class, Error, ErrorKind, code};
use eagerly_planner::ids::ColumnId;

/// The error for a row that could not be stored, with its column and row.
pub(super) fn store_error<C: Cells + ?Sized>(
    plan: &BatchPlan,
    batch: &Batch,
    row: u64,
    error: StoreError,
    cells: &C,
) -> Error {
    let (position, error) = match error {
        StoreError::OtherType { position } => {
            let (path, column, _) = place(plan, batch, position, cells);
            let message = format!("{column} has values of another type than the keys it was asked for");
            return schema_changed(message).path(path);
        }
        StoreError::Cell { position, error } => (position, *error),
        StoreError::Stray => {
            return Error::protocol(format!("row {row} belongs to no key that was sent")).path(&batch.name);
        }
        StoreError::Twice => return twice(plan, batch, cells),
        StoreError::Full => {
            return too_large(&batch.name);
        }
    };
    let (path, column, which) = place(plan, batch, position, cells);
    let known = !which.is_empty() && !which.contains(UNREAD);
    let which = if !known { format!("row {row} of the result") } else { format!("the row with {which}") };
    let error = match error {
        CellError::NotUtf8 => {
            Error::new(ErrorKind::Database, code::NOT_UTF8, format!("text in {column} is not UTF-8, in {which}"))
                .help("mend the row, or leave the column out")
        }
        CellError::UnknownType(ty) => {
            let message = format!("{column} has the type {ty}, which has no form here, in {which}");
            Error::new(ErrorKind::Unsupported, code::NOT_SUPPORTED, message).help("leave the column out")
        }
        CellError::Missing => Error::protocol(format!("a row without {column}")),
    };
    error.path(path)
}

/// The path, the column and the row of a cell.
fn place<C: Cells + ?Sized>(plan: &BatchPlan, batch: &Batch, position: u16, cells: &C) -> (String, String, String) {
    let found = match batch.query.columns.get(usize::from(position)) {
        Some(Projection::Column(slot, column)) => {
            batch.parts.get(usize::from(slot.0)).map(|part| (part, part.entity, &part.identity, *column))
        }
        Some(Projection::Link(slot, column)) => batch.parts.get(usize::from(slot.0)).and_then(|part| {
            let link = part.link.as_ref()?;
            Some((part, link.entity, &link.identity, *column))
        }),
        Some(Projection::Ordinal) | None => None,
    };
    let Some((part, entity, identity, column)) = found else {
        return (batch.name.clone(), format!("column {position}"), String::new());
    };
    let entity = plan.entity(entity);
    let which = key(entity, identity, cells);
    (plan.node(part.nodes[0]).path.clone(), format!("`{}.{}`", entity.name, column_name(entity, column)), which)
}

fn column_name(entity: &PlannedEntity, id: ColumnId) -> &str {
    entity.columns.get(id.index()).and_then(Option::as_ref).map_or("?", |column| column.name.as_str())
}

/// The primary key of a row: `id = 1`; empty if it has none.
fn key<C: Cells + ?Sized>(entity: &PlannedEntity, identity: &[u16], cells: &C) -> String {
    let keys = entity.primary_key.iter().zip(identity).map(|(id, at)| {
        let shown = cells.cell(usize::from(*at)).map_or_else(|_| UNREAD.to_owned(), |v| v.shown());
        format!("{} = {shown}", column_name(entity, *id))
    });
    keys.collect::<Vec<_>>().join(", ")
}

/// The error for two rows with one primary key.
fn twice<C: Cells + ?Sized>(plan: &BatchPlan, batch: &Batch, cells: &C) -> Error {
    let Some(part) = batch.parts.first() else { return Error::bug("a batch without rows") };
    let entity = plan.entity(part.entity);
    let key = key(entity, &part.identity, cells);
    let message = format!("`{}` has two rows with the primary key {key}", entity.name);
    Error::new(ErrorKind::Database, code::TWO_ROWS_OF_ONE_KEY, message).path(&plan.node(part.nodes[0]).path).help(
        "the columns that the graph calls the primary key do not tell its rows apart as they are read: name others, or none \
         (`primary_key = []` in a graph file)",
    )
}

/// The error for more than slots can address.
pub(super) fn too_large(path: &str) -> Error {
    let error = Error::new(ErrorKind::Limit, code::LIMIT, "a result of more rows or text than can be counted");
    error.path(path).help("load fewer rows or columns at once")
}

/// The error for rows that are sorted by a column of integers which holds something else.
pub(super) fn not_sorted(plan: &BatchPlan, part: &RowPart, column: ColumnId) -> Error {
    let entity = plan.entity(part.entity);
    let name = column_name(entity, column);
    let message = format!("`{}.{name}` has values that are no integers", entity.name);
    schema_changed(message).path(&plan.node(part.nodes[0]).path)
}

/// The error for a column that is not what it was when the schema was read.
pub(super) fn schema_changed(message: String) -> Error {
    Error::new(ErrorKind::Database, code::REFUSED, message).help(READ_AGAIN).database(Class::SchemaChanged)
}

/// The error for a row of the session that could not be borrowed.
pub(super) fn not_borrowed(error: &StoreError, path: &str) -> Error {
    match error {
        StoreError::Full => too_large(path),
        StoreError::Cell { .. } | StoreError::Stray | StoreError::Twice | StoreError::OtherType { .. } => {
            Error::bug("a row is borrowed outside of a session").path(path)
        }
    }
}

/// The error for a key that could not be kept.
pub(super) fn no_key(error: &StoreError, path: &str) -> Error {
    match error {
        StoreError::Full => too_large(path),
        StoreError::Cell { .. } | StoreError::Stray | StoreError::Twice | StoreError::OtherType { .. } => {
            Error::bug(format!("a key that cannot be stored: {error:?}")).path(path)
        }
    }
}

/// What helps where the database has changed under a plan.
const READ_AGAIN: &str =
    "the schema is not the one that was read: read it again (`reflect`), and compile the plan again";

/// Stands for a part of a primary key that cannot be read either.
const UNREAD: &str = "(unread)";
