//! Reading segments from chunks.

use super::buffer::Buffer;
use super::scanner::{Found, Scan, Scanner};
use super::{Input, Segment, SegmentLimits};
use crate::error::{Error, Location};

/// Reads segments from chunks of any size, as they arrive.
///
/// The decoder owns one buffer, which holds what has arrived of the segment being read; a [`Segment`] borrows it until the
/// next call. Offsets are those in the whole input. For interchanges there is [`Decoder`](crate::Decoder), which gives typed
/// events.
///
/// ```
/// use nhais_edifact::syntax::SegmentDecoder;
///
/// let mut decoder = SegmentDecoder::new();
/// let mut tags = Vec::new();
/// for chunk in b"UNH+1+ORDERS'BGM+220'UNT+3+1'".chunks(5) {
///     decoder.feed(chunk);
///     while let Some(segment) = decoder.next_segment()? {
///         tags.push(segment.tag_text().to_string());
///     }
/// }
/// decoder.finish();
/// assert!(decoder.next_segment()?.is_none());
/// assert_eq!(tags, ["UNH", "BGM", "UNT"]);
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Default)]
pub struct SegmentDecoder {
    buffer: Buffer,
    scanner: Scanner,
    done: bool,
}

impl SegmentDecoder {
    /// Waits for the first chunk, with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits for the first chunk; of [`Limits`](crate::options::Limits), those on segments count.
    pub fn with_limits(limits: impl Into<SegmentLimits>) -> Self {
        Self { scanner: Scanner::new(limits.into()), ..Self::default() }
    }

    /// Takes in the next bytes of the input.
    pub fn feed(&mut self, chunk: &[u8]) {
        if self.done {
            return;
        }
        let gone = self.buffer.feed(chunk, self.scanner.oldest());
        self.scanner.forget(gone);
    }

    /// Says that there are no further bytes.
    pub fn finish(&mut self) {
        self.buffer.finish();
    }

    /// The next segment; `None` when more bytes are needed, or after [`finish`](Self::finish) at the end.
    ///
    /// # Errors
    ///
    /// A segment exceeds a limit, or a service string advice contradicts itself. After an error there are no further
    /// segments.
    #[inline(always)]
    pub fn next_segment(&mut self) -> Result<Option<Segment<'_, '_>>, Error> {
        let found = match self.scanner.scan_plain(self.buffer.bytes()) {
            Some(found) => found,
            None => match self.next_found()? {
                Some(found) => found,
                None => return Ok(None),
            },
        };
        let marks = self.scanner.marks().of(&found.run);
        let input = Input::Bytes(self.buffer.bytes());
        Ok(Some(Segment::new(input, &found, marks, self.scanner.advice(), self.buffer.base())))
    }

    #[inline(never)]
    fn next_found(&mut self) -> Result<Option<Found>, Error> {
        if self.done {
            return Ok(None);
        }
        match self.scanner.scan_any(self.buffer.bytes(), self.buffer.is_last()) {
            Ok(Scan::Segment(found)) => Ok(Some(found)),
            Ok(Scan::Incomplete | Scan::End(_)) => Ok(None),
            Err((kind, offset)) => {
                self.done = true;
                let offset = Some(self.buffer.base() + offset as u64);
                Err(Error::new(kind, Location { offset, ..Location::default() }))
            }
        }
    }

    /// How many bytes the buffers take.
    pub fn buffer_bytes(&self) -> usize {
        self.buffer.capacity() + self.scanner.marks().bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn limits_are_those_given() {
        let limits = SegmentLimits { segment_length: 10, ..SegmentLimits::default() };
        let mut decoder = SegmentDecoder::with_limits(limits);
        decoder.feed(b"FTX+RGI+++LONG'");
        let error = decoder.next_segment().err().unwrap();
        assert_eq!((error.kind(), error.location().offset), (ErrorKind::SegmentLength, Some(0)));
    }

    #[test]
    fn buffers_take_what_both_take() {
        let mut decoder = SegmentDecoder::new();
        decoder.feed(&[b'A'; 1_000]);
        decoder.feed(b"'");
        assert!(decoder.next_segment().unwrap().is_some());
        let bytes = decoder.buffer_bytes();
        assert!(bytes > 1_000 + decoder.scanner.marks().bytes() - 1 && bytes < 10_000, "{bytes}");
    }
}
