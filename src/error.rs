//! Errors: what is wrong, and where; never what the patient's data are.
//!
#![doc = include_str!("errors.md")]

use core::fmt;

use crate::syntax::{SegmentQualifier, SegmentTag};

/// What is wrong, and where.
///
/// Neither `Display` nor `Debug` shows a value of the interchange: only kinds, places, lengths, counts and numbers of
/// control references.
///
/// ```
/// use nhais_edifact::Interchange;
///
/// let error = Interchange::decode(b"NAD+PAT'").unwrap_err();
/// assert_eq!(error.kind().id(), "no-interchange");
/// assert_eq!(error.to_string(), "expected UNB, but found none at NAD (byte 0)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind}{location}")]
pub struct Error {
    kind: ErrorKind,
    location: Location,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, location: Location) -> Self {
        Self { kind, location }
    }

    /// What is wrong.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Where.
    pub fn location(&self) -> &Location {
        &self.location
    }
}

/// A place in an interchange, or in a model that is being encoded.
///
/// Elements and components count from 1; element 1 is the first after the tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Location {
    /// Which interchange of the input, counting from 1, with what stands behind it; `None` before the first, and when
    /// encoding.
    pub interchange: Option<u32>,
    /// Offset in bytes from the start of the input; `None` when encoding.
    pub offset: Option<u64>,
    /// Which segment of its message, counting from 1 at UNH; `None` outside messages.
    pub segment: Option<u32>,
    /// The tag, or the one that is missing.
    pub tag: Option<SegmentTag>,
    /// The qualifier of the segment, if it has one, when encoding: there is no offset to find the segment by.
    pub qualifier: Option<SegmentQualifier>,
    /// The data element, if the place is narrower than a segment.
    pub element: Option<u16>,
    /// The component, if the place is narrower than a data element.
    pub component: Option<u16>,
    /// The number in UNH of the message, if it has one.
    pub message: Option<u64>,
    /// The number in RFF+TN of the transaction, if it has one.
    pub transaction: Option<u64>,
}

impl Location {
    /// The line and column of the place in `source`, which is the whole input, both counting from 1.
    ///
    /// A line ends with a line feed; columns count bytes. `None` without an offset, or if it lies beyond the input.
    ///
    /// ```
    /// use nhais_edifact::Interchange;
    ///
    /// let source = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'\nUNZ+1+00000101'";
    /// let issues = Interchange::decode(source)?.issues;
    /// assert_eq!(issues[1].error().location().line_and_column(source), Some((2, 5)));
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn line_and_column(&self, source: &[u8]) -> Option<(usize, usize)> {
        let before = source.get(..usize::try_from(self.offset?).ok()?)?;
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let line = before.split(|byte| *byte == b'\n').count();
        Some((line, before.len() - line_start + 1))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(tag) = self.tag {
            write!(f, " at {tag}")?;
            if let Some(qualifier) = self.qualifier {
                write!(f, "+{qualifier}")?;
            }
            if let Some(element) = self.element {
                write!(f, " {element}")?;
                if let Some(component) = self.component {
                    write!(f, ".{component}")?;
                }
            }
        }
        match (self.segment, self.offset) {
            (Some(segment), Some(offset)) => write!(f, " (segment {segment}, byte {offset})"),
            (None, Some(offset)) => write!(f, " (byte {offset})"),
            (Some(segment), None) => write!(f, " (segment {segment})"),
            (None, None) => Ok(()),
        }
    }
}

/// What stood where something else was expected, without showing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// Nothing, or an empty component.
    Nothing,
    /// So many characters of text.
    Characters(usize),
    /// So many digits.
    Digits(usize),
}

impl Found {
    /// Describes `text` by its length.
    pub(crate) fn of(text: &str) -> Self {
        let length = text.chars().count();
        match length {
            0 => Self::Nothing,
            _ if text.bytes().all(|byte| byte.is_ascii_digit()) => Self::Digits(length),
            _ => Self::Characters(length),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, what) = match self {
            Self::Nothing => return f.write_str("nothing"),
            Self::Characters(count) => (count, "character"),
            Self::Digits(count) => (count, "digit"),
        };
        write!(f, "{count} {what}{}", if *count == 1 { "" } else { "s" })
    }
}

/// A number that was stated, if it was one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated(pub Option<u64>);

impl fmt::Display for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => write!(f, "{number}"),
            None => f.write_str("no number"),
        }
    }
}

/// Which level of the format an error belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Category {
    /// ISO 9735: service characters, release characters, repertoire, tags.
    Syntax,
    /// UNB, UNZ, UNH, UNT: presence, counts, references.
    Envelope,
    /// Which segments a message or transaction consists of, and in what order.
    Structure,
    /// The content of a data element.
    Value,
    /// A rule that concerns several items, or what may be sent.
    Rule,
    /// A limit that protects the receiver.
    Limit,
}

