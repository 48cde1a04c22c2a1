//! L10: what strict reading accepts, strict writing writes.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|input: &[u8]| support::targets::l10_strict_writes(input));
