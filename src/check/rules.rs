//! The table of rules.

use super::Rule;
use crate::segment::address::NadPat;
use crate::segment::person::PnaPat;
use crate::segment::registration::{FtxRgi, Gis, HeaAtp, HeaBm, NadGp, Qty951, Qty952, Rff950, RffTn};
use crate::syntax::Text;
use crate::table::Row;
use crate::transaction::{
    Acceptance, AcceptanceKind, Address, AmendedAddress, Amendment, Approval, Deduction, DeductionRequest,
    DeductionRequestRejection, Entry, Fp69FlagRemoval, Fp69PriorNotification, MedicalRecordNotice, Person, Rejection,
    Removal,
};
use crate::value::{AcceptanceCode, Change, DeductionReason, ERASE, GpCode, Line, TransactionNumber};

/// Fallback for models without rules; the others have an inherent method of this name, which takes precedence.
pub(super) trait Unruled {
    /// Reports nothing.
    #[inline]
    fn report_broken<E: Entry>(&self, _report: &mut dyn FnMut(&'static Rule)) {}
}

impl<T> Unruled for T {}

/// The code of a transaction type as a number, so that the compiler can tell which rules are for it.
pub(super) const fn packed(code: &str) -> u32 {
    let (bytes, mut packed, mut i) = (code.as_bytes(), 0, 0);
    while i < bytes.len() {
        packed = (packed << 8) | bytes[i] as u32;
        i += 1;
    }
    packed
}

/// The place that a rule names.
const fn place_of(row: &'static Row) -> (&'static str, u16, u16) {
    (row.segment, row.element, row.component)
}

/// Declares the rules: identifier, types, place, text, source, and when the rule is broken.
macro_rules! rules {
    ($($model:ident {
        $($id:literal for [$($type:literal),+] at $table:ident::$row:ident:
            $text:literal, from $source:literal, broken if $broken:expr;)+
    })+) => {
        /// All rules.
        pub const RULES: &[Rule] = &[
            $($(Rule {
                id: $id,
                types: &[$($type),+],
                text: $text,
                source: $source,
                place: place_of($table::$row),
            },)+)+
            Rule {
                id: UNKNOWN_TYPE,
                types: &[],
                text: "a transaction type of the catalogue",
                source: "wire.md#s-3-1",
                place: place_of(Rff950::CODE),
            },
        ];

        $(impl $model<'_> {
            /// Reports the rules that the model breaks as a transaction of this type.
            #[inline]
            pub(super) fn report_broken<E: Entry>(&self, report: &mut dyn FnMut(&'static Rule)) {
                $({
                    let broken: fn(&$model<'_>) -> bool = $broken;
                    if const { $(packed(E::CODE) == packed($type))||+ } && broken(self) {
                        report(named($id));
                    }
                })+
            }
        })+
    };
}

/// The rule about the type itself: only those of the catalogue are sent.
pub(super) const UNKNOWN_TYPE: &str = "transaction-type";

/// The rule with an identifier, which the table has.
#[cold]
pub(super) fn named(id: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.id == id).unwrap_or(&RULES[0])
}

/// A practice counts from 1 to 9,999,999, without leading zeros.
fn out_of_range(number: Option<&TransactionNumber<'_>>) -> bool {
    let in_range = |number: &TransactionNumber<'_>| {
        number.number().is_some_and(|number| (1..=u64::from(TransactionNumber::MAX)).contains(&number))
    };
    number.is_some_and(|number| !in_range(number))
}

/// `9999` stands for no GP in receipts only.
fn no_gp(gp: Option<&GpCode<'_>>) -> bool {
    gp.is_some_and(|gp| !gp.is_complete())
}

rules! {
    Acceptance {
        "acceptance-number" for ["G1"] at RffTn::NUMBER: "a transaction number from 1 to 9,999,999",
            from "wire.md#s-8, wire.md#s-9-1", broken if |acceptance| out_of_range(acceptance.number.as_ref());
        "acceptance-gp" for ["G1"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |acceptance| no_gp(acceptance.gp.as_ref());
        "acceptance-identity" for ["G1"] at PnaPat::NUMBER: "an NHS number or a place of birth",
            from "wire.md#s-3-3-1, wire.md#s-9-2", broken if |acceptance| {
                !has_number(acceptance.patient.as_ref()) && !is_filled(acceptance.place_of_birth.as_ref())
            };
        "acceptance-type-obsolete" for ["G1"] at HeaAtp::TYPE: "an acceptance type from 1 to 4",
            from "wire.md#s-5-2, wire.md#row-28", broken if |acceptance| {
                matches!(acceptance.kind, AcceptanceKind::ExServices(_) | AcceptanceKind::Unclassified { .. })
            };
        "acceptance-notes" for ["G1"] at FtxRgi::TEXT: "notes on an acceptance after a deduction",
            from "wire.md#s-9-4", broken if |acceptance| {
                acceptance.acceptance_code == Some(AcceptanceCode::AfterDeduction) && acceptance.notes.is_none()
            };
        "acceptance-mileage" for ["G1"] at Qty951::MILEAGE: "no mileage, which is obsolete",
            from "wire.md#s-3-5, wire.md#row-30", broken if |acceptance| acceptance.rpp_mileage.is_some();
        "acceptance-walking-units" for ["G1"] at Qty952::UNITS: "no walking units, which are obsolete",
            from "wire.md#s-3-5, wire.md#row-30", broken if |acceptance| acceptance.walking_units.is_some();
        "acceptance-route-marker" for ["G1"] at HeaBm::MARKER: "no route marker, which is obsolete",
            from "wire.md#s-3-5, wire.md#row-30", broken if |acceptance| acceptance.route_marker.is_some();
        "acceptance-house-name" for ["G1"] at NadPat::HOUSE_NAME: "a house name that is not the placeholder for none",
            from "wire.md#s-4-5", broken if |acceptance| {
                acceptance.address.as_ref().is_some_and(|address| is_placeholder(address.house_name.as_ref()))
            };
        "acceptance-house-or-road" for ["G1"] at NadPat::HOUSE_NAME: "a house name or a number and road",
            from "wire.md#s-4-5, wire.md#row-11, wire.md#row-46",
            broken if |acceptance| acceptance.address.as_ref().is_some_and(|address| !has_house_or_road(address));
        "acceptance-post-town" for ["G1"] at NadPat::POST_TOWN: "a post town",
            from "wire.md#row-12", broken if |acceptance| {
                acceptance.address.as_ref().is_some_and(|address| !has_post_town(address.post_town.as_ref()))
            };
    }
    Amendment {
        "amendment-number" for ["G2"] at RffTn::NUMBER: "a transaction number from 1 to 9,999,999",
            from "wire.md#s-8, wire.md#s-9-1", broken if |amendment| out_of_range(amendment.number.as_ref());
        "amendment-gp" for ["G2", "F1"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |amendment| no_gp(amendment.gp.as_ref());
        "amendment-change" for ["G2", "F1"] at PnaPat::SURNAME: "at least one change",
            from "wire.md#s-3-3-2, wire.md#row-63", broken if |amendment| !changes_anything(amendment) && amendment.notes.is_none();
        "amendment-forenames" for ["G2", "F1"] at PnaPat::FORENAME: "forenames erased all together or not at all",
            from "wire.md#s-3-6, wire.md#s-9-2", broken if |amendment| amendment.patient.as_ref().is_some_and(|patient| {
                let others = [&patient.second_forename, &patient.other_forenames];
                match patient.forename {
                    Change::Erased => others.iter().any(|name| !name.is_unchanged()),
                    _ => others.iter().any(|name| **name == Change::Erased),
                }
            });
        "amendment-surname" for ["G2", "F1"] at PnaPat::SURNAME: "a surname that is not erased",
            from "wire.md#s-3-6, wire.md#s-9-2", broken if |amendment| {
                amendment.patient.as_ref().is_some_and(|patient| is_marker(patient.surname.as_ref()))
            };
        "amendment-mileage" for ["G2", "F1"] at Qty951::MILEAGE: "no mileage, which is obsolete",
            from "wire.md#s-3-5, wire.md#row-30", broken if |amendment| !amendment.rpp_mileage.is_unchanged();
        "amendment-walking-units" for ["G2", "F1"] at Qty952::UNITS: "no walking units, which are obsolete",
            from "wire.md#s-3-5, wire.md#row-30", broken if |amendment| !amendment.walking_units.is_unchanged();
        "amendment-route-marker" for ["G2", "F1"] at HeaBm::MARKER: "no route marker, which is obsolete",
            from "wire.md#s-3-5, wire.md#row-30", broken if |amendment| !amendment.route_marker.is_unchanged();
        "amendment-house-name" for ["G2", "F1"] at NadPat::HOUSE_NAME: "a house name that is not the placeholder for none",
            from "wire.md#s-4-5", broken if |amendment| {
                amendment.address.as_ref().is_some_and(|address| is_placeholder(address.house_name.value()))
            };
        "amendment-house-and-road" for ["F1"] at NadPat::HOUSE_NAME: "a house name and road that are not both erased",
            from "wire.md#row-46", broken if |amendment| amendment.address.as_ref().is_some_and(|address| {
                let erases = [&address.house_name, &address.road].iter().any(|line| **line == Line::Erased);
                erases && !amends_house_or_road(address)
            });
        "amendment-house-or-road" for ["G2"] at NadPat::HOUSE_NAME: "a house name or a number and road",
            from "wire.md#s-4-5, wire.md#row-11, wire.md#row-46",
            broken if |amendment| amendment.address.as_ref().is_some_and(|address| !amends_house_or_road(address));
        "amendment-post-town" for ["G2", "F1"] at NadPat::POST_TOWN: "a post town that is not erased",
            from "wire.md#row-12", broken if |amendment| {
                amendment.address.as_ref().is_some_and(|address| !has_post_town(address.post_town.as_ref()))
            };
    }
    Removal {
        "removal-number" for ["G3"] at RffTn::NUMBER: "a transaction number from 1 to 9,999,999",
            from "wire.md#s-8, wire.md#s-9-1", broken if |removal| out_of_range(removal.number.as_ref());
        "removal-gp" for ["G3"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |removal| no_gp(removal.gp.as_ref());
    }
    DeductionRequest {
        "deduction-request-number" for ["G5"] at RffTn::NUMBER: "a transaction number from 1 to 9,999,999",
            from "wire.md#s-8, wire.md#s-9-1", broken if |request| out_of_range(request.number.as_ref());
        "deduction-request-gp" for ["G5"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |request| no_gp(request.gp.as_ref());
        "deduction-request-reason" for ["G5"] at Gis::CODE: "death, embarkation or another reason (1, 5 or 13)",
            from "wire.md#s-5-4, wire.md#s-9-4, wire.md#row-52", broken if |request| {
                let allowed = [DeductionReason::Death, DeductionReason::Embarkation, DeductionReason::OtherReason];
                request.reason.as_ref().is_some_and(|reason| !allowed.contains(reason))
            };
    }
    Deduction {
        "deduction-gp" for ["F2"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |deduction| no_gp(deduction.gp.as_ref());
    }
    Rejection {
        "rejection-number" for ["F3"] at RffTn::NUMBER: "the number of the acceptance, from 1 to 9,999,999",
            from "wire.md#s-8", broken if |rejection| out_of_range(rejection.number.as_ref());
        "rejection-gp" for ["F3"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |rejection| no_gp(rejection.gp.as_ref());
    }
    Approval {
        "approval-number" for ["F4"] at RffTn::NUMBER: "the number of the acceptance, from 1 to 9,999,999",
            from "wire.md#s-8", broken if |approval| out_of_range(approval.number.as_ref());
        "approval-gp" for ["F4"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |approval| no_gp(approval.gp.as_ref());
    }
    MedicalRecordNotice {
        "medical-record-obsolete" for ["F5", "F6"] at Rff950::CODE: "a transaction type that is not obsolete",
            from "wire.md#s-3-3-14", broken if |_| true;
    }
    Fp69PriorNotification {
        "fp69-gp" for ["F9"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |notification| no_gp(notification.gp.as_ref());
        "fp69-forename" for ["F9"] at PnaPat::FORENAME: "a forename",
            from "wire.md#s-3-3-10, wire.md#row-14", broken if |notification| {
                notification.patient.as_ref().is_none_or(|patient| !is_filled(patient.forename.as_ref()))
            };
        "fp69-house-name" for ["F9"] at NadPat::HOUSE_NAME: "a house name that is not the placeholder for none",
            from "wire.md#s-4-5", broken if |notification| {
                notification.address.as_ref().is_some_and(|address| is_placeholder(address.house_name.as_ref()))
            };
        "fp69-post-town" for ["F9"] at NadPat::POST_TOWN: "a post town",
            from "wire.md#s-9-4, wire.md#row-14", broken if |notification| {
                notification.address.as_ref().is_some_and(|address| !has_post_town(address.post_town.as_ref()))
            };
    }
    Fp69FlagRemoval {
        "fp69-removal-gp" for ["F10"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |removal| no_gp(removal.gp.as_ref());
    }
    DeductionRequestRejection {
        "deduction-request-rejection-number" for ["F11"] at RffTn::NUMBER:
            "the number of the deduction request, from 1 to 9,999,999",
            from "wire.md#row-24", broken if |rejection| out_of_range(rejection.number.as_ref());
        "deduction-request-rejection-gp" for ["F11"] at NadGp::CODE: "a GP code of both parts",
            from "wire.md#s-7-2, wire.md#s-9-4", broken if |rejection| no_gp(rejection.gp.as_ref());
    }
}

/// Whether an amendment sets or erases anything.
fn changes_anything(amendment: &Amendment<'_>) -> bool {
    let names = amendment.patient.as_ref().is_some_and(|patient| {
        let others = [&patient.forename, &patient.title, &patient.second_forename, &patient.other_forenames];
        patient.surname.is_some() || others.iter().any(|name| !name.is_unchanged())
    });
    let address = amendment.address.as_ref().is_some_and(|address| {
        let lines = [&address.house_name, &address.road, &address.locality, &address.county];
        lines.iter().any(|line| is_given(line)) || address.post_town.is_some() || !address.postcode.is_unchanged()
    });
    let previous = amendment.previous.as_ref().is_some_and(|previous| {
        let others = [&previous.forename, &previous.title, &previous.second_forename, &previous.other_forenames];
        previous.identifier.is_some() || !previous.surname.is_unchanged() || others.iter().any(|name| name.is_some())
    });
    names
        || address
        || previous
        || !amendment.institute.is_unchanged()
        || !amendment.rpp_mileage.is_unchanged()
        || !amendment.walking_units.is_unchanged()
        || !amendment.route_marker.is_unchanged()
        || !amendment.drugs_dispensed.is_unchanged()
        || amendment.date_of_birth.is_some()
        || amendment.sex.is_some()
}

fn is_filled(text: Option<&Text<'_>>) -> bool {
    text.is_some_and(|text| !text.is_blank())
}

fn is_marker(text: Option<&Text<'_>>) -> bool {
    text.is_some_and(|text| text == ERASE)
}

/// Whether a house name would be read as the placeholder for none.
fn is_placeholder(house_name: Option<&Text<'_>>) -> bool {
    house_name.is_some_and(|name| name == "?")
}

fn has_number(person: Option<&Person<'_>>) -> bool {
    person.is_some_and(|person| person.identifier.is_some())
}

fn has_house_or_road(address: &Address<'_>) -> bool {
    is_filled(address.house_name.as_ref()) || is_filled(address.road.as_ref())
}

fn amends_house_or_road(address: &AmendedAddress<'_>) -> bool {
    is_filled(address.house_name.value()) || is_filled(address.road.value())
}

fn has_post_town(post_town: Option<&Text<'_>>) -> bool {
    is_filled(post_town) && !is_marker(post_town)
}

/// Whether a line is set or erased.
fn is_given<T>(line: &Line<T>) -> bool {
    !line.is_blank()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transaction::PatientIdentifier;
    use crate::value::{Change, Sex, TransactionType};

    #[test]
    fn types_are_told_apart() {
        for (i, code) in TransactionType::ALL.iter().enumerate() {
            for other in &TransactionType::ALL[i + 1..] {
                assert_ne!(packed(code.as_str()), packed(other.as_str()), "{code} {other}");
            }
        }
    }

    #[test]
    fn every_single_change_is_one() {
        type Set = fn(&mut Amendment<'static>);
        let changes: &[Set] = &[
            |amendment| amendment.institute = Change::Erased,
            |amendment| amendment.rpp_mileage = Change::Erased,
            |amendment| amendment.walking_units = Change::Erased,
            |amendment| amendment.route_marker = Change::Erased,
            |amendment| amendment.drugs_dispensed = Change::Erased,
            |amendment| amendment.date_of_birth = Some(chrono::NaiveDate::MIN.into()),
            |amendment| amendment.sex = Some(Sex::Female),
            |amendment| amendment.patient.get_or_insert_default().surname = Some("MARLOWE".into()),
            |amendment| amendment.patient.get_or_insert_default().forename = Change::Erased,
            |amendment| amendment.patient.get_or_insert_default().title = Change::Erased,
            |amendment| amendment.patient.get_or_insert_default().second_forename = Change::Erased,
            |amendment| amendment.patient.get_or_insert_default().other_forenames = Change::Erased,
            |amendment| amendment.address.get_or_insert_default().house_name = Line::Erased,
            |amendment| amendment.address.get_or_insert_default().road = Line::To("14 ELDER WALK".into()),
            |amendment| amendment.address.get_or_insert_default().locality = Line::Erased,
            |amendment| amendment.address.get_or_insert_default().post_town = Some("NEWTON ABBEY".into()),
            |amendment| amendment.address.get_or_insert_default().county = Line::Erased,
            |amendment| amendment.address.get_or_insert_default().postcode = Change::Erased,
            |amendment| amendment.previous.get_or_insert_default().surname = Change::Erased,
            |amendment| {
                let identifier = PatientIdentifier::amended("9990000018");
                amendment.previous.get_or_insert_default().identifier = Some(identifier);
            },
            |amendment| amendment.previous.get_or_insert_default().forename = Some("IRIS".into()),
        ];
        let mut nothing = Amendment::default();
        assert!(!changes_anything(&nothing));
        nothing.patient.get_or_insert_default();
        nothing.address.get_or_insert_default();
        nothing.previous.get_or_insert_default();
        assert!(!changes_anything(&nothing));
        for (i, change) in changes.iter().enumerate() {
            let mut amendment = Amendment::default();
            change(&mut amendment);
            assert!(changes_anything(&amendment), "change {i}");
        }
    }

    #[test]
    fn identifiers_are_distinct() {
        for (i, rule) in RULES.iter().enumerate() {
            assert!(RULES[i + 1..].iter().all(|other| other.id != rule.id), "{}", rule.id);
            assert!(!rule.text.is_empty() && rule.source.starts_with("wire.md#"), "{}", rule.id);
        }
    }
}
