//! A practice system, and an HA, as clients: each name is used as they would use it.

mod builders;
mod models;
mod syntax;
mod tolerance;
mod values;

use nhais_edifact::Interchange;

fn decoded(input: &[u8]) -> Interchange<'_> {
    Interchange::decode(input).unwrap().interchange
}
