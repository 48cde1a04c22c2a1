//! L7: the cost of reading is linear in the input, whatever the input is made of.

use std::format;
use std::string::String;
use std::vec::Vec;

use super::DONE;
use crate::interchange::{Decoder, EventReader};
use crate::options::Limits;
use crate::syntax::{SegmentDecoder, SegmentReader};
use crate::{Decoded, Interchange, Issue, ReadOptions, WriteOptions};

const HEADER: &str = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'";
const HEADING: &str = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'";
const RECEIPT: &str =
    "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+RECEP:0:2:FH'NHS+ZQX:819:201'RFF+MIS:1 CP'";
const TRANSACTION: &str = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'\
    RFF+950:G1'S01+1'RFF+TN:1'HEA+ATP+3:ZZZ'";

/// What input may be made of.
const WORDS: &[&str] = &[
    "+",
    ":",
    "?",
    "'",
    " ",
    "\n",
    "\r\n",
    "\t",
    "A",
    "%",
    "??",
    "?'",
    "?+",
    "?\n",
    "'\n",
    "+:",
    "+A",
    ":A",
    "+A:A",
    "A'",
    "A\n",
    "?A",
    "\u{e9}",
    "\0",
    "UNA",
    "UNB",
    "UNZ'",
    "UNH'",
    "UNT'",
    "UNB'",
    "UNB+",
    "UNA:+.? '",
    "UNA:+.? '\nUNB+",
    "UNA:+.?'",
    "UNA;*.!~#",
    "\nUNA:+.? \n\n",
    "\n\0U",
    "\nU",
    "UNZ+1+1\n",
    "O'\n",
    "\nUNA",
    "\nUNB",
    "\nUNB?",
    "\u{ef}\u{bb}\u{bf}",
    "S01'",
    "S02'",
    "S01+1'",
    "RFF+TN:1'",
    "S01+1'RFF+TN:1'",
    "RFF+950:G1'",
    "RFF+MIS:1 CP'",
    "RFF+RIS:1 OK:1'",
    "NHS'",
    "NHS'S01'",
    "PNA+PAT++++SU:A'",
    "NAD+PAT++A:A:A:A:A:A'",
    "FTX+RGI+++A:A:A'",
    "GIS'",
    "HEA+ATP+1'",
    "ZZZ'",
    "ZZZ+A:B'",
    "UNH+1+FHSREG:0:1:FH:FHS001'UNT+2+1'",
    "UNH+1+X'RFF'UNT'",
    "UNB+UNOA:2+A+B+240318:0907+1'UNZ+0+1'",
];

/// A word over and over: `count` times up to four bytes; a longer one as often as gives as many bytes, but not so seldom that
/// what grows with its number would not show.
fn repeated(word: &str, count: usize) -> String {
    word.repeat((4 * count / word.len().max(4)).max(count / 4))
}

/// A word over and over, and what differs each time.
fn patterns(count: usize) -> Vec<(String, String)> {
    let mut patterns: Vec<(String, String)> =
        WORDS.iter().map(|word| (format!("{word:?}"), repeated(word, count))).collect();
    // More than the runs of numbers that are remembered.
    let count = 3 * count;
    let numbered = |make: &dyn Fn(usize) -> String| (0..count).map(make).collect::<String>();
    patterns.push(("numbers with gaps".into(), numbered(&|i| format!("S01+1'RFF+TN:{}'", 2 * i + 1))));
    patterns.push(("numbers that fall".into(), numbered(&|i| format!("S01+1'RFF+TN:{}'", 4 * count - 2 * i))));
    patterns.push((
        "references with gaps".into(),
        numbered(&|i| format!("UNH+{}+FHSREG:0:1:FH:FHS001'UNT+2+{}'", 2 * i + 1, 2 * i + 1)),
    ));
    patterns.push((
        "types without end".into(),
        numbered(&|i| format!("UNH+1+FHSREG:0:1:FH:FHS001'RFF+950:X{i}'S01+1'RFF+TN:1'UNT+4+1'")),
    ));
    patterns
}

/// Nothing is refused, so that all of the input is read.
fn no_limits() -> Limits {
    let none = usize::MAX;
    Limits {
        segment_length: none,
        components_per_segment: none,
        transaction_length: none,
        segments_per_transaction: none,
        transactions_per_message: none,
        messages_per_interchange: none,
        ..Limits::default()
    }
}

/// Reads a slice.
fn pull(input: &[u8], limits: Limits) {
    let mut reader = EventReader::new(input, ReadOptions::default().limits(limits));
    while let Ok(Some(_)) = reader.next_event(&mut |_: Issue| super::count(1)) {}
    let mut reader = SegmentReader::with_limits(input, limits);
    while let Ok(Some(_)) = reader.next_segment() {}
    let _ = SegmentReader::with_limits(input, limits).for_each_token(|_| super::count(1));
}

