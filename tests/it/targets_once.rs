//! Targets of a many-to-many that come once each, by a statement of their own: on every database, with lists that are
//! cut, and where rows go between the statements.

use eagerly::error::Errors;
use eagerly::graph::TableStatistics;
use eagerly::value::ValueRef;
use eagerly::{LoadSpec, Planner, RelationshipGraph, Run, Sqlite};
use eagerly_tests::corpus::{database, reflect};
use eagerly_tests::database::Backend;
use eagerly_tests::engine::OnServers;
use eagerly_tests::harness::{ServerEngine, Treatment, judge};
use eagerly_tests::oracle::oracle_on;
use eagerly_tests::servers::{read, server};
use rusqlite::Connection;

const TABLES: &str = "
    CREATE TABLE post (id integer PRIMARY KEY, title varchar(20));
    CREATE TABLE tag (id integer PRIMARY KEY, name varchar(20), body varchar(20));
    CREATE TABLE post_tag (
        post_id integer NOT NULL REFERENCES post (id), tag_id integer NOT NULL REFERENCES tag (id), note varchar(20),
        PRIMARY KEY (post_id, tag_id)
    );
    INSERT INTO post VALUES (1, 'x'), (2, 'y'), (3, 'z');
    INSERT INTO tag VALUES (1, 'sql', 'c'), (2, 'orm', 'b'), (3, 'web', 'a'), (4, 'css', NULL);
    INSERT INTO post_tag VALUES (1, 1, 'm'), (1, 2, 'n'), (1, 3, 'o'), (2, 2, 'p'), (2, 4, 'q'), (2, 3, 'r');";

/// The graph with statistics of wide tags, 50 of which many posts share.
pub(crate) fn counted(graph: RelationshipGraph) -> RelationshipGraph {
    counted_of(500, graph)
}

fn counted_of(tags: u64, graph: RelationshipGraph) -> RelationshipGraph {
    let links = TableStatistics::new().rows(500_000).distinct(["post_id"], 100_000).distinct(["tag_id"], 50);
    let tags = TableStatistics::new().rows(tags).row_width(4_000);
    let of = [("post", TableStatistics::new().rows(100_000)), ("tag", tags), ("post_tag", links)];
    of.iter().fold(graph, |graph, (entity, statistics)| graph.with_statistics(entity, statistics).unwrap())
}

/// Posts and tags on SQLite, and a planner with those statistics.
pub(crate) fn tagged() -> (Connection, Planner) {
    let connection = database(TABLES);
    let planner = Planner::new(counted(reflect(&connection)), Sqlite::new());
    (connection, planner)
}

/// The pairs come in the order in which the query's columns are, the target first.
fn links(plan: &eagerly::Plan, pairs: &[(ValueRef<'_>, ValueRef<'_>)]) -> (Result<(), Errors>, Run) {
    let mut run = Run::new(plan);
    let root = run.ready().unwrap().remove(0);
    for id in [1, 2] {
        run.row(root.id, &[ValueRef::Integer(id)][..]).unwrap();
    }
    run.end(root.id).unwrap();
    let links = run.ready().unwrap().remove(0);
    assert!(run.plan().batch(links.batch).reads_links_alone());
    let mut sink = run.rows(links.id).unwrap();
    let mut taken = pairs.iter().try_for_each(|(tag, post)| sink.row(&[*tag, *post][..]));
    if taken.is_err() {
        assert_eq!(sink.row(&[pairs[0].0, pairs[0].1][..]).unwrap_err().first().message, "the run has failed");
    } else {
        taken = run.end(links.id);
    }
    (taken, run)
}

