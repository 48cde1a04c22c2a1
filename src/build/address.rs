//! Making addresses, for acceptances and for amendments.

use super::item::{IntoItem, given};
use crate::syntax::Text;
use crate::transaction::{AddressOf, AmendedAddress};
use crate::value::{Change, Line, Postcode};

/// Constructors, and setters that can be chained, for present and for amended addresses. Setting a line to `None`, or
/// to blanks, unsets it.
impl<'a, L: Default + From<Option<Text<'a>>>, P: Default + From<Option<Postcode<'a>>>> AddressOf<'a, L, P> {
    /// An address of which a house name, or a number and road, or both are known. One of them is mandatory, and the
    /// post town.
    ///
    /// ```
    /// use nhais_edifact::transaction::Address;
    ///
    /// let (house_name, road) = (None::<&str>, Some("14 ELDER WALK"));
    /// assert_eq!(Address::new(house_name, road, "NEWTON ABBEY"), Address::of_road("14 ELDER WALK", "NEWTON ABBEY"));
    /// ```
    pub fn new(
        house_name: impl IntoItem<Text<'a>>,
        road: impl IntoItem<Text<'a>>,
        post_town: impl IntoItem<Text<'a>>,
    ) -> Self {
        Self::of_town(post_town).house_name(house_name).road(road)
    }

    /// An address that has a number or road. Either that or a house name is mandatory, and the post town.
    ///
    /// ```
    /// use nhais_edifact::transaction::Address;
    ///
    /// let address = Address::of_road("14 ELDER WALK", "NEWTON ABBEY").postcode("ZZ9 9AA");
    /// assert_eq!(address.postcode.unwrap().as_str(), "ZZ9  9AA");
    /// ```
    pub fn of_road(road: impl IntoItem<Text<'a>>, post_town: impl IntoItem<Text<'a>>) -> Self {
        Self::of_town(post_town).road(road)
    }

    /// An address that has a house name.
    pub fn of_house(house_name: impl IntoItem<Text<'a>>, post_town: impl IntoItem<Text<'a>>) -> Self {
        Self::of_town(post_town).house_name(house_name)
    }

    /// An address of which no house name or road is known, as an HA may send it.
    pub fn of_town(post_town: impl IntoItem<Text<'a>>) -> Self {
        Self { post_town: given(post_town), ..Self::default() }
    }

    /// Sets line 1.
    #[must_use]
    pub fn house_name(mut self, house_name: impl IntoItem<Text<'a>>) -> Self {
        self.house_name = given(house_name).into();
        self
    }

    /// Sets line 2, the number and road.
    #[must_use]
    pub fn road(mut self, road: impl IntoItem<Text<'a>>) -> Self {
        self.road = given(road).into();
        self
    }

    /// Sets line 3.
    #[must_use]
    pub fn locality(mut self, locality: impl IntoItem<Text<'a>>) -> Self {
        self.locality = given(locality).into();
        self
    }

    /// Sets line 5.
    #[must_use]
    pub fn county(mut self, county: impl IntoItem<Text<'a>>) -> Self {
        self.county = given(county).into();
        self
    }

    /// Sets the postcode, spaced as it must be sent; one without an outward and inward part stays as it is, and is
    /// refused later.
    #[must_use]
    pub fn postcode(mut self, postcode: impl IntoItem<Postcode<'a>>) -> Self {
        let spaced = |postcode: Postcode<'a>| postcode.to_eight_characters().unwrap_or(postcode);
        self.postcode = given(postcode).map(spaced).into();
        self
    }
}

/// Methods for addresses of amendments. A line that is neither set nor erased is blank in the new address.
///
/// ```
/// use nhais_edifact::transaction::AmendedAddress;
/// use nhais_edifact::value::Line;
///
/// let address = AmendedAddress::of_house("ELM HOUSE", "NEWTON ABBEY").erase_road().erase_postcode();
/// assert_eq!((&address.road, &address.locality), (&Line::Erased, &Line::Blank));
/// ```
impl AmendedAddress<'_> {
    /// Erases line 1.
    #[must_use]
    pub fn erase_house_name(mut self) -> Self {
        self.house_name = Line::Erased;
        self
    }

    /// Erases line 2.
    #[must_use]
    pub fn erase_road(mut self) -> Self {
        self.road = Line::Erased;
        self
    }

    /// Erases line 3.
    #[must_use]
    pub fn erase_locality(mut self) -> Self {
        self.locality = Line::Erased;
        self
    }

    /// Erases line 5.
    #[must_use]
    pub fn erase_county(mut self) -> Self {
        self.county = Line::Erased;
        self
    }

    /// Erases the postcode.
    #[must_use]
    pub fn erase_postcode(mut self) -> Self {
        self.postcode = Change::Erased;
        self
    }
}
