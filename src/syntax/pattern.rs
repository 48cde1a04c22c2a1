//! Patterns: compares wire text eight bytes at a time.

use super::Literal;

/// A literal to compare with; at most 24 bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pattern {
    words: [u64; 3],
    /// Which bytes of the words count.
    masks: [u64; 3],
    len: usize,
}

impl Pattern {
    pub(crate) const fn of<const ROOM: usize>(literal: &Literal<ROOM>) -> Self {
        let mut pattern = Self { words: [0; 3], masks: [0; 3], len: literal.len() };
        let mut i = 0;
        while i < literal.len() {
            pattern.words[i / 8] |= (literal.room()[i] as u64) << (8 * (i % 8));
            pattern.masks[i / 8] |= 0xFF << (8 * (i % 8));
            i += 1;
        }
        pattern
    }

    #[inline]
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// Whether these eight bytes begin with its first eight bytes.
    #[inline]
    pub(crate) const fn begins_with(&self, head: u64) -> bool {
        head & self.masks[0] == self.words[0]
    }

    /// Whether it stands at `at`.
    #[inline]
    pub(crate) fn stands_at(&self, bytes: &[u8], at: usize) -> bool {
        self.begins_with(word_at(bytes, at)) && self.continues_at(bytes, at)
    }

    /// Whether it stands at `at`, given that its first word does.
    #[inline]
    pub(crate) fn continues_at(&self, bytes: &[u8], at: usize) -> bool {
        self.len <= 8 || self.ends_at(bytes, at)
    }

    #[inline]
    fn ends_at(&self, bytes: &[u8], at: usize) -> bool {
        word_at(bytes, at + 8) & self.masks[1] == self.words[1]
            && word_at(bytes, at + 16) & self.masks[2] == self.words[2]
    }
}

/// The eight bytes at a place; zeros behind the end of the input.
#[inline]
pub(crate) fn word_at(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(word) => u64::from_le_bytes(*word),
        None => last_word(bytes, at),
    }
}

/// The last bytes of the input, filled up with zeros.
#[cold]
fn last_word(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut word = [0; 8];
    word[..rest.len()].copy_from_slice(rest);
    u64::from_le_bytes(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_stands_where_all_of_it_does() {
        const LITERAL: Literal<24> = Literal::EMPTY.text("NAD").separators(2, 0).text("THE REST");
        let pattern = Pattern::of(&LITERAL);
        let bytes = b"XNAD++THE REST'";
        assert!(pattern.stands_at(bytes, 1) && pattern.continues_at(bytes, 1));
        assert!(!pattern.stands_at(bytes, 0) && !pattern.stands_at(&bytes[..13], 1));
        for at in 1..14 {
            let mut other = *bytes;
            other[at] = b'#';
            assert!(!pattern.stands_at(&other, 1), "{at}");
        }
        assert_eq!(pattern.len(), 13);
        assert!(pattern.begins_with(word_at(bytes, 1)) && !pattern.begins_with(word_at(bytes, 0)));
    }
}
