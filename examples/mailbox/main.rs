//! A day at the mailbox of a practice, in two runs of one program over stored state: what came in is read in chunks and
//! answered, receipts and answers are matched with what was sent, and requests are sent.
//!
//! `cargo run --example mailbox -- STATE`, twice: STATE is a JSON file, made by the first run and read by the second.

use std::error::Error;
use std::fmt::Write as _;

use nhais_edifact::build::{AcceptanceItems, InterchangeBuilder, RequestedReason};
use nhais_edifact::chrono::{NaiveDate, NaiveDateTime};
use nhais_edifact::exchange::{Arrivals, Numbering, OpenRequests, TransactionNumbering};
use nhais_edifact::recep::{Answer, Outbox};
use nhais_edifact::transaction::{Acceptance, Address, Amendment, DeductionRequest, Removal};
use nhais_edifact::value::{AcceptanceCode, GpCode, Sex};
use nhais_edifact::{Decoder, Event, InterchangeHeader, Issue, ReadOptions, WriteOptions};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// What a practice keeps between two runs; with several HAs, numbers of interchanges and arrivals for each.
#[derive(Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    runs: u32,
    numbering: Numbering,
    transactions: TransactionNumbering,
    arrivals: Arrivals,
    outbox: Outbox,
    open: OpenRequests,
}

/// In the morning: a close quarter notification.
const MORNING: [&[u8]; 1] = [b"UNB+UNOA:2+ZQX1+KLM5+240402:0601+00044004'\n\
UNH+00067004+FHSREG:0:1:FH:FHS001'\nBGM+++507'\nNAD+FHS+ZQX:954'\nDTM+137:202404020559:203'\nDTM+206:20240331:102'\n\
RFF+950:F8'\nRFF+TN:10900004'\nGIS+Q:ZZZ'\nUNT+9+00067004'\nUNZ+1+00044004'"];

/// In the evening: the receipt of what was sent, with one line doubled and one missing, and an approval.
const EVENING: [&[u8]; 2] = [
    b"UNB+UNOA:2+ZQX1+KLM5+240402:1730+00044005++RECEP+++EDIFACT TRANSFER'\nUNH+00067005+RECEP:0:2:FH'\n\
BGM++600+243:202404021730:306+64'\nNHS+ZQX:819:201+7000015,T93:814:202'\nDTM+815:202404021728:306'\n\
RFF+MIS:00000002 CP'\nRFF+MIS:00000003 CP'\nRFF+MIS:00000003 CP'\nRFF+MIS:00000004 CP'\nRFF+RIS:00000002 OK:4'\n\
UNT+10+00067005'\nUNZ+1+00044005'",
    b"UNB+UNOA:2+ZQX1+KLM5+240402:1745+00044006'\nUNH+00067006+FHSREG:0:1:FH:FHS001'\nBGM+++507'\nNAD+FHS+ZQX:954'\n\
DTM+137:202404021744:203'\nRFF+950:F4'\nS01+1'\nRFF+TN:1'\nNAD+GP+7000015,T93:900'\nUNT+9+00067006'\nUNZ+1+00044006'",
];

fn main() -> Result<()> {
    let path = std::env::args().nth(1).ok_or("usage: mailbox STATE")?;
    let stored = if std::fs::exists(&path)? { Some(std::fs::read_to_string(&path)?) } else { None };
    let (stored, log) = run(stored.as_deref())?;
    print!("{log}");
    Ok(std::fs::write(path, stored)?)
}

/// A run: what is stored anew, and what it did.
pub(crate) fn run(stored: Option<&str>) -> Result<(String, String)> {
    let mut state: State = stored.map(serde_json::from_str).transpose()?.unwrap_or_default();
    let mut log = String::new();
    let is_morning = state.runs.is_multiple_of(2);
    let (hour, inbox) = if is_morning { (6, &MORNING[..]) } else { (18, &EVENING[..]) };
    let now = NaiveDate::from_ymd_opt(2024, 4, 2).and_then(|day| day.and_hms_opt(hour, 30, 0)).ok_or("no such time")?;
    for file in inbox {
        receive(&mut state, file, now, &mut log)?;
    }
    if is_morning {
        send(&mut state, now, &mut log)?;
    }
    for (sent, message) in state.outbox.pending_before(now) {
        let numbers: Vec<_> = message.transactions.iter().map(ToString::to_string).collect();
        writeln!(log, "not acknowledged since {}: transaction {}", sent.prepared, numbers.join(", "))?;
    }
    for request in state.open.iter() {
        writeln!(log, "not answered since {}: {} {}", request.prepared, request.transaction_type, request.key)?;
    }
    state.runs += 1;
    Ok((serde_json::to_string(&state)?, log))
}

