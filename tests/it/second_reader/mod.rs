//! A second reader, written from the facts alone, reads the same as the crate: the corpus, published samples, and interchanges
//! that were made, whole and with a deviation.
//!
//! `NHAIS_EDIFACT_SAMPLES` names the folder of the published samples, which are not part of this repository. Without it the test
//! of these has nothing to do and says so.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use nhais_edifact::generate::{ByteSource, interchange};
use nhais_edifact::{Interchange, ReadOptions, WriteOptions};
use proptest::prelude::*;
use serde_json::Value;

mod reader;

use reader::{Segment, Values, insert, segments};

/// The model as pairs of a path and a text.
fn values_of(model: &Interchange<'_>) -> Values {
    let mut values = Values::new();
    let model = serde_json::to_value(model).expect("a model can be serialized");
    for part in ["header", "messages"] {
        flatten(&mut values, part, &model[part]);
    }
    values
}

fn flatten(values: &mut Values, path: &str, value: &Value) {
    match value {
        Value::Null => {}
        // A reference and what a header must have is empty where it is missing.
        Value::String(text) if text.is_empty() && !is_line(path) => {}
        Value::String(text) if path.contains(".segments.") || path.ends_with("other.header") => {
            insert(values, path, &segment_as_text(text));
        }
        Value::String(text) => insert(values, path, text),
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("to") => {
            insert(values, path, &format!("to {}", fields["to"].as_str().expect("what changes has a text")));
        }
        Value::Object(fields) => {
            insert(values, path, "");
            for (name, field) in fields {
                flatten(values, &format!("{path}.{name}"), field);
            }
        }
        Value::Array(kept) if path.ends_with(".unrecognised") => {
            let group = path.trim_end_matches(".unrecognised");
            for (at, kept) in kept.iter().filter(|kept| !is_trigger(kept)).enumerate() {
                insert(values, &format!("{group}.kept.{at}"), &kept_as_text(kept));
            }
        }
        Value::Array(list) => {
            if !path.ends_with("notes") && !path.ends_with("previous_address") {
                insert(values, path, "");
            }
            for (at, one) in list.iter().enumerate() {
                flatten(values, &format!("{path}.{at}"), one);
            }
        }
        other => insert(values, path, &other.to_string()),
    }
}

/// A line of a text, which may be empty.
fn is_line(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(list, _)| list.ends_with("notes") || list.ends_with("previous_address"))
}

/// Of S01 and S02 it is not asked where they are kept.
fn is_trigger(kept: &Value) -> bool {
    let segment = kept["segment"].as_str().expect("what is kept has a segment");
    segment.starts_with("S01") || segment.starts_with("S02")
}

fn kept_as_text(kept: &Value) -> String {
    let text = |name: &str| kept[name].as_str().unwrap_or_default().to_owned();
    if kept.get("component").is_some() {
        format!("{} {}.{}: {}", text("segment"), kept["element"], kept["component"], text("text"))
    } else {
        segment_as_text(&text("segment"))
    }
}

/// Release characters may stand where they release nothing, or an asterisk.
fn segment_as_text(wire: &str) -> String {
    let bytes: Vec<u8> = wire.chars().map(|character| u8::try_from(character).expect("it came as a byte")).collect();
    segments(&[&bytes[..], b"'"].concat()).expect("it is a segment").iter().map(Segment::wire).collect()
}

/// What the crate reads; `None` where it refuses.
fn first_reading(input: &[u8]) -> Option<Vec<Values>> {
    let all = Interchange::decode_all(input, &ReadOptions::default()).ok()?;
    Some(all.iter().map(|decoded| values_of(&decoded.interchange)).collect())
}

/// What is left out, because the facts do not say how it is read, or the two disagree.
fn is_left_out(input: &[u8]) -> bool {
    let all = segments(input).unwrap_or_default();
    let starts: Vec<usize> = (0..all.len()).filter(|at| all[*at].tag() == "UNH").chain([all.len()]).collect();
    starts.windows(2).any(|message| is_mixed(&all[message[0]..message[1]]))
}

