//! A schema that changes between plan and run, and what an observer hears.
//!
//! SQLite reads a quoted name that it does not know as a string where it stands alone. Every column of ours has its
//! table before it, so that a column that is gone is an error and never a constant.

use super::{Executed, Observer, ROWS_BETWEEN, load, observe};
use crate::reflect;
use eagerly::error::{Class, ErrorKind, Errors, code};
use eagerly::{LoadSpec, Plan, Planner, Run, Sqlite};
use rusqlite::Connection;

/// Column names that no two tables share, so that the text of a statement tells which it needs. `kind` and `code` have
/// no byte equality or no type, so that children are found by ordinals too; `pair` has a key of two columns.
const SHOP: &str = "
    CREATE TABLE customer (cid INTEGER PRIMARY KEY, cname TEXT, ccode TEXT COLLATE NOCASE UNIQUE);
    CREATE TABLE purchase (
        pid INTEGER PRIMARY KEY, pday TEXT, pcustomer INTEGER REFERENCES customer, pcode TEXT REFERENCES customer (ccode));
    CREATE INDEX purchase_customer ON purchase (pcustomer);
    CREATE TABLE product (tid INTEGER PRIMARY KEY, tname TEXT, tmaker TEXT);
    CREATE TABLE item (
        ipurchase INTEGER REFERENCES purchase, iproduct INTEGER REFERENCES product, icount INTEGER,
        PRIMARY KEY (ipurchase, iproduct));
    CREATE TABLE note (npurchase INTEGER, nproduct INTEGER, ntext TEXT,
        FOREIGN KEY (npurchase, nproduct) REFERENCES item (ipurchase, iproduct));
    INSERT INTO customer VALUES (1, 'Ada', 'a'), (2, 'Ben', 'b');
    INSERT INTO purchase VALUES (1, 'mon', 1, 'A'), (2, 'tue', 1, 'b'), (3, 'wed', 2, 'B');
    INSERT INTO product VALUES (1, 'pen', 'x'), (2, 'ink', 'y');
    INSERT INTO item VALUES (1, 1, 3), (1, 2, 4), (2, 1, 5);
    INSERT INTO note VALUES (1, 1, 'first'), (1, 1, 'second'), (2, 1, 'third');";

/// Every place in which a column can stand: projections, filters, orders, EXISTS, look-ups with a limit, association
/// tables, joins, composite keys.
const SPECS: [&str; 14] = [
    "{ customer }",
    "{ customer(order: [\"-cname\"]) { cid } }",
    "{ customer(where: {cname: {ne: \"cname\"}}) { cid } }",
    "{ customer(where: {cname: {in: [\"Ada\", \"Ben\"]}}) { cid } }",
    "{ customer(where: {or: [{cname: null}, {not: {cname: \"zoe\"}}]}, limit: 2) { cid } }",
    "{ customer(where: {purchase_by_pcustomer: {any: {pday: {like: \"%e%\"}}}}) { cid } }",
    "{ purchase(where: {product: {any: {tname: \"pen\"}}}) { pid } }",
    "{ purchase { pid product(order: [\"tname\"], where: {tmaker: {ne: \"z\"}}) { tid } } }",
    "{ purchase { pid product(order: [\"tname\"], limit: 1) { tid } } }",
    "{ customer { cid purchase_by_pcustomer(order: [\"-pday\"], limit: 1) { pid } } }",
    "{ customer { cid purchase_by_pcode(order: [\"-pday\"], limit: 1) { pid } } }",
    "{ purchase { pid customer @joined { cname } } }",
    "{ item { icount note { ntext } purchase @selectin { pday } } }",
    "{ item(where: {note: {none: {ntext: \"no\"}}}) { icount note(limit: 1, order: [\"ntext\"]) @joined { ntext } } }",
];

fn shop() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SHOP).unwrap();
    connection
}

fn plan(connection: &Connection, spec: &str) -> Plan {
    let planner = Planner::new(reflect(connection).unwrap(), Sqlite::new());
    let spec = LoadSpec::parse(spec).unwrap_or_else(|errors| panic!("{errors} in {spec}"));
    planner.compile(&spec).unwrap_or_else(|errors| panic!("{errors}"))
}

fn json(connection: &Connection, plan: &Plan) -> Result<String, Errors> {
    load(connection, plan)?.to_json()
}

/// The tables of the shop and their columns.
fn columns() -> Vec<(String, String)> {
    let catalog = crate::catalog(&shop()).unwrap();
    let named = |table: &eagerly::graph::CatalogTable| {
        let name = table.name.clone();
        table.columns.iter().map(move |column| (name.clone(), column.name.clone())).collect::<Vec<_>>()
    };
    catalog.tables.iter().flat_map(named).collect()
}

