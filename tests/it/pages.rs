//! The pages for readers and maintainers name sources and pictures that are there.

use std::fs;
use std::path::{Path, PathBuf};

/// The sources that a line names; of `src/table/row.rs`, `key.rs` all are in one folder.
fn named_sources(line: &str) -> Vec<PathBuf> {
    let mut folder = None;
    let mut named = Vec::new();
    for name in line.split('`').skip(1).step_by(2).filter(|name| !name.contains([' ', '*'])) {
        let path = Path::new(name);
        if name.starts_with("src/") {
            folder = if name.ends_with('/') { Some(path) } else { path.parent() };
            named.push(path.into());
        } else if path.extension().is_some_and(|extension| extension == "rs") && !name.contains("tests/") {
            named.extend(folder.map(|folder| folder.join(path)));
        }
    }
    named
}

#[test]
fn named_sources_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["DESIGN.md", "CONTRIBUTING.md", "SECURITY.md", "docs/verification.md"] {
        for line in fs::read_to_string(root.join(name)).unwrap().lines() {
            for source in named_sources(line) {
                assert!(root.join(&source).exists(), "{name}: {}", source.display());
            }
        }
    }
}

#[test]
fn definitions_of_links_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["README.md", "src/guide.md", "docs/wire.md"] {
        let text = fs::read_to_string(root.join(name)).unwrap();
        let defined = text.lines().filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
        let files = defined.map(|(_, link)| link).filter(|link| !link.starts_with('#'));
        let files: Vec<_> = files.map(|file| root.join(name).parent().unwrap().join(file)).collect();
        assert!(!files.is_empty() && files.iter().all(|file| file.exists()), "{name}: {files:?}");
    }
}
