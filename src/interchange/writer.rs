//! Writes interchanges: whole, or part by part.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::event::RegistrationHeader;
use super::model::{Decoded, Interchange, Message, reference_of};
use super::numbers::{NumbersByType, References, Used};
use super::trailer::TrailerUnit;
use super::units::{MessageKind, UNG};
use crate::check::{self, Rule};
use crate::error::{Error, ErrorKind, Location, Stated};
use crate::issue::{Issue, IssueSink};
use crate::options::{HeaderTail, Limits, Policy, ReadOptions, WriteOptions, WriteTopic};
use crate::receipt::{InterchangeReceipt, MessageReceipt, RecepHeader};
use crate::segment::is_known_tag;
use crate::segment::receipt::{RffMis, RffRis};
use crate::segment::registration::{Rff950, RffTn as NumberTable};
use crate::segment::service::{
    InterchangeHeader, RECEIPT_TAIL, REGISTRATION_TAIL, SYNTAX, Trailer, Unb, UnhRegistration, Unt, Unz,
};
use crate::syntax::{RawSegment, SegmentQualifier, is_taken_for_interchange};
use crate::table::{
    Group as _, GroupWriter, KeptSegments, Layout, Row, Table, Unrecognised, write_group, write_head, write_raw,
};
use crate::transaction::{Transaction, Transactions};
use crate::value::{ControlReference, Count, MessageSequence, Series, TransactionNumber, TransactionType};

/// How many runs of numbers are remembered.
const NUMBER_RUNS: usize = 4_096;

/// The kind of interchange that the tail of UNB states.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// `++RECEP+++EDIFACT TRANSFER`
    Receipt,
    /// `++RECEP` and not the rest, or the other way round.
    Mixed,
    /// Anything else.
    Registration,
}

impl Tail {
    fn of(header: &InterchangeHeader<'_>) -> Self {
        let reference = header.application_reference.as_deref() == Some(RECEIPT_TAIL.0);
        let agreement = header.agreement.as_deref() == Some(RECEIPT_TAIL.1);
        match (reference, agreement) {
            (true, true) => Self::Receipt,
            (false, false) => Self::Registration,
            _ => Self::Mixed,
        }
    }
}

/// Writes an interchange part by part into a buffer; makes counts and repeated references.
///
/// Call order: the header; per message its heading, its transactions or receipts, and
/// [`end_message`](Self::end_message); last [`finish`](Self::finish). After an error the buffer holds a part of an
/// interchange and should be discarded.
///
/// Values that would be read back as something else are refused, [as received](WriteOptions::as_received) too. Kept
/// segments and components are written as they are; only [`Interchange::encode`] verifies that they are read back as
/// such.
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::interchange::RegistrationHeader;
/// use nhais_edifact::{InterchangeHeader, InterchangeWriter, WriteOptions};
/// use nhais_edifact::transaction::{PatientIdentifier, Person, Removal, Transaction};
/// use nhais_edifact::value::{InterchangeSequence, MessageSequence, TransactionNumber, TransactionType};
///
/// let time = NaiveDate::from_ymd_opt(2024, 3, 18).unwrap().and_hms_opt(9, 7, 0).unwrap();
/// let mut heading = RegistrationHeader::default();
/// heading.reference = MessageSequence::new(508)?.into();
/// heading.ha = Some("ZQX".into());
/// heading.translated = Some(time.into());
/// heading.transaction_type = Some(TransactionType::Removal);
/// let mut removal = Removal::default();
/// removal.number = Some(TransactionNumber::new(2009)?);
/// removal.gp = Some("7000015,T93".into());
/// removal.notes = Some("MOVED 40 MILES AWAY".into());
/// removal.patient = Some(Person { identifier: Some(PatientIdentifier::official("9990000069")), ..Person::default() });
///
/// let mut buffer = Vec::new();
/// let header = InterchangeHeader::new("KLM5", "ZQX1", time, InterchangeSequence::new(108)?);
/// let mut writer = InterchangeWriter::new(&header, &WriteOptions::default(), &mut buffer)?;
/// writer.registration(&heading)?;
/// writer.transaction(&Transaction::Removal(removal))?;
/// writer.end_message()?;
/// writer.finish()?;
/// assert!(buffer.ends_with(b"UNT+12+00000508'\nUNZ+1+00000108'"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct InterchangeWriter<'o> {
    out: GroupWriter<'o>,
    reference: ControlReference<'static>,
    /// Components that were kept of UNZ.
    kept: Vec<Unrecognised<'static>>,
    messages: u64,
    /// How many functional groups began; UNZ counts these if there are any.
    groups: u64,
    kind: Option<MessageKind>,
    /// Whether the tail of UNB is that of a receipt.
    tail: Tail,
    last_reference: Option<u64>,
    /// References, transaction numbers by type, and acknowledged messages: none may be used twice.
    references: References,
    numbers: NumbersByType,
    acknowledged: References,
    message: Option<OpenMessage>,
}

