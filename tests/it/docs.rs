//! The documentation in `docs` holds together: anchors are unique, links and citations lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use crate::files::{corpus, files_with, root};

/// The pages, by their paths.
fn pages() -> Vec<(PathBuf, String)> {
    let root = root();
    let mut pages = files_with(&root.join("docs"), "md");
    for name in ["README.md", "DESIGN.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"] {
        pages.push(root.join(name));
    }
    // The published package has no CONTRIBUTING.md.
    pages.retain(|path| path.exists());
    pages.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// What stands behind each `start`, up to `end`.
fn between<'t>(text: &'t str, start: &str, end: char) -> Vec<&'t str> {
    text.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// The anchors of a page: those that are written out.
fn anchors(text: &str) -> Vec<&str> {
    between(text, "<a id=\"", '"')
}

fn wire() -> String {
    fs::read_to_string(root().join("docs/wire.md")).unwrap()
}

#[test]
fn anchors_of_a_page_are_unique() {
    for (path, text) in pages() {
        let (all, distinct) = (anchors(&text), anchors(&text).into_iter().collect::<BTreeSet<_>>());
        assert_eq!(all.len(), distinct.len(), "{}", path.display());
    }
}

#[test]
fn links_lead_somewhere() {
    for (path, text) in pages() {
        let defined = text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
        let links = between(&text, "](", ')').into_iter().chain(defined.map(|(_, link)| link));
        for link in links.filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            // Paths to items of the crate are rustdoc's.
            if file.contains("::") || file.starts_with("crate") {
                continue;
            }
            assert!(target.exists(), "{}: {link}", path.display());
            let is_there = anchor.is_empty() || anchors(&fs::read_to_string(&target).unwrap()).contains(&anchor);
            assert!(is_there, "{}: {link}", path.display());
        }
    }
}

#[test]
fn every_row_case_and_example_has_an_anchor() {
    let wire = wire();
    let wire = anchors(&wire);
    let failures = fs::read_to_string(root().join("docs/failures.md")).unwrap();
    assert!((1..=69).all(|row| wire.contains(&&*format!("row-{row}"))));
    assert!((1..=45).all(|case| anchors(&failures).contains(&&*format!("case-{case}"))));
    for example in corpus("examples", "edi") {
        let number: u32 = example.file_stem().unwrap().to_str().unwrap()[1..].parse().unwrap();
        assert!(wire.contains(&&*format!("e{number}")), "{}", example.display());
    }
}

/// What cites: the sources, of which the published package has not all, and expectations of the corpus.
fn sources() -> Vec<(PathBuf, String)> {
    let root = root();
    let folders = ["src", "tests", "examples", "benches", "fuzz/fuzz_targets"].map(|folder| root.join(folder));
    let sources = folders.iter().filter(|folder| folder.exists()).flat_map(|folder| files_with(folder, "rs"));
    let others = sources.chain(corpus("", "json")).filter(|source| *source != root.join(file!()));
    others.map(|source| (source.clone(), fs::read_to_string(source).unwrap())).collect()
}

/// The anchors that a source cites by one of these beginnings, `wire.md#` or `reference::wire#`.
fn citations<'t>(text: &'t str, starts: &[&str]) -> Vec<&'t str> {
    let behind = starts.iter().flat_map(|start| text.split(start).skip(1));
    behind.filter_map(|rest| rest.split(|one: char| !(one.is_ascii_alphanumeric() || one == '-')).next()).collect()
}

/// Sections that a text cites by number alone, outside of the text of a link: "facts 3.5".
fn unlinked(text: &str) -> Vec<&str> {
    let text = text.match_indices("facts ").filter(|(at, word)| {
        let is_linked = text[..*at].ends_with('[');
        !is_linked && text[at + word.len()..].starts_with(|one: char| one.is_ascii_digit())
    });
    text.map(|(_, word)| word).collect()
}

#[test]
fn cited_places_are_there() {
    let failures = fs::read_to_string(root().join("docs/failures.md")).unwrap();
    let wire = wire();
    let books = [(&wire, &["wire.md#", "reference::wire#"][..]), (&failures, &["failures.md#"])];
    let mut cited = BTreeSet::new();
    for (source, text) in sources() {
        for (book, starts) in books {
            let anchors = anchors(book);
            for anchor in citations(&text, starts) {
                // Where a place is put together, its anchor is not known here.
                assert!(anchor.is_empty() || anchors.contains(&anchor), "{} cites {anchor}", source.display());
                cited.insert(anchor.to_owned());
            }
        }
    }
    assert!(cited.len() > 60, "citations are not found any more: {cited:?}");
}

/// The numbers from 1 to `last` that no file of these folders cites behind `start`.
fn not_cited(start: &str, last: u32, folders: &[&str]) -> Vec<u32> {
    let sources =
        sources().into_iter().filter(|(path, _)| folders.iter().any(|folder| path.starts_with(root().join(folder))));
    let cited: BTreeSet<String> = sources
        .flat_map(|(_, text)| citations(&text, &[start]).into_iter().map(String::from).collect::<Vec<_>>())
        .collect();
    (1..=last).filter(|number| !cited.contains(&number.to_string())).collect()
}

/// Row 41 has no writing side.
#[test]
fn every_row_is_cited_by_a_test_of_writing_and_by_a_file_of_the_corpus() {
    assert_eq!(not_cited("wire.md#row-", 69, &["tests/it/write"]), [41]);
    assert_eq!(not_cited("wire.md#row-", 69, &["tests/corpus"]), [] as [u32; 0]);
}

#[test]
fn every_case_is_cited_by_a_test() {
    assert_eq!(not_cited("failures.md#case-", 45, &["tests/it", "tests/allocations.rs"]), [] as [u32; 0]);
}

#[test]
fn what_is_cited_is_linked() {
    for (path, text) in sources().into_iter().chain(pages()) {
        let unlinked = unlinked(&text);
        assert!(unlinked.is_empty(), "{}: {} citations without a link", path.display(), unlinked.len());
    }
}

#[test]
fn citations_are_found() {
    let text = "/// Source: [facts 3.5](crate::reference::wire#s-3-5).\n// (wire.md#row-3, wire.md#fact-0-5-1)";
    assert_eq!(citations(text, &["wire.md#", "reference::wire#"]), ["row-3", "fact-0-5-1", "s-3-5"]);
    assert_eq!(citations(text, &["failures.md#"]), [""; 0]);
    assert_eq!((unlinked(text).len(), unlinked("see facts 3.5").len(), unlinked("the facts, in 3").len()), (0, 1, 0));
}
