//! L1 and L2: spans tile the input.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/targets.rs"]
mod targets;

fuzz_target!(|input: &[u8]| targets::l1_l2_spans(input));
