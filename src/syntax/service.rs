//! Service characters, and the service string advice (UNA) that declares them.

/// The characters that structure an interchange, as a service string advice declares them.
///
/// Wire form: `UNA:+.? '`, nine characters: `UNA`, component separator, element separator, decimal mark, release
/// character, one reserved character, segment terminator. A space as release character means that none is in use.
/// NHAIS interchanges carry no UNA and use [`LEVEL_A`](Self::LEVEL_A).
///
/// Source: ISO 9735, service string advice.
///
/// ```
/// use nhais_edifact::syntax::ServiceStringAdvice;
///
/// let advice = ServiceStringAdvice::parse(b"UNA:+,? '").unwrap();
/// assert_eq!(advice.decimal_mark(), b',');
/// assert_eq!(&advice.render(), b"UNA:+,? '");
/// assert!(ServiceStringAdvice::parse(b"UNA::.? '").is_none(), "two equal service characters");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ServiceStringAdvice {
    component_separator: u8,
    element_separator: u8,
    decimal_mark: u8,
    release: u8,
    reserved: u8,
    terminator: u8,
}

/// The byte that stands for "no release character" in a service string advice.
const NO_RELEASE: u8 = b' ';

impl ServiceStringAdvice {
    /// The length of a service string advice in bytes.
    pub const LEN: usize = 9;

    /// The printable characters of syntax level A: `:` `+` `.` `?` `'`.
    pub const LEVEL_A: Self = Self {
        component_separator: b':',
        element_separator: b'+',
        decimal_mark: b'.',
        release: b'?',
        reserved: b' ',
        terminator: b'\'',
    };

    /// The information separators of syntax level B: `1F`, `1D` and `1C`, without a release character.
    pub const LEVEL_B: Self = Self {
        component_separator: 0x1F,
        element_separator: 0x1D,
        decimal_mark: b'.',
        release: NO_RELEASE,
        reserved: b' ',
        terminator: 0x1C,
    };

    /// Reads a service string advice from the first nine bytes of `bytes`.
    ///
    /// `None` if they are not one: another tag, too few bytes, a letter, a digit or an 8-bit byte as separator, or
    /// two roles with one character.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let [b'U', b'N', b'A', component_separator, element_separator, decimal_mark, release, reserved, terminator, ..] =
            *bytes
        else {
            return None;
        };
        let advice = Self { component_separator, element_separator, decimal_mark, release, reserved, terminator };
        advice.is_sound().then_some(advice)
    }

    /// Whether each role has a character of its own that cannot be taken for text.
    fn is_sound(self) -> bool {
        let separators = [self.component_separator, self.element_separator, self.terminator];
        let usable = |byte: u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b' ';
        let [a, b, c] = separators;
        separators.into_iter().all(usable)
            && (self.release == NO_RELEASE || usable(self.release))
            && a != b
            && b != c
            && a != c
            && !separators.contains(&self.release)
    }

    /// The nine bytes of this service string advice.
    pub fn render(self) -> [u8; Self::LEN] {
        [
            b'U',
            b'N',
            b'A',
            self.component_separator,
            self.element_separator,
            self.decimal_mark,
            self.release,
            self.reserved,
            self.terminator,
        ]
    }

    /// The character between the components of a data element.
    pub const fn component_separator(self) -> u8 {
        self.component_separator
    }

    /// The character between the data elements of a segment.
    pub const fn element_separator(self) -> u8 {
        self.element_separator
    }

    /// The decimal mark; no NHAIS value has decimals, so this crate only carries it.
    pub fn decimal_mark(self) -> u8 {
        self.decimal_mark
    }

    /// The character that makes the next one ordinary text; `None` if none is in use.
    pub fn release(self) -> Option<u8> {
        (self.release != NO_RELEASE).then_some(self.release)
    }

    /// The character that ends a segment.
    pub const fn terminator(self) -> u8 {
        self.terminator
    }

    /// Whether these are the characters of level A, compared all at once.
    #[inline]
    pub(crate) fn is_level_a(self) -> bool {
        let number = |[.., a, b, c, d, e, f]: [u8; Self::LEN]| u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
        number(self.render()) == number(Self::LEVEL_A.render())
    }

    /// The four bytes the scanner stops at; without a release character the terminator stands in for it.
    pub(crate) fn stops(self) -> [u8; 4] {
        [self.component_separator, self.element_separator, self.terminator, self.release().unwrap_or(self.terminator)]
    }

    /// Whether `byte` structures the interchange and so must be released to stand in text.
    #[inline]
    pub(crate) fn is_service(self, byte: u8) -> bool {
        byte == self.component_separator
            || byte == self.element_separator
            || byte == self.terminator
            || (byte == self.release && self.release != NO_RELEASE)
    }

    /// Whether `byte` may stand between segments without being part of one.
    #[inline]
    pub(crate) fn is_blank(self, byte: u8) -> bool {
        matches!(byte, b'\r' | b'\n' | b' ' | b'\t') && !self.is_service(byte)
    }

    /// Whether a byte is a line break, and not a service character.
    #[inline]
    pub(crate) fn is_break(self, byte: u8) -> bool {
        matches!(byte, b'\r' | b'\n') && !self.is_service(byte)
    }

    /// Whether line breaks are no service characters.
    pub(crate) fn breaks_are_data(self) -> bool {
        [b'\r', b'\n'].into_iter().all(|byte| self.is_break(byte))
    }

    /// How many line breaks stand at the end of the input, where they are no part of a segment that lacks its terminator.
    pub(crate) fn breaks_at_end(self, input: &[u8]) -> usize {
        input.iter().rev().take_while(|byte| self.is_break(**byte)).count()
    }

    /// Whether a release character directly before `byte` releases it.
    ///
    /// Before a line break it is left dangling: text wrapped by another program must not turn the next terminator
    /// into data. Where the line break is itself a service character it can be released like any other.
    #[inline]
    pub(crate) fn can_be_released(self, byte: u8) -> bool {
        !self.is_break(byte)
    }
}

impl Default for ServiceStringAdvice {
    fn default() -> Self {
        Self::LEVEL_A
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renders_what_it_parsed() {
        for wire in [b"UNA:+.? '", b"UNA*@.?*#", b"UNA:+.  '", b"UNA:+.?*\n", b"UNA\x1f\x1d.  \x1c"] {
            assert_eq!(&ServiceStringAdvice::parse(wire).unwrap().render(), wire);
        }
    }

    #[test]
    fn rejects_what_the_standard_does_not_allow() {
        let wrong: [&[u8]; 9] = [
            b"",
            b"UNA:+.? ",
            b"UNB:+.? '",
            b"UNA++.? '",
            b"UNA:'.? '",
            b"UNA:+.+ '",
            b"UNA1234567",
            b"UNA:+.?  ",
            b"UNA\xC3+.? '",
        ];
        for wire in wrong {
            assert_eq!(ServiceStringAdvice::parse(wire), None, "{wire:?}");
        }
    }

    #[test]
    fn space_means_no_release_character() {
        let advice = ServiceStringAdvice::parse(b"UNA:+.  '").unwrap();
        assert_eq!(advice.release(), None);
        assert!(!advice.is_service(b' '));
    }
}
