//! Models to write, most of them an example of the corpus in which something was changed, and what comes of writing them.
//!
//! A refusal is told as its kind and its place: `missing-segment at PDI of 501/2001` names transaction 2001 of message 501.

use std::fmt::Write as _;

use chrono::{NaiveDate, NaiveDateTime};
use nhais_edifact::interchange::RegistrationHeader;
use nhais_edifact::recep::{InterchangeReceipt, MessageReceipt, Recep, RecepHeader};
use nhais_edifact::syntax::{RawSegment, Text};
use nhais_edifact::transaction::{
    Acceptance, AcceptanceKind, Address, Amendment, Approval, CloseQuarterNotification, Deduction, DeductionRequest,
    DeductionRequestRejection, Fp69FlagRemoval, Fp69PriorNotification, OtherTransaction, PatientIdentifier, Person,
    Rejection, Removal, Transaction, Transactions, TransferIn, Unrecognised,
};
use nhais_edifact::value::{
    Date, InterchangeSequence, InterchangeStatus, Line, MessageSequence, MessageStatus, Postcode, TransactionNumber,
    TransactionType,
};
use nhais_edifact::{Error, Interchange, InterchangeHeader, InterchangeWriter, Message, Registration, WriteOptions};

use crate::files;

/// A change of a model, and the place it concerns or what it makes.
pub(super) type Case<T> = (fn(&mut T), &'static str);

/// An example of section 11 of the facts.
pub(super) fn text(name: &str) -> String {
    String::from_utf8(files::example(name)).unwrap()
}

pub(super) fn decoded(input: &str) -> Interchange<'static> {
    Interchange::decode(input.as_bytes()).unwrap().interchange.into_owned()
}

pub(super) fn example(name: &str) -> Interchange<'static> {
    decoded(&text(name))
}

/// An example in which something was replaced before it was read.
pub(super) fn deviant(name: &str, replaced: &[(&str, &str)]) -> Interchange<'static> {
    let mut input = text(name);
    for (from, to) in replaced {
        assert!(input.contains(from), "{name} has no {from}");
        input = input.replacen(from, to, 1);
    }
    decoded(&input)
}

pub(super) fn registration<'i>(interchange: &'i mut Interchange<'static>) -> &'i mut Registration<'static> {
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    message
}

pub(super) fn transactions<'i>(interchange: &'i mut Interchange<'static>) -> &'i mut Transactions<'static> {
    &mut registration(interchange).transactions
}

