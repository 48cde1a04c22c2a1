//! A binary of its own, since its allocator counts for the whole process: what streaming allocates is nothing per transaction,
//! and no memory that grows with the input.

use std::alloc::System;
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard};

use nhais_edifact::options::Limits;
use nhais_edifact::syntax::{SegmentDecoder, SegmentReader};
use nhais_edifact::{Decoder, EventReader, Interchange, Issue, ReadOptions, WriteOptions};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// The allocator counts for the whole process, so the tests take turns.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

const HEADER: &str = "UNB+UNOA:2+KLM5+ZQX1+240308:0920+00000102'\n";

/// A message of acceptances with every item, without release characters.
fn push_message(text: &mut String, reference: usize, first: usize, transactions: usize) {
    let start = text.matches('\'').count();
    write!(
        text,
        "UNH+{reference:08}+FHSREG:0:1:FH:FHS001'\nBGM+++507'\nNAD+FHS+ZQX:954'\nDTM+137:202403080920:203'\nRFF+950:G1'\n"
    )
    .unwrap();
    for number in first..first + transactions {
        write!(
            text,
            "S01+1'\nRFF+TN:{number}'\nNAD+GP+7000015,T93:900'\nNAD+PGP+++DR FENWICK'\nNAD+PFH+ZQ:954'\n\
             HEA+ACD+A:ZZZ'\nHEA+ATP+3:ZZZ'\nHEA+DM+Y:ZZZ'\nDTM+956:20240307:102'\nLOC+950+NEWTON ABBEY'\n\
             FTX+RGI+++TWIN 1 OF 2'\nS02+2'\nPNA+PAT+9990000026:OPI+++SU:MARLOWE+FO:IRIS+TI:MISS+MI:JUNE+FS:ROSE MAY'\n\
             DTM+329:20240219:102'\nPDI+2'\n\
             NAD+PAT++THE GABLES:{number} ELDER WALK:LOWER END:NEWTON ABBEY:WESTSHIRE+++++ZZ9  9AA'\n\
             NAD+PER++7 MILL LANE:EASTPOOL'\nS02+2'\nPNA+PER++++SU:HOLT'\n"
        )
        .unwrap();
    }
    let count = text.matches('\'').count() - start + 1;
    writeln!(text, "UNT+{count}+{reference:08}'").unwrap();
}

/// One message of so many acceptances.
fn interchange(transactions: usize) -> String {
    let mut text = String::from(HEADER);
    push_message(&mut text, 1, 1, transactions);
    text.push_str("UNZ+1+00000102'\n");
    text
}

/// Allocations and reallocations while `work` runs: the least of several runs, since the test runner allocates too.
fn allocations(work: impl Fn() -> usize) -> (usize, usize) {
    let run = |_| {
        let region = Region::new(ALLOCATOR);
        let result = work();
        let stats = region.change();
        (stats.allocations + stats.reallocations, result)
    };
    (0..5).map(run).min().unwrap()
}

fn pull(input: &str) -> usize {
    let mut reader = EventReader::new(input.as_bytes(), ReadOptions::default());
    let mut issues = 0;
    let mut events = 0;
    while reader.next_event(&mut |_: Issue| issues += 1).unwrap().is_some() {
        events += 1;
    }
    assert_eq!(issues, 0);
    events
}

fn push(input: &str, chunk: usize) -> usize {
    let mut decoder = Decoder::new(ReadOptions::default());
    let mut count = 0;
    for chunk in input.as_bytes().chunks(chunk) {
        let mut events = decoder.feed(chunk);
        while events.next(&mut ()).unwrap().is_some() {
            count += 1;
        }
    }
    let mut events = decoder.finish();
    while events.next(&mut ()).unwrap().is_some() {
        count += 1;
    }
    count
}

#[test]
fn pulling_allocates_nothing_per_transaction() {
    let _turn = turn();
    let (few, many) = (interchange(10), interchange(1_000));
    let (first, events) = allocations(|| pull(&few));
    assert_eq!(events, 14);
    let (second, events) = allocations(|| pull(&many));
    assert_eq!(events, 1_004);
    assert_eq!(first, second, "allocations grow with the number of transactions");
}

