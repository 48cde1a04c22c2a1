//! Boundaries of interchanges: recognises UNA and UNB at the start of a segment or of a line.
//!
//! An interchange is expected at the start of the input and behind UNZ, until a segment UNB begins one. There, and
//! behind a trailer that lacks its terminator, a line that begins with UNB and its separator, or with a service string
//! advice that UNB follows, begins an interchange, whatever stands before it.

use super::ServiceStringAdvice;
use crate::error::ErrorKind;

/// How many line breaks are looked at between a service string advice and UNB.
const BREAKS: usize = 16;

pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The length of what identifies an interchange header: UNB and its separator.
const HEADER: usize = 4;

/// The length of a service string advice that lost its reserved blank.
const SHORT: usize = ServiceStringAdvice::LEN - 1;

/// The result of a lookahead; the input may end before it is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lookahead<T> {
    Yes(T),
    No,
    /// More of the input is needed.
    Undecided,
}

impl<T> Lookahead<T> {
    /// At the end of the input, undecided means no.
    pub(super) fn at_end(self, last: bool) -> Self {
        match self {
            Self::Undecided if last => Self::No,
            told => told,
        }
    }
}

/// A service string advice and its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) advice: ServiceStringAdvice,
    /// Its length in bytes, eight or nine.
    pub(super) len: usize,
}

/// The service characters that UNB implies by its separator, without a service string advice.
pub(super) fn level_at(rest: &[u8]) -> Option<ServiceStringAdvice> {
    match rest.strip_prefix(b"UNB")?.first()? {
        b'+' => Some(ServiceStringAdvice::LEVEL_A),
        0x1D => Some(ServiceStringAdvice::LEVEL_B),
        _ => None,
    }
}

/// Whether a segment is a header of an interchange.
pub(super) fn is_header(segment: &[u8], advice: ServiceStringAdvice) -> bool {
    segment.strip_prefix(b"UNB").is_some_and(|rest| rest.first().is_none_or(|byte| *byte == advice.element_separator()))
}

/// Whether a segment is the trailer of an interchange.
pub(super) fn is_interchange_trailer(segment: &[u8], advice: ServiceStringAdvice) -> bool {
    segment.strip_prefix(b"UNZ").is_some_and(|rest| rest.first().is_none_or(|byte| separates(*byte, advice)))
}

/// Whether the input goes on with a trailer, even one that the end of its line cuts short.
pub(super) fn is_trailer_at(rest: &[u8], advice: ServiceStringAdvice) -> bool {
    match rest {
        [b'U', b'N', b'Z' | b'T', byte, ..] => separates(*byte, advice) || advice.is_break(*byte),
        _ => false,
    }
}

fn separates(byte: u8, advice: ServiceStringAdvice) -> bool {
    byte == advice.component_separator() || byte == advice.element_separator()
}

/// Whether UNB stands at the start of `rest`, with a separator that `separates` accepts.
fn header_at(rest: &[u8], separates: impl Fn(u8) -> bool) -> Lookahead<()> {
    match rest {
        [b'U', b'N', b'B', byte, ..] if separates(*byte) => Lookahead::Yes(()),
        _ if rest.len() < HEADER && b"UNB".starts_with(&rest[..rest.len().min(3)]) => Lookahead::Undecided,
        _ => Lookahead::No,
    }
}

/// Whether UNB follows with the element separator of level A or B.
fn level_header_at(rest: &[u8], except: u8) -> Lookahead<()> {
    header_at(rest, |byte| matches!(byte, b'+' | 0x1D) && byte != except)
}

/// `rest` behind its first line breaks, of which a limited number is passed.
fn behind_breaks(rest: &[u8], is_break: impl Fn(u8) -> bool) -> &[u8] {
    let count = rest.iter().take(BREAKS).take_while(|byte| matches!(byte, b'\r' | b'\n') && is_break(**byte)).count();
    &rest[count..]
}

