//! Writes what was kept: segments where they stood, and components into the segments in which they stood.

use alloc::vec::Vec;

use super::plan::{Step, Steps};
use super::row::separators;
use super::{Format, GroupWriter, Key, Layout, Row, Unrecognised, Validator};
use crate::error::{Error, ErrorKind};
use crate::syntax::{RawSegment, is_level_a, release};

/// The kept segments that are still to be written.
pub(crate) struct KeptSegments<'k, 'a> {
    pub(crate) kept: &'k [Unrecognised<'a>],
    /// There are components among what was kept.
    pub(super) has_components: bool,
    /// How many segments of the group have been written, known or kept.
    pub(super) written: usize,
}

impl<'k, 'a> KeptSegments<'k, 'a> {
    pub(crate) fn new(kept: &'k [Unrecognised<'a>], written: usize) -> Self {
        let has_components = kept.iter().any(|kept| matches!(kept, Unrecognised::Component { .. }));
        Self { kept, has_components, written }
    }

    /// Whether the next kept segment stood at the place that was reached.
    #[inline]
    pub(super) fn is_next_due(&self) -> bool {
        let waits = |kept: &Unrecognised<'_>| matches!(kept, Unrecognised::Segment { at, .. } if *at > self.written);
        self.kept.first().is_some_and(|next| !waits(next))
    }

    /// Writes the kept segments of the place that was reached, up to the first that must wait.
    #[inline]
    pub(crate) fn write_due(
        &mut self,
        must_wait: impl Fn(Key) -> bool,
        out: &mut GroupWriter<'_>,
    ) -> Result<(), Error> {
        if self.kept.is_empty() {
            Ok(())
        } else {
            self.write_while(|at, written, segment| at <= written && !must_wait(Key::of_raw(segment)), out)
        }
    }

    /// Writes the remaining kept segments.
    #[inline]
    pub(crate) fn write_rest(&mut self, out: &mut GroupWriter<'_>) -> Result<(), Error> {
        if self.kept.is_empty() { Ok(()) } else { self.write_while(|_, _, _| true, out) }
    }

    #[cold]
    fn write_while(
        &mut self,
        is_due: impl Fn(usize, usize, &RawSegment<'_>) -> bool,
        out: &mut GroupWriter<'_>,
    ) -> Result<(), Error> {
        while let Some((first, rest)) = self.kept.split_first() {
            if let Unrecognised::Segment { at, segment } = first {
                if !is_due(*at, self.written, segment) {
                    break;
                }
                write_kept(segment, out)?;
                self.written += 1;
            }
            self.kept = rest;
        }
        Ok(())
    }
}

/// Writes a kept segment as it came.
pub(crate) fn write_raw(segment: &RawSegment<'_>, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    out.is_doubtful = true;
    out.close_after(|out| write_kept(segment, out))
}

fn write_kept(segment: &RawSegment<'_>, out: &mut GroupWriter<'_>) -> Result<(), Error> {
    if out.lists() {
        // That it may not be sent is reported elsewhere.
        return Ok(());
    }
    if !segment.is_writable() || out.segments.would_end_advice(segment.as_wire()) {
        return Err(out.refuse(ErrorKind::Unrepresentable));
    }
    out.segments.raw(segment.as_wire())
}

/// Whether something kept is certainly read back as kept: a segment whose tag is in no table, or a component behind the
/// last place of its segment's table. `present` are the steps that are present.
pub(super) fn is_surely_kept(kept: &Unrecognised<'_>, plan: &[Step], present: Steps, out: &GroupWriter<'_>) -> bool {
    match kept {
        Unrecognised::Segment { at, segment } => {
            let is_unknown = segment.tag().is_some_and(|tag| !(out.is_known)(tag));
            // The first segment of a transaction begins it, known or not.
            is_unknown && *at > 0 && is_sure_text(segment.as_wire()) && !segment.as_wire().ends_with(['+', ':'])
        }
        Unrecognised::Component { segment, element, component, text } => {
            let mut steps = plan.iter().enumerate().filter(|(_, step)| step.layout.name == segment.as_str());
            let (Some((step, Step { layout, .. })), None) = (steps.next(), steps.next()) else { return false };
            let has_names = slots(layout).next().is_some();
            let is_behind = *component > 0 && (*element, *component) > layout.end();
            present.has(step) && layout.value < layout.rows.len() && !has_names && is_behind && is_sure_text(text)
        }
    }
}

