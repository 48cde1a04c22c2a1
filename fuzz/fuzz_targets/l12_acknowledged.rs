//! L12: what was lost or stands out of its place is not acknowledged.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|input: &[u8]| support::targets::l12_acknowledged(input));
