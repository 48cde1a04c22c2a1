//! What receipt messages (RECEP) consist of.
//!
//! Source: wire.md#s-6-2.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::error::{Error, ErrorKind, Found};
use crate::syntax::{Ending, RowLiteral, Text, TextCursor};
#[cfg(feature = "serde")]
use crate::table::is_absent;
use crate::table::{
    CanonicalRows, Content, FieldReader, FieldWriter, GroupWriter, Item, Missing, Need, OneSegment, Row, Table,
    Unrecognised, segment, text_for,
};
use crate::value::{
    ControlReference, Count, Defect, GpCode, HaCipher, InterchangeStatus, MessageStatus, Scratch, Value, into_owned,
    receipt_words,
};

segment! {
    /// When the receipt was made. The date has twelve digits though its format is labelled 306.
    BgmReceipt = "BGM" {
        [2 . 1] = "600",
        [3 . 1] = "243",
        [3 . 2] DateTime("306") "the date and time of the receipt" for "made",
        [4 . 1] = "64",
    }
}

segment! {
    /// The HA, then the GP, whichever of them sends the receipt.
    Nhs = "NHS" => ReceiptParties {
        [1 . 1] An(17) "the HA cipher" as HA for "parties.ha" => ha,
        [1 . 2] = "819",
        [1 . 3] = "201",
        [2 . 1] An(17) "the GP code" as GP for "parties.gp" => gp,
        [2 . 2] = "814",
        [2 . 3] = "202",
    }
}

segment! {
    /// When the acknowledged interchange was received.
    Dtm815 = "DTM+815" { [1 . 2] DateTime("306") "the date and time of receiving" for "received" }
}

segment! {
    /// The receipt of a message: its reference and status in one component.
    RffMis = "RFF+MIS" { [1 . 2] An(35) "the reference and status of a message" as WORDS for "messages" }
}

segment! {
    /// The receipt of the interchange: its reference and status in one component, and the number of its messages.
    RffRis = "RFF+RIS" {
        [1 . 2] An(35) "the reference and status of the interchange" as WORDS for "interchange",
        [1 . 3] An(6) "the number of messages" as COUNT for "interchange.count",
    }
}

/// Between whom the acknowledged interchange went.
///
/// Wire form: `NHS+ZQX:819:201+7000015,T93:814:202'`, the HA first in either direction. The GP code may lack its local
/// part, and is `9999` if the interchange names no GP. Source: [facts 6.2](crate::reference::wire#s-6-2).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct ReceiptParties<'a> {
    /// The cipher of the HA; an..17.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub ha: Option<HaCipher<'a>>,
    /// The GP code; an..17.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub gp: Option<GpCode<'a>>,
}

into_owned!(ReceiptParties { ha, gp });

impl<'a> Content<'a, Nhs> for Option<ReceiptParties<'a>> {
    fn read_segment(fields: &mut FieldReader<'_, '_, 'a>) -> Self {
        let mut parties = ReceiptParties::default();
        Nhs::read_into(&mut parties, fields);
        Some(parties)
    }

    fn take_canonical<'s>(&mut self, cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        let parties = self.insert(ReceiptParties::default());
        let mut rows = CanonicalRows::<Nhs>::new(cursor);
        rows.value::<0>(&mut parties.ha)?;
        rows.constant::<1>()?;
        rows.constant::<2>()?;
        rows.value::<3>(&mut parties.gp)?;
        rows.constant::<4>()?;
        rows.constant::<5>()?;
        rows.behind()
    }

    #[inline(always)]
    fn write_segment(&self, out: &mut GroupWriter<'_>) -> Option<usize> {
        match self {
            Some(parties) => Nhs::write(parties, out),
            None => out.constants(Nhs::LAYOUT),
        }
    }
}

/// The receipt of one message of the acknowledged interchange.
///
/// Wire form: `RFF+MIS:00067005 CP'`. Source: [facts 6.2](crate::reference::wire#s-6-2).
///
/// ```
/// use nhais_edifact::recep::MessageReceipt;
/// use nhais_edifact::value::{MessageSequence, MessageStatus};
///
/// let receipt = MessageReceipt::new(MessageSequence::new(67_005)?, MessageStatus::Translated);
/// assert_eq!(receipt.reference.unwrap().to_string(), "00067005");
/// # Ok::<(), nhais_edifact::value::OutOfRange>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct MessageReceipt<'a> {
    /// The reference of the message.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub reference: Option<ControlReference<'a>>,
    /// Whether it was translated.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub status: Option<MessageStatus>,
    /// Segments and components that this model has no place for.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub unrecognised: Vec<Unrecognised<'a>>,
}

