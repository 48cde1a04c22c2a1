//! F2: an HA deducts a patient from a practice's list.

use crate::segment::{person::*, registration::*};
use crate::table::group;
use crate::value::{Date, DeductionReason, GpCode, HaCipher, TransactionNumber};

group! {
    /// A deduction: an HA takes a patient off a practice's list.
    ///
    /// Wire form: `RFF+950:F2`, then per deduction `S01 RFF+TN NAD+GP [NAD+NFH] GIS DTM+961 S02 PNA+PAT`. Source:
    /// [facts 3.3.6](crate::reference::wire#s-3-3-6).
    ///
    /// ```
    /// use nhais_edifact::transaction::Deduction;
    /// use nhais_edifact::value::DeductionReason;
    ///
    /// let mut deduction = Deduction::default();
    /// deduction.reason = Some(DeductionReason::RemovalToAnotherHa);
    /// deduction.new_ha = Some("ZQ".into());
    /// ```
    pub struct Deduction {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the transaction, the HA's own, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The GP, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [NadNfh Optional]
            /// The new HA, `NAD+NFH`.
            new_ha: Option<HaCipher<'a>>;
        [Gis Mandatory]
            /// Why, `GIS`.
            reason: Option<DeductionReason>;
        [Dtm961 Mandatory]
            /// The date of the event, `DTM+961`.
            deducted_on: Option<Date<'a>>;
        [S02 Trigger];
        [PnaPat Mandatory]
            /// The patient's NHS number, `PNA+PAT`.
            patient: Option<Person<'a>>;
    }
    require PnaPat::NUMBER if not |deduction| {
        deduction.patient.as_ref().is_some_and(|patient| patient.identifier.is_some())
    };
}
