//! Units: the keys that begin them, and the kinds of messages.

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

/// The header and the trailer of a functional group, which enclose its messages.
pub(super) const UNG: Key = Key::of_name("UNG");
pub(super) const UNE: Key = Key::of_name("UNE");

/// The kind of a message, as its heading shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum MessageKind {
    Registration,
    Receipt,
    Other,
}

/// A heading, and what is known of its message when it ends.
#[derive(Clone, Copy)]
pub(super) struct Heading {
    pub(super) kind: MessageKind,
    /// A transaction or a line follows.
    pub(super) has_body: bool,
}

/// The kind of a unit that was read, as far as framing is concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Passed {
    InterchangeHeader,
    /// A heading or a transaction, followed by a transaction or the end of the message.
    InMessage,
    /// A heading or a line of a receipt.
    InReceipt,
    MessageTrailer,
    InterchangeTrailer,
}
