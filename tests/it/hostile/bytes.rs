//! Bytes that no sender would send. Whatever arrives, the laws hold.
//!
//! The loops are exhaustive over a few small interchanges and a few bytes that matter, so that a failure is found again.

use nhais_edifact::syntax::ServiceStringAdvice;
use nhais_edifact::transaction::Unrecognised;
use nhais_edifact::{Decoded, Interchange, Message, ReadOptions, WriteOptions};

use crate::support::laws;
use crate::support::laws::{pulled, pushed, translated};

/// An acceptance with a released apostrophe, a placeholder, a second name group and two trailing separators.
const ACCEPTANCE: &[u8] = b"UNB+UNOA:2+KLM5+ZQX1+240312:1130+00000103'
UNH+00000503+FHSREG:0:1:FH:FHS001'
BGM+++507'
NAD+FHS+ZQX:954'
DTM+137:202403121130:203'
RFF+950:G1'
S01+1'
RFF+TN:2004'
NAD+GP+7000015,T93:900'
NAD+PGP+++DR FENWICK'
HEA+ACD+D:ZZZ'
HEA+ATP+3:ZZZ'
DTM+956:20240312:102'
FTX+RGI+++STILL HERE??'
S02+2'
PNA+PAT+9990000034:OPI+++SU:O?'DELL+FO:PATRICK'
PDI+1'
NAD+PAT++??:7 MILL LANE::EASTPOOL:+++++ZZ9  9AA'
NAD+PER++7 MILL LANE:EASTPOOL'
S02+2'
PNA+PER++++SU:HOLT'
UNT+21+00000503'
UNZ+1+00000103'";

/// An amendment that erases, without line breaks.
const AMENDMENT: &[u8] = b"UNB+UNOA:2+KLM5+ZQX1+240315:1012+00000107++FHSREG'\
UNH+00000507+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202403151012:203'RFF+950:G2'\
S01+1'RFF+TN:2008'NAD+GP+7000015,T93:900'NAD+RIC+%:956'HEA+DM+%:ZZZ'S02+2'PNA+PAT+9990000050:OPI++++FO:%+TI:%'\
NAD+PAT++%:3 PARK VIEW:%:NEWTON ABBEY:%+++++%'S02+2'PNA+PER++++SU:%'UNT+16+00000507'UNZ+1+00000107'";

/// Two messages, one of them without S01.
const TWO_MESSAGES: &[u8] = b"UNB+UNOA:2+ZQX1+KLM5+240402:0600+00044004'\r
UNH+00067004+FHSREG:0:1:FH:FHS001'\r
BGM+++507'\r
NAD+FHS+ZQX:954'\r
DTM+137:202404020559:203'\r
DTM+206:20240331:102'\r
RFF+950:F8'\r
RFF+TN:10900004'\r
GIS+Q:ZZZ'\r
UNT+9+00067004'\r
UNH+00067005+FHSREG:0:1:FH:FHS001'\r
BGM+++507'\r
NAD+FHS+ZQX:954'\r
DTM+137:202404020559:203'\r
RFF+950:F4'\r
S01+1'\r
RFF+TN:2005'\r
NAD+GP+7000128,Q81234:900'\r
S01+1'\r
RFF+TN:2004'\r
NAD+GP+7000015,T93:900'\r
UNT+12+00067005'\r
UNZ+2+00044004'\r
";

const RECEIPT: &[u8] = b"UNB+UNOA:2+ZQX1+KLM5+240319:2105+00044000++RECEP+++EDIFACT TRANSFER'
UNH+00067000+RECEP:0:2:FH'
BGM++600+243:202403192101:306+64'
NHS+ZQX:819:201+7000015,T93:814:202'
DTM+815:202403191830:306'
RFF+MIS:00000510 CP'
RFF+MIS:00000511 CA'
RFF+RIS:00000110 ER:2'
UNT+8+00067000'
UNZ+1+00044000'";

const SAMPLES: [&[u8]; 4] = [ACCEPTANCE, AMENDMENT, TWO_MESSAGES, RECEIPT];

/// Service characters, blanks, and one of each other kind.
const BYTES: &[u8] = b"'+:?%\r\n\t A0z\0\x1d\xc9";

