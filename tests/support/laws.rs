//! The laws of DESIGN.md, as functions of any input. Property tests and fuzz targets share them.

use core::ops::Range;
use std::borrow::Cow;

use nhais_edifact::check::RULES;
use nhais_edifact::error::{ErrorKind, Location};
use nhais_edifact::generate::{ByteSource, interchange};
use nhais_edifact::interchange::{Event, Message};
use nhais_edifact::options::{AddressForm, Limits};
use nhais_edifact::recep::Answer;
use nhais_edifact::syntax::{
    Component, LineBreak, RawSegment, Segment, SegmentDecoder, SegmentReader, SegmentWriter, ServiceStringAdvice, Text,
    Token,
};
use nhais_edifact::transaction::{Transactions, Unrecognised};
use nhais_edifact::value::{InterchangeStatus, MessageStatus};
use nhais_edifact::{Decoded, Decoder, Error, EventReader, Interchange, Issue, ReadOptions, WriteOptions};

use super::naive;

pub(crate) use super::edits::{Edit, each_edit, each_edit_of_bytes, each_edit_of_segments, edited};

/// L1, L2: spans tile the input, and joining them gives the input.
pub(crate) fn spans_tile_the_input(input: &[u8]) {
    let mut reader = SegmentReader::new(input);
    let mut joined = Vec::new();
    loop {
        match reader.next_segment() {
            Ok(Some(segment)) => {
                let before = joined.len();
                joined.extend_from_slice(&input[before..][..segment.gap_len()]);
                assert_eq!(segment.span().start, joined.len() as u64, "a gap or an overlap");
                joined.extend_from_slice(segment.raw());
                assert_components_tile(input, &segment);
                if segment.is_terminated() {
                    joined.push(segment.service_string_advice().terminator());
                }
                assert_eq!(segment.span().end, joined.len() as u64);
                assert_eq!(before + segment.len_with_gap(), joined.len(), "lengths do not make up the input");
                assert_eq!(segment.is_empty(), segment.raw().is_empty());
            }
            Ok(None) => break,
            Err(_) => return,
        }
    }
    joined.extend_from_slice(reader.trailing());
    assert!(joined == input, "the spans joined are not the input");
}

fn assert_components_tile(input: &[u8], segment: &Segment<'_, '_>) {
    let mut next = segment.span().start;
    let elements = core::iter::once(segment.element(0)).chain(segment.elements());
    for component in elements.flat_map(|element| element.components().collect::<Vec<_>>()) {
        let span = component.span();
        assert_eq!(span.start, next, "a component does not follow the one before it");
        let range = usize::try_from(span.start).unwrap()..usize::try_from(span.end).unwrap();
        assert_eq!(component.raw(), &input[range]);
        next = span.end + 1;
    }
    assert_eq!(next, segment.span().start + segment.raw().len() as u64 + 1, "components do not fill the segment");
}

/// L9: the scanner agrees with a naive splitter.
pub(crate) fn scanner_agrees_with_a_naive_splitter(input: &[u8]) {
    let (expected, contradicts) = naive::segments(input);
    let mut reader = SegmentReader::new(input);
    let mut found = Vec::new();
    let error = loop {
        match reader.next_segment() {
            Ok(Some(segment)) => {
                let elements = core::iter::once(segment.element(0)).chain(segment.elements());
                let parts = elements.map(|element| element.components().map(|part| part.raw().to_vec()).collect());
                found.push(parts.collect::<Vec<Vec<_>>>());
            }
            Ok(None) => break None,
            Err(error) => break Some(error.kind().id()),
        }
    };
    if error.is_some_and(|error| error != "service-string-advice") {
        // A limit ends the scanner; the naive splitter has none.
        assert!(expected.len() > found.len());
        assert!(found == expected[..found.len()], "other segments in {}", input.escape_ascii());
        return;
    }
    assert!(found == expected, "other segments in {}: {found:?} {expected:?}", input.escape_ascii());
    assert_eq!(error.is_some(), contradicts, "an error in {}", input.escape_ascii());
}

/// L9: tokens are what segments are made of, wherever they begin to be asked for, whatever limits there are; an error ends
/// both at the same place.
pub(crate) fn tokens_are_those_of_segments(input: &[u8]) {
    // Some let headers through and not the longest segments behind them.
    let tight = [(30, 6), (60, 9), (60, 100), (100, 9)].map(|(length, components)| {
        let mut limits = Limits::default();
        (limits.segment_length, limits.components_per_segment) = (length, components);
        limits
    });
    for limits in tight.into_iter().chain([Limits::default()]) {
        for passed in [0, 1, 3] {
            assert_tokens_are_those_of_segments(input, limits, passed);
        }
    }
}

fn assert_tokens_are_those_of_segments(input: &[u8], limits: Limits, passed: usize) {
    let [mut segments, mut tokens] = [(); 2].map(|()| SegmentReader::with_limits(input, limits));
    for _ in 0..passed {
        let (a, b) = (segments.next_segment(), tokens.next_segment());
        assert_eq!(a.is_ok(), b.is_ok());
    }
    let mut expected = Vec::new();
    let expected_error = loop {
        match segments.next_segment() {
            Ok(Some(segment)) => push_tokens(&segment, &mut expected),
            Ok(None) => break None,
            Err(error) => break Some((error.kind(), error.location().offset)),
        }
    };
    let mut found = Vec::new();
    let visited = tokens.for_each_token(|token| {
        found.push(match token {
            Token::Component(part) => (0, part.raw(), Some(seen(&part, part.ends_element()))),
            Token::DataElement(raw) => (1, raw, None),
            Token::Segment(raw) => (2, raw, None),
        });
    });
    let error = visited.err().map(|error| (error.kind(), error.location().offset));
    assert_eq!(error, expected_error, "in {}", input.escape_ascii());
    if error.is_some() {
        // Of the segment with the error there are some tokens, too.
        assert!(!found[expected.len().min(found.len())..].iter().any(|(level, ..)| *level == 2));
        found.truncate(expected.len());
    }
    assert_eq!(found, expected, "in {}", input.escape_ascii());
    assert_eq!(tokens.trailing(), segments.trailing());
    assert!(matches!(tokens.next_segment(), Ok(None)), "a segment behind the end of {}", input.escape_ascii());
}

