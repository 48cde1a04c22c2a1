//! Rules that concern several fields, as one table.
//!
//! The form of a single value, and the segments of a transaction, are checked by the modules below. Here stands what
//! concerns several items together, or what may be received but not sent. Encoding refuses what breaks a rule;
//! [`Interchange::check`](crate::Interchange::check) reports it for anything received.
//!
//! The rules come from the NHS's own adaptor and from documentation; none is this crate's own. Two documented rules
//! cannot be checked: that only fully registered patients generate transactions, and that a deduction request whose
//! date is approximate has notes.

mod rule;
mod rules;

pub use rule::Rule;
pub use rules::RULES;

use rules::Unruled as _;

#[cfg(feature = "generate")]
use crate::transaction::Amendment;
use crate::transaction::{Entry, Transaction, Transactions, with_model};
use crate::value::TransactionNumber;

/// Receives broken rules, with the number of the transaction.
pub(crate) type Report<'r> = &'r mut dyn FnMut(&'static Rule, Option<u64>);

/// Reports the rules that a transaction of a type breaks.
pub(crate) fn transaction(transaction: &Transaction<'_>, report: Report<'_>) {
    let number = transaction.number().and_then(|number| number.number());
    with_model!(
        Transaction(transaction),
        |model: Of| model.report_broken::<Of>(&mut |rule| report(rule, number)),
        Other(_) => report(rules::named(rules::UNKNOWN_TYPE), number)
    );
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
    with_model!(
        Transactions(transactions),
        |list: Of| if let Some(model) = list.get(at) {
            let number = Of::number(model).and_then(TransactionNumber::number);
            model.report_broken::<Of>(&mut |rule| report(rule, number));
        },
        Other { .. } => {}
    );
}

/// Whether an amendment of a type breaks any rule.
#[cfg(feature = "generate")]
pub(crate) fn breaks_any<E: Entry>(amendment: &Amendment<'_>) -> bool {
    let mut breaks = false;
    amendment.report_broken::<E>(&mut |_| breaks = true);
    breaks
}
