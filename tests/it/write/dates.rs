//! Dates and times as they are written.

use chrono::NaiveDate;
use nhais_edifact::value::{Date, DateTime, PreparationTime, UnreadableDate};

use super::models::*;

/// docs/wire.md#row-25
#[test]
fn year_is_its_last_two_digits() {
    for (year, digits) in [(1992, "92"), (2000, "00"), (2024, "24"), (2092, "92")] {
        let mut interchange = example("e09");
        interchange.header.prepared = time(year, 1, 16, 15, 29).into();
        let expected = format!("UNB+UNOA:2+KLM5+ZQX1+{digits}0116:1529+00000108'");
        assert_eq!(line(&interchange, "UNB"), expected);
    }
}

/// docs/wire.md#row-26
#[test]
fn translation_time_equals_that_of_the_header_unless_the_caller_differs() {
    let interchange = removal_from_nothing();
    assert_eq!(line(&interchange, "DTM+137"), "DTM+137:202403180907:203'");
    for differing in [time(2024, 3, 17, 12, 59), time(2024, 3, 19, 12, 59)] {
        let mut interchange = removal_from_nothing();
        registration(&mut interchange).translated = Some(differing.into());
        assert_eq!(line(&interchange, "DTM+137"), format!("DTM+137:{}:203'", DateTime::from(differing)));
    }
}

/// docs/wire.md#row-51
#[test]
fn impossible_dates_are_refused() {
    let impossible = [
        ("e03", "DTM+956:20240311", "DTM+956:20240231", "DTM 1.2 of 9/2003"),
        ("e03", "DTM+329:19880504:102", "DTM+329:198805041200:102", "DTM 1.2 of 9/2003"),
        ("e03", "DTM+329:19880504:102", "DTM+329:19880504:203", "DTM 1.2 of 9/2003"),
        ("e03", "DTM+137:202403111402", "DTM+137:202403112402", "DTM 1.2 of 9"),
        ("e03", "DTM+137:202403111402:203", "DTM+137:20240311:102", "DTM 1.2 of 9"),
        ("e05", "DTM+957:20240228", "DTM+957:20241301", "DTM 1.2 of 504/2005"),
        ("e05", "DTM+958:20110915", "DTM+958:20110931", "DTM 1.2 of 504/2005"),
        ("e10", "DTM+961:20240316", "DTM+961:20240200", "DTM 1.2 of 509/2010"),
        ("e16", "DTM+206:20240331", "DTM+206:20240431", "DTM 1.2 of 67004"),
        ("e17", "DTM+962:20241003", "DTM+962:ABCDEFGH", "DTM 1.2 of 67005/10900005"),
    ];
    for (name, possible, impossible, expected) in impossible {
        let interchange = deviant(name, &[(possible, impossible)]);
        assert_eq!(refusal(&interchange), format!("invalid-value at {expected}"), "{impossible}");
        assert!(as_received(&interchange).contains(impossible), "{impossible}");
    }
}

/// docs/wire.md#row-51
#[test]
fn impossible_dates_put_by_hand_are_refused() {
    let unreadable = |text: &'static str| {
        Date::Unreadable(Box::new(UnreadableDate { text: text.into(), format: Some("102".into()) }))
    };
    for text in ["20240231", "", "%", "2024"] {
        let interchange = amendment_out("e07", |amendment| amendment.date_of_birth = Some(unreadable(text)));
        assert_eq!(refusal(&interchange), "invalid-value at DTM 1.2 of 506/2007", "{text}");
    }
    let far = NaiveDate::from_ymd_opt(12_024, 1, 1).unwrap();
    let interchange = amendment_out("e07", |amendment| amendment.date_of_birth = Some(far.into()));
    assert_eq!(refusal(&interchange), "invalid-value at DTM 1.2 of 506/2007");
}

/// docs/wire.md#row-51
#[test]
fn impossible_preparation_times_are_refused() {
    for (date, time) in [("240231", "0907"), ("240318", "2460"), ("20240318", "0907"), ("240318", "907"), ("", "")] {
        let mut interchange = example("e09");
        interchange.header.prepared = PreparationTime::from_wire(date, time);
        assert!(place(&interchange).starts_with("UNB 4."), "{date}:{time}");
    }
}
