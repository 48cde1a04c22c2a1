//! Unknown segments and components, as the models keep them.

use crate::syntax::{RawSegment, Text};
use crate::value::IntoOwned;

/// A segment or component that the model has no place for: it is reported, kept, and written back where it stood.
///
/// Source: [facts 10.1, row 48](crate::reference::wire#row-48), [row 56](crate::reference::wire#row-56) and
/// [row 59](crate::reference::wire#row-59).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged, deny_unknown_fields))]
pub enum Unrecognised<'a> {
    /// A component without a place, in a segment that has one.
    Component {
        /// The segment, by tag and qualifier: `NAD+PAT`.
        segment: Text<'a>,
        /// The data element, counting from 1; 0 for counters of explicit nesting.
        element: u16,
        /// The component, counting from 1.
        component: u16,
        /// The text of the component.
        text: Text<'a>,
    },
    /// A segment that is unknown, not allowed there, or repeated.
    Segment {
        /// Which segment of its transaction, heading or receipt it was, counting from 0.
        at: usize,
        /// The segment.
        segment: RawSegment<'a>,
    },
}

impl Unrecognised<'_> {
    /// Copies the text, so that the value is independent of the input.
    pub fn into_owned(self) -> Unrecognised<'static> {
        match self {
            Self::Component { segment, element, component, text } => {
                Unrecognised::Component { segment: segment.into_owned(), element, component, text: text.into_owned() }
            }
            Self::Segment { at, segment } => Unrecognised::Segment { at, segment: segment.into_owned() },
        }
    }
}

impl IntoOwned for Unrecognised<'_> {
    type Owned = Unrecognised<'static>;

    fn into_owned(self) -> Unrecognised<'static> {
        Unrecognised::into_owned(self)
    }
}
