//! Reports issues with their position, and applies the read policies.

use super::Key;
use crate::error::{Error, ErrorKind, Location};
use crate::issue::{Issue, IssueSink};
use crate::options::{Policy, ReadOptions};
use crate::syntax::SegmentTag;

/// The current position, from which locations of issues are made.
#[derive(Clone, Copy, Default)]
pub(crate) struct Position {
    pub(crate) interchange: Option<u32>,
    pub(crate) offset: u64,
    pub(crate) segment: Option<u32>,
    pub(crate) tag: Option<SegmentTag>,
    pub(crate) nth_message: Option<u32>,
    pub(crate) message: Option<u64>,
    pub(crate) transaction: Option<u64>,
}

/// Applies the policies: a rejected issue becomes the failure, a reported one goes to the sink.
///
/// Reading does not stop within a unit: the first failure is stored and returned at the end of the unit, whose length
/// is limited.
pub(crate) struct Reporter<'s> {
    options: &'s ReadOptions,
    sink: &'s mut dyn IssueSink,
    /// Whether a key is that of a known segment.
    known: fn(Key) -> bool,
    pub(crate) position: Position,
    failure: Option<Error>,
    /// Missing segments are not reported, because another issue covers them.
    missing_is_known: bool,
    /// `%` is not an erase marker in what is being read.
    pub(crate) nothing_to_erase: bool,
    /// Characters outside level A are allowed.
    pub(crate) any_repertoire: bool,
}

impl<'s> Reporter<'s> {
    pub(crate) fn new(options: &'s ReadOptions, sink: &'s mut dyn IssueSink, known: fn(Key) -> bool) -> Self {
        Self {
            options,
            sink,
            known,
            position: Position::default(),
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

    /// Reports an issue of the current segment as a whole.
    #[cold]
    pub(crate) fn segment(&mut self, kind: ErrorKind) {
        let location = self.location();
        self.at(kind, location);
    }

    /// Reports an issue of a component.
    #[cold]
    pub(crate) fn component(&mut self, kind: ErrorKind, element: u16, component: u16, offset: u64) {
        let location =
            Location { element: Some(element), component: Some(component), offset: Some(offset), ..self.location() };
        self.at(kind, location);
    }

    /// Reports an issue at a place outside the current segment.
    #[cold]
    pub(crate) fn at(&mut self, kind: ErrorKind, location: Location) {
        self.often_at(kind, location);
    }

    /// As [`at`](Self::at), for issues that may occur a million times.
    #[inline(always)]
    pub(crate) fn often_at(&mut self, kind: ErrorKind, location: Location) {
        if self.failure.is_some() || (self.missing_is_known && matches!(kind, ErrorKind::MissingSegment { .. })) {
            return;
        }
        match self.options.policy(kind) {
            Policy::Reject => self.failure = Some(Error::new(kind, location)),
            Policy::Report => {
                self.sink.report(Issue::new(Error::new(kind, location)).in_message(self.position.nth_message));
            }
            Policy::Accept => {}
        }
    }

    pub(crate) fn location(&self) -> Location {
        Location {
            interchange: self.position.interchange,
            offset: Some(self.position.offset),
            segment: self.position.segment,
            tag: self.position.tag,
            element: None,
            component: None,
            qualifier: None,
            message: self.position.message,
            transaction: self.position.transaction,
        }
    }

    /// The first failure, if there was one.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        self.failure.map_or(Ok(()), Err)
    }
}
