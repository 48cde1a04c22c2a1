//! Unit buffer: buffers the segments of a unit, from an input that may have grown since the last call.

use core::ops::Range;

use super::framer::Framer;
use super::units::{Passed, UNB};
use crate::error::{Error, ErrorKind, Location};
use crate::options::{Limits, ReadOptions};
use crate::syntax::{Gap, Input, Scan, Scanner, Segment, SegmentSpan, ServiceStringAdvice, behind_breaks};
use crate::table::{Key, Reporter, Unit};

/// The result of buffering a unit.
pub(super) enum Collected {
    /// This many segments make a unit.
    Unit(usize),
    /// The input ended before the unit did.
    Incomplete,
    /// Nothing is left.
    End,
}

/// Buffers the segments of units, from an input that is handed to every call and may have grown at its end.
pub(super) struct UnitBuffer {
    scanner: Scanner,
    limits: Limits,
    pub(super) framer: Framer,
    pub(super) unit: Unit,
    /// How many segments of `unit` are complete, to be read.
    ready: usize,
    /// How many segments of `unit` were read.
    consumed: usize,
    /// The fast path was tried on the unit that begins here, or must not be.
    tried: bool,
    /// Where the last unit begins, if it was read on the fast path.
    passed: Option<usize>,
    ended: bool,
}

impl UnitBuffer {
    #[inline]
    pub(super) fn new(options: &ReadOptions) -> Self {
        Self {
            scanner: Scanner::new(options.limits_in_force().into()),
            limits: options.limits_in_force(),
            framer: Framer::new(),
            unit: Unit::default(),
            ready: 0,
            consumed: 0,
            tried: false,
            passed: None,
            ended: false,
        }
    }

    /// Drops the unit that was read, and keeps the segment behind it.
    #[inline]
    pub(super) fn drop_consumed(&mut self) {
        if self.consumed == 0 {
            return;
        }
        if self.consumed < self.unit.len() {
            self.unit.keep_last();
        } else {
            self.unit.clear();
        }
        self.consumed = 0;
    }

    /// The terminator that must arrive before a unit is complete.
    pub(super) fn waits_for(&self, input: &[u8]) -> Option<u8> {
        self.scanner.waits_for(input).filter(|_| self.ready == 0)
    }

    /// The place of the first byte that is still needed.
    pub(super) fn oldest(&self) -> usize {
        self.unit.range(0).map_or(self.scanner.oldest(), |range| range.start)
    }

    /// Shifts all places, because the first `count` bytes of the input are gone.
    pub(super) fn forget(&mut self, count: usize) {
        if count > 0 {
            self.unit.forget(count);
            self.scanner.forget(count);
            // A unit that was incomplete may be complete now.
            self.tried &= self.unit.len() > 1;
        }
    }

    /// Where the next unit begins, for one attempt of the fast path per unit; `None` if it must not be tried.
    #[inline]
    pub(super) fn begin_canonical(&mut self, input: &[u8]) -> Option<usize> {
        self.drop_consumed();
        // A unit that was buffered is left to the general path.
        if core::mem::replace(&mut self.tried, true) || self.ready > 0 {
            return None;
        }
        if !self.framer.is_inside() {
            // UNB implies its own service characters, whatever came before.
            return self.scanner.level_a_start().filter(|_| self.unit.len() == 0);
        }
        // A segment may have been scanned ahead.
        match self.unit.len() {
            0 => self.scanner.usual_start().map(|gap| behind_breaks(input, gap)),
            // Where the scanner expects an interchange, behind UNZ or an invalid header, lines may begin one.
            1 => self.unit.start().filter(|_| self.advice().has_shape() && !self.scanner.expects_interchange()),
            _ => None,
        }
    }

    /// The service characters in force.
    #[inline]
    pub(super) fn advice(&self) -> ServiceStringAdvice {
        self.scanner.advice()
    }

    /// The place of the buffered unit, with the segment behind it if that is known, and its service characters; `None`
    /// if the fast path must not be tried.
    pub(super) fn collected_canonical(&self) -> Option<(Range<usize>, ServiceStringAdvice)> {
        let is_inside = !self.scanner.expects_interchange() && self.framer.is_inside();
        let last = self.ready.checked_sub(1).filter(|_| is_inside)?;
        let advice = self.unit.advice().filter(|advice| advice.has_shape())?;
        let range = self.unit.range(self.ready).or(self.unit.range(last))?;
        Some((range.start..range.end + 1, advice))
    }

    /// Records that the fast path has read the unit from `start` to `end`.
    #[inline]
    pub(super) fn pass(&mut self, start: usize, end: usize, passed: Passed) {
        self.unit.clear();
        self.scanner.go_on_at(end, passed == Passed::InterchangeTrailer);
        self.framer.pass(passed);
        self.passed = Some(start);
        self.tried = false;
    }

    /// Records that the fast path has read the buffered unit.
    pub(super) fn pass_collected(&mut self) {
        self.passed = self.unit.start();
        self.consume();
    }

    /// Whether the last unit was read on the fast path.
    #[cfg(test)]
    pub(super) fn was_canonical(&self) -> bool {
        self.passed.is_some()
    }

    /// Where the segments of the last unit begin.
    pub(super) fn unit_start(&self) -> usize {
        self.passed.or(self.unit.start()).unwrap_or_default()
    }

    /// How many bytes the buffers take.
    pub(super) fn bytes(&self) -> usize {
        self.unit.bytes() + self.scanner.marks().bytes()
    }

    /// Records that the unit was read.
    pub(super) fn consume(&mut self) {
        self.consumed = core::mem::take(&mut self.ready);
        self.tried = false;
    }

