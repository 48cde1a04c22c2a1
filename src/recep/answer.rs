//! Derives the receipt of a received interchange.

use alloc::vec::Vec;

use chrono::NaiveDateTime;

use super::{InterchangeReceipt, MessageReceipt, ReceiptParties, Recep};
use crate::error::{Error, ErrorKind, Location, Stated};
use crate::exchange::Numbering;
use crate::interchange::{Decoded, Event, Interchange, InterchangeHeader, Message, reference_of};
use crate::issue::Issue;
use crate::segment::service::{RECEIPT_TAIL, Unz};
use crate::syntax::RawSegment;
use crate::table::Table;
use crate::transaction::Transaction;
use crate::value::{ControlReference, Count, GpCode, HaCipher, InterchangeStatus, MessageStatus};

/// When an interchange was received, its receipt made, and the interchange of the receipt prepared; UK local time.
///
/// Published samples have three different times, each not before the one named before it; the NHS's adaptor writes one
/// time three times, as `ReceiptTimes::from(time)` does. Source: [facts 6.2](crate::reference::wire#s-6-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReceiptTimes {
    /// `DTM+815`.
    pub received: NaiveDateTime,
    /// `BGM`.
    pub made: NaiveDateTime,
    /// `UNB`.
    pub prepared: NaiveDateTime,
}

impl From<NaiveDateTime> for ReceiptTimes {
    fn from(time: NaiveDateTime) -> Self {
        Self { received: time, made: time, prepared: time }
    }
}

/// A message to be acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AnsweredMessage {
    /// Its reference, in UNH.
    pub reference: ControlReference<'static>,
    /// The status that the receipt states.
    pub status: MessageStatus,
    /// Its ordinal in the interchange, counting from 1.
    nth: u32,
}

/// The answer to a received interchange, from which its receipt is made.
///
/// It is made [of a whole interchange](Self::of), or event by event and issue by issue while reading:
///
/// * a message is `CI` if its trailer is missing or an error ended the reading in it;
/// * otherwise it is `CA` if anything in it was lost, could not be read, was missing, or stood out of its place;
/// * otherwise it is `CP`. Wrong counts and references, numbers used twice, and deviations of form that leave the
///   content whole (blanks, separators without data, empty segments, characters outside level A, values that are too
///   long) are no errors of translation.
///
/// This is the crate's interpretation of the codes; no rule is [known](crate::reference::wire#s-6-4). [`messages_mut`]
/// changes it. The interchange is `OK` if every message is `CP`, no segment stood outside them, and it was read to its
/// end. Text before and behind an interchange is not part of it; only a segment behind UNZ keeps it from being `OK`.
/// Otherwise its status has to be chosen, because the meanings of the codes and the published samples disagree:
/// [`set_status`] sets one, [`status_by_meaning`] gives the one that the meanings suggest.
///
/// The cipher is that of the first message, the GP that of its first transaction, `9999` if there is none; receipts
/// among the messages are passed over, since they are not acknowledged. The count is that of the messages received,
/// unless [the stated one](Self::quote_stated_count) is asked for. What is quoted is quoted as it came, so a receipt
/// for a damaged interchange may have to be encoded [as received](crate::WriteOptions::as_received): without a cipher,
/// with a GP code or a reference that is none. Source: [facts 6.3](crate::reference::wire#s-6-3).
///
/// [`messages_mut`]: Self::messages_mut
/// [`set_status`]: Self::set_status
/// [`status_by_meaning`]: Self::status_by_meaning
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::exchange::Numbering;
/// use nhais_edifact::recep::Answer;
/// use nhais_edifact::{Interchange, WriteOptions};
///
/// # let input = b"UNB+UNOA:2+ZQX1+KLM5+240402:0601+00044004'UNH+00067004+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202404020559:203'DTM+206:20240331:102'RFF+950:F8'RFF+TN:10900004'GIS+Q:ZZZ'UNT+9+00067004'UNZ+1+00044004'";
/// let received = Interchange::decode(input)?;
///
/// let now = NaiveDate::from_ymd_opt(2024, 4, 2).unwrap().and_hms_opt(6, 30, 0).unwrap();
/// let mut numbering = Numbering::default();
/// let receipt = Answer::of(&received).receipt(now, &mut numbering)?;
/// let bytes = receipt.encode(&WriteOptions::default())?;
/// assert!(bytes.ends_with(b"RFF+MIS:00067004 CP'\nRFF+RIS:00044004 OK:1'\nUNT+7+00000001'\nUNZ+1+00000001'"));
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about what was received or asked for")]
pub struct Answer {
    header: Option<InterchangeHeader<'static>>,
    ha: Option<HaCipher<'static>>,
    gp: Option<GpCode<'static>>,
    messages: Vec<AnsweredMessage>,
    /// How many messages of any kind began.
    begun: u32,
    /// Whether the last message was not ended.
    is_open: bool,
    /// Whether UNZ was read, or is known to be missing.
    is_ended: bool,
    /// Whether UNZ lacks its terminator, and so may have been cut short.
    is_unterminated: bool,
    /// Whether there were receipts, which are not acknowledged themselves.
    has_receipts: bool,
    /// How many transactions the first message has so far.
    first_transactions: usize,
    /// The count that UNZ states, where it is known.
    stated_count: Option<u64>,
    quotes_stated_count: bool,
    /// Whether something was lost outside the messages: the reading ended with an error, segments stood between
    /// messages, UNZ is missing.
    is_broken: bool,
    status: Option<InterchangeStatus>,
}

