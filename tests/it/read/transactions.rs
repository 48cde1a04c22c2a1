//! Where one transaction ends and the next begins.

use nhais_edifact::syntax::RawSegment;
use nhais_edifact::transaction::Transactions;
use nhais_edifact::{Event, EventReader, ReadOptions};

use crate::wire::*;

/// docs/failures.md#case-7
#[test]
fn s01_begins_the_next_transaction() {
    // Transactions are cut at RFF+TN, so S01 goes to the one before.
    let body = [REMOVAL, &["S01+1", "RFF+TN:2010"], &REMOVAL[2..]].concat();
    let input = registration("G3", &body);
    let mut events = EventReader::new(input.as_bytes(), ReadOptions::strict());
    let mut begins = Vec::new();
    while let Some(event) = events.next_event(&mut ()).unwrap() {
        if let Event::Transaction(transaction) = event {
            let offset = usize::try_from(events.offset()).unwrap();
            begins.push((transaction.number().unwrap().number(), input[offset..].starts_with("S01+1'")));
        }
    }
    assert_eq!(begins, [(Some(2009), true), (Some(2010), true)]);
}

/// docs/failures.md#case-7
#[test]
fn unknown_transactions_begin_at_s01() {
    // Transactions are cut at RFF+TN, so S01 goes to the one before.
    let input = registration("F7", &["S01+1", "RFF+TN:1", "ZZZ+A", "S01+1", "RFF+TN:2"]);
    let read = decode(&input);
    let Transactions::Other { list, .. } = &registration_of(&read).transactions else { panic!() };
    let wires: Vec<Vec<&str>> =
        list.iter().map(|other| other.segments.iter().map(RawSegment::as_wire).collect()).collect();
    assert_eq!(wires, [vec!["S01+1", "RFF+TN:1", "ZZZ+A"], vec!["S01+1", "RFF+TN:2"]]);
}

/// docs/failures.md#case-7
#[test]
fn number_before_s01_is_one_transaction() {
    // Accepted without a word, the S01 in the transaction before.
    let body = [&["RFF+TN:2009", "S01+1"], &REMOVAL[2..], &["RFF+TN:2010", "S01+1"], &REMOVAL[2..]].concat();
    let input = registration("G3", &body);
    let read = decode(&input);
    let Transactions::Removal(removals) = &registration_of(&read).transactions else { panic!() };
    let numbers: Vec<_> = removals.iter().map(|removal| removal.number.as_ref().unwrap().number()).collect();
    assert_eq!(numbers, [Some(2009), Some(2010)]);
    assert_eq!(ids(&input), ["segment-order", "segment-order"]);
    refused(&input);
}
