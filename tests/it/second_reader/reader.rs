//! A second reader of interchanges, slow and plain, written from the facts (`docs/wire.md`) and not from the crate, of which it
//! uses the segments only. What it reads are pairs of a path and a text; the paths have the names of the serialized model.

use std::collections::BTreeMap;
use std::ops::Range;

use nhais_edifact::syntax::SegmentReader;

/// What is read: texts by their paths. What has parts has an empty text.
pub(crate) type Values = BTreeMap<String, String>;

/// A segment: its elements, the tag first, each as its components, release characters resolved.
#[derive(Clone)]
pub(crate) struct Segment {
    elements: Vec<Vec<String>>,
    pub(crate) span: Range<usize>,
}

impl Segment {
    /// A component by its element and its place there, both counting from 1; empty if the segment is shorter.
    pub(crate) fn text(&self, element: usize, component: usize) -> &str {
        self.elements.get(element).and_then(|parts| parts.get(component - 1)).map_or("", String::as_str)
    }

    pub(crate) fn tag(&self) -> &str {
        &self.elements[0][0]
    }

    /// `NAD+GP`, or the tag alone where segments of this tag have no qualifier (4.2).
    pub(crate) fn key(&self) -> String {
        match self.tag() {
            tag @ ("NAD" | "PNA" | "DTM" | "RFF" | "QTY" | "HEA" | "LOC" | "FTX") => {
                format!("{tag}+{}", self.text(1, 1))
            }
            tag => tag.to_owned(),
        }
    }

    /// In wire form.
    pub(crate) fn wire(&self) -> String {
        let released = |text: &String| {
            let escape = |character| if "+:?'".contains(character) { Some('?') } else { None };
            text.chars().flat_map(|character| escape(character).into_iter().chain([character])).collect::<String>()
        };
        let element = |parts: &Vec<String>| parts.iter().map(released).collect::<Vec<_>>().join(":");
        self.elements.iter().map(element).collect::<Vec<_>>().join("+")
    }
}

/// The segments of the input but for empty ones (row 62); `None` if they cannot be told apart.
pub(crate) fn segments(input: &[u8]) -> Option<Vec<Segment>> {
    let (mut reader, mut all) = (SegmentReader::new(input), Vec::new());
    while let Some(segment) = reader.next_segment().ok()? {
        let span = segment.span();
        let elements = std::iter::once(segment.element(0)).chain(segment.elements());
        let texts = elements.map(|element| element.components().map(|part| part.text().to_string()).collect());
        all.push(Segment { elements: texts.collect(), span: cut(span.start)..cut(span.end) });
    }
    all.retain(|segment| segment.elements != [[""]]);
    Some(all)
}

fn cut(offset: u64) -> usize {
    usize::try_from(offset).expect("it is a place of the input")
}

/// A segment of which what was read is marked; the rest is kept (row 48).
struct Open<'s> {
    segment: &'s Segment,
    read: Vec<(usize, usize)>,
}

impl<'s> Open<'s> {
    fn new(segment: &'s Segment) -> Open<'s> {
        let has_qualifier = segment.key() != segment.tag();
        Open { segment, read: if has_qualifier { vec![(0, 1), (1, 1)] } else { vec![(0, 1)] } }
    }

    fn take(&mut self, element: usize, component: usize) -> &'s str {
        self.read.push((element, component));
        self.segment.text(element, component)
    }

    /// A constant of the pattern; another text in its place is kept.
    fn constant(&mut self, element: usize, component: usize, text: &str) {
        if self.segment.text(element, component) == text {
            self.read.push((element, component));
        }
    }
}

/// Reads the input: of each interchange what it holds, by paths.
pub(crate) fn read(input: &[u8]) -> Option<Vec<Values>> {
    let mut all = Vec::new();
    let segments = segments(input)?;
    let mut rest = &segments[..];
    // What stands outside of UNB to UNZ is not part of an interchange (row 40); another UNB begins the next (row 57).
    while let Some(start) = rest.iter().position(|segment| segment.tag() == "UNB") {
        let behind = &rest[start + 1..];
        let end = behind.iter().position(|segment| matches!(segment.tag(), "UNB" | "UNZ")).unwrap_or(behind.len());
        let trailer = behind.get(end).filter(|segment| segment.tag() == "UNZ");
        all.push(interchange(&rest[start], &behind[..end], trailer));
        rest = &behind[end..];
    }
    (!all.is_empty()).then_some(all)
}

