//! `SegmentWriter`: what it writes is read back, and nothing else can be written.

use nhais_edifact::ErrorKind;
use nhais_edifact::error::Location;
use nhais_edifact::syntax::{
    LineBreak, Segment, SegmentDecoder, SegmentReader, SegmentTag, SegmentWriter, ServiceStringAdvice,
};
use proptest::prelude::*;

/// A segment: its tag, then its data elements as their components.
type Content = (String, Vec<Vec<String>>);

fn advice(wire: &[u8]) -> ServiceStringAdvice {
    ServiceStringAdvice::parse(wire).unwrap()
}

fn content_of(segment: &Segment<'_, '_>) -> Content {
    let elements = segment.elements().map(|element| element.components().map(|part| part.text().to_string()).collect());
    (segment.tag_text().to_string(), elements.collect())
}

fn read(wire: &[u8]) -> Vec<Content> {
    let (mut reader, mut segments) = (SegmentReader::new(wire), Vec::new());
    while let Some(segment) = reader.next_segment().unwrap() {
        segments.push(content_of(&segment));
    }
    segments
}

fn place(location: &Location) -> (Option<u32>, Option<String>, Option<u16>, Option<u16>) {
    (location.segment, location.tag.map(|tag| tag.to_string()), location.element, location.component)
}

#[test]
fn a_segment_is_written_at_once_or_element_by_element() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer);
    let buyer = String::from("5412345000013");
    writer.write("NAD", &[&["BY"], &[&buyer, "", "9"]]).unwrap();
    writer
        .segment(SegmentTag::parse(b"NAD").unwrap(), |segment| {
            segment.element().component("BY")?;
            segment.element().component(&buyer)?.component("")?.component("9")?;
            Ok(())
        })
        .unwrap();
    writer.write("UNS", &[]).unwrap().write("ZZZ", &[&[], &["", "A", ""], &[""]]).unwrap();
    assert_eq!(writer.count(), 4);
    assert_eq!(buffer, b"NAD+BY+5412345000013::9'\nNAD+BY+5412345000013::9'\nUNS'\nZZZ++:A'");
}

#[test]
fn empty_components_stay_where_they_are_asked_for() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer);
    writer
        .segment("NAD", |segment| {
            segment.element().component("PAT")?;
            segment.element().element().component("")?.component("")?.keep_empty();
            Ok(())
        })
        .unwrap();
    assert_eq!(buffer, b"NAD+PAT++:'");
}

#[test]
fn counters_of_explicit_nesting_stand_behind_the_tag() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer);
    writer
        .segment("TAG", |segment| {
            segment.component("1")?.component("2")?.element().component("A")?;
            Ok(())
        })
        .unwrap();
    assert_eq!(buffer, b"TAG:1:2+A'");
}

#[test]
fn what_is_no_tag_is_refused() {
    for tag in ["", "NA", "NADX", "nad", "1AB", "N+D", "UNA"] {
        let mut buffer = b"BEFORE".to_vec();
        let mut writer = SegmentWriter::new(&mut buffer);
        let error = writer.write(tag, &[&["A"]]).err().unwrap();
        assert_eq!((error.kind(), place(error.location())), (ErrorKind::InvalidTag, (Some(1), None, None, None)));
        assert_eq!(writer.count(), 0, "{tag}");
        assert_eq!(buffer, b"BEFORE", "{tag}");
    }
}

#[test]
fn an_error_names_its_place_and_leaves_everything_as_it_was() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer);
    writer.write("UNH", &[&["1"]]).unwrap();
    let error = writer.write("FTX", &[&["AAI"], &[], &["LONG", "MAL\u{16F}"]]).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unrepresentable);
    assert_eq!(place(error.location()), (Some(2), Some("FTX".into()), Some(3), Some(2)));
    assert_eq!(error.to_string(), "expected characters that can be written, but found another at FTX 3.2 (segment 2)");
    writer.write("UNT", &[&["2"]]).unwrap();
    assert_eq!(writer.count(), 2);
    assert_eq!(buffer, b"UNH+1'\nUNT+2'");
}

