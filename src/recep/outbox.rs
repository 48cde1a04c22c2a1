//! Outbox: what was sent, and what of it was acknowledged.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use chrono::NaiveDateTime;

use super::{MessageReceipt, Recep};
use crate::error::Stated;
use crate::interchange::{Event, Interchange, InterchangeHeader};
use crate::segment::receipt::RffRis;
use crate::syntax::RawSegment;
use crate::table::{Layout, Table, Unrecognised};
use crate::transaction::TransactionRef;
use crate::value::{
    ControlReference, Count, InterchangeStatus, MessageStatus, PreparationTime, TradingPartnerCode, TransactionNumber,
};

/// A message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct SentMessage {
    /// Its reference, in UNH.
    pub reference: ControlReference<'static>,
    /// The numbers of its transactions, in order.
    pub transactions: Vec<TransactionNumber<'static>>,
    /// The status in its receipt; `None` until it has one.
    pub status: Option<MessageStatus>,
}

impl SentMessage {
    fn of(reference: &ControlReference<'_>, transactions: Vec<TransactionNumber<'_>>) -> Self {
        let transactions = transactions.into_iter().map(TransactionNumber::into_owned).collect();
        Self { reference: reference.clone().into_owned(), transactions, status: None }
    }
}

/// An interchange that was sent, with the state of its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct SentInterchange {
    /// Who sent it.
    pub sender: TradingPartnerCode<'static>,
    /// To whom.
    pub recipient: TradingPartnerCode<'static>,
    /// Its reference, in UNB.
    pub reference: ControlReference<'static>,
    /// When it was prepared, in UNB.
    pub prepared: PreparationTime<'static>,
    /// The status of the whole interchange in its receipt; `None` until it has one. It does not cover the messages.
    pub status: Option<InterchangeStatus>,
    /// Its registration messages, in order.
    pub messages: Vec<SentMessage>,
}

impl SentInterchange {
    /// The part of an interchange that is acknowledged: its registration messages. Receipts are not themselves
    /// acknowledged ([facts 6.1](crate::reference::wire#s-6-1)).
    pub fn of(interchange: &Interchange<'_>) -> Self {
        let mut sent = Self::of_header(&interchange.header);
        for message in interchange.registrations() {
            let numbers = message.transactions.iter().filter_map(TransactionRef::number).collect();
            sent.messages.push(SentMessage::of(&message.reference, numbers));
        }
        sent
    }

    fn of_header(header: &InterchangeHeader<'_>) -> Self {
        Self {
            sender: header.sender.clone().into_owned(),
            recipient: header.recipient.clone().into_owned(),
            reference: header.reference.clone().into_owned(),
            prepared: header.prepared.clone().into_owned(),
            status: None,
            messages: Vec::new(),
        }
    }

    /// Whether every message has its receipt.
    pub fn is_settled(&self) -> bool {
        self.messages.iter().all(|message| message.status.is_some())
    }
}

/// The key of an interchange: sender, recipient, and its number, or its reference as text if it is no number
/// (wire.md#s-6-5).
type InterchangeKey = (String, String, NumberOrText);

/// A reference, to be compared as a number if it is one.
type NumberOrText = Result<u64, String>;

fn number_of(reference: &ControlReference<'_>) -> NumberOrText {
    reference.number().ok_or_else(|| reference.text().into_owned())
}

fn key_of(
    sender: &TradingPartnerCode<'_>,
    recipient: &TradingPartnerCode<'_>,
    reference: &ControlReference<'_>,
) -> InterchangeKey {
    (sender.as_str().into(), recipient.as_str().into(), number_of(reference))
}

/// A statement of a receipt that contradicts another, or what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Contradiction {
    /// It counts a different number of messages than were sent.
    Count {
        /// The number stated; `None` if it is not a number.
        stated: Option<u64>,
        /// The number sent.
        sent: u64,
    },
    /// It states no valid data in the interchange, and a translated message.
    NoValidData,
    /// It has two different lines for a message; the first counts.
    Message(ControlReference<'static>),
    /// It has a second receipt of an interchange; the first counts.
    SecondInterchange,
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count { stated, sent } => write!(f, "it counts {} messages where {sent} were sent", Stated(*stated)),
            Self::NoValidData => f.write_str("it says that there was no valid data, and that a message was translated"),
            Self::Message(message) => write!(f, "it says different things of message {}", Stated(message.number())),
            Self::SecondInterchange => f.write_str("it has a second receipt of an interchange"),
        }
    }
}

