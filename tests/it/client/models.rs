//! What a model can be asked.

use nhais_edifact::generate::{ByteSource, interchange};
use nhais_edifact::transaction::{
    Acceptance, Amendment, Approval, CloseQuarterNotification, Deduction, DeductionRequest, DeductionRequestRejection,
    Fp69FlagRemoval, Fp69PriorNotification, OtherTransaction, PatientRef, Rejection, Removal, Transaction,
    TransactionRef, Transactions,
};
use nhais_edifact::value::TransactionType;
use nhais_edifact::{Interchange, Issue, Message, ReadOptions, WriteOptions};
use serde_json::Value;

use super::decoded;
use crate::files::{example, readable_corpus};

#[test]
fn transactions_of_all_messages_come_with_their_message() {
    let input = example("e11");
    let interchange = decoded(&input);
    let found: Vec<_> = (interchange.transactions())
        .map(|(message, one)| (message.reference.number().unwrap(), one.number().unwrap().number().unwrap()))
        .collect();
    let messages: Vec<_> = interchange.registrations().map(|message| message.reference.number().unwrap()).collect();
    assert_eq!(messages, [510, 511, 512]);
    assert_eq!(found.len(), interchange.registrations().map(|message| message.transactions.len()).sum::<usize>());
    assert!(found.iter().all(|(message, _)| messages.contains(message)));
    assert_eq!(interchange.receipts().count(), 0);
}

#[test]
fn a_receipt_is_found_without_a_match() {
    let input = example("e21");
    let interchange = decoded(&input);
    assert_eq!(interchange.receipts().next().unwrap().messages.len(), 1);
    assert_eq!((interchange.registrations().count(), interchange.transactions().count()), (0, 0));
    let message = &interchange.messages[0];
    assert!(message.as_recep().is_some() && message.as_registration().is_none());
}

#[test]
fn a_transaction_says_whom_it_is_about_whatever_its_type_is() {
    let input = example("e17");
    let interchange = decoded(&input);
    let (_, first) = interchange.transactions().next().unwrap();
    assert!(matches!(first, TransactionRef::Fp69PriorNotification(_)));
    let patient = first.patient().unwrap();
    assert_eq!((patient.surname().unwrap().as_str(), patient.forename().unwrap().as_str()), ("PIKE", "DORIS"));
    assert_eq!(patient.nhs_number().unwrap().as_str(), "9990000042");
    assert_eq!(first.nhs_number().unwrap().as_str(), "9990000042");
    assert_eq!(first.gp().unwrap().as_str(), "7000015,T93");
    assert_eq!(first.transaction_type(), Some(TransactionType::Fp69PriorNotification));
}

#[test]
fn the_patient_of_an_amendment_has_the_new_names() {
    let input = example("e25");
    let interchange = decoded(&input);
    let (_, amendment) = interchange.transactions().next().unwrap();
    let patient = amendment.patient().unwrap();
    assert!(matches!(patient, PatientRef::Amended(_)));
    assert_eq!((patient.surname().unwrap().as_str(), patient.forename()), ("GRANT", None));
    assert_eq!(amendment.nhs_number().unwrap().as_str(), "9990000050");
}

#[test]
fn a_rejection_names_no_patient() {
    let input = example("e14");
    let interchange = decoded(&input);
    let (_, rejection) = interchange.transactions().next().unwrap();
    assert_eq!((rejection.patient(), rejection.nhs_number()), (None, None));
}

#[test]
fn a_transaction_of_an_unknown_type_says_its_numbers() {
    let text = String::from_utf8(example("e18")).unwrap().replace("RFF+950:F10", "RFF+950:F12");
    let interchange = decoded(text.as_bytes());
    let (_, other) = interchange.transactions().next().unwrap();
    assert!(matches!(other, TransactionRef::Other(_)));
    assert_eq!(other.nhs_number().unwrap().as_str(), "9990000042");
    assert_eq!((other.patient(), other.transaction_type()), (None, None));
}

