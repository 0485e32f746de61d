//! What the catalog says of every kind of table, column, key and foreign key.

use crate::server::{on, with_database, with_mariadb};
use eagerly::graph::{Catalog, CatalogTable, ColumnDef, ColumnType, ForeignKey, IndexDef, IndexOrder, OnDelete};
use eagerly_mysql::{catalog, reflect};
use eagerly_tests::database::Backend;
use mysql_async::prelude::Queryable;

fn table<'c>(catalog: &'c Catalog, name: &str) -> &'c CatalogTable {
    catalog.tables.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("no {name}"))
}

fn column<'c>(catalog: &'c Catalog, of: &str, name: &str) -> &'c ColumnDef {
    table(catalog, of).columns.iter().find(|c| c.name == name).unwrap()
}

/// A type, and what the catalog says of a column of it.
type Typed = (&'static str, ColumnType, Option<&'static str>);

#[test]
fn types_are_read() {
    use ColumnType as T;
    let types: [Typed; 33] = [
        ("tinyint(1)", T::Boolean, None),
        ("boolean", T::Boolean, None),
        ("tinyint(4)", T::Integer, None),
        ("smallint unsigned", T::Integer, None),
        ("mediumint", T::Integer, None),
        ("int", T::Integer, None),
        ("bigint unsigned", T::Integer, None),
        ("bit(3)", T::Integer, None),
        ("year", T::Other, None),
        ("float", T::Float, None),
        ("double(10,2)", T::Float, None),
        ("decimal(10,2)", T::Decimal, None),
        ("char(3)", T::Text, Some("utf8mb4_general_ci")),
        ("varchar(3) collate latin1_nopad_bin", T::Text, Some("latin1_nopad_bin")),
        ("tinytext collate utf8mb3_general_ci", T::Text, Some("utf8mb3_general_ci")),
        ("text collate utf8mb4_bin", T::Text, Some("utf8mb4_bin")),
        ("enum('a','b')", T::Text, Some("utf8mb4_general_ci")),
        ("set('a','b')", T::Text, Some("utf8mb4_general_ci")),
        ("binary(16)", T::Bytes, None),
        ("varbinary(3)", T::Bytes, None),
        ("varchar(3) character set binary", T::Bytes, None),
        ("tinyblob", T::Bytes, None),
        ("longblob", T::Bytes, None),
        ("json", T::Json, Some("utf8mb4_bin")),
        ("longtext", T::Text, Some("utf8mb4_general_ci")),
        ("longtext check (json_valid(`c26``x`) and `c26``x` <> '')", T::Text, Some("utf8mb4_general_ci")),
        ("longtext check (json_valid(`c27``x`))", T::Json, Some("utf8mb4_general_ci")),
        ("date", T::Date, None),
        ("time(3)", T::Time, None),
        ("datetime(6)", T::Timestamp, None),
        ("timestamp", T::Timestamp, None),
        ("point", T::Other, None),
        ("inet6", T::Other, None),
    ];
    types_are(Backend::Mariadb, &types, ("bigint(20) unsigned", "enum('a','b')"));
}

#[test]
fn types_of_mysql_are_read() {
    use ColumnType as T;
    let types: [Typed; 29] = [
        ("tinyint(1)", T::Boolean, None),
        ("boolean", T::Boolean, None),
        ("tinyint", T::Integer, None),
        ("smallint unsigned", T::Integer, None),
        ("mediumint", T::Integer, None),
        ("int", T::Integer, None),
        ("bigint unsigned", T::Integer, None),
        ("bit(3)", T::Integer, None),
        ("year", T::Other, None),
        ("float", T::Float, None),
        ("double", T::Float, None),
        ("decimal(10,2)", T::Decimal, None),
        ("char(3)", T::Text, Some("utf8mb4_0900_ai_ci")),
        ("varchar(3) collate utf8mb4_0900_bin", T::Text, Some("utf8mb4_0900_bin")),
        ("tinytext character set latin1", T::Text, Some("latin1_swedish_ci")),
        ("text collate utf8mb4_bin", T::Text, Some("utf8mb4_bin")),
        ("enum('a','b')", T::Text, Some("utf8mb4_0900_ai_ci")),
        ("set('a','b')", T::Text, Some("utf8mb4_0900_ai_ci")),
        ("binary(16)", T::Bytes, None),
        ("varbinary(3)", T::Bytes, None),
        ("varchar(3) character set binary", T::Bytes, None),
        ("tinyblob", T::Bytes, None),
        ("longblob", T::Bytes, None),
        ("json", T::Json, None),
        ("date", T::Date, None),
        ("time(3)", T::Time, None),
        ("datetime(6)", T::Timestamp, None),
        ("timestamp", T::Timestamp, None),
        ("point", T::Other, None),
    ];
    types_are(Backend::Mysql, &types, ("bigint unsigned", "enum('a','b')"));
}

