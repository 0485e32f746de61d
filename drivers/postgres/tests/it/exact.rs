//! Keys and columns that are read as text: exact, and the same in every session, whatever its settings are.

use crate::plain::plan;
use crate::server::{Database, database};
use eagerly::RelationshipGraph;
use eagerly::error::Errors;
use eagerly_postgres::load;
use serde_json::{Value as Json, json};

const TYPES: &str = "
    CREATE EXTENSION cube; CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE TYPE mood AS ENUM ('a', 'b, \"c\"');
    CREATE DOMAIN floats AS float8[]; CREATE TYPE frange AS RANGE (subtype = float8);
    CREATE TYPE mixed AS (x float8, d date, i interval, b bytea, at timestamptz, n text);
    CREATE TYPE deep AS (m mixed[], r frange); CREATE DOMAIN deeper AS deep;
    CREATE SCHEMA far; CREATE TABLE far.item (id int); CREATE TABLE item (id int);
    CREATE TYPE holder AS (x int, list text[]); CREATE TYPE naming AS (x int, c regclass);
    CREATE SCHEMA hiding; CREATE TABLE hiding.pg_class (id int); CREATE DOMAIN hiding.inet AS pg_catalog.inet CHECK (false);
    CREATE DOMAIN hiding.regproc AS pg_catalog.regproc CHECK (false);
    CREATE TYPE listed AS (n int, t text[], i int[]); CREATE DOMAIN listing AS listed;
    CREATE TYPE mingled AS (l listed, c regclass[]); CREATE TYPE calls AS (n int, p regproc);
    CREATE DOMAIN hiding.cidr AS pg_catalog.cidr CHECK (false); CREATE DOMAIN hiding.bpchar AS pg_catalog.bpchar CHECK (false);
    CREATE DOMAIN hiding.\"char\" AS pg_catalog.\"char\" CHECK (false); CREATE DOMAIN hiding.uuid AS pg_catalog.uuid CHECK (false);
    CREATE DOMAIN hiding.regclass AS pg_catalog.regclass CHECK (false);";

