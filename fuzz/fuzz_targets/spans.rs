//! L1 and L2: spans tile the input.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/laws.rs"]
mod laws;

fuzz_target!(|input: &[u8]| laws::spans_tile_the_input(input));
