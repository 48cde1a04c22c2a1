//! The scanner: finds where segments, data elements and components end.
//!
//! For maintainers. This is the one file in which bytes of an interchange are searched. It is
//!
//! * total: every input splits into gaps and segments, nothing is refused but what exceeds a limit or a service
//!   string advice that contradicts itself;
//! * resumable: it stops when the input ends, at any byte, and goes on from there when there is more;
//! * one pass: a byte is looked at once, sixty-four at a time, as a mask of the places that need attention. A change of
//!   service characters drops the rest of the current mask and nothing else.
//!
//! What it finds goes as flat [`Mark`]s into a buffer of the caller.

use alloc::vec::Vec;

use super::ServiceStringAdvice;
use crate::error::ErrorKind;
use crate::options::Limits;

/// Where a component ends, what ends it, and whether a release character stands in it; 32 bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(u32);

/// What ends a component.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum End {
    Component,
    Element,
    Segment,
}

impl Mark {
    const RELEASED: u32 = 4;

    /// The largest distance from the start of its segment that a mark can tell.
    pub(crate) const MAX_POSITION: usize = (1 << 29) - 1;

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "segments are limited to MAX_POSITION")]
    fn new(position: usize, end: End, released: bool) -> Self {
        Self(((position as u32) << 3) | (u32::from(released) * Self::RELEASED) | end as u32)
    }

    /// Offset of the ending separator from the start of the segment.
    #[inline]
    pub(crate) fn position(self) -> usize {
        (self.0 >> 3) as usize
    }

    #[inline]
    pub(crate) fn end(self) -> End {
        match self.0 & 3 {
            0 => End::Component,
            1 => End::Element,
            _ => End::Segment,
        }
    }

    /// Whether the component before this mark holds a release character.
    #[inline]
    pub(crate) fn released(self) -> bool {
        self.0 & Self::RELEASED != 0
    }
}

/// One segment as the scanner found it, in offsets of the input it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) gap: Gap,
    /// Where the tag begins.
    pub(crate) start: usize,
    /// Where the terminator stands, or the input ends.
    pub(crate) end: usize,
    /// Whether there was a terminator.
    pub(crate) terminated: bool,
    /// Whether a release character stands in it.
    pub(crate) released: bool,
}

impl Found {
    /// The same, in offsets from the start of the segment.
    pub(crate) fn at_start(self) -> Self {
        Self { start: 0, end: self.end - self.start, ..self }
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

/// What stands between two segments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) len: usize,
    pub(crate) byte_order_mark: bool,
    pub(crate) advice: bool,
    /// Where the first space or tab stands, counting from the start of the gap and from 1; 0 if there is none.
    pub(crate) first_space: usize,
}

/// What a call to [`Scanner::scan`] came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scan {
    Segment(Found),
    /// The input ended first; call again with more of it, or with `last`.
    Incomplete,
    /// Nothing but a gap was left.
    End(Gap),
}

/// Where in the grammar of gaps and segments the scanner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Gap,
    Segment,
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
const BLOCK: usize = 64;

/// A resumable scanner; the input is handed to every call anew and may have grown at its end.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the place reached")]
pub(crate) struct Scanner {
    advice: ServiceStringAdvice,
    stops: [u8; 4],
    state: State,
    /// A service string advice may stand here without further evidence: start of input, or after UNZ.
    at_boundary: bool,
    gap: Gap,
    /// Where the segment begins, or how far its gap has been read.
    start: usize,
    /// Components of the current segment that were found so far.
    components: usize,
    /// Line breaks behind a segment without terminator.
    gap_after: usize,
    /// The segment is text that ends where an interchange begins.
    cut: bool,
    /// A release character stands in the current segment.
    any_released: bool,
    /// A release character stands in the current component.
    released: bool,
    /// The input ended on a release character.
    release_pending: bool,
    /// First byte of the block that `mask` describes.
    base: usize,
    /// Places in the block still to be visited.
    mask: u64,
    /// First byte that no mask has described yet.
    unmasked: usize,
    /// A byte beyond the block that is released.
    skip: usize,
    limits: Limits,
}