fn interchange(header: &Segment, segments: &[Segment], trailer: Option<&Segment>) -> Values {
    let mut out = Out { values: Values::new(), path: "header".to_owned(), kind: "" };
    let mut open = Open::new(header);
    for (name, element, component) in [
        ("syntax_identifier", 1, 1),
        ("syntax_version", 1, 2),
        ("sender", 2, 1),
        ("recipient", 3, 1),
        ("prepared.date", 4, 1),
        ("prepared.time", 4, 2),
        ("reference", 5, 1),
        ("recipient_reference", 6, 1),
        ("recipient_reference_qualifier", 6, 2),
        ("application_reference", 7, 1),
        ("priority", 8, 1),
        ("acknowledgement_request", 9, 1),
        ("agreement", 10, 1),
        ("test_indicator", 11, 1),
    ] {
        out.text(name, open.take(element, component));
    }
    out.keep_the_rest_of(&open);
    out.keep_the_rest_of_trailer(trailer);
    // A message ends with UNT, or where another begins (row 57). What stands outside of messages is not looked at.
    let (mut rest, mut count) = (segments, 0);
    while let Some(start) = rest.iter().position(|segment| segment.tag() == "UNH") {
        let behind = &rest[start + 1..];
        let end = behind.iter().position(|segment| matches!(segment.tag(), "UNT" | "UNH")).unwrap_or(behind.len());
        out.path = format!("messages.{count}");
        let trailer = behind.get(end).filter(|segment| segment.tag() == "UNT");
        message(&mut out, &rest[start], &behind[..end], trailer);
        count += 1;
        rest = &behind[end..];
    }
    out.values
}

fn message(out: &mut Out, header: &Segment, body: &[Segment], trailer: Option<&Segment>) {
    let has = |key: &str| body.iter().any(|segment| segment.key() == key);
    // Row 53.
    let is_receipt = match header.text(2, 1) {
        "FHSREG" => has("NHS") && !has("RFF+950"),
        "RECEP" => true,
        _ => return other_message(out, header, body, trailer),
    };
    out.path += if is_receipt { ".receipt" } else { ".registration" };
    insert(&mut out.values, &out.path, "");
    let mut open = Open::new(header);
    out.text("reference", open.take(1, 1));
    let is_stated = header.text(2, 1) == "RECEP";
    let mut pattern = if is_stated { vec!["RECEP", "0", "2", "FH"] } else { vec!["FHSREG", "0", "1", "FH"] };
    // A receipt has no such code, whatever type it states (row 18).
    pattern.extend((!is_receipt).then_some("FHS001"));
    for (at, text) in pattern.iter().enumerate() {
        open.constant(2, at + 1, text);
    }
    out.keep_the_rest_of(&open);
    out.keep_the_rest_of_trailer(trailer);
    if is_receipt { receipt(out, body) } else { registration(out, body) }
}

fn other_message(out: &mut Out, header: &Segment, body: &[Segment], trailer: Option<&Segment>) {
    out.path += ".other";
    out.text("header", &header.wire());
    out.keep_the_rest_of_trailer(trailer);
    for (at, segment) in body.iter().enumerate() {
        out.text(&format!("segments.{at}"), &segment.wire());
    }
}

/// 2.4: where a transaction begins.
fn begins(segment: &Segment, open: Option<&[Segment]>) -> bool {
    let is_number = |segment: &Segment| segment.key() == "RFF+TN";
    match open {
        _ if segment.tag() == "S01" => !open.is_some_and(|so_far| so_far.len() == 1 && is_number(&so_far[0])),
        _ if is_number(segment) => open.is_none_or(|so_far| so_far.iter().any(is_number)),
        _ => false,
    }
}

