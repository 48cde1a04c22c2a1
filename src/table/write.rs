//! Writes the fields of a segment by its table.
//!
//! Fast path: a value that may be sent, needs no release character and is not too long is written at once. Any other
//! value goes to a function of its own (see [`FieldWriter::slowly`]), which makes all checks. A refusal is stored, and
//! the segment returns it when it ends; nothing of such a segment gets into the output.

use alloc::vec::Vec;
use core::ops::{Deref, DerefMut};

use super::row::separators;
use super::{Format, Layout, Row, Validator};
use crate::error::{CharacterClass, Error, ErrorKind};
use crate::issue::IssueSink;
use crate::options::{AddressForm, WriteOptions};
use crate::syntax::{Pen, PenPlace, RowLiteral, SegmentTag, SegmentWriter, TextLines, Word, all_level_a, is_level_a};
use crate::value::{ERASE, PreparationTime, Scratch, Value};

/// Writes runs of segments.
pub(crate) struct GroupWriter<'o> {
    pub(crate) segments: SegmentWriter<'o>,
    validator: Validator<'o>,
    /// Something was written that had been kept, and may be read back as something else.
    pub(crate) is_doubtful: bool,
    /// Whether a tag is that of a known segment.
    pub(crate) is_known: fn(SegmentTag) -> bool,
}

impl<'o> GroupWriter<'o> {
    pub(crate) fn new(out: &'o mut Vec<u8>, options: WriteOptions, sink: Option<&'o mut dyn IssueSink>) -> Self {
        let segments = SegmentWriter::new(out).line_break(options.line_break);
        Self { segments, validator: Validator::new(options, sink), is_doubtful: false, is_known: |_| true }
    }

    /// Writes, then cuts off the room that was reserved for further segments.
    #[inline]
    pub(crate) fn close_after<R>(&mut self, write: impl FnOnce(&mut Self) -> R) -> R {
        let result = write(self);
        self.segments.close();
        result
    }

    /// Writes to nowhere, and lists all that strict writing would refuse.
    pub(crate) fn listing(out: &'o mut Vec<u8>, sink: &'o mut dyn IssueSink) -> Self {
        let mut writer = Self::new(out, WriteOptions::default(), Some(sink));
        writer.validator.list();
        writer
    }

    /// As [`Validator::apply_policy`].
    #[cold]
    pub(crate) fn apply_policy(&mut self, error: Error) -> Result<(), Error> {
        self.validator.apply_policy(error)
    }

    /// As [`Validator::give_up`].
    #[cold]
    pub(crate) fn give_up(&mut self, error: Error) -> Result<(), Error> {
        self.validator.give_up(error)
    }

    /// Commits the segment that was written last, or returns why it was refused.
    #[inline(always)]
    pub(super) fn keep(&mut self, written: Option<usize>) -> Result<(), Error> {
        match written {
            Some(len) => {
                self.segments.keep(len);
                Ok(())
            }
            None => {
                let refusal = self.validator.refusal();
                self.validator.give_up(refusal)
            }
        }
    }

    /// Begins a segment and writes its prefix.
    #[inline(always)]
    pub(crate) fn begin(&mut self, layout: &'static Layout) -> Option<FieldWriter<'_, 'o>> {
        let mut pen = self.segments.begin()?;
        pen.literal(&layout.head.text);
        Some(FieldWriter { pen, validator: &mut self.validator, layout, place: layout.head.end })
    }

    /// Begins a segment of one value and writes all that stands before that.
    #[inline(always)]
    pub(crate) fn begin_sole(&mut self, layout: &'static Layout) -> Option<FieldWriter<'_, 'o>> {
        let place = layout.rows[layout.value].place();
        let mut pen = self.segments.begin()?;
        pen.prefix(&layout.template.prefix, layout.head.text.len(), usize::from(place.0 - layout.head.end.0));
        Some(FieldWriter { pen, validator: &mut self.validator, layout, place })
    }

