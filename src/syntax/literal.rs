//! Literals: wire text that the compiler puts together.

use super::ServiceStringAdvice;

/// Sizes: of a prefix, of the text before a further value, and of a suffix.
const PREFIX: usize = 16;
const ROW: usize = 8;
const SUFFIX: usize = 24;

/// A line break.
pub(super) type GapLiteral = Literal<2>;

/// The text of a segment before its first value.
pub(crate) type Prefix = Literal<PREFIX>;

/// The text directly before a value: separators or a qualifier.
pub(crate) type RowLiteral = Literal<ROW>;

/// The text of a segment behind its only value.
pub(crate) type Suffix = Literal<SUFFIX>;

/// Tags, separators and constants in wire form, of level A.
///
/// Its buffer has a fixed size and is copied as a whole, which costs less than copying its length.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Literal<const ROOM: usize> {
    room: [u8; ROOM],
    len: usize,
}

impl<const ROOM: usize> Literal<ROOM> {
    pub(crate) const EMPTY: Self = Self { room: [0; ROOM], len: 0 };

    /// Adds text, in which nothing may need a release character.
    pub(crate) const fn text(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            assert!(super::repertoire::is_text_byte(bytes[i]), "a constant is plain text");
            self = self.byte(bytes[i]);
            i += 1;
        }
        self
    }

    /// Adds the separators between two places: so many new elements, then so many new components.
    pub(crate) const fn separators(mut self, elements: u16, components: u16) -> Self {
        let mut i = 0;
        while i < elements + components {
            let element = ServiceStringAdvice::LEVEL_A.element_separator();
            let component = ServiceStringAdvice::LEVEL_A.component_separator();
            self = self.byte(if i < elements { element } else { component });
            i += 1;
        }
        self
    }

    /// Adds a service character as text, released.
    pub(crate) const fn released(self, character: u8) -> Self {
        self.byte(b'?').byte(character)
    }

    /// Adds a line break.
    pub(super) const fn line_break(mut self, line_break: &[u8]) -> Self {
        let mut i = 0;
        while i < line_break.len() {
            self = self.byte(line_break[i]);
            i += 1;
        }
        self
    }

    /// Adds the end of the segment.
    pub(crate) const fn terminator(self) -> Self {
        self.byte(ServiceStringAdvice::LEVEL_A.terminator())
    }

    const fn byte(mut self, byte: u8) -> Self {
        self.room[self.len] = byte;
        self.len += 1;
        self
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// The text.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.room[..self.len]
    }

    /// The whole buffer, including the unused part.
    pub(super) const fn room(&self) -> &[u8; ROOM] {
        &self.room
    }
}
