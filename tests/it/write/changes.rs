//! What an amendment changes and erases, and that nothing else erases.

use nhais_edifact::WriteOptions;
use nhais_edifact::transaction::{Acceptance, Address, AmendedPreviousPerson, Amendment, Person};
use nhais_edifact::value::{Change, DrugsMarker, Sex};

use super::models::*;

/// docs/wire.md#row-36
#[test]
fn erase_marker_among_the_names_of_an_acceptance_is_refused() {
    let refused: [Case<Person<'static>>; 5] = [
        (|patient| patient.surname = Some("%".into()), "PNA 5.2"),
        (|patient| patient.forename = Some("%".into()), "PNA 6.2"),
        (|patient| patient.title = Some("%".into()), "PNA 7.2"),
        (|patient| patient.second_forename = Some("%".into()), "PNA 8.2"),
        (|patient| patient.other_forenames = Some("%".into()), "PNA 9.2"),
    ];
    for (set, expected) in refused {
        let interchange = acceptance("e02", |acceptance| set(acceptance.patient.as_mut().unwrap()));
        assert_eq!(place(&interchange), format!("{expected} of 502/2002"));
    }
}

/// docs/wire.md#row-36
#[test]
fn erase_marker_in_the_address_of_an_acceptance_is_refused() {
    let refused: [Case<Address<'static>>; 6] = [
        (|address| address.house_name = Some("%".into()), "NAD 3.1"),
        (|address| address.road = Some("%".into()), "NAD 3.2"),
        (|address| address.locality = Some("%".into()), "NAD 3.3"),
        (|address| address.post_town = Some("%".into()), "NAD 3.4"),
        (|address| address.county = Some("%".into()), "NAD 3.5"),
        (|address| address.postcode = Some("%".into()), "NAD 8.1"),
    ];
    for (set, expected) in refused {
        let interchange = acceptance("e02", |acceptance| set(acceptance.address.as_mut().unwrap()));
        assert_eq!(place(&interchange), format!("{expected} of 502/2002"));
    }
}

/// docs/wire.md#row-36
#[test]
fn erase_marker_elsewhere_in_an_acceptance_is_refused() {
    let refused: [Case<Acceptance<'static>>; 3] = [
        (|acceptance| acceptance.institute = Some("%".into()), "NAD 2.1"),
        (|acceptance| acceptance.drugs_dispensed = Some("%".into()), "HEA 2.1"),
        (|acceptance| acceptance.place_of_birth = Some("%".into()), "LOC 2.1"),
    ];
    for (set, expected) in refused {
        assert_eq!(place(&acceptance("e02", set)), format!("{expected} of 502/2002"));
    }
}

/// docs/wire.md#row-36
#[test]
fn erase_marker_for_the_previous_gp_is_refused() {
    let interchange = transfer_in(|items| items.previous_gp = Some("%".into()));
    assert_eq!(place(&interchange), "NAD 4.1 of 503/2004");
}

/// docs/wire.md#row-36
#[test]
fn erase_marker_in_the_previous_address_is_refused() {
    let interchange = transfer_in(|items| items.previous_address = Some(["7 MILL LANE", "%"].into_iter().collect()));
    assert!(place(&interchange).starts_with("NAD 3."), "{}", place(&interchange));
}

/// docs/wire.md#row-36
#[test]
fn erase_marker_for_the_previous_surname_is_refused() {
    let interchange = acceptance("e02", |acceptance| acceptance.previous.as_mut().unwrap().surname = Some("%".into()));
    assert_eq!(place(&interchange), "PNA 5.2 of 502/2002");
}

/// docs/wire.md#row-36
#[test]
fn percent_inside_longer_text_is_data() {
    let interchange = acceptance("e01", |acceptance| {
        acceptance.address.as_mut().unwrap().road = Some("5% PARK".into());
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:5% PARK::NEWTON ABBEY:'");
}

/// docs/wire.md#row-63
#[test]
fn amendment_of_a_practice_changes_something_or_says_something() {
    let nothing = |amendment: &mut Amendment<'static>| {
        amendment.patient.as_mut().unwrap().title = Change::Unchanged;
    };
    assert_eq!(refusal(&amendment_out("e11", nothing)), "amendment-change at PNA 5.2 of 510/2011");
    let interchange = amendment_out("e11", |amendment| {
        nothing(amendment);
        amendment.notes = Some("DETAILS CONFIRMED".into());
    });
    assert_eq!(lines(&interchange, "FTX")[0], "FTX+RGI+++DETAILS CONFIRMED'");
}

/// docs/wire.md#row-63
#[test]
fn amendment_of_an_authority_changes_something() {
    let interchange = amendment_in("e12", |amendment| amendment.previous = None);
    assert_eq!(refusal(&interchange), "amendment-change at PNA 5.2 of 67001/10900001");
    let interchange = amendment_in("e12", |amendment| amendment.previous = Some(AmendedPreviousPerson::default()));
    assert_eq!(refusal(&interchange), "amendment-change at PNA 5.2 of 67001/10900001");
    let received = text("e12").replace("S02+2'\nPNA+PER+9990000123:API'\n", "").replace("UNT+13", "UNT+11");
    assert_eq!(as_received(&decoded(&received)), received);
}

/// docs/wire.md#row-63
#[test]
fn every_single_change_is_enough() {
    let changes: [fn(&mut Amendment<'static>); 7] = [
        |amendment| amendment.institute = Change::Erased,
        |amendment| amendment.drugs_dispensed = Change::To(DrugsMarker::Dispensed),
        |amendment| amendment.date_of_birth = Some(date(1979, 8, 23)),
        |amendment| amendment.sex = Some(Sex::Male),
        |amendment| amendment.patient.as_mut().unwrap().surname = Some("LEE".into()),
        |amendment| amendment.patient.as_mut().unwrap().forename = Change::Erased,
        |amendment| {
            let previous = AmendedPreviousPerson { surname: Change::Erased, ..AmendedPreviousPerson::default() };
            amendment.previous = Some(previous);
        },
    ];
    for change in changes {
        let interchange = amendment_in("e12", |amendment| {
            amendment.previous = None;
            change(amendment);
        });
        assert!(interchange.encode(&WriteOptions::default()).is_ok());
    }
}