/// The current message, and what is still to be written of it.
struct OpenMessage {
    kind: MessageKind,
    reference: ControlReference<'static>,
    transaction_type: Option<TransactionType>,
    has_body: bool,
    /// Receipts of messages so far.
    receipts: u64,
    /// The mandatory lines of a receipt that are still missing.
    lacks: &'static [&'static Layout],
    /// Segments that were kept behind the heading.
    kept: Vec<Unrecognised<'static>>,
    /// Components that were kept of UNT.
    trailer: Vec<Unrecognised<'static>>,
}

impl<'o> InterchangeWriter<'o> {
    /// Writes UNB to the end of `out`.
    ///
    /// # Errors
    ///
    /// The header may not be sent as it is.
    pub fn new(header: &InterchangeHeader<'_>, options: &WriteOptions, out: &'o mut Vec<u8>) -> Result<Self, Error> {
        Self::with_writer(header, &[], GroupWriter::new(out, *options, None))
    }

    fn with_writer(
        header: &InterchangeHeader<'_>,
        leading: &[RawSegment<'_>],
        mut out: GroupWriter<'o>,
    ) -> Result<Self, Error> {
        out.is_known = is_known_tag;
        write_all_raw(leading, ErrorKind::TextOutsideInterchange, &mut out)?;
        let header = with_tail(header, out.options.tail);
        if header.syntax_version.as_str() == "4" {
            out.repeats = true;
        }
        for (row, value, expected) in [
            (Unb::SYNTAX_IDENTIFIER, &header.syntax_identifier, SYNTAX.0),
            (Unb::SYNTAX_VERSION, &header.syntax_version, SYNTAX.1),
        ] {
            if out.validates() && value != expected {
                let kind = ErrorKind::InvalidConstant { expected };
                out.apply_policy(refuse_at(kind, row, &out))?;
            }
        }
        let before = out.segments.written().len();
        write_group(&*header, &mut out)?;
        // A line in the header would be taken for the start of an interchange, and the header for text before it.
        let written = out.segments.written()[before..].trim_ascii_start();
        let begins = |line: &[u8]| line.starts_with(b"UNA") || line.starts_with(b"UNB");
        if written.split(|byte| matches!(byte, b'\r' | b'\n')).skip(1).any(begins) {
            out.give_up(out.refuse_segment(ErrorKind::Unrepresentable, Unb::LAYOUT))?;
        }
        let tail = Tail::of(&header);
        Ok(Self {
            out,
            reference: header.reference.clone().into_owned(),
            kept: kept_of(&header.unrecognised, Unz::LAYOUT.name),
            messages: 0,
            groups: 0,
            kind: None,
            tail,
            references: References::default(),
            numbers: NumbersByType::default(),
            acknowledged: References::default(),
            last_reference: None,
            message: None,
        })
    }

    /// Writes the heading of a registration message.
    ///
    /// # Errors
    ///
    /// The heading may not be sent as it is, or receipts came before.
    pub fn registration(&mut self, header: &RegistrationHeader<'_>) -> Result<(), Error> {
        self.begin_message(MessageKind::Registration, &header.reference)?;
        write_group(header, &mut self.out)?;
        self.message = Some(OpenMessage {
            kind: MessageKind::Registration,
            reference: header.reference.clone().into_owned(),
            transaction_type: header.transaction_type.clone(),
            has_body: false,
            receipts: 0,
            lacks: &[],
            kept: Vec::new(),
            trailer: kept_of(&header.unrecognised, Unt::LAYOUT.name),
        });
        Ok(())
    }

    /// Writes a transaction, which must be of the type that the heading of the message has.
    ///
    /// # Errors
    ///
    /// The transaction may not be sent as it is, or is of another type.
    pub fn transaction(&mut self, transaction: &Transaction<'_>) -> Result<(), Error> {
        let message = self.message.as_ref().filter(|message| message.kind == MessageKind::Registration);
        let Some(message) = message else { return Err(self.out.refuse(ErrorKind::SegmentOutsideMessage)) };
        let expected = message.transaction_type.as_ref();
        let fits = match transaction.transaction_type() {
            Some(own) => expected == Some(&own),
            None => expected.is_none_or(|expected| !expected.is_known()),
        };
        if !fits {
            return Err(refuse_at(ErrorKind::UnforeseenSegment, Rff950::CODE, &self.out));
        }
        self.note_body();
        refuse_broken(&mut self.out, |report| check::transaction(transaction, report))?;
        let number = transaction.number();
        refuse_repeated(&mut self.numbers, transaction.transaction_type().as_ref(), number.as_ref(), &mut self.out)?;
        transaction.write(&mut self.out)
    }

    /// Writes the transactions of a message, which must be of the type that its heading has.
    pub(super) fn transactions(&mut self, transactions: &Transactions<'_>) -> Result<(), Error> {
        if matches!(transactions, Transactions::Other { code: Some(code), .. } if code.is_known()) {
            self.out.give_up(refuse_at(ErrorKind::ReadOtherwise, Rff950::CODE, &self.out))?;
        }
        if !transactions.is_empty() {
            self.note_body();
        }
        if let Transactions::Other { .. } = transactions {
            refuse_broken(&mut self.out, |report| check::transactions(transactions, report))?;
        }
        let (transaction_type, numbers) = (transactions.transaction_type(), &mut self.numbers);
        transactions.write(&mut self.out, |out, at, number| {
            refuse_broken(out, |report| check::one_of(transactions, at, report))?;
            refuse_repeated(numbers, transaction_type.as_ref(), number, out)
        })
    }

    /// Writes the heading of a receipt message.
    ///
    /// # Errors
    ///
    /// The heading may not be sent as it is, or registrations came before.
    pub fn receipt(&mut self, header: &RecepHeader<'_>) -> Result<(), Error> {
        self.begin_message(MessageKind::Receipt, &header.reference)?;
        let rest = self.out.close_after(|out| write_head(header, 0, header.present(), out))?.kept;
        self.message = Some(OpenMessage {
            kind: MessageKind::Receipt,
            reference: header.reference.clone().into_owned(),
            transaction_type: None,
            has_body: false,
            receipts: 0,
            lacks: &[RffMis::LAYOUT, RffRis::LAYOUT],
            kept: rest.iter().cloned().map(Unrecognised::into_owned).collect(),
            trailer: kept_of(&header.unrecognised, Unt::LAYOUT.name),
        });
        Ok(())
    }

    /// Writes the receipt of a message.
    ///
    /// # Errors
    ///
    /// The receipt may not be sent as it is.
    pub fn message_receipt(&mut self, receipt: &MessageReceipt<'_>) -> Result<(), Error> {
        self.check_line(RffMis::LAYOUT)?;
        self.write_kept(false)?;
        self.note_body();
        if let Some(message) = &mut self.message {
            message.lacks = &[RffRis::LAYOUT];
            message.receipts += 1;
        }
        let used = receipt.reference.as_ref().and_then(Used::of);
        let repeats = used.is_some_and(|used| !self.acknowledged.insert(used, NUMBER_RUNS));
        if repeats {
            self.out.apply_policy(refuse_at(ErrorKind::RepeatedReceipt, RffMis::WORDS, &self.out))?;
        }
        write_group(receipt, &mut self.out)
    }

    /// Writes the receipt of the interchange, which comes last.
    ///
    /// # Errors
    ///
    /// The receipt may not be sent as it is.
    pub fn interchange_receipt(&mut self, receipt: &InterchangeReceipt<'_>) -> Result<(), Error> {
        self.check_line(RffRis::LAYOUT)?;
        self.write_kept(false)?;
        self.note_body();
        if let Some(message) = &mut self.message {
            message.lacks = message.lacks.split_last().map_or(&[], |(_, others)| others);
            let stated = receipt.count.as_ref().and_then(Count::number);
            if self.out.validates() && stated != Some(message.receipts) {
                // The count is that of the messages, each of which has its receipt (wire.md#row-22 and wire.md#row-65).
                let kind = ErrorKind::ControlCount { counted: message.receipts, stated: Stated(stated) };
                self.out.apply_policy(refuse_at(kind, RffRis::COUNT, &self.out))?;
            }
        }
        write_group(receipt, &mut self.out)
    }

    /// Lines belong into receipts, that of the interchange once and last.
    fn check_line(&self, line: &Layout) -> Result<(), Error> {
        match &self.message {
            Some(message) if message.kind == MessageKind::Receipt => match message.lacks {
                [_, ..] => Ok(()),
                [] => Err(self.out.refuse_segment(ErrorKind::RepeatedSegment, RffRis::LAYOUT)),
            },
            _ => Err(self.out.refuse_segment(ErrorKind::SegmentOutsideMessage, line)),
        }
    }

    /// Writes UNH of a message of another type; only [as received](WriteOptions::as_received).
    ///
    /// # Errors
    ///
    /// The options do not allow it.
    pub fn other(&mut self, header: &RawSegment<'_>) -> Result<(), Error> {
        self.other_with(header, &[])
    }

    fn other_with(&mut self, header: &RawSegment<'_>, trailer: &[Unrecognised<'_>]) -> Result<(), Error> {
        let reference = reference_of(header).unwrap_or_default().into_owned();
        self.begin_message(MessageKind::Other, &reference)?;
        write_raw(header, &mut self.out)?;
        self.message = Some(OpenMessage {
            kind: MessageKind::Other,
            reference,
            transaction_type: None,
            has_body: true,
            receipts: 0,
            lacks: &[],
            kept: Vec::new(),
            trailer: kept_of(trailer, Unt::LAYOUT.name),
        });
        Ok(())
    }

