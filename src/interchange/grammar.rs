//! The grammar of interchanges: which units follow each other, and what events they give.
//!
//! ```text
//! input        = *interchange
//! interchange  = UNB *message UNZ
//! message      = UNH *heading *transaction UNT        FHSREG; heading ends at the first S01 or RFF+TN
//!              | UNH *heading *( RFF+MIS / RFF+RIS ) UNT      RECEP
//!              | UNH *segment UNT                     any other type
//! transaction  = S01 RFF+TN *segment | RFF+TN *segment        up to the next of them
//! ```
//!
//! One event is made of one unit: UNB, a heading from UNH on, a transaction, a receipt line, UNT, UNZ; any other
//! segment by itself. The checks of this file are those of the general path; `canonical.rs` has the fast path, which
//! changes the same state.

mod canonical;

use super::event::{Event, RegistrationHeader};
use super::numbers::{NumbersByType, References, Used};
use super::trailer::TrailerUnit;
use super::units::{Heading, MIS, MessageKind, NUMBER, RIS, TRIGGER, UNB, UNE, UNG, UNH, UNT, UNZ};
use crate::error::{Error, ErrorKind, Found, Location, Stated};
use crate::options::Limits;
use crate::receipt::{InterchangeReceipt, MessageReceipt, RecepHeader};
use crate::segment;
use crate::segment::receipt::RffRis;
use crate::segment::registration::{NadFhs, Rff950, RffTn};
use crate::segment::service::{InterchangeHeader, SYNTAX, Trailer, UnhRegistration, Unt, Unz};
use crate::syntax::{Segment, SegmentTag};
use crate::table::{
    FallbackBuffers, Group, Key, Position, Reporter, Table, UnitView, check_characters, check_syntax, enter, is_blank,
    read_group, report_unknown,
};
use crate::transaction::{OtherTransaction, Transaction};
use crate::value::{ControlReference, Count, TransactionType};

/// The state between two units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Before UNB or after UNZ.
    Outside,
    /// Between messages.
    Interchange,
    /// In a message whose heading was read.
    Message(MessageKind),
}

/// Reads units, and checks what concerns several of them: counts, references, numbers.
pub(crate) struct Grammar {
    limits: Limits,
    state: State,
    /// How many interchanges were begun.
    interchanges: u32,
    /// Where the first segment outside interchanges stands.
    first_stray: Option<Location>,
    header: Position,
    interchange_reference: Option<ControlReference<'static>>,
    partners: [Partner; 2],
    messages: u64,
    /// Functional groups begun.
    groups: u64,
    group: Option<OpenGroup>,
    first_kind: Option<MessageKind>,
    message_references: References,
    message: Position,
    message_reference: Option<ControlReference<'static>>,
    /// Segments of the message so far, UNH included.
    segments: u32,
    transaction_type: Option<TransactionType>,
    transactions: usize,
    transaction_numbers: NumbersByType,
    acknowledged: References,
    interchange_acknowledged: bool,
    /// Everything that an empty message lacks is reported as one issue.
    empty_message: bool,
    /// Buffers for single segments that the fast path leaves to the general path.
    pub(super) fallback: FallbackBuffers,
}

/// The code of a partner, to be compared with a cipher; a code longer than an..17 is not stored.
#[derive(Clone, Copy, Default)]
struct Partner {
    len: usize,
    code: [u8; 32],
}

impl Partner {
    fn of(code: &str) -> Self {
        let mut partner = Self::default();
        if let Some(place) = partner.code.get_mut(..code.len()) {
            place.copy_from_slice(code.as_bytes());
            partner.len = code.len();
        }
        partner
    }

    fn is(&self, text: &str) -> bool {
        self.len > 0 && self.code[..self.len] == *text.as_bytes()
    }
}

/// What the trailer of a functional group is compared with.
struct OpenGroup {
    /// Element 5 of UNG (0048).
    reference: Option<ControlReference<'static>>,
    /// How many messages came before it.
    messages_before: u64,
}

