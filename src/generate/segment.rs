//! Segments: their content, by the rows of their tables.

use super::value::{Leaf, Slot, lines, qualifier};
use crate::choices::Choices;
use crate::layout::{Generated, Row, Table};
use crate::recep::ReceiptParties;
use crate::segment::address::PatientAddress;
use crate::segment::receipt::Nhs;
use crate::syntax::{Text, TextLines};
use crate::transaction::{Address, PatientIdentifier, Person};
use crate::value::{Change, ControlReference, NhsNumber};

fn row_of_value<T: Table>() -> &'static Row {
    T::LAYOUT.around_value().1
}

/// A segment of one value and constants is its value.
impl<T: Table, V: Leaf> Generated<T> for Option<V> {
    fn generated(choices: &mut Choices<'_>) -> Self {
        Some(V::leaf(row_of_value::<T>(), choices))
    }
}

impl<T: Table, V: Leaf> Generated<T> for Change<V> {
    fn generated(choices: &mut Choices<'_>) -> Self {
        if choices.coin() { Self::Erased } else { Self::To(V::leaf(row_of_value::<T>(), choices)) }
    }
}

impl<T: Table> Generated<T> for ControlReference<'_> {
    fn generated(choices: &mut Choices<'_>) -> Self {
        Self::leaf(row_of_value::<T>(), choices)
    }
}

impl<T: Table> Generated<T> for Option<TextLines<'_>> {
    fn generated(choices: &mut Choices<'_>) -> Self {
        Some(lines(row_of_value::<T>(), choices))
    }
}

/// Behind the row of the number, the rows are qualifiers and names in turn.
impl<T: Table, S: Slot, N: Slot> Generated<T> for Option<Person<'_, S, N>> {
    fn generated(choices: &mut Choices<'_>) -> Self {
        let rows = T::LAYOUT.rows;
        let number = rows.first()?;
        let identifier = Option::<NhsNumber<'_>>::slot(number, choices);
        let identifier =
            identifier.map(|value| PatientIdentifier { number: value, qualifier: qualifier(number, choices) });
        let mut names = rows.iter().skip(2).step_by(2);
        let surname = S::slot(names.next()?, choices);
        let mut name = || Some(N::slot(names.next()?, choices));
        Some(Person {
            identifier,
            surname,
            forename: name()?,
            title: name()?,
            second_forename: name()?,
            other_forenames: name()?,
        })
    }
}

impl<L: Slot, P: Slot> Generated<PatientAddress> for Option<Address<'_, L, P>> {
    fn generated(choices: &mut Choices<'_>) -> Self {
        let [house_name, road, locality, post_town, county, postcode] = PatientAddress::LAYOUT.rows else {
            return None;
        };
        Some(Address {
            house_name: L::slot(house_name, choices),
            road: L::slot(road, choices),
            locality: L::slot(locality, choices),
            post_town: Option::<Text<'_>>::slot(post_town, choices),
            county: L::slot(county, choices),
            postcode: P::slot(postcode, choices),
        })
    }
}

impl Generated<Nhs> for Option<ReceiptParties<'_>> {
    fn generated(choices: &mut Choices<'_>) -> Self {
        let [ha, .., gp, _, _] = Nhs::LAYOUT.rows else { return None };
        Some(ReceiptParties { ha: Some(Leaf::leaf(ha, choices)), gp: Some(Leaf::leaf(gp, choices)) })
    }
}
