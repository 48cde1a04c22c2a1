//! What is missing is refused, or completed where it can only be one thing.

use nhais_edifact::syntax::Text;
use nhais_edifact::transaction::{
    Acceptance, AcceptanceKind, AmendedPerson, Immigrant, OtherTransaction, Person, Transactions, TransferIn,
};

use super::models::*;

/// docs/wire.md#row-13
#[test]
fn rejection_says_why() {
    let interchange = rejection("e14", |rejection| rejection.notes = None);
    assert_eq!(refusal(&interchange), "missing-segment at FTX of 905/2003");
    let interchange = rejection("e14", |rejection| rejection.notes = Some(" ".into()));
    assert_eq!(place(&interchange), "FTX 4.1 of 905/2003");
}

/// docs/wire.md#row-14
#[test]
fn prior_notification_has_a_forename() {
    for forename in [None, Some(""), Some(" ")] {
        let interchange = prior_notification("e17", |notification| {
            notification.patient.as_mut().unwrap().forename = forename.map(Text::from);
        });
        assert_eq!(refusal(&interchange), "fp69-forename at PNA 6.2 of 67005/10900005", "{forename:?}");
    }
}

/// docs/wire.md#row-14
#[test]
fn prior_notification_has_an_address_with_a_post_town() {
    let interchange = prior_notification("e17", |notification| notification.address = None);
    assert_eq!(refusal(&interchange), "missing-segment at NAD of 67005/10900005");
    for town in [None, Some(" ")] {
        let interchange = prior_notification("e17", |notification| {
            notification.address.as_mut().unwrap().post_town = town.map(Text::from);
        });
        assert_eq!(refusal(&interchange), "fp69-post-town at NAD 3.4 of 67005/10900005", "{town:?}");
    }
}

/// docs/wire.md#row-14
#[test]
fn prior_notification_may_lack_them_on_request() {
    let received = text("e17").replace("+FO:MARIA", "").replace("NAD+PAT++??:::NEWTON ABBEY:'\n", "");
    let interchange = decoded(&received.replace("UNT+25", "UNT+24"));
    assert!(place(&interchange).ends_with(" of 67005/10900006"), "{}", place(&interchange));
    assert_eq!(as_received(&interchange), received.replace("UNT+25", "UNT+24"));
}

/// docs/wire.md#row-49
#[test]
fn code_lists_are_always_named() {
    let short = [
        ("e03", ":900'", "'"),
        ("e03", "HEA+ACD+A:ZZZ'", "HEA+ACD+A'"),
        ("e03", "NAD+FHS+ZQ:954'", "NAD+FHS+ZQ'"),
        ("e04", "NAD+PFH+ZQ:954'", "NAD+PFH+ZQ'"),
        ("e07", "NAD+RIC+QB:956'", "NAD+RIC+QB'"),
        ("e10", "GIS+1:ZZZ'", "GIS+1'"),
        ("e16", "GIS+Q:ZZZ'", "GIS+Q'"),
        ("e21", ":819:201+", "+"),
        ("e21", ":814:202'", "'"),
        ("e21", ":306+64'", ":306'"),
    ];
    for (name, complete, short) in short {
        assert_eq!(written(&deviant(name, &[(complete, short)])), text(name), "{short}");
    }
}

/// docs/wire.md#row-49
#[test]
fn segments_without_their_value_are_refused() {
    let short = [
        ("e03", "NAD+GP+7000128,Q81234:900'", "NAD+GP'", "NAD of 9/2003"),
        ("e09", "FTX+RGI+++MOVED 40 MILES AWAY'", "FTX+RGI'", "FTX of 508/2009"),
        ("e03", "PDI+1'", "PDI'", "PDI of 9/2003"),
        ("e03", "NAD+FHS+ZQ:954'", "NAD+FHS'", "NAD of 9"),
        ("e09", "PNA+PAT+9990000069:OPI'", "PNA+PAT'", "PNA 2.1 of 508/2009"),
    ];
    for (name, complete, short, expected) in short {
        assert_eq!(place(&deviant(name, &[(complete, short)])), expected, "{short}");
    }
}

