//! General path: reads the fields of a segment by its table, and reports and keeps what no row describes.

use alloc::vec::Vec;

use super::{Format, Key, Layout, Reporter, Row, Unrecognised};
use crate::error::{CharacterClass, ErrorKind, Found};
use crate::syntax::{
    ComponentPlace, Cursor, Ending, Part, Placed, Segment, Text, TextLines, all_level_a, character_at, is_level_a,
};
use crate::value::{Defect, ERASE, PreparationTime, Value};

/// Walks over a segment once, in step with the rows of its table.
///
/// A component that no row asks for is reported and kept, so that nothing is lost.
#[expect(clippy::struct_excessive_bools, reason = "what was reported already, and need not be again")]
pub(crate) struct FieldReader<'c, 's, 'a> {
    layout: &'static Layout,
    cursor: Cursor<'c, 'a>,
    pub(crate) reporter: &'c mut Reporter<'s>,
    kept: Vec<Unrecognised<'a>>,
    /// The component at the place that was asked for last.
    last: Option<Part<'c, 'a>>,
    /// A component was reported as missing because the segment ended; further ones are not reported.
    short: bool,
    /// The first separator that nothing follows, at the end of an element, and its offset.
    trailing: Option<(ComponentPlace, u64)>,
    /// Trailing separators are not reported.
    trailing_allowed: bool,
    /// The segment has the qualifier of another and is read as that.
    aliased: bool,
    /// The message header was reported to have another type.
    other_type: bool,
}

impl<'c, 's, 'a> FieldReader<'c, 's, 'a> {
    /// Starts behind the tag and the qualifier.
    #[inline]
    pub(crate) fn new(
        segment: &'c Segment<'c, 'a>,
        key: Key,
        layout: &'static Layout,
        reporter: &'c mut Reporter<'s>,
    ) -> Self {
        check_characters(segment, reporter);
        let mut cursor = segment.cursor();
        // A segment whose key is that of the table has its qualifier, too.
        let is_qualified = layout.name.len() > 3;
        if is_qualified && key == layout.key {
            cursor.pass_qualifier();
        } else {
            cursor.step();
        }
        let mut fields = Self {
            layout,
            cursor,
            reporter,
            kept: Vec::new(),
            last: None,
            short: false,
            trailing: None,
            trailing_allowed: false,
            aliased: false,
            other_type: false,
        };
        if is_qualified && fields.cursor.place() <= ComponentPlace::new(1, 1) {
            fields.qualifier();
        }
        fields
    }

    /// Addresses may end in separators.
    pub(crate) fn allow_trailing(&mut self) {
        self.trailing_allowed = true;
    }

    /// Passes the qualifier. One that differs (an alias) is kept, so that it is written back.
    #[cold]
    fn qualifier(&mut self) {
        let Some(content) = self.take_at(1, 1) else { return };
        let text = content.text();
        if text.as_str() != self.layout.qualifier() {
            self.reporter.component(
                ErrorKind::InvalidConstant { expected: self.layout.qualifier() },
                1,
                1,
                content.offset(),
            );
            self.aliased = true;
        }
    }

    /// The component of a row, which may be empty; `None` if the segment ends before it.
    #[inline]
    pub(crate) fn take(&mut self, row: &Row) -> Option<Part<'c, 'a>> {
        self.take_at(row.element, row.component)
    }

    #[inline]
    pub(crate) fn take_at(&mut self, element: u16, component: u16) -> Option<Part<'c, 'a>> {
        self.find(ComponentPlace::new(element, component));
        self.last
    }

    /// Moves to a place, and stores the component there in `last`: returning it would copy more than the callers need.
    #[inline(never)]
    fn find(&mut self, wanted: ComponentPlace) {
        self.pass_until(wanted);
        self.last = if self.cursor.place() == wanted { self.advance() } else { None };
    }

    /// Passes the components before a place, which no row asks for, and keeps them.
    #[inline]
    fn pass_until(&mut self, wanted: ComponentPlace) {
        while self.cursor.place() < wanted {
            let Some(placed) = self.advance_placed() else { return };
            if !placed.content.is_empty() {
                self.surplus(&placed);
            }
        }
    }

