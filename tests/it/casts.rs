//! Relationships over columns of different types, compared as text: on every database, under every strategy, what the
//! oracle says; and what a database cannot compare is told as a mistake of the graph file.

use eagerly::error::Errors;
use eagerly::graph::{Cast, Catalog, GraphFile, RelationshipDef};
use eagerly::spec::LoadSpec;
use eagerly::{Planner, Prefer, RelationshipGraph};
use eagerly_tests::corpus::database;
use eagerly_tests::database::Backend;
use eagerly_tests::engine::{OnServers, SqliteEngine};
use eagerly_tests::harness::{Engine, ServerEngine, Treatment, judge};
use eagerly_tests::oracle::{oracle, oracle_on};
use eagerly_tests::servers::{Server, Settings, server};

/// Ids that are integers here and text there. `REF` is a text of ten characters, `UUID` a uuid where there is one.
const SCHEMA: &str = "
CREATE TABLE section (id INT PRIMARY KEY, name VARCHAR(10), big DECIMAL(10,2));
CREATE TABLE sref (id INT PRIMARY KEY, referenced_id REF, amount REF);
CREATE INDEX sref_referenced_id ON sref (referenced_id);
CREATE TABLE tag (id INT PRIMARY KEY, label VARCHAR(10));
CREATE TABLE section_tag (section_ref REF NOT NULL, tag_ref REF NOT NULL, PRIMARY KEY (section_ref, tag_ref));
CREATE TABLE node (id INT PRIMARY KEY, parent_ref REF);
CREATE TABLE doc (id UUID PRIMARY KEY, day DATE NOT NULL, ok BOOLEAN);
CREATE TABLE audit (id INT PRIMARY KEY, record REF36, at REF, code INT, flag REF);
INSERT INTO section VALUES (1, 'one', 5), (2, 'two', 5.5), (3, 'three', NULL), (-4, 'four', 0.25);
INSERT INTO sref VALUES (1, '1', '5.00'), (2, '2', '5'), (3, '2', '5.50'), (4, '02', '5.5'), (5, ' 2', '0.25'), (6, NULL, NULL),
  (7, '9', '.25'), (8, '-4', '5.00'), (9, '2 ', '');
INSERT INTO tag VALUES (10, 'a'), (20, 'b'), (30, 'c');
INSERT INTO section_tag VALUES ('1', '10'), ('1', '20'), ('2', '20'), ('02', '30'), ('3', '030'), ('-4', '30'), ('1', '40');
INSERT INTO node VALUES (1, NULL), (2, '1'), (3, '1'), (4, '2'), (5, '04'), (6, '6'), (7, '4');
INSERT INTO doc VALUES ('8c6f1e04-9f6c-4e0b-a0f3-0d6c7d0f9a01', '2024-02-29', TRUE), ('8c6f1e04-9f6c-4e0b-a0f3-0d6c7d0f9a02', '2024-03-01', FALSE);
INSERT INTO audit VALUES (1, '8c6f1e04-9f6c-4e0b-a0f3-0d6c7d0f9a01', '2024-02-29', 1, '1'), (2, '8C6F1E04-9F6C-4E0B-A0F3-0D6C7D0F9A01', '2024-3-1', 2, 'true'),
  (3, '8c6f1e04-9f6c-4e0b-a0f3-0d6c7d0f9a02', '2024-03-01', 2, 'false'), (4, 'x', NULL, NULL, '0');
";

/// Every way to write a cast: of one pair, in a list, of all pairs.
const FILE: &str = r#"
[entity.section.relationship]
refs = { direction = "one-to-many", target = "sref", on = { id = { column = "referenced_id", cast = "text" } }, back_populates = "section" }
amounts = { direction = "one-to-many", target = "sref", on = [["big", { column = "amount", cast = "text" }]] }
both = { direction = "one-to-many", target = "sref", on = [["id", "id"], ["id", { column = "referenced_id", cast = "text" }]] }
tags = { target = "tag", secondary = "section_tag", on = { id = "section_ref" }, target_on = { id = "tag_ref" }, cast = "text", back_populates = "sections" }
[entity.sref.relationship]
section = { direction = "many-to-one", target = "section", on = { referenced_id = "id" }, cast = "text", back_populates = "refs" }
[entity.tag.relationship]
sections = { target = "section", secondary = "section_tag", on = { id = { column = "tag_ref", cast = "text" } }, target_on = { id = { column = "section_ref", cast = "text" } }, back_populates = "tags" }
[entity.node.relationship]
kids = { direction = "one-to-many", target = "node", on = { id = "parent_ref" }, cast = "text" }
up = { direction = "many-to-one", target = "node", on = { parent_ref = "id" }, cast = "text" }
[entity.doc.relationship]
audits = { direction = "one-to-many", target = "audit", on = { id = "record" }, cast = "text" }
days = { direction = "one-to-many", target = "audit", on = { day = "at" }, cast = "text" }
flags = { direction = "one-to-many", target = "audit", on = { ok = "flag" }, cast = "text" }
[entity.audit.relationship]
doc = { direction = "many-to-one", target = "doc", on = { record = "id" }, cast = "text" }
same = { direction = "one-to-many", target = "section", on = { code = "id" }, cast = "text" }
"#;

