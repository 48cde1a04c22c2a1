//! Judging what is written.

use alloc::vec::Vec;

use super::Layout;
use crate::error::{Category, Error, ErrorKind, Location};
use crate::issue::{Issue, IssueSink};
use crate::options::{Policy, WriteOptions, WriteTopic};
use crate::syntax::{SegmentQualifier, ServiceStringAdvice};
use crate::value::{NhsNumber, Postcode};

/// What is asked of what is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    Nothing,
    /// Whether it may be sent.
    MayBeSent,
    /// All for which it may not be sent; nothing else matters.
    Faults,
}

/// Judges what is written: knows the options, what message and transaction it is in, and where objections go.
pub(crate) struct Validator<'o> {
    pub(crate) options: WriteOptions,
    pub(crate) message: Option<u64>,
    pub(crate) transaction: Option<u64>,
    /// The erase marker has no meaning in what is being written.
    pub(crate) nothing_to_erase: bool,
    /// Which message of the interchange is being written, counting from 1.
    pub(crate) nth_message: Option<u32>,
    /// `*` is released, as version 4 needs it.
    pub(crate) repeats: bool,
    /// Why the segment that is being written is refused.
    pub(super) refusal: Option<Error>,
    question: Question,
    /// Where objections go that are not refusals.
    pub(super) sink: Option<&'o mut dyn IssueSink>,
    /// Places of the group about which something was reported that concerns a whole value.
    reported: Vec<Location>,
}

impl<'o> Validator<'o> {
    pub(super) fn new(options: WriteOptions, sink: Option<&'o mut dyn IssueSink>) -> Self {
        Self {
            options,
            message: None,
            transaction: None,
            nothing_to_erase: false,
            nth_message: None,
            repeats: false,
            refusal: None,
            question: if options.refuses() || sink.is_some() { Question::MayBeSent } else { Question::Nothing },
            sink,
            reported: Vec::new(),
        }
    }

    /// Whether anybody asks what may be sent.
    #[inline]
    pub(crate) fn validates(&self) -> bool {
        self.question != Question::Nothing
    }

    /// Has all be listed that would be refused.
    pub(super) fn list(&mut self) {
        self.question = Question::Faults;
    }

    /// Whether all is listed that would be refused, and nothing else matters.
    #[inline]
    pub(crate) fn lists(&self) -> bool {
        self.question == Question::Faults
    }

    /// Whether anybody wants to hear of what may be sent and should not surprise.
    #[inline]
    pub(super) fn warns(&self) -> bool {
        self.sink.is_some() && !self.lists()
    }

    /// Why the last segment was refused.
    #[cold]
    pub(super) fn refusal(&mut self) -> Error {
        let without_reason = self.refuse(ErrorKind::Unrepresentable);
        self.refusal.take().unwrap_or(without_reason)
    }

    /// The service characters that text is released for.
    pub(super) fn advice(&self) -> ServiceStringAdvice {
        if self.repeats { ServiceStringAdvice::LEVEL_A.repeating() } else { ServiceStringAdvice::LEVEL_A }
    }

    /// Refuses what may not be sent; what is tolerated is written all the same, and reported to who asked.
    #[cold]
    pub(crate) fn object(&mut self, error: Error) -> Result<(), Error> {
        match self.options.policy(topic_of(error.kind())) {
            Policy::Reject => return self.give_up(error),
            Policy::Report => self.warn(error),
            Policy::Accept => {}
        }
        Ok(())
    }

    /// Refuses what cannot be written at all; where all is listed, that is noted and the next is looked at.
    #[cold]
    pub(crate) fn give_up(&mut self, error: Error) -> Result<(), Error> {
        if !self.lists() {
            return Err(error);
        }
        self.warn(error);
        Ok(())
    }

    /// Reports what may be sent and should not surprise anybody.
    #[cold]
    pub(crate) fn warn(&mut self, error: Error) {
        if self.sink.is_none() || self.was_reported(&error) {
            return;
        }
        if let Some(sink) = &mut self.sink {
            sink.report(Issue::new(error).in_message(self.nth_message));
        }
    }

