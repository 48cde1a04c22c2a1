//! What this crate is measured at. Every function gives a number that depends on all of its work.

use std::collections::BTreeMap;
use std::hint::black_box;

use nhais_edifact::options::Limits;
use nhais_edifact::syntax::{SegmentDecoder, SegmentReader, Token};
use nhais_edifact::{
    Decoder, Error, Event, EventReader, Events, Interchange, Issue, Message, ReadOptions, WriteOptions,
};

use super::lut::Tally;

/// Limits that let a hostile input through, so that it is read to its end.
pub(crate) fn no_limits() -> Limits {
    let mut limits = Limits::default();
    limits.segment_length = 1 << 28;
    limits.components_per_segment = usize::MAX;
    limits.segments_per_transaction = usize::MAX;
    limits.transaction_length = usize::MAX;
    limits
}

/// Segments only.
pub(crate) fn scan(input: &[u8]) -> u64 {
    let mut reader = SegmentReader::new(input);
    let mut sum = 0;
    while let Some(segment) = reader.next_segment().expect("within limits") {
        sum += 1 + segment.raw().len() as u64;
    }
    sum
}

/// What [`scan`] gives.
pub(crate) fn scan_checksum(tally: &Tally, input: &[u8]) -> u64 {
    let breaks = input.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count() as u64;
    let unterminated = u64::from(!input.trim_ascii_end().ends_with(b"'"));
    tally.segments + input.len() as u64 - breaks - (tally.segments - unterminated)
}

/// Segments, each with its tag and three components by their index.
pub(crate) fn elements(input: &[u8]) -> u64 {
    let mut reader = SegmentReader::new(input);
    let mut sum = 0;
    while let Some(segment) = reader.next_segment().expect("within limits") {
        sum += u64::from(segment.tag().is_some());
        for (element, component) in [(1, 1), (2, 1), (1, 2)] {
            sum += segment.component(element, component).map_or(0, |component| component.raw().len() as u64);
        }
    }
    sum
}

/// The same from chunks.
pub(crate) fn elements_pushed(input: &[u8], chunk: usize) -> u64 {
    let mut decoder = SegmentDecoder::new();
    let mut sum = 0;
    for chunk in input.chunks(chunk) {
        let mut segments = decoder.feed(chunk);
        while let Some(segment) = segments.next_segment().expect("within limits") {
            sum += u64::from(segment.tag().is_some());
            for (element, component) in [(1, 1), (2, 1), (1, 2)] {
                sum += segment.component(element, component).map_or(0, |component| component.raw().len() as u64);
            }
        }
    }
    sum
}

/// What [`elements`] gives, by walking.
pub(crate) fn elements_checksum(input: &[u8]) -> u64 {
    let mut reader = SegmentReader::new(input);
    let mut sum = 0;
    while let Ok(Some(segment)) = reader.next_segment() {
        sum += 1;
        for (at, element) in segment.elements().take(2).enumerate() {
            let wanted = if at == 0 { 2 } else { 1 };
            sum += element.components().take(wanted).map(|component| component.raw().len() as u64).sum::<u64>();
        }
    }
    sum
}

/// Every component, element and segment.
pub(crate) fn tokens(input: &[u8], limits: Limits) -> Tally {
    let mut tally = Tally::default();
    let visited = SegmentReader::with_limits(input, limits).for_each_token(|token| match token {
        Token::Component(component) => tally.component(component.raw()),
        Token::DataElement(element) => tally.element(element.len()),
        Token::Segment(segment) => tally.segment(segment),
    });
    visited.expect("within limits");
    tally
}

/// The same, segment by segment.
pub(crate) fn components(input: &[u8], limits: Limits) -> Tally {
    let mut reader = SegmentReader::with_limits(input, limits);
    let mut tally = Tally::default();
    while let Some(segment) = reader.next_segment().expect("within limits") {
        let mut element = 0;
        for component in segment.components() {
            tally.component(component.raw());
            element += component.raw().len() + 1;
            if component.ends_element() {
                tally.element(element - 1);
                element = 0;
            }
        }
        tally.segment(segment.raw());
    }
    tally
}

