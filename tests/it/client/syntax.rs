//! A client of the syntax level: messages of any type, and what their trailers say.

#[path = "../../../examples/orders.rs"]
#[allow(dead_code, reason = "`main` is for the example")]
mod orders;

use nhais_edifact::syntax::{CharacterEncoding, EnvelopeCheck, NoSegmentTag, SegmentReader, SegmentTag, SegmentWriter};
use nhais_edifact::{Issue, Message};
use orders::Line;

/// The identifiers of what is found, with tag, element and place of each.
fn found(input: &str) -> Vec<(&'static str, String, Option<u16>, u64)> {
    let (mut check, mut issues) = (EnvelopeCheck::default(), Vec::<Issue>::new());
    let mut reader = SegmentReader::new(input.as_bytes());
    while let Some(segment) = reader.next_segment().unwrap() {
        check.take(&segment, &mut issues);
    }
    check.finish(&mut issues);
    let described = issues.iter().map(|issue| {
        let place = issue.location();
        (issue.kind().id(), place.tag.unwrap().to_string(), place.element, place.offset.unwrap())
    });
    described.collect()
}

#[test]
fn an_order_is_written_and_read() {
    let written = orders::write(&[("4000862141404", "Müller's tea: green + black", 48), ("5412345111115", "Ω|~", 5)]);
    let written = written.unwrap();
    let expected = "UNA|*.\\ ~\nUNB*UNOY|3*5412345678908|14*8798765432106|14*240308|0915*REF1~\n\
                    UNG*ORDERS*BUYER*SUPPLIER*240308|0915*G1*UN*D|96A~\nUNH*ME000001*ORDERS|D|96A|UN|EAN008~\n\
                    BGM*220*128576*9~\nLIN*1**4000862141404|EN~\nIMD*F**|||Müller's tea: green + black~\nQTY*21|48~\n\
                    LIN*2**5412345111115|EN~\nIMD*F**|||Ω\\|\\~~\nQTY*21|5~\nUNT*9*ME000001~\nUNE*1*G1~\nUNZ*1*REF1~";
    assert_eq!(String::from_utf8(written.clone()).unwrap(), expected);
    let (lines, issues) = orders::read(&written).unwrap();
    let line = |article: &str, description: &str, quantity| Line {
        article: article.into(),
        description: description.into(),
        quantity,
    };
    assert_eq!(lines, [line("4000862141404", "Müller's tea: green + black", 48), line("5412345111115", "Ω|~", 5)]);
    assert!(issues.is_empty(), "{issues:?}");
}

#[test]
fn trailers_that_agree_are_nothing_to_report() {
    for input in [
        "",
        "UNB+UNOA:2+A+B+1:1+7'UNZ+0+7'",
        "UNB+UNOA:2+A+B+1:1+7'UNH+1+X'UNT+2+1'UNH+2+X'ABC+1'UNT+3+2'UNZ+2+7'",
        "UNB+UNOA:2+A+B+1:1+7'UNG+X+A+B+1:1+5'UNH+1+X'UNT+2+1'UNH+2+X'UNT+2+2'UNE+2+5'UNZ+1+7'",
        "UNB+UNOA:2+A+B+1:1+7'UNG+X+A+B+1:1+5'UNE+0+5'UNG+X+A+B+1:1+6'UNE+0+6'UNZ+2+7'UNB+UNOA:2+A+B+1:1+8'UNZ+0+8'",
        // A message by itself.
        "UNH+1+X'ABC+1'UNT+3+1'",
    ] {
        assert_eq!(found(input), [], "{input}");
    }
}

#[test]
fn trailers_that_disagree_are_reported_where_they_do() {
    let input = "UNB+UNOA:2+A+B+1:1+7'UNG+X+A+B+1:1+5'UNH+1+X'UNT+9+A1'UNE+2+6'UNZ+3+07'";
    let at = |text: &str| input.find(text).unwrap() as u64;
    assert_eq!(
        found(input),
        [
            ("control-count", "UNT".into(), Some(1), at("9+A1")),
            ("control-reference", "UNT".into(), Some(2), at("A1'")),
            ("control-count", "UNE".into(), Some(1), at("2+6")),
            ("control-reference", "UNE".into(), Some(2), at("6'UNZ")),
            ("control-count", "UNZ".into(), Some(1), at("3+07")),
            ("control-reference", "UNZ".into(), Some(2), at("07'")),
        ]
    );
    assert_eq!(
        found("UNH+1+X'UNT'"),
        [("control-count", "UNT".into(), Some(1), 11), ("control-reference", "UNT".into(), Some(2), 11),]
    );
}

