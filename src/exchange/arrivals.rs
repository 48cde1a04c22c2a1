//! Received numbers: which are missing, and which came twice.

use alloc::vec::Vec;
use core::fmt;

use crate::value::{ControlReference, InterchangeSequence, OutOfRange};

/// A received number compared with those before it.
///
/// ```
/// use nhais_edifact::exchange::Arrival;
///
/// assert_eq!(Arrival::Gap { first: 9, last: 10 }.to_string(), "the numbers from 9 to 10 have not come");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "arrival", rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Arrival {
    /// Nothing was received before.
    First,
    /// It is one more than the last.
    Next {
        /// It is 1, after the largest number.
        wrapped: bool,
    },
    /// Numbers between the last and this one have not come; they may have been lost.
    Gap {
        /// The first number that has not come.
        first: u32,
        /// The last number that has not come; smaller than the first if the numbers begin anew in between.
        last: u32,
    },
    /// It was missing, and has come after all.
    Late,
    /// It was received before.
    Repeated,
    /// It is older than all that is remembered.
    Old,
    /// It is not a number from 1 to 99,999,999.
    NoNumber,
}

impl fmt::Display for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::First => "the first number",
            Self::Next { wrapped: false } => "the next number",
            Self::Next { wrapped: true } => "the next number, which begins anew",
            Self::Gap { first, last } if first == last => return write!(f, "the number {first} has not come"),
            Self::Gap { first, last } => return write!(f, "the numbers from {first} to {last} have not come"),
            Self::Late => "a number that was missing",
            Self::Repeated => "a number received before",
            Self::Old => "a number older than what is remembered",
            Self::NoNumber => "no number from 1 to 99,999,999",
        })
    }
}

/// How many runs of missing numbers are remembered.
const RUNS: usize = 1_024;

const MAX: u32 = InterchangeSequence::MAX;

/// A number that is this far ahead is taken to be behind.
const HALF: u32 = MAX / 2;

/// The received numbers of one series: the last one, and which before it are missing.
///
/// As numbers begin again after 99,999,999, the shorter way round decides whether a number is ahead or behind. At most
/// 1,024 runs of missing numbers are remembered; numbers older than those are [`Old`](Arrival::Old). Source:
/// [facts 8](crate::reference::wire#s-8).
///
/// ```
/// use nhais_edifact::exchange::{Arrival, ReceivedNumbers};
///
/// let mut received = ReceivedNumbers::default();
/// let arrivals = ["00000007", "00000008", "00000011", "00000009", "00000011"].map(|number| received.take(&number.into()));
/// let gap = Arrival::Gap { first: 9, last: 10 };
/// assert_eq!(arrivals, [Arrival::First, Arrival::Next { wrapped: false }, gap, Arrival::Late, Arrival::Repeated]);
/// assert_eq!(received.missing().collect::<Vec<_>>(), [(10, 10)]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "stored::Numbers"))]
pub struct ReceivedNumbers {
    /// The number that is furthest ahead; 0 if the link is new, none if nothing is known.
    last: Option<u32>,
    /// For how many numbers up to the last one the history is known.
    known: u32,
    /// Runs of missing numbers, the oldest first; one that begins anew is two runs.
    missing: Vec<(u32, u32)>,
}

impl ReceivedNumbers {
    /// The numbers of a new link, whose first number is 1: if another comes first, those before it are missing.
    ///
    /// ```
    /// use nhais_edifact::exchange::{Arrival, ReceivedNumbers};
    ///
    /// let mut received = ReceivedNumbers::of_new_link();
    /// assert_eq!(received.take(&"00000003".into()), Arrival::Gap { first: 1, last: 2 });
    /// ```
    pub fn of_new_link() -> Self {
        Self { last: Some(0), ..Self::default() }
    }

    /// The numbers of a link on which this one came last; what came before it is not known.
    ///
    /// Also use it to recover when a wrong number has moved the series far ahead.
    ///
    /// # Errors
    ///
    /// `number` is 0 or above 99,999,999.
    pub fn after(number: u32) -> Result<Self, OutOfRange> {
        InterchangeSequence::new(number).map(|number| Self { last: Some(number.number()), ..Self::default() })
    }

