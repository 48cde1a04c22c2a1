//! Whether time per byte stays the same from small inputs to large ones, and from few transactions in a message to many.
//!
//! `cargo bench --bench flat` prints it in about half a minute, and takes some 3 GiB of memory. See `benches/README.md`.

mod common;

use std::hint::black_box;
use std::time::Instant;

use common::{data, ours};
use nhais_edifact::ReadOptions;
use nhais_edifact::options::Limits;

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;

fn main() {
    if !common::is_bench() {
        return;
    }
    head("input");
    for size in [64 * KIB, MIB, 16 * MIB, 256 * MIB, 1024 * MIB] {
        row(&format!("{} KiB", size / KIB), &data::large(size, true));
    }
    head("transactions per message");
    for transactions in [1, 10, 100, 1_000, 10_000, 100_000] {
        row(&transactions.to_string(), &data::with_transactions(16 * MIB, transactions));
    }
}

fn head(title: &str) {
    println!("\n| {title:>24} | pull, ns per byte | decode | encode |\n|---:|---:|---:|---:|");
}

/// Reads and writes an input, and says how long that takes.
fn row(name: &str, input: &[u8]) {
    // The default limits end a gibibyte at a million messages.
    let mut limits = Limits::default();
    (limits.messages_per_interchange, limits.transactions_per_message) = (usize::MAX, usize::MAX);
    let options = ReadOptions::default().limits(limits);
    let count = |text: &[u8; 4]| input.windows(4).filter(|bytes| bytes == text).count() as u64;
    // A heading and a trailer per message, and those of the interchange.
    let expected = 1_000 * count(b"S01+") + 2 * count(b"UNH+") + 2;
    assert_eq!(ours::pull(input, &options), expected, "it is not read to its end");
    let pull = nanoseconds(input.len(), || ours::pull(black_box(input), &options));
    // The model of a gibibyte takes more memory than a machine may have.
    if input.len() > 512 * MIB {
        println!("| {name:>24} | {pull:>17.2} |        |        |");
        return;
    }
    let model = ours::decode(input, &options);
    let decode = nanoseconds(input.len(), || ours::transactions(&ours::decode(black_box(input), &options)));
    let mut out = Vec::with_capacity(input.len() + KIB);
    let encode = nanoseconds(input.len(), || ours::encode(black_box(&model), &mut out));
    assert!(out == input, "the generated interchange is canonical");
    println!("| {name:>24} | {pull:>17.2} | {decode:>6.2} | {encode:>6.2} |");
}

/// The median of some runs, short ones repeated so that they can be timed, in nanoseconds per byte.
#[expect(clippy::cast_precision_loss, reason = "sizes are small")]
fn nanoseconds(bytes: usize, mut work: impl FnMut() -> u64) -> f64 {
    let times = (16 * MIB / bytes).max(1);
    let checksum = work();
    let mut runs: Vec<f64> = (0..5)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..times {
                assert_eq!(black_box(work()), checksum);
            }
            start.elapsed().as_secs_f64() * 1e9 / (bytes * times) as f64
        })
        .collect();
    runs.sort_by(f64::total_cmp);
    runs[runs.len() / 2]
}
