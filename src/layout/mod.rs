//! The table engine: rows say where a value stands, and one engine reads and writes by them.
//!
//! * A [`Row`] gives one position in a segment: element, component, format, name.
//! * A [`Layout`] is the table of a segment: its tag and qualifier, and its rows in ascending order.
//! * A plan is the table of a run of segments (a message heading, a transaction): which segments, in what order, how
//!   needed. A [`Group`] is a model with a plan.
//!
//! The tables of the segments stand in `segment`, the plans beside the models they belong to.

mod group;
mod item;
mod plan;
mod read;
mod read_group;
mod read_plain;
mod report;
mod unit;
mod write;
mod write_group;
mod write_plain;

#[cfg(feature = "generate")]
pub(crate) use group::need;
pub(crate) use group::{Group, Missing, group, group_plan};
#[cfg(feature = "generate")]
pub(crate) use item::Generated;
#[cfg(feature = "serde")]
pub(crate) use item::is_unsaid;
pub(crate) use item::{Content, Item, Said, always_said, read_constants};
pub(crate) use plan::{Need, Step, Steps};
pub(crate) use read::{FieldReader, check_characters};
pub(crate) use read_group::{check_syntax, enter, read_group, read_group_as, report_without_place};
pub(crate) use read_plain::{PlainRows, PlainUnit, next_item, read_plain, sound_value};
pub(crate) use report::{Reporter, Site};
pub(crate) use unit::{Unit, UnitView};
pub(crate) use write::{FieldWriter, GroupWriter};
pub(crate) use write_group::{KeptSegments, write_group, write_group_as, write_head, write_raw, write_said};
pub(crate) use write_plain::{Drafted, PlainFields};

use crate::syntax::{Close, Lead, Literal, Parts, Pattern, RawSegment, Segment, SegmentTag, Text, TextLines};
use crate::value::IntoOwned;
pub(crate) use crate::value::fill;

/// What a segment is told by: its tag and, where its tag has one, its qualifier; packed, so that one comparison does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Key(u64);

impl Key {
    /// The key of no segment.
    pub(crate) const NONE: Self = Self(0);

    /// The key of UNH.
    pub(crate) const MESSAGE_HEADER: Self = Self::of_name("UNH");

    const QUALIFIER_LEN: usize = 5;

    /// The key of a name such as `NAD+GP` or `PDI`.
    pub(crate) const fn of_name(name: &str) -> Self {
        let bytes = name.as_bytes();
        let mut key = 0;
        let mut i = 0;
        while i < 3 + Self::QUALIFIER_LEN {
            // The fourth character of a name is the separator.
            let at = if i < 3 { i } else { i + 1 };
            key = (key << 8) | if at < bytes.len() { bytes[at] as u64 } else { 0 };
            i += 1;
        }
        Self(key)
    }

    /// The key of a segment.
    #[inline]
    pub(crate) fn of(segment: &Segment<'_, '_>) -> Self {
        let Some(tag) = segment.tag() else { return Self::NONE };
        let qualifier = segment.first_of_element_1().filter(|_| has_qualifier(tag));
        match &qualifier {
            Some(qualifier) => Self::with(tag, qualifier.resolved()),
            None => Self::with(tag, core::iter::empty()),
        }
    }

    /// Whether its tag is one of those that ISO 9735 keeps to itself: `U..`.
    #[inline]
    pub(crate) fn is_of_service_segment(self) -> bool {
        self.0 >> 56 == u64::from(b'U')
    }

    /// The tag in it.
    #[inline]
    pub(crate) fn tag(self) -> Option<SegmentTag> {
        let [a, b, c, ..] = self.0.to_be_bytes();
        (self != Self::NONE).then_some(SegmentTag::of_bytes([a, b, c]))
    }

    /// The key of a segment that was kept.
    fn of_raw(segment: &RawSegment<'_>) -> Self {
        let Some(tag) = segment.tag() else { return Self::NONE };
        let qualifier = segment.components().find(|(element, component, _)| (*element, *component) == (1, 1));
        let qualifier = qualifier.filter(|_| has_qualifier(tag)).map(|(_, _, text)| text).unwrap_or_default();
        Self::with(tag, qualifier.bytes())
    }