/// A level (component, data element, segment), its bytes, and of a component what more is seen of it.
type Seen<'a> = (u8, &'a [u8], Option<SeenPart<'a>>);

/// Of a component its place, whether it ends the element, its text, and whether that is borrowed.
type SeenPart<'a> = (Range<u64>, bool, Text<'a>, bool);

fn seen<'a>(part: &Component<'a>, ends_element: bool) -> SeenPart<'a> {
    let is_borrowed = matches!(part.text().into_inner(), Cow::Borrowed(_));
    (part.span(), ends_element, part.text(), is_borrowed)
}

fn push_tokens<'a>(segment: &Segment<'_, 'a>, tokens: &mut Vec<Seen<'a>>) {
    for element in core::iter::once(segment.element(0)).chain(segment.elements()) {
        let parts: Vec<Component<'a>> = element.components().collect();
        let inside = parts.iter().map(|part| part.raw().len() + 1).sum::<usize>() - 1;
        let start = parts[0].span().start - segment.span().start;
        let last = parts.len() - 1;
        tokens.extend(parts.iter().enumerate().map(|(at, part)| (0, part.raw(), Some(seen(part, at == last)))));
        tokens.push((1, &segment.raw()[usize::try_from(start).unwrap()..][..inside], None));
    }
    tokens.push((2, segment.raw(), None));
}

/// Service characters to write an interchange with, instead of those of level A.
pub(crate) const ADVICES: &[&[u8; 9]] =
    &[b"UNA:+.? '", b"UNA;*.!~#", b"UNA'+.?*:", b"UNA:+.? \n", b"UNA\x1f\x1d.? \x1c"];

/// L3: reading what was written of a model that may be sent gives the model, without an issue, whatever the form: any
/// line breaks, any service characters, addresses truncated.
pub(crate) fn decoding_what_was_encoded_gives_the_model(choices: &[u8]) {
    let model = interchange(&mut ByteSource::new(choices));
    let mut broken: Vec<Issue> = Vec::new();
    model.check(&mut broken);
    assert!(broken.is_empty(), "what is made to be sent breaks a rule: {broken:?}");
    for line_break in [LineBreak::None, LineBreak::Lf, LineBreak::CrLf] {
        for address in [AddressForm::FiveLines, AddressForm::Truncated] {
            let options = WriteOptions::default().line_break(line_break).address_form(address);
            let options = options.final_break(address == AddressForm::Truncated);
            let wire = model.encode(&options).unwrap_or_else(|error| panic!("{error} from {choices:?}"));
            assert_is_model(&wire, &model, &ReadOptions::strict());
        }
    }
    let wire = model.encode(&WriteOptions::default()).expect("it was written before");
    for advice in ADVICES {
        assert_is_model(&translated(&wire, advice), &model, &ReadOptions::strict());
    }
}

/// L3 for what may arrive and may not be sent: reading what was written as received gives the model, where it can be
/// written; L11 says of the others.
pub(crate) fn decoding_what_was_encoded_as_received_gives_the_model(choices: &[u8]) {
    let model = interchange(&mut ByteSource::new(choices).as_received(true));
    for line_break in [LineBreak::None, LineBreak::Lf, LineBreak::CrLf] {
        let options = WriteOptions::default().line_break(line_break).as_received(true);
        match model.encode(&options) {
            Ok(wire) => assert_is_read_back(&wire, &model),
            Err(error) => assert!(says_that_it_is_read_otherwise(&error), "{error} from {choices:?}"),
        }
    }
}

/// L11: what is written as received reads back as the same model, or is refused; and what is refused would have been read
/// as another.
pub(crate) fn written_as_received_reads_back_or_is_refused(choices: &[u8]) {
    let mut models = Vec::new();
    for received in [false, true] {
        models.push(interchange(&mut ByteSource::new(choices).as_received(received)));
    }
    models.iter().for_each(reads_back_or_is_refused);
}

/// L11 for any model.
pub(crate) fn reads_back_or_is_refused(model: &Interchange<'_>) {
    let options = WriteOptions::default().as_received(true);
    let mut issues: Vec<Issue> = Vec::new();
    let mut out = b"BEFORE".to_vec();
    let reported = model.encode_with(&options, &mut issues, &mut out);
    match model.encode(&options) {
        Ok(wire) => {
            assert_is_read_back(&wire, model);
            assert_eq!(out, [b"BEFORE", &wire[..]].concat(), "those who listen get the same text");
        }
        Err(error) => {
            assert!(says_that_it_is_read_otherwise(&error), "{error}");
            assert_eq!((reported, out), (Err(error), b"BEFORE".to_vec()), "something is left of what was refused");
            // What may not be written as received may not be sent either.
            assert!(model.encode(&WriteOptions::default()).is_err());
        }
    }
}

pub(crate) fn says_that_it_is_read_otherwise(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::ReadOtherwise | ErrorKind::Unrepresentable | ErrorKind::UnexpectedComponent)
}

