//! The example `adaptor`: documents and interchanges of the same name say the same, and what cannot be mapped is refused.

#[allow(dead_code, reason = "the example has a main function")]
#[path = "../../../examples/adaptor/main.rs"]
mod example;

use std::fs;
use std::path::{Path, PathBuf};

use nhais_edifact::{Interchange, InterchangeHeader, Issue, Message};
use serde_json::{Value, json};

use crate::files;

/// A document and its interchange: `fhir/KIND/NAME.fhir.json` and `nhs/KIND/NAME.edifact.dat`.
struct Pair {
    document: PathBuf,
    interchange: PathBuf,
}

impl Pair {
    fn of(document: PathBuf) -> Self {
        let path = document.to_str().unwrap().replace('\\', "/");
        let (root, name) = path.rsplit_once("/fhir/").unwrap();
        let interchange = format!("{root}/nhs/{}.edifact.dat", name.strip_suffix(".fhir.json").unwrap()).into();
        Self { document, interchange }
    }

    fn own(name: &str) -> Self {
        let root = files::root().join("tests/adaptor/fhir");
        Self::of(root.join(format!("{name}.fhir.json")))
    }

    fn is_outbound(&self) -> bool {
        self.document.components().any(|folder| folder.as_os_str() == "outbound")
    }

    fn kind(&self) -> &str {
        self.document.parent().unwrap().file_name().unwrap().to_str().unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&fs::read(&self.document).unwrap()).unwrap()
    }

    fn wire(&self) -> String {
        fs::read_to_string(&self.interchange).unwrap()
    }

    fn check(&self) {
        let name = self.document.display();
        if self.is_outbound() {
            let written = to_edifact(self.kind(), &self.document, &numbers(&self.interchange)).0;
            assert!(written.unwrap_or_else(|error| panic!("{name}: {error}")) == self.wire(), "{name}: other bytes");
        } else {
            let documents = to_fhir(&self.interchange).0.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(documents == expected(self), "{name}: another document");
        }
    }
}

/// A close quarter notification has no document. One published document has its text in wire form.
fn expected(pair: &Pair) -> Vec<Value> {
    let mut document = pair.json();
    if pair.document.ends_with("full-character-set.fhir.json") {
        for parameter in document["parameter"].as_array_mut().unwrap() {
            if parameter["name"] == "freeText" {
                parameter["valueString"] = json!(resolved(parameter["valueString"].as_str().unwrap()));
            }
        }
    }
    if document == json!({}) { vec![] } else { vec![document] }
}

fn resolved(wire: &str) -> String {
    let mut characters = wire.chars();
    let next = || characters.next().map(|one| if one == '?' { characters.next().unwrap() } else { one });
    std::iter::from_fn(next).collect()
}

/// The options that give the numbers and times of an interchange.
fn numbers(interchange: &Path) -> Vec<String> {
    let wire = fs::read(interchange).unwrap();
    let Interchange { header, messages, .. } = Interchange::decode(&wire).unwrap().interchange;
    let InterchangeHeader { reference, prepared, .. } = header;
    let Message::Registration(message) = &messages[0] else { panic!("no registration") };
    let first = serde_json::to_value(&message.transactions).unwrap();
    let transaction = first.as_object().unwrap().values().next().unwrap()[0]["number"].as_str().unwrap().to_owned();
    let at = prepared.to_date_time(1980).unwrap().format("%Y%m%d%H%M");
    let translated = message.translated.clone().unwrap();
    format!(
        "--interchange {} --message {} --transaction {transaction} --at {at} --translated {translated} --as-received",
        reference.number().unwrap(),
        message.reference.number().unwrap()
    )
    .split(' ')
    .map(Into::into)
    .collect()
}

type Run = (Result<String, String>, Vec<Issue>);

fn run(arguments: &[String]) -> Run {
    let mut findings = Vec::new();
    let output = example::run(arguments, &mut findings);
    (output.map(|output| String::from_utf8(output).unwrap()).map_err(|error| error.to_string()), findings)
}

fn to_edifact(kind: &str, file: &Path, options: &[String]) -> Run {
    let file = file.to_str().unwrap().to_owned();
    run(&[&["to-edifact".into()], options, &[kind.into(), file]].concat())
}

