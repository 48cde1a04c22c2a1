//! L4: writing what was read is a fixed point.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|input: &[u8]| support::targets::l4_fixed_point(input));
