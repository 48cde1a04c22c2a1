//! Fast path: reads a group that is already in canonical form, without building segments first.
//!
//! Canonical form is the form that the writer gives: segments in the order of the plan, each as its table has it,
//! without defects. Prefixes and suffixes of segments are compared with templates that the compiler makes from the
//! tables. A single segment that is not canonical is read by [`FallbackReader`]; anything else makes the unit fall back
//! to [`read_group`](super::read_group). Invariant: a unit that is read here gives the same model and the same issues
//! there.

use alloc::vec::Vec;
use core::marker::PhantomData;

use super::canonical_value::text_for;
use super::fallback::Other;
use super::plan::{Need, Step, StepMatch, Steps, match_step};
use super::{Content, FallbackReader, Item, Key, Row, Table, Unrecognised};
use crate::syntax::{CanonicalValue, Ending, Text, TextCursor, behind_breaks, word_at};

/// A unit, read segment by segment in the order of its plan. A segment that matches no further step is dealt with by
/// itself, and the plan is run through again.
#[derive(Clone, Copy)]
pub(crate) struct CanonicalUnit<'s, 'a> {
    cursor: TextCursor<'s, 'a>,
    /// Lookahead: the first eight bytes of the next segment.
    head: u64,
    start: usize,
    /// Where the last segment ends.
    end: usize,
    pub(super) seen: Steps,
    /// The step whose segment may come next although later steps were seen; `usize::MAX` if there is none.
    misplaced: usize,
    /// How many segments were kept.
    kept: u32,
}

impl<'s, 'a> CanonicalUnit<'s, 'a> {
    /// A unit that begins at a place, of which nothing was read.
    #[inline]
    pub(crate) fn new(at: TextCursor<'s, 'a>) -> Self {
        let (start, head) = (at.at(), word_at(at.shape(), at.at()));
        Self { cursor: at, head, start, end: start, seen: Steps::default(), misplaced: usize::MAX, kept: 0 }
    }

