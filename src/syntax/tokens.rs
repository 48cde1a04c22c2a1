//! Tokens: reads a slice component by component, without building segments.

use core::num::NonZeroU64;
use core::ops::Range;

use super::delimiters::{Block, Delimiters};
use super::scanner::usual_from;
use super::{Component, Input, SegmentReader, ServiceStringAdvice};
use crate::error::Error;

/// A token, as [`SegmentReader::for_each_token`] gives it: a component; then the data element, if the component ends
/// it; then the segment, if that ends it.
///
/// Source: ISO 9735, interchange structure.
#[derive(Clone, Copy)]
pub enum Token<'a> {
    /// A component: `HOLLY COTTAGE` in `NAD+PAT++HOLLY COTTAGE:12 LONG LANE'`; the tag is one, too.
    Component(Component<'a>),
    /// A data element with all its components, as it stands in the input: `HOLLY COTTAGE:12 LONG LANE`.
    DataElement(&'a [u8]),
    /// A segment without its terminator, as it stands in the input.
    Segment(&'a [u8]),
}

impl<'a> SegmentReader<'a> {
    /// Gives all tokens of the remaining segments, in the order in which they end.
    ///
    /// Nothing is stored for a segment, so this is the fastest way to look at everything once. The tokens are those
    /// that [`next_segment`](Self::next_segment) and [`Segment::components`](super::Segment::components) give.
    ///
    /// # Errors
    ///
    /// As [`next_segment`](Self::next_segment); tokens of the segment before the error may have been given.
    ///
    /// ```
    /// use nhais_edifact::syntax::{SegmentReader, Token};
    ///
    /// let (mut components, mut segments) = (0, 0);
    /// SegmentReader::new(b"UNH+1+FHSREG:0:1:FH:FHS001'UNT+2+1'").for_each_token(|token| match token {
    ///     Token::Component(_) => components += 1,
    ///     Token::DataElement(_) => {}
    ///     Token::Segment(_) => segments += 1,
    /// })?;
    /// assert_eq!((components, segments), (10, 2));
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    #[inline(always)]
    pub fn for_each_token(&mut self, mut visit: impl FnMut(Token<'a>)) -> Result<(), Error> {
        loop {
            let advice = self.scanner.advice();
            let (start, end) = match self.scanner.between_segments().and_then(|at| usual_from(self.input, at, advice)) {
                Some(start) => (start, None),
                None => {
                    let found = match self.scanner.scan_empty(self.input) {
                        None => self.next_found()?,
                        empty => empty,
                    };
                    let Some(found) = found else { return Ok(()) };
                    (found.start, Some(found.end))
                }
            };
            // Service characters that are constants make the loop some percent faster.
            match self.scanner.advice() {
                advice if advice.is_level_a() => self.visit(start, end, ServiceStringAdvice::LEVEL_A, &mut visit)?,
                advice => self.visit(start, end, advice, &mut visit)?,
            }
        }
    }

    /// Gives the tokens of a segment that was found, up to its end if that is known; then those of further segments as
    /// long as they are of the usual form: see [`usual_from`].
    ///
    /// One loop over the service characters; what changes at every token stays in registers.
    #[inline(always)]
    fn visit(
        &mut self,
        mut start: usize,
        end: Option<usize>,
        advice: ServiceStringAdvice,
        visit: &mut impl FnMut(Token<'a>),
    ) -> Result<(), Error> {
        let input = &self.input[..end.unwrap_or(self.input.len())];
        let (component_separator, terminator) = (advice.component_separator(), advice.terminator());
        let limits = self.scanner.limits();
        // A segment has at most one component more than bytes.
        let longest = limits.segment_length.min(limits.components_per_segment.saturating_sub(1));
        let mut delimiters = Delimiters::from(start, advice);
        let (mut element, mut component, mut released) = (start, start, false);
        let component_at = |range: Range<usize>, released, ends_element| {
            let offset = range.start as u64;
            Component::new(Input::Bytes(&input[range]), released, ends_element, advice, offset)
        };
        loop {
            let first = delimiters.reached();
            let Some(block) = delimiters.next_block(input) else { break };
            crate::cost::count(delimiters.reached() - first + block.delimiters.count_ones() as usize);
            let Block { delimiters: mut ahead, mut releases } = block;
            while let Some(mask) = NonZeroU64::new(ahead) {
                let place = first + mask.trailing_zeros() as usize;
                let up_to_here = mask.get() ^ (ahead - 1);
                ahead &= ahead - 1;
                released |= releases & up_to_here != 0;
                releases &= !up_to_here;
                let byte = input[place];
                let ends_element = byte != component_separator;
                visit(Token::Component(component_at(component..place, released, ends_element)));
                (component, released) = (place + 1, false);
                if !ends_element {
                    continue;
                }
                visit(Token::DataElement(&input[element..place]));
                element = component;
                if byte != terminator {
                    continue;
                }
                if place - start > longest {
                    self.scan_again(start)?;
                }
                visit(Token::Segment(&input[start..place]));
                let Some(next) = usual_from(input, component, advice) else {
                    self.scanner.go_on_at(component, false);
                    return Ok(());
                };
                (start, element, component) = (next, next, next);
            }
            released |= releases != 0;
        }
        let end = match end {
            Some(end) => end,
            None => self.scan_again(start)?,
        };
        visit(Token::Component(component_at(component..end, released, true)));
        visit(Token::DataElement(&input[element..end]));
        visit(Token::Segment(&input[start..end]));
        Ok(())
    }

    /// Lets the scanner read a segment that may exceed a limit, or does not end with a terminator; returns where it
    /// ends.
    #[cold]
    fn scan_again(&mut self, start: usize) -> Result<usize, Error> {
        self.scanner.go_on_at(start, false);
        Ok(self.next_found()?.map_or(start, |found| found.end))
    }
}
