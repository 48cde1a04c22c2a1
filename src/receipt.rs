//! The models of RECEP, which interchanges hold; [`recep`](crate::recep) derives and matches them.

use alloc::vec::Vec;

use crate::segment::{receipt::*, registration::Dtm137, service::*};
#[cfg(feature = "serde")]
use crate::table::is_absent;
use crate::table::{Unrecognised, group, is_given};
use crate::value::{ControlReference, DateTime, into_owned};

pub use crate::segment::receipt::{InterchangeReceipt, MessageReceipt, ReceiptParties};

group! {
    /// The heading of a receipt message: UNH, BGM, NHS and DTM+815.
    pub struct RecepHeader {
        [UnhReceipt Mandatory]
            /// The number of the message, which UNT repeats; an..14.
            reference: ControlReference<'a>;
        [BgmReceipt Mandatory]
            /// When the receipt was made.
            made: Option<DateTime<'a>>;
        [Nhs Mandatory]
            /// The HA and the GP.
            parties: Option<ReceiptParties<'a>>;
        [Dtm815 Mandatory]
            /// When the acknowledged interchange was received.
            received: Option<DateTime<'a>>;
    }
    read Dtm137 as Dtm815;
    require Nhs::HA if not |header| {
        header.parties.as_ref().is_some_and(|parties| is_given(&parties.ha))
    };
    require Nhs::GP if not |header| {
        header.parties.as_ref().is_some_and(|parties| is_given(&parties.gp))
    };
}

/// A receipt message.
///
/// Wire form: `UNH BGM NHS DTM+815 { RFF+MIS } RFF+RIS UNT`. Source: [facts 6](crate::reference::wire#s-6).
///
/// ```
/// use nhais_edifact::recep::{MessageReceipt, Recep};
///
/// let mut recep = Recep::default();
/// recep.messages.push(MessageReceipt::default());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Recep<'a> {
    /// The number of the message, which UNT repeats; an..14.
    pub reference: ControlReference<'a>,
    /// When the receipt was made.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub made: Option<DateTime<'a>>,
    /// The HA and the GP.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub parties: Option<ReceiptParties<'a>>,
    /// When the acknowledged interchange was received.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub received: Option<DateTime<'a>>,
    /// The receipts of its messages, in order.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub messages: Vec<MessageReceipt<'a>>,
    /// The receipt of the interchange.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub interchange: Option<InterchangeReceipt<'a>>,
    /// Segments and components that this model has no place for.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub unrecognised: Vec<Unrecognised<'a>>,
}

into_owned!(Recep { reference, made, parties, received, messages, interchange, unrecognised });

impl<'a> Recep<'a> {
    /// A receipt with its heading only.
    pub(crate) fn of_header(header: RecepHeader<'a>) -> Self {
        let RecepHeader { reference, made, parties, received, unrecognised } = header;
        Self { reference, made, parties, received, unrecognised, ..Self::default() }
    }

    /// The heading, to be written.
    pub(crate) fn header(&self) -> RecepHeader<'a> {
        RecepHeader {
            reference: self.reference.clone(),
            made: self.made.clone(),
            parties: self.parties.clone(),
            received: self.received.clone(),
            unrecognised: self.unrecognised.clone(),
        }
    }
}