fn registration(out: &mut Out, body: &[Segment]) {
    let first = body.iter().position(|segment| begins(segment, None)).unwrap_or(body.len());
    let (heading, mut rest) = body.split_at(first);
    let code = heading.iter().find(|segment| segment.key() == "RFF+950").map_or("", |segment| segment.text(1, 2));
    let mut foreseen = vec!["BGM", "NAD+FHS", "DTM+137", "RFF+950"];
    foreseen.extend((code == "F8").then_some("DTM+206"));
    group(out, heading, &foreseen, code);
    let message = out.path.clone();
    let is_known = FORESEEN.iter().any(|(known, _)| *known == code);
    let list =
        if is_known { format!("{message}.transactions.{code}") } else { format!("{message}.transactions.other") };
    if is_known {
        insert(&mut out.values, &list, "");
    } else {
        out.path.clone_from(&list);
        out.text("code", code);
    }
    let mut count = 0;
    while !rest.is_empty() {
        let end = (1..rest.len()).find(|end| begins(&rest[*end], Some(&rest[..*end]))).unwrap_or(rest.len());
        out.path = if is_known { format!("{list}.{count}") } else { format!("{list}.list.{count}") };
        insert(&mut out.values, &out.path, "");
        if is_known {
            transaction(out, &rest[..end], code);
        } else {
            for (at, segment) in rest[..end].iter().enumerate() {
                out.text(&format!("segments.{at}"), &segment.wire());
            }
        }
        (count, rest) = (count + 1, &rest[end..]);
    }
}

/// 3.3.13: what a transaction of each type has, triggers aside. Of G1 this is what all acceptance types have.
const FORESEEN: &[(&str, &str)] = &[
    (
        "G1",
        "RFF+TN NAD+GP NAD+RIC QTY+951 QTY+952 HEA+ACD HEA+ATP HEA+BM HEA+DM DTM+956 LOC+950 FTX+RGI PNA+PAT DTM+329 \
         PDI NAD+PAT PNA+PER",
    ),
    ("G2", "RFF+TN NAD+GP NAD+RIC QTY+951 QTY+952 HEA+BM HEA+DM FTX+RGI PNA+PAT DTM+329 PDI NAD+PAT PNA+PER"),
    ("G3", "RFF+TN NAD+GP FTX+RGI PNA+PAT"),
    ("G5", "RFF+TN NAD+GP GIS DTM+961 FTX+RGI PNA+PAT"),
    ("F1", "RFF+TN NAD+GP NAD+RIC QTY+951 QTY+952 HEA+BM HEA+DM PNA+PAT DTM+329 PDI NAD+PAT PNA+PER"),
    ("F2", "RFF+TN NAD+GP NAD+NFH GIS DTM+961 PNA+PAT"),
    ("F3", "RFF+TN NAD+GP FTX+RGI"),
    ("F4", "RFF+TN NAD+GP PNA+PAT"),
    ("F5", "RFF+TN NAD+GP PNA+PAT"),
    ("F6", "RFF+TN NAD+GP PNA+PAT"),
    ("F8", "RFF+TN GIS"),
    ("F9", "RFF+TN NAD+GP HEA+FRN DTM+962 FTX+RGI PNA+PAT DTM+329 NAD+PAT"),
    ("F10", "RFF+TN NAD+GP PNA+PAT"),
    ("F11", "RFF+TN NAD+GP FTX+RGI PNA+PAT"),
];

fn transaction(out: &mut Out, segments: &[Segment], code: &str) {
    let (_, all) = FORESEEN.iter().find(|(known, _)| *known == code).expect("it was looked up before");
    let mut foreseen: Vec<&str> = all.split_whitespace().collect();
    if code == "G1" {
        // 3.3.1 and 5.2; of another type, what depends on it is not classified (row 58).
        let stated = segments.iter().find(|segment| segment.key() == "HEA+ATP").map_or("", |found| found.text(2, 1));
        let (kind, more) = match stated {
            "1" => ("birth", ""),
            "2" => ("first", ""),
            "3" => ("transfer_in", "NAD+PGP NAD+PFH NAD+PER"),
            "4" => ("immigrant", "NAD+PGP NAD+PFH NAD+PER DTM+957 DTM+958"),
            "5" => ("ex_services", "NAD+PER"),
            _ => ("unclassified", ""),
        };
        foreseen.extend(more.split_whitespace());
        out.kind = kind;
        if matches!(kind, "birth" | "first") {
            out.text("kind", kind);
        } else {
            out.is_there(&format!("kind.{kind}"));
        }
        if kind == "unclassified" {
            out.text("kind.unclassified.acceptance_type", stated);
        }
    }
    group(out, segments, &foreseen, code);
}

/// S01 and S02 have no value, and where they are kept is not asked.
fn is_trigger(segment: &Segment) -> bool {
    matches!(segment.tag(), "S01" | "S02")
}

