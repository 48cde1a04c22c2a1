//! Identifiers of partners, authorities, GPs, institutes and patients: text, with accessors for its parts.

use core::ops::RangeInclusive;

use super::{Defect, grammar};
use crate::error::Found;
use crate::syntax::Text;

/// Implements what values that consist of text have in common; `shown` if `Debug` may show it.
macro_rules! text_value {
    ($type:ident $(, shown: $shown:literal)?, refusal: $refusal:expr) => {
        impl<'a> $type<'a> {
            /// The text.
            #[inline]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }

            /// Copies the text, so that the value is independent of the input.
            pub fn into_owned(self) -> $type<'static> {
                $type(self.0.into_owned())
            }
        }

        impl AsRef<str> for $type<'_> {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        $crate::value::textual!($type<'_>);

        impl<'a, T: Into<Text<'a>>> From<T> for $type<'a> {
            fn from(text: T) -> Self {
                Self(text.into())
            }
        }

        impl core::fmt::Debug for $type<'_> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                // An invalid code may be anything, so only its length is shown.
                let is_shown = false $(|| $shown)? && $crate::value::Value::refusal(self).is_none();
                $crate::value::debug(f, stringify!($type), self.as_str(), is_shown)
            }
        }

        impl<'a> $crate::value::Value<'a> for $type<'a> {
            #[inline]
            fn parse(text: $crate::syntax::Text<'a>) -> Self {
                Self(text)
            }

            #[inline]
            fn render<'s>(&'s self, _: &'s mut $crate::value::Scratch) -> &'s str {
                self.as_str()
            }

            #[inline]
            fn as_text(&self) -> Option<&str> {
                Some(self.as_str())
            }

            fn refusal(&self) -> Option<$crate::value::Defect> {
                $refusal(self)
            }
        }

        impl $crate::value::IntoOwned for $type<'_> {
            type Owned = $type<'static>;

            fn into_owned(self) -> $type<'static> {
                $type::into_owned(self)
            }
        }
    };
}

pub(crate) use text_value;

/// The defect of a code that should be so many capital letters and digits.
fn unless_code(text: &str, lengths: RangeInclusive<usize>, expected: &'static str) -> Option<Defect> {
    if is_code(text, lengths.clone()) {
        return None;
    }
    let found = lengths.contains(&text.chars().count()).then_some(Found::OtherCharacters);
    Some(Defect::invalid(expected, found))
}

pub(super) fn is_code(text: &str, lengths: RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// The address of a partner in UNB, also called link code.
///
/// Wire form: `KLM5` or `ZQX1`, four letters and digits; received ones may be any an..35. It is not the cipher of
/// `NAD+FHS`. Source: [facts 1.5](crate::reference::wire#s-1-5).
///
/// ```
/// use nhais_edifact::value::TradingPartnerCode;
///
/// assert_eq!(TradingPartnerCode::from("KLM5").as_str(), "KLM5");
/// assert_eq!(format!("{:?}", TradingPartnerCode::from("KLM5")), "TradingPartnerCode(KLM5)");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct TradingPartnerCode<'a>(Text<'a>);

text_value!(TradingPartnerCode, shown: true, refusal: |code: &TradingPartnerCode<'_>| {
    unless_code(code.as_str(), 4..=4, "a trading partner code of four letters and digits")
});

/// The cipher of a health authority's system in NAD: two or three letters.
///
/// Wire form: `ZQX`, in `NAD+FHS+ZQX:954`. Test systems have digits in it; received ciphers may be any an..17. Source:
/// [facts 7.3](crate::reference::wire#s-7-3) and [appendix A](crate::reference::wire#appendix-a).
///
/// ```
/// use nhais_edifact::value::HaCipher;
///
/// assert_eq!(HaCipher::from("ZQX").as_str(), "ZQX");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct HaCipher<'a>(Text<'a>);

