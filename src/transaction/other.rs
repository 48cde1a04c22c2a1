//! Transactions of types that this crate does not know.

use alloc::vec::Vec;

use crate::layout::{Layout, Table, UnitView};
use crate::segment::registration::{Gp, Number};
use crate::syntax::{RawSegment, Text};
use crate::value::{GpCode, TransactionNumber, into_owned};

/// A transaction of a type that is not in the catalogue, kept whole.
///
/// Wire form: whatever stands between one S01 and the next, or UNT. Source: facts 3.1.
///
/// ```
/// use nhais_edifact::transaction::OtherTransaction;
/// use nhais_edifact::syntax::RawSegment;
///
/// let mut other = OtherTransaction::default();
/// other.segments.push(RawSegment::from_wire("S01+1"));
/// other.segments.push(RawSegment::from_wire("RFF+TN:7"));
/// assert_eq!(other.number().unwrap().number(), Some(7));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OtherTransaction<'a> {
    /// The segments, in order.
    pub segments: Vec<RawSegment<'a>>,
}

impl<'a> OtherTransaction<'a> {
    pub(crate) fn of_unit(unit: UnitView<'_, 'a>) -> Self {
        Self { segments: unit.segments().map(|(_, _, segment)| segment.to_raw()).collect() }
    }

    /// The number in the first `RFF+TN`.
    pub fn number(&self) -> Option<TransactionNumber<'_>> {
        self.find(Number::LAYOUT).map(TransactionNumber::from)
    }

    /// The GP in the first `NAD+GP`.
    pub fn gp(&self) -> Option<GpCode<'_>> {
        self.find(Gp::LAYOUT).map(GpCode::from)
    }

    /// What stands at the first place that a table names, in the first segment of that table that has it.
    fn find(&self, layout: &Layout) -> Option<Text<'_>> {
        let (tag, qualifier) = layout.name.split_once('+')?;
        let place = layout.rows.first().map(|row| (usize::from(row.element), usize::from(row.component)))?;
        self.segments.iter().find_map(|segment| {
            let at = |place| segment.components().find(|(element, component, _)| (*element, *component) == place);
            let is = |place, text: &str| at(place).is_some_and(|(_, _, found)| found == text);
            let found = at(place).filter(|_| is((0, 1), tag) && is((1, 1), qualifier));
            found.map(|(_, _, text)| text)
        })
    }
}

into_owned!(OtherTransaction { segments });

impl crate::value::IntoOwned for RawSegment<'_> {
    type Owned = RawSegment<'static>;

    fn into_owned(self) -> RawSegment<'static> {
        RawSegment::into_owned(self)
    }
}