    /// The next component that begins an element and is not empty.
    pub(crate) fn take_name(&mut self) -> Option<Placed<'c, 'a>> {
        while let Some(placed) = self.advance_placed() {
            if placed.content.is_empty() {
                continue;
            }
            if placed.component == 1 {
                return Some(placed);
            }
            self.surplus(&placed);
        }
        None
    }

    /// Whether the next component belongs to `element`.
    #[inline]
    pub(crate) fn is_in_element(&self, element: u16) -> bool {
        self.cursor.peek().is_some_and(|next| next.element == element)
    }

    /// The next component, if it belongs to `element`.
    pub(crate) fn take_in_element(&mut self, element: u16) -> Option<Placed<'c, 'a>> {
        if self.is_in_element(element) { self.advance_placed() } else { None }
    }

    #[inline]
    fn advance_placed(&mut self) -> Option<Placed<'c, 'a>> {
        let place = self.cursor.place();
        let content = self.advance()?;
        Some(Placed { element: place.element(), component: place.component(), content })
    }

    #[inline]
    fn advance(&mut self) -> Option<Part<'c, 'a>> {
        let place = self.cursor.place();
        let (content, end) = self.cursor.step()?;
        self.note_trailing(place, &content, end);
        Some(content)
    }

    /// Records the first separator at the end of an element that nothing follows.
    #[inline]
    fn note_trailing(&mut self, place: ComponentPlace, content: &Part<'_, 'a>, end: Ending) {
        let ends_element = end == Ending::Segment || (end == Ending::Element && place.component() > 1);
        let superfluous = ends_element && content.is_empty();
        if superfluous && self.trailing.is_none() {
            self.trailing = Some((place, content.offset()));
        }
    }

    #[cold]
    fn report_trailing(&mut self, (place, offset): (ComponentPlace, u64)) {
        // The place of the first separator that nothing follows.
        let empties = self.cursor.segment().cursor().fold(None, |first: Option<Placed<'_, 'a>>, other| match first {
            Some(first) if other.content.is_empty() && first.content.offset() <= offset => Some(first),
            _ if other.content.offset() > offset => first,
            _ if other.content.is_empty() && (other.element, other.component) > (1, 0) => Some(other),
            _ => None,
        });
        let (element, component, offset) = match empties {
            Some(first) => (first.element, first.component, first.content.offset()),
            None => (place.element(), place.component(), offset),
        };
        self.reporter.component(ErrorKind::TrailingSeparator, element, component, offset.saturating_sub(1));
    }

    /// Reads a constant of the table.
    #[inline]
    pub(crate) fn constant(&mut self, row: &'static Row) {
        match self.take(row) {
            Some(content) if !content.is_empty() => {
                if !content.is(row.name) {
                    self.wrong_constant(row, content, content.text());
                }
            }
            empty => self.missing_part(row, empty),
        }
    }

    #[cold]
    fn wrong_constant(&mut self, row: &'static Row, content: Part<'_, 'a>, text: Text<'a>) {
        let kind = match self.layout.key {
            Key::MESSAGE_HEADER => ErrorKind::MessageType,
            _ => ErrorKind::InvalidConstant { expected: row.name },
        };
        // A message of another type differs in several components; that is one issue.
        if kind != ErrorKind::MessageType || !self.other_type {
            self.reporter.component(kind, row.element, row.component, content.offset());
        }
        self.other_type |= kind == ErrorKind::MessageType;
        // A receipt that calls itself a registration is written as what it is (wire.md#row-18).
        self.aliased |= kind == ErrorKind::MessageType && row.name == "RECEP";
        // `01` is accepted for `1`, and written as `1`.
        if !self.aliased && text.trim_start_matches('0') != row.name {
            self.keep(row.element, row.component, text);
        }
    }

    /// Reports that a component is missing, once per segment.
    #[cold]
    pub(crate) fn missing_part(&mut self, row: &'static Row, empty: Option<Part<'_, 'a>>) {
        if self.short {
            return;
        }
        self.short = empty.is_none();
        // The missing component is reported; the separator before it is not reported as well.
        self.trailing_allowed |= empty.or(self.last).is_some_and(|last| last.is_empty());
        let offset = empty.map_or_else(|| self.end(), |empty| empty.offset().saturating_sub(1));
        self.reporter.component(ErrorKind::MissingComponent { expected: row.name }, row.element, row.component, offset);
    }

