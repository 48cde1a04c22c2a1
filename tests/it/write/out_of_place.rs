//! What stands where its message or transaction does not have it is refused.

use nhais_edifact::syntax::RawSegment;
use nhais_edifact::transaction::Unrecognised;
use nhais_edifact::value::TransactionType;
use nhais_edifact::{InterchangeWriter, WriteOptions};

use super::models::*;

/// docs/wire.md#row-53
#[test]
fn message_types_are_exact() {
    assert_eq!(line(&removal_from_nothing(), "UNH"), "UNH+00000508+FHSREG:0:1:FH:FHS001'");
    assert_eq!(line(&example("e21"), "UNH"), "UNH+00000514+RECEP:0:2:FH'");
    for other in ["FHSREG:0:2:FH:FHS001", "FHSREG:0:1:UN:FHS001", "FHSREG:0:1:FH", "FHSREG:D:1:FH:FHS001"] {
        never(&deviant("e09", &[("FHSREG:0:1:FH:FHS001", other)]), &format!("+{other}'"));
    }
    for other in ["RECEP:0:1:FH", "RECEP:0:2:FH:FHS001"] {
        never(&deviant("e21", &[("RECEP:0:2:FH", other)]), &format!("+{other}'"));
    }
}

/// docs/wire.md#row-53
#[test]
fn messages_of_another_type_are_refused() {
    let interchange = deviant("e09", &[("FHSREG:0:1:FH:FHS001", "NHSACK:D:1:NH:NHS001")]);
    assert_eq!(refusal(&interchange), "message-type at UNH of 508");
    let received = text("e09").replace("FHSREG:0:1:FH:FHS001", "NHSACK:D:1:NH:NHS001");
    assert_eq!(as_received(&interchange), received);
}

/// docs/wire.md#row-54
#[test]
fn registrations_behind_receipts_are_refused() {
    let mut interchange = example("e21");
    interchange.messages.push(example("e13").messages.remove(0));
    assert_eq!(refusal(&interchange), "mixed-messages at UNH of 67002");
}

/// docs/wire.md#row-54
#[test]
fn registrations_and_receipts_are_refused_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    writer.transaction(&removal_transaction()).unwrap();
    assert_eq!(told(&writer.receipt(&receipt_heading()).unwrap_err()), "mixed-messages at UNH of 514");
}

/// docs/wire.md#row-59
#[test]
fn unknown_unforeseen_and_repeated_segments_are_refused() {
    let received = [
        ("e09", "S02+2'", "ZZZ+1'\nS02+2'", "ZZZ of 508/2009"),
        ("e09", "S02+2'", "HEA+DM+Y:ZZZ'\nS02+2'", "HEA of 508/2009"),
        ("e09", "S02+2'", "FTX+RGI+++AGAIN'\nS02+2'", "FTX of 508/2009"),
        ("e14", "UNT+10", "S02+2'\nPNA+PAT+9990000018:OPI'\nUNT+10", "S02 of 905/2003"),
        ("e09", "BGM+++507'", "ZZZ+1'\nBGM+++507'", "ZZZ of 508"),
    ];
    for (name, before, inserted, expected) in received {
        let interchange = deviant(name, &[(before, inserted)]);
        assert_eq!(place(&interchange), expected, "{inserted}");
        let original = text(name).replace(before, inserted);
        let body = |text: &str| text.lines().filter(|line| !line.starts_with("UNT")).collect::<Vec<_>>().join("\n");
        assert_eq!(body(&as_received(&interchange)), body(&original));
    }
}

/// docs/wire.md#row-59
#[test]
fn segments_put_by_hand_are_refused() {
    let segment = RawSegment::from_wire("FTX+RGI+++AGAIN");
    let interchange = removal("e09", |removal| removal.unrecognised.push(Unrecognised::Segment { at: 4, segment }));
    assert_eq!(place(&interchange), "FTX of 508/2009");
}

/// docs/wire.md#row-59
#[test]
fn amendment_by_an_authority_has_no_free_text() {
    let interchange = amendment_in("e12", |amendment| amendment.notes = Some("NOTE".into()));
    assert_eq!(refusal(&interchange), "unforeseen-segment at FTX of 67001/10900001");
}

/// docs/wire.md#row-59
#[test]
fn only_close_quarter_notifications_have_a_quarter_end() {
    for name in ["e01", "e09", "e12", "e17"] {
        let mut interchange = example(name);
        registration(&mut interchange).quarter_end = Some(date(2024, 3, 31));
        assert!(refusal(&interchange).starts_with("unforeseen-segment at DTM of "), "{name}");
    }
}

/// docs/wire.md#row-59
#[test]
fn items_of_another_acceptance_type_are_refused() {
    let inserted = [
        ("e01", "HEA+ACD", "NAD+PGP+++DR FENWICK'\nHEA+ACD", "NAD of 501/2001"),
        ("e01", "S02+2'", "DTM+957:20240228:102'\nS02+2'", "DTM of 501/2001"),
        ("e03", "UNT+18", "NAD+PER++7 MILL LANE'\nUNT+18", "NAD of 9/2003"),
        ("e04", "FTX+RGI", "DTM+957:20240228:102'\nFTX+RGI", "DTM of 503/2004"),
    ];
    for (name, before, inserted, expected) in inserted {
        assert_eq!(place(&deviant(name, &[(before, inserted)])), expected, "{inserted}");
    }
}

/// docs/wire.md#row-59
#[test]
fn transactions_of_another_type_are_refused_part_by_part() {
    let mut heading = removal_heading();
    heading.transaction_type = Some(TransactionType::DeductionRequest);
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&heading).unwrap();
    assert_eq!(told(&writer.transaction(&removal_transaction()).unwrap_err()), "unforeseen-segment at RFF 1.2 of 508");
}

/// docs/wire.md#row-59
#[test]
fn receipts_of_messages_are_refused_in_a_registration_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    assert!(writer.message_receipt(&message_receipt(67_005)).is_err());
}

/// docs/wire.md#row-59
#[test]
fn receipts_of_interchanges_are_refused_in_a_registration_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    assert!(writer.interchange_receipt(&interchange_receipt(0)).is_err());
}

/// docs/wire.md#row-59
#[test]
fn transactions_are_refused_in_a_receipt_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e21").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.receipt(&receipt_heading()).unwrap();
    assert!(writer.transaction(&removal_transaction()).is_err());
}
