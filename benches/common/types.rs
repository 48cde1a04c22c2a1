//! Transactions of every type with every item that the type has, receipts, and what both sides send in turn.

use super::data::{Draft, FORENAMES, HOUSES, ROADS, SURNAMES, Sample, Side, TITLES, TOWNS};

/// The transaction types (wire.md#s-3-1), each with its name.
pub(crate) const TYPES: &[(&str, &str)] = &[
    ("G1", "acceptances"),
    ("G2", "amendments by the practice, with erasures"),
    ("G3", "removals"),
    ("G5", "deduction requests"),
    ("F1", "amendments by the HA, with erasures"),
    ("F2", "deductions"),
    ("F3", "rejections"),
    ("F4", "approvals"),
    ("F5", "medical record notices"),
    ("F6", "medical record notices"),
    ("F8", "close quarter notifications"),
    ("F9", "FP69 prior notifications"),
    ("F10", "FP69 flag removals"),
    ("F11", "rejections of deduction requests"),
];

/// At least `size` bytes of one type, every item in each transaction, one to four of them in a message.
pub(crate) fn of_type(code: &str, size: usize) -> Sample {
    let mut draft = Draft::new(29, false);
    draft.full = true;
    draft.begin_registrations(if code.starts_with('G') { Side::Practice } else { Side::Ha });
    while draft.out.len() < size {
        draft.message_of_type(code);
    }
    draft.sample()
}

/// At least `size` bytes of interchanges with one receipt each, which acknowledges `least` to `most` messages.
pub(crate) fn receipts(size: usize, least: u64, most: u64) -> Sample {
    let mut draft = Draft::new(31, false);
    while draft.out.len() < size {
        let lines = least + draft.random.below(most - least + 1);
        draft.receipt(Side::Practice, draft.messages + 1, lines);
    }
    draft.samples()
}

/// At least `size` bytes of interchanges from both sides: one to forty messages of the types that are sent today, some
/// items of amendments erased; behind each interchange its receipt.
pub(crate) fn mixed(size: usize) -> Sample {
    let mut draft = Draft::new(19, true);
    draft.out.reserve_exact(size + (1 << 20));
    while draft.out.len() < size {
        let (sender, receiver) =
            if draft.random.one_in(2) { (Side::Practice, Side::Ha) } else { (Side::Ha, Side::Practice) };
        draft.registrations(sender);
        let lines = draft.messages - draft.messages_before;
        draft.receipt(receiver, draft.messages_before + 1, lines);
    }
    draft.samples()
}

impl Draft {
    fn registrations(&mut self, sender: Side) {
        self.begin_registrations(sender);
        for _ in 0..=self.random.below(40) {
            let code = if sender == Side::Practice { self.code() } else { self.code_of_ha() };
            self.message_of_type(code);
        }
        self.end();
    }

    fn message_of_type(&mut self, code: &str) {
        let transactions = if code == "F8" { 1 } else { 1 + self.random.below(4) };
        self.message_of(code, transactions);
    }

