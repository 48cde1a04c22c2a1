#![no_std]
// Of link definitions with one name the first counts: these go before those of README.md, which lead to files.
//! [guide]: crate::guide
//! [wire]: crate::reference::wire
//! [reference]: mod@crate::reference
//! [failures]: https://docs.rs/crate/nhais-edifact/latest/source/docs/failures.md
//! [design]: https://docs.rs/crate/nhais-edifact/latest/source/DESIGN.md
//! [verification]: https://docs.rs/crate/nhais-edifact/latest/source/docs/verification.md
//! [security]: https://docs.rs/crate/nhais-edifact/latest/source/SECURITY.md
#![doc = include_str!("../docs/pictures/links.txt")]
#![doc = include_str!("../README.md")]
//!
//! # Levels
//!
//! | module | what |
//! |---|---|
//! | [`syntax`] | ISO 9735: segments, data elements, components; serves other EDIFACT messages too |
//! | [`value`] | leaf values: numbers, dates, identifiers, codes |
//! | [`transaction`] | what a registration message carries: acceptances, amendments, deductions … |
//! | [`check`] | rules across fields |
//! | [`interchange`] | UNB … UNZ: the whole as a model, or part by part as a stream of [`Event`]s, both ways |
//! | [`recep`] | the receipts, and deriving one from a received interchange |
//! | [`build`] | transactions and interchanges to be sent, correct by construction |
//! | [`exchange`] | what two sides keep: numbers, what is acknowledged, which answer belongs to which request |
//! | [`reference`](mod@reference) | the format as data: segments, transaction types, codes, rules, findings, limits |
//! | `generate` | valid interchanges from bytes, for tests; feature `generate` |
//!
//! # Words
//!
//! | word | meaning |
//! |---|---|
//! | HA | health authority: the side of the registration system |
//! | cipher | two or three letters that name an HA; [`value::HaCipher`] |
//! | trading partner code, link code | four characters that address either side; [`value::TradingPartnerCode`] |
//! | interchange | one file: UNB … UNZ |
//! | message | UNH … UNT; all its transactions are of one type |
//! | facts | what is publicly known of the messages, by section: [`reference::wire`] |
//!
//! # Errors and patients
//!
//! Errors and issues state what is wrong and where, and never show a value. `Debug` shows only the length of texts and
//! dates that may be about a patient; it shows partner codes, ciphers and numbers.

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod build;
#[cfg(feature = "generate")]
mod byte_source;
pub mod check;
mod cost;
pub mod error;
pub mod exchange;
#[cfg(feature = "generate")]
pub mod generate;
pub mod guide;
pub mod interchange;
pub mod issue;
pub mod options;
mod receipt;
pub mod recep;
pub mod reference;
mod render;
mod segment;
pub mod syntax;
mod table;
pub mod transaction;
pub mod value;

pub use chrono;
pub use error::{Error, ErrorKind};
pub use interchange::{
    Decoded, Decoder, Event, EventReader, Events, Interchange, InterchangeHeader, InterchangeWriter, Message,
    Registration,
};
pub use issue::Issue;
pub use options::{ReadOptions, WriteOptions};
pub use recep::Recep;