/// Reads the first of each segment that is foreseen (row 59), in whatever order they stand (row 44); keeps the others.
fn group(out: &mut Out, segments: &[Segment], foreseen: &[&str], code: &str) {
    let mut seen: Vec<String> = Vec::new();
    for segment in segments.iter().filter(|segment| !is_trigger(segment)) {
        let key = segment.key();
        if foreseen.contains(&key.as_str()) && !seen.contains(&key) {
            let mut open = Open::new(segment);
            item(out, &mut open, &key, code);
            out.keep_the_rest_of(&open);
            seen.push(key);
        } else {
            out.keep(&segment.wire());
        }
    }
}

/// 4.2: what stands in a segment.
fn item(out: &mut Out, open: &mut Open<'_>, key: &str, code: &str) {
    let amends = matches!(code, "G2" | "F1");
    let kind = format!("kind.{}", out.kind);
    match key {
        "BGM" => open.constant(3, 1, "507"),
        "RFF+950" => drop(open.take(1, 2)),
        "NAD+FHS" => out.coded(open, "ha", 2, "954"),
        "DTM+137" => out.date(open, "translated", 12, &["203"]),
        "DTM+206" => out.date(open, "quarter_end", 8, &["102"]),
        "RFF+TN" => out.text("number", open.take(1, 2)),
        "NAD+GP" => out.coded(open, "gp", 2, "900"),
        "NAD+RIC" => out.erasable(open, "institute", (2, 1), amends, "956"),
        "NAD+PGP" => out.text(&format!("{kind}.previous_gp"), open.take(4, 1)),
        "NAD+PFH" => out.coded(open, &format!("{kind}.previous_ha"), 2, "954"),
        "NAD+NFH" => out.coded(open, "new_ha", 2, "954"),
        "QTY+951" => out.erasable(open, "rpp_mileage", (1, 2), amends, ""),
        "QTY+952" => out.erasable(open, "walking_units", (1, 2), amends, ""),
        "GIS" if code == "F8" => {
            open.constant(1, 1, "Q");
            open.constant(1, 2, "ZZZ");
        }
        "GIS" => out.coded(open, "reason", 1, "ZZZ"),
        "HEA+ACD" => out.coded(open, "acceptance_code", 2, "ZZZ"),
        "HEA+ATP" => {
            open.take(2, 1);
            open.constant(2, 2, "ZZZ");
        }
        "HEA+BM" => out.erasable(open, "route_marker", (2, 1), amends, "ZZZ"),
        "HEA+DM" => out.erasable(open, "drugs_dispensed", (2, 1), amends, "ZZZ"),
        "HEA+FRN" => out.coded(open, "reason", 2, "ZZZ"),
        "DTM+956" => out.date(open, "accepted_on", 8, &["102"]),
        "DTM+957" => out.date(open, &format!("{kind}.entered_uk_on"), 8, &["102"]),
        "DTM+958" => out.date(open, &format!("{kind}.left_uk_on"), 8, &["102"]),
        "DTM+961" => out.date(open, "deducted_on", 8, &["102"]),
        "DTM+962" => out.date(open, "expires_on", 8, &["102"]),
        "DTM+329" => out.date(open, "date_of_birth", 8, &["102"]),
        "LOC+950" => out.text("place_of_birth", open.take(2, 1)),
        "FTX+RGI" => {
            // Real separators divide lines (4.7); separators with nothing behind them say nothing (row 66).
            let mut lines: Vec<&str> = (1..=5).map(|at| open.take(4, at)).collect();
            lines.truncate(lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1));
            out.lines("notes", &lines);
        }
        "PDI" => out.text("sex", open.take(1, 1)),
        "PNA+PAT" => out.person(open, "patient", if amends { "FO TI MI FS" } else { "" }),
        "PNA+PER" => out.person(open, "previous", if amends { "SU" } else { "" }),
        "NAD+PAT" => out.address(open, amends),
        "NAD+PER" => {
            // Blank lines are not represented (4.4).
            let lines: Vec<&str> = (1..=5).map(|at| open.take(3, at)).filter(|line| !line.is_empty()).collect();
            out.lines(&format!("{kind}.previous_address"), &lines);
        }
        _ => unreachable!("{key} is in no layout"),
    }
}

