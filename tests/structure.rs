//! The shape of the crate, as CONTRIBUTING.md and DESIGN.md have it: levels import only to the left, no files import each
//! other in a circle, nom stays where the grammars are, and positions stand in tables.

#[path = "support/sources.rs"]
mod sources;

use std::fs;
use std::path::{Path, PathBuf};

use sources::{Files, Modules, code};

/// The levels from left to right; those of one level know nothing of each other.
const LEVELS: [&[&str]; 9] = [
    &["syntax"],
    &["value"],
    &["layout"],
    &["segment"],
    &["transaction", "receipt"],
    &["check"],
    &["interchange", "exchange"],
    &["recep"],
    &["build", "generate"],
];

/// What serves all levels, and knows at most the first.
const SERVING: [&str; 6] = ["error", "issue", "options", "choices", "work", "render"];

fn add_sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add_sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn all_sources() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    add_sources(&root, &mut files);
    assert!(files.len() > 20, "the sources are not where they should be");
    let name = |file: &Path| file.strip_prefix(&root).unwrap().display().to_string().replace('\\', "/");
    files.iter().map(|file| (name(file), fs::read_to_string(file).unwrap())).collect()
}

/// The level of a module, those that serve all before the first; `None` for the root, which names all of them.
fn level_of(module: &str) -> Option<usize> {
    let top = module.split("::").next().filter(|top| !top.is_empty())?;
    let level = LEVELS.iter().position(|level| level.contains(&top)).map(|level| level + 1);
    let level = level.or(SERVING.contains(&top).then_some(0));
    assert!(level.is_some(), "{top} has no level");
    level
}

/// Imports that do not go to the left.
fn wrong_imports(files: &Files) -> Vec<String> {
    let top = |module: &str| module.split("::").next().map(str::to_owned);
    let mut wrong = Vec::new();
    for (module, imports) in Modules::of(files).imports() {
        let Some(own) = level_of(&module) else { continue };
        for import in imports {
            let is_left = match level_of(&import) {
                None => false,
                Some(level) => level == 0 || level < own || (own == 0 && level == 1) || top(&import) == top(&module),
            };
            if !is_left {
                wrong.push(format!("{module} imports {import}"));
            }
        }
    }
    wrong
}

fn users_of_nom(files: &Files) -> Vec<&String> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let uses_nom = |text: &str| code(text).split(|character| !is_word(character)).any(|word| word == "nom");
    files.iter().filter(|(_, text)| uses_nom(text)).map(|(file, _)| file).collect()
}

