//! What deviates in the envelope: functional groups, references used twice, the syntax identifier, the form of references and counts,
//! years that the wire cannot state.

use chrono::NaiveDate;
use nhais_edifact::error::Category;
use nhais_edifact::issue::Severity;
use nhais_edifact::options::Policy;
use nhais_edifact::recep::Answer;
use nhais_edifact::syntax::{RawSegment, without_line_breaks};
use nhais_edifact::transaction::Transactions;
use nhais_edifact::value::{Date, DateTime, MessageStatus};
use nhais_edifact::{Decoded, Interchange, InterchangeWriter, Issue, Message, ReadOptions, WriteOptions};

const HEADER: &str = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'";
const GROUP: &str = "UNG+FHSREG+KLM5+ZQX1+240318:0907+1+FH+0:1'";

fn removal(reference: &str, number: &str) -> String {
    format!(
        "UNH+{reference}+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'S01+1'\
         RFF+TN:{number}'NAD+GP+7000015,T93:900'FTX+RGI+++MOVED AWAY'S02+2'PNA+PAT+9990000069:OPI'UNT+12+{reference}'"
    )
}

/// Two messages, with other segments around them and another trailer.
fn two_messages(before: &str, between: &str, behind: &str, trailer: &str) -> String {
    let [one, other] = [removal("00000508", "2009"), removal("00000509", "2010")];
    format!("{HEADER}{before}{one}{between}{other}{behind}{trailer}")
}

/// Identifiers and tags of what is found, but for segments outside messages.
fn found(input: &str) -> Vec<(&'static str, String)> {
    let issues = Interchange::decode(input.as_bytes()).unwrap().issues;
    let others = issues.iter().filter(|issue| issue.kind().id() != "segment-outside-message");
    others.map(|issue| (issue.kind().id(), issue.error().location().tag.unwrap().to_string())).collect()
}

fn rewritten(input: &str) -> String {
    let options = WriteOptions::default().as_received(true).line_breaks_of(input.as_bytes());
    let output = Interchange::decode(input.as_bytes()).unwrap().interchange.encode(&options).unwrap();
    String::from_utf8(output).unwrap()
}

/// ISO 9735: 0036 is the number of functional groups where they are used, 0060 that of the messages in a group.
#[test]
fn unz_counts_groups_where_there_are_any() {
    let second = GROUP.replace("+1+FH", "+2+FH");
    let (one, two) = ("UNZ+1+00000108'", "UNZ+2+00000108'");
    for (before, between, behind, right, wrong) in [
        (GROUP, "", "UNE+2+1'", one, two),
        (GROUP, &*format!("UNE+1+1'{second}"), "UNE+1+2'", two, one),
        ("", GROUP, "UNE+1+1'", one, two),
        (GROUP, "UNE+1+1'", "", one, two),
        ("", "", &*format!("{GROUP}UNE+0+1'"), one, two),
        (GROUP, "", "", one, two),
        (GROUP, &second, "UNE+1+2'", two, one),
        ("", "", "UNE+2+1'", two, one),
    ] {
        let input = two_messages(before, between, behind, right);
        assert_eq!(found(&input), [], "{input}");
        assert_eq!(rewritten(&input), input);
        let miscounted = two_messages(before, between, behind, wrong);
        assert_eq!(found(&miscounted), [("control-count", "UNZ".into())], "{miscounted}");
        assert_eq!(rewritten(&miscounted), input, "the count is put right");
        assert!(Interchange::decode_with(input.as_bytes(), &ReadOptions::strict()).is_err(), "never seen");
    }
}

#[test]
fn une_states_the_messages_and_the_reference_of_its_group() {
    for (trailer, kinds) in [
        ("UNE+2+0001'", &[][..]),
        ("UNE+2'", &[]),
        ("UNE'", &[]),
        ("UNE+1+1'", &["control-count"]),
        ("UNE+X+1'", &["control-count"]),
        ("UNE+02+1'", &["count-form"]),
        ("UNE+2+2'", &["control-reference"]),
        ("UNE+3+X'", &["control-count", "control-reference"]),
    ] {
        let input = two_messages(GROUP, "", trailer, "UNZ+1+00000108'");
        let expected: Vec<_> = kinds.iter().map(|id| (*id, "UNE".to_string())).collect();
        assert_eq!(found(&input), expected, "{trailer}");
        assert_eq!(rewritten(&input), input, "UNE stays as it was");
    }
    let unnumbered = two_messages("UNG+FHSREG'", "", "UNE+2+1'", "UNZ+1+00000108'");
    assert_eq!(found(&unnumbered), []);
}

