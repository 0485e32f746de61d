//! A statement that runs on a server when the command ends: it is gone there within two seconds.

#![allow(clippy::unwrap_used)]

use crate::bad_servers::{GRAPH, Other, SLOW, bills, spawn};
use crate::servers::on_each;
use crate::stop::{SIGNALS, signal};
use crate::support::{Outcome, Place};
use eagerly_tests::database::Backend;
use std::time::{Duration, Instant};

/// Databases of their own: whoever sleeps in one of them is the program.
fn database(backend: Backend) -> String {
    format!("{} -- stop", bills(backend))
}

#[track_caller]
fn nobody_sleeps(other: &Other, backend: Backend) {
    let start = Instant::now();
    while let Some(id) = other.sleeps() {
        assert!(start.elapsed() < Duration::from_secs(2), "{backend:?}: {id} sleeps on");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn time_that_is_over_ends_the_statement_on_the_server() {
    let place = Place::empty();
    place.write("graph.toml", GRAPH);
    on_each(database, |backend, url| {
        let other = Other::on(backend, url);
        for more in [&[][..], &["--snapshot"]] {
            let load = ["load", url, SLOW, "--graph", "graph.toml", "--timeout", "0.5"];
            place.refuses(&[&load[..], more].concat(), 4, &["E0502", "longer than 0.5 s"]);
            nobody_sleeps(&other, backend);
        }
        // Time that suffices changes nothing.
        let bill = place.run(&["load", url, "{ bill }", "--snapshot"]).json();
        assert_eq!(place.run(&["load", url, "{ bill }", "--snapshot", "--timeout", "60"]).json(), bill);
        assert_eq!(place.run(&["load", url, "{ bill }", "--max-bytes", "60"]).json(), bill);
        place.refuses(&["load", url, "{ bill }", "--max-bytes", "15"], 4, &["E0501", "more than 15 bytes were read"]);
        let words = "more than 16 bytes were read and written";
        place.refuses(&["load", url, "{ bill }", "--snapshot", "--max-bytes", "16"], 4, &["E0501", words]);
    });
}

#[test]
fn a_signal_ends_the_statement_on_the_server() {
    let place = Place::empty();
    place.write("graph.toml", GRAPH);
    on_each(database, |backend, url| {
        let other = Other::on(backend, url);
        for ((name, code), more) in SIGNALS.into_iter().zip([&[][..], &["--snapshot"], &["--snapshot"]]) {
            let load = ["load", url, SLOW, "--graph", "graph.toml"];
            let child = spawn(&place, &[&load, more].concat());
            other.sleeper();
            signal(&child, name);
            let outcome = Outcome::from(child.wait_with_output().unwrap()).refused(code, &[]);
            assert_eq!(outcome.stderr, "");
            nobody_sleeps(&other, backend);
        }
    });
}
