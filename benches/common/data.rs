//! Generated interchanges. Names, places and codes are invented; NHS numbers are of the 999 range.
//!
//! The text is put together here by hand, not by the writer of this crate, so that reading it and writing it back says
//! something about both.

use std::fmt::Write as _;

/// Numbers that look random and are the same in every run: `SplitMix64`.
pub(super) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub(super) fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    pub(super) fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        let count = u64::try_from(texts.len()).unwrap_or(1);
        usize::try_from(self.below(count)).map_or("", |at| texts[at])
    }

    fn date(&mut self, first_year: u64, years: u64) -> String {
        format!("{}{:02}{:02}", first_year + self.below(years), 1 + self.below(12), 1 + self.below(28))
    }
}

pub(super) const SURNAMES: &[&str] = &[
    "MARLOWE",
    "OYELARAN",
    "CARVALHO",
    "PIKE",
    "GRANT-LEE",
    "FENWICK",
    "ASH",
    "WHITTINGHAM",
    "TO",
    "HOLT",
    "BRAMBLE",
    "NOWAKOWSKA",
    "STONE",
    "ABERNETHY",
    "LI",
    "QUILL",
];
pub(super) const FORENAMES: &[&str] =
    &["IRIS", "TAYO", "INES", "DORIS", "MARIA", "PATRICK", "JO", "BARTHOLOMEW", "ANN", "WINSTON", "EVE", "CHRISTOPHER"];
pub(super) const TITLES: &[&str] = &["MR", "MRS", "MISS", "MS", "DR"];
pub(super) const HOUSES: &[&str] =
    &["ROSE COTTAGE", "HILL FARM", "THE GABLES", "FLAT 3", "ELM HOUSE", "UNIT 12B", "THE OLD MILL"];
pub(super) const ROADS: &[&str] =
    &["ELDER WALK", "QUAY ROAD", "PARK VIEW", "STATION ROAD", "MILL LANE", "HIGH STREET", "THE RISE"];
const LOCALITIES: &[&str] = &["", "", "LOWER END", "FORD END", "UPPER DALE"];
pub(super) const TOWNS: &[&str] = &["NEWTON ABBEY", "EASTPOOL", "PORT HALLOW", "FARLEIGH", "STOKE UNDER MARSH"];
const COUNTIES: &[&str] = &["", "WESTSHIRE", "NORTHSHIRE"];
pub(super) const GPS: &[&str] = &["7000015,T93", "7000128,Q81234", "7000241,B4", "7000354,K81077"];
const NOTES: &[&str] = &[
    "MOVED 40 MILES AWAY",
    "NOW AT ELM HOUSE",
    "PATIENT STILL AT THIS ADDRESS",
    "SEE LETTER",
    "RECORDS REQUESTED TODAY",
];
const REASONS: &[&str] = &["1", "5", "13"];

/// One acceptance with every item it can hold: the interchange that comes by itself, 572 bytes.
pub(crate) fn small() -> Vec<u8> {
    let mut draft = Draft::of_practice(7, true);
    draft.message_header("G1");
    draft.segment("S01+1");
    draft.segment("RFF+TN:2002");
    draft.segment("NAD+GP+7000015,T93:900");
    draft.segment("NAD+RIC+QA:956");
    draft.segment("HEA+ACD+A:ZZZ");
    draft.segment("HEA+ATP+1:ZZZ");
    draft.segment("HEA+DM+Y:ZZZ");
    draft.segment("DTM+956:20240307:102");
    draft.segment("LOC+950+NEWTON ABBEY");
    draft.segment("FTX+RGI+++TWIN 1 OF 2");
    draft.segment("S02+2");
    draft.segment("PNA+PAT+9990000026:OPI+++SU:O?'DELL+FO:IRIS+TI:MISS+MI:JUNE+FS:ROSE MAY");
    draft.segment("DTM+329:20240219:102");
    draft.segment("PDI+2");
    draft.segment("NAD+PAT++THE GABLES:14 ELDER WALK:LOWER END:NEWTON ABBEY:WESTSHIRE+++++ZZ9  9AA");
    draft.segment("S02+2");
    draft.segment("PNA+PER++++SU:HOLT");
    draft.message_trailer();
    draft.finish()
}

/// A hundred transactions in messages of one to four.
pub(crate) fn hundred() -> Vec<u8> {
    let mut draft = Draft::of_practice(11, true);
    while draft.transactions < 100 {
        draft.message(100 - draft.transactions);
    }
    draft.finish()
}

