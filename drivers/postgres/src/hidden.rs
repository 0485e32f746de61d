//! The round trips that tokio-postgres adds by itself to learn the types of a statement: it knows PostgreSQL's own, and
//! asks for each other one once per connection. It does not tell, so this repeats its steps (0.7.18, `get_type`).

use std::collections::HashSet;
use tokio_postgres::Statement;
use tokio_postgres::types::{Kind, Type};

/// The types and catalog queries that a connection has seen.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    types: HashSet<u32>,
    /// Whether it has prepared its query for types, labels of enums, fields of rows.
    prepared: [bool; 3],
}

impl Seen {
    /// How many round trips a statement's types took, which are seen from now on.
    pub(crate) fn look_ups(&mut self, statement: &Statement) -> u32 {
        let columns = statement.columns().iter().map(|column| column.type_());
        statement.params().iter().chain(columns).map(|ty| self.look_up(ty)).sum()
    }

    fn look_up(&mut self, ty: &Type) -> u32 {
        if Type::from_oid(ty.oid()).is_some() || !self.types.insert(ty.oid()) {
            return 0;
        }
        self.query(0)
            + match ty.kind() {
                Kind::Enum(_) => self.query(1),
                Kind::Composite(fields) => self.query(2) + fields.iter().map(|f| self.look_up(f.type_())).sum::<u32>(),
                Kind::Domain(inner) | Kind::Array(inner) | Kind::Range(inner) => self.look_up(inner),
                _ => 0,
            }
    }

    /// A catalog query, which is prepared when it is first needed.
    fn query(&mut self, which: usize) -> u32 {
        if std::mem::replace(&mut self.prepared[which], true) { 1 } else { 2 }
    }
}