    /// A qualifier that is too long to be known, or ends in what stands for no character here, is none of those that are.
    fn with(tag: SegmentTag, mut qualifier: impl Iterator<Item = u8>) -> Self {
        let mut bytes = [0; 3 + Self::QUALIFIER_LEN];
        bytes[..3].copy_from_slice(&tag.bytes());
        let mut is_other = false;
        for (place, byte) in bytes[3..].iter_mut().zip(&mut qualifier) {
            is_other |= byte == 0;
            *place = byte;
        }
        let key = u64::from_be_bytes(bytes);
        Self(if is_other || qualifier.next().is_some() { key | 0xFF } else { key })
    }
}

/// Whether component 1.1 of these segments says which one it is.
#[inline]
fn has_qualifier(tag: SegmentTag) -> bool {
    matches!(&tag.bytes(), b"NAD" | b"HEA" | b"LOC" | b"FTX" | b"PNA" | b"DTM" | b"RFF" | b"QTY")
}

/// The format of a value, in the notation of ISO 9735.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    /// `an..n`
    An(usize),
    /// `an..n`, and the longest that was seen.
    Seen(usize, usize),
    /// `n..n`
    N(usize),
    /// CCYYMMDD and its format qualifier.
    Date(&'static str),
    /// CCYYMMDDHHMM and its format qualifier.
    DateTime(&'static str),
    /// A value and the qualifier that says what it is.
    Qualified(usize, &'static str),
    /// Up to five components of `an..n`, and the longest that was seen.
    Lines(usize, usize),
    /// The same, blank ones left out.
    FilledLines(usize),
    /// A constant.
    Constant,
}

impl Format {
    /// How many characters the value may have.
    pub(crate) const fn limit(self) -> usize {
        match self {
            Self::An(limit)
            | Self::N(limit)
            | Self::Qualified(limit, _)
            | Self::Lines(limit, _)
            | Self::Seen(limit, _)
            | Self::FilledLines(limit) => limit,
            Self::Date(_) => 8,
            Self::DateTime(_) => 12,
            Self::Constant => usize::MAX,
        }
    }
}

impl Format {
    /// How many lines the value may have.
    pub(crate) fn lines(self) -> usize {
        if matches!(self, Self::FilledLines(_)) { TextLines::MAX } else { 1 }
    }

    /// How many characters the longest value had that was seen, where that is known (facts 4.2).
    #[inline]
    pub(crate) const fn longest_seen(self) -> usize {
        match self {
            Self::Seen(_, seen) | Self::Lines(_, seen) => seen,
            other => other.limit(),
        }
    }
}

/// One position of a segment.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) element: u16,
    pub(crate) component: u16,
    pub(crate) format: Format,
    /// What stands there, in words; of a constant, the constant.
    pub(crate) name: &'static str,
    lengths: Lengths,
}

/// How many characters a value may have, and how many the longest had that was seen.
#[derive(Clone, Copy, Debug)]
struct Lengths {
    limit: usize,
    seen: usize,
}

/// The table of a segment.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Tag and qualifier, `NAD+GP`.
    pub(crate) name: &'static str,
    pub(crate) key: Key,
    pub(crate) rows: &'static [Row],
    /// Which row is that of the first value; without one, how many rows there are.
    value: usize,
    /// Tag, qualifier and the constants before the first value.
    head: Run<Lead>,
    /// Of a segment of one value, what stands before and behind it.
    frame: Frame,
}

/// What a segment of one value is besides that value: all that stands before it, and all behind it.
#[derive(Debug, Clone, Copy)]
struct Frame {
    lengths: Lengths,
    lead: Lead,
    close: Close,
    /// What stands before the value, or before all of several.
    before: Pattern,
    /// What stands behind it.
    behind: Pattern,
    /// There are several values, or one of several components.
    is_composite: bool,
    /// There is no value.
    is_constant: bool,
}

impl Frame {
    const fn new(head: Run<Lead>, rows: &[Row], value: usize) -> Self {
        if value >= rows.len() {
            return Self::around(head.text, Lengths { limit: 0, seen: 0 }, Close::EMPTY.terminator(), None);
        }
        let row = &rows[value];
        let (elements, components) = separators(head.end, row.place());
        let (tail, end) = Run { text: Close::EMPTY, end: row.place() }.format_of(row).constants(rows, value + 1);
        let is_composite = end < rows.len() || matches!(row.format, Format::FilledLines(_));
        let lead = head.text.separators(elements, components);
        Self::around(lead, row.lengths, tail.text.terminator(), Some(is_composite))
    }