/// At least `size` bytes of messages of one to four transactions; one release character per thousand bytes, or none.
pub(crate) fn large(size: usize, releases: bool) -> Vec<u8> {
    practice(size, releases).text
}

/// The same, counted.
pub(crate) fn practice(size: usize, releases: bool) -> Sample {
    let mut draft = Draft::of_practice(13, releases);
    draft.out.reserve_exact(size + 8192);
    while draft.out.len() < size {
        draft.message(u64::MAX);
    }
    draft.sample()
}

/// At least `size` bytes of messages of so many transactions.
pub(crate) fn with_transactions(size: usize, transactions: u64) -> Vec<u8> {
    let mut draft = Draft::of_practice(17, true);
    while draft.out.len() < size {
        let code = draft.code();
        draft.message_of(code, transactions);
    }
    draft.finish()
}

/// At least `size` bytes of acceptances, each with notes, nothing in them released: what variations are made of.
pub(crate) fn clean(size: usize) -> Sample {
    let mut draft = Draft::of_practice(23, false);
    draft.notes_always = true;
    while draft.out.len() < size {
        let transactions = 1 + draft.random.below(4);
        draft.message_of("G1", transactions);
    }
    draft.sample()
}

/// An input, and what stands in it.
pub(crate) struct Sample {
    pub(crate) text: Vec<u8>,
    pub(crate) transactions: u64,
    /// Lines of receipts, RFF+MIS and RFF+RIS.
    pub(crate) receipts: u64,
}

/// Who sends an interchange.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Practice,
    Ha,
}

/// Interchanges as they are written.
pub(super) struct Draft {
    pub(super) out: Vec<u8>,
    pub(super) random: Random,
    releases: bool,
    /// Every acceptance has notes, not one in three.
    notes_always: bool,
    /// Every item that a type has stands in each transaction, obsolete ones too.
    pub(super) full: bool,
    pub(super) interchanges: u64,
    pub(super) messages: u64,
    /// Messages before the interchange.
    pub(super) messages_before: u64,
    pub(super) transactions: u64,
    pub(super) receipts: u64,
    /// Segments of the message, UNH included.
    segments: u64,
    serial: u64,
}

impl Draft {
    /// Nothing yet.
    pub(super) fn new(seed: u64, releases: bool) -> Self {
        Self {
            out: Vec::new(),
            random: Random(seed),
            releases,
            notes_always: false,
            full: false,
            interchanges: 100,
            messages: 0,
            messages_before: 0,
            transactions: 0,
            receipts: 0,
            segments: 0,
            serial: 0,
        }
    }

    /// An interchange that a practice sends.
    pub(super) fn of_practice(seed: u64, releases: bool) -> Self {
        let mut draft = Self::new(seed, releases);
        draft.begin_registrations(Side::Practice);
        draft
    }

    pub(super) fn segment(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
        self.out.extend_from_slice(b"'\n");
        self.segments += 1;
    }

    /// UNB of registrations, as this side writes it (wire.md#s-1-4).
    pub(super) fn begin_registrations(&mut self, sender: Side) {
        self.begin(sender, if sender == Side::Practice { "++FHSREG" } else { "++FHSREG+++FHSA EDI TRANSFERS" });
    }

    pub(super) fn begin(&mut self, sender: Side, tail: &str) {
        self.interchanges += 1;
        self.messages_before = self.messages;
        let way = if sender == Side::Practice { "KLM5+ZQX1" } else { "ZQX1+KLM5" };
        self.segment(&format!("UNB+UNOA:2+{way}+240308:0915+{:08}{tail}", self.interchanges));
    }

    pub(super) fn end(&mut self) {
        self.segment(&format!("UNZ+{}+{:08}", self.messages - self.messages_before, self.interchanges));
    }

    pub(super) fn unh(&mut self, kind: &str) {
        self.messages += 1;
        self.segments = 0;
        self.segment(&format!("UNH+{:08}+{kind}", self.messages));
    }

    fn message_header(&mut self, code: &str) {
        self.unh("FHSREG:0:1:FH:FHS001");
        self.segment("BGM+++507");
        self.segment("NAD+FHS+ZQX:954");
        self.segment("DTM+137:202403080915:203");
        if code == "F8" {
            self.segment("DTM+206:20240331:102");
        }
        self.segment(&format!("RFF+950:{code}"));
    }

