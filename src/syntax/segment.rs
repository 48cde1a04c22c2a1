//! Views of a segment: its data elements and components, borrowed from the input.

use alloc::borrow::Cow;
use alloc::string::String;
use core::ops::Range;
use core::slice;

use super::marks::Mark;
use super::scanner::{Gap, SegmentSpan};
use super::wire::is_canonical;
use super::{Ending, RawSegment, SegmentTag, ServiceStringAdvice, Text};

/// A part of the input, as text if it is known to be 7-bit, so that values need no check of their own.
#[derive(Clone, Copy)]
pub(crate) enum Input<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Input<'a> {
    /// Checks once whether all of a part of the input is 7-bit.
    #[inline]
    pub(crate) fn checked(bytes: &'a [u8]) -> Self {
        match core::str::from_utf8(bytes) {
            Ok(text) if bytes.is_ascii() => Self::Text(text),
            _ => Self::Bytes(bytes),
        }
    }

    #[inline]
    pub(crate) fn bytes(self) -> &'a [u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// The text, if it is known to be 7-bit.
    #[inline]
    fn text(self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(_) => None,
        }
    }

    #[inline]
    fn slice(self, range: Range<usize>) -> Self {
        match self {
            Self::Text(text) => Self::Text(&text[range]),
            Self::Bytes(bytes) => Self::Bytes(&bytes[range]),
        }
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
    bytes: SegmentBytes<'a>,
    marks: &'r [Mark],
    /// Where the tag begins, counting from the origin of the marks.
    start: usize,
    gap: Gap,
    terminated: bool,
}

/// The bytes of a segment, from which components are cut.
#[derive(Clone, Copy)]
struct SegmentBytes<'a> {
    /// From the origin of the marks to the terminator, exclusive.
    input: Input<'a>,
    advice: ServiceStringAdvice,
    /// Offset of the origin of the marks in the whole input.
    offset: u64,
}

impl<'a> SegmentBytes<'a> {
    /// Whether the component that ends at `mark` ends its data element, or the segment, behind which there may be no
    /// byte.
    #[inline]
    fn ends_element(&self, mark: Mark) -> bool {
        self.input.bytes().get(mark.position()) != Some(&self.advice.component_separator())
    }

    /// The component that begins at `start` and ends at `mark`.
    #[inline]
    fn component(&self, start: usize, mark: Mark) -> Component<'a> {
        let (input, offset) = (self.input.slice(start..mark.position()), self.offset + start as u64);
        Component::new(input, mark.released(), self.ends_element(mark), self.advice, offset)
    }
}

impl<'r, 'a> Segment<'r, 'a> {
    /// The segment found in `input`, whose first byte has the offset `base` in the whole input.
    #[inline]
    pub(crate) fn new(
        input: Input<'a>,
        found: &SegmentSpan,
        marks: &'r [Mark],
        advice: ServiceStringAdvice,
        base: u64,
    ) -> Self {
        let origin = found.start - found.from_origin;
        Self {
            bytes: SegmentBytes { input: input.slice(origin..found.end), advice, offset: base + origin as u64 },
            marks,
            start: found.from_origin,
            gap: found.gap,
            terminated: found.terminated,
        }
    }

    /// A segment at `start..end`; its marks count from `origin`. Without its gap.
    #[inline]
    pub(crate) fn within(
        input: Input<'a>,
        (origin, start, end): (usize, usize, usize),
        terminated: bool,
        marks: &'r [Mark],
        advice: ServiceStringAdvice,
        base: u64,
    ) -> Self {
        let bytes = SegmentBytes { input: input.slice(origin..end), advice, offset: base + origin as u64 };
        Self { bytes, marks, start, gap: Gap::default(), terminated }
    }

