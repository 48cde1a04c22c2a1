//! Where published samples are, which are not part of this repository.

use std::fs;
use std::path::{Path, PathBuf};

/// The files below a folder of the samples; `None`, and a word about it, if there are no samples.
pub(crate) fn samples(folder: &str) -> Option<Vec<PathBuf>> {
    let Some(root) = std::env::var_os("NHAIS_EDIFACT_SAMPLES") else {
        println!("NHAIS_EDIFACT_SAMPLES is not set: no published samples to read");
        return None;
    };
    let mut files = Vec::new();
    collect(&Path::new(&root).join(folder), &mut files);
    files.sort();
    assert!(!files.is_empty(), "no samples under {}/{folder}", root.display());
    Some(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