    pub(super) fn message_trailer(&mut self) {
        self.segment(&format!("UNT+{}+{:08}", self.segments + 1, self.messages));
    }

    fn finish(self) -> Vec<u8> {
        self.sample().text
    }

    /// The interchange, without a line break at its end.
    pub(super) fn sample(mut self) -> Sample {
        self.end();
        self.out.pop();
        self.samples()
    }

    /// All interchanges.
    pub(super) fn samples(self) -> Sample {
        Sample { text: self.out, transactions: self.transactions, receipts: self.receipts }
    }

    fn message(&mut self, most: u64) {
        let code = self.code();
        let transactions = (1 + self.random.below(4)).min(most);
        self.message_of(code, transactions);
    }

    pub(super) fn code(&mut self) -> &'static str {
        self.random.pick(&["G1", "G1", "G1", "G1", "G1", "G1", "G2", "G2", "G3", "G5"])
    }

    pub(super) fn message_of(&mut self, code: &str, transactions: u64) {
        self.message_header(code);
        for _ in 0..transactions {
            self.transaction(code);
        }
        self.message_trailer();
    }

    fn transaction(&mut self, code: &str) {
        self.transactions += 1;
        if code == "F8" {
            return self.close_quarter();
        }
        self.segment("S01+1");
        let number = self.number(code);
        self.segment(&format!("RFF+TN:{number}"));
        let gp = self.random.pick(GPS);
        self.segment(&format!("NAD+GP+{gp}:900"));
        match code {
            _ if self.full || code.starts_with('F') => self.items(code),
            "G1" => self.acceptance(),
            "G2" => self.amendment(),
            "G3" => self.removal(),
            _ => self.deduction_request(),
        }
    }

    fn acceptance(&mut self) {
        let kind = 1 + self.random.below(4);
        if kind == 3 {
            let name = self.random.pick(SURNAMES);
            self.segment(&format!("NAD+PGP+++DR {name}"));
            self.segment("NAD+PFH+ZQ:954");
        }
        self.segment("HEA+ACD+A:ZZZ");
        self.segment(&format!("HEA+ATP+{kind}:ZZZ"));
        self.date_segment("956", 2023, 2);
        if kind == 4 {
            self.date_segment("957", 2022, 2);
        }
        let town = self.random.pick(TOWNS);
        self.segment(&format!("LOC+950+{town}"));
        if self.notes_always || self.random.one_in(3) {
            self.notes();
        }
        self.segment("S02+2");
        let (forename, title) = (self.random.pick(FORENAMES), self.random.pick(TITLES));
        self.patient(&format!("+FO:{forename}+TI:{title}"));
        self.date_segment("329", 1925, 99);
        self.sex();
        self.address();
        if kind == 3 {
            let (number, road, town) = (self.random.below(200), self.random.pick(ROADS), self.random.pick(TOWNS));
            self.segment(&format!("NAD+PER++{number} {road}:{town}"));
        }
    }

    fn amendment(&mut self) {
        self.notes();
        self.segment("S02+2");
        self.patient("");
        self.address();
    }

    pub(super) fn removal(&mut self) {
        self.notes();
        self.segment("S02+2");
        self.patient_number();
    }

    fn deduction_request(&mut self) {
        let reason = self.random.pick(REASONS);
        self.segment(&format!("GIS+{reason}:ZZZ"));
        self.date_segment("961", 2023, 2);
        self.segment("S02+2");
        self.patient_number();
    }

    pub(super) fn date_segment(&mut self, qualifier: &str, first_year: u64, years: u64) {
        let date = self.random.date(first_year, years);
        self.segment(&format!("DTM+{qualifier}:{date}:102"));
    }

    pub(super) fn notes(&mut self) {
        let note = self.random.pick(NOTES);
        self.segment(&format!("FTX+RGI+++{note}"));
    }

    pub(super) fn sex(&mut self) {
        let sex = 1 + self.random.below(2);
        self.segment(&format!("PDI+{sex}"));
    }

    /// A release character in one surname of five, and in one house name of six, make one per thousand bytes.
    pub(super) fn patient(&mut self, names: &str) {
        let surname = self.random.pick(SURNAMES);
        let released = self.releases && self.random.one_in(5);
        let prefix = if released { "O?'" } else { "" };
        let number = self.nhs_number();
        self.segment(&format!("PNA+PAT+{number}:OPI+++SU:{prefix}{surname}{names}"));
    }

    pub(super) fn patient_number(&mut self) {
        let number = self.nhs_number();
        self.segment(&format!("PNA+PAT+{number}:OPI"));
    }

    pub(super) fn address(&mut self) {
        // The canonical form of no house name is a released question mark (wire.md#s-4-5).
        let house = if self.releases && self.random.one_in(6) { "??" } else { self.random.pick(HOUSES) };
        let (number, road) = (1 + self.random.below(300), self.random.pick(ROADS));
        let (locality, town) = (self.random.pick(LOCALITIES), self.random.pick(TOWNS));
        let county = self.random.pick(COUNTIES);
        let (area, unit) = (10 + self.random.below(90), self.random.below(10));
        self.segment(&format!("NAD+PAT++{house}:{number} {road}:{locality}:{town}:{county}+++++ZZ{area} {unit}QX"));
    }

    /// The next number of the 999 range whose check digit exists (wire.md#s-7-1).
    pub(super) fn nhs_number(&mut self) -> String {
        loop {
            self.serial = (self.serial + 7) % 1_000_000;
            let mut digits = format!("999{:06}", self.serial);
            let sum: u32 =
                digits.bytes().zip((2..=10).rev()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
            let check = (11 - sum % 11) % 11;
            if check < 10 {
                let _ = write!(digits, "{check}");
                return digits;
            }
        }
    }
}