text_value!(HaCipher, shown: true, refusal: |cipher: &HaCipher<'_>| {
    unless_code(cipher.as_str(), 2..=3, "an HA cipher of two or three letters")
});

/// The code of a residential institute, issued locally.
///
/// Wire form: `QA`, in `NAD+RIC+QA:956`; an..17. Which codes there are is not public. Source:
/// [facts 4.2](crate::reference::wire#s-4-2).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct InstituteCode<'a>(Text<'a>);

text_value!(InstituteCode, refusal: |_: &InstituteCode<'_>| None);

/// A GP, by the national code of the GMC and the local code of the HA.
///
/// Wire form: `7000015,T93`, seven digits, a comma, one to six letters and digits. In receipts the local part may be
/// missing, and `9999` stands where the acknowledged interchange names no GP. Source:
/// [facts 7.2](crate::reference::wire#s-7-2).
///
/// ```
/// use nhais_edifact::value::GpCode;
///
/// let gp = GpCode::from("7000015,T93");
/// assert_eq!((gp.national(), gp.local()), ("7000015", Some("T93")));
/// assert_eq!(GpCode::from("9999").local(), None);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct GpCode<'a>(Text<'a>);

impl GpCode<'_> {
    /// The text that a receipt quotes when the interchange names no GP.
    pub const NONE: &'static str = "9999";

    /// The text before the first comma, or the whole text.
    pub fn national(&self) -> &str {
        self.as_str().split_once(',').map_or(self.as_str(), |(national, _)| national)
    }

    /// The text behind the first comma, if there is one.
    pub fn local(&self) -> Option<&str> {
        Some(self.as_str().split_once(',')?.1)
    }

    /// Whether both parts have the specified form.
    pub fn is_complete(&self) -> bool {
        has_usual_form(self.as_str()) || grammar::is_gp_code(self.as_str())
    }
}

/// Quick test of a GP code, which nearly all valid codes pass; for the others the grammar decides.
#[inline]
fn has_usual_form(code: &str) -> bool {
    let (Some(([national @ .., b','], local)), Some(last)) =
        (code.as_bytes().split_first_chunk::<8>(), code.as_bytes().last_chunk::<8>())
    else {
        return false;
    };
    let mut digits = [b'0'; 8];
    digits[..7].copy_from_slice(national);
    (1..=6).contains(&local.len()) && grammar::are_digits(u64::from_le_bytes(digits)) && {
        // Of the last eight characters, the first ones belong to the national part.
        let others = 8 * (8 - local.len());
        let zeros = u64::from_le_bytes([b'0'; 8]) << (64 - others);
        grammar::are_code_characters((u64::from_le_bytes(*last) >> others) | zeros)
    }
}

text_value!(GpCode, refusal: |code: &GpCode<'_>| {
    let valid = code.is_complete() || code.as_str() == GpCode::NONE;
    (!valid).then_some(Defect::Invalid("a GP code of seven digits, a comma and a local code"))
});

/// A patient's NHS number, in any of its forms.
///
/// Wire form: `9990000018`, ten digits with a check digit (modulus 11). Numbers from before 1996 have letters and
/// slashes; the Scottish ones among them a colon, which must be released. Source:
/// [facts 7.1](crate::reference::wire#s-7-1).
///
/// ```
/// use nhais_edifact::value::{NhsNumber, NhsNumberForm};
///
/// assert_eq!(NhsNumber::from("9434765919").form(), NhsNumberForm::Valid);
/// assert_eq!(NhsNumber::from("9434765918").form(), NhsNumberForm::WrongCheckDigit);
/// assert_eq!(NhsNumber::from("QXT9/3/12").form(), NhsNumberForm::Other);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct NhsNumber<'a>(Text<'a>);

/// The kind of an NHS number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NhsNumberForm {
    /// Ten digits, the last of them the right check digit.
    Valid,
    /// Ten digits, the last of them not the check digit.
    WrongCheckDigit,
    /// Anything else: an old number, or none.
    Other,
}

