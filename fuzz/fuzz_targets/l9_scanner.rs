//! L9: the scanner agrees with a naive splitter.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/targets.rs"]
mod targets;

fuzz_target!(|input: &[u8]| targets::l9_scanner(input));