#[test]
fn samples_are_without_fault() {
    for sample in SAMPLES {
        assert!(Interchange::decode_with(sample, &ReadOptions::strict()).is_ok(), "{}", show(sample));
        hold(sample);
    }
}

#[test]
fn cut_off_at_every_byte() {
    for sample in SAMPLES {
        let header = sample.iter().position(|&byte| byte == b'\'').unwrap();
        for length in 0..sample.len() {
            let input = &sample[..length];
            hold(input);
            if length > header {
                let read = Interchange::decode(input).unwrap().interchange;
                let whole = Interchange::decode(sample).unwrap().interchange;
                assert_eq!(read.header, whole.header, "cut at {length}");
                assert!(read.messages.len() <= whole.messages.len(), "cut at {length}");
            }
        }
    }
}

#[test]
fn every_other_byte_replaced() {
    for sample in SAMPLES {
        for at in (0..sample.len()).step_by(2) {
            hold(&replaced(sample, at, BYTES[at * 4 % BYTES.len()]));
        }
    }
}

#[test]
fn every_value_of_a_byte_here_and_there() {
    for byte in 0..=u8::MAX {
        for at in (usize::from(byte) % 106..RECEIPT.len()).step_by(106) {
            hold(&replaced(RECEIPT, at, byte));
        }
    }
}

#[test]
#[ignore = "takes minutes"]
fn every_byte_left_out_replaced_and_inserted() {
    for sample in SAMPLES {
        for at in 0..sample.len() {
            hold(&[&sample[..at], &sample[at + 1..]].concat());
            for byte in 0..=u8::MAX {
                hold(&replaced(sample, at, byte));
                hold(&inserted(sample, at, byte));
            }
        }
    }
}

#[test]
fn a_byte_inserted_at_every_third_place() {
    for sample in SAMPLES {
        for at in (0..=sample.len()).step_by(3) {
            hold(&inserted(sample, at, BYTES[at * 7 % BYTES.len()]));
        }
    }
}

#[test]
fn every_third_byte_left_out() {
    for sample in SAMPLES {
        for at in (0..sample.len()).step_by(3) {
            hold(&[&sample[..at], &sample[at + 1..]].concat());
        }
    }
}

#[test]
fn segments_moved_doubled_and_left_out() {
    for sample in [AMENDMENT, RECEIPT] {
        let segments: Vec<&[u8]> = sample.split_inclusive(|&byte| byte == b'\'').collect();
        for from in 0..segments.len() {
            for to in 0..segments.len() {
                let mut moved = segments.clone();
                let segment = moved.remove(from);
                hold(&moved.concat());
                moved.insert(to, segment);
                hold(&moved.concat());
                moved.insert(to, segment);
                hold(&moved.concat());
            }
        }
    }
}

#[test]
fn every_cut_between_two_chunks() {
    for sample in SAMPLES {
        let expected = pulled(sample, &ReadOptions::default());
        for cut in 0..=sample.len() {
            assert_eq!(pushed(&[&sample[..cut], &sample[cut..]], &ReadOptions::default()), expected, "cut at {cut}");
        }
        for size in 1..20 {
            let chunks: Vec<&[u8]> = sample.chunks(size).collect();
            assert_eq!(pushed(&chunks, &ReadOptions::default()), expected, "chunks of {size}");
        }
    }
}

#[test]
fn every_cut_in_faulty_input() {
    let faulty = [
        [b"\xef\xbb\xbf TEXT'\n".as_slice(), ACCEPTANCE, b"\nUNA:+.? '", RECEIPT, b"?"].concat(),
        [b" ".as_slice(), &translated(AMENDMENT, b"UNA;*.!~#"), b"\r\n", TWO_MESSAGES, b"'' UNB"].concat(),
        [&AMENDMENT[..200], b"?\r\n'?'??'\r'", &AMENDMENT[200..], b"UNA::.? '"].concat(),
        [&RECEIPT[..100], b"UNA+'UNZ'UNB'UNT'UNH'", &RECEIPT[100..]].concat(),
    ];
    for input in &faulty {
        for options in [ReadOptions::default(), ReadOptions::strict()] {
            let expected = pulled(input, &options);
            for cut in 0..=input.len() {
                assert_eq!(pushed(&[&input[..cut], &input[cut..]], &options), expected, "{} at {cut}", show(input));
            }
            let bytes: Vec<&[u8]> = input.chunks(1).collect();
            assert_eq!(pushed(&bytes, &options), expected);
        }
        hold(input);
    }
}

