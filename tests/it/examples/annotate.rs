//! The example `annotate` says what stands where, and without data shows none.

#[allow(dead_code, reason = "the example has a main of its own")]
#[path = "../../../examples/annotate.rs"]
mod example;

/// A deduction of a patient of whom more is said than the type has, with a sex that is in no list.
const INPUT: &[u8] = b"\
UNB+UNOA:2+ZQX1+KLM5+240320:0614+00044002'
UNH+00067002+FHSREG:0:1:FH:FHS001'
BGM+++507'
NAD+FHS+ZQX:954'
DTM+137:202403200613:203'
RFF+950:F1'
S01+1'
RFF+TN:10900002'
NAD+GP+7000015,T93:900'
S02+2'
PNA+PAT+9990000026:OPI+++SU:MOSS?'S+FO:PATRICIA'
PDI+7'
NAD+PAT++ROSE COTTAGE::::+++++ZZ9  9AA'
ZZZ+UNKNOWN WORDS'
UNT+14+00067002'
UNZ+1+00044002'
";

fn annotated(shows_data: bool) -> (usize, String) {
    let mut out = Vec::new();
    let found = example::annotate(INPUT, shows_data, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    (found, anstream::adapter::strip_str(&text).to_string())
}

/// The lines about the segment that begins so.
fn about<'t>(text: &'t str, segment: &str) -> Vec<&'t str> {
    let lines = text.lines().skip_while(|line| !line.starts_with(segment));
    let is_own = |(at, line): &(usize, &str)| *at == 0 || line.starts_with([' ', '^']);
    lines.enumerate().take_while(is_own).map(|(_, line)| line.trim_end()).collect()
}

#[test]
fn components_are_shown_with_what_they_mean_and_findings_under_carets() {
    let (found, text) = annotated(true);
    assert_eq!(found, 2);
    assert_eq!(
        about(&text, "PDI"),
        [
            "PDI+7'",
            "    ^ error: expected a sex (0, 1, 2 or 9), but found 1 digit at PDI 1.1 (segment 11, byte 252) [unknown-code]",
            "    The patient's sex.",
            "    1.1   7                        the sex",
        ]
    );
    assert_eq!(
        about(&text, "RFF+950"),
        [
            "RFF+950:F1'",
            "    The type of all transactions in the message.",
            "    1.1   950                      tells which segment it is",
            "    1.2   F1                       the transaction type: amendment in",
        ]
    );
    assert!(about(&text, "PNA+PAT").contains(&"    5.2   MOSS'S                   the surname"));
    assert!(about(&text, "ZZZ").contains(&"    1.1   UNKNOWN WORDS            has no meaning here"));
}

#[test]
fn without_data_places_and_meanings_stand_and_values_do_not() {
    let (found, text) = annotated(false);
    assert_eq!(found, 2);
    let values = ["MOSS", "PATRICIA", "9990000026", "ROSE", "9AA", "UNKNOWN", "WORDS", "7000015", "10900002", "KLM5"];
    for value in values {
        assert!(!text.contains(value), "{value}");
    }
    assert_eq!(
        about(&text, "PDI"),
        [
            "PDI+.'",
            "    ^ error: expected a sex (0, 1, 2 or 9), but found 1 digit at PDI 1.1 (segment 11, byte 252) [unknown-code]",
            "    The patient's sex.",
            "    1.1                            the sex",
        ]
    );
    assert!(text.contains("PNA+PAT+..........:OPI+++SU:.......+FO:........'"));
    assert!(text.contains("    2.2   OPI                      a constant"));
    let mut out = Vec::new();
    example::annotate(b"UNB+UNOA:2+KLM5'PNA:SECRET+PAT'", false, &mut out).unwrap();
    assert!(!String::from_utf8(out).unwrap().contains("SECRET"));
}

#[test]
fn what_cannot_be_read_is_said_under_its_place() {
    for input in [&b""[..], b"NAD+PAT'", b"UNB+UNOA", b"UNA::::::UNB", b"\xff\x00'"] {
        for shows_data in [true, false] {
            let mut out = Vec::new();
            assert_ne!(example::annotate(input, shows_data, &mut out).unwrap(), 0, "{input:?}");
            assert!(String::from_utf8(out).unwrap().contains('^'), "{input:?}");
        }
    }
}
