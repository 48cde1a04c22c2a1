//! What strict writing does about each row of the table of contradictions (wire.md#s-10-1), by the number of the row.
//!
//! Row 41 has no writing side. A refusal is told as its kind and its place: `missing-segment at PDI of 501/2001` names
//! transaction 2001 of message 501.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime};
use nhais_edifact::interchange::RegistrationHeader;
use nhais_edifact::options::{AddressForm, HeaderTail};
use nhais_edifact::recep::{InterchangeReceipt, MessageReceipt, Recep, RecepHeader};
use nhais_edifact::syntax::{LineBreak, RawSegment, Text};
use nhais_edifact::transaction::{
    Acceptance, AcceptanceKind, Address, AmendedAddress, AmendedPerson, AmendedPreviousPerson, Amendment, Approval,
    CloseQuarterNotification, Deduction, DeductionRequest, DeductionRequestRejection, Fp69FlagRemoval,
    Fp69PriorNotification, Immigrant, OtherTransaction, PatientIdentifier, Person, Rejection, Removal, Transaction,
    Transactions, TransferIn, Unrecognised,
};
use nhais_edifact::value::{
    AcceptanceCode, AcceptanceType, Change, Count, Date, DateTime, DeductionReason, DrugsMarker, GpCode,
    IdentifierQualifier, InterchangeSequence, InterchangeStatus, Line, MessageSequence, MessageStatus, Postcode,
    PreparationTime, Quantity, RouteMarker, Sex, TransactionNumber, TransactionType, UnreadableDate,
};
use nhais_edifact::{
    Error, Interchange, InterchangeHeader, InterchangeWriter, Message, ReadOptions, Registration, WriteOptions,
};

#[test]
fn row_01_registration_has_no_tail_by_default() {
    assert_eq!(line(&removal_from_nothing(), "UNB"), "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'");
}

#[test]
fn row_01_registration_has_the_application_reference_on_request() {
    let options = WriteOptions::default().header_tail(HeaderTail::ApplicationReference);
    let header = line_with(&removal_from_nothing(), &options, "UNB");
    assert_eq!(header, "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108++FHSREG'");
}

#[test]
fn row_01_receipt_has_the_full_tail_by_default() {
    let header = line(&receipt_without_tail(), "UNB");
    assert_eq!(header, "UNB+UNOA:2+KLM5+ZQX1+240403:0640+00000112++RECEP+++EDIFACT TRANSFER'");
}

#[test]
fn row_01_receipt_asked_for_its_full_tail_has_that_of_receipts() {
    let header = line_with(&receipt_without_tail(), &WriteOptions::default().header_tail(HeaderTail::Full), "UNB");
    assert_eq!(header, "UNB+UNOA:2+KLM5+ZQX1+240403:0640+00000112++RECEP+++EDIFACT TRANSFER'");
}

#[test]
fn row_02_counts_are_always_correct() {
    let wrong = [("UNT+17+00000510'", "UNT+3+00000510'"), ("UNT+13", "UNT+X"), ("UNZ+3", "UNZ+9")];
    let interchange = deviant("e11", &wrong);
    assert_eq!(written(&interchange), text("e11"));
    assert_eq!(as_received(&interchange), text("e11"));
}

#[test]
fn row_02_counts_follow_the_model() {
    let mut interchange = example("e09");
    let Transactions::Removal(list) = transactions(&mut interchange) else { unreachable!() };
    let mut second = list[0].clone();
    second.number = Some("2010".into());
    list.push(second);
    interchange.messages.push(example("e11").messages.remove(1));
    assert_eq!(lines(&interchange, "UNT"), ["UNT+18+00000508'", "UNT+12+00000511'"]);
    assert_eq!(line(&interchange, "UNZ"), "UNZ+2+00000108'");
}

#[test]
fn row_03_references_of_trailers_are_those_of_headers() {
    let wrong = [("UNT+12+00000508'", "UNT+12+00000001'"), ("UNZ+1+00000108'", "UNZ+1+7'")];
    let interchange = deviant("e09", &wrong);
    assert_eq!(written(&interchange), text("e09"));
    assert_eq!(as_received(&interchange), text("e09"));
}

#[test]
fn row_03_references_of_trailers_follow_the_model() {
    let mut interchange = example("e09");
    interchange.header.reference = InterchangeSequence::new(42).unwrap().into();
    registration(&mut interchange).reference = MessageSequence::new(99_999_999).unwrap().into();
    assert_eq!(line(&interchange, "UNZ"), "UNZ+1+00000042'");
    assert_eq!(line(&interchange, "UNT"), "UNT+12+99999999'");
}

#[test]
fn row_04_final_terminator_is_always_there() {
    let unterminated = text("e09").trim_end_matches('\'').to_string();
    let interchange = decoded(&unterminated);
    assert_eq!(written(&interchange), text("e09"));
    assert_eq!(as_received(&interchange), text("e09"));
}

#[test]
fn row_05_segments_are_separated_by_line_feeds_whatever_was_received() {
    for received in ["\r\n", "\n\n", "\r\n\r\n", "", "  \n"] {
        let interchange = decoded(&text("e11").replace('\n', received));
        assert_eq!(written(&interchange), text("e11"), "{received:?}");
    }
}

#[test]
fn row_05_line_breaks_are_configurable() {
    let with = |options: &WriteOptions| bytes(&example("e11"), options).unwrap();
    let received = text("e11").replace('\n', "\r\n") + "\r\n";
    assert_eq!(with(&WriteOptions::default().line_breaks_of(received.as_bytes())), received);
    let no_breaks = WriteOptions::default().line_break(LineBreak::None).final_break(true);
    assert_eq!(with(&no_breaks), text("e11").replace('\n', ""));
}

#[test]
fn row_05_line_break_inside_a_segment_is_refused() {
    for broken in ["MOVED 40\nMILES AWAY", "MOVED 40\rMILES AWAY"] {
        let interchange = deviant("e09", &[("MOVED 40 MILES AWAY", broken)]);
        assert_eq!(refusal(&interchange), "repertoire at FTX 4.1 of 508/2009");
    }
}

#[test]
fn row_06_trigger_comes_before_the_number() {
    let interchange = deviant("e11", &[("S01+1'\nRFF+TN:2012'", "RFF+TN:2012'\nS01+1'")]);
    assert_eq!(written(&interchange), text("e11"));
    assert_eq!(as_received(&interchange), text("e11"));
}

#[test]
fn row_07_close_quarter_notification_has_no_trigger() {
    let mut notification = CloseQuarterNotification::default();
    notification.number = Some("10900004".into());
    let mut message = Registration::default();
    message.reference = MessageSequence::new(67_004).unwrap().into();
    message.ha = Some("ZQX".into());
    message.translated = Some(time(2024, 4, 2, 5, 59).into());
    message.quarter_end = Some(date(2024, 3, 31));
    message.transactions = Transactions::CloseQuarterNotification(vec![notification]);
    let mut interchange = example("e16");
    interchange.messages = vec![Message::Registration(message)];
    assert_eq!(written(&interchange), text("e16"));
}

#[test]
fn row_08_the_four_characters_are_released() {
    let interchange = removal("e09", |removal| removal.notes = Some("PATIENT'S + 1 : PATIENTS?".into()));
    assert_eq!(line(&interchange, "FTX"), "FTX+RGI+++PATIENT?'S ?+ 1 ?: PATIENTS??'");
}

#[test]
fn row_08_nothing_else_is_released() {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890 .,-()/=!\"%&*;<>?'+:";
    let interchange = removal("e09", |removal| removal.notes = Some(alphabet.into()));
    let released = "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890 .,-()/=!\"%&*;<>???'?+?:";
    assert_eq!(line(&interchange, "FTX"), format!("FTX+RGI+++{released}'"));
}

#[test]
fn row_08_characters_are_released_in_every_text() {
    let interchange = acceptance("e05", |acceptance| {
        let value = || Some(Text::from("A?:'+"));
        acceptance.place_of_birth = value();
        *acceptance.patient.as_mut().unwrap() = Person {
            identifier: None,
            surname: value(),
            forename: value(),
            title: value(),
            second_forename: value(),
            other_forenames: value(),
        };
        let lines = [value(), value(), value(), value(), value()];
        acceptance.address = Some(address(lines, None));
        acceptance.previous = Some(Person { surname: value(), ..Person::default() });
        let AcceptanceKind::Immigrant(items) = &mut acceptance.kind else { unreachable!() };
        items.previous_gp = value();
        items.previous_address = Some(["A?:'+", "B"].into_iter().collect());
    });
    let value = "A???:?'?+";
    assert_eq!(line(&interchange, "LOC"), format!("LOC+950+{value}'"));
    let names = format!("SU:{value}+FO:{value}+TI:{value}+MI:{value}+FS:{value}");
    assert_eq!(line(&interchange, "PNA+PAT"), format!("PNA+PAT++++{names}'"));
    assert_eq!(line(&interchange, "PNA+PER"), format!("PNA+PER++++SU:{value}'"));
    assert_eq!(line(&interchange, "NAD+PAT"), format!("NAD+PAT++{value}:{value}:{value}:{value}:{value}'"));
    assert_eq!(line(&interchange, "NAD+PGP"), format!("NAD+PGP+++{value}'"));
    assert_eq!(line(&interchange, "NAD+PER"), format!("NAD+PER++{value}:B'"));
}

