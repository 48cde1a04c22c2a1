//! The documentation in `docs` holds together: anchors are unique, links and citations lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::files::{files_with, root};

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
        for link in between(&text, "](", ')').into_iter().filter(|link| !link.contains("://")) {
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
    let root = root();
    let failures = fs::read_to_string(root.join("docs/failures.md")).unwrap();
    assert!((1..=69).all(|row| wire.contains(&&*format!("row-{row}"))));
    assert!((1..=45).all(|case| anchors(&failures).contains(&&*format!("case-{case}"))));
    for example in files_with(&root.join("tests/corpus/examples"), "edi") {
        let number: u32 = example.file_stem().unwrap().to_str().unwrap()[1..].parse().unwrap();
        assert!(wire.contains(&&*format!("e{number}")), "{}", example.display());
    }
}

/// What cites pages by their anchors: tests, and expectations of the corpus.
fn citing() -> Vec<(PathBuf, String)> {
    let tests = root().join("tests");
    let cited = [files_with(&tests, "rs"), files_with(&tests, "json"), files_with(&root().join("src"), "rs")].concat();
    cited.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// The anchors of a page that a text cites as `docs/PAGE.md#ANCHOR`.
fn cited<'t>(text: &'t str, page: &str) -> Vec<&'t str> {
    let start = format!("docs/{page}#");
    let cited = text.split(start.as_str()).skip(1);
    cited.map(|rest| rest.split(|end: char| !end.is_ascii_alphanumeric() && end != '-').next().unwrap()).collect()
}

#[test]
fn cited_anchors_are_there() {
    for page in ["wire.md", "failures.md"] {
        let text = fs::read_to_string(root().join("docs").join(page)).unwrap();
        let anchors = anchors(&text);
        for (path, text) in citing().iter().filter(|(path, _)| !path.ends_with("docs.rs")) {
            for anchor in cited(text, page) {
                assert!(anchors.contains(&anchor), "{} cites {page}#{anchor}", path.display());
            }
        }
    }
}

/// The anchors of a page that sources of these folders cite.
fn cited_in(page: &str, folders: &[&str]) -> BTreeSet<String> {
    let is_in = |path: &Path| folders.iter().any(|folder| path.starts_with(root().join(folder)));
    let citing = citing().into_iter().filter(|(path, _)| is_in(path) && !path.ends_with("docs.rs"));
    citing.flat_map(|(_, text)| cited(&text, page).into_iter().map(String::from).collect::<Vec<_>>()).collect()
}

/// Row 41 has no writing side.
#[test]
fn every_row_is_cited_by_tests_of_writing_and_by_files_of_reading() {
    let (written, read) = (cited_in("wire.md", &["tests/it/write"]), cited_in("wire.md", &["tests/corpus"]));
    let missing = |cited: &BTreeSet<String>| -> Vec<u32> {
        (1..=69).filter(|row| !cited.contains(&format!("row-{row}"))).collect()
    };
    assert_eq!([missing(&written), missing(&read)], [vec![41], vec![]]);
}

#[test]
fn every_case_is_cited_by_a_test() {
    let cited = cited_in("failures.md", &["tests/it", "tests/allocations.rs"]);
    let missing: Vec<u32> = (1..=45).filter(|case| !cited.contains(&format!("case-{case}"))).collect();
    assert_eq!(missing, [] as [u32; 0]);
}

#[test]
fn citations_of_anchors_are_found() {
    let text = "/// docs/wire.md#row-3, and (docs/wire.md#s-10-1).\n/// docs/failures.md#case-7";
    assert_eq!((cited(text, "wire.md"), cited(text, "failures.md")), (vec!["row-3", "s-10-1"], vec!["case-7"]));
}

/// The words of a source, without comment marks.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| !matches!(*word, "//" | "///" | "//!")).collect()
}

/// The sections that a source cites as "facts 3.5 and 9.1".
fn citations(text: &str) -> Vec<String> {
    let words = words(text);
    let mut found = Vec::new();
    for at in (0..words.len()).filter(|at| words[*at].trim_start_matches(['"', '(']) == "facts") {
        for word in &words[at + 1..] {
            let section = word.trim_end_matches(|end: char| !end.is_ascii_digit());
            let is_section = section.split('.').all(|part| part.parse::<u32>().is_ok());
            if is_section {
                found.push(section.into());
            }
            if !(is_section || *word == "and") || word.ends_with(['.', ')']) {
                break;
            }
        }
    }
    found
}

#[test]
fn cited_sections_are_there() {
    let wire = wire();
    let root = root();
    let sources = [files_with(&root.join("src"), "rs"), files_with(&root.join("tests"), "rs")].concat();
    let mut cited = BTreeSet::new();
    for source in sources.iter().filter(|source| !source.ends_with("docs.rs")) {
        for section in citations(&fs::read_to_string(source).unwrap()) {
            let anchor = format!("s-{}", section.replace('.', "-"));
            assert!(anchors(&wire).contains(&&*anchor), "{} cites {section}", source.display());
            cited.insert(section);
        }
    }
    assert!(cited.len() > 30, "citations are not found any more: {cited:?}");
}

#[test]
fn citations_are_found() {
    assert_eq!(citations("/// Source: facts 3.5 and 9.1. See facts\n/// 10.1, row 3"), ["3.5", "9.1", "10.1"]);
    assert_eq!(citations("from \"facts 8 and 9.1\", broken if 3.2"), ["8", "9.1"]);
}
