//! L11: what is written as received reads back, or is refused; the input is the choices.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/mod.rs"]
mod support;

fuzz_target!(|input: &[u8]| support::targets::l11_as_received(input));