#[test]
fn an_error_of_the_first_segment_leaves_no_line_break() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer);
    assert!(writer.write("FTX", &[&["\u{16F}"]]).is_err());
    writer.write("UNH", &[]).unwrap();
    assert_eq!(buffer, b"UNH'");
}

#[test]
fn an_error_that_is_passed_over_is_an_error_all_the_same() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer);
    let error = writer.segment("FTX", |segment| {
        let _ = segment.element().component("A\u{16F}");
        let _ = segment.element().component("B");
        Ok(())
    });
    assert_eq!(place(error.err().unwrap().location()), (Some(1), Some("FTX".into()), Some(1), Some(1)));
    assert!(buffer.is_empty());
}

#[test]
fn without_a_release_character_service_characters_are_refused() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer).service_string_advice(advice(b"UNA:+. *'"));
    for text in ["A'", "+", ":B", "5*3"] {
        let error = writer.write("FTX", &[&[text]]).err().unwrap();
        assert_eq!(place(error.location()), (Some(1), Some("FTX".into()), Some(1), Some(1)), "{text}");
    }
    writer.write("FTX", &[&["?"]]).unwrap();
    assert_eq!(buffer, b"FTX+?'");
}

#[test]
fn no_line_break_is_written_where_one_is_a_service_character() {
    for wire in [b"UNA:+.? \n", b"UNA\n+.? '", b"UNA:\r.? '", b"UNA:+.\n '", b"UNA:+.? \r"] {
        for line_break in [LineBreak::None, LineBreak::Lf, LineBreak::CrLf] {
            let mut buffer = Vec::new();
            let mut writer = SegmentWriter::new(&mut buffer).line_break(line_break).service_string_advice(advice(wire));
            writer.advice().write("UNB", &[&["UNOA", "2"]]).unwrap().write("UNZ", &[&["0"]]).unwrap();
            let expected = [("UNB", vec![vec!["UNOA", "2"]]), ("UNZ", vec![vec!["0"]])];
            let own = |text: &str| text.to_string();
            let expected: Vec<Content> = expected
                .into_iter()
                .map(|(tag, elements)| {
                    let elements = elements.into_iter().map(|parts| parts.into_iter().map(own).collect()).collect();
                    (own(tag), elements)
                })
                .collect();
            assert_eq!(read(&buffer), expected, "{}", buffer.escape_ascii());
        }
    }
}

#[test]
fn a_service_string_advice_stands_before_an_interchange() {
    let mut buffer = Vec::new();
    let custom = advice(b"UNA;*.! ~");
    let mut writer = SegmentWriter::new(&mut buffer).service_string_advice(custom).line_break(LineBreak::None);
    writer.advice().advice().write("UNB", &[&["UNOA", "2"]]).unwrap().write("UNZ", &[&["0"]]).unwrap();
    // The reader would take the next one to be of level A.
    let error = writer.write("UNB", &[&["UNOA", "2"]]).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unrepresentable);
    assert_eq!(place(error.location()), (Some(3), Some("UNB".into()), None, None));
    writer.advice().write("UNB", &[&["UNOA", "2"]]).unwrap().write("UNZ", &[&["0"]]).unwrap();
    assert_eq!(buffer, b"UNA;*.! ~UNB*UNOA;2~UNZ*0~UNA;*.! ~UNB*UNOA;2~UNZ*0~");
}

#[test]
fn a_service_string_advice_cannot_stand_in_an_interchange() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer).line_break(LineBreak::None);
    writer.write("UNB", &[&["UNOA", "2"]]).unwrap();
    let error = writer.advice().write("UNH", &[&["1"]]).err().unwrap();
    assert_eq!((error.kind(), error.location().segment), (ErrorKind::SegmentOrder, Some(2)));
    // Where an interchange lost its trailer, that before the next one is known by its header.
    writer.write("UNB", &[&["UNOA", "2"]]).unwrap();
    assert_eq!(buffer, b"UNB+UNOA:2'UNA:+.? 'UNB+UNOA:2'");
}

