//! L8: every row of every table and every step of every plan is exercised, by the corpus and by what is made here.

use std::collections::BTreeSet;
use std::path::Path;
use std::string::String;
use std::sync::OnceLock;
use std::vec::Vec;
use std::{format, fs, vec};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::{ByteSource, interchange};
use crate::interchange::{Event, EventReader, RegistrationHeader};
use crate::recep::RecepHeader;
use crate::segment::ALL;
use crate::segment::registration::Gis;
use crate::syntax::{Segment, SegmentReader};
use crate::table::{Format, Group, Key, Layout, Need, Row, Step, need};
use crate::transaction::{
    Acceptance, AcceptanceKind, Entry, ExServices, Immigrant, Transaction, TransferIn, with_model, with_type,
};
use crate::value::{
    AcceptanceCode, AcceptanceType, DeductionReason, InterchangeStatus, MessageStatus, Sex, TransactionType,
};
use crate::{ReadOptions, WriteOptions};

/// What occurred, as text: rows, steps, and the texts at rows.
#[derive(Default)]
struct Seen {
    rows: BTreeSet<String>,
    steps: BTreeSet<String>,
    /// Steps of groups that were absent.
    left_out: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl Seen {
    fn take(&mut self, wire: &[u8]) {
        let mut reader = SegmentReader::new(wire);
        while let Ok(Some(segment)) = reader.next_segment() {
            for layout in ALL.iter().filter(|layout| is_of(&segment, layout)) {
                self.take_segment(&segment, layout);
            }
        }
        let mut events = EventReader::new(wire, ReadOptions::default());
        while let Ok(Some(event)) = events.next_event(&mut ()) {
            self.take_event(&event);
        }
    }

    fn take_segment(&mut self, segment: &Segment<'_, '_>, layout: &Layout) {
        for row in layout.rows {
            let Some(text) = row.of(segment).map(|component| component.text()).filter(|text| !text.is_empty()) else {
                continue;
            };
            let place = format!("{} {}.{}", layout.name, row.element, row.component);
            // The placeholder for no house name is none.
            if (row.format == Format::Constant) <= (text == row.name) && text != "?" {
                self.rows.insert(place.clone());
            }
            self.texts.insert(format!("{place} {text}"));
        }
    }

    fn take_event(&mut self, event: &Event<'_>) {
        match event {
            Event::RegistrationHeader(header) => self.take_group("heading", header, header.variant()),
            Event::RecepHeader(header) => self.take_group("receipt", header, 0),
            Event::Transaction(transaction) => self.take_transaction(transaction),
            _ => {}
        }
    }

    fn take_transaction(&mut self, transaction: &Transaction<'_>) {
        with_model!(
            Transaction(transaction),
            |model: Of| self.take_group(Of::CODE, model, Of::variant(model)),
            Other(_) => {}
        );
    }

    fn take_group<'a, G: Group<'a>>(&mut self, name: &str, group: &G, variant: usize) {
        for (step, Step { layout, .. }) in G::PLAN.iter().enumerate() {
            let steps = if group.has(step) { &mut self.steps } else { &mut self.left_out };
            steps.insert(step_name(name, variant, layout));
        }
    }
}

fn step_name(group: &str, variant: usize, layout: &Layout) -> String {
    format!("{group}/{variant} {}", layout.name)
}

/// Whether a segment belongs to a table; where tables share a key, the constants decide.
fn is_of(segment: &Segment<'_, '_>, layout: &Layout) -> bool {
    let is_shared = ALL.iter().filter(|other| other.key == layout.key).count() > 1;
    let mut constants = layout.rows.iter().filter(|row| row.format == Format::Constant);
    let fits = |row: &Row, text: &str| row.of(segment).is_some_and(|component| component.text() == text);
    Key::of(segment) == layout.key
        && (!is_shared || constants.all(|row| fits(row, row.name)))
        // GIS+Q is no deduction reason.
        && (layout.name != "GIS" || layout.rows.iter().any(|row| row.name == "Q") || !fits(Gis::CODE, "Q"))
}

fn all_rows() -> BTreeSet<String> {
    let rows = ALL.iter().flat_map(|layout| layout.rows.iter().map(move |row| (layout, row)));
    rows.map(|(layout, row)| format!("{} {}.{}", layout.name, row.element, row.component)).collect()
}

/// The steps that a group may have in each of its variants; optional ones are marked.
fn steps_of<'a, G: Group<'a>>(name: &str, variants: &[usize]) -> Vec<(String, bool)> {
    let of_variant = |&variant: &usize| {
        let is_optional = move |step| need::<G>(step, variant) == Need::Optional;
        let foreseen =
            move |step: &usize| !matches!(need::<G>(*step, variant), Need::Never | Need::Unknown | Need::Trigger);
        let steps = (0..G::PLAN.len()).filter(foreseen);
        steps.map(|step| (step_name(name, variant, G::PLAN[step].layout), is_optional(step))).collect::<Vec<_>>()
    };
    variants.iter().flat_map(of_variant).collect()
}

/// The variants of an acceptance: of each type, and of none.
fn acceptance_variants(sendable: bool) -> Vec<usize> {
    let kinds = [
        AcceptanceKind::Birth,
        AcceptanceKind::First,
        AcceptanceKind::TransferIn(TransferIn::default()),
        AcceptanceKind::Immigrant(Immigrant::default()),
        AcceptanceKind::ExServices(ExServices::default()),
        AcceptanceKind::default(),
    ];
    let variant = |kind| Acceptance { kind, ..Acceptance::default() }.variant();
    kinds.into_iter().take(if sendable { 4 } else { 5 }).map(variant).collect()
}

/// The steps of a type; the type of an acceptance decides the variant of its plan.
fn steps_of_type<E: Entry>(sendable: bool) -> Vec<(String, bool)> {
    let variants = match E::TYPE {
        TransactionType::Acceptance => acceptance_variants(sendable),
        _ => vec![E::variant(&E::Model::default())],
    };
    steps_of::<E::Model<'_>>(E::CODE, &variants)
}

fn all_steps(sendable: bool) -> BTreeSet<String> {
    steps_and_needs(sendable).into_iter().map(|(step, _)| step).collect()
}

fn optional_steps() -> BTreeSet<String> {
    steps_and_needs(true).into_iter().filter(|(_, is_optional)| *is_optional).map(|(step, _)| step).collect()
}

fn steps_and_needs(sendable: bool) -> Vec<(String, bool)> {
    let mut steps =
        vec![steps_of::<RegistrationHeader<'_>>("heading", &[0, 1]), steps_of::<RecepHeader<'_>>("receipt", &[0])];
    for transaction_type in TransactionType::ALL.iter().filter(|one| !(sendable && one.is_obsolete())) {
        steps.push(with_type!(transaction_type, |Of| steps_of_type::<Of>(sendable), Other(_) => Vec::new()));
    }
    let is_obsolete = |step: &String| ["QTY+951", "QTY+952", "HEA+BM"].iter().any(|name| step.ends_with(name));
    steps.into_iter().flatten().filter(|(step, _)| !sendable || !is_obsolete(step)).collect()
}

fn missing(all: &BTreeSet<String>, seen: &BTreeSet<String>) -> Vec<String> {
    all.difference(seen).cloned().collect()
}

fn corpus() -> Seen {
    let mut seen = Seen::default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    for folder in ["examples", "transactions", "deviations"] {
        let mut files = 0;
        for file in fs::read_dir(root.join(folder)).expect("the corpus has its folders") {
            let path = file.expect("a folder can be read").path();
            if path.extension().is_some_and(|extension| extension == "edi") {
                seen.take(&fs::read(path).expect("a file can be read"));
                files += 1;
            }
        }
        assert!(files > 0, "{folder} is empty");
    }
    seen
}

/// What is generated from many runs of bytes; the rarest row occurs about ten times.
fn made(as_received: bool) -> &'static Seen {
    static SENT: OnceLock<Seen> = OnceLock::new();
    static RECEIVED: OnceLock<Seen> = OnceLock::new();
    (if as_received { &RECEIVED } else { &SENT }).get_or_init(|| {
        let mut seen = Seen::default();
        let mut runner = TestRunner::deterministic();
        let bytes = proptest::collection::vec(proptest::num::u8::ANY, 0..600);
        for _ in 0..3_000 {
            let bytes = bytes.new_tree(&mut runner).expect("bytes are not rejected").current();
            let made = interchange(&mut ByteSource::new(&bytes).as_received(as_received));
            match made.encode(&WriteOptions::default().as_received(as_received)) {
                Ok(wire) => seen.take(&wire),
                // Some of what is generated as received would be read back as something else.
                Err(error) => assert!(as_received, "{error}"),
            }
        }
        seen
    })
}

