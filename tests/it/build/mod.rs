//! Builders.

mod rebuilding;
mod refusals;
