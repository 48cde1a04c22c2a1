//! Reading events: from a slice, and pushed in chunks.

use super::event::Event;
use super::grammar::Grammar;
use super::splitter::Splitter;
use crate::error::{Error, ErrorKind, Location};
use crate::issue::IssueSink;
use crate::layout::{Key, Reporter, Unit, UnitView};
use crate::options::ReadOptions;
use crate::segment;
use crate::syntax::{Buffer, Input, Scan, Scanner, Segment};

/// What collecting the segments of a unit came to.
enum Collected {
    /// This many segments make a unit.
    Unit(usize),
    /// The input ended first.
    Incomplete,
    /// Nothing is left.
    End,
}

/// Collects the segments of units from an input that is handed to every call anew and may have grown at its end.
struct Collector {
    scanner: Scanner,
    splitter: Splitter,
    unit: Unit,
    /// Where the marks of the segment being scanned begin.
    first_mark: usize,
    /// How many segments of `unit` are complete, to be read.
    ready: usize,
    /// How many segments of `unit` were read already.
    consumed: usize,
    ended: bool,
}

impl Collector {
    fn new(options: &ReadOptions) -> Self {
        Self {
            scanner: Scanner::new(options.limits_in_force()),
            splitter: Splitter::new(),
            unit: Unit::default(),
            first_mark: 0,
            ready: 0,
            consumed: 0,
            ended: false,
        }
    }

    /// Drops the unit that was read, keeping the segment behind it.
    fn drop_consumed(&mut self) {
        if self.consumed == 0 {
            return;
        }
        if self.consumed < self.unit.len() {
            self.unit.keep_last();
        } else {
            self.unit.clear();
        }
        self.first_mark = self.unit.marks.len();
        self.consumed = 0;
    }

    /// Where the first byte stands that is still needed.
    fn oldest(&self) -> usize {
        self.unit.range(0).map_or(self.scanner.oldest(), |range| range.start)
    }

    /// Says that the first `count` bytes of the input are gone.
    fn forget(&mut self, count: usize) {
        if count > 0 {
            self.unit.forget(count);
            self.scanner.forget(count);
        }
    }

    /// Says that the unit was read.
    fn consume(&mut self) {
        self.consumed = core::mem::take(&mut self.ready);
    }

    /// Collects segments until a unit is complete.
    #[inline]
    fn collect(
        &mut self,
        input: &[u8],
        base: u64,
        last: bool,
        reporter: &mut Reporter<'_>,
    ) -> Result<Collected, Error> {
        self.drop_consumed();
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
        if self.unit.len() == 1 && self.splitter.is_closed(self.unit.key(0)) {
            return Ok(Some(1));
        }
        while !self.ended {
            let scan = self.scanner.scan(input, last, &mut self.unit.marks);
            let scan = scan.map_err(|(kind, offset)| limit(kind, base + offset as u64))?;
            self.check_length(base)?;
            let found = match scan {
                Scan::Segment(found) => found,
                Scan::Incomplete => return Ok(None),
                Scan::End(_) => {
                    self.ended = true;
                    self.splitter.end(&self.unit);
                    return Ok(None);
                }
            };
            let marks = &self.unit.marks[self.first_mark..];
            let segment = Segment::new(Input::unchecked(input), &found, marks, self.scanner.advice(), base);
            if !is_plain(&segment) && !report_form(&segment, self.splitter.is_inside(), reporter) {
                self.unit.marks.truncate(self.first_mark);
                continue;
            }
            let key = Key::of(&segment);
            let begins = self.splitter.begins_unit(&segment, key, &self.unit);
            let before = self.unit.len();
            self.unit.push(found, key, self.first_mark, self.scanner.advice());
            self.first_mark = self.unit.marks.len();
            if begins && before > 0 {
                return Ok(Some(before));
            }
            if self.splitter.is_closed(self.unit.key(0)) {
                return Ok(Some(self.unit.len()));
            }
            if before >= self.scanner.limits().segments_per_transaction {
                return Err(limit(ErrorKind::SegmentsPerTransaction, base + found.start as u64));
            }
        }
        Ok(None)
    }
}

impl Collector {
    /// A unit that is open, with the gap behind it, keeps to its limit: the gap must be kept until it is clear that the
    /// unit ends with it.
    #[inline]
    fn check_length(&self, base: u64) -> Result<(), Error> {
        match self.unit.start() {
            Some(start) if self.scanner.oldest() - start > self.scanner.limits().transaction_length => {
                Err(limit(ErrorKind::TransactionLength, base + start as u64))
            }
            _ => Ok(()),
        }
    }
}

fn limit(kind: ErrorKind, offset: u64) -> Error {
    Error::new(kind, Location { offset: Some(offset), ..Location::default() })
}

/// Whether nothing is to be said of a segment before it is read.
#[inline]
fn is_plain(segment: &Segment<'_, '_>) -> bool {
    let gap = segment.gap();
    segment.marks().len() > 1 && segment.is_terminated() && gap.first_space == 0 && !gap.byte_order_mark
}