    /// Writes a segment that consists of constants, and returns its length in bytes.
    #[inline(always)]
    pub(crate) fn constants(&mut self, layout: &'static Layout) -> Option<usize> {
        self.begin(layout)?.end()
    }
}

/// The writer has the methods of its validator.
impl<'o> Deref for GroupWriter<'o> {
    type Target = Validator<'o>;

    fn deref(&self) -> &Validator<'o> {
        &self.validator
    }
}

impl DerefMut for GroupWriter<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.validator
    }
}

/// What is demanded of a value at its place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Demand {
    /// Nothing; it may be empty.
    Nothing,
    /// It must be read back as the same value.
    ReadBack,
    /// It must be read back as the same value, so it must not be the erase marker.
    NewValue,
}

/// Writes one segment, in step with the rows of its table.
pub(crate) struct FieldWriter<'w, 'o> {
    pen: Pen<'w>,
    validator: &'w mut Validator<'o>,
    layout: &'static Layout,
    /// The current place. Separators up to it are written, and stay if something follows them.
    place: (u16, u16),
}

/// The fast path, which keeps the pen in registers.
impl<'o> FieldWriter<'_, 'o> {
    /// Writes the separators up to a row.
    #[inline(always)]
    pub(crate) fn go_to(&mut self, row: &Row) {
        self.pass_to(row.place());
    }

    #[inline(always)]
    fn pass_to(&mut self, place: (u16, u16)) {
        let (elements, components) = separators(self.place, place);
        self.place = place;
        self.pen.separators(elements, components);
    }

    /// Keeps trailing separators up to this place.
    #[inline(always)]
    pub(crate) fn stand(&mut self) {
        self.pen.stand();
    }

    /// Writes a constant of the table.
    #[inline(always)]
    pub(crate) fn constant(&mut self, row: &'static Row) {
        self.go_to(row);
        self.literal(&row.literal);
    }

    /// Writes a constant text that leads to the place of a row, or stands there.
    #[inline(always)]
    pub(crate) fn prefix_to(&mut self, row: &Row, literal: &RowLiteral) {
        self.place = row.place();
        self.literal(literal);
    }

    /// Writes a constant text.
    #[inline(always)]
    pub(crate) fn literal(&mut self, literal: &RowLiteral) {
        self.pen.literal(literal);
    }

    /// Writes a word.
    #[inline(always)]
    pub(crate) fn word(&mut self, word: Word) {
        self.pen.word(word);
    }

    /// Writes a value at the row.
    #[inline(always)]
    pub(crate) fn value<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V, demand: Demand) {
        let is_date = matches!(row.format, Format::Date(_) | Format::DateTime(_));
        match (value.word(), value.as_text()) {
            (Some(word), _) if word.len() <= row.lengths.seen => {
                self.word(word);
                if is_date {
                    self.literal(&row.literal);
                }
            }
            (None, Some(text)) if self.may_be_sent(value, text, demand) && self.verbatim(row, text.as_bytes()) => {}
            _ => self.slowly(move |fields| fields.ask_value(row, value, demand)),
        }
        if is_date {
            self.place.1 += 1;
        }
    }

    /// Whether a value that is text needs no other check than that of its characters and its length.
    #[inline(always)]
    fn may_be_sent<'a, V: Value<'a>>(&self, value: &V, text: &str, demand: Demand) -> bool {
        let erases = demand == Demand::NewValue && text == ERASE;
        !erases && (!self.validator.validates() || value.refusal().is_none())
    }

    /// Writes text verbatim. `false`, and nothing is written, if it needs a release character, is too long, or is an
    /// erase marker out of place.
    #[inline(always)]
    fn verbatim(&mut self, row: &Row, text: &[u8]) -> bool {
        // Text that is longer than any in samples is reported only to those who receive warnings.
        let longest = if self.validator.warns() { row.lengths.seen } else { row.lengths.limit };
        let is_odd = self.validator.repeats || (self.validator.nothing_to_erase && text == ERASE.as_bytes());
        text.len() <= longest && !is_odd && self.pen.verbatim(text)
    }

    /// Writes the erase marker.
    #[inline(always)]
    pub(crate) fn erase(&mut self, row: &'static Row) {
        if self.validator.nothing_to_erase {
            self.slowly(move |fields| fields.ask_text(row, ERASE));
        } else {
            self.literal(const { &RowLiteral::EMPTY.text(ERASE) });
        }
    }

    /// Writes the qualifier behind a value: that of the row, or another.
    #[inline(always)]
    pub(crate) fn qualifier(&mut self, row: &'static Row, other: Option<&str>) {
        match other {
            None => self.literal(&row.literal),
            Some(qualifier) => self.slowly(move |fields| fields.ask_qualifier(row, qualifier)),
        }
        self.place.1 += 1;
    }

    /// Writes lines from the row on.
    #[inline]
    pub(crate) fn lines(&mut self, row: &'static Row, lines: &TextLines<'_>) {
        let start = self.pen.place;
        if !self.verbatim_lines(row, lines) {
            self.pen.place = start;
            self.slowly(move |fields| fields.ask_lines(row, lines));
        }
    }

    fn verbatim_lines(&mut self, row: &'static Row, lines: &TextLines<'_>) -> bool {
        // Lines are in wire form: they are released already, and one line is the whole text.
        let whole = lines.as_wire().as_bytes();
        self.verbatim(row, whole)
            || self.pen.has_room(whole.len())
                && lines.wire_lines().enumerate().all(|(at, line)| {
                    if at > 0 {
                        self.pen.separators(0, 1);
                    }
                    at < row.format.lines() && self.verbatim(row, line)
                })
    }

    /// Writes the date and time of UNB.
    pub(crate) fn preparation_time(&mut self, row: &'static Row, time: &PreparationTime<'_>) {
        if self.validator.validates() && !(time.has_plausible_date() && time.has_plausible_time()) {
            self.slowly(move |fields| fields.check_preparation_time(row, time));
        }
        self.text(time.date());
        self.pass_to((row.element, row.component + 1));
        self.text(time.time());
    }

    /// Writes text at the current place without checks.
    fn text(&mut self, text: &str) {
        if self.validator.repeats || !self.pen.verbatim(text.as_bytes()) {
            self.slowly(move |fields| fields.put(text));
        }
    }

    /// Refuses a value that would not be read back as it is, received or not.
    #[inline(always)]
    pub(crate) fn read_back(&mut self, row: &'static Row, is_read_back: bool) {
        if !is_read_back {
            self.slowly(move |fields| fields.ask_read_back(row, false));
        }
    }

    pub(crate) fn address_form(&self) -> AddressForm {
        self.validator.options.address
    }

    /// Ends the segment and returns its length in bytes; `None` if it was refused.
    #[inline(always)]
    pub(crate) fn end(self) -> Option<usize> {
        if self.validator.refusal.is_some() {
            return self.refused();
        }
        Some(self.pen.end())
    }

    /// Writes the suffix of a segment of one value, and ends it.
    #[inline(always)]
    pub(crate) fn end_sole(mut self) -> Option<usize> {
        if self.validator.refusal.is_some() || !self.pen.stands() {
            return self.end_without_value();
        }
        self.pen.literal(&self.layout.template.suffix);
        Some(self.pen.end_as_is())
    }

    /// Runs a check or write that may refuse, outside of the fast path. The place of the pen is passed and returned by
    /// value, so that it can stay in registers.
    #[inline(always)]
    pub(crate) fn slowly(&mut self, write: impl FnOnce(&mut FieldWriter<'_, 'o>) -> Result<(), Error>) {
        let Self { layout, place, .. } = *self;
        self.pen.place = apart(FieldWriter { pen: self.pen.again(), validator: self.validator, layout, place }, write);
    }
}

