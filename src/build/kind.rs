//! What drafts are of: a type for each transaction type, and for each acceptance type.

use core::marker::PhantomData;

use crate::transaction::{self as model, Transaction};

/// What a [`Draft`](super::Draft) is of; the types of this module, and no others.
pub trait Kind: Sealed {
    /// The model of the transaction.
    type Model<'a>;

    /// The transaction of a model.
    #[doc(hidden)]
    fn transaction(model: Self::Model<'_>) -> Transaction<'_>;
}

use sealed::Sealed;

mod sealed {
    pub trait Sealed {}
}

/// Declares the kinds that are called as their model, and as the transaction that holds it.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident;)+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $kind {}

        impl Sealed for $kind {}

        impl Kind for $kind {
            type Model<'a> = model::$kind<'a>;

            fn transaction(model: Self::Model<'_>) -> Transaction<'_> {
                Transaction::$kind(model)
            }
        })+
    };
}

/// An acceptance, G1, of one type.
#[derive(Debug, Clone, Copy)]
pub struct Acceptance<T>(PhantomData<T>);

impl<T> Sealed for Acceptance<T> {}

impl<T> Kind for Acceptance<T> {
    type Model<'a> = model::Acceptance<'a>;

    fn transaction(model: Self::Model<'_>) -> Transaction<'_> {
        Transaction::Acceptance(model)
    }
}

/// Type 1.
#[derive(Debug, Clone, Copy)]
pub enum Birth {}

/// Type 2.
#[derive(Debug, Clone, Copy)]
pub enum First {}

/// Type 3.
#[derive(Debug, Clone, Copy)]
pub enum TransferIn {}

/// Type 4.
#[derive(Debug, Clone, Copy)]
pub enum Immigrant {}

/// An amendment, G2 or F1, by one side.
#[derive(Debug, Clone, Copy)]
pub struct Amendment<S>(PhantomData<S>);

impl<S: Side> Sealed for Amendment<S> {}

impl<S: Side> Kind for Amendment<S> {
    type Model<'a> = model::Amendment<'a>;

    fn transaction(model: Self::Model<'_>) -> Transaction<'_> {
        S::amendment(model)
    }
}

use side::Side;

mod side {
    use super::{ByHa, ByPractice, Transaction, model};

    /// Who sends an amendment.
    pub trait Side {
        fn amendment(model: model::Amendment<'_>) -> Transaction<'_>;
    }

    impl Side for ByPractice {
        fn amendment(model: model::Amendment<'_>) -> Transaction<'_> {
            Transaction::AmendmentOut(model)
        }
    }

    impl Side for ByHa {
        fn amendment(model: model::Amendment<'_>) -> Transaction<'_> {
            Transaction::AmendmentIn(model)
        }
    }
}

/// A practice: G2.
#[derive(Debug, Clone, Copy)]
pub enum ByPractice {}

/// An HA: F1.
#[derive(Debug, Clone, Copy)]
pub enum ByHa {}

kinds! {
    /// A removal, G3.
    Removal;
    /// A deduction request, G5.
    DeductionRequest;
    /// A deduction, F2.
    Deduction;
    /// A rejection of an acceptance, F3.
    Rejection;
    /// An approval of an acceptance, F4.
    Approval;
    /// An FP69 prior notification, F9.
    Fp69PriorNotification;
    /// An FP69 flag removal, F10.
    Fp69FlagRemoval;
    /// A rejection of a deduction request, F11.
    DeductionRequestRejection;
}
