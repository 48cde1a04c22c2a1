//! Dates and times: calendar dates without a zone, or the text that was sent in place of one.

use alloc::boxed::Box;
use core::fmt;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::{Defect, IntoOwned, Scratch, Value, grammar};
use crate::error::Found;
use crate::syntax::{Text, Word};

/// The content of a DTM segment that is not a date of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct UnreadableDate<'a> {
    /// The component of the date.
    pub text: Text<'a>,
    /// The format qualifier behind it, if there is one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub format: Option<Text<'a>>,
}

super::into_owned!(UnreadableDate { text, format });

/// A date without time.
///
/// Wire form: `20240308:102`, CCYYMMDD and the format qualifier. What is not a date of the calendar in that format is
/// kept as it came, and sorts behind all dates. Source: [facts 5.9](crate::reference::wire#s-5-9) and
/// [7.4](crate::reference::wire#s-7-4).
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::value::Date;
///
/// let date = Date::from(NaiveDate::from_ymd_opt(2024, 3, 8).unwrap());
/// assert_eq!(date.to_string(), "20240308");
/// assert_eq!(date.calendar(), NaiveDate::from_ymd_opt(2024, 3, 8));
/// assert_eq!(format!("{date:?}"), "Date(8)", "it may be that of a birth");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
pub enum Date<'a> {
    /// A date that exists, in a year from 1 to 9999.
    Calendar(NaiveDate),
    /// Anything else.
    Unreadable(Box<UnreadableDate<'a>>),
}

/// A date may be that of a birth, so only its length is shown.
impl fmt::Debug for Date<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug(f, "Date", self.render(&mut Scratch::default()), false)
    }
}

/// A date and a time of day to the minute, UK local time as a rule; the wire carries no zone.
///
/// Wire form: `202403080915:203`, CCYYMMDDHHMM and the format qualifier, which receipts write as 306. Source:
/// [facts 5.9](crate::reference::wire#s-5-9) and [7.5](crate::reference::wire#s-7-5).
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::value::DateTime;
///
/// let time = NaiveDate::from_ymd_opt(2024, 3, 8).unwrap().and_hms_opt(9, 15, 0).unwrap();
/// assert_eq!(DateTime::from(time).to_string(), "202403080915");
///
/// // Seconds are cut off.
/// let later = NaiveDate::from_ymd_opt(2024, 3, 8).unwrap().and_hms_opt(9, 15, 59).unwrap();
/// assert_eq!(DateTime::from(later), DateTime::from(time));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
pub enum DateTime<'a> {
    /// A date and time of the calendar, in a year from 1 to 9999, to the minute: one with seconds cannot be written.
    /// Conversions truncate it.
    Calendar(NaiveDateTime),
    /// Anything else.
    Unreadable(Box<UnreadableDate<'a>>),
}

