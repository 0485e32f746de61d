//! More that a review found, in recursions, links, declared loads and what is not loaded.

use eagerly::error::code;
use eagerly::spec::{LoadSpec, Variables};
use eagerly::{LoadSet, Planner, Run, Sqlite};
use rusqlite::Connection;
use serde::Deserialize;

const BLOG: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author, title TEXT);
    CREATE TABLE tag (id INTEGER PRIMARY KEY);
    CREATE TABLE post_tag (post_id INTEGER REFERENCES post, tag_id INTEGER REFERENCES tag, note TEXT,
        PRIMARY KEY (post_id, tag_id));
    INSERT INTO author VALUES (1, 'Ada');
    INSERT INTO post VALUES (1, 1, 'one'), (2, 1, 'two');
    INSERT INTO tag VALUES (5), (6);
    INSERT INTO post_tag VALUES (1, 5, 'fine'), (1, 6, CAST(x'ff' AS TEXT));
";

fn open(sql: &str, dialect: Sqlite) -> (Connection, Planner) {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    let planner = Planner::new(eagerly_rusqlite::reflect(&connection).unwrap(), dialect);
    (connection, planner)
}

fn explain(planner: &Planner, text: &str) -> String {
    planner.compile(&LoadSpec::parse(text).unwrap()).unwrap().explain()
}

/// A list of keys that is cut into statements: what one has reached the next does not read again.
#[test]
fn a_recursion_in_several_statements_reads_each_row_once() {
    let chain = "
        CREATE TABLE node (id INTEGER PRIMARY KEY, up_id INTEGER REFERENCES node);
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
            INSERT INTO node SELECT i, nullif(i - 1, 0) FROM n;";
    let (connection, planner) = open(chain, Sqlite::new().max_list_keys(2));
    let plan = planner.compile(&LoadSpec::parse("{ node { id node_by_up_id @recurse { id } } }").unwrap()).unwrap();
    assert!(plan.explain().contains("all levels in one statement"), "{}", plan.explain());
    let mut rows = Vec::new();
    let result = eagerly_rusqlite::drive(&connection, Run::new(&plan), &mut |e| rows.push((e.wave, e.rows))).unwrap();
    // 100 roots, and 99 children below the first two; the last statements ask for keys that nothing has reached.
    assert_eq!(rows.iter().map(|(_, rows)| rows).sum::<u64>(), 199, "{rows:?}");
    assert!(rows.windows(2).all(|w| w[0].0 < w[1].0), "one after the other: {rows:?}");
    assert_eq!(result.stored_rows("node"), 100);
}

#[test]
fn a_deep_recursion_with_an_end_goes_level_by_level() {
    let (_, planner) = open("CREATE TABLE n (id INTEGER PRIMARY KEY, up_id INTEGER REFERENCES n)", Sqlite::new());
    for (depth, technique) in [(3, "all levels in one statement"), (4, "one statement per level")] {
        let plan = explain(&planner, &format!("{{ n {{ n_by_up_id @recurse(depth: {depth}) {{ id }} }} }}"));
        assert!(plan.contains(technique), "{plan}");
    }
}

#[test]
fn subqueries_within_each_other_give_way_before_the_database_refuses() {
    let (connection, planner) = open(BLOG, Sqlite::new());
    // Ways back ask nothing.
    let planner = planner.without_passes(&["way_back"]).unwrap();
    let nested = |n: usize| {
        format!("{{ post {}{{ id }}{} }}", "{ author @subquery { post @subquery ".repeat(n), "} }".repeat(n))
    };
    assert!(!explain(&planner, &nested(4)).contains("gives way"));
    let plan = planner.compile(&LoadSpec::parse(&nested(30)).unwrap()).unwrap();
    assert!(
        plan.explain().contains("subquery gives way to selectin: the questions of 9 parents"),
        "{}",
        plan.explain()
    );
    eagerly_rusqlite::load(&connection, &plan).unwrap();
}

