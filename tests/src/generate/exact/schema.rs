//! The tables of an exact case.

use super::types::{Form, Type, Use, types};
use super::{Column, Keyed, Raw, Rel, Table};
use crate::database::Backend;
use eagerly_planner::graph::{Catalog, EntityDef, GraphBuilder, RelationshipDef, RelationshipGraph};

/// What is declared.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The types of the key, and of the child's columns that hold it.
    pub a: &'static Type,
    pub(super) pa: &'static Type,
    /// The same of its second column, if it has one.
    pub b: Option<(&'static Type, &'static Type)>,
    /// The types of what is not compared.
    pub(super) payloads: [&'static Type; 2],
    pub(super) number: &'static Type,
    /// The key of `p`.
    pub keyed: Keyed,
    /// The key of `c`: its number, that beside the parent's key, or none.
    child: u16,
    /// Whether the parent's key is unique in `c`.
    pub one_to_one: bool,
    indexed: bool,
    /// Whether there are foreign keys, and the graph is what the catalog says. The data breaks them.
    pub constraints: bool,
    /// The number is the last column.
    number_last: bool,
    link_key: bool,
    /// SQLite's options of tables.
    without_rowid: bool,
    strict: bool,
}

/// Cases are equal if they are written alike.
impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        format!("{self:?}") == format!("{other:?}")
    }
}

pub(super) fn schema(backend: Backend, raw: &Raw) -> Schema {
    let all = types(backend);
    let compared: Vec<&'static Type> = all.iter().filter(|ty| ty.used > Use::Payload).collect();
    let pick = |i: usize| usize::from(raw.shape[i]);
    let one = |i: usize| compared[pick(i) % compared.len()];
    // Mostly the same type on both sides; else one that is compared with it.
    let other = |ty: &'static Type, i: usize| {
        let kin: Vec<&'static Type> = compared.iter().copied().filter(|other| other.family == ty.family).collect();
        if pick(i) % 2 == 1 { kin[pick(i) / 2 % kin.len()] } else { ty }
    };
    let a = one(0);
    let b = (pick(1) % 3 == 2).then(|| one(2)).map(|b| (b, other(b, 3)));
    let pa = other(a, 4);
    let parts = [Some(a), b.map(|b| b.0)].into_iter().flatten();
    let of_key = |ty: &'static Type| ty.used == Use::Key;
    let mut keyed = [Keyed::Primary, Keyed::Primary, Keyed::Unique, Keyed::Number, Keyed::Nothing, Keyed::UniqueAlone];
    keyed.rotate_left(pick(5) % 6);
    let keyed = match keyed[0] {
        Keyed::Primary | Keyed::Unique | Keyed::UniqueAlone if !parts.clone().all(of_key) => Keyed::Number,
        keyed => keyed,
    };
    let child_parts = [Some(pa), b.map(|b| b.1)].into_iter().flatten();
    let child_keys = child_parts.clone().all(of_key);
    let same = parts.clone().map(|ty| ty.sql).eq(child_parts.map(|ty| ty.sql));
    let payload = |i: usize| &all[pick(i) % all.len()];
    let constraints = same
        && child_keys
        && matches!(keyed, Keyed::Primary | Keyed::Unique)
        && pick(9) % 4 == 3
        && backend != Backend::Sqlite;
    let payloads = [payload(6), payload(7)];
    let number = all.iter().find(|ty| ["integer", "int", "INTEGER"].contains(&ty.sql)).expect("integers");
    let strict = parts
        .chain(payloads)
        .chain([pa])
        .chain(b.map(|b| b.1))
        .all(|ty| ["INTEGER", "INT", "TEXT", "REAL", "BLOB"].contains(&ty.sql));
    Schema {
        a,
        pa,
        b,
        payloads,
        number,
        keyed,
        child: if child_keys { raw.shape[8] % 4 } else { raw.shape[8] % 2 * 3 },
        one_to_one: child_keys && pick(10) % 5 == 4,
        indexed: child_keys && pick(11).is_multiple_of(2),
        constraints,
        number_last: pick(12) % 2 == 1,
        link_key: parts_of_link(a, b) && pick(13).is_multiple_of(2),
        without_rowid: backend == Backend::Sqlite && keyed == Keyed::Primary && pick(14) % 3 == 2,
        strict: backend == Backend::Sqlite && strict,
    }
}

