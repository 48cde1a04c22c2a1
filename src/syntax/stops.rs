//! Stops: the places of service characters, sixty-four bytes at a time.

use super::ServiceStringAdvice;

/// How many bytes a mask describes.
pub(super) const BLOCK: usize = 64;

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
    /// From `at` on.
    #[inline]
    pub(super) fn from(at: usize, advice: ServiceStringAdvice) -> Self {
        Self { characters: advice.stops(), reached: at, skip: false }
    }

    /// First byte that was not looked at yet.
    #[inline]
    pub(super) fn reached(&self) -> usize {
        self.reached
    }

    /// The next block; `None` at the end of the input.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as `Block::of`")]
    pub(super) fn next_block(&mut self, input: &[u8]) -> Option<Block> {
        let rest = input.get(self.reached..).filter(|rest| !rest.is_empty())?;
        let block = match rest.first_chunk() {
            Some(bytes) => Block::of(bytes, self.characters),
            None => Block::of_rest(rest, self.characters),
        };
        self.reached += rest.len().min(BLOCK);
        Some(Block { stops: block.stops & !u64::from(core::mem::take(&mut self.skip)), ..block })
    }

    /// Says that the first byte of the next block is released.
    #[inline]
    pub(super) fn skip_next(&mut self) {
        self.skip = true;
    }

    /// Says that the first `count` bytes of the input are gone.
    pub(super) fn forget(&mut self, count: usize) {
        self.reached = self.reached.saturating_sub(count);
    }
}

/// What a mask shows of a block.
#[derive(Clone, Copy)]
pub(super) struct Block {
    /// A bit for every byte that is a service character; none behind the end of the input.
    pub(super) stops: u64,
    /// There may be a release character among them.
    pub(super) has_release: bool,
}

impl Block {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "so that a loop keeps the characters in registers")]
    #[expect(clippy::needless_bitwise_bool, reason = "a way out between the comparisons would keep them apart")]
    fn of(bytes: &[u8; BLOCK], [a, b, c, d]: [u8; 4]) -> Self {
        let stops = mask_of(bytes, |byte| (byte == a) | (byte == b) | (byte == c) | (byte == d));
        Self { stops, has_release: bytes.iter().fold(false, |found, byte| found | (*byte == d)) }
    }

    /// The same for the last bytes of the input, fewer than a block.
    #[cold]
    fn of_rest(rest: &[u8], characters: [u8; 4]) -> Self {
        let mut bytes = [0; BLOCK];
        bytes[..rest.len()].copy_from_slice(rest);
        let block = Self::of(&bytes, characters);
        Self { stops: block.stops & ((1 << rest.len()) - 1), ..block }
    }
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
                assert_eq!(Block::of(&block, stops).stops, expected, "byte {byte:#x} at {place}");
            }
        }
        assert_eq!(Block::of(&[b'+'; BLOCK], stops).stops, u64::MAX);
    }
}