/// A link whose target and key are known goes a way of its own; what is only nearly one must not.
#[test]
fn links_to_known_targets_are_looked_at_like_the_first() {
    let (_, planner) = tagged();
    let compiled = |text: &str| planner.compile(&LoadSpec::parse(text).unwrap()).unwrap();
    let (by_keys, whole) =
        (compiled("{ post(where: {id: {ne: 9}}) { id tag { body } } }"), compiled("{ post { id tag { body } } }"));
    let [one, two, seven, text, null] =
        [ValueRef::Integer(1), ValueRef::Integer(2), ValueRef::Integer(7), ValueRef::Text("7"), ValueRef::Null];

    let known = [(seven, one), (seven, two), (one, two), (seven, two)];
    for plan in [&by_keys, &whole] {
        let (taken, mut run) = links(plan, &known[..3]);
        taken.unwrap();
        let tags = run.ready().unwrap().remove(0);
        for id in [1, 7] {
            run.row(tags.id, &[ValueRef::Integer(id), ValueRef::Text("b")][..]).unwrap();
        }
        run.end(tags.id).unwrap();
        let json = run.finish().unwrap().to_json().unwrap();
        assert_eq!(json.matches("\"id\":7").count(), 0, "{json}");
        assert_eq!(json.matches("\"body\":\"b\"").count(), 3, "{json}");
    }
    // Of a key that was not sent, and of a key of no parent in a whole table.
    for (key, code) in [(seven, "E0902"), (text, "E0404"), (null, "E0404")] {
        let rows = [known[0], (seven, key)];
        assert_eq!(links(&by_keys, &rows).0.unwrap_err().first().code, code);
        links(&whole, &rows).0.unwrap();
    }
    // More than any key set expects, and targets that never repeat: the way is given up, and nothing is lost.
    let many: Vec<_> = (0..5_000)
        .map(|n| (ValueRef::Integer(n), one))
        .chain((0..5_000).map(|n| (ValueRef::Integer(n), two)))
        .collect();
    let (taken, mut run) = links(&whole, &many);
    taken.unwrap();
    let tags = run.ready().unwrap().remove(0);
    for id in 0..5_000 {
        run.row(tags.id, &[ValueRef::Integer(id), ValueRef::Null][..]).unwrap();
    }
    run.end(tags.id).unwrap();
    assert_eq!(run.finish().unwrap().to_json().unwrap().matches("\"body\":null").count(), 10_000);
}

#[test]
fn rows_that_go_between_the_statements_are_in_no_list() {
    for link in ["", " @link(columns: [\"note\"])"] {
        let (connection, planner) = tagged();
        let text = format!("{{ post {{ id tag(order: [\"name\"]){link} {{ body }} }} }}");
        let plan = planner.compile(&LoadSpec::parse(&text).unwrap()).unwrap();
        let mut run = Run::new(&plan);
        for last in [false, false, true] {
            let ready = run.ready().unwrap();
            if last {
                connection.execute("DELETE FROM tag WHERE id = 2", []).unwrap();
            }
            assert_eq!(ready.len(), 1, "{}", plan.explain());
            for statement in ready {
                eagerly_rusqlite::execute(&connection, &mut run, &statement).unwrap();
            }
        }
        let json = run.finish().unwrap().to_json().unwrap();
        let expected = match link {
            "" => {
                "[{'id':1,'tag':[{'body':'c'},{'body':'a'}]},{'id':2,'tag':[{'body':null},{'body':'a'}]},{'id':3,'tag':[]}]"
            }
            _ => {
                "[{'id':1,'tag':[{'body':'c','_link':{'note':'m'}},{'body':'a','_link':{'note':'o'}}]},\
                {'id':2,'tag':[{'body':null,'_link':{'note':'q'}},{'body':'a','_link':{'note':'r'}}]},{'id':3,'tag':[]}]"
            }
        };
        assert_eq!(json.replace('"', "'"), expected);
    }
}

fn comes_once_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let url = server.make("eagerly_test_targets_once", TABLES);
    let (database, catalog) = read(backend, &url);
    let own = RelationshipGraph::from_catalog(&catalog).unwrap();
    // Of 50 tags all are needed.
    let graphs = [50, 500].map(|tags| counted_of(tags, server.reflect(&url)));
    for (text, alone) in [
        ("{ post { title tag { name body } } }", true),
        ("{ post { title tag(order: [\"-id\"]) @link(columns: [\"note\"]) { name body } } }", true),
        ("{ post { title tag(order: [\"-body\"]) @link(columns: [\"note\"]) { name body } } }", false),
        ("{ post { title tag(order: [\"body\"], limit: 2) { name body } } }", false),
    ] {
        let spec = LoadSpec::parse(text).unwrap();
        let expected = oracle_on(database.as_ref(), &own, &spec);
        for (engine, graph) in [
            (OnServers::default(), &graphs[0]),
            (OnServers::default(), &graphs[1]),
            (OnServers::default().cut(1), &graphs[1]),
        ] {
            let loaded = judge(Treatment::AsWritten, engine.load(backend, &url, graph, &spec), &expected).unwrap();
            assert!(loaded.plan.contains("each target once"), "{}", loaded.plan);
            assert_eq!(loaded.plan.contains("reads the links alone"), alone, "{}", loaded.plan);
            assert!(loaded.sql.len() >= 3, "{:?}", loaded.sql);
        }
    }
}

#[test]
fn targets_come_once_on_postgres() {
    comes_once_on(Backend::Postgres);
}

#[test]
fn targets_come_once_on_mariadb() {
    comes_once_on(Backend::Mariadb);
}

#[test]
fn targets_come_once_on_mysql() {
    comes_once_on(Backend::Mysql);
}
