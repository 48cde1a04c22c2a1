//! Types of messages and transactions, tags and qualifiers: each is read as a whole.

use nhais_edifact::syntax::{SegmentReader, SegmentTag};
use nhais_edifact::transaction::Transactions;
use nhais_edifact::value::TransactionType;
use nhais_edifact::{Message, WriteOptions};

use crate::wire::*;

/// docs/failures.md#case-11
#[test]
fn message_of_another_type_is_kept_as_segments() {
    // Processed as FHSREG.
    let input = replaced(&removal(), "FHSREG:0:1:FH:FHS001", "MEDRPT:0:1:RT:NHS003");
    let read = decode(&input);
    assert_eq!(ids(&input), ["message-type"]);
    assert_eq!(tag_of(issues(&input)[0].error()), "UNH");
    let Message::Other(message) = &read.messages[0] else { panic!() };
    assert_eq!(message.header.as_wire(), "UNH+00000508+MEDRPT:0:1:RT:NHS003");
    assert_eq!(message.segments.len(), 10);
    refused(&input);
    assert!(read.encode(&WriteOptions::default()).is_err());
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-11
#[test]
fn message_of_another_version_is_reported() {
    // Processed without a word.
    for other in ["FHSREG:0:2:FH:FHS001", "FHSREG:0:1:NH:FHS001", "FHSREG:0:1:FH:FHS002", "FHSREG:0:1:FH"] {
        let input = replaced(&removal(), "FHSREG:0:1:FH:FHS001", other);
        assert_eq!(ids(&input).len(), 1, "{other}");
        refused(&input);
    }
}

/// docs/failures.md#case-11
#[test]
fn prefix_of_the_message_type_is_another_type() {
    // Processed as FHSREG.
    let input = replaced(&removal(), "FHSREG:0:1:FH:FHS001", "FHSREGX:0:1:FH:FHS001");
    let read = decode(&input);
    assert!(matches!(read.messages[0], Message::Other(_)));
    refused(&input);
}

/// docs/failures.md#case-12
#[test]
fn unknown_transaction_type_leaves_the_rest_readable() {
    // The whole interchange is lost.
    let unknown = message("00000508", "F12", &["S01+1", "RFF+TN:7", "NAD+GP+7000015,T93:900", "ZZZ+A"]);
    let known = message("00000509", "F10", FLAG_REMOVAL);
    let input = enclosed("ZQX1", "KLM5", &[&unknown, &known]);
    let read = check(&input, &[("unknown-code", "RFF 1.2", "F12'")]);
    let Message::Registration(message) = &read.messages[0] else { panic!() };
    let Transactions::Other { code: Some(code), list } = &message.transactions else { panic!() };
    assert_eq!((code.as_str(), list.len(), list[0].segments.len()), ("F12", 1, 4));
    assert_eq!(list[0].number().unwrap().number(), Some(7));
    let Message::Registration(message) = &read.messages[1] else { panic!() };
    assert_eq!(message.transactions.transaction_type(), Some(TransactionType::Fp69FlagRemoval));
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-12
#[test]
fn g4_is_another_type() {
    // The whole interchange is lost.
    let input = registration("G4", DEDUCTION_REQUEST);
    let read = check(&input, &[("unknown-code", "RFF 1.2", "G4'")]);
    assert!(matches!(&registration_of(&read).transactions, Transactions::Other { list, .. } if list.len() == 1));
    assert!(read.encode(&WriteOptions::default()).is_err());
}

/// docs/failures.md#case-13
#[test]
fn untx_is_not_unt() {
    // Ends the message.
    let body = [REMOVAL, &["UNTX+12+00000508"]].concat();
    let input = registration("G3", &body);
    let read = decode(&input);
    assert_eq!(read.messages.len(), 1);
    assert_eq!(ids(&input), ["invalid-tag"]);
    assert_eq!(issues(&input)[0].error().location().offset, Some(offset_of(&input, "UNTX")));
    refused(&input);
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-13
#[test]
fn qualifier_that_begins_like_another() {
    // NAD+GPX is taken for NAD+GP, RFF+TNX for RFF+TN.
    let input = replaced(&removal(), "NAD+GP+", "NAD+GPX+");
    let read = decode(&input);
    assert_eq!(removal_of(&read).gp, None);
    let mut found = ids(&input);
    found.sort_unstable();
    assert_eq!(found, ["missing-segment", "unknown-segment"]);
    assert_eq!(raw_segments(&removal_of(&read).unrecognised), ["NAD+GPX+7000015,T93:900"]);
    assert_eq!(rewritten(&read), input);

    let input = replaced(&removal(), "RFF+TN:", "RFF+TNX:");
    assert_eq!(removal_of(&decode(&input)).number, None);
    let input = replaced(&removal(), "PNA+PAT+", "PNA+PATX+");
    assert_eq!(removal_of(&decode(&input)).patient, None);
}

/// docs/failures.md#case-13
#[test]
fn f1_is_not_f10() {
    // F10 and F11 begin with F1.
    for (code, body, expected) in [
        ("F1", AMENDMENT, TransactionType::AmendmentIn),
        ("F10", FLAG_REMOVAL, TransactionType::Fp69FlagRemoval),
        ("F11", REMOVAL, TransactionType::DeductionRequestRejection),
    ] {
        let input = registration(code, body);
        assert_eq!(registration_of(&check(&input, &[])).transactions.transaction_type(), Some(expected));
    }
    let input = registration("F100", FLAG_REMOVAL);
    assert!(matches!(&registration_of(&decode(&input)).transactions, Transactions::Other { .. }));
}

/// docs/failures.md#case-15
#[test]
fn tags_with_digits() {
    // Refused.
    for tag in ["S01", "S02", "S16", "C58", "UNB"] {
        assert_eq!(SegmentTag::parse(tag.as_bytes()).unwrap().as_str(), tag);
    }
    let input = removal();
    let mut reader = SegmentReader::new(input.as_bytes());
    let mut triggers = Vec::new();
    while let Some(segment) = reader.next_segment().unwrap() {
        let tag = segment.tag().unwrap();
        if tag.as_str().starts_with("S0") {
            triggers.push((tag.as_str().to_string(), segment.component(1, 1).unwrap().text().to_string()));
        }
    }
    assert_eq!(triggers, [("S01".to_string(), "1".to_string()), ("S02".to_string(), "2".to_string())]);
}

/// docs/failures.md#case-15
#[test]
fn s01_with_the_value_of_pathology() {
    // Refused, or accepted without a word.
    let input = replaced(&removal(), "S01+1'", "S01+01'");
    let read = check(&input, &[("invalid-constant", "S01 1.1", "01'")]);
    assert_eq!(registration_of(&read).transactions.len(), 1);
    assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), removal());
}
