//! L10: what strict reading accepts, strict writing writes.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/targets.rs"]
mod targets;

fuzz_target!(|input: &[u8]| targets::l10_strict_writes(input));
