//! Rows and tables: which value stands at which position of a segment, as constants of the compiler.

use super::Key;
use crate::error::Location;
use crate::syntax::{
    Component, Literal, Pattern, Prefix, RawSegment, RowLiteral, Segment, SegmentQualifier, SegmentTag, Suffix, Text,
    TextCursor, TextLines,
};

/// The format of a value, in the notation of ISO 9735.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    /// `an..n`
    An(usize),
    /// `an..n`, and the longest length that occurs in samples.
    Seen(usize, usize),
    /// `n..n`
    N(usize),
    /// CCYYMMDD and its format qualifier.
    Date(&'static str),
    /// CCYYMMDDHHMM and its format qualifier.
    DateTime(&'static str),
    /// A value and the qualifier that says what it is.
    Qualified(usize, &'static str),
    /// Up to five components of `an..n`, and the longest length that occurs in samples.
    Lines(usize, usize),
    /// Up to five components of `an..n`, of which blank ones are left out.
    FilledLines(usize),
    /// Two components, of so many digits.
    Pair(usize, usize),
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
            | Self::Pair(limit, _)
            | Self::FilledLines(limit) => limit,
            Self::Date(_) => 8,
            Self::DateTime(_) => 12,
            Self::Constant => usize::MAX,
        }
    }

    /// How many lines the value may have.
    pub(crate) const fn lines(self) -> usize {
        if matches!(self, Self::FilledLines(_)) { TextLines::MAX } else { 1 }
    }

    /// The length of the longest value that occurs in samples, where that is known (wire.md#s-4-2).
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
    /// Tag and qualifier of its segment.
    pub(crate) segment: &'static str,
    pub(crate) element: u16,
    pub(crate) component: u16,
    pub(crate) format: Format,
    /// The name of the value; of a constant, its text.
    pub(crate) name: &'static str,
    /// The path of the value in its model, `patient.surname`; empty for constants.
    pub(crate) field: &'static str,
    pub(super) lengths: Lengths,
    /// A constant as it is written, or the separator and the qualifier behind a value.
    pub(super) literal: RowLiteral,
}

/// The longest length that a value may have, and the longest that occurs in samples.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lengths {
    pub(super) limit: usize,
    pub(super) seen: usize,
}

/// The table of a segment.
#[derive(Debug)]
pub(crate) struct Layout {
    /// Tag and qualifier, `NAD+GP`.
    pub(crate) name: &'static str,
    /// What the segment is for, in a sentence or two.
    pub(crate) meaning: &'static str,
    pub(crate) key: Key,
    pub(crate) rows: &'static [Row],
    /// The index of the row of the first value; without values, the number of rows.
    pub(super) value: usize,
    /// Tag, qualifier and the constants before the first value.
    pub(super) head: Constants<Prefix>,
    /// The text around the value, for segments with one value.
    pub(super) template: Template,
}

/// The text before and behind the value of a segment with one value, for writing and for comparing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Template {
    pub(super) prefix: Prefix,
    /// The text behind the value and its qualifier.
    pub(super) suffix: Suffix,
    /// The prefix: the text before the value, or before the first of several.
    pub(super) before: Pattern,
    /// The suffix: the text behind the value.
    pub(super) behind: Pattern,
    /// There are several values, or one of several components.
    pub(super) is_composite: bool,
    /// There is no value.
    is_constant: bool,
}

impl Template {
    const fn new(head: Constants<Prefix>, rows: &[Row], value: usize) -> Self {
        if value >= rows.len() {
            return Self::around(head.text, Suffix::EMPTY, Suffix::EMPTY.terminator(), None);
        }
        let row = &rows[value];
        let (elements, components) = separators(head.end, row.place());
        let qualifier = Constants { text: Suffix::EMPTY, end: row.place() }.format_of(row);
        let (tail, end) = qualifier.constants(rows, value + 1);
        let (suffix, _) = Constants { text: Suffix::EMPTY, end: qualifier.end }.constants(rows, value + 1);
        let is_composite = end < rows.len() || matches!(row.format, Format::FilledLines(_));
        let prefix = head.text.separators(elements, components);
        Self::around(prefix, suffix.text.terminator(), tail.text.terminator(), Some(is_composite))
    }

    /// A template; `is_composite` is `None` for a segment without values.
    const fn around(prefix: Prefix, suffix: Suffix, tail: Suffix, is_composite: Option<bool>) -> Self {
        let terminator = &Suffix::EMPTY.terminator();
        let behind = Pattern::of(if matches!(is_composite, Some(true)) { terminator } else { &tail });
        Self {
            prefix,
            suffix,
            before: Pattern::of(&prefix),
            behind,
            is_composite: matches!(is_composite, Some(true)),
            is_constant: is_composite.is_none(),
        }
    }
}

/// Consecutive constants as they are written, and the place of the last one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Constants<T> {
    pub(super) text: T,
    pub(super) end: (u16, u16),
}

impl Constants<Prefix> {
    /// The tag and the qualifier of a segment.
    const fn of_name(name: &str) -> Self {
        let (tag, rest) = name.split_at(3);
        let text = Prefix::EMPTY.text(tag);
        if rest.is_empty() {
            return Self { text, end: (0, 1) };
        }
        Self { text: text.separators(1, 0).text(rest.split_at(1).1), end: (1, 1) }
    }
}

impl<const ROOM: usize> Constants<Literal<ROOM>> {
    /// Adds the format qualifier that follows a date.
    const fn format_of(self, row: &Row) -> Self {
        match row.format {
            Format::Date(format) | Format::DateTime(format) => {
                Self { text: self.text.separators(0, 1).text(format), end: (row.element, row.component + 1) }
            }
            _ => self,
        }
    }