#[cold]
#[inline(never)]
fn apart<'o>(
    mut fields: FieldWriter<'_, 'o>,
    write: impl FnOnce(&mut FieldWriter<'_, 'o>) -> Result<(), Error>,
) -> PenPlace {
    crate::cost::count(1);
    // After a refusal nothing further is reported about the segment.
    if fields.validator.refusal.is_none() {
        fields.validator.refusal = write(&mut fields).err();
    }
    fields.pen.place
}

/// The general path, with all checks.
impl FieldWriter<'_, '_> {
    #[cold]
    fn refused(self) -> Option<usize> {
        self.pen.give_up();
        None
    }

    /// Ends a segment of one value that was left out or refused.
    #[cold]
    fn end_without_value(mut self) -> Option<usize> {
        for row in &self.layout.rows[self.layout.value + 1..] {
            self.constant(row);
        }
        self.end()
    }

    /// Checks a value and writes it.
    fn ask_value<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V, demand: Demand) -> Result<(), Error> {
        let mut scratch = Scratch::default();
        let text = value.render(&mut scratch);
        if demand == Demand::NewValue && text == ERASE {
            if self.validator.validates() {
                self.apply_policy(row, ErrorKind::EraseMarker)?;
            }
            return self.ask_read_back(row, false);
        }
        match value.refusal() {
            _ if !self.validator.validates() => {}
            Some(defect) => {
                self.apply_policy(row, defect.kind(text))?;
                self.check_rest(row, text)?;
            }
            None => self.check_text(row, text)?,
        }
        self.put(text)?;
        let mut format = "";
        if let Format::Date(own) | Format::DateTime(own) = row.format {
            format = own;
            self.pass_to((row.element, row.component + 1));
            self.put(value.format().unwrap_or(own))?;
        }
        self.ask_read_back(row, demand == Demand::Nothing || (!text.is_empty() && value.is_read_back(format)))
    }

    /// Checks the length and the characters of a value that was reported already.
    fn check_rest(&mut self, row: &'static Row, text: &str) -> Result<(), Error> {
        let sink = self.validator.sink.take();
        let checked = self.check_text(row, text);
        self.validator.sink = sink;
        checked
    }

    /// Refuses a value that may not be sent.
    pub(crate) fn check_value<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V) -> Result<(), Error> {
        match value.refusal().filter(|_| self.validator.validates()) {
            Some(defect) => self.apply_policy(row, defect.kind(value.render(&mut Scratch::default()))),
            None => Ok(()),
        }
    }

    /// Checks the length and the characters of text and writes it.
    pub(crate) fn ask_text(&mut self, row: &'static Row, text: &str) -> Result<(), Error> {
        if self.validator.validates() {
            self.check_text(row, text)?;
        }
        self.put(text)
    }

    fn ask_qualifier(&mut self, row: &'static Row, qualifier: &str) -> Result<(), Error> {
        let place = (row.element, row.component + 1);
        if let (true, Format::Qualified(_, expected)) = (self.validator.validates(), row.format)
            && qualifier != expected
        {
            self.validator.apply_policy(self.error(place, ErrorKind::InvalidConstant { expected }))?;
        }
        self.pass_to(place);
        self.put(qualifier)
    }

    fn ask_lines(&mut self, row: &'static Row, lines: &TextLines<'_>) -> Result<(), Error> {
        if self.validator.validates() {
            self.check_lines(row, lines)?;
        }
        if !lines.as_wire().is_empty() {
            // Lines have no repetitions.
            let released = self.validator.repeats.then(|| lines.as_wire().replace('*', "?*"));
            let written = self.pen.unreleased(released.as_deref().unwrap_or(lines.as_wire()));
            written.map_err(|error| self.error(row.place(), error.kind()))?;
        }
        // Empty lines at the end are not read back, nor are blank ones in elements that leave them out.
        let are_filled = match row.format {
            Format::FilledLines(_) => lines.iter().all(|line| !line.is_empty()),
            _ => lines.iter().last().is_some_and(|line| !line.is_empty()),
        };
        self.ask_read_back(row, are_filled && lines.iter().count() <= TextLines::MAX)
    }

    fn check_lines(&mut self, row: &'static Row, lines: &TextLines<'_>) -> Result<(), Error> {
        if lines.iter().all(|line| line.is_blank()) {
            return self.apply_policy(row, ErrorKind::MissingValue { name: row.name });
        }
        lines.iter().try_for_each(|line| self.check_text(row, &line))?;
        let (limit, count) = (row.format.lines(), lines.iter().count());
        if count > limit { self.apply_policy(row, ErrorKind::SeveralLines { limit, lines: count }) } else { Ok(()) }
    }

    fn check_preparation_time(&mut self, row: &'static Row, time: &PreparationTime<'_>) -> Result<(), Error> {
        if time.date().is_empty() && time.time().is_empty() {
            return self.apply_policy(row, ErrorKind::EmptyValue { expected: row.name });
        }
        if let Some(defect) = time.date_defect() {
            self.apply_policy(row, defect.kind(time.date()))?;
        }
        let Some(defect) = time.time_defect() else { return Ok(()) };
        self.validator.apply_policy(self.error((row.element, row.component + 1), defect.kind(time.time())))
    }

    /// Refuses text that is empty, too long, or holds characters outside level A.
    fn check_text(&mut self, row: &'static Row, text: &str) -> Result<(), Error> {
        if self.validator.nothing_to_erase && text == ERASE {
            return self.apply_policy(row, ErrorKind::EraseMarker);
        }
        if text.bytes().all(|byte| byte == b' ') {
            return self.apply_policy(row, ErrorKind::EmptyValue { expected: row.name });
        }
        if text.len() > row.lengths.seen {
            self.check_length(row, text)?;
        }
        if all_level_a(text.as_bytes()) {
            return Ok(());
        }
        let outside = text.chars().find(|character| !u8::try_from(*character).is_ok_and(is_level_a));
        outside.map_or(Ok(()), |character| {
            self.apply_policy(row, ErrorKind::Repertoire { class: CharacterClass::of(character) })
        })
    }

    /// Text longer than the data element allows is refused; text longer than any in samples is reported
    /// (wire.md#s-4-2).
    fn check_length(&mut self, row: &'static Row, text: &str) -> Result<(), Error> {
        let (limit, seen, length) = (row.lengths.limit, row.lengths.seen, text.chars().count());
        if length > limit {
            return self.apply_policy(row, ErrorKind::TooLong { limit, length });
        }
        if length > seen && self.validator.warns() {
            self.validator.warn(self.error(row.place(), ErrorKind::LongerThanSeen { seen, length }));
        }
        Ok(())
    }

    pub(crate) fn ask_read_back(&self, row: &'static Row, is_read_back: bool) -> Result<(), Error> {
        if is_read_back { Ok(()) } else { Err(self.error(row.place(), ErrorKind::ReadOtherwise)) }
    }

    /// Writes text at the current place, with the release characters that it needs.
    fn put(&mut self, text: &str) -> Result<(), Error> {
        let written = self.pen.released(text, self.validator.advice());
        written.map_err(|error| self.error(self.place, error.kind()))
    }

    /// Refuses or reports an error at a row.
    pub(crate) fn apply_policy(&mut self, row: &Row, kind: ErrorKind) -> Result<(), Error> {
        self.validator.apply_policy(self.error(row.place(), kind))
    }

    fn error(&self, (element, component): (u16, u16), kind: ErrorKind) -> Error {
        self.validator.refuse_component(kind, self.layout, element, component)
    }
}
