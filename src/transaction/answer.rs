//! F3 and F4: an HA rejects or approves an acceptance.

use crate::segment::{person::*, registration::*};
use crate::syntax::TextLines;
use crate::table::group;
use crate::value::{GpCode, TransactionNumber};

group! {
    /// A rejection: the acceptance went to the wrong HA.
    ///
    /// Wire form: `RFF+950:F3`, then per rejection `S01 RFF+TN NAD+GP FTX+RGI`. The number is that of the acceptance.
    /// Source: [facts 3.3.7](crate::reference::wire#s-3-3-7).
    ///
    /// ```
    /// use nhais_edifact::transaction::Rejection;
    ///
    /// let mut rejection = Rejection::default();
    /// rejection.notes = Some("WRONG HA: TRY ZQX".into());
    /// ```
    pub struct Rejection {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the acceptance, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The GP, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [FtxRgi OptionalOnReading]
            /// Why, `FTX+RGI`.
            notes: Option<TextLines<'a>>;
    }
}

group! {
    /// An approval of an acceptance, with the NHS number if it was newly allocated.
    ///
    /// Wire form: `RFF+950:F4`, then per approval `S01 RFF+TN NAD+GP [S02 PNA+PAT]`. The number is that of the
    /// acceptance. Source: [facts 3.3.8](crate::reference::wire#s-3-3-8).
    ///
    /// ```
    /// use nhais_edifact::transaction::Approval;
    ///
    /// let mut approval = Approval::default();
    /// approval.number = Some("2005".into());
    /// ```
    pub struct Approval {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the acceptance, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The GP, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [S02 Trigger];
        [PnaPat Optional]
            /// The patient's NHS number, `PNA+PAT`.
            patient: Option<Person<'a>>;
    }
    require PnaPat::NUMBER if not |approval| {
        approval.patient.as_ref().is_none_or(|patient| patient.identifier.is_some())
    };
}
