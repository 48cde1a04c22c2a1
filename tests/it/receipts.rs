//! Receipts derived from what was received, and matched to what was sent.

use std::fs;

use chrono::{NaiveDate, NaiveDateTime};
use nhais_edifact::exchange::{AnswerTo, Numbering, ReceivedNumbers, RequestKey, TransactionNumbering};
use nhais_edifact::options::Policy;
use nhais_edifact::recep::{Answer, Contradiction, Outbox, ReceiptFinding, ReceiptTimes};
use nhais_edifact::value::{InterchangeSequence, InterchangeStatus, MessageSequence, MessageStatus};
use nhais_edifact::{Decoder, EventReader, Interchange, Issue, Message, ReadOptions, WriteOptions};

use crate::files::{self, samples};

fn time(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M").unwrap()
}

fn numbering(interchange: u32, message: u32) -> Numbering {
    Numbering::from_next(InterchangeSequence::new(interchange).unwrap(), MessageSequence::new(message).unwrap())
}

fn example(number: u32) -> Vec<u8> {
    files::example(&format!("e{number:02}"))
}

fn answer_of_model(input: &[u8]) -> Answer {
    Answer::of(&Interchange::decode(input).unwrap())
}

fn answer_of_events(input: &[u8], options: ReadOptions) -> Answer {
    let mut answer = Answer::default();
    let mut issues: Vec<Issue> = Vec::new();
    let mut reader = EventReader::new(input, options);
    loop {
        match reader.next_event(&mut issues) {
            Ok(Some(event)) => answer.take(&event),
            Ok(None) => return answer,
            Err(error) => {
                answer.fail(&error);
                return answer;
            }
        }
        issues.drain(..).for_each(|issue| answer.note(&issue));
    }
}

fn answer_of_chunks(input: &[u8]) -> Answer {
    let mut answer = Answer::default();
    let mut issues: Vec<Issue> = Vec::new();
    let mut decoder = Decoder::new(ReadOptions::default());
    for chunk in input.chunks(3).map(Some).chain([None]) {
        let mut events = match chunk {
            Some(chunk) => decoder.feed(chunk),
            None => decoder.finish(),
        };
        while let Some(event) = events.next(&mut issues).unwrap() {
            answer.take(&event);
            issues.drain(..).for_each(|issue| answer.note(&issue));
        }
    }
    answer
}

fn statuses(answer: &Answer) -> Vec<(String, &str)> {
    let messages = answer.messages().iter();
    messages.map(|message| (message.reference.to_string(), message.status.as_str())).collect()
}

/// The answer, which is the same for the model, the events and the chunks.
fn answer(input: &[u8]) -> Answer {
    let of_model = answer_of_model(input);
    for other in [answer_of_events(input, ReadOptions::default()), answer_of_chunks(input)] {
        assert_eq!(statuses(&other), statuses(&of_model));
        assert_eq!(other.status(), of_model.status());
        let receipt =
            |answer: &Answer| answer.receipt(time("202404030640"), &mut numbering(1, 1)).map_err(|error| error.kind());
        assert_eq!(receipt(&other), receipt(&of_model));
    }
    of_model
}

fn written(answer: &Answer, at: &str, interchange: u32, message: u32) -> Vec<u8> {
    let receipt = answer.receipt(time(at), &mut numbering(interchange, message)).unwrap();
    receipt.encode(&WriteOptions::default()).unwrap()
}

fn edited(input: &[u8], from: &str, to: &str) -> Vec<u8> {
    let text = std::str::from_utf8(input).unwrap();
    assert!(text.contains(from), "{from} is not in the example");
    text.replacen(from, to, 1).into_bytes()
}

fn same(written: &[u8], expected: &[u8]) {
    assert_eq!(String::from_utf8_lossy(written), String::from_utf8_lossy(expected));
}

/// docs/wire.md#e21
#[test]
fn what_was_received_without_fault_is_answered_byte_for_byte() {
    same(&written(&answer(&example(17)), "202404030640", 112, 514), example(21).trim_ascii_end());
}

#[test]
fn the_receipt_of_a_close_quarter_notification_names_no_gp() {
    same(&written(&answer(&example(16)), "202404020630", 111, 513), example(22).trim_ascii_end());
}

/// docs/wire.md#e23
#[test]
fn failed_messages_are_answered_with_their_reasons() {
    let mut answer = answer(&example(11));
    answer.messages_mut()[1].status = MessageStatus::TranslationError;
    answer.messages_mut()[2].status = MessageStatus::Incomplete;
    assert_eq!(answer.status(), None);
    assert_eq!(answer.status_by_meaning(), InterchangeStatus::PartlyInvalid);
    assert!(answer.receipt(time("202403192101"), &mut numbering(44_000, 67_000)).is_err());
    answer.set_status(InterchangeStatus::PartlyInvalid);
    let times =
        ReceiptTimes { received: time("202403191830"), made: time("202403192101"), prepared: time("202403192105") };
    let receipt = answer.receipt(times, &mut numbering(44_000, 67_000)).unwrap();
    same(&receipt.encode(&WriteOptions::default()).unwrap(), example(23).trim_ascii_end());
}

