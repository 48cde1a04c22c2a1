//! The type of a rule.

use crate::error::ErrorKind;
use crate::syntax::SegmentTag;

/// A rule: which types it is for, and what it requires.
///
/// ```
/// use nhais_edifact::check::RULES;
///
/// let rule = RULES.iter().find(|rule| rule.id == "acceptance-identity").unwrap();
/// assert_eq!(rule.text, "an NHS number or a place of birth");
/// assert!(rule.source.starts_with("wire.md#s-3-3-1"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// A stable identifier; also that of the [`ErrorKind`].
    pub id: &'static str,
    /// The transaction types it concerns; none if it concerns the envelope.
    pub types: &'static [&'static str],
    /// What is expected.
    pub text: &'static str,
    /// Where the rule comes from: places in [`docs/wire.md`](crate::reference::wire), as in
    /// `wire.md#s-9-4, wire.md#row-14`.
    pub source: &'static str,
    /// The segment, element and component to name.
    pub place: (&'static str, u16, u16),
}

impl Rule {
    pub(crate) fn kind(&'static self) -> ErrorKind {
        ErrorKind::Rule { id: self.id, text: self.text }
    }

    pub(crate) fn tag(&self) -> SegmentTag {
        SegmentTag::of_name(self.place.0)
    }
}
