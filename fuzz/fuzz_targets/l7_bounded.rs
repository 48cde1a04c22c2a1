//! L7: what is read and kept is bounded. The first byte is the size of the chunks.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|input: &[u8]| support::targets::l7_bounded(input));
