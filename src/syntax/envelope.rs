//! Checks the trailers of interchanges, functional groups and messages of any type.

use alloc::string::String;

use super::{Segment, SegmentTag};
use crate::error::{Error, ErrorKind, Location, Stated};
use crate::issue::{Issue, IssueSink};

const UNB: SegmentTag = SegmentTag::new("UNB");
const UNG: SegmentTag = SegmentTag::new("UNG");
const UNH: SegmentTag = SegmentTag::new("UNH");
const UNT: SegmentTag = SegmentTag::new("UNT");
const UNE: SegmentTag = SegmentTag::new("UNE");
const UNZ: SegmentTag = SegmentTag::new("UNZ");

/// Checks UNT, UNE and UNZ: whether each has its header, the count of what stands between, and the reference of the
/// header.
///
/// It works with messages of any type, and is given segment by segment what a [`SegmentReader`](super::SegmentReader)
/// or [`SegmentDecoder`](super::SegmentDecoder) reads. UNT counts segments with UNH and UNT, UNE messages, and UNZ
/// functional groups where there are any and messages otherwise. References are compared as text. Source: ISO 9735,
/// data elements 0036, 0060 and 0074.
///
/// ```
/// use nhais_edifact::Issue;
/// use nhais_edifact::syntax::{EnvelopeCheck, SegmentReader};
///
/// let input = b"UNB+UNOA:2+A+B+240308:0915+7'UNH+1+ORDERS:D:96A:UN'BGM+220+1'UNT+2+1'UNZ+1+8'";
/// let (mut check, mut issues) = (EnvelopeCheck::default(), Vec::<Issue>::new());
/// let mut reader = SegmentReader::new(input);
/// while let Some(segment) = reader.next_segment()? {
///     check.take(&segment, &mut issues);
/// }
/// check.finish(&mut issues);
/// let found: Vec<_> = issues.iter().map(|issue| issue.kind().id()).collect();
/// assert_eq!(found, ["control-count", "control-reference"]);
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct EnvelopeCheck {
    interchange: Option<Level>,
    group: Option<Level>,
    message: Option<Level>,
    /// How many interchanges began, and how many messages in the last of them.
    interchanges: u32,
    messages: u32,
    /// Where the last segment ends.
    end: u64,
}

/// An interchange, a functional group or a message that is open.
#[derive(Debug, Clone)]
struct Level {
    reference: String,
    /// How many segments or messages it has so far.
    counted: u64,
    /// How many functional groups an interchange has so far.
    groups: u64,
}

impl Level {
    /// Opens a level whose header has its reference in this data element.
    fn of(header: &Segment<'_, '_>, element: usize) -> Self {
        Self { reference: header.text(element, 1).into(), counted: 0, groups: 0 }
    }
}

impl EnvelopeCheck {
    /// Processes the next segment.
    pub fn take(&mut self, segment: &Segment<'_, '_>, sink: &mut dyn IssueSink) {
        match segment.tag() {
            Some(UNB) => self.open_interchange(segment, sink),
            Some(UNG) => self.open_group(segment, sink),
            Some(UNH) => self.open_message(segment, sink),
            Some(UNT) => self.close_message(segment, sink),
            Some(UNE) => self.close_group(segment, sink),
            Some(UNZ) => self.close_interchange(segment, sink),
            _ => self.message.iter_mut().for_each(|message| message.counted += 1),
        }
        self.end = segment.span().end;
    }

    /// Ends the input, and reports what is still open.
    pub fn finish(&mut self, sink: &mut dyn IssueSink) {
        self.miss_trailers(UNZ, self.end, sink);
        self.interchange = None;
    }

    fn open_interchange(&mut self, segment: &Segment<'_, '_>, sink: &mut dyn IssueSink) {
        self.miss_trailers(UNZ, segment.offset(), sink);
        (self.interchanges, self.messages) = (self.interchanges.saturating_add(1), 0);
        self.interchange = Some(Level::of(segment, 5));
    }

    fn open_group(&mut self, segment: &Segment<'_, '_>, sink: &mut dyn IssueSink) {
        self.miss_trailers(UNE, segment.offset(), sink);
        self.interchange.iter_mut().for_each(|interchange| interchange.groups += 1);
        self.group = Some(Level::of(segment, 5));
    }

