//! Syntax version 4: the eighth byte of a service string advice separates repetitions, which stay in the text; what was
//! released stays released.

use nhais_edifact::syntax::RawSegment;
use nhais_edifact::transaction::Transactions;
use nhais_edifact::{Decoded, Interchange, Message, ReadOptions, WriteOptions};

const REPORT: &str = "UNA:+.?*'UNB+UNOC:4+A1+B1+20240318:0907+1'UNH+1+MEDRPT:4:1:UN'FTX+AAI+++5?*3 IS FIFTEEN'\
DRU+A:B*C:D'UNT+4+1'UNZ+1+1'";

fn decode(wire: &str) -> Decoded<'_> {
    Interchange::decode(wire.as_bytes()).unwrap()
}

fn kept(interchange: &Interchange<'_>) -> Vec<String> {
    let Message::Other(message) = &interchange.messages[0] else { panic!("a message that is known") };
    message.segments.iter().map(|segment| segment.as_wire().to_string()).collect()
}

fn encoded(interchange: &Interchange<'_>) -> String {
    String::from_utf8(interchange.encode(&WriteOptions::default().as_received(true)).unwrap()).unwrap()
}

fn ids(decoded: &Decoded<'_>) -> Vec<&'static str> {
    decoded.issues.iter().map(|issue| issue.kind().id()).collect()
}

#[test]
fn a_released_repetition_separator_is_not_superfluous() {
    assert!(!ids(&decode(REPORT)).contains(&"superfluous-release"));
    // Nothing separates repetitions here, so nothing is to be released.
    let input = removal("UNA:+.? '", "2", "5?*3");
    assert_eq!(ids(&decode(&input)), ["superfluous-release"]);
    assert!(Interchange::decode_with(input.as_bytes(), &ReadOptions::strict()).is_err());
}

#[test]
fn kept_segments_keep_repetitions_apart_from_text() {
    let interchange = decode(REPORT).interchange;
    let expected = ["FTX+AAI+++5?*3 IS FIFTEEN", "DRU+A:B*C:D"];
    assert_eq!(kept(&interchange), expected);
    let written = encoded(&interchange);
    assert!(written.contains("\nFTX+AAI+++5?*3 IS FIFTEEN'\nDRU+A:B*C:D'\n"), "{written}");
    let again = decode(&written).interchange;
    assert_eq!((&again, kept(&again).as_slice()), (&interchange, &expected.map(String::from)[..]));
    assert_eq!(encoded(&again), written);
}

#[test]
fn another_repetition_separator_becomes_that_of_version_4() {
    let input = REPORT.replace("UNA:+.?*'", "UNA:+.?^'").replace("5?*3", "5?^3*2").replace("B*C", "B^C");
    let interchange = decode(&input).interchange;
    assert_eq!(kept(&interchange), ["FTX+AAI+++5^3?*2 IS FIFTEEN", "DRU+A:B*C:D"]);
    assert_eq!(decode(&encoded(&interchange)).interchange, interchange);
}

#[test]
fn texts_of_kept_segments_have_both_in_them() {
    let texts = |wire: &'static str| -> Vec<String> {
        RawSegment::from_wire(wire).components().map(|(_, _, text)| text.to_string()).collect()
    };
    assert_eq!(texts("FTX+5?*3"), ["FTX", "5*3"]);
    assert_eq!(texts("DRU+A:B*C:D"), ["DRU", "A", "B*C", "D"]);
}

fn removal(advice: &str, version: &str, notes: &str) -> String {
    format!(
        "{advice}UNB+UNOA:{version}+KLM5+ZQX1+240318:0907+00000108'\nUNH+00000508+FHSREG:0:1:FH:FHS001'\nBGM+++507'\n\
NAD+FHS+ZQX:954'\nDTM+137:202403180907:203'\nRFF+950:G3'\nS01+1'\nRFF+TN:2009'\nNAD+GP+7000015,T93:900'\n\
FTX+RGI+++{notes}'\nS02+2'\nPNA+PAT+9990000069:OPI+++SU:{notes}'\nUNT+12+00000508'\nUNZ+1+00000108'"
    )
    .replace(&format!("SU:{notes}"), if version == "4" { "SU:O?'DELL?*" } else { "SU:O?'DELL" })
}

#[test]
fn values_are_written_as_text_in_version_4() {
    let input = removal("UNA:+.?*'", "4", "5?*3 MILES");
    let interchange = decode(&input).interchange;
    let Message::Registration(message) = &interchange.messages[0] else { unreachable!() };
    let Transactions::Removal(removals) = &message.transactions else { unreachable!() };
    assert_eq!(removals[0].notes.as_ref().unwrap().to_text(), "5*3 MILES");
    assert_eq!(encoded(&interchange), input.strip_prefix("UNA:+.?*'").unwrap());
}

#[test]
fn in_versions_1_to_3_an_asterisk_is_text() {
    let input = removal("", "2", "5*3 MILES");
    let interchange = decode(&input).interchange;
    assert_eq!(encoded(&interchange), input);
}
