//! In-memory schemas for each point of the catalog, and graphs made of them.

mod elsewhere;

use super::catalog;
use eagerly::error::code;
use eagerly::graph::{
    Catalog, CatalogTable, ColumnDef, ColumnType, Direction, ForeignKey, GraphFile, IndexDef, IndexOrder, OnDelete,
    RelationshipGraph, UniqueDef,
};
use eagerly::{LoadSpec, Planner};
use rusqlite::Connection;
use std::path::Path;

fn read(schema: &str) -> Catalog {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(schema).unwrap();
    catalog(&db).unwrap()
}

fn table(schema: &str, name: &str) -> CatalogTable {
    read(schema).tables.into_iter().find(|t| t.name == name).unwrap()
}

fn table_names(catalog: &Catalog) -> Vec<&str> {
    catalog.tables.iter().map(|t| t.name.as_str()).collect()
}

fn nullable(table: &CatalogTable) -> Vec<&str> {
    table.columns.iter().filter(|c| c.nullable).map(|c| c.name.as_str()).collect()
}

/// Name, type and collation of each column.
fn columns(table: &CatalogTable) -> Vec<(&str, ColumnType, Option<&str>)> {
    table.columns.iter().map(|c| (c.name.as_str(), c.ty, c.collation.as_deref())).collect()
}

fn unique(columns: &[&str], exact: bool) -> UniqueDef {
    UniqueDef::new(columns.iter().map(ToString::to_string).collect(), exact)
}

fn foreign_key(columns: &[&str], target: &str, target_columns: &[&str], on_delete: OnDelete) -> ForeignKey {
    let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    let (columns, target_columns) = (owned(columns), owned(target_columns));
    let target = target.into();
    ForeignKey { columns, target, target_schema: None, target_columns, on_delete: Some(on_delete) }
}

#[test]
fn columns_have_name_type_nullability_and_collation() {
    let found = table(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, \"a b\" TEXT COLLATE nocase NOT NULL, c VARCHAR COLLATE RTRIM, \
         d TEXT COLLATE BINARY, f BOOLEAN, g)",
        "t",
    );
    use ColumnType::{Boolean, Integer, Text, Untyped};
    assert_eq!(
        found.columns,
        [
            ColumnDef::new("id", Integer),
            ColumnDef::new("a b", Text).collation("NOCASE"),
            ColumnDef::new("c", Text).nullable().collation("RTRIM"),
            ColumnDef::new("d", Text).nullable(),
            ColumnDef::new("f", Boolean).nullable(),
            ColumnDef::new("g", Untyped).nullable(),
        ]
    );
}

#[test]
fn a_key_column_is_nullable_unless_something_says_otherwise() {
    let of = |declaration: &str| {
        let table = table(&format!("CREATE TABLE t {declaration}"), "t");
        nullable(&table).join(" ")
    };
    assert_eq!(of("(id INTEGER PRIMARY KEY)"), "");
    assert_eq!(of("(id integer, PRIMARY KEY (id))"), "");
    assert_eq!(of("(id INTEGER PRIMARY KEY AUTOINCREMENT)"), "");
    assert_eq!(of("(id INTEGER PRIMARY KEY UNIQUE)"), "");
    assert_eq!(of("(id INT PRIMARY KEY)"), "id", "INT is no rowid alias");
    assert_eq!(of("(id INTEGER PRIMARY KEY DESC)"), "id", "and neither is this, for historical reasons");
    assert_eq!(of("(id TEXT PRIMARY KEY)"), "id");
    assert_eq!(of("(id TEXT PRIMARY KEY NOT NULL)"), "");
    assert_eq!(of("(a INTEGER, b INTEGER, PRIMARY KEY (a, b))"), "a b");
    assert_eq!(of("(id TEXT PRIMARY KEY, n) WITHOUT ROWID"), "n");
    assert_eq!(of("(a INTEGER PRIMARY KEY) WITHOUT ROWID"), "");
    assert_eq!(of("(id TEXT PRIMARY KEY, n INT) STRICT"), "n");
}

#[test]
fn any_in_a_strict_table_has_no_type() {
    let schema = "CREATE TABLE s (a ANY, b INT) STRICT; CREATE TABLE t (a ANY)";
    assert_eq!(columns(&table(schema, "s"))[0].1, ColumnType::Untyped);
    assert_eq!(columns(&table(schema, "t"))[0].1, ColumnType::Other);
}

