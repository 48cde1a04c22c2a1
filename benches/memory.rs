//! Allocations and peak memory, counted; a bench of its own, because counting costs time.
//!
//! `cargo bench --bench memory` prints the table in a few seconds. See `benches/README.md`.

mod common;

use std::alloc::System;
use std::hint::black_box;

use cap::Cap;
use common::{data, ours, peers};
use nhais_edifact::ReadOptions;
use nhais_edifact::options::Limits;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: Cap<&StatsAlloc<System>> = Cap::new(&INSTRUMENTED_SYSTEM, usize::MAX);

const MIB: usize = 1 << 20;

/// What some work asked of the allocator.
#[derive(Clone, Copy)]
struct Usage {
    allocations: usize,
    reallocations: usize,
    /// The most that was held at a time, over what was held before.
    peak: usize,
}

/// Counts what `work` allocates.
fn usage(work: impl FnOnce() -> u64) -> Usage {
    // The allocator knows only the peak since the program began: fill up to it, then what is above is new.
    let filler = Vec::<u8>::with_capacity(ALLOCATOR.max_allocated().saturating_sub(ALLOCATOR.allocated()));
    let (held, before) = (ALLOCATOR.allocated(), INSTRUMENTED_SYSTEM.stats());
    black_box(work());
    let (peak, after) = (ALLOCATOR.max_allocated(), INSTRUMENTED_SYSTEM.stats());
    drop(black_box(filler));
    Usage {
        allocations: after.allocations - before.allocations,
        reallocations: after.reallocations - before.reallocations,
        peak: peak.saturating_sub(held),
    }
}

/// One row: what, how often it allocated, how much it held; the bar, and whether it is met.
fn row(what: &str, usage: Usage, per: &str, bar: Option<(&str, bool)>) {
    let (bar, met) = match bar {
        Some((bar, true)) => (bar, "met"),
        Some((bar, false)) => (bar, "NOT MET"),
        None => ("", ""),
    };
    let (count, again, peak) = (usage.allocations, usage.reallocations, usage.peak);
    println!("| {what:<44} | {count:>9} | {again:>6} | {peak:>11} | {per:<24} | {bar:<28} | {met:<7} |");
}

fn head(title: &str) {
    println!("\n{title}\n");
    println!(
        "| {:<44} | {:>9} | {:>6} | {:>11} | {:<24} | {:<28} | {:<7} |",
        "what", "allocated", "grown", "peak, bytes", "that is", "bar", ""
    );
    println!("|{:-<46}|{:->11}|{:->8}|{:->13}|{:-<26}|{:-<30}|{:-<9}|", "", ":", ":", ":", "", "", "");
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

fn main() {
    if !common::is_bench() {
        return;
    }
    small();
    large();
    hostile();
}

fn small() {
    let input = data::small();
    let renamed = data::with_letter_tags(&input);
    let options = ReadOptions::default();
    head(&format!("one interchange of {} bytes", input.len()));
    let decode = usage(|| ours::transactions(&ours::decode(&input, &options)));
    row("decode", decode, "", Some(("at most 6 allocations", decode.allocations + decode.reallocations <= 6)));
    row("edifact-rs/from_bytes", usage(|| peers::from_bytes(&renamed)), "", None);
    row("edifact-rs/typed", usage(|| peers::typed(&renamed)), "", None);
    row("edifact-rs/typed, streamed", usage(|| peers::typed_from_reader(&renamed)), "", None);
}

fn large() {
    let (input, plain) = (data::large(16 * MIB, true), data::large(16 * MIB, false));
    let options = ReadOptions::default();
    let model = ours::decode(&input, &options);
    let (messages, transactions) = (model.messages.len(), ours::transactions(&model));
    let released = data::releases(&input);
    let per_message = |usage: Usage| format!("{:.2} per message", ratio(usage.allocations, messages));
    head(&format!("{} bytes, {messages} messages, {transactions} transactions", input.len()));

    let none = |usage: Usage, bar: &'static str| Some((bar, usage.allocations < 20));
    let tokens = usage(|| ours::tokens(&input, ours::no_limits()).checksum());
    row("tokens", tokens, "", none(tokens, "none but the buffers"));
    let elements = usage(|| ours::elements(&input));
    row("elements by index", elements, "", none(elements, "none per segment"));
    let pull = usage(|| ours::pull(&plain, &options));
    row("stream/pull, no release characters", pull, "", none(pull, "none per transaction"));
    let push = usage(|| ours::push(&plain, 1 << 16, &options));
    row("stream/push-64k, no release characters", push, "", none(push, "none per transaction"));
    let pull = usage(|| ours::pull(&input, &options));
    let met = pull.allocations < released + 20;
    row("stream/pull", pull, &format!("{released} released texts"), Some(("one per released text", met)));

    let decode = usage(|| ours::transactions(&ours::decode(&input, &options)));
    let met = decode.allocations + decode.reallocations <= 4 * messages;
    row("decode", decode, &per_message(decode), Some(("at most 4 per message", met)));
    let times = ratio(decode.peak, input.len());
    row("decode", decode, &format!("{times:.2} x the input"), Some(("at most 4 x the input", times <= 4.0)));
    let mut out = Vec::new();
    ours::encode(&model, &mut out);
    let encode = usage(|| ours::encode(&model, &mut out));
    row("encode into a reused buffer", encode, &per_message(encode), Some(("none", encode.allocations == 0)));
    drop(model);

    let renamed = data::with_letter_tags(&input);
    let peer = |name: &str, work: fn(&[u8]) -> u64| {
        let usage = usage(|| work(&renamed));
        row(name, usage, &per_message(usage), None);
    };
    peer("edifact-rs/from_bytes", peers::from_bytes);
    peer("edifact-rs/from_reader", peers::from_reader);
    peer("edifact-rs/typed", peers::typed);
    peer("edifact-rs/typed, streamed", peers::typed_from_reader);
}

/// A transaction of at most ten segments, each of at most 64 KiB and 65,536 components; much more is fed.
fn hostile() {
    let mut limits = Limits::default();
    limits.segments_per_transaction = 10;
    let options = ReadOptions::default().limits(limits);
    // The bytes of a segment and four for each of its components, in buffers that double; and a chunk.
    let bound = 2 * (10 * ((1 << 16) + 4 * (1 << 16)) + (1 << 16));
    let bar = |usage: Usage| Some(("within the limits", usage.peak <= bound));
    head(&format!("32 MiB of hostile input in a transaction, limits that come to {bound} bytes"));
    let breaks = [("breaks", vec![b'\n'; 32 * MIB])];
    for (name, input) in data::hostile(32 * MIB).into_iter().chain(breaks) {
        let input = data::in_message(&input);
        let times = |usage: Usage| format!("{:.2} x the input", ratio(usage.peak, input.len()));
        let pull = usage(|| ours::pull(&input, &options));
        row(&format!("{name}, pull"), pull, &times(pull), bar(pull));
        let push = usage(|| ours::push(&input, 1 << 16, &options));
        row(&format!("{name}, push-64k"), push, &times(push), bar(push));
    }
}
