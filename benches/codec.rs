//! Criterion benches: reading and writing at every level, on inputs small, large and hostile, beside the yardstick.
//!
//! `cargo bench --bench codec -- stream` runs those whose name holds `stream`. See `benches/README.md`.

mod common;

use std::hint::black_box;
use std::time::Duration;

use common::{data, lut, ours, peers};
use criterion::{BenchmarkGroup, Criterion, Throughput, measurement::WallTime};
use nhais_edifact::{Interchange, ReadOptions};

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(20)
        .configure_from_args();
    let inputs = [("small", data::small()), ("hundred", data::hundred()), ("large", data::large(4 << 20, true))];
    for (name, input) in inputs {
        let mut group = group(&mut criterion, name, input.len());
        yardstick(&mut group, &input);
        syntax(&mut group, &input);
        streams(&mut group, &input);
        whole(&mut group, &input);
        others(&mut group, &input);
        group.finish();
    }
    for (name, input) in data::hostile(1 << 20) {
        hostile(&mut criterion, name, &input);
    }
    criterion.final_summary();
}

type Group<'c> = BenchmarkGroup<'c, WallTime>;

fn group<'c>(criterion: &'c mut Criterion, name: &str, bytes: usize) -> Group<'c> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes as u64));
    group
}

/// Benches work on an input, and asserts each time that it comes to the same.
fn bench(group: &mut Group<'_>, name: &str, input: &[u8], expected: u64, mut work: impl FnMut(&[u8]) -> u64) {
    group.bench_function(name, |bencher| {
        bencher.iter(|| assert_eq!(work(black_box(input)), expected));
    });
}

fn yardstick(group: &mut Group<'_>, input: &[u8]) {
    let expected = lut::scan(input).checksum();
    bench(group, "lut", input, expected, |input| lut::scan(input).checksum());
}

fn syntax(group: &mut Group<'_>, input: &[u8]) {
    let tally = lut::scan(input);
    bench(group, "scan", input, ours::scan_checksum(&tally, input), ours::scan);
    bench(group, "elements", input, ours::elements_checksum(input), ours::elements);
    bench(group, "tokens", input, tally.checksum(), |input| ours::tokens(input, ours::no_limits()).checksum());
}

fn streams(group: &mut Group<'_>, input: &[u8]) {
    let options = ReadOptions::default();
    let expected = ours::pull(input, &options);
    bench(group, "stream/pull", input, expected, |input| ours::pull(input, &options));
    for (name, chunk) in [("stream/push-64k", 1 << 16), ("stream/push-1500", 1500), ("stream/push-1", 1)] {
        bench(group, name, input, expected, |input| ours::push(input, chunk, &options));
    }
}

fn whole(group: &mut Group<'_>, input: &[u8]) {
    let (lenient, strict) = (ReadOptions::default(), ReadOptions::strict());
    let model = ours::decode(input, &strict);
    let expected = ours::transactions(&model);
    let default =
        |input: &[u8]| ours::transactions(&Interchange::decode(input).expect("a valid interchange").interchange);
    bench(group, "decode", input, expected, default);
    bench(group, "decode-strict", input, expected, |input| ours::transactions(&ours::decode(input, &strict)));
    let mut out = Vec::new();
    ours::encode(&model, &mut out);
    assert!(out == input, "the generated interchange is canonical");
    let length = input.len() as u64;
    bench(group, "encode", input, length, |_| ours::encode(black_box(&model), &mut out));
    bench(group, "round-trip", input, length, |input| ours::encode(&ours::decode(input, &lenient), &mut out));
}

fn others(group: &mut Group<'_>, input: &[u8]) {
    let (renamed, csv) = (data::with_letter_tags(input), data::to_csv(input));
    bench(group, "csv-core", &csv, peers::csv_checksum(input), peers::csv);
    let segments = lut::scan(input).segments;
    bench(group, "edifact-rs/from_bytes", &renamed, segments, peers::from_bytes);
    bench(group, "edifact-rs/from_reader", &renamed, segments, peers::from_reader);
    let transactions = peers::typed(&renamed);
    bench(group, "edifact-rs/typed", &renamed, transactions, peers::typed);
    bench(group, "edifact-rs/typed-streamed", &renamed, transactions, peers::typed_from_reader);
    let parsed = peers::segments(&renamed);
    let mut out = Vec::new();
    let written = peers::write(&parsed, &mut out);
    bench(group, "edifact-rs/write", &renamed, written, |_| peers::write(black_box(&parsed), &mut out));
}

fn hostile(criterion: &mut Criterion, name: &str, input: &[u8]) {
    let in_message = data::in_message(input);
    let options = ReadOptions::default().limits(ours::no_limits());
    let mut group = group(criterion, &format!("hostile/{name}"), input.len());
    yardstick(&mut group, input);
    let tokens = lut::scan(input).checksum();
    bench(&mut group, "tokens", input, tokens, |input| ours::tokens(input, ours::no_limits()).checksum());
    let events = ours::pull(&in_message, &options);
    bench(&mut group, "stream/pull", &in_message, events, |input| ours::pull(input, &options));
    bench(&mut group, "stream/push-64k", &in_message, events, |input| ours::push(input, 1 << 16, &options));
    group.finish();
}
