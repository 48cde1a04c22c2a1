//! Errors: what is wrong, and where; never the patient's data.
//!
#![doc = include_str!("errors.md")]

use core::fmt;

#[cfg(feature = "serde")]
use serde::ser::SerializeStruct;

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
#[error("{kind}{}", Whereabouts(self))]
pub struct Error {
    kind: ErrorKind,
    location: Location,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, location: Location) -> Self {
        Self { kind, location }
    }

    /// The error with the number of its transaction.
    pub(crate) fn in_transaction(self, number: u64) -> Self {
        Self { location: Location { transaction: Some(number), ..self.location }, ..self }
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

/// For logs: `id`, `text` and `location`. There is no patient data in it.
#[cfg(feature = "serde")]
impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Error", 3)?;
        self.serialize_fields(&mut fields)?;
        fields.end()
    }
}

#[cfg(feature = "serde")]
impl Error {
    /// The fields that the logs of errors and of issues have in common.
    pub(crate) fn serialize_fields<F: SerializeStruct>(&self, fields: &mut F) -> Result<(), F::Error> {
        fields.serialize_field("id", self.kind.id())?;
        fields.serialize_field("text", &format_args!("{self}"))?;
        fields.serialize_field("location", &self.location)
    }
}

/// Formats the place of an error.
struct Whereabouts<'e>(&'e Error);

impl fmt::Display for Whereabouts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Error { kind, location } = self.0;
        match (kind, location.tag) {
            // A missing item has no place of its own: the location is that of what lacks it.
            (ErrorKind::MissingSegment { .. }, _) if location.offset.is_some() => {
                let whole = if location.segment == Some(1) { "message" } else { "transaction" };
                write!(f, " in the {whole} that begins here")?;
            }
            (ErrorKind::MissingSegment { .. }, _) => {}
            (ErrorKind::MissingTrailer, Some(tag)) => write!(f, " where {tag} should stand")?,
            _ => location.write_segment(f)?,
        }
        location.write_numbers(f)
    }
}

/// A place in an interchange, or in a model that is being encoded.
///
/// Elements and components count from 1; element 1 is the first after the tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Location {
    /// The ordinal of the interchange in the input, counting from 1, which includes what stands behind it; `None`
    /// before the first, and when encoding.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub interchange: Option<u32>,
    /// Offset in bytes from the start of the input; `None` when encoding.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub offset: Option<u64>,
    /// The ordinal of the segment in its message, counting from 1 at UNH; `None` outside messages.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub segment: Option<u32>,
    /// The tag of the segment, or of the missing one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub tag: Option<SegmentTag>,
    /// The qualifier of the segment, if it has one, when encoding: there is no offset then to identify the segment.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub qualifier: Option<SegmentQualifier>,
    /// The data element, if the place is narrower than a segment.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub element: Option<u16>,
    /// The component, if the place is narrower than a data element.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub component: Option<u16>,
    /// The number in UNH of the message, if it has one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub message: Option<u64>,
    /// The number in RFF+TN of the transaction, if it has one.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
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

impl Location {
    /// Writes the tag of the segment, and the narrower place.
    fn write_segment(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(tag) = self.tag else { return Ok(()) };
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
        Ok(())
    }

    /// Writes the place in the input, or in the model when encoding.
    fn write_numbers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.segment, self.offset) {
            (Some(segment), Some(offset)) => return write!(f, " (segment {segment}, byte {offset})"),
            (None, Some(offset)) => return write!(f, " (byte {offset})"),
            (Some(segment), None) => return write!(f, " (segment {segment})"),
            (None, None) => {}
        }
        match (self.message, self.transaction) {
            (Some(message), Some(transaction)) => write!(f, " (message {message}, transaction {transaction})"),
            (Some(message), None) => write!(f, " (message {message})"),
            (None, Some(transaction)) => write!(f, " (transaction {transaction})"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_segment(f)?;
        self.write_numbers(f)
    }
}

