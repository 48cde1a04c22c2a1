//! Explains an interchange: each segment, what it is for, and each component with what it means; findings stand under their
//! places.
//!
//! `cargo run --example annotate` explains an interchange that stands below; with a file (`-` for standard input) that file.
//! This prints a patient's data. `--no-data` leaves values out: each character of one is a dot, so that carets still point at
//! places; tags, qualifiers and constants stand. What is not known to be a segment is all dots.
//!
//! Exit status: 0 if nothing was found, 1 if something was, 2 for bad usage or a file that cannot be read.

use std::io::{self, Read, Write};
use std::ops::Range;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use nhais_edifact::issue::Severity;
use nhais_edifact::reference::{self, Row};
use nhais_edifact::syntax::{Segment, SegmentReader};
use nhais_edifact::{Error, Interchange, ReadOptions};

const EMBEDDED: &str = "\
UNB+UNOA:2+KLM5+ZQX1+240318:0910+00000109'
UNH+00000509+FHSREG:0:1:FH:FHS001'
BGM+++507'
NAD+FHS+ZQX:954'
DTM+137:202403180910:203'
RFF+950:G5'
S01+1'
RFF+TN:2010'
NAD+GP+7000015,T93:900'
GIS+1:ZZZ'
DTM+961:20240231:102'
FTX+RGI+++DIED AT HOME'
S02+2'
PNA+PAT+9990000077:OPI'
UNT+13+00000509'
UNZ+1+00000109'
";

