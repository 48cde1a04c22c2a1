//! The order of segments as they are written, and where each ends.

use nhais_edifact::options::AddressForm;
use nhais_edifact::transaction::{CloseQuarterNotification, Transactions};
use nhais_edifact::value::MessageSequence;
use nhais_edifact::{Message, Registration, WriteOptions};

use super::models::*;

/// docs/wire.md#row-6
#[test]
fn trigger_comes_before_the_number() {
    let interchange = deviant("e11", &[("S01+1'\nRFF+TN:2012'", "RFF+TN:2012'\nS01+1'")]);
    assert_eq!(written(&interchange), text("e11"));
    assert_eq!(as_received(&interchange), text("e11"));
}

/// docs/wire.md#row-7
#[test]
fn close_quarter_notification_has_no_trigger() {
    let mut notification = CloseQuarterNotification::default();
    notification.number = Some("10900004".into());
    let mut message = Registration::default();
    message.reference = MessageSequence::new(67_004).unwrap().into();
    message.ha = Some("ZQX".into());
    message.translated = Some(time(2024, 4, 2, 5, 59).into());
    message.quarter_end = Some(date(2024, 3, 31));
    message.transactions = Transactions::CloseQuarterNotification(vec![notification]);
    let mut interchange = example("e16");
    interchange.messages = vec![Message::Registration(message)];
    assert_eq!(written(&interchange), text("e16"));
}

/// docs/wire.md#row-38
#[test]
fn triggers_are_one_digit() {
    let interchange = removal_from_nothing();
    assert_eq!((line(&interchange, "S01"), line(&interchange, "S02")), ("S01+1'".into(), "S02+2'".into()));
    let interchange = deviant("e09", &[("S01+1'", "S01+01'"), ("S02+2'", "S02+02'")]);
    never(&interchange, "S01+01'");
    never(&interchange, "S02+02'");
}

/// docs/wire.md#row-44
#[test]
fn segments_stand_in_master_order() {
    for name in ["e02", "e04", "e05", "e07", "e10", "e13", "e17"] {
        let original = text(name);
        let all: Vec<&str> = original.lines().collect();
        let body = |line: &&str| !["UN", "BG", "S0", "RFF"].iter().any(|tag| line.starts_with(tag));
        let heading = 4;
        let start = all.iter().position(|line| line.starts_with("NAD+GP")).unwrap();
        let end = all[start..].iter().position(|line| line.starts_with("S02")).unwrap() + start;
        let mut shuffled = all.clone();
        assert!(start > heading && all[start..end].iter().all(body));
        shuffled[start..end].reverse();
        assert_eq!(written(&decoded(&shuffled.join("\n"))), original, "{name}");
    }
}

/// docs/wire.md#row-44
#[test]
fn previous_identity_and_address_stand_in_their_groups() {
    let one_group = text("e02").replace("S02+2'\nPNA+PER", "PNA+PER").replace("UNT+23", "UNT+22");
    assert_eq!(written(&decoded(&one_group)), text("e02"));
    let behind = deviant(
        "e04",
        &[
            ("NAD+PER++7 MILL LANE:EASTPOOL'\n", "S02+2'\nPNA+PER++++SU:LEE'\nNAD+PER++7 MILL LANE:EASTPOOL'\n"),
            ("UNT+21", "UNT+23"),
        ],
    );
    let expected = "NAD+PER++7 MILL LANE:EASTPOOL'\nS02+2'\nPNA+PER++++SU:LEE'\nUNT+23+00000503'";
    assert!(written(&behind).contains(expected));
}

/// docs/wire.md#row-62
#[test]
fn empty_segments_are_not_written_again() {
    let received = text("e11").replace("'\n", "''\n");
    for options in both() {
        assert_eq!(bytes(&decoded(&received), &options), Ok(text("e11")));
    }
}

/// docs/wire.md#row-62
#[test]
fn empty_segments_cannot_be_made() {
    let mut made = Vec::new();
    for wire in ["", "\n", "\r\n", " ", "'", "A''"] {
        for (way, interchange) in with_raw_segment(wire) {
            for options in both() {
                let output = bytes(&interchange, &options).unwrap_or_default();
                if output.split('\'').rev().skip(1).any(|segment| segment.trim().is_empty()) {
                    made.push((wire, way));
                }
            }
        }
    }
    assert_eq!(made, []);
}

/// docs/wire.md#row-66
#[test]
fn nothing_ends_in_separators_but_addresses() {
    for number in 1..=27 {
        for form in [AddressForm::FiveLines, AddressForm::Truncated] {
            let options = WriteOptions::default().as_received(true).address_form(form);
            let output = bytes(&example(&format!("e{number:02}")), &options).unwrap();
            let five = |line: &&str| !(form == AddressForm::FiveLines && line.starts_with("NAD+PAT"));
            for line in output.lines().filter(five) {
                assert!(!line.ends_with("+'") && !line.ends_with(":'"), "{line}");
            }
        }
    }
}

/// docs/wire.md#row-66
#[test]
fn separators_received_at_the_end_are_not_written() {
    let received = [
        ("e09", "FTX+RGI+++MOVED 40 MILES AWAY'", "FTX+RGI+++MOVED 40 MILES AWAY::+'"),
        ("e09", "PNA+PAT+9990000069:OPI'", "PNA+PAT+9990000069:OPI+++++++'"),
        ("e09", "+00000108'\nUNH", "+00000108++++'\nUNH"),
        ("e09", "NAD+GP+7000015,T93:900'", "NAD+GP+7000015,T93:900:+'"),
        ("e04", "NAD+PER++7 MILL LANE:EASTPOOL'", "NAD+PER++7 MILL LANE:EASTPOOL:::'"),
        ("e04", "WESTSHIRE'", "WESTSHIRE+++++'"),
        ("e21", "RFF+RIS:00044005 OK:1'", "RFF+RIS:00044005 OK:1:+'"),
    ];
    for (name, plain, trailing) in received {
        assert_eq!(written(&deviant(name, &[(plain, trailing)])), text(name), "{trailing}");
    }
}
