//! Does what the NHS's own adaptor does: turns FHIR into interchanges for an HA, and interchanges of an HA into FHIR.
//!
//! `cargo run --example adaptor -- to-edifact --interchange N --message N --transaction N --at CCYYMMDDHHMM
//! [--translated CCYYMMDDHHMM] [--as-received] KIND FILE.json` prints an interchange; `KIND` is `acceptance`, `amendment`,
//! `removal` or `deduction`. What may not be sent is refused, or written with `--as-received` and reported.
//!
//! `cargo run --example adaptor -- to-fhir FILE.edifact` prints a JSON document per transaction, one per line. A close
//! quarter notification has none, and the numbers and times of an interchange have no place in a document.
//!
//! Both sides are JSON, since models are serialized: `mapping.txt` says which item is which, for both directions. What is
//! not in it is refused.
//!
//! What is found goes to standard error. If anything cannot be mapped or may not be sent, nothing is printed, and the exit
//! status is 1.

mod inbound;
mod mapping;
mod outbound;

use std::{env, error::Error, fs, io, io::Write, process::ExitCode};

use chrono::NaiveDateTime;
use nhais_edifact::Issue;
use nhais_edifact::exchange::Numbering;
use nhais_edifact::value::{InterchangeSequence, MessageSequence, TransactionSequence};
use outbound::Envelope;

const USAGE: &str = "usage: adaptor to-edifact --interchange N --message N --transaction N --at CCYYMMDDHHMM
               [--translated CCYYMMDDHHMM] [--as-received] acceptance|amendment|removal|deduction FILE.json
       adaptor to-fhir FILE.edifact";

/// The kinds of documents, and the codes of their transaction types.
const KINDS: [(&str, &str); 4] = [("acceptance", "G1"), ("amendment", "G2"), ("removal", "G3"), ("deduction", "G5")];

/// What is to be printed.
type Output = Result<Vec<u8>, Box<dyn Error>>;

fn main() -> ExitCode {
    let mut findings = Vec::new();
    let output = run(&env::args().skip(1).collect::<Vec<_>>(), &mut findings);
    findings.drain(..).for_each(|issue| eprintln!("{issue}"));
    match output.and_then(|output| Ok(io::stdout().write_all(&output)?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

pub(crate) fn run(arguments: &[String], findings: &mut Vec<Issue>) -> Output {
    match arguments {
        [command, file] if command == "to-fhir" => inbound::to_fhir(&fs::read(file)?, findings),
        [command, arguments @ ..] if command == "to-edifact" => {
            let (envelope, file) = envelope(arguments.iter()).ok_or(USAGE)?;
            outbound::to_edifact(&serde_json::from_slice(&fs::read(file)?)?, envelope, findings)
        }
        _ => Err(USAGE.into()),
    }
}

/// The envelope, and the file of the document.
fn envelope<'a>(mut arguments: impl Iterator<Item = &'a String>) -> Option<(Envelope, &'a String)> {
    let (mut interchange, mut message, mut transaction) = (None, None, None);
    let (mut at, mut translated, mut as_received, mut words) = (None, None, false, vec![]);
    let time = |at: &String| NaiveDateTime::parse_from_str(at, "%Y%m%d%H%M").ok().filter(|_| at.len() == 12);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--interchange" => interchange = Some(InterchangeSequence::new(arguments.next()?.parse().ok()?).ok()?),
            "--message" => message = Some(MessageSequence::new(arguments.next()?.parse().ok()?).ok()?),
            "--transaction" => transaction = Some(TransactionSequence::new(arguments.next()?.parse().ok()?).ok()?),
            "--at" => at = Some(time(arguments.next()?)?),
            "--translated" => translated = Some(time(arguments.next()?)?),
            "--as-received" => as_received = true,
            option if option.starts_with('-') => return None,
            _ => words.push(argument),
        }
    }
    let &[kind, file] = &words[..] else { return None };
    let (_, code) = KINDS.iter().find(|(name, _)| name == kind)?;
    let numbering = Numbering::from_next(interchange?, message?);
    let (transaction, prepared, translated) = (transaction?, at?, translated.or(at)?);
    Some((Envelope { code, numbering, transaction, prepared, translated, as_received }, file))
}
