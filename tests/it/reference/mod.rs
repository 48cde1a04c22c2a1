//! The reference: its pages are those of the tables, and it says what reading does.

mod pages;

use std::collections::BTreeSet;
use std::fs;

use nhais_edifact::error::Location;
use nhais_edifact::reference::{self, Row, Segment};
use nhais_edifact::syntax::SegmentReader;
use nhais_edifact::{Interchange, ReadOptions};

use crate::files::{corpus, root};

/// To write them anew: `NHAIS_EDIFACT_WRITE=1 cargo test --test it reference::`.
#[test]
fn pages_are_those_of_the_tables() {
    let pages = pages::all();
    for (name, text) in &pages {
        let path = root().join("docs/reference").join(name);
        if std::env::var_os("NHAIS_EDIFACT_WRITE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == *text, "docs/reference/{name} is stale: see the comment above this test");
    }
    let written = fs::read_dir(root().join("docs/reference")).unwrap().count();
    assert_eq!(written, pages.len(), "a page is no longer written");
}

/// A component of an interchange: where it begins and ends in the input, and the row it belongs to.
struct Placed {
    start: usize,
    end: usize,
    component: usize,
    row: Option<Row>,
    segment: &'static str,
}

fn offset(at: u64) -> usize {
    usize::try_from(at).unwrap()
}

/// The components of an interchange that are not empty, but for tags and qualifiers.
fn components(input: &[u8]) -> Vec<Placed> {
    let mut reader = SegmentReader::new(input);
    let mut found = Vec::new();
    while let Some(wire) = reader.next_segment().unwrap() {
        let segment = Segment::of(&wire).expect("a segment of the format");
        for (e, element) in wire.elements().enumerate() {
            for (c, component) in element.components().enumerate() {
                let is_qualifier = (e, c) == (0, 0) && segment.qualifier().is_some();
                let (start, end) = (offset(component.span().start), offset(component.span().end));
                if !is_qualifier && start < end {
                    let row = segment.at(u16::try_from(e + 1).unwrap(), u16::try_from(c + 1).unwrap());
                    found.push(Placed { start, end, component: c + 1, row, segment: segment.name() });
                }
            }
        }
    }
    found
}

/// The worked examples.
fn examples() -> Vec<Vec<u8>> {
    let examples: Vec<_> = corpus("examples", "edi").into_iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(examples.len() > 20);
    examples
}

/// What is found at a place when other text stands there.
fn findings_with(input: &[u8], placed: &Placed, text: &str) -> Vec<&'static str> {
    let input = [&input[..placed.start], text.as_bytes(), &input[placed.end..]].concat();
    let decoded = Interchange::decode_all(&input, &ReadOptions::default()).unwrap();
    let issues = decoded.iter().flat_map(|decoded| &decoded.issues);
    let is_there = |location: &Location| {
        location.tag.is_some_and(|tag| placed.segment.starts_with(tag.as_str()))
            && location.element == placed.row.map(|row| row.element())
            && location.component.map(usize::from) == Some(placed.component)
    };
    issues.filter(|issue| is_there(issue.error().location())).map(|issue| issue.kind().id()).collect()
}

#[test]
fn every_component_of_the_examples_has_a_meaning() {
    for example in examples() {
        for placed in components(&example) {
            assert!(
                placed.row.is_some(),
                "{} {}",
                placed.segment,
                String::from_utf8_lossy(&example[placed.start..placed.end])
            );
        }
    }
}

#[test]
fn codes_are_listed_where_another_is_reported() {
    let (mut listed, mut reported) = (BTreeSet::new(), BTreeSet::new());
    for example in examples() {
        for placed in components(&example) {
            let Some(row) = placed.row.filter(|row| row.constant().is_none()) else { continue };
            let text = std::str::from_utf8(&example[placed.start..placed.end]).unwrap();
            let place = (row.segment(), row.element(), placed.component);
            // Another qualifier of an identification is kept as data (wire.md#row-16).
            if row.code(text).is_some() && usize::from(row.component()) == placed.component {
                listed.insert(place);
            }
            let word = text.rfind(' ').map_or(0, |at| at + 1);
            if findings_with(&example, &placed, &format!("{}ZZ", &text[..word])).contains(&"unknown-code") {
                reported.insert(place);
            }
        }
    }
    assert_eq!(listed, reported);
    assert!(listed.len() > 8, "{listed:?}");
}

#[test]
fn of_the_envelope_what_is_mandatory_is_reported_where_it_is_missing() {
    let envelope = ["UNB", "UNT", "UNZ", "RFF+RIS"];
    let mut tried = BTreeSet::new();
    for example in examples() {
        for placed in components(&example).iter().filter(|placed| envelope.contains(&placed.segment)) {
            let row = placed.row.unwrap();
            let found = findings_with(&example, placed, "");
            let is_missing = found.iter().any(|id| ["missing-value", "missing-component", "empty-value"].contains(id));
            let place = (placed.segment, row.element(), placed.component);
            assert_eq!(is_missing, row.is_mandatory(), "{place:?}: {found:?}");
            tried.insert(place);
        }
    }
    assert!(tried.len() >= 14, "{tried:?}");
}

#[test]
fn an_acceptance_needs_a_number_of_the_newborn_only() {
    let types = reference::transaction_types();
    let acceptance = types.iter().find(|entry| entry.transaction_type.as_str() == "G1").unwrap();
    assert_eq!(acceptance.plan.variants, ["1", "2", "3", "4", "5"]);
    let number = acceptance.plan.required.iter().find(|required| required.name == "the NHS number").unwrap();
    let needs: Vec<_> = number.needs.iter().map(ToString::to_string).collect();
    assert_eq!(needs, ["mandatory", "optional", "optional", "optional", "optional"]);
}
