//! Dates and times, and their formats.

use nhais_edifact::WriteOptions;

use crate::wire::*;

/// docs/failures.md#case-10
#[test]
fn year_92_is_not_2092() {
    // Becomes 2092.
    let input = replaced(&removal(), "+240318:0907+", "+920116:1529+");
    let read = check(&input, &[]);
    assert_eq!((read.header.prepared.date().as_str(), read.header.prepared.time().as_str()), ("920116", "1529"));
    assert_eq!(read.header.prepared.to_date_time(1980).unwrap().to_string(), "1992-01-16 15:29:00");
    assert_eq!(read.header.prepared.to_date_time(2000).unwrap().to_string(), "2092-01-16 15:29:00");
}

/// docs/failures.md#case-29
#[test]
fn day_that_the_month_lacks() {
    // Becomes 28 February.
    for date in ["20240231", "20230229", "20240431", "20241301", "20240100", "00000000"] {
        let input = replaced(&deduction_request(), "DTM+961:20240316", &format!("DTM+961:{date}"));
        let read = check(&input, &[("invalid-value", "DTM 1.2", date)]);
        let deducted = deduction_request_of(&read).deducted_on.as_ref();
        assert_eq!(deducted.unwrap().calendar(), None);
        assert_eq!(unreadable(deducted), date);
        assert_eq!(read.encode(&WriteOptions::default()).unwrap_err().kind().id(), "invalid-value");
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-30
#[test]
fn ten_digits_are_no_date() {
    // The first six digits become the year.
    for date in ["1992010112", "199201", "2024031", "202403160", "202403160907"] {
        let input = replaced(&deduction_request(), "DTM+961:20240316", &format!("DTM+961:{date}"));
        let read = check(&input, &[("invalid-value", "DTM 1.2", date)]);
        assert_eq!(deduction_request_of(&read).deducted_on.as_ref().unwrap().calendar(), None);
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-30
#[test]
fn signs_and_blanks_are_no_digits() {
    // Read as numbers.
    for date in ["+2024031", "-2024031", "2024 316", " 20240316", "2024-3-1"] {
        let on_the_wire = date.replace('+', "?+");
        let input = replaced(&deduction_request(), "DTM+961:20240316", &format!("DTM+961:{on_the_wire}"));
        let read = decode(&input);
        assert_eq!(deduction_request_of(&read).deducted_on.as_ref().unwrap().calendar(), None, "{date}");
        assert_eq!(ids(&input), ["invalid-value"], "{date}");
    }
}

/// docs/failures.md#case-31
#[test]
fn format_qualifier_that_does_not_fit() {
    // Ignored.
    for qualifier in ["203", "101", "306", "X"] {
        let input = replaced(&deduction_request(), "DTM+961:20240316:102", &format!("DTM+961:20240316:{qualifier}"));
        let read = decode(&input);
        assert_eq!(ids(&input).len(), 1, "{qualifier}");
        assert_eq!(tag_of(issues(&input)[0].error()), "DTM");
        refused(&input);
        let deducted = deduction_request_of(&read).deducted_on.as_ref();
        assert_eq!(deducted.unwrap().calendar(), None, "{qualifier}");
        assert_eq!(unreadable(deducted), "20240316");
        assert!(read.encode(&WriteOptions::default()).is_err(), "{qualifier}");
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-31
#[test]
fn format_qualifier_of_the_translation_time() {
    // Ignored.
    let input = replaced(&removal(), "DTM+137:202403180907:203", "DTM+137:202403180907:102");
    let read = decode(&input);
    assert_eq!(ids(&input).len(), 1);
    assert_eq!(registration_of(&read).translated.as_ref().unwrap().calendar(), None);
    refused(&input);
}

/// docs/failures.md#case-31
#[test]
fn format_qualifier_306_of_receipts() {
    // Taken for day, hour and minute, or refused.
    let read = check(RECEIPT, &[]);
    let recep = recep_of(&read);
    assert_eq!(recep.made.as_ref().unwrap().calendar().unwrap().to_string(), "2024-04-03 06:40:00");
    assert_eq!(recep.received.as_ref().unwrap().calendar().unwrap().to_string(), "2024-04-03 06:40:00");
    let input = replaced(RECEIPT, "815:202404030640:306", "815:030640:306");
    assert_eq!(ids(&input), ["invalid-value"]);
    refused(&input);
}