#[test]
fn pushing_allocates_nothing_per_transaction() {
    let _turn = turn();
    let (few, many) = (interchange(50), interchange(300));
    for chunk in [1, 97, 1_500] {
        let (first, _) = allocations(|| push(&few, chunk));
        let (second, events) = allocations(|| push(&many, chunk));
        assert_eq!(events, 304);
        assert_eq!(first, second, "allocations grow with the number of transactions, chunks of {chunk}");
    }
}

#[test]
fn segments_allocate_nothing() {
    let _turn = turn();
    let (few, many) = (interchange(10), interchange(1_000));
    let read = |input: &str| {
        let mut reader = SegmentReader::new(input.as_bytes());
        let mut bytes = 0;
        while let Some(segment) = reader.next_segment().unwrap() {
            bytes += segment
                .elements()
                .flat_map(|element| element.components())
                .map(|part| part.text().len())
                .sum::<usize>();
        }
        bytes
    };
    assert_eq!(allocations(|| read(&few)).0, allocations(|| read(&many)).0);
    let decode = |input: &str| {
        let mut decoder = SegmentDecoder::new();
        let mut count = 0;
        for chunk in input.as_bytes().chunks(100) {
            let mut segments = decoder.feed(chunk);
            while segments.next_segment().unwrap().is_some() {
                count += 1;
            }
        }
        count
    };
    assert_eq!(allocations(|| decode(&few)).0, allocations(|| decode(&many)).0);
}

#[test]
fn memory_is_constant_however_much_is_pushed() {
    let _turn = turn();
    let mut decoder = Decoder::new(ReadOptions::default());
    let mut text = String::from(HEADER);
    let (mut pushed, mut transactions, mut after_warming_up) = (0, 0, None);
    for reference in 1..=200 {
        push_message(&mut text, reference, transactions + 1, 50);
        transactions += 50;
        for chunk in text.as_bytes().chunks(4_096) {
            let mut events = decoder.feed(chunk);
            while events.next(&mut ()).unwrap().is_some() {}
        }
        pushed += text.len();
        text.clear();
        let bytes = decoder.buffer_bytes();
        match after_warming_up {
            None if reference == 20 => after_warming_up = Some(bytes),
            None => {}
            Some(warm) => assert_eq!(bytes, warm, "the buffers grow after {pushed} bytes"),
        }
        assert!(bytes < 65_536, "{bytes} bytes of buffers");
    }
    assert!(pushed > 4_000_000);
}

/// Reads to the end; the error there, with its place.
fn error_of(input: &str, limits: Limits) -> (String, Option<u64>) {
    let mut errors = Vec::new();
    let mut reader = EventReader::new(input.as_bytes(), ReadOptions::default().limits(limits));
    let pulled = loop {
        match reader.next_event(&mut ()) {
            Ok(Some(_)) => {}
            Ok(None) => panic!("no limit was exceeded"),
            Err(error) => break error,
        }
    };
    errors.push(pulled);
    let mut decoder = Decoder::new(ReadOptions::default().limits(limits));
    let pushed = 'read: {
        for chunk in input.as_bytes().chunks(13) {
            let mut events = decoder.feed(chunk);
            loop {
                match events.next(&mut ()) {
                    Ok(Some(_)) => {}
                    Ok(None) => break,
                    Err(error) => break 'read error,
                }
            }
        }
        panic!("no limit was exceeded");
    };
    assert_eq!(pulled, pushed, "a chunk changes the error");
    (pulled.kind().id().to_string(), pulled.location().offset)
}

#[test]
fn limits_are_errors_with_their_places() {
    let _turn = turn();
    let input = interchange(3);
    let place = |text: &str, nth: usize| input.match_indices(text).nth(nth).map(|(at, _)| at as u64);
    let limited = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        error_of(&input, limits)
    };
    assert_eq!(limited(|limits| limits.segment_length = 60), ("segment-length".into(), place("PNA+PAT", 0)));
    assert_eq!(
        limited(|limits| limits.components_per_segment = 12),
        ("components-per-segment".into(), place("PNA+PAT", 0))
    );
    assert_eq!(
        limited(|limits| limits.segments_per_transaction = 15),
        ("segments-per-transaction".into(), place("NAD+PAT", 0))
    );
    assert_eq!(
        limited(|limits| limits.transactions_per_message = 2),
        ("transactions-per-message".into(), place("S01", 2))
    );
    assert_eq!(limited(|limits| limits.transaction_length = 300), ("transaction-length".into(), place("S01", 0)));
    assert_eq!(
        limited(|limits| limits.messages_per_interchange = 0),
        ("messages-per-interchange".into(), place("UNH", 0))
    );
}