/// The service string advice that stands at the start of `rest`, where an interchange is expected.
///
/// # Errors
///
/// An error if it contradicts itself and UNB follows: what is behind it cannot be read.
pub(super) fn advice_at(rest: &[u8], last: bool) -> Result<Lookahead<Placed>, ErrorKind> {
    match short_advice_at(rest).at_end(last) {
        Lookahead::No => {}
        told => return Ok(told),
    }
    let Some(behind) = rest.get(ServiceStringAdvice::LEN..) else {
        return Ok(if begins_advice(rest) { Lookahead::Undecided } else { Lookahead::No });
    };
    let Some(advice) = ServiceStringAdvice::parse(rest) else {
        return match contradiction_at(rest, behind) {
            Lookahead::Yes(()) => Err(ErrorKind::ServiceStringAdvice),
            Lookahead::Undecided => Ok(Lookahead::Undecided),
            Lookahead::No => Ok(Lookahead::No),
        };
    };
    // UNB on a line of its own with another separator shows that this is no service string advice.
    let line = behind_breaks(behind, |byte| advice.is_break(byte));
    let is_line = line.len() < behind.len() || behind.is_empty();
    Ok(match level_header_at(line, advice.element_separator()).at_end(last) {
        Lookahead::Yes(()) if is_line => Lookahead::No,
        Lookahead::Undecided if is_line => Lookahead::Undecided,
        _ => Lookahead::Yes(Placed { advice, len: ServiceStringAdvice::LEN }),
    })
}

/// The service string advice at the start of `rest` that is known by the UNB behind it.
pub(super) fn advice_before_header(rest: &[u8]) -> Lookahead<Placed> {
    match short_advice_at(rest) {
        Lookahead::No => {}
        told => return told,
    }
    let Some(behind) = rest.get(ServiceStringAdvice::LEN..) else {
        return if begins_advice(rest) { Lookahead::Undecided } else { Lookahead::No };
    };
    let Some(advice) = ServiceStringAdvice::parse(rest) else { return Lookahead::No };
    let line = behind_breaks(behind, |byte| advice.is_break(byte) || byte == advice.terminator());
    placed_before_header(advice, ServiceStringAdvice::LEN, line)
}

/// Whether an interchange begins at the start of `rest`, even if only a line begins there. `own` is the element
/// separator that a service string advice declared for the interchange that is expected.
pub(super) fn begins_interchange(rest: &[u8], own: Option<u8>) -> Lookahead<()> {
    let header = header_at(rest, |byte| matches!(byte, b'+' | 0x1D) || own == Some(byte));
    match (header, advice_before_header(rest)) {
        (Lookahead::Yes(()), _) | (_, Lookahead::Yes(_)) => Lookahead::Yes(()),
        (Lookahead::Undecided, _) | (_, Lookahead::Undecided) => Lookahead::Undecided,
        (Lookahead::No, Lookahead::No) => Lookahead::No,
    }
}

/// Where the first letter of UNA or UNB may stand; a block of bytes is compared at once.
pub(super) fn find_tag(bytes: &[u8]) -> Option<usize> {
    const BLOCK: usize = 64;
    let is_first = |byte: &u8| *byte == b'U';
    let holds_one = |block: &&[u8]| block.iter().fold(false, |found, byte| found | is_first(byte));
    let passed = bytes.chunks(BLOCK).take_while(|block| !holds_one(block)).map(<[u8]>::len).sum();
    let found = bytes[passed..].iter().position(is_first);
    crate::cost::count(passed + found.map_or(0, |found| found + 1));
    found.map(|found| passed + found)
}

/// Whether a line, or a segment, begins behind these bytes: no printable character stands between.
pub(super) fn begins_line(before: &[u8], advice: ServiceStringAdvice) -> bool {
    for (at, byte) in before.iter().enumerate().rev() {
        crate::cost::count(1);
        let ends_segment = *byte == advice.terminator() && !is_released(&before[..at], advice);
        if ends_segment || advice.is_break(*byte) {
            return true;
        }
        if (0x21..0x7F).contains(byte) || advice.is_service(*byte) {
            return false;
        }
    }
    true
}

