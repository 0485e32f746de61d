//! How far a load is, on one line of stderr: statements done, round trips that the driver has added to theirs if it has,
//! rows read, time. Only on a terminal, and only for a load
//! that takes its time; the line is gone before anything else is printed.
//!
//! The line is drawn by threads of its own, so that the clock goes on while the database thinks and no row comes.

use eagerly::{Executed, Observer};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A load that is done before this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Between two drawings.
const FRAME: Duration = Duration::from_millis(100);

/// The line; no colours, which would mean nothing here.
const LINE: &str = "{spinner} statements done: {msg}, rows read: {human_pos}, {elapsed_precise}";

/// What turns; every terminal has these.
const SPINNER: &str = "|/-\\ ";

/// The line, and who draws it. Dropped, it is gone.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
    statements: u64,
    /// Round trips to prepare them, and to look up their types.
    hidden: u64,
    /// Rows of the statements that are done.
    rows: u64,
}

impl Progress {
    /// On stderr, where that is a terminal that can move its cursor; nothing elsewhere.
    pub(crate) fn on_stderr() -> Self {
        let able = std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let seen = std::io::stderr().is_terminal() && able;
        if seen { Self::on(ProgressDrawTarget::stderr(), PATIENCE) } else { Self::none() }
    }

    /// Nothing is shown.
    pub(crate) fn none() -> Self {
        Self { bar: ProgressBar::hidden(), drawing: None, statements: 0, hidden: 0, rows: 0 }
    }

    fn on(target: ProgressDrawTarget, patience: Duration) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message("0");
        if let Ok(style) = ProgressStyle::with_template(LINE) {
            bar.set_style(style.tick_chars(SPINNER));
        }
        let (done, until_done) = mpsc::channel::<()>();
        let line = bar.clone();
        let thread = thread::Builder::new().name("progress".to_owned()).spawn(move || {
            if until_done.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                line.set_draw_target(target);
                line.enable_steady_tick(FRAME);
                // Nothing is ever sent: the sender is dropped at the end.
                let _ = until_done.recv();
            }
            // Here, since indicatif draws nothing in a thread that panics.
            line.finish_and_clear();
        });
        // Without a thread there is no line, and the load goes on.
        Self { bar, drawing: thread.ok().map(|thread| (done, thread)), statements: 0, hidden: 0, rows: 0 }
    }
}

impl Observer for Progress {
    fn reading(&mut self, rows: u64) {
        self.bar.set_position(self.rows + rows);
    }

    fn executed(&mut self, statement: Executed) {
        self.statements += 1;
        self.hidden += u64::from(statement.hidden);
        self.rows += statement.rows;
        self.bar.set_position(self.rows);
        self.bar.set_message(match self.hidden {
            0 => self.statements.to_string(),
            hidden => format!("{}, hidden round trips: {hidden}", self.statements),
        });
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.drawing.take() {
            drop(done);
            // A thread that panicked draws no more either.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FRAME, Progress};
    use eagerly::{Executed, Observer};
    use indicatif::{InMemoryTerm, ProgressDrawTarget};
    use std::time::{Duration, Instant};

    fn on(term: &InMemoryTerm, patience: Duration) -> Progress {
        Progress::on(ProgressDrawTarget::term_like_with_hz(Box::new(term.clone()), 100), patience)
    }

    /// Waits until the terminal shows something like it.
    #[track_caller]
    fn shows(term: &InMemoryTerm, words: &str) {
        let start = Instant::now();
        while !term.contents().contains(words) {
            assert!(start.elapsed() < Duration::from_secs(20), "no {words:?} in {:?}", term.contents());
            std::thread::sleep(FRAME / 10);
        }
    }

    #[test]
    fn a_load_that_takes_its_time_shows_statements_and_rows_and_then_nothing() {
        let connection = rusqlite::Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2)").unwrap();
        let graph = eagerly_rusqlite::reflect(&connection).unwrap();
        let planner = eagerly::Planner::new(graph, eagerly::Sqlite::new());
        let plan = planner.compile(&eagerly::LoadSpec::parse("{ t }").unwrap()).unwrap();

        let term = InMemoryTerm::new(10, 80);
        let mut progress = on(&term, Duration::from_millis(1));
        shows(&term, "statements done: 0, rows read: 0, 00:00:00");
        progress.reading(1_024);
        shows(&term, "rows read: 1,024");
        eagerly_rusqlite::observe(&connection, eagerly::Run::new(&plan), &mut progress).unwrap();
        shows(&term, "statements done: 1, rows read: 2,");
        progress.reading(3_000);
        shows(&term, "rows read: 3,002");
        // As a server's driver tells it.
        let executed = |mut statement: Executed| {
            statement.hidden = 2;
            progress.executed(statement);
        };
        eagerly_rusqlite::observe(&connection, eagerly::Run::new(&plan), &mut { executed }).unwrap();
        shows(&term, "statements done: 2, hidden round trips: 2, rows read: 4,");
        drop(progress);
        assert_eq!(term.contents(), "", "the line is gone");
    }

    #[test]
    fn the_clock_goes_on_while_the_database_thinks() {
        let term = InMemoryTerm::new(10, 80);
        let progress = on(&term, Duration::from_millis(1));
        shows(&term, "rows read: 0, 00:00:01");
        drop(progress);
        assert_eq!(term.contents(), "");
    }

    #[test]
    fn a_load_that_is_done_soon_shows_nothing() {
        let term = InMemoryTerm::new(10, 80);
        let mut progress = on(&term, Duration::from_secs(60));
        progress.reading(1_000);
        std::thread::sleep(2 * FRAME);
        assert_eq!(term.moves_since_last_check(), "", "nothing was drawn, not even cleared");
        drop(progress);
        assert_eq!(term.contents(), "");
    }

    #[test]
    fn a_panic_takes_the_line_with_it() {
        let term = InMemoryTerm::new(10, 80);
        let seen = term.clone();
        let result = std::panic::catch_unwind(move || {
            let _progress = on(&seen, Duration::from_millis(1));
            shows(&seen, "rows read: 0");
            panic!("on purpose");
        });
        assert!(result.is_err());
        assert_eq!(term.contents(), "");
    }
}
