//! Transactions: what a registration message carries, one type per message.
//!
//! [`Transaction`] lists the types.
//!
//! Every item of a model is optional, since a receiver must be able to hold an incomplete transaction.

mod acceptance;
mod amendment;
mod answer;
mod close_quarter;
mod deduction;
mod deduction_request;
mod fp69;
mod list;
mod medical_record;
mod one;
mod other;
mod reference;
mod removal;
mod text_place;

pub use crate::segment::address::{Address, AddressOf, AmendedAddress};
pub use crate::segment::person::{
    AmendedPerson, AmendedPreviousPerson, PatientIdentifier, PatientRef, Person, PersonOf,
};
pub use crate::table::Unrecognised;
pub use acceptance::{Acceptance, AcceptanceKind, ExServices, Immigrant, TransferIn};
pub use amendment::Amendment;
pub use answer::{Approval, Rejection};
pub use close_quarter::CloseQuarterNotification;
pub use deduction::Deduction;
pub use deduction_request::{DeductionRequest, DeductionRequestRejection};
pub use fp69::{Fp69FlagRemoval, Fp69PriorNotification};
pub use list::{IntoIter, Iter};
pub use medical_record::MedicalRecordNotice;
pub use other::OtherTransaction;
pub use removal::Removal;
pub use text_place::TextPlace;

use alloc::vec::Vec;

use crate::table::Group;
use crate::value::{GpCode, TransactionNumber, TransactionType, catalogue, direction};

/// Converts models into transactions, for models that belong to one type only.
macro_rules! from_model {
    (Amendment $_name:ident) => {};
    (MedicalRecordNotice $_name:ident) => {};
    ($model:ident $name:ident) => {
        impl<'a> From<$model<'a>> for Transaction<'a> {
            fn from(model: $model<'a>) -> Self {
                Self::$name(model)
            }
        }
    };
}

