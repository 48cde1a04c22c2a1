//! Limits of segments.

/// Limits on the segments that are read; exceeding one is an error.
///
/// ```
/// use nhais_edifact::ErrorKind;
/// use nhais_edifact::syntax::{SegmentLimits, SegmentReader};
///
/// let mut limits = SegmentLimits::default();
/// limits.segment_length = 10;
/// let mut reader = SegmentReader::with_limits(b"FTX+RGI+++MOVED'", limits);
/// assert_eq!(reader.next_segment().err().unwrap().kind(), ErrorKind::SegmentLength);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SegmentLimits {
    /// Bytes in a segment, without its terminator; 65,536 by default and 2,147,483,647 at most.
    pub segment_length: usize,
    /// Components in a segment, empty ones and the tag included; 65,536 by default.
    pub components_per_segment: usize,
}

impl Default for SegmentLimits {
    fn default() -> Self {
        Self { segment_length: 65_536, components_per_segment: 65_536 }
    }
}
