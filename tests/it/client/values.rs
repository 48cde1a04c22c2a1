//! A client of the values: each name is used once, as a practice system would.

use std::collections::{BTreeSet, HashSet};

use nhais_edifact::build::{AcceptanceItems, Identity, InterchangeBuilder, RequestedReason};
use nhais_edifact::chrono::NaiveDate;
use nhais_edifact::error::{CharacterClass, ErrorKind, Found};
use nhais_edifact::exchange::{
    AnswerTo, Arrival, NoRequestKey, Numbering, OpenRequest, OpenRequests, RequestKey, TransactionNumbering,
};
use nhais_edifact::issue::Severity;
use nhais_edifact::recep::{Outbox, ReceiptFinding, SentInterchange, SentMessage};
use nhais_edifact::syntax::{
    CharacterEncoding, EnvelopeCheck, NoSegmentTag, SegmentReader, SegmentTag, Text, TextLines,
};
use nhais_edifact::transaction::{
    AcceptanceKind, Address, AmendedAddress, AmendedPerson, AmendedPreviousPerson, Person, Removal, TextPlace,
};
use nhais_edifact::value::{
    AcceptanceCode, Change, ControlReference, Count, Date, DateTime, DeductionReason, Fp69Reason, GpCode, HaCipher,
    InstituteCode, InterchangeSequence, IntoOwned, Line, MessageSequence, NhsNumber, Postcode, PreparationTime,
    Quantity, Sex, TradingPartnerCode, TransactionNumber, TransactionSequence, TransactionType, UnreadableDate,
};
use nhais_edifact::{EventReader, Interchange, Issue, Message, ReadOptions, WriteOptions};

/// What every value that has a text can do.
macro_rules! is_textual {
    ($($type:ty: $text:literal, not $wrong:literal;)+) => {$(
        let value: $type = $text.parse().unwrap();
        assert_eq!((value.to_string(), String::from(value.clone())), ($text.to_owned(), $text.to_owned()));
        assert!(value == $text && value == *$text && value != "ANOTHER");
        assert!($wrong.parse::<$type>().is_err(), "{}", $wrong);
        assert!("".parse::<$type>().is_err() && "  ".parse::<$type>().is_err());
        assert_eq!((BTreeSet::from([value.clone(), value.clone()]).len(), HashSet::from([value]).len()), (1, 1));
    )+};
}

#[test]
fn values_are_parsed_shown_and_compared_as_text() {
    is_textual! {
        TradingPartnerCode<'_>: "KLM5", not "KLM";
        HaCipher<'_>: "ZQX", not "ZQXY";
        InstituteCode<'_>: "QA", not "qa";
        GpCode<'_>: "7000015,T93", not "7000015";
        NhsNumber<'_>: "9990000018", not "9990000019";
        Postcode<'_>: "ZZ9  9AA", not "ZZ9 9AA";
        Fp69Reason<'_>: "08", not "0808";
        ControlReference<'_>: "00000101", not "101";
        TransactionNumber<'_>: "2001", not "02001";
        Count<'_>: "2", not "two";
        Quantity<'_>: "6", not "-6";
        Date<'_>: "20240308", not "20240231";
        DateTime<'_>: "202403080915", not "202403082460";
        AcceptanceCode: "A", not "X";
        DeductionReason: "13", not "99";
        Sex: "9", not "3";
        TransactionType: "G1", not "G9";
    }
}

