//! Encodings: how bytes become characters.

use alloc::borrow::Cow;
use alloc::string::String;

use super::{Component, Segment, SegmentTag, Text};

/// The encoding of an interchange, which the syntax identifier in UNB declares.
///
/// [`Component::text`] decodes each byte as ISO 8859-1, whatever is declared, so that nothing is lost. NHAIS uses
/// `UNOA`, for which both encodings give the same. Source: ISO 9735, data element 0001.
///
/// ```
/// use nhais_edifact::syntax::{CharacterEncoding, SegmentReader, SegmentWriter};
///
/// let mut written = Vec::new();
/// let name = CharacterEncoding::Utf8.to_written("Müller Ω");
/// SegmentWriter::new(&mut written).write("UNB", &[&["UNOY", "4"]])?.write("NAD", &[&["BY"], &[&name]])?;
///
/// let mut reader = SegmentReader::new(&written);
/// let encoding = CharacterEncoding::declared_by(&reader.next_segment()?.unwrap());
/// let segment = reader.next_segment()?.unwrap();
/// assert_eq!(encoding.text(&segment.component(2, 1).unwrap()), "Müller Ω");
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum CharacterEncoding {
    /// Each byte is a character of ISO 8859-1.
    #[default]
    Latin1,
    /// UTF-8.
    Utf8,
}

impl CharacterEncoding {
    /// The encoding that a UNB declares: UTF-8 with `UNOY` and `UNOW`.
    pub fn declared_by(header: &Segment<'_, '_>) -> Self {
        let is_header = header.tag() == Some(const { SegmentTag::new("UNB") });
        if is_header && matches!(&*header.text(1, 1), "UNOY" | "UNOW") { Self::Utf8 } else { Self::Latin1 }
    }

    /// The text of a component; what is not valid UTF-8 is decoded as ISO 8859-1 all the same.
    pub fn text<'a>(self, component: &Component<'a>) -> Text<'a> {
        let valid = match component.bytes() {
            _ if self == Self::Latin1 => None,
            Cow::Borrowed(bytes) => core::str::from_utf8(bytes).ok().map(Text::from),
            Cow::Owned(bytes) => String::from_utf8(bytes).ok().map(Text::from),
        };
        valid.unwrap_or_else(|| component.text())
    }

    /// Prepares a text for [`SegmentWriter`](super::SegmentWriter), which writes each character as one byte.
    pub fn to_written(self, text: &str) -> Text<'_> {
        if self == Self::Latin1 || text.is_ascii() {
            return text.into();
        }
        text.bytes().map(char::from).collect::<String>().into()
    }
}