/// Reading gives the model, but for the places of what was kept.
fn assert_is_read_back(wire: &[u8], model: &Interchange<'_>) {
    let shown = wire.escape_ascii();
    let read = Interchange::decode(wire).unwrap_or_else(|error| panic!("{error} in {shown}")).interchange;
    if read == *model {
        return;
    }
    let [read, own] = [&read, model].map(without_places);
    let keeps_something = own.to_string().contains(r#""unrecognised":[{"#);
    assert!(keeps_something && read == own, "another model: {read:#} instead of {own:#} from {shown}");
}

/// What was made as received, or what may be sent where that would be read as something else.
pub(crate) fn written(choices: &[u8], as_received: bool, line_break: LineBreak) -> Vec<u8> {
    let options = WriteOptions::default().line_break(line_break).as_received(as_received);
    let made = interchange(&mut ByteSource::new(choices).as_received(as_received));
    let written = made.encode(&options);
    written.unwrap_or_else(|_| interchange(&mut ByteSource::new(choices)).encode(&options).expect("it may be sent"))
}

/// What was kept is put among the segments of a group and into them. With it and without, the rest is written the same, and
/// the same is objected to.
pub(crate) fn both_ways_of_writing_agree(choices: &[u8]) {
    for received in [false, true] {
        let model = interchange(&mut ByteSource::new(choices).as_received(received));
        let mut with_kept = model.clone();
        keep_in_each_group(&mut with_kept);
        for (line_break, address) in
            [(LineBreak::Lf, AddressForm::FiveLines), (LineBreak::CrLf, AddressForm::Truncated)]
        {
            let options = WriteOptions::default().line_break(line_break).address_form(address).as_received(true);
            let write = |model: &Interchange<'_>| {
                let (mut out, mut issues) = (Vec::new(), Vec::<Issue>::new());
                let silent = model.encode(&options);
                model.encode_with(&options, &mut issues, &mut out)?;
                assert_eq!(silent.as_ref(), Ok(&out), "those who listen get the same text");
                issues.retain(|issue| {
                    !matches!(issue.error().kind(), ErrorKind::UnknownSegment | ErrorKind::UnexpectedComponent)
                });
                Ok::<_, Error>((segments_but_for_kept(&out), issues))
            };
            if write(&model).is_err() {
                // It would be read as something else, with more in it or not.
                assert!(write(&with_kept).is_err(), "from {choices:?}");
                continue;
            }
            assert_eq!(write(&model), write(&with_kept), "from {choices:?}");
        }
    }
}

/// Keeps a segment ZZZ in every transaction and heading, and a component ZZZ in every receipt.
fn keep_in_each_group(interchange: &mut Interchange<'_>) {
    let kept = || Unrecognised::Segment { at: usize::MAX, segment: RawSegment::from_wire("ZZZ") };
    let component = |segment: &'static str| Unrecognised::Component {
        segment: segment.into(),
        element: 9,
        component: 1,
        text: "ZZZ".into(),
    };
    macro_rules! in_each {
        ($transactions:expr, $($name:ident)+) => {
            match $transactions {
                $(Transactions::$name(list) => list.iter_mut().for_each(|one| one.unrecognised.push(kept())),)+
                _ => {}
            }
        };
    }
    for message in &mut interchange.messages {
        match message {
            Message::Registration(message) => {
                message.unrecognised.push(kept());
                in_each!(
                    &mut message.transactions,
                    Acceptance AmendmentOut Removal DeductionRequest AmendmentIn Deduction Rejection Approval
                    MedicalRecordF5 MedicalRecordF6 CloseQuarterNotification Fp69PriorNotification Fp69FlagRemoval
                    DeductionRequestRejection
                );
            }
            Message::Recep(message) => {
                message.unrecognised.push(kept());
                // Segments behind a line are kept with the heading.
                message.messages.iter_mut().for_each(|receipt| receipt.unrecognised.push(component("RFF+MIS")));
                message.interchange.iter_mut().for_each(|receipt| receipt.unrecognised.push(component("RFF+RIS")));
            }
            _ => {}
        }
    }
}

/// The segments as they stand but for ZZZ, and for UNT, which counts it.
fn segments_but_for_kept(wire: &[u8]) -> Vec<String> {
    let mut reader = SegmentReader::new(wire);
    let mut segments = Vec::new();
    while let Some(segment) = reader.next_segment().expect("it was written") {
        if !segment.raw().starts_with(b"ZZZ") && !segment.raw().starts_with(b"UNT") {
            let raw = segment.raw();
            segments.push(raw.strip_suffix(b"++++++++ZZZ").unwrap_or(raw).escape_ascii().to_string());
        }
    }
    segments
}

/// L3 for interchanges that follow one another, each with service characters of its own.
pub(crate) fn interchanges_in_a_row_give_their_models(choices: &[Vec<u8>]) {
    let models: Vec<_> = choices.iter().map(|choices| interchange(&mut ByteSource::new(choices))).collect();
    let mut wire = Vec::new();
    for (model, choices) in models.iter().zip(choices) {
        let written = model.encode(&WriteOptions::default()).expect("what is made can be sent");
        match ADVICES.get(choices.len() % 7) {
            // Line breaks may be service characters here.
            Some(advice) => wire.extend(translated(&written, advice)),
            None => wire.extend([&written[..], [&b""[..], b"\n", b"\r\n"][choices.len() % 3]].concat()),
        }
    }
    let read = Interchange::decode_all(&wire, &ReadOptions::strict());
    let read = read.map(|all| all.into_iter().map(|decoded| decoded.interchange).collect::<Vec<_>>());
    assert!(read.as_ref() == Ok(&models), "{read:?} in {}", wire.escape_ascii());
}

fn assert_is_model(wire: &[u8], model: &Interchange<'_>, options: &ReadOptions) {
    let shown = wire.escape_ascii();
    let Decoded { interchange: read, issues } =
        Interchange::decode_with(wire, options).unwrap_or_else(|error| panic!("{error} in {shown}"));
    // What shows itself hides the data, so the serialized forms are compared where the models differ.
    if read != *model {
        let forms = [&read, model].map(|model| serde_json::to_string_pretty(model).expect("a model can be serialized"));
        let [read, model] = forms.each_ref().map(|form| form.lines());
        let differing: Vec<_> = read.zip(model).filter(|(read, model)| read != model).take(3).collect();
        panic!("another model: {differing:#?} from {shown}");
    }
    assert!(issues.is_empty() || *options == ReadOptions::default(), "{issues:?} in {shown}");
}

