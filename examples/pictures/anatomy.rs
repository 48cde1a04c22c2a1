//! The anatomy of an interchange: which part holds which, and the parts of a segment.

use nhais_edifact::reference::Segment;
use nhais_edifact::syntax::SegmentReader;

use super::svg::Picture;

/// Removals of two patients.
const FILE: &str = "\
UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'
UNH+00000508+FHSREG:0:1:FH:FHS001'
BGM+++507'
NAD+FHS+ZQX:954'
DTM+137:202403180907:203'
RFF+950:G3'
S01+1'
RFF+TN:2009'
NAD+GP+7000015,T93:900'
FTX+RGI+++MOVED 40 MILES AWAY'
S02+2'
PNA+PAT+9990000069:OPI'
S01+1'
RFF+TN:2010'
NAD+GP+7000015,T93:900'
S02+2'
PNA+PAT+9990000077:OPI'
UNT+17+00000508'
UNZ+1+00000108'";

const ROW: u32 = 26;
const TOP: u32 = 12;

/// A segment: its text, what it is for, and how many parts it stands in.
struct Line {
    text: &'static str,
    meaning: String,
    depth: u32,
}

pub(crate) fn picture() -> String {
    let lines = lines();
    let height = TOP + ROW * u32::try_from(lines.len()).unwrap();
    let mut picture = Picture::new(960, height + 270, "Anatomy of an interchange, and of a segment");
    for (depth, class, name) in [(0, "blue", "interchange"), (1, "green", "message"), (2, "sand", "transaction")] {
        for (first, last) in parts(&lines, depth) {
            frame(&mut picture, depth, class, name, (first, last));
        }
    }
    for (at, line) in (0..).zip(&lines) {
        let y = TOP + ROW * at + 18;
        picture.text("code ink", (26 + 22 * line.depth, y), line.text);
        picture.text("small ink", (424, y), &line.meaning);
    }
    segment(&mut picture, height + 40);
    picture.finish()
}

fn lines() -> Vec<Line> {
    let mut reader = SegmentReader::new(FILE.as_bytes());
    let mut depth = 0;
    let line = |text: &'static str| {
        let wire = reader.next_segment().unwrap().unwrap();
        let meaning = Segment::of(&wire).unwrap().meaning();
        let meaning = meaning.split([':', ',', '.']).next().unwrap().to_owned();
        depth = match &text[..3] {
            "UNB" | "UNZ" => 0,
            "UNH" | "UNT" => 1,
            "S01" => 2,
            _ => depth,
        };
        Line { text, meaning, depth }
    };
    FILE.lines().map(line).collect()
}

/// The first and the last line of each part at this depth.
fn parts(lines: &[Line], depth: u32) -> Vec<(u32, u32)> {
    let begins = |at: usize| match depth {
        2 => lines[at].text.starts_with("S01"),
        _ => at == 0 || lines[at - 1].depth < depth,
    };
    let first: Vec<_> = (0..lines.len()).filter(|at| lines[*at].depth >= depth && begins(*at)).collect();
    let last = |first: usize| {
        let behind =
            (first + 1..lines.len()).find(|at| lines[*at].depth < depth || depth > 0 && first < *at && begins(*at));
        behind.unwrap_or(lines.len()) - 1
    };
    first.into_iter().map(|at| (u32::try_from(at).unwrap(), u32::try_from(last(at)).unwrap())).collect()
}

fn frame(picture: &mut Picture, depth: u32, class: &str, name: &str, (first, last): (u32, u32)) {
    let (x, y) = (12 + 22 * depth, TOP + ROW * first);
    picture.rect(class, (x, y + 1), (960 - 24 - 44 * depth, ROW * (last + 1 - first) - 2));
    picture.text("small bold ink end", (960 - 22 - 22 * depth, y + 18), name);
}

/// A segment taken apart: each label stands below its part, the first ones lowest.
fn segment(picture: &mut Picture, top: u32) {
    let text = "PNA+PAT+9990000069:OPI'";
    let wire = format!("{text}\n");
    let mut reader = SegmentReader::new(wire.as_bytes());
    let wire = reader.next_segment().unwrap().unwrap();
    let segment = Segment::of(&wire).unwrap();
    let row = segment.at(2, 1).unwrap();
    let number = format!("data element 2, component 1: {}", row.name().trim_end_matches('.'));
    let parts = [
        ("PNA", "blue", "the tag of the segment"),
        ("+", "", ""),
        ("PAT", "sand", "data element 1: the qualifier, which tells PNA+PAT from PNA+PER"),
        ("+", "", "begins a data element"),
        ("9990000069", "green", number.as_str()),
        (":", "", "begins a component"),
        ("OPI", "green", "data element 2, component 2: which kind of number that is"),
        ("'", "", "ends the segment"),
    ];
    picture.text("bold ink", (26, top), "A segment");
    picture.text("small ink", (130, top), "? before one of + : ' ? makes it text: O?'DELL is the name O'DELL");
    let (mut x, mut y) = (26, top + 220);
    for (part, class, label) in parts {
        let width = 12 * u32::try_from(part.len()).unwrap() + 14;
        if !class.is_empty() {
            picture.rect(class, (x, top + 16), (width, 32));
        }
        picture.text("code large ink middle", (x + width / 2, top + 39), part);
        if !label.is_empty() {
            picture.line("frame", (x + width / 2, top + 50), (x + width / 2, y));
            picture.text("small ink", (x + width / 2 + 8, y), label);
            y -= 24;
        }
        x += width + 4;
    }
}