    /// A frame; without a value, it is not said either whether there are several.
    const fn around(lead: Lead, lengths: Lengths, close: Close, is_composite: Option<bool>) -> Self {
        let terminator = &Close::EMPTY.terminator();
        let behind = Pattern::of(if matches!(is_composite, Some(true)) { terminator } else { &close });
        Self {
            lengths,
            lead,
            close,
            before: Pattern::of(&lead),
            behind,
            is_composite: matches!(is_composite, Some(true)),
            is_constant: is_composite.is_none(),
        }
    }
}

/// Constants that stand together, as they are written, and the place of the last one.
#[derive(Debug, Clone, Copy)]
struct Run<T> {
    text: T,
    end: (u16, u16),
}

impl Run<Lead> {
    /// The tag and the qualifier of a segment.
    const fn of_name(name: &str) -> Self {
        let (tag, rest) = name.split_at(3);
        let text = Lead::EMPTY.text(tag);
        if rest.is_empty() {
            return Self { text, end: (0, 1) };
        }
        Self { text: text.separators(1, 0).text(rest.split_at(1).1), end: (1, 1) }
    }
}

impl<const ROOM: usize> Run<Literal<ROOM>> {
    /// The format qualifier that stands behind a date.
    const fn format_of(self, row: &Row) -> Self {
        match row.format {
            Format::Date(format) | Format::DateTime(format) => {
                Self { text: self.text.separators(0, 1).text(format), end: (row.element, row.component + 1) }
            }
            _ => self,
        }
    }

    /// The constants of `rows` from `at` on, and the row they end before.
    const fn constants(mut self, rows: &[Row], mut at: usize) -> (Self, usize) {
        while at < rows.len() && matches!(rows[at].format, Format::Constant) {
            let (elements, components) = separators(self.end, rows[at].place());
            self = Self { text: self.text.separators(elements, components).text(rows[at].name), end: rows[at].place() };
            at += 1;
        }
        (self, at)
    }
}

/// How many separators stand between two places: those of elements, then those of components.
#[inline]
const fn separators(from: (u16, u16), to: (u16, u16)) -> (u16, u16) {
    let elements = to.0 - from.0;
    // The first component of an element has no separator of its own.
    let components = if elements == 0 { to.1 - from.1 } else { to.1.saturating_sub(1) };
    (elements, components)
}

impl Row {
    pub(crate) const fn new(element: u16, component: u16, format: Format, name: &'static str) -> Self {
        Self {
            element,
            component,
            format,
            name,
            lengths: Lengths { limit: format.limit(), seen: format.longest_seen() },
        }
    }

    #[inline]
    const fn place(&self) -> (u16, u16) {
        (self.element, self.component)
    }
}

impl Layout {
    /// Makes a table, which must ascend.
    pub(crate) const fn new(name: &'static str, rows: &'static [Row]) -> Self {
        let mut i = 1;
        while i < rows.len() {
            let (before, row) = (&rows[i - 1], &rows[i]);
            assert!(
                before.element < row.element || (before.element == row.element && before.component < row.component),
                "the rows of a segment must ascend"
            );
            i += 1;
        }
        let (head, value) = Run::of_name(name).constants(rows, 0);
        Self { name, key: Key::of_name(name), rows, value, head, frame: Frame::new(head, rows, value) }
    }

    pub(crate) const fn tag(&self) -> SegmentTag {
        SegmentTag::of_name(self.name)
    }

    /// Whether the segment, which consists of constants, stands at a place.
    #[inline]
    pub(crate) fn is_constant_at(&self, at: Parts<'_, '_>) -> bool {
        let Frame { is_constant, before, behind, .. } = &self.frame;
        *is_constant && at.behind(before).is_some_and(|at| at.behind(behind).is_some())
    }

    /// Whether what stands before the first value of the segment stands at a place.
    #[inline]
    pub(crate) fn begins_at(&self, at: Parts<'_, '_>) -> bool {
        at.behind(&self.frame.before).is_some()
    }

    /// The constants before the first value, that value's row, and the rows behind it.
    #[inline]
    pub(crate) fn around_value(&self) -> (&'static [Row], &'static Row, &'static [Row]) {
        (&self.rows[..self.value], &self.rows[self.value], &self.rows[self.value + 1..])
    }

    /// The qualifier, empty if the segment has none.
    pub(crate) fn qualifier(&self) -> &'static str {
        self.name.get(4..).unwrap_or_default()
    }
}

/// A type that stands for the table of a segment.
pub(crate) trait Table {
    const LAYOUT: &'static Layout;
}