/// The same segments behind the service string advice that declares other characters.
pub(crate) fn translated(input: &[u8], advice: &[u8; 9]) -> Vec<u8> {
    let mut output = Vec::new();
    let characters = ServiceStringAdvice::parse(advice).expect("the service characters differ from one another");
    let mut writer = SegmentWriter::new(&mut output).service_string_advice(characters).line_break(LineBreak::None);
    writer.advice();
    let mut reader = SegmentReader::new(input);
    while let Some(segment) = reader.next_segment().expect("what was written has segments") {
        writer.copy(&segment).expect("there is a release character");
    }
    output
}

/// L4: writing what was read is a fixed point, and reading it gives the same model, but for the places of what has
/// none: a segment that was missing and is written moves it, and a name takes its slot back.
pub(crate) fn writing_is_a_fixed_point(input: &[u8]) {
    let options = WriteOptions::default().as_received(true);
    let Ok(all) = Interchange::decode_all(input, &ReadOptions::default()) else { return };
    for Decoded { interchange, .. } in all {
        let written = match interchange.encode(&options) {
            Ok(written) => written,
            Err(error) => {
                // Text that would be taken for a service string advice has no place that keeps it what it is; neither has
                // a line of a kept trailer that would begin an interchange, once the tag has lost its release character.
                let is_known = matches!(error.kind().id(), "unrepresentable" | "read-otherwise");
                assert!(is_known, "what was received cannot be written: {error}");
                assert!(input.windows(3).any(|bytes| matches!(bytes, b"UNA" | b"UNB" | b"\xEF\xBB\xBF")));
                continue;
            }
        };
        let shown = String::from_utf8_lossy(input);
        let again = Interchange::decode(&written).unwrap_or_else(|error| panic!("{error} from {shown:?}")).interchange;
        assert_eq!(without_places(&again), without_places(&interchange), "another model from {shown:?}");
        let rewritten = again.encode(&options).expect("what was written can be written again");
        assert_eq!(
            String::from_utf8_lossy(&rewritten),
            String::from_utf8_lossy(&written),
            "no fixed point from {shown:?}"
        );
    }
}

fn without_places(interchange: &Interchange<'_>) -> serde_json::Value {
    let mut model = serde_json::to_value(interchange).expect("a model can be serialized");
    remove_places(&mut model);
    model
}

fn remove_what_is_kept(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Array(values) => values.iter_mut().for_each(remove_what_is_kept),
        serde_json::Value::Object(fields) => {
            fields.retain(|name, _| !matches!(name.as_str(), "unrecognised" | "segments"));
            fields.values_mut().for_each(remove_what_is_kept);
        }
        _ => {}
    }
}

fn remove_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Array(values) => values.iter_mut().for_each(remove_places),
        serde_json::Value::Object(fields) => {
            fields.remove("at");
            fields.remove("element");
            fields.values_mut().for_each(remove_places);
            if let Some(kept) = fields.get_mut("unrecognised").and_then(serde_json::Value::as_array_mut) {
                kept.sort_by_key(ToString::to_string);
            }
        }
        _ => {}
    }
}

/// What reading comes to: events as they show themselves, issues, and the error if there is one.
type Reading = (Vec<Event<'static>>, Vec<Issue>, Option<Error>);

/// L12: what is acknowledged was read. A message that is `CP` has, written anew, the components that stand in the input, in
/// the same order; an interchange that is `OK` has no others. Nothing is asked here of what was found. What is written anew
/// has the service characters of level A, so input with others is not looked at.
pub(crate) fn what_was_lost_is_not_acknowledged(input: &[u8]) {
    if input.windows(3).any(|bytes| bytes == b"UNA") || input.contains(&0x1D) {
        return;
    }
    let (segments, _) = naive::segments(input);
    let Ok(all) = Interchange::decode_all(input, &ReadOptions::default()) else { return };
    let on_wire: Vec<OnWire<'_>> = interchanges_on_wire(&segments);
    assert_eq!(all.len(), on_wire.len(), "interchanges in {}", input.escape_ascii());
    for (decoded, on_wire) in all.iter().zip(&on_wire) {
        let answer = Answer::of(decoded);
        let read = &decoded.interchange.messages;
        assert_eq!(read.len(), on_wire.messages.len(), "messages in {}", input.escape_ascii());
        let pairs = read.iter().zip(&on_wire.messages).filter(|(message, _)| !matches!(message, Message::Recep(_)));
        for ((message, stands), answered) in pairs.zip(answer.messages()) {
            if answered.status == MessageStatus::Translated {
                assert_eq!(canonical(stands.iter().copied()), written_anew(message), "in {}", input.escape_ascii());
            }
        }
        if answer.status() == Some(InterchangeStatus::Received) {
            assert!(on_wire.is_ended && on_wire.between == 0, "not all is well in {}", input.escape_ascii());
        }
    }
}

/// What stands in an interchange, told by tags alone.
#[derive(Default)]
struct OnWire<'s> {
    messages: Vec<Vec<&'s naive::Naive>>,
    /// Segments between messages.
    between: usize,
    is_ended: bool,
}

fn interchanges_on_wire(segments: &[naive::Naive]) -> Vec<OnWire<'_>> {
    let mut all: Vec<OnWire<'_>> = Vec::new();
    let mut in_message = false;
    for segment in segments.iter().filter(|segment| !is_blank(segment)) {
        let tag = tag_of(segment);
        if tag == b"UNB" {
            all.push(OnWire::default());
            in_message = false;
            continue;
        }
        let Some(last) = all.last_mut().filter(|last| !last.is_ended) else { continue };
        match tag.as_slice() {
            b"UNZ" => (last.is_ended, in_message) = (true, false),
            b"UNH" => {
                last.messages.push(vec![segment]);
                in_message = true;
            }
            tag => {
                match last.messages.last_mut().filter(|_| in_message) {
                    Some(message) => message.push(segment),
                    None => last.between += 1,
                }
                in_message &= tag != b"UNT";
            }
        }
    }
    all
}

