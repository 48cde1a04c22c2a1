//! Converts text to level A.

use alloc::string::String;

use unicode_normalization::char::decompose_compatible;

use super::{Text, is_level_a};
use crate::error::CharacterClass;

/// A text that cannot be brought into level A, without showing it.
///
/// ```
/// use nhais_edifact::error::CharacterClass;
/// use nhais_edifact::syntax::Text;
///
/// let error = Text::to_level_a("Zoë Ω").unwrap_err();
/// assert_eq!((error.at, error.class), (5, CharacterClass::Other));
/// assert_eq!(error.to_string(), "expected characters with an equivalent in level A, but found another character at byte 5");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("expected characters with an equivalent in level A, but found {class} at byte {at}")]
#[non_exhaustive]
pub struct NotLevelA {
    /// Byte offset of the first character without an equivalent.
    pub at: usize,
    /// The class of that character.
    pub class: CharacterClass,
}

impl Text<'_> {
    /// Converts a text to level A, which has no small letters and no accents.
    ///
    /// Letters become capitals; Latin letters with diacritics and ligatures become their base letters (`é` is `E`, `œ`
    /// is `OE`, `ß` is `SS`); curly quotation marks, dashes and blanks of other widths become plain ones. What has no
    /// certain equivalent is refused: other scripts, symbols, control characters and line breaks.
    ///
    /// No rule of the NHS for this is known, so the crate converts nothing unasked. Which base letters a patient's name
    /// is written with is the patient's affair: `Ö` becomes `O`, not `OE`.
    ///
    /// # Errors
    ///
    /// The offset and the class of the first character without an equivalent.
    ///
    /// ```
    /// use nhais_edifact::syntax::Text;
    ///
    /// assert_eq!(Text::to_level_a("José O’Dell–Brontë")?, "JOSE O'DELL-BRONTE");
    /// assert!(Text::to_level_a("mail@example.org").is_err());
    /// # Ok::<(), nhais_edifact::syntax::NotLevelA>(())
    /// ```
    pub fn to_level_a(text: &str) -> Result<Text<'static>, NotLevelA> {
        let mut plain = String::with_capacity(text.len());
        for (at, character) in text.char_indices() {
            if !push_equivalent(&mut plain, character) {
                return Err(NotLevelA { at, class: CharacterClass::of(character) });
            }
        }
        Ok(plain.into())
    }
}

/// Appends the equivalent of a character; `false` if it has none that is certain.
fn push_equivalent(plain: &mut String, character: char) -> bool {
    if let Some(equivalent) = equivalent(character) {
        plain.push_str(equivalent);
        return true;
    }
    if character.is_whitespace() && !character.is_control() && !matches!(character, '\u{2028}' | '\u{2029}') {
        plain.push(' ');
        return true;
    }
    if is_mark(character) {
        // A combining mark belongs to the letter before it.
        return plain.ends_with(|before: char| before.is_ascii_uppercase());
    }
    let upper = character.to_ascii_uppercase();
    if upper.is_ascii() {
        plain.push(upper);
        return u8::try_from(upper).is_ok_and(is_level_a);
    }
    // A symbol that looks like a letter is rejected, and so is a digit of another form.
    character.is_alphabetic() && push_letters(plain, character)
}

/// Appends the letters that a letter decomposes into, without its marks.
fn push_letters(plain: &mut String, letter: char) -> bool {
    let mut certain = true;
    decompose_compatible(letter, |part| match equivalent(part) {
        Some(equivalent) => plain.push_str(equivalent),
        None if part.is_ascii_alphabetic() => plain.push(part.to_ascii_uppercase()),
        None => certain &= is_mark(part),
    });
    certain
}

/// A diacritic that combines with the letter before it.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}')
}

/// Equivalents that do not follow from decomposition: letters of one piece, and punctuation.
fn equivalent(character: char) -> Option<&'static str> {
    Some(match character {
        'Æ' | 'æ' => "AE",
        'Œ' | 'œ' => "OE",
        'Ø' | 'ø' => "O",
        'Ł' | 'ł' => "L",
        'Đ' | 'đ' | 'Ð' | 'ð' => "D",
        'Þ' | 'þ' => "TH",
        'ß' | 'ẞ' => "SS",
        'Ħ' | 'ħ' => "H",
        'Ŧ' | 'ŧ' => "T",
        'ı' => "I",
        '‘' | '’' | '‛' | 'ʼ' => "'",
        '“' | '”' | '„' | '‟' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '…' => "...",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level_a(text: &str) -> Result<std::string::String, (usize, CharacterClass)> {
        Text::to_level_a(text).map(std::string::String::from).map_err(|error| (error.at, error.class))
    }

    #[test]
    fn letters_become_their_base_letters() {
        for (text, expected) in [
            ("", ""),
            ("Iris Marlowe", "IRIS MARLOWE"),
            ("Zoë Renée ÀÉÎÕÜ çñ", "ZOE RENEE AEIOU CN"),
            ("Łukasz Đorđe Þóra Straße Æsa Œuf ıŞğ Øre Åse", "LUKASZ DORDE THORA STRASSE AESA OEUF ISG ORE ASE"),
            ("Nguyễn Siân Ŵyn Ș ț", "NGUYEN SIAN WYN S T"),
            ("ﬁ ﬂ ĳ", "FI FL IJ"),
            ("e\u{301} E\u{308}\u{323}", "E E"),
        ] {
            assert_eq!(level_a(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn marks_and_blanks_become_plain_ones() {
        assert_eq!(level_a("O’Dell ‘x’ “y” – — ‑ …").as_deref(), Ok("O'DELL 'X' \"Y\" - - - ..."));
        assert_eq!(level_a("A\u{A0}B\u{2009}C\u{3000}D").as_deref(), Ok("A B C D"));
    }

    #[test]
    fn all_of_level_a_stays_as_it_is() {
        let all: std::string::String = (0..=127).filter(|byte| is_level_a(*byte)).map(char::from).collect();
        assert_eq!(level_a(&all).as_deref(), Ok(all.as_str()));
    }

    #[test]
    fn what_has_no_certain_equivalent_is_refused() {
        use CharacterClass::{Control, Other};
        for (text, at, class) in [
            ("Ελένη", 0, Other),
            ("Анна", 0, Other),
            ("A 李", 2, Other),
            ("a@b", 1, Other),
            ("é#", 2, Other),
            ("£5", 0, Other),
            ("½", 0, Other),
            ("²", 0, Other),
            ("™", 0, Other),
            ("A\nB", 1, Control),
            ("A\tB", 1, Control),
            ("A\u{2028}B", 1, Other),
            ("\u{301}A", 0, Other),
            ("5\u{301}", 1, Other),
            ("Ə", 0, CharacterClass::Accented),
            ("ŀ", 0, CharacterClass::Accented),
        ] {
            assert_eq!(level_a(text), Err((at, class)), "{text}");
        }
    }

    #[test]
    fn every_character_gives_level_a_or_is_refused() {
        for character in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            if let Ok(text) = level_a(character.encode_utf8(&mut buffer)) {
                assert!(text.bytes().all(is_level_a) && !text.is_empty() && text.len() <= 18, "{character:?}");
            }
        }
    }
}