#[test]
fn other_service_characters_give_the_same_model() {
    for sample in SAMPLES {
        let expected = Interchange::decode(sample).unwrap().interchange;
        for advice in [
            b"UNA;*.!~#",
            b"UNA\x1f\x1d.? \x1c",
            b"UNA:+.? \n",
            b"UNA:+.? \r",
            b"UNA+:.? '",
            b"UNA'+.?*:",
            b"UNA|^,\\ ~",
        ] {
            let input = translated(sample, advice);
            let read = Interchange::decode_with(&input, &ReadOptions::strict()).map(|decoded| decoded.interchange);
            assert_eq!(read.as_ref(), Ok(&expected), "{}", show(&input));
            hold(&input);
        }
    }
}

#[test]
fn text_before_other_service_characters_ends_at_their_line() {
    // Rows 40 and 55: text before an interchange is kept and the interchange read, though it declares characters of its
    // own, be they separators of level A or not.
    for advice in [b"UNA+:.? '", b"UNA:+.? \x1c", b"UNA:*.!~#", b"UNA+*.!~#"] {
        let input = [b"TEXT: 2+2\n".as_slice(), &translated(RECEIPT, advice)].concat();
        let read = Interchange::decode(&input).unwrap().interchange;
        assert_eq!(read.leading.len(), 1, "{}", show(&input));
        assert_eq!(read.messages, Interchange::decode(RECEIPT).unwrap().interchange.messages, "{}", show(&input));
        hold(&input);
    }
}

#[test]
fn tag_that_begins_like_the_trailer_ends_no_interchange() {
    // Number 13: tags are matched exactly. Behind UNZ a service string advice may stand; `UNZ?+` is no UNZ.
    for tag in ["UNZ?+", "UNZ??", "UNZX", "UNZ?:"] {
        let input = format!("UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'{tag}+0'UNA?+?:'UNZ+0+00000108'");
        let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
        assert_eq!(read.unrecognised.len(), 2, "{tag}");
        hold(input.as_bytes());
    }
}

#[test]
fn every_byte_of_a_service_string_advice_replaced() {
    let sample = [b"UNA:+.? '".as_slice(), RECEIPT].concat();
    for at in 0..ServiceStringAdvice::LEN {
        for byte in (0..=u8::MAX).filter(|&byte| byte < 0x80 || byte % 16 == 0) {
            hold(&replaced(&sample, at, byte));
        }
    }
}

#[test]
fn an_advice_that_the_next_line_overrules_is_text_wherever_chunks_end() {
    for breaks in ["\n", "\r\n", "\n\n"] {
        for before in [&b""[..], RECEIPT] {
            let input = [before, b"UNA;*.!~#", breaks.as_bytes(), RECEIPT].concat();
            let read = Interchange::decode_all(&input, &ReadOptions::default()).unwrap();
            assert_eq!(read.len(), 1 + usize::from(!before.is_empty()), "{}", show(&input));
            for at in 1..input.len() {
                laws::chunks_change_nothing(&input, &[at, usize::MAX]);
            }
            laws::chunks_change_nothing(&input, &[1]);
        }
    }
}

#[test]
fn interchanges_in_a_row() {
    let others: Vec<Vec<u8>> = SAMPLES.iter().map(|sample| translated(sample, b"UNA;*.!~#")).collect();
    let plain = SAMPLES.iter().map(|sample| sample.to_vec());
    let all: Vec<Vec<u8>> = plain.chain(others).collect();
    for one in &all {
        for other in &all {
            for between in ["", "\n", "\r\n\r\n"] {
                let input = [one.as_slice(), between.as_bytes(), other].concat();
                let read = Interchange::decode_all(&input, &ReadOptions::strict()).unwrap();
                let expected = [Interchange::decode(one).unwrap(), Interchange::decode(other).unwrap()];
                assert_eq!(read, expected, "{}", show(&input));
            }
        }
    }
}