/// The tag, release characters resolved.
fn tag_of(segment: &naive::Naive) -> Vec<u8> {
    let mut bytes = segment[0][0].iter().copied();
    let mut tag = Vec::new();
    while let Some(byte) = bytes.next() {
        tag.extend(if byte == b'?' { bytes.next() } else { Some(byte) });
    }
    // A form feed is no blank between segments.
    let blanks = tag.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
    tag.split_off(blanks)
}

fn is_blank(segment: &naive::Naive) -> bool {
    segment.len() == 1 && segment[0].len() == 1 && tag_of(segment).is_empty()
}

/// Segments in the one form that is written, where wire.md#s-10-1 allow several to be read: without separators behind
/// which nothing stands (row 66), address lines with and without placeholder (rows 9 and 10), previous addresses
/// without blank lines (4.4), postcodes without blanks (row 32), NHS numbers of blanks as absent (row 69); without the
/// count and the reference of the trailer, which are computed.
fn canonical<'s>(segments: impl Iterator<Item = &'s naive::Naive>) -> Vec<naive::Naive> {
    segments.map(canonical_segment).collect()
}

fn canonical_segment(segment: &naive::Naive) -> naive::Naive {
    let mut segment = segment.clone();
    if segment[0][0] == b"UNT" {
        segment.truncate(1);
    }
    if segment[0][0] == b"NAD" && segment.get(1).is_some_and(|qualifier| qualifier[0] == b"PAT") {
        if let Some(first) = segment.get_mut(3).and_then(|lines| lines.first_mut()).filter(|first| *first == b"??") {
            first.clear();
        }
        if let Some(postcode) = segment.get_mut(8).and_then(|element| element.first_mut()) {
            postcode.retain(|byte| *byte != b' ');
        }
    }
    let is_previous = segment[0][0] == b"NAD" && segment.get(1).is_some_and(|qualifier| qualifier[0] == b"PER");
    if let Some(lines) = segment.get_mut(3).filter(|lines| is_previous && lines.iter().any(|line| !line.is_empty())) {
        lines.retain(|line| !line.is_empty());
    }
    // A number of blanks is none, the new one too (row 69).
    let has_number = segment[0][0] == b"PNA";
    if let Some(number) = segment.get_mut(2).filter(|number| has_number && number[0].trim_ascii().is_empty()) {
        *number = vec![Vec::new()];
    }
    for element in &mut segment {
        while element.len() > 1 && element.last().is_some_and(Vec::is_empty) {
            element.pop();
        }
    }
    while segment.len() > 1 && segment.last().is_some_and(|last| last.iter().all(Vec::is_empty)) {
        segment.pop();
    }
    segment
}

/// The segments of a message, written as received but for those that the model has no place for.
fn written_anew(message: &Message<'_>) -> Vec<naive::Naive> {
    let header = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNZ+0+00000108'";
    let mut interchange = Interchange::decode(header).expect("it is whole").interchange;
    let mut model = serde_json::to_value(message).expect("a model can be serialized");
    remove_what_is_kept(&mut model);
    interchange.messages.push(serde_json::from_value(model).expect("a model without what was kept"));
    let written = interchange.encode(&WriteOptions::default().as_received(true)).expect("what was read can be written");
    let (segments, _) = naive::segments(&written);
    canonical(segments[1..segments.len() - 1].iter())
}

/// An interchange with the lines before it, and whether its last terminator is to be lost.
pub(crate) type WithLines = (Vec<u8>, Vec<u8>, bool);

/// L13: lines before, between and behind interchanges hide none of them; neither does an interchange that lacks its last
/// terminator.
pub(crate) fn lines_hide_no_interchange(parts: &[WithLines], behind: &[u8]) {
    let (mut joined, mut expected) = (Vec::new(), Vec::new());
    for (lines, wire, is_cut) in parts {
        let Ok(Decoded { interchange, .. }) = Interchange::decode(wire) else { return };
        joined.extend(harmless(lines));
        joined.extend_from_slice(wire);
        if *is_cut && joined.pop_if(|last| *last == b'\'').is_some() {
            joined.push(b'\n');
        }
        expected.push((interchange.header.reference, interchange.messages));
    }
    joined.extend(harmless(behind));
    if expected.is_empty() {
        return;
    }
    let shown = || joined.escape_ascii();
    let read = Interchange::decode_all(&joined, &ReadOptions::default());
    let read = read.unwrap_or_else(|error| panic!("{error} in {}", shown()));
    assert_eq!(read.len(), expected.len(), "interchanges in {}", shown());
    for (decoded, (reference, messages)) in read.iter().zip(&expected) {
        assert!(decoded.interchange.header.reference == *reference, "another header in {}", shown());
        assert!(decoded.interchange.messages == *messages, "other messages in {}", shown());
    }
}

/// Lines that begin no interchange of their own: without UNB, and without what may be a service string advice. They end
/// with a line break, unless nothing in them can be printed.
fn harmless(lines: &[u8]) -> Vec<u8> {
    let mut harmless = lines[..lines.len().min(4_096)].to_vec();
    for at in 0..harmless.len() {
        let (before, rest) = harmless.split_at(at);
        let is_advice = rest.starts_with(b"UNA") && rest.get(3).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        // A release character does not keep a tag from being read.
        let is_released = rest[0] == b'?' && matches!(before.last(), Some(b'U' | b'N'));
        if rest.starts_with(b"UNB") || is_advice || is_released {
            harmless[at] = b'X';
        }
    }
    if harmless.iter().any(|byte| (0x20..0x7F).contains(byte)) {
        harmless.push(b'\n');
    }
    harmless
}

