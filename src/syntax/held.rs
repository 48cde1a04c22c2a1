//! Buffer for what the end of a chunk cut off, so that it can be completed from the next chunk.

use alloc::vec::Vec;

/// How many bytes of a chunk are copied at first, to complete what another chunk cut off.
const PIECE: usize = 512;

/// How many bytes without the awaited one are copied before another attempt to read: a limit may be exceeded.
const MOST_IDLE: usize = 64;

/// Bytes left over from earlier chunks. Zero-copy as a rule: a decoder reads where a chunk lies, and only what the end
/// of a chunk cuts off is copied here and read when it is complete.
#[derive(Default)]
pub(crate) struct Held {
    bytes: Vec<u8>,
    /// How many of them were copied from the current chunk.
    taken: usize,
    /// Offset of the first of them in the whole input; if there are none, of the chunk.
    base: u64,
    last: bool,
    /// The bytes hold no further segment or event.
    is_exhausted: bool,
    /// How many bytes were copied since then.
    idle: usize,
}

impl Held {
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    #[inline]
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Offset in the whole input of those bytes, or of the chunk.
    #[inline]
    pub(crate) fn base(&self) -> u64 {
        self.base
    }

    /// Ends the input.
    pub(crate) fn finish(&mut self) {
        self.last = true;
    }

    /// Whether nothing follows the chunk.
    #[inline]
    pub(crate) fn is_last(&self) -> bool {
        self.last
    }

    /// Switches to reading the chunk in place, if no copied byte from `oldest` on is needed. Returns how many bytes
    /// were dropped.
    pub(crate) fn leave(&mut self, oldest: usize) -> Option<usize> {
        let gone = self.bytes.len() - self.taken;
        (oldest >= gone).then(|| {
            self.bytes.clear();
            (self.taken, self.is_exhausted) = (0, false);
            self.base += gone as u64;
            gone
        })
    }

    /// Whether an attempt to read can succeed. If not, more of the chunk is copied first, at least up to the byte
    /// `awaited` or for a large piece.
    pub(crate) fn is_worth_a_look(&mut self, awaited: Option<u8>, chunk: &[u8]) -> bool {
        while self.is_exhausted && !self.last {
            let rest = &chunk[self.taken..];
            let piece = &rest[..rest.len().min(self.bytes.len().max(PIECE))];
            if piece.is_empty() {
                return false;
            }
            crate::cost::count(piece.len());
            self.bytes.extend_from_slice(piece);
            self.taken += piece.len();
            self.idle += piece.len();
            self.is_exhausted = self.idle < MOST_IDLE && awaited.is_some_and(|awaited| !piece.contains(&awaited));
        }
        true
    }

    /// Records that the bytes, or the chunk, hold no further segment or event.
    pub(crate) fn exhaust(&mut self) {
        self.is_exhausted = true;
        self.idle = 0;
    }

    /// Copies the rest of the chunk before its borrow ends. Returns how many bytes were dropped: none before `oldest`
    /// is needed.
    pub(crate) fn keep(&mut self, chunk: &[u8], oldest: usize) -> usize {
        let is_chunk = self.bytes.is_empty();
        self.is_exhausted &= is_chunk || self.taken == chunk.len();
        let from = if is_chunk { oldest } else { core::mem::take(&mut self.taken) };
        crate::cost::count(chunk.len() - from);
        self.bytes.extend_from_slice(&chunk[from..]);
        // What was read is removed when it is the larger part, so that each byte is moved at most once.
        let is_worth_it = !is_chunk && oldest > self.bytes.len() / 2;
        if is_worth_it {
            crate::cost::count(self.bytes.len() - oldest);
            self.bytes.drain(..oldest);
        }
        self.is_exhausted &= !self.bytes.is_empty();
        let gone = if is_chunk || is_worth_it { oldest } else { 0 };
        self.base += gone as u64;
        gone
    }

    /// How many bytes it takes.
    pub(crate) fn capacity(&self) -> usize {
        self.bytes.capacity()
    }
}