/// The meaning of a line of a receipt for what was sent, or something that the receipt lacks.
///
/// `Display` gives one line: references as numbers, and a code only if it is in its list.
///
/// ```
/// use nhais_edifact::recep::ReceiptFinding;
/// use nhais_edifact::value::MessageStatus;
///
/// let (interchange, message) = ("00044004".into(), "00067004".into());
/// let finding = ReceiptFinding::Refused { interchange, message, status: MessageStatus::TranslationError };
/// assert_eq!(finding.to_string(), "message 67004 of interchange 44004: refused, CA");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "finding", rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ReceiptFinding {
    /// The message was translated.
    Acknowledged {
        /// The interchange it stood in.
        interchange: ControlReference<'static>,
        /// The message.
        message: ControlReference<'static>,
    },
    /// The message was not translated.
    Refused {
        /// The interchange it stood in.
        interchange: ControlReference<'static>,
        /// The message.
        message: ControlReference<'static>,
        /// `CA` or `CI`.
        status: MessageStatus,
    },
    /// The message had its receipt already, which stays as it was.
    Repeated {
        /// The interchange it stood in.
        interchange: ControlReference<'static>,
        /// The message.
        message: ControlReference<'static>,
        /// The status in the second receipt.
        status: Option<MessageStatus>,
    },
    /// The interchange had no such message.
    UnknownMessage {
        /// The interchange.
        interchange: ControlReference<'static>,
        /// The message that the receipt names; `None` if it names none.
        message: Option<ControlReference<'static>>,
    },
    /// The status of the message cannot be read; the message stays without receipt.
    UnreadableStatus {
        /// The interchange it stood in.
        interchange: ControlReference<'static>,
        /// The message.
        message: ControlReference<'static>,
    },
    /// The receipt states that the interchange as a whole was not received, or a status that cannot be read.
    InterchangeStatus {
        /// The interchange.
        interchange: ControlReference<'static>,
        /// `NA` or `ER`; `None` if it cannot be read.
        status: Option<InterchangeStatus>,
    },
    /// The receipt of the interchange does not name the message, which stays without receipt.
    NotNamed {
        /// The interchange it stood in.
        interchange: ControlReference<'static>,
        /// The message.
        message: ControlReference<'static>,
    },
    /// No such interchange was sent; its lines were not looked at.
    UnknownInterchange {
        /// The interchange that the receipt names; `None` if it names none.
        interchange: Option<ControlReference<'static>>,
    },
    /// The receipt contradicts itself, or what was sent; its lines count all the same.
    Contradiction {
        /// The interchange.
        interchange: ControlReference<'static>,
        /// The contradiction.
        what: Contradiction,
    },
}

impl ReceiptFinding {
    /// The interchange and the message that it is about, and its text.
    fn parts(&self) -> (Option<&ControlReference<'static>>, Option<&ControlReference<'static>>, &'static str) {
        let (interchange, message, text) = match self {
            Self::Acknowledged { interchange, message } => (interchange, Some(message), "translated"),
            Self::Refused { interchange, message, .. } => (interchange, Some(message), "refused, "),
            Self::Repeated { interchange, message, .. } => (interchange, Some(message), "acknowledged before; now "),
            Self::UnknownMessage { interchange, message: Some(message) } => (interchange, Some(message), "not sent"),
            Self::UnknownMessage { interchange, message: None } => (interchange, None, "a line names no message"),
            Self::UnreadableStatus { interchange, message } => {
                (interchange, Some(message), "its status cannot be read")
            }
            Self::InterchangeStatus { interchange, .. } => (interchange, None, "its status is "),
            Self::NotNamed { interchange, message } => (interchange, Some(message), "not named by the receipt"),
            Self::UnknownInterchange { interchange: Some(interchange) } => (interchange, None, "not sent"),
            Self::UnknownInterchange { interchange: None } => return (None, None, "the receipt names no interchange"),
            Self::Contradiction { interchange, .. } => (interchange, None, "the receipt contradicts itself: "),
        };
        (Some(interchange), message, text)
    }
}

