//! What is written, and what is refused.

mod as_received;
mod refusals;
mod row_writing;
mod segment_writer;
