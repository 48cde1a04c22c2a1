//! What was sent, and what of it was acknowledged.

use alloc::vec::Vec;

use super::{MessageReceipt, Recep};
use crate::interchange::{Interchange, InterchangeHeader, Message};
use crate::value::{ControlReference, Count, InterchangeStatus, MessageStatus, TradingPartnerCode};

/// A message that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SentMessage {
    /// Its reference, in UNH.
    pub reference: ControlReference<'static>,
    /// What its receipt said; `None` while there is none.
    pub status: Option<MessageStatus>,
}

/// An interchange that was sent, with what is known of its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct SentInterchange {
    /// Who sent it.
    pub sender: TradingPartnerCode<'static>,
    /// To whom.
    pub recipient: TradingPartnerCode<'static>,
    /// Its reference, in UNB.
    pub reference: ControlReference<'static>,
    /// Its registration messages, in order.
    pub messages: Vec<SentMessage>,
}

impl SentInterchange {
    /// What is to be acknowledged of an interchange: its registration messages. Receipts are not themselves
    /// acknowledged (facts 6.1).
    pub fn of(interchange: &Interchange<'_>) -> Self {
        let registrations = interchange.messages.iter().filter(|message| matches!(message, Message::Registration(_)));
        let references = registrations.filter_map(Message::reference);
        Self {
            sender: interchange.header.sender.clone().into_owned(),
            recipient: interchange.header.recipient.clone().into_owned(),
            reference: interchange.header.reference.clone().into_owned(),
            messages: references
                .map(|reference| SentMessage { reference: reference.into_owned(), status: None })
                .collect(),
        }
    }

    /// Whether every message has its receipt.
    pub fn is_settled(&self) -> bool {
        self.messages.iter().all(|message| message.status.is_some())
    }

    fn is_same(&self, other: &Self) -> bool {
        self.sender == other.sender && self.recipient == other.recipient && self.reference.same_number(&other.reference)
    }

    /// Whether a receipt of this header, for an interchange of this reference, is meant for it (facts 6.5).
    fn is_meant(&self, header: &InterchangeHeader<'_>, reference: &ControlReference<'_>) -> bool {
        self.sender.as_str() == header.recipient.as_str()
            && self.recipient.as_str() == header.sender.as_str()
            && self.reference.same_number(reference)
    }
}

/// What a receipt says that cannot all be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Contradiction {
    /// It counts another number of messages than were sent.
    Count {
        /// The number stated; `None` if it is not a number.
        stated: Option<u64>,
        /// The number sent.
        sent: u64,
    },
    /// It says that there was no valid data in the interchange, and that a message was translated.
    NoValidData,
}

/// What a line of a receipt means for what was sent, or what the receipt lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        /// What the receipt said this time.
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
        /// What contradicts.
        what: Contradiction,
    },
}

/// What was sent, and what of it was acknowledged.
///
/// A receipt is matched by partners, reference of the interchange and reference of the message; numbers are compared as
/// numbers. A message that has its receipt keeps it. What matches nothing is reported and changes nothing. Source: facts
/// 6.5.
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
/// outbox.sent(&Interchange::decode(sent)?);
/// assert_eq!(outbox.pending().count(), 1);
/// let findings = outbox.receive(&Interchange::decode(received)?);
/// assert!(matches!(findings[..], [ReceiptFinding::Acknowledged { .. }]));
/// assert_eq!(outbox.pending().count(), 0);
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Outbox {
    interchanges: Vec<SentInterchange>,
}

impl Outbox {
    /// Takes in an interchange that is sent. One without registrations is not acknowledged and not taken in.
    ///
    /// An earlier one of the same partners and number, which is sent again or whose number has come round, makes way and
    /// is given back.
    pub fn sent(&mut self, interchange: &Interchange<'_>) -> Option<SentInterchange> {
        let sent = SentInterchange::of(interchange);
        let earlier = self.interchanges.iter().position(|earlier| earlier.is_same(&sent));
        let earlier = earlier.map(|at| self.interchanges.remove(at));
        if !sent.messages.is_empty() {
            self.interchanges.push(sent);
        }
        earlier
    }

    /// What was sent and is remembered.
    pub fn interchanges(&self) -> &[SentInterchange] {
        &self.interchanges
    }