fn to_fhir(file: &Path) -> (Result<Vec<Value>, String>, Vec<Issue>) {
    let (output, findings) = run(&["to-fhir".into(), file.to_str().unwrap().into()]);
    (output.map(|lines| lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()), findings)
}

fn written(name: &str, content: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&file, content).unwrap();
    file
}

fn strictly() -> Vec<String> {
    "--interchange 108 --message 508 --transaction 2003 --at 202403180907".split(' ').map(Into::into).collect()
}

fn as_received() -> Vec<String> {
    [strictly(), vec!["--as-received".into()]].concat()
}

/// What becomes of an own document that is changed.
fn changed(test: &str, name: &str, change: impl FnOnce(&mut Value), options: &[String]) -> Run {
    let pair = Pair::own(name);
    let mut document = pair.json();
    change(&mut document);
    to_edifact(pair.kind(), &written(&format!("{test}.json"), &document.to_string()), options)
}

#[test]
fn own_documents_and_interchanges_say_the_same() {
    let files = files::files(&files::root().join("tests/adaptor/fhir"));
    assert_eq!(files.len(), 12);
    files.into_iter().map(Pair::of).for_each(|pair| pair.check());
}

#[test]
fn own_documents_may_be_sent_without_exception() {
    for name in ["acceptance/transfer-in", "amendment/marriage-and-move", "removal/out-of-area", "deduction/death"] {
        let pair = Pair::own(&format!("outbound/{name}"));
        let mut options = numbers(&pair.interchange);
        options.pop();
        let (output, findings) = to_edifact(pair.kind(), &pair.document, &options);
        assert_eq!((output.unwrap(), findings), (pair.wire(), vec![]), "{name}");
    }
}

#[test]
fn published_documents_and_interchanges_say_the_same() {
    let Some(files) = files::samples("fhir") else { return };
    assert!(files.len() >= 30, "only {} documents", files.len());
    files.into_iter().map(Pair::of).for_each(|pair| pair.check());
}

#[test]
fn messages_are_translated_when_the_interchange_is_prepared_unless_another_time_is_given() {
    let at = |options: &[String]| changed("translated", "outbound/removal/out-of-area", |_| {}, options).0.unwrap();
    assert!(at(&strictly()).contains("DTM+137:202403180907:203'"));
    let options = [strictly(), vec!["--translated".into(), "202403172359".into()]].concat();
    assert!(at(&options).contains("+240318:0907+") && at(&options).contains("DTM+137:202403172359:203'"));
}

#[test]
fn what_may_not_be_sent_is_refused_or_reported() {
    let old_number =
        |document: &mut Value| document["parameter"][2]["resource"]["identifier"][0]["value"] = json!("T247");
    let (refused, findings) = changed("old-1", "outbound/removal/out-of-area", old_number, &strictly());
    assert!(refused.unwrap_err().contains("at PNA+PAT 2.1") && findings.is_empty());

    let (output, findings) = changed("old-2", "outbound/removal/out-of-area", old_number, &as_received());
    assert!(output.unwrap().contains("PNA+PAT+T247:OPI'"));
    assert_eq!(findings.iter().map(|issue| issue.kind().id()).collect::<Vec<_>>(), ["invalid-value"]);
}

