//! Characters that are released, and characters that are refused.

use nhais_edifact::WriteOptions;
use nhais_edifact::syntax::{RawSegment, Text};
use nhais_edifact::transaction::{AcceptanceKind, Person, Removal, Unrecognised};

use super::models::*;

/// docs/wire.md#row-8
#[test]
fn the_four_characters_are_released() {
    let interchange = removal("e09", |removal| removal.notes = Some("PATIENT'S + 1 : PATIENTS?".into()));
    assert_eq!(line(&interchange, "FTX"), "FTX+RGI+++PATIENT?'S ?+ 1 ?: PATIENTS??'");
}

/// docs/wire.md#row-8
#[test]
fn nothing_else_is_released() {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890 .,-()/=!\"%&*;<>?'+:";
    let interchange = removal("e09", |removal| removal.notes = Some(alphabet.into()));
    let released = "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890 .,-()/=!\"%&*;<>???'?+?:";
    assert_eq!(line(&interchange, "FTX"), format!("FTX+RGI+++{released}'"));
}

/// docs/wire.md#row-8
#[test]
fn characters_are_released_in_every_text() {
    let interchange = acceptance("e05", |acceptance| {
        let value = || Some(Text::from("A?:'+"));
        acceptance.place_of_birth = value();
        *acceptance.patient.as_mut().unwrap() = Person {
            identifier: None,
            surname: value(),
            forename: value(),
            title: value(),
            second_forename: value(),
            other_forenames: value(),
        };
        let lines = [value(), value(), value(), value(), value()];
        acceptance.address = Some(address(lines, None));
        acceptance.previous = Some(Person { surname: value(), ..Person::default() });
        let AcceptanceKind::Immigrant(items) = &mut acceptance.kind else { unreachable!() };
        items.previous_gp = value();
        items.previous_address = Some(["A?:'+", "B"].into_iter().collect());
    });
    let value = "A???:?'?+";
    assert_eq!(line(&interchange, "LOC"), format!("LOC+950+{value}'"));
    let names = format!("SU:{value}+FO:{value}+TI:{value}+MI:{value}+FS:{value}");
    assert_eq!(line(&interchange, "PNA+PAT"), format!("PNA+PAT++++{names}'"));
    assert_eq!(line(&interchange, "PNA+PER"), format!("PNA+PER++++SU:{value}'"));
    assert_eq!(line(&interchange, "NAD+PAT"), format!("NAD+PAT++{value}:{value}:{value}:{value}:{value}'"));
    assert_eq!(line(&interchange, "NAD+PGP"), format!("NAD+PGP+++{value}'"));
    assert_eq!(line(&interchange, "NAD+PER"), format!("NAD+PER++{value}:B'"));
}

/// docs/wire.md#row-33
#[test]
fn lower_case_is_refused_in_every_text() {
    let value = || Some(Text::from("Lower"));
    let refused = [
        (acceptance("e02", |acceptance| acceptance.place_of_birth = value()), "LOC 2.1"),
        (acceptance("e02", |acceptance| acceptance.notes = Some("Lower".into())), "FTX 4.1"),
        (acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().forename = value()), "PNA 6.2"),
        (acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().title = value()), "PNA 7.2"),
        (acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().second_forename = value()), "PNA 8.2"),
        (acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().other_forenames = value()), "PNA 9.2"),
        (acceptance("e02", |acceptance| acceptance.address.as_mut().unwrap().house_name = value()), "NAD 3.1"),
        (acceptance("e02", |acceptance| acceptance.address.as_mut().unwrap().county = value()), "NAD 3.5"),
        (acceptance("e02", |acceptance| acceptance.previous.as_mut().unwrap().surname = value()), "PNA 5.2"),
        (acceptance("e02", |acceptance| acceptance.institute = Some("qa".into())), "NAD 2.1"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(refusal(&interchange), format!("repertoire at {expected} of 502/2002"));
    }
}

