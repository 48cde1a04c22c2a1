//! Marks: where components end, as the scanner found them.

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use super::stops::BLOCK;

/// Where a component ends, what ends it, and whether a release character stands in it; 32 bits.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Mark(u32);

/// What ends a component.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    Component,
    Element,
    Segment,
}

impl Mark {
    pub(super) const RELEASED: u32 = 4;

    /// The largest position that a mark can tell.
    pub(crate) const MAX_POSITION: usize = (1 << 29) - 1;

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "segments are limited to MAX_POSITION")]
    pub(super) fn new(position: usize, end: End, released: bool) -> Self {
        Self(((position as u32) << 3) | (u32::from(released) * Self::RELEASED) | end as u32)
    }

    /// The same, given what ends it and whether a release character stands in it as bits.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "segments are limited to MAX_POSITION")]
    pub(super) fn with_bits(position: usize, bits: u32) -> Self {
        Self(((position as u32) << 3) | bits)
    }

    /// Where the ending separator stands, counting from the origin of the marks.
    #[inline]
    pub(crate) fn position(self) -> usize {
        (self.0 >> 3) as usize
    }

    /// The same, counting from an origin that is closer by so much.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "positions are limited to MAX_POSITION")]
    pub(crate) fn closer(self, ahead: usize) -> Self {
        Self(self.0 - ((ahead as u32) << 3))
    }

    /// Where the component behind it begins.
    #[inline]
    pub(super) fn next(self) -> u32 {
        (self.0 >> 3) + 1
    }

    /// Whether the data element ends with this component.
    #[inline]
    pub(crate) fn ends_element(self) -> bool {
        self.0 & 3 != End::Component as u32
    }

    /// Whether the segment ends with this component.
    #[inline]
    pub(crate) fn ends_segment(self) -> bool {
        self.0 & End::Segment as u32 != 0
    }

    /// Whether the component before this mark holds a release character.
    #[inline]
    pub(crate) fn released(self) -> bool {
        self.0 & Self::RELEASED != 0
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.position(), self.0 & 3)
    }
}

/// The marks of segments, one run per segment, ahead of the segments being asked for.
///
/// Before each run stands how long it is, so that the next one is found without looking at its marks. The last run is
/// that of a segment whose end was not found yet.
#[derive(Clone, Debug)]
pub(crate) struct Runs {
    slots: Vec<Mark>,
    /// Where the next run to be taken begins.
    next: usize,
    /// Where the unfinished run begins.
    last: usize,
    /// Where it ends.
    end: usize,
}

impl Runs {
    pub(super) fn new() -> Self {
        Self { slots: Vec::new(), next: 0, last: 0, end: 1 }
    }

    /// Drops all.
    #[inline]
    pub(super) fn clear(&mut self) {
        (self.next, self.last, self.end) = (0, 0, 1);
    }

    /// Room for the marks of a block.
    #[inline]
    pub(super) fn writer(&mut self) -> RunsWriter<'_> {
        // In the worst case every byte ends a segment, and each of these takes two slots.
        if self.slots.len() < self.end + 2 * BLOCK {
            self.grow();
        }
        RunsWriter { slots: &mut self.slots, last: self.last, end: self.end }
    }

    /// Says how far the slots have been written.
    #[inline]
    pub(super) fn wrote(&mut self, (last, end): (usize, usize)) {
        (self.last, self.end) = (last, end);
    }

    #[cold]
    fn grow(&mut self) {
        self.slots.resize(self.end * 2 + 4 * BLOCK, Mark::default());
    }

    /// Ends the unfinished run.
    pub(super) fn finish(&mut self, mark: Mark) {
        let mut writer = self.writer();
        writer.push(mark, true);
        let written = writer.written();
        self.wrote(written);
    }

    /// The next finished run.
    #[inline]
    pub(super) fn peek(&self) -> Option<Range<usize>> {
        (self.next < self.last).then(|| self.next + 1..self.next + self.slots[self.next].0 as usize)
    }

    /// Passes the next finished run.
    #[inline]
    pub(super) fn take(&mut self, run: &Range<usize>) {
        self.next = run.end;
    }

    /// The marks of a run, until more are added.
    #[inline]
    pub(crate) fn of(&self, run: &Range<usize>) -> &[Mark] {
        &self.slots[run.start..run.end]
    }

    /// The marks of the next run, which may be unfinished.
    pub(super) fn ahead(&self) -> &[Mark] {
        self.slots.get(self.peek().unwrap_or(self.last + 1..self.end)).unwrap_or_default()
    }

    /// Drops what follows the first `count` marks of the next run, which is unfinished then.
    pub(super) fn cut(&mut self, count: usize) {
        self.last = self.next;
        self.end = self.next + 1 + count;
    }

    /// Drops the runs that were taken, and moves the origin of positions by `ahead`.
    pub(super) fn drop_taken(&mut self, ahead: usize) {
        let end = self.end.min(self.slots.len());
        crate::work::note(end.saturating_sub(self.next));
        self.slots.copy_within(self.next..end, 0);
        self.last -= self.next;
        self.end -= self.next;
        self.next = 0;
        let mut at = 0;
        while at < self.last {
            let end = at + self.slots[at].0 as usize;
            move_origin(&mut self.slots[at + 1..end], ahead);
            at = end;
        }
        move_origin(self.slots.get_mut(at + 1..self.end).unwrap_or_default(), ahead);
    }

    /// How many bytes the buffer takes.
    pub(crate) fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Mark>()
    }
}

/// Writes marks of a block to their runs; what changes at every mark stays in registers.
pub(super) struct RunsWriter<'r> {
    slots: &'r mut [Mark],
    last: usize,
    end: usize,
}

impl RunsWriter<'_> {
    /// Adds a mark, without asking whether it ends the segment: that would often be guessed wrong.
    #[inline]
    pub(super) fn push(&mut self, mark: Mark, ends_segment: bool) {
        self.slots[self.end] = mark;
        self.end += 1;
        self.slots[self.last] = length(self.end - self.last);
        self.last = core::hint::select_unpredictable(ends_segment, self.end, self.last);
        self.end += usize::from(ends_segment);
    }

    /// How far the slots have been written.
    #[inline]
    pub(super) fn written(self) -> (usize, usize) {
        (self.last, self.end)
    }
}

/// The length of a run with this slot, to be kept in it.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "there are fewer marks than bytes, which are limited")]
fn length(slots: usize) -> Mark {
    Mark(slots as u32)
}

fn move_origin(marks: &mut [Mark], ahead: usize) {
    for mark in marks {
        *mark = mark.closer(ahead);
    }
}
