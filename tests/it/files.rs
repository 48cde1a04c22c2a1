//! Where files are: those of the repository, its corpus, and published samples, which are not part of it.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut found = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The files below a folder whose names end so, in order; there are some.
pub(crate) fn files_with(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = files(folder);
    found.retain(|path| path.extension().is_some_and(|own| own == extension));
    assert!(!found.is_empty(), "{} holds no {extension}", folder.display());
    found
}

/// The files of a folder of the corpus whose names end so.
pub(crate) fn corpus(folder: &str, extension: &str) -> Vec<PathBuf> {
    files_with(&root().join("tests/corpus").join(folder), extension)
}

/// The files of the corpus that can be read whose names end so.
pub(crate) fn readable_corpus(extension: &str) -> Vec<PathBuf> {
    ["examples", "transactions", "deviations"].into_iter().flat_map(|folder| corpus(folder, extension)).collect()
}

/// A worked example of docs/wire.md, section 11: `e04`.
pub(crate) fn example(name: &str) -> Vec<u8> {
    fs::read(root().join("tests/corpus/examples").join(name).with_extension("edi")).unwrap()
}

/// The files below a folder of the samples; `None`, and a word about it, if there are no samples.
pub(crate) fn samples(folder: &str) -> Option<Vec<PathBuf>> {
    let Some(root) = std::env::var_os("NHAIS_EDIFACT_SAMPLES") else {
        println!("NHAIS_EDIFACT_SAMPLES is not set: no published samples to read");
        return None;
    };
    let found = files(&Path::new(&root).join(folder));
    assert!(!found.is_empty(), "no samples under {}/{folder}", root.display());
    Some(found)
}
