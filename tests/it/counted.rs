//! What the databases say of their tables: statistics after ANALYZE, and the indexes that a plan misses. Each statement
//! that explain advises runs as it is printed, and then nothing is missed.

use eagerly::dialect::Dialect;
use eagerly::graph::{ColumnType, Entity, EntityDef, RelationshipDef};
use eagerly::{LoadSpec, MariaDb, MySql, Planner, Postgres, RelationshipGraph, Sqlite};
use eagerly_tests::corpus::{database, reflect};
use eagerly_tests::database::{self as databases, Backend};
use eagerly_tests::servers::{Server, server};
use rusqlite::Connection;

/// A database that a test has made.
enum Made {
    Sqlite(Connection),
    Server(&'static Server, String),
}

impl Made {
    fn new(server: Option<&'static Server>, name: &str, sql: &str) -> Self {
        match server {
            None => Self::Sqlite(database(sql)),
            Some(server) => Self::Server(server, server.make(name, sql)),
        }
    }

    fn execute(&self, sql: &str) {
        match self {
            Self::Sqlite(connection) => connection.execute_batch(sql).unwrap_or_else(|e| panic!("{e} in {sql}")),
            Self::Server(server, url) if server.backend() == Backend::Postgres => {
                databases::Postgres::connect(url).unwrap().execute(sql).unwrap_or_else(|e| panic!("{e} in {sql}"));
            }
            Self::Server(_, url) => {
                databases::Mysql::connect(url).unwrap().execute(sql).unwrap_or_else(|e| panic!("{e} in {sql}"));
            }
        }
    }

    fn reflect(&self) -> RelationshipGraph {
        match self {
            Self::Sqlite(connection) => reflect(connection),
            Self::Server(server, url) => server.reflect(url),
        }
    }
}

/// Tables without foreign keys, since some databases give each an index, in the database's quotes and types: names with
/// quotes in them, names that are too long for an index, names that read alike, texts that no index takes whole.
fn unindexed(quote: char, text: &str, wide: &str, short: &str, bytes: &str) -> String {
    let q = |name: &str| format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")));
    let (odd, long, column) = (q(ODD), q(&long('t')), q(&long('c')));
    format!(
        "CREATE TABLE p (id integer PRIMARY KEY, code {wide}, raw {bytes});
         CREATE TABLE {odd} (id integer PRIMARY KEY, {odd} integer, code {text}, wide {wide}, short {short}, raw {bytes});
         CREATE TABLE {long} (id integer PRIMARY KEY, {column} integer, two {text}, three {wide});
         CREATE TABLE a_b (id integer PRIMARY KEY, c integer);
         CREATE TABLE a (id integer PRIMARY KEY, b_c integer);
         CREATE TABLE v_of (id integer PRIMARY KEY, p_id integer);
         CREATE VIEW v AS SELECT id, p_id FROM v_of;"
    )
}

const ODD: &str = "odd \"`'[x] name";

/// A name as long as PostgreSQL takes one.
fn long(letter: char) -> String {
    letter.to_string().repeat(63)
}

/// What is found in a database, with relationships that search every table.
fn related(graph: &RelationshipGraph) -> RelationshipGraph {
    let mut entities = graph.to_definitions();
    let table = |entities: &[EntityDef], name: &str| {
        entities.iter().find(|e| e.table == name).unwrap_or_else(|| panic!("no {name}")).name.clone()
    };
    let (odd, long_) = (table(&entities, ODD), table(&entities, &long('t')));
    let list = |name: &str, target: &str, on: &[(&str, &str)]| {
        on.iter().fold(RelationshipDef::one_to_many(name, target), |def, (a, b)| def.on(*a, *b))
    };
    let all = [
        list("by_odd", &odd, &[("id", ODD)]),
        list("by_code", &odd, &[("code", "code")]),
        list("by_wide", &odd, &[("code", "wide")]),
        list("by_short", &odd, &[("code", "short")]),
        list("by_raw", &odd, &[("raw", "raw")]),
        list("by_long", &long_, &[("id", &long('c'))]),
        list("by_two", &long_, &[("code", "two"), ("code", "three")]),
        list("alike", "a_b", &[("id", "c")]),
        list("alike_too", "a", &[("id", "b_c")]),
        list("of_view", "v", &[("id", "p_id")]),
    ];
    for relationship in all {
        entities.iter_mut().find(|e| e.name == "p").unwrap().relationships.push(relationship);
    }
    let builder = RelationshipGraph::builder();
    entities.into_iter().fold(builder, |builder, entity| builder.entity(entity)).build().unwrap()
}

const SEARCHES: &str =
    "{ p(limit: 5) { by_odd by_code by_wide by_short by_raw by_long by_two alike alike_too of_view } }";

/// The advice of a plan that searches every table.
fn advice<D: Dialect + 'static>(made: &Made, dialect: D) -> Vec<String> {
    let planner = Planner::new(related(&made.reflect()), dialect);
    let plan = planner.compile(&LoadSpec::parse(SEARCHES).unwrap()).unwrap();
    let missing = &plan.batches().missing_indexes;
    assert_eq!(plan.explain().matches("\nmissing index for batch#").count(), missing.len());
    missing.iter().map(|index| index.create.clone()).collect()
}