    /// Writes a segment as it is, in a message or between messages; only [as received](WriteOptions::as_received).
    ///
    /// # Errors
    ///
    /// The options do not allow it.
    pub fn segment(&mut self, segment: &RawSegment<'_>) -> Result<(), Error> {
        let begins_group = self.message.is_none() && segment.tag() == UNG.tag();
        self.groups += u64::from(begins_group);
        write_all_raw(core::slice::from_ref(segment), ErrorKind::SegmentOutsideMessage, &mut self.out)
    }

    /// Writes the segments that were kept behind a heading: those at the place that was reached, or all.
    fn write_kept(&mut self, all: bool) -> Result<(), Error> {
        let Some(message) = self.message.as_mut().filter(|message| !message.kept.is_empty()) else { return Ok(()) };
        let written = usize::try_from(self.out.segments.count()).unwrap_or(usize::MAX);
        let mut next = KeptSegments::new(&message.kept, written);
        if all {
            next.write_rest(&mut self.out)?;
        } else {
            // A kept RFF+RIS is never written before the one that counts.
            next.write_due(|key| key == RffRis::LAYOUT.key, &mut self.out)?;
        }
        let done = message.kept.len() - next.kept.len();
        message.kept.drain(..done);
        Ok(())
    }

    fn note_body(&mut self) {
        if let Some(message) = &mut self.message {
            message.has_body = true;
        }
    }

