//! The kinds of drafts: a type for each transaction type, and for each acceptance type.

use core::fmt;
use core::marker::PhantomData;

use crate::transaction::{self as model, Transaction};
use crate::value::{IntoOwned, TransactionNumber};

/// The kind of a [`Draft`](super::Draft); implemented by the types of this module only.
pub trait Kind: Sealed {
    /// The model of the transaction.
    type Model<'a>: Clone + fmt::Debug + IntoOwned<Owned = Self::Model<'static>>;

    /// Wraps a model.
    #[doc(hidden)]
    fn transaction(model: Self::Model<'_>) -> Transaction<'_>;
}

use sealed::Sealed;

mod sealed {
    pub trait Sealed {}
}

/// A kind that a practice numbers; the number can be set, or is the next one when the interchange is finished.
pub trait Numbered: Kind {
    /// The number of a model, to be set.
    #[doc(hidden)]
    fn number<'m, 'a>(model: &'m mut Self::Model<'a>) -> &'m mut Option<TransactionNumber<'a>>;
}

/// Declares the kinds whose model is called as the transaction that holds it.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident of $model:ident;)+) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $kind {}

        impl Sealed for $kind {}

        impl Kind for $kind {
            type Model<'a> = model::$model<'a>;

            fn transaction(model: Self::Model<'_>) -> Transaction<'_> {
                Transaction::$model(model)
            }
        })+
    };
}

/// Declares kinds that a practice numbers.
macro_rules! numbered {
    ($kind:ty $(, $parameter:ident)?) => {
        impl$(<$parameter>)? Numbered for $kind {
            fn number<'m, 'a>(model: &'m mut Self::Model<'a>) -> &'m mut Option<TransactionNumber<'a>> {
                &mut model.number
            }
        }
    };
}

numbered!(AcceptanceOf<T>, T);
numbered!(AmendmentOf<ByPractice>);
numbered!(RemovalKind);
numbered!(DeductionRequestKind);

/// An acceptance, G1, of one type.
#[derive(Debug, Clone, Copy)]
pub struct AcceptanceOf<T>(PhantomData<T>);

impl<T> Sealed for AcceptanceOf<T> {}

impl<T> Kind for AcceptanceOf<T> {
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
pub enum FirstAcceptance {}

/// Type 3.
#[derive(Debug, Clone, Copy)]
pub enum Transfer {}

/// Type 4.
#[derive(Debug, Clone, Copy)]
pub enum Immigration {}

/// An amendment, G2 or F1, by one side.
#[derive(Debug, Clone, Copy)]
pub struct AmendmentOf<S>(PhantomData<S>);

impl<S: Side> Sealed for AmendmentOf<S> {}

impl<S: Side> Kind for AmendmentOf<S> {
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
    RemovalKind of Removal;
    /// A deduction request, G5.
    DeductionRequestKind of DeductionRequest;
    /// A deduction, F2.
    DeductionKind of Deduction;
    /// A rejection of an acceptance, F3.
    RejectionKind of Rejection;
    /// An approval of an acceptance, F4.
    ApprovalKind of Approval;
    /// An FP69 prior notification, F9.
    Fp69PriorNotificationKind of Fp69PriorNotification;
    /// An FP69 flag removal, F10.
    Fp69FlagRemovalKind of Fp69FlagRemoval;
    /// A rejection of a deduction request, F11.
    DeductionRequestRejectionKind of DeductionRequestRejection;
}
