//! Findings in logs and on screens: what they say, how they are serialized, and what `Debug` shows.

use nhais_edifact::exchange::{AnswerTo, Arrival, RequestKey};
use nhais_edifact::issue::Severity;
use nhais_edifact::recep::{Contradiction, ReceiptFinding};
use nhais_edifact::value::{
    ControlReference, Count, Date, GpCode, HaCipher, InstituteCode, InterchangeStatus, MessageStatus, NhsNumber,
    Postcode, PreparationTime, TradingPartnerCode, TransactionNumber,
};
use nhais_edifact::{Decoder, Interchange, Issue, ReadOptions};
use serde_json::{json, to_value};

const SOURCE: &[u8] = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'\n\
UNH+00000501+FHSREG:0:1:FH:FHS001'\nBGM+++507'\nNAD+FHS+ZQX:954'\nDTM+137:202403080910:203'\nRFF+950:G3'\nS01+1'\n\
RFF+TN:2009'\nNAD+GP+7000015,T93:900'\nFTX+RGI+++MOVED 40 miles AWAY'\nS02+2'\nPNA+PAT+9990000069:OPI'\n\
UNT+12+00000501'\nUNZ+2+00000101'";

fn issues() -> Vec<Issue> {
    Interchange::decode(SOURCE).unwrap().issues
}

#[test]
fn an_issue_is_one_flat_object() {
    let issues = issues();
    assert_eq!(
        to_value(issues[0]).unwrap(),
        json!({
            "severity": "warning",
            "nth_message": 1,
            "id": "repertoire",
            "text": "expected characters of level A, but found a lower-case letter at FTX 4.1 (segment 9, byte 207)",
            "location": {
                "interchange": 1, "offset": 207, "segment": 9, "tag": "FTX", "element": 4, "component": 1,
                "message": 501, "transaction": 2009,
            },
        })
    );
    assert_eq!(
        to_value(issues[1].error()).unwrap(),
        json!({
            "id": "control-count",
            "text": "expected a count of 1 as counted, but found 2 stated at UNZ 1.1 (byte 271)",
            "location": { "interchange": 1, "offset": 271, "tag": "UNZ", "element": 1, "component": 1 },
        })
    );
    assert_eq!((Severity::Warning.to_string(), Severity::Error.to_string()), ("warning".into(), "error".into()));
    assert_eq!(to_value(Severity::Error).unwrap(), "error");
}

#[test]
fn an_error_of_encoding_is_serialized_with_its_qualifier() {
    let interchange = Interchange::decode(SOURCE).unwrap().interchange;
    let error = interchange.encode(&nhais_edifact::WriteOptions::default()).unwrap_err();
    let expected = json!({
        "qualifier": "RGI", "tag": "FTX", "element": 4, "component": 1, "message": 501, "transaction": 2009,
    });
    assert_eq!(to_value(error).unwrap()["location"], expected);
}

#[test]
fn an_issue_is_shown_with_the_whole_or_with_a_part() {
    let issue = issues()[0];
    assert_eq!(issue.location().offset, Some(207));
    assert_eq!(issue.show_data(SOURCE), issue.error().show_data(SOURCE));
    let shown = format!("{issue}\n  byte 207 | FTX+RGI+++MOVED 40 miles AWAY'\n           |                    ^");
    // From the middle of an earlier segment, from the segment itself, and up to just behind the place.
    let cut_short = 160..217;
    assert_eq!(issue.show_data_of_part(&SOURCE[cut_short], 160), shown.replace("AWAY'", "AWAY"));
    for part in [160..282, 188..282] {
        assert_eq!(issue.show_data_of_part(&SOURCE[part.clone()], part.start as u64), shown);
    }
    for part in [208..282, 0..200, 0..0] {
        assert_eq!(issue.show_data_of_part(&SOURCE[part.clone()], part.start as u64), issue.to_string());
    }
    assert_eq!(issue.show_data_of_part(SOURCE, u64::MAX), issue.to_string());
}

#[test]
fn an_issue_of_a_stream_is_shown_with_what_was_kept_of_it() {
    for size in [1, 30, 220, 400] {
        let mut decoder = Decoder::new(ReadOptions::default());
        let (mut issues, mut shown) = (Vec::<Issue>::new(), Vec::new());
        let (mut kept, mut start) = (Vec::new(), 0);
        for chunk in SOURCE.chunks(size).chain([&b""[..]]) {
            let gone = kept.len() - kept.len().min(150);
            kept.drain(..gone);
            start += gone as u64;
            kept.extend_from_slice(chunk);
            let mut events = if chunk.is_empty() { decoder.finish() } else { decoder.feed(chunk) };
            while events.next(&mut issues).unwrap().is_some() {}
            shown.extend(issues.drain(..).map(|issue| issue.show_data_of_part(&kept, start)));
        }
        assert!(shown[0].contains(" | FTX+RGI+++MOVED 40 miles AWAY'\n"), "{size}: {}", shown[0]);
        assert!(shown[1].contains(" | UNZ+2+00000101'\n"), "{size}: {}", shown[1]);
    }
}

fn finding(finding: &ReceiptFinding) -> (String, serde_json::Value) {
    (finding.to_string(), to_value(finding).unwrap())
}

