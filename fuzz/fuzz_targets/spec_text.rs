//! Any text is a specification or an error with a place in the text; what compiles, SQLite prepares and runs.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| eagerly_tests::fuzz::spec_text(data));
