//! Reading what nothing can be said about: the way that nearly all units go.
//!
//! A unit whose segments stand in the order of its plan, written as their tables have it, is compared with what the tables
//! know and not taken apart first. Whatever else there may be is left to `read_group`, which asks all questions in
//! their order; what is read here is read as it would be there, and nothing would be reported.

use super::plan::Steps;
use super::{Group, Item, Row, Step};
use crate::syntax::{Pattern, Text, count_others, find, word_at};
use crate::value::ERASE;

/// No plan has more steps.
const STEPS: usize = 32;

/// A unit of segments that stand as their tables have them.
pub(crate) struct PlainUnit<'a> {
    /// All there is from its start on.
    bytes: &'a [u8],
    text: &'a str,
    /// Where the value of each step stands, or all values of its segment.
    spans: [Span; STEPS],
    seen: Steps,
    /// The steps with a release character.
    released: Steps,
    segments: u32,
}

#[derive(Clone, Copy, Default)]
struct Span {
    start: u16,
    end: u16,
}

impl Span {
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "no unit is longer than its `MAX_LEN`")]
    fn new(start: usize, end: usize) -> Self {
        Self { start: start as u16, end: end as u16 }
    }
}

impl<'a> PlainUnit<'a> {
    /// Longer units are none.
    pub(crate) const MAX_LEN: usize = 32_768;

    /// No segments yet.
    #[inline]
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            text: "",
            spans: [Span::default(); STEPS],
            seen: Steps::default(),
            released: Steps::default(),
            segments: 0,
        }
    }

    /// Takes in the segments at the start of the bytes as far as they follow a plan; `None` if something might be said about
    /// their form.
    pub(crate) fn follow(&mut self, plan: &[Step]) -> Option<()> {
        let bytes = self.bytes.get(..Self::MAX_LEN).unwrap_or(self.bytes);
        let (mut seen, mut released) = (Steps::default(), Steps::default());
        let (mut at, mut breaks, mut segments) = (0, 0, 0);
        let mut steps = plan.iter().zip(&mut self.spans).enumerate();
        loop {
            let start = behind_break(bytes, at);
            let head = word_at(bytes, start);
            let Some((step, (Step { layout, .. }, span))) = steps.find(|(_, (step, _))| step.begins_with(head)) else {
                break;
            };
            let frame = &layout.frame;
            let value = start + frame.before.len();
            if !frame.before.continues_at(bytes, start) {
                return None;
            }
            let (end, has_release) = end_of_value(bytes, value, frame.is_composite)?;
            if !frame.behind.stands_at(bytes, end) || (frame.is_constant && end > value) {
                return None;
            }
            *span = Span::new(value, end);
            seen = seen.with(step);
            released = released.with_if(step, has_release);
            segments += 1;
            breaks += start - at;
            at = end + frame.behind.len();
        }
        (self.seen, self.released, self.segments) = (seen, released, segments);
        let text = bytes.get(..at)?;
        // What does not belong to level A can then only be the line breaks between segments.
        let is_level_a = count_others(text) == breaks;
        self.text = core::str::from_utf8(text).ok().filter(|_| is_level_a)?;
        Some(())
    }

    /// How many bytes it takes.
    pub(crate) fn len(&self) -> usize {
        self.text.len()
    }

    /// How many segments it has.
    pub(crate) fn segments(&self) -> u32 {
        self.segments
    }

    /// What stands behind it, and behind a line break.
    pub(crate) fn behind(&self) -> &'a [u8] {
        self.bytes.get(behind_break(self.bytes, self.text.len())..).unwrap_or_default()
    }

    /// What stands in the segment of a step; `None` if there is no such segment.
    #[inline]
    pub(crate) fn value(&self, step: usize) -> Option<PlainValue<'a>> {
        if !self.seen.has(step) {
            return None;
        }
        let Span { start, end } = self.spans[step];
        let (start, end) = (usize::from(start), usize::from(end));
        Some(PlainValue {
            bytes: self.bytes.get(start..)?,
            text: self.text.get(start..end)?,
            released: self.released.has(step),
        })
    }
}

/// Behind a line break, if one stands there.
#[inline]
pub(crate) fn behind_break(bytes: &[u8], mut at: usize) -> usize {
    at += usize::from(bytes.get(at) == Some(&b'\r'));
    at + usize::from(bytes.get(at) == Some(&b'\n'))
}

/// Where a value ends, or all values of a segment; and whether there is a release character before that. Each must
/// release something that needs it.
#[inline]
fn end_of_value(bytes: &[u8], mut at: usize, is_composite: bool) -> Option<(usize, bool)> {
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

    /// The text of one component, if it is there, not too long for its row, and no erase marker.
    #[inline]
    pub(crate) fn text_for(&self, row: &Row) -> Option<Text<'a>> {
        if self.released {
            return self.released_text(row);
        }
        let fits = !self.text.is_empty() && self.text.len() <= row.lengths.limit && self.text != ERASE;
        fits.then(|| Text::from(self.text))
    }

    #[cold]
    fn released_text(&self, row: &Row) -> Option<Text<'a>> {
        let text = Text::released(self.text);
        (text.len() <= row.lengths.limit).then_some(text)
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
    #[inline]
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

    /// The value of the next component, which may be empty, and what ends it; `None` if something might be said about it.
    #[inline]
    pub(crate) fn item<I: Item<'a> + Default>(&mut self, row: &'static Row) -> Option<(I, Ending)> {
        let (value, ending) = self.next()?;
        let item = if value.is_empty() { I::default() } else { I::of_plain(value, row)? };
        Some((item, ending))
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

/// Reads a unit into `group`, by a column of its plan; `false` if something might be said about it, and `group` is of no use
/// then.
#[inline]
pub(crate) fn read_plain<'a, G: Group<'a>>(
    group: &mut G,
    column: impl FnOnce(&G) -> usize,
    unit: &PlainUnit<'a>,
) -> bool {
    if !group.read_plain(unit) {
        return false;
    }
    let mut is_complete = G::NEEDS[column(group)].allow_to_read(unit.seen);
    group.missing_values(&mut |_| is_complete = false);
    is_complete
}
