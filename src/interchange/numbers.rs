//! Which numbers were used before.

use alloc::vec::Vec;

use crate::value::TransactionType;

/// A set of numbers, kept as runs of consecutive ones, so that numbering as it should be takes no room.
#[derive(Default)]
pub(crate) struct Numbers {
    /// First and last of the highest run.
    highest: Option<(u64, u64)>,
    /// First and last of each other run, ascending.
    lower: Vec<(u64, u64)>,
}

impl Numbers {
    /// Adds a number; `false` if it is there already.
    ///
    /// With `limit` runs the lowest one is forgotten to make room.
    #[inline]
    pub(crate) fn insert(&mut self, number: u64, limit: usize) -> bool {
        match &mut self.highest {
            None => self.highest = Some((number, number)),
            Some((_, last)) if number > *last && *last == number - 1 => *last = number,
            Some(highest) if number > highest.1 => {
                let before = core::mem::replace(highest, (number, number));
                self.insert_run(self.lower.len(), before, limit);
            }
            Some((first, _)) if *first <= number => return false,
            Some((first, _)) if *first - 1 == number => {
                // The gap to the run below may be closed.
                let below = self.lower.pop_if(|(_, last)| *last + 1 == number);
                *first = below.map_or(number, |(first, _)| first);
            }
            Some(_) => return self.insert_below(number, limit),
        }
        true
    }

    fn insert_below(&mut self, number: u64, limit: usize) -> bool {
        // The first run that does not end before the number.
        let at = self.lower.partition_point(|(_, last)| *last < number);
        if self.lower.get(at).is_some_and(|(first, _)| *first <= number) {
            return false;
        }
        let joins_before = at > 0 && self.lower[at - 1].1 == number - 1;
        let joins_after = self.lower.get(at).is_some_and(|(first, _)| *first - 1 == number);
        match (joins_before, joins_after) {
            (true, true) => {
                self.lower[at - 1].1 = self.lower[at].1;
                self.lower.remove(at);
            }
            (true, false) => self.lower[at - 1].1 = number,
            (false, true) => self.lower[at].0 = number,
            (false, false) => self.insert_run(at, (number, number), limit),
        }
        true
    }

    fn insert_run(&mut self, at: usize, run: (u64, u64), limit: usize) {
        if self.lower.len() + 1 < limit {
            self.lower.insert(at, run);
        } else if at > 0 {
            self.lower.copy_within(1..at, 0);
            self.lower[at - 1] = run;
        }
    }

    pub(crate) fn clear(&mut self) {
        self.highest = None;
        self.lower.clear();
    }
}

/// Numbers used under each transaction type.
#[derive(Default)]
pub(crate) struct NumbersByType {
    known: [Numbers; TransactionType::ALL.len()],
    others: Vec<(TransactionType, Numbers)>,
}

impl NumbersByType {
    /// Adds a number under a type; `false` if it is there already.
    #[inline]
    pub(crate) fn insert(&mut self, transaction_type: &TransactionType, number: u64, limit: usize) -> bool {
        match TransactionType::ALL.iter().position(|known| known == transaction_type) {
            Some(at) => self.known[at].insert(number, limit),
            None => self.insert_other(transaction_type, number, limit),
        }
    }

    #[cold]
    fn insert_other(&mut self, transaction_type: &TransactionType, number: u64, limit: usize) -> bool {
        let at = self.others.iter().position(|(other, _)| other == transaction_type);
        let at = at.unwrap_or_else(|| {
            self.others.push((transaction_type.clone(), Numbers::default()));
            self.others.len() - 1
        });
        self.others[at].1.insert(number, limit)
    }

    pub(crate) fn clear(&mut self) {
        let others = self.others.iter_mut().map(|(_, numbers)| numbers);
        self.known.iter_mut().chain(others).for_each(Numbers::clear);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn agrees_with_a_plain_set(numbers in proptest::collection::vec(0u64..40, 0..80)) {
            let (mut runs, mut plain) = (Numbers::default(), BTreeSet::new());
            for number in numbers {
                prop_assert_eq!(runs.insert(number, usize::MAX), plain.insert(number));
            }
            let mut before = None;
            for (first, last) in runs.lower.iter().chain(&runs.highest) {
                prop_assert!(first <= last && before.is_none_or(|before| *first > before));
                before = Some(*last);
            }
        }
    }

    #[test]
    fn consecutive_numbers_take_one_run() {
        let mut numbers = Numbers::default();
        assert!((1..10_000).all(|number| numbers.insert(number, 4)));
        assert!(numbers.lower.is_empty());
        assert!(numbers.insert(u64::MAX, 4));
    }

    #[test]
    fn the_lowest_run_makes_room() {
        let mut numbers = Numbers::default();
        assert!([10, 20, 30].into_iter().all(|number| numbers.insert(number, 2)));
        assert!(!numbers.insert(30, 2));
        assert!(numbers.insert(25, 2));
        assert!(!numbers.insert(30, 2) && !numbers.insert(25, 2));
        assert!(numbers.insert(20, 2), "forgotten");
        assert!(numbers.insert(20, 2), "lower than all that is remembered");
        assert!(numbers.insert(0, 2) && numbers.insert(1, 2));
    }
}
