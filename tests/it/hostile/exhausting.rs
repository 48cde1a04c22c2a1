//! Input made to exhaust a receiver, and the corners beside it. What is about memory stands in `tests/allocations.rs`; the
//! work that reading takes is counted in `src/cost/tests.rs`.

use nhais_edifact::options::{Limits, Policy};
use nhais_edifact::syntax::{SegmentDecoder, SegmentReader};
use nhais_edifact::transaction::{Transactions, Unrecognised};
use nhais_edifact::value::TransactionNumber;
use nhais_edifact::{Error, Interchange, Message, ReadOptions, WriteOptions};

use crate::support::laws;
use crate::support::laws::{pulled, pushed};

const HEADER: &str = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'";
const HEADING: &str =
    "UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'";
const TRAILERS: &str = "UNT+12+00000508'UNZ+1+00000108'";

/// A removal with something put behind its number.
fn removal_with(what: &str) -> String {
    format!(
        "{HEADER}{HEADING}S01+1'RFF+TN:2009'{what}NAD+GP+7000015,T93:900'FTX+RGI+++MOVED 40 MILES AWAY'S02+2'\
         PNA+PAT+9990000069:OPI'{TRAILERS}"
    )
}

fn ids(input: &[u8], options: &ReadOptions) -> (Vec<&'static str>, Option<Error>) {
    let (_, issues, error) = pulled(input, options);
    (issues.iter().map(|issue| issue.kind().id()).collect(), error)
}

/// Slices and chunks of several sizes tell the same; the smallest chunks as well where the input is short.
fn chunks_tell_the_same(input: &[u8]) {
    let whole = pulled(input, &ReadOptions::default());
    for size in [1, 61, 4_096] {
        let chunks: Vec<&[u8]> = input.chunks(size).collect();
        assert!(pushed(&chunks, &ReadOptions::default()) == whole, "chunks of {size}");
    }
}

/// docs/failures.md#case-38
#[test]
fn segments_of_separators() {
    // Cost grew with the square of the segment.
    for separators in ["+", ":", "+:", "+?+", "::+"] {
        let long = separators.repeat(60_000 / separators.len());
        let input = removal_with(&format!("ZZZ{long}'NAD+RIC{long}'"));
        let (found, error) = ids(input.as_bytes(), &ReadOptions::default());
        assert_eq!(error, None, "{separators}");
        assert!(found.contains(&"unknown-segment") && found.contains(&"unforeseen-segment"), "{found:?}");
        chunks_tell_the_same(input.as_bytes());
        let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
        let written = read.encode(&WriteOptions::default().as_received(true)).unwrap();
        assert_eq!(Interchange::decode(&written).unwrap().interchange, read, "{separators}");
    }
}

/// docs/failures.md#case-38
#[test]
fn as_many_components_as_the_limit_allows() {
    let mut limits = Limits::default();
    limits.segment_length *= 2;
    let limit = limits.components_per_segment;
    for (more, expected) in [(0, None), (1, Some("components-per-segment"))] {
        // The tag is a component, and the last separator is followed by an empty one.
        let input = removal_with(&format!("ZZZ{}'", "+".repeat(limit - 1 + more)));
        let (_, error) = ids(input.as_bytes(), &ReadOptions::default().limits(limits));
        assert_eq!(error.map(|error| error.kind().id()), expected);
    }
}

/// docs/failures.md#case-40
#[test]
fn a_million_terminators() {
    // The stack overflowed; a small one is enough.
    let read = || {
        let input = format!("{HEADER}{}UNZ+0+00000108'", "'".repeat(1_000_000));
        // Each empty segment is one, and there is no message.
        assert_eq!(Interchange::decode(input.as_bytes()).unwrap().issues.len(), 1_000_001);
        let chunks: Vec<&[u8]> = input.as_bytes().chunks(10_000).collect();
        let (events, _, error) = pushed(&chunks, &ReadOptions::default().blanks(Policy::Accept));
        assert_eq!((events.len(), error), (2, None));
        let bare = "'".repeat(1_000_000);
        assert!(Interchange::decode(bare.as_bytes()).is_err());
        let mut reader = SegmentReader::new(bare.as_bytes());
        let segments =
            core::iter::from_fn(|| reader.next_segment().unwrap().map(|segment| assert!(segment.is_empty())));
        assert_eq!(segments.count(), 1_000_000);
    };
    std::thread::Builder::new().stack_size(128 * 1_024).spawn(read).unwrap().join().unwrap();
}

