//! The laws of DESIGN.md.

mod edits;
mod inputs;
mod models;
mod naive;
