//! L3 on models that may arrive; the input is the choices.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|input: &[u8]| support::targets::l3_received(input));
