//! Character repertoires.

/// Whether `byte` belongs to the repertoire of syntax level A (UNOA), the one that NHAIS uses.
///
/// Level A: `A`-`Z`, `0`-`9`, space and ``. , - ( ) / = ! " % & * ; < > ' + : ?``; the last four must be released
/// to stand in text. Source: ISO 9735, level A character set.
///
/// ```
/// use nhais_edifact::syntax::is_level_a;
///
/// assert!(b"5% OFF; \"NOW\"".iter().copied().all(is_level_a));
/// assert!(!is_level_a(b'a') && !is_level_a(b'#') && !is_level_a(b'\n') && !is_level_a(0xC9));
/// ```
#[inline]
pub const fn is_level_a(byte: u8) -> bool {
    byte < 128 && (LEVEL_A >> byte) & 1 == 1
}

/// Whether all of `bytes` belong to level A. The loop has no early exit, so that the compiler vectorises it.
#[inline]
pub(crate) fn all_level_a(bytes: &[u8]) -> bool {
    !bytes.iter().fold(false, |other, byte| other | is_other(*byte))
}

/// The first character of a text that does not belong to level A, and where it stands.
pub(crate) fn first_outside_level_a(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, character)| !u8::try_from(*character).is_ok_and(is_level_a))
}

/// The first character of bytes that are not empty: of UTF-8 if it is one beyond 7-bit there, of ISO 8859-1 otherwise.
pub(crate) fn character_at(bytes: &[u8]) -> char {
    let of_length = |length| core::str::from_utf8(bytes.get(..length)?).ok()?.chars().next();
    let first = bytes.first().copied().map_or('\0', char::from);
    if first.is_ascii() { first } else { (2..=4).find_map(of_length).unwrap_or(first) }
}

/// Whether `byte` belongs to level A and needs no release character.
#[inline]
pub(super) const fn is_text_byte(byte: u8) -> bool {
    is_level_a(byte) && !matches!(byte, b'\'' | b'+' | b':' | b'?')
}

/// The opposite of [`is_text_byte`], in a form that the compiler vectorises.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "as `is_other`")]
pub(super) fn is_not_text_byte(byte: u8) -> bool {
    is_other(byte) | (byte == b'\'') | (byte == b'+') | (byte == b':') | (byte == b'?')
}

/// Level A is the range from the space to Z but for three characters.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "a way out between the comparisons would keep them apart")]
fn is_other(byte: u8) -> bool {
    (byte.wrapping_sub(b' ') > b'Z' - b' ') | (byte == b'#') | (byte == b'$') | (byte == b'@')
}

/// One bit per 7-bit character.
const LEVEL_A: u128 = {
    let characters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-()/=!\"%&*;<>'+:?";
    let mut bits = 0u128;
    let mut i = 0;
    while i < characters.len() {
        bits |= 1 << characters[i];
        i += 1;
    }
    bits
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_fifty_six_characters_of_the_standard() {
        // Appendix K of the specification, as one test interchange carries it (wire.md#fact-0-5-7).
        let appendix_k = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890 .,-()/=!\"%&*;<>'+:?";
        for byte in 0..=255 {
            assert_eq!(is_level_a(byte), appendix_k.contains(&byte), "byte {byte:#x}");
            assert_eq!(all_level_a(&[b'A', byte]), is_level_a(byte), "byte {byte:#x}");
        }
    }
}
