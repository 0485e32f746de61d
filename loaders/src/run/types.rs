//! Whether key columns still have the types that the plan hashes by. Where a database compares a number with a text, a
//! hash map does not: rows would be dropped as if they belonged to nobody.

use super::describe::schema_changed;
use super::{Run, StatementId};
use eagerly_planner::batch::{Batch, Operation, Projection, Stitch};
use eagerly_planner::error::Result;
use eagerly_planner::graph::ColumnType;
use eagerly_planner::ids::{ColumnId, EntityId};

impl Run {
    /// Checks the columns of a statement's result that hold keys: `is` tells whether the column at a position has the
    /// type of the plan. For databases whose columns have types; in SQLite each value has its own.
    ///
    /// # Errors
    /// `E0404` for a column that has another type by now.
    pub fn check_key_types(&self, id: StatementId, is: impl Fn(usize, ColumnType) -> bool) -> Result<()> {
        let Some(statement) = self.statement(id) else { return Ok(()) };
        let batch = self.plan.batch(statement.batch);
        for (position, projection) in batch.query.columns.iter().enumerate() {
            let Some((entity, column)) = projected(batch, projection) else { continue };
            let entity_of = self.plan.entity(entity);
            let Some(planned) = entity_of.columns.get(column.index()).and_then(Option::as_ref) else { continue };
            if self.is_hashed(entity, column) && !is(position, planned.ty) {
                let message = format!(
                    "`{}.{}` is no longer of the type {}, by which its rows would be found",
                    entity_of.name,
                    planned.name,
                    planned.ty.name()
                );
                return Err(schema_changed(message).path(&batch.name).into());
            }
        }
        Ok(())
    }

    /// Whether a batch finds rows by hashing this column, its own or that of its parents.
    fn is_hashed(&self, entity: EntityId, column: ColumnId) -> bool {
        self.plan.batches.iter().any(|batch| {
            let Operation::Fetch { feeds, stitch: Stitch::Hash(positions), .. } = &batch.operation else {
                return false;
            };
            let own = |position: &u16| {
                let projection = batch.query.columns.get(usize::from(*position));
                projection.and_then(|projection| projected(batch, projection)) == Some((entity, column))
            };
            positions.iter().any(own)
                || feeds.iter().any(|f| self.plan.node(f.parent).entity == entity && f.columns.contains(&column))
        })
    }
}

/// The entity and the column that a projection reads.
fn projected(batch: &Batch, projection: &Projection) -> Option<(EntityId, ColumnId)> {
    match projection {
        Projection::Column(slot, column) => Some((batch.parts.get(usize::from(slot.0))?.entity, *column)),
        Projection::Link(slot, column) => {
            let link = batch.parts.get(usize::from(slot.0))?.link.as_ref()?;
            Some((link.entity, *column))
        }
        Projection::Ordinal => None,
    }
}
