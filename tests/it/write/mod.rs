//! What is written, and what is refused.

mod addresses;
mod as_received;
mod changes;
mod characters;
mod codes;
mod dates;
mod envelope;
mod escaping;
mod missing;
mod models;
mod names;
mod nhs_numbers;
mod out_of_place;
mod read_back;
mod receipts;
mod references;
mod refusals;
mod segment_order;
mod segment_writer;
mod texts;
mod unsendable;
