//! The generator makes valid cases, and not vacuous ones: each trait that a loader could get wrong is in a fair share
//! of them, in schema, data and specification at once.

use eagerly::{Planner, Sqlite};
use eagerly_planner::graph::{ColumnDef, ColumnType, Direction, EntityDef, Relationship, RelationshipGraph, UniqueDef};
use eagerly_planner::ids::EntityId;
use eagerly_planner::spec::{Field, LoadSpec, Strategy as Loading};
use eagerly_tests::generate::{Case, case, strategies};
use eagerly_tests::oracle::oracle;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use rusqlite::Connection;
use serde_json::Value as Json;
use std::collections::BTreeMap;

const CASES: usize = 400;

/// What is counted, and the percentage of cases it has to be in.
const SHARES: [(&str, usize); 33] = [
    ("a root row", 70),
    ("a child", 45),
    ("a child of a child", 15),
    ("a child three levels down", 3),
    ("a list of two", 13),
    ("a to-one with an object", 30),
    ("a to-one with null", 33),
    ("a many-to-many with rows", 8),
    ("a many-to-many with the same row twice", 1),
    ("one relationship twice", 5),
    ("a child shared by two parents", 12),
    ("keys that are equal but not identical", 6),
    ("a parent's key with NULL", 14),
    ("a limit or offset that matters", 30),
    ("a limit below the root that matters", 5),
    ("a filter that matters", 15),
    ("a filter below the root that matters", 8),
    ("an inner that matters", 5),
    ("an order that matters", 15),
    ("an entity without a primary key", 20),
    ("a recursion", 12),
    ("a recursion of two levels", 4),
    ("a recursion of three levels", 1),
    ("a recursion that ends at a cycle", 4),
    ("a recursion that ends at its depth", 2),
    ("something below a recursion", 3),
    ("a row that links", 3),
    ("a column left out", 5),
    ("a relationship that is not listed", 3),
    ("a relationship that is not loaded", 2),
    ("a way back", 3),
    ("a key that is its row", 1),
    ("a whole table", 7),
];

#[test]
fn cases_are_valid_and_not_vacuous() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, usize> = SHARES.iter().map(|(name, _)| (*name, 0)).collect();
    for _ in 0..CASES {
        let case: Case = case().new_tree(&mut runner).unwrap().current();
        for name in traits(&case) {
            *seen.get_mut(name).unwrap_or_else(|| panic!("`{name}` is not in the list")) += 1;
        }
    }
    let rare: Vec<String> = SHARES
        .iter()
        .filter(|(name, percent)| seen[name] * 100 < percent * CASES)
        .map(|(name, percent)| format!("{name}: {} of {CASES} cases, should be {percent} %", seen[name]))
        .collect();
    assert!(rare.is_empty(), "the generator is vacuous:\n{}\nall: {seen:#?}", rare.join("\n"));
}

#[test]
fn strategies_change_nothing_but_strategies() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..50 {
        let case: Case = case().new_tree(&mut runner).unwrap().current();
        let (connection, graph) = (case.connection(), case.graph());
        let other = strategies(&graph, &case.spec, Loading::Joined);
        let (before, after) = (oracle(&connection, &graph, &case.spec), oracle(&connection, &graph, &other));
        assert_eq!(text(&before), text(&after), "{case:?}");
    }
}

/// The graph is written by hand beside the DDL; here the database says whether it is true.
#[test]
fn the_graph_says_what_the_database_says() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let case: Case = case().new_tree(&mut runner).unwrap().current();
        let catalog = eagerly_rusqlite::catalog(&case.connection()).unwrap();
        assert_eq!(catalog.tables.len(), case.graph.len());
        for entity in &case.graph {
            let table = catalog.tables.iter().find(|t| t.name == entity.table).unwrap();
            let said: Vec<_> = entity.columns.iter().map(column).collect();
            let found: Vec<_> = table.columns.iter().map(column).collect();
            assert_eq!(said, found, "{case:?}");
            assert_eq!(entity.primary_key, table.primary_key, "{case:?}");
            let keys = |keys: &[UniqueDef]| {
                let mut keys: Vec<_> = keys.iter().map(|k| (k.columns.clone(), k.exact)).collect();
                keys.sort();
                keys
            };
            assert_eq!(keys(&entity.unique_keys), keys(&table.unique_keys), "{case:?}");
            assert_eq!(entity.row_id, table.row_id, "{case:?}");
        }
    }
}

