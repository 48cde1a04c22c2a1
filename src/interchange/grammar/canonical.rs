//! Fast path of the grammar: reads a canonical unit from where it begins, without framing and buffering its segments.
//!
//! Invariant: the state and the events are those that [`Grammar::read`] gives. The state changes only when nothing is
//! left to report; otherwise the unit falls back to the general path.

use super::{Grammar, State};
use crate::interchange::event::{Event, RegistrationHeader};
use crate::interchange::trailer::TrailerUnit;
use crate::interchange::units::{MessageKind, Passed};
use crate::issue::IssueSink;
use crate::options::{Limits, ReadOptions};
use crate::receipt::{InterchangeReceipt, MessageReceipt, RecepHeader};
use crate::segment::receipt::{RffMis, RffRis};
use crate::segment::registration::{RffTn, S01};
use crate::segment::service::{InterchangeHeader, Trailer, Unb, UnhRegistration, Unt, Unz};
use crate::syntax::TextCursor;
use crate::table::{CanonicalUnit, FallbackReader, Group, Layout, Position, Table, read_canonical};
use crate::transaction::{OtherTransaction, Transaction, Transactions};
use crate::value::{ControlReference, Count};

/// How many delimiters a short segment has at most.
const SEGMENT: usize = 4;

impl Limits {
    /// The longest unit of the fast path: such units keep to all limits, so these need no check.
    pub(in crate::interchange) fn longest_canonical(&self) -> usize {
        let let_plans_through = self.components_per_segment >= 64 && self.segments_per_transaction >= 64;
        if let_plans_through { self.segment_length.min(self.transaction_length) } else { 0 }
    }
}

