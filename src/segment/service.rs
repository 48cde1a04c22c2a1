//! UNB, UNH, UNT and UNZ: the envelope.

use alloc::vec::Vec;

use chrono::NaiveDateTime;

use crate::syntax::{Part, Text, TextCursor};
#[cfg(feature = "serde")]
use crate::table::is_absent;
use crate::table::{
    CanonicalRows, FieldReader, FieldWriter, GroupWriter, Item, Missing, Need, OneSegment, Presence, Row, Table,
    Unrecognised, always_present, segment,
};
use crate::value::{ControlReference, Count, InterchangeSequence, PreparationTime, TradingPartnerCode, into_owned};

/// The syntax identifier and its version, which are constants. Source: wire.md#s-1-3.
pub(crate) const SYNTAX: (&str, &str) = ("UNOA", "2");

/// The tail of UNB in interchanges of receipts, and in registrations by NHAIS: elements 7 and 10. Source:
/// wire.md#s-1-4.
pub(crate) const RECEIPT_TAIL: (&str, &str) = ("RECEP", "EDIFACT TRANSFER");
pub(crate) const REGISTRATION_TAIL: (&str, &str) = ("FHSREG", "FHSA EDI TRANSFERS");

/// The header of an interchange.
///
/// Wire form: `UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101++FHSREG'`. Source: [facts 1.3](crate::reference::wire#s-1-3).
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::InterchangeHeader;
/// use nhais_edifact::value::InterchangeSequence;
///
/// let prepared = NaiveDate::from_ymd_opt(2024, 3, 8).unwrap().and_hms_opt(9, 15, 0).unwrap();
/// let header = InterchangeHeader::new("KLM5", "ZQX1", prepared, InterchangeSequence::new(101)?);
/// assert_eq!(header.reference.to_string(), "00000101");
/// # Ok::<(), nhais_edifact::value::OutOfRange>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct InterchangeHeader<'a> {
    /// The repertoire, `UNOA`; a4.
    pub syntax_identifier: Text<'a>,
    /// The version of the syntax, `2`; n1.
    pub syntax_version: Text<'a>,
    /// Who sent it; an..35.
    pub sender: TradingPartnerCode<'a>,
    /// For whom it is; an..35.
    pub recipient: TradingPartnerCode<'a>,
    /// When it was prepared.
    pub prepared: PreparationTime<'a>,
    /// Its number, which UNZ repeats; an..14.
    pub reference: ControlReference<'a>,
    /// Never used; an..14.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_absent"))]
    pub recipient_reference: Option<Text<'a>>,
    /// Never used; an2.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_absent"))]
    pub recipient_reference_qualifier: Option<Text<'a>>,
    /// `FHSREG` or `RECEP`, where it is given; an..14.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_absent"))]
    pub application_reference: Option<Text<'a>>,
    /// Never used; a1.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_absent"))]
    pub priority: Option<Text<'a>>,
    /// Never used, though a receipt is always expected; n1.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_absent"))]
    pub acknowledgement_request: Option<Text<'a>>,
    /// `FHSA EDI TRANSFERS` or `EDIFACT TRANSFER`, where it is given; an..35.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_absent"))]
    pub agreement: Option<Text<'a>>,
    /// Never used; n1.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_absent"))]
    pub test_indicator: Option<Text<'a>>,
    /// Segments and components that this model has no place for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub unrecognised: Vec<Unrecognised<'a>>,
}