#[test]
fn row_09_blank_house_name_is_two_question_marks() {
    let interchange = deviant("e01", &[("NAD+PAT++??:14", "NAD+PAT++:14")]);
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:'");
    let interchange = amendment_in("e12", |amendment| {
        amendment.address = Some(AmendedAddress { post_town: Some("EASTPOOL".into()), ..AmendedAddress::default() });
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:::EASTPOOL:'");
}

#[test]
fn row_10_address_has_five_components_however_many_were_received() {
    let interchange = deviant("e01", &[("NEWTON ABBEY:'", "NEWTON ABBEY'")]);
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:'");
    let interchange = deviant("e03", &[("EASTPOOL:+++++", "EASTPOOL+++++")]);
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++FLAT 3:90 QUAY ROAD::EASTPOOL:+++++ZZ12 3BB'");
}

#[test]
fn row_10_address_is_truncated_on_request() {
    let truncated = WriteOptions::default().address_form(AddressForm::Truncated);
    let of = |name| line_with(&example(name), &truncated, "NAD+PAT");
    assert_eq!(of("e03"), "NAD+PAT++FLAT 3:90 QUAY ROAD::EASTPOOL+++++ZZ12 3BB'");
    assert_eq!(of("e07"), "NAD+PAT++ELM HOUSE:3 PARK VIEW::NEWTON ABBEY:WESTSHIRE+++++ZZ9  8DD'");
}

#[test]
fn row_11_practices_give_a_house_name_or_a_road() {
    let blank = || address([None, None, None, Some("EASTPOOL".into()), None], None);
    let interchange = acceptance("e01", |acceptance| acceptance.address = Some(blank()));
    assert_eq!(refusal(&interchange), "acceptance-house-or-road at NAD 3.1 of 501/2001");
    let town_only = || AmendedAddress { post_town: Some("EASTPOOL".into()), ..AmendedAddress::default() };
    let interchange = amendment_out("e07", |amendment| amendment.address = Some(town_only()));
    assert_eq!(refusal(&interchange), "amendment-house-or-road at NAD 3.1 of 506/2007");
}

#[test]
fn row_11_house_name_alone_or_road_alone_is_enough() {
    let interchange = acceptance("e01", |acceptance| {
        acceptance.address = Some(address([Some("THE MILL".into()), None, None, Some("EASTPOOL".into()), None], None));
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++THE MILL:::EASTPOOL:'");
    assert_eq!(line(&example("e01"), "NAD+PAT"), "NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:'");
}

#[test]
fn row_11_placeholder_put_as_a_house_name_is_no_house_name() {
    let placeholder = || address([Some("?".into()), None, None, Some("EASTPOOL".into()), None], None);
    let interchange = acceptance("e01", |acceptance| acceptance.address = Some(placeholder()));
    assert_eq!(place(&interchange), "NAD 3.1 of 501/2001");
}

#[test]
fn row_11_authorities_need_neither() {
    let interchange = amendment_in("e12", |amendment| {
        amendment.address = Some(AmendedAddress { post_town: Some("EASTPOOL".into()), ..AmendedAddress::default() });
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:::EASTPOOL:'");
    assert_eq!(lines(&example("e17"), "NAD+PAT")[1], "NAD+PAT++??:::NEWTON ABBEY:'");
}

#[test]
fn row_12_address_of_an_acceptance_has_a_post_town() {
    for town in [None, Some("%")] {
        let interchange = acceptance("e01", |acceptance| {
            acceptance.address.as_mut().unwrap().post_town = town.map(Text::from);
        });
        assert_eq!(place(&interchange), "NAD 3.4 of 501/2001", "{town:?}");
    }
}

#[test]
fn row_12_address_of_an_amendment_has_a_post_town() {
    let without = |address: &mut Option<AmendedAddress<'_>>, town: Option<&'static str>| {
        *address = Some(AmendedAddress {
            road: Line::To("3 PARK VIEW".into()),
            post_town: town.map(Text::from),
            ..AmendedAddress::default()
        });
    };
    for town in [None, Some("%")] {
        let out = amendment_out("e07", |amendment| without(&mut amendment.address, town));
        assert_eq!(refusal(&out), "amendment-post-town at NAD 3.4 of 506/2007", "{town:?}");
        let inward = amendment_in("e12", |amendment| without(&mut amendment.address, town));
        assert_eq!(refusal(&inward), "amendment-post-town at NAD 3.4 of 67001/10900001", "{town:?}");
    }
}

#[test]
fn row_12_address_has_no_post_town_on_request() {
    let interchange = deviant("e07", &[("::NEWTON ABBEY:WESTSHIRE+++++ZZ9  8DD", ":::")]);
    assert_eq!(refusal(&interchange), "amendment-post-town at NAD 3.4 of 506/2007");
    assert!(as_received(&interchange).contains("\nNAD+PAT++ELM HOUSE:3 PARK VIEW:::'\n"));
}

#[test]
fn row_13_rejection_says_why() {
    let interchange = rejection("e14", |rejection| rejection.notes = None);
    assert_eq!(refusal(&interchange), "missing-segment at FTX of 905/2003");
    let interchange = rejection("e14", |rejection| rejection.notes = Some(" ".into()));
    assert_eq!(place(&interchange), "FTX 4.1 of 905/2003");
}

#[test]
fn row_14_prior_notification_has_a_forename() {
    for forename in [None, Some(""), Some(" ")] {
        let interchange = prior_notification("e17", |notification| {
            notification.patient.as_mut().unwrap().forename = forename.map(Text::from);
        });
        assert_eq!(refusal(&interchange), "fp69-forename at PNA 6.2 of 67005/10900005", "{forename:?}");
    }
}

#[test]
fn row_14_prior_notification_has_an_address_with_a_post_town() {
    let interchange = prior_notification("e17", |notification| notification.address = None);
    assert_eq!(refusal(&interchange), "missing-segment at NAD of 67005/10900005");
    for town in [None, Some(" ")] {
        let interchange = prior_notification("e17", |notification| {
            notification.address.as_mut().unwrap().post_town = town.map(Text::from);
        });
        assert_eq!(refusal(&interchange), "fp69-post-town at NAD 3.4 of 67005/10900005", "{town:?}");
    }
}

#[test]
fn row_14_prior_notification_may_lack_them_on_request() {
    let received = text("e17").replace("+FO:MARIA", "").replace("NAD+PAT++??:::NEWTON ABBEY:'\n", "");
    let interchange = decoded(&received.replace("UNT+25", "UNT+24"));
    assert!(place(&interchange).ends_with(" of 67005/10900006"), "{}", place(&interchange));
    assert_eq!(as_received(&interchange), received.replace("UNT+25", "UNT+24"));
}

#[test]
fn row_15_new_number_stands_with_the_previous_identity() {
    let interchange = amendment_in("e12", |amendment| {
        amendment.previous = Some(AmendedPreviousPerson {
            identifier: Some(PatientIdentifier::amended("9990000131")),
            surname: Change::To("LEE".into()),
            ..AmendedPreviousPerson::default()
        });
    });
    assert_eq!(lines(&interchange, "PNA"), ["PNA+PAT+9990000018:OPI'", "PNA+PER+9990000131:API+++SU:LEE'"]);
    assert_eq!(lines(&interchange, "S02").len(), 2);
}

#[test]
fn row_16_present_number_is_official() {
    for qualifier in [Some(IdentifierQualifier::Amended), Some("OBI".into()), None] {
        let interchange = removal("e09", |removal| {
            removal.patient.as_mut().unwrap().identifier.as_mut().unwrap().qualifier = qualifier.clone();
        });
        assert_eq!(place(&interchange), "PNA 2.2 of 508/2009", "{qualifier:?}");
    }
    let interchange = amendment_in("e12", |amendment| {
        amendment.patient.as_mut().unwrap().identifier = Some(PatientIdentifier::amended("9990000018"));
    });
    assert_eq!(place(&interchange), "PNA 2.2 of 67001/10900001");
}

#[test]
fn row_16_new_number_is_amended() {
    for qualifier in [Some(IdentifierQualifier::Official), None] {
        let interchange = amendment_in("e12", |amendment| {
            amendment.previous.as_mut().unwrap().identifier.as_mut().unwrap().qualifier = qualifier.clone();
        });
        assert_eq!(place(&interchange), "PNA 2.2 of 67001/10900001", "{qualifier:?}");
    }
}

#[test]
fn row_17_dates_of_receipts_have_twelve_digits_and_format_306() {
    let interchange = receipt("e21", |receipt| {
        receipt.made = Some(time(2024, 4, 3, 6, 41).into());
        receipt.received = Some(time(2024, 4, 2, 23, 59).into());
    });
    assert_eq!(line(&interchange, "BGM"), "BGM++600+243:202404030641:306+64'");
    assert_eq!(line(&interchange, "DTM"), "DTM+815:202404022359:306'");
}

#[test]
fn row_17_other_dates_of_receipts_are_refused() {
    for other in ["030640", "20240403", "20240403064000", "202404032460"] {
        let interchange = deviant("e21", &[("815:202404030640", &format!("815:{other}"))]);
        assert_eq!(refusal(&interchange), "invalid-value at DTM 1.2 of 514", "{other}");
        let interchange = deviant("e21", &[("243:202404030640", &format!("243:{other}"))]);
        assert_eq!(refusal(&interchange), "invalid-value at BGM 3.2 of 514", "{other}");
    }
}

#[test]
fn row_18_receiving_time_is_written_with_its_qualifier() {
    assert_eq!(written(&deviant("e21", &[("DTM+815:", "DTM+137:")])), text("e21"));
}

#[test]
fn row_18_receiving_time_is_written_with_its_format() {
    assert_eq!(written(&deviant("e21", &[("DTM+815:202404030640:306", "DTM+815:202404030640:203")])), text("e21"));
    assert_eq!(written(&deviant("e21", &[("DTM+815:202404030640:306", "DTM+137:202404030640:203")])), text("e21"));
}

#[test]
fn row_18_receipt_is_written_as_a_receipt() {
    assert_eq!(written(&deviant("e21", &[("RECEP:0:2:FH", "FHSREG:0:1:FH")])), text("e21"));
}

#[test]
fn row_19_dates_of_a_receipt_are_equal_or_distinct_as_given() {
    let equal = example("e21");
    assert_eq!(lines(&equal, "DTM"), ["DTM+815:202404030640:306'"]);
    let distinct = receipt("e21", |receipt| {
        receipt.made = Some(time(2024, 4, 3, 6, 5).into());
        receipt.received = Some(time(2024, 4, 2, 9, 15).into());
    });
    assert_eq!(line(&distinct, "UNB"), line(&equal, "UNB"));
    assert_eq!(line(&distinct, "BGM"), "BGM++600+243:202404030605:306+64'");
    assert_eq!(line(&distinct, "DTM"), "DTM+815:202404020915:306'");
}

#[test]
fn row_19_dates_of_a_receipt_are_never_made_up() {
    let interchange = receipt("e21", |receipt| receipt.made = None);
    assert_eq!(refusal(&interchange), "missing-segment at BGM of 514");
    let interchange = receipt("e21", |receipt| receipt.received = None);
    assert_eq!(refusal(&interchange), "missing-segment at DTM of 514");
}

#[test]
fn row_20_receipt_names_the_cipher_and_the_full_gp_code_or_9999() {
    assert_eq!(line(&example("e21"), "NHS"), "NHS+ZQX:819:201+7000015,T93:814:202'");
    let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().gp = Some(GpCode::NONE.into()));
    assert_eq!(line(&interchange, "NHS"), "NHS+ZQX:819:201+9999:814:202'");
}

#[test]
fn row_20_receipt_without_local_code_or_with_a_link_code_is_refused() {
    let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().gp = Some("7000015".into()));
    assert_eq!(refusal(&interchange), "invalid-value at NHS 2.1 of 514");
    let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().ha = Some("ZQX1".into()));
    assert_eq!(refusal(&interchange), "invalid-value at NHS 1.1 of 514");
}

#[test]
fn row_20_no_gp_is_for_receipts_only() {
    let interchange = acceptance("e01", |acceptance| acceptance.gp = Some(GpCode::NONE.into()));
    assert_eq!(refusal(&interchange), "acceptance-gp at NAD 2.1 of 501/2001");
    let interchange = flag_removal("e18", |removal| removal.gp = Some(GpCode::NONE.into()));
    assert_eq!(refusal(&interchange), "fp69-removal-gp at NAD 2.1 of 67006/10900007");
}

#[test]
fn row_21_status_of_the_interchange_is_what_the_caller_says() {
    for status in [InterchangeStatus::Received, InterchangeStatus::PartlyInvalid, InterchangeStatus::NoValidData] {
        let interchange = receipt("e23", |receipt| {
            receipt.interchange.as_mut().unwrap().status = Some(status.clone());
        });
        assert_eq!(lines(&interchange, "RFF+MIS")[1..], ["RFF+MIS:00000511 CA'", "RFF+MIS:00000512 CI'"]);
        assert_eq!(line(&interchange, "RFF+RIS"), format!("RFF+RIS:00000110 {status}:3'"));
    }
}

#[test]
fn row_21_status_of_the_interchange_has_no_default_if_a_message_failed() {
    let interchange = receipt("e23", |receipt| receipt.interchange.as_mut().unwrap().status = None);
    assert_eq!(place(&interchange), "RFF 1.2 of 67000");
}

#[test]
fn row_22_count_is_that_of_the_messages() {
    assert_eq!(line(&example("e23"), "RFF+RIS"), "RFF+RIS:00000110 ER:3'");
    let interchange = receipt("e23", |receipt| {
        receipt.interchange.as_mut().unwrap().count = Some(Count::new(4));
    });
    assert_eq!(place(&interchange), "RFF 1.3 of 67000");
    assert!(as_received(&interchange).contains("\nRFF+RIS:00000110 ER:4'\n"));
}

#[test]
fn row_23_number_of_a_practice_is_from_1_to_9999999() {
    let with = |number: &'static str| removal("e09", |removal| removal.number = Some(number.into()));
    for number in ["1", "9999999"] {
        assert_eq!(line(&with(number), "RFF+TN"), format!("RFF+TN:{number}'"));
    }
    for number in ["0", "10000000", "02009", "00000001", "2OO9", ""] {
        assert!(place(&with(number)).starts_with("RFF 1.2 of 508"), "{number}");
    }
}

#[test]
fn row_23_range_holds_for_every_type_that_has_the_number_of_a_practice() {
    let too_large = || Some(TransactionNumber::from("10000000"));
    let refused = [
        acceptance("e01", |transaction| transaction.number = too_large()),
        amendment_out("e07", |transaction| transaction.number = too_large()),
        deduction_request("e10", |transaction| transaction.number = too_large()),
        rejection("e14", |transaction| transaction.number = too_large()),
        approval("e15", |transaction| transaction.number = too_large()),
    ];
    for interchange in refused {
        assert!(refusal(&interchange).contains("-number at RFF 1.2 of "), "{}", refusal(&interchange));
    }
}

#[test]
fn row_23_number_of_an_authority_may_be_larger_but_is_not_padded() {
    let interchange = flag_removal("e18", |removal| removal.number = Some("10817565".into()));
    assert_eq!(line(&interchange, "RFF+TN"), "RFF+TN:10817565'");
    let interchange = amendment_in("e12", |amendment| amendment.number = Some("00000001".into()));
    assert_eq!(refusal(&interchange), "invalid-value at RFF 1.2 of 67001/1");
}

#[test]
fn row_24_rejection_of_a_request_quotes_its_number() {
    assert_eq!(line(&example("e19"), "RFF+TN"), "RFF+TN:2010'");
    // It is the number of a practice, which ends at 9,999,999 (row 23).
    let interchange = request_rejection("e19", |rejection| rejection.number = Some("10900007".into()));
    assert_eq!(place(&interchange), "RFF 1.2 of 67007/10900007");
}

#[test]
fn row_25_year_is_its_last_two_digits() {
    for (year, digits) in [(1992, "92"), (2000, "00"), (2024, "24"), (2092, "92")] {
        let mut interchange = example("e09");
        interchange.header.prepared = time(year, 1, 16, 15, 29).into();
        let expected = format!("UNB+UNOA:2+KLM5+ZQX1+{digits}0116:1529+00000108'");
        assert_eq!(line(&interchange, "UNB"), expected);
    }
}

#[test]
fn row_26_translation_time_equals_that_of_the_header_unless_the_caller_differs() {
    let interchange = removal_from_nothing();
    assert_eq!(line(&interchange, "DTM+137"), "DTM+137:202403180907:203'");
    for differing in [time(2024, 3, 17, 12, 59), time(2024, 3, 19, 12, 59)] {
        let mut interchange = removal_from_nothing();
        registration(&mut interchange).translated = Some(differing.into());
        assert_eq!(line(&interchange, "DTM+137"), format!("DTM+137:{}:203'", DateTime::from(differing)));
    }
}

#[test]
fn row_27_heading_has_the_cipher() {
    for code in ["ZQX1", "ZQ01", "Z", "zqx", ""] {
        let mut interchange = example("e09");
        registration(&mut interchange).ha = Some(code.into());
        assert_eq!(refusal(&interchange), "invalid-value at NAD 2.1 of 508", "{code}");
    }
}

#[test]
fn row_27_other_authorities_have_their_cipher() {
    let interchange = transfer_in(|items| items.previous_ha = Some("ZQ01".into()));
    assert_eq!(refusal(&interchange), "invalid-value at NAD 2.1 of 503/2004");
    let interchange = deduction("e13", |deduction| deduction.new_ha = Some("ZQ01".into()));
    assert_eq!(refusal(&interchange), "invalid-value at NAD 2.1 of 67002/10900002");
}

#[test]
fn row_28_type_5_is_refused() {
    let interchange = deviant("e03", &[("HEA+ATP+2", "HEA+ATP+5")]);
    assert_eq!(refusal(&interchange), "acceptance-type-obsolete at HEA 2.1 of 9/2003");
    assert_eq!(as_received(&interchange), text("e03").replace("HEA+ATP+2", "HEA+ATP+5"));
}

#[test]
fn row_29_deduction_request_is_g5() {
    let mut interchange = example("e10");
    let Transactions::DeductionRequest(list) = transactions(&mut interchange) else { unreachable!() };
    let list = std::mem::take(list);
    *transactions(&mut interchange) = Transactions::DeductionRequest(list);
    assert_eq!(line(&interchange, "RFF+950"), "RFF+950:G5'");
}

#[test]
fn row_29_g4_is_refused() {
    let interchange = deviant("e10", &[("RFF+950:G5", "RFF+950:G4")]);
    assert_eq!(place(&interchange), "RFF 1.2 of 509");
    assert_eq!(as_received(&interchange), text("e10").replace("RFF+950:G5", "RFF+950:G4"));
}

#[test]
fn row_30_obsolete_items_of_acceptances_are_refused() {
    let interchange = acceptance("e01", |acceptance| acceptance.rpp_mileage = Some(Quantity::new(4)));
    assert_eq!(place(&interchange), "QTY 1.2 of 501/2001");
    let interchange = acceptance("e01", |acceptance| acceptance.walking_units = Some(Quantity::new(2)));
    assert_eq!(place(&interchange), "QTY 1.2 of 501/2001");
    let interchange = acceptance("e01", |acceptance| acceptance.route_marker = Some(RouteMarker::SpecialDistrict));
    assert_eq!(place(&interchange), "HEA 2.1 of 501/2001");
}

#[test]
fn row_30_obsolete_items_of_amendments_are_refused() {
    let obsolete: [fn(&mut Amendment<'static>); 4] = [
        |amendment| amendment.rpp_mileage = Change::To(Quantity::new(4)),
        |amendment| amendment.rpp_mileage = Change::Erased,
        |amendment| amendment.walking_units = Change::Erased,
        |amendment| amendment.walking_units = Change::To(Quantity::new(0)),
    ];
    for set in obsolete {
        assert_eq!(place(&amendment_out("e07", set)), "QTY 1.2 of 506/2007");
        assert_eq!(place(&amendment_in("e12", set)), "QTY 1.2 of 67001/10900001");
    }
    for marker in [Change::To(RouteMarker::BlockedRoute), Change::Erased] {
        let out = amendment_out("e07", |amendment| amendment.route_marker = marker.clone());
        assert_eq!(place(&out), "HEA 2.1 of 506/2007");
        let inward = amendment_in("e12", |amendment| amendment.route_marker = marker);
        assert_eq!(place(&inward), "HEA 2.1 of 67001/10900001");
    }
}

#[test]
fn row_30_obsolete_items_are_written_back_on_request() {
    assert_eq!(as_received(&example("e06")), text("e06"));
}

#[test]
fn row_31_number_has_ten_digits_and_its_check_digit() {
    let with = |number: &'static str| {
        removal("e09", |removal| {
            let identifier = Some(PatientIdentifier::official(number));
            removal.patient = Some(Person { identifier, ..Person::default() });
        })
    };
    assert_eq!(line(&with("9434765919"), "PNA"), "PNA+PAT+9434765919:OPI'");
    for number in ["9434765918", "1234567890", "943 476 5919", "943476591", "94347659190", "N/10/10", "AB:12"] {
        assert_eq!(refusal(&with(number)), "invalid-value at PNA 2.1 of 508/2009", "{number}");
    }
}

#[test]
fn row_31_new_number_has_ten_digits_and_its_check_digit() {
    let interchange = amendment_in("e12", |amendment| {
        amendment.previous.as_mut().unwrap().identifier = Some(PatientIdentifier::amended("9990000124"));
    });
    assert_eq!(refusal(&interchange), "invalid-value at PNA 2.1 of 67001/10900001");
}

#[test]
fn row_31_other_numbers_are_written_back_on_request() {
    for number in ["1234567890", "N/10/10", "AB?:12"] {
        let interchange = deviant("e09", &[("9990000069", number)]);
        assert_eq!(as_received(&interchange), text("e09").replace("9990000069", number));
    }
}

#[test]
fn row_32_postcode_has_eight_characters() {
    for (given, expected) in [("Z1 1CC", "Z1   1CC"), ("ZZ99AA", "ZZ9  9AA"), ("ZZ12   3BB", "ZZ12 3BB")] {
        let postcode = Postcode::from(given).to_eight_characters().unwrap();
        let interchange = acceptance("e03", |acceptance| {
            acceptance.address.as_mut().unwrap().postcode = Some(postcode);
        });
        let expected = format!("NAD+PAT++FLAT 3:90 QUAY ROAD::EASTPOOL:+++++{expected}'");
        assert_eq!(line(&interchange, "NAD+PAT"), expected);
    }
}

#[test]
fn row_32_postcode_of_another_form_is_refused() {
    for other in ["ZZ9 9AA", "ZZ99AA", "ZZ9   9AA", "ZZ  99AA", "9AA", "EASTPOOL", "ZZ9  99A", "%"] {
        let interchange = acceptance("e03", |acceptance| {
            acceptance.address.as_mut().unwrap().postcode = Some(other.into());
        });
        assert_eq!(place(&interchange), "NAD 8.1 of 9/2003", "{other}");
        let interchange = amendment_out("e07", |amendment| {
            amendment.address.as_mut().unwrap().postcode = Change::To(other.into());
        });
        if other != "%" {
            assert_eq!(refusal(&interchange), "invalid-value at NAD 8.1 of 506/2007", "{other}");
        }
    }
}

#[test]
fn row_33_lower_case_is_refused_in_every_text() {
    let value = || Some(Text::from("Lower"));
    let refused = [
        (acceptance("e02", |acceptance| acceptance.place_of_birth = value()), "LOC 2.1"),
        (acceptance("e02", |acceptance| acceptance.notes = Some("Lower".into())), "FTX 4.1"),
        (acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().forename = value()), "PNA 6.2"),
        (acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().title = value()), "PNA 7.2"),
        (acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().second_forename = value()), "PNA 8.2"),
        (acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().other_forenames = value()), "PNA 9.2"),
        (acceptance("e02", |acceptance| acceptance.address.as_mut().unwrap().house_name = value()), "NAD 3.1"),
        (acceptance("e02", |acceptance| acceptance.address.as_mut().unwrap().county = value()), "NAD 3.5"),
        (acceptance("e02", |acceptance| acceptance.previous.as_mut().unwrap().surname = value()), "PNA 5.2"),
        (acceptance("e02", |acceptance| acceptance.institute = Some("qa".into())), "NAD 2.1"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(refusal(&interchange), format!("repertoire at {expected} of 502/2002"));
    }
}

