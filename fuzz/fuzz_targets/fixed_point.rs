//! L4: writing what was read is a fixed point.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/laws.rs"]
mod laws;

fuzz_target!(|input: &[u8]| laws::writing_is_a_fixed_point(input));