/// The same interchange with one edit in each transaction, at the same place of it.
pub(crate) fn each_transaction_edited(input: &[u8], edit: Edit) -> Vec<u8> {
    let starts = (1..input.len()).filter(|at| input[*at..].starts_with(b"S01+1'"));
    let cuts: Vec<usize> = core::iter::once(0).chain(starts).chain([input.len()]).collect();
    let parts = cuts.windows(2).map(|cut| input[cut[0]..cut[1]].to_vec());
    parts.enumerate().flat_map(|(nth, part)| if nth == 0 { part } else { edited(part, &[edit]) }).collect()
}

/// L14: what is read and what is found does not depend on how fast the way was. Where a transaction may have no more than 63
/// segments, no unit is read in the fast way; no longer one is read in it otherwise.
pub(crate) fn both_ways_of_reading_agree(input: &[u8]) {
    let mut limits = Limits::default();
    limits.segments_per_transaction = 63;
    for options in [ReadOptions::default(), ReadOptions::strict()] {
        let (fast, slow) = (pulled(input, &options), pulled(input, &options.clone().limits(limits)));
        if slow.2.as_ref().is_some_and(|error| error.kind() == ErrorKind::SegmentsPerTransaction) {
            return;
        }
        assert!(fast == slow, "{fast:?} and {slow:?} from {}", input.escape_ascii());
    }
}

/// L5: any chunking gives the same events, locations and errors.
pub(crate) fn chunks_change_nothing(input: &[u8], sizes: &[usize]) {
    let chunks = chunks_of(input, sizes);
    for options in [ReadOptions::default(), ReadOptions::strict()] {
        assert!(pulled(input, &options) == pushed(&chunks, &options), "chunks of {sizes:?} change the reading");
    }
    // Events that nobody asks for come later.
    let (options, asks) = (ReadOptions::default(), |nth: usize| sizes[nth % sizes.len()] % 3 == 1);
    assert!(pulled(input, &options) == pushed_if(&chunks, &options, asks), "chunks of {sizes:?} lose events");
}

/// L5 at the level of segments.
pub(crate) fn chunks_change_no_segment(input: &[u8], sizes: &[usize]) {
    let mut slice = Vec::new();
    let mut reader = SegmentReader::new(input);
    let error = loop {
        match reader.next_segment() {
            Ok(Some(segment)) => slice.push(shown(&segment)),
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    let (mut chunked, mut chunked_error) = (Vec::new(), None);
    let mut decoder = SegmentDecoder::new();
    for chunk in chunks_of(input, sizes).into_iter().map(Some).chain([None]) {
        let mut segments = match chunk {
            Some(chunk) => decoder.feed(chunk),
            None => decoder.finish(),
        };
        loop {
            match segments.next_segment() {
                Ok(Some(segment)) => chunked.push(shown(&segment)),
                Ok(None) => break,
                Err(error) => {
                    assert_eq!(chunked_error, None, "an error comes once");
                    chunked_error = Some(error);
                }
            }
        }
    }
    assert!(slice == chunked && error == chunked_error, "chunks change the segments");
}

/// All there is to a segment.
fn shown(segment: &Segment<'_, '_>) -> String {
    let components: Vec<_> = core::iter::once(segment.element(0))
        .chain(segment.elements())
        .map(|element| element.components().map(|part| (part.text().into_inner(), part.span())).collect::<Vec<_>>())
        .collect();
    let gap = (segment.gap_len(), segment.follows_advice(), segment.is_terminated());
    format!("{components:?} {:?} {gap:?} {:?}", segment.span(), segment.service_string_advice())
}

pub(crate) fn pulled(input: &[u8], options: &ReadOptions) -> Reading {
    let (mut events, mut issues) = (Vec::new(), Vec::new());
    let mut reader = EventReader::new(input, options.clone());
    loop {
        match reader.next_event(&mut issues) {
            Ok(Some(event)) => events.push(event.into_owned()),
            Ok(None) => return (events, issues, None),
            Err(error) => return (events, issues, Some(error)),
        }
    }
}

pub(crate) fn pushed(chunks: &[&[u8]], options: &ReadOptions) -> Reading {
    pushed_if(chunks, options, |_| true)
}

/// The same where only the events of some chunks are asked for, and those that are left in the end.
fn pushed_if(chunks: &[&[u8]], options: &ReadOptions, asks: impl Fn(usize) -> bool) -> Reading {
    let (mut events, mut issues) = (Vec::new(), Vec::new());
    let mut decoder = Decoder::new(options.clone());
    for (nth, chunk) in chunks.iter().map(Some).chain([None]).enumerate() {
        let mut here = match chunk {
            Some(chunk) => decoder.feed(chunk),
            None => decoder.finish(),
        };
        if chunk.is_some() && !asks(nth) {
            continue;
        }
        loop {
            match here.next(&mut issues) {
                Ok(Some(event)) => events.push(event.into_owned()),
                Ok(None) => break,
                Err(error) => return (events, issues, Some(error)),
            }
        }
    }
    (events, issues, None)
}

/// The input in chunks of these sizes, over and over.
fn chunks_of<'i>(mut input: &'i [u8], sizes: &[usize]) -> Vec<&'i [u8]> {
    let mut sizes = sizes.iter().copied().cycle();
    let mut chunks = Vec::new();
    while !input.is_empty() {
        let (chunk, rest) = input.split_at(sizes.next().unwrap_or(1).clamp(1, input.len()));
        chunks.push(chunk);
        input = rest;
    }
    chunks
}

