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
/// Marks stand one behind the other, whatever segments they are of; where the run of each segment ends is kept beside them.
/// The last run is that of a segment whose end was not found yet.
#[derive(Clone, Debug)]
pub(crate) struct Runs {
    marks: Vec<Mark>,
    /// How many marks there are.
    count: usize,
    /// How many marks there are up to the end of each finished run.
    ends: Vec<u32>,
    /// How many runs are finished.
    finished: usize,
    /// How many of these were taken.
    taken: usize,
    /// Where the next run to be taken begins.
    next: usize,
}

impl Runs {
    pub(super) fn new() -> Self {
        Self { marks: Vec::new(), count: 0, ends: Vec::new(), finished: 0, taken: 0, next: 0 }
    }

    /// Drops all.
    #[inline]
    pub(super) fn clear(&mut self) {
        (self.count, self.finished, self.taken, self.next) = (0, 0, 0, 0);
    }

    /// Room for the marks of a block.
    #[inline]
    pub(super) fn writer(&mut self) -> RunsWriter<'_> {
        // In the worst case every byte ends a segment.
        if self.marks.len() < self.count + BLOCK || self.ends.len() < self.finished + BLOCK {
            self.grow();
        }
        RunsWriter { marks: &mut self.marks, count: self.count, ends: &mut self.ends, finished: self.finished }
    }

    /// Says how much has been written.
    #[inline]
    pub(super) fn wrote(&mut self, (count, finished): (usize, usize)) {
        (self.count, self.finished) = (count, finished);
    }

    #[cold]
    fn grow(&mut self) {
        lengthen(&mut self.marks, self.count, Mark::default());
        lengthen(&mut self.ends, self.finished, 0);
    }

    /// Adds a mark, which may end the unfinished run.
    pub(super) fn push(&mut self, mark: Mark) {
        let mut writer = self.writer();
        writer.push(mark);
        let written = writer.written();
        self.wrote(written);
    }

    /// The next finished run.
    #[inline]
    pub(super) fn peek(&self) -> Option<Range<usize>> {
        (self.taken < self.finished).then(|| self.next..self.ends[self.taken] as usize)
    }

    /// Passes the next finished run.
    #[inline]
    pub(super) fn take(&mut self, run: &Range<usize>) {
        self.taken += 1;
        self.next = run.end;
    }

    /// The marks of a run, until more are added.
    #[inline]
    pub(crate) fn of(&self, run: &Range<usize>) -> &[Mark] {
        &self.marks[run.start..run.end]
    }

    /// Where a finished run ends, counting from the origin of the marks.
    #[inline]
    pub(super) fn end_of(&self, run: &Range<usize>) -> usize {
        self.marks[run.end - 1].position()
    }

    /// The marks of the next run, which may be unfinished.
    pub(super) fn ahead(&self) -> &[Mark] {
        self.of(&self.peek().unwrap_or(self.next..self.count))
    }

    /// Drops what follows the first `count` marks of the next run, which is unfinished then.
    pub(super) fn cut(&mut self, count: usize) {
        self.finished = self.taken;
        self.count = self.next + count;
    }

    /// Drops the runs that were taken, and moves the origin of positions by `ahead`.
    #[expect(clippy::cast_possible_truncation, reason = "there are fewer marks than bytes, which are limited")]
    pub(super) fn drop_taken(&mut self, ahead: usize) {
        crate::work::note(self.count - self.next + self.finished - self.taken);
        self.marks.copy_within(self.next..self.count, 0);
        self.ends.copy_within(self.taken..self.finished, 0);
        self.count -= self.next;
        self.finished -= self.taken;
        for mark in &mut self.marks[..self.count] {
            *mark = mark.closer(ahead);
        }
        for end in &mut self.ends[..self.finished] {
            *end -= self.next as u32;
        }
        (self.taken, self.next) = (0, 0);
    }

    /// How many bytes the buffers take.
    pub(crate) fn bytes(&self) -> usize {
        self.marks.capacity() * size_of::<Mark>() + self.ends.capacity() * size_of::<u32>()
    }
}

/// Makes room for a block behind the first `used`, if there is none: half as much again, since what is ahead is limited.
fn lengthen<T: Copy>(slots: &mut Vec<T>, used: usize, empty: T) {
    if slots.len() < used + BLOCK {
        let len = used + used / 2 + 2 * BLOCK;
        slots.reserve_exact(len - slots.len());
        slots.resize(len, empty);
    }
}

/// Writes marks of a block to their runs; what changes at every mark stays in registers.
pub(super) struct RunsWriter<'r> {
    marks: &'r mut [Mark],
    count: usize,
    ends: &'r mut [u32],
    finished: usize,
}

impl RunsWriter<'_> {
    /// Adds a mark, without asking whether it ends the segment: that would often be guessed wrong.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "there are fewer marks than bytes, which are limited")]
    pub(super) fn push(&mut self, mark: Mark) {
        self.marks[self.count] = mark;
        self.count += 1;
        self.ends[self.finished] = self.count as u32;
        self.finished += usize::from(mark.ends_segment());
    }

    /// How much has been written.
    #[inline]
    pub(super) fn written(self) -> (usize, usize) {
        (self.count, self.finished)
    }
}
