//! Choices become tables: columns, keys, indexes, and relationships over them, as DDL and as definitions of the graph.
//!
//! What the tables are like is chosen to be nasty: keys without NOT NULL, two sides of a key with different types or
//! collations, unique indexes under another collation than their column's, names that need quoting.

use super::data::Domain;
use super::flavor::{Flavor, Key, Kind, Native};
use super::names::Names;
use super::raw::{Cells, Pick, RawEntity, RawForeignKey, RawLink, RawOptions};
use super::spec::{filter, order};
use eagerly_planner::graph::{ColumnDef, ColumnType, EntityDef, IndexDef, RelationshipDef};

/// A table in the making. Its entity has a plain name whatever the table is called.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) flavor: &'static dyn Flavor,
    pub(super) entity: String,
    pub(super) name: String,
    pub(super) names: Names,
    pub(super) columns: Vec<Column>,
    pub(super) key: Vec<usize>,
    pub(super) without_rowid: bool,
    pub(super) uniques: Vec<Unique>,
    pub(super) indexes: Vec<Index>,
    pub(super) relationships: Vec<RelationshipDef>,
    /// Foreign keys that are trusted.
    pub(super) trusted: Vec<TrustedKey>,
    pub(super) rows: Vec<Cells>,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) declared: Declared,
    pub(super) collation: Option<&'static str>,
    pub(super) not_null: bool,
    pub(super) domain: Domain,
    /// The column of the table's own key, by its position there, that this one refers to.
    pub(super) refers: Option<usize>,
}

/// Columns whose values are those of a row of another table, unless one is NULL.
#[derive(Clone, Debug)]
pub(super) struct TrustedKey {
    pub(super) columns: Vec<usize>,
    /// The other table and its columns.
    pub(super) target: usize,
    pub(super) target_columns: Vec<usize>,
}

/// A unique key; an inexact one is an index under another collation than the columns'.
#[derive(Clone, Debug)]
pub(super) struct Unique {
    columns: Vec<usize>,
    exact: bool,
}

/// An index beside those of keys.
#[derive(Clone, Debug)]
pub(super) struct Index {
    columns: Vec<usize>,
    ddl: String,
}

/// The declared type: what SQLite calls affinity follows from it; or a type of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    Integer,
    Int,
    Text,
    Untyped,
    Blob,
    Real,
    Numeric,
    Boolean,
    Native(&'static Native),
}

impl Declared {
    /// Its name, with a blank before it.
    fn sql(self) -> String {
        let name = match self {
            Self::Integer => "INTEGER",
            Self::Int => "INT",
            Self::Text => "TEXT",
            Self::Untyped => return String::new(),
            Self::Blob => "BLOB",
            Self::Real => "REAL",
            Self::Numeric => "NUMERIC",
            Self::Boolean => "BOOLEAN",
            Self::Native(native) => native.sql(),
        };
        format!(" {name}")
    }

    fn column_type(self) -> ColumnType {
        match self {
            Self::Integer | Self::Int => ColumnType::Integer,
            Self::Text => ColumnType::Text,
            Self::Untyped => ColumnType::Untyped,
            Self::Blob => ColumnType::Bytes,
            Self::Real => ColumnType::Float,
            Self::Numeric => ColumnType::Decimal,
            Self::Boolean => ColumnType::Boolean,
            // What a server has, its catalog tells.
            Self::Native(_) => ColumnType::Other,
        }
    }
}

impl Table {
    fn add(&mut self, base: &str, (declared, domain): Kind) -> usize {
        let name = self.flavor.spelled(self.names.column(base, self.columns.len()));
        self.columns.push(Column { name, declared, collation: None, not_null: false, domain, refers: None });
        self.columns.len() - 1
    }

    /// `INTEGER PRIMARY KEY`, which is SQLite's rowid.
    fn is_rowid(&self, column: usize) -> bool {
        self.key == [column] && self.columns[column].declared == Declared::Integer && !self.without_rowid
    }

    fn nullable(&self, column: usize) -> bool {
        let in_key = self.key.contains(&column);
        !(self.columns[column].not_null || in_key && self.without_rowid || self.is_rowid(column))
    }

    /// Whether every row has a primary key without NULL.
    pub(super) fn has_identity(&self) -> bool {
        !self.key.is_empty() && self.key.iter().all(|c| !self.nullable(*c))
    }

