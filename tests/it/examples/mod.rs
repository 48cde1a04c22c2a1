//! The examples that do more than print.

mod adaptor;
mod annotate;
mod mailbox;
