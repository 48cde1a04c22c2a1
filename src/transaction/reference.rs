//! Operations on a reference to a transaction.

use super::{Entry, PatientRef, Transaction, TransactionRef, with_model};
use crate::value::{GpCode, NhsNumber, TransactionNumber, TransactionType};

impl<'t, 'a> TransactionRef<'t, 'a> {
    /// Its type; `None` for [`Other`](Self::Other), whose type its message knows.
    pub fn transaction_type(self) -> Option<TransactionType> {
        with_model!(TransactionRef(self), |_model: Of| Some(Of::TYPE), Other(_) => None)
    }

    /// Its number, `RFF+TN`.
    pub fn number(self) -> Option<TransactionNumber<'t>> {
        with_model!(TransactionRef(self), |model: Of| Of::number(model).cloned(), Other(other) => other.number())
    }

    /// The GP, `NAD+GP`; `None` if none is named, as in close quarter notifications.
    pub fn gp(self) -> Option<GpCode<'t>> {
        with_model!(TransactionRef(self), |model: Of| Of::gp(model).cloned(), Other(other) => other.gp())
    }

    /// The patient; `None` if none is named, as in rejections, or if the type is unknown.
    pub fn patient(self) -> Option<PatientRef<'t, 'a>> {
        with_model!(TransactionRef(self), |model: Of| Of::patient(model), Other(_) => None)
    }

    /// The NHS number by which the patient is known, `PNA+PAT`.
    pub fn nhs_number(self) -> Option<NhsNumber<'t>> {
        match self {
            Self::Other(other) => other.nhs_number(),
            known => known.patient()?.nhs_number().cloned(),
        }
    }
}

impl<'t, 'a> From<&'t Transaction<'a>> for TransactionRef<'t, 'a> {
    fn from(transaction: &'t Transaction<'a>) -> Self {
        transaction.as_ref()
    }
}
