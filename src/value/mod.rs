//! Leaf values: numbers, dates, identifiers and codes.
//!
//! Every type is total: it can hold any text, so that an invalid value can be reported, kept and written back as it
//! came. Accessors interpret the text; constructors make only what may be sent, and so does `parse`.

mod catalogue;
mod change;
mod cipher;
mod code;
mod date;
mod grammar;
mod identifier;
mod number;
mod postcode;

pub use catalogue::TransactionType;
pub use change::{Change, Line};
pub use code::{
    AcceptanceCode, AcceptanceType, DeductionReason, DrugsMarker, Fp69Reason, IdentifierQualifier, InterchangeStatus,
    MessageStatus, RouteMarker, Sex,
};
pub use date::{Date, DateTime, PreparationTime, UnreadableDate};
pub use identifier::{GpCode, HaCipher, InstituteCode, NhsNumber, NhsNumberForm, TradingPartnerCode};
pub use number::{
    ControlReference, Count, InterchangeSequence, MessageSequence, OutOfRange, Quantity, TransactionNumber,
    TransactionSequence,
};
pub use postcode::Postcode;

pub(crate) use catalogue::{Series, catalogue, direction};
pub(crate) use change::ERASE;
pub(crate) use code::CodeList;
pub(crate) use grammar::receipt_words;

use alloc::vec::Vec;

use crate::error::{CharacterClass, ErrorKind, Found};
use crate::syntax::{Text, Word, first_outside_level_a};

/// Buffer to render a number or a date without allocating.
pub(crate) type Scratch = [u8; 20];

/// A defect of a value, with what was expected instead.
#[derive(Clone, Copy)]
pub(crate) enum Defect {
    /// Its length describes the defect.
    Invalid(&'static str),
    /// Something other than its length is wrong.
    InvalidAs(&'static str, Found),
    Unknown(&'static str),
}

impl Defect {
    /// The defect of an invalid value, described by its length if `found` is not given.
    pub(crate) fn invalid(expected: &'static str, found: Option<Found>) -> Self {
        found.map_or(Self::Invalid(expected), |found| Self::InvalidAs(expected, found))
    }

    /// The error about a value with this text.
    pub(crate) fn kind(self, text: &str) -> ErrorKind {
        match self {
            Self::Invalid(expected) => ErrorKind::InvalidValue { expected, found: Found::of(text) },
            Self::InvalidAs(expected, found) => ErrorKind::InvalidValue { expected, found },
            Self::Unknown(expected) => ErrorKind::UnknownCode { expected, found: Found::of(text) },
        }
    }
}

/// A value that is one component of text.
pub(crate) trait Value<'a>: Sized {
    /// Parses any text.
    fn parse(text: Text<'a>) -> Self;

    /// Parses text; `None` if it has a defect.
    #[inline]
    fn parse_valid(text: Text<'a>) -> Option<Self> {
        Some(Self::parse(text)).filter(|value| value.defect().is_none())
    }

    /// Parses text into an empty place; `None` if it has a defect.
    #[inline]
    fn parse_into(place: &mut Option<Self>, text: Text<'a>) -> Option<()> {
        *place = Some(Self::parse_valid(text)?);
        Some(())
    }

    /// The text that was parsed, or the wire form of a new value.
    fn render<'s>(&'s self, scratch: &'s mut Scratch) -> &'s str;

    /// The wire form as a word, if the value is a number, a date or a code that may be sent.
    #[inline]
    fn word(&self) -> Option<Word> {
        None
    }

    /// The text, if all values of its type are text.
    #[inline]
    fn as_text(&self) -> Option<&str> {
        None
    }

    /// The defect that reading reports.
    fn defect(&self) -> Option<Defect> {
        None
    }

    /// The defect for which writing refuses the value.
    fn refusal(&self) -> Option<Defect> {
        self.defect()
    }

    /// Whether its text, which is not empty, is read back as this value, at a row with this format qualifier.
    #[inline]
    fn is_read_back(&self, _format: &str) -> bool {
        true
    }

    /// A date without the format of its row: its text, and its format qualifier.
    fn misfit(text: Text<'a>, _format: Option<Text<'a>>) -> Self {
        Self::parse(text)
    }

    /// The format qualifier to write, if it is not that of the row.
    fn format(&self) -> Option<&str> {
        None
    }
}

impl<'a> Value<'a> for Text<'a> {
    fn parse(text: Text<'a>) -> Self {
        text
    }

    #[inline]
    fn render<'s>(&'s self, _: &'s mut Scratch) -> &'s str {
        self.as_str()
    }

    #[inline]
    fn as_text(&self) -> Option<&str> {
        Some(self.as_str())
    }
}

/// Shows a text, or its length.
pub(crate) fn debug(f: &mut core::fmt::Formatter<'_>, name: &str, text: &str, is_shown: bool) -> core::fmt::Result {
    if is_shown { write!(f, "{name}({text})") } else { write!(f, "{name}({})", text.chars().count()) }
}

/// Parses a value that is to be sent; refuses what may not be sent.
pub(crate) fn parse<'a, V: Value<'a>>(text: &str) -> Result<V, ErrorKind> {
    if text.bytes().all(|byte| byte == b' ') {
        return Err(ErrorKind::EmptyValue { expected: "a value" });
    }
    if let Some((_, character)) = first_outside_level_a(text) {
        return Err(ErrorKind::Repertoire { class: CharacterClass::of(character) });
    }
    let value = V::parse(Text::from(text).into_owned());
    match value.refusal() {
        Some(defect) => Err(defect.kind(text)),
        None => Ok(value),
    }
}

/// Implements comparison, parsing and conversion for a value with a text.
macro_rules! textual {
    ($type:ty) => {
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad($crate::value::Value::render(self, &mut $crate::value::Scratch::default()))
            }
        }

        /// Refuses what may not be sent; `From` takes any text.
        impl core::str::FromStr for $type {
            type Err = $crate::error::ErrorKind;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::value::parse(text)
            }
        }

