//! Columns whose type has no order: what the plan says, and link rows that have nothing else.

use crate::server::database;
use eagerly::graph::GraphFile;
use eagerly::{LoadSpec, Planner, Postgres};

const LINKS: &str = "
    CREATE TABLE post (id int PRIMARY KEY); CREATE TABLE tag (id int PRIMARY KEY, name text);
    CREATE TABLE link (post_id int, tag_id int, how json, spot point, pos int);
    CREATE VIEW doc AS SELECT how, pos FROM link;
    INSERT INTO post VALUES (1), (2); INSERT INTO tag VALUES (1, 'a'), (2, 'b');
    INSERT INTO link VALUES (1, 1, '{}', '(1,1)', 2), (1, 1, '[]', NULL, 1), (1, 2, NULL, '(0,0)', 1), (2, 2, '1', NULL, NULL);";

const TAGS: &str = "[entity.post.relationship.tags]
    target = \"tag\"\nsecondary = \"link\"\non = { id = \"post_id\" }\ntarget_on = { id = \"tag_id\" }";

#[test]
fn the_plan_says_what_breaks_no_ties() {
    let Some(database) = database(LINKS) else { return };
    let catalog = database.runtime.block_on(eagerly_postgres::catalog(database.connection.client())).unwrap();
    let graph = GraphFile::parse(TAGS).unwrap().over(&catalog).unwrap();
    // What is written as a graph file says so too.
    let written = GraphFile::parse(&graph.to_toml().unwrap()).unwrap().build().unwrap();
    assert_eq!(written.to_definitions(), graph.to_definitions());
    for graph in [graph, written] {
        let planner = Planner::new(graph, Postgres::new());
        let compile = |spec: &str| planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap();
        let notes = |spec: &str| {
            let plan = compile(spec);
            let texts: Vec<String> = plan.batches().notes.iter().map(ToString::to_string).collect();
            assert!(texts.iter().all(|text| plan.batches().explain().contains(text)));
            texts.into_iter().filter(|text| text.ends_with("no ties")).collect::<Vec<_>>()
        };
        assert_eq!(notes("{ doc }"), ["doc: the type of `doc.how` has no order: it breaks no ties"]);
        assert_eq!(
            notes("{ link(order: [\"pos\"]) { post_id } }"),
            ["link: the types of `link.how`, `link.spot` have no order: they break no ties"]
        );
        assert_eq!(notes("{ post { id tags { name } } }"), [""; 0]);
        let linked = "post.tags: the types of `link.how`, `link.spot` have no order: they break no ties";
        assert_eq!(notes("{ post { id tags @link(columns: [\"how\", \"pos\"]) { name } } }"), [linked]);
        for strategy in ["@selectin", "@joined", "@subquery", ""] {
            let spec = format!("{{ post {{ id tags {strategy} @link(columns: [\"how\", \"pos\"]) {{ name }} }} }}");
            let graph =
                database.runtime.block_on(eagerly_postgres::load(&database.connection, &compile(&spec))).unwrap();
            let expected = r#"[{"id":1,"tags":[{"name":"a","_link":{"how":[],"pos":1}},{"name":"a","_link":{"how":{},"pos":2}},{"name":"b","_link":{"how":null,"pos":1}}]},{"id":2,"tags":[{"name":"b","_link":{"how":1,"pos":null}}]}]"#;
            assert_eq!(graph.to_json().unwrap(), expected, "{strategy}");
        }
    }
}
