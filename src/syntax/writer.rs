//! Writes segments.

use alloc::vec::Vec;

use super::boundary;
use super::literal::GapLiteral;
use super::pen::{Output, is_released, release, unrepresentable};
use super::{Component, Pen, Segment, SegmentReader, SegmentTag, ServiceStringAdvice};
use crate::error::{Error, ErrorKind, Location};

/// The line break between segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub enum LineBreak {
    /// Nothing.
    None,
    /// A line feed, as in published samples.
    #[default]
    Lf,
    /// A carriage return and a line feed.
    CrLf,
}

impl LineBreak {
    /// The line break between the first two segments of `input`, and whether one ends it.
    ///
    /// ```
    /// use nhais_edifact::syntax::LineBreak;
    ///
    /// assert_eq!(LineBreak::of(b"UNH+1'\r\nUNT+2+1'"), (LineBreak::CrLf, false));
    /// ```
    pub fn of(input: &[u8]) -> (Self, bool) {
        let mut reader = SegmentReader::new(input);
        let mut next = || reader.next_segment().ok().flatten().map(|segment| (segment.offset(), segment.gap_len()));
        let gap = next().and_then(|_| next()).and_then(|(start, len)| {
            let start = usize::try_from(start).ok()?;
            input.get(start.checked_sub(len)?..start)
        });
        let line_break = match gap.unwrap_or_default() {
            gap if gap.contains(&b'\r') => Self::CrLf,
            gap if gap.contains(&b'\n') => Self::Lf,
            _ => Self::None,
        };
        (line_break, input.ends_with(b"\n"))
    }

    fn gap(self) -> GapLiteral {
        match self {
            Self::None => GapLiteral::EMPTY,
            Self::Lf => const { GapLiteral::EMPTY.line_break(b"\n") },
            Self::CrLf => const { GapLiteral::EMPTY.line_break(b"\r\n") },
        }
    }
}

/// Writes segments into a buffer, releasing what must be released.
///
/// The output is read back by [`SegmentReader`] as the same segments; a segment that would not be is an error. A
/// segment is written whole or, on an error, not at all.
///
/// Separators are written when something follows them, so that a segment ends in separators only if
/// [`keep_empty`](SegmentBody::keep_empty) asks for it.
///
/// ```
/// use nhais_edifact::syntax::{LineBreak, SegmentWriter};
///
/// let mut buffer = Vec::new();
/// let mut writer = SegmentWriter::new(&mut buffer).line_break(LineBreak::None);
/// writer.write("PNA", &[&["PAT"], &[], &[], &[], &["SU", "O'DELL"], &[]])?;
/// writer.segment("NAD", |segment| {
///     segment.element().component("BY")?;
///     segment.element().component("5412345000013")?.component("")?.component("9")?;
///     Ok(())
/// })?;
/// assert_eq!(buffer, b"PNA+PAT++++SU:O?'DELL'NAD+BY+5412345000013::9'");
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub struct SegmentWriter<'o> {
    out: Output<'o>,
    advice: ServiceStringAdvice,
    line_break: LineBreak,
    /// Whether a segment was written.
    begun: bool,
    /// The line break before the next segment; none before the first.
    gap: GapLiteral,
    count: u64,
    /// A service string advice is to be written before the next segment.
    is_advised: bool,
    place: Surroundings,
}

/// Where among interchanges the next segment stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Surroundings {
    /// Nothing was written yet.
    Start,
    /// Behind a trailer.
    Boundary,
    /// Where an interchange is expected, behind something else.
    Text,
    Interchange,
}