    /// Reports that the value of the row is missing; the row was read last.
    #[cold]
    pub(crate) fn no_value(&mut self, row: &'static Row) {
        match self.last {
            None => self.missing_part(row, None),
            Some(empty) => self.empty_value(row, &empty),
        }
    }

    /// Reports that the value consists of blanks, which are kept (wire.md#row-69).
    #[cold]
    pub(crate) fn blank_value(&mut self, row: &'static Row) {
        let blank = self.cursor.segment().component(row.element.into(), row.component.into());
        let offset = blank.map_or_else(|| self.end(), |blank| blank.offset());
        self.reporter.component(ErrorKind::EmptyValue { expected: row.name }, row.element, row.component, offset);
    }

    #[cold]
    fn empty_value(&mut self, row: &'static Row, empty: &Part<'_, 'a>) {
        self.short = true;
        self.trailing_allowed = true;
        let kind = ErrorKind::EmptyValue { expected: row.name };
        self.reporter.component(kind, row.element, row.component, empty.offset().saturating_sub(1));
        if let Format::Date(format) | Format::DateTime(format) = row.format
            && let Some(qualifier) = self.take_at(row.element, row.component + 1).filter(|next| !next.is_empty())
        {
            // That the value is missing was reported; a qualifier of another format is a finding of its own.
            if !qualifier.is(format) {
                self.other_qualifier(row, qualifier.offset());
            }
            self.keep(row.element, row.component + 1, qualifier.text());
        }
    }

    /// Reports a name slot with nothing in it.
    #[cold]
    pub(crate) fn empty_name(&mut self, row: &'static Row, element: u16, empty: &Part<'_, 'a>) {
        self.trailing_allowed = true;
        let kind = ErrorKind::EmptyValue { expected: row.name };
        self.reporter.component(kind, element, 2, empty.offset().saturating_sub(1));
    }

    /// Reads a date and a time of UNB.
    pub(crate) fn preparation_time(&mut self, row: &'static Row, date: Option<Part<'_, 'a>>) -> PreparationTime<'a> {
        let time = self.take_at(row.element, row.component + 1);
        let text = |part: Option<Part<'_, 'a>>| part.map(|part| part.text()).unwrap_or_default();
        let prepared = PreparationTime::from_wire(text(date), text(time));
        let is_filled = |part: &Part<'_, 'a>| !part.is_empty();
        match (date.filter(is_filled), time.filter(is_filled)) {
            (Some(date), Some(time)) => {
                if let Some(defect) = prepared.date_defect() {
                    self.defect(row, &date, defect);
                }
                if let Some(defect) = prepared.time_defect() {
                    let kind = defect.kind(&time.text());
                    self.reporter.component(kind, row.element, row.component + 1, time.offset());
                }
            }
            (None, _) => self.missing_part(row, date),
            (Some(date), None) => {
                self.trailing_allowed = true;
                let kind = ErrorKind::MissingComponent { expected: "a time HHMM" };
                let offset = time.map_or(date.span().end, |time| time.offset().saturating_sub(1));
                self.reporter.component(kind, row.element, row.component + 1, offset);
            }
        }
        prepared
    }

    /// Parses a component that is not empty, and checks it against its row.
    #[inline]
    pub(crate) fn value<V: Value<'a>>(&mut self, row: &'static Row, content: &Part<'_, 'a>) -> V {
        let text = content.text();
        let is_long = text.len() > row.format.limit();
        let is_marker = text.len() == ERASE.len() && self.reporter.nothing_to_erase && text.as_str() == ERASE;
        let value = V::parse(text);
        if is_marker {
            self.reporter.component(ErrorKind::EraseMarker, row.element, row.component, content.offset());
        } else if let Some(defect) = value.defect() {
            self.defect(row, content, defect);
        } else if is_long {
            self.check_length(row, content, row.component);
        }
        value
    }

    #[cold]
    pub(crate) fn defect(&mut self, row: &Row, content: &Part<'_, 'a>, defect: Defect) {
        self.reporter.component(defect.kind(&content.text()), row.element, row.component, content.offset());
    }

    /// Reports a defect of the component that was read last.
    #[cold]
    pub(crate) fn defect_at_last(&mut self, row: &Row, defect: Defect) {
        if let Some(last) = self.last {
            self.defect(row, &last, defect);
        }
    }