const NOTHING: usize = usize::MAX;

impl Scanner {
    pub(crate) fn new(mut limits: Limits) -> Self {
        limits.segment_length = limits.segment_length.min(Mark::MAX_POSITION);
        Self {
            advice: ServiceStringAdvice::LEVEL_A,
            stops: ServiceStringAdvice::LEVEL_A.stops(),
            state: State::Gap,
            at_boundary: true,
            gap: Gap::default(),
            start: 0,
            components: 0,
            gap_after: 0,
            cut: false,
            any_released: false,
            released: false,
            release_pending: false,
            base: 0,
            mask: 0,
            unmasked: 0,
            skip: NOTHING,
            limits,
        }
    }

    /// The service characters in force.
    pub(crate) fn advice(&self) -> ServiceStringAdvice {
        self.advice
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Where the segment being read begins, or how far its gap has been read; no byte before it is needed any more.
    pub(crate) fn oldest(&self) -> usize {
        self.start
    }

    /// Tells the scanner that the first `count` bytes of the input are gone, none of them still needed.
    pub(crate) fn forget(&mut self, count: usize) {
        self.start -= count;
        if count > self.base {
            self.mask = u32::try_from(count - self.base).ok().and_then(|gone| self.mask.checked_shr(gone)).unwrap_or(0);
        }
        self.base = self.base.saturating_sub(count);
        self.unmasked = self.unmasked.saturating_sub(count);
        if self.skip != NOTHING {
            self.skip = self.skip.saturating_sub(count);
        }
    }

    /// Finds the next segment and appends a mark per component to `marks`.
    ///
    /// With `last` the end of `input` is the end of everything. An incomplete segment leaves its marks in the buffer;
    /// the next call adds the others.
    ///
    /// # Errors
    ///
    /// With the offset: a limit is exceeded, or a service string advice contradicts itself.
    #[inline]
    pub(crate) fn scan(&mut self, input: &[u8], last: bool, marks: &mut Vec<Mark>) -> Result<Scan, (ErrorKind, usize)> {
        if self.state == State::Gap {
            if !self.read_gap(input, last)? {
                return Ok(if last { Scan::End(self.gap) } else { Scan::Incomplete });
            }
            self.state = State::Segment;
            self.components = 0;
            self.any_released = false;
        }
        let Some(end) = self.scan_components(input, last, marks)? else { return Ok(Scan::Incomplete) };
        let cut = core::mem::take(&mut self.cut);
        let terminated = !cut && end + self.gap_after < input.len();
        let found = Found { gap: self.gap, start: self.start, end, terminated, released: self.any_released };
        let segment = &input[self.start..end];
        self.at_boundary =
            cut || self.is_interchange_trailer(segment) || (self.at_boundary && self.says_nothing(segment));
        self.start = end + usize::from(terminated) + self.gap_after;
        self.gap = Gap { len: self.gap_after, ..Gap::default() };
        self.gap_after = 0;
        self.state = State::Gap;
        Ok(Scan::Segment(found))
    }

    /// Visits the service characters up to the end of the segment; `None` if the input ends first.
    #[inline]
    fn scan_components(
        &mut self,
        input: &[u8],
        last: bool,
        marks: &mut Vec<Mark>,
    ) -> Result<Option<usize>, (ErrorKind, usize)> {
        let [component, element, terminator, _] = self.stops;
        if self.release_pending && !self.release(input, self.unmasked - 1, last) {
            return self.input_ended(input, last, marks);
        }
        while let Some(at) = self.next_stop(input) {
            let byte = input[at];
            if at - self.start > self.limits.segment_length {
                return Err((ErrorKind::SegmentLength, self.start));
            }
            if byte == terminator {
                marks.push(Mark::new(at - self.start, End::Segment, self.released));
                self.released = false;
                return Ok(Some(at));
            }
            if byte == component || byte == element {
                if self.at_boundary
                    && let Some(begin) = self.interchange_in_text(input, at, marks)
                {
                    return Ok(Some(self.cut_text(input, begin, marks)));
                }
                let end = if byte == element { End::Element } else { End::Component };
                marks.push(Mark::new(at - self.start, end, self.released));
                self.released = false;
                self.components += 1;
                if self.components >= self.limits.components_per_segment {
                    return Err((ErrorKind::ComponentsPerSegment, self.start));
                }
            } else if !self.release(input, at, last) {
                break;
            }
        }
        self.input_ended(input, last, marks)
    }

    /// Where an interchange begins at the start of a line, in text that stands where one is expected; `at` is the first
    /// separator behind it.
    fn interchange_in_text(&self, input: &[u8], at: usize, marks: &[Mark]) -> Option<usize> {
        let from = if self.components > 0 { self.start + marks.last()?.position() + 1 } else { self.start };
        let text = &input[from..=at];
        crate::work::note(text.len());
        let begins = |(i, pair): (usize, &[u8])| {
            let rest = &text[i + 1..];
            let is_break = self.is_break(pair[0]) && pair[1] == b'U';
            let separator_follows = rest.len() == 4;
            let header = (rest.starts_with(b"UNA") || rest.starts_with(b"UNB")) && separator_follows;
            (is_break && (header || ServiceStringAdvice::parse(rest).is_some())).then_some(from + i + 1)
        };
        text.windows(2).enumerate().find_map(begins)
    }

    /// Ends the text before the interchange that begins at `begin`.
    #[cold]
    fn cut_text(&mut self, input: &[u8], begin: usize, marks: &mut Vec<Mark>) -> usize {
        let breaks = input[self.start..begin].iter().rev().take_while(|byte| self.is_break(**byte)).count();
        let end = begin - breaks;
        marks.push(Mark::new(end - self.start, End::Segment, self.released));
        self.released = false;
        self.gap_after = breaks;
        self.cut = true;
        self.mask = 0;
        self.unmasked = begin;
        end
    }

    /// The input is used up inside a segment.
    fn input_ended(
        &mut self,
        input: &[u8],
        last: bool,
        marks: &mut Vec<Mark>,
    ) -> Result<Option<usize>, (ErrorKind, usize)> {
        if input.len() - self.start > self.limits.segment_length {
            return Err((ErrorKind::SegmentLength, self.start));
        }
        if !last {
            return Ok(None);
        }
        // A line break at the end of the input is not part of the segment that lacks its terminator.
        let breaks = input[self.start..].iter().rev().take_while(|byte| self.is_break(**byte)).count();
        let end = input.len() - breaks;
        marks.push(Mark::new(end - self.start, End::Segment, self.released));
        self.released = false;
        self.gap_after = breaks;
        Ok(Some(end))
    }

    /// Whether a byte is a line break, and not a service character.
    fn is_break(&self, byte: u8) -> bool {
        matches!(byte, b'\r' | b'\n') && !self.advice.is_service(byte)
    }

    /// Deals with the release character at `at`; `false` if the input ends on it.
    fn release(&mut self, input: &[u8], at: usize, last: bool) -> bool {
        self.released = true;
        self.any_released = true;
        let Some(&next) = input.get(at + 1) else {
            self.release_pending = !last;
            return false;
        };
        self.release_pending = false;
        if self.advice.can_be_released(next) {
            if at + 1 < self.unmasked {
                self.mask &= !(1 << (at + 1 - self.base));
            } else {
                self.skip = at + 1;
            }
        }
        true
    }

    /// The next service character that is not released.
    #[inline]
    fn next_stop(&mut self, input: &[u8]) -> Option<usize> {
        while self.mask == 0 {
            let rest = input.get(self.unmasked..).filter(|rest| !rest.is_empty())?;
            self.base = self.unmasked;
            crate::work::note(rest.len().min(BLOCK));
            self.mask = match rest.first_chunk() {
                Some(block) => {
                    self.unmasked += BLOCK;
                    stops_in(block, self.stops)
                }
                None => {
                    self.unmasked = input.len();
                    let mut block = [0; BLOCK];
                    block[..rest.len()].copy_from_slice(rest);
                    stops_in(&block, self.stops) & ((1 << rest.len()) - 1)
                }
            };
            if self.skip == self.base {
                self.mask &= !1;
                self.skip = NOTHING;
            }
        }
        let at = self.base + self.mask.trailing_zeros() as usize;
        crate::work::note(1);
        self.mask &= self.mask - 1;
        Some(at)
    }

    /// Whether there is nothing in `segment` but blanks and release characters.
    fn says_nothing(&self, segment: &[u8]) -> bool {
        let silent = |byte: u8| self.advice.is_blank(byte) || Some(byte) == self.advice.release();
        segment.iter().inspect(|_| crate::work::note(1)).all(|byte| silent(*byte))
    }

    /// Whether `segment` closes an interchange, after which a service string advice may stand.
    #[inline]
    fn is_interchange_trailer(&self, segment: &[u8]) -> bool {
        let separates = |byte| [self.advice.component_separator(), self.advice.element_separator()].contains(byte);
        segment.starts_with(b"UNZ") && segment.get(3).is_none_or(separates)
    }
}

// The grammar of gaps:
//
//   gap = { blank } [ byte order mark ] { blank } [ service string advice ] { blank }
//
// Where an interchange is expected, text up to a line that begins with UNA or UNB is a segment without terminator.
//
// A byte order mark and a service string advice stand at the start of the input or after UNZ. Where an interchange
// lost its UNZ, a service string advice is known by the UNB that follows it.
impl Scanner {
    /// Reads the gap and settles the service characters; `false` if the input ends before that is clear.
    #[inline]
    fn read_gap(&mut self, input: &[u8], last: bool) -> Result<bool, (ErrorKind, usize)> {
        // What stands between most segments: nothing or a line feed, and then a tag that is not of the envelope.
        let start = self.start + usize::from(input.get(self.start) == Some(&b'\n') && !self.advice.is_service(b'\n'));
        let plain = |byte: &u8| byte.is_ascii_uppercase() && *byte != b'U';
        if !self.at_boundary && self.gap.len == 0 && input.get(start).is_some_and(plain) {
            self.pass(start - self.start);
            self.keep_mask(true);
            return Ok(true);
        }
        self.read_any_gap(input, last)
    }

