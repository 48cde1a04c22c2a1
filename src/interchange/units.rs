//! What units are told by, and what they are.

use crate::segment::receipt::{RffMis, RffRis};
use crate::segment::registration::{RffTn, S01};
use crate::segment::service::{Unb, Unt, Unz};
use crate::table::{Key, Table};

pub(super) const UNB: Key = Unb::LAYOUT.key;
pub(super) const UNZ: Key = Unz::LAYOUT.key;
pub(super) const UNH: Key = Key::MESSAGE_HEADER;
pub(super) const UNT: Key = Unt::LAYOUT.key;
pub(super) const MIS: Key = RffMis::LAYOUT.key;
pub(super) const RIS: Key = RffRis::LAYOUT.key;
pub(super) const TRIGGER: Key = S01::LAYOUT.key;
pub(super) const NUMBER: Key = RffTn::LAYOUT.key;

/// The header and the trailer of a functional group, whose messages they stand around.
pub(super) const UNG: Key = Key::of_name("UNG");
pub(super) const UNE: Key = Key::of_name("UNE");

/// What a message turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum MessageKind {
    Registration,
    Receipt,
    Other,
}

/// A heading, and what is known of its message by then.
#[derive(Clone, Copy)]
pub(super) struct Heading {
    pub(super) kind: MessageKind,
    /// Whether a transaction or a line follows.
    pub(super) has_body: bool,
}

/// What a unit that was read is, as far as those behind it are concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Passed {
    InterchangeHeader,
    /// A heading or a transaction, behind which stands a transaction or the end of the message.
    InMessage,
    /// A heading or a line of a receipt.
    InReceipt,
    MessageTrailer,
    InterchangeTrailer,
}