/// Implements what dates and date-times share.
macro_rules! calendar {
    ($type:ident, $calendar:ty, $cut:path, $read:path, $wrong:path, $write:path, $word:path, $expected:literal, $serialized:literal) => {
        impl<'a> $type<'a> {
            /// The value, if it is one of the calendar.
            pub fn calendar(&self) -> Option<$calendar> {
                match self {
                    Self::Calendar(calendar) => Some(*calendar),
                    Self::Unreadable(_) => None,
                }
            }

            /// Copies the text, so that the date is independent of the input.
            pub fn into_owned(self) -> $type<'static> {
                match self {
                    Self::Calendar(calendar) => $type::Calendar(calendar),
                    Self::Unreadable(unreadable) => $type::Unreadable(Box::new(unreadable.into_owned())),
                }
            }

            fn unreadable(text: Text<'a>, format: Option<Text<'a>>) -> Self {
                Self::Unreadable(Box::new(UnreadableDate { text, format }))
            }
        }

        impl From<$calendar> for $type<'_> {
            fn from(calendar: $calendar) -> Self {
                Self::Calendar($cut(calendar))
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type<'_> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read = stored::read::<_, $calendar>(deserializer, $serialized)?;
                Ok(read.map_or_else(|unreadable| Self::Unreadable(Box::new(unreadable)), Self::from))
            }
        }

        impl<'a> From<&'a str> for $type<'a> {
            fn from(text: &'a str) -> Self {
                Self::parse(text.into())
            }
        }

        super::textual!($type<'_>);

        impl<'a> Value<'a> for $type<'a> {
            #[inline]
            fn parse(text: Text<'a>) -> Self {
                match $read(&text) {
                    Some(calendar) => Self::Calendar(calendar),
                    None => Self::unreadable(text, None),
                }
            }

            fn misfit(text: Text<'a>, format: Option<Text<'a>>) -> Self {
                Self::unreadable(text, format)
            }

            #[inline]
            fn render<'s>(&'s self, scratch: &'s mut Scratch) -> &'s str {
                match self {
                    Self::Calendar(calendar) => $write(*calendar, scratch),
                    Self::Unreadable(unreadable) => unreadable.text.as_str(),
                }
            }

            #[inline]
            fn word(&self) -> Option<Word> {
                match self {
                    Self::Calendar(calendar) => $word(*calendar),
                    Self::Unreadable(_) => None,
                }
            }

            fn format(&self) -> Option<&str> {
                match self {
                    Self::Calendar(_) => None,
                    Self::Unreadable(unreadable) => Some(unreadable.format.as_deref().unwrap_or_default()),
                }
            }

            #[inline]
            fn defect(&self) -> Option<Defect> {
                match self {
                    Self::Calendar(_) => None,
                    Self::Unreadable(unreadable) => Some(Defect::invalid($expected, $wrong(&unreadable.text))),
                }
            }

            fn refusal(&self) -> Option<Defect> {
                let Self::Calendar(calendar) = self else { return self.defect() };
                let wrong = match has_a_year_of_four_digits(calendar) {
                    false => Some(Found::NoSuchYear),
                    true if $word(*calendar).is_none() => Some(Found::OtherForm),
                    true => None,
                };
                wrong.map(|wrong| Defect::InvalidAs($expected, wrong))
            }

            fn is_read_back(&self, format: &str) -> bool {
                let Self::Unreadable(unreadable) = self else { return self.refusal().is_none() };
                let UnreadableDate { text, format: own } = &**unreadable;
                // Receipts may label a date and time 203, too (wire.md#row-18).
                let own_format = |own: &Text<'_>| own.as_str() == format || (format == "306" && own.as_str() == "203");
                !text.is_empty()
                    && own.as_ref().is_none_or(|own| !own.is_empty())
                    && !(own.as_ref().is_some_and(own_format) && $read(text).is_some())
            }
        }

        impl IntoOwned for $type<'_> {
            type Owned = $type<'static>;

            fn into_owned(self) -> $type<'static> {
                $type::into_owned(self)
            }
        }
    };
}

calendar!(
    Date,
    NaiveDate,
    core::convert::identity,
    read_date,
    wrong_date,
    write_date,
    date_word,
    "a date CCYYMMDD of format 102",
    "a date as 2024-03-08, or the text that stood in its place"
);
calendar!(
    DateTime,
    NaiveDateTime,
    cut_to_the_minute,
    read_date_time,
    wrong_date_time,
    write_date_time,
    date_time_word,
    "a date and time CCYYMMDDHHMM in its format",
    "a date and time as 2024-03-08T09:15:00, or the text that stood in its place"
);

/// Deserializing dates.
#[cfg(feature = "serde")]
mod stored {
    use core::fmt;
    use core::marker::PhantomData;
    use core::str::FromStr;