fn parts_of_link(a: &Type, b: Option<(&Type, &Type)>) -> bool {
    a.used == Use::Key && b.is_none_or(|b| b.0.used == Use::Key)
}

impl Schema {
    /// The types of the key, each with that of the child's column.
    pub(super) fn types(&self) -> impl Iterator<Item = (&'static Type, &'static Type)> {
        std::iter::once((self.a, self.pa)).chain(self.b)
    }

    /// The types of what is not compared.
    pub(super) fn payloads(&self) -> [&'static Type; 2] {
        self.payloads
    }

    pub(super) fn columns(&self, table: Table) -> Vec<Column> {
        let column = |name, value, ty, nullable| Column { name, value, ty, nullable };
        let number = column("n", "n", self.number, false);
        let (own, two) = (matches!(self.keyed, Keyed::Number | Keyed::Nothing), self.b);
        let mut columns = match table {
            Table::P => vec![
                Some(column("a", "a", self.a, own)),
                two.map(|b| column("b", "b", b.0, own)),
                Some(column("ua", "a", self.a, true)),
                two.map(|b| column("ub", "b", b.0, true)),
                Some(column("c", "c", self.payloads[0], true)),
            ],
            Table::C => vec![
                Some(column("pa", "pa", self.pa, self.child != 2)),
                two.map(|b| column("pb", "pb", b.1, self.child != 2)),
                Some(column("x", "x", self.payloads[1], true)),
            ],
        };
        columns.insert(if self.number_last { columns.len() } else { 0 }, Some(number));
        columns.into_iter().flatten().collect()
    }

