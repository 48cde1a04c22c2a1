//! What the benches share: generated data, how it is measured, the yardstick, this crate, and its peers.
#![allow(dead_code, reason = "each bench uses a part")]

pub(crate) mod data;
pub(crate) mod heat;
pub(crate) mod lut;
pub(crate) mod ours;
pub(crate) mod peers;
pub(crate) mod types;
pub(crate) mod variations;

/// Whether to measure; `cargo test --all-targets` starts benches too, but without this argument.
pub(crate) fn is_bench() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}
