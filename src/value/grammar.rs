//! The grammars of values, in nom. Each parses a whole text, and returns `None` if it does not match.

use nom::Parser;
use nom::bytes::complete::{take_while, take_while_m_n, take_while1};
use nom::character::complete::{char, satisfy};
use nom::combinator::{all_consuming, map_opt, recognize};
use nom::sequence::{separated_pair, terminated};

fn whole<'t, O>(parser: impl Parser<&'t str, Output = O, Error = ()>, text: &'t str) -> Option<O> {
    all_consuming(parser).parse(text).ok().map(|(_, output)| output)
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

/// `number = 1*digit`, within 64 bits.
pub(super) fn number(text: &str) -> Option<u64> {
    whole(map_opt(take_while1(is_digit), |digits: &str| digits.parse().ok()), text)
}

/// Splits a text into pairs of digits, as numbers. Written by hand, because dates are too frequent for combinators.
fn pairs<const N: usize>(text: &str) -> Option<[u32; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let pairs: &[[u8; 2]; N] = pairs.try_into().ok()?;
    let are_digits = rest.is_empty() && pairs.as_flattened().iter().all(u8::is_ascii_digit);
    are_digits.then(|| pairs.map(|[tens, ones]| u32::from(tens - b'0') * 10 + u32::from(ones - b'0')))
}

/// One in each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// Whether eight characters are digits, tested at once (SWAR).
#[inline]
pub(super) fn are_digits(characters: u64) -> bool {
    // A byte below zero borrows from the next one; that is harmless, since it is no digit itself.
    let values = characters.wrapping_sub(EACH * 0x30);
    (values | values.wrapping_add(EACH * (0x7F - 9))) & (EACH * 0x80) == 0
}

/// Whether eight characters are capital letters or digits, tested at once (SWAR).
#[inline]
pub(super) fn are_code_characters(characters: u64) -> bool {
    // 7-bit bytes do not carry into one another; the eighth bit shows whether a byte is at least `first`.
    let at_least = |first: u8| (characters & (EACH * 0x7F)) + EACH * u64::from(0x80 - first);
    let digits = at_least(b'0') & !at_least(b'9' + 1);
    let letters = at_least(b'A') & !at_least(b'Z' + 1);
    (digits | letters) & !characters & (EACH * 0x80) == EACH * 0x80
}

/// Four pairs of digits as numbers, computed at once (SWAR).
#[inline]
fn four_pairs(digits: &[u8; 8]) -> Option<[u32; 4]> {
    let digits = u64::from_le_bytes(*digits);
    let values = digits.wrapping_sub(EACH * 0x30);
    // The first digit of a pair is the lower byte.
    let [first, _, second, _, third, _, fourth, _] = values.wrapping_mul(10).wrapping_add(values >> 8).to_le_bytes();
    are_digits(digits).then(|| [first, second, third, fourth].map(u32::from))
}

/// Eight digits as a number.
#[inline]
pub(super) fn eight_digits(digits: &[u8; 8]) -> Option<u64> {
    let [first, second, third, fourth] = four_pairs(digits)?;
    Some(u64::from(((first * 100 + second) * 100 + third) * 100 + fourth))
}

/// `date = CCYY MM DD`
#[inline]
pub(super) fn ccyymmdd(text: &str) -> Option<(u32, u32, u32)> {
    let [century, year, month, day] = four_pairs(text.as_bytes().try_into().ok()?)?;
    Some((century * 100 + year, month, day))
}

/// `date-time = date HH MM`
pub(super) fn ccyymmddhhmm(text: &str) -> Option<(u32, u32, u32, u32, u32)> {
    let (date, time) = text.split_at_checked(8)?;
    let ((year, month, day), (hour, minute)) = (ccyymmdd(date)?, hhmm(time)?);
    Some((year, month, day, hour, minute))
}

/// `short-date = YY MM DD`
pub(super) fn yymmdd(text: &str) -> Option<(u32, u32, u32)> {
    pairs(text).map(|[year, month, day]| (year, month, day))
}

/// `time = HH MM`
pub(super) fn hhmm(text: &str) -> Option<(u32, u32)> {
    pairs(text).map(|[hour, minute]| (hour, minute))
}

/// `gp-code = 7digit "," 1*6( letter / digit )`
pub(super) fn is_gp_code(text: &str) -> bool {
    let local = take_while_m_n(1, 6, |character: char| character.is_ascii_uppercase() || is_digit(character));
    whole(separated_pair(take_while_m_n(7, 7, is_digit), char(','), local), text).is_some()
}