    /// Writes UNT.
    ///
    /// # Errors
    ///
    /// The message has no transaction or receipt.
    pub fn end_message(&mut self) -> Result<(), Error> {
        self.out.transaction = None;
        self.write_kept(true)?;
        let Some(message) = self.message.take() else { return Ok(()) };
        if self.out.validates() {
            self.refuse_unfinished(&message)?;
        }
        let count = Some(Count::new(self.out.segments.count() + 1));
        let reference = Some(message.reference).filter(|reference| !reference.is_empty());
        let trailer = Trailer { count, reference, unrecognised: message.trailer };
        write_group(&TrailerUnit::<Unt>::of(trailer), &mut self.out)?;
        (self.out.message, self.out.nth_message) = (None, None);
        Ok(())
    }

    fn refuse_unfinished(&mut self, message: &OpenMessage) -> Result<(), Error> {
        if !message.has_body {
            return self.out.apply_policy(self.out.refuse_segment(ErrorKind::EmptyMessage, UnhRegistration::LAYOUT));
        }
        message.lacks.iter().try_for_each(|layout| {
            self.out.apply_policy(self.out.refuse_segment(ErrorKind::MissingSegment { name: layout.name }, layout))
        })
    }

    /// Writes UNZ.
    ///
    /// # Errors
    ///
    /// There was no message.
    pub fn finish(self) -> Result<(), Error> {
        self.finish_with(&[]).map(|_| ())
    }

