//! What reflection finds, for every kind of thing that a schema can hold.

use crate::server::{Database, database};
use eagerly::graph::{
    Catalog, CatalogTable, ColumnDef, ForeignKey, IndexDef, IndexOrder, OnDelete, RelationshipGraph, UniqueDef,
};

fn catalog(database: &Database) -> Catalog {
    database.runtime.block_on(eagerly_postgres::catalog(database.connection.client())).unwrap()
}

#[track_caller]
fn table<'c>(catalog: &'c Catalog, name: &str) -> &'c CatalogTable {
    catalog.tables.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("no {name}"))
}

/// A column's line: name, type, native type, `null`, `generated`, collation.
fn line(column: &ColumnDef) -> String {
    let ColumnDef { name, ty, native, nullable, collation, generated, .. } = column;
    let mut line = format!("{name} {} {}", ty.name(), native.as_deref().unwrap_or("-"));
    line += if *nullable { " null" } else { "" };
    line += if *generated { " generated" } else { "" };
    line + &collation.as_ref().map(|name| format!(" collate {name}")).unwrap_or_default()
}

#[test]
fn columns_of_every_type() {
    let setup = r#"
        CREATE EXTENSION citext; CREATE EXTENSION hstore;
        CREATE SCHEMA other; CREATE TYPE other."Mood" AS ENUM ('sad'); CREATE TYPE mood AS ENUM ('ok', 'happy');
        CREATE TYPE pair AS (a int, b text);
        CREATE DOMAIN positive AS int CHECK (VALUE > 0); CREATE DOMAIN tiny AS positive NOT NULL;
        CREATE DOMAIN code AS char(3); CREATE DOMAIN email AS citext; CREATE DOMAIN moods AS mood[];
        CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE COLLATION "C" (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE TABLE t (
            id int8 PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
            i2 int2 NOT NULL, i4 int, o oid, b bool, f4 real, f8 float8, n numeric, n2 numeric(10, 2), m money,
            x text, v varchar(20), c char(3), cs "char", nm name, ba bytea, u uuid, j json, jb jsonb,
            d date, t time, tz timetz(3), ts timestamp, tsz timestamptz, iv interval,
            xc text COLLATE pg_catalog."C", xn text COLLATE nocase, xq text COLLATE public."C", ci citext, h hstore,
            e mood, eo other."Mood", p positive, ti tiny, co code, em email, ms moods,
            a int[], aa text[][], r int4range, mr int4multirange, pr pair, ip inet, g point, bits bit(3), xm xml, tv tsvector,
            dbl int GENERATED ALWAYS AS (i2 * 2) STORED, dropped int);
        ALTER TABLE t DROP COLUMN dropped;"#;
    let Some(database) = database(setup) else { return };
    let catalog = catalog(&database);
    let found: Vec<String> = table(&catalog, "t").columns.iter().map(line).collect();
    let expected = r#"
        id integer bigint
        i2 integer smallint
        i4 integer integer null
        o integer oid null
        b boolean boolean null
        f4 float real null
        f8 float double precision null
        n decimal numeric null
        n2 decimal numeric null
        m other money null
        x text text null
        v text character varying null
        c text bpchar null collate bpchar
        cs text "char" null
        nm text name null collate C
        ba bytes bytea null
        u uuid uuid null
        j json json null
        jb json jsonb null
        d date date null
        t time time without time zone null
        tz time time with time zone null
        ts timestamp timestamp without time zone null
        tsz timestamp timestamp with time zone null
        iv other interval null
        xc text text null collate C
        xn text text null collate "public"."nocase"
        xq text text null collate "public"."C"
        ci text citext null collate citext
        h other hstore null
        e text mood null
        eo text other."Mood" null
        p integer integer null
        ti integer integer null
        co text bpchar null collate bpchar
        em text citext null collate citext
        ms other mood[] null
        a other integer[] null
        aa other text[] null
        r other int4range null
        mr other int4multirange null
        pr other pair null
        ip other inet null
        g other point null
        bits other "bit" null
        xm other xml null
        tv other tsvector null
        dbl integer integer null generated"#;
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(found, expected);
    assert_eq!(table(&catalog, "t").primary_key, ["id"]);
}

/// An index in short: `-` before a column that descends, `…` behind columns that something else follows, `?` without order.
fn shown(index: &IndexDef) -> String {
    let sign = |column: &String| if index.descending.contains(column) { format!("-{column}") } else { column.clone() };
    let behind = match index.order {
        IndexOrder::Whole => "",
        IndexOrder::Leading => " …",
        _ => " ?",
    };
    index.columns.iter().map(sign).collect::<Vec<_>>().join(" ") + behind
}

#[test]
fn keys_and_indexes() {
    let setup = r#"
        CREATE TABLE a (x int, y int, z int, n text, m text COLLATE "C", b box, PRIMARY KEY (y, x) INCLUDE (z));
        CREATE UNIQUE INDEX u1 ON a (z, x); CREATE UNIQUE INDEX u2 ON a (z, x);
        CREATE UNIQUE INDEX partial ON a (z) WHERE z > 0; CREATE UNIQUE INDEX expression ON a (z, lower(n));
        ALTER TABLE a ADD UNIQUE (n) DEFERRABLE;
        CREATE UNIQUE INDEX inexact ON a (m COLLATE "POSIX");
        CREATE INDEX i1 ON a (z, n, lower(n), x); CREATE INDEX i2 ON a (lower(n), z); CREATE INDEX i3 ON a USING hash (m);
        CREATE INDEX i4 ON a USING brin (x); CREATE INDEX i5 ON a (x) WHERE x > 1; CREATE INDEX i6 ON a (n text_pattern_ops);
        CREATE INDEX i7 ON a (x, m COLLATE "POSIX"); CREATE INDEX i8 ON a (x DESC, y); CREATE INDEX i9 ON a USING gist (b);
        CREATE UNIQUE INDEX down ON a (y DESC); CREATE INDEX j1 ON a (y NULLS FIRST, z DESC NULLS LAST) INCLUDE (x);
        CREATE TABLE late (id int PRIMARY KEY DEFERRABLE);
        CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE TABLE fine (n text COLLATE nocase); CREATE UNIQUE INDEX ON fine (n COLLATE "C");"#;
    let Some(database) = database(setup) else { return };
    let catalog = catalog(&database);
    let a = table(&catalog, "a");
    let unique = |columns: &[&str], exact: bool| UniqueDef::new(columns.iter().map(|&c| c.to_owned()).collect(), exact);
    assert_eq!((a.primary_key.join(" ").as_str(), a.inexact_primary_key), ("y x", false));
    let down = unique(&["y"], true).searched(false);
    let keys = [unique(&["z", "x"], true), unique(&["n"], false), unique(&["m"], true).searched(false), down];
    assert_eq!(a.unique_keys, keys);
    let indexes: Vec<String> = a.indexes.iter().map(shown).collect();
    assert_eq!(indexes, ["z …", "n", "z n …", "m ?", "n ?", "x …", "-x y", "-y", "y -z"]);
    let late = table(&catalog, "late");
    assert_eq!((late.primary_key.join(" ").as_str(), late.inexact_primary_key), ("id", true));
    assert_eq!(table(&catalog, "fine").unique_keys, [unique(&["n"], false)]);
}

#[test]
fn foreign_keys() {
    let setup = "
        CREATE SCHEMA other; CREATE TABLE other.far (id int PRIMARY KEY);
        CREATE TABLE a (id int PRIMARY KEY, x int, y int, UNIQUE (y, x), boss int REFERENCES a ON DELETE SET NULL);
        CREATE TABLE b (id int PRIMARY KEY, p int, q int, r int UNIQUE REFERENCES a ON DELETE CASCADE,
            s int REFERENCES other.far, FOREIGN KEY (p, q) REFERENCES a (x, y) ON DELETE RESTRICT);";
    let Some(database) = database(setup) else { return };
    let catalog = catalog(&database);
    let key = |columns: &[&str], target_columns: &[&str], on_delete| ForeignKey {
        columns: columns.iter().map(|&c| c.to_owned()).collect(),
        target: "a".to_owned(),
        target_schema: None,
        target_columns: target_columns.iter().map(|&c| c.to_owned()).collect(),
        on_delete: Some(on_delete),
    };
    assert_eq!(table(&catalog, "a").foreign_keys, [key(&["boss"], &["id"], OnDelete::SetNull)]);
    let found = &table(&catalog, "b").foreign_keys;
    assert_eq!(found.len(), 3);
    let far = ForeignKey { target: "far".to_owned(), ..key(&["s"], &["id"], OnDelete::NoAction) };
    assert!(found.contains(&ForeignKey { target_schema: Some("other".to_owned()), ..far }));
    assert!(found.contains(&key(&["p", "q"], &["x", "y"], OnDelete::Restrict)));
    assert!(found.contains(&key(&["r"], &["id"], OnDelete::Cascade)));
    assert_eq!(catalog.tables.len(), 2);
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    assert_eq!(graph.leaving().len(), 1);
    assert!(graph.resolve_path("b.far").is_err());
    for path in ["a.a_via_boss", "a.a_by_boss", "a.b_by_r", "a.b_by_p_q", "b.a", "b.a_via_r"] {
        assert!(graph.resolve_path(path).is_ok(), "{path} in {}", graph.to_toml().unwrap());
    }
}

#[test]
fn what_is_an_entity() {
    let setup = r#"
        CREATE EXTENSION postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
        CREATE TABLE "Order Details" (id int PRIMARY KEY, note text);
        CREATE VIEW v AS SELECT id, note, note COLLATE "C" AS c FROM "Order Details";
        CREATE MATERIALIZED VIEW m AS SELECT id FROM "Order Details"; CREATE UNIQUE INDEX ON m (id);
        CREATE FOREIGN TABLE f (id int NOT NULL) SERVER far;
        CREATE TABLE parts (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
        CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        CREATE TABLE refers (id int PRIMARY KEY, p int, d date, FOREIGN KEY (p, d) REFERENCES parts);
        CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child (more int) INHERITS (parent);
        CREATE TABLE empty (); CREATE TABLE nokey (x int); CREATE SEQUENCE s; CREATE TABLE hidden (id int);
        CREATE TEMP TABLE hidden (other int); CREATE TABLE pg_class (id int);"#;
    let Some(database) = database(setup) else { return };
    let catalog = catalog(&database);
    let named: Vec<(&str, bool)> = catalog.tables.iter().map(|t| (t.name.as_str(), t.view)).collect();
    let tables = ["Order Details", "child", "empty", "f", "hidden", "nokey", "parent", "parts", "pg_class", "refers"];
    let expected = tables.map(|name| (name, false)).into_iter().chain([("m", true), ("v", true)]);
    let mut expected: Vec<(&str, bool)> = expected.collect();
    expected.sort_unstable();
    assert_eq!(named, expected);
    assert_eq!(line(&table(&catalog, "v").columns[2]), "c text text null collate C");
    assert_eq!(table(&catalog, "m").unique_keys, [UniqueDef::new(vec!["id".to_owned()], true)]);
    assert_eq!(line(&table(&catalog, "f").columns[0]), "id integer integer null");
    assert_eq!(table(&catalog, "parts").primary_key, ["id", "day"]);
    assert_eq!(table(&catalog, "refers").foreign_keys[0].target, "parts");
    assert_eq!(table(&catalog, "refers").foreign_keys.len(), 1);
    assert!(table(&catalog, "parent").primary_key.is_empty(), "the rows of `child` need not keep it");
    let schemas: Vec<&str> =
        catalog.tables.iter().filter(|t| t.schema.as_deref() == Some("public")).map(|t| t.name.as_str()).collect();
    assert_eq!(schemas, ["hidden", "pg_class"]);
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    assert!(graph.resolve_path("refers.parts").is_ok());
}

#[test]
fn names_need_no_care_and_the_file_of_a_graph_reads_back() {
    let setup = r#"
        CREATE TABLE "it's ""x"" \ é" ("a ""b""" int PRIMARY KEY, "C:\n" text UNIQUE, "select" int);
        CREATE TYPE "Mood's" AS ENUM ('a'); CREATE TABLE "T" (m "Mood's" PRIMARY KEY);"#;
    let Some(database) = database(setup) else { return };
    let catalog = catalog(&database);
    let odd = table(&catalog, "it's \"x\" \\ é");
    assert_eq!(odd.columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["a \"b\"", "C:\\n", "select"]);
    assert_eq!(line(&table(&catalog, "T").columns[0]), "m text \"Mood's\"");
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    let text = graph.to_toml().unwrap();
    let again = eagerly::graph::GraphFile::parse(&text).unwrap().build().unwrap();
    assert_eq!(again.to_definitions(), graph.to_definitions());
}

#[test]
fn keys_into_what_is_not_read_name_their_target() {
    let setup = "
        CREATE SCHEMA other; CREATE TABLE other.far (id int PRIMARY KEY);
        CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);
        CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);
        CREATE TABLE a (id int PRIMARY KEY REFERENCES other.far, part_id int REFERENCES part_1, whole_id int REFERENCES parts);
        CREATE TABLE other.back (id int PRIMARY KEY, a_id int REFERENCES a);";
    let Some(database) = database(setup) else { return };
    let of = |schemas: &[&str]| {
        let read = eagerly_postgres::reflect_of(database.connection.client(), schemas);
        let graph = database.runtime.block_on(read).unwrap();
        let told = graph.leaving().iter().map(|key| format!("{} {}.{}", key.table, key.target_schema, key.target));
        let names = graph.entities().map(|(_, entity)| entity.name.clone());
        (names.collect::<Vec<_>>().join(" "), told.collect::<Vec<_>>().join(", "))
    };
    let alone = ("a parts".to_owned(), "a other.far, a public.part_1".to_owned());
    assert_eq!(of(&[]), alone);
    assert_eq!(of(&["public"]), alone);
    assert_eq!(of(&["public", "other"]), ("a parts back far".to_owned(), "a public.part_1".to_owned()));
    assert_eq!(of(&["other"]), ("back far".to_owned(), "back public.a".to_owned()));
}

