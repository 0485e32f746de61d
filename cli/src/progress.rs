//! How far a load is, on one line of stderr: statements done, rows read, time. Only on a terminal, and only for a load
//! that takes its time; the line is gone before anything else is printed.
//!
//! A thread of its own redraws the line, so that the clock goes on while the database thinks and no row comes.

use eagerly_rusqlite::{Executed, Observer};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A load that is done before this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Between two drawings.
const FRAME: Duration = Duration::from_millis(100);

/// The line; no colours, which would mean nothing here.
const LINE: &str = "{spinner} {msg}{human_pos} rows read, {elapsed}";

/// The line, and who draws it. Dropped, it is gone.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    drawing: Option<(Sender<()>, JoinHandle<()>)>,
    statements: u64,
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
        Self { bar: ProgressBar::hidden(), drawing: None, statements: 0, rows: 0 }
    }

    fn on(target: ProgressDrawTarget, patience: Duration) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(LINE) {
            bar.set_style(style);
        }
        let (done, until_done) = mpsc::channel();
        let (drawn, start) = (bar.clone(), Instant::now());
        let mut target = Some(target);
        let thread = thread::Builder::new().name("progress".to_owned()).spawn(move || {
            while until_done.recv_timeout(FRAME.min(patience)) == Err(RecvTimeoutError::Timeout) {
                if start.elapsed() < patience {
                    continue;
                }
                if let Some(target) = target.take() {
                    drawn.set_draw_target(target);
                }
                drawn.tick();
            }
            // Here, since indicatif draws nothing in a thread that panics.
            drawn.finish_and_clear();
        });
        // Without a thread there is no line, and the load goes on.
        Self { bar, drawing: thread.ok().map(|thread| (done, thread)), statements: 0, rows: 0 }
    }
}

impl Observer for Progress {
    fn reading(&mut self, rows: u64) {
        self.bar.set_position(self.rows + rows);
    }

    fn executed(&mut self, statement: Executed) {
        self.statements += 1;
        self.rows += statement.rows;
        self.bar.set_position(self.rows);
        let s = if self.statements == 1 { "" } else { "s" };
        self.bar.set_message(format!("{} statement{s} done, ", self.statements));
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
    use eagerly_rusqlite::Observer;
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
        shows(&term, "0 rows read, 0s");
        progress.reading(1_024);
        shows(&term, "1,024 rows read");
        eagerly_rusqlite::observe(&connection, eagerly::Run::new(&plan), &mut progress).unwrap();
        shows(&term, "1 statement done, 2 rows read");
        progress.reading(3_000);
        shows(&term, "3,002 rows read");
        drop(progress);
        assert_eq!(term.contents(), "", "the line is gone");
    }

    #[test]
    fn the_clock_goes_on_while_the_database_thinks() {
        let term = InMemoryTerm::new(10, 80);
        let progress = on(&term, Duration::from_millis(1));
        shows(&term, "0 rows read, 1s");
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
            shows(&seen, "rows read");
            panic!("on purpose");
        });
        assert!(result.is_err());
        assert_eq!(term.contents(), "");
    }
}
