//! Making what an HA sends: answers and notifications.

use chrono::NaiveDate;

use super::item::{IntoItem, given};
use super::kind::{
    ApprovalKind, DeductionKind, DeductionRequestRejectionKind, Fp69FlagRemovalKind, Fp69PriorNotificationKind,
    RejectionKind,
};
use super::{Draft, patient_of};
use crate::syntax::{Text, TextLines};
use crate::transaction::{
    Address, Approval, Deduction, DeductionRequestRejection, Fp69FlagRemoval, Fp69PriorNotification, Person, Rejection,
};
use crate::value::{DeductionReason, Fp69Reason, GpCode, HaCipher, NhsNumber, TransactionNumber, into_owned};

impl<'a> Approval<'a> {
    /// Approves the acceptance with this number.
    ///
    /// ```
    /// use nhais_edifact::transaction::Approval;
    /// use nhais_edifact::value::GpCode;
    ///
    /// let approval = Approval::draft("2005".into(), GpCode::from("7000015,T93")).nhs_number("9990000085").build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn draft(acceptance: TransactionNumber<'a>, gp: GpCode<'a>) -> Draft<'a, ApprovalKind> {
        Draft { model: Self { number: given(acceptance), gp: given(gp), ..Self::default() } }
    }
}

impl<'a> Draft<'a, ApprovalKind> {
    /// Sets the NHS number, where it was newly allocated.
    #[must_use]
    pub fn nhs_number(mut self, number: impl IntoItem<NhsNumber<'a>>) -> Self {
        self.model.patient = given(number).map(patient_of);
        self
    }
}

impl<'a> Rejection<'a> {
    /// Rejects the acceptance with this number, which went to the wrong HA, with the reason.
    ///
    /// ```
    /// use nhais_edifact::transaction::Rejection;
    /// use nhais_edifact::value::GpCode;
    ///
    /// let rejection = Rejection::draft("2004".into(), GpCode::from("7000015,T93"), "WRONG HA - TRY ZQ").build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn draft(
        acceptance: TransactionNumber<'a>,
        gp: GpCode<'a>,
        reason: impl IntoItem<TextLines<'a>>,
    ) -> Draft<'a, RejectionKind> {
        let notes = given(reason);
        Draft { model: Self { number: given(acceptance), gp: given(gp), notes, ..Self::default() } }
    }
}

impl<'a> DeductionRequestRejection<'a> {
    /// Refuses the deduction request with this number, with the reason.
    ///
    /// ```
    /// use nhais_edifact::transaction::DeductionRequestRejection;
    /// use nhais_edifact::value::{GpCode, NhsNumber};
    ///
    /// let rejection = DeductionRequestRejection::draft(
    ///     "2010".into(),
    ///     GpCode::from("7000015,T93"),
    ///     NhsNumber::from("9990000077"),
    ///     "PATIENT SEEN THIS WEEK",
    /// )
    /// .build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn draft(
        request: TransactionNumber<'a>,
        gp: GpCode<'a>,
        nhs_number: NhsNumber<'a>,
        reason: impl IntoItem<TextLines<'a>>,
    ) -> Draft<'a, DeductionRequestRejectionKind> {
        let patient = Some(patient_of(nhs_number));
        let notes = given(reason);
        Draft { model: Self { number: given(request), gp: given(gp), notes, patient, ..Self::default() } }
    }
}

impl<'a> Deduction<'a> {
    /// Takes a patient off the practice's list; the date is that of the event.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use nhais_edifact::transaction::Deduction;
    /// use nhais_edifact::value::{DeductionReason, GpCode, NhsNumber};
    ///
    /// let deduction = Deduction::draft(
    ///     "10900002".into(),
    ///     GpCode::from("7000015,T93"),
    ///     NhsNumber::from("9990000069"),
    ///     DeductionReason::RemovalToAnotherHa,
    ///     NaiveDate::from_ymd_opt(2024, 3, 28).unwrap(),
    /// )
    /// .new_ha("ZQ")
    /// .build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn draft(
        number: TransactionNumber<'a>,
        gp: GpCode<'a>,
        nhs_number: NhsNumber<'a>,
        reason: DeductionReason,
        deducted_on: NaiveDate,
    ) -> Draft<'a, DeductionKind> {
        Draft {
            model: Self {
                number: given(number),
                gp: given(gp),
                reason: Some(reason),
                deducted_on: Some(deducted_on.into()),
                patient: Some(patient_of(nhs_number)),
                ..Self::default()
            },
        }
    }
}

