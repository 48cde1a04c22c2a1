//! What builders take, and what they give back.

use chrono::NaiveDate;
use nhais_edifact::build::kind::{AcceptanceOf, Birth, RemovalKind};
use nhais_edifact::build::{AcceptanceItems, Draft, Encoded, Identity, InterchangeBuilder, Kind};
use nhais_edifact::exchange::{Numbering, TransactionNumbering};
use nhais_edifact::syntax::Text;
use nhais_edifact::transaction::{
    Acceptance, AcceptanceKind, Address, AmendedAddress, Amendment, Approval, Person, Removal, Transaction,
};
use nhais_edifact::value::{Change, Line, NhsNumber, Postcode, Sex, TransactionSequence};
use nhais_edifact::{Error, WriteOptions};

use crate::values::{date, gp, items, now, patient};

fn acceptance<K: Kind>(draft: Draft<'static, K>) -> Acceptance<'static> {
    match draft.build().unwrap() {
        Transaction::Acceptance(acceptance) => acceptance,
        other => panic!("{:?}", other.transaction_type()),
    }
}

#[test]
fn setters_take_a_value_or_an_option_of_it() {
    let place = String::from("LEEDS");
    let set = acceptance(
        Acceptance::first(items(), Identity::NhsNumber(patient()))
            .forename(Some("IRIS"))
            .title(Some(String::from("MISS")))
            .second_forename(Text::from("JUNE"))
            .date_of_birth(Some(date(2024, 2, 20)))
            .place_of_birth(place)
            .institute(Some("QB"))
            .notes(Some("SEE LETTER"))
            .previous_surname(Some(Text::from("PIKE"))),
    );
    let person = set.patient.unwrap();
    assert_eq!((person.forename, person.title), (Some("IRIS".into()), Some("MISS".into())));
    assert_eq!(person.second_forename, Some("JUNE".into()));
    assert_eq!(set.date_of_birth.unwrap().calendar(), Some(date(2024, 2, 20)));
    assert_eq!((set.place_of_birth, set.notes.unwrap().to_text()), (Some("LEEDS".into()), "SEE LETTER".into()));
    assert_eq!((set.institute.unwrap().as_str(), set.previous.unwrap().surname), ("QB", Some("PIKE".into())));
}

#[test]
fn what_is_nothing_or_blank_is_not_set() {
    let bare = acceptance(Acceptance::first(items(), Identity::NhsNumber(patient())));
    for blank in [None, Some(""), Some("  ")] {
        let draft = Acceptance::first(items(), Identity::NhsNumber(patient()))
            .forename("IRIS")
            .forename(blank)
            .title(blank)
            .second_forename(blank)
            .other_forenames(blank)
            .place_of_birth(blank)
            .institute(blank)
            .notes(blank)
            .previous_surname(blank)
            .date_of_birth(None::<NaiveDate>);
        assert_eq!(acceptance(draft), bare, "{blank:?}");
        let address = Address::of_road("14 ELDER WALK", "NEWTON ABBEY");
        let same = address.clone().house_name(blank).locality(blank).county(blank).postcode(blank);
        assert_eq!(same, address, "{blank:?}");
        let approval = Approval::draft("2005".into(), gp());
        assert_eq!(approval.clone().nhs_number(blank).build(), approval.build(), "{blank:?}");
        let amendment = Amendment::by_ha("7".into(), gp(), patient()).surname("PIKE");
        let same = (amendment.clone())
            .forename(blank)
            .title(blank)
            .institute(blank)
            .previous_surname(blank)
            .new_nhs_number(blank)
            .sex(None::<Sex>)
            .address(None::<AmendedAddress<'_>>);
        assert_eq!(same.build(), amendment.build(), "{blank:?}");
    }
}

#[test]
fn lines_of_a_previous_address_may_be_missing() {
    let identity = || Identity::PlaceOfBirth("LISBON".into());
    let previous = |lines: Option<Vec<String>>| {
        let draft = Acceptance::immigrant(items(), identity(), date(2024, 1, 30)).previous_address(lines);
        let AcceptanceKind::Immigrant(immigrant) = acceptance(draft).kind else { panic!() };
        immigrant.previous_address.map(|lines| lines.iter().map(|line| line.to_string()).collect::<Vec<_>>())
    };
    assert_eq!(previous(Some(vec!["3 MILL LANE".into(), " ".into(), "EASTPOOL".into()])).unwrap().len(), 2);
    assert_eq!((previous(Some(vec![" ".into()])), previous(Some(vec![])), previous(None)), (None, None, None));
}

#[test]
fn an_address_needs_no_annotation() {
    let of_road = Address::of_road("1 X", "TOWN");
    assert_eq!((&of_road.road, &of_road.post_town), (&Some("1 X".into()), &Some("TOWN".into())));
    assert_eq!(Address::new(None::<&str>, Some("1 X"), "TOWN"), of_road);
    assert_eq!(Address::new(Some("ELM HOUSE"), "", "TOWN"), Address::of_house("ELM HOUSE", "TOWN"));
    assert_eq!(Address::new("", None::<String>, Some("TOWN")), Address::of_town("TOWN"));
    let person = Person::default();
    assert!(person.nhs_number().is_none());
}

#[test]
fn an_address_becomes_an_amended_one_and_back() {
    let address = Address::of_road("1 X", "TOWN").postcode("ZZ9 9AA");
    let amended = AmendedAddress::from(address.clone());
    assert_eq!((&amended.road, &amended.county), (&Line::To("1 X".into()), &Line::Blank));
    assert_eq!(amended.postcode, Change::To(Postcode::from("ZZ9  9AA")));
    assert_eq!(AmendedAddress::from(Address::of_town("TOWN")).postcode, Change::Unchanged);
    assert_eq!(Address::from(amended.erase_house_name()), address, "what is erased is nothing");
    let amendment = Amendment::by_practice(gp(), patient()).address(address).build().unwrap();
    let Transaction::AmendmentOut(amendment) = amendment else { panic!() };
    assert_eq!(amendment.address.unwrap().post_town, Some("TOWN".into()));
}

#[test]
fn options_changes_and_lines_are_made_of_each_other() {
    assert_eq!((Change::<u8>::from(Some(1)), Change::<u8>::from(None)), (Change::To(1), Change::Unchanged));
    assert_eq!((Line::<u8>::from(Some(1)), Line::<u8>::from(None)), (Line::To(1), Line::Blank));
    assert_eq!((Option::from(Change::To(1)), Option::<u8>::from(Change::Erased)), (Some(1), None));
    assert_eq!((Option::from(Line::To(1)), Option::<u8>::from(Line::Erased)), (Some(1), None));
    let (title, line) = (Change::To(String::from("DR")), Line::To(String::from("DR")));
    assert_eq!((title.as_ref().map(String::len), line.as_ref().map(String::len)), (Change::To(2), Line::To(2)));
    assert_eq!((Change::<u8>::Erased.map(u32::from), Line::<u8>::Blank.map(u32::from)), (Change::Erased, Line::Blank));
}

#[test]
fn kinds_have_names_of_their_own() {
    let birth: Draft<'_, AcceptanceOf<Birth>> = Acceptance::birth(items(), patient(), date(2024, 2, 20));
    let removal: Draft<'_, RemovalKind> = Removal::draft(gp(), patient(), "MOVED AWAY");
    assert!(birth.clone().build().is_ok() && removal.clone().build().is_ok());
}

#[test]
fn all_faults_of_a_draft_are_said_by_field() {
    let draft = Acceptance::birth(
        AcceptanceItems {
            gp: "7000015".into(),
            code: "Z".into(),
            surname: "".into(),
            address: Address::of_road("14 ELDER WALK", "").postcode("NOWHERE"),
            ..items()
        },
        NhsNumber::from("9990000017"),
        date(2024, 2, 20),
    )
    .forename("Iris")
    .title("%");
    let faults: Vec<_> = (draft.faults().iter()).map(|fault| (fault.field().unwrap(), fault.kind().id())).collect();
    assert_eq!(
        faults,
        [
            ("gp", "acceptance-gp"),
            ("address.post_town", "acceptance-post-town"),
            ("patient.surname", "missing-value"),
            ("acceptance_code", "unknown-code"),
            ("patient.identifier.number", "invalid-value"),
            ("patient.forename", "repertoire"),
            ("patient.title", "erase-marker"),
            ("address.postcode", "invalid-value"),
        ]
    );
    assert_eq!(draft.build().unwrap_err().field(), Some("gp"));
}

#[test]
fn a_missing_item_is_a_fault_of_its_field() {
    let transfer = Acceptance::transfer_in(items(), Identity::NhsNumber(patient()), "", None::<&str>);
    let fields: Vec<_> = transfer.faults().iter().map(Error::field).collect();
    assert_eq!(fields, [Some("kind.previous_gp"), Some("kind.previous_address")]);
    let removal = Removal::draft("".into(), patient(), "");
    assert_eq!(removal.faults().iter().map(Error::field).collect::<Vec<_>>(), [Some("gp"), Some("notes")]);
}

#[test]
fn what_is_read_as_something_else_is_one_fault_among_others() {
    let amendment = Amendment::by_practice(gp(), NhsNumber::from("1")).title("%").surname("Pike");
    let faults: Vec<_> = (amendment.faults().iter()).map(|fault| (fault.field(), fault.kind().id())).collect();
    assert_eq!(
        faults,
        [
            (Some("patient.identifier.number"), "invalid-value"),
            (Some("patient.surname"), "repertoire"),
            (Some("patient.title"), "erase-marker"),
        ]
    );
}

#[test]
fn a_sound_draft_has_no_faults_and_a_long_value_is_none() {
    let draft = Removal::draft(gp(), patient(), "MOVED 40 MILES AWAY, TO A PLACE WITH A RATHER LONG DESCRIPTION");
    assert_eq!((draft.faults(), draft.build().is_ok()), (Vec::new(), true));
}

#[test]
fn an_interchange_says_all_that_would_be_refused() {
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
    for (number, reason) in [("9990000017", "MOVED AWAY"), ("9990000018", "moved away"), ("1", "%")] {
        builder.push(Removal::draft(gp(), number.into(), reason).build_as_is()).unwrap();
    }
    let options = WriteOptions::default().as_received(true);
    let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
    let mut interchange = builder.finish(&mut numbering, &mut transactions, &options).unwrap().interchange;
    interchange.header.sender = "K".into();
    let mut issues: Vec<nhais_edifact::Issue> = Vec::new();
    interchange.check(&mut issues);
    let found: Vec<_> = (issues.iter())
        .map(|issue| (issue.nth_message(), issue.error().location().transaction, issue.error().field().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            (None, None, "sender"),
            (Some(1), Some(1), "patient.identifier.number"),
            (Some(1), Some(2), "notes"),
            (Some(1), Some(3), "patient.identifier.number"),
        ]
    );
    let first = interchange.encode(&WriteOptions::default()).unwrap_err();
    assert_eq!(&first, issues[0].error());
}

#[test]
fn numbers_are_used_up_when_the_interchange_is_finished() {
    let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
    let refused = Removal::draft(gp(), NhsNumber::from("1"), "MOVED AWAY");
    assert!(refused.clone().build().is_err());
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
    builder.push(Removal::draft(gp(), patient(), "MOVED AWAY").build().unwrap()).unwrap();
    let own = Removal::draft(gp(), patient(), "FAR").number(TransactionSequence::new(77).unwrap());
    builder.push(own.build().unwrap()).unwrap();
    let amendment = Amendment::by_practice(gp(), patient()).surname("PIKE");
    builder.push(amendment.build().unwrap()).unwrap();
    let options = WriteOptions::default();
    let Encoded { interchange, bytes, issues } = builder.finish(&mut numbering, &mut transactions, &options).unwrap();
    let numbers: Vec<_> = interchange.transactions().map(|(_, one)| one.number().unwrap().number()).collect();
    assert_eq!(numbers, [Some(1), Some(77), Some(2)]);
    assert_eq!((interchange.encode(&options).unwrap(), issues), (bytes, Vec::new()));
    assert_eq!((numbering.next_interchange().number(), transactions.next_transaction().number()), (2, 3));
}

#[test]
fn a_refused_finish_leaves_the_builder_as_it_was() {
    let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
    builder.push(Removal::draft(gp(), NhsNumber::from("QXT9/3/12"), "MOVED AWAY").build_as_is()).unwrap();
    let before = format!("{builder:?}");
    let options = WriteOptions::default();
    assert!(builder.finish(&mut numbering, &mut transactions, &options).is_err());
    assert_eq!(format!("{builder:?}"), before);
    assert_eq!(transactions, TransactionNumbering::default());
    let encoded = builder.finish(&mut numbering, &mut transactions, &options.as_received(true)).unwrap();
    assert_eq!((encoded.issues.len(), encoded.issues[0].kind().id()), (1, "invalid-value"));
    // What was finished is not sent again.
    let error = builder.finish(&mut numbering, &mut transactions, &options).unwrap_err();
    assert_eq!(error.kind().id(), "no-message");
}

#[test]
fn a_practice_s_transaction_without_number_is_refused_without_numbering() {
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
    builder.push(Removal::draft(gp(), patient(), "MOVED AWAY").build().unwrap()).unwrap();
    let error = builder.finish(&mut Numbering::default(), None, &WriteOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "expected RFF+TN, but found none (message 1)");
}
