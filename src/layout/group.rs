//! Groups: runs of segments with a plan.

use alloc::vec::Vec;

use super::{FieldReader, FieldWriter, GroupWriter, Key, Layout, Reporter, UnitView, Unrecognised};
use crate::error::{Error, ErrorKind, Location};
use crate::syntax::{RawSegment, Segment};

/// How a group needs a segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    Mandatory,
    Optional,
    /// Mandatory to write, optional to read.
    OptionalOnReading,
    /// A trigger: there when anything of what follows it is, up to the next trigger.
    Trigger,
    /// Not foreseen.
    Never,
    /// Not to be judged: what the group is, is not known.
    Unknown,
    /// By the column of the group: `M` mandatory, `O` optional, `X` never, `?` unknown.
    ByColumn(&'static str),
}

impl Need {
    fn of_column(columns: &str, column: usize) -> Self {
        match columns.as_bytes()[column] {
            b'M' => Self::Mandatory,
            b'O' => Self::Optional,
            b'X' => Self::Never,
            _ => Self::Unknown,
        }
    }
}

/// One segment of a plan.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) layout: &'static Layout,
    pub(crate) need: Need,
}

/// A value that must not be missing: its segment, its place there, its name.
pub(crate) struct Missing {
    pub(crate) layout: &'static Layout,
    pub(crate) element: u16,
    pub(crate) component: u16,
    pub(crate) name: &'static str,
}

/// A model of a run of segments.
pub(crate) trait Group<'a>: Sized {
    /// The segments, in the order in which they are written.
    const PLAN: &'static [Step];

    /// Which column of the plan holds for what this group is.
    fn column(&self) -> usize {
        0
    }

    /// The key under which a segment is meant that stands under another.
    #[inline]
    fn alias(key: Key) -> Key {
        key
    }

    /// Takes in the segment of a step.
    fn read_step(&mut self, step: usize, fields: &mut FieldReader<'_, '_, '_, 'a>);

    /// Writes the segment of a step.
    fn write_step(&self, step: usize, fields: &mut FieldWriter<'_, '_, '_>) -> Result<(), Error>;

    /// Whether the segment of a step has something to say.
    fn has(&self, step: usize) -> bool;

    /// Calls `report` for each value that must not be missing in a segment that is there.
    fn missing_values(&self, _report: &mut dyn FnMut(Missing)) {}

    /// What was received without a place.
    fn unrecognised(&self) -> &Vec<Unrecognised<'a>>;

    /// What was received without a place, to add to it.
    fn unrecognised_mut(&mut self) -> &mut Vec<Unrecognised<'a>>;
}

/// How a step is needed, given what the group is.
#[inline]
fn need<'a, G: Group<'a>>(step: usize, column: usize) -> Need {
    match G::PLAN[step].need {
        Need::ByColumn(columns) => Need::of_column(columns, column),
        need => need,
    }
}

/// Whether any step from `step` up to the next trigger has something to say.
fn is_triggered<'a, G: Group<'a>>(group: &G, step: usize) -> bool {
    let until = |next: &usize| G::PLAN[*next].need != Need::Trigger;
    (step + 1..G::PLAN.len()).take_while(until).any(|next| is_present(group, next))
}

/// Whether the segment of a step is written.
fn is_present<'a, G: Group<'a>>(group: &G, step: usize) -> bool {
    if G::PLAN[step].need == Need::Trigger {
        return is_triggered(group, step);
    }
    // The first segment is what the group is known by, so it is written even with nothing in it.
    step == 0 || group.has(step) || keeps_component_of(group.unrecognised(), G::PLAN[step].layout)
}

