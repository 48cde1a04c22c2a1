//! PNA: the number and the names of a patient.

use crate::error::ErrorKind;
use crate::syntax::{Ending, Part, Pattern, Placed, RowLiteral, Text, TextCursor};
use crate::table::{
    Content, Demand, FieldReader, FieldWriter, Format, GroupWriter, Item, Row, Table, segment, valid_value,
};
#[cfg(feature = "serde")]
use crate::table::{Presence, is_absent};
use crate::value::{Change, IdentifierQualifier, IntoOwned, NhsNumber, Value, into_owned};

segment! {
    /// The patient as known at present. Name components stand one element earlier than in the published UN/EDIFACT
    /// directories.
    PnaPat = "PNA+PAT" {
        [2 . 1] Qualified(35, "OPI") "the NHS number" as NUMBER for "patient.identifier.number",
        [5 . 1] = "SU", [5 . 2] An(70) "the surname" as SURNAME for "patient.surname",
        [6 . 1] = "FO", [6 . 2] An(70) "the first forename" as FORENAME for "patient.forename",
        [7 . 1] = "TI", [7 . 2] An(70) "the title" as TITLE for "patient.title",
        [8 . 1] = "MI", [8 . 2] An(70) "the second forename" as SECOND_FORENAME for "patient.second_forename",
        [9 . 1] = "FS", [9 . 2] An(70) "the other forenames" as OTHER_FORENAMES for "patient.other_forenames",
    }
}

segment! {
    /// The patient as known before; in an amendment by an HA also the new NHS number.
    PnaPer = "PNA+PER" {
        [2 . 1] Qualified(35, "API") "the new NHS number" as NUMBER for "previous.identifier.number",
        [5 . 1] = "SU", [5 . 2] An(70) "the previous surname" as SURNAME for "previous.surname",
        [6 . 1] = "FO", [6 . 2] An(70) "the previous first forename" as FORENAME for "previous.forename",
        [7 . 1] = "TI", [7 . 2] An(70) "the previous title" as TITLE for "previous.title",
        [8 . 1] = "MI", [8 . 2] An(70) "the previous second forename" as SECOND_FORENAME for "previous.second_forename",
        [9 . 1] = "FS", [9 . 2] An(70) "the previous other forenames" as OTHER_FORENAMES for "previous.other_forenames",
    }
}

/// A patient's number, and which identification it is.
///
/// Wire form: `9990000018:OPI`, element 2 of PNA. Source: [facts 4.2](crate::reference::wire#s-4-2) and
/// [5.8](crate::reference::wire#s-5-8).
///
/// ```
/// use nhais_edifact::transaction::PatientIdentifier;
/// use nhais_edifact::value::IdentifierQualifier;
///
/// let identifier = PatientIdentifier::official("9990000018");
/// assert_eq!(identifier.qualifier, Some(IdentifierQualifier::Official));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PatientIdentifier<'a> {
    /// The number; an..35.
    pub number: NhsNumber<'a>,
    /// `OPI` or `API`; a3.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_absent"))]
    pub qualifier: Option<IdentifierQualifier>,
}

impl<'a> PatientIdentifier<'a> {
    /// The current NHS number, `OPI`.
    pub fn official(number: impl Into<NhsNumber<'a>>) -> Self {
        Self { number: number.into(), qualifier: Some(IdentifierQualifier::Official) }
    }

    /// The new NHS number, `API`.
    pub fn amended(number: impl Into<NhsNumber<'a>>) -> Self {
        Self { number: number.into(), qualifier: Some(IdentifierQualifier::Amended) }
    }
}

into_owned!(PatientIdentifier { number, qualifier });

