//! Numbers, which keep their digits if these are not canonical.

use alloc::borrow::Cow;
use alloc::string::ToString;
use core::fmt;

use super::{Defect, IntoOwned, Scratch, Value, grammar};
use crate::error::Found;
use crate::syntax::Text;

/// A number that is not in the range of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a number from 1 to {max}, but found another")]
pub struct OutOfRange {
    max: u32,
}

/// A number in its canonical digits, or any other text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Digits<'a> {
    Number(u64),
    Text(Text<'a>),
}

impl<'a> Digits<'a> {
    /// Parses any text; `width` is the number of digits that the number is padded to.
    #[inline]
    fn parse(text: Text<'a>, width: usize) -> Self {
        canonical(text.as_bytes(), width).map_or_else(|| Self::Text(text), Self::Number)
    }

    #[inline]
    fn render<'s>(&'s self, width: usize, scratch: &'s mut Scratch) -> &'s str {
        match self {
            Self::Number(number) => digits(*number, width, scratch),
            Self::Text(text) => text.as_str(),
        }
    }

    #[inline]
    fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => grammar::number(text),
        }
    }

    /// A defect of the number other than its length; `width` is that of its type.
    fn misuse(&self, width: usize) -> Option<Found> {
        match self {
            Self::Number(number) => (*number == 0).then_some(Found::Zero),
            Self::Text(text) if width > 1 || !matches!(Found::of(text), Found::Digits(_)) => None,
            Self::Text(text) if text.starts_with('0') && self.number().is_some() => Some(Found::LeadingZeros),
            Self::Text(_) => Some(Found::OutOfRange),
        }
    }

    fn into_owned(self) -> Digits<'static> {
        match self {
            Self::Number(number) => Digits::Number(number),
            Self::Text(text) => Digits::Text(text.into_owned()),
        }
    }
}

/// A number in canonical form: padded with zeros to `width` digits.
#[inline]
fn canonical(bytes: &[u8], width: usize) -> Option<u64> {
    let canonical = bytes.len() == width || (bytes.len() > width && bytes.first() != Some(&b'0'));
    if let Ok(eight) = bytes.try_into() {
        return grammar::eight_digits(eight).filter(|_| canonical);
    }
    if !canonical || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    bytes.iter().try_fold(0_u64, |number, digit| number.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
}

/// Writes `number` with at least `width` digits to the end of `scratch`.
#[inline]
fn digits(mut number: u64, width: usize, scratch: &mut Scratch) -> &str {
    let mut start = scratch.len();
    let last = start - width;
    while number > 0 || start > last {
        start -= 1;
        let digit = (number % 10) as u8;
        scratch[start] = b'0' + digit;
        number /= 10;
    }
    core::str::from_utf8(&scratch[start..]).unwrap_or_default()
}

/// Declares a number type.
macro_rules! numbers {
    ($($(#[$doc:meta])* $type:ident, width $width:literal, $expected:literal, read: $read:expr, refused: $refused:expr;)+) => {
        $($(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(from = "Text<'a>", into = "alloc::string::String"))]
        pub struct $type<'a>(Digits<'a>);

        impl $type<'_> {
            /// The number, however many zeros lead it; `None` if the text is not a number of at most 64 bits.
            pub fn number(&self) -> Option<u64> {
                self.0.number()
            }

            /// The text on the wire.
            pub fn text(&self) -> Cow<'_, str> {
                match &self.0 {
                    Digits::Number(_) => self.to_string().into(),
                    Digits::Text(text) => text.as_str().into(),
                }
            }

            /// Copies the text, so that the number is independent of the input.
            pub fn into_owned(self) -> $type<'static> {
                $type(self.0.into_owned())
            }

            /// The defect of a number that is invalid.
            #[cold]
            pub(crate) fn as_defect(&self) -> Defect {
                Defect::invalid($expected, self.0.misuse($width))
            }
        }

        impl<'a, T: Into<Text<'a>>> From<T> for $type<'a> {
            fn from(text: T) -> Self {
                Self(Digits::parse(text.into(), $width))
            }
        }

        super::textual!($type<'_>);

        impl fmt::Debug for $type<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.number() {
                    Some(number) => write!(f, concat!(stringify!($type), "({})"), number),
                    None => f.write_str(concat!(stringify!($type), "(not a number)")),
                }
            }
        }

        impl<'a> Value<'a> for $type<'a> {
            #[inline]
            fn parse(text: Text<'a>) -> Self {
                Self(Digits::parse(text, $width))
            }

            #[inline]
            fn parse_into(place: &mut Option<Self>, text: Text<'a>) -> Option<()> {
                // Most numbers are canonical: these are parsed straight into their place.
                match canonical(text.as_bytes(), $width) {
                    Some(number) => *place = Some(Self(Digits::Number(number))),
                    None => *place = Some(Self::parse_valid(text)?),
                }
                Some(())
            }

            #[inline]
            fn render<'s>(&'s self, scratch: &'s mut Scratch) -> &'s str {
                self.0.render($width, scratch)
            }

            #[inline]
            fn word(&self) -> Option<crate::syntax::Word> {
                match self.0 {
                    Digits::Number(number) if self.refusal().is_none() => crate::syntax::Word::of_number(number, $width),
                    _ => None,
                }
            }

            #[inline]
            fn defect(&self) -> Option<Defect> {
                let broken: fn(&Self) -> bool = $read;
                if broken(self) { Some(self.as_defect()) } else { None }
            }

            #[inline]
            fn refusal(&self) -> Option<Defect> {
                let refused: fn(&Digits<'_>) -> bool = $refused;
                if refused(&self.0) { Some(self.as_defect()) } else { None }
            }
        }

        impl IntoOwned for $type<'_> {
            type Owned = $type<'static>;

            fn into_owned(self) -> $type<'static> {
                $type::into_owned(self)
            }
        })+
    };
}

