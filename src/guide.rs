#![doc = include_str!("../docs/pictures/links.md")]
#![doc = include_str!("guide.md")]
