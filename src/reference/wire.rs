//! What is publicly known of the messages, and how surely: the facts that the crate cites.
//!
//! This page is `docs/wire.md` of the crate's sources.
//!
// Of two definitions of a link the first counts, so that the links of the page lead to pages of this documentation.
//! [design]: crate
//! [tables]: crate::reference
#![doc = include_str!("../../docs/pictures/links.txt")]
#![doc = include_str!("../../docs/wire.md")]
