//! F9 and F10: an HA sets an FP69 flag on a patient, and removes it.

use crate::segment::{address::*, person::*, registration::*};
use crate::syntax::TextLines;
use crate::table::{group, is_given};
use crate::value::{Date, Fp69Reason, GpCode, TransactionNumber};

group! {
    /// An FP69 prior notification: the patient will be deducted unless the practice answers in time.
    ///
    /// Wire form: `RFF+950:F9`, then per notification
    /// `S01 RFF+TN NAD+GP HEA+FRN DTM+962 [FTX+RGI] S02 PNA+PAT DTM+329 NAD+PAT`. Source:
    /// [facts 3.3.10](crate::reference::wire#s-3-3-10).
    ///
    /// ```
    /// use nhais_edifact::transaction::Fp69PriorNotification;
    ///
    /// let mut notification = Fp69PriorNotification::default();
    /// notification.reason = Some("8".into());
    /// ```
    pub struct Fp69PriorNotification {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the transaction, the HA's own, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The GP, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [HeaFrn Mandatory]
            /// Why the flag was set, `HEA+FRN`.
            reason: Option<Fp69Reason<'a>>;
        [Dtm962 Mandatory]
            /// When the flag expires, `DTM+962`.
            expires_on: Option<Date<'a>>;
        [FtxRgi Optional]
            /// Notes of the HA, `FTX+RGI`.
            notes: Option<TextLines<'a>>;
        [S02 Trigger];
        [PnaPat Mandatory]
            /// The patient's NHS number and names, `PNA+PAT`.
            patient: Option<Person<'a>>;
        [Dtm329 Mandatory]
            /// When the patient was born, `DTM+329`.
            date_of_birth: Option<Date<'a>>;
        [NadPat OptionalOnReading]
            /// The address, `NAD+PAT`.
            address: Option<Address<'a>>;
    }
    require PnaPat::NUMBER if not |notification| {
        notification.patient.as_ref().is_some_and(|patient| patient.identifier.is_some())
    };
    require PnaPat::SURNAME if not |notification| {
        notification.patient.as_ref().is_some_and(|patient| is_given(&patient.surname))
    };
}

group! {
    /// An FP69 flag removal: the patient stays.
    ///
    /// Wire form: `RFF+950:F10`, then per removal `S01 RFF+TN NAD+GP S02 PNA+PAT`. Source:
    /// [facts 3.3.11](crate::reference::wire#s-3-3-11).
    ///
    /// ```
    /// use nhais_edifact::transaction::Fp69FlagRemoval;
    ///
    /// let mut removal = Fp69FlagRemoval::default();
    /// removal.gp = Some("7000015,T93".into());
    /// ```
    pub struct Fp69FlagRemoval {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the transaction, the HA's own, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The GP, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [S02 Trigger];
        [PnaPat Mandatory]
            /// The patient's NHS number, `PNA+PAT`.
            patient: Option<Person<'a>>;
    }
    require PnaPat::NUMBER if not |removal| {
        removal.patient.as_ref().is_some_and(|patient| patient.identifier.is_some())
    };
}