    /// As [`finish`](Self::finish), with the segments behind UNZ; returns whether anything was written that may be read
    /// back as something else.
    fn finish_with(mut self, trailing: &[RawSegment<'_>]) -> Result<bool, Error> {
        self.end_message()?;
        if self.messages == 0 {
            self.out.apply_policy(self.out.refuse(ErrorKind::NoMessage))?;
        }
        let count = Some(Count::new(if self.groups > 0 { self.groups } else { self.messages }));
        let reference = Some(self.reference).filter(|reference| !reference.is_empty());
        let trailer = Trailer { count, reference, unrecognised: self.kept };
        write_group(&TrailerUnit::<Unz>::of(trailer), &mut self.out)?;
        write_all_raw(trailing, ErrorKind::TextOutsideInterchange, &mut self.out)?;
        if self.out.options.final_break {
            self.out.segments.finish();
        }
        Ok(self.out.is_doubtful)
    }

    /// Ends the current message, and starts another.
    fn begin_message(&mut self, kind: MessageKind, reference: &ControlReference<'_>) -> Result<(), Error> {
        self.end_message()?;
        self.out.message = reference.number();
        self.out.nth_message = u32::try_from(self.messages + 1).ok();
        if self.out.validates() {
            self.check_sequence(kind, reference)?;
        }
        self.messages += 1;
        self.out.segments.restart_count();
        Ok(())
    }

    /// Messages are of one kind, and their references ascend (wire.md#row-53, wire.md#row-54 and wire.md#row-68).
    fn check_sequence(&mut self, kind: MessageKind, reference: &ControlReference<'_>) -> Result<(), Error> {
        if kind == MessageKind::Other {
            return self.out.apply_policy(self.out.refuse_segment(ErrorKind::MessageType, UnhRegistration::LAYOUT));
        }
        if *self.kind.get_or_insert(kind) != kind {
            self.out.apply_policy(self.out.refuse_segment(ErrorKind::MixedMessages, UnhRegistration::LAYOUT))?;
        }
        self.check_tail(kind)?;
        self.acknowledged.clear();
        let number = reference.number();
        // After 99,999,999 comes 1.
        let wraps = number == Some(1) && self.last_reference == Some(u64::from(MessageSequence::MAX));
        let repeats = Used::of(reference).is_some_and(|used| !self.references.insert(used, NUMBER_RUNS));
        if repeats || (number.is_some() && number <= self.last_reference && !wraps) {
            self.out.apply_policy(refuse_at(ErrorKind::RepeatedReference, UnhRegistration::REFERENCE, &self.out))?;
        }
        self.last_reference = number;
        Ok(())
    }

    /// A receipt has the whole tail of receipts in UNB, a registration none of it (wire.md#row-1).
    fn check_tail(&mut self, kind: MessageKind) -> Result<(), Error> {
        let expected = if kind == MessageKind::Receipt { Tail::Receipt } else { Tail::Registration };
        if self.tail == expected {
            return Ok(());
        }
        let expected = if kind == MessageKind::Receipt { "RECEP and EDIFACT TRANSFER" } else { "no tail of a receipt" };
        self.out.apply_policy(refuse_at(ErrorKind::InvalidConstant { expected }, Unb::APPLICATION_REFERENCE, &self.out))
    }
}

/// An error at a row.
fn refuse_at(kind: ErrorKind, row: &Row, out: &GroupWriter<'_>) -> Error {
    Error::new(kind, Location { message: out.message, transaction: out.transaction, ..row.location() })
}

/// Refuses what breaks a rule; the first broken rule is the error.
fn refuse_broken(out: &mut GroupWriter<'_>, check: impl FnOnce(check::Report<'_>)) -> Result<(), Error> {
    if !out.validates() {
        return Ok(());
    }
    let mut result = Ok(());
    check(&mut |rule, transaction| {
        if result.is_ok() {
            result = out.apply_policy(broken(rule, out.message, transaction));
        }
    });
    result
}