#[test]
fn blanks_and_empty_segments_in_a_transaction_end_at_the_limit() {
    let _turn = turn();
    let input = interchange(1);
    let (start, _) = input.match_indices("HEA").next().unwrap();
    for filler in [b' ', b'\n', b'\''] {
        let mut decoder = Decoder::new(ReadOptions::default());
        let mut events = decoder.feed(&input.as_bytes()[..start]);
        while events.next(&mut ()).unwrap().is_some() {}
        drop(events);
        let chunk = [filler; 4_096];
        let mut fed = 0;
        let error = loop {
            fed += chunk.len();
            match decoder.feed(&chunk).next(&mut ()) {
                Ok(event) => assert!(event.is_none()),
                Err(error) => break error,
            }
            assert!(fed < 2_000_000);
        };
        assert_eq!(error.kind().id(), "transaction-length");
        let bytes = decoder.buffer_bytes();
        assert!(bytes < 4_000_000, "{bytes}");
        drop(decoder.feed(&chunk));
        assert_eq!(decoder.buffer_bytes(), bytes, "nothing is kept after an error");
    }
}

#[test]
fn a_released_text_is_allocated_once() {
    let _turn = turn();
    let plain = interchange(100);
    let released = plain.replace("SU:MARLOWE", "SU:O?'DELL");
    let (without, _) = allocations(|| pull(&plain));
    let (with, _) = allocations(|| pull(&released));
    assert_eq!(with - without, 100);
}

#[test]
fn an_endless_segment_ends_at_the_limit() {
    let _turn = turn();
    let mut decoder = Decoder::new(ReadOptions::default());
    let chunk = [b'A'; 4_096];
    let (mut fed, limit) = (0, Limits::default().segment_length);
    let error = loop {
        fed += chunk.len();
        match decoder.feed(&chunk).next(&mut ()) {
            Ok(event) => assert!(event.is_none()),
            Err(error) => break error,
        }
        assert!(fed <= limit + chunk.len());
    };
    assert_eq!((error.kind().id(), error.location().offset), ("segment-length", Some(0)));
    assert!(decoder.buffer_bytes() < 4 * limit);
}

/// Bytes that are allocated now and were not when the region began.
fn live(region: &Region<'_, System>) -> usize {
    let change = region.change();
    change.bytes_allocated.saturating_sub(change.bytes_deallocated)
}

/// docs/failures.md#case-39
#[test]
fn separators_without_end() {
    // 100 MB of `+` took 10 GiB. What is kept does not grow, so that a few MB say as much.
    let _turn = turn();
    for pattern in ["+", ":", "+:", "?", "'", "+++++++'", "ZZZ+A:B'", " "] {
        let chunk = pattern.repeat(65_536 / pattern.len());
        let region = Region::new(ALLOCATOR);
        let mut decoder = Decoder::new(ReadOptions::default());
        let mut segment_decoder = SegmentDecoder::new();
        let mut most = 0;
        for _ in 0..40 {
            let mut events = decoder.feed(chunk.as_bytes());
            while let Ok(Some(event)) = events.next(&mut ()) {
                most = most.max(live(&region));
                drop(event);
            }
            let mut segments = segment_decoder.feed(chunk.as_bytes());
            while let Ok(Some(_)) = segments.next_segment() {}
            most = most.max(live(&region));
        }
        assert!(most < 1_000_000, "{most} bytes for {pattern:?}");
    }
}

