//! Rows and calls that must be refused, and what must hold of a run that has refused one.

use super::recipe::Recipe;
use super::world::World;
use eagerly::error::Errors;
use eagerly::value::{Value, ValueRef};
use eagerly::{CellError, Cells, Run, Statement, StatementId};

/// A row that no database sends.
#[derive(Debug)]
pub(super) struct Row {
    cells: Vec<Value>,
    unreadable: Option<usize>,
}

impl Row {
    pub(super) fn whole(cells: Vec<Value>) -> Self {
        Self { cells, unreadable: None }
    }

    /// With a cell that has no form.
    pub(super) fn unreadable(cells: Vec<Value>, at: usize) -> Self {
        Self { cells, unreadable: Some(at) }
    }

    pub(super) fn narrow(mut cells: Vec<Value>, at: usize) -> Self {
        cells.truncate(at);
        Self::whole(cells)
    }

    pub(super) fn wide(mut cells: Vec<Value>) -> Self {
        cells.push(Value::Integer(1));
        Self::whole(cells)
    }

    pub(super) fn other_type(mut cells: Vec<Value>, at: usize) -> Self {
        if let Some(cell) = cells.get_mut(at) {
            *cell = match cell {
                Value::Text(_) => Value::Integer(77),
                Value::Integer(_) => Value::Text("other".into()),
                Value::Null => Value::Float(0.5),
                _ => Value::Null,
            };
        }
        Self::whole(cells)
    }
}

impl Cells for Row {
    fn cell(&self, position: usize) -> Result<ValueRef<'_>, CellError> {
        if self.unreadable == Some(position) {
            return Err(if position.is_multiple_of(2) {
                CellError::NotUtf8
            } else {
                CellError::UnknownType("odd".into())
            });
        }
        self.cells.get(position).map(Value::as_ref).ok_or(CellError::Missing)
    }

    fn count(&self) -> Option<usize> {
        Some(self.cells.len())
    }
}

/// The bytes of a cell, as `Run::max_bytes` counts them.
pub(super) fn size(value: &Value) -> u64 {
    match value {
        Value::Null => 0,
        Value::Boolean(_) => 1,
        Value::Text(text) => text.len() as u64,
        Value::Bytes(bytes) => bytes.len() as u64,
        _ => 8,
    }
}

/// A row for a statement of another run of the same plan.
pub(super) fn other_run(
    world: &World,
    recipe: &Recipe,
    run: &mut Run,
    own: StatementId,
) -> Result<Option<Errors>, String> {
    let spec = recipe.treatment.apply(&world.graph, &world.case.spec);
    let plan = recipe.planner(world).and_then(|planner| planner.compile(&spec)).map_err(|e| e.to_string())?;
    let other = Run::new(&plan).ready().map_err(|e| e.to_string())?;
    let Some(Statement { id, .. }) = other.first() else { return Ok(None) };
    if *id == own {
        return Err("two runs have a statement of one id".into());
    }
    match run.rows(*id).map(drop) {
        Ok(()) => Err("a row for a statement of another run is taken".into()),
        Err(errors) => Ok(Some(errors)),
    }
}

/// An error says where it is: a path, unless it is about a statement that the run does not know.
pub(super) fn named(errors: &Errors, stranger: bool) -> Result<(), String> {
    let unnamed = |e: &&eagerly::error::Error| e.at.path.is_empty() && !stranger;
    match errors.all().iter().find(unnamed) {
        Some(error) => Err(format!("an error that names no path: {error}")),
        None => Ok(()),
    }
}

/// A run that has failed gives and takes nothing.
pub(super) fn is_dead(mut run: Run, statement: Option<&Statement>) -> Result<(), String> {
    if let Some(Statement { id, .. }) = statement {
        if run.rows(*id).is_ok() {
            return Err("a run that has failed takes rows".into());
        }
        if run.end(*id).is_ok() {
            return Err("a run that has failed ends statements".into());
        }
    }
    if run.ready().is_ok() {
        return Err("a run that has failed gives statements".into());
    }
    if run.finish().is_ok() {
        return Err("a run that has failed gives a result".into());
    }
    Ok(())
}
