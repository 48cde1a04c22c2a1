//! G5 and its refusal F11: a practice asks for a patient to be deducted from its list.

use crate::segment::{person::*, registration::*};
use crate::syntax::TextLines;
use crate::table::group;
use crate::value::{Date, DeductionReason, GpCode, TransactionNumber};

group! {
    /// A deduction request: a practice asks for a patient who died or left to be deducted from its list.
    ///
    /// Wire form: `RFF+950:G5`, then per request `S01 RFF+TN NAD+GP GIS DTM+961 [FTX+RGI] S02 PNA+PAT`. Source:
    /// [facts 3.3.4](crate::reference::wire#s-3-3-4).
    ///
    /// ```
    /// use nhais_edifact::transaction::DeductionRequest;
    /// use nhais_edifact::value::DeductionReason;
    ///
    /// let mut request = DeductionRequest::default();
    /// request.reason = Some(DeductionReason::Embarkation);
    /// ```
    pub struct DeductionRequest {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the transaction, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The GP, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [Gis Mandatory]
            /// Why: death, embarkation or another reason, `GIS`.
            reason: Option<DeductionReason>;
        [Dtm961 Mandatory]
            /// The date of the event, not of the request, `DTM+961`.
            deducted_on: Option<Date<'a>>;
        [FtxRgi Optional]
            /// Notes of the GP, needed when the date is approximate, `FTX+RGI`.
            notes: Option<TextLines<'a>>;
        [S02 Trigger];
        [PnaPat Mandatory]
            /// The patient's NHS number, `PNA+PAT`.
            patient: Option<Person<'a>>;
    }
    require PnaPat::NUMBER if not |request| {
        request.patient.as_ref().is_some_and(|patient| patient.identifier.is_some())
    };
}

group! {
    /// A deduction request rejection: an HA refuses to deduct a patient.
    ///
    /// Wire form: `RFF+950:F11`, then per rejection `S01 RFF+TN NAD+GP FTX+RGI S02 PNA+PAT`. Whether the number is that
    /// of the request is not documented; data suggest it. Source: [facts 3.3.12](crate::reference::wire#s-3-3-12) and
    /// [10.1, row 24](crate::reference::wire#row-24).
    ///
    /// ```
    /// use nhais_edifact::transaction::DeductionRequestRejection;
    ///
    /// let mut rejection = DeductionRequestRejection::default();
    /// rejection.notes = Some("PATIENT SEEN THIS WEEK".into());
    /// ```
    pub struct DeductionRequestRejection {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the transaction, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The GP, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [FtxRgi Mandatory]
            /// Why the HA refuses, `FTX+RGI`.
            notes: Option<TextLines<'a>>;
        [S02 Trigger];
        [PnaPat Mandatory]
            /// The patient's NHS number, `PNA+PAT`.
            patient: Option<Person<'a>>;
    }
    require PnaPat::NUMBER if not |rejection| {
        rejection.patient.as_ref().is_some_and(|patient| patient.identifier.is_some())
    };
}