#[test]
fn row_33_lower_case_is_refused_in_the_header() {
    let mut interchange = example("e09");
    interchange.header.sender = "klm5".into();
    assert_eq!(place(&interchange), "UNB 2.1");
    let mut interchange = example("e09");
    interchange.header.recipient = "Zqx1".into();
    assert_eq!(place(&interchange), "UNB 3.1");
    let mut interchange = example("e09");
    interchange.header.application_reference = Some("Fhsreg".into());
    assert_eq!(place(&interchange), "UNB 7.1");
}

#[test]
fn row_33_other_characters_outside_level_a_are_refused() {
    for other in ["A#B", "A@B", "A_B", "A$B", "A\tB", "A^B", "A[B", "A\\B", "A`B", "A{B", "A~B"] {
        let interchange = removal("e09", |removal| removal.notes = Some(other.into()));
        assert_eq!(refusal(&interchange), "repertoire at FTX 4.1 of 508/2009", "{other}");
    }
}

#[test]
fn row_34_free_text_is_one_component_of_70_characters() {
    let with =
        |length| removal("e09", |removal| removal.notes = Some(["A".repeat(length).as_str()].into_iter().collect()));
    assert_eq!(line(&with(70), "FTX"), format!("FTX+RGI+++{}'", "A".repeat(70)));
    assert_eq!(refusal(&with(71)), "too-long at FTX 4.1 of 508/2009");
}

#[test]
fn row_34_free_text_of_two_components_is_refused() {
    let interchange = deviant("e09", &[("MOVED 40 MILES AWAY", "MOVED 40:MILES AWAY")]);
    assert_eq!(place(&interchange), "FTX 4.1 of 508/2009");
    let interchange = removal("e09", |removal| removal.notes = Some(["A", "B"].into_iter().collect()));
    assert_eq!(place(&interchange), "FTX 4.1 of 508/2009");
}

#[test]
fn row_34_free_text_of_two_components_is_written_back_on_request() {
    let interchange = deviant("e09", &[("MOVED 40 MILES AWAY", "MOVED 40:MILES AWAY")]);
    assert!(as_received(&interchange).contains("\nFTX+RGI+++MOVED 40:MILES AWAY'\n"));
}

#[test]
fn row_35_drugs_marker_is_y_or_erased() {
    let interchange = acceptance("e01", |acceptance| acceptance.drugs_dispensed = Some(DrugsMarker::Dispensed));
    assert_eq!(line(&interchange, "HEA+DM"), "HEA+DM+Y:ZZZ'");
    let interchange = amendment_in("e12", |amendment| amendment.drugs_dispensed = Change::Erased);
    assert_eq!(line(&interchange, "HEA+DM"), "HEA+DM+%:ZZZ'");
}

#[test]
fn row_35_other_drugs_markers_are_refused() {
    for other in ["N", "X", "y", ""] {
        let interchange = acceptance("e01", |acceptance| acceptance.drugs_dispensed = Some(other.into()));
        assert_eq!(refusal(&interchange), "unknown-code at HEA 2.1 of 501/2001", "{other}");
        let interchange = amendment_out("e07", |amendment| amendment.drugs_dispensed = Change::To(other.into()));
        assert_eq!(refusal(&interchange), "unknown-code at HEA 2.1 of 506/2007", "{other}");
    }
}

#[test]
fn row_36_erase_marker_among_the_names_of_an_acceptance_is_refused() {
    let refused: [Case<Person<'static>>; 5] = [
        (|patient| patient.surname = Some("%".into()), "PNA 5.2"),
        (|patient| patient.forename = Some("%".into()), "PNA 6.2"),
        (|patient| patient.title = Some("%".into()), "PNA 7.2"),
        (|patient| patient.second_forename = Some("%".into()), "PNA 8.2"),
        (|patient| patient.other_forenames = Some("%".into()), "PNA 9.2"),
    ];
    for (set, expected) in refused {
        let interchange = acceptance("e02", |acceptance| set(acceptance.patient.as_mut().unwrap()));
        assert_eq!(place(&interchange), format!("{expected} of 502/2002"));
    }
}

#[test]
fn row_36_erase_marker_in_the_address_of_an_acceptance_is_refused() {
    let refused: [Case<Address<'static>>; 6] = [
        (|address| address.house_name = Some("%".into()), "NAD 3.1"),
        (|address| address.road = Some("%".into()), "NAD 3.2"),
        (|address| address.locality = Some("%".into()), "NAD 3.3"),
        (|address| address.post_town = Some("%".into()), "NAD 3.4"),
        (|address| address.county = Some("%".into()), "NAD 3.5"),
        (|address| address.postcode = Some("%".into()), "NAD 8.1"),
    ];
    for (set, expected) in refused {
        let interchange = acceptance("e02", |acceptance| set(acceptance.address.as_mut().unwrap()));
        assert_eq!(place(&interchange), format!("{expected} of 502/2002"));
    }
}

#[test]
fn row_36_erase_marker_elsewhere_in_an_acceptance_is_refused() {
    let refused: [Case<Acceptance<'static>>; 3] = [
        (|acceptance| acceptance.institute = Some("%".into()), "NAD 2.1"),
        (|acceptance| acceptance.drugs_dispensed = Some("%".into()), "HEA 2.1"),
        (|acceptance| acceptance.place_of_birth = Some("%".into()), "LOC 2.1"),
    ];
    for (set, expected) in refused {
        assert_eq!(place(&acceptance("e02", set)), format!("{expected} of 502/2002"));
    }
}

#[test]
fn row_36_erase_marker_for_the_previous_gp_is_refused() {
    let interchange = transfer_in(|items| items.previous_gp = Some("%".into()));
    assert_eq!(place(&interchange), "NAD 4.1 of 503/2004");
}

#[test]
fn row_36_erase_marker_in_the_previous_address_is_refused() {
    let interchange = transfer_in(|items| items.previous_address = Some(["7 MILL LANE", "%"].into_iter().collect()));
    assert!(place(&interchange).starts_with("NAD 3."), "{}", place(&interchange));
}

#[test]
fn row_36_erase_marker_for_the_previous_surname_is_refused() {
    let interchange = acceptance("e02", |acceptance| acceptance.previous.as_mut().unwrap().surname = Some("%".into()));
    assert_eq!(place(&interchange), "PNA 5.2 of 502/2002");
}