/// Declares the enum for one transaction of any type, and those for a reference and for a list of one type.
macro_rules! transactions {
    ([] $(#[$doc:meta] $name:ident { $code:literal $_also:literal, $model:ident, from $sender:ident $($_rest:tt)* })+) => {
        /// One transaction.
        ///
        /// | code | direction | model |
        /// |---|---|---|
        $(#[doc = concat!("| ", $code, " | ", direction!($sender), " | [`", stringify!($model), "`] |")])+
        /// | others | | [`OtherTransaction`] |
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[non_exhaustive]
        pub enum Transaction<'a> {
            $(#[$doc] #[cfg_attr(feature = "serde", serde(rename = $code))] $name($model<'a>),)+
            /// A transaction of another type, kept as segments.
            #[cfg_attr(feature = "serde", serde(rename = "other"))]
            Other(OtherTransaction<'a>),
        }

        /// A reference to a transaction of any type, as [`Transactions::iter`] and
        /// [`Interchange::transactions`](crate::Interchange::transactions) give it.
        ///
        /// ```
        /// use nhais_edifact::transaction::{Transaction, TransactionRef};
        ///
        /// let transaction = Transaction::Removal(Default::default());
        /// assert!(matches!(transaction.as_ref(), TransactionRef::Removal(removal) if removal.notes.is_none()));
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum TransactionRef<'t, 'a> {
            $(#[$doc] $name(&'t $model<'a>),)+
            /// A transaction of another type, kept as segments.
            Other(&'t OtherTransaction<'a>),
        }

        $(from_model! { $model $name })+

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
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
        #[non_exhaustive]
        pub enum Transactions<'a> {
            $(#[$doc] #[cfg_attr(feature = "serde", serde(rename = $code))] $name(Vec<$model<'a>>),)+
            /// Transactions of another type, or of none, kept as segments.
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
    };
}

catalogue!([transactions]);

/// A transaction type of the catalogue, as a Rust type.
pub(crate) trait Entry {
    const TYPE: TransactionType;
    const CODE: &'static str;
    /// The variant of its plan, unless the model determines it.
    const VARIANT: Option<usize> = None;
    /// Whether `%` erases something; it does not where there is nothing yet to be erased.
    const ERASES: bool = true;

    /// The model of its transactions.
    type Model<'a>: Group<'a> + Default;

    /// The variant by which a model is read and written.
    #[inline]
    fn variant(model: &Self::Model<'_>) -> usize {
        Self::VARIANT.unwrap_or_else(|| model.variant())
    }

    /// The number of a transaction.
    fn number<'m, 'a>(model: &'m Self::Model<'a>) -> Option<&'m TransactionNumber<'a>>;

    /// The number of a transaction, to be set.
    fn number_mut<'m, 'a>(model: &'m mut Self::Model<'a>) -> &'m mut Option<TransactionNumber<'a>>;

    /// The GP that it names.
    fn gp<'m, 'a>(_model: &'m Self::Model<'a>) -> Option<&'m GpCode<'a>> {
        None
    }

    /// The patient whom it is about.
    fn patient<'m, 'a>(_model: &'m Self::Model<'a>) -> Option<PatientRef<'m, 'a>> {
        None
    }

    /// Wraps a model.
    fn one(model: Self::Model<'_>) -> Transaction<'_>;

    /// Wraps a reference to a model.
    fn in_place<'m, 'a>(model: &'m Self::Model<'a>) -> TransactionRef<'m, 'a>;

    /// Wraps models.
    fn list(models: Vec<Self::Model<'_>>) -> Transactions<'_>;

    /// The model, if a transaction is of this type.
    fn of_one<'t, 'a>(transaction: &'t mut Transaction<'a>) -> Option<&'t mut Self::Model<'a>>;

    /// The models, if transactions are of this type.
    fn of_list<'t, 'a>(transactions: &'t mut Transactions<'a>) -> Option<&'t mut Vec<Self::Model<'a>>>;
}

/// Declares the entries: each as an empty type, with the properties that the catalogue gives it.
macro_rules! entries {
    ([] $(#[$_doc:meta] $name:ident {
        $code:literal $_also:literal, $model:ident, from $_sender:ident, numbers $_series:ident
        $(, names $gp:ident)? $(, about $patient:ident)? $(, variant $variant:literal)? $(, erases $erases:literal)?
        $(, obsolete $_obsolete:literal)?
    })+) => {
        /// The entries of the catalogue.
        pub(crate) mod entry {
            $(pub(crate) enum $name {})+
        }

        $(impl Entry for entry::$name {
            const TYPE: TransactionType = TransactionType::$name;
            const CODE: &'static str = $code;
            $(const VARIANT: Option<usize> = Some($variant);)?
            $(const ERASES: bool = $erases;)?

            type Model<'a> = $model<'a>;

            #[inline]
            fn number<'m, 'a>(model: &'m Self::Model<'a>) -> Option<&'m TransactionNumber<'a>> {
                model.number.as_ref()
            }

            fn number_mut<'m, 'a>(model: &'m mut Self::Model<'a>) -> &'m mut Option<TransactionNumber<'a>> {
                &mut model.number
            }

            $(#[inline]
            fn gp<'m, 'a>(model: &'m Self::Model<'a>) -> Option<&'m GpCode<'a>> {
                model.$gp.as_ref()
            })?

            $(fn patient<'m, 'a>(model: &'m Self::Model<'a>) -> Option<PatientRef<'m, 'a>> {
                model.$patient.as_ref().map(PatientRef::from)
            })?

            #[inline]
            fn one(model: Self::Model<'_>) -> Transaction<'_> {
                Transaction::$name(model)
            }

            #[inline]
            fn in_place<'m, 'a>(model: &'m Self::Model<'a>) -> TransactionRef<'m, 'a> {
                TransactionRef::$name(model)
            }

            #[inline]
            fn list(models: Vec<Self::Model<'_>>) -> Transactions<'_> {
                Transactions::$name(models)
            }

            #[inline]
            fn of_one<'t, 'a>(transaction: &'t mut Transaction<'a>) -> Option<&'t mut Self::Model<'a>> {
                if let Transaction::$name(model) = transaction { Some(model) } else { None }
            }

            #[inline]
            fn of_list<'t, 'a>(transactions: &'t mut Transactions<'a>) -> Option<&'t mut Vec<Self::Model<'a>>> {
                if let Transactions::$name(models) = transactions { Some(models) } else { None }
            }
        })+
    };
}

catalogue!([entries]);

/// Applies one expression to the content of a [`Transaction`], [`TransactionRef`] or [`Transactions`], whatever its
/// type: `with_model!(Transaction(self), |model: Of| …, Other(other) => …)`, where `Of` is the [`Entry`].
macro_rules! with_model {
    ([$enum:ident $value:expr, $model:ident $of:ident $body:expr, $($other:tt)+] $(#[$_doc:meta] $name:ident $_row:tt)+) => {
        match $value {
            $($crate::transaction::$enum::$name($model) => {
                #[allow(dead_code, reason = "not all that is done depends on the type")]
                type $of = $crate::transaction::entry::$name;
                $body
            })+
            $crate::transaction::$enum::$($other)+
        }
    };
    ($enum:ident($value:expr), |$model:ident: $of:ident| $body:expr, $($other:tt)+) => {
        $crate::value::catalogue!([$crate::transaction::with_model] $enum $value, $model $of $body, $($other)+)
    };
}

/// Applies one expression for any [`TransactionType`]: `with_type!(of_what, |Of| …, Other(_) => …)`, where `Of` is the
/// [`Entry`].
macro_rules! with_type {
    ([$type:expr, $of:ident $body:expr, $($other:tt)+] $(#[$_doc:meta] $name:ident $_row:tt)+) => {
        match $type {
            $($crate::value::TransactionType::$name => {
                type $of = $crate::transaction::entry::$name;
                $body
            })+
            $crate::value::TransactionType::$($other)+
        }
    };
    ($type:expr, |$of:ident| $body:expr, $($other:tt)+) => {
        $crate::value::catalogue!([$crate::transaction::with_type] $type, $of $body, $($other)+)
    };
}

pub(crate) use {with_model, with_type};
