//! Single segments of a unit that is read as it stands, about which something is to be said.
//!
//! Such a segment is read row by row, and reading goes on behind it. What is found is kept until it is clear that the unit can
//! be read in this way; if it can not, it is found again by `read_group`.

use alloc::vec::Vec;

use super::plan::StepMatch;
use super::without_place::of_no_step;
use super::{Content, FieldReader, Key, Layout, Reporter, Site, Table, Unrecognised};
use crate::error::ErrorKind;
use crate::issue::Issue;
use crate::options::ReadOptions;
use crate::syntax::{Input, MaskedText, Scan, Scanner, Segment, SegmentLimits};

/// A unit with more segments than this is not read with segments that have no place in it: it may exceed a limit.
const MOST: u32 = 60;

/// What reading single segments needs, to be used again for the next unit.
pub(crate) struct OddSegments {
    scanner: Scanner,
    issues: Vec<Issue>,
    /// Whether a key is that of any segment of the format.
    known: fn(Key) -> bool,
    /// The key of the segment that begins another unit, wherever it stands.
    trigger: Key,
}

impl OddSegments {
    pub(crate) fn new(limits: SegmentLimits, known: fn(Key) -> bool, trigger: Key) -> Self {
        Self { scanner: Scanner::new(limits), issues: Vec::new(), known, trigger }
    }

    /// What was found, the unit having been read.
    #[inline]
    pub(crate) fn issues(&mut self) -> Option<alloc::vec::Drain<'_, Issue>> {
        if self.issues.is_empty() { None } else { Some(self.issues.drain(..)) }
    }

    /// Says that the unit was a transaction with this number.
    #[inline]
    pub(crate) fn settle(&mut self, transaction: u64) {
        for issue in &mut self.issues {
            issue.settle_transaction(transaction);
        }
    }

    /// Forgets what was found, the unit being read anew.
    #[inline]
    pub(crate) fn forget(&mut self) {
        self.issues.clear();
    }

    /// How many bytes the buffers take.
    pub(crate) fn bytes(&self) -> usize {
        self.scanner.marks().bytes() + self.issues.capacity() * size_of::<Issue>()
    }
}

/// What a segment is that is not the next of its plan.
pub(super) enum Other {
    /// Of another unit, or of none that is read in this way.
    OfNone,
    /// It belongs to a step whose turn was before, and is to be read.
    Misplaced(usize),
    /// It has no place, and was kept; where it ends.
    Kept(usize),
}

/// Reads single segments of one unit, or refuses to.
#[derive(Default)]
pub(crate) struct OddReader<'o> {
    segments: Option<(&'o mut OddSegments, &'o ReadOptions)>,
    /// The interchange and the message, and which segment of that the first of the unit is.
    site: Site,
    /// Where the text that is read begins in the whole.
    base: u64,
    /// The erase marker has no meaning.
    pub(crate) nothing_to_erase: bool,
}

impl<'o> OddReader<'o> {
    #[inline]
    pub(crate) fn new(segments: &'o mut OddSegments, options: &'o ReadOptions, site: Site, base: u64) -> Self {
        Self { segments: Some((segments, options)), site, base, nothing_to_erase: false }
    }
}

impl OddReader<'_> {
    /// Reads the segment of a table that begins at a place in a text, and tells where it ends; `None` if the unit cannot be
    /// read in this way.
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
            // What becomes of a segment in which nothing stands depends on the others.
            let is_read = key == layout.key && read(&mut fields);
            kept.append(&mut fields.finish());
            is_read.then_some(())
        })
    }

    /// Deals with a segment that begins at a place in a text and is not the next of the plan; `None` if the unit cannot be read
    /// in this way.
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
                    of_no_step(kept, (at, at + 1), segment, key, reporter);
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

    /// Finds the segment that begins at a place in a text, of which it is told which it is of the unit, and reports what is found
    /// in it; where it ends.
    fn look_at<'a>(
        &mut self,
        text: &MaskedText<'_, 'a>,
        (at, index): (usize, u32),
        look: &mut dyn FnMut(&Segment<'_, 'a>, Key, &mut Reporter<'_>) -> Option<()>,
    ) -> Option<usize> {
        let (OddSegments { scanner, issues, known, .. }, options) =
            self.segments.as_mut().map(|(segments, options)| (&mut **segments, *options))?;
        let (bytes, advice) = (text.bytes(), text.advice());
        scanner.begin_at(at, advice);
        let Ok(Scan::Segment(found)) = scanner.scan_any(bytes, false) else { return None };
        if found.start != at || found.lead != 0 || !found.terminated {
            return None;
        }
        let (input, place) = (Input::checked(&bytes[at..found.end]), (0, 0, found.end - at));
        let (marks, offset) = (scanner.marks().of(&found.run), self.base + at as u64);
        let segment = Segment::within(input, place, true, marks, advice, offset);
        let key = Key::of(&segment);
        let mut reporter = Reporter::new(options, issues, *known);
        let segment_of_message = self.site.segment.map(|first| first.saturating_add(index));
        reporter.site = Site { offset, segment: segment_of_message, tag: key.tag(), ..self.site };
        reporter.nothing_to_erase = self.nothing_to_erase;
        look(&segment, key, &mut reporter)?;
        reporter.finish().ok()?;
        Some(found.end + 1)
    }
}
