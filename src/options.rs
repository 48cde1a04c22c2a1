//! Options of reading and writing.

use crate::error::{Category, ErrorKind};
use crate::syntax::{LineBreak, SegmentLimits};

/// What to do about a deviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Policy {
    /// It ends the reading or writing with an error.
    Reject,
    /// It is an issue, and reading or writing goes on.
    Report,
    /// It is ignored.
    Accept,
}

/// Declares the limits, each with its default.
macro_rules! limits {
    ($($(#[doc = $doc:literal])* $name:ident = $default:literal;)+) => {
        /// Limits that protect a receiver from resource exhaustion; exceeding one is always an error.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Limits {
            $($(#[doc = $doc])* pub $name: usize,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Limits {
            /// Their names, defaults and meanings.
            pub(crate) const TABLE: &'static [(&'static str, usize, &'static str)] =
                &[$((stringify!($name), $default, concat!($($doc),*))),+];
        }
    };
}

limits! {
    /// Bytes in a segment, without its terminator; 65,536 by default and 2,147,483,647 at most.
    segment_length = 65_536;
    /// Components in a segment, empty ones and the tag included; 65,536 by default.
    components_per_segment = 65_536;
    /// Bytes in a transaction, or in the heading of a message, blanks between its segments included; 1,048,576 by
    /// default.
    transaction_length = 1_048_576;
    /// Segments in a transaction, or in the heading of a message; 1,000 by default.
    segments_per_transaction = 1_000;
    /// Transactions in a message; 1,000,000 by default.
    transactions_per_message = 1_000_000;
    /// Messages in an interchange; 1,000,000 by default.
    messages_per_interchange = 1_000_000;
    /// How many runs of consecutive references and transaction numbers are remembered to find repeats, 4,096 by
    /// default; and how many that are no numbers. It does not limit the input: beyond it the lowest numbers, and the
    /// oldest texts, are forgotten.
    number_runs = 4_096;
}

/// The limits that concern segments.
impl From<Limits> for SegmentLimits {
    fn from(Limits { segment_length, components_per_segment, .. }: Limits) -> Self {
        Self { segment_length, components_per_segment }
    }
}

/// How to read: a [`Policy`] per kind of deviation, and the [`Limits`].
///
/// The default reads whatever partners are known to send and reports deviations. [`strict`](Self::strict) ends with the
/// first deviation.
///
/// ```
/// use nhais_edifact::{Interchange, ReadOptions};
///
/// let unterminated = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNZ+0+00000101";
/// assert!(Interchange::decode(unterminated).is_ok());
/// assert!(Interchange::decode_with(unterminated, &ReadOptions::strict()).is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    policies: [Policy; Topic::COUNT],
    limits: Limits,
}

/// The topics that have a policy of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Topic {
    FinalTerminator,
    ControlCounts,
    ControlReferences,
    ReferenceForms,
    SyntaxIdentifiers,
    Blanks,
    TrailingSeparators,
    Repertoire,
    SegmentOrder,
    UnknownSegments,
    UnknownCodes,
    Lengths,
    OtherSyntax,
    OtherEnvelope,
    OtherStructure,
    OtherValues,
}

impl Topic {
    const COUNT: usize = Self::OtherValues as usize + 1;

    fn of(kind: ErrorKind) -> Option<Self> {
        Some(match kind {
            ErrorKind::MissingTerminator => Self::FinalTerminator,
            ErrorKind::ControlCount { .. } | ErrorKind::CountForm { .. } => Self::ControlCounts,
            ErrorKind::ControlReference { .. } | ErrorKind::RepeatedReference => Self::ControlReferences,
            ErrorKind::ReferenceForm { .. } | ErrorKind::ReferenceNotDigits { .. } => Self::ReferenceForms,
            ErrorKind::SyntaxIdentifier => Self::SyntaxIdentifiers,
            ErrorKind::BlanksBetweenSegments | ErrorKind::BreakInSegment | ErrorKind::EmptySegment => Self::Blanks,
            ErrorKind::TrailingSeparator => Self::TrailingSeparators,
            ErrorKind::Repertoire { .. } => Self::Repertoire,
            ErrorKind::SegmentOrder => Self::SegmentOrder,
            ErrorKind::UnknownSegment | ErrorKind::UnforeseenSegment => Self::UnknownSegments,
            ErrorKind::UnknownCode { .. } => Self::UnknownCodes,
            ErrorKind::TooLong { .. } => Self::Lengths,
            _ => match kind.category() {
                Category::Syntax => Self::OtherSyntax,
                Category::Envelope => Self::OtherEnvelope,
                Category::Structure => Self::OtherStructure,
                Category::Value | Category::Rule => Self::OtherValues,
                Category::Limit => return None,
            },
        })
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { policies: [Policy::Report; Topic::COUNT], limits: Limits::default() }
    }
}

macro_rules! policies {
    ($topics:ident: $($(#[doc = $doc:literal])* $name:ident = $topic:ident;)+) => {
        $($(#[doc = $doc])*
        #[must_use]
        pub fn $name(mut self, policy: Policy) -> Self {
            self.policies[$topics::$topic as usize] = policy;
            self
        })+

        /// The policies: their topic, their name, and what they are about.
        pub(crate) const POLICIES: &'static [(usize, &'static str, &'static str)] =
            &[$(($topics::$topic as usize, stringify!($name), concat!($($doc),*))),+];
    };
}

impl ReadOptions {
    /// Rejects every deviation. What it accepts, the default accepts too, with the same model and without an issue.
    pub fn strict() -> Self {
        Self { policies: [Policy::Reject; Topic::COUNT], limits: Limits::default() }
    }

    /// Replaces the limits.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    policies! { Topic:
        /// The last segment ends with the input. Three published samples do.
        final_terminator = FinalTerminator;
        /// A count in UNT, UNE or UNZ is wrong, or has leading zeros. Five published samples have one that is wrong.
        control_counts = ControlCounts;
        /// A reference in UNT, UNE or UNZ differs from its header, or is used twice. One published sample has such.
        control_references = ControlReferences;
        /// A control reference is not one that is sent: eight digits, and not zero. Some published samples have five or
        /// six digits.
        reference_forms = ReferenceForms;
        /// UNB names another repertoire than UNOA, or another version than 2. None seen.
        syntax_identifiers = SyntaxIdentifiers;
        /// Spaces or tabs between segments, line breaks inside segments, empty segments. Line breaks between segments
        /// are always accepted. None seen in published samples.
        blanks = Blanks;
        /// Empty elements or components at the end. Seen in addresses only, where they are always accepted.
        trailing_separators = TrailingSeparators;
        /// Characters outside level A. Seen in test data only.
        repertoire = Repertoire;
        /// Segments out of order. Seen in drafts of test data.
        segment_order = SegmentOrder;
        /// Segments that are not part of the format, or of the transaction type. Seen in unit tests of other software.
        unknown_segments = UnknownSegments;
        /// Codes that are not in their list. Seen in unit tests of other software.
        unknown_codes = UnknownCodes;
        /// Values longer than the data element allows. None seen.
        lengths = Lengths;
        /// Every other deviation of syntax: byte order mark, release characters, tags.
        other_syntax = OtherSyntax;
        /// Every other deviation of the envelope: missing trailers, message types, text outside.
        other_envelope = OtherEnvelope;
        /// Every other deviation of structure: missing and repeated segments, constants, further components.
        other_structure = OtherStructure;
        /// Every other deviation of values: dates that do not exist, empty values.
        other_values = OtherValues;
    }

    /// The policy for a kind of deviation; limits are always enforced.
    #[inline]
    pub(crate) fn policy(&self, kind: ErrorKind) -> Policy {
        Topic::of(kind).map_or(Policy::Reject, |topic| self.policies[topic as usize])
    }

    /// The name of the policy for a kind of deviation.
    pub(crate) fn policy_name(kind: ErrorKind) -> Option<&'static str> {
        let topic = Topic::of(kind)? as usize;
        Self::POLICIES.iter().find(|(of, ..)| *of == topic).map(|(_, name, _)| *name)
    }

    pub(crate) fn limits_in_force(&self) -> Limits {
        self.limits
    }
}

/// How to write the tail of UNB, elements 6 to 11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub enum HeaderTail {
    /// As in the model.
    #[default]
    AsGiven,
    /// Nothing.
    None,
    /// The application reference only: `++FHSREG`.
    ApplicationReference,
    /// The tail that NHAIS writes: `++FHSREG+++FHSA EDI TRANSFERS`, or `++RECEP+++EDIFACT TRANSFER`.
    Full,
}

/// How to write the lines of NAD+PAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
#[non_exhaustive]
pub enum AddressForm {
    /// Always five components, blank ones included.
    #[default]
    FiveLines,
    /// Trailing blank components are left out, as NHAIS does.
    Truncated,
}

/// The topics of writing that have a policy of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WriteTopic {
    NhsNumbers,
    Postcodes,
    UnknownCodes,
    Repertoire,
    Lengths,
    MissingItems,
    UnknownSegments,
    RepeatedNumbers,
    Constants,
    Rules,
    OtherValues,
    OtherEnvelope,
}

