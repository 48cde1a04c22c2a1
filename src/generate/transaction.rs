//! Transactions: the segments of a plan, then what the rules across fields demand.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::value::{any_text, text};
use crate::byte_source::ByteSource;
use crate::syntax::{RawSegment, Text, TextLines};
use crate::table::{Group, Need, need};
use crate::transaction::{
    Acceptance, AcceptanceKind, Address, AmendedPreviousPerson, Amendment, Entry, ExServices, Fp69PriorNotification,
    Immigrant, OtherTransaction, PatientIdentifier, Person, Transaction, TransferIn, Unrecognised, entry, with_model,
};
use crate::value::{
    AcceptanceCode, AcceptanceType, Change, DeductionReason, DrugsMarker, Line, TransactionNumber, TransactionType,
};

/// Generates the segments of a group: all mandatory ones, and some others.
pub(super) fn fill<'a, G: Group<'a>>(group: &mut G, variant: usize, source: &mut ByteSource<'_>) {
    for step in 0..G::PLAN.len() {
        let wanted = match need::<G>(step, variant) {
            Need::Mandatory | Need::OptionalOnReading => !source.deviates(16),
            Need::Optional => source.coin(),
            Need::Never => source.misleads(40),
            _ => false,
        };
        if wanted {
            group.generate_step(step, source);
        }
    }
}

/// Segments that can be kept, and some that are read back as something else.
const KEPT: &[&str] = &[
    "ZZZ+1",
    "ZZZ+5?*3",
    "DTM+999:20240229:102",
    "zzz",
    "+A",
    "S01+1",
    "S02+2",
    "RFF+TN:7",
    "RFF+950:G1",
    "FTX+RGI+++X",
    "PNA+PAT",
    "NAD+RIC+QA:956",
    "HEA+ATP+3:ZZZ",
    "BGM+++507",
    "RFF+MIS:00000001 CP",
    "RFF+RIS:00000001 OK:1",
    "UNA:+.? ",
    "UNB+UNOA:2+A+B+240318:0907+1",
    "UNH+1+ORDERS:D",
    "UNH+1+FHSREG:0:1:FH:FHS001",
    "UNT+1+1",
    "UNZ+0+1",
    "",
    " ZZZ",
    "ZZZ+A'B",
    "ZZZ+A?",
];

