//! Envelopes: headers, messages, receipts.

use alloc::format;
use alloc::vec::Vec;

use super::transaction::{fill, keep, kept_segment, numbered};
use super::value::{any_text, misleading, recent_time};
use crate::choices::Choices;
use crate::interchange::{
    Interchange, InterchangeHeader, Message, OtherMessage, Registration, RegistrationHeader, Stray,
};
use crate::recep::{InterchangeReceipt, MessageReceipt, Recep, RecepHeader};
use crate::segment::service::Unb;
use crate::syntax::Text;
use crate::transaction::{Transaction, Transactions};
use crate::value::{
    ControlReference, InterchangeSequence, InterchangeStatus, MessageSequence, MessageStatus, PreparationTime, Series,
    TradingPartnerCode, TransactionType,
};

/// An interchange of registration messages or of one receipt, as it may be sent unless the choices are of what was
/// received.
///
/// ```
/// use nhais_edifact::WriteOptions;
/// use nhais_edifact::generate::{Choices, interchange};
///
/// let made = interchange(&mut Choices::new(&[3, 1, 4, 1, 5]));
/// assert!(made.encode(&WriteOptions::default()).is_ok());
/// ```
pub fn interchange(choices: &mut Choices<'_>) -> Interchange<'static> {
    let types: Vec<TransactionType> = match choices.below(if choices.may_deviate() { 4 } else { 3 }) {
        0 => current_types(true),
        1 => current_types(false),
        2 => Vec::new(),
        _ => TransactionType::ALL.to_vec(),
    };
    let is_receipt = types.is_empty();
    let count = if is_receipt { 1 } else { 1 + choices.below(3) };
    let references = references(count, choices);
    let mut numbers = Numbers { next: 1 + choices.below(9_999_000) as u64 };
    let messages: Vec<Message<'static>> = references
        .into_iter()
        .map(|reference| {
            if is_receipt {
                return Message::Recep(receipt_as(reference, choices));
            }
            let transaction_type = type_of(&types, choices);
            Message::Registration(registration_as(&transaction_type, reference, &mut numbers, choices))
        })
        .collect();
    let mut interchange = Interchange::new(header(is_receipt, choices));
    interchange.messages = messages;
    keep_around(&mut interchange, choices);
    interchange
}

/// What a practice sends, or what an HA sends (facts 3.1).
fn current_types(outbound: bool) -> Vec<TransactionType> {
    let is_sent = |one: &&TransactionType| one.is_outbound() == outbound && !one.is_obsolete();
    TransactionType::ALL.iter().filter(is_sent).cloned().collect()
}

/// Keeps something outside messages, in those interchanges that may hold what is read as something else.
fn keep_around(interchange: &mut Interchange<'static>, choices: &mut Choices<'_>) {
    keep(&mut interchange.header.unrecognised, choices);
    while choices.misleads(10) {
        let segment = kept_segment(choices);
        match choices.below(4) {
            0 => interchange.leading.push(segment),
            1 => interchange.trailing.push(segment),
            2 => interchange.unrecognised.push(Stray { before_message: choices.below(4), segment }),
            _ => {
                let segments = (0..choices.below(3)).map(|_| kept_segment(choices)).collect();
                let message = OtherMessage { header: segment, segments, unrecognised: Vec::new() };
                interchange.messages.push(Message::Other(message));
            }
        }
    }
}

/// A registration message of a type, as it may be sent unless the choices are of what was received.
///
/// ```
/// use nhais_edifact::generate::{Choices, registration};
/// use nhais_edifact::value::TransactionType;
///
/// let message = registration(&TransactionType::Approval, &mut Choices::new(&[]));
/// assert_eq!(message.transactions.len(), 1);
/// ```
pub fn registration(transaction_type: &TransactionType, choices: &mut Choices<'_>) -> Registration<'static> {
    let reference = MessageSequence::new(1 + narrow(choices.below(99_999_999)));
    let mut numbers = Numbers { next: 1 + choices.below(9_999_000) as u64 };
    registration_as(transaction_type, reference.map(ControlReference::from).unwrap_or_default(), &mut numbers, choices)
}

/// A receipt message, as it may be sent unless the choices are of what was received.
///
/// ```
/// use nhais_edifact::generate::{Choices, receipt};
///
/// let receipt = receipt(&mut Choices::new(&[]));
/// assert_eq!(receipt.messages.len(), 1);
/// ```
pub fn receipt(choices: &mut Choices<'_>) -> Recep<'static> {
    let reference = MessageSequence::new(1 + narrow(choices.below(99_999_999)));
    receipt_as(reference.map(ControlReference::from).unwrap_or_default(), choices)
}

/// The numbers of transactions, none of them used twice.
struct Numbers {
    next: u64,
}

impl Numbers {
    /// The next number for a type: an HA's own numbers exceed seven digits (facts 8).
    fn take(&mut self, transaction_type: &TransactionType) -> u64 {
        let number = self.next;
        self.next += 1;
        match transaction_type.series() {
            Some(Series::Practice | Series::Quoted) => number,
            Some(Series::Ha) | None => 10_000_000 + number,
        }
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// One of the types; where deviations are made, also one that is not in the catalogue.
fn type_of(types: &[TransactionType], choices: &mut Choices<'_>) -> TransactionType {
    if choices.deviates(8) {
        return (*choices.one_of(&["F7", "F12", "G4", "X"])).into();
    }
    choices.one_of(types).clone()
}

/// So many consecutive references; after 99,999,999 comes 1.
fn references(count: usize, choices: &mut Choices<'_>) -> Vec<ControlReference<'static>> {
    let first = match choices.below(8) {
        7 => MessageSequence::MAX,
        _ => 1 + narrow(choices.below(99_999_999)),
    };
    let next = |sequence: &MessageSequence| Some(sequence.following());
    core::iter::successors(MessageSequence::new(first).ok(), next).take(count).map(ControlReference::from).collect()
}

/// A header with the tail that the messages must or may have (facts 1.4).
fn header(is_receipt: bool, choices: &mut Choices<'_>) -> InterchangeHeader<'static> {
    let partner = |choices: &mut Choices<'_>| {
        let code = |_| char::from(*choices.one_of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
        TradingPartnerCode::from((0..4).map(code).collect::<alloc::string::String>())
    };
    let (sender, recipient) = (partner(choices), partner(choices));
    let prepared = recent_time(choices);
    let first = InterchangeSequence::new(InterchangeSequence::MAX).map(InterchangeSequence::following);
    let sequence = InterchangeSequence::new(1 + narrow(choices.below(99_999_999))).or(first);
    let reference = sequence.map(ControlReference::from).unwrap_or_default();
    let mut header =
        InterchangeHeader { sender, recipient, prepared: prepared.into(), reference, ..InterchangeHeader::empty() };
    (header.syntax_identifier, header.syntax_version) = ("UNOA".into(), "2".into());
    let tail = if is_receipt { 3 } else { choices.below(3) };
    let (application, agreement) = [
        (None, None),
        (Some("FHSREG"), None),
        (Some("FHSREG"), Some("FHSA EDI TRANSFERS")),
        (Some("RECEP"), Some("EDIFACT TRANSFER")),
    ][tail];
    (header.application_reference, header.agreement) = (application.map(Text::from), agreement.map(Text::from));
    if choices.may_deviate() {
        add_unused(&mut header, choices);
    }
    header
}

/// The elements of UNB that nobody uses.
fn add_unused(header: &mut InterchangeHeader<'static>, choices: &mut Choices<'_>) {
    for (item, row) in [
        (&mut header.recipient_reference, Unb::RECIPIENT_REFERENCE),
        (&mut header.recipient_reference_qualifier, Unb::RECIPIENT_REFERENCE_QUALIFIER),
        (&mut header.priority, Unb::PRIORITY),
        (&mut header.acknowledgement_request, Unb::ACKNOWLEDGEMENT_REQUEST),
        (&mut header.test_indicator, Unb::TEST_INDICATOR),
    ] {
        *item = choices.coin().then(|| any_text(row.format.limit(), choices).into());
    }
    for text in [&mut header.syntax_identifier, &mut header.syntax_version] {
        if choices.misleads(24) {
            *text = if choices.coin() { "4".into() } else { misleading(choices).into() };
        }
    }
    if choices.misleads(24) {
        header.prepared = PreparationTime::from_wire(misleading(choices), misleading(choices));
    }
}

fn registration_as(
    transaction_type: &TransactionType,
    reference: ControlReference<'static>,
    numbers: &mut Numbers,
    choices: &mut Choices<'_>,
) -> Registration<'static> {
    // A close quarter notification is alone in its message (facts 3.3.9).
    let is_close_quarter = *transaction_type == TransactionType::CloseQuarterNotification;
    let count = if is_close_quarter { 1 } else { 1 + choices.below(3) };
    let mut heading = RegistrationHeader::default();
    fill(&mut heading, usize::from(is_close_quarter), choices);
    let mut transactions = Transactions::of_type(Some(transaction_type.clone()));
    for _ in 0..count {
        let number = numbers.take(transaction_type);
        let made: Transaction<'static> = numbered(transaction_type, Some(number), choices);
        // It is of the type of the list, so it is not given back.
        let _ = transactions.push(made);
    }
    if let (true, Transactions::Other { code, .. }) = (choices.misleads(6), &mut transactions) {
        *code = Some(choices.one_of(TransactionType::ALL).clone());
    }
    keep(&mut heading.unrecognised, choices);
    let RegistrationHeader { ha, translated, quarter_end, unrecognised, .. } = heading;
    Registration { reference, ha, translated, quarter_end, transactions, unrecognised }
}

fn receipt_as(reference: ControlReference<'static>, choices: &mut Choices<'_>) -> Recep<'static> {
    let mut heading = RecepHeader::default();
    fill(&mut heading, 0, choices);
    let count = 1 + choices.below(4);
    let acknowledged = references(count, choices);
    let messages: Vec<MessageReceipt<'static>> = acknowledged
        .into_iter()
        .map(|reference| {
            let mut line = MessageReceipt::new(reference, choices.one_of(MessageStatus::ALL).clone());
            if choices.misleads(16) {
                line.reference = choices.coin().then(|| misleading(choices).into());
            }
            if choices.misleads(16) {
                line.status = choices.coin().then(|| MessageStatus::Other(misleading(choices).into()));
            }
            keep(&mut line.unrecognised, choices);
            line
        })
        .collect();
    let number = format!("{:08}", 1 + choices.below(99_999_999));
    let status = choices.one_of(InterchangeStatus::ALL).clone();
    let mut receipt = InterchangeReceipt::new(number, status, messages.len() as u64);
    if choices.misleads(16) {
        receipt.count = Some(misleading(choices).into());
    }
    keep(&mut heading.unrecognised, choices);
    let RecepHeader { made, parties, received, unrecognised, .. } = heading;
    let interchange = Some(receipt);
    Recep { reference, made, parties, received, messages, interchange, unrecognised }
}