/// docs/wire.md#row-49
#[test]
fn header_is_complete() {
    let short = [
        ("UNOA:2", "UNOA", "UNB 1.2"),
        ("+KLM5+", "++", "UNB 2.1"),
        ("240311:1402", "240311", "UNB 4."),
        ("240311:1402+00000007", "240311:1402", "UNB 5.1"),
    ];
    for (complete, short, expected) in short {
        let found = place(&deviant("e03", &[(complete, short)]));
        assert!(found.starts_with(expected), "{short}: {found}");
    }
}

/// docs/wire.md#row-49
#[test]
fn receipt_of_the_interchange_is_complete() {
    let interchange = receipt("e21", |receipt| receipt.interchange.as_mut().unwrap().count = None);
    assert_eq!(place(&interchange), "RFF 1.3 of 514");
}

/// docs/wire.md#row-58
#[test]
fn missing_segments_of_the_heading_are_refused() {
    let mut interchange = example("e09");
    registration(&mut interchange).ha = None;
    assert_eq!(refusal(&interchange), "missing-segment at NAD of 508");
    let mut interchange = example("e09");
    registration(&mut interchange).translated = None;
    assert_eq!(refusal(&interchange), "missing-segment at DTM of 508");
    let mut interchange = example("e16");
    registration(&mut interchange).quarter_end = None;
    assert_eq!(refusal(&interchange), "missing-segment at DTM of 67004");
    let mut interchange = example("e09");
    *transactions(&mut interchange) = Transactions::Other { code: None, list: vec![OtherTransaction::default()] };
    assert_eq!(refusal(&interchange), "missing-segment at RFF of 508");
}

/// docs/wire.md#row-58
#[test]
fn missing_segments_of_acceptances_are_refused() {
    let missing: [(&str, Case<Acceptance<'static>>); 6] = [
        ("e01", (|acceptance| acceptance.acceptance_code = None, "HEA of 501/2001")),
        ("e01", (|acceptance| acceptance.accepted_on = None, "DTM of 501/2001")),
        ("e01", (|acceptance| acceptance.date_of_birth = None, "DTM of 501/2001")),
        ("e01", (|acceptance| acceptance.address = None, "NAD of 501/2001")),
        ("e04", (|acceptance| acceptance.kind = AcceptanceKind::TransferIn(TransferIn::default()), "NAD of 503/2004")),
        ("e05", (|acceptance| acceptance.kind = AcceptanceKind::Immigrant(Immigrant::default()), "DTM of 504/2005")),
    ];
    for (name, (remove, expected)) in missing {
        assert_eq!(refusal(&acceptance(name, remove)), format!("missing-segment at {expected}"));
    }
    let interchange = transfer_in(|items| items.previous_address = None);
    assert_eq!(refusal(&interchange), "missing-segment at NAD of 503/2004");
}

/// docs/wire.md#row-58
#[test]
fn missing_acceptance_type_is_refused() {
    let interchange = acceptance("e01", |acceptance| acceptance.kind = AcceptanceKind::default());
    assert!(place(&interchange).starts_with("HEA"), "{}", place(&interchange));
}

/// docs/wire.md#row-58
#[test]
fn missing_patient_of_an_acceptance_is_refused() {
    let interchange = acceptance("e01", |acceptance| acceptance.patient = None);
    assert!(place(&interchange).starts_with("PNA"), "{}", place(&interchange));
}

/// docs/wire.md#row-58
#[test]
fn missing_patient_of_a_prior_notification_is_refused() {
    let interchange = prior_notification("e17", |notification| notification.patient = None);
    assert!(place(&interchange).starts_with("PNA"), "{}", place(&interchange));
}

/// docs/wire.md#row-58
#[test]
fn birth_has_a_number() {
    let interchange = acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().identifier = None);
    assert_eq!(refusal(&interchange), "missing-value at PNA 2.1 of 502/2002");
}

