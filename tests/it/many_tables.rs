//! Any number of joins, of conditions on related rows and of subqueries within each other is planned in no time, on every
//! database: servers that try all orders of the tables get few to order. SQLite's oracle says what is right.

use eagerly::LoadSpec;
use eagerly_tests::database::Backend;
use eagerly_tests::engine::{OnServers, SqliteEngine};
use eagerly_tests::harness::{Engine as _, ServerEngine as _, Treatment, judge};
use eagerly_tests::oracle::oracle;
use eagerly_tests::servers::server;
use serde_json::Value as Json;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// The tables beside `fact`; with it and a list of keys a statement joins as many as MySQL can.
const TABLES: usize = 59;

/// Tables of a chain from one to the next, with one more at its end.
const CHAIN: usize = 10;

/// What a load may take, its plan, its connection and its answer included. MySQL 9.7 takes a quarter of a minute for twelve
/// tables in all orders.
const MOST: Duration = Duration::from_secs(1);

/// The same for one of many statements, each of which asks the whole question of the root again.
const MOST_OF_MANY: Duration = Duration::from_secs(5);

/// How often a load may try: other tests keep the machine busy.
const TRIES: usize = 3;

/// `d0` … with three rows each, and `fact`, which refers to the first two in turn, and once to none of `d1`.
fn schema() -> String {
    let (mut sql, mut columns, mut keys) = <(String, String, String)>::default();
    for i in 0..TABLES {
        write!(sql, "CREATE TABLE d{i} (id integer PRIMARY KEY, v integer);").unwrap();
        writeln!(sql, "INSERT INTO d{i} VALUES (1, {i}), (2, 100), (3, 0);").unwrap();
        write!(columns, ", d{i}_id integer").unwrap();
        write!(keys, ", FOREIGN KEY (d{i}_id) REFERENCES d{i} (id)").unwrap();
    }
    writeln!(sql, "CREATE TABLE fact (id integer PRIMARY KEY{columns}{keys});").unwrap();
    for n in 1..=12 {
        let refers = |i: usize| if n == 12 && i == 1 { "NULL".to_owned() } else { (1 + (n + i) % 2).to_string() };
        let row = (0..TABLES).map(refers).collect::<Vec<_>>().join(", ");
        writeln!(sql, "INSERT INTO fact VALUES ({n}, {row});").unwrap();
    }
    // `m0` … are linked each to the next, and `o0` … refer each to the next.
    for i in 0..=CHAIN {
        writeln!(sql, "CREATE TABLE m{i} (id integer PRIMARY KEY); INSERT INTO m{i} VALUES (1), (2), (3);").unwrap();
    }
    for (i, next) in (0..CHAIN).zip(1..) {
        let keys = format!("FOREIGN KEY (a) REFERENCES m{i} (id), FOREIGN KEY (b) REFERENCES m{next} (id)");
        writeln!(sql, "CREATE TABLE ml{i} (a integer, b integer, PRIMARY KEY (a, b), {keys});").unwrap();
        writeln!(sql, "INSERT INTO ml{i} VALUES (1, 1), (1, 2), (2, 2), (3, 3);").unwrap();
    }
    writeln!(sql, "CREATE TABLE o{CHAIN} (id integer PRIMARY KEY);").unwrap();
    writeln!(sql, "INSERT INTO o{CHAIN} VALUES (1), (2), (3);").unwrap();
    for (i, next) in (0..CHAIN).rev().map(|i| (i, i + 1)) {
        let key = format!("FOREIGN KEY (o{next}_id) REFERENCES o{next} (id)");
        writeln!(sql, "CREATE TABLE o{i} (id integer PRIMARY KEY, o{next}_id integer, {key});").unwrap();
        writeln!(sql, "INSERT INTO o{i} VALUES (1, 1), (2, 3), (3, 2);").unwrap();
    }
    sql
}

/// Chains of as many subqueries within each other as a plan nests, along many-to-manys and along to-ones, from all rows,
/// from the first, and from those that a condition on related rows leaves; and chains of inner joins.
fn chains() -> Vec<String> {
    let chain = |name: &str, root: &str, strategy: &str| {
        let below =
            (1..CHAIN).rev().fold("{ id }".to_owned(), |below, i| format!("{{ id {name}{i} @{strategy} {below} }}"));
        format!("{{ {name}0{root} {below} }}")
    };
    let mut chains = Vec::new();
    for name in ["m", "o"] {
        let any = if name == "m" { "any" } else { "has" };
        let asked = format!("(where: {{{name}1: {{{any}: {{{name}2: {{{any}: {{id: {{le: 2}}}}}}}}}}}})");
        for root in ["", "(limit: 2, offset: 1)", &asked] {
            chains.push(chain(name, root, "subquery"));
        }
        chains.push(chain(name, "", "joined(inner: true)"));
        // The last statement joins what it can beside its parents' questions.
        let joined = format!("{{ id {name}{CHAIN} @joined(inner: true) {{ id }} }}");
        chains.push(chain(name, "", "subquery").replacen("{ id }", &joined, 1));
    }
    chains
}

/// Something of every table but `fact`.
fn each(part: impl Fn(usize) -> String, between: &str) -> String {
    (0..TABLES).map(part).collect::<Vec<_>>().join(between)
}