#[test]
fn what_a_document_says_beyond_the_mapping_is_refused_by_its_path() {
    type Change = fn(&mut Value);
    const PATIENT: usize = 1;
    let cases: [(&str, Change); 13] = [
        ("/parameter/hobby/valueString", |it| {
            it["parameter"].as_array_mut().unwrap().push(json!({ "name": "hobby", "valueString": "CHESS" }));
        }),
        ("/parameter/freeText/valueString", |it| {
            it["parameter"].as_array_mut().unwrap().push(json!({ "name": "freeText", "valueString": "AGAIN" }));
        }),
        ("/parameter/freeText/valueInteger", |it| {
            it["parameter"][0] = json!({ "name": "freeText", "valueInteger": 7 });
        }),
        ("deductionReasonCode", |it| {
            it["parameter"].as_array_mut().unwrap().push(json!({ "name": "deductionReasonCode", "valueString": "1" }));
        }),
        ("previousGpName", |it| {
            it["parameter"][PATIENT]["resource"]["address"].as_array_mut().unwrap().pop();
            it["parameter"][5]["valueString"] = json!("2");
            it["parameter"].as_array_mut().unwrap().remove(3);
        }),
        ("/resource/telecom/0/value", |it| it["parameter"][PATIENT]["resource"]["telecom"] = json!([{ "value": "1" }])),
        ("/resource/active", |it| it["parameter"][PATIENT]["resource"]["active"] = json!(false)),
        ("/resource/birthDate", |it| it["parameter"][PATIENT]["resource"]["birthDate"] = json!("1985-02-29")),
        ("/resource/birthDate", |it| it["parameter"][PATIENT]["resource"]["birthDate"] = json!("1985-2-9")),
        ("/resource/gender", |it| it["parameter"][PATIENT]["resource"]["gender"] = json!("F")),
        ("/resource/identifier/0/system", |it| {
            it["parameter"][PATIENT]["resource"]["identifier"][0]["system"] = json!("https://example.org/number");
        }),
        ("/resource/address/0/line/5", |it| {
            it["parameter"][PATIENT]["resource"]["address"][0]["line"].as_array_mut().unwrap().push(json!("ENGLAND"));
        }),
        ("/extension/https://example.org/shoe-size/valueString", |it| {
            let extension = json!({ "url": "https://example.org/shoe-size", "valueString": "9" });
            it["parameter"][PATIENT]["resource"]["extension"].as_array_mut().unwrap().push(extension);
        }),
    ];
    for (i, (path, change)) in cases.into_iter().enumerate() {
        let test = format!("beyond-{i}");
        let error = changed(&test, "outbound/acceptance/transfer-in", change, &as_received()).0.unwrap_err();
        assert!(error.contains(path) && error.ends_with(": cannot be mapped"), "{path}: {error}");
    }
}

#[test]
fn what_only_acceptances_have_is_refused_in_others_by_its_path() {
    for (name, value) in [("acceptanceType", "2"), ("previousGpName", "DR PIKE")] {
        let test = format!("not-of-removals-{name}");
        let change = |it: &mut Value| {
            it["parameter"].as_array_mut().unwrap().push(json!({ "name": name, "valueString": value }));
        };
        let error = changed(&test, "outbound/removal/out-of-area", change, &as_received()).0.unwrap_err();
        assert_eq!(error, format!("{name}: cannot be mapped"));
    }
}

#[test]
fn a_document_without_a_partner_is_refused() {
    let no_practice = |it: &mut Value| drop(it["parameter"].as_array_mut().unwrap().remove(0));
    let error = changed("no-practice", "outbound/removal/out-of-area", no_practice, &as_received()).0.unwrap_err();
    assert!(error.contains("gpTradingPartnerCode"), "{error}");
    let no_ha = |it: &mut Value| it["parameter"][2]["resource"]["managingOrganization"] = Value::Null;
    let error = changed("no-ha", "outbound/removal/out-of-area", no_ha, &as_received()).0.unwrap_err();
    assert!(error.contains("managingOrganization"), "{error}");
}

#[test]
fn patches_that_an_amendment_cannot_say_are_refused_by_their_place() {
    let drugs = "https://fhir.nhs.uk/R4/StructureDefinition/Extension-UKCore-NHAIS-DrugsDispensedMarker";
    let cases = [
        json!({ "op": "remove", "path": "/name/0/family" }),
        json!({ "op": "remove", "path": "/name/0/given/0" }),
        json!({ "op": "remove", "path": "/gender" }),
        json!({ "op": "remove", "path": "/birthDate" }),
        json!({ "op": "remove", "path": "/address/0/line/3" }),
        json!({ "op": "replace", "path": "/name/0/given", "value": ["IRIS"] }),
        json!({ "op": "replace", "path": "/name/0/given/3", "value": "ROSE" }),
        json!({ "op": "replace", "path": "/name/0/family", "value": null }),
        json!({ "op": "replace", "path": "/name/0/family", "value": "" }),
        json!({ "op": "replace", "path": "/name/0/prefix/0", "value": 7 }),
        json!({ "op": "replace", "path": "/identifier/0/value", "value": "9990000131" }),
        json!({ "op": "replace", "path": "/telecom/0/value", "value": "1" }),
        json!({ "op": "move", "path": "/name/0/family", "value": "PIKE", "from": "/name/1/family" }),
        json!({ "op": "remove", "path": "/name/1/family", "value": "PIKE" }),
        json!({ "op": "remove", "path": "/extension/0" }),
        json!({ "op": "replace", "path": "/extension/0", "value": { "url": drugs } }),
        json!({ "op": "replace", "path": "/extension/0", "value": { "url": drugs, "valueString": "Y" } }),
        json!({ "op": "replace", "path": "/extension/1", "value": { "url": drugs, "valueBoolean": true } }),
        json!({ "op": "replace", "path": "/notes", "value": "PIKE" }),
        json!("PIKE"),
    ];
    for (i, patch) in cases.into_iter().enumerate() {
        let test = format!("patch-{i}");
        let only = |document: &mut Value| document["patches"] = json!([patch]);
        let error = changed(&test, "outbound/amendment/marriage-and-move", only, &as_received()).0.unwrap_err();
        assert!(error.starts_with("/patches/0 (") && !error.contains("PIKE"), "{patch}: {error}");
    }
}

