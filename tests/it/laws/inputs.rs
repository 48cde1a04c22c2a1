//! The laws of DESIGN.md as property tests: on interchanges that were made, on the corpus and on published samples, whole
//! and edited, and on bytes at random. L3 stands in `models.rs`, L8 in `src/generate/coverage.rs`.

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;

use nhais_edifact::generate::{ByteSource, interchange};
use nhais_edifact::syntax::LineBreak;
use nhais_edifact::{Interchange, ReadOptions, WriteOptions};
use proptest::prelude::*;

use crate::files;
use crate::support::laws;

fn contents(paths: &[PathBuf]) -> Vec<Vec<u8>> {
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Every interchange of the corpus.
fn corpus() -> &'static [Vec<u8>] {
    static CORPUS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let corpus = contents(&files::corpus("", "edi"));
        assert!(corpus.len() > 300, "the corpus is not where it should be");
        corpus
    })
}

/// Every published sample, if `NHAIS_EDIFACT_SAMPLES` names their folder.
fn samples() -> &'static [Vec<u8>] {
    static SAMPLES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SAMPLES.get_or_init(|| files::samples("nhs").map_or(Vec::new(), |paths| contents(&paths)))
}

/// An interchange made from bytes, on the wire.
fn generated() -> impl Strategy<Value = Vec<u8>> {
    let choices = proptest::collection::vec(any::<u8>(), 0..400);
    (choices, any::<bool>(), proptest::sample::select(LINE_BREAKS))
        .prop_map(|(bytes, as_received, line_break)| laws::written(&bytes, as_received, line_break))
}

/// An interchange made from bytes, with service characters of its own perhaps.
fn advised() -> impl Strategy<Value = Vec<u8>> {
    let choices = proptest::collection::vec(any::<u8>(), 0..200);
    let advice = proptest::sample::select(laws::ADVICES);
    (choices, proptest::option::of(advice), proptest::sample::select(LINE_BREAKS)).prop_map(
        |(bytes, advice, line_break)| {
            let made = interchange(&mut ByteSource::new(&bytes));
            let wire = made.encode(&WriteOptions::default().line_break(line_break)).unwrap();
            advice.map_or(wire.clone(), |advice| laws::translated(&wire, advice))
        },
    )
}

/// Lines of a mail, or bytes at random.
fn lines() -> impl Strategy<Value = Vec<u8>> {
    let word = proptest::sample::select(vec![
        &b"From: Dr O'Dell\r\n"[..],
        b"Subject: GP's transfers\r\n",
        b"\r\n",
        b"\n",
        b"'",
        b"#",
        b"?",
        b" ",
        b"UNABLE TO DELIVER\n",
        b"UNH+1+FHSREG:0:1:FH:FHS001'",
        b"UNT+2+1'",
        b"UNZ+1+1'",
        b"UNZ",
        b"NAD+PAT++",
        b"\x00",
        b"\x01\x02",
        b"\x1A",
        b"\x1C",
        b"\xEF\xBB\xBF",
        b"\xE2\x80\x8B",
        b"--=_part:1\n",
    ]);
    prop_oneof![
        3 => proptest::collection::vec(word, 0..6).prop_map(|words| words.concat()),
        1 => proptest::collection::vec(any::<u8>(), 0..40),
    ]
}

const LINE_BREAKS: &[LineBreak] = &[LineBreak::None, LineBreak::Lf, LineBreak::CrLf];

/// An interchange that was made, or one of the corpus, or one that was published; with up to four edits.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let received = if samples().is_empty() { corpus() } else { samples() };
    let whole = prop_oneof![generated(), proptest::sample::select(corpus()), proptest::sample::select(received)];
    let edits = proptest::collection::vec(any::<laws::Edit>(), 0..4);
    (whole, edits).prop_map(|(wire, edits)| laws::edited(wire, &edits))
}

