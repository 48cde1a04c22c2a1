//! Issues: findings that do not end the reading.

use alloc::vec::Vec;
use core::num::NonZeroU32;

use crate::error::{Error, ErrorKind};

/// How much an issue matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The form differs from what is specified; what was meant is clear.
    Warning,
    /// Something is missing, contradicts itself, or could not be read.
    Error,
}

/// A deviation that was found while reading on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct Issue {
    severity: Severity,
    nth_message: Option<NonZeroU32>,
    error: Error,
}

impl Issue {
    pub(crate) fn new(error: Error) -> Self {
        Self { severity: severity_of(error.kind()), nth_message: None, error }
    }

    /// The same, in a message of an interchange, counting from 1.
    pub(crate) fn in_message(self, nth: Option<u32>) -> Self {
        Self { nth_message: nth.and_then(NonZeroU32::new), ..self }
    }

    /// Says in which transaction it lies, which was not known when it was found.
    pub(crate) fn settle_transaction(&mut self, number: u64) {
        self.error = self.error.in_transaction(number);
    }

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What was found, and where.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// Which message of its interchange it lies in, counting from 1; `None` outside messages.
    ///
    /// Messages may have no number, or one that another message has, too.
    pub fn nth_message(&self) -> Option<u32> {
        self.nth_message.map(NonZeroU32::get)
    }

    /// What was found.
    pub fn kind(&self) -> ErrorKind {
        self.error.kind()
    }
}

fn severity_of(kind: ErrorKind) -> Severity {
    match kind {
        ErrorKind::MissingTerminator
        | ErrorKind::BlanksBetweenSegments
        | ErrorKind::ByteOrderMark
        | ErrorKind::Repertoire { .. }
        | ErrorKind::SuperfluousRelease
        | ErrorKind::EmptySegment
        | ErrorKind::ReferenceForm { .. }
        | ErrorKind::CountForm { .. }
        | ErrorKind::SyntaxIdentifier
        | ErrorKind::TrailingSeparator
        | ErrorKind::SegmentOrder
        | ErrorKind::MissingComponent { .. }
        | ErrorKind::EmptyValue { .. }
        | ErrorKind::NameSlot
        | ErrorKind::TooLong { .. }
        | ErrorKind::LongerThanSeen { .. }
        | ErrorKind::SeveralLines { .. } => Severity::Warning,
        _ => Severity::Error,
    }
}

/// Where issues go: nowhere (`()`), the first (`Option<Issue>`), all (`Vec<Issue>`), their number (`usize`), or a
/// closure.
///
/// ```
/// use nhais_edifact::{EventReader, Issue, ReadOptions};
///
/// let input = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNZ+1+00000101'";
/// let mut issues: Vec<Issue> = Vec::new();
/// let mut reader = EventReader::new(input, ReadOptions::default());
/// while reader.next_event(&mut issues)?.is_some() {}
/// assert_eq!(issues[0].kind().id(), "no-message");
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub trait IssueSink {
    /// Takes an issue.
    fn report(&mut self, issue: Issue);
}

impl IssueSink for () {
    fn report(&mut self, _: Issue) {}
}

impl IssueSink for Option<Issue> {
    fn report(&mut self, issue: Issue) {
        self.get_or_insert(issue);
    }
}

impl IssueSink for Vec<Issue> {
    fn report(&mut self, issue: Issue) {
        self.push(issue);
    }
}

impl IssueSink for usize {
    fn report(&mut self, _: Issue) {
        *self += 1;
    }
}

impl<F: FnMut(Issue)> IssueSink for F {
    fn report(&mut self, issue: Issue) {
        self(issue);
    }
}
