//! Pens: write a segment into the room behind the output, which becomes part of the output when the segment ends.
//!
//! Fast path: text of level A that does not begin with a space and needs no release character is copied verbatim.
//!
//! Pieces are copied with the whole buffer they come in, and the next piece overwrites the surplus: copies of constant
//! size are the cheapest. Short text is copied and checked by words, because loops over a few bytes cost branch
//! mispredictions.

use alloc::vec::Vec;

use super::literal::{GapLiteral, Prefix};
use super::repertoire::is_not_text_byte;
use super::{Literal, ServiceStringAdvice, Word};
use crate::error::{Error, ErrorKind, Location};

/// How many bytes of room a pen has.
const ROOM: usize = 256;

/// How many bytes the text grows by for several segments.
const SEVERAL: usize = 1024;

/// How many separators are written at once.
const SEPARATORS: u16 = 8;

const LEVEL_A: ServiceStringAdvice = ServiceStringAdvice::LEVEL_A;

/// The output, with room behind it. The room is cut off before anything but a pen appends.
pub(super) struct Output<'o> {
    bytes: &'o mut Vec<u8>,
    /// How many of the bytes are room.
    room: usize,
    /// The beginning of a segment that is longer than the room.
    spilt: Vec<u8>,
}

impl<'o> Output<'o> {
    pub(super) fn new(bytes: &'o mut Vec<u8>) -> Self {
        Self { bytes, room: 0, spilt: Vec::new() }
    }

    /// The output without room, to append to.
    #[inline]
    pub(super) fn text(&mut self) -> &mut Vec<u8> {
        if self.room > 0 {
            self.cut();
        }
        self.bytes
    }

    fn cut(&mut self) {
        self.bytes.truncate(self.bytes.len() - self.room);
        self.room = 0;
    }

    /// The output so far.
    pub(super) fn written(&self) -> &[u8] {
        &self.bytes[..self.bytes.len() - self.room]
    }

    /// Begins a segment behind the output and a line break.
    #[inline(always)]
    pub(super) fn begin(&mut self, gap: &GapLiteral) -> Option<Pen<'_>> {
        if self.room < ROOM {
            self.make_room();
        }
        let start = self.bytes.len() - self.room;
        let room = self.bytes[start..].first_chunk_mut()?;
        let mut pen = Pen { room, spilt: &mut self.spilt, place: PenPlace { at: 0, element: 0, end: 0 } };
        pen.literal(gap);
        Some(pen)
    }

    /// Commits `len` bytes that a pen wrote in the room, and before them what was spilt.
    #[inline(always)]
    pub(super) fn keep(&mut self, len: usize) {
        if !self.spilt.is_empty() {
            self.keep_spilt();
        }
        self.room -= len;
    }

    #[cold]
    #[inline(never)]
    fn keep_spilt(&mut self) {
        let start = self.bytes.len() - self.room;
        drop(self.bytes.splice(start..start, self.spilt.drain(..)));
    }

    #[inline(never)]
    fn make_room(&mut self) {
        // Reserves more when room was used up than for the first segment.
        let most = if self.room == 0 { ROOM } else { SEVERAL };
        self.cut();
        // A buffer that is just large enough for the output does not grow for segments to come.
        self.room = (self.bytes.capacity() - self.bytes.len()).clamp(ROOM, most);
        self.bytes.resize(self.bytes.len() + self.room, 0);
    }
}

/// Writes a segment into room behind the text, with the service characters of level A.
pub(crate) struct Pen<'r> {
    room: &'r mut [u8; ROOM],
    /// The beginning of a segment that is longer than the room.
    spilt: &'r mut Vec<u8>,
    pub(crate) place: PenPlace,
}

/// The position of a pen.
#[derive(Clone, Copy)]
pub(crate) struct PenPlace {
    /// Where the next piece goes.
    at: usize,
    /// Where the next data element goes: component separators that nothing follows are dropped.
    element: usize,
    /// The end of the last piece that is more than separators.
    end: usize,
}

