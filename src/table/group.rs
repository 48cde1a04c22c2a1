//! Groups: runs of segments with a plan.
//!
//! `read_group` and `write_group` do the work; the macros at the end tie a model to its plan.

use alloc::vec::Vec;

use super::plan::{Need, Needs, Step, Steps, VARIANTS, reasons};
use super::write_kept::{keeps_component_of, weave};
use super::{CanonicalUnit, FieldReader, GroupWriter, KeptSegments, Key, Layout, OddReader, Row, Unrecognised};
use crate::error::Error;

/// A value that must not be missing: its segment, its place there, its name.
pub(crate) struct Missing {
    pub(crate) layout: &'static Layout,
    pub(crate) element: u16,
    pub(crate) component: u16,
    pub(crate) name: &'static str,
}

impl Missing {
    /// The value at a row.
    pub(crate) const fn at(layout: &'static Layout, row: &'static Row) -> Self {
        Self { layout, element: row.element, component: row.component, name: row.name }
    }
}

/// A model of a run of segments.
pub(crate) trait Group<'a>: Sized {
    /// The segments, in the order in which they are written.
    const PLAN: &'static [Step];

    /// Values that must not be missing in a segment that is there, and how they are needed by column.
    const REQUIRED: &'static [(Missing, Need)] = &[];

    /// How it needs them, by column.
    const NEEDS: &'static [Needs; VARIANTS] = &Needs::of(Self::PLAN);

    /// Which column of the plan holds for what this group is.
    fn variant(&self) -> usize {
        0
    }

    /// The key under which a segment is meant that stands under another.
    #[inline]
    fn alias(key: Key) -> Key {
        key
    }

    /// Whether a kept segment with this key is written behind all steps, wherever it stood: before one of them it would
    /// make the group another.
    #[inline]
    fn comes_last(_key: Key) -> bool {
        false
    }

    /// Takes in the segments of a unit, in the order of the plan, if nothing can be said about it; `None` if something might.
    #[inline]
    fn read_canonical<'s>(
        &mut self,
        _unit: CanonicalUnit<'s, 'a>,
        _odd: &mut OddReader<'_>,
    ) -> Option<CanonicalUnit<'s, 'a>> {
        None
    }

    /// Takes in the segment of a step; whether it has something to say.
    fn read_step(&mut self, step: usize, fields: &mut FieldReader<'_, '_, 'a>) -> bool;

    /// Whether the segment of a step has something to say.
    fn has(&self, step: usize) -> bool;

    /// The steps whose segments have something to say.
    #[inline]
    fn present(&self) -> Steps {
        (0..Self::PLAN.len()).filter(|step| self.has(*step)).fold(Steps::default(), Steps::with)
    }

    /// Writes the segments of the steps that have something to say, with what was kept before and in them.
    fn write_steps(
        &self,
        present: Steps,
        kept: &mut KeptSegments<'_, 'a>,
        out: &mut GroupWriter<'_>,
    ) -> Result<(), Error>;

    /// Makes the content of a step's segment anew, for [`generate`](crate::generate); nothing where that makes the whole
    /// model by hand.
    #[cfg(feature = "generate")]
    fn generate_step(&mut self, _step: usize, _choices: &mut crate::byte_source::ByteSource<'_>) {}

    /// Calls `report` for each value that must not be missing in a segment that is there.
    fn missing_values(&self, _report: &mut dyn FnMut(Missing)) {}

    /// The segment by which the group would be read as another, if there is one.
    #[inline]
    fn contradiction(&self) -> Option<&'static Layout> {
        None
    }

    /// What was received without a place.
    fn unrecognised(&self) -> &Vec<Unrecognised<'a>>;

    /// What was received without a place, to add to it.
    fn unrecognised_mut(&mut self) -> &mut Vec<Unrecognised<'a>>;
}

/// How a step is needed, given what the group is.
#[inline]
pub(crate) fn need<'a, G: Group<'a>>(step: usize, variant: usize) -> Need {
    G::PLAN[step].need.in_variant(variant)
}

