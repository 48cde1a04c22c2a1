//! Reading models back from JSON: what is refused, where, and in which words.

use std::fs;

use nhais_edifact::Interchange;
use nhais_edifact::exchange::{Arrivals, Numbering, OpenRequests, TransactionNumbering};
use nhais_edifact::recep::Outbox;
use nhais_edifact::transaction::{Removal, Transactions};
use nhais_edifact::value::{Date, DateTime, PreparationTime};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::files::readable_corpus;

/// The interchanges that the corpus expects.
fn interchanges() -> Vec<Value> {
    let mut found = Vec::new();
    for path in readable_corpus("json") {
        let mut expected: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        found.extend([expected["interchange"].take()].into_iter().filter(Value::is_object));
    }
    assert!(found.len() > 20, "the corpus is not where it should be");
    found
}

/// The paths of all objects.
fn objects(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.push(path.into());
            fields.iter().for_each(|(name, value)| objects(value, &format!("{path}/{name}"), found));
        }
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| objects(value, &format!("{path}/{at}"), found));
        }
        _ => {}
    }
}

/// No object takes a field that it does not know.
fn refuses_unknown_fields<T: DeserializeOwned>(value: &Value) -> usize {
    T::deserialize(value).unwrap_or_else(|error| panic!("{error}: {value}"));
    let mut paths = Vec::new();
    objects(value, "", &mut paths);
    for path in &paths {
        let mut wrong = value.clone();
        wrong.pointer_mut(path).unwrap()["nmber"] = "1".into();
        assert!(T::deserialize(&wrong).is_err(), "{path} takes an unknown field");
    }
    paths.len()
}

#[test]
fn unknown_fields_are_refused_everywhere_in_an_interchange() {
    let objects: usize = interchanges().iter().map(refuses_unknown_fields::<Interchange<'_>>).sum();
    assert!(objects > 500, "{objects}");
}

#[test]
fn unknown_fields_are_refused_in_what_is_kept_between_interchanges() {
    refuses_unknown_fields::<Numbering>(&json!({ "interchange": 1, "message": 2 }));
    refuses_unknown_fields::<TransactionNumbering>(&json!({ "transaction": 1 }));
    let numbers = json!({ "last": 5, "known": 3, "missing": [[3, 3]] });
    refuses_unknown_fields::<Arrivals>(&json!({ "interchanges": numbers, "messages": numbers }));
    let prepared = json!({ "date": "240308", "time": "0915" });
    refuses_unknown_fields::<PreparationTime<'_>>(&prepared);
    let message = json!({ "reference": "00000501", "transactions": ["2001"], "status": null });
    refuses_unknown_fields::<Outbox>(&json!([{
        "sender": "KLM5", "recipient": "ZQX1", "reference": "00000101", "prepared": prepared, "status": "OK",
        "messages": [message],
    }]));
    refuses_unknown_fields::<OpenRequests>(&json!([{
        "key": "KLM5/2010", "transaction_type": "G5", "patient": "9990000077", "prepared": prepared,
    }]));
}

fn refusal<T: DeserializeOwned>(value: &Value) -> (String, String) {
    let error = serde_path_to_error::deserialize::<_, T>(value).err().expect("it is refused");
    (error.path().to_string(), error.inner().to_string())
}

#[test]
fn an_error_has_the_path_of_an_unknown_field() {
    let (path, text) = refusal::<Transactions<'_>>(&json!({ "G3": [{ "number": "1" }, { "nmber": "1" }] }));
    assert_eq!(path, "G3[1].nmber");
    assert!(text.starts_with("unknown field `nmber`, expected one of `number`"), "{text}");
    let (_, text) = refusal::<Transactions<'_>>(&json!({ "G9": [] }));
    assert!(text.starts_with("unknown variant `G9`, expected one of `G1`"), "{text}");
}

#[test]
fn an_error_has_the_path_of_a_wrong_date_and_says_what_is_wrong() {
    let mut interchange = interchanges()
        .into_iter()
        .find(|interchange| interchange.pointer("/messages/0/registration/transactions/G1/0/accepted_on").is_some())
        .unwrap();
    interchange["messages"][0]["registration"]["transactions"]["G1"][0]["accepted_on"] = "2024-02-31".into();
    let (path, text) = refusal::<Interchange<'_>>(&interchange);
    assert_eq!(path, "messages[0].registration.transactions.G1[0].accepted_on");
    assert_eq!(
        text,
        "expected a date as 2024-03-08, or the text that stood in its place, but found a day that does not exist"
    );
}

#[test]
fn what_is_wrong_with_a_date_is_told_without_showing_it() {
    let of_date = |value: Value| refusal::<Date<'_>>(&value).1;
    let of_time = |value: Value| refusal::<DateTime<'_>>(&value).1;
    for (text, found) in [
        (of_date(json!("2024-13-01")), "a day that does not exist"),
        (of_date(json!("0000-01-01")), "a year out of range"),
        (of_date(json!("19840217")), "8 digits"),
        (of_date(json!("17 FEB 1984")), "11 characters"),
        (of_date(json!("")), "nothing"),
        (of_date(json!("2024-03-08T09:15:00")), "19 characters"),
        (of_time(json!("2024-02-31T09:15:00")), "a day that does not exist"),
        (of_time(json!("2024-03-08T24:15:00")), "a time that does not exist"),
        (of_time(json!("2024-03-08")), "10 characters"),
    ] {
        assert!(text.starts_with("expected a date") && text.ends_with(&format!(", but found {found}")), "{text}");
    }
    assert!(of_date(json!(5)).contains("expected a date as 2024-03-08"));
    assert_eq!(
        of_date(json!({ "text": "X", "format": "102", "x": 1 })),
        "unknown field `x`, expected `text` or `format`"
    );
    assert_eq!(of_date(json!({ "format": "102" })), "missing field `text`");
}

#[test]
fn dates_and_what_stood_in_their_place_are_read_back() {
    for value in [json!("2024-03-08"), json!({ "text": "20240231" }), json!({ "text": "X", "format": "203" })] {
        assert_eq!(serde_json::to_value(serde_json::from_value::<Date<'_>>(value.clone()).unwrap()).unwrap(), value);
    }
    let time: DateTime<'_> = serde_json::from_value(json!("2024-03-08T09:15:59")).unwrap();
    assert_eq!(time.to_string(), "202403080915");
}

#[test]
fn a_code_of_another_kind_is_refused_by_its_path() {
    let (path, text) = refusal::<Removal<'_>>(&json!({ "number": 5 }));
    assert_eq!((path.as_str(), text.contains("expected a string")), ("number", true));
}
