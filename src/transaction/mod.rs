//! Transactions: what a registration message carries, one type per message.
//!
//! | code | direction | model |
//! |---|---|---|
//! | G1 | GP to HA | [`Acceptance`] |
//! | G2 | GP to HA | [`Amendment`] |
//! | G3 | GP to HA | [`Removal`] |
//! | G5 | GP to HA | [`DeductionRequest`] |
//! | F1 | HA to GP | [`Amendment`] |
//! | F2 | HA to GP | [`Deduction`] |
//! | F3 | HA to GP | [`Rejection`] |
//! | F4 | HA to GP | [`Approval`] |
//! | F5, F6 | HA to GP | [`MedicalRecordNotice`] |
//! | F8 | HA to GP | [`CloseQuarterNotification`] |
//! | F9 | HA to GP | [`Fp69PriorNotification`] |
//! | F10 | HA to GP | [`Fp69FlagRemoval`] |
//! | F11 | HA to GP | [`DeductionRequestRejection`] |
//! | others | | [`OtherTransaction`] |
//!
//! Every item of a model is optional, since a receiver must be able to hold what arrived incomplete.

mod acceptance;
mod amendment;
mod answer;
mod close_quarter;
mod deduction;
mod deduction_request;
mod fp69;
mod medical_record;
mod other;
mod removal;

pub use crate::layout::Unrecognised;
pub use crate::segment::address::{Address, AmendedAddress};
pub use crate::segment::person::{AmendedPerson, AmendedPreviousPerson, PatientIdentifier, Person};
pub use acceptance::{Acceptance, AcceptanceKind, ExServices, Immigrant, TransferIn};
pub use amendment::Amendment;
pub use answer::{Approval, Rejection};
pub use close_quarter::CloseQuarterNotification;
pub use deduction::Deduction;
pub use deduction_request::{DeductionRequest, DeductionRequestRejection};
pub use fp69::{Fp69FlagRemoval, Fp69PriorNotification};
pub use medical_record::MedicalRecordNotice;
pub use other::OtherTransaction;
pub use removal::Removal;

use alloc::vec::Vec;

use crate::error::Error;
use crate::layout::{
    Group, GroupWriter, OddReader, PlainUnit, Reporter, UnitView, read_group_as, read_plain, write_group_as, write_raw,
};
use crate::value::{GpCode, IntoOwned, TransactionNumber, TransactionType, fill};

/// Declares the catalogue: the code, its name, its model.
/// The column of its plan by which a transaction is read and written: its own, or that of its type.
macro_rules! column {
    ($transaction:ident) => {
        $transaction.column()
    };
    ($transaction:ident, $column:literal) => {{
        let _ = $transaction;
        $column
    }};
}