    /// The primary key of a table.
    #[must_use]
    pub fn primary_key(&self, table: Table) -> Vec<&'static str> {
        let both = |first, second| if self.b.is_some() { vec![first, second] } else { vec![first] };
        match (table, self.keyed, self.child) {
            (Table::P, Keyed::Primary, _) => both("a", "b"),
            (Table::P, Keyed::Unique | Keyed::Number, _) | (Table::C, _, 0 | 1) => vec!["n"],
            (Table::C, _, 2) => [both("pa", "pb"), vec!["n"]].concat(),
            _ => Vec::new(),
        }
    }

    pub(super) fn ddl(&self, backend: Backend) -> Vec<String> {
        let key = |first: &str, second: &str| {
            if self.b.is_some() { format!("{first}, {second}") } else { first.to_owned() }
        };
        let options = [(self.without_rowid, "WITHOUT ROWID"), (self.strict, "STRICT")];
        let options: Vec<&str> = options.into_iter().filter_map(|(set, option)| set.then_some(option)).collect();
        let strict = if self.strict { " STRICT" } else { "" };
        let table = |table: Table, more: Vec<String>| {
            let columns = self.columns(table);
            let columns = columns.iter().map(|column| {
                let serial = column.name == "n" && self.primary_key(table) == ["n"];
                declared(backend, column.name, column.ty, column.nullable, serial)
            });
            let primary = self.primary_key(table);
            let primary = (!primary.is_empty()).then(|| format!("PRIMARY KEY ({})", primary.join(", ")));
            let parts: Vec<String> = columns.chain(primary).chain(more).collect();
            let options = if table == Table::P { options.join(", ") } else { strict.trim().to_owned() };
            format!("CREATE TABLE {} ({}) {options}", table.name(), parts.join(", "))
        };
        let two = self.b;
        let values = [
            Some(("a", self.a)),
            two.map(|b| ("b", b.0)),
            Some(("pa", self.pa)),
            two.map(|b| ("pb", b.1)),
            Some(("c", self.payloads[0])),
            Some(("x", self.payloads[1])),
        ];
        let values: Vec<String> =
            values.into_iter().flatten().map(|(name, ty)| declared(backend, name, ty, true, false)).collect();
        let unique = matches!(self.keyed, Keyed::Unique | Keyed::UniqueAlone);
        let unique = unique.then(|| format!("UNIQUE ({})", key("a", "b")));
        let child_unique = self.one_to_one.then(|| format!("UNIQUE ({})", key("pa", "pb")));
        let foreign = format!("FOREIGN KEY ({}) REFERENCES p ({})", key("pa", "pb"), key("a", "b"));
        // A table with its index takes a third of the time of an index on a table.
        let within = self.indexed && backend >= Backend::Mariadb;
        let index = within.then(|| format!("INDEX c_of_p ({})", key("pa", "pb")));
        let child = child_unique.into_iter().chain(index).chain(self.constraints.then_some(foreign));
        let link_columns = [Some(("la", self.a)), two.map(|b| ("lb", b.0)), Some(("cn", self.number))];
        let link_columns =
            link_columns.into_iter().flatten().map(|(name, ty)| declared(backend, name, ty, !self.link_key, false));
        let link_key = self.link_key.then(|| format!("PRIMARY KEY ({}, cn)", key("la", "lb")));
        let link: Vec<String> = link_columns.chain(link_key).collect();
        let mut ddl = vec![
            format!("CREATE TABLE v (n {} NOT NULL, {}){strict}", self.number.sql, values.join(", ")),
            table(Table::P, unique.into_iter().collect()),
            table(Table::C, child.collect()),
            format!("CREATE TABLE l ({}){strict}", link.join(", ")),
        ];
        if self.indexed && !within {
            ddl.push(format!("CREATE INDEX c_of_p ON c ({})", key("pa", "pb")));
        }
        ddl
    }

    /// The graph: what the catalog says, with relationships of the case's own unless there are foreign keys.
    ///
    /// # Panics
    /// When the catalog does not have the tables, or they do not fit.
    #[must_use]
    pub fn graph(&self, catalog: &Catalog, case: &super::Case) -> RelationshipGraph {
        if self.constraints {
            return RelationshipGraph::from_catalog(catalog).unwrap_or_else(|errors| panic!("{errors}"));
        }
        let entity = |name: &str| {
            let found = catalog.tables.iter().find(|table| table.name == name);
            let found = found.unwrap_or_else(|| panic!("no table `{name}` in {catalog:?}")).clone();
            let mut entity = EntityDef::new(name);
            (entity.schema, entity.columns, entity.primary_key) = (found.schema, found.columns, found.primary_key);
            entity.inexact_primary_key = found.inexact_primary_key;
            (entity.row_id, entity.unique_keys) = (found.row_id, found.unique_keys);
            entity.indexes = self.indexed.then_some(found.indexes);
            let own = Rel::ALL.into_iter().filter(|rel| rel.source().name() == name);
            own.fold(entity, |entity, rel| entity.relationship(self.definition(case, rel)))
        };
        let builder = ["p", "c", "l"].map(entity).into_iter().fold(RelationshipGraph::builder(), GraphBuilder::entity);
        builder.build().unwrap_or_else(|errors| panic!("{errors}"))
    }

    fn definition(&self, case: &super::Case, rel: Rel) -> RelationshipDef {
        let (name, target) = (rel.name(), rel.target().name());
        let to_link: &[(&str, &str)] = if self.b.is_some() { &[("a", "la"), ("b", "lb")] } else { &[("a", "la")] };
        let def = match rel {
            Rel::Parent | Rel::Up => RelationshipDef::many_to_one(name, target),
            Rel::Children if self.one_to_one => RelationshipDef::one_to_one(name, target),
            Rel::Children | Rel::Down => RelationshipDef::one_to_many(name, target),
            Rel::Linked => {
                let (source, target_pairs) = (to_link.iter().copied(), [("n", "cn")]);
                return RelationshipDef::many_to_many(name, target).secondary("l", source, target_pairs);
            }
            Rel::Links => {
                return RelationshipDef::many_to_many(name, target).secondary(
                    "l",
                    [("n", "cn")],
                    to_link.iter().copied(),
                );
            }
        };
        case.pairs(rel).into_iter().fold(def, |def, (target, source)| def.on(source, target))
    }
}

/// A column. MySQL's TIMESTAMP is NOT NULL unless it is said, and so its types say it.
fn declared(backend: Backend, name: &str, ty: &Type, nullable: bool, serial: bool) -> String {
    let (sql, null) = match (ty.sql.strip_suffix(" NULL"), nullable) {
        (Some(sql), true) => (sql, " NULL"),
        (sql, false) => (sql.unwrap_or(ty.sql), " NOT NULL"),
        (None, true) => (ty.sql, ""),
    };
    let serial = if serial && backend >= Backend::Mariadb && ty.form == Form::Integer { " AUTO_INCREMENT" } else { "" };
    format!("{name} {sql}{null}{serial}")
}