    use chrono::{Datelike, NaiveDate, NaiveDateTime, ParseError};
    use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor, value::MapAccessDeserializer};

    use super::{UnreadableDate, has_a_year_of_four_digits};
    use crate::error::Found;

    /// Deserializes a date, or the text in place of one. A date of the calendar that the wire cannot express is an
    /// error, which does not show it.
    pub(super) fn read<'de, D: Deserializer<'de>, C: Datelike + FromStr<Err = ParseError>>(
        deserializer: D,
        expected: &'static str,
    ) -> Result<Result<C, UnreadableDate<'static>>, D::Error> {
        deserializer.deserialize_any(Reading { expected, calendar: PhantomData })
    }

    struct Reading<C> {
        expected: &'static str,
        calendar: PhantomData<C>,
    }

    impl<'de, C: Datelike + FromStr<Err = ParseError>> Visitor<'de> for Reading<C> {
        type Value = Result<C, UnreadableDate<'static>>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.expected)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            let found = match text.parse::<C>() {
                Ok(calendar) if has_a_year_of_four_digits(&calendar) => return Ok(Ok(calendar)),
                Ok(_) => Found::NoSuchYear,
                Err(_) => wrong(text),
            };
            Err(E::custom(format_args!("expected {}, but found {found}", self.expected)))
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            UnreadableDate::deserialize(MapAccessDeserializer::new(map)).map(Err)
        }
    }

    /// The defect of a text that is no date: it does not exist, or it is something else.
    fn wrong(text: &str) -> Found {
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        let digits = |text: &str| text.split(['-', ':']).all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        match (date.parse::<NaiveDate>(), time) {
            (Ok(_), Some(time)) if time.len() == 8 && digits(time) && text.parse::<NaiveDateTime>().is_err() => {
                Found::NoSuchTime
            }
            (Err(_), _) if date.len() == 10 && digits(date) => Found::NoSuchDay,
            _ => Found::of(text),
        }
    }
}

/// Whether CCYYMMDD can state the year: the calendar has no year 0000.
#[inline]
fn has_a_year_of_four_digits(calendar: &impl Datelike) -> bool {
    (1..=9999).contains(&calendar.year())
}

/// A date in wire form, if the year has four digits.
#[inline]
fn date_word(date: NaiveDate) -> Option<Word> {
    let year = u64::try_from(date.year()).ok().filter(|_| has_a_year_of_four_digits(&date))?;
    Word::of_number(year * 10_000 + u64::from(date.month() * 100 + date.day()), 8)
}

/// A date and time in wire form, if it has no seconds.
#[inline]
fn date_time_word(time: NaiveDateTime) -> Option<Word> {
    (time.second() == 0 && time.nanosecond() == 0).then_some(())?;
    let minutes = Word::of_number(u64::from(time.hour() * 100 + time.minute()), 4)?;
    date_word(time.date()).map(|date| date.and(minutes))
}

/// Truncates a time, since the wire has no seconds.
fn cut_to_the_minute(time: NaiveDateTime) -> NaiveDateTime {
    let cut = NaiveTime::from_hms_opt(time.hour(), time.minute(), 0);
    time.date().and_time(cut.unwrap_or_default())
}

fn date_of((year, month, day): (u32, u32, u32)) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(has_a_year_of_four_digits)
}

fn read_date(text: &str) -> Option<NaiveDate> {
    date_of(grammar::ccyymmdd(text)?)
}

fn read_date_time(text: &str) -> Option<NaiveDateTime> {
    let (year, month, day, hour, minute) = grammar::ccyymmddhhmm(text)?;
    Some(date_of((year, month, day))?.and_time(NaiveTime::from_hms_opt(hour, minute, 0)?))
}

/// The defect of a date of digits; `None` if the text is not digits.
fn wrong_date(text: &str) -> Option<Found> {
    let (year, ..) = grammar::ccyymmdd(text)?;
    Some(if year == 0 { Found::NoSuchYear } else { Found::NoSuchDay })
}

fn wrong_date_time(text: &str) -> Option<Found> {
    grammar::ccyymmddhhmm(text)?;
    let date = text.get(..8)?;
    if read_date(date).is_some() { Some(Found::NoSuchTime) } else { wrong_date(date) }
}

