//! Segments without a place in their unit: they are reported and kept.

use alloc::vec::Vec;

use super::{Key, Reporter, Unrecognised, check_characters};
use crate::error::ErrorKind;
use crate::syntax::{RawSegment, Segment};

/// Where so many segments have no place, the others may have none either.
const MANY: usize = 100;

/// Reports and keeps a segment that is none of the plan.
#[cold]
pub(super) fn of_no_step<'a>(
    kept: &mut Vec<Unrecognised<'a>>,
    which: (usize, usize),
    segment: &Segment<'_, 'a>,
    key: Key,
    reporter: &mut Reporter<'_>,
) {
    let known = reporter.is_known(key);
    let kind = if known { ErrorKind::UnforeseenSegment } else { ErrorKind::UnknownSegment };
    without_place(kept, which, segment, kind, reporter);
}

/// Reports and keeps a segment that has no place.
#[cold]
pub(super) fn without_place<'a>(
    kept: &mut Vec<Unrecognised<'a>>,
    which: (usize, usize),
    segment: &Segment<'_, 'a>,
    kind: ErrorKind,
    reporter: &mut Reporter<'_>,
) {
    report_without_place(segment, kind, reporter);
    keep_whole(kept, which, segment);
}

/// Keeps a segment; it is told which one it is, and of how many.
#[inline(always)]
pub(super) fn keep_whole<'a>(kept: &mut Vec<Unrecognised<'a>>, (at, count): (usize, usize), segment: &Segment<'_, 'a>) {
    if kept.len() == kept.capacity() && kept.len() > MANY {
        kept.reserve_exact(count - at);
    }
    if let Some(wire) = segment.raw_as_it_stands() {
        // It is made where it goes.
        kept.resize_with(kept.len() + 1, || Unrecognised::Segment { at, segment: RawSegment::from_wire(wire) });
    } else {
        kept.push(Unrecognised::Segment { at, segment: segment.to_raw() });
    }
}

/// Reports a segment that has no place, or whose tag is none.
#[cold]
pub(crate) fn report_without_place(segment: &Segment<'_, '_>, kind: ErrorKind, reporter: &mut Reporter<'_>) {
    if check_syntax(segment, reporter) {
        reporter.segment(kind);
    }
}

/// Reports what is wrong with a segment of which no more than the syntax is known; `false` if it has no tag.
pub(crate) fn check_syntax(segment: &Segment<'_, '_>, reporter: &mut Reporter<'_>) -> bool {
    if segment.tag().is_none() {
        reporter.segment(ErrorKind::InvalidTag);
        return false;
    }
    check_characters(segment, reporter);
    true
}
