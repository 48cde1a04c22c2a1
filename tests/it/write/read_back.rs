//! What practices send can be written and read back.

use nhais_edifact::WriteOptions;
use nhais_edifact::transaction::Transactions;
use nhais_edifact::value::Change;

use crate::wire::*;

/// docs/failures.md#case-36
#[test]
fn what_practices_send_is_written_and_read_back() {
    // Written, but there is no reader for it.
    for (code, body) in [("G1", ACCEPTANCE), ("G2", AMENDMENT), ("G3", REMOVAL), ("G5", DEDUCTION_REQUEST)] {
        let input = registration(code, body);
        let read = check(&input, &[]);
        let written = text(&read.encode(&WriteOptions::default()).unwrap());
        assert_eq!(written, input, "{code}");
        assert_eq!(check(&written, &[]), read, "{code}");
    }
}

/// docs/failures.md#case-36
#[test]
fn every_acceptance_type_is_written_and_read_back() {
    // Written, but there is no reader for it.
    let transfer = ["NAD+PGP+++DR FENWICK", "NAD+PFH+ZQ:954"];
    for (kind, name) in [("1", "birth"), ("2", "first"), ("3", "transfer in"), ("4", "immigrant")] {
        let mut body: Vec<String> = ACCEPTANCE.iter().map(ToString::to_string).collect();
        let at = |body: &[String], tag: &str| body.iter().position(|segment| segment.starts_with(tag)).unwrap();
        let type_at = at(&body, "HEA+ATP");
        body[type_at] = format!("HEA+ATP+{kind}:ZZZ");
        if kind == "4" {
            let behind = at(&body, "DTM+956") + 1;
            body.splice(behind..behind, ["DTM+957:20240228:102".to_string(), "DTM+958:20110915:102".to_string()]);
        }
        if kind >= "3" {
            let behind = at(&body, "NAD+GP") + 1;
            body.splice(behind..behind, transfer.map(str::to_string));
            let behind = at(&body, "NAD+PAT") + 1;
            body.insert(behind, "NAD+PER++7 MILL LANE:EASTPOOL".to_string());
        }
        let body: Vec<&str> = body.iter().map(String::as_str).collect();
        let input = registration("G1", &body);
        let read = check(&input, &[]);
        assert_eq!(acceptance_of(&read).kind.acceptance_type().unwrap().as_str(), kind, "{name}");
        assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), input, "{name}");
    }
}

/// docs/failures.md#case-36
#[test]
fn erasures_are_written_and_read_back() {
    // Written, but there is no reader for them.
    let body = [
        "S01+1",
        "RFF+TN:2008",
        "NAD+GP+7000015,T93:900",
        "NAD+RIC+%:956",
        "HEA+DM+%:ZZZ",
        "S02+2",
        "PNA+PAT+9990000050:OPI++++FO:%+TI:%",
        "NAD+PAT++%:3 PARK VIEW:%:NEWTON ABBEY:%+++++%",
        "S02+2",
        "PNA+PER++++SU:%",
    ];
    let input = registration("G2", &body);
    let read = check(&input, &[]);
    let Transactions::AmendmentOut(amendments) = &registration_of(&read).transactions else { panic!() };
    let amendment = &amendments[0];
    assert_eq!(amendment.institute, Change::Erased);
    assert_eq!(amendment.drugs_dispensed, Change::Erased);
    assert_eq!(amendment.patient.as_ref().unwrap().forename, Change::Erased);
    assert_eq!(amendment.previous.as_ref().unwrap().surname, Change::Erased);
    assert_eq!(amendment.address.as_ref().unwrap().postcode, Change::Erased);
    assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), input);
}
