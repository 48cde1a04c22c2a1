//! Shows an error with an excerpt of its source, as a compiler does.

use alloc::string::String;
use core::fmt::Write as _;

use crate::error::Error;
use crate::syntax::SegmentReader;

impl Error {
    /// The error with the segment it is about and a caret under the place, for a person who may see the data.
    ///
    /// This prints the content of the segment, patient data included; `Display` never does. `source` is the whole
    /// input. Of a long segment a hundred characters around the place are shown, with `…` where it is cut. Bytes that
    /// are not printable 7-bit characters are shown as `.`. Without a place in `source` it is the text alone.
    ///
    /// ```
    /// use nhais_edifact::Interchange;
    ///
    /// let source = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'\nUNZ+1+00000101'";
    /// let issues = Interchange::decode(source)?.issues;
    /// let shown = "\
    /// expected a count of 0 as counted, but found 1 stated at UNZ 1.1 (byte 47)
    ///   2:5 | UNZ+1+00000101'
    ///       |     ^";
    /// assert_eq!(issues[1].error().show_data(source), shown);
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn show_data(&self, source: &[u8]) -> String {
        self.show(source, 0, |around| alloc::format!("  {}:{}", around.line, around.column))
    }

    /// As [`show_data`](Self::show_data) with a part of the input, which begins at byte `start` of the whole: of a
    /// stream, what the caller still has, such as the last chunks. The place is given in bytes.
    ///
    /// ```
    /// use nhais_edifact::{Decoder, Issue, ReadOptions};
    ///
    /// let chunks = [&b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'\nUN"[..], b"Z+0+00000102'"];
    /// let (mut decoder, mut issues) = (Decoder::new(ReadOptions::default()), Vec::<Issue>::new());
    /// let (mut kept, mut start) = (Vec::new(), 0);
    /// for chunk in chunks {
    ///     // The last 40 bytes before the chunk are kept, so that what began there can be shown.
    ///     let gone = kept.len() - kept.len().min(40);
    ///     kept.drain(..gone);
    ///     start += gone as u64;
    ///     kept.extend_from_slice(chunk);
    ///     let mut events = decoder.feed(chunk);
    ///     while events.next(&mut issues)?.is_some() {}
    /// }
    /// let mut events = decoder.finish();
    /// while events.next(&mut issues)?.is_some() {}
    /// let shown = "\
    /// expected the reference of the header (101), but found another (102) at UNZ 2.1 (byte 49)
    ///   byte 49 | UNZ+0+00000102'
    ///           |       ^";
    /// assert_eq!(issues[1].show_data_of_part(&kept, start), shown);
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn show_data_of_part(&self, part: &[u8], start: u64) -> String {
        self.show(part, start, |around| alloc::format!("  byte {}", start + around.offset as u64))
    }

    fn show(&self, part: &[u8], start: u64, place: impl Fn(&Around) -> String) -> String {
        let mut shown = String::new();
        let _ = write!(shown, "{self}");
        let offset = self.location().offset.and_then(|offset| usize::try_from(offset.checked_sub(start)?).ok());
        let Some(around) = offset.and_then(|offset| Around::of(part, offset)) else { return shown };
        let place = place(&around);
        let (text, caret) = around.window(part);
        let _ = write!(shown, "\n{place} | {text}\n{:width$} | {:caret$}^", "", "", width = place.len());
        shown
    }
}

/// The most characters of a segment that are shown.
const WIDTH: usize = 100;

/// The segment that holds a place, or the last one before it.
struct Around {
    start: usize,
    end: usize,
    offset: usize,
    line: usize,
    column: usize,
}

impl Around {
    /// Scans the source once, up to the place.
    fn of(source: &[u8], offset: usize) -> Option<Self> {
        source.get(offset..).filter(|_| !source.is_empty())?;
        let mut reader = SegmentReader::new(source);
        let mut segment = None;
        let (mut line, mut line_start, mut counted) = (1, 0, 0);
        let mut count_lines = |until: usize| {
            for (at, _) in source[counted..until].iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
                (line, line_start) = (line + 1, counted + at + 1);
            }
            counted = until;
        };
        while let Ok(Some(next)) = reader.next_segment() {
            let (start, end) = (usize::try_from(next.span().start).ok()?, usize::try_from(next.span().end).ok()?);
            if start > offset && segment.is_some() {
                break;
            }
            segment = Some((start, end));
            count_lines(end.min(offset));
        }
        count_lines(offset);
        let (start, end) = segment?;
        Some(Self { start: start.min(offset), end: end.max(offset), offset, line, column: offset - line_start + 1 })
    }

    /// The part of the segment that is shown, and how many characters of it stand before the place.
    fn window(&self, source: &[u8]) -> (String, usize) {
        let (segment, at) = (&source[self.start..self.end], self.offset - self.start);
        let from = at.saturating_sub(WIDTH / 2).min(segment.len().saturating_sub(WIDTH));
        let to = segment.len().min(from + WIDTH);
        let cut = |is_cut: bool| is_cut.then_some('…');
        let text = segment[from..to].iter().map(|byte| printable(*byte));
        let text = cut(from > 0).into_iter().chain(text).chain(cut(to < segment.len())).collect();
        (text, at - from + usize::from(from > 0))
    }
}

fn printable(byte: u8) -> char {
    if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '.' }
}