#[test]
fn interchange_cut_off_before_the_next() {
    let mut cut = 0;
    for (at, &byte) in AMENDMENT.iter().enumerate().filter(|&(_, &byte)| byte == b'\'') {
        let input = [&AMENDMENT[..=at], RECEIPT].concat();
        let read = Interchange::decode_all(&input, &ReadOptions::default()).unwrap();
        assert_eq!((read.len(), byte), (2, b'\''));
        assert_eq!(read[1], Interchange::decode(RECEIPT).unwrap());
        hold(&input);
        cut += 1;
    }
    assert_eq!(cut, 18);
}

#[test]
fn counters_of_explicit_nesting_are_reported_and_kept() {
    for (old, new) in [("S01+", "S01:1+"), ("NAD+GP+", "NAD:1:2+GP+"), ("PNA+PAT", "PNA:3+PAT"), ("FTX+", "FTX:1:1:1+")]
    {
        let input = String::from_utf8(ACCEPTANCE.to_vec()).unwrap().replacen(old, new, 1);
        let Decoded { interchange: read, issues } =
            Interchange::decode_with(input.as_bytes(), &ReadOptions::default()).unwrap();
        assert!(!issues.is_empty(), "{new}");
        assert!(issues.iter().all(|issue| issue.kind().id() == "unexpected-component"), "{new}");
        let written = read.encode(&WriteOptions::default().as_received(true)).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), input);
        assert!(read.encode(&WriteOptions::default()).is_err(), "{new}");
        hold(input.as_bytes());
    }
}

#[test]
fn receipt_lines_are_kept_wherever_they_stand() {
    // Rows 44 and 65: out of order, repeated or after the line of the interchange: kept in order, and reported.
    let text = String::from_utf8(RECEIPT.to_vec()).unwrap();
    let lines: Vec<&str> = text.split('\n').collect();
    let moved = |from: usize, to: usize| {
        let mut lines = lines.clone();
        let line = lines.remove(from);
        lines.insert(to, line);
        lines.join("\n")
    };
    // RFF+MIS before NHS, before DTM+815, behind RFF+RIS.
    for input in [moved(5, 3), moved(5, 4), moved(6, 7), moved(7, 5)] {
        let Decoded { interchange: read, issues } =
            Interchange::decode_with(input.as_bytes(), &ReadOptions::default()).unwrap();
        let Message::Recep(recep) = &read.messages[0] else { panic!("no receipt") };
        assert_eq!(recep.messages.len(), 2, "{input}");
        assert!(recep.interchange.is_some(), "{input}");
        assert!(!issues.is_empty(), "{input}");
        hold(input.as_bytes());
    }
}

#[test]
fn receipt_under_the_type_of_registrations() {
    // Rows 18 and 53: a body with NHS and without RFF+950 is a receipt.
    let text = String::from_utf8(RECEIPT.to_vec()).unwrap();
    for header in ["FHSREG:0:1:FH", "FHSREG:0:1:FH:FHS001"] {
        let input = text.replace("RECEP:0:2:FH", header);
        let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
        let Message::Recep(recep) = &read.messages[0] else { panic!("no receipt") };
        assert_eq!(recep.messages.len(), 2);
        assert!(Interchange::decode_with(input.as_bytes(), &ReadOptions::strict()).is_err());
        hold(input.as_bytes());
    }
}

#[test]
fn oddities_of_receipts() {
    let text = String::from_utf8(RECEIPT.to_vec()).unwrap();
    for (old, new) in [
        ("RFF+MIS:00000510 CP'\nRFF+MIS:00000511 CA'\n", ""),
        ("RFF+RIS:00000110 ER:2'\n", ""),
        ("RFF+RIS:00000110 ER:2'", "RFF+RIS:00000110 ER'"),
        ("RFF+RIS:00000110 ER:2'", "RFF+RIS:00000110 ER:X'"),
        ("RFF+RIS:00000110 ER:2'", "RFF+RIS:00000110 ER:2'\nRFF+RIS:00000110 OK:2'"),
        ("RFF+MIS:00000511 CA'", "RFF+MIS:00000510 CP'"),
        ("RFF+MIS:00000511 CA'", "RFF+MIS'"),
        ("RFF+MIS:00000511 CA'", "RFF+MIS:'"),
        ("RFF+MIS:00000511 CA'", "RFF+MIS: '"),
        ("RFF+MIS:00000511 CA'", "RFF+MIS:511CA:5:QWE+ASD'"),
        ("RFF+MIS:00000511 CA'", "RFF'"),
        ("NHS+ZQX:819:201+7000015,T93:814:202'\n", ""),
        ("NHS+ZQX:819:201+7000015,T93:814:202'", "NHS'"),
        ("DTM+815:202403191830:306'", "DTM+815:202403191830:203'"),
        ("DTM+815:202403191830:306'", "DTM+815:20240231:203'"),
        ("DTM+815:202403191830:306'", "DTM+137:202403191830:203'"),
        ("BGM++600+243:202403192101:306+64'", "BGM'"),
        ("BGM++600+243:202403192101:306+64'\n", ""),
    ] {
        let input = text.replace(old, new);
        assert_ne!(input, text);
        hold(input.as_bytes());
    }
}