        impl PartialEq<str> for $type {
            fn eq(&self, other: &str) -> bool {
                $crate::value::Value::render(self, &mut $crate::value::Scratch::default()) == other
            }
        }

        impl PartialEq<&str> for $type {
            fn eq(&self, other: &&str) -> bool {
                *self == **other
            }
        }

        impl From<$type> for alloc::string::String {
            fn from(value: $type) -> Self {
                $crate::value::Value::render(&value, &mut $crate::value::Scratch::default()).into()
            }
        }
    };
}

/// Makes what was read independent of the input it was read from.
///
/// Models and their items have a method of that name; the trait is for what holds any of them, such as
/// [`Change`], and for options and lists.
///
/// ```
/// use nhais_edifact::syntax::Text;
/// use nhais_edifact::value::{Change, IntoOwned};
///
/// let read = String::from("PIKE");
/// let surname = Change::To(Text::from(read.as_str())).into_owned();
/// drop(read);
/// assert_eq!(surname, Change::To(Text::from("PIKE")));
/// ```
pub trait IntoOwned {
    /// The type without borrowed text.
    type Owned;

    /// The type that owns its text.
    fn into_owned(self) -> Self::Owned;
}

impl IntoOwned for Text<'_> {
    type Owned = Text<'static>;

    fn into_owned(self) -> Text<'static> {
        Text::into_owned(self)
    }
}

impl<T: IntoOwned> IntoOwned for Option<T> {
    type Owned = Option<T::Owned>;

    fn into_owned(self) -> Self::Owned {
        self.map(T::into_owned)
    }
}

impl<T: IntoOwned> IntoOwned for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn into_owned(self) -> Self::Owned {
        self.into_iter().map(T::into_owned).collect()
    }
}

/// Implements [`IntoOwned`] for types without a lifetime.
macro_rules! owned_already {
    ($($type:ty),+ $(,)?) => {
        $(impl $crate::value::IntoOwned for $type {
            type Owned = Self;

            fn into_owned(self) -> Self {
                self
            }
        })+
    };
}

/// Implements [`IntoOwned`], and the method of that name, for a struct field by field.
macro_rules! into_owned {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::value::IntoOwned for $type<'_> {
            type Owned = $type<'static>;

            fn into_owned(self) -> $type<'static> {
                $type { $($field: $crate::value::IntoOwned::into_owned(self.$field)),+ }
            }
        }

        impl $type<'_> {
            /// Copies the text, so that the model is independent of the input.
            pub fn into_owned(self) -> $type<'static> {
                $crate::value::IntoOwned::into_owned(self)
            }
        }
    };
}

pub(crate) use {into_owned, owned_already, textual};
