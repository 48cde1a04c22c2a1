//! The envelope as it is written: headers and trailers, line breaks, and nothing outside.

use nhais_edifact::options::HeaderTail;
use nhais_edifact::syntax::LineBreak;
use nhais_edifact::transaction::Transactions;
use nhais_edifact::value::{InterchangeSequence, MessageSequence};
use nhais_edifact::{Interchange, InterchangeWriter, ReadOptions, WriteOptions};

use super::models::*;

/// docs/wire.md#row-1
#[test]
fn registration_has_no_tail_by_default() {
    assert_eq!(line(&removal_from_nothing(), "UNB"), "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'");
}

/// docs/wire.md#row-1
#[test]
fn registration_has_the_application_reference_on_request() {
    let options = WriteOptions::default().header_tail(HeaderTail::ApplicationReference);
    let header = line_with(&removal_from_nothing(), &options, "UNB");
    assert_eq!(header, "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108++FHSREG'");
}

/// docs/wire.md#row-1
#[test]
fn receipt_has_the_full_tail_by_default() {
    let header = line(&receipt_without_tail(), "UNB");
    assert_eq!(header, "UNB+UNOA:2+KLM5+ZQX1+240403:0640+00000112++RECEP+++EDIFACT TRANSFER'");
}

/// docs/wire.md#row-1
#[test]
fn receipt_asked_for_its_full_tail_has_that_of_receipts() {
    let header = line_with(&receipt_without_tail(), &WriteOptions::default().header_tail(HeaderTail::Full), "UNB");
    assert_eq!(header, "UNB+UNOA:2+KLM5+ZQX1+240403:0640+00000112++RECEP+++EDIFACT TRANSFER'");
}

/// docs/wire.md#row-2
#[test]
fn counts_are_always_correct() {
    let wrong = [("UNT+17+00000510'", "UNT+3+00000510'"), ("UNT+13", "UNT+X"), ("UNZ+3", "UNZ+9")];
    let interchange = deviant("e11", &wrong);
    assert_eq!(written(&interchange), text("e11"));
    assert_eq!(as_received(&interchange), text("e11"));
}

/// docs/wire.md#row-2
#[test]
fn counts_follow_the_model() {
    let mut interchange = example("e09");
    let Transactions::Removal(list) = transactions(&mut interchange) else { unreachable!() };
    let mut second = list[0].clone();
    second.number = Some("2010".into());
    list.push(second);
    interchange.messages.push(example("e11").messages.remove(1));
    assert_eq!(lines(&interchange, "UNT"), ["UNT+18+00000508'", "UNT+12+00000511'"]);
    assert_eq!(line(&interchange, "UNZ"), "UNZ+2+00000108'");
}

/// docs/wire.md#row-3
#[test]
fn references_of_trailers_are_those_of_headers() {
    let wrong = [("UNT+12+00000508'", "UNT+12+00000001'"), ("UNZ+1+00000108'", "UNZ+1+7'")];
    let interchange = deviant("e09", &wrong);
    assert_eq!(written(&interchange), text("e09"));
    assert_eq!(as_received(&interchange), text("e09"));
}

/// docs/wire.md#row-3
#[test]
fn references_of_trailers_follow_the_model() {
    let mut interchange = example("e09");
    interchange.header.reference = InterchangeSequence::new(42).unwrap().into();
    registration(&mut interchange).reference = MessageSequence::new(99_999_999).unwrap().into();
    assert_eq!(line(&interchange, "UNZ"), "UNZ+1+00000042'");
    assert_eq!(line(&interchange, "UNT"), "UNT+12+99999999'");
}

/// docs/wire.md#row-4
#[test]
fn final_terminator_is_always_there() {
    let unterminated = text("e09").trim_end_matches('\'').to_string();
    let interchange = decoded(&unterminated);
    assert_eq!(written(&interchange), text("e09"));
    assert_eq!(as_received(&interchange), text("e09"));
}

/// docs/wire.md#row-5
#[test]
fn segments_are_separated_by_line_feeds_whatever_was_received() {
    for received in ["\r\n", "\n\n", "\r\n\r\n", "", "  \n"] {
        let interchange = decoded(&text("e11").replace('\n', received));
        assert_eq!(written(&interchange), text("e11"), "{received:?}");
    }
}

