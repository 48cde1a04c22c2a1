//! Interchanges: from UNB to UNZ, whole or as a stream of events.

mod decoder;
mod engine;
mod event;
mod framer;
mod grammar;
mod model;
mod numbers;
mod reader;
mod trailer;
mod unit_buffer;
mod units;
mod writer;

pub use crate::segment::service::{InterchangeHeader, Trailer};
pub use decoder::{Decoder, Events};
pub use event::{Event, RegistrationHeader};
pub use model::{Decoded, Interchange, Message, OtherMessage, Registration, Stray};
pub use reader::EventReader;
pub use writer::InterchangeWriter;

pub(crate) use model::reference_of;
pub(crate) use trailer::TrailerUnit;
pub(crate) use writer::broken as broken_rule;

use alloc::vec::Vec;

use crate::error::{Error, ErrorKind, Location};
use crate::issue::{Issue, IssueSink};
use crate::options::{ReadOptions, WriteOptions};
use crate::receipt::Recep;
use crate::syntax::RawSegment;
use crate::table::Unrecognised;
use crate::transaction::{OtherTransaction, Transaction};
use engine::Next;

impl<'a> Interchange<'a> {
    /// Decodes the one interchange in `input`. Deviations do not stop it: they are returned as issues.
    ///
    /// # Errors
    ///
    /// There is no interchange, or more than one, or a limit is exceeded.
    pub fn decode(input: &'a [u8]) -> Result<Decoded<'a>, Error> {
        Self::decode_with(input, &ReadOptions::default())
    }

    /// Decodes the one interchange in `input`; deviations are rejected, reported or accepted, as the options say.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), and the first deviation that the options reject.
    pub fn decode_with(input: &'a [u8], options: &ReadOptions) -> Result<Decoded<'a>, Error> {
        let mut issues = Vec::new();
        let mut assembler = Assembler::default();
        let mut reader = EventReader::new(input, options.clone());
        let mut slot = None;
        while assembler.read_next(&mut reader, &mut issues, &mut slot)? {
            if matches!(slot, Some(Event::InterchangeHeader(_))) && assembler.interchange.is_some() {
                let location = Location { offset: Some(reader.offset()), interchange: Some(2), ..Location::default() };
                return Err(Error::new(ErrorKind::SeveralInterchanges, location));
            }
            assembler.take(&mut slot);
        }
        // The reader gives an error if there is no interchange.
        let none = || Error::new(ErrorKind::NoInterchange, Location::default());
        assembler.interchange.map(|interchange| Decoded { interchange, issues }).ok_or_else(none)
    }

    /// Decodes all interchanges in `input`, each with its own service characters, and with the issues found in each.
    ///
    /// # Errors
    ///
    /// There is no interchange, a limit is exceeded, or something deviates that the options reject.
    ///
    /// ```
    /// use nhais_edifact::{Interchange, ReadOptions};
    ///
    /// let input = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNZ+0+00000101'UNB+UNOA:2+QRS5+ZQX1+240308:0920+00000007'";
    /// let decoded = Interchange::decode_all(input, &ReadOptions::default())?;
    /// let found = |at: usize| decoded[at].issues.iter().map(|issue| issue.kind().id()).collect::<Vec<_>>();
    /// assert_eq!((found(0), found(1)), (vec!["no-message"], vec!["no-message", "missing-trailer"]));
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn decode_all(input: &'a [u8], options: &ReadOptions) -> Result<Vec<Decoded<'a>>, Error> {
        let mut issues = Vec::new();
        let mut assembler = Assembler::default();
        let mut reader = EventReader::new(input, options.clone());
        let mut slot = None;
        while assembler.read_next(&mut reader, &mut issues, &mut slot)? {
            assembler.take(&mut slot);
        }
        assembler.before.extend(assembler.interchange);
        Ok(Decoded::each(assembler.before, issues))
    }

    /// Reports all that strict encoding would refuse of an interchange, received or built: values that may not be sent,
    /// what is missing or unknown, and broken rules of [`check`](crate::check).
    ///
    /// ```
    /// use nhais_edifact::{Interchange, Issue};
    ///
    /// let input = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'\
    /// NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'S01+1'RFF+TN:2009'NAD+GP+7000015,T93:900'\
    /// FTX+RGI+++moved away'S02+2'PNA+PAT+999:OPI'UNT+12+00000508'UNZ+1+00000108'";
    /// let mut issues: Vec<Issue> = Vec::new();
    /// Interchange::decode(input)?.interchange.check(&mut issues);
    /// let fields: Vec<_> = issues.iter().map(|issue| issue.error().field()).collect();
    /// assert_eq!(fields, [Some("notes"), Some("patient.identifier.number")]);
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    pub fn check(&self, sink: &mut dyn IssueSink) {
        writer::list_faults(self, sink);
    }

    /// Encodes the interchange.
    ///
    /// # Errors
    ///
    /// The first thing that may not be sent, with its place, unless the options say to write it
    /// [`as_received`](WriteOptions::as_received).
    pub fn encode(&self, options: &WriteOptions) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        self.encode_into(options, &mut out)?;
        Ok(out)
    }

    /// Encodes the interchange to the end of `out`, which is left as it was if there is an error.
    ///
    /// `out` does not grow if it has room for 256 bytes more than it will hold.
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode).
    pub fn encode_into(&self, options: &WriteOptions, out: &mut Vec<u8>) -> Result<(), Error> {
        self.encode_reporting(options, None, out)
    }

    /// Encodes the interchange to the end of `out`; reports go to `sink`.
    ///
    /// Reports are what the policies of the options ask for: with [`as_received`](WriteOptions::as_received) all that
    /// would have been refused without it. Values that are longer than any in samples are reported, too.
    ///
    /// ```
    /// use nhais_edifact::{Interchange, Issue, WriteOptions};
    ///
    /// let interchange = Interchange::decode(b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNZ+0+00000101'")?.interchange;
    /// let mut issues: Vec<Issue> = Vec::new();
    /// let mut out = Vec::new();
    /// interchange.encode_with(&WriteOptions::default().as_received(true), &mut issues, &mut out)?;
    /// assert_eq!(issues[0].kind().id(), "no-message");
    /// # Ok::<(), nhais_edifact::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`encode`](Self::encode).
    pub fn encode_with(
        &self,
        options: &WriteOptions,
        sink: &mut dyn IssueSink,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        self.encode_reporting(options, Some(sink), out)
    }

    fn encode_reporting(
        &self,
        options: &WriteOptions,
        sink: Option<&mut dyn IssueSink>,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let before = out.len();
        let written = match sink {
            Some(sink) => writer::write_interchange(self, options, Some(sink), out),
            None => writer::write_interchange(self, options, None, out),
        };
        if written.is_err() {
            out.truncate(before);
        }
        written
    }
}

/// Assembles interchanges from events.
#[derive(Default)]
struct Assembler<'a> {
    /// The interchange that was begun last.
    interchange: Option<Interchange<'a>>,
    /// Those before it.
    before: Vec<Interchange<'a>>,
    /// Segments before the first UNB.
    leading: Vec<RawSegment<'a>>,
    /// Between UNB and UNZ.
    in_interchange: bool,
    /// Between UNH and UNT.
    in_message: bool,
}