#[test]
fn data_that_would_begin_an_interchange_is_refused() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer);
    for text in ["A\nUNB", "\rUNA:+.? "] {
        assert!(writer.write("UNB", &[&[text], &["A"]]).is_err());
        assert!(writer.write("FTX", &[&[text], &["A"]]).is_err(), "outside an interchange");
    }
    writer.write("UNB", &[&["UNOA", "2"]]).unwrap().write("FTX", &[&["A\nUNB"], &["A"]]).unwrap();
    let found = read(&buffer);
    assert_eq!(found[1].1, [["A\nUNB"], ["A"]]);
}

#[test]
fn a_copy_names_its_place_and_is_whole_or_not_at_all() {
    let mut reader = SegmentReader::new(b"UNB+UNOA:2'NAD+BY+A?:B:C:'");
    reader.next_segment().unwrap();
    let segment = reader.next_segment().unwrap().unwrap();
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer).service_string_advice(advice(b"UNA:+.  '"));
    let error = writer.copy(&segment).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Unrepresentable);
    assert_eq!(place(error.location()), (Some(1), Some("NAD".into()), Some(2), Some(1)));
    let mut writer = writer.service_string_advice(ServiceStringAdvice::LEVEL_A);
    writer.copy(&segment).unwrap();
    assert_eq!(buffer, b"NAD+BY+A?:B:C:'");
}

/// Copies the segments behind a service string advice with the service characters of another.
fn copied(input: &[u8], to: &[u8]) -> String {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer).service_string_advice(advice(to)).line_break(LineBreak::None);
    let mut reader = SegmentReader::new(input);
    while let Some(segment) = reader.next_segment().unwrap() {
        writer.copy(&segment).unwrap();
    }
    buffer.escape_ascii().to_string().replace("\\'", "'")
}

#[test]
fn what_separates_repetitions_is_released_in_text() {
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer).service_string_advice(advice(b"UNA:+.?*'"));
    writer.advice().write("UNB", &[&["UNOC", "4"]]).unwrap().write("FTX", &[&["5*3"]]).unwrap();
    assert_eq!(buffer, b"UNA:+.?*'\nUNB+UNOC:4'\nFTX+5?*3'");
    assert_eq!(read(&buffer)[1].1, [["5*3"]]);
    let mut buffer = Vec::new();
    SegmentWriter::new(&mut buffer).write("FTX", &[&["5*3"]]).unwrap();
    assert_eq!(buffer, b"FTX+5*3'", "in versions 1 to 3 it is no service character");
}

#[test]
fn a_copy_keeps_repetitions_apart_from_text() {
    let input = b"UNA:+.?*'FTX+5?*3 IS'DRU+A:B*C:D'";
    assert_eq!(copied(input, b"UNA:+.?*'"), "FTX+5?*3 IS'DRU+A:B*C:D'");
    // Without a declaration the asterisk separates in version 4.
    assert_eq!(copied(input, b"UNA:+.? '"), "FTX+5?*3 IS'DRU+A:B*C:D'");
    assert_eq!(copied(b"FTX+5?*3 IS'DRU+A:B*C:D'", b"UNA:+.? '"), "FTX+5?*3 IS'DRU+A:B*C:D'");
    // Another separator becomes that of the writer, and what it separates by must be released.
    assert_eq!(copied(input, b"UNA:+.?^'"), "FTX+5*3 IS'DRU+A:B^C:D'");
    assert_eq!(copied(b"UNA:+.?^'FTX+5?^3*2'DRU+A^B'", b"UNA:+.?*'"), "FTX+5^3?*2'DRU+A*B'");
    assert_eq!(copied(b"UNA:+.?^'FTX+5?^3*2'DRU+A^B'", b"UNA:+.? '"), "FTX+5^3?*2'DRU+A*B'");
    // By another's declaration it is text.
    assert_eq!(copied(b"FTX+5*3'", b"UNA:+.?*'"), "FTX+5?*3'");
    assert_eq!(copied(b"FTX+5*3'", b"UNA:+.? '"), "FTX+5*3'");
}

