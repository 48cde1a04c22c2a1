//! Plain text: text of level A that begins with something else than a space and needs no release character.
//!
//! This is what nearly all text is, and nothing can be said against it. Where it is short, which nearly all text is too,
//! it is looked at and copied by words: loops over a few bytes cost more in guessing where they end.

use super::Digits;
use super::repertoire::is_plain_byte;

/// Text that was found to be plain.
#[derive(Clone, Copy)]
pub(crate) enum Plain<'t> {
    /// Up to sixteen characters, and how many.
    Short([u8; 16], usize),
    Long(&'t [u8]),
}

impl<'t> Plain<'t> {
    /// Takes text that is plain.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "what is found goes on in registers, not by way of memory")]
    pub(crate) fn of(text: &'t [u8]) -> Option<Self> {
        if text.first().is_none_or(|first| *first == b' ') {
            return None;
        }
        if text.len() > 16 {
            return long_is_plain(text).then_some(Self::Long(text));
        }
        let [low, high] = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
            (Some(first), Some(last)) => two_words(first, last, text.len())?,
            _ => [one_word(text)?, 0],
        };
        let room = u128::from(low) | (u128::from(high) << 64);
        Some(Self::Short(room.to_le_bytes(), text.len()))
    }
}

impl From<Digits> for Plain<'_> {
    #[inline]
    fn from(digits: Digits) -> Self {
        Self::Short(*digits.room(), digits.len())
    }
}

/// Eight to sixteen plain characters by the first eight and the last, which may overlap.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as `Plain::of`")]
fn two_words(first: &[u8; 8], last: &[u8; 8], len: usize) -> Option<[u64; 2]> {
    // What is in both must not be in the second word; of eight characters, all of it is too many and left out later.
    let high = u64::from_le_bytes(*last) >> ((8 * (16 - len)) % 64);
    (others(first) | others(last) == 0).then_some([u64::from_le_bytes(*first), high])
}

/// Up to seven plain characters.
#[inline(always)]
#[expect(clippy::inline_always, reason = "as `Plain::of`")]
fn one_word(text: &[u8]) -> Option<u64> {
    let len = text.len();
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        // Where the halves overlap they say the same.
        let high = u64::from(u32::from_le_bytes(*last)) << (8 * (len - 4));
        return (others(first) | others(last) == 0).then_some(u64::from(u32::from_le_bytes(*first)) | high);
    }
    // Of one to three, each is the first, the one in the middle, or the last.
    let at = |place: usize| u64::from(text[place]) << (8 * place);
    let is_plain = others(&[text[0], text[len / 2], text[len - 1]]) == 0;
    is_plain.then_some(at(0) | at(len / 2) | at(len - 1))
}

#[inline(never)]
fn long_is_plain(text: &[u8]) -> bool {
    let (blocks, rest) = text.as_chunks::<8>();
    blocks.iter().all(|block| others(block) == 0) && rest.iter().all(|byte| others(&[*byte]) == 0)
}

/// Not 0 if any byte is of another level or a service character; all are looked up before one decision.
#[inline]
fn others<const N: usize>(bytes: &[u8; N]) -> u8 {
    bytes.iter().fold(0, |others, byte| others | OTHER[usize::from(*byte)])
}

/// 1 for what is not plain.
static OTHER: [u8; 256] = {
    let mut other = [1; 256];
    let mut byte = 0;
    while byte < 128 {
        other[byte as usize] = !is_plain_byte(byte) as u8;
        byte += 1;
    }
    other
};

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::*;

    #[test]
    fn one_other_character_anywhere_makes_text_other() {
        for len in 1..40 {
            for at in 0..len {
                for byte in 0..128u8 {
                    let mut text: String = "A".repeat(len);
                    text.replace_range(at..=at, std::str::from_utf8(&[byte]).unwrap());
                    let expected = is_plain_byte(byte) && (at > 0 || byte != b' ');
                    assert_eq!(Plain::of(text.as_bytes()).is_some(), expected, "{byte} at {at} of {len}");
                }
            }
        }
        assert!(
            Plain::of(b"").is_none()
                && Plain::of("É".as_bytes()).is_none()
                && Plain::of("ABCDEFGHIJKLMNOPQRSTUVWXYZÉ".as_bytes()).is_none()
        );
    }

    #[test]
    fn short_text_stays_the_same() {
        let alphabet = "ABCDEFGHIJKLMNOP";
        for len in 1..=16 {
            let Some(Plain::Short(room, count)) = Plain::of(&alphabet.as_bytes()[..len]) else { panic!("{len}") };
            assert_eq!(&room[..count], &alphabet.as_bytes()[..len]);
        }
    }
}
