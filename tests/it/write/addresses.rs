//! Addresses and postcodes as they are written.

use nhais_edifact::WriteOptions;
use nhais_edifact::options::AddressForm;
use nhais_edifact::syntax::Text;
use nhais_edifact::transaction::{AmendedAddress, Unrecognised};
use nhais_edifact::value::{Change, Line, Postcode};

use super::models::*;

/// docs/wire.md#row-9
#[test]
fn blank_house_name_is_two_question_marks() {
    let interchange = deviant("e01", &[("NAD+PAT++??:14", "NAD+PAT++:14")]);
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:'");
    let interchange = amendment_in("e12", |amendment| {
        amendment.address = Some(AmendedAddress { post_town: Some("EASTPOOL".into()), ..AmendedAddress::default() });
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:::EASTPOOL:'");
}

/// docs/wire.md#row-10
#[test]
fn address_has_five_components_however_many_were_received() {
    let interchange = deviant("e01", &[("NEWTON ABBEY:'", "NEWTON ABBEY'")]);
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:'");
    let interchange = deviant("e03", &[("EASTPOOL:+++++", "EASTPOOL+++++")]);
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++FLAT 3:90 QUAY ROAD::EASTPOOL:+++++ZZ12 3BB'");
}

/// docs/wire.md#row-10
#[test]
fn address_is_truncated_on_request() {
    let truncated = WriteOptions::default().address_form(AddressForm::Truncated);
    let of = |name| line_with(&example(name), &truncated, "NAD+PAT");
    assert_eq!(of("e03"), "NAD+PAT++FLAT 3:90 QUAY ROAD::EASTPOOL+++++ZZ12 3BB'");
    assert_eq!(of("e07"), "NAD+PAT++ELM HOUSE:3 PARK VIEW::NEWTON ABBEY:WESTSHIRE+++++ZZ9  8DD'");
}

/// docs/wire.md#row-11
#[test]
fn practices_give_a_house_name_or_a_road() {
    let blank = || address([None, None, None, Some("EASTPOOL".into()), None], None);
    let interchange = acceptance("e01", |acceptance| acceptance.address = Some(blank()));
    assert_eq!(refusal(&interchange), "acceptance-house-or-road at NAD 3.1 of 501/2001");
    let town_only = || AmendedAddress { post_town: Some("EASTPOOL".into()), ..AmendedAddress::default() };
    let interchange = amendment_out("e07", |amendment| amendment.address = Some(town_only()));
    assert_eq!(refusal(&interchange), "amendment-house-or-road at NAD 3.1 of 506/2007");
}

/// docs/wire.md#row-11
#[test]
fn house_name_alone_or_road_alone_is_enough() {
    let interchange = acceptance("e01", |acceptance| {
        acceptance.address = Some(address([Some("THE MILL".into()), None, None, Some("EASTPOOL".into()), None], None));
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++THE MILL:::EASTPOOL:'");
    assert_eq!(line(&example("e01"), "NAD+PAT"), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:'");
}

/// docs/wire.md#row-11
#[test]
fn placeholder_put_as_a_house_name_is_no_house_name() {
    let placeholder = || address([Some("?".into()), None, None, Some("EASTPOOL".into()), None], None);
    let interchange = acceptance("e01", |acceptance| acceptance.address = Some(placeholder()));
    assert_eq!(place(&interchange), "NAD 3.1 of 501/2001");
}

/// docs/wire.md#row-11
#[test]
fn authorities_need_neither() {
    let interchange = amendment_in("e12", |amendment| {
        amendment.address = Some(AmendedAddress { post_town: Some("EASTPOOL".into()), ..AmendedAddress::default() });
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:::EASTPOOL:'");
    assert_eq!(lines(&example("e17"), "NAD+PAT")[1], "NAD+PAT++??:::NEWTON ABBEY:'");
}

/// docs/wire.md#row-12
#[test]
fn address_of_an_acceptance_has_a_post_town() {
    for town in [None, Some("%")] {
        let interchange = acceptance("e01", |acceptance| {
            acceptance.address.as_mut().unwrap().post_town = town.map(Text::from);
        });
        assert_eq!(place(&interchange), "NAD 3.4 of 501/2001", "{town:?}");
    }
}

/// docs/wire.md#row-12
#[test]
fn address_of_an_amendment_has_a_post_town() {
    let without = |address: &mut Option<AmendedAddress<'_>>, town: Option<&'static str>| {
        *address = Some(AmendedAddress {
            road: Line::To("3 PARK VIEW".into()),
            post_town: town.map(Text::from),
            ..AmendedAddress::default()
        });
    };
    for town in [None, Some("%")] {
        let out = amendment_out("e07", |amendment| without(&mut amendment.address, town));
        assert_eq!(refusal(&out), "amendment-post-town at NAD 3.4 of 506/2007", "{town:?}");
        let inward = amendment_in("e12", |amendment| without(&mut amendment.address, town));
        assert_eq!(refusal(&inward), "amendment-post-town at NAD 3.4 of 67001/10900001", "{town:?}");
    }
}

/// docs/wire.md#row-12
#[test]
fn address_has_no_post_town_on_request() {
    let interchange = deviant("e07", &[("::NEWTON ABBEY:WESTSHIRE+++++ZZ9  8DD", ":::")]);
    assert_eq!(refusal(&interchange), "amendment-post-town at NAD 3.4 of 506/2007");
    assert!(as_received(&interchange).contains("\nNAD+PAT++ELM HOUSE:3 PARK VIEW:::'\n"));
}

/// docs/wire.md#row-32
#[test]
fn postcode_has_eight_characters() {
    for (given, expected) in [("Z1 1CC", "Z1   1CC"), ("ZZ99AA", "ZZ9  9AA"), ("ZZ12   3BB", "ZZ12 3BB")] {
        let postcode = Postcode::from(given).to_eight_characters().unwrap();
        let interchange = acceptance("e03", |acceptance| {
            acceptance.address.as_mut().unwrap().postcode = Some(postcode);
        });
        let expected = format!("NAD+PAT++FLAT 3:90 QUAY ROAD::EASTPOOL:+++++{expected}'");
        assert_eq!(line(&interchange, "NAD+PAT"), expected);
    }
}

/// docs/wire.md#row-32
#[test]
fn postcode_of_another_form_is_refused() {
    for other in ["ZZ9 9AA", "ZZ99AA", "ZZ9   9AA", "ZZ  99AA", "9AA", "EASTPOOL", "ZZ9  99A", "%"] {
        let interchange = acceptance("e03", |acceptance| {
            acceptance.address.as_mut().unwrap().postcode = Some(other.into());
        });
        assert_eq!(place(&interchange), "NAD 8.1 of 9/2003", "{other}");
        let interchange = amendment_out("e07", |amendment| {
            amendment.address.as_mut().unwrap().postcode = Change::To(other.into());
        });
        if other != "%" {
            assert_eq!(refusal(&interchange), "invalid-value at NAD 8.1 of 506/2007", "{other}");
        }
    }
}

/// docs/wire.md#row-45
#[test]
fn postcode_of_an_amendment_is_given_erased_or_left_out() {
    let with = |postcode: Change<Postcode<'static>>| {
        let interchange = amendment_out("e07", |amendment| amendment.address.as_mut().unwrap().postcode = postcode);
        line(&interchange, "NAD+PAT")
    };
    let address = "NAD+PAT++ELM HOUSE:3 PARK VIEW::NEWTON ABBEY:WESTSHIRE";
    assert_eq!(with(Change::To("ZZ1  4EE".into())), format!("{address}+++++ZZ1  4EE'"));
    assert_eq!(with(Change::Erased), format!("{address}+++++%'"));
    assert_eq!(with(Change::Unchanged), format!("{address}'"));
}

/// docs/wire.md#row-45
#[test]
fn postcode_of_an_amendment_is_never_empty() {
    for blank in ["", " ", "        "] {
        let interchange = amendment_out("e07", |amendment| {
            amendment.address.as_mut().unwrap().postcode = Change::To(blank.into());
        });
        assert_eq!(place(&interchange), "NAD 8.1 of 506/2007", "{blank:?}");
    }
    let interchange = deviant("e07", &[("+++++ZZ9  8DD", "+++++")]);
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++ELM HOUSE:3 PARK VIEW::NEWTON ABBEY:WESTSHIRE'");
}

/// docs/wire.md#row-46
#[test]
fn house_name_and_road_are_not_both_erased_by_a_practice() {
    for (house_name, road) in erased_lines() {
        let interchange = amendment_out("e08", |amendment| {
            let address = amendment.address.as_mut().unwrap();
            (address.house_name, address.road) = (house_name, road);
        });
        assert_eq!(refusal(&interchange), "amendment-house-or-road at NAD 3.1 of 507/2008");
    }
}

/// docs/wire.md#row-46
#[test]
fn house_name_and_road_are_not_both_erased_by_an_authority() {
    for (house_name, road) in erased_lines() {
        let interchange = amendment_in("e12", |amendment| {
            let post_town = Some("NEWTON ABBEY".into());
            amendment.address = Some(AmendedAddress { house_name, road, post_town, ..AmendedAddress::default() });
        });
        assert_eq!(place(&interchange), "NAD 3.1 of 67001/10900001");
    }
}

/// docs/wire.md#row-46
#[test]
fn erase_marker_put_as_text_erases_too() {
    for (house_name, road) in [(Line::Erased, Line::To("%".into())), (Line::To("%".into()), Line::Blank)] {
        let interchange = amendment_out("e08", |amendment| {
            let address = amendment.address.as_mut().unwrap();
            (address.house_name, address.road) = (house_name, road);
        });
        assert!(place(&interchange).starts_with("NAD 3."), "{}", place(&interchange));
    }
}

/// docs/wire.md#row-46
#[test]
fn one_is_erased_if_the_other_is_given() {
    let interchange = amendment_out("e08", |amendment| {
        let address = amendment.address.as_mut().unwrap();
        (address.house_name, address.road) = (Line::To("THE MILL".into()), Line::Erased);
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++THE MILL:%:%:NEWTON ABBEY:%+++++%'");
}

/// docs/wire.md#row-48
#[test]
fn components_beyond_the_pattern_are_never_written() {
    let received = [
        (deviant("e03", &[("EASTPOOL:+", "EASTPOOL:WESTSHIRE:F+")]), "NAD 3.6 of 9/2003"),
        (deviant("e03", &[("EASTPOOL:+++++", "EASTPOOL:++X+++")]), "NAD 5.1 of 9/2003"),
        (deviant("e03", &[("ZZ12 3BB'", "ZZ12 3BB+GB'")]), "NAD 9.1 of 9/2003"),
        (deviant("e03", &[("RFF+TN:2003'", "RFF+TN:2003:5:X'")]), "RFF 1.3 of 9/2003"),
        (deviant("e03", &[("DTM+956:20240311:102'", "DTM+956:20240311:102+X'")]), "DTM 2.1 of 9/2003"),
        (deviant("e21", &[("00067005 CP'", "00067005 CP:5'")]), "RFF 1.3 of 514"),
    ];
    for (interchange, expected) in received {
        assert_eq!(refusal(&interchange), format!("unexpected-component at {expected}"));
    }
}

/// docs/wire.md#row-48
#[test]
fn components_beyond_the_pattern_are_refused_where_they_were_put_by_hand() {
    let kept = || Unrecognised::Component { segment: "NAD+PAT".into(), element: 4, component: 1, text: "X".into() };
    let interchange = acceptance("e03", |acceptance| acceptance.unrecognised.push(kept()));
    assert_eq!(refusal(&interchange), "unexpected-component at NAD 4.1 of 9/2003");
}

/// docs/wire.md#row-48
#[test]
fn previous_address_has_five_lines_at_most() {
    let with = |count| {
        transfer_in(|items| {
            items.previous_address = Some(["A", "B", "C", "D", "E", "F"].into_iter().take(count).collect());
        })
    };
    assert_eq!(line(&with(5), "NAD+PER"), "NAD+PER++A:B:C:D:E'");
    assert!(place(&with(6)).starts_with("NAD 3."), "{}", place(&with(6)));
}