impl<'a> Assembler<'a> {
    /// Reads the next event into a slot, or straight into the list of transactions; `false` at the end of the input.
    fn read_next(
        &mut self,
        reader: &mut EventReader<'a>,
        issues: &mut Vec<Issue>,
        slot: &mut Option<Event<'a>>,
    ) -> Result<bool, Error> {
        let mut next = Next::InList;
        while next == Next::InList {
            let message = self.interchange.as_mut().and_then(|interchange| interchange.messages.last_mut());
            let list = match message {
                Some(Message::Registration(message)) if self.in_message => Some(&mut message.transactions),
                _ => None,
            };
            next = reader.next_into(issues, slot, list)?;
        }
        Ok(next == Next::Event)
    }

    /// Takes the event out of a slot. Events are large, so the frequent ones are moved once, from the slot to their
    /// place.
    fn take(&mut self, slot: &mut Option<Event<'a>>) {
        match (&mut self.interchange, slot.as_mut()) {
            (interchange, Some(Event::InterchangeHeader(header))) => {
                let header = core::mem::replace(header, InterchangeHeader::empty());
                let leading = core::mem::take(&mut self.leading);
                if let Some(before) = interchange.take() {
                    self.before.push(before);
                }
                *interchange = Some(Interchange { leading, ..Interchange::new(header) });
                self.in_interchange = true;
                // The slot is empty.
                *slot = None;
            }
            (Some(interchange), Some(Event::RegistrationHeader(header))) => {
                let header = core::mem::take(header);
                interchange.messages.push(Message::Registration(Registration::of_header(header)));
                self.in_message = true;
                *slot = None;
            }
            (Some(interchange), Some(event)) if self.in_message => {
                self.in_message = !matches!(event, Event::MessageTrailer(_));
                if let Some(message) = interchange.messages.last_mut() {
                    message.take(event);
                }
            }
            (Some(interchange), Some(Event::InterchangeTrailer(trailer))) => {
                interchange.header.unrecognised.append(&mut trailer.unrecognised);
                self.in_interchange = false;
            }
            _ => slot.take().into_iter().for_each(|event| self.take_other(event)),
        }
    }

