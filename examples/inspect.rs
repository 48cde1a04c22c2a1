//! Shows what an interchange says.
//!
//! `cargo run --example inspect` decodes an interchange that stands below, prints an outline of it, writes it anew and
//! says whether the bytes are the same. With files (`-` for standard input) it does so for each.
//!
//! * `--json` prints one JSON document per file instead: the file, and of each interchange in it the model and the issues.
//! * `--strict` refuses what deviates, naming all of it.
//! * `--show-data` shows each issue with the segment it is about; this prints a patient's data.
//!
//! A file without an interchange is said to be one. Exit status: 0 if interchanges were shown and nothing was refused, 1 if there
//! were none or something was refused, 2 for bad usage or a file that cannot be read.

use std::io::Read;
use std::process::ExitCode;

use nhais_edifact::{Decoded, Error, ErrorKind, Interchange, Issue, Message, ReadOptions, WriteOptions};
use serde_json::{Value, json};

const EMBEDDED: &str = "\
UNB+UNOA:2+KLM5+ZQX1+240315:1010+00000106'
UNH+00000506+FHSREG:0:1:FH:FHS001'
BGM+++507'
NAD+FHS+ZQX:954'
DTM+137:202403151010:203'
RFF+950:G2'
S01+1'
RFF+TN:2007'
NAD+GP+7000015,T93:900'
HEA+DM+%:ZZZ'
FTX+RGI+++NOW AT O?'DELL HOUSE'
S02+2'
PNA+PAT+9990000050:OPI+++SU:GRANT-LEE+FO:MARIA'
NAD+PAT++O?'DELL HOUSE:3 PARK VIEW::NEWTON ABBEY:%+++++ZZ9  8DD'
UNT+14+00000506'
UNZ+1+00000106'
";

#[derive(Default)]
struct Arguments {
    json: bool,
    strict: bool,
    show_data: bool,
    files: Vec<String>,
}

fn main() -> ExitCode {
    let Some(arguments) = parse_arguments(std::env::args().skip(1)) else {
        eprintln!("usage: inspect [--json] [--strict] [--show-data] [FILE|-]…");
        return ExitCode::from(2);
    };
    let mut shown = vec![];
    if arguments.files.is_empty() {
        shown.push(inspect("(embedded)", EMBEDDED.as_bytes(), &arguments));
    }
    for file in &arguments.files {
        match read(file) {
            Ok(input) => shown.push(inspect(file, &input, &arguments)),
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::from(2);
            }
        }
    }
    let any = shown.iter().any(|shown| matches!(shown, Some(1..)));
    if any && shown.iter().all(Option::is_some) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn parse_arguments(words: impl Iterator<Item = String>) -> Option<Arguments> {
    let mut arguments = Arguments::default();
    for word in words {
        match word.as_str() {
            "--json" => arguments.json = true,
            "--strict" => arguments.strict = true,
            "--show-data" => arguments.show_data = true,
            "-" => arguments.files.push(word),
            option if option.starts_with('-') => return None,
            _ => arguments.files.push(word),
        }
    }
    Some(arguments)
}

fn read(file: &str) -> std::io::Result<Vec<u8>> {
    if file == "-" {
        let mut input = Vec::new();
        std::io::stdin().read_to_end(&mut input)?;
        return Ok(input);
    }
    std::fs::read(file)
}

/// Prints what a file says; gives how many interchanges were shown, `None` if something was refused.
fn inspect(file: &str, input: &[u8], arguments: &Arguments) -> Option<usize> {
    let text = |error: &Error| if arguments.show_data { error.show_data(input) } else { error.to_string() };
    let all = match Interchange::decode_all(input, &ReadOptions::default()) {
        Ok(all) if !arguments.strict || all.iter().all(Decoded::is_clean) => all,
        // Strict reading ends at the first of these.
        Ok(all) => {
            for issue in all.iter().flat_map(|decoded| &decoded.issues) {
                eprintln!("{file}: error: {}", text(issue.error()));
            }
            return None;
        }
        Err(error) => {
            eprintln!("{file}: error: {}", text(&error));
            if error.kind() != ErrorKind::NoInterchange {
                return None;
            }
            vec![]
        }
    };
    if arguments.json {
        println!("{}", document(file, &all));
        return Some(all.len());
    }
    println!("{file}");
    if all.is_empty() {
        println!("  no interchange");
        return Some(0);
    }
    for Decoded { interchange, issues } in &all {
        print_interchange(interchange);
        for issue in issues {
            println!("    {}: {} [{}]", issue.severity(), text(issue.error()), issue.kind().id());
        }
    }
    match write_anew(input, &all) {
        Ok(output) if output == input => println!("  written anew: the same {} bytes", input.len()),
        Ok(output) => println!("  written anew: {} bytes that differ from the {} read", output.len(), input.len()),
        Err(error) => println!("  cannot be written anew: {error}"),
    }
    Some(all.len())
}

