//! Release characters, and bytes above 7F.

use nhais_edifact::WriteOptions;
use nhais_edifact::syntax::SegmentReader;

use crate::wire::*;

/// docs/failures.md#case-19
#[test]
fn released_characters_are_resolved_in_names() {
    // The model holds O?'BRIEN.
    let input = replaced(&acceptance(), "SU:MARLOWE+FO:IRIS", "SU:O?'BRIEN+FO:A?+B?:C??");
    let read = check(&input, &[]);
    let patient = acceptance_of(&read).patient.as_ref().unwrap();
    assert_eq!(patient.surname.as_ref().unwrap(), &"O'BRIEN");
    assert_eq!(patient.forename.as_ref().unwrap(), &"A+B:C?");
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-19
#[test]
fn released_characters_are_resolved_everywhere() {
    // The model holds the release characters.
    let input = acceptance()
        .replace("LOC+950+NEWTON ABBEY", "LOC+950+ST JOHN?'S")
        .replace("TWIN 1 OF 2", "1?+1 ?: 2??")
        .replace("NAD+PAT++??:14 ELDER WALK", "NAD+PAT++THE ?'LODGE?':1?:2 HIGH ROAD");
    let read = check(&input, &[]);
    let acceptance = acceptance_of(&read);
    assert_eq!(acceptance.place_of_birth.as_ref().unwrap(), &"ST JOHN'S");
    assert_eq!(acceptance.notes.as_ref().unwrap().to_text(), "1+1 : 2?");
    let address = acceptance.address.as_ref().unwrap();
    assert_eq!(address.house_name.as_ref().unwrap(), &"THE 'LODGE'");
    assert_eq!(address.road.as_ref().unwrap(), &"1:2 HIGH ROAD");
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-19
#[test]
fn house_name_placeholder_and_released_separators() {
    // `??` before a colon is read as a released colon, or the placeholder as a name.
    for (wire, house, road) in [
        ("??:14 ELDER WALK", None, Some("14 ELDER WALK")),
        (":14 ELDER WALK", None, Some("14 ELDER WALK")),
        ("???+:A", Some("?+"), Some("A")),
        ("?????:A", Some("??:A"), None),
    ] {
        let input = replaced(&acceptance(), "??:14 ELDER WALK::NEWTON ABBEY:", &format!("{wire}::NEWTON ABBEY:"));
        let read = decode(&input);
        let address = acceptance_of(&read).address.as_ref().unwrap();
        assert_eq!(address.house_name.as_deref(), house, "{wire}");
        assert_eq!(address.road.as_deref(), road, "{wire}");
    }
}

/// docs/failures.md#case-21
#[test]
fn an_even_number_of_release_characters_releases_nothing() {
    // The parity is wrong.
    for (wire, value) in [("A??", "A?"), ("A????", "A??"), ("??", "?"), ("ENDS WITH QUESTION??", "ENDS WITH QUESTION?")]
    {
        let input = replaced(&removal(), "MOVED 40 MILES AWAY", wire);
        let read = check(&input, &[]);
        assert_eq!(notes_of(&read), value);
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-21
#[test]
fn an_odd_number_of_release_characters_releases_the_next() {
    // The parity is wrong.
    for (wire, value) in [("A?'B", "A'B"), ("A???'", "A?'"), ("???'B", "?'B"), ("A?????'??", "A??'?")] {
        let input = replaced(&removal(), "MOVED 40 MILES AWAY", wire);
        let read = check(&input, &[]);
        assert_eq!(notes_of(&read), value);
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-21
#[test]
fn splitting_follows_the_published_vectors() {
    // The parity is wrong.
    for (input, parts) in [
        ("x'y", vec!["x", "y"]),
        ("x?'y", vec!["x?'y"]),
        ("x??'y", vec!["x??", "y"]),
        ("x???'y", vec!["x???'y"]),
        ("x???''y", vec!["x???'", "y"]),
        ("?'?'", vec!["?'?'"]),
        ("??'??'", vec!["??", "??"]),
        ("'", vec![""]),
        ("''", vec!["", ""]),
        ("", vec![]),
    ] {
        let mut reader = SegmentReader::new(input.as_bytes());
        let mut found = Vec::new();
        while let Some(segment) = reader.next_segment().unwrap() {
            found.push(text(segment.raw()));
        }
        assert_eq!(found, parts, "{input}");
    }
}

/// docs/failures.md#case-22
#[test]
fn release_character_at_the_end_of_the_input() {
    // Accepted, or the value keeps it.
    let whole = removal();
    let input = format!("{}?", whole.trim_end_matches('\''));
    let read = decode(&input);
    let mut found = ids(&input);
    found.sort_unstable();
    assert_eq!(found, ["dangling-release", "missing-terminator"]);
    refused(&input);
    assert_eq!(read, decode(&whole));
}

/// docs/failures.md#case-22
#[test]
fn release_character_at_the_end_of_kept_text() {
    // Accepted, or the value keeps it.
    let whole = removal();
    let input = format!("{}A NAME?", whole.split("MOVED").next().unwrap());
    let read = decode(&input);
    assert!(ids(&input).contains(&"dangling-release"));
    assert_eq!(notes_of(&read), "A NAME");
    refused(&input);
}

/// docs/failures.md#case-22
#[test]
fn release_character_before_an_ordinary_character() {
    // Accepted, or the value keeps it.
    let input = replaced(&removal(), "MOVED 40", "M?OVED 40");
    let read = decode(&input);
    assert_eq!(ids(&input), ["superfluous-release"]);
    assert_eq!(place(issues(&input)[0].error()), "FTX 4.1");
    assert_eq!(notes_of(&read), "MOVED 40 MILES AWAY");
    refused(&input);
    assert_eq!(rewritten(&read), removal());
}

/// docs/failures.md#case-25
#[test]
fn one_byte_above_7f() {
    // The whole text is garbled, the rest refused, or the byte deleted.
    let clean = acceptance();
    for byte in [0x80, 0xA3, 0xC9, 0xFF_u8] {
        let surname = format!("MARL{}WE", char::from(byte));
        let input = latin1(&replaced(&clean, "MARLOWE", &surname));
        let read = decode(&input);
        assert_eq!(ids(&input), ["repertoire"], "{byte:X}");
        assert_eq!(place(issues(&input)[0].error()), "PNA 5.2");
        refused(&input);
        assert_eq!(acceptance_of(&read).patient.as_ref().unwrap().surname.as_deref(), Some(surname.as_str()));
        assert_eq!(read.encode(&WriteOptions::default()).unwrap_err().kind().id(), "repertoire");
        assert_eq!(read.encode(&WriteOptions::default().as_received(true)).unwrap(), input);
    }
}

/// docs/failures.md#case-25
#[test]
fn utf_8_is_kept_byte_by_byte() {
    // The whole text is garbled, the rest refused, or the bytes deleted.
    let input = replaced(&acceptance(), "MARLOWE", "MÜLLER");
    let read = decode(&input);
    let surname = acceptance_of(&read).patient.as_ref().unwrap().surname.as_deref().unwrap();
    assert_eq!(surname.chars().count(), 7);
    assert_eq!(read.encode(&WriteOptions::default().as_received(true)).unwrap(), input.as_bytes());
}