/// Reports what stands before a segment and how it ends; `false` if there is no segment. Blanks around interchanges are
/// nothing to speak of, and what is not an interchange is reported as a whole.
#[cold]
fn report_form(segment: &Segment<'_, '_>, in_interchange: bool, reporter: &mut Reporter<'_>) -> bool {
    let gap = segment.gap();
    let start = segment.offset() - gap.len as u64;
    let mut at = |kind, offset| reporter.at(kind, Location { offset: Some(offset), ..Location::default() });
    if gap.byte_order_mark {
        at(ErrorKind::ByteOrderMark, start);
    }
    if gap.first_space > 0 && in_interchange {
        at(ErrorKind::BlanksBetweenSegments, start + gap.first_space as u64 - 1);
    }
    if segment.is_blank() {
        at(ErrorKind::EmptySegment, segment.offset());
        return false;
    }
    if !segment.is_terminated() && in_interchange {
        let location = Location { offset: Some(segment.span().end), tag: segment.tag(), ..Location::default() };
        reporter.at(ErrorKind::MissingTerminator, location);
    }
    true
}

/// Reads the events of a slice, one at a time.
///
/// No memory is allocated per transaction, unless text has to be changed: a release character taken out, 8-bit bytes
/// made characters. Text is borrowed from the input.
///
/// ```
/// use nhais_edifact::{Event, EventReader, Issue, ReadOptions};
///
/// let input = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'\
/// NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'S01+1'RFF+TN:2009'NAD+GP+7000015,T93:900'\
/// FTX+RGI+++MOVED 40 MILES AWAY'S02+2'PNA+PAT+9990000069:OPI'UNT+12+00000508'UNZ+1+00000108'";
/// let mut issues: Vec<Issue> = Vec::new();
/// let mut reader = EventReader::new(input, ReadOptions::default());
/// let mut transactions = 0;
/// while let Some(event) = reader.next_event(&mut issues)? {
///     transactions += usize::from(matches!(event, Event::Transaction(_)));
/// }
/// assert_eq!((transactions, issues.len()), (1, 0));
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub struct EventReader<'a> {
    input: Input<'a>,
    options: ReadOptions,
    collector: Collector,
    grammar: Grammar,
    done: bool,
}

impl<'a> EventReader<'a> {
    /// Starts at the beginning of `input`.
    pub fn new(input: &'a [u8], options: ReadOptions) -> Self {
        Self {
            input: Input::new(input),
            collector: Collector::new(&options),
            grammar: Grammar::new(options.limits_in_force()),
            options,
            done: false,
        }
    }

    /// The next event; `None` at the end of the input. What deviates goes to `sink`.
    ///
    /// # Errors
    ///
    /// The first deviation that the options reject, an exceeded limit, or no interchange at all. After an error there
    /// are no further events.
    pub fn next_event(&mut self, sink: &mut dyn IssueSink) -> Result<Option<Event<'a>>, Error> {
        if self.done {
            return Ok(None);
        }
        let event = self.advance(sink);
        self.done = !matches!(event, Ok(Some(_)));
        event
    }

    /// Where the segments of the last event begin.
    pub fn offset(&self) -> u64 {
        self.collector.unit.range(0).map_or(0, |range| range.start as u64)
    }

    #[inline]
    fn advance(&mut self, sink: &mut dyn IssueSink) -> Result<Option<Event<'a>>, Error> {
        let mut reporter = Reporter::new(&self.options, sink, segment::is_known);
        let bytes = self.input.bytes();
        let event = match self.collector.collect(bytes, 0, true, &mut reporter)? {
            Collected::Unit(count) => {
                reporter.finish()?;
                let view = UnitView::new(&self.collector.unit, count, self.input, 0, 0);
                let (event, consumed) = self.grammar.read(self.collector.splitter.heading(), view, &mut reporter);
                if consumed {
                    self.collector.consume();
                }
                Some(event)
            }
            Collected::Incomplete | Collected::End => {
                reporter.finish()?;
                self.grammar.finish(bytes.len() as u64, &mut reporter)?
            }
        };
        reporter.finish()?;
        Ok(event)
    }
}

