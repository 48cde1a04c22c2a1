//! L14: what is read and what is found does not depend on how fast the way was. The first four bytes are an edit, which is made
//! in each transaction.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|input: &[u8]| support::targets::l14_both_ways(input));