/// 6.2.
fn receipt(out: &mut Out, body: &[Segment]) {
    let (mut seen, mut count) = (Vec::new(), 0);
    for segment in body.iter().filter(|segment| !is_trigger(segment)) {
        let key = segment.key();
        let mut open = Open::new(segment);
        let is_first = !seen.contains(&key);
        match key.as_str() {
            "BGM" if is_first => {
                open.constant(2, 1, "600");
                open.constant(3, 1, "243");
                open.constant(4, 1, "64");
                out.date_at(&mut open, "made", (3, 2), 12, &["306"]);
            }
            "NHS" if is_first => {
                out.is_there("parties");
                out.text("parties.ha", open.take(1, 1));
                out.text("parties.gp", open.take(2, 1));
                for (element, component, text) in [(1, 2, "819"), (1, 3, "201"), (2, 2, "814"), (2, 3, "202")] {
                    open.constant(element, component, text);
                }
            }
            // Row 18.
            "DTM+815" | "DTM+137" if is_first => out.date(&mut open, "received", 12, &["306", "203"]),
            "RFF+MIS" => {
                let at = format!("messages.{count}");
                out.is_there(&at);
                out.reference_and_status(&mut open, &at);
                let within = format!("{}.{at}", out.path);
                let list = std::mem::replace(&mut out.path, within);
                out.keep_the_rest_of(&open);
                (out.path, count) = (list, count + 1);
                continue;
            }
            "RFF+RIS" if is_first => {
                out.is_there("interchange");
                out.reference_and_status(&mut open, "interchange");
                out.text("interchange.count", open.take(1, 3));
                let within = format!("{}.interchange", out.path);
                let list = std::mem::replace(&mut out.path, within);
                out.keep_the_rest_of(&open);
                out.path = list;
                seen.push(key);
                continue;
            }
            _ => {
                out.keep(&segment.wire());
                continue;
            }
        }
        out.keep_the_rest_of(&open);
        seen.push(key);
    }
}

/// Where it is written down.
struct Out {
    values: Values,
    path: String,
    /// The acceptance type of the transaction.
    kind: &'static str,
}