#[test]
fn repetitions_are_refused_where_nothing_can_separate_them() {
    let mut reader = SegmentReader::new(b"UNA:+.?^'DRU+A^B'");
    let segment = reader.next_segment().unwrap().unwrap();
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer).service_string_advice(advice(b"UNA:*.? '"));
    assert_eq!(writer.copy(&segment).err().unwrap().kind(), ErrorKind::Unrepresentable);
    assert!(buffer.is_empty());
}

/// Characters that can have a role.
fn usable() -> Vec<u8> {
    (0..128u8).filter(|byte| !byte.is_ascii_alphanumeric() && *byte != b' ').collect()
}

/// All that are valid, those of level A and those with line breaks more often than the rest.
fn advices() -> impl Strategy<Value = ServiceStringAdvice> {
    let four = |all: Vec<u8>| Just(all).prop_shuffle().prop_map(|all| [all[0], all[1], all[2], all[3]]);
    let roles = prop_oneof![four(usable()), four(b"\n\r\t:+?'*".to_vec()), Just(*b":+?'")];
    (roles, any::<bool>(), any::<u8>(), prop_oneof![Just(b' '), Just(b'*'), any::<u8>()]).prop_filter_map(
        "an apostrophe and a line break end eight characters",
        |([a, b, release, c], releases, decimal, reserved)| {
            let release = if releases { release } else { b' ' };
            ServiceStringAdvice::parse(&[b'U', b'N', b'A', a, b, decimal, release, reserved, c])
        },
    )
}

/// Latin-1 text, in which what could mislead is likely.
fn texts(advice: ServiceStringAdvice) -> impl Strategy<Value = String> {
    let service = advice.render().map(char::from).map(String::from).to_vec();
    let word = prop_oneof![
        3 => any::<u8>().prop_map(|byte| char::from(byte).to_string()),
        2 => proptest::sample::select(service),
        2 => proptest::sample::select(vec!["\n", "\r", "\r\n", " ", "\t", "UNA", "UNB", "UNB+", "UNZ", "*", "?", "A"])
            .prop_map(String::from),
    ];
    proptest::collection::vec(word, 0..5).prop_map(|words| words.concat())
}

fn tags() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Z][A-Z0-9]{2}",
        1 => proptest::sample::select(vec!["UNA", "UNB", "UNZ", "UNH", "UNT", "S01"]).prop_map(String::from),
    ]
}

fn contents(advice: ServiceStringAdvice) -> impl Strategy<Value = Vec<(Content, bool)>> {
    let elements = proptest::collection::vec(proptest::collection::vec(texts(advice), 0..4), 0..4);
    proptest::collection::vec(((tags(), elements), any::<bool>()), 0..8)
}

/// Without the empty ones at the end, which are not written.
fn trimmed((tag, elements): &Content) -> Content {
    let mut elements: Vec<Vec<String>> = elements
        .iter()
        .map(|components| {
            let filled = components.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
            components[..filled].to_vec()
        })
        .collect();
    while elements.last().is_some_and(Vec::is_empty) {
        elements.pop();
    }
    // An element of nothing is one empty component to the reader.
    elements
        .iter_mut()
        .filter(|components| components.is_empty())
        .for_each(|components| components.push(String::new()));
    (tag.clone(), elements)
}

/// Whether there is nothing in a segment that could be refused.
fn is_sound((tag, elements): &Content, advice: ServiceStringAdvice) -> bool {
    let is_harmless = |text: &String| !text.contains(['\r', '\n']);
    advice.release().is_some() && !["UNA", "UNB"].contains(&tag.as_str()) && elements.iter().flatten().all(is_harmless)
}

