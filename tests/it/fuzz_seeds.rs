//! Replays the committed seeds of every fuzz target, and checks that each target has some.
//!
//! An input that a fuzzer finds is added to `fuzz/seeds/TARGET`, named by what is wrong in it. Those in `fuzz/seeds/inputs`
//! are for every target.

use std::fs;
use std::path::PathBuf;

use crate::files::{files, root};
use crate::support::targets;

/// The seeds in a folder.
fn seeds(folder: &str) -> Vec<PathBuf> {
    let folder = root().join("fuzz").join("seeds").join(folder);
    let seeds = files(&folder);
    assert!(!seeds.is_empty(), "{} holds no seed", folder.display());
    seeds
}

#[test]
fn every_seed_holds_its_law() {
    let inputs = seeds("inputs");
    for (name, body) in targets::ALL {
        for seed in seeds(name).iter().chain(&inputs) {
            println!("{}", seed.display());
            body(&fs::read(seed).unwrap());
        }
    }
}

#[test]
fn every_target_is_built() {
    let manifest = fs::read_to_string(root().join("fuzz").join("Cargo.toml")).unwrap();
    let built: Vec<&str> = manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")).collect();
    let all: Vec<String> = targets::ALL.iter().map(|(name, _)| format!("{name}.rs\"")).collect();
    assert_eq!(built, all, "fuzz/Cargo.toml names other targets");
    for (name, _) in targets::ALL {
        let text =
            fs::read_to_string(root().join("fuzz").join("fuzz_targets").join(name).with_extension("rs")).unwrap();
        assert!(text.contains(&format!("targets::{name}(input)")), "{name} runs another body");
    }
}
