//! What a finished batch asks, apart from the columns it reads and the numbers of its binds: a session remembers answers
//! by it. Two batches with one question and equal values find the same rows by the same key.
//!
//! ```text
//! SELECT id, title, post_id FROM comment WHERE post_id IN (?)
//! SELECT c.id, a.name, c.post_id FROM comment c LEFT JOIN author a ON a.id = c.author_id WHERE c.post_id IN (?)
//! one question: a left join to one row leaves nothing out and repeats nothing. The second answers the first.
//! ```

use super::{Batch, Operation, Projection};
use crate::batch::{Closure, Head, Join, KeyQuery, KeySource, Keys, Query, Slot};
use crate::ids::{ColumnId, EntityId, ParamId, RelationshipId};
use crate::logical::{Bind, Predicate};

/// A batch's question, without its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The query without its columns and the joins that only show more; its binds are numbered in their order.
    query: Query,
    /// Whether keys are equal where their values are.
    by_bytes: bool,
    /// What is read of rows that nothing tells apart: what one statement has left out cannot be added by another.
    unkeyed: Vec<(EntityId, Vec<ColumnId>)>,
}

impl Batch {
    /// The question, and what it binds in its order.
    #[must_use]
    pub fn question(&self) -> (Question, Vec<Bind>) {
        let by_bytes = matches!(self.operation, Operation::Fetch { by_bytes: true, .. });
        let mut query = Query { columns: Vec::new(), ..self.query.clone() };
        self.drop_joins(&mut query);
        // The head says the order of its rows: by which keys they come first is no matter.
        query.order.retain(|key| key.column.slot() != Some(Slot::HEAD));
        let head = &mut query.head;
        (head.needs, head.link_needs, head.derived) = (Vec::new(), Vec::new(), false);
        if let Some(keys) = &mut head.keys {
            if matches!(keys.source, KeySource::Subquery(_) | KeySource::Whole) {
                // It finds for itself the keys that another would have sent.
                keys.source = KeySource::List;
            }
            // What links alone have named and is not there is forgotten, once that is known.
            keys.link.iter_mut().for_each(|link| link.alone = false);
            if by_bytes {
                // Keys that are compared as bytes are the same, whatever column holds them.
                keys.held_by.clear();
            }
        }
        let mut binds = Vec::new();
        number_query(&mut query, &mut binds);
        let parts = self.parts.iter().map(|part| (part.entity, &part.identity, &part.cells));
        let links = self.parts.iter().filter_map(|part| part.link.as_ref());
        let all = parts.chain(links.map(|link| (link.entity, &link.identity, &link.cells)));
        let unkeyed = all.filter(|(_, identity, _)| identity.is_empty());
        let unkeyed = unkeyed.map(|(entity, _, cells)| (entity, cells.iter().map(|(_, column)| *column).collect()));
        (Question { unkeyed: unkeyed.collect(), query, by_bytes }, binds)
    }

    /// For each part, the one of another batch with the same question and equal values that has the same rows, if there
    /// is one.
    #[must_use]
    pub fn parts_in(&self, other: &Self) -> Vec<Option<usize>> {
        let [kept, others] = [self, other].map(|batch| batch.kept_joins());
        let mut found: Vec<Option<usize>> = vec![Some(0)];
        for (index, join) in self.query.joins.iter().enumerate() {
            let parent = usize::from(join.parent.0);
            let same = match kept.iter().position(|kept| *kept == index) {
                // What a question keeps stands in the same order in both.
                Some(place) => others.get(place).copied(),
                // Joins that are the same number their rows the same, so that any of them will do.
                None => (0..other.query.joins.len()).find(|place| {
                    let kept = others.contains(place);
                    !kept && join_path(self, index).eq(join_path(other, *place))
                }),
            };
            let hangs = found.get(parent).is_some_and(Option::is_some);
            found.push(same.filter(|_| hangs).map(|place| place + 1));
        }
        found
    }

    /// Leaves the joins out that only show more, and numbers the tables of the others anew.
    fn drop_joins(&self, query: &mut Query) {
        let kept = self.kept_joins();
        let slot = |slot: Slot| match slot {
            Slot::HEAD => slot,
            Slot(old) => Slot(kept.iter().position(|kept| *kept + 1 == usize::from(old)).map_or(old, |n| n as u16 + 1)),
        };
        query.joins = kept.iter().map(|join| query.joins[*join].clone()).collect();
        query.joins.iter_mut().for_each(|join| join.parent = slot(join.parent));
        for key in &mut query.order {
            match &mut key.column {
                Projection::Column(of, _) | Projection::Link(of, _) => *of = slot(*of),
                Projection::Ordinal => {}
            }
        }
    }

    /// The joins that are part of the question: they leave rows out, repeat them, or bind values.
    fn kept_joins(&self) -> Vec<usize> {
        let joins = &self.query.joins;
        let mut kept = vec![false; joins.len()];
        // Those below first: what they hang on is kept with them.
        for (index, Join { parent: _, relationship: _, inner, filter }) in joins.iter().enumerate().rev() {
            let to_many = self.parts.get(index + 1).is_none_or(|part| part.to_many);
            let below = joins.iter().zip(&kept).any(|(join, kept)| *kept && usize::from(join.parent.0) == index + 1);
            let mut binds = Vec::new();
            number(&mut filter.clone(), &mut binds);
            kept[index] = *inner || to_many || below || !binds.is_empty();
        }
        (0..joins.len()).filter(|index| kept[*index]).collect()
    }
}

/// A join, that on which it hangs, and so on up to the head.
fn join_path(batch: &Batch, join: usize) -> impl Iterator<Item = (RelationshipId, &Predicate)> {
    let joins = &batch.query.joins;
    let path = std::iter::successors(joins.get(join), |join| joins.get(usize::from(join.parent.0).checked_sub(1)?));
    path.map(|join| (join.relationship, &join.filter))
}

fn number_query(query: &mut Query, binds: &mut Vec<Bind>) {
    let Query { head, joins, columns: _, order: _ } = query;
    number_head(head, binds);
    for Join { parent: _, relationship: _, inner: _, filter } in joins {
        number(filter, binds);
    }
}

fn number_head(head: &mut Head, binds: &mut Vec<Bind>) {
    let Head { entity: _, keys, filter, order: _, link_order: _, window: _, derived: _, needs: _, link_needs: _ } =
        head;
    if let Some(Keys { link: _, columns: _, form: _, source, held_by: _ }) = keys {
        match source {
            KeySource::List | KeySource::Whole => {}
            KeySource::Subquery(above) => {
                let KeyQuery { head, columns: _ } = above.as_mut();
                number_head(head, binds);
            }
            KeySource::Closure(Closure { follow: _, levels: _ }) => {}
        }
    }
    number(filter, binds);
}

/// Numbers the binds of a condition behind those before it.
fn number(predicate: &mut Predicate, binds: &mut Vec<Bind>) {
    let mut next = |bind: &mut Bind| {
        binds.push(*bind);
        *bind = Bind::Spec(ParamId::new(binds.len() - 1));
    };
    match predicate {
        Predicate::Constant(_) | Predicate::IsNull { column: _, negated: _ } => {}
        Predicate::Compare { column: _, op: _, value } => next(value),
        Predicate::In { column: _, list, negated: _ } => next(list),
        Predicate::And(parts) | Predicate::Or(parts) => parts.iter_mut().for_each(|part| number(part, binds)),
        Predicate::Not(inner) => number(inner, binds),
        Predicate::Exists { relationship: _, filter, negated: _ } => number(filter, binds),
    }
}