/// docs/wire.md#row-5
#[test]
fn line_breaks_are_configurable() {
    let with = |options: &WriteOptions| bytes(&example("e11"), options).unwrap();
    let received = text("e11").replace('\n', "\r\n") + "\r\n";
    assert_eq!(with(&WriteOptions::default().line_breaks_of(received.as_bytes())), received);
    let no_breaks = WriteOptions::default().line_break(LineBreak::None).final_break(true);
    assert_eq!(with(&no_breaks), text("e11").replace('\n', ""));
}

/// docs/wire.md#row-5
#[test]
fn line_break_inside_a_segment_is_refused() {
    for broken in ["MOVED 40\nMILES AWAY", "MOVED 40\rMILES AWAY"] {
        let interchange = deviant("e09", &[("MOVED 40 MILES AWAY", broken)]);
        assert_eq!(refusal(&interchange), "repertoire at FTX 4.1 of 508/2009");
    }
}

/// docs/wire.md#row-40
#[test]
fn nothing_stands_outside_the_interchange() {
    for received in [format!("ZZZ+1'\n{}", text("e09")), format!("{}\nZZZ+1'", text("e09"))] {
        let interchange = decoded(&received);
        assert_eq!(refusal(&interchange), "text-outside-interchange");
        assert_eq!(as_received(&interchange), received);
    }
}

/// docs/wire.md#row-55
#[test]
fn one_interchange_is_written_per_call() {
    let both = format!("{}\n{}", text("e09"), text("e21"));
    let interchanges = Interchange::decode_all(both.as_bytes(), &ReadOptions::default()).unwrap();
    let interchanges = interchanges.iter().map(|decoded| written(&decoded.interchange));
    assert_eq!(interchanges.collect::<Vec<_>>(), [text("e09"), text("e21")]);
}

/// docs/wire.md#row-56
#[test]
fn segments_between_messages_are_refused() {
    for (before, stray) in [("UNH+00000508", "ZZZ+1'\nUNH+00000508"), ("UNZ+1", "ZZZ+1'\nUNZ+1")] {
        let interchange = deviant("e09", &[(before, stray)]);
        assert_eq!(refusal(&interchange), "segment-outside-message");
        assert_eq!(as_received(&interchange), text("e09").replace(before, stray));
    }
}

/// docs/wire.md#row-56
#[test]
fn receipts_of_messages_are_refused_outside_a_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e21").header, &WriteOptions::default(), &mut buffer).unwrap();
    assert!(writer.message_receipt(&message_receipt(67_005)).is_err());
}

/// docs/wire.md#row-56
#[test]
fn receipts_of_interchanges_are_refused_outside_a_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e21").header, &WriteOptions::default(), &mut buffer).unwrap();
    assert!(writer.interchange_receipt(&interchange_receipt(0)).is_err());
}

/// docs/wire.md#row-56
#[test]
fn transactions_are_refused_outside_a_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    assert!(writer.transaction(&removal_transaction()).is_err());
}

/// docs/wire.md#row-57
#[test]
fn envelope_is_complete_whatever_was_received() {
    let original = text("e11");
    let without_end = original.replace("\nUNZ+3+00000110'", "");
    assert_eq!(written(&decoded(&without_end)), original);
    let message_left_open = original.replace("UNT+12+00000511'\n", "");
    assert_eq!(written(&decoded(&message_left_open)), original);
}

/// docs/wire.md#row-57
#[test]
fn interchange_has_messages_and_they_are_not_empty() {
    let mut interchange = example("e09");
    interchange.messages.clear();
    assert_eq!(told(&interchange.encode(&WriteOptions::default()).unwrap_err()), "no-message");
    let envelope = |line: &&str| line.starts_with("UN");
    let received = text("e09").lines().filter(envelope).collect::<Vec<_>>().join("\n");
    assert!(place(&decoded(&received)).ends_with(" of 508"), "{}", place(&decoded(&received)));
}

/// docs/wire.md#row-57
#[test]
fn writer_completes_the_envelope() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    writer.transaction(&removal_transaction()).unwrap();
    writer.finish().unwrap();
    assert_eq!(String::from_utf8(buffer).unwrap(), text("e09"));
}

/// docs/wire.md#row-57
#[test]
fn writer_refuses_to_finish_without_a_message() {
    let mut buffer = Vec::new();
    let writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    assert_eq!(told(&writer.finish().unwrap_err()), "no-message");
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    assert_eq!(told(&writer.finish().unwrap_err()), "empty-message at UNH of 508");
}