/// A patient's number and names.
///
/// Wire form: `PNA+PAT+9990000018:OPI+++SU:MARLOWE+FO:IRIS+TI:MISS+MI:JUNE+FS:ROSE MAY'`; names that are not given are
/// left out. `S` is the surname and `N` another name: see [`Person`], and [`AmendedPerson`] and
/// [`AmendedPreviousPerson`] where they are [`Change`]s. Source: [facts 4.2](crate::reference::wire#s-4-2) and
/// [4.6](crate::reference::wire#s-4-6).
///
/// ```
/// use nhais_edifact::transaction::{PatientIdentifier, Person};
///
/// let mut person = Person::default();
/// person.identifier = Some(PatientIdentifier::official("9990000018"));
/// person.surname = Some("MARLOWE".into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        default,
        deny_unknown_fields,
        bound(
            serialize = "S: serde::Serialize + Presence, N: serde::Serialize + Presence",
            deserialize = "S: serde::Deserialize<'de> + Default, N: serde::Deserialize<'de> + Default"
        )
    )
)]
pub struct PersonOf<'a, S, N> {
    /// The NHS number.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub identifier: Option<PatientIdentifier<'a>>,
    /// `SU:`, the surname; an..70.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub surname: S,
    /// `FO:`, the first forename; an..70. In an amendment, erasing it erases all forenames.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub forename: N,
    /// `TI:`, the title; an..70.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub title: N,
    /// `MI:`, the second forename; an..70.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub second_forename: N,
    /// `FS:`, all further forenames, one space between them; an..70.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub other_forenames: N,
}

/// A number and names of a patient.
pub type Person<'a> = PersonOf<'a, Option<Text<'a>>, Option<Text<'a>>>;

/// The patient's number and names in an amendment; the surname cannot be erased.
pub type AmendedPerson<'a> = PersonOf<'a, Option<Text<'a>>, Change<Text<'a>>>;

/// The patient's previous surname and new number in an amendment; the previous surname can be erased.
pub type AmendedPreviousPerson<'a> = PersonOf<'a, Change<Text<'a>>, Option<Text<'a>>>;

impl<'a, S, N> PersonOf<'a, S, N> {
    /// The NHS number, if there is one, whatever its qualifier.
    pub fn nhs_number(&self) -> Option<&NhsNumber<'a>> {
        self.identifier.as_ref().map(|identifier| &identifier.number)
    }

    /// The new NHS number that an amendment by an HA carries in PNA+PER, qualifier `API`.
    pub fn new_nhs_number(&self) -> Option<&NhsNumber<'a>> {
        let amended = |identifier: &&PatientIdentifier<'a>| identifier.qualifier == Some(IdentifierQualifier::Amended);
        self.identifier.as_ref().filter(amended).map(|identifier| &identifier.number)
    }
}

/// A patient as a transaction names one, whether it amends the names or not.
///
/// Wire form: `PNA+PAT`. Source: [facts 4.2](crate::reference::wire#s-4-2) and [4.6](crate::reference::wire#s-4-6).
///
/// ```
/// use nhais_edifact::transaction::{PatientRef, Person};
///
/// let mut person = Person::default();
/// person.surname = Some("MARLOWE".into());
/// assert_eq!(PatientRef::from(&person).surname().unwrap(), "MARLOWE");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatientRef<'t, 'a> {
    /// As the patient is known.
    Known(&'t Person<'a>),
    /// As the patient is known, and what is new.
    Amended(&'t AmendedPerson<'a>),
}

impl<'t, 'a> PatientRef<'t, 'a> {
    /// The NHS number, whatever its qualifier.
    pub fn nhs_number(self) -> Option<&'t NhsNumber<'a>> {
        match self {
            Self::Known(person) => person.nhs_number(),
            Self::Amended(person) => person.nhs_number(),
        }
    }

    /// The surname; of an amendment, the new one.
    pub fn surname(self) -> Option<&'t Text<'a>> {
        match self {
            Self::Known(person) => person.surname.as_ref(),
            Self::Amended(person) => person.surname.as_ref(),
        }
    }

    /// The first forename; of an amendment, the new one.
    pub fn forename(self) -> Option<&'t Text<'a>> {
        match self {
            Self::Known(person) => person.forename.as_ref(),
            Self::Amended(person) => person.forename.value(),
        }
    }
}

impl<'t, 'a> From<&'t Person<'a>> for PatientRef<'t, 'a> {
    fn from(person: &'t Person<'a>) -> Self {
        Self::Known(person)
    }
}

impl<'t, 'a> From<&'t AmendedPerson<'a>> for PatientRef<'t, 'a> {
    fn from(person: &'t AmendedPerson<'a>) -> Self {
        Self::Amended(person)
    }
}

