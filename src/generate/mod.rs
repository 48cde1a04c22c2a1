//! Generates valid interchanges from bytes, for tests. Feature `generate`.
//!
//! What is generated follows the tables of the segments (which values, how long), the plans of the transactions (which
//! segments, how needed) and the rules of [`check`](crate::check). Encoding accepts it, and strict reading gives it
//! back. All of it is fictitious; NHS numbers begin with 999.
//!
//! Bytes serve both property tests and fuzzing. With `proptest`, which shrinks them:
//!
//! ```
//! use nhais_edifact::generate::{ByteSource, interchange};
//! use nhais_edifact::{Interchange, WriteOptions};
//! use proptest::prelude::*;
//!
//! fn interchanges() -> impl Strategy<Value = Interchange<'static>> {
//!     proptest::collection::vec(any::<u8>(), 0..600).prop_map(|bytes| interchange(&mut ByteSource::new(&bytes)))
//! }
//!
//! proptest!(|(sent in interchanges())| {
//!     let wire = sent.encode(&WriteOptions::default()).unwrap();
//!     prop_assert_eq!(Interchange::decode(&wire).unwrap().interchange, sent);
//! });
//! ```
//!
//! With feature `arbitrary` the models implement `Arbitrary`, as fuzz targets take them.

mod envelope;
mod segment;
mod transaction;
mod value;

#[cfg(feature = "arbitrary")]
mod arbitrary;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod dictionary;

pub use crate::byte_source::ByteSource;
pub use envelope::{interchange, receipt, registration};
pub use transaction::transaction;
