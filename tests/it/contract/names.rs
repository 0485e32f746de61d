//! The names of entities and relationships, from tables of SQLite: a sentence of the contract and a few lines of SQL.
//! `planner::graph::names::tests` has the same over catalogs that no database would give.

use eagerly::RelationshipGraph;
use eagerly::graph::GraphFile;
use eagerly_tests::corpus::{database, reflect};

/// The relationships of an entity: its name, `-` for a to-one and `=` for a list, the target.
fn of(graph: &RelationshipGraph, entity: &str) -> Vec<String> {
    let id = graph.entity_id(entity).unwrap_or_else(|| panic!("no entity {entity}"));
    let shown = |id: &eagerly::ids::RelationshipId| {
        let relationship = graph.relationship(*id);
        let arrow = if relationship.is_to_many() { '=' } else { '-' };
        format!("{} {arrow} {}", relationship.name, graph.entity(relationship.target).name)
    };
    graph.entity(id).relationships.values().map(shown).collect()
}

#[track_caller]
fn names(sql: &str, cases: &[(&str, &[&str])]) {
    let graph = reflect(&database(sql));
    for (entity, expected) in cases {
        assert_eq!(of(&graph, entity), *expected, "{entity} of {sql}");
    }
}

#[test]
fn entities() {
    let names = |sql: &str| -> Vec<(String, String)> {
        reflect(&database(sql)).entities().map(|(_, e)| (e.name.clone(), e.table.clone())).collect()
    };
    let sql = r#"CREATE TABLE "Order Details" (a); CREATE TABLE "2nd" (a); CREATE TABLE "größe" (a); CREATE TABLE "a b" (a);
        CREATE TABLE "a-b" (a); CREATE TABLE a_b (a); CREATE VIEW v AS SELECT 1 AS one"#;
    let expected = [
        ("_2nd", "2nd"),
        ("Order_Details", "Order Details"),
        ("a_b", "a b"),
        ("a_b_2", "a-b"),
        ("a_b_3", "a_b"),
        ("gr__e", "größe"),
        ("v", "v"),
    ];
    assert_eq!(names(sql), expected.map(|(entity, table)| (entity.to_owned(), table.to_owned())));
}

#[test]
fn many_to_ones() {
    let tables = "CREATE TABLE author (id INTEGER PRIMARY KEY); CREATE TABLE pair (a, b, PRIMARY KEY (a, b));";
    let post = |columns: &str, expected: &[&str]| {
        names(&format!("{tables} CREATE TABLE post ({columns})"), &[("post", expected)]);
    };
    for column in ["writer_id", "writer_ID", "writerId", "writerID"] {
        post(&format!("{column} REFERENCES author"), &["writer - author"]);
    }
    post("writer REFERENCES author", &["author - author"]);
    post("_id REFERENCES author", &["author - author"]);
    post("writer_id REFERENCES author, writer", &["author - author"]);
    post("writer REFERENCES author, author", &["author_via_writer - author"]);
    post("x, y, FOREIGN KEY (x, y) REFERENCES pair", &["pair - pair"]);
    post("x, y, pair, FOREIGN KEY (y, x) REFERENCES pair", &["pair_via_y_x - pair"]);
    names(
        "CREATE TABLE node (id INTEGER PRIMARY KEY, parent_id REFERENCES node)",
        &[("node", &["parent - node", "node_by_parent_id = node"])],
    );
    names(
        "CREATE TABLE node (id INTEGER PRIMARY KEY, up REFERENCES node)",
        &[("node", &["node_via_up - node", "node_by_up = node"])],
    );
}

#[test]
fn reverses() {
    let author = "CREATE TABLE author (id INTEGER PRIMARY KEY, code UNIQUE, post_2);";
    let with = |post: &str, expected: &[&str]| names(&format!("{author} {post}"), &[("author", expected)]);
    with("CREATE TABLE post (author_id REFERENCES author)", &["post = post"]);
    with(
        "CREATE TABLE post (a_id REFERENCES author, b_id REFERENCES author)",
        &["post_by_a_id = post", "post_by_b_id = post"],
    );
    with("CREATE TABLE post_2 (a_id REFERENCES author)", &["post_2_by_a_id = post_2"]);
    with(
        "CREATE TABLE \"my post\" (a_id REFERENCES author, \"b c\" REFERENCES author)",
        &["my_post_by_a_id = my_post", "my_post_by_b_c = my_post"],
    );
    // One-to-one: the primary key, a unique constraint, a unique index; not one that is partial, nor one of more columns.
    with("CREATE TABLE post (a_id INTEGER PRIMARY KEY REFERENCES author)", &["post - post"]);
    with("CREATE TABLE post (id INTEGER PRIMARY KEY, a_id UNIQUE REFERENCES author)", &["post - post"]);
    with("CREATE TABLE post (a_id REFERENCES author); CREATE UNIQUE INDEX i ON post (a_id)", &["post - post"]);
    with(
        "CREATE TABLE post (a_id REFERENCES author); CREATE UNIQUE INDEX i ON post (a_id) WHERE a_id > 1",
        &["post = post"],
    );
    with("CREATE TABLE post (a_id REFERENCES author, b, UNIQUE (a_id, b))", &["post = post"]);
    names(
        "CREATE TABLE pair (a, b, PRIMARY KEY (a, b));
         CREATE TABLE half (x, y, PRIMARY KEY (y, x), FOREIGN KEY (x, y) REFERENCES pair)",
        &[("pair", &["half - half"])],
    );
}

