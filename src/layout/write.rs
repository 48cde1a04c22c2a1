//! Writing the fields of a segment by its table.

use alloc::vec::Vec;

use super::table::separators;
use super::{Format, Layout, Row, Unrecognised};
use crate::error::{CharacterClass, Error, ErrorKind, Location};
use crate::issue::{Issue, IssueSink};
use crate::options::WriteOptions;
use crate::syntax::{SegmentQualifier, SegmentWriter, TextLines, is_level_a};
use crate::value::{ERASE, PreparationTime, Scratch, Value};

/// Writes runs of segments; knows the options, and what message and transaction it is in.
pub(crate) struct GroupWriter<'o> {
    pub(crate) segments: SegmentWriter<'o>,
    pub(crate) options: WriteOptions,
    pub(crate) message: Option<u64>,
    pub(crate) transaction: Option<u64>,
    /// The erase marker has no meaning in what is being written.
    pub(crate) nothing_to_erase: bool,
    /// Something was kept of what was written: segments, or components of one.
    pub(crate) keeps: bool,
    /// Where objections go that are not refusals.
    pub(super) sink: Option<&'o mut dyn IssueSink>,
    /// Places of the group about which something was reported that concerns a whole value.
    reported: Vec<Location>,
}

impl<'o> GroupWriter<'o> {
    pub(crate) fn new(out: &'o mut Vec<u8>, options: WriteOptions, sink: Option<&'o mut dyn IssueSink>) -> Self {
        let segments = SegmentWriter::new(out).line_break(options.line_break);
        Self {
            segments,
            options,
            message: None,
            transaction: None,
            nothing_to_erase: false,
            keeps: false,
            sink,
            reported: Vec::new(),
        }
    }

    /// Writes, then cuts off the room that was made for more.
    #[inline]
    pub(crate) fn close_after<R>(&mut self, write: impl FnOnce(&mut Self) -> R) -> R {
        let result = write(self);
        self.segments.close();
        result
    }

    /// Whether anybody asks what may be sent.
    #[inline]
    pub(crate) fn judges(&self) -> bool {
        !self.options.as_received || self.sink.is_some()
    }

    /// Refuses what may not be sent; what was received is written all the same, and reported to who asked.
    #[cold]
    pub(crate) fn object(&mut self, error: Error) -> Result<(), Error> {
        if !self.options.as_received {
            return Err(error);
        }
        self.warn(error);
        Ok(())
    }

    /// Reports what may be sent and should not surprise anybody.
    #[cold]
    pub(crate) fn warn(&mut self, error: Error) {
        if self.sink.is_none() || self.was_reported(&error) {
            return;
        }
        if let Some(sink) = &mut self.sink {
            sink.report(Issue::new(error));
        }
    }

    /// Whether a value is missing, or not as expected, at a place about which that was said, or that a rule is broken.
    fn was_reported(&mut self, error: &Error) -> bool {
        let is_rule = match error.kind() {
            ErrorKind::Rule { .. } => true,
            ErrorKind::MissingValue { .. }
            | ErrorKind::EmptyValue { .. }
            | ErrorKind::InvalidValue { .. }
            | ErrorKind::UnknownCode { .. }
            | ErrorKind::InvalidConstant { .. } => false,
            _ => return false,
        };
        let place = error.location();
        self.reported.retain(|other| (other.message, other.transaction) == (place.message, place.transaction));
        let is_known = self.reported.contains(place);
        if !is_known {
            self.reported.push(*place);
        }
        is_known && !is_rule
    }

    /// Forgets what was reported, where another group may have the same places.
    #[inline]
    pub(super) fn forget_reported(&mut self) {
        if !self.reported.is_empty() {
            self.reported.clear();
        }
    }

    /// An error at a place that has no tag.
    pub(crate) fn refuse(&self, kind: ErrorKind) -> Error {
        let location = Location { message: self.message, transaction: self.transaction, ..Location::default() };
        Error::new(kind, location)
    }

    /// An error about a segment.
    pub(crate) fn refuse_segment(&self, kind: ErrorKind, layout: &Layout) -> Error {
        let location = Location {
            tag: Some(layout.tag()),
            qualifier: SegmentQualifier::of_name(layout.name),
            ..*self.refuse(kind).location()
        };
        Error::new(kind, location)
    }

