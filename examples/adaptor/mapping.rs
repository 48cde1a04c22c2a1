//! Which item of FHIR is which of a model: the table `mapping.txt`, and what is done by it.

use std::sync::LazyLock;

use nhais_edifact::value::Date;
use serde_json::{Value, from_value, json};

/// The rows of the table.
pub(super) static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let rows = include_str!("mapping.txt").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| Row::of(&mut line.split_whitespace())).collect()
});

/// A row of the table, which says what its columns mean.
pub(super) struct Row {
    pub(super) fhir: &'static str,
    pub(super) model: &'static str,
    form: &'static str,
    is_for: &'static str,
}

const GENDERS: [(&str, &str); 4] = [("unknown", "0"), ("male", "1"), ("female", "2"), ("other", "9")];

impl Row {
    fn of(columns: &mut impl Iterator<Item = &'static str>) -> Option<Self> {
        let (fhir, model, form, is_for) = (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
        Some(Self { fhir, model, form, is_for })
    }

    /// The row of a place in FHIR.
    pub(super) fn at(fhir: &str) -> Option<&'static Self> {
        let is_in = |list| fhir.strip_prefix(list).is_some_and(|place: &str| place.parse::<usize>().is_ok());
        ROWS.iter().find(|row| row.fhir.strip_suffix('*').map_or(row.fhir == fhir, is_in))
    }

    pub(super) fn is_for(&self, purpose: &str) -> bool {
        self.is_for.split(',').any(|own| own == purpose)
    }

    /// The key of its value where it is an extension.
    pub(super) fn key(&self) -> &'static str {
        if self.form == "marker" { "valueBoolean" } else { "valueString" }
    }

    /// What says the same in a model, or null; `None` if it cannot be mapped.
    pub(super) fn to_model(&self, value: &Value) -> Option<Value> {
        Some(match (self.form, value) {
            ("marker", _) => json!(value.as_bool()?.then_some("Y")),
            _ if value.is_null() || value == "" => Value::Null,
            ("date", _) => json!(from_value::<Date>(value.clone()).ok().filter(|date| json!(date) == *value)?),
            ("gender", _) => json!(GENDERS.iter().find(|(gender, _)| value == gender)?.1),
            ("notes", Value::String(_)) => json!([value]),
            ("text" | "joined" | "filled", Value::String(_)) => value.clone(),
            _ => return None,
        })
    }

    /// What says the same in FHIR; `None` if it cannot be mapped.
    pub(super) fn to_fhir(&self, value: &Value) -> Option<Value> {
        Some(match (self.form, value) {
            ("marker", _) if value.is_null() || value == "Y" => json!(value == "Y"),
            ("gender", _) => json!(GENDERS.iter().find(|(_, sex)| value == sex)?.0),
            ("notes", Value::Array(all)) => json!(all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n")),
            // A date that does not exist is more than a text.
            ("text" | "date", Value::Null | Value::String(_)) => value.clone(),
            _ => return None,
        })
    }

    /// Puts something into a model, where nothing stands yet.
    pub(super) fn put(&self, model: &mut Value, value: Value) -> Option<()> {
        if value.is_null() || (self.form == "filled" && value.as_str()?.trim().is_empty()) {
            return Some(());
        }
        match (self.form, place(model, self.model)) {
            ("filled", Value::Array(lines)) => lines.push(value),
            ("filled", place @ Value::Null) => *place = json!([value]),
            ("joined", Value::String(text)) => text.extend([" ", value.as_str()?]),
            (_, place @ Value::Null) => *place = value,
            _ => return None,
        }
        Some(())
    }
}

/// The place to which a JSON pointer leads, which is made if it is not there.
pub(super) fn place<'v>(value: &'v mut Value, pointer: &str) -> &'v mut Value {
    pointer.split('/').skip(1).fold(value, |value, name| match name.parse::<usize>() {
        Ok(at) => {
            let mut list = value.as_array().cloned().unwrap_or_default();
            list.resize(list.len().max(at + 1), Value::Null);
            *value = json!(list);
            &mut value[at]
        }
        Err(_) => &mut value[name],
    })
}

/// The texts that always stand in a patient or a model, and where.
pub(super) fn always(side: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    ROWS.iter()
        .filter(|row| row.is_for("always"))
        .filter_map(move |row| Some((row.fhir.strip_prefix(side)?, row.model)))
}

/// Adds them, where what they belong to is there.
pub(super) fn complete(value: &mut Value, side: &'static str) {
    for (pointer, text) in always(side) {
        if pointer.rsplit_once('/').is_some_and(|(parent, _)| value.pointer(parent).is_some_and(Value::is_object)) {
            *place(value, pointer) = json!(text);
        }
    }
}

/// What follows the path of what has no place on the other side.
pub(super) const REFUSED: &str = ": cannot be mapped";

/// All that a document says, and where: with the names of parameters and the URLs of extensions in place of numbers.
pub(super) fn leaves(value: &Value) -> Vec<(String, &Value)> {
    let name = |entry: &Value| entry["name"].as_str().or(entry["url"].as_str()).map(str::to_owned);
    let below: Vec<(String, &Value)> = match value {
        Value::Null => vec![],
        Value::Array(list) => (0..).zip(list).map(|(i, own)| (name(own).unwrap_or(i.to_string()), own)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, own)| (name.clone(), own)).collect(),
        _ => return vec![(String::new(), value)],
    };
    let leaves_of = |(name, own)| leaves(own).into_iter().map(move |(path, leaf)| (format!("/{name}{path}"), leaf));
    below.into_iter().flat_map(leaves_of).collect()
}
