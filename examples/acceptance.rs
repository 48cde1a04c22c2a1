//! Registers a newborn: builds an acceptance, and prints the interchange.
//!
//! `cargo run --example acceptance`

use std::error::Error;

use chrono::NaiveDate;
use nhais_edifact::WriteOptions;
use nhais_edifact::build::{AcceptanceItems, InterchangeBuilder};
use nhais_edifact::exchange::{Numbering, TransactionNumbering};
use nhais_edifact::transaction::{Acceptance, Address};
use nhais_edifact::value::{AcceptanceCode, NhsNumber, Sex};

fn main() -> Result<(), Box<dyn Error>> {
    print!("{}", String::from_utf8(acceptance()?)?);
    Ok(())
}

fn acceptance() -> Result<Vec<u8>, Box<dyn Error>> {
    let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or("no such date");
    let now = date(2024, 3, 8)?.and_hms_opt(9, 15, 0).ok_or("no such time")?;

    // A practice stores both between interchanges: one per HA, and one for all of them.
    let mut numbering = Numbering::default();
    let mut transactions = TransactionNumbering::default();

    // What is mandatory stands in the items and the arguments. The rest is set by name.
    let items = AcceptanceItems {
        gp: "7000015,T93".into(),
        code: AcceptanceCode::Ordinary,
        accepted_on: date(2024, 3, 7)?,
        surname: "O'DELL".into(),
        sex: Sex::Female,
        address: Address::of_road("14 ELDER WALK", "NEWTON ABBEY").county("WESTSHIRE").postcode("ZZ9 9AA"),
    };
    let birth = Acceptance::birth(items, NhsNumber::from("9990000018"), date(2024, 2, 20)?)
        .forename("IRIS")
        .second_forename("JUNE")
        .place_of_birth("NEWTON ABBEY")
        .notes("SECOND TWIN: SEE ALSO 9990000026")
        .build()?;

    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now);
    builder.push(birth)?;
    let options = WriteOptions::default().final_break(true);
    Ok(builder.finish(&mut numbering, &mut transactions, &options)?.bytes)
}
