//! Showing an error against its source, as a compiler would.

use alloc::string::String;
use core::fmt::Write as _;

use crate::error::Error;
use crate::syntax::SegmentReader;

impl Error {
    /// The error with the segment it is about and a caret under the place, for a person who may see the data.
    ///
    /// This prints what stands in the segment, a patient's data included; `Display` never does. `source` is the whole
    /// input. Bytes that are not printable 7-bit characters are shown as `.`. Without a place in `source` it is the text
    /// alone.
    ///
    /// ```
    /// use nhais_edifact::Interchange;
    ///
    /// let source = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'\nUNZ+1+00000101'";
    /// let issues = Interchange::decode(source)?.issues;
    /// let shown = "\
    /// expected a count of 0, but found 1 at UNZ 1.1 (byte 47)
    ///   2:5 | UNZ+1+00000101'
    ///       |     ^";
    /// assert_eq!(issues[1].error().show_data(source), shown);
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn show_data(&self, source: &[u8]) -> String {
        let mut shown = String::new();
        let _ = write!(shown, "{self}");
        let Some(offset) = self.location().offset.and_then(|offset| usize::try_from(offset).ok()) else { return shown };
        let Some((line, column)) = self.location().line_and_column(source) else { return shown };
        let Some((start, end)) = segment_around(source, offset) else { return shown };
        let place = alloc::format!("  {line}:{column}");
        let text: String = source[start..end].iter().map(|byte| printable(*byte)).collect();
        let _ = write!(
            shown,
            "\n{place} | {text}\n{:width$} | {:caret$}^",
            "",
            "",
            width = place.len(),
            caret = offset - start
        );
        shown
    }
}

fn printable(byte: u8) -> char {
    if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '.' }
}

/// Where the segment begins and ends that holds a place, or the last one before it.
fn segment_around(source: &[u8], offset: usize) -> Option<(usize, usize)> {
    let mut reader = SegmentReader::new(source);
    let mut around = None;
    while let Ok(Some(segment)) = reader.next_segment() {
        let (start, end) = (usize::try_from(segment.span().start).ok()?, usize::try_from(segment.span().end).ok()?);
        if start > offset && around.is_some() {
            break;
        }
        around = Some((start.min(offset), end.max(offset)));
    }
    around
}
