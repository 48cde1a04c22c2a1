//! How the tables of ratios are measured: contenders side by side, in rounds.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Something to be measured: a name, how many bytes it stands for, and the work, which gives a checksum.
pub(crate) struct Contender<'c> {
    name: &'static str,
    bytes: usize,
    run: Box<dyn FnMut() -> u64 + 'c>,
}

impl<'c> Contender<'c> {
    pub(crate) fn new(name: &'static str, bytes: usize, run: impl FnMut() -> u64 + 'c) -> Self {
        Self { name, bytes, run: Box::new(run) }
    }
}

/// Contenders measured side by side; per round, the speed of each in bytes per second.
pub(crate) struct Heat {
    pub(crate) names: Vec<&'static str>,
    rounds: Vec<Vec<f64>>,
}

impl Heat {
    /// Runs every contender once to warm up, then once in each round; all must agree with themselves.
    pub(crate) fn run(rounds: usize, mut contenders: Vec<Contender<'_>>) -> Self {
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
    pub(crate) fn speed(&self, name: &str) -> f64 {
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

/// What a ratio is to be at least, and what it had to be before; neither where nothing is asked.
#[derive(Clone, Copy)]
pub(crate) struct Bar {
    now: Option<f64>,
    before: Option<f64>,
}

impl Bar {
    pub(crate) const NONE: Self = Self { now: None, before: None };

    /// A bar where there was none.
    pub(crate) const fn new(now: f64) -> Self {
        Self { now: Some(now), before: None }
    }

    /// A bar that stays as it was.
    pub(crate) const fn kept(now: f64) -> Self {
        Self::raised(now, now)
    }

    /// A bar that was lower before.
    pub(crate) const fn raised(before: f64, now: f64) -> Self {
        Self { now: Some(now), before: Some(before) }
    }

    fn verdict(self, ratio: f64) -> &'static str {
        match (self.now, self.before) {
            (None, _) => "",
            (Some(now), _) if ratio >= now => "met",
            (_, Some(before)) if ratio < before => "below the old bar",
            _ => "NOT MET",
        }
    }
}

/// One row: what, in which heat, against what; the bar, if there is one.
pub(crate) fn row(heat: &Heat, what: &str, name: &str, to: &str, bar: Bar) {
    let (own, other, ratio) = (heat.speed(name), heat.speed(to), heat.ratio(name, to));
    let (now, verdict) = (bar.now.map_or_else(String::new, |now| format!("{now:.2}")), bar.verdict(ratio));
    println!("| {what:<52} | {own:>7.0} | {other:>7.0} | {ratio:>6.3} | {now:>5} | {verdict:<17} |");
}

pub(crate) fn head(title: &str) {
    println!("\n{title}\n");
    println!("| {:<52} | {:>7} | {:>7} | {:>6} | {:>5} | {:<17} |", "what", "MB/s", "to MB/s", "ratio", "bar", "");
    println!("|{:-<54}|{:->9}|{:->9}|{:->8}|{:->7}|{:-<19}|", "", ":", ":", ":", ":", "");
}
