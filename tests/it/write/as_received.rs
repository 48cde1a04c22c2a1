//! L11: what is written as received reads back as the same model, or is refused. What under some item's wire form means
//! something else is refused by its place.

use chrono::{NaiveDate, NaiveDateTime};
use nhais_edifact::build::{Encoded, InterchangeBuilder};
use nhais_edifact::exchange::Numbering;
use nhais_edifact::interchange::{OtherMessage, Stray};
use nhais_edifact::recep::{Answer, MessageReceipt};
use nhais_edifact::syntax::{RawSegment, TextLines};
use nhais_edifact::transaction::{
    Acceptance, AcceptanceKind, Address, AmendedAddress, Amendment, OtherTransaction, PatientIdentifier, Person,
    Removal, Transactions, TransferIn, Unrecognised,
};
use nhais_edifact::value::{
    AcceptanceCode, AcceptanceType, Change, ControlReference, Count, Date, DateTime, DrugsMarker, GpCode,
    IdentifierQualifier, Line, MessageStatus, NhsNumber, PreparationTime, TransactionSequence, TransactionType,
    UnreadableDate,
};
use nhais_edifact::{ErrorKind, Interchange, Message, Registration, WriteOptions};

use crate::support::laws;

fn time(second: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2024, 3, 18).unwrap().and_hms_opt(9, 7, second).unwrap()
}

fn received() -> WriteOptions {
    WriteOptions::default().as_received(true)
}

