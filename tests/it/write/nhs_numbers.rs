//! NHS numbers as they are written.

use nhais_edifact::transaction::{AmendedPreviousPerson, PatientIdentifier, Person};
use nhais_edifact::value::{Change, IdentifierQualifier};

use super::models::*;

/// docs/wire.md#row-15
#[test]
fn new_number_stands_with_the_previous_identity() {
    let interchange = amendment_in("e12", |amendment| {
        amendment.previous = Some(AmendedPreviousPerson {
            identifier: Some(PatientIdentifier::amended("9990000131")),
            surname: Change::To("LEE".into()),
            ..AmendedPreviousPerson::default()
        });
    });
    assert_eq!(lines(&interchange, "PNA"), ["PNA+PAT+9990000018:OPI'", "PNA+PER+9990000131:API+++SU:LEE'"]);
    assert_eq!(lines(&interchange, "S02").len(), 2);
}

/// docs/wire.md#row-16
#[test]
fn present_number_is_official() {
    for qualifier in [Some(IdentifierQualifier::Amended), Some("OBI".into()), None] {
        let interchange = removal("e09", |removal| {
            removal.patient.as_mut().unwrap().identifier.as_mut().unwrap().qualifier = qualifier.clone();
        });
        assert_eq!(place(&interchange), "PNA 2.2 of 508/2009", "{qualifier:?}");
    }
    let interchange = amendment_in("e12", |amendment| {
        amendment.patient.as_mut().unwrap().identifier = Some(PatientIdentifier::amended("9990000018"));
    });
    assert_eq!(place(&interchange), "PNA 2.2 of 67001/10900001");
}

/// docs/wire.md#row-16
#[test]
fn new_number_is_amended() {
    for qualifier in [Some(IdentifierQualifier::Official), None] {
        let interchange = amendment_in("e12", |amendment| {
            amendment.previous.as_mut().unwrap().identifier.as_mut().unwrap().qualifier = qualifier.clone();
        });
        assert_eq!(place(&interchange), "PNA 2.2 of 67001/10900001", "{qualifier:?}");
    }
}

/// docs/wire.md#row-31
#[test]
fn number_has_ten_digits_and_its_check_digit() {
    let with = |number: &'static str| {
        removal("e09", |removal| {
            let identifier = Some(PatientIdentifier::official(number));
            removal.patient = Some(Person { identifier, ..Person::default() });
        })
    };
    assert_eq!(line(&with("9434765919"), "PNA"), "PNA+PAT+9434765919:OPI'");
    for number in ["9434765918", "1234567890", "943 476 5919", "943476591", "94347659190", "N/10/10", "AB:12"] {
        assert_eq!(refusal(&with(number)), "invalid-value at PNA 2.1 of 508/2009", "{number}");
    }
}

/// docs/wire.md#row-31
#[test]
fn new_number_has_ten_digits_and_its_check_digit() {
    let interchange = amendment_in("e12", |amendment| {
        amendment.previous.as_mut().unwrap().identifier = Some(PatientIdentifier::amended("9990000124"));
    });
    assert_eq!(refusal(&interchange), "invalid-value at PNA 2.1 of 67001/10900001");
}

/// docs/wire.md#row-31
#[test]
fn other_numbers_are_written_back_on_request() {
    for number in ["1234567890", "N/10/10", "AB?:12"] {
        let interchange = deviant("e09", &[("9990000069", number)]);
        assert_eq!(as_received(&interchange), text("e09").replace("9990000069", number));
    }
}