/// Counts and references are compared with others when they are read; the result is more specific than a defect of
/// their digits.
fn checked_elsewhere<T>(_: &T) -> bool {
    false
}

#[inline]
fn not_canonical(digits: &Digits<'_>) -> bool {
    !matches!(digits, Digits::Number(_))
}

#[inline]
fn not_a_reference(digits: &Digits<'_>) -> bool {
    !matches!(digits, Digits::Number(1..=99_999_999))
}

numbers! {
    /// The reference that a header and its trailer share, in UNB and UNZ or in UNH and UNT.
    ///
    /// Wire form: `00000101`, eight digits, 1 to 99,999,999; received ones may be any an..14. Source:
    /// [facts 1.7](crate::reference::wire#s-1-7), [2.1](crate::reference::wire#s-2-1).
    ///
    /// ```
    /// use nhais_edifact::value::{ControlReference, InterchangeSequence};
    ///
    /// let reference = ControlReference::from(InterchangeSequence::new(101)?);
    /// assert_eq!(reference.to_string(), "00000101");
    /// assert!(reference.same_number(&ControlReference::from("101")));
    /// assert_ne!(reference, ControlReference::from("101"), "digits are kept as they came");
    /// # Ok::<(), nhais_edifact::value::OutOfRange>(())
    /// ```
    ControlReference, width 8, "a control reference of eight digits", read: checked_elsewhere, refused: not_a_reference;

    /// The number of a transaction, `RFF+TN:2001`.
    ///
    /// Wire form: 1 to 9,999,999 without leading zeros for those of a practice; an HA's own numbers are longer. Source:
    /// [facts 8](crate::reference::wire#s-8).
    ///
    /// ```
    /// use nhais_edifact::value::TransactionNumber;
    ///
    /// assert_eq!(TransactionNumber::new(2001)?.to_string(), "2001");
    /// assert!(TransactionNumber::new(0).is_err());
    /// assert_eq!(TransactionNumber::from("00000001").number(), Some(1));
    /// # Ok::<(), nhais_edifact::value::OutOfRange>(())
    /// ```
    TransactionNumber, width 1, "a transaction number of digits", read: |number| number.number().is_none(), refused: not_canonical;

    /// A count, as a trailer or a receipt states it.
    ///
    /// Wire form: `2`, without leading zeros. Source: [facts 1.8](crate::reference::wire#s-1-8),
    /// [2.5](crate::reference::wire#s-2-5), [6.2](crate::reference::wire#s-6-2).
    Count, width 1, "a count", read: checked_elsewhere, refused: not_canonical;

    /// An obsolete quantity: rural practice payment mileage or walking units, `QTY+951:6`.
    ///
    /// Wire form: n..15. Source: [facts 3.5](crate::reference::wire#s-3-5).
    Quantity, width 1, "a quantity of digits", read: |number| number.number().is_none(), refused: not_canonical;
}

