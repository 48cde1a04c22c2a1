//! Push API for events (sans-I/O): decodes them from chunks.

use super::engine::{Engine, Next};
use super::event::Event;
use super::unit_buffer::Collected;
use crate::error::Error;
use crate::issue::IssueSink;
use crate::options::ReadOptions;
use crate::syntax::{DelimiterMasks, Held, TextWindow};

/// Decodes events from chunks of any size, as they arrive.
///
/// Events are read where the chunk lies (zero-copy), and borrow from it until the next call. What the end of a chunk
/// cuts off is copied, and read when the next chunks have completed it. Memory is bounded by the largest transaction,
/// which the limits bound. The decoder performs no I/O: a read that was interrupted or would block can be repeated, and
/// nothing is lost by it.
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
///         let mut events = if read == 0 { decoder.finish() } else { decoder.feed(&chunk[..read]) };
///         while let Some(event) = events.next(&mut issues)? {
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
///         let mut events = if read == 0 { decoder.finish() } else { decoder.feed(&chunk[..read]) };
///         while let Some(event) = events.next(&mut issues)? {
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
/// let mut count = 0;
/// for chunk in input.chunks(7) {
///     let mut events = decoder.feed(chunk);
///     while let Some(event) = events.next(&mut ())? {
///         count += 1;
///     }
/// }
/// let mut events = decoder.finish();
/// while let Some(event) = events.next(&mut ())? {
///     count += 1;
/// }
/// assert_eq!(count, 2);
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub struct Decoder {
    engine: Engine,
    held: Held,
    masks: DelimiterMasks,
}

impl Decoder {
    /// Waits for the first chunk.
    pub fn new(options: ReadOptions) -> Self {
        Self { engine: Engine::new(options), held: Held::default(), masks: DelimiterMasks::default() }
    }

    /// The events that end in the next bytes of the input.
    pub fn feed<'d>(&'d mut self, chunk: &'d [u8]) -> Events<'d> {
        let window = TextWindow::new(chunk, core::mem::take(&mut self.masks));
        Events { decoder: self, window }
    }

    /// Ends the input, and gives the events that are left.
    pub fn finish(&mut self) -> Events<'_> {
        self.held.finish();
        self.feed(&[])
    }

    /// How many bytes the buffers take: those of what a chunk has cut, and of the marks that go with it.
    pub fn buffer_bytes(&self) -> usize {
        self.held.capacity() + self.masks.bytes() + self.engine.bytes()
    }
}

/// The events that end in a chunk, and those that [`finish`](Decoder::finish) gives.
///
/// Events that are not asked for come with those of the next chunk; their bytes are kept until then. An example is at
/// [`Decoder`].
#[must_use = "events are read when they are asked for"]
pub struct Events<'d> {
    decoder: &'d mut Decoder,
    window: TextWindow<'d>,
}

impl Events<'_> {
    /// The next event; `None` when more bytes are needed, or at the end. What deviates goes to `sink`.
    ///
    /// # Errors
    ///
    /// The first deviation that the options reject, an exceeded limit, or no interchange at all. After an error there
    /// are no further events.
    pub fn next(&mut self, sink: &mut dyn IssueSink) -> Result<Option<Event<'_>>, Error> {
        if !self.complete(sink)? {
            return Ok(None);
        }
        let Decoder { engine, held, .. } = &mut *self.decoder;
        let place = (held.base(), held.is_last());
        if held.is_empty() {
            let mut event = None;
            if engine.next(&mut self.window, place, sink, &mut event, None)? == Next::Incomplete {
                held.exhaust();
            }
            return Ok(event);
        }
        let mut event = None;
        engine.next_of_cut(held.bytes(), place, self.window.masks(), sink, &mut event)?;
        Ok(event)
    }

    /// Copies as much of the chunk as completes what an earlier one cut off; returns whether an event may be complete.
    fn complete(&mut self, sink: &mut dyn IssueSink) -> Result<bool, Error> {
        let Decoder { engine, held, .. } = &mut *self.decoder;
        while !held.is_empty() && !engine.done {
            if let Some(gone) = held.leave(engine.oldest()) {
                engine.forget(gone);
            } else if !held.is_worth_a_look(engine.waits_for(held.bytes()), self.window.input()) {
                return Ok(false);
            } else if !matches!(
                engine.collect(held.bytes(), (held.base(), held.is_last()), sink)?,
                Collected::Incomplete
            ) {
                return Ok(true);
            } else {
                held.exhaust();
            }
        }
        Ok(true)
    }
}

