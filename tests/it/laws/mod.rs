//! The laws of DESIGN.md.

mod inputs;
mod models;
mod naive;
