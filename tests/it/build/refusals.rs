//! Builders refuse what may not be sent, naming the item and the rule; interchanges are put together in order.

use chrono::NaiveDate;
use nhais_edifact::build::{AcceptanceItems, Encoded, Fp69Items, Identity, InterchangeBuilder, RequestedReason};
use nhais_edifact::exchange::{Numbering, TransactionNumbering};
use nhais_edifact::transaction::{
    Acceptance, Address, AmendedAddress, Amendment, Approval, Deduction, DeductionRequest, Fp69FlagRemoval,
    Fp69PriorNotification, OtherTransaction, Rejection, Removal, Transaction,
};
use nhais_edifact::value::{
    AcceptanceCode, DeductionReason, InterchangeSequence, MessageSequence, NhsNumber, TransactionSequence,
};
use nhais_edifact::{Error, Interchange, Message, WriteOptions};

use crate::values::{date, gp, items, now, patient};

fn number(number: u32) -> TransactionSequence {
    TransactionSequence::new(number).unwrap()
}

fn identity() -> Identity<'static> {
    Identity::NhsNumber(patient())
}

fn removal(number: TransactionSequence) -> Transaction<'static> {
    Removal::draft(gp(), patient(), "MOVED AWAY").number(number).build().unwrap()
}

/// Where and what: the part of an error behind "expected", without the number of the transaction at its end.
fn refused(built: Result<Transaction<'_>, Error>) -> String {
    let error = built.unwrap_err();
    let number = error.location().transaction.map_or(String::new(), |number| format!(" (transaction {number})"));
    let text = error.to_string();
    text.strip_prefix("expected ").and_then(|text| text.strip_suffix(&number)).unwrap().to_owned()
}

#[test]
fn values_that_may_not_be_sent_are_refused_by_name() {
    let first = |change: &dyn Fn(&mut AcceptanceItems<'static>)| {
        let mut items = items();
        change(&mut items);
        refused(Acceptance::first(items, identity()).build())
    };
    assert_eq!(
        first(&|items| items.gp = "7000015".into()),
        "a GP code of both parts, but found the rule broken at NAD+GP 2.1"
    );
    assert_eq!(
        first(&|items| items.surname = "marlowe".into()),
        "characters of level A, but found a lower-case letter at PNA+PAT 5.2"
    );
    assert_eq!(first(&|items| items.surname = "".into()), "the surname, but found nothing at PNA+PAT 5.2");
    assert_eq!(
        first(&|items| items.surname = "M".repeat(71).into()),
        "at most 70 characters, but found 71 at PNA+PAT 5.2"
    );
    assert_eq!(
        first(&|items| items.code = "Z".into()),
        "an acceptance code (A, D, R, I or S), but found 1 character at HEA+ACD 2.1"
    );
    assert_eq!(first(&|items| items.sex = "3".into()), "a sex (0, 1, 2 or 9), but found 1 digit at PDI 1.1");
    assert_eq!(
        first(&|items| items.address = Address::of_town("NEWTON ABBEY")),
        "a house name or a number and road, but found the rule broken at NAD+PAT 3.1"
    );
    assert_eq!(
        first(&|items| items.address = Address::of_road("14 ELDER WALK", "")),
        "a post town, but found the rule broken at NAD+PAT 3.4"
    );
    assert_eq!(
        first(&|items| items.address = Address::of_road("14 ELDER WALK", "NEWTON ABBEY").postcode("NOWHERE")),
        "a postcode of eight characters, but found 7 characters at NAD+PAT 8.1"
    );
    assert_eq!(
        first(&|items| items.address = Address::of_house("?", "NEWTON ABBEY")),
        "a house name that is not the placeholder for none, but found the rule broken at NAD+PAT 3.1"
    );
    assert_eq!(
        first(&|items| items.accepted_on = NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap()),
        "a date CCYYMMDD of format 102, but found a year out of range at DTM+956 1.2"
    );
}

#[test]
fn mandatory_items_that_are_blank_are_refused() {
    let identity = Identity::PlaceOfBirth("  ".into());
    assert_eq!(
        refused(Acceptance::first(items(), identity).build()),
        "an NHS number or a place of birth, but found the rule broken at PNA+PAT 2.1"
    );
    let transfer = Acceptance::transfer_in(items(), self::identity(), "DR GREY", ["", "  "]).build();
    assert_eq!(refused(transfer), "NAD+PER, but found none");
    let transfer = Acceptance::transfer_in(items(), self::identity(), "", ["3 MILL LANE"]).build();
    assert_eq!(refused(transfer), "NAD+PGP, but found none");
    for reason in ["", " "] {
        assert!(refused(Removal::draft(gp(), patient(), reason).build()).contains("FTX"), "{reason:?}");
        assert!(refused(Rejection::draft("1".into(), gp(), reason).build()).contains("FTX"), "{reason:?}");
    }
}

