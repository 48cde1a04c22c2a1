//! The integration tests, one binary: a module for each thing that the crate does.

#[path = "../support/mod.rs"]
mod support;

mod files;
mod values;
mod wire;

mod bookkeeping;
mod build;
mod client;
mod corpus;
mod deserialising;
mod docs;
mod errors;
mod examples;
mod exchange;
mod findings;
mod fuzz_seeds;
mod hostile;
mod laws;
mod pages;
mod pictures;
mod read;
mod receipts;
mod reference;
mod samples;
mod second_reader;
mod structure;
mod write;
