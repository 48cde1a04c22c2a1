//! References of messages and interchanges, and numbers of transactions, as they are written.

use nhais_edifact::transaction::Transactions;
use nhais_edifact::value::{InterchangeSequence, MessageSequence, TransactionNumber};
use nhais_edifact::{InterchangeWriter, Message, WriteOptions};

use super::models::*;

/// docs/wire.md#row-37
#[test]
fn references_have_eight_digits() {
    let mut interchange = removal_from_nothing();
    interchange.header.reference = InterchangeSequence::new(1).unwrap().into();
    registration(&mut interchange).reference = MessageSequence::new(1).unwrap().into();
    assert_eq!(line(&interchange, "UNH"), "UNH+00000001+FHSREG:0:1:FH:FHS001'");
    assert_eq!(line(&interchange, "UNZ"), "UNZ+1+00000001'");
}

/// docs/wire.md#row-37
#[test]
fn other_references_are_refused() {
    for other in ["000001", "1", "000000001", "123456789", "00000000", "ABCDEFGH", "", "0000 001"] {
        let mut interchange = example("e09");
        interchange.header.reference = other.into();
        assert_eq!(refusal(&interchange), "invalid-value at UNB 5.1", "{other}");
        let mut interchange = example("e09");
        registration(&mut interchange).reference = other.into();
        assert!(refusal(&interchange).starts_with("invalid-value at UNH 1.1"), "{other}");
    }
}

/// docs/wire.md#row-37
#[test]
fn other_references_in_receipts_are_refused() {
    for other in ["67005", "000067005", "00000000", "ABCDEFGH"] {
        let interchange = receipt("e21", |receipt| receipt.messages[0].reference = Some(other.into()));
        assert_eq!(refusal(&interchange), "invalid-value at RFF 1.2 of 514", "{other}");
        let interchange = receipt("e21", |receipt| {
            receipt.interchange.as_mut().unwrap().reference = Some(other.into());
        });
        assert_eq!(refusal(&interchange), "invalid-value at RFF 1.2 of 514", "{other}");
    }
}

/// docs/wire.md#row-37
#[test]
fn other_references_are_written_back_on_request() {
    let received = text("e09").replace("00000108", "000108").replace("00000508", "ABC");
    assert_eq!(as_received(&decoded(&received)), received);
}

/// docs/wire.md#row-68
#[test]
fn references_ascend() {
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

/// docs/wire.md#row-68
#[test]
fn references_are_unique_even_after_the_largest() {
    let mut interchange = example("e11");
    for (message, reference) in interchange.messages.iter_mut().zip([99_999_999, 1, 99_999_999]) {
        let Message::Registration(message) = message else { unreachable!() };
        message.reference = MessageSequence::new(reference).unwrap().into();
    }
    assert_ne!(refusal(&interchange), "written");
}

/// docs/wire.md#row-23
#[test]
fn number_of_a_practice_is_from_1_to_9999999() {
    let with = |number: &'static str| removal("e09", |removal| removal.number = Some(number.into()));
    for number in ["1", "9999999"] {
        assert_eq!(line(&with(number), "RFF+TN"), format!("RFF+TN:{number}'"));
    }
    for number in ["0", "10000000", "02009", "00000001", "2OO9", ""] {
        assert!(place(&with(number)).starts_with("RFF 1.2 of 508"), "{number}");
    }
}

/// docs/wire.md#row-23
#[test]
fn range_holds_for_every_type_that_has_the_number_of_a_practice() {
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

/// docs/wire.md#row-23
#[test]
fn number_of_an_authority_may_be_larger_but_is_not_padded() {
    let interchange = flag_removal("e18", |removal| removal.number = Some("10817565".into()));
    assert_eq!(line(&interchange, "RFF+TN"), "RFF+TN:10817565'");
    let interchange = amendment_in("e12", |amendment| amendment.number = Some("00000001".into()));
    assert_eq!(refusal(&interchange), "invalid-value at RFF 1.2 of 67001/1");
}

/// docs/wire.md#row-24
#[test]
fn rejection_of_a_request_quotes_its_number() {
    assert_eq!(line(&example("e19"), "RFF+TN"), "RFF+TN:2010'");
    // It is the number of a practice, which ends at 9,999,999 (row 23).
    let interchange = request_rejection("e19", |rejection| rejection.number = Some("10900007".into()));
    assert_eq!(place(&interchange), "RFF 1.2 of 67007/10900007");
}

/// docs/wire.md#row-39
#[test]
fn numbers_of_one_type_are_unique() {
    let mut interchange = example("e11");
    let Transactions::AmendmentOut(list) = transactions(&mut interchange) else { unreachable!() };
    list[1].number = list[0].number.clone();
    assert_eq!(place(&interchange), "RFF 1.2 of 510/2011");
    let interchange = deviant("e13", &[("RFF+TN:10900003", "RFF+TN:10900002")]);
    assert_eq!(place(&interchange), "RFF 1.2 of 67002/10900002");
}

/// docs/wire.md#row-39
#[test]
fn numbers_of_a_practice_are_unique_in_an_interchange() {
    let interchange = deviant("e11", &[("RFF+TN:2013", "RFF+TN:2012")]);
    assert_eq!(place(&interchange), "RFF 1.2 of 511/2012");
}

/// docs/wire.md#row-39
#[test]
fn numbers_of_one_type_are_unique_over_messages() {
    let mut interchange = example("e09");
    interchange.messages.push(example("e09").messages.remove(0));
    let Message::Registration(second) = &mut interchange.messages[1] else { unreachable!() };
    second.reference = MessageSequence::new(509).unwrap().into();
    assert_eq!(place(&interchange), "RFF 1.2 of 509/2009");
}

/// docs/wire.md#row-39
#[test]
fn numbers_of_one_type_are_unique_part_by_part() {
    let mut buffer = Vec::new();
    let mut writer = InterchangeWriter::new(&example("e09").header, &WriteOptions::default(), &mut buffer).unwrap();
    writer.registration(&removal_heading()).unwrap();
    writer.transaction(&removal_transaction()).unwrap();
    assert_eq!(told_place(&writer.transaction(&removal_transaction()).unwrap_err()), "RFF 1.2 of 508/2009");
}

/// docs/wire.md#row-39
#[test]
fn numbers_occur_twice_on_request() {
    let received = text("e11").replace("RFF+TN:2012", "RFF+TN:2011");
    assert_eq!(as_received(&decoded(&received)), received);
}
