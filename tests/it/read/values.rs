//! Values: their length, segments that are short, zeros before numbers, codes that are unknown.

use nhais_edifact::transaction::{AcceptanceKind, Transactions};
use nhais_edifact::value::{AcceptanceCode, DeductionReason, Sex};
use nhais_edifact::{ErrorKind, WriteOptions};

use crate::wire::*;

/// docs/failures.md#case-27
#[test]
fn length_is_that_of_the_value() {
    // Release characters count, so that a value is too long that is not.
    let note = "A?'".repeat(35);
    let input = replaced(&removal(), "MOVED 40 MILES AWAY", &note);
    let read = check(&input, &[]);
    assert_eq!(notes_of(&read).len(), 70);
    assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), input);
}

/// docs/failures.md#case-27
#[test]
fn value_one_character_too_long() {
    // Passes, or is cut.
    let note = format!("{}B", "A?'".repeat(35));
    let input = replaced(&removal(), "MOVED 40 MILES AWAY", &note);
    let read = check(&input, &[("too-long", "FTX 4.1", "A?'A")]);
    assert_eq!(issues(&input)[0].kind(), ErrorKind::TooLong { limit: 70, length: 71 });
    assert_eq!(notes_of(&read).len(), 71);
    assert_eq!(read.encode(&WriteOptions::default()).unwrap_err().kind().id(), "too-long");
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-27
#[test]
fn bytes_above_7f_count_as_one_character() {
    // The bytes of another encoding are counted.
    let house = "\u{c9}".repeat(35);
    let input = latin1(&replaced(&acceptance(), "??:14 ELDER WALK", &format!("{house}:14 ELDER WALK")));
    assert_eq!(ids(&input), ["repertoire"]);
}

/// docs/failures.md#case-32
#[test]
fn short_segments() {
    // A crash.
    for (old, new) in [
        ("PNA+PAT+9990000018:OPI+++SU:MARLOWE+FO:IRIS", "PNA+PAT"),
        ("PNA+PAT+9990000018:OPI+++SU:MARLOWE+FO:IRIS", "PNA+PAT+9990000018"),
        ("NAD+GP+7000015,T93:900", "NAD+GP"),
        ("NAD+GP+7000015,T93:900", "NAD+GP+7000015,T93"),
        ("NAD+FHS+ZQX:954", "NAD+FHS"),
        ("FTX+RGI+++TWIN 1 OF 2", "FTX+RGI"),
        ("FTX+RGI+++TWIN 1 OF 2", "FTX+RGI++"),
        ("PDI+2", "PDI"),
        ("RFF+TN:2002", "RFF+TN"),
        ("RFF+950:G1", "RFF+950"),
        ("HEA+ACD+A:ZZZ", "HEA+ACD"),
        ("HEA+ACD+A:ZZZ", "HEA+ACD+A"),
        ("HEA+ATP+1:ZZZ", "HEA+ATP"),
        ("DTM+956:20240307:102", "DTM+956"),
        ("DTM+956:20240307:102", "DTM+956:20240307"),
        ("LOC+950+NEWTON ABBEY", "LOC+950"),
    ] {
        let input = replaced(&acceptance(), old, new);
        let read = decode(&input);
        assert_eq!(read.messages.len(), 1, "{new}");
        assert!(!ids(&input).is_empty(), "{new}");
        refused(&input);
        assert!(
            read.encode(&WriteOptions::default()).is_err()
                || ["NAD+GP+7000015,T93", "HEA+ACD+A", "DTM+956:20240307", "FTX+RGI", "FTX+RGI++", "LOC+950"]
                    .contains(&new),
            "{new}"
        );
        let written = rewritten(&read);
        assert_eq!(decode(&written), read, "{new}");
    }
}

/// docs/failures.md#case-32
#[test]
fn address_segment_that_ends_early() {
    // A crash.
    for short in ["NAD+PAT", "NAD+PAT+", "NAD+PAT++"] {
        let input = replaced(&acceptance(), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:", short);
        let read = decode(&input);
        let address = acceptance_of(&read).address.as_ref();
        assert!(address.is_none_or(|address| address.road.is_none() && address.post_town.is_none()), "{short}");
        assert_eq!(decode(&rewritten(&read)), read, "{short}");
        // Rows 11, 12 and 58: an acceptance is sent with an address that has a road or house name, and a post town.
        assert!(read.encode(&WriteOptions::default()).is_err(), "{short}");
    }
}

/// docs/failures.md#case-32
#[test]
fn code_without_its_list_is_read() {
    // A crash.
    let input = replaced(&acceptance(), "HEA+ACD+A:ZZZ", "HEA+ACD+A");
    let read = decode(&input);
    assert_eq!(ids(&input), ["missing-component"]);
    assert_eq!(tag_of(issues(&input)[0].error()), "HEA");
    assert_eq!(acceptance_of(&read).acceptance_code, Some(AcceptanceCode::from("A")));

    let input = replaced(&acceptance(), "NAD+GP+7000015,T93:900", "NAD+GP+7000015,T93");
    let read = decode(&input);
    assert_eq!(ids(&input), ["missing-component"]);
    assert_eq!(acceptance_of(&read).gp.as_ref().unwrap().as_str(), "7000015,T93");
}

/// docs/failures.md#case-32
#[test]
fn sex_in_the_second_element() {
    // Element 2 is read as element 1.
    let input = replaced(&acceptance(), "PDI+2", "PDI++1");
    let read = decode(&input);
    assert_eq!(acceptance_of(&read).sex, None);
    let found = ids(&input);
    assert!(!found.is_empty());
    assert!(issues(&input).iter().all(|issue| tag_of(issue.error()) == "PDI"), "{found:?}");
    refused(&input);
    assert_eq!(components(&acceptance_of(&read).unrecognised), [("PDI", 2, 1, "1")]);
}

/// docs/failures.md#case-32
#[test]
fn qualifier_without_a_number() {
    // A crash, or the qualifier becomes the number.
    let input = replaced(&removal(), "PNA+PAT+9990000069:OPI", "PNA+PAT+:OPI");
    let read = decode(&input);
    assert!(
        removal_of(&read)
            .patient
            .as_ref()
            .is_none_or(|patient| { patient.nhs_number().is_none_or(|number| number.as_str().is_empty()) })
    );
    assert!(!ids(&input).is_empty());
    refused(&input);
}

/// docs/failures.md#case-34
#[test]
fn zeros_of_a_reason_are_kept() {
    // Written back as 8.
    let input = replaced(&notification(), "HEA+FRN+8:ZZZ", "HEA+FRN+08:ZZZ");
    let read = check(&input, &[]);
    let Transactions::Fp69PriorNotification(list) = &registration_of(&read).transactions else { panic!() };
    let reason = list[0].reason.as_ref().unwrap();
    assert_eq!((reason.as_str(), reason.number()), ("08", Some(8)));
    assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), input);
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-34
#[test]
fn zeros_of_numbers_are_kept() {
    // Written back without them.
    let input = replaced(&removal(), "RFF+TN:2009", "RFF+TN:00002009");
    let read = check(&input, &[]);
    let number = removal_of(&read).number.as_ref().unwrap();
    assert_eq!((number.text().as_ref(), number.number()), ("00002009", Some(2009)));
    assert_eq!(rewritten(&read), input);
    assert!(read.encode(&WriteOptions::default()).is_err());
}

/// docs/failures.md#case-37
#[test]
fn unknown_codes_are_kept() {
    // A panic.
    for (old, new, place) in [
        ("PDI+2", "PDI+3", "PDI 1.1"),
        ("HEA+ACD+A:ZZZ", "HEA+ACD+X:ZZZ", "HEA 2.1"),
        ("HEA+ATP+1:ZZZ", "HEA+ATP+7:ZZZ", "HEA 2.1"),
        ("HEA+DM+Y:ZZZ", "HEA+DM+N:ZZZ", "HEA 2.1"),
    ] {
        let input = replaced(&acceptance(), old, new);
        let read = decode(&input);
        let found = issues(&input);
        assert_eq!(ids(&input), ["unknown-code"], "{new}");
        assert_eq!(self::place(found[0].error()), place, "{new}");
        refused(&input);
        assert!(read.encode(&WriteOptions::default()).is_err(), "{new}");
        assert_eq!(rewritten(&read), input, "{new}");
    }
}

/// docs/failures.md#case-37
#[test]
fn unknown_codes_say_what_they_are() {
    // A panic.
    let input = acceptance().replace("PDI+2", "PDI+3").replace("HEA+ATP+1", "HEA+ATP+7");
    let read = decode(&input);
    let acceptance = acceptance_of(&read);
    assert_eq!(acceptance.sex, Some(Sex::from("3")));
    assert!(!acceptance.sex.as_ref().unwrap().is_known());
    assert!(matches!(acceptance.kind, AcceptanceKind::Unclassified { .. }));
    assert_eq!(acceptance.patient.as_ref().unwrap().surname.as_deref(), Some("MARLOWE"));
}

/// docs/failures.md#case-37
#[test]
fn unknown_deduction_reasons_are_kept() {
    // A panic.
    for code in ["0", "16", "99", "123", "A"] {
        let input = replaced(&deduction_request(), "GIS+1:ZZZ", &format!("GIS+{code}:ZZZ"));
        let read = check(&input, &[("unknown-code", "GIS 1.1", code)]);
        assert_eq!(deduction_request_of(&read).reason, Some(DeductionReason::from(code)));
        assert!(read.encode(&WriteOptions::default()).is_err());
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-37
#[test]
fn unknown_statuses_of_receipts_are_kept() {
    // A panic.
    let input = RECEIPT.replace("00067005 CP", "00067005 XX").replace("00044005 OK", "00044005 YY");
    let read = check(&input, &[("unknown-code", "RFF 1.2", "00067005 XX"), ("unknown-code", "RFF 1.2", "00044005 YY")]);
    assert_eq!(recep_of(&read).messages[0].status.as_ref().unwrap().as_str(), "XX");
    assert_eq!(recep_of(&read).interchange.as_ref().unwrap().status.as_ref().unwrap().as_str(), "YY");
    assert!(read.encode(&WriteOptions::default()).is_err());
    assert_eq!(rewritten(&read), input);
}
