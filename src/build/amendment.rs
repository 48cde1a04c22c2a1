//! Making amendments: by a practice, and by an HA.

use super::item::{IntoItem, given};
use super::kind::{AmendmentOf, ByHa, ByPractice};
use super::{Draft, Kind, patient_of};
use crate::syntax::{Text, TextLines};
use crate::transaction::{AmendedAddress, AmendedPerson, AmendedPreviousPerson, Amendment, PatientIdentifier};
use crate::value::{Change, Date, DrugsMarker, GpCode, InstituteCode, NhsNumber, Sex, TransactionNumber};

impl<'a> Amendment<'a> {
    /// A practice reports what has changed: G2. Items that are not set on the draft stay as they are.
    ///
    /// At least one change or notes are needed. An address is given whole.
    ///
    /// ```
    /// use nhais_edifact::transaction::{AmendedAddress, Amendment};
    /// use nhais_edifact::value::{GpCode, NhsNumber};
    ///
    /// let amendment = Amendment::by_practice(GpCode::from("7000015,T93"), NhsNumber::from("9990000042"))
    ///     .surname("PIKE")
    ///     .erase_title()
    ///     .address(AmendedAddress::of_road("9 HIGH STREET", "NEWTON ABBEY").erase_house_name())
    ///     .build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn by_practice(gp: GpCode<'a>, nhs_number: NhsNumber<'a>) -> Draft<'a, AmendmentOf<ByPractice>> {
        drafted(None, gp, nhs_number)
    }

    /// An HA reports what has changed: F1, with the HA's own number. Items that are not set on the draft stay as they
    /// are.
    ///
    /// ```
    /// use nhais_edifact::transaction::Amendment;
    /// use nhais_edifact::value::{GpCode, NhsNumber};
    ///
    /// let gp = GpCode::from("7000015,T93");
    /// let amendment = Amendment::by_ha("10900009".into(), gp, NhsNumber::from("9990000050"))
    ///     .new_nhs_number("9990000131")
    ///     .build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn by_ha(
        number: TransactionNumber<'a>,
        gp: GpCode<'a>,
        nhs_number: NhsNumber<'a>,
    ) -> Draft<'a, AmendmentOf<ByHa>> {
        drafted(given(number), gp, nhs_number)
    }
}

fn drafted<'a, S>(
    number: Option<TransactionNumber<'a>>,
    gp: GpCode<'a>,
    nhs_number: NhsNumber<'a>,
) -> Draft<'a, AmendmentOf<S>>
where
    AmendmentOf<S>: Kind<Model<'a> = Amendment<'a>>,
{
    let patient = Some(patient_of(nhs_number));
    Draft { model: Amendment { number, gp: given(gp), patient, ..Amendment::default() } }
}

