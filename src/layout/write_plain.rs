//! Writing what nothing can be said about: the way that nearly all segments go.
//!
//! A segment of values that may be sent and are not too long is drafted without further questions. Where anything might be
//! said, the draft is given up, and the segment is written by the functions in `write`, which ask all questions in their
//! order; so are the segments of a group in which something was kept.

use super::table::{Lengths, separators};
use super::write::GroupWriter;
use super::{Format, Layout, Row, Table};
use crate::options::AddressForm;
use crate::syntax::{Draft, Qualifier, TextLines};
use crate::value::{ERASE, PreparationTime, Scratch, Value};

/// Writes the segment that a row belongs to, if nothing can be said about it; `None` says that something might.
pub(crate) struct PlainFields<'w> {
    draft: Draft<'w>,
    questions: Questions,
    /// Where the separators end that were written.
    place: (u16, u16),
}

/// A segment that was drafted: how many bytes it has.
pub(crate) struct Drafted(usize);

/// What is asked about values.
#[derive(Clone, Copy)]
struct Questions {
    /// Anybody asks what may be sent.
    judges: bool,
    /// Somebody wants to hear of text that is longer than any seen.
    warns: bool,
    /// The erase marker has no meaning.
    nothing_to_erase: bool,
    address: AddressForm,
}

impl GroupWriter<'_> {
    #[inline]
    fn questions(&self) -> Questions {
        Questions {
            judges: self.judges(),
            warns: self.sink.is_some(),
            nothing_to_erase: self.nothing_to_erase,
            address: self.options.address,
        }
    }

    /// Drafts a segment that consists of constants.
    #[inline]
    pub(crate) fn draft_constants(&mut self, layout: &'static Layout) -> Option<Drafted> {
        let mut draft = self.segments.draft()?;
        draft.literal(&layout.frame.lead)?;
        draft.literal(&layout.frame.close)?;
        Some(Drafted(draft.len()))
    }

    /// Drafts a segment that consists of one value and constants, if nothing can be said about the value; `None` if
    /// something might.
    #[inline]
    pub(crate) fn draft_value<'a, V: Value<'a>>(&mut self, layout: &'static Layout, value: &V) -> Option<Drafted> {
        let questions = self.questions();
        let mut fields = PlainFields { draft: self.segments.draft()?, questions, place: layout.head.end };
        fields.draft.literal(&layout.frame.lead)?;
        fields.sound(layout.frame.lengths, value)?;
        fields.draft.literal(&layout.frame.close)?;
        Some(Drafted(fields.draft.len()))
    }

    /// Begins a segment, whose values follow in the order of its rows.
    #[inline(always)]
    pub(crate) fn plain_fields<T: Table>(&mut self) -> Option<PlainFields<'_>> {
        let (head, questions) = (&T::LAYOUT.head, self.questions());
        let mut fields = PlainFields { draft: self.segments.draft()?, questions, place: head.end };
        fields.draft.literal(&head.text)?;
        Some(fields)
    }

    /// Writes a segment that was drafted.
    #[inline]
    pub(crate) fn keep(&mut self, Drafted(len): Drafted) {
        self.segments.keep(len);
    }
}

impl PlainFields<'_> {
    /// Ends the segment.
    #[inline(always)]
    pub(crate) fn end(mut self) -> Option<Drafted> {
        self.draft.end()?;
        Some(Drafted(self.draft.len()))
    }

    /// Writes the separators up to a row, which stay if something follows them.
    #[inline(always)]
    pub(crate) fn go_to(&mut self, row: &Row) -> Option<()> {
        let (elements, components) = separators(self.place, row.place());
        self.place = row.place();
        self.draft.separators(elements, components)
    }

    /// Has the separators up to the row stay whatever follows.
    #[inline(always)]
    pub(crate) fn stand(&mut self) {
        self.draft.stand();
    }

    /// Writes a value at the row.
    #[inline(always)]
    pub(crate) fn value<'a, V: Value<'a>>(&mut self, row: &Row, value: &V) -> Option<()> {
        self.sound(row.lengths, value)?;
        // The qualifier behind a value is no value of its own.
        match row.format {
            Format::Date(_) | Format::DateTime(_) => None,
            _ => Some(()),
        }
    }

    /// Writes a value that is a number, a date or a code.
    pub(crate) fn word<'a, V: Value<'a>>(&mut self, value: &V) -> Option<()> {
        self.draft.word(value.word()?)
    }

    /// Writes text at the row.
    #[inline(always)]
    pub(crate) fn text(&mut self, row: &Row, text: &[u8]) -> Option<()> {
        self.plain(row.lengths, text)
    }

    /// Writes lines from the row on.
    pub(crate) fn lines(&mut self, row: &Row, lines: &TextLines<'_>) -> Option<()> {
        // Lines are as on the wire: what is released in them is so already, and one line is all of it.
        let whole = lines.as_wire().as_bytes();
        if self.ask(row.lengths, whole).is_some() && self.draft.plain_text(whole).is_some() {
            return Some(());
        }
        for (count, line) in lines.wire_lines().enumerate() {
            if count > 0 {
                self.draft.separators(0, 1)?;
            }
            (count < row.format.lines()).then_some(())?;
            self.ask(row.lengths, line)?;
            self.draft.plain_text(line)?;
        }
        Some(())
    }

    /// Writes a constant at the row.
    #[inline(always)]
    pub(crate) fn constant(&mut self, constant: &Qualifier) -> Option<()> {
        self.draft.literal(constant)
    }

    /// Writes a constant and the separator before or behind it, which leads to a place.
    #[inline(always)]
    pub(crate) fn lead_to(&mut self, place: (u16, u16), constant: &Qualifier) -> Option<()> {
        self.place = place;
        self.draft.literal(constant)
    }

    /// Writes the date and time of UNB.
    pub(crate) fn preparation_time(&mut self, row: &Row, time: &PreparationTime<'_>) -> Option<()> {
        let plausible = time.has_plausible_date() && time.has_plausible_time();
        (plausible || !self.questions.judges).then_some(())?;
        self.plain(row.lengths, time.date().as_bytes())?;
        self.draft.separators(0, 1)?;
        self.place.1 += 1;
        self.draft.text(time.time().as_bytes())
    }

    pub(crate) fn address_form(&self) -> AddressForm {
        self.questions.address
    }

    #[inline(always)]
    fn sound<'a, V: Value<'a>>(&mut self, lengths: Lengths, value: &V) -> Option<()> {
        if let Some(word) = value.word() {
            return if word.len() <= lengths.seen { self.draft.word(word) } else { None };
        }
        // Of a date nothing is drafted but a word.
        let is_doubtful = value.format().is_some() || !value.is_read_back("");
        if is_doubtful || (self.questions.judges && value.refusal().is_some()) {
            return None;
        }
        self.plain(lengths, value.render(&mut Scratch::default()).as_bytes())
    }

    #[inline(always)]
    fn plain(&mut self, lengths: Lengths, text: &[u8]) -> Option<()> {
        self.ask(lengths, text)?;
        self.draft.text(text)
    }

    /// Refuses text that is too long, and the marker out of place.
    #[inline(always)]
    fn ask(&self, lengths: Lengths, text: &[u8]) -> Option<()> {
        // That text is longer than any seen is for those who want to hear of it.
        let longest = if self.questions.warns { lengths.seen } else { lengths.limit };
        let erases = self.questions.nothing_to_erase && text == ERASE.as_bytes();
        (!erases && text.len() <= longest).then_some(())
    }
}