#[test]
fn errors_and_debug_show_no_patient() {
    let secrets = ["DELL", "PATRICK", "HOLT", "MILL LANE", "EASTPOOL", "9990000034", "STILL HERE"];
    for at in 0..ACCEPTANCE.len() {
        for byte in [b'\'', b'?'] {
            let input = replaced(ACCEPTANCE, at, byte);
            let (events, issues, error) = pulled(&input, &ReadOptions::default());
            let messages: Vec<String> = issues.iter().map(ToString::to_string).collect();
            let shown = format!("{messages:?}{issues:?}{error:?}{events:?}");
            for secret in secrets {
                assert!(!shown.contains(secret), "{secret} from {}", show(&input));
            }
        }
    }
}

#[test]
fn what_is_written_strictly_is_read_strictly() {
    let mut inputs: Vec<Vec<u8>> = Vec::new();
    for sample in SAMPLES {
        inputs.extend((0..sample.len()).step_by(2).map(|at| replaced(sample, at, b':')));
        let segments: Vec<&[u8]> = sample.split_inclusive(|&byte| byte == b'\'').collect();
        for at in 0..segments.len() {
            let doubled = [&segments[..at], &segments[at..=at], &segments[at..]].concat();
            inputs.push(doubled.concat());
        }
    }
    // The same number under one type in two messages (row 39).
    let text = String::from_utf8(TWO_MESSAGES.to_vec()).unwrap();
    inputs.push(text.replace("2005", "2004").into_bytes());
    let mut failures: Vec<String> = Vec::new();
    for input in inputs {
        let Ok(read) = Interchange::decode(&input) else { continue };
        let Ok(written) = read.interchange.encode(&WriteOptions::default()) else { continue };
        if let Err(error) = Interchange::decode_with(&written, &ReadOptions::strict()) {
            failures.push(error.kind().id().to_string());
        }
    }
    failures.sort_unstable();
    failures.dedup();
    assert_eq!(failures, [""; 0]);
}

#[test]
fn receipt_is_written_with_the_tail_of_receipts() {
    // Row 1: a receipt has the full tail; a registration has none or FHSREG.
    let text = String::from_utf8(RECEIPT.to_vec()).unwrap();
    for tail in ["", "++FHSREG"] {
        let input = text.replace("++RECEP+++EDIFACT TRANSFER", tail);
        let written = Interchange::decode(input.as_bytes()).unwrap().interchange.encode(&WriteOptions::default());
        assert!(written.is_err() || written.unwrap() == RECEIPT, "{tail}");
    }
}

#[test]
fn receipt_counts_its_lines() {
    // Row 22: what is written strictly states the number of messages.
    let input = String::from_utf8(RECEIPT.to_vec()).unwrap().replace("ER:2", "ER:3");
    let read = Interchange::decode_with(input.as_bytes(), &ReadOptions::strict()).unwrap().interchange;
    let written = read.encode(&WriteOptions::default());
    assert!(written.is_err() || written.unwrap() == RECEIPT);
}

#[test]
fn approval_has_a_number_or_no_patient() {
    // 3.3.13: in F4 S02, PNA+PAT and the NHS number go together, or none of them is there.
    let text = String::from_utf8(TWO_MESSAGES.to_vec()).unwrap();
    for (patient, count) in [("S02+2'\r\n", 13), ("S02+2'\r\nPNA+PAT'\r\n", 14), ("S02+2'\r\nPNA+PAT++++SU:A'\r\n", 14)]
    {
        let input = text.replace("UNT+12+", &format!("{patient}UNT+{count}+"));
        assert!(!Interchange::decode(input.as_bytes()).unwrap().is_clean(), "{patient}");
    }
}

