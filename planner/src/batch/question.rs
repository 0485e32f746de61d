//! What a batch asks, apart from the columns it reads and the numbers of its binds: a session remembers answers by it.
//! Two batches with one question and equal values get the same rows for the same key.

use super::{Batch, Operation};
use crate::batch::{Closure, Head, Join, KeyQuery, KeySource, Keys, Query};
use crate::ids::{ColumnId, EntityId, ParamId};
use crate::logical::{Bind, Predicate};

/// A batch's question, without its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The query without its columns; its binds are numbered in the order in which they stand.
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
        let mut query = self.query.clone();
        query.columns = Vec::new();
        (query.head.needs, query.head.link_needs) = (Vec::new(), Vec::new());
        if let Some(keys) = &mut query.head.keys
            && let KeySource::Subquery(_) = keys.source
        {
            // It finds for itself the keys that another would have sent.
            keys.source = KeySource::List;
        }
        let mut binds = Vec::new();
        number_query(&mut query, &mut binds);
        let parts = self.parts.iter().map(|part| (part.entity, &part.identity, &part.cells));
        let links = self.parts.iter().filter_map(|part| part.link.as_ref());
        let all = parts.chain(links.map(|link| (link.entity, &link.identity, &link.cells)));
        let unkeyed = all.filter(|(_, identity, _)| identity.is_empty());
        let unkeyed = unkeyed.map(|(entity, _, cells)| (entity, cells.iter().map(|(_, column)| *column).collect()));
        let by_bytes = matches!(self.operation, Operation::Fetch { by_bytes: true, .. });
        (Question { unkeyed: unkeyed.collect(), query, by_bytes }, binds)
    }
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
    if let Some(Keys { link: _, columns: _, form: _, source }) = keys {
        match source {
            KeySource::List => {}
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
