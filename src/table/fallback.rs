//! Fallback for single segments: reads a segment that is not canonical within a unit on the fast path.
//!
//! A unit on the fast path may have single segments that are not canonical. Such a segment is read row by row by the
//! general reader, and the fast path goes on behind it. Issues are buffered until the unit has been read; if the unit
//! falls back to [`read_group`](super::read_group), they are discarded and found there again.

use alloc::vec::Vec;

use super::plan::StepMatch;
use super::unknown::report_unmatched;
use super::{Content, FieldReader, Key, Layout, Position, Reporter, Table, Unrecognised};
use crate::error::ErrorKind;
use crate::issue::Issue;
use crate::options::ReadOptions;
use crate::syntax::{Input, MaskedText, Scan, Scanner, Segment, SegmentLimits};

/// A unit with more segments than this falls back as soon as one is unknown: it may exceed a limit.
const MOST: u32 = 60;

/// Buffers for reading single segments, reused from unit to unit.
pub(crate) struct FallbackBuffers {
    scanner: Scanner,
    issues: Vec<Issue>,
    /// Whether a key is that of a known segment.
    known: fn(Key) -> bool,
    /// The key of the segment that always begins another unit.
    trigger: Key,
}

impl FallbackBuffers {
    pub(crate) fn new(limits: SegmentLimits, known: fn(Key) -> bool, trigger: Key) -> Self {
        Self { scanner: Scanner::new(limits), issues: Vec::new(), known, trigger }
    }

    /// The buffered issues, once the unit has been read.
    #[inline]
    pub(crate) fn issues(&mut self) -> Option<alloc::vec::Drain<'_, Issue>> {
        if self.issues.is_empty() { None } else { Some(self.issues.drain(..)) }
    }

    /// Adds the transaction number to the buffered issues.
    #[inline]
    pub(crate) fn settle(&mut self, transaction: u64) {
        for issue in &mut self.issues {
            issue.settle_transaction(transaction);
        }
    }

    /// Discards the buffered issues, because the unit is read again.
    #[inline]
    pub(crate) fn forget(&mut self) {
        self.issues.clear();
    }

    /// How many bytes the buffers take.
    pub(crate) fn bytes(&self) -> usize {
        self.scanner.marks().bytes() + self.issues.capacity() * size_of::<Issue>()
    }
}

/// The result for a segment that does not match the next steps of the plan.
pub(super) enum Other {
    /// It belongs to the next unit, or to none of the fast path.
    OfNone,
    /// It belongs to a step that was passed already, and is still to be read.
    Misplaced(usize),
    /// It is unknown and was kept; where it ends.
    Kept(usize),
}

/// Reads single segments of one unit; without buffers, every such segment makes the unit fall back.
#[derive(Default)]
pub(crate) struct FallbackReader<'o> {
    segments: Option<(&'o mut FallbackBuffers, &'o ReadOptions)>,
    /// Interchange, message, and the ordinal of the unit's first segment in the message.
    position: Position,
    /// Offset of the text in the whole input.
    base: u64,
    /// `%` is not an erase marker in this transaction.
    pub(crate) nothing_to_erase: bool,
}

impl<'o> FallbackReader<'o> {
    #[inline]
    pub(crate) fn new(
        segments: &'o mut FallbackBuffers,
        options: &'o ReadOptions,
        position: Position,
        base: u64,
    ) -> Self {
        Self { segments: Some((segments, options)), position, base, nothing_to_erase: false }
    }
}

