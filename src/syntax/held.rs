//! What the end of a chunk has cut.

use alloc::vec::Vec;

/// So many bytes of a chunk are copied at first, to complete what another has cut.
const PIECE: usize = 512;

/// So many bytes are looked at although what is awaited is not among them: they may exceed a limit.
const MOST_IDLE: usize = 64;

/// Bytes that earlier chunks have left. A decoder reads where a chunk lies; what the end of a chunk cuts is copied, and read
/// here when it is complete.
#[derive(Default)]
pub(crate) struct Held {
    bytes: Vec<u8>,
    /// How many of them were copied from the chunk that is being read.
    taken: usize,
    /// Offset of the first of them in the whole input; if there are none, that of the chunk.
    base: u64,
    last: bool,
    /// Nothing more can be made of the bytes.
    is_exhausted: bool,
    /// How many bytes were copied since that was found.
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

    /// Where in the whole input those bytes begin, or the chunk.
    #[inline]
    pub(crate) fn base(&self) -> u64 {
        self.base
    }

    /// Says that nothing follows.
    pub(crate) fn finish(&mut self) {
        self.last = true;
    }

    /// Whether nothing follows the chunk.
    #[inline]
    pub(crate) fn is_last(&self) -> bool {
        self.last
    }

    /// Goes over to the chunk, if nothing that stands before it is needed any more: no byte before `oldest` is. How many bytes
    /// are gone.
    pub(crate) fn leave(&mut self, oldest: usize) -> Option<usize> {
        let gone = self.bytes.len() - self.taken;
        (oldest >= gone).then(|| {
            self.bytes.clear();
            (self.taken, self.is_exhausted) = (0, false);
            self.base += gone as u64;
            gone
        })
    }

    /// Whether the bytes may hold something that was not seen yet; where they do not, more of the chunk is copied first, and it
    /// is of no use before `awaited` stands in it, or there is much of it.
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

    /// Says that nothing more can be made of the bytes, or of the chunk.
    pub(crate) fn exhaust(&mut self) {
        self.is_exhausted = true;
        self.idle = 0;
    }

    /// Copies the rest of the chunk, whose time is over. How many bytes are gone: before `oldest` none is needed any more.
    pub(crate) fn keep(&mut self, chunk: &[u8], oldest: usize) -> usize {
        let is_chunk = self.bytes.is_empty();
        self.is_exhausted &= is_chunk || self.taken == chunk.len();
        let from = if is_chunk { oldest } else { core::mem::take(&mut self.taken) };
        crate::cost::count(chunk.len() - from);
        self.bytes.extend_from_slice(&chunk[from..]);
        // What was read is moved out of the way when it is the larger part, so that a byte is moved once at most.
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
