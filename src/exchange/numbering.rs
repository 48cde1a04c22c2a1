//! Numbers handed out.

use crate::value::{InterchangeSequence, MessageSequence, TransactionSequence};

/// The numbers of interchanges and messages from one partner to one other.
///
/// Receipts take from the same numbers. A new link begins at 1; if you take over a link, go on from the last numbers
/// used. After 99,999,999 comes 1. Source: [facts 1.7](crate::reference::wire#s-1-7),
/// [2.1](crate::reference::wire#s-2-1) and [8](crate::reference::wire#s-8).
///
/// ```
/// use nhais_edifact::exchange::Numbering;
/// use nhais_edifact::value::{InterchangeSequence, MessageSequence};
///
/// let mut numbering = Numbering::after(InterchangeSequence::new(99_999_999)?, MessageSequence::new(507)?);
/// assert_eq!(numbering.next_interchange().number(), 1);
/// assert_eq!((numbering.next_message().number(), numbering.next_message().number()), (508, 509));
/// # Ok::<(), nhais_edifact::value::OutOfRange>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Numbering {
    /// The numbers that come next.
    interchange: InterchangeSequence,
    message: MessageSequence,
}

impl Default for Numbering {
    fn default() -> Self {
        Self { interchange: InterchangeSequence::FIRST, message: MessageSequence::FIRST }
    }
}

impl Numbering {
    /// Goes on after the last numbers used.
    pub fn after(interchange: InterchangeSequence, message: MessageSequence) -> Self {
        Self { interchange: interchange.following(), message: message.following() }
    }

    /// Begins with these numbers.
    pub fn from_next(interchange: InterchangeSequence, message: MessageSequence) -> Self {
        Self { interchange, message }
    }

    /// The next number of an interchange, without using it up.
    ///
    /// ```
    /// use nhais_edifact::exchange::Numbering;
    ///
    /// let mut numbering = Numbering::default();
    /// assert_eq!(numbering.peek_interchange(), numbering.next_interchange());
    /// assert_eq!((numbering.peek_interchange().number(), numbering.peek_message().number()), (2, 1));
    /// assert_eq!(Numbering::from_next(numbering.peek_interchange(), numbering.peek_message()), numbering);
    /// ```
    pub fn peek_interchange(&self) -> InterchangeSequence {
        self.interchange
    }

    /// The next number of a message, without using it up.
    pub fn peek_message(&self) -> MessageSequence {
        self.message
    }

    /// Uses up the next number of an interchange.
    pub fn next_interchange(&mut self) -> InterchangeSequence {
        let following = self.interchange.following();
        core::mem::replace(&mut self.interchange, following)
    }

    /// Uses up the next number of a message.
    pub fn next_message(&mut self) -> MessageSequence {
        let following = self.message.following();
        core::mem::replace(&mut self.message, following)
    }
}

/// The numbers of a practice's transactions, one series for all its HAs.
///
/// After 9,999,999 comes 1. Source: [facts 8](crate::reference::wire#s-8).
///
/// ```
/// use nhais_edifact::exchange::TransactionNumbering;
/// use nhais_edifact::value::TransactionSequence;
///
/// let mut numbering = TransactionNumbering::after(TransactionSequence::new(9_999_999)?);
/// assert_eq!(numbering.next_transaction().number(), 1);
/// # Ok::<(), nhais_edifact::value::OutOfRange>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct TransactionNumbering {
    /// The number that comes next.
    transaction: TransactionSequence,
}

impl Default for TransactionNumbering {
    fn default() -> Self {
        Self { transaction: TransactionSequence::FIRST }
    }
}

impl TransactionNumbering {
    /// Begins with this number.
    pub fn from_next(transaction: TransactionSequence) -> Self {
        Self { transaction }
    }

    /// Goes on after the last number used.
    pub fn after(transaction: TransactionSequence) -> Self {
        Self { transaction: transaction.following() }
    }

    /// The next number, without using it up.
    ///
    /// ```
    /// use nhais_edifact::exchange::TransactionNumbering;
    ///
    /// let mut numbering = TransactionNumbering::default();
    /// assert_eq!(numbering.peek_transaction(), numbering.next_transaction());
    /// assert_eq!(numbering.peek_transaction().number(), 2);
    /// ```
    pub fn peek_transaction(&self) -> TransactionSequence {
        self.transaction
    }

    /// Uses up the next number.
    pub fn next_transaction(&mut self) -> TransactionSequence {
        let following = self.transaction.following();
        core::mem::replace(&mut self.transaction, following)
    }
}
