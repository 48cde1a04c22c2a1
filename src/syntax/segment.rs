//! Views of a segment: its data elements and components, borrowed from the input.

use alloc::string::String;
use core::ops::Range;

use super::scanner::{End, Found, Gap, Mark};
use super::{RawSegment, SegmentTag, ServiceStringAdvice, Text, push_released};

/// The input, and the same as text where all of it is 7-bit, so that no value needs a check of its own.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    bytes: &'a [u8],
    ascii: Option<&'a str>,
}

impl<'a> Input<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let ascii = if bytes.is_ascii() { core::str::from_utf8(bytes).ok() } else { None };
        Self { bytes, ascii }
    }

    /// A part of the input.
    pub(crate) fn of_range(bytes: &'a [u8], range: Range<usize>) -> Self {
        Self::new(&bytes[range])
    }

    /// Input whose text is not asked for.
    pub(crate) fn unchecked(bytes: &'a [u8]) -> Self {
        Self { bytes, ascii: None }
    }

    #[inline]
    pub(crate) fn bytes(self) -> &'a [u8] {
        self.bytes
    }

    #[inline]
    fn slice(self, range: Range<usize>) -> Self {
        Self { bytes: &self.bytes[range.clone()], ascii: self.ascii.and_then(|text| text.get(range)) }
    }
}

/// One segment: a tag and data elements, as the input has them.
///
/// Wire form: `NAD+PAT++HOLLY COTTAGE:12 LONG LANE'`. Elements count from 1 after the tag, components from 1 in their
/// element. Source: ISO 9735, segment.
///
/// ```
/// use nhais_edifact::syntax::SegmentReader;
///
/// let mut reader = SegmentReader::new(b"PDI++1'");
/// let segment = reader.next_segment()?.unwrap();
/// assert_eq!(segment.elements().count(), 2);
/// assert!(segment.component(1, 1).unwrap().is_empty());
/// assert!(segment.component(3, 1).is_none());
/// assert_eq!(segment.span(), 0..7);
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Segment<'r, 'a> {
    /// From the tag to the terminator, exclusive.
    input: Input<'a>,
    marks: &'r [Mark],
    advice: ServiceStringAdvice,
    offset: u64,
    gap: Gap,
    terminated: bool,
    released: bool,
}

impl<'r, 'a> Segment<'r, 'a> {
    /// The segment that was found in `input`, whose first byte stands at `base` in the whole.
    #[inline]
    pub(crate) fn new(
        input: Input<'a>,
        found: &Found,
        marks: &'r [Mark],
        advice: ServiceStringAdvice,
        base: u64,
    ) -> Self {
        Self {
            input: input.slice(found.start..found.end),
            marks,
            advice,
            offset: base + found.start as u64,
            gap: found.gap,
            terminated: found.terminated,
            released: found.released,
        }
    }

    /// The tag, release characters resolved; `None` if what stands in its place is not one.
    #[inline]
    pub fn tag(&self) -> Option<SegmentTag> {
        let mark = self.marks.first()?;
        let raw = self.input.bytes.get(..mark.position())?;
        if mark.released() { self.released_tag(raw) } else { SegmentTag::parse(raw) }
    }

    /// A release character before a line break releases nothing, and the break is then one between segments.
    #[cold]
    fn released_tag(&self, raw: &[u8]) -> Option<SegmentTag> {
        let mut bytes = super::resolved(raw, self.advice).skip_while(|byte| self.advice.is_blank(*byte));
        let tag = [bytes.next()?, bytes.next()?, bytes.next()?];
        SegmentTag::parse(&tag).filter(|_| bytes.next().is_none())
    }