/// docs/failures.md#case-41
#[test]
fn release_characters_in_a_row() {
    // Neither a segment nor an error came of them.
    for count in [64_000, 63_999] {
        let releases = "?".repeat(count);
        let input = removal_with(&format!("FTX+RGI+++{releases}'"));
        let mut reader = SegmentReader::new(input.as_bytes());
        let mut longest = 0;
        while let Some(segment) = reader.next_segment().unwrap() {
            longest = longest.max(segment.raw().len());
        }
        assert!(longest >= count, "the segment is lost");
        let (found, _) = ids(input.as_bytes(), &ReadOptions::default());
        assert!(found.contains(&"too-long"), "{found:?}");
        chunks_tell_the_same(input.as_bytes());
    }
    let only = "?".repeat(64_000);
    let mut reader = SegmentReader::new(only.as_bytes());
    assert_eq!(reader.next_segment().unwrap().unwrap().raw().len(), 64_000);
    assert!(Interchange::decode(only.as_bytes()).is_err());
}

/// docs/failures.md#case-41
#[test]
fn as_many_release_characters_as_text_allows() {
    let note = "?".repeat(70);
    let input = removal_with("").replace("MOVED 40 MILES AWAY", &"??".repeat(70));
    let read = Interchange::decode_with(input.as_bytes(), &ReadOptions::strict()).unwrap().interchange;
    let Message::Registration(message) = &read.messages[0] else { panic!("no registration") };
    let nhais_edifact::transaction::Transactions::Removal(removals) = &message.transactions else {
        panic!("another type")
    };
    assert_eq!(removals[0].notes.as_ref().unwrap().to_text(), note.as_str());
}

#[test]
fn counters_of_explicit_nesting_as_deep_as_the_limit_allows() {
    let deep = ":1".repeat(30_000);
    let input = removal_with("").replace("S01+1", &format!("S01{deep}+1"));
    let (found, error) = ids(input.as_bytes(), &ReadOptions::default());
    assert_eq!(error, None);
    assert_eq!(found.iter().filter(|id| **id == "unexpected-component").count(), 30_000);
    chunks_tell_the_same(input.as_bytes());
    let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
    let options = WriteOptions::default().as_received(true).line_breaks_of(input.as_bytes());
    assert_eq!(String::from_utf8(read.encode(&options).unwrap()).unwrap(), input);
}

/// docs/failures.md#case-44
#[test]
fn errors_are_the_same_by_slice_and_by_chunks() {
    // Offsets were relative to the segment, and the errors others.
    let limit = Limits::default().segment_length;
    let long = "A".repeat(limit + 1);
    let inputs = [
        removal_with(&format!("ZZZ+{long}'")),
        removal_with(&format!("{}'", "A".repeat(limit + 1))),
        removal_with(&format!("ZZZ{}'", "+".repeat(limit))),
        removal_with(&"ZZZ'".repeat(1_000)),
        removal_with(&" ".repeat(1_100_000)),
        format!("{0}UNA::.? '{0}", removal_with("")),
    ];
    for input in &inputs {
        let (_, _, error) = pulled(input.as_bytes(), &ReadOptions::default());
        let offset = error.expect("a limit is exceeded").location().offset.unwrap();
        let begins = usize::try_from(offset).unwrap();
        assert!(begins > HEADER.len() && begins < input.len(), "an offset of the whole input");
        assert!(input.is_char_boundary(begins) && input.as_bytes()[begins - 1] == b'\'', "the start of a segment");
        chunks_tell_the_same(input.as_bytes());
    }
}

