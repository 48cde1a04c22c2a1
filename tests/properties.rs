//! The laws of DESIGN.md as property tests: on the corpus of this crate, whole and mutated, and on bytes at random.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;

#[path = "support/laws.rs"]
mod laws;

/// Every interchange of the corpus.
fn corpus() -> &'static [Vec<u8>] {
    static CORPUS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
        let mut files = Vec::new();
        for folder in fs::read_dir(root).unwrap() {
            for file in fs::read_dir(folder.unwrap().path()).unwrap() {
                let path = file.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "edi") {
                    files.push(path);
                }
            }
        }
        files.sort();
        assert!(files.len() > 300, "the corpus is not where it should be");
        files.iter().map(|path| fs::read(path).unwrap()).collect()
    })
}

/// A change of one place.
#[derive(Debug, Clone)]
enum Mutation {
    Replace(usize, u8),
    Insert(usize, u8),
    Delete(usize),
    Truncate(usize),
    DoubleSegment(usize),
    DropSegment(usize),
    SwapSegments(usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let byte = prop_oneof![
        4 => proptest::sample::select(b"'+:?%\r\n \t0A.".to_vec()),
        1 => any::<u8>(),
    ];
    prop_oneof![
        (any::<usize>(), byte.clone()).prop_map(|(at, byte)| Mutation::Replace(at, byte)),
        (any::<usize>(), byte).prop_map(|(at, byte)| Mutation::Insert(at, byte)),
        any::<usize>().prop_map(Mutation::Delete),
        any::<usize>().prop_map(Mutation::Truncate),
        any::<usize>().prop_map(Mutation::DoubleSegment),
        any::<usize>().prop_map(Mutation::DropSegment),
        (any::<usize>(), any::<usize>()).prop_map(|(one, other)| Mutation::SwapSegments(one, other)),
    ]
}

fn mutate(input: &mut Vec<u8>, mutation: &Mutation) {
    if input.is_empty() {
        return;
    }
    let len = input.len();
    let mut segments: Vec<Vec<u8>> = input.split_inclusive(|byte| *byte == b'\'').map(<[u8]>::to_vec).collect();
    let count = segments.len();
    match *mutation {
        Mutation::Replace(at, byte) => input[at % len] = byte,
        Mutation::Insert(at, byte) => input.insert(at % len, byte),
        Mutation::Delete(at) => {
            input.remove(at % len);
        }
        Mutation::Truncate(at) => input.truncate(at % len),
        Mutation::DoubleSegment(at) => {
            let segment = segments[at % count].clone();
            segments.insert(at % count, segment);
            *input = segments.concat();
        }
        Mutation::DropSegment(at) => {
            segments.remove(at % count);
            *input = segments.concat();
        }
        Mutation::SwapSegments(one, other) => {
            segments.swap(one % count, other % count);
            *input = segments.concat();
        }
    }
}

/// An interchange of the corpus with up to four changes.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let mutations = proptest::collection::vec(mutation(), 0..4);
    (proptest::sample::select(corpus()), mutations).prop_map(|(mut input, mutations)| {
        for mutation in &mutations {
            mutate(&mut input, mutation);
        }
        input
    })
}

/// Bytes in which structure is likely.
fn random() -> impl Strategy<Value = Vec<u8>> {
    let word = proptest::sample::select(vec![
        &b"UNA:+.? '"[..],
        b"UNA:+.  \n",
        b"UNA\x1f\x1d.  \x1c",
        b"UNB+UNOA:2+A+B+240101:0000+1'",
        b"UNH+1+FHSREG:0:1:FH:FHS001'",
        b"UNZ+0+1'",
        b"S01+1'",
        b"RFF+TN:1'",
        b"RFF+950:G1'",
        b"PNA+PAT",
        b"NAD+PAT++",
        b"\xEF\xBB\xBF",
        b"HELLO\n",
        b"'",
        b"+",
        b":",
        b"?",
        b"\r\n",
        b" ",
        b"\x1c",
        b"A",
        b"\xC9",
    ]);
    proptest::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

fn any_input() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => mutated(), 2 => random()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn l1_l2_spans_tile_the_input(input in any_input()) {
        laws::spans_tile_the_input(&input);
    }

    #[test]
    fn l4_writing_is_a_fixed_point(input in any_input()) {
        laws::writing_is_a_fixed_point(&input);
    }

    #[test]
    fn l5_chunks_change_nothing(input in any_input(), sizes in proptest::collection::vec(1usize..40, 1..6)) {
        laws::chunks_change_nothing(&input, &sizes);
        laws::chunks_change_no_segment(&input, &sizes);
    }

    #[test]
    fn l6_strict_accepts_a_subset(input in any_input()) {
        laws::strict_accepts_a_subset(&input);
    }

    #[test]
    fn l9_the_scanner_agrees_with_a_naive_splitter(input in any_input()) {
        laws::scanner_agrees_with_a_naive_splitter(&input);
    }
}

#[test]
fn laws_hold_on_the_whole_corpus() {
    for input in corpus() {
        laws::spans_tile_the_input(input);
        laws::writing_is_a_fixed_point(input);
        laws::strict_accepts_a_subset(input);
        laws::scanner_agrees_with_a_naive_splitter(input);
    }
}

#[test]
fn l5_every_split_in_two_changes_nothing() {
    for input in corpus().iter().step_by(7) {
        for at in 1..input.len().max(2) {
            laws::chunks_change_nothing(input, &[at, usize::MAX]);
            laws::chunks_change_no_segment(input, &[at, usize::MAX]);
        }
    }
}

#[test]
fn l5_chunks_of_one_byte_change_nothing() {
    for input in corpus() {
        laws::chunks_change_nothing(input, &[1]);
        laws::chunks_change_no_segment(input, &[1]);
    }
}
