//! L3: what was written of a model is read as that model. The models are made from bytes, which shrink.

use nhais_edifact::generate::{ByteSource, transaction};
use nhais_edifact::transaction::Transaction;
use nhais_edifact::value::{NhsNumberForm, TransactionType};
use proptest::prelude::*;

use crate::support::laws;

fn choices() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..800)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn l3_decode_of_encode_is_the_model(choices in choices()) {
        laws::decoding_what_was_encoded_gives_the_model(&choices);
    }

    #[test]
    fn l3_decode_of_encode_as_received_is_the_model(choices in choices()) {
        laws::decoding_what_was_encoded_as_received_gives_the_model(&choices);
    }

    #[test]
    fn l11_written_as_received_reads_back_or_is_refused(choices in choices()) {
        laws::written_as_received_reads_back_or_is_refused(&choices);
    }

    #[test]
    fn l3_both_ways_of_writing_agree(choices in choices()) {
        laws::both_ways_of_writing_agree(&choices);
    }

    #[test]
    fn l3_interchanges_in_a_row_are_the_models(all in proptest::collection::vec(choices(), 1..4)) {
        laws::interchanges_in_a_row_give_their_models(&all);
    }

    #[test]
    fn nhs_numbers_are_fictitious_and_valid(choices in choices()) {
        let made = transaction(&TransactionType::Removal, &mut ByteSource::new(&choices));
        let Transaction::Removal(removal) = made else { panic!("another type") };
        let patient = removal.patient.unwrap();
        let number = patient.nhs_number().unwrap();
        prop_assert_eq!(number.form(), NhsNumberForm::Valid);
        prop_assert!(number.as_str().starts_with("999"));
    }
}