#[test]
fn second_group_without_previous_identity_is_reported() {
    // 3.2: S02 stands a second time only before PNA+PER.
    let text = String::from_utf8(AMENDMENT.to_vec()).unwrap();
    let input = text.replace("PNA+PER++++SU:%'UNT+16", "UNT+15");
    assert!(!Interchange::decode(input.as_bytes()).unwrap().is_clean());
}

#[test]
fn repeated_segment_is_reported_if_the_first_is_empty() {
    // Row 59: of equal segments the first counts, and the second is reported.
    let text = String::from_utf8(AMENDMENT.to_vec()).unwrap();
    let input = text.replace("NAD+RIC+%:956'", "NAD+RIC'NAD+RIC+%:956'").replace("UNT+16", "UNT+17");
    let read = Interchange::decode(input.as_bytes()).unwrap();
    let ids: Vec<&str> = read.issues.iter().map(|issue| issue.kind().id()).collect();
    assert!(ids.contains(&"repeated-segment"), "{ids:?}");
}

#[test]
fn heading_with_an_empty_transaction_type_is_read_again() {
    let text = String::from_utf8(RECEIPT.to_vec()).unwrap().replace("RECEP:0:2:FH", "FHSREG:0:1:FH:FHS001");
    hold(text.replace("RFF+MIS:00000510 CP", "RFF+950").as_bytes());
    let text = String::from_utf8(TWO_MESSAGES.to_vec()).unwrap();
    hold(text.replace("RFF+950:F8'", "RFF+950'RFF+950:F8'").as_bytes());
}

#[test]
fn receipt_line_before_nhs_is_read_again() {
    let text = String::from_utf8(RECEIPT.to_vec()).unwrap().replace("RECEP:0:2:FH", "FHSREG:0:1:FH:FHS001");
    let input = text.replace("RFF+MIS:00000510 CP'\n", "").replace("NHS+", "RFF+MIS:00000510 CP'\nNHS+");
    let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
    let Message::Recep(recep) = &read.messages[0] else { panic!("no receipt") };
    // A line does not tell a receipt that calls itself a registration, NHS does (row 53); the line before it is preserved.
    assert_eq!(recep.messages.len(), 1);
    let preserved = |kept: &&Unrecognised<'_>| matches!(kept, Unrecognised::Segment { at: 2, .. });
    assert_eq!(recep.unrecognised.iter().filter(preserved).count(), 1);
    hold(input.as_bytes());
}

#[test]
fn segment_of_a_released_line_break_is_read_again() {
    hold(b"UNA:+.? \nUNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108\n?\n\nUNZ+0+00000108\n");
}

#[test]
fn release_character_and_line_break_before_kept_text_begin_no_interchange() {
    hold(b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'?\nUNB\x1dX'UNZ+0+00000108'");
}

fn replaced(input: &[u8], at: usize, byte: u8) -> Vec<u8> {
    [&input[..at], &[byte], &input[at + 1..]].concat()
}

fn inserted(input: &[u8], at: usize, byte: u8) -> Vec<u8> {
    [&input[..at], &[byte], &input[at..]].concat()
}

fn show(input: &[u8]) -> String {
    input.escape_ascii().to_string()
}

/// The laws that bind what arrives, and one more: places lie in the input.
fn hold(input: &[u8]) {
    laws::strict_accepts_a_subset(input);
    laws::writing_is_a_fixed_point(input);
    laws::chunks_change_nothing(input, &[7]);
    // What cannot be read has issues up to the error, and their places count too.
    let (_, issues, _) = laws::pulled(input, &ReadOptions::default());
    for issue in &issues {
        let offset = issue.error().location().offset.expect("an issue of reading has an offset");
        assert!(offset <= input.len() as u64, "a place beyond {}", show(input));
    }
}

#[test]
fn a_line_break_that_separates_elements_is_not_cut_off_before_an_interchange() {
    // The element separator of the first service string advice is a line feed, and the text ends with one.
    let input = b"UNA?\n   \x05:A?\n\rUNA?\n   \x05:A\x05";
    laws::spans_tile_the_input(input);
    laws::scanner_agrees_with_a_naive_splitter(input);
    laws::chunks_change_no_segment(input, &[1]);
}