/// Decodes events from chunks of any size, as they arrive.
///
/// The decoder owns one buffer, which holds what has arrived of the event being read; an event borrows it until the
/// next call. The caller owns the chunk, which is copied and can be used again at once. Memory is bounded by the largest
/// chunk and the largest transaction, which the limits bound in turn. It performs no I/O: a read that was interrupted or
/// would block is the caller's to repeat, and nothing is lost by it.
///
/// With a blocking reader:
///
/// ```
/// use std::io::Read;
///
/// use nhais_edifact::{Decoder, Event, Issue, ReadOptions};
///
/// fn count_transactions(mut reader: impl Read) -> Result<u64, Box<dyn std::error::Error>> {
///     let mut decoder = Decoder::new(ReadOptions::default());
///     let mut issues: Vec<Issue> = Vec::new();
///     let mut chunk = [0; 16_384];
///     let mut transactions = 0;
///     loop {
///         let read = reader.read(&mut chunk)?;
///         if read == 0 {
///             decoder.finish();
///         } else {
///             decoder.feed(&chunk[..read]);
///         }
///         while let Some(event) = decoder.next_event(&mut issues)? {
///             transactions += u64::from(matches!(event, Event::Transaction(_)));
///         }
///         if read == 0 {
///             return Ok(transactions);
///         }
///     }
/// }
/// # let input = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNZ+0+00000108'";
/// # assert_eq!(count_transactions(&input[..]).unwrap(), 0);
/// ```
///
/// With an asynchronous one, here of tokio:
///
/// ```
/// use nhais_edifact::{Decoder, Event, Issue, ReadOptions};
/// use tokio::io::{AsyncRead, AsyncReadExt};
///
/// async fn count_transactions(mut reader: impl AsyncRead + Unpin) -> Result<u64, Box<dyn std::error::Error>> {
///     let mut decoder = Decoder::new(ReadOptions::default());
///     let mut issues: Vec<Issue> = Vec::new();
///     let mut chunk = vec![0; 16_384];
///     let mut transactions = 0;
///     loop {
///         let read = reader.read(&mut chunk).await?;
///         if read == 0 {
///             decoder.finish();
///         } else {
///             decoder.feed(&chunk[..read]);
///         }
///         while let Some(event) = decoder.next_event(&mut issues)? {
///             transactions += u64::from(matches!(event, Event::Transaction(_)));
///         }
///         if read == 0 {
///             return Ok(transactions);
///         }
///     }
/// }
/// # let input = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNZ+0+00000108'";
/// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
/// # assert_eq!(runtime.block_on(count_transactions(&input[..])).unwrap(), 0);
/// ```
///
/// With chunks at hand:
///
/// ```
/// use nhais_edifact::{Decoder, Event, ReadOptions};
///
/// let input = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNZ+0+00000108'";
/// let mut decoder = Decoder::new(ReadOptions::default());
/// let mut events = 0;
/// for chunk in input.chunks(7) {
///     decoder.feed(chunk);
///     while let Some(event) = decoder.next_event(&mut ())? {
///         events += 1;
///     }
/// }
/// decoder.finish();
/// while let Some(event) = decoder.next_event(&mut ())? {
///     events += 1;
/// }
/// assert_eq!(events, 2);
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub struct Decoder {
    buffer: Buffer,
    options: ReadOptions,
    collector: Collector,
    grammar: Grammar,
    done: bool,
}

impl Decoder {
    /// Waits for the first chunk.
    pub fn new(options: ReadOptions) -> Self {
        Self {
            buffer: Buffer::default(),
            collector: Collector::new(&options),
            grammar: Grammar::new(options.limits_in_force()),
            options,
            done: false,
        }
    }

    /// Takes in the next bytes of the input.
    pub fn feed(&mut self, chunk: &[u8]) {
        if self.done {
            return;
        }
        self.collector.drop_consumed();
        let gone = self.buffer.feed(chunk, self.collector.oldest());
        self.collector.forget(gone);
    }

    /// Says that there are no further bytes; what is left follows as events.
    pub fn finish(&mut self) {
        self.buffer.finish();
    }

    /// The next event; `None` when more bytes are needed, or after [`finish`](Self::finish) at the end. What deviates
    /// goes to `sink`.
    ///
    /// # Errors
    ///
    /// The first deviation that the options reject, an exceeded limit, or no interchange at all. After an error there
    /// are no further events.
    pub fn next_event(&mut self, sink: &mut dyn IssueSink) -> Result<Option<Event<'_>>, Error> {
        if self.done {
            return Ok(None);
        }
        let mut reporter = Reporter::new(&self.options, sink, segment::is_known);
        // Set until all is known to be well, so that an error ends the events.
        self.done = true;
        let event = match self.collector.collect(
            self.buffer.bytes(),
            self.buffer.base(),
            self.buffer.is_last(),
            &mut reporter,
        )? {
            Collected::Unit(count) => {
                reporter.finish()?;
                let range = self.collector.unit.range(count - 1).unwrap_or_default();
                let origin = range.start;
                let input = Input::of_range(self.buffer.bytes(), range);
                let view = UnitView::new(&self.collector.unit, count, input, origin, self.buffer.base());
                let (event, consumed) = self.grammar.read(self.collector.splitter.heading(), view, &mut reporter);
                if consumed {
                    self.collector.consume();
                }
                Some(event)
            }
            Collected::Incomplete => {
                reporter.finish()?;
                self.done = false;
                return Ok(None);
            }
            Collected::End if !self.buffer.is_last() => {
                self.done = false;
                return Ok(None);
            }
            Collected::End => {
                reporter.finish()?;
                self.grammar.finish(self.buffer.end(), &mut reporter)?
            }
        };
        reporter.finish()?;
        self.done = event.is_none();
        Ok(event)
    }

    /// How many bytes the buffer takes: its capacity, with that of the marks that go with it.
    pub fn buffer_bytes(&self) -> usize {
        self.buffer.capacity() + self.collector.unit.bytes()
    }
}
