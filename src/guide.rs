// Of link definitions with one name the first counts: these go before those of guide.md, which lead to files.
//! [wire]: crate::reference::wire
//! [reference]: mod@crate::reference
#![doc = include_str!("../docs/pictures/links.txt")]
#![doc = include_str!("guide.md")]