#[test]
fn a_transaction_can_be_asked_what_its_reference_can() {
    let input = example("e17");
    let Some(Message::Registration(message)) = decoded(&input).messages.into_iter().next() else { panic!() };
    let references: Vec<String> = (&message.transactions)
        .into_iter()
        .map(|one| format!("{:?} {:?} {:?} {:?}", one.number(), one.gp(), one.nhs_number(), one.patient()))
        .collect();
    let transactions = message.transactions.into_iter();
    assert_eq!(transactions.len(), 2);
    let owned: Vec<Transaction<'_>> = transactions.collect();
    let asked: Vec<String> = (owned.iter())
        .map(|one| format!("{:?} {:?} {:?} {:?}", one.number(), one.gp(), one.nhs_number(), one.patient()))
        .collect();
    assert_eq!(asked, references);
    assert_eq!(TransactionRef::from(&owned[0]), owned[0].as_ref());
}

#[test]
fn a_list_is_walked_from_both_ends() {
    let input = example("e17");
    let interchange: Interchange<'_> = decoded(&input);
    let list = &interchange.registrations().next().unwrap().transactions;
    let numbers = |one: TransactionRef<'_, '_>| one.number().and_then(|number| number.number());
    assert_eq!(list.iter().len(), 2);
    assert_eq!(list.iter().next().map(numbers), list.get(0).map(numbers));
    assert_eq!(list.iter().next_back().map(numbers), list.get(1).map(numbers));
    assert!(list.get(2).is_none());
}

/// Whether any object has this path. Between two parts of it the name of a variant may stand.
fn has_path(value: &Value, path: &[&str]) -> bool {
    let children = || value.as_object().into_iter().flat_map(serde_json::Map::values);
    let items = value.as_array().into_iter().flatten();
    leads_along(value, path) || children().chain(items).any(|child| has_path(child, path))
}

fn leads_along(value: &Value, path: &[&str]) -> bool {
    let [key, rest @ ..] = path else { return true };
    let variants = value.as_object().into_iter().flat_map(serde_json::Map::values);
    std::iter::once(value).chain(variants).filter_map(|one| one.get(key)).any(|one| leads_along(one, rest))
}

/// Calls `each` with the interchanges of the corpus, and some that were made as they may arrive.
fn for_each_interchange(each: &mut dyn FnMut(&Interchange<'_>)) {
    for bytes in readable_corpus("edi").iter().map(|path| std::fs::read(path).unwrap()) {
        let decoded = Interchange::decode_all(&bytes, &ReadOptions::default()).unwrap();
        for decoded in &decoded {
            each(&decoded.interchange);
        }
    }
    for seed in 0..200_u8 {
        let bytes: Vec<u8> = (0..=255).map(|at: u8| at.wrapping_mul(seed | 1).wrapping_add(at / 3)).collect();
        each(&interchange(&mut ByteSource::new(&bytes).as_received(true)));
    }
}

#[test]
fn fields_are_paths_in_models() {
    let models = readable_corpus("json");
    let models: Vec<Value> =
        models.iter().map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect();
    let mut fields = std::collections::BTreeSet::new();
    for_each_interchange(&mut |interchange| {
        interchange.check(&mut |issue: Issue| fields.extend(issue.error().field()));
    });
    assert!(fields.len() > 20, "{fields:?}");
    for field in fields {
        let path: Vec<&str> = field.split('.').collect();
        assert!(models.iter().any(|model| has_path(model, &path)), "{field}");
    }
}

#[test]
fn what_is_found_first_is_what_encoding_refuses_with() {
    for_each_interchange(&mut |interchange| {
        let mut first: Option<Issue> = None;
        interchange.check(&mut first);
        let refused = interchange.encode(&WriteOptions::default()).err();
        assert_eq!(first.map(|issue| *issue.error()), refused, "{interchange:?}");
    });
}

#[test]
fn a_list_is_begun_by_its_type_and_models_are_transactions() {
    let one_of_each: [Transaction<'_>; 11] = [
        Acceptance::default().into(),
        Removal::default().into(),
        DeductionRequest::default().into(),
        Deduction::default().into(),
        Rejection::default().into(),
        Approval::default().into(),
        CloseQuarterNotification::default().into(),
        Fp69PriorNotification::default().into(),
        Fp69FlagRemoval::default().into(),
        DeductionRequestRejection::default().into(),
        Transaction::AmendmentIn(Amendment::default()),
    ];
    for transaction in one_of_each {
        let mut list = Transactions::new(transaction.transaction_type().unwrap());
        assert!(list.push(transaction.clone()).is_ok());
        assert_eq!(list.into_iter().next(), Some(transaction));
    }
    let mut others = Transactions::new("F12".into());
    assert!(others.push(OtherTransaction::default().into()).is_ok());
    assert_eq!(others.into_iter().len(), 1);
}