/// How much an event counts: one for a transaction, a thousandth of that for anything else.
fn weight(event: &Event<'_>) -> u64 {
    if matches!(black_box(event), Event::Transaction(_)) { 1000 } else { 1 }
}

/// Events of a slice, up to the first error.
pub(crate) fn pull(input: &[u8], options: &ReadOptions) -> u64 {
    let mut reader = EventReader::new(input, options.clone());
    let mut sum = 0;
    while let Ok(Some(event)) = &reader.next_event(&mut ()) {
        sum += weight(event);
    }
    sum
}

/// Events of chunks, up to the first error.
pub(crate) fn push(input: &[u8], chunk: usize, options: &ReadOptions) -> u64 {
    let mut decoder = Decoder::new(options.clone());
    let mut sum = 0;
    for chunk in input.chunks(chunk) {
        if drain(decoder.feed(chunk), &mut sum).is_err() {
            return sum;
        }
    }
    // An error ends the events here too.
    let _ = drain(decoder.finish(), &mut sum);
    sum
}

fn drain(mut events: Events<'_>, sum: &mut u64) -> Result<(), Error> {
    while let Some(event) = &events.next(&mut ())? {
        *sum += weight(event);
    }
    Ok(())
}

/// What reading an input to its end comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Survey {
    pub(crate) transactions: u64,
    /// Lines of receipts.
    pub(crate) receipts: u64,
    /// How many findings of each kind.
    pub(crate) findings: BTreeMap<&'static str, u64>,
}

/// Counts what stands in an input and what is found in it.
pub(crate) fn survey(input: &[u8], options: &ReadOptions) -> Survey {
    let mut survey = Survey::default();
    let mut findings = BTreeMap::new();
    let mut reader = EventReader::new(input, options.clone());
    let mut sink = |issue: Issue| *findings.entry(issue.kind().id()).or_default() += 1;
    while let Some(event) = reader.next_event(&mut sink).expect("within limits") {
        survey.transactions += u64::from(matches!(event, Event::Transaction(_)));
        survey.receipts += u64::from(matches!(event, Event::MessageReceipt(_) | Event::InterchangeReceipt(_)));
    }
    survey.findings = findings;
    survey
}

/// All interchanges of an input.
pub(crate) fn decode_all<'a>(input: &'a [u8], options: &ReadOptions) -> Vec<Interchange<'a>> {
    let decoded = Interchange::decode_all(input, options).expect("valid interchanges");
    decoded.into_iter().map(|decoded| decoded.interchange).collect()
}

/// How many transactions they hold.
pub(crate) fn all_transactions(interchanges: &[Interchange<'_>]) -> u64 {
    interchanges.iter().map(transactions).sum()
}

/// Writes interchanges into a buffer that has been used before.
pub(crate) fn encode_all(interchanges: &[Interchange<'_>], options: &WriteOptions, out: &mut Vec<u8>) -> u64 {
    out.clear();
    for interchange in interchanges {
        interchange.encode_into(options, out).expect("a valid interchange");
    }
    black_box(&*out).len() as u64
}

/// The whole interchange.
pub(crate) fn decode<'a>(input: &'a [u8], options: &ReadOptions) -> Interchange<'a> {
    Interchange::decode_with(input, options).expect("a valid interchange").interchange
}

/// How many transactions an interchange holds.
pub(crate) fn transactions(interchange: &Interchange<'_>) -> u64 {
    let count = |message: &Message<'_>| match message {
        Message::Registration(message) => message.transactions.len() as u64,
        _ => 0,
    };
    black_box(interchange).messages.iter().map(count).sum()
}

/// Writes an interchange into a buffer that has been used before.
pub(crate) fn encode(interchange: &Interchange<'_>, out: &mut Vec<u8>) -> u64 {
    out.clear();
    interchange.encode_into(&WriteOptions::default(), out).expect("a valid interchange");
    black_box(&*out).len() as u64
}
