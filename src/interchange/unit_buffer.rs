//! Collecting the segments of units, from an input that may have grown since the last call.

use core::ops::Range;

use super::framer::Framer;
use super::units::{Passed, UNB};
use crate::error::{Error, ErrorKind, Location};
use crate::options::{Limits, ReadOptions};
use crate::syntax::{Gap, Input, Scan, Scanner, Segment, SegmentSpan, ServiceStringAdvice, behind_breaks};
use crate::table::{Key, Reporter, Unit};

/// What collecting the segments of a unit came to.
pub(super) enum Collected {
    /// This many segments make a unit.
    Unit(usize),
    /// The input ended first.
    Incomplete,
    /// Nothing is left.
    End,
}

/// Collects the segments of units from an input that is handed to every call anew and may have grown at its end.
pub(super) struct UnitBuffer {
    scanner: Scanner,
    limits: Limits,
    pub(super) framer: Framer,
    pub(super) unit: Unit,
    /// How many segments of `unit` are complete, to be read.
    ready: usize,
    /// How many segments of `unit` were read already.
    consumed: usize,
    /// The unit that begins here was tried to be read as it stands, or must not be.
    tried: bool,
    /// Where the last unit begins, if it was read as it stands.
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

    /// Drops the unit that was read, keeping the segment behind it.
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

    /// The terminator without which no unit becomes clear.
    pub(super) fn waits_for(&self, input: &[u8]) -> Option<u8> {
        self.scanner.waits_for(input).filter(|_| self.ready == 0)
    }

    /// Where the first byte stands that is still needed.
    pub(super) fn oldest(&self) -> usize {
        self.unit.range(0).map_or(self.scanner.oldest(), |range| range.start)
    }

    /// Says that the first `count` bytes of the input are gone.
    pub(super) fn forget(&mut self, count: usize) {
        if count > 0 {
            self.unit.forget(count);
            self.scanner.forget(count);
            // What was tried before may be complete where it stands now.
            self.tried &= self.unit.len() > 1;
        }
    }

    /// Where the next unit begins, for an attempt to read it as it stands; one is made for each unit.
    #[inline]
    pub(super) fn begin_canonical(&mut self, input: &[u8]) -> Option<usize> {
        self.drop_consumed();
        // One that was collected is known to be what it is.
        if core::mem::replace(&mut self.tried, true) || self.ready > 0 {
            return None;
        }
        if !self.framer.is_inside() {
            // An interchange says of which level it is, whatever came before it.
            return self.scanner.level_a_start().filter(|_| self.unit.len() == 0);
        }
        // A segment may have been looked at ahead.
        match self.unit.len() {
            0 => self.scanner.plain_start().map(|gap| behind_breaks(input, gap)),
            // Where the scanner expects an interchange, behind UNZ or a header that is none to it, lines may begin one.
            1 => self.unit.start().filter(|_| self.advice().has_shape() && !self.scanner.expects_interchange()),
            _ => None,
        }
    }

    /// The service characters in force.
    #[inline]
    pub(super) fn advice(&self) -> ServiceStringAdvice {
        self.scanner.advice()
    }

    /// Where the unit stands that was collected, with the segment behind it if that is known, and its service characters, if
    /// it may be read as it stands.
    pub(super) fn collected_canonical(&self) -> Option<(Range<usize>, ServiceStringAdvice)> {
        let is_inside = !self.scanner.expects_interchange() && self.framer.is_inside();
        let last = self.ready.checked_sub(1).filter(|_| is_inside)?;
        let advice = self.unit.advice().filter(|advice| advice.has_shape())?;
        let range = self.unit.range(self.ready).or(self.unit.range(last))?;
        Some((range.start..range.end + 1, advice))
    }

    /// Says that the unit from `start` to `end` was read as it stands.
    #[inline]
    pub(super) fn pass(&mut self, start: usize, end: usize, passed: Passed) {
        self.unit.clear();
        self.scanner.go_on_at(end, passed == Passed::InterchangeTrailer);
        self.framer.pass(passed);
        self.passed = Some(start);
        self.tried = false;
    }

    /// Says that the unit that was collected was read as it stands.
    pub(super) fn pass_collected(&mut self) {
        self.passed = self.unit.start();
        self.consume();
    }

    /// Whether the last unit was read as it stands.
    #[cfg(test)]
    pub(super) fn read_as_it_stands(&self) -> bool {
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

    /// Says that the unit was read.
    pub(super) fn consume(&mut self) {
        self.consumed = core::mem::take(&mut self.ready);
        self.tried = false;
    }

    /// Collects segments until a unit is complete.
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

    /// How many segments make the next unit; `None` if the input ends before that is clear.
    #[inline]
    fn find_unit(
        &mut self,
        input: &[u8],
        base: u64,
        last: bool,
        reporter: &mut Reporter<'_>,
    ) -> Result<Option<usize>, Error> {
        // A segment that was looked at ahead may be a unit by itself.
        if self.unit.len() == 1 && self.framer.is_closed(self.unit.key(0)) {
            return Ok(Some(1));
        }
        while !self.ended {
            // There may be a million of these.
            while let Some(found) = self.scanner.scan_empty(input) {
                self.check_length(base)?;
                report_nothing(base, &found, self.framer.interchange(None), reporter);
            }
            let (found, is_plain) = match self.scanner.scan_plain(input) {
                Some(found) => {
                    let is_plain = found.run.len() > 1;
                    (found, is_plain)
                }
                None => match self.scan_any(input, base, last)? {
                    Some(found) => (found, false),
                    None => return Ok(None),
                },
            };
            self.check_length(base)?;
            let marks = self.scanner.marks().of(&found.run);
            let (bytes, advice) = (Input::Bytes(input), self.scanner.advice());
            if !is_plain {
                let segment = Segment::new(bytes, &found, marks, advice, base);
                if !report_form(found.gap, &segment, &self.framer, reporter) {
                    continue;
                }
            }
            let place = (found.start - found.lead, found.lead, found.end);
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

    /// The next segment, however it is; `None` if the input ends first.
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

    /// A unit that is open, with the gap behind it, keeps to its limit: the gap must be kept until it is clear that the
    /// unit ends with it.
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

/// Reports a segment with nothing but its terminator.
fn report_nothing(base: u64, found: &SegmentSpan, interchange: Option<u32>, reporter: &mut Reporter<'_>) {
    let location = Location { interchange, offset: Some(base + found.start as u64), ..Location::default() };
    reporter.often_at(ErrorKind::EmptySegment, location);
}

/// Reports what stands before a segment that is not plain and how it ends; `false` if there is no segment. Blanks around
/// interchanges are nothing to speak of, and what is not an interchange is reported as a whole.
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
