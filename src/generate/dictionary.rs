//! The dictionary of the fuzz targets, from the tables and the code lists.

use std::collections::BTreeSet;
use std::path::Path;
use std::string::String;
use std::vec::Vec;
use std::{env, format, fs};

use crate::segment::ALL;
use crate::table::Format;
use crate::value::{
    AcceptanceCode, AcceptanceType, DeductionReason, DrugsMarker, IdentifierQualifier, InterchangeStatus,
    MessageStatus, RouteMarker, Sex, TransactionType,
};

/// Service string advices, and words with a meaning of their own.
const WORDS: &[&str] = &[
    "UNA:+.? '",
    "UNA;*.!~#",
    "UNA:+.  '",
    "UNA:+.? \n",
    "UNA\x1f\x1d.  \x1c",
    "??",
    "?'",
    "?+",
    "?:",
    "%",
    "'\r\n",
    "\u{ef}\u{bb}\u{bf}",
    "9990000018",
    "7000015,T93",
    "ZZ9  9AA",
    "00000001",
    "20240229",
    "20240231",
    "202402292359",
];

/// The words between quotes, as libFuzzer reads them: bytes beyond printable ASCII as `\xHH`.
fn quoted(word: &str) -> String {
    let escaped = word.chars().map(|character| match character {
        '"' | '\\' => format!("\\{character}"),
        ' '..='~' => format!("{character}"),
        other => format!("\\x{:02x}", u32::from(other)),
    });
    format!("\"{}\"\n", escaped.collect::<String>())
}

/// A segment up to its first value, and its constants with the separator before each.
fn words_of_tables() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for layout in ALL {
        words.insert(format!("'{}", layout.name));
        for row in layout.rows.iter().filter(|row| row.format == Format::Constant) {
            let separator = if row.component > 1 { ':' } else { '+' };
            words.insert(format!("{separator}{}", row.name));
        }
        for row in layout.rows {
            if let Format::Date(format) | Format::DateTime(format) | Format::Qualified(_, format) = row.format {
                words.insert(format!(":{format}"));
            }
        }
    }
    words
}

fn words_of_codes() -> BTreeSet<String> {
    macro_rules! all {
        ($($type:ident),+) => {
            [$($type::ALL.iter().map(|code| String::from(code.as_str())).collect::<Vec<_>>()),+].concat()
        };
    }
    let codes: Vec<String> = all!(
        AcceptanceCode,
        AcceptanceType,
        DeductionReason,
        DrugsMarker,
        IdentifierQualifier,
        InterchangeStatus,
        MessageStatus,
        RouteMarker,
        Sex,
        TransactionType
    );
    // One character alone a fuzzer finds by itself.
    codes.into_iter().filter(|code| code.len() > 1).collect()
}

fn dictionary() -> String {
    let parts = [
        ("segments and constants, from the tables in src/segment", words_of_tables()),
        ("codes, from src/value/code.rs", words_of_codes()),
        ("service characters and values", WORDS.iter().map(|word| String::from(*word)).collect()),
    ];
    let part = |(title, words): &(&str, BTreeSet<String>)| {
        format!("# {title}\n{}", words.iter().map(|word| quoted(word)).collect::<String>())
    };
    parts.iter().map(part).collect()
}

/// To write it anew: `NHAIS_EDIFACT_WRITE=1 cargo test dictionary`.
#[test]
fn dictionary_of_the_fuzz_targets_is_that_of_the_tables() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/dictionary");
    if env::var_os("NHAIS_EDIFACT_WRITE").is_some() {
        fs::write(&path, dictionary()).expect("the dictionary can be written");
    }
    let committed = fs::read_to_string(&path).expect("there is a dictionary");
    assert!(committed == dictionary(), "tests/support/dictionary is stale: see the comment above this test");
}