impl WriteTopic {
    const COUNT: usize = Self::OtherEnvelope as usize + 1;
}

/// How to write: a [`Policy`] per kind of value that may not be sent, and the form.
///
/// The default writes the strict form, a line feed after each segment but the last, and refuses what may not be sent.
/// What a policy reports is written as it is, and reported to the sink of
/// [`encode_with`](crate::Interchange::encode_with), if there is one.
///
/// ```
/// use nhais_edifact::options::Policy;
/// use nhais_edifact::{WriteOptions, syntax::LineBreak};
///
/// let options = WriteOptions::default().line_break(LineBreak::CrLf).nhs_numbers(Policy::Report);
/// # drop(options);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    pub(crate) line_break: LineBreak,
    pub(crate) final_break: bool,
    pub(crate) tail: HeaderTail,
    pub(crate) address: AddressForm,
    policies: [Policy; WriteTopic::COUNT],
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self {
            line_break: LineBreak::default(),
            final_break: false,
            tail: HeaderTail::default(),
            address: AddressForm::default(),
            policies: [Policy::Reject; WriteTopic::COUNT],
        }
    }
}

impl WriteOptions {
    /// Sets the line break between segments.
    #[must_use]
    pub fn line_break(mut self, line_break: LineBreak) -> Self {
        self.line_break = line_break;
        self
    }