#[test]
fn generated_columns_stay_and_are_marked() {
    let found = table("CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 1), c TEXT AS (a) STORED)", "t");
    let marks: Vec<_> = found.columns.iter().map(|c| (c.name.as_str(), c.ty, c.generated)).collect();
    assert_eq!(
        marks,
        [("a", ColumnType::Integer, false), ("b", ColumnType::Integer, true), ("c", ColumnType::Text, true)]
    );
}

#[test]
fn a_primary_key_is_in_key_order() {
    assert_eq!(table("CREATE TABLE t (a, b, c, PRIMARY KEY (c, a))", "t").primary_key, ["c", "a"]);
    assert_eq!(table("CREATE TABLE t (a, b, PRIMARY KEY (b, a)) WITHOUT ROWID", "t").primary_key, ["b", "a"]);
    assert_eq!(table("CREATE TABLE t (a, b)", "t").primary_key, [""; 0]);
}

#[test]
fn unique_keys_are_whole_indexes_on_plain_columns() {
    let found = table(
        "CREATE TABLE t (id TEXT PRIMARY KEY, a UNIQUE, b, c, UNIQUE (c, b));
         CREATE INDEX i1 ON t (b);
         CREATE UNIQUE INDEX i2 ON t (b) WHERE c > 0;
         CREATE UNIQUE INDEX i3 ON t (b, lower(c));
         CREATE UNIQUE INDEX i4 ON t (b DESC);
         CREATE UNIQUE INDEX i5 ON t (a)",
        "t",
    );
    let b = unique(&["b"], true).searched(false);
    assert_eq!(found.unique_keys, [unique(&["a"], true), unique(&["c", "b"], true), b], "the index of b descends");
}

#[test]
fn a_unique_key_is_exact_if_it_compares_as_its_columns_do() {
    let found = table(
        "CREATE TABLE t (a TEXT COLLATE NOCASE UNIQUE, b TEXT);
         CREATE UNIQUE INDEX i1 ON t (a COLLATE BINARY, b);
         CREATE UNIQUE INDEX i2 ON t (b, a COLLATE nocase);
         CREATE UNIQUE INDEX i3 ON t (b COLLATE NOCASE)",
        "t",
    );
    let expected = [unique(&["a"], true), unique(&["a", "b"], false), unique(&["b", "a"], true), unique(&["b"], false)];
    assert_eq!(found.unique_keys, expected);
}

#[test]
fn foreign_keys_keep_their_columns_order_and_action() {
    let found = table(
        "CREATE TABLE p (x, y, PRIMARY KEY (x, y));
         CREATE TABLE c (id INTEGER PRIMARY KEY, a REFERENCES p (x) ON DELETE CASCADE, b,
             FOREIGN KEY (b, a) REFERENCES p (y, x) ON DELETE SET NULL,
             FOREIGN KEY (a, b) REFERENCES p ON DELETE RESTRICT,
             FOREIGN KEY (b) REFERENCES c ON DELETE SET DEFAULT,
             FOREIGN KEY (a) REFERENCES c (id))",
        "c",
    );
    assert_eq!(
        found.foreign_keys,
        [
            foreign_key(&["a"], "p", &["x"], OnDelete::Cascade),
            foreign_key(&["b", "a"], "p", &["y", "x"], OnDelete::SetNull),
            foreign_key(&["a", "b"], "p", &["x", "y"], OnDelete::Restrict),
            foreign_key(&["b"], "c", &["id"], OnDelete::SetDefault),
            foreign_key(&["a"], "c", &["id"], OnDelete::NoAction),
        ]
    );
}

#[test]
fn targets_are_found_without_case_and_named_exactly() {
    let found = table(
        "CREATE TABLE Parent (\"Id\" INTEGER PRIMARY KEY, \"É\"); \
         CREATE TABLE c (a REFERENCES PARENT (ID), B REFERENCES parent, d REFERENCES parent (é))",
        "c",
    );
    assert_eq!(
        found.foreign_keys,
        [
            foreign_key(&["a"], "Parent", &["Id"], OnDelete::NoAction),
            foreign_key(&["B"], "Parent", &["Id"], OnDelete::NoAction),
            foreign_key(&["d"], "Parent", &["é"], OnDelete::NoAction), // Only ASCII letters match: no such column.
        ]
    );
}

