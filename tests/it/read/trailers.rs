//! Counts and references that deviate.

use nhais_edifact::error::Stated;
use nhais_edifact::{ErrorKind, WriteOptions};

use crate::wire::*;

/// docs/failures.md#case-2
#[test]
fn segment_count_in_unt_is_wrong() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNT+12+", "UNT+11+");
    check(&input, &[("control-count", "UNT 1.1", "11+00000508")]);
    let kind = issues(&input)[0].kind();
    assert_eq!(kind, ErrorKind::ControlCount { counted: 12, stated: Stated(Some(11)) });
}

/// docs/failures.md#case-2
#[test]
fn segment_count_in_unt_is_no_number() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNT+12+", "UNT+abc+");
    let counts: Vec<_> = issues(&input).into_iter().filter(|issue| issue.kind().id() == "control-count").collect();
    assert_eq!(counts.len(), 1);
    assert_eq!(place(counts[0].error()), "UNT 1.1");
    assert_eq!(counts[0].kind(), ErrorKind::ControlCount { counted: 12, stated: Stated(None) });
    refused(&input);
}

/// docs/failures.md#case-2
#[test]
fn count_in_unt_is_missing() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNT+12+00000508", "UNT");
    assert!(!ids(&input).is_empty());
    refused(&input);
    assert_eq!(rewritten(&decode(&input)), removal());
}

/// docs/failures.md#case-2
#[test]
fn reference_in_unt_is_wrong() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNT+12+00000508", "UNT+12+00000509");
    let read = check(&input, &[("control-reference", "UNT 2.1", "00000509'")]);
    assert_eq!(registration_of(&read).reference.to_string(), "00000508");
    let kind = issues(&input)[0].kind();
    assert_eq!(kind, ErrorKind::ControlReference { header: Stated(Some(508)), trailer: Stated(Some(509)) });
}

/// docs/failures.md#case-2
#[test]
fn message_count_in_unz_is_wrong() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNZ+1+", "UNZ+2+");
    check(&input, &[("control-count", "UNZ 1.1", "2+00000108")]);
    let kind = issues(&input)[0].kind();
    assert_eq!(kind, ErrorKind::ControlCount { counted: 1, stated: Stated(Some(2)) });
}

/// docs/failures.md#case-2
#[test]
fn reference_in_unz_is_wrong() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNZ+1+00000108", "UNZ+1+00000801");
    let read = check(&input, &[("control-reference", "UNZ 2.1", "00000801'")]);
    assert_eq!(read.header.reference.to_string(), "00000108");
}

/// docs/failures.md#case-2
#[test]
fn counts_and_references_are_right_when_written_back() {
    // Written as they were read.
    let wrong = replaced(&replaced(&removal(), "UNT+12+00000508", "UNT+99+1"), "UNZ+1+00000108", "UNZ+7+2");
    assert_eq!(rewritten(&decode(&wrong)), removal());
}

/// docs/failures.md#case-9
#[test]
fn control_reference_that_is_not_digits() {
    // An exception.
    let input = removal().replace("00000108", "KLM-A1").replace("00000508", "M/1");
    let read = check(
        &input,
        &[("reference-not-digits", "UNB 5.1", "KLM-A1'\nUNH"), ("reference-not-digits", "UNH 1.1", "M/1+FHSREG")],
    );
    assert_eq!(read.header.reference.to_string(), "KLM-A1");
    assert_eq!(read.header.reference.number(), None);
    assert_eq!(registration_of(&read).reference.to_string(), "M/1");
    assert!(read.encode(&WriteOptions::default()).is_err());
    assert_eq!(rewritten(&read), input);
}

/// docs/failures.md#case-9
#[test]
fn references_of_other_width_are_compared_as_numbers() {
    // An exception, or a difference that is none.
    let input =
        replaced(&replaced(&removal(), "+240318:0907+00000108", "+240318:0907+000108"), "UNZ+1+00000108", "UNZ+1+108");
    let read = check(&input, &[("reference-form", "UNB 5.1", "000108")]);
    assert_eq!((read.header.reference.text().as_ref(), read.header.reference.number()), ("000108", Some(108)));
}
