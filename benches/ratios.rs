//! The table of ratios: every speed that the design promises, against the yardstick on the same input.
//!
//! `cargo bench --bench ratios` prints it in about three minutes. See `benches/README.md`.

mod common;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use common::data::Sample;
use common::heat::{Bar, Contender, Heat, head, row};
use common::{data, lut, ours, peers, types, variations};
use nhais_edifact::options::Limits;
use nhais_edifact::{Interchange, ReadOptions, WriteOptions};

const MIB: usize = 1 << 20;

fn main() {
    if !common::is_bench() {
        return;
    }
    let started = Instant::now();
    large("64 MiB of messages of all kinds, from both sides", &types::mixed(64 * MIB));
    large("64 MiB of messages of a practice", &data::practice(64 * MIB, true));
    let clean = data::clean(8 * MIB);
    every_type(&clean);
    every_variation(&clean);
    limited_and_pushed(&clean);
    encoding(&clean);
    hundred();
    small();
    hostile();
    with_peers();
    println!("\n{:.0} s", started.elapsed().as_secs_f64());
}

/// What yields tokens must yield the same tokens.
fn check_tokens(input: &[u8]) {
    let tally = lut::scan(input);
    assert_eq!(ours::tokens(input, ours::no_limits()), tally);
    assert_eq!(ours::components(input, ours::no_limits()), tally);
    assert_eq!(ours::scan(input), ours::scan_checksum(&tally, input));
    assert_eq!(ours::elements(input), ours::elements_checksum(input));
}

/// An input must hold what its generator has counted, and a finding of this kind in each transaction, or none.
fn check(what: &str, sample: &Sample, finding: Option<&'static str>) {
    let survey = ours::survey(&sample.text, &ReadOptions::default());
    let findings: BTreeMap<_, _> = finding.into_iter().map(|kind| (kind, sample.transactions)).collect();
    let expected = ours::Survey { transactions: sample.transactions, receipts: sample.receipts, findings };
    assert_eq!(survey, expected, "{what}");
}

/// What is read must be written back byte for byte.
fn check_round_trip(what: &str, input: &[u8], options: &WriteOptions) {
    let mut out = Vec::new();
    ours::encode_all(&ours::decode_all(input, &ReadOptions::default()), options, &mut out);
    assert!(out == input, "{what}: it is canonical");
}

/// What is pushed must give the events of what is pulled.
fn check_pushed(input: &[u8], chunk: usize) {
    let lenient = ReadOptions::default();
    assert_eq!(ours::push(input, chunk, &lenient), ours::pull(input, &lenient), "in chunks of {chunk}");
}

fn large(title: &str, sample: &Sample) {
    let input = sample.text.as_slice();
    check_tokens(input);
    check(title, sample, None);
    check_round_trip(title, input, &WriteOptions::default().line_breaks_of(input));
    check_pushed(input, 1 << 16);
    check_pushed(input, 1500);
    let model = ours::decode_all(input, &ReadOptions::strict());
    let contenders = syntax(input).into_iter().chain(streams(input)).chain(wholes(input, &model));
    let heat = Heat::run(7, contenders.collect());
    head(&format!("{title}\n\n{}", describe(input, &lut::scan(input))));
    large_rows(&heat);
}

fn syntax(input: &[u8]) -> Vec<Contender<'_>> {
    let size = input.len();
    vec![
        Contender::new("lut", size, || lut::scan(black_box(input)).checksum()),
        Contender::new("scan", size, || ours::scan(black_box(input))),
        Contender::new("elements", size, || ours::elements(black_box(input))),
        Contender::new("elements/push-64k", size, || ours::elements_pushed(black_box(input), 1 << 16)),
        Contender::new("tokens", size, || ours::tokens(black_box(input), ours::no_limits()).checksum()),
        Contender::new("components", size, || ours::components(black_box(input), ours::no_limits()).checksum()),
    ]
}

fn streams(input: &[u8]) -> Vec<Contender<'_>> {
    let size = input.len();
    let push = move |chunk| move || ours::push(black_box(input), chunk, &ReadOptions::default());
    vec![
        Contender::new("stream/pull", size, || ours::pull(black_box(input), &ReadOptions::default())),
        Contender::new("stream/push-64k", size, push(1 << 16)),
        Contender::new("stream/push-1500", size, push(1500)),
    ]
}

