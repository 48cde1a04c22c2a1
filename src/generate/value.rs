//! Values: what one row of a table may hold.

use alloc::borrow::ToOwned as _;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use crate::byte_source::ByteSource;
use crate::syntax::{Text, TextLines};
use crate::table::{Format, Row};
use crate::value::{
    AcceptanceCode, AcceptanceType, Change, ControlReference, Date, DateTime, DeductionReason, DrugsMarker, ERASE,
    Fp69Reason, GpCode, HaCipher, IdentifierQualifier, InstituteCode, Line, NhsNumber, Postcode, Quantity, RouteMarker,
    Sex, TransactionNumber, TransactionType, UnreadableDate,
};

/// A value that can be generated for a row.
pub(super) trait Leaf: Sized {
    fn leaf(row: &'static Row, source: &mut ByteSource<'_>) -> Self;
}

/// A value with the ways it can be absent.
pub(super) trait Slot: Sized {
    fn slot(row: &'static Row, source: &mut ByteSource<'_>) -> Self;
}

/// Level A, what must be released more often than the rest.
const SENDABLE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-()/=!\"%&*;<>'+:?'+:?'+:?  %%";

/// Characters outside level A: other printable characters, blanks, line breaks, 8-bit text.
const OTHER: &[u8] = b"abcz#@_$[]^~\t\n\r\x1c\x1d\x1f\x00\x7f\x80\xa0\xc9\xef\xbb\xbf\xff";

/// Text that has a special meaning somewhere.
const MISLEADING: &[&str] =
    &["%", "?", "", " ", "   ", "??", "?%", "SU", "\n", "\nUNB+", "1", "G1", "CP", "OPI", "A B", "*"];

const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const CODE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Text of one to `limit` characters that is neither blank nor the erase marker, nor the question mark that stands for
/// no house name.
pub(super) fn text(limit: usize, source: &mut ByteSource<'_>) -> String {
    let length = match source.below(8) {
        0..=4 => 1 + source.below(limit.min(6)),
        5 | 6 => 1 + source.below(limit),
        _ => limit,
    };
    let text: String = (0..length).map(|_| character(source)).collect();
    let is_blank = text.bytes().all(|byte| byte == b' ');
    if is_blank || text == ERASE || text == "?" { "A".to_owned() } else { text }
}

/// Any text; where deviations are generated, also one with a special meaning.
pub(super) fn any_text(limit: usize, source: &mut ByteSource<'_>) -> String {
    if source.misleads(30) { misleading(source) } else { text(limit, source) }
}

pub(super) fn misleading(source: &mut ByteSource<'_>) -> String {
    (*source.one_of(MISLEADING)).to_owned()
}

fn character(source: &mut ByteSource<'_>) -> char {
    let all = if source.deviates(8) { OTHER } else { SENDABLE };
    char::from(*source.one_of(all))
}

fn characters(count: usize, all: &[u8], source: &mut ByteSource<'_>) -> String {
    (0..count).map(|_| char::from(*source.one_of(all))).collect()
}

impl Leaf for Text<'_> {
    fn leaf(row: &'static Row, source: &mut ByteSource<'_>) -> Self {
        any_text(row.format.limit(), source).into()
    }
}

impl<V: Leaf> Slot for Option<V> {
    fn slot(row: &'static Row, source: &mut ByteSource<'_>) -> Self {
        source.coin().then(|| V::leaf(row, source))
    }
}

impl<V: Leaf> Slot for Change<V> {
    fn slot(row: &'static Row, source: &mut ByteSource<'_>) -> Self {
        match source.below(3) {
            0 => Self::Unchanged,
            1 => Self::To(V::leaf(row, source)),
            _ => Self::Erased,
        }
    }
}

impl<V: Leaf> Slot for Line<V> {
    fn slot(row: &'static Row, source: &mut ByteSource<'_>) -> Self {
        match Change::slot(row, source) {
            Change::Unchanged => Self::Blank,
            Change::To(value) => Self::To(value),
            Change::Erased => Self::Erased,
        }
    }
}

/// Codes come from their lists.
macro_rules! codes {
    ($($type:ident),+) => {
        $(impl Leaf for $type {
            fn leaf(row: &'static Row, source: &mut ByteSource<'_>) -> Self {
                if source.misleads(30) {
                    let known = source.one_of(Self::ALL).as_str().to_owned();
                    return Self::Other(if source.coin() { known } else { misleading(source) }.into());
                }
                if source.deviates(8) {
                    return Self::from(text(row.format.limit(), source));
                }
                source.one_of(Self::ALL).clone()
            }
        })+
    };
}

codes!(AcceptanceCode, AcceptanceType, DeductionReason, DrugsMarker, RouteMarker, Sex, TransactionType);

/// Texts with a form of their own; where deviations are generated, any other text too.
macro_rules! texts {
    ($($type:ident: $make:expr;)+) => {
        $(impl Leaf for $type<'_> {
            fn leaf(row: &'static Row, source: &mut ByteSource<'_>) -> Self {
                if source.deviates(8) {
                    return Self::from(any_text(row.format.limit(), source));
                }
                let make: fn(&mut ByteSource<'_>) -> String = $make;
                Self::from(make(source))
            }
        })+
    };
}

texts! {
    NhsNumber: nhs_number;
    GpCode: gp_code;
    HaCipher: |source| {
        let length = 2 + source.below(2);
        characters(length, CODE, source)
    };
    InstituteCode: |source| text(17, source);
    Postcode: postcode;
    Fp69Reason: |source| {
        let width = 1 + source.below(3);
        format!("{:0width$}", source.below(10_usize.pow(u32::try_from(width).unwrap_or(1))))
    };
    TransactionNumber: |source| format!("{}", 1 + source.below(9_999_999));
    Quantity: |source| format!("{}", source.below(1_000_000_000_000_000));
}

