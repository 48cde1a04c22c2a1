//! Envelopes: headers, messages, receipts.

use alloc::format;
use alloc::vec::Vec;

use super::transaction::{fill, keep, kept_segment, numbered};
use super::value::{any_text, misleading, recent_time};
use crate::byte_source::ByteSource;
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

/// Generates an interchange of registration messages or of one receipt. It may be sent, unless the source is
/// [`as_received`](ByteSource::as_received).
///
/// ```
/// use nhais_edifact::WriteOptions;
/// use nhais_edifact::generate::{ByteSource, interchange};
///
/// let made = interchange(&mut ByteSource::new(&[3, 1, 4, 1, 5]));
/// assert!(made.encode(&WriteOptions::default()).is_ok());
/// ```
pub fn interchange(source: &mut ByteSource<'_>) -> Interchange<'static> {
    let types: Vec<TransactionType> = match source.below(if source.may_deviate() { 4 } else { 3 }) {
        0 => current_types(true),
        1 => current_types(false),
        2 => Vec::new(),
        _ => TransactionType::ALL.to_vec(),
    };
    let is_receipt = types.is_empty();
    let count = if is_receipt { 1 } else { 1 + source.below(3) };
    let references = references(count, source);
    let mut numbers = NumberSeries { next: 1 + source.below(9_999_000) as u64 };
    let messages: Vec<Message<'static>> = references
        .into_iter()
        .map(|reference| {
            if is_receipt {
                return Message::Recep(receipt_as(reference, source));
            }
            let transaction_type = type_of(&types, source);
            Message::Registration(registration_as(&transaction_type, reference, &mut numbers, source))
        })
        .collect();
    let mut interchange = Interchange::new(header(is_receipt, source));
    interchange.messages = messages;
    keep_around(&mut interchange, source);
    interchange
}

/// What a practice sends, or what an HA sends (wire.md#s-3-1).
fn current_types(outbound: bool) -> Vec<TransactionType> {
    let is_sent = |one: &&TransactionType| one.is_outbound() == outbound && !one.is_obsolete();
    TransactionType::ALL.iter().filter(is_sent).cloned().collect()
}

/// Keeps something outside messages, in those interchanges that may hold what is read back as something else.
fn keep_around(interchange: &mut Interchange<'static>, source: &mut ByteSource<'_>) {
    keep(&mut interchange.header.unrecognised, source);
    while source.misleads(10) {
        let segment = kept_segment(source);
        match source.below(4) {
            0 => interchange.leading.push(segment),
            1 => interchange.trailing.push(segment),
            2 => interchange.unrecognised.push(Stray { before_message: source.below(4), segment }),
            _ => {
                let segments = (0..source.below(3)).map(|_| kept_segment(source)).collect();
                let message = OtherMessage { header: segment, segments, unrecognised: Vec::new() };
                interchange.messages.push(Message::Other(message));
            }
        }
    }
}

/// Generates a registration message of a type. It may be sent, unless the source is
/// [`as_received`](ByteSource::as_received).
///
/// ```
/// use nhais_edifact::generate::{ByteSource, registration};
/// use nhais_edifact::value::TransactionType;
///
/// let message = registration(&TransactionType::Approval, &mut ByteSource::new(&[]));
/// assert_eq!(message.transactions.len(), 1);
/// ```
pub fn registration(transaction_type: &TransactionType, source: &mut ByteSource<'_>) -> Registration<'static> {
    let reference = MessageSequence::new(1 + narrow(source.below(99_999_999)));
    let mut numbers = NumberSeries { next: 1 + source.below(9_999_000) as u64 };
    registration_as(transaction_type, reference.map(ControlReference::from).unwrap_or_default(), &mut numbers, source)
}

/// Generates a receipt message. It may be sent, unless the source is [`as_received`](ByteSource::as_received).
///
/// ```
/// use nhais_edifact::generate::{ByteSource, receipt};
///
/// let receipt = receipt(&mut ByteSource::new(&[]));
/// assert_eq!(receipt.messages.len(), 1);
/// ```
pub fn receipt(source: &mut ByteSource<'_>) -> Recep<'static> {
    let reference = MessageSequence::new(1 + narrow(source.below(99_999_999)));
    receipt_as(reference.map(ControlReference::from).unwrap_or_default(), source)
}

/// The numbers of transactions, none of them used twice.
struct NumberSeries {
    next: u64,
}

impl NumberSeries {
    /// The next number for a type: an HA's own numbers exceed seven digits (wire.md#s-8).
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

/// One of the types; where deviations are generated, also one outside the catalogue.
fn type_of(types: &[TransactionType], source: &mut ByteSource<'_>) -> TransactionType {
    if source.deviates(8) {
        return (*source.one_of(&["F7", "F12", "G4", "X"])).into();
    }
    source.one_of(types).clone()
}

/// Consecutive references, `count` of them; after 99,999,999 comes 1.
fn references(count: usize, source: &mut ByteSource<'_>) -> Vec<ControlReference<'static>> {
    let first = match source.below(8) {
        7 => MessageSequence::MAX,
        _ => 1 + narrow(source.below(99_999_999)),
    };
    let next = |sequence: &MessageSequence| Some(sequence.following());
    core::iter::successors(MessageSequence::new(first).ok(), next).take(count).map(ControlReference::from).collect()
}

/// A header with the tail that the messages must or may have (wire.md#s-1-4).
fn header(is_receipt: bool, source: &mut ByteSource<'_>) -> InterchangeHeader<'static> {
    let partner = |source: &mut ByteSource<'_>| {
        let code = |_| char::from(*source.one_of(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
        TradingPartnerCode::from((0..4).map(code).collect::<alloc::string::String>())
    };
    let (sender, recipient) = (partner(source), partner(source));
    let prepared = recent_time(source);
    let first = InterchangeSequence::new(InterchangeSequence::MAX).map(InterchangeSequence::following);
    let sequence = InterchangeSequence::new(1 + narrow(source.below(99_999_999))).or(first);
    let reference = sequence.map(ControlReference::from).unwrap_or_default();
    let mut header =
        InterchangeHeader { sender, recipient, prepared: prepared.into(), reference, ..InterchangeHeader::empty() };
    (header.syntax_identifier, header.syntax_version) = ("UNOA".into(), "2".into());
    let tail = if is_receipt { 3 } else { source.below(3) };
    let (application, agreement) = [
        (None, None),
        (Some("FHSREG"), None),
        (Some("FHSREG"), Some("FHSA EDI TRANSFERS")),
        (Some("RECEP"), Some("EDIFACT TRANSFER")),
    ][tail];
    (header.application_reference, header.agreement) = (application.map(Text::from), agreement.map(Text::from));
    if source.may_deviate() {
        add_unused(&mut header, source);
    }
    header
}

/// The elements of UNB that nobody uses.
fn add_unused(header: &mut InterchangeHeader<'static>, source: &mut ByteSource<'_>) {
    for (item, row) in [
        (&mut header.recipient_reference, Unb::RECIPIENT_REFERENCE),
        (&mut header.recipient_reference_qualifier, Unb::RECIPIENT_REFERENCE_QUALIFIER),
        (&mut header.priority, Unb::PRIORITY),
        (&mut header.acknowledgement_request, Unb::ACKNOWLEDGEMENT_REQUEST),
        (&mut header.test_indicator, Unb::TEST_INDICATOR),
    ] {
        *item = source.coin().then(|| any_text(row.format.limit(), source).into());
    }
    for text in [&mut header.syntax_identifier, &mut header.syntax_version] {
        if source.misleads(24) {
            *text = if source.coin() { "4".into() } else { misleading(source).into() };
        }
    }
    if source.misleads(24) {
        header.prepared = PreparationTime::from_wire(misleading(source), misleading(source));
    }
}

fn registration_as(
    transaction_type: &TransactionType,
    reference: ControlReference<'static>,
    numbers: &mut NumberSeries,
    source: &mut ByteSource<'_>,
) -> Registration<'static> {
    // A close quarter notification is alone in its message (wire.md#s-3-3-9).
    let is_close_quarter = *transaction_type == TransactionType::CloseQuarterNotification;
    let count = if is_close_quarter { 1 } else { 1 + source.below(3) };
    let mut heading = RegistrationHeader::default();
    fill(&mut heading, usize::from(is_close_quarter), source);
    let mut transactions = Transactions::of_type(Some(transaction_type.clone()));
    for _ in 0..count {
        let number = numbers.take(transaction_type);
        let made: Transaction<'static> = numbered(transaction_type, Some(number), source);
        // It is of the type of the list, so it fits.
        let _ = transactions.push(made);
    }
    if let (true, Transactions::Other { code, .. }) = (source.misleads(6), &mut transactions) {
        *code = Some(source.one_of(TransactionType::ALL).clone());
    }
    keep(&mut heading.unrecognised, source);
    let RegistrationHeader { ha, translated, quarter_end, unrecognised, .. } = heading;
    Registration { reference, ha, translated, quarter_end, transactions, unrecognised }
}

fn receipt_as(reference: ControlReference<'static>, source: &mut ByteSource<'_>) -> Recep<'static> {
    let mut heading = RecepHeader::default();
    fill(&mut heading, 0, source);
    let count = 1 + source.below(4);
    let acknowledged = references(count, source);
    let messages: Vec<MessageReceipt<'static>> = acknowledged
        .into_iter()
        .map(|reference| {
            let mut line = MessageReceipt::new(reference, source.one_of(MessageStatus::ALL).clone());
            if source.misleads(16) {
                line.reference = source.coin().then(|| misleading(source).into());
            }
            if source.misleads(16) {
                line.status = source.coin().then(|| MessageStatus::Other(misleading(source).into()));
            }
            keep(&mut line.unrecognised, source);
            line
        })
        .collect();
    let number = format!("{:08}", 1 + source.below(99_999_999));
    let status = source.one_of(InterchangeStatus::ALL).clone();
    let mut receipt = InterchangeReceipt::new(number, status, messages.len() as u64);
    if source.misleads(16) {
        receipt.count = Some(misleading(source).into());
    }
    keep(&mut heading.unrecognised, source);
    let RecepHeader { made, parties, received, unrecognised, .. } = heading;
    let interchange = Some(receipt);
    Recep { reference, made, parties, received, messages, interchange, unrecognised }
}