/// Declares the kinds, each with its identifier, category and wording, in one table.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident: $type:ty),+ })? = $id:literal, $category:ident, $text:literal;)+) => {
        /// What can be wrong; further kinds may be added.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])* #[error($text)] $name $({ $(#[doc = concat!("See the text: ", $text, ".")] $field: $type),+ })?,)+
        }

        impl ErrorKind {
            /// All kinds in the order of their declaration: identifier, category, wording.
            ///
            /// ```
            /// use nhais_edifact::ErrorKind;
            ///
            /// assert!(ErrorKind::TABLE.iter().any(|(id, _, _)| *id == "control-count"));
            /// ```
            pub const TABLE: &'static [(&'static str, Category, &'static str)] =
                &[$(($id, Category::$category, $text)),+];

            /// A stable identifier, for filters and translations.
            pub fn id(&self) -> &'static str {
                if let Self::Rule { id, .. } = self {
                    return id;
                }
                match self {
                    $(Self::$name { .. } => $id,)+
                }
            }

            /// The level of the format this kind belongs to.
            pub fn category(&self) -> Category {
                match self {
                    $(Self::$name { .. } => Category::$category,)+
                }
            }
        }
    };
}

kinds! {
    /// A service string advice gives two roles one character, or a letter or digit a role.
    ServiceStringAdvice = "service-string-advice", Syntax, "expected four different service characters, but found a service string advice without";
    /// The input ends inside a segment.
    MissingTerminator = "missing-terminator", Syntax, "expected a segment terminator, but found the end of the input";
    /// A carriage return or line feed stands inside a segment.
    BreakInSegment = "break-in-segment", Syntax, "expected data, but found a line break";
    /// Spaces or tabs stand between segments.
    BlanksBetweenSegments = "blanks-between-segments", Syntax, "expected a segment, but found blanks before it";
    /// A byte order mark precedes the interchange.
    ByteOrderMark = "byte-order-mark", Syntax, "expected a segment, but found a byte order mark before it";
    /// A character does not belong to level A.
    Repertoire = "repertoire", Syntax, "expected characters of level A, but found another";
    /// A release character stands before one that needs none.
    SuperfluousRelease = "superfluous-release", Syntax, "expected a service character after the release character, but found another";
    /// A release character stands before a line break or at the end of the input.
    DanglingRelease = "dangling-release", Syntax, "expected a character after the release character, but found none";
    /// Two terminators stand in a row.
    EmptySegment = "empty-segment", Syntax, "expected a segment, but found an empty one";
    /// A tag is not a letter and two letters or digits.
    InvalidTag = "invalid-tag", Syntax, "expected a segment tag, but found something else";
    /// A segment or data element ends in separators with nothing behind them.
    TrailingSeparator = "trailing-separator", Syntax, "expected the end of the segment, but found separators without data";
    /// The text cannot be written with these service characters or as one byte a character.
    Unrepresentable = "unrepresentable", Syntax, "expected characters that can be written, but found another";

    /// There is no UNB.
    NoInterchange = "no-interchange", Envelope, "expected UNB, but found none";
    /// A second interchange follows where one was asked for.
    SeveralInterchanges = "several-interchanges", Envelope, "expected the end of the input, but found another interchange";
    /// Something that is not an interchange stands before UNB or after UNZ.
    TextOutsideInterchange = "text-outside-interchange", Envelope, "expected an interchange, but found something else";
    /// A segment stands between messages.
    SegmentOutsideMessage = "segment-outside-message", Envelope, "expected UNH or UNZ, but found another segment";
    /// UNT or UNZ is missing.
    MissingTrailer = "missing-trailer", Envelope, "expected a trailer, but found none";
    /// UNT stands without UNH.
    MissingHeader = "missing-header", Envelope, "expected UNH before it, but found none";
    /// A message consists of UNH and UNT only.
    EmptyMessage = "empty-message", Envelope, "expected segments in the message, but found none";
    /// An interchange without message.
    NoMessage = "no-message", Envelope, "expected a message, but found none";
    /// The count in a trailer is not the number of segments or messages.
    ControlCount { counted: u64, stated: Stated } = "control-count", Envelope, "expected a count of {counted}, but found {stated}";
    /// The reference in a trailer differs from that in its header.
    ControlReference { header: Stated, trailer: Stated } = "control-reference", Envelope, "expected the reference of the header ({header}), but found another ({trailer})";
    /// A control reference holds something else than digits.
    ReferenceNotDigits { found: Found } = "reference-not-digits", Envelope, "expected a control reference of digits, but found {found}";
    /// A message reference occurs twice in an interchange.
    RepeatedReference = "repeated-reference", Envelope, "expected a new message reference, but found one used before";
    /// The message type, version, release, agency or association code is not one of this format.
    MessageType = "message-type", Envelope, "expected FHSREG:0:1:FH:FHS001 or RECEP:0:2:FH, but found another message type";
    /// A transaction does not go from this sender's side to the other.
    Direction = "direction", Envelope, "expected a transaction that this side sends, but found one of the other side";
    /// A receipt is asked for where there is nothing that receipts acknowledge.
    NothingToAcknowledge = "nothing-to-acknowledge", Envelope, "expected an interchange of registrations, but found none";
    /// Registrations and receipts stand in one interchange.
    MixedMessages = "mixed-messages", Envelope, "expected messages of one kind, but found another";

    /// A segment stands where the order does not have it.
    SegmentOrder = "segment-order", Structure, "expected the segment earlier, but found it here";
    /// A segment that the format does not know.
    UnknownSegment = "unknown-segment", Structure, "expected a known segment, but found an unknown one";
    /// A known segment that this message or transaction does not have.
    UnforeseenSegment = "unforeseen-segment", Structure, "expected a segment of this transaction type, but found one of another";
    /// A segment that occurs once at most occurs again.
    RepeatedSegment = "repeated-segment", Structure, "expected the segment once, but found it again";
    /// A mandatory segment is missing.
    MissingSegment { name: &'static str } = "missing-segment", Structure, "expected {name}, but found none";
    /// A mandatory value is missing.
    MissingValue { name: &'static str } = "missing-value", Structure, "expected {name}, but found nothing";
    /// An element or component beyond the pattern of the segment.
    UnexpectedComponent = "unexpected-component", Structure, "expected no further data, but found some";
    /// A part of the segment's pattern is missing.
    MissingComponent { expected: &'static str } = "missing-component", Structure, "expected {expected}, but found nothing";
    /// A constant of the segment's pattern differs.
    InvalidConstant { expected: &'static str } = "invalid-constant", Structure, "expected {expected}, but found something else";

    /// A value cannot be read as what it should be.
    InvalidValue { expected: &'static str, found: Found } = "invalid-value", Value, "expected {expected}, but found {found}";
    /// A code is not in its list.
    UnknownCode { expected: &'static str, found: Found } = "unknown-code", Value, "expected {expected}, but found {found}";
    /// A coded value or name slot is present but empty.
    EmptyValue { expected: &'static str } = "empty-value", Value, "expected {expected}, but found nothing";
    /// A name stands in the slot of another, or without its qualifier.
    NameSlot = "name-slot", Value, "expected a name in its own slot, but found it elsewhere or unqualified";
    /// A value is longer than its data element allows.
    TooLong { limit: usize, length: usize } = "too-long", Value, "expected at most {limit} characters, but found {length}";
    /// A value is longer than any that was seen, though its data element allows it.
    LongerThanSeen { seen: usize, length: usize } = "longer-than-seen", Value, "expected at most {seen} characters, as seen so far, but found {length}";
    /// What would be written is read back as something else.
    ReadOtherwise = "read-otherwise", Value, "expected what is read back as it is, but found what is read as something else";
    /// The erase marker stands where nothing can be erased.
    EraseMarker = "erase-marker", Value, "expected a value, but found the erase marker";
    /// NAD+FHS holds the link code of the HA instead of its cipher.
    CipherIsLinkCode = "cipher-is-link-code", Value, "expected the cipher of the HA, but found its link code";
    /// A free text has more than one component, or a previous address more than five.
    SeveralLines { limit: usize, lines: usize } = "several-lines", Value, "expected no more components of text than {limit}, but found {lines}";
    /// A transaction number occurs twice under one transaction type.
    RepeatedTransactionNumber = "repeated-transaction-number", Value, "expected a new transaction number, but found one used before";
    /// A receipt acknowledges a message twice.
    RepeatedReceipt = "repeated-receipt", Value, "expected each message once, but found it again";

    /// A rule of [`check`](crate::check) is broken; its identifier is that of the rule.
    Rule { id: &'static str, text: &'static str } = "rule", Rule, "expected {text}, but found otherwise";

    /// A segment is longer than the limit.
    SegmentLength = "segment-length", Limit, "expected a shorter segment, but found one beyond the limit";
    /// A segment has more components than the limit.
    ComponentsPerSegment = "components-per-segment", Limit, "expected fewer components, but found more than the limit";
    /// A transaction is longer than the limit.
    TransactionLength = "transaction-length", Limit, "expected a shorter transaction, but found one beyond the limit";
    /// A transaction has more segments than the limit.
    SegmentsPerTransaction = "segments-per-transaction", Limit, "expected fewer segments, but found more than the limit";
    /// A message has more transactions than the limit.
    TransactionsPerMessage = "transactions-per-message", Limit, "expected fewer transactions, but found more than the limit";
    /// An interchange has more messages than the limit.
    MessagesPerInterchange = "messages-per-interchange", Limit, "expected fewer messages, but found more than the limit";
}