/// Refuses a number that was used before under the same type (wire.md#row-39).
fn refuse_repeated(
    numbers: &mut NumbersByType,
    transaction_type: Option<&TransactionType>,
    number: Option<&TransactionNumber<'_>>,
    out: &mut GroupWriter<'_>,
) -> Result<(), Error> {
    let (Some(transaction_type), true) = (transaction_type, out.validates()) else { return Ok(()) };
    let Some(used) = number.and_then(Used::of_transaction) else { return Ok(()) };
    if numbers.insert_used(series_of(transaction_type), used, NUMBER_RUNS) {
        return Ok(());
    }
    out.transaction = number.and_then(TransactionNumber::number);
    let kind = ErrorKind::RepeatedTransactionNumber;
    out.apply_policy(refuse_at(kind, NumberTable::NUMBER, out))
}

/// The type under which numbers are remembered: one for all types whose numbers are of the same series.
fn series_of(transaction_type: &TransactionType) -> &TransactionType {
    match transaction_type.series() {
        Some(Series::Practice) => &TransactionType::Acceptance,
        Some(Series::Quoted) => &TransactionType::Approval,
        Some(Series::Ha) => &TransactionType::AmendmentIn,
        None => transaction_type,
    }
}

/// The error about a broken rule.
pub(crate) fn broken(rule: &'static Rule, message: Option<u64>, transaction: Option<u64>) -> Error {
    let (_, element, component) = rule.place;
    let place = Location {
        tag: Some(rule.tag()),
        qualifier: SegmentQualifier::of_name(rule.place.0),
        element: Some(element),
        component: Some(component),
        message,
        transaction,
        ..Location::default()
    };
    Error::new(rule.kind(), place)
}

/// Writes a whole interchange.
pub(super) fn write_interchange(
    interchange: &Interchange<'_>,
    options: &WriteOptions,
    sink: Option<&mut dyn IssueSink>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let (mut options, start) = (*options, out.len());
    let is_receipt = matches!(interchange.messages.first(), Some(Message::Recep(_)));
    let header = with_tail_of(&interchange.header, is_receipt, &mut options);
    let is_doubtful = match sink {
        Some(sink) => write_parts(interchange, &header, GroupWriter::new(out, options, Some(sink))),
        None => write_parts(interchange, &header, GroupWriter::new(out, options, None)),
    }?;
    // Kept segments may be anything, so the output is read back to compare (law L11), unless the result is known.
    if is_doubtful && !is_read_back(interchange, &header, out.get(start..).unwrap_or_default()) {
        return Err(Error::new(ErrorKind::ReadOtherwise, Location::default()));
    }
    Ok(())
}

