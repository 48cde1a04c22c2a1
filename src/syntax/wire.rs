//! Text in wire form: segments and elements that a model keeps without parsing them.

use alloc::string::String;
use core::fmt;

use super::{SegmentTag, ServiceStringAdvice, Text};

const LEVEL_A: ServiceStringAdvice = ServiceStringAdvice::LEVEL_A;

/// A segment that is kept as it came, in wire form with the service characters of level A and without terminator.
///
/// Wire form: `ZZZ+A:B`. Segments that arrive with other service characters are translated.
///
/// In syntax version 4, `*` separates repetitions, and `?*` is an asterisk. The version stands in UNB, not here, so
/// both are kept as they came; a declared repetition separator becomes `*`, and an asterisk that is text by the
/// declaration becomes `?*`. Both give an asterisk in [`components`](Self::components).
///
/// ```
/// use nhais_edifact::syntax::RawSegment;
///
/// let segment = RawSegment::from_wire("ZZZ+A:O?'DELL");
/// assert_eq!(segment.tag().unwrap().as_str(), "ZZZ");
/// let components: Vec<String> = segment.components().map(|(_, _, text)| text.to_string()).collect();
/// assert_eq!(components, ["ZZZ", "A", "O'DELL"]);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct RawSegment<'a>(Text<'a>);

impl<'a> RawSegment<'a> {
    /// Wraps text that is in wire form already: `' + : ?` in data released, no terminator.
    pub fn from_wire(wire: impl Into<Text<'a>>) -> Self {
        Self(wire.into())
    }

    /// The wire form.
    pub fn as_wire(&self) -> &str {
        self.0.as_str()
    }

    /// The tag; `None` if what stands in its place is not one.
    pub fn tag(&self) -> Option<SegmentTag> {
        SegmentTag::parse(self.as_wire().split(['+', ':']).next()?.as_bytes())
    }

    /// The components with their element and their place in it: the tag is element 0, component 1.
    pub fn components(&self) -> impl Iterator<Item = (usize, usize, Text<'_>)> {
        let mut element = 0;
        let mut component = 0;
        let mut starts_element = false;
        split(self.as_wire(), |byte| byte == LEVEL_A.element_separator() || byte == LEVEL_A.component_separator()).map(
            move |(text, separator)| {
                (element, component) = if starts_element { (element + 1, 1) } else { (element, component + 1) };
                starts_element = separator == Some(LEVEL_A.element_separator());
                (element, component, Text::from_wire(text))
            },
        )
    }

    /// Whether it is read back as the same segment when it is written.
    pub(crate) fn is_writable(&self) -> bool {
        // A service string advice is known by the UNB behind it; line breaks in data can make data look like that.
        let misleading = self.as_wire().starts_with("UNA") && self.as_wire().contains("UNB");
        let level_b = self.as_wire().starts_with("UNB\u{1D}");
        let begins_blank = self.as_wire().starts_with(['\r', '\n', ' ', '\t']);
        !self.as_wire().is_empty()
            && !misleading
            && !level_b
            && !begins_blank
            && is_canonical(self.as_wire().as_bytes(), LEVEL_A.repeating(), |byte| byte == LEVEL_A.terminator())
    }

    /// Copies the text, so that the value is independent of the input.
    pub fn into_owned(self) -> RawSegment<'static> {
        RawSegment(self.0.into_owned())
    }
}

impl fmt::Debug for RawSegment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.tag() {
            Some(tag) => write!(f, "RawSegment({tag}, {})", self.as_wire().chars().count()),
            None => write!(f, "RawSegment({})", self.as_wire().chars().count()),
        }
    }
}

/// One to five lines of text in the components of one data element.
///
/// Wire form: `HORSFORTH:LEEDS`. Kept in wire form, so that it needs no allocation per line.
///
/// ```
/// use nhais_edifact::syntax::TextLines;
///
/// let lines: TextLines = ["7 MILL LANE", "EASTPOOL"].into_iter().collect();
/// assert_eq!(lines.iter().count(), 2);
/// assert_eq!(lines.to_text(), "7 MILL LANE\nEASTPOOL");
/// assert_eq!(TextLines::from("WRONG HA: TRY ZQX").as_wire(), "WRONG HA?: TRY ZQX");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TextLines<'a>(Text<'a>);

impl<'a> TextLines<'a> {
    /// How many lines one element can hold.
    pub const MAX: usize = 5;

    /// Wraps lines that are in wire form: `:` between them, `' + : ?` in them released.
    ///
    /// ```
    /// use nhais_edifact::syntax::TextLines;
    ///
    /// assert_eq!(TextLines::from_wire("HORSFORTH:LEEDS").to_text(), "HORSFORTH\nLEEDS");
    /// assert_eq!(TextLines::from_wire("O?'DELL").to_text(), "O'DELL");
    /// ```
    pub fn from_wire(wire: impl Into<Text<'a>>) -> Self {
        Self(wire.into())
    }

    /// The wire form, with the service characters of level A.
    pub fn as_wire(&self) -> &str {
        self.0.as_str()
    }

