//! The table of ratios: every speed that the design promises, against the yardstick on the same input.
//!
//! `cargo bench --bench ratios` prints it in about two minutes. See `benches/README.md`.

mod common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use common::{data, lut, ours, peers};
use nhais_edifact::ReadOptions;

const MIB: usize = 1 << 20;

/// Something to be measured: a name, how many bytes it stands for, and the work, which gives a checksum.
struct Contender<'c> {
    name: &'static str,
    bytes: usize,
    run: Box<dyn FnMut() -> u64 + 'c>,
}

impl<'c> Contender<'c> {
    fn new(name: &'static str, bytes: usize, run: impl FnMut() -> u64 + 'c) -> Self {
        Self { name, bytes, run: Box::new(run) }
    }
}

/// Contenders measured side by side; per round, the speed of each in bytes per second.
struct Heat {
    names: Vec<&'static str>,
    rounds: Vec<Vec<f64>>,
}

impl Heat {
    /// Runs every contender once to warm up, then once in each round; all must agree with themselves.
    fn run(rounds: usize, mut contenders: Vec<Contender<'_>>) -> Self {
        let checksums: Vec<u64> = contenders.iter_mut().map(|contender| (contender.run)()).collect();
        let mut speeds = Vec::new();
        for _ in 0..rounds {
            let timed = contenders.iter_mut().zip(&checksums).map(|(contender, checksum)| speed(contender, *checksum));
            speeds.push(timed.collect());
        }
        Self { names: contenders.iter().map(|contender| contender.name).collect(), rounds: speeds }
    }

    fn at(&self, name: &str) -> usize {
        self.names.iter().position(|other| *other == name).expect("a contender of this heat")
    }

    /// Median of the speeds of one contender, in MB/s.
    fn speed(&self, name: &str) -> f64 {
        let at = self.at(name);
        median(self.rounds.iter().map(|round| round[at] / 1e6))
    }

    /// Median of the ratios of two contenders in the same round.
    fn ratio(&self, name: &str, to: &str) -> f64 {
        let (at, to) = (self.at(name), self.at(to));
        median(self.rounds.iter().map(|round| round[at] / round[to]))
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes are small")]
fn speed(contender: &mut Contender<'_>, checksum: u64) -> f64 {
    let start = Instant::now();
    let result = black_box((contender.run)());
    let elapsed = start.elapsed().max(Duration::from_nanos(1));
    assert_eq!(result, checksum, "{} gives another result than before", contender.name);
    contender.bytes as f64 / elapsed.as_secs_f64()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// One row: what, in which heat, against what; the bar, if there is one.
fn row(heat: &Heat, what: &str, name: &str, to: &str, bar: Option<f64>) {
    let (own, other, ratio) = (heat.speed(name), heat.speed(to), heat.ratio(name, to));
    let (bar, met) = match bar {
        Some(bar) => (format!("{bar:.2}"), if ratio >= bar { "met" } else { "NOT MET" }),
        None => (String::new(), ""),
    };
    println!("| {what:<52} | {own:>7.0} | {other:>7.0} | {ratio:>6.3} | {bar:>4} | {met:<7} |");
}

fn head(title: &str) {
    println!("\n{title}\n");
    println!("| {:<52} | {:>7} | {:>7} | {:>6} | {:>4} | {:<7} |", "what", "MB/s", "to MB/s", "ratio", "bar", "");
    println!("|{:-<54}|{:->9}|{:->9}|{:->8}|{:->6}|{:-<9}|", "", ":", ":", ":", ":", "");
}

fn main() {
    if !common::is_bench() {
        return;
    }
    let started = Instant::now();
    large();
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

fn large() {
    let input = data::large(64 * MIB, true);
    let input = input.as_slice();
    let tally = lut::scan(input);
    check_tokens(input);
    println!("{}", describe(input, &tally));
    let (lenient, strict) = (ReadOptions::default(), ReadOptions::strict());
    let model = ours::decode(input, &strict);
    let mut out = Vec::with_capacity(input.len());
    ours::encode(&model, &mut out);
    assert!(out == input, "the generated interchange is canonical");
    let mut again = out.clone();
    let size = input.len();
    let contenders = vec![
        Contender::new("lut", size, || lut::scan(black_box(input)).checksum()),
        Contender::new("scan", size, || ours::scan(black_box(input))),
        Contender::new("elements", size, || ours::elements(black_box(input))),
        Contender::new("elements/push-64k", size, || ours::elements_pushed(black_box(input), 1 << 16)),
        Contender::new("tokens", size, || ours::tokens(black_box(input), ours::no_limits()).checksum()),
        Contender::new("components", size, || ours::components(black_box(input), ours::no_limits()).checksum()),
        Contender::new("stream/pull", size, || ours::pull(black_box(input), &lenient)),
        Contender::new("stream/push-64k", size, || ours::push(black_box(input), 1 << 16, &lenient)),
        Contender::new("stream/push-1500", size, || ours::push(black_box(input), 1500, &lenient)),
        Contender::new("decode", size, || ours::transactions(&ours::decode(black_box(input), &lenient))),
        Contender::new("decode-strict", size, || ours::transactions(&ours::decode(black_box(input), &strict))),
        Contender::new("encode", size, || ours::encode(black_box(&model), &mut out)),
        Contender::new("round-trip", size, || ours::encode(&ours::decode(black_box(input), &lenient), &mut again)),
    ];
    let heat = Heat::run(9, contenders);
    head("64 MiB of registration messages");
    row(&heat, "tokens over a slice", "tokens", "lut", Some(1.3));
    row(&heat, "segments with elements by index, over a slice", "elements", "lut", Some(1.0));
    row(&heat, "the same, pushed in 64 KiB chunks, to slice", "elements/push-64k", "elements", Some(0.9));
    row(&heat, "segments alone (scan)", "scan", "lut", None);
    row(&heat, "segments with all components", "components", "lut", None);
    row(&heat, "typed transactions, pull", "stream/pull", "lut", Some(0.55));
    row(&heat, "typed transactions, pushed in 64 KiB, to pull", "stream/push-64k", "stream/pull", Some(0.9));
    row(&heat, "typed transactions, pushed in 1500 bytes, to pull", "stream/push-1500", "stream/pull", None);
    row(&heat, "whole interchange, typed", "decode", "lut", Some(0.35));
    row(&heat, "whole interchange, strict", "decode-strict", "lut", None);
    row(&heat, "encode into a reused buffer", "encode", "lut", Some(0.7));
    row(&heat, "round trip", "round-trip", "lut", None);
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
        row(&heat, what, name, "lut", None);
    }
    row(&heat, "typed transactions, pushed byte by byte, to pull", "stream/push-1", "stream/pull", None);
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
    row(&heat, "whole interchange, typed, to edifact-rs/typed", "decode", "edifact-rs/typed", Some(8.0));
    row(&heat, "whole interchange, typed", "decode", "lut", None);
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
        row(&heat, &format!("{name}, tokens"), "tokens", "lut", Some(0.25));
        row(&heat, &format!("{name}, typed, pull"), "stream/pull", "lut", Some(0.25));
        row(&heat, &format!("{name}, typed, pushed in 64 KiB"), "stream/push-64k", "lut", Some(0.25));
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
        row(&heat, name, name, "lut", None);
    }
}
