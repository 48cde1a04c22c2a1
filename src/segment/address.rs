//! NAD+PAT and NAD+PER: the present and the previous address of a patient.

use crate::options::AddressForm;
use crate::syntax::{Ending, RowLiteral, Text, TextCursor};
use crate::table::{Content, FieldReader, GroupWriter, Item, Row, Table, is_given, next_item, segment};
#[cfg(feature = "serde")]
use crate::table::{Presence, is_absent};
use crate::value::{Change, IntoOwned, Line, Postcode};

segment! {
    /// The present address: five lines of fixed meaning, and a postcode.
    NadPat = "NAD+PAT" {
        [3 . 1] An(35) "the house name" as HOUSE_NAME for "address.house_name",
        [3 . 2] An(35) "the number or road" as ROAD for "address.road",
        [3 . 3] An(35) "the locality" as LOCALITY for "address.locality",
        [3 . 4] An(35) "the post town" as POST_TOWN for "address.post_town",
        [3 . 5] An(35) "the county" as COUNTY for "address.county",
        [8 . 1] An(9) "the postcode" as POSTCODE for "address.postcode",
    }
}

segment! {
    /// The previous address: up to five lines, blank ones left out.
    NadPer = "NAD+PER" { [3 . 1] FilledLines(35) "the previous address" as LINES for "kind.previous_address" }
}

/// The placeholder for a blank house name.
///
/// It is one question mark, which on the wire is released like any other (`??`). Source: wire.md#s-4-5.
const NO_HOUSE_NAME: &str = "?";

/// An address of five lines and a postcode.
///
/// Wire form: `NAD+PAT++??:14 ELDER WALK::NEWTON ABBEY:WESTSHIRE+++++ZZ9  9AA'`; `??` says that there is no house name.
/// `L` is a line and `P` the postcode: see [`Address`], and [`AmendedAddress`] where something is new or erased.
/// Source: [facts 4.5](crate::reference::wire#s-4-5).
///
/// ```
/// use nhais_edifact::transaction::Address;
///
/// let mut address = Address::default();
/// address.road = Some("14 ELDER WALK".into());
/// address.post_town = Some("NEWTON ABBEY".into());
/// address.postcode = Some("ZZ9  9AA".into());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(
        default,
        deny_unknown_fields,
        bound(
            serialize = "L: serde::Serialize + Presence, P: serde::Serialize + Presence",
            deserialize = "L: serde::Deserialize<'de> + Default, P: serde::Deserialize<'de> + Default"
        )
    )
)]
pub struct AddressOf<'a, L, P> {
    /// Line 1; an..35.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub house_name: L,
    /// Line 2, the number and road; an..35.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub road: L,
    /// Line 3; an..35.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub locality: L,
    /// Line 4, which cannot be erased; an..35.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub post_town: Option<Text<'a>>,
    /// Line 5; an..35.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub county: L,
    /// The postcode; an..9. An amendment without a postcode leaves the stored one unchanged.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "is_absent"))]
    pub postcode: P,
}

/// An address of a patient.
pub type Address<'a> = AddressOf<'a, Option<Text<'a>>, Option<Postcode<'a>>>;

/// The complete new address that an amendment gives.
pub type AmendedAddress<'a> = AddressOf<'a, Line<Text<'a>>, Change<Postcode<'a>>>;

impl<'a, L, P> AddressOf<'a, L, P> {
    /// Converts lines and postcode to other types.
    fn converted<M: From<L>, Q: From<P>>(self) -> AddressOf<'a, M, Q> {
        AddressOf {
            house_name: self.house_name.into(),
            road: self.road.into(),
            locality: self.locality.into(),
            post_town: self.post_town,
            county: self.county.into(),
            postcode: self.postcode.into(),
        }
    }
}

/// The new address. A missing line becomes blank; a missing postcode leaves the stored one unchanged.
impl<'a> From<Address<'a>> for AmendedAddress<'a> {
    fn from(address: Address<'a>) -> Self {
        address.converted()
    }
}

/// The new values; erased ones become `None`.
impl<'a> From<AmendedAddress<'a>> for Address<'a> {
    fn from(address: AmendedAddress<'a>) -> Self {
        address.converted()
    }
}

