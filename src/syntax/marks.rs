//! Marks: the ends of components, as the scanner found them.

use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use super::delimiters::BLOCK;

/// The end of a component, and whether a release character stands in it, in 32 bits. The delimiter itself stays in the
/// input.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Mark(u32);

impl Mark {
    const RELEASED: u32 = 1 << 31;

    /// The largest position of a mark.
    pub(crate) const MAX_POSITION: usize = (1 << 31) - 1;

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "segments are limited to MAX_POSITION")]
    pub(super) fn new(position: usize, released: bool) -> Self {
        Self(position as u32 | (u32::from(released) * Self::RELEASED))
    }

    /// The position of the delimiter, counting from the origin of the marks.
    #[inline]
    pub(crate) fn position(self) -> usize {
        (self.0 & !Self::RELEASED) as usize
    }

    /// The mark with its position counted from an origin further on by `ahead`.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "positions are limited to MAX_POSITION")]
    pub(crate) fn rebased(self, ahead: usize) -> Self {
        Self(self.0 - ahead as u32)
    }

    /// The start of the component behind the mark.
    #[inline]
    pub(super) fn next(self) -> u32 {
        (self.0 & !Self::RELEASED) + 1
    }

    /// Whether the component before this mark holds a release character.
    #[inline]
    pub(crate) fn released(self) -> bool {
        self.0 & Self::RELEASED != 0
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.position(), if self.released() { " released" } else { "" })
    }
}

/// The marks of segments that were scanned, in one buffer, including segments not asked for yet.
#[derive(Clone, Debug)]
pub(crate) struct Marks {
    slots: Vec<Mark>,
    /// How many marks there are.
    count: usize,
    /// How many of these belong to segments that were taken.
    taken: usize,
}

impl Marks {
    pub(super) fn new() -> Self {
        Self { slots: Vec::new(), count: 0, taken: 0 }
    }

    /// Adds a mark for every bit of `places`, counting positions from `first`.
    ///
    /// Branch-free: always writes eight slots per byte of the mask, out of a table; surplus slots are overwritten by
    /// the next byte. A loop over the bits would cost branch mispredictions.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "positions are limited to MAX_POSITION")]
    pub(super) fn push_block(&mut self, first: usize, places: u64) {
        if self.slots.len() < self.count + ROOM {
            self.grow();
        }
        let Some(slots) = self.slots[self.count..].first_chunk_mut::<ROOM>() else { return };
        let mut count = 0;
        for (i, byte) in places.to_le_bytes().into_iter().enumerate() {
            let base = (first + 8 * i) as u32;
            for (slot, place) in slots[count % BLOCK..][..8].iter_mut().zip(PLACES[usize::from(byte)]) {
                *slot = Mark(base + place);
            }
            count += COUNTS[usize::from(byte)] as usize;
        }
        self.count += count;
    }

    #[cold]
    fn grow(&mut self) {
        // Grows by half, since the lookahead is limited.
        let len = self.count + self.count / 2 + 2 * ROOM;
        self.slots.reserve_exact(len - self.slots.len());
        self.slots.resize(len, Mark::default());
    }

    /// Adds a mark.
    pub(super) fn push(&mut self, mark: Mark) {
        if self.slots.len() == self.count {
            self.grow();
        }
        self.slots[self.count] = mark;
        self.count += 1;
    }

    /// How many marks there are, including those of taken segments.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Marks the component of a mark as holding a release character.
    pub(super) fn release(&mut self, at: usize) {
        self.slots[at].0 |= Mark::RELEASED;
    }

    /// The marks of segments not yet taken, the last of which may be incomplete.
    #[inline]
    pub(super) fn ahead(&self) -> &[Mark] {
        &self.slots[self.taken..self.count]
    }

    /// Takes the next `count` marks, which belong to one segment.
    #[inline]
    pub(super) fn take(&mut self, count: usize) -> Range<usize> {
        let run = self.taken..self.taken + count;
        self.taken = run.end;
        run
    }

    /// The marks of a segment; valid until more are added.
    #[inline]
    pub(crate) fn of(&self, run: &Range<usize>) -> &[Mark] {
        &self.slots[run.start..run.end]
    }

    /// Drops all marks.
    pub(super) fn clear(&mut self) {
        (self.count, self.taken) = (0, 0);
    }

    /// Drops what follows the next `count` marks.
    pub(super) fn cut(&mut self, count: usize) {
        self.count = self.taken + count;
    }

    /// Drops the marks of taken segments, and moves the origin of positions by `ahead`.
    pub(super) fn drop_taken(&mut self, ahead: usize) {
        crate::cost::count(self.count - self.taken);
        self.slots.copy_within(self.taken..self.count, 0);
        self.count -= self.taken;
        self.taken = 0;
        for mark in &mut self.slots[..self.count] {
            *mark = mark.rebased(ahead);
        }
    }

    /// How many bytes the buffer takes.
    pub(crate) fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<Mark>()
    }
}

/// Room for the marks of a block and the surplus slots.
const ROOM: usize = BLOCK + 8;

/// The positions of the bits of a byte, in order.
static PLACES: [[u32; 8]; 256] = {
    let mut table = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut rest, mut count) = (byte, 0);
        while rest != 0 {
            table[byte][count] = rest.trailing_zeros();
            rest &= rest - 1;
            count += 1;
        }
        byte += 1;
    }
    table
};

/// How many bits of a byte are set.
static COUNTS: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte.count_ones();
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_bits_are_set() {
        let mut random = 0x9E37_79B9_7F4A_7C15_u64;
        let mut marks = Marks::new();
        let mut expected = Vec::new();
        for block in 0..400_usize {
            random = random.rotate_left(23).wrapping_mul(0xBF58_476D_1CE4_E5B9).wrapping_add(1);
            let places = [0, u64::MAX, 1, 1 << 63, random, random & random.rotate_left(7)][block % 6];
            marks.push_block(BLOCK * block, places);
            expected.extend((0..BLOCK).filter(|place| places >> place & 1 == 1).map(|place| BLOCK * block + place));
        }
        let found: Vec<usize> = marks.ahead().iter().map(|mark| mark.position()).collect();
        assert_eq!(found, expected);
    }
}
