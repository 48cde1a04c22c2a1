//! Writes an ORDERS message with service characters of its own in a functional group, reads it back, and checks its trailers:
//! the syntax level serves EDIFACT messages of any type.
//!
//! `cargo run --example orders`

use nhais_edifact::syntax::{
    CharacterEncoding, EnvelopeCheck, LineBreak, SegmentReader, SegmentTag, SegmentWriter, ServiceStringAdvice,
};
use nhais_edifact::{Error, Issue};

const LIN: SegmentTag = SegmentTag::new("LIN");
const IMD: SegmentTag = SegmentTag::new("IMD");
const QTY: SegmentTag = SegmentTag::new("QTY");

/// A line of an order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The article number.
    pub(crate) article: String,
    /// What it is called.
    pub(crate) description: String,
    /// How many are ordered.
    pub(crate) quantity: u32,
}

fn main() -> Result<(), Error> {
    let written = write(&[("4000862141404", "Müller's tea: green + black", 48), ("5412345111115", "Ω-3", 5)])?;
    println!("{}", String::from_utf8_lossy(&written));
    let (lines, issues) = read(&written)?;
    for line in lines {
        println!("{line:?}");
    }
    for issue in issues {
        println!("{issue}");
    }
    Ok(())
}

/// Writes an order of articles, each with its description and quantity, in UTF-8.
pub(crate) fn write(lines: &[(&str, &str, u32)]) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let advice = ServiceStringAdvice::parse(b"UNA|*.\\ ~").unwrap_or_default();
    let mut writer = SegmentWriter::new(&mut out).service_string_advice(advice).line_break(LineBreak::Lf);
    writer.advice();
    writer.write(
        "UNB",
        &[&["UNOY", "3"], &["5412345678908", "14"], &["8798765432106", "14"], &["240308", "0915"], &["REF1"]],
    )?;
    writer.write(
        "UNG",
        &[&["ORDERS"], &["BUYER"], &["SUPPLIER"], &["240308", "0915"], &["G1"], &["UN"], &["D", "96A"]],
    )?;
    let before = writer.count();
    writer.write("UNH", &[&["ME000001"], &["ORDERS", "D", "96A", "UN", "EAN008"]])?;
    writer.write("BGM", &[&["220"], &["128576"], &["9"]])?;
    for (number, (article, description, quantity)) in (1..).zip(lines) {
        let description = CharacterEncoding::Utf8.to_written(description);
        writer.write("LIN", &[&[&format!("{number}")], &[], &[article, "EN"]])?;
        writer.write("IMD", &[&["F"], &[], &["", "", "", &description]])?;
        writer.write("QTY", &[&["21", &format!("{quantity}")]])?;
    }
    let count = format!("{}", writer.count() - before + 1);
    writer.write("UNT", &[&[&count], &["ME000001"]])?;
    writer.write("UNE", &[&["1"], &["G1"]])?;
    writer.write("UNZ", &[&["1"], &["REF1"]])?;
    Ok(out)
}

/// Reads the lines of an order, and what its trailers contradict.
pub(crate) fn read(input: &[u8]) -> Result<(Vec<Line>, Vec<Issue>), Error> {
    let (mut lines, mut issues) = (Vec::<Line>::new(), Vec::new());
    let (mut check, mut encoding) = (EnvelopeCheck::default(), CharacterEncoding::default());
    let mut reader = SegmentReader::new(input);
    while let Some(segment) = reader.next_segment()? {
        check.take(&segment, &mut issues);
        match (segment.tag(), lines.last_mut()) {
            (Some(LIN), _) => {
                let article = segment.text(3, 1).into();
                lines.push(Line { article, description: String::new(), quantity: 0 });
            }
            (Some(IMD), Some(line)) => {
                let description = segment.component(3, 4).map(|component| encoding.text(&component));
                line.description = description.unwrap_or_default().into();
            }
            (Some(QTY), Some(line)) => line.quantity = segment.text(1, 2).parse().unwrap_or_default(),
            (Some(tag), None) if tag.as_str() == "UNB" => encoding = CharacterEncoding::declared_by(&segment),
            _ => {}
        }
    }
    check.finish(&mut issues);
    Ok((lines, issues))
}
