//! L6: strict reading accepts a subset of lenient reading.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/targets.rs"]
mod targets;

fuzz_target!(|input: &[u8]| targets::l6_strict(input));
