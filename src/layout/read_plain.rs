//! Reading what nothing can be said about: the way that nearly all units go.
//!
//! A unit whose segments stand in the order of its plan, written as their tables have it, is compared with what the tables
//! know and not taken apart first. Whatever else there may be is left to `read_group`, which asks all questions in
//! their order; what is read here is read as it would be there, and nothing would be reported.

use super::plan::Steps;
use super::{Group, Item, Row, Step};
use crate::syntax::{Ending, Parts, PlainValue, Text, behind_break, count_others, end_of_value, word_at};
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
        Some(PlainValue::new(self.bytes.get(start..)?, self.text.get(start..end)?, self.released.has(step)))
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
    const { assert!(G::PLAN.len() <= STEPS, "a plan has more steps than there is room for") };
    if !group.read_plain(unit) {
        return false;
    }
    let mut is_complete = G::NEEDS[column(group)].allow_to_read(unit.seen);
    group.missing_values(&mut |_| is_complete = false);
    is_complete
}

/// The text of one component, if it is there, not too long for its row, and no erase marker.
#[inline]
pub(super) fn text_for<'a>(value: &PlainValue<'a>, row: &Row) -> Option<Text<'a>> {
    // With release characters it is taken to be longer than it is.
    let fits = !value.is_empty() && value.wire().len() <= row.lengths.limit && value.wire() != ERASE;
    fits.then(|| value.text())
}

/// The value of the next component, which may be empty, and what ends it; `None` if something might be said about it.
#[inline]
pub(crate) fn next_item<'a, I: Item<'a> + Default>(parts: &mut Parts<'a>, row: &'static Row) -> Option<(I, Ending)> {
    let (value, ending) = parts.next()?;
    let item = if value.is_empty() { I::default() } else { I::of_plain(value, row)? };
    Some((item, ending))
}