macro_rules! catalogue {
    ($($(#[$doc:meta])* $code:literal $name:ident($model:ident $(, column $column:literal)?);)+) => {
        /// One transaction.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Transaction<'a> {
            $($(#[$doc])* #[cfg_attr(feature = "serde", serde(rename = $code))] $name($model<'a>),)+
            /// A transaction of another type, kept whole.
            #[cfg_attr(feature = "serde", serde(rename = "other"))]
            Other(OtherTransaction<'a>),
        }

        /// The transactions of a message, which are all of one type.
        ///
        /// ```
        /// use nhais_edifact::transaction::{Removal, Transactions};
        /// use nhais_edifact::value::TransactionType;
        ///
        /// let transactions = Transactions::Removal(vec![Removal::default()]);
        /// assert_eq!(transactions.transaction_type(), Some(TransactionType::Removal));
        /// assert_eq!(transactions.len(), 1);
        /// ```
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Transactions<'a> {
            $($(#[$doc])* #[cfg_attr(feature = "serde", serde(rename = $code))] $name(Vec<$model<'a>>),)+
            /// Transactions of another type, or of none, kept whole.
            #[cfg_attr(feature = "serde", serde(rename = "other"))]
            Other {
                /// The code, `RFF+950`.
                #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
                code: Option<TransactionType>,
                /// The transactions.
                #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
                list: Vec<OtherTransaction<'a>>,
            },
        }

        impl<'a> Transaction<'a> {
            /// Reads the transaction that a unit is, by the type of its message. It is large, so it is read where it
            /// stands.
            pub(crate) fn read(
                &mut self,
                transaction_type: Option<&TransactionType>,
                unit: UnitView<'_, 'a>,
                reporter: &mut Reporter<'_>,
            ) {
                match transaction_type {
                    $(Some(TransactionType::$name) => {
                        reporter.nothing_to_erase = $code == "G1";
                        *self = Self::$name($model::of_unit(unit));
                        let Self::$name(transaction) = self else { return };
                        read_group_as(transaction, column!(transaction $(, $column)?), unit, reporter);
                    })+
                    _ => *self = Self::Other(OtherTransaction::of_unit(unit)),
                }
            }

            /// Reads the transaction at the start of `unit` if nothing can be said about it, and gives its number; `None`
            /// if something might, and this is of no use then.
            pub(crate) fn read_plain(
                &mut self,
                transaction_type: &TransactionType,
                unit: &mut PlainUnit<'_, 'a>,
                odd: &mut OddReader<'_>,
            ) -> Option<u64> {
                match transaction_type {
                    $(TransactionType::$name => {
                        fill(self, Self::$name($model::default()));
                        let Self::$name(transaction) = self else { return None };
                        read_plain(transaction, |transaction| column!(transaction $(, $column)?), unit, odd)?;
                        transaction.number.as_ref()?.number()
                    })+
                    TransactionType::Other(_) => None,
                }
            }

            pub(crate) fn write(&self, out: &mut GroupWriter<'_>) -> Result<(), Error> {
                out.transaction = self.number().and_then(|number| number.number());
                match self {
                    $(Self::$name(transaction) => {
                        out.nothing_to_erase = $code == "G1";
                        let said = transaction.said();
                        out.close_after(|out| write_group_as(transaction, column!(transaction $(, $column)?), said, out))
                    })+
                    Self::Other(transaction) => write_other(transaction, out),
                }
            }

            /// Its type; `None` for [`Other`](Self::Other), whose type its message knows.
            pub fn transaction_type(&self) -> Option<TransactionType> {
                match self {
                    $(Self::$name(_) => Some(TransactionType::$name),)+
                    Self::Other(_) => None,
                }
            }

            /// Its number, `RFF+TN`.
            pub fn number(&self) -> Option<TransactionNumber<'_>> {
                match self {
                    $(Self::$name(transaction) => transaction.number.clone(),)+
                    Self::Other(transaction) => transaction.number(),
                }
            }

            /// The GP, `NAD+GP`; `None` if none is named, as in close quarter notifications.
            pub fn gp(&self) -> Option<GpCode<'_>> {
                match self {
                    $(Self::$name(transaction) => transaction.named_gp(),)+
                    Self::Other(transaction) => transaction.gp(),
                }
            }
        }

        impl<'a> Transactions<'a> {
            /// No transactions yet, of a type.
            pub(crate) fn of_type(transaction_type: Option<TransactionType>) -> Self {
                match transaction_type {
                    $(Some(TransactionType::$name) => Self::$name(Vec::new()),)+
                    code => Self::Other { code, list: Vec::new() },
                }
            }

            /// The type of all of them; `None` if the message states none.
            pub fn transaction_type(&self) -> Option<TransactionType> {
                match self {
                    $(Self::$name(_) => Some(TransactionType::$name),)+
                    Self::Other { code, .. } => code.clone(),
                }
            }

            /// How many there are.
            pub fn len(&self) -> usize {
                match self {
                    $(Self::$name(list) => list.len(),)+
                    Self::Other { list, .. } => list.len(),
                }
            }

            /// Adds a transaction; gives it back if it is of another type.
            ///
            /// # Errors
            ///
            /// The transaction, if it is not of this type.
            #[allow(clippy::result_large_err, reason = "the transaction is given back")]
            pub fn push(&mut self, transaction: Transaction<'a>) -> Result<(), Transaction<'a>> {
                match (self, transaction) {
                    $((Self::$name(list), Transaction::$name(transaction)) => push(list, transaction),)+
                    (Self::Other { list, .. }, Transaction::Other(transaction)) => list.push(transaction),
                    (_, transaction) => return Err(transaction),
                }
                Ok(())
            }

            /// The same where the transaction is added to these; `None` if something might be said about it, and nothing is
            /// added then.
            #[inline]
            pub(crate) fn read_plain(&mut self, unit: &mut PlainUnit<'_, 'a>, odd: &mut OddReader<'_>) -> Option<u64> {
                match self {
                    $(Self::$name(list) => in_new_place(list, |transaction: &mut $model<'a>| {
                        read_plain(transaction, |transaction| column!(transaction $(, $column)?), unit, odd)?;
                        transaction.number.as_ref()?.number()
                    }),)+
                    Self::Other { .. } => None,
                }
            }

            /// Calls `each` with what was kept of each of them.
            pub(crate) fn for_each_kept(&mut self, each: &mut dyn FnMut(&mut Vec<Unrecognised<'a>>)) {
                match self {
                    $(Self::$name(list) => list.iter_mut().for_each(|transaction| each(&mut transaction.unrecognised)),)+
                    Self::Other { .. } => {}
                }
            }

            /// Takes the last away.
            pub(crate) fn drop_last(&mut self) {
                match self {
                    $(Self::$name(list) => drop(list.pop()),)+
                    Self::Other { list, .. } => drop(list.pop()),
                }
            }

            /// The GP of the first of them.
            pub(crate) fn first_gp(&self) -> Option<GpCode<'_>> {
                match self {
                    $(Self::$name(list) => list.first().and_then($model::named_gp),)+
                    Self::Other { list, .. } => list.first().and_then(OtherTransaction::gp),
                }
            }

            /// Writes them, each after `admit` has seen which one it is, and its number.
            pub(crate) fn write(
                &self,
                out: &mut GroupWriter<'_>,
                mut admit: impl FnMut(&mut GroupWriter<'_>, usize, Option<&TransactionNumber<'_>>) -> Result<(), Error>,
            ) -> Result<(), Error> {
                match self {
                    $(Self::$name(list) => out.close_after(|out| list.iter().enumerate().try_for_each(|(at, transaction)| {
                        // Read before anything else, and in the order of its memory, so that waiting for it is done once.
                        let said = transaction.said();
                        let number = transaction.number.as_ref();
                        admit(out, at, number)?;
                        out.nothing_to_erase = $code == "G1";
                        out.transaction = number.and_then(TransactionNumber::number);
                        write_group_as(transaction, column!(transaction $(, $column)?), said, out)
                    })),)+
                    Self::Other { list, .. } => list.iter().try_for_each(|transaction| write_other(transaction, out)),
                }
            }
        }

        impl IntoOwned for Transactions<'_> {
            type Owned = Transactions<'static>;

            fn into_owned(self) -> Transactions<'static> {
                match self {
                    $(Self::$name(list) => Transactions::$name(list.into_owned()),)+
                    Self::Other { code, list } => Transactions::Other { code, list: list.into_owned() },
                }
            }
        }

        impl Transaction<'_> {
            /// The same, independent of the input.
            pub fn into_owned(self) -> Transaction<'static> {
                match self {
                    $(Self::$name(transaction) => Transaction::$name(transaction.into_owned()),)+
                    Self::Other(transaction) => Transaction::Other(transaction.into_owned()),
                }
            }
        }
    };
}

