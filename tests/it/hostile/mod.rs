//! Input made to do harm.

mod bytes;
mod exhausting;