impl Answer {
    /// The answer to a decoded interchange and its issues.
    pub fn of(decoded: &Decoded<'_>) -> Self {
        let Decoded { interchange, issues } = decoded;
        let mut answer = Self { header: Some(interchange.header.clone().into_owned()), ..Self::default() };
        for message in &interchange.messages {
            if matches!(message, Message::Recep(_)) {
                answer.pass_receipt();
                continue;
            }
            answer.open(&message.reference().unwrap_or_default());
            answer.is_open = false;
            if let (Message::Registration(message), 1) = (message, answer.messages.len()) {
                answer.ha = message.ha.clone().map(HaCipher::into_owned);
                answer.gp = message.transactions.first_gp().map(GpCode::into_owned);
            }
        }
        answer.is_broken = interchange.trailing.iter().any(is_segment);
        for issue in issues {
            answer.note(issue);
        }
        answer
    }

    /// Whether there was a header of an interchange.
    pub fn is_begun(&self) -> bool {
        self.header.is_some()
    }

    /// Processes an event; a header of an interchange starts the answer again.
    ///
    /// ```
    /// use nhais_edifact::recep::Answer;
    /// use nhais_edifact::{EventReader, Issue, ReadOptions};
    ///
    /// # let input = b"UNB+UNOA:2+ZQX1+KLM5+240402:0601+00044004'UNH+00067004+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202404020559:203'DTM+206:20240331:102'RFF+950:F8'RFF+TN:10900004'GIS+Q:ZZZ'UNT+9+00067004'UNZ+1+00044004'";
    /// let mut answer = Answer::default();
    /// let mut issues: Vec<Issue> = Vec::new();
    /// let mut reader = EventReader::new(input, ReadOptions::default());
    /// loop {
    ///     match reader.next_event(&mut issues) {
    ///         Ok(Some(event)) => answer.take(&event),
    ///         Ok(None) => break,
    ///         Err(error) => {
    ///             answer.fail(&error);
    ///             break;
    ///         }
    ///     }
    ///     issues.drain(..).for_each(|issue| answer.note(&issue));
    /// }
    /// assert_eq!(answer.messages().len(), 1);
    /// ```
    pub fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::InterchangeHeader(header) => {
                *self = Self { header: Some(header.clone().into_owned()), ..Self::default() };
            }
            Event::RegistrationHeader(header) => {
                self.open(&header.reference);
                if self.messages.len() == 1 {
                    self.ha = header.ha.clone().map(HaCipher::into_owned);
                }
            }
            Event::Transaction(transaction) => self.take_transaction(transaction),
            Event::OtherHeader(header) => {
                self.open(&reference_of(header).unwrap_or_default());
            }
            Event::RecepHeader(_) => self.pass_receipt(),
            Event::MessageTrailer(_) => self.is_open = false,
            Event::InterchangeTrailer(trailer) => {
                self.is_ended = true;
                self.stated_count = trailer.count.as_ref().and_then(Count::number);
            }
            Event::Segment { segment, .. } => self.is_broken |= self.is_ended && is_segment(segment),
            _ => {}
        }
    }

    fn take_transaction(&mut self, transaction: &Transaction<'_>) {
        if self.messages.len() == 1 {
            if self.first_transactions == 0 {
                self.gp = transaction.gp().map(GpCode::into_owned);
            }
            self.first_transactions += 1;
        }
    }

    /// Adds a message. References are quoted with eight digits, however they came; text that is no number is quoted as
    /// it is, which can be encoded only [as received](crate::WriteOptions::as_received).
    fn open(&mut self, reference: &ControlReference<'_>) {
        self.begun = self.begun.saturating_add(1);
        let (reference, status) = (reference.to_eight_digits(), MessageStatus::Translated);
        self.messages.push(AnsweredMessage { reference, status, nth: self.begun });
        self.is_open = true;
    }

    /// Passes over a receipt, which is not acknowledged itself.
    fn pass_receipt(&mut self) {
        self.begun = self.begun.saturating_add(1);
        self.has_receipts = true;
    }

    /// Processes an issue; call it after the event that came with it.
    pub fn note(&mut self, issue: &Issue) {
        let location = issue.error().location();
        if let Some(nth) = issue.nth_message() {
            match issue.kind() {
                ErrorKind::MissingTrailer => self.lower(nth, &MessageStatus::Incomplete),
                kind if leaves_content_whole(kind) => {}
                _ => self.lower(nth, &MessageStatus::TranslationError),
            }
            return;
        }
        let at_trailer = location.tag == Some(Unz::LAYOUT.tag());
        match issue.kind() {
            ErrorKind::ControlCount { stated, .. } if at_trailer => self.stated_count = stated.0,
            ErrorKind::MissingTerminator if at_trailer => self.is_unterminated = true,
            ErrorKind::ControlReference { header, trailer } if at_trailer => {
                self.is_broken |= is_cut_short(header, trailer).unwrap_or(self.is_unterminated);
            }
            kind => self.is_broken |= !leaves_content_whole(kind),
        }
    }

    /// Processes the error that ended the reading: the open message is incomplete, and the interchange is not `OK` by
    /// itself.
    pub fn fail(&mut self, error: &Error) {
        self.is_broken = true;
        let number = error.location().message;
        let last = self.messages.last().map(|message| message.reference.number());
        if !self.is_open && number.is_some() && last != Some(number) {
            // The heading itself could not be read.
            self.open(&number.map(ControlReference::of_number).unwrap_or_default());
        }
        if let Some(message) = self.messages.last_mut().filter(|_| self.is_open || last == Some(number)) {
            message.status = MessageStatus::Incomplete;
        }
        self.is_open = false;
    }

    /// Lowers the status of a message, unless it is a receipt. If it was not begun, something stands outside messages.
    fn lower(&mut self, nth: u32, status: &MessageStatus) {
        if let Ok(at) = self.messages.binary_search_by_key(&nth, |message| message.nth) {
            self.messages[at].lower(status);
        } else {
            self.is_broken |= nth > self.begun;
        }
    }

    /// The messages in order, with the status that the receipt states for each.
    pub fn messages(&self) -> &[AnsweredMessage] {
        &self.messages
    }

    /// As [`messages`](Self::messages), mutable.
    pub fn messages_mut(&mut self) -> &mut [AnsweredMessage] {
        &mut self.messages
    }

    /// The status that the receipt states for the interchange: the one that was set, or `OK` if nothing deviates;
    /// otherwise `None`.
    pub fn status(&self) -> Option<InterchangeStatus> {
        let by_meaning = Some(self.status_by_meaning()).filter(|status| *status == InterchangeStatus::Received);
        self.status.clone().or(by_meaning)
    }

    /// The status that the meanings of the codes suggest: `OK` if nothing deviates, `NA` if no message is `CP`, `ER`
    /// otherwise.
    pub fn status_by_meaning(&self) -> InterchangeStatus {
        let translated = self.messages.iter().filter(|message| message.status == MessageStatus::Translated).count();
        match translated {
            0 => InterchangeStatus::NoValidData,
            all if all == self.messages.len() && !self.is_broken => InterchangeStatus::Received,
            _ => InterchangeStatus::PartlyInvalid,
        }
    }

    /// Sets the status that the receipt states for the interchange.
    pub fn set_status(&mut self, status: InterchangeStatus) {
        self.status = Some(status);
    }

    /// Sets the cipher of the HA, where the first message has none.
    pub fn set_ha(&mut self, ha: HaCipher<'_>) {
        self.ha = Some(ha.into_owned());
    }

    /// Quotes the count that UNZ stated, as the NHS's adaptor does, instead of the number of messages received, if the
    /// two differ. For an interchange that was [decoded as a whole](Self::of), the count is known only if the
    /// difference was [reported](crate::ReadOptions::control_counts).
    ///
    /// Such a receipt can be encoded only [as received](crate::WriteOptions::as_received).
    pub fn quote_stated_count(&mut self) {
        self.quotes_stated_count = true;
    }

    /// The receipt, in an interchange of its own, with the next numbers for both.
    ///
    /// # Errors
    ///
    /// There was no interchange, or nothing in it but receipts, which are not acknowledged; or something deviates and
    /// the status of the interchange was not set. No number is used up then.
    pub fn receipt(
        &self,
        times: impl Into<ReceiptTimes>,
        numbering: &mut Numbering,
    ) -> Result<Interchange<'static>, Error> {
        let Some(header) = &self.header else { return Err(refusal(ErrorKind::NoInterchange)) };
        if self.has_receipts && self.messages.is_empty() {
            return Err(refusal(ErrorKind::NothingToAcknowledge));
        }
        let Some(status) = self.status() else {
            return Err(refusal(ErrorKind::MissingValue { name: "a choice of status, as not all is well" }));
        };
        let times = times.into();
        let (sender, recipient) = (header.recipient.clone(), header.sender.clone());
        let mut header = InterchangeHeader::new(sender, recipient, times.prepared, numbering.next_interchange());
        header.application_reference = Some(RECEIPT_TAIL.0.into());
        header.agreement = Some(RECEIPT_TAIL.1.into());
        let mut interchange = Interchange::new(header);
        interchange.messages.push(Message::Recep(self.message(status, &times, numbering)));
        Ok(interchange)
    }
}