/// Writes an interchange and what else there may be, and gives what was not refused.
fn write(
    contents: &[(Content, bool)],
    advice: ServiceStringAdvice,
    line_break: LineBreak,
    is_declared: bool,
) -> (Vec<u8>, Vec<Content>) {
    let (mut buffer, mut written) = (b"".to_vec(), Vec::new());
    let mut writer = SegmentWriter::new(&mut buffer).service_string_advice(advice).line_break(line_break);
    if is_declared {
        writer.advice();
    }
    writer.write("UNB", &[&["UNOA", "2"], &["A"]]).unwrap();
    written.push(("UNB".into(), vec![vec!["UNOA".into(), "2".into()], vec!["A".into()]]));
    for (content, is_advised) in contents {
        if *is_advised {
            writer.advice();
        }
        let elements: Vec<Vec<&str>> =
            content.1.iter().map(|components| components.iter().map(String::as_str).collect()).collect();
        let elements: Vec<&[&str]> = elements.iter().map(Vec::as_slice).collect();
        match writer.write(&content.0, &elements) {
            Ok(_) => written.push(trimmed(content)),
            Err(error) => {
                // Behind an interchange other characters must be declared.
                let is_behind = written.iter().any(|(tag, _)| tag == "UNZ");
                let is_order = error.kind() == ErrorKind::SegmentOrder;
                assert!(is_order || is_behind || !is_sound(content, advice), "{error}: {content:?}");
                assert_eq!(error.location().segment, u32::try_from(written.len() + 1).ok());
            }
        }
    }
    assert_eq!(writer.count(), written.len() as u64);
    (buffer, written)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_with_any_service_characters_is_read_back(
        (advice, contents) in advices().prop_flat_map(|advice| (Just(advice), contents(advice))),
        line_break in proptest::sample::select(vec![LineBreak::None, LineBreak::Lf, LineBreak::CrLf]),
        is_declared in any::<bool>(),
    ) {
        let is_level_a = advice.render()[3..7] == *b":+.?" && advice.terminator() == b'\'';
        let (wire, written) = write(&contents, advice, line_break, is_declared || !is_level_a);
        let found: Vec<Content> = read(&wire).iter().map(trimmed).collect();
        prop_assert_eq!(found, written, "{}", wire.escape_ascii());
        // Copied, it is the same.
        let mut copy = Vec::new();
        let mut writer = SegmentWriter::new(&mut copy).service_string_advice(advice).line_break(line_break);
        let mut decoder = SegmentDecoder::new();
        drop(decoder.feed(&wire));
        let mut segments = decoder.finish();
        while let Some(segment) = segments.next_segment().unwrap() {
            if segment.follows_advice() {
                writer.advice();
            }
            writer.copy(&segment).unwrap();
        }
        prop_assert_eq!(copy.escape_ascii().to_string(), wire.escape_ascii().to_string());
    }
}

#[test]
fn a_line_in_a_trailer_that_would_begin_an_interchange_is_refused() {
    let advice = ServiceStringAdvice::parse(b"UNA:|.? '").unwrap();
    for tag in ["UNT", "UNZ"] {
        for text in ["A\nUNB+X", "A\r\nUNA:+.? 'UNB+X", "A\n\u{2}UNB+X"] {
            let mut buffer = Vec::new();
            let mut writer = SegmentWriter::new(&mut buffer).service_string_advice(advice);
            writer.advice().write("UNB", &[&["UNOA", "2"]]).unwrap();
            let error = writer.write(tag, &[&[text]]).err().unwrap();
            assert_eq!(error.kind().id(), "unrepresentable", "{tag} {text:?}");
        }
    }
    assert!(ServiceStringAdvice::parse(b"UNA:+.?'\n").is_none(), "it is one of eight characters");
}
