//! Trailers as groups of one segment.

use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::error::Error;
use crate::segment::service::{Trailer, Unt, Unz};
use crate::table::{
    CanonicalRows, CanonicalUnit, FieldReader, Group, GroupWriter, KeptSegments, Missing, Need, OddReader, Step, Steps,
    Table, Unrecognised, write_present,
};

/// A trailer with the table it is read and written by.
pub(crate) struct TrailerUnit<'a, T> {
    pub(crate) trailer: Trailer<'a>,
    table: PhantomData<T>,
}

impl<'a, T> TrailerUnit<'a, T> {
    pub(crate) fn new() -> Self {
        Self::of(Trailer::default())
    }

    pub(crate) fn of(trailer: Trailer<'a>) -> Self {
        Self { trailer, table: PhantomData }
    }
}

macro_rules! trailers {
    ($($table:ident),+) => {
        $(impl<'a> Group<'a> for TrailerUnit<'a, $table> {
            const PLAN: &'static [Step] = &[Step::new($table::LAYOUT, Need::Mandatory)];
            const REQUIRED: &'static [(Missing, Need)] = &[
                (Missing::at($table::LAYOUT, $table::COUNT), Need::Mandatory),
                (Missing::at($table::LAYOUT, $table::REFERENCE), Need::Mandatory),
            ];

            fn read_step(&mut self, _: usize, fields: &mut FieldReader<'_, '_, 'a>) -> bool {
                $table::read_into(&mut self.trailer, fields);
                if self.trailer.count.is_none() {
                    fields.missing_part($table::COUNT, None);
                } else if self.trailer.reference.is_none() {
                    fields.missing_part($table::REFERENCE, None);
                }
                true
            }

            fn read_canonical<'s>(&mut self, mut unit: CanonicalUnit<'s, 'a>, _: &mut OddReader<'_>) -> Option<CanonicalUnit<'s, 'a>> {
                unit.read_by::<$table>(0, |parts| {
                    let mut rows = CanonicalRows::<$table>::new(parts);
                    rows.value::<0>(&mut self.trailer.count)?;
                    rows.value::<1>(&mut self.trailer.reference)?;
                    rows.behind()
                })?;
                Some(unit)
            }

            fn write_steps(
                &self,
                present: Steps,
                kept: &mut KeptSegments<'_, 'a>,
                out: &mut GroupWriter<'_>,
            ) -> Result<(), Error> {
                write_present(self, 0, present, kept, out, |out| $table::write(&self.trailer, out))
            }

            fn has(&self, _: usize) -> bool {
                true
            }

            fn unrecognised(&self) -> &Vec<Unrecognised<'a>> {
                &self.trailer.unrecognised
            }

            fn unrecognised_mut(&mut self) -> &mut Vec<Unrecognised<'a>> {
                &mut self.trailer.unrecognised
            }
        })+
    };
}

trailers!(Unt, Unz);
