//! From FHIR to an interchange for an HA.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use nhais_edifact::build::InterchangeBuilder;
use nhais_edifact::exchange::Numbering;
use nhais_edifact::transaction::Transaction;
use nhais_edifact::value::{TransactionNumber, TransactionSequence};
use nhais_edifact::{Issue, WriteOptions};
use serde_json::{Value, json};

use super::Output;
use super::mapping::{REFUSED, ROWS, Row, complete, leaves, place};

/// What an interchange says that its document does not.
pub(super) struct Envelope {
    /// The code of the transaction type.
    pub(super) code: &'static str,
    pub(super) numbering: Numbering,
    pub(super) transaction: TransactionSequence,
    pub(super) prepared: NaiveDateTime,
    pub(super) translated: NaiveDateTime,
    pub(super) as_received: bool,
}

/// The interchange with the one transaction that a document asks for.
pub(super) fn to_edifact(document: &Value, envelope: Envelope, findings: &mut Vec<Issue>) -> Output {
    let Envelope { code, mut numbering, transaction, prepared, translated, as_received } = envelope;
    let mut model = json!({ "number": TransactionNumber::from(transaction), "kind": {} });
    let put = if code == "G2" { put_amendment } else { put_parameters };
    put(&mut model, document)?;
    let [practice, ha] = ["practice", "ha"].map(|name| model[name].take());
    let practice = practice.as_str().ok_or("gpTradingPartnerCode: missing")?;
    let ha = ha.as_str().ok_or("managingOrganization or healthcarePartyCode: missing")?;
    (code == "G1").then(|| classify(&mut model));
    complete(&mut model, "model");
    model.as_object_mut().into_iter().for_each(|items| items.retain(|_, item| !item.is_null() && *item != json!({})));
    let mut builder = InterchangeBuilder::to_ha(practice, ha, prepared).translated(translated);
    builder.push(transaction_of(code, &model)?)?;
    let sent = builder.finish(&mut numbering, None, &WriteOptions::default().as_received(as_received))?;
    findings.extend(sent.issues);
    Ok(sent.bytes)
}

/// The kind of an acceptance is its type, around what not all types have.
fn classify(model: &mut Value) {
    let (stated, mut items) = (model["acceptance_type"].take(), model["kind"].take());
    model["kind"] = match stated.as_str() {
        Some("1") if items == json!({}) => json!("birth"),
        Some("2") if items == json!({}) => json!("first"),
        Some("3") => json!({ "transfer_in": items }),
        Some("4") => json!({ "immigrant": items }),
        _ => {
            items["acceptance_type"] = stated;
            json!({ "unclassified": items })
        }
    };
}

/// The transaction, if all that is said has a place in its model.
fn transaction_of(code: &str, said: &Value) -> Result<Transaction<'static>, String> {
    serde_json::from_value(json!({ code: said })).map_err(|error| {
        let (text, said) = (error.to_string(), leaves(said));
        let is_said = |row: &Row| said.iter().any(|(path, _)| path.contains(row.model.trim_start_matches("/kind")));
        let name = format!("/{}", text.split('`').nth(1).unwrap_or_default());
        let row = ROWS.iter().find(|row| row.model.contains(&name) && is_said(row));
        row.map_or(text, |row| format!("{}{REFUSED}", row.fhir))
    })
}

/// Parameters, one of which is the patient.
fn put_parameters(model: &mut Value, document: &Value) -> Result<(), String> {
    leaves(document).into_iter().try_for_each(|(path, value)| put_parameter(model, &path, value).ok_or(path + REFUSED))
}

fn put_parameter(model: &mut Value, path: &str, value: &Value) -> Option<()> {
    let (list_entry, key) = path.rsplit_once('/')?;
    if (key == "name" || key == "url") && list_entry.ends_with(&format!("/{}", value.as_str()?)) {
        return Some(());
    }
    // An HA says the one thing that stands in a list here.
    let path = path.replace("/managingOrganization/identifier/0/", "/managingOrganization/identifier/");
    let path = path.trim_start_matches("/parameter/").replace("patient/resource/", "patient/");
    let row = Row::at(path.trim_end_matches("/valueString").trim_end_matches("/valueBoolean"))?;
    if row.is_for("always") { (value == row.model).then_some(()) } else { row.put(model, row.to_model(value)?) }
}

/// Patches of a patient, and whose.
fn put_amendment(model: &mut Value, document: &Value) -> Result<(), String> {
    let patches = document["patches"].as_array();
    for (path, value) in leaves(document) {
        if patches.is_none() || !path.starts_with("/patches/") {
            let row = Row::at(&format!("amendment{path}"));
            row.and_then(|row| row.put(model, row.to_model(value)?)).ok_or(path + REFUSED)?;
        }
    }
    let mut amended = BTreeSet::new();
    for (i, patch) in patches.into_iter().flatten().enumerate() {
        let item = put_patch(model, patch).filter(|item| amended.insert(*item));
        item.ok_or_else(|| format!("/patches/{i} ({}){REFUSED}", patch["path"].as_str().unwrap_or("no path")))?;
    }
    Ok(())
}

/// Puts what a patch says, and gives the name of the item.
fn put_patch(model: &mut Value, change: &Value) -> Option<&'static str> {
    let (path, value) = (change["path"].as_str()?, &change["value"]);
    let url = value["url"].as_str().filter(|_| path == "/extension/0");
    let row = Row::at(&url.map_or(format!("patient{path}"), |url| format!("patient/extension/{url}")))?;
    let value = if url.is_some() { &value[row.key()] } else { value };
    let known = ["/op", "/path", "/value", "/value/url", &format!("/value/{}", row.key())];
    let is_known = leaves(change).iter().all(|(at, _)| known.contains(&&**at));
    (is_known && url.is_some() == row.is_for("none")).then_some(())?;
    let put = match change["op"].as_str()? {
        "remove" => (row.is_for("erase") && value.is_null()).then(|| json!("erased"))?,
        "replace" | "add" => match row.to_model(value)? {
            Value::Null if row.is_for("blank") => Value::Null,
            Value::Null if row.is_for("none") => json!("erased"),
            value if row.is_for("new") && !value.is_null() => value,
            value => (row.is_for("change") && !value.is_null()).then(|| json!({ "to": value }))?,
        },
        _ => return None,
    };
    if row.is_for("blank") {
        // An address is given whole: a line that it does not have is blank.
        place(model, "/address/post_town");
    }
    row.put(model, put)?;
    Some(row.fhir)
}