#[test]
fn published_receipts_are_derived_byte_for_byte() {
    let Some(files) = samples("nhs/inbound") else { return };
    let mut pairs = 0;
    for file in files.iter().filter(|file| file.to_string_lossy().ends_with(".edifact.dat")) {
        let published = file.to_string_lossy().replace(".edifact.dat", ".recep.dat");
        let Ok(published) = fs::read(published) else { continue };
        // Time and numbers are given; they stand in the published receipt.
        let theirs = Interchange::decode(&published).unwrap().interchange;
        let Message::Recep(recep) = &theirs.messages[0] else { panic!("{}", file.display()) };
        let number = |number: Option<u64>| u32::try_from(number.unwrap()).unwrap();
        let mut numbers = numbering(number(theirs.header.reference.number()), number(recep.reference.number()));
        let times = ReceiptTimes {
            received: recep.received.as_ref().unwrap().calendar().unwrap(),
            made: recep.made.as_ref().unwrap().calendar().unwrap(),
            prepared: theirs.header.prepared.to_date_time(1980).unwrap(),
        };
        let receipt = answer(&fs::read(file).unwrap()).receipt(times, &mut numbers).unwrap();
        let options = WriteOptions::default().line_breaks_of(&published);
        assert!(receipt.encode(&options).unwrap() == published, "{}", file.display());
        pairs += 1;
    }
    assert!(pairs > 0, "no published pair of interchange and receipt");
}

#[test]
fn wrong_counts_and_references_are_no_errors_of_translation() {
    let input = edited(&example(11), "UNT+", "UNT+9");
    let input = edited(&input, "UNZ+3+", "UNZ+7+1");
    let answer = answer(&input);
    assert!(statuses(&answer).iter().all(|(_, status)| *status == "CP"));
    assert!(
        written(&answer, "202403192101", 1, 1).ends_with(b"RFF+RIS:00000110 OK:3'\nUNT+9+00000001'\nUNZ+1+00000001'")
    );
}

#[test]
fn the_stated_count_is_quoted_on_request_only() {
    let input = edited(&example(11), "UNZ+3+", "UNZ+7+");
    for mut answer in [answer_of_model(&input), answer_of_events(&input, ReadOptions::default())] {
        answer.quote_stated_count();
        let receipt = answer.receipt(time("202403192101"), &mut numbering(1, 1)).unwrap();
        assert!(receipt.encode(&WriteOptions::default()).is_err(), "the count is not that of the messages");
        let bytes = receipt.encode(&WriteOptions::default().as_received(true)).unwrap();
        assert!(String::from_utf8(bytes).unwrap().contains("RFF+RIS:00000110 OK:7'"));
    }
}

#[test]
fn the_count_of_a_message_is_not_that_of_the_interchange() {
    let input = edited(&example(11), "UNT+", "UNT+9");
    for mut answer in [answer_of_model(&input), answer_of_events(&input, ReadOptions::default())] {
        answer.quote_stated_count();
        let receipt = answer.receipt(time("202403192101"), &mut numbering(1, 1)).unwrap();
        let bytes = receipt.encode(&WriteOptions::default()).unwrap();
        assert!(String::from_utf8(bytes).unwrap().contains("RFF+RIS:00000110 OK:3'"));
    }
}

#[test]
fn an_unreadable_value_is_a_translation_error_of_its_message_alone() {
    let input = edited(&example(11), "RFF+TN:", "RFF+TN:X");
    let answer = answer(&input);
    assert_eq!(statuses(&answer), [("00000510".into(), "CA"), ("00000511".into(), "CP"), ("00000512".into(), "CP")]);
    assert_eq!(answer.status_by_meaning(), InterchangeStatus::PartlyInvalid);
}

#[test]
fn an_unknown_transaction_type_is_a_translation_error_and_not_the_end() {
    let input = edited(&example(19), "RFF+950:F11", "RFF+950:F12");
    let mut answer = answer(&input);
    assert_eq!(statuses(&answer), [("00067007".into(), "CA")]);
    assert_eq!(answer.status_by_meaning(), InterchangeStatus::NoValidData);
    answer.set_status(InterchangeStatus::NoValidData);
    let text = String::from_utf8(written(&answer, "202404040640", 1, 1)).unwrap();
    assert!(text.contains("NHS+ZQX:819:201+7000015,T93:814:202'"), "the GP is named all the same");
}

#[test]
fn a_message_without_transactions_is_a_translation_error() {
    let empty = b"UNB+UNOA:2+ZQX1+KLM5+240318:0910+00000109'UNH+00000509+FHSREG:0:1:FH:FHS001'BGM+++507'\
        NAD+FHS+ZQX:954'DTM+137:202403180910:203'RFF+950:F1'UNT+6+00000509'UNZ+1+00000109'";
    assert_eq!(statuses(&answer(empty)), [("00000509".into(), "CA")]);
}

#[test]
fn a_message_cut_short_is_incomplete() {
    let whole = example(11);
    let text = String::from_utf8(whole).unwrap();
    let third = text.find("UNH+00000512").unwrap();
    let cut = &text.as_bytes()[..third + 60];
    assert_eq!(
        statuses(&answer(cut)),
        [("00000510".into(), "CP"), ("00000511".into(), "CP"), ("00000512".into(), "CI")]
    );
    let second = text.find("UNT+").unwrap();
    let without_trailer = [&text[..second], text[second..].split_once('\n').unwrap().1].concat();
    assert_eq!(statuses(&answer(without_trailer.as_bytes()))[0].1, "CI");
}

