//! Segments and their rows.

use core::fmt;

use crate::segment::ALL;
use crate::syntax;
use crate::table::{Format, Key, Layout, Row as TableRow};

/// Every segment of the format. Some tags have several tables: UNH and BGM by message type, GIS by meaning.
pub fn segments() -> impl Iterator<Item = Segment> {
    ALL.iter().map(|layout| Segment(layout))
}

/// A segment: which value stands where.
///
/// ```
/// use nhais_edifact::reference::Segment;
/// use nhais_edifact::syntax::SegmentReader;
///
/// let mut reader = SegmentReader::new(b"PDI+1'");
/// let wire = reader.next_segment()?.unwrap();
/// let segment = Segment::of(&wire).unwrap();
/// assert_eq!(segment.meaning(), "The patient's sex.");
/// assert_eq!(segment.at(1, 1).unwrap().name(), "the sex");
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Segment(pub(super) &'static Layout);

impl Segment {
    /// The table of a segment of an interchange, found by its tag and qualifier, and by its constants where a tag has
    /// several tables; `None` if it is not part of the format.
    pub fn of(wire: &syntax::Segment<'_, '_>) -> Option<Self> {
        let key = Key::of(wire);
        let fits = |row: &&TableRow| row.of(wire).is_some_and(|component| component.text() == row.name);
        let constants = |layout: &&&Layout| {
            let constants = layout.rows.iter().filter(|row| row.format == Format::Constant);
            let (all, fitting) = (constants.clone().count(), constants.filter(fits).count());
            (core::cmp::Reverse(all - fitting), fitting)
        };
        ALL.iter().filter(|layout| layout.key == key).max_by_key(constants).map(|layout| Self(layout))
    }

    /// Tag and qualifier, `NAD+GP`.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// The tag, `NAD`.
    pub fn tag(&self) -> &'static str {
        self.0.name.split('+').next().unwrap_or_default()
    }

    /// The qualifier, `GP`, which is the first component behind the tag; not all segments have one.
    pub fn qualifier(&self) -> Option<&'static str> {
        Some(self.0.qualifier()).filter(|qualifier| !qualifier.is_empty())
    }

    /// What it is for.
    pub fn meaning(&self) -> &'static str {
        self.0.meaning.trim()
    }

    /// The rows, in order; the qualifier is not one of them.
    pub fn rows(&self) -> impl Iterator<Item = Row> + use<> {
        self.0.rows.iter().map(Row)
    }

    /// The row that a component belongs to, if it has one.
    pub fn at(&self, element: u16, component: u16) -> Option<Row> {
        self.rows().find(|row| row.covers(element, component))
    }
}

impl PartialEq for Segment {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.rows().eq(other.rows())
    }
}

impl Eq for Segment {}

/// A place in a segment, and the value that stands there.
///
/// ```
/// use nhais_edifact::reference;
///
/// let born = reference::segments().find(|segment| segment.name() == "DTM+329").unwrap().at(1, 2).unwrap();
/// assert_eq!(born.name(), "the date of birth");
/// assert_eq!((born.format().to_string().as_str(), born.qualifier()), ("CCYYMMDD", Some("102")));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Row(pub(super) &'static TableRow);

impl Row {
    /// The segment by its name.
    pub fn segment(&self) -> &'static str {
        self.0.segment
    }

    /// The data element, counting from 1.
    pub fn element(&self) -> u16 {
        self.0.element
    }

    /// The component of the element, counting from 1.
    pub fn component(&self) -> u16 {
        self.0.component
    }

    /// The name of the value; of a constant, the constant.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// The constant, if it is one.
    pub fn constant(&self) -> Option<&'static str> {
        (self.0.format == Format::Constant).then_some(self.0.name)
    }

    /// The qualifier in the next component: the format of a date, or which identification a number is.
    pub fn qualifier(&self) -> Option<&'static str> {
        match self.0.format {
            Format::Date(qualifier) | Format::DateTime(qualifier) | Format::Qualified(_, qualifier) => Some(qualifier),
            _ => None,
        }
    }

    /// The format in the notation of ISO 9735 or, of dates, by their digits; of a constant, the constant.
    pub fn format(&self) -> impl fmt::Display + use<> {
        Notation(self.0)
    }

    /// How many characters the value may have.
    pub fn limit(&self) -> Option<usize> {
        Some(self.0.format.limit()).filter(|limit| *limit < usize::MAX)
    }

    /// The length of the longest value in samples, if that is less.
    pub fn longest_seen(&self) -> Option<usize> {
        Some(self.0.format.longest_seen()).filter(|seen| Some(*seen) < self.limit())
    }

    /// Whether a component belongs to it: its own, that of its qualifier, further lines.
    fn covers(&self, element: u16, component: u16) -> bool {
        let more = match self.0.format {
            Format::Date(_) | Format::DateTime(_) | Format::Qualified(..) | Format::Pair(..) => 1,
            Format::Lines(..) | Format::FilledLines(_) => u16::MAX,
            _ => 0,
        };
        let until = self.component().saturating_add(more);
        element == self.element() && (self.component()..=until).contains(&component)
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        let place = |row: &Self| (row.segment(), row.element(), row.component(), row.name());
        place(self) == place(other)
    }
}

impl Eq for Row {}

/// Shows the format of a row.
struct Notation(&'static TableRow);

impl fmt::Display for Notation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.format {
            Format::An(limit) | Format::Seen(limit, _) | Format::Qualified(limit, _) => write!(f, "an..{limit}"),
            Format::N(limit) => write!(f, "n..{limit}"),
            Format::Date(_) => f.write_str("CCYYMMDD"),
            Format::DateTime(_) => f.write_str("CCYYMMDDHHMM"),
            Format::Lines(limit, _) => write!(f, "an..{limit}, further lines in further components"),
            Format::FilledLines(limit) => write!(f, "an..{limit}, up to {} components", self.0.format.lines()),
            Format::Pair(first, second) => write!(f, "n{first}, and n{second} in the next component"),
            Format::Constant => write!(f, "`{}`", self.0.name),
        }
    }
}