    /// Approvals follow acceptances; the end of a quarter is rare.
    fn code_of_ha(&mut self) -> &'static str {
        if self.random.one_in(50) {
            return "F8";
        }
        self.random.pick(&["F4", "F4", "F4", "F4", "F1", "F1", "F1", "F2", "F2", "F2", "F3", "F9", "F10", "F11"])
    }

    /// A receipt of the messages from `first` on, nearly all of which were well.
    fn receipt(&mut self, sender: Side, first: u64, lines: u64) {
        let acknowledged = self.interchanges;
        self.begin(sender, "++RECEP+++EDIFACT TRANSFER");
        self.unh("RECEP:0:2:FH");
        self.segment("BGM++600+243:202403080940:306+64");
        self.segment("NHS+ZQX:819:201+7000015,T93:814:202");
        self.segment("DTM+815:202403080930:306");
        for number in first..first + lines {
            let status = if self.random.one_in(50) { "CA" } else { "CP" };
            self.segment(&format!("RFF+MIS:{number:08} {status}"));
        }
        self.segment(&format!("RFF+RIS:{acknowledged:08} OK:{lines}"));
        self.receipts += lines + 1;
        self.message_trailer();
        self.end();
    }

    /// A number of the practice, which some types of the HA quote, or one of the HA (wire.md#s-8).
    pub(super) fn number(&self, code: &str) -> u64 {
        let of_ha = matches!(code, "F1" | "F2" | "F6" | "F8" | "F9" | "F10");
        if of_ha { 10_000_000 + self.transactions } else { self.transactions }
    }

    /// What stands behind NAD+GP.
    pub(super) fn items(&mut self, code: &str) {
        match code {
            "G1" => self.full_acceptance(),
            "G2" | "F1" => self.erasing_amendment(code == "F1"),
            "G3" | "F11" => self.removal(),
            "G5" => self.full_deduction_request(),
            "F2" => self.deduction(),
            "F3" => self.notes(),
            "F4" if !self.has(2) => {}
            "F9" => self.prior_notification(),
            _ => {
                self.segment("S02+2");
                self.patient_number();
            }
        }
    }

    /// Whether an item that may be absent is there: always in full form, else one time in so many.
    fn has(&mut self, count: u64) -> bool {
        self.full || self.random.one_in(count)
    }

    fn full_acceptance(&mut self) {
        let kind = 1 + self.random.below(4);
        let elsewhere = kind >= 3;
        self.segment("NAD+RIC+QA:956");
        if elsewhere {
            let name = self.random.pick(SURNAMES);
            self.segment(&format!("NAD+PGP+++DR {name}"));
            self.segment("NAD+PFH+ZQ:954");
        }
        self.segment("QTY+951:6");
        self.segment("QTY+952:3");
        self.segment("HEA+ACD+A:ZZZ");
        self.segment(&format!("HEA+ATP+{kind}:ZZZ"));
        self.segment("HEA+BM+S:ZZZ");
        self.segment("HEA+DM+Y:ZZZ");
        self.date_segment("956", 2023, 2);
        if kind == 4 {
            self.date_segment("957", 2022, 2);
            self.date_segment("958", 1990, 20);
        }
        let town = self.random.pick(TOWNS);
        self.segment(&format!("LOC+950+{town}"));
        self.notes();
        self.full_patient();
        self.sex();
        self.address();
        if elsewhere {
            let (number, road, town) = (self.random.below(200), self.random.pick(ROADS), self.random.pick(TOWNS));
            self.segment(&format!("NAD+PER++{number} {road}:{town}"));
        }
        self.previous_surname("PNA+PER++", false);
    }

    /// A patient with every name and the date of birth.
    fn full_patient(&mut self) {
        self.segment("S02+2");
        let (forename, title) = (self.random.pick(FORENAMES), self.random.pick(TITLES));
        let (second, other) = (self.random.pick(FORENAMES), self.random.pick(FORENAMES));
        self.patient(&format!("+FO:{forename}+TI:{title}+MI:{second}+FS:{other} MAY"));
        self.date_segment("329", 1925, 99);
    }

    fn previous_surname(&mut self, head: &str, erasable: bool) {
        let surname = self.random.pick(SURNAMES);
        let surname = if erasable { self.or_erased(surname) } else { surname };
        self.segment("S02+2");
        self.segment(&format!("{head}++SU:{surname}"));
    }

    fn full_deduction_request(&mut self) {
        self.segment("GIS+13:ZZZ");
        self.date_segment("961", 2023, 2);
        self.notes();
        self.segment("S02+2");
        self.patient_number();
    }

    fn deduction(&mut self) {
        let moved = self.has(3);
        if moved {
            self.segment("NAD+NFH+ZQ:954");
        }
        self.segment(if moved { "GIS+2:ZZZ" } else { "GIS+1:ZZZ" });
        self.date_segment("961", 2023, 2);
        self.segment("S02+2");
        self.patient_number();
    }

    fn prior_notification(&mut self) {
        let reason = self.random.pick(&["1", "8"]);
        self.segment(&format!("HEA+FRN+{reason}:ZZZ"));
        self.date_segment("962", 2024, 2);
        if self.has(2) {
            self.notes();
        }
        self.full_patient();
        self.address();
    }

    pub(super) fn close_quarter(&mut self) {
        let number = self.number("F8");
        self.segment(&format!("RFF+TN:{number}"));
        self.segment("GIS+Q:ZZZ");
    }

    /// A new value, or in one case of three the mark that erases the old one (wire.md#s-3-6).
    fn or_erased(&mut self, value: &'static str) -> &'static str {
        if self.random.one_in(3) { "%" } else { value }
    }

    fn erasing_amendment(&mut self, by_ha: bool) {
        self.amended_markers();
        if !by_ha && self.has(3) {
            self.notes();
        }
        self.segment("S02+2");
        self.amended_names();
        if self.has(8) {
            self.date_segment("329", 1925, 99);
        }
        if self.has(8) {
            self.sex();
        }
        if self.has(2) {
            self.amended_address();
        }
        if self.has(4) {
            let number = if by_ha { format!("PNA+PER+{}:API+", self.nhs_number()) } else { "PNA+PER++".to_owned() };
            self.previous_surname(&number, true);
        }
    }

    fn amended_markers(&mut self) {
        if self.has(8) {
            let code = self.or_erased("QB");
            self.segment(&format!("NAD+RIC+{code}:956"));
        }
        // Obsolete, so only in full form.
        if self.full {
            let (mileage, units, marker) = (self.or_erased("6"), self.or_erased("3"), self.or_erased("S"));
            self.segment(&format!("QTY+951:{mileage}"));
            self.segment(&format!("QTY+952:{units}"));
            self.segment(&format!("HEA+BM+{marker}:ZZZ"));
        }
        if self.has(4) {
            let marker = self.or_erased("Y");
            self.segment(&format!("HEA+DM+{marker}:ZZZ"));
        }
    }

    /// A new surname; perhaps new forenames, or all of them erased, and a title.
    fn amended_names(&mut self) {
        let (forename, second) = (self.random.pick(FORENAMES), self.random.pick(FORENAMES));
        let forenames = match self.has(3) {
            true if self.random.one_in(3) => ("FO:%".to_owned(), String::new()),
            true => (format!("FO:{forename}"), format!("+MI:{second}+FS:ROSE MAY")),
            false => (String::new(), String::new()),
        };
        let title = self.random.pick(TITLES);
        let title = if self.has(2) { format!("TI:{}", self.or_erased(title)) } else { String::new() };
        let names = format!("+{}+{title}{}", forenames.0, forenames.1);
        self.patient(names.trim_end_matches('+'));
    }

    /// A whole new address; of the house name and the road one is there (wire.md#s-3-3-2).
    fn amended_address(&mut self) {
        let (house, road) = match self.random.below(3) {
            0 => ("%", self.random.pick(ROADS)),
            1 => (self.random.pick(HOUSES), "%"),
            _ => (self.random.pick(HOUSES), self.random.pick(ROADS)),
        };
        let (locality, county) = (self.or_erased("LOWER END"), self.or_erased("WESTSHIRE"));
        let (town, postcode) = (self.random.pick(TOWNS), self.or_erased("ZZ12 4QX"));
        self.segment(&format!("NAD+PAT++{house}:{road}:{locality}:{town}:{county}+++++{postcode}"));
    }
}