    fn take_other(&mut self, event: Event<'a>) {
        let Some(interchange) = &mut self.interchange else {
            if let Event::Segment { segment, .. } = event {
                self.leading.push(segment);
            }
            return;
        };
        match event {
            Event::Segment { segment, .. } if self.in_interchange => {
                interchange.unrecognised.push(Stray { before_message: interchange.messages.len(), segment });
            }
            Event::Segment { segment, .. } => interchange.trailing.push(segment),
            event => {
                interchange.messages.extend(Message::of_header(event));
                self.in_message = true;
            }
        }
    }
}

/// Takes a segment out of its place.
fn taken<'a>(segment: &mut RawSegment<'a>) -> RawSegment<'a> {
    core::mem::replace(segment, RawSegment::from_wire(""))
}

impl<'a> Message<'a> {
    fn of_header(event: Event<'a>) -> Option<Self> {
        Some(match event {
            Event::RecepHeader(header) => Self::Recep(Recep::of_header(header)),
            Event::OtherHeader(header) => {
                Self::Other(OtherMessage { header, segments: Vec::new(), unrecognised: Vec::new() })
            }
            _ => return None,
        })
    }

    /// Adds an event that follows the header, and takes its content.
    fn take(&mut self, event: &mut Event<'a>) {
        match (self, event) {
            (Self::Registration(message), Event::Transaction(transaction)) => {
                let nothing = Transaction::Other(OtherTransaction::default());
                // It was read by the type of the list, so it fits.
                let _ = message.transactions.push(core::mem::replace(transaction, nothing));
            }
            (Self::Recep(message), Event::MessageReceipt(receipt)) => message.messages.push(core::mem::take(receipt)),
            (Self::Recep(message), Event::InterchangeReceipt(receipt)) => {
                message.interchange = Some(core::mem::take(receipt));
            }
            (Self::Other(message), Event::Segment { segment, .. }) => message.segments.push(taken(segment)),
            (Self::Recep(message), Event::Segment { at, segment }) => {
                message.unrecognised.push(Unrecognised::Segment { at: *at, segment: taken(segment) });
            }
            (message, Event::MessageTrailer(trailer)) => {
                message.unrecognised_mut().append(&mut trailer.unrecognised);
            }
            _ => {}
        }
    }

    fn unrecognised_mut(&mut self) -> &mut Vec<Unrecognised<'a>> {
        match self {
            Self::Registration(message) => &mut message.unrecognised,
            Self::Recep(message) => &mut message.unrecognised,
            Self::Other(message) => &mut message.unrecognised,
        }
    }
}
