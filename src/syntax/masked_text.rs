//! Masked text: a window on the input of which every byte that is not text of a component has a bit in a mask, so that
//! the end of a value is found without looking at its bytes.

use alloc::vec::Vec;

use super::ServiceStringAdvice;
use super::delimiters::{BLOCK, mask_of};
use super::repertoire::is_not_text_byte;

/// Text of the input, with a mask of the bytes that are not text of a component of level A: service characters, line
/// breaks, and characters outside level A.
///
/// Text with other service characters has a shape: the same text with the service characters of level A in their
/// places, which is compared with the tables. Values come from the text itself.
#[derive(Clone, Copy)]
pub(crate) struct MaskedText<'s, 'a> {
    text: &'a str,
    shape: &'s [u8],
    masks: &'s [u64],
    advice: ServiceStringAdvice,
}

/// Refill the window when fewer bytes than this remain, if there is more input.
const ENOUGH: usize = 2_048;

impl<'s, 'a> MaskedText<'s, 'a> {
    /// The longest window.
    pub(crate) const MAX_LEN: usize = 16_384;

    /// Masks a text, using the buffer of another.
    pub(crate) fn of(text: &'a str, advice: ServiceStringAdvice, masks: &'s mut DelimiterMasks) -> Self
    where
        'a: 's,
    {
        masks.set(text, advice);
        Self::new(text, masks)
    }

    #[inline]
    fn new(text: &'a str, masks: &'s DelimiterMasks) -> Self
    where
        'a: 's,
    {
        Self { text, shape: shape_of(text, &masks.shape), masks: &masks.masks, advice: masks.advice }
    }

    /// The text up to a place; empty if that would cut a character.
    #[inline]
    pub(crate) fn up_to(self, end: usize) -> Self {
        if end >= self.text.len() {
            return self;
        }
        let text = self.text.get(..end).unwrap_or_default();
        Self { text, shape: &self.shape[..text.len()], ..self }
    }

    #[inline]
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    #[inline]
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The text with the service characters of level A.
    #[inline]
    pub(crate) fn shape(&self) -> &'s [u8] {
        self.shape
    }

    /// Its own service characters.
    pub(crate) fn advice(&self) -> ServiceStringAdvice {
        self.advice
    }

    /// The position of the next delimiter, from `at` on.
    #[inline]
    pub(super) fn delimiter_from(&self, at: usize) -> Option<usize> {
        // The masks of two blocks are combined, so that no branch depends on where a block ends.
        let &[near, far] = self.masks.get(at / BLOCK..)?.first_chunk()?;
        let ahead = near >> (at % BLOCK) | (far << 1) << (BLOCK - 1 - at % BLOCK);
        if ahead == 0 { self.far_delimiter_from(at) } else { Some(at + ahead.trailing_zeros() as usize) }
    }

    #[cold]
    fn far_delimiter_from(&self, at: usize) -> Option<usize> {
        let (block, mask) = self.masks.iter().enumerate().skip(at / BLOCK + 1).find(|(_, mask)| **mask != 0)?;
        crate::cost::count(block - at / BLOCK);
        Some(block * BLOCK + mask.trailing_zeros() as usize)
    }
}

/// The delimiters of a text: a mask for each block, and an empty one behind the last.
#[derive(Default)]
pub(crate) struct DelimiterMasks {
    masks: Vec<u64>,
    /// The shape of the text; empty if the text is its own shape.
    shape: Vec<u8>,
    advice: ServiceStringAdvice,
}

impl DelimiterMasks {
    /// Replaces the masks by those of another text.
    fn set(&mut self, text: &str, advice: ServiceStringAdvice) {
        crate::cost::count(text.len());
        self.shape.clear();
        self.advice = advice;
        if !advice.is_level_a() {
            let shapes = advice.shapes();
            self.shape.extend(text.bytes().map(|byte| shapes[usize::from(byte)]));
        }
        self.masks.clear();
        self.masks.reserve_exact(text.len() / BLOCK + 2);
        let (blocks, rest) = shape_of(text, &self.shape).as_chunks();
        self.masks.extend(blocks.iter().map(delimiters_in));
        let mut last = [b' '; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        self.masks.extend([delimiters_in(&last), 0]);
    }

    /// How many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        self.masks.capacity() * size_of::<u64>() + self.shape.capacity()
    }
}

/// The shape of a text: that which was made for it, or else the text.
#[inline]
fn shape_of<'t>(text: &'t str, made: &'t [u8]) -> &'t [u8] {
    if made.is_empty() { text.as_bytes() } else { made }
}

#[inline]
fn delimiters_in(block: &[u8; BLOCK]) -> u64 {
    mask_of(block, is_not_text_byte)
}

/// A window on a slice that moves on with what is read.
pub(crate) struct TextWindow<'a> {
    input: &'a [u8],
    text: &'a str,
    masks: DelimiterMasks,
    /// Where the window begins.
    start: usize,
    /// Behind the window stands the end of the input, or something that is not UTF-8.
    is_last: bool,
}