    fn read_any_gap(&mut self, input: &[u8], last: bool) -> Result<bool, (ErrorKind, usize)> {
        loop {
            self.skip_blanks(input);
            let rest = &input[self.start..];
            if rest.is_empty() || (!last && self.needs_more(rest)) {
                return Ok(false);
            }
            if self.at_boundary && !self.gap.byte_order_mark && rest.starts_with(BYTE_ORDER_MARK) {
                self.gap.byte_order_mark = true;
                self.pass(BYTE_ORDER_MARK.len());
            } else if self.gap.advice {
                break;
            } else if let Some(advice) = self.advice_at(rest).map_err(|kind| (kind, self.start))? {
                self.gap.advice = true;
                self.advice = advice;
                self.pass(ServiceStringAdvice::LEN);
            } else {
                self.advice = match level_at(rest) {
                    Some(level) => level,
                    None if self.at_boundary => ServiceStringAdvice::LEVEL_A,
                    None => self.advice,
                };
                break;
            }
        }
        let stops = self.advice.stops();
        self.keep_mask(stops == self.stops);
        self.stops = stops;
        Ok(true)
    }

    #[inline]
    fn skip_blanks(&mut self, input: &[u8]) {
        while let Some(&byte) = input.get(self.start).filter(|byte| self.advice.is_blank(**byte)) {
            self.pass(1);
            if self.gap.first_space == 0 && matches!(byte, b' ' | b'\t') {
                self.gap.first_space = self.gap.len;
            }
        }
    }

