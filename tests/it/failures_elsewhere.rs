//! Ways in which other EDIFACT software fails, one case after the other, and what this crate does instead.
//!
//! The number in the name of a test is the number of the case. The comment says what happens elsewhere. What is expected
//! follows from the facts; "row" is a row of their table 10.1.

use nhais_edifact::error::Stated;
use nhais_edifact::syntax::{LineBreak, RawSegment, SegmentReader, SegmentTag, SegmentWriter, ServiceStringAdvice};
use nhais_edifact::transaction::{Acceptance, AcceptanceKind, ExServices, Transactions, Unrecognised};
use nhais_edifact::value::{
    AcceptanceCode, Change, Date, DeductionReason, InterchangeSequence, InterchangeStatus, MessageStatus, Sex,
    TransactionType,
};
use nhais_edifact::{
    Decoded, Decoder, ErrorKind, Event, EventReader, Interchange, Message, ReadOptions, Recep, WriteOptions,
};

use helper::*;

// 1 to 18: the envelope.

#[test]
fn case_01_line_breaks_separate_segments() {
    // Crashes at a carriage return.
    let lf = removal();
    let expected = check(&lf, &[]);
    for separator in ["\r\n", "\r", "\n\n", "\r\n\r\n", ""] {
        let input = lf.replace('\n', separator);
        assert_eq!(check(&input, &[]), expected, "{separator:?}");
    }
}

#[test]
fn case_01_tabs_and_indentation_separate_segments() {
    // Crashes, or takes the blanks for a part of the tag.
    let clean = removal();
    for blanks in ["\t", "    ", "\n\t", "\r\n  "] {
        let input = replaced(&clean, "\nBGM", &format!("{blanks}BGM"));
        assert_eq!(ids(&input), ["blanks-between-segments"], "{blanks:?}");
        let offset = offset_of(&input, blanks) + blanks.find([' ', '\t']).unwrap() as u64;
        assert_eq!(issues(&input)[0].error().location().offset, Some(offset), "{blanks:?}");
        refused(&input);
        assert_eq!(decode(&input), decode(&clean), "{blanks:?}");
    }
}

#[test]
fn case_02_segment_count_in_unt_is_wrong() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNT+12+", "UNT+11+");
    check(&input, &[("control-count", "UNT 1.1", "11+00000508")]);
    let kind = issues(&input)[0].kind();
    assert_eq!(kind, ErrorKind::ControlCount { counted: 12, stated: Stated(Some(11)) });
}

#[test]
fn case_02_segment_count_in_unt_is_no_number() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNT+12+", "UNT+abc+");
    let counts: Vec<_> = issues(&input).into_iter().filter(|issue| issue.kind().id() == "control-count").collect();
    assert_eq!(counts.len(), 1);
    assert_eq!(place(counts[0].error()), "UNT 1.1");
    assert_eq!(counts[0].kind(), ErrorKind::ControlCount { counted: 12, stated: Stated(None) });
    refused(&input);
}

#[test]
fn case_02_count_in_unt_is_missing() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNT+12+00000508", "UNT");
    assert!(!ids(&input).is_empty());
    refused(&input);
    assert_eq!(rewritten(&decode(&input)), removal());
}

#[test]
fn case_02_reference_in_unt_is_wrong() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNT+12+00000508", "UNT+12+00000509");
    let read = check(&input, &[("control-reference", "UNT 2.1", "00000509'")]);
    assert_eq!(registration_of(&read).reference.to_string(), "00000508");
    let kind = issues(&input)[0].kind();
    assert_eq!(kind, ErrorKind::ControlReference { header: Stated(Some(508)), trailer: Stated(Some(509)) });
}

#[test]
fn case_02_message_count_in_unz_is_wrong() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNZ+1+", "UNZ+2+");
    check(&input, &[("control-count", "UNZ 1.1", "2+00000108")]);
    let kind = issues(&input)[0].kind();
    assert_eq!(kind, ErrorKind::ControlCount { counted: 1, stated: Stated(Some(2)) });
}

#[test]
fn case_02_reference_in_unz_is_wrong() {
    // Accepted without a word.
    let input = replaced(&removal(), "UNZ+1+00000108", "UNZ+1+00000801");
    let read = check(&input, &[("control-reference", "UNZ 2.1", "00000801'")]);
    assert_eq!(read.header.reference.to_string(), "00000108");
}

#[test]
fn case_02_counts_and_references_are_right_when_written_back() {
    // Written as they were read.
    let wrong = replaced(&replaced(&removal(), "UNT+12+00000508", "UNT+99+1"), "UNZ+1+00000108", "UNZ+7+2");
    assert_eq!(rewritten(&decode(&wrong)), removal());
}

#[test]
fn case_03_receipt_counts_the_messages_that_came() {
    // The receipt echoes the count that UNZ claims.
    let input = replaced(&removal(), "UNZ+1+", "UNZ+7+");
    let read = check(&input, &[("control-count", "UNZ 1.1", "7+00000108")]);
    assert_eq!(read.messages.len(), 1);

    let receipt = receipt_for(&read);
    let written = text(&receipt.encode(&WriteOptions::default()).unwrap());
    assert!(written.contains("RFF+MIS:00000508 CP'\nRFF+RIS:00000108 OK:1'"), "{written}");
    check(&written, &[]);
}

