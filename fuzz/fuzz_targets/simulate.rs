//! Bytes are the choices of a history of I/O; it ends in the oracle's graph, or in an error that says where.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| eagerly_tests::fuzz::simulate(data));
