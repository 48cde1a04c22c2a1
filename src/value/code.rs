//! Code lists. All are open: a code that is not in its list is kept as text.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use super::{Defect, Scratch, Value, owned_already};
use crate::syntax::{Text, Word};

/// A code list as data: its name, its documentation, and the text, the name and the documentation of each code.
#[derive(Debug)]
pub(crate) struct CodeList {
    pub(crate) name: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) codes: &'static [(&'static str, &'static str, &'static str)],
}

/// Declares a code list: the codes, their names, and what is expected of a value.
macro_rules! codes {
    ($($(#[doc = $doc:literal])* $type:ident, $expected:literal {
        $(#[doc = $code_doc:expr] $name:ident = $code:literal,)+
    })+) => {
        $($(#[doc = $doc])*
        ///
        /// Further codes may be added; a code that is not in the list is `Other`, and refused by `parse`. Codes are
        /// ordered as in the list.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(from = "String", into = "String"))]
        #[non_exhaustive]
        pub enum $type {
            $(#[doc = $code_doc] $name,)+
            /// A code that is not in the list, as received.
            Other(Box<str>),
        }

        impl $type {
            /// The codes of the list, in its order.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The list as data.
            pub(crate) const LIST: $crate::value::CodeList = $crate::value::CodeList {
                name: stringify!($type),
                meaning: concat!($($doc, "\n"),*),
                codes: &[$(($code, stringify!($name), $code_doc)),+],
            };

            /// The code on the wire.
            #[inline]
            pub const fn as_str(&self) -> &str {
                match self {
                    $(Self::$name => $code,)+
                    Self::Other(code) => code,
                }
            }

            /// Whether the code is in the list.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Other(_))
            }

            fn known(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$name),)+
                    _ => None,
                }
            }
        }

        impl From<&str> for $type {
            fn from(code: &str) -> Self {
                Self::known(code).unwrap_or_else(|| Self::Other(code.into()))
            }
        }

        impl From<String> for $type {
            fn from(code: String) -> Self {
                Self::known(&code).unwrap_or_else(|| Self::Other(code.into()))
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        $crate::value::textual!($type);

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name => f.write_str(stringify!($name)),)+
                    // An unknown code may be anything, patient data included, so only its length is shown.
                    Self::Other(code) => write!(f, "Other({})", code.chars().count()),
                }
            }
        }

        impl<'a> Value<'a> for $type {
            #[inline]
            fn parse(text: Text<'a>) -> Self {
                Self::from(text.as_str())
            }

            #[inline]
            fn render<'s>(&'s self, _: &'s mut Scratch) -> &'s str {
                self.as_str()
            }

            #[inline]
            fn word(&self) -> Option<Word> {
                match self {
                    $(Self::$name => Some(const { Word::of($code) }),)+
                    Self::Other(_) => None,
                }
            }

            /// A code of the list is read back as itself.
            #[inline]
            fn is_read_back(&self, _: &str) -> bool {
                match self {
                    Self::Other(code) => Self::known(code).is_none(),
                    _ => true,
                }
            }

            #[inline]
            fn defect(&self) -> Option<Defect> {
                (!self.is_known()).then_some(Defect::Unknown($expected))
            }
        }

        owned_already!($type);)+
    };
}

pub(super) use codes;