fn document(file: &str, all: &[Decoded<'_>]) -> Value {
    let interchanges = all.iter().map(|Decoded { interchange, issues }| {
        json!({ "interchange": interchange, "issues": issues.iter().map(described).collect::<Value>() })
    });
    json!({ "file": file, "interchanges": interchanges.collect::<Value>() })
}

fn described(issue: &Issue) -> Value {
    let location = issue.location();
    json!({
        "id": issue.kind().id(),
        "severity": issue.severity(),
        "text": issue.to_string(),
        "interchange": location.interchange,
        "offset": location.offset,
        "segment": location.segment,
        "tag": location.tag.map(|tag| tag.to_string()),
        "element": location.element,
        "component": location.component,
        "message": location.message,
        "transaction": location.transaction,
    })
}

fn write_anew(input: &[u8], all: &[Decoded<'_>]) -> Result<Vec<u8>, Error> {
    let options = WriteOptions::default().line_breaks_of(input).as_received(true);
    let mut output = Vec::new();
    for (i, Decoded { interchange, .. }) in all.iter().enumerate() {
        let is_last = i + 1 == all.len();
        interchange.encode_into(&if is_last { options } else { options.final_break(true) }, &mut output)?;
    }
    Ok(output)
}

fn print_interchange(interchange: &Interchange<'_>) {
    let header = &interchange.header;
    println!("  interchange {} from {} to {}", header.reference, header.sender, header.recipient);
    print_fields(4, "", &serde_json::to_value(header).unwrap_or_default());
    for message in &interchange.messages {
        match message {
            Message::Registration(message) => {
                let kind = message.transactions.transaction_type();
                println!(
                    "    message {}: {}",
                    message.reference,
                    kind.map_or("of no type".into(), |kind| kind.to_string())
                );
            }
            Message::Recep(message) => println!("    receipt {}", message.reference),
            _ => println!("    message of another type"),
        }
        print_message(&serde_json::to_value(message).unwrap_or_default());
    }
    print_fields(
        4,
        "",
        &json!({ "outside messages": interchange.unrecognised, "before": interchange.leading, "after": interchange.trailing }),
    );
}

/// The fields of a message, each transaction under a heading of its own.
fn print_message(message: &Value) {
    let fields =
        message.as_object().into_iter().flat_map(|kinds| kinds.values()).filter_map(Value::as_object).flatten();
    for (name, value) in fields {
        if name != "transactions" {
            print_fields(6, name, value);
            continue;
        }
        for (code, list) in value.as_object().into_iter().flatten() {
            let list = list.get("list").unwrap_or(list).as_array();
            for (i, transaction) in list.into_iter().flatten().enumerate() {
                println!("      transaction {} ({code})", i + 1);
                print_fields(8, "", transaction);
            }
        }
    }
}

/// One line for each text in `value`, under the path that leads to it.
fn print_fields(indent: usize, path: &str, value: &Value) {
    let below = |name: &str| if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
    match value {
        Value::Null => {}
        Value::Object(fields) => fields.iter().for_each(|(name, value)| print_fields(indent, &below(name), value)),
        Value::Array(values) => values.iter().for_each(|value| print_fields(indent, path, value)),
        Value::String(text) => println!("{:indent$}{path}: {text}", ""),
        other => println!("{:indent$}{path}: {other}", ""),
    }
}
