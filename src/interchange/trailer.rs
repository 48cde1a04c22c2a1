//! Trailers as groups of one segment.

use alloc::vec::Vec;
use core::marker::PhantomData;

use crate::segment::service::{Trailer, Unt, Unz};
use crate::syntax::TextCursor;
use crate::table::{CanonicalRows, FieldReader, GroupWriter, Missing, Need, OneSegment, Table, Unrecognised};

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
        $(impl<'a> OneSegment<'a> for TrailerUnit<'a, $table> {
            type Table = $table;

            const REQUIRED: &'static [(Missing, Need)] = &[
                (Missing::at($table::LAYOUT, $table::COUNT), Need::Mandatory),
                (Missing::at($table::LAYOUT, $table::REFERENCE), Need::Mandatory),
            ];

            fn read(&mut self, fields: &mut FieldReader<'_, '_, 'a>) {
                $table::read_into(&mut self.trailer, fields);
                if self.trailer.count.is_none() {
                    fields.missing_part($table::COUNT, None);
                } else if self.trailer.reference.is_none() {
                    fields.missing_part($table::REFERENCE, None);
                }
            }

            fn take_canonical<'s>(&mut self, cursor: TextCursor<'s, 'a>) -> Option<TextCursor<'s, 'a>> {
                let mut rows = CanonicalRows::<$table>::new(cursor);
                rows.value::<0>(&mut self.trailer.count)?;
                rows.value::<1>(&mut self.trailer.reference)?;
                rows.behind()
            }

            fn write(&self, out: &mut GroupWriter<'_>) -> Option<usize> {
                $table::write(&self.trailer, out)
            }

            fn kept(&self) -> &Vec<Unrecognised<'a>> {
                &self.trailer.unrecognised
            }

            fn kept_mut(&mut self) -> &mut Vec<Unrecognised<'a>> {
                &mut self.trailer.unrecognised
            }
        })+
    };
}

trailers!(Unt, Unz);
