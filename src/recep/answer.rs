//! Deriving the receipt of a received interchange.

use alloc::vec::Vec;

use chrono::NaiveDateTime;

use super::{InterchangeReceipt, MessageReceipt, ReceiptParties, Recep};
use crate::error::{Category, Error, ErrorKind, Location};
use crate::exchange::Numbering;
use crate::interchange::{Event, Interchange, InterchangeHeader, Message, reference_of};
use crate::issue::{Issue, Severity};
use crate::layout::Table;
use crate::segment::service::{RECEIPT_TAIL, Unt};
use crate::syntax::SegmentTag;
use crate::transaction::Transaction;
use crate::value::{ControlReference, GpCode, HaCipher, InterchangeStatus, MessageStatus};

/// When an interchange was received, its receipt made, and the interchange of the receipt prepared; UK local time.
///
/// Published samples have three different times, each not before the one named before it; the NHS's adaptor writes one
/// time three times, as `ReceiptTimes::from(time)` does. Source: facts 6.2.
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
    /// What the receipt will say of it.
    pub status: MessageStatus,
}

/// The answer to a received interchange: what its receipt says.
///
/// It is made [of a whole interchange](Self::of), or event by event, and of what was found while reading:
///
/// * a message is `CI` if its trailer is missing or an error ended the reading in it;
/// * otherwise it is `CA` if its type is unknown, it is empty, or something in it could not be read, was missing or had no
///   place: an issue of [`Severity::Error`] in [`Category::Structure`] or [`Category::Value`];
/// * otherwise it is `CP`. Wrong counts and references, and deviations of form, are no errors of translation.
///
/// That is this crate's reading of what the codes mean; the facts know no rule (6.4). [`messages_mut`] changes it. The
/// interchange is `OK` if every message is `CP`. Otherwise its status has to be chosen, because the meanings of the codes
/// and the published samples say different things: [`set_status`] sets one, [`status_by_meaning`] gives the one that
/// the meanings suggest.
///
/// The cipher is that of the first message, the GP that of its first transaction, `9999` if there is none. The count is
/// that of the messages received, unless [the stated one](Self::quote_stated_count) is asked for. What is quoted is quoted
/// as it came, so a receipt for a damaged interchange may have to be encoded
/// [as received](crate::WriteOptions::as_received): without a cipher, with a GP code or a reference that is none.
/// Source: facts 6.3.
///
/// [`messages_mut`]: Self::messages_mut
/// [`set_status`]: Self::set_status
/// [`status_by_meaning`]: Self::status_by_meaning
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::exchange::Numbering;
/// use nhais_edifact::recep::Answer;
/// use nhais_edifact::{Interchange, Issue, ReadOptions, WriteOptions};
///
/// # let input = b"UNB+UNOA:2+ZQX1+KLM5+240402:0601+00044004'UNH+00067004+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202404020559:203'DTM+206:20240331:102'RFF+950:F8'RFF+TN:10900004'GIS+Q:ZZZ'UNT+9+00067004'UNZ+1+00044004'";
/// let mut issues: Vec<Issue> = Vec::new();
/// let received = Interchange::decode_with(input, &ReadOptions::default(), &mut issues)?;
///
/// let now = NaiveDate::from_ymd_opt(2024, 4, 2).unwrap().and_hms_opt(6, 30, 0).unwrap();
/// let mut numbering = Numbering::default();
/// let receipt = Answer::of(&received, &issues).receipt(now, &mut numbering)?;
/// let bytes = receipt.encode(&WriteOptions::default())?;
/// assert!(bytes.ends_with(b"RFF+MIS:00067004 CP'\nRFF+RIS:00044004 OK:1'\nUNT+7+00000001'\nUNZ+1+00000001'"));
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Answer {
    header: Option<InterchangeHeader<'static>>,
    ha: Option<HaCipher<'static>>,
    gp: Option<GpCode<'static>>,
    messages: Vec<AnsweredMessage>,
    /// How many of the messages are receipts, which are not acknowledged themselves.
    receipts: usize,
    /// How many transactions the first message has so far.
    first_transactions: usize,
    /// The count that UNZ states, where it is wrong.
    stated_count: Option<u64>,
    quotes_stated_count: bool,
    /// Whether an error ended the reading.
    failed: bool,
    status: Option<InterchangeStatus>,
}

impl Answer {
    /// The answer to an interchange, and to what was found while it was read.
    pub fn of(interchange: &Interchange<'_>, issues: &[Issue]) -> Self {
        let mut answer = Self { header: Some(interchange.header.clone().into_owned()), ..Self::default() };
        for message in &interchange.messages {
            answer.open(&message.reference().unwrap_or_default());
            match message {
                Message::Registration(message) if answer.messages.len() == 1 => {
                    answer.ha = message.ha.clone().map(HaCipher::into_owned);
                    answer.gp = message.transactions.first_gp().map(GpCode::into_owned);
                }
                Message::Recep(_) => answer.receipts += 1,
                _ => {}
            }
        }
        for issue in issues {
            answer.note(issue);
        }
        answer
    }

    /// Takes in an event; a header of an interchange begins the answer anew.
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
            Event::RecepHeader(header) => {
                self.open(&header.reference);
                self.receipts += 1;
            }
            Event::OtherHeader(header) => {
                self.open(&reference_of(header).unwrap_or_default());
            }
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

