//! The tables of the segments: which value stands where. A wire position appears here and nowhere else.
//!
//! | file | segments |
//! |---|---|
//! | [`service`] | UNB, UNH, UNT, UNZ |
//! | [`registration`] | what FHSREG messages consist of |
//! | [`person`] | PNA: who the patient is |
//! | [`address`] | NAD+PAT, NAD+PER: where the patient lives |
//! | [`receipt`] | what RECEP messages consist of |

pub(crate) mod address;
pub(crate) mod person;
pub(crate) mod receipt;
pub(crate) mod registration;
pub(crate) mod service;

use crate::error::{Error, Location};
use crate::syntax::{SegmentQualifier, SegmentTag};
use crate::table::{Key, Layout, Table};

/// Lists the tables.
macro_rules! tables {
    ($($module:ident: $($table:ident),+;)+) => {
        /// Every segment of the format.
        pub(crate) const ALL: &[&Layout] = &[$($($module::$table::LAYOUT),+),+];
    };
}

tables! {
    service: Unb, UnhRegistration, UnhReceipt, Unt, Unz;
    registration: Bgm, NadFhs, Dtm137, Dtm206, Rff950, S01, S02, RffTn, NadGp, NadRic, NadPgp, NadPfh, NadNfh,
        Qty951, Qty952, Gis, GisQ, HeaAcd, HeaAtp, HeaBm, HeaDm, HeaFrn, Dtm956, Dtm957, Dtm958,
        Dtm961, Dtm962, Loc950, FtxRgi, Dtm329, Pdi;
    person: PnaPat, PnaPer;
    address: NadPat, NadPer;
    receipt: BgmReceipt, Nhs, Dtm815, RffMis, RffRis;
}

/// Whether a key is that of a known segment.
pub(crate) fn is_known(key: Key) -> bool {
    ALL.iter().any(|layout| layout.key == key)
}

/// Whether a tag is that of a known segment, or one that ISO 9735 reserves.
pub(crate) fn is_known_tag(tag: SegmentTag) -> bool {
    tag.bytes()[0] == b'U' || ALL.iter().any(|layout| layout.name.as_bytes().first_chunk() == Some(&tag.bytes()))
}

impl Error {
    /// The item that the error is about, as a path in the model of the transaction or of the envelope.
    ///
    /// Items that depend on the type of an acceptance are in `kind`. `None` if no item can be named: on decoding, for
    /// segments that differ by a qualifier only, where the error has a place in the input instead.
    ///
    /// ```
    /// use nhais_edifact::transaction::Removal;
    ///
    /// let draft = Removal::draft("7000015,T93".into(), "999".into(), "moved away");
    /// let fields: Vec<_> = draft.faults().iter().map(|fault| fault.field()).collect();
    /// assert_eq!(fields, [Some("notes"), Some("patient.identifier.number")]);
    /// ```
    pub fn field(&self) -> Option<&'static str> {
        let Location { tag, qualifier, element, component, .. } = *self.location();
        let is_of =
            |layout: &&&Layout| Some(layout.tag()) == tag && SegmentQualifier::of_name(layout.name) == qualifier;
        ALL.iter().filter(is_of).find_map(|layout| layout.field(element.zip(component)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l8_keys_are_distinct() {
        // One segment, two or three tables: UNH of both message types, BGM of both, GIS of two meanings.
        let shared = ["UNH", "BGM", "GIS"];
        for (i, layout) in ALL.iter().enumerate() {
            for other in &ALL[i + 1..] {
                let same = layout.key == other.key;
                assert_eq!(same, layout.name == other.name && shared.contains(&layout.name), "{}", layout.name);
            }
        }
    }

    #[test]
    fn every_value_has_a_field_and_no_constant_has() {
        for row in ALL.iter().flat_map(|layout| layout.rows) {
            let is_constant = row.format == crate::table::Format::Constant;
            assert_eq!(row.field.is_empty(), is_constant, "{} {}.{}", row.segment, row.element, row.component);
        }
    }

    #[test]
    fn names_are_the_keys_of_their_segments() {
        for layout in ALL {
            let wire = std::format!("{}'", layout.name);
            let mut reader = crate::syntax::SegmentReader::new(wire.as_bytes());
            let segment = reader.next_segment().unwrap().unwrap();
            assert_eq!(Key::of(&segment), layout.key, "{}", layout.name);
        }
    }
}
