//! `demo`: what it shows, and that it leaves nothing behind.

use crate::support::{Outcome, Place};

#[test]
fn the_demo_shows_specification_plan_sql_graph_and_counts() {
    let place = Place::empty();
    let text = place.run(&["demo"]).text();
    for heading in ["\nspecification\n", "\nplan\n", "\nexecuted\n", "\ngraph\n", "\nstored once\n", "\nstatements\n"] {
        assert_eq!(text.matches(heading).count(), 2, "{heading}");
    }
    for word in [
        "author @joined { name }",
        "tags @selectin { name slug }",
        "members: team_member",
        "joined posts.author",
        "2. posts.tags: 120 keys, 300 rows, ",
        "\"slug\": \"query-planning\"",
        "… and 118 more",
        "144 rows stored (12 authors, 120 posts, 12 tags), 540 objects come out",
        "2 instead of 241, with one query per row: 1 for posts + 120 for posts.author + 120 for posts.tags",
    ] {
        assert!(text.contains(word), "no {word:?} in\n{text}");
    }
    assert!(place.files().is_empty());
}

#[test]
fn the_demo_is_the_same_every_time_but_for_the_clock() {
    let without_times = || {
        let text = Place::empty().run(&["demo"]).text();
        text.lines().map(|line| line.split(" rows, ").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(without_times(), without_times());
}

#[test]
fn the_demo_cleans_up() {
    let place = Place::empty();
    Outcome::of(place.command(&["demo"]).env("TMPDIR", place.path(""))).text();
    assert_eq!(std::fs::read_dir(place.path("")).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn without_a_place_for_its_file_the_demo_is_refused() {
    let place = Place::empty();
    Outcome::of(place.command(&["demo"]).env("TMPDIR", "/no/such/directory")).refused(3, &["E0401", "TMPDIR"]);
}