/// Methods for any amendment.
impl<'a, S> Draft<'a, AmendmentOf<S>>
where
    AmendmentOf<S>: Kind<Model<'a> = Amendment<'a>>,
{
    fn patient(mut self, set: impl FnOnce(&mut AmendedPerson<'a>)) -> Self {
        set(self.model.patient.get_or_insert_default());
        self
    }

    /// Sets an item of the previous identity, which is left out if it stays empty.
    fn previous(mut self, set: impl FnOnce(&mut AmendedPreviousPerson<'a>)) -> Self {
        let mut previous = self.model.previous.take().unwrap_or_default();
        set(&mut previous);
        self.model.previous = Some(previous).filter(|previous| *previous != AmendedPreviousPerson::default());
        self
    }

    /// Sets the residential institute, `NAD+RIC`.
    #[must_use]
    pub fn institute(mut self, institute: impl IntoItem<InstituteCode<'a>>) -> Self {
        self.model.institute = given(institute).into();
        self
    }

    /// Erases the residential institute.
    #[must_use]
    pub fn erase_institute(mut self) -> Self {
        self.model.institute = Change::Erased;
        self
    }

    /// Sets that the GP dispenses drugs for the patient, `HEA+DM`.
    #[must_use]
    pub fn drugs_dispensed(mut self) -> Self {
        self.model.drugs_dispensed = Change::To(DrugsMarker::Dispensed);
        self
    }

    /// Sets that the GP no longer dispenses drugs for the patient.
    #[must_use]
    pub fn erase_drugs_dispensed(mut self) -> Self {
        self.model.drugs_dispensed = Change::Erased;
        self
    }

    /// Sets the surname, which cannot be erased.
    #[must_use]
    pub fn surname(self, surname: impl IntoItem<Text<'a>>) -> Self {
        self.patient(|patient| patient.surname = given(surname))
    }

    /// Sets the first forename.
    #[must_use]
    pub fn forename(self, forename: impl IntoItem<Text<'a>>) -> Self {
        self.patient(|patient| patient.forename = given(forename).into())
    }

    /// Sets the second forename.
    #[must_use]
    pub fn second_forename(self, forename: impl IntoItem<Text<'a>>) -> Self {
        self.patient(|patient| patient.second_forename = given(forename).into())
    }

    /// Sets all further forenames, one space between them.
    #[must_use]
    pub fn other_forenames(self, forenames: impl IntoItem<Text<'a>>) -> Self {
        self.patient(|patient| patient.other_forenames = given(forenames).into())
    }

    /// Erases all forenames; one alone cannot be erased, and none can be set besides. Of this and
    /// [`forename`](Self::forename) the one called last holds.
    #[must_use]
    pub fn erase_forenames(self) -> Self {
        self.patient(|patient| patient.forename = Change::Erased)
    }

    /// Sets the title.
    #[must_use]
    pub fn title(self, title: impl IntoItem<Text<'a>>) -> Self {
        self.patient(|patient| patient.title = given(title).into())
    }

    /// Erases the title.
    #[must_use]
    pub fn erase_title(self) -> Self {
        self.patient(|patient| patient.title = Change::Erased)
    }

    /// Sets the date of birth, `DTM+329`, which cannot be erased.
    #[must_use]
    pub fn date_of_birth(mut self, date: impl IntoItem<Date<'a>>) -> Self {
        self.model.date_of_birth = given(date);
        self
    }

    /// Sets the sex, `PDI`, which cannot be erased.
    #[must_use]
    pub fn sex(mut self, sex: impl IntoItem<Sex>) -> Self {
        self.model.sex = given(sex);
        self
    }

    /// Sets the address, `NAD+PAT`: all lines of it. It may be an [`Address`](crate::transaction::Address), too.
    #[must_use]
    pub fn address(mut self, address: impl IntoItem<AmendedAddress<'a>>) -> Self {
        self.model.address = address.into_item().filter(|address| *address != AmendedAddress::default());
        self
    }

    /// Sets the previous surname, `PNA+PER`.
    #[must_use]
    pub fn previous_surname(self, surname: impl IntoItem<Text<'a>>) -> Self {
        self.previous(|previous| previous.surname = given(surname).into())
    }

    /// Erases the previous surname.
    #[must_use]
    pub fn erase_previous_surname(self) -> Self {
        self.previous(|previous| previous.surname = Change::Erased)
    }
}

/// Methods for amendments by a practice.
impl<'a> Draft<'a, AmendmentOf<ByPractice>> {
    /// Sets the notes of the GP, `FTX+RGI`.
    #[must_use]
    pub fn notes(mut self, notes: impl IntoItem<TextLines<'a>>) -> Self {
        self.model.notes = given(notes);
        self
    }
}

/// Methods for amendments by an HA.
impl<'a> Draft<'a, AmendmentOf<ByHa>> {
    /// Sets the new NHS number, `PNA+PER` with the qualifier `API`.
    #[must_use]
    pub fn new_nhs_number(self, number: impl IntoItem<NhsNumber<'a>>) -> Self {
        let amended = |number: NhsNumber<'a>| PatientIdentifier::amended(number);
        self.previous(|previous| previous.identifier = given(number).map(amended))
    }
}