    /// The tag, release characters resolved; `None` if what stands in its place is not one.
    #[inline]
    pub fn tag(&self) -> Option<SegmentTag> {
        let mark = self.marks.first()?;
        let raw = self.bytes.input.bytes().get(self.start..mark.position())?;
        if mark.released() { released_tag(raw, self.bytes.advice) } else { SegmentTag::parse(raw) }
    }

    /// The text in the place of the tag, up to the first separator.
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

    /// All components of the segment in order, the tag first, whatever data elements they are of.
    ///
    /// ```
    /// use nhais_edifact::syntax::SegmentReader;
    ///
    /// let mut reader = SegmentReader::new(b"PNA+PAT+9990000018:OPI'");
    /// let segment = reader.next_segment()?.unwrap();
    /// let ends: Vec<_> = segment.components().map(|component| component.ends_element()).collect();
    /// assert_eq!(ends, [true, true, false, true]);
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    #[inline]
    pub fn components(&self) -> SegmentComponents<'r, 'a> {
        SegmentComponents { bytes: self.bytes, marks: self.marks.iter(), start: self.start }
    }

    /// The data elements after the tag, in order.
    #[inline]
    pub fn elements(&self) -> DataElements<'r, 'a> {
        self.elements_from(1)
    }

    /// Data element `number`, counting from 1; empty if the segment is shorter. Element 0 is the tag.
    #[inline]
    pub fn element(&self, number: usize) -> DataElement<'r, 'a> {
        let DataElements { bytes, marks, start } = self.elements_from(number);
        DataElement { bytes, marks, start }
    }

    #[inline]
    fn elements_from(&self, number: usize) -> DataElements<'r, 'a> {
        let (marks, start) = self.behind_elements(number).unwrap_or_default();
        DataElements { bytes: self.bytes, marks, start }
    }

