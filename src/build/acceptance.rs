//! Making acceptances, a constructor for each acceptance type.

use chrono::NaiveDate;

use super::item::{IntoItem, filled, given};
use super::kind::{AcceptanceOf, Birth, FirstAcceptance, Immigration, Transfer};
use super::{Draft, official};
use crate::syntax::{Text, TextLines};
use crate::transaction::{Acceptance, AcceptanceKind, Address, Immigrant, Person, TransferIn};
use crate::value::{
    AcceptanceCode, Date, DrugsMarker, GpCode, HaCipher, InstituteCode, IntoOwned, NhsNumber, Sex, into_owned,
};

/// The mandatory items of every acceptance.
///
/// Source: [facts 3.3.1](crate::reference::wire#s-3-3-1).
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::build::{AcceptanceItems, Identity};
/// use nhais_edifact::transaction::{Acceptance, Address};
/// use nhais_edifact::value::{AcceptanceCode, Sex};
///
/// let items = AcceptanceItems {
///     gp: "7000015,T93".into(),
///     code: AcceptanceCode::Ordinary,
///     accepted_on: NaiveDate::from_ymd_opt(2024, 3, 7).unwrap(),
///     surname: "O'DELL".into(),
///     sex: Sex::Male,
///     address: Address::of_road("2 QUAY ROAD", "EASTPOOL").postcode("ZZ12 3BB"),
/// };
/// let acceptance = Acceptance::first(items, Identity::PlaceOfBirth("PORT HALLOW".into()))
///     .forename("SAM")
///     .notes("NEW TO THE NHS")
///     .build()?;
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptanceItems<'a> {
    /// The GP, `NAD+GP`.
    pub gp: GpCode<'a>,
    /// Why the practice accepts the patient, `HEA+ACD`.
    pub code: AcceptanceCode,
    /// When the patient was accepted, `DTM+956`.
    pub accepted_on: NaiveDate,
    /// The patient's surname, `PNA+PAT`.
    pub surname: Text<'a>,
    /// The patient's sex, `PDI`.
    pub sex: Sex,
    /// The present address, `NAD+PAT`.
    pub address: Address<'a>,
}

/// What identifies a patient: one of the two is mandatory, the other can be added to the draft.
///
/// Source: [facts 3.3.1](crate::reference::wire#s-3-3-1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identity<'a> {
    /// The NHS number, `PNA+PAT`.
    NhsNumber(NhsNumber<'a>),
    /// Where the patient was born, `LOC+950`.
    PlaceOfBirth(Text<'a>),
}

into_owned!(AcceptanceItems { gp, code, accepted_on, surname, sex, address });

impl IntoOwned for Identity<'_> {
    type Owned = Identity<'static>;

    fn into_owned(self) -> Identity<'static> {
        match self {
            Self::NhsNumber(number) => Identity::NhsNumber(number.into_owned()),
            Self::PlaceOfBirth(place) => Identity::PlaceOfBirth(place.into_owned()),
        }
    }
}