impl Grammar {
    #[inline]
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            state: State::Outside,
            interchanges: 0,
            first_stray: None,
            header: Position::default(),
            interchange_reference: None,
            partners: [Partner::default(); 2],
            messages: 0,
            groups: 0,
            group: None,
            first_kind: None,
            message_references: References::default(),
            message: Position::default(),
            message_reference: None,
            segments: 0,
            transaction_type: None,
            transactions: 0,
            transaction_numbers: NumbersByType::default(),
            acknowledged: References::default(),
            interchange_acknowledged: false,
            empty_message: false,
            fallback: FallbackBuffers::new(limits.into(), segment::is_known, TRIGGER),
        }
    }

    /// Reads a unit into `out`, given the last heading. `false` if another event comes first, which is in `out` then:
    /// the unit is still to be read. Events are large, so they are constructed in place.
    #[inline]
    pub(crate) fn read<'a>(
        &mut self,
        heading: Heading,
        unit: UnitView<'_, 'a>,
        reporter: &mut Reporter<'_>,
        out: &mut Option<Event<'a>>,
    ) -> bool {
        reporter.position.interchange = self.interchange();
        reporter.position.nth_message = None;
        reporter.position.message = None;
        reporter.position.transaction = None;
        reporter.any_repertoire = self.state == State::Message(MessageKind::Other);
        let key = unit.key(0);
        let first = unit.segment(0);
        if matches!(key, UNB | UNZ | UNH) && !matches!(self.state, State::Outside | State::Interchange) {
            *out = Some(self.end_message(first.offset(), reporter));
            return false;
        }
        if key == UNB && self.state == State::Interchange {
            *out = Some(self.close_interchange(first.offset(), reporter));
            return false;
        }
        if self.state == State::Message(MessageKind::Registration) && key != UNT {
            self.transaction(unit, reporter, out);
            return true;
        }
        *out = Some(match (self.state, key) {
            (_, UNB) => self.interchange_header(unit, reporter),
            (State::Interchange, UNH) => self.message_header(heading, unit, reporter),
            (State::Interchange, UNZ) => self.interchange_trailer(unit, reporter),
            (State::Message(_), UNT) => self.message_trailer(unit, reporter),
            (State::Message(MessageKind::Receipt), _) => self.receipt_line(unit, reporter),
            (State::Message(MessageKind::Other), _) => {
                self.segments += 1;
                let at = self.segments as usize - 1;
                self.enter_message(reporter);
                enter(reporter, &first, Some(self.segments), 0);
                check_syntax(&first, reporter);
                Event::Segment { at, segment: first.to_raw() }
            }
            (state, _) => self.stray(&first, key, state, reporter),
        });
        true
    }

    /// Whether the input may end here without a report.
    pub(crate) fn may_end(&self) -> bool {
        matches!(self.state, State::Outside) && self.interchanges > 0
    }

    /// The number of the interchange that was begun last.
    fn interchange(&self) -> Option<u32> {
        (self.interchanges > 0).then_some(self.interchanges)
    }

    /// Closes what is open at the end of the input; no event if nothing is.
    pub(crate) fn finish(
        &mut self,
        end: u64,
        reporter: &mut Reporter<'_>,
        out: &mut Option<Event<'_>>,
    ) -> Result<(), Error> {
        reporter.position.interchange = self.interchange();
        match self.state {
            State::Message(_) => *out = Some(self.end_message(end, reporter)),
            State::Interchange => *out = Some(self.close_interchange(end, reporter)),
            State::Outside if self.may_end() => {}
            State::Outside => {
                let nothing = Location { offset: Some(end), ..Location::default() };
                return Err(Error::new(ErrorKind::NoInterchange, self.first_stray.unwrap_or(nothing)));
            }
        }
        Ok(())
    }

    fn interchange_header<'a>(&mut self, unit: UnitView<'_, 'a>, reporter: &mut Reporter<'_>) -> Event<'a> {
        let mut header = InterchangeHeader::empty();
        reporter.position.interchange = Some(self.interchanges.saturating_add(1));
        read_group(&mut header, unit, reporter);
        check_syntax_identifier(&header, &unit.segment(0), reporter);
        check_reference(&header.reference, &unit.segment(0), 5, reporter);
        self.open_interchange(&header, reporter.position);
        Event::InterchangeHeader(header)
    }

    /// Resets the state for the header of an interchange.
    fn open_interchange(&mut self, header: &InterchangeHeader<'_>, position: Position) {
        self.state = State::Interchange;
        self.interchanges = self.interchanges.saturating_add(1);
        self.header = position;
        self.interchange_reference = Some(header.reference.clone().into_owned()).filter(|known| !known.is_empty());
        for (own, partner) in self.partners.iter_mut().zip([&header.sender, &header.recipient]) {
            *own = Partner::of(partner.as_str());
        }
        self.messages = 0;
        self.groups = 0;
        self.group = None;
        self.first_kind = None;
        self.message_references.clear();
        self.transaction_numbers.clear();
    }

    fn message_header<'a>(
        &mut self,
        Heading { kind, has_body }: Heading,
        unit: UnitView<'_, 'a>,
        reporter: &mut Reporter<'_>,
    ) -> Event<'a> {
        let first = unit.segment(0);
        let stated = first.component(1, 1).map(|reference| ControlReference::from(reference.text()));
        reporter.position.nth_message = Some(self.next_message());
        reporter.position.message = stated.as_ref().and_then(ControlReference::number);
        enter(reporter, &first, Some(1), 0);
        self.open_message(kind, reporter.position, u32::try_from(unit.len()).unwrap_or(u32::MAX));
        self.empty_message &= !has_body;
        self.note_message(kind, reporter);
        let unit = unit.with_ordinal(Some(1));
        let (event, reference) = match kind {
            MessageKind::Registration => {
                let mut header = RegistrationHeader::of_heading(unit);
                self.read_heading(&mut header, unit, reporter);
                self.check_cipher(&header, unit, reporter);
                self.transaction_type.clone_from(&header.transaction_type);
                let reference = header.reference.clone();
                (Event::RegistrationHeader(header), reference)
            }
            MessageKind::Receipt => {
                let mut header = RecepHeader::default();
                self.read_heading(&mut header, unit, reporter);
                let reference = header.reference.clone();
                (Event::RecepHeader(header), reference)
            }
            MessageKind::Other => {
                enter(reporter, &first, Some(1), 0);
                check_other_header(&first, stated.as_ref(), reporter);
                self.empty_message = false;
                (Event::OtherHeader(first.to_raw()), stated.unwrap_or_default())
            }
        };
        enter(reporter, &first, Some(1), 0);
        check_reference(&reference, &first, 1, reporter);
        let repeats = |used| !self.message_references.insert(used, self.limits.number_runs);
        if Used::of(&reference).is_some_and(repeats) {
            reporter.component(ErrorKind::RepeatedReference, 1, 1, component_offset(&first, 1));
        }
        self.message_reference = Some(reference.into_owned()).filter(|known| !known.is_empty());
        event
    }

    /// Which message the next one is.
    fn next_message(&self) -> u32 {
        u32::try_from(self.messages).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// Sets the position of the reporter to the current message.
    fn enter_message(&self, reporter: &mut Reporter<'_>) {
        reporter.position.nth_message = self.message.nth_message;
        reporter.position.message = self.message.message;
    }

    /// Resets the state for the heading of a message, which has so many segments.
    fn open_message(&mut self, kind: MessageKind, position: Position, segments: u32) {
        self.message = position;
        self.state = State::Message(kind);
        self.segments = segments;
        self.transactions = 0;
        self.transaction_type = None;
        self.acknowledged.clear();
        self.interchange_acknowledged = false;
        self.empty_message = segments == 1;
    }

    /// Reads a heading. An empty message is one issue, reported at its end.
    fn read_heading<'a, G: Group<'a>>(&self, header: &mut G, unit: UnitView<'_, 'a>, reporter: &mut Reporter<'_>) {
        if self.empty_message {
            reporter.without_missing_segments(|reporter| read_group(header, unit, reporter));
        } else {
            read_group(header, unit, reporter);
        }
    }

    /// Counts a message, and compares its kind with that of the first.
    fn note_message(&mut self, kind: MessageKind, reporter: &mut Reporter<'_>) {
        self.messages += 1;
        if self.messages > self.limits.messages_per_interchange as u64 {
            reporter.segment(ErrorKind::MessagesPerInterchange);
        }
        if kind != MessageKind::Other && *self.first_kind.get_or_insert(kind) != kind {
            reporter.segment(ErrorKind::MixedMessages);
        }
    }

    /// NAD+FHS holds the cipher of the HA, not its link code in UNB (wire.md#row-27).
    fn check_cipher(&self, header: &RegistrationHeader<'_>, unit: UnitView<'_, '_>, reporter: &mut Reporter<'_>) {
        if self.is_link_code(header) {
            report_in(unit, NadFhs::LAYOUT.key, (2, 1), ErrorKind::CipherIsLinkCode, reporter);
        }
    }

    fn is_link_code(&self, header: &RegistrationHeader<'_>) -> bool {
        let (Some(cipher), Some(transaction_type)) = (&header.ha, &header.transaction_type) else { return false };
        let [sender, recipient] = &self.partners;
        let ha = if transaction_type.is_outbound() { recipient } else { sender };
        ha.is(cipher.as_str())
    }

    #[inline]
    fn transaction<'a>(&mut self, unit: UnitView<'_, 'a>, reporter: &mut Reporter<'_>, out: &mut Option<Event<'a>>) {
        let unit = unit.with_ordinal(Some(self.segments + 1));
        self.segments = self.segments.saturating_add(u32::try_from(unit.len()).unwrap_or(u32::MAX));
        self.transactions += 1;
        self.enter_message(reporter);
        if self.transactions > self.limits.transactions_per_message {
            enter(reporter, &unit.segment(0), unit.ordinal, 0);
            reporter.segment(ErrorKind::TransactionsPerMessage);
        }
        let number = unit.find(NUMBER).and_then(|segment| segment.component(1, 2));
        let number = number.map(|number| ControlReference::from(number.text()));
        reporter.position.transaction = number.as_ref().and_then(ControlReference::number);
        if let Some(used) = number.as_ref().and_then(Used::of) {
            self.note_transaction(used, unit, reporter);
        }
        let nothing = Transaction::Other(OtherTransaction::default());
        if let Event::Transaction(transaction) = out.insert(Event::Transaction(nothing)) {
            transaction.read(self.transaction_type.as_ref(), unit, reporter);
        }
    }

    /// Reports a number that was used before under the same type (wire.md#row-39).
    #[inline]
    fn note_transaction(&mut self, used: Used, unit: UnitView<'_, '_>, reporter: &mut Reporter<'_>) {
        let Some(transaction_type) = &self.transaction_type else { return };
        if !self.transaction_numbers.insert_used(transaction_type, used, self.limits.number_runs) {
            report_in(unit, NUMBER, (1, 2), ErrorKind::RepeatedTransactionNumber, reporter);
        }
    }

    fn receipt_line<'a>(&mut self, unit: UnitView<'_, 'a>, reporter: &mut Reporter<'_>) -> Event<'a> {
        let at = self.segments as usize;
        let unit = unit.with_ordinal(Some(self.segments + 1));
        self.segments = self.segments.saturating_add(1);
        self.enter_message(reporter);
        let first = unit.segment(0);
        enter(reporter, &first, unit.ordinal, 0);
        match unit.key(0) {
            MIS => {
                if self.interchange_acknowledged {
                    reporter.segment(ErrorKind::SegmentOrder);
                }
                let mut receipt = MessageReceipt::default();
                read_group(&mut receipt, unit, reporter);
                let offset = first.component(1, 2).map_or(first.offset(), |words| words.offset());
                check_quoted(receipt.reference.as_ref(), offset, reporter);
                let used = receipt.reference.as_ref().and_then(Used::of);
                if used.is_some_and(|used| !self.acknowledged.insert(used, self.limits.number_runs)) {
                    reporter.component(ErrorKind::RepeatedReceipt, 1, 2, offset);
                }
                Event::MessageReceipt(receipt)
            }
            RIS if !self.interchange_acknowledged => {
                self.interchange_acknowledged = true;
                let mut receipt = InterchangeReceipt::default();
                read_group(&mut receipt, unit, reporter);
                let offset = first.component(1, 2).map_or(first.offset(), |words| words.offset());
                check_quoted(receipt.reference.as_ref(), offset, reporter);
                Event::InterchangeReceipt(receipt)
            }
            key => {
                let in_heading = || RecepHeader::PLAN.iter().any(|step| step.layout.key == key);
                let kind = match segment::is_known(key) {
                    true if key == RIS || in_heading() => ErrorKind::RepeatedSegment,
                    true => ErrorKind::UnforeseenSegment,
                    false => ErrorKind::UnknownSegment,
                };
                report_unknown(&first, kind, reporter);
                Event::Segment { at, segment: first.to_raw() }
            }
        }
    }

    fn message_trailer<'a>(&mut self, unit: UnitView<'_, 'a>, reporter: &mut Reporter<'_>) -> Event<'a> {
        self.segments = self.segments.saturating_add(1);
        let unit = unit.with_ordinal(Some(self.segments));
        self.enter_message(reporter);
        self.report_unfinished_message(reporter);
        let mut trailer = TrailerUnit::<Unt>::new();
        read_group(&mut trailer, unit, reporter);
        let trailer = trailer.trailer;
        let counted = u64::from(self.segments);
        check_trailer(&trailer, counted, self.message_reference.as_ref(), &unit.segment(0), reporter);
        self.state = State::Interchange;
        Event::MessageTrailer(trailer)
    }

    /// Reports what a message lacks when it ends.
    fn report_unfinished_message(&self, reporter: &mut Reporter<'_>) {
        if let Some((kind, tag)) = self.missing_at_end() {
            let position = reporter.position;
            reporter.position = Position { tag: tag.or(self.message.tag), ..self.message };
            reporter.segment(kind);
            reporter.position = position;
        }
    }

    /// The error about what the message lacks if it ends here, and the tag of the missing segment.
    fn missing_at_end(&self) -> Option<(ErrorKind, Option<SegmentTag>)> {
        let layout = match self.state {
            _ if self.empty_message => return Some((ErrorKind::EmptyMessage, None)),
            State::Message(MessageKind::Receipt) if !self.interchange_acknowledged => RffRis::LAYOUT,
            State::Message(MessageKind::Registration) if self.transactions == 0 => RffTn::LAYOUT,
            _ => return None,
        };
        Some((ErrorKind::MissingSegment { name: layout.name }, Some(layout.tag())))
    }

    fn interchange_trailer<'a>(&mut self, unit: UnitView<'_, 'a>, reporter: &mut Reporter<'_>) -> Event<'a> {
        self.report_no_message(reporter);
        let mut trailer = TrailerUnit::<Unz>::new();
        read_group(&mut trailer, unit, reporter);
        let trailer = trailer.trailer;
        let counted = self.groups_or_messages();
        check_trailer(&trailer, counted, self.interchange_reference.as_ref(), &unit.segment(0), reporter);
        self.state = State::Outside;
        Event::InterchangeTrailer(trailer)
    }

    /// The number that UNZ states: of messages or, where there are any, of functional groups (ISO 9735, data element
    /// 0036).
    #[inline]
    fn groups_or_messages(&self) -> u64 {
        if self.groups > 0 { self.groups } else { self.messages }
    }

    /// Records the header of a functional group, or compares its trailer with it. Each UNG and UNE is reported by
    /// itself, so one without the other is not reported in addition.
    #[cold]
    fn note_group(&mut self, key: Key, segment: &Segment<'_, '_>, reporter: &mut Reporter<'_>) {
        let value =
            |element| segment.component(element, 1).map(|component| component.text()).filter(|text| !text.is_empty());
        if key == UNG {
            self.groups += 1;
            let reference = value(5).map(|reference| ControlReference::from(reference).into_owned());
            self.group = Some(OpenGroup { reference, messages_before: self.messages });
        } else if let Some(group) = self.group.take() {
            let trailer = Trailer {
                count: value(1).map(Count::from),
                reference: value(2).map(ControlReference::from),
                ..Trailer::default()
            };
            let counted = self.messages - group.messages_before;
            check_trailer(&trailer, counted, group.reference.as_ref(), segment, reporter);
        }
    }

    fn report_no_message(&self, reporter: &mut Reporter<'_>) {
        if self.messages == 0 {
            let position = reporter.position;
            reporter.position = self.header;
            reporter.segment(ErrorKind::NoMessage);
            reporter.position = position;
        }
    }

    /// UNT is missing: the message ends at a segment that cannot be in it, or with the input.
    fn end_message<'a>(&mut self, at: u64, reporter: &mut Reporter<'_>) -> Event<'a> {
        self.report_unfinished_message(reporter);
        reporter.position = Position { offset: at, segment: None, tag: Some(Unt::LAYOUT.tag()), ..self.message };
        reporter.segment(ErrorKind::MissingTrailer);
        self.state = State::Interchange;
        Event::MessageTrailer(Trailer::default())
    }

    /// UNZ is missing: the interchange ends at the next one, or with the input.
    fn close_interchange<'a>(&mut self, at: u64, reporter: &mut Reporter<'_>) -> Event<'a> {
        self.report_no_message(reporter);
        reporter.position = Position {
            interchange: self.interchange(),
            offset: at,
            tag: Some(Unz::LAYOUT.tag()),
            ..Position::default()
        };
        reporter.segment(ErrorKind::MissingTrailer);
        self.state = State::Outside;
        Event::InterchangeTrailer(Trailer::default())
    }

    /// A segment outside messages, or outside interchanges.
    fn stray<'a>(
        &mut self,
        segment: &Segment<'_, 'a>,
        key: Key,
        state: State,
        reporter: &mut Reporter<'_>,
    ) -> Event<'a> {
        enter(reporter, segment, None, 0);
        match (state, key) {
            (State::Outside, _) => {
                self.first_stray.get_or_insert(reporter.location());
                reporter.position.tag = None;
                reporter.segment(ErrorKind::TextOutsideInterchange);
            }
            _ => {
                let kind = if key == UNT { ErrorKind::MissingHeader } else { ErrorKind::SegmentOutsideMessage };
                reporter.any_repertoire = true;
                report_unknown(segment, kind, reporter);
            }
        }
        if state == State::Interchange && matches!(key, UNG | UNE) {
            self.note_group(key, segment, reporter);
        }
        Event::Segment { at: 0, segment: segment.to_raw() }
    }
}

