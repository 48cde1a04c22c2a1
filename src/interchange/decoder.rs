//! Reading events from chunks.

use super::collector::{Collected, Collector};
use super::event::Event;
use super::grammar::Grammar;
use crate::error::Error;
use crate::issue::IssueSink;
use crate::layout::{Reporter, UnitView};
use crate::options::ReadOptions;
use crate::segment;
use crate::syntax::{Buffer, Parts};

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
        let mut event = None;
        if let Some(start) = self.collector.begin_plain(self.buffer.bytes()) {
            self.buffer.move_window(start);
            let ((plain, at), offset) = (self.buffer.around(start), self.buffer.base() + start as u64);
            let parts = Parts::new(&plain, at);
            if let Some((len, passed)) = self.grammar.read_plain(parts, offset, &self.options, &mut event, None) {
                self.collector.pass(start, start + len, passed);
                self.grammar.report_odd(sink);
                return Ok(event);
            }
        }
        let mut reporter = Reporter::new(&self.options, sink, segment::is_known);
        // Set until all is known to be well, so that an error ends the events.
        self.done = true;
        let collected =
            self.collector.collect(self.buffer.bytes(), self.buffer.base(), self.buffer.is_last(), &mut reporter);
        // What was rejected on the way came first.
        reporter.finish()?;
        match collected? {
            Collected::Unit(count) => {
                let view = UnitView::new(&self.collector.unit, count, self.buffer.bytes(), self.buffer.base());
                if self.grammar.read(self.collector.splitter.heading(), view, &mut reporter, &mut event) {
                    self.collector.consume();
                }
            }
            Collected::Incomplete => {
                self.done = false;
                return Ok(None);
            }
            Collected::End => self.grammar.finish(self.buffer.end(), &mut reporter, &mut event)?,
        }
        reporter.finish()?;
        self.done = event.is_none();
        Ok(event)
    }

    /// How many bytes the buffer takes: its capacity, with that of the marks that go with it.
    pub fn buffer_bytes(&self) -> usize {
        self.buffer.capacity() + self.collector.bytes() + self.grammar.odd.bytes()
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;
    use std::{format, vec};

    use super::*;

    #[test]
    fn what_has_arrived_as_a_whole_is_read_as_it_stands() {
        let heading =
            "UNH+00000001+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'";
        let rest = "NAD+GP+7000015,T93:900'FTX+RGI+++MOVED AWAY'S02+2'PNA+PAT+9990000069:OPI'";
        let transactions: Vec<_> = (1..=400).map(|number| format!("S01+1'RFF+TN:{number}'{rest}")).collect();
        let trailers = "UNT+2406+00000001'UNZ+1+00000001'";
        let header = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000001'";
        let input = format!("{header}{heading}{}{trailers}", transactions.concat());
        // How many events come of units that are read row by row.
        let by_rows = |size: usize| {
            let mut decoder = Decoder::new(ReadOptions::default());
            let mut by_rows = vec![];
            for chunk in input.as_bytes().chunks(size) {
                decoder.feed(chunk);
                while decoder.next_event(&mut ()).unwrap().is_some() {
                    by_rows.push(!decoder.collector.read_as_it_stands());
                }
            }
            assert_eq!(by_rows.len(), 404);
            by_rows.into_iter().filter(|by_rows| *by_rows).count()
        };
        assert_eq!(by_rows(input.len()), 0);
        // Those at the ends of chunks.
        assert!((1..=2 * 9).contains(&by_rows(5_000)), "{}", by_rows(5_000));
        // The trailer has arrived when it is clear that the last transaction ends.
        assert_eq!(by_rows(1), 403);
    }

    #[test]
    fn what_the_buffer_takes_is_said_with_its_marks() {
        let mut decoder = Decoder::new(ReadOptions::default());
        decoder.feed(b"UNB+UNOA:2+KLM5+ZQX1");
        assert!(decoder.next_event(&mut ()).unwrap().is_none());
        // There are marks for a block at least.
        assert!(decoder.buffer_bytes() >= decoder.buffer.capacity() + 64 * 4);
    }
}
