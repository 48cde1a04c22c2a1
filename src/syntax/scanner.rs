//! The scanner: finds where segments, data elements and components end.
//!
//! For maintainers. The boundaries of segments are decided here; `tokens.rs` has a loop of its own for the usual
//! segments, and leaves the others to the scanner. The scanner is a resumable state machine:
//!
//! * total: every input splits into gaps and segments, and the only errors are an exceeded limit and a service string
//!   advice that contradicts itself;
//! * resumable: it stops at any byte where the input ends, and goes on from there when there is more;
//! * reading ahead: service characters are found for a thousand bytes at a time, whatever segments these belong to, and
//!   leave [`Marks`]; segments are then put together from the marks. A change of service characters drops the marks
//!   ahead, and reading ahead starts again there.

use core::ops::{Range, RangeInclusive};

use super::boundary::{self, BYTE_ORDER_MARK, Lookahead, Placed};
use super::delimiters::{Block, Delimiters};
use super::marks::{Mark, Marks};
use super::text_cursor::behind_break;
use super::{SegmentLimits, ServiceStringAdvice};
use crate::error::ErrorKind;

/// A segment as the scanner found it, in offsets of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SegmentSpan {
    pub(crate) gap: Gap,
    /// Where the tag begins.
    pub(crate) start: usize,
    /// Where the terminator stands, or the input ends.
    pub(crate) end: usize,
    /// Whether there was a terminator.
    pub(crate) terminated: bool,
    /// The range of its marks among those of the scanner.
    pub(crate) run: Range<usize>,
    /// How far before its start the origin of its marks lies.
    pub(crate) from_origin: usize,
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new(SegmentLimits::default())
    }
}

/// The text between two segments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) len: usize,
    pub(crate) byte_order_mark: bool,
    pub(crate) advice: bool,
    /// Where a service string advice of eight characters stands, counting from the start of the gap and from 1; 0 if
    /// there is none.
    pub(crate) short_advice: usize,
    /// Where the first space or tab stands, counting from the start of the gap and from 1; 0 if there is none.
    pub(crate) first_space: usize,
}

/// The result of [`Scanner::scan_any`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scan {
    Segment(SegmentSpan),
    /// The input ended first; call again with more of it, or with `last`.
    Incomplete,
    /// Nothing but a gap was left.
    End(Gap),
}

/// The state of the scanner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Gap,
    Segment,
}

/// How many blocks are read ahead at a time, at first and at most: a scanner that was just started may soon be moved.
const BLOCKS_AHEAD: RangeInclusive<usize> = 2..=16;

/// A resumable scanner; the input is handed to every call anew and may have grown at its end.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about where reading stands")]
pub(crate) struct Scanner {
    advice: ServiceStringAdvice,
    delimiters: Delimiters,
    /// A release character stands in the last component that was reached.
    released: bool,
    /// How many blocks to read ahead next.
    blocks_ahead: usize,
    marks: Marks,
    /// The origin from which positions of marks count.
    origin: usize,
    state: State,
    /// Between the start of the input, or the end of an interchange, and the next UNB.
    expects_interchange: bool,
    /// A service string advice declared the service characters of the interchange that is expected or being read.
    declared: bool,
    /// The characters of the interchange before, while nothing but empty segments stands behind it.
    ended: Option<ServiceStringAdvice>,
    /// How far the input was searched for lines that begin an interchange, where such lines count.
    searched: usize,
    /// Where the next such line begins.
    begin: Option<usize>,
    gap: Gap,
    /// Inside an interchange, between two segments, nothing consumed yet.
    between_segments: bool,
    /// Where the current segment begins, or how far its gap has been read.
    start: usize,
    /// How many marks of the current segment were examined.
    examined: usize,
    /// How the current segment ends, if not by a terminator.
    broken_off: Option<BrokenOff>,
    limits: SegmentLimits,
}

/// A segment without terminator.
#[derive(Clone, Copy, Debug)]
struct BrokenOff {
    /// Line breaks behind it.
    breaks: usize,
    /// It is text that ends where an interchange begins, not at the end of the input.
    before_interchange: bool,
}

