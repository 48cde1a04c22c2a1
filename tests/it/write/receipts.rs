//! Receipts as they are written.

use nhais_edifact::recep::MessageReceipt;
use nhais_edifact::value::{Count, GpCode, InterchangeStatus};

use super::models::*;

/// docs/wire.md#row-17
#[test]
fn dates_of_receipts_have_twelve_digits_and_format_306() {
    let interchange = receipt("e21", |receipt| {
        receipt.made = Some(time(2024, 4, 3, 6, 41).into());
        receipt.received = Some(time(2024, 4, 2, 23, 59).into());
    });
    assert_eq!(line(&interchange, "BGM"), "BGM++600+243:202404030641:306+64'");
    assert_eq!(line(&interchange, "DTM"), "DTM+815:202404022359:306'");
}

/// docs/wire.md#row-17
#[test]
fn other_dates_of_receipts_are_refused() {
    for other in ["030640", "20240403", "20240403064000", "202404032460"] {
        let interchange = deviant("e21", &[("815:202404030640", &format!("815:{other}"))]);
        assert_eq!(refusal(&interchange), "invalid-value at DTM 1.2 of 514", "{other}");
        let interchange = deviant("e21", &[("243:202404030640", &format!("243:{other}"))]);
        assert_eq!(refusal(&interchange), "invalid-value at BGM 3.2 of 514", "{other}");
    }
}

/// docs/wire.md#row-18
#[test]
fn receiving_time_is_written_with_its_qualifier() {
    assert_eq!(written(&deviant("e21", &[("DTM+815:", "DTM+137:")])), text("e21"));
}

/// docs/wire.md#row-18
#[test]
fn receiving_time_is_written_with_its_format() {
    assert_eq!(written(&deviant("e21", &[("DTM+815:202404030640:306", "DTM+815:202404030640:203")])), text("e21"));
    assert_eq!(written(&deviant("e21", &[("DTM+815:202404030640:306", "DTM+137:202404030640:203")])), text("e21"));
}

/// docs/wire.md#row-18
#[test]
fn receipt_is_written_as_a_receipt() {
    assert_eq!(written(&deviant("e21", &[("RECEP:0:2:FH", "FHSREG:0:1:FH")])), text("e21"));
}

/// docs/wire.md#row-19
#[test]
fn dates_of_a_receipt_are_equal_or_distinct_as_given() {
    let equal = example("e21");
    assert_eq!(lines(&equal, "DTM"), ["DTM+815:202404030640:306'"]);
    let distinct = receipt("e21", |receipt| {
        receipt.made = Some(time(2024, 4, 3, 6, 5).into());
        receipt.received = Some(time(2024, 4, 2, 9, 15).into());
    });
    assert_eq!(line(&distinct, "UNB"), line(&equal, "UNB"));
    assert_eq!(line(&distinct, "BGM"), "BGM++600+243:202404030605:306+64'");
    assert_eq!(line(&distinct, "DTM"), "DTM+815:202404020915:306'");
}

/// docs/wire.md#row-19
#[test]
fn dates_of_a_receipt_are_never_made_up() {
    let interchange = receipt("e21", |receipt| receipt.made = None);
    assert_eq!(refusal(&interchange), "missing-segment at BGM of 514");
    let interchange = receipt("e21", |receipt| receipt.received = None);
    assert_eq!(refusal(&interchange), "missing-segment at DTM of 514");
}

/// docs/wire.md#row-20
#[test]
fn receipt_names_the_cipher_and_the_full_gp_code_or_9999() {
    assert_eq!(line(&example("e21"), "NHS"), "NHS+ZQX:819:201+7000015,T93:814:202'");
    let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().gp = Some(GpCode::NONE.into()));
    assert_eq!(line(&interchange, "NHS"), "NHS+ZQX:819:201+9999:814:202'");
}

/// docs/wire.md#row-20
#[test]
fn receipt_without_local_code_or_with_a_link_code_is_refused() {
    let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().gp = Some("7000015".into()));
    assert_eq!(refusal(&interchange), "invalid-value at NHS 2.1 of 514");
    let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().ha = Some("ZQX1".into()));
    assert_eq!(refusal(&interchange), "invalid-value at NHS 1.1 of 514");
}

/// docs/wire.md#row-20
#[test]
fn no_gp_is_for_receipts_only() {
    let interchange = acceptance("e01", |acceptance| acceptance.gp = Some(GpCode::NONE.into()));
    assert_eq!(refusal(&interchange), "acceptance-gp at NAD 2.1 of 501/2001");
    let interchange = flag_removal("e18", |removal| removal.gp = Some(GpCode::NONE.into()));
    assert_eq!(refusal(&interchange), "fp69-removal-gp at NAD 2.1 of 67006/10900007");
}

/// docs/wire.md#row-21
#[test]
fn status_of_the_interchange_is_what_the_caller_says() {
    for status in [InterchangeStatus::Received, InterchangeStatus::PartlyInvalid, InterchangeStatus::NoValidData] {
        let interchange = receipt("e23", |receipt| {
            receipt.interchange.as_mut().unwrap().status = Some(status.clone());
        });
        assert_eq!(lines(&interchange, "RFF+MIS")[1..], ["RFF+MIS:00000511 CA'", "RFF+MIS:00000512 CI'"]);
        assert_eq!(line(&interchange, "RFF+RIS"), format!("RFF+RIS:00000110 {status}:3'"));
    }
}

/// docs/wire.md#row-21
#[test]
fn status_of_the_interchange_has_no_default_if_a_message_failed() {
    let interchange = receipt("e23", |receipt| receipt.interchange.as_mut().unwrap().status = None);
    assert_eq!(place(&interchange), "RFF 1.2 of 67000");
}

