//! Line breaks and blanks between segments, and line breaks inside.

use nhais_edifact::WriteOptions;

use crate::wire::*;

/// docs/failures.md#case-1
#[test]
fn line_breaks_separate_segments() {
    // Crashes at a carriage return.
    let lf = removal();
    let expected = check(&lf, &[]);
    for separator in ["\r\n", "\r", "\n\n", "\r\n\r\n", ""] {
        let input = lf.replace('\n', separator);
        assert_eq!(check(&input, &[]), expected, "{separator:?}");
    }
}

/// docs/failures.md#case-1
#[test]
fn tabs_and_indentation_separate_segments() {
    // Crashes, or takes the blanks for a part of the tag.
    let clean = removal();
    for blanks in ["\t", "    ", "\n\t", "\r\n  "] {
        let input = replaced(&clean, "\nBGM", &format!("{blanks}BGM"));
        assert_eq!(ids(&input), ["blanks-between-segments"], "{blanks:?}");
        let offset = offset_of(&input, blanks) + blanks.find([' ', '\t']).unwrap() as u64;
        assert_eq!(issues(&input)[0].error().location().offset, Some(offset), "{blanks:?}");
        refused(&input);
        assert_eq!(decode(&input), decode(&clean), "{blanks:?}");
    }
}

/// docs/failures.md#case-23
#[test]
fn line_feed_inside_data_joins_no_words() {
    // Deleted, so that two words become one.
    for (line_break, name) in [("\n", "LF"), ("\r\n", "CRLF"), ("\r", "CR")] {
        let value = format!("NEW{line_break}STREET");
        let input = replaced(&removal(), "MOVED 40 MILES AWAY", &value);
        let read = decode(&input);
        assert!(ids(&input).iter().all(|&id| id == "break-in-segment"), "{name}");
        assert_eq!(place(issues(&input)[0].error()), "FTX 4.1", "{name}");
        assert_eq!(notes_of(&read), value, "{name}");
        refused(&input);
        assert!(read.encode(&WriteOptions::default()).is_err(), "{name}");
    }
}

/// docs/failures.md#case-23
#[test]
fn release_character_before_a_line_feed_releases_no_terminator() {
    // `?`, line feed, `'` becomes a released terminator.
    for line_break in ["\n", "\r\n", "\r"] {
        let input = replaced(&removal(), "MOVED 40 MILES AWAY'", &format!("A?{line_break}'"));
        let read = decode(&input);
        assert_eq!(registration_of(&read).transactions.len(), 1);
        assert!(removal_of(&read).patient.is_some());
        assert_eq!(notes_of(&read), format!("A{line_break}"));
        let found = ids(&input);
        assert!(found.contains(&"dangling-release"), "{found:?}");
        refused(&input);
    }
}

/// docs/failures.md#case-23
#[test]
fn line_feed_inside_a_date_is_no_date() {
    // Deleted.
    let input = replaced(&acceptance(), "DTM+956:20240307", "DTM+956:2024\n0307");
    let read = decode(&input);
    assert_eq!(acceptance_of(&read).accepted_on.as_ref().unwrap().calendar(), None);
    assert_eq!(unreadable(acceptance_of(&read).accepted_on.as_ref()), "2024\n0307");
    let found = ids(&input);
    assert!(found.contains(&"break-in-segment") && found.contains(&"invalid-value"), "{found:?}");
}
