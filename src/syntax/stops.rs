//! Stops: the places of service characters, sixty-four bytes at a time.

use super::ServiceStringAdvice;
use super::marks::End;

/// How many bytes a mask describes.
pub(super) const BLOCK: usize = 64;

/// What each byte means to the scanner, as bits of a mark where it ends a component.
#[derive(Clone, Debug)]
pub(super) struct Classes([u8; 256]);

impl Classes {
    pub(super) const RELEASE: u32 = 4;
    const DATA: u8 = 8;

    pub(super) fn new(advice: ServiceStringAdvice) -> Self {
        let mut classes = [Self::DATA; 256];
        if let Some(release) = advice.release() {
            classes[usize::from(release)] = 4;
        }
        classes[usize::from(advice.component_separator())] = End::Component as u8;
        classes[usize::from(advice.element_separator())] = End::Element as u8;
        classes[usize::from(advice.terminator())] = End::Segment as u8;
        Self(classes)
    }

    #[inline]
    pub(super) fn of(&self, byte: u8) -> u32 {
        u32::from(self.0[usize::from(byte)])
    }

    /// Whether line breaks are no service characters.
    pub(super) fn breaks_are_data(&self) -> bool {
        [b'\r', b'\n'].iter().all(|byte| self.0[usize::from(*byte)] == Self::DATA)
    }
}

/// How far the input has been described in masks, and what masks show.
///
/// It is small and copied freely, so that a loop can keep it in registers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stops {
    characters: [u8; 4],
    /// First byte that no mask has described yet.
    reached: usize,
    /// That byte is released.
    skip: bool,
}

impl Stops {
    /// From the start of the input on.
    pub(super) fn new(advice: ServiceStringAdvice) -> Self {
        Self { characters: advice.stops(), reached: 0, skip: false }
    }

    /// First byte that was not looked at yet.
    #[inline]
    pub(super) fn reached(&self) -> usize {
        self.reached
    }

    /// The next block, and a bit for every byte in it that needs attention; `None` at the end of the input. Behind the end
    /// of the input there is nothing that needs any.
    #[inline]
    pub(super) fn next_block<'a>(
        &mut self,
        input: &'a [u8],
        room: &'a mut [u8; BLOCK],
    ) -> Option<(&'a [u8; BLOCK], u64)> {
        let rest = input.get(self.reached..).filter(|rest| !rest.is_empty())?;
        let (block, mask) = match rest.first_chunk() {
            Some(block) => (block, stops_in(block, self.characters)),
            None => stops_in_rest(rest, room, self.characters),
        };
        self.reached += rest.len().min(BLOCK);
        Some((block, mask & !u64::from(core::mem::take(&mut self.skip))))
    }

    /// Says that the first byte of the next block is released.
    #[inline]
    pub(super) fn skip_next(&mut self) {
        self.skip = true;
    }

    /// Begins a new block at `at`, with the characters of `advice`.
    pub(super) fn restart(&mut self, at: usize, advice: ServiceStringAdvice) {
        *self = Self { reached: at, ..Self::new(advice) };
    }

    /// Says that the first `count` bytes of the input are gone.
    pub(super) fn forget(&mut self, count: usize) {
        self.reached = self.reached.saturating_sub(count);
    }
}

/// The same for the last bytes of the input, fewer than a block.
#[cold]
fn stops_in_rest<'a>(rest: &[u8], room: &'a mut [u8; BLOCK], characters: [u8; 4]) -> (&'a [u8; BLOCK], u64) {
    room[..rest.len()].copy_from_slice(rest);
    (room, stops_in(room, characters) & ((1 << rest.len()) - 1))
}

/// One bit per byte of `block` that equals one of `stops`.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "a way out between the comparisons would keep them apart")]
fn stops_in(block: &[u8; BLOCK], [a, b, c, d]: [u8; 4]) -> u64 {
    mask_of(block, |byte| (byte == a) | (byte == b) | (byte == c) | (byte == d))
}

/// One bit per byte of `block` that is a hit: a comparison per byte, which the compiler does for many bytes at once, then
/// eight results at a time gathered into bits.
#[inline]
pub(super) fn mask_of(block: &[u8; BLOCK], is_hit: impl Fn(u8) -> bool) -> u64 {
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut hits = [0; BLOCK];
    for (hit, byte) in hits.iter_mut().zip(block) {
        *hit = u8::from(is_hit(*byte));
    }
    let (words, _) = hits.as_chunks::<8>();
    let bits = |word: &[u8; 8]| u64::from_le_bytes(*word).wrapping_mul(GATHER) >> 56;
    words.iter().enumerate().fold(0, |mask, (i, word)| mask | (bits(word) << (8 * i)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mask_has_a_bit_for_every_stop_and_no_other() {
        let stops = ServiceStringAdvice::LEVEL_A.stops();
        for byte in 0..=255u8 {
            for place in 0..BLOCK {
                let mut block = [b'A'; BLOCK];
                block[place] = byte;
                let expected = if stops.contains(&byte) { 1 << place } else { 0 };
                assert_eq!(stops_in(&block, stops), expected, "byte {byte:#x} at {place}");
            }
        }
        assert_eq!(stops_in(&[b'+'; BLOCK], stops), u64::MAX);
    }
}