#[test]
fn what_is_not_parsed_is_said_without_showing_it() {
    assert_eq!("999000001".parse::<NhsNumber<'_>>().unwrap_err().id(), "invalid-value");
    assert_eq!(
        "jones".parse::<TradingPartnerCode<'_>>(),
        Err(ErrorKind::Repertoire { class: CharacterClass::LowerCase })
    );
    assert_eq!(
        "G9".parse::<TransactionType>().unwrap_err().to_string(),
        "expected a transaction type of the catalogue, but found 2 characters"
    );
    assert_eq!("".parse::<Sex>().unwrap_err(), ErrorKind::EmptyValue { expected: "a value" });
    let error = "20240231".parse::<Date<'_>>().unwrap_err();
    assert!(matches!(error, ErrorKind::InvalidValue { found: Found::NoSuchDay, .. }));
    // Conversions take any text.
    assert_eq!(NhsNumber::from("NONE"), "NONE");
    assert_eq!(Date::from("20240231").calendar(), None);
    assert_eq!(DateTime::from("202403080915").to_string(), "202403080915");
}

#[test]
fn identifiers_and_codes_lend_their_text() {
    fn length(text: impl AsRef<str>) -> usize {
        text.as_ref().len()
    }
    assert_eq!((length(HaCipher::from("ZQX")), length(NhsNumber::from("9990000018")), length(Sex::Male)), (3, 10, 1));
}

#[test]
fn values_are_ordered() {
    fn ascend<T: Ord + Clone>(values: &[T; 2]) -> bool {
        let mut sorted = values.clone();
        sorted.sort();
        sorted == *values && values[0] != values[1]
    }
    assert!(ascend(&[AcceptanceCode::Ordinary, AcceptanceCode::SameGpNewHa]));
    assert!(ascend(&[DeductionReason::from("2"), "10".into()]) && ascend(&[Fp69Reason::from("1"), "8".into()]));
    assert!(ascend(&[Postcode::from("ZZ1  1AA"), "ZZ2  1AA".into()]));
    assert!(ascend(&[Date::from("20240308"), "20240309".into()]) && ascend(&[Date::from("20240309"), "NONE".into()]));
    assert!(UnreadableDate::default() <= UnreadableDate { text: "1".into(), format: None }.into_owned());
}

#[test]
fn sequences_come_from_references_and_text() {
    assert_eq!(InterchangeSequence::try_from(&ControlReference::from("00000101")).unwrap().number(), 101);
    assert_eq!(MessageSequence::try_from(&ControlReference::from("101")).unwrap().to_string(), "101");
    assert_eq!(TransactionSequence::try_from(&TransactionNumber::from("2001")).unwrap().number(), 2001);
    assert!(TransactionSequence::try_from(&TransactionNumber::from("10000000")).is_err());
    assert!(MessageSequence::try_from(&ControlReference::from("A")).is_err());
    assert!(InterchangeSequence::try_from(&ControlReference::from("18446744073709551616")).is_err());
    assert_eq!("00000507".parse::<MessageSequence>().unwrap().number(), 507);
    assert!(["", "0", "-1", "+1", " 1", "100000000"].iter().all(|text| text.parse::<MessageSequence>().is_err()));
}

#[test]
fn reasons_that_a_practice_may_give_are_told_from_others() {
    assert_eq!(RequestedReason::try_from(DeductionReason::Death), Ok(RequestedReason::Death));
    assert_eq!(RequestedReason::try_from(DeductionReason::Services).unwrap_err().id(), "unknown-code");
    assert_eq!("13".parse(), Ok(RequestedReason::OtherReason));
    assert_eq!(RequestedReason::Embarkation.to_string(), "5");
}

#[test]
fn everything_borrowed_can_be_kept() {
    let input =
        b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNH+00000501+FHSREG:0:1:FH:FHS001'UNT+2+00000501'UNZ+1+00000101'"
            .to_vec();
    let message = Interchange::decode(&input).unwrap().interchange.messages.remove(0).into_owned();
    drop(input);
    let _: Message<'static> = message;
    let town = String::from("EASTPOOL");
    let address: Address<'_> = Address { post_town: Some(town.as_str().into()), ..Address::default() };
    let _: Address<'static> = address.into_owned();
    let amended = AmendedAddress { post_town: Some(town.as_str().into()), ..AmendedAddress::default() };
    let _: AmendedAddress<'static> = amended.into_owned();
    let person: Person<'_> = Person { surname: Some(town.as_str().into()), ..Person::default() };
    let _: Person<'static> = person.into_owned();
    let _: AmendedPerson<'static> = AmendedPerson::default().into_owned();
    let _: AmendedPreviousPerson<'static> = AmendedPreviousPerson::default().into_owned();
    let _: AcceptanceKind<'static> = AcceptanceKind::Birth.into_owned();
    let key = RequestKey { practice: town.as_str().into(), number: 1 };
    let _: AnswerTo<'static> = AnswerTo::Acceptance(key).into_owned();
}

#[test]
fn text_in_wire_form_is_taken_as_such() {
    assert_eq!(Text::from_wire("O?'DELL ?+ WHO???"), "O'DELL + WHO?");
    assert_eq!(TextLines::from_wire("WRONG HA?: TRY ZQX:NOW").to_text(), "WRONG HA: TRY ZQX\nNOW");
    assert_eq!(TextLines::from_wire("A?:B"), TextLines::from("A:B"));
}

#[test]
fn lines_are_collected_from_any_strings() {
    let expected = TextLines::from_wire("A?:B:C");
    assert_eq!(["A:B", "C"].into_iter().collect::<TextLines<'_>>(), expected);
    assert_eq!(["A:B", "C"].map(String::from).into_iter().collect::<TextLines<'_>>(), expected);
    assert_eq!(["A:B", "C"].map(String::from).iter().collect::<TextLines<'_>>(), expected);
    assert_eq!(expected.iter().collect::<TextLines<'_>>(), expected);
    assert_eq!(TextLines::from(Text::from("A:B")).as_wire(), "A?:B");
}

#[test]
fn notes_are_wrapped_into_the_lines_of_their_place() {
    assert_eq!((TextPlace::NOTES.width(), TextPlace::NOTES.lines()), (70, 1));
    assert_eq!((TextPlace::LONG_NOTES.lines(), TextPlace::PREVIOUS_ADDRESS.width()), (5, 35));
    let line = "ABCDEFGHI ".repeat(7);
    assert_eq!(TextPlace::NOTES.wrap(&line).unwrap().to_text(), line.trim_end());
    assert_eq!(TextPlace::NOTES.wrap(&(line.clone() + "AB")), Err(ErrorKind::SeveralLines { limit: 1, lines: 2 }));
    let long = TextPlace::LONG_NOTES.wrap(&(line.clone() + "AB")).unwrap();
    assert_eq!(long.to_text(), format!("{}\nAB", line.trim_end()).as_str());
    assert!(TextPlace::LONG_NOTES.wrap(&line.repeat(6)).is_err());
    let lines = |text: &str| TextPlace::PREVIOUS_ADDRESS.wrap(text).map(|lines| lines.to_text().to_string());
    assert_eq!(lines("1 HIGH STREET\n\n  EASTPOOL  \r\nX").as_deref(), Ok("1 HIGH STREET\nEASTPOOL\nX"));
    assert_eq!(lines(&"A".repeat(40)), Ok(format!("{}\n{}", "A".repeat(35), "A".repeat(5))));
    assert_eq!(lines(&"É".repeat(36)), Ok(format!("{}\nÉ", "É".repeat(35))));
    assert_eq!(lines(" \n "), Err(ErrorKind::EmptyValue { expected: "a text" }));
}

#[test]
fn text_of_a_practice_is_brought_into_level_a() {
    assert_eq!(Text::to_level_a("Siân O’Dell").unwrap(), "SIAN O'DELL");
    let error = Text::to_level_a("Siân ☎").unwrap_err();
    assert_eq!((error.at, error.class), (6, CharacterClass::Other));
}

#[test]
fn preparation_times_are_shown_as_on_the_wire() {
    let time = NaiveDate::from_ymd_opt(2024, 3, 8).unwrap().and_hms_opt(9, 15, 0).unwrap();
    assert_eq!(PreparationTime::from(time).to_string(), "240308:0915");
}

const REMOVALS: &[u8] = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNH+00000501+FHSREG:0:1:FH:FHS001'BGM+++507'\
NAD+FHS+ZQX:954'DTM+137:202403080910:203'RFF+950:G5'S01+1'RFF+TN:2010'NAD+GP+7000015,T93:900'GIS+1:ZZZ'\
DTM+961:20240301:102'S02+2'PNA+PAT+9990000077:OPI'UNT+13+00000501'UNZ+2+00000101'";

#[test]
fn books_are_kept_of_what_is_sent() {
    let interchange = Interchange::decode(REMOVALS).unwrap().interchange;
    let (mut outbox, mut open) = (Outbox::default(), OpenRequests::default());
    let mut reader = EventReader::new(REMOVALS, ReadOptions::default());
    let mut header = None;
    while let Some(event) = reader.next_event(&mut ()).unwrap() {
        assert!(outbox.sent_event(&event).is_none() && outbox.receive_event(&event).is_empty());
        match (event, &header) {
            (nhais_edifact::Event::InterchangeHeader(new), _) => header = Some(new),
            (nhais_edifact::Event::Transaction(transaction), Some(header)) => {
                assert_eq!(OpenRequest::of(header, &transaction).map(|request| request.key.number), Some(2010));
                assert!(open.insert(header, &transaction).is_none());
                assert!(open.answered_by(header, &transaction).is_empty());
            }
            _ => {}
        }
    }
    let day = NaiveDate::from_ymd_opt(2024, 3, 9).unwrap().and_hms_opt(0, 0, 0).unwrap();
    let (sent, message): (&SentInterchange, &SentMessage) = outbox.pending_before(day).next().unwrap();
    assert_eq!((sent, sent.prepared.to_date_time_near(day).unwrap() < day), (&SentInterchange::of(&interchange), true));
    assert_eq!(message.transactions, [TransactionNumber::from("2010")]);
    let key: RequestKey<'_> = "KLM5/2010".parse().unwrap();
    assert_eq!((open.get(&key), open.len(), open.is_empty()), (open.iter().next(), 1, false));
    assert_eq!(open.remove(&key).unwrap().patient, Some("9990000077".into()));
    assert_eq!("KLM5".parse::<RequestKey<'_>>(), Err(NoRequestKey));
    let (numbering, transactions) = (Numbering::default(), TransactionNumbering::default());
    assert_eq!((numbering.peek_interchange(), numbering.peek_message().number()), (InterchangeSequence::FIRST, 1));
    assert_eq!(transactions.peek_transaction(), TransactionSequence::FIRST);
}

#[test]
fn findings_go_to_a_log_and_to_a_screen() {
    let issue: Issue = Interchange::decode(REMOVALS).unwrap().issues[0];
    assert_eq!((issue.severity(), issue.severity().to_string()), (Severity::Error, "error".into()));
    assert_eq!(issue.location().tag, Some(SegmentTag::new("UNZ")));
    assert!(issue.show_data(REMOVALS).ends_with('^') && issue.show_data_of_part(REMOVALS, 0).ends_with('^'));
    assert!(serde_json::to_string(&issue).unwrap().contains("control-count"));
    assert!(serde_json::to_string(issue.error()).unwrap().contains("location"));
    let finding = ReceiptFinding::UnknownInterchange { interchange: Some("00000101".into()) };
    assert_eq!(finding.to_string(), "interchange 101: not sent");
    assert_eq!(serde_json::to_value(Arrival::Late).unwrap()["arrival"], "late");
    assert_eq!(format!("{:?}", TradingPartnerCode::from("KLM5")), "TradingPartnerCode(KLM5)");
}

#[test]
fn segments_of_any_message_are_read_by_place() {
    let mut reader = SegmentReader::new(REMOVALS);
    let (mut check, mut issues) = (EnvelopeCheck::default(), Vec::<Issue>::new());
    let mut encoding = None;
    while let Some(segment) = reader.next_segment().unwrap() {
        encoding.get_or_insert(CharacterEncoding::declared_by(&segment));
        assert_eq!(&*segment.element(0).component(1).unwrap().bytes(), segment.text(0, 1).as_bytes());
        check.take(&segment, &mut issues);
    }
    check.finish(&mut issues);
    assert_eq!(issues, Interchange::decode(REMOVALS).unwrap().issues);
    assert_eq!((encoding, &*CharacterEncoding::Latin1.to_written("É")), (Some(CharacterEncoding::Latin1), "É"));
    assert_eq!("S01".parse::<SegmentTag>(), Ok(SegmentTag::new("S01")));
    assert_eq!("S1".parse::<SegmentTag>(), Err(NoSegmentTag));
}

/// What `make` makes of a text still stands when the text is gone.
fn outlives<T, U: PartialEq + std::fmt::Debug>(make: impl Fn(&str) -> T, look: impl Fn(&T) -> U, expected: &U) {
    let text = String::from("9990000069");
    let owned = make(&text);
    drop(text);
    assert_eq!(&look(&owned), expected);
}

#[test]
fn what_borrows_can_be_freed_from_its_input() {
    let number = || NhsNumber::from("9990000069").into_owned();
    outlives(|text| Change::To(NhsNumber::from(text)).into_owned(), Clone::clone, &Change::To(number()));
    outlives(|text| Line::To(NhsNumber::from(text)).into_owned(), Clone::clone, &Line::To(number()));
    outlives(|text| vec![Some(NhsNumber::from(text))].into_owned(), Clone::clone, &vec![Some(number())]);
    outlives(|text| Identity::NhsNumber(text.into()).into_owned(), Clone::clone, &Identity::NhsNumber(number()));
    let day = NaiveDate::from_ymd_opt(2024, 3, 18).unwrap();
    let removal = |text: &str| Removal::draft("7000015,T93".into(), text.into(), "MOVED").into_owned();
    outlives(removal, |draft| draft.faults().len(), &0);
    let items = |text: &str| {
        let items = AcceptanceItems {
            gp: "7000015,T93".into(),
            code: AcceptanceCode::Ordinary,
            accepted_on: day,
            surname: Text::from(text),
            sex: Sex::Male,
            address: Address::of_road("2 QUAY ROAD", "EASTPOOL"),
        };
        items.into_owned()
    };
    outlives(items, |items| items.surname.to_string(), &"9990000069".into());
    let builder = |text: &str| {
        let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", day.and_hms_opt(9, 7, 0).unwrap());
        builder.push(Removal::draft("7000015,T93".into(), text.into(), "MOVED").build().unwrap()).unwrap();
        builder.into_owned()
    };
    let finish = |builder: &InterchangeBuilder<'static>| {
        let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
        let encoded = builder.clone().finish(&mut numbering, &mut transactions, &WriteOptions::default()).unwrap();
        encoded.into_owned().bytes.len()
    };
    outlives(builder, finish, &finish(&builder("9990000069")));
}