#[test]
fn a_schema_that_is_not_there_or_not_to_be_used_is_refused() {
    let setup = "CREATE SCHEMA locked; CREATE TABLE locked.t (id int); DO $$ BEGIN
                     IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'eagerly_test_reader') THEN
                         CREATE ROLE eagerly_test_reader LOGIN PASSWORD 'reader';
                     END IF;
                 END $$";
    let Some(database) = database(setup) else { return };
    let error = |client, schemas: &[&str]| {
        let refused = database.runtime.block_on(eagerly_postgres::catalog_of(client, schemas)).unwrap_err();
        let first = refused.first();
        assert_eq!((first.code, first.kind), ("E0404", eagerly::error::ErrorKind::Database));
        (first.message.clone(), first.help.clone().unwrap_or_default())
    };
    let client = database.connection.client();
    let (message, help) = error(client, &["public", "lockd"]);
    assert_eq!((message.as_str(), help.as_str()), ("no schema `lockd` in the database", "did you mean `locked`?"));
    assert_eq!(error(client, &[""]).0, "no schema `` in the database");
    let reader =
        database.runtime.block_on(eagerly_postgres::connect(&database.url_as("eagerly_test_reader:reader"))).unwrap();
    assert_eq!(error(reader.client(), &["locked"]).0, "the role may not use the schema `locked`");
    let catalog = database.runtime.block_on(eagerly_postgres::catalog_of(client, &["locked"])).unwrap();
    assert_eq!(catalog.tables.len(), 1);
}

#[test]
fn the_current_schema_is_read_and_a_missing_one_is_told() {
    let setup = "CREATE SCHEMA shop; CREATE TABLE shop.item (id int PRIMARY KEY); CREATE TABLE other (id int);";
    let Some(database) = database(setup) else { return };
    let set = |path: &str| {
        let set = database.connection.client().batch_execute(path);
        database.runtime.block_on(set).unwrap();
    };
    set("SET search_path = nowhere, shop, public");
    let found = catalog(&database);
    assert_eq!(found.tables.len(), 1);
    assert_eq!((found.tables[0].name.as_str(), found.tables[0].schema.as_deref()), ("item", None));
    set("SET search_path = nowhere");
    let error = database.runtime.block_on(eagerly_postgres::reflect(database.connection.client())).unwrap_err();
    assert_eq!(
        (error.first().code, error.first().message.as_str()),
        ("E0404", "the role may use no schema of `search_path`, or none exists")
    );
}
