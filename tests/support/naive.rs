//! L9: a splitter that looks at one byte after the other, to hold the scanner against. It shares no code with it.

use nhais_edifact::syntax::ServiceStringAdvice;

/// A segment: its elements, the tag first, each as its components, in wire form.
pub(crate) type Naive<'i> = Vec<Vec<&'i [u8]>>;

/// The segments of an input, up to a service string advice that contradicts itself; and whether one did.
pub(crate) fn segments(input: &[u8]) -> (Vec<Naive<'_>>, bool) {
    let (mut found, mut advice, mut at) = (Vec::new(), ServiceStringAdvice::LEVEL_A, 0);
    let mut expects_interchange = true;
    loop {
        let Some(start) = start_of_segment(input, at, expects_interchange, &mut advice) else { return (found, true) };
        if start == input.len() {
            return (found, false);
        }
        let (end, next, cut) = end_of_segment(input, start, expects_interchange, advice);
        let segment = &input[start..end];
        let is_trailer = segment.starts_with(b"UNZ") && segment.get(3).is_none_or(|byte| separates(*byte, advice));
        let says_nothing = segment.iter().all(|byte| is_blank(*byte, advice) || Some(*byte) == advice.release());
        expects_interchange = cut || is_trailer || (expects_interchange && says_nothing);
        found.push(split(segment, advice));
        at = next;
    }
}

/// Where the segment ends and the next one begins, and whether that is an interchange in text.
fn end_of_segment(input: &[u8], start: usize, text: bool, advice: ServiceStringAdvice) -> (usize, usize, bool) {
    let mut from = start;
    let end_before = |at: usize| start + without_breaks(&input[start..at], advice).len();
    for at in unreleased(input, start, advice) {
        if input[at] == advice.terminator() {
            return (at, at + 1, false);
        }
        let separates = separates(input[at], advice);
        // The line is looked for since the last separator.
        let begin = (from + 1..at).find(|begin| text && separates && begins_interchange(input, *begin, at, advice));
        if let Some(begin) = begin {
            return (end_before(begin), begin, true);
        }
        from = if separates { at + 1 } else { from };
    }
    (end_before(input.len()), input.len(), false)
}

/// The elements of a segment, and their components.
fn split(segment: &[u8], advice: ServiceStringAdvice) -> Naive<'_> {
    let (mut elements, mut from) = (vec![Vec::new()], 0);
    for at in unreleased(segment, 0, advice) {
        if separates(segment[at], advice) {
            elements.last_mut().unwrap().push(&segment[from..at]);
            from = at + 1;
            if segment[at] == advice.element_separator() {
                elements.push(Vec::new());
            }
        }
    }
    elements.last_mut().unwrap().push(&segment[from..]);
    elements
}

/// The places of all bytes that are neither a release character nor released.
fn unreleased(input: &[u8], start: usize, advice: ServiceStringAdvice) -> impl Iterator<Item = usize> {
    let mut at = start;
    core::iter::from_fn(move || {
        while advice.release().is_some() && input.get(at).copied() == advice.release() {
            at += 1 + usize::from(input.get(at + 1).is_some_and(|next| can_be_released(*next, advice)));
        }
        at += 1;
        (at <= input.len()).then(|| at - 1)
    })
}

/// Where the segment begins behind blanks, a byte order mark and a service string advice; `None` if that is none.
fn start_of_segment(input: &[u8], mut at: usize, first: bool, advice: &mut ServiceStringAdvice) -> Option<usize> {
    let (mut marked, mut advised) = (false, false);
    loop {
        at += input[at..].iter().take_while(|byte| is_blank(**byte, *advice)).count();
        let rest = &input[at..];
        if first && !marked && rest.starts_with(b"\xEF\xBB\xBF") {
            marked = true;
            at += 3;
        } else if advised {
            return Some(at);
        } else if rest.starts_with(b"UNA") && (first || header_follows(rest)) {
            *advice = ServiceStringAdvice::parse(rest)?;
            advised = true;
            at += 9;
        } else {
            match rest {
                [b'U', b'N', b'B', 0x1D, ..] => *advice = ServiceStringAdvice::LEVEL_B,
                [b'U', b'N', b'B', b'+', ..] => *advice = ServiceStringAdvice::LEVEL_A,
                [_, ..] if first => *advice = ServiceStringAdvice::LEVEL_A,
                _ => {}
            }
            return Some(at);
        }
    }
}

/// Whether UNB and its separator stand behind the service string advice that `rest` begins with.
fn header_follows(rest: &[u8]) -> bool {
    let Some(advice) = ServiceStringAdvice::parse(rest) else { return false };
    let header = [b'U', b'N', b'B', advice.element_separator()];
    let breaks: [&[u8]; 4] = [b"", b"\n", b"\r", b"\r\n"];
    breaks.iter().any(|line_break| rest[9..].starts_with(&[line_break, &header[..]].concat()))
}

/// Whether a line of text begins an interchange, as far as the separator at `at` tells.
fn begins_interchange(input: &[u8], begin: usize, at: usize, advice: ServiceStringAdvice) -> bool {
    let rest = &input[begin..=at];
    let names = rest.starts_with(b"UNA") || rest.starts_with(b"UNB");
    let line_break = input[begin - 1];
    b"\r\n".contains(&line_break)
        && !is_service(line_break, advice)
        && ((names && rest.len() == 4) || ServiceStringAdvice::parse(rest).is_some())
}

fn separates(byte: u8, advice: ServiceStringAdvice) -> bool {
    [advice.component_separator(), advice.element_separator()].contains(&byte)
}

fn is_service(byte: u8, advice: ServiceStringAdvice) -> bool {
    let separators = [advice.component_separator(), advice.element_separator(), advice.terminator()];
    separators.contains(&byte) || advice.release() == Some(byte)
}

fn is_blank(byte: u8, advice: ServiceStringAdvice) -> bool {
    b"\r\n \t".contains(&byte) && !is_service(byte, advice)
}

fn can_be_released(byte: u8, advice: ServiceStringAdvice) -> bool {
    !b"\r\n".contains(&byte) || is_service(byte, advice)
}

/// Text without terminator ends before the line breaks behind it.
fn without_breaks(text: &[u8], advice: ServiceStringAdvice) -> &[u8] {
    let breaks = text.iter().rev().take_while(|byte| b"\r\n".contains(byte) && !is_service(**byte, advice)).count();
    &text[..text.len() - breaks]
}