#[test]
fn two_patches_of_one_item_are_refused() {
    let replaced = |path, value| json!({ "op": "replace", "path": path, "value": value });
    for (i, patches) in [
        [replaced("/gender", json!("male")), replaced("/gender", json!("female"))],
        [replaced("/address/0/line/2", Value::Null), replaced("/address/0/line/2", json!("EASTPOOL"))],
        [json!({ "op": "remove", "path": "/name/0/given" }), replaced("/name/0/given/0", json!("IRIS"))],
    ]
    .into_iter()
    .enumerate()
    {
        let both = |document: &mut Value| document["patches"] = json!(patches);
        let test = format!("twice-{i}");
        let error = changed(&test, "outbound/amendment/marriage-and-move", both, &as_received()).0.unwrap_err();
        assert!(error.starts_with("/patches/1 ("), "{error}");
    }
}

#[test]
fn all_forenames_are_erased_together() {
    let only = |document: &mut Value| document["patches"] = json!([{ "op": "remove", "path": "/name/0/given" }]);
    let output = changed("forenames", "outbound/amendment/marriage-and-move", only, &strictly()).0.unwrap();
    assert!(output.contains("PNA+PAT+9990000042:OPI++++FO:%'"), "{output}");
}

#[test]
fn what_an_interchange_says_beyond_the_mapping_is_refused_by_its_place() {
    let cases = [
        ("inbound/fp69_flag_removal/stays", "S02+2'", "LOC+950+EASTPOOL'\nS02+2'", "F10/0/unrecognised"),
        ("inbound/fp69_flag_removal/stays", ":OPI'", ":API'", "F10/0/patient/identifier/qualifier"),
        ("inbound/fp69_flag_removal/stays", "F10'", "F5'", "F5/0/gp"),
        ("inbound/fp69_flag_removal/stays", "F10'", "F7'", "transactions/other"),
        ("inbound/fp69_flag_removal/stays", "'\nUNH", "++++++1'\nUNH", "/header/test_indicator"),
        ("inbound/fp69_flag_removal/stays", "UNZ", "LOC+950+EASTPOOL'\nUNZ", "/unrecognised"),
        ("inbound/deduction/to-another-ha", "20240316", "20240231", "F2/0/deducted_on"),
        ("inbound/amendment/new-number-and-address", ":API", ":OPI", "F1/0/previous/identifier/qualifier"),
        ("inbound/amendment/new-number-and-address", "SU:%", "SU:%+FO:IRIS", "F1/0/previous/forename"),
        ("inbound/amendment/new-number-and-address", "HEA", "QTY+951:6'\nHEA", "F1/0/rpp_mileage"),
        ("inbound/amendment/new-number-and-address", "HEA+DM+%", "HEA+DM+N", "F1/0/drugs_dispensed"),
        ("inbound/amendment/new-number-and-address", "PDI+1", "PDI+7", "F1/0/sex"),
        ("inbound/close_quarter_notification/march", "GIS", "LOC+950+EASTPOOL'\nGIS", "F8/0/unrecognised"),
        ("outbound/removal/out-of-area", "", "", "G3/0/gp"),
    ];
    for (i, (name, from, to, place)) in cases.into_iter().enumerate() {
        let wire = Pair::own(name).wire().replacen(from, to, 1);
        let error = to_fhir(&written(&format!("refused-{i}.edifact"), &wire)).0.unwrap_err();
        assert!(error.contains(place) && !error.contains("EASTPOOL"), "{place}: {error}");
    }
}

