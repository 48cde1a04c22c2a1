//! Writing segments.

use alloc::vec::Vec;

use super::room::Room;
use super::{Digits, Literal, Plain, Segment, SegmentReader, SegmentTag, ServiceStringAdvice};
use crate::error::{Error, ErrorKind, Location};

const LEVEL_A: ServiceStringAdvice = ServiceStringAdvice::LEVEL_A;

/// Room for a line break, for what stands before the first value of a segment, for what stands before any other, for a
/// short text, and for what stands behind the only value of a segment.
const GAP: usize = 2;
const LEAD: usize = 16;
const QUALIFIER: usize = 8;
const WORDS: usize = 16;
const CLOSE: usize = 24;

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

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::None => b"",
            Self::Lf => b"\n",
            Self::CrLf => b"\r\n",
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
    out: &'o mut Vec<u8>,
    advice: ServiceStringAdvice,
    line_break: LineBreak,
    /// Whether a segment was written, so that a line break precedes the next.
    begun: bool,
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
            out,
            advice: ServiceStringAdvice::LEVEL_A,
            line_break: LineBreak::default(),
            begun: false,
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
        self
    }

    /// Writes the service string advice.
    pub fn advice(&mut self) -> &mut Self {
        self.break_line();
        let advice = self.advice.render();
        self.out.extend_from_slice(&advice);
        self
    }

    /// Begins a segment.
    pub fn segment(&mut self, tag: SegmentTag) -> &mut Self {
        self.break_line();
        self.out.extend_from_slice(tag.as_str().as_bytes());
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
        for (count, separator) in separators {
            for _ in 0..count {
                self.out.push(separator);
            }
        }
        (self.elements, self.components) = (0, 0);
        self
    }

    /// Ends the segment.
    #[inline]
    pub fn end(&mut self) -> &mut Self {
        (self.elements, self.components) = (0, 0);
        self.out.push(self.advice.terminator());
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

    /// Writes a segment of one plain text between what is known beforehand; for level A, as all that follows up to
    /// [`released`](Self::released).
    #[inline]
    pub(crate) fn segment_around(&mut self, lead: &Lead, text: Plain<'_>, close: &Close) {
        match text {
            Plain::Short(text, len) => self.frame(lead, &text, len, close),
            Plain::Long(text) => self.frame_long(lead, text, close),
        }
    }

    #[inline(never)]
    fn frame_long(&mut self, lead: &Lead, text: &[u8], close: &Close) {
        self.begin(lead);
        self.out.extend_from_slice(text);
        self.literal(close);
        self.count += 1;
    }

    /// The same around a number.
    #[inline]
    pub(crate) fn segment_around_digits(&mut self, lead: &Lead, digits: Digits, close: &Close) {
        self.frame(lead, digits.room(), digits.len(), close);
    }

    /// Writes a segment that is known beforehand.
    pub(crate) fn segment_of(&mut self, lead: &Lead, close: &Close) {
        self.frame(lead, &[], 0, close);
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as `Plain::of`")]
    fn frame<const TEXT: usize>(&mut self, lead: &Lead, text: &[u8; TEXT], len: usize, close: &Close) {
        let gap = self.gap();
        let start = self.out.len();
        let Some(mut room) = Room::<{ GAP + LEAD + WORDS + CLOSE }>::behind(self.out) else { return };
        room.put(&gap.0, gap.1);
        room.put(lead.room(), lead.len());
        room.put(text, len);
        room.put(close.room(), close.len());
        let end = start + room.used();
        self.out.truncate(end);
        self.count += 1;
    }

    /// Begins a segment with what of it is known beforehand.
    #[inline]
    pub(crate) fn begin(&mut self, head: &Lead) {
        let gap = self.gap();
        let start = self.out.len();
        let Some(mut room) = Room::<{ GAP + LEAD }>::behind(self.out) else { return };
        room.put(&gap.0, gap.1);
        room.put(head.room(), head.len());
        let end = start + room.used();
        self.out.truncate(end);
    }

    /// Writes what is known beforehand.
    #[inline]
    pub(crate) fn literal<const ROOM: usize>(&mut self, literal: &Literal<ROOM>) {
        let start = self.out.len();
        let Some(mut room) = Room::<ROOM>::behind(self.out) else { return };
        room.put(literal.room(), literal.len());
        let end = start + room.used();
        self.out.truncate(end);
    }

    /// Writes plain text behind separators: those of so many new elements, then those of so many new components.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as `Plain::of`")]
    pub(crate) fn plain_text_behind(&mut self, elements: u16, components: u16, text: Plain<'_>) {
        if components <= 8 {
            let separators = Qualifier::of_room([LEVEL_A.component_separator(); QUALIFIER], components);
            self.plain_text(elements, &separators, text);
        } else {
            self.separators(elements, components);
            self.plain_text(0, &Qualifier::EMPTY, text);
        }
    }

    /// Writes plain text behind the separators of so many new elements and what is known beforehand.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as `Plain::of`")]
    pub(crate) fn plain_text(&mut self, elements: u16, lead: &Qualifier, text: Plain<'_>) {
        match text {
            Plain::Short(text, len) if elements <= 8 => {
                let start = self.out.len();
                let Some(mut room) = Room::<{ 8 + QUALIFIER + WORDS }>::behind(self.out) else { return };
                room.put(&[LEVEL_A.element_separator(); 8], usize::from(elements));
                room.put(lead.room(), lead.len());
                room.put(&text, len);
                let end = start + room.used();
                self.out.truncate(end);
            }
            Plain::Short(text, len) => self.any_text(elements, lead, &text[..len]),
            Plain::Long(text) => self.any_text(elements, lead, text),
        }
    }

    #[inline(never)]
    fn any_text(&mut self, elements: u16, lead: &Qualifier, text: &[u8]) {
        self.separators(elements, 0);
        self.literal(lead);
        self.out.extend_from_slice(text);
    }

    /// Writes the separators between two places.
    pub(crate) fn separators(&mut self, elements: u16, components: u16) {
        for (separator, count) in [(LEVEL_A.element_separator(), elements), (LEVEL_A.component_separator(), components)]
        {
            self.out.resize(self.out.len() + usize::from(count), separator);
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
        let start = self.out.len().saturating_sub(ServiceStringAdvice::LEN);
        let before = [&self.out[start..], self.line_break.bytes()].concat();
        // The line break may be the last of the nine bytes, or stand behind them.
        (0..=self.line_break.bytes().len()).any(|behind| {
            let nine = before[..before.len() - behind].last_chunk::<{ ServiceStringAdvice::LEN }>();
            let advice = nine.and_then(|nine| ServiceStringAdvice::parse(nine));
            advice.is_some_and(|advice| rest.as_bytes().first() == Some(&advice.element_separator()))
        })
    }

    /// All that was written into the buffer.
    pub(crate) fn written(&self) -> &[u8] {
        self.out
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
        self.out.extend_from_slice(self.line_break.bytes());
    }

    /// What stands between the segment before, if there is one, and the next.
    #[inline]
    fn gap(&mut self) -> ([u8; GAP], usize) {
        match self.line_break {
            _ if !core::mem::replace(&mut self.begun, true) => ([0; GAP], 0),
            LineBreak::None => ([0; GAP], 0),
            LineBreak::Lf => (*b"\n ", 1),
            LineBreak::CrLf => (*b"\r\n", 2),
        }
    }

    #[inline]
    fn break_line(&mut self) {
        let (text, len) = self.gap();
        self.out.extend_from_slice(&text[..len]);
    }

    #[inline]
    fn text(&mut self, text: &str) -> Result<(), Error> {
        let advice = self.advice;
        if text.bytes().all(|byte| byte.is_ascii() && !advice.is_service(byte)) {
            self.out.extend_from_slice(text.as_bytes());
            return Ok(());
        }
        for character in text.chars() {
            let byte = latin1(character)?;
            if advice.is_service(byte) {
                self.out.push(advice.release().ok_or_else(unrepresentable)?);
            }
            self.out.push(byte);
        }
        Ok(())
    }

    fn unreleased(&mut self, text: &str) -> Result<(), Error> {
        if text.is_ascii() {
            self.out.extend_from_slice(text.as_bytes());
            return Ok(());
        }
        for character in text.chars() {
            self.out.push(latin1(character)?);
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