fn keeps_component_of(kept: &[Unrecognised<'_>], layout: &Layout) -> bool {
    kept.iter().any(|kept| matches!(kept, Unrecognised::Component { segment, .. } if segment.as_str() == layout.name))
}

/// Where a segment belongs.
enum Place {
    Step(usize),
    /// Its step is taken.
    Repeated,
    None,
}

/// The place of a segment in a plan, looked for from where the last one stood.
#[inline]
fn place_of(plan: &[Step], key: Key, from: usize, seen: u64) -> Place {
    let mut repeated = false;
    for step in (from..plan.len()).chain(0..from) {
        if plan[step].layout.key == key {
            if seen & (1 << step) == 0 {
                return Place::Step(step);
            }
            repeated = true;
        }
    }
    if repeated { Place::Repeated } else { Place::None }
}

/// Reads the segments of a unit into `group`, whatever their order.
#[inline]
pub(crate) fn read_group<'a, G: Group<'a>>(group: &mut G, unit: UnitView<'_, 'a>, reporter: &mut Reporter<'_>) {
    let column = group.column();
    read_group_as(group, column, unit, reporter);
}

/// The same, by a column of the plan that the caller knows.
#[inline]
pub(crate) fn read_group_as<'a, G: Group<'a>>(
    group: &mut G,
    column: usize,
    unit: UnitView<'_, 'a>,
    reporter: &mut Reporter<'_>,
) {
    let mut seen = 0u64;
    let mut last = 0;
    let mut empty = Vec::new();
    for (index, key, segment) in unit.segments() {
        enter(reporter, &segment, unit.ordinal, index);
        let place = place_of(G::PLAN, G::alias(key), last, seen);
        let step = match place {
            Place::Step(step) if need::<G>(step, column) == Need::Never => {
                without_place(group, index, &segment, ErrorKind::UnforeseenSegment, reporter);
                continue;
            }
            Place::Step(step) if need::<G>(step, column) == Need::Unknown => {
                group.unrecognised_mut().push(Unrecognised::Segment { at: index, segment: segment.to_raw() });
                continue;
            }
            Place::Step(step) => step,
            Place::Repeated => {
                // Of equal segments the first counts. If there is nothing in it, it is kept as well, so that it is the
                // first when it is read again.
                if let Some(first) = empty.iter().position(|at| G::alias(unit.key(*at)) == G::alias(key)) {
                    let at = empty.swap_remove(first);
                    let segment = unit.segment(at).to_raw();
                    group.unrecognised_mut().push(Unrecognised::Segment { at, segment });
                    sort_kept(group);
                }
                without_place(group, index, &segment, ErrorKind::RepeatedSegment, reporter);
                continue;
            }
            Place::None => {
                let known = reporter.is_known(key);
                let kind = if known { ErrorKind::UnforeseenSegment } else { ErrorKind::UnknownSegment };
                without_place(group, index, &segment, kind, reporter);
                continue;
            }
        };
        if step < last {
            reporter.segment(ErrorKind::SegmentOrder);
        }
        seen |= 1 << step;
        last = last.max(step);
        let mut fields = FieldReader::new(segment, G::PLAN[step].layout, reporter);
        group.read_step(step, &mut fields);
        let mut kept = fields.finish();
        if !kept.is_empty() {
            keep(group, step, index, &segment, &mut kept);
        } else if !group.has(step) && G::PLAN[step].need != Need::Trigger {
            empty.push(index);
        }
    }
    if !is_complete(group, column, seen) {
        report_missing(group, column, unit, seen, reporter);
    }
    report_missing_values(group, unit, reporter);
}

/// Notes where reading stands.
#[inline]
pub(crate) fn enter(reporter: &mut Reporter<'_>, segment: &Segment<'_, '_>, ordinal: Option<u32>, index: usize) {
    reporter.site.offset = segment.offset();
    reporter.site.segment = ordinal.map(|first| first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)));
    reporter.site.tag = segment.tag();
}

/// Keeps what was left of a segment; a trigger, which has no content of its own, as a whole.
#[cold]
fn keep<'a, G: Group<'a>>(
    group: &mut G,
    step: usize,
    index: usize,
    segment: &Segment<'_, 'a>,
    kept: &mut Vec<Unrecognised<'a>>,
) {
    if G::PLAN[step].need == Need::Trigger {
        *kept = alloc::vec![Unrecognised::Segment { at: index, segment: segment.to_raw() }];
    }
    group.unrecognised_mut().append(kept);
}

#[cold]
fn without_place<'a, G: Group<'a>>(
    group: &mut G,
    index: usize,
    segment: &Segment<'_, 'a>,
    kind: ErrorKind,
    reporter: &mut Reporter<'_>,
) {
    report_without_place(segment, kind, reporter);
    group.unrecognised_mut().push(Unrecognised::Segment { at: index, segment: segment.to_raw() });
}