segment! {
    /// The header of an interchange.
    Unb = "UNB" => InterchangeHeader {
        [1 . 1] An(4) "the syntax identifier" as SYNTAX_IDENTIFIER => syntax_identifier,
        [1 . 2] An(1) "the syntax version" as SYNTAX_VERSION => syntax_version,
        [2 . 1] An(35) "the sender" as SENDER => sender,
        [3 . 1] An(35) "the recipient" as RECIPIENT => recipient,
        [4 . 1] Pair(6, 4) "the date and time of preparation" as PREPARED => prepared,
        [5 . 1] An(14) "the interchange control reference" as REFERENCE => reference,
        [6 . 1] An(14) "the recipient's reference" as RECIPIENT_REFERENCE => recipient_reference,
        [6 . 2] An(2) "the qualifier of the recipient's reference" as RECIPIENT_REFERENCE_QUALIFIER
            => recipient_reference_qualifier,
        [7 . 1] An(14) "the application reference" as APPLICATION_REFERENCE => application_reference,
        [8 . 1] An(1) "the processing priority" as PRIORITY => priority,
        [9 . 1] An(1) "the acknowledgement request" as ACKNOWLEDGEMENT_REQUEST => acknowledgement_request,
        [10 . 1] An(35) "the communications agreement" as AGREEMENT => agreement,
        [11 . 1] An(1) "the test indicator" as TEST_INDICATOR => test_indicator,
    }
}

segment! {
    /// The header of a registration message.
    UnhRegistration = "UNH" {
        [1 . 1] An(14) "the message reference" as REFERENCE for "reference",
        [2 . 1] = "FHSREG" as TYPE,
        [2 . 2] = "0",
        [2 . 3] = "1",
        [2 . 4] = "FH",
        [2 . 5] = "FHS001",
    }
}

segment! {
    /// The header of a receipt message.
    UnhReceipt = "UNH" {
        [1 . 1] An(14) "the message reference" as REFERENCE for "reference",
        [2 . 1] = "RECEP" as TYPE,
        [2 . 2] = "0",
        [2 . 3] = "2",
        [2 . 4] = "FH",
    }
}

/// What a trailer states: a count, and the reference of its header.
///
/// Wire form: `UNT+17+00000501'`, `UNZ+1+00000101'`. Source: [facts 1.8](crate::reference::wire#s-1-8) and
/// [2.5](crate::reference::wire#s-2-5).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Trailer<'a> {
    /// The number of segments from UNH to UNT inclusive, or of messages; n..6.
    pub count: Option<Count<'a>>,
    /// The reference of the header; an..14.
    pub reference: Option<ControlReference<'a>>,
    /// Segments and components that this model has no place for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub unrecognised: Vec<Unrecognised<'a>>,
}

segment! {
    /// The trailer of a message.
    Unt = "UNT" => Trailer {
        [1 . 1] N(6) "the number of segments" as COUNT => count,
        [2 . 1] An(14) "the message reference" as REFERENCE => reference,
    }
}

segment! {
    /// The trailer of an interchange.
    Unz = "UNZ" => Trailer {
        [1 . 1] N(6) "the number of messages" as COUNT => count,
        [2 . 1] An(14) "the interchange control reference" as REFERENCE => reference,
    }
}

always_present!(Text, TradingPartnerCode, ControlReference);
into_owned!(Trailer { count, reference, unrecognised });
into_owned!(InterchangeHeader {
    syntax_identifier,
    syntax_version,
    sender,
    recipient,
    prepared,
    reference,
    recipient_reference,
    recipient_reference_qualifier,
    application_reference,
    priority,
    acknowledgement_request,
    agreement,
    test_indicator,
    unrecognised,
});

impl InterchangeHeader<'_> {
    /// Whether its syntax identifier and version are the usual ones.
    #[inline]
    pub(crate) fn has_usual_syntax(&self) -> bool {
        self.syntax_identifier == SYNTAX.0 && self.syntax_version == SYNTAX.1
    }

    /// A header without values, to be read into.
    pub(crate) fn empty() -> Self {
        Self {
            syntax_identifier: Text::default(),
            syntax_version: Text::default(),
            sender: TradingPartnerCode::default(),
            recipient: TradingPartnerCode::default(),
            prepared: PreparationTime::default(),
            reference: ControlReference::default(),
            recipient_reference: None,
            recipient_reference_qualifier: None,
            application_reference: None,
            priority: None,
            acknowledgement_request: None,
            agreement: None,
            test_indicator: None,
            unrecognised: Vec::new(),
        }
    }
}