impl Default for ControlReference<'_> {
    fn default() -> Self {
        Self(Digits::Text(Text::default()))
    }
}

impl ControlReference<'_> {
    /// Whether both are equal: as numbers if both are numbers, as text otherwise.
    pub fn same_number(&self, other: &ControlReference<'_>) -> bool {
        match (self.number(), other.number()) {
            (Some(number), Some(other)) => number == other,
            _ => self.text() == other.text(),
        }
    }

    /// Its number, if it has the form in which references are sent: eight digits, and not zero (wire.md#s-1-7).
    #[inline]
    pub(crate) fn sequence(&self) -> Option<u64> {
        match self.0 {
            Digits::Number(number @ 1..=99_999_999) => Some(number),
            _ => None,
        }
    }

    /// The reference of a number, however large it is.
    pub(crate) fn of_number(number: u64) -> Self {
        Self(Digits::Number(number))
    }

    /// The number with eight digits; text that is no number, or longer, is unchanged.
    pub(crate) fn to_eight_digits(&self) -> ControlReference<'static> {
        match self.number() {
            Some(number @ 0..=99_999_999) => ControlReference::of_number(number),
            _ => self.clone().into_owned(),
        }
    }

    /// Whether it is empty.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(&self.0, Digits::Text(text) if text.is_empty())
    }

    /// How long the text on the wire is.
    pub(crate) fn found(&self) -> Found {
        Found::of(&self.text())
    }
}

impl TransactionNumber<'_> {
    /// The largest number that a practice uses.
    pub const MAX: u32 = 9_999_999;

    /// A number of a practice.
    ///
    /// # Errors
    ///
    /// `number` is 0 or above [`MAX`](Self::MAX).
    pub fn new(number: u32) -> Result<Self, OutOfRange> {
        in_range(number, Self::MAX).map(|number| Self(Digits::Number(u64::from(number))))
    }
}

impl Count<'_> {
    /// A count.
    pub fn new(count: u64) -> Self {
        Self(Digits::Number(count))
    }
}

impl Quantity<'_> {
    /// A quantity.
    pub fn new(quantity: u64) -> Self {
        Self(Digits::Number(quantity))
    }
}

/// The number in a reference or a text, if it is in the range of a sequence.
fn in_sequence(number: Option<u64>, max: u32) -> Result<u32, OutOfRange> {
    number.and_then(|number| u32::try_from(number).ok()).map_or(Err(OutOfRange { max }), |number| in_range(number, max))
}

fn in_range(number: u32, max: u32) -> Result<u32, OutOfRange> {
    if (1..=max).contains(&number) { Ok(number) } else { Err(OutOfRange { max }) }
}