impl<'a> Draft<'a, DeductionKind> {
    /// Sets the new HA, `NAD+NFH`.
    #[must_use]
    pub fn new_ha(mut self, ha: impl IntoItem<HaCipher<'a>>) -> Self {
        self.model.new_ha = given(ha);
        self
    }
}

/// The mandatory items of every FP69 prior notification.
///
/// Source: [facts 3.3.10](crate::reference::wire#s-3-3-10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fp69Items<'a> {
    /// The number of the transaction, the HA's own, `RFF+TN`.
    pub number: TransactionNumber<'a>,
    /// The GP, `NAD+GP`.
    pub gp: GpCode<'a>,
    /// Why the flag was set, `HEA+FRN`.
    pub reason: Fp69Reason<'a>,
    /// When the flag expires, `DTM+962`.
    pub expires_on: NaiveDate,
    /// The patient's NHS number, `PNA+PAT`.
    pub nhs_number: NhsNumber<'a>,
    /// The patient's surname.
    pub surname: Text<'a>,
    /// The patient's first forename.
    pub forename: Text<'a>,
    /// When the patient was born, `DTM+329`.
    pub date_of_birth: NaiveDate,
    /// The address, `NAD+PAT`; only its post town is mandatory.
    pub address: Address<'a>,
}

into_owned!(Fp69Items { number, gp, reason, expires_on, nhs_number, surname, forename, date_of_birth, address });

impl<'a> Fp69PriorNotification<'a> {
    /// Notifies a practice that the patient will be deducted unless it answers in time.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use nhais_edifact::build::Fp69Items;
    /// use nhais_edifact::transaction::{Address, Fp69PriorNotification};
    ///
    /// let notification = Fp69PriorNotification::draft(Fp69Items {
    ///     number: "10900005".into(),
    ///     gp: "7000015,T93".into(),
    ///     reason: "8".into(),
    ///     expires_on: NaiveDate::from_ymd_opt(2024, 10, 3).unwrap(),
    ///     nhs_number: "9990000042".into(),
    ///     surname: "PIKE".into(),
    ///     forename: "DORIS".into(),
    ///     date_of_birth: NaiveDate::from_ymd_opt(1947, 11, 1).unwrap(),
    ///     address: Address::of_house("HILL FARM", "UPPER DALE"),
    /// })
    /// .notes("LETTER RETURNED")
    /// .build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn draft(items: Fp69Items<'a>) -> Draft<'a, Fp69PriorNotificationKind> {
        let mut patient: Person<'a> = patient_of(items.nhs_number);
        patient.surname = given(items.surname);
        patient.forename = given(items.forename);
        Draft {
            model: Self {
                number: given(items.number),
                gp: given(items.gp),
                reason: given(items.reason),
                expires_on: Some(items.expires_on.into()),
                patient: Some(patient),
                date_of_birth: Some(items.date_of_birth.into()),
                address: Some(items.address),
                ..Self::default()
            },
        }
    }
}

impl<'a> Draft<'a, Fp69PriorNotificationKind> {
    /// Sets the notes of the HA, `FTX+RGI`.
    #[must_use]
    pub fn notes(mut self, notes: impl IntoItem<TextLines<'a>>) -> Self {
        self.model.notes = given(notes);
        self
    }

    /// Sets the second forename.
    #[must_use]
    pub fn second_forename(mut self, forename: impl IntoItem<Text<'a>>) -> Self {
        self.model.patient.get_or_insert_default().second_forename = given(forename);
        self
    }

    /// Sets all further forenames, one space between them.
    #[must_use]
    pub fn other_forenames(mut self, forenames: impl IntoItem<Text<'a>>) -> Self {
        self.model.patient.get_or_insert_default().other_forenames = given(forenames);
        self
    }
}

impl<'a> Fp69FlagRemoval<'a> {
    /// Notifies a practice that the flag is removed.
    ///
    /// ```
    /// use nhais_edifact::transaction::Fp69FlagRemoval;
    /// use nhais_edifact::value::{GpCode, NhsNumber};
    ///
    /// let gp = GpCode::from("7000015,T93");
    /// let removal = Fp69FlagRemoval::draft("10900007".into(), gp, NhsNumber::from("9990000042")).build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn draft(
        number: TransactionNumber<'a>,
        gp: GpCode<'a>,
        nhs_number: NhsNumber<'a>,
    ) -> Draft<'a, Fp69FlagRemovalKind> {
        let patient = Some(patient_of(nhs_number));
        Draft { model: Self { number: given(number), gp: given(gp), patient, ..Self::default() } }
    }
}
