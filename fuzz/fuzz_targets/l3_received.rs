//! L3 on models that may arrive; the input is the choices.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/targets.rs"]
mod targets;

fuzz_target!(|input: &[u8]| targets::l3_received(input));