/// Reports a segment that has no place, or whose tag is none.
#[cold]
pub(crate) fn report_without_place(segment: &Segment<'_, '_>, kind: ErrorKind, reporter: &mut Reporter<'_>) {
    if segment.tag().is_none() {
        return reporter.segment(ErrorKind::InvalidTag);
    }
    super::read::check_characters(segment, reporter);
    reporter.segment(kind);
}

/// Whether every mandatory segment was seen, and every trigger that says something, and no other.
#[inline]
fn is_complete<'a, G: Group<'a>>(group: &G, column: usize, seen: u64) -> bool {
    (0..G::PLAN.len()).all(|step| {
        let was_seen = seen & (1 << step) != 0;
        match need::<G>(step, column) {
            Need::Mandatory => was_seen,
            Need::Trigger => was_seen == is_triggered(group, step),
            _ => true,
        }
    })
}

#[cold]
fn report_missing<'a, G: Group<'a>>(
    group: &mut G,
    column: usize,
    unit: UnitView<'_, 'a>,
    seen: u64,
    reporter: &mut Reporter<'_>,
) {
    let first = unit.segment(0);
    for (step, Step { layout, .. }) in G::PLAN.iter().enumerate() {
        let was_seen = seen & (1 << step) != 0;
        if need::<G>(step, column) == Need::Mandatory && !was_seen {
            enter(reporter, &first, unit.ordinal, 0);
            reporter.site.tag = Some(layout.tag());
            reporter.segment(ErrorKind::MissingSegment { name: layout.name });
        }
    }
    let lacks_mandatory = (0..G::PLAN.len())
        .skip_while(|step| G::PLAN[*step].need != Need::Trigger)
        .any(|step| need::<G>(step, column) == Need::Mandatory && seen & (1 << step) == 0);
    balance_triggers(group, unit, seen, lacks_mandatory, reporter);
}

/// Reports triggers that are missing, and keeps those that introduce nothing.
fn balance_triggers<'a, G: Group<'a>>(
    group: &mut G,
    unit: UnitView<'_, 'a>,
    seen: u64,
    lacks_mandatory: bool,
    reporter: &mut Reporter<'_>,
) {
    let Some(trigger) = G::PLAN.iter().find(|step| step.need == Need::Trigger) else { return };
    let triggers = |count_if: &dyn Fn(usize) -> bool| {
        (0..G::PLAN.len()).filter(|step| G::PLAN[*step].need == Need::Trigger && count_if(*step)).count()
    };
    let needed = triggers(&|step| is_triggered(group, step));
    let found = triggers(&|step| seen & (1 << step) != 0);
    if found == 0 && needed > 0 {
        enter(reporter, &unit.segment(0), unit.ordinal, 0);
        reporter.site.tag = Some(trigger.layout.tag());
        return reporter.segment(ErrorKind::MissingSegment { name: trigger.layout.name });
    }
    if found < needed {
        // What the last trigger introduces stands behind another.
        let last = (0..G::PLAN.len()).rev().take_while(|step| G::PLAN[*step].need != Need::Trigger);
        let mut behind = last.filter_map(|step| (0..unit.len()).find(|at| unit.key(*at) == G::PLAN[step].layout.key));
        if let Some(at) = behind.next() {
            enter(reporter, &unit.segment(at), unit.ordinal, at);
            reporter.segment(ErrorKind::SegmentOrder);
        }
        return;
    }
    let is_kept = |at: &usize| {
        group.unrecognised().iter().any(|kept| matches!(kept, Unrecognised::Segment { at: other, .. } if other == at))
    };
    let plain = unit.segments().filter(|(at, key, _)| *key == trigger.layout.key && !is_kept(at));
    let surplus: Vec<usize> = plain.skip(needed).map(|(at, _, _)| at).collect();
    let kind = if needed > 0 { ErrorKind::RepeatedSegment } else { ErrorKind::UnforeseenSegment };
    for at in surplus {
        let segment = unit.segment(at);
        // What it introduces may stand in the wrong place, or be missing though mandatory; that is a finding by itself.
        let introduces_nothing = at + 1 == unit.len() || unit.key(at + 1) == trigger.layout.key;
        if introduces_nothing && !lacks_mandatory {
            enter(reporter, &segment, unit.ordinal, at);
            reporter.segment(kind);
        }
        group.unrecognised_mut().push(Unrecognised::Segment { at, segment: segment.to_raw() });
    }
    sort_kept(group);
}

