//! Room at the end of the text, filled by pieces of a fixed size.

use alloc::vec::Vec;

/// So many bytes at the end of the text, the first ones in use.
///
/// Pieces are copied with all the room they have, whatever of it is in use, and the next one overwrites the rest: copies
/// of a size that the compiler knows cost nothing but the copy, and the text grows once for several of them.
pub(super) struct Room<'o, const SIZE: usize> {
    bytes: &'o mut [u8; SIZE],
    used: usize,
}

impl<'o, const SIZE: usize> Room<'o, SIZE> {
    /// Room that is enough for all the pieces to come; what of it is not used is to be cut off.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "room is a few registers, and its pieces are copied by a few instructions"
    )]
    pub(super) fn behind(out: &'o mut Vec<u8>) -> Option<Self> {
        out.extend_from_slice(&[0; SIZE]);
        Some(Self { bytes: out.last_chunk_mut()?, used: 0 })
    }

    /// Adds the first `len` bytes of `piece`.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as `behind`")]
    pub(super) fn put<const PIECE: usize>(&mut self, piece: &[u8; PIECE], len: usize) {
        self.bytes[self.used..][..PIECE].copy_from_slice(piece);
        self.used += len;
    }

    /// How many bytes are in use.
    pub(super) fn used(&self) -> usize {
        self.used
    }
}