/// Bytes in which structure is likely.
fn random() -> impl Strategy<Value = Vec<u8>> {
    let word = proptest::sample::select(vec![
        &b"UNA:+.? '"[..],
        b"UNA:+.  \n",
        b"UNA\x1f\x1d.  \x1c",
        b"UNA;+.!~#",
        b"UNA;*.!~#UNB*UNOA;2*A*B*240101;0000*1#",
        b"UNA;:.!~#",
        b"UNZ*0*1#",
        b"\nUNA",
        b"\nUNB",
        b"UNB+UNOA:2+A+B+240101:0000+1'",
        b"UNH+1+FHSREG:0:1:FH:FHS001'",
        b"UNZ+0+1'",
        b"S01+1'",
        b"RFF+TN:1'",
        b"RFF+950:G1'",
        b"PNA+PAT",
        b"NAD+PAT++",
        b"\xEF\xBB\xBF",
        b"HELLO\n",
        b"UNABLE TO\n",
        b"\nUNA:+.?'UNB+UNOA:2+A+B+240101:0000+1'",
        b"UNA;*.!#UNB*UNOA;2*A*B*240101;0000*1#",
        b"UNA::.? '",
        b"UNZ+0+1",
        b"UNT+2+1",
        b"UNZ",
        b"\x00",
        b"\x02",
        b"\xE2\x80\x8B",
        b"#",
        b"\n",
        b"'",
        b"+",
        b":",
        b"?",
        b"\r\n",
        b" ",
        b"\x1c",
        b"A",
        b"\xC9",
    ]);
    proptest::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

fn any_input() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => mutated(), 2 => random()]
}