/// A number from 9990000000 to 9999999999 with its check digit.
///
/// The weights of the nine digits are 10 to 2; about one number in eleven has no check digit, and the next one that has
/// is taken (wire.md#s-7-1).
pub(super) fn nhs_number(source: &mut ByteSource<'_>) -> String {
    let first = source.below(1_000_000);
    let with_digit = |number: usize| {
        let body = 999_000_000 + number % 1_000_000;
        let weighed: usize = (2..=10).map(|weight| body / 10_usize.pow(weight - 2) % 10 * weight as usize).sum();
        match 11 - weighed % 11 {
            10 => None,
            digit => Some(format!("{body}{}", digit % 11)),
        }
    };
    (first..first + 1_000_000).find_map(with_digit).unwrap_or_default()
}

/// Seven digits, a comma, one to six letters and digits (wire.md#s-7-2).
fn gp_code(source: &mut ByteSource<'_>) -> String {
    let national = source.below(10_000_000);
    let length = 1 + source.below(6);
    format!("{national:07},{}", characters(length, CODE, source))
}

/// Eight characters (wire.md#s-4-5).
fn postcode(source: &mut ByteSource<'_>) -> String {
    let (more, digit) = (1 + source.below(3), source.below(10));
    let outward = characters(1, UPPER, source) + &characters(more, CODE, source);
    format!("{outward:<4} {digit}{}", characters(2, UPPER, source))
}

/// A day of the years 1 to 9999, as a rule one of this century or the last.
fn day(source: &mut ByteSource<'_>) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    let edges = [(2000, 2, 29), (1, 1, 1), (999, 12, 31), (9999, 12, 31), (1970, 1, 1)];
    match source.below(8) {
        0..=5 => first + Days::new(source.below(73_000) as u64),
        _ => {
            let (year, month, day) = *source.one_of(&edges);
            NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
        }
    }
}

/// A time of day, with seconds, which the wire does not have.
fn time(source: &mut ByteSource<'_>) -> NaiveTime {
    let (minutes, seconds) = (source.below(1_440), source.below(60));
    let seconds = u32::try_from(60 * minutes + seconds).unwrap_or_default();
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default()
}

/// A time of this century, whose year two digits tell.
pub(super) fn recent_time(source: &mut ByteSource<'_>) -> NaiveDateTime {
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    (first + Days::new(source.below(36_500) as u64)).and_time(time(source))
}

/// Text that is no date, and the format qualifier behind it.
fn unreadable(row: &'static Row, source: &mut ByteSource<'_>) -> UnreadableDate<'static> {
    let valid = if source.misleads(2) { "202403080915" } else { "20240308" };
    let text = *source.one_of(&["20240231", "199201", "2024", "00000000", "20240308240", "NOT KNOWN", "29/02/24"]);
    let (Format::Date(format) | Format::DateTime(format)) = row.format else { return UnreadableDate::default() };
    let own = *source.one_of(&[format, "102", "203", "718"]);
    if source.misleads(3) {
        let format = *source.one_of(&[Some(format), Some("203"), Some(own), Some(""), None]);
        let text = *source.one_of(&[valid, valid, ""]);
        return UnreadableDate { text: text.into(), format: format.map(Text::from) };
    }
    UnreadableDate { text: text.into(), format: Some(own.into()) }
}

impl Leaf for Date<'_> {
    fn leaf(row: &'static Row, source: &mut ByteSource<'_>) -> Self {
        if source.deviates(8) {
            return Self::Unreadable(Box::new(unreadable(row, source)));
        }
        if source.misleads(30) {
            return Self::Calendar(*source.one_of(&[NaiveDate::MIN, NaiveDate::MAX]));
        }
        day(source).into()
    }
}

impl Leaf for DateTime<'_> {
    fn leaf(row: &'static Row, source: &mut ByteSource<'_>) -> Self {
        if source.deviates(8) {
            return Self::Unreadable(Box::new(unreadable(row, source)));
        }
        let time = day(source).and_time(time(source));
        if source.misleads(30) { Self::Calendar(time) } else { time.into() }
    }
}

impl Leaf for ControlReference<'_> {
    fn leaf(_: &'static Row, source: &mut ByteSource<'_>) -> Self {
        let number = 1 + source.below(99_999_999);
        if source.deviates(4) {
            let width = 1 + source.below(14);
            return Self::from(format!("{number:0width$}"));
        }
        Self::from(format!("{number:08}"))
    }
}

/// The qualifier that a row of a number expects.
pub(super) fn qualifier(row: &'static Row, source: &mut ByteSource<'_>) -> Option<IdentifierQualifier> {
    match row.format {
        _ if source.misleads(30) => Some(IdentifierQualifier::Other(misleading(source).into())),
        _ if source.deviates(8) => source.coin().then(|| source.one_of(IdentifierQualifier::ALL).clone()),
        Format::Qualified(_, expected) => Some(IdentifierQualifier::from(expected)),
        _ => None,
    }
}

/// Lines of text: one where a note is written, up to five where an address is.
pub(super) fn lines(row: &'static Row, source: &mut ByteSource<'_>) -> TextLines<'static> {
    if source.misleads(24) {
        let lines: alloc::vec::Vec<String> = (0..source.below(7)).map(|_| any_text(6, source)).collect();
        return lines.iter().map(String::as_str).collect();
    }
    let several = matches!(row.format, Format::FilledLines(_)) || source.may_deviate();
    let count = if several { 1 + source.below(TextLines::MAX) } else { 1 };
    let lines: alloc::vec::Vec<String> = (0..count).map(|_| text(row.format.limit(), source)).collect();
    lines.iter().map(String::as_str).collect()
}
