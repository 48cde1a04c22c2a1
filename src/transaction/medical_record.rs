//! F5 and F6: obsolete transactions about medical records.

use crate::segment::{person::*, registration::*};
use crate::table::group;
use crate::value::{GpCode, TransactionNumber};

group! {
    /// An obsolete notice about a patient's medical record, to be read only.
    ///
    /// Wire form: `RFF+950:F5` or `RFF+950:F6`, then per notice `S01 RFF+TN NAD+GP S02 PNA+PAT`. One of the two says
    /// that records were received, the other that they were sent; which is which is not public. Source:
    /// [facts 3.3.14](crate::reference::wire#s-3-3-14).
    ///
    /// ```
    /// use nhais_edifact::transaction::MedicalRecordNotice;
    ///
    /// let notice = MedicalRecordNotice::default();
    /// assert!(notice.patient.is_none());
    /// ```
    pub struct MedicalRecordNotice {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the transaction, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The GP, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [S02 Trigger];
        [PnaPat Mandatory]
            /// The patient's NHS number, `PNA+PAT`.
            patient: Option<Person<'a>>;
    }
    require PnaPat::NUMBER if not |notice| {
        notice.patient.as_ref().is_some_and(|patient| patient.identifier.is_some())
    };
}
