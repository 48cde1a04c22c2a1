//! Plans: which segments stand in which order, and how they are needed.

use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::segments::{Row, Segment};
use crate::interchange::{InterchangeHeader, RegistrationHeader, TrailerUnit};
use crate::recep::{InterchangeReceipt, MessageReceipt, RecepHeader};
use crate::segment::service::{Unt, Unz};
use crate::table::{Group, Missing, Need as TableNeed};
use crate::transaction::{AcceptanceKind, Entry as Catalogued, with_type};
use crate::value::{AcceptanceType, Series, TransactionType, catalogue};

/// How something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Need {
    /// Its absence is an error.
    Mandatory,
    /// It may be left out.
    Optional,
    /// It is always written, and its absence is not reported on reading.
    OptionalOnReading,
    /// A trigger: present when anything that follows it is, up to the next trigger.
    Trigger,
    /// It is not allowed.
    Never,
    /// It is not checked.
    Unknown,
}

impl Need {
    /// The need in a variant.
    fn of(need: TableNeed, variant: usize) -> Self {
        match need.in_variant(variant) {
            TableNeed::Mandatory => Self::Mandatory,
            TableNeed::Optional => Self::Optional,
            TableNeed::OptionalOnReading => Self::OptionalOnReading,
            TableNeed::Trigger => Self::Trigger,
            TableNeed::Never => Self::Never,
            TableNeed::Unknown | TableNeed::ByVariant(_) => Self::Unknown,
        }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Mandatory => "mandatory",
            Self::Optional => "optional",
            Self::OptionalOnReading => "mandatory to write, optional to read",
            Self::Trigger => "with what follows it",
            Self::Never => "never",
            Self::Unknown => "unknown",
        })
    }
}

/// A run of segments: the heading of a message, a transaction, a trailer.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Plan {
    /// Its name; of a transaction, its type.
    pub name: &'static str,
    /// The variants on which the needs depend: acceptance types of acceptances, a transaction type of headings. A plan
    /// without such has one variant without a name.
    pub variants: Vec<&'static str>,
    /// The segments in the order in which they are written.
    pub steps: Vec<Step>,
    /// The values that must not be missing in a segment that is present, beside those of segments with one value.
    pub required: Vec<Required>,
}

/// A segment of a plan.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Step {
    /// The segment.
    pub segment: Segment,
    /// How it is needed, by variant of the plan.
    pub needs: Vec<Need>,
}

/// A value that must not be missing.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Required {
    /// Where it stands.
    pub row: Row,
    /// The name of what is missing without it.
    pub name: &'static str,
    /// How it is needed, by variant of the plan.
    pub needs: Vec<Need>,
}

/// A variant of a plan: its name, and its index in the tables.
type Variant = (&'static str, usize);

impl Plan {
    /// The plan of a group.
    fn of<'a, G: Group<'a>>(name: &'static str, variants: &[Variant]) -> Self {
        let needs = |need| variants.iter().map(|(_, variant)| Need::of(need, *variant)).collect();
        let steps = G::PLAN.iter().map(|step| Step { segment: Segment(step.layout), needs: needs(step.need) });
        let required = G::REQUIRED.iter().filter_map(|(missing, need)| {
            let Missing { layout, element, component, name } = *missing;
            Some(Required { row: Segment(layout).at(element, component)?, name, needs: needs(*need) })
        });
        Self {
            name,
            variants: variants.iter().map(|(name, _)| *name).collect(),
            steps: steps.collect(),
            required: required.collect(),
        }
    }

    /// Whether a value is required whenever its segment is present.
    fn requires(&self, row: &Row) -> bool {
        let is_always = |required: &Required| required.needs.iter().all(|need| *need == Need::Mandatory);
        self.required.iter().any(|required| required.row == *row && is_always(required))
    }
}

/// What stands around transactions and receipts: headers, headings, trailers.
pub fn envelope() -> Vec<Plan> {
    let one = &[("", 0)];
    let headings = &[("", 0), (TransactionType::CloseQuarterNotification.as_str(), 1)];
    vec![
        Plan::of::<InterchangeHeader<'_>>("header of an interchange", one),
        Plan::of::<RegistrationHeader<'_>>("heading of a registration message", headings),
        Plan::of::<RecepHeader<'_>>("heading of a receipt message", one),
        Plan::of::<MessageReceipt<'_>>("receipt of a message", one),
        Plan::of::<InterchangeReceipt<'_>>("receipt of an interchange", one),
        Plan::of::<TrailerUnit<'_, Unt>>("trailer of a message", one),
        Plan::of::<TrailerUnit<'_, Unz>>("trailer of an interchange", one),
    ]
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The practice.
    Practice,
    /// The HA.
    Ha,
}

/// A transaction type.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Entry {
    /// The type.
    pub transaction_type: TransactionType,
    /// Its three-letter name, if it has one.
    pub known_as: &'static str,
    /// What such a transaction does.
    pub meaning: &'static str,
    /// The name of its model in [`transaction`](crate::transaction).
    pub model: &'static str,
    /// Who sends it.
    pub sender: Side,
    /// In whose series it is numbered.
    pub numbered_by: Side,
    /// Whether the number is that of a transaction that it answers.
    pub quotes_number: bool,
    /// Whether it is no longer sent.
    pub is_obsolete: bool,
    /// Its segments.
    pub plan: Plan,
}

