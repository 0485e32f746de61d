//! The last line of defence: a panic, which would be our bug, becomes an error like any other.

use crate::report::Failure;
use eagerly::error::Error;
use std::panic::{self, UnwindSafe};
use std::sync::{Mutex, PoisonError};

/// Runs a command; a panic in it becomes `E0901`, with the place where it happened.
pub(crate) fn caught<T>(command: impl FnOnce() -> Result<T, Failure> + UnwindSafe) -> Result<T, Failure> {
    static LAST: Mutex<String> = Mutex::new(String::new());
    // In place of the hook that prints: the message is told once, with a code.
    let before = panic::take_hook();
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!(" at {place}")).unwrap_or_default();
        let why = info.payload_as_str().unwrap_or("no message");
        *LAST.lock().unwrap_or_else(PoisonError::into_inner) = format!("the program failed{place}: {why}");
    }));
    let result = panic::catch_unwind(command);
    panic::set_hook(before);
    result.unwrap_or_else(|_| {
        let message = std::mem::take(&mut *LAST.lock().unwrap_or_else(PoisonError::into_inner));
        Err(Error::bug(message).into())
    })
}

#[cfg(test)]
mod tests {
    use super::caught;
    use crate::report::Failure;
    use eagerly::error::{ErrorKind, code};

    #[test]
    fn a_panic_becomes_our_bug_and_names_its_place() {
        let failure = caught(|| -> Result<(), Failure> { panic!("broken {}", 7) }).unwrap_err();
        let error = failure.errors().first();
        assert_eq!((error.kind, error.code), (ErrorKind::Bug, code::BUG));
        assert!(error.message.contains("cli/src/guard.rs") && error.message.ends_with("broken 7"), "{error}");
        assert_eq!(caught(|| Ok(3)).ok(), Some(3));
    }
}
