//! How many statements a plan can take: a property of the plan and of the number of keys, never of the rows.

use super::{Batch, BatchPlan, ListForm, ListSource, Operation, Piece, Reach};

impl BatchPlan {
    /// The keys that one statement of the batch takes at least, whatever their type: more make a second statement.
    ///
    /// A list of one bind holds [`Limits::list_keys`](super::Limits::list_keys). Keys that are bound one by one are
    /// padded to a power of two, and share the statement's variables with its conditions, where a list counts once.
    /// Keys longer than [`Limits::list_bytes`](super::Limits::list_bytes) together are cut earlier.
    #[must_use]
    pub fn chunk(&self, batch: &Batch) -> usize {
        let (mut others, mut per_key) = (0, None);
        for piece in &batch.sql.pieces {
            match piece {
                Piece::Text(_) => {}
                Piece::List(list) if list.source == ListSource::Keys => {
                    per_key = (list.form == ListForm::Json).then(|| list.width + usize::from(list.ordinal));
                }
                Piece::Param(_) | Piece::Formed(..) | Piece::List(_) => others += 1,
            }
        }
        let one_by_one = per_key.map_or(usize::MAX, |per_key| {
            let room = self.limits.variables.saturating_sub(others) / per_key.max(1);
            room.checked_ilog2().map_or(1, |log| 1 << log)
        });
        one_by_one.min(self.limits.list_keys).max(1)
    }

    /// The most statements that can run: one for the root, one for each [`chunk`](Self::chunk) of the keys of every
    /// other batch, and one more for each level that a recursion by levels has reached. `reached` tells the keys of a
    /// batch, and its levels (1 for what is no recursion).
    #[must_use]
    pub fn bound(&self, reached: impl Fn(&Batch) -> (usize, usize)) -> usize {
        let most = self.batches.iter().map(|batch| match &batch.operation {
            Operation::Root => 1,
            // Sent with the root, whatever keys there are.
            Operation::Fetch { .. } if !batch.waits() => 1,
            Operation::Fetch { reach, .. } => {
                let (keys, levels) = reached(batch);
                match reach {
                    Reach::Subquery | Reach::Whole => keys.min(1),
                    Reach::Keys | Reach::Closure => keys.div_ceil(self.chunk(batch)),
                    Reach::Levels(_) => keys.div_ceil(self.chunk(batch)) + levels.saturating_sub(1),
                }
            }
        });
        most.sum()
    }
}