    /// Reads a date and the format qualifier behind it.
    #[inline]
    pub(crate) fn date<V: Value<'a>>(&mut self, row: &'static Row, content: &Part<'_, 'a>, format: &'static str) -> V {
        let qualifier = self.take_at(row.element, row.component + 1).filter(|qualifier| !qualifier.is_empty());
        match qualifier {
            Some(stated) if stated.is(format) => {
                let value = V::parse(content.text());
                match value.defect() {
                    None => value,
                    Some(defect) => {
                        self.defect(row, content, defect);
                        V::misfit(content.text(), Some(stated.text()))
                    }
                }
            }
            stated => self.date_of_other_format(row, content, format, stated.map(|stated| stated.text())),
        }
    }

    #[cold]
    fn date_of_other_format<V: Value<'a>>(
        &mut self,
        row: &'static Row,
        content: &Part<'_, 'a>,
        format: &'static str,
        stated: Option<Text<'a>>,
    ) -> V {
        // Receipts label twelve digits 306 where 203 would be right; one that does it right is understood
        // (wire.md#row-18).
        if format == "306" && stated.as_deref() == Some("203") {
            if !self.aliased {
                let kind = ErrorKind::InvalidConstant { expected: format };
                self.reporter.component(kind, row.element, row.component + 1, content.span().end + 1);
            }
            let value: V = self.value(row, content);
            return if value.defect().is_none() { value } else { V::misfit(content.text(), stated) };
        }
        if stated.is_none() {
            self.trailing_allowed = true;
            let offset = content.span().end;
            let kind = ErrorKind::MissingComponent { expected: format };
            self.reporter.component(kind, row.element, row.component + 1, offset);
        } else {
            self.other_qualifier(row, content.span().end + 1);
        }
        V::misfit(content.text(), stated)
    }

    /// Reports that the qualifier behind a date is that of another format.
    fn other_qualifier(&mut self, row: &Row, offset: u64) {
        let kind = ErrorKind::InvalidValue { expected: "the format qualifier of the segment", found: Found::Another };
        self.reporter.component(kind, row.element, row.component + 1, offset);
    }

    /// Reads the components of one element as lines of text.
    pub(crate) fn lines(&mut self, row: &'static Row, keep_blank: bool) -> Option<TextLines<'a>> {
        let first = self.take(row)?;
        let mut last = first;
        let mut count = u16::from(!first.is_empty());
        let mut blank = first.is_empty();
        let mut pending = false;
        let mut further = matches!(row.format, Format::FilledLines(_));
        let limit = row.component + u16::try_from(TextLines::MAX).unwrap_or_default();
        self.check_line(row, &first, row.component);
        while let Some(placed) = self.cursor.peek().filter(|next| next.element == row.element && next.component < limit)
        {
            self.advance();
            if placed.content.is_empty() {
                pending = true;
                continue;
            }
            blank |= pending;
            pending = false;
            self.check_line(row, &placed.content, placed.component);
            if count > 0 && !further {
                further = true;
                self.several_lines(row, &placed);
            }
            last = placed.content;
            count = placed.component;
        }
        if count == 0 {
            return None;
        }
        if blank && !keep_blank {
            let wire = self.cursor.segment().wire_between(&first, &last);
            let lines = TextLines::from_wire(wire);
            let texts: Vec<Text<'_>> = lines.iter().filter(|line| !line.is_empty()).collect();
            return Some(texts.iter().map(Text::as_str).collect());
        }
        Some(TextLines::from_wire(self.cursor.segment().wire_between(&first, &last)))
    }

    fn check_line(&mut self, row: &Row, content: &Part<'_, 'a>, component: u16) {
        if content.raw().len() > row.format.limit() {
            self.check_length(row, content, component);
        }
        if self.reporter.nothing_to_erase && content.is(ERASE) {
            self.reporter.component(ErrorKind::EraseMarker, row.element, component, content.offset());
        }
    }

    #[cold]
    fn check_length(&mut self, row: &Row, content: &Part<'_, 'a>, component: u16) {
        let limit = row.format.limit();
        let length = content.text().chars().count();
        if length > limit {
            let kind = ErrorKind::TooLong { limit, length };
            self.reporter.component(kind, row.element, component, content.offset());
        }
    }

    /// Reports the second component of a text that should have one (wire.md#s-4-7).
    #[cold]
    fn several_lines(&mut self, row: &Row, second: &Placed<'_, 'a>) {
        let in_element = |other: &Placed<'_, 'a>| other.element == row.element && !other.content.is_empty();
        let lines = self.cursor.segment().cursor().filter(in_element).count();
        self.reporter.component(
            ErrorKind::SeveralLines { limit: row.format.lines(), lines },
            second.element,
            second.component,
            second.content.offset(),
        );
    }

    /// Keeps a component that no row has.
    #[cold]
    pub(crate) fn surplus(&mut self, placed: &Placed<'_, 'a>) {
        self.reporter.component(
            ErrorKind::UnexpectedComponent,
            placed.element,
            placed.component,
            placed.content.offset(),
        );
        self.keep(placed.element, placed.component, placed.content.text());
    }

    /// Keeps a component without a report.
    pub(crate) fn keep(&mut self, element: u16, component: u16, text: Text<'a>) {
        self.kept.push(Unrecognised::Component { segment: self.layout.name.into(), element, component, text });
    }

    /// Where the segment ends.
    pub(crate) fn end(&self) -> u64 {
        self.cursor.segment().span().end - u64::from(self.cursor.segment().is_terminated())
    }

    /// Reports and keeps what is left of the segment, and returns all that was kept.
    #[inline]
    pub(crate) fn finish(mut self) -> Vec<Unrecognised<'a>> {
        while let Some(placed) = self.advance_placed() {
            if !placed.content.is_empty() {
                self.surplus(&placed);
            }
        }
        if let Some(trailing) = self.trailing.filter(|_| !self.trailing_allowed) {
            self.report_trailing(trailing);
        }
        self.kept
    }
}