#[test]
fn a_receipt_has_no_document() {
    let receipt = "UNB+UNOA:2+ZQX1+KLM5+240318:0930+00000110++RECEP+++EDIFACT TRANSFER'\nUNH+00000510+RECEP:0:2:FH'\n\
BGM+++600'\nNHS+ZQX:819:201+7000015,T93:814:202'\nDTM+815:202403180930:306'\nRFF+MIS:00000508 CP'\n\
RFF+RIS:00000108 OK:1'\nUNT+7+00000510'\nUNZ+1+00000110'";
    let error = to_fhir(&written("receipt.edifact", receipt)).0.unwrap_err();
    assert!(error.starts_with("/messages/0/receipt/"), "{error}");
}

#[test]
fn what_deviates_is_found_and_mapped() {
    let wire = Pair::own("inbound/fp69_flag_removal/stays").wire().replace("UNT+11", "UNT+12");
    let (documents, findings) = to_fhir(&written("deviates.edifact", &wire));
    assert_eq!(documents.unwrap(), [Pair::own("inbound/fp69_flag_removal/stays").json()]);
    assert_eq!(findings.iter().map(|issue| issue.kind().id()).collect::<Vec<_>>(), ["control-count"]);
}

#[test]
fn each_transaction_of_each_interchange_has_its_document() {
    let removal = Pair::own("inbound/fp69_flag_removal/stays");
    let again = "S01+1'\nRFF+TN:10900014'\nNAD+GP+7000015,T93:900'\nS02+2'\nPNA+PAT+9990000018:OPI'\nUNT+16";
    let rejection = Pair::own("inbound/rejection/wrong-ha");
    let wire = format!("{}\n{}", removal.wire().replace("UNT+11", again), rejection.wire());
    let (documents, findings) = to_fhir(&written("several.edifact", &wire));
    let mut second = removal.json();
    second["parameter"][1]["resource"]["identifier"][0]["value"] = json!("9990000018");
    assert_eq!((documents.unwrap(), findings), (vec![removal.json(), second, rejection.json()], vec![]));
}

#[test]
fn documents_of_any_shape_are_refused() {
    for (i, text) in
        ["", "null", "7", "\"PIKE\"", "[]", "[{\"name\":\"PIKE\"}]", "{\"parameter\":7}", "{\"patches\":{}}"]
            .into_iter()
            .enumerate()
    {
        let file = written(&format!("shape-{i}.json"), text);
        for kind in ["acceptance", "amendment", "removal", "deduction"] {
            assert!(to_edifact(kind, &file, &as_received()).0.is_err(), "{kind} of {text}");
        }
    }
}

#[test]
fn options_stand_before_or_behind_what_they_are_about() {
    let pair = Pair::own("outbound/removal/out-of-area");
    let file = pair.document.to_str().unwrap().to_owned();
    let behind = run(&[&["to-edifact".into(), "removal".into(), file], &strictly()[..]].concat());
    assert_eq!(behind, to_edifact("removal", &pair.document, &strictly()));
    assert!(behind.0.is_ok());
}

#[test]
fn other_arguments_are_answered_by_the_usage() {
    let usage = |words: &str| run(&words.split_whitespace().map(Into::into).collect::<Vec<_>>()).0.unwrap_err();
    for words in [
        "",
        "to-fhir",
        "to-fhir A B",
        "to-edifact removal A",
        "to-edifact --interchange 1 --message 1 --transaction 1 --at 202403180907 approval A",
        "to-edifact --interchange 0 --message 1 --transaction 1 --at 202403180907 removal A",
        "to-edifact --interchange 1 --message 1 --transaction 1 --at 20240318090700 removal A",
        "to-edifact --interchange 1 --message 1 --transaction 1 --at 202402310907 removal A",
        "to-edifact --interchange 1 --message 1 --transaction 1 --at 202403180907 --translated 2024 removal A",
        "to-edifact --interchange 1 --message 1 --transaction 1 --at 202403180907 --color removal A",
    ] {
        assert!(usage(words).starts_with("usage: "), "{words}");
    }
}
