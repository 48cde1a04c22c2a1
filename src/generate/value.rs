//! Values: what one row of a table may hold.

use alloc::borrow::ToOwned as _;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use crate::choices::Choices;
use crate::syntax::{Text, TextLines};
use crate::table::{Format, Row};
use crate::value::{
    AcceptanceCode, AcceptanceType, Change, ControlReference, Date, DateTime, DeductionReason, DrugsMarker, ERASE,
    Fp69Reason, GpCode, HaCipher, IdentifierQualifier, InstituteCode, Line, NhsNumber, Postcode, Quantity, RouteMarker,
    Sex, TransactionNumber, TransactionType, UnreadableDate,
};

/// A value that can be made for a row.
pub(super) trait Leaf: Sized {
    fn leaf(row: &'static Row, choices: &mut Choices<'_>) -> Self;
}

/// A value with the ways it can be absent.
pub(super) trait Slot: Sized {
    fn slot(row: &'static Row, choices: &mut Choices<'_>) -> Self;
}

/// Level A, what must be released more often than the rest.
const SENDABLE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-()/=!\"%&*;<>'+:?'+:?'+:?  %%";

/// What level A lacks: other printable characters, blanks, line breaks, 8-bit text.
const OTHER: &[u8] = b"abcz#@_$[]^~\t\n\r\x1c\x1d\x1f\x00\x7f\x80\xa0\xc9\xef\xbb\xbf\xff";

/// Text that somewhere means something else than it says, or nothing.
const MISLEADING: &[&str] =
    &["%", "?", "", " ", "   ", "??", "?%", "SU", "\n", "\nUNB+", "1", "G1", "CP", "OPI", "A B", "*"];

const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const CODE: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/// Text of one to `limit` characters that is neither blank nor the erase marker, nor the question mark that stands for no
/// house name.
pub(super) fn text(limit: usize, choices: &mut Choices<'_>) -> String {
    let length = match choices.below(8) {
        0..=4 => 1 + choices.below(limit.min(6)),
        5 | 6 => 1 + choices.below(limit),
        _ => limit,
    };
    let text: String = (0..length).map(|_| character(choices)).collect();
    let is_blank = text.bytes().all(|byte| byte == b' ');
    if is_blank || text == ERASE || text == "?" { "A".to_owned() } else { text }
}

/// Any text; where deviations are made, also one that means something else.
pub(super) fn any_text(limit: usize, choices: &mut Choices<'_>) -> String {
    if choices.misleads(30) { misleading(choices) } else { text(limit, choices) }
}

pub(super) fn misleading(choices: &mut Choices<'_>) -> String {
    (*choices.one_of(MISLEADING)).to_owned()
}

fn character(choices: &mut Choices<'_>) -> char {
    let all = if choices.deviates(8) { OTHER } else { SENDABLE };
    char::from(*choices.one_of(all))
}

fn characters(count: usize, all: &[u8], choices: &mut Choices<'_>) -> String {
    (0..count).map(|_| char::from(*choices.one_of(all))).collect()
}

impl Leaf for Text<'_> {
    fn leaf(row: &'static Row, choices: &mut Choices<'_>) -> Self {
        any_text(row.format.limit(), choices).into()
    }
}

impl<V: Leaf> Slot for Option<V> {
    fn slot(row: &'static Row, choices: &mut Choices<'_>) -> Self {
        choices.coin().then(|| V::leaf(row, choices))
    }
}

impl<V: Leaf> Slot for Change<V> {
    fn slot(row: &'static Row, choices: &mut Choices<'_>) -> Self {
        match choices.below(3) {
            0 => Self::Unchanged,
            1 => Self::To(V::leaf(row, choices)),
            _ => Self::Erased,
        }
    }
}

impl<V: Leaf> Slot for Line<V> {
    fn slot(row: &'static Row, choices: &mut Choices<'_>) -> Self {
        match Change::slot(row, choices) {
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
            fn leaf(row: &'static Row, choices: &mut Choices<'_>) -> Self {
                if choices.misleads(30) {
                    let known = choices.one_of(Self::ALL).as_str().to_owned();
                    return Self::Other(if choices.coin() { known } else { misleading(choices) }.into());
                }
                if choices.deviates(8) {
                    return Self::from(text(row.format.limit(), choices));
                }
                choices.one_of(Self::ALL).clone()
            }
        })+
    };
}

codes!(AcceptanceCode, AcceptanceType, DeductionReason, DrugsMarker, RouteMarker, Sex, TransactionType);

/// Texts of a form of their own; where deviations are made, any other text too.
macro_rules! texts {
    ($($type:ident: $make:expr;)+) => {
        $(impl Leaf for $type<'_> {
            fn leaf(row: &'static Row, choices: &mut Choices<'_>) -> Self {
                if choices.deviates(8) {
                    return Self::from(any_text(row.format.limit(), choices));
                }
                let make: fn(&mut Choices<'_>) -> String = $make;
                Self::from(make(choices))
            }
        })+
    };
}

texts! {
    NhsNumber: nhs_number;
    GpCode: gp_code;
    HaCipher: |choices| {
        let length = 2 + choices.below(2);
        characters(length, CODE, choices)
    };
    InstituteCode: |choices| text(17, choices);
    Postcode: postcode;
    Fp69Reason: |choices| {
        let width = 1 + choices.below(3);
        format!("{:0width$}", choices.below(10_usize.pow(u32::try_from(width).unwrap_or(1))))
    };
    TransactionNumber: |choices| format!("{}", 1 + choices.below(9_999_999));
    Quantity: |choices| format!("{}", choices.below(1_000_000_000_000_000));
}