/// Puts what was kept into the order in which it stood.
#[cold]
fn sort_kept<'a, G: Group<'a>>(group: &mut G) {
    group.unrecognised_mut().sort_by_key(|kept| match kept {
        Unrecognised::Component { .. } => 0,
        Unrecognised::Segment { at, .. } => *at,
    });
}

#[inline]
fn report_missing_values<'a, G: Group<'a>>(group: &G, unit: UnitView<'_, 'a>, reporter: &mut Reporter<'_>) {
    group.missing_values(&mut |missing| {
        let Some(at) = (0..unit.len()).find(|index| unit.key(*index) == missing.layout.key) else { return };
        let segment = unit.segment(at);
        enter(reporter, &segment, unit.ordinal, at);
        let place = |component| segment.component(usize::from(missing.element), usize::from(component));
        let offset = match place(missing.component).or_else(|| place(1)) {
            Some(blank) if !blank.is_empty() => blank.offset(),
            Some(empty) => empty.offset().saturating_sub(1),
            None => segment.span().end - u64::from(segment.is_terminated()),
        };
        let kind = ErrorKind::MissingValue { name: missing.name };
        reporter.component(kind, missing.element, missing.component, offset);
    });
}

/// Writes a group in the order of its plan, with what was kept where it stood.
#[inline]
pub(crate) fn write_group<'a, G: Group<'a>>(group: &G, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    write_group_as(group, group.column(), out)
}

/// The same, by a column of the plan that the caller knows.
#[inline]
pub(crate) fn write_group_as<'a, G: Group<'a>>(
    group: &G,
    column: usize,
    out: &mut GroupWriter<'_>,
) -> Result<(), Error> {
    write_head(group, column, out)?.write_rest(out)
}

/// The same, but for the segments that were kept behind the last one of the plan, which it gives back.
#[inline]
pub(crate) fn write_head<'k, 'a, G: Group<'a>>(
    group: &'k G,
    column: usize,
    out: &mut GroupWriter<'_>,
) -> Result<KeptSegments<'k, 'a>, Error> {
    let kept = group.unrecognised();
    if !out.options.as_received {
        refuse_incomplete(group, column, out)?;
    }
    let mut next = KeptSegments { kept, written: 0 };
    for (step, Step { layout, .. }) in G::PLAN.iter().enumerate() {
        if !is_present(group, step) {
            continue;
        }
        // Of equal segments the first counts, so one that was kept never goes before the one that the model holds.
        let is_to_come = |key| {
            let key = G::alias(key);
            (step..G::PLAN.len()).any(|step| G::PLAN[step].layout.key == key && is_present(group, step))
        };
        next.write_due(is_to_come, out)?;
        let mut fields = FieldWriter::new(out, layout, kept)?;
        group.write_step(step, &mut fields)?;
        fields.finish()?;
        next.written += 1;
    }
    Ok(next)
}

/// The kept segments that are still to be written.
pub(crate) struct KeptSegments<'k, 'a> {
    pub(crate) kept: &'k [Unrecognised<'a>],
    /// How many segments of the group were written, of all kinds.
    pub(crate) written: usize,
}

impl KeptSegments<'_, '_> {
    /// Writes those that stood at the place reached, up to the first that must wait.
    #[inline]
    pub(crate) fn write_due(
        &mut self,
        must_wait: impl Fn(Key) -> bool,
        out: &mut GroupWriter<'_>,
    ) -> Result<(), Error> {
        if self.kept.is_empty() {
            Ok(())
        } else {
            self.write_while(|at, written, key| at <= written && !must_wait(key), out)
        }
    }

    /// Writes those that are left.
    #[inline]
    pub(crate) fn write_rest(&mut self, out: &mut GroupWriter<'_>) -> Result<(), Error> {
        if self.kept.is_empty() { Ok(()) } else { self.write_while(|_, _, _| true, out) }
    }