#[test]
fn an_error_that_ends_the_reading_leaves_its_message_incomplete() {
    let input = edited(&example(11), "RFF+TN:", "RFF+TN:X");
    let answer = answer_of_events(&input, ReadOptions::strict());
    assert_eq!(statuses(&answer), [("00000510".into(), "CI")]);
    assert_eq!(answer.status(), None);
    let heading = edited(&example(11), "BGM+++507", "BGM+++508");
    let answer = answer_of_events(&heading, ReadOptions::strict());
    assert_eq!(statuses(&answer), [("00000510".into(), "CI")], "though its heading was never given");
    let outside = edited(&example(11), "UNZ+3+", "UNZ+4+");
    let answer = answer_of_events(&outside, ReadOptions::strict());
    assert!(statuses(&answer).iter().all(|(_, status)| *status == "CP"));
    assert_eq!((answer.status(), answer.status_by_meaning()), (None, InterchangeStatus::PartlyInvalid));
}

#[test]
fn an_exceeded_limit_leaves_its_message_incomplete() {
    let long = "X".repeat(70_000);
    let second = String::from_utf8(example(11)).unwrap();
    let at = second.find("UNH+00000511").unwrap();
    let place = at + second[at..].find("PNA+PAT").unwrap();
    let input = [&second[..place], "FTX+RGI+++", &long, "'\n", &second[place..]].concat();
    let answer = answer_of_events(input.as_bytes(), ReadOptions::default());
    assert_eq!(statuses(&answer), [("00000510".into(), "CP"), ("00000511".into(), "CI")]);
    assert_eq!(answer.status_by_meaning(), InterchangeStatus::PartlyInvalid);
}

#[test]
fn a_last_terminator_that_is_missing_under_strict_options_leaves_its_message_incomplete() {
    let text = String::from_utf8(example(11)).unwrap();
    let third = text.find("UNH+00000512").unwrap();
    let cut = third + text[third..].find("PNA+PAT").unwrap() + 10;
    let answer = answer_of_events(&text.as_bytes()[..cut], ReadOptions::strict());
    assert_eq!(statuses(&answer).last().unwrap().1, "CI");
}

#[test]
fn segments_outside_messages_are_not_passed_over_as_all_well() {
    let without_header = edited(&example(11), "UNH+00000511", "UNX+00000511");
    let answer = answer(&without_header);
    assert_eq!(statuses(&answer), [("00000510".into(), "CP"), ("00000512".into(), "CP")]);
    assert_eq!((answer.status(), answer.status_by_meaning()), (None, InterchangeStatus::PartlyInvalid));
    let text = String::from_utf8(example(11)).unwrap();
    let without_trailer = &text.as_bytes()[..text.find("UNZ+").unwrap()];
    assert_eq!(self::answer(without_trailer).status(), None);
}

#[test]
fn an_empty_value_is_a_translation_error_and_a_number_used_twice_is_none() {
    let empty = edited(&example(17), "NAD+GP+7000015,T93:900", "NAD+GP+:900");
    assert_eq!(statuses(&answer(&empty))[0].1, "CA");
    let twice = edited(&example(17), "RFF+TN:10900006", "RFF+TN:10900005");
    assert_eq!(statuses(&answer(&twice))[0].1, "CP");
    let link_code = edited(&example(17), "NAD+FHS+ZQX:954", "NAD+FHS+ZQX1:954");
    assert_eq!(statuses(&answer(&link_code))[0].1, "CP");
}

/// The examples of an amendment (E7) with a part replaced, whose count is then right.
fn amended(from: &str, to: &str) -> Vec<u8> {
    edited(&example(7), from, to)
}

#[test]
fn what_is_cut_or_stands_elsewhere_is_not_acknowledged() {
    let name = "SU:";
    let whole = String::from_utf8(example(7)).unwrap();
    let surname = whole[whole.find(name).unwrap() + 3..].split(['+', '\'']).next().unwrap().to_string();
    let named = format!("SU:{surname}");
    for (from, to, what) in [
        (named.as_str(), "SU:O'NEIL", "an apostrophe that was not released cuts a name"),
        (&named, "SU+O NEIL", "a name stands behind an element separator"),
        (&named, "SU:O NEIL?", "a question mark releases what ends the name"),
        (&named, "SU:O?NEIL", "a release character that releases nothing is lost"),
        (&named, "FO:O NEIL", "a name stands in the slot of another"),
        ("NAD+PAT++", "NAD+PAT++KING'S ", "an apostrophe cuts an address"),
        ("NAD+GP+", "Nad+GP+", "a tag in lower case"),
        ("NAD+GP+", "NA\nD+GP+", "a tag cut by a line break"),
        ("NAD+GP+", "NADD+GP+", "a tag that is too long"),
        ("NAD+GP+", "?NAD+GP+", "a release character in a tag"),
        ("NAD+GP+", "NAD+GP\0+", "a qualifier with a character that cannot be seen"),
        ("S02+2'", "", "a group without its trigger"),
        (":900'", "'", "a part of the pattern is missing"),
    ] {
        let answer = answer(&amended(from, to));
        assert_eq!(statuses(&answer)[0].1, "CA", "{what}");
        assert_eq!((answer.status(), answer.status_by_meaning()), (None, InterchangeStatus::NoValidData), "{what}");
    }
}

