//! L9: the scanner agrees with a naive splitter.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/laws.rs"]
mod laws;

fuzz_target!(|input: &[u8]| laws::scanner_agrees_with_a_naive_splitter(input));