    #[cold]
    fn write_while(
        &mut self,
        is_due: impl Fn(usize, usize, Key) -> bool,
        out: &mut GroupWriter<'_>,
    ) -> Result<(), Error> {
        while let Some((first, rest)) = self.kept.split_first() {
            if let Unrecognised::Segment { at, segment } = first {
                if !is_due(*at, self.written, Key::of_raw(segment)) {
                    break;
                }
                write_raw(segment, out)?;
                self.written += 1;
            }
            self.kept = rest;
        }
        Ok(())
    }
}

/// Writes a segment that was kept as it came.
pub(crate) fn write_raw(segment: &RawSegment<'_>, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    if !segment.is_writable() {
        return Err(out.refuse(ErrorKind::Unrepresentable));
    }
    out.segments.raw(segment.as_wire())
}

/// Refuses a group that lacks something mandatory or keeps something that has no place.
fn refuse_incomplete<'a, G: Group<'a>>(group: &G, column: usize, out: &GroupWriter<'_>) -> Result<(), Error> {
    for (step, Step { layout, .. }) in G::PLAN.iter().enumerate() {
        match need::<G>(step, column) {
            Need::Mandatory | Need::OptionalOnReading if !group.has(step) => {
                return Err(out.refuse_segment(ErrorKind::MissingSegment { name: layout.name }, layout));
            }
            Need::Never if group.has(step) => {
                return Err(out.refuse_segment(ErrorKind::UnforeseenSegment, layout));
            }
            _ => {}
        }
    }
    let mut error = None;
    group.missing_values(&mut |missing| {
        let kind = ErrorKind::MissingValue { name: missing.name };
        error.get_or_insert(out.refuse_component(kind, missing.layout, missing.element, missing.component));
    });
    if let Some(error) = error {
        return Err(error);
    }
    refuse_unrecognised(group.unrecognised(), out)
}