#[test]
fn an_interchange_that_is_cut_anywhere_is_never_acknowledged_as_a_whole() {
    for number in [7, 11, 16] {
        let whole = example(number);
        let whole = whole.trim_ascii_end();
        for end in 1..whole.len() - 1 {
            let Ok(decoded) = Interchange::decode(&whole[..end]) else { continue };
            assert_ne!(Answer::of(&decoded).status(), Some(InterchangeStatus::Received), "cut at {end}");
            assert_ne!(answer_of_chunks(&whole[..end]).status(), Some(InterchangeStatus::Received), "cut at {end}");
        }
        // An apostrophe cuts the trailer.
        for end in whole.len() - 8..whole.len() - 1 {
            let cut = [&whole[..end], b"'", &whole[end..]].concat();
            assert_ne!(answer(&cut).status(), Some(InterchangeStatus::Received), "cut at {end}");
        }
        // The last terminator alone is form (wire.md#row-4).
        assert_eq!(answer(&whole[..whole.len() - 1]).status(), Some(InterchangeStatus::Received));
    }
}

#[test]
fn deviations_of_form_leave_the_content_whole() {
    for (from, to) in [
        ("NAD+GP+", " NAD+GP+"),
        ("NAD+GP+", "'NAD+GP+"),
        (":900'", ":900+'"),
        ("SU:", "SU:x"),
        ("UNZ+1+00000", "UNZ+1+10000"),
    ] {
        assert_eq!(answer(&amended(from, to)).status(), Some(InterchangeStatus::Received), "{from} {to}");
    }
}

#[test]
fn the_fault_of_one_interchange_is_not_that_of_another() {
    // Both have messages of the same numbers.
    let whole = String::from_utf8(example(16)).unwrap();
    let faulty = whole.replace(":102'", ":102:X'").replace("UNB+UNOA:2+ZQX1", "UNB+UNOA:2+ZQY1");
    for (input, expected) in [(format!("{whole}{faulty}"), ["CP", "CA"]), (format!("{faulty}\n{whole}"), ["CA", "CP"])]
    {
        let all = Interchange::decode_all(input.as_bytes(), &ReadOptions::default()).unwrap();
        let found: Vec<_> = all.iter().map(|decoded| Answer::of(decoded).messages()[0].status.clone()).collect();
        assert_eq!(found.iter().map(MessageStatus::as_str).collect::<Vec<_>>(), expected);
        for (at, decoded) in all.iter().enumerate() {
            let places = decoded.issues.iter().map(|issue| issue.error().location().interchange);
            assert!(places.into_iter().all(|number| number == u32::try_from(at + 1).ok()));
        }
    }
}

#[test]
fn the_fault_of_one_message_is_not_that_of_another_with_the_same_reference() {
    let message = |reference: &str, notes: &str| {
        format!(
            "UNH+{reference}+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'S01+1'\
             RFF+TN:2009'NAD+GP+7000015,T93:900'FTX+RGI+++{notes}'S02+2'PNA+PAT+9990000069:OPI'UNT+12+{reference}'"
        )
    };
    for [first, second, third] in [["501", "501", "501"], ["A", "B", "C"], ["A", "A", "502"], ["", "", ""]] {
        let messages = [message(first, "MOVED"), message(second, " "), message(third, "MOVED")].concat();
        let input = format!("UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'{messages}UNZ+3+00000108'");
        let answer = answer(input.as_bytes());
        let statuses: Vec<_> = statuses(&answer).into_iter().map(|(_, status)| status).collect();
        let expected = if first.is_empty() { ["CA", "CA", "CA"] } else { ["CP", "CA", "CP"] };
        assert_eq!(statuses, expected, "{first} {second} {third}");
    }
}

#[test]
fn the_stated_count_is_known_where_nobody_listens() {
    let input = edited(&example(11), "UNZ+3+", "UNZ+7+");
    for policy in [Policy::Report, Policy::Accept] {
        let mut answer = Answer::default();
        let mut reader = EventReader::new(&input, ReadOptions::default().control_counts(policy));
        while let Some(event) = reader.next_event(&mut ()).unwrap() {
            answer.take(&event);
        }
        answer.quote_stated_count();
        let receipt = answer.receipt(time("202403192101"), &mut numbering(1, 1)).unwrap();
        let bytes = receipt.encode(&WriteOptions::default().as_received(true)).unwrap();
        assert!(String::from_utf8(bytes).unwrap().contains("RFF+RIS:00000110 OK:7'"));
    }
}

#[test]
fn text_around_an_interchange_is_not_its_fault_but_a_segment_behind_it_is() {
    let whole = String::from_utf8(example(16)).unwrap();
    let mail = format!("To: GP's office\r\n\r\n{whole}\nEND OF FILE\n");
    assert_eq!(answer(mail.as_bytes()).status(), Some(InterchangeStatus::Received));
    let behind = format!("{}\nUNH+00067009+FHSREG:0:1:FH:FHS001'", whole.trim_end());
    assert_eq!(answer(behind.as_bytes()).status(), None);
}

