//! The models of interchanges and of their messages.

use alloc::vec::Vec;

use super::event::RegistrationHeader;
use crate::issue::Issue;
use crate::receipt::Recep;
use crate::segment::service::{InterchangeHeader, UnhRegistration};
use crate::syntax::RawSegment;
use crate::table::Unrecognised;
#[cfg(feature = "serde")]
use crate::table::is_absent;
use crate::transaction::{TransactionRef, Transactions};
use crate::value::{ControlReference, Date, DateTime, HaCipher, IntoOwned, into_owned};

/// An interchange: header, messages, and the segments between them.
///
/// Wire form: `UNB { UNH … UNT } UNZ`. Counts and the references of trailers are not in the model: they are computed
/// when it is written. Source: [facts 1](crate::reference::wire#s-1).
///
/// With the feature `serde`, it can be deserialized from self-describing formats such as JSON and CBOR; other formats
/// are not supported.
///
/// ```
/// use nhais_edifact::{Interchange, WriteOptions};
///
/// let input = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'\nUNH+00000508+FHSREG:0:1:FH:FHS001'\nBGM+++507'\n\
/// NAD+FHS+ZQX:954'\nDTM+137:202403180907:203'\nRFF+950:G3'\nS01+1'\nRFF+TN:2009'\nNAD+GP+7000015,T93:900'\n\
/// FTX+RGI+++MOVED 40 MILES AWAY'\nS02+2'\nPNA+PAT+9990000069:OPI'\nUNT+12+00000508'\nUNZ+1+00000108'";
/// let interchange = Interchange::decode(input)?.interchange;
/// let (message, removal) = interchange.transactions().next().unwrap();
/// assert_eq!(message.reference.number(), Some(508));
/// assert_eq!(removal.nhs_number().unwrap().as_str(), "9990000069");
/// assert_eq!(interchange.encode(&WriteOptions::default())?, input);
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Interchange<'a> {
    /// UNB.
    pub header: InterchangeHeader<'a>,
    /// The messages, in order.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub messages: Vec<Message<'a>>,
    /// Segments outside messages.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub unrecognised: Vec<Stray<'a>>,
    /// The segments before UNB.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub leading: Vec<RawSegment<'a>>,
    /// The segments after UNZ.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub trailing: Vec<RawSegment<'a>>,
}

/// An interchange that was decoded, with its issues.
///
/// ```
/// use nhais_edifact::Interchange;
///
/// let decoded = Interchange::decode(b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNZ+0+00000101'")?;
/// assert!(!decoded.is_clean());
/// assert_eq!(decoded.issues[0].kind().id(), "no-message");
/// assert_eq!(decoded.interchange.header.sender.as_str(), "KLM5");
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The interchange.
    pub interchange: Interchange<'a>,
    /// The deviations in it, and before and behind it.
    pub issues: Vec<Issue>,
}

impl<'a> Decoded<'a> {
    /// Whether there are no issues.
    pub fn is_clean(&self) -> bool {
        self.issues.is_empty()
    }

    /// Pairs each interchange with its issues. Those before the first interchange belong to the first.
    pub(super) fn each(interchanges: Vec<Interchange<'a>>, issues: Vec<Issue>) -> Vec<Self> {
        let unissued = |interchange| Self { interchange, issues: Vec::new() };
        let mut decoded: Vec<Self> = interchanges.into_iter().map(unissued).collect();
        if let [only] = &mut decoded[..] {
            only.issues = issues;
            return decoded;
        }
        for issue in issues {
            let at = issue.error().location().interchange.map_or(0, |number| number as usize - 1);
            if let Some(decoded) = decoded.get_mut(at) {
                decoded.issues.push(issue);
            }
        }
        decoded
    }
}

/// A segment between messages.
///
/// Functional groups are such segments: `UNG … UNE` around messages. Where there are any, UNZ counts them and not the
/// messages; UNE is written as it was kept (ISO 9735, data elements 0036 and 0060).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Stray<'a> {
    /// How many messages came before it.
    pub before_message: usize,
    /// The segment.
    pub segment: RawSegment<'a>,
}