    /// A component by its element and its place there, both counting from 1; `None` if the segment is shorter.
    #[inline]
    pub fn component(&self, element: usize, component: usize) -> Option<Component<'a>> {
        let (marks, mut start) = self.behind_elements(element)?;
        let mut marks = marks.iter();
        for _ in 0..component.checked_sub(1)? {
            let before = marks.next().filter(|mark| !self.bytes.ends_element(**mark))?;
            start = before.position() + 1;
        }
        Some(self.bytes.component(start, *marks.next()?))
    }

    /// The text of a component by its element and its place there, both counting from 1; empty if the segment is
    /// shorter.
    ///
    /// ```
    /// use nhais_edifact::syntax::SegmentReader;
    ///
    /// let mut reader = SegmentReader::new(b"NAD+BY+5412345000013::9'");
    /// let segment = reader.next_segment()?.unwrap();
    /// assert_eq!((segment.text(2, 1), segment.text(2, 3)), ("5412345000013".into(), "9".into()));
    /// assert_eq!(segment.text(3, 1), "");
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn text(&self, element: usize, component: usize) -> Text<'a> {
        self.component(element, component).map(|component| component.text()).unwrap_or_default()
    }

    /// The marks behind `count` elements, the tag included, and where the next one begins; `None` if there is none.
    #[inline]
    fn behind_elements(&self, count: usize) -> Option<(&'r [Mark], usize)> {
        let (mut marks, mut start) = (self.marks.iter(), self.start);
        for _ in 0..count {
            start = marks.find(|mark| self.bytes.ends_element(**mark))?.position() + 1;
        }
        let marks = marks.as_slice();
        (!marks.is_empty()).then_some((marks, start))
    }

    /// The bytes from the tag to the terminator, without it.
    #[inline]
    pub fn raw(&self) -> &'a [u8] {
        &self.bytes.input.bytes()[self.start..]
    }

    /// Where the segment stands in the input, the terminator included and the gap before it not.
    #[inline]
    pub fn span(&self) -> Range<u64> {
        self.offset()..self.offset() + self.raw().len() as u64 + u64::from(self.terminated)
    }

    /// How many bytes stand between the segment before and this one: blanks, a byte order mark, a service string
    /// advice.
    pub fn gap_len(&self) -> usize {
        self.gap.len
    }

    /// How many bytes the segment takes of the input, with the gap before it and its terminator: those of all segments
    /// and what trails them make up the input.
    pub fn len_with_gap(&self) -> usize {
        self.gap.len + self.raw().len() + usize::from(self.terminated)
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
        self.raw().is_empty()
    }

    /// Whether there is nothing, or nothing but release characters that release nothing, and blanks.
    pub(crate) fn is_blank(&self) -> bool {
        let advice = self.bytes.advice;
        self.is_empty()
            || (self.marks.len() == 1 && super::resolved(self.raw(), advice).all(|byte| advice.is_blank(byte)))
    }

    /// The service characters in force.
    pub fn service_string_advice(&self) -> ServiceStringAdvice {
        self.bytes.advice
    }

    #[inline]
    pub(crate) fn offset(&self) -> u64 {
        self.bytes.offset + self.start as u64
    }

    /// The first component of element 1, if the segment has one.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a position that marks can tell")]
    pub(crate) fn first_of_element_1(&self) -> Option<Part<'_, 'a>> {
        let (marks, start) = self.behind_elements(1)?;
        Some(Part { segment: self, start: start as u32, mark: *marks.first()? })
    }

    /// The components with their places, the tag as component 1 of element 0.
    #[inline]
    pub(crate) fn cursor(&self) -> Cursor<'_, 'a> {
        Cursor { segment: self, at: 0, start: self.first_start(), place: ComponentPlace::new(0, 1) }
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "a position that marks can tell")]
    fn first_start(&self) -> u32 {
        self.start as u32
    }

    /// The components from `first` to `last` in wire form with the service characters of level A.
    pub(crate) fn wire_between(&self, first: &Part<'_, 'a>, last: &Part<'_, 'a>) -> Text<'a> {
        self.wire_text(self.bytes.input.slice(first.range().start..last.range().end), false)
    }

    /// The whole segment in wire form with the service characters of level A, and what may be repetitions as it came.
    pub(crate) fn to_raw(self) -> RawSegment<'a> {
        let input = self.bytes.input;
        let wire = self.wire_text(input.slice(self.start..input.bytes().len()), true);
        let blank = |character: char| u8::try_from(character).is_ok_and(|byte| self.bytes.advice.is_blank(byte));
        let trimmed = wire.trim_start_matches(blank);
        if trimmed.len() < wire.len() {
            RawSegment::from_wire(String::from(trimmed))
        } else {
            RawSegment::from_wire(wire)
        }
    }

    /// The segment as wire text of level A, if it is that already and holds no release character.
    #[inline]
    pub(crate) fn canonical_raw(&self) -> Option<&'a str> {
        let text = self.bytes.input.text().filter(|_| self.bytes.advice.is_level_a())?.get(self.start..)?;
        let begins_blank = text.as_bytes().first().is_none_or(|byte| matches!(byte, b'\r' | b'\n' | b' ' | b'\t'));
        (!begins_blank && !super::holds_release(text.as_bytes())).then_some(text)
    }

    /// A part in the service characters of level A; what may be a repetition separator stays one if
    /// `keeps_repetitions`, or becomes text.
    fn wire_text(&self, part: Input<'a>, keeps_repetitions: bool) -> Text<'a> {
        let (advice, level_a) = (self.bytes.advice, ServiceStringAdvice::LEVEL_A);
        let own = if keeps_repetitions { level_a.repeating() } else { level_a };
        if let Some(text) = part.text().filter(|_| advice.is_level_a())
            && is_canonical(part.bytes(), own, |_| false)
        {
            return Text::from(text);
        }
        let mut wire = String::with_capacity(part.bytes().len());
        let mut bytes = part.bytes().iter().copied();
        while let Some(byte) = bytes.next() {
            let separator = [
                (advice.component_separator(), level_a.component_separator()),
                (advice.element_separator(), level_a.element_separator()),
            ];
            if let Some((_, translated)) = separator.iter().find(|(own, _)| *own == byte) {
                wire.push(char::from(*translated));
                continue;
            }
            let released = Some(byte) == advice.release();
            let data = if released { bytes.next() } else { Some(byte) };
            let translate = |data| {
                if keeps_repetitions {
                    return advice.translated(data, released, level_a);
                }
                Some((data, level_a.is_service(data)))
            };
            let translated = data.and_then(translate);
            if let Some((data, released)) = translated {
                wire.extend(released.then_some('?'));
                wire.push(char::from(data));
            }
        }
        Text::from(wire)
    }
}