    /// Records a number.
    pub fn take(&mut self, reference: &ControlReference<'_>) -> Arrival {
        let number = reference.number().and_then(|number| u32::try_from(number).ok());
        let Some(number) = number.filter(|number| (1..=MAX).contains(number)) else { return Arrival::NoNumber };
        let Some(last) = self.last else {
            self.last = Some(number);
            return Arrival::First;
        };
        match behind(last, number) {
            behind if behind <= HALF => self.take_behind(number, behind),
            behind => self.take_ahead(last, number, MAX - behind),
        }
    }

    /// The runs of missing numbers, the oldest first: the first and last number of each.
    pub fn missing(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.missing.iter().copied()
    }

    fn take_behind(&mut self, number: u32, behind: u32) -> Arrival {
        if behind > self.known {
            return Arrival::Old;
        }
        let Some(at) = self.missing.iter().position(|(first, last)| (*first..=*last).contains(&number)) else {
            return Arrival::Repeated;
        };
        let (first, last) = self.missing.remove(at);
        let rest = [(first, number - 1), (number + 1, last)];
        for (first, last) in rest.into_iter().rev().filter(|(first, last)| first <= last) {
            self.missing.insert(at, (first, last));
        }
        self.forget();
        Arrival::Late
    }

    fn take_ahead(&mut self, before: u32, number: u32, ahead: u32) -> Arrival {
        let wrapped = number < before;
        let (first, last) = (before % MAX + 1, if number == 1 { MAX } else { number - 1 });
        self.last = Some(number);
        self.known = self.known.saturating_add(ahead).min(HALF);
        if ahead == 1 {
            return Arrival::Next { wrapped };
        }
        if first <= last {
            self.missing.push((first, last));
        } else {
            self.missing.extend([(first, MAX), (1, last)]);
        }
        self.forget();
        Arrival::Gap { first, last }
    }

    /// Forgets the oldest missing numbers: those too far behind, and those beyond the limit.
    fn forget(&mut self) {
        let newest = self.last.unwrap_or_default();
        let is_forgotten =
            |index: usize, last: u32, known: u32, runs: usize| index + RUNS < runs || behind(newest, last) > known;
        let runs = self.missing.len();
        let oldest = self.missing.iter().enumerate();
        let forgotten = oldest.take_while(|(index, (_, last))| is_forgotten(*index, *last, self.known, runs)).count();
        if let Some((_, last)) = self.missing.drain(..forgotten).next_back() {
            self.known = self.known.min(behind(newest, last).saturating_sub(1));
        }
    }
}

/// How many numbers lie from this one up to the last.
fn behind(last: u32, number: u32) -> u32 {
    (last + MAX - number) % MAX
}

/// Deserialized values are checked before they are used.
#[cfg(feature = "serde")]
mod stored {
    use alloc::vec::Vec;

    use super::{HALF, MAX, RUNS, ReceivedNumbers};

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    pub(super) struct Numbers {
        last: Option<u32>,
        known: u32,
        missing: Vec<(u32, u32)>,
    }

    impl TryFrom<Numbers> for ReceivedNumbers {
        type Error = &'static str;

        fn try_from(Numbers { last, known, missing }: Numbers) -> Result<Self, &'static str> {
            let is_run = |(first, last): &(u32, u32)| 1 <= *first && first <= last && *last <= MAX;
            let valid = last.is_none_or(|last| last <= MAX)
                && known <= HALF
                && missing.len() <= RUNS
                && missing.iter().all(is_run);
            if valid { Ok(Self { last, known, missing }) } else { Err("expected numbers from 1 to 99,999,999") }
        }
    }
}

/// The received numbers of interchanges and messages from one partner to one other.
///
/// ```
/// use nhais_edifact::exchange::{Arrival, Arrivals};
/// use nhais_edifact::{Interchange, Message};
///
/// # let input = b"UNB+UNOA:2+ZQX1+KLM5+240402:0601+00044004'UNH+00067004+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202404020559:203'DTM+206:20240331:102'RFF+950:F8'RFF+TN:10900004'GIS+Q:ZZZ'UNT+9+00067004'UNZ+1+00044004'";
/// let mut arrivals = Arrivals::default();
/// let interchange = Interchange::decode(input)?.interchange;
/// assert_eq!(arrivals.interchanges.take(&interchange.header.reference), Arrival::First);
/// for reference in interchange.messages.iter().filter_map(Message::reference) {
///     assert_eq!(arrivals.messages.take(&reference), Arrival::First);
/// }
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Arrivals {
    /// The numbers of interchanges, receipts among them.
    pub interchanges: ReceivedNumbers,
    /// The numbers of messages, receipts among them.
    pub messages: ReceivedNumbers,
}
