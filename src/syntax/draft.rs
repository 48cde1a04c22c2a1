//! Drafts: segments written into room behind the text, of which nothing is kept if they come to nothing.
//!
//! Plain text is text of level A that begins with something else than a space and needs no release character: nearly all
//! text, and nothing can be said against it. Text that needs release characters is drafted too; any other ends the draft.
//!
//! Pieces are copied with all the room they have, and the next one overwrites what is not in use: copies of a size that
//! the compiler knows cost nothing but the copy, and short text is copied and looked at by words, since loops over a few
//! bytes cost more in guessing where they end.

use alloc::vec::Vec;

use super::literal::Gap;
use super::repertoire::{all_level_a, is_no_plain_byte};
use super::{Literal, ServiceStringAdvice, Word};

/// How many bytes a draft may take; it is given up if it needs more.
const ROOM: usize = 256;

/// How many bytes the text grows by for several drafts.
const SEVERAL: usize = 1024;

/// How many separators are written at once.
const SEPARATORS: usize = 8;

const LEVEL_A: ServiceStringAdvice = ServiceStringAdvice::LEVEL_A;

/// Text that is written, with room behind it that is cut off before anything but drafts is added.
pub(super) struct Output<'o> {
    bytes: &'o mut Vec<u8>,
    /// How many of the bytes are room.
    room: usize,
}

impl<'o> Output<'o> {
    pub(super) fn new(bytes: &'o mut Vec<u8>) -> Self {
        Self { bytes, room: 0 }
    }

    /// The text, to be added to.
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

    /// The text so far.
    pub(super) fn written(&self) -> &[u8] {
        &self.bytes[..self.bytes.len() - self.room]
    }

    /// Begins a draft behind the text and a line break.
    #[inline]
    pub(super) fn draft(&mut self, gap: &Gap) -> Option<Draft<'_>> {
        if self.room < ROOM {
            self.make_room();
        }
        let start = self.bytes.len() - self.room;
        let room = self.bytes[start..].first_chunk_mut::<ROOM>()?;
        *room.first_chunk_mut()? = *gap.room();
        let at = gap.len();
        Some(Draft { room, at, element: at, end: at })
    }

    #[inline(never)]
    fn make_room(&mut self) {
        self.cut();
        // A buffer that has just enough for the text need not grow for drafts to come.
        self.room = (self.bytes.capacity() - self.bytes.len()).clamp(ROOM, SEVERAL);
        self.bytes.resize(self.bytes.len() + self.room, 0);
    }

    /// Keeps so many bytes of the draft.
    #[inline]
    pub(super) fn keep(&mut self, len: usize) {
        self.room -= len;
    }
}

/// A segment in the making, in the service characters of level A.
pub(crate) struct Draft<'r> {
    room: &'r mut [u8; ROOM],
    /// Where the next piece goes.
    at: usize,
    /// Where the next data element goes: component separators with nothing behind them do not stay.
    element: usize,
    /// Where the last piece ends that is more than separators.
    end: usize,
}

impl Draft<'_> {
    /// Adds the separators of so many new elements, then of so many new components; they stay if something follows them.
    #[inline(always)]
    pub(crate) fn separators(&mut self, elements: u16, components: u16) -> Option<()> {
        if elements > 0 {
            self.at = self.element;
            self.put(&[LEVEL_A.element_separator(); SEPARATORS], usize::from(elements).min(SEPARATORS))?;
            self.element = self.at;
        }
        if components > 0 {
            self.put(&[LEVEL_A.component_separator(); SEPARATORS], usize::from(components).min(SEPARATORS))?;
        }
        (usize::from(elements.max(components)) <= SEPARATORS).then_some(())
    }

    /// Adds what is known beforehand.
    #[inline(always)]
    pub(crate) fn literal<const SIZE: usize>(&mut self, literal: &Literal<SIZE>) -> Option<()> {
        self.put(literal.room(), literal.len())?;
        self.stand();
        Some(())
    }

    /// Adds a word.
    #[inline(always)]
    pub(crate) fn word(&mut self, word: Word) -> Option<()> {
        self.put(word.room(), word.len())?;
        self.stand();
        Some(())
    }

    /// Adds text of level A that does not begin with a space.
    #[inline(always)]
    pub(crate) fn text(&mut self, text: &[u8]) -> Option<()> {
        self.at = put_plain(self.room, self.at, text).or_else(|| put_released(self.room, self.at, text))?;
        self.stand();
        Some(())
    }

    /// Adds such text, if no character of it needs a release character.
    #[inline]
    pub(crate) fn plain_text(&mut self, text: &[u8]) -> Option<()> {
        self.at = put_plain(self.room, self.at, text)?;
        self.stand();
        Some(())
    }

    /// Has what was added so far stay whatever follows.
    #[inline(always)]
    pub(crate) fn stand(&mut self) {
        (self.element, self.end) = (self.at, self.at);
    }

    /// Ends the segment where the last thing stands.
    #[inline(always)]
    pub(crate) fn end(&mut self) -> Option<()> {
        *self.room.get_mut(self.end)? = LEVEL_A.terminator();
        self.at = self.end + 1;
        Some(())
    }

    /// How many bytes the draft has.
    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.at
    }

    #[inline(always)]
    fn put<const SIZE: usize>(&mut self, piece: &[u8; SIZE], len: usize) -> Option<()> {
        *self.room.get_mut(self.at..)?.first_chunk_mut()? = *piece;
        self.at += len;
        Some(())
    }
}