impl Grammar {
    /// Reads the unit that begins at a place into `out`, or a transaction into the list; returns its length and kind.
    /// `None` if it falls back; then nothing was read.
    #[inline]
    pub(in crate::interchange) fn read_canonical<'a>(
        &mut self,
        at: TextCursor<'_, 'a>,
        offset: u64,
        options: &ReadOptions,
        out: &mut Option<Event<'a>>,
        list: Option<&mut Transactions<'a>>,
    ) -> Option<(usize, Passed)> {
        let read = match self.state {
            State::Message(MessageKind::Registration | MessageKind::Receipt) if Unt::LAYOUT.begins_at(at) => {
                self.canonical_trailer(at, out)
            }
            State::Message(MessageKind::Registration) => self.canonical_transaction(at, (offset, options), out, list),
            State::Message(MessageKind::Receipt) => self.canonical_receipt_line(at, out),
            State::Interchange if Unz::LAYOUT.begins_at(at) => self.canonical_interchange_trailer(at, out),
            State::Interchange => self.canonical_heading(at, offset, out),
            State::Outside if Unb::LAYOUT.begins_at(at) => self.canonical_interchange_header(at, offset, out),
            _ => None,
        };
        if read.is_none() {
            *out = None;
        }
        read
    }

    /// Reports the issues that were buffered for the unit.
    #[inline]
    pub(in crate::interchange) fn report_fallback(&mut self, sink: &mut dyn IssueSink) {
        self.fallback.issues().into_iter().flatten().for_each(|issue| sink.report(issue));
    }

    #[inline]
    fn canonical_transaction<'a>(
        &mut self,
        at: TextCursor<'_, 'a>,
        (offset, options): (u64, &ReadOptions),
        out: &mut Option<Event<'a>>,
        mut list: Option<&mut Transactions<'a>>,
    ) -> Option<(usize, Passed)> {
        let position = Position { segment: Some(self.segments + 1), ..self.message };
        let (transaction_type, base) = (self.transaction_type.as_ref()?, offset - at.at() as u64);
        let fallback = &mut FallbackReader::new(&mut self.fallback, options, position, base);
        let mut unit = CanonicalUnit::new(at);
        let number = match &mut list {
            Some(list) => list.read_canonical(&mut unit, fallback),
            None => {
                let nothing = Transaction::Other(OtherTransaction::default());
                *out = Some(Event::Transaction(nothing));
                let Some(Event::Transaction(transaction)) = out else { return None };
                transaction.read_canonical(transaction_type, &mut unit, fallback)
            }
        };
        let passed = number.and_then(|number| {
            self.fallback.settle(number);
            self.pass_transaction(number, &unit)
        });
        if passed.is_none() {
            self.fallback.forget();
            list.filter(|_| number.is_some()).into_iter().for_each(Transactions::drop_last);
        }
        passed
    }

    /// Records the transaction if its number is new and a transaction or UNT follows; otherwise falls back.
    #[inline]
    fn pass_transaction(&mut self, number: u64, unit: &CanonicalUnit<'_, '_>) -> Option<(usize, Passed)> {
        let is_last = stands_at(Unt::LAYOUT, unit.behind());
        if self.transactions >= self.limits.transactions_per_message || !(is_last || begins_transaction(unit.behind()))
        {
            return None;
        }
        // A used number makes the unit fall back.
        if !self.transaction_numbers.insert(self.transaction_type.as_ref()?, number, self.limits.number_runs) {
            return None;
        }
        self.segments = self.segments.saturating_add(unit.segments());
        self.transactions += 1;
        self.empty_message = false;
        Some((unit.len(), Passed::InMessage))
    }

    fn canonical_interchange_header<'a>(
        &mut self,
        at: TextCursor<'_, 'a>,
        offset: u64,
        out: &mut Option<Event<'a>>,
    ) -> Option<(usize, Passed)> {
        *out = Some(Event::InterchangeHeader(InterchangeHeader::empty()));
        let Some(Event::InterchangeHeader(header)) = out else { return None };
        let mut unit = CanonicalUnit::new(at);
        read_canonical(header, |_| 0, &mut unit, &mut FallbackReader::default())?;
        header.reference.sequence().filter(|_| header.has_usual_syntax())?;
        let interchange = Some(self.interchanges.saturating_add(1));
        let position = Position { interchange, offset, tag: Some(Unb::LAYOUT.tag()), ..Position::default() };
        self.open_interchange(header, position);
        Some((unit.len(), Passed::InterchangeHeader))
    }

    fn canonical_heading<'a>(
        &mut self,
        at: TextCursor<'_, 'a>,
        offset: u64,
        out: &mut Option<Event<'a>>,
    ) -> Option<(usize, Passed)> {
        self.canonical_registration(at, offset, out).or_else(|| self.canonical_receipt(at, offset, out))
    }

    fn canonical_registration<'a>(
        &mut self,
        at: TextCursor<'_, 'a>,
        offset: u64,
        out: &mut Option<Event<'a>>,
    ) -> Option<(usize, Passed)> {
        *out = Some(Event::RegistrationHeader(RegistrationHeader::default()));
        let Some(Event::RegistrationHeader(header)) = out else { return None };
        let mut unit = CanonicalUnit::new(at);
        read_canonical(header, RegistrationHeader::variant, &mut unit, &mut FallbackReader::default())?;
        if self.is_link_code(header) || !begins_transaction(unit.behind()) {
            return None;
        }
        self.pass_heading(MessageKind::Registration, &header.reference, &unit, offset)?;
        self.transaction_type.clone_from(&header.transaction_type);
        Some((unit.len(), Passed::InMessage))
    }

    fn canonical_receipt<'a>(
        &mut self,
        at: TextCursor<'_, 'a>,
        offset: u64,
        out: &mut Option<Event<'a>>,
    ) -> Option<(usize, Passed)> {
        *out = Some(Event::RecepHeader(RecepHeader::default()));
        let Some(Event::RecepHeader(header)) = out else { return None };
        let mut unit = CanonicalUnit::new(at);
        read_canonical(header, |_| 0, &mut unit, &mut FallbackReader::default())?;
        if !stands_at(RffMis::LAYOUT, unit.behind()) && !stands_at(RffRis::LAYOUT, unit.behind()) {
            return None;
        }
        self.pass_heading(MessageKind::Receipt, &header.reference, &unit, offset)?;
        Some((unit.len(), Passed::InReceipt))
    }

    /// Records a message by its heading if its number is new and its kind is that of the others; otherwise falls back.
    fn pass_heading(
        &mut self,
        kind: MessageKind,
        reference: &ControlReference<'_>,
        unit: &CanonicalUnit<'_, '_>,
        offset: u64,
    ) -> Option<()> {
        let number = reference.sequence()?;
        let is_usual = self.messages < self.limits.messages_per_interchange as u64
            && self.first_kind.is_none_or(|first| first == kind);
        if !is_usual || !self.message_references.numbers.insert(number, self.limits.number_runs) {
            return None;
        }
        let position = Position {
            interchange: self.interchange(),
            offset,
            segment: Some(1),
            tag: Some(UnhRegistration::LAYOUT.tag()),
            nth_message: Some(self.next_message()),
            message: Some(number),
            transaction: None,
        };
        self.open_message(kind, position, unit.segments());
        self.messages += 1;
        self.first_kind = Some(kind);
        self.message_reference = Some(ControlReference::of_number(number));
        Some(())
    }

    #[inline]
    fn canonical_receipt_line<'a>(
        &mut self,
        at: TextCursor<'_, 'a>,
        out: &mut Option<Event<'a>>,
    ) -> Option<(usize, Passed)> {
        // The line of the interchange is the last.
        if self.interchange_acknowledged {
            return None;
        }
        let mut unit = CanonicalUnit::new(at);
        let fallback = &mut FallbackReader::default();
        if RffMis::LAYOUT.begins_at(at) {
            let mut receipt = MessageReceipt::default();
            read_canonical(&mut receipt, |_| 0, &mut unit, fallback)?;
            let number = receipt.reference.as_ref()?.sequence()?;
            if !self.acknowledged.numbers.insert(number, self.limits.number_runs) {
                return None;
            }
            *out = Some(Event::MessageReceipt(receipt));
        } else {
            let mut receipt = InterchangeReceipt::default();
            read_canonical(&mut receipt, |_| 0, &mut unit, fallback)?;
            self.interchange_acknowledged = true;
            *out = Some(Event::InterchangeReceipt(receipt));
        }
        self.segments = self.segments.saturating_add(1);
        Some((unit.len(), Passed::InReceipt))
    }

    fn canonical_trailer<'a>(
        &mut self,
        at: TextCursor<'_, 'a>,
        out: &mut Option<Event<'a>>,
    ) -> Option<(usize, Passed)> {
        let counted = u64::from(self.segments.saturating_add(1));
        let (trailer, len) = canonical_trailer::<Unt>(at, counted, self.message_reference.as_ref()?)?;
        if self.missing_at_end().is_some() {
            return None;
        }
        self.segments = self.segments.saturating_add(1);
        self.state = State::Interchange;
        *out = Some(Event::MessageTrailer(trailer));
        Some((len, Passed::MessageTrailer))
    }

    fn canonical_interchange_trailer<'a>(
        &mut self,
        at: TextCursor<'_, 'a>,
        out: &mut Option<Event<'a>>,
    ) -> Option<(usize, Passed)> {
        let counted = self.groups_or_messages();
        let (trailer, len) = canonical_trailer::<Unz>(at, counted, self.interchange_reference.as_ref()?)?;
        if self.messages == 0 {
            return None;
        }
        self.state = State::Outside;
        *out = Some(Event::InterchangeTrailer(trailer));
        Some((len, Passed::InterchangeTrailer))
    }
}

