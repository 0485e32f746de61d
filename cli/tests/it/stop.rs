//! What ends a command before it is done: `--timeout` and signals. Exit codes 4, 129, 130 and 143, and nothing on
//! stdout.

#![allow(clippy::unwrap_used, clippy::panic)]

use crate::support::{Outcome, Place, listening};
use std::io::{PipeReader, PipeWriter, Read, Write, pipe};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// A view that never ends, and one of many rows.
const ENDLESS: &str = "CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
    INSERT INTO t SELECT i, hex(zeroblob(500)) FROM n;
    CREATE VIEW endless AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) AS n FROM r;";

/// Views that each join the last one twice.
fn views() -> String {
    let mut sql = "CREATE TABLE v0 (id INTEGER PRIMARY KEY, x INT);".to_owned();
    for i in 1..=16 {
        let last = i - 1;
        sql.push_str(&format!(
            "CREATE VIEW v{i} AS SELECT a.id AS id, b.x AS x FROM v{last} a JOIN v{last} b ON a.id = b.id;"
        ));
    }
    sql
}

fn spawn(mut command: Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

pub(crate) fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([format!("-{name}"), child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// The signals, and what the program ends with.
pub(crate) const SIGNALS: [(&str, i32); 3] = [("INT", 130), ("TERM", 143), ("HUP", 129)];

/// A moment in which the program begins what it is about to do. Were it not enough, the program would be stopped before
/// that, with the same result.
fn while_it_works() {
    thread::sleep(Duration::from_millis(150));
}

/// A run that is stopped: nothing on stdout, no word of a bug.
#[track_caller]
fn stopped(child: Child, code: i32) -> Outcome {
    Outcome::from(child.wait_with_output().unwrap()).refused(code, &[])
}

#[track_caller]
fn times_out(place: &Place, arguments: &[&str]) {
    let arguments = [arguments, &["--timeout", "0.2"]].concat();
    let start = Instant::now();
    let outcome = place.refuses(&arguments, 4, &["E0502", "the command took longer than 0.2 s", "allow more time"]);
    assert!(start.elapsed() < Duration::from_secs(20), "{arguments:?}: {:?}", start.elapsed());
    assert!(!outcome.stderr.contains("E04"), "{}", outcome.stderr);
    assert_eq!(outcome.stderr.contains("limit the specification"), arguments[0] == "load", "{}", outcome.stderr);
}

#[test]
fn a_command_ends_when_its_time_is_over() {
    let place = Place::empty().with("endless.db", ENDLESS).with("views.db", &views());
    times_out(&place, &["load", "endless.db", "{ endless }"]);
    times_out(&place, &["load", "endless.db", "{ endless }", "--snapshot", "--format", "ndjson"]);
    times_out(&place, &["inspect", "views.db"]);
    times_out(&place, &["plan", "views.db", "{ v0 }"]);
    times_out(&place, &["load", "views.db", "{ v0 }"]);
}

#[test]
fn waiting_for_a_lock_is_a_part_of_the_time() {
    let place = Place::empty().with("locked.db", ENDLESS);
    let writer = place.connect("locked.db");
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    // No file of the database is looked at here: to close it again would drop the writer's lock.
    for command in [&["inspect", "locked.db"][..], &["load", "locked.db", "{ t }", "--snapshot"]] {
        let outcome = place.run(&[command, &["--timeout", "0.2"]].concat());
        outcome.refused(4, &["E0502", "longer than 0.2 s"]);
    }
}

/// Before anything was connected to, and when all that is left is to write.
#[test]
fn reading_a_specification_and_writing_to_a_full_pipe_are_parts_of_the_time() {
    let place = Place::empty().with("endless.db", ENDLESS);
    let mut command = place.command(&["load", "endless.db", "-", "--timeout", "0.2"]);
    command.stdin(Stdio::piped());
    let mut child = spawn(command);
    let nothing_comes = child.stdin.take();
    Outcome::from(child.wait_with_output().unwrap()).refused(4, &["E0502"]);
    drop(nothing_comes);

    // Three megabytes, and nobody who reads them.
    let mut child = spawn(place.command(&["load", "endless.db", "{ t }", "--timeout", "1"]));
    let output = child.stdout.take();
    assert_eq!(child.wait().unwrap().code(), Some(4));
    drop(output);
}

#[test]
fn time_that_suffices_changes_nothing() {
    let place = Place::blog();
    for time in ["60", "60.5", "6e1", "+60", "1000000000", "18446744073709551616", "1e300"] {
        assert_eq!(place.load(&["{ post }", "--timeout", time]), place.load(&["{ post }"]));
    }
    let inspected = place.run(&["inspect", "blog.db"]).text();
    assert_eq!(place.run(&["inspect", "blog.db", "--timeout", "60"]).text(), inspected);
    let planned = place.run(&["plan", "blog.db", "{ post }"]).text();
    assert_eq!(place.run(&["plan", "blog.db", "{ post }", "--timeout", "60"]).text(), planned);
}

#[test]
fn a_time_is_a_number_of_seconds_above_0() {
    let place = Place::blog();
    for time in ["0", "-1", "-0", "0.0", "NaN", "inf", "1e400", "soon", "", " ", "1s", "1,5", "0x1"] {
        for command in [&["load", "blog.db", "{ post }"][..], &["plan", "blog.db", "{ post }"], &["inspect", "blog.db"]]
        {
            place.refuses(&[command, &["--timeout", time]].concat(), 2, &["E0001", "--timeout", "above 0"]);
        }
    }
    // What is nearly nothing is above 0.
    place.refuses(&["load", "blog.db", "{ post }", "--timeout", "1e-300"], 4, &["E0502"]);
}

#[test]
fn a_signal_ends_a_statement_in_the_program() {
    let place = Place::empty().with("endless.db", ENDLESS).with("views.db", &views());
    for (name, code) in SIGNALS {
        for arguments in [
            &["load", "endless.db", "{ endless }"][..],
            &["load", "endless.db", "{ endless }", "--snapshot", "--timeout", "60"],
            &["inspect", "views.db"],
        ] {
            let child = spawn(place.command(arguments));
            while_it_works();
            signal(&child, name);
            stopped(child, code);
        }
    }
}

#[test]
fn a_signal_ends_what_waits_for_input_or_for_a_reader() {
    let place = Place::empty().with("endless.db", ENDLESS);
    for (name, code) in SIGNALS {
        let mut command = place.command(&["load", "endless.db", "-"]);
        command.stdin(Stdio::piped());
        let mut child = spawn(command);
        let nothing_comes = child.stdin.take();
        while_it_works();
        signal(&child, name);
        assert_eq!(stopped(child, code).stderr, "");
        drop(nothing_comes);

        let mut child = spawn(place.command(&["load", "endless.db", "{ t }"]));
        let mut output = child.stdout.take().unwrap();
        // It is writing, and more than the pipe holds.
        output.read_exact(&mut [0; 1]).unwrap();
        signal(&child, name);
        assert_eq!(child.wait().unwrap().code(), Some(code));
    }
}

/// The first one waits for a lock that SQLite waits for, and not for long either.
#[test]
fn a_second_signal_ends_the_program_at_once() {
    let place = Place::empty().with("locked.db", ENDLESS);
    let writer = place.connect("locked.db");
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let child = spawn(place.command(&["load", "locked.db", "{ t }"]));
    while_it_works();
    let start = Instant::now();
    signal(&child, "TERM");
    thread::sleep(Duration::from_millis(50));
    signal(&child, "INT");
    let outcome = Outcome::from(child.wait_with_output().unwrap());
    assert_eq!(outcome.stdout, "");
    if start.elapsed() < Duration::from_millis(1_000) {
        assert!(matches!(outcome.code, Some(130 | 143)), "{:?}", outcome.code);
    }
    let child = spawn(place.command(&["load", "locked.db", "{ t }"]));
    while_it_works();
    let start = Instant::now();
    signal(&child, "TERM");
    stopped(child, 143);
    assert!(start.elapsed() < Duration::from_secs(4), "SQLite alone waits for five seconds: {:?}", start.elapsed());
}

#[test]
fn the_demo_leaves_nothing_behind_when_it_is_stopped() {
    let place = Place::empty();
    std::fs::create_dir(place.path("tmp")).unwrap();
    for (pause, (name, code)) in [5, 15, 30, 60].into_iter().flat_map(|pause| SIGNALS.map(|signal| (pause, signal))) {
        let mut command = place.command(&["demo"]);
        command.env("TMPDIR", place.path("tmp"));
        let child = spawn(command);
        thread::sleep(Duration::from_millis(pause));
        signal(&child, name);
        let outcome = Outcome::from(child.wait_with_output().unwrap());
        // Before it has heard of signals it ends by the system's own way.
        assert!([Some(code), Some(0), None].contains(&outcome.code), "{:?}", outcome.code);
        assert!(outcome.code == Some(0) || outcome.stdout.is_empty());
        assert_eq!(std::fs::read_dir(place.path("tmp")).unwrap().count(), 0, "after {pause} ms");
    }
}

/// A pipe that is full, as a pager that is not scrolled leaves it.
fn full_pipe() -> (PipeReader, PipeWriter) {
    let (reader, writer) = pipe().unwrap();
    let mut filler = writer.try_clone().unwrap();
    thread::spawn(move || while filler.write_all(&[0; 4096]).is_ok() {});
    while_it_works();
    (reader, writer)
}

/// The exit code of a program that has to end soon.
#[track_caller]
fn ends(mut child: Child) -> Option<i32> {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(15) {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        thread::sleep(Duration::from_millis(20));
    }
    child.kill().unwrap();
    panic!("it never ends");
}

#[test]
fn time_ends_a_command_whose_messages_nobody_reads() {
    let place = Place::empty().with("endless.db", ENDLESS);
    let (reader, full) = full_pipe();
    for (specification, stdout) in
        [("{ endless }", Stdio::null()), ("{ t }", full.try_clone().unwrap().into()), ("{ nosuch }", Stdio::null())]
    {
        let mut command = place.command(&["load", "endless.db", specification, "--timeout", "0.5"]);
        let child = command.stdout(stdout).stderr(full.try_clone().unwrap()).spawn().unwrap();
        assert_eq!(ends(child), Some(4), "{specification}");
    }
    drop(reader);
}

#[test]
fn a_signal_ends_a_command_whose_messages_nobody_reads() {
    let place = Place::empty().with("endless.db", ENDLESS);
    let (reader, full) = full_pipe();
    for (name, code) in SIGNALS {
        for arguments in [&["load", "none.db", "{ t }"][..], &["load", "endless.db", "{ nosuch }"], &["lod"]] {
            let mut command = place.command(arguments);
            let child = command.stdout(Stdio::null()).stderr(full.try_clone().unwrap()).spawn().unwrap();
            while_it_works();
            signal(&child, name);
            assert_eq!(ends(child), Some(code), "{arguments:?}");
        }
    }
    drop(reader);
}

/// As `nohup` and shells start programs that are to outlive what they send to all others.
#[test]
#[cfg(target_os = "linux")]
fn a_signal_that_is_ignored_from_the_start_stays_ignored() {
    let place = Place::empty().with("endless.db", ENDLESS);
    for ((name, _), (other, code)) in [(SIGNALS[0], SIGNALS[1]), (SIGNALS[1], SIGNALS[2]), (SIGNALS[2], SIGNALS[0])] {
        let script = format!("trap '' {name}; exec \"$0\" load endless.db '{{ endless }}' --timeout 60");
        let mut command = listening("sh");
        command.args(["-c", &script, Place::PROGRAM]).current_dir(place.path("."));
        let mut child = spawn(command);
        while_it_works();
        signal(&child, name);
        while_it_works();
        assert_eq!(child.try_wait().unwrap(), None, "{name}");
        signal(&child, other);
        stopped(child, code);
    }
}

/// A server that listens, does `talk`, and is silent.
fn silent(talk: impl Fn(&mut TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let mut silent = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            talk(&mut stream);
            silent.push(stream);
        }
    });
    port
}

/// PostgreSQL's start of a session: who asks is let in, and may send queries.
fn let_in(stream: &mut TcpStream) {
    let mut length = [0; 4];
    let Ok(()) = stream.read_exact(&mut length) else { return };
    let mut rest = vec![0; u32::from_be_bytes(length) as usize - 4];
    let _ = stream.read_exact(&mut rest);
    let _ = stream.write_all(b"R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I");
}

/// MySQL's: a greeting, and OK to whatever is answered.
fn greet(stream: &mut TcpStream) {
    let mut greeting = b"\x0a8.0.36\0\x01\0\0\0abcdefgh\0\xff\xf7\x21\x02\0\x0f\x80\x15".to_vec();
    greeting.extend([0; 10]);
    greeting.extend(b"ijklmnopqrst\0mysql_native_password\0");
    let mut packet = vec![u8::try_from(greeting.len()).unwrap(), 0, 0, 0];
    packet.extend(greeting);
    let _ = stream.write_all(&packet);
    let mut head = [0; 4];
    let Ok(()) = stream.read_exact(&mut head) else { return };
    let mut login = vec![0; usize::from(head[0])];
    let _ = stream.read_exact(&mut login);
    let _ = stream.write_all(b"\x07\0\0\x02\0\0\0\x02\0\0\0");
}

fn silent_servers() -> [(&'static str, String); 4] {
    let postgres = |port| format!("postgres://me:hunter2@127.0.0.1:{port}/db");
    let mysql = |port| format!("mysql://me:hunter2@127.0.0.1:{port}/db");
    [
        ("PostgreSQL, from the start", postgres(silent(|_| ()))),
        ("PostgreSQL, after the login", postgres(silent(let_in))),
        ("MySQL, from the start", mysql(silent(|_| ()))),
        ("MySQL, after the login", mysql(silent(greet))),
    ]
}

#[test]
fn a_server_that_goes_silent_is_left_when_time_is_over() {
    let place = Place::empty();
    for (which, url) in silent_servers() {
        for command in [
            &["load", &url, "{ t }"][..],
            &["load", &url, "{ t }", "--snapshot"],
            &["inspect", &url],
            &["plan", &url, "{ t }"],
        ] {
            let start = Instant::now();
            let outcome = place.refuses(&[command, &["--timeout", "0.1"]].concat(), 4, &["E0502"]);
            assert!(!outcome.stderr.contains("hunter2"), "{which}");
            assert!(start.elapsed() < Duration::from_secs(9), "{which}: {:?}", start.elapsed());
        }
    }
}

#[test]
fn a_server_that_goes_silent_is_left_at_a_signal() {
    let place = Place::empty();
    for (which, url) in silent_servers() {
        for (name, code) in SIGNALS {
            let child = spawn(place.command(&["load", &url, "{ t }"]));
            while_it_works();
            signal(&child, name);
            let outcome = stopped(child, code);
            assert_eq!(outcome.stderr, "", "{which}");
        }
    }
}
