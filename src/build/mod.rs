//! Building what is sent: transactions that are correct by construction, and interchanges made of them.
//!
//! Each transaction type has a constructor on its model, which asks for what is mandatory and gives a [`Draft`]. On the
//! draft, what is optional is set by name; what the type does not allow cannot be said. [`Draft::build`] refuses what may
//! not be sent, with an error that names the item and the rule. [`InterchangeBuilder`] puts transactions together.
//!
//! | who | what | constructor |
//! |---|---|---|
//! | practice | registers a patient | [`Acceptance::birth`], [`first`], [`transfer_in`], [`immigrant`] |
//! | practice | tells what has changed | [`Amendment::by_practice`] |
//! | practice | asks for a removal | [`Removal::draft`] |
//! | practice | asks for a deduction | [`DeductionRequest::draft`] |
//! | HA | approves or rejects an acceptance | [`Approval::draft`], [`Rejection::draft`] |
//! | HA | refuses a deduction request | [`DeductionRequestRejection::draft`] |
//! | HA | deducts a patient | [`Deduction::draft`] |
//! | HA | tells what has changed | [`Amendment::by_ha`] |
//! | HA | sets or removes an FP69 flag | [`Fp69PriorNotification::draft`], [`Fp69FlagRemoval::draft`] |
//! | HA | closes a quarter | [`InterchangeBuilder::close_quarter`] |
//!
//! What is obsolete has no constructor: acceptances after service in the forces, F5 and F6, mileage, walking units and
//! route markers.
//!
//! [`Acceptance::birth`]: crate::transaction::Acceptance::birth
//! [`first`]: crate::transaction::Acceptance::first
//! [`transfer_in`]: crate::transaction::Acceptance::transfer_in
//! [`immigrant`]: crate::transaction::Acceptance::immigrant
//! [`Amendment::by_practice`]: crate::transaction::Amendment::by_practice
//! [`Amendment::by_ha`]: crate::transaction::Amendment::by_ha
//! [`Removal::draft`]: crate::transaction::Removal::draft
//! [`DeductionRequest::draft`]: crate::transaction::DeductionRequest::draft
//! [`Approval::draft`]: crate::transaction::Approval::draft
//! [`Rejection::draft`]: crate::transaction::Rejection::draft
//! [`DeductionRequestRejection::draft`]: crate::transaction::DeductionRequestRejection::draft
//! [`Deduction::draft`]: crate::transaction::Deduction::draft
//! [`Fp69PriorNotification::draft`]: crate::transaction::Fp69PriorNotification::draft
//! [`Fp69FlagRemoval::draft`]: crate::transaction::Fp69FlagRemoval::draft
//!
//! # An acceptance
//!
//! ```
#![doc = include_str!("../../examples/acceptance.rs")]
//! ```
//!
//! # An amendment
//!
//! ```
#![doc = include_str!("../../examples/amendment.rs")]
//! ```

mod acceptance;
mod address;
mod amendment;
mod ha;
mod interchange;
pub mod kind;
mod practice;

pub use acceptance::{AcceptanceItems, Identity};
pub use ha::Fp69Items;
pub use interchange::InterchangeBuilder;
pub use kind::Kind;
pub use practice::RequestedReason;

use alloc::vec::Vec;
use core::fmt;

use crate::check;
use crate::error::Error;
use crate::interchange::broken_rule;
use crate::layout::GroupWriter;
use crate::options::WriteOptions;
use crate::transaction::{PatientIdentifier, Person, Transaction};
use crate::value::NhsNumber;

/// A transaction that is being made; `K` says of which type.
///
/// ```
/// use nhais_edifact::transaction::Removal;
/// use nhais_edifact::value::{GpCode, NhsNumber, TransactionSequence};
///
/// let number = TransactionSequence::new(2009)?;
/// let gp = GpCode::from("7000015,T93");
/// let draft = Removal::draft(number, gp.clone(), NhsNumber::from("9990000069"), "MOVED 40 MILES AWAY");
/// let transaction = draft.build()?;
/// assert_eq!(transaction.number().unwrap().number(), Some(2009));
///
/// let refused = Removal::draft(number, gp, NhsNumber::from("9990000068"), "MOVED 40 MILES AWAY").build().unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "expected an NHS number of ten digits with its check digit, but found another check digit at PNA+PAT 2.1 \
///      (transaction 2009)"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Draft<'a, K: Kind> {
    model: K::Model<'a>,
}

impl<'a, K: Kind> Draft<'a, K> {
    /// The transaction.
    ///
    /// # Errors
    ///
    /// What encoding would refuse of it: a value that may not be sent, or a rule of [`check`] that is broken.
    pub fn build(self) -> Result<Transaction<'a>, Error> {
        let transaction = self.build_as_is();
        judge(&transaction)?;
        Ok(transaction)
    }

    /// The transaction, whatever it says.
    ///
    /// For what the other side is known to take although the rules forbid it, such as an NHS number from before 1996.
    /// Only [as received](WriteOptions::as_received) can it be encoded.
    pub fn build_as_is(self) -> Transaction<'a> {
        K::transaction(self.model)
    }
}

impl<'a, K: Kind<Model<'a>: Clone>> Clone for Draft<'a, K> {
    fn clone(&self) -> Self {
        Self { model: self.model.clone() }
    }
}

impl<'a, K: Kind<Model<'a>: fmt::Debug>> fmt::Debug for Draft<'a, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Draft").field(&self.model).finish()
    }
}

/// Says what encoding would refuse of a transaction: the one judge of what may be sent is the writer.
fn judge(transaction: &Transaction<'_>) -> Result<(), Error> {
    let mut result = Ok(());
    check::transaction(transaction, &mut |rule, number| {
        if result.is_ok() {
            result = Err(broken_rule(rule, None, number));
        }
    });
    result?;
    let mut scratch = Vec::new();
    transaction.write(&mut GroupWriter::new(&mut scratch, WriteOptions::default(), None))
}

/// A patient who is known by the present NHS number only.
fn patient_of<S: Default, N: Default>(number: NhsNumber<'_>) -> Person<'_, S, N> {
    Person { identifier: Some(PatientIdentifier::official(number)), ..Person::default() }
}