impl Scanner {
    #[inline]
    pub(crate) fn new(mut limits: SegmentLimits) -> Self {
        limits.segment_length = limits.segment_length.min(Mark::MAX_POSITION);
        Self {
            advice: ServiceStringAdvice::LEVEL_A,
            delimiters: Delimiters::from(0, ServiceStringAdvice::LEVEL_A),
            released: false,
            blocks_ahead: *BLOCKS_AHEAD.start(),
            marks: Marks::new(),
            origin: 0,
            state: State::Gap,
            expects_interchange: true,
            declared: false,
            ended: None,
            searched: 0,
            begin: None,
            gap: Gap::default(),
            between_segments: false,
            start: 0,
            examined: 0,
            broken_off: None,
            limits,
        }
    }

    /// The service characters in force.
    pub(crate) fn advice(&self) -> ServiceStringAdvice {
        self.advice
    }

    /// Whether lines may begin an interchange.
    #[inline]
    pub(crate) fn expects_interchange(&self) -> bool {
        self.expects_interchange
    }

    pub(super) fn limits(&self) -> &SegmentLimits {
        &self.limits
    }

    /// Where the current segment begins, or how far its gap has been read; no byte before that is needed.
    pub(crate) fn oldest(&self) -> usize {
        self.start
    }

    /// The marks of segments that were found.
    #[inline]
    pub(crate) fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Shifts all positions, because the first `count` bytes of the input are gone; none of them may be needed.
    pub(crate) fn forget(&mut self, count: usize) {
        if self.origin < count {
            self.move_origin();
        }
        self.origin -= count;
        self.start -= count;
        self.searched = self.searched.saturating_sub(count);
        self.begin = self.begin.and_then(|begin| begin.checked_sub(count));
        self.delimiters.forget(count);
    }

    /// Moves the origin of positions to the start of the current segment.
    fn move_origin(&mut self) {
        self.marks.drop_taken(self.start - self.origin);
        self.origin = self.start;
    }

    /// Where the next segment or a gap before it begins, if the scanner is between two segments of an interchange.
    #[inline]
    pub(super) fn between_segments(&self) -> Option<usize> {
        self.between_segments.then_some(self.start)
    }

    /// Where the next segment begins, behind at most a line break, if it is in the middle of an interchange and nothing
    /// is known of it yet.
    #[inline]
    pub(crate) fn usual_start(&self) -> Option<usize> {
        self.between_segments().filter(|_| self.advice.has_shape())
    }

    /// Where the next segment or a gap before it begins, if level A is in force and nothing of the gap was read.
    #[inline]
    pub(crate) fn level_a_start(&self) -> Option<usize> {
        (self.advice.is_level_a() && self.gap.len == 0).then_some(self.start)
    }

    /// Begins at a place of any input with these service characters, in the middle of an interchange.
    pub(crate) fn begin_at(&mut self, at: usize, advice: ServiceStringAdvice) {
        self.marks.clear();
        self.advice = advice;
        (self.start, self.origin) = (at, at);
        self.restart(at);
        self.state = State::Gap;
        self.gap = Gap::default();
        (self.examined, self.broken_off) = (0, None);
        (self.between_segments, self.expects_interchange, self.declared) = (true, false, false);
    }

    /// Goes on at `end`, behind a segment that was read without the scanner; `is_end` if it was the trailer of an
    /// interchange.
    pub(crate) fn go_on_at(&mut self, end: usize, is_end: bool) {
        let is_ahead = self.delimiters.reached() > self.start;
        self.start = end;
        self.state = State::Gap;
        self.gap = Gap::default();
        self.examined = 0;
        (self.between_segments, self.expects_interchange) = (!is_end, is_end);
        self.declared &= !is_end;
        self.ended = Some(self.advice).filter(|advice| is_end && !advice.is_level_a());
        if is_ahead {
            self.pass_ahead(end);
        }
    }

    /// Drops the marks before `end`.
    fn pass_ahead(&mut self, end: usize) {
        if self.delimiters.reached() <= end {
            self.marks.cut(0);
            self.restart(end);
            return;
        }
        let ahead = self.marks.ahead();
        let passed = ahead.iter().take_while(|mark| self.origin + mark.position() < end).count();
        crate::cost::count(passed);
        self.marks.take(passed);
    }

