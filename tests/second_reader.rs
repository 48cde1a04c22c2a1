//! A second reader, written from the facts alone, reads the same as the crate: the corpus, published samples, and interchanges
//! that were made, whole and with a deviation.
//!
//! `NHAIS_EDIFACT_SAMPLES` names the folder of the published samples, which are not part of this repository. Without it the test
//! of these has nothing to do and says so.

use std::fs;
use std::path::{Path, PathBuf};

use nhais_edifact::generate::{Choices, interchange};
use nhais_edifact::{Interchange, ReadOptions, WriteOptions};
use proptest::prelude::*;
use serde_json::Value;

#[path = "support/second_reader.rs"]
mod second_reader;

use second_reader::{Segment, Values, insert, segments};

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

/// Where the two differ, or nothing.
fn differences(input: &[u8]) -> Vec<String> {
    let (first, second) = (first_reading(input), second_reader::read(input));
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
    let mut groups: std::collections::BTreeMap<String, Vec<String>> = Default::default();
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
    let model = interchange(&mut Choices::new(choices).as_received(as_received));
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
}

fn deviation() -> impl Strategy<Value = Deviation> {
    prop_oneof![
        Just(Deviation::Doubled),
        Just(Deviation::Swapped),
        Just(Deviation::Removed),
        (0..20_usize).prop_map(Deviation::Blanked),
    ]
}

/// The interchange with the deviation at a segment; `None` where that makes no difference.
fn deviating(wire: &[u8], at: usize, deviation: Deviation) -> Option<Vec<u8>> {
    let all = segments(wire)?;
    let mut parts: Vec<Vec<u8>> = all.iter().map(|segment| wire[segment.span.clone()].to_vec()).collect();
    match deviation {
        Deviation::Doubled => parts.insert(at, parts[at].clone()),
        Deviation::Swapped if at + 1 < parts.len() => parts.swap(at, at + 1),
        Deviation::Swapped => return None,
        Deviation::Removed => drop(parts.remove(at)),
        Deviation::Blanked(nth) => parts[at] = with_component_blanked(&parts[at], nth)?,
    }
    let out = parts.concat();
    (out != wire.iter().copied().filter(|byte| *byte != b'\n').collect::<Vec<_>>()).then_some(out)
}

/// The segment without one of its components that are not empty, its tag aside.
fn with_component_blanked(segment: &[u8], nth: usize) -> Option<Vec<u8>> {
    let mut cuts = Vec::new();
    let mut is_released = false;
    for (at, byte) in segment.iter().enumerate() {
        if !is_released && matches!(byte, b'+' | b':' | b'\'') {
            cuts.push(at);
        }
        is_released = !is_released && *byte == b'?';
    }
    let filled: Vec<_> = cuts.windows(2).filter(|cut| cut[1] > cut[0] + 1).collect();
    let cut = filled.get(nth % filled.len().max(1))?;
    Some([&segment[..=cut[0]], &segment[cut[1]..]].concat())
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
        deviations in proptest::collection::vec((any::<usize>(), deviation()), 32),
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