    fn quoted_columns(&self, columns: &[usize]) -> String {
        columns.iter().map(|c| self.flavor.quoted(&self.columns[*c].name)).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn ddl(&self) -> Vec<String> {
        let flavor = self.flavor;
        let table = flavor.quoted(&self.name);
        let mut parts: Vec<String> = Vec::new();
        for column in &self.columns {
            let collation = column.collation.map(|c| flavor.collate(c)).unwrap_or_default();
            let not_null = if column.not_null { " NOT NULL" } else { "" };
            parts.push(format!("{}{}{collation}{not_null}", flavor.quoted(&column.name), column.declared.sql()));
        }
        if !self.key.is_empty() {
            parts.push(format!("PRIMARY KEY ({})", self.quoted_columns(&self.key)));
        }
        for unique in self.uniques.iter().filter(|u| u.exact) {
            parts.push(format!("UNIQUE ({})", self.quoted_columns(&unique.columns)));
        }
        let options = if self.without_rowid { " WITHOUT ROWID" } else { "" };
        let mut ddl = vec![format!("CREATE TABLE {table} ({}){options}", parts.join(", "))];
        for (i, unique) in self.uniques.iter().enumerate().filter(|(_, u)| !u.exact) {
            let columns = unique.columns.iter().map(|c| {
                let column = &self.columns[*c];
                let other = flavor.other_collation(column).map(|c| flavor.collate(c)).unwrap_or_default();
                flavor.quoted(&column.name) + &other
            });
            let columns = columns.collect::<Vec<_>>().join(", ");
            let index = flavor.quoted(&format!("u{i} {}", self.entity));
            ddl.push(format!("CREATE UNIQUE INDEX {index} ON {table} ({columns})"));
        }
        ddl.extend(self.indexes.iter().map(|index| index.ddl.clone()));
        ddl
    }

    pub(super) fn definition(&self) -> EntityDef {
        let mut entity = EntityDef::new(&self.entity).table(&self.name);
        for (i, column) in self.columns.iter().enumerate() {
            let mut def = ColumnDef::new(&column.name, column.declared.column_type());
            def.nullable = self.nullable(i);
            def.collation = column.collation.map(str::to_owned);
            entity = entity.column(def);
        }
        let names = |columns: &[usize]| columns.iter().map(|c| self.columns[*c].name.clone()).collect::<Vec<_>>();
        entity = entity.primary_key(names(&self.key));
        for unique in &self.uniques {
            let columns = names(&unique.columns);
            entity = if unique.exact { entity.unique(columns) } else { entity.unique_inexact(columns) };
        }
        entity.row_id = (self.flavor.has_rowids() && !self.without_rowid).then(|| "rowid".to_owned());
        // Half of the tables do not tell their indexes, so that both techniques are seen.
        let indexes = || self.indexes.iter().map(|index| IndexDef::new(names(&index.columns))).collect();
        entity.indexes = self.rows.len().is_multiple_of(2).then(indexes);
        self.relationships.iter().cloned().fold(entity, EntityDef::relationship)
    }
}

const ENTITIES: [&str; 4] = ["alpha", "beta", "gamma", "delta"];

/// An entity with its key and a few columns of its own; no foreign keys yet.
pub(super) fn entity(flavor: &'static dyn Flavor, index: usize, raw: &RawEntity) -> Table {
    let entity = ENTITIES[index % ENTITIES.len()];
    let mut table = empty(flavor, entity, Names::new(raw.names, raw.column_names), index);
    let Key { columns, not_null, is_key } = flavor.key(raw.key);
    for (name, kind) in columns {
        let column = table.add(name, kind);
        table.columns[column].not_null = not_null;
        if flavor.collates(kind) {
            table.columns[column].collation = flavor.collation(raw.key_collation);
        }
        if is_key {
            // A key in another order than the table's columns: (k2, k1).
            table.key.insert(0, column);
        }
    }
    table.without_rowid = raw.without_rowid && is_key && flavor.has_rowids();
    let [text, number, boolean] = flavor.plain();
    let name = table.add("name", text);
    table.columns[name].collation = flavor.collation(raw.name_collation);
    table.add("n", number);
    if raw.extra.is_multiple_of(2) {
        table.add("flag", boolean);
    }
    if let Some((name, kind)) = flavor.extra(raw.extra / 2) {
        table.add(name, kind);
    }
    if let Some(unique) = flavor.unique(raw.unique) {
        let column = table.add("u", unique.kind);
        table.columns[column].collation = unique.collation;
        table.uniques.push(Unique { columns: vec![column], exact: unique.exact });
    }
    table.rows.clone_from(&raw.rows);
    table
}

fn empty(flavor: &'static dyn Flavor, entity: &str, names: Names, index: usize) -> Table {
    Table {
        flavor,
        entity: entity.to_owned(),
        name: flavor.spelled(names.table(entity, index)),
        names,
        columns: Vec::new(),
        key: Vec::new(),
        without_rowid: false,
        uniques: Vec::new(),
        indexes: Vec::new(),
        relationships: Vec::new(),
        trusted: Vec::new(),
        rows: Vec::new(),
    }
}

/// A relationship whose options wait until all columns of its target are known.
pub(super) struct Pending {
    source: usize,
    target: usize,
    def: RelationshipDef,
    options: RawOptions,
}

/// The columns that are referenced: the key, or another column, which need not be unique.
fn referenced(table: &Table, pick: Pick) -> Vec<usize> {
    let plain = |base: &str| table.flavor.spelled(table.names.column_plain(base));
    let own = |base: &str| table.columns.iter().position(|c| c.name == plain(base));
    let key = if table.key.is_empty() { vec![0] } else { table.key.clone() };
    let name = table.columns.iter().position(|c| c.domain.is_text());
    let others = [name, own("n"), own("u")].into_iter().flatten().map(|c| vec![c]);
    let all: Vec<Vec<usize>> = std::iter::once(key).chain(others).collect();
    all[usize::from(pick) % all.len()].clone()
}

/// Columns like those of another table, as a foreign key has them: now and then of another type or collation.
fn copies(table: &mut Table, base: &str, of: &[Column], declared: Pick, collated: Pick) -> Vec<usize> {
    let flavor = table.flavor;
    let mut columns = Vec::new();
    for (i, original) in of.iter().enumerate() {
        let kind = flavor.copy(original, declared);
        let name = if i == 0 { base.to_owned() } else { format!("{base}_{i}") };
        let column = table.add(&name, kind);
        let collation = if collated == 0 { original.collation } else { flavor.collation(collated) };
        table.columns[column].collation = collation.filter(|_| flavor.collates(kind));
        columns.push(column);
    }
    columns
}

fn picked(tables: &[Table], columns: &[usize], table: usize) -> Vec<Column> {
    columns.iter().map(|c| tables[table].columns[*c].clone()).collect()
}

fn pairs<'a>(
    (left, left_columns): (&'a Table, &'a [usize]),
    (right, right_columns): (&'a Table, &'a [usize]),
) -> impl Iterator<Item = (String, String)> + 'a {
    let name = |table: &Table, column: &usize| table.columns[*column].name.clone();
    left_columns.iter().zip(right_columns).map(move |(l, r)| (name(left, l), name(right, r)))
}

