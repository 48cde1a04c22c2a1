//! General path: reads a run of segments into a group in any order, and reports what is misplaced, unknown or missing.

use alloc::vec::Vec;

use super::group::is_triggered;
use super::plan::{StepMatch, Steps, match_step};
use super::unknown::{keep_whole, report_and_keep, report_unmatched};
use super::{CanonicalUnit, FallbackReader, FieldReader, Group, Key, Need, Reporter, Step, UnitView, Unrecognised};
use crate::error::{ErrorKind, Location};
use crate::syntax::{Segment, SegmentTag};

/// Fast path: reads a unit into `group` by a variant of its plan. `None` if it must fall back; `group` is then partly
/// filled and must be replaced.
#[inline]
pub(crate) fn read_canonical<'a, G: Group<'a>>(
    group: &mut G,
    variant: impl FnOnce(&G) -> usize,
    unit: &mut CanonicalUnit<'_, 'a>,
    fallback: &mut FallbackReader<'_>,
) -> Option<()> {
    *unit = group.read_canonical(*unit, fallback)?;
    if unit.has_kept() {
        sort_kept(group);
    }
    let mut is_complete = G::NEEDS[variant(group)].allow_to_read(unit.seen);
    group.missing_values(&mut |_| is_complete = false);
    is_complete.then_some(())
}

/// Reads the segments of a unit into `group`, in whatever order they stand.
#[inline]
pub(crate) fn read_group<'a, G: Group<'a>>(group: &mut G, unit: UnitView<'_, 'a>, reporter: &mut Reporter<'_>) {
    let variant = group.variant();
    read_group_as(group, variant, unit, reporter);
}

/// As [`read_group`], by a variant of the plan that the caller knows.
#[inline]
pub(crate) fn read_group_as<'a, G: Group<'a>>(
    group: &mut G,
    variant: usize,
    unit: UnitView<'_, 'a>,
    reporter: &mut Reporter<'_>,
) {
    let needs = &G::NEEDS[variant];
    let mut seen = Steps::default();
    let mut last = 0;
    let mut empty = Vec::new();
    let (mut triggers, mut keeps_components) = (0, false);
    let trigger = G::PLAN.iter().find(|step| step.need == Need::Trigger).map(|step| step.layout.key);
    for index in 0..unit.len() {
        let key = unit.key(index);
        if key == Key::NONE {
            without_tag(group.unrecognised_mut(), unit, index, reporter);
            continue;
        }
        let (segment, which) = (unit.segment(index), (index, unit.len()));
        enter_at(reporter, segment.offset(), key.tag(), unit.ordinal, index);
        triggers += usize::from(Some(key) == trigger);
        let place = match_step(G::PLAN, G::alias(key), last, seen);
        let step = match place {
            StepMatch::Step(step) if needs.never.has(step) => {
                report_and_keep(group.unrecognised_mut(), which, &segment, ErrorKind::UnforeseenSegment, reporter);
                continue;
            }
            StepMatch::Step(step) if needs.unknown.has(step) => {
                group.unrecognised_mut().push(Unrecognised::Segment { at: index, segment: segment.to_raw() });
                continue;
            }
            StepMatch::Step(step) => step,
            StepMatch::Repeated => {
                // Of equal segments the first counts. If the first has no content, it is kept as well, so that it is
                // still the first when it is read again.
                if let Some(first) = empty.iter().position(|at| G::alias(unit.key(*at)) == G::alias(key)) {
                    let at = empty.swap_remove(first);
                    let segment = unit.segment(at).to_raw();
                    group.unrecognised_mut().push(Unrecognised::Segment { at, segment });
                    sort_kept(group);
                }
                report_and_keep(group.unrecognised_mut(), which, &segment, ErrorKind::RepeatedSegment, reporter);
                continue;
            }
            StepMatch::None => {
                report_unmatched(group.unrecognised_mut(), which, &segment, key, reporter);
                continue;
            }
        };
        if step < last {
            reporter.segment(ErrorKind::SegmentOrder);
        }
        seen = seen.with(step);
        last = last.max(step);
        let mut fields = FieldReader::new(&segment, key, G::PLAN[step].layout, reporter);
        let has = group.read_step(step, &mut fields);
        let mut kept = fields.finish();
        if !kept.is_empty() {
            keep(group, step, index, &segment, &mut kept);
            keeps_components = true;
        } else if !has {
            empty.push(index);
        }
    }
    if keeps_components {
        sort_kept(group);
    }
    report_missing(group, variant, unit, (seen, triggers), reporter);
    report_missing_values(group, unit, seen, reporter);
}