    /// Whether the line break stands after the last segment too.
    #[must_use]
    pub fn final_break(mut self, final_break: bool) -> Self {
        self.final_break = final_break;
        self
    }

    /// Line breaks as in `input`, for writing back what was read from it.
    #[must_use]
    pub fn line_breaks_of(mut self, input: &[u8]) -> Self {
        (self.line_break, self.final_break) = LineBreak::of(input);
        self
    }

    /// The tail of UNB.
    #[must_use]
    pub fn header_tail(mut self, tail: HeaderTail) -> Self {
        self.tail = tail;
        self
    }

    /// The form of addresses.
    #[must_use]
    pub fn address_form(mut self, form: AddressForm) -> Self {
        self.address = form;
        self
    }

    policies! { WriteTopic:
        /// NHS numbers that are not ten digits with their check digit, such as those from before 1996.
        nhs_numbers = NhsNumbers;
        /// Postcodes that are not eight characters of an outward and an inward part.
        postcodes = Postcodes;
        /// Codes that are not in their list.
        unknown_codes = UnknownCodes;
        /// Characters outside level A.
        repertoire = Repertoire;
        /// Values longer than the data element allows, and too many lines.
        lengths = Lengths;
        /// Missing segments, values and messages, and values of blanks.
        missing_items = MissingItems;
        /// Segments and components without a place, and messages of other types.
        unknown_segments = UnknownSegments;
        /// References and transaction numbers that were used before.
        repeated_numbers = RepeatedNumbers;
        /// Another syntax identifier, the tail of UNB, the qualifier of an NHS number. Unless this is rejected, a
        /// receipt without tail does not get one.
        constants = Constants;
        /// Rules of [`check`](crate::check).
        rules = Rules;
        /// Every other value that is not as it should be: dates, GP codes, numbers, erase markers.
        other_values = OtherValues;
        /// Every other deviation of the envelope: mixed messages, wrong counts in receipts.
        other_envelope = OtherEnvelope;
    }

    /// The policy for a topic.
    #[inline]
    pub(crate) fn policy(&self, topic: WriteTopic) -> Policy {
        self.policies[topic as usize]
    }

    /// Whether anything is refused.
    pub(crate) fn refuses(&self) -> bool {
        self.policies.contains(&Policy::Reject)
    }

    /// Writes what was received as it is, for forwarding and storing: old NHS numbers, incomplete transactions,
    /// segments that this crate does not know. It sets all policies, to [`Policy::Report`] or [`Policy::Reject`].
    ///
    /// Syntax, counts, references and order are guaranteed as usual, and so is that the output is read back as the same
    /// interchange: a value that would be read back as something else is [refused](crate::ErrorKind::ReadOtherwise)
    /// under any policy, such as a new title `%`, which would erase the title. If kept segments or components could be
    /// read back as something else, the output is read once more to verify it.
    #[must_use]
    pub fn as_received(mut self, as_received: bool) -> Self {
        let policy = if as_received { Policy::Report } else { Policy::Reject };
        self.policies = [policy; WriteTopic::COUNT];
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_of_segments_are_the_same_at_both_levels() {
        assert_eq!(SegmentLimits::from(Limits::default()), SegmentLimits::default());
        let limits = Limits { segment_length: 10, components_per_segment: 3, ..Limits::default() };
        let SegmentLimits { segment_length, components_per_segment, .. } = limits.into();
        assert_eq!((segment_length, components_per_segment), (10, 3));
    }
}