impl fmt::Display for ReceiptFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (interchange, message, text) = self.parts();
        if let Some(message) = message {
            write!(f, "message {} of ", Stated(message.number()))?;
        }
        if let Some(interchange) = interchange {
            write!(f, "interchange {}: ", Stated(interchange.number()))?;
        }
        f.write_str(text)?;
        match self {
            Self::Refused { status, .. } => write_code(f, Some(status).filter(|status| status.is_known())),
            Self::Repeated { status, .. } => write_code(f, status.as_ref().filter(|status| status.is_known())),
            Self::InterchangeStatus { status, .. } => write_code(f, status.as_ref().filter(|status| status.is_known())),
            Self::Contradiction { what, .. } => write!(f, "{what}"),
            _ => Ok(()),
        }
    }
}

/// Writes a code of a list; any other text may hold patient data and is not shown.
fn write_code(f: &mut fmt::Formatter<'_>, code: Option<&impl fmt::Display>) -> fmt::Result {
    match code {
        Some(code) => write!(f, "{code}"),
        None => f.write_str("unreadable"),
    }
}

/// Outbox: what was sent, and what of it was acknowledged.
///
/// A receipt is matched by partners, reference of the interchange and reference of the message; numbers are compared as
/// numbers. A message keeps its first receipt. Whatever matches nothing is reported and changes nothing. Source:
/// [facts 6.5](crate::reference::wire#s-6-5).
///
/// ```
/// use nhais_edifact::Interchange;
/// use nhais_edifact::recep::{Outbox, ReceiptFinding};
///
/// # let sent = b"UNB+UNOA:2+ZQX1+KLM5+240402:0601+00044004'UNH+00067004+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202404020559:203'DTM+206:20240331:102'RFF+950:F8'RFF+TN:10900004'GIS+Q:ZZZ'UNT+9+00067004'UNZ+1+00044004'";
/// let received = b"UNB+UNOA:2+KLM5+ZQX1+240402:0630+00000111++RECEP+++EDIFACT TRANSFER'\n\
/// UNH+00000513+RECEP:0:2:FH'\nBGM++600+243:202404020630:306+64'\nNHS+ZQX:819:201+9999:814:202'\n\
/// DTM+815:202404020630:306'\nRFF+MIS:00067004 CP'\nRFF+RIS:00044004 OK:1'\nUNT+7+00000513'\nUNZ+1+00000111'";
///
/// let mut outbox = Outbox::default();
/// outbox.sent(&Interchange::decode(sent)?.interchange);
/// assert_eq!(outbox.pending().count(), 1);
/// let findings = outbox.receive(&Interchange::decode(received)?.interchange);
/// assert!(matches!(findings[..], [ReceiptFinding::Acknowledged { .. }]));
/// assert_eq!(outbox.pending().count(), 0);
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(from = "Vec<SentInterchange>", into = "Vec<SentInterchange>")
)]
pub struct Outbox {
    interchanges: BTreeMap<InterchangeKey, SentInterchange>,
    /// The interchange that is being recorded as sent, event by event; not stored.
    sending: Option<Box<SentInterchange>>,
    /// The header of the interchange that is being received event by event, and the open receipt; not stored.
    receiving: Option<Box<(InterchangeHeader<'static>, Option<Recep<'static>>)>>,
}

impl From<Vec<SentInterchange>> for Outbox {
    fn from(sent: Vec<SentInterchange>) -> Self {
        let keyed = |sent: SentInterchange| (key_of(&sent.sender, &sent.recipient, &sent.reference), sent);
        Self { interchanges: sent.into_iter().map(keyed).collect(), ..Self::default() }
    }
}

impl From<Outbox> for Vec<SentInterchange> {
    fn from(outbox: Outbox) -> Self {
        outbox.interchanges.into_values().collect()
    }
}

impl Outbox {
    /// Records an interchange as sent. One without registrations is not acknowledged and not recorded.
    ///
    /// Returns an earlier interchange with the same partners and number, which is replaced: it was sent again, or its
    /// number was reused.
    pub fn sent(&mut self, interchange: &Interchange<'_>) -> Option<SentInterchange> {
        self.put(SentInterchange::of(interchange))
    }