/// Describes what was found instead of what was expected, without showing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// Nothing, or an empty component.
    Nothing,
    /// Text of so many characters.
    Characters(usize),
    /// Digits of this number.
    Digits(usize),
    /// A day or month that does not exist.
    NoSuchDay,
    /// A time of day that does not exist.
    NoSuchTime,
    /// A year that four digits cannot express.
    NoSuchYear,
    /// Zero, where numbers begin with 1.
    Zero,
    /// Digits with zeros before the number.
    LeadingZeros,
    /// A number beyond the range.
    OutOfRange,
    /// The right number of characters, but some of the wrong kind.
    OtherCharacters,
    /// The right number of characters, in another form.
    OtherForm,
    /// Ten digits with a wrong check digit.
    WrongCheckDigit,
    /// Something else of the same kind.
    Another,
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
        f.write_str(match self {
            Self::Characters(count) => return write_count(f, *count, "character"),
            Self::Digits(count) => return write_count(f, *count, "digit"),
            Self::Nothing => "nothing",
            Self::NoSuchDay => "a day that does not exist",
            Self::NoSuchTime => "a time that does not exist",
            Self::NoSuchYear => "a year out of range",
            Self::Zero => "zero",
            Self::LeadingZeros => "leading zeros",
            Self::OutOfRange => "a number out of range",
            Self::OtherCharacters => "other characters",
            Self::OtherForm => "another form",
            Self::WrongCheckDigit => "another check digit",
            Self::Another => "another",
        })
    }
}

fn write_count(f: &mut fmt::Formatter<'_>, count: usize, what: &str) -> fmt::Result {
    write!(f, "{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The class of a character outside level A, without showing it.
///
/// A byte above 7F is a character of ISO 8859-1, unless it begins a character in UTF-8.
///
/// ```
/// use nhais_edifact::error::CharacterClass;
/// use nhais_edifact::{ErrorKind, Interchange};
///
/// let input = b"UNB+UNOA:2+Klm5+ZQX1+240308:0915+00000101'UNZ+0+00000101'";
/// let issues = Interchange::decode(input)?.issues;
/// assert_eq!(issues[0].kind(), ErrorKind::Repertoire { class: CharacterClass::LowerCase });
/// assert_eq!(issues[0].to_string(), "expected characters of level A, but found a lower-case letter at UNB 2.1 (byte 12)");
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CharacterClass {
    /// `a` to `z`.
    LowerCase,
    /// A Latin letter beyond 7-bit characters: in ISO 8859-1 the bytes C0 to FF, but for D7 and F7.
    Accented,
    /// The bytes 00 to 1F, and 7F.
    Control,
    /// Anything else.
    Other,
}

impl CharacterClass {
    pub(crate) fn of(character: char) -> Self {
        match character {
            'a'..='z' => Self::LowerCase,
            '\u{D7}' | '\u{F7}' => Self::Other,
            '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Self::Accented,
            _ if character.is_ascii_control() => Self::Control,
            _ => Self::Other,
        }
    }
}

impl fmt::Display for CharacterClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LowerCase => "a lower-case letter",
            Self::Accented => "an accented letter",
            Self::Control => "a control character",
            Self::Other => "another character",
        })
    }
}

/// A stated number, if it is one of at most 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated(pub Option<u64>);

impl fmt::Display for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => write!(f, "{number}"),
            None => f.write_str("no readable number"),
        }
    }
}

/// The level of the format that an error belongs to.
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

/// Sample values for the fields of a kind.
trait Sample {
    const SAMPLE: Self;
}

/// Gives neutral values.
macro_rules! samples {
    ($($type:ty = $sample:expr;)+) => {
        $(impl Sample for $type {
            const SAMPLE: Self = $sample;
        })+
    };
}

samples! {
    u64 = 0;
    usize = 0;
    &'static str = "";
    Stated = Stated(None);
    Found = Found::Nothing;
    CharacterClass = CharacterClass::Other;
}

