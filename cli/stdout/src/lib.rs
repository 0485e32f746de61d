//! Whether the program was started with a standard output, or without one (`>&-`).
//!
//! Rust opens `/dev/null` in place of a stream that is closed, before it calls `main`, and from there on nobody can tell
//! it from a `/dev/null` that was meant: so this looks before that. Only where the system shows what is open as files;
//! elsewhere there always is one.

use std::sync::atomic::{AtomicBool, Ordering};

static IS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether the program was started with its standard output closed.
#[must_use]
pub fn is_closed() -> bool {
    IS_CLOSED.load(Ordering::Relaxed)
}

/// Before `main`. It asks the system two questions and keeps nothing open.
#[cfg(unix)]
#[ctor::ctor(unsafe)]
fn look() {
    let is_there = |path: &str| std::fs::symlink_metadata(path).is_ok();
    IS_CLOSED.store(is_there("/dev/fd/") && !is_there("/dev/fd/1"), Ordering::Relaxed);
}
