//! Counts the statements that SQLite executes, whoever sends them: all Rust peers are linked to one SQLite, which lets a
//! function see every connection that is opened.
#![expect(unsafe_code, reason = "rusqlite's own hook sees the connections that rusqlite opens, and no others")]

use anyhow::{Result, ensure};
use libsqlite3_sys as ffi;
use std::ffi::{c_char, c_int, c_uint, c_void};
use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};

static EXECUTED: AtomicU64 = AtomicU64::new(0);

/// Counts on every connection that is opened from now on.
///
/// # Errors
/// SQLite's refusal.
pub fn count() -> Result<()> {
    // SAFETY: `opened` has the signature that SQLite calls entry points with, and lives as long as the program.
    let code = unsafe { ffi::sqlite3_auto_extension(Some(opened)) };
    ensure!(code == ffi::SQLITE_OK, "SQLite refuses to tell of its connections: {code}");
    Ok(())
}

/// The statements executed since the program began.
#[must_use]
pub fn executed() -> u64 {
    EXECUTED.load(Ordering::SeqCst)
}

unsafe extern "C" fn opened(
    connection: *mut ffi::sqlite3,
    _: *mut *mut c_char,
    _: *const ffi::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite hands in the connection that it has just opened; the callback uses none of its arguments.
    unsafe { ffi::sqlite3_trace_v2(connection, ffi::SQLITE_TRACE_STMT, Some(trace), ptr::null_mut()) }
}

unsafe extern "C" fn trace(_: c_uint, _: *mut c_void, _: *mut c_void, _: *mut c_void) -> c_int {
    EXECUTED.fetch_add(1, Ordering::SeqCst);
    0
}
