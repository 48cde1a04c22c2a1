//! A source of choices: models are generated from bytes.

/// Bytes that choose what is generated: each choice takes one or a few of them.
///
/// Where the bytes end, every choice is the first: the shortest text, the item left out. So fewer and smaller bytes
/// give a simpler model, and whatever shrinks bytes shrinks models. Every slice of bytes gives something valid.
///
/// ```
/// use nhais_edifact::WriteOptions;
/// use nhais_edifact::generate::{ByteSource, interchange};
///
/// let made = interchange(&mut ByteSource::new(b"any bytes at all"));
/// assert!(made.encode(&WriteOptions::default()).is_ok());
/// assert_eq!(made, interchange(&mut ByteSource::new(b"any bytes at all")));
/// ```
#[derive(Debug, Clone)]
pub struct ByteSource<'c> {
    bytes: &'c [u8],
    taken: usize,
    as_received: bool,
    /// Whether what is generated may read as something else, once that was chosen.
    misleads: Option<bool>,
}

impl<'c> ByteSource<'c> {
    /// Generates what may be sent.
    pub fn new(bytes: &'c [u8]) -> Self {
        Self { bytes, taken: 0, as_received: false, misleads: None }
    }

    /// Generates models that may arrive but may not be sent: items missing, obsolete or of unknown codes, dates that do
    /// not exist, characters beyond level A. They can be written [`as_received`](crate::WriteOptions::as_received); but
    /// one model of four may hold a value that would be read back as something else, such as a new title `%`, and then
    /// be refused.
    #[must_use]
    pub fn as_received(mut self, as_received: bool) -> Self {
        self.as_received = as_received;
        self
    }

    /// How many bytes were used.
    pub fn taken(&self) -> usize {
        self.taken
    }

    pub(crate) fn may_deviate(&self) -> bool {
        self.as_received
    }

    /// Whether to deviate, which is so once in `times` if deviations are asked for.
    pub(crate) fn deviates(&mut self, times: usize) -> bool {
        self.as_received && self.below(times) == times - 1
    }

    /// Whether to generate what would be read back as something else, once in `times` in those models that may hold it.
    pub(crate) fn misleads(&mut self, times: usize) -> bool {
        if !self.as_received {
            return false;
        }
        let misleads = match self.misleads {
            Some(misleads) => misleads,
            None => {
                let misleads = self.below(4) == 3;
                *self.misleads.insert(misleads)
            }
        };
        misleads && self.below(times) == times - 1
    }

    /// A number below `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let mut number = 0;
        let mut reach = 1;
        while reach < count {
            number = (number << 8) | usize::from(self.byte());
            reach = reach.saturating_mul(256);
        }
        number % count.max(1)
    }

    /// Whether an optional item is present.
    pub(crate) fn coin(&mut self) -> bool {
        self.below(2) == 1
    }

    /// One of `all`, the first if the bytes are used up.
    pub(crate) fn one_of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }

    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.taken).copied();
        self.taken += usize::from(byte.is_some());
        byte.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_everything_where_bytes_end() {
        let mut source = ByteSource::new(&[]);
        assert_eq!((source.below(3), source.below(70_000), source.coin(), source.taken()), (0, 0, false, 0));
    }

    #[test]
    fn every_number_below_a_count_is_reached() {
        let mut seen = [false; 300];
        for byte in 0..=u16::MAX {
            seen[ByteSource::new(&byte.to_be_bytes()).below(300)] = true;
        }
        assert!(seen.iter().all(|seen| *seen));
    }
}
