//! Names, and old NHS numbers that look like names.

use crate::wire::*;

/// docs/failures.md#case-28
#[test]
fn old_number_that_begins_like_a_name() {
    // Read as a name, because all elements are searched for its prefix.
    for qualifier in ["SU", "FO", "TI", "MI", "FS"] {
        let number = format!("{qualifier}123/45");
        let input = replaced(&acceptance(), "PNA+PAT+9990000018:OPI", &format!("PNA+PAT+{number}:OPI"));
        let read = check(&input, &[]);
        let patient = acceptance_of(&read).patient.as_ref().unwrap();
        assert_eq!(patient.nhs_number().unwrap().as_str(), number);
        assert_eq!(patient.surname.as_deref(), Some("MARLOWE"));
        assert_eq!(patient.forename.as_deref(), Some("IRIS"));
        assert_eq!((patient.title.as_deref(), patient.second_forename.as_deref()), (None, None));
        assert_eq!(rewritten(&read), input);
    }
}

/// docs/failures.md#case-28
#[test]
fn old_number_that_is_a_name_qualifier() {
    // Read as a name.
    let input = replaced(&removal(), "PNA+PAT+9990000069:OPI", "PNA+PAT+SU:OPI");
    let read = check(&input, &[]);
    let patient = removal_of(&read).patient.as_ref().unwrap();
    assert_eq!(patient.nhs_number().unwrap().as_str(), "SU");
    assert_eq!(patient.surname, None);
}
