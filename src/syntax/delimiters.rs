//! Delimiters: finds the service characters, sixty-four bytes at a time, as bit masks.

use super::ServiceStringAdvice;

/// How many bytes a mask describes.
pub(super) const BLOCK: usize = 64;

/// Makes masks of the input block by block; small enough to be copied, so that a loop can keep it in registers.
///
#[derive(Clone, Copy, Debug)]
pub(super) struct Delimiters {
    characters: [u8; 4],
    /// The first byte without a mask.
    reached: usize,
    /// The byte before that is a release character, and releases it.
    is_released: bool,
}

/// The masks of a block; no bits behind the end of the input.
#[derive(Clone, Copy, Default)]
pub(super) struct Block {
    /// A bit for every separator and terminator.
    pub(super) delimiters: u64,
    /// A bit for every release character that is not released itself.
    pub(super) releases: u64,
}

impl Delimiters {
    /// Starts at `at`.
    #[inline]
    pub(super) fn from(at: usize, advice: ServiceStringAdvice) -> Self {
        Self { characters: advice.delimiters(), reached: at, is_released: false }
    }

    /// The first byte without a mask.
    #[inline]
    pub(super) fn reached(&self) -> usize {
        self.reached
    }

    /// The next block; `None` at the end of the input.
    #[inline(always)]
    #[expect(clippy::needless_bitwise_bool, reason = "a way out between the comparisons would keep them apart")]
    pub(super) fn next_block(&mut self, input: &[u8]) -> Option<Block> {
        let rest = input.get(self.reached..).filter(|rest| !rest.is_empty())?;
        let Some(bytes) = rest.first_chunk() else { return Some(self.last_block(rest)) };
        let [a, b, c, d] = self.characters;
        let delimiters = mask_of(bytes, |byte| (byte == a) | (byte == b) | (byte == c) | (byte == d));
        let has_release = bytes.iter().fold(false, |found, byte| found | (*byte == d));
        self.reached += BLOCK;
        Some(if has_release || self.is_released {
            self.released(bytes, delimiters)
        } else {
            Block { delimiters, releases: 0 }
        })
    }

    /// The last bytes of the input, fewer than a block.
    #[cold]
    fn last_block(&mut self, rest: &[u8]) -> Block {
        let mut bytes = [0; BLOCK];
        bytes[..rest.len()].copy_from_slice(rest);
        self.reached += rest.len();
        let delimiters = mask_of(&bytes, |byte| self.characters.contains(&byte)) & ((1 << rest.len()) - 1);
        let block = self.released(&bytes, delimiters);
        self.is_released = block.releases >> (rest.len() - 1) == 1;
        block
    }

    /// The masks of a block that contains a release character, or follows one.
    ///
    /// One subtraction tells which of several release characters in a row are released themselves: its borrow runs
    /// through each row.
    #[inline(never)]
    fn released(&mut self, bytes: &[u8; BLOCK], delimiters: u64) -> Block {
        const ODD: u64 = 0xAAAA_AAAA_AAAA_AAAA;
        let [_, _, terminator, release] = self.characters;
        let first = u64::from(self.is_released);
        // Without a release character, the terminator takes its place.
        let all = if release == terminator { 0 } else { mask_of(bytes, |byte| byte == release) & delimiters };
        let free = all & !first;
        let ends = (((free << 1) | ODD).wrapping_sub(free)) ^ ODD;
        let (releases, behind) = (ends & all, ends ^ (all | first));
        self.is_released = releases >> (BLOCK - 1) == 1;
        Block { delimiters: delimiters & !(all | behind), releases }
    }

    /// Shifts its place, because the first `count` bytes of the input are gone.
    pub(super) fn forget(&mut self, count: usize) {
        self.reached = self.reached.saturating_sub(count);
    }
}

/// One bit for each byte of `block` that is a hit. The compiler vectorises the comparisons, and eight results at a time
/// are gathered into bits.
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
    use std::vec::Vec;

    use super::*;

    #[test]
    fn mask_has_a_bit_for_every_stop_and_no_other() {
        let delimiters = |bytes: &[u8]| Delimiters::from(0, ServiceStringAdvice::LEVEL_A).next_block(bytes).unwrap();
        for byte in (0..=255u8).filter(|byte| *byte != b'?') {
            for place in 0..BLOCK {
                let mut block = [b'A'; BLOCK];
                block[place] = byte;
                let expected = if b":+'".contains(&byte) { 1 << place } else { 0 };
                let found = delimiters(&block);
                assert_eq!((found.delimiters, found.releases), (expected, 0), "byte {byte:#x} at {place}");
            }
        }
        assert_eq!(delimiters(&[b'+'; BLOCK]).delimiters, u64::MAX);
    }

    #[test]
    fn what_is_released_is_no_stop_wherever_blocks_end() {
        let mut random = 0x9E37_79B9_7F4A_7C15_u64;
        for round in 0..4_000_usize {
            let input: Vec<u8> = (0..3 * BLOCK + round % 70)
                .map(|_| {
                    random = random.rotate_left(23).wrapping_mul(0xBF58_476D_1CE4_E5B9).wrapping_add(1);
                    b"????????+':A"[(random >> 40) as usize % (12 - round % 9) + round % 9]
                })
                .collect();
            let mut expected = Vec::new();
            let mut at = 0;
            while at < input.len() {
                if input[at] == b'?' {
                    expected.push((at, true));
                    at += 1;
                } else if input[at] != b'A' {
                    expected.push((at, false));
                }
                at += 1;
            }
            let mut delimiters = Delimiters::from(0, ServiceStringAdvice::LEVEL_A);
            let mut found = Vec::new();
            // The input arrives in two parts.
            for end in [input.len() - round % 67, input.len()] {
                loop {
                    let first = delimiters.reached();
                    let Some(block) = delimiters.next_block(&input[..end]) else { break };
                    let places = (0..BLOCK).filter(|place| (block.delimiters | block.releases) >> place & 1 == 1);
                    found.extend(places.map(|place| (first + place, block.releases >> place & 1 == 1)));
                }
            }
            assert_eq!(found, expected, "{}", input.escape_ascii());
        }
    }
}
