//! L5: any chunking gives the same events, locations and errors. The first three bytes are sizes of chunks.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/laws.rs"]
mod laws;

fuzz_target!(|input: &[u8]| {
    let Some((sizes, input)) = input.split_first_chunk::<3>() else { return };
    laws::chunks_change_nothing(input, &sizes.map(usize::from));
    laws::chunks_change_no_segment(input, &sizes.map(usize::from));
});