    /// Takes in a message. References are quoted with eight digits, however they came; what is no number is quoted as it
    /// is, which only [as received](crate::WriteOptions::as_received) can be encoded.
    fn open(&mut self, reference: &ControlReference<'_>) {
        let status = MessageStatus::Translated;
        self.messages.push(AnsweredMessage { reference: reference.to_eight_digits(), status });
    }

    /// Takes in what was found while reading.
    pub fn note(&mut self, issue: &Issue) {
        let location = issue.error().location();
        match issue.kind() {
            ErrorKind::MissingTrailer => self.lower(location, &MessageStatus::Incomplete),
            ErrorKind::ControlCount { stated, .. } if !is_in_message(location) => self.stated_count = stated.0,
            kind if is_translation_error(kind, issue.severity()) => {
                self.lower(location, &MessageStatus::TranslationError);
            }
            _ => {}
        }
    }

    /// Takes in the error that ended the reading: the message that it happened in is incomplete, and the interchange is
    /// not `OK` by itself.
    pub fn fail(&mut self, error: &Error) {
        self.failed = true;
        let location = error.location();
        let number = location.message;
        if number.is_some() && self.messages.iter().all(|message| message.reference.number() != number) {
            // The heading itself could not be read.
            self.open(&number.map(ControlReference::of_number).unwrap_or_default());
        }
        self.lower(location, &MessageStatus::Incomplete);
    }

    /// Lowers the status of the messages that a place may lie in.
    fn lower(&mut self, location: &Location, status: &MessageStatus) {
        let is_meant = |message: &&mut AnsweredMessage| match location.message {
            Some(number) => message.reference.number() == Some(number),
            // A message whose reference is no number can only be told by its place.
            None => is_in_message(location) && message.reference.number().is_none(),
        };
        for message in self.messages.iter_mut().filter(is_meant) {
            if message.status != MessageStatus::Incomplete {
                message.status = status.clone();
            }
        }
    }

    /// The messages in order, with what the receipt will say of each.
    pub fn messages(&self) -> &[AnsweredMessage] {
        &self.messages
    }

    /// The same, to be changed.
    pub fn messages_mut(&mut self) -> &mut [AnsweredMessage] {
        &mut self.messages
    }

    /// What the receipt will say of the interchange: what was set, or `OK` if every message is `CP`; otherwise `None`.
    pub fn status(&self) -> Option<InterchangeStatus> {
        let by_meaning = Some(self.status_by_meaning()).filter(|status| *status == InterchangeStatus::Received);
        self.status.clone().or(by_meaning)
    }

    /// What the meanings of the codes suggest: `OK` if every message is `CP` and the reading came to the end, `NA` if no
    /// message is, `ER` otherwise.
    pub fn status_by_meaning(&self) -> InterchangeStatus {
        let translated = self.messages.iter().filter(|message| message.status == MessageStatus::Translated).count();
        match translated {
            0 => InterchangeStatus::NoValidData,
            all if all == self.messages.len() && !self.failed => InterchangeStatus::Received,
            _ => InterchangeStatus::PartlyInvalid,
        }
    }

    /// Sets what the receipt will say of the interchange.
    pub fn set_status(&mut self, status: InterchangeStatus) {
        self.status = Some(status);
    }

    /// Sets the cipher of the HA, where the first message has none.
    pub fn set_ha(&mut self, ha: HaCipher<'_>) {
        self.ha = Some(ha.into_owned());
    }

    /// Quotes the count that UNZ stated, as the NHS's adaptor does, in place of the number of messages received, if the
    /// two differ.
    ///
    /// Only [as received](crate::WriteOptions::as_received) can such a receipt be encoded.
    pub fn quote_stated_count(&mut self) {
        self.quotes_stated_count = true;
    }

    /// The receipt, in an interchange of its own, with the next numbers for both.
    ///
    /// # Errors
    ///
    /// There was no interchange, or nothing in it but receipts, which are not acknowledged; or a message failed and the
    /// status of the interchange was not set. No number is used up then.
    pub fn receipt(
        &self,
        times: impl Into<ReceiptTimes>,
        numbering: &mut Numbering,
    ) -> Result<Interchange<'static>, Error> {
        let Some(header) = &self.header else { return Err(refusal(ErrorKind::NoInterchange)) };
        if self.receipts > 0 && self.receipts == self.messages.len() {
            return Err(refusal(ErrorKind::NothingToAcknowledge));
        }
        let Some(status) = self.status() else {
            return Err(refusal(ErrorKind::MissingValue { name: "a choice of status, because a message failed" }));
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

/// Whether a place lies in a message: its segments are counted, or its trailer is missing.
fn is_in_message(location: &Location) -> bool {
    location.segment.is_some() || location.tag.is_some_and(|tag| tag == SegmentTag::of_name(Unt::LAYOUT.name))
}

/// Whether an issue means that a message, or a part of it, could not be translated.
fn is_translation_error(kind: ErrorKind, severity: Severity) -> bool {
    let whole = matches!(kind, ErrorKind::MessageType | ErrorKind::EmptyMessage);
    let part = matches!(kind.category(), Category::Structure | Category::Value) && severity == Severity::Error;
    whole || part
}

#[cold]
fn refusal(kind: ErrorKind) -> Error {
    Error::new(kind, Location::default())
}
