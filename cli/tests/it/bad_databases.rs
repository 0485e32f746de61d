//! Databases that refuse: exit code 3, nothing printed, nothing created, nothing changed.

use crate::support::Place;
use std::time::{Duration, Instant};

/// Runs all commands on a database that refuses.
fn all_refuse(place: &Place, database: &str, words: &[&str]) {
    place.refuses(&["inspect", database], 3, words);
    place.refuses(&["plan", database, "{ post }"], 3, words);
    place.refuses(&["load", database, "{ post }", "--trace", "trace"], 3, words);
}

#[test]
fn a_file_that_is_not_there() {
    let place = Place::empty();
    all_refuse(&place, "none.db", &["E0401", "`none.db`", "no such file", "help:"]);
    all_refuse(&place, "sqlite:no/such.db", &["E0401", "`no/such.db`"]);
    all_refuse(&place, "sqlite:", &["E0401"]);
    all_refuse(&place, ":memory:", &["E0401"]);
    all_refuse(&place, "file:x?mode=memory", &["E0401"]);
}

#[test]
fn a_directory() {
    let place = Place::empty();
    std::fs::create_dir(place.path("dir")).unwrap();
    all_refuse(&place, "dir", &["E0401", "`dir`", "directory"]);
}

#[test]
fn a_file_that_is_no_database() {
    let place = Place::empty();
    let noise: Vec<u8> = (0..9_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (name, content) in [("noise", noise.as_slice()), ("text", b"CREATE TABLE post (id)"), ("zero", &[0; 4096])] {
        place.write(name, content);
        all_refuse(&place, name, &["E0402", &format!("`{name}`"), "not a database"]);
    }
}

/// SQLite has one code for all of these, and each has its own help.
#[test]
fn what_sqlite_alone_does_not_have() {
    let place = Place::blog().with(
        "other.db",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);
         CREATE VIEW late AS SELECT id FROM t LIMIT 'x';
         PRAGMA writable_schema = on;
         UPDATE sqlite_schema SET sql = 'CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT COLLATE foo)' WHERE name = 't';",
    );
    let words = ["E0404", "no such collation sequence: foo", "some other program brings that along"];
    place.refuses(&["load", "other.db", "{ t(order: [\"x\"]) { id } }"], 3, &words);
    place.load_of("other.db", &["{ t { x } }"]);
    place.refuses(&["load", "other.db", "{ late }"], 3, &["E0404", "datatype mismatch", "help: an expression fails"]);
    let mut newer = std::fs::read(place.path("blog.db")).unwrap();
    newer[47] = 9;
    place.write("newer.db", newer);
    all_refuse(&place, "newer.db", &["E0404", "unsupported file format", "one of a newer SQLite"]);
}

#[test]
fn an_empty_file_is_an_empty_database() {
    let place = Place::empty();
    place.write("empty.db", "");
    assert_eq!(place.run(&["inspect", "empty.db"]).text(), "no tables and no views\n");
    let words = ["E0102", "no entity `post`", "the database has no tables"];
    place.refuses(&["load", "empty.db", "{ post }"], 2, &words);
    place.refuses(&["plan", "empty.db", "{ post }"], 2, &words);
}

#[test]
fn a_locked_database() {
    let place = Place::blog();
    let writer = place.connect("blog.db");
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let start = Instant::now();
    place.run(&["load", "blog.db", "{ post }"]).refused(3, &["E0403", "locked", "another program is writing"]);
    assert!(start.elapsed() < Duration::from_secs(30));
    writer.execute_batch("ROLLBACK").unwrap();
    place.load(&["{ post }"]);
}

#[test]
fn a_damaged_database() {
    let place = Place::blog();
    let mut bytes = std::fs::read(place.path("blog.db")).unwrap();
    let page = 4096;
    for byte in &mut bytes[page..] {
        *byte = 0xa5;
    }
    place.write("blog.db", &bytes);
    place.refuses(&["load", "blog.db", "{ post { tag } }"], 3, &["E0404", "cannot load `post`", "integrity_check"]);
}

#[test]
fn text_that_is_not_utf_8_is_told_with_its_column_and_row() {
    let place = Place::blog();
    place.connect("blog.db").execute_batch("UPDATE tag SET name = CAST(x'ff41' AS TEXT) WHERE id = 2").unwrap();
    place.refuses(
        &["load", "blog.db", "{ post { title tag { name } } }"],
        3,
        &["E0405", "`tag.name`", "the row with id = 2", "at post.tag"],
    );
    // Only what is asked for is read.
    place.load(&["{ post { title tag { slug } } }"]);
}

#[test]
fn floats_that_json_cannot_say() {
    let place = Place::blog();
    for number in ["9e999", "-9e999"] {
        place.connect("blog.db").execute_batch(&format!("UPDATE post SET score = {number} WHERE id = 3")).unwrap();
        place.refuses(&["load", "blog.db", "{ author { id } post: author { id } }"], 2, &["E0114"]);
        place.refuses(&["load", "blog.db", "{ post { title score } }"], 3, &["E0406", "inf", "post.score"]);
        place.load(&["{ post { title } }"]);
    }
}

#[test]
fn a_view_that_fails_when_it_is_read() {
    let place = Place::blog();
    place
        .connect("blog.db")
        .execute_batch("CREATE VIEW broken AS SELECT abs(-9223372036854775807 - id) AS n FROM post")
        .unwrap();
    place.refuses(&["load", "blog.db", "{ broken }"], 3, &["E0404", "cannot load `broken`", "integer overflow"]);
}

/// The exception to "never created or written to", for a database that is named by a link or by its path.
#[test]
fn a_database_in_wal_mode_gets_its_two_files_and_keeps_them() {
    let place = Place::blog();
    let names = |place: &Place| place.files().into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    place.connect("blog.db").execute_batch("PRAGMA journal_mode = WAL; UPDATE post SET score = 0;").unwrap();
    // The last to close it, who may write, takes them away.
    assert_eq!(names(&place), ["blog.db"]);
    let database = place.files();
    place.run(&["inspect", "blog.db"]).text();
    assert_eq!(names(&place), ["blog.db", "blog.db-shm", "blog.db-wal"]);
    place.load(&["{ post }", "--snapshot"]);
    assert_eq!(names(&place), ["blog.db", "blog.db-shm", "blog.db-wal"]);
    assert!(place.files()[..1] == database[..], "the database itself is not written to");
}
