// Of link definitions with one name the first counts: these go before those of guide.md, which lead to files.
//! [wire]: https://docs.rs/crate/nhais-edifact/latest/source/docs/wire.md
//! [reference]: mod@crate::reference
#![doc = include_str!("../docs/pictures/links.md")]
#![doc = include_str!("guide.md")]
