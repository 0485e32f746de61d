//! The finished output goes to stdout.

use eagerly::error::{Error, Result, code};
use std::io::{ErrorKind, Write};

/// Writes the output of a command. A reader that has seen enough (`| head -1`) is no error.
///
/// # Errors
/// What the system refuses, a full disk for example.
pub(crate) fn write(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::input(code::UNREADABLE, format!("the output could not be written: {error}")).into())
        }
        _ => Ok(()),
    }
}
