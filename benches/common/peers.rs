//! Peers: `csv-core` on the same values as CSV, and `edifact-rs` on the same interchange.

use std::hint::black_box;

use edifact_rs::{EdifactDeserialize, Segment, Token, Tokenizer, Writer};

/// Every field of a CSV, copied out of it as `csv-core` does; how many there are and how many bytes they have.
pub(crate) fn csv(input: &[u8]) -> u64 {
    let mut reader = csv_core::Reader::new();
    let mut field = [0; 1024];
    let (mut rest, mut fields, mut bytes) = (input, 0_u64, 0);
    loop {
        let (result, read, written) = reader.read_field(rest, &mut field);
        rest = &rest[read..];
        bytes += black_box(&field[..written]).len() as u64;
        match result {
            csv_core::ReadFieldResult::Field { .. } => fields += 1,
            csv_core::ReadFieldResult::End => return (fields << 32) + bytes,
            csv_core::ReadFieldResult::InputEmpty | csv_core::ReadFieldResult::OutputFull => {}
        }
    }
}

/// The values of an interchange, counted as [`csv`] does.
pub(crate) fn csv_checksum(input: &[u8]) -> u64 {
    let mut reader = nhais_edifact::syntax::SegmentReader::new(input);
    let (mut fields, mut bytes) = (0_u64, 0);
    while let Ok(Some(segment)) = reader.next_segment() {
        fields += 1;
        bytes += segment.tag_text().len() as u64;
        for component in segment.elements().flat_map(|element| element.components()) {
            fields += 1;
            bytes += component.text().len() as u64;
        }
    }
    (fields << 32) + bytes
}

/// Every token of `edifact-rs`.
pub(crate) fn tokenize(input: &[u8]) -> u64 {
    let tokens = Tokenizer::new(input, edifact_rs::ServiceStringAdvice::default());
    let mut segments = 0;
    for token in tokens {
        let token = token.expect("a valid interchange");
        segments += u64::from(matches!(black_box(&token), Token::SegmentTag { .. }));
    }
    segments
}

/// Every segment from a slice.
pub(crate) fn from_bytes(input: &[u8]) -> u64 {
    edifact_rs::from_bytes(input).map(|segment| count(&segment.expect("a valid interchange"))).sum()
}

/// Every segment from a reader.
pub(crate) fn from_reader(input: &[u8]) -> u64 {
    edifact_rs::from_reader(input).map(|segment| count(&segment.expect("a valid interchange"))).sum()
}

fn count(segment: &Segment<'_>) -> u64 {
    black_box(segment);
    1
}

/// The segments, to be written.
pub(crate) fn segments(input: &[u8]) -> Vec<Segment<'_>> {
    edifact_rs::from_bytes(input).collect::<Result<_, _>>().expect("a valid interchange")
}

/// Writes segments into a buffer that has been used before.
pub(crate) fn write(segments: &[Segment<'_>], out: &mut Vec<u8>) -> u64 {
    out.clear();
    let mut writer = Writer::new(&mut *out);
    for segment in segments {
        writer.write_segment(segment).expect("writable");
    }
    writer.finish().expect("writable");
    black_box(&*out).len() as u64
}

/// Every message by the derive; how many transactions there are.
pub(crate) fn typed(input: &[u8]) -> u64 {
    edifact_rs::deserialize_messages::<Registration>(input)
        .map(|message| black_box(&message.expect("a valid interchange")).transactions())
        .sum()
}

/// Every message by the derive, from a reader.
pub(crate) fn typed_from_reader(input: &[u8]) -> u64 {
    edifact_rs::deserialize_messages_from_reader::<Registration, _>(input)
        .map(|message| black_box(&message.expect("a valid interchange")).transactions())
        .sum()
}

/// Declares segments whose values are texts: the tag, the qualifier, and the element and component of each.
macro_rules! segments {
    ($($name:ident = $tag:literal $(, $qualifier:literal)? {
        $($field:ident = $element:literal, $component:literal;)+
    })+) => {
        $(#[derive(EdifactDeserialize)]
        #[edifact(segment = $tag $(, qualifier = $qualifier)?)]
        struct $name {
            $(#[edifact(element = $element, component = $component)]
            $field: Option<String>,)+
        })+
    };
}

segments! {
    Unh = "UNH" { reference = 0, 0; kind = 1, 0; }
    Unt = "UNT" { count = 0, 0; reference = 1, 0; }
    Fhs = "NAD", "FHS" { cipher = 1, 0; }
    Translated = "DTM", "137" { time = 0, 1; }
    Type = "RFF", "950" { code = 0, 1; }
    Number = "RFF", "TN" { number = 0, 1; }
    Gp = "NAD", "GP" { code = 1, 0; }
    Institute = "NAD", "RIC" { code = 1, 0; }
    PreviousGp = "NAD", "PGP" { name = 3, 0; }
    PreviousHa = "NAD", "PFH" { cipher = 1, 0; }
    Reason = "GIS" { code = 0, 0; }
    AcceptanceCode = "HEA", "ACD" { code = 1, 0; }
    AcceptanceType = "HEA", "ATP" { code = 1, 0; }
    Drugs = "HEA", "DM" { mark = 1, 0; }
    Accepted = "DTM", "956" { date = 0, 1; }
    Entered = "DTM", "957" { date = 0, 1; }
    Event = "DTM", "961" { date = 0, 1; }
    Birth = "DTM", "329" { date = 0, 1; }
    BirthPlace = "LOC", "950" { place = 1, 0; }
    Notes = "FTX", "RGI" { text = 3, 0; }
    Sex = "PDI" { code = 0, 0; }
    Patient = "PNA", "PAT" {
        number = 1, 0; surname = 4, 1; second = 5, 1; third = 6, 1; fourth = 7, 1;
        fifth = 8, 1;
    }
    PreviousPatient = "PNA", "PER" { number = 1, 0; surname = 4, 1; }
    Address = "NAD", "PAT" {
        house = 2, 0; road = 2, 1; locality = 2, 2; town = 2, 3; county = 2, 4;
        postcode = 7, 0;
    }
    PreviousAddress = "NAD", "PER" { house = 2, 0; road = 2, 1; locality = 2, 2; }
}

/// A message as the derive of `edifact-rs` can hold it: it has no groups, so each segment is a list of its own.
#[derive(EdifactDeserialize)]
struct Registration {
    header: Unh,
    ha: Fhs,
    translated: Translated,
    code: Type,
    numbers: Vec<Number>,
    gps: Vec<Gp>,
    institutes: Vec<Institute>,
    previous_gps: Vec<PreviousGp>,
    previous_has: Vec<PreviousHa>,
    reasons: Vec<Reason>,
    acceptance_codes: Vec<AcceptanceCode>,
    acceptance_types: Vec<AcceptanceType>,
    drugs: Vec<Drugs>,
    accepted: Vec<Accepted>,
    entered: Vec<Entered>,
    events: Vec<Event>,
    births: Vec<Birth>,
    birth_places: Vec<BirthPlace>,
    notes: Vec<Notes>,
    sexes: Vec<Sex>,
    patients: Vec<Patient>,
    previous_patients: Vec<PreviousPatient>,
    addresses: Vec<Address>,
    previous_addresses: Vec<PreviousAddress>,
    trailer: Unt,
}

impl Registration {
    fn transactions(&self) -> u64 {
        self.numbers.len() as u64
    }
}