/// Compares what the catalog says of columns, the seventh and the seventeenth with their own types.
fn types_are(backend: Backend, types: &[Typed], (seventh, seventeenth): (&str, &str)) {
    // A column's name counts from 1 and has a backtick.
    let columns = types.iter().zip(1..).map(|((ty, ..), n)| format!("`c{n}``x` {ty}")).collect::<Vec<_>>();
    // The default of a server is no matter of its types.
    let collation = types.iter().find_map(|(ty, _, collation)| collation.filter(|_| ty.starts_with("char"))).unwrap();
    let schema = format!("CREATE TABLE t ({}) COLLATE {collation}", columns.join(", "));
    on(backend, &schema, |mut connection, _| async move {
        let catalog = catalog(&mut connection).await.unwrap();
        let found = &table(&catalog, "t").columns;
        assert_eq!(found.len(), types.len());
        for ((ty, expected, collation), column) in types.iter().zip(found) {
            assert_eq!((column.ty, column.collation.as_deref()), (*expected, *collation), "{ty}");
        }
        assert_eq!(column(&catalog, "t", "c7`x").native.as_deref(), Some(seventh));
        assert_eq!(column(&catalog, "t", "c17`x").native.as_deref(), Some(seventeenth));
    });
}

#[test]
fn columns_know_null_and_what_computes_them() {
    let schema = "CREATE TABLE t (id int PRIMARY KEY, a int NOT NULL DEFAULT (1 + 1), b int, v int AS (a + 1) VIRTUAL,
        s int AS (a + 1) STORED, h int INVISIBLE)";
    with_database(schema, |mut connection, _| async move {
        let catalog = catalog(&mut connection).await.unwrap();
        let columns = &table(&catalog, "t").columns;
        let found: Vec<_> = columns.iter().map(|c| (c.name.as_str(), c.nullable, c.generated)).collect();
        let expected = [
            ("id", false, false),
            ("a", false, false),
            ("b", true, false),
            ("v", true, true),
            ("s", true, true),
            ("h", true, false),
        ];
        assert_eq!(found, expected);
    });
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
fn keys_and_indexes_are_read() {
    let schema = "CREATE TABLE t (b int, a int, name varchar(50), code varchar(9) NOT NULL UNIQUE, body text,
        PRIMARY KEY (a, b), UNIQUE pair (name, a DESC), UNIQUE short (name(10)), KEY mixed (b, body(5), a),
        UNIQUE long_text (body), KEY gone (code, b) IGNORED,
        hidden_u int, UNIQUE gone_too (hidden_u) IGNORED, FULLTEXT words (body));
        CREATE TABLE p (name varchar(50), PRIMARY KEY (name(5)));
        CREATE TABLE h (a int, b int, UNIQUE one (a) USING HASH, KEY two (a, b) USING HASH) ENGINE = MEMORY";
    with_mariadb("`keys_of_mysql_are_read` has its syntax", schema, |mut connection, _| async move {
        let catalog = catalog(&mut connection).await.unwrap();
        let found = table(&catalog, "t");
        assert_eq!((&found.primary_key[..], found.inexact_primary_key), (&["a".to_owned(), "b".to_owned()][..], false));
        let unique: Vec<_> =
            found.unique_keys.iter().map(|key| (key.columns.join(" "), key.exact, key.searched)).collect();
        let found_of = |name: &str, searched| (name.to_owned(), true, searched);
        let [code, hidden] = [found_of("code", true), found_of("hidden_u", false)];
        let expected = [code, hidden, found_of("body", false), found_of("name a", false)];
        assert_eq!(unique, expected);
        let indexes: Vec<_> = found.indexes.iter().map(shown).collect();
        assert_eq!(indexes, ["body ?", "b …", "name -a", "name ?"]);
        let found = table(&catalog, "p");
        assert_eq!((found.primary_key.join(" "), found.inexact_primary_key), ("name".into(), true));
        let found = table(&catalog, "h");
        assert_eq!(found.indexes.iter().map(shown).collect::<Vec<_>>(), ["a ?"]);
        assert_eq!(found.unique_keys.len(), 1);
    });
}

