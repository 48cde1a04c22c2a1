//! A practice system, and an HA, as clients: each name is used as they would use it.

use nhais_edifact::Interchange;

/// An interchange of the corpus.
fn example(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/corpus/examples/{name}.edi", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn decoded(input: &[u8]) -> Interchange<'_> {
    Interchange::decode(input).unwrap().interchange
}

/// What a model can be asked.
mod models {
    use nhais_edifact::transaction::{
        Acceptance, Amendment, Approval, CloseQuarterNotification, Deduction, DeductionRequest,
        DeductionRequestRejection, Fp69FlagRemoval, Fp69PriorNotification, OtherTransaction, PatientRef, Rejection,
        Removal, Transaction, TransactionRef, Transactions,
    };
    use nhais_edifact::value::TransactionType;
    use nhais_edifact::{Interchange, Message};

    use super::{decoded, example};

    #[test]
    fn transactions_of_all_messages_come_with_their_message() {
        let input = example("e11");
        let interchange = decoded(&input);
        let found: Vec<_> = (interchange.transactions())
            .map(|(message, one)| (message.reference.number().unwrap(), one.number().unwrap().number().unwrap()))
            .collect();
        let messages: Vec<_> = interchange.registrations().map(|message| message.reference.number().unwrap()).collect();
        assert_eq!(messages, [510, 511, 512]);
        assert_eq!(found.len(), interchange.registrations().map(|message| message.transactions.len()).sum());
        assert!(found.iter().all(|(message, _)| messages.contains(message)));
        assert_eq!(interchange.receipts().count(), 0);
    }

    #[test]
    fn a_receipt_is_found_without_a_match() {
        let input = example("e21");
        let interchange = decoded(&input);
        assert_eq!(interchange.receipts().next().unwrap().messages.len(), 1);
        assert_eq!((interchange.registrations().count(), interchange.transactions().count()), (0, 0));
        let message = &interchange.messages[0];
        assert!(message.as_recep().is_some() && message.as_registration().is_none());
    }

    #[test]
    fn a_transaction_says_whom_it_is_about_whatever_its_type_is() {
        let input = example("e17");
        let interchange = decoded(&input);
        let (_, first) = interchange.transactions().next().unwrap();
        assert!(matches!(first, TransactionRef::Fp69PriorNotification(_)));
        let patient = first.patient().unwrap();
        assert_eq!((patient.surname().unwrap().as_str(), patient.forename().unwrap().as_str()), ("PIKE", "DORIS"));
        assert_eq!(patient.nhs_number().unwrap().as_str(), "9990000042");
        assert_eq!(first.nhs_number().unwrap().as_str(), "9990000042");
        assert_eq!(first.gp().unwrap().as_str(), "7000015,T93");
        assert_eq!(first.transaction_type(), Some(TransactionType::Fp69PriorNotification));
    }

    #[test]
    fn the_patient_of_an_amendment_has_the_new_names() {
        let input = example("e25");
        let interchange = decoded(&input);
        let (_, amendment) = interchange.transactions().next().unwrap();
        let patient = amendment.patient().unwrap();
        assert!(matches!(patient, PatientRef::Amended(_)));
        assert_eq!((patient.surname().unwrap().as_str(), patient.forename()), ("GRANT", None));
        assert_eq!(amendment.nhs_number().unwrap().as_str(), "9990000050");
    }

    #[test]
    fn a_rejection_names_no_patient() {
        let input = example("e14");
        let interchange = decoded(&input);
        let (_, rejection) = interchange.transactions().next().unwrap();
        assert_eq!((rejection.patient(), rejection.nhs_number()), (None, None));
    }

    #[test]
    fn a_transaction_of_an_unknown_type_says_its_numbers() {
        let text = String::from_utf8(example("e18")).unwrap().replace("RFF+950:F10", "RFF+950:F12");
        let interchange = decoded(text.as_bytes());
        let (_, other) = interchange.transactions().next().unwrap();
        assert!(matches!(other, TransactionRef::Other(_)));
        assert_eq!(other.nhs_number().unwrap().as_str(), "9990000042");
        assert_eq!((other.patient(), other.transaction_type()), (None, None));
    }

    #[test]
    fn a_transaction_can_be_asked_what_its_reference_can() {
        let input = example("e17");
        let Some(Message::Registration(message)) = decoded(&input).messages.into_iter().next() else { panic!() };
        let references: Vec<String> = (&message.transactions)
            .into_iter()
            .map(|one| format!("{:?} {:?} {:?} {:?}", one.number(), one.gp(), one.nhs_number(), one.patient()))
            .collect();
        let transactions = message.transactions.into_iter();
        assert_eq!(transactions.len(), 2);
        let owned: Vec<Transaction<'_>> = transactions.collect();
        let asked: Vec<String> = (owned.iter())
            .map(|one| format!("{:?} {:?} {:?} {:?}", one.number(), one.gp(), one.nhs_number(), one.patient()))
            .collect();
        assert_eq!(asked, references);
        assert_eq!(TransactionRef::from(&owned[0]), owned[0].as_ref());
    }

    #[test]
    fn a_list_is_walked_from_both_ends() {
        let input = example("e17");
        let interchange: Interchange<'_> = decoded(&input);
        let list = &interchange.registrations().next().unwrap().transactions;
        let numbers = |one: TransactionRef<'_, '_>| one.number().and_then(|number| number.number());
        assert_eq!(list.iter().len(), 2);
        assert_eq!(list.iter().next().map(numbers), list.get(0).map(numbers));
        assert_eq!(list.iter().next_back().map(numbers), list.get(1).map(numbers));
        assert!(list.get(2).is_none());
    }

    #[test]
    fn a_list_is_begun_by_its_type_and_models_are_transactions() {
        let one_of_each: [Transaction<'_>; 11] = [
            Acceptance::default().into(),
            Removal::default().into(),
            DeductionRequest::default().into(),
            Deduction::default().into(),
            Rejection::default().into(),
            Approval::default().into(),
            CloseQuarterNotification::default().into(),
            Fp69PriorNotification::default().into(),
            Fp69FlagRemoval::default().into(),
            DeductionRequestRejection::default().into(),
            Transaction::AmendmentIn(Amendment::default()),
        ];
        for transaction in one_of_each {
            let mut list = Transactions::new(transaction.transaction_type().unwrap());
            assert!(list.push(transaction.clone()).is_ok());
            assert_eq!(list.into_iter().next(), Some(transaction));
        }
        let mut others = Transactions::new("F12".into());
        assert!(others.push(OtherTransaction::default().into()).is_ok());
        assert_eq!(others.into_iter().len(), 1);
    }
}