/// Reports an issue of a component of the first segment with a key.
#[cold]
fn report_in(
    unit: UnitView<'_, '_>,
    key: Key,
    (element, component): (u16, u16),
    kind: ErrorKind,
    reporter: &mut Reporter<'_>,
) {
    let Some(at) = (0..unit.len()).find(|index| unit.key(*index) == key) else { return };
    let segment = unit.segment(at);
    enter(reporter, &segment, unit.ordinal, at);
    let place = segment.component(usize::from(element), usize::from(component));
    let offset = place.map_or(segment.offset(), |place| place.offset());
    reporter.component(kind, element, component, offset);
}

fn component_offset(segment: &Segment<'_, '_>, element: usize) -> u64 {
    segment.component(element, 1).map_or(segment.offset(), |component| component.offset())
}

/// Reports what is wrong with the header of a message of another type.
fn check_other_header(first: &Segment<'_, '_>, reference: Option<&ControlReference<'_>>, reporter: &mut Reporter<'_>) {
    // The syntax identifier may be another, with another repertoire.
    reporter.any_repertoire = true;
    check_characters(first, reporter);
    let place = first.component(2, 1).map_or_else(|| first.span().end, |component| component.offset());
    reporter.component(ErrorKind::MessageType, 2, 1, place);
    let length = reference.map_or(0, |reference| reference.text().chars().count());
    let limit = UnhRegistration::LAYOUT.rows[0].format.limit();
    if length > limit {
        reporter.component(ErrorKind::TooLong { limit, length }, 1, 1, component_offset(first, 1));
    }
}

