//! Reading segments from a slice.

use super::scanner::{Scan, Scanner, SegmentSpan};
use super::{Input, Segment, SegmentLimits, ServiceStringAdvice};
use crate::error::{Error, Location};

/// Reads a slice segment by segment.
///
/// The buffers are reused, so a [`Segment`] borrows the reader until the next one is asked for, while the text in it
/// borrows the input. A service string advice is honoured at the start of each interchange in the input. A last segment
/// without terminator and empty segments are given like any other.
///
/// ```
/// use nhais_edifact::syntax::SegmentReader;
///
/// let input = b"UNH+1+FHSREG:0:1:FH:FHS001'\r\nUNT+2+1'\r\n";
/// let mut reader = SegmentReader::new(input);
/// let mut count = 0;
/// while let Some(segment) = reader.next_segment()? {
///     count += 1;
///     assert!(segment.is_terminated());
/// }
/// assert_eq!((count, reader.trailing()), (2, &b"\r\n"[..]));
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub struct SegmentReader<'a> {
    pub(super) input: &'a [u8],
    pub(super) scanner: Scanner,
    trailing: Option<&'a [u8]>,
}

impl<'a> SegmentReader<'a> {
    /// Starts at the beginning of `input`, with the default limits.
    pub fn new(input: &'a [u8]) -> Self {
        Self::with_limits(input, SegmentLimits::default())
    }

    /// Starts at the beginning of `input`; only those of the [`Limits`](crate::options::Limits) apply that concern
    /// segments.
    pub fn with_limits(input: &'a [u8], limits: impl Into<SegmentLimits>) -> Self {
        Self { input, scanner: Scanner::new(limits.into()), trailing: None }
    }

    /// The next segment; `None` at the end of the input.
    ///
    /// # Errors
    ///
    /// A segment exceeds a limit, or a service string advice contradicts itself. After an error there are no further
    /// segments.
    #[inline(always)]
    pub fn next_segment(&mut self) -> Result<Option<Segment<'_, 'a>>, Error> {
        let found = match self.scanner.scan_usual(self.input) {
            Some(found) => found,
            None => match self.next_found()? {
                Some(found) => found,
                None => return Ok(None),
            },
        };
        let marks = self.scanner.marks().of(&found.run);
        Ok(Some(Segment::new(Input::Bytes(self.input), &found, marks, self.scanner.advice(), 0)))
    }

    #[inline(never)]
    pub(super) fn next_found(&mut self) -> Result<Option<SegmentSpan>, Error> {
        if self.trailing.is_some() {
            return Ok(None);
        }
        match self.scanner.scan_any(self.input, true) {
            Ok(Scan::Segment(found)) => Ok(Some(found)),
            Ok(Scan::End(gap)) => {
                self.trailing = Some(&self.input[self.input.len() - gap.len..]);
                Ok(None)
            }
            Ok(Scan::Incomplete) => Ok(None),
            Err((kind, offset)) => {
                self.trailing = Some(&[]);
                Err(Error::new(kind, Location { offset: Some(offset as u64), ..Location::default() }))
            }
        }
    }

    /// The service characters in force.
    pub fn service_string_advice(&self) -> ServiceStringAdvice {
        self.scanner.advice()
    }

    /// The input behind the last segment, once [`next_segment`](Self::next_segment) has returned `None`: blanks as a
    /// rule.
    pub fn trailing(&self) -> &'a [u8] {
        self.trailing.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_knows_what_stands_before_it() {
        let input = b"\nUNA:+.? '\r\nUNB+UNOA:2'\r\n UNZ+0'";
        let mut reader = SegmentReader::new(input);
        let first = reader.next_segment().unwrap().unwrap();
        assert!(first.follows_advice());
        assert_eq!((first.gap_len(), first.len_with_gap(), first.span()), (12, 23, 12..23));
        let second = reader.next_segment().unwrap().unwrap();
        assert!(!second.follows_advice());
        assert_eq!((second.gap_len(), second.len_with_gap(), second.span()), (3, 9, 26..32));
        assert!(reader.next_segment().unwrap().is_none());
    }

    #[test]
    fn components_in_a_row_are_those_of_the_elements() {
        for input in [&b"NAD+PAT++HOLLY COTTAGE:12 LONG?+ LANE::X'"[..], b"TAG:1:2+A'", b"+:+'", b"'", b"UNB"] {
            let mut reader = SegmentReader::new(input);
            let segment = reader.next_segment().unwrap().unwrap();
            let tag = segment.element(0);
            let by_element = [tag].into_iter().chain(segment.elements()).flat_map(|element| {
                let count = element.components().count();
                element.components().enumerate().map(move |(at, part)| (part.raw(), part.span(), at + 1 == count))
            });
            let in_a_row = segment.components().map(|part| (part.raw(), part.span(), part.ends_element()));
            assert!(in_a_row.eq(by_element), "{}", input.escape_ascii());
        }
    }

    #[test]
    fn service_characters_end_with_their_interchange() {
        let mut reader = SegmentReader::new(b"UNA:+.? ~UNB+UNOA:2~~UNZ+0~~UNB+UNOA:2'UNZ+0'");
        let mut segments = std::vec::Vec::new();
        while let Some(segment) = reader.next_segment().unwrap() {
            segments.push((segment.raw(), segment.is_terminated()));
        }
        let expected: [(&[u8], bool); 6] = [
            (b"UNB+UNOA:2", true),
            (b"", true),
            (b"UNZ+0", true),
            (b"", true),
            (b"UNB+UNOA:2", true),
            (b"UNZ+0", true),
        ];
        assert_eq!(segments, expected);
    }
}