impl<S: IntoOwned, N: IntoOwned> IntoOwned for PersonOf<'_, S, N> {
    type Owned = PersonOf<'static, S::Owned, N::Owned>;

    fn into_owned(self) -> Self::Owned {
        PersonOf {
            identifier: self.identifier.map(PatientIdentifier::into_owned),
            surname: self.surname.into_owned(),
            forename: self.forename.into_owned(),
            title: self.title.into_owned(),
            second_forename: self.second_forename.into_owned(),
            other_forenames: self.other_forenames.into_owned(),
        }
    }
}

impl Person<'_> {
    /// Copies the text, so that the person is independent of the input.
    pub fn into_owned(self) -> Person<'static> {
        IntoOwned::into_owned(self)
    }
}

impl AmendedPerson<'_> {
    /// Copies the text, so that the person is independent of the input.
    pub fn into_owned(self) -> AmendedPerson<'static> {
        IntoOwned::into_owned(self)
    }
}

impl AmendedPreviousPerson<'_> {
    /// Copies the text, so that the person is independent of the input.
    pub fn into_owned(self) -> AmendedPreviousPerson<'static> {
        IntoOwned::into_owned(self)
    }
}

/// A number and its qualifier.
impl<'a> Item<'a> for Option<PatientIdentifier<'a>> {
    fn accept(fields: &mut FieldReader<'_, '_, 'a>, row: &'static Row, content: Option<Part<'_, 'a>>) -> Self {
        let qualifier = fields.take_at(row.element, row.component + 1);
        // A number of blanks is none (wire.md#row-69).
        let is_none = |content: &Part<'_, 'a>| content.text().is_blank();
        if let (Some(none), Some(qualifier)) = (content.filter(is_none), qualifier)
            && !(qualifier.is_empty() || (!none.is_empty() && is_of_known(row, qualifier)))
        {
            // A qualifier without a number is reported (row 47), but for `PNA+PAT+   :OPI`, which is known (row 69).
            let offset = none.offset().saturating_sub(u64::from(none.is_empty()));
            let kind = ErrorKind::EmptyValue { expected: row.name };
            fields.reporter.component(kind, row.element, row.component, offset);
            let text = qualifier.text();
            if IdentifierQualifier::parse_valid(text.clone()).is_none() {
                fields.keep(row.element, row.component + 1, text);
            }
        }
        let content = content.filter(|content| !is_none(content));
        let (Some(number), Some(qualifier)) = (content, qualifier) else {
            if let Some(number) = content {
                let missing = ErrorKind::MissingComponent { expected: "the qualifier of the number" };
                fields.reporter.component(missing, row.element, row.component + 1, number.span().end);
            }
            let number = content.map(|content| fields.value(row, &content));
            return number.map(|number| PatientIdentifier { number, qualifier: None });
        };
        let number = fields.value(row, &number);
        let qualifier: IdentifierQualifier = Value::parse(qualifier.text());
        let qualifier = Some(qualifier).filter(|qualifier| !qualifier.as_str().is_empty());
        Some(PatientIdentifier { number, qualifier })
    }

    #[inline(always)]
    fn write(&self, fields: &mut FieldWriter<'_, '_>, row: &'static Row) {
        let Some(PatientIdentifier { number, qualifier }) = self else { return };
        fields.value(row, number, Demand::Nothing);
        let own = qualifier.as_ref().map_or("", IdentifierQualifier::as_str);
        let is_listed = qualifier.as_ref().is_none_or(|qualifier| !own.is_empty() && qualifier.is_read_back(""));
        let is_of_row = matches!(row.format, Format::Qualified(_, expected) if own == expected);
        fields.qualifier(row, Some(own).filter(|_| !is_of_row));
        // Blanks are read back as no number.
        fields.read_back(row, is_listed && !number.as_str().bytes().all(|byte| byte == b' '));
    }
}

/// Whether the qualifier says that the number at a row is the one that the patient is known by.
fn is_of_known(row: &Row, qualifier: Part<'_, '_>) -> bool {
    matches!(row.format, Format::Qualified(_, expected @ "OPI") if qualifier.is(expected))
}

