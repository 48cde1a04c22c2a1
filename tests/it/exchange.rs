//! Two partners exchange interchanges over a line that loses, repeats, delays and damages them; in the end both agree on
//! what was acknowledged.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use nhais_edifact::build::{Encoded, InterchangeBuilder};
use nhais_edifact::exchange::{Arrival, Arrivals, Numbering, ReceivedNumbers, TransactionNumbering};
use nhais_edifact::recep::{Answer, Outbox, ReceiptFinding};
use nhais_edifact::transaction::{Amendment, Fp69FlagRemoval, Rejection, Removal, Transaction, Transactions};
use nhais_edifact::value::{
    ControlReference, InterchangeSequence, MessageSequence, MessageStatus, TransactionSequence,
};
use nhais_edifact::{Decoded, Event, EventReader, Interchange, Message, ReadOptions, WriteOptions};
use proptest::prelude::*;

use crate::values::{gp, now, patient};

/// What becomes of an interchange on its way.
#[derive(Debug, Clone)]
enum Fate {
    Arrives,
    Lost,
    Twice,
    /// Arrives after so many others.
    Delayed(u8),
    /// The file ends at this share of it, of 255.
    CutShort(u8),
    /// The segment at this place is missing.
    SegmentLost(u8),
    /// The segment at this place stands twice.
    SegmentTwice(u8),
    /// A byte is another; registrations only, because nothing in a receipt tells `CP` from a damaged `CA`.
    ByteChanged(u16, u8),
}

fn fates() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => Just(Fate::Arrives),
        1 => Just(Fate::Lost),
        1 => Just(Fate::Twice),
        1 => any::<u8>().prop_map(|after| Fate::Delayed(after % 16)),
        1 => any::<u8>().prop_map(Fate::CutShort),
        1 => any::<u8>().prop_map(Fate::SegmentLost),
        1 => any::<u8>().prop_map(Fate::SegmentTwice),
        1 => any::<(u16, u8)>().prop_map(|(at, to)| Fate::ByteChanged(at, to)),
    ]
}

/// Who sends, the types of the transactions sent, the fate of the interchange and of its receipts.
type Step = (bool, Vec<bool>, Fate, Fate);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (any::<bool>(), prop::collection::vec(any::<bool>(), 1..5), fates(), fates());
    prop::collection::vec(step, 150..400)
}

/// The numbers that the next interchange begins with: shortly before they begin anew.
fn almost_used_up() -> Numbering {
    Numbering::after(InterchangeSequence::new(99_999_949).unwrap(), MessageSequence::new(99_999_899).unwrap())
}

type Key = (u64, u64);

struct Partner {
    practice: bool,
    numbering: Numbering,
    transactions: TransactionNumbering,
    outbox: Outbox,
    /// The same, kept event by event.
    by_events: Outbox,
    /// What was sent and may have to be sent again.
    sent: BTreeMap<u64, Vec<u8>>,
    arrivals: Arrivals,
    /// The numbers of interchanges that arrived whole.
    arrived: BTreeSet<u64>,
    /// What this side said of the messages it received.
    said: BTreeMap<Key, MessageStatus>,
}

impl Partner {
    fn new(practice: bool) -> Self {
        Self {
            practice,
            numbering: almost_used_up(),
            transactions: TransactionNumbering::after(TransactionSequence::new(9_999_959).unwrap()),
            outbox: Outbox::default(),
            by_events: Outbox::default(),
            sent: BTreeMap::new(),
            arrivals: Arrivals::default(),
            arrived: BTreeSet::new(),
            said: BTreeMap::new(),
        }
    }

