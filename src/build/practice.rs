//! Making removals and deduction requests.

use core::fmt;
use core::str::FromStr;

use chrono::NaiveDate;

use super::item::{IntoItem, given};
use super::kind::{DeductionRequestKind, RemovalKind};
use super::{Draft, patient_of};
use crate::error::{ErrorKind, Found};
use crate::syntax::TextLines;
use crate::transaction::{DeductionRequest, Removal};
use crate::value::{DeductionReason, GpCode, NhsNumber};

/// Why a practice may ask for a deduction.
///
/// Another reason has to be set in the model, and be written [as received](crate::WriteOptions::as_received). Source:
/// [facts 5.4](crate::reference::wire#s-5-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestedReason {
    /// `1`.
    Death,
    /// `5`, emigrated.
    Embarkation,
    /// `13`.
    OtherReason,
}

impl From<RequestedReason> for DeductionReason {
    fn from(reason: RequestedReason) -> Self {
        match reason {
            RequestedReason::Death => Self::Death,
            RequestedReason::Embarkation => Self::Embarkation,
            RequestedReason::OtherReason => Self::OtherReason,
        }
    }
}

/// ```
/// use nhais_edifact::build::RequestedReason;
/// use nhais_edifact::value::DeductionReason;
///
/// assert_eq!(RequestedReason::try_from(DeductionReason::Embarkation)?, RequestedReason::Embarkation);
/// assert!(RequestedReason::try_from(DeductionReason::GpRequest).is_err());
/// # Ok::<(), nhais_edifact::ErrorKind>(())
/// ```
impl TryFrom<DeductionReason> for RequestedReason {
    type Error = ErrorKind;

    fn try_from(reason: DeductionReason) -> Result<Self, ErrorKind> {
        match reason {
            DeductionReason::Death => Ok(Self::Death),
            DeductionReason::Embarkation => Ok(Self::Embarkation),
            DeductionReason::OtherReason => Ok(Self::OtherReason),
            other => Err(ErrorKind::UnknownCode {
                expected: "a reason that a practice may give (1, 5 or 13)",
                found: Found::of(other.as_str()),
            }),
        }
    }
}

impl FromStr for RequestedReason {
    type Err = ErrorKind;

    fn from_str(code: &str) -> Result<Self, ErrorKind> {
        DeductionReason::from(code).try_into()
    }
}

impl fmt::Display for RequestedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&DeductionReason::from(*self), f)
    }
}

impl<'a> Removal<'a> {
    /// Asks for a patient outside the practice's area to be removed from its list, with the reason. See [`Draft`].
    pub fn draft(
        gp: GpCode<'a>,
        nhs_number: NhsNumber<'a>,
        reason: impl IntoItem<TextLines<'a>>,
    ) -> Draft<'a, RemovalKind> {
        let patient = Some(patient_of(nhs_number));
        let notes = given(reason);
        Draft { model: Self { gp: given(gp), notes, patient, ..Self::default() } }
    }
}

impl<'a> DeductionRequest<'a> {
    /// Asks for a patient to be deducted from the practice's list; the date is that of the event.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use nhais_edifact::build::RequestedReason;
    /// use nhais_edifact::transaction::DeductionRequest;
    /// use nhais_edifact::value::{GpCode, NhsNumber};
    ///
    /// let died_on = NaiveDate::from_ymd_opt(2024, 3, 16).unwrap();
    /// let request = DeductionRequest::draft(
    ///     GpCode::from("7000015,T93"),
    ///     NhsNumber::from("9990000077"),
    ///     RequestedReason::Death,
    ///     died_on,
    /// )
    /// .notes("DIED AT HOME")
    /// .build()?;
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn draft(
        gp: GpCode<'a>,
        nhs_number: NhsNumber<'a>,
        reason: RequestedReason,
        deducted_on: NaiveDate,
    ) -> Draft<'a, DeductionRequestKind> {
        Draft {
            model: Self {
                gp: given(gp),
                reason: Some(reason.into()),
                deducted_on: Some(deducted_on.into()),
                patient: Some(patient_of(nhs_number)),
                ..Self::default()
            },
        }
    }
}

impl<'a> Draft<'a, DeductionRequestKind> {
    /// Sets the notes of the GP, `FTX+RGI`; they are needed when the date is approximate.
    #[must_use]
    pub fn notes(mut self, notes: impl IntoItem<TextLines<'a>>) -> Self {
        self.model.notes = given(notes);
        self
    }
}
