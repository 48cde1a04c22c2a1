//! Errors and issues: their texts, their table, their places, and what they never show.

use std::fmt::Write;
use std::fs;

use chrono::NaiveDate;
use nhais_edifact::check::RULES;
use nhais_edifact::error::CharacterClass;
use nhais_edifact::transaction::{Acceptance, Transactions, Unrecognised};
use nhais_edifact::value::PreparationTime;
use nhais_edifact::{Decoded, Error, ErrorKind, Interchange, Issue, Message, ReadOptions, WriteOptions};

use crate::files::root;

/// A registration of one acceptance, in which every segment can be replaced.
const ACCEPTANCE: [&str; 20] = [
    "UNB+UNOA:2+KLM5+ZQX1+240312:1130+00000103'",
    "UNH+00000503+FHSREG:0:1:FH:FHS001'",
    "BGM+++507'",
    "NAD+FHS+ZQX:954'",
    "DTM+137:202403121130:203'",
    "RFF+950:G1'",
    "S01+1'",
    "RFF+TN:2004'",
    "NAD+GP+7000015,T93:900'",
    "NAD+PGP+++DR FENWICK'",
    "HEA+ACD+D:ZZZ'",
    "HEA+ATP+3:ZZZ'",
    "DTM+956:20240312:102'",
    "S02+2'",
    "PNA+PAT+9990000034:OPI+++SU:MOSS+FO:PATRICK'",
    "PDI+1'",
    "NAD+PAT++ROSE COTTAGE:::NEWTON ABBEY:WESTSHIRE'",
    "NAD+PER++7 MILL LANE:EASTPOOL'",
    "UNT+18+00000503'",
    "UNZ+1+00000103'",
];

/// An acceptance that may be sent.
const SENT: &[u8] = include_bytes!("../corpus/examples/e04.edi");

fn acceptance(replaced: &str, by: &str) -> String {
    let mut found = 0;
    let segments = ACCEPTANCE.map(|segment| {
        found += usize::from(segment == replaced);
        if segment == replaced { by } else { segment }
    });
    assert_eq!(found, 1, "{replaced} is not in the example");
    segments.concat()
}

fn issues(input: &str) -> Vec<Issue> {
    let decoded = Interchange::decode_all(input.as_bytes(), &ReadOptions::default()).unwrap();
    decoded.into_iter().flat_map(|decoded| decoded.issues).collect()
}

/// What is replaced, by what, the place of the issue, and its text. A bar marks the place, which stands as `@` in the text.
const TEXTS: &[(&str, &str, &str, &str)] = &[
    (
        "DTM+956:20240312:102'",
        "DTM+956:20240231:102'",
        "DTM+956:|20240231",
        "expected a date CCYYMMDD of format 102, but found a day that does not exist at DTM 1.2 (segment 12, byte @)",
    ),
    (
        "DTM+956:20240312:102'",
        "DTM+956:20240312'",
        "DTM+956:20240312|'",
        "expected 102, but found nothing at DTM 1.3 (segment 12, byte @)",
    ),
    ("PDI+1'", "PDI+7'", "PDI+|7", "expected a sex (0, 1, 2 or 9), but found 1 digit at PDI 1.1 (segment 15, byte @)"),
    ("PDI+1'", "", "|S01+1", "expected PDI, but found none in the transaction that begins here (segment 6, byte @)"),
    ("PDI+1'", "PDI'", "PDI|'", "expected the sex, but found nothing at PDI 1.1 (segment 15, byte @)"),
    ("S01+1'", "S01+01'", "S01+|01", "expected 1, but found something else at S01 1.1 (segment 6, byte @)"),
    (
        "HEA+ACD+D:ZZZ'",
        "HEA+ACD+:ZZZ'",
        "HEA+ACD|+:ZZZ",
        "expected the acceptance code, but found nothing at HEA 2.1 (segment 10, byte @)",
    ),
    (
        "NAD+PGP+++DR FENWICK'",
        "NAD+PGP+++DR FENWICK+X'",
        "DR FENWICK+|X",
        "expected no further data, but found some at NAD 5.1 (segment 9, byte @)",
    ),
    (
        "NAD+PGP+++DR FENWICK'",
        "NAD+PGP+++Dr Fenwick'",
        "PGP+++D|r",
        "expected characters of level A, but found a lower-case letter at NAD 4.1 (segment 9, byte @)",
    ),
    (
        "NAD+PGP+++DR FENWICK'",
        "NAD+PGP+++DR?FENWICK'",
        "PGP+++DR|?",
        "expected a service character after the release character, but found another at NAD 4.1 (segment 9, byte @)",
    ),
    (
        "NAD+PGP+++DR FENWICK'",
        "NAD+PGP+++DR\nFENWICK'",
        "PGP+++DR|\nF",
        "expected data, but found a line break at NAD 4.1 (segment 9, byte @)",
    ),
    (
        "NAD+PGP+++DR FENWICK'",
        "NAD+PGP+++DR FENWICK+'",
        "DR FENWICK|+'",
        "expected the end of the segment, but found separators without data at NAD 5.1 (segment 9, byte @)",
    ),
    (
        "S02+2'",
        "ZZZ+1'S02+2'",
        "|ZZZ+1",
        "expected a known segment, but found an unknown one at ZZZ (segment 13, byte @)",
    ),
    (
        "S02+2'",
        "GIS+1:ZZZ'S02+2'",
        "|GIS+1",
        "expected a segment of this message or transaction type, but found one of another at GIS (segment 13, byte @)",
    ),
    (
        "UNT+18+00000503'",
        "UNT+17+00000503'",
        "UNT+|17",
        "expected a count of 18 as counted, but found 17 stated at UNT 1.1 (segment 18, byte @)",
    ),
    (
        "UNT+18+00000503'",
        "UNT+18+00000504'",
        "UNT+18+|00000504",
        "expected the reference of the header (503), but found another (504) at UNT 2.1 (segment 18, byte @)",
    ),
    (
        "UNZ+1+00000103'",
        "UNZ+1+00000103",
        "UNZ+1+00000103|",
        "expected a segment terminator, but found none at UNZ (byte @)",
    ),
    ("UNZ+1+00000103'", "", "UNT+18+00000503'|", "expected a trailer, but found none where UNZ should stand (byte @)"),
];

