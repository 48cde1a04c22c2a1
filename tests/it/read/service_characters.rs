//! Service characters: those that are declared, and what looks like a service segment.

use nhais_edifact::Interchange;
use nhais_edifact::syntax::ServiceStringAdvice;

use crate::wire::*;

/// docs/failures.md#case-8
#[test]
fn una_with_the_usual_characters() {
    // Refused, or taken for a segment.
    let input = format!("UNA:+.? '{}", removal());
    assert_eq!(check(&input, &[]), decode(&removal()));
    let input = format!("UNA:+.? '\r\n{}", removal());
    assert_eq!(check(&input, &[]), decode(&removal()));
}

/// docs/failures.md#case-8
#[test]
fn una_with_other_characters() {
    // Ignored or refused.
    let plain = replaced(&removal(), "MOVED 40", "A?'B?+C?:D??E ~#!*");
    let input = in_other_characters(&plain, b"UNA;*.!~#");
    let read = decode(&input);
    assert_eq!(read, decode(&plain));
    let notes = notes_of(&read);
    assert_eq!(notes, "A'B+C:D?E ~#!* MILES AWAY");
}

/// docs/failures.md#case-8
#[test]
fn una_with_a_space_as_release_character() {
    // The space releases what follows.
    let plain = replaced(&removal(), "MOVED 40 MILES AWAY", "WHY?? +GO");
    let plain = replaced(&plain, "+GO", "GO");
    let input = format!("UNA:+.  '{}", plain.replace("WHY??", "WHY?"));
    let read = check(&input, &[]);
    assert_eq!(notes_of(&read), "WHY? GO");
    assert_eq!(read, decode(&plain));

    let input = format!("UNA:+.  '{}", replaced(&removal(), "MOVED 40 MILES AWAY", "ENDS WITH?"));
    assert_eq!(notes_of(&check(&input, &[])), "ENDS WITH?");
}

/// docs/failures.md#case-8
#[test]
fn una_with_a_line_feed_as_terminator() {
    // One endless segment, or the line feeds are deleted first.
    let input = format!("UNA:+.? \n{}\n", removal().replace("'\n", "\n").trim_end_matches('\''));
    assert_eq!(check(&input, &[]), decode(&removal()));
}

/// docs/failures.md#case-8
#[test]
fn level_b_control_characters_with_una() {
    // Taken for text.
    let input = in_other_characters(&removal(), b"UNA\x1f\x1d.  \x1c");
    assert_eq!(check(&input, &[]), decode(&removal()));
}

/// docs/failures.md#case-8
#[test]
fn level_b_control_characters_without_una() {
    // Taken for text.
    let input = &in_other_characters(&removal(), b"UNA\x1f\x1d.  \x1c")[ServiceStringAdvice::LEN..];
    let read = decode(input);
    assert_eq!(read.messages, decode(&removal()).messages);
}

/// docs/failures.md#case-8
#[test]
fn una_that_contradicts_itself() {
    // Used as it is.
    for advice in ["UNA::.? '", "UNA:+.+ '", "UNA:+.? +", "UNAA+.? '", "UNA:+.?  "] {
        let input = format!("{advice}{}", removal());
        let error = Interchange::decode(input.as_bytes()).unwrap_err();
        assert_eq!(error.kind().id(), "service-string-advice", "{advice}");
    }
}

/// docs/failures.md#case-14
#[test]
fn control_reference_that_reads_like_a_service_segment() {
    // Taken for the service segment.
    for reference in ["UNA1234", "UNA:+.? ", "UNB", "UNZ", "UNT"] {
        let on_the_wire = reference.replace('?', "??").replace(':', "?:").replace('+', "?+");
        let input = removal().replace("00000108", &on_the_wire).replace("00000508", &on_the_wire);
        let read = decode(&input);
        assert_eq!(read.header.reference.to_string(), reference);
        assert_eq!(registration_of(&read).reference.to_string(), reference);
        assert_eq!(ids(&input), ["reference-not-digits", "reference-not-digits"], "{reference}");
        assert_eq!(read.messages.len(), 1);
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-14
#[test]
fn segment_called_una_inside_a_message() {
    // Changes the service characters in the middle of the text.
    for (una, id, tag) in [
        ("UNA+X", "unknown-segment", "UNA"),
        ("UNA", "unknown-segment", "UNA"),
        ("UNA:X", "unknown-segment", "UNA"),
        ("UNA;*.!~#", "invalid-tag", ""),
    ] {
        let body = [&REMOVAL[..3], &[una], &REMOVAL[3..]].concat();
        let input = registration("G3", &body);
        let found = issues(&input);
        assert_eq!((ids(&input), tag_of(found[0].error())), (vec![id], tag.to_string()), "{una}");
        let read = decode(&input);
        assert_eq!(raw_segments(&removal_of(&read).unrecognised), [una]);
        assert_eq!(notes_of(&read), "MOVED 40 MILES AWAY");
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-14
#[test]
fn unb_inside_text_is_text() {
    // Begins another interchange.
    let input = replaced(&removal(), "MOVED 40 MILES AWAY", "UNA?:?+.?? ?'UNB?+UNOA");
    let read = check(&input, &[]);
    assert_eq!(notes_of(&read), "UNA:+.? 'UNB+UNOA");
}
