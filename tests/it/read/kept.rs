//! What has no place in the model is kept.

use nhais_edifact::syntax::{LineBreak, SegmentReader, SegmentWriter};
use nhais_edifact::{ErrorKind, WriteOptions};

use crate::wire::*;

/// docs/failures.md#case-6
#[test]
fn segments_between_messages_are_kept() {
    // They vanish.
    let first = message("00000508", "G3", REMOVAL);
    let second = message("00000509", "G5", DEDUCTION_REQUEST);
    let clean = enclosed("KLM5", "ZQX1", &[&first, &second]);
    let input = replaced(&clean, "UNH+00000509", "ZZZ+A:B'\nUNH+00000509");
    let read = check(&input, &[("segment-outside-message", "ZZZ", "ZZZ+A:B'")]);
    assert_eq!(read.messages, decode(&clean).messages);
    assert_eq!(read.unrecognised.len(), 1);
    assert_eq!(read.unrecognised[0].before_message, 1);
    assert_eq!(read.unrecognised[0].segment.as_wire(), "ZZZ+A:B");
    assert_eq!(rewritten(&read), input);
    assert!(read.encode(&WriteOptions::default()).is_err());
}

/// docs/failures.md#case-6
#[test]
fn segments_after_unb_and_before_unz_are_kept() {
    // They vanish.
    let clean = removal();
    let early = replaced(&clean, "\nUNH", "\nUNG+FHSREG'\nUNH");
    let late = replaced(&clean, "\nUNZ", "\nUNE+1+1'\nUNZ");
    for (input, place, before) in [(early, "UNG", 0), (late, "UNE", 1)] {
        let read = check(&input, &[("segment-outside-message", place, place)]);
        assert_eq!(read.unrecognised[0].before_message, before);
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-24
#[test]
fn trailing_empty_elements_are_reported() {
    // Lost on a round trip, without a word.
    for (old, new) in [
        ("NAD+GP+7000015,T93:900", "NAD+GP+7000015,T93:900:"),
        ("NAD+GP+7000015,T93:900", "NAD+GP+7000015,T93:900+"),
        ("S01+1", "S01+1++"),
        ("MOVED 40 MILES AWAY", "MOVED 40 MILES AWAY:::"),
    ] {
        let input = replaced(&removal(), old, new);
        assert_eq!(ids(&input), ["trailing-separator"], "{new}");
        refused(&input);
        assert_eq!(decode(&input), decode(&removal()), "{new}");
    }
}

/// docs/failures.md#case-24
#[test]
fn trailing_empty_lines_of_an_address() {
    // Lost on a round trip.
    for lines in ["??:14 ELDER WALK:::", "??:14 ELDER WALK", "??:14 ELDER WALK::"] {
        let input = replaced(&acceptance(), "??:14 ELDER WALK::NEWTON ABBEY:", lines);
        let read = check(&input, &[]);
        let written = rewritten(&read);
        assert!(written.contains("NAD+PAT++??:14 ELDER WALK:::'"), "{written}");
    }
}

/// docs/failures.md#case-24
#[test]
fn inner_empty_elements_keep_their_place() {
    // Lost on a round trip.
    let input = replaced(&acceptance(), "SU:MARLOWE+FO:IRIS", "SU:MARLOWE++TI:MISS++FS:ROSE MAY");
    let read = check(&input, &[]);
    let patient = acceptance_of(&read).patient.as_ref().unwrap();
    assert_eq!((patient.forename.as_deref(), patient.second_forename.as_deref()), (None, None));
    assert_eq!(patient.title.as_deref(), Some("MISS"));
    assert_eq!(patient.other_forenames.as_deref(), Some("ROSE MAY"));
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-24
#[test]
fn segments_are_copied_with_their_trailing_separators() {
    // Lost on a round trip.
    let input = b"NAD+PAT++A::+:+'ZZZ+++'YYY:::'XXX'FTX+A?'?+::'";
    let mut reader = SegmentReader::new(input);
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer).line_break(LineBreak::None);
    while let Some(segment) = reader.next_segment().unwrap() {
        writer.copy(&segment).unwrap();
    }
    assert_eq!(text(&buffer), text(input));
}

/// docs/failures.md#case-26
#[test]
fn free_text_in_several_components() {
    // Glued with colons, or all but the first dropped.
    let input = replaced(&removal(), "MOVED 40 MILES AWAY", "MOVED:40 MILES:AWAY");
    let read = decode(&input);
    assert_eq!(ids(&input), ["several-lines"]);
    assert_eq!(issues(&input)[0].kind(), ErrorKind::SeveralLines { limit: 1, lines: 3 });
    assert_eq!(tag_of(issues(&input)[0].error()), "FTX");
    refused(&input);
    let notes = removal_of(&read).notes.as_ref().unwrap();
    assert_eq!(notes.iter().map(|line| line.to_string()).collect::<Vec<_>>(), ["MOVED", "40 MILES", "AWAY"]);
    assert_eq!(notes.to_text(), "MOVED\n40 MILES\nAWAY");
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-26
#[test]
fn second_free_text_segment() {
    // Dropped.
    let body = [&REMOVAL[..4], &["FTX+RGI+++SECOND"], &REMOVAL[4..]].concat();
    let input = registration("G3", &body);
    let read = check(&input, &[("repeated-segment", "FTX", "FTX+RGI+++SECOND")]);
    assert_eq!(notes_of(&read), "MOVED 40 MILES AWAY");
    assert_eq!(raw_segments(&removal_of(&read).unrecognised), ["FTX+RGI+++SECOND"]);
    assert_eq!(rewritten(&read), input);
    assert!(read.encode(&WriteOptions::default()).is_err());
}

/// docs/failures.md#case-26
#[test]
fn sixth_address_line() {
    // Dropped.
    let input = replaced(&acceptance(), "??:14 ELDER WALK::NEWTON ABBEY:", "A:B:C:D:E:SIXTH");
    let read = check(&input, &[("unexpected-component", "NAD 3.6", "SIXTH")]);
    assert_eq!(acceptance_of(&read).address.as_ref().unwrap().county.as_deref(), Some("E"));
    assert_eq!(components(&acceptance_of(&read).unrecognised), [("NAD+PAT", 3, 6, "SIXTH")]);
    assert_eq!(rewritten(&read), input);
    assert!(read.encode(&WriteOptions::default()).is_err());
}

/// docs/failures.md#case-26
#[test]
fn elements_around_the_postcode() {
    // Dropped.
    let address = "??:14 ELDER WALK::NEWTON ABBEY:";
    let input = replaced(&acceptance(), address, &format!("{address}+++SIX++ZZ9  9AA+NINE:TWO"));
    let read = check(
        &input,
        &[
            ("unexpected-component", "NAD 6.1", "SIX"),
            ("unexpected-component", "NAD 9.1", "NINE"),
            ("unexpected-component", "NAD 9.2", "TWO"),
        ],
    );
    assert_eq!(acceptance_of(&read).address.as_ref().unwrap().postcode.as_ref().unwrap().as_str(), "ZZ9  9AA");
    assert_eq!(
        components(&acceptance_of(&read).unrecognised),
        [("NAD+PAT", 6, 1, "SIX"), ("NAD+PAT", 9, 1, "NINE"), ("NAD+PAT", 9, 2, "TWO")]
    );
    assert_eq!(rewritten(&read), input);
}
