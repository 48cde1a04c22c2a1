//! Items: values that may be absent in one way or another, as rows hold them.

use super::canonical_value::{text_for, valid_value};
use super::{Demand, FieldReader, FieldWriter, Format, GroupWriter, Row, Table};
use crate::syntax::{CanonicalValue, Ending, Part, Text, TextCursor, TextLines};
use crate::value::{Change, ERASE, IntoOwned, Line, Scratch, Value};

/// Whether a field of a model is present, or absent as its default is.
pub(crate) trait Presence {
    fn is_present(&self) -> bool;
}

impl<T> Presence for Option<T> {
    #[inline]
    fn is_present(&self) -> bool {
        self.is_some()
    }
}

impl<T> Presence for Change<T> {
    #[inline]
    fn is_present(&self) -> bool {
        !self.is_unchanged()
    }
}

impl<T> Presence for Line<T> {
    #[inline]
    fn is_present(&self) -> bool {
        !self.is_blank()
    }
}

/// For serialization: absent fields are left out.
#[cfg(feature = "serde")]
pub(crate) fn is_absent<T: Presence>(item: &T) -> bool {
    !item.is_present()
}

/// What a row of a table holds: an optional value, a change, a line.
pub(crate) trait Item<'a>: Presence + Sized {
    /// Reads the component at the row; reports nothing about its absence.
    #[inline]
    fn read(fields: &mut FieldReader<'_, '_, 'a>, row: &'static Row) -> Self {
        let content = fields.take(row);
        Self::accept(fields, row, content)
    }

    /// Reads a component that was found already, wherever it stood.
    fn accept(fields: &mut FieldReader<'_, '_, 'a>, row: &'static Row, content: Option<Part<'_, 'a>>) -> Self;

    /// Fast path: stores the value of a canonical component. `None` if it is not canonical. The format qualifier of a
    /// date was checked before.
    #[inline]
    fn take_canonical_value(&mut self, _value: CanonicalValue<'a>, _row: &Row) -> Option<()> {
        None
    }

    /// Fast path: reads the only value of a segment and its suffix, and returns the cursor behind them. `None` if they
    /// are not canonical.
    #[inline]
    fn take_canonical_rest<'s, T: Table>(&mut self, mut cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        let (_, row, _) = T::LAYOUT.around_value();
        self.take_canonical_value(cursor.value()?, row)?;
        cursor.behind(&T::LAYOUT.template.behind)
    }

    /// Whether it consists of blanks, which is its only defect.
    fn is_blank(&self) -> bool {
        false
    }

    /// Whether it is a value with this text.
    fn is_text(&self, _text: &str) -> bool {
        false
    }

    /// Writes it at the row; the separators before it are written already.
    fn write(&self, fields: &mut FieldWriter<'_, '_>, row: &'static Row);
}

impl FieldWriter<'_, '_> {
    /// Writes an item at its row.
    #[inline(always)]
    pub(crate) fn item<'a, I: Item<'a>>(&mut self, row: &'static Row, item: &I) {
        self.go_to(row);
        item.write(self, row);
    }
}

/// Whether a value consists of blanks and has no other defect.
pub(crate) fn is_blank<'a>(value: &impl Value<'a>) -> bool {
    value.defect().is_none() && value.render(&mut Scratch::default()).bytes().all(|byte| byte == b' ')
}

/// Whether an item counts as given: blanks do not (wire.md#row-69).
pub(crate) fn is_given<'a>(item: &impl Item<'a>) -> bool {
    item.is_present() && !item.is_blank()
}

impl<'a, V: Value<'a>> Item<'a> for Option<V> {
    #[inline]
    fn accept(fields: &mut FieldReader<'_, '_, 'a>, row: &'static Row, content: Option<Part<'_, 'a>>) -> Self {
        let content = content.filter(|content| !content.is_empty())?;
        Some(match row.format {
            Format::Date(format) | Format::DateTime(format) => fields.date(row, &content, format),
            _ => fields.value(row, &content),
        })
    }

    #[inline]
    fn take_canonical_value(&mut self, value: CanonicalValue<'a>, row: &Row) -> Option<()> {
        V::parse_into(self, text_for(&value, row)?)
    }

    fn is_blank(&self) -> bool {
        self.as_ref().is_some_and(is_blank)
    }

    #[inline]
    fn is_text(&self, text: &str) -> bool {
        self.as_ref().is_some_and(|value| value.render(&mut Scratch::default()) == text)
    }

    #[inline(always)]
    fn write(&self, fields: &mut FieldWriter<'_, '_>, row: &'static Row) {
        if let Some(value) = self {
            fields.value(row, value, Demand::ReadBack);
        }
    }
}