#[test]
fn l8_every_row_is_exercised_by_the_corpus() {
    assert_eq!(missing(&all_rows(), &corpus().rows), [""; 0]);
}

#[test]
fn l8_every_step_is_exercised_by_the_corpus() {
    assert_eq!(missing(&all_steps(false), &corpus().steps), [""; 0]);
}

#[test]
fn every_step_that_may_be_sent_is_made() {
    let seen = made(false);
    assert_eq!(missing(&all_steps(true), &seen.steps), [""; 0]);
    assert_eq!(missing(&optional_steps(), &seen.left_out), [""; 0], "never left out");
}

#[test]
fn every_row_and_every_step_is_made_as_received() {
    let seen = made(true);
    assert_eq!(missing(&all_rows(), &seen.rows), [""; 0]);
    assert_eq!(missing(&all_steps(false), &seen.steps), [""; 0]);
}

/// The texts of a code list at a row.
fn texts<'c>(place: &str, codes: impl IntoIterator<Item = &'c str>) -> Vec<String> {
    codes.into_iter().map(|code| format!("{place} {code}")).collect()
}

#[test]
fn every_code_that_may_be_sent_is_made() {
    let seen = made(false);
    let types = TransactionType::ALL.iter().filter(|code| !code.is_obsolete());
    let kinds = AcceptanceType::ALL.iter().filter(|code| code.as_str() != "5");
    let all: BTreeSet<String> = [
        texts("RFF+950 1.2", types.map(TransactionType::as_str)),
        texts("HEA+ACD 2.1", AcceptanceCode::ALL.iter().map(AcceptanceCode::as_str)),
        texts("HEA+ATP 2.1", kinds.map(AcceptanceType::as_str)),
        texts("GIS 1.1", DeductionReason::ALL.iter().map(DeductionReason::as_str)),
        texts("GIS 1.1", ["Q"]),
        texts("PDI 1.1", Sex::ALL.iter().map(Sex::as_str)),
        texts("HEA+DM 2.1", ["Y", "%"]),
    ]
    .concat()
    .into_iter()
    .collect();
    assert_eq!(missing(&all, &seen.texts), [""; 0]);
    let ends = |place: &str, code: &str| {
        seen.texts.iter().any(|text| text.starts_with(place) && text.ends_with(&format!(" {code}")))
    };
    assert!(MessageStatus::ALL.iter().all(|status| ends("RFF+MIS 1.2", status.as_str())));
    assert!(InterchangeStatus::ALL.iter().all(|status| ends("RFF+RIS 1.2", status.as_str())));
}

#[test]
fn characters_beyond_level_a_are_made_as_received() {
    let seen = made(true);
    for character in ['a', '#', '\n', '\r', '\t', '\u{1d}', '\0', '\u{c9}', '\u{ff}'] {
        let holds = |text: &&String| text.starts_with("PNA+PAT 5.2") && text.contains(character);
        assert!(seen.texts.iter().any(|text| holds(&text)), "{character:?} is never in a surname");
    }
}

#[test]
fn erasures_and_characters_that_are_released_are_made() {
    let seen = made(false);
    for place in ["NAD+RIC 2.1", "NAD+PAT 3.1", "NAD+PAT 3.5", "NAD+PAT 8.1", "PNA+PAT 6.2", "PNA+PER 5.2"] {
        assert!(seen.texts.contains(&format!("{place} %")), "{place} is never erased");
    }
    for character in ["'", "+", ":", "?", "%"] {
        let holds = |text: &&String| text.starts_with("FTX+RGI 4.1") && text.contains(character);
        assert!(seen.texts.iter().any(|text| holds(&text)), "{character} is never in a note");
    }
    assert!(seen.texts.iter().any(|text| text.starts_with("NAD+PAT 3.1 ?")));
}