/// Files with rows: lines that begin with an element and a component in brackets.
fn files_with_rows(files: &Files) -> Vec<&String> {
    let is_row = |line: &str| line.trim_start().starts_with('[') && line.contains(" . ");
    files.iter().filter(|(_, text)| code(text).lines().any(is_row)).map(|(file, _)| file).collect()
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let circles = Modules::of(&all_sources()).circles();
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn levels_import_only_to_the_left() {
    let wrong = wrong_imports(&all_sources());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nom_stays_in_the_grammars() {
    assert_eq!(users_of_nom(&all_sources()), ["value/grammar.rs"]);
}

#[test]
fn positions_are_written_in_tables_only() {
    let files = all_sources();
    let files = files_with_rows(&files);
    let others: Vec<_> =
        files.iter().filter(|file| !file.starts_with("segment/") && !file.starts_with("transaction/")).collect();
    assert!(others.is_empty(), "{others:?} have rows");
    assert!(files.len() > 3, "the tables are not where they should be");
}

// That these tests can fail.

fn made_up(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(file, text)| ((*file).into(), (*text).into())).collect()
}

fn circles_of(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    Modules::of(&made_up(files)).circles().into_iter().collect()
}

#[test]
fn a_circle_of_two_files_is_found() {
    let circles = circles_of(&[
        ("lib.rs", "mod value; mod layout;"),
        ("value.rs", "use crate::layout::Row;"),
        ("layout.rs", "use crate::value::Value; pub(crate) struct Row;"),
    ]);
    assert_eq!(circles, [["layout", "value"]]);
}

#[test]
fn a_circle_through_exports_and_super_is_found() {
    let circles = circles_of(&[
        ("lib.rs", "pub mod layout; pub use layout::Key;"),
        ("layout/mod.rs", "mod key; mod read; mod write; pub use {key::Key, read::{Reader as Source, other}};"),
        ("layout/key.rs", "pub struct Key;"),
        ("layout/read.rs", "use super::Key; fn read() { super::write::write() }"),
        ("layout/write.rs", "use crate::{Key, layout::Source};"),
    ]);
    assert_eq!(circles, [["layout::read", "layout::write"]]);
}

#[test]
fn what_a_parent_imports_leads_its_children_on() {
    let circles = circles_of(&[
        ("lib.rs", "mod syntax;"),
        ("syntax/mod.rs", "mod a; mod b; use b::B;"),
        ("syntax/a.rs", "use super::B;"),
        ("syntax/b.rs", "mod inner { use super::super::a::A; }"),
    ]);
    assert_eq!(circles, [["syntax::a", "syntax::b"]]);
}

#[test]
fn a_parent_that_uses_its_child_and_is_used_by_it_is_a_circle() {
    let child = ("syntax/a.rs", "use super::Parent;");
    let exports = ("syntax/mod.rs", "mod a; pub use a::A; pub struct Parent;");
    assert_eq!(circles_of(&[exports, child]), [[""; 0]; 0]);
    let uses = ("syntax/mod.rs", "mod a; pub use a::A; pub struct Parent; fn f() { a::f() }");
    assert_eq!(circles_of(&[uses, child]), [["syntax", "syntax::a"]]);
}

#[test]
fn a_circle_by_way_of_an_imported_module_is_found() {
    let circles = circles_of(&[
        ("check/mod.rs", "mod rules; pub use rules::RULES;"),
        ("check/rules.rs", "use crate::interchange::Event;"),
        ("interchange.rs", "use crate::check::{self as rules}; fn f() { rules::RULES.len() }"),
    ]);
    assert_eq!(circles, [["check::rules", "interchange"]]);
    let circles = circles_of(&[
        ("check/mod.rs", "mod rules; pub use rules::*;"),
        ("check/rules.rs", "use crate::interchange::Event;"),
        ("interchange.rs", "use crate::check; fn f() { check::RULES.len() }"),
    ]);
    assert_eq!(circles, [["check", "check::rules", "interchange"]]);
}

#[test]
fn macros_lead_to_what_they_name() {
    let circles = circles_of(&[
        ("layout.rs", "macro_rules! group { () => { $crate::segment::Row } }"),
        ("segment.rs", "use crate::layout::group;"),
    ]);
    assert_eq!(circles, [["layout", "segment"]]);
}

#[test]
fn tests_comments_and_quotes_are_no_code_and_what_stands_behind_them_is() {
    let right = "#[cfg(test)]\nmod tests { use crate::recep::Recep; }\n#[cfg(test)]\nmod more;\n\
                 // use crate::recep::Recep;\n/* crate::recep */ fn f<'a>() { r#\"\"crate::recep\"#; \"\\\"crate::recep\"; '\"' }";
    let more = ("value/more.rs", "use crate::recep::Recep;");
    let recep = ("recep.rs", "use crate::value::Count;");
    assert_eq!(circles_of(&[("value/mod.rs", right), more, recep]), [[""; 0]; 0]);
    let wrong = format!("{right}\nuse crate::recep::Recep;");
    assert_eq!(circles_of(&[("value/mod.rs", &wrong), more, recep]), [["recep", "value"]]);
}

#[test]
fn an_import_to_the_right_is_found_by_every_way() {
    let recep = ("recep/mod.rs", "pub use crate::receipt::Recep;");
    for import in ["use crate::recep::Recep;", "use super::recep as receipts;", "fn f(_: crate::recep::Answer) {}"] {
        let wrong = wrong_imports(&made_up(&[("check.rs", import), recep, ("receipt.rs", "")]));
        let is_left = import.contains("Recep");
        assert_eq!(wrong.is_empty(), is_left, "{import}: {wrong:?}");
    }
    let exchange = made_up(&[("exchange.rs", "use crate::interchange::Event;"), ("interchange.rs", "")]);
    assert_eq!(wrong_imports(&exchange), ["exchange imports interchange"]);
}

#[test]
fn nom_and_rows_elsewhere_are_found() {
    let files = made_up(&[
        ("value/grammar.rs", "use nom::bytes;"),
        ("value/code.rs", "use nom as parsers; // nominal"),
        ("value/date.rs", "struct Nominal; // nom::bytes"),
        ("layout/table.rs", "segment! {\n    [1 . 2] An(3) \"name\",\n}"),
    ]);
    assert_eq!(users_of_nom(&files), ["value/code.rs", "value/grammar.rs"]);
    assert_eq!(files_with_rows(&files), ["layout/table.rs"]);
}
