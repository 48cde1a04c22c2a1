//! Validates what is written, by the policies of the options.

use alloc::vec::Vec;

use super::Layout;
use crate::error::{Category, Error, ErrorKind, Location};
use crate::issue::{Issue, IssueSink};
use crate::options::{Policy, WriteOptions, WriteTopic};
use crate::syntax::{SegmentQualifier, ServiceStringAdvice};
use crate::value::{NhsNumber, Postcode};

/// What is done with values that may not be sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Off,
    /// They are refused or reported, as their policies say.
    Validate,
    /// All reasons why it may not be sent are listed; nothing is written.
    List,
}

/// Applies the write policies: knows the options, the current message and transaction, and where reports go.
pub(crate) struct Validator<'o> {
    pub(crate) options: WriteOptions,
    pub(crate) message: Option<u64>,
    pub(crate) transaction: Option<u64>,
    /// `%` is not an erase marker in what is being written.
    pub(crate) nothing_to_erase: bool,
    /// The ordinal of the current message in the interchange, counting from 1.
    pub(crate) nth_message: Option<u32>,
    /// `*` is released, as syntax version 4 requires.
    pub(crate) repeats: bool,
    /// Why the current segment is refused.
    pub(super) refusal: Option<Error>,
    mode: Mode,
    /// Where reports go that are not refusals.
    pub(super) sink: Option<&'o mut dyn IssueSink>,
    /// Places of the current group with a report that concerns the whole value.
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
            mode: if options.refuses() || sink.is_some() { Mode::Validate } else { Mode::Off },
            sink,
            reported: Vec::new(),
        }
    }

    /// Whether values have to be validated at all.
    #[inline]
    pub(crate) fn validates(&self) -> bool {
        self.mode != Mode::Off
    }

    /// Switches to listing all that would be refused.
    pub(super) fn list(&mut self) {
        self.mode = Mode::List;
    }

    /// Whether all that would be refused is listed, and nothing is written.
    #[inline]
    pub(crate) fn lists(&self) -> bool {
        self.mode == Mode::List
    }

    /// Whether somebody receives warnings about values that may be sent.
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

    /// Applies the policy of an error: refuses, reports, or accepts it.
    #[cold]
    pub(crate) fn apply_policy(&mut self, error: Error) -> Result<(), Error> {
        match self.options.policy(topic_of(error.kind())) {
            Policy::Reject => return self.give_up(error),
            Policy::Report => self.warn(error),
            Policy::Accept => {}
        }
        Ok(())
    }

    /// Refuses what cannot be written under any policy; when listing, reports it and goes on.
    #[cold]
    pub(crate) fn give_up(&mut self, error: Error) -> Result<(), Error> {
        if !self.lists() {
            return Err(error);
        }
        self.warn(error);
        Ok(())
    }

    /// Reports something that is no reason to refuse.
    #[cold]
    pub(crate) fn warn(&mut self, error: Error) {
        if self.sink.is_none() || self.was_reported(&error) {
            return;
        }
        if let Some(sink) = &mut self.sink {
            sink.report(Issue::new(error).in_message(self.nth_message));
        }
    }

    /// Whether an error is a duplicate: a value is missing or invalid at a place that another report covers.
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

    /// Forgets the reported places, because the next group may have the same ones.
    #[inline]
    pub(super) fn forget_reported(&mut self) {
        if !self.reported.is_empty() {
            self.reported.clear();
        }
    }

    /// An error without a segment, at the current message and transaction.
    pub(crate) fn refuse(&self, kind: ErrorKind) -> Error {
        let location = Location { message: self.message, transaction: self.transaction, ..Location::default() };
        Error::new(kind, location)
    }

    /// An error about a segment of the current transaction.
    pub(crate) fn refuse_segment(&self, kind: ErrorKind, layout: &Layout) -> Error {
        let location = Location {
            tag: Some(layout.tag()),
            qualifier: SegmentQualifier::of_name(layout.name),
            ..*self.refuse(kind).location()
        };
        Error::new(kind, location)
    }

    /// An error about a component of the current transaction.
    pub(crate) fn refuse_component(&self, kind: ErrorKind, layout: &Layout, element: u16, component: u16) -> Error {
        let location = Location {
            element: Some(element),
            component: Some(component),
            ..*self.refuse_segment(kind, layout).location()
        };
        Error::new(kind, location)
    }
}

/// Which policy an error is under.
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
