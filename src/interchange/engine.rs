//! Event engine: reads events from bytes that are handed to every call: a slice, a chunk, or what chunks have cut off.

use super::event::Event;
use super::grammar::Grammar;
use super::unit_buffer::{Collected, UnitBuffer};
use crate::error::Error;
use crate::issue::IssueSink;
use crate::options::ReadOptions;
use crate::segment;
use crate::syntax::{DelimiterMasks, MaskedText, TextCursor, TextWindow, behind_break};
use crate::table::{Reporter, UnitView};
use crate::transaction::Transactions;

/// The result of an attempt to read the next event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Next {
    Event,
    /// A transaction, which was added to the list.
    InList,
    /// The bytes end before the event does.
    Incomplete,
    /// There are no further events.
    End,
}

/// Reads events from bytes that are handed to every call.
pub(super) struct Engine {
    options: ReadOptions,
    buffer: UnitBuffer,
    grammar: Grammar,
    /// There are no further events: the input has ended, or an error was returned.
    pub(super) done: bool,
    /// The fast path reads units up to this length.
    longest_canonical: usize,
}

impl Engine {
    #[inline]
    pub(super) fn new(options: ReadOptions) -> Self {
        let limits = options.limits_in_force();
        Self {
            buffer: UnitBuffer::new(&options),
            grammar: Grammar::new(limits),
            options,
            done: false,
            longest_canonical: limits.longest_canonical(),
        }
    }

    /// Reads the next event of a slice or a chunk into `out`. `at` is where that begins in the whole input, and whether
    /// nothing follows. A transaction may be added to `list` instead.
    #[inline]
    pub(super) fn next<'a>(
        &mut self,
        window: &mut TextWindow<'a>,
        (base, is_last): (u64, bool),
        sink: &mut dyn IssueSink,
        out: &mut Option<Event<'a>>,
        list: Option<&mut Transactions<'a>>,
    ) -> Result<Next, Error> {
        *out = None;
        if self.done {
            return Ok(Next::End);
        }
        if let Some(start) = self.buffer.begin_canonical(window.input()) {
            if is_last && self.grammar.may_end() && behind_break(window.input(), start) == window.input().len() {
                self.done = true;
                return Ok(Next::End);
            }
            let (masked, at) = window.around(start, self.buffer.advice());
            let (masked, offset) = (masked.up_to(at.saturating_add(self.longest_canonical)), base + start as u64);
            let (cursor, in_list) = (TextCursor::new(&masked, at), list.is_some());
            if let Some((len, passed)) = self.grammar.read_canonical(cursor, offset, &self.options, out, list) {
                self.buffer.pass(start, start + len, passed);
                self.grammar.report_fallback(sink);
                return Ok(if in_list && out.is_none() { Next::InList } else { Next::Event });
            }
        }
        self.next_by_rows(window.input(), (base, is_last), sink, out)
    }

    /// Reads the next event of bytes that chunks have cut off; there, the end of a unit is found before the unit is
    /// read.
    pub(super) fn next_of_cut<'a>(
        &mut self,
        bytes: &'a [u8],
        (base, is_last): (u64, bool),
        masks: &mut DelimiterMasks,
        sink: &mut dyn IssueSink,
        out: &mut Option<Event<'a>>,
    ) -> Result<Next, Error> {
        if self.read_collected(bytes, base, masks, out) {
            self.grammar.report_fallback(sink);
            return Ok(Next::Event);
        }
        self.next_by_rows(bytes, (base, is_last), sink, out)
    }

    /// Tries the fast path on a unit whose segments were buffered.
    fn read_collected<'a>(
        &mut self,
        bytes: &'a [u8],
        base: u64,
        masks: &mut DelimiterMasks,
        out: &mut Option<Event<'a>>,
    ) -> bool {
        let Some((range, advice)) =
            self.buffer.collected_canonical().filter(|(range, _)| range.len() <= self.longest_canonical)
        else {
            return false;
        };
        let offset = base + range.start as u64;
        let Some(Ok(text)) = bytes.get(range).map(core::str::from_utf8) else { return false };
        let masked = MaskedText::of(text, advice, masks);
        let read = self.grammar.read_canonical(TextCursor::new(&masked, 0), offset, &self.options, out, None);
        if read.is_some() {
            self.buffer.pass_collected();
        }
        read.is_some()
    }

    /// Buffers the segments of the next event.
    pub(super) fn collect(
        &mut self,
        bytes: &[u8],
        (base, is_last): (u64, bool),
        sink: &mut dyn IssueSink,
    ) -> Result<Collected, Error> {
        let mut reporter = Reporter::new(&self.options, sink, segment::is_known);
        // Set until there is no error, so that an error ends the events.
        self.done = true;
        let collected = self.buffer.collect(bytes, base, is_last, &mut reporter);
        // A rejected issue came before that error.
        reporter.finish()?;
        let collected = collected?;
        self.done = false;
        Ok(collected)
    }

    fn next_by_rows<'a>(
        &mut self,
        bytes: &'a [u8],
        (base, is_last): (u64, bool),
        sink: &mut dyn IssueSink,
        out: &mut Option<Event<'a>>,
    ) -> Result<Next, Error> {
        if self.done {
            return Ok(Next::End);
        }
        let collected = self.collect(bytes, (base, is_last), sink)?;
        let mut reporter = Reporter::new(&self.options, sink, segment::is_known);
        self.done = true;
        match collected {
            Collected::Unit(count) => {
                let view = UnitView::new(&self.buffer.unit, count, bytes, base);
                if self.grammar.read(self.buffer.framer.heading(), view, &mut reporter, out) {
                    self.buffer.consume();
                }
            }
            Collected::Incomplete => {
                self.done = false;
                return Ok(Next::Incomplete);
            }
            Collected::End => self.grammar.finish(base + bytes.len() as u64, &mut reporter, out)?,
        }
        reporter.finish()?;
        self.done = out.is_none();
        Ok(if self.done { Next::End } else { Next::Event })
    }

    /// The terminator that must arrive before an event is complete.
    pub(super) fn waits_for(&self, bytes: &[u8]) -> Option<u8> {
        self.buffer.waits_for(bytes)
    }

    /// The place of the first byte that is still needed.
    pub(super) fn oldest(&mut self) -> usize {
        self.buffer.drop_consumed();
        self.buffer.oldest()
    }

    /// Shifts all places, because the first `count` bytes are gone.
    pub(super) fn forget(&mut self, count: usize) {
        self.buffer.forget(count);
    }

    /// Where the segments of the last event begin.
    pub(super) fn unit_start(&self) -> usize {
        self.buffer.unit_start()
    }

    /// Whether the last event was read on the fast path.
    #[cfg(test)]
    pub(super) fn was_canonical(&self) -> bool {
        self.buffer.was_canonical()
    }

    /// How many bytes the buffers take.
    pub(super) fn bytes(&self) -> usize {
        self.buffer.bytes() + self.grammar.fallback.bytes()
    }
}
