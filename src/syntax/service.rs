//! Service characters, and the service string advice (UNA) that declares them.

/// The characters that structure an interchange, as a service string advice declares them.
///
/// Wire form: `UNA:+.? '`, nine characters: `UNA`, component separator, element separator, decimal mark, release
/// character, one reserved character, segment terminator. A space as release character means that none is in use.
/// NHAIS interchanges carry no UNA and use [`LEVEL_A`](Self::LEVEL_A).
///
/// The reserved character is a space in syntax versions 1 to 3, and the
/// [repetition separator](Self::repetition_separator) in version 4.
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

/// The repetition separator of version 4 where no service string advice declares another. Source: ISO 9735-1, version
/// 4.
const REPETITION: u8 = b'*';

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
        advice.is_valid().then_some(advice)
    }

    /// Whether each role has a character of its own that cannot be taken for text.
    fn is_valid(self) -> bool {
        let separators = [self.component_separator, self.element_separator, self.terminator];
        let [a, b, c] = separators;
        // Eight characters with a usual terminator, and a line break behind them.
        let is_short = self.reserved == b'\'' && matches!(self.terminator, b'\r' | b'\n');
        !is_short
            && separators.into_iter().all(is_usable)
            && (self.release == NO_RELEASE || is_usable(self.release))
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

    /// The character between the repetitions of a data element, which syntax version 4 declares in place of the
    /// reserved one; `None` if none is in use.
    ///
    /// The version stands in UNB, behind the service string advice. Versions 1 to 3 demand a space, so any other
    /// character is taken to be meant for version 4; a letter, a digit, an 8-bit byte, a blank, or a character with
    /// another role is passed over.
    ///
    /// Reading leaves repetitions in the text. A released separator is text that is to stay released:
    /// [`SegmentWriter`](super::SegmentWriter) and [`RawSegment`](super::RawSegment) see to that.
    ///
    /// ```
    /// use nhais_edifact::syntax::ServiceStringAdvice;
    ///
    /// assert_eq!(ServiceStringAdvice::parse(b"UNA:+.?*'").unwrap().repetition_separator(), Some(b'*'));
    /// assert_eq!(ServiceStringAdvice::LEVEL_A.repetition_separator(), None);
    /// ```
    pub fn repetition_separator(self) -> Option<u8> {
        let may_separate = is_usable(self.reserved) && !self.reserved.is_ascii_whitespace();
        (may_separate && !self.is_service(self.reserved)).then_some(self.reserved)
    }

    /// These characters with the repetition separator of version 4, `*`, which needs no declaration.
    pub(crate) const fn repeating(self) -> Self {
        Self { reserved: REPETITION, ..self }
    }

    /// The repetition separator if the version is 4: the declared one, or else the default.
    pub(super) fn repetition_if_any(self) -> Option<u8> {
        self.repetition_separator().or(Some(REPETITION).filter(|byte| !self.is_service(*byte)))
    }

    /// Translates a character of a component to other service characters; returns it, and whether it is released.
    /// `None` if it is a repetition separator and those have none.
    ///
    /// The version is not known here: what may be a repetition separator stays as it is, released or not.
    pub(super) fn translated(self, byte: u8, released: bool, to: Self) -> Option<(u8, bool)> {
        let (own, other) = (self.repetition_separator(), to.repetition_if_any());
        if !released && Some(byte) == own {
            return other.map(|other| (other, false));
        }
        let is_text = released || own.is_some();
        Some((byte, to.needs_release(byte) || (is_text && Some(byte) == other && to.release().is_some())))
    }

    /// Whether `byte` must be released to stand in text.
    #[inline]
    pub(crate) fn needs_release(self, byte: u8) -> bool {
        self.is_service(byte) || Some(byte) == self.repetition_separator()
    }

    /// Whether these are the characters of level A, compared all at once.
    #[inline]
    pub(crate) fn is_level_a(self) -> bool {
        let number = |[.., a, b, c, d, e, f]: [u8; Self::LEN]| u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
        number(self.render()) == number(Self::LEVEL_A.render())
    }

    /// Whether text with these service characters has a shape of level A.
    pub(crate) fn has_shape(self) -> bool {
        self.is_level_a() || self.breaks_are_data()
    }

    /// The byte that takes the place of each byte in the shape of a text: the service characters of level A for these,
    /// and a letter for text that would be written otherwise in level A. A release character that level A lacks is
    /// replaced by none, since it is part of a value.
    pub(super) fn shapes(self) -> [u8; 256] {
        let mut shapes = [0; 256];
        for (byte, shape) in (0..=u8::MAX).zip(&mut shapes) {
            *shape = byte;
        }
        for service in [b':', b'+', b'\'', b'?'] {
            shapes[usize::from(service)] = b'A';
        }
        if let Some(release) = self.release() {
            shapes[usize::from(release)] = if release == b'?' { b'?' } else { 0 };
        }
        shapes[usize::from(self.component_separator)] = b':';
        shapes[usize::from(self.element_separator)] = b'+';
        shapes[usize::from(self.terminator)] = b'\'';
        shapes
    }

    /// Whether a reader derives these service characters from a UNB, which may have a declaration before it.
    pub(super) fn is_known_by(self, header: &[u8], is_declared: bool) -> bool {
        let separator = header.get(b"UNB".len()).copied();
        match separator {
            _ if is_declared => separator == Some(self.element_separator),
            Some(0x1D) => self.delimiters() == Self::LEVEL_B.delimiters(),
            Some(b'+') | None => self.is_default(),
            Some(_) => false,
        }
    }

    /// Whether a reader assumes these where an interchange is expected.
    pub(super) fn is_default(self) -> bool {
        self.delimiters() == Self::LEVEL_A.delimiters()
    }

    /// The four characters that the scanner searches for; without a release character, the terminator takes its place.
    pub(crate) fn delimiters(self) -> [u8; 4] {
        [self.component_separator, self.element_separator, self.terminator, self.release().unwrap_or(self.terminator)]
    }

    /// Whether `byte` structures the interchange and so must be released in text; repetition separators are not
    /// counted.
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

    /// How many line breaks at the end of the input do not belong to the segment that lacks its terminator.
    pub(crate) fn breaks_at_end(self, input: &[u8]) -> usize {
        input.iter().rev().take_while(|byte| self.is_break(**byte)).count()
    }

    /// Whether a release character directly before `byte` releases it.
    ///
    /// Before a line break it releases nothing: text wrapped by another program must not turn the next terminator into
    /// data. If the line break is itself a service character, it can be released like any other.
    #[inline]
    pub(crate) fn can_be_released(self, byte: u8) -> bool {
        !self.is_break(byte)
    }
}

/// Whether a character cannot be taken for text.
fn is_usable(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b' '
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
    fn only_a_character_of_its_own_separates_repetitions() {
        let separator = |reserved: u8| {
            let wire = [b'U', b'N', b'A', b':', b'+', b'.', b'?', reserved, b'\''];
            ServiceStringAdvice::parse(&wire).unwrap().repetition_separator()
        };
        assert_eq!([b'*', b'^', 0x19].map(separator), [Some(b'*'), Some(b'^'), Some(0x19)]);
        for other in *b" A0:+?'\n\r\t\xC9" {
            assert_eq!(separator(other), None, "{}", other.escape_ascii());
        }
        assert_eq!(ServiceStringAdvice::LEVEL_B.repetition_separator(), None);
    }

    #[test]
    fn space_means_no_release_character() {
        let advice = ServiceStringAdvice::parse(b"UNA:+.  '").unwrap();
        assert_eq!(advice.release(), None);
        assert!(!advice.is_service(b' '));
    }
}
