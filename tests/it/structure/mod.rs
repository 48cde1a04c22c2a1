//! The shape of the crate, as CONTRIBUTING.md and DESIGN.md have it: levels import only to the left, no files import each
//! other in a circle, nom stays where the grammars are, and positions stand in tables.

mod sources;

use std::fs;
use std::ops::Range;
use std::path::Path;

use sources::{Files, Modules, code};

use crate::files;

/// The levels from left to right; those of one level know nothing of each other.
const LEVELS: [&[&str]; 9] = [
    &["syntax"],
    &["value"],
    &["table"],
    &["segment"],
    &["transaction", "receipt"],
    &["check"],
    &["interchange", "exchange"],
    &["recep"],
    &["build", "generate", "reference", "guide"],
];

/// What serves all levels, and knows at most the first.
const SERVING: [&str; 6] = ["error", "issue", "options", "byte_source", "cost", "render"];

fn all_sources() -> Files {
    let root = files::root().join("src");
    let files = files::files_with(&root, "rs");
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

/// The tables of segments in some code.
fn tables(code: &str) -> impl Iterator<Item = Range<usize>> {
    code.match_indices("segment! {").map(|(at, _)| at..sources::behind_brace(code, at))
}

/// Whether a file holds a table with rows.
fn has_table(text: &str) -> bool {
    let code = code(text);
    tables(&code).any(|table| code[table].contains(" . "))
}

/// The words of some code, and the characters between them but blanks.
fn tokens(code: &str) -> Vec<&str> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let ends = code.char_indices().zip(code.chars().skip(1).chain([' ']));
    let ends = ends.filter(|((_, one), next)| !is_word(*one) || !is_word(*next));
    let mut start = 0;
    let tokens = ends.map(|((at, one), _)| {
        let token = &code[start..at + one.len_utf8()];
        start = at + one.len_utf8();
        token
    });
    tokens.filter(|token| !token.trim().is_empty()).collect()
}

/// The number that a token is.
fn number(token: Option<&&str>) -> Option<u32> {
    token.and_then(|token| token.parse().ok())
}

/// Positions that stand outside tables: two numbers, as in `component(2, 1)` and `[2 . 1]`, and rows that are counted, as in
/// `rows[5]`, `rows.value::<5>` and `let [ha, gp] = Nhs::LAYOUT.rows else`. Three numbers are something else, a date perhaps;
/// so is an array.
fn positions(text: &str) -> Vec<String> {
    let code = code(text);
    let mut rest = code.clone();
    tables(&code).for_each(|table| rest.replace_range(table.clone(), &" ".repeat(table.len())));
    let tokens = tokens(&rest);
    let is_place = |at: usize| number(tokens.get(at)).is_some_and(|number| (1..100).contains(&number));
    let is_pair = |at: usize| {
        let between = |start, middle, end| {
            at >= 1 && tokens[at - 1] == start && tokens[at + 1] == middle && tokens.get(at + 3) == Some(&end)
        };
        let goes_on = tokens.get(at + 3) == Some(&",") && number(tokens.get(at + 4)).is_some();
        let went_on = at >= 2 && tokens[at - 1] == "," && number(tokens.get(at - 2)).is_some();
        let is_list = tokens[at + 1] == "," && !goes_on && !went_on && !between("[", ",", "]");
        is_place(at) && is_place(at + 2) && (between("[", ".", "]") || is_list)
    };
    let is_counted = |at: usize| {
        tokens[at] == "rows"
            && match tokens[at + 1..] {
                ["[" | "else", ..] => true,
                [".", method, ..] if method.starts_with("first") || method == "last" => true,
                [".", _, ":", ":", "<", ..] => number(tokens.get(at + 6)).is_some(),
                _ => false,
            }
    };
    let found = (0..tokens.len().saturating_sub(2)).filter(|at| is_pair(*at) || is_counted(*at));
    found.map(|at| tokens[at.saturating_sub(4)..tokens.len().min(at + 4)].join(" ")).collect()
}