/// Loads a plan before and after the schema changes, statements prepared once and prepared anew. What the plan needs
/// must be missed; otherwise everything must stay as it was.
fn change(spec: &str, sql: &str, gone: &str) -> bool {
    let connection = shop();
    let plan = plan(&connection, spec);
    let text = plan.explain();
    let needed = text.contains(&format!("\"{gone}\""));
    let before = json(&connection, &plan).unwrap_or_else(|errors| panic!("{errors}\n{text}"));
    connection.execute_batch(sql).unwrap();
    for prepared in ["before", "anew"] {
        match json(&connection, &plan) {
            Ok(after) => {
                assert!(!needed, "{spec}: {sql}, prepared {prepared}: {after}\n{text}");
                assert_eq!(after, before, "{spec}: {sql}");
            }
            Err(errors) => {
                let error = errors.first();
                assert!(needed, "{spec}: {sql}: {error}\n{text}");
                assert_eq!((error.kind, error.code), (ErrorKind::Database, code::REFUSED), "{error}");
                assert_eq!(error.class(), Some(Class::SchemaChanged), "{error}");
                assert!(error.message.starts_with("cannot load `") && error.message.contains(gone), "{error}");
                assert!(error.help.as_ref().unwrap().contains("the schema is not the one that was read"), "{error}");
            }
        }
        connection.flush_prepared_statement_cache();
    }
    needed
}

#[test]
fn a_column_that_is_gone_is_an_error_and_never_a_constant() {
    let mut missed = std::collections::BTreeSet::new();
    for spec in SPECS {
        for (table, column) in columns() {
            let sql = format!("ALTER TABLE {table} RENAME COLUMN {column} TO renamed");
            if change(spec, &sql, &column) {
                missed.insert(column);
            }
        }
    }
    assert_eq!(missed.len(), columns().len(), "every column stands in a statement: {missed:?}");
    for (table, column) in [("customer", "cname"), ("purchase", "pday"), ("product", "tname"), ("note", "ntext")] {
        let needed =
            SPECS.iter().filter(|spec| change(spec, &format!("ALTER TABLE {table} DROP COLUMN {column}"), column));
        assert!(needed.count() > 1, "{column}");
    }
}

#[test]
fn a_table_that_is_gone_is_an_error() {
    for table in ["customer", "purchase", "product", "item", "note"] {
        let needed = |spec: &&&str| change(spec, &format!("ALTER TABLE {table} RENAME TO renamed"), table);
        assert!(SPECS.iter().filter(needed).count() > 1, "{table}");
    }
}

#[test]
fn a_column_more_changes_nothing() {
    for spec in SPECS {
        for table in ["customer", "purchase", "product", "item", "note"] {
            let sql = format!("ALTER TABLE {table} ADD COLUMN more TEXT DEFAULT 'more'");
            assert!(!change(spec, &sql, "more"));
        }
    }
}

#[test]
fn a_schema_that_changes_between_two_statements_is_missed_too() {
    struct Change<'c>(&'c Connection);
    impl Observer for Change<'_> {
        fn executed(&mut self, _: Executed) {
            self.0.execute_batch("ALTER TABLE product DROP COLUMN tname").unwrap();
        }
    }
    let connection = shop();
    let plan = plan(&connection, "{ purchase { pid product @selectin { tname } } }");
    let error = observe(&connection, Run::new(&plan), &mut Change(&connection)).unwrap_err();
    assert_eq!(error.first().code, code::REFUSED, "{error}");
    assert!(error.first().message.contains("cannot load `purchase.product`"), "{error}");
}

#[test]
fn an_observer_hears_of_many_rows_and_of_every_statement() {
    #[derive(Default)]
    struct Heard(Vec<String>);
    impl Observer for Heard {
        fn reading(&mut self, rows: u64) {
            self.0.push(rows.to_string());
        }
        fn executed(&mut self, statement: Executed) {
            self.0.push(format!("{} {}", statement.batch, statement.rows));
        }
    }
    let connection = Connection::open_in_memory().unwrap();
    let all = 2 * ROWS_BETWEEN + 1;
    let sql = format!(
        "CREATE TABLE a (id INTEGER PRIMARY KEY);
         CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {all}) INSERT INTO a SELECT i FROM n;
         INSERT INTO b VALUES (1, 1)"
    );
    connection.execute_batch(&sql).unwrap();
    let mut heard = Heard::default();
    observe(&connection, Run::new(&plan(&connection, "{ a { b } }")), &mut heard).unwrap();
    assert_eq!(heard.0, ["1024", "2048", "a 2049", "a.b 1"]);
}

/// A plan with more statements than rusqlite keeps by itself.
#[test]
fn every_statement_is_prepared_once() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("shop.db");
    Connection::open(&path).unwrap().execute_batch(SHOP).unwrap();
    let connection = crate::open(&path).unwrap();
    let below = |i: usize| format!("p{i}: purchase_by_pcustomer(limit: {}) {{ pday }}", i + 1);
    let spec = format!("{{ customer {{ cname {} }} }}", (0..40).map(below).collect::<Vec<_>>().join(" "));
    let plan = plan(&connection, &spec);
    let mut sent = Vec::new();
    for _ in 0..3 {
        sent.clear();
        let mut told = |executed: eagerly::Executed| sent.push(executed.sql);
        super::drive(&connection, Run::new(&plan), &mut told).unwrap();
    }
    sent.sort_unstable();
    sent.dedup();
    assert_eq!(sent.len(), 41);
    let runs = |sql: &str| connection.prepare_cached(sql).unwrap().get_status(rusqlite::StatementStatus::Run);
    let counted: i32 = sent.iter().map(|sql| runs(sql)).sum();
    // What is prepared anew starts to count anew.
    assert_eq!(counted, 3 * 41);
}