/// Reads chunks.
fn push(input: &[u8], limits: Limits, size: usize) {
    let mut decoder = Decoder::new(ReadOptions::default().limits(limits));
    for chunk in input.chunks(size) {
        let mut events = decoder.feed(chunk);
        while let Ok(Some(_)) = events.next(&mut |_: Issue| super::count(1)) {}
    }
    let mut events = decoder.finish();
    while let Ok(Some(_)) = events.next(&mut |_: Issue| super::count(1)) {}
    let mut decoder = SegmentDecoder::new();
    for chunk in input.chunks(size) {
        let mut segments = decoder.feed(chunk);
        while let Ok(Some(_)) = segments.next_segment() {}
    }
}

fn cost_of(read: impl FnOnce()) -> u64 {
    let before = DONE.get();
    read();
    DONE.get() - before
}

/// A pass over the bytes, one over the marks and some over what is odd, with room to spare.
const COST_PER_BYTE: u64 = 20;

/// The inputs for which the cost grows faster than they do, from `count` words to four times as many.
///
/// The scanner reads a thousand bytes ahead; inputs shorter than that show less than the whole cost.
fn steep(way: &str, count: usize, read: &dyn Fn(&[u8])) -> Vec<String> {
    let mut found = Vec::new();
    for start in ["", HEADER, HEADING, RECEIPT, TRANSACTION] {
        for ((name, once), (_, often)) in patterns(count).into_iter().zip(patterns(4 * count)) {
            let (once, often) = (format!("{start}{once}"), format!("{start}{often}"));
            let [less, more] = [&once, &often].map(|input| cost_of(|| read(input.as_bytes())));
            let (short, long) = (once.len() as u64, often.len() as u64);
            // A tenth more than in proportion.
            if 10 * more * short > 11 * less * long || more > COST_PER_BYTE * long {
                found.push(format!("{way} of {name} behind {}: {less} for {short}, {more} for {long}", start.len()));
            }
        }
    }
    found
}

#[test]
fn l7_work_is_linear_over_slices() {
    assert_eq!(steep("slice", 1_500, &|input| pull(input, Limits::default())), [""; 0]);
}

#[test]
fn l7_work_is_linear_over_slices_without_limits() {
    assert_eq!(steep("slice without limits", 1_500, &|input| pull(input, no_limits())), [""; 0]);
}

#[test]
fn l7_work_is_linear_over_single_bytes() {
    assert_eq!(steep("single bytes", 400, &|input| push(input, Limits::default(), 1)), [""; 0]);
}

#[test]
fn l7_work_is_linear_over_chunks() {
    for (size, count) in [(7, 400), (4_096, 1_500)] {
        assert_eq!(steep(&format!("chunks of {size}"), count, &|input| push(input, Limits::default(), size)), [""; 0]);
    }
}

/// Asserts that the cost per byte of a slice, and of chunks of it, is limited.
fn assert_linear(input: &str) {
    for read in
        [&|| pull(input.as_bytes(), no_limits()), &|| push(input.as_bytes(), no_limits(), 4_096)] as [&dyn Fn(); 2]
    {
        let work = cost_of(read);
        assert!(work <= COST_PER_BYTE * input.len() as u64, "{work} for {} bytes", input.len());
    }
}

/// docs/failures.md#case-38
#[test]
fn work_on_long_segments_of_separators() {
    for separators in ["+", ":", "+:", "+A", "+?+"] {
        let segment = format!("NAD+GP{}'", separators.repeat(60_000 / separators.len()));
        assert_linear(&format!("{TRANSACTION}{}", segment.repeat(5)));
    }
}

/// docs/failures.md#case-40
#[test]
fn work_on_a_million_terminators() {
    assert_linear(&format!("{TRANSACTION}{}", "'".repeat(1_000_000)));
}

/// docs/failures.md#case-41
#[test]
fn work_on_release_characters_in_a_row() {
    for count in [64_000, 64_001] {
        assert_linear(&format!("{TRANSACTION}FTX+RGI+++{}'", "?".repeat(count)));
    }
}

/// The interchanges in a folder of the corpus that may be written so: the name of each file and the cost of writing it.
fn cost_of_writing(folder: &str, options: &WriteOptions) -> Vec<(String, u64)> {
    let folder = format!("{}/tests/corpus/{folder}", env!("CARGO_MANIFEST_DIR"));
    let mut written = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if path.extension().is_some_and(|extension| extension == "edi") {
            // Text that has to be released costs more.
            let input = std::fs::read(&path).unwrap();
            if input.contains(&b'?') {
                continue;
            }
            for Decoded { interchange, .. } in Interchange::decode_all(&input, &ReadOptions::default()).unwrap() {
                let mut result = Ok(Vec::new());
                let work = cost_of(|| result = interchange.encode(options));
                let name = path.file_name().and_then(|name| name.to_str()).unwrap();
                written.extend(result.is_ok().then(|| (String::from(name), work)));
            }
        }
    }
    written
}

#[test]
fn canonical_values_are_written_on_the_fast_path() {
    let written = cost_of_writing("transactions", &WriteOptions::default());
    assert!(written.len() > 10, "{}", written.len());
    assert_eq!(written.iter().filter(|(_, work)| *work > 0).collect::<Vec<_>>(), [] as [&(String, u64); 0]);
}
