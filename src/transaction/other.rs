//! Transactions of types that this crate does not know.

use alloc::vec::Vec;

use crate::segment::person::PnaPat;
use crate::segment::registration::{NadGp, RffTn};
use crate::syntax::{RawSegment, Text};
use crate::table::{Key, Row, UnitView};
use crate::value::{GpCode, NhsNumber, TransactionNumber, into_owned};

/// A transaction of a type that is not in the catalogue, kept whole.
///
/// Wire form: whatever stands between one S01 and the next, or UNT. Source: [facts 3.1](crate::reference::wire#s-3-1).
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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
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
        self.find(RffTn::NUMBER).map(TransactionNumber::from)
    }

    /// The GP in the first `NAD+GP`.
    pub fn gp(&self) -> Option<GpCode<'_>> {
        self.find(NadGp::CODE).map(GpCode::from)
    }

    /// The patient's NHS number in the first `PNA+PAT`.
    pub fn nhs_number(&self) -> Option<NhsNumber<'_>> {
        self.find(PnaPat::NUMBER).filter(|number| !number.is_blank()).map(NhsNumber::from)
    }

    /// The component at a row, in the first segment of its table that has it.
    fn find(&self, row: &Row) -> Option<Text<'_>> {
        let key = Key::of_name(row.segment);
        self.segments.iter().filter(|segment| Key::of_raw(segment) == key).find_map(|segment| row.of_raw(segment))
    }
}

into_owned!(OtherTransaction { segments });

impl crate::value::IntoOwned for RawSegment<'_> {
    type Owned = RawSegment<'static>;

    fn into_owned(self) -> RawSegment<'static> {
        RawSegment::into_owned(self)
    }
}