/// docs/wire.md#row-58
#[test]
fn missing_segments_of_practices_are_refused() {
    let refused = [
        (amendment_out("e07", |amendment| amendment.number = None), "RFF of 506"),
        (amendment_out("e07", |amendment| amendment.gp = None), "NAD of 506/2007"),
        (amendment_out("e07", |amendment| amendment.patient = None), "PNA of 506/2007"),
        (removal("e09", |removal| removal.number = None), "RFF of 508"),
        (removal("e09", |removal| removal.gp = None), "NAD of 508/2009"),
        (removal("e09", |removal| removal.notes = None), "FTX of 508/2009"),
        (removal("e09", |removal| removal.patient = None), "PNA of 508/2009"),
        (deduction_request("e10", |request| request.gp = None), "NAD of 509/2010"),
        (deduction_request("e10", |request| request.reason = None), "GIS of 509/2010"),
        (deduction_request("e10", |request| request.deducted_on = None), "DTM of 509/2010"),
        (deduction_request("e10", |request| request.patient = None), "PNA of 509/2010"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(refusal(&interchange), format!("missing-segment at {expected}"));
    }
}

/// docs/wire.md#row-58
#[test]
fn missing_segments_of_authorities_are_refused() {
    let refused = [
        (amendment_in("e12", |amendment| amendment.number = None), "RFF of 67001"),
        (amendment_in("e12", |amendment| amendment.patient = None), "PNA of 67001/10900001"),
        (deduction("e13", |deduction| deduction.gp = None), "NAD of 67002/10900002"),
        (deduction("e13", |deduction| deduction.reason = None), "GIS of 67002/10900002"),
        (deduction("e13", |deduction| deduction.deducted_on = None), "DTM of 67002/10900002"),
        (deduction("e13", |deduction| deduction.patient = None), "PNA of 67002/10900002"),
        (rejection("e14", |rejection| rejection.gp = None), "NAD of 905/2003"),
        (approval("e15", |approval| approval.gp = None), "NAD of 67003/2005"),
        (close_quarter("e16", |notification| notification.number = None), "RFF of 67004"),
        (prior_notification("e17", |notification| notification.reason = None), "HEA of 67005/10900005"),
        (prior_notification("e17", |notification| notification.expires_on = None), "DTM of 67005/10900005"),
        (prior_notification("e17", |notification| notification.date_of_birth = None), "DTM of 67005/10900005"),
        (flag_removal("e18", |removal| removal.patient = None), "PNA of 67006/10900007"),
        (request_rejection("e19", |rejection| rejection.notes = None), "FTX of 67007/2010"),
        (request_rejection("e19", |rejection| rejection.patient = None), "PNA of 67007/2010"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(refusal(&interchange), format!("missing-segment at {expected}"));
    }
}

/// docs/wire.md#row-58
#[test]
fn missing_numbers_of_patients_are_refused() {
    let refused = [
        (amendment_out("e07", |amendment| amendment.patient.as_mut().unwrap().identifier = None), "506/2007"),
        (removal("e09", |removal| removal.patient = Some(Person::default())), "508/2009"),
        (deduction_request("e10", |request| request.patient = Some(Person::default())), "509/2010"),
        (amendment_in("e12", |amendment| amendment.patient = Some(AmendedPerson::default())), "67001/10900001"),
        (deduction("e13", |deduction| deduction.patient = Some(Person::default())), "67002/10900002"),
        (approval("e15", |approval| approval.patient = Some(Person::default())), "67003/2005"),
        (prior_notification("e17", |notice| notice.patient.as_mut().unwrap().identifier = None), "67005/10900005"),
        (flag_removal("e18", |removal| removal.patient = Some(Person::default())), "67006/10900007"),
        (request_rejection("e19", |rejection| rejection.patient = Some(Person::default())), "67007/2010"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(place(&interchange), format!("PNA 2.1 of {expected}"));
    }
}

/// docs/wire.md#row-58
#[test]
fn approval_has_a_patient_or_none() {
    assert_eq!(lines(&example("e15"), "PNA"), ["PNA+PAT+9991234004:OPI'"]);
    let interchange = approval("e15", |approval| approval.patient = None);
    assert!(lines(&interchange, "PNA").is_empty() && lines(&interchange, "S02").is_empty());
}

/// docs/wire.md#row-58
#[test]
fn prior_notification_has_a_surname() {
    let interchange = prior_notification("e17", |notice| notice.patient.as_mut().unwrap().surname = None);
    assert_eq!(refusal(&interchange), "missing-value at PNA 5.2 of 67005/10900005");
}
