//! The table engine: rows say where a value stands, and one engine reads and writes by them.
//!
//! * A [`Row`] gives one position in a segment: element, component, format, name.
//! * A [`Layout`] is the table of a segment: its tag and qualifier, and its rows in ascending order.
//! * A plan is the table of a run of segments (a message heading, a transaction): which segments, in what order, how
//!   needed. A [`Group`] is a model with a plan.
//!
//! The tables of the segments stand in `segment`, the plans beside the models they belong to.

mod canonical_value;
mod group;
mod item;
mod key;
mod macros;
mod odd_segment;
mod one_segment;
mod plan;
mod read;
mod read_canonical;
mod read_group;
mod report;
mod row;
mod unit;
mod unrecognised;
mod validator;
mod without_place;
mod write;
mod write_group;
mod write_kept;

pub(crate) use canonical_value::{text_for, valid_value};
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
pub(crate) use odd_segment::{OddReader, OddSegments};
pub(crate) use one_segment::OneSegment;
pub(crate) use plan::{Need, Step, Steps};
pub(crate) use read::{FieldReader, check_characters};
pub(crate) use read_canonical::{CanonicalRows, CanonicalUnit, next_item};
pub(crate) use read_group::{enter, read_canonical, read_group, read_group_as};
pub(crate) use report::{Reporter, Site};
pub(crate) use row::{Format, Layout, Row, Table};
pub(crate) use unit::{Unit, UnitView};
pub use unrecognised::Unrecognised;
pub(crate) use validator::Validator;
pub(crate) use without_place::{check_syntax, report_without_place};
pub(crate) use write::{Demand, FieldWriter, GroupWriter};
pub(crate) use write_group::{write_group, write_group_as, write_head};
pub(crate) use write_kept::{KeptSegments, write_raw};

pub(crate) use crate::value::fill;