/// Whether the next line that is not blank begins an interchange.
pub(super) fn begins_line_of_interchange(breaks: &[u8]) -> bool {
    let line = behind_breaks(breaks, |_| true);
    begins_interchange(line, None) == Lookahead::Yes(())
}

/// Whether an odd number of release characters stands behind these bytes.
fn is_released(before: &[u8], advice: ServiceStringAdvice) -> bool {
    let count = before.iter().rev().take_while(|byte| Some(**byte) == advice.release()).count();
    crate::cost::count(count);
    count % 2 == 1
}

/// Whether text that is written outside interchanges, with the characters of level A, would be taken for the beginning
/// of one or for a service string advice, given that UNB may follow it.
pub(crate) fn is_taken_for_interchange(text: &[u8]) -> bool {
    let is_taken = |between: &[u8]| {
        let whole = [text, b"'", between, b"UNB+"].concat();
        let is_advice = whole.starts_with(b"UNA") && advice_at(&whole, true) != Ok(Lookahead::No);
        let begins = |at: usize| {
            begins_interchange(&whole[at..], Some(b'+')) != Lookahead::No
                && begins_line(&text[..at], ServiceStringAdvice::LEVEL_A)
        };
        is_advice || (0..text.len()).any(|at| text[at] == b'U' && begins(at))
    };
    text.starts_with(BYTE_ORDER_MARK) || is_taken(b"") || is_taken(b"\n")
}

/// Whether these bytes are the beginning of one, as far as they go.
fn begins_advice(rest: &[u8]) -> bool {
    rest.starts_with(b"UNA") || b"UNA".starts_with(rest)
}

/// A service string advice that lost its blank, directly before UNB, or before a line with UNB if it ends in a usual
/// terminator.
fn short_advice_at(rest: &[u8]) -> Lookahead<Placed> {
    let Some((first, behind)) = rest.split_first_chunk::<SHORT>() else { return Lookahead::No };
    let [b'U', b'N', b'A', component, element, decimal, release, terminator] = *first else { return Lookahead::No };
    let whole = [b'U', b'N', b'A', component, element, decimal, release, b' ', terminator];
    let Some(advice) = ServiceStringAdvice::parse(&whole) else { return Lookahead::No };
    let behind = behind_breaks(behind, |byte| terminator == b'\'' && advice.is_break(byte));
    placed_before_header(advice, SHORT, behind)
}

fn placed_before_header(advice: ServiceStringAdvice, len: usize, behind: &[u8]) -> Lookahead<Placed> {
    match header_at(behind, |byte| byte == advice.element_separator()) {
        Lookahead::Yes(()) => Lookahead::Yes(Placed { advice, len }),
        Lookahead::No => Lookahead::No,
        Lookahead::Undecided => Lookahead::Undecided,
    }
}

/// Whether nine characters that are no service string advice were meant as one: UNB follows directly, or on a line of
/// its own if none of them that separates is a letter, a digit or an 8-bit byte. Otherwise the line is text.
fn contradiction_at(rest: &[u8], behind: &[u8]) -> Lookahead<()> {
    let [b'U', b'N', b'A', component, element, _, _, _, terminator, ..] = *rest else { return Lookahead::No };
    let is_sign = |byte: u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    let is_meant = [component, element, terminator].into_iter().all(is_sign);
    if !is_meant && matches!(terminator, b'\r' | b'\n') {
        return Lookahead::No;
    }
    match behind_breaks(behind, |_| is_meant) {
        [b'U', b'N', b'B', ..] => Lookahead::Yes(()),
        line if b"UNB".starts_with(line) => Lookahead::Undecided,
        _ => Lookahead::No,
    }
}