impl<'o> SegmentWriter<'o> {
    /// Appends to `out`, with the service characters of level A and line feeds.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        Self {
            out: Output::new(out),
            advice: ServiceStringAdvice::LEVEL_A,
            line_break: LineBreak::default(),
            begun: false,
            gap: GapLiteral::EMPTY,
            count: 0,
            is_advised: false,
            place: Surroundings::Start,
        }
    }

    /// Uses other service characters; [`advice`](Self::advice) writes the service string advice that declares them.
    #[must_use]
    pub fn service_string_advice(mut self, advice: ServiceStringAdvice) -> Self {
        self.advice = advice;
        self.set_gap();
        self
    }

    /// Puts this between segments; nothing where a carriage return or a line feed is a service character.
    #[must_use]
    pub fn line_break(mut self, line_break: LineBreak) -> Self {
        self.line_break = line_break;
        self.set_gap();
        self
    }

    /// Writes a service string advice before the next segment, which must be the first of all, or UNB. A second call
    /// has no effect.
    pub fn advice(&mut self) -> &mut Self {
        self.is_advised = true;
        self
    }

    /// Writes a segment: its tag, and the components of its data elements. Empty ones at the end are left out.
    ///
    /// ```
    /// use nhais_edifact::syntax::SegmentWriter;
    ///
    /// let mut buffer = Vec::new();
    /// let mut writer = SegmentWriter::new(&mut buffer);
    /// writer.write("NAD", &[&["BY"], &["5412345000013", "", "9"]])?;
    /// let error = writer.write("NAD", &[&["SE"], &["PRAHA", "VELK\u{C1}", "MAL\u{16F}"]]).err().unwrap();
    /// assert_eq!(error.to_string(), "expected characters that can be written, but found another at NAD 2.3 (segment 2)");
    /// assert_eq!(buffer, b"NAD+BY+5412345000013::9'");
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`segment`](Self::segment).
    pub fn write(&mut self, tag: impl AsRef<str>, elements: &[&[&str]]) -> Result<&mut Self, Error> {
        self.segment(tag, |segment| {
            for components in elements {
                segment.element();
                for component in *components {
                    segment.component(component)?;
                }
            }
            Ok(())
        })
    }

    /// Writes a segment, whose data elements `write` adds.
    ///
    /// # Errors
    ///
    /// With the number of the segment, counting all that were written from 1, its tag and, where there is one, the
    /// place in it:
    ///
    /// * [`ErrorKind::InvalidTag`]: the tag is none, or that of a service string advice;
    /// * [`ErrorKind::Unrepresentable`]: a character beyond ISO 8859-1, or a service character where no release
    ///   character is in use; UNB, or what follows UNZ, without the service string advice that it needs; a line break
    ///   and `UNA` or `UNB` in UNB or outside interchanges, where another interchange would begin;
    /// * [`ErrorKind::SegmentOrder`]: a [service string advice](Self::advice) is to be written before it, which stands
    ///   in an interchange then;
    /// * the error of `write`.
    pub fn segment(
        &mut self,
        tag: impl AsRef<str>,
        write: impl FnOnce(&mut SegmentBody<'_, 'o>) -> Result<(), Error>,
    ) -> Result<&mut Self, Error> {
        let tag = SegmentTag::parse(tag.as_ref().as_bytes()).filter(|tag| tag.bytes() != *b"UNA");
        self.whole(tag, |segment| {
            let tag = tag.ok_or_else(|| segment.error(ErrorKind::InvalidTag))?;
            segment.writer.out.text().extend_from_slice(&tag.bytes());
            segment.place = (0, 1);
            write(segment)
        })
    }

    /// Copies a segment that was read, trailing separators included, translating service characters where they
    /// differ.
    ///
    /// Released characters stay text: `?*` is released by a writer whose characters have no repetition separator, too,
    /// since in syntax version 4 the asterisk is one without being declared. A repetition separator becomes that of the
    /// writer.
    ///
    /// # Errors
    ///
    /// As [`segment`](Self::segment); the tag may be none.
    pub fn copy(&mut self, segment: &Segment<'_, '_>) -> Result<&mut Self, Error> {
        let from = segment.service_string_advice();
        self.whole(segment.tag(), |copy| {
            for component in segment.element(0).components() {
                copy.copy(&component, from)?;
            }
            for element in segment.elements() {
                copy.element().keep_empty();
                for component in element.components() {
                    copy.copy(&component, from)?;
                }
            }
            Ok(())
        })
    }

    /// Writes a segment whole, or restores the state before.
    fn whole(
        &mut self,
        tag: Option<SegmentTag>,
        write: impl FnOnce(&mut SegmentBody<'_, 'o>) -> Result<(), Error>,
    ) -> Result<&mut Self, Error> {
        let before = (self.out.text().len(), self.begun, self.gap);
        let mut body = SegmentBody { writer: self, tag, place: (0, 0), elements: 0, components: 0, failure: None };
        let written = body.write_whole(write);
        match written {
            Ok(()) => {
                self.is_advised = false;
                self.place = match tag.map(SegmentTag::bytes).as_ref() {
                    Some(b"UNB") => Surroundings::Interchange,
                    Some(b"UNZ") => Surroundings::Boundary,
                    _ if self.place == Surroundings::Interchange => self.place,
                    _ => Surroundings::Text,
                };
                self.out.text().push(self.advice.terminator());
                self.count += 1;
                Ok(self)
            }
            Err(error) => {
                self.out.text().truncate(before.0);
                (self.begun, self.gap) = (before.1, before.2);
                Err(error)
            }
        }
    }

    /// Begins a segment of level A; it becomes part of the output with [`keep`](Self::keep).
    #[inline(always)]
    pub(crate) fn begin(&mut self) -> Option<Pen<'_>> {
        self.out.begin(&self.gap)
    }

    /// Commits the segment of `len` bytes that was written last.
    #[inline(always)]
    pub(crate) fn keep(&mut self, len: usize) {
        self.out.keep(len);
        self.begin_segment();
        self.count += 1;
    }

    /// Removes the last segment, which with the line break before it begins at `start`.
    pub(crate) fn take_back(&mut self, start: usize) -> Vec<u8> {
        self.count -= 1;
        self.out.text().split_off(start)
    }

    /// Writes a segment in place of one that was removed.
    pub(crate) fn put_back(&mut self, segment: &[u8]) {
        self.count += 1;
        self.out.text().extend_from_slice(segment);
    }

    /// Writes a segment that is in wire form already, without its terminator.
    pub(crate) fn raw(&mut self, text: &str) -> Result<(), Error> {
        let mut pen = self.begin().ok_or_else(unrepresentable)?;
        if let Err(error) = pen.unreleased(text) {
            pen.give_up();
            return Err(error);
        }
        let len = pen.end();
        self.keep(len);
        Ok(())
    }

    /// Whether the segment before, whose tag is UNA, would become a service string advice if `wire` followed: one is
    /// recognised by the UNB behind it.
    pub(crate) fn would_end_advice(&self, wire: &str) -> bool {
        let Some(rest) = wire.strip_prefix("UNB") else { return false };
        let written = self.out.written();
        let start = written.len().saturating_sub(ServiceStringAdvice::LEN);
        let gap = self.full_gap();
        let before = [&written[start..], gap.as_bytes()].concat();
        // The line break may be the last of the nine bytes, or stand behind them.
        (0..=gap.as_bytes().len()).any(|behind| {
            let nine = before[..before.len() - behind].last_chunk::<{ ServiceStringAdvice::LEN }>();
            let advice = nine.and_then(|nine| ServiceStringAdvice::parse(nine));
            advice.is_some_and(|advice| rest.as_bytes().first() == Some(&advice.element_separator()))
        })
    }

    /// All that was written into the buffer.
    pub(crate) fn written(&self) -> &[u8] {
        self.out.written()
    }

    /// Cuts off the room for further segments.
    #[inline]
    pub(crate) fn close(&mut self) {
        self.out.text();
    }

    /// How many segments were written so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Restarts the count, at a message header.
    pub(crate) fn restart_count(&mut self) {
        self.count = 0;
    }

    /// Ends the text with a line break.
    pub(crate) fn finish(&mut self) {
        let gap = self.full_gap();
        self.out.text().extend_from_slice(gap.as_bytes());
    }

    /// A line break precedes the next segment.
    #[inline]
    fn begin_segment(&mut self) {
        if !self.begun {
            self.begun = true;
            self.set_gap();
        }
    }

    #[inline(never)]
    fn set_gap(&mut self) {
        self.gap = if self.begun { self.full_gap() } else { GapLiteral::EMPTY };
    }

    /// The line break between two segments, if the reader ignores it there.
    fn full_gap(&self) -> GapLiteral {
        if self.advice.breaks_are_data() { self.line_break.gap() } else { GapLiteral::EMPTY }
    }

    #[inline]
    fn break_line(&mut self) {
        self.out.text().extend_from_slice(self.gap.as_bytes());
        self.begin_segment();
    }

    #[inline]
    fn text(&mut self, text: &str) -> Result<(), Error> {
        let advice = self.advice;
        if text.bytes().all(|byte| byte.is_ascii() && !is_released(byte, advice)) {
            self.out.text().extend_from_slice(text.as_bytes());
            return Ok(());
        }
        let out = self.out.text();
        release(text, advice, |byte| out.push(byte))
    }

    fn byte(&mut self, byte: u8, released: bool) -> Result<(), Error> {
        if released {
            let release = self.advice.release().ok_or_else(unrepresentable)?;
            self.out.text().push(release);
        }
        self.out.text().push(byte);
        Ok(())
    }

    /// Whether the segment at `start` would be read back as something else; `begins` if it begins an interchange.
    fn is_misread(&self, start: usize, begins: bool) -> bool {
        let (before, segment) = self.out.written().split_at(start);
        // An advice before it may declare the characters, too.
        let gap = before.iter().rev().take_while(|byte| self.advice.is_break(**byte)).count();
        let ends_in_advice = before[..before.len() - gap].ends_with(&self.advice.render());
        let is_declared = self.is_advised || (self.place == Surroundings::Start && ends_in_advice);
        // Lines in UNB, in trailers and outside interchanges may begin an interchange.
        let is_text =
            begins || self.place != Surroundings::Interchange || boundary::is_trailer_at(segment, self.advice);
        let is_interchange = |at: usize| {
            matches!(segment[at..].first_chunk(), Some(b"UNA" | b"UNB"))
                && boundary::begins_line(&segment[..at], self.advice)
        };
        segment.starts_with(b"UNA")
            || segment.first().is_some_and(|byte| self.advice.is_blank(*byte))
            || (segment.starts_with(b"UNB") && !self.advice.is_known_by(segment, is_declared))
            || (self.place == Surroundings::Boundary && !begins && !is_declared && !self.advice.is_default())
            || (is_text && (1..segment.len()).any(is_interchange))
    }
}

