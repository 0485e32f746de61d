//! Mistakes that a review found and no generated case shows, each with the least that shows it.

use eagerly::error::{Errors, code};
use eagerly::filter::Filter;
use eagerly::spec::{Field, selectin};
use eagerly::value::ValueRef;
use eagerly::{LoadSpec, Plan, Planner, Run};
use rusqlite::Connection;

fn open(sql: &str) -> (Connection, Planner) {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), eagerly_rusqlite::dialect(&connection));
    (connection, planner)
}

fn compile(planner: &Planner, text: &str) -> Result<Plan, Errors> {
    planner.compile(&LoadSpec::parse(text).unwrap())
}

#[test]
fn a_cached_list_does_not_stand_for_one_with_a_variable() {
    let (_, planner) = open("CREATE TABLE a (id INTEGER PRIMARY KEY)");
    compile(&planner, "{ a(where: {id: {in: [1]}}) }").unwrap();
    let refused = compile(&planner, "{ a(where: {id: {in: [$x]}}) }").unwrap_err();
    assert_eq!(refused.first().code, code::VARIABLE);
}

#[test]
fn switching_a_pass_off_forgets_the_plans_made_with_it() {
    let (_, planner) = open(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p);",
    );
    let text = "{ p { a: c @selectin { id } b: c @selectin { id } } }";
    assert_eq!(compile(&planner, text).unwrap().batches().statements(), 2);
    let planner = planner.without_passes(&["merge_siblings"]).unwrap();
    assert_eq!(compile(&planner, text).unwrap().batches().statements(), 3);
}

#[test]
fn a_temporary_table_does_not_hide_the_one_that_was_reflected() {
    let (connection, planner) = open("CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1)");
    connection.execute_batch("CREATE TEMP TABLE a (id INTEGER PRIMARY KEY); INSERT INTO temp.a VALUES (2)").unwrap();
    let plan = compile(&planner, "{ a }").unwrap();
    assert_eq!(eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap(), "[{\"id\":1}]");
}

/// SQLite joins 64 tables at most, and the list of keys is one of them.
#[test]
fn joins_give_way_before_the_database_refuses_them() {
    let (connection, planner) = open(
        "CREATE TABLE tree (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES tree);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80)
             INSERT INTO tree SELECT i, nullif(i - 1, 0) FROM n",
    );
    for depth in [61, 62, 63, 64, 70] {
        let chain = format!("{}{}", "parent @joined { id ".repeat(depth), "}".repeat(depth));
        let text =
            format!("{{ tree(where: {{id: 79}}) {{ id tree_by_parent_id(limit: 1) @selectin {{ id {chain} }} }} }}");
        let plan = compile(&planner, &text).unwrap();
        let json = eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap();
        assert_eq!(json.matches("\"id\"").count(), 2 + depth, "{depth}");
    }
}

#[test]
fn a_run_whose_last_statement_fails_gives_no_graph() {
    let (_, planner) = open(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, k INTEGER); CREATE TABLE c (id INTEGER PRIMARY KEY, k REFERENCES p);",
    );
    let plan = compile(&planner, "{ p { id c @selectin { id k } } }").unwrap();
    let mut run = Run::new(&plan).max_rows(1);
    let root = run.ready().unwrap().remove(0);
    run.row(root.id, &[ValueRef::Integer(1)][..]).unwrap();
    run.end(root.id).unwrap();
    let children = run.ready().unwrap().remove(0);
    let row = [ValueRef::Integer(1), ValueRef::Integer(1), ValueRef::Integer(0)];
    assert_eq!(run.row(children.id, &row[..]).unwrap_err().first().code, code::LIMIT);
    assert_eq!(run.end(children.id).unwrap_err().first().code, code::PROTOCOL);
    assert_eq!(run.finish().unwrap_err().first().code, code::PROTOCOL);
}

/// On the stack of an ordinary thread; the trees are leaked, since their drop recurses as deep as they are.
#[test]
fn the_depth_of_a_specification_is_looked_at_before_anything_walks_it() {
    let (_, planner) = open("CREATE TABLE n (id INTEGER PRIMARY KEY, n_id INTEGER REFERENCES n)");
    let relationships = (0..10_000).fold(selectin("n_by_n_id"), |f: Field, _| selectin("n_by_n_id").load(f));
    let conditions = (0..10_000).fold(Filter::eq("id", 1), |f, _| Filter::Not(Box::new(f)));
    for spec in [LoadSpec::new("n").load(relationships), LoadSpec::new("n").filter(conditions)] {
        let errors = planner.compile(&spec).unwrap_err();
        assert!(errors.all().iter().all(|e| e.code == code::TOO_DEEP), "{errors}");
        std::mem::forget(spec);
    }
}

/// A condition on related rows in a join would be asked for every root row before the limit.
#[test]
fn a_limit_cuts_before_joins_ask_for_related_rows() {
    let (_, planner) = open(
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (id INTEGER PRIMARY KEY, p_id INTEGER REFERENCES p);",
    );
    let plan = compile(&planner, "{ c(order: [\"-id\"], limit: 1) { p(where: {c: {any: {id: 1}}}) @joined { id } } }");
    assert!(plan.unwrap().explain().contains("FROM (SELECT"));
}

/// 1 and 1.0 are one key where keys compare as bytes: sent as two, the database would find each child for both, and a
/// joined collection below it would come twice.
#[test]
fn numbers_of_two_classes_are_one_key_where_keys_are_hashed() {
    use eagerly::graph::{ColumnDef, ColumnType, EntityDef, RelationshipDef, RelationshipGraph};
    let sql = "CREATE TABLE p (id INTEGER PRIMARY KEY, k BLOB);
        CREATE TABLE c (id INTEGER PRIMARY KEY, k BLOB); CREATE INDEX c_k ON c (k);
        CREATE TABLE d (id INTEGER PRIMARY KEY, c_id INTEGER);
        INSERT INTO p VALUES (1, 1), (2, 1.0); INSERT INTO c VALUES (1, 1); INSERT INTO d VALUES (1, 1), (2, 1)";
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    let id = || ColumnDef::new("id", ColumnType::Integer);
    let key = || ColumnDef::new("k", ColumnType::Bytes);
    let (to_c, to_d) = (RelationshipDef::one_to_many("c", "c"), RelationshipDef::one_to_many("d", "d"));
    let graph = RelationshipGraph::builder()
        .entity(EntityDef::new("p").column(id()).column(key()).primary_key(["id"]).relationship(to_c.on("k", "k")))
        .entity(EntityDef::new("c").column(id()).column(key()).primary_key(["id"]).relationship(to_d.on("id", "c_id")))
        .entity(
            EntityDef::new("d").column(id()).column(ColumnDef::new("c_id", ColumnType::Integer)).primary_key(["id"]),
        )
        .build()
        .unwrap();
    let planner = Planner::new(graph, eagerly_rusqlite::dialect(&connection));
    let plan = compile(&planner, "{ p { id c(limit: 5) @selectin { id d @joined { id } } } }").unwrap();
    let json = eagerly_rusqlite::load(&connection, &plan).unwrap().to_json().unwrap();
    let child = "\"c\":[{\"id\":1,\"d\":[{\"id\":1},{\"id\":2}]}]";
    assert_eq!(json, format!("[{{\"id\":1,{child}}},{{\"id\":2,{child}}}]"));
}
