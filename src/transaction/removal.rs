//! G3: a practice asks for a patient outside its area to be removed.

use crate::segment::{person::*, registration::*};
use crate::syntax::TextLines;
use crate::table::group;
use crate::value::{GpCode, TransactionNumber};

group! {
    /// A removal: a practice asks for a patient outside its area to be removed from its list.
    ///
    /// Wire form: `RFF+950:G3`, then per removal `S01 RFF+TN NAD+GP FTX+RGI S02 PNA+PAT`. Source:
    /// [facts 3.3.3](crate::reference::wire#s-3-3-3).
    ///
    /// ```
    /// use nhais_edifact::transaction::Removal;
    ///
    /// let mut removal = Removal::default();
    /// removal.notes = Some("MOVED 40 MILES AWAY".into());
    /// ```
    pub struct Removal {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the transaction, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The GP, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [FtxRgi Mandatory]
            /// The reason, `FTX+RGI`.
            notes: Option<TextLines<'a>>;
        [S02 Trigger];
        [PnaPat Mandatory]
            /// The patient's NHS number, `PNA+PAT`.
            patient: Option<Person<'a>>;
    }
    require PnaPat::NUMBER if not |removal| {
        removal.patient.as_ref().is_some_and(|patient| patient.identifier.is_some())
    };
}
