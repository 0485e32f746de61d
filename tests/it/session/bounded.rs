//! A long session does not grow without end.

use super::support::{World, batches, spec};

fn items(rows: i64) -> World {
    let world =
        World::new("CREATE TABLE item (id INTEGER PRIMARY KEY, next_id INTEGER REFERENCES item(id), name TEXT)");
    let fill = "WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?1)
                INSERT INTO item SELECT value, value % ?1 + 1, 'item ' || value FROM n";
    world.connection.execute(fill, [rows]).unwrap();
    world
}

#[test]
fn results_that_nobody_holds_are_let_go() {
    let world = items(4_000);
    for keep in [0, 100] {
        let mut session = world.session();
        *session.core_mut() = eagerly::Session::new(&world.planner).keep_rows(keep);
        let (mut most, mut remembered) = (0, 0);
        for page in 0..400 {
            let text = format!(
                "{{ item(where: {{id: {{gt: {}}}}}, limit: 10) {{ name next @selectin {{ name }} }} }}",
                page * 10
            );
            session.load(&spec(&text)).unwrap();
            most = most.max(session.core().stored_rows());
            remembered = remembered.max(session.core().remembered());
        }
        // A page and the row behind it, and what is kept.
        assert!(most <= keep + 40, "{most} rows are stored where {keep} are kept");
        assert!(remembered < 3_000, "{remembered} entries");
    }
}

#[test]
fn what_the_caller_holds_is_known_however_little_is_kept() {
    let world = items(50);
    let mut session = world.session();
    *session.core_mut() = eagerly::Session::new(&world.planner).keep_rows(0);
    let text = "{ item(where: {id: {le: 20}}) { name next @selectin { name } } }";
    let held = world.load(&mut session, text);
    world.sent();
    world.load(&mut session, text);
    assert_eq!(world.sent(), []);
    world.load(&mut session, "{ item(where: {id: {le: 21}}) { name next @selectin { name } } }");
    assert_eq!(world.sent(), batches(&[("item", 0), ("item.next", 1)]));
    drop(held);
    assert_eq!(session.core().stored_rows(), 0);
    world.load(&mut session, text);
    assert_eq!(world.sent(), batches(&[("item", 0), ("item.next", 1)]), "20 of the 21 rows came with the root");
}

#[test]
fn a_kept_result_is_known_though_nobody_holds_it() {
    let world = items(50);
    let mut session = world.session();
    let text = "{ item(limit: 20) { name } }";
    world.load(&mut session, text);
    world.load(&mut session, text);
    assert_eq!(world.sent(), batches(&[("item", 0)]));
    session.core_mut().forget();
    assert_eq!(session.core().stored_rows(), 0);
    world.load(&mut session, text);
    assert_eq!(world.sent(), batches(&[("item", 0)]));
}

#[test]
fn one_row_does_not_keep_a_chain_of_results_alive() {
    // Each page shares a row with the one before: it is borrowed, and the page before it is not.
    let world = items(2_000);
    let mut session = world.session();
    *session.core_mut() = eagerly::Session::new(&world.planner).keep_rows(0);
    let mut last = None;
    for page in 0..100 {
        let text = format!("{{ item(where: {{id: {{gt: {}}}}}, limit: 11) {{ name }} }}", page * 10);
        last = Some(session.load(&spec(&text)).unwrap());
        assert!(session.core().stored_rows() <= 33, "{} rows at page {page}", session.core().stored_rows());
    }
    assert_eq!(last.map(|graph| graph.len()), Some(11));
}