    /// Buffers segments until a unit is complete.
    #[inline]
    pub(super) fn collect(
        &mut self,
        input: &[u8],
        base: u64,
        last: bool,
        reporter: &mut Reporter<'_>,
    ) -> Result<Collected, Error> {
        self.drop_consumed();
        self.passed = None;
        if self.ready == 0 {
            match self.find_unit(input, base, last, reporter)? {
                Some(ready) => self.ready = ready,
                None if self.ended => self.ready = self.unit.len(),
                None => return Ok(Collected::Incomplete),
            }
        }
        Ok(if self.ready == 0 { Collected::End } else { Collected::Unit(self.ready) })
    }

    /// How many segments make the next unit; `None` if the input ends before that is decided.
    #[inline]
    fn find_unit(
        &mut self,
        input: &[u8],
        base: u64,
        last: bool,
        reporter: &mut Reporter<'_>,
    ) -> Result<Option<usize>, Error> {
        // A segment that was scanned ahead may be a unit by itself.
        if self.unit.len() == 1 && self.framer.is_closed(self.unit.key(0)) {
            return Ok(Some(1));
        }
        while !self.ended {
            // There may be a million empty segments.
            while let Some(found) = self.scanner.scan_empty(input) {
                self.check_length(base)?;
                report_nothing(base, &found, self.framer.interchange(None), reporter);
            }
            let (found, is_usual) = match self.scanner.scan_usual(input) {
                Some(found) => {
                    let is_usual = found.run.len() > 1;
                    (found, is_usual)
                }
                None => match self.scan_any(input, base, last)? {
                    Some(found) => (found, false),
                    None => return Ok(None),
                },
            };
            self.check_length(base)?;
            let marks = self.scanner.marks().of(&found.run);
            let (bytes, advice) = (Input::Bytes(input), self.scanner.advice());
            if !is_usual {
                let segment = Segment::new(bytes, &found, marks, advice, base);
                if !report_form(found.gap, &segment, &self.framer, reporter) {
                    continue;
                }
            }
            let place = (found.start - found.from_origin, found.from_origin, found.end);
            let segment = || Segment::within(bytes, place, found.terminated, marks, advice, base);
            let key = Key::of(&segment());
            let begins = self.framer.begins_unit(segment, key, &self.unit);
            let before = self.unit.len();
            let start = found.start;
            self.unit.push(&found, marks, key, self.scanner.advice());
            if begins && before > 0 {
                return Ok(Some(before));
            }
            if self.framer.is_closed(self.unit.key(0)) {
                return Ok(Some(self.unit.len()));
            }
            if before >= self.limits.segments_per_transaction {
                return Err(self.limit(ErrorKind::SegmentsPerTransaction, base + start as u64));
            }
        }
        Ok(None)
    }

    /// The next segment of whatever form; `None` if the input ends first.
    fn scan_any(&mut self, input: &[u8], base: u64, last: bool) -> Result<Option<SegmentSpan>, Error> {
        let scan =
            self.scanner.scan_any(input, last).map_err(|(kind, offset)| self.limit(kind, base + offset as u64))?;
        match scan {
            Scan::Segment(found) => Ok(Some(found)),
            Scan::Incomplete => self.check_length(base).map(|()| None),
            Scan::End(_) => {
                self.check_length(base)?;
                self.ended = true;
                self.framer.end();
                Ok(None)
            }
        }
    }

    /// Enforces `transaction_length`, blanks behind the last segment included: they are kept until the unit ends.
    #[inline]
    fn check_length(&self, base: u64) -> Result<(), Error> {
        match self.unit.start() {
            Some(start) if self.scanner.oldest() - start > self.limits.transaction_length => {
                Err(self.limit(ErrorKind::TransactionLength, base + start as u64))
            }
            _ => Ok(()),
        }
    }

    fn limit(&self, kind: ErrorKind, offset: u64) -> Error {
        let interchange = self.framer.interchange(None);
        Error::new(kind, Location { interchange, offset: Some(offset), ..Location::default() })
    }
}

/// Reports an empty segment.
fn report_nothing(base: u64, found: &SegmentSpan, interchange: Option<u32>, reporter: &mut Reporter<'_>) {
    let location = Location { interchange, offset: Some(base + found.start as u64), ..Location::default() };
    reporter.often_at(ErrorKind::EmptySegment, location);
}

/// Reports deviations of form: what stands before a segment, and how it ends; `false` if there is no segment. Blanks
/// around interchanges are ignored, and text outside them is reported as a whole.
#[cold]
fn report_form(gap: Gap, segment: &Segment<'_, '_>, framer: &Framer, reporter: &mut Reporter<'_>) -> bool {
    let start = segment.offset() - gap.len as u64;
    let in_interchange = framer.is_inside();
    let key = Key::of(segment);
    let is_header = key == UNB;
    let place = Location { interchange: framer.interchange(Some(key)), ..Location::default() };
    let mut at = |kind, offset| reporter.at(kind, Location { offset: Some(offset), ..place });
    if gap.byte_order_mark {
        at(ErrorKind::ByteOrderMark, start);
    }
    if gap.short_advice > 0 {
        at(ErrorKind::ShortServiceStringAdvice, start + gap.short_advice as u64 - 1);
    }
    if gap.first_space > 0 && in_interchange {
        at(ErrorKind::BlanksBetweenSegments, start + gap.first_space as u64 - 1);
    }
    if segment.is_blank() {
        at(ErrorKind::EmptySegment, segment.offset());
        return false;
    }
    if !segment.is_terminated() && (in_interchange || is_header) {
        let location = Location { offset: Some(segment.span().end), tag: segment.tag(), ..place };
        reporter.at(ErrorKind::MissingTerminator, location);
    }
    true
}
