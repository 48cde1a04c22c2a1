//! Reads a file in chunks, pushes them into the decoder, and prints what went by as one JSON object.
//!
//! `cargo run --example stream -- [--chunk BYTES] FILE|-`: `bytes`, `interchanges`, `messages`, `transactions` (a count
//! per type), `receipts`, `issues`, `peak_buffer_bytes`.

use std::collections::BTreeMap;
use std::io::Read;
use std::process::ExitCode;

use nhais_edifact::{Decoder, Error, Event, Issue, ReadOptions};
use serde_json::json;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let parsed = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [file] if !file.starts_with("--") => Some((16_384, file)),
        ["--chunk", bytes, file] => bytes.parse().ok().filter(|bytes| *bytes > 0).map(|bytes: usize| (bytes, file)),
        _ => None,
    };
    let Some((chunk, file)) = parsed else {
        eprintln!("usage: stream [--chunk BYTES] FILE|-");
        return ExitCode::from(2);
    };
    let reader: Box<dyn Read> = match file {
        "-" => Box::new(std::io::stdin().lock()),
        _ => match std::fs::File::open(file) {
            Ok(file) => Box::new(file),
            Err(error) => {
                eprintln!("{file}: {error}");
                return ExitCode::from(2);
            }
        },
    };
    match stream(reader, chunk) {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(Failure::Read(error)) => {
            eprintln!("{file}: {error}");
            ExitCode::from(2)
        }
        Err(Failure::Decode(error)) => {
            eprintln!("{file}: error: {error}");
            ExitCode::FAILURE
        }
    }
}

enum Failure {
    Read(std::io::Error),
    Decode(Error),
}

#[derive(Default)]
struct Counts {
    interchanges: u64,
    messages: u64,
    transactions: BTreeMap<String, u64>,
    receipts: u64,
    issues: u64,
    /// The type of the message that is being read.
    transaction_type: String,
}

impl Counts {
    fn count(&mut self, event: &Event<'_>) {
        match event {
            Event::InterchangeHeader(_) => self.interchanges += 1,
            Event::RegistrationHeader(header) => {
                self.messages += 1;
                self.transaction_type.clear();
                self.transaction_type.push_str(header.transaction_type.as_ref().map_or("none", |code| code.as_str()));
            }
            Event::RecepHeader(_) | Event::OtherHeader(_) => self.messages += 1,
            Event::Transaction(_) => match self.transactions.get_mut(&self.transaction_type) {
                Some(count) => *count += 1,
                None => drop(self.transactions.insert(self.transaction_type.clone(), 1)),
            },
            Event::MessageReceipt(_) => self.receipts += 1,
            _ => {}
        }
    }
}

fn stream(mut reader: Box<dyn Read>, chunk: usize) -> Result<serde_json::Value, Failure> {
    let mut decoder = Decoder::new(ReadOptions::default());
    let mut counts = Counts::default();
    let mut buffer = vec![0; chunk];
    let (mut bytes, mut peak) = (0, 0);
    loop {
        let read = match reader.read(&mut buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            read => read.map_err(Failure::Read)?,
        };
        let mut events = if read == 0 { decoder.finish() } else { decoder.feed(&buffer[..read]) };
        bytes += read;
        let mut issues = 0;
        while let Some(event) = events.next(&mut |_: Issue| issues += 1).map_err(Failure::Decode)? {
            counts.count(&event);
        }
        drop(events);
        peak = peak.max(decoder.buffer_bytes());
        counts.issues += issues;
        if read == 0 {
            return Ok(json!({
                "bytes": bytes,
                "interchanges": counts.interchanges,
                "messages": counts.messages,
                "transactions": counts.transactions,
                "receipts": counts.receipts,
                "issues": counts.issues,
                "peak_buffer_bytes": peak,
            }));
        }
    }
}
