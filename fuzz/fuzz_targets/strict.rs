//! L6: strict reading accepts a subset of lenient reading.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/laws.rs"]
mod laws;

fuzz_target!(|input: &[u8]| laws::strict_accepts_a_subset(input));