    /// What stands in the place of the tag, up to the first separator.
    pub fn tag_text(&self) -> Text<'a> {
        self.cursor().next().map(|placed| placed.content.text()).unwrap_or_default()
    }

    /// The counters of explicit nesting: the components that follow the tag directly, as in `TAG:1:2+…`.
    #[inline]
    pub fn nesting(&self) -> Components<'r, 'a> {
        let mut components = self.element(0).components();
        components.next();
        components
    }

    /// The data elements after the tag, in order.
    #[inline]
    pub fn elements(&self) -> DataElements<'r, 'a> {
        let mut elements = DataElements { segment: *self, from: 0, done: self.marks.is_empty() };
        elements.next();
        elements
    }

    /// Data element `number`, counting from 1; empty if the segment is shorter. Element 0 is the tag.
    #[inline]
    pub fn element(&self, number: usize) -> DataElement<'r, 'a> {
        let mut elements = DataElements { segment: *self, from: 0, done: self.marks.is_empty() };
        let none = DataElement { segment: *self, marks: &[], start: self.input.bytes.len() };
        elements.nth(number).unwrap_or(none)
    }

    /// A component by its element and its place there, both counting from 1; `None` if the segment is shorter.
    #[inline]
    pub fn component(&self, element: usize, component: usize) -> Option<Component<'a>> {
        self.element(element).components().nth(component.checked_sub(1)?)
    }

    /// The bytes from the tag to the terminator, without it.
    #[inline]
    pub fn raw(&self) -> &'a [u8] {
        self.input.bytes
    }

    /// Where the segment stands in the input, the terminator included and the gap before it not.
    pub fn span(&self) -> Range<u64> {
        self.offset..self.offset + self.input.bytes.len() as u64 + u64::from(self.terminated)
    }

    /// How many bytes stand between the segment before and this one: blanks, a byte order mark, a service string advice.
    pub fn gap_len(&self) -> usize {
        self.gap.len
    }

    /// How many bytes the segment takes of the input, with the gap before it and its terminator: those of all segments
    /// and what trails them make up the input.
    pub fn len_with_gap(&self) -> usize {
        self.gap.len + self.input.bytes.len() + usize::from(self.terminated)
    }

    /// Whether a service string advice stands in the gap before this segment.
    pub fn follows_advice(&self) -> bool {
        self.gap.advice
    }

    /// Whether the segment ends with a terminator, not with the input.
    #[inline]
    pub fn is_terminated(&self) -> bool {
        self.terminated
    }

    /// Whether there is nothing between two terminators.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.input.bytes.is_empty()
    }

    /// Whether there is nothing, or nothing but release characters that release nothing, and blanks.
    pub(crate) fn is_blank(&self) -> bool {
        let blank = |byte: u8| self.advice.is_blank(byte);
        self.is_empty() || (self.marks.len() == 1 && super::resolved(self.input.bytes, self.advice).all(blank))
    }

    /// The service characters in force.
    pub fn service_string_advice(&self) -> ServiceStringAdvice {
        self.advice
    }

    #[inline]
    pub(crate) fn gap(&self) -> Gap {
        self.gap
    }

    #[inline]
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    #[inline]
    pub(crate) fn marks(&self) -> &'r [Mark] {
        self.marks
    }

    /// The first component of element 1, if the segment has one.
    #[inline]
    pub(crate) fn first_of_element_1(&self) -> Option<Component<'a>> {
        let tag_end = self.marks.iter().position(|mark| mark.end() != End::Component)?;
        let mark = self.marks.get(tag_end + 1)?;
        Some(self.component_at(self.marks[tag_end].position() + 1, *mark))
    }

    /// Whether a release character stands anywhere in it.
    #[inline]
    pub(crate) fn has_release(&self) -> bool {
        self.released
    }

    /// The components with their places, the tag as component 1 of element 0.
    #[inline]
    pub(crate) fn cursor(&self) -> Cursor<'r, 'a> {
        Cursor { segment: *self, next: 0, start: 0, element: 0, component: 1 }
    }

    /// The components from `first` to `last` in wire form with the service characters of level A.
    pub(crate) fn wire_between(&self, first: &Component<'a>, last: &Component<'a>) -> Text<'a> {
        let range = self.relative(first.offset)..self.relative(last.offset) + last.input.bytes.len();
        self.wire_text(self.input.slice(range))
    }

    /// The whole segment in wire form with the service characters of level A.
    pub(crate) fn to_raw(self) -> RawSegment<'a> {
        let wire = self.wire_text(self.input);
        let blank = |character: char| u8::try_from(character).is_ok_and(|byte| self.advice.is_blank(byte));
        let trimmed = wire.trim_start_matches(blank);
        if trimmed.len() < wire.len() {
            RawSegment::from_wire(String::from(trimmed))
        } else {
            RawSegment::from_wire(wire)
        }
    }

    fn wire_text(&self, part: Input<'a>) -> Text<'a> {
        let level_a = ServiceStringAdvice::LEVEL_A;
        if let Some(text) = part.ascii.filter(|_| self.advice == level_a)
            && super::is_canonical(part.bytes, |_| false)
        {
            return Text::from(text);
        }
        let mut wire = String::with_capacity(part.bytes.len());
        let mut bytes = part.bytes.iter().copied();
        crate::work::note(part.bytes.len());
        while let Some(byte) = bytes.next() {
            let separator = [
                (self.advice.component_separator(), level_a.component_separator()),
                (self.advice.element_separator(), level_a.element_separator()),
            ];
            if let Some((_, translated)) = separator.iter().find(|(own, _)| *own == byte) {
                wire.push(char::from(*translated));
                continue;
            }
            let data = if Some(byte) == self.advice.release() { bytes.next() } else { Some(byte) };
            if let Some(data) = data {
                push_released(&mut wire, char::from(data).encode_utf8(&mut [0; 4]));
            }
        }
        Text::from(wire)
    }

    #[expect(clippy::cast_possible_truncation, reason = "an offset within the segment")]
    fn relative(&self, offset: u64) -> usize {
        (offset - self.offset) as usize
    }

    #[inline]
    fn component_at(&self, start: usize, mark: Mark) -> Component<'a> {
        Component {
            input: self.input.slice(start..mark.position()),
            released: mark.released(),
            advice: self.advice,
            offset: self.offset + start as u64,
        }
    }
}

/// Walks over the components of a segment once, counting.
#[derive(Clone)]
pub(crate) struct Cursor<'r, 'a> {
    segment: Segment<'r, 'a>,
    next: usize,
    start: usize,
    element: u16,
    component: u16,
}