    /// Fast path: the next segment if it follows at most a line break, lies inside an interchange, has its end among
    /// the marks ahead and ends with a terminator; or a segment without content, anywhere. If there is none, call
    /// [`scan_any`](Self::scan_any).
    #[inline(always)]
    pub(crate) fn scan_usual(&mut self, input: &[u8]) -> Option<SegmentSpan> {
        if !self.between_segments {
            return self.scan_empty(input);
        }
        let start = usual_from(input, self.start, self.advice)?;
        let (terminator, text) = (self.advice.terminator(), input.get(self.origin..)?);
        let mut ahead = self.marks.ahead().iter();
        let last = ahead.find(|mark| text.get(mark.position()) == Some(&terminator))?;
        let end = self.origin + last.position();
        let count = self.marks.ahead().len() - ahead.len();
        if count > self.limits.components_per_segment || end - start > self.limits.segment_length {
            return None;
        }
        let gap = Gap { len: start - self.start, ..Gap::default() };
        self.start = end + 1;
        Some(SegmentSpan {
            gap,
            start,
            end,
            terminated: true,
            run: self.marks.take(count),
            from_origin: start - self.origin,
        })
    }

    /// The next segment of whatever form. Its marks are among the [`marks`](Self::marks) until the next call.
    ///
    /// With `last`, the end of `input` is the end of the whole input.
    ///
    /// # Errors
    ///
    /// With its offset: a limit is exceeded, or a service string advice contradicts itself.
    #[inline(never)]
    pub(crate) fn scan_any(&mut self, input: &[u8], last: bool) -> Result<Scan, (ErrorKind, usize)> {
        self.between_segments = false;
        if self.state == State::Gap {
            if !self.read_gap(input, last)? {
                return Ok(if last { Scan::End(self.gap) } else { Scan::Incomplete });
            }
            self.state = State::Segment;
            self.begin = self.begin.filter(|begin| *begin > self.start && self.expects_interchange);
            // What was searched ahead of a text is known for the next one, too.
            self.searched = if self.expects_interchange { self.searched.max(self.start) } else { self.start };
        }
        let Some(count) = self.find_end(input, last)? else { return Ok(Scan::Incomplete) };
        Ok(Scan::Segment(self.found(input, count)))
    }

    /// The next segment if it consists of its terminator, among the marks ahead; it does not change what is expected
    /// next.
    #[inline]
    pub(crate) fn scan_empty(&mut self, input: &[u8]) -> Option<SegmentSpan> {
        let is_settled = !self.expects_interchange || self.advice.is_level_a();
        let at_gap = self.state == State::Gap && self.gap.len == 0;
        if !is_settled || !at_gap || input.get(self.start) != Some(&self.advice.terminator()) {
            return None;
        }
        self.marks.ahead().first()?;
        let run = self.marks.take(1);
        let (start, from_origin) = (self.start, self.start - self.origin);
        self.start += 1;
        Some(SegmentSpan { gap: Gap::default(), start, end: start, terminated: true, run, from_origin })
    }

    /// The segment that ends with mark `count` of those ahead; a gap follows.
    #[inline]
    fn found(&mut self, input: &[u8], count: usize) -> SegmentSpan {
        let run = self.marks.take(count);
        let end = self.marks.of(&run).last().map_or(self.start, |mark| self.origin + mark.position());
        let terminated = self.broken_off.is_none();
        let found = SegmentSpan {
            gap: self.gap,
            start: self.start,
            end,
            terminated,
            run,
            from_origin: self.start - self.origin,
        };
        let was_expected = self.expects_interchange;
        self.note_boundary(&input[self.start..end]);
        self.start = end + usize::from(terminated);
        self.gap = Gap::default();
        self.examined = 0;
        if let Some(broken_off) = self.broken_off.take() {
            self.start += broken_off.breaks;
            if broken_off.before_interchange && !self.expects_interchange {
                // Behind a header that is cut off, an interchange of level A or B follows, or else one with the
                // declared characters.
                let is_as_declared = was_expected && boundary::level_at(&input[self.start..]).is_none();
                (self.expects_interchange, self.declared) = (true, self.declared && is_as_declared);
            }
            self.gap.len = broken_off.breaks;
        }
        self.state = State::Gap;
        self.between_segments = !self.expects_interchange && self.gap.len == 0 && self.advice.breaks_are_data();
        found
    }

    /// Records whether a segment begins or ends an interchange.
    #[inline]
    fn note_boundary(&mut self, segment: &[u8]) {
        let advice = self.advice;
        if !self.expects_interchange && boundary::is_interchange_trailer(segment, advice) {
            (self.expects_interchange, self.declared) = (true, false);
            self.ended = Some(advice).filter(|advice| !advice.is_level_a());
        } else if boundary::is_header(segment, advice) {
            (self.expects_interchange, self.ended) = (false, None);
        } else if !(segment.is_empty() && self.ended == Some(advice)) {
            self.ended = None;
        }
    }

