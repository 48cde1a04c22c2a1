//! Reading what nothing can be said about: the way that nearly all units go.
//!
//! A unit whose segments stand in the order of its plan, written as their tables have it, is compared with what the tables
//! know and not taken apart first. Whatever else there may be is left to `read_group`, which asks all questions in
//! their order; what is read here is read as it would be there, and nothing would be reported.

use alloc::vec::Vec;
use core::marker::PhantomData;

use super::canonical_value::text_for;
use super::odd_segment::Other;
use super::plan::{Need, Step, StepMatch, Steps, match_step};
use super::{Content, Item, Key, OddReader, Row, Table, Unrecognised};
use crate::syntax::{CanonicalValue, Ending, Text, TextCursor, behind_breaks, word_at};

/// A unit of segments that stand as their tables have them, read segment by segment in the order of its plan. Where another
/// segment stands, that is dealt with by itself, and the plan is gone through again.
#[derive(Clone, Copy)]
pub(crate) struct CanonicalUnit<'s, 'a> {
    parts: TextCursor<'s, 'a>,
    /// The first eight bytes of the next segment.
    head: u64,
    start: usize,
    /// Where the last segment ends.
    end: usize,
    pub(super) seen: Steps,
    /// The step whose segment may come next although others behind it were seen; no step's number if there is none.
    misplaced: usize,
    /// Segments that were kept.
    kept: u32,
}

impl<'s, 'a> CanonicalUnit<'s, 'a> {
    /// What begins at a place, of which nothing was read.
    #[inline]
    pub(crate) fn new(at: TextCursor<'s, 'a>) -> Self {
        let (start, head) = (at.at(), word_at(at.shape(), at.at()));
        Self { parts: at, head, start, end: start, seen: Steps::default(), misplaced: usize::MAX, kept: 0 }
    }

    /// Takes the next segment into its place, if it is that of a step; `None` if the unit cannot be read in this way.
    #[inline(always)]
    pub(crate) fn read<T: Table, C: Content<'a, T>>(
        &mut self,
        step: usize,
        place: &mut C,
        odd: &mut OddReader<'_>,
        kept: &mut Vec<Unrecognised<'a>>,
    ) -> Option<()> {
        if !self.is_next::<T>(step) {
            return Some(());
        }
        let behind = match self.behind_first::<T>().and_then(|parts| place.take_canonical(parts)) {
            Some(parts) => parts.at(),
            None => odd.read::<T, C>(self.parts.masked(), (self.parts.at(), self.segments()), place, kept)?,
        };
        self.go_on(step, behind);
        Some(())
    }

    /// The same for a segment of constants.
    #[inline(always)]
    pub(crate) fn pass<T: Table>(&mut self, step: usize) -> Option<()> {
        self.read_by::<T>(step, |parts| parts.behind(&T::LAYOUT.template.behind))
    }

    /// The same, given what takes in what stands behind the constants of its beginning.
    #[inline(always)]
    pub(crate) fn read_by<T: Table>(
        &mut self,
        step: usize,
        take: impl FnOnce(TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>>,
    ) -> Option<()> {
        if self.is_next::<T>(step) {
            let behind = take(self.behind_first::<T>()?)?.at();
            self.go_on(step, behind);
        }
        Some(())
    }

    /// Whether the segment of a step begins here, and may.
    #[inline(always)]
    fn is_next<T: Table>(&self, step: usize) -> bool {
        T::LAYOUT.template.before.begins_with(self.head) && (self.seen.end_before(step) || self.is_misplaced(step))
    }

    #[inline]
    fn is_misplaced(&self, step: usize) -> bool {
        self.misplaced == step && !self.seen.has(step)
    }

    /// Whether the unit goes on where no segment of its plan comes next; `None` if it cannot be read in this way.
    #[inline(always)]
    pub(crate) fn goes_on(
        &mut self,
        plan: &'static [Step],
        alias: fn(Key) -> Key,
        odd: &mut OddReader<'_>,
        kept: &mut Vec<Unrecognised<'a>>,
    ) -> Option<bool> {
        let is_next_unit = plan.first().is_some_and(|first| first.layout.template.before.begins_with(self.head));
        if is_next_unit || Key::begins_service_segment(self.head) {
            return Some(false);
        }
        self.goes_on_with_other(plan, alias, odd, kept)
    }

    #[cold]
    #[inline(never)]
    fn goes_on_with_other(
        &mut self,
        plan: &'static [Step],
        alias: fn(Key) -> Key,
        odd: &mut OddReader<'_>,
        kept: &mut Vec<Unrecognised<'a>>,
    ) -> Option<bool> {
        // There may be a million units that do not even begin as they should.
        if !self.seen.has(0) {
            return Some(false);
        }
        let match_step = |key| match match_step(plan, alias(key), self.seen.last(), self.seen) {
            // It is not written as its table has it, or may not stand apart from what it introduces.
            StepMatch::Step(step) if self.seen.end_before(step) || plan[step].need == Need::Trigger => {
                StepMatch::Repeated
            }
            StepMatch::Step(step) if self.is_misplaced(step) => StepMatch::Repeated,
            place => place,
        };
        match odd.place(self.parts.masked(), (self.parts.at(), self.segments()), &match_step, kept)? {
            Other::OfNone => return Some(false),
            Other::Misplaced(step) => self.misplaced = step,
            Other::Kept(end) => {
                self.kept += 1;
                self.pass_to(end);
            }
        }
        Some(true)
    }

    /// What stands behind the constants of a segment's beginning, of which the first word stands here.
    #[inline(always)]
    fn behind_first<T: Table>(&self) -> Option<TextCursor<'s, 'a>> {
        let before = &T::LAYOUT.template.before;
        let mut parts = self.parts;
        before.continues_at(parts.shape(), parts.at()).then(|| {
            parts.skip(before.len());
            parts
        })
    }

    /// Goes on behind the segment of a step.
    #[inline(always)]
    fn go_on(&mut self, step: usize, end: usize) {
        self.seen = self.seen.with(step);
        self.pass_to(end);
    }

    #[inline(always)]
    fn pass_to(&mut self, end: usize) {
        self.end = end;
        let start = behind_breaks(self.parts.shape(), end);
        self.parts.skip(start - self.parts.at());
        self.head = word_at(self.parts.shape(), start);
    }

    /// How many bytes it takes.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }

    /// How many segments it has.
    pub(crate) fn segments(&self) -> u32 {
        self.seen.len() + self.kept
    }

    /// Whether segments were kept.
    #[inline]
    pub(super) fn has_kept(&self) -> bool {
        self.kept > 0
    }

    /// What stands behind it, and behind a line break.
    #[inline]
    pub(crate) fn behind(&self) -> TextCursor<'s, 'a> {
        self.parts
    }
}