/// A release character before a line break releases nothing; the break then separates segments.
#[cold]
fn released_tag(raw: &[u8], advice: ServiceStringAdvice) -> Option<SegmentTag> {
    let mut bytes = super::resolved(raw, advice).skip_while(|byte| advice.is_blank(*byte));
    let tag = [bytes.next()?, bytes.next()?, bytes.next()?];
    SegmentTag::parse(&tag).filter(|_| bytes.next().is_none())
}

/// A place in a segment: element and component in one number, so that places are compared at once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ComponentPlace(u32);

impl ComponentPlace {
    /// Behind every place.
    const END: Self = Self(u32::MAX);

    #[inline]
    pub(crate) const fn new(element: u16, component: u16) -> Self {
        Self(((element as u32) << 16) | component as u32)
    }

    #[inline]
    pub(crate) fn element(self) -> u16 {
        (self.0 >> 16) as u16
    }

    #[inline]
    pub(crate) fn component(self) -> u16 {
        (self.0 & 0xFFFF) as u16
    }

    /// The place behind a component here, given what ends it. Places that are too high to count stay the same.
    #[inline]
    fn after(self, end: Ending) -> Self {
        match end {
            Ending::Component if self.component() < u16::MAX => Self(self.0 + 1),
            Ending::Component => self,
            Ending::Element => Self::new(self.element().saturating_add(1), 1),
            Ending::Segment => Self::END,
        }
    }
}

/// A lazy view of a component, made of its segment and its marks: small enough to be passed in registers.
#[derive(Clone, Copy)]
pub(crate) struct Part<'s, 'a> {
    segment: &'s Segment<'s, 'a>,
    /// Where it begins, counting from the origin of the marks.
    start: u32,
    mark: Mark,
}

impl<'a> Part<'_, 'a> {
    #[inline]
    fn start(&self) -> usize {
        self.start as usize
    }

    /// The component as a value of its own.
    #[inline]
    pub(crate) fn component(&self) -> Component<'a> {
        self.segment.bytes.component(self.start(), self.mark)
    }

    #[inline]
    fn range(&self) -> Range<usize> {
        self.start()..self.mark.position()
    }

    /// The text, release characters resolved.
    #[inline]
    pub(crate) fn text(&self) -> Text<'a> {
        match self.segment.bytes.input {
            Input::Text(text) if !self.mark.released() => Text::from(&text[self.range()]),
            _ => self.changed_text(),
        }
    }

    #[cold]
    fn changed_text(&self) -> Text<'a> {
        self.component().text()
    }

    /// The bytes as they stand in the input, release characters included.
    #[inline]
    pub(crate) fn raw(&self) -> &'a [u8] {
        &self.segment.bytes.input.bytes()[self.range()]
    }

    /// Whether there is no text: nothing stands here, or a release character that releases nothing.
    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.start() == self.mark.position() || (self.mark.released() && self.resolved().next().is_none())
    }

    /// Whether the text is this.
    #[inline]
    pub(crate) fn is(&self, text: &str) -> bool {
        self.raw() == text.as_bytes() || (self.mark.released() && self.resolved().eq(text.bytes()))
    }

    /// The bytes of the text, release characters resolved, without allocating.
    pub(crate) fn resolved(&self) -> impl Iterator<Item = u8> + 'a {
        super::resolved(self.raw(), self.segment.bytes.advice)
    }

    /// Where it stands in the input.
    pub(crate) fn span(&self) -> Range<u64> {
        self.component().span()
    }

    #[inline]
    pub(crate) fn offset(&self) -> u64 {
        self.segment.bytes.offset + self.start() as u64
    }

    /// Whether a release character stands in it.
    #[inline]
    pub(crate) fn has_release(&self) -> bool {
        self.mark.released()
    }

    pub(crate) fn service_string_advice(&self) -> ServiceStringAdvice {
        self.segment.bytes.advice
    }
}