    fn transaction(&mut self, first_type: bool) -> Transaction<'static> {
        let mut number = || self.transactions.next_transaction().into();
        let built = match (self.practice, first_type) {
            (true, true) => Removal::draft(gp(), patient(), "MOVED AWAY").build(),
            (true, false) => Amendment::by_practice(gp(), patient()).surname("PIKE").build(),
            (false, true) => Rejection::draft(number(), gp(), "TRY ZQ").build(),
            (false, false) => Fp69FlagRemoval::draft(number(), gp(), patient()).build(),
        };
        built.unwrap()
    }

    fn send(&mut self, types: &[bool]) -> Vec<u8> {
        let mut builder = if self.practice {
            InterchangeBuilder::to_ha("KLM5", "ZQX", now())
        } else {
            InterchangeBuilder::to_practice("ZQX", "KLM5", now())
        };
        for first_type in types {
            builder.push(self.transaction(*first_type)).unwrap();
        }
        let (numbering, transactions) = (&mut self.numbering, &mut self.transactions);
        let Encoded { interchange, bytes, .. } =
            builder.finish(numbering, transactions, &WriteOptions::default()).unwrap();
        assert!(self.outbox.sent(&interchange).is_none());
        each_event(&bytes, |event| assert!(self.by_events.sent_event(event).is_none()));
        self.sent.insert(interchange.header.reference.number().unwrap(), bytes.clone());
        bytes
    }

    /// Takes in what arrived; gives the receipt, if it is an interchange of registrations.
    ///
    /// What is damaged is thrown away, so that the other side, which gets no receipt, sends it again.
    fn receive(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        let decoded = Interchange::decode_with(bytes, &ReadOptions::strict()).ok()?;
        let interchange = &decoded.interchange;
        let (sender, recipient) = if self.practice { ("ZQX1", "KLM5") } else { ("KLM5", "ZQX1") };
        let header = &interchange.header;
        if (header.sender.as_str(), header.recipient.as_str()) != (sender, recipient) {
            return None;
        }
        let number = interchange.header.reference.number().unwrap();
        let arrival = self.arrivals.interchanges.take(&interchange.header.reference);
        assert_eq!(arrival == Arrival::Repeated, !self.arrived.insert(number), "{number}: {arrival:?}");
        for reference in interchange.messages.iter().filter_map(Message::reference) {
            self.arrivals.messages.take(&reference);
        }
        if matches!(interchange.messages.first(), Some(Message::Recep(_))) {
            let findings = self.outbox.receive(interchange);
            let mut by_events = Vec::new();
            each_event(bytes, |event| by_events.extend(self.by_events.receive_event(event)));
            assert_eq!(by_events, findings);
            for finding in findings {
                assert!(
                    matches!(
                        finding,
                        ReceiptFinding::Acknowledged { .. }
                            | ReceiptFinding::Refused { .. }
                            | ReceiptFinding::Repeated { .. }
                            | ReceiptFinding::InterchangeStatus { status: Some(_), .. }
                    ),
                    "{finding:?}"
                );
            }
            return None;
        }
        Some(self.answer(&decoded))
    }

    fn answer(&mut self, decoded: &Decoded<'_>) -> Vec<u8> {
        let mut answer = Answer::of(decoded);
        let interchange = &decoded.interchange;
        let number = interchange.header.reference.number().unwrap();
        for (message, answered) in interchange.messages.iter().zip(answer.messages_mut()) {
            // What this side can translate is its own affair; what it said once, it says again.
            let status = if is_odd(message) { MessageStatus::TranslationError } else { MessageStatus::Translated };
            let key = (number, answered.reference.number().unwrap());
            answered.status = self.said.entry(key).or_insert(status).clone();
        }
        let status = answer.status_by_meaning();
        answer.set_status(status);
        let receipt = answer.receipt(now(), &mut self.numbering).unwrap();
        // It quotes what was received, be it a damaged GP code.
        receipt.encode(&WriteOptions::default().as_received(true)).unwrap()
    }
}

