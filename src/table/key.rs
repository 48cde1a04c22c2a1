//! Keys: tag and qualifier of a segment as one number.

use crate::syntax::{RawSegment, Segment, SegmentTag};

/// The tag of a segment and, for tags that have one, its qualifier; packed into one number, so that keys are compared
/// at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Key(u64);

impl Key {
    /// The key of no segment.
    pub(crate) const NONE: Self = Self(0);

    /// The key of UNH.
    pub(crate) const MESSAGE_HEADER: Self = Self::of_name("UNH");

    const QUALIFIER_LEN: usize = 5;

    /// The key of a name such as `NAD+GP` or `PDI`.
    pub(crate) const fn of_name(name: &str) -> Self {
        let bytes = name.as_bytes();
        let mut key = 0;
        let mut i = 0;
        while i < 3 + Self::QUALIFIER_LEN {
            // The fourth character of a name is the separator.
            let at = if i < 3 { i } else { i + 1 };
            key = (key << 8) | if at < bytes.len() { bytes[at] as u64 } else { 0 };
            i += 1;
        }
        Self(key)
    }

    /// The key of a segment.
    #[inline]
    pub(crate) fn of(segment: &Segment<'_, '_>) -> Self {
        let Some(tag) = segment.tag() else { return Self::NONE };
        let qualifier = segment.first_of_element_1().filter(|_| has_qualifier(tag));
        match &qualifier {
            Some(qualifier) => Self::with(tag, qualifier.resolved()),
            None => Self::with(tag, core::iter::empty()),
        }
    }

    /// Whether its tag is one of those that ISO 9735 reserves: `U..`.
    #[inline]
    pub(crate) fn is_of_service_segment(self) -> bool {
        self.0 >> 56 == u64::from(b'U')
    }

    /// Whether the segment that begins with these eight bytes has a tag that ISO 9735 reserves.
    #[inline]
    pub(crate) fn begins_service_segment(head: u64) -> bool {
        head & 0xFF == u64::from(b'U')
    }

    /// The tag of the key.
    #[inline]
    pub(crate) fn tag(self) -> Option<SegmentTag> {
        let [a, b, c, ..] = self.0.to_be_bytes();
        (self != Self::NONE).then_some(SegmentTag::of_bytes([a, b, c]))
    }

    /// The key of a segment that was kept.
    pub(crate) fn of_raw(segment: &RawSegment<'_>) -> Self {
        let Some(tag) = segment.tag() else { return Self::NONE };
        let qualifier = segment.components().find(|(element, component, _)| (*element, *component) == (1, 1));
        let qualifier = qualifier.filter(|_| has_qualifier(tag)).map(|(_, _, text)| text).unwrap_or_default();
        Self::with(tag, qualifier.bytes())
    }

    /// A qualifier that is longer than any known one, or holds a zero byte, gives the key of no known segment.
    fn with(tag: SegmentTag, mut qualifier: impl Iterator<Item = u8>) -> Self {
        let mut bytes = [0; 3 + Self::QUALIFIER_LEN];
        bytes[..3].copy_from_slice(&tag.bytes());
        let mut is_other = false;
        for (place, byte) in bytes[3..].iter_mut().zip(&mut qualifier) {
            is_other |= byte == 0;
            *place = byte;
        }
        let key = u64::from_be_bytes(bytes);
        Self(if is_other || qualifier.next().is_some() { key | 0xFF } else { key })
    }
}

/// Whether component 1.1 of these segments is a qualifier.
#[inline]
fn has_qualifier(tag: SegmentTag) -> bool {
    matches!(&tag.bytes(), b"NAD" | b"HEA" | b"LOC" | b"FTX" | b"PNA" | b"DTM" | b"RFF" | b"QTY")
}