/// A receipt with a segment of its heading behind its first line, or with two times of arrival; the heading and the lines of a
/// receipt before the type of a registration, or its parties behind the start of a transaction (row 53 asks for them and
/// RFF+950 alone).
fn is_mixed(message: &[Segment]) -> bool {
    let place = |keys: &[&str]| message.iter().position(|segment| keys.contains(&&*segment.key()));
    let (lines, parties) = (place(&["RFF+MIS", "RFF+RIS"]), place(&["NHS"]));
    let is_heading = |segment: &Segment| matches!(&*segment.key(), "BGM" | "NHS" | "DTM+815" | "DTM+137");
    let typed = place(&["RFF+950"]);
    if message[0].text(2, 1) == "FHSREG" && (typed.is_some() || parties.is_none()) {
        return parties.is_some() && parties < lines && lines < typed;
    }
    let start = place(&["S01", "RFF+TN"]);
    let is_late = message[0].text(2, 1) == "FHSREG" && start.is_some_and(|start| Some(start) < parties);
    let is_out_of_order = lines.is_some_and(|first| message[first..].iter().any(is_heading));
    place(&["DTM+137"]).is_some() && place(&["DTM+815"]).is_some() || is_out_of_order || is_late
}

/// Where the two differ, or nothing.
fn differences(input: &[u8]) -> Vec<String> {
    if is_left_out(input) {
        return Vec::new();
    }
    let (first, second) = (first_reading(input), reader::read(input));
    let counts = [&first, &second].map(|reading| reading.as_ref().map(Vec::len));
    if counts[0] != counts[1] {
        return vec![format!("interchanges: {counts:?}")];
    }
    let pairs = first.unwrap_or_default().into_iter().zip(second.unwrap_or_default());
    pairs.flat_map(|(first, second)| differences_of(first, second)).collect()
}

fn differences_of(first: Values, second: Values) -> Vec<String> {
    let mut differences = Vec::new();
    // What is kept has no order that the facts speak of.
    let [first, second] = [first, second].map(with_kept_in_order);
    for (path, text) in &first {
        if second.get(path) != Some(text) {
            differences.push(format!("{path}: crate {text:?}, second {:?}", second.get(path)));
        }
    }
    let only_second = second.iter().filter(|(path, _)| !first.contains_key(*path));
    differences.extend(only_second.map(|(path, text)| format!("{path}: crate None, second {text:?}")));
    differences
}

fn with_kept_in_order(values: Values) -> Values {
    let (kept, mut others): (Values, Values) = values.into_iter().partition(|(path, _)| path.contains(".kept."));
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in kept {
        let (group, _) = path.rsplit_once('.').expect("it has a number");
        groups.entry(group.to_owned()).or_default().push(text);
    }
    for (group, mut texts) in groups {
        texts.sort();
        others.insert(group, texts.join("\n"));
    }
    others
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, files);
        } else {
            files.push(path);
        }
    }
}

fn assert_same_in(folder: &Path, is_one: impl Fn(&Path) -> bool, at_least: usize) {
    let mut files = Vec::new();
    files_below(folder, &mut files);
    files.retain(|file| is_one(file));
    files.sort();
    assert!(files.len() >= at_least, "{} files below {}", files.len(), folder.display());
    let mut wrong = 0;
    for file in &files {
        let differences = differences(&fs::read(file).unwrap());
        if !differences.is_empty() {
            wrong += 1;
            println!("{}:\n  {}", file.display(), differences.join("\n  "));
        }
    }
    assert_eq!(wrong, 0, "of {} files are read differently", files.len());
}

#[test]
fn every_file_of_the_corpus_is_read_the_same() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    assert_same_in(&corpus, |file| file.extension().is_some_and(|name| name == "edi"), 400);
}

#[test]
fn every_published_sample_is_read_the_same() {
    let Some(root) = std::env::var_os("NHAIS_EDIFACT_SAMPLES") else {
        println!("NHAIS_EDIFACT_SAMPLES is not set: no published samples to read");
        return;
    };
    assert_same_in(&Path::new(&root).join("nhs"), |_| true, 1);
}

/// An interchange that was made, on the wire.
fn made(choices: &[u8], as_received: bool) -> Option<Vec<u8>> {
    let model = interchange(&mut ByteSource::new(choices).as_received(as_received));
    model.encode(&WriteOptions::default().as_received(as_received)).ok()
}

fn choices() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..400)
}

