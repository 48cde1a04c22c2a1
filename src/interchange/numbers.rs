//! Sets of used numbers and references, with bounded memory.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::vec::Vec;

use crate::value::{ControlReference, TransactionNumber, TransactionType};

/// A used reference or transaction number, as it is remembered.
pub(crate) enum Used {
    Number(u64),
    Text(Box<str>),
}

impl Used {
    /// The form in which a control reference is remembered; `None` if it is blank.
    #[inline]
    pub(crate) fn of(reference: &ControlReference<'_>) -> Option<Self> {
        reference.number().map(Self::Number).or_else(|| Self::of_text(reference.text()))
    }

    /// The form in which a transaction number is remembered; `None` if it is blank.
    #[inline]
    pub(crate) fn of_transaction(number: &TransactionNumber<'_>) -> Option<Self> {
        number.number().map(Self::Number).or_else(|| Self::of_text(number.text()))
    }

    #[cold]
    fn of_text(text: Cow<'_, str>) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self::Text(text.into()))
    }
}

/// A set of references: numbers as runs, others as text.
#[derive(Default)]
pub(crate) struct References {
    pub(crate) numbers: NumberRuns,
    texts: Texts<()>,
}

impl References {
    /// Adds a reference; `false` if it is in the set already.
    #[inline]
    pub(crate) fn insert(&mut self, used: Used, limit: usize) -> bool {
        match used {
            Used::Number(number) => self.numbers.insert(number, limit),
            Used::Text(text) => self.texts.insert((), text, limit),
        }
    }

    pub(crate) fn clear(&mut self) {
        self.numbers.clear();
        self.texts.clear();
    }
}

/// The longest text that is remembered (an..35). A longer one is reported as too long anyway.
const LONGEST: usize = 35;

/// References that are no numbers, each under a key.
#[derive(Default)]
struct Texts<K> {
    all: BTreeSet<(K, Box<str>)>,
    /// The texts, the oldest first.
    by_age: VecDeque<(K, Box<str>)>,
}

impl<K: Ord + Clone> Texts<K> {
    /// Adds a text; `false` if it is in the set already. With `limit` texts the oldest is forgotten.
    #[cold]
    fn insert(&mut self, under: K, text: Box<str>, limit: usize) -> bool {
        if text.len() > LONGEST || limit == 0 {
            return true;
        }
        let entry = (under, text);
        if !self.all.insert(entry.clone()) {
            return false;
        }
        if self.by_age.len() == limit
            && let Some(oldest) = self.by_age.pop_front()
        {
            self.all.remove(&oldest);
        }
        self.by_age.push_back(entry);
        true
    }

    fn clear(&mut self) {
        self.all.clear();
        self.by_age.clear();
    }
}

/// A set of numbers as runs of consecutive ones, so that regular numbering takes no room.
#[derive(Default)]
pub(crate) struct NumberRuns {
    /// First and last number of the highest run.
    highest: Option<(u64, u64)>,
    /// First and last number of each run that was the highest before, ascending. Numbers that ascend with gaps, as
    /// those of one transaction type do, make a queue of runs.
    before: VecDeque<(u64, u64)>,
    /// Runs of numbers that came out of order: the last number by the first.
    late: BTreeMap<u64, u64>,
}

impl NumberRuns {
    /// Adds a number; `false` if it is in the set already.
    ///
    /// With `limit` runs the lowest one is forgotten.
    #[inline]
    pub(crate) fn insert(&mut self, number: u64, limit: usize) -> bool {
        match &mut self.highest {
            None => self.highest = Some((number, number)),
            Some((_, last)) if number > *last && *last == number - 1 => *last = number,
            Some(highest) if number > highest.1 => {
                let run = core::mem::replace(highest, (number, number));
                if self.make_room(run.0, limit) {
                    self.before.push_back(run);
                }
            }
            Some((first, _)) if *first <= number => return false,
            Some(_) => return self.insert_below(number, limit),
        }
        true
    }

    fn insert_below(&mut self, number: u64, limit: usize) -> bool {
        // The first run that does not end before the number.
        let at = self.before.partition_point(|(_, last)| *last < number);
        let is_late = self.late.range(..=number).next_back().is_some_and(|(_, last)| *last >= number);
        if is_late || self.before.get(at).is_some_and(|(first, _)| *first <= number) {
            return false;
        }
        // Adjacent runs are not joined: that would move all runs behind them.
        if let Some((_, last)) = at.checked_sub(1).and_then(|at| self.before.get_mut(at))
            && *last == number - 1
        {
            *last = number;
        } else if let Some((first, _)) = self.before.get_mut(at).or(self.highest.as_mut())
            && *first - 1 == number
        {
            *first = number;
        } else {
            self.insert_late(number, limit);
        }
        true
    }

