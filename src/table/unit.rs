//! Units: buffered runs of segments that are read together and give one event.

use alloc::vec::Vec;
use core::ops::Range;

use super::Key;
use crate::syntax::{Input, Mark, Segment, SegmentSpan, ServiceStringAdvice};

/// A unit with more segments than this is not a sensible one.
const MANY: usize = 1_000;

/// A segment of a unit: its place in the input, and its marks.
#[derive(Clone)]
struct Member {
    start: usize,
    end: usize,
    key: Key,
    first_mark: u32,
    end_of_marks: u32,
    advice: ServiceStringAdvice,
    terminated: bool,
}

impl Member {
    #[inline]
    fn marks_in<'r>(&self, marks: &'r [Mark]) -> &'r [Mark] {
        &marks[self.first_mark as usize..self.end_of_marks as usize]
    }
}

/// The buffered segments of one unit, as flat marks; the buffers are reused.
#[derive(Default)]
pub(crate) struct Unit {
    /// Positions count from the start of the segment.
    marks: Vec<Mark>,
    members: Vec<Member>,
    /// The number of segments up to the last one that has a tag; no search goes further.
    tagged: usize,
}

impl Unit {
    /// Adds a segment.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a unit has fewer marks than its length, which is limited")]
    pub(crate) fn push(&mut self, found: &SegmentSpan, marks: &[Mark], key: Key, advice: ServiceStringAdvice) {
        crate::cost::count(marks.len());
        if self.members.len() == self.members.capacity() && self.members.len() > MANY {
            self.make_much_room();
        }
        let first_mark = self.marks.len();
        self.marks.extend(marks.iter().map(|mark| mark.rebased(found.from_origin)));
        self.members.push(Member {
            start: found.start,
            end: found.end,
            key,
            first_mark: first_mark as u32,
            end_of_marks: self.marks.len() as u32,
            advice,
            terminated: found.terminated,
        });
        if key != Key::NONE {
            self.tagged = self.members.len();
        }
    }

    /// Reserves much room: a unit that is so long is likely to grow on, and each growth is a copy.
    #[cold]
    fn make_much_room(&mut self) {
        self.members.reserve(3 * self.members.len());
        // A little more than needed, so that this is the only growth.
        self.marks.reserve(4 * self.marks.len());
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    pub(crate) fn clear(&mut self) {
        self.marks.clear();
        self.members.clear();
        self.tagged = 0;
    }

    /// Removes all but the last member and its marks.
    pub(crate) fn keep_last(&mut self) {
        let Some(mut last) = self.members.pop() else { return };
        self.members.clear();
        crate::cost::count((last.end_of_marks - last.first_mark) as usize);
        self.marks.drain(..last.first_mark as usize);
        (last.first_mark, last.end_of_marks) = (0, last.end_of_marks - last.first_mark);
        self.tagged = usize::from(last.key != Key::NONE);
        self.members.push(last);
    }

    /// Shifts the segments, because the first `count` bytes of the input are gone.
    pub(crate) fn forget(&mut self, count: usize) {
        crate::cost::count(self.members.len());
        for member in &mut self.members {
            member.start -= count;
            member.end -= count;
        }
    }

    /// Where the first segment begins.
    #[inline]
    pub(crate) fn start(&self) -> Option<usize> {
        self.members.first().map(|member| member.start)
    }

    /// The bytes from the start of the first segment to the end of segment `last`.
    pub(crate) fn range(&self, last: usize) -> Option<Range<usize>> {
        Some(self.members.first()?.start..self.members.get(last)?.end)
    }

    /// The service characters of the first segment.
    pub(crate) fn advice(&self) -> Option<ServiceStringAdvice> {
        self.members.first().map(|first| first.advice)
    }

    /// How many bytes the buffers take.
    pub(crate) fn bytes(&self) -> usize {
        self.marks.capacity() * size_of::<Mark>() + self.members.capacity() * size_of::<Member>()
    }

    /// Whether it has a segment with this key.
    pub(crate) fn has(&self, key: Key) -> bool {
        self.members[..self.tagged].iter().inspect(|_| crate::cost::count(1)).any(|member| member.key == key)
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
    /// Offset of `input`, in the offsets of the unit.
    origin: usize,
    /// The difference between offsets in the whole input and those of the unit.
    base: u64,
    marks: &'r [Mark],
    members: &'r [Member],
    tagged: usize,
    /// The ordinal of the first segment in its message; `None` outside messages.
    pub(crate) ordinal: Option<u32>,
}

impl<'r, 'a> UnitView<'r, 'a> {
    #[inline]
    pub(crate) fn new(unit: &'r Unit, count: usize, bytes: &'a [u8], base: u64) -> Self {
        let members = &unit.members[..count];
        let (origin, end) = match members {
            [first, .., last] => (first.start, last.end),
            [only] => (only.start, only.end),
            [] => (0, 0),
        };
        let bytes = &bytes[origin..end];
        let input = Input::checked(bytes);
        Self { input, origin, base, marks: &unit.marks, members, tagged: unit.tagged.min(count), ordinal: None }
    }

    pub(crate) fn with_ordinal(self, ordinal: Option<u32>) -> Self {
        Self { ordinal, ..self }
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    #[inline]
    pub(crate) fn key(&self, index: usize) -> Key {
        crate::cost::count(1);
        self.members[index].key
    }

    #[inline]
    pub(crate) fn segment(&self, index: usize) -> Segment<'r, 'a> {
        self.segment_of(&self.members[index])
    }

    #[inline(always)]
    fn segment_of(&self, member: &Member) -> Segment<'r, 'a> {
        let place = (member.start - self.origin, 0, member.end - self.origin);
        let marks = member.marks_in(self.marks);
        let base = self.base + self.origin as u64;
        Segment::within(self.input, place, member.terminated, marks, member.advice, base)
    }

    /// The segments, in order.
    pub(crate) fn segments(self) -> impl Iterator<Item = (usize, Key, Segment<'r, 'a>)> {
        self.members.iter().enumerate().map(move |(index, member)| (index, member.key, self.segment_of(member)))
    }

    /// The first segment with this key.
    pub(crate) fn find(&self, key: Key) -> Option<Segment<'r, 'a>> {
        (0..self.tagged).find(|index| self.key(*index) == key).map(|index| self.segment(index))
    }
}
