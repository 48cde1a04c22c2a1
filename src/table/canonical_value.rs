//! Parses values of the fast path: a value is either canonical, or left to the general reader.

use super::Row;
use crate::syntax::{CanonicalValue, Text};
use crate::value::{ERASE, Value};

/// The text of a component if it is present, not too long for its row, not the erase marker, and does not begin with a
/// blank.
#[inline]
pub(crate) fn text_for<'a>(value: &CanonicalValue<'a>, row: &Row) -> Option<Text<'a>> {
    // Release characters count towards the length, so that such a text may be rejected here and accepted by the general
    // reader.
    let begins = value.wire().as_bytes().first().is_some_and(|byte| *byte != b' ');
    let fits = begins && value.wire().len() <= row.lengths.limit && value.wire() != ERASE;
    fits.then(|| value.text())
}

/// The value of a component; `None` if it is not canonical.
#[inline]
pub(crate) fn valid_value<'a, V: Value<'a>>(value: CanonicalValue<'a>, row: &Row) -> Option<V> {
    V::parse_valid(text_for(&value, row)?)
}
