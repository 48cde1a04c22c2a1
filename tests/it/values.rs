//! Values that several tests begin with.

use chrono::{NaiveDate, NaiveDateTime};
use nhais_edifact::build::AcceptanceItems;
use nhais_edifact::transaction::Address;
use nhais_edifact::value::{AcceptanceCode, GpCode, NhsNumber, Sex};

pub(crate) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// When what is made here is made.
pub(crate) fn now() -> NaiveDateTime {
    date(2024, 3, 8).and_hms_opt(9, 15, 0).unwrap()
}

/// The GP of the worked examples.
pub(crate) fn gp() -> GpCode<'static> {
    GpCode::from("7000015,T93")
}

/// The patient of the first worked example.
pub(crate) fn patient() -> NhsNumber<'static> {
    NhsNumber::from("9990000018")
}

/// What every acceptance has.
pub(crate) fn items() -> AcceptanceItems<'static> {
    AcceptanceItems {
        gp: gp(),
        code: AcceptanceCode::Ordinary,
        accepted_on: date(2024, 3, 7),
        surname: "MARLOWE".into(),
        sex: Sex::Female,
        address: Address::of_road("14 ELDER WALK", "NEWTON ABBEY"),
    }
}
