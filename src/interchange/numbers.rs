//! Which numbers were used before.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::value::TransactionType;

/// A set of numbers, kept as runs of consecutive ones, so that numbering as it should be takes no room.
#[derive(Default)]
pub(crate) struct Numbers {
    /// First and last of the highest run.
    highest: Option<(u64, u64)>,
    /// The last of each other run, by its first.
    lower: BTreeMap<u64, u64>,
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
                self.insert_run(before, limit);
            }
            Some((first, _)) if *first <= number => return false,
            Some((first, _)) if *first - 1 == number => {
                // The gap to the run below may be closed.
                let below = self.lower.last_entry().filter(|below| *below.get() + 1 == number);
                *first = below.map_or(number, |below| below.remove_entry().0);
            }
            Some(_) => return self.insert_below(number, limit),
        }
        true
    }

    fn insert_below(&mut self, number: u64, limit: usize) -> bool {
        let before = self.lower.range(..=number).next_back().map(|(first, last)| (*first, *last));
        if before.is_some_and(|(_, last)| last >= number) {
            return false;
        }
        let after = self.lower.range(number..).next().map(|(first, last)| (*first, *last));
        let first = before.filter(|(_, last)| *last + 1 == number).map(|(first, _)| first);
        let last = after.filter(|(first, _)| *first - 1 == number).map(|(first, last)| {
            self.lower.remove(&first);
            last
        });
        let run = (first.unwrap_or(number), last.unwrap_or(number));
        if first.is_some() || last.is_some() {
            self.lower.insert(run.0, run.1);
        } else {
            self.insert_run(run, limit);
        }
        true
    }

    fn insert_run(&mut self, (first, last): (u64, u64), limit: usize) {
        crate::work::note(1);
        if self.lower.len() + 1 >= limit {
            // The lowest run makes room, unless this is it.
            match self.lower.first_entry() {
                Some(lowest) if *lowest.key() < first => drop(lowest.remove()),
                _ => return,
            }
        }
        self.lower.insert(first, last);
    }

    pub(crate) fn clear(&mut self) {
        self.highest = None;
        self.lower.clear();
    }
}

/// How many types beyond the catalogue are remembered: a format has a few types, hostile input any number.
const OTHER_TYPES: usize = 16;

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
        let at = self.others.iter().inspect(|_| crate::work::note(1)).position(|(other, _)| other == transaction_type);
        let at = at.unwrap_or_else(|| {
            if self.others.len() == OTHER_TYPES {
                self.others.remove(0);
            }
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
            for (first, last) in runs.lower.into_iter().chain(runs.highest) {
                prop_assert!(first <= last && before.is_none_or(|before| first > before));
                before = Some(last);
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
    fn types_beyond_the_catalogue_are_forgotten() {
        let mut numbers = NumbersByType::default();
        for name in 0..1_000 {
            let other = TransactionType::from(std::format!("X{name}"));
            assert!(numbers.insert(&other, 1, 4) && !numbers.insert(&other, 1, 4));
        }
        assert_eq!(numbers.others.len(), OTHER_TYPES);
        assert!(numbers.insert(&TransactionType::from("X0"), 1, 4), "forgotten");
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