fn specifications() -> Vec<String> {
    let inner = each(|i| format!("d{i} @joined(inner: true) {{ v }}"), " ");
    let left = each(|i| format!("d{i} @joined {{ v }}"), " ");
    let mixed = each(|i| format!("d{i} @joined{} {{ v }}", if i % 2 == 1 { "(inner: true)" } else { "" }), " ");
    let asked = "{v: {ne: 100}, fact: {any: {id: {le: 3}}}}";
    let asked = each(|i| format!("d{i}(where: {asked}) @joined {{ v }}"), " ");
    let has = each(|i| format!("d{i}: {{has: {{v: {{ge: 0}}}}}}"), ", ");
    let none = each(|i| format!("d{i}: {{none: {{v: 77}}}}"), ", ");
    let or = each(|i| format!("{{d{i}: {{has: {{v: {{lt: 2}}}}}}}}"), ", ");
    let nor = each(|i| format!("{{d{i}: {{has: {{v: 77}}}}}}"), ", ");
    let nested = format!("{{d0: {{has: {{fact: {{any: {{{has}}}}}}}}}}}");
    // Two levels of twelve questions each, and each of the lower ones asks for facts.
    let few = |part: &dyn Fn(usize) -> String| (0..12).map(part).collect::<Vec<_>>().join(", ");
    let lower = few(&|i| format!("d{i}: {{has: {{fact: {{any: {{id: {{le: 4}}}}}}}}}}"));
    let levels = few(&|i| format!("d{i}: {{has: {{fact: {{any: {{{lower}}}}}}}}}"));
    let mut specifications = vec![
        format!("{{ fact {{ id {inner} }} }}"),
        format!("{{ fact {{ id {left} }} }}"),
        format!("{{ fact {{ id {mixed} }} }}"),
        format!("{{ fact {{ id {asked} }} }}"),
        format!("{{ fact(where: {{{has}}}) {{ id {mixed} }} }}"),
        format!("{{ fact(where: {{{has}}}, limit: 5, offset: 2) {{ id }} }}"),
        format!("{{ fact(where: {{{none}}}) {{ id }} }}"),
        format!("{{ fact(where: {{or: [{or}]}}) {{ id }} }}"),
        format!("{{ fact(where: {{and: [{{or: [{or}]}}, {{not: {{or: [{nor}]}}}}, {nested}]}}) {{ id }} }}"),
        format!("{{ fact(where: {{{levels}}}) {{ id }} }}"),
        format!("{{ d1 {{ id fact(where: {{{has}}}) {{ id }} }} }}"),
        format!("{{ d1 {{ id fact(where: {{{has}}}, order: [\"-id\"], limit: 2) {{ id d0 {{ v }} }} }} }}"),
        format!("{{ d1 {{ id fact(limit: 4) {{ id {inner} }} }} }}"),
        format!("{{ d1(where: {{fact: {{any: {{{has}}}}}}}) {{ id fact {{ id d2 {{ v fact {{ id }} }} }} }} }}"),
    ];
    specifications.extend(chains());
    specifications
}

/// Loads the specifications under every strategy; each comes out as the oracle has it, and within the time.
fn planned_in_no_time(backend: Backend) {
    let sql = schema();
    let connection = rusqlite::Connection::open_in_memory().unwrap();
    connection.execute_batch(&sql).unwrap();
    let graph = eagerly_rusqlite::reflect(&connection).unwrap();
    let there = match backend {
        Backend::Sqlite => None,
        backend => match server(backend) {
            None => return,
            Some(server) => Some((server.database(&sql), server)),
        },
    };
    let reflected = there.as_ref().map(|(url, server)| server.reflect(url));
    let engine = OnServers::default();
    let mut slow = Vec::new();
    for text in specifications() {
        let spec = LoadSpec::parse(&text).unwrap();
        let expected: Json = oracle(&connection, &graph, &spec);
        assert!(expected.as_array().is_some_and(|rows| !rows.is_empty()), "{text}: nothing is loaded");
        for treatment in Treatment::DEFAULT {
            let load = || {
                let start = Instant::now();
                let loaded = match (&there, &reflected) {
                    (Some((url, _)), Some(graph)) => engine.load(backend, url, graph, &treatment.apply(graph, &spec)),
                    _ => SqliteEngine::default().load(&connection, &graph, &treatment.apply(&graph, &spec)),
                };
                let took = start.elapsed();
                let outcome = judge(treatment, loaded, &expected).unwrap_or_else(|problem| panic!("{text}: {problem}"));
                (took, if outcome.sql.len() > 10 { MOST_OF_MANY } else { MOST })
            };
            if (0..TRIES).map(|_| load()).all(|(took, most)| took > most) {
                slow.push(format!("{}: {text:.200}", treatment.name()));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

#[test]
fn sqlite_plans_many_tables_in_no_time() {
    planned_in_no_time(Backend::Sqlite);
}

#[test]
fn postgres_plans_many_tables_in_no_time() {
    planned_in_no_time(Backend::Postgres);
}

#[test]
fn mariadb_plans_many_tables_in_no_time() {
    planned_in_no_time(Backend::Mariadb);
}

#[test]
fn mysql_plans_many_tables_in_no_time() {
    planned_in_no_time(Backend::Mysql);
}