/// Files of the levels that know the tables in which positions stand outside of these.
fn files_with_positions(files: &Files) -> Vec<&str> {
    let level = |file: &str| level_of(&file.trim_end_matches(".rs").replace('/', "::"));
    let files = files.iter().filter(|(file, _)| *file != "lib.rs" && level(file) > level_of("table"));
    files.filter(|(_, text)| !positions(text).is_empty()).map(|(file, _)| file.as_str()).collect()
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

/// Files that still count elements, components or rows.
const COUNTING: [&str; 7] = [
    "interchange/framer.rs",
    "interchange/grammar.rs",
    "interchange/trailer.rs",
    "segment/address.rs",
    "segment/person.rs",
    "segment/receipt.rs",
    "segment/service.rs",
];

#[test]
fn positions_are_written_in_tables_only() {
    let files = all_sources();
    let tables: Vec<_> = files.iter().filter(|(_, text)| has_table(text)).map(|(file, _)| file).collect();
    assert!(tables.len() > 3, "the tables are not where they should be");
    assert!(tables.iter().all(|file| file.starts_with("segment/")), "{tables:?} have tables");
    let counting = files_with_positions(&files);
    let places = |file: &&&str| !COUNTING.contains(*file);
    let others: Vec<_> = counting.iter().filter(places).map(|file| (file, positions(&files[*file]))).collect();
    assert!(others.is_empty(), "{others:#?}");
    assert_eq!(counting, COUNTING, "those that no longer count need not be named");
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
        ("lib.rs", "mod value; mod table;"),
        ("value.rs", "use crate::table::Row;"),
        ("table.rs", "use crate::value::Value; pub(crate) struct Row;"),
    ]);
    assert_eq!(circles, [["table", "value"]]);
}

#[test]
fn a_circle_through_exports_and_super_is_found() {
    let circles = circles_of(&[
        ("lib.rs", "pub mod table; pub use table::Key;"),
        ("table/mod.rs", "mod key; mod read; mod write; pub use {key::Key, read::{Reader as Source, other}};"),
        ("table/key.rs", "pub struct Key;"),
        ("table/read.rs", "use super::Key; fn read() { super::write::write() }"),
        ("table/write.rs", "use crate::{Key, table::Source};"),
    ]);
    assert_eq!(circles, [["table::read", "table::write"]]);
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
        ("table.rs", "macro_rules! group { () => { $crate::segment::Row } }"),
        ("segment.rs", "use crate::table::group;"),
    ]);
    assert_eq!(circles, [["segment", "table"]]);
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
fn nom_elsewhere_is_found() {
    let files = made_up(&[
        ("value/grammar.rs", "use nom::bytes;"),
        ("value/code.rs", "use nom as parsers; // nominal"),
        ("value/date.rs", "struct Nominal; // nom::bytes"),
    ]);
    assert_eq!(users_of_nom(&files), ["value/code.rs", "value/grammar.rs"]);
}

#[test]
fn positions_outside_tables_are_found() {
    let table =
        "segment! {\n    /// A table.\n    Gp = \"NAD+GP\" { [2 . 1] An(17) \"the GP code\", [2 . 2] = \"900\" }\n}";
    assert!(has_table(table) && !has_table("segment! {}"));
    for none in [
        "from_ymd_opt(2024, 3, 18)",
        "(1..=5)",
        "[1, 2, 3]",
        "take(0, 1)",
        "rows.iter()",
        "(7, true)",
        "// component(2, 1)",
        "f(\"[2 . 1]\")",
        "#[cfg(test)] mod tests { fn f() { component(2, 1) } }",
        "x.0.1",
    ] {
        let text = format!("{table}\nfn f() {{ {none}; }}");
        assert_eq!(positions(&text), [""; 0], "{none}");
    }
    for one in [
        "segment.component(2, 1)",
        "refuse_component(kind, Type::LAYOUT, 1, 2)",
        "report_in(unit, key, (2, 1), kind)",
        "(element, component) == (1, 1)",
        "require!(Patient [5 . 2] \"the surname\")",
        "rows[5]",
        "Fhs::LAYOUT.rows.first()",
        "rows.value::<5>(place)",
        "rows.item::<0>(place)",
        "let [ha, gp] = Nhs::LAYOUT.rows else { return }",
    ] {
        let text = format!("fn f() {{ {one}; }}\n{table}");
        assert_eq!(positions(&text).len(), 1, "{one}");
        let files = made_up(&[("check/rules.rs", &text), ("table/read.rs", &text), ("segment/service.rs", table)]);
        assert_eq!(files_with_positions(&files), ["check/rules.rs"]);
    }
}