/// Declares the texts of the catalogue.
macro_rules! described {
    ([] $(#[doc = $meaning:literal] $name:ident { $code:literal $known_as:literal, $model:ident, $($_rest:tt)* })+) => {
        /// The meaning of a type, its short name, and its model.
        fn description(of: &TransactionType) -> [&'static str; 3] {
            match of {
                $(TransactionType::$name => [$meaning, $known_as, stringify!($model)],)+
                TransactionType::Other(_) => [""; 3],
            }
        }
    };
}

catalogue!([described]);

/// The transaction types, in the order of the catalogue.
pub fn transaction_types() -> Vec<Entry> {
    let entry = |one: &TransactionType| with_type!(one, |Of| Some(entry_of::<Of>()), Other(_) => None);
    TransactionType::ALL.iter().filter_map(entry).collect()
}

fn entry_of<E: Catalogued>() -> Entry {
    let [meaning, known_as, model] = description(&E::TYPE);
    let series = E::TYPE.series();
    let variants = match E::TYPE {
        TransactionType::Acceptance => acceptance_variants(),
        _ => vec![("", E::variant(&E::Model::default()))],
    };
    Entry {
        transaction_type: E::TYPE,
        known_as,
        meaning: meaning.trim(),
        model,
        sender: if E::TYPE.is_outbound() { Side::Practice } else { Side::Ha },
        numbered_by: if series == Some(Series::Ha) { Side::Ha } else { Side::Practice },
        quotes_number: series == Some(Series::Quoted),
        is_obsolete: E::TYPE.is_obsolete(),
        plan: Plan::of::<E::Model<'_>>(E::CODE, &variants),
    }
}

fn acceptance_variants() -> Vec<Variant> {
    let variant = |one: &'static AcceptanceType| (one.as_str(), AcceptanceKind::of(Some(one.clone())).variant());
    AcceptanceType::ALL.iter().map(variant).collect()
}

impl Row {
    /// Whether it is always present in its segment: a constant, the value of a segment of one value, or one that every
    /// plan requires. For other values, the plans tell where they are required.
    ///
    /// ```
    /// use nhais_edifact::reference;
    ///
    /// let header = reference::segments().find(|segment| segment.name() == "UNB").unwrap();
    /// assert!(header.at(2, 1).unwrap().is_mandatory());
    /// assert!(!header.at(7, 1).unwrap().is_mandatory());
    /// ```
    pub fn is_mandatory(&self) -> bool {
        let Some(segment) = super::segments().find(|segment| segment.rows().any(|row| row == *self)) else {
            return false;
        };
        let values = || segment.rows().filter(|row| row.constant().is_none());
        if self.constant().is_some() {
            // A constant before a value is its qualifier.
            let is_next = |row: &Row| row.element() == self.element() && row.component() == self.component() + 1;
            return values().find(is_next).is_none_or(|value| values().count() == 1 || value.is_mandatory());
        }
        let plans = envelope().into_iter().chain(transaction_types().into_iter().map(|entry| entry.plan));
        let mut users = plans.filter(|plan| plan.steps.iter().any(|step| step.segment == segment));
        values().count() == 1 || users.all(|plan| plan.requires(self))
    }
}