    fn pass(&mut self, count: usize) {
        crate::work::note(count);
        self.start += count;
        self.gap.len += count;
    }

    /// Keeps what the mask tells of the bytes from `start` on, if it was made for these service characters.
    fn keep_mask(&mut self, same_stops: bool) {
        if same_stops && self.start < self.unmasked {
            self.mask &= u64::MAX << (self.start - self.base);
        } else {
            self.mask = 0;
            self.unmasked = self.start;
        }
    }

    /// Whether what follows a gap is too short to tell what it is.
    fn needs_more(&self, rest: &[u8]) -> bool {
        let begins = |word: &[u8]| rest.len() < word.len() && word.starts_with(rest);
        if rest.starts_with(b"UNA") {
            // Nine bytes, then perhaps a line break, then UNB and its separator.
            return rest.len() < ServiceStringAdvice::LEN + 6;
        }
        begins(b"UNA") || rest == b"UNB" || (self.at_boundary && begins(BYTE_ORDER_MARK))
    }

    /// The service string advice that stands at the start of `rest`.
    fn advice_at(&self, rest: &[u8]) -> Result<Option<ServiceStringAdvice>, ErrorKind> {
        if !rest.starts_with(b"UNA") {
            return Ok(None);
        }
        let advice = ServiceStringAdvice::parse(rest);
        if self.at_boundary {
            return advice.map(Some).ok_or(ErrorKind::ServiceStringAdvice);
        }
        Ok(advice.filter(|advice| {
            let after = &rest[ServiceStringAdvice::LEN..];
            let after = after.strip_prefix(b"\r").unwrap_or(after);
            let after = after.strip_prefix(b"\n").unwrap_or(after);
            after.strip_prefix(b"UNB").is_some_and(|after| after.first() == Some(&advice.element_separator()))
        }))
    }
}

/// The service characters that an interchange header without service string advice implies by its separator.
fn level_at(rest: &[u8]) -> Option<ServiceStringAdvice> {
    match rest.strip_prefix(b"UNB")?.first()? {
        b'+' => Some(ServiceStringAdvice::LEVEL_A),
        0x1D => Some(ServiceStringAdvice::LEVEL_B),
        _ => None,
    }
}

/// One bit per byte of `block` that equals one of `stops`: a comparison per byte, which the compiler does for many bytes at
/// once, then eight results at a time gathered into bits.
#[inline]
#[expect(clippy::needless_bitwise_bool, reason = "a way out between the comparisons would keep them apart")]
fn stops_in(block: &[u8; BLOCK], [a, b, c, d]: [u8; 4]) -> u64 {
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut hits = [0; BLOCK];
    for (hit, byte) in hits.iter_mut().zip(block) {
        *hit = u8::from((*byte == a) | (*byte == b) | (*byte == c) | (*byte == d));
    }
    let (words, _) = hits.as_chunks::<8>();
    let bits = |word: &[u8; 8]| u64::from_le_bytes(*word).wrapping_mul(GATHER) >> 56;
    words.iter().enumerate().fold(0, |mask, (i, word)| mask | (bits(word) << (8 * i)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mask_has_a_bit_for_every_stop_and_no_other() {
        let stops = ServiceStringAdvice::LEVEL_A.stops();
        for byte in 0..=255u8 {
            for place in 0..BLOCK {
                let mut block = [b'A'; BLOCK];
                block[place] = byte;
                let expected = if stops.contains(&byte) { 1 << place } else { 0 };
                assert_eq!(stops_in(&block, stops), expected, "byte {byte:#x} at {place}");
            }
        }
        assert_eq!(stops_in(&[b'+'; BLOCK], stops), u64::MAX);
    }
}