    /// Whether a value is missing, or not as expected, at a place about which that was said, or that a rule is broken.
    fn was_reported(&mut self, error: &Error) -> bool {
        let is_always_reported = match error.kind() {
            ErrorKind::Rule { .. } | ErrorKind::EraseMarker | ErrorKind::UnforeseenSegment => true,
            ErrorKind::ReadOtherwise
            | ErrorKind::MissingValue { .. }
            | ErrorKind::EmptyValue { .. }
            | ErrorKind::InvalidValue { .. }
            | ErrorKind::UnknownCode { .. }
            | ErrorKind::InvalidConstant { .. } => false,
            _ => return false,
        };
        let place = error.location();
        self.reported.retain(|other| (other.message, other.transaction) == (place.message, place.transaction));
        let is_known = self.reported.contains(place);
        if !is_known {
            self.reported.push(*place);
        }
        is_known && !is_always_reported
    }

    /// Forgets what was reported, where another group may have the same places.
    #[inline]
    pub(super) fn forget_reported(&mut self) {
        if !self.reported.is_empty() {
            self.reported.clear();
        }
    }

    /// An error at a place that has no tag.
    pub(crate) fn refuse(&self, kind: ErrorKind) -> Error {
        let location = Location { message: self.message, transaction: self.transaction, ..Location::default() };
        Error::new(kind, location)
    }

    /// An error about a segment.
    pub(crate) fn refuse_segment(&self, kind: ErrorKind, layout: &Layout) -> Error {
        let location = Location {
            tag: Some(layout.tag()),
            qualifier: SegmentQualifier::of_name(layout.name),
            ..*self.refuse(kind).location()
        };
        Error::new(kind, location)
    }

    /// An error about a component.
    pub(crate) fn refuse_component(&self, kind: ErrorKind, layout: &Layout, element: u16, component: u16) -> Error {
        let location = Location {
            element: Some(element),
            component: Some(component),
            ..*self.refuse_segment(kind, layout).location()
        };
        Error::new(kind, location)
    }
}

/// Which policy an objection is under.
fn topic_of(kind: ErrorKind) -> WriteTopic {
    match kind {
        ErrorKind::InvalidValue { expected: NhsNumber::EXPECTED, .. } => WriteTopic::NhsNumbers,
        ErrorKind::InvalidValue { expected: Postcode::EXPECTED, .. } => WriteTopic::Postcodes,
        ErrorKind::UnknownCode { .. } => WriteTopic::UnknownCodes,
        ErrorKind::Repertoire { .. } => WriteTopic::Repertoire,
        ErrorKind::TooLong { .. } | ErrorKind::SeveralLines { .. } => WriteTopic::Lengths,
        ErrorKind::MissingSegment { .. }
        | ErrorKind::MissingValue { .. }
        | ErrorKind::EmptyValue { .. }
        | ErrorKind::EmptyMessage
        | ErrorKind::NoMessage => WriteTopic::MissingItems,
        ErrorKind::UnknownSegment
        | ErrorKind::UnforeseenSegment
        | ErrorKind::UnexpectedComponent
        | ErrorKind::SegmentOutsideMessage
        | ErrorKind::TextOutsideInterchange
        | ErrorKind::MessageType => WriteTopic::UnknownSegments,
        ErrorKind::RepeatedReference | ErrorKind::RepeatedTransactionNumber | ErrorKind::RepeatedReceipt => {
            WriteTopic::RepeatedNumbers
        }
        ErrorKind::InvalidConstant { .. } => WriteTopic::Constants,
        ErrorKind::Rule { .. } => WriteTopic::Rules,
        _ if kind.category() == Category::Value => WriteTopic::OtherValues,
        _ => WriteTopic::OtherEnvelope,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_received_is_validated_for_those_who_listen() {
        let (received, mut sink) = (WriteOptions::default().as_received(true), Vec::<Issue>::new());
        assert!(Validator::new(WriteOptions::default(), None).validates());
        assert!(Validator::new(received, Some(&mut sink)).validates());
        assert!(!Validator::new(received, None).validates());
    }
}
