//! Codes and ciphers as they are written.

use nhais_edifact::transaction::{AcceptanceKind, Amendment, Transactions};
use nhais_edifact::value::{
    AcceptanceCode, AcceptanceType, Change, DeductionReason, DrugsMarker, Quantity, RouteMarker, Sex,
};

use super::models::*;

/// docs/wire.md#row-27
#[test]
fn heading_has_the_cipher() {
    for code in ["ZQX1", "ZQ01", "Z", "zqx", ""] {
        let mut interchange = example("e09");
        registration(&mut interchange).ha = Some(code.into());
        assert_eq!(refusal(&interchange), "invalid-value at NAD 2.1 of 508", "{code}");
    }
}

/// docs/wire.md#row-27
#[test]
fn other_authorities_have_their_cipher() {
    let interchange = transfer_in(|items| items.previous_ha = Some("ZQ01".into()));
    assert_eq!(refusal(&interchange), "invalid-value at NAD 2.1 of 503/2004");
    let interchange = deduction("e13", |deduction| deduction.new_ha = Some("ZQ01".into()));
    assert_eq!(refusal(&interchange), "invalid-value at NAD 2.1 of 67002/10900002");
}

/// docs/wire.md#row-28
#[test]
fn type_5_is_refused() {
    let interchange = deviant("e03", &[("HEA+ATP+2", "HEA+ATP+5")]);
    assert_eq!(refusal(&interchange), "acceptance-type-obsolete at HEA 2.1 of 9/2003");
    assert_eq!(as_received(&interchange), text("e03").replace("HEA+ATP+2", "HEA+ATP+5"));
}

/// docs/wire.md#row-29
#[test]
fn deduction_request_is_g5() {
    let mut interchange = example("e10");
    let Transactions::DeductionRequest(list) = transactions(&mut interchange) else { unreachable!() };
    let list = std::mem::take(list);
    *transactions(&mut interchange) = Transactions::DeductionRequest(list);
    assert_eq!(line(&interchange, "RFF+950"), "RFF+950:G5'");
}

/// docs/wire.md#row-29
#[test]
fn g4_is_refused() {
    let interchange = deviant("e10", &[("RFF+950:G5", "RFF+950:G4")]);
    assert_eq!(place(&interchange), "RFF 1.2 of 509");
    assert_eq!(as_received(&interchange), text("e10").replace("RFF+950:G5", "RFF+950:G4"));
}

/// docs/wire.md#row-30
#[test]
fn obsolete_items_of_acceptances_are_refused() {
    let interchange = acceptance("e01", |acceptance| acceptance.rpp_mileage = Some(Quantity::new(4)));
    assert_eq!(place(&interchange), "QTY 1.2 of 501/2001");
    let interchange = acceptance("e01", |acceptance| acceptance.walking_units = Some(Quantity::new(2)));
    assert_eq!(place(&interchange), "QTY 1.2 of 501/2001");
    let interchange = acceptance("e01", |acceptance| acceptance.route_marker = Some(RouteMarker::SpecialDistrict));
    assert_eq!(place(&interchange), "HEA 2.1 of 501/2001");
}

