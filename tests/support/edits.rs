//! Edits of interchanges: told by bytes, so that property tests and fuzzers make the same ones; and every one there is, one
//! after the other.

use nhais_edifact::syntax::SegmentReader;

/// An edit: what to do, where (two bytes), and a byte to put there.
pub(crate) type Edit = [u8; 4];

/// Bytes that matter more than others.
const BYTES: &[u8] = b"'+:?%\r\n \t0A.\x1c\x1d\xc9";

/// The interchange with edits made one after the other.
pub(crate) fn edited(mut wire: Vec<u8>, edits: &[Edit]) -> Vec<u8> {
    for edit in edits {
        edit_once(&mut wire, *edit);
    }
    wire
}

fn edit_once(wire: &mut Vec<u8>, [what, high, low, byte]: Edit) {
    if wire.is_empty() {
        return;
    }
    let place = usize::from(high) << 8 | usize::from(low);
    let (at, next) = (place % wire.len(), (place + 1) % wire.len());
    // The upper half are bytes of weight, the lower half any.
    let byte = if byte >= 128 { BYTES[usize::from(byte) % BYTES.len()] } else { byte * 2 + (what >> 7) };
    match what % 9 {
        0 => wire[at] = byte,
        1 => wire.insert(at, byte),
        2 => drop(wire.remove(at)),
        3 => wire.truncate(at),
        4 => wire.insert(at, wire[at]),
        5 => wire.swap(at, next),
        what => edit_segments(wire, what, usize::from(high), usize::from(low)),
    }
}

fn edit_segments(wire: &mut Vec<u8>, what: u8, one: usize, other: usize) {
    let mut segments: Vec<Vec<u8>> = wire.split_inclusive(|byte| *byte == b'\'').map(<[u8]>::to_vec).collect();
    let (one, other) = (one % segments.len(), other % segments.len());
    match what {
        6 => drop(segments.remove(one)),
        7 => segments.insert(other, segments[one].clone()),
        _ => segments.swap(one, other),
    }
    *wire = segments.concat();
}

/// Every edit of bytes and of segments.
pub(crate) fn each_edit(wire: &[u8], mut body: impl FnMut(&[u8])) {
    each_edit_of_bytes(wire, &mut body);
    each_edit_of_segments(wire, body);
}

/// Every edit of a byte: it is removed, doubled, or swapped with the next.
pub(crate) fn each_edit_of_bytes(wire: &[u8], mut body: impl FnMut(&[u8])) {
    for at in 0..wire.len() {
        let (before, rest) = wire.split_at(at);
        let (byte, behind) = rest.split_at(1);
        body(&[before, behind].concat());
        body(&[before, byte, rest].concat());
        if let Some((next, behind)) = behind.split_at_checked(1)
            && next != byte
        {
            body(&[before, next, byte, behind].concat());
        }
    }
}

/// Every edit of a whole segment: it is removed, doubled, moved by one, or loses its terminator.
pub(crate) fn each_edit_of_segments(wire: &[u8], mut body: impl FnMut(&[u8])) {
    let segments = segments(wire);
    for at in 0..segments.len() {
        let (before, one, behind) = (&segments[..at], segments[at], &segments[at + 1..]);
        let mut try_with = |parts: &[&[u8]]| body(&[&before.concat(), &parts.concat()[..]].concat());
        let rest = behind.concat();
        try_with(&[&rest]);
        try_with(&[one, one, &rest]);
        if let [next, others @ ..] = behind {
            try_with(&[next, one, &others.concat()]);
        }
        try_with(&[&one[..one.len() - 1], &rest]);
    }
}

/// The segments, each with the gap before it and its terminator; what stands behind them is one more.
pub(crate) fn segments(wire: &[u8]) -> Vec<&[u8]> {
    let (mut reader, mut rest, mut segments) = (SegmentReader::new(wire), wire, Vec::new());
    while let Ok(Some(segment)) = reader.next_segment() {
        let (one, behind) = rest.split_at(segment.len_with_gap());
        segments.push(one);
        rest = behind;
    }
    segments.extend((!rest.is_empty()).then_some(rest));
    segments
}