/// Refuses what has no place.
fn refuse_unrecognised(kept: &[Unrecognised<'_>], out: &GroupWriter<'_>) -> Result<(), Error> {
    let Some(first) = kept.first() else { return Ok(()) };
    let location = *out.refuse(ErrorKind::UnknownSegment).location();
    Err(match first {
        Unrecognised::Segment { segment, .. } => {
            Error::new(ErrorKind::UnknownSegment, Location { tag: segment.tag(), ..location })
        }
        Unrecognised::Component { segment, element, component, .. } => {
            let tag = crate::syntax::SegmentTag::parse(segment.as_bytes().get(..3).unwrap_or_default());
            let place = Location { tag, element: Some(*element), component: Some(*component), ..location };
            Error::new(ErrorKind::UnexpectedComponent, place)
        }
    })
}

/// Declares the model of a run of segments together with its plan.
///
/// Each line names a segment's table and how the segment is needed, then the field that holds its content; a segment of
/// constants has no field. `require` names a value that must not be missing in its segment, and tells when it is there.
macro_rules! group {
    (
        $(#[$doc:meta])*
        pub struct $type:ident $((column: $column:expr))? {
            $([$table:ident $need:tt] $($(#[$field_doc:meta])* $field:ident: $content:ty)?;)*
        }
        $(read $alias:ident as $meant:ident;)?
        $(require $required:ident [$element:literal . $component:literal] $name:literal if not $given:expr;)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
        #[non_exhaustive]
        pub struct $type<'a> {
            $($(
                $(#[$field_doc])*
                #[cfg_attr(feature = "serde", serde(skip_serializing_if = "crate::layout::is_unsaid"))]
                pub $field: $content,
            )?)*
            /// What was received without a place in this model.
            #[cfg_attr(feature = "serde", serde(skip_serializing_if = "alloc::vec::Vec::is_empty"))]
            pub unrecognised: alloc::vec::Vec<$crate::layout::Unrecognised<'a>>,
        }

        $crate::layout::group_plan! {
            $type $((column: $column))? { $([$table $need] $($field)?;)* }
            $(read $alias as $meant;)?
            $(require $required [$element . $component] $name if not $given;)*
        }

        $crate::value::into_owned!($type { $($($field,)?)* unrecognised });
    };
}

/// Implements [`Group`] for a model by its plan; see [`group!`].
macro_rules! group_plan {
    (
        $type:ident $((column: $column:expr))? { $([$table:ident $need:tt] $($field:ident)? $(of $owner:ident)?;)* }
        $(read $alias:ident as $meant:ident;)?
        $(require $required:ident [$element:literal . $component:literal] $name:literal if not $given:expr;)*
    ) => {
        impl<'a> $crate::layout::Group<'a> for $type<'a> {
            const PLAN: &'static [$crate::layout::Step] = &[$($crate::layout::Step {
                layout: <$table as $crate::layout::Table>::LAYOUT,
                need: $crate::layout::group_plan!(@need $need),
            }),*];

            $(fn column(&self) -> usize {
                let column: fn(&Self) -> usize = $column;
                column(self)
            })?

            $(fn alias(key: $crate::layout::Key) -> $crate::layout::Key {
                if key == <$alias as $crate::layout::Table>::LAYOUT.key {
                    return <$meant as $crate::layout::Table>::LAYOUT.key;
                }
                key
            })?

            #[inline]
            fn read_step(&mut self, step: usize, fields: &mut $crate::layout::FieldReader<'_, '_, '_, 'a>) {
                enum At { $($table),* }
                $(if step == At::$table as usize {
                    return $crate::layout::group_plan!(@read self fields $table $($field)? $(of $owner)?);
                })*
            }

            #[inline]
            fn write_step(
                &self,
                step: usize,
                fields: &mut $crate::layout::FieldWriter<'_, '_, '_>,
            ) -> Result<(), $crate::error::Error> {
                enum At { $($table),* }
                $(if step == At::$table as usize {
                    return $crate::layout::group_plan!(@write self fields $table $($field)? $(of $owner)?);
                })*
                Ok(())
            }

            #[inline]
            fn has(&self, step: usize) -> bool {
                enum At { $($table),* }
                $(if step == At::$table as usize {
                    return $crate::layout::group_plan!(@has self $($field)? $(of $owner)?);
                })*
                false
            }

            fn missing_values(&self, _report: &mut dyn FnMut($crate::layout::Missing)) {
                $({
                    let given: fn(&Self) -> bool = $given;
                    if !given(self) {
                        let layout = <$required as $crate::layout::Table>::LAYOUT;
                        _report($crate::layout::Missing { layout, element: $element, component: $component, name: $name });
                    }
                })*
            }

            #[inline]
            fn unrecognised(&self) -> &alloc::vec::Vec<$crate::layout::Unrecognised<'a>> {
                &self.unrecognised
            }

            #[inline]
            fn unrecognised_mut(&mut self) -> &mut alloc::vec::Vec<$crate::layout::Unrecognised<'a>> {
                &mut self.unrecognised
            }
        }
    };
    (@read $self:ident $fields:ident $table:ident) => {
        $crate::layout::read_constants::<$table>($fields)
    };
    (@read $self:ident $fields:ident $table:ident $field:ident) => {
        $self.$field = $crate::layout::Content::<$table>::read_segment($fields)
    };
    (@read $self:ident $fields:ident $table:ident $field:ident of $owner:ident) => {{
        let content = $crate::layout::Content::<$table>::read_segment($fields);
        if let Some(place) = $self.$owner.items_mut().$field {
            *place = content;
        }
    }};
    (@write $self:ident $fields:ident $table:ident $field:ident of $owner:ident) => {
        $self.$owner.items().$field.map_or(Ok(()), |item| $crate::layout::Content::<$table>::write_segment(item, $fields))
    };
    (@has $self:ident $field:ident of $owner:ident) => {
        $self.$owner.items().$field.is_some_and($crate::layout::Said::is_said)
    };
    (@need $need:ident) => {
        $crate::layout::Need::$need
    };
    (@need $columns:literal) => {
        $crate::layout::Need::ByColumn($columns)
    };
    (@write $self:ident $fields:ident $table:ident) => {
        $crate::layout::write_constants::<$table>($fields)
    };
    (@write $self:ident $fields:ident $table:ident $field:ident) => {
        $crate::layout::Content::<$table>::write_segment(&$self.$field, $fields)
    };
    (@has $self:ident) => {
        true
    };
    (@has $self:ident $field:ident) => {
        $crate::layout::Said::is_said(&$self.$field)
    };
}

pub(crate) use {group, group_plan};
