//! Places of free text: how much they hold, and how a text is wrapped into their lines.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::ErrorKind;
use crate::segment::address::NadPer;
use crate::segment::registration::FtxRgi;
use crate::syntax::TextLines;
use crate::table::Row;

/// A place of free text: how many lines it holds, and how many characters a line.
///
/// Wire form: the components of an element, `FTX+RGI+++MOVED AWAY'` or `NAD+PER++HORSFORTH:LEEDS'`. Source:
/// [facts 4.2](crate::reference::wire#s-4-2) and [4.7](crate::reference::wire#s-4-7).
///
/// ```
/// use nhais_edifact::transaction::TextPlace;
///
/// let lines = TextPlace::PREVIOUS_ADDRESS.wrap("THE OLD SCHOOL HOUSE\n12 A RATHER LONG NAME OF A LANE, EASTPOOL")?;
/// assert_eq!(lines.to_text(), "THE OLD SCHOOL HOUSE\n12 A RATHER LONG NAME OF A LANE,\nEASTPOOL");
/// assert!(TextPlace::NOTES.wrap(&"TOO LONG ".repeat(8)).is_err());
/// # Ok::<(), nhais_edifact::ErrorKind>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextPlace {
    width: usize,
    lines: usize,
}

impl TextPlace {
    /// The notes of a GP or an HA, `FTX+RGI`: one line of 70.
    pub const NOTES: Self = Self::of(FtxRgi::TEXT);

    /// As [`NOTES`](Self::NOTES), with all five lines of the element; never chosen by default, since no samples have
    /// them. Strict writing refuses more than one line.
    pub const LONG_NOTES: Self = Self { lines: TextLines::MAX, ..Self::NOTES };

    /// The previous address, `NAD+PER`: five lines of 35.
    pub const PREVIOUS_ADDRESS: Self = Self::of(NadPer::LINES);

    const fn of(row: &Row) -> Self {
        Self { width: row.format.limit(), lines: row.format.lines() }
    }

    /// How many characters a line holds.
    pub fn width(self) -> usize {
        self.width
    }

    /// How many lines it holds.
    pub fn lines(self) -> usize {
        self.lines
    }

    /// Wraps a text into lines, between words if possible; a line break begins a new line, and no line is blank.
    ///
    /// # Errors
    ///
    /// [`EmptyValue`](ErrorKind::EmptyValue) if the text is blank, [`SeveralLines`](ErrorKind::SeveralLines) if it
    /// needs more lines than there are.
    pub fn wrap(self, text: &str) -> Result<TextLines<'static>, ErrorKind> {
        let mut lines: Vec<String> = Vec::new();
        for paragraph in text.lines() {
            self.wrap_paragraph(paragraph, &mut lines);
        }
        match lines.len() {
            0 => Err(ErrorKind::EmptyValue { expected: "a text" }),
            count if count > self.lines => Err(ErrorKind::SeveralLines { limit: self.lines, lines: count }),
            _ => Ok(lines.into_iter().collect()),
        }
    }

    fn wrap_paragraph(self, paragraph: &str, lines: &mut Vec<String>) {
        // How many characters the last line has; a full line, so that a paragraph begins a new one.
        let mut filled = self.width;
        for mut word in paragraph.split([' ', '\t']).filter(|word| !word.is_empty()) {
            let mut length = word.chars().count();
            if let Some(line) = lines.last_mut().filter(|_| filled + 1 + length <= self.width) {
                line.push(' ');
                line.push_str(word);
                filled += 1 + length;
                continue;
            }
            // A word longer than a line is split.
            while length > self.width {
                let (line, rest) = word.split_at(word.char_indices().nth(self.width).map_or(word.len(), |(at, _)| at));
                lines.push(line.into());
                (word, length) = (rest, length - self.width);
            }
            lines.push(word.into());
            filled = length;
        }
    }
}