/// Reports misplaced release characters, line breaks and characters outside level A, component by component.
pub(crate) fn check_characters(segment: &Segment<'_, '_>, reporter: &mut Reporter<'_>) {
    // Release characters are of level A, so the raw bytes can be tested.
    let level_a = all_level_a(segment.raw());
    let any_repertoire = reporter.any_repertoire;
    for placed in segment.cursor().filter(|placed| !level_a || placed.content.has_release()) {
        let faults = Faults::of(&placed.content);
        for (kind, at) in faults.kinds().into_iter().flatten() {
            if !(any_repertoire && matches!(kind, ErrorKind::Repertoire { .. })) {
                let offset = placed.content.offset() + at as u64;
                reporter.component(kind, placed.element, placed.component, offset);
            }
        }
    }
}

/// Where in a component the first character of each offending kind stands.
#[derive(Default)]
struct Faults {
    superfluous: Option<usize>,
    dangling: Option<usize>,
    line_break: Option<usize>,
    outside: Option<(usize, CharacterClass)>,
}

impl Faults {
    fn of(content: &Part<'_, '_>) -> Self {
        let (raw, advice) = (content.raw(), content.service_string_advice());
        crate::cost::count(raw.len());
        let mut faults = Self::default();
        let mut at = 0;
        while let Some(byte) = raw.get(at) {
            if Some(*byte) == advice.release() {
                match raw.get(at + 1) {
                    Some(next) if advice.needs_release(*next) => {}
                    Some(next) if advice.can_be_released(*next) => _ = faults.superfluous.get_or_insert(at),
                    _ => _ = faults.dangling.get_or_insert(at),
                }
                at += 1;
            }
            faults.note(raw, at);
            at += 1;
        }
        faults
    }

    /// Records a character that is not released.
    fn note(&mut self, raw: &[u8], at: usize) {
        match raw.get(at) {
            None => {}
            Some(b'\r' | b'\n') => _ = self.line_break.get_or_insert(at),
            Some(byte) if is_level_a(*byte) => {}
            Some(_) => _ = self.outside.get_or_insert_with(|| (at, CharacterClass::of(character_at(&raw[at..])))),
        }
    }

    fn kinds(&self) -> [Option<(ErrorKind, usize)>; 4] {
        [
            self.superfluous.map(|at| (ErrorKind::SuperfluousRelease, at)),
            self.dangling.map(|at| (ErrorKind::DanglingRelease, at)),
            self.line_break.map(|at| (ErrorKind::BreakInSegment, at)),
            self.outside.map(|(at, class)| (ErrorKind::Repertoire { class }, at)),
        ]
    }
}
