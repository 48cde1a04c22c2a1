//! What may not be sent is refused, whatever other software writes.

use nhais_edifact::transaction::{Acceptance, AcceptanceKind, ExServices};
use nhais_edifact::value::InterchangeSequence;
use nhais_edifact::{ErrorKind, WriteOptions};

use crate::wire::*;

/// docs/failures.md#case-35
#[test]
fn surname_of_200_characters_is_not_written() {
    // Written.
    let input = acceptance();
    let mut model = decode(&input);
    acceptance_mut(&mut model).patient.as_mut().unwrap().surname = Some("A".repeat(200).into());
    let error = model.encode(&WriteOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLong { limit: 70, length: 200 });
    assert_eq!(place(&error), "PNA 5.2");
    assert_eq!(error.location().offset, None);
    acceptance_mut(&mut model).patient.as_mut().unwrap().surname = Some("A".repeat(70).into());
    assert!(model.encode(&WriteOptions::default()).is_ok());
}

/// docs/failures.md#case-35
#[test]
fn lower_case_and_control_characters_are_not_written() {
    // Written.
    let input = acceptance();
    for surname in ["Marlowe", "MAR\tLOWE", "MARLOWE\n", "MAR\u{1c}LOWE", "MAR\u{0}LOWE", "M_LOWE", "MÜLLER", "MARŁOWE"]
    {
        let mut model = decode(&input);
        acceptance_mut(&mut model).patient.as_mut().unwrap().surname = Some(surname.into());
        let error = model.encode(&WriteOptions::default()).unwrap_err();
        assert!(["repertoire", "break-in-segment", "unrepresentable"].contains(&error.kind().id()), "{surname:?}");
        assert_eq!(place(&error), "PNA 5.2", "{surname:?}");
    }
}

/// docs/failures.md#case-35
#[test]
fn references_of_other_than_eight_digits_are_not_written() {
    // Written.
    let input = removal();
    for reference in ["123456789", "1", "0000108", "00000000", "ABCDEFGH", ""] {
        let mut model = decode(&input);
        model.header.reference = reference.into();
        let error = model.encode(&WriteOptions::default()).unwrap_err();
        assert_eq!(place(&error), "UNB 5.1", "{reference}");
        let mut model = decode(&input);
        registration_mut(&mut model).reference = reference.into();
        let error = model.encode(&WriteOptions::default()).unwrap_err();
        assert_eq!(place(&error), "UNH 1.1", "{reference}");
    }
    assert!(InterchangeSequence::new(100_000_000).is_err());
    assert!(InterchangeSequence::new(0).is_err());
}

/// docs/failures.md#case-35
#[test]
fn transaction_numbers_beyond_seven_digits_are_not_written() {
    // Written.
    let input = removal();
    for number in ["10000000", "0", "02009", "ABC", ""] {
        let mut model = decode(&input);
        removal_mut(&mut model).number = Some(number.into());
        assert!(model.encode(&WriteOptions::default()).is_err(), "{number}");
    }
}

/// docs/failures.md#case-35
#[test]
fn what_a_strict_writer_refuses_besides() {
    // Written.
    type Change = fn(&mut Acceptance<'_>);
    let input = acceptance();
    let changes: [(&str, Change); 11] = [
        ("check digit", |it| it.patient.as_mut().unwrap().identifier.as_mut().unwrap().number = "9990000019".into()),
        ("no surname", |it| it.patient.as_mut().unwrap().surname = None),
        ("blank surname", |it| it.patient.as_mut().unwrap().surname = Some("   ".into())),
        ("postcode of seven characters", |it| it.address.as_mut().unwrap().postcode = Some("ZZ9 9AA".into())),
        ("erase marker", |it| it.address.as_mut().unwrap().county = Some("%".into())),
        ("type 5", |it| it.kind = AcceptanceKind::ExServices(ExServices::default())),
        ("GP code of one part", |it| it.gp = Some("7000015".into())),
        ("empty text", |it| it.notes = Some("".into())),
        ("blank text", |it| it.notes = Some("   ".into())),
        ("no sex", |it| it.sex = None),
        ("no address", |it| it.address = None),
    ];
    let written = changes.iter().filter(|(_, change)| {
        let mut model = decode(&input);
        change(acceptance_mut(&mut model));
        model.encode(&WriteOptions::default()).is_ok()
    });
    assert_eq!(written.map(|(what, _)| *what).collect::<Vec<_>>(), [""; 0]);
}

/// docs/failures.md#case-35
#[test]
fn address_without_post_town_is_not_written() {
    // Written.
    let input = acceptance();
    for town in [None, Some(" "), Some("%")] {
        let mut model = decode(&input);
        acceptance_mut(&mut model).address.as_mut().unwrap().post_town = town.map(Into::into);
        assert!(model.encode(&WriteOptions::default()).is_err(), "{town:?}");
    }
}

/// docs/failures.md#case-35
#[test]
fn address_without_house_name_and_road_is_not_written() {
    // Written.
    let input = acceptance();
    let mut model = decode(&input);
    acceptance_mut(&mut model).address.as_mut().unwrap().road = None;
    assert!(model.encode(&WriteOptions::default()).is_err());
}
