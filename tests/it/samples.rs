//! Published samples, which are not part of this repository.
//!
//! `NHAIS_EDIFACT_SAMPLES` names a folder with the subfolders `nhs` (interchanges) and `generic` (EDIFACT of many
//! kinds, tokens beside each file). Without it these tests have nothing to do and say so.

use std::fs;
use std::path::PathBuf;

use nhais_edifact::syntax::{SegmentReader, SegmentWriter};
use nhais_edifact::{Decoded, ErrorKind, Interchange, Issue, WriteOptions};

use crate::files::samples;
use crate::support::laws;

/// The files of both folders; none where there are no samples.
fn all_samples() -> Vec<PathBuf> {
    ["nhs", "generic"].into_iter().filter_map(samples).flatten().collect()
}

/// The options with which a sample that is canonical is written back byte for byte.
fn options_of(input: &[u8]) -> WriteOptions {
    WriteOptions::default().line_breaks_of(input).as_received(true)
}

/// The differences that re-encoding may make: counts, references and terminators are computed, separators without data
/// and placeholders are written in one form.
fn is_canonical(issues: &[Issue]) -> bool {
    !issues.iter().any(|issue| {
        matches!(
            issue.kind(),
            ErrorKind::ControlCount { .. }
                | ErrorKind::ControlReference { .. }
                | ErrorKind::MissingTerminator
                | ErrorKind::TrailingSeparator
                | ErrorKind::MissingSegment { .. }
                | ErrorKind::SegmentOrder
        )
    })
}

#[test]
fn every_interchange_is_decoded_and_written_back() {
    let Some(files) = samples("nhs") else { return };
    let (mut same, mut different) = (0, Vec::new());
    for file in files {
        let input = fs::read(&file).unwrap();
        let Decoded { interchange, issues } =
            Interchange::decode(&input).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let output =
            interchange.encode(&options_of(&input)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let again = Interchange::decode(&output).unwrap().interchange;
        assert!(again == interchange, "{}: reading back gives another model", file.display());
        assert_eq!(again.encode(&options_of(&input)).unwrap(), output, "{}: no fixed point", file.display());
        if output == input {
            same += 1;
        } else {
            different.push((file, is_canonical(&issues)));
        }
    }
    for (file, _) in &different {
        println!("differs: {}", file.display());
    }
    assert!(same > 0);
    for (file, canonical) in different {
        // The truncated address form of NHAIS is written with five lines unless asked otherwise.
        let truncated = Interchange::decode(&fs::read(&file).unwrap()).unwrap().interchange.encode(
            &options_of(&fs::read(&file).unwrap()).address_form(nhais_edifact::options::AddressForm::Truncated),
        );
        assert!(!canonical || truncated.unwrap() == fs::read(&file).unwrap(), "{}: differs", file.display());
    }
}

#[test]
fn every_file_is_copied_byte_for_byte_by_its_segments() {
    for file in all_samples() {
        let input = fs::read(&file).unwrap();
        let mut reader = SegmentReader::new(&input);
        let mut copy = Vec::new();
        while let Some(segment) = reader.next_segment().unwrap() {
            copy.extend_from_slice(&input[copy.len()..][..segment.len_with_gap()]);
        }
        copy.extend_from_slice(reader.trailing());
        assert!(copy == input, "{}: spans do not tile the input", file.display());
    }
}

#[test]
fn l5_l6_l10_chunks_change_nothing_and_strict_reading_agrees_with_the_others() {
    let Some(files) = samples("nhs") else { return };
    for file in files {
        let input = fs::read(&file).unwrap();
        laws::strict_accepts_a_subset(&input);
        laws::strict_reading_and_strict_writing_agree(&input);
        for at in 1..input.len() {
            laws::chunks_change_nothing(&input, &[at, usize::MAX]);
        }
        laws::chunks_change_nothing(&input, &[1]);
    }
}

#[test]
fn l5_chunks_change_no_segment_of_any_file() {
    for file in all_samples() {
        let input = fs::read(&file).unwrap();
        for sizes in [&[1][..], &[2, 3, 5, 7, 11], &[64], &[63, 65]] {
            laws::chunks_change_no_segment(&input, sizes);
        }
    }
}

#[test]
fn l1_l2_l9_spans_tile_every_file_and_the_scanner_agrees_with_a_naive_splitter() {
    for file in all_samples() {
        let input = fs::read(&file).unwrap();
        laws::spans_tile_the_input(&input);
        laws::scanner_agrees_with_a_naive_splitter(&input);
        laws::tokens_are_those_of_segments(&input);
    }
}

#[test]
fn tokens_agree_with_those_of_other_implementations() {
    let Some(files) = samples("generic") else { return };
    let mut compared = 0;
    for file in files.iter().filter(|file| file.to_string_lossy().ends_with(".tokens.jsonl")) {
        let sample = file.with_file_name(file.file_name().unwrap().to_string_lossy().trim_end_matches(".tokens.jsonl"));
        let input = fs::read(&sample).unwrap();
        let expected = fs::read_to_string(file).unwrap();
        assert!(tokens(&input) == expected, "{}: other tokens", sample.display());
        // Written anew with other service characters, the tokens are the same.
        let advice = nhais_edifact::syntax::ServiceStringAdvice::parse(b"UNA|^.\\ ~").unwrap();
        let mut copy = Vec::new();
        let mut writer = SegmentWriter::new(&mut copy).service_string_advice(advice);
        writer.advice();
        let mut reader = SegmentReader::new(&input);
        while let Some(segment) = reader.next_segment().unwrap() {
            if !segment.is_empty() {
                // Each interchange declares its own.
                if segment.tag_text().as_str() == "UNB" {
                    writer.advice();
                }
                writer.copy(&segment).unwrap();
            }
        }
        assert!(tokens(&copy) == expected, "{}: a copy has other tokens", sample.display());
        compared += 1;
    }
    assert!(compared > 0, "no tokens beside the samples");
}

fn tokens(input: &[u8]) -> String {
    let mut tokens = String::new();
    let mut reader = SegmentReader::new(input);
    while let Some(segment) = reader.next_segment().unwrap() {
        if segment.is_empty() {
            continue;
        }
        let tag =
            segment.nesting().fold(segment.tag_text().to_string(), |tag, counter| format!("{tag}:{}", counter.text()));
        let elements = segment.elements().map(|element| {
            element.components().map(|component| component.text().to_string()).collect::<serde_json::Value>()
        });
        let line: serde_json::Value = core::iter::once(serde_json::Value::from(tag)).chain(elements).collect();
        tokens.push_str(&line.to_string());
        tokens.push('\n');
    }
    tokens
}
