//! Writes a group in the order of its plan, with what was kept.

use super::group::need;
use super::plan::Steps;
use super::write_kept::{is_surely_kept, keeps_component_of};
use super::{Group, GroupWriter, KeptSegments, Need, Step, Unrecognised};
use crate::error::{Error, ErrorKind, Location};

/// Writes a group in the order of its plan, with what was kept where it stood.
#[inline]
pub(crate) fn write_group<'a, G: Group<'a>>(group: &G, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    out.close_after(|out| write_group_as(group, group.variant(), group.present(), out))
}

/// As [`write_group`], given the variant of the plan and the steps that are present; leaves room for further segments.
#[inline]
pub(crate) fn write_group_as<'a, G: Group<'a>>(
    group: &G,
    variant: usize,
    present: Steps,
    out: &mut GroupWriter<'_>,
) -> Result<(), Error> {
    write_head(group, variant, present, out)?.write_rest(out)
}

/// As [`write_group_as`], but returns the kept segments that stand behind the last one of the plan, without writing
/// them.
#[inline]
pub(crate) fn write_head<'k, 'a, G: Group<'a>>(
    group: &'k G,
    variant: usize,
    present: Steps,
    out: &mut GroupWriter<'_>,
) -> Result<KeptSegments<'k, 'a>, Error> {
    let kept = group.unrecognised();
    if out.validates() {
        refuse_incomplete(group, variant, present, out)?;
    }
    if present.has_any_of(G::NEEDS[variant].never) || group.contradiction().is_some() {
        out.give_up(otherwise(group, variant, out))?;
    }
    let present = if kept.is_empty() { present } else { with_kept::<G>(present, kept, out) };
    // That kept segments may not be sent is reported elsewhere.
    let mut next = KeptSegments::new(if out.lists() { &[] } else { kept }, 0);
    // The first segment identifies the group, so it is written even without content.
    group.write_steps(present.with(0), &mut next, out)?;
    out.forget_reported();
    Ok(next)
}

/// The steps that are present, and those of which components were kept. Sets `is_doubtful` unless all that was kept is
/// certainly read back as kept.
#[cold]
fn with_kept<'a, G: Group<'a>>(present: Steps, kept: &[Unrecognised<'_>], out: &mut GroupWriter<'_>) -> Steps {
    let is_sure = out.transaction.is_some() && kept.iter().all(|kept| is_surely_kept(kept, G::PLAN, present, out));
    out.is_doubtful |= !is_sure;
    if !kept.iter().any(|kept| matches!(kept, Unrecognised::Component { .. })) {
        return present;
    }
    (0..G::PLAN.len()).filter(|step| keeps_component_of(kept, G::PLAN[*step].layout)).fold(present, Steps::with)
}

/// The error about a segment that would be read back as unknown, or make the group another variant.
#[cold]
fn otherwise<'a, G: Group<'a>>(group: &G, variant: usize, out: &GroupWriter<'_>) -> Error {
    let is_kept = |step: &usize| G::NEEDS[variant].never.has(*step) && group.has(*step);
    let kept = (0..G::PLAN.len()).find(is_kept).map(|step| G::PLAN[step].layout);
    let layout = kept.or(group.contradiction()).unwrap_or(G::PLAN[0].layout);
    out.refuse_segment(ErrorKind::ReadOtherwise, layout)
}

/// Refuses a group that lacks something mandatory or keeps something unknown.
#[inline]
fn refuse_incomplete<'a, G: Group<'a>>(
    group: &G,
    variant: usize,
    present: Steps,
    out: &mut GroupWriter<'_>,
) -> Result<(), Error> {
    if !G::NEEDS[variant].allow_to_write(present) {
        refuse_steps(group, variant, out)?;
    }
    let mut result = Ok(());
    group.missing_values(&mut |missing| {
        let kind = ErrorKind::MissingValue { name: missing.name };
        let error = out.refuse_component(kind, missing.layout, missing.element, missing.component);
        if result.is_ok() {
            result = out.apply_policy(error);
        }
    });
    result?;
    refuse_unrecognised(group.unrecognised(), out)
}

/// Refuses segments that are missing, and those that are not allowed.
#[cold]
fn refuse_steps<'a, G: Group<'a>>(group: &G, variant: usize, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    crate::cost::count(1);
    for (step, Step { layout, .. }) in G::PLAN.iter().enumerate() {
        match need::<G>(step, variant) {
            Need::Mandatory | Need::OptionalOnReading if !group.has(step) => {
                out.apply_policy(out.refuse_segment(ErrorKind::MissingSegment { name: layout.name }, layout))?;
            }
            Need::Never if group.has(step) => {
                out.apply_policy(out.refuse_segment(ErrorKind::UnforeseenSegment, layout))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Refuses unknown segments and components.
#[inline]
fn refuse_unrecognised(kept: &[Unrecognised<'_>], out: &mut GroupWriter<'_>) -> Result<(), Error> {
    kept.iter().try_for_each(|kept| {
        let location = *out.refuse(ErrorKind::UnknownSegment).location();
        out.apply_policy(match kept {
            Unrecognised::Segment { segment, .. } => {
                Error::new(ErrorKind::UnknownSegment, Location { tag: segment.tag(), ..location })
            }
            Unrecognised::Component { segment, element, component, .. } => {
                let tag = crate::syntax::SegmentTag::parse(segment.as_bytes().get(..3).unwrap_or_default());
                let place = Location { tag, element: Some(*element), component: Some(*component), ..location };
                Error::new(ErrorKind::UnexpectedComponent, place)
            }
        })
    })
}
