//! Decodes a file and writes it anew to standard output, with the line breaks of the input.
//!
//! `cargo run --example roundtrip -- FILE` goes through the typed model: counts and references are computed, everything
//! else is written as it was received. `--syntax` copies segment by segment, which gives the same bytes for any input.

use std::io::{Read, Write};
use std::process::ExitCode;

use nhais_edifact::syntax::SegmentReader;
use nhais_edifact::{Decoded, Error, Interchange, ReadOptions, WriteOptions};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (copy, file) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--syntax", file] | [file, "--syntax"] => (true, file),
        [file] if file != "--syntax" => (false, file),
        _ => {
            eprintln!("usage: roundtrip [--syntax] FILE|-");
            return ExitCode::from(2);
        }
    };
    let input = match read(file) {
        Ok(input) => input,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    let output = if copy { copy_segments(&input) } else { write_anew(&input) };
    match output {
        Ok(output) if std::io::stdout().write_all(&output).is_ok() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(2),
        Err(error) => {
            eprintln!("{file}: error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn read(file: &str) -> std::io::Result<Vec<u8>> {
    if file == "-" {
        let mut input = Vec::new();
        std::io::stdin().read_to_end(&mut input)?;
        return Ok(input);
    }
    std::fs::read(file)
}

fn write_anew(input: &[u8]) -> Result<Vec<u8>, Error> {
    let options = WriteOptions::default().line_breaks_of(input).as_received(true);
    let between = options.final_break(true);
    let all = Interchange::decode_all(input, &ReadOptions::default())?;
    let mut output = Vec::new();
    for (i, Decoded { interchange, .. }) in all.iter().enumerate() {
        let is_last = i + 1 == all.len();
        interchange.encode_into(if is_last { &options } else { &between }, &mut output)?;
    }
    Ok(output)
}

fn copy_segments(input: &[u8]) -> Result<Vec<u8>, Error> {
    let mut output = Vec::with_capacity(input.len());
    let mut reader = SegmentReader::new(input);
    while let Some(segment) = reader.next_segment()? {
        output.extend_from_slice(&input[output.len()..][..segment.len_with_gap()]);
    }
    output.extend_from_slice(reader.trailing());
    Ok(output)
}