#[test]
fn texts_name_what_was_expected_what_was_found_and_where() {
    for (replaced, by, place, text) in TEXTS {
        let input = acceptance(replaced, by);
        let (before, after) = place.split_once('|').unwrap();
        let at = input.find(&format!("{before}{after}")).unwrap() + before.len();
        let found: Vec<String> = issues(&input).iter().map(ToString::to_string).collect();
        // A segment more or less makes the count of UNT wrong as well.
        let found = found.iter().filter(|found| !found.contains("a count of")).chain(&found).next();
        assert_eq!(found, Some(&text.replace('@', &at.to_string())), "{by}");
    }
}

#[test]
fn a_location_says_message_and_transaction() {
    let input = acceptance("PDI+1'", "PDI+7'");
    let issue = issues(&input)[0];
    let location = issue.error().location();
    assert_eq!((location.message, location.transaction), (Some(503), Some(2004)));
    assert_eq!(location.line_and_column(input.as_bytes()), Some((1, input.find("PDI+").unwrap() + 5)));
}

#[test]
fn ten_defects_in_ten_of_fifty_transactions_are_ten_issues() {
    let transaction = |number: usize, by: (&str, &str)| {
        let segments = ACCEPTANCE[6..18].iter().map(|segment| if *segment == by.0 { by.1 } else { segment });
        segments.collect::<String>().replace("RFF+TN:2004", &format!("RFF+TN:{number}"))
    };
    let defects = [
        ("PDI+1'", "PDI+7'"),
        ("PDI+1'", ""),
        ("DTM+956:20240312:102'", "DTM+956:20240231:102'"),
        ("S01+1'", "S01+01'"),
        ("HEA+ACD+D:ZZZ'", "HEA+ACD+:ZZZ'"),
        ("NAD+PGP+++DR FENWICK'", "NAD+PGP+++DR FENWICK+X'"),
        ("NAD+PGP+++DR FENWICK'", "NAD+PGP+++Dr Fenwick'"),
        ("S02+2'", "ZZZ+1'S02+2'"),
        ("PNA+PAT+9990000034:OPI+++SU:MOSS+FO:PATRICK'", "PNA+PAT+9990000034:OPI+++SU:MOSS+FO:'"),
        ("NAD+PAT++ROSE COTTAGE:::NEWTON ABBEY:WESTSHIRE'", "NAD+PAT++A:B:C:D:E:F'"),
    ];
    let mut input = ACCEPTANCE[..6].concat();
    let mut expected = Vec::new();
    for number in 1..=50 {
        let defect = (number % 5 == 0).then(|| defects[number / 5 - 1]);
        if defect.is_some() {
            expected.push((u64::try_from(number).unwrap(), input.len() as u64));
        }
        input.push_str(&transaction(number, defect.unwrap_or_default()));
    }
    let count = input.matches('\'').count();
    write!(input, "UNT+{count}+00000503'UNZ+1+00000103'").unwrap();

    let Decoded { interchange, issues } = Interchange::decode_with(input.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(issues.len(), 10);
    for (issue, (number, start)) in issues.iter().zip(&expected) {
        let location = issue.error().location();
        let end = start + 400;
        assert_eq!(location.transaction, Some(*number), "{issue}");
        assert!((*start..end).contains(&location.offset.unwrap()), "{issue}");
    }
    let nhais_edifact::Message::Registration(message) = &interchange.messages[0] else { unreachable!() };
    let nhais_edifact::transaction::Transactions::Acceptance(list) = &message.transactions else { unreachable!() };
    let clean = list.iter().filter(|acceptance| {
        acceptance.unrecognised.is_empty()
            && acceptance.sex.as_ref().is_some_and(nhais_edifact::value::Sex::is_known)
            && acceptance.accepted_on.as_ref().is_some_and(|date| date.calendar().is_some())
            && acceptance.acceptance_code.is_some()
            && acceptance.patient.as_ref().is_some_and(|patient| patient.forename.is_some())
    });
    assert_eq!(list.len(), 50);
    // Of the ten, `01` for `1` and lower case leave nothing out.
    assert_eq!(clean.count(), 42);
}

/// Every text of a message is replaced by a marked value in turn, and every defect is tried around it.
#[test]
fn no_error_and_no_issue_shows_a_value() {
    const MARK: &str = "QWERTYXQ";
    let mut shown = String::new();
    let mut tried = 0;
    for (at, segment) in ACCEPTANCE.iter().enumerate() {
        let parts: Vec<&str> = segment.trim_end_matches('\'').split(['+', ':']).collect();
        for part in 1..parts.len() {
            for value in [
                MARK,
                "qwertyxq",
                "QWERTYXQ?X",
                "QWERTYXQ\n",
                "QWERTYXQQWERTYXQQWERTYXQQWERTYXQQWERTYXQQWERTYXQQWERTYXQQWERTYXQQWERTYXQ",
                ":QWERTYXQ:QWERTYXQ",
                "+QWERTYXQ",
            ] {
                let mut count = 0;
                let separators: String = segment.chars().filter(|character| "+:".contains(*character)).collect();
                let replaced = parts.iter().enumerate().fold(String::new(), |mut text, (index, own)| {
                    text.push_str(if index == part { value } else { own });
                    if let Some(separator) = separators.chars().nth(count) {
                        text.push(separator);
                    }
                    count += 1;
                    text
                });
                let mut segments: Vec<String> = ACCEPTANCE.iter().map(ToString::to_string).collect();
                segments[at] = replaced + "'";
                tried += 1;
                collect(&segments.concat(), &mut shown);
            }
        }
    }
    assert!(tried > 200 && shown.len() > 10_000);
    assert!(!shown.to_uppercase().contains("QWERTY"), "a value is shown");
}

/// Writes down every error and issue that an input gives, in all their forms.
fn collect(input: &str, shown: &mut String) {
    let mut issues: Vec<Issue> = Vec::new();
    let lenient = Interchange::decode_all(input.as_bytes(), &ReadOptions::default());
    let strict = Interchange::decode_all(input.as_bytes(), &ReadOptions::strict());
    for error in [lenient.as_ref().err(), strict.as_ref().err()].into_iter().flatten() {
        write!(shown, "{error} {error:?}").unwrap();
    }
    for Decoded { interchange, issues: found } in lenient.iter().flatten() {
        issues.extend(found);
        interchange.check(&mut issues);
        if let Err(error) = interchange.encode(&WriteOptions::default()) {
            write!(shown, "{error} {error:?}").unwrap();
        }
        write!(shown, "{interchange:?}").unwrap();
    }
    for issue in issues {
        write!(shown, "{issue} {issue:?} {:?} {}", issue.error(), issue.error()).unwrap();
    }
}

/// The table in the documentation is that of the code.
#[test]
fn the_documented_table_is_complete() {
    let mut table = String::from("| identifier | level | text |\n|---|---|---|\n");
    for (id, category, text) in ErrorKind::TABLE.iter().filter(|(id, _, _)| *id != "rule") {
        writeln!(table, "| `{id}` | {} | {text} |", format!("{category:?}").to_lowercase()).unwrap();
    }
    for rule in RULES {
        writeln!(table, "| `{}` | rule | expected {}, but found the rule broken |", rule.id, rule.text).unwrap();
    }
    let path = root().join("src/errors.md");
    let documented = fs::read_to_string(&path).unwrap();
    if std::env::var_os("WRITE_ERRORS_MD").is_some() {
        fs::write(&path, &table).unwrap();
        return;
    }
    assert!(documented == table, "src/errors.md is not up to date: run this test with WRITE_ERRORS_MD=1");
}

/// Identifier, number of the segment in its message, element, component, what stands there.
type Place<'i> = (&'static str, Option<u32>, Option<u16>, Option<u16>, &'i str);

/// The places of the issues.
fn places(input: &str) -> Vec<Place<'_>> {
    let place = |issue: &Issue| {
        let location = issue.error().location();
        let at = usize::try_from(location.offset.unwrap()).unwrap();
        let until = (at + 8).min(input.len());
        (issue.kind().id(), location.segment, location.element, location.component, &input[at..until])
    };
    issues(input).iter().map(place).collect()
}