impl<'a> MessageReceipt<'a> {
    /// The receipt of a message.
    pub fn new(reference: impl Into<ControlReference<'a>>, status: MessageStatus) -> Self {
        Self { reference: Some(reference.into()), status: Some(status), unrecognised: Vec::new() }
    }
}

/// The receipt of the acknowledged interchange.
///
/// Wire form: `RFF+RIS:00044005 OK:1'`. The status does not cover the messages: `OK` occurs together with messages that
/// failed. Source: [facts 6.2](crate::reference::wire#s-6-2) and [6.4](crate::reference::wire#s-6-4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct InterchangeReceipt<'a> {
    /// The reference of the interchange.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub reference: Option<ControlReference<'a>>,
    /// Whether it was received.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub status: Option<InterchangeStatus>,
    /// The number of messages in it.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub count: Option<Count<'a>>,
    /// Segments and components that this model has no place for.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Vec::is_empty"))]
    pub unrecognised: Vec<Unrecognised<'a>>,
}

impl<'a> InterchangeReceipt<'a> {
    /// The receipt of an interchange of `count` messages.
    pub fn new(reference: impl Into<ControlReference<'a>>, status: InterchangeStatus, count: u64) -> Self {
        Self {
            reference: Some(reference.into()),
            status: Some(status),
            count: Some(Count::new(count)),
            unrecognised: Vec::new(),
        }
    }
}

into_owned!(MessageReceipt { reference, status, unrecognised });
into_owned!(InterchangeReceipt { reference, status, count, unrecognised });

/// Reads a reference and a status, separated by blanks, from one component.
fn read_words<'a, T: Value<'a>>(
    fields: &mut FieldReader<'_, '_, 'a>,
    row: &'static Row,
) -> (Option<ControlReference<'a>>, Option<T>) {
    let Some(content) = fields.take(row).filter(|content| !content.is_empty()) else {
        fields.no_value(row);
        return (None, None);
    };
    let (reference, status, valid) = match content.text().into_inner() {
        Cow::Borrowed(text) => {
            let (reference, status, valid) = receipt_words(text);
            (Text::from(reference), status.map(Text::from), valid)
        }
        Cow::Owned(text) => {
            let (reference, status, valid) = receipt_words(&text);
            (Text::from(String::from(reference)), status.map(|status| Text::from(String::from(status))), valid)
        }
    };
    let reference = ControlReference::parse(reference);
    if !valid || reference.number().is_none() {
        let is_beyond = reference.number().is_none() && matches!(reference.found(), Found::Digits(_));
        let found = is_beyond.then_some(Found::OutOfRange);
        fields.defect(row, &content, Defect::invalid("a reference of digits, one space and a status", found));
    }
    let status = status.map(T::parse);
    if let Some((status, defect)) = status.as_ref().and_then(|status| Some((status, status.defect()?))) {
        let kind = defect.kind(status.render(&mut Scratch::default()));
        fields.reporter.component(kind, row.element, row.component, content.offset());
    }
    (Some(reference), status)
}

/// Fast path: reads a reference and a status, separated by one space, from the next component, which must end with
/// `end`; `None` if they are not canonical.
fn canonical_words<'a, T: Value<'a>>(
    cursor: &mut TextCursor<'_, 'a>,
    row: &Row,
    end: Ending,
) -> Option<(Option<ControlReference<'a>>, Option<T>)> {
    let (words, ending) = cursor.next()?;
    let Cow::Borrowed(text) = text_for(&words, row)?.into_inner() else { return None };
    let (reference, status, valid) = receipt_words(text);
    let reference = ControlReference::parse(Text::from(reference));
    let status = T::parse_valid(Text::from(status?))?;
    let is_canonical = valid && ending == end && reference.sequence().is_some();
    is_canonical.then_some((Some(reference), Some(status)))
}

/// Writes a reference and a status with one space between them.
#[inline(always)]
fn write_words<'a, T: Value<'a>>(
    fields: &mut FieldWriter<'_, '_>,
    row: &'static Row,
    reference: Option<&ControlReference<'a>>,
    status: Option<&T>,
) {
    fields.go_to(row);
    match (reference.and_then(Value::word), status.and_then(Value::word)) {
        (Some(reference), Some(status)) => {
            fields.word(reference);
            fields.literal(const { &RowLiteral::EMPTY.text(" ") });
            fields.word(status);
        }
        _ => fields.slowly(move |fields| ask_words(fields, row, reference, status)),
    }
}