/// A number from 9990000000 to 9999999999 with its check digit.
///
/// The weights of the nine digits are 10 to 2; about one number in eleven has no check digit, and the next one that has
/// is taken (facts 7.1).
pub(super) fn nhs_number(choices: &mut Choices<'_>) -> String {
    let first = choices.below(1_000_000);
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

/// Seven digits, a comma, one to six letters and digits (facts 7.2).
fn gp_code(choices: &mut Choices<'_>) -> String {
    let national = choices.below(10_000_000);
    let length = 1 + choices.below(6);
    format!("{national:07},{}", characters(length, CODE, choices))
}

/// Eight characters (facts 4.5).
fn postcode(choices: &mut Choices<'_>) -> String {
    let (more, digit) = (1 + choices.below(3), choices.below(10));
    let outward = characters(1, UPPER, choices) + &characters(more, CODE, choices);
    format!("{outward:<4} {digit}{}", characters(2, UPPER, choices))
}

/// A day of the years 1 to 9999, as a rule one of this century or the last.
fn day(choices: &mut Choices<'_>) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    let edges = [(2000, 2, 29), (1, 1, 1), (999, 12, 31), (9999, 12, 31), (1970, 1, 1)];
    match choices.below(8) {
        0..=5 => first + Days::new(choices.below(73_000) as u64),
        _ => {
            let (year, month, day) = *choices.one_of(&edges);
            NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
        }
    }
}

/// A time of day, with seconds, which the wire does not have.
fn time(choices: &mut Choices<'_>) -> NaiveTime {
    let (minutes, seconds) = (choices.below(1_440), choices.below(60));
    let seconds = u32::try_from(60 * minutes + seconds).unwrap_or_default();
    NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0).unwrap_or_default()
}

/// A time of this century, whose year two digits tell.
pub(super) fn recent_time(choices: &mut Choices<'_>) -> NaiveDateTime {
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    (first + Days::new(choices.below(36_500) as u64)).and_time(time(choices))
}

/// Text that is no date, and the format qualifier behind it.
fn unreadable(row: &'static Row, choices: &mut Choices<'_>) -> UnreadableDate<'static> {
    let valid = if choices.misleads(2) { "202403080915" } else { "20240308" };
    let text = *choices.one_of(&["20240231", "199201", "2024", "00000000", "20240308240", "NOT KNOWN", "29/02/24"]);
    let (Format::Date(format) | Format::DateTime(format)) = row.format else { return UnreadableDate::default() };
    let own = *choices.one_of(&[format, "102", "203", "718"]);
    if choices.misleads(3) {
        let format = *choices.one_of(&[Some(format), Some("203"), Some(own), Some(""), None]);
        let text = *choices.one_of(&[valid, valid, ""]);
        return UnreadableDate { text: text.into(), format: format.map(Text::from) };
    }
    UnreadableDate { text: text.into(), format: Some(own.into()) }
}

impl Leaf for Date<'_> {
    fn leaf(row: &'static Row, choices: &mut Choices<'_>) -> Self {
        if choices.deviates(8) {
            return Self::Unreadable(Box::new(unreadable(row, choices)));
        }
        if choices.misleads(30) {
            return Self::Calendar(*choices.one_of(&[NaiveDate::MIN, NaiveDate::MAX]));
        }
        day(choices).into()
    }
}

impl Leaf for DateTime<'_> {
    fn leaf(row: &'static Row, choices: &mut Choices<'_>) -> Self {
        if choices.deviates(8) {
            return Self::Unreadable(Box::new(unreadable(row, choices)));
        }
        let time = day(choices).and_time(time(choices));
        if choices.misleads(30) { Self::Calendar(time) } else { time.into() }
    }
}

impl Leaf for ControlReference<'_> {
    fn leaf(_: &'static Row, choices: &mut Choices<'_>) -> Self {
        let number = 1 + choices.below(99_999_999);
        if choices.deviates(4) {
            let width = 1 + choices.below(14);
            return Self::from(format!("{number:0width$}"));
        }
        Self::from(format!("{number:08}"))
    }
}

/// The qualifier that a row of a number expects.
pub(super) fn qualifier(row: &'static Row, choices: &mut Choices<'_>) -> Option<IdentifierQualifier> {
    match row.format {
        _ if choices.misleads(30) => Some(IdentifierQualifier::Other(misleading(choices).into())),
        _ if choices.deviates(8) => choices.coin().then(|| choices.one_of(IdentifierQualifier::ALL).clone()),
        Format::Qualified(_, expected) => Some(IdentifierQualifier::from(expected)),
        _ => None,
    }
}

/// Lines of text: one where a note is written, up to five where an address is.
pub(super) fn lines(row: &'static Row, choices: &mut Choices<'_>) -> TextLines<'static> {
    if choices.misleads(24) {
        let lines: alloc::vec::Vec<String> = (0..choices.below(7)).map(|_| any_text(6, choices)).collect();
        return lines.iter().map(String::as_str).collect();
    }
    let several = matches!(row.format, Format::FilledLines(_)) || choices.may_deviate();
    let count = if several { 1 + choices.below(TextLines::MAX) } else { 1 };
    let lines: alloc::vec::Vec<String> = (0..count).map(|_| text(row.format.limit(), choices)).collect();
    lines.iter().map(String::as_str).collect()
}