#[test]
fn places_are_told_in_full() {
    let unb = "UNB+UNOA:2+KLM5+ZQX1+240312:1130+00000103'";
    let input = acceptance(unb, "UNB+UNOA:2+KLM5+ZQX1+240312+00000103'");
    assert_eq!(places(&input), [("missing-component", None, Some(4), Some(2), "+0000010")]);
    let input = acceptance("DTM+956:20240312:102'", "DTM+956:20240312:203'");
    assert_eq!(places(&input), [("invalid-value", Some(12), Some(1), Some(3), "203'S02+")]);
}

#[test]
fn references_that_are_no_numbers_are_compared_too() {
    let input = |trailer| {
        let unh = "UNH+00000503+FHSREG:0:1:FH:FHS001'";
        acceptance(unh, "UNH+AB+FHSREG:0:1:FH:FHS001'").replace("UNT+18+00000503", trailer)
    };
    let header = ("reference-not-digits", Some(1), Some(1), Some(1), "AB+FHSRE");
    assert_eq!(places(&input("UNT+18+AB")), [header]);
    assert_eq!(places(&input("UNT+18+AC")), [header, ("control-reference", Some(18), Some(2), Some(1), "AC'UNZ+1")]);
}

#[test]
fn a_trigger_that_introduces_nothing_is_reported_whatever_else_is_missing() {
    let input = acceptance("HEA+ACD+D:ZZZ'", "").replace("UNT+18", "S02+2'UNT+18");
    let ids: Vec<_> = places(&input).iter().map(|(id, segment, ..)| (*id, *segment)).collect();
    assert_eq!(ids, [("missing-segment", Some(6)), ("repeated-segment", Some(17))]);
}

