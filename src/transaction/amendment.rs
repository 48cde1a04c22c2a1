//! G2 and F1: one side informs the other of what has changed about a patient.

use crate::segment::{address::*, person::*, registration::*};
use crate::syntax::TextLines;
use crate::table::group;
use crate::value::{Change, Date, DrugsMarker, GpCode, InstituteCode, Quantity, RouteMarker, Sex, TransactionNumber};

// The two variants of a need are G2 and F1.
group! {
    /// An amendment: a practice or an HA reports what has changed about a patient.
    ///
    /// Wire form: `RFF+950:G2` or `RFF+950:F1`, then per amendment
    /// `S01 RFF+TN NAD+GP [NAD+RIC] [HEA+DM] [FTX+RGI] S02 PNA+PAT [DTM+329] [PDI] [NAD+PAT] [S02 PNA+PER]`. What is
    /// absent is unchanged, `%` erases. An HA sends no FTX, and gives a new NHS number in PNA+PER. Source:
    /// [facts 3.3.2](crate::reference::wire#s-3-3-2), [3.3.5](crate::reference::wire#s-3-3-5) and
    /// [3.6](crate::reference::wire#s-3-6).
    ///
    /// ```
    /// use nhais_edifact::transaction::Amendment;
    /// use nhais_edifact::value::Change;
    ///
    /// let mut amendment = Amendment::default();
    /// amendment.drugs_dispensed = Change::Erased;
    /// amendment.institute = Change::To("QB".into());
    /// ```
    pub struct Amendment {
        [S01 Mandatory];
        [RffTn Mandatory]
            /// The number of the transaction, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [NadGp Mandatory]
            /// The present GP, who does not change, `NAD+GP`.
            gp: Option<GpCode<'a>>;
        [NadRic Optional]
            /// The residential institute, `NAD+RIC`.
            institute: Change<InstituteCode<'a>>;
        [Qty951 Optional]
            /// Obsolete: mileage for the rural practice payment, `QTY+951`.
            rpp_mileage: Change<Quantity<'a>>;
        [Qty952 Optional]
            /// Obsolete: walking units, `QTY+952`.
            walking_units: Change<Quantity<'a>>;
        [HeaBm Optional]
            /// Obsolete: blocked route or special district, `HEA+BM`.
            route_marker: Change<RouteMarker>;
        [HeaDm Optional]
            /// Whether the GP dispenses drugs for the patient, `HEA+DM`.
            drugs_dispensed: Change<DrugsMarker>;
        [FtxRgi "OX"]
            /// Notes of the GP, `FTX+RGI`; an HA sends none.
            notes: Option<TextLines<'a>>;
        [S02 Trigger];
        [PnaPat Mandatory]
            /// The existing NHS number, and the names that change, `PNA+PAT`.
            patient: Option<AmendedPerson<'a>>;
        [Dtm329 Optional]
            /// The new date of birth, `DTM+329`; it cannot be erased.
            date_of_birth: Option<Date<'a>>;
        [Pdi Optional]
            /// The new sex, `PDI`; it cannot be erased.
            sex: Option<Sex>;
        [NadPat Optional]
            /// The complete new address, `NAD+PAT`.
            address: Option<AmendedAddress<'a>>;
        [S02Previous Trigger];
        [PnaPer Optional]
            /// The previous surname, and the new NHS number, `PNA+PER`.
            previous: Option<AmendedPreviousPerson<'a>>;
    }
    require PnaPat::NUMBER if not |amendment| {
        amendment.patient.as_ref().is_some_and(|patient| patient.identifier.is_some())
    };
}
