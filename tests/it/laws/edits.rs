//! L12 and L13 on every file of the corpus with every edit of one kind at one place, one after the other.
//!
//! An ordinary run takes one of so many edits, always the same. `NHAIS_EDIFACT_ALL=1` takes all, a million; then a release build is
//! advised: `NHAIS_EDIFACT_ALL=1 cargo test --release --test it laws::edits`.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use nhais_edifact::syntax::SegmentReader;
use nhais_edifact::{Interchange, ReadOptions};

use crate::files;
use crate::support::laws;

/// Every interchange of the corpus with its name.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let root = files::root().join("tests/corpus");
    let files = files::files_with(&root, "edi");
    assert!(files.len() > 400, "the corpus is not where it should be");
    let named = |file: PathBuf| (file.strip_prefix(&root).unwrap().display().to_string(), fs::read(&file).unwrap());
    files.into_iter().map(named).collect()
}

/// What is run: all, or one of so many.
struct Run {
    one_of: usize,
    seen: usize,
    tried: usize,
    broken: Vec<String>,
}

impl Run {
    fn new(one_of: usize) -> Run {
        let is_whole = std::env::var_os("NHAIS_EDIFACT_ALL").is_some();
        Run { one_of: if is_whole { 1 } else { one_of }, seen: 0, tried: 0, broken: Vec::new() }
    }

    /// Tries the law if it is the turn of this input; it says whether the law asks anything of it.
    fn holds(&mut self, name: &str, law: impl FnOnce() -> bool) {
        self.seen += 1;
        if !self.seen.is_multiple_of(self.one_of) {
            return;
        }
        match catch_unwind(AssertUnwindSafe(law)) {
            Ok(is_asked) => self.tried += usize::from(is_asked),
            Err(_) => self.broken.push(name.to_owned()),
        }
    }

    /// All of them held.
    fn finish(self) {
        println!("{} of {} inputs tried", self.tried, self.seen);
        assert!(self.tried > 100, "too few inputs");
        assert!(self.broken.is_empty(), "{} inputs break the law, of {:?}", self.broken.len(), self.broken);
    }
}

fn l12(edited: &[u8]) -> bool {
    laws::what_was_lost_is_not_acknowledged(edited);
    true
}

fn l13(parts: &[laws::WithLines], behind: &[u8]) -> bool {
    laws::lines_hide_no_interchange(parts, behind);
    true
}

#[test]
fn l12_holds_for_every_edit_of_bytes() {
    let mut run = Run::new(127);
    for (name, wire) in corpus() {
        laws::each_edit_of_bytes(&wire, |edited| run.holds(&name, || l12(edited)));
    }
    run.finish();
}

#[test]
fn l12_holds_for_every_edit_of_segments() {
    let mut run = Run::new(29);
    for (name, wire) in corpus() {
        laws::each_edit_of_segments(&wire, |edited| run.holds(&name, || l12(edited)));
    }
    run.finish();
}

/// What may stand between two interchanges.
const BETWEEN: &[&[u8]] = &[
    b"",
    b"\n",
    b"\r\n\r\n",
    b" \t\n",
    b"\xEF\xBB\xBF",
    b"\n\xEF\xBB\xBF",
    b"\x1A\x00",
    b"\xE2\x80\x8B",
    b"From: Dr O'Dell\r\nSubject: GP's transfers + more: two?\r\n\r\n",
    b"UNABLE TO DELIVER\n",
    b"UNZ+1+1'\n",
    b"UNT+2+1'",
    b"NAD+PAT++A",
];

/// An interchange to stand behind another, with service characters of its own or without.
fn next_ones() -> Vec<Vec<u8>> {
    let usual = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'\nUNH+00000508+FHSREG:0:1:FH:FHS001'\nBGM+++507'\n\
        NAD+FHS+ZQX:954'\nDTM+137:202403180907:203'\nRFF+950:G3'\nS01+1'\nRFF+TN:2009'\nNAD+GP+7000015,T93:900'\n\
        FTX+RGI+++MOVED 40 MILES AWAY'\nS02+2'\nPNA+PAT+9990000069:OPI'\nUNT+12+00000508'\nUNZ+1+00000108'";
    let advised = laws::ADVICES.iter().map(|advice| laws::translated(usual, advice));
    advised.chain([usual.to_vec()]).collect()
}

/// Whether the input is one interchange and nothing else, and ends with the terminator of its trailer.
fn is_one_interchange(wire: &[u8]) -> bool {
    let Ok(all) = Interchange::decode_all(wire, &ReadOptions::default()) else { return false };
    let [one] = &all[..] else { return false };
    let (mut reader, mut ends) = (SegmentReader::new(wire), false);
    while let Ok(Some(segment)) = reader.next_segment() {
        // With an empty segment behind it, an advice is one at the start of the input only.
        if segment.follows_advice() && segment.is_empty() {
            return false;
        }
        ends = segment.tag_text().as_str() == "UNZ" && segment.is_terminated();
    }
    ends && one.interchange.leading.is_empty() && one.interchange.trailing.is_empty()
}

#[test]
fn l13_holds_between_every_file_and_the_next_interchange() {
    let (mut run, next_ones) = (Run::new(61), next_ones());
    for (name, wire) in corpus() {
        if !is_one_interchange(&wire) {
            continue;
        }
        for between in BETWEEN {
            for next in &next_ones {
                for is_cut in [false, true] {
                    let parts = [(Vec::new(), wire.clone(), is_cut), (between.to_vec(), next.clone(), false)];
                    run.holds(&name, || l13(&parts, b""));
                    let parts = [(between.to_vec(), next.clone(), is_cut), (between.to_vec(), wire.clone(), false)];
                    run.holds(&name, || l13(&parts, between));
                }
            }
        }
    }
    run.finish();
}

/// Whatever is wrong in an interchange that ends with its trailer, the one behind it is found.
#[test]
fn l13_holds_behind_every_edit() {
    let (mut run, next_ones) = (Run::new(397), next_ones());
    for (name, wire) in corpus() {
        laws::each_edit(&wire, |edited| {
            let next = &next_ones[run.seen % next_ones.len()];
            let between = BETWEEN[run.seen / next_ones.len() % BETWEEN.len()];
            run.holds(&name, || {
                let parts = [(Vec::new(), edited.to_vec(), false), (between.to_vec(), next.clone(), false)];
                is_one_interchange(edited) && l13(&parts, b"")
            });
        });
    }
    run.finish();
}