impl<'a, V: Value<'a>> Item<'a> for Change<V> {
    #[inline]
    fn accept(fields: &mut FieldReader<'_, '_, 'a>, row: &'static Row, content: Option<Part<'_, 'a>>) -> Self {
        if content.is_some_and(|content| content.is(ERASE)) {
            return Self::Erased;
        }
        Option::accept(fields, row, content).map_or(Self::Unchanged, Self::To)
    }

    #[inline]
    fn take_canonical_value(&mut self, value: CanonicalValue<'a>, row: &Row) -> Option<()> {
        let read = if value.wire() == ERASE { Self::Erased } else { Self::To(valid_value(value, row)?) };
        *self = read;
        Some(())
    }

    fn is_blank(&self) -> bool {
        self.value().is_some_and(is_blank)
    }

    #[inline]
    fn is_text(&self, text: &str) -> bool {
        self.value().is_some_and(|value| value.render(&mut Scratch::default()) == text)
    }

    #[inline(always)]
    fn write(&self, fields: &mut FieldWriter<'_, '_>, row: &'static Row) {
        match self {
            Self::Unchanged => {}
            Self::To(value) => fields.value(row, value, Demand::NewValue),
            Self::Erased => fields.erase(row),
        }
    }
}

impl<'a, V: Value<'a>> Item<'a> for Line<V> {
    #[inline]
    fn accept(fields: &mut FieldReader<'_, '_, 'a>, row: &'static Row, content: Option<Part<'_, 'a>>) -> Self {
        match Change::accept(fields, row, content) {
            Change::Unchanged => Self::Blank,
            Change::To(value) => Self::To(value),
            Change::Erased => Self::Erased,
        }
    }

    #[inline]
    fn take_canonical_value(&mut self, value: CanonicalValue<'a>, row: &Row) -> Option<()> {
        let read = if value.wire() == ERASE { Self::Erased } else { Self::To(valid_value(value, row)?) };
        *self = read;
        Some(())
    }

    fn is_blank(&self) -> bool {
        self.value().is_some_and(is_blank)
    }

    #[inline]
    fn is_text(&self, text: &str) -> bool {
        self.value().is_some_and(|value| value.render(&mut Scratch::default()) == text)
    }

    #[inline(always)]
    fn write(&self, fields: &mut FieldWriter<'_, '_>, row: &'static Row) {
        match self {
            Self::Blank => {}
            Self::To(value) => fields.value(row, value, Demand::NewValue),
            Self::Erased => fields.erase(row),
        }
    }
}

impl<'a> Item<'a> for Option<TextLines<'a>> {
    #[inline]
    fn read(fields: &mut FieldReader<'_, '_, 'a>, row: &'static Row) -> Self {
        fields.lines(row, matches!(row.format, Format::Lines(..)))
    }

    fn accept(_: &mut FieldReader<'_, '_, 'a>, _: &'static Row, content: Option<Part<'_, 'a>>) -> Self {
        let text: Text<'a> = content?.text();
        Some(core::iter::once(text.as_str()).collect())
    }

    fn is_blank(&self) -> bool {
        self.as_ref().is_some_and(|lines| lines.iter().all(|line| line.is_blank()))
    }

    #[inline]
    fn take_canonical_rest<'s, T: Table>(&mut self, mut cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        let (_, row, _) = T::LAYOUT.around_value();
        let start = cursor.at();
        let most = if T::LAYOUT.template.is_composite { row.format.lines() } else { 1 };
        for _ in 0..most {
            let (line, ending) = cursor.next()?;
            text_for(&line, row)?;
            match ending {
                Ending::Component => {}
                Ending::Element => return None,
                Ending::Segment => {
                    *self = Some(TextLines::from_wire(cursor.wire_from(start)?));
                    return Some(cursor);
                }
            }
        }
        None
    }

    #[inline]
    fn write(&self, fields: &mut FieldWriter<'_, '_>, row: &'static Row) {
        if let Some(lines) = self {
            fields.lines(row, lines);
        }
    }
}