/// Walks over the components of a segment once, counting.
#[derive(Clone)]
pub(crate) struct Cursor<'s, 'a> {
    segment: &'s Segment<'s, 'a>,
    /// The mark of the next component.
    at: usize,
    /// Where it begins, counting from the origin of the marks.
    start: u32,
    place: ComponentPlace,
}

impl<'s, 'a> Cursor<'s, 'a> {
    /// The segment that is walked over.
    #[inline]
    pub(crate) fn segment(&self) -> &'s Segment<'s, 'a> {
        self.segment
    }

    /// Where the next component stands.
    #[inline]
    pub(crate) fn place(&self) -> ComponentPlace {
        self.place
    }

    /// Passes the tag, and the first component of element 1 if that is the next.
    #[inline]
    pub(crate) fn pass_qualifier(&mut self) {
        self.step();
        if self.place == ComponentPlace::new(1, 1) {
            self.step();
        }
    }

    /// The next component, without passing it.
    #[inline]
    pub(crate) fn peek(&self) -> Option<Placed<'s, 'a>> {
        self.clone().next()
    }

    /// The next component, and what ends it.
    #[inline]
    pub(crate) fn step(&mut self) -> Option<(Part<'s, 'a>, Ending)> {
        let mark = *self.segment.marks.get(self.at)?;
        crate::cost::count(1);
        let part = Part { segment: self.segment, start: self.start, mark };
        self.at += 1;
        self.start = mark.next();
        let end = if !self.segment.bytes.ends_element(mark) {
            Ending::Component
        } else if self.at < self.segment.marks.len() {
            Ending::Element
        } else {
            Ending::Segment
        };
        self.place = self.place.after(end);
        Some((part, end))
    }
}

/// A component and its place.
#[derive(Clone, Copy)]
pub(crate) struct Placed<'s, 'a> {
    pub(crate) element: u16,
    pub(crate) component: u16,
    pub(crate) content: Part<'s, 'a>,
}

impl<'s, 'a> Iterator for Cursor<'s, 'a> {
    type Item = Placed<'s, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let place = self.place;
        let (content, _) = self.step()?;
        Some(Placed { element: place.element(), component: place.component(), content })
    }
}

/// The data elements of a segment, in order.
#[derive(Clone)]
pub struct DataElements<'r, 'a> {
    bytes: SegmentBytes<'a>,
    /// From the first mark of the next element on.
    marks: &'r [Mark],
    /// Where that element begins.
    start: usize,
}

impl<'r, 'a> Iterator for DataElements<'r, 'a> {
    type Item = DataElement<'r, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let mut rest = self.marks.iter();
        let last = rest.find(|mark| {
            crate::cost::count(1);
            self.bytes.ends_element(**mark)
        })?;
        let element = DataElement { bytes: self.bytes, marks: self.marks, start: self.start };
        (self.marks, self.start) = (rest.as_slice(), last.position() + 1);
        Some(element)
    }
}

/// One data element: its components.
///
/// Wire form: `HOLLY COTTAGE:12 LONG LANE` between two `+`. An element of one component is a simple data element in
/// the words of ISO 9735, one of several a composite.
#[derive(Clone, Copy)]
pub struct DataElement<'r, 'a> {
    bytes: SegmentBytes<'a>,
    /// From its first mark on; none if the segment ends before it.
    marks: &'r [Mark],
    start: usize,
}