/// Takes the value of the next component, which may be empty, into its place: what ends it; `None` if something might be
/// said about it.
#[inline]
pub(crate) fn next_item<'a, I: Item<'a>>(
    parts: &mut TextCursor<'_, 'a>,
    row: &'static Row,
    place: &mut I,
) -> Option<Ending> {
    let (value, ending) = parts.next()?;
    if !value.is_empty() {
        place.take_canonical_value(value, row)?;
    }
    Some(ending)
}

/// The values of a segment whose table `T` has a row for every place, one after the other.
pub(crate) struct CanonicalRows<'s, 'a, T> {
    parts: TextCursor<'s, 'a>,
    /// What ended the component before, or the tag.
    ended: Ending,
    table: PhantomData<T>,
}

impl<'s, 'a, T: Table> CanonicalRows<'s, 'a, T> {
    pub(crate) fn new(parts: TextCursor<'s, 'a>) -> Self {
        Self { parts, ended: Ending::Element, table: PhantomData }
    }

    /// Takes what stands at a row, which may be left out, into its place; `None` if something might be said about it.
    #[inline]
    pub(crate) fn item<const ROW: usize>(&mut self, place: &mut impl Item<'a>) -> Option<()> {
        let row = &T::LAYOUT.rows[ROW];
        if self.ended != end_before(row) {
            return (self.ended != Ending::Component).then_some(());
        }
        let value = self.component(row)?;
        if value.is_empty() { Some(()) } else { place.take_canonical_value(value, row) }
    }

    /// The same for what must stand there.
    #[inline]
    pub(crate) fn value<const ROW: usize>(&mut self, place: &mut impl Item<'a>) -> Option<()> {
        let row = &T::LAYOUT.rows[ROW];
        place.take_canonical_value(self.component(row)?, row)
    }

    /// Passes the constant that must stand there.
    pub(crate) fn constant<const ROW: usize>(&mut self) -> Option<()> {
        let row = &T::LAYOUT.rows[ROW];
        (self.component(row)?.wire() == row.name).then_some(())
    }

    /// Two components that stand at a row and behind it.
    #[inline]
    pub(crate) fn pair<const ROW: usize>(&mut self) -> Option<[Text<'a>; 2]> {
        let row = &T::LAYOUT.rows[ROW];
        let first = text_for(&self.component(row)?, row)?;
        let is_pair = self.ended == Ending::Component;
        let second;
        (second, self.ended) = self.parts.next()?;
        is_pair.then(|| [first, second.text()])
    }

    /// What stands behind the segment, if it ends behind the last row that was asked for.
    #[inline]
    pub(crate) fn behind(self) -> Option<TextCursor<'s, 'a>> {
        (self.ended == Ending::Segment).then_some(self.parts)
    }

    /// The next component, which stands at a row. It may be empty, but no element or segment ends with an empty component
    /// that could have been left out.
    #[inline]
    fn component(&mut self, row: &Row) -> Option<CanonicalValue<'a>> {
        next_component(&mut self.parts, &mut self.ended, row.component > 1)
    }
}

/// One function for all rows: envelopes are read seldom, and their code should not be large.
#[inline(never)]
fn next_component<'a>(
    parts: &mut TextCursor<'_, 'a>,
    ended: &mut Ending,
    is_further: bool,
) -> Option<CanonicalValue<'a>> {
    let stands_there = *ended == if is_further { Ending::Component } else { Ending::Element };
    let value;
    (value, *ended) = parts.next()?;
    let is_superfluous = match *ended {
        Ending::Component => false,
        Ending::Element => is_further,
        Ending::Segment => true,
    };
    (stands_there && !(is_superfluous && value.is_empty())).then_some(value)
}

/// What ends the component before that of a row, if no place is left out.
#[inline]
fn end_before(row: &Row) -> Ending {
    if row.component > 1 { Ending::Component } else { Ending::Element }
}