#[test]
fn an_implicit_target_that_does_not_fit_is_left_out_and_a_dangling_one_stays() {
    let catalog = read(
        "CREATE TABLE keyless (x); CREATE TABLE pair (x, y, PRIMARY KEY (x, y)); CREATE VIEW v AS SELECT 1 AS x;
         CREATE TABLE c (id INTEGER PRIMARY KEY,
             a REFERENCES keyless, b REFERENCES pair, d REFERENCES Nobody, e REFERENCES v,
             f REFERENCES Nobody (Q), g REFERENCES pair (Q), h REFERENCES v (x))",
    );
    let c = &catalog.tables[0];
    let dangling = [
        foreign_key(&["f"], "Nobody", &["Q"], OnDelete::NoAction),
        foreign_key(&["g"], "pair", &["Q"], OnDelete::NoAction),
        foreign_key(&["h"], "v", &["x"], OnDelete::NoAction),
    ];
    assert_eq!(c.foreign_keys, dangling);
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    assert_eq!(graph.relationships().count(), 0);
}

#[test]
fn names_need_no_care() {
    let schema = "CREATE TABLE \"it's \"\"x\"\"\" (\"a'b\" TEXT COLLATE NOCASE UNIQUE, \"c\"\"d\" INTEGER PRIMARY KEY);
        CREATE UNIQUE INDEX \"i'\"\"\" ON \"it's \"\"x\"\"\" (\"c\"\"d\", \"a'b\");
        CREATE VIEW \"v'\"\"\" AS SELECT * FROM \"it's \"\"x\"\"\";
        CREATE TABLE pragma_table_xinfo (id INTEGER PRIMARY KEY REFERENCES \"it's \"\"x\"\"\");
        CREATE TABLE pragma_table_list (id);
        CREATE TABLE \"\" (\"\" INTEGER)";
    let catalog = read(schema);
    assert_eq!(table_names(&catalog), ["", "it's \"x\"", "pragma_table_list", "pragma_table_xinfo", "v'\""]);
    assert_eq!(catalog.tables[1].unique_keys.len(), 2);
    assert_eq!(catalog.tables[3].foreign_keys[0].target_columns, ["c\"d"]);
    assert_eq!(catalog.tables[4].columns[0].collation.as_deref(), Some("NOCASE"));
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    assert!(graph.resolve_path("pragma_table_xinfo.it_s__x_").is_ok());
}

#[test]
fn sqlites_own_tables_and_shadow_tables_are_skipped_and_only_main_is_read() {
    let catalog = read(
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT); ANALYZE;
         CREATE TABLE sqlitetable (id);
         CREATE VIRTUAL TABLE docs USING fts5 (title, body);
         CREATE VIRTUAL TABLE boxes USING rtree (id, x0, x1);
         CREATE TEMP TABLE passing (id);
         ATTACH ':memory:' AS other; CREATE TABLE other.elsewhere (id)",
    );
    assert_eq!(table_names(&catalog), ["boxes", "docs", "sqlitetable", "t"]);
    let docs = &catalog.tables[1];
    assert_eq!(columns(docs), [("title", ColumnType::Untyped, None), ("body", ColumnType::Untyped, None)]);
    assert!(!docs.view && docs.primary_key.is_empty() && docs.unique_keys.is_empty());
    let names: Vec<&str> = catalog.tables[0].columns.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["id", "x0", "x1"]);
}

#[test]
fn shadow_tables_are_known_when_a_file_is_opened_anew() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let db = Connection::open(file.path()).unwrap();
    db.execute_batch("CREATE VIRTUAL TABLE docs USING fts5 (title)").unwrap();
    drop(db);
    let found = catalog(&crate::open(file.path()).unwrap()).unwrap();
    assert_eq!(table_names(&found), ["docs"]);
}

