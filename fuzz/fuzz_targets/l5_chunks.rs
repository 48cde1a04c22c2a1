//! L5: any chunking gives the same segments, events, locations and errors. The first three bytes are sizes.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|input: &[u8]| support::targets::l5_chunks(input));
