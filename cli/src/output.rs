//! Output goes to stdout, whole or not at all: what is small is built in memory and written at once. Objects can be many
//! times larger than the graph they unfold from: where there are many, they are written twice, first to nowhere, to see
//! that they can be.

use crate::stop;
use eagerly::error::{Error, Result, code};
use std::io::{self, BufWriter, ErrorKind, Write};

/// Bytes of a document that are kept, so that it need not be written twice.
const KEPT: usize = 1 << 20;

/// Bytes that go to the system at once.
const BUFFER: usize = 1 << 16;

/// What can be written more than once, with the same result.
pub(crate) trait Document {
    /// Writes it.
    ///
    /// # Errors
    /// What has no form; what the writer refuses.
    fn write(&self, out: &mut impl Write) -> Result<()>;
}

/// Writes the output of a command. A reader that has seen enough (`| head -1`) is no error.
///
/// # Errors
/// What the system refuses, a full disk for example.
pub(crate) fn write(bytes: &[u8]) -> Result<()> {
    stop::begin_writing()?;
    accepted(to_stdout(|out| out.write_all(bytes)))?;
    stop::end_writing();
    Ok(())
}

/// Writes a document without holding a text that is large. A reader that has seen enough is no error.
///
/// # Errors
/// Those of the document, before anything is written; what the system refuses.
pub(crate) fn stream(document: &impl Document) -> Result<()> {
    let mut first = First::Whole(Vec::new());
    document.write(&mut first)?;
    if let First::Whole(text) = first {
        return write(&text);
    }
    stop::begin_writing()?;
    let mut failed = None;
    accepted(to_stdout(|out| {
        let mut out = Remembering { out: BufWriter::with_capacity(BUFFER, out), refused: Ok(()) };
        let written = document.write(&mut out);
        // The document has its own words for what the writer refused.
        std::mem::replace(&mut out.refused, Ok(()))?;
        failed = written.err();
        out.out.flush()
    }))?;
    stop::end_writing();
    failed.map_or(Ok(()), Err)
}

/// Ends the last line of a document.
///
/// # Errors
/// What the writer refuses.
pub(crate) fn end_line(out: &mut impl Write) -> Result<()> {
    accepted(out.write_all(b"\n"))
}

fn to_stdout(write: impl FnOnce(&mut Stdout) -> io::Result<()>) -> io::Result<()> {
    let mut out = stdout()?;
    write(&mut out)?;
    out.flush()
}

/// Standard output as a file: Rust's own takes one that cannot be written to for one that takes everything.
#[cfg(unix)]
type Stdout = std::fs::File;

#[cfg(unix)]
fn stdout() -> io::Result<Stdout> {
    use std::os::fd::AsFd;
    if eagerly_stdout::is_closed() {
        return Err(io::Error::new(ErrorKind::NotFound, "standard output is closed"));
    }
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}

#[cfg(not(unix))]
type Stdout = io::StdoutLock<'static>;

#[cfg(not(unix))]
fn stdout() -> io::Result<Stdout> {
    Ok(io::stdout().lock())
}

fn accepted(written: io::Result<()>) -> Result<()> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::input(code::UNREADABLE, format!("the output could not be written: {error}"))
                .help(match error.kind() {
                    ErrorKind::StorageFull => {
                        "stdout has what was written until then: make room, and run the command again"
                    }
                    _ => "give the program a standard output that can be written to, and run the command again",
                })
                .into())
        }
        _ => Ok(()),
    }
}

/// A writer that keeps a text as long as it is small.
enum First {
    Whole(Vec<u8>),
    Large,
}

impl Write for First {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Whole(text) if text.len() + bytes.len() <= KEPT => text.extend_from_slice(bytes),
            _ => *self = Self::Large,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A writer that keeps the error that it returned.
struct Remembering<W> {
    out: W,
    refused: io::Result<()>,
}

impl<W: Write> Write for Remembering<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes).inspect_err(|error| self.refused = Err(again(error)))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The same error once more.
fn again(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}
