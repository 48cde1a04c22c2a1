//! Reading events from a slice.

use super::collector::{Collected, Collector};
use super::event::Event;
use super::grammar::Grammar;
use crate::error::Error;
use crate::issue::IssueSink;
use crate::layout::{Reporter, UnitView};
use crate::options::ReadOptions;
use crate::segment;
use crate::syntax::Input;

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
        let collected = self.collector.collect(bytes, 0, true, &mut reporter);
        // What was rejected on the way came first.
        reporter.finish()?;
        let event = match collected? {
            Collected::Unit(count) => {
                let view = UnitView::new(&self.collector.unit, count, self.input, 0, 0);
                let (event, consumed) = self.grammar.read(self.collector.splitter.heading(), view, &mut reporter);
                if consumed {
                    self.collector.consume();
                }
                Some(event)
            }
            Collected::Incomplete | Collected::End => self.grammar.finish(bytes.len() as u64, &mut reporter)?,
        };
        reporter.finish()?;
        Ok(event)
    }
}