#[test]
fn keys_of_mysql_are_read() {
    let schema = "CREATE TABLE t (b int, a int, name varchar(50), code varchar(9) NOT NULL UNIQUE, body text,
        PRIMARY KEY (a, b), UNIQUE pair (name, a DESC), UNIQUE short (name(10)), KEY mixed (b, body(5), a),
        UNIQUE sum ((a + b)), KEY gone (code, b) INVISIBLE,
        hidden_u int, UNIQUE gone_too (hidden_u) INVISIBLE, FULLTEXT words (body));
        CREATE TABLE p (name varchar(50), PRIMARY KEY (name(5)));
        CREATE TABLE h (a int, b int, UNIQUE one (a) USING HASH, KEY two (a, b) USING HASH) ENGINE = MEMORY";
    on(Backend::Mysql, schema, |mut connection, _| async move {
        let catalog = catalog(&mut connection).await.unwrap();
        let found = table(&catalog, "t");
        assert_eq!((&found.primary_key[..], found.inexact_primary_key), (&["a".to_owned(), "b".to_owned()][..], false));
        let unique: Vec<_> =
            found.unique_keys.iter().map(|key| (key.columns.join(" "), key.exact, key.searched)).collect();
        let found_of = |name: &str, searched| (name.to_owned(), true, searched);
        assert_eq!(unique, [found_of("code", true), found_of("hidden_u", false), found_of("name a", false)]);
        let indexes: Vec<_> = found.indexes.iter().map(shown).collect();
        assert_eq!(indexes, ["b …", "name -a", "name ?"]);
        let found = table(&catalog, "p");
        assert_eq!((found.primary_key.join(" "), found.inexact_primary_key), ("name".into(), true));
        let found = table(&catalog, "h");
        assert_eq!(found.indexes.iter().map(shown).collect::<Vec<_>>(), ["a ?"]);
        assert_eq!(found.unique_keys.len(), 1);
    });
}

#[test]
fn foreign_keys_are_read() {
    let schema = "CREATE TABLE Author (Id int PRIMARY KEY, x int, y int, UNIQUE (y, x));
        CREATE TABLE post (id int PRIMARY KEY, author_id int, y int, x int, up int,
            CONSTRAINT k1 FOREIGN KEY (author_id) REFERENCES Author (id) ON DELETE CASCADE,
            CONSTRAINT k2 FOREIGN KEY (y, x) REFERENCES Author (y, x) ON DELETE NO ACTION,
            CONSTRAINT k3 FOREIGN KEY (up) REFERENCES post (id) ON DELETE SET NULL)";
    with_database(schema, |mut connection, url| async move {
        let other = "CREATE DATABASE IF NOT EXISTS eagerly_elsewhere";
        connection.conn().unwrap().query_drop(other).await.unwrap();
        connection
            .conn()
            .unwrap()
            .query_drop("CREATE TABLE IF NOT EXISTS eagerly_elsewhere.o (id int PRIMARY KEY)")
            .await
            .unwrap();
        let away = "CREATE TABLE away (id int PRIMARY KEY, FOREIGN KEY (id) REFERENCES eagerly_elsewhere.o (id))";
        connection.conn().unwrap().query_drop(away).await.unwrap();
        let read = catalog(&mut connection).await.unwrap();
        let names = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
        let key = |columns: &[&str], target: &str, target_columns: &[&str], on_delete| ForeignKey {
            columns: names(columns),
            target: target.to_owned(),
            target_schema: None,
            target_columns: names(target_columns),
            on_delete: Some(on_delete),
        };
        let expected = [
            key(&["author_id"], "Author", &["Id"], OnDelete::Cascade),
            key(&["y", "x"], "Author", &["y", "x"], OnDelete::NoAction),
            key(&["up"], "post", &["id"], OnDelete::SetNull),
        ];
        assert_eq!(table(&read, "post").foreign_keys, expected);
        let leaving = table(&read, "away").foreign_keys.iter();
        let leaving: Vec<_> = leaving.map(|key| (key.target_schema.as_deref(), key.target.as_str())).collect();
        assert_eq!(leaving, [(Some("eagerly_elsewhere"), "o")]);
        let graph = reflect(&mut connection).await.unwrap();
        let path = graph.resolve_path("post.author.post_by_author_id.post_via_up").unwrap();
        assert_eq!(path.len(), 3);
        connection.conn().unwrap().query_drop("DROP TABLE away").await.unwrap();
        connection.conn().unwrap().query_drop("DROP DATABASE eagerly_elsewhere").await.unwrap();
        let _ = url;
    });
}

