//! From interchanges of an HA to FHIR.

use nhais_edifact::{Decoded, Interchange, Issue, ReadOptions};
use serde_json::{Value, json};

use super::Output;
use super::mapping::{REFUSED, ROWS, Row, always, complete, leaves, place};

/// What documents need not say of a header.
const UNB: &str = "syntax_identifier syntax_version sender prepared reference application_reference agreement";

/// A document for each transaction, on a line of its own. What is mapped is taken out of the interchange; what is left in
/// the end cannot be.
pub(super) fn to_fhir(input: &[u8], findings: &mut Vec<Issue>) -> Output {
    let mut documents = Vec::new();
    for Decoded { interchange, issues } in Interchange::decode_all(input, &ReadOptions::default())? {
        findings.extend(issues);
        let mut rest = serde_json::to_value(&interchange)?;
        let practice = rest["header"]["recipient"].take();
        UNB.split(' ').for_each(|item| rest["header"][item] = Value::Null);
        for message in rest["messages"].as_array_mut().into_iter().flatten() {
            take_documents(&mut message["registration"], &practice, &mut documents);
        }
        if let Some((path, _)) = leaves(&rest).iter().find(|(path, value)| !is_implied(path, value)) {
            return Err(format!("{path}{REFUSED}").into());
        }
    }
    Ok(documents.iter().flat_map(|document| format!("{document}\n").into_bytes()).collect())
}

/// Whether documents need not say this: which number of a patient it is, and the number of a close quarter notification.
fn is_implied(path: &str, value: &Value) -> bool {
    always("model").any(|(at, text)| path.ends_with(at) && value == text)
        || (path.contains("/registration/transactions/F8/") && path.ends_with("/number"))
}

fn take_documents(message: &mut Value, practice: &Value, documents: &mut Vec<Value>) {
    let [ha, ..] = ["ha", "reference", "translated", "quarter_end"].map(|item| message[item].take());
    for (code, list) in message["transactions"].as_object_mut().into_iter().flatten() {
        let document = match code.as_str() {
            "F1" => amendment,
            "F2" | "F3" | "F4" | "F9" | "F10" | "F11" => parameters,
            _ => continue,
        };
        for model in list.as_array_mut().into_iter().flatten() {
            (model["practice"], model["ha"], model["number"]) = (practice.clone(), ha.clone(), Value::Null);
            documents.push(document(model, code));
        }
    }
}

/// Takes an item out of a model, if it can be mapped.
fn take(model: &mut Value, row: &Row) -> Option<Value> {
    let value = model.pointer_mut(row.model).filter(|value| !value.is_null())?;
    row.to_fhir(value).inspect(|_| *value = Value::Null)
}

fn parameters(model: &mut Value, code: &str) -> Value {
    let (mut patient, mut list) = (json!({}), Vec::new());
    for row in ROWS.iter().filter(|row| row.is_for(code) || row.fhir.starts_with("patient/")) {
        let Some(value) = take(model, row) else { continue };
        match row.fhir.strip_prefix("patient") {
            Some(at) => *place(&mut patient, at) = value,
            None => list.push(json!({ "name": row.fhir, "valueString": value })),
        }
    }
    if patient["address"].is_array() {
        // All lines are there, blank or not.
        place(&mut patient, "/address/0/line/4");
    }
    complete(&mut patient, "patient");
    list.insert(list.len().min(1), json!({ "name": "patient", "resource": patient }));
    json!({ "resourceType": "Parameters", "parameter": list })
}

fn amendment(model: &mut Value, _: &str) -> Value {
    let (mut document, mut patches) = (json!({}), Vec::new());
    let has_address = model["address"].is_object();
    for row in ROWS.iter() {
        if let Some((at, value)) = row.fhir.strip_prefix("amendment/").and_then(|at| Some((at, take(model, row)?))) {
            document[at] = value;
        } else if let Some(patch) = patch(row, model.pointer(row.model).unwrap_or(&Value::Null), has_address) {
            patches.push(patch);
            model.pointer_mut(row.model).map(Value::take);
        }
    }
    patches.sort_by(|one, other| one["path"].as_str().cmp(&other["path"].as_str()));
    document["patches"] = json!(patches);
    document
}

/// The patch of an item, by what an amendment says of it.
fn patch(row: &Row, said: &Value, has_address: bool) -> Option<Value> {
    let path = row.fhir.strip_prefix("patient")?;
    let new = said.get("to").unwrap_or(&Value::Null);
    let (path, value) = match path.strip_prefix("/extension/") {
        _ if said.is_null() => (path, (has_address && row.is_for("blank")).then_some(Value::Null)?),
        Some(url) => ("/extension/0", json!({ "url": url, row.key(): row.to_fhir(new)? })),
        None if row.is_for("new") || row.is_for("F1") => (path, row.to_fhir(said)?),
        None if row.is_for("change") && said != "erased" => (path, row.to_fhir(new)?),
        None => return (said == "erased" && !row.is_for("-")).then(|| json!({ "op": "remove", "path": path })),
    };
    Some(json!({ "op": "replace", "path": path, "value": value }))
}