/// The data elements of a segment that is being written.
///
/// Only what has a method here can be written into a segment. After an error nothing further is written, and the
/// segment returns that error.
pub struct SegmentBody<'w, 'o> {
    writer: &'w mut SegmentWriter<'o>,
    tag: Option<SegmentTag>,
    /// The component that was written last, element and place in it; 0 before the first.
    place: (u16, u16),
    /// Separators not written yet.
    elements: usize,
    components: usize,
    failure: Option<Error>,
}

impl SegmentBody<'_, '_> {
    /// Begins the next data element.
    pub fn element(&mut self) -> &mut Self {
        self.elements += 1;
        self.components = 0;
        self.place = (self.place.0.saturating_add(1), 0);
        self
    }

    /// Writes the next component of the data element, which may be empty. Before the first element it is a counter of
    /// explicit nesting: `TAG:1`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unrepresentable`]: a character beyond ISO 8859-1, or a service character where no release
    /// character is in use.
    pub fn component(&mut self, text: &str) -> Result<&mut Self, Error> {
        self.add(text.is_empty(), |writer| writer.text(text))
    }

    /// Writes pending separators, even if nothing follows them.
    pub fn keep_empty(&mut self) -> &mut Self {
        let advice = self.writer.advice;
        let out = self.writer.out.text();
        out.resize(out.len() + self.elements, advice.element_separator());
        out.resize(out.len() + self.components, advice.component_separator());
        (self.elements, self.components) = (0, 0);
        self
    }

