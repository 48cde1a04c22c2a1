//! What the benches share: generated data, the yardstick, this crate, and its peers.
#![allow(dead_code, reason = "each bench uses a part")]

pub(crate) mod data;
pub(crate) mod lut;
pub(crate) mod ours;
pub(crate) mod peers;
