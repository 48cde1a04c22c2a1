//! Operations on the transactions of a message, whatever their type.

use alloc::vec::Vec;
use core::ops::Range;

use super::one::{read_canonical_into, write_as, write_other};
use super::{Entry, OtherTransaction, Transaction, TransactionRef, Transactions, with_model, with_type};
use crate::error::Error;
use crate::table::{CanonicalUnit, FallbackReader, Group, GroupWriter, Unrecognised};
use crate::value::{GpCode, IntoOwned, TransactionNumber, TransactionSequence, TransactionType};

impl<'a> Transactions<'a> {
    /// An empty list for transactions of a type.
    ///
    /// ```
    /// use nhais_edifact::transaction::{Removal, Transactions};
    /// use nhais_edifact::value::TransactionType;
    ///
    /// let mut transactions = Transactions::new(TransactionType::Removal);
    /// assert!(transactions.push(Removal::default().into()).is_ok());
    /// ```
    pub fn new(transaction_type: TransactionType) -> Self {
        Self::of_type(Some(transaction_type))
    }

    /// An empty list for transactions of a type, or of none.
    pub(crate) fn of_type(transaction_type: Option<TransactionType>) -> Self {
        let Some(transaction_type) = transaction_type else { return Self::Other { code: None, list: Vec::new() } };
        with_type!(
            transaction_type,
            |Of| Of::list(Vec::new()),
            Other(code) => Self::Other { code: Some(TransactionType::Other(code)), list: Vec::new() }
        )
    }

    /// The type of all of them; `None` if the message states none.
    pub fn transaction_type(&self) -> Option<TransactionType> {
        with_model!(Transactions(self), |_list: Of| Some(Of::TYPE), Other { code, .. } => code.clone())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        with_model!(Transactions(self), |list: Of| list.len(), Other { list, .. } => list.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at a place, counting from 0.
    pub fn get(&self, at: usize) -> Option<TransactionRef<'_, 'a>> {
        with_model!(
            Transactions(self),
            |list: Of| list.get(at).map(Of::in_place),
            Other { list, .. } => list.get(at).map(TransactionRef::Other)
        )
    }

    /// The transactions by reference, in order.
    pub fn iter(&self) -> Iter<'_, 'a> {
        Iter { transactions: self, places: 0..self.len() }
    }

    /// Whether neither a type nor a transaction is given.
    #[cfg(feature = "serde")]
    pub(crate) fn is_untyped(&self) -> bool {
        matches!(self, Self::Other { code: None, list } if list.is_empty())
    }

    /// Adds a transaction; returns it if it is of another type.
    ///
    /// # Errors
    ///
    /// The transaction, if it is not of this type.
    #[allow(clippy::result_large_err, reason = "the transaction is given back")]
    pub fn push(&mut self, transaction: Transaction<'a>) -> Result<(), Transaction<'a>> {
        with_model!(
            Transaction(transaction),
            |model: Of| match Of::of_list(self) {
                Some(list) => push(list, model),
                None => return Err(Of::one(model)),
            },
            Other(other) => match self {
                Self::Other { list, .. } => list.push(other),
                _ => return Err(Transaction::Other(other)),
            }
        );
        Ok(())
    }

    /// Fast path: reads the transaction at the start of `unit`, adds it and returns its number. `None` if it is not
    /// canonical; then nothing is added.
    #[inline]
    pub(crate) fn read_canonical(
        &mut self,
        unit: &mut CanonicalUnit<'_, 'a>,
        fallback: &mut FallbackReader<'_>,
    ) -> Option<u64> {
        with_model!(
            Transactions(self),
            |list: Of| in_new_place(list, |model| read_canonical_into::<Of>(model, unit, fallback)),
            Other { .. } => None
        )
    }

    /// Calls `each` with what each of them keeps.
    pub(crate) fn for_each_kept(&mut self, each: &mut dyn FnMut(&mut Vec<Unrecognised<'a>>)) {
        with_model!(
            Transactions(self),
            |list: Of| {
                for model in list {
                    each(&mut model.unrecognised);
                }
            },
            Other { .. } => {}
        );
    }

    /// Gives a number to each that has none.
    pub(crate) fn number_each(&mut self, next: &mut dyn FnMut() -> TransactionSequence) {
        with_model!(
            Transactions(self),
            |list: Of| {
                for model in list {
                    Of::number_mut(model).get_or_insert_with(|| next().into());
                }
            },
            Other { .. } => {}
        );
    }

    /// Removes the last one.
    pub(crate) fn drop_last(&mut self) {
        with_model!(Transactions(self), |list: Of| drop(list.pop()), Other { list, .. } => drop(list.pop()));
    }

    /// The GP of the first of them.
    pub(crate) fn first_gp(&self) -> Option<GpCode<'_>> {
        with_model!(
            Transactions(self),
            |list: Of| list.first().and_then(|model| Of::gp(model).cloned()),
            Other { list, .. } => list.first().and_then(OtherTransaction::gp)
        )
    }

    /// Writes them; `admit` is called before each, with its index and its number.
    pub(crate) fn write(
        &self,
        out: &mut GroupWriter<'_>,
        admit: impl FnMut(&mut GroupWriter<'_>, usize, Option<&TransactionNumber<'_>>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        with_model!(
            Transactions(self),
            |list: Of| out.close_after(|out| write_each::<Of>(list, out, admit)),
            Other { list, .. } => list.iter().try_for_each(|other| write_other(other, out))
        )
    }

    /// Copies the text, so that the list is independent of the input.
    pub fn into_owned(self) -> Transactions<'static> {
        with_model!(
            Transactions(self),
            |list: Of| Of::list(list.into_owned()),
            Other { code, list } => Transactions::Other { code, list: list.into_owned() }
        )
    }
}

/// Iterator over the transactions of a message by reference; see [`Transactions::iter`].
#[derive(Debug, Clone)]
pub struct Iter<'t, 'a> {
    transactions: &'t Transactions<'a>,
    places: Range<usize>,
}

impl<'t, 'a> Iterator for Iter<'t, 'a> {
    type Item = TransactionRef<'t, 'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.places.next().and_then(|at| self.transactions.get(at))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl DoubleEndedIterator for Iter<'_, '_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.places.next_back().and_then(|at| self.transactions.get(at))
    }
}

impl ExactSizeIterator for Iter<'_, '_> {}

impl<'t, 'a> IntoIterator for &'t Transactions<'a> {
    type Item = TransactionRef<'t, 'a>;
    type IntoIter = Iter<'t, 'a>;

    fn into_iter(self) -> Iter<'t, 'a> {
        self.iter()
    }
}

/// Iterator over the transactions of a message by value.
#[derive(Debug, Clone)]
pub struct IntoIter<'a> {
    /// The remaining ones in reverse order.
    reversed: Transactions<'a>,
}

impl<'a> Iterator for IntoIter<'a> {
    type Item = Transaction<'a>;

