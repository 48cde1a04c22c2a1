//! Events: the parts of interchanges, one after the other.

use crate::receipt::{InterchangeReceipt, MessageReceipt, RecepHeader};
use crate::segment::{registration::*, service::*};
use crate::syntax::RawSegment;
use crate::table::group;
use crate::transaction::Transaction;
use crate::value::{ControlReference, Date, DateTime, HaCipher, TransactionType};

group! {
    /// The heading of a registration message: UNH, BGM, NAD+FHS, DTM+137 and RFF+950, in F8 also DTM+206.
    ///
    /// Source: [facts 2.2](crate::reference::wire#s-2-2).
    pub struct RegistrationHeader (variant: |header| {
        usize::from(header.transaction_type == Some(TransactionType::CloseQuarterNotification))
    }) {
        [UnhRegistration Mandatory]
            /// The number of the message, which UNT repeats; an..14.
            reference: ControlReference<'a>;
        [Bgm Mandatory];
        [NadFhs Mandatory]
            /// The responsible HA, `NAD+FHS`.
            ha: Option<HaCipher<'a>>;
        [Dtm137 Mandatory]
            /// When the message was translated, `DTM+137`.
            translated: Option<DateTime<'a>>;
        [Dtm206 "XM"]
            /// The end of the quarter, `DTM+206`; in close quarter notifications only.
            quarter_end: Option<Date<'a>>;
        [Rff950 Mandatory]
            /// The type of all transactions in the message, `RFF+950`.
            transaction_type: Option<TransactionType>;
    }
}

/// A part of an interchange, as a [`EventReader`](super::EventReader) or [`Decoder`](super::Decoder) gives it.
///
/// ```text
/// { InterchangeHeader
///   { RegistrationHeader { Transaction } MessageTrailer
///   | RecepHeader { MessageReceipt | InterchangeReceipt } MessageTrailer
///   | OtherHeader { Segment } MessageTrailer }
///   InterchangeTrailer }
/// ```
///
/// A [`Segment`](Self::Segment) can stand anywhere. Trailers come even where the wire has none, and are empty then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "a box would be an allocation per transaction")]
#[non_exhaustive]
pub enum Event<'a> {
    /// UNB.
    InterchangeHeader(InterchangeHeader<'a>),
    /// The heading of an FHSREG message.
    RegistrationHeader(RegistrationHeader<'a>),
    /// A transaction of an FHSREG message.
    Transaction(Transaction<'a>),
    /// The heading of a RECEP message.
    RecepHeader(RecepHeader<'a>),
    /// RFF+MIS of a RECEP message.
    MessageReceipt(MessageReceipt<'a>),
    /// RFF+RIS of a RECEP message.
    InterchangeReceipt(InterchangeReceipt<'a>),
    /// UNH of a message of another type, whose segments follow one by one.
    OtherHeader(RawSegment<'a>),
    /// A segment of a message of another type, or one without a place.
    Segment {
        /// Which segment of its message it is, counting from 0 at UNH; 0 outside messages.
        at: usize,
        /// The segment.
        segment: RawSegment<'a>,
    },
    /// UNT.
    MessageTrailer(Trailer<'a>),
    /// UNZ.
    InterchangeTrailer(Trailer<'a>),
}

impl Event<'_> {
    /// Copies the text, so that the event is independent of the input.
    pub fn into_owned(self) -> Event<'static> {
        match self {
            Self::InterchangeHeader(header) => Event::InterchangeHeader(header.into_owned()),
            Self::RegistrationHeader(header) => Event::RegistrationHeader(header.into_owned()),
            Self::Transaction(transaction) => Event::Transaction(transaction.into_owned()),
            Self::RecepHeader(header) => Event::RecepHeader(header.into_owned()),
            Self::MessageReceipt(receipt) => Event::MessageReceipt(receipt.into_owned()),
            Self::InterchangeReceipt(receipt) => Event::InterchangeReceipt(receipt.into_owned()),
            Self::OtherHeader(header) => Event::OtherHeader(header.into_owned()),
            Self::Segment { at, segment } => Event::Segment { at, segment: segment.into_owned() },
            Self::MessageTrailer(trailer) => Event::MessageTrailer(trailer.into_owned()),
            Self::InterchangeTrailer(trailer) => Event::InterchangeTrailer(trailer.into_owned()),
        }
    }
}