/// The rows of the names: qualifier and name in turn.
fn name_rows<T: Table>() -> [(&'static Row, &'static Row); 5] {
    let rows = T::LAYOUT.rows;
    core::array::from_fn(|slot| (&rows[1 + 2 * slot], &rows[2 + 2 * slot]))
}

/// Reads a person. Names are identified by their qualifiers; each has its own slot, and a name in another slot is read
/// and reported.
fn read_person<'a, T: Table, S: Item<'a>, N: Item<'a>>(fields: &mut FieldReader<'_, '_, 'a>) -> PersonOf<'a, S, N> {
    let identifier = Item::read(fields, &T::LAYOUT.rows[0]);
    let rows = name_rows::<T>();
    let mut names = [None; 5];
    let mut seen = [false; 5];
    while let Some(qualifier) = fields.take_name() {
        let slot = rows.iter().position(|(row, _)| qualifier.content.is(row.name));
        let free = slot.filter(|slot| !seen[*slot] && fields.is_in_element(qualifier.element));
        match free {
            Some(slot) => {
                names[slot] = read_slot(fields, rows[slot], &qualifier);
                seen[slot] = names[slot].is_some();
            }
            None => keep_name(fields, &qualifier),
        }
    }
    let mut items = names.into_iter().zip(rows);
    let mut next = || items.next().unwrap_or((None, rows[0]));
    let (surname, (_, row)) = next();
    let surname = S::accept(fields, row, surname);
    let mut name = || {
        let (content, (_, row)) = next();
        N::accept(fields, row, content)
    };
    PersonOf { identifier, surname, forename: name(), title: name(), second_forename: name(), other_forenames: name() }
}

/// Fast path: reads a person; `None` if the number or a name is not canonical.
fn take_canonical_person<'s, 'a, T: Table, S: Item<'a> + Default, N: Item<'a> + Default>(
    place: &mut Option<PersonOf<'a, S, N>>,
    mut cursor: TextCursor<'s, 'a>,
) -> Option<TextCursor<'s, 'a>> {
    *place = Some(PersonOf { identifier: None, ..PersonOf::default() });
    let person = place.as_mut()?;
    let (number, mut ending) = cursor.next()?;
    if ending == Ending::Component {
        let number = valid_value(number, &T::LAYOUT.rows[0])?;
        let qualifier;
        (qualifier, ending) = cursor.next()?;
        let qualifier = IdentifierQualifier::parse_valid(qualifier.text())?;
        person.identifier = Some(PatientIdentifier { number, qualifier: Some(qualifier) });
    } else if !number.is_empty() {
        return None;
    }
    if ending == Ending::Element {
        cursor.pass_empty::<2>()?;
    }
    ending = take_canonical_slot::<T, 0>(&mut cursor, ending, &mut person.surname)?;
    ending = take_canonical_slot::<T, 1>(&mut cursor, ending, &mut person.forename)?;
    ending = take_canonical_slot::<T, 2>(&mut cursor, ending, &mut person.title)?;
    ending = take_canonical_slot::<T, 3>(&mut cursor, ending, &mut person.second_forename)?;
    ending = take_canonical_slot::<T, 4>(&mut cursor, ending, &mut person.other_forenames)?;
    (ending == Ending::Segment).then_some(cursor)
}

/// Stores the name of a slot, given what ended the one before, and returns what ended it; there is none if the segment
/// ended.
fn take_canonical_slot<'a, T: Table, const SLOT: usize>(
    cursor: &mut TextCursor<'_, 'a>,
    before: Ending,
    place: &mut impl Item<'a>,
) -> Option<Ending> {
    match before {
        Ending::Segment => return Some(before),
        Ending::Component => return None,
        Ending::Element => {}
    }
    if !cursor.pass(const { &Pattern::of(&slot_qualifier::<T>(SLOT)) }) {
        // Another slot follows, or the segment ends.
        return cursor.pass_empty::<1>().map(|()| before);
    }
    let (name, ending) = cursor.next()?;
    place.take_canonical_value(name, &T::LAYOUT.rows[2 + 2 * SLOT])?;
    Some(ending)
}