impl<'a> TextWindow<'a> {
    /// A window on this input, using the mask buffer of another.
    pub(crate) fn new(input: &'a [u8], masks: DelimiterMasks) -> Self {
        Self { input, text: "", masks, start: 0, is_last: false }
    }

    pub(crate) fn input(&self) -> &'a [u8] {
        self.input
    }

    /// The mask buffer, to be used for another text in between.
    pub(crate) fn masks(&mut self) -> &mut DelimiterMasks {
        &mut self.masks
    }

    /// Takes the mask buffer out.
    pub(crate) fn take_masks(&mut self) -> DelimiterMasks {
        core::mem::take(&mut self.masks)
    }

    /// A window that contains the place, and the place in it. The text behind the place is empty if it is not UTF-8
    /// there.
    #[inline]
    pub(crate) fn around(&mut self, at: usize, advice: ServiceStringAdvice) -> (MaskedText<'_, 'a>, usize) {
        let needed = if self.is_last { 1 } else { ENOUGH };
        let place = at.checked_sub(self.start).filter(|place| place + needed <= self.text.len());
        let place = place.filter(|_| self.masks.advice == advice).unwrap_or_else(|| {
            self.move_to(at, advice);
            0
        });
        (MaskedText::new(self.text, &self.masks), place)
    }

    #[inline(never)]
    fn move_to(&mut self, at: usize, advice: ServiceStringAdvice) {
        let rest = self.input.get(at..).unwrap_or_default();
        let bytes = rest.get(..MaskedText::MAX_LEN).unwrap_or(rest);
        (self.text, self.is_last) = match core::str::from_utf8(bytes) {
            Ok(text) => (text, bytes.len() == rest.len()),
            // A character that the window cuts belongs to the next window.
            Err(error) => (text_before(bytes, error.valid_up_to()), error.error_len().is_some()),
        };
        self.masks.set(self.text, advice);
        self.start = at;
    }
}

/// The bytes before `end`, which are valid UTF-8.
fn text_before(bytes: &[u8], end: usize) -> &str {
    bytes.get(..end).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::string::String;
    use std::vec;

    use super::*;
    use crate::syntax::is_level_a;

    fn masks_of(text: &str) -> DelimiterMasks {
        let mut masks = DelimiterMasks::default();
        masks.set(text, ServiceStringAdvice::LEVEL_A);
        masks
    }

    #[test]
    fn every_byte_that_is_no_text_is_a_delimiter() {
        for byte in 0..128u8 {
            let text = String::from(char::from(byte));
            let masks = masks_of(&text);
            let expected = !is_level_a(byte) || b"'+:?".contains(&byte);
            assert_eq!(MaskedText::new(&text, &masks).delimiter_from(0), expected.then_some(0), "byte {byte:#x}");
        }
        let masks = masks_of("\u{C9}A");
        assert_eq!([0, 1, 2].map(|at| MaskedText::new("", &masks).delimiter_from(at)), [Some(0), Some(1), None]);
    }

    #[test]
    fn the_next_delimiter_is_found_from_every_place() {
        for len in [0, 1, 63, 64, 65, 127, 128, 129, 200, 400] {
            for delimiter in 0..len {
                let mut bytes = vec![b'A'; len];
                bytes[delimiter] = b'+';
                let text = String::from_utf8(bytes).unwrap();
                let masks = masks_of(&text);
                let masked = MaskedText::new(&text, &masks);
                for at in 0..=len {
                    assert_eq!(
                        masked.delimiter_from(at),
                        (at <= delimiter).then_some(delimiter),
                        "{delimiter} of {len} from {at}"
                    );
                }
            }
        }
        assert_eq!(MaskedText::new("", &DelimiterMasks::default()).delimiter_from(0), None);
    }

    #[test]
    fn a_window_shows_what_is_text() {
        // Characters of two bytes, so that a window of even length that begins at an odd place cuts one.
        let long = ["A", &"\u{C9}".repeat(MaskedText::MAX_LEN)].concat();
        let mut window = TextWindow::new(long.as_bytes(), DelimiterMasks::default());
        for at in [0, 1, 2, 3, MaskedText::MAX_LEN - 1, MaskedText::MAX_LEN + 1, long.len() - 2, long.len()] {
            let (masked, place) = window.around(at, ServiceStringAdvice::LEVEL_A);
            let shown = masked.bytes().get(place..).unwrap_or_default();
            assert!(long.as_bytes()[at..].starts_with(shown), "at {at}");
            let enough = if long.is_char_boundary(at) { ENOUGH.min(long.len() - at) } else { 0 };
            assert!(shown.len() >= enough.saturating_sub(1), "{} at {at}", shown.len());
        }
        let broken = b"AB\xC9CD\xC9";
        let mut window = TextWindow::new(broken, DelimiterMasks::default());
        let shown = [0, 1, 2, 3, 4, 5, 6].map(|at| {
            let (masked, place) = window.around(at, ServiceStringAdvice::LEVEL_A);
            masked.bytes().get(place..).unwrap_or_default()
        });
        assert_eq!(shown, [&b"AB"[..], b"B", b"", b"CD", b"D", b"", b""]);
    }
}
