//! Bytes seed the generator; the engine gives the oracle's graph under every strategy.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| eagerly_tests::fuzz::oracle(data));