/// The qualifier of a name, with the separator behind it.
const fn slot_qualifier<T: Table>(slot: usize) -> RowLiteral {
    RowLiteral::EMPTY.text(T::LAYOUT.rows[1 + 2 * slot].name).separators(0, 1)
}

/// Reads the name behind a qualifier.
fn read_slot<'c, 'a>(
    fields: &mut FieldReader<'c, '_, 'a>,
    (slot, row): (&'static Row, &'static Row),
    qualifier: &Placed<'_, 'a>,
) -> Option<Part<'c, 'a>> {
    if qualifier.element != slot.element {
        fields.reporter.component(ErrorKind::NameSlot, qualifier.element, 1, qualifier.content.offset());
    }
    let name = fields.take_at(qualifier.element, 2)?;
    if name.is_empty() {
        fields.empty_name(row, qualifier.element, &name);
        return None;
    }
    Some(name)
}

/// Keeps an element that is no name, or a name that was given before.
fn keep_name<'a>(fields: &mut FieldReader<'_, '_, 'a>, qualifier: &Placed<'_, 'a>) {
    fields.reporter.component(ErrorKind::NameSlot, qualifier.element, 1, qualifier.content.offset());
    fields.keep(qualifier.element, 1, qualifier.content.text());
    while let Some(placed) = fields.take_in_element(qualifier.element) {
        if !placed.content.is_empty() {
            fields.keep(placed.element, placed.component, placed.content.text());
        }
    }
}

#[inline(always)]
fn write_person<'a, T: Table, S: Item<'a>, N: Item<'a>>(
    person: Option<&PersonOf<'a, S, N>>,
    out: &mut GroupWriter<'_>,
) -> Option<usize> {
    let mut fields = out.begin(T::LAYOUT)?;
    let Some(person) = person else { return fields.end() };
    fields.item(&T::LAYOUT.rows[0], &person.identifier);
    write_slot::<T, 0, S>(&person.surname, &mut fields);
    write_slot::<T, 1, N>(&person.forename, &mut fields);
    write_slot::<T, 2, N>(&person.title, &mut fields);
    write_slot::<T, 3, N>(&person.second_forename, &mut fields);
    write_slot::<T, 4, N>(&person.other_forenames, &mut fields);
    fields.end()
}

/// Writes the name of a slot behind its qualifier.
#[inline(always)]
fn write_slot<'a, T: Table, const SLOT: usize, I: Item<'a>>(name: &I, fields: &mut FieldWriter<'_, '_>) {
    let (slot, row) = (&T::LAYOUT.rows[1 + 2 * SLOT], &T::LAYOUT.rows[2 + 2 * SLOT]);
    fields.go_to(slot);
    if name.is_present() {
        fields.prefix_to(row, const { &slot_qualifier::<T>(SLOT) });
        name.write(fields, row);
    }
}

impl<'a, S: Item<'a> + Default, N: Item<'a> + Default> Content<'a, PnaPat> for Option<PersonOf<'a, S, N>> {
    fn read_segment(fields: &mut FieldReader<'_, '_, 'a>) -> Self {
        Some(read_person::<PnaPat, S, N>(fields))
    }

    fn take_canonical<'s>(&mut self, cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        take_canonical_person::<PnaPat, S, N>(self, cursor)
    }

    #[inline(always)]
    fn write_segment(&self, out: &mut GroupWriter<'_>) -> Option<usize> {
        write_person::<PnaPat, S, N>(self.as_ref(), out)
    }
}

impl<'a, S: Item<'a> + Default, N: Item<'a> + Default> Content<'a, PnaPer> for Option<PersonOf<'a, S, N>> {
    fn read_segment(fields: &mut FieldReader<'_, '_, 'a>) -> Self {
        Some(read_person::<PnaPer, S, N>(fields))
    }

    fn take_canonical<'s>(&mut self, cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        take_canonical_person::<PnaPer, S, N>(self, cursor)
    }

    #[inline(always)]
    fn write_segment(&self, out: &mut GroupWriter<'_>) -> Option<usize> {
        write_person::<PnaPer, S, N>(self.as_ref(), out)
    }
}