#[test]
fn receipts_among_registrations_are_passed_over() {
    let first = String::from_utf8(example(21)).unwrap();
    let message = &first[first.find("UNH+").unwrap()..first.find("UNZ+").unwrap()];
    let mixed = String::from_utf8(example(17)).unwrap().replacen("UNH+", &format!("{message}UNH+"), 1);
    let answer = answer(mixed.as_bytes());
    assert_eq!(statuses(&answer), [("00067005".into(), "CP")]);
    let text = String::from_utf8(written(&answer, "202404030640", 1, 1)).unwrap();
    assert!(text.contains("NHS+ZQX:819:201+7000015,T93:814:202'"));
}

#[test]
fn the_first_message_alone_says_who_the_gp_is() {
    // Facts 6.3: a close quarter notification first, then others: still 9999.
    let first = String::from_utf8(example(16)).unwrap();
    let second = String::from_utf8(example(19)).unwrap();
    let message = &second[second.find("UNH+").unwrap()..second.find("UNZ+").unwrap()];
    let input = first.replace("UNZ+1+", &format!("{message}UNZ+2+"));
    let text = String::from_utf8(written(&answer(input.as_bytes()), "202404040640", 1, 1)).unwrap();
    assert!(text.contains("NHS+ZQX:819:201+9999:814:202'"));
    assert!(text.contains("RFF+MIS:00067004 CP'\nRFF+MIS:00067007 CP'\nRFF+RIS:00044004 OK:2'"));
}

#[test]
fn a_cipher_that_is_missing_is_asked_for() {
    let input = edited(&example(16), "NAD+FHS+ZQX:954'\n", "");
    let mut answer = answer(&input);
    answer.set_status(InterchangeStatus::Received);
    let receipt = answer.receipt(time("202404020630"), &mut numbering(1, 1)).unwrap();
    let error = receipt.encode(&WriteOptions::default()).unwrap_err();
    assert_eq!(error.to_string(), "expected the HA cipher, but found nothing at NHS 1.1 (message 1)");
    answer.set_ha("ZQX".into());
    assert!(written(&answer, "202404020630", 1, 1).len() > 100);
}

#[test]
fn references_are_quoted_with_eight_digits() {
    let input = String::from_utf8(example(16)).unwrap().replace("00067004", "67004").replace("00044004", "044004");
    let text = String::from_utf8(written(&answer(input.as_bytes()), "202404020630", 1, 1)).unwrap();
    assert!(text.contains("RFF+MIS:00067004 CP'\nRFF+RIS:00044004 OK:1'"));
}

#[test]
fn a_reference_that_is_no_number_is_quoted_as_it_is_if_asked() {
    let input = String::from_utf8(example(16)).unwrap().replace("00067004", "AB67004");
    let receipt = answer(input.as_bytes()).receipt(time("202404020630"), &mut numbering(1, 1)).unwrap();
    assert!(receipt.encode(&WriteOptions::default()).is_err());
    let bytes = receipt.encode(&WriteOptions::default().as_received(true)).unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains("RFF+MIS:AB67004 CP'"));
}

#[test]
fn an_answer_begins_with_the_header_of_an_interchange() {
    assert!(!Answer::default().is_begun());
    assert!(answer_of_events(b"UNB+UNOA:2+KLM5+ZQX1+240409:1845+00000113'", ReadOptions::default()).is_begun());
}

#[test]
fn receipts_are_not_acknowledged() {
    let mut numbers = numbering(1, 1);
    let error = answer(&example(21)).receipt(time("202404030700"), &mut numbers).unwrap_err();
    assert_eq!(error.kind().id(), "nothing-to-acknowledge");
    assert_eq!(numbers, numbering(1, 1), "no number is used up");
    let error = Answer::default().receipt(time("202404030700"), &mut numbers).unwrap_err();
    assert_eq!(error.kind().id(), "no-interchange");
}

/// docs/wire.md#e24
#[test]
fn an_interchange_without_messages_is_answered_by_a_receipt_without_any() {
    let empty = b"UNB+UNOA:2+KLM5+ZQX1+240409:1845+00000113'UNZ+0+00000113'";
    let mut answer = answer(empty);
    assert_eq!((answer.status(), answer.status_by_meaning()), (None, InterchangeStatus::NoValidData));
    answer.set_status(answer.status_by_meaning());
    answer.set_ha("ZQX".into());
    let receipt = answer.receipt(time("202404092110"), &mut numbering(44_010, 67_011)).unwrap();
    assert!(receipt.encode(&WriteOptions::default()).is_err(), "a receipt names its messages");
    let bytes = receipt.encode(&WriteOptions::default().as_received(true)).unwrap();
    assert!(String::from_utf8(bytes).unwrap().contains("DTM+815:202404092110:306'\nRFF+RIS:00000113 NA:0'\nUNT+6+"));
}

// Matching.

fn decoded(input: &[u8]) -> Interchange<'_> {
    Interchange::decode(input).unwrap().interchange
}