#[test]
fn case_04_cut_off_inside_the_reference_of_unz() {
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

#[test]
fn case_05_two_interchanges_in_one_input() {
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

#[test]
fn case_05_each_interchange_with_its_own_service_characters() {
    // A second UNA is refused.
    let first = removal();
    let second = in_other_characters(&removal(), b"UNA;*.!~#");
    let third = format!("UNA:+.? '{}", removal());
    let input = [first.as_bytes(), &second, third.as_bytes(), first.as_bytes()].concat();
    let all = Interchange::decode_all(&input, &ReadOptions::strict()).unwrap();
    assert_eq!(all.len(), 4);
    assert!(all.iter().all(|decoded| decoded.interchange == decode(&first)));
}

#[test]
fn case_06_segments_between_messages_are_kept() {
    // They vanish.
    let first = message("00000508", "G3", REMOVAL);
    let second = message("00000509", "G5", DEDUCTION_REQUEST);
    let clean = enclosed("KLM5", "ZQX1", &[&first, &second]);
    let input = replaced(&clean, "UNH+00000509", "ZZZ+A:B'\nUNH+00000509");
    let read = check(&input, &[("segment-outside-message", "ZZZ", "ZZZ+A:B'")]);
    assert_eq!(read.messages, decode(&clean).messages);
    assert_eq!(read.unrecognised.len(), 1);
    assert_eq!(read.unrecognised[0].before_message, 1);
    assert_eq!(read.unrecognised[0].segment.as_wire(), "ZZZ+A:B");
    assert_eq!(rewritten(&read), input);
    assert!(read.encode(&WriteOptions::default()).is_err());
}

#[test]
fn case_06_segments_after_unb_and_before_unz_are_kept() {
    // They vanish.
    let clean = removal();
    let early = replaced(&clean, "\nUNH", "\nUNG+FHSREG'\nUNH");
    let late = replaced(&clean, "\nUNZ", "\nUNE+1+1'\nUNZ");
    for (input, place, before) in [(early, "UNG", 0), (late, "UNE", 1)] {
        let read = check(&input, &[("segment-outside-message", place, place)]);
        assert_eq!(read.unrecognised[0].before_message, before);
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_07_s01_begins_the_next_transaction() {
    // Transactions are cut at RFF+TN, so S01 goes to the one before.
    let body = [REMOVAL, &["S01+1", "RFF+TN:2010"], &REMOVAL[2..]].concat();
    let input = registration("G3", &body);
    let mut events = EventReader::new(input.as_bytes(), ReadOptions::strict());
    let mut begins = Vec::new();
    while let Some(event) = events.next_event(&mut ()).unwrap() {
        if let Event::Transaction(transaction) = event {
            let offset = usize::try_from(events.offset()).unwrap();
            begins.push((transaction.number().unwrap().number(), input[offset..].starts_with("S01+1'")));
        }
    }
    assert_eq!(begins, [(Some(2009), true), (Some(2010), true)]);
}

#[test]
fn case_07_unknown_transactions_begin_at_s01() {
    // Transactions are cut at RFF+TN, so S01 goes to the one before.
    let input = registration("F7", &["S01+1", "RFF+TN:1", "ZZZ+A", "S01+1", "RFF+TN:2"]);
    let read = decode(&input);
    let Transactions::Other { list, .. } = &registration_of(&read).transactions else { panic!() };
    let wires: Vec<Vec<&str>> =
        list.iter().map(|other| other.segments.iter().map(RawSegment::as_wire).collect()).collect();
    assert_eq!(wires, [vec!["S01+1", "RFF+TN:1", "ZZZ+A"], vec!["S01+1", "RFF+TN:2"]]);
}

#[test]
fn case_07_number_before_s01_is_one_transaction() {
    // Accepted without a word, the S01 in the transaction before.
    let body = [&["RFF+TN:2009", "S01+1"], &REMOVAL[2..], &["RFF+TN:2010", "S01+1"], &REMOVAL[2..]].concat();
    let input = registration("G3", &body);
    let read = decode(&input);
    let Transactions::Removal(removals) = &registration_of(&read).transactions else { panic!() };
    let numbers: Vec<_> = removals.iter().map(|removal| removal.number.as_ref().unwrap().number()).collect();
    assert_eq!(numbers, [Some(2009), Some(2010)]);
    assert_eq!(ids(&input), ["segment-order", "segment-order"]);
    refused(&input);
}

#[test]
fn case_08_una_with_the_usual_characters() {
    // Refused, or taken for a segment.
    let input = format!("UNA:+.? '{}", removal());
    assert_eq!(check(&input, &[]), decode(&removal()));
    let input = format!("UNA:+.? '\r\n{}", removal());
    assert_eq!(check(&input, &[]), decode(&removal()));
}

#[test]
fn case_08_una_with_other_characters() {
    // Ignored or refused.
    let plain = replaced(&removal(), "MOVED 40", "A?'B?+C?:D??E ~#!*");
    let input = in_other_characters(&plain, b"UNA;*.!~#");
    let read = decode(&input);
    assert_eq!(read, decode(&plain));
    let notes = notes_of(&read);
    assert_eq!(notes, "A'B+C:D?E ~#!* MILES AWAY");
}

#[test]
fn case_08_una_with_a_space_as_release_character() {
    // The space releases what follows.
    let plain = replaced(&removal(), "MOVED 40 MILES AWAY", "WHY?? +GO");
    let plain = replaced(&plain, "+GO", "GO");
    let input = format!("UNA:+.  '{}", plain.replace("WHY??", "WHY?"));
    let read = check(&input, &[]);
    assert_eq!(notes_of(&read), "WHY? GO");
    assert_eq!(read, decode(&plain));

    let input = format!("UNA:+.  '{}", replaced(&removal(), "MOVED 40 MILES AWAY", "ENDS WITH?"));
    assert_eq!(notes_of(&check(&input, &[])), "ENDS WITH?");
}

#[test]
fn case_08_una_with_a_line_feed_as_terminator() {
    // One endless segment, or the line feeds are deleted first.
    let input = format!("UNA:+.? \n{}\n", removal().replace("'\n", "\n").trim_end_matches('\''));
    assert_eq!(check(&input, &[]), decode(&removal()));
}

#[test]
fn case_08_level_b_control_characters_with_una() {
    // Taken for text.
    let input = in_other_characters(&removal(), b"UNA\x1f\x1d.  \x1c");
    assert_eq!(check(&input, &[]), decode(&removal()));
}

#[test]
fn case_08_level_b_control_characters_without_una() {
    // Taken for text.
    let input = &in_other_characters(&removal(), b"UNA\x1f\x1d.  \x1c")[ServiceStringAdvice::LEN..];
    let read = decode(input);
    assert_eq!(read.messages, decode(&removal()).messages);
}

#[test]
fn case_08_una_that_contradicts_itself() {
    // Used as it is.
    for advice in ["UNA::.? '", "UNA:+.+ '", "UNA:+.? +", "UNAA+.? '", "UNA:+.?  "] {
        let input = format!("{advice}{}", removal());
        let error = Interchange::decode(input.as_bytes()).unwrap_err();
        assert_eq!(error.kind().id(), "service-string-advice", "{advice}");
    }
}

#[test]
fn case_09_control_reference_that_is_not_digits() {
    // An exception.
    let input = removal().replace("00000108", "KLM-A1").replace("00000508", "M/1");
    let read = check(
        &input,
        &[("reference-not-digits", "UNB 5.1", "KLM-A1'\nUNH"), ("reference-not-digits", "UNH 1.1", "M/1+FHSREG")],
    );
    assert_eq!(read.header.reference.to_string(), "KLM-A1");
    assert_eq!(read.header.reference.number(), None);
    assert_eq!(registration_of(&read).reference.to_string(), "M/1");
    assert!(read.encode(&WriteOptions::default()).is_err());
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_09_references_of_other_width_are_compared_as_numbers() {
    // An exception, or a difference that is none.
    let input =
        replaced(&replaced(&removal(), "+240318:0907+00000108", "+240318:0907+000108"), "UNZ+1+00000108", "UNZ+1+108");
    let read = check(&input, &[("reference-form", "UNB 5.1", "000108")]);
    assert_eq!((read.header.reference.text().as_ref(), read.header.reference.number()), ("000108", Some(108)));
}

#[test]
fn case_10_year_92_is_not_2092() {
    // Becomes 2092.
    let input = replaced(&removal(), "+240318:0907+", "+920116:1529+");
    let read = check(&input, &[]);
    assert_eq!((read.header.prepared.date().as_str(), read.header.prepared.time().as_str()), ("920116", "1529"));
    assert_eq!(read.header.prepared.to_date_time(1980).unwrap().to_string(), "1992-01-16 15:29:00");
    assert_eq!(read.header.prepared.to_date_time(2000).unwrap().to_string(), "2092-01-16 15:29:00");
}

#[test]
fn case_11_message_of_another_type_is_kept_as_segments() {
    // Processed as FHSREG.
    let input = replaced(&removal(), "FHSREG:0:1:FH:FHS001", "MEDRPT:0:1:RT:NHS003");
    let read = decode(&input);
    assert_eq!(ids(&input), ["message-type"]);
    assert_eq!(tag_of(issues(&input)[0].error()), "UNH");
    let Message::Other(message) = &read.messages[0] else { panic!() };
    assert_eq!(message.header.as_wire(), "UNH+00000508+MEDRPT:0:1:RT:NHS003");
    assert_eq!(message.segments.len(), 10);
    refused(&input);
    assert!(read.encode(&WriteOptions::default()).is_err());
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_11_message_of_another_version_is_reported() {
    // Processed without a word.
    for other in ["FHSREG:0:2:FH:FHS001", "FHSREG:0:1:NH:FHS001", "FHSREG:0:1:FH:FHS002", "FHSREG:0:1:FH"] {
        let input = replaced(&removal(), "FHSREG:0:1:FH:FHS001", other);
        assert_eq!(ids(&input).len(), 1, "{other}");
        refused(&input);
    }
}

#[test]
fn case_11_prefix_of_the_message_type_is_another_type() {
    // Processed as FHSREG.
    let input = replaced(&removal(), "FHSREG:0:1:FH:FHS001", "FHSREGX:0:1:FH:FHS001");
    let read = decode(&input);
    assert!(matches!(read.messages[0], Message::Other(_)));
    refused(&input);
}

#[test]
fn case_12_unknown_transaction_type_leaves_the_rest_readable() {
    // The whole interchange is lost.
    let unknown = message("00000508", "F12", &["S01+1", "RFF+TN:7", "NAD+GP+7000015,T93:900", "ZZZ+A"]);
    let known = message("00000509", "F10", FLAG_REMOVAL);
    let input = enclosed("ZQX1", "KLM5", &[&unknown, &known]);
    let read = check(&input, &[("unknown-code", "RFF 1.2", "F12'")]);
    let Message::Registration(message) = &read.messages[0] else { panic!() };
    let Transactions::Other { code: Some(code), list } = &message.transactions else { panic!() };
    assert_eq!((code.as_str(), list.len(), list[0].segments.len()), ("F12", 1, 4));
    assert_eq!(list[0].number().unwrap().number(), Some(7));
    let Message::Registration(message) = &read.messages[1] else { panic!() };
    assert_eq!(message.transactions.transaction_type(), Some(TransactionType::Fp69FlagRemoval));
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_12_g4_is_another_type() {
    // The whole interchange is lost.
    let input = registration("G4", DEDUCTION_REQUEST);
    let read = check(&input, &[("unknown-code", "RFF 1.2", "G4'")]);
    assert!(matches!(&registration_of(&read).transactions, Transactions::Other { list, .. } if list.len() == 1));
    assert!(read.encode(&WriteOptions::default()).is_err());
}

#[test]
fn case_13_untx_is_not_unt() {
    // Ends the message.
    let body = [REMOVAL, &["UNTX+12+00000508"]].concat();
    let input = registration("G3", &body);
    let read = decode(&input);
    assert_eq!(read.messages.len(), 1);
    assert_eq!(ids(&input), ["invalid-tag"]);
    assert_eq!(issues(&input)[0].error().location().offset, Some(offset_of(&input, "UNTX")));
    refused(&input);
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_13_qualifier_that_begins_like_another() {
    // NAD+GPX is taken for NAD+GP, RFF+TNX for RFF+TN.
    let input = replaced(&removal(), "NAD+GP+", "NAD+GPX+");
    let read = decode(&input);
    assert_eq!(removal_of(&read).gp, None);
    let mut found = ids(&input);
    found.sort_unstable();
    assert_eq!(found, ["missing-segment", "unknown-segment"]);
    assert_eq!(raw_segments(&removal_of(&read).unrecognised), ["NAD+GPX+7000015,T93:900"]);
    assert_eq!(rewritten(&read), input);

    let input = replaced(&removal(), "RFF+TN:", "RFF+TNX:");
    assert_eq!(removal_of(&decode(&input)).number, None);
    let input = replaced(&removal(), "PNA+PAT+", "PNA+PATX+");
    assert_eq!(removal_of(&decode(&input)).patient, None);
}

#[test]
fn case_13_f1_is_not_f10() {
    // F10 and F11 begin with F1.
    for (code, body, expected) in [
        ("F1", AMENDMENT, TransactionType::AmendmentIn),
        ("F10", FLAG_REMOVAL, TransactionType::Fp69FlagRemoval),
        ("F11", REMOVAL, TransactionType::DeductionRequestRejection),
    ] {
        let input = registration(code, body);
        assert_eq!(registration_of(&check(&input, &[])).transactions.transaction_type(), Some(expected));
    }
    let input = registration("F100", FLAG_REMOVAL);
    assert!(matches!(&registration_of(&decode(&input)).transactions, Transactions::Other { .. }));
}

#[test]
fn case_14_control_reference_that_reads_like_a_service_segment() {
    // Taken for the service segment.
    for reference in ["UNA1234", "UNA:+.? ", "UNB", "UNZ", "UNT"] {
        let on_the_wire = reference.replace('?', "??").replace(':', "?:").replace('+', "?+");
        let input = removal().replace("00000108", &on_the_wire).replace("00000508", &on_the_wire);
        let read = decode(&input);
        assert_eq!(read.header.reference.to_string(), reference);
        assert_eq!(registration_of(&read).reference.to_string(), reference);
        assert_eq!(ids(&input), ["reference-not-digits", "reference-not-digits"], "{reference}");
        assert_eq!(read.messages.len(), 1);
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_14_segment_called_una_inside_a_message() {
    // Changes the service characters in the middle of the text.
    for (una, id, tag) in [
        ("UNA+X", "unknown-segment", "UNA"),
        ("UNA", "unknown-segment", "UNA"),
        ("UNA:X", "unknown-segment", "UNA"),
        ("UNA;*.!~#", "invalid-tag", ""),
    ] {
        let body = [&REMOVAL[..3], &[una], &REMOVAL[3..]].concat();
        let input = registration("G3", &body);
        let found = issues(&input);
        assert_eq!((ids(&input), tag_of(found[0].error())), (vec![id], tag.to_string()), "{una}");
        let read = decode(&input);
        assert_eq!(raw_segments(&removal_of(&read).unrecognised), [una]);
        assert_eq!(notes_of(&read), "MOVED 40 MILES AWAY");
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_14_unb_inside_text_is_text() {
    // Begins another interchange.
    let input = replaced(&removal(), "MOVED 40 MILES AWAY", "UNA?:?+.?? ?'UNB?+UNOA");
    let read = check(&input, &[]);
    assert_eq!(notes_of(&read), "UNA:+.? 'UNB+UNOA");
}

#[test]
fn case_15_tags_with_digits() {
    // Refused.
    for tag in ["S01", "S02", "S16", "C58", "UNB"] {
        assert_eq!(SegmentTag::parse(tag.as_bytes()).unwrap().as_str(), tag);
    }
    let input = removal();
    let mut reader = SegmentReader::new(input.as_bytes());
    let mut triggers = Vec::new();
    while let Some(segment) = reader.next_segment().unwrap() {
        let tag = segment.tag().unwrap();
        if tag.as_str().starts_with("S0") {
            triggers.push((tag.as_str().to_string(), segment.component(1, 1).unwrap().text().to_string()));
        }
    }
    assert_eq!(triggers, [("S01".to_string(), "1".to_string()), ("S02".to_string(), "2".to_string())]);
}

#[test]
fn case_15_s01_with_the_value_of_pathology() {
    // Refused, or accepted without a word.
    let input = replaced(&removal(), "S01+1'", "S01+01'");
    let read = check(&input, &[("invalid-constant", "S01 1.1", "01'")]);
    assert_eq!(registration_of(&read).transactions.len(), 1);
    assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), removal());
}

#[test]
fn case_16_last_segment_without_terminator() {
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

#[test]
fn case_16_reading_ends_however_the_input_ends() {
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

#[test]
fn case_17_byte_order_mark() {
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

#[test]
fn case_17_byte_order_mark_cut_by_a_chunk_boundary() {
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

#[test]
fn case_18_text_before_the_interchange_is_kept() {
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

#[test]
fn case_18_text_before_una_with_other_characters() {
    // Dropped without a word, and UNA is not seen.
    let input = [b"SENT BY MAIL'\n", in_other_characters(&removal(), b"UNA;*.!~#").as_slice()].concat();
    let read = decode(&input);
    assert_eq!(read.messages, decode(&removal()).messages);
    assert_eq!(ids(&input), ["text-outside-interchange"]);
}

#[test]
fn case_18_text_after_the_interchange_is_kept() {
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

#[test]
fn case_18_white_space_around_the_interchange_is_no_text() {
    // Trimmed; so here.
    let input = format!("\r\n{}\r\n", removal());
    assert_eq!(check(&input, &[]), decode(&removal()));
}

// 19 to 27: text.

#[test]
fn case_19_released_characters_are_resolved_in_names() {
    // The model holds O?'BRIEN.
    let input = replaced(&acceptance(), "SU:MARLOWE+FO:IRIS", "SU:O?'BRIEN+FO:A?+B?:C??");
    let read = check(&input, &[]);
    let patient = acceptance_of(&read).patient.as_ref().unwrap();
    assert_eq!(patient.surname.as_ref().unwrap(), &"O'BRIEN");
    assert_eq!(patient.forename.as_ref().unwrap(), &"A+B:C?");
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_19_released_characters_are_resolved_everywhere() {
    // The model holds the release characters.
    let input = acceptance()
        .replace("LOC+950+NEWTON ABBEY", "LOC+950+ST JOHN?'S")
        .replace("TWIN 1 OF 2", "1?+1 ?: 2??")
        .replace("NAD+PAT++??:14 ELDER WALK", "NAD+PAT++THE ?'LODGE?':1?:2 HIGH ROAD");
    let read = check(&input, &[]);
    let acceptance = acceptance_of(&read);
    assert_eq!(acceptance.place_of_birth.as_ref().unwrap(), &"ST JOHN'S");
    assert_eq!(acceptance.notes.as_ref().unwrap().to_text(), "1+1 : 2?");
    let address = acceptance.address.as_ref().unwrap();
    assert_eq!(address.house_name.as_ref().unwrap(), &"THE 'LODGE'");
    assert_eq!(address.road.as_ref().unwrap(), &"1:2 HIGH ROAD");
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_19_house_name_placeholder_and_released_separators() {
    // `??` before a colon is read as a released colon, or the placeholder as a name.
    for (wire, house, road) in [
        ("??:14 ELDER WALK", None, Some("14 ELDER WALK")),
        (":14 ELDER WALK", None, Some("14 ELDER WALK")),
        ("???+:A", Some("?+"), Some("A")),
        ("?????:A", Some("??:A"), None),
    ] {
        let input = replaced(&acceptance(), "??:14 ELDER WALK::NEWTON ABBEY:", &format!("{wire}::NEWTON ABBEY:"));
        let read = decode(&input);
        let address = acceptance_of(&read).address.as_ref().unwrap();
        assert_eq!(address.house_name.as_deref(), house, "{wire}");
        assert_eq!(address.road.as_deref(), road, "{wire}");
    }
}

#[test]
fn case_20_service_characters_are_released_on_writing() {
    // Written raw, so that one value becomes several segments.
    let input = acceptance();
    let mut model = decode(&input);
    let value = "A'B+C:D?E";
    let acceptance = acceptance_mut(&mut model);
    acceptance.patient.as_mut().unwrap().surname = Some(value.into());
    acceptance.place_of_birth = Some(value.into());
    acceptance.notes = Some(value.into());
    let address = acceptance.address.as_mut().unwrap();
    address.house_name = Some(value.into());
    address.county = Some(value.into());
    let written = text(&model.encode(&WriteOptions::default()).unwrap());
    assert_eq!(written.matches("A?'B?+C?:D??E").count(), 5, "{written}");
    assert_eq!(check(&written, &[]), model);
}

#[test]
fn case_20_value_that_looks_like_segments_stays_a_value() {
    // Written raw: a name ends the message.
    let input = removal();
    let mut model = decode(&input);
    removal_mut(&mut model).notes = Some("X'UNT+1+1'UNZ+1+1'".into());
    let written = text(&model.encode(&WriteOptions::default()).unwrap());
    let read = check(&written, &[]);
    assert_eq!(notes_of(&read), "X'UNT+1+1'UNZ+1+1'");
}

#[test]
fn case_20_kept_text_cannot_end_its_segment() {
    // Written raw.
    let input = removal();
    for wire in ["ZZZ+A'UNT+1", "ZZZ+A?", "ZZZ+A'", "'", "ZZZ+A?'B'C", "ZZZ+A?B"] {
        let mut model = decode(&input);
        removal_mut(&mut model)
            .unrecognised
            .push(Unrecognised::Segment { at: 6, segment: RawSegment::from_wire(wire) });
        match model.encode(&WriteOptions::default().as_received(true)) {
            Err(error) => assert_eq!(error.kind().id(), "unrepresentable", "{wire}"),
            Ok(written) => assert_eq!(decode(&text(&written)), model, "{wire}"),
        }
    }
}

#[test]
fn case_20_syntax_writer_releases_what_must_be_released() {
    // Written raw.
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer);
    writer.write("FTX", &[&["PATIENT'S + 1 : PATIENTS?"]]).unwrap();
    assert_eq!(text(&buffer), "FTX+PATIENT?'S ?+ 1 ?: PATIENTS??'");
}

#[test]
fn case_21_an_even_number_of_release_characters_releases_nothing() {
    // The parity is wrong.
    for (wire, value) in [("A??", "A?"), ("A????", "A??"), ("??", "?"), ("ENDS WITH QUESTION??", "ENDS WITH QUESTION?")]
    {
        let input = replaced(&removal(), "MOVED 40 MILES AWAY", wire);
        let read = check(&input, &[]);
        assert_eq!(notes_of(&read), value);
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_21_an_odd_number_of_release_characters_releases_the_next() {
    // The parity is wrong.
    for (wire, value) in [("A?'B", "A'B"), ("A???'", "A?'"), ("???'B", "?'B"), ("A?????'??", "A??'?")] {
        let input = replaced(&removal(), "MOVED 40 MILES AWAY", wire);
        let read = check(&input, &[]);
        assert_eq!(notes_of(&read), value);
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_21_splitting_follows_the_published_vectors() {
    // The parity is wrong.
    for (input, parts) in [
        ("x'y", vec!["x", "y"]),
        ("x?'y", vec!["x?'y"]),
        ("x??'y", vec!["x??", "y"]),
        ("x???'y", vec!["x???'y"]),
        ("x???''y", vec!["x???'", "y"]),
        ("?'?'", vec!["?'?'"]),
        ("??'??'", vec!["??", "??"]),
        ("'", vec![""]),
        ("''", vec!["", ""]),
        ("", vec![]),
    ] {
        let mut reader = SegmentReader::new(input.as_bytes());
        let mut found = Vec::new();
        while let Some(segment) = reader.next_segment().unwrap() {
            found.push(text(segment.raw()));
        }
        assert_eq!(found, parts, "{input}");
    }
}

#[test]
fn case_22_release_character_at_the_end_of_the_input() {
    // Accepted, or the value keeps it.
    let whole = removal();
    let input = format!("{}?", whole.trim_end_matches('\''));
    let read = decode(&input);
    let mut found = ids(&input);
    found.sort_unstable();
    assert_eq!(found, ["dangling-release", "missing-terminator"]);
    refused(&input);
    assert_eq!(read, decode(&whole));
}

#[test]
fn case_22_release_character_at_the_end_of_kept_text() {
    // Accepted, or the value keeps it.
    let whole = removal();
    let input = format!("{}A NAME?", whole.split("MOVED").next().unwrap());
    let read = decode(&input);
    assert!(ids(&input).contains(&"dangling-release"));
    assert_eq!(notes_of(&read), "A NAME");
    refused(&input);
}

#[test]
fn case_22_release_character_before_an_ordinary_character() {
    // Accepted, or the value keeps it.
    let input = replaced(&removal(), "MOVED 40", "M?OVED 40");
    let read = decode(&input);
    assert_eq!(ids(&input), ["superfluous-release"]);
    assert_eq!(place(issues(&input)[0].error()), "FTX 4.1");
    assert_eq!(notes_of(&read), "MOVED 40 MILES AWAY");
    refused(&input);
    assert_eq!(rewritten(&read), removal());
}

#[test]
fn case_23_line_feed_inside_data_joins_no_words() {
    // Deleted, so that two words become one.
    for (line_break, name) in [("\n", "LF"), ("\r\n", "CRLF"), ("\r", "CR")] {
        let value = format!("NEW{line_break}STREET");
        let input = replaced(&removal(), "MOVED 40 MILES AWAY", &value);
        let read = decode(&input);
        assert!(ids(&input).iter().all(|&id| id == "break-in-segment"), "{name}");
        assert_eq!(place(issues(&input)[0].error()), "FTX 4.1", "{name}");
        assert_eq!(notes_of(&read), value, "{name}");
        refused(&input);
        assert!(read.encode(&WriteOptions::default()).is_err(), "{name}");
    }
}

#[test]
fn case_23_release_character_before_a_line_feed_releases_no_terminator() {
    // `?`, line feed, `'` becomes a released terminator.
    for line_break in ["\n", "\r\n", "\r"] {
        let input = replaced(&removal(), "MOVED 40 MILES AWAY'", &format!("A?{line_break}'"));
        let read = decode(&input);
        assert_eq!(registration_of(&read).transactions.len(), 1);
        assert!(removal_of(&read).patient.is_some());
        assert_eq!(notes_of(&read), format!("A{line_break}"));
        let found = ids(&input);
        assert!(found.contains(&"dangling-release"), "{found:?}");
        refused(&input);
    }
}

#[test]
fn case_23_line_feed_inside_a_date_is_no_date() {
    // Deleted.
    let input = replaced(&acceptance(), "DTM+956:20240307", "DTM+956:2024\n0307");
    let read = decode(&input);
    assert_eq!(acceptance_of(&read).accepted_on.as_ref().unwrap().calendar(), None);
    assert_eq!(unreadable(acceptance_of(&read).accepted_on.as_ref()), "2024\n0307");
    let found = ids(&input);
    assert!(found.contains(&"break-in-segment") && found.contains(&"invalid-value"), "{found:?}");
}

#[test]
fn case_24_trailing_empty_elements_are_reported() {
    // Lost on a round trip, without a word.
    for (old, new) in [
        ("NAD+GP+7000015,T93:900", "NAD+GP+7000015,T93:900:"),
        ("NAD+GP+7000015,T93:900", "NAD+GP+7000015,T93:900+"),
        ("S01+1", "S01+1++"),
        ("MOVED 40 MILES AWAY", "MOVED 40 MILES AWAY:::"),
    ] {
        let input = replaced(&removal(), old, new);
        assert_eq!(ids(&input), ["trailing-separator"], "{new}");
        refused(&input);
        assert_eq!(decode(&input), decode(&removal()), "{new}");
    }
}

#[test]
fn case_24_trailing_empty_lines_of_an_address() {
    // Lost on a round trip.
    for lines in ["??:14 ELDER WALK:::", "??:14 ELDER WALK", "??:14 ELDER WALK::"] {
        let input = replaced(&acceptance(), "??:14 ELDER WALK::NEWTON ABBEY:", lines);
        let read = check(&input, &[]);
        let written = rewritten(&read);
        assert!(written.contains("NAD+PAT++??:14 ELDER WALK:::'"), "{written}");
    }
}

#[test]
fn case_24_inner_empty_elements_keep_their_place() {
    // Lost on a round trip.
    let input = replaced(&acceptance(), "SU:MARLOWE+FO:IRIS", "SU:MARLOWE++TI:MISS++FS:ROSE MAY");
    let read = check(&input, &[]);
    let patient = acceptance_of(&read).patient.as_ref().unwrap();
    assert_eq!((patient.forename.as_deref(), patient.second_forename.as_deref()), (None, None));
    assert_eq!(patient.title.as_deref(), Some("MISS"));
    assert_eq!(patient.other_forenames.as_deref(), Some("ROSE MAY"));
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_24_segments_are_copied_with_their_trailing_separators() {
    // Lost on a round trip.
    let input = b"NAD+PAT++A::+:+'ZZZ+++'YYY:::'XXX'FTX+A?'?+::'";
    let mut reader = SegmentReader::new(input);
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer).line_break(LineBreak::None);
    while let Some(segment) = reader.next_segment().unwrap() {
        writer.copy(&segment).unwrap();
    }
    assert_eq!(text(&buffer), text(input));
}

#[test]
fn case_25_one_byte_above_7f() {
    // The whole text is garbled, the rest refused, or the byte deleted.
    let clean = acceptance();
    for byte in [0x80, 0xA3, 0xC9, 0xFF_u8] {
        let surname = format!("MARL{}WE", char::from(byte));
        let input = latin1(&replaced(&clean, "MARLOWE", &surname));
        let read = decode(&input);
        assert_eq!(ids(&input), ["repertoire"], "{byte:X}");
        assert_eq!(place(issues(&input)[0].error()), "PNA 5.2");
        refused(&input);
        assert_eq!(acceptance_of(&read).patient.as_ref().unwrap().surname.as_deref(), Some(surname.as_str()));
        assert_eq!(read.encode(&WriteOptions::default()).unwrap_err().kind().id(), "repertoire");
        assert_eq!(read.encode(&WriteOptions::default().as_received(true)).unwrap(), input);
    }
}

#[test]
fn case_25_utf_8_is_kept_byte_by_byte() {
    // The whole text is garbled, the rest refused, or the bytes deleted.
    let input = replaced(&acceptance(), "MARLOWE", "MÜLLER");
    let read = decode(&input);
    let surname = acceptance_of(&read).patient.as_ref().unwrap().surname.as_deref().unwrap();
    assert_eq!(surname.chars().count(), 7);
    assert_eq!(read.encode(&WriteOptions::default().as_received(true)).unwrap(), input.as_bytes());
}

#[test]
fn case_26_free_text_in_several_components() {
    // Glued with colons, or all but the first dropped.
    let input = replaced(&removal(), "MOVED 40 MILES AWAY", "MOVED:40 MILES:AWAY");
    let read = decode(&input);
    assert_eq!(ids(&input), ["several-lines"]);
    assert_eq!(issues(&input)[0].kind(), ErrorKind::SeveralLines { limit: 1, lines: 3 });
    assert_eq!(tag_of(issues(&input)[0].error()), "FTX");
    refused(&input);
    let notes = removal_of(&read).notes.as_ref().unwrap();
    assert_eq!(notes.iter().map(|line| line.to_string()).collect::<Vec<_>>(), ["MOVED", "40 MILES", "AWAY"]);
    assert_eq!(notes.to_text(), "MOVED\n40 MILES\nAWAY");
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_26_second_free_text_segment() {
    // Dropped.
    let body = [&REMOVAL[..4], &["FTX+RGI+++SECOND"], &REMOVAL[4..]].concat();
    let input = registration("G3", &body);
    let read = check(&input, &[("repeated-segment", "FTX", "FTX+RGI+++SECOND")]);
    assert_eq!(notes_of(&read), "MOVED 40 MILES AWAY");
    assert_eq!(raw_segments(&removal_of(&read).unrecognised), ["FTX+RGI+++SECOND"]);
    assert_eq!(rewritten(&read), input);
    assert!(read.encode(&WriteOptions::default()).is_err());
}

#[test]
fn case_26_sixth_address_line() {
    // Dropped.
    let input = replaced(&acceptance(), "??:14 ELDER WALK::NEWTON ABBEY:", "A:B:C:D:E:SIXTH");
    let read = check(&input, &[("unexpected-component", "NAD 3.6", "SIXTH")]);
    assert_eq!(acceptance_of(&read).address.as_ref().unwrap().county.as_deref(), Some("E"));
    assert_eq!(components(&acceptance_of(&read).unrecognised), [("NAD+PAT", 3, 6, "SIXTH")]);
    assert_eq!(rewritten(&read), input);
    assert!(read.encode(&WriteOptions::default()).is_err());
}

#[test]
fn case_26_elements_around_the_postcode() {
    // Dropped.
    let address = "??:14 ELDER WALK::NEWTON ABBEY:";
    let input = replaced(&acceptance(), address, &format!("{address}+++SIX++ZZ9  9AA+NINE:TWO"));
    let read = check(
        &input,
        &[
            ("unexpected-component", "NAD 6.1", "SIX"),
            ("unexpected-component", "NAD 9.1", "NINE"),
            ("unexpected-component", "NAD 9.2", "TWO"),
        ],
    );
    assert_eq!(acceptance_of(&read).address.as_ref().unwrap().postcode.as_ref().unwrap().as_str(), "ZZ9  9AA");
    assert_eq!(
        components(&acceptance_of(&read).unrecognised),
        [("NAD+PAT", 6, 1, "SIX"), ("NAD+PAT", 9, 1, "NINE"), ("NAD+PAT", 9, 2, "TWO")]
    );
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_27_length_is_that_of_the_value() {
    // Release characters count, so that a value is too long that is not.
    let note = "A?'".repeat(35);
    let input = replaced(&removal(), "MOVED 40 MILES AWAY", &note);
    let read = check(&input, &[]);
    assert_eq!(notes_of(&read).len(), 70);
    assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), input);
}

#[test]
fn case_27_value_one_character_too_long() {
    // Passes, or is cut.
    let note = format!("{}B", "A?'".repeat(35));
    let input = replaced(&removal(), "MOVED 40 MILES AWAY", &note);
    let read = check(&input, &[("too-long", "FTX 4.1", "A?'A")]);
    assert_eq!(issues(&input)[0].kind(), ErrorKind::TooLong { limit: 70, length: 71 });
    assert_eq!(notes_of(&read).len(), 71);
    assert_eq!(read.encode(&WriteOptions::default()).unwrap_err().kind().id(), "too-long");
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_27_bytes_above_7f_count_as_one_character() {
    // The bytes of another encoding are counted.
    let house = "\u{c9}".repeat(35);
    let input = latin1(&replaced(&acceptance(), "??:14 ELDER WALK", &format!("{house}:14 ELDER WALK")));
    assert_eq!(ids(&input), ["repertoire"]);
}

// 28 to 37: values.

#[test]
fn case_28_old_number_that_begins_like_a_name() {
    // Read as a name, because all elements are searched for its prefix.
    for qualifier in ["SU", "FO", "TI", "MI", "FS"] {
        let number = format!("{qualifier}123/45");
        let input = replaced(&acceptance(), "PNA+PAT+9990000018:OPI", &format!("PNA+PAT+{number}:OPI"));
        let read = check(&input, &[]);
        let patient = acceptance_of(&read).patient.as_ref().unwrap();
        assert_eq!(patient.nhs_number().unwrap().as_str(), number);
        assert_eq!(patient.surname.as_deref(), Some("MARLOWE"));
        assert_eq!(patient.forename.as_deref(), Some("IRIS"));
        assert_eq!((patient.title.as_deref(), patient.second_forename.as_deref()), (None, None));
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_28_old_number_that_is_a_name_qualifier() {
    // Read as a name.
    let input = replaced(&removal(), "PNA+PAT+9990000069:OPI", "PNA+PAT+SU:OPI");
    let read = check(&input, &[]);
    let patient = removal_of(&read).patient.as_ref().unwrap();
    assert_eq!(patient.nhs_number().unwrap().as_str(), "SU");
    assert_eq!(patient.surname, None);
}

#[test]
fn case_29_day_that_the_month_lacks() {
    // Becomes 28 February.
    for date in ["20240231", "20230229", "20240431", "20241301", "20240100", "00000000"] {
        let input = replaced(&deduction_request(), "DTM+961:20240316", &format!("DTM+961:{date}"));
        let read = check(&input, &[("invalid-value", "DTM 1.2", date)]);
        let deducted = deduction_request_of(&read).deducted_on.as_ref();
        assert_eq!(deducted.unwrap().calendar(), None);
        assert_eq!(unreadable(deducted), date);
        assert_eq!(read.encode(&WriteOptions::default()).unwrap_err().kind().id(), "invalid-value");
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_30_ten_digits_are_no_date() {
    // The first six digits become the year.
    for date in ["1992010112", "199201", "2024031", "202403160", "202403160907"] {
        let input = replaced(&deduction_request(), "DTM+961:20240316", &format!("DTM+961:{date}"));
        let read = check(&input, &[("invalid-value", "DTM 1.2", date)]);
        assert_eq!(deduction_request_of(&read).deducted_on.as_ref().unwrap().calendar(), None);
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_30_signs_and_blanks_are_no_digits() {
    // Read as numbers.
    for date in ["+2024031", "-2024031", "2024 316", " 20240316", "2024-3-1"] {
        let on_the_wire = date.replace('+', "?+");
        let input = replaced(&deduction_request(), "DTM+961:20240316", &format!("DTM+961:{on_the_wire}"));
        let read = decode(&input);
        assert_eq!(deduction_request_of(&read).deducted_on.as_ref().unwrap().calendar(), None, "{date}");
        assert_eq!(ids(&input), ["invalid-value"], "{date}");
    }
}

#[test]
fn case_31_format_qualifier_that_does_not_fit() {
    // Ignored.
    for qualifier in ["203", "101", "306", "X"] {
        let input = replaced(&deduction_request(), "DTM+961:20240316:102", &format!("DTM+961:20240316:{qualifier}"));
        let read = decode(&input);
        assert_eq!(ids(&input).len(), 1, "{qualifier}");
        assert_eq!(tag_of(issues(&input)[0].error()), "DTM");
        refused(&input);
        let deducted = deduction_request_of(&read).deducted_on.as_ref();
        assert_eq!(deducted.unwrap().calendar(), None, "{qualifier}");
        assert_eq!(unreadable(deducted), "20240316");
        assert!(read.encode(&WriteOptions::default()).is_err(), "{qualifier}");
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_31_format_qualifier_of_the_translation_time() {
    // Ignored.
    let input = replaced(&removal(), "DTM+137:202403180907:203", "DTM+137:202403180907:102");
    let read = decode(&input);
    assert_eq!(ids(&input).len(), 1);
    assert_eq!(registration_of(&read).translated.as_ref().unwrap().calendar(), None);
    refused(&input);
}

#[test]
fn case_31_format_qualifier_306_of_receipts() {
    // Taken for day, hour and minute, or refused.
    let read = check(RECEIPT, &[]);
    let recep = recep_of(&read);
    assert_eq!(recep.made.as_ref().unwrap().calendar().unwrap().to_string(), "2024-04-03 06:40:00");
    assert_eq!(recep.received.as_ref().unwrap().calendar().unwrap().to_string(), "2024-04-03 06:40:00");
    let input = replaced(RECEIPT, "815:202404030640:306", "815:030640:306");
    assert_eq!(ids(&input), ["invalid-value"]);
    refused(&input);
}

#[test]
fn case_32_short_segments() {
    // A crash.
    for (old, new) in [
        ("PNA+PAT+9990000018:OPI+++SU:MARLOWE+FO:IRIS", "PNA+PAT"),
        ("PNA+PAT+9990000018:OPI+++SU:MARLOWE+FO:IRIS", "PNA+PAT+9990000018"),
        ("NAD+GP+7000015,T93:900", "NAD+GP"),
        ("NAD+GP+7000015,T93:900", "NAD+GP+7000015,T93"),
        ("NAD+FHS+ZQX:954", "NAD+FHS"),
        ("FTX+RGI+++TWIN 1 OF 2", "FTX+RGI"),
        ("FTX+RGI+++TWIN 1 OF 2", "FTX+RGI++"),
        ("PDI+2", "PDI"),
        ("RFF+TN:2002", "RFF+TN"),
        ("RFF+950:G1", "RFF+950"),
        ("HEA+ACD+A:ZZZ", "HEA+ACD"),
        ("HEA+ACD+A:ZZZ", "HEA+ACD+A"),
        ("HEA+ATP+1:ZZZ", "HEA+ATP"),
        ("DTM+956:20240307:102", "DTM+956"),
        ("DTM+956:20240307:102", "DTM+956:20240307"),
        ("LOC+950+NEWTON ABBEY", "LOC+950"),
    ] {
        let input = replaced(&acceptance(), old, new);
        let read = decode(&input);
        assert_eq!(read.messages.len(), 1, "{new}");
        assert!(!ids(&input).is_empty(), "{new}");
        refused(&input);
        assert!(
            read.encode(&WriteOptions::default()).is_err()
                || ["NAD+GP+7000015,T93", "HEA+ACD+A", "DTM+956:20240307", "FTX+RGI", "FTX+RGI++", "LOC+950"]
                    .contains(&new),
            "{new}"
        );
        let written = rewritten(&read);
        assert_eq!(decode(&written), read, "{new}");
    }
}

#[test]
fn case_32_address_segment_that_ends_early() {
    // A crash.
    for short in ["NAD+PAT", "NAD+PAT+", "NAD+PAT++"] {
        let input = replaced(&acceptance(), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:", short);
        let read = decode(&input);
        let address = acceptance_of(&read).address.as_ref();
        assert!(address.is_none_or(|address| address.road.is_none() && address.post_town.is_none()), "{short}");
        assert_eq!(decode(&rewritten(&read)), read, "{short}");
        // Rows 11, 12 and 58: an acceptance is sent with an address that has a road or house name, and a post town.
        assert!(read.encode(&WriteOptions::default()).is_err(), "{short}");
    }
}

#[test]
fn case_32_code_without_its_list_is_read() {
    // A crash.
    let input = replaced(&acceptance(), "HEA+ACD+A:ZZZ", "HEA+ACD+A");
    let read = decode(&input);
    assert_eq!(ids(&input), ["missing-component"]);
    assert_eq!(tag_of(issues(&input)[0].error()), "HEA");
    assert_eq!(acceptance_of(&read).acceptance_code, Some(AcceptanceCode::from("A")));

    let input = replaced(&acceptance(), "NAD+GP+7000015,T93:900", "NAD+GP+7000015,T93");
    let read = decode(&input);
    assert_eq!(ids(&input), ["missing-component"]);
    assert_eq!(acceptance_of(&read).gp.as_ref().unwrap().as_str(), "7000015,T93");
}

#[test]
fn case_32_sex_in_the_second_element() {
    // Element 2 is read as element 1.
    let input = replaced(&acceptance(), "PDI+2", "PDI++1");
    let read = decode(&input);
    assert_eq!(acceptance_of(&read).sex, None);
    let found = ids(&input);
    assert!(!found.is_empty());
    assert!(issues(&input).iter().all(|issue| tag_of(issue.error()) == "PDI"), "{found:?}");
    refused(&input);
    assert_eq!(components(&acceptance_of(&read).unrecognised), [("PDI", 2, 1, "1")]);
}

#[test]
fn case_32_qualifier_without_a_number() {
    // A crash, or the qualifier becomes the number.
    let input = replaced(&removal(), "PNA+PAT+9990000069:OPI", "PNA+PAT+:OPI");
    let read = decode(&input);
    assert!(
        removal_of(&read)
            .patient
            .as_ref()
            .is_none_or(|patient| { patient.nhs_number().is_none_or(|number| number.as_str().is_empty()) })
    );
    assert!(!ids(&input).is_empty());
    refused(&input);
}

#[test]
fn case_33_two_spaces_in_a_receipt_line() {
    // An exception.
    let input = replaced(RECEIPT, "RFF+MIS:00067005 CP", "RFF+MIS:00067005  CP");
    let read = decode(&input);
    assert_eq!(ids(&input), ["invalid-value"]);
    assert_eq!(place(issues(&input)[0].error()), "RFF 1.2");
    refused(&input);
    let receipt = &recep_of(&read).messages[0];
    assert_eq!(receipt.reference.as_ref().unwrap().number(), Some(67_005));
    assert_eq!(receipt.status, Some(MessageStatus::Translated));
}

#[test]
fn case_33_receipt_line_without_status_or_number() {
    // An exception.
    for line in ["00067005", "CP", "0006 7005 CP", "ABC CP", "00067005 XX", "00067005CP"] {
        let input = replaced(RECEIPT, "RFF+MIS:00067005 CP", &format!("RFF+MIS:{line}"));
        let read = decode(&input);
        assert_eq!(recep_of(&read).messages.len(), 1, "{line}");
        assert!(!ids(&input).is_empty(), "{line}");
        refused(&input);
        let written = rewritten(&read);
        assert!(written.contains(&format!("RFF+MIS:{line}'")), "{line}: {written}");
    }
}

#[test]
fn case_33_blanks_in_a_receipt_line_are_kept() {
    // An exception.
    let input = replaced(RECEIPT, "RFF+MIS:00067005 CP", "RFF+MIS: ");
    refused(&input);
    assert_eq!(rewritten(&decode(&input)), input);
}

#[test]
fn case_33_status_of_the_interchange_is_not_derived() {
    // The interchange is taken to have failed with its message, or the message to have passed with it.
    let input = replaced(RECEIPT, "00067005 CP", "00067005 CA");
    let read = check(&input, &[]);
    assert_eq!(recep_of(&read).messages[0].status.as_ref().unwrap().as_str(), "CA");
    assert_eq!(recep_of(&read).interchange.as_ref().unwrap().status, Some(InterchangeStatus::from("OK")));
}

#[test]
fn case_34_zeros_of_a_reason_are_kept() {
    // Written back as 8.
    let input = replaced(&notification(), "HEA+FRN+8:ZZZ", "HEA+FRN+08:ZZZ");
    let read = check(&input, &[]);
    let Transactions::Fp69PriorNotification(list) = &registration_of(&read).transactions else { panic!() };
    let reason = list[0].reason.as_ref().unwrap();
    assert_eq!((reason.as_str(), reason.number()), ("08", Some(8)));
    assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), input);
    assert_eq!(rewritten(&read), input);
}

#[test]
fn case_34_zeros_of_numbers_are_kept() {
    // Written back without them.
    let input = replaced(&removal(), "RFF+TN:2009", "RFF+TN:00002009");
    let read = check(&input, &[]);
    let number = removal_of(&read).number.as_ref().unwrap();
    assert_eq!((number.text().as_ref(), number.number()), ("00002009", Some(2009)));
    assert_eq!(rewritten(&read), input);
    assert!(read.encode(&WriteOptions::default()).is_err());
}

#[test]
fn case_35_surname_of_200_characters_is_not_written() {
    // Written.
    let input = acceptance();
    let mut model = decode(&input);
    acceptance_mut(&mut model).patient.as_mut().unwrap().surname = Some("A".repeat(200).into());
    let error = model.encode(&WriteOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLong { limit: 70, length: 200 });
    assert_eq!(place(&error), "PNA 5.2");
    assert_eq!(error.location().offset, None);
    acceptance_mut(&mut model).patient.as_mut().unwrap().surname = Some("A".repeat(70).into());
    assert!(model.encode(&WriteOptions::default()).is_ok());
}

#[test]
fn case_35_lower_case_and_control_characters_are_not_written() {
    // Written.
    let input = acceptance();
    for surname in ["Marlowe", "MAR\tLOWE", "MARLOWE\n", "MAR\u{1c}LOWE", "MAR\u{0}LOWE", "M_LOWE", "MÜLLER", "MARŁOWE"]
    {
        let mut model = decode(&input);
        acceptance_mut(&mut model).patient.as_mut().unwrap().surname = Some(surname.into());
        let error = model.encode(&WriteOptions::default()).unwrap_err();
        assert!(["repertoire", "break-in-segment", "unrepresentable"].contains(&error.kind().id()), "{surname:?}");
        assert_eq!(place(&error), "PNA 5.2", "{surname:?}");
    }
}

#[test]
fn case_35_references_of_other_than_eight_digits_are_not_written() {
    // Written.
    let input = removal();
    for reference in ["123456789", "1", "0000108", "00000000", "ABCDEFGH", ""] {
        let mut model = decode(&input);
        model.header.reference = reference.into();
        let error = model.encode(&WriteOptions::default()).unwrap_err();
        assert_eq!(place(&error), "UNB 5.1", "{reference}");
        let mut model = decode(&input);
        registration_mut(&mut model).reference = reference.into();
        let error = model.encode(&WriteOptions::default()).unwrap_err();
        assert_eq!(place(&error), "UNH 1.1", "{reference}");
    }
    assert!(InterchangeSequence::new(100_000_000).is_err());
    assert!(InterchangeSequence::new(0).is_err());
}

#[test]
fn case_35_transaction_numbers_beyond_seven_digits_are_not_written() {
    // Written.
    let input = removal();
    for number in ["10000000", "0", "02009", "ABC", ""] {
        let mut model = decode(&input);
        removal_mut(&mut model).number = Some(number.into());
        assert!(model.encode(&WriteOptions::default()).is_err(), "{number}");
    }
}

#[test]
fn case_35_what_a_strict_writer_refuses_besides() {
    // Written.
    type Change = fn(&mut Acceptance<'_>);
    let input = acceptance();
    let changes: [(&str, Change); 11] = [
        ("check digit", |it| it.patient.as_mut().unwrap().identifier.as_mut().unwrap().number = "9990000019".into()),
        ("no surname", |it| it.patient.as_mut().unwrap().surname = None),
        ("blank surname", |it| it.patient.as_mut().unwrap().surname = Some("   ".into())),
        ("postcode of seven characters", |it| it.address.as_mut().unwrap().postcode = Some("ZZ9 9AA".into())),
        ("erase marker", |it| it.address.as_mut().unwrap().county = Some("%".into())),
        ("type 5", |it| it.kind = AcceptanceKind::ExServices(ExServices::default())),
        ("GP code of one part", |it| it.gp = Some("7000015".into())),
        ("empty text", |it| it.notes = Some("".into())),
        ("blank text", |it| it.notes = Some("   ".into())),
        ("no sex", |it| it.sex = None),
        ("no address", |it| it.address = None),
    ];
    let written = changes.iter().filter(|(_, change)| {
        let mut model = decode(&input);
        change(acceptance_mut(&mut model));
        model.encode(&WriteOptions::default()).is_ok()
    });
    assert_eq!(written.map(|(what, _)| *what).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn case_35_address_without_post_town_is_not_written() {
    // Written.
    let input = acceptance();
    for town in [None, Some(" "), Some("%")] {
        let mut model = decode(&input);
        acceptance_mut(&mut model).address.as_mut().unwrap().post_town = town.map(Into::into);
        assert!(model.encode(&WriteOptions::default()).is_err(), "{town:?}");
    }
}

#[test]
fn case_35_address_without_house_name_and_road_is_not_written() {
    // Written.
    let input = acceptance();
    let mut model = decode(&input);
    acceptance_mut(&mut model).address.as_mut().unwrap().road = None;
    assert!(model.encode(&WriteOptions::default()).is_err());
}

#[test]
fn case_36_what_practices_send_is_written_and_read_back() {
    // Written, but there is no reader for it.
    for (code, body) in [("G1", ACCEPTANCE), ("G2", AMENDMENT), ("G3", REMOVAL), ("G5", DEDUCTION_REQUEST)] {
        let input = registration(code, body);
        let read = check(&input, &[]);
        let written = text(&read.encode(&WriteOptions::default()).unwrap());
        assert_eq!(written, input, "{code}");
        assert_eq!(check(&written, &[]), read, "{code}");
    }
}

#[test]
fn case_36_every_acceptance_type_is_written_and_read_back() {
    // Written, but there is no reader for it.
    let transfer = ["NAD+PGP+++DR FENWICK", "NAD+PFH+ZQ:954"];
    for (kind, name) in [("1", "birth"), ("2", "first"), ("3", "transfer in"), ("4", "immigrant")] {
        let mut body: Vec<String> = ACCEPTANCE.iter().map(ToString::to_string).collect();
        let at = |body: &[String], tag: &str| body.iter().position(|segment| segment.starts_with(tag)).unwrap();
        let type_at = at(&body, "HEA+ATP");
        body[type_at] = format!("HEA+ATP+{kind}:ZZZ");
        if kind == "4" {
            let behind = at(&body, "DTM+956") + 1;
            body.splice(behind..behind, ["DTM+957:20240228:102".to_string(), "DTM+958:20110915:102".to_string()]);
        }
        if kind >= "3" {
            let behind = at(&body, "NAD+GP") + 1;
            body.splice(behind..behind, transfer.map(str::to_string));
            let behind = at(&body, "NAD+PAT") + 1;
            body.insert(behind, "NAD+PER++7 MILL LANE:EASTPOOL".to_string());
        }
        let body: Vec<&str> = body.iter().map(String::as_str).collect();
        let input = registration("G1", &body);
        let read = check(&input, &[]);
        assert_eq!(acceptance_of(&read).kind.acceptance_type().unwrap().as_str(), kind, "{name}");
        assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), input, "{name}");
    }
}

#[test]
fn case_36_erasures_are_written_and_read_back() {
    // Written, but there is no reader for them.
    let body = [
        "S01+1",
        "RFF+TN:2008",
        "NAD+GP+7000015,T93:900",
        "NAD+RIC+%:956",
        "HEA+DM+%:ZZZ",
        "S02+2",
        "PNA+PAT+9990000050:OPI++++FO:%+TI:%",
        "NAD+PAT++%:3 PARK VIEW:%:NEWTON ABBEY:%+++++%",
        "S02+2",
        "PNA+PER++++SU:%",
    ];
    let input = registration("G2", &body);
    let read = check(&input, &[]);
    let Transactions::AmendmentOut(amendments) = &registration_of(&read).transactions else { panic!() };
    let amendment = &amendments[0];
    assert_eq!(amendment.institute, Change::Erased);
    assert_eq!(amendment.drugs_dispensed, Change::Erased);
    assert_eq!(amendment.patient.as_ref().unwrap().forename, Change::Erased);
    assert_eq!(amendment.previous.as_ref().unwrap().surname, Change::Erased);
    assert_eq!(amendment.address.as_ref().unwrap().postcode, Change::Erased);
    assert_eq!(text(&read.encode(&WriteOptions::default()).unwrap()), input);
}

#[test]
fn case_37_unknown_codes_are_kept() {
    // A panic.
    for (old, new, place) in [
        ("PDI+2", "PDI+3", "PDI 1.1"),
        ("HEA+ACD+A:ZZZ", "HEA+ACD+X:ZZZ", "HEA 2.1"),
        ("HEA+ATP+1:ZZZ", "HEA+ATP+7:ZZZ", "HEA 2.1"),
        ("HEA+DM+Y:ZZZ", "HEA+DM+N:ZZZ", "HEA 2.1"),
    ] {
        let input = replaced(&acceptance(), old, new);
        let read = decode(&input);
        let found = issues(&input);
        assert_eq!(ids(&input), ["unknown-code"], "{new}");
        assert_eq!(self::place(found[0].error()), place, "{new}");
        refused(&input);
        assert!(read.encode(&WriteOptions::default()).is_err(), "{new}");
        assert_eq!(rewritten(&read), input, "{new}");
    }
}

#[test]
fn case_37_unknown_codes_say_what_they_are() {
    // A panic.
    let input = acceptance().replace("PDI+2", "PDI+3").replace("HEA+ATP+1", "HEA+ATP+7");
    let read = decode(&input);
    let acceptance = acceptance_of(&read);
    assert_eq!(acceptance.sex, Some(Sex::from("3")));
    assert!(!acceptance.sex.as_ref().unwrap().is_known());
    assert!(matches!(acceptance.kind, AcceptanceKind::Unclassified { .. }));
    assert_eq!(acceptance.patient.as_ref().unwrap().surname.as_deref(), Some("MARLOWE"));
}

#[test]
fn case_37_unknown_deduction_reasons_are_kept() {
    // A panic.
    for code in ["0", "16", "99", "123", "A"] {
        let input = replaced(&deduction_request(), "GIS+1:ZZZ", &format!("GIS+{code}:ZZZ"));
        let read = check(&input, &[("unknown-code", "GIS 1.1", code)]);
        assert_eq!(deduction_request_of(&read).reason, Some(DeductionReason::from(code)));
        assert!(read.encode(&WriteOptions::default()).is_err());
        assert_eq!(rewritten(&read), input);
    }
}

#[test]
fn case_37_unknown_statuses_of_receipts_are_kept() {
    // A panic.
    let input = RECEIPT.replace("00067005 CP", "00067005 XX").replace("00044005 OK", "00044005 YY");
    let read = check(&input, &[("unknown-code", "RFF 1.2", "00067005 XX"), ("unknown-code", "RFF 1.2", "00044005 YY")]);
    assert_eq!(recep_of(&read).messages[0].status.as_ref().unwrap().as_str(), "XX");
    assert_eq!(recep_of(&read).interchange.as_ref().unwrap().status.as_ref().unwrap().as_str(), "YY");
    assert!(read.encode(&WriteOptions::default()).is_err());
    assert_eq!(rewritten(&read), input);
}

/// Interchanges to start from, and ways to ask what was read.
mod helper {
    use nhais_edifact::interchange::Registration;
    use nhais_edifact::recep::{InterchangeReceipt, MessageReceipt, ReceiptParties};
    use nhais_edifact::transaction::{DeductionRequest, Removal};
    use nhais_edifact::value::MessageSequence;
    use nhais_edifact::{Error, InterchangeHeader, Issue};

    use super::*;

    pub(crate) const ACCEPTANCE: &[&str] = &[
        "S01+1",
        "RFF+TN:2002",
        "NAD+GP+7000015,T93:900",
        "HEA+ACD+A:ZZZ",
        "HEA+ATP+1:ZZZ",
        "HEA+DM+Y:ZZZ",
        "DTM+956:20240307:102",
        "LOC+950+NEWTON ABBEY",
        "FTX+RGI+++TWIN 1 OF 2",
        "S02+2",
        "PNA+PAT+9990000018:OPI+++SU:MARLOWE+FO:IRIS",
        "DTM+329:20240219:102",
        "PDI+2",
        "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:",
    ];
    pub(crate) const AMENDMENT: &[&str] =
        &["S01+1", "RFF+TN:2007", "NAD+GP+7000015,T93:900", "S02+2", "PNA+PAT+9990000050:OPI+++++TI:DR"];
    pub(crate) const REMOVAL: &[&str] = &[
        "S01+1",
        "RFF+TN:2009",
        "NAD+GP+7000015,T93:900",
        "FTX+RGI+++MOVED 40 MILES AWAY",
        "S02+2",
        "PNA+PAT+9990000069:OPI",
    ];
    pub(crate) const DEDUCTION_REQUEST: &[&str] = &[
        "S01+1",
        "RFF+TN:2010",
        "NAD+GP+7000015,T93:900",
        "GIS+1:ZZZ",
        "DTM+961:20240316:102",
        "S02+2",
        "PNA+PAT+9990000077:OPI",
    ];
    pub(crate) const FLAG_REMOVAL: &[&str] =
        &["S01+1", "RFF+TN:10900007", "NAD+GP+7000015,T93:900", "S02+2", "PNA+PAT+9990000042:OPI"];
    const NOTIFICATION: &[&str] = &[
        "S01+1",
        "RFF+TN:10900005",
        "NAD+GP+7000015,T93:900",
        "HEA+FRN+8:ZZZ",
        "DTM+962:20241003:102",
        "S02+2",
        "PNA+PAT+9990000042:OPI+++SU:PIKE+FO:DORIS",
        "DTM+329:19471101:102",
        "NAD+PAT++HILL FARM:::UPPER DALE:",
    ];
    pub(crate) const RECEIPT: &str = "\
UNB+UNOA:2+KLM5+ZQX1+240403:0640+00000112++RECEP+++EDIFACT TRANSFER'
UNH+00000514+RECEP:0:2:FH'
BGM++600+243:202404030640:306+64'
NHS+ZQX:819:201+7000015,T93:814:202'
DTM+815:202404030640:306'
RFF+MIS:00067005 CP'
RFF+RIS:00044005 OK:1'
UNT+7+00000514'
UNZ+1+00000112'";

    /// A message with the right count.
    pub(crate) fn message(reference: &str, code: &str, body: &[&str]) -> String {
        let heading = [
            &format!("UNH+{reference}+FHSREG:0:1:FH:FHS001"),
            "BGM+++507",
            "NAD+FHS+ZQX:954",
            "DTM+137:202403180907:203",
            &format!("RFF+950:{code}"),
        ];
        let count = heading.len() + body.len() + 1;
        [&heading[..], body, &[&format!("UNT+{count}+{reference}")]].concat().join("'\n") + "'"
    }

    /// An interchange with the right count.
    pub(crate) fn enclosed(sender: &str, recipient: &str, messages: &[&str]) -> String {
        let (count, messages) = (messages.len(), messages.join("\n"));
        format!("UNB+UNOA:2+{sender}+{recipient}+240318:0907+00000108'\n{messages}\nUNZ+{count}+00000108'")
    }

    /// An interchange of one message, from the practice in G types and to it in F types.
    pub(crate) fn registration(code: &str, body: &[&str]) -> String {
        let (sender, recipient) = if code.starts_with('F') { ("ZQX1", "KLM5") } else { ("KLM5", "ZQX1") };
        enclosed(sender, recipient, &[&message("00000508", code, body)])
    }

    pub(crate) fn removal() -> String {
        registration("G3", REMOVAL)
    }

    pub(crate) fn acceptance() -> String {
        registration("G1", ACCEPTANCE)
    }

    pub(crate) fn deduction_request() -> String {
        registration("G5", DEDUCTION_REQUEST)
    }

    pub(crate) fn notification() -> String {
        registration("F9", NOTIFICATION)
    }

    /// `input` with the one place that reads `old` changed.
    pub(crate) fn replaced(input: &str, old: &str, new: &str) -> String {
        assert_eq!(input.matches(old).count(), 1, "{old}");
        input.replace(old, new)
    }

    /// The same segments with the service characters that `advice` declares, which stands before them.
    pub(crate) fn in_other_characters(input: &str, advice: &[u8]) -> Vec<u8> {
        let characters = ServiceStringAdvice::parse(advice).unwrap();
        let mut output = Vec::new();
        let mut writer = SegmentWriter::new(&mut output).service_string_advice(characters).line_break(LineBreak::None);
        writer.advice();
        let mut reader = SegmentReader::new(input.as_bytes());
        while let Some(segment) = reader.next_segment().unwrap() {
            writer.copy(&segment).unwrap();
        }
        output
    }

    pub(crate) fn latin1(text: &str) -> Vec<u8> {
        text.chars().map(|character| u8::try_from(character).unwrap()).collect()
    }

    pub(crate) fn text(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    pub(crate) fn decode<I: AsRef<[u8]> + ?Sized>(input: &I) -> Interchange<'_> {
        Interchange::decode(input.as_ref()).unwrap().interchange
    }

    /// What a lenient reader finds, in the order in which it finds it.
    pub(crate) fn issues<I: AsRef<[u8]> + ?Sized>(input: &I) -> Vec<Issue> {
        Interchange::decode(input.as_ref()).unwrap().issues
    }

    pub(crate) fn ids<I: AsRef<[u8]> + ?Sized>(input: &I) -> Vec<&'static str> {
        issues(input).iter().map(|issue| issue.kind().id()).collect()
    }

    pub(crate) fn strict_error<I: AsRef<[u8]> + ?Sized>(input: &I) -> Error {
        Interchange::decode_with(input.as_ref(), &ReadOptions::strict()).unwrap_err()
    }

    /// A strict reader ends with the first thing that a lenient one finds.
    pub(crate) fn refused<I: AsRef<[u8]> + ?Sized>(input: &I) {
        assert_eq!(&strict_error(input), issues(input)[0].error());
    }

    pub(crate) fn tag_of(error: &Error) -> String {
        error.location().tag.map(|tag| tag.to_string()).unwrap_or_default()
    }

    /// `TAG`, `TAG element` or `TAG element.component`.
    pub(crate) fn place(error: &Error) -> String {
        let location = error.location();
        let number = |prefix, number: Option<u16>| number.map(|number| format!("{prefix}{number}")).unwrap_or_default();
        format!("{}{}{}", tag_of(error), number(' ', location.element), number('.', location.component))
    }

    pub(crate) fn offset_of(input: &str, text: &str) -> u64 {
        input.find(text).unwrap() as u64
    }

    /// Decodes; the issues must be the expected ones: identifier, place, and what stands there in the input.
    pub(crate) fn check<'a, I: AsRef<[u8]> + ?Sized>(input: &'a I, expected: &[(&str, &str, &str)]) -> Interchange<'a> {
        let bytes = input.as_ref();
        let Decoded { interchange, issues } = Interchange::decode_with(bytes, &ReadOptions::default()).unwrap();
        let found: Vec<_> = issues
            .iter()
            .zip(expected.iter().map(|(_, _, text)| text.len()).chain(std::iter::repeat(12)))
            .map(|(issue, length)| {
                let rest = &bytes[usize::try_from(issue.error().location().offset.unwrap()).unwrap()..];
                let text = String::from_utf8_lossy(&rest[..length.min(rest.len())]).into_owned();
                (issue.kind().id(), place(issue.error()), text)
            })
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|&(id, place, text)| (id, place.to_string(), text.to_string())).collect();
        assert_eq!(found, expected);
        match Interchange::decode_with(bytes, &ReadOptions::strict()) {
            Ok(strict) => assert!(expected.is_empty() && strict.interchange == interchange),
            Err(error) => assert_eq!(issues.first().map(Issue::error), Some(&error)),
        }
        interchange
    }

    /// What is written back as received.
    pub(crate) fn rewritten(interchange: &Interchange<'_>) -> String {
        text(&interchange.encode(&WriteOptions::default().as_received(true)).unwrap())
    }

    pub(crate) fn registration_of<'r, 'a>(interchange: &'r Interchange<'a>) -> &'r Registration<'a> {
        let Message::Registration(message) = &interchange.messages[0] else { panic!("no registration") };
        message
    }

    pub(crate) fn registration_mut<'r, 'a>(interchange: &'r mut Interchange<'a>) -> &'r mut Registration<'a> {
        let Message::Registration(message) = &mut interchange.messages[0] else { panic!("no registration") };
        message
    }

    pub(crate) fn recep_of<'r, 'a>(interchange: &'r Interchange<'a>) -> &'r Recep<'a> {
        let Message::Recep(message) = &interchange.messages[0] else { panic!("no receipt") };
        message
    }

    pub(crate) fn removal_of<'r, 'a>(interchange: &'r Interchange<'a>) -> &'r Removal<'a> {
        let Transactions::Removal(list) = &registration_of(interchange).transactions else { panic!("no removal") };
        &list[0]
    }

    pub(crate) fn removal_mut<'r, 'a>(interchange: &'r mut Interchange<'a>) -> &'r mut Removal<'a> {
        let Transactions::Removal(list) = &mut registration_mut(interchange).transactions else { panic!("no removal") };
        &mut list[0]
    }

    pub(crate) fn acceptance_of<'r, 'a>(interchange: &'r Interchange<'a>) -> &'r Acceptance<'a> {
        let Transactions::Acceptance(list) = &registration_of(interchange).transactions else {
            panic!("no acceptance")
        };
        &list[0]
    }

    pub(crate) fn acceptance_mut<'r, 'a>(interchange: &'r mut Interchange<'a>) -> &'r mut Acceptance<'a> {
        let Transactions::Acceptance(list) = &mut registration_mut(interchange).transactions else {
            panic!("no acceptance")
        };
        &mut list[0]
    }

    pub(crate) fn deduction_request_of<'r, 'a>(interchange: &'r Interchange<'a>) -> &'r DeductionRequest<'a> {
        let Transactions::DeductionRequest(list) = &registration_of(interchange).transactions else {
            panic!("no deduction request")
        };
        &list[0]
    }

    pub(crate) fn notes_of(interchange: &Interchange<'_>) -> String {
        removal_of(interchange).notes.as_ref().unwrap().to_text().to_string()
    }

    /// The text that stands in place of a date.
    pub(crate) fn unreadable(date: Option<&Date<'_>>) -> String {
        let Some(Date::Unreadable(date)) = date else { panic!("a date that can be read, or none") };
        date.text.to_string()
    }

    pub(crate) fn raw_segments<'r>(unrecognised: &'r [Unrecognised<'_>]) -> Vec<&'r str> {
        let segments = unrecognised.iter().map(|kept| match kept {
            Unrecognised::Segment { segment, .. } => segment.as_wire(),
            Unrecognised::Component { .. } => panic!("a component"),
        });
        segments.collect()
    }

    pub(crate) fn components<'r>(unrecognised: &'r [Unrecognised<'_>]) -> Vec<(&'r str, u16, u16, &'r str)> {
        let components = unrecognised.iter().map(|kept| match kept {
            Unrecognised::Component { segment, element, component, text } => {
                (segment.as_str(), *element, *component, text.as_str())
            }
            Unrecognised::Segment { .. } => panic!("a segment"),
        });
        components.collect()
    }

    /// The receipt for an interchange, made by hand from what came.
    pub(crate) fn receipt_for(received: &Interchange<'_>) -> Interchange<'static> {
        let now = received.header.prepared.to_date_time(1980).unwrap();
        let sender = received.header.recipient.as_str().to_string();
        let recipient = received.header.sender.as_str().to_string();
        let mut header = InterchangeHeader::new(sender, recipient, now, InterchangeSequence::new(44_000).unwrap());
        header.application_reference = Some("RECEP".into());
        header.agreement = Some("EDIFACT TRANSFER".into());
        let mut recep = Recep::default();
        recep.reference = MessageSequence::new(67_000).unwrap().into();
        recep.made = Some(now.into());
        recep.parties = Some(ReceiptParties { ha: Some("ZQX".into()), gp: Some("7000015,T93".into()) });
        recep.received = Some(now.into());
        let reference = registration_of(received).reference.clone().into_owned();
        recep.messages = vec![MessageReceipt::new(reference, MessageStatus::Translated)];
        let count = received.messages.len() as u64;
        let reference = received.header.reference.clone().into_owned();
        recep.interchange = Some(InterchangeReceipt::new(reference, InterchangeStatus::from("OK"), count));
        let mut interchange = Interchange::new(header);
        interchange.messages.push(Message::Recep(recep));
        interchange
    }
}