/// Writes the last digits of a number before `end`; returns where they begin.
fn put(scratch: &mut Scratch, end: usize, digits: usize, mut number: u32) -> usize {
    for place in scratch[end - digits..end].iter_mut().rev() {
        // A digit fits.
        *place = b'0' + u8::try_from(number % 10).unwrap_or_default();
        number /= 10;
    }
    end - digits
}

/// Writes a date before `end`; returns where it begins. A year of more than four digits is written in full, so that the
/// text is no date rather than another date.
fn put_date(scratch: &mut Scratch, end: usize, date: NaiveDate) -> usize {
    let day = put(scratch, end, 2, date.day());
    let month = put(scratch, day, 2, date.month());
    let year = date.year().unsigned_abs();
    let digits = if year > 99_999 { 6 } else { 4 + usize::from(year > 9999) };
    let start = put(scratch, month, digits, year);
    if date.year() >= 0 {
        return start;
    }
    scratch[start - 1] = b'-';
    start - 1
}

fn write_date(date: NaiveDate, scratch: &mut Scratch) -> &str {
    let end = scratch.len();
    let start = put_date(scratch, end, date);
    core::str::from_utf8(&scratch[start..]).unwrap_or_default()
}

fn write_date_time(time: NaiveDateTime, scratch: &mut Scratch) -> &str {
    let end = scratch.len();
    let minute = put(scratch, end, 2, time.minute());
    let hour = put(scratch, minute, 2, time.hour());
    let start = put_date(scratch, hour, time.date());
    core::str::from_utf8(&scratch[start..]).unwrap_or_default()
}

/// When an interchange was prepared, element 4 of UNB; UK local time as a rule.
///
/// Wire form: `240308:0915`, YYMMDD and HHMM. The year has two digits, so a conversion takes a pivot; nothing is
/// guessed. Source: [facts 1.6](crate::reference::wire#s-1-6).
///
/// ```
/// use chrono::NaiveDate;
/// use nhais_edifact::value::PreparationTime;
///
/// let prepared = PreparationTime::from_wire("920116", "1529");
/// let read = prepared.to_date_time(1980).unwrap();
/// assert_eq!(read, NaiveDate::from_ymd_opt(1992, 1, 16).unwrap().and_hms_opt(15, 29, 0).unwrap());
/// assert_eq!(PreparationTime::from(read), prepared);
/// assert_eq!(prepared.to_string(), "920116:1529");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PreparationTime<'a> {
    date: Text<'a>,
    time: Text<'a>,
}

impl<'a> PreparationTime<'a> {
    /// The two components as they stand on the wire.
    pub fn from_wire(date: impl Into<Text<'a>>, time: impl Into<Text<'a>>) -> Self {
        Self { date: date.into(), time: time.into() }
    }

