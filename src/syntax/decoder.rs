//! Push API for segments: reads them from chunks.

use super::held::Held;
use super::scanner::{Scan, Scanner, SegmentSpan};
use super::{Input, Segment, SegmentLimits};
use crate::error::{Error, Location};

/// Reads segments from chunks of any size, as they arrive.
///
/// Segments are read where the chunk lies (zero-copy); only the part of a segment that the end of a chunk cuts off is
/// copied. Offsets are those in the whole input. For interchanges there is [`Decoder`](crate::Decoder), which gives
/// typed events.
///
/// ```
/// use nhais_edifact::syntax::SegmentDecoder;
///
/// let mut decoder = SegmentDecoder::new();
/// let mut tags = Vec::new();
/// for chunk in b"UNH+1+ORDERS'BGM+220'UNT+3+1'".chunks(5) {
///     let mut segments = decoder.feed(chunk);
///     while let Some(segment) = segments.next_segment()? {
///         tags.push(segment.tag_text().to_string());
///     }
/// }
/// assert!(decoder.finish().next_segment()?.is_none());
/// assert_eq!(tags, ["UNH", "BGM", "UNT"]);
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Default)]
pub struct SegmentDecoder {
    held: Held,
    scanner: Scanner,
    done: bool,
}

impl SegmentDecoder {
    /// Waits for the first chunk, with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits for the first chunk; only those of the [`Limits`](crate::options::Limits) apply that concern segments.
    pub fn with_limits(limits: impl Into<SegmentLimits>) -> Self {
        Self { scanner: Scanner::new(limits.into()), ..Self::default() }
    }

    /// The segments that end in the next bytes of the input.
    pub fn feed<'d>(&'d mut self, chunk: &'d [u8]) -> ChunkSegments<'d> {
        ChunkSegments { decoder: self, chunk }
    }

    /// Ends the input, and gives the segments that are left.
    pub fn finish(&mut self) -> ChunkSegments<'_> {
        self.held.finish();
        self.feed(&[])
    }

    /// How many bytes the buffers take.
    pub fn buffer_bytes(&self) -> usize {
        self.held.capacity() + self.scanner.marks().bytes()
    }
}

/// The segments that end in a chunk, and the one that [`finish`](SegmentDecoder::finish) ends.
///
/// Segments that are not asked for come with those of the next chunk; their bytes are kept until then.
#[must_use = "segments are read when they are asked for"]
pub struct ChunkSegments<'d> {
    decoder: &'d mut SegmentDecoder,
    chunk: &'d [u8],
}

impl ChunkSegments<'_> {
    /// The next segment; `None` when more bytes are needed, or at the end.
    ///
    /// # Errors
    ///
    /// A segment exceeds a limit, or a service string advice contradicts itself. After an error there are no further
    /// segments.
    #[inline]
    pub fn next_segment(&mut self) -> Result<Option<Segment<'_, '_>>, Error> {
        let Some(found) = self.next_found()? else { return Ok(None) };
        let SegmentDecoder { held, scanner, .. } = &*self.decoder;
        let bytes = if held.is_empty() { self.chunk } else { held.bytes() };
        let marks = scanner.marks().of(&found.run);
        Ok(Some(Segment::new(Input::Bytes(bytes), &found, marks, scanner.advice(), held.base())))
    }

    #[inline]
    fn next_found(&mut self) -> Result<Option<SegmentSpan>, Error> {
        if self.decoder.held.is_empty()
            && !self.decoder.done
            && let Some(found) = self.decoder.scanner.scan_usual(self.chunk)
        {
            return Ok(Some(found));
        }
        self.next_of_any()
    }

    #[inline(never)]
    fn next_of_any(&mut self) -> Result<Option<SegmentSpan>, Error> {
        let SegmentDecoder { held, scanner, done } = &mut *self.decoder;
        while !*done {
            if !held.is_empty() {
                if let Some(gone) = held.leave(scanner.oldest()) {
                    scanner.forget(gone);
                } else if !held.is_worth_a_look(scanner.waits_for(held.bytes()), self.chunk) {
                    break;
                }
            }
            let is_held = !held.is_empty();
            let bytes = if is_held { held.bytes() } else { self.chunk };
            match scanner.scan_any(bytes, held.is_last()) {
                Ok(Scan::Segment(found)) => return Ok(Some(found)),
                Ok(Scan::Incomplete) => {
                    held.exhaust();
                    if !is_held {
                        break;
                    }
                }
                Ok(Scan::End(_)) => break,
                Err((kind, offset)) => {
                    *done = true;
                    let offset = Some(held.base() + offset as u64);
                    return Err(Error::new(kind, Location { offset, ..Location::default() }));
                }
            }
        }
        Ok(None)
    }
}

impl Drop for ChunkSegments<'_> {
    fn drop(&mut self) {
        let SegmentDecoder { held, scanner, done } = &mut *self.decoder;
        if !*done {
            scanner.forget(held.keep(self.chunk, scanner.oldest()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::ToOwned;

    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn limits_are_those_given() {
        let limits = SegmentLimits { segment_length: 10, ..SegmentLimits::default() };
        let mut decoder = SegmentDecoder::with_limits(limits);
        let error = decoder.feed(b"FTX+RGI+++LONG'").next_segment().err().unwrap();
        assert_eq!((error.kind(), error.location().offset), (ErrorKind::SegmentLength, Some(0)));
    }

    #[test]
    fn what_is_kept_is_the_segment_that_is_cut() {
        let mut decoder = SegmentDecoder::new();
        assert!(decoder.feed(&[b'A'; 1_000]).next_segment().unwrap().is_none());
        let bytes = decoder.buffer_bytes();
        assert!(bytes > 1_000 + decoder.scanner.marks().bytes() - 1 && bytes < 10_000, "{bytes}");
        let chunk = ["'".as_bytes(), &b"A'".repeat(10_000)].concat();
        let mut segments = decoder.feed(&chunk);
        let mut count = 0;
        while let Some(segment) = segments.next_segment().unwrap() {
            assert_eq!(segment.span().end, if count == 0 { 1_001 } else { 1_001 + 2 * count });
            count += 1;
        }
        drop(segments);
        assert_eq!((count, decoder.held.bytes().len()), (10_001, 0));
        assert!(decoder.buffer_bytes() < 16_384, "{}", decoder.buffer_bytes());
    }

    #[test]
    fn segments_that_are_not_asked_for_come_later() {
        let mut decoder = SegmentDecoder::new();
        let _ = decoder.feed(b"A'B'C");
        assert_eq!(decoder.feed(b"'D'").next_segment().unwrap().unwrap().tag_text(), "A");
        let mut tags = std::vec::Vec::new();
        let mut segments = decoder.finish();
        while let Some(segment) = segments.next_segment().unwrap() {
            tags.push((segment.tag_text().as_str().to_owned(), segment.span().end));
        }
        let expected = [("B", 4), ("C", 6), ("D", 8)].map(|(tag, end)| (tag.to_owned(), end));
        assert_eq!(tags, expected);
    }
}
