//! Removes line breaks from inside segments, for files that were wrapped at a width.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::boundary::{self, Lookahead, Placed};
use super::{SegmentReader, ServiceStringAdvice};

/// The input without the line breaks that stand inside segments of interchanges.
///
/// Some programs wrap a file at a width, and no reader can know whether a line break in a text stands for a blank or
/// for nothing: reading keeps it and reports it. If a file is known to be wrapped, call this first. Line breaks between
/// segments and around interchanges stay, and so do those that a service string advice declares as service characters.
/// A release character at the end of a line releases what the next line begins with.
///
/// Source: [facts 0.5, fact 12](crate::reference::wire#fact-0-5-12).
///
/// ```
/// use nhais_edifact::Interchange;
/// use nhais_edifact::syntax::without_line_breaks;
///
/// let wrapped = b"UNB+UNOA:2+KLM5+ZQX1+240318:09\n07+00000108'\nUNZ+0+0000\n0108'\n";
/// let input = without_line_breaks(wrapped);
/// assert_eq!(&input[..], b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'\nUNZ+0+00000108'\n");
/// assert_eq!(Interchange::decode(&input)?.interchange.header.reference.number(), Some(108));
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub fn without_line_breaks(input: &[u8]) -> Cow<'_, [u8]> {
    let mut lines = Lines { input, at: 0, kept: None };
    while let Some(advice) = lines.pass_to_interchange() {
        lines.pass_interchange(advice);
    }
    lines.keep(input.len());
    lines.kept.map_or(Cow::Borrowed(input), Cow::Owned)
}

/// How many bytes without line breaks decide whether an interchange begins.
const AHEAD: usize = ServiceStringAdvice::LEN + 4;

struct Lines<'i> {
    input: &'i [u8],
    /// Up to here the input was kept or left out.
    at: usize,
    /// The output, once something was left out.
    kept: Option<Vec<u8>>,
}