#[test]
fn a_views_column_is_as_its_tables_where_it_shows_one() {
    let schema = "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, ok BOOLEAN, raw, data BLOB);
        CREATE VIEW v AS SELECT id, name AS n, ok, raw, data, id + 1 AS e, name || '' AS f, CAST(id AS TEXT) AS g,
            name COLLATE RTRIM AS h, max(name) AS m FROM t GROUP BY id;
        CREATE VIEW w AS SELECT * FROM v;
        CREATE VIEW j AS SELECT value FROM json_each('[1]')";
    use ColumnType::{Boolean, Bytes, Integer, Text, Untyped};
    for view in ["v", "w"] {
        let found = table(schema, view);
        let expected = [
            ("id", Integer, None),
            ("n", Text, Some("NOCASE")),
            ("ok", Boolean, None),
            ("raw", Untyped, None),
            ("data", Bytes, None),
            ("e", Untyped, None),
            ("f", Untyped, None),
            ("g", Untyped, None),
            ("h", Untyped, None),
            ("m", Untyped, None),
        ];
        assert_eq!(columns(&found), expected);
        assert!(found.view && nullable(&found).len() == found.columns.len());
    }
    assert_eq!(columns(&table(schema, "j")), [("value", Untyped, None)]);
    let union = "CREATE TABLE b (x TEXT, k INT); CREATE VIEW u AS SELECT id, name, id AS mixed FROM t
        UNION SELECT k, x, x FROM b; CREATE VIEW plain AS SELECT x, k FROM b";
    let schema = format!("{schema}; {union}");
    let found = table(&schema, "u");
    assert_eq!(columns(&found)[1], ("name", Text, Some("unknown")), "it compares as `t.name`, SQLite shows `b.x`");
    assert_eq!(columns(&found)[2], ("mixed", Untyped, None));
    assert_eq!(columns(&table(&schema, "plain")), [("x", Text, Some("unknown")), ("k", Integer, None)]);
}

#[test]
fn what_sqlite_cannot_read_itself_is_left_out() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(
        "CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE VIEW good AS SELECT * FROM t;
         CREATE VIEW bad AS SELECT * FROM gone; CREATE VIEW worse AS SELECT unknown(id) AS x FROM t;
         CREATE VIEW a AS SELECT * FROM b; CREATE VIEW b AS SELECT * FROM a;
         PRAGMA writable_schema = ON;
         INSERT INTO sqlite_schema VALUES ('table', 'm', 'm', 0, 'CREATE VIRTUAL TABLE m USING missing (x)');
         PRAGMA writable_schema = RESET;",
    )
    .unwrap();
    let found = catalog(&db).unwrap();
    assert_eq!(table_names(&found), ["good", "t"]);
    let told: Vec<_> = found.unreadable.iter().map(|t| (t.name.as_str(), t.kind(), t.why.as_str())).collect();
    assert_eq!(
        told,
        [
            ("a", "view", "view a is circularly defined"),
            ("b", "view", "view b is circularly defined"),
            ("bad", "view", "no such table: main.gone"),
            ("m", "table", "no such module: missing"),
            ("worse", "view", "no such function: unknown"),
        ]
    );
    let error = crate::reflect(&db).unwrap().no_entity("bad");
    assert_eq!(error.help.unwrap(), "the view of that name cannot be read: no such table: main.gone");
}

/// A database file in which one name was replaced by bytes of the same length.
fn patched(schema: &str, from: &[u8], to: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    Connection::open(file.path()).unwrap().execute_batch(schema).unwrap();
    let mut bytes = std::fs::read(file.path()).unwrap();
    let places: Vec<usize> = (0..bytes.len() - from.len()).filter(|i| bytes[*i..].starts_with(from)).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|i| bytes[*i..*i + to.len()].copy_from_slice(to));
    std::fs::write(file.path(), bytes).unwrap();
    file
}

#[test]
fn a_collation_of_the_program_that_wrote_the_file_is_only_a_name() {
    let schema = "CREATE TABLE t (a TEXT PRIMARY KEY COLLATE rtrim, b TEXT COLLATE rtrim UNIQUE);
        CREATE VIEW v AS SELECT a FROM t";
    let file = patched(schema, b"rtrim", b"Swiss");
    let found = catalog(&crate::open(file.path()).unwrap()).unwrap();
    for table in &found.tables {
        assert_eq!(table.columns[0].collation.as_deref(), Some("Swiss"));
    }
    assert_eq!(found.tables[0].unique_keys, [unique(&["b"], true)]);
}

fn refusal(path: &Path) -> eagerly::error::Error {
    catalog(&crate::open(path).unwrap()).unwrap_err().first().clone()
}

