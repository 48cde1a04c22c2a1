//! The speed of this crate beside others, from `figures.txt`.

use super::svg::Picture;

/// What was measured.
struct Figure {
    /// The job by which figures are compared.
    job: &'static str,
    /// What does it.
    name: &'static str,
    /// Its speed beside that of the yardstick in the same run.
    ratio: &'static str,
}

/// All of them, in the order of the file. Where they come from is for the test.
fn figures() -> Vec<Figure> {
    let lines = include_str!("figures.txt").lines().filter(|line| !line.starts_with('#'));
    let figure = |line: &'static str| {
        let [job, name, ratio, _row, _table] = line.split(" | ").collect::<Vec<_>>().try_into().unwrap();
        Figure { job, name, ratio }
    };
    lines.map(figure).collect()
}

const ROW: u32 = 28;
/// How wide the yardstick is.
const ONE: f64 = 360.0;

pub(crate) fn picture() -> String {
    let figures = figures();
    let jobs = figures.chunk_by(|a, b| a.job == b.job).count();
    let rows = u32::try_from(figures.len()).unwrap();
    let height = 60 + ROW * rows + 40 * u32::try_from(jobs).unwrap();
    let mut picture = Picture::new(960, height, "Speed beside other parsers");
    let mut y = 20;
    for job in figures.chunk_by(|a, b| a.job == b.job) {
        picture.text("bold ink", (20, y + 14), job[0].job);
        y += 24;
        for figure in job {
            bar(&mut picture, y, figure);
            y += ROW;
        }
        y += 16;
    }
    let one = 330 + width(1.0);
    picture.line("frame dashed", (one, 40), (one, y));
    picture.text("small faint middle", (one, y + 18), "1.0: a byte loop that finds every component and checks nothing");
    picture.finish()
}

fn bar(picture: &mut Picture, y: u32, figure: &Figure) {
    let class = if figure.name.starts_with("nhais-edifact") { "greenish" } else { "grey" };
    let long = width(figure.ratio.parse().unwrap());
    picture.text("ink end", (318, y + 17), figure.name);
    picture.rect(class, (330, y + 3), (long, ROW - 8));
    picture.text("ink", (340 + long, y + 17), figure.ratio);
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundred units")]
fn width(ratio: f64) -> u32 {
    (ratio * ONE) as u32
}
