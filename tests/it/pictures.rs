//! The pictures of the documentation are those that the example `pictures` draws, and show what the crate and its benches say.

#[allow(dead_code, reason = "the example has a main function")]
#[path = "../../examples/pictures/main.rs"]
mod drawing;

use std::fs;
use std::path::{Path, PathBuf};

use nhais_edifact::reference;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// To write them anew: `NHAIS_EDIFACT_WRITE=1 cargo test pictures_are_those_that_are_drawn`, or `cargo run --example pictures`.
#[test]
fn pictures_are_those_that_are_drawn() {
    let drawn = drawing::all();
    for (name, text) in &drawn {
        let path = folder("docs/pictures").join(name);
        if std::env::var_os("NHAIS_EDIFACT_WRITE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == *text, "docs/pictures/{name} is stale: see the comment above this test");
    }
    assert_eq!(fs::read_dir(folder("docs/pictures")).unwrap().count(), drawn.len(), "a picture is no longer drawn");
}

#[test]
fn every_type_that_is_sent_is_in_the_conversation() {
    let drawn = drawing::conversation::CONVERSATIONS.iter().flat_map(|(_, sent)| *sent);
    let drawn: Vec<_> = drawn.map(|(code, _)| *code).collect();
    for entry in reference::transaction_types() {
        assert_eq!(
            drawn.contains(&entry.transaction_type.as_str()),
            !entry.is_obsolete,
            "{:?}",
            entry.transaction_type
        );
    }
}

/// The cells of the row with this name, in the table below this line.
fn row<'t>(page: &'t str, table: &str, name: &str) -> Vec<&'t str> {
    let mut lines = page.lines().skip_while(|line| !line.starts_with(table)).skip(1);
    let row = lines.find(|line| line.split('|').nth(1).is_some_and(|cell| cell.trim() == name));
    row.unwrap_or_else(|| panic!("{table}: {name}")).split('|').map(str::trim).collect()
}

#[test]
fn speeds_are_those_of_the_benches() {
    let page = fs::read_to_string(folder("benches/README.md")).unwrap();
    let figures = fs::read_to_string(folder("examples/pictures/figures.txt")).unwrap();
    for figure in figures.lines().filter(|line| !line.starts_with('#')) {
        let [_, _, ratio, name, table] = figure.split(" | ").collect::<Vec<_>>().try_into().unwrap();
        assert!(row(&page, table, name).contains(&ratio), "{figure}");
    }
}
