//! Values: few distinct ones, so that keys meet often, and among them those that are equal for one database and
//! unequal for another: `'a'`, `'A'` and `'a '`, `2`, `'2'`, `'02'` and `2.0`, text and the blob of its bytes.

use super::flavor::{Datum, Native};
use super::names::quoted;
use super::raw::Pick;
use super::schema::{Column, Table, TrustedKey};
use eagerly_planner::value::Value;
use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use std::collections::HashMap;

/// What the values of a column are taken from. A foreign key takes them from the domain of what it points at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Domain {
    /// Integers alone, as a rowid demands.
    Rowid,
    /// Integers, and now and then something else.
    Integer,
    /// Text in all its spellings.
    Text,
    /// Any class.
    Mixed,
    /// Floats.
    Real,
    /// 0 and 1, and now and then something else.
    Boolean,
    /// A type of a server.
    Native(&'static Native),
}

impl Domain {
    /// Whether most of it is text.
    pub(super) fn is_text(self) -> bool {
        match self {
            Self::Native(native) => native.is_text(),
            domain => domain == Self::Text,
        }
    }

    /// The value of that number, as a condition compares with it.
    pub(super) fn compared(self, index: usize) -> Value {
        if let Self::Native(native) = self {
            return native.value(index).compared();
        }
        match self.value(index) {
            Cell::Null => Value::Null,
            Cell::Integer(n) => Value::Integer(n),
            Cell::Real(x) => Value::Float(x),
            Cell::Text(text) => Value::Text(text),
            Cell::Blob(bytes) => Value::Bytes(bytes),
        }
    }

    /// The value of that number, modulo the size of the domain. Neighbours differ.
    pub(super) fn value(self, index: usize) -> Cell {
        use Cell::{Integer, Null, Real};
        let text = |s: &str| Cell::Text(s.to_owned());
        let blob = |b: &[u8]| Cell::Blob(b.to_owned());
        let values: &[Cell] = match self {
            Self::Rowid => &[1, 2, 3, 4, 5, 7, 9_007_199_254_740_993].map(Integer),
            Self::Integer => &[
                Integer(1),
                Integer(2),
                Integer(3),
                Integer(4),
                Integer(2),
                Integer(1),
                Null,
                text("2"),
                Integer(3),
                text("02"),
                Real(2.0),
                Integer(9_007_199_254_740_993),
                Real(2.5),
                text("x"),
                text("X "),
                Integer(1),
            ],
            Self::Text => &[
                text("a"),
                text("b"),
                text("A"),
                text("a "),
                text("c"),
                text("2"),
                text("B"),
                Null,
                text("a"),
                text("02"),
                text("é"),
                text("b"),
                text("É"),
                text("it's"),
                text("😀"),
                text("a\"b\\c"),
                text(""),
                text("1"),
                text("b  "),
                Integer(2),
            ],
            Self::Mixed => &[
                Integer(1),
                text("a"),
                blob(b"a"),
                Integer(2),
                text("1"),
                Real(2.0),
                text("A"),
                Null,
                Integer(1),
                blob(b""),
                blob(&[0, 255, 39]),
                text("a "),
                Real(0.1),
                blob(b"A"),
            ],
            Self::Real => {
                &[Real(1.0), Real(2.0), Real(2.5), Real(0.1), Integer(3), Null, Real(-1e300), text("a"), Real(1.0)]
            }
            Self::Boolean => &[Integer(1), Integer(0), Null, Integer(1), Integer(0), Integer(2), text("yes")],
            Self::Native(native) => panic!("SQLite has no {native:?}"),
        };
        values[index % values.len()].clone()
    }
}

/// The rows as `INSERT` statements, after SQLite has dropped what breaks a constraint, and with it every row that
/// would leave an order of the contract open or a trusted key dangling: rows whose whole primary key is equal (several NULLs), and, without a
/// primary key, rows whose columns are all equal but not identical.
pub(super) fn inserts(tables: &[Table]) -> Vec<String> {
    let scratch = Connection::open_in_memory().expect("SQLite opens");
    let mut inserts = Vec::new();
    for table in tables {
        for ddl in table.ddl() {
            scratch.execute_batch(&ddl).unwrap_or_else(|e| panic!("{e} in {ddl}"));
        }
        let name = quoted(&table.name);
        let marks = vec!["?"; table.columns.len()].join(", ");
        for (number, cells) in table.rows.iter().enumerate() {
            let sql = format!("INSERT OR IGNORE INTO {name} VALUES ({marks})");
            scratch
                .execute(&sql, rusqlite::params_from_iter(cells_of(table, number, cells)))
                .unwrap_or_else(|e| panic!("{e} in {sql}"));
        }
        if !table.without_rowid {
            let sql = drop_ties(table);
            scratch.execute_batch(&sql).unwrap_or_else(|e| panic!("{e} in {sql}"));
        }
    }
    drop_dangling(&scratch, tables);
    for table in tables {
        inserts.extend(stored(&scratch, table));
    }
    inserts
}