/// A foreign key between two of the first `entities` tables: `r1` where it stands, `r1_rev` on the other side.
pub(super) fn foreign_key(
    tables: &mut [Table],
    entities: usize,
    number: usize,
    raw: &RawForeignKey,
    pending: &mut Vec<Pending>,
) {
    let from = usize::from(raw.from) % entities;
    let to = if raw.to_itself { from } else { usize::from(raw.to) % entities };
    let target = referenced(&tables[to], raw.referenced);
    let originals = picked(tables, &target, to);
    let name = format!("r{number}");
    let source = &mut tables[from];
    let columns = copies(source, &format!("{name}_key"), &originals, raw.declared, raw.collation);
    columns.iter().for_each(|c| source.columns[*c].not_null = raw.not_null);
    if from == to && target == source.key {
        columns.iter().enumerate().for_each(|(i, c)| source.columns[*c].refers = Some(i));
    }
    let unique = raw.unique % 4;
    if unique > 0 {
        source.uniques.push(Unique { columns: columns.clone(), exact: unique != 3 });
    } else if raw.index {
        let on = format!("{} ({})", source.flavor.quoted(&source.name), source.quoted_columns(&columns));
        let index = source.flavor.quoted(&format!("{name} {}", source.entity));
        source.indexes.push(Index { ddl: format!("CREATE INDEX {index} ON {on}"), columns: columns.clone() });
    }
    let trusted = raw.trusted && source.flavor.can_trust();
    if trusted {
        source.trusted.push(TrustedKey { columns: columns.clone(), target: to, target_columns: target.clone() });
    }
    let on = |def: RelationshipDef, pairs: Vec<(String, String)>| pairs.into_iter().fold(def, |d, (s, t)| d.on(s, t));
    let (from_table, to_table) = (&tables[from], &tables[to]);
    let mut forward = RelationshipDef::many_to_one(&name, &to_table.entity);
    forward = on(forward, pairs((from_table, &columns), (to_table, &target)).collect());
    forward.trusted = trusted.then_some(true);
    let back = format!("{name}_rev");
    let reverse = match raw.reverse % 16 {
        15 => None,
        12..=14 => Some(RelationshipDef::one_to_one(&back, &from_table.entity)),
        11 => Some(RelationshipDef::one_to_many(&back, &from_table.entity).uselist(false)),
        _ if unique > 0 => Some(RelationshipDef::one_to_one(&back, &from_table.entity)),
        _ => Some(RelationshipDef::one_to_many(&back, &from_table.entity)),
    };
    if let Some(reverse) = reverse {
        let reverse = on(reverse, pairs((to_table, &target), (from_table, &columns)).collect());
        let def = reverse.back_populates(&name);
        forward = forward.back_populates(&back);
        pending.push(Pending { source: to, target: from, def, options: raw.reverse_options.clone() });
    }
    pending.push(Pending { source: from, target: to, def: forward, options: raw.forward_options.clone() });
}