impl Drop for Events<'_> {
    fn drop(&mut self) {
        let Decoder { engine, held, masks } = &mut *self.decoder;
        if !engine.done {
            let gone = held.keep(self.window.input(), engine.oldest());
            engine.forget(gone);
        }
        *masks = self.window.take_masks();
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;
    use std::{format, vec};

    use super::*;

    #[test]
    fn what_has_arrived_as_a_whole_is_read_on_the_fast_path() {
        let heading =
            "UNH+00000001+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'";
        let rest = "NAD+GP+7000015,T93:900'FTX+RGI+++MOVED AWAY'S02+2'PNA+PAT+9990000069:OPI'";
        let transactions: Vec<_> = (1..=400).map(|number| format!("S01+1'RFF+TN:{number}'{rest}")).collect();
        let trailers = "UNT+2406+00000001'UNZ+1+00000001'";
        let header = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000001'";
        let input = format!("{header}{heading}{}{trailers}", transactions.concat());
        // How many events are read on the general path.
        let by_rows = |size: usize| {
            let mut decoder = Decoder::new(ReadOptions::default());
            let mut by_rows = vec![];
            for chunk in input.as_bytes().chunks(size) {
                let mut events = decoder.feed(chunk);
                while events.next(&mut ()).unwrap().is_some() {
                    by_rows.push(!events.decoder.engine.was_canonical());
                }
            }
            assert_eq!(by_rows.len(), 404);
            by_rows.into_iter().filter(|by_rows| *by_rows).count()
        };
        assert_eq!(by_rows(input.len()), 0);
        assert_eq!(by_rows(5_000), 0);
        // The trailer of the interchange, behind which lines may begin another.
        assert_eq!(by_rows(1), 1);
    }

    #[test]
    fn no_more_is_kept_than_a_chunk_has_cut() {
        let mut decoder = Decoder::new(ReadOptions::default());
        assert!(decoder.feed(b"UNB+UNOA:2+KLM5+ZQX1").next(&mut ()).unwrap().is_none());
        assert_eq!(decoder.held.bytes(), b"UNB+UNOA:2+KLM5+ZQX1");
        // There are marks for a block at least.
        assert!(decoder.buffer_bytes() >= decoder.held.capacity() + 64 * 4);
        let mut events = decoder.feed(b"+240318:0907+00000001'UNZ");
        assert!(events.next(&mut ()).unwrap().is_some());
        drop(events);
        let mut events = decoder.feed(b"+0+00000001'\n");
        assert!(events.next(&mut ()).unwrap().is_some());
        assert!(events.next(&mut ()).unwrap().is_none());
        drop(events);
        assert_eq!(decoder.held.bytes(), b"");
    }

    #[test]
    fn events_that_are_not_asked_for_come_later() {
        let input = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000001'UNZ+0+00000001'";
        let mut decoder = Decoder::new(ReadOptions::default());
        for chunk in input.chunks(10) {
            drop(decoder.feed(chunk));
        }
        let mut events = decoder.finish();
        assert!(matches!(events.next(&mut ()), Ok(Some(Event::InterchangeHeader(_)))));
        assert!(matches!(events.next(&mut ()), Ok(Some(Event::InterchangeTrailer(_)))));
        assert!(matches!(events.next(&mut ()), Ok(None)));
    }
}