/// A column; BINARY is no collation.
fn column(column: &ColumnDef) -> (&str, ColumnType, bool, Option<&str>) {
    let collation = column.collation.as_deref().filter(|c| !c.eq_ignore_ascii_case("BINARY"));
    (&column.name, column.ty, column.nullable, collation)
}

#[test]
fn a_case_shrinks_to_a_small_one() {
    let mut runner = TestRunner::deterministic();
    let has_child = |case: &Case| traits(case).contains(&"a child");
    let mut tree = (0..).map(|_| case().new_tree(&mut runner).unwrap()).find(|t| has_child(&t.current())).unwrap();
    let mut case = tree.current();
    while if has_child(&tree.current()) { tree.simplify() } else { tree.complicate() } {
        if has_child(&tree.current()) {
            case = tree.current();
        }
    }
    assert!(has_child(&case) && case.rows.len() <= 4 && case.ddl.len() <= 4, "{case:?}");
}

/// The traits of a case that are in [`SHARES`], each once.
fn traits(case: &Case) -> Vec<&'static str> {
    let (connection, graph) = (case.connection(), case.graph());
    let json = oracle(&connection, &graph, &case.spec);
    let mut seen = Traits { graph: &graph, connection: &connection, seen: Vec::new() };
    seen.mark("a root row", json.as_array().is_some_and(|rows| !rows.is_empty()));
    seen.mark("an entity without a primary key", case.graph.iter().any(|e: &EntityDef| e.primary_key.is_empty()));
    seen.field(graph.entity_id(&case.spec.root.name).unwrap(), &case.spec.root, &[&json], 1);
    let plan = Planner::new(graph.clone(), Sqlite::new()).compile(&case.spec).unwrap().explain();
    for (name, told) in
        [("a way back", "way back:"), ("a key that is its row", "key only:"), ("a whole table", "the whole table")]
    {
        seen.mark(name, plan.contains(told));
    }
    let changed = |change: &dyn Fn(&mut Field, bool)| {
        let mut spec: LoadSpec = case.spec.clone();
        each(spec.root_mut(), true, change);
        text(&oracle(&connection, &graph, &spec)) != text(&json)
    };
    let window = |f: &mut Field| (f.arguments.limit, f.arguments.offset) = (None, None);
    seen.mark("a limit or offset that matters", changed(&|f, _| window(f)));
    seen.mark(
        "a limit below the root that matters",
        changed(&|f, root| {
            if !root {
                window(f)
            }
        }),
    );
    seen.mark("a filter that matters", changed(&|f, _| f.arguments.filter = None));
    seen.mark(
        "a filter below the root that matters",
        changed(&|f, root| {
            if !root {
                f.arguments.filter = None
            }
        }),
    );
    seen.mark("an inner that matters", changed(&|f, _| f.inner = false));
    seen.mark("an order that matters", changed(&|f, _| f.arguments.order.clear()));
    seen.seen.sort_unstable();
    seen.seen.dedup();
    seen.seen
}

/// JSON with the order of its keys, which `==` ignores.
fn text(json: &Json) -> String {
    json.to_string()
}

fn each(field: &mut Field, root: bool, change: &dyn Fn(&mut Field, bool)) {
    change(field, root);
    field.fields.iter_mut().flatten().for_each(|child| each(child, false, change));
}

struct Traits<'a> {
    graph: &'a RelationshipGraph,
    connection: &'a Connection,
    seen: Vec<&'static str>,
}