/// Reports a syntax other than UNOA version 2 (wire.md#s-1-3); missing components were reported before.
fn check_syntax_identifier(header: &InterchangeHeader<'_>, segment: &Segment<'_, '_>, reporter: &mut Reporter<'_>) {
    let stated = [(1, &header.syntax_identifier, SYNTAX.0), (2, &header.syntax_version, SYNTAX.1)];
    let other = stated.into_iter().find(|(_, value, expected)| !value.is_empty() && value != expected);
    if let Some((component, ..)) = other {
        let offset = segment.component(1, usize::from(component)).map_or(segment.offset(), |part| part.offset());
        reporter.component(ErrorKind::SyntaxIdentifier, 1, component, offset);
    }
}

/// Reports a control reference without the form in which references are sent (wire.md#s-1-7 and wire.md#row-37).
fn check_reference(
    reference: &ControlReference<'_>,
    segment: &Segment<'_, '_>,
    element: u16,
    reporter: &mut Reporter<'_>,
) {
    if reference.sequence().is_some() || reference.is_empty() || is_blank(reference) {
        return;
    }
    let found = reference.found();
    let kind = match (reference.number(), found) {
        (Some(0), _) => ErrorKind::ReferenceForm { found: Found::Zero },
        (Some(_), _) => ErrorKind::ReferenceForm { found },
        (None, Found::Characters(_)) => ErrorKind::ReferenceNotDigits { found },
        // Too many digits are reported as a value that is too long.
        (None, _) => return,
    };
    reporter.component(kind, element, 1, component_offset(segment, usize::from(element)));
}