    /// The first component, YYMMDD.
    pub fn date(&self) -> &Text<'a> {
        &self.date
    }

    /// The second component, HHMM.
    pub fn time(&self) -> &Text<'a> {
        &self.time
    }

    /// The date and time, with the year among the hundred that begin with `first_year`; `None` if there is none such.
    pub fn to_date_time(&self, first_year: u16) -> Option<NaiveDateTime> {
        let (year, month, day) = grammar::yymmdd(&self.date)?;
        let first = u32::from(first_year);
        let year = first + (year + 100 - first % 100) % 100;
        let (hour, minute) = grammar::hhmm(&self.time)?;
        Some(date_of((year, month, day))?.and_time(NaiveTime::from_hms_opt(hour, minute, 0)?))
    }

    /// The date and time, with the year that is nearest to another time; `None` if there is none such.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use nhais_edifact::value::PreparationTime;
    ///
    /// let now = NaiveDate::from_ymd_opt(2024, 4, 2).unwrap().and_hms_opt(6, 30, 0).unwrap();
    /// let year = |time: PreparationTime<'_>| chrono::Datelike::year(&time.to_date_time_near(now).unwrap());
    /// assert_eq!(year(PreparationTime::from_wire("920116", "1529")), 1992);
    /// assert_eq!(year(PreparationTime::from_wire("240318", "0907")), 2024);
    /// ```
    pub fn to_date_time_near(&self, time: NaiveDateTime) -> Option<NaiveDateTime> {
        let first_year = time.year().saturating_sub(50).clamp(0, i32::from(u16::MAX));
        self.to_date_time(u16::try_from(first_year).ok()?)
    }

    /// The defect of the first component.
    pub(crate) fn date_defect(&self) -> Option<Defect> {
        let found = grammar::yymmdd(&self.date).map(|_| Found::NoSuchDay);
        (!self.has_plausible_date()).then(|| Defect::invalid("a date YYMMDD", found))
    }

    /// The defect of the second component.
    pub(crate) fn time_defect(&self) -> Option<Defect> {
        let found = grammar::hhmm(&self.time).map(|_| Found::NoSuchTime);
        (!self.has_plausible_time()).then(|| Defect::invalid("a time HHMM", found))
    }

    /// Whether the first component is a date in some century.
    pub(crate) fn has_plausible_date(&self) -> bool {
        // 29 February exists in one of two consecutive centuries.
        grammar::yymmdd(&self.date).is_some_and(|(year, month, day)| {
            [1900, 2000].iter().any(|century| date_of((century + year, month, day)).is_some())
        })
    }

    /// Whether the second component is a time of day.
    pub(crate) fn has_plausible_time(&self) -> bool {
        grammar::hhmm(&self.time).is_some_and(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).is_some())
    }
}

impl From<NaiveDateTime> for PreparationTime<'_> {
    fn from(time: NaiveDateTime) -> Self {
        let mut scratch = Scratch::default();
        let text = write_date_time(time, &mut scratch);
        let (date, time) = text[text.len() - 10..].split_at(6);
        Self { date: Text::from(date).into_owned(), time: Text::from(time).into_owned() }
    }
}

impl fmt::Display for PreparationTime<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.date, self.time)
    }
}

impl fmt::Debug for PreparationTime<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_shown = self.has_plausible_date() && self.has_plausible_time();
        super::debug(f, "PreparationTime", &alloc::format!("{self}"), is_shown)
    }
}

