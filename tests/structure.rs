//! The shape of the crate: levels import only to the left, and nom stays where the grammars are.

use std::fs;
use std::path::{Path, PathBuf};

/// The levels from left to right; `error`, `issue` and `options` serve all of them.
const LEVELS: [&[&str]; 8] = [
    &["syntax", "choices"],
    &["value"],
    &["layout"],
    &["segment"],
    &["transaction"],
    &["check"],
    &["interchange", "recep", "exchange"],
    &["build", "generate"],
];

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 20, "the sources are not where they should be");
    files
        .iter()
        .map(|file| (file.strip_prefix(&root).unwrap().display().to_string(), fs::read_to_string(file).unwrap()))
        .collect()
}

fn level_of(module: &str) -> Option<usize> {
    LEVELS.iter().position(|level| level.contains(&module))
}

/// The code of a file: without comments, and without its tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn levels_import_only_to_the_left() {
    for (file, text) in all_sources() {
        let own = file.split('/').next().and_then(level_of);
        let Some(own) = own else { continue };
        for used in code(&text).split("crate::").skip(1) {
            let module: String =
                used.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect();
            if let Some(level) = level_of(&module) {
                assert!(level <= own, "{file} uses {module}");
            }
        }
    }
}

#[test]
fn nom_stays_in_the_grammars() {
    for (file, text) in all_sources() {
        assert!(file == "value/grammar.rs" || !code(&text).contains("nom::"), "{file} uses nom");
    }
}

#[test]
fn positions_are_written_in_tables_only() {
    // A position is an element and a component in brackets, or the arguments of a look-up. Beside the tables, only what
    // tells segments apart before they are read names positions: the grammar of interchanges.
    for (file, text) in all_sources() {
        let is_table = file.starts_with("segment/") || file.starts_with("transaction/");
        let has_row = code(&text).lines().any(|line| line.trim_start().starts_with('[') && line.contains(" . "));
        assert!(is_table || !has_row, "{file} has rows");
    }
}
