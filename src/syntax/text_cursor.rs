//! Text cursor: walks over a [`MaskedText`] component by component.
//!
//! Delimiters are found by the mask; prefixes and constants are compared with the shape of the text, which has the
//! service characters of level A.

use super::text::resolved;
use super::{MaskedText, Pattern, ServiceStringAdvice, Text};

/// Behind a line break, if one stands there.
#[inline]
pub(crate) fn behind_break(bytes: &[u8], mut at: usize) -> usize {
    at += usize::from(bytes.get(at) == Some(&b'\r'));
    at + usize::from(bytes.get(at) == Some(&b'\n'))
}

/// Behind all line breaks that stand there: blank lines are ignored.
#[inline]
pub(crate) fn behind_breaks(bytes: &[u8], at: usize) -> usize {
    let at = behind_break(bytes, at);
    if matches!(bytes.get(at), Some(b'\r' | b'\n')) { behind_blank_lines(bytes, at) } else { at }
}

#[cold]
fn behind_blank_lines(bytes: &[u8], at: usize) -> usize {
    let count = bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    crate::cost::count(count);
    at + count
}

/// The end of a component that holds release characters, the first at `at`; `None` if one of them releases something
/// that does not need it.
#[cold]
fn end_of_released(masked: &MaskedText<'_, '_>, mut at: usize) -> Option<usize> {
    while masked.shape().get(at) == Some(&b'?') {
        if !matches!(masked.shape().get(at + 1)?, b'\'' | b'+' | b':' | b'?') {
            return None;
        }
        at = masked.delimiter_from(at + 2)?;
    }
    Some(at)
}

/// The value of a component in wire form.
#[derive(Clone, Copy)]
pub(crate) struct CanonicalValue<'a> {
    text: &'a str,
    released: bool,
}

impl<'a> CanonicalValue<'a> {
    /// The wire form.
    #[inline]
    pub(crate) fn wire(&self) -> &'a str {
        self.text
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it is this text.
    #[inline]
    pub(crate) fn is(&self, text: &str) -> bool {
        if !self.released {
            return self.text == text;
        }
        resolved(self.text.as_bytes(), ServiceStringAdvice::LEVEL_A).eq(text.bytes())
    }

    /// The text, release characters resolved.
    #[inline]
    pub(crate) fn text(&self) -> Text<'a> {
        if self.released { Text::released(self.text) } else { Text::from(self.text) }
    }
}

/// A cursor over the components of a masked text; small enough to be passed in registers.
#[derive(Clone, Copy)]
pub(crate) struct TextCursor<'s, 'a> {
    masked: &'s MaskedText<'s, 'a>,
    at: usize,
}

/// What ends a component.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    Component,
    Element,
    Segment,
}

impl<'s, 'a> TextCursor<'s, 'a> {
    /// A cursor at a place in a text.
    #[inline]
    pub(crate) fn new(masked: &'s MaskedText<'s, 'a>, at: usize) -> Self {
        Self { masked, at }
    }

    /// The text, with the service characters of level A.
    #[inline]
    pub(crate) fn shape(&self) -> &'s [u8] {
        self.masked.shape()
    }

    /// The text in which they stand.
    #[inline]
    pub(crate) fn masked(&self) -> &'s MaskedText<'s, 'a> {
        self.masked
    }

    /// Whether the segment ends within `count` delimiters, without a release character before its end.
    #[inline]
    pub(crate) fn segment_ends_within(&self, count: usize) -> bool {
        let mut at = self.at;
        for _ in 0..count {
            let Some(at_delimiter) = self.masked.delimiter_from(at) else { return false };
            match self.shape().get(at_delimiter) {
                Some(b'\'') => return true,
                Some(b'+' | b':') => at = at_delimiter + 1,
                _ => return false,
            }
        }
        false
    }

    /// The position.
    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Passes so many bytes.
    #[inline]
    pub(crate) fn skip(&mut self, count: usize) {
        self.at += count;
    }

    /// The text between `start` and the last separator; `None` if it would be different in level A.
    #[inline]
    pub(crate) fn wire_from(&self, start: usize) -> Option<&'a str> {
        let place = start..self.at - 1;
        let text = self.masked.text().get(place.clone())?;
        (self.masked.advice().is_level_a() || text.as_bytes() == &self.shape()[place]).then_some(text)
    }

    /// The component up to the next delimiter, which is not passed, and what that ends.
    #[inline(always)]
    fn value_and_ending(&mut self) -> Option<(CanonicalValue<'a>, Ending)> {
        let start = self.at;
        let mut end = self.masked.delimiter_from(start)?;
        let released = self.shape().get(end) == Some(&b'?');
        if released {
            end = end_of_released(self.masked, end)?;
        }
        let ending = match self.shape().get(end)? {
            b':' => Ending::Component,
            b'+' => Ending::Element,
            b'\'' => Ending::Segment,
            _ => return None,
        };
        self.at = end;
        Some((CanonicalValue { text: self.masked.text().get(start..end)?, released }, ending))
    }

    /// The component up to the next delimiter, which is not passed.
    #[inline(always)]
    pub(crate) fn value(&mut self) -> Option<CanonicalValue<'a>> {
        self.value_and_ending().map(|(value, _)| value)
    }

    /// The next component, and what ends it; `None` if the text ends first, or holds something that is not text.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<(CanonicalValue<'a>, Ending)> {
        let next = self.value_and_ending()?;
        self.at += 1;
        Some(next)
    }

    /// Passes empty data elements: `COUNT` element separators.
    #[inline]
    pub(crate) fn pass_empty<const COUNT: usize>(&mut self) -> Option<()> {
        let next: &[u8; COUNT] = self.shape().get(self.at..)?.first_chunk()?;
        self.at += COUNT;
        (*next == [b'+'; COUNT]).then_some(())
    }

    /// The cursor behind a pattern; `None` if the pattern does not stand here.
    #[inline]
    pub(crate) fn behind(mut self, pattern: &Pattern) -> Option<Self> {
        self.pass(pattern).then_some(self)
    }

    /// Passes a pattern, if it stands here.
    #[inline]
    pub(crate) fn pass(&mut self, pattern: &Pattern) -> bool {
        let stands = pattern.stands_at(self.shape(), self.at);
        self.at += if stands { pattern.len() } else { 0 };
        stands
    }
}