/// `postcode = outward *space inward`, `outward = 2*4( letter / digit )`, `inward = digit 2letter`
pub(super) fn postcode(text: &str) -> Option<(&str, &str)> {
    let (outward, inward) = text.split_at_checked(text.len().checked_sub(3)?)?;
    let outward_part = take_while_m_n(2, 4, |character: char| character.is_ascii_uppercase() || is_digit(character));
    let outward = whole(terminated(outward_part, take_while(|character| character == ' ')), outward)?;
    let letter = || satisfy(|character| character.is_ascii_uppercase());
    let inward = whole(recognize((satisfy(is_digit), letter(), letter())), inward)?;
    outward.starts_with(|character: char| character.is_ascii_uppercase()).then_some((outward, inward))
}

/// `receipt = *blank reference 1*blank status`: the two words of RFF+MIS and RFF+RIS, and whether exactly one space
/// stands between them and nothing around.
pub(crate) fn receipt_words(text: &str) -> (&str, Option<&str>, bool) {
    let words = text.trim();
    let Some((reference, status)) = words.split_once(char::is_whitespace) else {
        return (if words.is_empty() { text } else { words }, None, false);
    };
    let status = status.trim_start();
    let is_one_space = text.as_bytes().get(reference.len()) == Some(&b' ');
    (reference, Some(status), is_one_space && reference.len() + 1 + status.len() == text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_receipts_at_blanks() {
        assert_eq!(receipt_words("00000001 CP"), ("00000001", Some("CP"), true));
        assert_eq!(receipt_words("00000001  CP"), ("00000001", Some("CP"), false));
        assert_eq!(receipt_words(" 00000001 CP "), ("00000001", Some("CP"), false));
        assert_eq!(receipt_words("00000001\tCP"), ("00000001", Some("CP"), false));
        assert_eq!(receipt_words("00000001CP"), ("00000001CP", None, false));
        assert_eq!(receipt_words("00000001 "), ("00000001", None, false));
        assert_eq!(receipt_words("1 CP X"), ("1", Some("CP X"), true));
        assert_eq!(receipt_words("1\tCP X"), ("1", Some("CP X"), false));
        assert_eq!(receipt_words(""), ("", None, false));
        assert_eq!(receipt_words("  "), ("  ", None, false));
    }

    #[test]
    fn splits_postcodes_of_every_layout() {
        assert_eq!(postcode("ZZ9  9AA"), Some(("ZZ9", "9AA")));
        assert_eq!(postcode("ZZ12 3BB"), Some(("ZZ12", "3BB")));
        assert_eq!(postcode("Z1   1CC"), Some(("Z1", "1CC")));
        assert_eq!(postcode("ZZ99AA"), Some(("ZZ9", "9AA")));
        for wrong in ["", "%", "9AA", "Z 9AA", "ZZ123 9AA", "ZZ9 A9A", "ZZ9 99A", "12 9AA", "zz9 9aa", "ZZ9 9A", "é9AA"]
        {
            assert_eq!(postcode(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_date_is_eight_digits_and_nothing_else() {
        assert_eq!(ccyymmdd("20240308"), Some((2024, 3, 8)));
        assert_eq!(ccyymmdd("99999999"), Some((9999, 99, 99)));
        assert_eq!(ccyymmdd("00000000"), Some((0, 0, 0)));
        for wrong in ["", "2024030", "202403080", "２0240"] {
            assert_eq!(ccyymmdd(wrong), None, "{wrong}");
        }
        for place in 0..8 {
            for byte in 0..128u8 {
                let mut text = *b"19870605";
                text[place] = byte;
                let text = std::str::from_utf8(&text).unwrap();
                let number = |range: core::ops::Range<usize>| text[range].parse().unwrap();
                let expected = byte.is_ascii_digit().then(|| (number(0..4), number(4..6), number(6..8)));
                assert_eq!(ccyymmdd(text), expected, "{byte:#x} at {place}");
            }
        }
        assert_eq!(ccyymmddhhmm("202403080915"), Some((2024, 3, 8, 9, 15)));
        for wrong in ["20240308", "2024030809", "20240308091", "2024030809150", "20240308O915", "2024030é0915"] {
            assert_eq!(ccyymmddhhmm(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn eight_digits_are_a_number() {
        for number in [0, 1, 10, 987, 4_321, 50_000, 12_345_678, 99_999_999] {
            let digits = std::format!("{number:08}");
            assert_eq!(eight_digits(digits.as_bytes().try_into().unwrap()), Some(number));
        }
        assert_eq!(eight_digits(b"1234567O"), None);
    }

    #[test]
    fn numbers_are_digits_only() {
        assert_eq!(number("00000042"), Some(42));
        for wrong in ["", "-1", "+1", " 1", "1 ", "1.0", "99999999999999999999", "１"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }
}