/// E11 was sent; this receipt comes back.
fn received(receipt: &[u8]) -> (Outbox, Vec<ReceiptFinding>) {
    let mut outbox = Outbox::default();
    outbox.sent(&decoded(&example(11)));
    let findings = outbox.receive(&decoded(receipt));
    (outbox, findings)
}

fn pending(outbox: &Outbox) -> Vec<String> {
    outbox.pending().map(|(_, message)| message.reference.to_string()).collect()
}

#[test]
fn lines_are_matched_to_messages() {
    let receipt = example(23);
    let (mut outbox, findings) = received(&receipt);
    assert!(matches!(
        &findings[..],
        [
            ReceiptFinding::Acknowledged { message, .. },
            ReceiptFinding::Refused { status: MessageStatus::TranslationError, .. },
            ReceiptFinding::Refused { status: MessageStatus::Incomplete, .. },
            ReceiptFinding::InterchangeStatus { status: Some(InterchangeStatus::PartlyInvalid), .. },
        ] if message.number() == Some(510)
    ));
    assert_eq!(pending(&outbox), Vec::<String>::new());

    let again = outbox.receive(&decoded(&receipt));
    assert!(again[..3].iter().all(|finding| matches!(finding, ReceiptFinding::Repeated { .. })) && again.len() == 4);
    assert_eq!(outbox.interchanges().next().unwrap().status, Some(InterchangeStatus::PartlyInvalid));
    assert_eq!(outbox.interchanges().next().unwrap().messages[1].status, Some(MessageStatus::TranslationError));
    assert_eq!(outbox.take_settled().len(), 1);
    let gone = outbox.receive(&decoded(&receipt));
    assert!(matches!(gone[..], [ReceiptFinding::UnknownInterchange { interchange: Some(_) }]));
}

#[test]
fn a_status_is_not_updated() {
    let (mut outbox, _) = received(&example(23));
    let better = edited(&example(23), "00000511 CA", "00000511 CP");
    let findings = outbox.receive(&decoded(&better));
    assert!(matches!(&findings[1], ReceiptFinding::Repeated { status: Some(MessageStatus::Translated), .. }));
    assert_eq!(outbox.interchanges().next().unwrap().messages[1].status, Some(MessageStatus::TranslationError));
}

#[test]
fn numbers_are_compared_as_numbers() {
    let receipt = edited(&edited(&example(23), "RFF+MIS:00000510", "RFF+MIS:510"), "RFF+RIS:00000110", "RFF+RIS:110");
    let (outbox, _) = received(&receipt);
    assert!(pending(&outbox).is_empty());
}

#[test]
fn what_the_receipt_does_not_name_stays_without_receipt() {
    let receipt = edited(&example(23), "RFF+MIS:00000511 CA'\n", "");
    let (outbox, findings) = received(&receipt);
    assert_eq!(pending(&outbox), ["00000511"]);
    let not_named = |finding: &&ReceiptFinding| matches!(finding, ReceiptFinding::NotNamed { message, .. } if message.number() == Some(511));
    assert_eq!(findings.iter().filter(not_named).count(), 1);
}

#[test]
fn what_matches_nothing_changes_nothing() {
    let unknown_message = edited(&example(23), "RFF+MIS:00000511", "RFF+MIS:00000599");
    let (outbox, findings) = received(&unknown_message);
    assert_eq!(pending(&outbox), ["00000511"]);
    assert!(findings.iter().any(|finding| {
        matches!(finding, ReceiptFinding::UnknownMessage { message: Some(message), .. } if message.number() == Some(599))
    }));
    for (from, to) in [
        ("RFF+RIS:00000110", "RFF+RIS:00000111"),
        ("+ZQX1+KLM5+", "+ZQX1+KLM6+"),
        ("+ZQX1+KLM5+", "+ZQY1+KLM5+"),
        ("RFF+RIS:00000110 ER:3'\n", ""),
    ] {
        let (outbox, findings) = received(&edited(&example(23), from, to));
        assert_eq!(pending(&outbox).len(), 3, "{from}");
        assert!(matches!(findings[..], [ReceiptFinding::UnknownInterchange { .. }]), "{from}");
    }
}

#[test]
fn an_unknown_status_settles_nothing() {
    let (outbox, findings) = received(&edited(&example(23), "00000511 CA", "00000511 XX"));
    assert_eq!(pending(&outbox), ["00000511"]);
    assert!(matches!(findings[1], ReceiptFinding::UnreadableStatus { .. }));
}

#[test]
fn contradictions_are_reported_and_lines_count_all_the_same() {
    let (outbox, findings) = received(&edited(&example(23), "ER:3", "ER:2"));
    assert!(pending(&outbox).is_empty());
    assert!(matches!(
        findings.last(),
        Some(ReceiptFinding::Contradiction { what: Contradiction::Count { stated: Some(2), sent: 3 }, .. })
    ));
    let (_, findings) = received(&edited(&example(23), "ER:3", "NA:3"));
    assert!(matches!(findings.last(), Some(ReceiptFinding::Contradiction { what: Contradiction::NoValidData, .. })));
    let (_, findings) = received(&edited(&example(23), "ER:3", "OK:3"));
    assert_eq!(findings.len(), 3, "OK says nothing of the messages");
}

