//! What is tolerated when writing.

use nhais_edifact::build::{Identity, InterchangeBuilder};
use nhais_edifact::exchange::{Numbering, TransactionNumbering};
use nhais_edifact::options::Policy;
use nhais_edifact::syntax::RawSegment;
use nhais_edifact::transaction::{Acceptance, Address, PatientIdentifier, Transactions, Unrecognised};
use nhais_edifact::value::Count;
use nhais_edifact::{Error, Interchange, Issue, Message, WriteOptions};

use super::decoded;
use crate::files::example;
use crate::values::{items, now, patient};

type Set = fn(WriteOptions, Policy) -> WriteOptions;
type Spoil = fn(&mut Interchange<'static>);

/// Each policy, with what it is about: the identifier of the error, and how it comes about.
const POLICIES: [(&str, Set, Spoil); 13] = [
    ("invalid-value", WriteOptions::nhs_numbers, |interchange| {
        let identifier = PatientIdentifier::official("QXT9/3/12");
        first(interchange).patient.as_mut().unwrap().identifier = Some(identifier);
    }),
    ("invalid-value", WriteOptions::postcodes, |interchange| {
        first(interchange).address.as_mut().unwrap().postcode = Some("ZZ9 9AA".into());
    }),
    ("unknown-code", WriteOptions::unknown_codes, |interchange| {
        first(interchange).acceptance_code = Some("Z".into());
    }),
    ("repertoire", WriteOptions::repertoire, |interchange| {
        first(interchange).patient.as_mut().unwrap().surname = Some("Marlowe".into());
    }),
    ("too-long", WriteOptions::lengths, |interchange| {
        first(interchange).patient.as_mut().unwrap().surname = Some("M".repeat(71).into());
    }),
    ("missing-segment", WriteOptions::missing_items, |interchange| first(interchange).accepted_on = None),
    ("missing-value", WriteOptions::missing_items, |interchange| {
        first(interchange).patient.as_mut().unwrap().surname = None;
    }),
    ("unknown-segment", WriteOptions::unknown_segments, |interchange| {
        let segment = Unrecognised::Segment { at: 3, segment: RawSegment::from_wire("XYZ+1") };
        first(interchange).unrecognised.push(segment);
    }),
    ("repeated-transaction-number", WriteOptions::repeated_numbers, |interchange| {
        let Message::Registration(message) = &mut interchange.messages[0] else { panic!() };
        let Transactions::Acceptance(list) = &mut message.transactions else { panic!() };
        list.push(list[0].clone());
    }),
    ("invalid-constant", WriteOptions::constants, |interchange| interchange.header.syntax_version = "3".into()),
    ("acceptance-post-town", WriteOptions::rules, |interchange| {
        first(interchange).address = Some(Address::of_road("14 ELDER WALK", ""));
    }),
    ("invalid-value", WriteOptions::other_values, |interchange| interchange.header.sender = "K".into()),
    ("control-count", WriteOptions::other_envelope, |interchange| {
        *interchange = decoded(&example("e21")).into_owned();
        let Message::Recep(message) = &mut interchange.messages[0] else { panic!() };
        message.interchange.as_mut().unwrap().count = Some(Count::from("5"));
    }),
];

fn first<'i>(interchange: &'i mut Interchange<'static>) -> &'i mut Acceptance<'static> {
    let Message::Registration(message) = &mut interchange.messages[0] else { panic!() };
    let Transactions::Acceptance(list) = &mut message.transactions else { panic!() };
    &mut list[0]
}

fn sound() -> Interchange<'static> {
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
    builder.push(Acceptance::first(items(), Identity::NhsNumber(patient())).build().unwrap()).unwrap();
    let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
    builder.finish(&mut numbering, &mut transactions, &WriteOptions::default()).unwrap().interchange
}

fn written(interchange: &Interchange<'_>, options: &WriteOptions) -> Result<Vec<&'static str>, Error> {
    let mut issues: Vec<Issue> = Vec::new();
    interchange.encode_with(options, &mut issues, &mut Vec::new())?;
    assert!(interchange.encode(options).is_ok());
    Ok(issues.iter().map(|issue| issue.kind().id()).collect())
}

#[test]
fn each_policy_tolerates_its_kind_and_no_other() {
    let strict = WriteOptions::default();
    for (id, set, spoil) in POLICIES {
        let mut interchange = sound();
        spoil(&mut interchange);
        assert_eq!(interchange.encode(&strict).unwrap_err().kind().id(), id);
        assert_eq!(written(&interchange, &set(strict, Policy::Report)).unwrap(), [id]);
        assert_eq!(written(&interchange, &set(strict, Policy::Accept)).unwrap(), [""; 0], "{id}");
        let all_others = set(strict.as_received(true), Policy::Reject);
        assert_eq!(interchange.encode(&all_others).unwrap_err().kind().id(), id);
        assert_eq!(written(&interchange, &strict.as_received(true)).unwrap(), [id]);
        assert_eq!(strict.as_received(true).as_received(false), strict);
    }
}

#[test]
fn one_old_nhs_number_does_not_switch_the_other_checks_off() {
    let options = WriteOptions::default().nhs_numbers(Policy::Report);
    let with_number = |number: &str| {
        let mut interchange = sound();
        let identifier = PatientIdentifier::official(number.to_owned());
        first(&mut interchange).patient.as_mut().unwrap().identifier = Some(identifier);
        interchange
    };
    let mut interchange = with_number("QXT9/3/12");
    assert_eq!(written(&interchange, &options).unwrap(), ["invalid-value"]);
    first(&mut interchange).patient.as_mut().unwrap().forename = Some("Iris".into());
    assert_eq!(written(&interchange, &options).unwrap_err().field(), Some("patient.forename"));
    // Nor those of the number itself.
    let refused = |number: &str| with_number(number).encode(&options).unwrap_err().kind().id();
    assert_eq!((refused("qxt9/3/12"), refused(&"Q".repeat(36))), ("repertoire", "too-long"));
    assert_eq!(written(&with_number("qxt9/3/12"), &options.repertoire(Policy::Report)).unwrap(), ["invalid-value"]);
}

#[test]
fn what_is_read_as_something_else_is_tolerated_by_none() {
    let mut interchange = sound();
    first(&mut interchange).address.as_mut().unwrap().house_name = Some("?".into());
    let all = WriteOptions::default().as_received(true);
    assert_eq!(interchange.encode(&all).unwrap_err().kind().id(), "read-otherwise");
}
