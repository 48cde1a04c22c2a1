//! The bodies of the fuzz targets, by name; their seeds are replayed by `tests/it/fuzz_seeds.rs`.

use nhais_edifact::syntax::LineBreak;

use super::laws;

/// Declares the targets.
macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident: $body:expr;)+) => {
        $($(#[$doc])*
        pub(crate) fn $name(input: &[u8]) {
            let body: fn(&[u8]) = $body;
            body(input);
        })+

        /// Every target by its name.
        pub(crate) const ALL: &[(&str, fn(&[u8]))] = &[$((stringify!($name), $name)),+];
    };
}

targets! {
    /// L1 and L2: spans tile the input.
    l1_l2_spans: laws::spans_tile_the_input;
    /// L3 on models that may be sent; the input is the choices.
    l3_sent: laws::decoding_what_was_encoded_gives_the_model;
    /// L3 on models that may arrive; the input is the choices.
    l3_received: |input| {
        laws::decoding_what_was_encoded_as_received_gives_the_model(input);
        laws::both_ways_of_writing_agree(input);
    };
    /// L4: writing what was read is a fixed point.
    l4_fixed_point: laws::writing_is_a_fixed_point;
    /// L5: any chunking gives the same segments, events, locations and errors. The first three bytes are sizes.
    l5_chunks: |input| {
        let Some((sizes, input)) = input.split_first_chunk::<3>() else { return };
        laws::chunks_change_nothing(input, &sizes.map(usize::from));
        laws::chunks_change_no_segment(input, &sizes.map(usize::from));
    };
    /// L6: strict reading accepts a subset of lenient reading.
    l6_strict: laws::strict_accepts_a_subset;
    /// L7: what is read and kept is bounded. The first byte is the size of the chunks.
    l7_bounded: |input| {
        let Some((size, input)) = input.split_first() else { return };
        laws::reading_is_bounded(input, usize::from(*size).max(1));
    };
    /// L9: the scanner agrees with a naive splitter, and tokens are those of segments.
    l9_scanner: |input| {
        laws::scanner_agrees_with_a_naive_splitter(input);
        laws::tokens_are_those_of_segments(input);
    };
    /// L10: what strict reading accepts, strict writing writes.
    l10_strict_writes: laws::strict_reading_and_strict_writing_agree;
    /// L11: what is written as received reads back, or is refused; the input is the choices.
    l11_as_received: laws::written_as_received_reads_back_or_is_refused;
    /// L12: what was lost or stands out of its place is not acknowledged.
    l12_acknowledged: laws::what_was_lost_is_not_acknowledged;
    /// L13: lines hide no interchange. FF ends the lines, and the choices of an interchange, whose first byte says which service
    /// characters it has and whether it lacks its last terminator.
    l13_lines: |input| {
        let parts: Vec<&[u8]> = input.split(|byte| *byte == 0xFF).collect();
        let (pairs, rest) = parts.as_chunks::<2>();
        let with_lines = |[lines, choices]: &[&[u8]; 2]| {
            let (first, choices) = choices.split_first().unwrap_or((&0, choices));
            let wire = laws::written(choices, false, LineBreak::Lf);
            let advice = laws::ADVICES.get(usize::from(*first / 2) % 8);
            let wire = advice.map_or(wire.clone(), |advice| laws::translated(&wire, advice));
            (lines.to_vec(), wire, first % 2 == 1)
        };
        let parts: Vec<laws::WithLines> = pairs.iter().take(4).map(with_lines).collect();
        laws::lines_hide_no_interchange(&parts, rest.first().copied().unwrap_or_default());
    };
    /// L14: what is read and found does not depend on how fast the way was. The first bytes are an edit of each transaction.
    l14_both_ways: |input| {
        laws::both_ways_of_reading_agree(input);
        let Some((edit, input)) = input.split_first_chunk::<4>() else { return };
        laws::both_ways_of_reading_agree(&laws::each_transaction_edited(input, *edit));
    };
    /// All laws on edits of what was made. The first byte is the number of edits, four bytes are an edit, the rest are
    /// the choices.
    all_of_edits: |input| {
        let Some((count, rest)) = input.split_first() else { return };
        let (edits, choices) = rest.split_at(rest.len().min(usize::from(*count % 8) * 4));
        let (edits, _) = edits.as_chunks::<4>();
        let wire = laws::edited(laws::written(choices, *count >= 128, LineBreak::Lf), edits);
        laws::spans_tile_the_input(&wire);
        laws::writing_is_a_fixed_point(&wire);
        laws::chunks_change_nothing(&wire, &[usize::from(*count).max(1), 1]);
        laws::chunks_change_no_segment(&wire, &[usize::from(*count).max(1), 1]);
        laws::strict_accepts_a_subset(&wire);
        laws::strict_reading_and_strict_writing_agree(&wire);
        laws::reading_is_bounded(&wire, 13);
        laws::scanner_agrees_with_a_naive_splitter(&wire);
        laws::tokens_are_those_of_segments(&wire);
        laws::what_was_lost_is_not_acknowledged(&wire);
    };
}
