//! What may be sent, and what is refused with an error that names the field.

use nhais_edifact::issue::Severity;
use nhais_edifact::options::{AddressForm, HeaderTail};
use nhais_edifact::syntax::LineBreak;
use nhais_edifact::transaction::{Acceptance, Amendment, DeductionRequest, Removal, Transactions};
use nhais_edifact::value::{Change, DeductionReason};
use nhais_edifact::{Interchange, Issue, Message, WriteOptions};

use crate::files::example;

fn refusal(input: &[u8]) -> Option<String> {
    let interchange = Interchange::decode(input).unwrap().interchange;
    interchange.encode(&WriteOptions::default()).err().map(|error| error.to_string())
}

/// Section 11 of the facts says which of its examples are for readers only; the others may be sent.
#[test]
fn examples_are_sent_unless_they_are_for_readers_only() {
    let for_readers = [
        (
            "e06",
            "expected no mileage, which is obsolete, but found the rule broken at QTY+951 1.2 (message 505, transaction 2006)",
        ),
        (
            "e20",
            "expected a transaction type that is not obsolete, but found the rule broken at RFF+950 1.2 (message 67008, transaction 2002)",
        ),
        ("e24", "expected RFF+MIS, but found none (message 67011)"),
        (
            "e25",
            "expected a post town that is not erased, but found the rule broken at NAD+PAT 3.4 (message 67010, transaction 10900009)",
        ),
        (
            "e26",
            "expected a GP code of seven digits, a comma and a local code, but found 7 digits at NHS 2.1 (message 66999)",
        ),
    ];
    for number in 1..=27 {
        let name = format!("e{number:02}");
        let input = example(&name);
        let expected = for_readers.iter().find(|(other, _)| *other == name).map(|(_, text)| (*text).to_string());
        assert_eq!(refusal(&input), expected, "{name}");
        if expected.is_none() {
            let output = Interchange::decode(&input).unwrap().interchange.encode(&WriteOptions::default()).unwrap();
            assert_eq!(output, input, "{name}");
        }
    }
}

/// Changes the one acceptance of an example and says why it is refused.
fn acceptance_refused(change: impl FnOnce(&mut Acceptance<'_>)) -> String {
    let input = example("e04");
    let mut interchange = Interchange::decode(&input).unwrap().interchange;
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    let Transactions::Acceptance(list) = &mut message.transactions else { unreachable!() };
    change(&mut list[0]);
    let error = interchange.encode(&WriteOptions::default()).unwrap_err();
    let numbers = match error.location().transaction {
        Some(number) => format!(" (message 503, transaction {number})"),
        None => " (message 503)".into(),
    };
    error.to_string().strip_suffix(&numbers).unwrap().to_owned()
}

#[test]
fn a_missing_segment_is_named() {
    assert_eq!(acceptance_refused(|acceptance| acceptance.sex = None), "expected PDI, but found none");
    assert_eq!(acceptance_refused(|acceptance| acceptance.gp = None), "expected NAD+GP, but found none");
    assert_eq!(acceptance_refused(|acceptance| acceptance.number = None), "expected RFF+TN, but found none");
}

#[test]
fn a_missing_value_is_named() {
    let text = acceptance_refused(|acceptance| acceptance.patient.as_mut().unwrap().surname = None);
    assert_eq!(text, "expected the surname, but found nothing at PNA+PAT 5.2");
    let text = acceptance_refused(|acceptance| acceptance.patient.as_mut().unwrap().surname = Some("  ".into()));
    assert_eq!(text, "expected the surname, but found nothing at PNA+PAT 5.2");
}

#[test]
fn a_value_that_may_not_be_sent_is_named() {
    let surname = |text: &'static str| {
        acceptance_refused(move |acceptance| acceptance.patient.as_mut().unwrap().surname = Some(text.into()))
    };
    for (text, class) in [
        ("O'Dell", "a lower-case letter"),
        ("REN\u{C9}E", "an accented letter"),
        ("A\u{7}", "a control character"),
        ("A#b", "another character"),
    ] {
        let expected = format!("expected characters of level A, but found {class} at PNA+PAT 5.2");
        assert_eq!(surname(text), expected);
    }
    let long = "A".repeat(200).leak();
    assert_eq!(surname(long), "expected at most 70 characters, but found 200 at PNA+PAT 5.2");
    let text = acceptance_refused(|acceptance| {
        acceptance.patient.as_mut().unwrap().identifier.as_mut().unwrap().number = "1234567890".into();
    });
    assert_eq!(
        text,
        "expected an NHS number of ten digits with its check digit, but found another check digit at PNA+PAT 2.1"
    );
    let text = acceptance_refused(|acceptance| acceptance.address.as_mut().unwrap().postcode = Some("ZZ9 9AA".into()));
    assert_eq!(text, "expected a postcode of eight characters, but found 7 characters at NAD+PAT 8.1");
    let text = acceptance_refused(|acceptance| acceptance.gp = Some("7000015".into()));
    assert_eq!(text, "expected a GP code of both parts, but found the rule broken at NAD+GP 2.1");
    let text = acceptance_refused(|acceptance| acceptance.number = Some("10000000".into()));
    assert_eq!(text, "expected a transaction number from 1 to 9,999,999, but found the rule broken at RFF+TN 1.2");
    let text = acceptance_refused(|acceptance| acceptance.acceptance_code = Some("X".into()));
    assert_eq!(text, "expected an acceptance code (A, D, R, I or S), but found 1 character at HEA+ACD 2.1");
}