/// Whether text is not empty and reads the same in every syntax version.
fn is_sure_text(text: &str) -> bool {
    let is_sure = |byte| is_level_a(byte) && !matches!(byte, b'\'' | b'?' | b'*');
    !text.starts_with(' ') && !text.is_empty() && text.bytes().all(is_sure)
}

/// A component: its element, its place there, its text.
type Part<T> = ((u16, u16), T);

/// Whether a component of this segment was kept.
pub(super) fn keeps_component_of(kept: &[Unrecognised<'_>], layout: &Layout) -> bool {
    components_of(kept, layout).next().is_some()
}

fn components_of<'k>(kept: &'k [Unrecognised<'_>], layout: &'k Layout) -> impl Iterator<Item = Part<&'k str>> + Clone {
    kept.iter().filter_map(|kept| match kept {
        Unrecognised::Component { segment, element, component, text } if segment.as_str() == layout.name => {
            Some(((*element, *component), text.as_str()))
        }
        _ => None,
    })
}

/// Rewrites the last segment, which begins at `start`, with the components that were kept of it.
#[cold]
pub(super) fn weave(
    kept: &[Unrecognised<'_>],
    layout: &'static Layout,
    start: usize,
    out: &mut GroupWriter<'_>,
) -> Result<(), Error> {
    if !keeps_component_of(kept, layout) {
        return Ok(());
    }
    crate::cost::count(1);
    let written = out.segments.take_back(start);
    // Before the first separator stand a line break and the tag.
    let (head, own) = parts(&written);
    let mut segment = Vec::with_capacity(2 * written.len());
    segment.extend_from_slice(head);
    let displaced = displaced(kept, layout, &own);
    let makes_way = |((element, _), _): &Part<&str>| is_in(displaced, *element);
    let mut woven = Woven { segment, taken: (0, 1), written: (0, 1), layout, validator: out };
    let mut kept_here = components_of(kept, layout).filter(|part| !makes_way(part)).peekable();
    for (at, (place, text)) in own.iter().enumerate() {
        while let Some((place, text)) = kept_here.next_if(|(kept, _)| kept < place) {
            woven.add(place, text)?;
        }
        let constant = kept_here.next_if(|(kept, _)| kept == place && !text.is_empty() && is_constant(layout, *place));
        let ends_element = own.get(at + 1).is_none_or(|((element, _), _)| *element != place.0);
        match constant {
            Some((place, text)) => woven.add(place, text)?,
            // Separators that nothing follows stay where they were written.
            None if !text.is_empty() || (ends_element && place.1 > 1) => woven.add_as_is(*place, text)?,
            None => {}
        }
    }
    kept_here.try_for_each(|(place, text)| woven.add(place, text))?;
    let mut from = 0;
    for ((element, component), text) in components_of(kept, layout).filter(makes_way) {
        let is_next = element != from || component == 1;
        from = element;
        woven.add((woven.taken.0.saturating_add(is_next.into()), component), text)?;
    }
    let mut segment = woven.segment;
    segment.push(b'\'');
    out.segments.put_back(&segment);
    Ok(())
}

/// A segment that is put together from written and kept components.
struct Woven<'w, 'o> {
    segment: Vec<u8>,
    /// The last place that is taken, even by an empty component.
    taken: (u16, u16),
    /// The last place that is not empty.
    written: (u16, u16),
    layout: &'static Layout,
    validator: &'w Validator<'o>,
}

impl Woven<'_, '_> {
    fn add(&mut self, place: (u16, u16), text: &str) -> Result<(), Error> {
        self.take(place)?;
        if text.is_empty() {
            return Ok(());
        }
        self.separate(place);
        release(text, self.validator.advice(), |byte| self.segment.push(byte))
            .map_err(|error| self.error(place, error.kind()))
    }

    fn add_as_is(&mut self, place: (u16, u16), text: &[u8]) -> Result<(), Error> {
        self.take(place)?;
        self.separate(place);
        self.segment.extend_from_slice(text);
        Ok(())
    }

    /// Takes a place. An error if it is taken: a model that was put together by hand may keep a component where a value
    /// stands.
    fn take(&mut self, place: (u16, u16)) -> Result<(), Error> {
        if place <= self.taken {
            return Err(self.error(place, ErrorKind::UnexpectedComponent));
        }
        self.taken = place;
        Ok(())
    }

    fn separate(&mut self, place: (u16, u16)) {
        let (elements, components) = separators(self.written, place);
        self.written = place;
        for (separator, count) in [(b'+', elements), (b':', components)] {
            self.segment.resize(self.segment.len() + usize::from(count), separator);
        }
    }

    fn error(&self, (element, component): (u16, u16), kind: ErrorKind) -> Error {
        self.validator.refuse_component(kind, self.layout, element, component)
    }
}

/// Splits a written segment of level A: what comes before the first separator, and the components.
fn parts(segment: &[u8]) -> (&[u8], Vec<Part<&[u8]>>) {
    let (mut parts, mut place, mut start, mut is_released) = (Vec::with_capacity(16), (0, 1), 0, false);
    for (at, byte) in segment.iter().enumerate() {
        let ends = matches!(byte, b'+' | b':' | b'\'') && !is_released;
        is_released = *byte == b'?' && !is_released;
        if ends {
            parts.push((place, &segment[start..at]));
            place = if *byte == b'+' { (place.0 + 1, 1) } else { (place.0, place.1 + 1) };
            start = at + 1;
        }
    }
    (parts.remove(0).1, parts)
}

/// Whether a constant of the table stands at a place, its qualifier included.
fn is_constant(layout: &Layout, place: (u16, u16)) -> bool {
    let is_qualifier = place == (1, 1) && !layout.qualifier().is_empty();
    is_qualifier || layout.rows.iter().any(|row| row.place() == place && row.format == Format::Constant)
}

/// The qualifiers of names: constants before a value in an element.
fn slots(layout: &Layout) -> impl Iterator<Item = &Row> {
    let rows = layout.rows.get(layout.value..).unwrap_or_default();
    rows.iter().zip(rows.iter().skip(1)).filter_map(|(row, next)| {
        (row.format == Format::Constant && next.format != Format::Constant && row.element == next.element)
            .then_some(row)
    })
}

/// The elements whose kept components are moved behind the last element.
///
/// Of equal names the first counts, so a kept name is never written before the one that the model holds. A component
/// behind a name can stay; one in the place of its qualifier or of the name is moved.
fn displaced(kept: &[Unrecognised<'_>], layout: &Layout, own: &[Part<&[u8]>]) -> u64 {
    let is_present = |slot: &&Row| own.iter().any(|(place, text)| *place == slot.place() && !text.is_empty());
    let mut displaced = 0;
    for slot in slots(layout).filter(is_present) {
        let mut here = components_of(kept, layout).filter(|((element, _), _)| *element == slot.element);
        if here.next().is_some_and(|((_, component), _)| component <= 2) {
            displaced |= 1 << slot.element;
        }
        let mut named = None;
        for ((element, component), text) in components_of(kept, layout).filter(|(place, _)| place.0 < slot.element) {
            match component {
                1 => named = (text == slot.name).then_some(element),
                2 if named == Some(element) => displaced |= 1 << element,
                _ => {}
            }
        }
    }
    displaced
}

/// Whether an element is in a set of them.
fn is_in(elements: u64, element: u16) -> bool {
    element < 64 && elements & (1 << element) != 0
}
