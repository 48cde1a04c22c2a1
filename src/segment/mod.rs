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

use crate::layout::{Key, Layout, Table};
use crate::syntax::SegmentTag;

/// Lists the tables.
macro_rules! tables {
    ($($module:ident: $($table:ident),+;)+) => {
        /// Every segment of the format.
        pub(crate) const ALL: &[&Layout] = &[$($($module::$table::LAYOUT),+),+];
    };
}

tables! {
    service: Unb, UnhRegistration, UnhReceipt, Unt, Unz;
    registration: Bgm, Fhs, Translated, QuarterEnd, Type, S01, S02, Number, Gp, Institute, PreviousGp, PreviousHa, NewHa,
        RppMileage, WalkingUnits, Reason, Quarter, Code, Kind, Route, Drugs, FlagReason, Accepted, EnteredUk, LeftUk,
        Deducted, FlagExpiry, BirthPlace, Notes, BirthDate, PatientSex;
    person: Patient, Previous;
    address: PatientAddress, PreviousAddress;
    receipt: ReceiptBgm, Nhs, Received, MessageLine, InterchangeLine;
}

/// Whether a key is that of any segment of the format.
pub(crate) fn is_known(key: Key) -> bool {
    ALL.iter().any(|layout| layout.key == key)
}

/// Whether a tag is that of any segment of the format, or of one that ISO 9735 keeps to itself.
pub(crate) fn is_known_tag(tag: SegmentTag) -> bool {
    tag.bytes()[0] == b'U' || ALL.iter().any(|layout| layout.name.as_bytes().first_chunk() == Some(&tag.bytes()))
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
    fn names_are_the_keys_of_their_segments() {
        for layout in ALL {
            let wire = std::format!("{}'", layout.name);
            let mut reader = crate::syntax::SegmentReader::new(wire.as_bytes());
            let segment = reader.next_segment().unwrap().unwrap();
            assert_eq!(Key::of(&segment), layout.key, "{}", layout.name);
        }
    }
}