#[test]
fn row_36_percent_inside_longer_text_is_data() {
    let interchange = acceptance("e01", |acceptance| {
        acceptance.address.as_mut().unwrap().road = Some("5% PARK".into());
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++??:5% PARK::NEWTON ABBEY:'");
}

#[test]
fn row_37_references_have_eight_digits() {
    let mut interchange = removal_from_nothing();
    interchange.header.reference = InterchangeSequence::new(1).unwrap().into();
    registration(&mut interchange).reference = MessageSequence::new(1).unwrap().into();
    assert_eq!(line(&interchange, "UNH"), "UNH+00000001+FHSREG:0:1:FH:FHS001'");
    assert_eq!(line(&interchange, "UNZ"), "UNZ+1+00000001'");
}

#[test]
fn row_37_other_references_are_refused() {
    for other in ["000001", "1", "000000001", "123456789", "00000000", "ABCDEFGH", "", "0000 001"] {
        let mut interchange = example("e09");
        interchange.header.reference = other.into();
        assert_eq!(refusal(&interchange), "invalid-value at UNB 5.1", "{other}");
        let mut interchange = example("e09");
        registration(&mut interchange).reference = other.into();
        assert!(refusal(&interchange).starts_with("invalid-value at UNH 1.1"), "{other}");
    }
}

#[test]
fn row_37_other_references_in_receipts_are_refused() {
    for other in ["67005", "000067005", "00000000", "ABCDEFGH"] {
        let interchange = receipt("e21", |receipt| receipt.messages[0].reference = Some(other.into()));
        assert_eq!(refusal(&interchange), "invalid-value at RFF 1.2 of 514", "{other}");
        let interchange = receipt("e21", |receipt| {
            receipt.interchange.as_mut().unwrap().reference = Some(other.into());
        });
        assert_eq!(refusal(&interchange), "invalid-value at RFF 1.2 of 514", "{other}");
    }
}

#[test]
fn row_37_other_references_are_written_back_on_request() {
    let received = text("e09").replace("00000108", "000108").replace("00000508", "ABC");
    assert_eq!(as_received(&decoded(&received)), received);
}

#[test]
fn row_38_triggers_are_one_digit() {
    let interchange = removal_from_nothing();
    assert_eq!((line(&interchange, "S01"), line(&interchange, "S02")), ("S01+1'".into(), "S02+2'".into()));
    let interchange = deviant("e09", &[("S01+1'", "S01+01'"), ("S02+2'", "S02+02'")]);
    never(&interchange, "S01+01'");
    never(&interchange, "S02+02'");
}

#[test]
fn row_39_numbers_of_one_type_are_unique() {
    let mut interchange = example("e11");
    let Transactions::AmendmentOut(list) = transactions(&mut interchange) else { unreachable!() };
    list[1].number = list[0].number.clone();
    assert_eq!(place(&interchange), "RFF 1.2 of 510/2011");
    let interchange = deviant("e13", &[("RFF+TN:10900003", "RFF+TN:10900002")]);
    assert_eq!(place(&interchange), "RFF 1.2 of 67002/10900002");
}

#[test]
fn row_39_numbers_of_a_practice_are_unique_in_an_interchange() {
    let interchange = deviant("e11", &[("RFF+TN:2013", "RFF+TN:2012")]);
    assert_eq!(place(&interchange), "RFF 1.2 of 511/2012");
}

#[test]
fn row_39_numbers_of_one_type_are_unique_over_messages() {
    let mut interchange = example("e09");
    interchange.messages.push(example("e09").messages.remove(0));
    let Message::Registration(second) = &mut interchange.messages[1] else { unreachable!() };
    second.reference = MessageSequence::new(509).unwrap().into();
    assert_eq!(place(&interchange), "RFF 1.2 of 509/2009");
}

#[test]
fn row_39_numbers_of_one_type_are_unique_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    writer.transaction(&removal_transaction()).unwrap();
    assert_eq!(told_place(&writer.transaction(&removal_transaction()).unwrap_err()), "RFF 1.2 of 508/2009");
}

#[test]
fn row_39_numbers_occur_twice_on_request() {
    let received = text("e11").replace("RFF+TN:2012", "RFF+TN:2011");
    assert_eq!(as_received(&decoded(&received)), received);
}

#[test]
fn row_40_nothing_stands_outside_the_interchange() {
    for received in [format!("ZZZ+1'\n{}", text("e09")), format!("{}\nZZZ+1'", text("e09"))] {
        let interchange = decoded(&received);
        assert_eq!(refusal(&interchange), "text-outside-interchange");
        assert_eq!(as_received(&interchange), received);
    }
}

#[test]
fn row_42_names_stand_in_their_slots() {
    let names: [Case<AmendedPerson<'static>>; 5] = [
        (|patient| patient.surname = Some("LEE".into()), "+++SU:LEE"),
        (|patient| patient.forename = Change::To("ANN".into()), "++++FO:ANN"),
        (|patient| patient.title = Change::To("DR".into()), "+++++TI:DR"),
        (|patient| patient.second_forename = Change::To("MAY".into()), "++++++MI:MAY"),
        (|patient| patient.other_forenames = Change::To("ROSE JUNE".into()), "+++++++FS:ROSE JUNE"),
    ];
    for (set, expected) in names {
        let interchange = amendment_in("e12", |amendment| set(amendment.patient.as_mut().unwrap()));
        assert_eq!(line(&interchange, "PNA+PAT"), format!("PNA+PAT+9990000018:OPI{expected}'"));
    }
}

#[test]
fn row_42_names_received_in_other_slots_are_written_in_their_own() {
    let interchange = deviant("e03", &[("SU:OYELARAN+FO:TAYO+TI:MR", "TI:MR+SU:OYELARAN+FO:TAYO")]);
    assert_eq!(line(&interchange, "PNA+PAT"), "PNA+PAT++++SU:OYELARAN+FO:TAYO+TI:MR'");
}

#[test]
fn row_42_number_that_begins_like_a_name_stays_in_element_2() {
    let interchange = deviant("e09", &[("9990000069", "SU123")]);
    assert!(as_received(&interchange).contains("\nPNA+PAT+SU123:OPI'\n"));
}

#[test]
fn row_43_names_that_do_not_change_are_left_out() {
    let interchange = amendment_out("e11", |amendment| {
        let patient = amendment.patient.as_mut().unwrap();
        patient.surname = Some("PATTERSON".into());
        patient.title = Change::To("MRS".into());
    });
    assert_eq!(lines(&interchange, "PNA+PAT")[0], "PNA+PAT+9990000085:OPI+++SU:PATTERSON++TI:MRS'");
}

#[test]
fn row_43_names_are_all_sent_if_the_caller_says_so() {
    let interchange = amendment_out("e11", |amendment| {
        *amendment.patient.as_mut().unwrap() = AmendedPerson {
            identifier: Some(PatientIdentifier::official("9990000085")),
            surname: Some("LEE".into()),
            forename: Change::To("ANN".into()),
            title: Change::To("DR".into()),
            second_forename: Change::To("MAY".into()),
            other_forenames: Change::To("ROSE JUNE".into()),
        };
    });
    let expected = "PNA+PAT+9990000085:OPI+++SU:LEE+FO:ANN+TI:DR+MI:MAY+FS:ROSE JUNE'";
    assert_eq!(lines(&interchange, "PNA+PAT")[0], expected);
}

#[test]
fn row_44_segments_stand_in_master_order() {
    for name in ["e02", "e04", "e05", "e07", "e10", "e13", "e17"] {
        let original = text(name);
        let all: Vec<&str> = original.lines().collect();
        let body = |line: &&str| !["UN", "BG", "S0", "RFF"].iter().any(|tag| line.starts_with(tag));
        let heading = 4;
        let start = all.iter().position(|line| line.starts_with("NAD+GP")).unwrap();
        let end = all[start..].iter().position(|line| line.starts_with("S02")).unwrap() + start;
        let mut shuffled = all.clone();
        assert!(start > heading && all[start..end].iter().all(body));
        shuffled[start..end].reverse();
        assert_eq!(written(&decoded(&shuffled.join("\n"))), original, "{name}");
    }
}

#[test]
fn row_44_previous_identity_and_address_stand_in_their_groups() {
    let one_group = text("e02").replace("S02+2'\nPNA+PER", "PNA+PER").replace("UNT+23", "UNT+22");
    assert_eq!(written(&decoded(&one_group)), text("e02"));
    let behind = deviant(
        "e04",
        &[
            ("NAD+PER++7 MILL LANE:EASTPOOL'\n", "S02+2'\nPNA+PER++++SU:LEE'\nNAD+PER++7 MILL LANE:EASTPOOL'\n"),
            ("UNT+21", "UNT+23"),
        ],
    );
    let expected = "NAD+PER++7 MILL LANE:EASTPOOL'\nS02+2'\nPNA+PER++++SU:LEE'\nUNT+23+00000503'";
    assert!(written(&behind).contains(expected));
}

#[test]
fn row_45_postcode_of_an_amendment_is_given_erased_or_left_out() {
    let with = |postcode: Change<Postcode<'static>>| {
        let interchange = amendment_out("e07", |amendment| amendment.address.as_mut().unwrap().postcode = postcode);
        line(&interchange, "NAD+PAT")
    };
    let address = "NAD+PAT++ELM HOUSE:3 PARK VIEW::NEWTON ABBEY:WESTSHIRE";
    assert_eq!(with(Change::To("ZZ1  4EE".into())), format!("{address}+++++ZZ1  4EE'"));
    assert_eq!(with(Change::Erased), format!("{address}+++++%'"));
    assert_eq!(with(Change::Unchanged), format!("{address}'"));
}

#[test]
fn row_45_postcode_of_an_amendment_is_never_empty() {
    for blank in ["", " ", "        "] {
        let interchange = amendment_out("e07", |amendment| {
            amendment.address.as_mut().unwrap().postcode = Change::To(blank.into());
        });
        assert_eq!(place(&interchange), "NAD 8.1 of 506/2007", "{blank:?}");
    }
    let interchange = deviant("e07", &[("+++++ZZ9  8DD", "+++++")]);
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++ELM HOUSE:3 PARK VIEW::NEWTON ABBEY:WESTSHIRE'");
}

#[test]
fn row_46_house_name_and_road_are_not_both_erased_by_a_practice() {
    for (house_name, road) in erased_lines() {
        let interchange = amendment_out("e08", |amendment| {
            let address = amendment.address.as_mut().unwrap();
            (address.house_name, address.road) = (house_name, road);
        });
        assert_eq!(refusal(&interchange), "amendment-house-or-road at NAD 3.1 of 507/2008");
    }
}

#[test]
fn row_46_house_name_and_road_are_not_both_erased_by_an_authority() {
    for (house_name, road) in erased_lines() {
        let interchange = amendment_in("e12", |amendment| {
            let post_town = Some("NEWTON ABBEY".into());
            amendment.address = Some(AmendedAddress { house_name, road, post_town, ..AmendedAddress::default() });
        });
        assert_eq!(place(&interchange), "NAD 3.1 of 67001/10900001");
    }
}

#[test]
fn row_46_erase_marker_put_as_text_erases_too() {
    for (house_name, road) in [(Line::Erased, Line::To("%".into())), (Line::To("%".into()), Line::Blank)] {
        let interchange = amendment_out("e08", |amendment| {
            let address = amendment.address.as_mut().unwrap();
            (address.house_name, address.road) = (house_name, road);
        });
        assert!(place(&interchange).starts_with("NAD 3."), "{}", place(&interchange));
    }
}

#[test]
fn row_46_one_is_erased_if_the_other_is_given() {
    let interchange = amendment_out("e08", |amendment| {
        let address = amendment.address.as_mut().unwrap();
        (address.house_name, address.road) = (Line::To("THE MILL".into()), Line::Erased);
    });
    assert_eq!(line(&interchange, "NAD+PAT"), "NAD+PAT++THE MILL:%:%:NEWTON ABBEY:%+++++%'");
}

#[test]
fn row_47_names_are_never_empty() {
    let empty: [Case<AmendedPerson<'static>>; 5] = [
        (|patient| patient.surname = Some("".into()), "PNA 5.2"),
        (|patient| patient.forename = Change::To("".into()), "PNA 6.2"),
        (|patient| patient.title = Change::To("".into()), "PNA 7.2"),
        (|patient| patient.second_forename = Change::To("".into()), "PNA 8.2"),
        (|patient| patient.other_forenames = Change::To("".into()), "PNA 9.2"),
    ];
    for (set, expected) in empty {
        let interchange = amendment_out("e07", |amendment| set(amendment.patient.as_mut().unwrap()));
        assert_eq!(place(&interchange), format!("{expected} of 506/2007"));
    }
    let interchange = amendment_out("e07", |amendment| {
        amendment.previous.as_mut().unwrap().surname = Change::To("".into());
    });
    assert_eq!(place(&interchange), "PNA 5.2 of 506/2007");
}

#[test]
fn row_47_names_received_empty_are_not_written() {
    let interchange = deviant("e07", &[("+MI:ELENA", "+MI:"), ("+TI:MRS", "+TI:")]);
    never(&interchange, "TI:");
    never(&interchange, "MI:");
}

#[test]
fn row_47_coded_values_are_never_empty() {
    let refused = [
        (amendment_out("e07", |amendment| amendment.institute = Change::To("".into())), "NAD 2.1 of 506/2007"),
        (amendment_out("e07", |amendment| amendment.drugs_dispensed = Change::To("".into())), "HEA 2.1 of 506/2007"),
        (amendment_out("e07", |amendment| amendment.sex = Some("".into())), "PDI 1.1 of 506/2007"),
        (amendment_out("e07", |amendment| amendment.gp = Some("".into())), "NAD 2.1 of 506/2007"),
        (acceptance("e02", |acceptance| acceptance.institute = Some("".into())), "NAD 2.1 of 502/2002"),
        (acceptance("e02", |acceptance| acceptance.acceptance_code = Some("".into())), "HEA 2.1 of 502/2002"),
        (deduction("e13", |deduction| deduction.reason = Some("".into())), "GIS 1.1 of 67002/10900002"),
        (deduction("e13", |deduction| deduction.new_ha = Some("".into())), "NAD 2.1 of 67002/10900002"),
        (prior_notification("e17", |notice| notice.reason = Some("".into())), "HEA 2.1 of 67005/10900005"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(place(&interchange), expected);
    }
    let unclassified = AcceptanceKind::Unclassified { acceptance_type: Some("".into()) };
    let interchange = acceptance("e02", |acceptance| acceptance.kind = unclassified);
    assert_eq!(place(&interchange), "HEA 2.1 of 502/2002");
}

#[test]
fn row_47_coded_values_received_empty_are_not_written() {
    for (given, empty) in [("NAD+RIC+QB:956", "NAD+RIC+:956"), ("HEA+DM+Y:ZZZ", "HEA+DM+:ZZZ")] {
        never(&deviant("e07", &[(given, empty)]), empty);
    }
}

#[test]
fn row_47_authority_of_a_receipt_is_never_empty() {
    for ha in [Some(""), Some("  "), None] {
        let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().ha = ha.map(Into::into));
        assert_eq!(place(&interchange), "NHS 1.1 of 514", "{ha:?}");
    }
}

#[test]
fn row_47_gp_of_a_receipt_is_never_empty() {
    for gp in [Some(""), Some("  "), None] {
        let interchange = receipt("e21", |receipt| receipt.parties.as_mut().unwrap().gp = gp.map(Into::into));
        // Where none is given, `9999` would do as well (row 20).
        let found = place(&interchange);
        let is_none = gp.is_none() && written(&interchange).contains("\nNHS+ZQX:819:201+9999:814:202'\n");
        assert!(found == "NHS 2.1 of 514" || is_none, "{gp:?}: {found}");
    }
}

#[test]
fn row_48_components_beyond_the_pattern_are_never_written() {
    let received = [
        (deviant("e03", &[("EASTPOOL:+", "EASTPOOL:WESTSHIRE:F+")]), "NAD 3.6 of 9/2003"),
        (deviant("e03", &[("EASTPOOL:+++++", "EASTPOOL:++X+++")]), "NAD 5.1 of 9/2003"),
        (deviant("e03", &[("ZZ12 3BB'", "ZZ12 3BB+GB'")]), "NAD 9.1 of 9/2003"),
        (deviant("e03", &[("RFF+TN:2003'", "RFF+TN:2003:5:X'")]), "RFF 1.3 of 9/2003"),
        (deviant("e03", &[("DTM+956:20240311:102'", "DTM+956:20240311:102+X'")]), "DTM 2.1 of 9/2003"),
        (deviant("e21", &[("00067005 CP'", "00067005 CP:5'")]), "RFF 1.3 of 514"),
    ];
    for (interchange, expected) in received {
        assert_eq!(refusal(&interchange), format!("unexpected-component at {expected}"));
    }
}

