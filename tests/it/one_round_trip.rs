//! One round trip where that is preferred: what waits all the same, waits for what it needs, and no longer.

use eagerly::spec::LoadSpec;
use eagerly::{Executed, Planner, Prefer, Run, Sqlite};
use eagerly_tests::corpus::{database, reflect};
use rusqlite::Connection;

/// Keys without case have to be compared by the database: those loads wait.
const CHAIN: &str = "
CREATE TABLE a (id INTEGER PRIMARY KEY, k TEXT UNIQUE);
CREATE TABLE b (id INTEGER PRIMARY KEY, k TEXT UNIQUE, a_k TEXT COLLATE NOCASE REFERENCES a (k));
CREATE TABLE c (id INTEGER PRIMARY KEY, b_k TEXT COLLATE NOCASE REFERENCES b (k));
CREATE TABLE d (id INTEGER PRIMARY KEY, k TEXT UNIQUE, c_id INTEGER REFERENCES c (id));
CREATE TABLE e (id INTEGER PRIMARY KEY, d_k TEXT COLLATE NOCASE REFERENCES d (k));
INSERT INTO a VALUES (1, 'x');";

const SPEC: &str = "{ a { k b { k c { id d { k e { id } } } } } }";

fn load(connection: &Connection, prefer: Prefer) -> (String, Vec<Executed>, u32) {
    let planner = Planner::new(reflect(connection), Sqlite::new()).prefer(prefer);
    let plan = planner.compile(&LoadSpec::parse(SPEC).unwrap()).unwrap();
    let mut executed: Vec<Executed> = Vec::new();
    let result = eagerly_rusqlite::drive(connection, Run::new(&plan), &mut |e| executed.push(e)).unwrap();
    (result.to_json().unwrap(), executed, plan.batches().waves())
}

#[test]
fn what_is_sent_at_once_is_complete_when_its_parents_are() {
    let connection = database(CHAIN);
    // Nothing below the root: `d` was sent with it, and ends where `c` needs no statement.
    let (json, ..) = load(&connection, Prefer::OneRoundTrip);
    assert_eq!(json, r#"[{"k":"x","b":[]}]"#);

    let rows = "INSERT INTO b VALUES (1, 'y', 'X'); INSERT INTO c VALUES (1, 'Y');
        INSERT INTO d VALUES (1, 'z', 1); INSERT INTO e VALUES (1, 'Z'), (2, 'z');";
    connection.execute_batch(rows).unwrap();
    let (json, executed, planned) = load(&connection, Prefer::OneRoundTrip);
    let (by_waves, one_by_one, _) = load(&connection, Prefer::FewerWaves);
    assert_eq!(json, by_waves);
    assert_eq!(json, r#"[{"k":"x","b":[{"k":"y","c":[{"id":1,"d":[{"k":"z","e":[{"id":1},{"id":2}]}]}]}]}]"#);
    // `e` takes keys from `d`, which is complete with `c`, in the third wave.
    let waves = |executed: &[Executed]| executed.iter().map(|e| (e.batch.clone(), e.wave)).collect::<Vec<_>>();
    let batches = [("a", 1), ("a.b.c.d", 1), ("a.b", 2), ("a.b.c", 3), ("a.b.c.d.e", 4)];
    assert_eq!(waves(&executed), batches.map(|(batch, wave)| (batch.to_owned(), wave)));
    assert_eq!((planned, one_by_one.len()), (4, 5));
}