#[test]
fn notes_are_mandatory_after_a_deduction() {
    let again = AcceptanceItems { code: AcceptanceCode::AfterDeduction, ..items() };
    let draft = Acceptance::first(again, identity());
    assert_eq!(
        refused(draft.clone().build()),
        "notes on an acceptance after a deduction, but found the rule broken at FTX+RGI 4.1"
    );
    assert!(draft.notes("STILL LIVES HERE").build().is_ok());
}

#[test]
fn more_than_five_lines_of_a_previous_address_are_refused() {
    let lines = ["A", "B", "C", "D", "E", "F"];
    assert_eq!(
        refused(Acceptance::transfer_in(items(), identity(), "DR GREY", lines).build()),
        "no more components of text than 5, but found 6 at NAD+PER 3.1"
    );
    assert!(Acceptance::transfer_in(items(), identity(), "DR GREY", &lines[..5]).build().is_ok());
    let long = "L".repeat(36);
    assert!(refused(Acceptance::transfer_in(items(), identity(), "DR GREY", [long]).build()).contains("35"));
}

#[test]
fn old_nhs_numbers_are_refused_and_can_be_insisted_on() {
    let draft = Removal::draft(gp(), NhsNumber::from("QXT9/3/12"), "MOVED AWAY");
    assert!(refused(draft.clone().build()).ends_with("at PNA+PAT 2.1"));
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
    builder.push(draft.build_as_is()).unwrap();
    let options = WriteOptions::default().as_received(true);
    let mut numbering = Numbering::default();
    let mut transactions = TransactionNumbering::default();
    assert!(builder.finish(&mut numbering, &mut transactions, &WriteOptions::default()).is_err());
    assert_eq!(numbering, Numbering::default(), "no number is used up");
    assert_eq!(transactions, TransactionNumbering::default(), "no number is used up");
    let encoded = builder.finish(&mut numbering, &mut transactions, &options).unwrap();
    assert_eq!(encoded.interchange.encode(&options).unwrap(), encoded.bytes);
    assert_eq!(encoded.issues.len(), 1);
}

#[test]
fn an_amendment_must_say_something() {
    let draft = || Amendment::by_practice(gp(), patient());
    assert_eq!(refused(draft().build()), "at least one change, but found the rule broken at PNA+PAT 5.2");
    assert!(draft().notes("DETAILS ARE RIGHT").build().is_ok());
    assert_eq!(
        refused(draft().erase_forenames().second_forename("JUNE").build()),
        "forenames erased all together or not at all, but found the rule broken at PNA+PAT 6.2"
    );
    assert!(draft().erase_forenames().build().is_ok());
    assert_eq!(
        refused(draft().surname("%").build()),
        "a surname that is not erased, but found the rule broken at PNA+PAT 5.2"
    );
    let nowhere = AmendedAddress::of_town("NEWTON ABBEY").erase_house_name().erase_road();
    assert_eq!(
        refused(draft().address(nowhere).build()),
        "a house name or a number and road, but found the rule broken at NAD+PAT 3.1"
    );
    assert!(Amendment::by_ha("10900001".into(), gp(), patient()).build().is_err());
    assert!(Amendment::by_ha("10900001".into(), gp(), patient()).new_nhs_number("9990000026").build().is_ok());
}

#[test]
fn numbers_of_an_ha_may_be_long_and_must_be_numbers() {
    assert!(Fp69FlagRemoval::draft("10817565".into(), gp(), patient()).build().is_ok());
    assert!(refused(Fp69FlagRemoval::draft("X1".into(), gp(), patient()).build()).ends_with("at RFF+TN 1.2"));
    assert!(TransactionSequence::new(0).is_err() && TransactionSequence::new(10_000_000).is_err());
}

