//! Text: the content of a component, release characters resolved.

use alloc::borrow::{Cow, ToOwned as _};
use alloc::string::String;
use core::fmt;
use core::ops::Deref;

use super::ServiceStringAdvice;

/// Text as a model holds it: without release characters, borrowed from the input where that holds none.
///
/// Wire form: any characters, `' + : ?` released by `?`. A byte above 7F, which NHAIS interchanges should not hold, is
/// one character, as in ISO 8859-1, so that it can be written back as it came.
///
/// `Debug` shows only the length, so that a model can be logged without the patient's data in it.
///
/// ```
/// use nhais_edifact::syntax::Text;
///
/// let surname = Text::from("O'DELL");
/// assert_eq!(surname.as_str(), "O'DELL");
/// assert_eq!(format!("{surname:?}"), "Text(6)");
/// let owned: Text<'static> = surname.into_owned();
/// # drop(owned);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Text<'a>(Cow<'a, str>);

impl<'a> Text<'a> {
    /// The text as a string slice.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing but spaces, or nothing at all.
    pub fn is_blank(&self) -> bool {
        self.0.bytes().all(|byte| byte == b' ')
    }

    /// Converts text in wire form, in which `' + : ?` are released.
    ///
    /// ```
    /// use nhais_edifact::syntax::Text;
    ///
    /// assert_eq!(Text::from_wire("O?'DELL"), "O'DELL");
    /// assert_eq!(Text::from_wire("WHO??"), "WHO?");
    /// ```
    pub fn from_wire(wire: impl Into<Cow<'a, str>>) -> Self {
        let wire = wire.into();
        if !wire.contains('?') {
            return Self(wire);
        }
        let mut released = false;
        // What follows a release character is text.
        Self(Cow::Owned(
            wire.chars()
                .filter(|character| {
                    released = *character == '?' && !released;
                    !released
                })
                .collect(),
        ))
    }

    /// Copies the text, so that it is independent of the input.
    pub fn into_owned(self) -> Text<'static> {
        Text(Cow::Owned(self.0.into_owned()))
    }

    /// Borrows this text.
    pub fn borrowed(&self) -> Text<'_> {
        Text(Cow::Borrowed(self.as_str()))
    }

    /// Returns the string.
    pub fn into_inner(self) -> Cow<'a, str> {
        self.0
    }

    /// The text of a component: `raw` in wire form; `ascii` the same bytes if they are known to be 7-bit.
    #[inline]
    pub(crate) fn resolve(raw: &'a [u8], ascii: Option<&'a str>, released: bool, advice: ServiceStringAdvice) -> Self {
        match ascii {
            Some(text) if !released => Self(Cow::Borrowed(text)),
            _ => Self::resolve_slowly(raw, released, advice),
        }
    }

    /// The text of a component of level A that holds release characters.
    pub(crate) fn released(wire: &'a str) -> Self {
        Self::resolve_slowly(wire.as_bytes(), true, ServiceStringAdvice::LEVEL_A)
    }

    fn resolve_slowly(raw: &'a [u8], released: bool, advice: ServiceStringAdvice) -> Self {
        if !released
            && raw.is_ascii()
            && let Ok(text) = core::str::from_utf8(raw)
        {
            return Self(Cow::Borrowed(text));
        }
        let mut text = String::with_capacity(raw.len());
        text.extend(resolved(raw, advice).map(char::from));
        Self(Cow::Owned(text))
    }
}

/// The bytes of a component with release characters resolved.
///
/// A release character before a line break or at the end releases nothing and is left out.
pub(crate) fn resolved(raw: &[u8], advice: ServiceStringAdvice) -> impl Iterator<Item = u8> + '_ {
    let mut bytes = raw.iter().copied().peekable();
    core::iter::from_fn(move || {
        let byte = bytes.next()?;
        if Some(byte) != advice.release() {
            return Some(byte);
        }
        // The byte behind the release character stands for itself, whatever it is; a line break was not released,
        // but stands for itself too.
        bytes.next()
    })
}

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Text<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self(text)
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({})", self.chars().count())
    }
}

impl From<Text<'_>> for String {
    fn from(text: Text<'_>) -> Self {
        text.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_the_same_however_it_is_looked_at() {
        let text = Text::from("O'DELL");
        let as_ref: &str = text.as_ref();
        assert_eq!((as_ref, &*text, text.as_str()), ("O'DELL", "O'DELL", "O'DELL"));
    }
}