fn wholes<'c>(input: &'c [u8], model: &'c [Interchange<'c>]) -> Vec<Contender<'c>> {
    let (size, mut out, mut again) = (input.len(), Vec::new(), Vec::new());
    let decode = move |options: &ReadOptions| ours::decode_all(black_box(input), options);
    let (lenient, strict) = (ReadOptions::default(), ReadOptions::strict());
    let writing = WriteOptions::default().line_breaks_of(input);
    let lenient_again = lenient.clone();
    vec![
        Contender::new("decode", size, move || ours::all_transactions(&decode(&lenient))),
        Contender::new("decode-strict", size, move || ours::all_transactions(&decode(&strict))),
        Contender::new("encode", size, move || ours::encode_all(black_box(model), &writing, &mut out)),
        Contender::new("round-trip", size, move || ours::encode_all(&decode(&lenient_again), &writing, &mut again)),
    ]
}

fn large_rows(heat: &Heat) {
    let rows = [
        ("tokens over a slice", "tokens", "lut", Bar::raised(1.3, 1.5)),
        ("segments with elements by index, over a slice", "elements", "lut", Bar::raised(1.0, 1.1)),
        ("the same, pushed in 64 KiB chunks, to slice", "elements/push-64k", "elements", Bar::kept(0.9)),
        ("segments alone (scan)", "scan", "lut", Bar::new(1.4)),
        ("segments with all components", "components", "lut", Bar::new(1.05)),
        ("typed transactions, pull", "stream/pull", "lut", Bar::raised(0.55, 0.75)),
        ("typed transactions, pushed in 64 KiB, to pull", "stream/push-64k", "stream/pull", Bar::raised(0.9, 0.95)),
        ("typed transactions, pushed in 1500 bytes, to pull", "stream/push-1500", "stream/pull", Bar::new(0.7)),
        ("whole interchange, typed", "decode", "lut", Bar::raised(0.35, 0.45)),
        ("whole interchange, strict", "decode-strict", "lut", Bar::NONE),
        ("encode into a reused buffer", "encode", "lut", Bar::kept(0.7)),
        ("round trip", "round-trip", "lut", Bar::NONE),
    ];
    for (what, name, to, bar) in rows {
        row(heat, what, name, to, bar);
    }
}

/// A row of typed reading beside that of clean acceptances.
fn beside_clean(clean: &Sample, what: &str, input: &[u8], options: &ReadOptions, bar: f64) {
    let lenient = ReadOptions::default();
    let contenders = vec![
        Contender::new("clean", clean.text.len(), || ours::pull(black_box(&clean.text), &lenient)),
        Contender::new("this", input.len(), || ours::pull(black_box(input), options)),
    ];
    row(&Heat::run(9, contenders), what, "this", "clean", Bar::new(bar));
}

fn every_type(clean: &Sample) {
    check("clean", clean, None);
    check_round_trip("clean", &clean.text, &WriteOptions::default());
    head("every type with all its items, 8 MiB each: typed, pull, to clean acceptances");
    let typed = types::TYPES.iter().map(|(code, name)| (format!("{code}, {name}"), types::of_type(code, 8 * MIB)));
    let receipts = [
        ("RECEP, 4,000 lines each".to_owned(), types::receipts(8 * MIB, 4_000, 4_000)),
        ("RECEP, two to five lines each".to_owned(), types::receipts(8 * MIB, 1, 4)),
    ];
    for (what, sample) in typed.chain(receipts) {
        check(&what, &sample, None);
        let writing = WriteOptions::default().line_breaks_of(&sample.text).as_received(true);
        check_round_trip(&what, &sample.text, &writing);
        beside_clean(clean, &what, &sample.text, &ReadOptions::default(), 0.7);
    }
}

/// The text of clean acceptances, changed.
fn varied(clean: &Sample, apply: fn(&str) -> String) -> Sample {
    let text = apply(std::str::from_utf8(&clean.text).expect("level A"));
    Sample { text: text.into_bytes(), ..*clean }
}

fn every_variation(clean: &Sample) {
    head("clean acceptances, 8 MiB, varied: typed, pull, to the clean ones");
    for variation in variations::VARIATIONS {
        let sample = varied(clean, variation.apply);
        assert!(sample.text != clean.text, "{}", variation.name);
        check(variation.name, &sample, variation.finding);
        let what = match variation.finding {
            Some(_) => format!("{} (one in each transaction)", variation.name),
            None => variation.name.to_owned(),
        };
        beside_clean(clean, &what, &sample.text, &ReadOptions::default(), variation.bar);
    }
}

