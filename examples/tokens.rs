//! Prints the tokens of EDIFACT files: one JSON array per segment, the tag, then each data element as the list of its
//! components, release characters resolved, one character per byte (ISO 8859-1).
//!
//! `cargo run --example tokens -- FILE…` (`-` for standard input). Any EDIFACT of syntax versions 1 to 3 will do, with
//! envelope or without.

use std::io::{Read, Write};
use std::process::ExitCode;

use nhais_edifact::syntax::{Components, Segment, SegmentReader};

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: tokens FILE…");
        return ExitCode::from(2);
    }
    for file in files {
        let input = match read(&file) {
            Ok(input) => input,
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::from(2);
            }
        };
        if let Err(error) = print_tokens(&input) {
            eprintln!("{file}: error: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn read(file: &str) -> std::io::Result<Vec<u8>> {
    if file == "-" {
        let mut input = Vec::new();
        std::io::stdin().read_to_end(&mut input)?;
        return Ok(input);
    }
    std::fs::read(file)
}

fn print_tokens(input: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut reader = SegmentReader::new(input);
    while let Some(segment) = reader.next_segment()? {
        if !segment.is_empty() {
            writeln!(out, "{}", tokens(&segment))?;
        }
    }
    out.flush()?;
    Ok(())
}

fn tokens(segment: &Segment<'_, '_>) -> String {
    let mut tag = segment.tag_text().into_inner().into_owned();
    for counter in segment.nesting() {
        tag.push(':');
        tag.push_str(&counter.text());
    }
    let mut tokens = vec![serde_json::Value::from(tag)];
    tokens.extend(segment.elements().map(|element| texts(element.components())));
    serde_json::Value::from(tokens).to_string()
}

fn texts(components: Components<'_, '_>) -> serde_json::Value {
    components.map(|component| component.text().into_inner().into_owned()).collect()
}