/// Something received that the model has no place for: it is reported, kept, and written back where it stood.
///
/// Source: facts 10.1, rows 48, 56 and 59.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
pub enum Unrecognised<'a> {
    /// A component without a place, in a segment that has one.
    Component {
        /// The segment, by tag and qualifier: `NAD+PAT`.
        segment: Text<'a>,
        /// The data element, counting from 1; 0 for counters of explicit nesting.
        element: u16,
        /// The component, counting from 1.
        component: u16,
        /// What stands there.
        text: Text<'a>,
    },
    /// A segment that is unknown, not foreseen, or repeated.
    Segment {
        /// Which segment of its transaction, heading or receipt it was, counting from 0.
        at: usize,
        /// The segment.
        segment: RawSegment<'a>,
    },
}

impl Unrecognised<'_> {
    /// The same, independent of the input.
    pub fn into_owned(self) -> Unrecognised<'static> {
        match self {
            Self::Component { segment, element, component, text } => {
                Unrecognised::Component { segment: segment.into_owned(), element, component, text: text.into_owned() }
            }
            Self::Segment { at, segment } => Unrecognised::Segment { at, segment: segment.into_owned() },
        }
    }
}

impl IntoOwned for Unrecognised<'_> {
    type Owned = Unrecognised<'static>;

    fn into_owned(self) -> Unrecognised<'static> {
        Unrecognised::into_owned(self)
    }
}

/// Declares the table of a segment as a type that stands for it.
///
/// A row is `[element . component]`, then either a constant, or a format and what stands there in words. Where the
/// content of the segment is a struct, the table names it, and each row its field.
macro_rules! segment {
    (
        $(#[$doc:meta])*
        $type:ident = $name:literal $(=> $content:ident)? {
            $([$element:literal . $component:literal]
                $($format:ident($($argument:expr),*) $row:literal $(=> $field:ident)?)?
                $(= $constant:literal)?),* $(,)?
        }
    ) => {
        $(#[$doc])*
        pub(crate) struct $type;

        impl $crate::layout::Table for $type {
            const LAYOUT: &'static $crate::layout::Layout = &$crate::layout::Layout::new($name, &[
                $($crate::layout::Row::new(
                    $element,
                    $component,
                    $($crate::layout::Format::$format($($argument),*), $row)?
                    $($crate::layout::Format::Constant, $constant)?
                )),*
            ]);
        }

        $crate::layout::segment_fields! {
            $type $(=> $content)? { $([$($($field)?)? $($constant)?])* }
        }
    };
}

/// Reads and writes a struct by the rows of its table; see [`segment!`].
macro_rules! segment_fields {
    ($type:ident { $($rows:tt)* }) => {};
    ($type:ident => $content:ident { $([$($field:ident)? $($constant:literal)?])* }) => {
        impl $type {
            /// Reads the fields, row by row.
            pub(crate) fn read_into<'a>(
                content: &mut $content<'a>,
                fields: &mut $crate::layout::FieldReader<'_, '_, 'a>,
            ) {
                let mut rows = <Self as $crate::layout::Table>::LAYOUT.rows.iter();
                $(
                    let Some(row) = rows.next() else { return };
                    $(content.$field = $crate::layout::Item::read(fields, row);)?
                    $(let _: &str = $constant; fields.constant(row);)?
                )*
            }

            /// Writes the fields, row by row.
            pub(crate) fn write_from(
                content: &$content<'_>,
                fields: &mut $crate::layout::FieldWriter<'_, '_, '_>,
            ) -> Result<(), $crate::error::Error> {
                let mut rows = <Self as $crate::layout::Table>::LAYOUT.rows.iter();
                $(
                    let Some(row) = rows.next() else { return Ok(()) };
                    $($crate::layout::Item::write(&content.$field, fields, row)?;)?
                    $(let _: &str = $constant; fields.constant(row)?;)?
                )*
                Ok(())
            }

            /// Drafts the segment, if nothing can be said about the fields; `None` if something might.
            pub(crate) fn draft(
                content: &$content<'_>,
                out: &mut $crate::layout::GroupWriter<'_>,
            ) -> Option<$crate::layout::Drafted> {
                let mut fields = out.plain_fields::<Self>()?;
                let mut rows = <Self as $crate::layout::Table>::LAYOUT.rows.iter();
                $(
                    let row = rows.next()?;
                    fields.go_to(row)?;
                    $($crate::layout::Item::write_plain(&content.$field, &mut fields, row)?;)?
                    $(fields.constant(const { &$crate::syntax::Qualifier::EMPTY.text($constant) })?;)?
                )*
                fields.end()
            }
        }
    };
}

pub(crate) use {segment, segment_fields};
