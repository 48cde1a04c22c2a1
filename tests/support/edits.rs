//! Edits of interchanges, told by bytes, so that property tests and fuzzers make the same ones.

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
