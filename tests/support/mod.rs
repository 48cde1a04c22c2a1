//! What integration tests and fuzz targets share.
#![allow(dead_code, unused_imports, reason = "each fuzz target runs one body")]

pub(crate) mod edits;
pub(crate) mod laws;
pub(crate) mod naive;
pub(crate) mod targets;
