//! Which numbers were used before.

use alloc::collections::BTreeMap;

/// A set of numbers, kept as runs of consecutive ones, so that numbering as it should be takes no room.
#[derive(Default)]
pub(crate) struct Numbers {
    /// The last number of each run by its first.
    runs: BTreeMap<u64, u64>,
}

impl Numbers {
    /// Adds a number; `false` if it is there already.
    ///
    /// With `limit` runs the lowest one is forgotten to make room.
    pub(crate) fn insert(&mut self, number: u64, limit: usize) -> bool {
        let before = self.runs.range_mut(..=number).next_back();
        let joins_before = match before {
            Some((_, last)) if *last >= number => return false,
            Some((_, last)) if *last + 1 == number => {
                *last = number;
                true
            }
            _ => false,
        };
        let after = number.checked_add(1).and_then(|next| self.runs.remove(&next));
        if joins_before {
            if let (Some(end), Some((_, last))) = (after, self.runs.range_mut(..=number).next_back()) {
                *last = end;
            }
            return true;
        }
        if self.runs.len() >= limit {
            self.runs.pop_first();
        }
        self.runs.insert(number, after.unwrap_or(number));
        true
    }

    pub(crate) fn clear(&mut self) {
        self.runs.clear();
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
            let mut after = None;
            for (first, last) in &runs.runs {
                prop_assert!(first <= last && after.is_none_or(|after| *first > after));
                after = Some(last + 1);
            }
        }
    }

    #[test]
    fn consecutive_numbers_take_one_run() {
        let mut numbers = Numbers::default();
        assert!((1..10_000).all(|number| numbers.insert(number, 4)));
        assert_eq!(numbers.runs.len(), 1);
        assert!(numbers.insert(u64::MAX, 4));
    }

    #[test]
    fn the_lowest_run_makes_room() {
        let mut numbers = Numbers::default();
        assert!([10, 20, 30].into_iter().all(|number| numbers.insert(number, 2)));
        assert!(!numbers.insert(30, 2));
        assert!(numbers.insert(10, 2), "forgotten");
    }
}