    /// The lines, release characters resolved.
    pub fn iter(&self) -> impl Iterator<Item = Text<'_>> {
        split(self.as_wire(), |byte| byte == LEVEL_A.component_separator()).map(|(text, _)| Text::from_wire(text))
    }

    /// The wire text between component separators; these are the lines, if it holds no release character.
    pub(crate) fn wire_lines(&self) -> impl Iterator<Item = &[u8]> {
        self.as_wire().as_bytes().split(|byte| *byte == LEVEL_A.component_separator())
    }

    /// All lines as one text, joined by line feeds.
    pub fn to_text(&self) -> Text<'_> {
        let mut lines = self.iter();
        let first = lines.next().unwrap_or_default();
        let mut rest = lines.peekable();
        if rest.peek().is_none() {
            return first;
        }
        let mut text = String::from(first);
        for line in rest {
            text.push('\n');
            text.push_str(&line);
        }
        text.into()
    }

    /// Copies the text, so that the value is independent of the input.
    pub fn into_owned(self) -> TextLines<'static> {
        TextLines(self.0.into_owned())
    }
}

impl<'a> From<&'a str> for TextLines<'a> {
    fn from(line: &'a str) -> Self {
        if line.bytes().any(|byte| LEVEL_A.is_service(byte)) {
            core::iter::once(line).collect()
        } else {
            Self(line.into())
        }
    }
}

impl From<String> for TextLines<'_> {
    fn from(line: String) -> Self {
        core::iter::once(line.as_str()).collect()
    }
}

impl From<Text<'_>> for TextLines<'_> {
    fn from(line: Text<'_>) -> Self {
        core::iter::once(line).collect()
    }
}

impl<S: AsRef<str>> FromIterator<S> for TextLines<'_> {
    fn from_iter<I: IntoIterator<Item = S>>(lines: I) -> Self {
        let mut wire = String::new();
        for (i, line) in lines.into_iter().enumerate() {
            if i > 0 {
                wire.push(':');
            }
            push_released(&mut wire, line.as_ref());
        }
        Self(wire.into())
    }
}

impl fmt::Debug for TextLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for TextLines<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for TextLines<'_> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let lines = alloc::vec::Vec::<String>::deserialize(deserializer)?;
        Ok(lines.into_iter().collect())
    }
}

/// Adds `text` in wire form.
fn push_released(wire: &mut String, text: &str) {
    for character in text.chars() {
        if u8::try_from(character).is_ok_and(|byte| LEVEL_A.is_service(byte)) {
            wire.push('?');
        }
        wire.push(character);
    }
}

/// Whether wire text of level A holds a release character; short text is tested by words.
#[inline]
pub(crate) fn holds_release(wire: &[u8]) -> bool {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let in_word = |word: &[u8; 8]| {
        // A question mark becomes zero.
        let zero = u64::from_le_bytes(*word) ^ (EACH * u64::from(b'?'));
        zero.wrapping_sub(EACH) & !zero & (EACH * 0x80) != 0
    };
    match (wire.first_chunk(), wire.last_chunk()) {
        (Some(first), Some(last)) if wire.len() <= 16 => in_word(first) | in_word(last),
        _ => wire.contains(&b'?'),
    }
}

/// Whether each release character in `raw` precedes a character that needs one, and no character of `forbidden` is
/// unreleased; the characters of `advice` are those of level A, with repetitions or without.
pub(super) fn is_canonical(raw: &[u8], advice: ServiceStringAdvice, forbidden: impl Fn(u8) -> bool) -> bool {
    let mut bytes = raw.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte == b'?' {
            if !bytes.next().is_some_and(|next| advice.needs_release(next)) {
                return false;
            }
        } else if forbidden(byte) {
            return false;
        }
    }
    true
}

/// Splits `text` at separators that are not released, each part with its separator.
fn split(text: &str, is_separator: impl Fn(u8) -> bool) -> impl Iterator<Item = (&str, Option<u8>)> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let mut released = false;
        for (at, byte) in text.bytes().enumerate() {
            if released {
                released = false;
            } else if byte == b'?' {
                released = true;
            } else if is_separator(byte) {
                rest = Some(&text[at + 1..]);
                return Some((&text[..at], Some(byte)));
            }
        }
        rest = None;
        Some((text, None))
    })
}

#[cfg(test)]
mod tests {
    use std::string::ToString;
    use std::vec::Vec;

    use super::*;

    #[test]
    fn lines_split_at_unreleased_separators_only() {
        let lines = TextLines::from_wire("A?:B:C??:D");
        let texts: Vec<String> = lines.iter().map(|line| line.to_string()).collect();
        assert_eq!(texts, ["A:B", "C?", "D"]);
    }

    #[test]
    fn places_count_elements_and_components() {
        let places: Vec<(usize, usize)> = RawSegment::from_wire("TAG:1+A:B++C")
            .components()
            .map(|(element, component, _)| (element, component))
            .collect();
        assert_eq!(places, [(0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (3, 1)]);
    }

    #[test]
    fn a_dangling_release_character_is_not_writable() {
        assert!(RawSegment::from_wire("ZZZ+A??").is_writable());
        assert!(!RawSegment::from_wire("ZZZ+A?").is_writable());
        assert!(!RawSegment::from_wire("ZZZ+A'B").is_writable());
    }

    #[test]
    fn a_released_repetition_separator_is_writable() {
        assert!(RawSegment::from_wire("ZZZ+5?*3:A*B").is_writable());
        assert!(!RawSegment::from_wire("ZZZ+5?!3").is_writable());
    }
}
