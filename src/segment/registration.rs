//! What registration messages (FHSREG) consist of, but for names and addresses.
//!
//! Source: wire.md#s-2-2, wire.md#s-3-2 and wire.md#s-4-2.

use crate::table::segment;

segment! {
    /// A constant, meaning not public.
    Bgm = "BGM" { [3 . 1] = "507" }
}

segment! {
    /// The responsible HA: destination of what a practice sends, sender of what it receives.
    NadFhs = "NAD+FHS" { [2 . 1] An(17) "the HA cipher" as CIPHER for "ha", [2 . 2] = "954" }
}

segment! {
    /// When the message was translated.
    Dtm137 = "DTM+137" { [1 . 2] DateTime("203") "the translation date and time" for "translated" }
}

segment! {
    /// The end of the quarter that is closed.
    Dtm206 = "DTM+206" { [1 . 2] Date("102") "the quarter end date" for "quarter_end" }
}

segment! {
    /// The type of all transactions in the message.
    Rff950 = "RFF+950" { [1 . 2] An(3) "the transaction type" as CODE for "transactions" }
}

segment! {
    /// The trigger of a transaction.
    S01 = "S01" { [1 . 1] = "1" }
}

segment! {
    /// The trigger of the patient's data, and once more of the previous identity.
    S02 = "S02" { [1 . 1] = "2" }
}

/// The trigger `S02` where it introduces the previous identity.
pub(crate) type S02Previous = S02;

segment! {
    /// The number of the transaction.
    RffTn = "RFF+TN" { [1 . 2] An(35) "the transaction number" as NUMBER for "number" }
}

segment! {
    /// The patient's GP.
    NadGp = "NAD+GP" { [2 . 1] An(17) "the GP code" as CODE for "gp", [2 . 2] = "900" }
}

segment! {
    /// The residential institute in which the patient lives.
    NadRic = "NAD+RIC" { [2 . 1] Seen(17, 2) "the institute code" for "institute", [2 . 2] = "956" }
}

segment! {
    /// The previous GP, by name.
    NadPgp = "NAD+PGP" { [4 . 1] Seen(35, 8) "the name of the previous GP" for "kind.previous_gp" }
}

segment! {
    /// The previous HA.
    NadPfh = "NAD+PFH" { [2 . 1] An(17) "the cipher of the previous HA" for "kind.previous_ha", [2 . 2] = "954" }
}

segment! {
    /// The new HA.
    NadNfh = "NAD+NFH" { [2 . 1] An(17) "the cipher of the new HA" for "new_ha", [2 . 2] = "954" }
}

segment! {
    /// Obsolete: mileage for the rural practice payment.
    Qty951 = "QTY+951" { [1 . 2] N(15) "the mileage" as MILEAGE for "rpp_mileage" }
}

segment! {
    /// Obsolete: walking units.
    Qty952 = "QTY+952" { [1 . 2] N(15) "the walking units" as UNITS for "walking_units" }
}

segment! {
    /// Why the patient is deducted.
    Gis = "GIS" { [1 . 1] An(3) "the deduction reason" as CODE for "reason", [1 . 2] = "ZZZ" }
}

segment! {
    /// A constant of the close quarter notification.
    GisQ = "GIS" { [1 . 1] = "Q", [1 . 2] = "ZZZ" }
}

segment! {
    /// Why the practice accepts the patient.
    HeaAcd = "HEA+ACD" { [2 . 1] An(1) "the acceptance code" as CODE for "acceptance_code", [2 . 2] = "ZZZ" }
}

segment! {
    /// What kind of registration the acceptance is.
    HeaAtp = "HEA+ATP" { [2 . 1] An(1) "the acceptance type" as TYPE for "kind", [2 . 2] = "ZZZ" }
}

segment! {
    /// Obsolete: blocked route or special district.
    HeaBm = "HEA+BM" { [2 . 1] An(1) "the route marker" as MARKER for "route_marker", [2 . 2] = "ZZZ" }
}

segment! {
    /// Whether the GP dispenses drugs for the patient.
    HeaDm = "HEA+DM" { [2 . 1] An(1) "the drugs marker" as MARKER for "drugs_dispensed", [2 . 2] = "ZZZ" }
}

segment! {
    /// Why an FP69 flag was set.
    HeaFrn = "HEA+FRN" { [2 . 1] An(3) "the FP69 reason" for "reason", [2 . 2] = "ZZZ" }
}

segment! {
    /// When the patient was accepted.
    Dtm956 = "DTM+956" { [1 . 2] Date("102") "the date of acceptance" for "accepted_on" }
}

segment! {
    /// When the patient entered the UK.
    Dtm957 = "DTM+957" { [1 . 2] Date("102") "the date of entry to the UK" for "kind.entered_uk_on" }
}

segment! {
    /// When the patient left the UK, earlier.
    Dtm958 = "DTM+958" { [1 . 2] Date("102") "the date of exit from the UK" for "kind.left_uk_on" }
}

segment! {
    /// When the event happened for which the patient is deducted.
    Dtm961 = "DTM+961" { [1 . 2] Date("102") "the date of deduction" for "deducted_on" }
}

segment! {
    /// When the FP69 flag expires.
    Dtm962 = "DTM+962" { [1 . 2] Date("102") "the FP69 expiry date" for "expires_on" }
}

segment! {
    /// Where the patient was born.
    Loc950 = "LOC+950" { [2 . 1] Seen(25, 12) "the place of birth" for "place_of_birth" }
}

segment! {
    /// Free text: notes of the GP or the HA, or a reason.
    FtxRgi = "FTX+RGI" { [4 . 1] Lines(70, 56) "the free text" as TEXT for "notes" }
}

segment! {
    /// When the patient was born.
    Dtm329 = "DTM+329" { [1 . 2] Date("102") "the date of birth" for "date_of_birth" }
}

segment! {
    /// The patient's sex.
    Pdi = "PDI" { [1 . 1] An(1) "the sex" as SEX for "sex" }
}
