//! Issues: findings that do not end the reading.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;

use crate::error::{Error, ErrorKind, Location};

/// The severity of an issue.
///
/// ```
/// use nhais_edifact::issue::Severity;
///
/// assert!(Severity::Warning < Severity::Error);
/// assert_eq!(Severity::Warning.to_string(), "warning");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Severity {
    /// The form differs from what is specified; what was meant is clear.
    Warning,
    /// Something is missing, contradicts itself, or could not be read.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// A deviation that was found while reading on.
///
/// `Display` and, with the feature `serde`, `Serialize` are for logs: there is no patient data in them.
///
/// ```
/// use nhais_edifact::Interchange;
///
/// let source = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'\nUNZ+1+00000101'";
/// let issue = Interchange::decode(source)?.issues[1];
/// assert_eq!((issue.kind().id(), issue.location().offset), ("control-count", Some(47)));
/// assert_eq!(
///     format!("{}: {issue}", issue.severity()),
///     "error: expected a count of 0 as counted, but found 1 stated at UNZ 1.1 (byte 47)"
/// );
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
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

    /// The issue with the ordinal of its message in the interchange, counting from 1.
    pub(crate) fn in_message(self, nth: Option<u32>) -> Self {
        Self { nth_message: nth.and_then(NonZeroU32::new), ..self }
    }

    /// Sets the number of its transaction, which was not known when it was found.
    pub(crate) fn settle_transaction(&mut self, number: u64) {
        self.error = self.error.in_transaction(number);
    }

    /// The severity.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The finding: what is wrong, and where.
    pub fn error(&self) -> &Error {
        &self.error
    }

    /// The place.
    pub fn location(&self) -> &Location {
        self.error.location()
    }

    /// The issue with the segment it is about, for a person who may see the data: see [`Error::show_data`].
    pub fn show_data(&self, source: &[u8]) -> String {
        self.error.show_data(source)
    }

    /// As [`show_data`](Self::show_data) with a part of the input: see [`Error::show_data_of_part`].
    pub fn show_data_of_part(&self, part: &[u8], start: u64) -> String {
        self.error.show_data_of_part(part, start)
    }

    /// The ordinal of its message in the interchange, counting from 1; `None` outside messages.
    ///
    /// Unlike the number in UNH, it is always there and unique.
    pub fn nth_message(&self) -> Option<u32> {
        self.nth_message.map(NonZeroU32::get)
    }

    /// What is wrong.
    pub fn kind(&self) -> ErrorKind {
        self.error.kind()
    }
}

/// For logs: `severity`, `nth_message`, `id`, `text` and `location`.
#[cfg(feature = "serde")]
impl serde::Serialize for Issue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let mut fields = serializer.serialize_struct("Issue", 5)?;
        fields.serialize_field("severity", &self.severity)?;
        fields.serialize_field("nth_message", &self.nth_message)?;
        self.error.serialize_fields(&mut fields)?;
        fields.end()
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

/// Receives issues: none (`()`), the first (`Option<Issue>`), all (`Vec<Issue>`), their number (`usize`), or a closure.
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
