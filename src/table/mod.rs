//! The table engine: rows give the position of each value, and one engine reads and writes by them.
//!
//! * A [`Row`] gives one position in a segment: element, component, format, name.
//! * A [`Layout`] is the table of a segment: its tag and qualifier, and its rows in ascending order.
//! * A plan is the table of a run of segments (a message heading, a transaction): which segments, in what order, how
//!   needed. A [`Group`] is a model with a plan.
//! * A [`Unit`] is a run of segments that is read together and makes one event.
//!
//! The tables of the segments stand in `segment`, the plans beside the models they belong to.
//!
//! A unit is read on one of two paths, with the same result: a unit in canonical form on the fast path
//! ([`read_canonical`]), any other on the general path ([`read_group`]).

mod canonical_value;
mod fallback;
mod group;
mod item;
mod key;
mod macros;
mod one_segment;
mod plan;
mod read;
mod read_canonical;
mod read_group;
mod report;
mod row;
mod unit;
mod unknown;
mod unrecognised;
mod validator;
mod write;
mod write_group;
mod write_kept;

pub(crate) use canonical_value::{text_for, valid_value};
pub(crate) use fallback::{FallbackBuffers, FallbackReader};
#[cfg(feature = "generate")]
pub(crate) use group::need;
pub(crate) use group::{Group, Missing, group, group_plan, write_present};
#[cfg(feature = "generate")]
pub(crate) use item::Generated;
#[cfg(feature = "serde")]
pub(crate) use item::is_absent;
pub(crate) use item::{Content, Item, Presence, always_present, is_blank, is_given, read_constants};
pub(crate) use key::Key;
pub(crate) use macros::{segment, segment_fields};
pub(crate) use one_segment::OneSegment;
pub(crate) use plan::{Need, Step, Steps};
pub(crate) use read::{FieldReader, check_characters};
pub(crate) use read_canonical::{CanonicalRows, CanonicalUnit, next_item};
pub(crate) use read_group::{enter, read_canonical, read_group, read_group_as};
pub(crate) use report::{Position, Reporter};
pub(crate) use row::{Format, Layout, Row, Table};
pub(crate) use unit::{Unit, UnitView};
pub(crate) use unknown::{check_syntax, report_unknown};
pub use unrecognised::Unrecognised;
pub(crate) use validator::Validator;
pub(crate) use write::{Demand, FieldWriter, GroupWriter};
pub(crate) use write_group::{write_group, write_group_as, write_head};
pub(crate) use write_kept::{KeptSegments, write_raw};