impl Answer {
    fn message(&self, status: InterchangeStatus, times: &ReceiptTimes, numbering: &mut Numbering) -> Recep<'static> {
        let received = self.messages.len() as u64;
        let count = self.stated_count.filter(|_| self.quotes_stated_count).unwrap_or(received);
        let reference = self.header.as_ref().map(|header| header.reference.to_eight_digits());
        let gp = self.gp.clone().unwrap_or_else(|| GpCode::from(GpCode::NONE));
        let receipts =
            self.messages.iter().map(|message| MessageReceipt::new(message.reference.clone(), message.status.clone()));
        Recep {
            reference: numbering.next_message().into(),
            made: Some(times.made.into()),
            parties: Some(ReceiptParties { ha: self.ha.clone(), gp: Some(gp) }),
            received: Some(times.received.into()),
            messages: receipts.collect(),
            interchange: Some(InterchangeReceipt::new(reference.unwrap_or_default(), status, count)),
            ..Recep::default()
        }
    }
}

/// Whether a deviation leaves the content whole: all of a message or interchange was read into the model, in its place.
/// Kinds that are not listed do not, or may not.
fn leaves_content_whole(kind: ErrorKind) -> bool {
    matches!(
        kind,
        // Form.
        ErrorKind::ShortServiceStringAdvice
        | ErrorKind::ByteOrderMark
        | ErrorKind::BlanksBetweenSegments
        | ErrorKind::EmptySegment
        | ErrorKind::TrailingSeparator
        | ErrorKind::Repertoire { .. }
        | ErrorKind::TooLong { .. }
        // Outside of the interchange, or part of the status of its messages.
        | ErrorKind::TextOutsideInterchange
        | ErrorKind::NoMessage
        // These can be read; how to handle them is not the translator's affair (wire.md#row-2, wire.md#row-3,
        // wire.md#row-27, wire.md#row-37, wire.md#row-39, wire.md#row-54 and wire.md#row-68).
        | ErrorKind::ControlCount { .. }
        | ErrorKind::CountForm { .. }
        | ErrorKind::ControlReference { .. }
        | ErrorKind::ReferenceNotDigits { .. }
        | ErrorKind::ReferenceForm { .. }
        | ErrorKind::SyntaxIdentifier
        | ErrorKind::RepeatedReference
        | ErrorKind::MixedMessages
        | ErrorKind::RepeatedTransactionNumber
        | ErrorKind::CipherIsLinkCode
    )
}

/// Whether the reference of a trailer is the beginning of a longer one in the header; `None` if they are no numbers.
fn is_cut_short(header: Stated, trailer: Stated) -> Option<bool> {
    let (header, trailer) = (header.0?, trailer.0?);
    let mut beginnings = core::iter::successors(Some(header), |rest| (*rest > 0).then_some(rest / 10)).skip(1);
    Some(beginnings.any(|rest| rest == trailer))
}

/// Whether text outside interchanges is a segment: a tag, and something behind it.
fn is_segment(text: &RawSegment<'_>) -> bool {
    text.tag().is_some_and(|tag| text.as_wire().len() > tag.as_str().len())
}

impl AnsweredMessage {
    fn lower(&mut self, status: &MessageStatus) {
        if self.status != MessageStatus::Incomplete {
            self.status = status.clone();
        }
    }
}

#[cold]
fn refusal(kind: ErrorKind) -> Error {
    Error::new(kind, Location::default())
}