/// An association table: `m1` and `m1_rev` across it, and a way to the table itself from the left.
pub(super) fn link(tables: &mut Vec<Table>, entities: usize, number: usize, raw: &RawLink, pending: &mut Vec<Pending>) {
    let left = usize::from(raw.left) % entities;
    let right = if raw.to_itself { left } else { usize::from(raw.right) % entities };
    let left_key = referenced(&tables[left], raw.referenced);
    let right_key = referenced(&tables[right], raw.referenced);
    let flavor = tables[left].flavor;
    let mut table = empty(flavor, &format!("link{number}"), Names::new(raw.names, raw.names), entities + number);
    if raw.key % 4 == 3 {
        table.add("id", flavor.serial());
        table.key = vec![0];
    }
    let left_columns = copies(&mut table, "l", &picked(tables, &left_key, left), raw.declared, raw.collation);
    let right_columns = copies(&mut table, "r", &picked(tables, &right_key, right), raw.declared, raw.collation);
    if raw.key.is_multiple_of(4) {
        table.key = left_columns.iter().chain(&right_columns).copied().collect();
    }
    if !flavor.has_rowids() {
        table.key.iter().for_each(|c| table.columns[*c].not_null = true);
    }
    let [_, number_kind, boolean] = flavor.plain();
    match raw.extra % 3 {
        1 => drop(table.add("weight", number_kind)),
        2 => drop(table.add("since", boolean)),
        _ => {}
    }
    table.rows.clone_from(&raw.rows);
    let (name, back, rows) = (format!("m{number}"), format!("m{number}_rev"), format!("m{number}_rows"));
    let left_pairs: Vec<_> = pairs((&tables[left], &left_key), (&table, &left_columns)).collect();
    let right_pairs: Vec<_> = pairs((&tables[right], &right_key), (&table, &right_columns)).collect();
    let mut forward = RelationshipDef::many_to_many(&name, &tables[right].entity).back_populates(&back);
    if raw.single {
        forward = forward.uselist(false);
    }
    let forward = forward.secondary(&table.entity, left_pairs.clone(), right_pairs.clone());
    let reverse = RelationshipDef::many_to_many(&back, &tables[left].entity).back_populates(&name);
    let reverse = reverse.secondary(&table.entity, right_pairs, left_pairs.clone());
    let to_rows = left_pairs
        .into_iter()
        .fold(RelationshipDef::one_to_many(rows, &table.entity), |def, (source, link)| def.on(source, link));
    let plain = RawOptions { strategy: 0, order: Vec::new(), predicate: None };
    pending.push(Pending { source: left, target: right, def: forward, options: raw.left_options.clone() });
    pending.push(Pending { source: right, target: left, def: reverse, options: raw.right_options.clone() });
    pending.push(Pending { source: left, target: tables.len(), def: to_rows, options: plain });
    tables.push(table);
}

/// Adds a relationship with its options.
pub(super) fn finish(tables: &mut [Table], Pending { source, target, mut def, options }: Pending) {
    let RawOptions { strategy, order: terms, predicate } = options;
    def.strategy = super::spec::any_strategy(strategy);
    if super::is_list(&def) {
        def.order_by = order(&tables[target], &terms);
    }
    def.predicate = predicate.map(|raw| filter(tables, target, &raw, false));
    tables[source].relationships.push(def);
}
