//! What reading makes of input.

mod boundaries;
mod characters;
mod dates;
mod envelope;
mod kept;
mod line_breaks;
mod names;
mod receipts;
mod repetitions;
mod service_characters;
mod trailers;
mod transactions;
mod types;
mod values;