/// Lists all that strict writing would refuse of an interchange.
pub(super) fn list_faults(interchange: &Interchange<'_>, sink: &mut dyn IssueSink) {
    let is_receipt = matches!(interchange.messages.first(), Some(Message::Recep(_)));
    let header = with_tail_of(&interchange.header, is_receipt, &mut WriteOptions::default());
    let refused = write_parts(interchange, &header, GroupWriter::listing(&mut Vec::new(), sink)).err();
    if let Some(error) = refused {
        sink.report(Issue::new(error));
    }
}

/// Writes the parts of an interchange; returns whether anything may be read back as something else.
fn write_parts(
    interchange: &Interchange<'_>,
    header: &InterchangeHeader<'_>,
    out: GroupWriter<'_>,
) -> Result<bool, Error> {
    let mut writer = InterchangeWriter::with_writer(header, &interchange.leading, out)?;
    let mut strays = interchange.unrecognised.iter().peekable();
    for (at, message) in interchange.messages.iter().enumerate() {
        while let Some(stray) = strays.next_if(|stray| stray.before_message <= at) {
            writer.segment(&stray.segment)?;
        }
        write_message(message, &mut writer)?;
        writer.end_message()?;
    }
    for stray in strays {
        writer.segment(&stray.segment)?;
    }
    writer.finish_with(&interchange.trailing)
}

/// Whether the output is read back as the same interchange, with the header that was written. The places of kept
/// segments may differ: a segment that was missing and is written moves them, and a name takes its slot back.
#[cold]
fn is_read_back(interchange: &Interchange<'_>, header: &InterchangeHeader<'_>, wire: &[u8]) -> bool {
    // The limits do not apply to what was just written.
    let limits = Limits {
        segment_length: usize::MAX,
        components_per_segment: usize::MAX,
        transaction_length: usize::MAX,
        segments_per_transaction: usize::MAX,
        transactions_per_message: usize::MAX,
        messages_per_interchange: usize::MAX,
        ..Limits::default()
    };
    let options = ReadOptions::default().limits(limits);
    let Ok(Decoded { interchange: mut read, .. }) = Interchange::decode_with(wire, &options) else { return false };
    let mut own = Interchange { header: header.clone(), ..interchange.clone() };
    read == own || {
        forget_places(&mut read);
        forget_places(&mut own);
        read == own
    }
}

fn forget_places(interchange: &mut Interchange<'_>) {
    forget_places_of(&mut interchange.header.unrecognised);
    for message in &mut interchange.messages {
        match message {
            Message::Registration(message) => {
                forget_places_of(&mut message.unrecognised);
                message.transactions.for_each_kept(&mut |kept| forget_places_of(kept));
            }
            Message::Recep(message) => {
                forget_places_of(&mut message.unrecognised);
                message.messages.iter_mut().for_each(|receipt| forget_places_of(&mut receipt.unrecognised));
                message.interchange.iter_mut().for_each(|receipt| forget_places_of(&mut receipt.unrecognised));
            }
            Message::Other(message) => forget_places_of(&mut message.unrecognised),
        }
    }
}

fn forget_places_of(kept: &mut [Unrecognised<'_>]) {
    for one in &mut *kept {
        match one {
            Unrecognised::Component { element, .. } => *element = 0,
            Unrecognised::Segment { at, .. } => *at = 0,
        }
    }
    kept.sort_by(|one, other| what_was_kept(one).cmp(&what_was_kept(other)));
}

fn what_was_kept<'k>(kept: &'k Unrecognised<'_>) -> (&'k str, u16, &'k str) {
    match kept {
        Unrecognised::Component { segment, component, text, .. } => (segment.as_str(), *component, text.as_str()),
        Unrecognised::Segment { segment, .. } => (segment.as_wire(), 0, ""),
    }
}