/// Declares a number that is handed out in sequence, its range, and what it becomes on the wire.
macro_rules! sequences {
    ($($(#[$doc:meta])* $type:ident, up to $max:literal, becomes $wire:ident;)+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "u32", into = "u32"))]
        pub struct $type(u32);

        impl $type {
            /// The largest number; the next one is 1.
            pub const MAX: u32 = $max;

            /// The number that a new sequence begins with.
            pub const FIRST: Self = Self(1);

            /// A number of the sequence.
            ///
            /// # Errors
            ///
            /// `number` is 0 or above [`MAX`](Self::MAX).
            pub fn new(number: u32) -> Result<Self, OutOfRange> {
                in_range(number, Self::MAX).map(Self)
            }

            /// The number.
            pub fn number(self) -> u32 {
                self.0
            }

            /// The number after this one: 1 after [`MAX`](Self::MAX).
            #[must_use]
            pub fn following(self) -> Self {
                Self(self.0 % Self::MAX + 1)
            }
        }

        impl From<$type> for $wire<'_> {
            fn from(sequence: $type) -> Self {
                Self(Digits::Number(u64::from(sequence.0)))
            }
        }

        impl TryFrom<&$wire<'_>> for $type {
            type Error = OutOfRange;

            fn try_from(number: &$wire<'_>) -> Result<Self, OutOfRange> {
                in_sequence(number.number(), Self::MAX).map(Self)
            }
        }

        impl core::str::FromStr for $type {
            type Err = OutOfRange;

            fn from_str(text: &str) -> Result<Self, OutOfRange> {
                in_sequence(grammar::number(text), Self::MAX).map(Self)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl From<$type> for u32 {
            fn from(sequence: $type) -> Self {
                sequence.0
            }
        }

        impl TryFrom<u32> for $type {
            type Error = OutOfRange;

            fn try_from(number: u32) -> Result<Self, OutOfRange> {
                Self::new(number)
            }
        })+
    };
}

sequences! {
    /// The number of an interchange from one partner to another, 1 to 99,999,999.
    ///
    /// Wire form: the control reference of UNB, `00000101`. Source: [facts 8](crate::reference::wire#s-8).
    ///
    /// ```
    /// use nhais_edifact::value::InterchangeSequence;
    ///
    /// assert_eq!(InterchangeSequence::new(99_999_999)?.following().number(), 1);
    /// assert_eq!(InterchangeSequence::try_from(&"00000101".into())?.to_string(), "101");
    /// # Ok::<(), nhais_edifact::value::OutOfRange>(())
    /// ```
    InterchangeSequence, up to 99_999_999, becomes ControlReference;

    /// The number of a message from one partner to another, 1 to 99,999,999, counted independently of interchanges.
    ///
    /// Wire form: the message reference of UNH, `00000501`. Source: [facts 8](crate::reference::wire#s-8).
    ///
    /// ```
    /// use nhais_edifact::value::MessageSequence;
    ///
    /// assert!(MessageSequence::new(0).is_err());
    /// ```
    MessageSequence, up to 99_999_999, becomes ControlReference;

    /// The number of a transaction of a practice, 1 to 9,999,999, in one series for all its HAs.
    ///
    /// Wire form: `RFF+TN:2001`. How HAs number theirs is not public. Source: [facts 8](crate::reference::wire#s-8).
    ///
    /// ```
    /// use nhais_edifact::value::{TransactionNumber, TransactionSequence};
    ///
    /// assert_eq!(TransactionSequence::new(9_999_999)?.following(), TransactionSequence::FIRST);
    /// assert_eq!(TransactionNumber::from(TransactionSequence::new(2001)?).to_string(), "2001");
    /// # Ok::<(), nhais_edifact::value::OutOfRange>(())
    /// ```
    TransactionSequence, up to 9_999_999, becomes TransactionNumber;
}

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::*;

    fn written(reference: &str) -> String {
        ControlReference::from(reference).to_string()
    }

    #[test]
    fn references_are_the_same_as_numbers_or_as_text() {
        let same = |one: &'static str, other: &'static str| {
            ControlReference::from(one).same_number(&ControlReference::from(other))
        };
        assert!(same("00000001", "1") && same("ABC", "ABC") && same("", ""));
        assert!(!same("1", "2") && !same("ABC", "ABD") && !same("1", "A") && !same("0", ""));
        assert!(ControlReference::from("").is_empty() && !ControlReference::from("0").is_empty());
        assert!(!ControlReference::from("A").is_empty());
    }

    #[test]
    fn numbers_are_written_as_they_came() {
        for text in
            ["00000001", "1", "000001", "99999999", "123456789", "0123456789", "ABC", "", "18446744073709551616"]
        {
            assert_eq!(written(text), text);
            assert_eq!(TransactionNumber::from(text).to_string(), text);
        }
    }

    #[test]
    fn only_canonical_digits_may_be_sent() {
        assert!(ControlReference::from("00000001").refusal().is_none());
        for refused in ["1", "00000000", "000000001", "100000000", "ABC", ""] {
            assert!(ControlReference::from(refused).refusal().is_some(), "{refused}");
        }
        assert!(TransactionNumber::from("2001").refusal().is_none());
        assert!(TransactionNumber::from("02001").refusal().is_some());
    }

    #[test]
    fn every_number_is_read_as_that_number() {
        for number in [0, 9_999_999_999_999_999_999, 10_000_000_000_000_000_000, u64::MAX] {
            assert_eq!(Count::from(Count::new(number).to_string()), Count::new(number));
        }
    }

    #[test]
    fn zero_stays_zero() {
        assert_eq!(Count::new(0).to_string(), "0");
        assert_eq!(Count::from("0").number(), Some(0));
        assert_eq!(Count::from("00").to_string(), "00");
    }
}