/// Copies plain text to a place; the place behind it. The room is left as it may be if there is none.
#[inline(never)]
fn put_plain(room: &mut [u8; ROOM], at: usize, text: &[u8]) -> Option<usize> {
    if *text.first()? == b' ' {
        return None;
    }
    let len = text.len();
    if len > 16 {
        return put_long(room, at, text);
    }
    let room = room.get_mut(at..)?;
    // The halves may overlap, where they say the same.
    let halves = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            *room.first_chunk_mut()? = *first;
            *room.get_mut(len - 8..)?.first_chunk_mut()? = *last;
            [u64::from_le_bytes(*first), u64::from_le_bytes(*last)]
        }
        _ => [put_short(room, text)?; 2],
    };
    let [first, last] = halves.map(u128::from);
    are_plain((first | (last << 64)).to_le_bytes()).then_some(at + len)
}

/// Copies up to seven characters, and gives all of them in any order.
#[inline(always)]
fn put_short(room: &mut [u8], text: &[u8]) -> Option<u64> {
    let len = text.len();
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        *room.first_chunk_mut()? = *first;
        *room.get_mut(len - 4..)?.first_chunk_mut()? = *last;
        return Some(u64::from(u32::from_le_bytes(*first)) | (u64::from(u32::from_le_bytes(*last)) << 32));
    }
    // Of one to three, each is the first, the one in the middle, or the last.
    let [first, middle, last] = [text[0], text[len / 2], text[len - 1]];
    *room.first_chunk_mut()? = [first, middle];
    *room.get_mut(len - 1)? = last;
    // The rest are spaces, which are plain.
    Some(u64::from(first) | (u64::from(middle) << 8) | (u64::from(last) << 16) | 0x2020_2020_2000_0000)
}

/// Copies more than sixteen characters.
#[inline(never)]
fn put_long(room: &mut [u8; ROOM], at: usize, text: &[u8]) -> Option<usize> {
    let room = room.get_mut(at..)?.get_mut(..text.len())?;
    for (to, from) in room.as_chunks_mut::<16>().0.iter_mut().zip(text.as_chunks::<16>().0) {
        *to = *from;
        are_plain(*from).then_some(())?;
    }
    let last = text.last_chunk()?;
    *room.last_chunk_mut()? = *last;
    are_plain(*last).then_some(at + text.len())
}

/// Copies text of level A, and puts release characters where they are needed.
#[cold]
fn put_released(room: &mut [u8; ROOM], mut at: usize, text: &[u8]) -> Option<usize> {
    (!text.starts_with(b" ") && !text.is_empty() && all_level_a(text)).then_some(())?;
    for byte in text {
        if LEVEL_A.is_service(*byte) {
            *room.get_mut(at)? = b'?';
            at += 1;
        }
        *room.get_mut(at)? = *byte;
        at += 1;
    }
    Some(at)
}

/// Whether all of these characters are plain; all are looked at before one decision.
#[inline(always)]
fn are_plain(characters: [u8; 16]) -> bool {
    let mut others = [0; 16];
    for (other, character) in others.iter_mut().zip(characters) {
        *other = u8::from(is_no_plain_byte(character));
    }
    u128::from_le_bytes(others) == 0
}

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::super::repertoire::is_plain_byte;
    use super::*;

    #[test]
    fn one_other_character_anywhere_makes_text_other() {
        for len in 1..40 {
            for at in 0..len {
                for byte in 0..128u8 {
                    let mut text: String = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH"[..len].into();
                    text.replace_range(at..=at, core::str::from_utf8(&[byte]).unwrap());
                    let (mut room, start) = ([b'#'; ROOM], 7);
                    let end = put_plain(&mut room, start, text.as_bytes());
                    let is_plain = is_plain_byte(byte) && (at > 0 || byte != b' ');
                    assert_eq!(end, is_plain.then_some(start + len), "{byte} at {at} of {len}");
                    assert!(!is_plain || &room[start..start + len] == text.as_bytes(), "{text}");
                    assert_eq!(&room[..start], [b'#'; 7], "what stands before it stays");
                }
            }
        }
    }

    #[test]
    fn text_that_the_room_does_not_hold_is_not_drafted() {
        let text = [b'A'; ROOM];
        for len in 1..ROOM {
            let last = ROOM - len;
            // One character is copied as two.
            assert_eq!(put_plain(&mut [0; ROOM], last, &text[..len]), Some(ROOM).filter(|_| len > 1), "{len}");
            assert_eq!(put_released(&mut [0; ROOM], last, &text[..len]), Some(ROOM), "{len}");
            assert_eq!(put_plain(&mut [0; ROOM], last + 1, &text[..len]), None, "{len}");
            assert_eq!(put_released(&mut [0; ROOM], last + 1, &text[..len]), None, "{len}");
        }
        assert_eq!(put_plain(&mut [0; ROOM], 0, "É".as_bytes()), None);
        assert_eq!(put_released(&mut [0; ROOM], 0, "É".as_bytes()), None);
    }
}