impl<'r, 'a> DataElement<'r, 'a> {
    /// The components, in order; none if the segment ends before this element.
    #[inline]
    pub fn components(&self) -> Components<'r, 'a> {
        Components { bytes: self.bytes, marks: self.marks, start: self.start }
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
    bytes: SegmentBytes<'a>,
    /// From the mark of the next component on; none behind the last.
    marks: &'r [Mark],
    start: usize,
}

impl<'a> Iterator for Components<'_, 'a> {
    type Item = Component<'a>;

    #[inline]
    fn next(&mut self) -> Option<Component<'a>> {
        let (mark, rest) = self.marks.split_first()?;
        crate::cost::count(1);
        let component = self.bytes.component(self.start, *mark);
        self.marks = if component.ends_element { &[] } else { rest };
        self.start = mark.position() + 1;
        Some(component)
    }
}

/// The components of a segment, in order.
#[derive(Clone)]
pub struct SegmentComponents<'r, 'a> {
    bytes: SegmentBytes<'a>,
    /// From the mark of the next component on.
    marks: slice::Iter<'r, Mark>,
    start: usize,
}

impl<'a> Iterator for SegmentComponents<'_, 'a> {
    type Item = Component<'a>;

    #[inline]
    fn next(&mut self) -> Option<Component<'a>> {
        let mark = *self.marks.next()?;
        crate::cost::count(1);
        let component = self.bytes.component(self.start, mark);
        self.start = mark.position() + 1;
        Some(component)
    }
}

/// One component.
#[derive(Clone, Copy)]
pub struct Component<'a> {
    input: Input<'a>,
    released: bool,
    ends_element: bool,
    advice: ServiceStringAdvice,
    offset: u64,
}

impl<'a> Component<'a> {
    #[inline]
    pub(super) fn new(
        input: Input<'a>,
        released: bool,
        ends_element: bool,
        advice: ServiceStringAdvice,
        offset: u64,
    ) -> Self {
        Self { input, released, ends_element, advice, offset }
    }

    /// The text, release characters resolved; borrowed from the input where there are none and all is 7-bit.
    #[inline]
    pub fn text(&self) -> Text<'a> {
        Text::resolve(self.input.bytes(), self.input.text(), self.released, self.advice)
    }

    /// The bytes as they stand in the input, release characters included.
    #[inline]
    pub fn raw(&self) -> &'a [u8] {
        self.input.bytes()
    }

    /// The bytes of the text, release characters resolved; borrowed from the input where there are none.
    ///
    /// ```
    /// use nhais_edifact::syntax::SegmentReader;
    ///
    /// let mut reader = SegmentReader::new(b"FTX+AAI+++O?'DELL'");
    /// let segment = reader.next_segment()?.unwrap();
    /// assert_eq!(*segment.component(4, 1).unwrap().bytes(), *b"O'DELL");
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn bytes(&self) -> Cow<'a, [u8]> {
        if self.released { Cow::Owned(self.resolved().collect()) } else { Cow::Borrowed(self.raw()) }
    }

    /// Whether there is no text: nothing stands here, or a release character that releases nothing.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.input.bytes().is_empty() || (self.released && self.resolved().next().is_none())
    }

    /// The bytes of the text, release characters resolved, without allocating.
    pub(crate) fn resolved(&self) -> impl Iterator<Item = u8> + 'a {
        super::resolved(self.input.bytes(), self.advice)
    }

    /// Whether its data element ends with it.
    #[inline]
    pub fn ends_element(&self) -> bool {
        self.ends_element
    }

    /// Where the component stands in the input.
    #[inline]
    pub fn span(&self) -> Range<u64> {
        self.offset..self.offset + self.input.bytes().len() as u64
    }

    #[inline]
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }
}
