//! Segment tags.

use core::fmt;
use core::str::FromStr;

/// The tag of a segment: three characters, a letter first, then letters or digits, upper case.
///
/// Wire form: `NAD`, `S01`. Source: ISO 9735, segment tag; `S01` and `S02` are NHS group triggers.
///
/// ```
/// use nhais_edifact::syntax::SegmentTag;
///
/// assert_eq!(SegmentTag::parse(b"S01").unwrap().as_str(), "S01");
/// assert!(SegmentTag::parse(b"1AB").is_none());
/// assert!(SegmentTag::parse(b"NADX").is_none());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentTag([u8; 3]);

impl SegmentTag {
    /// The tag in a program's source; use [`parse`](Self::parse) for received text.
    ///
    /// ```
    /// use nhais_edifact::syntax::SegmentTag;
    ///
    /// const NAD: SegmentTag = SegmentTag::new("NAD");
    /// assert_eq!("NAD".parse(), Ok(NAD));
    /// assert!("NADX".parse::<SegmentTag>().is_err());
    /// ```
    ///
    /// # Panics
    ///
    /// If `tag` is not a tag; in a constant, the program does not compile then.
    pub const fn new(tag: &'static str) -> Self {
        match Self::parse(tag.as_bytes()) {
            Some(tag) => tag,
            None => panic!("a tag is a capital letter and two capital letters or digits"),
        }
    }

    /// Reads a tag; `None` if `bytes` is not one.
    #[inline]
    pub const fn parse(bytes: &[u8]) -> Option<Self> {
        const fn is_code(byte: u8) -> bool {
            byte.is_ascii_uppercase() || byte.is_ascii_digit()
        }
        match *bytes {
            [a, b, c] if a.is_ascii_uppercase() && is_code(b) && is_code(c) => Some(Self([a, b, c])),
            _ => None,
        }
    }

    /// The tag at the start of `name`, a name of the tables.
    pub(crate) const fn of_name(name: &str) -> Self {
        let bytes = name.as_bytes();
        Self([bytes[0], bytes[1], bytes[2]])
    }

    /// The tag of these characters, which are known to be valid.
    #[inline]
    pub(crate) const fn of_bytes(bytes: [u8; 3]) -> Self {
        Self(bytes)
    }

    /// The three characters as bytes.
    #[inline]
    pub(crate) const fn bytes(self) -> [u8; 3] {
        self.0
    }

    /// The three characters.
    pub fn as_str(&self) -> &str {
        // The constructor admits ASCII only, so the fallback is never taken.
        core::str::from_utf8(&self.0).unwrap_or("???")
    }
}

/// A text that is no [`SegmentTag`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a segment tag, but found something else")]
pub struct NoSegmentTag;

impl FromStr for SegmentTag {
    type Err = NoSegmentTag;

    fn from_str(text: &str) -> Result<Self, NoSegmentTag> {
        Self::parse(text.as_bytes()).ok_or(NoSegmentTag)
    }
}

impl AsRef<str> for SegmentTag {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for SegmentTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for SegmentTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for SegmentTag {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The qualifier of a segment in errors: the component behind its tag that distinguishes it from others with this tag.
///
/// Wire form: `PAT` in `NAD+PAT`, `137` in `DTM+137`; one to three characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentQualifier([u8; 3]);

impl SegmentQualifier {
    /// The qualifier in `name`, a name of the tables, if it has one.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let (_, qualifier) = name.split_once('+')?;
        let mut bytes = [0; 3];
        bytes.get_mut(..qualifier.len())?.copy_from_slice(qualifier.as_bytes());
        Some(Self(bytes))
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        core::str::from_utf8(&self.0[..end]).unwrap_or("???")
    }
}

impl fmt::Display for SegmentQualifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for SegmentQualifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for SegmentQualifier {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_letter_and_two_letters_or_digits() {
        assert!([b"UNH", b"S01", b"A0Z"].into_iter().all(|tag| SegmentTag::parse(tag).is_some()));
        for other in [&b"1AA"[..], b"aAA", b"Aa1", b"A-1", b"AA ", b"AAa", b"AA", b"AAAA", b""] {
            assert!(SegmentTag::parse(other).is_none(), "{}", other.escape_ascii());
        }
    }
}
