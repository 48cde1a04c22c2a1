//! Making addresses, for acceptances and for amendments.

use crate::syntax::Text;
use crate::transaction::{Address, AmendedAddress};
use crate::value::{Change, Line, Postcode};

/// Constructors, and setters that can be chained; the same for a present address and for an amended one. A line that is
/// set to nothing is one that is not set.
impl<'a, L: Default + From<Text<'a>>, P: Default + From<Postcode<'a>>> Address<'a, L, P> {
    /// An address that has a number or road. Either that or a house name is mandatory, and the post town.
    ///
    /// ```
    /// use nhais_edifact::transaction::Address;
    ///
    /// let address: Address = Address::of_road("14 ELDER WALK", "NEWTON ABBEY").postcode("ZZ9 9AA");
    /// assert_eq!(address.postcode.unwrap().as_str(), "ZZ9  9AA");
    /// ```
    pub fn of_road(road: impl Into<Text<'a>>, post_town: impl Into<Text<'a>>) -> Self {
        Self { post_town: Some(post_town.into()), ..Self::default() }.road(road)
    }

    /// An address that has a house name.
    pub fn of_house(house_name: impl Into<Text<'a>>, post_town: impl Into<Text<'a>>) -> Self {
        Self { post_town: Some(post_town.into()), ..Self::default() }.house_name(house_name)
    }

    /// An address of which no house name or road is known, as an HA may send it.
    pub fn of_town(post_town: impl Into<Text<'a>>) -> Self {
        Self { post_town: Some(post_town.into()), ..Self::default() }
    }

    /// Sets line 1.
    #[must_use]
    pub fn house_name(mut self, house_name: impl Into<Text<'a>>) -> Self {
        self.house_name = line(house_name.into());
        self
    }

    /// Sets line 2, the number and road.
    #[must_use]
    pub fn road(mut self, road: impl Into<Text<'a>>) -> Self {
        self.road = line(road.into());
        self
    }

    /// Sets line 3.
    #[must_use]
    pub fn locality(mut self, locality: impl Into<Text<'a>>) -> Self {
        self.locality = line(locality.into());
        self
    }

    /// Sets line 5.
    #[must_use]
    pub fn county(mut self, county: impl Into<Text<'a>>) -> Self {
        self.county = line(county.into());
        self
    }

    /// Sets the postcode, spaced as it must be sent; one without an outward and inward part stays as it is, and is
    /// refused later.
    #[must_use]
    pub fn postcode(mut self, postcode: impl Into<Postcode<'a>>) -> Self {
        let postcode = postcode.into();
        self.postcode = postcode.to_eight_characters().unwrap_or(postcode).into();
        self
    }
}

fn line<'a, L: Default + From<Text<'a>>>(text: Text<'a>) -> L {
    if text.is_empty() { L::default() } else { text.into() }
}

/// What only the address of an amendment can say. A line that is neither set nor erased is blank in the new address.
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
