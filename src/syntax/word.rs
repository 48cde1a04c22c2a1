//! Words: short text in registers.

use super::repertoire::is_text_byte;

/// Up to sixteen characters that need no release: a code, or one or two numbers of one to eight digits each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Word {
    room: u128,
    len: usize,
}

impl Word {
    /// A code of at most sixteen characters.
    pub(crate) const fn of(code: &str) -> Self {
        let code = code.as_bytes();
        let (mut room, mut len) = ([0; 16], 0);
        while len < code.len() {
            assert!(is_text_byte(code[len]), "a code is plain text");
            room[len] = code[len];
            len += 1;
        }
        Self { room: u128::from_le_bytes(room), len }
    }

    /// A number filled up to `width` digits with zeros; `None` if it has more than eight.
    #[inline]
    pub(crate) fn of_number(number: u64, width: usize) -> Option<Self> {
        if number > 99_999_999 {
            return None;
        }
        let digits = split(number);
        let leading = (digits.trailing_zeros() / 8) as usize;
        let omitted = leading.min(8 - width.clamp(1, 8));
        let text = (digits | u64::from_le_bytes([b'0'; 8])) >> (8 * omitted);
        Some(Self { room: text.into(), len: 8 - omitted })
    }

    /// These eight characters followed by others.
    #[inline]
    pub(crate) fn and(self, others: Self) -> Self {
        Self { room: self.room | (others.room << 64), len: 8 + others.len }
    }

    #[inline]
    pub(crate) fn len(self) -> usize {
        self.len
    }

    /// The whole buffer, including the unused part.
    #[inline]
    pub(super) fn room(self) -> [u8; 16] {
        self.room.to_le_bytes()
    }
}

/// The eight digits of a number, the first one in the lowest byte.
///
/// Each step halves all parts at once. The factors are reciprocals of 100 and of 10, exact for what they are used on.
#[inline]
const fn split(number: u64) -> u64 {
    let fours = (number / 10_000) | ((number % 10_000) << 32);
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007F_0000_007F;
    let pairs = hundreds | ((fours - 100 * hundreds) << 16);
    let tens = ((pairs * 103) >> 10) & 0x000F_000F_000F_000F;
    tens | ((pairs - 10 * tens) << 8)
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;

    fn agrees(number: u64, width: usize) {
        let digits = Word::of_number(number, width).unwrap();
        assert_eq!(&digits.room()[..digits.len], format!("{number:0width$}").as_bytes(), "{number} of {width}");
    }

    #[test]
    fn every_pair_and_every_four_are_split() {
        for number in 0..10_000 {
            for width in [1, 2, 4, 8] {
                agrees(number, width);
                agrees(number * 10_000 + 9_999 - number, width);
            }
        }
    }

    #[test]
    fn two_numbers_follow_one_another() {
        let digits = Word::of_number(20_240_308, 8).unwrap().and(Word::of_number(915, 4).unwrap());
        assert_eq!(&digits.room()[..digits.len], b"202403080915");
    }

    #[test]
    fn a_code_is_its_characters() {
        for code in ["", "A", "F11", "ABCDEFGHIJKLMNOP"] {
            let word = Word::of(code);
            assert_eq!(&word.room()[..word.len], code.as_bytes());
        }
    }

    #[test]
    fn nine_digits_have_no_room() {
        agrees(99_999_999, 8);
        assert_eq!(Word::of_number(100_000_000, 1), None);
    }
}