const SPECS: [&str; 21] = [
    "{ section { id refs { id } } }",
    "{ section(where: {id: {gt: 1}}) { id refs(order: [\"-id\"]) { id referenced_id } } }",
    "{ section(where: {id: {gt: 0}}) { id refs(limit: 1, order: [\"-id\"]) { id } } }",
    "{ section { refs(limit: 2, offset: 1) { id } } }",
    "{ sref { id section { id name } } }",
    "{ sref { id section(where: {name: \"two\"}) { name } } }",
    "{ sref { id section @joined(inner: true) { name } } }",
    "{ section(where: {refs: {any: {id: {gt: 1}}}}) { id } }",
    "{ sref(where: {section: {none: {}}}) { id } }",
    "{ section(limit: 2) { name refs { id section { name refs { id } } } } }",
    "{ section { name tags { label } refs { id } } }",
    "{ section { name tags(limit: 1, order: [\"-label\"]) { label } } }",
    "{ tag { label sections { name tags { label } } } }",
    "{ tag(where: {sections: {any: {refs: {any: {}}}}}) { label } }",
    "{ node(where: {id: 1}) { id kids @recurse { id } } }",
    "{ node { id up @recurse(depth: 2) { id } kids(limit: 1) { id } } }",
    "{ section { id amounts { id } both { id } } }",
    "{ doc { audits { id } days { id } flags { id } } }",
    "{ audit { id doc { day } same { name } } }",
    "{ section(order: [\"-name\"], limit: 3, offset: 1) { refs @joined { id } tags @subquery { label } } }",
    "{ section(where: {tags: {any: {label: \"b\"}}}) { name tags @link(columns: [\"tag_ref\"]) { label } } }",
];

