//! The state that two partners keep of their exchange: numbers handed out, numbers received, and which answer belongs
//! to which request.
//!
//! The values of this module are small, can be stored (feature `serde`), and do not depend on the time.
//!
//! | to | use |
//! |---|---|
//! | number what is sent | [`Numbering`], [`TransactionNumbering`] |
//! | find gaps and repeats in what is received | [`Arrivals`] |
//! | answer an interchange with its receipt | [`Answer`](crate::recep::Answer) |
//! | know what is acknowledged | [`Outbox`](crate::recep::Outbox) |
//! | match answers to requests | [`OpenRequests`], or [`RequestKey`] and [`AnswerTo`] |
//! | choose the mailbox workflow of a file | [`MESH_WORKFLOW_REGISTRATION`], [`MESH_WORKFLOW_RECEIPT`] |

mod arrivals;
mod correlation;
mod numbering;
mod open_requests;

pub use arrivals::{Arrival, Arrivals, ReceivedNumbers};
pub use correlation::{AnswerTo, NoRequestKey, OpenRequest, RequestKey};
pub use numbering::{Numbering, TransactionNumbering};
pub use open_requests::OpenRequests;

/// The MESH workflow identifier of files that hold registration messages. Source:
/// [facts 1.1](crate::reference::wire#s-1-1).
pub const MESH_WORKFLOW_REGISTRATION: &str = "NHAIS_REG";

/// The MESH workflow identifier of files that hold receipts. Source: [facts 1.1](crate::reference::wire#s-1-1).
pub const MESH_WORKFLOW_RECEIPT: &str = "NHAIS_RECEP";