super::into_owned!(PreparationTime { date, time });

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn short_digits_are_those_of_years_of_four() {
        let date = |year| NaiveDate::from_ymd_opt(year, 3, 8).unwrap();
        assert!(date_word(date(2024)).is_some() && date_word(date(9999)).is_some());
        assert!(date_word(date(10_000)).is_none() && date_word(date(-1)).is_none() && date_word(date(0)).is_none());
    }

    #[test]
    fn the_calendar_has_no_year_0000() {
        for text in ["00001101", "00000229", "00000101"] {
            let date = Date::parse(text.into());
            assert_eq!((date.calendar(), date.to_string()), (None, text.to_string()));
            assert!(date.defect().is_some() && date.refusal().is_some());
        }
        assert_eq!(DateTime::parse("000011010915".into()).calendar(), None);
        assert!(Date::parse("00010101".into()).calendar().is_some());
    }

    #[test]
    fn years_that_the_wire_cannot_state_are_refused_and_never_cut_short() {
        let day = |year| NaiveDate::from_ymd_opt(year, 3, 8).unwrap();
        for (year, text) in [
            (0, "00000308"),
            (-5, "-00050308"),
            (12_024, "120240308"),
            (-12_024, "-120240308"),
            (262_142, "2621420308"),
        ] {
            let (date, time) = (Date::from(day(year)), DateTime::from(day(year).and_hms_opt(9, 15, 0).unwrap()));
            assert!(date.refusal().is_some() && date.word().is_none(), "{year}");
            assert!(time.refusal().is_some() && time.word().is_none(), "{year}");
            assert_eq!((date.to_string(), time.to_string()), (text.to_string(), std::format!("{text}0915")));
        }
        for year in [1, 2024, 9999] {
            assert!(Date::from(day(year)).refusal().is_none(), "{year}");
        }
    }

    #[test]
    fn a_preparation_time_takes_the_last_two_digits_of_any_year() {
        for (year, digits) in [(2024, "240308"), (12_024, "240308"), (7, "070308"), (-5, "050308")] {
            let time = NaiveDate::from_ymd_opt(year, 3, 8).unwrap().and_hms_opt(9, 15, 0).unwrap();
            assert_eq!(PreparationTime::from(time), PreparationTime::from_wire(digits, "0915"));
        }
    }

    #[test]
    fn a_date_of_two_digits_for_the_year_exists_in_one_century_or_the_other() {
        let is_plausible =
            |date: &'static str| PreparationTime::from_wire(Text::from(date), Text::from("0915")).has_plausible_date();
        assert!(is_plausible("240229") && is_plausible("000229") && is_plausible("991231"));
        assert!(!is_plausible("230229") && !is_plausible("240230") && !is_plausible("241301"));
    }

    #[test]
    fn a_day_that_the_month_lacks_stays_text() {
        for text in [
            "20240231", "20230229", "20241301", "20240100", "20240132", "2024023", "199201", "ABCDEFGH", "", "202402 1",
        ] {
            let date = Date::parse(text.into());
            assert_eq!((date.calendar(), date.to_string()), (None, text.to_string()));
        }
        assert!(Date::parse("20240229".into()).calendar().is_some());
    }

    #[test]
    fn a_time_that_no_day_has_stays_text() {
        for text in ["202403082400", "202403080960", "20240308", "20240308091500"] {
            assert_eq!(DateTime::parse(text.into()).calendar(), None, "{text}");
        }
        assert_eq!(DateTime::parse("202403082359".into()).to_string(), "202403082359");
    }

    #[test]
    fn a_time_with_seconds_is_no_text_on_the_wire() {
        let time = |second| NaiveDate::from_ymd_opt(2024, 3, 8).unwrap().and_hms_opt(9, 15, second).unwrap();
        assert!(date_time_word(time(0)).is_some());
        let later = [time(1), time(59), time(0) + chrono::TimeDelta::nanoseconds(1)];
        for later in later {
            assert!(date_time_word(later).is_none() && !DateTime::Calendar(later).is_read_back("203"));
            assert_eq!(DateTime::from(later), DateTime::from(time(0)));
            assert_eq!(PreparationTime::from(later), PreparationTime::from(time(0)));
        }
    }

    #[test]
    fn text_that_is_a_date_in_its_format_is_not_read_back_as_text() {
        let unreadable = |text: &'static str, format: Option<&'static str>| {
            DateTime::unreadable(text.into(), format.map(Text::from)).is_read_back("306")
        };
        assert!(!unreadable("202403080915", Some("306")) && !unreadable("202403080915", Some("203")));
        assert!(!unreadable("", Some("102")) && !unreadable("20240308", Some("")));
        assert!(unreadable("202403080915", None) && unreadable("202403080915", Some("102")));
        assert!(unreadable("202402310915", Some("306")) && unreadable("20240308", Some("203")));
    }

    #[test]
    fn the_pivot_chooses_the_century() {
        let year = |digits: &'static str, first| {
            PreparationTime::from_wire(digits, "0000").to_date_time(first).map(|time| time.year())
        };
        assert_eq!(year("920116", 1980), Some(1992));
        assert_eq!(year("920116", 2000), Some(2092));
        assert_eq!(year("200116", 1980), Some(2020));
        assert_eq!(year("790116", 1980), Some(2079));
        assert_eq!(year("800116", 1980), Some(1980));
        assert_eq!(year("000229", 1980), Some(2000));
        assert_eq!(year("010229", 1980), None);
    }
}
