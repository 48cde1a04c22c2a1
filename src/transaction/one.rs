//! Operations on one transaction of any type.

use super::{Acceptance, Entry, OtherTransaction, PatientRef, Transaction, TransactionRef, with_model, with_type};
use crate::error::Error;
use crate::table::{
    CanonicalUnit, FallbackReader, Group, GroupWriter, Reporter, Steps, UnitView, read_canonical, read_group_as,
    write_group_as, write_raw,
};
use crate::value::{GpCode, NhsNumber, TransactionNumber, TransactionType};

impl<'a> Transaction<'a> {
    /// An empty transaction of a type.
    pub(crate) fn of_type(transaction_type: Option<&TransactionType>) -> Self {
        let Some(transaction_type) = transaction_type else { return Self::Other(OtherTransaction::default()) };
        with_type!(transaction_type, |Of| Self::of::<Of>(), Other(_) => Self::of_type(None))
    }

    #[inline]
    fn of<E: Entry>() -> Self {
        E::one(E::Model::default())
    }

    /// Reads a unit as a transaction of the type of its message, in place, because it is large.
    pub(crate) fn read(
        &mut self,
        transaction_type: Option<&TransactionType>,
        unit: UnitView<'_, 'a>,
        reporter: &mut Reporter<'_>,
    ) {
        *self = match transaction_type {
            // The kind of an acceptance is known before anything else is read.
            Some(TransactionType::Acceptance) => Self::Acceptance(Acceptance::of_unit(unit)),
            other => Self::of_type(other),
        };
        with_model!(
            Transaction(self),
            |model: Of| {
                reporter.nothing_to_erase = !Of::ERASES;
                read_group_as(model, Of::variant(model), unit, reporter);
            },
            Other(other) => *other = OtherTransaction::of_unit(unit)
        );
    }

    /// Fast path: reads the transaction at the start of `unit` and returns its number. `None` if it is not canonical;
    /// `self` is then partly filled and must be replaced.
    pub(crate) fn read_canonical(
        &mut self,
        transaction_type: &TransactionType,
        unit: &mut CanonicalUnit<'_, 'a>,
        fallback: &mut FallbackReader<'_>,
    ) -> Option<u64> {
        with_type!(transaction_type, |Of| self.read_canonical_as::<Of>(unit, fallback), Other(_) => None)
    }

    #[inline]
    fn read_canonical_as<E: Entry>(
        &mut self,
        unit: &mut CanonicalUnit<'_, 'a>,
        fallback: &mut FallbackReader<'_>,
    ) -> Option<u64> {
        *self = Self::of::<E>();
        read_canonical_into::<E>(E::of_one(self)?, unit, fallback)
    }

    pub(crate) fn write(&self, out: &mut GroupWriter<'_>) -> Result<(), Error> {
        out.transaction = self.number().and_then(|number| number.number());
        with_model!(
            Transaction(self),
            |model: Of| {
                let present = model.present();
                out.close_after(|out| write_as::<Of>(model, present, out))
            },
            Other(other) => write_other(other, out)
        )
    }

    /// Borrows the transaction.
    pub fn as_ref(&self) -> TransactionRef<'_, 'a> {
        with_model!(Transaction(self), |model: Of| Of::in_place(model), Other(other) => TransactionRef::Other(other))
    }

    /// Its type; `None` for [`Other`](Self::Other), whose type its message knows.
    pub fn transaction_type(&self) -> Option<TransactionType> {
        self.as_ref().transaction_type()
    }

    /// Its number, `RFF+TN`.
    pub fn number(&self) -> Option<TransactionNumber<'_>> {
        self.as_ref().number()
    }

    /// The GP, `NAD+GP`; `None` if none is named, as in close quarter notifications.
    pub fn gp(&self) -> Option<GpCode<'_>> {
        self.as_ref().gp()
    }

    /// The patient; `None` if none is named, as in rejections, or if the type is unknown.
    pub fn patient(&self) -> Option<PatientRef<'_, 'a>> {
        self.as_ref().patient()
    }

    /// The NHS number by which the patient is known, `PNA+PAT`.
    pub fn nhs_number(&self) -> Option<NhsNumber<'_>> {
        self.as_ref().nhs_number()
    }

    /// Copies the text, so that the transaction is independent of the input.
    pub fn into_owned(self) -> Transaction<'static> {
        with_model!(
            Transaction(self),
            |model: Of| Of::one(model.into_owned()),
            Other(other) => Transaction::Other(other.into_owned())
        )
    }
}

impl<'a> From<OtherTransaction<'a>> for Transaction<'a> {
    fn from(other: OtherTransaction<'a>) -> Self {
        Self::Other(other)
    }
}

/// Fast path: reads the transaction at the start of `unit` into an empty model, and returns its number.
#[inline]
pub(super) fn read_canonical_into<'a, E: Entry>(
    model: &mut E::Model<'a>,
    unit: &mut CanonicalUnit<'_, 'a>,
    fallback: &mut FallbackReader<'_>,
) -> Option<u64> {
    fallback.nothing_to_erase = !E::ERASES;
    read_canonical(model, |model| E::variant(model), unit, fallback)?;
    E::number(model)?.number()
}

/// Writes a transaction, given the steps that are present.
#[inline]
pub(super) fn write_as<E: Entry>(model: &E::Model<'_>, present: Steps, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    out.nothing_to_erase = !E::ERASES;
    write_group_as(model, E::variant(model), present, out)
}

pub(super) fn write_other(transaction: &OtherTransaction<'_>, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    transaction.segments.iter().try_for_each(|segment| write_raw(segment, out))
}
