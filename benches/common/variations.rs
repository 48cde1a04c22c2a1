//! What is made of clean acceptances: forms without a finding, deviations with one in each transaction.

/// A variation of clean acceptances.
pub(crate) struct Variation {
    pub(crate) name: &'static str,
    /// Makes it of interchanges with a segment in each line.
    pub(crate) apply: fn(&str) -> String,
    /// The kind of the one finding in each transaction, if there is one.
    pub(crate) finding: Option<&'static str>,
    /// What reading it is to be at least, where reading clean acceptances is 1.
    pub(crate) bar: f64,
}

const fn silent(name: &'static str, bar: f64, apply: fn(&str) -> String) -> Variation {
    Variation { name, apply, finding: None, bar }
}

const fn deviating(name: &'static str, finding: &'static str, apply: fn(&str) -> String) -> Variation {
    Variation { name, apply, finding: Some(finding), bar: 0.6 }
}

pub(crate) const VARIATIONS: &[Variation] = &[
    silent("CRLF between segments", 0.9, |text| text.replace('\n', "\r\n")),
    silent("no line breaks", 0.9, |text| text.replace('\n', "")),
    silent("`:API` for `:OPI`", 0.9, |text| in_each(text, "PNA+PAT+", ":OPI", ":API")),
    silent("a release character in each transaction", 0.75, |text| in_each(text, "PNA+PAT+", "SU:", "SU:O?'")),
    silent("a blank line between segments", 0.6, |text| text.replace('\n', "\n\n")),
    silent("other service characters by UNA", 0.6, other_service_characters),
    deviating("lower case in the notes", "repertoire", lower_case_notes),
    deviating("a trailing separator", "trailing-separator", |text| in_each(text, "LOC+950+", "'", ":'")),
    deviating("two segments swapped", "segment-order", swapped),
    deviating("an unknown segment", "unknown-segment", unknown_segment),
    deviating("31 February", "invalid-value", |text| each(text, "DTM+329:", |_| "DTM+329:19900231:102'\n".to_owned())),
    deviating("an empty component", "empty-value", empty_title),
];

/// A segment that the crate keeps, in the place of the place of birth.
pub(crate) fn unknown_segment(text: &str) -> String {
    in_each(text, "LOC+950+", "LOC", "XYZ")
}

/// NHS numbers as they were once (wire.md#s-7-1).
pub(crate) fn old_numbers(text: &str) -> String {
    in_each(text, "PNA+PAT+", "+999", "+TT/")
}

/// Changes the one segment that begins with `head` in each transaction.
fn each(text: &str, head: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(text.len() + text.len() / 16);
    let (mut count, mut transactions) = (0, 0);
    for line in text.split_inclusive('\n') {
        transactions += usize::from(line.starts_with("S01+"));
        if line.starts_with(head) {
            count += 1;
            changed.push_str(&change(line));
        } else {
            changed.push_str(line);
        }
    }
    assert_eq!(count, transactions, "{head} stands once in each transaction");
    changed
}

/// The same, where a part of it is replaced.
fn in_each(text: &str, head: &str, part: &str, by: &str) -> String {
    each(text, head, |line| {
        assert!(line.contains(part), "{head} holds {part}");
        line.replacen(part, by, 1)
    })
}

fn lower_case_notes(text: &str) -> String {
    let head = "FTX+RGI+++";
    each(text, head, |line| format!("{head}{}", line[head.len()..].to_ascii_lowercase()))
}

fn empty_title(text: &str) -> String {
    each(text, "PNA+PAT+", |line| {
        let title = line.find("+TI:").expect("a title is the last name") + 4;
        format!("{}'\n", &line[..title])
    })
}

/// The notes before the place of birth.
fn swapped(text: &str) -> String {
    let mut swapped = String::with_capacity(text.len());
    let mut held = "";
    for line in text.split_inclusive('\n') {
        if line.starts_with("LOC+950+") {
            held = line;
        } else {
            swapped.push_str(line);
            swapped.push_str(std::mem::take(&mut held));
        }
    }
    swapped
}

fn other_service_characters(text: &str) -> String {
    let replaced = text.chars().map(|character| match character {
        ':' => '|',
        '+' => '*',
        '\'' => '~',
        other => other,
    });
    "UNA|*.? ~".chars().chain(replaced).collect()
}
