//! RECEP: the receipt with which each side answers an interchange.
//!
//! [`Recep`] is the message, [`Answer`] derives it from a received interchange, [`Outbox`] matches it to what was sent.
//!
//! # The receipt of a file
//!
//! ```no_run
#![doc = include_str!("../../examples/receipt.rs")]
//! ```

mod answer;
mod outbox;

pub use crate::receipt::{InterchangeReceipt, MessageReceipt, ReceiptParties, Recep, RecepHeader};
pub use answer::{Answer, AnsweredMessage, ReceiptTimes};
pub use outbox::{Contradiction, Outbox, ReceiptFinding, SentInterchange, SentMessage};