codes! {
    /// Why a practice accepts a patient, `HEA+ACD+A:ZZZ`.
    ///
    /// Format a1. Source: [facts 5.3](crate::reference::wire#s-5-3).
    AcceptanceCode, "an acceptance code (A, D, R, I or S)" {
        /// `A`, an ordinary acceptance.
        Ordinary = "A",
        /// `D`, after a deduction.
        AfterDeduction = "D",
        /// `R`, after a rejection.
        AfterRejection = "R",
        /// `I`, an internal transfer within the partnership.
        InternalTransfer = "I",
        /// `S`, same GP, new HA.
        SameGpNewHa = "S",
    }

    /// What kind of registration an acceptance is, `HEA+ATP+1:ZZZ`.
    ///
    /// Format n1. Source: [facts 5.2](crate::reference::wire#s-5-2).
    AcceptanceType, "an acceptance type (1 to 5)" {
        /// `1`.
        Birth = "1",
        /// `2`.
        First = "2",
        /// `3`.
        TransferIn = "3",
        /// `4`.
        Immigrant = "4",
        /// `5`, obsolete: such patients are registered as transfers in.
        ExServices = "5",
    }

    /// Why a patient is deducted, `GIS+1:ZZZ`.
    ///
    /// Format an..3. The meanings of 1, 2, 5, 13 and 14 are documented, the others inferred from the order of a
    /// published list. Source: [facts 5.4](crate::reference::wire#s-5-4).
    DeductionReason, "a deduction reason (1 to 15)" {
        /// `1`.
        Death = "1",
        /// `2`, with the cipher of the new HA in `NAD+NFH`.
        RemovalToAnotherHa = "2",
        /// `3`, a change of GP for another reason than the address.
        InternalTransfer = "3",
        /// `4`.
        MentalHospital = "4",
        /// `5`, emigrated.
        Embarkation = "5",
        /// `6`.
        NewHaSameGp = "6",
        /// `7`.
        AdoptedChild = "7",
        /// `8`.
        Services = "8",
        /// `9`.
        GpRequest = "9",
        /// `10`.
        RegistrationCancelled = "10",
        /// `11`.
        ServiceDependant = "11",
        /// `12`.
        PatientRequest = "12",
        /// `13`.
        OtherReason = "13",
        /// `14`, after an FP69 notification.
        ReturnedUndelivered = "14",
        /// `15`.
        InternalTransferAddress = "15",
    }

    /// A patient's sex, `PDI+1`.
    ///
    /// Format n1. Source: [facts 5.7](crate::reference::wire#s-5-7).
    Sex, "a sex (0, 1, 2 or 9)" {
        /// `0`.
        NotKnown = "0",
        /// `1`.
        Male = "1",
        /// `2`.
        Female = "2",
        /// `9`.
        NotSpecified = "9",
    }

    /// Which identification of a patient a number is, element 2.2 of PNA.
    ///
    /// Format a3. Source: [facts 5.8](crate::reference::wire#s-5-8).
    IdentifierQualifier, "an identification qualifier (OPI or API)" {
        /// `OPI`, the official identification: the current NHS number.
        Official = "OPI",
        /// `API`, the amended identification: the new NHS number.
        Amended = "API",
    }

    /// Whether a message was translated, in `RFF+MIS`.
    ///
    /// Format a2. Source: [facts 5.10](crate::reference::wire#s-5-10).
    MessageStatus, "a message status (CP, CA or CI)" {
        /// `CP`, translated successfully.
        Translated = "CP",
        /// `CA`, translation error.
        TranslationError = "CA",
        /// `CI`, translation incomplete because of a fatal error.
        Incomplete = "CI",
    }

    /// Whether an interchange was received, in `RFF+RIS`.
    ///
    /// Format a2. It does not cover the messages: `OK` occurs together with messages that failed. Source:
    /// [facts 5.10](crate::reference::wire#s-5-10) and [6.4](crate::reference::wire#s-6-4).
    InterchangeStatus, "an interchange status (OK, NA or ER)" {
        /// `OK`, received successfully.
        Received = "OK",
        /// `NA`, no valid data in the interchange.
        NoValidData = "NA",
        /// `ER`, valid and invalid data in the interchange.
        PartlyInvalid = "ER",
    }

    /// Whether the GP dispenses drugs for the patient, `HEA+DM+Y:ZZZ`.
    ///
    /// Format a1. In an amendment the marker is cleared by [`Change::Erased`](super::Change::Erased). Source:
    /// [facts 5.6](crate::reference::wire#s-5-6).
    DrugsMarker, "a drugs marker (Y)" {
        /// `Y`.
        Dispensed = "Y",
    }

    /// The obsolete marker for a blocked route or a special district, `HEA+BM+S:ZZZ`.
    ///
    /// Format a1. Source: [facts 3.5](crate::reference::wire#s-3-5); further values may have existed.
    RouteMarker, "a route marker (B or S)" {
        /// `B`.
        BlockedRoute = "B",
        /// `S`.
        SpecialDistrict = "S",
    }
}

/// Why an FP69 flag was set, `HEA+FRN+8:ZZZ`.
///
/// Format: one to three digits, kept as they came (`08` is not `8`). Only 8, "other reason", is documented. Source:
/// [facts 5.5](crate::reference::wire#s-5-5).
///
/// ```
/// use nhais_edifact::value::Fp69Reason;
///
/// let reason = Fp69Reason::from("08");
/// assert_eq!((reason.as_str(), reason.number()), ("08", Some(8)));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Fp69Reason<'a>(Text<'a>);

impl Fp69Reason<'_> {
    /// The reason as a number.
    pub fn number(&self) -> Option<u16> {
        super::grammar::number(&self.0).and_then(|number| u16::try_from(number).ok())
    }
}

super::identifier::text_value!(Fp69Reason, refusal: |reason: &Fp69Reason<'_>| {
    let valid = reason.number().is_some() && reason.as_str().len() <= 3;
    (!valid).then_some(Defect::Invalid("an FP69 reason of one to three digits"))
});
