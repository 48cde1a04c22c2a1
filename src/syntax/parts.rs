//! The values of segments that are plain: where they end, and what stands in them.
//!
//! Only for the service characters of level A; what is found is to be compared with what the tables know.

use super::{Pattern, Text, find};

/// Behind a line break, if one stands there.
#[inline]
pub(crate) fn behind_break(bytes: &[u8], mut at: usize) -> usize {
    at += usize::from(bytes.get(at) == Some(&b'\r'));
    at + usize::from(bytes.get(at) == Some(&b'\n'))
}

/// Where a value ends, or all values of a segment; and whether there is a release character before that. Each must
/// release something that needs it.
#[inline]
pub(crate) fn end_of_value(bytes: &[u8], mut at: usize, is_composite: bool) -> Option<(usize, bool)> {
    let mut released = false;
    loop {
        at = if is_composite { find(bytes, at, *b"'?")? } else { find(bytes, at, *b"'+:?")? };
        if bytes.get(at) != Some(&b'?') {
            return Some((at, released));
        }
        if !matches!(bytes.get(at + 1)?, b'\'' | b'+' | b':' | b'?') {
            return None;
        }
        released = true;
        at += 2;
    }
}

/// What stands at one place or at several, as on the wire.
#[derive(Clone, Copy)]
pub(crate) struct PlainValue<'a> {
    /// From its start on.
    bytes: &'a [u8],
    text: &'a str,
    released: bool,
}

impl<'a> PlainValue<'a> {
    /// What begins at the start of `bytes` and is `text`, in which a release character stands or not.
    #[inline]
    pub(crate) fn new(bytes: &'a [u8], text: &'a str, released: bool) -> Self {
        Self { bytes, text, released }
    }

    /// As it stands on the wire.
    #[inline]
    pub(crate) fn wire(&self) -> &'a str {
        self.text
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether there are blanks and nothing else.
    #[inline]
    pub(crate) fn is_blank(&self) -> bool {
        self.text.bytes().all(|byte| byte == b' ')
    }

    /// The text of one component.
    #[inline]
    pub(crate) fn text(&self) -> Text<'a> {
        if self.released { Text::released(self.text) } else { Text::from(self.text) }
    }

    /// The components of which it consists.
    #[inline]
    pub(crate) fn parts(self) -> Parts<'a> {
        Parts { whole: self, at: 0 }
    }
}

/// The components of a segment that is plain, one after the other.
pub(crate) struct Parts<'a> {
    whole: PlainValue<'a>,
    at: usize,
}

/// What ends a component.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Ending {
    Component,
    Element,
    Segment,
}

impl<'a> Parts<'a> {
    /// The next component, and what ends it; `None` behind the last one.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "what is found goes on in registers, not by way of memory")]
    pub(crate) fn next(&mut self) -> Option<(PlainValue<'a>, Ending)> {
        let PlainValue { bytes, text, released } = self.whole;
        let start = self.at;
        let (end, released) =
            if released { end_of_value(bytes, start, false)? } else { (find(bytes, start, *b"'+:")?, false) };
        self.at = end + 1;
        let ending = match bytes.get(end)? {
            b':' => Ending::Component,
            b'+' => Ending::Element,
            _ => Ending::Segment,
        };
        Some((PlainValue { bytes: bytes.get(start..)?, text: text.get(start..end)?, released }, ending))
    }

    /// Passes data elements in which nothing stands: so many element separators.
    #[inline]
    pub(crate) fn pass_empty<const COUNT: usize>(&mut self) -> Option<()> {
        let next: &[u8; COUNT] = self.whole.text.as_bytes().get(self.at..)?.first_chunk()?;
        self.at += COUNT;
        (*next == [b'+'; COUNT]).then_some(())
    }

    /// Passes this, if it stands there.
    #[inline]
    pub(crate) fn pass(&mut self, pattern: &Pattern) -> bool {
        let stands = pattern.stands_at(self.whole.bytes, self.at);
        self.at += if stands { pattern.len() } else { 0 };
        stands
    }
}