#[test]
fn row_48_components_beyond_the_pattern_are_refused_where_they_were_put_by_hand() {
    let kept = || Unrecognised::Component { segment: "NAD+PAT".into(), element: 4, component: 1, text: "X".into() };
    let interchange = acceptance("e03", |acceptance| acceptance.unrecognised.push(kept()));
    assert_eq!(refusal(&interchange), "unexpected-component at NAD 4.1 of 9/2003");
}

#[test]
fn row_48_previous_address_has_five_lines_at_most() {
    let with = |count| {
        transfer_in(|items| {
            items.previous_address = Some(["A", "B", "C", "D", "E", "F"].into_iter().take(count).collect());
        })
    };
    assert_eq!(line(&with(5), "NAD+PER"), "NAD+PER++A:B:C:D:E'");
    assert!(place(&with(6)).starts_with("NAD 3."), "{}", place(&with(6)));
}

#[test]
fn row_49_code_lists_are_always_named() {
    let short = [
        ("e03", ":900'", "'"),
        ("e03", "HEA+ACD+A:ZZZ'", "HEA+ACD+A'"),
        ("e03", "NAD+FHS+ZQ:954'", "NAD+FHS+ZQ'"),
        ("e04", "NAD+PFH+ZQ:954'", "NAD+PFH+ZQ'"),
        ("e07", "NAD+RIC+QB:956'", "NAD+RIC+QB'"),
        ("e10", "GIS+1:ZZZ'", "GIS+1'"),
        ("e16", "GIS+Q:ZZZ'", "GIS+Q'"),
        ("e21", ":819:201+", "+"),
        ("e21", ":814:202'", "'"),
        ("e21", ":306+64'", ":306'"),
    ];
    for (name, complete, short) in short {
        assert_eq!(written(&deviant(name, &[(complete, short)])), text(name), "{short}");
    }
}

#[test]
fn row_49_segments_without_their_value_are_refused() {
    let short = [
        ("e03", "NAD+GP+7000128,Q81234:900'", "NAD+GP'", "NAD of 9/2003"),
        ("e09", "FTX+RGI+++MOVED 40 MILES AWAY'", "FTX+RGI'", "FTX of 508/2009"),
        ("e03", "PDI+1'", "PDI'", "PDI of 9/2003"),
        ("e03", "NAD+FHS+ZQ:954'", "NAD+FHS'", "NAD of 9"),
        ("e09", "PNA+PAT+9990000069:OPI'", "PNA+PAT'", "PNA 2.1 of 508/2009"),
    ];
    for (name, complete, short, expected) in short {
        assert_eq!(place(&deviant(name, &[(complete, short)])), expected, "{short}");
    }
}

#[test]
fn row_49_header_is_complete() {
    let short = [
        ("UNOA:2", "UNOA", "UNB 1.2"),
        ("+KLM5+", "++", "UNB 2.1"),
        ("240311:1402", "240311", "UNB 4."),
        ("240311:1402+00000007", "240311:1402", "UNB 5.1"),
    ];
    for (complete, short, expected) in short {
        let found = place(&deviant("e03", &[(complete, short)]));
        assert!(found.starts_with(expected), "{short}: {found}");
    }
}

#[test]
fn row_49_receipt_of_the_interchange_is_complete() {
    let interchange = receipt("e21", |receipt| receipt.interchange.as_mut().unwrap().count = None);
    assert_eq!(place(&interchange), "RFF 1.3 of 514");
}

#[test]
fn row_50_sex_stands_in_element_1() {
    for (sex, expected) in
        [(Sex::NotKnown, "PDI+0'"), (Sex::Male, "PDI+1'"), (Sex::Female, "PDI+2'"), (Sex::NotSpecified, "PDI+9'")]
    {
        assert_eq!(line(&acceptance("e01", |acceptance| acceptance.sex = Some(sex)), "PDI"), expected);
    }
    let interchange = deviant("e01", &[("PDI+2'", "PDI++2'")]);
    assert!(place(&interchange).starts_with("PDI"), "{}", place(&interchange));
}

#[test]
fn row_51_impossible_dates_are_refused() {
    let impossible = [
        ("e03", "DTM+956:20240311", "DTM+956:20240231", "DTM 1.2 of 9/2003"),
        ("e03", "DTM+329:19880504:102", "DTM+329:198805041200:102", "DTM 1.2 of 9/2003"),
        ("e03", "DTM+329:19880504:102", "DTM+329:19880504:203", "DTM 1.2 of 9/2003"),
        ("e03", "DTM+137:202403111402", "DTM+137:202403112402", "DTM 1.2 of 9"),
        ("e03", "DTM+137:202403111402:203", "DTM+137:20240311:102", "DTM 1.2 of 9"),
        ("e05", "DTM+957:20240228", "DTM+957:20241301", "DTM 1.2 of 504/2005"),
        ("e05", "DTM+958:20110915", "DTM+958:20110931", "DTM 1.2 of 504/2005"),
        ("e10", "DTM+961:20240316", "DTM+961:20240200", "DTM 1.2 of 509/2010"),
        ("e16", "DTM+206:20240331", "DTM+206:20240431", "DTM 1.2 of 67004"),
        ("e17", "DTM+962:20241003", "DTM+962:ABCDEFGH", "DTM 1.2 of 67005/10900005"),
    ];
    for (name, possible, impossible, expected) in impossible {
        let interchange = deviant(name, &[(possible, impossible)]);
        assert_eq!(refusal(&interchange), format!("invalid-value at {expected}"), "{impossible}");
        assert!(as_received(&interchange).contains(impossible), "{impossible}");
    }
}

#[test]
fn row_51_impossible_dates_put_by_hand_are_refused() {
    let unreadable = |text: &'static str| {
        Date::Unreadable(Box::new(UnreadableDate { text: text.into(), format: Some("102".into()) }))
    };
    for text in ["20240231", "", "%", "2024"] {
        let interchange = amendment_out("e07", |amendment| amendment.date_of_birth = Some(unreadable(text)));
        assert_eq!(refusal(&interchange), "invalid-value at DTM 1.2 of 506/2007", "{text}");
    }
    let far = NaiveDate::from_ymd_opt(12_024, 1, 1).unwrap();
    let interchange = amendment_out("e07", |amendment| amendment.date_of_birth = Some(far.into()));
    assert_eq!(refusal(&interchange), "invalid-value at DTM 1.2 of 506/2007");
}

#[test]
fn row_51_impossible_preparation_times_are_refused() {
    for (date, time) in [("240231", "0907"), ("240318", "2460"), ("20240318", "0907"), ("240318", "907"), ("", "")] {
        let mut interchange = example("e09");
        interchange.header.prepared = PreparationTime::from_wire(date, time);
        assert!(place(&interchange).starts_with("UNB 4."), "{date}:{time}");
    }
}

#[test]
fn row_52_reasons_of_deductions_are_1_to_15() {
    for reason in 1..=15 {
        let code = reason.to_string();
        let interchange = deduction("e13", |deduction| deduction.reason = Some(code.as_str().into()));
        assert_eq!(lines(&interchange, "GIS")[0], format!("GIS+{reason}:ZZZ'"));
    }
    for other in ["0", "16", "01", "R", "Q", "R/A"] {
        let interchange = deduction("e13", |deduction| deduction.reason = Some(other.into()));
        assert_eq!(refusal(&interchange), "unknown-code at GIS 1.1 of 67002/10900002", "{other}");
    }
}

#[test]
fn row_52_reasons_of_requests_are_1_5_and_13_unless_asked() {
    for reason in DeductionReason::ALL {
        let interchange = deduction_request("e10", |request| request.reason = Some(reason.clone()));
        if ["1", "5", "13"].contains(&reason.as_str()) {
            assert_eq!(line(&interchange, "GIS"), format!("GIS+{reason}:ZZZ'"));
        } else {
            assert_eq!(refusal(&interchange), "deduction-request-reason at GIS 1.1 of 509/2010");
            assert!(as_received(&interchange).contains(&format!("\nGIS+{reason}:ZZZ'\n")));
        }
    }
}

#[test]
fn row_52_fp69_reason_has_one_to_three_digits() {
    let with = |reason: &'static str| prior_notification("e17", |notice| notice.reason = Some(reason.into()));
    for reason in ["1", "8", "08", "123", "999"] {
        assert_eq!(lines(&with(reason), "HEA+FRN")[0], format!("HEA+FRN+{reason}:ZZZ'"));
    }
    for other in ["1234", "A", "8 ", "-1"] {
        assert_eq!(place(&with(other)), "HEA 2.1 of 67005/10900005", "{other}");
    }
}

#[test]
fn row_52_other_codes_are_refused() {
    let interchange = acceptance("e01", |acceptance| acceptance.acceptance_code = Some("X".into()));
    assert_eq!(refusal(&interchange), "unknown-code at HEA 2.1 of 501/2001");
    for sex in ["3", "01", "M"] {
        let interchange = acceptance("e01", |acceptance| acceptance.sex = Some(sex.into()));
        assert_eq!(refusal(&interchange), "unknown-code at PDI 1.1 of 501/2001");
    }
    let of_type = |code: &str| AcceptanceKind::Unclassified { acceptance_type: Some(AcceptanceType::from(code)) };
    for code in ["0", "6", "01"] {
        let interchange = acceptance("e01", |acceptance| acceptance.kind = of_type(code));
        assert_eq!(place(&interchange), "HEA 2.1 of 501/2001", "{code}");
    }
}

#[test]
fn row_52_known_codes_are_written() {
    for code in AcceptanceCode::ALL {
        let interchange = acceptance("e04", |acceptance| acceptance.acceptance_code = Some(code.clone()));
        assert_eq!(line(&interchange, "HEA+ACD"), format!("HEA+ACD+{code}:ZZZ'"));
    }
}

#[test]
fn row_53_message_types_are_exact() {
    assert_eq!(line(&removal_from_nothing(), "UNH"), "UNH+00000508+FHSREG:0:1:FH:FHS001'");
    assert_eq!(line(&example("e21"), "UNH"), "UNH+00000514+RECEP:0:2:FH'");
    for other in ["FHSREG:0:2:FH:FHS001", "FHSREG:0:1:UN:FHS001", "FHSREG:0:1:FH", "FHSREG:D:1:FH:FHS001"] {
        never(&deviant("e09", &[("FHSREG:0:1:FH:FHS001", other)]), &format!("+{other}'"));
    }
    for other in ["RECEP:0:1:FH", "RECEP:0:2:FH:FHS001"] {
        never(&deviant("e21", &[("RECEP:0:2:FH", other)]), &format!("+{other}'"));
    }
}

#[test]
fn row_53_messages_of_another_type_are_refused() {
    let interchange = deviant("e09", &[("FHSREG:0:1:FH:FHS001", "NHSACK:D:1:NH:NHS001")]);
    assert_eq!(refusal(&interchange), "message-type at UNH of 508");
    let received = text("e09").replace("FHSREG:0:1:FH:FHS001", "NHSACK:D:1:NH:NHS001");
    assert_eq!(as_received(&interchange), received);
}

#[test]
fn row_54_registrations_behind_receipts_are_refused() {
    let mut interchange = example("e21");
    interchange.messages.push(example("e13").messages.remove(0));
    assert_eq!(refusal(&interchange), "mixed-messages at UNH of 67002");
}

#[test]
fn row_54_registrations_and_receipts_are_refused_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    writer.transaction(&removal_transaction()).unwrap();
    assert_eq!(told(&writer.receipt(&receipt_heading()).unwrap_err()), "mixed-messages at UNH of 514");
}

#[test]
fn row_55_one_interchange_is_written_per_call() {
    let both = format!("{}\n{}", text("e09"), text("e21"));
    let interchanges = Interchange::decode_all(both.as_bytes(), &ReadOptions::default()).unwrap();
    let interchanges = interchanges.iter().map(|decoded| written(&decoded.interchange));
    assert_eq!(interchanges.collect::<Vec<_>>(), [text("e09"), text("e21")]);
}

#[test]
fn row_56_segments_between_messages_are_refused() {
    for (before, stray) in [("UNH+00000508", "ZZZ+1'\nUNH+00000508"), ("UNZ+1", "ZZZ+1'\nUNZ+1")] {
        let interchange = deviant("e09", &[(before, stray)]);
        assert_eq!(refusal(&interchange), "segment-outside-message");
        assert_eq!(as_received(&interchange), text("e09").replace(before, stray));
    }
}

#[test]
fn row_56_receipts_of_messages_are_refused_outside_a_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e21").header, &WriteOptions::default(), &mut buffer).unwrap();
    assert!(writer.message_receipt(&message_receipt(67_005)).is_err());
}

#[test]
fn row_56_receipts_of_interchanges_are_refused_outside_a_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e21").header, &WriteOptions::default(), &mut buffer).unwrap();
    assert!(writer.interchange_receipt(&interchange_receipt(0)).is_err());
}

#[test]
fn row_56_transactions_are_refused_outside_a_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    assert!(writer.transaction(&removal_transaction()).is_err());
}

#[test]
fn row_57_envelope_is_complete_whatever_was_received() {
    let original = text("e11");
    let without_end = original.replace("\nUNZ+3+00000110'", "");
    assert_eq!(written(&decoded(&without_end)), original);
    let message_left_open = original.replace("UNT+12+00000511'\n", "");
    assert_eq!(written(&decoded(&message_left_open)), original);
}

#[test]
fn row_57_interchange_has_messages_and_they_are_not_empty() {
    let mut interchange = example("e09");
    interchange.messages.clear();
    assert_eq!(told(&interchange.encode(&WriteOptions::default()).unwrap_err()), "no-message");
    let envelope = |line: &&str| line.starts_with("UN");
    let received = text("e09").lines().filter(envelope).collect::<Vec<_>>().join("\n");
    assert!(place(&decoded(&received)).ends_with(" of 508"), "{}", place(&decoded(&received)));
}