/// Gives each event of an interchange.
fn each_event(bytes: &[u8], mut give: impl FnMut(&Event<'_>)) {
    let mut reader = EventReader::new(bytes, ReadOptions::default());
    while let Some(event) = reader.next_event(&mut ()).unwrap() {
        give(&event);
    }
}

/// Whether the first transaction of a message has an odd number.
fn is_odd(message: &Message<'_>) -> bool {
    let Message::Registration(message) = message else { panic!("not a registration") };
    let number = match &message.transactions {
        Transactions::Removal(list) => list[0].number.clone(),
        Transactions::AmendmentOut(list) => list[0].number.clone(),
        Transactions::Rejection(list) => list[0].number.clone(),
        Transactions::Fp69FlagRemoval(list) => list[0].number.clone(),
        other => panic!("{:?} was not sent", other.transaction_type()),
    };
    number.and_then(|number| number.number()).unwrap() % 2 == 1
}

/// The line between both: what arrives, in how many steps, at which side.
#[derive(Default)]
struct Line {
    delayed: VecDeque<(u8, bool, Vec<u8>)>,
}

impl Line {
    /// What arrives at once; the rest is kept, or lost.
    fn carry(&mut self, bytes: Vec<u8>, to_practice: bool, fate: &Fate) -> Vec<Vec<u8>> {
        let segments: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
        match fate {
            Fate::Arrives => vec![bytes],
            Fate::Lost => vec![],
            Fate::Twice => vec![bytes.clone(), bytes],
            Fate::Delayed(steps) => {
                self.delayed.push_back((*steps, to_practice, bytes));
                vec![]
            }
            Fate::CutShort(share) => vec![bytes[..bytes.len() * usize::from(*share) / 256].to_vec()],
            Fate::SegmentLost(at) => {
                let at = usize::from(*at) % segments.len();
                vec![[&segments[..at], &segments[at + 1..]].concat().concat()]
            }
            Fate::SegmentTwice(at) => {
                let at = usize::from(*at) % segments.len();
                vec![[&segments[..=at], &segments[at..]].concat().concat()]
            }
            Fate::ByteChanged(at, to) => {
                let mut bytes = bytes;
                let at = usize::from(*at) % bytes.len();
                bytes[at] = *to;
                vec![bytes]
            }
        }
    }

    /// What has been under way for long enough.
    fn arriving(&mut self) -> Vec<(bool, Vec<u8>)> {
        let (arriving, delayed) = self.delayed.drain(..).partition(|(steps, _, _)| *steps == 0);
        self.delayed = delayed;
        self.delayed.iter_mut().for_each(|(steps, _, _)| *steps -= 1);
        let arriving: VecDeque<(u8, bool, Vec<u8>)> = arriving;
        arriving.into_iter().map(|(_, to_practice, bytes)| (to_practice, bytes)).collect()
    }
}

struct Exchange {
    /// The HA, the practice.
    partners: [Partner; 2],
    line: Line,
}

impl Exchange {
    fn deliver(&mut self, bytes: Vec<u8>, to_practice: bool, fate: &Fate, receipt_fate: &Fate) {
        for bytes in self.line.carry(bytes, to_practice, fate) {
            if let Some(receipt) = self.partners[usize::from(to_practice)].receive(&bytes) {
                let receipt_fate = match receipt_fate {
                    Fate::ByteChanged(..) => &Fate::Lost,
                    fate => fate,
                };
                for receipt in self.line.carry(receipt, !to_practice, receipt_fate) {
                    assert!(self.partners[usize::from(!to_practice)].receive(&receipt).is_none());
                }
            }
        }
    }

    fn step(&mut self, (by_practice, types, fate, receipt_fate): &Step) {
        let bytes = self.partners[usize::from(*by_practice)].send(types);
        self.deliver(bytes, !by_practice, fate, receipt_fate);
        for (to_practice, bytes) in self.line.arriving() {
            self.deliver(bytes, to_practice, &Fate::Arrives, &Fate::Arrives);
        }
    }

    /// Nothing is lost any more: what is under way arrives, and what has no receipt is sent again.
    fn settle(&mut self) {
        while !self.line.delayed.is_empty() {
            for (to_practice, bytes) in self.line.arriving() {
                self.deliver(bytes, to_practice, &Fate::Arrives, &Fate::Arrives);
            }
        }
        for by_practice in [false, true] {
            let partner = &self.partners[usize::from(by_practice)];
            let pending: BTreeSet<u64> =
                partner.outbox.pending().map(|(sent, _)| sent.reference.number().unwrap()).collect();
            let again: Vec<Vec<u8>> = pending.iter().map(|number| partner.sent[number].clone()).collect();
            for bytes in again {
                self.deliver(bytes, !by_practice, &Fate::Arrives, &Fate::Arrives);
            }
        }
    }
}

/// What one side knows of its messages, and what the other said of them.
fn known(partner: &Partner) -> BTreeMap<Key, MessageStatus> {
    let sent = partner.outbox.interchanges();
    sent.flat_map(|sent| {
        let interchange = sent.reference.number().unwrap();
        let messages = sent.messages.iter();
        messages
            .map(move |message| ((interchange, message.reference.number().unwrap()), message.status.clone().unwrap()))
    })
    .collect()
}

/// So many cases, unless `PROPTEST_CASES` says how many.
fn configuration(cases: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_some() { given } else { ProptestConfig { cases, ..given } }
}

proptest! {
    #![proptest_config(configuration(12))]

    #[test]
    fn both_agree_on_what_was_acknowledged(steps in steps()) {
        let mut exchange = Exchange { partners: [Partner::new(false), Partner::new(true)], line: Line::default() };
        for step in &steps {
            exchange.step(step);
        }
        exchange.settle();
        let [ha, practice] = &exchange.partners;
        for (sender, receiver) in [(ha, practice), (practice, ha)] {
            prop_assert_eq!(sender.outbox.pending().count(), 0);
            prop_assert!(sender.by_events.interchanges().eq(sender.outbox.interchanges()));
            prop_assert_eq!(&known(sender), &receiver.said);
            prop_assert!(receiver.said.values().any(|status| *status == MessageStatus::TranslationError));
            // What is missing is what never arrived whole: receipts are not sent again.
            let (first, wrapped) = (99_999_950, sender.numbering.clone().next_interchange().number() < 1_000);
            prop_assert!(wrapped, "the numbers began anew");
            let missing: BTreeSet<u64> = receiver.arrivals.interchanges.missing()
                .flat_map(|(first, last)| u64::from(first)..=u64::from(last)).collect();
            let last = sender.numbering.clone().next_interchange().number() - 1;
            let of_sender = (first..=99_999_999).chain(1..=u64::from(last));
            let never: BTreeSet<u64> = of_sender.filter(|number| !receiver.arrived.contains(number)).collect();
            // Before the first that arrived and behind the last, nothing is known to be missing.
            prop_assert!(missing.is_subset(&never));
            prop_assert!(sender.sent.keys().all(|number| receiver.arrived.contains(number)));
        }
    }

    #[test]
    fn received_numbers_agree_with_a_plain_set(start in 1u32..=99_999_999, moves in prop::collection::vec(-30i64..60, 1..200)) {
        let (mut received, mut plain) = (ReceivedNumbers::default(), BTreeSet::new());
        let mut position = i64::from(start);
        let (mut furthest, first) = (position, position);
        for by in moves {
            position = furthest + by;
            let number = (position - 1).rem_euclid(99_999_999) + 1;
            let reference = ControlReference::from(MessageSequence::new(u32::try_from(number).unwrap()).unwrap());
            let expected = match (plain.is_empty(), position - furthest) {
                (true, _) => "first",
                (_, 1) => "next",
                (_, ahead) if ahead > 1 => "gap",
                _ if plain.contains(&position) => "repeated",
                _ if plain.iter().next().is_some_and(|earliest| position < *earliest) => "old",
                _ => "late",
            };
            let arrival = match received.take(&reference) {
                Arrival::First => "first",
                Arrival::Next { wrapped } => {
                    prop_assert_eq!(wrapped, number == 1);
                    "next"
                }
                Arrival::Gap { .. } => "gap",
                Arrival::Late => "late",
                Arrival::Repeated => "repeated",
                Arrival::Old => "old",
                other => panic!("{other:?}"),
            };
            prop_assert_eq!(arrival, expected, "{} from {}", position, first);
            if expected != "old" {
                furthest = if plain.is_empty() { position } else { furthest.max(position) };
                plain.insert(position);
            }
            let earliest = *plain.iter().next().unwrap();
            let missing: Vec<i64> = (earliest..furthest).filter(|position| !plain.contains(position)).collect();
            let named: i64 = received.missing().map(|(first, last)| i64::from(last) - i64::from(first) + 1).sum();
            prop_assert_eq!(named, i64::try_from(missing.len()).unwrap());
        }
    }
}

#[test]
fn a_gap_across_the_wrap_is_told_in_two_runs() {
    let mut received = ReceivedNumbers::default();
    let mut take = |number: &str| received.take(&ControlReference::from(number));
    assert_eq!(take("99999997"), Arrival::First);
    assert_eq!(take("3"), Arrival::Gap { first: 99_999_998, last: 2 });
    assert_eq!(take("99999999"), Arrival::Late);
    assert_eq!(take("99999999"), Arrival::Repeated);
    assert_eq!(take("99999996"), Arrival::Old);
    assert_eq!(received.missing().collect::<Vec<_>>(), [(99_999_998, 99_999_998), (1, 2)]);
}

#[test]
fn after_the_largest_number_comes_one() {
    let mut received = ReceivedNumbers::after(99_999_998).unwrap();
    let mut take = |number: &str| received.take(&ControlReference::from(number));
    assert_eq!(take("99999999"), Arrival::Next { wrapped: false });
    assert_eq!(take("00000001"), Arrival::Next { wrapped: true });
    assert_eq!(take("00000002"), Arrival::Next { wrapped: false });
}

#[test]
fn what_is_missing_is_remembered_for_half_the_way_round() {
    let received = |furthest: &str| {
        let mut received = ReceivedNumbers::after(1).unwrap();
        assert_eq!(received.take(&ControlReference::from("3")), Arrival::Gap { first: 2, last: 2 });
        received.take(&ControlReference::from(furthest));
        received
    };
    let mut just = received("50000001");
    assert_eq!(just.missing().collect::<Vec<_>>(), [(2, 2), (4, 50_000_000)]);
    assert_eq!(just.take(&ControlReference::from("2")), Arrival::Late);
    let beyond = received("50000002");
    assert_eq!(beyond.missing().collect::<Vec<_>>(), [(4, 50_000_001)]);
}

#[test]
fn what_is_no_number_of_the_range_is_told() {
    let mut received = ReceivedNumbers::default();
    for text in ["0", "00000000", "100000000", "ABC", "", "18446744073709551616"] {
        assert_eq!(received.take(&ControlReference::from(text)), Arrival::NoNumber, "{text}");
    }
    assert_eq!(received, ReceivedNumbers::default());
}

#[test]
fn a_new_link_begins_with_one() {
    let mut received = ReceivedNumbers::of_new_link();
    assert_eq!(received.take(&ControlReference::from("1")), Arrival::Next { wrapped: false });
    let mut received = ReceivedNumbers::after(7).unwrap();
    assert_eq!(received.take(&ControlReference::from("9")), Arrival::Gap { first: 8, last: 8 });
    assert_eq!(received.take(&ControlReference::from("8")), Arrival::Late);
    assert_eq!(received.take(&ControlReference::from("7")), Arrival::Repeated);
    assert_eq!(received.take(&ControlReference::from("6")), Arrival::Old);
    assert!(ReceivedNumbers::after(0).is_err() && ReceivedNumbers::after(100_000_000).is_err());
}

#[test]
fn what_was_stored_is_checked() {
    let stored = |text: &str| serde_json::from_str::<ReceivedNumbers>(text);
    let mut received = ReceivedNumbers::after(7).unwrap();
    received.take(&ControlReference::from("11"));
    assert_eq!(stored(&serde_json::to_string(&received).unwrap()).unwrap(), received);
    for wrong in [
        r#"{"last":4294967295,"known":0,"missing":[]}"#,
        r#"{"last":5,"known":4294967295,"missing":[]}"#,
        r#"{"last":5,"known":0,"missing":[[1,4294967295]]}"#,
        r#"{"last":5,"known":0,"missing":[[3,2]]}"#,
        r#"{"last":5,"known":0,"missing":[[0,2]]}"#,
    ] {
        assert!(stored(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn many_gaps_take_bounded_room() {
    let mut received = ReceivedNumbers::default();
    for number in (1..=20_001).step_by(2) {
        received.take(&ControlReference::from(MessageSequence::new(number).unwrap()));
    }
    assert_eq!(received.missing().count(), 1_024);
    assert_eq!(received.take(&ControlReference::from("2")), Arrival::Old, "forgotten, so not said to be a repeat");
    assert_eq!(received.take(&ControlReference::from("3")), Arrival::Old);
    assert_eq!(received.take(&ControlReference::from("20000")), Arrival::Late);
    assert_eq!(received.take(&ControlReference::from("19999")), Arrival::Repeated);
}
