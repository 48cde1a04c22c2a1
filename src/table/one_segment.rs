//! Groups of one segment: headers and trailers of interchanges, lines of receipts.

use alloc::vec::Vec;

use super::plan::{Need, Step, Steps};
use super::{
    CanonicalUnit, FieldReader, Group, GroupWriter, KeptSegments, Missing, OddReader, Table, Unrecognised,
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

    /// Takes in what stands behind the first constants, if nothing can be said about it, and gives what stands behind the
    /// segment; `None` if something might.
    fn take_canonical<'s>(&mut self, parts: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>>;

    /// Writes it; how many bytes it has. `None` if it was refused.
    fn write(&self, out: &mut GroupWriter<'_>) -> Option<usize>;

    /// What was received without a place.
    fn kept(&self) -> &Vec<Unrecognised<'a>>;

    /// What was received without a place, to add to it.
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
        _: &mut OddReader<'_>,
    ) -> Option<CanonicalUnit<'s, 'a>> {
        unit.read_by::<S::Table>(0, |parts| self.take_canonical(parts))?;
        Some(unit)
    }

    fn has(&self, _: usize) -> bool {
        true
    }

    #[inline]
    fn write_steps(
        &self,
        said: Steps,
        kept: &mut KeptSegments<'_, 'a>,
        out: &mut GroupWriter<'_>,
    ) -> Result<(), Error> {
        write_present(self, 0, said, kept, out, |out| self.write(out))
    }

    fn unrecognised(&self) -> &Vec<Unrecognised<'a>> {
        self.kept()
    }

    fn unrecognised_mut(&mut self) -> &mut Vec<Unrecognised<'a>> {
        self.kept_mut()
    }
}