impl<'a> Acceptance<'a> {
    /// Registers a newborn: type 1.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use nhais_edifact::build::AcceptanceItems;
    /// use nhais_edifact::transaction::{Acceptance, Address};
    /// use nhais_edifact::value::{AcceptanceCode, NhsNumber, Sex};
    ///
    /// # let items = AcceptanceItems {
    /// #     gp: "7000015,T93".into(),
    /// #     code: AcceptanceCode::Ordinary,
    /// #     accepted_on: NaiveDate::from_ymd_opt(2024, 3, 8).unwrap(),
    /// #     surname: "MARLOWE".into(),
    /// #     sex: Sex::Female,
    /// #     address: Address::of_road("14 ELDER WALK", "NEWTON ABBEY"),
    /// # };
    /// let born_on = NaiveDate::from_ymd_opt(2024, 2, 20).unwrap();
    /// let birth = Acceptance::birth(items, NhsNumber::from("9990000018"), born_on).forename("IRIS").build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn birth(
        items: AcceptanceItems<'a>,
        nhs_number: NhsNumber<'a>,
        date_of_birth: NaiveDate,
    ) -> Draft<'a, AcceptanceOf<Birth>> {
        let mut draft = drafted(items, Identity::NhsNumber(nhs_number), AcceptanceKind::Birth);
        draft.model.date_of_birth = Some(date_of_birth.into());
        draft
    }

    /// Registers a patient who has not been registered before: type 2. See [`AcceptanceItems`].
    pub fn first(items: AcceptanceItems<'a>, identity: Identity<'a>) -> Draft<'a, AcceptanceOf<FirstAcceptance>> {
        drafted(items, identity, AcceptanceKind::First)
    }

    /// Registers a patient who comes from another practice: type 3.
    ///
    /// The previous address has one to five lines of 35 characters; blank ones are left out.
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use nhais_edifact::build::{AcceptanceItems, Identity};
    /// # use nhais_edifact::transaction::{Acceptance, Address};
    /// # use nhais_edifact::value::{AcceptanceCode, Sex};
    /// # let items = AcceptanceItems {
    /// #     gp: "7000015,T93".into(),
    /// #     code: AcceptanceCode::Ordinary,
    /// #     accepted_on: NaiveDate::from_ymd_opt(2024, 3, 8).unwrap(),
    /// #     surname: "MARLOWE".into(),
    /// #     sex: Sex::Female,
    /// #     address: Address::of_road("14 ELDER WALK", "NEWTON ABBEY"),
    /// # };
    /// let identity = Identity::NhsNumber("9990000018".into());
    /// let acceptance = Acceptance::transfer_in(items, identity, "DR GREY", ["3 MILL LANE", "", "EASTPOOL"])
    ///     .previous_ha("ZQ")
    ///     .build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn transfer_in(
        items: AcceptanceItems<'a>,
        identity: Identity<'a>,
        previous_gp: impl IntoItem<Text<'a>>,
        previous_address: impl IntoItem<TextLines<'a>>,
    ) -> Draft<'a, AcceptanceOf<Transfer>> {
        let transfer = TransferIn {
            previous_gp: given(previous_gp),
            previous_ha: None,
            previous_address: filled(previous_address),
        };
        drafted(items, identity, AcceptanceKind::TransferIn(transfer))
    }

    /// Registers a patient who comes from abroad: type 4.
    ///
    /// ```
    /// # use chrono::NaiveDate;
    /// # use nhais_edifact::build::{AcceptanceItems, Identity};
    /// # use nhais_edifact::transaction::{Acceptance, Address};
    /// # use nhais_edifact::value::{AcceptanceCode, Sex};
    /// # let items = AcceptanceItems {
    /// #     gp: "7000015,T93".into(),
    /// #     code: AcceptanceCode::Ordinary,
    /// #     accepted_on: NaiveDate::from_ymd_opt(2024, 3, 8).unwrap(),
    /// #     surname: "MARLOWE".into(),
    /// #     sex: Sex::Female,
    /// #     address: Address::of_road("14 ELDER WALK", "NEWTON ABBEY"),
    /// # };
    /// let entered_on = NaiveDate::from_ymd_opt(2024, 1, 30).unwrap();
    /// let identity = Identity::PlaceOfBirth("LISBON".into());
    /// let acceptance = Acceptance::immigrant(items, identity, entered_on).build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn immigrant(
        items: AcceptanceItems<'a>,
        identity: Identity<'a>,
        entered_uk_on: NaiveDate,
    ) -> Draft<'a, AcceptanceOf<Immigration>> {
        let immigrant = Immigrant { entered_uk_on: Some(entered_uk_on.into()), ..Immigrant::default() };
        drafted(items, identity, AcceptanceKind::Immigrant(immigrant))
    }
}

fn drafted<'a, T>(
    items: AcceptanceItems<'a>,
    identity: Identity<'a>,
    kind: AcceptanceKind<'a>,
) -> Draft<'a, AcceptanceOf<T>> {
    let AcceptanceItems { gp, code, accepted_on, surname, sex, address } = items;
    let model = Acceptance {
        gp: given(gp),
        acceptance_code: Some(code),
        kind,
        accepted_on: Some(accepted_on.into()),
        patient: Some(Person { surname: given(surname), ..Person::default() }),
        sex: Some(sex),
        address: Some(address),
        ..Acceptance::default()
    };
    let draft: Draft<'a, AcceptanceOf<T>> = Draft { model };
    match identity {
        Identity::NhsNumber(number) => draft.nhs_number(number),
        Identity::PlaceOfBirth(place) => draft.place_of_birth(place),
    }
}