/// Reports a reference quoted in a receipt without that form; one that is no number was reported before.
fn check_quoted(reference: Option<&ControlReference<'_>>, offset: u64, reporter: &mut Reporter<'_>) {
    if let Some(quoted) = reference.filter(|quoted| quoted.number().is_some() && quoted.sequence().is_none()) {
        reporter.component(ErrorKind::ReferenceForm { found: quoted.found() }, 1, 2, offset);
    }
}

/// Compares what a trailer states with what was counted, and with the reference of the header.
fn check_trailer(
    trailer: &Trailer<'_>,
    counted: u64,
    reference: Option<&ControlReference<'_>>,
    segment: &Segment<'_, '_>,
    reporter: &mut Reporter<'_>,
) {
    if let Some(count) = trailer.count.as_ref().filter(|count| **count != Count::new(counted)) {
        let kind = match count.number() {
            Some(number) if number == counted => ErrorKind::CountForm { found: Found::of(&count.text()) },
            stated => ErrorKind::ControlCount { counted, stated: Stated(stated) },
        };
        reporter.component(kind, 1, 1, component_offset(segment, 1));
    }
    let (Some(stated), Some(header)) = (&trailer.reference, reference) else { return };
    if !header.same_number(stated) {
        let kind = ErrorKind::ControlReference { header: Stated(header.number()), trailer: Stated(stated.number()) };
        reporter.component(kind, 2, 1, component_offset(segment, 2));
    } else if header.sequence().is_some() {
        // If the header has another form, that was reported.
        check_reference(stated, segment, 2, reporter);
    }
}

impl<'a> RegistrationHeader<'a> {
    /// A heading of the type that the unit states, without values yet.
    fn of_heading(unit: UnitView<'_, 'a>) -> Self {
        let stated = unit.find(Rff950::LAYOUT.key).and_then(|segment| segment.component(1, 2));
        let transaction_type = stated.map(|stated| TransactionType::from(stated.text().as_str()));
        Self { transaction_type, ..Self::default() }
    }
}
