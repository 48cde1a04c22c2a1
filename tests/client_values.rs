//! A client of the values: each name is used once, as a practice system would.

use std::collections::{BTreeSet, HashSet};

use nhais_edifact::build::RequestedReason;
use nhais_edifact::chrono::NaiveDate;
use nhais_edifact::error::{CharacterClass, ErrorKind, Found};
use nhais_edifact::exchange::{AnswerTo, RequestKey};
use nhais_edifact::syntax::{Text, TextLines};
use nhais_edifact::transaction::{
    AcceptanceKind, Address, AmendedAddress, AmendedPerson, AmendedPreviousPerson, Person, TextPlace,
};
use nhais_edifact::value::{
    AcceptanceCode, ControlReference, Count, Date, DateTime, DeductionReason, Fp69Reason, GpCode, HaCipher,
    InstituteCode, InterchangeSequence, MessageSequence, NhsNumber, Postcode, PreparationTime, Quantity, Sex,
    TradingPartnerCode, TransactionNumber, TransactionSequence, TransactionType, UnreadableDate,
};
use nhais_edifact::{Interchange, Message};

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
    assert!(AcceptanceCode::Ordinary < AcceptanceCode::SameGpNewHa && DeductionReason::from("2") < "10".into());
    assert!(Postcode::from("ZZ1  1AA") < Postcode::from("ZZ2  1AA") && Fp69Reason::from("1") < Fp69Reason::from("8"));
    assert!(Date::from("20240308") < Date::from("20240309") && Date::from("20240309") < Date::from("NONE"));
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
    let mut address: Address<'_> = Address::default();
    address.post_town = Some(town.as_str().into());
    let _: Address<'static> = address.into_owned();
    let mut amended = AmendedAddress::default();
    amended.post_town = Some(town.as_str().into());
    let _: AmendedAddress<'static> = amended.into_owned();
    let mut person: Person<'_> = Person::default();
    person.surname = Some(town.as_str().into());
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