#[test]
fn receipt_findings_are_a_line_and_an_object() {
    let interchange = || ControlReference::from("00000110");
    let message = || ControlReference::from("00000510");
    let named = |finding: &str| json!({ "finding": finding, "interchange": "00000110", "message": "00000510" });
    for (case, text, object) in [
        (
            ReceiptFinding::Acknowledged { interchange: interchange(), message: message() },
            "message 510 of interchange 110: translated",
            named("acknowledged"),
        ),
        (
            ReceiptFinding::UnreadableStatus { interchange: interchange(), message: message() },
            "message 510 of interchange 110: its status cannot be read",
            named("unreadable_status"),
        ),
        (
            ReceiptFinding::NotNamed { interchange: interchange(), message: message() },
            "message 510 of interchange 110: not named by the receipt",
            named("not_named"),
        ),
        (
            ReceiptFinding::UnknownMessage { interchange: interchange(), message: Some("SMITH".into()) },
            "message no readable number of interchange 110: not sent",
            json!({ "finding": "unknown_message", "interchange": "00000110", "message": "SMITH" }),
        ),
        (
            ReceiptFinding::UnknownInterchange { interchange: None },
            "the receipt names no interchange",
            json!({ "finding": "unknown_interchange", "interchange": null }),
        ),
        (
            ReceiptFinding::Contradiction {
                interchange: interchange(),
                what: Contradiction::Count { stated: Some(2), sent: 3 },
            },
            "interchange 110: the receipt contradicts itself: it counts 2 messages where 3 were sent",
            json!({
                "finding": "contradiction", "interchange": "00000110", "what": { "count": { "stated": 2, "sent": 3 } },
            }),
        ),
    ] {
        assert_eq!(finding(&case), (text.to_string(), object));
    }
}

#[test]
fn statuses_are_shown_if_they_are_of_the_list() {
    let (interchange, message) = (ControlReference::from("110"), ControlReference::from("510"));
    let repeated = |status: &str| {
        let (interchange, message) = (interchange.clone(), message.clone());
        ReceiptFinding::Repeated { interchange, message, status: Some(status.into()) }.to_string()
    };
    assert_eq!(repeated("CP"), "message 510 of interchange 110: acknowledged before; now CP");
    assert_eq!(repeated("JONES"), "message 510 of interchange 110: acknowledged before; now unreadable");
    let status = InterchangeStatus::PartlyInvalid;
    let whole = ReceiptFinding::InterchangeStatus { interchange: interchange.clone(), status: Some(status) };
    assert_eq!(whole.to_string(), "interchange 110: its status is ER");
    let refused = ReceiptFinding::Refused { interchange, message, status: MessageStatus::Incomplete };
    assert_eq!(refused.to_string(), "message 510 of interchange 110: refused, CI");
}

#[test]
fn arrivals_are_a_line_and_an_object() {
    assert_eq!(Arrival::Gap { first: 9, last: 9 }.to_string(), "the number 9 has not come");
    assert_eq!(Arrival::Next { wrapped: true }.to_string(), "the next number, which begins anew");
    assert_eq!(to_value(Arrival::Repeated).unwrap(), json!({ "arrival": "repeated" }));
    assert_eq!(
        to_value(Arrival::Gap { first: 9, last: 10 }).unwrap(),
        json!({ "arrival": "gap", "first": 9, "last": 10 })
    );
    let key = RequestKey { practice: "KLM5".into(), number: 2010 };
    let answer = AnswerTo::DeductionRequest { key, patient: "9990000077".into() };
    assert_eq!(answer.to_string(), "answers the deduction request KLM5/2010");
    assert_eq!(
        to_value(&answer).unwrap(),
        json!({ "deduction_request": { "key": "KLM5/2010", "patient": "9990000077" } })
    );
}

#[test]
fn partners_and_numbers_are_shown_and_patients_are_not() {
    let shown = format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        TradingPartnerCode::from("KLM5"),
        HaCipher::from("ZQX"),
        ControlReference::from("00000101"),
        TransactionNumber::from("2001"),
        Count::from("2"),
        PreparationTime::from_wire("240308", "0915"),
    );
    assert_eq!(
        shown,
        "TradingPartnerCode(KLM5) HaCipher(ZQX) ControlReference(101) TransactionNumber(2001) Count(2) \
         PreparationTime(240308:0915)"
    );
    let hidden = format!(
        "{:?} {:?} {:?} {:?} {:?}",
        NhsNumber::from("9990000018"),
        GpCode::from("7000015,T93"),
        InstituteCode::from("QA"),
        Postcode::from("ZZ9  9AA"),
        Date::from("19840217"),
    );
    assert_eq!(hidden, "NhsNumber(10) GpCode(11) InstituteCode(2) Postcode(8) Date(8)");
    // Whatever stands in place of a code or a number may be about a patient.
    let misplaced = format!(
        "{:?} {:?} {:?} {:?}",
        TradingPartnerCode::from("IRIS MARLOWE"),
        HaCipher::from("MARLOWE"),
        ControlReference::from("MARLOWE"),
        PreparationTime::from_wire("MARLOW", "IRIS"),
    );
    assert_eq!(misplaced, "TradingPartnerCode(12) HaCipher(7) ControlReference(not a number) PreparationTime(11)");
}