impl IntoOwned for TextLines<'_> {
    type Owned = TextLines<'static>;

    fn into_owned(self) -> TextLines<'static> {
        TextLines::into_owned(self)
    }
}

/// The whole content of the segment that `T` is the table of.
pub(crate) trait Content<'a, T: Table>: Presence + Sized {
    /// Reads the fields of the segment, row by row.
    fn read_segment(fields: &mut FieldReader<'_, '_, 'a>) -> Self;

    /// Fast path: reads what follows the first constants of a segment, and returns the cursor behind the segment.
    /// `None` if the segment is not canonical.
    #[inline]
    fn take_canonical<'s>(&mut self, _parts: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        None
    }

    /// Writes the segment and returns its length in bytes; `None` if it was refused.
    fn write_segment(&self, out: &mut GroupWriter<'_>) -> Option<usize>;
}

/// Content of the segment that `T` is the table of, that can be generated from bytes; see
/// [`generate`](crate::generate).
#[cfg(feature = "generate")]
pub(crate) trait Generated<T: Table>: Sized {
    /// Generates content by the rows of the table.
    fn generated(source: &mut crate::byte_source::ByteSource<'_>) -> Self;
}

/// A segment of one value and constants is its value.
impl<'a, T: Table, I: Item<'a>> Content<'a, T> for I {
    #[inline]
    fn read_segment(fields: &mut FieldReader<'_, '_, 'a>) -> Self {
        let (before, row, after) = T::LAYOUT.around_value();
        for constant in before {
            fields.constant(constant);
        }
        let value = I::read(fields, row);
        if !value.is_present() {
            fields.no_value(row);
        } else if value.is_blank() {
            fields.blank_value(row);
        }
        for constant in after {
            fields.constant(constant);
        }
        value
    }

    #[inline]
    fn take_canonical<'s>(&mut self, cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
        self.take_canonical_rest::<T>(cursor)
    }

    #[inline(always)]
    fn write_segment(&self, out: &mut GroupWriter<'_>) -> Option<usize> {
        let (_, row, _) = T::LAYOUT.around_value();
        let mut fields = out.begin_sole(T::LAYOUT)?;
        self.write(&mut fields, row);
        fields.end_sole()
    }
}

/// Reads a segment that consists of constants.
pub(crate) fn read_constants<T: Table>(fields: &mut FieldReader<'_, '_, '_>) {
    for row in T::LAYOUT.rows {
        fields.constant(row);
    }
}

/// Implements the traits of an item for a field that the model of an envelope always has; it is empty where the wire
/// has nothing.
macro_rules! always_present {
    ($($type:ident),+ $(,)?) => {
        $(impl $crate::table::Presence for $type<'_> {
            fn is_present(&self) -> bool {
                true
            }
        }

        impl<'a> $crate::table::Item<'a> for $type<'a> {
            fn accept(
                fields: &mut $crate::table::FieldReader<'_, '_, 'a>,
                row: &'static $crate::table::Row,
                content: Option<$crate::syntax::Part<'_, 'a>>,
            ) -> Self {
                let value = Option::accept(fields, row, content);
                match &value {
                    None => fields.no_value(row),
                    Some(value) if $crate::table::is_blank(value) => fields.blank_value(row),
                    Some(_) => {}
                }
                value.unwrap_or_default()
            }

            fn take_canonical_value(
                &mut self,
                value: $crate::syntax::CanonicalValue<'a>,
                row: &$crate::table::Row,
            ) -> Option<()> {
                *self = $crate::table::valid_value(value, row)?;
                Some(())
            }

            #[inline(always)]
            fn write(&self, fields: &mut $crate::table::FieldWriter<'_, '_>, row: &'static $crate::table::Row) {
                fields.value(row, self, $crate::table::Demand::Nothing);
            }
        })+
    };
}

pub(crate) use always_present;