/// A statement of ours is UTF-8, and so cannot hold such names; the rest of the database can be loaded.
#[test]
fn tables_with_names_that_are_not_utf8_are_left_out_and_told() {
    let all = "CREATE TABLE \"qone\" (id INTEGER PRIMARY KEY, \"wtwo\" TEXT, \"kk\" INTEGER REFERENCES \"zsix\" (id));
        CREATE UNIQUE INDEX \"yten\" ON \"qone\" (\"wtwo\"); CREATE INDEX \"plan\" ON \"qone\" (kk);
        CREATE VIEW \"vtop\" AS SELECT 1 AS \"udot\";
        CREATE TABLE \"zsix\" (id INTEGER PRIMARY KEY); CREATE TABLE other (id TYPE);
        CREATE TABLE twin (a TEXT COLLATE rtrim)";
    let bad = "\u{fffd}a\u{fffd}\u{fffd}";
    let column = |name| Some(("qone", format!("the name of its column `{name}` is not UTF-8")));
    for (name, told) in [
        ("qone", Some((bad, "its name is not UTF-8".to_owned()))),
        ("wtwo", column(bad)),
        ("zsix", Some((bad, "its name is not UTF-8".to_owned()))),
        ("yten", Some(("qone", format!("the name of its index `{bad}` is not UTF-8")))),
        ("plan", None),
        ("vtop", Some((bad, "its name is not UTF-8".to_owned()))),
        ("udot", Some(("vtop", format!("the name of its column `{bad}` is not UTF-8")))),
        ("TYPE", None),
    ] {
        let file = patched(all, name.as_bytes(), b"\xffa\xfe\x80");
        let found = catalog(&crate::open(file.path()).unwrap()).unwrap();
        let unreadable: Vec<_> = found.unreadable.iter().map(|t| (t.name.as_str(), t.why.clone())).collect();
        assert_eq!(unreadable, told.into_iter().collect::<Vec<_>>(), "{name}");
        assert!(found.unreadable.iter().all(|t| t.help.as_ref().is_some_and(|help| help.contains("rename it"))));
        assert_eq!(found.tables.len(), 5 - unreadable.len(), "{name}");
        let graph = RelationshipGraph::from_catalog(&found).unwrap();
        assert!(graph.entity_id("other").is_some() && graph.unreadable() == found.unreadable, "{name}");
    }
    let file = patched(all, b"rtrim", b"r\xffa\xfe\x80");
    let found = catalog(&crate::open(file.path()).unwrap()).unwrap();
    assert_eq!(found.unreadable[0].why, "the name of a collation in it is not UTF-8");
}

/// SQLite takes a column twice in an index.
#[test]
fn a_column_that_stands_twice_in_a_key_counts_once() {
    let found = read(
        "CREATE TABLE t (a INTEGER, b INTEGER, PRIMARY KEY (a, a), UNIQUE (b, a, b)); CREATE INDEX i ON t (b, b, a)",
    );
    assert_eq!(found.tables[0].primary_key, ["a"]);
    assert_eq!(found.tables[0].unique_keys, [unique(&["b", "a"], true)]);
    assert_eq!(found.tables[0].indexes, [IndexDef::new(["b", "a"])]);
    assert!(RelationshipGraph::from_catalog(&found).is_ok());
}

#[test]
fn a_corrupt_schema_is_refused() {
    let error = refusal(patched("CREATE TABLE t (a)", b"CREATE TABLE", b"CREATE TBALE").path());
    assert_eq!(error.code, code::REFUSED);
    assert!(error.message.contains("malformed database schema"), "{error}");
    assert!(error.help.is_some());
}

#[test]
fn a_schema_changed_by_another_connection_is_seen_and_an_open_transaction_stays_open() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let writer = Connection::open(file.path()).unwrap();
    writer.execute_batch("CREATE TABLE a (id)").unwrap();
    let reader = crate::open(file.path()).unwrap();
    assert_eq!(table_names(&catalog(&reader).unwrap()), ["a"]);
    assert!(reader.is_autocommit());
    writer.execute_batch("CREATE TABLE b (id)").unwrap();
    reader.execute_batch("BEGIN").unwrap();
    assert_eq!(table_names(&catalog(&reader).unwrap()), ["a", "b"]);
    assert!(!reader.is_autocommit());
}

