//! Reporting what was found, with its place.

use super::Key;
use crate::error::{Error, ErrorKind, Location};
use crate::issue::{Issue, IssueSink};
use crate::options::{Policy, ReadOptions};
use crate::syntax::SegmentTag;

/// Where reading stands, for the locations of issues.
#[derive(Clone, Copy, Default)]
pub(crate) struct Site {
    pub(crate) interchange: Option<u32>,
    pub(crate) offset: u64,
    pub(crate) segment: Option<u32>,
    pub(crate) tag: Option<SegmentTag>,
    pub(crate) nth_message: Option<u32>,
    pub(crate) message: Option<u64>,
    pub(crate) transaction: Option<u64>,
}

/// Applies the policies: what is rejected becomes the failure, what is reported goes to the sink.
///
/// Reading does not stop in the middle of a run of segments: the first failure is kept, and the caller asks for it at
/// the end of the run, whose length is limited.
pub(crate) struct Reporter<'s> {
    options: &'s ReadOptions,
    sink: &'s mut dyn IssueSink,
    /// Whether a key is that of any segment of the format.
    known: fn(Key) -> bool,
    pub(crate) site: Site,
    failure: Option<Error>,
    /// Missing segments need no report: their absence is part of another finding.
    missing_is_known: bool,
    /// The erase marker has no meaning in what is being read.
    pub(crate) nothing_to_erase: bool,
    /// What is being read may be of another repertoire than level A.
    pub(crate) any_repertoire: bool,
}

impl<'s> Reporter<'s> {
    pub(crate) fn new(options: &'s ReadOptions, sink: &'s mut dyn IssueSink, known: fn(Key) -> bool) -> Self {
        Self {
            options,
            sink,
            known,
            site: Site::default(),
            failure: None,
            missing_is_known: false,
            nothing_to_erase: false,
            any_repertoire: false,
        }
    }

    /// Reads without reporting missing segments.
    pub(crate) fn without_missing_segments(&mut self, read: impl FnOnce(&mut Self)) {
        self.missing_is_known = true;
        read(self);
        self.missing_is_known = false;
    }

    pub(crate) fn is_known(&self, key: Key) -> bool {
        (self.known)(key)
    }

    /// Reports something about the current segment as a whole.
    #[cold]
    pub(crate) fn segment(&mut self, kind: ErrorKind) {
        let location = self.location();
        self.at(kind, location);
    }

    /// Reports something about a component.
    #[cold]
    pub(crate) fn component(&mut self, kind: ErrorKind, element: u16, component: u16, offset: u64) {
        let location =
            Location { element: Some(element), component: Some(component), offset: Some(offset), ..self.location() };
        self.at(kind, location);
    }

    /// Reports something about a place that is not in the current segment.
    #[cold]
    pub(crate) fn at(&mut self, kind: ErrorKind, location: Location) {
        self.often_at(kind, location);
    }

    /// The same where there may be a million of them.
    #[inline(always)]
    pub(crate) fn often_at(&mut self, kind: ErrorKind, location: Location) {
        if self.failure.is_some() || (self.missing_is_known && matches!(kind, ErrorKind::MissingSegment { .. })) {
            return;
        }
        match self.options.policy(kind) {
            Policy::Reject => self.failure = Some(Error::new(kind, location)),
            Policy::Report => {
                self.sink.report(Issue::new(Error::new(kind, location)).in_message(self.site.nth_message));
            }
            Policy::Accept => {}
        }
    }

    pub(crate) fn location(&self) -> Location {
        Location {
            interchange: self.site.interchange,
            offset: Some(self.site.offset),
            segment: self.site.segment,
            tag: self.site.tag,
            element: None,
            component: None,
            qualifier: None,
            message: self.site.message,
            transaction: self.site.transaction,
        }
    }

    /// The first failure, if there was one.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        self.failure.map_or(Ok(()), Err)
    }
}
