use super::*;
use crate::report::{Loaded, Outcome};

fn cell(form: Form, posts: u32, role: Role, median_ms: f64) -> Cell {
    let outcome = Outcome::Loaded(Loaded {
        median_ms,
        range_ms: (median_ms, median_ms),
        ratio: 1.0,
        loads: 1,
        statements: None,
        allocations: None,
    });
    Cell { form, posts, peer: format!("{role:?}"), role, outcome }
}

/// The demands that are missed when Eagerly needs so long, by hand 10 ms, and the fastest peer 20 ms.
fn missed(form: Form, posts: u32, eagerly: f64) -> Vec<String> {
    let mut cells = vec![
        cell(form, posts, Role::Eagerly, eagerly),
        cell(form, posts, Role::Baseline, 10.0),
        cell(form, posts, Role::Floor, 10.0),
        cell(form, posts, Role::EagerlyOwned, 11.0),
        cell(form, posts, Role::BaselineOwned, 10.0),
        cell(form, posts, Role::Peer, 30.0),
        cell(form, posts, Role::Peer, 20.0),
    ];
    let mut failing = cell(form, posts, Role::Peer, 1.0);
    failing.outcome = Outcome::Failed("too many SQL variables".to_owned());
    cells.push(failing);
    judge(&cells, &[]).into_iter().filter(|verdict| !verdict.met).map(|verdict| verdict.demand).collect()
}

#[test]
fn each_size_has_its_limit() {
    for (form, posts, most) in [
        (Form::Keyed, 1, 13.0),
        (Form::Keyed, 100, 11.0),
        (Form::Keyed, 1_000, 9.0),
        (Form::Keyed, 40_000, 9.0),
        (Form::Whole, 1_000, 9.0),
    ] {
        assert_eq!(missed(form, posts, most - 0.1), Vec::<String>::new());
        assert_eq!(missed(form, posts, most + 0.1).len(), 1, "{form:?} {posts}");
    }
}

#[test]
fn the_fastest_peer_that_works_has_to_be_beaten() {
    assert_eq!(missed(Form::Whole, 100, 19.9), Vec::<String>::new());
    assert_eq!(missed(Form::Whole, 100, 20.0), ["whole, 100 posts: ahead of every peer"]);
}

#[test]
fn without_a_peer_nobody_is_ahead_of_every_peer() {
    let ours = cell(Form::Whole, 100, Role::Eagerly, 10.0);
    let mut theirs = cell(Form::Whole, 100, Role::Peer, 20.0);
    let verdict = |cells: &[Cell], absent: &[String]| {
        let verdicts = judge(cells, absent);
        let [verdict] = verdicts.as_slice() else { panic!("{verdicts:?}") };
        (verdict.met, verdict.measured.clone())
    };
    let both = [ours.clone(), theirs.clone()];
    assert_eq!(verdict(&both, &[]), (true, "0.50 of Peer".to_owned()));
    let absent = ["Toasty, which could not be built".to_owned()];
    let measured = "0.50 of Peer; not here: Toasty, which could not be built".to_owned();
    assert_eq!(verdict(&both, &absent), (false, measured));
    assert_eq!(verdict(std::slice::from_ref(&ours), &[]), (false, "no peer loaded".to_owned()));
    theirs.outcome = Outcome::Failed("too many SQL variables".to_owned());
    assert_eq!(verdict(&[ours, theirs], &[]), (false, "no peer loaded".to_owned()));
}

#[test]
fn the_best_by_hand_is_told_whatever_its_statements() {
    let roles = [
        (Role::Eagerly, 9.0),
        (Role::Baseline, 12.0),
        (Role::ByHand, 11.0),
        (Role::ByHand, 10.0),
        (Role::EagerlyOwned, 21.0),
        (Role::BaselineOwned, 20.0),
        (Role::ByHandOwned, 24.0),
        (Role::Peer, 1.0),
    ];
    let mut cells: Vec<Cell> = roles.map(|(role, ms)| cell(Form::Keyed, 100, role, ms)).into();
    cells[3].peer = "the best".to_owned();
    // Another size has no say in it.
    cells.push(cell(Form::Keyed, 1, Role::Baseline, 0.1));
    let note = |what: &str, measured: &str| Note { what: what.to_owned(), measured: measured.to_owned() };
    let expected = [
        note("keyed, 100 posts: Eagerly of the best", "0.900"),
        note("keyed, 100 posts: EagerlyOwned of BaselineOwned", "1.050"),
    ];
    assert_eq!(best_by_hand(&cells), expected);
}

#[test]
fn what_fails_meets_nothing() {
    let mut cells = vec![cell(Form::Keyed, 1_000, Role::Baseline, 10.0), cell(Form::Keyed, 1_000, Role::Peer, 20.0)];
    let mut failing = cell(Form::Keyed, 1_000, Role::Eagerly, 1.0);
    failing.outcome = Outcome::Failed("down".to_owned());
    cells.push(failing);
    let verdicts = judge(&cells, &[]);
    assert_eq!(verdicts.len(), 3);
    assert!(verdicts.iter().all(|verdict| !verdict.met));
}