#[test]
fn blank_lines_between_others_are_left_out() {
    let input = acceptance("NAD+PER++7 MILL LANE:EASTPOOL'", "NAD+PER++7 MILL LANE::EASTPOOL'");
    let interchange = Interchange::decode(input.as_bytes()).unwrap().interchange;
    let written = String::from_utf8(interchange.encode(&WriteOptions::default().as_received(true)).unwrap()).unwrap();
    assert!(written.contains("NAD+PER++7 MILL LANE:EASTPOOL'"), "{written}");
}

#[test]
fn the_second_trigger_is_written_before_whatever_it_introduces() {
    let input = acceptance("PNA+PAT+9990000034:OPI+++SU:MOSS+FO:PATRICK'", "");
    let interchange = Interchange::decode(input.as_bytes()).unwrap().interchange;
    let written = String::from_utf8(interchange.encode(&WriteOptions::default().as_received(true)).unwrap()).unwrap();
    assert!(written.replace('\n', "").contains("DTM+956:20240312:102'S02+2'PDI+1'"), "{written}");
}

#[test]
fn segments_among_the_lines_of_a_receipt_are_told_apart() {
    let receipt = include_str!("../corpus/examples/e21.edi").replace("UNT+7", "UNT+8");
    let found = |segment: &str| {
        let input = receipt.replace("RFF+RIS", &format!("{segment}'RFF+RIS"));
        places(&input).iter().map(|(id, segment, ..)| (*id, *segment)).collect::<Vec<_>>()
    };
    assert_eq!(found("NHS+ZQX:819:201"), [("repeated-segment", Some(6))]);
    assert_eq!(found("PDI+1"), [("unforeseen-segment", Some(6))]);
    assert_eq!(found("ZZZ+1"), [("unknown-segment", Some(6))]);
    assert_eq!(found("RFF+MIS:00067006 XX"), [("unknown-code", Some(6))]);
}

#[test]
fn a_heading_says_what_a_message_without_lines_is() {
    // What calls itself a registration, but names the parties of a receipt and no transaction type, is a receipt.
    let input = |heading: &str| {
        format!(
            "UNB+UNOA:2+ZQX1+KLM5+240312:1130+00000103'UNH+00000503+FHSREG:0:1:FH:FHS001'{heading}UNT+3+00000503'UNZ+1+00000103'"
        )
    };
    let kind = |heading: &str| {
        let text = input(heading);
        let interchange = Interchange::decode(text.as_bytes()).unwrap().interchange;
        matches!(interchange.messages[0], Message::Recep(_))
    };
    assert!(kind("NHS+ZQX:819:201+7000015,T93:814:202'"));
    assert!(!kind("NAD+FHS+ZQX:954'"));
    assert!(!kind("NHS+ZQX:819:201+7000015,T93:814:202'RFF+950:G1'"));
    assert!(kind("NHS+ZQX:819:201+7000015,T93:814:202'RFF+950:'"));
}

