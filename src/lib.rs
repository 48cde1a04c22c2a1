#![no_std]
//! x
extern crate alloc;
#[cfg(test)]
extern crate std;

mod error;
mod interchange;
mod issue;
mod layout;
mod options;
mod recep;
mod segment;
pub mod syntax;
pub mod transaction;
pub mod value;

pub use error::{Category, Error, ErrorKind, Found, Location, Stated};
pub use interchange::{
    Decoder, Event, EventReader, Interchange, InterchangeHeader, InterchangeWriter, Message, OtherMessage,
    Registration, RegistrationHeader, Stray, Trailer,
};
pub use issue::{Issue, IssueSink, Severity};
pub use options::{AddressForm, HeaderTail, Limits, Policy, ReadOptions, WriteOptions};
pub use recep::{InterchangeReceipt, MessageReceipt, Recep, RecepHeader, ReceiptParties};
