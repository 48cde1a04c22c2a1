//! F8: an HA closes a quarter.

use crate::segment::registration::*;
use crate::table::group;
use crate::value::TransactionNumber;

group! {
    /// A close quarter notification.
    ///
    /// Wire form: `RFF+950:F8'RFF+TN:10900004'GIS+Q:ZZZ'`, without S01 and without a patient. The date of the quarter's
    /// end stands in the heading of the message, [`quarter_end`](crate::Registration::quarter_end). Source:
    /// [facts 3.3.9](crate::reference::wire#s-3-3-9).
    ///
    /// ```
    /// use nhais_edifact::transaction::CloseQuarterNotification;
    ///
    /// let mut notification = CloseQuarterNotification::default();
    /// notification.number = Some("10900004".into());
    /// ```
    pub struct CloseQuarterNotification {
        [RffTn Mandatory]
            /// The number of the transaction, the HA's own, `RFF+TN`.
            number: Option<TransactionNumber<'a>>;
        [GisQ Mandatory];
    }
}