/// Sets the position of the reporter to a segment.
#[inline]
pub(crate) fn enter(reporter: &mut Reporter<'_>, segment: &Segment<'_, '_>, ordinal: Option<u32>, index: usize) {
    enter_at(reporter, segment.offset(), segment.tag(), ordinal, index);
}

#[inline]
fn enter_at(reporter: &mut Reporter<'_>, offset: u64, tag: Option<SegmentTag>, ordinal: Option<u32>, index: usize) {
    reporter.position.offset = offset;
    reporter.position.segment = ordinal.map(|first| first.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)));
    reporter.position.tag = tag;
}

/// Keeps what was left over of a segment; of a trigger, which has no content of its own, the whole segment.
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

/// Reports and keeps a segment without a tag, of which there may be a million.
#[inline(never)]
fn without_tag<'a>(
    kept: &mut Vec<Unrecognised<'a>>,
    unit: UnitView<'_, 'a>,
    index: usize,
    reporter: &mut Reporter<'_>,
) {
    let segment = unit.segment(index);
    enter_at(reporter, segment.offset(), None, unit.ordinal, index);
    // The missing tag is passed on its own: loading it from the reporter would wait for the store just done.
    reporter.often_at(ErrorKind::InvalidTag, Location { tag: None, ..reporter.location() });
    keep_whole(kept, (index, unit.len()), &segment);
}

fn report_missing<'a, G: Group<'a>>(
    group: &mut G,
    variant: usize,
    unit: UnitView<'_, 'a>,
    (seen, triggers): (Steps, usize),
    reporter: &mut Reporter<'_>,
) {
    let first = unit.segment(0);
    for (step, Step { layout, .. }) in G::PLAN.iter().enumerate() {
        let was_seen = seen.has(step);
        if G::NEEDS[variant].mandatory.has(step) && !was_seen {
            enter(reporter, &first, unit.ordinal, 0);
            reporter.position.tag = Some(layout.tag());
            reporter.segment(ErrorKind::MissingSegment { name: layout.name });
        }
    }
    let lacks_mandatory = (0..G::PLAN.len())
        .skip_while(|step| G::PLAN[*step].need != Need::Trigger)
        .any(|step| G::NEEDS[variant].mandatory.has(step) && !seen.has(step));
    balance_triggers(group, unit, (seen, triggers), lacks_mandatory, reporter);
}