#[test]
fn row_57_writer_completes_the_envelope() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    writer.transaction(&removal_transaction()).unwrap();
    writer.finish().unwrap();
    assert_eq!(String::from_utf8(buffer).unwrap(), text("e09"));
}

#[test]
fn row_57_writer_refuses_to_finish_without_a_message() {
    let mut buffer = Vec::new();
    let writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    assert_eq!(told(&writer.finish().unwrap_err()), "no-message");
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    assert_eq!(told(&writer.finish().unwrap_err()), "empty-message at UNH of 508");
}

#[test]
fn row_58_missing_segments_of_the_heading_are_refused() {
    let mut interchange = example("e09");
    registration(&mut interchange).ha = None;
    assert_eq!(refusal(&interchange), "missing-segment at NAD of 508");
    let mut interchange = example("e09");
    registration(&mut interchange).translated = None;
    assert_eq!(refusal(&interchange), "missing-segment at DTM of 508");
    let mut interchange = example("e16");
    registration(&mut interchange).quarter_end = None;
    assert_eq!(refusal(&interchange), "missing-segment at DTM of 67004");
    let mut interchange = example("e09");
    *transactions(&mut interchange) = Transactions::Other { code: None, list: vec![OtherTransaction::default()] };
    assert_eq!(refusal(&interchange), "missing-segment at RFF of 508");
}

#[test]
fn row_58_missing_segments_of_acceptances_are_refused() {
    let missing: [(&str, Case<Acceptance<'static>>); 6] = [
        ("e01", (|acceptance| acceptance.acceptance_code = None, "HEA of 501/2001")),
        ("e01", (|acceptance| acceptance.accepted_on = None, "DTM of 501/2001")),
        ("e01", (|acceptance| acceptance.date_of_birth = None, "DTM of 501/2001")),
        ("e01", (|acceptance| acceptance.address = None, "NAD of 501/2001")),
        ("e04", (|acceptance| acceptance.kind = AcceptanceKind::TransferIn(TransferIn::default()), "NAD of 503/2004")),
        ("e05", (|acceptance| acceptance.kind = AcceptanceKind::Immigrant(Immigrant::default()), "DTM of 504/2005")),
    ];
    for (name, (remove, expected)) in missing {
        assert_eq!(refusal(&acceptance(name, remove)), format!("missing-segment at {expected}"));
    }
    let interchange = transfer_in(|items| items.previous_address = None);
    assert_eq!(refusal(&interchange), "missing-segment at NAD of 503/2004");
}

#[test]
fn row_58_missing_acceptance_type_is_refused() {
    let interchange = acceptance("e01", |acceptance| acceptance.kind = AcceptanceKind::default());
    assert!(place(&interchange).starts_with("HEA"), "{}", place(&interchange));
}

#[test]
fn row_58_missing_patient_of_an_acceptance_is_refused() {
    let interchange = acceptance("e01", |acceptance| acceptance.patient = None);
    assert!(place(&interchange).starts_with("PNA"), "{}", place(&interchange));
}

#[test]
fn row_58_missing_patient_of_a_prior_notification_is_refused() {
    let interchange = prior_notification("e17", |notification| notification.patient = None);
    assert!(place(&interchange).starts_with("PNA"), "{}", place(&interchange));
}

#[test]
fn row_58_birth_has_a_number() {
    let interchange = acceptance("e02", |acceptance| acceptance.patient.as_mut().unwrap().identifier = None);
    assert_eq!(refusal(&interchange), "missing-value at PNA 2.1 of 502/2002");
}

#[test]
fn row_58_missing_segments_of_practices_are_refused() {
    let refused = [
        (amendment_out("e07", |amendment| amendment.number = None), "RFF of 506"),
        (amendment_out("e07", |amendment| amendment.gp = None), "NAD of 506/2007"),
        (amendment_out("e07", |amendment| amendment.patient = None), "PNA of 506/2007"),
        (removal("e09", |removal| removal.number = None), "RFF of 508"),
        (removal("e09", |removal| removal.gp = None), "NAD of 508/2009"),
        (removal("e09", |removal| removal.notes = None), "FTX of 508/2009"),
        (removal("e09", |removal| removal.patient = None), "PNA of 508/2009"),
        (deduction_request("e10", |request| request.gp = None), "NAD of 509/2010"),
        (deduction_request("e10", |request| request.reason = None), "GIS of 509/2010"),
        (deduction_request("e10", |request| request.deducted_on = None), "DTM of 509/2010"),
        (deduction_request("e10", |request| request.patient = None), "PNA of 509/2010"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(refusal(&interchange), format!("missing-segment at {expected}"));
    }
}

#[test]
fn row_58_missing_segments_of_authorities_are_refused() {
    let refused = [
        (amendment_in("e12", |amendment| amendment.number = None), "RFF of 67001"),
        (amendment_in("e12", |amendment| amendment.patient = None), "PNA of 67001/10900001"),
        (deduction("e13", |deduction| deduction.gp = None), "NAD of 67002/10900002"),
        (deduction("e13", |deduction| deduction.reason = None), "GIS of 67002/10900002"),
        (deduction("e13", |deduction| deduction.deducted_on = None), "DTM of 67002/10900002"),
        (deduction("e13", |deduction| deduction.patient = None), "PNA of 67002/10900002"),
        (rejection("e14", |rejection| rejection.gp = None), "NAD of 905/2003"),
        (approval("e15", |approval| approval.gp = None), "NAD of 67003/2005"),
        (close_quarter("e16", |notification| notification.number = None), "RFF of 67004"),
        (prior_notification("e17", |notification| notification.reason = None), "HEA of 67005/10900005"),
        (prior_notification("e17", |notification| notification.expires_on = None), "DTM of 67005/10900005"),
        (prior_notification("e17", |notification| notification.date_of_birth = None), "DTM of 67005/10900005"),
        (flag_removal("e18", |removal| removal.patient = None), "PNA of 67006/10900007"),
        (request_rejection("e19", |rejection| rejection.notes = None), "FTX of 67007/2010"),
        (request_rejection("e19", |rejection| rejection.patient = None), "PNA of 67007/2010"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(refusal(&interchange), format!("missing-segment at {expected}"));
    }
}

#[test]
fn row_58_missing_numbers_of_patients_are_refused() {
    let refused = [
        (amendment_out("e07", |amendment| amendment.patient.as_mut().unwrap().identifier = None), "506/2007"),
        (removal("e09", |removal| removal.patient = Some(Person::default())), "508/2009"),
        (deduction_request("e10", |request| request.patient = Some(Person::default())), "509/2010"),
        (amendment_in("e12", |amendment| amendment.patient = Some(AmendedPerson::default())), "67001/10900001"),
        (deduction("e13", |deduction| deduction.patient = Some(Person::default())), "67002/10900002"),
        (approval("e15", |approval| approval.patient = Some(Person::default())), "67003/2005"),
        (prior_notification("e17", |notice| notice.patient.as_mut().unwrap().identifier = None), "67005/10900005"),
        (flag_removal("e18", |removal| removal.patient = Some(Person::default())), "67006/10900007"),
        (request_rejection("e19", |rejection| rejection.patient = Some(Person::default())), "67007/2010"),
    ];
    for (interchange, expected) in refused {
        assert_eq!(place(&interchange), format!("PNA 2.1 of {expected}"));
    }
}

#[test]
fn row_58_approval_has_a_patient_or_none() {
    assert_eq!(lines(&example("e15"), "PNA"), ["PNA+PAT+9991234004:OPI'"]);
    let interchange = approval("e15", |approval| approval.patient = None);
    assert!(lines(&interchange, "PNA").is_empty() && lines(&interchange, "S02").is_empty());
}

#[test]
fn row_58_prior_notification_has_a_surname() {
    let interchange = prior_notification("e17", |notice| notice.patient.as_mut().unwrap().surname = None);
    assert_eq!(refusal(&interchange), "missing-value at PNA 5.2 of 67005/10900005");
}

#[test]
fn row_59_unknown_unforeseen_and_repeated_segments_are_refused() {
    let received = [
        ("e09", "S02+2'", "ZZZ+1'\nS02+2'", "ZZZ of 508/2009"),
        ("e09", "S02+2'", "HEA+DM+Y:ZZZ'\nS02+2'", "HEA of 508/2009"),
        ("e09", "S02+2'", "FTX+RGI+++AGAIN'\nS02+2'", "FTX of 508/2009"),
        ("e14", "UNT+10", "S02+2'\nPNA+PAT+9990000018:OPI'\nUNT+10", "S02 of 905/2003"),
        ("e09", "BGM+++507'", "ZZZ+1'\nBGM+++507'", "ZZZ of 508"),
    ];
    for (name, before, inserted, expected) in received {
        let interchange = deviant(name, &[(before, inserted)]);
        assert_eq!(place(&interchange), expected, "{inserted}");
        let original = text(name).replace(before, inserted);
        let body = |text: &str| text.lines().filter(|line| !line.starts_with("UNT")).collect::<Vec<_>>().join("\n");
        assert_eq!(body(&as_received(&interchange)), body(&original));
    }
}

#[test]
fn row_59_segments_put_by_hand_are_refused() {
    let segment = RawSegment::from_wire("FTX+RGI+++AGAIN");
    let interchange = removal("e09", |removal| removal.unrecognised.push(Unrecognised::Segment { at: 4, segment }));
    assert_eq!(place(&interchange), "FTX of 508/2009");
}

#[test]
fn row_59_amendment_by_an_authority_has_no_free_text() {
    let interchange = amendment_in("e12", |amendment| amendment.notes = Some("NOTE".into()));
    assert_eq!(refusal(&interchange), "unforeseen-segment at FTX of 67001/10900001");
}

#[test]
fn row_59_only_close_quarter_notifications_have_a_quarter_end() {
    for name in ["e01", "e09", "e12", "e17"] {
        let mut interchange = example(name);
        registration(&mut interchange).quarter_end = Some(date(2024, 3, 31));
        assert!(refusal(&interchange).starts_with("unforeseen-segment at DTM of "), "{name}");
    }
}

#[test]
fn row_59_items_of_another_acceptance_type_are_refused() {
    let inserted = [
        ("e01", "HEA+ACD", "NAD+PGP+++DR FENWICK'\nHEA+ACD", "NAD of 501/2001"),
        ("e01", "S02+2'", "DTM+957:20240228:102'\nS02+2'", "DTM of 501/2001"),
        ("e03", "UNT+18", "NAD+PER++7 MILL LANE'\nUNT+18", "NAD of 9/2003"),
        ("e04", "FTX+RGI", "DTM+957:20240228:102'\nFTX+RGI", "DTM of 503/2004"),
    ];
    for (name, before, inserted, expected) in inserted {
        assert_eq!(place(&deviant(name, &[(before, inserted)])), expected, "{inserted}");
    }
}

#[test]
fn row_59_transactions_of_another_type_are_refused_part_by_part() {
    let mut heading = removal_heading();
    heading.transaction_type = Some(TransactionType::DeductionRequest);
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&heading).unwrap();
    assert_eq!(told(&writer.transaction(&removal_transaction()).unwrap_err()), "unforeseen-segment at RFF 1.2 of 508");
}

#[test]
fn row_59_receipts_of_messages_are_refused_in_a_registration_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    assert!(writer.message_receipt(&message_receipt(67_005)).is_err());
}

#[test]
fn row_59_receipts_of_interchanges_are_refused_in_a_registration_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    assert!(writer.interchange_receipt(&interchange_receipt(0)).is_err());
}

#[test]
fn row_59_transactions_are_refused_in_a_receipt_message() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e21").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.receipt(&receipt_heading()).unwrap();
    assert!(writer.transaction(&removal_transaction()).is_err());
}

#[test]
fn row_60_bytes_above_7f_and_control_characters_are_refused() {
    for other in ["RENÉE", "A\u{200b}", "A\u{7f}", "A\u{0}", "A\u{1b}B", "\u{feff}A", "A\u{a0}B"] {
        let interchange = acceptance("e01", |acceptance| {
            acceptance.patient.as_mut().unwrap().surname = Some(other.into());
        });
        assert_eq!(refusal(&interchange), "repertoire at PNA 5.2 of 501/2001", "{other:?}");
    }
    let mut interchange = example("e09");
    interchange.header.sender = "KLÉ5".into();
    assert_eq!(place(&interchange), "UNB 2.1");
}

#[test]
fn row_60_byte_order_mark_is_not_written() {
    for options in [WriteOptions::default(), WriteOptions::default().as_received(true)] {
        let interchange = decoded(&format!("\u{feff}{}", text("e09")));
        assert_eq!(bytes(&interchange, &options), Ok(text("e09")));
        let mut interchange = example("e09");
        interchange.leading.push(RawSegment::from_wire("\u{feff}ZZZ"));
        assert!(interchange.encode(&options).is_err());
    }
}

#[test]
fn row_60_text_behind_the_interchange_is_refused() {
    let received = format!("{}\u{200b}", text("e09"));
    assert_eq!(refusal(&decoded(&received)), "text-outside-interchange");
}

#[test]
fn row_61_superfluous_and_dangling_releases_are_not_written_again() {
    for (given, received) in [("MOVED", "?MOVED"), ("AWAY'", "AWAY?\n'"), ("40", "?4?0"), ("MILES", "MIL?\nES")] {
        let interchange = deviant("e09", &[(given, received)]);
        for options in both() {
            if let Ok(output) = bytes(&interchange, &options) {
                assert!(releases_only_what_needs_it(&output), "{received:?}");
            }
        }
    }
    let interchange = deviant("e09", &[("MOVED", "?MOVED")]);
    assert_eq!(written(&interchange), text("e09"));
}

#[test]
fn row_61_superfluous_and_dangling_releases_cannot_be_made() {
    for wire in ["ZZZ+A?B", "ZZZ+A?", "ZZZ?+A?", "?ZZZ", "ZZZ+A???", "ZZZ+A?\n"] {
        for (way, interchange) in with_raw_segment(wire) {
            for options in both() {
                if let Ok(output) = bytes(&interchange, &options) {
                    assert!(releases_only_what_needs_it(&output), "{wire:?} as {way}");
                }
            }
        }
    }
}

