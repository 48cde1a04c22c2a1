//! Writing what nothing can be said about: the way that nearly all values go.
//!
//! Text that is plain and not too long is written without further questions. Whatever else there may be, kept
//! components, objections, release characters, is left to the functions in `write`, which ask all of them in their order.

use super::write::{FieldWriter, GroupWriter};
use super::{Layout, Lengths, Row, separators};
use crate::syntax::{Plain, Qualifier, TextLines};
use crate::value::{ERASE, Scratch, Value};

impl GroupWriter<'_> {
    /// Writes a segment that consists of one text and constants, if nothing can be said about the text; `false` if
    /// something might.
    #[inline]
    pub(crate) fn text_at_once(&mut self, layout: &'static Layout, text: &str) -> bool {
        let Some(text) = self.simple(layout.frame.lengths, text.as_bytes()) else { return false };
        self.segments.segment_around(&layout.frame.lead, text, &layout.frame.close);
        true
    }

    /// Writes a segment that consists of one value and constants, if nothing can be said about the value; `false` if
    /// something might.
    #[inline]
    pub(crate) fn value_at_once<'a, V: Value<'a>>(&mut self, layout: &'static Layout, value: &V) -> bool {
        if let Some(digits) = value.digits() {
            let fits = digits.len() <= layout.frame.lengths.seen;
            if fits {
                self.segments.segment_around_digits(&layout.frame.lead, digits, &layout.frame.close);
            }
            return fits;
        }
        if value.format().is_some() || (self.judges() && value.refusal().is_some()) {
            return false;
        }
        self.text_at_once(layout, value.render(&mut Scratch::default()))
    }

    /// Writes a segment that consists of constants.
    #[inline]
    pub(crate) fn constants_at_once(&mut self, layout: &'static Layout) {
        self.segments.segment_of(&layout.frame.lead, &layout.frame.close);
    }

    /// Takes text that is plain, not too long, and no marker out of place.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as `Plain::of`")]
    fn simple<'t>(&self, lengths: Lengths, text: &'t [u8]) -> Option<Plain<'t>> {
        // That text is longer than any seen is for those who want to hear of it.
        let longest = if self.sink.is_some() { lengths.seen } else { lengths.limit };
        let erases = self.nothing_to_erase && text == ERASE.as_bytes();
        if erases || text.len() > longest { None } else { Plain::of(text) }
    }
}

impl FieldWriter<'_, '_, '_> {
    /// Writes text about which nothing can be said; `false` if something might.
    #[inline]
    pub(super) fn put_plain(&mut self, row: &'static Row, text: &str) -> bool {
        if !self.is_free(row) {
            return false;
        }
        let Some(text) = self.out.simple(row.lengths, text.as_bytes()) else { return false };
        self.put_text(row.place(), text);
        true
    }

    /// Whether the next thing to write is what stands at the row.
    #[inline]
    fn is_free(&self, row: &'static Row) -> bool {
        self.kept.is_empty() && row.place() > (self.element, self.component)
    }

    /// Writes a number or a date that may be sent; `false` if the value is something else.
    #[inline]
    pub(super) fn put_digits<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V) -> bool {
        let Some(digits) = value.digits() else { return false };
        if digits.len() > row.lengths.seen || !self.is_free(row) {
            return false;
        }
        self.put_text(row.place(), digits.into());
        true
    }

    /// Writes several lines about which nothing can be said; `false` if something might.
    pub(super) fn put_plain_lines(&mut self, row: &'static Row, lines: &TextLines<'_>) -> bool {
        let count = lines.wire_lines().count();
        let simple = |line: &[u8]| self.out.simple(row.lengths, line).is_some();
        if count > row.format.lines() || !self.is_free(row) || !lines.wire_lines().all(simple) {
            return false;
        }
        self.put_lines(row, count, lines.as_wire()).is_ok()
    }

    /// Writes a value and the constant that stands behind it, given with the separator between them; `false` if something
    /// might be said about the value.
    #[inline]
    pub(crate) fn value_and<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V, constant: &Qualifier) -> bool {
        let refused = self.out.judges() && value.refusal().is_some();
        if refused || !self.put_plain(row, value.render(&mut Scratch::default())) {
            return false;
        }
        self.out.segments.literal(constant);
        self.stand_at((row.element, row.component + 1));
        true
    }

    /// Writes a qualifier of the table, given with the separator behind it, and the text that it tells the meaning of;
    /// `false` if something might be said about the text.
    #[inline]
    pub(crate) fn qualified<'a, V: Value<'a>>(
        &mut self,
        (slot, row): (&'static Row, &'static Row),
        qualifier: &Qualifier,
        value: &V,
    ) -> bool {
        if self.out.judges() && value.refusal().is_some() {
            return false;
        }
        self.qualified_text((slot, row), qualifier, value.render(&mut Scratch::default()))
    }

    fn qualified_text(&mut self, (slot, row): (&'static Row, &'static Row), qualifier: &Qualifier, text: &str) -> bool {
        if !self.is_free(slot) {
            return false;
        }
        let Some(text) = self.out.simple(row.lengths, text.as_bytes()) else { return false };
        let (elements, _) = separators(self.written, slot.place());
        self.out.segments.plain_text(elements, qualifier, text);
        self.stand_at(row.place());
        true
    }

    /// Writes plain text at a place, and takes it.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as `Plain::of`")]
    pub(super) fn put_text(&mut self, place: (u16, u16), text: Plain<'_>) {
        let (elements, components) = separators(self.written, place);
        self.out.segments.plain_text_behind(elements, components, text);
        self.stand_at(place);
    }
}