    fn insert_late(&mut self, number: u64, limit: usize) {
        let before = self.late.range(..=number).next_back().map(|(first, last)| (*first, *last));
        let after = self.late.range(number..).next().map(|(first, last)| (*first, *last));
        let first = before.filter(|(_, last)| *last + 1 == number).map(|(first, _)| first);
        let last = after.filter(|(first, _)| *first - 1 == number).map(|(first, last)| {
            self.late.remove(&first);
            last
        });
        let is_joined = first.is_some() || last.is_some();
        if is_joined || self.make_room(number, limit) {
            self.late.insert(first.unwrap_or(number), last.unwrap_or(number));
        }
    }

    /// Forgets the lowest run if the limit is reached; `false` if the new run would be the lowest.
    fn make_room(&mut self, first: u64, limit: usize) -> bool {
        crate::cost::count(1);
        if self.before.len() + self.late.len() + 1 < limit {
            return true;
        }
        let lowest_before = self.before.front().map_or(u64::MAX, |(first, _)| *first);
        let lowest_late = self.late.first_key_value().map_or(u64::MAX, |(first, _)| *first);
        if first <= lowest_before.min(lowest_late) {
            return false;
        }
        if lowest_before < lowest_late {
            self.before.pop_front();
        } else {
            self.late.pop_first();
        }
        true
    }

    pub(crate) fn clear(&mut self) {
        self.highest = None;
        self.before.clear();
        self.late.clear();
    }
}

/// How many types beyond the first are remembered: the format has a few types, hostile input any number.
const TYPES: usize = 32;

/// Numbers used under each transaction type.
#[derive(Default)]
pub(crate) struct NumbersByType {
    /// Those of the first type. Most interchanges have one.
    first: Option<TransactionType>,
    numbers: NumberRuns,
    /// Those of the others.
    others: Vec<(TransactionType, NumberRuns)>,
    /// Numbers that are no digits, as text under the code of their type.
    texts: Texts<Box<str>>,
}

impl NumbersByType {
    /// Adds a used number under a type; `false` if it is in the set already.
    #[inline]
    pub(crate) fn insert_used(&mut self, transaction_type: &TransactionType, used: Used, limit: usize) -> bool {
        match used {
            Used::Number(number) => self.insert(transaction_type, number, limit),
            Used::Text(_) if transaction_type.as_str().len() > LONGEST => true,
            Used::Text(text) => self.texts.insert(transaction_type.as_str().into(), text, limit),
        }
    }

    /// Adds a number under a type; `false` if it is in the set already.
    #[inline]
    pub(crate) fn insert(&mut self, transaction_type: &TransactionType, number: u64, limit: usize) -> bool {
        if self.first.get_or_insert_with(|| transaction_type.clone()) == transaction_type {
            self.numbers.insert(number, limit)
        } else {
            self.insert_other(transaction_type, number, limit)
        }
    }

    fn insert_other(&mut self, transaction_type: &TransactionType, number: u64, limit: usize) -> bool {
        let at = self.others.iter().inspect(|_| crate::cost::count(1)).position(|(other, _)| other == transaction_type);
        let at = at.unwrap_or_else(|| {
            if self.others.len() == TYPES {
                self.others.remove(0);
            }
            self.others.push((transaction_type.clone(), NumberRuns::default()));
            self.others.len() - 1
        });
        self.others[at].1.insert(number, limit)
    }

