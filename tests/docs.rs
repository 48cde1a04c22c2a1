//! The documentation in `docs` holds together: anchors are unique, links and citations lead somewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The pages, by their paths.
fn pages() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = files(&root.join("docs"), "md");
    for name in [
        "README.md",
        "DESIGN.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "src/guide.md",
        "benches/README.md",
    ] {
        pages.push(root.join(name));
    }
    // The published package has no CONTRIBUTING.md.
    pages.retain(|path| path.exists());
    pages.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
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
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/wire.md")).unwrap()
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
        // Definitions, as `[guide]: src/guide.md`, stand at the beginnings of lines.
        let defined =
            text.lines().filter(|line| line.starts_with('[')).filter_map(|line| Some(line.split_once("]: ")?.1));
        let links = between(&text, "](", ')').into_iter().chain(defined);
        for link in links.filter(|link| !link.contains("://") && !link.starts_with("data:")) {
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let failures = fs::read_to_string(root.join("docs/failures.md")).unwrap();
    assert!((1..=69).all(|row| wire.contains(&&*format!("row-{row}"))));
    assert!((1..=45).all(|case| anchors(&failures).contains(&&*format!("case-{case}"))));
    for example in files(&root.join("tests/corpus/examples"), "edi") {
        let number: u32 = example.file_stem().unwrap().to_str().unwrap()[1..].parse().unwrap();
        assert!(wire.contains(&&*format!("e{number}")), "{}", example.display());
    }
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = [files(&root.join("src"), "rs"), files(&root.join("tests"), "rs")].concat();
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
