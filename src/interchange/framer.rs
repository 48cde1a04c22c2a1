//! Framing: finds where units end, from the keys of segments alone, before they are read.

use super::units::{Heading, MIS, MessageKind, NUMBER, Passed, RIS, TRIGGER, UNB, UNH, UNT, UNZ};
use crate::segment::receipt::Nhs;
use crate::segment::registration::Rff950;
use crate::syntax::Segment;
use crate::table::{Key, Table, Unit};

/// The state of the framer: which units may follow.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Open {
    Nothing,
    Heading(MessageKind),
    Transactions,
    Lines,
}

/// A state machine that finds where units end.
pub(super) struct Framer {
    /// Between UNB and UNZ.
    inside: bool,
    /// How many interchanges were begun.
    interchanges: u32,
    open: Open,
    /// The message kind of the last heading.
    heading: MessageKind,
    /// The open heading has a segment NHS.
    parties: bool,
    /// Whether the first RFF+950 of the open heading has a value; `None` without one.
    typed: Option<bool>,
}

impl Framer {
    pub(super) fn new() -> Self {
        Self {
            inside: false,
            interchanges: 0,
            open: Open::Nothing,
            heading: MessageKind::Other,
            parties: false,
            typed: None,
        }
    }

    /// Whether a segment begins a unit, given the unit before it; changes the state by it.
    #[inline]
    pub(super) fn begins_unit<'r, 'a: 'r>(
        &mut self,
        segment: impl FnOnce() -> Segment<'r, 'a>,
        key: Key,
        before: &Unit,
    ) -> bool {
        if key.is_of_service_segment() && matches!(key, UNB | UNZ | UNH | UNT) {
            self.end();
            (self.parties, self.typed) = (false, None);
            self.inside = key == UNB || (self.inside && key != UNZ);
            self.interchanges = self.interchanges.saturating_add(u32::from(key == UNB));
            let opens = key == UNH && self.inside;
            self.open = if opens { Open::Heading(kind_of(&segment())) } else { Open::Nothing };
            return true;
        }
        match self.open {
            Open::Transactions => ends_transaction(key, before),
            Open::Nothing | Open::Lines => true,
            Open::Heading(kind) => {
                let ends = self.ends_heading(kind, key);
                self.note(segment, key);
                ends
            }
        }
    }

    /// Records what distinguishes the heading of a registration from that of a receipt.
    fn note<'r, 'a: 'r>(&mut self, segment: impl FnOnce() -> Segment<'r, 'a>, key: Key) {
        self.parties |= key == Nhs::LAYOUT.key;
        if key == Rff950::LAYOUT.key && self.typed.is_none() {
            self.typed = Some(segment().component(1, 2).is_some_and(|code| !code.is_empty()));
        }
    }

    /// Records a unit that the fast path has read.
    #[inline]
    pub(super) fn pass(&mut self, passed: Passed) {
        (self.parties, self.typed) = (false, None);
        self.inside = passed != Passed::InterchangeTrailer;
        self.interchanges = self.interchanges.saturating_add(u32::from(passed == Passed::InterchangeHeader));
        match passed {
            Passed::InMessage => (self.heading, self.open) = (MessageKind::Registration, Open::Transactions),
            Passed::InReceipt => (self.heading, self.open) = (MessageKind::Receipt, Open::Lines),
            Passed::InterchangeHeader | Passed::MessageTrailer | Passed::InterchangeTrailer => {
                self.open = Open::Nothing;
            }
        }
    }

    fn ends_heading(&mut self, announced: MessageKind, key: Key) -> bool {
        let begins_transaction = matches!(key, TRIGGER | NUMBER);
        let kind = match announced {
            // A receipt has no transactions (wire.md#s-6-2).
            MessageKind::Registration if begins_transaction => MessageKind::Registration,
            announced => self.settled(announced),
        };
        self.open = match kind {
            MessageKind::Other => Open::Lines,
            MessageKind::Receipt if matches!(key, MIS | RIS) => Open::Lines,
            MessageKind::Registration if begins_transaction => Open::Transactions,
            _ => return false,
        };
        self.heading = kind;
        true
    }

    /// A heading ends with its message, or with the input.
    pub(super) fn end(&mut self) {
        if let Open::Heading(announced) = self.open {
            self.heading = self.settled(announced);
        }
    }

    /// The kind of message by its heading: one that is called a registration, but has NHS and no transaction type, is a
    /// receipt (wire.md#row-18 and wire.md#row-53).
    fn settled(&self, announced: MessageKind) -> MessageKind {
        match announced {
            MessageKind::Registration if self.parties && self.typed != Some(true) => MessageKind::Receipt,
            kind => kind,
        }
    }

    /// The last heading that ended.
    pub(super) fn heading(&self) -> Heading {
        Heading { kind: self.heading, has_body: matches!(self.open, Open::Transactions | Open::Lines) }
    }

    /// The number of the interchange that was begun last, or that a segment with this key begins.
    pub(super) fn interchange(&self, key: Option<Key>) -> Option<u32> {
        Some(self.interchanges.saturating_add(u32::from(key == Some(UNB)))).filter(|number| *number > 0)
    }

    /// Whether UNB was seen, and UNZ not yet.
    pub(super) fn is_inside(&self) -> bool {
        self.inside
    }

    /// Whether the last unit is complete without lookahead at the next segment.
    pub(super) fn is_closed(&self, first: Option<Key>) -> bool {
        match self.open {
            Open::Nothing | Open::Lines => true,
            Open::Heading(_) | Open::Transactions => {
                first.is_some_and(|first| first.is_of_service_segment() && matches!(first, UNB | UNZ | UNT))
            }
        }
    }
}

/// The kind of message that UNH announces.
fn kind_of(header: &Segment<'_, '_>) -> MessageKind {
    match header.component(2, 1).map(|component| component.text()).as_deref() {
        Some("FHSREG") => MessageKind::Registration,
        Some("RECEP") => MessageKind::Receipt,
        _ => MessageKind::Other,
    }
}

/// Whether a segment begins another transaction: S01 does, unless this one has nothing but its number; a number does,
/// if this one has a number.
#[inline]
fn ends_transaction(key: Key, before: &Unit) -> bool {
    match key {
        TRIGGER => !(before.len() == 1 && before.key(0) == Some(NUMBER)),
        NUMBER => before.has(NUMBER),
        _ => false,
    }
}