    fn open_message(&mut self, segment: &Segment<'_, '_>, sink: &mut dyn IssueSink) {
        self.miss_trailers(UNT, segment.offset(), sink);
        self.messages = self.messages.saturating_add(1);
        for above in [&mut self.interchange, &mut self.group].into_iter().flatten() {
            above.counted += 1;
        }
        self.message = Some(Level { counted: 1, ..Level::of(segment, 1) });
    }

    fn close_message(&mut self, segment: &Segment<'_, '_>, sink: &mut dyn IssueSink) {
        // UNT counts itself.
        let level = self.message.clone().map(|message| (message.counted + 1, message));
        self.compare(segment, level, sink);
        self.message = None;
    }

    fn close_group(&mut self, segment: &Segment<'_, '_>, sink: &mut dyn IssueSink) {
        self.miss_trailers(UNT, segment.offset(), sink);
        let level = self.group.take().map(|group| (group.counted, group));
        self.compare(segment, level, sink);
    }

    fn close_interchange(&mut self, segment: &Segment<'_, '_>, sink: &mut dyn IssueSink) {
        self.miss_trailers(UNE, segment.offset(), sink);
        let level = self.interchange.take();
        let level = level.map(|own| (if own.groups > 0 { own.groups } else { own.counted }, own));
        self.compare(segment, level, sink);
    }

    /// Compares a trailer with what it ends.
    fn compare(&self, trailer: &Segment<'_, '_>, level: Option<(u64, Level)>, sink: &mut dyn IssueSink) {
        let Some((counted, level)) = level else {
            return self.report(ErrorKind::MissingHeader, trailer.offset(), trailer.tag(), None, sink);
        };
        let mut at = |kind, element| {
            let end = trailer.offset() + trailer.raw().len() as u64;
            let offset = trailer.component(element, 1).map_or(end, |component| component.span().start);
            self.report(kind, offset, trailer.tag(), u16::try_from(element).ok(), sink);
        };
        let (stated, reference) = (number(&trailer.text(1, 1)), trailer.text(2, 1));
        if stated != Some(counted) {
            at(ErrorKind::ControlCount { counted, stated: Stated(stated) }, 1);
        }
        if reference != *level.reference {
            let (header, trailer) = (Stated(number(&level.reference)), Stated(number(&reference)));
            at(ErrorKind::ControlReference { header, trailer }, 2);
        }
    }

    /// Closes what is open up to the level of a trailer, and reports the trailers missing before it.
    fn miss_trailers(&mut self, trailer: SegmentTag, offset: u64, sink: &mut dyn IssueSink) {
        let missing = |is_open| if is_open { Some(ErrorKind::MissingTrailer) } else { None };
        if let Some(kind) = missing(self.message.is_some()) {
            self.report(kind, offset, Some(UNT), None, sink);
            self.message = None;
        }
        if let Some(kind) = missing(trailer != UNT && self.group.is_some()) {
            self.report(kind, offset, Some(UNE), None, sink);
            self.group = None;
        }
        if let Some(kind) = missing(trailer == UNZ && self.interchange.is_some()) {
            self.report(kind, offset, Some(UNZ), None, sink);
        }
    }

    fn report(
        &self,
        kind: ErrorKind,
        offset: u64,
        tag: Option<SegmentTag>,
        element: Option<u16>,
        sink: &mut dyn IssueSink,
    ) {
        let message = self.message.as_ref().filter(|_| tag == Some(UNT));
        let is_missing = kind == ErrorKind::MissingTrailer;
        let segment = message.filter(|_| !is_missing).and_then(|message| u32::try_from(message.counted + 1).ok());
        let location = Location {
            interchange: Some(self.interchanges).filter(|number| *number > 0),
            offset: Some(offset),
            segment,
            tag,
            element,
            component: element.map(|_| 1),
            message: message.and_then(|message| number(&message.reference)),
            ..Location::default()
        };
        let nth = message.map(|_| self.messages);
        sink.report(Issue::new(Error::new(kind, location)).in_message(nth));
    }
}

/// The number that a text is, of digits only.
fn number(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}