impl FallbackReader<'_> {
    /// Reads a segment row by row and returns where it ends; `None` if the unit must fall back.
    #[cold]
    #[inline(never)]
    pub(super) fn read<'a, T: Table, C: Content<'a, T>>(
        &mut self,
        text: &MaskedText<'_, 'a>,
        (at, index): (usize, u32),
        place: &mut C,
        kept: &mut Vec<Unrecognised<'a>>,
    ) -> Option<usize> {
        self.read_by(text, (at, index), T::LAYOUT, kept, &mut |fields| {
            *place = C::read_segment(fields);
            place.is_present()
        })
    }

    fn read_by<'a>(
        &mut self,
        text: &MaskedText<'_, 'a>,
        (at, index): (usize, u32),
        layout: &'static Layout,
        kept: &mut Vec<Unrecognised<'a>>,
        read: &mut dyn FnMut(&mut FieldReader<'_, '_, 'a>) -> bool,
    ) -> Option<usize> {
        self.look_at(text, (at, index), &mut |segment, key, reporter| {
            let mut fields = FieldReader::new(segment, key, layout, reporter);
            // Whether a segment without content is kept depends on the other segments.
            let is_read = key == layout.key && read(&mut fields);
            kept.append(&mut fields.finish());
            is_read.then_some(())
        })
    }

    /// Finds out what a segment is that does not match the next steps of the plan; `None` if the unit must fall back.
    pub(super) fn place<'a>(
        &mut self,
        text: &MaskedText<'_, 'a>,
        (at, index): (usize, u32),
        match_step: &dyn Fn(Key) -> StepMatch,
        kept: &mut Vec<Unrecognised<'a>>,
    ) -> Option<Other> {
        let Some(trigger) = self.segments.as_ref().map(|(segments, _)| segments.trigger) else {
            return Some(Other::OfNone);
        };
        let (mut misplaced, mut begins_unit) = (None, false);
        let end = self.look_at(text, (at, index), &mut |segment, key, reporter| {
            match match_step(key) {
                _ if key == trigger || key.is_of_service_segment() => begins_unit = true,
                StepMatch::Step(step) => {
                    reporter.segment(ErrorKind::SegmentOrder);
                    misplaced = Some(step);
                }
                StepMatch::None if key != Key::NONE && index < MOST => {
                    let at = index as usize;
                    report_unmatched(kept, (at, at + 1), segment, key, reporter);
                }
                StepMatch::None | StepMatch::Repeated => return None,
            }
            Some(())
        })?;
        Some(match misplaced {
            _ if begins_unit => Other::OfNone,
            Some(step) => Other::Misplaced(step),
            None => Other::Kept(end),
        })
    }

    /// Scans the segment at a place, reads it with `read`, and reports what is found in it; returns where it ends.
    /// `ordinal` counts it in the message.
    fn look_at<'a>(
        &mut self,
        text: &MaskedText<'_, 'a>,
        (at, index): (usize, u32),
        look: &mut dyn FnMut(&Segment<'_, 'a>, Key, &mut Reporter<'_>) -> Option<()>,
    ) -> Option<usize> {
        let (FallbackBuffers { scanner, issues, known, .. }, options) =
            self.segments.as_mut().map(|(segments, options)| (&mut **segments, *options))?;
        let (bytes, advice) = (text.bytes(), text.advice());
        scanner.begin_at(at, advice);
        let Ok(Scan::Segment(found)) = scanner.scan_any(bytes, false) else { return None };
        if found.start != at || found.from_origin != 0 || !found.terminated {
            return None;
        }
        let (input, place) = (Input::checked(&bytes[at..found.end]), (0, 0, found.end - at));
        let (marks, offset) = (scanner.marks().of(&found.run), self.base + at as u64);
        let segment = Segment::within(input, place, true, marks, advice, offset);
        let key = Key::of(&segment);
        let mut reporter = Reporter::new(options, issues, *known);
        let segment_of_message = self.position.segment.map(|first| first.saturating_add(index));
        reporter.position = Position { offset, segment: segment_of_message, tag: key.tag(), ..self.position };
        reporter.nothing_to_erase = self.nothing_to_erase;
        look(&segment, key, &mut reporter)?;
        reporter.finish().ok()?;
        Some(found.end + 1)
    }
}