fn limited_and_pushed(clean: &Sample) {
    head("clean acceptances, 8 MiB, with limits, and pushed: typed, to pull without limits");
    let mut limits = Limits::default();
    (limits.segment_length, limits.transaction_length) = (4 << 10, 8 << 10);
    let limited = ReadOptions::default().limits(limits);
    assert_eq!(ours::pull(&clean.text, &limited), ours::pull(&clean.text, &ReadOptions::default()));
    beside_clean(clean, "limits of 4 KiB a segment, 8 KiB a transaction", &clean.text, &limited, 0.9);
    check_pushed(&clean.text, 1);
    let mut contenders = streams(&clean.text);
    contenders.push(Contender::new("stream/push-1", clean.text.len(), || {
        ours::push(black_box(&clean.text), 1, &ReadOptions::default())
    }));
    let heat = Heat::run(5, contenders);
    row(&heat, "pushed in 64 KiB", "stream/push-64k", "stream/pull", Bar::raised(0.9, 0.95));
    row(&heat, "pushed in 1500 bytes", "stream/push-1500", "stream/pull", Bar::new(0.7));
    row(&heat, "pushed byte by byte", "stream/push-1", "stream/pull", Bar::new(0.05));
}

fn encoding(clean: &Sample) {
    let received = WriteOptions::default().as_received(true);
    let (kept, old) = (varied(clean, variations::unknown_segment), varied(clean, variations::old_numbers));
    check("kept segments", &kept, Some("unknown-segment"));
    check("old NHS numbers", &old, None);
    let inputs = [("clean", clean, WriteOptions::default()), ("kept", &kept, received), ("old", &old, received)];
    let models = inputs.map(|(name, sample, options)| {
        check_round_trip(name, &sample.text, &options);
        ours::decode_all(&sample.text, &ReadOptions::default())
    });
    let contenders = inputs.iter().zip(&models).map(|((name, sample, options), model)| {
        let mut out = Vec::new();
        Contender::new(name, sample.text.len(), move || ours::encode_all(black_box(model), options, &mut out))
    });
    let heat = Heat::run(9, contenders.collect());
    head("encoding, 8 MiB, as received: to clean acceptances");
    row(&heat, "an unknown segment kept in each transaction", "kept", "clean", Bar::new(0.5));
    row(&heat, "an old NHS number in each transaction", "old", "clean", Bar::new(0.5));
}

#[expect(clippy::cast_precision_loss, reason = "sizes are small")]
fn describe(input: &[u8], tally: &lut::Tally) -> String {
    let size = input.len() as f64;
    let releases = data::releases(input) as f64;
    format!(
        "{} bytes, {} segments of {:.1} bytes, a separator every {:.1} bytes, {:.2} release characters per 1000 bytes",
        input.len(),
        tally.segments,
        size / tally.segments as f64,
        size / tally.components as f64,
        releases / size * 1000.0
    )
}

/// Repeats work on a short input, so that one run takes long enough to be timed.
fn repeated<'c>(name: &'static str, input: &'c [u8], work: impl Fn(&[u8]) -> u64 + 'c) -> Contender<'c> {
    let times = (2 * MIB / input.len()).max(1);
    Contender::new(name, input.len() * times, move || (0..times).map(|_| work(black_box(input))).sum())
}

fn hundred() {
    let input = data::hundred();
    check_tokens(&input);
    let lenient = ReadOptions::default();
    let contenders = vec![
        repeated("lut", &input, |input| lut::scan(input).checksum() >> 32),
        repeated("tokens", &input, |input| ours::tokens(input, ours::no_limits()).checksum() >> 32),
        repeated("stream/pull", &input, |input| ours::pull(input, &lenient)),
        repeated("stream/push-1", &input, |input| ours::push(input, 1, &lenient)),
        repeated("decode", &input, |input| ours::transactions(&ours::decode(input, &lenient))),
    ];
    let heat = Heat::run(15, contenders);
    head(&format!("a hundred transactions, {} bytes", input.len()));
    for (what, name) in [("tokens", "tokens"), ("typed transactions, pull", "stream/pull"), ("decode", "decode")] {
        row(&heat, what, name, "lut", Bar::NONE);
    }
    row(&heat, "typed transactions, pushed byte by byte, to pull", "stream/push-1", "stream/pull", Bar::new(0.05));
}

