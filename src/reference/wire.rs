//! What is publicly known of the messages, and how surely: the facts that the crate cites.
//!
//! This page is `docs/wire.md` of the crate's sources.
//!
// Of two definitions of a link the first counts: these lead to pages of this documentation, those of the page to files.
//! [design]: crate
//! [tables]: crate::reference
#![doc = include_str!("../../docs/pictures/links.txt")]
#![doc = include_str!("../../docs/wire.md")]
