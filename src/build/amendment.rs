//! Making amendments: by a practice, and by an HA.

use chrono::NaiveDate;

use super::{Draft, Kind, kind, patient_of};
use crate::syntax::{Text, TextLines};
use crate::transaction::{AmendedAddress, AmendedPerson, Amendment, PatientIdentifier};
use crate::value::{
    Change, DrugsMarker, GpCode, InstituteCode, NhsNumber, Sex, TransactionNumber, TransactionSequence,
};

impl<'a> Amendment<'a> {
    /// A practice tells what has changed: G2. What the draft does not say stays as it is.
    ///
    /// At least one change or notes are needed. An address is given whole.
    ///
    /// ```
    /// use nhais_edifact::transaction::{AmendedAddress, Amendment};
    /// use nhais_edifact::value::{GpCode, NhsNumber, TransactionSequence};
    ///
    /// let number = TransactionSequence::new(2006)?;
    /// let amendment = Amendment::by_practice(number, GpCode::from("7000015,T93"), NhsNumber::from("9990000042"))
    ///     .surname("PIKE")
    ///     .erase_title()
    ///     .address(AmendedAddress::of_road("9 HIGH STREET", "NEWTON ABBEY").erase_house_name())
    ///     .build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn by_practice(
        number: TransactionSequence,
        gp: GpCode<'a>,
        nhs_number: NhsNumber<'a>,
    ) -> Draft<'a, kind::Amendment<kind::ByPractice>> {
        drafted(number.into(), gp, nhs_number)
    }

    /// An HA tells what has changed: F1, with the HA's own number. What the draft does not say stays as it is.
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
    ) -> Draft<'a, kind::Amendment<kind::ByHa>> {
        drafted(number, gp, nhs_number)
    }
}

fn drafted<'a, S>(
    number: TransactionNumber<'a>,
    gp: GpCode<'a>,
    nhs_number: NhsNumber<'a>,
) -> Draft<'a, kind::Amendment<S>>
where
    kind::Amendment<S>: Kind<Model<'a> = Amendment<'a>>,
{
    let patient = Some(patient_of(nhs_number));
    Draft { model: Amendment { number: Some(number), gp: Some(gp), patient, ..Amendment::default() } }
}

/// What any amendment may say.
impl<'a, S> Draft<'a, kind::Amendment<S>>
where
    kind::Amendment<S>: Kind<Model<'a> = Amendment<'a>>,
{
    fn patient(mut self, set: impl FnOnce(&mut AmendedPerson<'a>)) -> Self {
        set(self.model.patient.get_or_insert_default());
        self
    }

    /// Sets the residential institute, `NAD+RIC`.
    #[must_use]
    pub fn institute(mut self, institute: impl Into<InstituteCode<'a>>) -> Self {
        self.model.institute = Change::To(institute.into());
        self
    }

    /// Erases the residential institute.
    #[must_use]
    pub fn erase_institute(mut self) -> Self {
        self.model.institute = Change::Erased;
        self
    }

    /// Says that the GP dispenses drugs for the patient, `HEA+DM`.
    #[must_use]
    pub fn drugs_dispensed(mut self) -> Self {
        self.model.drugs_dispensed = Change::To(DrugsMarker::Dispensed);
        self
    }

    /// Says that the GP no longer dispenses drugs for the patient.
    #[must_use]
    pub fn erase_drugs_dispensed(mut self) -> Self {
        self.model.drugs_dispensed = Change::Erased;
        self
    }

    /// Sets the surname, which cannot be erased.
    #[must_use]
    pub fn surname(self, surname: impl Into<Text<'a>>) -> Self {
        self.patient(|patient| patient.surname = Some(surname.into()))
    }

    /// Sets the first forename.
    #[must_use]
    pub fn forename(self, forename: impl Into<Text<'a>>) -> Self {
        self.patient(|patient| patient.forename = Change::To(forename.into()))
    }

    /// Sets the second forename.
    #[must_use]
    pub fn second_forename(self, forename: impl Into<Text<'a>>) -> Self {
        self.patient(|patient| patient.second_forename = Change::To(forename.into()))
    }

    /// Sets all further forenames, one space between them.
    #[must_use]
    pub fn other_forenames(self, forenames: impl Into<Text<'a>>) -> Self {
        self.patient(|patient| patient.other_forenames = Change::To(forenames.into()))
    }

    /// Erases all forenames; one alone cannot be erased, and none can be set besides. Of this and
    /// [`forename`](Self::forename) the one called last holds.
    #[must_use]
    pub fn erase_forenames(self) -> Self {
        self.patient(|patient| patient.forename = Change::Erased)
    }

    /// Sets the title.
    #[must_use]
    pub fn title(self, title: impl Into<Text<'a>>) -> Self {
        self.patient(|patient| patient.title = Change::To(title.into()))
    }

    /// Erases the title.
    #[must_use]
    pub fn erase_title(self) -> Self {
        self.patient(|patient| patient.title = Change::Erased)
    }

    /// Sets the date of birth, `DTM+329`, which cannot be erased.
    #[must_use]
    pub fn date_of_birth(mut self, date: NaiveDate) -> Self {
        self.model.date_of_birth = Some(date.into());
        self
    }

    /// Sets the sex, `PDI`, which cannot be erased.
    #[must_use]
    pub fn sex(mut self, sex: Sex) -> Self {
        self.model.sex = Some(sex);
        self
    }

    /// Sets the address, `NAD+PAT`: all lines of it.
    #[must_use]
    pub fn address(mut self, address: AmendedAddress<'a>) -> Self {
        self.model.address = Some(address);
        self
    }

    /// Sets the previous surname, `PNA+PER`.
    #[must_use]
    pub fn previous_surname(mut self, surname: impl Into<Text<'a>>) -> Self {
        self.model.previous.get_or_insert_default().surname = Change::To(surname.into());
        self
    }

    /// Erases the previous surname.
    #[must_use]
    pub fn erase_previous_surname(mut self) -> Self {
        self.model.previous.get_or_insert_default().surname = Change::Erased;
        self
    }
}

/// What only a practice says.
impl<'a> Draft<'a, kind::Amendment<kind::ByPractice>> {
    /// Sets the notes of the GP, `FTX+RGI`.
    #[must_use]
    pub fn notes(mut self, notes: impl Into<TextLines<'a>>) -> Self {
        self.model.notes = Some(notes.into());
        self
    }
}

/// What only an HA says.
impl<'a> Draft<'a, kind::Amendment<kind::ByHa>> {
    /// Sets the new NHS number, `PNA+PER` with the qualifier `API`.
    #[must_use]
    pub fn new_nhs_number(mut self, number: impl Into<NhsNumber<'a>>) -> Self {
        self.model.previous.get_or_insert_default().identifier = Some(PatientIdentifier::amended(number));
        self
    }
}