impl Traits<'_> {
    fn mark(&mut self, name: &'static str, holds: bool) {
        if holds {
            self.seen.push(name);
        }
    }

    /// Looks at what a field came to: `values` are its lists or objects, one for each parent.
    fn field(&mut self, entity: EntityId, field: &Field, values: &[&Json], level: usize) {
        let objects: Vec<&Json> = values.iter().flat_map(|v| rows(v)).collect();
        self.mark("a column left out", field.except.is_some() && !objects.is_empty());
        let unlisted = self.graph.entity(entity).relationships.keys();
        let mut unlisted = unlisted.filter(|name| field.fields.iter().flatten().all(|f| f.name != **name));
        let unlisted = unlisted.any(|name| objects.iter().any(|o| !rows(&o[name]).is_empty()));
        let default = field.default_strategy.is_some_and(Loading::is_eager);
        self.mark("a relationship that is not listed", default && unlisted);
        let mut names: Vec<&str> = Vec::new();
        for child in field.fields.iter().flatten() {
            let Some(id) = self.graph.relationship_id(entity, &child.name) else { continue };
            let relationship = self.graph.relationship(id);
            if !child.strategy.or(relationship.strategy).is_none_or(Loading::is_eager) {
                self.mark("a relationship that is not loaded", !objects.is_empty());
                continue;
            }
            let below: Vec<&Json> = objects.iter().map(|object| &object[child.key()]).collect();
            let found: Vec<&Json> = below.iter().flat_map(|v| rows(v)).collect();
            self.mark("one relationship twice", names.contains(&child.name.as_str()));
            names.push(&child.name);
            let depth = ["a child", "a child of a child", "a child three levels down"];
            self.mark(depth[level - 1], !found.is_empty());
            self.mark("a list of two", below.iter().any(|v| v.is_array() && rows(v).len() > 1));
            self.mark("a to-one with an object", below.iter().any(|v| v.is_object()));
            self.mark("a to-one with null", below.iter().any(|v| v.is_null()));
            if relationship.direction == Direction::ManyToMany {
                self.mark("a many-to-many with rows", !found.is_empty());
                let twice = |v: &&Json| rows(v).windows(2).any(|pair| pair[0] == pair[1]);
                self.mark("a many-to-many with the same row twice", below.iter().any(twice));
            }
            let shared = below.iter().enumerate().any(|(i, v)| rows(v).iter().any(|r| in_any(&below[..i], r)));
            self.mark("a child shared by two parents", shared);
            self.mark("a row that links", child.link.is_some() && !found.is_empty());
            if child.recurse.is_some() {
                self.recursion(child, &found, 1);
            }
            self.keys(relationship);
            self.field(relationship.target, child, &below, level + 1);
        }
    }

    /// Follows a recursion down: `found` is one level of it.
    fn recursion(&mut self, field: &Field, found: &[&Json], level: u64) {
        let names = ["a recursion", "a recursion of two levels", "a recursion of three levels"];
        self.mark(names[(level as usize).min(3) - 1], !found.is_empty());
        let last = field.recurse.as_ref().and_then(|r| r.depth).is_some_and(|depth| level > depth);
        let ended = found.iter().any(|object| object.get(field.key()).is_none());
        self.mark(if last { "a recursion that ends at its depth" } else { "a recursion that ends at a cycle" }, ended);
        let related = |f: &Field| found.iter().any(|object| !rows(&object[f.key()]).is_empty());
        self.mark("something below a recursion", field.fields.iter().flatten().any(related));
        let below: Vec<&Json> = found.iter().flat_map(|object| rows(&object[field.key()])).collect();
        if !below.is_empty() {
            self.recursion(field, &below, level + 1);
        }
    }

    /// Asks the database how the keys of a relationship compare.
    fn keys(&mut self, relationship: &Relationship) {
        let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let source = self.graph.entity(relationship.source);
        let (other, columns) = match &relationship.secondary {
            Some(link) => (self.graph.entity(link.entity), &link.source_columns),
            None => (self.graph.entity(relationship.target), &relationship.target_key),
        };
        let pairs: Vec<(String, String)> = relationship
            .source_key
            .iter()
            .zip(columns)
            .map(|(s, o)| (quoted(&source.column(*s).name), quoted(&other.column(*o).name)))
            .collect();
        let every = |text: &dyn Fn(&(String, String)) -> String, with: &str| {
            pairs.iter().map(text).collect::<Vec<_>>().join(with)
        };
        let equal = every(&|(s, o)| format!("o.{o} = +s.{s}"), " AND ");
        let differ = every(&|(s, o)| format!("quote(o.{o}) <> quote(s.{s})"), " OR ");
        let null = every(&|(s, _)| format!("s.{s} IS NULL"), " OR ");
        let (source, other) = (quoted(&source.table), quoted(&other.table));
        let ask = |sql: String| self.connection.query_row(&sql, [], |row| row.get::<_, bool>(0)).unwrap();
        let inexact =
            ask(format!("SELECT EXISTS (SELECT 1 FROM {source} AS s JOIN {other} AS o ON {equal} WHERE {differ})"));
        let null = ask(format!("SELECT EXISTS (SELECT 1 FROM {source} AS s WHERE {null})"));
        self.mark("keys that are equal but not identical", inexact);
        self.mark("a parent's key with NULL", null);
    }
}

/// The objects of a list, the object of a to-one, or nothing.
fn rows(value: &Json) -> &[Json] {
    match value {
        Json::Array(rows) => rows,
        Json::Object(_) => std::slice::from_ref(value),
        _ => &[],
    }
}

fn in_any(values: &[&Json], row: &Json) -> bool {
    values.iter().any(|v| rows(v).contains(row))
}
