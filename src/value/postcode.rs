//! Postcodes.

use alloc::string::String;
use core::fmt::Write as _;

use super::{Defect, grammar};
use crate::error::Found;
use crate::syntax::Text;

/// A postcode, as it was written.
///
/// Wire form: `ZZ9  9AA`, eight characters: the outward part filled up to four, a space, the inward part. Received ones
/// may be spaced otherwise. Source: [facts 4.5](crate::reference::wire#s-4-5).
///
/// ```
/// use nhais_edifact::value::Postcode;
///
/// let received = Postcode::from("ZZ9 9AA");
/// assert_eq!(received.parts(), Some(("ZZ9", "9AA")));
/// assert!(!received.is_eight_characters());
/// assert_eq!(received.to_eight_characters().unwrap().as_str(), "ZZ9  9AA");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Postcode<'a>(Text<'a>);

impl Postcode<'_> {
    pub(crate) const EXPECTED: &'static str = "a postcode of eight characters";

    /// The outward part (two to four characters) and the inward part (a digit and two letters); `None` if the text has
    /// no such parts.
    pub fn parts(&self) -> Option<(&str, &str)> {
        grammar::postcode(self.as_str())
    }

    /// Whether the postcode has the form to send.
    pub fn is_eight_characters(&self) -> bool {
        has_usual_form(self.as_str()) || (self.as_str().len() == 8 && self.parts().is_some())
    }

    /// The postcode in the form to send; `None` if it has no outward and inward part.
    pub fn to_eight_characters(&self) -> Option<Postcode<'static>> {
        let (outward, inward) = self.parts()?;
        let mut text = String::with_capacity(8);
        write!(text, "{outward:<4} {inward}").ok()?;
        Some(Postcode(text.into()))
    }

    /// Whether both name the same place, however they are spaced.
    ///
    /// ```
    /// # use nhais_edifact::value::Postcode;
    /// assert!(Postcode::from("ZZ9 9AA").same_place(&Postcode::from("ZZ9  9AA")));
    /// ```
    pub fn same_place(&self, other: &Postcode<'_>) -> bool {
        match (self.parts(), other.parts()) {
            (Some(parts), Some(other)) => parts == other,
            _ => self.as_str() == other.as_str(),
        }
    }
}

/// Quick test of a postcode, which nearly all valid ones pass: `ZZ9  9AA` or `ZZ12 3BB`. For the others the grammar
/// decides.
#[inline]
fn has_usual_form(postcode: &str) -> bool {
    let [a, b, c, d, b' ', inward @ ..] = postcode.as_bytes() else { return false };
    let is_code = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let [digit, first, second] = inward else { return false };
    a.is_ascii_uppercase()
        && is_code(b)
        && is_code(c)
        && (is_code(d) || *d == b' ')
        && digit.is_ascii_digit()
        && first.is_ascii_uppercase()
        && second.is_ascii_uppercase()
}

super::identifier::text_value!(Postcode, refusal: |postcode: &Postcode<'_>| {
    if postcode.is_eight_characters() {
        return None;
    }
    let found = (postcode.as_str().chars().count() == 8).then_some(Found::OtherForm);
    Some(Defect::invalid(Postcode::EXPECTED, found))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_however_it_is_spaced() {
        let same = |one: &'static str, other: &'static str| Postcode::from(one).same_place(&Postcode::from(other));
        assert!(same("ZZ9 9AA", "ZZ9  9AA") && same("ABROAD", "ABROAD"));
        assert!(!same("ZZ9 9AA", "ZZ9 9AB") && !same("ABROAD", "ABROAD ") && !same("ZZ9 9AA", "ABROAD"));
    }

    #[test]
    fn what_is_valid_at_first_sight_is_so_by_the_grammar() {
        let alphabet = [b'A', b'9', b' ', b'a', b'-'];
        let mut valid = 0;
        for mut number in 0..alphabet.len().pow(8) {
            let mut bytes = [0; 8];
            for byte in &mut bytes {
                *byte = alphabet[number % alphabet.len()];
                number /= alphabet.len();
            }
            let postcode = core::str::from_utf8(&bytes).unwrap();
            if has_usual_form(postcode) {
                assert!(grammar::postcode(postcode).is_some(), "{postcode}");
                valid += 1;
            }
        }
        assert_eq!(valid, 2 * 2 * 3);
    }
}
