//! Writing a group in the order of its plan.

use super::group::{is_present, need, write_by_rows};
use super::plan::Steps;
use super::{Group, GroupWriter, Key, Need, Step, Unrecognised};
use crate::error::{Error, ErrorKind, Location};
use crate::syntax::RawSegment;

/// Writes a group in the order of its plan, with what was kept where it stood.
#[inline]
pub(crate) fn write_group<'a, G: Group<'a>>(group: &G, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    out.close_after(|out| write_group_as(group, group.column(), group.said(), out))
}

/// The same, by a column of the plan that the caller knows, as what the group says; room for more is left open.
#[inline]
pub(crate) fn write_group_as<'a, G: Group<'a>>(
    group: &G,
    column: usize,
    said: Steps,
    out: &mut GroupWriter<'_>,
) -> Result<(), Error> {
    write_head(group, column, said, out)?.write_rest(out)
}

/// The same, but for the segments that were kept behind the last one of the plan, which it gives back.
#[inline]
pub(crate) fn write_head<'k, 'a, G: Group<'a>>(
    group: &'k G,
    column: usize,
    said: Steps,
    out: &mut GroupWriter<'_>,
) -> Result<KeptSegments<'k, 'a>, Error> {
    let kept = group.unrecognised();
    if out.judges() {
        refuse_incomplete(group, column, said, out)?;
    }
    if said.has_any_of(G::NEEDS[column].never) || group.contradiction().is_some() {
        return Err(otherwise(group, column, out));
    }
    if kept.is_empty() {
        // The first segment is what the group is known by, so it is written even with nothing in it.
        group.write_steps(said.with(0), out)?;
        out.forget_reported();
        return Ok(KeptSegments { kept, written: 0 });
    }
    let rest = write_head_around(group, out)?;
    out.forget_reported();
    Ok(rest)
}

/// The error about a segment that would be kept when it is read, or make the group another.
#[cold]
fn otherwise<'a, G: Group<'a>>(group: &G, column: usize, out: &GroupWriter<'_>) -> Error {
    let is_kept = |step: &usize| G::NEEDS[column].never.has(*step) && group.has(*step);
    let kept = (0..G::PLAN.len()).find(is_kept).map(|step| G::PLAN[step].layout);
    let layout = kept.or(group.contradiction()).unwrap_or(G::PLAN[0].layout);
    out.refuse_segment(ErrorKind::ReadOtherwise, layout)
}

/// Writes a group among what was kept.
#[cold]
fn write_head_around<'k, 'a, G: Group<'a>>(
    group: &'k G,
    out: &mut GroupWriter<'_>,
) -> Result<KeptSegments<'k, 'a>, Error> {
    out.keeps = true;
    let kept = group.unrecognised();
    let mut next = KeptSegments { kept, written: 0 };
    for step in (0..G::PLAN.len()).filter(|step| is_present(group, kept, *step)) {
        // Of equal segments the first counts, so one that was kept never goes before the one that the model holds.
        let is_to_come = |key| {
            let key = G::alias(key);
            G::comes_last(key)
                || (step..G::PLAN.len()).any(|step| G::PLAN[step].layout.key == key && is_present(group, kept, step))
        };
        next.write_due(is_to_come, out)?;
        write_by_rows(group, step, kept, out)?;
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
    if !segment.is_writable() || out.segments.would_end_advice(segment.as_wire()) {
        return Err(out.refuse(ErrorKind::Unrepresentable));
    }
    out.keeps = true;
    out.segments.raw(segment.as_wire())
}

/// Refuses a group that lacks something mandatory or keeps something that has no place.
#[inline]
fn refuse_incomplete<'a, G: Group<'a>>(
    group: &G,
    column: usize,
    said: Steps,
    out: &mut GroupWriter<'_>,
) -> Result<(), Error> {
    if !G::NEEDS[column].allow_to_write(said) {
        refuse_steps(group, column, out)?;
    }
    let mut result = Ok(());
    group.missing_values(&mut |missing| {
        let kind = ErrorKind::MissingValue { name: missing.name };
        let error = out.refuse_component(kind, missing.layout, missing.element, missing.component);
        if result.is_ok() {
            result = out.object(error);
        }
    });
    result?;
    refuse_unrecognised(group.unrecognised(), out)
}

/// Refuses the segments that are missing and those that are not foreseen.
#[cold]
fn refuse_steps<'a, G: Group<'a>>(group: &G, column: usize, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    crate::work::note(1);
    for (step, Step { layout, .. }) in G::PLAN.iter().enumerate() {
        match need::<G>(step, column) {
            Need::Mandatory | Need::OptionalOnReading if !group.has(step) => {
                out.object(out.refuse_segment(ErrorKind::MissingSegment { name: layout.name }, layout))?;
            }
            Need::Never if group.has(step) => {
                out.object(out.refuse_segment(ErrorKind::UnforeseenSegment, layout))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Refuses what has no place.
#[inline]
fn refuse_unrecognised(kept: &[Unrecognised<'_>], out: &mut GroupWriter<'_>) -> Result<(), Error> {
    kept.iter().try_for_each(|kept| {
        let location = *out.refuse(ErrorKind::UnknownSegment).location();
        out.object(match kept {
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
