//! Rules across fields, as one table.
//!
//! What a single value must look like, and which segments a transaction must have, the levels below know. Here stands what
//! concerns several items together, or what may be received and not sent. Encoding refuses what breaks a rule;
//! [`Interchange::check`](crate::Interchange::check) reports it of anything received.
//!
//! The rules come from the NHS's own adaptor and from documentation; none is this crate's own. Two documented rules cannot
//! be checked: that only fully registered patients generate transactions, and that a deduction request whose date is
//! approximate has notes.

mod rule;
mod rules;

pub use rule::Rule;
pub use rules::RULES;

use crate::transaction::{Transaction, Transactions};
use crate::value::{TransactionNumber, TransactionType};

/// Names every type of the catalogue to a macro.
macro_rules! for_all_types {
    ($macro:ident) => {
        $macro!(
            Acceptance,
            AmendmentOut,
            Removal,
            DeductionRequest,
            AmendmentIn,
            Deduction,
            Rejection,
            Approval,
            MedicalRecordF5,
            MedicalRecordF6,
            CloseQuarterNotification,
            Fp69PriorNotification,
            Fp69FlagRemoval,
            DeductionRequestRejection
        )
    };
}

/// The code of a type of the catalogue, as the rules have it.
const fn code_of(transaction_type: &TransactionType) -> u32 {
    rules::packed(transaction_type.as_str())
}

/// What takes in broken rules, with the number of the transaction.
pub(crate) type Report<'r> = &'r mut dyn FnMut(&'static Rule, Option<u64>);

/// Reports the rules that a transaction of a type breaks.
pub(crate) fn transaction(transaction: &Transaction<'_>, report: Report<'_>) {
    let number = transaction.number().and_then(|number| number.number());
    let mut report = |rule| report(rule, number);
    macro_rules! by_type {
        ($($name:ident),+) => {
            match transaction {
                $(Transaction::$name(model) => rules::of_type::<{ code_of(&TransactionType::$name) }, _>(model, &mut report),)+
                Transaction::Other(_) => report(rules::named(rules::UNKNOWN_TYPE)),
            }
        };
    }
    for_all_types!(by_type);
}

/// Reports the rules that transactions break.
pub(crate) fn transactions(transactions: &Transactions<'_>, report: Report<'_>) {
    if let Transactions::Other { .. } = transactions {
        report(rules::named(rules::UNKNOWN_TYPE), None);
    }
    (0..transactions.len()).for_each(|at| one_of(transactions, at, report));
}

/// Reports the rules that one of several transactions breaks.
pub(crate) fn one_of(transactions: &Transactions<'_>, at: usize, report: Report<'_>) {
    macro_rules! by_type {
        ($($name:ident),+) => {
            match transactions {
                $(Transactions::$name(list) => if let Some(model) = list.get(at) {
                    let number = model.number.as_ref().and_then(TransactionNumber::number);
                    rules::of_type::<{ code_of(&TransactionType::$name) }, _>(model, &mut |rule| report(rule, number));
                },)+
                Transactions::Other { .. } => {}
            }
        };
    }
    for_all_types!(by_type);
}

/// Whether an amendment breaks any rule, by a practice or by an HA.
#[cfg(feature = "generate")]
pub(crate) fn breaks_any(outbound: bool, model: &crate::transaction::Amendment<'_>) -> bool {
    let mut breaks = false;
    let report = &mut |_| breaks = true;
    if outbound {
        rules::of_type::<{ code_of(&TransactionType::AmendmentOut) }, _>(model, report);
    } else {
        rules::of_type::<{ code_of(&TransactionType::AmendmentIn) }, _>(model, report);
    }
    breaks
}