/// docs/wire.md#row-33
#[test]
fn lower_case_is_refused_in_the_header() {
    let mut interchange = example("e09");
    interchange.header.sender = "klm5".into();
    assert_eq!(place(&interchange), "UNB 2.1");
    let mut interchange = example("e09");
    interchange.header.recipient = "Zqx1".into();
    assert_eq!(place(&interchange), "UNB 3.1");
    let mut interchange = example("e09");
    interchange.header.application_reference = Some("Fhsreg".into());
    assert_eq!(place(&interchange), "UNB 7.1");
}

/// docs/wire.md#row-33
#[test]
fn other_characters_outside_level_a_are_refused() {
    for other in ["A#B", "A@B", "A_B", "A$B", "A\tB", "A^B", "A[B", "A\\B", "A`B", "A{B", "A~B"] {
        let interchange = removal("e09", |removal| removal.notes = Some(other.into()));
        assert_eq!(refusal(&interchange), "repertoire at FTX 4.1 of 508/2009", "{other}");
    }
}

/// docs/wire.md#row-60
#[test]
fn bytes_above_7f_and_control_characters_are_refused() {
    for other in ["RENÉE", "A\u{200b}", "A\u{7f}", "A\u{0}", "A\u{1b}B", "\u{feff}A", "A\u{a0}B"] {
        let interchange = acceptance("e01", |acceptance| {
            acceptance.patient.as_mut().unwrap().surname = Some(other.into());
        });
        assert_eq!(refusal(&interchange), "repertoire at PNA 5.2 of 501/2001", "{other:?}");
    }
    let mut interchange = example("e09");
    interchange.header.sender = "KLÉ5".into();
    assert_eq!(place(&interchange), "UNB 2.1");
}

/// docs/wire.md#row-60
#[test]
fn byte_order_mark_is_not_written() {
    for options in [WriteOptions::default(), WriteOptions::default().as_received(true)] {
        let interchange = decoded(&format!("\u{feff}{}", text("e09")));
        assert_eq!(bytes(&interchange, &options), Ok(text("e09")));
        let mut interchange = example("e09");
        interchange.leading.push(RawSegment::from_wire("\u{feff}ZZZ"));
        assert!(interchange.encode(&options).is_err());
    }
}

/// docs/wire.md#row-60
#[test]
fn text_behind_the_interchange_is_refused() {
    let received = format!("{}\u{200b}", text("e09"));
    assert_eq!(refusal(&decoded(&received)), "text-outside-interchange");
}

/// docs/wire.md#row-61
#[test]
fn superfluous_and_dangling_releases_are_not_written_again() {
    for (given, received) in [("MOVED", "?MOVED"), ("AWAY'", "AWAY?\n'"), ("40", "?4?0"), ("MILES", "MIL?\nES")] {
        let interchange = deviant("e09", &[(given, received)]);
        for options in both() {
            if let Ok(output) = bytes(&interchange, &options) {
                assert!(releases_only_what_needs_it(&output), "{received:?}");
            }
        }
    }
    let interchange = deviant("e09", &[("MOVED", "?MOVED")]);
    assert_eq!(written(&interchange), text("e09"));
}

/// docs/wire.md#row-61
#[test]
fn superfluous_and_dangling_releases_cannot_be_made() {
    for wire in ["ZZZ+A?B", "ZZZ+A?", "ZZZ?+A?", "?ZZZ", "ZZZ+A???", "ZZZ+A?\n"] {
        for (way, interchange) in with_raw_segment(wire) {
            for options in both() {
                if let Ok(output) = bytes(&interchange, &options) {
                    assert!(releases_only_what_needs_it(&output), "{wire:?} as {way}");
                }
            }
        }
    }
}

/// docs/wire.md#row-61
#[test]
fn question_marks_in_values_are_always_released() {
    for value in ["?", "A?", "?A", "A?B", "??", "A???"] {
        let set = |removal: &mut Removal<'static>| {
            removal.notes = Some(value.into());
            removal.unrecognised.push(Unrecognised::Component {
                segment: "FTX+RGI".into(),
                element: 5,
                component: 1,
                text: value.into(),
            });
        };
        let output = as_received(&removal("e09", set));
        assert!(releases_only_what_needs_it(&output), "{value}");
        assert!(output.contains(&format!("\nFTX+RGI+++{0}+{0}'\n", value.replace('?', "??"))), "{value}");
    }
}
