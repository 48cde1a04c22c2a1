//! What reading makes of input.

mod envelope;
mod repetitions;