/// Reads a trailer with the expected count and reference; returns its length.
#[inline]
fn canonical_trailer<'a, T>(
    at: TextCursor<'_, 'a>,
    counted: u64,
    header: &ControlReference<'_>,
) -> Option<(Trailer<'a>, usize)>
where
    TrailerUnit<'a, T>: Group<'a>,
{
    let mut unit = CanonicalUnit::new(at);
    let mut group = TrailerUnit::<T>::new();
    read_canonical(&mut group, |_| 0, &mut unit, &mut FallbackReader::default())?;
    let trailer = group.trailer;
    let counts = *trailer.count.as_ref()? == Count::new(counted);
    let agrees = header.sequence()? == trailer.reference.as_ref()?.sequence()?;
    (counts && agrees).then(|| (trailer, unit.len()))
}

/// Whether another transaction begins there: by a trigger, or by the number of one that has none.
#[inline]
fn begins_transaction(at: TextCursor<'_, '_>) -> bool {
    S01::LAYOUT.is_constant_at(at) || stands_at(RffTn::LAYOUT, at)
}

/// Whether a segment stands here, as a short one: what is found in a longer one is reported first.
#[inline]
fn stands_at(layout: &Layout, at: TextCursor<'_, '_>) -> bool {
    layout.begins_at(at) && at.segment_ends_within(SEGMENT)
}
