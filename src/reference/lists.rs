//! Lists: codes, rules, findings, policies, limits.

use alloc::vec::Vec;

use super::segments::Row;
use crate::check::{RULES, Rule};
use crate::error::{Category, Error, ErrorKind, Location};
use crate::issue::{Issue, Severity};
use crate::options::{Limits, Policy, ReadOptions, WriteOptions};
use crate::segment::person::{PnaPat, PnaPer};
use crate::segment::receipt::{RffMis, RffRis};
use crate::segment::registration::{Gis, HeaAcd as AcceptanceCodeTable, HeaAtp, HeaBm, HeaDm, Pdi, Rff950};
use crate::table::Row as TableRow;
use crate::value::{
    AcceptanceCode, AcceptanceType, CodeList as ListTable, DeductionReason, DrugsMarker, IdentifierQualifier,
    InterchangeStatus, MessageStatus, RouteMarker, Sex, TransactionType,
};

/// A list of codes. All lists are open: a code outside its list is kept and reported.
///
/// ```
/// use nhais_edifact::reference;
///
/// let lists = reference::code_lists();
/// let reasons = lists.iter().find(|list| list.name == "DeductionReason").unwrap();
/// assert_eq!((reasons.codes[0].text, reasons.codes[0].name), ("1", "Death"));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CodeList {
    /// The name of its type in [`value`](crate::value).
    pub name: &'static str,
    /// What the codes mean.
    pub meaning: &'static str,
    /// The codes.
    pub codes: Vec<Code>,
    /// Where they stand: as the value, as its last word, or in the component behind it.
    pub rows: Vec<Row>,
}

/// A code of a list.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Code {
    /// The code on the wire.
    pub text: &'static str,
    /// Its name in the type.
    pub name: &'static str,
    /// Its documentation, which begins with the code.
    pub meaning: &'static str,
}

/// The lists, and the rows where their codes stand.
const LISTS: &[(&ListTable, &[&TableRow])] = &[
    (&AcceptanceCode::LIST, &[AcceptanceCodeTable::CODE]),
    (&AcceptanceType::LIST, &[HeaAtp::TYPE]),
    (&DeductionReason::LIST, &[Gis::CODE]),
    (&Sex::LIST, &[Pdi::SEX]),
    (&IdentifierQualifier::LIST, &[PnaPat::NUMBER, PnaPer::NUMBER]),
    (&MessageStatus::LIST, &[RffMis::WORDS]),
    (&InterchangeStatus::LIST, &[RffRis::WORDS]),
    (&DrugsMarker::LIST, &[HeaDm::MARKER]),
    (&RouteMarker::LIST, &[HeaBm::MARKER]),
    (&TransactionType::LIST, &[Rff950::CODE]),
];

/// The code lists.
pub fn code_lists() -> Vec<CodeList> {
    LISTS.iter().map(|(list, rows)| CodeList::of(list, rows)).collect()
}

impl CodeList {
    fn of(list: &'static ListTable, rows: &[&'static TableRow]) -> Self {
        let code = |&(text, name, meaning): &(_, _, &'static str)| Code { text, name, meaning: meaning.trim() };
        Self {
            name: list.name,
            meaning: list.meaning.lines().next().unwrap_or_default().trim(),
            codes: list.codes.iter().map(code).collect(),
            rows: rows.iter().map(|row| Row(row)).collect(),
        }
    }
}

impl Row {
    /// The code of a list that a text at this row, or behind an identification, is or ends with.
    ///
    /// ```
    /// use nhais_edifact::reference;
    ///
    /// let line = reference::segments().find(|segment| segment.name() == "RFF+MIS").unwrap();
    /// assert_eq!(line.at(1, 2).unwrap().code("00067005 CP").unwrap().name, "Translated");
    /// ```
    pub fn code(&self, text: &str) -> Option<Code> {
        let (list, rows) = LISTS.iter().find(|(_, rows)| rows.iter().any(|row| Row(row) == *self))?;
        let word = text.split(' ').next_back()?;
        CodeList::of(list, rows).codes.into_iter().find(|code| code.text == word)
    }
}

/// The rules across fields, which are those of [`check`](crate::check).
pub fn rules() -> &'static [Rule] {
    RULES
}

/// A kind of finding, and what becomes of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Finding {
    /// Its identifier, which is [`ErrorKind::id`].
    pub id: &'static str,
    /// The level of the format it belongs to.
    pub category: Category,
    /// What is found.
    pub meaning: &'static str,
    /// Its wording; braces are filled in.
    pub text: &'static str,
    /// Its severity where it is reported.
    pub severity: Severity,
    /// The method of [`ReadOptions`] that sets its policy; none of limits, which always hold.
    pub policy: Option<&'static str>,
    /// What becomes of it by default, if reading can go on behind it.
    pub by_default: Policy,
    /// What becomes of it in strict reading.
    pub strictly: Policy,
}

/// The kinds of findings; those of broken rules are [`rules`].
///
/// ```
/// use nhais_edifact::options::Policy;
/// use nhais_edifact::reference;
///
/// let count = reference::findings().into_iter().find(|finding| finding.id == "control-count").unwrap();
/// assert_eq!((count.by_default, count.strictly), (Policy::Report, Policy::Reject));
/// assert_eq!(count.policy, Some("control_counts"));
/// ```
pub fn findings() -> Vec<Finding> {
    let table = ErrorKind::TABLE.iter().zip(ErrorKind::SAMPLES);
    let finding = |(&(id, category, text), &(kind, meaning)): (&(_, _, _), &(ErrorKind, &'static str))| Finding {
        id,
        category,
        meaning: meaning.trim(),
        text,
        severity: Issue::new(Error::new(kind, Location::default())).severity(),
        policy: ReadOptions::policy_name(kind),
        by_default: ReadOptions::default().policy(kind),
        strictly: ReadOptions::strict().policy(kind),
    };
    table.map(finding).filter(|finding| finding.id != "rule").collect()
}

/// The policies of reading: the methods of [`ReadOptions`], and what each is about.
pub fn policies() -> impl Iterator<Item = (&'static str, &'static str)> {
    ReadOptions::POLICIES.iter().map(|(_, name, meaning)| (*name, meaning.trim()))
}

/// The policies of writing: the methods of [`WriteOptions`], and what each is about.
pub fn write_policies() -> impl Iterator<Item = (&'static str, &'static str)> {
    WriteOptions::POLICIES.iter().map(|(_, name, meaning)| (*name, meaning.trim()))
}

/// The limits: the fields of [`Limits`], their defaults, and what each is about.
pub fn limits() -> impl Iterator<Item = (&'static str, usize, &'static str)> {
    Limits::TABLE.iter().map(|(name, default, meaning)| (*name, *default, meaning.trim()))
}
