//! Temporary tables and attached databases.

use super::*;

/// A table, a view, a temporary or an attached one may have the name of the function that reads lists.
#[test]
fn the_function_of_lists_is_called_where_nothing_hides_it() {
    let tables = ["CREATE TABLE {}json_each (id)", "CREATE VIEW {}JSON_EACH AS SELECT 7 AS key, 8 AS value"];
    let [main, temp, other] = ["", "temp.", "other."].map(|schema| tables.map(|table| table.replace("{}", schema)));
    let hiding = [main.as_slice(), &temp, &other].concat().into_iter().map(|sql| vec![sql]);
    let both = [vec![main[0].clone(), other[0].clone()], vec![temp[0].clone(), other[1].clone()]];
    let specs = [
        "{ author { id post { id } } }",
        "{ author(where: {id: {in: [1, 2]}}) { id post(limit: 1) @selectin { id } } }",
        "{ author(where: {id: {not_in: [1]}}) { id post @subquery { id } } }",
        "{ post { id author @selectin { name } } }",
    ];
    let tables = |sql: &[String]| {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
             CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author);
             INSERT INTO author VALUES (1, 'a'), (2, 'b'); INSERT INTO post VALUES (1, 1), (2, 1), (3, 2);
             ATTACH ':memory:' AS other",
        )
        .unwrap();
        db.execute_batch(&sql.join(";")).unwrap();
        db
    };
    let load = |db: &Connection, of: &Connection, spec: &str| {
        let graph = RelationshipGraph::from_catalog(&catalog(of).unwrap()).unwrap();
        let plan = Planner::new(graph, crate::dialect(db)).compile(&LoadSpec::parse(spec).unwrap())?;
        crate::load(db, &plan)?.to_json()
    };
    let plain = tables(&[]);
    for sql in hiding.chain(both) {
        let db = tables(&sql);
        for spec in specs {
            assert_eq!(load(&db, &db, spec).unwrap(), load(&plain, &plain, spec).unwrap(), "{sql:?}: {spec}");
        }
    }

    // Where no name is left, lists cannot be read, and all else can.
    let db = tables(&[main[0].clone(), temp[1].clone()]);
    let error = load(&db, &db, specs[1]).unwrap_err();
    assert_eq!(error.first().code, code::NOT_SUPPORTED);
    assert!(error.first().message.contains("`json_each`"), "{error}");
    assert_eq!(load(&db, &db, "{ author { id post @joined { id } } }").unwrap().matches("id").count(), 5);

    // One that came later is said to be the reason.
    let error = load(&tables(&temp[..1]), &plain, specs[3]).unwrap_err();
    assert!(error.first().help.as_ref().is_some_and(|help| help.contains("came after the schema")), "{error}");
}

/// Attached databases and temporary tables are no part of the graph, and never stand in for a table of it.
#[test]
fn attached_and_temporary_tables_neither_show_nor_hide() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(
        "PRAGMA foreign_keys = OFF;
         CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
         CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author, far_id REFERENCES elsewhere);
         INSERT INTO author VALUES (1, 'main'); INSERT INTO post VALUES (1, 1, 1);
         CREATE TEMP TABLE author (id TEXT, other); INSERT INTO temp.author VALUES ('1', 'temp');
         CREATE TEMP VIEW post AS SELECT 9 AS id;
         ATTACH ':memory:' AS other; CREATE TABLE other.elsewhere (id INTEGER PRIMARY KEY);
         CREATE TABLE other.author (id INTEGER PRIMARY KEY); INSERT INTO other.elsewhere VALUES (1)",
    )
    .unwrap();
    let read = catalog(&db).unwrap();
    let graph = RelationshipGraph::from_catalog(&read).unwrap();
    assert_eq!(table_names(&read), ["author", "post"]);
    assert_eq!(graph.relationships().count(), 2, "a foreign key stays within its database");
    let planner = Planner::new(graph, crate::dialect(&db));
    let plan = planner.compile(&LoadSpec::parse("{ post { id author @selectin { name } } }").unwrap()).unwrap();
    assert_eq!(crate::load(&db, &plan).unwrap().to_json().unwrap(), r#"[{"id":1,"author":{"name":"main"}}]"#);

    // Asked for by name, an attached table is refused, and said to be one that was not read.
    let error = planner.compile(&LoadSpec::parse("{ elsewhere { id } }").unwrap()).unwrap_err();
    assert_eq!(error.first().code, code::UNKNOWN_ENTITY);
    let text = "[entity.elsewhere]\nschema = \"other\"\n";
    let error = GraphFile::parse(text).unwrap().over(&read).unwrap_err();
    assert_eq!(error.first().code, code::UNDEFINED);
    assert!(error.first().message.contains("no schema `other` was read from the database"), "{error}");
}
