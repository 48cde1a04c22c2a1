//! Groups of one segment: headers and trailers of interchanges, lines of receipts.

use alloc::vec::Vec;

use super::plan::{Need, Step, Steps};
use super::{
    CanonicalUnit, FallbackReader, FieldReader, Group, GroupWriter, KeptSegments, Missing, Table, Unrecognised,
    write_present,
};
use crate::error::Error;
use crate::syntax::TextCursor;

/// A model of one segment, which is always written.
pub(crate) trait OneSegment<'a>: Sized {
    /// The table of the segment.
    type Table: Table;

    /// Values that must not be missing.
    const REQUIRED: &'static [(Missing, Need)];

    /// Reads it, row by row.
    fn read(&mut self, fields: &mut FieldReader<'_, '_, 'a>);

    /// Fast path: reads what follows the first constants, and returns the cursor behind the segment; `None` if it is
    /// not canonical.
    fn take_canonical<'s>(&mut self, cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>>;

    /// Writes it, and returns its length in bytes; `None` if it was refused.
    fn write(&self, out: &mut GroupWriter<'_>) -> Option<usize>;

    /// Segments and components that the model has no place for.
    fn kept(&self) -> &Vec<Unrecognised<'a>>;

    /// As [`kept`](Self::kept), to add to it.
    fn kept_mut(&mut self) -> &mut Vec<Unrecognised<'a>>;
}

impl<'a, S: OneSegment<'a>> Group<'a> for S {
    const PLAN: &'static [Step] = &[Step::new(S::Table::LAYOUT, Need::Mandatory)];
    const REQUIRED: &'static [(Missing, Need)] = S::REQUIRED;

    fn read_step(&mut self, _: usize, fields: &mut FieldReader<'_, '_, 'a>) -> bool {
        self.read(fields);
        true
    }

    #[inline]
    fn read_canonical<'s>(
        &mut self,
        mut unit: CanonicalUnit<'s, 'a>,
        _: &mut FallbackReader<'_>,
    ) -> Option<CanonicalUnit<'s, 'a>> {
        unit.read_by::<S::Table>(0, |cursor| self.take_canonical(cursor))?;
        Some(unit)
    }

    fn has(&self, _: usize) -> bool {
        true
    }

    #[inline]
    fn write_steps(
        &self,
        present: Steps,
        kept: &mut KeptSegments<'_, 'a>,
        out: &mut GroupWriter<'_>,
    ) -> Result<(), Error> {
        write_present(self, 0, present, kept, out, |out| self.write(out))
    }

    fn unrecognised(&self) -> &Vec<Unrecognised<'a>> {
        self.kept()
    }

    fn unrecognised_mut(&mut self) -> &mut Vec<Unrecognised<'a>> {
        self.kept_mut()
    }
}
