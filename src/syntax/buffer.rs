//! The buffer behind a push decoder.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::plain_text::{ENOUGH, PlainStops, PlainText};

/// What has arrived and is still needed, and where it stands in the whole.
#[derive(Default)]
pub(crate) struct Buffer {
    held: Held,
    /// Offset of the first byte in the whole input.
    base: u64,
    last: bool,
    /// A part in which all is text, and the stops of it.
    window: Range<usize>,
    stops: PlainStops,
}

/// The bytes that are held, as text where all of them are.
enum Held {
    Text(String),
    Bytes(Vec<u8>),
}

impl Default for Held {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Held {
    #[inline]
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    #[inline]
    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Bytes(_) => "",
        }
    }

    /// Takes the first bytes away, and adds others.
    fn change(&mut self, gone: usize, chunk: &[u8]) {
        if let Self::Text(text) = self
            && text.is_char_boundary(gone)
            && let Ok(chunk) = core::str::from_utf8(chunk)
        {
            text.drain(..gone);
            text.push_str(chunk);
            return;
        }
        let mut bytes = match core::mem::take(self) {
            Self::Text(text) => text.into_bytes(),
            Self::Bytes(bytes) => bytes,
        };
        bytes.drain(..gone);
        let begins_anew = bytes.is_empty();
        bytes.extend_from_slice(chunk);
        *self = if begins_anew {
            String::from_utf8(bytes).map_or_else(|error| Self::Bytes(error.into_bytes()), Self::Text)
        } else {
            Self::Bytes(bytes)
        };
    }
}

impl Buffer {
    /// Takes in a chunk; `read` bytes are no longer needed. Says how many of them are gone.
    pub(crate) fn feed(&mut self, chunk: &[u8], read: usize) -> usize {
        // What was read is moved out of the way when it is the larger part, so that a byte is moved once at most.
        let gone = if read > self.bytes().len() / 2 { read } else { 0 };
        crate::work::note(chunk.len() + if gone > 0 { self.bytes().len() - gone } else { 0 });
        self.held.change(gone, chunk);
        self.base += gone as u64;
        if gone > 0 {
            self.window = 0..0;
        }
        gone
    }

    /// Says that nothing follows.
    pub(crate) fn finish(&mut self) {
        self.last = true;
    }

    /// Whether nothing follows.
    pub(crate) fn is_last(&self) -> bool {
        self.last
    }

    #[inline]
    pub(crate) fn bytes(&self) -> &[u8] {
        self.held.bytes()
    }

    /// Gets ready to read from a place on as plain text, as far as it has arrived.
    #[inline]
    pub(crate) fn move_window(&mut self, at: usize) {
        let text = self.held.text();
        let is_enough = self.window.end >= at + ENOUGH || self.window.end == text.len();
        if !(is_enough && self.window.contains(&at)) {
            let end = (at + PlainText::MAX_LEN).min(text.len());
            self.window = at..end;
            self.stops.set(text.get(at..end).unwrap_or_default());
        }
    }

    /// The window, and where a place stands there.
    #[inline]
    pub(crate) fn around(&self, at: usize) -> (PlainText<'_, '_>, usize) {
        let text = self.held.text().get(self.window.clone()).unwrap_or_default();
        (PlainText::new(text, &self.stops), at - self.window.start)
    }

    #[inline]
    pub(crate) fn base(&self) -> u64 {
        self.base
    }

    /// Where the input ends, as far as it has arrived.
    pub(crate) fn end(&self) -> u64 {
        self.base + self.bytes().len() as u64
    }

    /// How many bytes it takes.
    pub(crate) fn capacity(&self) -> usize {
        let held = match &self.held {
            Held::Text(text) => text.capacity(),
            Held::Bytes(bytes) => bytes.capacity(),
        };
        held + self.stops.bytes()
    }
}