#[test]
fn row_61_question_marks_in_values_are_always_released() {
    for value in ["?", "A?", "?A", "A?B", "??", "A???"] {
        let set = |removal: &mut Removal<'static>| {
            removal.notes = Some(value.into());
            removal.unrecognised.push(Unrecognised::Component {
                segment: "FTX+RGI".into(),
                element: 5,
                component: 1,
                text: value.into(),
            });
        };
        let output = as_received(&removal("e09", set));
        assert!(releases_only_what_needs_it(&output), "{value}");
        assert!(output.contains(&format!("\nFTX+RGI+++{0}+{0}'\n", value.replace('?', "??"))), "{value}");
    }
}

#[test]
fn row_62_empty_segments_are_not_written_again() {
    let received = text("e11").replace("'\n", "''\n");
    for options in both() {
        assert_eq!(bytes(&decoded(&received), &options), Ok(text("e11")));
    }
}

#[test]
fn row_62_empty_segments_cannot_be_made() {
    let mut made = Vec::new();
    for wire in ["", "\n", "\r\n", " ", "'", "A''"] {
        for (way, interchange) in with_raw_segment(wire) {
            for options in both() {
                let output = bytes(&interchange, &options).unwrap_or_default();
                if output.split('\'').rev().skip(1).any(|segment| segment.trim().is_empty()) {
                    made.push((wire, way));
                }
            }
        }
    }
    assert_eq!(made, []);
}

#[test]
fn row_63_amendment_of_a_practice_changes_something_or_says_something() {
    let nothing = |amendment: &mut Amendment<'static>| {
        amendment.patient.as_mut().unwrap().title = Change::Unchanged;
    };
    assert_eq!(refusal(&amendment_out("e11", nothing)), "amendment-change at PNA 5.2 of 510/2011");
    let interchange = amendment_out("e11", |amendment| {
        nothing(amendment);
        amendment.notes = Some("DETAILS CONFIRMED".into());
    });
    assert_eq!(lines(&interchange, "FTX")[0], "FTX+RGI+++DETAILS CONFIRMED'");
}

#[test]
fn row_63_amendment_of_an_authority_changes_something() {
    let interchange = amendment_in("e12", |amendment| amendment.previous = None);
    assert_eq!(refusal(&interchange), "amendment-change at PNA 5.2 of 67001/10900001");
    let interchange = amendment_in("e12", |amendment| amendment.previous = Some(AmendedPreviousPerson::default()));
    assert_eq!(refusal(&interchange), "amendment-change at PNA 5.2 of 67001/10900001");
    let received = text("e12").replace("S02+2'\nPNA+PER+9990000123:API'\n", "").replace("UNT+13", "UNT+11");
    assert_eq!(as_received(&decoded(&received)), received);
}

#[test]
fn row_63_every_single_change_is_enough() {
    let changes: [fn(&mut Amendment<'static>); 7] = [
        |amendment| amendment.institute = Change::Erased,
        |amendment| amendment.drugs_dispensed = Change::To(DrugsMarker::Dispensed),
        |amendment| amendment.date_of_birth = Some(date(1979, 8, 23)),
        |amendment| amendment.sex = Some(Sex::Male),
        |amendment| amendment.patient.as_mut().unwrap().surname = Some("LEE".into()),
        |amendment| amendment.patient.as_mut().unwrap().forename = Change::Erased,
        |amendment| {
            let previous = AmendedPreviousPerson { surname: Change::Erased, ..AmendedPreviousPerson::default() };
            amendment.previous = Some(previous);
        },
    ];
    for change in changes {
        let interchange = amendment_in("e12", |amendment| {
            amendment.previous = None;
            change(amendment);
        });
        assert!(interchange.encode(&WriteOptions::default()).is_ok());
    }
}

#[test]
fn row_64_reference_and_status_are_separated_by_one_space() {
    for received in ["00067005  CP", "00067005   CP", " 00067005 CP", "00067005 CP "] {
        let interchange = deviant("e21", &[("00067005 CP", received)]);
        assert_eq!(written(&interchange), text("e21"), "{received:?}");
    }
    let interchange = receipt("e21", |receipt| {
        receipt.messages = vec![message_receipt(1)];
        receipt.interchange = Some(interchange_receipt(1));
    });
    assert_eq!(lines(&interchange, "RFF"), ["RFF+MIS:00000001 CP'", "RFF+RIS:00044005 OK:1'"]);
}

#[test]
fn row_64_unknown_statuses_are_refused() {
    for status in ["XX", "OK", "cp", ""] {
        let interchange = receipt("e21", |receipt| receipt.messages[0].status = Some(status.into()));
        assert_eq!(refusal(&interchange), "unknown-code at RFF 1.2 of 514", "{status}");
    }
    for status in ["XX", "CP", ""] {
        let interchange = receipt("e21", |receipt| {
            receipt.interchange.as_mut().unwrap().status = Some(status.into());
        });
        assert_eq!(refusal(&interchange), "unknown-code at RFF 1.2 of 514", "{status}");
    }
}

#[test]
fn row_64_receipt_of_a_message_without_reference_is_refused() {
    let interchange = receipt("e21", |receipt| receipt.messages[0].reference = None);
    assert_eq!(place(&interchange), "RFF 1.2 of 514");
}

#[test]
fn row_64_receipt_of_an_interchange_without_reference_is_refused() {
    let interchange = receipt("e21", |receipt| receipt.interchange.as_mut().unwrap().reference = None);
    assert_eq!(place(&interchange), "RFF 1.2 of 514");
}

#[test]
fn row_64_receipt_without_status_is_refused() {
    let refused = [
        receipt("e21", |receipt| receipt.messages[0].status = None),
        receipt("e21", |receipt| receipt.messages[0] = MessageReceipt::default()),
        receipt("e21", |receipt| receipt.interchange.as_mut().unwrap().status = None),
    ];
    for interchange in refused {
        assert_eq!(place(&interchange), "RFF 1.2 of 514");
    }
}

#[test]
fn row_65_receipt_of_the_interchange_is_there_and_last() {
    let interchange = receipt("e21", |receipt| receipt.interchange = None);
    assert_eq!(refusal(&interchange), "missing-segment at RFF of 514");
    let interchange = deviant(
        "e23",
        &[("RFF+RIS:00000110 ER:3'\n", ""), ("RFF+MIS:00000511", "RFF+RIS:00000110 ER:3'\nRFF+MIS:00000511")],
    );
    assert_eq!(lines(&interchange, "RFF")[3], "RFF+RIS:00000110 ER:3'");
}

#[test]
fn row_65_receipt_of_the_interchange_is_there_once() {
    let twice = [("RFF+RIS:00044005 OK:1'", "RFF+RIS:00044005 OK:1'\nRFF+RIS:00044005 OK:1'")];
    assert_eq!(place(&deviant("e21", &twice)), "RFF of 514");
}

#[test]
fn row_65_receipts_of_messages_are_there() {
    let interchange = receipt("e21", |receipt| {
        receipt.messages.clear();
        receipt.interchange = Some(interchange_receipt(0));
    });
    assert_eq!(refusal(&interchange), "missing-segment at RFF of 514");
}

#[test]
fn row_65_message_is_acknowledged_once() {
    let interchange = receipt("e23", |receipt| {
        receipt.messages[1].reference = receipt.messages[0].reference.clone();
    });
    assert_eq!(place(&interchange), "RFF 1.2 of 67000");
}

#[test]
fn row_65_receipt_of_the_interchange_is_last_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = receipt_writer(&mut buffer);
    writer.message_receipt(&message_receipt(67_005)).unwrap();
    writer.interchange_receipt(&interchange_receipt(1)).unwrap();
    let behind = writer.message_receipt(&message_receipt(67_006));
    assert!(behind.is_err() || writer.finish().is_err());
}

#[test]
fn row_65_receipt_of_the_interchange_is_there_once_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = receipt_writer(&mut buffer);
    writer.message_receipt(&message_receipt(67_005)).unwrap();
    writer.interchange_receipt(&interchange_receipt(1)).unwrap();
    let again = writer.interchange_receipt(&interchange_receipt(1));
    assert!(again.is_err() || writer.finish().is_err());
}

#[test]
fn row_65_receipts_of_messages_come_first_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = receipt_writer(&mut buffer);
    let refused = writer.interchange_receipt(&interchange_receipt(1)).is_err()
        || writer.message_receipt(&message_receipt(67_005)).is_err()
        || writer.interchange_receipt(&interchange_receipt(1)).is_err()
        || writer.finish().is_err();
    assert!(refused);
}

#[test]
fn row_66_nothing_ends_in_separators_but_addresses() {
    for number in 1..=27 {
        for form in [AddressForm::FiveLines, AddressForm::Truncated] {
            let options = WriteOptions::default().as_received(true).address_form(form);
            let output = bytes(&example(&format!("e{number:02}")), &options).unwrap();
            let five = |line: &&str| !(form == AddressForm::FiveLines && line.starts_with("NAD+PAT"));
            for line in output.lines().filter(five) {
                assert!(!line.ends_with("+'") && !line.ends_with(":'"), "{line}");
            }
        }
    }
}

#[test]
fn row_66_separators_received_at_the_end_are_not_written() {
    let received = [
        ("e09", "FTX+RGI+++MOVED 40 MILES AWAY'", "FTX+RGI+++MOVED 40 MILES AWAY::+'"),
        ("e09", "PNA+PAT+9990000069:OPI'", "PNA+PAT+9990000069:OPI+++++++'"),
        ("e09", "+00000108'\nUNH", "+00000108++++'\nUNH"),
        ("e09", "NAD+GP+7000015,T93:900'", "NAD+GP+7000015,T93:900:+'"),
        ("e04", "NAD+PER++7 MILL LANE:EASTPOOL'", "NAD+PER++7 MILL LANE:EASTPOOL:::'"),
        ("e04", "WESTSHIRE'", "WESTSHIRE+++++'"),
        ("e21", "RFF+RIS:00044005 OK:1'", "RFF+RIS:00044005 OK:1:+'"),
    ];
    for (name, plain, trailing) in received {
        assert_eq!(written(&deviant(name, &[(plain, trailing)])), text(name), "{trailing}");
    }
}

#[test]
fn row_67_texts_have_their_maximum_length() {
    type Set = fn(&mut Acceptance<'static>, Text<'static>);
    let limits: [(usize, Set, &str); 9] = [
        (25, |acceptance, text| acceptance.place_of_birth = Some(text), "LOC 2.1"),
        (17, |acceptance, text| acceptance.institute = Some(text.into()), "NAD 2.1"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().house_name = Some(text), "NAD 3.1"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().road = Some(text), "NAD 3.2"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().locality = Some(text), "NAD 3.3"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().post_town = Some(text), "NAD 3.4"),
        (35, |acceptance, text| acceptance.address.as_mut().unwrap().county = Some(text), "NAD 3.5"),
        (70, |acceptance, text| acceptance.patient.as_mut().unwrap().other_forenames = Some(text), "PNA 9.2"),
        (70, |acceptance, text| acceptance.previous.as_mut().unwrap().surname = Some(text), "PNA 5.2"),
    ];
    for (limit, set, expected) in limits {
        let with = |length| acceptance("e02", |acceptance| set(acceptance, "+".repeat(length).into()));
        assert!(written(&with(limit)).contains(&"?+".repeat(limit)), "{expected}");
        assert_eq!(refusal(&with(limit + 1)), format!("too-long at {expected} of 502/2002"));
    }
}

#[test]
fn row_67_previous_gp_and_address_have_their_maximum_length() {
    let with = |gp: usize, line: usize| {
        acceptance("e04", |acceptance| {
            let AcceptanceKind::TransferIn(items) = &mut acceptance.kind else { unreachable!() };
            items.previous_gp = Some("A".repeat(gp).into());
            items.previous_address = Some(["LINE 1", "B".repeat(line).as_str()].into_iter().collect());
        })
    };
    assert!(with(35, 35).encode(&WriteOptions::default()).is_ok());
    assert_eq!(refusal(&with(36, 35)), "too-long at NAD 4.1 of 503/2004");
    let found = refusal(&with(35, 36));
    assert!(found.starts_with("too-long at NAD 3."), "{found}");
}

#[test]
fn row_67_texts_of_the_header_have_their_maximum_length() {
    let mut interchange = example("e09");
    interchange.header.application_reference = Some("A".repeat(15).into());
    assert_eq!(refusal(&interchange), "too-long at UNB 7.1");
    let mut interchange = example("e09");
    interchange.header.agreement = Some("A".repeat(36).into());
    assert_eq!(refusal(&interchange), "too-long at UNB 10.1");
}

#[test]
fn row_68_references_ascend() {
    let with = |references: [u32; 3]| {
        let mut interchange = example("e11");
        for (message, reference) in interchange.messages.iter_mut().zip(references) {
            let Message::Registration(message) = message else { unreachable!() };
            message.reference = MessageSequence::new(reference).unwrap().into();
        }
        interchange
    };
    assert_eq!(line(&with([7, 8, 24_986]), "UNZ"), "UNZ+3+00000110'");
    assert_eq!(refusal(&with([7, 9, 8])), "repeated-reference at UNH 1.1 of 8");
    assert_eq!(refusal(&with([7, 8, 7])), "repeated-reference at UNH 1.1 of 7");
}

#[test]
fn row_68_references_are_unique_even_after_the_largest() {
    let mut interchange = example("e11");
    for (message, reference) in interchange.messages.iter_mut().zip([99_999_999, 1, 99_999_999]) {
        let Message::Registration(message) = message else { unreachable!() };
        message.reference = MessageSequence::new(reference).unwrap().into();
    }
    assert_ne!(refusal(&interchange), "written");
}