/// An interchange of these transactions and nothing else.
fn of(transactions: Transactions<'static>) -> Interchange<'static> {
    let wire: &'static [u8] = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'\
NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'UNT+6+00000508'UNZ+1+00000108'";
    let mut interchange = Interchange::decode(wire).unwrap().interchange;
    if let Message::Registration(message) = &mut interchange.messages[0] {
        message.transactions = transactions;
    }
    interchange
}

fn with(change: impl FnOnce(&mut Registration<'static>)) -> Interchange<'static> {
    let mut interchange = of(Transactions::Removal(vec![removal()]));
    if let Message::Registration(message) = &mut interchange.messages[0] {
        change(message);
    }
    interchange
}

fn removal() -> Removal<'static> {
    let mut removal = Removal::default();
    removal.number = Some("2009".into());
    removal.gp = Some("7000015,T93".into());
    removal.notes = Some("MOVED 40 MILES AWAY".into());
    removal.patient = Some(numbered(PatientIdentifier::official("9990000069")));
    removal
}

fn numbered(identifier: PatientIdentifier<'static>) -> Person<'static> {
    Person { identifier: Some(identifier), ..Person::default() }
}

fn removed(change: impl FnOnce(&mut Removal<'static>)) -> Interchange<'static> {
    let mut removal = removal();
    change(&mut removal);
    of(Transactions::Removal(vec![removal]))
}

fn amended(change: impl FnOnce(&mut Amendment<'static>)) -> Interchange<'static> {
    let mut amendment = Amendment::default();
    amendment.number = Some("2009".into());
    change(&mut amendment);
    of(Transactions::AmendmentOut(vec![amendment]))
}

fn accepted(change: impl FnOnce(&mut Acceptance<'static>)) -> Interchange<'static> {
    let mut acceptance = Acceptance::default();
    acceptance.number = Some("2009".into());
    change(&mut acceptance);
    of(Transactions::Acceptance(vec![acceptance]))
}

/// Checks that a model is refused, and where.
fn assert_refused(model: &Interchange<'_>, place: &str) {
    laws::reads_back_or_is_refused(model);
    let error = model.encode(&received()).expect_err(place);
    assert_eq!(error.kind(), ErrorKind::ReadOtherwise, "{error}");
    let location = error.location();
    let text = location.to_string();
    let text = text.split(" (").next().unwrap();
    assert_eq!(text.strip_prefix(" at ").unwrap_or(text), place);
}

fn assert_read_back(model: &Interchange<'_>) {
    laws::reads_back_or_is_refused(model);
    model.encode(&received()).unwrap();
}

#[test]
fn a_new_value_that_erases_is_refused() {
    let name = |set: fn(&mut nhais_edifact::transaction::AmendedPerson<'static>)| {
        amended(|amendment| set(amendment.patient.get_or_insert_default()))
    };
    assert_refused(&name(|person| person.title = Change::To("%".into())), "PNA+PAT 7.2");
    assert_refused(&name(|person| person.forename = Change::To("%".into())), "PNA+PAT 6.2");
    assert_refused(&name(|person| person.second_forename = Change::To("%".into())), "PNA+PAT 8.2");
    assert_refused(&name(|person| person.other_forenames = Change::To("%".into())), "PNA+PAT 9.2");
    assert_refused(&amended(|amendment| amendment.institute = Change::To("%".into())), "NAD+RIC 2.1");
    assert_refused(&amended(|amendment| amendment.rpp_mileage = Change::To("%".into())), "QTY+951 1.2");
    assert_refused(&amended(|amendment| amendment.walking_units = Change::To("%".into())), "QTY+952 1.2");
    assert_refused(&amended(|amendment| amendment.route_marker = Change::To("%".into())), "HEA+BM 2.1");
    assert_refused(&amended(|amendment| amendment.drugs_dispensed = Change::To("%".into())), "HEA+DM 2.1");
    let previous = |amendment: &mut Amendment<'static>| {
        amendment.previous.get_or_insert_default().surname = Change::To("%".into());
    };
    assert_refused(&amended(previous), "PNA+PER 5.2");
    // The surname cannot be erased, so there it is a surname.
    assert_read_back(&name(|person| person.surname = Some("%".into())));
    assert_read_back(&name(|person| person.title = Change::To("%%".into())));
    assert_read_back(&name(|person| person.title = Change::To("?".into())));
}

#[test]
fn the_builder_s_new_title_that_erases_is_refused() {
    let number = TransactionSequence::new(2009).unwrap();
    let draft = Amendment::by_practice(GpCode::from("7000015,T93"), NhsNumber::from("9990000069"));
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", time(0));
    builder.push(draft.number(number).title("%").build_as_is()).unwrap();
    let error = builder.finish(&mut Numbering::default(), None, &received()).unwrap_err();
    assert_eq!((error.kind(), error.location().transaction), (ErrorKind::ReadOtherwise, Some(2009)));
}

fn moved(set: impl FnOnce(&mut AmendedAddress<'static>)) -> Interchange<'static> {
    amended(|amendment| set(amendment.address.get_or_insert_default()))
}

#[test]
fn a_line_that_erases_or_is_the_placeholder_is_refused() {
    assert_refused(&moved(|address| address.house_name = Line::To("%".into())), "NAD+PAT 3.1");
    assert_refused(&moved(|address| address.house_name = Line::To("?".into())), "NAD+PAT 3.1");
    assert_refused(&moved(|address| address.road = Line::To("%".into())), "NAD+PAT 3.2");
    assert_refused(&moved(|address| address.locality = Line::To("%".into())), "NAD+PAT 3.3");
    assert_refused(&moved(|address| address.county = Line::To("%".into())), "NAD+PAT 3.5");
    assert_refused(&moved(|address| address.postcode = Change::To("%".into())), "NAD+PAT 8.1");
    assert_read_back(&moved(|address| address.post_town = Some("%".into())));
    assert_read_back(&moved(|address| address.road = Line::To("?".into())));
    assert_read_back(&moved(|address| address.house_name = Line::To("??".into())));
}

#[test]
fn a_house_name_that_is_the_placeholder_is_refused_among_kept_components_too() {
    let housed = |name: &'static str, kept: bool| {
        accepted(|acceptance| {
            acceptance.address = Some(Address { house_name: Some(name.into()), ..Address::default() });
            if kept {
                acceptance.unrecognised.push(component("NAD+PAT", 4, 1, "X"));
            }
        })
    };
    assert_refused(&housed("?", false), "NAD+PAT 3.1");
    assert_refused(&housed("?", true), "NAD+PAT 3.1");
    for name in ["%", " ", "??", "?'"] {
        assert_read_back(&housed(name, false));
        assert_read_back(&housed(name, true));
    }
}

#[test]
fn what_is_given_and_empty_is_refused() {
    assert_refused(&removed(|removal| removal.gp = Some("".into())), "NAD+GP 2.1");
    assert_refused(&removed(|removal| removal.number = Some("".into())), "RFF+TN 1.2");
    assert_refused(&accepted(|acceptance| acceptance.place_of_birth = Some("".into())), "LOC+950 2.1");
    let surname = |name: &'static str| {
        accepted(|acceptance| acceptance.patient = Some(Person { surname: Some(name.into()), ..Person::default() }))
    };
    assert_refused(&surname(""), "PNA+PAT 5.2");
    assert_read_back(&surname("  "));
    assert_read_back(&surname("SU"));
    assert_refused(&moved(|address| address.road = Line::To("".into())), "NAD+PAT 3.2");
    assert_refused(&moved(|address| address.postcode = Change::To("".into())), "NAD+PAT 8.1");
    assert_refused(&moved(|address| address.post_town = Some("".into())), "NAD+PAT 3.4");
    let mut interchange = with(|_| {});
    interchange.header.priority = Some("".into());
    assert_refused(&interchange, "UNB 8.1");
    interchange.header.priority = None;
    interchange.header.syntax_identifier = "".into();
    interchange.header.reference = ControlReference::default();
    interchange.header.prepared = PreparationTime::from_wire("", "");
    assert_read_back(&interchange);
}

#[test]
fn codes_of_the_list_by_another_name_are_refused() {
    let code = |code: &str| AcceptanceCode::Other(code.into());
    let known = AcceptanceCode::ALL[0].as_str().to_owned();
    assert_refused(&accepted(|acceptance| acceptance.acceptance_code = Some(code(&known))), "HEA+ACD 2.1");
    assert_refused(&accepted(|acceptance| acceptance.acceptance_code = Some(code(""))), "HEA+ACD 2.1");
    assert_read_back(&accepted(|acceptance| acceptance.acceptance_code = Some(code("Z"))));
    assert_refused(
        &amended(|amendment| amendment.drugs_dispensed = Change::To(DrugsMarker::Other("Y".into()))),
        "HEA+DM 2.1",
    );
    for stated in [AcceptanceType::Birth, AcceptanceType::ExServices] {
        let kind = AcceptanceKind::Unclassified { acceptance_type: Some(stated) };
        assert_refused(&accepted(|acceptance| acceptance.kind = kind), "HEA+ATP");
    }
    for code in [TransactionType::Removal, TransactionType::Other("G3".into())] {
        let list = vec![OtherTransaction { segments: vec![RawSegment::from_wire("S01+1")] }];
        assert_refused(&of(Transactions::Other { code: Some(code), list }), "RFF+950 1.2");
    }
}

#[test]
fn numbers_of_patients_that_read_as_others_are_refused() {
    let identified = |number: &'static str, qualifier: Option<IdentifierQualifier>| {
        removed(|removal| {
            removal.patient = Some(numbered(PatientIdentifier { number: number.into(), qualifier }));
        })
    };
    let other = |text: &str| Some(IdentifierQualifier::Other(text.into()));
    for number in ["", "   "] {
        assert_refused(&identified(number, Some(IdentifierQualifier::Official)), "PNA+PAT 2.1");
        assert_refused(&identified(number, None), "PNA+PAT 2.1");
    }
    assert_refused(&identified("9990000069", other("OPI")), "PNA+PAT 2.1");
    assert_refused(&identified("9990000069", other("")), "PNA+PAT 2.1");
    assert_read_back(&identified("9990000069", other("ZZZ")));
    assert_read_back(&identified("9990000069", None));
}

#[test]
fn lines_that_are_not_read_are_refused() {
    let lines = |lines: &[&str]| -> TextLines<'static> { lines.iter().copied().collect() };
    let noted = |text: &[&str]| removed(|removal| removal.notes = Some(lines(text)));
    for text in [&[][..], &[""], &["", ""], &["A", ""], &["A", "B", "C", "D", "E", "F"]] {
        assert_refused(&noted(text), "FTX+RGI 4.1");
    }
    for text in [&["", "A"][..], &["A", "", "B"], &["A", "B", "C", "D", "E"], &[" "], &["%"]] {
        assert_read_back(&noted(text));
    }
    let lived = |text: &[&str]| {
        accepted(|acceptance| {
            let previous_address = Some(lines(text));
            acceptance.kind = AcceptanceKind::TransferIn(TransferIn { previous_address, ..TransferIn::default() });
        })
    };
    // Blank lines are left out there.
    for text in [&["", "A"][..], &["A", "", "B"], &["A", ""], &[""]] {
        assert_refused(&lived(text), "NAD+PER 3.1");
    }
    assert_read_back(&lived(&["A", " ", "C", "D", "E"]));
}

#[test]
fn dates_that_are_read_as_others_are_refused() {
    let unreadable = |text: &'static str, format: Option<&'static str>| {
        Box::new(UnreadableDate { text: text.into(), format: format.map(Into::into) })
    };
    let on = |date: Date<'static>| accepted(|acceptance| acceptance.accepted_on = Some(date));
    for (text, format) in [("20240308", Some("102")), ("", Some("102")), ("", None), ("2024", Some(""))] {
        assert_refused(&on(Date::Unreadable(unreadable(text, format))), "DTM+956 1.2");
    }
    for date in [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap()] {
        assert_refused(&on(Date::Calendar(date)), "DTM+956 1.2");
    }
    for (text, format) in [("20240231", Some("102")), ("20240308", Some("203")), ("20240308", None), (" ", Some("102"))]
    {
        assert_read_back(&on(Date::Unreadable(unreadable(text, format))));
    }
    let at = |time: DateTime<'static>| with(|message| message.translated = Some(time));
    assert_refused(&at(DateTime::Unreadable(unreadable("202403180907", Some("203")))), "DTM+137 1.2");
    assert_refused(&at(DateTime::Calendar(time(1))), "DTM+137 1.2");
    assert_read_back(&at(time(1).into()));
}

#[test]
fn segments_that_the_type_does_not_have_are_refused() {
    let quarter_end = NaiveDate::from_ymd_opt(2024, 3, 31).unwrap();
    assert_refused(&with(|message| message.quarter_end = Some(quarter_end.into())), "DTM+206");
    let mut amendment = Amendment::default();
    amendment.notes = Some("AN HA SENDS NONE".into());
    assert_refused(&of(Transactions::AmendmentIn(vec![amendment])), "FTX+RGI");
}

fn receipt(change: impl FnOnce(&mut MessageReceipt<'static>)) -> Interchange<'static> {
    let answered = with(|_| {});
    let mut receipt = Answer::of(&nhais_edifact::Decoded { interchange: answered, issues: Vec::new() })
        .receipt(time(0), &mut Numbering::default())
        .unwrap()
        .into_owned();
    if let Message::Recep(message) = &mut receipt.messages[0] {
        change(&mut message.messages[0]);
    }
    receipt
}

#[test]
fn what_is_kept_behind_a_table_or_under_an_unknown_tag_is_read_back() {
    for (segment, element, place) in [("NAD+GP", 2, 3), ("NAD+GP", 9, 1), ("RFF+TN", 1, 3), ("FTX+RGI", 5, 1)] {
        for text in ["X", "X:Y+Z?", "O'DELL"] {
            let kept = component(segment, element, place, text);
            assert_read_back(&removed(|removal| removal.unrecognised.push(kept)));
        }
    }
    for wire in ["ZZZ", "ZZZ+A:B++C", "ZZZ+A?'B", "Z1Z+A+"] {
        for at in [1, 3, usize::MAX] {
            let kept = Unrecognised::Segment { at, segment: RawSegment::from_wire(wire) };
            assert_read_back(&removed(|removal| removal.unrecognised.push(kept)));
        }
    }
}

#[test]
fn long_segments_are_read_back() {
    let lines: TextLines<'static> =
        ["?", "'", "A", "+:", " B"].map(|text| text.repeat(70 / text.len())).iter().map(String::as_str).collect();
    for kept in [component("FTX+RGI", 5, 1, "C"), component("FTX+RGI", 900, 1, "C")] {
        assert_read_back(&removed(|removal| removal.notes = Some(lines.clone())));
        assert_read_back(&removed(|removal| {
            removal.notes = Some(lines.clone());
            removal.unrecognised.push(kept);
        }));
    }
    for len in [240, 256, 270, 2_000] {
        let segment = RawSegment::from_wire(format!("ZZZ+{}", "A".repeat(len)));
        assert_read_back(&removed(|removal| removal.unrecognised.push(Unrecognised::Segment { at: 2, segment })));
    }
}

#[test]
fn lines_of_receipts_that_are_read_otherwise_are_refused() {
    let words = |reference: Option<&'static str>, status: Option<MessageStatus>| {
        receipt(|line| (line.reference, line.status) = (reference.map(ControlReference::from), status))
    };
    let other = |text: &str| Some(MessageStatus::Other(text.into()));
    for (reference, status) in [
        (None, Some(MessageStatus::Translated)),
        (Some(""), Some(MessageStatus::Translated)),
        (Some(""), None),
        (Some("A B"), None),
        (Some("1 "), None),
        (Some("1"), other("")),
        (Some("1"), other("CP")),
        (Some("1"), other(" CP")),
    ] {
        assert_refused(&words(reference, status), "RFF+MIS 1.2");
    }
    for (reference, status) in
        [(None, None), (Some("A"), None), (Some("1"), other("CP X")), (Some("00000001"), other("ZZ"))]
    {
        assert_read_back(&words(reference, status));
    }
    let counted = |count: Count<'static>| {
        let mut interchange = receipt(|_| {});
        if let Message::Recep(message) = &mut interchange.messages[0] {
            message.interchange.as_mut().unwrap().count = Some(count);
        }
        interchange
    };
    assert_refused(&counted("".into()), "RFF+RIS 1.3");
    assert_read_back(&counted(Count::new(u64::MAX)));
}

fn component(segment: &'static str, element: u16, component: u16, text: &'static str) -> Unrecognised<'static> {
    Unrecognised::Component { segment: segment.into(), element, component, text: text.into() }
}

fn segment(wire: &'static str) -> Unrecognised<'static> {
    Unrecognised::Segment { at: 3, segment: RawSegment::from_wire(wire) }
}

#[test]
fn kept_segments_that_are_read_into_another_place_are_refused() {
    let kept = |wire: &'static str| removed(|removal| removal.unrecognised.push(segment(wire)));
    for wire in
        ["S01+1", "RFF+TN:2010", "UNT+1+1", "UNZ+1+1", "UNH+1+ORDERS:D", "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108"]
    {
        assert_refused(&kept(wire), "");
    }
    for wire in ["ZZZ+1", "ZZZ+5?*3", "NAD+RIC+QA:956", "FTX+RGI+++ANOTHER", "zzz"] {
        assert_read_back(&kept(wire));
    }
    let unsaid = |wire: &'static str| {
        removed(|removal| {
            (removal.notes, removal.patient) = (None, None);
            removal.unrecognised.push(segment(wire));
        })
    };
    for wire in ["FTX+RGI+++NOTES", "PNA+PAT+9990000069:OPI"] {
        assert_refused(&unsaid(wire), "");
    }
}

#[test]
fn kept_components_that_are_read_into_another_place_are_refused() {
    let kept = |kept: Unrecognised<'static>| {
        removed(|removal| {
            removal.patient.get_or_insert_default().identifier = None;
            removal.unrecognised.push(kept);
        })
    };
    for place in [
        component("PNA+PAT", 2, 1, "9990000069"),
        component("PNA+PAT", 3, 1, ""),
        component("NAD+XYZ", 3, 1, "NOWHERE"),
        component("FTX+RGI", 4, 2, "A SECOND LINE"),
    ] {
        assert_refused(&kept(place), "");
    }
    assert_read_back(&kept(component("PNA+PAT", 3, 1, "X")));
    assert_read_back(&kept(component("FTX+RGI", 2, 1, "X")));
}

fn stray(before_message: usize, segment: &str) -> Stray<'static> {
    serde_json::from_value(serde_json::json!({ "before_message": before_message, "segment": segment })).unwrap()
}

fn other(header: &str, segments: &[&str]) -> Message<'static> {
    let message = serde_json::json!({ "header": header, "segments": segments });
    Message::Other(serde_json::from_value::<OtherMessage<'_>>(message).unwrap())
}

#[test]
fn what_is_kept_outside_messages_is_read_back_or_refused() {
    for (place, wire) in [(7, "ZZZ"), (1, "UNH+1+ORDERS:D"), (0, "UNZ+1+1")] {
        let mut interchange = with(|_| {});
        interchange.unrecognised.push(stray(place, wire));
        assert_refused(&interchange, "");
    }
    for header in ["UNH+00000509+FHSREG:0:1:FH:FHS001", "BGM+++507"] {
        let mut interchange = with(|_| {});
        interchange.messages.push(other(header, &[]));
        assert_refused(&interchange, "");
    }
    let mut interchange = with(|_| {});
    interchange.unrecognised.push(stray(1, "ZZZ"));
    interchange.leading.push(RawSegment::from_wire("HELLO"));
    interchange.trailing.push(RawSegment::from_wire("GOODBYE"));
    interchange.messages.push(other("UNH+00000509+ORDERS:D:96A:UN", &["BGM+220"]));
    assert_read_back(&interchange);
}

#[test]
fn text_with_line_breaks_reads_back() {
    for text in ["\nA", "A\n", "\r\n", "A\nUNB+UNOA:2", "?\n"] {
        assert_read_back(&removed(|removal| removal.notes = Some(text.into())));
        assert_read_back(&removed(|removal| removal.gp = Some(text.into())));
    }
}

#[test]
fn seconds_do_not_stay_in_what_is_built() {
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", time(42)).translated(time(59));
    let number = TransactionSequence::new(2009).unwrap();
    let draft = Removal::draft(GpCode::from("7000015,T93"), NhsNumber::from("9990000069"), "MOVED AWAY");
    builder.push(draft.number(number).build().unwrap()).unwrap();
    let options = WriteOptions::default();
    let Encoded { interchange: built, bytes: wire, .. } =
        builder.finish(&mut Numbering::default(), None, &options).unwrap();
    let read = Interchange::decode(&wire).unwrap();
    assert_eq!(read.interchange, built);
    let receipt = Answer::of(&read).receipt(time(1), &mut Numbering::default()).unwrap();
    let wire = receipt.encode(&options).unwrap();
    assert_eq!(Interchange::decode(&wire).unwrap().interchange, receipt);
}

#[test]
fn seconds_do_not_stay_in_what_is_deserialized() {
    let read: DateTime<'_> = serde_json::from_str("\"2024-03-18T09:07:42.5\"").unwrap();
    assert_eq!(read, DateTime::from(time(0)));
    assert_eq!(serde_json::to_string(&read).unwrap(), "\"2024-03-18T09:07:00\"");
}