#[test]
fn what_an_ha_sends_is_judged_too() {
    assert!(refused(Approval::draft("2005".into(), gp()).nhs_number("999").build()).ends_with("at PNA+PAT 2.1"));
    let deduction = |reason| {
        let gone_on = date(2024, 3, 28);
        Deduction::draft("10900002".into(), gp(), patient(), reason, gone_on).build()
    };
    assert!(deduction(DeductionReason::ReturnedUndelivered).is_ok());
    assert_eq!(refused(deduction("16".into())), "a deduction reason (1 to 15), but found 2 digits at GIS 1.1");
    let flag = |reason: &'static str, forename: &'static str| {
        Fp69PriorNotification::draft(Fp69Items {
            number: "10900005".into(),
            gp: gp(),
            reason: reason.into(),
            expires_on: date(2024, 10, 3),
            nhs_number: patient(),
            surname: "PIKE".into(),
            forename: forename.into(),
            date_of_birth: date(1947, 11, 1),
            address: Address::of_town("UPPER DALE"),
        })
        .build()
    };
    assert!(flag("8", "DORIS").is_ok());
    assert!(refused(flag("LETTER", "DORIS")).ends_with("at HEA+FRN 2.1"));
    assert!(refused(flag("8", "")).ends_with("at PNA+PAT 6.2"));
}

#[test]
fn addresses_have_the_lines_that_were_set() {
    let of_house = Address::of_house("ELM HOUSE", "NEWTON ABBEY").road("").locality("DALE").county("WESTSHIRE");
    assert_eq!(of_house.house_name, Some("ELM HOUSE".into()));
    assert_eq!((of_house.road, of_house.locality), (None, Some("DALE".into())), "nothing is not a line");
    assert_eq!((of_house.post_town, of_house.county), (Some("NEWTON ABBEY".into()), Some("WESTSHIRE".into())));
    let of_town = Address::of_town("NEWTON ABBEY");
    assert_eq!(of_town.post_town, Some("NEWTON ABBEY".into()));
    let of_road = Address::of_road("9 HIGH STREET", "NEWTON ABBEY").house_name("ELM HOUSE");
    assert_eq!((of_road.road, of_road.house_name), (Some("9 HIGH STREET".into()), Some("ELM HOUSE".into())));
    assert_eq!(of_road.post_town, Some("NEWTON ABBEY".into()));
}

#[test]
fn a_draft_can_be_logged_without_the_patient() {
    let draft = Removal::draft(gp(), patient(), "MOVED AWAY").number(number(77));
    let shown = format!("{draft:?}");
    assert!(shown.starts_with("Draft(Removal") && shown.contains("TransactionNumber(77)"), "{shown}");
    assert!(!shown.contains("9990000018") && !shown.contains("MOVED"), "{shown}");
}

#[test]
fn errors_name_the_transaction() {
    let error = Removal::draft(gp(), NhsNumber::from("1"), "MOVED AWAY").number(number(77)).build().unwrap_err();
    assert_eq!((error.location().transaction, error.location().message), (Some(77), None));
    assert_eq!((error.location().segment, error.location().offset), (None, None));
    let error = Amendment::by_practice(gp(), patient()).number(number(78)).build().unwrap_err();
    assert_eq!(error.location().transaction, Some(78));
}

// Interchanges.

fn types_and_numbers(interchange: &Interchange<'_>) -> Vec<(String, String, usize)> {
    let messages = interchange.messages.iter().map(|message| match message {
        Message::Registration(message) => {
            let code = message.transactions.transaction_type().unwrap();
            (message.reference.to_string(), code.to_string(), message.transactions.len())
        }
        _ => panic!("not a registration"),
    });
    messages.collect()
}

#[test]
fn transactions_are_grouped_by_type_in_the_order_they_came() {
    let request = |at| {
        let died_on = date(2024, 3, 1);
        DeductionRequest::draft(gp(), patient(), RequestedReason::Death, died_on).number(number(at)).build().unwrap()
    };
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
    for transaction in [removal(number(3)), request(4), removal(number(5)), request(6)] {
        builder.push(transaction).unwrap();
    }
    let mut numbering =
        Numbering::after(InterchangeSequence::new(99_999_999).unwrap(), MessageSequence::new(99_999_998).unwrap());
    let Encoded { interchange, bytes, .. } = builder.finish(&mut numbering, None, &WriteOptions::default()).unwrap();
    assert_eq!(
        types_and_numbers(&interchange),
        [("99999999".into(), "G3".into(), 2), ("00000001".into(), "G5".into(), 2)]
    );
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.starts_with("UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000001'"));
    let order: Vec<usize> = (3..=6).map(|number| text.find(&format!("RFF+TN:{number}'")).unwrap()).collect();
    assert!(order[0] < order[2] && order[2] < order[1] && order[1] < order[3]);
    assert_eq!(numbering.next_message().number(), 2);
}