    fn next(&mut self) -> Option<Transaction<'a>> {
        with_model!(
            Transactions(&mut self.reversed),
            |list: Of| list.pop().map(Of::one),
            Other { list, .. } => list.pop().map(Transaction::Other)
        )
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.reversed.len(), Some(self.reversed.len()))
    }
}

impl ExactSizeIterator for IntoIter<'_> {}

impl<'a> IntoIterator for Transactions<'a> {
    type Item = Transaction<'a>;
    type IntoIter = IntoIter<'a>;

    fn into_iter(mut self) -> IntoIter<'a> {
        with_model!(Transactions(&mut self), |list: Of| list.reverse(), Other { list, .. } => list.reverse());
        IntoIter { reversed: self }
    }
}

impl Default for Transactions<'_> {
    fn default() -> Self {
        Self::of_type(None)
    }
}

impl IntoOwned for Transactions<'_> {
    type Owned = Transactions<'static>;

    fn into_owned(self) -> Transactions<'static> {
        Transactions::into_owned(self)
    }
}

#[inline]
fn write_each<E: Entry>(
    list: &[E::Model<'_>],
    out: &mut GroupWriter<'_>,
    mut admit: impl FnMut(&mut GroupWriter<'_>, usize, Option<&TransactionNumber<'_>>) -> Result<(), Error>,
) -> Result<(), Error> {
    list.iter().enumerate().try_for_each(|(at, model)| {
        // Read before anything else, and in memory order, so that the model is fetched into the cache once.
        let present = model.present();
        let number = E::number(model);
        admit(out, at, number)?;
        out.transaction = number.and_then(TransactionNumber::number);
        write_as::<E>(model, present, out)
    })
}

/// Reserves room for one more in a list that starts with room for one and grows by half: transactions are large, and
/// most messages have few.
fn make_room<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact((list.len() / 2).max(1));
    }
}

fn push<T>(list: &mut Vec<T>, transaction: T) {
    make_room(list);
    list.push(transaction);
}

/// Reads into a new element at the end of a list; removes it if `read` fails.
#[inline]
fn in_new_place<T: Default, R>(list: &mut Vec<T>, read: impl FnOnce(&mut T) -> Option<R>) -> Option<R> {
    make_room(list);
    // Constructed in place, not moved.
    list.resize_with(list.len() + 1, T::default);
    let read = list.last_mut().and_then(read);
    if read.is_none() {
        list.pop();
    }
    read
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
