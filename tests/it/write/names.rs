//! Names as they are written, and values that are empty.

use nhais_edifact::transaction::{AcceptanceKind, AmendedPerson, PatientIdentifier};
use nhais_edifact::value::Change;

use super::models::*;

/// docs/wire.md#row-42
#[test]
fn names_stand_in_their_slots() {
    let names: [Case<AmendedPerson<'static>>; 5] = [
        (|patient| patient.surname = Some("LEE".into()), "+++SU:LEE"),
        (|patient| patient.forename = Change::To("ANN".into()), "++++FO:ANN"),
        (|patient| patient.title = Change::To("DR".into()), "+++++TI:DR"),
        (|patient| patient.second_forename = Change::To("MAY".into()), "++++++MI:MAY"),
        (|patient| patient.other_forenames = Change::To("ROSE JUNE".into()), "+++++++FS:ROSE JUNE"),
    ];
    for (set, expected) in names {
        let interchange = amendment_in("e12", |amendment| set(amendment.patient.as_mut().unwrap()));
        assert_eq!(line(&interchange, "PNA+PAT"), format!("PNA+PAT+9990000018:OPI{expected}'"));
    }
}

/// docs/wire.md#row-42
#[test]
fn names_received_in_other_slots_are_written_in_their_own() {
    let interchange = deviant("e03", &[("SU:OYELARAN+FO:TAYO+TI:MR", "TI:MR+SU:OYELARAN+FO:TAYO")]);
    assert_eq!(line(&interchange, "PNA+PAT"), "PNA+PAT++++SU:OYELARAN+FO:TAYO+TI:MR'");
}

/// docs/wire.md#row-42
#[test]
fn number_that_begins_like_a_name_stays_in_element_2() {
    let interchange = deviant("e09", &[("9990000069", "SU123")]);
    assert!(as_received(&interchange).contains("\nPNA+PAT+SU123:OPI'\n"));
}

/// docs/wire.md#row-43
#[test]
fn names_that_do_not_change_are_left_out() {
    let interchange = amendment_out("e11", |amendment| {
        let patient = amendment.patient.as_mut().unwrap();
        patient.surname = Some("PATTERSON".into());
        patient.title = Change::To("MRS".into());
    });
    assert_eq!(lines(&interchange, "PNA+PAT")[0], "PNA+PAT+9990000085:OPI+++SU:PATTERSON++TI:MRS'");
}

/// docs/wire.md#row-43
#[test]
fn names_are_all_sent_if_the_caller_says_so() {
    let interchange = amendment_out("e11", |amendment| {
        *amendment.patient.as_mut().unwrap() = AmendedPerson {
            identifier: Some(PatientIdentifier::official("9990000085")),
            surname: Some("LEE".into()),
            forename: Change::To("ANN".into()),
            title: Change::To("DR".into()),
            second_forename: Change::To("MAY".into()),
            other_forenames: Change::To("ROSE JUNE".into()),
        };
    });
    let expected = "PNA+PAT+9990000085:OPI+++SU:LEE+FO:ANN+TI:DR+MI:MAY+FS:ROSE JUNE'";
    assert_eq!(lines(&interchange, "PNA+PAT")[0], expected);
}

/// docs/wire.md#row-47
#[test]
fn names_are_never_empty() {
    let empty: [Case<AmendedPerson<'static>>; 5] = [
        (|patient| patient.surname = Some("".into()), "PNA 5.2"),
        (|patient| patient.forename = Change::To("".into()), "PNA 6.2"),
        (|patient| patient.title = Change::To("".into()), "PNA 7.2"),
        (|patient| patient.second_forename = Change::To("".into()), "PNA 8.2"),
        (|patient| patient.other_forenames = Change::To("".into()), "PNA 9.2"),
    ];
    for (set, expected) in empty {
        let interchange = amendment_out("e07", |amendment| set(amendment.patient.as_mut().unwrap()));
        assert_eq!(place(&interchange), format!("{expected} of 506/2007"));
    }
    let interchange = amendment_out("e07", |amendment| {
        amendment.previous.as_mut().unwrap().surname = Change::To("".into());
    });
    assert_eq!(place(&interchange), "PNA 5.2 of 506/2007");
}

/// docs/wire.md#row-47
#[test]
fn names_received_empty_are_not_written() {
    let interchange = deviant("e07", &[("+MI:ELENA", "+MI:"), ("+TI:MRS", "+TI:")]);
    never(&interchange, "TI:");
    never(&interchange, "MI:");
}

/// docs/wire.md#row-47
#[test]
fn coded_values_are_never_empty() {
    let refused = [
        (amendment_out("e07", |amendment| amendment.institute = Change::To("".into())), "NAD 2.1 of 506/2007"),
        (amendment_out("e07", |amendment| amendment.drugs_dispensed = Change::To("".into())), "HEA 2.1 of 506/2007"),
        (amendment_out("e07", |amendment| amendment.sex = Some("".into())), "PDI 1.1 of 506/2007"),
        (amendment_out("e07", |amendment| amendment.gp = Some("".into())), "NAD 2.1 of 506/2007"),
        (acceptance("e02", |acceptance| acceptance.institute = Some("".into())), "NAD 2.1 of 502/2002"),
        (acceptance("e02", |acceptance| acceptance.acceptance_code = Some("".into())), "HEA 2.1 of 502/2002"),
        (deduction("e13", |deduction| deduction.reason = Some("".into())), "GIS 1.1 of 67002/10900002"),
        (deduction("e13", |deduction| deduction.new_ha = Some("".into())), "NAD 2.1 of 67002/10900002"),
        (prior_notification("e17", |notice| notice.reason = Some("".into())), "HEA 2.1 of 67005/10900005"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(place(&interchange), expected);
    }
    let unclassified = AcceptanceKind::Unclassified { acceptance_type: Some("".into()) };
    let interchange = acceptance("e02", |acceptance| acceptance.kind = unclassified);
    assert_eq!(place(&interchange), "HEA 2.1 of 502/2002");
}

/// docs/wire.md#row-47
#[test]
fn coded_values_received_empty_are_not_written() {
    for (given, empty) in [("NAD+RIC+QB:956", "NAD+RIC+:956"), ("HEA+DM+Y:ZZZ", "HEA+DM+:ZZZ")] {
        never(&deviant("e07", &[(given, empty)]), empty);
    }
}

/// docs/wire.md#row-47
#[test]
fn authority_of_a_receipt_is_never_empty() {
    for ha in [Some(""), Some("  "), None] {
        let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().ha = ha.map(Into::into));
        assert_eq!(place(&interchange), "NHS 1.1 of 514", "{ha:?}");
    }
}

/// docs/wire.md#row-47
#[test]
fn gp_of_a_receipt_is_never_empty() {
    for gp in [Some(""), Some("  "), None] {
        let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().gp = gp.map(Into::into));
        // Where none is given, `9999` would do as well (row 20).
        let found = place(&interchange);
        let is_none = gp.is_none() && written(&interchange).contains("\nNHS+ZQX:819:201+9999:814:202'\n");
        assert!(found == "NHS 2.1 of 514" || is_none, "{gp:?}: {found}");
    }
}