fn write_message(message: &Message<'_>, writer: &mut InterchangeWriter<'_>) -> Result<(), Error> {
    match message {
        Message::Registration(message) => {
            writer.registration(&message.header())?;
            writer.transactions(&message.transactions)
        }
        Message::Recep(message) => {
            writer.receipt(&message.header())?;
            for receipt in &message.messages {
                writer.message_receipt(receipt)?;
            }
            message.interchange.as_ref().map_or(Ok(()), |receipt| writer.interchange_receipt(receipt))
        }
        Message::Other(message) => {
            writer.other_with(&message.header, &message.unrecognised)?;
            message.segments.iter().try_for_each(|segment| writer.segment(segment))
        }
    }
}

/// The header with the tail that the options ask for; an application reference tells whether it is a receipt.
fn with_tail<'h, 'a>(header: &'h InterchangeHeader<'a>, tail: HeaderTail) -> Cow<'h, InterchangeHeader<'a>> {
    let is_receipt = header.application_reference.as_deref() == Some(RECEIPT_TAIL.0);
    set_tail(header, tail, is_receipt)
}

/// The header with the tail that the options ask for, for messages of this kind. Receipts have the full tail even if
/// the model has none (wire.md#row-1).
fn with_tail_of<'h, 'a>(
    header: &'h InterchangeHeader<'a>,
    is_receipt: bool,
    options: &mut WriteOptions,
) -> Cow<'h, InterchangeHeader<'a>> {
    let has_none = header.application_reference.is_none() && header.agreement.is_none();
    let tail = match core::mem::take(&mut options.tail) {
        HeaderTail::AsGiven if is_receipt && has_none && options.policy(WriteTopic::Constants) == Policy::Reject => {
            HeaderTail::Full
        }
        tail => tail,
    };
    set_tail(header, tail, is_receipt)
}

fn set_tail<'h, 'a>(
    header: &'h InterchangeHeader<'a>,
    tail: HeaderTail,
    is_receipt: bool,
) -> Cow<'h, InterchangeHeader<'a>> {
    if tail == HeaderTail::AsGiven {
        return Cow::Borrowed(header);
    }
    let (reference, agreement) = if is_receipt { RECEIPT_TAIL } else { REGISTRATION_TAIL };
    let mut header = header.clone();
    header.application_reference = (tail != HeaderTail::None).then(|| reference.into());
    header.agreement = (tail == HeaderTail::Full).then(|| agreement.into());
    Cow::Owned(header)
}

/// The components that were kept of a trailer.
fn kept_of(kept: &[Unrecognised<'_>], name: &str) -> Vec<Unrecognised<'static>> {
    let of_trailer =
        |kept: &&Unrecognised<'_>| matches!(kept, Unrecognised::Component { segment, .. } if segment.as_str() == name);
    kept.iter().filter(of_trailer).cloned().map(Unrecognised::into_owned).collect()
}

/// Writes segments without a place, if the options allow it.
fn write_all_raw(segments: &[RawSegment<'_>], refusal: ErrorKind, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    if !segments.is_empty() {
        out.apply_policy(out.refuse(refusal))?;
    }
    // Text that would be taken for the start of an interchange cannot be written outside one.
    let misleading = |segment: &RawSegment<'_>| {
        let text: Vec<u8> = segment.as_wire().chars().filter_map(|character| u8::try_from(character).ok()).collect();
        is_taken_for_interchange(&text)
    };
    if refusal == ErrorKind::TextOutsideInterchange && segments.iter().any(misleading) {
        return Err(out.refuse(ErrorKind::Unrepresentable));
    }
    segments.iter().try_for_each(|segment| write_raw(segment, out))
}