/// Whether any step from `step` up to the next trigger has something to say.
pub(super) fn is_triggered<'a, G: Group<'a>>(group: &G, kept: &[Unrecognised<'_>], step: usize) -> bool {
    let until = |next: &usize| G::PLAN[*next].need != Need::Trigger;
    let is_present = |next: usize| group.has(next) || keeps_component_of(kept, G::PLAN[next].layout);
    (step + 1..G::PLAN.len()).take_while(until).any(is_present)
}

/// Writes the segment of a step, if there is a reason to.
#[inline(always)]
pub(crate) fn write_present<'a, 'o, G: Group<'a>>(
    group: &G,
    step: usize,
    present: Steps,
    kept: &mut KeptSegments<'_, 'a>,
    out: &mut GroupWriter<'o>,
    write: impl FnOnce(&mut GroupWriter<'o>) -> Option<usize>,
) -> Result<(), Error> {
    if !present.has_any_of(reasons(G::PLAN, step)) {
        return Ok(());
    }
    let keeps = !group.unrecognised().is_empty();
    if keeps && kept.is_next_due() {
        write_due::<G>(step, present, kept, out)?;
    }
    let start = if keeps { out.segments.written().len() } else { 0 };
    let written = write(out);
    out.keep(written)?;
    if keeps {
        kept.written += 1;
        if kept.has_components {
            return weave(group.unrecognised(), G::PLAN[step].layout, start, out);
        }
    }
    Ok(())
}

/// Writes the segments that were kept before that of a step.
#[cold]
fn write_due<'a, G: Group<'a>>(
    step: usize,
    present: Steps,
    kept: &mut KeptSegments<'_, 'a>,
    out: &mut GroupWriter<'_>,
) -> Result<(), Error> {
    // Of equal segments the first counts, so one that was kept never goes before the one that the model holds.
    let is_to_come = |key| {
        let key = G::alias(key);
        let holds = |step: usize| G::PLAN[step].layout.key == key && present.has_any_of(reasons(G::PLAN, step));
        G::comes_last(key) || (step..G::PLAN.len()).any(holds)
    };
    kept.write_due(is_to_come, out)
}

/// Declares the model of a run of segments together with its plan.
///
/// Each line names a segment's table and how the segment is needed, then the field that holds its content; a segment of
/// constants has no field. `require` names the row of a value that must not be missing in its segment, and tells when it is
/// there; `in` says in which columns, `as` calls it otherwise.
macro_rules! group {
    (
        $(#[$doc:meta])*
        pub struct $type:ident $((variant: $variant:expr))? {
            $([$table:ident $need:tt] $($(#[$field_doc:meta])* $field:ident: $content:ty)?;)*
        }
        $(read $alias:ident as $meant:ident;)?
        $(last $($last:ident),+;)?
        $(require $required:ident::$row:ident $(in $variants:literal)? $(as $name:literal)? if not $given:expr;)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
        #[non_exhaustive]
        // In memory as in the plan: memory is fetched ahead where it is read in order.
        #[repr(C)]
        pub struct $type<'a> {
            $($(
                $(#[$field_doc])*
                #[cfg_attr(feature = "serde", serde(skip_serializing_if = "crate::table::is_absent"))]
                pub $field: $content,
            )?)*
            /// What was received without a place in this model.
            #[cfg_attr(feature = "serde", serde(skip_serializing_if = "alloc::vec::Vec::is_empty"))]
            pub unrecognised: alloc::vec::Vec<$crate::table::Unrecognised<'a>>,
        }

        $crate::table::group_plan! {
            $type $((variant: $variant))? { $([$table $need] $($field)?;)* }
            $(read $alias as $meant;)?
            $(last $($last),+;)?
            $(require $required::$row $(in $variants)? $(as $name)? if not $given;)*
        }

        $crate::value::into_owned!($type { $($($field,)?)* unrecognised });
    };
}

/// Implements [`Group`] for a model by its plan; see [`group!`].
///
/// A field `of` another model stands there, if that has a place for it. Which places it has depends on one of these fields:
/// `begin` names the model and the field, and sets the one by the other; `contradicts` names the segment by which the group
/// would be read as another, and tells when.
macro_rules! group_plan {
    (
        $type:ident $((variant: $variant:expr))? { $([$table:ident $need:tt] $($field:ident)? $(of $owner:ident)?;)* }
        $(begin $items:ident by $known:ident with $begin:expr;)?
        $(contradicts $telling:ident if $contradicts:expr;)?
        $(read $alias:ident as $meant:ident;)?
        $(last $($last:ident),+;)?
        $(require $required:ident::$row:ident $(in $variants:literal)? $(as $name:literal)? if not $given:expr;)*
    ) => {
        impl<'a> $crate::table::Group<'a> for $type<'a> {
            const PLAN: &'static [$crate::table::Step] = &[$($crate::table::Step::new(
                <$table as $crate::table::Table>::LAYOUT,
                $crate::table::group_plan!(@need $need),
            )),*];

            const REQUIRED: &'static [($crate::table::Missing, $crate::table::Need)] = &[$((
                $crate::table::Missing {
                    $(name: $name,)?
                    ..$crate::table::Missing::at(<$required as $crate::table::Table>::LAYOUT, $required::$row)
                },
                $crate::table::group_plan!(@required $($variants)?),
            )),*];

            $(fn variant(&self) -> usize {
                let variant: fn(&Self) -> usize = $variant;
                variant(self)
            })?

            $(fn comes_last(key: $crate::table::Key) -> bool {
                [$(<$last as $crate::table::Table>::LAYOUT.key),+].contains(&key)
            })?

            $(fn alias(key: $crate::table::Key) -> $crate::table::Key {
                if key == <$alias as $crate::table::Table>::LAYOUT.key {
                    return <$meant as $crate::table::Table>::LAYOUT.key;
                }
                key
            })?

            #[inline]
            fn read_step(&mut self, step: usize, fields: &mut $crate::table::FieldReader<'_, '_, 'a>) -> bool {
                enum At { $($table),* }
                $(if step == At::$table as usize {
                    $crate::table::group_plan!(@read self fields $table $($field)? $(of $owner)?);
                    return $crate::table::group_plan!(@has self $($field)? $(of $owner)?);
                })*
                false
            }

            #[inline]
            fn read_canonical<'s>(
                &mut self,
                mut unit: $crate::table::CanonicalUnit<'s, 'a>,
                odd: &mut $crate::table::OddReader<'_>,
            ) -> Option<$crate::table::CanonicalUnit<'s, 'a>> {
                enum At { $($table),* }
                let kept = &mut self.unrecognised;
                $($crate::table::group_plan!(@later $($field)? $(of $owner)?);)*
                loop {
                    $($crate::table::group_plan!(@canonical self unit odd kept $table $($field)? $(of $owner)?);)*
                    if !unit.goes_on(Self::PLAN, Self::alias, odd, kept)? {
                        break;
                    }
                }
                $crate::table::group_plan!(@begin items self $($items $known $begin)?);
                $($crate::table::group_plan!(@place items $($field)? $(of $owner)?);)*
                Some(unit)
            }

            #[inline]
            fn has(&self, step: usize) -> bool {
                enum At { $($table),* }
                $(if step == At::$table as usize {
                    return $crate::table::group_plan!(@has self $($field)? $(of $owner)?);
                })*
                false
            }

            #[cfg(feature = "generate")]
            fn generate_step(&mut self, step: usize, source: &mut $crate::byte_source::ByteSource<'_>) {
                enum At { $($table),* }
                $(if step == At::$table as usize {
                    return $crate::table::group_plan!(@generate self source $table $($field)? $(of $owner)?);
                })*
            }

            #[inline]
            fn present(&self) -> $crate::table::Steps {
                enum At { $($table),* }
                let present = $crate::table::Steps::default();
                $(let present = present.with_if(At::$table as usize, $crate::table::group_plan!(@has self $($field)? $(of $owner)?));)*
                present
            }

            #[inline]
            fn write_steps(
                &self,
                present: $crate::table::Steps,
                kept: &mut $crate::table::KeptSegments<'_, 'a>,
                out: &mut $crate::table::GroupWriter<'_>,
            ) -> Result<(), $crate::error::Error> {
                enum At { $($table),* }
                $($crate::table::write_present(self, At::$table as usize, present, kept, out, |out| {
                    $crate::table::group_plan!(@write self out $table $($field)? $(of $owner)?)
                })?;)*
                Ok(())
            }

            #[inline]
            fn missing_values(&self, _report: &mut dyn FnMut($crate::table::Missing)) {
                $({
                    let given: fn(&Self) -> bool = $given;
                    let need = $crate::table::group_plan!(@required $($variants)?);
                    if need.in_variant(self.variant()) == $crate::table::Need::Mandatory && !given(self) {
                        let layout = <$required as $crate::table::Table>::LAYOUT;
                        let missing = $crate::table::Missing::at(layout, $required::$row);
                        _report($crate::table::Missing { $(name: $name,)? ..missing });
                    }
                })*
            }

            $(#[inline]
            fn contradiction(&self) -> Option<&'static $crate::table::Layout> {
                let contradicts: fn(&Self) -> bool = $contradicts;
                contradicts(self).then_some(<$telling as $crate::table::Table>::LAYOUT)
            })?

            #[inline]
            fn unrecognised(&self) -> &alloc::vec::Vec<$crate::table::Unrecognised<'a>> {
                &self.unrecognised
            }

            #[inline]
            fn unrecognised_mut(&mut self) -> &mut alloc::vec::Vec<$crate::table::Unrecognised<'a>> {
                &mut self.unrecognised
            }
        }
    };
    (@canonical $self:ident $unit:ident $odd:ident $kept:ident $table:ident) => {
        $unit.pass::<$table>(At::$table as usize)?;
    };
    (@canonical $self:ident $unit:ident $odd:ident $kept:ident $table:ident $field:ident) => {
        $unit.read::<$table, _>(At::$table as usize, &mut $self.$field, $odd, $kept)?;
    };
    (@canonical $self:ident $unit:ident $odd:ident $kept:ident $table:ident $field:ident of $owner:ident) => {
        $unit.read::<$table, _>(At::$table as usize, &mut $field, $odd, $kept)?;
    };
    (@later) => {};
    (@later $field:ident) => {};
    (@later $field:ident of $owner:ident) => {
        // What it belongs to may not be known yet.
        let mut $field = None;
    };
    (@begin $name:ident $self:ident) => {};
    (@begin $name:ident $self:ident $items:ident $known:ident $begin:expr) => {
        let begin: fn(&mut Self, _) = $begin;
        begin($self, &$known);
        let $name = $self.$items.items_mut();
    };
    (@place $items:ident) => {};
    (@place $items:ident $field:ident) => {};
    (@place $items:ident $field:ident of $owner:ident) => {
        if let Some(place) = $items.$field {
            $crate::table::fill(place, $field);
        }
    };
    (@read $self:ident $fields:ident $table:ident) => {
        $crate::table::read_constants::<$table>($fields)
    };
    (@read $self:ident $fields:ident $table:ident $field:ident) => {
        $self.$field = $crate::table::Content::<$table>::read_segment($fields)
    };
    (@read $self:ident $fields:ident $table:ident $field:ident of $owner:ident) => {{
        let content = $crate::table::Content::<$table>::read_segment($fields);
        if let Some(place) = $self.$owner.items_mut().$field {
            *place = content;
        }
    }};
    (@generate $self:ident $source:ident $table:ident) => {{
        let _ = &$source;
    }};
    (@generate $self:ident $source:ident $table:ident $field:ident) => {
        $self.$field = $crate::table::Generated::<$table>::generated($source)
    };
    (@generate $self:ident $source:ident $table:ident $field:ident of $owner:ident) => {
        if let Some(place) = $self.$owner.items_mut().$field {
            *place = $crate::table::Generated::<$table>::generated($source);
        }
    };
    (@write $self:ident $out:ident $table:ident $field:ident of $owner:ident) => {
        match $self.$owner.items().$field {
            Some(item) => $crate::table::Content::<$table>::write_segment(item, $out),
            None => $crate::table::group_plan!(@write $self $out $table),
        }
    };
    (@has $self:ident $field:ident of $owner:ident) => {
        $self.$owner.items().$field.is_some_and($crate::table::Presence::is_present)
    };
    (@need $need:ident) => {
        $crate::table::Need::$need
    };
    (@need $variants:literal) => {
        $crate::table::Need::ByVariant($variants)
    };
    (@required) => {
        $crate::table::Need::Mandatory
    };
    (@required $variants:literal) => {
        $crate::table::Need::ByVariant($variants)
    };
    (@write $self:ident $out:ident $table:ident) => {
        $out.constants(<$table as $crate::table::Table>::LAYOUT)
    };
    (@write $self:ident $out:ident $table:ident $field:ident) => {
        $crate::table::Content::<$table>::write_segment(&$self.$field, $out)
    };
    (@has $self:ident) => {
        true
    };
    (@has $self:ident $field:ident) => {
        $crate::table::Presence::is_present(&$self.$field)
    };
}

pub(crate) use {group, group_plan};