impl Lines<'_> {
    /// Keeps the input up to a place.
    fn keep(&mut self, end: usize) {
        if let Some(kept) = &mut self.kept {
            kept.extend_from_slice(&self.input[self.at..end]);
        }
        self.at = end;
    }

    /// Leaves a byte out.
    fn leave_out(&mut self) {
        let before = &self.input[..self.at];
        self.kept.get_or_insert_with(|| Vec::from(before));
        self.at += 1;
    }

    /// Keeps what stands before the next interchange; returns its service characters, `None` if there is none.
    fn pass_to_interchange(&mut self) -> Option<ServiceStringAdvice> {
        if let Some((start, Placed { advice, len })) = self.wrapped_header() {
            self.keep(start);
            self.pass_unbroken(len);
            return Some(advice);
        }
        let mut reader = SegmentReader::new(&self.input[self.at..]);
        while let Ok(Some(segment)) = reader.next_segment() {
            let advice = segment.service_string_advice();
            if boundary::is_header(segment.raw(), advice) {
                let start = usize::try_from(segment.span().start).ok()?;
                self.keep(self.at + start);
                return Some(advice);
            }
        }
        None
    }

    /// The start of an interchange here, behind blanks, whose first bytes may be wrapped; with the service string
    /// advice before it, of length 0 if there is none.
    fn wrapped_header(&self) -> Option<(usize, Placed)> {
        let is_blank = |byte: &&u8| ServiceStringAdvice::LEVEL_A.is_blank(**byte);
        let start = self.at + self.input[self.at..].iter().take_while(is_blank).count();
        let mut ahead = [0; AHEAD];
        let bytes = self.input[start..].iter().inspect(|_| crate::cost::count(1));
        let bytes = bytes.filter(|byte| !matches!(byte, b'\r' | b'\n'));
        ahead.iter_mut().zip(bytes).for_each(|(ahead, byte)| *ahead = *byte);
        if let Lookahead::Yes(placed) = boundary::advice_before_header(&ahead) {
            return Some((start, placed));
        }
        boundary::level_at(&ahead).map(|advice| (start, Placed { advice, len: 0 }))
    }

    /// Passes so many bytes, leaving line breaks out.
    fn pass_unbroken(&mut self, mut count: usize) {
        while count > 0 {
            if matches!(self.input[self.at], b'\r' | b'\n') {
                self.leave_out();
            } else {
                self.keep(self.at + 1);
                count -= 1;
            }
        }
    }

    /// Passes an interchange to the end of its trailer, or to the next interchange, or to the end.
    fn pass_interchange(&mut self, advice: ServiceStringAdvice) {
        loop {
            let is_trailer = self.pass_segment(advice);
            let blanks = self.input[self.at..].iter().take_while(|byte| advice.is_blank(**byte)).count();
            self.keep(self.at + blanks);
            if is_trailer || self.at == self.input.len() || self.wrapped_header().is_some() {
                return;
            }
        }
    }

    /// Passes a segment with its terminator. Returns whether it is the trailer of an interchange, or one that lacks its
    /// terminator before the next interchange.
    fn pass_segment(&mut self, advice: ServiceStringAdvice) -> bool {
        let (mut first, mut count, mut is_released) = ([0; 4], 0, false);
        while let Some(&byte) = self.input.get(self.at) {
            crate::cost::count(1);
            if advice.is_break(byte) {
                if count == 3 {
                    first[3] = byte;
                }
                if boundary::is_trailer_at(&first, advice)
                    && boundary::begins_line_of_interchange(&self.input[self.at..])
                {
                    return true;
                }
                self.leave_out();
                continue;
            }
            self.keep(self.at + 1);
            if byte == advice.terminator() && !is_released {
                break;
            }
            if let Some(place) = first.get_mut(count) {
                *place = byte;
                count += 1;
            }
            is_released = !is_released && Some(byte) == advice.release();
        }
        boundary::is_interchange_trailer(&first[..count], advice)
    }
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;
    use std::vec::Vec;

    use super::*;

    fn without(input: &str) -> String {
        String::from_utf8(without_line_breaks(input.as_bytes()).into_owned()).unwrap()
    }

    /// The text in lines of so many bytes.
    fn wrapped(text: &str, width: usize, line_break: &str) -> String {
        let lines: Vec<&str> = text.as_bytes().chunks(width).map(|line| core::str::from_utf8(line).unwrap()).collect();
        lines.join(line_break)
    }

    #[test]
    fn breaks_between_segments_and_around_interchanges_stay() {
        for input in [
            "",
            "\n",
            "UNB+UNOA:2'\r\nUNZ+0'\n\n",
            "From: A\nTo: B\n\nUNB+UNOA:2'\nUNZ+0'\nEND\nOF FILE\n",
            "UNA:+.? \nUNB+UNOA:2\n\nUNZ+0\n",
            "UNA:\n.? 'UNB\nUNOA:2'UNZ\n0'",
        ] {
            assert!(matches!(without_line_breaks(input.as_bytes()), Cow::Borrowed(_)), "{input:?}");
        }
    }

    #[test]
    fn a_wrapped_interchange_is_what_it_was_before_but_for_breaks_between_segments() {
        let texts = [
            "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'PNA+PAT+9990000069:OPI+++SU:O?'DELL??'UNZ+0+00000108'",
            "UNA;*.!~#UNB*UNOA;2*KLM5#FTX*RGI***IT!'S 5!#!!#UNZ*0*1#",
            "UNA:+.?'UNB+UNOA:2+A'UNZ+0+1'",
        ];
        for text in texts.iter().chain([&texts.concat().as_str()]) {
            for width in 8..text.len() {
                for line_break in ["\n", "\r\n"] {
                    let output = without(&wrapped(text, width, line_break));
                    let terminators = ["'", "#"].map(|terminator| (format!("{terminator}{line_break}"), terminator));
                    let joined = terminators.iter().fold(output, |text, (with, without)| text.replace(with, without));
                    assert_eq!(joined, **text, "in lines of {width}");
                }
            }
        }
    }

    #[test]
    fn what_a_release_character_releases_may_stand_on_the_next_line() {
        assert_eq!(without("UNB+A?\n'B\n'\nUNZ+1'"), "UNB+A?'B'\nUNZ+1'");
        assert_eq!(without("UNB+A??\n'\nUNZ+1'"), "UNB+A??'\nUNZ+1'");
    }

    #[test]
    fn an_interchange_that_is_not_ended_ends_before_the_next() {
        assert_eq!(without("UNB+1'A\nB+C'\nUNA;*.!~#UNB*2\n3#UNZ*0\n#X\nY"), "UNB+1'AB+C'\nUNA;*.!~#UNB*23#UNZ*0#X\nY");
        assert_eq!(without("UNB+1'A+\r\n"), "UNB+1'A+");
        for kept in ["UNB+1'UNZ+0+1\r\n\nUNB+2'UNZ+0+2'", "UNB+1'UNT+1+1\nUNA;*.!~#UNB*2#", "UNB+1'UNZ\nUNB+2'"] {
            assert_eq!(without(kept), kept);
        }
        let many = ["UNB+1'\nUNZ\n+0'\n"; 3].concat();
        assert_eq!(without(&many), many.replace("\n+", "+"));
    }
}