#[test]
fn length_counts_the_text_and_not_the_release_characters() {
    let input = example("e04");
    let mut interchange = Interchange::decode(&input).unwrap().interchange;
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    let Transactions::Acceptance(list) = &mut message.transactions else { unreachable!() };
    let name = "'".repeat(70);
    list[0].patient.as_mut().unwrap().surname = Some(name.as_str().into());
    let output = interchange.encode(&WriteOptions::default()).unwrap();
    assert!(String::from_utf8(output).unwrap().contains(&format!("SU:{}+", "?'".repeat(70))));
}

#[test]
fn identity_needs_a_number_or_a_place_of_birth() {
    let text = acceptance_refused(|acceptance| acceptance.patient.as_mut().unwrap().identifier = None);
    assert_eq!(text, "expected an NHS number or a place of birth, but found the rule broken at PNA+PAT 2.1");
}

#[test]
fn forenames_are_erased_all_together() {
    let input = example("e08");
    let refused = |change: fn(&mut Amendment<'_>)| {
        let mut interchange = Interchange::decode(&input).unwrap().interchange;
        let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
        let Transactions::AmendmentOut(list) = &mut message.transactions else { unreachable!() };
        change(&mut list[0]);
        interchange.encode(&WriteOptions::default()).err().map(|error| error.kind().id())
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(
        refused(|amendment| amendment.patient.as_mut().unwrap().second_forename = Change::Erased),
        Some("amendment-forenames")
    );
    assert_eq!(
        refused(|amendment| {
            let patient = amendment.patient.as_mut().unwrap();
            patient.forename = Change::Unchanged;
            patient.other_forenames = Change::Erased;
        }),
        Some("amendment-forenames")
    );
}

#[test]
fn an_amendment_changes_something() {
    let input = example("e08");
    let mut interchange = Interchange::decode(&input).unwrap().interchange;
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    let Transactions::AmendmentOut(list) = &mut message.transactions else { unreachable!() };
    let mut nothing = Amendment::default();
    nothing.number = list[0].number.clone();
    nothing.gp = list[0].gp.clone();
    nothing.patient = list[0].patient.clone();
    nothing.patient.as_mut().unwrap().forename = Change::Unchanged;
    nothing.patient.as_mut().unwrap().title = Change::Unchanged;
    list[0] = nothing;
    let error = interchange.encode(&WriteOptions::default()).unwrap_err();
    assert_eq!(error.kind().id(), "amendment-change");
    assert_eq!(error.location().transaction, Some(2008));
}

#[test]
fn a_deduction_request_has_one_of_three_reasons() {
    let input = example("e10");
    let mut interchange = Interchange::decode(&input).unwrap().interchange;
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    let Transactions::DeductionRequest(list) = &mut message.transactions else { unreachable!() };
    list[0].reason = Some(DeductionReason::GpRequest);
    let error = interchange.encode(&WriteOptions::default()).unwrap_err();
    assert_eq!(error.kind().id(), "deduction-request-reason");
}

#[test]
fn messages_are_of_one_kind_and_ascend() {
    let registration = example("e09");
    let receipt = example("e21");
    let mut interchange = Interchange::decode(&registration).unwrap().interchange;
    interchange.messages.extend(Interchange::decode(&receipt).unwrap().interchange.messages);
    assert_eq!(interchange.encode(&WriteOptions::default()).unwrap_err().kind().id(), "mixed-messages");
    let mut interchange = Interchange::decode(&registration).unwrap().interchange;
    interchange.messages.extend(Interchange::decode(&registration).unwrap().interchange.messages);
    assert_eq!(interchange.encode(&WriteOptions::default()).unwrap_err().kind().id(), "repeated-reference");
    interchange.messages.clear();
    assert_eq!(interchange.encode(&WriteOptions::default()).unwrap_err().kind().id(), "no-message");
}

#[test]
fn a_message_has_transactions() {
    let input = example("e09");
    let mut interchange = Interchange::decode(&input).unwrap().interchange;
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    message.transactions = Transactions::Removal(Vec::new());
    assert_eq!(interchange.encode(&WriteOptions::default()).unwrap_err().kind().id(), "empty-message");
    message_of(&mut interchange).transactions = Transactions::DeductionRequest(vec![DeductionRequest::default()]);
    assert_eq!(
        interchange.encode(&WriteOptions::default()).unwrap_err().to_string(),
        "expected RFF+TN, but found none (message 508)"
    );
    message_of(&mut interchange).transactions = Transactions::Removal(vec![Removal::default()]);
    assert!(interchange.encode(&WriteOptions::default().as_received(true)).is_ok());
}

fn message_of<'i, 'a>(interchange: &'i mut Interchange<'a>) -> &'i mut nhais_edifact::Registration<'a> {
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    message
}

#[test]
fn a_buffer_is_left_as_it_was_if_there_is_an_error() {
    let input = example("e06");
    let mut buffer = b"before".to_vec();
    assert!(
        Interchange::decode(&input).unwrap().interchange.encode_into(&WriteOptions::default(), &mut buffer).is_err()
    );
    assert_eq!(buffer, b"before");
}

#[test]
fn line_breaks_are_as_asked() {
    let input = String::from_utf8(example("e09")).unwrap();
    let interchange = Interchange::decode(input.as_bytes()).unwrap().interchange;
    let written = |options: WriteOptions| String::from_utf8(interchange.encode(&options).unwrap()).unwrap();
    assert_eq!(written(WriteOptions::default()), input);
    assert_eq!(written(WriteOptions::default().final_break(true)), format!("{input}\n"));
    assert_eq!(written(WriteOptions::default().line_break(LineBreak::None)), input.replace('\n', ""));
    assert_eq!(written(WriteOptions::default().line_break(LineBreak::CrLf)), input.replace('\n', "\r\n"));
}

#[test]
fn the_tail_of_the_header_is_as_asked() {
    let input = example("e09");
    let interchange = Interchange::decode(&input).unwrap().interchange;
    let header = |tail| {
        let output = interchange.encode(&WriteOptions::default().header_tail(tail)).unwrap();
        String::from_utf8(output).unwrap().lines().next().unwrap().to_string()
    };
    let bare = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108";
    assert_eq!(header(HeaderTail::AsGiven), format!("{bare}'"));
    assert_eq!(header(HeaderTail::None), format!("{bare}'"));
    assert_eq!(header(HeaderTail::ApplicationReference), format!("{bare}++FHSREG'"));
    assert_eq!(header(HeaderTail::Full), format!("{bare}++FHSREG+++FHSA EDI TRANSFERS'"));
}

#[test]
fn addresses_have_the_form_that_is_asked() {
    let input = example("e01");
    let interchange = Interchange::decode(&input).unwrap().interchange;
    let address = |form| {
        let output = interchange.encode(&WriteOptions::default().address_form(form)).unwrap();
        String::from_utf8(output).unwrap().lines().find(|line| line.starts_with("NAD+PAT")).unwrap().to_string()
    };
    assert_eq!(address(AddressForm::FiveLines), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:'");
    assert_eq!(address(AddressForm::Truncated), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY'");
}

#[test]
fn what_was_received_is_written_and_all_objections_are_reported() {
    let input = example("e06");
    let mut interchange = Interchange::decode(&input).unwrap().interchange;
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    let Transactions::Acceptance(list) = &mut message.transactions else { unreachable!() };
    list[0].sex = None;
    list[0].patient.as_mut().unwrap().surname = Some("Pike".into());
    let (mut issues, mut out): (Vec<Issue>, _) = (Vec::new(), Vec::new());
    interchange.encode_with(&WriteOptions::default().as_received(true), &mut issues, &mut out).unwrap();
    let ids: Vec<&str> = issues.iter().map(|issue| issue.kind().id()).collect();
    assert_eq!(
        ids,
        ["acceptance-mileage", "acceptance-walking-units", "acceptance-route-marker", "missing-segment", "repertoire"]
    );
    assert_eq!(out, interchange.encode(&WriteOptions::default().as_received(true)).unwrap());
}

#[test]
fn a_value_longer_than_any_seen_is_written_and_reported() {
    let input = example("e03");
    let mut interchange = Interchange::decode(&input).unwrap().interchange;
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    let Transactions::Acceptance(list) = &mut message.transactions else { unreachable!() };
    list[0].place_of_birth = Some("SOMEWHERE BY THE SEA".into());
    let (mut issues, mut out): (Vec<Issue>, _) = (Vec::new(), Vec::new());
    interchange.encode_with(&WriteOptions::default(), &mut issues, &mut out).unwrap();
    let texts: Vec<String> = issues.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        ["expected at most 12 characters, as seen so far, but found 20 at LOC+950 2.1 (message 9, transaction 2003)"]
    );
    assert_eq!(issues[0].severity(), Severity::Warning);
}