impl<'a> InterchangeHeader<'a> {
    /// The header of an interchange `UNOA:2` without tail.
    pub fn new(
        sender: impl Into<TradingPartnerCode<'a>>,
        recipient: impl Into<TradingPartnerCode<'a>>,
        prepared: NaiveDateTime,
        sequence: InterchangeSequence,
    ) -> Self {
        Self {
            syntax_identifier: SYNTAX.0.into(),
            syntax_version: SYNTAX.1.into(),
            sender: sender.into(),
            recipient: recipient.into(),
            prepared: prepared.into(),
            reference: sequence.into(),
            ..InterchangeHeader::empty()
        }
    }
}

impl Presence for PreparationTime<'_> {
    fn is_present(&self) -> bool {
        true
    }
}

/// Two components: YYMMDD and HHMM.
impl<'a> Item<'a> for PreparationTime<'a> {
    fn accept(fields: &mut FieldReader<'_, '_, 'a>, row: &'static Row, date: Option<Part<'_, 'a>>) -> Self {
        fields.preparation_time(row, date)
    }

    fn write(&self, fields: &mut FieldWriter<'_, '_>, row: &'static Row) {
        fields.preparation_time(row, self);
    }
}

impl<'a> OneSegment<'a> for InterchangeHeader<'a> {
    type Table = Unb;

    // The rows of fields that are not optional.
    const REQUIRED: &'static [(Missing, Need)] = &[
        (Missing::at(Unb::LAYOUT, Unb::SYNTAX_IDENTIFIER), Need::Mandatory),
        (Missing::at(Unb::LAYOUT, Unb::SYNTAX_VERSION), Need::Mandatory),
        (Missing::at(Unb::LAYOUT, Unb::SENDER), Need::Mandatory),
        (Missing::at(Unb::LAYOUT, Unb::RECIPIENT), Need::Mandatory),
        (Missing::at(Unb::LAYOUT, Unb::PREPARED), Need::Mandatory),
        (Missing::at(Unb::LAYOUT, Unb::REFERENCE), Need::Mandatory),
    ];

    fn read(&mut self, fields: &mut FieldReader<'_, '_, 'a>) {
        Unb::read_into(self, fields);
    }

    fn take_canonical<'s>(&mut self, cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        let mut rows = CanonicalRows::<Unb>::new(cursor);
        rows.value::<0>(&mut self.syntax_identifier)?;
        rows.value::<1>(&mut self.syntax_version)?;
        rows.value::<2>(&mut self.sender)?;
        rows.value::<3>(&mut self.recipient)?;
        self.prepared = rows.pair::<4>().map(|[date, time]| PreparationTime::from_wire(date, time))?;
        rows.value::<5>(&mut self.reference)?;
        rows.item::<6>(&mut self.recipient_reference)?;
        rows.item::<7>(&mut self.recipient_reference_qualifier)?;
        rows.item::<8>(&mut self.application_reference)?;
        rows.item::<9>(&mut self.priority)?;
        rows.item::<10>(&mut self.acknowledgement_request)?;
        rows.item::<11>(&mut self.agreement)?;
        rows.item::<12>(&mut self.test_indicator)?;
        let is_plausible = self.prepared.has_plausible_date() && self.prepared.has_plausible_time();
        rows.behind().filter(|_| is_plausible)
    }

    fn write(&self, out: &mut GroupWriter<'_>) -> Option<usize> {
        Unb::write(self, out)
    }

    fn kept(&self) -> &Vec<Unrecognised<'a>> {
        &self.unrecognised
    }

    fn kept_mut(&mut self) -> &mut Vec<Unrecognised<'a>> {
        &mut self.unrecognised
    }
}