/// Declares functions that read an example and change its first transaction.
macro_rules! changed {
    ($($name:ident: $variant:ident($model:ident);)+) => {
        $(pub(super) fn $name(example: &str, change: impl FnOnce(&mut $model<'static>)) -> Interchange<'static> {
            let mut interchange = decoded(&text(example));
            let Transactions::$variant(list) = transactions(&mut interchange) else { unreachable!() };
            change(&mut list[0]);
            interchange
        })+
    };
}

changed! {
    acceptance: Acceptance(Acceptance);
    amendment_out: AmendmentOut(Amendment);
    removal: Removal(Removal);
    deduction_request: DeductionRequest(DeductionRequest);
    amendment_in: AmendmentIn(Amendment);
    deduction: Deduction(Deduction);
    rejection: Rejection(Rejection);
    approval: Approval(Approval);
    close_quarter: CloseQuarterNotification(CloseQuarterNotification);
    prior_notification: Fp69PriorNotification(Fp69PriorNotification);
    flag_removal: Fp69FlagRemoval(Fp69FlagRemoval);
    request_rejection: DeductionRequestRejection(DeductionRequestRejection);
}

/// Example 4 with other items of a transfer in.
pub(super) fn transfer_in(change: impl FnOnce(&mut TransferIn<'static>)) -> Interchange<'static> {
    acceptance("e04", |acceptance| {
        let AcceptanceKind::TransferIn(items) = &mut acceptance.kind else { unreachable!() };
        change(items);
    })
}

pub(super) fn receipt(example: &str, change: impl FnOnce(&mut Recep<'static>)) -> Interchange<'static> {
    let mut interchange = decoded(&text(example));
    let Message::Recep(message) = &mut interchange.messages[0] else { unreachable!() };
    change(message);
    interchange
}

/// Example 21 as a caller makes it who gives no tail.
pub(super) fn receipt_without_tail() -> Interchange<'static> {
    let header =
        InterchangeHeader::new("KLM5", "ZQX1", time(2024, 4, 3, 6, 40), InterchangeSequence::new(112).unwrap());
    let mut interchange = Interchange::new(header);
    interchange.messages = example("e21").messages;
    interchange
}

/// Example 9, made from nothing.
pub(super) fn removal_from_nothing() -> Interchange<'static> {
    let now = time(2024, 3, 18, 9, 7);
    let mut message = Registration::default();
    message.reference = MessageSequence::new(508).unwrap().into();
    message.ha = Some("ZQX".into());
    message.translated = Some(now.into());
    let Transaction::Removal(removal) = removal_transaction() else { unreachable!() };
    message.transactions = Transactions::Removal(vec![removal]);
    let header = InterchangeHeader::new("KLM5", "ZQX1", now, InterchangeSequence::new(108).unwrap());
    let mut interchange = Interchange::new(header);
    interchange.messages.push(Message::Registration(message));
    interchange
}

pub(super) fn removal_transaction() -> Transaction<'static> {
    let mut removal = Removal::default();
    removal.number = Some(TransactionNumber::new(2009).unwrap());
    removal.gp = Some("7000015,T93".into());
    removal.notes = Some("MOVED 40 MILES AWAY".into());
    removal.patient = Some(Person { identifier: Some(PatientIdentifier::official("9990000069")), ..Person::default() });
    Transaction::Removal(removal)
}

pub(super) fn removal_heading() -> RegistrationHeader<'static> {
    let mut heading = RegistrationHeader::default();
    heading.reference = MessageSequence::new(508).unwrap().into();
    heading.ha = Some("ZQX".into());
    heading.translated = Some(time(2024, 3, 18, 9, 7).into());
    heading.transaction_type = Some(TransactionType::Removal);
    heading
}

pub(super) fn receipt_heading() -> RecepHeader<'static> {
    let interchange = example("e21");
    let Message::Recep(message) = &interchange.messages[0] else { unreachable!() };
    let mut heading = RecepHeader::default();
    heading.reference = message.reference.clone();
    heading.made.clone_from(&message.made);
    heading.parties.clone_from(&message.parties);
    heading.received.clone_from(&message.received);
    heading
}

/// A writer behind the heading of a receipt message.
pub(super) fn receipt_writer(buffer: &mut Vec<u8>) -> InterchangeWriter<'_> {
    let mut writer = InterchangeWriter::new(&example("e21").header, &WriteOptions::default(), buffer).unwrap();
    writer.receipt(&receipt_heading()).unwrap();
    writer
}

pub(super) fn message_receipt(reference: u32) -> MessageReceipt<'static> {
    MessageReceipt::new(MessageSequence::new(reference).unwrap(), MessageStatus::Translated)
}

pub(super) fn interchange_receipt(count: u64) -> InterchangeReceipt<'static> {
    InterchangeReceipt::new(InterchangeSequence::new(44_005).unwrap(), InterchangeStatus::Received, count)
}

pub(super) fn address(lines: [Option<Text<'static>>; 5], postcode: Option<Postcode<'static>>) -> Address<'static> {
    let [house_name, road, locality, post_town, county] = lines;
    Address { house_name, road, locality, post_town, county, postcode }
}

/// House name and road of which none is given and at least one is erased.
pub(super) fn erased_lines() -> [(Line<Text<'static>>, Line<Text<'static>>); 3] {
    [(Line::Erased, Line::Erased), (Line::Erased, Line::Blank), (Line::Blank, Line::Erased)]
}

pub(super) fn date(year: i32, month: u32, day: u32) -> Date<'static> {
    NaiveDate::from_ymd_opt(year, month, day).unwrap().into()
}

pub(super) fn time(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
}

pub(super) fn both() -> [WriteOptions; 2] {
    [WriteOptions::default(), WriteOptions::default().as_received(true)]
}

pub(super) fn bytes(interchange: &Interchange<'_>, options: &WriteOptions) -> Result<String, Error> {
    interchange.encode(options).map(|output| String::from_utf8(output).unwrap())
}

/// The strict form.
pub(super) fn written(interchange: &Interchange<'_>) -> String {
    bytes(interchange, &WriteOptions::default()).unwrap_or_else(|error| format!("refused: {}", told(&error)))
}