    /// Records an interchange as sent event by event, as [`sent`](Self::sent) does for a whole one; it counts as sent
    /// from its trailer on.
    ///
    /// ```
    /// use nhais_edifact::recep::Outbox;
    /// use nhais_edifact::{EventReader, ReadOptions};
    ///
    /// # let sent = b"UNB+UNOA:2+ZQX1+KLM5+240402:0601+00044004'UNH+00067004+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202404020559:203'DTM+206:20240331:102'RFF+950:F8'RFF+TN:10900004'GIS+Q:ZZZ'UNT+9+00067004'UNZ+1+00044004'";
    /// let mut outbox = Outbox::default();
    /// let mut reader = EventReader::new(sent, ReadOptions::default());
    /// while let Some(event) = reader.next_event(&mut ())? {
    ///     outbox.sent_event(&event);
    /// }
    /// let (interchange, message) = outbox.pending().next().unwrap();
    /// assert_eq!(interchange.prepared.to_string(), "240402:0601");
    /// assert_eq!(message.transactions, ["10900004"]);
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn sent_event(&mut self, event: &Event<'_>) -> Option<SentInterchange> {
        match event {
            Event::InterchangeHeader(header) => self.sending = Some(Box::new(SentInterchange::of_header(header))),
            Event::RegistrationHeader(header) => {
                let messages = self.sending.iter_mut().map(|sent| &mut sent.messages);
                messages.for_each(|messages| messages.push(SentMessage::of(&header.reference, Vec::new())));
            }
            Event::Transaction(transaction) => {
                let message = self.sending.as_mut().and_then(|sent| sent.messages.last_mut());
                if let (Some(message), Some(number)) = (message, transaction.number()) {
                    message.transactions.push(number.into_owned());
                }
            }
            Event::InterchangeTrailer(_) => return self.sending.take().and_then(|sent| self.put(*sent)),
            _ => {}
        }
        None
    }

    fn put(&mut self, sent: SentInterchange) -> Option<SentInterchange> {
        let key = key_of(&sent.sender, &sent.recipient, &sent.reference);
        if sent.messages.is_empty() {
            return self.interchanges.remove(&key);
        }
        self.interchanges.insert(key, sent)
    }

    /// The recorded interchanges, by partners and number.
    pub fn interchanges(&self) -> impl Iterator<Item = &SentInterchange> {
        self.interchanges.values()
    }

    /// The messages without receipt, each with its interchange: presume them not processed
    /// ([facts 6.1](crate::reference::wire#s-6-1)).
    pub fn pending(&self) -> impl Iterator<Item = (&SentInterchange, &SentMessage)> {
        let messages =
            self.interchanges.values().flat_map(|sent| sent.messages.iter().map(move |message| (sent, message)));
        messages.filter(|(_, message)| message.status.is_none())
    }

    /// The messages without receipt of interchanges that were prepared before a time, UK local time as a rule, and of
    /// those whose time cannot be read; each with its interchange.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use nhais_edifact::Interchange;
    /// use nhais_edifact::recep::Outbox;
    ///
    /// # let sent = b"UNB+UNOA:2+ZQX1+KLM5+240402:0601+00044004'UNH+00067004+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202404020559:203'DTM+206:20240331:102'RFF+950:F8'RFF+TN:10900004'GIS+Q:ZZZ'UNT+9+00067004'UNZ+1+00044004'";
    /// let mut outbox = Outbox::default();
    /// outbox.sent(&Interchange::decode(sent)?.interchange);
    /// let day = |day| NaiveDate::from_ymd_opt(2024, 4, day).unwrap().and_hms_opt(0, 0, 0).unwrap();
    /// assert_eq!((outbox.pending_before(day(2)).count(), outbox.pending_before(day(3)).count()), (0, 1));
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn pending_before(&self, time: NaiveDateTime) -> impl Iterator<Item = (&SentInterchange, &SentMessage)> {
        let is_earlier =
            move |sent: &SentInterchange| sent.prepared.to_date_time_near(time).is_none_or(|own| own < time);
        self.pending().filter(move |(sent, _)| is_earlier(sent))
    }