/// Generates a segment to be kept.
pub(super) fn kept_segment(source: &mut ByteSource<'_>) -> RawSegment<'static> {
    RawSegment::from_wire(*source.one_of(KEPT))
}

/// Keeps something, in those models that may hold what is read back as something else.
pub(super) fn keep(unrecognised: &mut Vec<Unrecognised<'_>>, source: &mut ByteSource<'_>) {
    const SEGMENTS: &[&str] =
        &["NAD+PAT", "PNA+PAT", "FTX+RGI", "RFF+TN", "NAD+GP", "XXX", "UNT", "UNZ", "UNB", "UNH", "S02"];
    while source.misleads(12) {
        unrecognised.push(if source.coin() {
            let segment = Text::from(*source.one_of(SEGMENTS));
            let [element, component] = [10, 6].map(|count| u16::try_from(source.below(count)).unwrap_or_default());
            Unrecognised::Component { segment, element, component, text: any_text(6, source).into() }
        } else {
            Unrecognised::Segment { at: source.below(12), segment: kept_segment(source) }
        });
    }
}

/// Generates a transaction of a type. It may be sent, unless the source is [`as_received`](ByteSource::as_received).
///
/// F5, F6 and types beyond the catalogue may not be sent at all.
///
/// ```
/// use nhais_edifact::generate::{ByteSource, transaction};
/// use nhais_edifact::value::TransactionType;
///
/// let made = transaction(&TransactionType::Removal, &mut ByteSource::new(&[]));
/// assert!(made.nhs_number().is_some());
/// ```
pub fn transaction(transaction_type: &TransactionType, source: &mut ByteSource<'_>) -> Transaction<'static> {
    numbered(transaction_type, None, source)
}

/// Generates a transaction with this number, if it has one.
pub(super) fn numbered(
    transaction_type: &TransactionType,
    number: Option<u64>,
    source: &mut ByteSource<'_>,
) -> Transaction<'static> {
    let mut made = Transaction::of_type(Some(transaction_type));
    if let Transaction::Acceptance(acceptance) = &mut made {
        // The kind decides which segments there are.
        acceptance.kind = kind(source);
    }
    with_model!(
        Transaction(&mut made),
        |model: Of| {
            fill(model, Of::variant(model), source);
            keep(&mut model.unrecognised, source);
        },
        Other(_) => return Transaction::Other(other(number, source))
    );
    if !source.may_deviate() {
        obey(&mut made, source);
    }
    if let Some(number) = number {
        with_model!(Transaction(&mut made), |model: Of| renumber(&mut model.number, number), Other(_) => {});
    }
    made
}

/// Puts a number in the place of the one that is there.
fn renumber(place: &mut Option<TransactionNumber<'_>>, number: u64) {
    *place = place.take().map(|_| format!("{number}").into());
}

/// A transaction of segments that are kept whole.
fn other(number: Option<u64>, source: &mut ByteSource<'_>) -> OtherTransaction<'static> {
    let number = number.unwrap_or(1);
    let mut segments: Vec<String> = ["S01+1".into(), format!("RFF+TN:{number}")].into();
    let wires = ["ZZZ+A:B", "NAD+XYZ++O?'DELL", "DTM+999:20240229:102", "QQQ", "FTX+AAA+++WHY??:2 ?+ 2"];
    for _ in 0..source.below(3) {
        let wires = if source.misleads(3) { KEPT } else { &wires };
        segments.push((*source.one_of(wires)).into());
    }
    OtherTransaction { segments: segments.into_iter().map(RawSegment::from_wire).collect() }
}

/// Makes a transaction obey the rules for its type; types that are not listed obey them anyway.
fn obey(transaction: &mut Transaction<'_>, source: &mut ByteSource<'_>) {
    match transaction {
        Transaction::Acceptance(acceptance) => obey_of_acceptances(acceptance, source),
        Transaction::AmendmentOut(amendment) => obey_of_amendments::<entry::AmendmentOut>(amendment, source),
        Transaction::AmendmentIn(amendment) => obey_of_amendments::<entry::AmendmentIn>(amendment, source),
        Transaction::Removal(removal) => removal.patient = Some(number_only(source)),
        Transaction::DeductionRequest(request) => {
            // Death, embarkation, another reason (wire.md#s-5-4).
            let reasons = [DeductionReason::Death, DeductionReason::Embarkation, DeductionReason::OtherReason];
            request.reason = Some(source.one_of(&reasons).clone());
            request.patient = Some(number_only(source));
        }
        Transaction::Deduction(deduction) => deduction.patient = Some(number_only(source)),
        Transaction::Approval(approval) => approval.patient = approval.patient.take().map(|_| number_only(source)),
        Transaction::MedicalRecordF5(notice) | Transaction::MedicalRecordF6(notice) => {
            notice.patient = Some(number_only(source));
        }
        Transaction::Fp69PriorNotification(notification) => obey_of_notifications(notification, source),
        Transaction::Fp69FlagRemoval(removal) => removal.patient = Some(number_only(source)),
        Transaction::DeductionRequestRejection(rejection) => rejection.patient = Some(number_only(source)),
        _ => {}
    }
}

fn obey_of_acceptances(acceptance: &mut Acceptance<'_>, source: &mut ByteSource<'_>) {
    (acceptance.rpp_mileage, acceptance.walking_units, acceptance.route_marker) = (None, None, None);
    let patient = acceptance.patient.get_or_insert_default();
    patient.surname.get_or_insert_with(|| text(70, source).into());
    if acceptance.kind == AcceptanceKind::Birth || acceptance.place_of_birth.is_none() {
        identify(&mut patient.identifier, source);
    }
    if acceptance.acceptance_code == Some(AcceptanceCode::AfterDeduction) {
        acceptance.notes.get_or_insert_with(|| note(source));
    }
    if let Some(address) = &mut acceptance.address {
        locate(address, source);
    }
    // An acceptance gives the surname only of the previous identity (wire.md#s-3-3-1).
    acceptance.previous = acceptance.previous.take().map(|previous| {
        let surname = Some(previous.surname.unwrap_or_else(|| text(70, source).into()));
        Person { surname, ..Person::default() }
    });
}

fn obey_of_amendments<E: Entry>(amendment: &mut Amendment<'_>, source: &mut ByteSource<'_>) {
    amendment.rpp_mileage = Change::Unchanged;
    amendment.walking_units = Change::Unchanged;
    amendment.route_marker = Change::Unchanged;
    let patient = amendment.patient.get_or_insert_default();
    identify(&mut patient.identifier, source);
    // All forenames are erased with the first, or none (wire.md#s-3-6).
    let no_forenames = patient.forename == Change::Erased;
    for name in [&mut patient.second_forename, &mut patient.other_forenames] {
        if no_forenames || *name == Change::Erased {
            *name = Change::Unchanged;
        }
    }
    let is_out = E::TYPE.is_outbound();
    if let Some(address) = &mut amendment.address {
        address.post_town.get_or_insert_with(|| text(35, source).into());
        let erases = address.house_name == Line::Erased || address.road == Line::Erased;
        if (is_out || erases) && address.house_name.value().is_none() && address.road.value().is_none() {
            address.road = Line::To(text(35, source).into());
        }
    }
    // An amendment gives the surname only of the previous identity, an HA also the new number (wire.md#s-3-3-2,
    // wire.md#s-3-3-5).
    amendment.previous = amendment.previous.take().map(|previous| {
        let identifier = previous.identifier.filter(|_| !is_out);
        let surname =
            if identifier.is_none() && previous.surname.is_unchanged() { Change::Erased } else { previous.surname };
        AmendedPreviousPerson { identifier, surname, ..AmendedPreviousPerson::default() }
    });
    if crate::check::breaks_any::<E>(amendment) {
        amendment.drugs_dispensed = Change::To(DrugsMarker::Dispensed);
    }
}

fn obey_of_notifications(notification: &mut Fp69PriorNotification<'_>, source: &mut ByteSource<'_>) {
    let patient = notification.patient.get_or_insert_default();
    identify(&mut patient.identifier, source);
    patient.surname.get_or_insert_with(|| text(70, source).into());
    patient.forename.get_or_insert_with(|| text(70, source).into());
    // No title is documented (wire.md#s-3-3-10).
    patient.title = None;
    let address = notification.address.get_or_insert_default();
    address.post_town.get_or_insert_with(|| text(35, source).into());
}

/// The kind of an acceptance; its items come with the plan.
fn kind(source: &mut ByteSource<'_>) -> AcceptanceKind<'static> {
    if source.misleads(16) {
        return AcceptanceKind::Unclassified { acceptance_type: Some(source.one_of(AcceptanceType::ALL).clone()) };
    }
    let count = if source.may_deviate() { 7 } else { 4 };
    match source.below(count) {
        0 => AcceptanceKind::Birth,
        1 => AcceptanceKind::First,
        2 => AcceptanceKind::TransferIn(TransferIn::default()),
        3 => AcceptanceKind::Immigrant(Immigrant::default()),
        4 => AcceptanceKind::ExServices(ExServices::default()),
        5 => AcceptanceKind::Unclassified { acceptance_type: None },
        _ => AcceptanceKind::Unclassified { acceptance_type: Some("7".into()) },
    }
}

/// A patient's number.
fn official(source: &mut ByteSource<'_>) -> PatientIdentifier<'static> {
    PatientIdentifier::official(super::value::nhs_number(source))
}

fn identify(identifier: &mut Option<PatientIdentifier<'_>>, source: &mut ByteSource<'_>) {
    identifier.get_or_insert_with(|| official(source));
}

/// Most transactions name the patient by number alone (wire.md#s-3-3-3 to wire.md#s-3-3-12).
fn number_only(source: &mut ByteSource<'_>) -> Person<'static> {
    Person { identifier: Some(official(source)), ..Person::default() }
}

fn note(source: &mut ByteSource<'_>) -> TextLines<'static> {
    core::iter::once(text(70, source).as_str()).collect()
}

/// An address needs a house name or a road, and a post town (wire.md#s-4-5).
fn locate(address: &mut Address<'_>, source: &mut ByteSource<'_>) {
    if address.house_name.is_none() {
        address.road.get_or_insert_with(|| text(35, source).into());
    }
    address.post_town.get_or_insert_with(|| text(35, source).into());
}