/// L7: what is read of any input, and kept of it, is bounded: by the input, and by the limits.
pub(crate) fn reading_is_bounded(input: &[u8], size: usize) {
    let mut limits = Limits::default();
    (limits.segment_length, limits.components_per_segment) = (128, 32);
    (limits.transaction_length, limits.segments_per_transaction) = (512, 16);
    (limits.transactions_per_message, limits.messages_per_interchange, limits.number_runs) = (8, 4, 4);
    let mut decoder = Decoder::new(ReadOptions::default().limits(limits));
    let (mut issues, mut count) = (0, 0);
    for chunk in chunks_of(input, &[size]) {
        let mut events = decoder.feed(chunk);
        while let Ok(Some(_)) = events.next(&mut |_: Issue| issues += 1) {
            count += 1;
        }
        drop(events);
        let kept = decoder.buffer_bytes();
        assert!(kept <= 16_384 + 8 * chunk.len(), "{kept} bytes are kept of {}", input.escape_ascii());
    }
    let mut events = decoder.finish();
    while let Ok(Some(_)) = events.next(&mut |_: Issue| issues += 1) {
        count += 1;
    }
    // An event takes a segment, but for trailers that the wire does not have; an issue takes a byte, but for what is
    // missing, of which there are as many as a plan has steps.
    assert!(count <= 2 * input.len() + 4, "{count} events of {}", input.escape_ascii());
    assert!(issues <= 32 * (input.len() + 4), "{issues} issues of {}", input.escape_ascii());
}

/// L6: strict reading accepts a subset of lenient reading, with the same model and no issues.
pub(crate) fn strict_accepts_a_subset(input: &[u8]) {
    let (_, strict_issues, _) = pulled(input, &ReadOptions::strict());
    let (_, lenient_issues, _) = pulled(input, &ReadOptions::default());
    assert!(strict_issues.is_empty(), "strict reading reports instead of refusing");
    let strict = Interchange::decode_all(input, &ReadOptions::strict());
    let lenient = Interchange::decode_all(input, &ReadOptions::default());
    match (strict, lenient) {
        (Ok(strict), Ok(lenient)) => {
            assert!(strict == lenient, "strict and lenient reading give different models");
            assert!(lenient.iter().all(Decoded::is_clean), "strict reading accepts what lenient reading reports");
        }
        (Ok(_), Err(error)) => panic!("strict reading accepts what lenient reading refuses: {error}"),
        (Err(error), Ok(lenient)) => {
            assert_eq!(Some(&error), lenient_issues.first().map(Issue::error), "strict reading ends elsewhere");
            let found = lenient.iter().map(|decoded| decoded.issues.len()).sum::<usize>();
            assert_eq!(found, lenient_issues.len(), "an issue is lost, or found twice");
        }
        (Err(_), Err(_)) => {}
    }
}

/// L10: what strict reading accepts, strict writing writes: the same segments, or it refuses.
///
/// For every input that `Interchange::decode_all` accepts with `ReadOptions::strict`:
///
/// * writing with `as_received(true)` gives the same bytes but for line breaks between segments, for service characters of its own in
///   place of those of a service string advice, and for the [written forms](written_form) of rows 9, 10 and 69 and of 4.4;
/// * writing with `WriteOptions::default()` gives the same as that but for the tail of UNB in receipts (row 1); or it refuses, and then
///   what it refuses stands in [`ACCEPTED_AND_NOT_SENT`] or is a rule, each of which names its row.
pub(crate) fn strict_reading_and_strict_writing_agree(input: &[u8]) {
    let Ok(all) = Interchange::decode_all(input, &ReadOptions::strict()) else { return };
    let shown = input.escape_ascii();
    let mut written = Vec::new();
    for Decoded { interchange, .. } in &all {
        let as_received = interchange.encode(&WriteOptions::default().as_received(true));
        let as_received = segments_in_level_a(&as_received.unwrap_or_else(|error| panic!("{error} from {shown}")));
        match interchange.encode(&WriteOptions::default()) {
            Ok(sent) => {
                assert_eq!(with_tail_as_in(&as_received, segments_in_level_a(&sent)), as_received, "from {shown}");
            }
            Err(error) => {
                assert!(may_be_refused(&error), "{} {}: {error} from {shown}", error.kind().id(), place_of(&error));
            }
        }
        written.extend(as_received);
    }
    let read: Vec<_> = segments_in_level_a(input).into_iter().map(written_form).collect();
    assert_eq!(written, read, "other segments from {shown}");
}