#[test]
fn row_69_blank_texts_are_refused() {
    type Set = fn(&mut Acceptance<'static>, Text<'static>);
    let blanks: [(Set, &str); 12] = [
        (|acceptance, blank| acceptance.place_of_birth = Some(blank), "LOC 2.1"),
        (|acceptance, blank| acceptance.institute = Some(blank.into()), "NAD 2.1"),
        (|acceptance, blank| acceptance.notes = Some([blank.as_str()].into_iter().collect()), "FTX 4.1"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().surname = Some(blank), "PNA 5.2"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().forename = Some(blank), "PNA 6.2"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().title = Some(blank), "PNA 7.2"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().second_forename = Some(blank), "PNA 8.2"),
        (|acceptance, blank| acceptance.patient.as_mut().unwrap().other_forenames = Some(blank), "PNA 9.2"),
        (|acceptance, blank| acceptance.address.as_mut().unwrap().locality = Some(blank), "NAD 3.3"),
        (|acceptance, blank| acceptance.address.as_mut().unwrap().county = Some(blank), "NAD 3.5"),
        (|acceptance, blank| acceptance.address.as_mut().unwrap().postcode = Some(blank.into()), "NAD 8.1"),
        (|acceptance, blank| acceptance.previous.as_mut().unwrap().surname = Some(blank), "PNA 5.2"),
    ];
    for (set, expected) in blanks {
        for blank in [" ", "   "] {
            let interchange = acceptance("e02", |acceptance| set(acceptance, blank.into()));
            assert_eq!(place(&interchange), format!("{expected} of 502/2002"));
        }
    }
}

#[test]
fn row_69_blank_numbers_are_refused() {
    let interchange = removal("e09", |removal| {
        removal.patient.as_mut().unwrap().identifier = Some(PatientIdentifier::official("   "));
    });
    assert_eq!(place(&interchange), "PNA 2.1 of 508/2009");
    let interchange = deviant("e09", &[("9990000069:OPI", "   :OPI")]);
    assert_eq!(place(&interchange), "PNA 2.1 of 508/2009");
}

#[test]
fn row_69_blank_number_of_an_acceptance_is_absent() {
    let interchange = deviant("e03", &[("PNA+PAT++++SU", "PNA+PAT+   +++SU")]);
    assert_eq!(line(&interchange, "PNA+PAT"), "PNA+PAT++++SU:OYELARAN+FO:TAYO+TI:MR'");
}

#[test]
fn row_69_blank_lines_of_amendments_and_previous_addresses_are_refused() {
    let interchange = amendment_out("e07", |amendment| {
        amendment.address.as_mut().unwrap().locality = Line::To("  ".into());
    });
    assert_eq!(place(&interchange), "NAD 3.3 of 506/2007");
    for blank in ["", " "] {
        let interchange = transfer_in(|items| items.previous_address = Some([blank].into_iter().collect()));
        assert!(place(&interchange).starts_with("NAD 3.1"), "{}", place(&interchange));
    }
}

#[test]
fn row_69_blank_lines_among_others_are_not_written() {
    for blank in ["", "  "] {
        let interchange = transfer_in(|items| {
            items.previous_address = Some(["7 MILL LANE", blank, "EASTPOOL"].into_iter().collect());
        });
        never(&interchange, &format!("NAD+PER++7 MILL LANE:{blank}:EASTPOOL'"));
    }
}

/// A change of a model, and the place it concerns or what it makes.
type Case<T> = (fn(&mut T), &'static str);

/// An example of section 11 of the facts.
fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/examples").join(format!("{name}.edi"));
    fs::read_to_string(path).unwrap()
}

fn decoded(input: &str) -> Interchange<'static> {
    Interchange::decode(input.as_bytes()).unwrap().interchange.into_owned()
}

fn example(name: &str) -> Interchange<'static> {
    decoded(&text(name))
}

/// An example in which something was replaced before it was read.
fn deviant(name: &str, replaced: &[(&str, &str)]) -> Interchange<'static> {
    let mut input = text(name);
    for (from, to) in replaced {
        assert!(input.contains(from), "{name} has no {from}");
        input = input.replacen(from, to, 1);
    }
    decoded(&input)
}

fn registration<'i>(interchange: &'i mut Interchange<'static>) -> &'i mut Registration<'static> {
    let Message::Registration(message) = &mut interchange.messages[0] else { unreachable!() };
    message
}

fn transactions<'i>(interchange: &'i mut Interchange<'static>) -> &'i mut Transactions<'static> {
    &mut registration(interchange).transactions
}

/// Declares functions that read an example and change its first transaction.
macro_rules! changed {
    ($($name:ident: $variant:ident($model:ident);)+) => {
        $(fn $name(example: &str, change: impl FnOnce(&mut $model<'static>)) -> Interchange<'static> {
            let mut interchange = decoded(&text(example));
            let Transactions::$variant(list) = transactions(&mut interchange) else { unreachable!() };
            change(&mut list[0]);
            interchange
        })+
    };
}

changed! {
    acceptance: Acceptance(Acceptance);
    amendment_out: AmendmentOut(Amendment);
    removal: Removal(Removal);
    deduction_request: DeductionRequest(DeductionRequest);
    amendment_in: AmendmentIn(Amendment);
    deduction: Deduction(Deduction);
    rejection: Rejection(Rejection);
    approval: Approval(Approval);
    close_quarter: CloseQuarterNotification(CloseQuarterNotification);
    prior_notification: Fp69PriorNotification(Fp69PriorNotification);
    flag_removal: Fp69FlagRemoval(Fp69FlagRemoval);
    request_rejection: DeductionRequestRejection(DeductionRequestRejection);
}

/// Example 4 with other items of a transfer in.
fn transfer_in(change: impl FnOnce(&mut TransferIn<'static>)) -> Interchange<'static> {
    acceptance("e04", |acceptance| {
        let AcceptanceKind::TransferIn(items) = &mut acceptance.kind else { unreachable!() };
        change(items);
    })
}

fn receipt(example: &str, change: impl FnOnce(&mut Recep<'static>)) -> Interchange<'static> {
    let mut interchange = decoded(&text(example));
    let Message::Recep(message) = &mut interchange.messages[0] else { unreachable!() };
    change(message);
    interchange
}

/// Example 21 as a caller makes it who gives no tail.
fn receipt_without_tail() -> Interchange<'static> {
    let header =
        InterchangeHeader::new("KLM5", "ZQX1", time(2024, 4, 3, 6, 40), InterchangeSequence::new(112).unwrap());
    let mut interchange = Interchange::new(header);
    interchange.messages = example("e21").messages;
    interchange
}

/// Example 9, made from nothing.
fn removal_from_nothing() -> Interchange<'static> {
    let now = time(2024, 3, 18, 9, 7);
    let mut message = Registration::default();
    message.reference = MessageSequence::new(508).unwrap().into();
    message.ha = Some("ZQX".into());
    message.translated = Some(now.into());
    let Transaction::Removal(removal) = removal_transaction() else { unreachable!() };
    message.transactions = Transactions::Removal(vec![removal]);
    let header = InterchangeHeader::new("KLM5", "ZQX1", now, InterchangeSequence::new(108).unwrap());
    let mut interchange = Interchange::new(header);
    interchange.messages.push(Message::Registration(message));
    interchange
}

fn removal_transaction() -> Transaction<'static> {
    let mut removal = Removal::default();
    removal.number = Some(TransactionNumber::new(2009).unwrap());
    removal.gp = Some("7000015,T93".into());
    removal.notes = Some("MOVED 40 MILES AWAY".into());
    removal.patient = Some(Person { identifier: Some(PatientIdentifier::official("9990000069")), ..Person::default() });
    Transaction::Removal(removal)
}

fn removal_heading() -> RegistrationHeader<'static> {
    let mut heading = RegistrationHeader::default();
    heading.reference = MessageSequence::new(508).unwrap().into();
    heading.ha = Some("ZQX".into());
    heading.translated = Some(time(2024, 3, 18, 9, 7).into());
    heading.transaction_type = Some(TransactionType::Removal);
    heading
}

fn receipt_heading() -> RecepHeader<'static> {
    let interchange = example("e21");
    let Message::Recep(message) = &interchange.messages[0] else { unreachable!() };
    let mut heading = RecepHeader::default();
    heading.reference = message.reference.clone();
    heading.made.clone_from(&message.made);
    heading.parties.clone_from(&message.parties);
    heading.received.clone_from(&message.received);
    heading
}

/// A writer behind the heading of a receipt message.
fn receipt_writer(buffer: &mut Vec<u8>) -> InterchangeWriter<'_> {
    let mut writer = InterchangeWriter::new(&example("e21").header, &WriteOptions::default(), buffer).unwrap();
    writer.receipt(&receipt_heading()).unwrap();
    writer
}

fn message_receipt(reference: u32) -> MessageReceipt<'static> {
    MessageReceipt::new(MessageSequence::new(reference).unwrap(), MessageStatus::Translated)
}

fn interchange_receipt(count: u64) -> InterchangeReceipt<'static> {
    InterchangeReceipt::new(InterchangeSequence::new(44_005).unwrap(), InterchangeStatus::Received, count)
}

fn address(lines: [Option<Text<'static>>; 5], postcode: Option<Postcode<'static>>) -> Address<'static> {
    let [house_name, road, locality, post_town, county] = lines;
    Address { house_name, road, locality, post_town, county, postcode }
}

/// House name and road of which none is given and at least one is erased.
fn erased_lines() -> [(Line<Text<'static>>, Line<Text<'static>>); 3] {
    [(Line::Erased, Line::Erased), (Line::Erased, Line::Blank), (Line::Blank, Line::Erased)]
}

fn date(year: i32, month: u32, day: u32) -> Date<'static> {
    NaiveDate::from_ymd_opt(year, month, day).unwrap().into()
}

fn time(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(year, month, day).unwrap().and_hms_opt(hour, minute, 0).unwrap()
}

fn both() -> [WriteOptions; 2] {
    [WriteOptions::default(), WriteOptions::default().as_received(true)]
}

fn bytes(interchange: &Interchange<'_>, options: &WriteOptions) -> Result<String, Error> {
    interchange.encode(options).map(|output| String::from_utf8(output).unwrap())
}

/// The strict form.
fn written(interchange: &Interchange<'_>) -> String {
    bytes(interchange, &WriteOptions::default()).unwrap_or_else(|error| format!("refused: {}", told(&error)))
}

fn as_received(interchange: &Interchange<'_>) -> String {
    bytes(interchange, &WriteOptions::default().as_received(true)).unwrap()
}

/// The segments of the strict form that begin so.
fn lines(interchange: &Interchange<'_>, start: &str) -> Vec<String> {
    let output = bytes(interchange, &WriteOptions::default()).map_err(|error| told(&error)).unwrap();
    output.lines().filter(|line| line.starts_with(start)).map(String::from).collect()
}

fn line(interchange: &Interchange<'_>, start: &str) -> String {
    line_with(interchange, &WriteOptions::default(), start)
}

/// The one segment that begins so.
fn line_with(interchange: &Interchange<'_>, options: &WriteOptions, start: &str) -> String {
    let output = bytes(interchange, options).map_err(|error| told(&error)).unwrap();
    let mut lines = output.lines().filter(|line| line.starts_with(start));
    let line = lines.next().unwrap_or("none").to_string();
    assert_eq!(lines.next(), None);
    line
}

/// Strict writing refuses this, or writes something else.
fn never(interchange: &Interchange<'_>, what: &str) {
    if let Ok(output) = bytes(interchange, &WriteOptions::default()) {
        assert!(!output.contains(what), "{what} was written");
    }
}

/// The kind of an error, and its place.
fn told(error: &Error) -> String {
    let place = told_place(error);
    if place.is_empty() { error.kind().id().to_string() } else { format!("{} at {place}", error.kind().id()) }
}

fn told_place(error: &Error) -> String {
    let location = error.location();
    let mut place = location.tag.map(|tag| tag.as_str().to_string()).unwrap_or_default();
    if let (Some(element), Some(component)) = (location.element, location.component) {
        let _ = write!(place, " {element}.{component}");
    }
    let _ = match (location.message, location.transaction) {
        (Some(message), Some(transaction)) => write!(place, " of {message}/{transaction}"),
        (Some(message), None) => write!(place, " of {message}"),
        _ => Ok(()),
    };
    place
}

/// Why strict writing refuses this.
fn refusal(interchange: &Interchange<'_>) -> String {
    bytes(interchange, &WriteOptions::default()).map_or_else(|error| told(&error), |_| "written".into())
}

/// Where strict writing refuses this.
fn place(interchange: &Interchange<'_>) -> String {
    bytes(interchange, &WriteOptions::default()).map_or_else(|error| told_place(&error), |_| "written".into())
}

/// Example 9 with a segment that was not read, in every place of the model that takes one.
fn with_raw_segment(wire: &'static str) -> Vec<(&'static str, Interchange<'static>)> {
    let segment = || RawSegment::from_wire(wire);
    let mut leading = example("e09");
    leading.leading.push(segment());
    let mut trailing = example("e09");
    trailing.trailing.push(segment());
    let mut stray = deviant("e09", &[("UNZ+1", "ZZZ+1'\nUNZ+1")]);
    stray.unrecognised[0].segment = segment();
    let kept = removal("e09", |removal| {
        removal.unrecognised.push(Unrecognised::Segment { at: 4, segment: segment() });
    });
    let mut heading = example("e09");
    registration(&mut heading).unrecognised.push(Unrecognised::Segment { at: 2, segment: segment() });
    let mut transaction = example("e09");
    let list = vec![OtherTransaction { segments: vec![segment()] }];
    *transactions(&mut transaction) = Transactions::Other { code: Some("G4".into()), list };
    let mut message = deviant("e09", &[("FHSREG:0:1:FH:FHS001", "NHSACK:D:1:NH:NHS001")]);
    let Message::Other(other) = &mut message.messages[0] else { unreachable!() };
    other.segments.push(segment());
    vec![
        ("text before the interchange", leading),
        ("text behind the interchange", trailing),
        ("a segment between messages", stray),
        ("a segment of a transaction", kept),
        ("a segment of a heading", heading),
        ("a segment of an unknown transaction", transaction),
        ("a segment of an unknown message", message),
    ]
}

/// Whether every release character stands before one that needs it.
fn releases_only_what_needs_it(output: &str) -> bool {
    let mut characters = output.chars();
    while let Some(character) = characters.next() {
        if character == '?' && !characters.next().is_some_and(|next| "?:+'".contains(next)) {
            return false;
        }
    }
    true
}
