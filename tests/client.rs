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
    use nhais_edifact::generate::{ByteSource, interchange};
    use nhais_edifact::transaction::{
        Acceptance, Amendment, Approval, CloseQuarterNotification, Deduction, DeductionRequest,
        DeductionRequestRejection, Fp69FlagRemoval, Fp69PriorNotification, OtherTransaction, PatientRef, Rejection,
        Removal, Transaction, TransactionRef, Transactions,
    };
    use nhais_edifact::value::TransactionType;
    use nhais_edifact::{Interchange, Issue, Message, ReadOptions, WriteOptions};
    use serde_json::Value;

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
        assert_eq!(found.len(), interchange.registrations().map(|message| message.transactions.len()).sum::<usize>());
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

    /// Whether any object has this path. Between two parts of it the name of a variant may stand.
    fn has_path(value: &Value, path: &[&str]) -> bool {
        let children = || value.as_object().into_iter().flat_map(serde_json::Map::values);
        let items = value.as_array().into_iter().flatten();
        leads_along(value, path) || children().chain(items).any(|child| has_path(child, path))
    }

    fn leads_along(value: &Value, path: &[&str]) -> bool {
        let [key, rest @ ..] = path else { return true };
        let variants = value.as_object().into_iter().flat_map(serde_json::Map::values);
        std::iter::once(value).chain(variants).filter_map(|one| one.get(key)).any(|one| leads_along(one, rest))
    }

    /// The files of the corpus that end so.
    fn corpus(extension: &str) -> Vec<Vec<u8>> {
        let folders = ["examples", "transactions", "deviations"];
        let files = folders.iter().flat_map(|folder| {
            std::fs::read_dir(format!("{}/tests/corpus/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap()
        });
        let paths = files.map(|file| file.unwrap().path());
        paths
            .filter(|path| path.extension().is_some_and(|own| own == extension))
            .map(|path| std::fs::read(path).unwrap())
            .collect()
    }

    /// Calls `each` with the interchanges of the corpus, and some that were made as they may arrive.
    fn for_each_interchange(each: &mut dyn FnMut(&Interchange<'_>)) {
        for bytes in corpus("edi") {
            let decoded = Interchange::decode_all(&bytes, &ReadOptions::default()).unwrap();
            for decoded in &decoded {
                each(&decoded.interchange);
            }
        }
        for seed in 0..200_u8 {
            let bytes: Vec<u8> = (0..=255).map(|at: u8| at.wrapping_mul(seed | 1).wrapping_add(at / 3)).collect();
            each(&interchange(&mut ByteSource::new(&bytes).as_received(true)));
        }
    }

    #[test]
    fn fields_are_paths_in_models() {
        let models: Vec<Value> = corpus("json").iter().map(|model| serde_json::from_slice(model).unwrap()).collect();
        let mut fields = std::collections::BTreeSet::new();
        for_each_interchange(&mut |interchange| {
            interchange.check(&mut |issue: Issue| fields.extend(issue.error().field()));
        });
        assert!(fields.len() > 20, "{fields:?}");
        for field in fields {
            let path: Vec<&str> = field.split('.').collect();
            assert!(models.iter().any(|model| has_path(model, &path)), "{field}");
        }
    }

    #[test]
    fn what_is_found_first_is_what_encoding_refuses_with() {
        for_each_interchange(&mut |interchange| {
            let mut first: Option<Issue> = None;
            interchange.check(&mut first);
            let refused = interchange.encode(&WriteOptions::default()).err();
            assert_eq!(first.map(|issue| *issue.error()), refused, "{interchange:?}");
        });
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

/// What builders take, and what they give back.
mod builders {
    use chrono::{NaiveDate, NaiveDateTime};
    use nhais_edifact::build::kind::{AcceptanceOf, Birth, RemovalKind};
    use nhais_edifact::build::{AcceptanceItems, Draft, Encoded, Identity, InterchangeBuilder, Kind};
    use nhais_edifact::exchange::{Numbering, TransactionNumbering};
    use nhais_edifact::syntax::Text;
    use nhais_edifact::transaction::{
        Acceptance, AcceptanceKind, Address, AmendedAddress, Amendment, Approval, Person, Removal, Transaction,
    };
    use nhais_edifact::value::{AcceptanceCode, Change, GpCode, Line, NhsNumber, Postcode, Sex, TransactionSequence};
    use nhais_edifact::{Error, WriteOptions};

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    pub(super) fn now() -> NaiveDateTime {
        date(2024, 3, 8).and_hms_opt(9, 15, 0).unwrap()
    }

    pub(super) fn gp() -> GpCode<'static> {
        GpCode::from("7000015,T93")
    }

    pub(super) fn patient() -> NhsNumber<'static> {
        NhsNumber::from("9990000018")
    }

    pub(super) fn items() -> AcceptanceItems<'static> {
        AcceptanceItems {
            gp: gp(),
            code: AcceptanceCode::Ordinary,
            accepted_on: date(2024, 3, 7),
            surname: "MARLOWE".into(),
            sex: Sex::Female,
            address: Address::of_road("14 ELDER WALK", "NEWTON ABBEY"),
        }
    }

    fn acceptance<K: Kind>(draft: Draft<'static, K>) -> Acceptance<'static> {
        match draft.build().unwrap() {
            Transaction::Acceptance(acceptance) => acceptance,
            other => panic!("{:?}", other.transaction_type()),
        }
    }

    #[test]
    fn setters_take_a_value_or_an_option_of_it() {
        let place = String::from("LEEDS");
        let set = acceptance(
            Acceptance::first(items(), Identity::NhsNumber(patient()))
                .forename(Some("IRIS"))
                .title(Some(String::from("MISS")))
                .second_forename(Text::from("JUNE"))
                .date_of_birth(Some(date(2024, 2, 20)))
                .place_of_birth(place)
                .institute(Some("QB"))
                .notes(Some("SEE LETTER"))
                .previous_surname(Some(Text::from("PIKE"))),
        );
        let person = set.patient.unwrap();
        assert_eq!((person.forename, person.title), (Some("IRIS".into()), Some("MISS".into())));
        assert_eq!(person.second_forename, Some("JUNE".into()));
        assert_eq!(set.date_of_birth.unwrap().calendar(), Some(date(2024, 2, 20)));
        assert_eq!((set.place_of_birth, set.notes.unwrap().to_text()), (Some("LEEDS".into()), "SEE LETTER".into()));
        assert_eq!((set.institute.unwrap().as_str(), set.previous.unwrap().surname), ("QB", Some("PIKE".into())));
    }

    #[test]
    fn what_is_nothing_or_blank_is_not_set() {
        let bare = acceptance(Acceptance::first(items(), Identity::NhsNumber(patient())));
        for blank in [None, Some(""), Some("  ")] {
            let draft = Acceptance::first(items(), Identity::NhsNumber(patient()))
                .forename("IRIS")
                .forename(blank)
                .title(blank)
                .second_forename(blank)
                .other_forenames(blank)
                .place_of_birth(blank)
                .institute(blank)
                .notes(blank)
                .previous_surname(blank)
                .date_of_birth(None::<NaiveDate>);
            assert_eq!(acceptance(draft), bare, "{blank:?}");
            let address = Address::of_road("14 ELDER WALK", "NEWTON ABBEY");
            let same = address.clone().house_name(blank).locality(blank).county(blank).postcode(blank);
            assert_eq!(same, address, "{blank:?}");
            let approval = Approval::draft("2005".into(), gp());
            assert_eq!(approval.clone().nhs_number(blank).build(), approval.build(), "{blank:?}");
            let amendment = Amendment::by_ha("7".into(), gp(), patient()).surname("PIKE");
            let same = (amendment.clone())
                .forename(blank)
                .title(blank)
                .institute(blank)
                .previous_surname(blank)
                .new_nhs_number(blank)
                .sex(None::<Sex>)
                .address(None::<AmendedAddress<'_>>);
            assert_eq!(same.build(), amendment.build(), "{blank:?}");
        }
    }

    #[test]
    fn lines_of_a_previous_address_may_be_missing() {
        let identity = || Identity::PlaceOfBirth("LISBON".into());
        let previous = |lines: Option<Vec<String>>| {
            let draft = Acceptance::immigrant(items(), identity(), date(2024, 1, 30)).previous_address(lines);
            let AcceptanceKind::Immigrant(immigrant) = acceptance(draft).kind else { panic!() };
            immigrant.previous_address.map(|lines| lines.iter().map(|line| line.to_string()).collect::<Vec<_>>())
        };
        assert_eq!(previous(Some(vec!["3 MILL LANE".into(), " ".into(), "EASTPOOL".into()])).unwrap().len(), 2);
        assert_eq!((previous(Some(vec![" ".into()])), previous(Some(vec![])), previous(None)), (None, None, None));
    }

    #[test]
    fn an_address_needs_no_annotation() {
        let of_road = Address::of_road("1 X", "TOWN");
        assert_eq!((&of_road.road, &of_road.post_town), (&Some("1 X".into()), &Some("TOWN".into())));
        assert_eq!(Address::new(None::<&str>, Some("1 X"), "TOWN"), of_road);
        assert_eq!(Address::new(Some("ELM HOUSE"), "", "TOWN"), Address::of_house("ELM HOUSE", "TOWN"));
        assert_eq!(Address::new("", None::<String>, Some("TOWN")), Address::of_town("TOWN"));
        let person = Person::default();
        assert!(person.nhs_number().is_none());
    }

    #[test]
    fn an_address_becomes_an_amended_one_and_back() {
        let address = Address::of_road("1 X", "TOWN").postcode("ZZ9 9AA");
        let amended = AmendedAddress::from(address.clone());
        assert_eq!((&amended.road, &amended.county), (&Line::To("1 X".into()), &Line::Blank));
        assert_eq!(amended.postcode, Change::To(Postcode::from("ZZ9  9AA")));
        assert_eq!(AmendedAddress::from(Address::of_town("TOWN")).postcode, Change::Unchanged);
        assert_eq!(Address::from(amended.erase_house_name()), address, "what is erased is nothing");
        let amendment = Amendment::by_practice(gp(), patient()).address(address).build().unwrap();
        let Transaction::AmendmentOut(amendment) = amendment else { panic!() };
        assert_eq!(amendment.address.unwrap().post_town, Some("TOWN".into()));
    }

    #[test]
    fn options_changes_and_lines_are_made_of_each_other() {
        assert_eq!((Change::<u8>::from(Some(1)), Change::<u8>::from(None)), (Change::To(1), Change::Unchanged));
        assert_eq!((Line::<u8>::from(Some(1)), Line::<u8>::from(None)), (Line::To(1), Line::Blank));
        assert_eq!((Option::from(Change::To(1)), Option::<u8>::from(Change::Erased)), (Some(1), None));
        assert_eq!((Option::from(Line::To(1)), Option::<u8>::from(Line::Erased)), (Some(1), None));
        let (title, line) = (Change::To(String::from("DR")), Line::To(String::from("DR")));
        assert_eq!((title.as_ref().map(String::len), line.as_ref().map(String::len)), (Change::To(2), Line::To(2)));
        assert_eq!(
            (Change::<u8>::Erased.map(u32::from), Line::<u8>::Blank.map(u32::from)),
            (Change::Erased, Line::Blank)
        );
    }

    #[test]
    fn kinds_have_names_of_their_own() {
        let birth: Draft<'_, AcceptanceOf<Birth>> = Acceptance::birth(items(), patient(), date(2024, 2, 20));
        let removal: Draft<'_, RemovalKind> = Removal::draft(gp(), patient(), "MOVED AWAY");
        assert!(birth.clone().build().is_ok() && removal.clone().build().is_ok());
    }

    #[test]
    fn all_faults_of_a_draft_are_said_by_field() {
        let draft = Acceptance::birth(
            AcceptanceItems {
                gp: "7000015".into(),
                code: "Z".into(),
                surname: "".into(),
                address: Address::of_road("14 ELDER WALK", "").postcode("NOWHERE"),
                ..items()
            },
            NhsNumber::from("9990000017"),
            date(2024, 2, 20),
        )
        .forename("Iris")
        .title("%");
        let faults: Vec<_> = (draft.faults().iter()).map(|fault| (fault.field().unwrap(), fault.kind().id())).collect();
        assert_eq!(
            faults,
            [
                ("gp", "acceptance-gp"),
                ("address.post_town", "acceptance-post-town"),
                ("patient.surname", "missing-value"),
                ("acceptance_code", "unknown-code"),
                ("patient.identifier.number", "invalid-value"),
                ("patient.forename", "repertoire"),
                ("patient.title", "erase-marker"),
                ("address.postcode", "invalid-value"),
            ]
        );
        assert_eq!(draft.build().unwrap_err().field(), Some("gp"));
    }

    #[test]
    fn a_missing_item_is_a_fault_of_its_field() {
        let transfer = Acceptance::transfer_in(items(), Identity::NhsNumber(patient()), "", None::<&str>);
        let fields: Vec<_> = transfer.faults().iter().map(Error::field).collect();
        assert_eq!(fields, [Some("kind.previous_gp"), Some("kind.previous_address")]);
        let removal = Removal::draft("".into(), patient(), "");
        assert_eq!(removal.faults().iter().map(Error::field).collect::<Vec<_>>(), [Some("gp"), Some("notes")]);
    }

    #[test]
    fn what_is_read_as_something_else_is_one_fault_among_others() {
        let amendment = Amendment::by_practice(gp(), NhsNumber::from("1")).title("%").surname("Pike");
        let faults: Vec<_> = (amendment.faults().iter()).map(|fault| (fault.field(), fault.kind().id())).collect();
        assert_eq!(
            faults,
            [
                (Some("patient.identifier.number"), "invalid-value"),
                (Some("patient.surname"), "repertoire"),
                (Some("patient.title"), "erase-marker"),
            ]
        );
    }

    #[test]
    fn a_sound_draft_has_no_faults_and_a_long_value_is_none() {
        let draft = Removal::draft(gp(), patient(), "MOVED 40 MILES AWAY, TO A PLACE WITH A RATHER LONG DESCRIPTION");
        assert_eq!((draft.faults(), draft.build().is_ok()), (Vec::new(), true));
    }

    #[test]
    fn an_interchange_says_all_that_would_be_refused() {
        let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
        for (number, reason) in [("9990000017", "MOVED AWAY"), ("9990000018", "moved away"), ("1", "%")] {
            builder.push(Removal::draft(gp(), number.into(), reason).build_as_is()).unwrap();
        }
        let options = WriteOptions::default().as_received(true);
        let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
        let mut interchange = builder.finish(&mut numbering, &mut transactions, &options).unwrap().interchange;
        interchange.header.sender = "K".into();
        let mut issues: Vec<nhais_edifact::Issue> = Vec::new();
        interchange.check(&mut issues);
        let found: Vec<_> = (issues.iter())
            .map(|issue| (issue.nth_message(), issue.error().location().transaction, issue.error().field().unwrap()))
            .collect();
        assert_eq!(
            found,
            [
                (None, None, "sender"),
                (Some(1), Some(1), "patient.identifier.number"),
                (Some(1), Some(2), "notes"),
                (Some(1), Some(3), "patient.identifier.number"),
            ]
        );
        let first = interchange.encode(&WriteOptions::default()).unwrap_err();
        assert_eq!(&first, issues[0].error());
    }

    #[test]
    fn numbers_are_used_up_when_the_interchange_is_finished() {
        let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
        let refused = Removal::draft(gp(), NhsNumber::from("1"), "MOVED AWAY");
        assert!(refused.clone().build().is_err());
        let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
        builder.push(Removal::draft(gp(), patient(), "MOVED AWAY").build().unwrap()).unwrap();
        let own = Removal::draft(gp(), patient(), "FAR").number(TransactionSequence::new(77).unwrap());
        builder.push(own.build().unwrap()).unwrap();
        let amendment = Amendment::by_practice(gp(), patient()).surname("PIKE");
        builder.push(amendment.build().unwrap()).unwrap();
        let options = WriteOptions::default();
        let Encoded { interchange, bytes, issues } =
            builder.finish(&mut numbering, &mut transactions, &options).unwrap();
        let numbers: Vec<_> = interchange.transactions().map(|(_, one)| one.number().unwrap().number()).collect();
        assert_eq!(numbers, [Some(1), Some(77), Some(2)]);
        assert_eq!((interchange.encode(&options).unwrap(), issues), (bytes, Vec::new()));
        assert_eq!((numbering.next_interchange().number(), transactions.next_transaction().number()), (2, 3));
    }

    #[test]
    fn a_refused_finish_leaves_the_builder_as_it_was() {
        let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
        let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
        builder.push(Removal::draft(gp(), NhsNumber::from("QXT9/3/12"), "MOVED AWAY").build_as_is()).unwrap();
        let before = format!("{builder:?}");
        let options = WriteOptions::default();
        assert!(builder.finish(&mut numbering, &mut transactions, &options).is_err());
        assert_eq!(format!("{builder:?}"), before);
        assert_eq!(transactions, TransactionNumbering::default());
        let encoded = builder.finish(&mut numbering, &mut transactions, &options.as_received(true)).unwrap();
        assert_eq!((encoded.issues.len(), encoded.issues[0].kind().id()), (1, "invalid-value"));
        // What was finished is not sent again.
        let error = builder.finish(&mut numbering, &mut transactions, &options).unwrap_err();
        assert_eq!(error.kind().id(), "no-message");
    }

    #[test]
    fn a_practice_s_transaction_without_number_is_refused_without_numbering() {
        let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
        builder.push(Removal::draft(gp(), patient(), "MOVED AWAY").build().unwrap()).unwrap();
        let error = builder.finish(&mut Numbering::default(), None, &WriteOptions::default()).unwrap_err();
        assert_eq!(error.to_string(), "expected RFF+TN, but found none (message 1)");
    }
}

/// What is tolerated when writing.
mod tolerance {
    use nhais_edifact::build::{Identity, InterchangeBuilder};
    use nhais_edifact::exchange::{Numbering, TransactionNumbering};
    use nhais_edifact::options::Policy;
    use nhais_edifact::syntax::RawSegment;
    use nhais_edifact::transaction::{Acceptance, Address, PatientIdentifier, Transactions, Unrecognised};
    use nhais_edifact::value::Count;
    use nhais_edifact::{Error, Interchange, Issue, Message, WriteOptions};

    use super::builders::{items, now, patient};
    use super::{decoded, example};

    type Set = fn(WriteOptions, Policy) -> WriteOptions;
    type Spoil = fn(&mut Interchange<'static>);

    /// Each policy, with what it is about: the identifier of the error, and how it comes about.
    const POLICIES: [(&str, Set, Spoil); 13] = [
        ("invalid-value", WriteOptions::nhs_numbers, |interchange| {
            let identifier = PatientIdentifier::official("QXT9/3/12");
            first(interchange).patient.as_mut().unwrap().identifier = Some(identifier);
        }),
        ("invalid-value", WriteOptions::postcodes, |interchange| {
            first(interchange).address.as_mut().unwrap().postcode = Some("ZZ9 9AA".into());
        }),
        ("unknown-code", WriteOptions::unknown_codes, |interchange| {
            first(interchange).acceptance_code = Some("Z".into());
        }),
        ("repertoire", WriteOptions::repertoire, |interchange| {
            first(interchange).patient.as_mut().unwrap().surname = Some("Marlowe".into());
        }),
        ("too-long", WriteOptions::lengths, |interchange| {
            first(interchange).patient.as_mut().unwrap().surname = Some("M".repeat(71).into());
        }),
        ("missing-segment", WriteOptions::missing_items, |interchange| first(interchange).accepted_on = None),
        ("missing-value", WriteOptions::missing_items, |interchange| {
            first(interchange).patient.as_mut().unwrap().surname = None;
        }),
        ("unknown-segment", WriteOptions::unknown_segments, |interchange| {
            let segment = Unrecognised::Segment { at: 3, segment: RawSegment::from_wire("XYZ+1") };
            first(interchange).unrecognised.push(segment);
        }),
        ("repeated-transaction-number", WriteOptions::repeated_numbers, |interchange| {
            let Message::Registration(message) = &mut interchange.messages[0] else { panic!() };
            let Transactions::Acceptance(list) = &mut message.transactions else { panic!() };
            list.push(list[0].clone());
        }),
        ("invalid-constant", WriteOptions::constants, |interchange| interchange.header.syntax_version = "3".into()),
        ("acceptance-post-town", WriteOptions::rules, |interchange| {
            first(interchange).address = Some(Address::of_road("14 ELDER WALK", ""));
        }),
        ("invalid-value", WriteOptions::other_values, |interchange| interchange.header.sender = "K".into()),
        ("control-count", WriteOptions::other_envelope, |interchange| {
            *interchange = decoded(&example("e21")).into_owned();
            let Message::Recep(message) = &mut interchange.messages[0] else { panic!() };
            message.interchange.as_mut().unwrap().count = Some(Count::from("5"));
        }),
    ];

    fn first<'i>(interchange: &'i mut Interchange<'static>) -> &'i mut Acceptance<'static> {
        let Message::Registration(message) = &mut interchange.messages[0] else { panic!() };
        let Transactions::Acceptance(list) = &mut message.transactions else { panic!() };
        &mut list[0]
    }

    fn sound() -> Interchange<'static> {
        let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now());
        builder.push(Acceptance::first(items(), Identity::NhsNumber(patient())).build().unwrap()).unwrap();
        let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());
        builder.finish(&mut numbering, &mut transactions, &WriteOptions::default()).unwrap().interchange
    }

    fn written(interchange: &Interchange<'_>, options: &WriteOptions) -> Result<Vec<&'static str>, Error> {
        let mut issues: Vec<Issue> = Vec::new();
        interchange.encode_with(options, &mut issues, &mut Vec::new())?;
        assert!(interchange.encode(options).is_ok());
        Ok(issues.iter().map(|issue| issue.kind().id()).collect())
    }

    #[test]
    fn each_policy_tolerates_its_kind_and_no_other() {
        let strict = WriteOptions::default();
        for (id, set, spoil) in POLICIES {
            let mut interchange = sound();
            spoil(&mut interchange);
            assert_eq!(interchange.encode(&strict).unwrap_err().kind().id(), id);
            assert_eq!(written(&interchange, &set(strict, Policy::Report)).unwrap(), [id]);
            assert_eq!(written(&interchange, &set(strict, Policy::Accept)).unwrap(), [""; 0], "{id}");
            let all_others = set(strict.as_received(true), Policy::Reject);
            assert_eq!(interchange.encode(&all_others).unwrap_err().kind().id(), id);
            assert_eq!(written(&interchange, &strict.as_received(true)).unwrap(), [id]);
            assert_eq!(strict.as_received(true).as_received(false), strict);
        }
    }

    #[test]
    fn one_old_nhs_number_does_not_switch_the_other_checks_off() {
        let options = WriteOptions::default().nhs_numbers(Policy::Report);
        let with_number = |number: &str| {
            let mut interchange = sound();
            let identifier = PatientIdentifier::official(number.to_owned());
            first(&mut interchange).patient.as_mut().unwrap().identifier = Some(identifier);
            interchange
        };
        let mut interchange = with_number("QXT9/3/12");
        assert_eq!(written(&interchange, &options).unwrap(), ["invalid-value"]);
        first(&mut interchange).patient.as_mut().unwrap().forename = Some("Iris".into());
        assert_eq!(written(&interchange, &options).unwrap_err().field(), Some("patient.forename"));
        // Nor those of the number itself.
        let refused = |number: &str| with_number(number).encode(&options).unwrap_err().kind().id();
        assert_eq!((refused("qxt9/3/12"), refused(&"Q".repeat(36))), ("repertoire", "too-long"));
        assert_eq!(written(&with_number("qxt9/3/12"), &options.repertoire(Policy::Report)).unwrap(), ["invalid-value"]);
    }

    #[test]
    fn what_is_read_as_something_else_is_tolerated_by_none() {
        let mut interchange = sound();
        first(&mut interchange).address.as_mut().unwrap().house_name = Some("?".into());
        let all = WriteOptions::default().as_received(true);
        assert_eq!(interchange.encode(&all).unwrap_err().kind().id(), "read-otherwise");
    }
}
