//! The length of texts, and texts that are blank.

use nhais_edifact::WriteOptions;
use nhais_edifact::syntax::Text;
use nhais_edifact::transaction::{Acceptance, AcceptanceKind, PatientIdentifier};
use nhais_edifact::value::Line;

use super::models::*;

/// docs/wire.md#row-34
#[test]
fn free_text_is_one_component_of_70_characters() {
    let with =
        |length| removal("e09", |removal| removal.notes = Some(["A".repeat(length).as_str()].into_iter().collect()));
    assert_eq!(line(&with(70), "FTX"), format!("FTX+RGI+++{}'", "A".repeat(70)));
    assert_eq!(refusal(&with(71)), "too-long at FTX 4.1 of 508/2009");
}

/// docs/wire.md#row-34
#[test]
fn free_text_of_two_components_is_refused() {
    let interchange = deviant("e09", &[("MOVED 40 MILES AWAY", "MOVED 40:MILES AWAY")]);
    assert_eq!(place(&interchange), "FTX 4.1 of 508/2009");
    let interchange = removal("e09", |removal| removal.notes = Some(["A", "B"].into_iter().collect()));
    assert_eq!(place(&interchange), "FTX 4.1 of 508/2009");
}

/// docs/wire.md#row-34
#[test]
fn free_text_of_two_components_is_written_back_on_request() {
    let interchange = deviant("e09", &[("MOVED 40 MILES AWAY", "MOVED 40:MILES AWAY")]);
    assert!(as_received(&interchange).contains("\nFTX+RGI+++MOVED 40:MILES AWAY'\n"));
}

/// docs/wire.md#row-67
#[test]
fn texts_have_their_maximum_length() {
    type Set = fn(&mut Acceptance<'static>, Text<'static>);
    let limits: [(usize, Set, &str); 9] = [
        (25, |acceptance, text| acceptance.place_of_birth = Some(text), "LOC 2.1"),
        (17, |acceptance, text| acceptance.institute = Some(text.into()), "NAD 2.1"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().house_name = Some(text), "NAD 3.1"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().road = Some(text), "NAD 3.2"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().locality = Some(text), "NAD 3.3"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().post_town = Some(text), "NAD 3.4"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().county = Some(text), "NAD 3.5"),
        (70, |acceptance, text| acceptance.patient.as_mut().unwrap().other_forenames = Some(text), "PNA 9.2"),
        (70, |acceptance, text| acceptance.previous.as_mut().unwrap().surname = Some(text), "PNA 5.2"),
    ];
    for (limit, set, expected) in limits {
        let with = |length| acceptance("e02", |acceptance| set(acceptance, "+".repeat(length).into()));
        assert!(written(&with(limit)).contains(&"?+".repeat(limit)), "{expected}");
        assert_eq!(refusal(&with(limit + 1)), format!("too-long at {expected} of 502/2002"));
    }
}

/// docs/wire.md#row-67
#[test]
fn previous_gp_and_address_have_their_maximum_length() {
    let with = |gp: usize, line: usize| {
        acceptance("e04", |acceptance| {
            let AcceptanceKind::TransferIn(items) = &mut acceptance.kind else { unreachable!() };
            items.previous_gp = Some("A".repeat(gp).into());
            items.previous_address = Some(["LINE 1", "B".repeat(line).as_str()].into_iter().collect());
        })
    };
    assert!(with(35, 35).encode(&WriteOptions::default()).is_ok());
    assert_eq!(refusal(&with(36, 35)), "too-long at NAD 4.1 of 503/2004");
    let found = refusal(&with(35, 36));
    assert!(found.starts_with("too-long at NAD 3."), "{found}");
}

/// docs/wire.md#row-67
#[test]
fn texts_of_the_header_have_their_maximum_length() {
    let mut interchange = example("e09");
    interchange.header.application_reference = Some("A".repeat(15).into());
    assert_eq!(refusal(&interchange), "too-long at UNB 7.1");
    let mut interchange = example("e09");
    interchange.header.agreement = Some("A".repeat(36).into());
    assert_eq!(refusal(&interchange), "too-long at UNB 10.1");
}

/// docs/wire.md#row-69
#[test]
fn blank_texts_are_refused() {
    type Set = fn(&mut Acceptance<'static>, Text<'static>);
    let blanks: [(Set, &str); 12] = [
        (|acceptance, blank| acceptance.place_of_birth = Some(blank), "LOC 2.1"),
        (|acceptance, blank| acceptance.institute = Some(blank.into()), "NAD 2.1"),
        (|acceptance, blank| acceptance.notes = Some([blank.as_str()].into_iter().collect()), "FTX 4.1"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().surname = Some(blank), "PNA 5.2"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().forename = Some(blank), "PNA 6.2"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().title = Some(blank), "PNA 7.2"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().second_forename = Some(blank), "PNA 8.2"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().other_forenames = Some(blank), "PNA 9.2"),
        (|acceptance, blank| acceptance.address.as_mut().unwrap().locality = Some(blank), "NAD 3.3"),
        (|acceptance, blank| acceptance.address.as_mut().unwrap().county = Some(blank), "NAD 3.5"),
        (|acceptance, blank| acceptance.address.as_mut().unwrap().postcode = Some(blank.into()), "NAD 8.1"),
        (|acceptance, blank| acceptance.previous.as_mut().unwrap().surname = Some(blank), "PNA 5.2"),
    ];
    for (set, expected) in blanks {
        for blank in [" ", "   "] {
            let interchange = acceptance("e02", |acceptance| set(acceptance, blank.into()));
            assert_eq!(place(&interchange), format!("{expected} of 502/2002"));
        }
    }
}

/// docs/wire.md#row-69
#[test]
fn blank_numbers_are_refused() {
    let interchange = removal("e09", |removal| {
        removal.patient.as_mut().unwrap().identifier = Some(PatientIdentifier::official("   "));
    });
    assert_eq!(place(&interchange), "PNA 2.1 of 508/2009");
    let interchange = deviant("e09", &[("9990000069:OPI", "   :OPI")]);
    assert_eq!(place(&interchange), "PNA 2.1 of 508/2009");
}

/// docs/wire.md#row-69
#[test]
fn blank_number_of_an_acceptance_is_absent() {
    let interchange = deviant("e03", &[("PNA+PAT++++SU", "PNA+PAT+   +++SU")]);
    assert_eq!(line(&interchange, "PNA+PAT"), "PNA+PAT++++SU:OYELARAN+FO:TAYO+TI:MR'");
}

/// docs/wire.md#row-69
#[test]
fn blank_lines_of_amendments_and_previous_addresses_are_refused() {
    let interchange = amendment_out("e07", |amendment| {
        amendment.address.as_mut().unwrap().locality = Line::To("  ".into());
    });
    assert_eq!(place(&interchange), "NAD 3.3 of 506/2007");
    for blank in ["", " "] {
        let interchange = transfer_in(|items| items.previous_address = Some([blank].into_iter().collect()));
        assert!(place(&interchange).starts_with("NAD 3.1"), "{}", place(&interchange));
    }
}

/// docs/wire.md#row-69
#[test]
fn blank_lines_among_others_are_not_written() {
    for blank in ["", "  "] {
        let interchange = transfer_in(|items| {
            items.previous_address = Some(["7 MILL LANE", blank, "EASTPOOL"].into_iter().collect());
        });
        never(&interchange, &format!("NAD+PER++7 MILL LANE:{blank}:EASTPOOL'"));
    }
}
