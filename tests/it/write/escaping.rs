//! Values with service characters stay values.

use nhais_edifact::WriteOptions;
use nhais_edifact::syntax::{RawSegment, SegmentWriter};
use nhais_edifact::transaction::Unrecognised;

use crate::wire::*;

/// docs/failures.md#case-20
#[test]
fn service_characters_are_released_on_writing() {
    // Written raw, so that one value becomes several segments.
    let input = acceptance();
    let mut model = decode(&input);
    let value = "A'B+C:D?E";
    let acceptance = acceptance_mut(&mut model);
    acceptance.patient.as_mut().unwrap().surname = Some(value.into());
    acceptance.place_of_birth = Some(value.into());
    acceptance.notes = Some(value.into());
    let address = acceptance.address.as_mut().unwrap();
    address.house_name = Some(value.into());
    address.county = Some(value.into());
    let written = text(&model.encode(&WriteOptions::default()).unwrap());
    assert_eq!(written.matches("A?'B?+C?:D??E").count(), 5, "{written}");
    assert_eq!(check(&written, &[]), model);
}

/// docs/failures.md#case-20
#[test]
fn value_that_looks_like_segments_stays_a_value() {
    // Written raw: a name ends the message.
    let input = removal();
    let mut model = decode(&input);
    removal_mut(&mut model).notes = Some("X'UNT+1+1'UNZ+1+1'".into());
    let written = text(&model.encode(&WriteOptions::default()).unwrap());
    let read = check(&written, &[]);
    assert_eq!(notes_of(&read), "X'UNT+1+1'UNZ+1+1'");
}

/// docs/failures.md#case-20
#[test]
fn kept_text_cannot_end_its_segment() {
    // Written raw.
    let input = removal();
    for wire in ["ZZZ+A'UNT+1", "ZZZ+A?", "ZZZ+A'", "'", "ZZZ+A?'B'C", "ZZZ+A?B"] {
        let mut model = decode(&input);
        removal_mut(&mut model)
            .unrecognised
            .push(Unrecognised::Segment { at: 6, segment: RawSegment::from_wire(wire) });
        match model.encode(&WriteOptions::default().as_received(true)) {
            Err(error) => assert_eq!(error.kind().id(), "unrepresentable", "{wire}"),
            Ok(written) => assert_eq!(decode(&text(&written)), model, "{wire}"),
        }
    }
}

/// docs/failures.md#case-20
#[test]
fn syntax_writer_releases_what_must_be_released() {
    // Written raw.
    let mut buffer = Vec::new();
    let mut writer = SegmentWriter::new(&mut buffer);
    writer.write("FTX", &[&["PATIENT'S + 1 : PATIENTS?"]]).unwrap();
    assert_eq!(text(&buffer), "FTX+PATIENT?'S ?+ 1 ?: PATIENTS??'");
}