impl Pen<'_> {
    /// Reborrows the pen.
    #[inline(always)]
    pub(crate) fn again(&mut self) -> Pen<'_> {
        Pen { room: self.room, spilt: self.spilt, place: self.place }
    }

    /// Adds element separators, then component separators; they stay if something follows.
    #[inline(always)]
    pub(crate) fn separators(&mut self, elements: u16, components: u16) {
        if elements > 0 {
            self.place.at = self.place.element;
            self.put_separators(LEVEL_A.element_separator(), elements);
            self.place.element = self.place.at;
        }
        self.put_separators(LEVEL_A.component_separator(), components);
    }

    #[inline(always)]
    fn put_separators(&mut self, separator: u8, mut count: u16) {
        while count > 0 {
            let few = count.min(SEPARATORS);
            self.put(&[separator; SEPARATORS as usize], few.into());
            count -= few;
        }
    }

    /// Adds a literal.
    #[inline(always)]
    pub(crate) fn literal<const SIZE: usize>(&mut self, literal: &Literal<SIZE>) {
        self.put(literal.room(), literal.len());
        self.stand();
    }

    /// Adds the prefix of a segment: `stands` bytes that stay, then separators of `elements` elements, then others.
    #[inline(always)]
    pub(crate) fn prefix(&mut self, prefix: &Prefix, stands: usize, elements: usize) {
        self.place.end += stands;
        self.place.element = self.place.end + elements;
        self.put(prefix.room(), prefix.len());
    }

    /// Adds a word.
    #[inline(always)]
    pub(crate) fn word(&mut self, word: Word) {
        self.put(&word.room(), word.len());
        self.stand();
    }

    /// Adds text verbatim; `false` if it needs a release character, is not of level A or does not fit.
    #[inline(always)]
    pub(crate) fn verbatim(&mut self, text: &[u8]) -> bool {
        let end = put_verbatim(self.room, self.place.at, text);
        if let Some(end) = end {
            self.place.at = end;
            self.stand();
        }
        end.is_some()
    }

    /// Adds text, with the release characters that it needs.
    pub(crate) fn released(&mut self, text: &str, advice: ServiceStringAdvice) -> Result<(), Error> {
        release(text, advice, |byte| self.byte(byte))
    }

    /// Adds text that is in wire form already.
    pub(crate) fn unreleased(&mut self, text: &str) -> Result<(), Error> {
        if text.is_ascii() && self.has_room(text.len()) {
            self.room[self.place.at..][..text.len()].copy_from_slice(text.as_bytes());
            self.place.at += text.len();
            self.stand();
            return Ok(());
        }
        text.chars().try_for_each(|character| latin1(character).map(|byte| self.byte(byte)))
    }

    fn byte(&mut self, byte: u8) {
        self.put(&[byte], 1);
        self.stand();
    }

    /// Keeps trailing separators up to here.
    #[inline(always)]
    pub(crate) fn stand(&mut self) {
        (self.place.element, self.place.end) = (self.place.at, self.place.at);
    }

    /// Whether the last piece is more than separators.
    #[inline(always)]
    pub(crate) fn stands(&self) -> bool {
        self.place.end == self.place.at
    }

    /// Whether there is room for so many bytes.
    #[inline(always)]
    pub(crate) fn has_room(&self, len: usize) -> bool {
        self.place.at + len < ROOM
    }

    /// Discards what was written.
    pub(crate) fn give_up(self) {
        self.spilt.clear();
    }

    /// Ends the segment behind the last piece that is more than separators; returns its length in the room.
    #[inline(always)]
    pub(crate) fn end(mut self) -> usize {
        self.place.at = self.place.end;
        self.put(&[LEVEL_A.terminator()], 1);
        self.end_as_is()
    }

    /// The length in the room of a segment that has its terminator already.
    #[inline(always)]
    pub(crate) fn end_as_is(self) -> usize {
        self.place.at
    }

    #[inline(always)]
    fn put<const SIZE: usize>(&mut self, piece: &[u8; SIZE], len: usize) {
        let at = self.place.at;
        if at <= ROOM - SIZE {
            self.room[at..at + SIZE].copy_from_slice(piece);
        } else {
            self.place = self.again().put_beyond(*piece);
        }
        self.place.at += len;
    }

    /// Adds a piece that does not fit: what stands is spilt, and separators that nothing follows move to the beginning
    /// of the room.
    #[cold]
    #[inline(never)]
    fn put_beyond<const SIZE: usize>(self, piece: [u8; SIZE]) -> PenPlace {
        let PenPlace { at, element, end } = self.place;
        self.spilt.extend_from_slice(&self.room[..end]);
        self.room.copy_within(end..at, 0);
        self.room[at - end..][..SIZE].copy_from_slice(&piece);
        PenPlace { at: at - end, element: element - end, end: 0 }
    }
}

/// Passes text in ISO 8859-1 to `put`, with the release characters that it needs.
pub(crate) fn release(text: &str, advice: ServiceStringAdvice, mut put: impl FnMut(u8)) -> Result<(), Error> {
    for character in text.chars() {
        let byte = latin1(character)?;
        if is_released(byte, advice) {
            put(advice.release().ok_or_else(unrepresentable)?);
        }
        put(byte);
    }
    Ok(())
}

/// Whether a character of text needs a release character.
#[inline]
pub(super) fn is_released(byte: u8, advice: ServiceStringAdvice) -> bool {
    advice.is_service(byte) || Some(byte) == advice.repetition_separator()
}

fn latin1(character: char) -> Result<u8, Error> {
    u8::try_from(character).map_err(|_| unrepresentable())
}

pub(super) fn unrepresentable() -> Error {
    Error::new(ErrorKind::Unrepresentable, Location::default())
}

/// Copies text of level A that needs no release; returns the place behind it. `None` if it is other text or does not
/// fit; the room then holds garbage.
#[inline(never)]
fn put_verbatim(room: &mut [u8; ROOM], at: usize, text: &[u8]) -> Option<usize> {
    if *text.first()? == b' ' {
        return None;
    }
    let len = text.len();
    if len > 16 {
        return put_long(room, at, text);
    }
    let room = room.get_mut(at..)?;
    // The halves may overlap, with the same bytes.
    let halves = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            *room.first_chunk_mut()? = *first;
            *room.get_mut(len - 8..)?.first_chunk_mut()? = *last;
            [u64::from_le_bytes(*first), u64::from_le_bytes(*last)]
        }
        _ => [put_short(room, text)?; 2],
    };
    let [first, last] = halves.map(u128::from);
    are_text_bytes((first | (last << 64)).to_le_bytes()).then_some(at + len)
}