/// An interchange that strict reading accepts, with one edit or two.
fn nearly_strict() -> impl Strategy<Value = Vec<u8>> {
    let is_accepted = |input: &&Vec<u8>| Interchange::decode_all(input, &ReadOptions::strict()).is_ok();
    let accepted: Vec<_> = corpus().iter().chain(samples()).filter(is_accepted).cloned().collect();
    let made = proptest::collection::vec(any::<u8>(), 0..400)
        .prop_map(|bytes| interchange(&mut ByteSource::new(&bytes)).encode(&WriteOptions::default()).unwrap());
    let whole = prop_oneof![made, proptest::sample::select(accepted)];
    let edits = proptest::collection::vec(any::<laws::Edit>(), 1..3);
    (whole, edits).prop_map(|(wire, edits)| laws::edited(wire, &edits))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn l1_l2_spans_tile_the_input(input in any_input()) {
        laws::spans_tile_the_input(&input);
    }

    #[test]
    fn l4_writing_is_a_fixed_point(input in any_input()) {
        laws::writing_is_a_fixed_point(&input);
    }

    #[test]
    fn l5_chunks_change_nothing(input in any_input(), sizes in proptest::collection::vec(1usize..40, 1..6)) {
        laws::chunks_change_nothing(&input, &sizes);
        laws::chunks_change_no_segment(&input, &sizes);
    }

    #[test]
    fn l6_strict_accepts_a_subset(input in any_input()) {
        laws::strict_accepts_a_subset(&input);
    }

    #[test]
    fn l7_reading_is_bounded(input in any_input(), size in 1usize..100) {
        laws::reading_is_bounded(&input, size);
    }

    #[test]
    fn l12_what_was_lost_is_not_acknowledged(input in any_input()) {
        laws::what_was_lost_is_not_acknowledged(&input);
    }

    #[test]
    fn l13_lines_hide_no_interchange(
        parts in proptest::collection::vec((lines(), advised(), any::<bool>()), 1..4),
        behind in lines(),
    ) {
        laws::lines_hide_no_interchange(&parts, &behind);
    }

    #[test]
    fn l9_the_scanner_agrees_with_a_naive_splitter(input in any_input()) {
        laws::scanner_agrees_with_a_naive_splitter(&input);
        laws::tokens_are_those_of_segments(&input);
    }

    #[test]
    fn l10_strict_reading_and_strict_writing_agree(input in prop_oneof![any_input(), nearly_strict()]) {
        laws::strict_reading_and_strict_writing_agree(&input);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn l14_both_ways_of_reading_agree(input in any_input(), edit in any::<laws::Edit>()) {
        laws::both_ways_of_reading_agree(&input);
        laws::both_ways_of_reading_agree(&laws::each_transaction_edited(&input, edit));
    }
}

#[test]
fn laws_hold_on_the_whole_corpus() {
    for input in corpus() {
        laws::spans_tile_the_input(input);
        laws::writing_is_a_fixed_point(input);
        laws::strict_accepts_a_subset(input);
        laws::strict_reading_and_strict_writing_agree(input);
        laws::scanner_agrees_with_a_naive_splitter(input);
        laws::tokens_are_those_of_segments(input);
        laws::reading_is_bounded(input, 7);
        laws::what_was_lost_is_not_acknowledged(input);
        laws::both_ways_of_reading_agree(input);
    }
}

#[test]
fn l5_every_split_in_two_changes_nothing() {
    for input in corpus().iter().step_by(7) {
        for at in 1..input.len().max(2) {
            laws::chunks_change_nothing(input, &[at, usize::MAX]);
            laws::chunks_change_no_segment(input, &[at, usize::MAX]);
        }
    }
}

#[test]
fn l5_chunks_of_one_byte_change_nothing() {
    for input in corpus() {
        laws::chunks_change_nothing(input, &[1]);
        laws::chunks_change_no_segment(input, &[1]);
    }
}

/// The components of an interchange in level A, as ranges of bytes.
fn components(input: &[u8]) -> Vec<core::ops::Range<usize>> {
    let mut components = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(byte) = input.get(at) {
        match byte {
            b'?' => at += 1,
            b'+' | b':' | b'\'' => {
                components.push(start..at);
                start = at + 1;
            }
            b'\n' if start == at => start = at + 1,
            _ => {}
        }
        at += 1;
    }
    components
}

/// Blanks satisfy no mandatory item (row 69): where nothing may not stand, blanks may not stand either.
#[test]
fn blanks_are_reported_where_nothing_is() {
    let issues = |input: &[u8]| Interchange::decode(input).map(|decoded| decoded.issues);
    let clean = corpus().iter().filter(|input| matches!(issues(input), Ok(issues) if issues.is_empty()));
    let (mut reported, mut kept) = (0, 0);
    for input in clean {
        for component in components(input).into_iter().filter(|component| component.end > component.start + 1) {
            let with = |text: &[u8]| [&input[..component.start], text, &input[component.end..]].concat();
            let (Ok(empty), Ok(blank)) = (issues(&with(b"")), issues(&with(b" "))) else { continue };
            // A name and an NHS number may be blank where they may be left out: then no more is wrong with nothing than
            // that a qualifier stands alone (row 47).
            let before = &input[..component.start];
            let is_name = before.ends_with(b":") && before[before.len() - 4] == b'+';
            let is_optional = (is_name || before.ends_with(b"PNA+PAT+") || before.ends_with(b"PNA+PER+"))
                && empty.iter().all(|issue| issue.kind().id() == "empty-value");
            let is_missed = empty.iter().any(|issue| issue.kind().id() != "trailing-separator") && !is_optional;
            let text = String::from_utf8_lossy(input);
            assert!(!is_missed || !blank.is_empty(), "{component:?} in {text}: {empty:?}");
            *if blank.is_empty() { &mut kept } else { &mut reported } += 1;
            laws::strict_reading_and_strict_writing_agree(&with(b" "));
            laws::what_was_lost_is_not_acknowledged(&with(b" "));
        }
    }
    assert!(reported > 1_000 && kept > 100, "{reported} reported, {kept} kept");
}
