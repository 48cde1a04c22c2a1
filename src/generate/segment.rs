//! Segments: their content, by the rows of their tables.

use super::value::{Leaf, Slot, lines, qualifier};
use crate::byte_source::ByteSource;
use crate::recep::ReceiptParties;
use crate::segment::address::NadPat;
use crate::segment::person::{PnaPat, PnaPer};
use crate::segment::receipt::Nhs;
use crate::syntax::{Text, TextLines};
use crate::table::{Generated, Row, Table};
use crate::transaction::{AddressOf, PatientIdentifier, PersonOf};
use crate::value::{Change, ControlReference, NhsNumber};

fn row_of_value<T: Table>() -> &'static Row {
    T::LAYOUT.around_value().1
}

/// A segment of one value and constants is its value.
impl<T: Table, V: Leaf> Generated<T> for Option<V> {
    fn generated(source: &mut ByteSource<'_>) -> Self {
        Some(V::leaf(row_of_value::<T>(), source))
    }
}

impl<T: Table, V: Leaf> Generated<T> for Change<V> {
    fn generated(source: &mut ByteSource<'_>) -> Self {
        if source.coin() { Self::Erased } else { Self::To(V::leaf(row_of_value::<T>(), source)) }
    }
}

impl<T: Table> Generated<T> for ControlReference<'_> {
    fn generated(source: &mut ByteSource<'_>) -> Self {
        Self::leaf(row_of_value::<T>(), source)
    }
}

impl<T: Table> Generated<T> for Option<TextLines<'_>> {
    fn generated(source: &mut ByteSource<'_>) -> Self {
        Some(lines(row_of_value::<T>(), source))
    }
}

/// A number and the names: surname, first forename, title, second forename, other forenames.
fn person<'a, S: Slot, N: Slot>(
    number: &'static Row,
    names: [&'static Row; 5],
    source: &mut ByteSource<'_>,
) -> PersonOf<'a, S, N> {
    let identifier = Option::<NhsNumber<'_>>::slot(number, source);
    let identifier = identifier.map(|value| PatientIdentifier { number: value, qualifier: qualifier(number, source) });
    let [surname, forename, title, second_forename, other_forenames] = names;
    PersonOf {
        identifier,
        surname: S::slot(surname, source),
        forename: N::slot(forename, source),
        title: N::slot(title, source),
        second_forename: N::slot(second_forename, source),
        other_forenames: N::slot(other_forenames, source),
    }
}

impl<S: Slot, N: Slot> Generated<PnaPat> for Option<PersonOf<'_, S, N>> {
    fn generated(source: &mut ByteSource<'_>) -> Self {
        let names =
            [PnaPat::SURNAME, PnaPat::FORENAME, PnaPat::TITLE, PnaPat::SECOND_FORENAME, PnaPat::OTHER_FORENAMES];
        Some(person(PnaPat::NUMBER, names, source))
    }
}

impl<S: Slot, N: Slot> Generated<PnaPer> for Option<PersonOf<'_, S, N>> {
    fn generated(source: &mut ByteSource<'_>) -> Self {
        let names =
            [PnaPer::SURNAME, PnaPer::FORENAME, PnaPer::TITLE, PnaPer::SECOND_FORENAME, PnaPer::OTHER_FORENAMES];
        Some(person(PnaPer::NUMBER, names, source))
    }
}

impl<L: Slot, P: Slot> Generated<NadPat> for Option<AddressOf<'_, L, P>> {
    fn generated(source: &mut ByteSource<'_>) -> Self {
        Some(AddressOf {
            house_name: L::slot(NadPat::HOUSE_NAME, source),
            road: L::slot(NadPat::ROAD, source),
            locality: L::slot(NadPat::LOCALITY, source),
            post_town: Option::<Text<'_>>::slot(NadPat::POST_TOWN, source),
            county: L::slot(NadPat::COUNTY, source),
            postcode: P::slot(NadPat::POSTCODE, source),
        })
    }
}

impl Generated<Nhs> for Option<ReceiptParties<'_>> {
    fn generated(source: &mut ByteSource<'_>) -> Self {
        Some(ReceiptParties { ha: Some(Leaf::leaf(Nhs::HA, source)), gp: Some(Leaf::leaf(Nhs::GP, source)) })
    }
}