#[test]
fn many_to_manys() {
    let sides = "CREATE TABLE post (id INTEGER PRIMARY KEY); CREATE TABLE tag (id INTEGER PRIMARY KEY, post);";
    let link = |sql: &str, expected: &[(&str, &[&str])]| names(&format!("{sides} {sql}"), expected);
    link(
        "CREATE TABLE pt (p_id REFERENCES post, t_id REFERENCES tag, note, PRIMARY KEY (t_id, p_id))",
        &[
            ("post", &["pt = pt", "tag = tag"]),
            ("tag", &["pt = pt", "post_through_pt = post"]),
            ("pt", &["p - post", "t - tag"]),
        ],
    );
    link(
        "CREATE TABLE pt (id INTEGER PRIMARY KEY, p_id REFERENCES post, t_id REFERENCES tag)",
        &[("post", &["pt = pt"]), ("tag", &["pt = pt"])],
    );
    link(
        "CREATE TABLE pt (p_id REFERENCES post, t_id REFERENCES tag, n, PRIMARY KEY (p_id, t_id, n))",
        &[("post", &["pt = pt"])],
    );
    names(
        "CREATE TABLE club (id INTEGER PRIMARY KEY);
         CREATE TABLE rivalry (club_id REFERENCES club, rival_id REFERENCES club, PRIMARY KEY (club_id, rival_id))",
        &[(
            "club",
            &[
                "rivalry_by_club_id = rivalry",
                "rivalry_by_rival_id = rivalry",
                "club_through_rivalry_rival_id = club",
                "club_through_rivalry_club_id = club",
            ],
        )],
    );
}

/// What is named first has the plain name; case tells names apart; a fallback that is taken is numbered.
#[test]
fn names_are_taken_in_order() {
    // Both keys of `post` would be `author`: the one whose column comes first in byte order is.
    names(
        "CREATE TABLE author (id INTEGER PRIMARY KEY);
         CREATE TABLE post (writer REFERENCES author, editor REFERENCES author)",
        &[("post", &["author - author", "author_via_writer - author"])],
    );
    names(
        "CREATE TABLE author (id INTEGER PRIMARY KEY); CREATE TABLE post (AUTHOR, author_id REFERENCES author)",
        &[("post", &["author - author"])],
    );
    names(
        "CREATE TABLE author (id INTEGER PRIMARY KEY);
         CREATE TABLE post (author, author_via_writer, writer REFERENCES author)",
        &[("post", &["author_via_writer_2 - author"])],
    );
    // A many-to-one is named before a reverse, and a reverse before a many-to-many.
    names(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, b_id REFERENCES b); CREATE TABLE b (id INTEGER PRIMARY KEY, a_id REFERENCES a);
         CREATE TABLE l (x REFERENCES a, y REFERENCES b, PRIMARY KEY (x, y))",
        &[("a", &["b - b", "b_by_a_id = b", "l = l", "b_through_l = b"])],
    );
}

#[test]
fn a_view_has_the_relationships_of_the_graph_file() {
    let sql = "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author);
        CREATE VIEW recent AS SELECT id, author_id FROM post WHERE id > 1;
        INSERT INTO author VALUES (1, 'Ada'); INSERT INTO post VALUES (1, 1), (2, 1), (3, NULL);";
    let connection = database(sql);
    assert_eq!(of(&reflect(&connection), "recent"), [""; 0]);
    let file = r#"
        [entity.recent.relationship]
        author = { direction = "many-to-one", target = "author", on = { author_id = "id" } }
    "#;
    let catalog = eagerly_rusqlite::catalog(&connection).unwrap();
    let graph = GraphFile::parse(file).unwrap().over(&catalog).unwrap();
    let json = super::load(&connection, &graph, &super::parse("{ recent { id author { name } } }"));
    assert_eq!(json, r#"[{"id":2,"author":{"name":"Ada"}},{"id":3,"author":null}]"#);
}

/// The JSON form can ask for any column; the text form has none of these names, and loads them all or none.
#[test]
fn columns_keep_their_names() {
    let connection =
        database("CREATE TABLE t (\"unit price\" REAL, \"2nd\" TEXT, plain); INSERT INTO t VALUES (1.5, 'x', 3)");
    let graph = reflect(&connection);
    let all = r#"[{"unit price":1.5,"2nd":"x","plain":3}]"#;
    assert_eq!(super::load(&connection, &graph, &super::parse("{ t }")), all);
    let spec = eagerly::LoadSpec::from_json(r#"{"t": {"fields": ["2nd", "unit price"], "order": ["-unit price"]}}"#);
    let spec = spec.unwrap();
    assert_eq!(super::load(&connection, &graph, &spec), r#"[{"2nd":"x","unit price":1.5}]"#);
    assert_eq!(spec.to_text().unwrap_err().first().code, "E0302");
}