/// Models that are read into from nothing.
macro_rules! of_any_unit {
    ($($model:ident),+) => {
        $(impl<'a> $model<'a> {
            fn of_unit(_: UnitView<'_, 'a>) -> Self {
                Self::default()
            }
        })+
    };
}

of_any_unit!(
    Amendment,
    Removal,
    DeductionRequest,
    Deduction,
    Rejection,
    Approval,
    MedicalRecordNotice,
    CloseQuarterNotification,
    Fp69PriorNotification,
    Fp69FlagRemoval,
    DeductionRequestRejection
);

/// Models that name a GP.
macro_rules! names_a_gp {
    ($($model:ident),+) => {
        $(impl $model<'_> {
            fn named_gp(&self) -> Option<GpCode<'_>> {
                self.gp.clone()
            }
        })+
    };
}

names_a_gp!(
    Acceptance,
    Amendment,
    Removal,
    DeductionRequest,
    Deduction,
    Rejection,
    Approval,
    MedicalRecordNotice,
    Fp69PriorNotification,
    Fp69FlagRemoval,
    DeductionRequestRejection
);

impl CloseQuarterNotification<'_> {
    #[expect(clippy::unused_self, reason = "as the other models")]
    fn named_gp(&self) -> Option<GpCode<'_>> {
        None
    }
}