    /// Reads ahead until the segment ends. Returns the ordinal of the mark that ends it, counting those ahead from 1;
    /// `None` if the input ends first and there may be more.
    fn find_end(&mut self, input: &[u8], last: bool) -> Result<Option<usize>, (ErrorKind, usize)> {
        loop {
            self.search(input, last);
            match self.examine(input)? {
                Lookahead::Yes(()) => return Ok(Some(self.examined + 1)),
                Lookahead::Undecided => return Ok(None),
                Lookahead::No => {}
            }
            if self.delimiters.reached().saturating_sub(self.start) > self.limits.segment_length {
                return Err((ErrorKind::SegmentLength, self.start));
            }
            if self.delimiters.reached() < input.len() {
                self.read_ahead(input);
            } else if last {
                self.end_with_input(input);
                return Ok(Some(self.examined + 1));
            } else {
                return Ok(None);
            }
        }
    }

    /// Examines the marks ahead in order: whether they keep to the limits, and whether an interchange begins before
    /// one, in which case the segment is cut off there. Returns whether the segment ends, with the first mark that is
    /// not counted as examined.
    fn examine(&mut self, input: &[u8]) -> Result<Lookahead<()>, (ErrorKind, usize)> {
        let terminator = self.advice.terminator();
        let is_searched = self.is_searched(input);
        let begin = self.begin.filter(|_| is_searched);
        // From here on it is undecided whether an interchange begins.
        let undecided = if is_searched && begin.is_none() { self.searched } else { usize::MAX };
        for mark in self.marks.ahead().get(self.examined..).unwrap_or_default() {
            crate::cost::count(1);
            let at = self.origin + mark.position();
            if begin.is_some_and(|begin| begin < at) {
                break;
            }
            if at - self.start > self.limits.segment_length {
                return Err((ErrorKind::SegmentLength, self.start));
            }
            if at >= undecided {
                return Ok(Lookahead::Undecided);
            }
            if input.get(at) == Some(&terminator) {
                return Ok(Lookahead::Yes(()));
            }
            self.examined += 1;
            if self.examined >= self.limits.components_per_segment {
                return Err((ErrorKind::ComponentsPerSegment, self.start));
            }
        }
        let Some(begin) = begin else {
            return Ok(if undecided < self.delimiters.reached().min(input.len()) {
                Lookahead::Undecided
            } else {
                Lookahead::No
            });
        };
        // The result must not depend on how far was read ahead.
        if begin - self.start > self.limits.segment_length {
            return Err((ErrorKind::SegmentLength, self.start));
        }
        self.cut_at(input, begin);
        Ok(Lookahead::Yes(()))
    }

    /// The terminator that must arrive before anything is decided: that of the current segment.
    #[inline]
    pub(crate) fn waits_for(&self, input: &[u8]) -> Option<u8> {
        let waits = self.state == State::Segment && !self.is_searched(input);
        waits.then(|| self.advice.terminator())
    }

    /// Whether lines of the segment may begin an interchange: where one is expected, or in a trailer that may lack its
    /// terminator.
    #[inline]
    fn is_searched(&self, input: &[u8]) -> bool {
        self.expects_interchange || boundary::is_trailer_at(&input[self.start..], self.advice)
    }

    /// Searches the input that was read ahead for the next line that begins an interchange.
    fn search(&mut self, input: &[u8], last: bool) {
        if self.begin.is_some() || !self.is_searched(input) {
            return;
        }
        let own = Some(self.advice.element_separator()).filter(|_| self.expects_interchange && self.declared);
        let end = self.delimiters.reached().min(input.len());
        while self.searched < end {
            let rest = &input[self.searched..end];
            let Some(at) = boundary::find_tag(rest).map(|found| self.searched + found) else { break };
            self.searched = at;
            if at > self.start && boundary::begins_line(&input[self.start..at], self.advice) {
                match boundary::begins_interchange(&input[at..], own).at_end(last) {
                    Lookahead::Yes(()) => {
                        self.begin = Some(at);
                        return;
                    }
                    Lookahead::Undecided => return,
                    Lookahead::No => {}
                }
            }
            self.searched = at + 1;
        }
        self.searched = end.max(self.searched);
    }