#[test]
fn groups_are_those_of_their_interchange() {
    let grouped = two_messages(GROUP, "", "UNE+2+1'", "UNZ+1+00000108'");
    let input = format!("{grouped}{}", two_messages("", "", "", "UNZ+2+00000108'"));
    let decoded = Interchange::decode_all(input.as_bytes(), &ReadOptions::default()).unwrap();
    assert!(!decoded[0].is_clean() && decoded[1].is_clean());
    let open = two_messages(GROUP, "", "", "UNZ+1+00000108'");
    let input = format!("{open}{}", two_messages("", "", "UNE+1+1'", "UNZ+2+00000108'"));
    let decoded = Interchange::decode_all(input.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(decoded[1].issues.len(), 1, "UNE is of no group");
}

#[test]
fn a_writer_counts_the_groups_that_it_is_given() {
    let read = Interchange::decode(HEADER.as_bytes()).unwrap().interchange;
    let options = WriteOptions::default().as_received(true);
    let count = |segments: &[&str]| {
        let mut out = Vec::new();
        let mut writer = InterchangeWriter::new(&read.header, &options, &mut out).unwrap();
        for segment in segments {
            match segment.strip_prefix("UNH") {
                Some(_) => writer.other(&RawSegment::from_wire(*segment)).unwrap(),
                None if segment.is_empty() => writer.end_message().unwrap(),
                None => writer.segment(&RawSegment::from_wire(*segment)).unwrap(),
            }
        }
        writer.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        text.rsplit_once("UNZ+").unwrap().1.to_string()
    };
    assert_eq!(count(&["UNG+A", "UNH+1", "", "UNH+2", "", "UNE+2"]), "1+00000108'");
    assert_eq!(count(&["UNH+1", "UNG+A", "", "UNH+2"]), "2+00000108'", "in a message it is none");
}

#[test]
fn new_findings_change_no_receipt() {
    let form = HEADER.replace("UNOA:2", "UNOC:3").replace("00000108", "108");
    let input = format!("{form}{}UNZ+01+108'", removal("508", "2009"));
    let decoded = Interchange::decode(input.as_bytes()).unwrap();
    let found: Vec<_> = decoded.issues.iter().map(|issue| issue.kind().id()).collect();
    assert_eq!(found, ["syntax-identifier", "reference-form", "reference-form", "count-form"]);
    for issue in &decoded.issues {
        assert_eq!((issue.severity(), issue.kind().category()), (Severity::Warning, Category::Envelope));
    }
    assert_eq!(Answer::of(&decoded).messages()[0].status, MessageStatus::Translated);
    assert!(Answer::of(&decoded).status().is_some(), "all is well");
}

#[test]
fn syntax_and_references_have_policies_of_their_own() {
    let clean = format!("{HEADER}{}UNZ+1+00000108'", removal("00000508", "2009"));
    let strict = ReadOptions::strict();
    let accepts = |input: &str, options: &ReadOptions| {
        let decoded = Interchange::decode_with(input.as_bytes(), options);
        decoded.is_ok_and(|decoded| decoded.is_clean())
    };
    assert!(accepts(&clean, &strict));
    let only = |options: fn(ReadOptions, Policy) -> ReadOptions| options(ReadOptions::strict(), Policy::Accept);
    for (old, new, policy) in [
        ("UNOA:2", "UNOC:3", ReadOptions::syntax_identifiers as fn(ReadOptions, Policy) -> ReadOptions),
        ("UNOA:2", "UNOA:1", ReadOptions::syntax_identifiers),
        ("UNOA:2", "XXXX:9", ReadOptions::syntax_identifiers),
        ("00000108", "00000000", ReadOptions::reference_forms),
        ("00000108", "0000108", ReadOptions::reference_forms),
        ("00000108", "100000000", ReadOptions::reference_forms),
        ("00000508", "A/508", ReadOptions::reference_forms),
        ("UNT+12+00000508", "UNT+12+508", ReadOptions::reference_forms),
        ("UNZ+1+00000108", "UNZ+1+000000108", ReadOptions::reference_forms),
        ("UNZ+1", "UNZ+0001", ReadOptions::control_counts),
    ] {
        let input = clean.replace(old, new);
        assert!(Interchange::decode(input.as_bytes()).is_ok_and(|decoded| !decoded.is_clean()), "{new}");
        assert!(!accepts(&input, &strict), "{new}");
        assert!(accepts(&input, &only(policy)), "{new}");
        let written = Interchange::decode(input.as_bytes()).unwrap().interchange.encode(&WriteOptions::default());
        // Trailers are computed.
        assert!(written.is_err() || old.starts_with("UN") && !old.starts_with("UNOA"), "{new}");
    }
}

#[test]
fn references_used_twice_are_found_when_they_are_written() {
    let written = |input: &str| {
        let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
        let (mut issues, mut out) = (Vec::<Issue>::new(), Vec::new());
        read.encode_with(&WriteOptions::default().as_received(true), &mut issues, &mut out).unwrap();
        issues.iter().map(|issue| issue.kind().id()).filter(|id| id.starts_with("repeated")).collect::<Vec<_>>()
    };
    let both = format!("{HEADER}{}{}UNZ+2+00000108'", removal("M/1", "X1"), removal("M/1", "X1"));
    assert_eq!(written(&both), ["repeated-reference", "repeated-transaction-number"]);
    let neither = format!("{HEADER}{}{}UNZ+2+00000108'", removal("M/1", "X1"), removal("M/2", "X2"));
    assert_eq!(written(&neither), [""; 0]);
    let receipts = "UNB+UNOA:2+KLM5+ZQX1+240403:0640+00000112++RECEP+++EDIFACT TRANSFER'UNH+00000514+RECEP:0:2:FH'\
                    BGM++600+243:202404030640:306+64'NHS+ZQX:819:201+7000015,T93:814:202'DTM+815:202404030640:306'\
                    RFF+MIS:A/1 CP'RFF+MIS:A/1 CP'RFF+RIS:00044005 OK:2'UNT+8+00000514'UNZ+1+00000112'";
    assert_eq!(written(receipts), ["repeated-receipt"]);
}

/// Facts 0.5, fact 12: line breaks inside segments are kept and reported, and removed on request.
#[test]
fn a_wrapped_interchange_is_clean_once_its_line_breaks_are_taken_out() {
    let whole = include_bytes!("../../corpus/examples/e07.edi");
    let line: Vec<u8> = whole.iter().copied().filter(|byte| *byte != b'\n').collect();
    let wrapped = line.chunks(35).collect::<Vec<_>>().join(&b'\n');
    assert!(Interchange::decode(&wrapped).unwrap().issues.iter().any(|issue| issue.kind().id() == "break-in-segment"));
    let unwrapped = without_line_breaks(&wrapped);
    let read = Interchange::decode_with(&unwrapped, &ReadOptions::strict()).unwrap();
    assert_eq!(read, Interchange::decode(whole).unwrap());
}

fn with_birth(date: Date<'static>) -> Interchange<'static> {
    let input = include_bytes!("../../corpus/examples/e17.edi");
    let Decoded { mut interchange, .. } = Interchange::decode(input).unwrap();
    let Some(Message::Registration(message)) = interchange.messages.first_mut() else { panic!() };
    let Transactions::Fp69PriorNotification(list) = &mut message.transactions else { panic!() };
    list[0].date_of_birth = Some(date);
    interchange
}

/// Facts 10.1, row 51: what is no date is refused on writing.
#[test]
fn years_that_four_digits_cannot_state_are_refused() {
    for year in [0, -5, 10_000, 12_024] {
        let date = NaiveDate::from_ymd_opt(year, 11, 1).unwrap();
        let error = with_birth(date.into()).encode(&WriteOptions::default()).unwrap_err();
        assert_eq!((error.kind().id(), error.location().element), ("invalid-value", Some(1)), "{year}");
        // As received it would be read as text that is no date.
        let error = with_birth(date.into()).encode(&WriteOptions::default().as_received(true)).unwrap_err();
        assert_eq!(error.kind().id(), "read-otherwise", "{year}");
    }
    for year in [1, 9999] {
        let interchange = with_birth(NaiveDate::from_ymd_opt(year, 11, 1).unwrap().into());
        assert!(interchange.encode(&WriteOptions::default()).is_ok(), "{year}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn years_that_four_digits_cannot_state_are_no_dates_in_serialized_form() {
    for (text, is_date) in [
        ("2024-03-08", true),
        ("0001-01-01", true),
        ("0000-11-01", false),
        ("+12024-03-08", false),
        ("-0005-03-08", false),
    ] {
        assert_eq!(serde_json::from_str::<Date<'_>>(&format!("\"{text}\"")).is_ok(), is_date, "{text}");
        assert_eq!(serde_json::from_str::<DateTime<'_>>(&format!("\"{text}T09:15:00\"")).is_ok(), is_date, "{text}");
    }
}