impl Out {
    /// An empty text is none (row 47).
    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            insert(&mut self.values, &format!("{}.{name}", self.path), text);
        }
    }

    fn is_there(&mut self, name: &str) {
        insert(&mut self.values, &format!("{}.{name}", self.path), "");
    }

    /// A code or identifier with the code list behind it.
    fn coded(&mut self, open: &mut Open<'_>, name: &str, element: usize, list: &str) {
        self.text(name, open.take(element, 1));
        open.constant(element, 2, list);
    }

    /// 3.6: what `%` erases in an amendment.
    fn erasable(&mut self, open: &mut Open<'_>, name: &str, at: (usize, usize), amends: bool, list: &str) {
        self.change(name, open.take(at.0, at.1), amends);
        if !list.is_empty() {
            open.constant(at.0, 2, list);
        }
    }

    fn change(&mut self, name: &str, text: &str, amends: bool) {
        match text {
            "%" if amends => self.text(name, "erased"),
            "" => {}
            text if amends => self.text(name, &format!("to {text}")),
            text => self.text(name, text),
        }
    }

    fn lines(&mut self, name: &str, lines: &[&str]) {
        for (at, line) in lines.iter().enumerate() {
            insert(&mut self.values, &format!("{}.{name}.{at}", self.path), line);
        }
    }

    fn date(&mut self, open: &mut Open<'_>, name: &str, digits: usize, formats: &[&str]) {
        self.date_at(open, name, (1, 2), digits, formats);
    }

    /// A date with its format qualifier behind it; what is none keeps its text (row 51).
    fn date_at(&mut self, open: &mut Open<'_>, name: &str, at: (usize, usize), digits: usize, formats: &[&str]) {
        let text = open.take(at.0, at.1);
        // Without a date its format qualifier is nothing that was read.
        let format = if text.is_empty() { "" } else { open.take(at.0, at.1 + 1) };
        match calendar(text).filter(|_| text.len() == digits && formats.contains(&format)) {
            Some(date) => self.text(name, &date),
            None if text.is_empty() => {}
            None => {
                self.text(&format!("{name}.text"), text);
                self.text(&format!("{name}.format"), format);
            }
        }
    }

    /// 4.6, 7.1.
    fn person(&mut self, open: &mut Open<'_>, name: &str, erasable: &str) {
        self.is_there(name);
        let number = open.take(2, 1);
        // Without a number one that is listed says nothing; another is preserved.
        let is_listed = ["", "OPI", "API"].contains(&open.segment.text(2, 2));
        let qualifier = if !number.trim().is_empty() || is_listed { open.take(2, 2) } else { "" };
        if !number.trim().is_empty() {
            self.text(&format!("{name}.identifier.number"), number);
            self.text(&format!("{name}.identifier.qualifier"), qualifier);
        }
        let mut seen = Vec::new();
        for element in 3..open.segment.elements.len() {
            let qualifier = open.segment.text(element, 1);
            let field = match qualifier {
                "SU" => "surname",
                "FO" => "forename",
                "TI" => "title",
                "MI" => "second_forename",
                "FS" => "other_forenames",
                _ => continue,
            };
            if !seen.contains(&qualifier) && open.segment.elements[element].len() > 1 {
                open.take(element, 1);
                let text = open.take(element, 2);
                self.change(&format!("{name}.{field}"), text, erasable.contains(qualifier));
                // An empty one is as absent (row 47).
                seen.extend((!text.is_empty()).then_some(qualifier));
            }
        }
    }

    /// 4.5, and 3.6 for amendments.
    fn address(&mut self, open: &mut Open<'_>, amends: bool) {
        self.is_there("address");
        for (at, name) in ["house_name", "road", "locality", "post_town", "county"].into_iter().enumerate() {
            let line = open.take(3, at + 1);
            let is_placeholder = at == 0 && line == "?";
            if !is_placeholder {
                self.change(&format!("address.{name}"), line, amends && name != "post_town");
            }
        }
        self.change("address.postcode", open.take(8, 1), amends);
    }

    /// 6.2: a reference, blanks, a status (row 64).
    fn reference_and_status(&mut self, open: &mut Open<'_>, name: &str) {
        let text = open.take(1, 2);
        let parts = text.split_once(' ').filter(|(reference, _)| !reference.is_empty());
        let (reference, status) = parts.unwrap_or((text, ""));
        self.text(&format!("{name}.reference"), reference);
        self.text(&format!("{name}.status"), status.trim_start_matches(' '));
    }

    fn keep_the_rest_of(&mut self, open: &Open<'_>) {
        for (element, parts) in open.segment.elements.iter().enumerate() {
            for (at, part) in parts.iter().enumerate() {
                if !part.is_empty() && !open.read.contains(&(element, at + 1)) {
                    self.keep(&format!("{} {element}.{}: {part}", open.segment.key(), at + 1));
                }
            }
        }
    }

    /// Of a trailer the count and the reference are compared, not kept (rows 2 and 3).
    fn keep_the_rest_of_trailer(&mut self, trailer: Option<&Segment>) {
        if let Some(trailer) = trailer {
            let mut open = Open::new(trailer);
            open.take(1, 1);
            open.take(2, 1);
            self.keep_the_rest_of(&open);
        }
    }

    /// A segment, or a component with its place; those of a group have numbers.
    fn keep(&mut self, what: &str) {
        let kept = format!("{}.kept.", self.path);
        let count = self.values.keys().filter(|path| path.starts_with(&kept)).count();
        insert(&mut self.values, &format!("{kept}{count}"), what);
    }
}

/// A text at its path, and the parts that the path goes through.
pub(crate) fn insert(values: &mut Values, path: &str, text: &str) {
    let path = path.trim_start_matches('.');
    for (at, _) in path.match_indices('.') {
        values.entry(path[..at].to_owned()).or_default();
    }
    values.insert(path.to_owned(), text.to_owned());
}

/// `20240229` as `2024-02-29`, `202402291530` as `2024-02-29T15:30:00`, if it exists.
fn calendar(text: &str) -> Option<String> {
    if !matches!(text.len(), 8 | 12) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |range: Range<usize>| text[range].parse::<u32>().unwrap();
    let (year, month, day) = (number(0..4), number(4..6), number(6..8));
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(is_leap),
        _ => return None,
    };
    if year == 0 || day == 0 || day > days {
        return None;
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if text.len() == 8 {
        return Some(date);
    }
    let (hour, minute) = (number(8..10), number(10..12));
    (hour < 24 && minute < 60).then(|| format!("{date}T{hour:02}:{minute:02}:00"))
}