    /// The messages without receipt, each with its interchange: to be presumed not processed (facts 6.1).
    pub fn pending<'s>(&'s self) -> impl Iterator<Item = (&'s SentInterchange, &'s SentMessage)> {
        let messages = |sent: &'s SentInterchange| sent.messages.iter().map(move |message| (sent, message));
        self.interchanges.iter().flat_map(messages).filter(|(_, message)| message.status.is_none())
    }

    /// Forgets the interchanges of which every message has its receipt, and gives them back.
    ///
    /// A receipt that is received again afterwards is one of an unknown interchange.
    pub fn take_settled(&mut self) -> Vec<SentInterchange> {
        let (settled, pending) =
            core::mem::take(&mut self.interchanges).into_iter().partition(SentInterchange::is_settled);
        self.interchanges = pending;
        settled
    }

    /// Matches the receipts in a received interchange with what was sent, and says what came of each line, and what is
    /// missing.
    pub fn receive(&mut self, interchange: &Interchange<'_>) -> Vec<ReceiptFinding> {
        let mut findings = Vec::new();
        for message in &interchange.messages {
            if let Message::Recep(recep) = message {
                self.receive_one(&interchange.header, recep, &mut findings);
            }
        }
        findings
    }

    fn receive_one(&mut self, header: &InterchangeHeader<'_>, recep: &Recep<'_>, findings: &mut Vec<ReceiptFinding>) {
        let named = recep.interchange.as_ref().and_then(|line| line.reference.clone());
        let sent = named
            .as_ref()
            .and_then(|reference| self.interchanges.iter_mut().rev().find(|sent| sent.is_meant(header, reference)));
        match sent {
            Some(sent) => sent.receive(recep, findings),
            None => findings
                .push(ReceiptFinding::UnknownInterchange { interchange: named.map(ControlReference::into_owned) }),
        }
    }
}

impl SentInterchange {
    /// Takes in the lines of its receipt.
    fn receive(&mut self, recep: &Recep<'_>, findings: &mut Vec<ReceiptFinding>) {
        for line in &recep.messages {
            findings.push(self.receive_line(line));
        }
        let is_named = |message: &SentMessage| {
            let mut named = recep.messages.iter().filter_map(|line| line.reference.as_ref());
            named.any(|reference| reference.same_number(&message.reference))
        };
        findings.extend(self.messages.iter().filter(|message| !is_named(message)).map(|message| {
            ReceiptFinding::NotNamed { interchange: self.reference.clone(), message: message.reference.clone() }
        }));
        let contradictions = self.contradictions(recep);
        findings.extend(
            contradictions
                .into_iter()
                .flatten()
                .map(|what| ReceiptFinding::Contradiction { interchange: self.reference.clone(), what }),
        );
    }

    fn receive_line(&mut self, line: &MessageReceipt<'_>) -> ReceiptFinding {
        let interchange = self.reference.clone();
        let named = line.reference.as_ref();
        let message = self
            .messages
            .iter_mut()
            .find(|message| named.is_some_and(|reference| reference.same_number(&message.reference)));
        let Some(message) = message else {
            return ReceiptFinding::UnknownMessage {
                interchange,
                message: named.map(|reference| reference.clone().into_owned()),
            };
        };
        let reference = message.reference.clone();
        let status = line.status.clone();
        if message.status.is_some() {
            return ReceiptFinding::Repeated { interchange, message: reference, status };
        }
        match status.filter(MessageStatus::is_known) {
            None => ReceiptFinding::UnreadableStatus { interchange, message: reference },
            Some(status) => {
                message.status = Some(status.clone());
                match status {
                    MessageStatus::Translated => ReceiptFinding::Acknowledged { interchange, message: reference },
                    status => ReceiptFinding::Refused { interchange, message: reference, status },
                }
            }
        }
    }

    /// `OK` together with a refused message is none: both levels stand for themselves (facts 6.4).
    fn contradictions(&self, recep: &Recep<'_>) -> [Option<Contradiction>; 2] {
        let line = recep.interchange.as_ref();
        let stated = line.and_then(|line| line.count.as_ref()).and_then(Count::number);
        let sent = self.messages.len() as u64;
        let translated = recep.messages.iter().any(|line| line.status == Some(MessageStatus::Translated));
        let none = line.is_some_and(|line| line.status == Some(InterchangeStatus::NoValidData));
        [
            (stated != Some(sent)).then_some(Contradiction::Count { stated, sent }),
            (none && translated).then_some(Contradiction::NoValidData),
        ]
    }
}
