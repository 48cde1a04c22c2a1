//! The catalogue: every transaction type, once.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use super::code::codes;
use super::{Defect, Scratch, Value, owned_already};
use crate::syntax::{Text, Word};

/// Passes the catalogue to the macro in brackets, behind its other arguments.
///
/// A row is the name of a type, its code, a short name, the model of its transactions, who sends it, and in whose
/// series its transactions are numbered. Optional properties follow: `names gp` and `about patient`, the fields of the
/// GP and the patient; `variant`, that of its plan, unless the model determines it; `erases false`, if there is nothing
/// yet that `%` could erase; `obsolete true`, if it is no longer sent.
macro_rules! catalogue {
    ([$($macro:tt)+] $($given:tt)*) => {
        $($macro)+! { [$($given)*]
            /// A practice registers a patient.
            Acceptance { "G1" "ACG", Acceptance, from Gp, numbers Practice, names gp, about patient, erases false }
            /// A practice reports what has changed.
            AmendmentOut { "G2" "AMG", Amendment, from Gp, numbers Practice, names gp, about patient, variant 0 }
            /// A practice asks for a removal.
            Removal { "G3" "REG", Removal, from Gp, numbers Practice, names gp, about patient }
            /// A practice asks for a deduction.
            DeductionRequest { "G5" "DER", DeductionRequest, from Gp, numbers Practice, names gp, about patient }
            /// An HA reports what has changed.
            AmendmentIn { "F1" "AMF", Amendment, from Ha, numbers Ha, names gp, about patient, variant 1 }
            /// An HA deducts a patient.
            Deduction { "F2" "DEF", Deduction, from Ha, numbers Ha, names gp, about patient }
            /// An HA rejects an acceptance.
            Rejection { "F3" "REF", Rejection, from Ha, numbers Quoted, names gp }
            /// An HA approves an acceptance.
            Approval { "F4" "APF", Approval, from Ha, numbers Quoted, names gp, about patient }
            /// Obsolete.
            MedicalRecordF5 {
                "F5" "obsolete, a medical record transaction", MedicalRecordNotice, from Ha, numbers Ha, names gp,
                about patient, obsolete true
            }
            /// Obsolete.
            MedicalRecordF6 {
                "F6" "obsolete, a medical record transaction", MedicalRecordNotice, from Ha, numbers Ha, names gp,
                about patient, obsolete true
            }
            /// An HA closes a quarter.
            CloseQuarterNotification { "F8" "CQN", CloseQuarterNotification, from Ha, numbers Ha }
            /// An HA sets an FP69 flag.
            Fp69PriorNotification { "F9" "FPN", Fp69PriorNotification, from Ha, numbers Ha, names gp, about patient }
            /// An HA removes an FP69 flag.
            Fp69FlagRemoval { "F10" "FFR", Fp69FlagRemoval, from Ha, numbers Ha, names gp, about patient }
            /// An HA refuses a deduction request.
            DeductionRequestRejection {
                "F11" "DRR", DeductionRequestRejection, from Ha, numbers Quoted, names gp, about patient
            }
        }
    };
}

pub(crate) use catalogue;

/// Who sends transactions of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sender {
    Gp,
    Ha,
}

/// In whose series transactions are numbered (wire.md#s-3-1 and wire.md#s-8).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Series {
    /// The practice's.
    Practice,
    /// The practice's, as an HA quotes them.
    Quoted,
    /// The HA's own.
    Ha,
}

/// The properties of a type in the catalogue.
struct Properties {
    sender: Sender,
    series: Series,
    is_obsolete: bool,
}

/// The direction of a sender, in words.
macro_rules! direction {
    (Gp) => {
        "GP to HA"
    };
    (Ha) => {
        "HA to GP"
    };
}

pub(crate) use direction;

/// Declares the code list and the properties of each type in it.
macro_rules! transaction_types {
    ([] $(#[$_doc:meta] $name:ident {
        $code:literal $known_as:literal, $_model:ident, from $sender:ident, numbers $series:ident
        $(, names $_gp:ident)? $(, about $_patient:ident)? $(, variant $_variant:literal)? $(, erases $_erases:literal)?
        $(, obsolete $obsolete:literal)?
    })+) => {
        codes! {
            /// The type of the transactions in a message, `RFF+950:G1`.
            ///
            /// Format an..3. Source: [facts 3.1](crate::reference::wire#s-3-1).
            ///
            /// ```
            /// use nhais_edifact::value::TransactionType;
            ///
            /// assert_eq!(TransactionType::from("F10"), TransactionType::Fp69FlagRemoval);
            /// assert_eq!(TransactionType::from("F12").as_str(), "F12");
            /// assert!(TransactionType::Acceptance.is_outbound());
            /// ```
            TransactionType, "a transaction type of the catalogue" {
                $(#[doc = concat!("`", $code, "`, ", $known_as, ", ", direction!($sender), ".")] $name = $code,)+
            }
        }

        impl TransactionType {
            const fn properties(&self) -> Option<Properties> {
                match self {
                    $(Self::$name => Some(Properties {
                        sender: Sender::$sender,
                        series: Series::$series,
                        is_obsolete: false $(|| $obsolete)?,
                    }),)+
                    Self::Other(_) => None,
                }
            }
        }
    };
}

catalogue!([transaction_types]);

impl TransactionType {
    /// Whether a practice sends it; for unknown types, the first letter decides.
    pub fn is_outbound(&self) -> bool {
        self.properties().map_or_else(|| self.as_str().starts_with('G'), |known| known.sender == Sender::Gp)
    }

    /// In whose series its transactions are numbered; unknown types that a practice would send count as the practice's.
    pub(crate) fn series(&self) -> Option<Series> {
        self.properties().map(|known| known.series).or(self.is_outbound().then_some(Series::Practice))
    }

    /// Whether it is no longer sent.
    pub(crate) fn is_obsolete(&self) -> bool {
        self.properties().is_some_and(|known| known.is_obsolete)
    }
}
