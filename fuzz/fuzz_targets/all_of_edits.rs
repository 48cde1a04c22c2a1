//! All laws on edits of what was made. The first byte is the number of edits, four bytes are an edit, the rest are
//! the choices.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|input: &[u8]| support::targets::all_of_edits(input));
