//! Leaf values: numbers, dates, identifiers and codes.
//!
//! Every type is total: any text that arrives has a place in it, so that a broken value can be reported, kept and
//! written back as it came. Views tell what the text means; constructors make only what may be sent, and so does `parse`.

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

/// Room to render a number or a date without allocating.
pub(crate) type Scratch = [u8; 20];

/// What is wrong with a value, by what was expected instead.
#[derive(Clone, Copy)]
pub(crate) enum Defect {
    /// How long it is tells what is wrong.
    Invalid(&'static str),
    /// Something else than its length is wrong.
    InvalidAs(&'static str, Found),
    Unknown(&'static str),
}

impl Defect {
    /// A value that is not as expected, told by its length where nothing else is known.
    pub(crate) fn invalid(expected: &'static str, found: Option<Found>) -> Self {
        found.map_or(Self::Invalid(expected), |found| Self::InvalidAs(expected, found))
    }

    /// What is reported of a value whose text is this.
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
    /// Takes in any text.
    fn parse(text: Text<'a>) -> Self;

    /// Takes in text about which a receiver is told nothing.
    #[inline]
    fn parse_valid(text: Text<'a>) -> Option<Self> {
        Some(Self::parse(text)).filter(|value| value.defect().is_none())
    }

    /// The same, into a place where nothing is.
    #[inline]
    fn parse_into(place: &mut Option<Self>, text: Text<'a>) -> Option<()> {
        fill(place, Some(Self::parse_valid(text)?));
        Some(())
    }

    /// The text that [`parse`](Self::parse) took in, or what a new value is on the wire.
    fn render<'s>(&'s self, scratch: &'s mut Scratch) -> &'s str;

    /// What the value is on the wire, if it is a number, a date or a code that may be sent.
    #[inline]
    fn word(&self) -> Option<Word> {
        None
    }

    /// Its text, if all values of its type are text.
    #[inline]
    fn as_text(&self) -> Option<&str> {
        None
    }

    /// What a receiver is told about the value.
    fn defect(&self) -> Option<Defect> {
        None
    }

    /// Why the value may not be sent.
    fn refusal(&self) -> Option<Defect> {
        self.defect()
    }

    /// Whether its text, which is not empty, is read as this value again, at a row that has this format qualifier.
    #[inline]
    fn is_read_back(&self, _format: &str) -> bool {
        true
    }

    /// A date that does not stand in the format of its row: what stood there, and its format qualifier.
    fn misfit(text: Text<'a>, _format: Option<Text<'a>>) -> Self {
        Self::parse(text)
    }

    /// The format qualifier to write, where it is not that of the row.
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

/// Shows a text by itself or by its length.
pub(crate) fn debug(f: &mut core::fmt::Formatter<'_>, name: &str, text: &str, is_shown: bool) -> core::fmt::Result {
    if is_shown { write!(f, "{name}({text})") } else { write!(f, "{name}({})", text.chars().count()) }
}

/// Parses a value that is to be sent: what may not be sent is refused.
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

/// Implements for a value what a text can do: it is shown, compared, parsed and turned into a string.
macro_rules! textual {
    ($type:ty) => {
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad($crate::value::Value::render(self, &mut $crate::value::Scratch::default()))
            }
        }

        /// Refuses what may not be sent; conversions take any text.
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

/// Puts something where nothing is. What stands there is not looked at: it was written just before, which makes reading it
/// slow.
#[inline]
pub(crate) fn fill<T>(place: &mut T, something: T) {
    core::mem::forget(core::mem::replace(place, something));
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
    /// The same type, which borrows nothing.
    type Owned;

    /// What owns all that it holds.
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
            /// The same, independent of the input.
            pub fn into_owned(self) -> $type<'static> {
                $crate::value::IntoOwned::into_owned(self)
            }
        }
    };
}

pub(crate) use {into_owned, owned_already, textual};
