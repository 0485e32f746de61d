//! The rows of an exact case, a statement for each: what a key refuses is left out.

use super::schema::Schema;
use super::types::Type;
use super::{POOL, Raw, Table};
use crate::database::Backend;

/// Literals of one column's values in one case.
struct Pool(Vec<&'static str>);

impl Pool {
    fn new(ty: &Type, picks: &[u8; POOL]) -> Self {
        Self(picks.iter().map(|pick| ty.values[usize::from(*pick) % ty.values.len()]).collect())
    }

    /// A value, or NULL for one pick in twelve where that is allowed.
    fn value(&self, pick: u8, nullable: bool) -> &'static str {
        if nullable && pick % 10 == 9 { "NULL" } else { self.0[usize::from(pick) % POOL] }
    }
}

pub(super) fn rows(backend: Backend, schema: &Schema, raw: &Raw) -> Vec<String> {
    let number = Pool((1..=POOL).map(|n| ["1", "2", "3", "4", "5"][n - 1]).collect());
    let pool = |name: &str| match (name, schema.b) {
        ("a" | "ua" | "la", _) => Pool::new(schema.a, &raw.pools[0]),
        ("b" | "ub" | "lb", Some(b)) => Pool::new(b.0, &raw.pools[1]),
        // The same values on both sides, where the types have them.
        ("pa", _) => Pool::new(schema.pa, &raw.pools[0]),
        ("pb", Some(b)) => Pool::new(b.1, &raw.pools[1]),
        ("c", _) => Pool::new(schema.payloads[0], &raw.pools[2]),
        ("x", _) => Pool::new(schema.payloads[1], &raw.pools[3]),
        _ => Pool(number.0.clone()),
    };
    let mut rows = Vec::new();
    let mut names = vec!["n"];
    let all = ["a", "b", "pa", "pb", "c", "x"].into_iter();
    names.extend(all.filter(|name| schema.b.is_some() || !["b", "pb"].contains(name)));
    for i in 0..POOL {
        let values: Vec<&str> = names.iter().map(|name| pool(name).0[i]).collect();
        rows.push(insert(backend, "v", &names, &values));
    }
    let mut fill = |table: Table, picks: Vec<Vec<u8>>| {
        let columns = schema.columns(table);
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        for (i, picks) in picks.iter().enumerate() {
            let n = (i + 1).to_string();
            let mut picks = picks.iter();
            let values: Vec<String> = columns
                .iter()
                .map(|column| match column.name {
                    "n" => n.clone(),
                    name => pool(name).value(*picks.next().unwrap_or(&0), column.nullable).to_owned(),
                })
                .collect();
            rows.push(insert(backend, table.name(), &names, &values));
        }
    };
    fill(Table::P, raw.parents.iter().map(|row| row.to_vec()).collect());
    fill(Table::C, raw.children.iter().map(|row| row.to_vec()).collect());
    for [a, b, n] in &raw.links {
        let n = (n % 8 + 1).to_string();
        let mut names = vec!["la", "cn"];
        let mut values = vec![pool("a").value(*a, false), n.as_str()];
        if schema.b.is_some() {
            names.push("lb");
            values.push(pool("b").value(*b, false));
        }
        rows.push(insert(backend, "l", &names, &values));
    }
    rows
}

fn insert(backend: Backend, table: &str, names: &[&str], values: &[impl AsRef<str>]) -> String {
    let (verb, conflict) = match backend {
        Backend::Sqlite => ("INSERT OR IGNORE", ""),
        Backend::Postgres => ("INSERT", " ON CONFLICT DO NOTHING"),
        Backend::Mariadb | Backend::Mysql => ("INSERT IGNORE", ""),
    };
    let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
    format!("{verb} INTO {table} ({}) VALUES ({}){conflict}", names.join(", "), values.join(", "))
}