/// Types, and values of each that a setting can make alike; all are different keys.
fn keys() -> Vec<(&'static str, Vec<&'static str>)> {
    let floats = ["{0.1}", "{0.10000000000000002}", "{0.3}", "{0.30000000000000004}", "{{1e300,-0},{NaN,Infinity}}"];
    let instants = [
        "2024-10-27 00:30:00+00",
        "2024-10-27 01:30:00+00",
        "2024-02-03 12:00:00.000001+00",
        "1880-01-01 00:00+00",
        "infinity",
        "0044-03-15 12:00:00+00 BC",
    ];
    let listed = |values: &[&'static str], open: &str, close: &str| -> Vec<&'static str> {
        values.iter().map(|value| &*format!("{open}\"{value}\"{close}").leak()).collect()
    };
    let ranges = |values: &[&'static str]| -> Vec<&'static str> {
        values.iter().map(|value| &*format!("[{value},{value}]").leak()).collect()
    };
    let lists = |values: &[&'static str]| listed(values, "{", "}");
    let days = ["2024-01-02", "2024-02-01", "10000-12-31", "0044-03-15 BC", "infinity"];
    let spans = ["1 year -2 mons 3 days -04:05:06.7", "-1 days", "1 day", "-1 years", "-00:00:01", "0", "1 mon -1 day"];
    let bytes = listed(&["\\\\x00ff", "\\\\x5c", "\\\\x22", "\\\\x", "\\\\x4142"], "{", "}");
    let pick = |x: &str, d: &str, at: &str| format!(r#"({x},{d},"1 mon -1 day",\\x5c00,"{at}","a ""b""")"#);
    let mixed: Vec<&'static str> = [
        pick("0.1", "2024-01-02", instants[0]),
        pick("0.1", "2024-02-01", instants[0]),
        pick("0.10000000000000002", "2024-01-02", instants[0]),
        pick("0.1", "2024-01-02", instants[1]),
    ]
    .map(|text| &*text.leak())
    .to_vec();
    let deep = mixed.iter().map(|one| &*format!("ROW(ARRAY['{one}'::mixed], '[0.1,0.30000000000000004]')").leak());
    let deep: Vec<&'static str> = deep.collect();
    vec![
        ("float8[]", floats.to_vec()),
        ("float4[]", vec!["{0.1}", "{0.100000024}", "{16777216}", "{16777218}"]),
        ("floats", floats.to_vec()),
        ("frange", ranges(&["0.1", "0.10000000000000002", "0.3", "0.30000000000000004"])),
        ("frange[]", lists(&["[0.1,0.3]", "[0.1,0.30000000000000004]"])),
        ("cube", vec!["(0.1)", "(0.10000000000000002)", "(0.3),(0.30000000000000004)"]),
        ("date[]", lists(&days)),
        ("daterange", ranges(&days[..4])),
        ("timestamp[]", lists(&["2024-01-02 03:04:05.000006", "2024-02-01 03:04:05.000006"])),
        ("timestamptz[]", lists(&instants)),
        ("tstzrange", ranges(&["2024-10-27 00:30:00+00", "2024-10-27 01:30:00+00"])),
        ("interval", spans.to_vec()),
        ("interval[]", lists(&spans)),
        ("bytea[]", bytes),
        ("mixed", mixed),
        ("deeper", deep),
        ("money", vec!["1.10", "-1.10", "1234567.89", "0"]),
        ("regproc", vec!["20", "-", "boolin"]),
        ("regclass", vec!["-", "pg_catalog.pg_class", "public.p0", "hiding.pg_class"]),
        ("regclass[]", vec!["{-,pg_catalog.pg_class}", "{hiding.pg_class}", "{NULL,pg_catalog.pg_class}"]),
        ("holder", vec!["(1,\"{a,NULL}\")", "(1,\"{a,\"\"NULL\"\"}\")", "(1,)"]),
        ("naming", vec!["(1,pg_catalog.pg_class)", "(1,hiding.pg_class)", "(1,-)"]),
        ("listed", listed_values()),
        ("listing", listed_values()),
        ("listed[]", vec![r#"{"(1,\"{NULL}\",{NULL})"}"#, r#"{"(1,\"{\"\"NULL\"\"}\",{NULL})",NULL}"#]),
        (
            "mingled",
            vec![r#"("(1,{NULL},)","{NULL,pg_catalog.pg_class}")"#, r#"("(1,{NULL},)","{NULL,hiding.pg_class}")"#],
        ),
        ("calls", vec!["(1,boolin)", "(1,-)", "(1,)"]),
        ("cidr", vec!["10.0.0.0/8", "10.0.0.0/16"]),
        ("bpchar", vec!["a", " a"]),
        ("uuid", vec!["00000000-0000-0000-0000-000000000001"]),
        ("text[]", vec!["{NULL}", "{\"NULL\"}", "{a,NULL,b}", "{}"]),
        ("regtype[]", vec!["{int4,text}", "{\"timestamp with time zone\"}"]),
        ("numeric[]", vec!["{1.0}", "{1.01}", "{NaN}"]),
        ("mood[]", vec!["{a}", "{\"b, \\\"c\\\"\"}"]),
        ("varbit", vec!["1", "10", ""]),
        ("inet", vec!["10.0.0.1", "10.0.0.1/8", "::1"]),
        ("timetz", vec!["12:00:00+01", "12:00:00+02"]),
        ("\"char\"", vec!["a", "\\"]),
        ("tsvector", vec!["a:1 b:2", "b:2"]),
        ("jsonb", vec!["[0.1]", "[0.10000000000000002]", "1"]),
    ]
}

fn listed_values() -> Vec<&'static str> {
    vec![r#"(1,"{NULL}",{1})"#, r#"(1,"{""NULL""}",{1})"#, "(1,{a},{NULL})", "(1,,)"]
}

/// What sessions are set to; all of them at once last.
fn sessions() -> Vec<String> {
    let single = [
        "SET extra_float_digits = 0",
        "SET DateStyle = 'SQL, DMY'; SET TimeZone = 'Europe/Berlin'",
        "SET DateStyle = 'German, YMD'; SET extra_float_digits = 3; SET IntervalStyle = postgres_verbose",
        "SET DateStyle = 'ISO, DMY'; SET TIME ZONE INTERVAL '-03:30' HOUR TO MINUTE; SET IntervalStyle = iso_8601",
        "SET standard_conforming_strings = off; SET escape_string_warning = off; SET backslash_quote = off",
        "SET default_transaction_isolation = serializable; SET default_transaction_read_only = on; SET jit = on",
        "SET array_nulls = off; SET search_path = public, hiding, pg_catalog; SET quote_all_identifiers = on",
        "SET plan_cache_mode = force_generic_plan; SET enable_hashagg = off; SET transform_null_equals = on",
    ];
    let all = "SET extra_float_digits = -15; SET DateStyle = 'Postgres, DMY'; SET IntervalStyle = sql_standard;
        SET TimeZone = 'Asia/Kolkata'; SET bytea_output = escape; SET standard_conforming_strings = off";
    single.into_iter().chain([all]).map(str::to_owned).collect()
}

impl Database {
    pub(crate) fn set(&self, sql: &str) {
        self.runtime.block_on(self.connection.client().batch_execute(sql)).unwrap_or_else(|e| panic!("{sql}: {e:?}"));
    }

    pub(crate) fn graph(&self) -> RelationshipGraph {
        self.runtime.block_on(eagerly_postgres::reflect(self.connection.client())).unwrap()
    }

    pub(crate) fn loaded(&self, graph: &RelationshipGraph, spec: &str) -> Result<Json, Errors> {
        let graph = self.runtime.block_on(load(&self.connection, &plan(graph.clone(), spec)))?;
        Ok(serde_json::from_str(&graph.to_json()?).unwrap())
    }

    fn text(&self, sql: &str) -> String {
        let row = self.runtime.block_on(self.connection.client().query_one(sql, &[])).unwrap();
        row.get(0)
    }

    /// All settings but those that say when they were changed.
    pub(crate) fn settings(&self) -> String {
        self.text("SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings")
    }
}

/// A table per type, its children, and rows: `p0`, `c0`, `p1`, …
fn tables() -> String {
    let mut sql = TYPES.to_owned();
    for (n, (ty, values)) in keys().iter().enumerate() {
        sql += &format!("CREATE TABLE p{n} (k {ty} PRIMARY KEY, n int); ");
        sql += &format!("CREATE TABLE c{n} (id serial PRIMARY KEY, k {ty} REFERENCES p{n});");
        for (i, value) in values.iter().enumerate() {
            let literal =
                if value.starts_with("ROW") { (*value).to_owned() } else { format!("'{}'", value.replace('\'', "''")) };
            sql += &format!("INSERT INTO p{n} VALUES ({literal}, {i}); INSERT INTO c{n} (k) SELECT k FROM p{n};");
        }
    }
    sql
}

#[test]
fn numbers_and_booleans_are_documents_where_they_are_compared_with_one() {
    let sql = "CREATE TABLE d (id int PRIMARY KEY, j jsonb); INSERT INTO d VALUES
        (1, '1'), (2, '1.50'), (3, 'true'), (4, '\"1\"'), (5, '18446744073709551615'), (6, '[1]'), (7, 'null'), (8, NULL)";
    let Some(database) = database(sql) else { return };
    let graph = database.graph();
    for (condition, expected) in [
        ("1", json!([1])),
        ("1.5", json!([2])),
        ("true", json!([3])),
        ("18446744073709551615", json!([5])),
        (r#""\"1\"""#, json!([4])),
        (r#""[1]""#, json!([6])),
        (r#"{in: [1, 1.5, true, "[1]"]}"#, json!([1, 2, 3, 6])),
        ("{not_in: [1, 1.5]}", json!([3, 4, 5, 6, 7])),
        ("null", json!([8])),
    ] {
        let spec = format!("{{ d(where: {{j: {condition}}}) {{ id }} }}");
        let found = database.loaded(&graph, &spec).unwrap_or_else(|e| panic!("{spec}: {e}"));
        let ids: Vec<&Json> = found.as_array().unwrap().iter().map(|row| &row["id"]).collect();
        assert_eq!(json!(ids), expected, "{spec}");
    }
}

/// A root without its children.
fn without(root: &Json, n: usize) -> Json {
    let mut root = root.clone();
    root.as_object_mut().unwrap().remove(&format!("c{n}"));
    root
}

fn specifications(n: usize) -> Vec<String> {
    vec![
        format!("{{ p{n}(order: [\"n\"]) {{ k n c{n} @selectin {{ id k }} }} }}"),
        format!("{{ p{n}(order: [\"n\"]) {{ k n c{n} @joined {{ id }} }} }}"),
        format!("{{ p{n}(order: [\"n\"]) {{ n c{n} @subquery {{ id }} }} }}"),
        format!("{{ p{n}(order: [\"n\"], limit: 9) {{ n c{n}(limit: 2) {{ id k }} }} }}"),
        format!("{{ c{n} {{ id p{n} @selectin {{ n k }} }} }}"),
        format!("{{ c{n} {{ id p{n} @joined {{ n k }} }} }}"),
        format!("{{ c{n}(where: {{p{n}: {{any: {{n: {{gt: 0}}}}}}}}, limit: 3) {{ id k }} }}"),
    ]
}

#[test]
fn keys_are_exact_in_every_session_and_have_one_form() {
    let Some(database) = database(&tables()) else { return };
    database.set("SET TimeZone = 'UTC'");
    let graph = database.graph();
    let expected: Vec<Vec<Json>> = (0..keys().len())
        .map(|n| specifications(n).iter().map(|spec| database.loaded(&graph, spec).unwrap()).collect())
        .collect();
    for (n, (ty, values)) in keys().iter().enumerate() {
        let roots = expected[n][0].as_array().unwrap();
        assert_eq!(roots.len(), values.len(), "{ty}");
        for (i, root) in roots.iter().enumerate() {
            assert_eq!(
                root["c0".replace('0', &n.to_string())].as_array().unwrap().len(),
                values.len() - i,
                "{ty} {root}"
            );
        }
    }
    for session in sessions() {
        database.set("DISCARD ALL");
        database.set(&session);
        let graph = database.graph();
        let before = database.settings();
        for (n, (ty, _)) in keys().iter().enumerate() {
            for (spec, expected) in specifications(n).iter().zip(&expected[n]) {
                let found = database.loaded(&graph, spec).unwrap_or_else(|e| panic!("{session}: {ty}: {spec}: {e}"));
                assert_eq!(found, *expected, "{session}: {ty}: {spec}");
            }
            // A document is compared as a value, not as its text.
            if *ty != "jsonb" && session.contains("sql_standard") {
                assert_found_by_what_is_printed(&database, &graph, n, &expected[n][0], &format!("{session}: {ty}"));
            }
        }
        assert_eq!(database.settings(), before, "{session}");
    }
}

/// A value that was printed finds its row, alone and in lists.
#[track_caller]
fn assert_found_by_what_is_printed(database: &Database, graph: &RelationshipGraph, n: usize, roots: &Json, what: &str) {
    let roots = roots.as_array().unwrap();
    let found = |condition: String| {
        let spec = format!("{{ p{n}(order: [\"n\"], where: {{k: {condition}}}) {{ k n }} }}");
        database.loaded(graph, &spec).unwrap_or_else(|e| panic!("{what}: {spec}: {e}"))
    };
    let only = |roots: &[Json]| Json::from(roots.iter().map(|root| without(root, n)).collect::<Vec<_>>());
    for (i, root) in roots.iter().enumerate() {
        assert_eq!(found(root["k"].to_string()), only(&roots[i..=i]), "{what}");
    }
    let listed: Vec<String> = roots.iter().skip(1).map(|root| root["k"].to_string()).collect();
    assert_eq!(found(format!("{{in: [{}]}}", listed.join(", "))), only(&roots[1..]), "{what}");
    assert_eq!(found(format!("{{not_in: [{}]}}", listed.join(", "))), only(&roots[..1]), "{what}");
}

/// Before version 16, PostgreSQL takes the text of a byte that is no ASCII for a backslash.
#[test]
fn a_char_that_is_no_ascii_is_not_a_backslash() {
    let setup = "
        CREATE TABLE p (k \"char\" PRIMARY KEY, n int); CREATE TABLE c (id int PRIMARY KEY, k \"char\" REFERENCES p);
        CREATE DOMAIN letter AS \"char\"; CREATE TABLE d (k letter PRIMARY KEY, n int);
        INSERT INTO p VALUES ('\\', 1), ((-56)::\"char\", 2), ('', 3), ('a', 4), ((-1)::\"char\", 5);
        INSERT INTO c SELECT n, k FROM p; INSERT INTO d SELECT * FROM p;";
    let Some(database) = database(setup) else { return };
    let graph = database.graph();
    let expected = r#"[{"n":1,"k":"\\","c":[{"id":1}]},{"n":2,"k":"\\310","c":[{"id":2}]},{"n":3,"k":"","c":[{"id":3}]},
        {"n":4,"k":"a","c":[{"id":4}]},{"n":5,"k":"\\377","c":[{"id":5}]}]"#;
    let expected: Json = serde_json::from_str(expected).unwrap();
    for form in ["@selectin", "@joined", "@subquery", "(limit: 2)"] {
        let found = database.loaded(&graph, &format!("{{ p(order: [\"n\"]) {{ n k c{form} {{ id }} }} }}")).unwrap();
        let found = found.as_array().unwrap().clone();
        assert_eq!(Json::from(found), expected, "{form}");
    }
    for n in [1, 2, 3, 4, 5] {
        let k = &expected[n - 1]["k"];
        for table in ["p", "d"] {
            for condition in [k.to_string(), format!("{{in: [{k}]}}")] {
                let found =
                    database.loaded(&graph, &format!("{{ {table}(where: {{k: {condition}}}) {{ n }} }}")).unwrap();
                assert_eq!(found, serde_json::json!([{"n": n}]), "{table} {condition}");
            }
        }
    }
}

/// Where the host has a transaction, or the load fails, is dropped or has company, settings are as they were.
#[test]
fn sessions_stay_as_they_are() {
    let setup = format!(
        "{} CREATE VIEW slow AS SELECT k, n FROM p0, pg_sleep(30); CREATE VIEW failing AS SELECT k, 1 / (n - n) AS n FROM p0;",
        tables()
    );
    let Some(database) = &database(&setup) else { return };
    let graph = database.graph();
    let all = sessions().pop().unwrap();
    let spec = &specifications(0)[0];
    let expected = database.loaded(&graph, spec).unwrap();
    database.set(&all);
    // Local settings of a transaction, and one that it keeps.
    let outside = database.settings();
    database.set("BEGIN; SET LOCAL extra_float_digits = -2; SET DateStyle = 'German'; SAVEPOINT s");
    let inside = database.settings();
    assert_eq!(database.loaded(&graph, spec).unwrap(), expected);
    assert_eq!(database.settings(), inside);
    database.loaded(&graph, "{ failing }").unwrap_err();
    database.set("ROLLBACK TO s");
    assert_eq!(database.settings(), inside);
    assert_eq!(database.loaded(&graph, spec).unwrap(), expected);
    database.set("COMMIT");
    let kept = outside.replace("DateStyle=Postgres, DMY", "DateStyle=German, DMY");
    assert_eq!(database.settings(), kept);
    // Failed, and dropped.
    database.loaded(&graph, "{ failing }").unwrap_err();
    let slow = plan(graph.clone(), "{ slow }");
    let dropped = async {
        tokio::time::timeout(std::time::Duration::from_millis(200), load(&database.connection, &slow))
            .await
            .unwrap_err();
        database.connection.settle().await;
    };
    database.runtime.block_on(dropped);
    assert_eq!(database.settings(), kept);
    // Several loads over one connection at once, in a snapshot too, and loads over sessions that differ.
    let plans: Vec<_> = (0..keys().len()).map(|n| plan(graph.clone(), &specifications(n)[0])).collect();
    let together = || {
        let loads = futures_util::future::join_all(plans.iter().map(|plan| load(&database.connection, plan)));
        let graphs = database.runtime.block_on(loads);
        graphs.into_iter().map(|graph| graph.unwrap().to_json().unwrap()).collect::<Vec<_>>()
    };
    let one_by_one: Vec<String> = plans
        .iter()
        .map(|plan| database.runtime.block_on(load(&database.connection, plan)).unwrap().to_json().unwrap())
        .collect();
    assert_eq!(together(), one_by_one);
    let held = database.runtime.block_on(eagerly_postgres::snapshot(&database.connection)).unwrap();
    assert_eq!(together(), one_by_one);
    drop(held);
    assert_eq!(database.settings(), kept);
    let open = || database.runtime.block_on(eagerly_postgres::connect(&database.url)).unwrap();
    let connections = [open(), open()];
    let set = connections[0].client().batch_execute(&all);
    database.runtime.block_on(set).unwrap();
    for plan in &plans {
        let mut observer = ();
        let pooled = eagerly_postgres::pool(&connections, eagerly::Run::new(plan), &mut observer);
        let json = database.runtime.block_on(pooled).unwrap().to_json().unwrap();
        let expected = database.runtime.block_on(load(&connections[1], plan)).unwrap().to_json().unwrap();
        assert_eq!(json, expected);
    }
}

/// What a view computes follows the session's zone, as for everyone who reads it: only printing does not.
#[test]
fn what_a_view_computes_is_computed_in_the_session() {
    let setup = "
        CREATE TABLE t (id int PRIMARY KEY, at timestamptz); INSERT INTO t VALUES (1, '2024-06-30 23:30:00+00');
        CREATE VIEW days AS SELECT id, ARRAY[at::date] AS days, ARRAY[at::text] AS texts, tstzrange(at, at, '[]') AS r FROM t;";
    let Some(database) = database(setup) else { return };
    database.set("SET TimeZone = 'Asia/Kolkata'; SET DateStyle = 'SQL, DMY'");
    let graph = database.graph();
    let found = database.loaded(&graph, "{ days { days texts r } }").unwrap();
    let expected = serde_json::json!([{
        "days": "{2024-07-01}",
        "texts": "{\"01/07/2024 05:00:00 IST\"}",
        "r": "[\"2024-06-30 23:30:00+00\",\"2024-06-30 23:30:00+00\"]",
    }]);
    assert_eq!(found, expected);
}

#[test]
fn another_encoding_of_the_session_is_refused() {
    let Some(database) = database("CREATE TABLE t (k text PRIMARY KEY); INSERT INTO t VALUES ('Ã©'), ('é')") else {
        return;
    };
    let graph = database.graph();
    let expected = serde_json::json!([{"k": "Ã©"}, {"k": "é"}]);
    assert_eq!(database.loaded(&graph, "{ t }").unwrap(), expected);
    let connection = database.runtime.block_on(eagerly_postgres::connect(&database.url)).unwrap();
    let load = || {
        let graph = database.runtime.block_on(load(&connection, &plan(graph.clone(), "{ t }")))?;
        graph.to_json()
    };
    let set = |sql: &str| database.runtime.block_on(connection.client().batch_execute(sql)).unwrap();
    set("SET client_encoding = 'LATIN1'");
    let errors = load().unwrap_err();
    assert_eq!(errors.first().code, "E0302");
    assert!(errors.first().message.contains("LATIN1"), "{errors}");
    set("SET client_encoding = 'UTF8'");
    set("DISCARD ALL");
    assert_eq!(load().unwrap(), r#"[{"k":"Ã©"},{"k":"é"}]"#);
}

#[test]
fn a_users_type_is_not_taken_for_the_built_in_one_of_its_name() {
    let setup = "
        CREATE TYPE public.inet AS (n int, t text); CREATE TYPE public.regproc AS ENUM ('b', 'a');
        CREATE TYPE public.bpchar AS (n int, t text);
        CREATE TABLE p (k public.inet PRIMARY KEY, r public.regproc, b public.bpchar);
        CREATE TABLE c (id int PRIMARY KEY, k public.inet REFERENCES p);
        INSERT INTO p VALUES ('(1,a)', 'a', '(1,\"a \")'), ('(1,\"a \")', 'b', NULL);
        INSERT INTO c VALUES (1, '(1,a)'), (2, '(1,\"a \")')";
    let Some(database) = database(setup) else { return };
    let expected = json!([
        {"k": "(1,a)", "r": "a", "b": "(1,\"a \")", "c": [{"id": 1}]},
        {"k": "(1,\"a \")", "r": "b", "b": null, "c": [{"id": 2}]},
    ]);
    let ordinary = database.graph();
    for path in ["public", "public, pg_catalog"] {
        database.set(&format!("SET search_path = {path}"));
        for graph in [&ordinary, &database.graph()] {
            for form in ["@selectin", "@joined", "@subquery", "(limit: 2)"] {
                let spec = format!("{{ p(order: [\"k\"]) {{ k r b c{form} {{ id }} }} }}");
                assert_eq!(database.loaded(graph, &spec).unwrap(), expected, "{path}: {form}");
            }
        }
    }
}

/// `citext` has such a cast, and types of users can.
#[test]
fn a_cast_of_the_types_own_reads_no_keys() {
    let setup = "
        CREATE TYPE tagged AS (t text);
        CREATE FUNCTION tagged(pg_catalog.bpchar) RETURNS tagged LANGUAGE sql IMMUTABLE AS 'SELECT ROW(''other'')::tagged';
        CREATE CAST (pg_catalog.bpchar AS tagged) WITH FUNCTION tagged(pg_catalog.bpchar);
        CREATE TABLE p (k tagged PRIMARY KEY); CREATE TABLE c (id int PRIMARY KEY, k tagged REFERENCES p);
        INSERT INTO p VALUES ('(a)'), ('(\"a \")'); INSERT INTO c VALUES (1, '(a)'), (2, '(\"a \")')";
    let Some(database) = database(setup) else { return };
    let expected = json!([{"k": "(a)", "c": [{"id": 1}]}, {"k": "(\"a \")", "c": [{"id": 2}]}]);
    let found = database.loaded(&database.graph(), "{ p(order: [\"k\"]) { k c @selectin { id } } }").unwrap();
    assert_eq!(found, expected);
}

#[test]
fn a_composite_value_with_nulls_is_no_null() {
    let setup = "
        CREATE TYPE pair AS (a int, b text); CREATE DOMAIN paired AS pair;
        CREATE TABLE p (k pair PRIMARY KEY, d paired);
        CREATE TABLE c (id int PRIMARY KEY, k pair REFERENCES p, d paired); CREATE INDEX ON c (k); CREATE INDEX ON c (d);
        INSERT INTO p VALUES ('(1,)'), ('(,)'), ('(1,a)');
        INSERT INTO c VALUES (1, '(1,)', '(1,)'), (2, '(,)', '(,)'), (3, '(1,a)', '(1,a)'), (4, NULL, NULL), (5, '(,)', '(,)')";
    let Some(database) = database(setup) else { return };
    let (graph, ids) = (database.graph(), |ids: &[i32]| Json::from_iter(ids.iter().map(|id| json!({"id": id}))));
    for column in ["k", "d"] {
        for (arguments, found) in [
            ("where: {COLUMN: {is_null: true}}", &[4][..]),
            ("where: {COLUMN: {is_null: false}}", &[1, 2, 3, 5]),
            ("where: {not: {COLUMN: {is_null: false}}}", &[4]),
            ("where: {COLUMN: null}", &[4]),
            ("where: {COLUMN: {ne: null}}", &[1, 2, 3, 5]),
            ("where: {COLUMN: {eq: \"(,)\"}}", &[2, 5]),
            ("order: [\"COLUMN\"], limit: 3", &[4, 3, 1]),
            ("order: [\"-COLUMN\"], limit: 9", &[5, 2, 1, 3, 4]),
        ] {
            let spec = format!("{{ c({}) {{ id }} }}", arguments.replace("COLUMN", column));
            assert_eq!(database.loaded(&graph, &spec).unwrap(), ids(found), "{spec}");
        }
    }
    let expected = json!([
        {"k": "(1,a)", "c": [{"id": 3}]}, {"k": "(1,)", "c": [{"id": 1}]}, {"k": "(,)", "c": [{"id": 2}, {"id": 5}]},
    ]);
    for form in ["@selectin", "@joined", "@subquery", "(limit: 2)"] {
        let spec = format!("{{ p(order: [\"k\"]) {{ k c{form} {{ id }} }} }}");
        assert_eq!(database.loaded(&graph, &spec).unwrap(), expected, "{spec}");
    }
}

#[test]
fn nan_is_a_key_that_equals_itself() {
    for float in ["float4", "float8"] {
        let setup = format!(
            "CREATE TABLE p (k {float} PRIMARY KEY, n int); CREATE TABLE c (id int PRIMARY KEY, k {float} REFERENCES p);
            INSERT INTO p VALUES ('NaN', 1), ('-0', 2), ('Infinity', 3);
            INSERT INTO c VALUES (1, 'NaN'), (2, 'NaN'), (3, 0), (4, '-0'), (5, 'Infinity'), (6, NULL)"
        );
        let Some(database) = database(&setup) else { return };
        let graph = database.graph();
        for form in ["@selectin", "@joined", "@subquery", "(limit: 2)"] {
            let spec = format!("{{ p(order: [\"-k\"]) {{ n c{form} {{ id }} }} }}");
            let expected = json!([
                {"n": 1, "c": [{"id": 1}, {"id": 2}]}, {"n": 3, "c": [{"id": 5}]}, {"n": 2, "c": [{"id": 3}, {"id": 4}]},
            ]);
            assert_eq!(database.loaded(&graph, &spec).unwrap(), expected, "{float}: {spec}");
        }
        for form in ["@selectin", "@joined"] {
            let spec = format!("{{ c {{ id p{form} {{ n c @selectin {{ id }} }} }} }}");
            let of =
                |n: i32, ids: &[i32]| json!({"n": n, "c": ids.iter().map(|id| json!({"id": id})).collect::<Vec<_>>()});
            let [nan, zero, infinity] = [of(1, &[1, 2]), of(2, &[3, 4]), of(3, &[5])];
            let all = [&nan, &nan, &zero, &zero, &infinity, &Json::Null];
            let expected: Json = (1..).zip(all).map(|(id, p)| json!({"id": id, "p": p})).collect();
            assert_eq!(database.loaded(&graph, &spec).unwrap(), expected, "{float}: {spec}");
        }
    }
}