#[test]
fn views_are_tables_and_sequences_are_not() {
    let schema = "CREATE TABLE `Order Details` (id int PRIMARY KEY, name varchar(9) COLLATE utf8mb4_bin);
        CREATE TABLE gone (id int);
        CREATE VIEW seen AS SELECT id, name, id + 1 AS next FROM `Order Details`;
        CREATE VIEW broken AS SELECT id FROM gone;
        DROP TABLE gone;
        CREATE SEQUENCE numbers;
        CREATE TABLE kept (id int PRIMARY KEY) WITH SYSTEM VERSIONING;
        CREATE TABLE `数据` (`ключ` int PRIMARY KEY)";
    with_mariadb("`views_of_mysql_are_tables` has its syntax", schema, |mut connection, _| async move {
        connection.conn().unwrap().query_drop("CREATE TEMPORARY TABLE mine (id int)").await.unwrap();
        let catalog = catalog(&mut connection).await.unwrap();
        let found: Vec<_> = catalog.tables.iter().map(|t| (t.name.as_str(), t.view)).collect();
        assert_eq!(found, [("Order Details", false), ("kept", false), ("seen", true), ("数据", false)]);
        assert_eq!(column(&catalog, "seen", "name").collation.as_deref(), Some("utf8mb4_bin"));
        assert_eq!(table(&catalog, "kept").primary_key, ["id"]);
        assert_eq!(table(&catalog, "数据").primary_key, ["ключ"]);
        let graph = reflect(&mut connection).await.unwrap();
        assert!(graph.entities().any(|(_, entity)| entity.name == "Order_Details"));
    });
}

#[test]
fn views_of_mysql_are_tables() {
    let schema = "CREATE TABLE `Order Details` (id int PRIMARY KEY, name varchar(9) COLLATE utf8mb4_bin);
        CREATE TABLE gone (id int);
        CREATE VIEW seen AS SELECT id, name, id + 1 AS next FROM `Order Details`;
        CREATE VIEW broken AS SELECT id FROM gone;
        DROP TABLE gone;
        CREATE TABLE `数据` (`ключ` int PRIMARY KEY)";
    on(Backend::Mysql, schema, |mut connection, _| async move {
        connection.conn().unwrap().query_drop("CREATE TEMPORARY TABLE mine (id int)").await.unwrap();
        let catalog = catalog(&mut connection).await.unwrap();
        let found: Vec<_> = catalog.tables.iter().map(|t| (t.name.as_str(), t.view)).collect();
        assert_eq!(found, [("Order Details", false), ("seen", true), ("数据", false)]);
        assert_eq!(column(&catalog, "seen", "name").collation.as_deref(), Some("utf8mb4_bin"));
        assert_eq!(table(&catalog, "数据").primary_key, ["ключ"]);
        let graph = reflect(&mut connection).await.unwrap();
        assert!(graph.entities().any(|(_, entity)| entity.name == "Order_Details"));
    });
}

#[test]
fn an_empty_database_is_an_empty_catalog() {
    with_database("", |mut connection, _| async move {
        assert_eq!(catalog(&mut connection).await.unwrap().tables, []);
    });
}