pub(super) fn as_received(interchange: &Interchange<'_>) -> String {
    bytes(interchange, &WriteOptions::default().as_received(true)).unwrap()
}

/// The segments of the strict form that begin so.
pub(super) fn lines(interchange: &Interchange<'_>, start: &str) -> Vec<String> {
    let output = bytes(interchange, &WriteOptions::default()).map_err(|error| told(&error)).unwrap();
    output.lines().filter(|line| line.starts_with(start)).map(String::from).collect()
}

pub(super) fn line(interchange: &Interchange<'_>, start: &str) -> String {
    line_with(interchange, &WriteOptions::default(), start)
}

/// The one segment that begins so.
pub(super) fn line_with(interchange: &Interchange<'_>, options: &WriteOptions, start: &str) -> String {
    let output = bytes(interchange, options).map_err(|error| told(&error)).unwrap();
    let mut lines = output.lines().filter(|line| line.starts_with(start));
    let line = lines.next().unwrap_or("none").to_string();
    assert_eq!(lines.next(), None);
    line
}

/// Strict writing refuses this, or writes something else.
pub(super) fn never(interchange: &Interchange<'_>, what: &str) {
    if let Ok(output) = bytes(interchange, &WriteOptions::default()) {
        assert!(!output.contains(what), "{what} was written");
    }
}

/// The kind of an error, and its place.
pub(super) fn told(error: &Error) -> String {
    let place = told_place(error);
    if place.is_empty() { error.kind().id().to_string() } else { format!("{} at {place}", error.kind().id()) }
}

pub(super) fn told_place(error: &Error) -> String {
    let location = error.location();
    let mut place = location.tag.map(|tag| tag.as_str().to_string()).unwrap_or_default();
    if let (Some(element), Some(component)) = (location.element, location.component) {
        let _ = write!(place, " {element}.{component}");
    }
    let _ = match (location.message, location.transaction) {
        (Some(message), Some(transaction)) => write!(place, " of {message}/{transaction}"),
        (Some(message), None) => write!(place, " of {message}"),
        _ => Ok(()),
    };
    place
}

/// Why strict writing refuses this.
pub(super) fn refusal(interchange: &Interchange<'_>) -> String {
    bytes(interchange, &WriteOptions::default()).map_or_else(|error| told(&error), |_| "written".into())
}

/// Where strict writing refuses this.
pub(super) fn place(interchange: &Interchange<'_>) -> String {
    bytes(interchange, &WriteOptions::default()).map_or_else(|error| told_place(&error), |_| "written".into())
}

/// Example 9 with a segment that was not read, in every place of the model that takes one.
pub(super) fn with_raw_segment(wire: &'static str) -> Vec<(&'static str, Interchange<'static>)> {
    let segment = || RawSegment::from_wire(wire);
    let mut leading = example("e09");
    leading.leading.push(segment());
    let mut trailing = example("e09");
    trailing.trailing.push(segment());
    let mut stray = deviant("e09", &[("UNZ+1", "ZZZ+1'\nUNZ+1")]);
    stray.unrecognised[0].segment = segment();
    let kept = removal("e09", |removal| {
        removal.unrecognised.push(Unrecognised::Segment { at: 4, segment: segment() });
    });
    let mut heading = example("e09");
    registration(&mut heading).unrecognised.push(Unrecognised::Segment { at: 2, segment: segment() });
    let mut transaction = example("e09");
    let list = vec![OtherTransaction { segments: vec![segment()] }];
    *transactions(&mut transaction) = Transactions::Other { code: Some("G4".into()), list };
    let mut message = deviant("e09", &[("FHSREG:0:1:FH:FHS001", "NHSACK:D:1:NH:NHS001")]);
    let Message::Other(other) = &mut message.messages[0] else { unreachable!() };
    other.segments.push(segment());
    vec![
        ("text before the interchange", leading),
        ("text behind the interchange", trailing),
        ("a segment between messages", stray),
        ("a segment of a transaction", kept),
        ("a segment of a heading", heading),
        ("a segment of an unknown transaction", transaction),
        ("a segment of an unknown message", message),
    ]
}

/// Whether every release character stands before one that needs it.
pub(super) fn releases_only_what_needs_it(output: &str) -> bool {
    let mut characters = output.chars();
    while let Some(character) = characters.next() {
        if character == '?' && !characters.next().is_some_and(|next| "?:+'".contains(next)) {
            return false;
        }
    }
    true
}