/// A deviation of an interchange.
#[derive(Clone, Copy, Debug)]
enum Deviation {
    Doubled,
    Swapped,
    Removed,
    /// The component that comes so many-th in the segment is blanked.
    Blanked(usize),
    /// It is another text.
    Replaced(usize, &'static str),
    /// There is more at the end of the segment.
    Appended(&'static str),
    /// Another segment stands before it.
    Preceded(&'static str),
}

/// Texts that mean something somewhere.
const TEXTS: &[&str] = &[
    "%", "??", "?:", " ", "Z9", "0", "1", "3", "5", "20240231", "20240229", "102", "F8", "SU", "OPI", "a", "1 CP X",
    "1  CP", "1 ", "A:B", "A+B",
];
const ENDS: &[&str] = &["+", ":", "+Z", ":Z", "+SU:Z", "+FO:%", "++++++++Z"];
/// Segments that belong somewhere else, or nowhere.
const SEGMENTS: &[&str] = &[
    "NAD+PGP+++DR GREY'",
    "NAD+PFH+ZQ:954'",
    "NAD+PER++2 MILL LANE:EASTPOOL'",
    "NAD+NFH+ZQ:954'",
    "NAD+FHS+ZQ:954'",
    "NAD+PAT++??:%:::A+++++%'",
    "DTM+957:20240101:102'",
    "DTM+206:20240331:102'",
    "DTM+137:202401010000:203'",
    "DTM+815:202401010000:306'",
    "FTX+RGI+++A NOTE'",
    "GIS+1:ZZZ'",
    "HEA+ATP+3:ZZZ'",
    "HEA+ATP+4:ZZZ'",
    "HEA+DM+%:ZZZ'",
    "QTY+951:%'",
    "RFF+950:G2'",
    "RFF+950:F8'",
    "RFF+TN:77'",
    "RFF+MIS:00000001 CP'",
    "RFF+RIS:00000001 OK:1'",
    "NHS+ZQX:819:201+7000015,T93:814:202'",
    "PNA+PER+9990000131:API+++SU:LEE+FO:%'",
    "S01+1'",
    "S01+01'",
    "S02+2'",
    "UNH+00000999+FHSREG:0:1:FH:FHS001'",
    "UNH+00000999+RECEP:0:2:FH'",
    "UNT+2+00000999'",
    "UNZ+1+00000999'",
    "UNS+D'",
    "ZZZ+1:2'",
    "+1'",
    "'",
];

fn deviation() -> impl Strategy<Value = Deviation> {
    prop_oneof![
        Just(Deviation::Doubled),
        Just(Deviation::Swapped),
        Just(Deviation::Removed),
        (0..20_usize).prop_map(Deviation::Blanked),
        (0..20_usize, proptest::sample::select(TEXTS)).prop_map(|(nth, text)| Deviation::Replaced(nth, text)),
        proptest::sample::select(ENDS).prop_map(Deviation::Appended),
        proptest::sample::select(SEGMENTS).prop_map(Deviation::Preceded),
    ]
}

/// The interchange with the deviation at a segment; `None` where that makes no difference.
fn deviating(wire: &[u8], at: usize, deviation: Deviation) -> Option<Vec<u8>> {
    let all = segments(wire)?;
    let whole: Vec<u8> = all.iter().flat_map(|segment| wire[segment.span.clone()].iter().copied()).collect();
    let mut parts: Vec<Vec<u8>> = all.iter().map(|segment| wire[segment.span.clone()].to_vec()).collect();
    match deviation {
        Deviation::Doubled => parts.insert(at, parts[at].clone()),
        Deviation::Swapped if at + 1 < parts.len() => parts.swap(at, at + 1),
        Deviation::Swapped => return None,
        Deviation::Removed => drop(parts.remove(at)),
        Deviation::Blanked(nth) => parts[at] = with_component(&parts[at], nth, "")?,
        Deviation::Replaced(nth, text) => parts[at] = with_component(&parts[at], nth, text)?,
        Deviation::Appended(end) => {
            parts[at].pop();
            parts[at].extend([end.as_bytes(), b"'"].concat());
        }
        Deviation::Preceded(other) => parts.insert(at, other.as_bytes().to_vec()),
    }
    let out = parts.concat();
    (out != whole).then_some(out)
}

/// The segment with another text as one of its components that are not empty, its tag aside.
fn with_component(segment: &[u8], nth: usize, text: &str) -> Option<Vec<u8>> {
    let mut cuts = Vec::new();
    let mut is_released = false;
    for (at, byte) in segment.iter().enumerate() {
        if !is_released && matches!(byte, b'+' | b':' | b'\'') {
            cuts.push(at);
        }
        is_released = !is_released && *byte == b'?';
    }
    let filled: Vec<_> = cuts.windows(2).filter(|cut| cut[1] > cut[0] + 1).collect();
    let cut = filled.get(nth)?;
    Some([&segment[..=cut[0]], text.as_bytes(), &segment[cut[1]..]].concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_made_is_read_the_same(choices in choices(), as_received in any::<bool>()) {
        if let Some(wire) = made(&choices, as_received) {
            let differences = differences(&wire);
            prop_assert!(differences.is_empty(), "{differences:#?} in {}", wire.escape_ascii());
        }
    }

    #[test]
    fn what_deviates_is_read_the_same(
        choices in choices(),
        as_received in any::<bool>(),
        deviations in proptest::collection::vec((any::<usize>(), deviation()), 8),
    ) {
        let Some(wire) = made(&choices, as_received) else { return Ok(()) };
        let count = segments(&wire).unwrap().len();
        for (at, deviation) in deviations {
            if let Some(wire) = deviating(&wire, at % count, deviation) {
                let differences = differences(&wire);
                prop_assert!(differences.is_empty(), "{deviation:?}: {differences:#?} in {}", wire.escape_ascii());
            }
        }
    }
}

/// All deviations there are of a segment.
fn deviations_of(segment: &Segment) -> impl Iterator<Item = Deviation> {
    let count = segment.wire().split(['+', ':']).count() - 1;
    let of_component = (0..count).flat_map(|nth| {
        let replaced = TEXTS.iter().map(move |text| Deviation::Replaced(nth, text));
        [Deviation::Blanked(nth)].into_iter().chain(replaced)
    });
    let ends = ENDS.iter().map(|end| Deviation::Appended(end));
    let before = SEGMENTS.iter().map(|other| Deviation::Preceded(other));
    let of_segment = [Deviation::Doubled, Deviation::Swapped, Deviation::Removed];
    of_segment.into_iter().chain(ends).chain(before).chain(of_component)
}

/// The counts in trailers as they should be, where trailers state any.
fn with_counts(wire: &[u8]) -> Vec<u8> {
    let (mut out, mut in_message, mut messages) = (Vec::new(), 0, 0);
    for segment in segments(wire).expect("it is an interchange") {
        in_message += 1;
        match segment.tag() {
            "UNH" => (in_message, messages) = (1, messages + 1),
            "UNB" => messages = 0,
            _ => {}
        }
        let raw = &wire[segment.span.clone()];
        let count = match segment.tag() {
            "UNT" => in_message,
            "UNZ" => messages,
            _ => 0,
        };
        match raw.iter().skip(4).position(|byte| *byte == b'+') {
            Some(length) if count > 0 && length > 0 => {
                out.extend_from_slice(&raw[..4]);
                out.extend_from_slice(count.to_string().as_bytes());
                out.extend_from_slice(&raw[4 + length..]);
            }
            _ => out.extend_from_slice(raw),
        }
    }
    out
}

/// Every interchange with nothing wrong of two folders of the corpus, which have all types between them.
fn clean_ones() -> Vec<(String, Vec<u8>)> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files = Vec::new();
    for folder in ["transactions", "examples"] {
        files_below(&corpus.join(folder), &mut files);
    }
    files.retain(|file| file.extension().is_some_and(|name| name == "edi"));
    files.sort();
    let named = files.into_iter().map(|file| (file.display().to_string(), fs::read(&file).unwrap()));
    let clean: Vec<_> =
        named.filter(|(_, wire)| Interchange::decode_with(wire, &ReadOptions::strict()).is_ok()).collect();
    assert!(clean.len() > 40, "{} clean interchanges", clean.len());
    clean
}

/// Whether something is reported at one of the segments, counting from 0; or the input is refused.
fn is_reported_at(wire: &[u8], places: std::ops::Range<usize>) -> bool {
    let all = segments(wire).expect("it is an interchange");
    let last = places.end.min(all.len()) - 1;
    let span = all[places.start].span.start as u64..=all[last].span.end as u64;
    let Ok(read) = Interchange::decode_all(wire, &ReadOptions::default()) else { return true };
    let issues = read.iter().flat_map(|decoded| &decoded.issues);
    issues.filter_map(|issue| issue.error().location().offset).any(|offset| span.contains(&offset))
}

/// Whether the facts accept the deviation in silence.
fn may_be_silent(segment: &Segment, next: Option<&Segment>, deviation: Deviation, code: &str) -> bool {
    let key = segment.key();
    match deviation {
        Deviation::Doubled => false,
        // The messages of a receipt have no order of their own.
        Deviation::Swapped => key == "RFF+MIS" && next.is_some_and(|next| next.key() == key),
        Deviation::Blanked(nth) => match key.as_str() {
            // Row 1: elements 6 to 11.
            "UNB" => nth > 6,
            // Blank lines (4.4), no statement of the postcode (row 45).
            "NAD+PAT" | "NAD+PER" => nth > 0,
            _ => false,
        },
        Deviation::Replaced(..) | Deviation::Appended(_) | Deviation::Preceded(_) => true,
        Deviation::Removed => {
            let mandatory: &[&str] = match code {
                "G1" => &["HEA+ACD", "HEA+ATP", "DTM+956", "PDI", "NAD+PAT"],
                "G5" | "F2" => &["GIS", "DTM+961"],
                "G3" | "F11" => &["FTX+RGI"],
                "F8" => &["GIS", "DTM+206"],
                "F9" => &["HEA+FRN", "DTM+962", "DTM+329"],
                _ => &[],
            };
            let always = ["BGM", "NAD+FHS", "DTM+137", "RFF+950", "RFF+TN", "NAD+GP", "NHS", "DTM+815", "RFF+RIS"];
            let is_mandatory = segment.tag().starts_with("UN") || matches!(segment.tag(), "S01" | "S02");
            !is_mandatory && !always.contains(&&*key) && !mandatory.contains(&&*key)
        }
    }
}

/// Each deviation is read by both the same, and reported at its place. An ordinary run takes some, always the same;
/// `NHAIS_EDIFACT_ALL=1` all.
#[test]
fn every_deviation_is_read_the_same_and_reported_in_its_place() {
    let is_whole = std::env::var_os("NHAIS_EDIFACT_ALL").is_some();
    let (mut wrong, mut count, mut tried) = (Vec::new(), 0_usize, 0);
    for (name, wire) in clean_ones() {
        let all = segments(&wire).unwrap();
        for (at, deviation) in
            all.iter().enumerate().flat_map(|(at, one)| deviations_of(one).map(move |kind| (at, kind)))
        {
            count += 1;
            // Of other texts and segments there are many.
            let is_one_of_many =
                matches!(deviation, Deviation::Replaced(..) | Deviation::Appended(_) | Deviation::Preceded(_));
            if !is_whole && !count.is_multiple_of(if is_one_of_many { 211 } else { 7 }) {
                continue;
            }
            if let Some(deviating) = deviating(&wire, at, deviation) {
                tried += 1;
                let found = faults(&all, at, deviation, &deviating);
                wrong.extend(found.map(|fault| format!("{name}: {deviation:?} {}: {fault}", all[at].wire())));
            }
        }
    }
    println!("{tried} of {count} deviations tried");
    assert!(tried > 1_000);
    assert!(wrong.is_empty(), "{} deviations:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is read differently, or not reported where it should be.
fn faults(all: &[Segment], at: usize, deviation: Deviation, deviating: &[u8]) -> Option<String> {
    let differences = differences(deviating);
    if !differences.is_empty() {
        return Some(differences.join("; "));
    }
    let mut before = all[..=at].iter().rev();
    let code = before.find(|segment| segment.key() == "RFF+950").map_or("", |found| found.text(1, 2));
    if may_be_silent(&all[at], all.get(at + 1), deviation, code) {
        return None;
    }
    let places = match deviation {
        // What is missing is reported elsewhere; the type of a message is, if a transaction begins before it.
        Deviation::Removed => 0..usize::MAX,
        Deviation::Swapped if all[at].key() == "RFF+950" => 0..usize::MAX,
        Deviation::Blanked(_) => at..at + 1,
        _ => at..at + 2,
    };
    (!is_reported_at(&with_counts(deviating), places)).then(|| "nothing is reported there".to_owned())
}
