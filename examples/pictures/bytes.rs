//! The way of the bytes through the crate, both ways.

use super::svg::Picture;

/// A step: its place, its width, its name, and what it does.
type Step = (u32, u32, u32, &'static str, &'static [&'static str]);

const READING: [Step; 7] = [
    (20, 64, 120, "bytes", &["a slice,", "or chunks"]),
    (
        190,
        64,
        440,
        "fast path: canonical reader",
        &["a unit whose segments stand in the order of their plan,", "read from the bytes"],
    ),
    (190, 170, 130, "scanner", &["masks, marks:", "where parts end"]),
    (345, 170, 130, "framer", &["collects a unit", "within the limits"]),
    (500, 170, 130, "checked reader", &["row by row;", "reports"]),
    (680, 64, 120, "events", &["EventReader,", "Decoder"]),
    (830, 64, 110, "model", &["Interchange", "and issues"]),
];

const WRITING: [Step; 5] = [
    (830, 402, 110, "model", &["Interchange,", "from builders"]),
    (656, 402, 144, "InterchangeWriter", &["envelope: counts,", "references"]),
    (444, 402, 174, "group writer", &["rules of check, then", "step by step of the plan"]),
    (190, 402, 216, "pen", &["row by row; release characters,", "trailing separators"]),
    (20, 402, 120, "bytes", &["one canonical", "form"]),
];

const HEIGHT: u32 = 72;

pub(crate) fn picture() -> String {
    let mut picture = Picture::new(960, 500, "The way of the bytes through the crate, both ways");
    picture.text("bold ink", (20, 34), "Reading");
    picture.text("bold ink", (20, 384), "Writing");
    for (steps, class) in [(&READING[..], "blue"), (&WRITING[..], "green")] {
        for step in steps {
            draw(&mut picture, class, step);
        }
    }
    reading(&mut picture);
    for (step, next) in WRITING.iter().zip(&WRITING[1..]) {
        picture.arrow("greenish", (step.0, 438), (next.0 + next.2 + 2, 438));
    }
    tables(&mut picture);
    picture.finish()
}

fn draw(picture: &mut Picture, class: &str, (x, y, width, name, lines): &Step) {
    picture.rect(class, (*x, *y), (*width, HEIGHT));
    let middle = x + width / 2;
    picture.text("bold small ink middle", (middle, y + 22), name);
    for (at, line) in (0..).zip(*lines) {
        picture.text("small ink middle", (middle, y + 42 + 17 * at), line);
    }
}

fn reading(picture: &mut Picture) {
    picture.arrow("bluish", (140, 100), (188, 100));
    picture.arrow("bluish", (630, 100), (678, 100));
    picture.arrow("bluish", (800, 100), (828, 100));
    picture.arrow("sandy dashed", (255, 136), (255, 168));
    picture.text("small ink", (266, 157), "fallback: the unit is not canonical");
    picture.arrow("bluish", (320, 206), (343, 206));
    picture.arrow("bluish", (475, 206), (498, 206));
    picture.line("bluish", (630, 206), (740, 206));
    picture.arrow("bluish", (740, 206), (740, 138));
}

fn tables(picture: &mut Picture) {
    picture.rect("sand", (190, 288), (610, 64));
    picture.text("bold small ink middle", (495, 312), "tables of segments, plans of transactions, values");
    picture.text(
        "small ink middle",
        (495, 334),
        "one description: which value stands where, which segments follow which",
    );
    picture.arrow("sandy", (565, 288), (565, 244));
    // To the fast path, around the boxes of the other.
    picture.line("sandy", (190, 320), (162, 320));
    picture.line("sandy", (162, 320), (162, 122));
    picture.arrow("sandy", (162, 122), (188, 122));
    for x in [298, 531] {
        picture.arrow("sandy", (x, 352), (x, 400));
    }
}