/// Reads a file as it arrives, matches it with what was sent, and answers it.
fn receive(state: &mut State, file: &[u8], now: NaiveDateTime, log: &mut String) -> Result<()> {
    let (mut decoder, mut issues) = (Decoder::new(ReadOptions::default()), Vec::<Issue>::new());
    let (mut answer, mut header) = (Answer::default(), None);
    for chunk in file.chunks(100).chain([&b""[..]]) {
        let mut events = if chunk.is_empty() { decoder.finish() } else { decoder.feed(chunk) };
        loop {
            let event = events.next(&mut issues);
            match &event {
                Ok(Some(event)) => {
                    answer.take(event);
                    take(state, event, &mut header, log)?;
                }
                Ok(None) => {}
                Err(error) => answer.fail(error),
            }
            for issue in issues.drain(..) {
                writeln!(log, "{}: {issue}", issue.severity())?;
                answer.note(&issue);
            }
            if !matches!(event, Ok(Some(_))) {
                break;
            }
        }
    }
    if !answer.messages().is_empty() {
        answer.set_status(answer.status_by_meaning());
        let receipt = answer.receipt(now, &mut state.numbering)?.encode(&WriteOptions::default().as_received(true))?;
        writeln!(log, "receipt: {}", String::from_utf8(receipt)?.replace('\n', " "))?;
    }
    Ok(())
}

/// Takes in an event of what is received.
fn take(
    state: &mut State,
    event: &Event<'_>,
    header: &mut Option<InterchangeHeader<'static>>,
    log: &mut String,
) -> Result<()> {
    match (event, &header) {
        (Event::InterchangeHeader(new), _) => {
            writeln!(log, "interchange {}: {}", new.reference, state.arrivals.interchanges.take(&new.reference))?;
            *header = Some(new.clone().into_owned());
        }
        (Event::RegistrationHeader(heading), _) => drop(state.arrivals.messages.take(&heading.reference)),
        (Event::RecepHeader(heading), _) => drop(state.arrivals.messages.take(&heading.reference)),
        (Event::Transaction(transaction), Some(header)) => {
            for request in state.open.answered_by(header, transaction) {
                writeln!(log, "answered: {} {}", request.transaction_type, request.key)?;
            }
        }
        _ => {}
    }
    for finding in state.outbox.receive_event(event) {
        writeln!(log, "{finding}")?;
    }
    Ok(())
}

/// Sends four requests in one interchange.
fn send(state: &mut State, now: NaiveDateTime, log: &mut String) -> Result<()> {
    let (gp, today) = (GpCode::from("7000015,T93"), now.date());
    let items = AcceptanceItems {
        gp: gp.clone(),
        code: AcceptanceCode::Ordinary,
        accepted_on: today,
        surname: "O'DELL".into(),
        sex: Sex::Female,
        address: Address::of_road("14 ELDER WALK", "NEWTON ABBEY").postcode("ZZ9 9AA"),
    };
    let reason = RequestedReason::Embarkation;
    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now);
    builder.push(Acceptance::birth(items, "9990000018".into(), today).forename("IRIS").build()?)?;
    builder.push(Amendment::by_practice(gp.clone(), "9990000042".into()).surname("PIKE").build()?)?;
    builder.push(Removal::draft(gp.clone(), "9990000069".into(), "MOVED 40 MILES AWAY").build()?)?;
    builder.push(DeductionRequest::draft(gp, "9990000077".into(), reason, today).build()?)?;
    let options = WriteOptions::default();
    let sent = builder.finish(&mut state.numbering, &mut state.transactions, &options)?;
    state.outbox.sent(&sent.interchange);
    for (_, transaction) in sent.interchange.transactions() {
        state.open.insert(&sent.interchange.header, transaction);
    }
    Ok(writeln!(log, "sent: {} bytes", sent.bytes.len())?)
}
