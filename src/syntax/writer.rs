//! Writing segments.

use alloc::vec::Vec;

use super::draft::Output;
use super::{Draft, Literal, Segment, SegmentReader, SegmentTag, ServiceStringAdvice};
use crate::error::{Error, ErrorKind, Location};

const LEVEL_A: ServiceStringAdvice = ServiceStringAdvice::LEVEL_A;

/// Room for what stands before the first value of a segment, for what stands before any other, and for what stands behind
/// the only value of a segment.
const LEAD: usize = 16;
const QUALIFIER: usize = 8;
const CLOSE: usize = 24;

/// A line break.
pub(super) type Gap = Literal<2>;

/// What of a segment stands before its first value.
pub(crate) type Lead = Literal<LEAD>;

/// What stands directly before a value, be it separators or a qualifier.
pub(crate) type Qualifier = Literal<QUALIFIER>;

/// What of a segment stands behind its only value.
pub(crate) type Close = Literal<CLOSE>;

/// What stands between segments.
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
    /// What stands between the first two segments of `input`, and whether a line break ends it.
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

    fn gap(self) -> Gap {
        match self {
            Self::None => Gap::EMPTY,
            Self::Lf => const { Gap::EMPTY.line_break(b"\n") },
            Self::CrLf => const { Gap::EMPTY.line_break(b"\r\n") },
        }
    }
}

/// Writes segments into a buffer, releasing what must be released.
///
/// Separators are written when something follows them, so that a segment never ends in separators unless
/// [`keep_empty`](Self::keep_empty) asks for it.
///
/// ```
/// use nhais_edifact::syntax::{LineBreak, SegmentTag, SegmentWriter};
///
/// let mut buffer = Vec::new();
/// let mut writer = SegmentWriter::new(&mut buffer).line_break(LineBreak::None);
/// writer.segment(SegmentTag::parse(b"PNA").unwrap());
/// writer.element().component("PAT")?;
/// writer.element().element();
/// writer.element().component("SU")?.component("O'DELL")?;
/// writer.element();
/// writer.end();
/// assert_eq!(buffer, b"PNA+PAT+++SU:O?'DELL'");
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub struct SegmentWriter<'o> {
    out: Output<'o>,
    advice: ServiceStringAdvice,
    line_break: LineBreak,
    /// Whether a segment was written.
    begun: bool,
    /// What precedes the next segment: a line break, but for the first.
    gap: Gap,
    /// Separators not written yet.
    elements: usize,
    components: usize,
    /// Whether the current element has a component already.
    in_element: bool,
    count: u64,
}