    /// An error about a component.
    pub(crate) fn refuse_component(&self, kind: ErrorKind, layout: &Layout, element: u16, component: u16) -> Error {
        let location = Location {
            element: Some(element),
            component: Some(component),
            ..*self.refuse_segment(kind, layout).location()
        };
        Error::new(kind, location)
    }
}

/// Writes one segment, in step with the rows of its table.
pub(crate) struct FieldWriter<'w, 'o, 'k> {
    pub(super) out: &'w mut GroupWriter<'o>,
    layout: &'static Layout,
    /// What was kept of this segment besides its rows, in ascending order from `next_kept` on.
    pub(super) kept: &'k [Unrecognised<'k>],
    next_kept: usize,
    /// The last place that is taken, be it by nothing.
    pub(super) element: u16,
    pub(super) component: u16,
    /// The last place where something stands. Separators are written when something follows them.
    pub(super) written: (u16, u16),
    /// Elements of names in which something else was kept.
    displaced: u64,
}

impl<'w, 'o, 'k> FieldWriter<'w, 'o, 'k> {
    /// Begins the segment and writes what stands before its first value.
    #[inline]
    pub(crate) fn new(
        out: &'w mut GroupWriter<'o>,
        layout: &'static Layout,
        kept: &'k [Unrecognised<'k>],
    ) -> Result<Self, Error> {
        let mut fields =
            Self { out, layout, kept, next_kept: 0, element: 0, component: 1, written: (0, 1), displaced: 0 };
        if kept.is_empty() {
            fields.out.segments.begin(&layout.head.text);
            fields.stand_at(layout.head.end);
        } else {
            fields.begin_by_rows()?;
        }
        Ok(fields)
    }

    /// The same, among components that were kept.
    #[cold]
    fn begin_by_rows(&mut self) -> Result<(), Error> {
        self.out.segments.begin_tag(self.layout.tag());
        if self.layout.name.len() > 3 {
            self.constant_at(1, 1, self.layout.qualifier())?;
        }
        self.layout.rows[..self.layout.value].iter().try_for_each(|row| self.constant(row))
    }

    #[inline]
    pub(super) fn stand_at(&mut self, place: (u16, u16)) {
        self.written = place;
        (self.element, self.component) = place;
    }

    /// Writes the constants behind the value of a segment of one value.
    #[inline]
    pub(crate) fn constants_behind(&mut self, layout: &'static Layout) -> Result<(), Error> {
        let (_, _, constants) = layout.around_value();
        constants.iter().try_for_each(|row| self.constant(row))
    }

    pub(crate) fn options(&self) -> WriteOptions {
        self.out.options
    }

    /// Writes a constant of the table, or what was kept in its place.
    #[inline]
    pub(crate) fn constant(&mut self, row: &'static Row) -> Result<(), Error> {
        self.constant_at(row.element, row.component, row.name)
    }

    fn constant_at(&mut self, element: u16, component: u16, constant: &str) -> Result<(), Error> {
        if !self.kept.is_empty() && self.kept_at(element, component)? {
            return Ok(());
        }
        self.put(element, component, constant)
    }

    /// Writes a value, if it may be sent.
    #[inline]
    pub(crate) fn value<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V) -> Result<(), Error> {
        if self.out.judges() {
            self.judge(row, value)?;
        }
        self.put_value(row, value)
    }

    /// Refuses a value for the first reason there is.
    fn judge<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V) -> Result<(), Error> {
        let mut scratch = Scratch::default();
        let text = value.render(&mut scratch);
        match value.refusal().map(|defect| defect.kind(text)).or_else(|| self.says_nothing(row, text)) {
            Some(kind) => self.object(row, kind),
            None => self.check_characters(row, text),
        }
    }

    fn put_value<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V) -> Result<(), Error> {
        self.put_text(row, value.render(&mut Scratch::default()))?;
        if let Format::Date(format) | Format::DateTime(format) = row.format {
            self.put(row.element, row.component + 1, value.format().unwrap_or(format))?;
        }
        Ok(())
    }

    /// Refuses a value that may not be sent.
    #[inline]
    pub(crate) fn check_value<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V) -> Result<(), Error> {
        let refusal = if self.out.judges() { value.refusal() } else { None };
        match refusal {
            Some(defect) => self.object(row, defect.kind(value.render(&mut Scratch::default()))),
            None => Ok(()),
        }
    }

    /// Writes the qualifier behind a value.
    pub(crate) fn qualifier(
        &mut self,
        row: &'static Row,
        qualifier: &str,
        expected: &'static str,
    ) -> Result<(), Error> {
        crate::work::note(1);
        if self.out.judges() && qualifier != expected {
            let kind = ErrorKind::InvalidConstant { expected };
            self.out.object(self.out.refuse_component(kind, self.layout, row.element, row.component + 1))?;
        }
        self.put(row.element, row.component + 1, qualifier)
    }

    /// Writes the date and time of UNB.
    pub(crate) fn preparation_time(&mut self, row: &'static Row, time: &PreparationTime<'_>) -> Result<(), Error> {
        if self.out.judges() {
            self.check_preparation_time(row, time)?;
        }
        self.before(row.element, row.component)?;
        self.put(row.element, row.component, time.date())?;
        self.put(row.element, row.component + 1, time.time())
    }

    #[cold]
    fn check_preparation_time(&mut self, row: &'static Row, time: &PreparationTime<'_>) -> Result<(), Error> {
        if time.date().is_empty() && time.time().is_empty() {
            return self.object(row, ErrorKind::EmptyValue { expected: row.name });
        }
        if let Some(defect) = time.date_defect() {
            self.object(row, defect.kind(time.date()))?;
        }
        let Some(defect) = time.time_defect() else { return Ok(()) };
        let kind = defect.kind(time.time());
        self.out.object(self.out.refuse_component(kind, self.layout, row.element, row.component + 1))
    }

    /// Writes the qualifier of a name; what was kept in its element goes behind the last one.
    pub(crate) fn slot(&mut self, row: &'static Row) -> Result<(), Error> {
        crate::work::note(1);
        self.before(row.element, row.component)?;
        // A component behind the name can stay; one in the place of the qualifier or the name makes way.
        if self.peek_kept().is_some_and(|(element, component, _)| element == row.element && component <= 2) {
            while self.peek_kept().is_some_and(|(element, _, _)| element == row.element) {
                self.next_kept += 1;
                self.displaced |= 1 << row.element;
            }
        }
        self.put(row.element, row.component, row.name)
    }

    /// Whether anything was kept of the transaction.
    #[inline]
    pub(crate) fn has_kept(&self) -> bool {
        !self.kept.is_empty()
    }

    /// Sees to it that a name that was kept is not written before the one of this slot: of equal names the first counts.
    #[cold]
    pub(crate) fn displace_name(&mut self, slot: &Row) {
        let mut named = None;
        for kept in self.kept {
            let Unrecognised::Component { segment, element, component, text } = kept else { continue };
            if segment.as_str() != self.layout.name {
                continue;
            }
            if *component == 1 {
                named = (text.as_str() == slot.name && *element < slot.element).then_some(*element);
            } else if *component == 2 && named == Some(*element) {
                self.displaced |= 1 << *element;
            }
        }
    }

    /// Writes what was kept in elements that a name took.
    #[cold]
    fn write_displaced(&mut self) -> Result<(), Error> {
        let displaced = core::mem::take(&mut self.displaced);
        self.next_kept = 0;
        let mut from = 0;
        while let Some((element, component, text)) = self.peek_kept() {
            self.next_kept += 1;
            if is_in(displaced, element) {
                let same = element == from && component > 1;
                from = element;
                let place = if same { self.element } else { self.element + 1 };
                self.put(place, component, text)?;
            }
        }
        Ok(())
    }

    /// Writes a value of an item that may be absent: what is read as nothing, or as another value, is refused.
    #[inline]
    pub(crate) fn given<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V) -> Result<(), Error> {
        self.value(row, value)?;
        let format = if let Format::Date(format) | Format::DateTime(format) = row.format { format } else { "" };
        let is_empty = value.render(&mut Scratch::default()).is_empty();
        self.read_back(row, !is_empty && value.is_read_back(format))
    }

    /// Writes a value in an erasable item, where the marker would erase.
    #[inline]
    pub(crate) fn new_value<'a, V: Value<'a>>(&mut self, row: &'static Row, value: &V) -> Result<(), Error> {
        let erases = value.render(&mut Scratch::default()) == ERASE;
        if !erases {
            return self.given(row, value);
        }
        if self.out.judges() {
            self.object(row, ErrorKind::EraseMarker)?;
        }
        self.read_back(row, false)
    }

    /// Refuses what is not read back as it is, even if it was received.
    #[inline]
    pub(crate) fn read_back(&self, row: &'static Row, is_read_back: bool) -> Result<(), Error> {
        if is_read_back { Ok(()) } else { Err(self.error(row, ErrorKind::ReadOtherwise)) }
    }

    /// Writes text, if it belongs to the repertoire and is not too long.
    pub(crate) fn text(&mut self, row: &'static Row, text: &str) -> Result<(), Error> {
        if self.out.judges() {
            self.check_text(row, text)?;
        }
        self.put_text(row, text)
    }

    fn put_text(&mut self, row: &'static Row, text: &str) -> Result<(), Error> {
        self.before(row.element, row.component)?;
        self.put(row.element, row.component, text)
    }

    fn check_text(&mut self, row: &'static Row, text: &str) -> Result<(), Error> {
        match self.says_nothing(row, text) {
            Some(kind) => self.object(row, kind),
            None => self.check_characters(row, text),
        }
    }

    /// Whether there is nothing but blanks, or the erase marker where nothing can be erased.
    fn says_nothing(&self, row: &'static Row, text: &str) -> Option<ErrorKind> {
        if self.out.nothing_to_erase && text == ERASE {
            return Some(ErrorKind::EraseMarker);
        }
        text.bytes().all(|byte| byte == b' ').then_some(ErrorKind::EmptyValue { expected: row.name })
    }

    /// Refuses text that is too long or holds characters outside level A.
    fn check_characters(&mut self, row: &'static Row, text: &str) -> Result<(), Error> {
        if text.len() > row.format.longest_seen() {
            self.check_length(row, text.chars().count())?;
        }
        let outside = text.chars().find(|character| !u8::try_from(*character).is_ok_and(is_level_a));
        match outside {
            Some(character) => self.object(row, ErrorKind::Repertoire { class: CharacterClass::of(character) }),
            None => Ok(()),
        }
    }

    /// What is longer than the data element allows is refused; what is longer than anything seen, spoken of (facts 4.2).
    #[cold]
    fn check_length(&mut self, row: &'static Row, length: usize) -> Result<(), Error> {
        let (limit, seen) = (row.format.limit(), row.format.longest_seen());
        if length > limit {
            return self.object(row, ErrorKind::TooLong { limit, length });
        }
        if length > seen {
            self.out.warn(self.error(row, ErrorKind::LongerThanSeen { seen, length }));
        }
        Ok(())
    }

    /// Writes lines as the components of one element.
    pub(crate) fn lines(&mut self, row: &'static Row, lines: &TextLines<'_>) -> Result<(), Error> {
        if self.out.judges() {
            self.check_lines(row, lines)?;
        }
        self.before(row.element, row.component)?;
        let (count, wire) = (lines.iter().count(), lines.as_wire());
        let last = (row.element, u16::try_from(count).unwrap_or(u16::MAX));
        if !wire.is_empty() {
            self.separate(row.place());
            let written = self.out.segments.raw_components(wire);
            written.map_err(|error| self.placed(error, row.element, row.component))?;
            self.written = last;
        }
        (self.element, self.component) = last;
        // Empty lines at the end are not read, nor are any where blank ones are left out.
        let are_filled = match row.format {
            Format::FilledLines(_) => lines.iter().all(|line| !line.is_empty()),
            _ => lines.iter().last().is_some_and(|line| !line.is_empty()),
        };
        self.read_back(row, are_filled && count <= TextLines::MAX)
    }

    fn check_lines(&mut self, row: &'static Row, lines: &TextLines<'_>) -> Result<(), Error> {
        if lines.iter().all(|line| line.is_blank()) {
            return self.object(row, ErrorKind::MissingValue { name: row.name });
        }
        lines.iter().try_for_each(|line| self.check_text(row, &line))?;
        let (limit, count) = (row.format.lines(), lines.iter().count());
        if count > limit { self.object(row, ErrorKind::SeveralLines { limit, lines: count }) } else { Ok(()) }
    }

    /// Leaves a row out.
    #[inline]
    pub(crate) fn nothing(&mut self, row: &'static Row) -> Result<(), Error> {
        self.before(row.element, row.component)
    }

    /// Writes the separators up to a row, so that it is there though empty.
    pub(crate) fn pad(&mut self, row: &'static Row) {
        self.separate(row.place().max((self.element, self.component)));
    }

    /// Writes what was kept before a place.
    #[inline]
    fn before(&mut self, element: u16, component: u16) -> Result<(), Error> {
        if self.kept.is_empty() { Ok(()) } else { self.kept_before(element, component) }
    }

    /// Writes what was kept at a place; `false` if nothing was.
    #[cold]
    fn kept_at(&mut self, element: u16, component: u16) -> Result<bool, Error> {
        self.kept_before(element, component)?;
        match self.peek_kept() {
            Some((e, c, text)) if (e, c) == (element, component) => {
                self.next_kept += 1;
                self.put(element, component, text).map(|()| true)
            }
            _ => Ok(false),
        }
    }

    #[cold]
    fn kept_before(&mut self, element: u16, component: u16) -> Result<(), Error> {
        while let Some((e, c, text)) = self.peek_kept().filter(|(e, c, _)| (*e, *c) < (element, component)) {
            self.next_kept += 1;
            if !is_in(self.displaced, e) {
                self.put(e, c, text)?;
            }
        }
        Ok(())
    }

    /// The next component that was kept of this segment.
    fn peek_kept(&mut self) -> Option<(u16, u16, &'k str)> {
        while let Some(kept) = self.kept.get(self.next_kept) {
            match kept {
                Unrecognised::Component { segment, element, component, text }
                    if segment.as_str() == self.layout.name =>
                {
                    return Some((*element, *component, text.as_str()));
                }
                _ => self.next_kept += 1,
            }
        }
        None
    }

    #[inline]
    fn put(&mut self, element: u16, component: u16, text: &str) -> Result<(), Error> {
        if (element, component) <= (self.element, self.component) {
            // The place is taken: a model that was put together by hand keeps a component where a value stands.
            return Err(self.out.refuse_component(ErrorKind::UnexpectedComponent, self.layout, element, component));
        }
        if text.is_empty() {
            (self.element, self.component) = (element, component);
            return Ok(());
        }
        self.separate((element, component));
        self.out.segments.released(text).map_err(|error| self.placed(error, element, component))
    }

    /// Writes the separators up to a place, and takes it.
    fn separate(&mut self, place: (u16, u16)) {
        let (elements, components) = separators(self.written, place);
        self.out.segments.separators(elements, components);
        self.stand_at(place);
    }

    /// Ends the segment.
    #[inline]
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        if !self.kept.is_empty() {
            self.kept_before(u16::MAX, u16::MAX)?;
        }
        if self.displaced != 0 {
            self.write_displaced()?;
        }
        self.out.segments.end();
        Ok(())
    }

    /// Refuses or reports something about a row.
    #[cold]
    pub(crate) fn object(&mut self, row: &Row, kind: ErrorKind) -> Result<(), Error> {
        self.out.object(self.error(row, kind))
    }

    fn error(&self, row: &Row, kind: ErrorKind) -> Error {
        self.out.refuse_component(kind, self.layout, row.element, row.component)
    }

    fn placed(&self, error: Error, element: u16, component: u16) -> Error {
        self.out.refuse_component(error.kind(), self.layout, element, component)
    }
}

/// Whether an element is in a set of them.
fn is_in(elements: u64, element: u16) -> bool {
    element < 64 && elements & (1 << element) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_received_is_judged_for_those_who_listen() {
        let (received, mut sink, mut out) =
            (WriteOptions::default().as_received(true), Vec::<Issue>::new(), Vec::new());
        assert!(GroupWriter::new(&mut out, WriteOptions::default(), None).judges());
        assert!(GroupWriter::new(&mut out, received, Some(&mut sink)).judges());
        assert!(!GroupWriter::new(&mut out, received, None).judges());
    }
}