    /// Removes and returns the interchanges of which every message has its receipt.
    ///
    /// If their receipt is received again, it is one of an unknown interchange.
    pub fn take_settled(&mut self) -> Vec<SentInterchange> {
        let sent = core::mem::take(&mut self.interchanges);
        let (settled, pending): (BTreeMap<_, _>, _) = sent.into_iter().partition(|(_, sent)| sent.is_settled());
        self.interchanges = pending;
        settled.into_values().collect()
    }

    /// Matches the receipts in a received interchange with what was sent. Returns a finding for each line, and for what
    /// is missing.
    pub fn receive(&mut self, interchange: &Interchange<'_>) -> Vec<ReceiptFinding> {
        let mut findings = Vec::new();
        for recep in interchange.receipts() {
            self.receive_one(&interchange.header, recep, &mut findings);
        }
        findings
    }

    /// Matches the receipts of an interchange event by event, as [`receive`](Self::receive) does for a whole one; a
    /// receipt is matched when its trailer comes.
    ///
    /// ```
    /// use nhais_edifact::recep::{Outbox, ReceiptFinding};
    /// use nhais_edifact::{EventReader, ReadOptions};
    ///
    /// let received = b"UNB+UNOA:2+KLM5+ZQX1+240402:0630+00000111++RECEP+++EDIFACT TRANSFER'\n\
    /// UNH+00000513+RECEP:0:2:FH'\nBGM++600+243:202404020630:306+64'\nNHS+ZQX:819:201+9999:814:202'\n\
    /// DTM+815:202404020630:306'\nRFF+MIS:00067004 CP'\nRFF+RIS:00044004 OK:1'\nUNT+7+00000513'\nUNZ+1+00000111'";
    ///
    /// let (mut outbox, mut findings) = (Outbox::default(), Vec::new());
    /// let mut reader = EventReader::new(received, ReadOptions::default());
    /// while let Some(event) = reader.next_event(&mut ())? {
    ///     findings.extend(outbox.receive_event(&event));
    /// }
    /// assert!(matches!(findings[..], [ReceiptFinding::UnknownInterchange { .. }]));
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn receive_event(&mut self, event: &Event<'_>) -> Vec<ReceiptFinding> {
        let mut findings = Vec::new();
        if let Event::InterchangeHeader(header) = event {
            self.receiving = Some(Box::new((header.clone().into_owned(), None)));
        }
        let Some((header, open)) = self.receiving.as_deref_mut() else { return findings };
        match (event, &mut *open) {
            (Event::RecepHeader(heading), _) => *open = Some(Recep::of_header(heading.clone().into_owned())),
            (Event::MessageReceipt(line), Some(recep)) => recep.messages.push(line.clone().into_owned()),
            (Event::InterchangeReceipt(line), Some(recep)) => recep.interchange = Some(line.clone().into_owned()),
            (Event::Segment { at, segment }, Some(recep)) => {
                let kept = Unrecognised::Segment { at: *at, segment: segment.clone().into_owned() };
                recep.unrecognised.push(kept);
            }
            (Event::MessageTrailer(_), _) => {
                if let (Some(recep), header) = (open.take(), header.clone()) {
                    self.receive_one(&header, &recep, &mut findings);
                }
            }
            _ => {}
        }
        findings
    }

    fn receive_one(&mut self, header: &InterchangeHeader<'_>, recep: &Recep<'_>, findings: &mut Vec<ReceiptFinding>) {
        let named = recep.interchange.as_ref().and_then(|line| line.reference.as_ref());
        // The receipt comes from the recipient of what was sent.
        let key = named.map(|reference| key_of(&header.recipient, &header.sender, reference));
        match key.and_then(|key| self.interchanges.get_mut(&key)) {
            Some(sent) => sent.receive(recep, findings),
            None => findings.push(ReceiptFinding::UnknownInterchange {
                interchange: named.map(|reference| reference.clone().into_owned()),
            }),
        }
    }
}

/// A message of the interchange that a receipt is for, by its number.
struct Named<'m> {
    message: &'m mut SentMessage,
    /// The first line of this receipt that names it.
    first: Option<&'m MessageReceipt<'m>>,
}