#[test]
fn an_error_is_shown_against_its_segment() {
    let input =
        acceptance("PDI+1'", "PDI+7'\r\n").replace("ROSE COTTAGE", "ROS\u{c9} COTTAGE").replace("S02+2'", "S02+2'\n");
    let found = issues(&input);
    let shown: Vec<String> = found.iter().map(|issue| issue.error().show_data(input.as_bytes())).collect();
    let expected = [
        "expected a sex (0, 1, 2 or 9), but found 1 digit at PDI 1.1 (segment 15, byte @)\n  2:49 | PDI+7'\n       |     ^",
        "\n  3:13 | NAD+PAT++ROS.. COTTAGE:::NEWTON ABBEY:WESTSHIRE'\n       |             ^",
    ];
    let at = input.find("7'\r").unwrap().to_string();
    assert_eq!(shown[0], expected[0].replace('@', &at));
    assert!(shown[1].ends_with(expected[1]), "{}", shown[1]);
    // Without a place in the source it is the text alone.
    assert_eq!(found[0].error().show_data(b"").lines().count(), 1);
}

#[test]
fn of_a_long_segment_a_window_is_shown() {
    let line = format!("{}#{}", "A".repeat(300), "B".repeat(300));
    let input = acceptance("NAD+PGP+++DR FENWICK'", &format!("NAD+PGP+++{line}'"));
    let found = issues(&input);
    let issue = found.iter().find(|issue| issue.kind().id() == "repertoire").unwrap();
    let shown = issue.error().show_data(input.as_bytes());
    let [_, text, caret] = shown.lines().collect::<Vec<_>>()[..] else { panic!("{shown}") };
    let text: Vec<char> = text.split_once(" | ").unwrap().1.chars().collect();
    let caret = caret.split_once(" | ").unwrap().1.chars().count() - 1;
    assert_eq!((text[caret], text[0], text[text.len() - 1]), ('#', '…', '…'));
    assert!(text.len() <= 102, "{}", text.len());
    // Where the place is near an end of the segment, that end is shown.
    let long = issues(&input).into_iter().find(|issue| issue.kind().id() == "too-long").unwrap();
    let shown = long.error().show_data(input.as_bytes());
    assert!(shown.contains(" | NAD+PGP+++AAA") && shown.contains("A…\n"), "{shown}");
}

/// The text of the one issue that a segment in place of another gives.
fn text_of(replaced: &str, by: &str) -> String {
    let found = issues(&acceptance(replaced, by));
    assert_eq!(found.len(), 1, "{by}: {found:?}");
    found[0].to_string()
}

#[test]
fn what_is_as_long_as_expected_is_told_by_what_is_wrong_with_it() {
    let (accepted, translated) = ("DTM+956:20240312:102'", "DTM+137:202403121130:203'");
    let unb = "UNB+UNOA:2+KLM5+ZQX1+240312:1130+00000103'";
    for (replaced, by, text) in [
        (accepted, "DTM+956:20240231:102'", "102, but found a day that does not exist at"),
        (accepted, "DTM+956:00000000:102'", "102, but found a year out of range at"),
        (accepted, "DTM+956:2024031:102'", "102, but found 7 digits at"),
        (accepted, "DTM+956:20240312:203'", "the format qualifier of the segment, but found another at"),
        (translated, "DTM+137:202402310900:203'", "in its format, but found a day that does not exist at"),
        (translated, "DTM+137:202403122460:203'", "in its format, but found a time that does not exist at"),
        (unb, "UNB+UNOA:2+KLM5+ZQX1+240230:1130+00000103'", "YYMMDD, but found a day that does not exist at UNB 4.1"),
        (unb, "UNB+UNOA:2+KLM5+ZQX1+240312:2400+00000103'", "HHMM, but found a time that does not exist at UNB 4.2"),
        ("RFF+TN:2004'", "RFF+TN:18446744073709551616'", "of digits, but found a number out of range at"),
    ] {
        let found = text_of(replaced, by);
        assert!(found.contains(text), "{by}: {found}");
    }
}