#[test]
fn trailers_and_headers_that_are_missing_are_reported() {
    let ids = |input: &str| {
        found(input).into_iter().map(|(id, tag, _, offset)| format!("{id} {tag} {offset}")).collect::<Vec<_>>()
    };
    assert_eq!(ids("UNT+2+1'"), ["missing-header UNT 0"]);
    assert_eq!(ids("UNE+2+1'UNZ+0+1'"), ["missing-header UNE 0", "missing-header UNZ 8"]);
    assert_eq!(ids("UNH+1+X'UNH+2+X'UNT+2+2'"), ["missing-trailer UNT 8"]);
    assert_eq!(
        ids("UNB+UNOA:2+A+B+1:1+7'UNG+X+A+B+1:1+5'UNH+1+X'"),
        ["missing-trailer UNT 45", "missing-trailer UNE 45", "missing-trailer UNZ 45"]
    );
    let next = "UNB+UNOA:2+A+B+1:1+7'UNH+1+X'UNB+UNOA:2+A+B+1:1+8'UNZ+0+8'";
    assert_eq!(ids(next), ["missing-trailer UNT 29", "missing-trailer UNZ 29"]);
    assert_eq!(
        ids("UNB+UNOA:2+A+B+1:1+7'UNG+X+A+B+1:1+5'UNH+1+X'UNZ+1+7'"),
        ["missing-trailer UNT 45", "missing-trailer UNE 45",]
    );
}

#[test]
fn the_check_agrees_with_the_reading_of_interchanges() {
    let input = "UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNH+00000501+FHSREG:0:1:FH:FHS001'BGM+++507'\
                 UNT+7+00000502'UNZ+2+00000102'";
    let decoded = nhais_edifact::Interchange::decode(input.as_bytes()).unwrap();
    assert!(matches!(decoded.interchange.messages[..], [Message::Registration(_)]));
    let is_control = |issue: &&Issue| issue.kind().id().starts_with("control-");
    let mut own: Vec<Issue> = Vec::new();
    let (mut check, mut reader) = (EnvelopeCheck::default(), SegmentReader::new(input.as_bytes()));
    while let Some(segment) = reader.next_segment().unwrap() {
        check.take(&segment, &mut own);
    }
    check.finish(&mut own);
    assert_eq!(own, decoded.issues.iter().filter(is_control).copied().collect::<Vec<_>>());
}

#[test]
fn tags_are_named_in_constants_and_parsed() {
    const NAD: SegmentTag = SegmentTag::new("NAD");
    assert_eq!((NAD.as_str(), "NAD".parse(), "nad".parse::<SegmentTag>()), ("NAD", Ok(NAD), Err(NoSegmentTag)));
    assert!(std::panic::catch_unwind(|| SegmentTag::new("nad")).is_err());
}

#[test]
fn text_and_bytes_of_a_component_are_at_hand() {
    let mut reader = SegmentReader::new(b"NAD+BY+O?'DELL::9+\xE9'");
    let segment = reader.next_segment().unwrap().unwrap();
    let texts = [(0, 1), (1, 1), (2, 1), (2, 2), (2, 3), (2, 4), (3, 1), (4, 1), (2, 0)];
    let texts = texts.map(|(element, component)| segment.text(element, component).to_string());
    assert_eq!(texts, ["NAD", "BY", "O'DELL", "", "9", "", "é", "", ""]);
    let bytes = |element, component| segment.component(element, component).unwrap().bytes();
    assert_eq!((&*bytes(2, 1), &*bytes(2, 2), &*bytes(3, 1)), (&b"O'DELL"[..], &b""[..], &b"\xE9"[..]));
}

#[test]
fn utf_8_is_taken_where_it_is_declared_and_valid() {
    let text = |declared: &str, bytes: &[u8]| {
        let input = [format!("UNB+{declared}:4'FTX+").as_bytes(), bytes, b"'"].concat();
        let mut reader = SegmentReader::new(&input);
        let encoding = CharacterEncoding::declared_by(&reader.next_segment().unwrap().unwrap());
        let segment = reader.next_segment().unwrap().unwrap();
        encoding.text(&segment.component(1, 1).unwrap()).to_string()
    };
    assert_eq!(text("UNOY", "Müller Ω".as_bytes()), "Müller Ω");
    assert_eq!(text("UNOW", "M?+ü".as_bytes()), "M+ü");
    assert_eq!(text("UNOC", "ü".as_bytes()), "Ã¼");
    assert_eq!(text("UNOY", b"\xFC?'"), "ü'", "it is not valid");
    // Not by another segment.
    let mut reader = SegmentReader::new(b"UNH+UNOY'");
    assert_eq!(CharacterEncoding::declared_by(&reader.next_segment().unwrap().unwrap()), CharacterEncoding::Latin1);
}

#[test]
fn text_is_written_in_the_encoding_that_is_asked_for() {
    let written = |encoding: CharacterEncoding, text: &str| {
        let mut out = Vec::new();
        SegmentWriter::new(&mut out).write("FTX", &[&[&encoding.to_written(text)]]).map(drop).map(|()| out)
    };
    assert_eq!(written(CharacterEncoding::Utf8, "ü+Ω").unwrap(), "FTX+ü?+Ω'".as_bytes());
    assert_eq!(written(CharacterEncoding::Latin1, "ü").unwrap(), b"FTX+\xFC'");
    assert!(written(CharacterEncoding::Latin1, "Ω").is_err());
}