    pub(crate) fn clear(&mut self) {
        self.first = None;
        self.numbers.clear();
        self.others.clear();
        self.texts.clear();
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
            let (mut runs, mut plain) = (NumberRuns::default(), BTreeSet::new());
            for number in numbers {
                prop_assert_eq!(runs.insert(number, usize::MAX), plain.insert(number));
            }
            prop_assert!(runs.before.iter().chain(&runs.highest).is_sorted());
            let mut all: Vec<(u64, u64)> = runs.late.into_iter().chain(runs.before).chain(runs.highest).collect();
            all.sort_unstable();
            prop_assert!(all.iter().all(|(first, last)| first <= last));
            prop_assert!(all.windows(2).all(|pair| pair[0].1 < pair[1].0));
            prop_assert_eq!(all.into_iter().flat_map(|(first, last)| first..=last).collect::<BTreeSet<u64>>(), plain);
        }
    }

    fn text(text: &str) -> Used {
        Used::Text(text.into())
    }

    #[test]
    fn references_are_told_apart_as_numbers_or_as_text() {
        let used = |text: &'static str| Used::of(&ControlReference::from(text)).unwrap();
        let mut references = References::default();
        for new in ["1", "M/1", "M/1 ", "m/1", "M/01", "18446744073709551616", "018446744073709551616"] {
            assert!(references.insert(used(new), 8) && !references.insert(used(new), 8), "{new}");
        }
        assert!(!references.insert(used("0001"), 8), "the same number");
        assert!(["", " "].into_iter().all(|blank| Used::of(&ControlReference::from(blank)).is_none()));
        references.clear();
        assert!(references.insert(used("1"), 8) && references.insert(used("M/1"), 8));
    }

    #[test]
    fn the_oldest_text_makes_room() {
        let mut references = References::default();
        assert!(["A", "B", "C"].into_iter().all(|new| references.insert(text(new), 2)));
        assert!(!references.insert(text("B"), 2) && !references.insert(text("C"), 2));
        assert!(references.insert(text("A"), 2), "forgotten");
        assert!(references.insert(text("D"), 0) && references.insert(text("D"), 0));
        assert_eq!((references.texts.all.len(), references.texts.by_age.len()), (2, 2));
    }

    #[test]
    fn texts_too_long_for_a_reference_are_not_remembered() {
        let (long, mut references) = ("A".repeat(36), References::default());
        assert!(references.insert(text(&long), 9) && references.insert(text(&long), 9));
        assert!(references.insert(text(&long[1..]), 9) && !references.insert(text(&long[1..]), 9));
        let (mut numbers, code) = (NumbersByType::default(), TransactionType::from(long));
        assert!(numbers.insert_used(&code, text("A"), 9) && numbers.insert_used(&code, text("A"), 9));
    }

    #[test]
    fn texts_in_place_of_numbers_are_told_apart_by_type() {
        let mut numbers = NumbersByType::default();
        let [one, other] = [TransactionType::Removal, TransactionType::from("X1")];
        assert!(numbers.insert_used(&one, text("A"), 9) && numbers.insert_used(&other, text("A"), 9));
        assert!(!numbers.insert_used(&one, text("A"), 9) && !numbers.insert_used(&other, text("A"), 9));
        numbers.clear();
        assert!(numbers.insert_used(&one, text("A"), 9));
    }

    #[test]
    fn consecutive_numbers_take_one_run() {
        let mut numbers = NumberRuns::default();
        assert!((1..10_000).all(|number| numbers.insert(number, 4)));
        assert!(numbers.before.is_empty() && numbers.late.is_empty());
        assert!(numbers.insert(u64::MAX, 4));
    }

    #[test]
    fn numbers_that_meet_a_run_join_it() {
        let runs = |numbers: &[u64]| {
            let mut runs = NumberRuns::default();
            assert!(numbers.iter().all(|number| runs.insert(*number, usize::MAX)));
            runs.before.len() + runs.late.len()
        };
        assert_eq!(runs(&[10, 20, 30]), 2);
        assert_eq!(runs(&[10, 20, 30, 11, 12]), 2, "behind a run");
        assert_eq!(runs(&[10, 20, 30, 19, 18]), 2, "before a run");
        assert_eq!(runs(&[10, 20, 30, 29]), 2, "before the highest");
        assert_eq!(runs(&[10, 20, 30, 15]), 3, "apart");
        assert_eq!(runs(&[10, 20, 30, 15, 16, 14]), 3, "around one that came late");
        assert_eq!(runs(&[10, 20, 30, 13, 15, 14]), 3, "between two that came late");
    }

    #[test]
    fn most_of_many_types_are_forgotten() {
        let mut numbers = NumbersByType::default();
        for name in 0..1_000 {
            let other = TransactionType::from(std::format!("X{name}"));
            assert!(numbers.insert(&other, 1, 4) && !numbers.insert(&other, 1, 4));
        }
        assert_eq!(numbers.others.len(), TYPES);
        assert!(numbers.insert(&TransactionType::from("X1"), 1, 4), "forgotten");
        assert!(!numbers.insert(&TransactionType::from("X0"), 1, 4), "the first is not");
    }

    #[test]
    fn the_lowest_run_makes_room() {
        let mut numbers = NumberRuns::default();
        assert!([10, 20, 30].into_iter().all(|number| numbers.insert(number, 2)));
        assert!(!numbers.insert(30, 2));
        assert!(numbers.insert(25, 2));
        assert!(!numbers.insert(30, 2) && !numbers.insert(25, 2));
        assert!(numbers.insert(20, 2), "forgotten");
        assert!(numbers.insert(20, 2), "lower than all that is remembered");
        assert!(numbers.insert(0, 2) && numbers.insert(1, 2));
    }

    #[test]
    fn a_number_that_meets_a_run_needs_no_room() {
        for joining in [49, 51] {
            let mut numbers = NumberRuns::default();
            assert!([100, 20, 50].into_iter().all(|number| numbers.insert(number, 3)));
            assert!(numbers.insert(joining, 3));
            assert!(
                [100, 20, 50, joining].into_iter().all(|number| !numbers.insert(number, 3)),
                "nothing is forgotten"
            );
        }
    }
}
