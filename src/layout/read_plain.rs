//! Reading what nothing can be said about: the way that nearly all units go.
//!
//! A unit whose segments stand in the order of its plan, written as their tables have it, is compared with what the tables
//! know and not taken apart first. Whatever else there may be is left to `read_group`, which asks all questions in
//! their order; what is read here is read as it would be there, and nothing would be reported.

use core::slice;

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

/// The values of a segment that has a row for every place, one after the other.
pub(crate) struct PlainRows<'a> {
    parts: Parts<'a>,
    rows: slice::Iter<'static, Row>,
    /// Where the next component stands, by element and component; `None` at the end of the segment.
    at: Option<(u16, u16)>,
}

impl<'a> PlainRows<'a> {
    pub(crate) fn new(value: PlainValue<'a>, rows: &'static [Row]) -> Self {
        Self { parts: value.parts(), rows: rows.iter(), at: Some((1, 1)) }
    }

    /// What stands at the next row, which may be left out; `None` if something might be said about it.
    pub(crate) fn item<I: Item<'a> + Default>(&mut self) -> Option<I> {
        let row = self.rows.next()?;
        if self.at.is_none_or(|at| at > (row.element, row.component)) {
            return Some(I::default());
        }
        let value = self.component(row)?;
        if value.is_empty() { Some(I::default()) } else { I::of_plain(value, row) }
    }

    /// What must stand at the next row.
    pub(crate) fn value<I: Item<'a>>(&mut self) -> Option<I> {
        let row = self.rows.next()?;
        I::of_plain(self.component(row)?, row)
    }

    /// Two components that stand at the next row and behind it.
    pub(crate) fn pair(&mut self) -> Option<[Text<'a>; 2]> {
        let row = self.rows.next()?;
        let first = text_for(&self.component(row)?, row)?;
        let (second, ending) = self.parts.next()?;
        let is_second = self.at == Some((row.element, row.component + 1));
        self.pass(ending);
        is_second.then(|| [first, second.text()])
    }

    /// Whether the segment ends behind the last row that was asked for.
    pub(crate) fn is_at_end(&self) -> bool {
        self.at.is_none()
    }

    /// The next component, which stands at a row. It may be empty, but no element or segment ends with an empty component
    /// that could have been left out.
    fn component(&mut self, row: &Row) -> Option<PlainValue<'a>> {
        let (value, ending) = self.parts.next()?;
        let stands_there = self.at == Some((row.element, row.component));
        let is_superfluous = match ending {
            Ending::Component => false,
            Ending::Element => row.component > 1,
            Ending::Segment => true,
        };
        self.pass(ending);
        (stands_there && !(is_superfluous && value.is_empty())).then_some(value)
    }

    fn pass(&mut self, ending: Ending) {
        self.at = self.at.and_then(|(element, component)| match ending {
            Ending::Component => Some((element, component + 1)),
            Ending::Element => Some((element + 1, 1)),
            Ending::Segment => None,
        });
    }
}