    /// Reads the next segment if it is that of a step; `None` if the unit must fall back.
    #[inline(always)]
    pub(crate) fn read<T: Table, C: Content<'a, T>>(
        &mut self,
        step: usize,
        place: &mut C,
        fallback: &mut FallbackReader<'_>,
        kept: &mut Vec<Unrecognised<'a>>,
    ) -> Option<()> {
        if !self.is_next::<T>(step) {
            return Some(());
        }
        let behind = match self.behind_first::<T>().and_then(|cursor| place.take_canonical(cursor)) {
            Some(cursor) => cursor.at(),
            None => fallback.read::<T, C>(self.cursor.masked(), (self.cursor.at(), self.segments()), place, kept)?,
        };
        self.go_on(step, behind);
        Some(())
    }

    /// Passes the next segment, which consists of constants, if it is that of a step; `None` if the unit must fall
    /// back.
    #[inline(always)]
    pub(crate) fn pass<T: Table>(&mut self, step: usize) -> Option<()> {
        self.read_by::<T>(step, |cursor| cursor.behind(&T::LAYOUT.template.behind))
    }

    /// Reads the next segment if it is that of a step, with a function for what follows its prefix; `None` if the unit
    /// must fall back.
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

    /// Whether the segment of a step comes next and is allowed here.
    #[inline(always)]
    fn is_next<T: Table>(&self, step: usize) -> bool {
        T::LAYOUT.template.before.begins_with(self.head) && (self.seen.end_before(step) || self.is_misplaced(step))
    }

    #[inline]
    fn is_misplaced(&self, step: usize) -> bool {
        self.misplaced == step && !self.seen.has(step)
    }

    /// Whether the unit goes on where no step of the plan matches the next segment; `None` if it must fall back.
    #[inline(always)]
    pub(crate) fn goes_on(
        &mut self,
        plan: &'static [Step],
        alias: fn(Key) -> Key,
        fallback: &mut FallbackReader<'_>,
        kept: &mut Vec<Unrecognised<'a>>,
    ) -> Option<bool> {
        let is_next_unit = plan.first().is_some_and(|first| first.layout.template.before.begins_with(self.head));
        if is_next_unit || Key::begins_service_segment(self.head) {
            return Some(false);
        }
        self.goes_on_with_other(plan, alias, fallback, kept)
    }

    #[cold]
    #[inline(never)]
    fn goes_on_with_other(
        &mut self,
        plan: &'static [Step],
        alias: fn(Key) -> Key,
        fallback: &mut FallbackReader<'_>,
        kept: &mut Vec<Unrecognised<'a>>,
    ) -> Option<bool> {
        // A million units may have no valid beginning: those are not searched.
        if !self.seen.has(0) {
            return Some(false);
        }
        let match_step = |key| match match_step(plan, alias(key), self.seen.last(), self.seen) {
            // It is not canonical, or is a trigger that must stay with what it introduces.
            StepMatch::Step(step) if self.seen.end_before(step) || plan[step].need == Need::Trigger => {
                StepMatch::Repeated
            }
            StepMatch::Step(step) if self.is_misplaced(step) => StepMatch::Repeated,
            place => place,
        };
        match fallback.place(self.cursor.masked(), (self.cursor.at(), self.segments()), &match_step, kept)? {
            Other::OfNone => return Some(false),
            Other::Misplaced(step) => self.misplaced = step,
            Other::Kept(end) => {
                self.kept += 1;
                self.pass_to(end);
            }
        }
        Some(true)
    }

    /// The cursor behind the prefix of a segment whose first word was compared already; `None` if the rest of the
    /// prefix differs.
    #[inline(always)]
    fn behind_first<T: Table>(&self) -> Option<TextCursor<'s, 'a>> {
        let before = &T::LAYOUT.template.before;
        let mut cursor = self.cursor;
        before.continues_at(cursor.shape(), cursor.at()).then(|| {
            cursor.skip(before.len());
            cursor
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
        let start = behind_breaks(self.cursor.shape(), end);
        self.cursor.skip(start - self.cursor.at());
        self.head = word_at(self.cursor.shape(), start);
    }

    /// Its length in bytes.
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

    /// The cursor behind the unit and the line breaks that follow it.
    #[inline]
    pub(crate) fn behind(&self) -> TextCursor<'s, 'a> {
        self.cursor
    }
}

/// Stores the value of the next component, which may be empty, and returns what ended it; `None` if it is not
/// canonical.
#[inline]
pub(crate) fn next_item<'a, I: Item<'a>>(
    cursor: &mut TextCursor<'_, 'a>,
    row: &'static Row,
    place: &mut I,
) -> Option<Ending> {
    let (value, ending) = cursor.next()?;
    if !value.is_empty() {
        place.take_canonical_value(value, row)?;
    }
    Some(ending)
}

/// Reads the values of a segment whose table has a row for every place, in order.
pub(crate) struct CanonicalRows<'s, 'a, T> {
    cursor: TextCursor<'s, 'a>,
    /// What ended the previous component, or the tag.
    ended: Ending,
    table: PhantomData<T>,
}

impl<'s, 'a, T: Table> CanonicalRows<'s, 'a, T> {
    pub(crate) fn new(cursor: TextCursor<'s, 'a>) -> Self {
        Self { cursor, ended: Ending::Element, table: PhantomData }
    }

    /// Stores the value at a row, which may be empty; `None` if it is not canonical.
    #[inline]
    pub(crate) fn item<const ROW: usize>(&mut self, place: &mut impl Item<'a>) -> Option<()> {
        let row = &T::LAYOUT.rows[ROW];
        if self.ended != end_before(row) {
            return (self.ended != Ending::Component).then_some(());
        }
        let value = self.component(row)?;
        if value.is_empty() { Some(()) } else { place.take_canonical_value(value, row) }
    }

    /// Stores the value at a row, which must not be empty; `None` if it is not canonical.
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

    /// The text of two components: at a row, and the one behind it.
    #[inline]
    pub(crate) fn pair<const ROW: usize>(&mut self) -> Option<[Text<'a>; 2]> {
        let row = &T::LAYOUT.rows[ROW];
        let first = text_for(&self.component(row)?, row)?;
        let is_pair = self.ended == Ending::Component;
        let second;
        (second, self.ended) = self.cursor.next()?;
        is_pair.then(|| [first, second.text()])
    }

    /// The cursor behind the segment, if the segment ends behind the last row that was read.
    #[inline]
    pub(crate) fn behind(self) -> Option<TextCursor<'s, 'a>> {
        (self.ended == Ending::Segment).then_some(self.cursor)
    }

    /// The component at a row. It may be empty, but an element or a segment must not end with an empty component that
    /// could have been left out.
    #[inline]
    fn component(&mut self, row: &Row) -> Option<CanonicalValue<'a>> {
        next_component(&mut self.cursor, &mut self.ended, row.component > 1)
    }
}

/// One function for all rows: envelopes are rare, and their code should be small.
#[inline(never)]
fn next_component<'a>(
    cursor: &mut TextCursor<'_, 'a>,
    ended: &mut Ending,
    is_further: bool,
) -> Option<CanonicalValue<'a>> {
    let stands_there = *ended == if is_further { Ending::Component } else { Ending::Element };
    let value;
    (value, *ended) = cursor.next()?;
    let is_superfluous = match *ended {
        Ending::Component => false,
        Ending::Element => is_further,
        Ending::Segment => true,
    };
    (stands_there && !(is_superfluous && value.is_empty())).then_some(value)
}

/// The delimiter before the component of a row, if no place is left out.
#[inline]
fn end_before(row: &Row) -> Ending {
    if row.component > 1 { Ending::Component } else { Ending::Element }
}