catalogue! {
    /// A practice registers a patient.
    "G1" Acceptance(Acceptance);
    /// A practice tells what has changed.
    "G2" AmendmentOut(Amendment);
    /// A practice asks for a removal.
    "G3" Removal(Removal);
    /// A practice asks for a deduction.
    "G5" DeductionRequest(DeductionRequest);
    /// An HA tells what has changed.
    "F1" AmendmentIn(Amendment, column 1);
    /// An HA deducts a patient.
    "F2" Deduction(Deduction);
    /// An HA rejects an acceptance.
    "F3" Rejection(Rejection);
    /// An HA approves an acceptance.
    "F4" Approval(Approval);
    /// Obsolete.
    "F5" MedicalRecordF5(MedicalRecordNotice);
    /// Obsolete.
    "F6" MedicalRecordF6(MedicalRecordNotice);
    /// An HA closes a quarter.
    "F8" CloseQuarterNotification(CloseQuarterNotification);
    /// An HA sets an FP69 flag.
    "F9" Fp69PriorNotification(Fp69PriorNotification);
    /// An HA removes an FP69 flag.
    "F10" Fp69FlagRemoval(Fp69FlagRemoval);
    /// An HA refuses a deduction request.
    "F11" DeductionRequestRejection(DeductionRequestRejection);
}

impl Transactions<'_> {
    /// Whether neither a type nor a transaction is given.
    #[cfg(feature = "serde")]
    pub(crate) fn is_untyped(&self) -> bool {
        matches!(self, Self::Other { code: None, list } if list.is_empty())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same, independent of the input.
    pub fn into_owned(self) -> Transactions<'static> {
        IntoOwned::into_owned(self)
    }
}

/// Makes room for one more in a list that begins with room for one and grows by half: transactions are large, and most
/// messages have few.
fn make_room<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact((list.len() / 2).max(1));
    }
}

fn push<T>(list: &mut Vec<T>, transaction: T) {
    make_room(list);
    list.push(transaction);
}

/// Reads into a new place at the end of a list; if nothing is read, there is none.
#[inline]
fn in_new_place<T: Default, R>(list: &mut Vec<T>, read: impl FnOnce(&mut T) -> Option<R>) -> Option<R> {
    make_room(list);
    // It is made where it is to be, not moved there.
    list.resize_with(list.len() + 1, T::default);
    let read = list.last_mut().and_then(read);
    if read.is_none() {
        list.pop();
    }
    read
}

impl Default for Transactions<'_> {
    fn default() -> Self {
        Self::of_type(None)
    }
}

fn write_other(transaction: &OtherTransaction<'_>, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    transaction.segments.iter().try_for_each(|segment| write_raw(segment, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_room_for_one_and_grows_by_half() {
        let (mut list, mut rooms) = (Vec::new(), Vec::new());
        for number in 0..100 {
            push(&mut list, number);
            rooms.push(list.capacity());
        }
        rooms.dedup();
        assert_eq!(rooms, [1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 63, 94, 141]);
    }

    #[test]
    fn what_is_not_read_has_no_place() {
        let mut list = alloc::vec![1];
        assert_eq!(
            in_new_place(&mut list, |place| {
                *place = 7;
                None::<()>
            }),
            None
        );
        assert_eq!(in_new_place(&mut list, |place| Some(core::mem::replace(place, 2))), Some(0));
        assert_eq!(list, [1, 2]);
    }
}
