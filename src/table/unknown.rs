//! Unknown segments: those without a place in their unit are reported and kept.

use alloc::vec::Vec;

use super::{Key, Reporter, Unrecognised, check_characters};
use crate::error::ErrorKind;
use crate::syntax::{RawSegment, Segment};

/// In a unit with so many unknown segments, the next one is likely unknown, too.
const MANY: usize = 100;

/// Reports and keeps a segment that matches no step of the plan.
#[cold]
pub(super) fn report_unmatched<'a>(
    kept: &mut Vec<Unrecognised<'a>>,
    which: (usize, usize),
    segment: &Segment<'_, 'a>,
    key: Key,
    reporter: &mut Reporter<'_>,
) {
    let known = reporter.is_known(key);
    let kind = if known { ErrorKind::UnforeseenSegment } else { ErrorKind::UnknownSegment };
    report_and_keep(kept, which, segment, kind, reporter);
}

/// Reports and keeps a segment without a place.
#[cold]
pub(super) fn report_and_keep<'a>(
    kept: &mut Vec<Unrecognised<'a>>,
    which: (usize, usize),
    segment: &Segment<'_, 'a>,
    kind: ErrorKind,
    reporter: &mut Reporter<'_>,
) {
    report_unknown(segment, kind, reporter);
    keep_whole(kept, which, segment);
}

/// Keeps a segment, given its index and the length of the unit.
#[inline(always)]
pub(super) fn keep_whole<'a>(kept: &mut Vec<Unrecognised<'a>>, (at, count): (usize, usize), segment: &Segment<'_, 'a>) {
    if kept.len() == kept.capacity() && kept.len() > MANY {
        kept.reserve_exact(count - at);
    }
    if let Some(wire) = segment.canonical_raw() {
        // Constructed in place, to save a copy.
        kept.resize_with(kept.len() + 1, || Unrecognised::Segment { at, segment: RawSegment::from_wire(wire) });
    } else {
        kept.push(Unrecognised::Segment { at, segment: segment.to_raw() });
    }
}

/// Reports a segment without a place, or without a valid tag.
#[cold]
pub(crate) fn report_unknown(segment: &Segment<'_, '_>, kind: ErrorKind, reporter: &mut Reporter<'_>) {
    if check_syntax(segment, reporter) {
        reporter.segment(kind);
    }
}

/// Checks the syntax of a segment whose content is not known; `false` if it has no valid tag.
pub(crate) fn check_syntax(segment: &Segment<'_, '_>, reporter: &mut Reporter<'_>) -> bool {
    if segment.tag().is_none() {
        reporter.segment(ErrorKind::InvalidTag);
        return false;
    }
    check_characters(segment, reporter);
    true
}