/// Declares the kinds, each with its identifier, category and wording, in one table.
macro_rules! kinds {
    ($(#[doc = $doc:literal] $name:ident $({ $($field:ident: $type:ty),+ })? = $id:literal, $category:ident, $text:literal;)+) => {
        /// Kinds of errors; further kinds may be added.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $(#[doc = $doc] #[error($text)] $name $({ $(#[doc = concat!("See the text: ", $text, ".")] $field: $type),+ })?,)+
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

            /// A sample of each kind in the same order, and its meaning.
            pub(crate) const SAMPLES: &'static [(Self, &'static str)] =
                &[$((Self::$name $({ $($field: <$type as Sample>::SAMPLE),+ })?, $doc)),+];

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
    ServiceStringAdvice = "service-string-advice", Syntax, "expected different service characters that are no letters or digits, but found others";
    /// A service string advice lacks its reserved blank and so has eight characters.
    ShortServiceStringAdvice = "short-service-string-advice", Syntax, "expected a service string advice of nine characters, but found one of eight";
    /// The input ends inside a segment, or a line begins the next interchange there.
    MissingTerminator = "missing-terminator", Syntax, "expected a segment terminator, but found none";
    /// A carriage return or line feed stands inside a segment.
    BreakInSegment = "break-in-segment", Syntax, "expected data, but found a line break";
    /// Spaces or tabs stand between segments.
    BlanksBetweenSegments = "blanks-between-segments", Syntax, "expected a segment, but found blanks before it";
    /// A byte order mark precedes the interchange.
    ByteOrderMark = "byte-order-mark", Syntax, "expected a segment, but found a byte order mark before it";
    /// A character does not belong to level A.
    Repertoire { class: CharacterClass } = "repertoire", Syntax, "expected characters of level A, but found {class}";
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
    /// A trailer stands without its header.
    MissingHeader = "missing-header", Envelope, "expected its header before it, but found none";
    /// A message consists of UNH and UNT only.
    EmptyMessage = "empty-message", Envelope, "expected segments in the message, but found none";
    /// An interchange without message.
    NoMessage = "no-message", Envelope, "expected a message, but found none";
    /// The count in a trailer is not the number of segments or messages.
    ControlCount { counted: u64, stated: Stated } = "control-count", Envelope, "expected a count of {counted} as counted, but found {stated} stated";
    /// The reference in a trailer differs from that in its header.
    ControlReference { header: Stated, trailer: Stated } = "control-reference", Envelope, "expected the reference of the header ({header}), but found another ({trailer})";
    /// A control reference holds something else than digits.
    ReferenceNotDigits { found: Found } = "reference-not-digits", Envelope, "expected a control reference of digits, but found {found}";
    /// A control reference is a number that is not written with eight digits, or is zero.
    ReferenceForm { found: Found } = "reference-form", Envelope, "expected a control reference of eight digits from 00000001, but found {found}";
    /// A count in a trailer has leading zeros.
    CountForm { found: Found } = "count-form", Envelope, "expected a count without leading zeros, but found {found}";
    /// UNB names another syntax than UNOA in its version 2.
    SyntaxIdentifier = "syntax-identifier", Envelope, "expected the syntax identifier UNOA and version 2, but found another";
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

    /// A segment is out of order.
    SegmentOrder = "segment-order", Structure, "expected segments in order, but found one out of order";
    /// A segment that is not part of the format.
    UnknownSegment = "unknown-segment", Structure, "expected a known segment, but found an unknown one";
    /// A known segment that is not part of this message or transaction.
    UnforeseenSegment = "unforeseen-segment", Structure, "expected a segment of this message or transaction type, but found one of another";
    /// A segment that may occur once occurs again.
    RepeatedSegment = "repeated-segment", Structure, "expected the segment once, but found it again";
    /// A mandatory segment is missing.
    MissingSegment { name: &'static str } = "missing-segment", Structure, "expected {name}, but found none";
    /// A mandatory value is missing.
    MissingValue { name: &'static str } = "missing-value", Structure, "expected {name}, but found nothing";
    /// An element or component that is not part of the segment.
    UnexpectedComponent = "unexpected-component", Structure, "expected no further data, but found some";
    /// A component of the segment is missing.
    MissingComponent { expected: &'static str } = "missing-component", Structure, "expected {expected}, but found nothing";
    /// A constant of the segment differs.
    InvalidConstant { expected: &'static str } = "invalid-constant", Structure, "expected {expected}, but found something else";

    /// A value is invalid.
    InvalidValue { expected: &'static str, found: Found } = "invalid-value", Value, "expected {expected}, but found {found}";
    /// A code is not in its list.
    UnknownCode { expected: &'static str, found: Found } = "unknown-code", Value, "expected {expected}, but found {found}";
    /// A coded value or name slot is present but empty.
    EmptyValue { expected: &'static str } = "empty-value", Value, "expected {expected}, but found nothing";
    /// A name stands in the slot of another, or without its qualifier.
    NameSlot = "name-slot", Value, "expected a name in its own slot, but found it elsewhere or unqualified";
    /// A value is longer than its data element allows.
    TooLong { limit: usize, length: usize } = "too-long", Value, "expected at most {limit} characters, but found {length}";
    /// A value is longer than any in samples, though its data element allows it.
    LongerThanSeen { seen: usize, length: usize } = "longer-than-seen", Value, "expected at most {seen} characters, as seen so far, but found {length}";
    /// A value would be read back as something else.
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
    Rule { id: &'static str, text: &'static str } = "rule", Rule, "expected {text}, but found the rule broken";

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