    /// Copies a component, with the separator before it.
    fn copy(&mut self, component: &Component<'_>, from: ServiceStringAdvice) -> Result<(), Error> {
        let mut bytes = component.raw().iter().copied();
        let copied = self.add(false, |writer| {
            while let Some(byte) = bytes.next() {
                let released = Some(byte) == from.release();
                let Some(data) = (if released { bytes.next() } else { Some(byte) }) else { break };
                let (data, released) = from.translated(data, released, writer.advice).ok_or_else(unrepresentable)?;
                writer.byte(data, released)?;
            }
            Ok(())
        });
        copied.map(|_| ())
    }

    /// Goes to the next component, and writes it and the separators before it if it is not empty.
    fn add(
        &mut self,
        is_empty: bool,
        write: impl FnOnce(&mut SegmentWriter<'_>) -> Result<(), Error>,
    ) -> Result<&mut Self, Error> {
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        self.components += usize::from(self.place.1 > 0);
        self.place.1 = self.place.1.saturating_add(1);
        if is_empty {
            return Ok(self);
        }
        self.keep_empty();
        match write(self.writer) {
            Ok(()) => Ok(self),
            Err(error) => {
                let (element, component) = self.place;
                let place = Location { element: Some(element), component: Some(component), ..self.location() };
                Err(*self.failure.insert(Error::new(error.kind(), place)))
            }
        }
    }

    /// Writes what stands before the segment, and the segment.
    fn write_whole(&mut self, write: impl FnOnce(&mut Self) -> Result<(), Error>) -> Result<(), Error> {
        let begins = self.tag.is_some_and(|tag| tag.bytes() == *b"UNB");
        if self.writer.is_advised {
            if !begins && matches!(self.writer.place, Surroundings::Text | Surroundings::Interchange) {
                return Err(self.error(ErrorKind::SegmentOrder));
            }
            self.writer.break_line();
            let advice = self.writer.advice.render();
            self.writer.out.text().extend_from_slice(&advice);
        }
        self.writer.break_line();
        let start = self.writer.out.text().len();
        write(self)?;
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        if self.writer.is_misread(start, begins) { Err(self.error(ErrorKind::Unrepresentable)) } else { Ok(()) }
    }

    fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, self.location())
    }

    fn location(&self) -> Location {
        let segment = u32::try_from(self.writer.count).unwrap_or(u32::MAX).saturating_add(1);
        Location { segment: Some(segment), tag: self.tag, ..Location::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_can_be_chosen_between_segments() {
        let mut out = Vec::new();
        let mut writer = SegmentWriter::new(&mut out);
        for line_break in [LineBreak::None, LineBreak::CrLf, LineBreak::Lf] {
            writer = writer.line_break(line_break);
            writer.write("PDI", &[]).unwrap();
            writer.raw("S01").unwrap();
            writer.close();
        }
        assert_eq!(out, b"PDI'S01'\r\nPDI'\r\nS01'\nPDI'\nS01'");
    }
}