/// docs/failures.md#case-42
#[test]
fn announced_counts_allocate_nothing() {
    // A count of 2,000,000,000 was allocated.
    let _turn = turn();
    let allocated = |count: &str| {
        let heading = "UNH+1+RECEP:0:2:FH'NHS+ZQX:819:201+7000015,T93:814:202'";
        let lines = format!("RFF+MIS:1 CP'RFF+RIS:00000001 OK:{count}'UNT+{count}+1'UNZ+{count}+00000102'");
        let input = format!("{HEADER}{heading}{lines}");
        let read = || {
            let region = Region::new(ALLOCATOR);
            let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
            let bytes = region.change().bytes_allocated;
            assert_eq!(read.messages.len(), 1);
            bytes
        };
        (0..5).map(|_| read()).min().unwrap()
    };
    // As wrong and too long as the others, so that as many issues are found.
    let one = allocated("1000000");
    for count in ["2000000000", "18446744073709551615", "99999999999999999999999999"] {
        // The input is longer by the digits.
        let more = allocated(count).saturating_sub(one);
        assert!(more <= 3 * count.len(), "{more} bytes more for {count}");
    }
}

/// How many times the input a whole interchange is in memory, and what was found in it.
fn times_the_input(input: &str) -> (usize, usize) {
    let region = Region::new(ALLOCATOR);
    let mut read = Interchange::decode_all(input.as_bytes(), &ReadOptions::default()).unwrap();
    let with_issues = live(&region);
    for decoded in &mut read {
        decoded.issues = Vec::new();
    }
    let models = live(&region);
    (models.div_ceil(input.len()), (with_issues - models).div_ceil(input.len()))
}

/// docs/failures.md#case-43
#[test]
fn whole_interchanges_are_a_few_times_the_input() {
    // It was 27 times.
    let _turn = turn();
    let full = interchange(1_000);
    let released = full.replace("SU:MARLOWE", "SU:O?'DELL").replace("TWIN", "TWIN?+");
    for input in [full, released] {
        let (times, issues) = times_the_input(&input);
        assert!(times <= 4 && issues == 0, "{times} times, {issues} times");
    }
}

#[test]
fn a_buffer_with_256_bytes_to_spare_does_not_grow() {
    let _turn = turn();
    let input = interchange(50);
    let read = Interchange::decode(input.as_bytes()).unwrap().interchange;
    let wire = read.encode(&WriteOptions::default()).unwrap();
    let mut out = Vec::with_capacity(wire.len() + 256);
    let (place, room) = (out.as_ptr(), out.capacity());
    read.encode_into(&WriteOptions::default(), &mut out).unwrap();
    assert_eq!((out.as_ptr(), out.capacity()), (place, room));
    assert!(out == wire);
}

/// docs/failures.md#case-43
#[test]
fn whole_interchanges_at_worst() {
    // Empty transactions and headers cost what the fields of their models take; this is the price of a model that is
    // whole, and a list may have half as much room again. Whoever receives from strangers reads events, of which one at a
    // time is in memory.
    let _turn = turn();
    let heading = "UNH+1+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202403080920:203'";
    let of_type = |code: &str| format!("{HEADER}{heading}RFF+950:{code}'{}", "S01'".repeat(2_000));
    let mut shapes: Vec<String> = ["G1", "G2", "F2", "F9", "F8", "X"].into_iter().map(of_type).collect();
    shapes.extend(["UNH'UNT'", "A'", "UNB'"].into_iter().map(|segment| format!("{HEADER}{}", segment.repeat(2_000))));
    shapes.extend(
        ["A'", "+A"].into_iter().map(|part| format!("{HEADER}{heading}RFF+950:G1'S01+1'RFF+TN:1{}", part.repeat(900))),
    );
    for input in shapes {
        let (times, issues) = times_the_input(&input);
        assert!(times <= 340, "{times} times {}", &input[input.len() - 20..]);
        // 128 bytes for each part that is missing, of which a segment of four bytes may begin ten; and room for as many.
        assert!(issues <= 640, "{issues} times {}", &input[input.len() - 20..]);
    }
}

