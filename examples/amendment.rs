//! Amends a patient: sets some items, erases others, leaves the rest; prints the interchange, and what it says to its
//! reader.
//!
//! `cargo run --example amendment`

use std::error::Error;

use chrono::NaiveDate;
use nhais_edifact::build::InterchangeBuilder;
use nhais_edifact::exchange::{Numbering, TransactionNumbering};
use nhais_edifact::transaction::{AmendedAddress, Amendment, TransactionRef};
use nhais_edifact::value::{Change, GpCode, NhsNumber};
use nhais_edifact::{Interchange, WriteOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let written = amendment()?;
    println!("{}\n", String::from_utf8(written.clone())?);
    read(&written)
}

fn amendment() -> Result<Vec<u8>, Box<dyn Error>> {
    let now =
        NaiveDate::from_ymd_opt(2024, 3, 11).and_then(|date| date.and_hms_opt(10, 30, 0)).ok_or("no such time")?;
    let (mut numbering, mut transactions) = (Numbering::default(), TransactionNumbering::default());

    // An address is given whole: a line that is neither set nor erased is blank.
    let address = AmendedAddress::of_road("9 HIGH STREET", "NEWTON ABBEY").erase_house_name().postcode("ZZ20 5FF");
    let amendment = Amendment::by_practice(GpCode::from("7000015,T93"), NhsNumber::from("9990000042"))
        .surname("GRANT-LEE")
        .previous_surname("PIKE")
        .erase_title()
        .erase_drugs_dispensed()
        .address(address)
        .build()?;

    let mut builder = InterchangeBuilder::to_ha("KLM5", "ZQX", now);
    builder.push(amendment)?;
    Ok(builder.finish(&mut numbering, &mut transactions, &WriteOptions::default())?.bytes)
}

fn read(input: &[u8]) -> Result<(), Box<dyn Error>> {
    let interchange = Interchange::decode(input)?.interchange;
    for (_, transaction) in interchange.transactions() {
        let TransactionRef::AmendmentOut(amendment) = transaction else { return Err("no amendment".into()) };
        let patient = amendment.patient.as_ref().ok_or("no patient")?;
        println!("surname: {}", patient.surname.as_ref().map_or("unchanged", |surname| surname.as_str()));
        println!("title: {}", said(&patient.title));
        println!("forenames: {}", said(&patient.forename));
        println!("drugs dispensed: {}", said(&amendment.drugs_dispensed));
    }
    Ok(())
}

fn said<T>(change: &Change<T>) -> &'static str {
    match change {
        Change::Unchanged => "unchanged",
        Change::To(_) => "new",
        Change::Erased => "erased",
    }
}