impl<'r, 'a> Cursor<'r, 'a> {
    /// The segment that is walked over.
    #[inline]
    pub(crate) fn segment(&self) -> &Segment<'r, 'a> {
        &self.segment
    }
}

/// A component, its place, and what ends it.
#[derive(Clone, Copy)]
pub(crate) struct Placed<'a> {
    pub(crate) element: u16,
    pub(crate) component: u16,
    pub(crate) content: Component<'a>,
    pub(crate) end: End,
}

impl<'a> Iterator for Cursor<'_, 'a> {
    type Item = Placed<'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let mark = *self.segment.marks.get(self.next)?;
        crate::work::note(1);
        let end = mark.end();
        let content = self.segment.component_at(self.start, mark);
        let item = Placed { element: self.element, component: self.component, content, end };
        self.next += 1;
        self.start = mark.position() + 1;
        match end {
            End::Component => self.component = self.component.saturating_add(1),
            _ => (self.element, self.component) = (self.element.saturating_add(1), 1),
        }
        Some(item)
    }
}

/// The data elements of a segment, in order.
#[derive(Clone)]
pub struct DataElements<'r, 'a> {
    segment: Segment<'r, 'a>,
    /// The first mark of the next element.
    from: usize,
    done: bool,
}

impl<'r, 'a> Iterator for DataElements<'r, 'a> {
    type Item = DataElement<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let marks = &self.segment.marks[self.from..];
        let start = self.from.checked_sub(1).map_or(0, |before| self.segment.marks[before].position() + 1);
        let count = marks.iter().position(|mark| mark.end() != End::Component)? + 1;
        crate::work::note(count);
        self.done = marks[count - 1].end() == End::Segment;
        self.from += count;
        Some(DataElement { segment: self.segment, marks: &marks[..count], start })
    }
}

/// One data element: its components.
///
/// Wire form: `HOLLY COTTAGE:12 LONG LANE` between two `+`. An element of one component is a simple data element in
/// the words of ISO 9735, one of several a composite.
#[derive(Clone, Copy)]
pub struct DataElement<'r, 'a> {
    segment: Segment<'r, 'a>,
    marks: &'r [Mark],
    start: usize,
}

impl<'r, 'a> DataElement<'r, 'a> {
    /// The components, in order; none if the segment ends before this element.
    #[inline]
    pub fn components(&self) -> Components<'r, 'a> {
        Components { segment: self.segment, marks: self.marks, start: self.start }
    }

    /// Component `number`, counting from 1; `None` if the element is shorter.
    #[inline]
    pub fn component(&self, number: usize) -> Option<Component<'a>> {
        self.components().nth(number.checked_sub(1)?)
    }

    /// The text of the first component, empty if there is none: the value of a simple data element.
    #[inline]
    pub fn text(&self) -> Text<'a> {
        self.components().next().map(|component| component.text()).unwrap_or_default()
    }
}

/// The components of a data element, in order.
#[derive(Clone)]
pub struct Components<'r, 'a> {
    segment: Segment<'r, 'a>,
    marks: &'r [Mark],
    start: usize,
}

impl<'a> Iterator for Components<'_, 'a> {
    type Item = Component<'a>;

    #[inline]
    fn next(&mut self) -> Option<Component<'a>> {
        let (mark, rest) = self.marks.split_first()?;
        crate::work::note(1);
        let component = self.segment.component_at(self.start, *mark);
        self.marks = rest;
        self.start = mark.position() + 1;
        Some(component)
    }
}

/// One component.
#[derive(Clone, Copy)]
pub struct Component<'a> {
    input: Input<'a>,
    released: bool,
    advice: ServiceStringAdvice,
    offset: u64,
}

impl<'a> Component<'a> {
    /// The text, release characters resolved; borrowed from the input where there are none and all is 7-bit.
    #[inline]
    pub fn text(&self) -> Text<'a> {
        Text::resolve(self.input.bytes, self.input.ascii, self.released, self.advice)
    }

    /// The bytes as they stand in the input, release characters included.
    #[inline]
    pub fn raw(&self) -> &'a [u8] {
        self.input.bytes
    }

    /// Whether there is no text: nothing stands here, or a release character that releases nothing.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.input.bytes.is_empty() || (self.released && self.resolved().next().is_none())
    }

    /// The bytes of the text, release characters resolved, without making a text of them.
    pub(crate) fn resolved(&self) -> impl Iterator<Item = u8> + 'a {
        super::resolved(self.input.bytes, self.advice)
    }

    /// Where the component stands in the input.
    pub fn span(&self) -> Range<u64> {
        self.offset..self.offset + self.input.bytes.len() as u64
    }

    /// Whether the text is this.
    #[inline]
    pub(crate) fn is(&self, text: &str) -> bool {
        self.input.bytes == text.as_bytes() || (self.released && self.resolved().eq(text.bytes()))
    }

    /// Whether a release character stands in it.
    #[inline]
    pub(crate) fn has_release(&self) -> bool {
        self.released
    }

    #[inline]
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    pub(crate) fn service_string_advice(&self) -> ServiceStringAdvice {
        self.advice
    }
}