#[test]
fn the_catalog_makes_a_graph() {
    let catalog = read(
        "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL, boss_id REFERENCES author);
         CREATE TABLE post (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES author ON DELETE CASCADE,
             reviewer INTEGER REFERENCES Author (ID));
         CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
         CREATE TABLE post_tag (post_id REFERENCES post, tag_id REFERENCES tag, PRIMARY KEY (tag_id, post_id));
         CREATE TABLE \"author profile\" (author_id INTEGER PRIMARY KEY REFERENCES author);
         CREATE VIEW recent AS SELECT * FROM post",
    );
    let graph = RelationshipGraph::from_catalog(&catalog).unwrap();
    let found: Vec<String> = graph
        .relationships()
        .map(|(_, r)| {
            let name = |id| graph.entity(id).name.as_str();
            format!("{}.{}: {} {}", name(r.source), r.name, r.direction.name(), name(r.target))
        })
        .collect();
    assert_eq!(
        found,
        [
            "author.boss: many-to-one author",
            "author.author_by_boss_id: one-to-many author",
            "author.author_profile: one-to-one author_profile",
            "author.post_by_author_id: one-to-many post",
            "author.post_by_reviewer: one-to-many post",
            "author_profile.author: many-to-one author",
            "post.author: many-to-one author",
            "post.author_via_reviewer: many-to-one author",
            "post.post_tag: one-to-many post_tag",
            "post.tag: many-to-many tag",
            "post_tag.post: many-to-one post",
            "post_tag.tag: many-to-one tag",
            "tag.post_tag: one-to-many post_tag",
            "tag.post: many-to-many post",
        ]
    );
    let author = graph.relationship(graph.resolve_path("post.author").unwrap()[0]);
    assert_eq!((author.direction, author.on_delete), (Direction::ManyToOne, Some(OnDelete::Cascade)));
    assert!(graph.entity(graph.entity_id("author").unwrap()).has_identity());
    assert!(!graph.entity(graph.entity_id("post_tag").unwrap()).has_identity(), "its key columns can be NULL");
}

#[test]
fn a_primary_key_that_compares_finer_than_its_column_is_told() {
    let inexact = |sql| table(sql, "t").inexact_primary_key;
    assert!(inexact("CREATE TABLE t (a TEXT COLLATE NOCASE, PRIMARY KEY (a COLLATE BINARY))"));
    assert!(!inexact("CREATE TABLE t (a TEXT COLLATE NOCASE PRIMARY KEY)"));
    assert!(!inexact("CREATE TABLE t (a INTEGER PRIMARY KEY)"));
}

#[test]
fn rowid_tables_tell_a_name_of_their_rowid_that_no_column_hides() {
    let row_id = |sql| table(sql, "t").row_id;
    assert_eq!(row_id("CREATE TABLE t (a TEXT PRIMARY KEY)").as_deref(), Some("rowid"));
    assert_eq!(row_id("CREATE TABLE t (RowID, _rowid_)").as_deref(), Some("oid"));
    assert_eq!(row_id("CREATE TABLE t (rowid, _rowid_, oid)"), None);
    assert_eq!(row_id("CREATE TABLE t (a PRIMARY KEY) WITHOUT ROWID"), None);
    assert_eq!(row_id("CREATE VIEW t AS SELECT 1 AS a"), None);
}

#[test]
fn indexes_tell_the_columns_they_lead_with() {
    let indexes = |sql| table(&format!("CREATE TABLE t (a TEXT, b TEXT COLLATE NOCASE); {sql}"), "t").indexes;
    let index = |columns: &[&str]| IndexDef::new(columns.iter().copied());
    assert_eq!(indexes("CREATE INDEX i ON t (a, b)"), [index(&["a", "b"])]);
    assert_eq!(indexes("CREATE INDEX i ON t (a DESC, b)"), [index(&["a", "b"]).descending(["a"])]);
    assert_eq!(indexes("CREATE INDEX i ON t (a, lower(b))"), [index(&["a"]).order(IndexOrder::Leading)]);
    assert_eq!(indexes("CREATE INDEX i ON t (b COLLATE BINARY)"), []);
    assert_eq!(indexes("CREATE INDEX i ON t (a) WHERE b = 'x'"), []);
    assert_eq!(indexes("CREATE INDEX i ON t (lower(a), b)"), []);
    // What a unique key says of its index is not said twice.
    assert_eq!(indexes("CREATE UNIQUE INDEX i ON t (a, b)"), []);
    assert_eq!(indexes("CREATE UNIQUE INDEX i ON t (a) WHERE b = 'x'"), []);
    assert_eq!(indexes("CREATE UNIQUE INDEX i ON t (b DESC)"), [index(&["b"]).descending(["b"])]);
    assert_eq!(indexes("CREATE UNIQUE INDEX i ON t (a, b COLLATE BINARY)"), [index(&["a"]).order(IndexOrder::Leading)]);
}