/// Reports triggers that are missing, and keeps triggers that introduce nothing.
fn balance_triggers<'a, G: Group<'a>>(
    group: &mut G,
    unit: UnitView<'_, 'a>,
    (seen, count): (Steps, usize),
    lacks_mandatory: bool,
    reporter: &mut Reporter<'_>,
) {
    let Some(trigger) = G::PLAN.iter().find(|step| step.need == Need::Trigger) else { return };
    let triggers = |count_if: &dyn Fn(usize) -> bool| {
        (0..G::PLAN.len()).filter(|step| G::PLAN[*step].need == Need::Trigger && count_if(*step)).count()
    };
    let is_component = |kept: &&Unrecognised<'_>| matches!(kept, Unrecognised::Component { .. });
    let components = group.unrecognised().iter().take_while(is_component).count();
    let needed = triggers(&|step| is_triggered(group, &group.unrecognised()[..components], step));
    let found = triggers(&|step| seen.has(step));
    if found == 0 && needed > 0 {
        enter(reporter, &unit.segment(0), unit.ordinal, 0);
        reporter.position.tag = Some(trigger.layout.tag());
        return reporter.segment(ErrorKind::MissingSegment { name: trigger.layout.name });
    }
    if found < needed {
        // What the last trigger should introduce follows another one.
        let last = (0..G::PLAN.len()).rev().take_while(|step| G::PLAN[*step].need != Need::Trigger);
        let mut behind = last.filter_map(|step| (0..unit.len()).find(|at| unit.key(*at) == G::PLAN[step].layout.key));
        if let Some(at) = behind.next() {
            enter(reporter, &unit.segment(at), unit.ordinal, at);
            reporter.segment(ErrorKind::SegmentOrder);
        }
        return;
    }
    let is_needed = |step: usize| is_triggered(group, &group.unrecognised()[..components], step);
    report_late_trigger::<G>(unit, seen, &is_needed, reporter);
    if count <= needed {
        return;
    }
    let place_kept = |kept: &Unrecognised<'_>| match kept {
        Unrecognised::Segment { at, .. } => Some(*at),
        Unrecognised::Component { .. } => None,
    };
    let mut kept: Vec<usize> = group.unrecognised().iter().filter_map(place_kept).collect();
    kept.sort_unstable();
    let is_left = |at: &usize| unit.key(*at) == trigger.layout.key && kept.binary_search(at).is_err();
    let surplus: Vec<usize> = (0..unit.len()).filter(is_left).skip(needed).collect();
    let kind = if needed > 0 { ErrorKind::RepeatedSegment } else { ErrorKind::UnforeseenSegment };
    for at in surplus {
        let segment = unit.segment(at);
        // What it should introduce may be misplaced, or missing though mandatory; that is an issue of its own.
        let introduces_nothing = at + 1 == unit.len() || unit.key(at + 1) == trigger.layout.key;
        if introduces_nothing && !lacks_mandatory {
            enter(reporter, &segment, unit.ordinal, at);
            reporter.segment(kind);
        }
        group.unrecognised_mut().push(Unrecognised::Segment { at, segment: segment.to_raw() });
    }
    sort_kept(group);
}

/// Reports a trigger that follows what it should introduce, so that it was read as the next one, which introduces
/// nothing.
fn report_late_trigger<'a, G: Group<'a>>(
    unit: UnitView<'_, 'a>,
    seen: Steps,
    is_needed: &dyn Fn(usize) -> bool,
    reporter: &mut Reporter<'_>,
) {
    let mut triggers = (0..G::PLAN.len()).filter(|step| G::PLAN[*step].need == Need::Trigger);
    let Some(lacking) = triggers.find(|step| is_needed(*step) && !seen.has(*step)) else { return };
    if triggers.any(|step| seen.has(step) && !is_needed(step)) {
        let key = G::PLAN[lacking].layout.key;
        let Some(at) = (0..unit.len()).rev().find(|at| unit.key(*at) == key) else { return };
        enter(reporter, &unit.segment(at), unit.ordinal, at);
        reporter.segment(ErrorKind::SegmentOrder);
    }
}

/// Sorts what was kept into the order of the input.
#[cold]
fn sort_kept<'a, G: Group<'a>>(group: &mut G) {
    group.unrecognised_mut().sort_by_key(|kept| match kept {
        Unrecognised::Component { .. } => 0,
        Unrecognised::Segment { at, .. } => *at,
    });
}

#[inline]
fn report_missing_values<'a, G: Group<'a>>(
    group: &G,
    unit: UnitView<'_, 'a>,
    seen: Steps,
    reporter: &mut Reporter<'_>,
) {
    group.missing_values(&mut |missing| {
        if !(0..G::PLAN.len()).any(|step| seen.has(step) && G::PLAN[step].layout.key == missing.layout.key) {
            return;
        }
        let Some(at) = (0..unit.len()).find(|index| unit.key(*index) == missing.layout.key) else { return };
        let segment = unit.segment(at);
        enter(reporter, &segment, unit.ordinal, at);
        let place = |component| segment.component(usize::from(missing.element), usize::from(component));
        let offset = match place(missing.component).or_else(|| place(1)) {
            Some(blank) if !blank.is_empty() => blank.offset(),
            // An empty slot was reported already.
            Some(_) if missing.component > 1 && place(1).is_some_and(|slot| !slot.is_empty()) => return,
            Some(empty) => empty.offset().saturating_sub(1),
            None => segment.span().end - u64::from(segment.is_terminated()),
        };
        let kind = ErrorKind::MissingValue { name: missing.name };
        reporter.component(kind, missing.element, missing.component, offset);
    });
}