    /// Adds the constants of `rows` from `at` on; returns the row behind them, too.
    const fn constants(mut self, rows: &[Row], mut at: usize) -> (Self, usize) {
        while at < rows.len() && matches!(rows[at].format, Format::Constant) {
            let (elements, components) = separators(self.end, rows[at].place());
            self = Self { text: self.text.separators(elements, components).text(rows[at].name), end: rows[at].place() };
            at += 1;
        }
        (self, at)
    }
}

/// How many separators stand between two places: element separators, then component separators.
#[inline]
pub(super) const fn separators(from: (u16, u16), to: (u16, u16)) -> (u16, u16) {
    let elements = to.0 - from.0;
    // The first component of an element has no separator of its own.
    let components = if elements == 0 { to.1 - from.1 } else { to.1.saturating_sub(1) };
    (elements, components)
}

impl Row {
    pub(crate) const fn new(
        segment: &'static str,
        element: u16,
        component: u16,
        format: Format,
        name: &'static str,
    ) -> Self {
        Self {
            segment,
            element,
            component,
            format,
            name,
            field: "",
            lengths: Lengths { limit: format.limit(), seen: format.longest_seen() },
            literal: match format {
                Format::Constant => RowLiteral::EMPTY.text(name),
                Format::Date(qualifier) | Format::DateTime(qualifier) | Format::Qualified(_, qualifier) => {
                    RowLiteral::EMPTY.separators(0, 1).text(qualifier)
                }
                _ => RowLiteral::EMPTY,
            },
        }
    }

    /// Sets the path of the value in its model, unless it is set already.
    pub(crate) const fn of_field(self, field: &'static str) -> Self {
        if self.field.is_empty() { Self { field, ..self } } else { self }
    }

    #[inline]
    pub(super) const fn place(&self) -> (u16, u16) {
        (self.element, self.component)
    }

    /// The location that errors about the row have.
    pub(crate) fn location(&self) -> Location {
        Location {
            tag: Some(SegmentTag::of_name(self.segment)),
            qualifier: SegmentQualifier::of_name(self.segment),
            element: Some(self.element),
            component: Some(self.component),
            ..Location::default()
        }
    }

    /// The component at this row in a segment.
    #[inline]
    pub(crate) fn of<'a>(&self, segment: &Segment<'_, 'a>) -> Option<Component<'a>> {
        segment.component(self.element.into(), self.component.into())
    }

    /// The component at this row in a segment that was kept.
    pub(crate) fn of_raw<'s>(&self, segment: &'s RawSegment<'_>) -> Option<Text<'s>> {
        let place = (usize::from(self.element), usize::from(self.component));
        let mut components = segment.components();
        components.find(|(element, component, _)| (*element, *component) == place).map(|(_, _, text)| text)
    }
}

impl Layout {
    /// A table; its rows must ascend.
    pub(crate) const fn new(name: &'static str, meaning: &'static str, rows: &'static [Row]) -> Self {
        let mut i = 1;
        while i < rows.len() {
            let (before, row) = (&rows[i - 1], &rows[i]);
            assert!(
                before.element < row.element || (before.element == row.element && before.component < row.component),
                "the rows of a segment must ascend"
            );
            i += 1;
        }
        let (head, value) = Constants::of_name(name).constants(rows, 0);
        let (key, template) = (Key::of_name(name), Template::new(head, rows, value));
        Self { name, meaning, key, rows, value, head, template }
    }

    /// The row at a place; panics (when compiled) if there is none.
    pub(crate) const fn row(&self, element: u16, component: u16) -> &'static Row {
        let mut i = 0;
        while self.rows[i].element != element || self.rows[i].component != component {
            i += 1;
        }
        &self.rows[i]
    }

    pub(crate) const fn tag(&self) -> SegmentTag {
        SegmentTag::of_name(self.name)
    }

    /// Whether this segment, which consists of constants, stands at a place.
    #[inline]
    pub(crate) fn is_constant_at(&self, at: TextCursor<'_, '_>) -> bool {
        let Template { is_constant, before, behind, .. } = &self.template;
        *is_constant && at.behind(before).is_some_and(|at| at.behind(behind).is_some())
    }

    /// Whether the prefix of the segment stands at a place.
    #[inline]
    pub(crate) fn begins_at(&self, at: TextCursor<'_, '_>) -> bool {
        at.behind(&self.template.before).is_some()
    }

    /// The constants before the first value, that value's row, and the rows behind it.
    #[inline]
    pub(crate) fn around_value(&self) -> (&'static [Row], &'static Row, &'static [Row]) {
        (&self.rows[..self.value], &self.rows[self.value], &self.rows[self.value + 1..])
    }

    /// The last place that belongs to a row.
    pub(super) fn end(&self) -> (u16, u16) {
        self.rows.last().map_or((1, 1), |row| match row.format {
            Format::Lines(..) | Format::FilledLines(_) => (row.element, u16::MAX),
            Format::Date(_) | Format::DateTime(_) | Format::Qualified(..) => (row.element, row.component + 1),
            _ => row.place(),
        })
    }

    /// The path in the model that an error about a place concerns: of one value, or of all that the segment holds.
    pub(crate) fn field(&self, place: Option<(u16, u16)>) -> Option<&'static str> {
        let mut fields = self.rows.iter().filter(|row| !row.field.is_empty());
        let Some((element, component)) = place else {
            let first = fields.next()?.field;
            return if fields.next().is_none() { Some(first) } else { first.split_once('.').map(|(whole, _)| whole) };
        };
        // A value of several components, or with a qualifier, has one row.
        fields.rfind(|row| row.element == element && row.component <= component).map(|row| row.field)
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
