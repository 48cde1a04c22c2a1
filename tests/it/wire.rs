//! Interchanges in wire form to start from, and ways to ask what was read.

use nhais_edifact::interchange::Registration;
use nhais_edifact::recep::{InterchangeReceipt, MessageReceipt, ReceiptParties};
use nhais_edifact::syntax::{LineBreak, SegmentReader, SegmentWriter, ServiceStringAdvice};
use nhais_edifact::transaction::{Acceptance, DeductionRequest, Removal, Transactions, Unrecognised};
use nhais_edifact::value::{Date, InterchangeSequence, InterchangeStatus, MessageSequence, MessageStatus};
use nhais_edifact::{Decoded, Error, Interchange, InterchangeHeader, Issue, Message, ReadOptions, Recep, WriteOptions};

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
    let Transactions::Acceptance(list) = &registration_of(interchange).transactions else { panic!("no acceptance") };
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
