//! What a practice keeps of its exchange: what is not acknowledged, since when, and which requests are not answered.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, NaiveDateTime};
use nhais_edifact::build::{InterchangeBuilder, RequestedReason};
use nhais_edifact::exchange::{Numbering, OpenRequest, OpenRequests, RequestKey, TransactionNumbering};
use nhais_edifact::recep::{Outbox, SentInterchange};
use nhais_edifact::transaction::{
    Approval, Deduction, DeductionRequest, DeductionRequestRejection, Rejection, Removal, Transaction,
};
use nhais_edifact::value::{
    DeductionReason, HaCipher, InterchangeSequence, NhsNumber, PreparationTime, TransactionSequence, TransactionType,
};
use nhais_edifact::{EventReader, Interchange, InterchangeHeader, ReadOptions, WriteOptions};

use crate::values::gp;

fn at(day: u32, hour: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2024, 3, day).unwrap().and_hms_opt(hour, 0, 0).unwrap()
}

fn header(sender: &'static str, recipient: &'static str) -> InterchangeHeader<'static> {
    InterchangeHeader::new(sender, recipient, at(18, 9), InterchangeSequence::FIRST)
}

fn request(number: u32, patient: &'static str) -> Transaction<'static> {
    let number = TransactionSequence::new(number).unwrap();
    let (patient, on) = (NhsNumber::from(patient), at(16, 0).date());
    DeductionRequest::draft(gp(), patient, RequestedReason::Death, on).number(number).build().unwrap()
}

fn deduction(patient: &'static str) -> Transaction<'static> {
    let (patient, reason) = (NhsNumber::from(patient), DeductionReason::Death);
    Deduction::draft("10900001".into(), gp(), patient, reason, at(16, 0).date()).build().unwrap()
}

/// An acceptance with this number, as it is kept; `build` asks for more than this needs.
fn acceptance(number: &'static str) -> Transaction<'static> {
    let mut acceptance = nhais_edifact::transaction::Acceptance::default();
    acceptance.number = Some(number.into());
    Transaction::Acceptance(acceptance)
}

fn keys(requests: &[OpenRequest<'_>]) -> Vec<String> {
    requests.iter().map(|request| request.key.to_string()).collect()
}

fn open() -> OpenRequests {
    let mut open = OpenRequests::default();
    let own = header("KLM5", "ZQX1");
    for request in [acceptance("2005"), request(2010, "9990000077"), request(2011, "9990000077")] {
        assert!(open.insert(&own, &request).is_none());
    }
    open.insert(&header("QRS5", "ZQX1"), &request(2010, "9990000077"));
    open
}

#[test]
fn an_approval_and_a_rejection_close_the_acceptance_they_name() {
    let answer = header("ZQX1", "KLM5");
    let approval = Approval::draft("2005".into(), gp()).build().unwrap();
    let rejection = Rejection::draft("2005".into(), gp(), "TRY ZQ").build().unwrap();
    for transaction in [approval, rejection] {
        let mut open = open();
        assert_eq!(keys(&open.answered_by(&answer, &transaction)), ["KLM5/2005"]);
        assert!(open.answered_by(&answer, &transaction).is_empty(), "it is answered already");
        assert_eq!(open.len(), 3);
    }
    let unasked = Rejection::draft("2006".into(), gp(), "TRY ZQ").build().unwrap();
    assert!(open().answered_by(&answer, &unasked).is_empty());
    let of_request = Rejection::draft("2010".into(), gp(), "TRY ZQ").build().unwrap();
    assert!(open().answered_by(&answer, &of_request).is_empty(), "it is no acceptance");
}

#[test]
fn a_deduction_closes_all_requests_of_that_practice_for_the_patient() {
    let mut open = open();
    assert!(open.answered_by(&header("ZQX1", "KLM5"), &deduction("9990000069")).is_empty());
    assert_eq!(keys(&open.answered_by(&header("ZQX1", "KLM5"), &deduction("9990000077"))), ["KLM5/2010", "KLM5/2011"]);
    let rest: Vec<_> = open.iter().cloned().collect();
    assert_eq!(keys(&rest), ["KLM5/2005", "QRS5/2010"]);
}

#[test]
fn a_refusal_closes_the_request_of_that_number_and_patient() {
    let refusal = |patient: &'static str| {
        let patient = NhsNumber::from(patient);
        DeductionRequestRejection::draft("2010".into(), gp(), patient, "SEEN THIS WEEK").build().unwrap()
    };
    let mut open = open();
    assert!(open.answered_by(&header("ZQX1", "KLM5"), &refusal("9990000069")).is_empty());
    assert_eq!(keys(&open.answered_by(&header("ZQX1", "KLM5"), &refusal("9990000077"))), ["KLM5/2010"]);
}

#[test]
fn only_requests_that_are_answered_are_kept_and_one_of_a_key() {
    let mut open = OpenRequests::default();
    let own = header("KLM5", "ZQX1");
    let removal = Removal::draft(gp(), NhsNumber::from("9990000069"), "MOVED AWAY").number(TransactionSequence::FIRST);
    assert!(open.insert(&own, &removal.build().unwrap()).is_none() && open.is_empty());
    assert!(open.insert(&own, &acceptance("")).is_none() && open.is_empty(), "without number");
    assert!(open.insert(&own, &request(7, "9990000077")).is_none());
    let before = open.insert(&own, &acceptance("7")).unwrap();
    assert_eq!(
        (before.transaction_type, before.prepared.to_string()),
        (TransactionType::DeductionRequest, "240318:0900".into())
    );
    let key: RequestKey<'_> = "KLM5/7".parse().unwrap();
    assert_eq!(open.get(&key).unwrap().transaction_type, TransactionType::Acceptance);
    assert_eq!(open.remove(&key).map(|request| request.key), Some(key));
    assert!(open.is_empty());
}

#[test]
fn what_is_open_is_stored_and_keys_are_keys_in_json() {
    let open = open();
    let stored = serde_json::to_string(&open).unwrap();
    assert_eq!(serde_json::from_str::<OpenRequests>(&stored).unwrap(), open);
    let map = HashMap::from([(RequestKey { practice: "KLM5".into(), number: 2005 }, 1)]);
    let stored = serde_json::to_string(&map).unwrap();
    assert_eq!(stored, r#"{"KLM5/2005":1}"#);
    assert_eq!(serde_json::from_str::<HashMap<RequestKey<'_>, i32>>(&stored).unwrap(), map);
    // A partner code may be any text.
    let odd = RequestKey { practice: "A/B".into(), number: u64::MAX };
    assert_eq!(odd.to_string().parse(), Ok(odd));
    for wrong in ["", "KLM5", "KLM5/", "KLM5/-1", "KLM5/+1", "KLM5/18446744073709551616"] {
        assert!(wrong.parse::<RequestKey<'_>>().is_err(), "{wrong}");
        assert!(serde_json::from_value::<RequestKey<'_>>(wrong.into()).is_err(), "{wrong}");
    }
}

fn sent(numbering: &mut Numbering, prepared: NaiveDateTime) -> Interchange<'static> {
    let mut builder = InterchangeBuilder::to_ha("KLM5", HaCipher::from("ZQX"), prepared);
    let mut transactions = TransactionNumbering::from_next(TransactionSequence::new(2001).unwrap());
    for _ in 0..2 {
        let removal = Removal::draft(gp(), NhsNumber::from("9990000069"), "MOVED AWAY");
        builder.push(removal.build().unwrap()).unwrap();
    }
    builder.push(request(2003, "9990000077")).unwrap();
    builder.finish(numbering, &mut transactions, &WriteOptions::default()).unwrap().interchange.into_owned()
}

#[test]
fn an_outbox_says_who_is_not_acknowledged_and_since_when() {
    let (mut outbox, mut numbering) = (Outbox::default(), Numbering::default());
    outbox.sent(&sent(&mut numbering, at(18, 9)));
    outbox.sent(&sent(&mut numbering, at(19, 9)));
    let pending: Vec<_> = outbox.pending_before(at(19, 9)).collect();
    assert_eq!(pending.len(), 2, "the messages of the first interchange");
    assert!(pending.iter().all(|(interchange, _)| interchange.prepared.to_string() == "240318:0900"));
    let numbers = |nth: usize| pending[nth].1.transactions.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!((numbers(0), numbers(1)), (vec!["2001".into(), "2002".into()], vec!["2003".into()]));
    assert_eq!((outbox.pending_before(at(18, 9)).count(), outbox.pending_before(at(19, 10)).count()), (0, 4));
}

#[test]
fn what_was_prepared_at_no_readable_time_is_pending_always() {
    let mut interchange = sent(&mut Numbering::default(), at(18, 9));
    interchange.header.prepared = PreparationTime::default();
    let mut outbox = Outbox::default();
    outbox.sent(&interchange);
    assert_eq!(outbox.pending_before(at(1, 0)).count(), 2);
}

#[test]
fn an_outbox_takes_events_as_it_takes_interchanges() {
    let mut numbering = Numbering::default();
    let interchange = sent(&mut numbering, at(18, 9));
    let bytes = interchange.encode(&WriteOptions::default()).unwrap();
    let (mut whole, mut by_events) = (Outbox::default(), Outbox::default());
    whole.sent(&interchange);
    // Sent twice, it makes way for itself.
    for makes_way in [None, Some(SentInterchange::of(&interchange))] {
        let mut reader = EventReader::new(&bytes, ReadOptions::default());
        let mut given_back = None;
        while let Some(event) = reader.next_event(&mut ()).unwrap() {
            given_back = given_back.or(by_events.sent_event(&event));
        }
        assert_eq!(given_back, makes_way);
        assert_eq!(by_events, whole);
    }
    let stored = serde_json::to_string(&whole).unwrap();
    assert_eq!(serde_json::from_str::<Outbox>(&stored).unwrap(), whole);
}

#[test]
fn numbers_that_come_next_are_shown_without_being_used() {
    let mut numbering = Numbering::default();
    sent(&mut numbering, at(18, 9));
    assert_eq!((numbering.peek_interchange().number(), numbering.peek_message().number()), (2, 3));
    let stored = BTreeMap::from([("next", TransactionNumbering::default().peek_transaction().number())]);
    assert_eq!(stored["next"], 1);
}