#[test]
fn what_may_not_be_sent_is_told_by_what_is_wrong_with_it() {
    let refused = |change: &dyn Fn(&mut Interchange<'_>)| {
        let mut interchange = Interchange::decode(SENT).unwrap().interchange;
        change(&mut interchange);
        interchange.encode(&WriteOptions::default()).unwrap_err().to_string()
    };
    let found = [
        refused(&|interchange| interchange.header.reference = "00000000".into()),
        refused(&|interchange| interchange.header.reference = "103".into()),
        refused(&|interchange| interchange.header.sender = "klm5".into()),
        refused(&|interchange| interchange.header.prepared = PreparationTime::from_wire("240230", "1130")),
        refused(&|interchange| interchange.header.prepared = PreparationTime::from_wire("240312", "1160")),
        refused(&|interchange| interchange.header.prepared = PreparationTime::default()),
        refused(&|interchange| transaction_of(interchange).number = Some("02004".into())),
        refused(&|interchange| {
            transaction_of(interchange).address.as_mut().unwrap().postcode = Some("ZZ9 9AAA".into());
        }),
        refused(&|interchange| {
            transaction_of(interchange).accepted_on = Some(NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap().into());
        }),
    ];
    let expected = [
        "a control reference of eight digits, but found zero at UNB 5.1",
        "a control reference of eight digits, but found 3 digits at UNB 5.1",
        "a trading partner code of four letters and digits, but found other characters at UNB 2.1",
        "a date YYMMDD, but found a day that does not exist at UNB 4.1",
        "a time HHMM, but found a time that does not exist at UNB 4.2",
        "the date and time of preparation, but found nothing at UNB 4.1",
        "a transaction number of digits, but found leading zeros at RFF+TN 1.2 (message 503, transaction 2004)",
        "a postcode of eight characters, but found another form at NAD+PAT 8.1 (message 503, transaction 2004)",
        "a date CCYYMMDD of format 102, but found a year out of range at DTM+956 1.2 (message 503, transaction 2004)",
    ];
    assert_eq!(found, expected.map(|text| format!("expected {text}")));
}

fn transaction_of<'i, 'a>(interchange: &'i mut Interchange<'a>) -> &'i mut Acceptance<'a> {
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    let Transactions::Acceptance(list) = &mut message.transactions else { unreachable!() };
    &mut list[0]
}

#[test]
fn a_segment_that_is_missing_is_missing_in_what_begins_at_the_place() {
    for (missing, begin, text) in [
        ("BGM+++507'", "|UNH", "expected BGM, but found none in the message that begins here (segment 1, byte @)"),
        ("S01+1'", "|RFF+TN", "expected S01, but found none in the transaction that begins here (segment 6, byte @)"),
        (
            "NAD+GP+7000015,T93:900'",
            "|S01",
            "expected NAD+GP, but found none in the transaction that begins here (segment 6, byte @)",
        ),
        ("UNT+18+00000503'", "|UNZ", "expected a trailer, but found none where UNT should stand (byte @)"),
    ] {
        let input = acceptance(missing, "");
        let at = input.find(begin.trim_start_matches('|')).unwrap().to_string();
        let found: Vec<String> = issues(&input).iter().map(ToString::to_string).collect();
        assert!(found.contains(&text.replace('@', &at)), "{missing}: {found:?}");
    }
}

#[test]
fn classes_of_characters_are_told_and_none_is_shown() {
    let unb: &[u8] = b"UNB+UNOA:2+KLM5+ZQX1+240312:1130+00000103+++";
    for (bytes, class) in [
        (&b"Ab"[..], CharacterClass::LowerCase),
        (b"A\xC0", CharacterClass::Accented),
        (b"A\xFF", CharacterClass::Accented),
        (b"A\xD7b", CharacterClass::Other),
        (b"A\xF7", CharacterClass::Other),
        ("AÉ".as_bytes(), CharacterClass::Accented),
        ("A×".as_bytes(), CharacterClass::Other),
        ("AŵB".as_bytes(), CharacterClass::Accented),
        ("A’".as_bytes(), CharacterClass::Other),
        (b"A\t", CharacterClass::Control),
        (b"A\x7F", CharacterClass::Control),
        (b"A\x92", CharacterClass::Other),
        (b"A#b", CharacterClass::Other),
    ] {
        let input = [unb, bytes, b"'UNZ+0+00000103'"].concat();
        let issues = Interchange::decode(&input).unwrap().issues;
        let issue = issues.iter().find(|issue| issue.kind().id() == "repertoire").unwrap();
        assert_eq!(issue.kind(), ErrorKind::Repertoire { class }, "{bytes:X?}");
        // The place is that of the character.
        assert_eq!(issue.error().location().offset, Some(unb.len() as u64 + 1), "{bytes:X?}");
    }
}

