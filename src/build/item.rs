//! The arguments of setters.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use chrono::NaiveDate;

use crate::syntax::{Text, TextLines};
use crate::table::{Item, is_given};
use crate::transaction::{Address, AmendedAddress};
use crate::value::{Date, Fp69Reason, GpCode, HaCipher, InstituteCode, NhsNumber, Postcode, Sex, TransactionNumber};

/// An argument of a setter: a value, or an `Option` of one.
///
/// `None` and blanks unset the item.
///
/// ```
/// use nhais_edifact::transaction::Address;
///
/// let county: Option<&str> = None;
/// let address = Address::of_road("14 ELDER WALK", "NEWTON ABBEY").county(county).locality("");
/// assert_eq!((address.county, address.locality), (None, None));
/// ```
pub trait IntoItem<T> {
    /// The value, if there is one.
    fn into_item(self) -> Option<T>;
}

impl<T, V: IntoItem<T>> IntoItem<T> for Option<V> {
    fn into_item(self) -> Option<T> {
        self.and_then(V::into_item)
    }
}

/// Declares the arguments from which an item can be made.
macro_rules! made_of {
    ($($type:ty),+ $(,)?) => {
        $(impl<'a, T: From<$type>> IntoItem<T> for $type {
            fn into_item(self) -> Option<T> {
                Some(self.into())
            }
        })+
    };
}

made_of!(&'a str, Cow<'a, str>, Text<'a>, Address<'a>);

impl<T: From<String>> IntoItem<T> for String {
    fn into_item(self) -> Option<T> {
        Some(self.into())
    }
}

impl<'a, T: From<&'a str>> IntoItem<T> for &'a String {
    fn into_item(self) -> Option<T> {
        Some(self.as_str().into())
    }
}

impl<T: From<Self>> IntoItem<T> for NaiveDate {
    fn into_item(self) -> Option<T> {
        Some(self.into())
    }
}

/// Declares items that setters take without conversion.
macro_rules! as_they_are {
    ($($type:ty),+ $(,)?) => {
        $(impl<'a> IntoItem<$type> for $type {
            fn into_item(self) -> Option<Self> {
                Some(self)
            }
        })+
    };
}

as_they_are!(
    AmendedAddress<'a>,
    Date<'a>,
    Fp69Reason<'a>,
    GpCode<'a>,
    HaCipher<'a>,
    InstituteCode<'a>,
    NhsNumber<'a>,
    Postcode<'a>,
    TextLines<'a>,
    TransactionNumber<'a>,
);

impl IntoItem<Self> for Sex {
    fn into_item(self) -> Option<Self> {
        Some(self)
    }
}

/// Lines are taken one by one.
impl<'a, T: AsRef<str>> IntoItem<TextLines<'a>> for &[T] {
    fn into_item(self) -> Option<TextLines<'a>> {
        Some(self.iter().map(AsRef::as_ref).collect())
    }
}

impl<'a, T: AsRef<str>, const LINES: usize> IntoItem<TextLines<'a>> for [T; LINES] {
    fn into_item(self) -> Option<TextLines<'a>> {
        self.as_slice().into_item()
    }
}

impl<'a, T: AsRef<str>> IntoItem<TextLines<'a>> for Vec<T> {
    fn into_item(self) -> Option<TextLines<'a>> {
        self.as_slice().into_item()
    }
}

/// The value, if there is one that is not blank.
pub(super) fn given<'a, T>(item: impl IntoItem<T>) -> Option<T>
where
    Option<T>: Item<'a>,
{
    let item = item.into_item();
    if is_given(&item) { item } else { None }
}

/// The lines that are not blank, if there are any.
pub(super) fn filled<'a>(lines: impl IntoItem<TextLines<'a>>) -> Option<TextLines<'a>> {
    let lines: TextLines<'a> = given(lines)?;
    if lines.iter().all(|line| !line.is_blank()) {
        return Some(lines);
    }
    let lines: Vec<Text<'_>> = lines.iter().filter(|line| !line.is_blank()).collect();
    Some(lines.iter().map(Text::as_str).collect())
}