#[test]
fn a_default_that_loads_nothing_stands_in_nobodys_way() {
    let (connection, planner) = open(BLOG, Sqlite::new());
    let load = |text: &str| {
        let plan = planner.compile(&LoadSpec::parse(text).unwrap())?;
        eagerly_rusqlite::load(&connection, &plan)?.to_json()
    };
    let raised = load("{ post(limit: 1) @default(strategy: raise) { author: title } }").unwrap();
    assert_eq!(raised, r#"[{"author":"one"}]"#);
    let loaded = load("{ post(limit: 1) @default(strategy: selectin) { author: title } }").unwrap_err();
    assert_eq!(loaded.first().code, code::DUPLICATE_KEY);
}

#[test]
fn structs_get_nothing_for_what_was_not_loaded_but_under_noload() {
    #[derive(Debug, Deserialize)]
    struct Post {
        #[serde(default)]
        post_tag: Vec<u8>,
        author: Option<u8>,
    }
    #[derive(Debug, Deserialize)]
    struct Id {
        id: i64,
    }
    let (connection, planner) = open(BLOG, Sqlite::new());
    let load = |text: &str| {
        let plan = planner.compile(&LoadSpec::parse(text).unwrap()).unwrap();
        eagerly_rusqlite::load(&connection, &plan).unwrap()
    };
    let empty = load("{ post { id post_tag @noload author @noload } }");
    let posts: Vec<Post> = empty.deserialize().unwrap();
    assert!(posts.len() == 2 && posts.iter().all(|post| post.post_tag.is_empty() && post.author.is_none()));
    for strategy in ["raise", "lazy"] {
        let refused = load(&format!("{{ post {{ id author @noload post_tag @{strategy} }} }}"));
        let error = refused.deserialize::<Post>().unwrap_err().to_string();
        assert!(error.contains("`post.post_tag` is not loaded") && error.contains(strategy), "{error}");
        let ids: Vec<Id> = refused.deserialize().unwrap();
        assert_eq!(ids.iter().map(|post| post.id).sum::<i64>(), 3, "what a struct leaves out is not touched");
    }
}

/// A request's mistake on a column is told, although the declared load has all columns already.
#[test]
fn mistakes_of_a_request_are_told_through_a_declared_load() {
    let loads = LoadSet::new(open(BLOG, Sqlite::new()).1).declare("post", LoadSpec::new("post")).unwrap();
    for request in ["{ post { title(limit: 3) } }", "{ post { title @joined(inner: true) { x } } }"] {
        let refused = loads.plan_with("post", &LoadSpec::parse(request).unwrap(), &Variables::new()).unwrap_err();
        assert!(refused.all().iter().any(|error| error.code == code::MISPLACED), "{refused}");
    }
}

#[test]
fn a_broken_cell_of_an_association_table_is_named() {
    let (connection, planner) = open(BLOG, Sqlite::new());
    for strategy in ["selectin", "joined"] {
        let text = format!("{{ post {{ id tag @{strategy} @link(columns: [\"note\"]) {{ id }} }} }}");
        let plan = planner.compile(&LoadSpec::parse(&text).unwrap()).unwrap();
        let error = eagerly_rusqlite::load(&connection, &plan).unwrap_err().to_string();
        assert!(
            error.starts_with("E0405: text in `post_tag.note` is not UTF-8, in the row with post_id = 1, tag_id = 6"),
            "{error}"
        );
    }
}

#[test]
fn a_text_has_so_many_words_and_no_more() {
    let text = format!("{{ post {{ {} }} }}", "id ".repeat(150_001));
    let refused = LoadSpec::parse(&text).unwrap_err();
    assert_eq!((refused.all().len(), refused.first().code), (1, code::OUT_OF_RANGE), "{refused}");
    assert!(LoadSpec::parse(&format!("{{ post {{ {} }} }}", "id ".repeat(149_000))).is_ok());
}