/// What some of them are, whatever any oracle says. MariaDB and MySQL pad: to their default collations `2 ` is `2`.
const EXPECTED: [(usize, &str, &str); 3] = [
    (
        0,
        r#"[{"id":-4,"refs":[{"id":8}]},{"id":1,"refs":[{"id":1}]},{"id":2,"refs":[{"id":2},{"id":3}]},{"id":3,"refs":[]}]"#,
        "",
    ),
    (
        11,
        r#"[{"name":"four","tags":[{"label":"c"}]},{"name":"one","tags":[{"label":"b"}]},{"name":"two","tags":[{"label":"b"}]},{"name":"three","tags":[]}]"#,
        "",
    ),
    (14, r#"[{"id":1,"kids":[{"id":2,"kids":[{"id":4,"kids":[{"id":7,"kids":[]}]}]},{"id":3,"kids":[]}]}]"#, ""),
];

fn schema(backend: Backend) -> String {
    let (text, wide, uuid) = match backend {
        Backend::Sqlite => ("TEXT", "TEXT", "TEXT"),
        Backend::Postgres => ("varchar(10)", "varchar(36)", "uuid"),
        Backend::Mariadb => ("varchar(10) COLLATE utf8mb4_nopad_bin", "varchar(36)", "uuid"),
        Backend::Mysql => ("varchar(10) COLLATE utf8mb4_0900_bin", "varchar(36)", "char(36)"),
    };
    let sql =
        SCHEMA.replace("REF36", wide).replace(" UUID ", &format!(" {uuid} ")).replace(" REF", &format!(" {text}"));
    if backend == Backend::Postgres { sql.replace(" INT ", " int ") } else { sql }
}

fn graph_over(catalog: &Catalog) -> RelationshipGraph {
    let graph = GraphFile::parse(FILE).and_then(|file| file.over(catalog)).unwrap_or_else(|errors| panic!("{errors}"));
    let text = graph.to_toml().unwrap();
    let again = GraphFile::parse(&text).and_then(|file| file.over(catalog)).unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(again.to_definitions(), graph.to_definitions(), "a cast reads back over the database");
    let alone = GraphFile::parse(&text).and_then(|file| file.build()).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(alone.to_definitions(), graph.to_definitions(), "a cast reads back alone");
    graph
}

fn check(name: &str, at: usize, json: &serde_json::Value) {
    for (spec, expected, _) in EXPECTED {
        let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
        assert!(spec != at || *json == expected, "{name} {}: {json}", SPECS[at]);
    }
}

#[test]
fn sqlite_compares_both_sides_as_text() {
    let connection = database(&schema(Backend::Sqlite));
    let graph = graph_over(&eagerly_rusqlite::catalog(&connection).unwrap());
    let mut engines = vec![
        SqliteEngine { limits: Some((1, 16)), ..SqliteEngine::default() },
        SqliteEngine { prefer: Prefer::OneRoundTrip, ..SqliteEngine::default() },
        SqliteEngine { prefer: Prefer::FewerStatements, ..SqliteEngine::default() },
        SqliteEngine { remote: true, ..SqliteEngine::default() },
        SqliteEngine::default(),
    ];
    let passes = Planner::optional_passes();
    engines.extend(passes.map(|pass| SqliteEngine { without: vec![pass], ..SqliteEngine::default() }));
    let mut problems = Vec::new();
    for (at, text) in SPECS.iter().enumerate() {
        let spec = LoadSpec::parse(text).unwrap();
        let expected = oracle(&connection, &graph, &spec);
        check("sqlite", at, &expected);
        for (engine, treatment) in engines.iter().flat_map(|e| Treatment::DEFAULT.map(|t| (e, t))) {
            let loaded = engine.load(&connection, &graph, &treatment.apply(&graph, &spec));
            problems.extend(judge(treatment, loaded, &expected).err().map(|why| format!("{text} {why}")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

fn compares_as_text(server: &Server) {
    let backend = server.backend();
    let url = server.database(&schema(backend));
    let graph = graph_over(&server.catalog(&url));
    let (oracle_of, _) = server.open(&url);
    let engine = OnServers::default();
    let engines = [engine.clone(), engine.cut(1)];
    let mut problems = Vec::new();
    for (at, text) in SPECS.iter().enumerate() {
        let spec = LoadSpec::parse(text).unwrap();
        let expected = oracle_on(oracle_of.as_ref(), &graph, &spec);
        check(backend.name(), at, &expected);
        for (engine, treatment) in engines.iter().flat_map(|e| Treatment::DEFAULT.map(|t| (e, t))) {
            let loaded = engine.load(backend, &url, &graph, &treatment.apply(&graph, &spec));
            problems.extend(judge(treatment, loaded, &expected).err().map(|why| format!("{text} {why}")));
        }
    }
    assert!(problems.is_empty(), "{}: {}", backend.name(), problems.join("\n\n"));
}

#[test]
fn postgres_compares_both_sides_as_text() {
    server(Backend::Postgres).into_iter().for_each(compares_as_text);
}

#[test]
fn mariadb_compares_both_sides_as_text() {
    server(Backend::Mariadb).into_iter().for_each(compares_as_text);
}

#[test]
fn mysql_compares_both_sides_as_text() {
    server(Backend::Mysql).into_iter().for_each(compares_as_text);
}

/// Keys that their own collations take for one, and the compared column does not: MariaDB remembers what a subquery was for
/// the first of them.
const ALIKE: &str = "
create table p(id int primary key, g varchar(10) collate utf8mb4_general_ci);
create table c(id int primary key, s varchar(10) character set latin1, g varchar(10) collate utf8mb4_bin, b varchar(10) collate BYTES);
insert into p values (1, 'a'), (2, 'A'), (3, 'b'), (4, 'B'), (5, 'c'), (6, 'd');
insert into c values (1, '1', 'a', 'a'), (2, '1 ', 'B', 'b '), (3, '2  ', 'd', 'd'), (4, '2', null, 'A'), (5, '7', null, null);";

const ALIKE_FILE: &str = r#"
[entity.p.relationship]
other = { direction = "one-to-many", target = "c", on = { g = "g" } }
bytes = { direction = "one-to-many", target = "c", on = { g = "b" } }
through = { target = "p", secondary = "c", on = { g = "b" }, target_on = { id = "s" }, cast = "text" }
[entity.c.relationship]
up = { direction = "many-to-one", target = "p", on = { s = "id" }, cast = "text" }
"#;

/// Conditions on related rows, and which they find.
const ALIKE_FOUND: [(&str, &str, &[i64]); 9] = [
    ("c", "{up: {any: {}}}", &[1, 4]),
    ("c", "{up: {none: {}}}", &[2, 3, 5]),
    ("c", "{not: {up: {has: {id: {ge: 1}}}}}", &[2, 3, 5]),
    ("c", "{or: [{up: {any: {}}}, {id: 5}]}", &[1, 4, 5]),
    ("p", "{other: {any: {}}}", &[1, 4, 6]),
    ("p", "{other: {none: {}}}", &[2, 3, 5]),
    ("p", "{bytes: {any: {}}}", &[1, 2, 6]),
    ("p", "{bytes: {any: {up: {any: {}}}}}", &[1, 2]),
    ("p", "{through: {any: {}}}", &[1, 2]),
];

const ALIKE_LOADS: [&str; 3] = [
    "{ c { id up { id } } }",
    "{ p { id other { id } bytes { id up { id } } through { id } } }",
    "{ p { id other(limit: 1) { id } bytes(limit: 1) { id up @joined { id } } } }",
];

#[test]
fn keys_that_collations_take_for_one_are_told_apart() {
    for server in [Backend::Mariadb, Backend::Mysql].into_iter().filter_map(server) {
        let bytes = if server.backend() == Backend::Mysql { "utf8mb4_0900_bin" } else { "utf8mb4_nopad_bin" };
        let url = server.database(&ALIKE.replace("BYTES", bytes));
        let catalog = server.catalog(&url);
        let graph = GraphFile::parse(ALIKE_FILE).and_then(|file| file.over(&catalog)).unwrap_or_else(|e| panic!("{e}"));
        let (oracle_of, _) = server.open(&url);
        let engine = OnServers::default();
        let check = |spec: &str, found: Option<&[i64]>| {
            let parsed = LoadSpec::parse(spec).unwrap();
            let expected = oracle_on(oracle_of.as_ref(), &graph, &parsed);
            let ids = |found: &[i64]| found.iter().map(|id| serde_json::json!({"id": id})).collect();
            assert_eq!(
                found.map_or(expected.clone(), ids),
                expected,
                "the oracle of {}, {spec}",
                server.backend().name()
            );
            for treatment in Treatment::DEFAULT {
                let loaded = engine.load(server.backend(), &url, &graph, &treatment.apply(&graph, &parsed));
                judge(treatment, loaded, &expected).unwrap_or_else(|why| panic!("{spec} {why}"));
            }
        };
        for (entity, condition, found) in ALIKE_FOUND {
            check(&format!("{{ {entity}(where: {condition}) {{ id }} }}"), Some(found));
        }
        ALIKE_LOADS.iter().for_each(|spec| check(spec, None));
    }
}

/// The side that is text keeps its index; the other is told to have none.
#[test]
fn explain_says_that_no_index_serves_what_is_cast() {
    let connection = database(&schema(Backend::Sqlite));
    let graph = graph_over(&eagerly_rusqlite::catalog(&connection).unwrap());
    let planner = Planner::new(graph, eagerly::Sqlite::new());
    let plan = |spec: &str| planner.compile(&LoadSpec::parse(spec).unwrap()).unwrap().explain();
    let cast = plan("{ sref { id section @selectin { name } } }");
    assert!(cast.contains("no index serves section.id, which is cast to be compared"), "{cast}");
    assert!(!cast.contains("missing index"), "{cast}");
    let served = plan("{ section { name refs @selectin { id } } }");
    assert!(!served.contains("no index") && !served.contains("missing index"), "{served}");
}

/// By the builder as by a file.
#[test]
fn the_builder_casts_pairs_too() {
    let connection = database(&schema(Backend::Sqlite));
    let graph = graph_over(&eagerly_rusqlite::catalog(&connection).unwrap());
    let relationship = |entity: &str, name: &str| {
        let entities = graph.to_definitions();
        let entity = entities.into_iter().find(|e| e.name == entity).unwrap();
        entity.relationships.into_iter().find(|r| r.name == name).unwrap()
    };
    let refs = RelationshipDef::one_to_many("refs", "sref").on_as("id", "referenced_id", Cast::Text);
    assert_eq!(refs.back_populates("section"), relationship("section", "refs"));
    let tags = RelationshipDef::many_to_many("tags", "tag").secondary(
        "section_tag",
        [("id", "section_ref")],
        [("id", "tag_ref")],
    );
    assert_eq!(tags.cast(Cast::Text).back_populates("sections"), relationship("section", "tags"));
    let both = RelationshipDef::one_to_many("both", "sref").on("id", "id").on_as("id", "referenced_id", Cast::Text);
    assert_eq!(both, relationship("section", "both"));
}

const UNLIKE: &str = "
CREATE TYPE mood AS ENUM ('a'); CREATE TYPE other AS ENUM ('a');
CREATE DOMAIN small AS int; CREATE DOMAIN word AS text; CREATE EXTENSION IF NOT EXISTS citext;
CREATE TABLE a (i4 int, i8 bigint, i2 smallint, n numeric(5,2), f4 real, f8 double precision, t text, v varchar(3), c char(3), nm name,
  ci citext, d date, ts timestamp, tz timestamptz, ti time, ttz timetz, iv interval, o oid, u uuid, b bytea, j json, jb jsonb, x xml,
  m mood, m2 other, ds small, dw word, ia int[], la bigint[], ta text[], va varchar[], ja json[], ip inet, ci2 cidr, mac macaddr, mac8 macaddr8,
  bt bit(3), vb varbit, mn money, p point, bx box, r int4range, r8 int8range, bl boolean, ch \"char\", rc regclass, xd xid, td tid, tv tsvector)";

/// For every pair of columns, what the catalog says is what the server does.
#[test]
fn postgres_says_which_types_compare() {
    let Some(server) = server(Backend::Postgres) else { return };
    let url = server.database(UNLIKE);
    let catalog = server.catalog(&url);
    let columns = &catalog.tables[0].columns;
    let database = eagerly_tests::database::Postgres::connect(&url).unwrap();
    database
        .execute(
            "CREATE OR REPLACE FUNCTION pg_temp.compares(a text, b text) RETURNS boolean LANGUAGE plpgsql AS $$
             BEGIN EXECUTE format('SELECT x.%I = y.%I FROM a x, a y WHERE false', a, b); RETURN true;
             EXCEPTION WHEN undefined_function OR ambiguous_function OR datatype_mismatch THEN RETURN false; END $$",
        )
        .unwrap();
    let mut wrong = Vec::new();
    for (a, b) in columns.iter().flat_map(|a| columns.iter().map(move |b| (a, b))) {
        let asked = format!("SELECT pg_temp.compares('{}', '{}')", a.name, b.name);
        let really = database.texts(&asked)[0][0].as_deref() == Some("t");
        if catalog.comparisons.allow(a, b) != really {
            wrong.push(format!("{:?} = {:?}: {really}", a.native, b.native));
        }
    }
    // The server finds an operator, and then none for the elements.
    wrong.retain(|pair| pair != "Some(\"json[]\") = Some(\"json[]\"): true");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(columns.len() > 45);
}

fn refused(catalog: &Catalog, text: &str) -> Errors {
    GraphFile::parse(text).unwrap().over(catalog).unwrap_err()
}

#[test]
fn what_postgres_cannot_compare_is_a_mistake_of_the_file() {
    let Some(server) = server(Backend::Postgres) else { return };
    let catalog = server.catalog(&server.database(&schema(Backend::Postgres)));
    let text = r#"
[entity.section.relationship]
refs = { direction = "one-to-many", target = "sref", on = { id = "referenced_id" } }
tags = { target = "tag", secondary = "section_tag", on = { id = "section_ref" }, target_on = { id = { column = "tag_ref", cast = "text" } } }
fine = { direction = "one-to-many", target = "sref", on = { id = "id" } }
wide = { direction = "one-to-many", target = "sref", on = { big = "id" } }
"#;
    let errors = refused(&catalog, text);
    let told: Vec<(&str, &str)> = errors.all().iter().map(|error| (error.code, error.message.as_str())).collect();
    assert_eq!(
        told,
        [
            (
                "E0203",
                "`section.id` is integer and `sref.referenced_id` is character varying: the database cannot compare them"
            ),
            (
                "E0203",
                "`section.id` is integer and `section_tag.section_ref` is character varying: the database cannot compare them"
            ),
        ]
    );
    let first = errors.first();
    let span = first.at.span.unwrap();
    assert_eq!(&text[span.start as usize..span.end as usize], "\"referenced_id\"");
    assert!(first.help.as_deref().unwrap().contains("cast = \"text\""), "{first}");
    // On the other databases everything compares.
    let connection = database(&schema(Backend::Sqlite));
    GraphFile::parse(text).unwrap().over(&eagerly_rusqlite::catalog(&connection).unwrap()).unwrap();
}

/// A type and literals of two of its values. Instants are not among them: the session's zone decides about their text.
type Typed = (&'static str, [&'static str; 2]);

const POSTGRES: [Typed; 26] = [
    ("int", ["7", "-70"]),
    ("bigint", ["9223372036854775807", "0"]),
    ("numeric(8,3)", ["1.500", "-2"]),
    ("numeric", ["1.50", "1.5000"]),
    ("real", ["0.1", "3.4028235e38"]),
    ("double precision", ["0.1", "1e300"]),
    ("boolean", ["true", "false"]),
    ("date", ["'2024-02-29'", "'0044-03-15 BC'"]),
    ("time(3)", ["'01:02:03.5'", "'23:59:59'"]),
    ("timestamp", ["'2024-02-29 01:02:03.000001'", "'2024-02-29'"]),
    ("interval", ["'1 day 02:00'", "'26 hours'"]),
    ("uuid", ["'8C6F1E04-9F6C-4E0B-A0F3-0D6C7D0F9A01'", "'8c6f1e04-9f6c-4e0b-a0f3-0d6c7d0f9a02'"]),
    ("bytea", ["'\\x00ff'", "'\\x'"]),
    ("jsonb", ["'{\"b\": 1, \"a\":  [2]}'", "'null'"]),
    ("json", ["'{\"b\":1,  \"a\":2}'", "'1.0'"]),
    ("int[]", ["'{1,2}'", "'{}'"]),
    ("text[]", ["'{\"a b\",NULL}'", "'{x}'"]),
    ("mood", ["'sad'", "'so so'"]),
    ("inet", ["'10.0.0.1'", "'10.0.0.0/8'"]),
    ("int4range", ["'[1,3]'", "'empty'"]),
    ("\"char\"", ["'x'", "'y'"]),
    ("name", ["'x y'", "''"]),
    ("oid", ["4294967295", "1"]),
    ("bit(3)", ["B'101'", "B'010'"]),
    ("point", ["'(1,2)'", "'(0.5,-1)'"]),
    ("small", ["7", "70"]),
];

const MYSQL: [Typed; 21] = [
    ("int(5) zerofill", ["7", "70"]),
    ("bigint unsigned", ["18446744073709551615", "0"]),
    ("tinyint(1)", ["1", "0"]),
    ("decimal(8,3)", ["1.5", "-2"]),
    ("float", ["0.1", "1e30"]),
    ("double", ["0.1", "1e300"]),
    ("date", ["'2024-02-29'", "'1000-01-01'"]),
    ("time(3)", ["'01:02:03.5'", "'-838:00:00'"]),
    ("time", ["'01:02:03'", "'00:00:00'"]),
    ("datetime", ["'2024-02-29 01:02:03'", "'2024-02-29'"]),
    ("datetime(6)", ["'2024-02-29 01:02:03.000001'", "'2024-02-29'"]),
    ("year", ["2024", "1999"]),
    ("enum('a','B c')", ["'a'", "'b C'"]),
    ("set('a','b')", ["'a,b'", "''"]),
    ("binary(4)", ["'ab'", "'ABcd'"]),
    ("varbinary(9)", ["'é'", "''"]),
    ("blob", ["'x'", "'y'"]),
    ("json", ["'{\"b\": 1}'", "'[1,  2]'"]),
    ("bit(8)", ["b'01000001'", "b'01000010'"]),
    ("char(5)", ["'ab'", "'AB c'"]),
    ("text", ["'x'", "'y z'"]),
];

const SQLITE: [Typed; 9] = [
    ("INTEGER", ["7", "-9223372036854775808"]),
    ("REAL", ["0.1", "1e300"]),
    ("NUMERIC", ["1.50", "'x'"]),
    ("DECIMAL(8,2)", ["5", "'5.5'"]),
    ("BLOB", ["x'6162'", "x'41'"]),
    ("", ["7", "'07'"]),
    ("BOOLEAN", ["TRUE", "FALSE"]),
    ("DATE COLLATE NOCASE", ["'2024-02-29'", "'a'"]),
    ("INTEGER COLLATE NOCASE", ["'A'", "'b'"]),
];

/// For each type a table of its values, and one of their texts as the database writes them, and in other letters.
fn typed(types: &[Typed], cast: impl Fn(&str) -> String, text: &str) -> String {
    let mut sql = String::new();
    for (n, (ty, [first, second])) in types.iter().enumerate() {
        let cast = cast("c");
        sql += &format!(
            "CREATE TABLE v{n} (id INT PRIMARY KEY, c {ty}); INSERT INTO v{n} VALUES (1, {first}), (2, {second}), (3, NULL);
             CREATE TABLE w{n} (id INT PRIMARY KEY, ref {text}); INSERT INTO w{n} SELECT id, {cast} FROM v{n};
             INSERT INTO w{n} SELECT id + 10, CONCAT({cast}, ' x') FROM v{n};"
        );
    }
    sql
}

/// The relationships of these tables, there and back.
fn related(types: &[Typed]) -> String {
    let there = "{ direction = \"one-to-many\", on = { c = \"ref\" }, cast = \"text\"";
    let back = "{ direction = \"many-to-one\", on = { ref = \"c\" }, cast = \"text\"";
    let of = |n: usize| {
        format!(
            "entity.v{n}.relationship.w = {there}, target = \"w{n}\" }}\nentity.w{n}.relationship.v = {back}, target = \"v{n}\" }}\n"
        )
    };
    (0..types.len()).map(of).collect()
}

/// Whether each value of a type finds its text, by every way, and nothing else.
fn finds_its_text(
    types: &[Typed],
    mut load: impl FnMut(&LoadSpec, Treatment) -> Result<eagerly_tests::harness::Outcome, Errors>,
) {
    let mut problems = Vec::new();
    for (n, (ty, _)) in types.iter().enumerate() {
        let cases = [
            (
                format!("{{ v{n} {{ id w {{ id }} }} }}"),
                r#"[{"id":1,"w":[{"id":1}]},{"id":2,"w":[{"id":2}]},{"id":3,"w":[]}]"#,
            ),
            (
                format!("{{ w{n}(where: {{id: {{lt: 4}}}}) {{ id v {{ id }} }} }}"),
                r#"[{"id":1,"v":{"id":1}},{"id":2,"v":{"id":2}},{"id":3,"v":null}]"#,
            ),
            (format!("{{ w{n}(where: {{v: {{any: {{}}}}}}) {{ id }} }}"), r#"[{"id":1},{"id":2}]"#),
            (
                format!("{{ v{n}(limit: 2) {{ id w(limit: 1) {{ id v {{ id }} }} }} }}"),
                r#"[{"id":1,"w":[{"id":1,"v":{"id":1}}]},{"id":2,"w":[{"id":2,"v":{"id":2}}]}]"#,
            ),
        ];
        for (text, expected) in cases {
            let (spec, expected) = (LoadSpec::parse(&text).unwrap(), serde_json::from_str(expected).unwrap());
            for treatment in Treatment::DEFAULT {
                problems
                    .extend(judge(treatment, load(&spec, treatment), &expected).err().map(|e| format!("{ty}: {e}")));
            }
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n\n"));
}

#[test]
fn every_type_of_sqlite_finds_its_text() {
    let connection =
        database(&typed(&SQLITE, |c| format!("CAST({c} AS TEXT)"), "TEXT").replace("CONCAT(", "printf('%s%s', "));
    let file = GraphFile::parse(&related(&SQLITE)).unwrap();
    let graph = file.over(&eagerly_rusqlite::catalog(&connection).unwrap()).unwrap();
    let engine = SqliteEngine::default();
    finds_its_text(&SQLITE, |spec, treatment| engine.load(&connection, &graph, &treatment.apply(&graph, spec)));
}

fn types_find_their_texts(server: &Server, types: &[Typed], sql: &str) {
    let url = server.database(sql);
    let graph = GraphFile::parse(&related(types)).unwrap().over(&server.catalog(&url)).unwrap();
    let engine = OnServers::default();
    finds_its_text(types, |spec, treatment| {
        engine.load(server.backend(), &url, &graph, &treatment.apply(&graph, spec))
    });
}

#[test]
fn every_type_of_postgres_finds_its_text() {
    let Some(server) = server(Backend::Postgres) else { return };
    let sql = typed(&POSTGRES, |c| format!("CAST({c} AS text)"), "text");
    let made = "CREATE TYPE mood AS ENUM ('sad', 'so so'); CREATE DOMAIN small AS smallint;";
    types_find_their_texts(server, &POSTGRES, &format!("{made}{sql}"));
}

fn family_finds_its_texts(server: &Server) {
    let sql = typed(&MYSQL, |c| format!("CAST({c} AS CHAR CHARACTER SET utf8mb4)"), "varchar(99)");
    types_find_their_texts(server, &MYSQL, &sql);
}

#[test]
fn every_type_of_mariadb_finds_its_text() {
    server(Backend::Mariadb).into_iter().for_each(family_finds_its_texts);
}

#[test]
fn every_type_of_mysql_finds_its_text() {
    server(Backend::Mysql).into_iter().for_each(family_finds_its_texts);
}

/// A relationship that is touched takes the keys that are cast from the rows that are there.
#[test]
fn a_lazy_relationship_is_cast_too() {
    let connection = database(&schema(Backend::Sqlite));
    let graph = graph_over(&eagerly_rusqlite::catalog(&connection).unwrap());
    let planner = Planner::new(graph, eagerly::Sqlite::new());
    let mut session = eagerly_rusqlite::Session::open(&connection, &planner);
    let spec = LoadSpec::parse("{ section { name refs @lazy { id section @lazy { name } } tags @lazy { label } } }");
    let sections = session.load(&spec.unwrap()).unwrap();
    let mut found = Vec::new();
    for section in sections.roots() {
        let refs = session.many(section, "refs").unwrap().collect::<Vec<_>>();
        for one in &refs {
            let back = session.one(*one, "section").unwrap().unwrap();
            assert_eq!(back.get("name"), section.get("name"));
        }
        found.push((refs.len(), session.many(section, "tags").unwrap().len()));
    }
    assert_eq!(found, [(1, 1), (1, 2), (2, 1), (0, 0)]);
}

/// Keys that print alike in a session stay apart, and text finds them, whatever the session says.
#[test]
fn a_cast_is_one_text_in_every_session_of_postgres() {
    let Some(server) = server(Backend::Postgres) else { return };
    let url = server.database(
        "CREATE TABLE f (k float8 PRIMARY KEY, d date, at timestamptz, b bytea);
        CREATE TABLE g (id int PRIMARY KEY, f_k text, d text, at text, b text);
        INSERT INTO f VALUES (0.1, '2024-02-03', '2024-02-03 04:05:06+00', 'a'), (0.10000000000000002, NULL, NULL, NULL);
        INSERT INTO g VALUES (1, '0.1', '2024-02-03', '2024-02-03 04:05:06+00', '\\x61'),
            (2, '0.10000000000000002', '03.02.2024', '2024-02-03 05:05:06+01', 'a'), (3, '0', NULL, NULL, NULL);",
    );
    let file = "[entity.f.relationship]
        by_k = { direction = \"one-to-many\", target = \"g\", on = { k = \"f_k\" }, cast = \"text\" }
        by_d = { direction = \"one-to-many\", target = \"g\", on = { d = \"d\" }, cast = \"text\" }
        by_at = { direction = \"one-to-many\", target = \"g\", on = { at = \"at\" }, cast = \"text\" }
        by_b = { direction = \"one-to-many\", target = \"g\", on = { b = \"b\" }, cast = \"text\" }";
    let found = GraphFile::parse(file).unwrap().over(&server.catalog(&url)).unwrap();
    let sets = [
        "SET extra_float_digits = 0",
        "SET DateStyle = 'German'",
        "SET TimeZone = 'Asia/Kolkata'",
        "SET bytea_output = 'escape'",
    ];
    for settings in [Settings::default(), Settings::new(sets)] {
        let engine = OnServers::default().under(&settings);
        for strategy in ["selectin", "joined", "subquery"] {
            let text = format!(
                "{{ f(order: [\"k\"]) {{ k by_k @{strategy} {{ id }} by_d @{strategy} {{ id }} by_at @{strategy} {{ id }} by_b @{strategy} {{ id }} }} }}"
            );
            let spec = LoadSpec::parse(&text).unwrap();
            let json = engine.load(Backend::Postgres, &url, &found, &spec).unwrap().json;
            let expected = r#"[{"k":0.1,"by_k":[{"id":1}],"by_d":[{"id":1}],"by_at":[{"id":1}],"by_b":[{"id":1}]},{"k":0.10000000000000002,"by_k":[{"id":2}],"by_d":[],"by_at":[],"by_b":[]}]"#;
            assert_eq!(json, expected, "@{strategy} under {settings:?}");
        }
    }
}