#[test]
fn a_refused_interchange_is_told_from_a_forgotten_message() {
    let lines = "RFF+MIS:00000510 CP'\nRFF+MIS:00000511 CA'\nRFF+MIS:00000512 CI'\n";
    let without_lines = |status: &str| edited(&edited(&example(23), lines, ""), "ER:3", status);
    let (outbox, findings) = received(&without_lines("NA:3"));
    assert_eq!(pending(&outbox).len(), 3);
    assert!(matches!(
        findings.last(),
        Some(ReceiptFinding::InterchangeStatus { status: Some(InterchangeStatus::NoValidData), .. })
    ));
    let (_, findings) = received(&without_lines("OK:3"));
    assert!(findings.iter().all(|finding| matches!(finding, ReceiptFinding::NotNamed { .. })) && findings.len() == 3);
    let (_, findings) = received(&without_lines("ZZ:3"));
    assert!(matches!(findings.last(), Some(ReceiptFinding::InterchangeStatus { status: None, .. })));
}

#[test]
fn a_receipt_of_two_interchanges_counts_for_the_first() {
    let second = "RFF+RIS:00000110 OK:3'\nRFF+MIS:00000599 CP'\nRFF+RIS:00000111 OK:1'";
    let (_, findings) = received(&edited(&example(23), "RFF+RIS:00000110 ER:3'", second));
    assert!(findings.iter().any(|finding| {
        matches!(finding, ReceiptFinding::Contradiction { what: Contradiction::SecondInterchange, .. })
    }));
}

#[test]
fn a_message_named_twice_with_two_statuses_is_a_contradiction() {
    let twice = |status: &str| {
        let lines = format!("RFF+MIS:00000511 CA'\nRFF+MIS:00000511 {status}'");
        received(&edited(&example(23), "RFF+MIS:00000511 CA'", &lines))
    };
    let is_contradiction = |finding: &ReceiptFinding| {
        matches!(finding, ReceiptFinding::Contradiction { what: Contradiction::Message(_), .. })
    };
    let (outbox, findings) = twice("CP");
    assert!(findings.iter().any(is_contradiction));
    assert_eq!(outbox.interchanges().next().unwrap().messages[1].status, Some(MessageStatus::TranslationError));
    let (_, findings) = twice("CA");
    assert!(!findings.iter().any(is_contradiction));
}

#[test]
fn a_second_receipt_for_the_rest_of_an_interchange_lacks_nothing() {
    let first = edited(&example(23), "RFF+MIS:00000511 CA'\nRFF+MIS:00000512 CI'\n", "");
    let second = edited(&example(23), "RFF+MIS:00000510 CP'\n", "");
    let (mut outbox, _) = received(&first);
    let findings = outbox.receive(&decoded(&second));
    assert!(!findings.iter().any(|finding| matches!(finding, ReceiptFinding::NotNamed { .. })));
    assert!(pending(&outbox).is_empty());
}

#[test]
fn receipts_sent_await_no_receipt() {
    let mut outbox = Outbox::default();
    assert!(outbox.sent(&decoded(&example(21))).is_none());
    assert!(outbox.interchanges().next().is_none());
}

#[test]
fn an_interchange_sent_again_makes_way() {
    let mut outbox = Outbox::default();
    assert!(outbox.sent(&decoded(&example(11))).is_none());
    assert_eq!(outbox.sent(&decoded(&example(11))).unwrap().messages.len(), 3);
    assert_eq!(outbox.interchanges().count(), 1);
}

/// What is read back from its serialized form in CBOR.
fn through_cbor<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    ciborium::from_reader(&bytes[..]).unwrap()
}

