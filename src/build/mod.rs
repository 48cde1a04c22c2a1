//! Building what is sent: transactions that are correct by construction, and interchanges made of them.
//!
//! Each transaction type has a constructor on its model, which takes the mandatory items and returns a [`Draft`].
//! Optional items are set on the draft by name; items that the type does not allow have no setter. [`Draft::build`]
//! refuses what may not be sent, with an error that names the item and the rule. [`InterchangeBuilder`] puts
//! transactions together.
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
//! Obsolete items have no constructor: acceptances after service in the forces, F5 and F6, mileage, walking units and
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
mod item;
pub mod kind;
mod practice;

pub use acceptance::{AcceptanceItems, Identity};
pub use ha::Fp69Items;
pub use interchange::{Encoded, InterchangeBuilder};
pub use item::IntoItem;
pub use kind::{Kind, Numbered};
pub use practice::RequestedReason;

use alloc::vec::Vec;
use core::fmt;

use crate::check;
use crate::error::{Error, ErrorKind};
use crate::interchange::broken_rule;
use crate::issue::Issue;
use crate::segment::registration::RffTn;
use crate::table::{GroupWriter, Table};
use crate::transaction::{PatientIdentifier, PersonOf, Transaction};
use crate::value::{IntoOwned, NhsNumber, Series, TransactionSequence, TransactionType};
use item::given;

/// A transaction in the making; `K` is its type.
///
/// ```
/// use nhais_edifact::transaction::Removal;
/// use nhais_edifact::value::{GpCode, NhsNumber};
///
/// let gp = GpCode::from("7000015,T93");
/// let transaction = Removal::draft(gp.clone(), NhsNumber::from("9990000069"), "MOVED 40 MILES AWAY").build()?;
/// assert_eq!(transaction.nhs_number().unwrap().as_str(), "9990000069");
///
/// let refused = Removal::draft(gp, NhsNumber::from("9990000068"), "MOVED 40 MILES AWAY").build().unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "expected an NHS number of ten digits with its check digit, but found another check digit at PNA+PAT 2.1"
/// );
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub struct Draft<'a, K: Kind> {
    model: K::Model<'a>,
}

impl<'a, K: Kind> Draft<'a, K> {
    /// The transaction. What a practice sends may be without a number: it gets the next one when the interchange is
    /// [finished](InterchangeBuilder::finish).
    ///
    /// # Errors
    ///
    /// The reason for which encoding refuses it: a value that may not be sent, or a broken rule of [`check`].
    pub fn build(self) -> Result<Transaction<'a>, Error> {
        let transaction = self.build_as_is();
        faults(&transaction).into_iter().next().map_or(Ok(transaction), Err)
    }

    /// All reasons for which encoding would refuse it; [`Error::field`] names the item. [`build`](Self::build) returns
    /// the first.
    ///
    /// ```
    /// use nhais_edifact::transaction::Amendment;
    ///
    /// let draft = Amendment::by_practice("7000015".into(), "9990000042".into()).surname("Pike").title("DR.");
    /// let fields: Vec<_> = draft.faults().iter().map(|fault| fault.field()).collect();
    /// assert_eq!(fields, [Some("gp"), Some("patient.surname")]);
    /// ```
    pub fn faults(&self) -> Vec<Error> {
        faults(&K::transaction(self.model.clone()))
    }

    /// The transaction, without checks.
    ///
    /// For what the other side is known to accept although the rules forbid it, such as an NHS number from before 1996.
    /// It can be encoded only with [options](crate::WriteOptions) that tolerate it.
    pub fn build_as_is(self) -> Transaction<'a> {
        K::transaction(self.model)
    }
}

impl<K: Kind> IntoOwned for Draft<'_, K> {
    type Owned = Draft<'static, K>;

    fn into_owned(self) -> Draft<'static, K> {
        Draft { model: self.model.into_owned() }
    }
}

impl<K: Numbered> Draft<'_, K> {
    /// Sets the number of the transaction, `RFF+TN`, if it is not to be the next one.
    #[must_use]
    pub fn number(mut self, number: TransactionSequence) -> Self {
        *K::number(&mut self.model) = Some(number.into());
        self
    }
}

impl<K: Kind> Clone for Draft<'_, K> {
    fn clone(&self) -> Self {
        Self { model: self.model.clone() }
    }
}

impl<K: Kind> fmt::Debug for Draft<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Draft").field(&self.model).finish()
    }
}

/// The errors with which encoding would refuse a transaction: the writer alone decides what may be sent. A missing
/// number is accepted where a practice numbers transactions when they are sent.
fn faults(transaction: &Transaction<'_>) -> Vec<Error> {
    let (mut issues, mut nowhere) = (Vec::<Issue>::new(), Vec::new());
    let mut out = GroupWriter::listing(&mut nowhere, &mut issues);
    let mut refused = None;
    check::transaction(transaction, &mut |rule, number| {
        refused = refused.or(out.apply_policy(broken_rule(rule, None, number)).err());
    });
    refused = refused.or(transaction.write(&mut out).err());
    let series = transaction.transaction_type().as_ref().and_then(TransactionType::series);
    let numbered_later = series == Some(Series::Practice);
    let is_number = |fault: &Error| fault.kind() == ErrorKind::MissingSegment { name: RffTn::LAYOUT.name };
    let faults = issues.iter().map(|issue| *issue.error()).chain(refused);
    faults.filter(|fault| !(numbered_later && is_number(fault))).collect()
}

fn official(number: NhsNumber<'_>) -> PatientIdentifier<'_> {
    PatientIdentifier::official(number)
}

/// A patient who is known by the present NHS number only.
fn patient_of<S: Default, N: Default>(number: NhsNumber<'_>) -> PersonOf<'_, S, N> {
    PersonOf { identifier: given(number).map(official), ..PersonOf::default() }
}