fn small() {
    let input = data::small();
    check_tokens(&input);
    let renamed = data::with_letter_tags(&input);
    let lenient = ReadOptions::default();
    assert_eq!(ours::transactions(&ours::decode(&input, &lenient)), peers::typed(&renamed));
    let contenders = vec![
        repeated("lut", &input, |input| lut::scan(input).checksum() >> 32),
        repeated("decode", &input, |input| ours::transactions(&ours::decode(input, &lenient))),
        repeated("edifact-rs/typed", &renamed, peers::typed),
    ];
    let heat = Heat::run(25, contenders);
    head(&format!("one interchange of {} bytes, counts and references checked", input.len()));
    row(&heat, "whole interchange, typed, to edifact-rs/typed", "decode", "edifact-rs/typed", Bar::raised(8.0, 10.0));
    row(&heat, "whole interchange, typed", "decode", "lut", Bar::NONE);
    println!("\nper interchange: {:.2} µs, edifact-rs/typed {:.2} µs", micros(&heat, "decode", &input), {
        micros(&heat, "edifact-rs/typed", &input)
    });
}

#[expect(clippy::cast_precision_loss, reason = "sizes are small")]
fn micros(heat: &Heat, name: &str, input: &[u8]) -> f64 {
    input.len() as f64 / heat.speed(name)
}

fn hostile() {
    head("hostile input, without limits: tokens, and typed inside a message");
    for (name, input) in data::hostile(4 * MIB) {
        let in_message = data::in_message(&input);
        assert_eq!(ours::tokens(&input, ours::no_limits()), lut::scan(&input), "{name}");
        let options = ReadOptions::default().limits(ours::no_limits());
        let contenders = vec![
            repeated("lut", &input, |input| lut::scan(input).checksum() >> 32),
            repeated("tokens", &input, |input| ours::tokens(input, ours::no_limits()).checksum() >> 32),
            repeated("stream/pull", &in_message, |input| ours::pull(input, &options)),
            repeated("stream/push-64k", &in_message, |input| ours::push(input, 1 << 16, &options)),
        ];
        let heat = Heat::run(5, contenders);
        row(&heat, &format!("{name}, tokens"), "tokens", "lut", Bar::kept(0.25));
        row(&heat, &format!("{name}, typed, pull"), "stream/pull", "lut", Bar::kept(0.25));
        row(&heat, &format!("{name}, typed, pushed in 64 KiB"), "stream/push-64k", "lut", Bar::kept(0.25));
    }
}

fn with_peers() {
    let input = data::large(4 * MIB, true);
    let input = input.as_slice();
    let (renamed, csv) = (data::with_letter_tags(input), data::to_csv(input));
    let (renamed, csv) = (renamed.as_slice(), csv.as_slice());
    assert_eq!(peers::csv(csv), peers::csv_checksum(input));
    assert_eq!(peers::from_bytes(renamed), lut::scan(renamed).segments);
    assert_eq!(peers::typed(renamed), ours::transactions(&ours::decode(input, &ReadOptions::default())));
    let segments = peers::segments(renamed);
    let mut out = Vec::new();
    let size = input.len();
    let written = usize::try_from(peers::write(&segments, &mut out)).unwrap_or(size);
    let contenders = vec![
        Contender::new("lut", size, || lut::scan(black_box(input)).checksum()),
        Contender::new("csv-core", csv.len(), || peers::csv(black_box(csv))),
        Contender::new("edifact-rs/tokenizer", size, || peers::tokenize(black_box(renamed))),
        Contender::new("edifact-rs/from_bytes", size, || peers::from_bytes(black_box(renamed))),
        Contender::new("edifact-rs/from_reader", size, || peers::from_reader(black_box(renamed))),
        Contender::new("edifact-rs/typed", size, || peers::typed(black_box(renamed))),
        Contender::new("edifact-rs/typed, streamed", size, || peers::typed_from_reader(black_box(renamed))),
        Contender::new("edifact-rs/write", written, || peers::write(black_box(&segments), &mut out)),
    ];
    let heat = Heat::run(7, contenders);
    head("peers on 4 MiB");
    for name in &heat.names[1..] {
        row(&heat, name, name, "lut", Bar::NONE);
    }
}