/// Whether a component is a qualifier, by which a segment or a name is told, or the type of a message.
fn is_qualifier(segment: &str, component: &str) -> bool {
    let tag = &segment[..3];
    let own = ["FHS", "137", "950", "TN", "GP", "PGP", "ACD", "ATP", "956", "PAT", "PER", "SU", "FO"];
    own.contains(&component) || (tag == "UNH" && component == "FHSREG")
}

#[test]
fn nothing_in_place_of_a_value_is_one_finding() {
    for (at, segment) in ACCEPTANCE.iter().enumerate() {
        let mut start = 4;
        for component in segment[4..].split_terminator(['+', ':', '\'']) {
            let (from, to) = (start, start + component.len());
            start = to + 1;
            if component.is_empty() || is_qualifier(segment, component) {
                continue;
            }
            let mut segments = ACCEPTANCE.map(String::from);
            segments[at].replace_range(from..to, "");
            let input = segments.concat();
            let found: Vec<String> = issues(&input).iter().map(ToString::to_string).collect();
            assert!(found.len() <= 1, "{}: {found:?}", segments[at]);
            let interchange = Interchange::decode(input.as_bytes()).unwrap().interchange;
            let mut places: Vec<_> = written_issues(&interchange).iter().map(|issue| *issue.location()).collect();
            places.retain(|place| place.element.is_some());
            let all = places.len();
            places.dedup();
            assert_eq!(places.len(), all, "{}: {places:?}", segments[at]);
        }
    }
}

/// What is said about an interchange that is written as it was received; what it is refused for may be said of a place already.
fn written_issues(interchange: &Interchange<'_>) -> Vec<Error> {
    let mut issues: Vec<Issue> = Vec::new();
    let written = interchange.encode_with(&WriteOptions::default().as_received(true), &mut issues, &mut Vec::new());
    let mut found: Vec<Error> = issues.iter().map(|issue| *issue.error()).collect();
    let is_said = |error: &Error| found.iter().any(|issue| issue.location() == error.location());
    let refused = written.err().filter(|error| !is_said(error));
    found.extend(refused);
    found
}

