//! Values about which nothing can be said.

use super::Row;
use crate::syntax::{CanonicalValue, Text};
use crate::value::{ERASE, Value};

/// The text of one component, if it is there, not too long for its row, and no erase marker. What begins with a blank may
/// have nothing else.
#[inline]
pub(crate) fn text_for<'a>(value: &CanonicalValue<'a>, row: &Row) -> Option<Text<'a>> {
    // With release characters it is taken to be longer than it is.
    let begins = value.wire().as_bytes().first().is_some_and(|byte| *byte != b' ');
    let fits = begins && value.wire().len() <= row.lengths.limit && value.wire() != ERASE;
    fits.then(|| value.text())
}

/// The value of one component, if nothing can be said about it.
#[inline]
pub(crate) fn valid_value<'a, V: Value<'a>>(value: CanonicalValue<'a>, row: &Row) -> Option<V> {
    V::parse_valid(text_for(&value, row)?)
}