#[test]
fn what_the_buffers_are_said_to_take_is_what_is_allocated() {
    let _turn = turn();
    let input = interchange(3);
    let odd = input.replace("S02", "ZZZ'S02");
    // Of odd segments and of usual ones, and in the middle of each.
    let of_events = |input: &str| {
        let region = Region::new(ALLOCATOR);
        let mut decoder = Decoder::new(ReadOptions::default());
        let mut is_said = decoder.buffer_bytes() == live(&region);
        for chunk in input.as_bytes().chunks(70) {
            let mut events = decoder.feed(chunk);
            while events.next(&mut ()).unwrap().is_some() {}
            drop(events);
            is_said &= decoder.buffer_bytes() == live(&region);
        }
        is_said
    };
    let of_segments = |input: &str| {
        let region = Region::new(ALLOCATOR);
        let mut decoder = SegmentDecoder::new();
        let mut is_said = decoder.buffer_bytes() == live(&region);
        for chunk in input.as_bytes().chunks(70) {
            let mut segments = decoder.feed(chunk);
            while segments.next_segment().unwrap().is_some() {}
            drop(segments);
            is_said &= decoder.buffer_bytes() == live(&region);
        }
        is_said
    };
    // Who runs the tests allocates too, now and then.
    assert!((0..100).any(|_| of_events(&input)), "usual segments");
    assert!((0..100).any(|_| of_events(&odd)), "odd segments");
    assert!((0..100).any(|_| of_segments(&odd)), "segments");
}

#[test]
fn limits_let_through_what_they_say() {
    let _turn = turn();
    let input = interchange(3);
    let mut limits = Limits::default();
    (limits.transactions_per_message, limits.messages_per_interchange) = (3, 1);
    // Less than where the last transaction begins.
    (limits.transaction_length, limits.segments_per_transaction) = (600, 19);
    for size in [1, 70, input.len()] {
        let mut decoder = Decoder::new(ReadOptions::default().limits(limits));
        for chunk in input.as_bytes().chunks(size) {
            let mut events = decoder.feed(chunk);
            while events.next(&mut ()).unwrap().is_some() {}
        }
    }
    let mut limits = Limits::default();
    limits.components_per_segment = 4;
    let mut reader = SegmentReader::with_limits(b"UNB+1'UNH+1+2+3'BGM+1+2+3+4'UNT+1'", limits);
    assert!(reader.next_segment().is_ok() && reader.next_segment().is_ok());
    assert_eq!(reader.next_segment().err().map(|error| error.location().offset), Some(Some(16)));
    let mut limits = Limits::default();
    limits.segment_length = 60;
    let mut decoder = SegmentDecoder::with_limits(limits);
    let mut segments = decoder.feed(input.as_bytes());
    let error = loop {
        match segments.next_segment() {
            Ok(segment) => assert!(segment.is_some(), "no limit was exceeded"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind().id(), "segment-length");
}

/// Bytes that are still allocated after `work`: the least of several runs, since the test runner allocates too.
fn left_behind(work: impl Fn()) -> usize {
    let run = |_| {
        let region = Region::new(ALLOCATOR);
        work();
        let stats = region.change();
        stats.bytes_allocated.saturating_sub(stats.bytes_deallocated)
    };
    (0..5).map(run).min().unwrap()
}

/// Reads an input as a whole and in chunks.
fn read(input: &[u8]) {
    drop(Interchange::decode_all(input, &ReadOptions::default()));
    let mut decoder = Decoder::new(ReadOptions::default());
    for chunk in input.chunks(100).map(Some).chain([None]) {
        let mut events = match chunk {
            Some(chunk) => decoder.feed(chunk),
            None => decoder.finish(),
        };
        while let Ok(Some(event)) = events.next(&mut ()) {
            drop(event);
        }
    }
}

#[test]
fn nothing_is_left_behind() {
    let _turn = turn();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let folders =
        ["examples", "transactions", "deviations", "fatal"].map(|folder| std::fs::read_dir(root.join(folder)));
    let files = folders.into_iter().flat_map(Result::unwrap).map(|file| file.unwrap().path());
    let files: Vec<_> = files.filter(|file| file.extension().is_some_and(|extension| extension == "edi")).collect();
    assert!(files.len() > 400, "{}", files.len());
    let mut inputs: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    // What is released in a reference is copied, before it is clear which message it heads.
    let receipts = files.iter().zip(&inputs).filter(|(file, _)| file.to_str().unwrap().contains("transactions/recep"));
    let released = receipts.map(|(_, input)| String::from_utf8_lossy(input).replace("UNH+", "UNH+A?'B").into_bytes());
    let released: Vec<Vec<u8>> = released.collect();
    assert!(!released.is_empty());
    inputs.extend(released);
    for input in &inputs {
        assert_eq!(left_behind(|| read(input)), 0, "{}", input.escape_ascii());
    }
}