/// A message.
///
/// Wire form: `UNH … UNT`. Source: [facts 2](crate::reference::wire#s-2).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Message<'a> {
    /// FHSREG.
    Registration(Registration<'a>),
    /// RECEP.
    #[cfg_attr(feature = "serde", serde(rename = "receipt"))]
    Recep(Recep<'a>),
    /// Any other type, kept as segments.
    Other(OtherMessage<'a>),
}

/// A registration message: a heading, and transactions of one type.
///
/// Wire form: `UNH BGM NAD+FHS DTM+137 RFF+950 { transaction } UNT`. Source: [facts 2.2](crate::reference::wire#s-2-2)
/// and [2.3](crate::reference::wire#s-2-3).
///
/// ```
/// use nhais_edifact::Registration;
/// use nhais_edifact::transaction::{Removal, Transactions};
///
/// let mut message = Registration::default();
/// message.ha = Some("ZQX".into());
/// message.transactions = Transactions::Removal(vec![Removal::default()]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Registration<'a> {
    /// The number of the message, which UNT repeats; an..14.
    pub reference: ControlReference<'a>,
    /// The responsible HA, `NAD+FHS`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub ha: Option<HaCipher<'a>>,
    /// When the message was translated, `DTM+137`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub translated: Option<DateTime<'a>>,
    /// The end of the quarter, `DTM+206`; in close quarter notifications only.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub quarter_end: Option<Date<'a>>,
    /// The transactions, whose type is `RFF+950`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Transactions::is_untyped"))]
    pub transactions: Transactions<'a>,
    /// Segments and components of the heading and the trailer that this model has no place for.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub unrecognised: Vec<Unrecognised<'a>>,
}

/// A message of a type that this crate does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct OtherMessage<'a> {
    /// UNH.
    pub header: RawSegment<'a>,
    /// The segments between UNH and UNT.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub segments: Vec<RawSegment<'a>>,
    /// Segments and components of the trailer that the model has no place for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub unrecognised: Vec<Unrecognised<'a>>,
}

into_owned!(Stray { before_message, segment });
into_owned!(OtherMessage { header, segments, unrecognised });
into_owned!(Registration { reference, ha, translated, quarter_end, transactions, unrecognised });
into_owned!(Interchange { header, messages, unrecognised, leading, trailing });
into_owned!(Decoded { interchange, issues });
crate::value::owned_already!(usize, Issue);

impl IntoOwned for Message<'_> {
    type Owned = Message<'static>;

    fn into_owned(self) -> Message<'static> {
        match self {
            Self::Registration(message) => Message::Registration(message.into_owned()),
            Self::Recep(message) => Message::Recep(message.into_owned()),
            Self::Other(message) => Message::Other(message.into_owned()),
        }
    }
}

impl<'a> Registration<'a> {
    pub(super) fn of_header(header: RegistrationHeader<'a>) -> Self {
        let RegistrationHeader { reference, ha, translated, quarter_end, transaction_type, unrecognised } = header;
        let transactions = Transactions::of_type(transaction_type);
        Self { reference, ha, translated, quarter_end, transactions, unrecognised }
    }

    /// The heading, to be written.
    pub(super) fn header(&self) -> RegistrationHeader<'a> {
        RegistrationHeader {
            reference: self.reference.clone(),
            ha: self.ha.clone(),
            translated: self.translated.clone(),
            quarter_end: self.quarter_end.clone(),
            transaction_type: self.transactions.transaction_type(),
            unrecognised: self.unrecognised.clone(),
        }
    }
}

impl<'a> Interchange<'a> {
    /// An interchange without messages.
    pub fn new(header: InterchangeHeader<'a>) -> Self {
        Self { header, messages: Vec::new(), unrecognised: Vec::new(), leading: Vec::new(), trailing: Vec::new() }
    }

    /// The registration messages in it.
    pub fn registrations(&self) -> impl Iterator<Item = &Registration<'a>> {
        self.messages.iter().filter_map(Message::as_registration)
    }

    /// The receipt messages in it.
    pub fn receipts(&self) -> impl Iterator<Item = &Recep<'a>> {
        self.messages.iter().filter_map(Message::as_recep)
    }

    /// The transactions in it, each with its message.
    pub fn transactions(&self) -> impl Iterator<Item = (&Registration<'a>, TransactionRef<'_, 'a>)> {
        self.registrations().flat_map(|message| message.transactions.iter().map(move |one| (message, one)))
    }
}

impl<'a> Message<'a> {
    /// The message, if it is one of registrations.
    pub fn as_registration(&self) -> Option<&Registration<'a>> {
        if let Self::Registration(message) = self { Some(message) } else { None }
    }

    /// The message, if it is a receipt.
    pub fn as_recep(&self) -> Option<&Recep<'a>> {
        if let Self::Recep(message) = self { Some(message) } else { None }
    }

    /// Copies the text, so that the message is independent of the input.
    pub fn into_owned(self) -> Message<'static> {
        IntoOwned::into_owned(self)
    }

    /// The reference in UNH; `None` if a message of an unknown type has none.
    pub fn reference(&self) -> Option<ControlReference<'_>> {
        match self {
            Self::Registration(message) => Some(message.reference.clone()),
            Self::Recep(message) => Some(message.reference.clone()),
            Self::Other(message) => reference_of(&message.header),
        }
    }
}

/// The reference in UNH of a message of another type.
pub(crate) fn reference_of<'h>(header: &'h RawSegment<'_>) -> Option<ControlReference<'h>> {
    UnhRegistration::REFERENCE.of_raw(header).map(ControlReference::from)
}