#[test]
fn a_value_that_is_empty_is_one_finding_when_written() {
    let change: [&dyn Fn(&mut Acceptance<'_>); 9] = [
        &|acceptance| acceptance.institute = Some("".into()),
        &|acceptance| acceptance.gp = Some("".into()),
        &|acceptance| acceptance.number = Some("".into()),
        &|acceptance| acceptance.sex = Some("".into()),
        &|acceptance| acceptance.place_of_birth = Some("".into()),
        &|acceptance| acceptance.notes = Some([""].into_iter().collect()),
        &|acceptance| acceptance.patient.as_mut().unwrap().surname = Some(" ".into()),
        &|acceptance| acceptance.address.as_mut().unwrap().post_town = Some("".into()),
        &|acceptance| acceptance.address.as_mut().unwrap().postcode = Some("".into()),
    ];
    for (case, change) in change.iter().enumerate() {
        let mut interchange = Interchange::decode(SENT).unwrap().interchange;
        change(transaction_of(&mut interchange));
        // That a name is longer than any seen is said of the example itself.
        let found = written_issues(&interchange);
        let others = found.iter().filter(|issue| issue.kind().id() != "longer-than-seen");
        assert_eq!(others.count(), 1, "{case}: {found:?}");
    }
}

/// Digits that are too long, out of range or no date are not shown, but for those of references, counts and numbers.
#[test]
fn no_error_and_no_issue_shows_digits_of_a_value() {
    let mut shown = String::new();
    for (at, segment) in ACCEPTANCE
        .iter()
        .enumerate()
        .filter(|(_, segment)| !segment.starts_with("UN") && !segment.starts_with("RFF+TN"))
    {
        let body = segment.trim_end_matches('\'');
        for (place, _) in body.match_indices(['+', ':']) {
            let end = body[place + 1..].find(['+', ':']).map_or(body.len(), |len| place + 1 + len);
            for value in ["77340231", "773402312477", "7734", "7734023124779903147734", "77340231É", "7734?x"] {
                let mut segments = ACCEPTANCE.map(String::from);
                segments[at] = format!("{}{value}{}'", &body[..=place], &body[end..]);
                collect(&segments.concat(), &mut shown);
            }
        }
    }
    assert!(shown.len() > 10_000 && !shown.contains("7734"), "a value is shown");
}

#[test]
fn what_stands_in_the_slot_of_a_name_goes_behind_the_last_name() {
    // Each name has its slot; an element without a place stays where it stood, or as a whole makes way.
    for (received, written) in [
        ("SU:MOSS+XX:B", "SU:MOSS+XX:B"),
        ("SU:MOSS+XX:B+FO:C", "SU:MOSS+FO:C+XX:B"),
        ("SU:MOSS+XX:B:D+FO:C", "SU:MOSS+FO:C+XX:B:D"),
        ("SU:MOSS+XX+FO:C", "SU:MOSS+FO:C+XX"),
        ("SU:MOSS+:B:D+FO:C", "SU:MOSS+FO:C+:B:D"),
        ("SU:MOSS+FO:C:D", "SU:MOSS+FO:C:D"),
        ("SU:MOSS+XX:B+YY:D+FO:C+MI:E", "SU:MOSS+FO:C+YY:D+MI:E+XX:B"),
        ("SU:MOSS++XX:B:D+TI:E+FO:C", "SU:MOSS+FO:C+TI:E+XX:B:D"),
        // Of equal names the first counts, and must stay the first.
        ("SU:MOSS+MI:A+MI:B", "SU:MOSS+++MI:A+MI:B"),
        ("SU:MOSS+MI:A+MI:B+FO:C", "SU:MOSS+FO:C++MI:A+MI:B"),
        ("SU:MOSS+MI:A+MI", "SU:MOSS++MI+MI:A"),
    ] {
        let person = |names: &str| format!("PNA+PAT+9990000034:OPI+++{names}'");
        let input = acceptance("PNA+PAT+9990000034:OPI+++SU:MOSS+FO:PATRICK'", &person(received));
        let interchange = Interchange::decode(input.as_bytes()).unwrap().interchange;
        let options = WriteOptions::default().as_received(true);
        let output = String::from_utf8(interchange.encode(&options).unwrap()).unwrap();
        assert!(output.contains(&person(written)), "{received}: {output}");
    }
}

#[test]
fn what_stands_behind_the_lines_of_a_text_is_none_of_them() {
    let input = acceptance("NAD+PER++7 MILL LANE:EASTPOOL'", "NAD+PER++7 MILL LANE:EASTPOOL+NORTHTON'");
    let Decoded { interchange, issues } = Interchange::decode_with(input.as_bytes(), &ReadOptions::default()).unwrap();
    let places: Vec<_> = issues.iter().map(|issue| (issue.kind().id(), issue.error().location().element)).collect();
    assert_eq!(places, [("unexpected-component", Some(4))]);
    let written = String::from_utf8(interchange.encode(&WriteOptions::default().as_received(true)).unwrap()).unwrap();
    assert!(written.contains("NAD+PER++7 MILL LANE:EASTPOOL+NORTHTON'"), "{written}");
}

#[test]
fn segments_that_were_kept_stand_in_their_order() {
    // Of two triggers the first counts; that the second is one too many is found last, when all is read.
    let input = acceptance("HEA+ACD+D:ZZZ'", "S02+2'HEA+ACD+D:ZZZ'ZZZ+1'").replace("UNT+18", "ZZZ+2'UNT+21");
    let interchange = Interchange::decode_with(input.as_bytes(), &ReadOptions::default()).unwrap().interchange;
    let Message::Registration(message) = &interchange.messages[0] else { panic!("a registration") };
    let Transactions::Acceptance(transactions) = &message.transactions else { panic!("acceptances") };
    let kept = transactions[0].unrecognised.iter().map(|kept| match kept {
        Unrecognised::Segment { at, segment } => (*at, segment.as_wire()),
        Unrecognised::Component { .. } => panic!("a component"),
    });
    assert_eq!(kept.collect::<Vec<_>>(), [(6, "ZZZ+1"), (9, "S02+2"), (14, "ZZZ+2")]);
}

#[test]
fn what_a_trailer_says_beyond_its_table_is_kept_with_its_message() {
    let input = acceptance("UNT+18+00000503'", "UNT+18+00000503+MORE'");
    let interchange = Interchange::decode_with(input.as_bytes(), &ReadOptions::default()).unwrap().interchange;
    let Message::Registration(message) = &interchange.messages[0] else { panic!("a registration") };
    assert_eq!(message.unrecognised.len(), 1);
    let written = String::from_utf8(interchange.encode(&WriteOptions::default().as_received(true)).unwrap()).unwrap();
    assert!(written.contains("UNT+18+00000503+MORE'"), "{written}");
}

#[test]
fn a_release_character_and_a_line_break_are_an_empty_segment() {
    let input = acceptance("HEA+ACD+D:ZZZ'", "HEA+ACD+D:ZZZ'?\n'");
    let found: Vec<_> = issues(&input).iter().map(|issue| (issue.kind(), issue.error().location().offset)).collect();
    let offset = input.find("?\n'").map(|at| at as u64);
    assert_eq!(found, [(ErrorKind::EmptySegment, offset)]);
}
