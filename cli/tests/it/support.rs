//! A directory with a database in it, the program run there, and what came of it.

#![allow(clippy::unwrap_used)]

use rusqlite::Connection;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Authors, posts, tags; comments that refer to each other.
pub(crate) const BLOG: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE post (
        id INTEGER PRIMARY KEY, title TEXT NOT NULL, score REAL, published BOOLEAN,
        author_id INTEGER REFERENCES author ON DELETE SET NULL);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT NOT NULL UNIQUE);
    CREATE TABLE post_tag (
        post_id INTEGER NOT NULL REFERENCES post, tag_id INTEGER NOT NULL REFERENCES tag, PRIMARY KEY (post_id, tag_id));
    INSERT INTO author VALUES (1, 'Ada'), (2, 'Ben');
    INSERT INTO post VALUES (1, 'one', 1.5, 1, 1), (2, 'two', NULL, 0, 2), (3, 'three', 3.0, NULL, NULL);
    INSERT INTO tag VALUES (1, 'Rust', 'rust'), (2, 'SQL', 'sql');
    INSERT INTO post_tag VALUES (1, 1), (1, 2), (2, 1);
";

/// A directory in which the program runs.
pub(crate) struct Place {
    directory: TempDir,
}

/// What a run of the program left.
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    /// The program's file.
    pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_eagerly");

    /// An empty directory.
    pub(crate) fn empty() -> Self {
        Self { directory: TempDir::new().unwrap() }
    }

    /// A directory with `blog.db`.
    pub(crate) fn blog() -> Self {
        Self::empty().with("blog.db", BLOG)
    }

    /// Adds a database.
    pub(crate) fn with(self, name: &str, sql: &str) -> Self {
        self.connect(name).execute_batch(sql).unwrap();
        self
    }

    /// A connection that may write.
    pub(crate) fn connect(&self, name: &str) -> Connection {
        Connection::open(self.path(name)).unwrap()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Names and contents of all files.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let entries = std::fs::read_dir(self.directory.path()).unwrap().map(Result::unwrap);
        let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
        let named = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        let mut files: Vec<_> = files.map(|e| (named(&e.path()), std::fs::read(e.path()).unwrap())).collect();
        files.sort();
        files
    }

    /// The program, not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = listening(Self::PROGRAM);
        command.args(arguments).current_dir(self.directory.path()).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Outcome {
        Outcome::of(&mut self.command(arguments))
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Outcome {
        let mut command = self.command(arguments);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The program may refuse before it has read everything.
        let _ = child.stdin.take().unwrap().write_all(input);
        Outcome::from(child.wait_with_output().unwrap())
    }

    /// The JSON that a load of `blog.db` prints.
    pub(crate) fn load(&self, arguments: &[&str]) -> serde_json::Value {
        self.load_of("blog.db", arguments)
    }

    /// The JSON that a load of a database prints.
    pub(crate) fn load_of(&self, database: &str, arguments: &[&str]) -> serde_json::Value {
        self.run(&[&["load", database], arguments].concat()).json()
    }

    /// A run that fails with this exit code, changes no file, and says all of `words`.
    pub(crate) fn refuses(&self, arguments: &[&str], code: i32, words: &[&str]) -> Outcome {
        let before = self.files();
        let outcome = self.run(arguments).refused(code, words);
        assert!(self.files() == before, "{arguments:?} changed files");
        outcome
    }
}

impl Outcome {
    pub(crate) fn of(command: &mut Command) -> Self {
        Self::from(command.output().unwrap())
    }

    pub(crate) fn from(output: std::process::Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let outcome = Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) };
        assert!(!outcome.stderr.contains("panicked"), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("E09"), "{}", outcome.stderr);
        assert!(!outcome.stderr.contains('\u{1b}'), "no colours where there is no terminal: {}", outcome.stderr);
        outcome
    }

    /// Asserts success without a word on stderr; what was printed.
    #[track_caller]
    pub(crate) fn text(self) -> String {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""), "{}", self.stdout);
        self.stdout
    }

    #[track_caller]
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.text()).unwrap()
    }

    /// Asserts an exit code, an empty stdout, and words on stderr.
    #[track_caller]
    pub(crate) fn refused(self, code: i32, words: &[&str]) -> Self {
        assert_eq!((self.code, self.stdout.as_str()), (Some(code), ""), "{}", self.stderr);
        for word in words {
            assert!(self.stderr.contains(word), "no {word:?} in:\n{}", self.stderr);
        }
        self
    }
}

/// A program that hears signals, also where the tests run in the background of a shell, which ignores some: the program would
/// go on ignoring them.
pub(crate) fn listening(program: &str) -> Command {
    if !ignores_signals() {
        return Command::new(program);
    }
    let mut command = Command::new("env");
    command.arg("--default-signal=HUP,INT,TERM").arg(program);
    command
}

/// Whether these tests ignore a signal that ends programs, as Linux says.
fn ignores_signals() -> bool {
    // The bits of HUP (1), INT (2) and TERM (15).
    const SIGNALS: u64 = 1 | 1 << 1 | 1 << 14;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).is_ok_and(|mask| mask & SIGNALS != 0))
}