const SEGMENT: Style = Style::new().bold();
const PLACE: Style = AnsiColor::Cyan.on_default();
const MEANING: Style = Style::new().dimmed();
const WARNING: Style = AnsiColor::Yellow.on_default();
const ERROR: Style = AnsiColor::Red.on_default().bold();

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (options, files): (Vec<_>, Vec<_>) = words.iter().partition(|word| word.starts_with("--"));
    if files.len() > 1 || options.iter().any(|option| *option != "--no-data") {
        eprintln!("usage: annotate [--no-data] [FILE|-]");
        return ExitCode::from(2);
    }
    let explained = read(files.first().map(|file| file.as_str()))
        .and_then(|input| annotate(&input, options.is_empty(), &mut anstream::stdout().lock()));
    match explained {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn read(file: Option<&str>) -> io::Result<Vec<u8>> {
    match file {
        None => Ok(EMBEDDED.into()),
        Some("-") => {
            let mut input = Vec::new();
            io::stdin().read_to_end(&mut input)?;
            Ok(input)
        }
        Some(file) => std::fs::read(file),
    }
}

/// What was found, and where in the input.
struct Finding {
    at: usize,
    severity: Severity,
    error: Error,
}

/// Writes the explanation; how many findings there are.
pub(crate) fn annotate(input: &[u8], shows_data: bool, out: &mut impl Write) -> io::Result<usize> {
    let findings = findings(input);
    let mut left = &findings[..];
    let mut reader = SegmentReader::new(input);
    let mut last = 0..0;
    // What cannot be split any further is among the findings.
    while let Ok(Some(segment)) = reader.next_segment() {
        let span = offset(segment.span().start)..offset(segment.span().end);
        let own = left.iter().take_while(|finding| finding.at < span.start).count();
        write_findings(&left[..own], &last, out)?;
        left = &left[own..];
        write_segment(input, &segment, span.clone(), shows_data, out)?;
        let own = left.iter().take_while(|finding| finding.at < span.end).count();
        write_findings(&left[..own], &span, out)?;
        left = &left[own..];
        write_components(&segment, shows_data, out)?;
        last = span;
    }
    write_findings(left, &last, out)?;
    Ok(findings.len())
}

fn offset(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// What is found, in the order of the input.
fn findings(input: &[u8]) -> Vec<Finding> {
    let finding =
        |severity, error: Error| Finding { at: offset(error.location().offset.unwrap_or(0)), severity, error };
    let mut findings: Vec<_> = match Interchange::decode_all(input, &ReadOptions::default()) {
        Ok(all) => {
            all.iter().flat_map(|one| &one.issues).map(|issue| finding(issue.severity(), *issue.error())).collect()
        }
        Err(error) => vec![finding(Severity::Error, error)],
    };
    findings.sort_by_key(|finding| finding.at);
    findings
}

/// The findings, each with a caret under its place in a segment that was just written.
fn write_findings(findings: &[Finding], segment: &Range<usize>, out: &mut impl Write) -> io::Result<()> {
    for Finding { at, severity, error } in findings {
        let (style, word) = if *severity == Severity::Warning { (WARNING, "warning") } else { (ERROR, "error") };
        let width = at.saturating_sub(segment.start).min(segment.len());
        writeln!(out, "{:width$}{style}^ {word}: {error} [{}]{style:#}", "", error.kind().id())?;
    }
    Ok(())
}

/// The segment as it stands.
fn write_segment(
    input: &[u8],
    segment: &Segment<'_, '_>,
    span: Range<usize>,
    shows_data: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut line: Vec<u8> = input[span.clone()].iter().map(|byte| printable(*byte)).collect();
    if !shows_data {
        for range in hidden(segment, span.len()) {
            line[range].fill(b'.');
        }
    }
    writeln!(out, "{SEGMENT}{}{SEGMENT:#}", String::from_utf8_lossy(&line))
}

fn printable(byte: u8) -> u8 {
    if byte.is_ascii_graphic() || byte == b' ' { byte } else { b'.' }
}

/// Which parts of a segment are values, counted from its start.
fn hidden(segment: &Segment<'_, '_>, length: usize) -> Vec<Range<usize>> {
    // What stands behind a tag as counters is not foreseen, either.
    if reference::Segment::of(segment).is_none() || segment.nesting().next().is_some() {
        return std::iter::once(0..length).collect();
    }
    let start = segment.span().start;
    let is_data = |part: &Part<'_>| !matches!(part.meaning, Meaning::Qualifier | Meaning::Constant);
    let values = parts(segment).into_iter().filter(is_data);
    values.map(|part| offset(part.span.start - start)..offset(part.span.end - start)).collect()
}

/// A component that is not empty.
struct Part<'a> {
    element: usize,
    component: usize,
    text: nhais_edifact::syntax::Text<'a>,
    span: Range<u64>,
    meaning: Meaning,
}

/// What a component means.
enum Meaning {
    /// It tells the segment.
    Qualifier,
    /// It stands there always.
    Constant,
    /// Something else should stand there always.
    NotConstant(&'static str),
    /// It is a value.
    Value(Row),
    /// It says what the value before it is.
    Behind(Row),
    None,
}

fn parts<'a>(segment: &Segment<'_, 'a>) -> Vec<Part<'a>> {
    let table = reference::Segment::of(segment);
    let mut parts = Vec::new();
    for (element, components) in (1..).zip(segment.elements()) {
        for (component, content) in (1..).zip(components.components()).filter(|(_, content)| !content.span().is_empty())
        {
            let text = content.text();
            let meaning = table.map_or(Meaning::None, |table| meaning(table, element, component, &text));
            parts.push(Part { element, component, span: content.span(), text, meaning });
        }
    }
    parts
}

fn meaning(table: reference::Segment, element: usize, component: usize, text: &str) -> Meaning {
    if (element, component) == (1, 1) && table.qualifier().is_some() {
        return Meaning::Qualifier;
    }
    let (Ok(number), Ok(part)) = (u16::try_from(element), u16::try_from(component)) else { return Meaning::None };
    let Some(row) = table.at(number, part) else { return Meaning::None };
    match (row.constant(), row.qualifier()) {
        (Some(constant), _) if text == constant => Meaning::Constant,
        (Some(constant), _) => Meaning::NotConstant(constant),
        (None, Some(qualifier)) if part > row.component() => {
            if text == qualifier {
                Meaning::Constant
            } else {
                Meaning::Behind(row)
            }
        }
        _ => Meaning::Value(row),
    }
}

/// What a segment is for, and each component with what it means.
fn write_components(segment: &Segment<'_, '_>, shows_data: bool, out: &mut impl Write) -> io::Result<()> {
    let meaning = reference::Segment::of(segment).map_or("Not a segment of the format.", |table| table.meaning());
    writeln!(out, "    {MEANING}{meaning}{MEANING:#}")?;
    for part in parts(segment) {
        let place = format!("{}.{}", part.element, part.component);
        let is_data = !matches!(part.meaning, Meaning::Qualifier | Meaning::Constant);
        let text: String = if is_data && !shows_data {
            String::new()
        } else {
            part.text.chars().map(|character| if character.is_control() { '.' } else { character }).collect()
        };
        let what = described(&part, shows_data);
        writeln!(out, "    {PLACE}{place:<5}{PLACE:#} {text:<24} {MEANING}{what}{MEANING:#}")?;
    }
    Ok(())
}

fn described(part: &Part<'_>, shows_data: bool) -> String {
    let code = |row: &Row| row.code(&part.text).filter(|_| shows_data).map(|code| words(code.name));
    match &part.meaning {
        Meaning::Qualifier => "tells which segment it is".into(),
        Meaning::Constant => "a constant".into(),
        Meaning::NotConstant(constant) => format!("should be {constant}"),
        Meaning::Value(row) => match code(row) {
            Some(code) => format!("{}: {code}", row.name()),
            None => row.name().into(),
        },
        Meaning::Behind(row) => match code(row) {
            Some(code) => format!("says what {} is: {code}", row.name()),
            None => format!("says what {} is", row.name()),
        },
        Meaning::None => "has no meaning here".into(),
    }
}

/// `RemovalToAnotherHa` in words.
fn words(name: &str) -> String {
    let mut words = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}
