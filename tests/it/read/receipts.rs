//! Receipts, and what is counted in them.

use nhais_edifact::WriteOptions;
use nhais_edifact::value::{InterchangeStatus, MessageStatus};

use crate::wire::*;

/// docs/failures.md#case-3
#[test]
fn receipt_counts_the_messages_that_came() {
    // The receipt echoes the count that UNZ claims.
    let input = replaced(&removal(), "UNZ+1+", "UNZ+7+");
    let read = check(&input, &[("control-count", "UNZ 1.1", "7+00000108")]);
    assert_eq!(read.messages.len(), 1);

    let receipt = receipt_for(&read);
    let written = text(&receipt.encode(&WriteOptions::default()).unwrap());
    assert!(written.contains("RFF+MIS:00000508 CP'\nRFF+RIS:00000108 OK:1'"), "{written}");
    check(&written, &[]);
}

/// docs/failures.md#case-33
#[test]
fn two_spaces_in_a_receipt_line() {
    // An exception.
    let input = replaced(RECEIPT, "RFF+MIS:00067005 CP", "RFF+MIS:00067005  CP");
    let read = decode(&input);
    assert_eq!(ids(&input), ["invalid-value"]);
    assert_eq!(place(issues(&input)[0].error()), "RFF 1.2");
    refused(&input);
    let receipt = &recep_of(&read).messages[0];
    assert_eq!(receipt.reference.as_ref().unwrap().number(), Some(67_005));
    assert_eq!(receipt.status, Some(MessageStatus::Translated));
}

/// docs/failures.md#case-33
#[test]
fn receipt_line_without_status_or_number() {
    // An exception.
    for line in ["00067005", "CP", "0006 7005 CP", "ABC CP", "00067005 XX", "00067005CP"] {
        let input = replaced(RECEIPT, "RFF+MIS:00067005 CP", &format!("RFF+MIS:{line}"));
        let read = decode(&input);
        assert_eq!(recep_of(&read).messages.len(), 1, "{line}");
        assert!(!ids(&input).is_empty(), "{line}");
        refused(&input);
        let written = rewritten(&read);
        assert!(written.contains(&format!("RFF+MIS:{line}'")), "{line}: {written}");
    }
}

/// docs/failures.md#case-33
#[test]
fn blanks_in_a_receipt_line_are_kept() {
    // An exception.
    let input = replaced(RECEIPT, "RFF+MIS:00067005 CP", "RFF+MIS: ");
    refused(&input);
    assert_eq!(rewritten(&decode(&input)), input);
}

/// docs/failures.md#case-33
#[test]
fn status_of_the_interchange_is_not_derived() {
    // The interchange is taken to have failed with its message, or the message to have passed with it.
    let input = replaced(RECEIPT, "00067005 CP", "00067005 CA");
    let read = check(&input, &[]);
    assert_eq!(recep_of(&read).messages[0].status.as_ref().unwrap().as_str(), "CA");
    assert_eq!(recep_of(&read).interchange.as_ref().unwrap().status, Some(InterchangeStatus::from("OK")));
}
