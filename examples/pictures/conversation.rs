//! Who sends what to whom, and what answers it.

use nhais_edifact::reference::{self, Entry, Side};

use super::svg::Picture;

/// An arrow: a transaction type, and in what case it is sent.
type Sent = (&'static str, &'static str);

/// What begins, and what may answer it. Source: docs/wire.md, 3.4.
pub(crate) const CONVERSATIONS: [(&str, &[Sent]); 8] = [
    ("A patient joins the practice", &[("G1", ""), ("F4", ""), ("F3", "or: ")]),
    ("A patient is to leave the list", &[("G5", ""), ("F2", ""), ("F11", "or: ")]),
    ("Something has changed", &[("G2", "")]),
    ("A patient has moved away", &[("G3", "")]),
    ("Something has changed", &[("F1", "")]),
    ("A patient leaves the list", &[("F2", ""), ("G1", "if it disagrees: ")]),
    ("A registration is in doubt", &[("F9", ""), ("G2", ""), ("G5", "or: "), ("F10", "the doubt is over: ")]),
    ("A quarter has ended", &[("F8", "")]),
];

const ROW: u32 = 34;
const PRACTICE: u32 = 262;
const HA: u32 = 880;

pub(crate) fn picture() -> String {
    let rows: usize = CONVERSATIONS.iter().map(|(_, sent)| sent.len()).sum();
    let height = 60 + ROW * u32::try_from(rows + 2).unwrap() + 10 * 9 + 20;
    let mut picture = Picture::new(960, height, "Who sends what to whom, and what answers it");
    let types = reference::transaction_types();
    let mut y = 60;
    for (occasion, sent) in &CONVERSATIONS {
        let rows = u32::try_from(sent.len()).unwrap();
        band(&mut picture, y, rows, occasion);
        for (row, (code, when)) in (0..).zip(*sent) {
            let entry = types.iter().find(|entry| entry.transaction_type.as_str() == *code).unwrap();
            let class = if row == 0 { "bluish" } else { "greenish" };
            arrow(&mut picture, class, entry.sender, y + ROW * row, &label(entry, when));
        }
        y += ROW * rows + 10;
    }
    band(&mut picture, y, 2, "Every file with any of these");
    arrow(&mut picture, "sandy dashed", Side::Ha, y, "RECEP: receipt for what the practice sent");
    arrow(&mut picture, "sandy dashed", Side::Practice, y + ROW, "RECEP: receipt for what the HA sent");
    lifelines(&mut picture, y + 2 * ROW);
    picture.finish()
}

fn band(picture: &mut Picture, y: u32, rows: u32, occasion: &str) {
    picture.rect("band", (10, y), (940, ROW * rows + 4));
    picture.text("ink", (22, y + 23), occasion);
}

/// `or: F3 An HA rejects an acceptance`
fn label(entry: &Entry, when: &str) -> String {
    format!("{when}{} {}", entry.transaction_type.as_str(), entry.meaning.trim_end_matches('.'))
}

fn arrow(picture: &mut Picture, class: &str, sender: Side, y: u32, label: &str) {
    let (left, right) = ((PRACTICE + 4, y + 27), (HA - 4, y + 27));
    let (from, to) = if sender == Side::Practice { (left, right) } else { (right, left) };
    picture.text("small ink middle", (u32::midpoint(PRACTICE, HA), y + 21), label);
    picture.arrow(class, from, to);
}

fn lifelines(picture: &mut Picture, bottom: u32) {
    for (x, name) in [(PRACTICE, "GP practice"), (HA, "HA")] {
        picture.rect("blue", (x - 60, 14), (120, 32));
        picture.text("bold ink middle", (x, 35), name);
        picture.line("frame", (x, 46), (x, bottom + 8));
    }
    picture.text("small faint", (22, 28), "blue: begins");
    picture.text("small faint", (22, 46), "green: may answer");
}