/// Checks a reference and a status and writes them with one space between.
fn ask_words<'a, T: Value<'a>>(
    fields: &mut FieldWriter<'_, '_>,
    row: &'static Row,
    reference: Option<&ControlReference<'a>>,
    status: Option<&T>,
) -> Result<(), Error> {
    let (mut words, mut scratch) = (String::new(), Scratch::default());
    if reference.is_none_or(ControlReference::is_empty)
        && status.is_none_or(|status| status.render(&mut scratch).is_empty())
    {
        fields.ask_text(row, "")?;
        return fields.ask_read_back(row, reference.is_none() && status.is_none());
    }
    match reference {
        Some(reference) => {
            fields.check_value(row, reference)?;
            words.push_str(reference.render(&mut Scratch::default()));
        }
        None => fields.apply_policy(row, ErrorKind::MissingValue { name: "a reference" })?,
    }
    match status {
        Some(status) => {
            fields.check_value(row, status)?;
            words.push(' ');
            words.push_str(status.render(&mut Scratch::default()));
        }
        None => fields.apply_policy(row, ErrorKind::MissingValue { name: "a status" })?,
    }
    fields.ask_text(row, &words)?;
    fields.ask_read_back(row, are_read_back(&words, reference, status))
}

/// Whether these words are read back as this reference and this status.
fn are_read_back<'a, T: Value<'a>>(words: &str, reference: Option<&ControlReference<'a>>, status: Option<&T>) -> bool {
    let (read_reference, read_status, _) = receipt_words(words);
    let is_same = |status: &T| read_status == Some(status.render(&mut Scratch::default())) && status.is_read_back("");
    reference.is_some_and(|reference| reference.text() == read_reference)
        && status.map_or(read_status.is_none(), is_same)
}

impl<'a> OneSegment<'a> for MessageReceipt<'a> {
    type Table = RffMis;

    const REQUIRED: &'static [(Missing, Need)] = &[(Missing::at(RffMis::LAYOUT, RffMis::WORDS), Need::Mandatory)];

    fn read(&mut self, fields: &mut FieldReader<'_, '_, 'a>) {
        (self.reference, self.status) = read_words(fields, RffMis::WORDS);
    }

    fn take_canonical<'s>(&mut self, mut cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        (self.reference, self.status) = canonical_words(&mut cursor, RffMis::WORDS, Ending::Segment)?;
        Some(cursor)
    }

    fn write(&self, out: &mut GroupWriter<'_>) -> Option<usize> {
        let mut fields = out.begin(RffMis::LAYOUT)?;
        write_words(&mut fields, RffMis::WORDS, self.reference.as_ref(), self.status.as_ref());
        fields.end()
    }

    fn kept(&self) -> &Vec<Unrecognised<'a>> {
        &self.unrecognised
    }

    fn kept_mut(&mut self) -> &mut Vec<Unrecognised<'a>> {
        &mut self.unrecognised
    }
}

impl<'a> OneSegment<'a> for InterchangeReceipt<'a> {
    type Table = RffRis;

    const REQUIRED: &'static [(Missing, Need)] = &[
        (Missing::at(RffRis::LAYOUT, RffRis::WORDS), Need::Mandatory),
        (Missing::at(RffRis::LAYOUT, RffRis::COUNT), Need::Mandatory),
    ];

    fn read(&mut self, fields: &mut FieldReader<'_, '_, 'a>) {
        (self.reference, self.status) = read_words(fields, RffRis::WORDS);
        self.count = Item::read(fields, RffRis::COUNT);
        match &self.count {
            None => fields.no_value(RffRis::COUNT),
            Some(stated) if stated.number().is_none() => {
                fields.defect_at_last(RffRis::COUNT, stated.as_defect());
            }
            Some(_) => {}
        }
    }

    fn take_canonical<'s>(&mut self, mut cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        (self.reference, self.status) = canonical_words(&mut cursor, RffRis::WORDS, Ending::Component)?;
        let (count, ending) = cursor.next()?;
        self.count.take_canonical_value(count, RffRis::COUNT)?;
        self.count.as_ref()?.number()?;
        (ending == Ending::Segment).then_some(cursor)
    }

    fn write(&self, out: &mut GroupWriter<'_>) -> Option<usize> {
        let mut fields = out.begin(RffRis::LAYOUT)?;
        write_words(&mut fields, RffRis::WORDS, self.reference.as_ref(), self.status.as_ref());
        fields.item(RffRis::COUNT, &self.count);
        fields.end()
    }

    fn kept(&self) -> &Vec<Unrecognised<'a>> {
        &self.unrecognised
    }

    fn kept_mut(&mut self) -> &mut Vec<Unrecognised<'a>> {
        &mut self.unrecognised
    }
}