    /// Ends the segment before the interchange that begins at `begin`.
    #[cold]
    fn cut_at(&mut self, input: &[u8], mut begin: usize) {
        if !self.expects_interchange {
            // What stands in the line before it does not belong to a trailer.
            let line = input[self.start..begin].iter().rposition(|byte| self.advice.is_break(*byte));
            begin = line.map_or(begin, |line| self.start + line + 1);
        }
        let examined = self.examined.checked_sub(1).and_then(|last| self.marks.ahead().get(last));
        let from = examined.map_or(self.start, |mark| self.origin + mark.position() + 1);
        // A separator before it remains one, even if it is a line break.
        let component = &input[from..begin];
        let breaks = self.advice.breaks_at_end(component);
        let released = self.advice.release().is_some_and(|release| component.contains(&release));
        self.marks.cut(self.examined);
        self.marks.push(Mark::new(begin - breaks - self.origin, released));
        self.broken_off = Some(BrokenOff { breaks, before_interchange: true });
        self.restart(begin);
    }

    /// Ends the last segment, which has no terminator.
    #[cold]
    fn end_with_input(&mut self, input: &[u8]) {
        // A line break at the end of the input does not belong to the segment that lacks its terminator.
        let breaks = self.advice.breaks_at_end(&input[self.start..]);
        let end = input.len() - breaks - self.origin;
        self.marks.push(Mark::new(end, self.released));
        self.released = false;
        self.broken_off = Some(BrokenOff { breaks, before_interchange: false });
    }

    /// Starts reading ahead again.
    fn restart(&mut self, at: usize) {
        self.delimiters = Delimiters::from(at, self.advice);
        self.released = false;
        self.blocks_ahead = *BLOCKS_AHEAD.start();
    }

    /// Marks the service characters of some blocks, whatever segments these belong to.
    ///
    /// The hot loop of the scanner.
    fn read_ahead(&mut self, input: &[u8]) {
        if self.origin < self.start || self.marks.ahead().is_empty() {
            self.move_origin();
        }
        if self.delimiters.reached() < self.start {
            self.restart(self.start);
        }
        // A segment longer than the largest position ends here, and exceeds the limit.
        let input = input.get(..=self.origin + Mark::MAX_POSITION).unwrap_or(input);
        let mut delimiters = self.delimiters;
        let blocks = self.blocks_ahead;
        self.blocks_ahead = (2 * blocks).min(*BLOCKS_AHEAD.end());
        for _ in 0..blocks {
            let first = delimiters.reached() - self.origin;
            let Some(block) = delimiters.next_block(input) else { break };
            crate::cost::count(delimiters.reached() - self.origin - first + block.delimiters.count_ones() as usize);
            let before = self.marks.count();
            self.marks.push_block(first, block.delimiters);
            if block.releases != 0 || self.released {
                self.mark_released(before, block);
            }
        }
        self.delimiters = delimiters;
    }

    /// Records in the marks of a block, before which there were `before` marks, which components hold release
    /// characters.
    #[inline(never)]
    fn mark_released(&mut self, before: usize, Block { delimiters, mut releases }: Block) {
        if self.released && delimiters != 0 {
            self.marks.release(before);
            self.released = false;
        }
        while releases != 0 {
            let first = releases & releases.wrapping_neg();
            let behind = delimiters & !(first - 1);
            if behind == 0 {
                self.released = true;
                return;
            }
            let end = behind & behind.wrapping_neg();
            self.marks.release(before + (delimiters & (end - 1)).count_ones() as usize);
            releases &= !(end - 1);
        }
    }
}

// The grammar of gaps:
//
//   gap = { blank } [ byte order mark ] { blank } [ service string advice ] { blank }
//
// A byte order mark stands where an interchange is expected, and so does a service string advice; where an interchange
// lost its UNZ, an advice is known by the UNB that follows it.
//
// The service characters where an interchange is expected are those of level A, or those that an advice has declared
// since the last one ended: a declaration holds until the interchange behind it ends. Only terminators directly behind
// the last UNZ are still those of its interchange.
impl Scanner {
    /// Reads the gap and determines the service characters; `false` if the input ends before that is decided.
    fn read_gap(&mut self, input: &[u8], last: bool) -> Result<bool, (ErrorKind, usize)> {
        if self.expects_interchange && !self.declared {
            self.take_up(ServiceStringAdvice::LEVEL_A);
        }
        loop {
            self.skip_blanks(input);
            let rest = &input[self.start..];
            if rest.is_empty() || (!last && self.needs_more(rest)) {
                return Ok(false);
            }
            if self.expects_interchange && !self.gap.byte_order_mark && rest.starts_with(BYTE_ORDER_MARK) {
                self.gap.byte_order_mark = true;
                self.pass(BYTE_ORDER_MARK.len());
                continue;
            }
            if self.gap.advice {
                return Ok(true);
            }
            match self.advice_at(rest, last).map_err(|kind| (kind, self.start))?.at_end(last) {
                Lookahead::Yes(placed) => self.pass_advice(placed),
                Lookahead::Undecided => return Ok(false),
                Lookahead::No => {
                    self.settle(rest);
                    return Ok(true);
                }
            }
        }
    }

