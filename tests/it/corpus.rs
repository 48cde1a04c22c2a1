//! The corpus of this crate: composed interchanges, each with what is expected of it beside it.
//!
//! `NAME.json` holds the model in its serialized form and the issues with their places. It was written from the
//! facts, not taken from the output.

use std::fs;
use std::path::Path;

use nhais_edifact::options::AddressForm;
use nhais_edifact::{Decoded, ErrorKind, EventReader, Interchange, Issue, Message, ReadOptions, WriteOptions};
use serde_json::{Value, json};

use crate::files::{corpus, readable_corpus};

fn expectation(case: &Path) -> Value {
    let path = case.with_extension("json");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut expected: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // Where the expectation comes from is for whoever reads it.
    expected.as_object_mut().unwrap().remove("source");
    expected
}

/// What the crate makes of a file, in the form of the expectations.
fn reading(input: &[u8]) -> Value {
    match Interchange::decode_all(input, &ReadOptions::default()) {
        Err(error) => json!({ "error": { "id": error.kind().id() } }),
        Ok(all) => {
            let issues: Vec<Value> = all.iter().flat_map(|decoded| &decoded.issues).map(described).collect();
            let mut interchanges = all.iter().map(|decoded| serde_json::to_value(&decoded.interchange).unwrap());
            let mut reading = json!({ "interchange": interchanges.next(), "issues": issues });
            let further: Vec<Value> = interchanges.collect();
            if !further.is_empty() {
                reading["further"] = further.into();
            }
            reading
        }
    }
}

fn described(issue: &Issue) -> Value {
    let location = issue.error().location();
    let mut described = json!({ "id": issue.kind().id(), "offset": location.offset });
    let tag = match issue.kind() {
        ErrorKind::MissingSegment { name } => Some(name.to_string()),
        _ => location.tag.map(|tag| tag.to_string()),
    };
    let element = location.element.map(Value::from);
    let component = location.component.map(Value::from);
    for (name, value) in [("tag", tag.map(Value::from)), ("element", element), ("component", component)] {
        if let Some(value) = value {
            described[name] = value;
        }
    }
    described
}

/// Issues have an order in which they are found; the expectations have another.
fn sort_issues(reading: &mut Value) {
    if let Some(issues) = reading.get_mut("issues").and_then(Value::as_array_mut) {
        issues.sort_by_key(|issue| (issue["offset"].as_u64(), issue.to_string()));
    }
}

fn check(folder: &str) {
    let mut wrong = 0;
    for case in corpus(folder, "edi") {
        let mut expected = expectation(&case);
        let mut found = reading(&fs::read(&case).unwrap());
        sort_issues(&mut expected);
        sort_issues(&mut found);
        if expected != found {
            wrong += 1;
            let parts = ["interchange", "further", "issues", "error"];
            for part in parts.into_iter().filter(|part| expected[part] != found[part]) {
                println!("{}: {part}\n  expected {}\n  found    {}", case.display(), expected[part], found[part]);
            }
        }
    }
    assert_eq!(wrong, 0, "{wrong} cases differ");
}

#[test]
fn worked_examples_of_the_facts() {
    check("examples");
}

#[test]
fn transactions_of_every_type() {
    check("transactions");
}

#[test]
fn deviations_are_read_and_reported() {
    check("deviations");
}

#[test]
fn what_cannot_be_read_is_an_error() {
    check("fatal");
}

/// Writing what was received gives the input where that is canonical, and a fixed point everywhere.
fn check_round_trip(folder: &str, all_canonical: bool) {
    for case in corpus(folder, "edi") {
        let input = fs::read(&case).unwrap();
        let options = WriteOptions::default().as_received(true);
        let Ok(Decoded { interchange, .. }) = Interchange::decode(&input) else { continue };
        let output = interchange.encode(&options).unwrap_or_else(|error| panic!("{}: {error}", case.display()));
        let again = Interchange::decode(&output).unwrap().interchange;
        assert!(again == interchange, "{}: another model\n{}", case.display(), String::from_utf8_lossy(&output));
        assert!(again.encode(&options).unwrap() == output, "{}: no fixed point", case.display());
        if all_canonical && output != input {
            // Two forms of an address are read that are not written by default: truncated, and with an empty component
            // in place of the placeholder.
            let truncated = interchange.encode(&options.address_form(AddressForm::Truncated)).unwrap();
            let with_placeholder = String::from_utf8(input).unwrap().replace("NAD+PAT++:", "NAD+PAT++??:");
            assert_eq!(String::from_utf8(truncated).unwrap(), with_placeholder, "{}", case.display());
        }
    }
}

#[test]
fn worked_examples_are_written_back_byte_for_byte() {
    check_round_trip("examples", true);
}

#[test]
fn transactions_are_written_back_byte_for_byte() {
    check_round_trip("transactions", true);
}

#[test]
fn deviations_are_written_back_with_the_same_meaning() {
    check_round_trip("deviations", false);
}

/// Every model of the corpus by the name of its file.
fn models() -> Vec<(String, Interchange<'static>)> {
    let mut models = Vec::new();
    for case in readable_corpus("edi") {
        let input = fs::read(&case).unwrap();
        let Ok(all) = Interchange::decode_all(&input, &ReadOptions::default()) else { continue };
        let name = case.display().to_string();
        models.extend(all.into_iter().map(|decoded| (name.clone(), decoded.interchange.into_owned())));
    }
    assert!(models.len() > 200);
    models
}

/// The serialized form holds the whole model.
#[test]
fn models_are_read_back_from_json() {
    for (name, model) in models() {
        let text = serde_json::to_string(&model).unwrap();
        let again: Interchange<'static> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(again == model, "{name}: another model from {text}");
        let again: Interchange<'static> = serde_json::from_value(serde_json::to_value(&model).unwrap()).unwrap();
        assert!(again == model, "{name}: another model from a value");
    }
}

#[test]
fn models_are_read_back_from_cbor() {
    for (name, model) in models() {
        let mut bytes = Vec::new();
        ciborium::into_writer(&model, &mut bytes).unwrap();
        let again: Interchange<'static> =
            ciborium::from_reader(&bytes[..]).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(again == model, "{name}: another model");
    }
}

#[test]
fn what_is_owned_is_the_same() {
    for case in readable_corpus("edi") {
        let input = fs::read(&case).unwrap();
        let Ok(all) = Interchange::decode_all(&input, &ReadOptions::default()) else { continue };
        for decoded in all {
            assert!(decoded.clone().into_owned() == decoded, "{}", case.display());
            let interchange = decoded.interchange;
            assert!(interchange.clone().into_owned() == interchange, "{}", case.display());
            for message in &interchange.messages {
                if let Message::Registration(message) = message {
                    let transactions = &message.transactions;
                    assert!(transactions.clone().into_owned() == *transactions, "{}", case.display());
                }
            }
        }
        let mut reader = EventReader::new(&input, ReadOptions::default());
        while let Ok(Some(event)) = reader.next_event(&mut ()) {
            assert!(event.clone().into_owned() == event, "{}", case.display());
        }
    }
}
