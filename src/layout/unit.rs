//! Units: runs of segments that are read together.

use alloc::vec::Vec;
use core::ops::Range;

use super::Key;
use crate::syntax::{Found, Input, Mark, Segment, ServiceStringAdvice};

/// A segment of a unit: where it stands, and which marks are its.
#[derive(Clone, Copy)]
struct Member {
    found: Found,
    key: Key,
    first_mark: usize,
    marks: usize,
    advice: ServiceStringAdvice,
}

/// The segments collected for one unit, as flat marks in buffers that are used again for the next.
pub(crate) struct Unit {
    pub(crate) marks: Vec<Mark>,
    members: Vec<Member>,
}

impl Default for Unit {
    /// Room for a transaction with every item.
    fn default() -> Self {
        Self { marks: Vec::with_capacity(128), members: Vec::with_capacity(32) }
    }
}

impl Unit {
    /// Adds the segment whose marks were appended from `first_mark` on.
    #[inline]
    pub(crate) fn push(&mut self, found: Found, key: Key, first_mark: usize, advice: ServiceStringAdvice) {
        self.members.push(Member { found, key, first_mark, marks: self.marks.len() - first_mark, advice });
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    pub(crate) fn clear(&mut self) {
        self.marks.clear();
        self.members.clear();
    }

    /// Removes all but the last member and its marks.
    pub(crate) fn keep_last(&mut self) {
        let Some(mut last) = self.members.pop() else { return };
        self.members.clear();
        crate::work::note(last.marks);
        self.marks.drain(..last.first_mark);
        last.first_mark = 0;
        self.members.push(last);
    }

    /// The same segments, after the first `count` bytes of the input are gone.
    pub(crate) fn forget(&mut self, count: usize) {
        crate::work::note(self.members.len());
        for member in &mut self.members {
            member.found.start -= count;
            member.found.end -= count;
        }
    }

    /// Where the first segment begins.
    #[inline]
    pub(crate) fn start(&self) -> Option<usize> {
        self.members.first().map(|member| member.found.start)
    }

    /// The bytes from the start of the first segment to the end of segment `last`.
    pub(crate) fn range(&self, last: usize) -> Option<Range<usize>> {
        Some(self.members.first()?.found.start..self.members.get(last)?.found.end)
    }

    /// How many bytes the buffers take.
    pub(crate) fn bytes(&self) -> usize {
        self.marks.capacity() * size_of::<Mark>() + self.members.capacity() * size_of::<Member>()
    }

    /// Whether a segment with this key is among them.
    pub(crate) fn has(&self, key: Key) -> bool {
        self.members.iter().inspect(|_| crate::work::note(1)).any(|member| member.key == key)
    }

    /// The key of a segment.
    pub(crate) fn key(&self, index: usize) -> Option<Key> {
        self.members.get(index).map(|member| member.key)
    }
}

/// The first segments of a unit, with the input they stand in.
#[derive(Clone, Copy)]
pub(crate) struct UnitView<'r, 'a> {
    input: Input<'a>,
    /// Where `input` begins, in the offsets of the unit.
    origin: usize,
    /// What to add to the offsets of the unit to get those of the whole.
    base: u64,
    marks: &'r [Mark],
    members: &'r [Member],
    /// Which segment of the message the first one is; `None` outside messages.
    pub(crate) ordinal: Option<u32>,
}

impl<'r, 'a> UnitView<'r, 'a> {
    pub(crate) fn new(unit: &'r Unit, count: usize, input: Input<'a>, origin: usize, base: u64) -> Self {
        Self { input, origin, base, marks: &unit.marks, members: &unit.members[..count], ordinal: None }
    }

    pub(crate) fn with_ordinal(self, ordinal: Option<u32>) -> Self {
        Self { ordinal, ..self }
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    #[inline]
    pub(crate) fn key(&self, index: usize) -> Key {
        crate::work::note(1);
        self.members[index].key
    }

    #[inline]
    pub(crate) fn segment(&self, index: usize) -> Segment<'r, 'a> {
        let member = &self.members[index];
        let marks = &self.marks[member.first_mark..member.first_mark + member.marks];
        let start = member.found.start - self.origin;
        let found = Found { start, end: member.found.end - self.origin, ..member.found };
        Segment::new(self.input, &found, marks, member.advice, self.base + self.origin as u64)
    }

    /// The segments, in order.
    pub(crate) fn segments(self) -> impl Iterator<Item = (usize, Key, Segment<'r, 'a>)> {
        (0..self.len()).map(move |index| (index, self.key(index), self.segment(index)))
    }

    /// The first segment with this key.
    pub(crate) fn find(&self, key: Key) -> Option<Segment<'r, 'a>> {
        (0..self.len()).find(|index| self.key(*index) == key).map(|index| self.segment(index))
    }
}
