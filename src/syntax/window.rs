//! A window on the input in which all is known to be text.

/// A window on a slice, which moves on with what is read.
pub(crate) struct TextWindow<'a> {
    input: &'a [u8],
    text: &'a str,
    /// Where it begins.
    start: usize,
    /// What stands behind it is no text, or nothing.
    is_last: bool,
}

impl<'a> TextWindow<'a> {
    /// It is no longer.
    const LEN: usize = 32_768;

    /// Less of it is not enough to read from, if it can be moved.
    const ENOUGH: usize = 4_096;

    pub(crate) fn new(input: &'a [u8]) -> Self {
        Self { input, text: "", start: 0, is_last: false }
    }

    /// What is known to be text from a place on, which is nothing if no text begins there. Places ascend.
    #[inline]
    pub(crate) fn text_from(&mut self, at: usize) -> &'a str {
        let is_enough = self.start + self.text.len() >= at + if self.is_last { 1 } else { Self::ENOUGH };
        if !is_enough || at < self.start {
            self.move_to(at);
        }
        self.text.get(at - self.start..).unwrap_or_default()
    }

    #[inline(never)]
    fn move_to(&mut self, at: usize) {
        let rest = self.input.get(at..).unwrap_or_default();
        let bytes = rest.get(..Self::LEN).unwrap_or(rest);
        crate::work::note(bytes.len());
        (self.text, self.is_last) = match core::str::from_utf8(bytes) {
            Ok(text) => (text, bytes.len() == rest.len()),
            // A character that the window cuts is one for the next.
            Err(error) => (text_before(bytes, error.valid_up_to()), error.error_len().is_some()),
        };
        self.start = at;
    }
}

/// The first bytes, which were found to be text.
fn text_before(bytes: &[u8], end: usize) -> &str {
    bytes.get(..end).and_then(|text| core::str::from_utf8(text).ok()).unwrap_or_default()
}