/// How many release characters stand in an interchange.
pub(crate) fn releases(input: &[u8]) -> usize {
    let mut bytes = input.iter();
    let mut count = 0;
    while bytes.any(|&byte| byte == b'?') {
        bytes.next();
        count += 1;
    }
    count
}

/// The same interchange with tags of letters, which is all that `edifact-rs` accepts.
pub(crate) fn with_letter_tags(input: &[u8]) -> Vec<u8> {
    let mut renamed = input.to_vec();
    let starts: Vec<usize> =
        (1..input.len()).filter(|&at| matches!(&input[at..], [b'S', b'0', b'1' | b'2', b'+', ..])).collect();
    for at in starts.into_iter().filter(|&at| input[at - 1] == b'\n') {
        renamed[at + 1..at + 3].copy_from_slice(if input[at + 2] == b'1' { b"GA" } else { b"GB" });
    }
    renamed
}

/// The values of an interchange as CSV: a record per segment, a field per component.
pub(crate) fn to_csv(input: &[u8]) -> Vec<u8> {
    let mut csv = Vec::with_capacity(input.len() + input.len() / 8);
    let mut reader = nhais_edifact::syntax::SegmentReader::new(input);
    while let Ok(Some(segment)) = reader.next_segment() {
        let tag = segment.tag_text();
        csv.extend_from_slice(tag.as_bytes());
        for component in segment.elements().flat_map(|element| element.components()) {
            csv.push(b',');
            push_field(&mut csv, component.text().as_bytes());
        }
        csv.push(b'\n');
    }
    csv
}

fn push_field(csv: &mut Vec<u8>, value: &[u8]) {
    if !value.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n')) {
        return csv.extend_from_slice(value);
    }
    csv.push(b'"');
    for &byte in value {
        csv.extend_from_slice(if byte == b'"' { b"\"\"" } else { std::slice::from_ref(&byte) });
    }
    csv.push(b'"');
}

/// Inputs made to cost time or memory, by name, each of `size` bytes or a little more.
pub(crate) fn hostile(size: usize) -> Vec<(&'static str, Vec<u8>)> {
    let repeat = |unit: &[u8]| unit.iter().copied().cycle().take(size).collect::<Vec<u8>>();
    let mut plus = vec![b'+'; 60_000];
    plus[..3].copy_from_slice(b"NAD");
    plus.push(b'\'');
    vec![
        ("separators", repeat(b"+:+:+++::'")),
        ("releases", repeat(b"?")),
        ("plus-60k", repeat(&plus)),
        ("terminators", vec![b'\''; size.max(1_000_000)]),
        ("endless", repeat(b"LONG TEXT WITHOUT AN END ")),
    ]
}

/// A hostile input where it does harm: inside a message.
pub(crate) fn in_message(hostile: &[u8]) -> Vec<u8> {
    let mut input = b"UNB+UNOA:2+KLM5+ZQX1+240308:0915+00000101'UNH+00000001+FHSREG:0:1:FH:FHS001'BGM+++507'\
                      NAD+FHS+ZQX:954'DTM+137:202403080915:203'RFF+950:G1'S01+1'RFF+TN:1'"
        .to_vec();
    input.extend_from_slice(hostile);
    input
}