impl SentInterchange {
    /// Applies the lines of its receipt.
    fn receive(&mut self, recep: &Recep<'_>, findings: &mut Vec<ReceiptFinding>) {
        let interchange = self.reference.clone();
        let contradictions = self.contradictions(recep);
        let messages = self.messages.iter_mut().map(|message| (number_of(&message.reference), message));
        let mut messages: BTreeMap<NumberOrText, Named<'_>> =
            messages.map(|(number, message)| (number, Named { message, first: None })).collect();
        for line in &recep.messages {
            receive_line(&interchange, line, &mut messages, findings);
        }
        let not_named = messages.into_values().filter(|named| named.first.is_none() && named.message.status.is_none());
        findings.extend(not_named.map(|named| ReceiptFinding::NotNamed {
            interchange: interchange.clone(),
            message: named.message.reference.clone(),
        }));
        let status =
            recep.interchange.as_ref().and_then(|line| line.status.clone()).filter(InterchangeStatus::is_known);
        if status != Some(InterchangeStatus::Received) {
            let interchange = interchange.clone();
            findings.push(ReceiptFinding::InterchangeStatus { interchange, status: status.clone() });
        }
        self.status = self.status.take().or(status);
        let contradiction = |what| ReceiptFinding::Contradiction { interchange: interchange.clone(), what };
        findings.extend(contradictions.into_iter().flatten().map(contradiction));
    }

    /// `OK` together with a refused message is no contradiction: both levels are independent (wire.md#s-6-4).
    fn contradictions(&self, recep: &Recep<'_>) -> [Option<Contradiction>; 3] {
        let line = recep.interchange.as_ref();
        let stated = line.and_then(|line| line.count.as_ref()).and_then(Count::number);
        let sent = self.messages.len() as u64;
        let translated = recep.messages.iter().any(|line| line.status == Some(MessageStatus::Translated));
        let none = line.is_some_and(|line| line.status == Some(InterchangeStatus::NoValidData));
        [
            (stated != Some(sent)).then_some(Contradiction::Count { stated, sent }),
            (none && translated).then_some(Contradiction::NoValidData),
            has_second_interchange(recep).then_some(Contradiction::SecondInterchange),
        ]
    }
}

/// Whether a further RFF+RIS was kept.
fn has_second_interchange(recep: &Recep<'_>) -> bool {
    recep.unrecognised.iter().any(|kept| match kept {
        Unrecognised::Segment { segment, .. } => is_named(segment, RffRis::LAYOUT),
        Unrecognised::Component { .. } => false,
    })
}

/// Whether a segment has the tag and the qualifier of a table.
fn is_named(segment: &RawSegment<'_>, layout: &Layout) -> bool {
    let mut components = segment.components().map(|(_, _, text)| text);
    layout.name.split('+').all(|name| components.next().is_some_and(|text| text == name))
}

fn receive_line<'m>(
    interchange: &ControlReference<'static>,
    line: &'m MessageReceipt<'m>,
    messages: &mut BTreeMap<NumberOrText, Named<'m>>,
    findings: &mut Vec<ReceiptFinding>,
) {
    let interchange = interchange.clone();
    let number = line.reference.as_ref().map(number_of);
    let Some(named) = number.and_then(|number| messages.get_mut(&number)) else {
        let message = line.reference.as_ref().map(|reference| reference.clone().into_owned());
        return findings.push(ReceiptFinding::UnknownMessage { interchange, message });
    };
    let message = named.message.reference.clone();
    let status = line.status.clone();
    if named.first.is_some_and(|first| first.status != status) {
        let what = Contradiction::Message(message.clone());
        findings.push(ReceiptFinding::Contradiction { interchange: interchange.clone(), what });
    }
    named.first.get_or_insert(line);
    if named.message.status.is_some() {
        return findings.push(ReceiptFinding::Repeated { interchange, message, status });
    }
    named.message.status = status.filter(MessageStatus::is_known);
    findings.push(match named.message.status.clone() {
        None => ReceiptFinding::UnreadableStatus { interchange, message },
        Some(MessageStatus::Translated) => ReceiptFinding::Acknowledged { interchange, message },
        Some(status) => ReceiptFinding::Refused { interchange, message, status },
    });
}
