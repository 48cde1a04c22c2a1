//! Where interchanges begin and end, and what stands around them.

use nhais_edifact::syntax::{RawSegment, SegmentReader};
use nhais_edifact::{Decoded, Decoder, Interchange, ReadOptions};

use crate::wire::*;

/// docs/failures.md#case-4
#[test]
fn cut_off_inside_the_reference_of_unz() {
    // The reference is read as 0.
    let whole = removal();
    let input = whole.strip_suffix("0108'").unwrap();
    assert!(input.ends_with("UNZ+1+0000"));
    let read = decode(input);
    assert_eq!(read.header.reference.to_string(), "00000108");
    let mut found = ids(input);
    found.sort_unstable();
    assert_eq!(found, ["control-reference", "missing-terminator"]);
    refused(input);
    assert_eq!(rewritten(&read), whole);
}

/// docs/failures.md#case-5
#[test]
fn two_interchanges_in_one_input() {
    // The messages of the second go to the sender of the first.
    let first = removal();
    let second = acceptance().replace("+KLM5+ZQX1+", "+QRS5+ZQ01+").replace("00000108", "00000109");
    let input = format!("{first}\n{second}\n");
    let both = Interchange::decode_all(input.as_bytes(), &ReadOptions::strict()).unwrap();
    assert!(both.iter().all(Decoded::is_clean));
    assert_eq!([&both[0].interchange, &both[1].interchange], [&decode(&first), &decode(&second)]);
    assert_eq!(both[1].interchange.header.sender.as_str(), "QRS5");
    let error = Interchange::decode(input.as_bytes()).unwrap_err();
    assert_eq!(error.kind().id(), "several-interchanges");
    assert_eq!(error.location().offset, Some(first.len() as u64 + 1));
}

/// docs/failures.md#case-5
#[test]
fn each_interchange_with_its_own_service_characters() {
    // A second UNA is refused.
    let first = removal();
    let second = in_other_characters(&removal(), b"UNA;*.!~#");
    let third = format!("UNA:+.? '{}", removal());
    let input = [first.as_bytes(), &second, third.as_bytes(), first.as_bytes()].concat();
    let all = Interchange::decode_all(&input, &ReadOptions::strict()).unwrap();
    assert_eq!(all.len(), 4);
    assert!(all.iter().all(|decoded| decoded.interchange == decode(&first)));
}

/// docs/failures.md#case-16
#[test]
fn last_segment_without_terminator() {
    // Accepted without a word, or an endless loop.
    let whole = removal();
    for ending in ["", "\n", "\r\n", "\r\n\r\n"] {
        let input = format!("{}{ending}", whole.trim_end_matches('\''));
        let read = decode(&input);
        assert_eq!(ids(&input), ["missing-terminator"], "{ending:?}");
        assert_eq!(tag_of(issues(&input)[0].error()), "UNZ");
        refused(&input);
        assert_eq!(read, decode(&whole));
    }
}

/// docs/failures.md#case-16
#[test]
fn reading_ends_however_the_input_ends() {
    // An endless loop.
    let whole = removal();
    let input = whole.trim_end_matches('\'').as_bytes();
    let mut reader = SegmentReader::new(input);
    let mut terminated = Vec::new();
    while let Some(segment) = reader.next_segment().unwrap() {
        terminated.push(segment.is_terminated());
    }
    assert_eq!(terminated.len(), 14);
    assert_eq!(terminated.iter().filter(|&&terminated| !terminated).count(), 1);
    assert!(reader.next_segment().unwrap().is_none());

    let mut decoder = Decoder::new(ReadOptions::default());
    drop(decoder.feed(input));
    let mut events = decoder.finish();
    let mut count = 0;
    while events.next(&mut ()).unwrap().is_some() {
        count += 1;
    }
    assert_eq!(count, 5);
    assert!(events.next(&mut ()).unwrap().is_none());
}

/// docs/failures.md#case-17
#[test]
fn byte_order_mark() {
    // Becomes a part of the first tag.
    for start in ["", "UNA:+.? '"] {
        let input = format!("\u{feff}{start}{}", removal());
        let read = decode(&input);
        assert_eq!(ids(&input), ["byte-order-mark"]);
        assert_eq!(issues(&input)[0].error().location().offset, Some(0));
        refused(&input);
        assert_eq!(read, decode(&removal()));
    }
}

/// docs/failures.md#case-17
#[test]
fn byte_order_mark_cut_by_a_chunk_boundary() {
    // The stream dies.
    let input = format!("\u{feff}UNA:+.? '{}", removal());
    let bytes = input.as_bytes();
    for cut in 1..=14 {
        let mut decoder = Decoder::new(ReadOptions::default());
        let mut found: Vec<nhais_edifact::Issue> = Vec::new();
        let mut count = 0;
        for chunk in [&bytes[..cut], &bytes[cut..]] {
            let mut events = decoder.feed(chunk);
            while events.next(&mut found).unwrap().is_some() {
                count += 1;
            }
        }
        let mut events = decoder.finish();
        while events.next(&mut found).unwrap().is_some() {
            count += 1;
        }
        assert_eq!((count, found), (5, issues(&input)), "cut at {cut}");
    }
}

/// docs/failures.md#case-18
#[test]
fn text_before_the_interchange_is_kept() {
    // Dropped without a word.
    for start in ["", "UNA:+.? '"] {
        let input = format!("SENT BY MAIL'\n{start}{}", removal());
        let read = decode(&input);
        assert_eq!(ids(&input), ["text-outside-interchange"], "{start}");
        assert_eq!(issues(&input)[0].error().location().offset, Some(0));
        refused(&input);
        assert_eq!(read.leading.iter().map(RawSegment::as_wire).collect::<Vec<_>>(), ["SENT BY MAIL"]);
        assert_eq!(read.messages, decode(&removal()).messages);
    }
}

/// docs/failures.md#case-18
#[test]
fn text_before_una_with_other_characters() {
    // Dropped without a word, and UNA is not seen.
    let input = [b"SENT BY MAIL'\n", in_other_characters(&removal(), b"UNA;*.!~#").as_slice()].concat();
    let read = decode(&input);
    assert_eq!(read.messages, decode(&removal()).messages);
    assert_eq!(ids(&input), ["text-outside-interchange"]);
}

/// docs/failures.md#case-18
#[test]
fn text_after_the_interchange_is_kept() {
    // Dropped without a word.
    let whole = removal();
    for (end, kept) in [("END OF FILE", "END OF FILE"), ("\nZZZ+1'", "ZZZ+1"), ("\u{200b}", "\u{e2}\u{80}\u{8b}")] {
        let input = format!("{whole}{end}");
        let read = decode(&input);
        assert_eq!(ids(&input), ["text-outside-interchange"], "{end:?}");
        let offset = usize::try_from(issues(&input)[0].error().location().offset.unwrap()).unwrap();
        assert_eq!(&input[offset..], end.trim_start(), "{end:?}");
        refused(&input);
        assert_eq!(read.trailing.iter().map(RawSegment::as_wire).collect::<Vec<_>>(), [kept], "{end:?}");
    }
}

/// docs/failures.md#case-18
#[test]
fn white_space_around_the_interchange_is_no_text() {
    // Trimmed; so here.
    let input = format!("\r\n{}\r\n", removal());
    assert_eq!(check(&input, &[]), decode(&removal()));
}