/// docs/failures.md#case-45
#[test]
fn nothing_is_lost_where_no_bytes_come() {
    // A read that was interrupted, or would block, ended the stream for good.
    let input = removal_with("");
    let expected = pulled(input.as_bytes(), &ReadOptions::default());
    let mut chunks: Vec<&[u8]> = Vec::new();
    for byte in input.as_bytes().chunks(1) {
        chunks.extend([&b""[..], byte, b"", b""]);
    }
    assert!(pushed(&chunks, &ReadOptions::default()) == expected);
    let mut decoder = SegmentDecoder::new();
    let mut segments = 0;
    for chunk in chunks {
        let mut here = decoder.feed(chunk);
        for _ in 0..3 {
            segments += usize::from(here.next_segment().unwrap().is_some());
        }
    }
    assert_eq!(segments, input.matches('\'').count());
}

#[test]
fn every_byte_in_every_place_of_a_small_interchange() {
    let small = b"UNB+UNOA:2+A+B+240101:0000+1'UNZ+0+1'";
    for at in 0..small.len() {
        for byte in 0..=u8::MAX {
            let replaced = [&small[..at], &[byte], &small[at + 1..]].concat();
            let inserted = [&small[..at], &[byte], &small[at..]].concat();
            for input in [replaced, inserted] {
                laws::spans_tile_the_input(&input);
                laws::scanner_agrees_with_a_naive_splitter(&input);
                laws::writing_is_a_fixed_point(&input);
                laws::strict_accepts_a_subset(&input);
                laws::chunks_change_nothing(&input, &[1]);
            }
        }
    }
}

#[test]
fn numbers_that_overflow_are_text() {
    let digits = "9".repeat(35);
    for (from, to) in [
        ("RFF+TN:2009", format!("RFF+TN:{digits}")),
        ("UNT+12", format!("UNT+{digits}")),
        ("UNZ+1", format!("UNZ+{digits}")),
        ("UNT+12+00000508", format!("UNT+12+{digits}")),
        ("+00000108'UNH", format!("+{digits}'UNH")),
        ("+00000508+FHSREG", format!("+{digits}+FHSREG")),
        ("DTM+137:202403180907", format!("DTM+137:{digits}")),
        ("RFF+TN:2009'", format!("RFF+TN:2009'QTY+951:{digits}'")),
        ("+240318:0907", format!("+{digits}:{digits}")),
    ] {
        let input = removal_with("").replacen(from, &to, 1);
        let (found, error) = ids(input.as_bytes(), &ReadOptions::default());
        assert_eq!(error, None, "{to}");
        assert!(!found.is_empty(), "{to}");
        laws::writing_is_a_fixed_point(input.as_bytes());
        chunks_tell_the_same(input.as_bytes());
    }
}

#[test]
fn a_number_begins_a_transaction_behind_segments_without_a_tag() {
    let body = "S01+1'RFF+TN:1'RFF+TN:2'+'RFF+TN:3'+'++'S01+1'RFF+TN:4'";
    let input = format!("{HEADER}{HEADING}{body}{TRAILERS}");
    let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
    let [Message::Registration(message)] = &read.messages[..] else { panic!("one message") };
    let Transactions::Removal(removals) = &message.transactions else { panic!("removals") };
    let numbers: Vec<_> =
        removals.iter().map(|removal| removal.number.as_ref().and_then(TransactionNumber::number)).collect();
    assert_eq!(numbers, [1, 2, 3, 4].map(Some));
    let kept: Vec<_> = removals.iter().map(|removal| removal.unrecognised.len()).collect();
    assert_eq!(kept, [0, 1, 2, 0]);
}

#[test]
fn a_trigger_is_needed_for_what_was_kept_behind_a_segment_without_a_place() {
    let heading = HEADING.replace("G3", "G1");
    let input = format!("{HEADER}{heading}S01+1'RFF+TN:1'ZZZ+1'S02+2'PDI++X'{TRAILERS}");
    let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
    let [Message::Registration(message)] = &read.messages[..] else { panic!("one message") };
    let Transactions::Acceptance(acceptances) = &message.transactions else { panic!("acceptances") };
    let kept = &acceptances[0].unrecognised;
    let is_component = |at: usize| matches!(kept[at], Unrecognised::Component { element: 2, component: 1, .. });
    assert!(kept.len() == 2 && is_component(0) && !is_component(1), "{kept:?}");
}