#[test]
fn what_is_kept_can_be_stored() {
    let (outbox, _) = received(&edited(&example(23), "00000511 CA", "00000511 XX"));
    let stored = serde_json::to_string(&outbox).unwrap();
    let message = |reference: &str, numbers: &str, status: &str| {
        format!(r#"{{"reference":"{reference}","transactions":[{numbers}],"status":{status}}}"#)
    };
    let messages = [
        message("00000510", "\"2011\",\"2012\"", "\"CP\""),
        message("00000511", "\"2013\"", "null"),
        message("00000512", "\"2014\"", "\"CI\""),
    ]
    .join(",");
    let prepared = r#"{"date":"240319","time":"1800"}"#;
    assert_eq!(
        stored,
        format!(
            r#"[{{"sender":"KLM5","recipient":"ZQX1","reference":"00000110","prepared":{prepared},"status":"ER","messages":[{messages}]}}]"#
        )
    );
    assert_eq!(serde_json::from_str::<Outbox>(&stored).unwrap(), outbox);
    assert_eq!(through_cbor(&outbox), outbox);
    assert_eq!(through_cbor(&numbering(7, 9)), numbering(7, 9));
    assert_eq!(through_cbor(&TransactionNumbering::default()), TransactionNumbering::default());
    assert_eq!(through_cbor(&ReceivedNumbers::of_new_link()), ReceivedNumbers::of_new_link());
    let stored = serde_json::to_string(&numbering(7, 9)).unwrap();
    assert_eq!(stored, r#"{"interchange":7,"message":9}"#);
    assert_eq!(serde_json::from_str::<Numbering>(&stored).unwrap(), numbering(7, 9));
    assert!(serde_json::from_str::<Numbering>(r#"{"interchange":0,"message":9}"#).is_err());
    assert_eq!(serde_json::to_string(&TransactionNumbering::default()).unwrap(), r#"{"transaction":1}"#);
    assert!(serde_json::from_str::<TransactionNumbering>(r#"{"transaction":10000000}"#).is_err());
    assert_eq!(serde_json::to_string(&ReceivedNumbers::of_new_link()).unwrap(), r#"{"last":0,"known":0,"missing":[]}"#);
}

// Correlating.

fn only_transaction<'a>(interchange: &Interchange<'a>) -> nhais_edifact::transaction::Transaction<'a> {
    use nhais_edifact::transaction::{Transaction, Transactions};
    let Some(Message::Registration(message)) = interchange.messages.first() else { panic!("no registration") };
    match &message.transactions {
        Transactions::Acceptance(list) => Transaction::Acceptance(list[0].clone()),
        Transactions::DeductionRequest(list) => Transaction::DeductionRequest(list[0].clone()),
        Transactions::Deduction(list) => Transaction::Deduction(list[0].clone()),
        Transactions::Approval(list) => Transaction::Approval(list[0].clone()),
        Transactions::DeductionRequestRejection(list) => Transaction::DeductionRequestRejection(list[0].clone()),
        other => panic!("{:?}", other.transaction_type()),
    }
}

fn answers(answer: &[u8], request: &[u8]) -> bool {
    let (answer, request) = (decoded(answer), decoded(request));
    AnswerTo::of(&answer.header, &only_transaction(&answer))
        .is_some_and(|answer| answer.answers(&request.header, &only_transaction(&request)))
}

/// A deduction request, number 2010, for 9990000077.
fn request() -> Vec<u8> {
    example(10)
}

#[test]
fn a_refused_deduction_request_is_found_by_number_and_patient() {
    assert!(answers(&example(19), &request()));
    assert!(!answers(&edited(&example(19), "RFF+TN:2010", "RFF+TN:2011"), &request()));
    assert!(!answers(&edited(&example(19), "9990000077", "9990000069"), &request()));
    assert!(!answers(&edited(&example(19), "+ZQX1+KLM5+", "+ZQX1+KLM6+"), &request()));
}

#[test]
fn a_deduction_is_found_by_patient_whatever_its_number() {
    let deduction = String::from_utf8(example(13)).unwrap();
    assert!(deduction.contains("RFF+950:F2"), "E13 is a deduction");
    let patient = deduction.split("PNA+PAT+").nth(1).unwrap()[..10].to_owned();
    let own = deduction.replacen(&patient, "9990000077", 1);
    assert!(answers(own.as_bytes(), &request()));
    assert!(!answers(edited(own.as_bytes(), "9990000077", "9990000069").as_slice(), &request()));
    assert!(!answers(edited(own.as_bytes(), "+ZQX1+KLM5+", "+ZQX1+KLM6+").as_slice(), &request()));
}

#[test]
fn an_approval_is_found_by_number_and_practice() {
    let acceptance = decoded(
        b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNH+1+FHSREG:0:1:FH:FHS001'BGM+++507'\
        NAD+FHS+ZQX:954'DTM+137:202403080915:203'RFF+950:G1'S01+1'RFF+TN:2005'UNT+7+1'UNZ+1+00000101'",
    );
    let key = RequestKey::of(&acceptance.header, &only_transaction(&acceptance));
    assert_eq!(key, Some(RequestKey { practice: "KLM5".into(), number: 2005 }));
    let approval = |practice: &str, number: &str| {
        format!(
            "UNB+UNOA:2+ZQX1+{practice}+240308:0915+00000101'UNH+1+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'\
             DTM+137:202403080915:203'RFF+950:F4'S01+1'RFF+TN:{number}'NAD+GP+7000015,T93:900'UNT+8+1'UNZ+1+00000101'"
        )
    };
    let is_answer = |practice, number| {
        let approval = approval(practice, number);
        let approval = decoded(approval.as_bytes());
        AnswerTo::of(&approval.header, &only_transaction(&approval))
            .unwrap()
            .answers(&acceptance.header, &only_transaction(&acceptance))
    };
    assert!(is_answer("KLM5", "2005"));
    assert!(is_answer("KLM5", "0002005"), "numbers are compared as numbers");
    assert!(!is_answer("KLM6", "2005") && !is_answer("KLM5", "2006"));
}

#[test]
fn dates_of_receipts_are_what_the_caller_says() {
    let day = |day| NaiveDate::from_ymd_opt(2024, 4, day).unwrap().and_hms_opt(6, 40, 0).unwrap();
    let times = ReceiptTimes { received: day(1), made: day(2), prepared: day(3) };
    let receipt = answer(&example(17)).receipt(times, &mut numbering(112, 514)).unwrap();
    let text = String::from_utf8(receipt.encode(&WriteOptions::default()).unwrap()).unwrap();
    for part in ["+240403:0640+", "243:202404020640:306", "DTM+815:202404010640:306"] {
        assert!(text.contains(part), "{part}");
    }
}
