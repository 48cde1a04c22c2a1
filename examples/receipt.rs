//! Writes the receipt of a received interchange to standard output.
//!
//! `cargo run --example receipt -- --at CCYYMMDDHHMM --interchange N --message N FILE`, with the time that the receipt
//! states and the next numbers of the one who answers. What deviates goes to standard error. Where a message failed,
//! `--status OK`, `NA` or `ER` chooses the status of the interchange; without it the meanings of the codes do.

use std::error::Error;
use std::io::{Read, Write};
use std::process::ExitCode;

use chrono::NaiveDateTime;
use nhais_edifact::exchange::Numbering;
use nhais_edifact::recep::Answer;
use nhais_edifact::value::{InterchangeSequence, InterchangeStatus, MessageSequence};
use nhais_edifact::{Event, EventReader, Issue, ReadOptions, WriteOptions};

const USAGE: &str = "usage: receipt --at CCYYMMDDHHMM --interchange N --message N [--status OK|NA|ER] FILE|-";

struct Arguments {
    at: NaiveDateTime,
    numbering: Numbering,
    status: Option<InterchangeStatus>,
    file: String,
}

fn main() -> ExitCode {
    let Some(arguments) = arguments(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match receipt(arguments).and_then(|receipt| Ok(std::io::stdout().write_all(&receipt)?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn arguments(mut given: impl Iterator<Item = String>) -> Option<Arguments> {
    let (mut at, mut interchange, mut message, mut status, mut file) = (None, None, None, None, None);
    while let Some(argument) = given.next() {
        match argument.as_str() {
            "--at" => at = NaiveDateTime::parse_from_str(&given.next()?, "%Y%m%d%H%M").ok(),
            "--interchange" => interchange = InterchangeSequence::new(given.next()?.parse().ok()?).ok(),
            "--message" => message = MessageSequence::new(given.next()?.parse().ok()?).ok(),
            "--status" => {
                status = Some(Some(InterchangeStatus::from(given.next()?)).filter(InterchangeStatus::is_known)?);
            }
            _ if file.is_none() => file = Some(argument),
            _ => return None,
        }
    }
    Some(Arguments { at: at?, numbering: Numbering::from_next(interchange?, message?), status, file: file? })
}

fn receipt(mut arguments: Arguments) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut input = Vec::new();
    match arguments.file.as_str() {
        "-" => std::io::stdin().read_to_end(&mut input)?,
        file => std::fs::File::open(file)?.read_to_end(&mut input)?,
    };
    let answers = answers(&input);
    let mut written = Vec::new();
    for (i, mut answer) in answers.into_iter().enumerate() {
        if i > 0 {
            written.push(b'\n');
        }
        let status = arguments.status.clone().unwrap_or_else(|| answer.status_by_meaning());
        answer.set_status(status);
        let receipt = answer.receipt(arguments.at, &mut arguments.numbering)?;
        // A receipt quotes what was received, though it might not be sent otherwise.
        let options = WriteOptions::default().as_received(true);
        receipt.encode_with(&options, &mut |issue| eprintln!("receipt: {issue}"), &mut written)?;
    }
    Ok(written)
}

/// An answer to each interchange of the input.
fn answers(input: &[u8]) -> Vec<Answer> {
    let mut answers = vec![Answer::default()];
    let mut issues: Vec<Issue> = Vec::new();
    let mut reader = EventReader::new(input, ReadOptions::default());
    loop {
        let event = reader.next_event(&mut issues);
        if matches!(event, Ok(Some(Event::InterchangeHeader(_)))) && answers[0].is_begun() {
            answers.push(Answer::default());
        }
        let last = answers.len() - 1;
        let answer = &mut answers[last];
        match event {
            Ok(Some(event)) => answer.take(&event),
            Ok(None) => return answers,
            Err(error) => {
                eprintln!("error: {error}");
                answer.fail(&error);
                return answers;
            }
        }
        for issue in issues.drain(..) {
            eprintln!("{issue}");
            answer.note(&issue);
        }
    }
}
