//! The format as data: segments, transaction types, code lists, rules, findings, limits.
//!
//! All of it is read from the tables by which the crate reads and writes, so it describes what is done. As pages it
//! stands in `docs/reference` in the sources of the crate. What is publicly known of the messages stands in [`wire`].
//!
//! ```
//! use nhais_edifact::reference;
//!
//! let gp = reference::segments().find(|segment| segment.name() == "NAD+GP").unwrap();
//! let code = gp.rows().next().unwrap();
//! assert_eq!((code.element(), code.component(), code.name()), (2, 1, "the GP code"));
//! assert_eq!(code.format().to_string(), "an..17");
//!
//! let types = reference::transaction_types();
//! let removal = types.iter().find(|entry| entry.transaction_type.as_str() == "G3").unwrap();
//! let names: Vec<_> = removal.plan.steps.iter().map(|step| step.segment.name()).collect();
//! assert_eq!(names, ["S01", "RFF+TN", "NAD+GP", "FTX+RGI", "S02", "PNA+PAT"]);
//! ```

mod lists;
mod plans;
mod segments;
#[expect(clippy::doc_markdown, reason = "the page has names of programs in its prose")]
pub mod wire;

pub use lists::{Code, CodeList, Finding, code_lists, findings, limits, policies, rules, write_policies};
pub use plans::{Entry, Need, Plan, Required, Side, Step, envelope, transaction_types};
pub use segments::{Row, Segment, segments};
