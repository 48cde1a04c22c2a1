//! `Arbitrary`: the bytes of a fuzzer are the source.

use arbitrary::{Arbitrary, Result, Unstructured};

use super::{ByteSource, interchange, receipt, transaction};
use crate::interchange::{Interchange, Message};
use crate::recep::Recep;
use crate::transaction::Transaction;
use crate::value::TransactionType;

/// Generates something from as many of the bytes as that takes.
fn made<T>(bytes: &mut Unstructured<'_>, by: impl FnOnce(&mut ByteSource<'_>) -> T) -> Result<T> {
    let rest = bytes.peek_bytes(bytes.len()).unwrap_or_default();
    let mut source = ByteSource::new(rest);
    let made = by(&mut source);
    bytes.bytes(source.taken())?;
    Ok(made)
}

/// Implements `Arbitrary` by a function that takes a source.
macro_rules! arbitrary {
    ($($type:ident by $make:expr;)+) => {
        $(impl<'u> Arbitrary<'u> for $type<'_> {
            fn arbitrary(bytes: &mut Unstructured<'u>) -> Result<Self> {
                made(bytes, $make)
            }
        })+
    };
}

arbitrary! {
    Interchange by interchange;
    Recep by receipt;
    Message by |source| {
        let first = interchange(source).messages.into_iter().next();
        first.unwrap_or_else(|| Message::Recep(receipt(source)))
    };
    Transaction by |source| {
        let transaction_type = source.one_of(TransactionType::ALL).clone();
        transaction(&transaction_type, source)
    };
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;
    use crate::WriteOptions;

    #[test]
    fn takes_no_more_bytes_than_it_needs() {
        let bytes: Vec<u8> = (0..=255).collect();
        let mut rest = Unstructured::new(&bytes);
        let one = Interchange::arbitrary(&mut rest).unwrap();
        assert_eq!(one, interchange(&mut ByteSource::new(&bytes)));
        assert!(rest.len() < bytes.len());
        let other = Interchange::arbitrary(&mut rest).unwrap();
        assert!(other.encode(&WriteOptions::default()).is_ok());
    }

    #[test]
    fn makes_something_of_no_bytes() {
        let mut none = Unstructured::new(&[]);
        assert!(Interchange::arbitrary(&mut none).is_ok());
        assert!(Recep::arbitrary(&mut none).is_ok());
        assert!(Message::arbitrary(&mut none).is_ok());
        assert!(Transaction::arbitrary(&mut none).is_ok());
    }
}