impl NhsNumber<'_> {
    pub(crate) const EXPECTED: &'static str = "an NHS number of ten digits with its check digit";

    /// The kind of the number.
    pub fn form(&self) -> NhsNumberForm {
        let Ok(digits) = <&[u8; 10]>::try_from(self.as_str().as_bytes()) else { return NhsNumberForm::Other };
        if !digits.iter().all(u8::is_ascii_digit) {
            return NhsNumberForm::Other;
        }
        if has_check_digit(digits) { NhsNumberForm::Valid } else { NhsNumberForm::WrongCheckDigit }
    }
}

/// Modulus 11: the sum of the digits with the weights 10 to 2, and of the check digit, is a multiple of 11.
///
/// The textbook subtracts the remainder of the first nine from 11, where 11 means 0 and 10 is invalid; no digit can be
/// 10, so the sum gives the same.
fn has_check_digit(digits: &[u8; 10]) -> bool {
    let weighed = digits.iter().zip((1..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight);
    weighed.sum::<u32>() % 11 == 0
}

text_value!(NhsNumber, refusal: |number: &NhsNumber<'_>| {
    let found = match number.form() {
        NhsNumberForm::Valid => return None,
        NhsNumberForm::WrongCheckDigit => Some(Found::WrongCheckDigit),
        NhsNumberForm::Other => None,
    };
    Some(Defect::invalid(NhsNumber::EXPECTED, found))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_the_check_digits_of_the_facts() {
        for number in ["9434765919", "9990000018", "9990000107", "9991234004", "9999999999", "3333333333", "4444444444"]
        {
            assert_eq!(NhsNumber::from(number).form(), NhsNumberForm::Valid, "{number}");
        }
    }

    #[test]
    fn rejects_every_other_check_digit() {
        for digit in (0..=9).filter(|digit| *digit != 9) {
            let number = std::format!("943476591{digit}");
            assert_eq!(NhsNumber::from(number).form(), NhsNumberForm::WrongCheckDigit);
        }
        assert_eq!(NhsNumber::from("1234567890").form(), NhsNumberForm::WrongCheckDigit);
    }

    #[test]
    fn old_numbers_are_other() {
        for number in ["", "999000001", "99900000188", "N/10/10", "SU123", "999 000 0018", "９９"] {
            assert_eq!(NhsNumber::from(number).form(), NhsNumberForm::Other, "{number}");
        }
    }

    #[test]
    fn gp_codes_that_are_valid_at_first_sight_are_so_by_the_grammar() {
        let alphabet = [b'9', b'A', b',', b'a'];
        let mut valid = 0;
        // Two characters on each side of the comma's place, and the lengths around the limits.
        for (digits, letters) in (5..8).flat_map(|digits| (0..6).map(move |letters| (digits, letters))) {
            for number in 0..alphabet.len().pow(4) {
                let at = |place: u32| char::from(alphabet[number / alphabet.len().pow(place) % alphabet.len()]);
                let code = std::format!("{:9<digits$}{}{}{}{:A<letters$}{}", "", at(0), at(1), at(2), "", at(3));
                if has_usual_form(&code) {
                    assert!(grammar::is_gp_code(&code), "{code}");
                    valid += 1;
                }
            }
        }
        assert!(valid > 20);
    }

    #[test]
    fn splits_gp_codes_at_the_first_comma() {
        let code = GpCode::from("123,4,5");
        assert_eq!((code.national(), code.local(), code.is_complete()), ("123", Some("4,5"), false));
        assert!(GpCode::from("0700012,Q81234").is_complete());
        for incomplete in [
            "7000015",
            "7000015,",
            "700001,T93",
            "7000015,T931234",
            "70000I5,T93",
            "7000015,T-3",
            "7000015,\u{F0}",
            "9999",
        ] {
            assert!(!GpCode::from(incomplete).is_complete(), "{incomplete}");
        }
    }
}