/// What strict reading accepts and strict writing refuses: what is found and where, and what in the facts says so.
const ACCEPTED_AND_NOT_SENT: &[(&str, &str, &str)] = &[
    ("invalid-constant", "UNB 7.1", "row 1: any tail"),
    ("invalid-value", "UNB 2.1", "1.5: any sender"),
    ("invalid-value", "UNB 3.1", "1.5: any recipient"),
    ("repeated-reference", "UNH 1.1", "row 68: references that do not ascend"),
    ("invalid-value", "NAD+FHS 2.1", "7.3: any cipher"),
    ("invalid-value", "NAD+PFH 2.1", "7.3"),
    ("invalid-value", "NAD+NFH 2.1", "7.3"),
    ("invalid-value", "NAD+GP 2.1", "7.2: any GP code"),
    ("invalid-value", "NAD+PGP 2.1", "7.2"),
    ("repeated-transaction-number", "RFF+TN 1.2", "row 39: under two transaction types"),
    ("invalid-value", "RFF+TN 1.2", "row 23: padded numbers"),
    ("invalid-value", "HEA+FRN 2.1", "row 52: any FP69 reason"),
    ("missing-segment", "FTX+RGI", "row 13: in F3"),
    ("missing-segment", "NAD+PAT", "rows 14 and 58: in F9"),
    ("invalid-value", "PNA+PAT 2.1", "row 31: any NHS number"),
    ("invalid-value", "PNA+PER 2.1", "row 31"),
    ("invalid-constant", "PNA+PAT 2.2", "row 16: any qualifier of the NHS number"),
    ("invalid-constant", "PNA+PER 2.2", "row 16"),
    ("invalid-value", "NAD+PAT 8.1", "row 32: any spacing of the postcode"),
    ("invalid-value", "NHS 1.1", "row 20: any cipher in a receipt"),
    ("invalid-value", "NHS 2.1", "row 20: any GP code in a receipt"),
    ("missing-segment", "RFF+MIS", "row 65: a receipt of no message"),
    ("control-count", "RFF+RIS 1.3", "row 22: any count in a receipt"),
    ("invalid-value", "RFF+RIS 1.3", "row 22: a count as it was stated"),
    ("empty-value", "PNA+PAT 5.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "PNA+PAT 6.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "PNA+PAT 7.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "PNA+PAT 8.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "PNA+PAT 9.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "PNA+PER 5.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "PNA+PER 6.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "PNA+PER 7.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "PNA+PER 8.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "PNA+PER 9.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "NAD+PAT 3.1", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "NAD+PAT 3.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "NAD+PAT 3.3", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "NAD+PAT 3.4", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "NAD+PAT 3.5", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "NAD+PER 3.1", "row 69: blanks among other lines"),
    ("empty-value", "FTX+RGI 4.1", "row 69: blanks among other lines; of empty ones the facts say nothing"),
    ("empty-value", "UNB 6.1", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "UNB 6.2", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "UNB 7.1", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "UNB 8.1", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "UNB 9.1", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "UNB 10.1", "row 69: blanks where nothing is mandatory"),
    ("empty-value", "UNB 11.1", "row 69: blanks where nothing is mandatory"),
];

fn may_be_refused(error: &Error) -> bool {
    let (kind, place) = (error.kind().id(), place_of(error));
    let is_listed = |(id, at, _): &(&str, &str, &str)| kind == *id && (place == *at || *at == "*");
    RULES.iter().any(|rule| rule.id == kind) || ACCEPTED_AND_NOT_SENT.iter().any(is_listed)
}

/// `NAD+PAT 3.1`.
fn place_of(error: &Error) -> String {
    let Location { tag, qualifier, element, component, .. } = error.location();
    let qualifier = qualifier.map(|qualifier| format!("+{qualifier}")).unwrap_or_default();
    let tag = tag.map(|tag| tag.to_string()).unwrap_or_default();
    match (element, component) {
        (Some(element), Some(component)) => format!("{tag}{qualifier} {element}.{component}"),
        _ => format!("{tag}{qualifier}"),
    }
}

/// Elements of a segment, its tag first, and their components, in wire form.
type Wire = Vec<Vec<String>>;

/// The segments with the service characters of level A, as they stand where they have these.
fn segments_in_level_a(input: &[u8]) -> Vec<Wire> {
    let mut reader = SegmentReader::new(input);
    let mut segments = Vec::new();
    while let Some(segment) = reader.next_segment().expect("it was read before") {
        let is_usual = segment.service_string_advice() == ServiceStringAdvice::default();
        let wire = |part: Component<'_>| {
            if is_usual { String::from_utf8_lossy(part.raw()).into_owned() } else { released(&part.text()) }
        };
        let elements = core::iter::once(segment.element(0)).chain(segment.elements());
        segments.push(elements.map(|element| element.components().map(wire).collect()).collect());
    }
    segments
}

/// A text with its release characters.
fn released(text: &str) -> String {
    let releases = |character: char| matches!(character, '?' | '+' | ':' | '\'').then_some('?');
    text.chars().flat_map(|character| releases(character).into_iter().chain([character])).collect()
}

/// The form in which a segment is written as received: of an address five lines, with `??` for no house name (rows 9 and
/// 10) and nothing behind what is there (row 66); of a previous address no blank lines (4.4); nothing for an NHS number of
/// blanks (row 69).
fn written_form(segment: Wire) -> Wire {
    let mut trimmed = segment.clone();
    trim(&mut trimmed);
    let is = |tag: &str, qualifiers: &[&str]| {
        trimmed[0] == [tag] && trimmed.get(1).is_some_and(|first| first.len() == 1 && qualifiers.contains(&&*first[0]))
    };
    let is_blank = |number: &str| !number.is_empty() && number.trim().is_empty();
    if is("NAD", &["PAT"]) {
        trimmed.resize(trimmed.len().max(4), vec![String::new()]);
        let lines = &mut trimmed[3];
        lines.resize(lines.len().max(5), String::new());
        if lines[0].is_empty() {
            lines[0] = "??".into();
        }
        trimmed
    } else if is("PNA", &["PAT", "PER"]) && trimmed.get(2).is_some_and(|element| is_blank(&element[0])) {
        trimmed[2] = vec![String::new()];
        trim(&mut trimmed);
        trimmed
    } else if is("NAD", &["PER"]) && trimmed == segment && trimmed.len() > 3 {
        trimmed[3].retain(|line| !line.is_empty());
        trimmed
    } else {
        segment
    }
}

/// Takes away separators with nothing behind them.
fn trim(segment: &mut Wire) {
    for element in segment.iter_mut() {
        let filled = element.iter().rposition(|component| !component.is_empty()).map_or(1, |last| last + 1);
        element.truncate(filled);
    }
    let filled = segment.iter().rposition(|element| *element != [""]).map_or(1, |last| last + 1);
    segment.truncate(filled);
}

/// What was sent, with no tail of UNB where a receipt had none (row 1).
fn with_tail_as_in(received: &[Wire], mut sent: Vec<Wire>) -> Vec<Wire> {
    let is_receipt = received.get(1).is_some_and(|header| header.get(2).is_some_and(|kind| kind[0] == "RECEP"));
    let tail = [7, 10];
    if is_receipt && tail.iter().all(|at| received[0].get(*at).is_none_or(|element| *element == [""])) {
        for (_, element) in sent[0].iter_mut().enumerate().filter(|(at, _)| tail.contains(at)) {
            *element = vec![String::new()];
        }
        trim(&mut sent[0]);
    }
    sent
}