/// docs/wire.md#row-30
#[test]
fn obsolete_items_of_amendments_are_refused() {
    let obsolete: [fn(&mut Amendment<'static>); 4] = [
        |amendment| amendment.rpp_mileage = Change::To(Quantity::new(4)),
        |amendment| amendment.rpp_mileage = Change::Erased,
        |amendment| amendment.walking_units = Change::Erased,
        |amendment| amendment.walking_units = Change::To(Quantity::new(0)),
    ];
    for set in obsolete {
        assert_eq!(place(&amendment_out("e07", set)), "QTY 1.2 of 506/2007");
        assert_eq!(place(&amendment_in("e12", set)), "QTY 1.2 of 67001/10900001");
    }
    for marker in [Change::To(RouteMarker::BlockedRoute), Change::Erased] {
        let out = amendment_out("e07", |amendment| amendment.route_marker = marker.clone());
        assert_eq!(place(&out), "HEA 2.1 of 506/2007");
        let inward = amendment_in("e12", |amendment| amendment.route_marker = marker);
        assert_eq!(place(&inward), "HEA 2.1 of 67001/10900001");
    }
}

/// docs/wire.md#row-30
#[test]
fn obsolete_items_are_written_back_on_request() {
    assert_eq!(as_received(&example("e06")), text("e06"));
}

/// docs/wire.md#row-35
#[test]
fn drugs_marker_is_y_or_erased() {
    let interchange = acceptance("e01", |acceptance| acceptance.drugs_dispensed = Some(DrugsMarker::Dispensed));
    assert_eq!(line(&interchange, "HEA+DM"), "HEA+DM+Y:ZZZ'");
    let interchange = amendment_in("e12", |amendment| amendment.drugs_dispensed = Change::Erased);
    assert_eq!(line(&interchange, "HEA+DM"), "HEA+DM+%:ZZZ'");
}

/// docs/wire.md#row-35
#[test]
fn other_drugs_markers_are_refused() {
    for other in ["N", "X", "y", ""] {
        let interchange = acceptance("e01", |acceptance| acceptance.drugs_dispensed = Some(other.into()));
        assert_eq!(refusal(&interchange), "unknown-code at HEA 2.1 of 501/2001", "{other}");
        let interchange = amendment_out("e07", |amendment| amendment.drugs_dispensed = Change::To(other.into()));
        assert_eq!(refusal(&interchange), "unknown-code at HEA 2.1 of 506/2007", "{other}");
    }
}

/// docs/wire.md#row-50
#[test]
fn sex_stands_in_element_1() {
    for (sex, expected) in
        [(Sex::NotKnown, "PDI+0'"), (Sex::Male, "PDI+1'"), (Sex::Female, "PDI+2'"), (Sex::NotSpecified, "PDI+9'")]
    {
        assert_eq!(line(&acceptance("e01", |acceptance| acceptance.sex = Some(sex)), "PDI"), expected);
    }
    let interchange = deviant("e01", &[("PDI+2'", "PDI++2'")]);
    assert!(place(&interchange).starts_with("PDI"), "{}", place(&interchange));
}

/// docs/wire.md#row-52
#[test]
fn reasons_of_deductions_are_1_to_15() {
    for reason in 1..=15 {
        let code = reason.to_string();
        let interchange = deduction("e13", |deduction| deduction.reason = Some(code.as_str().into()));
        assert_eq!(lines(&interchange, "GIS")[0], format!("GIS+{reason}:ZZZ'"));
    }
    for other in ["0", "16", "01", "R", "Q", "R/A"] {
        let interchange = deduction("e13", |deduction| deduction.reason = Some(other.into()));
        assert_eq!(refusal(&interchange), "unknown-code at GIS 1.1 of 67002/10900002", "{other}");
    }
}

/// docs/wire.md#row-52
#[test]
fn reasons_of_requests_are_1_5_and_13_unless_asked() {
    for reason in DeductionReason::ALL {
        let interchange = deduction_request("e10", |request| request.reason = Some(reason.clone()));
        if ["1", "5", "13"].contains(&reason.as_str()) {
            assert_eq!(line(&interchange, "GIS"), format!("GIS+{reason}:ZZZ'"));
        } else {
            assert_eq!(refusal(&interchange), "deduction-request-reason at GIS 1.1 of 509/2010");
            assert!(as_received(&interchange).contains(&format!("\nGIS+{reason}:ZZZ'\n")));
        }
    }
}

/// docs/wire.md#row-52
#[test]
fn fp69_reason_has_one_to_three_digits() {
    let with = |reason: &'static str| prior_notification("e17", |notice| notice.reason = Some(reason.into()));
    for reason in ["1", "8", "08", "123", "999"] {
        assert_eq!(lines(&with(reason), "HEA+FRN")[0], format!("HEA+FRN+{reason}:ZZZ'"));
    }
    for other in ["1234", "A", "8 ", "-1"] {
        assert_eq!(place(&with(other)), "HEA 2.1 of 67005/10900005", "{other}");
    }
}

/// docs/wire.md#row-52
#[test]
fn other_codes_are_refused() {
    let interchange = acceptance("e01", |acceptance| acceptance.acceptance_code = Some("X".into()));
    assert_eq!(refusal(&interchange), "unknown-code at HEA 2.1 of 501/2001");
    for sex in ["3", "01", "M"] {
        let interchange = acceptance("e01", |acceptance| acceptance.sex = Some(sex.into()));
        assert_eq!(refusal(&interchange), "unknown-code at PDI 1.1 of 501/2001");
    }
    let of_type = |code: &str| AcceptanceKind::Unclassified { acceptance_type: Some(AcceptanceType::from(code)) };
    for code in ["0", "6", "01"] {
        let interchange = acceptance("e01", |acceptance| acceptance.kind = of_type(code));
        assert_eq!(place(&interchange), "HEA 2.1 of 501/2001", "{code}");
    }
}

/// docs/wire.md#row-52
#[test]
fn known_codes_are_written() {
    for code in AcceptanceCode::ALL {
        let interchange = acceptance("e04", |acceptance| acceptance.acceptance_code = Some(code.clone()));
        assert_eq!(line(&interchange, "HEA+ACD"), format!("HEA+ACD+{code}:ZZZ'"));
    }
}
