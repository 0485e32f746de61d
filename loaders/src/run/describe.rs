//! Errors for rows that could not be stored: which column of which row.

use crate::cells::{CellError, Cells};
use crate::store::StoreError;
use eagerly_planner::batch::{Batch, BatchPlan, Projection, RowPart};
use eagerly_planner::error::{Error, ErrorKind, code};
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
            return Error::new(ErrorKind::Database, code::REFUSED, message).path(path).help(READ_AGAIN);
        }
        StoreError::Cell { position, error } => (position, *error),
        StoreError::Stray => {
            return Error::bug(format!("row {row} belongs to no key that was sent")).path(&batch.name);
        }
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
    let name = |id: ColumnId| {
        let column = entity.columns.get(id.index()).and_then(Option::as_ref);
        column.map_or("?", |c| c.name.as_str())
    };
    let keys = entity.primary_key.iter().zip(identity).map(|(id, at)| {
        let shown = cells.cell(usize::from(*at)).map_or_else(|_| UNREAD.to_owned(), |v| v.shown());
        format!("{} = {shown}", name(*id))
    });
    let which = keys.collect::<Vec<_>>().join(", ");
    (plan.node(part.nodes[0]).path.clone(), format!("`{}.{}`", entity.name, name(column)), which)
}

/// The error for more than slots can address.
pub(super) fn too_large(path: &str) -> Error {
    let error = Error::new(ErrorKind::Limit, code::LIMIT, "a result of more rows or text than can be counted");
    error.path(path).help("load fewer rows or columns at once")
}

/// The error for rows that are sorted by a column of integers which holds something else.
pub(super) fn not_sorted(plan: &BatchPlan, part: &RowPart, column: ColumnId) -> Error {
    let entity = plan.entity(part.entity);
    let name = entity.columns.get(column.index()).and_then(Option::as_ref).map_or("?", |c| c.name.as_str());
    let message = format!("`{}.{name}` has values that are no integers", entity.name);
    Error::new(ErrorKind::Database, code::REFUSED, message).path(&plan.node(part.nodes[0]).path).help(READ_AGAIN)
}

/// The error for a row of the session that could not be borrowed.
pub(super) fn not_borrowed(error: &StoreError, path: &str) -> Error {
    match error {
        StoreError::Full => too_large(path),
        StoreError::Cell { .. } | StoreError::Stray | StoreError::OtherType { .. } => {
            Error::bug("a row is borrowed outside of a session").path(path)
        }
    }
}

/// The error for a key that could not be kept.
pub(super) fn no_key(error: &StoreError, path: &str) -> Error {
    match error {
        StoreError::Full => too_large(path),
        StoreError::Cell { .. } | StoreError::Stray | StoreError::OtherType { .. } => {
            Error::bug(format!("a key that cannot be stored: {error:?}")).path(path)
        }
    }
}

/// What helps where the database has changed under a plan.
const READ_AGAIN: &str =
    "the schema is not the one that was read: read it again (`reflect`), and compile the plan anew";

/// Stands for a part of a primary key that cannot be read either.
const UNREAD: &str = "(unread)";