#[test]
fn each_quarter_is_a_message() {
    let mut builder = InterchangeBuilder::to_practice("ZQX", "KLM5", now());
    builder.close_quarter("10900004".into(), date(2023, 12, 31)).unwrap();
    builder.close_quarter("10900005".into(), date(2024, 3, 31)).unwrap();
    let Encoded { interchange, bytes, .. } =
        builder.finish(&mut Numbering::default(), None, &WriteOptions::default()).unwrap();
    assert_eq!(types_and_numbers(&interchange).len(), 2);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("DTM+206:20231231:102'\nRFF+950:F8'\nRFF+TN:10900004'\nGIS+Q:ZZZ'\nUNT+9+00000001'"));
}

#[test]
fn what_the_other_side_sends_is_refused() {
    let approval = || Approval::draft("2005".into(), gp()).build().unwrap();
    let mut outbound = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
    let error = outbound.push(approval()).unwrap_err();
    assert_eq!((error.kind().id(), error.location().transaction), ("direction", Some(2005)));
    let text =
        "expected a transaction that this side sends, but found one of the other side at RFF+950 (transaction 2005)";
    assert_eq!(error.to_string(), text);
    assert_eq!(outbound.close_quarter("1".into(), date(2024, 3, 31)).unwrap_err().kind().id(), "direction");
    let mut inbound = InterchangeBuilder::to_practice("ZQX", "KLM5", now());
    assert_eq!(inbound.push(removal(number(1))).unwrap_err().kind().id(), "direction");
    let other = Transaction::Other(OtherTransaction::default());
    assert!(inbound.push(other.clone()).is_err() && outbound.push(other).is_err());
    inbound.push(approval()).unwrap();
}

#[test]
fn numbers_are_unique_in_their_series() {
    let written = |transactions: Vec<Transaction<'static>>| {
        let mut builder = InterchangeBuilder::to_practice("ZQX", "KLM5", now());
        for transaction in transactions {
            builder.push(transaction).unwrap();
        }
        builder.finish(&mut Numbering::default(), None, &WriteOptions::default()).map_err(|error| error.kind().id())
    };
    let removal = |number: &'static str| Fp69FlagRemoval::draft(number.into(), gp(), patient()).build().unwrap();
    let amendment =
        |number: &'static str| Amendment::by_ha(number.into(), gp(), patient()).surname("PIKE").build().unwrap();
    let approval = |number: &'static str| Approval::draft(number.into(), gp()).build().unwrap();
    let rejection = |number: &'static str| Rejection::draft(number.into(), gp(), "TRY ZQ").build().unwrap();
    assert_eq!(written(vec![removal("5"), amendment("5")]).unwrap_err(), "repeated-transaction-number");
    assert_eq!(written(vec![approval("5"), rejection("5")]).unwrap_err(), "repeated-transaction-number");
    assert!(written(vec![removal("5"), approval("5"), rejection("6"), amendment("6")]).is_ok());
}

#[test]
fn an_empty_interchange_is_refused_and_uses_no_number() {
    let mut numbering = Numbering::default();
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
    let error = builder.finish(&mut numbering, None, &WriteOptions::default()).unwrap_err();
    assert_eq!(error.kind().id(), "no-message");
    assert_eq!(numbering, Numbering::default());
}

#[test]
fn an_ha_without_usual_link_code_needs_its_code() {
    let written = |builder: InterchangeBuilder<'static>| {
        let mut builder = builder;
        builder.push(removal(number(1))).unwrap();
        let encoded = builder.finish(&mut Numbering::default(), None, &WriteOptions::default());
        encoded.map(|encoded| encoded.bytes)
    };
    let by_cipher = |cipher: &'static str| written(InterchangeBuilder::to_ha("KLM5", cipher, now()));
    assert!(by_cipher("SO").unwrap().starts_with(b"UNB+UNOA:2+KLM5+SO01+"));
    assert!(by_cipher("SHE").unwrap().starts_with(b"UNB+UNOA:2+KLM5+SHE1+"));
    for link_code in ["ZQX1", "Z", "zqx", ""] {
        let error = by_cipher(link_code).unwrap_err().to_string();
        assert!(error.starts_with("expected an HA cipher of two or three letters, but found"), "{error}");
        assert!(error.ends_with("at NAD+FHS 2.1"), "{error}");
    }
    let own = written(InterchangeBuilder::to_ha("KLM5", "ZQX", now()).ha_code("ZQ77")).unwrap();
    assert!(own.starts_with(b"UNB+UNOA:2+KLM5+ZQ77+"));
}