impl<'o> SegmentWriter<'o> {
    /// Appends to `out`, with the service characters of level A and line feeds.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        Self {
            out: Output::new(out),
            advice: ServiceStringAdvice::LEVEL_A,
            line_break: LineBreak::default(),
            begun: false,
            gap: Gap::EMPTY,
            elements: 0,
            components: 0,
            in_element: false,
            count: 0,
        }
    }

    /// Uses other service characters; [`advice`](Self::advice) writes the service string advice that declares them.
    #[must_use]
    pub fn service_string_advice(mut self, advice: ServiceStringAdvice) -> Self {
        self.advice = advice;
        self
    }

    /// Puts this between segments.
    #[must_use]
    pub fn line_break(mut self, line_break: LineBreak) -> Self {
        self.line_break = line_break;
        if self.begun {
            self.gap = line_break.gap();
        }
        self
    }

    /// Writes the service string advice.
    pub fn advice(&mut self) -> &mut Self {
        self.break_line();
        let advice = self.advice.render();
        self.out.text().extend_from_slice(&advice);
        self
    }

    /// Begins a segment.
    pub fn segment(&mut self, tag: SegmentTag) -> &mut Self {
        self.break_line();
        self.out.text().extend_from_slice(tag.as_str().as_bytes());
        (self.elements, self.components, self.in_element) = (0, 0, true);
        self
    }

    /// Begins the next data element.
    #[inline]
    pub fn element(&mut self) -> &mut Self {
        self.elements += 1;
        self.components = 0;
        self.in_element = false;
        self
    }

    /// Writes the next component of the data element, which may be empty.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Unrepresentable`]: a character beyond ISO 8859-1, or a service character where no release
    /// character is in use.
    #[inline]
    pub fn component(&mut self, text: &str) -> Result<&mut Self, Error> {
        if self.in_element {
            self.components += 1;
        }
        self.in_element = true;
        if !text.is_empty() {
            self.keep_empty();
            self.text(text)?;
        }
        Ok(self)
    }

    /// Writes the separators that wait for something to follow them.
    #[inline]
    pub fn keep_empty(&mut self) -> &mut Self {
        let separators =
            [(self.elements, self.advice.element_separator()), (self.components, self.advice.component_separator())];
        let out = self.out.text();
        for (count, separator) in separators {
            for _ in 0..count {
                out.push(separator);
            }
        }
        (self.elements, self.components) = (0, 0);
        self
    }

    /// Ends the segment.
    #[inline]
    pub fn end(&mut self) -> &mut Self {
        (self.elements, self.components) = (0, 0);
        self.out.text().push(self.advice.terminator());
        self.count += 1;
        self
    }

    /// Copies a segment that was read, trailing separators included, translating service characters where they
    /// differ.
    ///
    /// # Errors
    ///
    /// As [`component`](Self::component).
    pub fn copy(&mut self, segment: &Segment<'_, '_>) -> Result<&mut Self, Error> {
        self.break_line();
        (self.elements, self.components, self.in_element) = (0, 0, false);
        for component in segment.element(0).components() {
            self.component(&component.text())?.keep_empty();
        }
        for element in segment.elements() {
            self.element().keep_empty();
            for component in element.components() {
                self.component(&component.text())?.keep_empty();
            }
        }
        Ok(self.end())
    }

    /// Writes a segment that is in wire form already, without its terminator.
    pub(crate) fn raw(&mut self, text: &str) -> Result<(), Error> {
        self.break_line();
        self.unreleased(text)?;
        self.end();
        Ok(())
    }

    /// Writes the components of an element that are in wire form already.
    pub(crate) fn raw_components(&mut self, text: &str) -> Result<(), Error> {
        self.unreleased(text)
    }

    /// Begins a segment of plain text, with the service characters of level A.
    #[inline]
    pub(crate) fn draft(&mut self) -> Option<Draft<'_>> {
        self.out.draft(&self.gap)
    }

    /// Writes a draft, which has so many bytes.
    #[inline]
    pub(crate) fn keep(&mut self, len: usize) {
        self.out.keep(len);
        self.begin_segment();
        self.count += 1;
    }

    /// Begins a segment with what of it is known beforehand; for level A, as all that follows up to
    /// [`released`](Self::released).
    pub(crate) fn begin(&mut self, head: &Lead) {
        self.break_line();
        self.out.text().extend_from_slice(head.as_bytes());
    }

    /// Writes the separators between two places.
    pub(crate) fn separators(&mut self, elements: u16, components: u16) {
        let out = self.out.text();
        for (separator, count) in [(LEVEL_A.element_separator(), elements), (LEVEL_A.component_separator(), components)]
        {
            out.resize(out.len() + usize::from(count), separator);
        }
    }

    /// Writes text, releasing what must be released.
    pub(crate) fn released(&mut self, text: &str) -> Result<(), Error> {
        self.text(text)
    }

    /// Whether the segment before, which is called UNA, would be a service string advice if `wire` followed: one is
    /// known by the UNB behind it.
    pub(crate) fn would_end_advice(&self, wire: &str) -> bool {
        let Some(rest) = wire.strip_prefix("UNB") else { return false };
        let written = self.out.written();
        let start = written.len().saturating_sub(ServiceStringAdvice::LEN);
        let before = [&written[start..], self.line_break.gap().as_bytes()].concat();
        // The line break may be the last of the nine bytes, or stand behind them.
        (0..=self.line_break.gap().as_bytes().len()).any(|behind| {
            let nine = before[..before.len() - behind].last_chunk::<{ ServiceStringAdvice::LEN }>();
            let advice = nine.and_then(|nine| ServiceStringAdvice::parse(nine));
            advice.is_some_and(|advice| rest.as_bytes().first() == Some(&advice.element_separator()))
        })
    }

    /// All that was written into the buffer.
    pub(crate) fn written(&self) -> &[u8] {
        self.out.written()
    }

    /// Cuts off the room for drafts.
    #[inline]
    pub(crate) fn close(&mut self) {
        self.out.text();
    }

    /// How many segments were written so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Starts counting anew, at a message header.
    pub(crate) fn restart_count(&mut self) {
        self.count = 0;
    }

    /// Ends the text with a line break.
    pub(crate) fn finish(&mut self) {
        self.out.text().extend_from_slice(self.line_break.gap().as_bytes());
    }

    /// A line break precedes the next segment.
    #[inline]
    fn begin_segment(&mut self) {
        if !self.begun {
            self.begun = true;
            self.gap = self.line_break.gap();
        }
    }

    #[inline]
    fn break_line(&mut self) {
        self.out.text().extend_from_slice(self.gap.as_bytes());
        self.begin_segment();
    }

    #[inline]
    fn text(&mut self, text: &str) -> Result<(), Error> {
        let advice = self.advice;
        if text.bytes().all(|byte| byte.is_ascii() && !advice.is_service(byte)) {
            self.out.text().extend_from_slice(text.as_bytes());
            return Ok(());
        }
        for character in text.chars() {
            let byte = latin1(character)?;
            if advice.is_service(byte) {
                self.out.text().push(advice.release().ok_or_else(unrepresentable)?);
            }
            self.out.text().push(byte);
        }
        Ok(())
    }

    fn unreleased(&mut self, text: &str) -> Result<(), Error> {
        if text.is_ascii() {
            self.out.text().extend_from_slice(text.as_bytes());
            return Ok(());
        }
        for character in text.chars() {
            self.out.text().push(latin1(character)?);
        }
        Ok(())
    }
}

fn latin1(character: char) -> Result<u8, Error> {
    u8::try_from(character).map_err(|_| unrepresentable())
}

fn unrepresentable() -> Error {
    Error::new(ErrorKind::Unrepresentable, Location::default())
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
            writer.segment(SegmentTag::of_name("PDI")).end();
            writer.begin(&Lead::EMPTY.text("S01"));
            writer.end();
        }
        assert_eq!(out, b"PDI'S01'\r\nPDI'\r\nS01'\nPDI'\nS01'");
    }
}