/// docs/wire.md#row-22
#[test]
fn count_is_that_of_the_messages() {
    assert_eq!(line(&example("e23"), "RFF+RIS"), "RFF+RIS:00000110 ER:3'");
    let interchange = receipt("e23", |receipt| {
        receipt.interchange.as_mut().unwrap().count = Some(Count::new(4));
    });
    assert_eq!(place(&interchange), "RFF 1.3 of 67000");
    assert!(as_received(&interchange).contains("\nRFF+RIS:00000110 ER:4'\n"));
}

/// docs/wire.md#row-64
#[test]
fn reference_and_status_are_separated_by_one_space() {
    for received in ["00067005  CP", "00067005   CP", " 00067005 CP", "00067005 CP "] {
        let interchange = deviant("e21", &[("00067005 CP", received)]);
        assert_eq!(written(&interchange), text("e21"), "{received:?}");
    }
    let interchange = receipt("e21", |receipt| {
        receipt.messages = vec![message_receipt(1)];
        receipt.interchange = Some(interchange_receipt(1));
    });
    assert_eq!(lines(&interchange, "RFF"), ["RFF+MIS:00000001 CP'", "RFF+RIS:00044005 OK:1'"]);
}

/// docs/wire.md#row-64
#[test]
fn unknown_statuses_are_refused() {
    for status in ["XX", "OK", "cp", ""] {
        let interchange = receipt("e21", |receipt| receipt.messages[0].status = Some(status.into()));
        assert_eq!(refusal(&interchange), "unknown-code at RFF 1.2 of 514", "{status}");
    }
    for status in ["XX", "CP", ""] {
        let interchange = receipt("e21", |receipt| {
            receipt.interchange.as_mut().unwrap().status = Some(status.into());
        });
        assert_eq!(refusal(&interchange), "unknown-code at RFF 1.2 of 514", "{status}");
    }
}

/// docs/wire.md#row-64
#[test]
fn receipt_of_a_message_without_reference_is_refused() {
    let interchange = receipt("e21", |receipt| receipt.messages[0].reference = None);
    assert_eq!(place(&interchange), "RFF 1.2 of 514");
}

/// docs/wire.md#row-64
#[test]
fn receipt_of_an_interchange_without_reference_is_refused() {
    let interchange = receipt("e21", |receipt| receipt.interchange.as_mut().unwrap().reference = None);
    assert_eq!(place(&interchange), "RFF 1.2 of 514");
}

/// docs/wire.md#row-64
#[test]
fn receipt_without_status_is_refused() {
    let refused = [
        receipt("e21", |receipt| receipt.messages[0].status = None),
        receipt("e21", |receipt| receipt.messages[0] = MessageReceipt::default()),
        receipt("e21", |receipt| receipt.interchange.as_mut().unwrap().status = None),
    ];
    for interchange in refused {
        assert_eq!(place(&interchange), "RFF 1.2 of 514");
    }
}

/// docs/wire.md#row-65
#[test]
fn receipt_of_the_interchange_is_there_and_last() {
    let interchange = receipt("e21", |receipt| receipt.interchange = None);
    assert_eq!(refusal(&interchange), "missing-segment at RFF of 514");
    let interchange = deviant(
        "e23",
        &[("RFF+RIS:00000110 ER:3'\n", ""), ("RFF+MIS:00000511", "RFF+RIS:00000110 ER:3'\nRFF+MIS:00000511")],
    );
    assert_eq!(lines(&interchange, "RFF")[3], "RFF+RIS:00000110 ER:3'");
}

/// docs/wire.md#row-65
#[test]
fn receipt_of_the_interchange_is_there_once() {
    let twice = [("RFF+RIS:00044005 OK:1'", "RFF+RIS:00044005 OK:1'\nRFF+RIS:00044005 OK:1'")];
    assert_eq!(place(&deviant("e21", &twice)), "RFF of 514");
}

/// docs/wire.md#row-65
#[test]
fn receipts_of_messages_are_there() {
    let interchange = receipt("e21", |receipt| {
        receipt.messages.clear();
        receipt.interchange = Some(interchange_receipt(0));
    });
    assert_eq!(refusal(&interchange), "missing-segment at RFF of 514");
}

/// docs/wire.md#row-65
#[test]
fn message_is_acknowledged_once() {
    let interchange = receipt("e23", |receipt| {
        receipt.messages[1].reference = receipt.messages[0].reference.clone();
    });
    assert_eq!(place(&interchange), "RFF 1.2 of 67000");
}

/// docs/wire.md#row-65
#[test]
fn receipt_of_the_interchange_is_last_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = receipt_writer(&mut buffer);
    writer.message_receipt(&message_receipt(67_005)).unwrap();
    writer.interchange_receipt(&interchange_receipt(1)).unwrap();
    let behind = writer.message_receipt(&message_receipt(67_006));
    assert!(behind.is_err() || writer.finish().is_err());
}

/// docs/wire.md#row-65
#[test]
fn receipt_of_the_interchange_is_there_once_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = receipt_writer(&mut buffer);
    writer.message_receipt(&message_receipt(67_005)).unwrap();
    writer.interchange_receipt(&interchange_receipt(1)).unwrap();
    let again = writer.interchange_receipt(&interchange_receipt(1));
    assert!(again.is_err() || writer.finish().is_err());
}

/// docs/wire.md#row-65
#[test]
fn receipts_of_messages_come_first_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = receipt_writer(&mut buffer);
    let refused = writer.interchange_receipt(&interchange_receipt(1)).is_err()
        || writer.message_receipt(&message_receipt(67_005)).is_err()
        || writer.interchange_receipt(&interchange_receipt(1)).is_err()
        || writer.finish().is_err();
    assert!(refused);
}