impl<L: IntoOwned, P: IntoOwned> IntoOwned for AddressOf<'_, L, P> {
    type Owned = AddressOf<'static, L::Owned, P::Owned>;

    fn into_owned(self) -> Self::Owned {
        AddressOf {
            house_name: self.house_name.into_owned(),
            road: self.road.into_owned(),
            locality: self.locality.into_owned(),
            post_town: self.post_town.map(Text::into_owned),
            county: self.county.into_owned(),
            postcode: self.postcode.into_owned(),
        }
    }
}

impl AmendedAddress<'_> {
    /// Copies the text, so that the address is independent of the input.
    pub fn into_owned(self) -> AmendedAddress<'static> {
        IntoOwned::into_owned(self)
    }
}

impl Address<'_> {
    /// Copies the text, so that the address is independent of the input.
    pub fn into_owned(self) -> Address<'static> {
        IntoOwned::into_owned(self)
    }

    /// Whether it holds anything but blanks.
    pub(crate) fn is_given(&self) -> bool {
        [&self.house_name, &self.road, &self.locality, &self.county].into_iter().any(is_given)
            || is_given(&self.post_town)
            || is_given(&self.postcode)
    }
}

fn rows() -> Option<&'static [Row; 6]> {
    NadPat::LAYOUT.rows.first_chunk()
}

impl<'a, L: Item<'a> + Default, P: Item<'a> + Default> Content<'a, NadPat> for Option<AddressOf<'a, L, P>> {
    fn read_segment(fields: &mut FieldReader<'_, '_, 'a>) -> Self {
        let [house_name, road, locality, post_town, county, postcode] = rows()?;
        fields.allow_trailing();
        let first = fields.take(house_name);
        let placeholder = first.is_some_and(|first| first.is(NO_HOUSE_NAME));
        Some(AddressOf {
            house_name: L::accept(fields, house_name, first.filter(|_| !placeholder)),
            road: L::read(fields, road),
            locality: L::read(fields, locality),
            post_town: Item::read(fields, post_town),
            county: L::read(fields, county),
            postcode: P::read(fields, postcode),
        })
    }

    fn take_canonical<'s>(&mut self, mut cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        let [house_name, road, locality, post_town, county, postcode] = rows()?;
        *self = Some(AddressOf::default());
        let address = self.as_mut()?;
        let (first, mut ending) = cursor.next()?;
        if !first.is_empty() && !first.is(NO_HOUSE_NAME) {
            address.house_name.take_canonical_value(first, house_name)?;
        }
        if ending == Ending::Component {
            ending = next_item(&mut cursor, road, &mut address.road)?;
        }
        if ending == Ending::Component {
            ending = next_item(&mut cursor, locality, &mut address.locality)?;
        }
        if ending == Ending::Component {
            ending = next_item(&mut cursor, post_town, &mut address.post_town)?;
        }
        if ending == Ending::Component {
            ending = next_item(&mut cursor, county, &mut address.county)?;
        }
        if ending == Ending::Element {
            cursor.pass_empty::<4>()?;
            ending = next_item(&mut cursor, postcode, &mut address.postcode)?;
        }
        (ending == Ending::Segment).then_some(cursor)
    }

    #[inline(always)]
    fn write_segment(&self, out: &mut GroupWriter<'_>) -> Option<usize> {
        let mut fields = out.begin(NadPat::LAYOUT)?;
        let (Some(address), Some([house_name, road, locality, post_town, county, postcode])) = (self, rows()) else {
            return fields.end();
        };
        fields.go_to(house_name);
        if address.house_name.is_present() {
            address.house_name.write(&mut fields, house_name);
            fields.read_back(house_name, !address.house_name.is_text(NO_HOUSE_NAME));
        } else {
            fields.literal(const { &RowLiteral::EMPTY.released(b'?') });
        }
        fields.item(road, &address.road);
        fields.item(locality, &address.locality);
        fields.item(post_town, &address.post_town);
        fields.item(county, &address.county);
        if fields.address_form() == AddressForm::FiveLines {
            fields.stand();
        }
        fields.item(postcode, &address.postcode);
        fields.end()
    }
}