fn advice_runs_as_printed<D: Dialect + 'static>(made: &Made, dialect: fn() -> D) -> Vec<String> {
    let advised = advice(made, dialect());
    for create in &advised {
        made.execute(create);
    }
    assert_eq!(advice(made, dialect()), Vec::<String>::new());
    advised
}

#[test]
fn indexes_advised_for_sqlite_run_as_printed() {
    let made = Made::new(None, "", &unindexed('"', "text", "text", "varchar(3)", "blob"));
    let advised = advice_runs_as_printed(&made, Sqlite::new);
    assert_eq!(advised.len(), 9, "{advised:#?}");
    assert_eq!(
        advised[0],
        r#"CREATE INDEX "odd ""`'[x] name_odd ""`'[x] name_idx" ON "odd ""`'[x] name" ("odd ""`'[x] name")"#
    );
    assert!(advised[7].starts_with(r#"CREATE INDEX "a_b_c_idx" ON "a_b""#), "{}", advised[7]);
    // A name that is taken gets a mark.
    assert!(
        advised[8].starts_with(r#"CREATE INDEX "a_b_c_"#) && advised[8].ends_with(r#" ON "a" ("b_c")"#),
        "{}",
        advised[8]
    );
}

#[test]
fn indexes_advised_for_postgres_run_as_printed() {
    let Some(server) = server(Backend::Postgres) else { return };
    let sql = unindexed('"', "text", "varchar(2000)", "varchar(3)", "bytea");
    let made = Made::new(Some(server), "eagerly_test_advice", &sql);
    let advised = advice_runs_as_printed(&made, Postgres::new);
    assert_eq!(advised.len(), 9, "{advised:#?}");
}

fn advice_of_the_family<D: Dialect + 'static>(backend: Backend, dialect: fn() -> D) {
    let Some(server) = server(backend) else { return };
    let sql = unindexed('`', "text", "varchar(2000)", "varchar(3)", "blob");
    let made = Made::new(Some(server), "eagerly_test_advice", &sql);
    let advised = advice_runs_as_printed(&made, dialect);
    assert_eq!(advised.len(), 9, "{advised:#?}");
    assert!(advised[1].ends_with("(`code`(191))") && advised[2].ends_with("(`wide`(191))"), "{advised:#?}");
    assert!(advised[3].ends_with("(`short`)") && advised[4].ends_with("(`raw`(191))"), "{advised:#?}");
}

#[test]
fn indexes_advised_for_mariadb_run_as_printed() {
    advice_of_the_family(Backend::Mariadb, MariaDb::new);
}

#[test]
fn indexes_advised_for_mysql_run_as_printed() {
    advice_of_the_family(Backend::Mysql, MySql::new);
}

/// Where an index has the name already that an advised one would have, that gets another; and so once more.
fn names_taken(made: &Made, planner: fn(RelationshipGraph) -> Planner) {
    let advised = || {
        let plan = planner(made.reflect())
            .compile(&LoadSpec::parse("{ author(limit: 5) { post { title } } }").unwrap())
            .unwrap();
        plan.batches().missing_indexes.iter().map(|index| index.create.clone()).collect::<Vec<_>>()
    };
    let [first] = advised().try_into().unwrap();
    assert!(!first.contains("post_author_id_idx"), "{first}");
    // Somebody takes that name too, for an index that does not help.
    let other = first.replace("(\"author_id\")", "(\"title\") WHERE title IS NULL");
    made.execute(&other);
    let [second] = advised().try_into().unwrap();
    assert_ne!(first, second);
    made.execute(&second);
    assert_eq!(advised(), Vec::<String>::new());
}

const TAKEN: &str = "
    CREATE TABLE author (id integer PRIMARY KEY);
    CREATE TABLE post (id integer PRIMARY KEY, author_id integer REFERENCES author (id), title text);";

#[test]
fn an_advised_index_has_a_name_that_is_free_on_sqlite() {
    let sql = format!("{TAKEN} CREATE INDEX Post_Author_ID_idx ON post (title)");
    names_taken(&Made::new(None, "", &sql), |graph| Planner::new(graph, Sqlite::new()));
}

#[test]
fn an_advised_index_has_a_name_that_is_free_on_postgres() {
    let Some(server) = server(Backend::Postgres) else { return };
    let sql = format!("{TAKEN} CREATE INDEX post_author_id_idx ON author (id)");
    let made = Made::new(Some(server), "eagerly_test_index_names", &sql);
    names_taken(&made, |graph| Planner::new(graph, Postgres::new()));
}

/// There names belong to tables; they are read all the same.
fn names_of_indexes_are_read_on(backend: Backend) {
    let Some(server) = server(backend) else { return };
    let sql = "CREATE TABLE t (id integer PRIMARY KEY, a integer UNIQUE, b text); CREATE INDEX b_prefix ON t (b(4))";
    let url = server.make("eagerly_test_index_names", sql);
    let mut names = server.catalog(&url).tables[0].index_names.clone();
    names.sort();
    assert_eq!(names, ["PRIMARY", "a", "b_prefix"]);
}

#[test]
fn names_of_indexes_are_read_on_mariadb() {
    names_of_indexes_are_read_on(Backend::Mariadb);
}

#[test]
fn names_of_indexes_are_read_on_mysql() {
    names_of_indexes_are_read_on(Backend::Mysql);
}

/// Which of the columns of a table `t` an index is known for.
fn indexed(made: &Made) -> Vec<String> {
    let graph = made.reflect();
    let t = graph.entity(graph.entity_id("t").unwrap());
    let found = t.columns.keys().filter(|name| t.is_indexed(&[t.column_id(name).unwrap()]));
    found.cloned().collect()
}

const COLUMNS: &str = "id integer PRIMARY KEY, plain integer, part integer, expression integer, first integer, \
                       second integer, uniq integer UNIQUE";

const INDEXES: &str = "CREATE INDEX i_plain ON t (plain); CREATE INDEX i_both ON t (first, second);";

#[test]
fn indexes_of_sqlite_count_where_they_find_equal_values() {
    let sql = format!(
        "CREATE TABLE t ({COLUMNS}, other text); {INDEXES} CREATE INDEX i_part ON t (part) WHERE part > 1;
         CREATE INDEX i_expression ON t (expression + 0); CREATE INDEX i_other ON t (other COLLATE NOCASE);"
    );
    assert_eq!(indexed(&Made::new(None, "", &sql)), ["id", "plain", "first", "uniq"]);
}

#[test]
fn indexes_of_postgres_count_where_they_find_equal_values() {
    let Some(server) = server(Backend::Postgres) else { return };
    let sql = format!(
        "CREATE TABLE t ({COLUMNS}, other text, broken integer, hashed integer, brin integer); {INDEXES}
         CREATE INDEX i_part ON t (part) WHERE part > 1; CREATE INDEX i_expression ON t ((expression + 0));
         CREATE INDEX i_other ON t (other COLLATE \"C\"); CREATE INDEX i_hashed ON t USING hash (hashed);
         CREATE INDEX i_brin ON t USING brin (brin); CREATE INDEX i_broken ON t (broken);
         UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i_broken'::regclass;"
    );
    let made = Made::new(Some(server), "eagerly_test_indexed", &sql);
    assert_eq!(indexed(&made), ["id", "plain", "first", "uniq", "hashed"]);
}

/// Which columns of a table `t` are known to be unique.
fn found_once(made: &Made) -> Vec<String> {
    let graph = made.reflect();
    let t = graph.entity(graph.entity_id("t").unwrap());
    let found = t.columns.keys().filter(|name| t.is_unique(&[t.column_id(name).unwrap()]));
    found.cloned().collect()
}

#[test]
fn no_unique_index_of_less_than_a_column_makes_it_unique_on_sqlite() {
    let sql = format!(
        "CREATE TABLE t ({COLUMNS}, other text COLLATE NOCASE); {INDEXES}
         CREATE UNIQUE INDEX u_part ON t (part) WHERE part > 1; CREATE UNIQUE INDEX u_first ON t (first) WHERE first NOT NULL;
         CREATE UNIQUE INDEX u_expression ON t (expression + 0); CREATE UNIQUE INDEX u_other ON t (other COLLATE BINARY);
         CREATE UNIQUE INDEX u_down ON t (second DESC);"
    );
    assert_eq!(found_once(&Made::new(None, "", &sql)), ["id", "second", "uniq"]);
}

#[test]
fn no_unique_index_of_less_than_a_column_makes_it_unique_on_postgres() {
    let Some(server) = server(Backend::Postgres) else { return };
    let sql = format!(
        "CREATE TABLE t ({COLUMNS}, late integer UNIQUE DEFERRABLE, broken integer, nulls integer, covering integer);
         {INDEXES} CREATE UNIQUE INDEX u_part ON t (part) WHERE part > 1;
         CREATE UNIQUE INDEX u_expression ON t ((expression + 0)); CREATE UNIQUE INDEX u_down ON t (second DESC);
         CREATE UNIQUE INDEX u_nulls ON t (nulls NULLS FIRST); CREATE UNIQUE INDEX u_more ON t (covering) INCLUDE (first);
         CREATE UNIQUE INDEX u_broken ON t (broken);
         UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'u_broken'::regclass;"
    );
    let made = Made::new(Some(server), "eagerly_test_found_once", &sql);
    assert_eq!(found_once(&made), ["id", "second", "uniq", "nulls", "covering"]);
}

fn no_unique_index_of_less_than_a_column(backend: Backend, hidden: &str) {
    let Some(server) = server(backend) else { return };
    let expression =
        if backend == Backend::Mysql { "CREATE UNIQUE INDEX u_expression ON t ((expression + 0));" } else { "" };
    let sql = format!(
        "CREATE TABLE t ({COLUMNS}, other varchar(50), hidden integer); {INDEXES}
         CREATE UNIQUE INDEX u_other ON t (other(10)); CREATE UNIQUE INDEX u_hidden ON t (hidden) {hidden};
         CREATE UNIQUE INDEX u_down ON t (second DESC); {expression}"
    );
    let made = Made::new(Some(server), "eagerly_test_found_once", &sql);
    // One that is hidden is kept unique all the same, and is no index.
    assert_eq!(found_once(&made), ["id", "second", "uniq", "hidden"]);
    assert_eq!(indexed(&made), ["id", "plain", "first", "second", "uniq", "other"]);
}

#[test]
fn no_unique_index_of_less_than_a_column_makes_it_unique_on_mariadb() {
    no_unique_index_of_less_than_a_column(Backend::Mariadb, "IGNORED");
}

#[test]
fn no_unique_index_of_less_than_a_column_makes_it_unique_on_mysql() {
    no_unique_index_of_less_than_a_column(Backend::Mysql, "INVISIBLE");
}

/// An index on a prefix finds the rows that begin alike, few of which are not equal.
fn indexes_count_on(backend: Backend, hidden: &str, more: &str) {
    let Some(server) = server(backend) else { return };
    let sql = format!(
        "CREATE TABLE t ({COLUMNS}, other text, hidden integer, words text); {INDEXES}
         CREATE INDEX i_other ON t (other(10)); CREATE INDEX i_hidden ON t (hidden) {hidden};
         CREATE FULLTEXT INDEX i_words ON t (words); {more}"
    );
    let made = Made::new(Some(server), "eagerly_test_indexed", &sql);
    assert_eq!(indexed(&made), ["id", "plain", "first", "uniq", "other"]);
}

#[test]
fn indexes_of_mariadb_count_where_they_find_equal_values() {
    indexes_count_on(Backend::Mariadb, "IGNORED", "");
}

#[test]
fn indexes_of_mysql_count_where_they_find_equal_values() {
    indexes_count_on(Backend::Mysql, "INVISIBLE", "CREATE INDEX i_expression ON t ((expression + 0));");
}

/// Ten authors and four hundred posts of about five hundred bytes; an empty table.
fn counted(text: &str) -> String {
    let mut sql = format!(
        "CREATE TABLE author (id integer PRIMARY KEY, name {text});
         CREATE TABLE post (id integer PRIMARY KEY, author_id integer, place integer, body {text});
         CREATE INDEX post_author ON post (author_id, place);
         CREATE TABLE none_yet (id integer PRIMARY KEY);"
    );
    for author in 0..10 {
        sql += &format!("INSERT INTO author VALUES ({author}, 'name {author}');");
    }
    let body = "b".repeat(500);
    let posts = (0..400).map(|post| format!("({post}, {}, {}, '{body}')", post % 10, post % 50));
    sql + &format!("INSERT INTO post VALUES {};", posts.collect::<Vec<_>>().join(", "))
}

/// Near enough: servers look at samples.
fn about(found: Option<u64>, expected: u64) -> bool {
    found.is_some_and(|found| found * 10 >= expected * 8 && found * 10 <= expected * 12)
}

/// `factors`: by how much the different values may be counted too high.
fn check_counts(made: &Made, factors: &[u64]) -> [Entity; 2] {
    let graph = made.reflect();
    let entity = |name: &str| graph.entity(graph.entity_id(name).unwrap()).clone();
    let (author, post) = (entity("author"), entity("post"));
    assert!(about(author.statistics.rows, 10), "{:?}", author.statistics);
    assert!(about(post.statistics.rows, 400), "{:?}", post.statistics);
    let columns =
        |entity: &Entity, names: &[&str]| names.iter().map(|n| entity.column_id(n).unwrap()).collect::<Vec<_>>();
    let authors = post.distinct(&columns(&post, &["author_id"]));
    assert!(factors.iter().any(|factor| about(authors, 10 * factor)), "{:?}", post.statistics);
    assert_eq!(post.distinct(&columns(&post, &["id"])), post.statistics.rows);
    assert_eq!(post.distinct(&columns(&post, &["body", "id", "place"])), post.statistics.rows, "it holds the key");
    assert_eq!(entity("none_yet").statistics, Default::default());
    [author, post]
}

#[test]
fn what_sqlite_counts_is_read() {
    let made = Made::new(None, "", &counted("text"));
    assert!(made.reflect().entities().all(|(_, e)| e.statistics == Default::default()));
    made.execute("ANALYZE");
    let [_, post] = check_counts(&made, &[1]);
    let pair: Vec<_> = ["place", "author_id"].map(|name| post.column_id(name).unwrap()).to_vec();
    assert!(about(post.distinct(&pair), 50), "{:?}", post.statistics);
    assert_eq!((post.statistics.row_width, post.width(&[post.column_id("body").unwrap()])), (None, None));
    // What is no text of SQLite's own is passed over.
    made.execute(
        "DELETE FROM sqlite_stat1; INSERT INTO sqlite_stat1 VALUES ('post', 'post_author', '7 x'), (1, 2, x'ff'), \
                  ('author', NULL, 'many'), ('author', 'gone', '5 1'), ('none_yet', NULL, '3 sz=40')",
    );
    let graph = made.reflect();
    let rows: Vec<_> = graph.entities().map(|(_, e)| (e.statistics.rows, e.statistics.row_width)).collect();
    assert_eq!(rows, [(None, None), (Some(3), Some(40)), (Some(7), None)]);
}

#[test]
fn what_postgres_counts_is_read() {
    let Some(server) = server(Backend::Postgres) else { return };
    let made = Made::new(Some(server), "eagerly_test_counts", &counted("text"));
    made.execute("ANALYZE");
    let [author, post] = check_counts(&made, &[1]);
    let widths = ["id", "author_id", "body"].map(|name| post.width(&[post.column_id(name).unwrap()]));
    assert_eq!(widths, [Some(4), Some(4), Some(504)], "{:?}", post.statistics);
    assert_eq!(author.width(&[author.column_id("name").unwrap()]), Some(7));
}

/// `factors` are those of [`check_counts`].
fn what_the_family_counts_is_read(backend: Backend, factors: &[u64]) {
    let Some(server) = server(backend) else { return };
    let made = Made::new(Some(server), "eagerly_test_counts", &counted("varchar(600)"));
    made.execute("ANALYZE TABLE author, post, none_yet");
    let [author, post] = check_counts(&made, factors);
    let width = post.statistics.row_width.unwrap();
    assert!((500..800).contains(&width), "{width}");
    assert_eq!(author.statistics.row_width, None, "one page says nothing of a row's width");
    let body = post.width(&[post.column_id("body").unwrap()]).unwrap();
    assert!(post.statistics.column_widths.is_empty() && body < width && body > 450, "{body} of {width}");
}

#[test]
fn what_mariadb_counts_is_read() {
    // Until 11 it counts twice as many.
    what_the_family_counts_is_read(Backend::Mariadb, &[1, 2]);
}

#[test]
fn what_mysql_counts_is_read() {
    what_the_family_counts_is_read(Backend::Mysql, &[1]);
}

/// The type of a column says how wide it is where nothing else does.
#[test]
fn widths_are_counted_or_of_one_type_or_a_share_of_the_row() {
    use eagerly::graph::{ColumnDef, TableStatistics};
    let entity = EntityDef::new("t")
        .column(ColumnDef::new("id", ColumnType::Integer))
        .column(ColumnDef::new("a", ColumnType::Text))
        .column(ColumnDef::new("b", ColumnType::Text))
        .column(ColumnDef::new("c", ColumnType::Text));
    let width = |statistics: TableStatistics, names: &[&str]| {
        let graph = RelationshipGraph::builder().entity(entity.clone()).build().unwrap();
        let graph = graph.with_statistics("t", &statistics).unwrap();
        let t = graph.entity(graph.entity_id("t").unwrap());
        t.width(&names.iter().map(|n| t.column_id(n).unwrap()).collect::<Vec<_>>())
    };
    let new = TableStatistics::new;
    assert_eq!(width(new(), &["id"]), Some(8));
    assert_eq!(width(new(), &["id", "a"]), None);
    assert_eq!(width(new().row_width(108), &["id", "a"]), Some(8 + 34));
    assert_eq!(width(new().row_width(108).column_width("a", 50), &["a", "b"]), Some(50 + 25));
    assert_eq!(width(new().row_width(7), &["a"]), Some(0));
}

#[test]
fn statistics_of_what_is_not_there_are_refused() {
    use eagerly::graph::TableStatistics;
    let graph = reflect(&database("CREATE TABLE post (id INTEGER PRIMARY KEY, title TEXT)"));
    let errors = graph.clone().with_statistics("pots", &TableStatistics::new()).unwrap_err();
    assert_eq!(errors.first().help.as_deref(), Some("did you mean `post`?"));
    let statistics = TableStatistics::new().column_width("titel", 3).distinct(["id", "tilte"], 5);
    let errors = graph.with_statistics("post", &statistics).unwrap_err();
    assert_eq!(errors.all().len(), 2, "{errors}");
}