/// Methods for any acceptance.
impl<'a, T> Draft<'a, AcceptanceOf<T>> {
    fn patient(&mut self) -> &mut Person<'a> {
        self.model.patient.get_or_insert_default()
    }

    /// Sets the residential institute, `NAD+RIC`.
    #[must_use]
    pub fn institute(mut self, institute: impl IntoItem<InstituteCode<'a>>) -> Self {
        self.model.institute = given(institute);
        self
    }

    /// Sets that the GP dispenses drugs for the patient, `HEA+DM`.
    #[must_use]
    pub fn drugs_dispensed(mut self) -> Self {
        self.model.drugs_dispensed = Some(DrugsMarker::Dispensed);
        self
    }

    /// Sets the place of birth, `LOC+950`.
    #[must_use]
    pub fn place_of_birth(mut self, place: impl IntoItem<Text<'a>>) -> Self {
        self.model.place_of_birth = given(place);
        self
    }

    /// Sets the notes of the GP, `FTX+RGI`; mandatory on an acceptance after a deduction.
    #[must_use]
    pub fn notes(mut self, notes: impl IntoItem<TextLines<'a>>) -> Self {
        self.model.notes = given(notes);
        self
    }

    /// Sets the NHS number, `PNA+PAT`.
    #[must_use]
    pub fn nhs_number(mut self, number: impl IntoItem<NhsNumber<'a>>) -> Self {
        self.patient().identifier = given(number).map(official);
        self
    }

    /// Sets the first forename.
    #[must_use]
    pub fn forename(mut self, forename: impl IntoItem<Text<'a>>) -> Self {
        self.patient().forename = given(forename);
        self
    }

    /// Sets the title.
    #[must_use]
    pub fn title(mut self, title: impl IntoItem<Text<'a>>) -> Self {
        self.patient().title = given(title);
        self
    }

    /// Sets the second forename.
    #[must_use]
    pub fn second_forename(mut self, forename: impl IntoItem<Text<'a>>) -> Self {
        self.patient().second_forename = given(forename);
        self
    }

    /// Sets all further forenames, one space between them.
    #[must_use]
    pub fn other_forenames(mut self, forenames: impl IntoItem<Text<'a>>) -> Self {
        self.patient().other_forenames = given(forenames);
        self
    }

    /// Sets the date of birth, `DTM+329`.
    #[must_use]
    pub fn date_of_birth(mut self, date: impl IntoItem<Date<'a>>) -> Self {
        self.model.date_of_birth = given(date);
        self
    }

    /// Sets the previous surname, `PNA+PER`.
    #[must_use]
    pub fn previous_surname(mut self, surname: impl IntoItem<Text<'a>>) -> Self {
        self.model.previous = given(surname).map(|surname| Person { surname: Some(surname), ..Person::default() });
        self
    }
}

/// Methods for transfers in.
impl<'a> Draft<'a, AcceptanceOf<Transfer>> {
    /// Sets the previous HA, `NAD+PFH`.
    #[must_use]
    pub fn previous_ha(mut self, ha: impl IntoItem<HaCipher<'a>>) -> Self {
        if let AcceptanceKind::TransferIn(transfer) = &mut self.model.kind {
            transfer.previous_ha = given(ha);
        }
        self
    }
}

/// Methods for acceptances of immigrants.
impl<'a> Draft<'a, AcceptanceOf<Immigration>> {
    fn immigrant(mut self, set: impl FnOnce(&mut Immigrant<'a>)) -> Self {
        if let AcceptanceKind::Immigrant(immigrant) = &mut self.model.kind {
            set(immigrant);
        }
        self
    }

    /// Sets the name of the previous GP, `NAD+PGP`.
    #[must_use]
    pub fn previous_gp(self, name: impl IntoItem<Text<'a>>) -> Self {
        self.immigrant(|immigrant| immigrant.previous_gp = given(name))
    }

    /// Sets the previous HA, `NAD+PFH`.
    #[must_use]
    pub fn previous_ha(self, ha: impl IntoItem<HaCipher<'a>>) -> Self {
        self.immigrant(|immigrant| immigrant.previous_ha = given(ha))
    }

    /// Sets the previous address, `NAD+PER`: one to five lines, blank ones left out.
    #[must_use]
    pub fn previous_address(self, lines: impl IntoItem<TextLines<'a>>) -> Self {
        self.immigrant(|immigrant| immigrant.previous_address = filled(lines))
    }

    /// Sets when the patient had left the UK before, `DTM+958`.
    #[must_use]
    pub fn left_uk_on(self, date: impl IntoItem<Date<'a>>) -> Self {
        self.immigrant(|immigrant| immigrant.left_uk_on = given(date))
    }
}