/// Copies up to seven characters, and returns all of them in any order.
#[inline(always)]
fn put_short(room: &mut [u8], text: &[u8]) -> Option<u64> {
    let len = text.len();
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        *room.first_chunk_mut()? = *first;
        *room.get_mut(len - 4..)?.first_chunk_mut()? = *last;
        return Some(u64::from(u32::from_le_bytes(*first)) | (u64::from(u32::from_le_bytes(*last)) << 32));
    }
    // Of one to three characters, each is the first, the middle or the last one.
    let [first, middle, last] = [text[0], text[len / 2], text[len - 1]];
    *room.first_chunk_mut()? = [first, middle];
    *room.get_mut(len - 1)? = last;
    // The rest are spaces, which need no release.
    Some(u64::from(first) | (u64::from(middle) << 8) | (u64::from(last) << 16) | 0x2020_2020_2000_0000)
}

/// Copies more than sixteen characters.
#[inline(never)]
fn put_long(room: &mut [u8; ROOM], at: usize, text: &[u8]) -> Option<usize> {
    let room = room.get_mut(at..)?.get_mut(..text.len())?;
    for (to, from) in room.as_chunks_mut::<16>().0.iter_mut().zip(text.as_chunks::<16>().0) {
        *to = *from;
        are_text_bytes(*from).then_some(())?;
    }
    let last = text.last_chunk()?;
    *room.last_chunk_mut()? = *last;
    are_text_bytes(*last).then_some(at + text.len())
}

/// Whether none of these characters needs a release; all are tested before one branch.
#[inline(always)]
fn are_text_bytes(characters: [u8; 16]) -> bool {
    let mut others = [0; 16];
    for (other, character) in others.iter_mut().zip(characters) {
        *other = u8::from(is_not_text_byte(character));
    }
    u128::from_le_bytes(others) == 0
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::string::String;
    use std::string::ToString;

    use super::super::repertoire::is_text_byte;
    use super::*;

    #[test]
    fn one_other_character_anywhere_makes_text_other() {
        for len in 1..40 {
            for at in 0..len {
                for byte in 0..128u8 {
                    let mut text: String = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"[..len].into();
                    text.replace_range(at..=at, core::str::from_utf8(&[byte]).unwrap());
                    let (mut room, start) = ([b'#'; ROOM], 7);
                    let end = put_verbatim(&mut room, start, text.as_bytes());
                    let is_text = is_text_byte(byte) && (at > 0 || byte != b' ');
                    assert_eq!(end, is_text.then_some(start + len), "{byte} at {at} of {len}");
                    assert!(!is_text || &room[start..start + len] == text.as_bytes(), "{text}");
                    assert_eq!(&room[..start], [b'#'; 7], "what stands before it stays");
                }
            }
        }
    }

    #[test]
    fn text_that_the_room_does_not_hold_is_not_put_there() {
        let text = [b'A'; ROOM];
        for len in 1..ROOM {
            let last = ROOM - len;
            // One character is copied as two.
            assert_eq!(put_verbatim(&mut [0; ROOM], last, &text[..len]), Some(ROOM).filter(|_| len > 1), "{len}");
            assert_eq!(put_verbatim(&mut [0; ROOM], last + 1, &text[..len]), None, "{len}");
        }
        assert_eq!(put_verbatim(&mut [0; ROOM], 0, "É".as_bytes()), None);
    }

    #[test]
    fn a_segment_may_be_longer_than_the_room() {
        for len in (ROOM - 20..ROOM + 20).chain([2 * ROOM, 1_000, 5_000]) {
            let (mut bytes, text) = (b"BEFORE".to_vec(), "AB?".repeat(len / 3));
            let mut output = Output::new(&mut bytes);
            let mut pen = output.begin(&GapLiteral::EMPTY.line_break(b"\n")).unwrap();
            pen.literal(&Prefix::EMPTY.text("TAG"));
            pen.separators(1, 0);
            pen.released(&text, LEVEL_A).unwrap();
            // The component separators do not stay, those of elements do.
            pen.separators(0, 3);
            pen.separators(2, 0);
            pen.unreleased(&text).unwrap();
            pen.separators(0, 2);
            pen.word(Word::of("X"));
            pen.separators(1, 1);
            let written = pen.end();
            output.keep(written);
            let mut pen = output.begin(&GapLiteral::EMPTY).unwrap();
            pen.literal(&Prefix::EMPTY.text("END"));
            let written = pen.end();
            output.keep(written);
            let released = text.replace('?', "??");
            assert_eq!(
                output.text().escape_ascii().to_string(),
                format!("BEFORE\nTAG+{released}++{text}::X'END'").as_bytes().escape_ascii().to_string()
            );
        }
    }
}