/// Takes away what is trusted and leads nowhere: the key, or its row where that cannot be NULL, and then what led to it.
fn drop_dangling(scratch: &Connection, tables: &[Table]) {
    let mut dropped = usize::MAX;
    while dropped > 0 {
        dropped = 0;
        for table in tables {
            for TrustedKey { columns, target, target_columns } in &table.trusted {
                let target = &tables[*target];
                let key: Vec<String> = columns.iter().map(|c| quoted(&table.columns[*c].name)).collect();
                let whole: Vec<String> = key.iter().map(|c| format!("x.{c} IS NOT NULL")).collect();
                let found = key.iter().zip(target_columns);
                let found = found.map(|(key, c)| format!("y.{} = +x.{key}", quoted(&target.columns[*c].name)));
                let stays = columns.iter().all(|c| !table.columns[*c].not_null && !table.key.contains(c));
                let name = quoted(&table.name);
                let clear = key.iter().map(|c| format!("{c} = NULL")).collect::<Vec<_>>().join(", ");
                let change =
                    if stays { format!("UPDATE {name} AS x SET {clear}") } else { format!("DELETE FROM {name} AS x") };
                let sql = format!(
                    "{change} WHERE {} AND NOT EXISTS (SELECT 1 FROM {} AS y WHERE {})",
                    whole.join(" AND "),
                    quoted(&target.name),
                    found.collect::<Vec<_>>().join(" AND ")
                );
                let changed = scratch.execute(&sql, []).unwrap_or_else(|e| panic!("{e} in {sql}"));
                if changed > 0 && !table.without_rowid {
                    let sql = drop_ties(table);
                    scratch.execute_batch(&sql).unwrap_or_else(|e| panic!("{e} in {sql}"));
                }
                dropped += changed;
            }
        }
    }
}

/// The rows of a server's tables as `INSERT` statements that leave out what breaks a constraint. The tables without a
/// primary key have no rows that are equal but not identical, which would leave their order open.
pub(super) fn literals(tables: &[Table]) -> Vec<String> {
    let insert = |table: &Table| {
        let mut folded: HashMap<Vec<String>, Vec<String>> = HashMap::new();
        let mut rows: Vec<String> = Vec::new();
        for (number, cells) in table.rows.iter().enumerate() {
            let row: Vec<&Datum> = row(table, number, cells).map(|(column, choice)| datum(column, choice)).collect();
            let literals: Vec<String> = row.iter().map(|value| table.flavor.literal(value)).collect();
            let same = folded.entry(row.iter().map(|value| value.folded()).collect());
            if table.key.is_empty() && *same.or_insert_with(|| literals.clone()) != literals {
                continue;
            }
            rows.push(format!("({})", literals.join(", ")));
        }
        (!rows.is_empty()).then(|| table.flavor.insert(&table.flavor.quoted(&table.name), &rows))
    };
    tables.iter().filter_map(insert).collect()
}

/// A value of a server's column; one that takes no NULL has the first instead.
fn datum(column: &Column, choice: usize) -> &'static Datum {
    let Domain::Native(native) = column.domain else { panic!("{:?} is SQLite's", column.domain) };
    let value = native.value(choice);
    if column.not_null && *value == Datum::Null { native.value(0) } else { value }
}

fn cells_of(table: &Table, number: usize, cells: &[Pick]) -> Vec<Cell> {
    row(table, number, cells).map(|(column, choice)| column.domain.value(choice)).collect()
}

/// The columns of a row, each with the number of its value. Those of a key mostly count on from row to row, so that keys
/// differ even when all choices are 0; a row of a table that refers to itself often refers to the row before, so that
/// there are chains beside cycles.
fn row<'t>(table: &'t Table, number: usize, cells: &'t [Pick]) -> impl Iterator<Item = (&'t Column, usize)> {
    table.columns.iter().enumerate().map(move |(i, column)| {
        let pick = cells.get(i % cells.len().max(1)).copied().unwrap_or_default();
        let counted = |number: usize, position: usize| match position {
            0 if table.key.len() == 1 => number,
            0 => number % 3,
            _ => number / 3,
        };
        let position = table.key.iter().position(|k| *k == i);
        let choice = match (position, column.refers, number.checked_sub(1)) {
            (Some(position), ..) if pick < 170 => counted(number, position),
            (None, Some(position), Some(before)) if pick < 120 => counted(before, position),
            _ => skew(pick),
        };
        (column, choice)
    })
}

/// Most values are among the first three of their domain.
fn skew(pick: Pick) -> usize {
    match pick {
        0..150 => usize::from(pick) % 3,
        150..220 => usize::from(pick) % 7,
        _ => usize::from(pick),
    }
}

fn drop_ties(table: &Table) -> String {
    let name = quoted(&table.name);
    let all: Vec<String> = table.columns.iter().map(|c| quoted(&c.name)).collect();
    if table.key.is_empty() {
        let equal = all.iter().map(|c| format!("y.{c} IS x.{c}")).collect::<Vec<_>>().join(" AND ");
        let identical = all.iter().map(|c| format!("quote(y.{c}) = quote(x.{c})")).collect::<Vec<_>>().join(" AND ");
        format!(
            "DELETE FROM {name} AS x WHERE EXISTS \
             (SELECT 1 FROM {name} AS y WHERE y._rowid_ < x._rowid_ AND {equal} AND NOT ({identical}))"
        )
    } else {
        let key = table.key.iter().map(|c| all[*c].clone()).collect::<Vec<_>>().join(", ");
        format!("DELETE FROM {name} WHERE _rowid_ NOT IN (SELECT min(_rowid_) FROM {name} GROUP BY {key})")
    }
}

/// What is stored, as literals.
fn stored(scratch: &Connection, table: &Table) -> Vec<String> {
    let name = quoted(&table.name);
    let columns = table.columns.iter().map(|c| format!("quote({})", quoted(&c.name))).collect::<Vec<_>>().join(", ");
    let mut statement = scratch.prepare(&format!("SELECT {columns} FROM {name}")).expect("the table exists");
    let rows = statement.query_map([], |row| {
        let cells: rusqlite::Result<Vec<String>> = (0..table.columns.len()).map(|i| row.get(i)).collect();
        Ok(format!("INSERT INTO {name} VALUES ({})", cells?.join(", ")))
    });
    rows.expect("the query runs").collect::<rusqlite::Result<_>>().expect("quote gives text")
}