    /// Passes a service string advice, with which an interchange begins.
    fn pass_advice(&mut self, Placed { advice, len }: Placed) {
        self.gap.advice = true;
        if len < ServiceStringAdvice::LEN {
            self.gap.short_advice = self.gap.len + 1;
        }
        self.pass(len);
        (self.expects_interchange, self.declared, self.ended) = (true, true, None);
        if self.advice == advice && len == ServiceStringAdvice::LEN {
            self.pass_ahead(self.start);
        } else {
            self.advice = advice;
            self.drop_ahead();
        }
    }

    /// Determines the service characters for a segment without a service string advice directly before it.
    fn settle(&mut self, rest: &[u8]) {
        let is_own = self.expects_interchange && self.declared && rest.get(3) == Some(&self.advice.element_separator());
        if let Some(level) = boundary::level_at(rest).filter(|_| !is_own) {
            self.declared = false;
            self.take_up(level);
        } else if let Some(ended) = self.ended.filter(|ended| rest.first() == Some(&ended.terminator()))
            && !self.gap.byte_order_mark
        {
            self.take_up(ended);
        }
    }

    fn take_up(&mut self, advice: ServiceStringAdvice) {
        if self.advice != advice {
            self.advice = advice;
            self.drop_ahead();
        }
    }

    /// Drops marks that were made with other service characters, or within a service string advice.
    #[cold]
    fn drop_ahead(&mut self) {
        (self.searched, self.begin) = (self.start, None);
        self.marks.cut(0);
        self.restart(self.start);
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
        crate::cost::count(count);
        self.start += count;
        self.gap.len += count;
    }

    /// Whether what follows a gap is too short to be recognised.
    fn needs_more(&self, rest: &[u8]) -> bool {
        let begins = |word: &[u8]| rest.len() < word.len() && word.starts_with(rest);
        begins(b"UNA") || begins(b"UNB") || rest == b"UNB" || (self.expects_interchange && begins(BYTE_ORDER_MARK))
    }

    /// The service string advice that stands at the start of `rest`.
    fn advice_at(&self, rest: &[u8], last: bool) -> Result<Lookahead<Placed>, ErrorKind> {
        if !rest.starts_with(b"UNA") {
            return Ok(Lookahead::No);
        }
        if self.expects_interchange {
            boundary::advice_at(rest, last)
        } else {
            Ok(boundary::advice_before_header(rest))
        }
    }
}

/// The start of a segment behind at most a line break, if its first characters show that it does not change the service
/// characters and that there are no further blanks.
#[inline]
pub(super) fn usual_from(input: &[u8], at: usize, advice: ServiceStringAdvice) -> Option<usize> {
    let rest = input.get(at..)?;
    // The usual beginning of a segment.
    if let [b'\n', first, ..] = rest
        && first.is_ascii_uppercase()
        && *first != b'U'
    {
        return Some(at + 1);
    }
    let start = behind_break(input, at);
    let is_usual = match input.get(start..)? {
        [b'U', _, b'H', ..] => true,
        rest @ [b'U', _, b'T', ..] => ends_in_line(rest, advice),
        [first, ..] => !matches!(first, b'U' | b' ' | b'\t' | b'\r' | b'\n'),
        [] => false,
    };
    is_usual.then_some(start)
}

/// Whether a trailer ends before its line does, as it does unless it lacks its terminator.
#[inline]
fn ends_in_line(rest: &[u8], advice: ServiceStringAdvice) -> bool {
    const TRAILER: usize = 48;
    let (terminator, release) = (advice.terminator(), advice.release());
    let mut first = rest.iter().take(TRAILER);
    let decides = |byte: &&u8| **byte == terminator || Some(**byte) == release || matches!(byte, b'\r' | b'\n');
    first.find(decides) == Some(&terminator)
}
