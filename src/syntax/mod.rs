//! ISO 9735 syntax: segments, data elements, components, release characters. Nothing here knows of the NHS.
//!
//! An interchange is expected at the start of the input and behind UNZ, and begins with UNB, or with the service string
//! advice before it. What stands there otherwise are segments like others, and ends where a line begins an interchange.
//! A service string advice holds until the interchange behind it ends.
//!
//! This level is lossless: every byte of the input belongs to a segment or to the gap before one, and joining them
//! gives the input. It serves other EDIFACT messages too, of syntax versions 1 to 3, and 4 with repetitions left in the
//! text: see [`ServiceStringAdvice::repetition_separator`].
//!
//! ```
//! use nhais_edifact::syntax::SegmentReader;
//!
//! let mut reader = SegmentReader::new(b"UNA:+.? 'NAD+PAT++HOLLY COTTAGE:12 O?'DELL LANE'");
//! let segment = reader.next_segment()?.unwrap();
//! assert_eq!(segment.tag().unwrap().as_str(), "NAD");
//! assert_eq!(segment.component(3, 2).unwrap().text(), "12 O'DELL LANE");
//! assert!(reader.next_segment()?.is_none());
//! # Ok::<(), nhais_edifact::Error>(())
//! ```

mod boundary;
mod decoder;
mod delimiters;
mod encoding;
mod envelope;
mod held;
#[cfg(feature = "level-a")]
mod level_a;
mod limits;
mod line_breaks;
mod literal;
mod marks;
mod masked_text;
mod pattern;
mod pen;
mod reader;
mod repertoire;
mod scanner;
mod segment;
mod service;
mod tag;
mod text;
mod text_cursor;
mod tokens;
mod wire;
mod word;
mod writer;

pub use decoder::{ChunkSegments, SegmentDecoder};
pub use encoding::CharacterEncoding;
pub use envelope::EnvelopeCheck;
#[cfg(feature = "level-a")]
pub use level_a::NotLevelA;
pub use limits::SegmentLimits;
pub use line_breaks::without_line_breaks;
pub use reader::SegmentReader;
pub use repertoire::is_level_a;
pub use segment::{Component, Components, DataElement, DataElements, Segment, SegmentComponents};
pub use service::ServiceStringAdvice;
pub use tag::{NoSegmentTag, SegmentQualifier, SegmentTag};
pub use text::Text;
pub use tokens::Token;
pub use wire::{RawSegment, TextLines};
pub use writer::{LineBreak, SegmentBody, SegmentWriter};

pub(crate) use boundary::is_taken_for_interchange;
pub(crate) use held::Held;
pub(crate) use literal::{Literal, Prefix, RowLiteral, Suffix};
pub(crate) use marks::Mark;
pub(crate) use masked_text::{DelimiterMasks, MaskedText, TextWindow};
pub(crate) use pattern::{Pattern, word_at};
pub(crate) use pen::{Pen, PenPlace, release};
pub(crate) use repertoire::{all_level_a, character_at, first_outside_level_a};
pub(crate) use scanner::{Gap, Scan, Scanner, SegmentSpan};
pub(crate) use segment::{ComponentPlace, Cursor, Input, Part, Placed};
pub(crate) use text::resolved;
pub(crate) use text_cursor::{CanonicalValue, Ending, TextCursor, behind_break, behind_breaks};
pub(crate) use wire::holds_release;
pub(crate) use word::Word;
