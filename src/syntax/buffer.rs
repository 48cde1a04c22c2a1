//! The buffer behind a push decoder.

use alloc::vec::Vec;

/// What has arrived and is still needed, and where it stands in the whole.
#[derive(Default)]
pub(crate) struct Buffer {
    bytes: Vec<u8>,
    /// Offset of the first byte in the whole input.
    base: u64,
    last: bool,
}

impl Buffer {
    /// Takes in a chunk; `read` bytes are no longer needed. Says how many of them are gone.
    pub(crate) fn feed(&mut self, chunk: &[u8], read: usize) -> usize {
        // What was read is moved out of the way when it is the larger part, so that a byte is moved once at most.
        let gone = if read > self.bytes.len() / 2 { read } else { 0 };
        self.bytes.drain(..gone);
        crate::work::note(chunk.len() + if gone > 0 { self.bytes.len() } else { 0 });
        self.base += gone as u64;
        self.bytes.extend_from_slice(chunk);
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
        &self.bytes
    }

    pub(crate) fn text_from(&self, at: usize) -> &str {
        let b = &self.bytes[at..];
        let b = b.get(..1024).unwrap_or(b);
        core::str::from_utf8(b).unwrap_or_default()
    }

    #[inline]
    pub(crate) fn base(&self) -> u64 {
        self.base
    }

    /// Where the input ends, as far as it has arrived.
    pub(crate) fn end(&self) -> u64 {
        self.base + self.bytes.len() as u64
    }

    pub(crate) fn capacity(&self) -> usize {
        self.bytes.capacity()
    }
}
