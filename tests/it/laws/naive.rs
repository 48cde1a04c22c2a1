//! The naive splitter of `tests/support/naive.rs`, which judges the scanner, on small inputs whose segments follow from the rules.

use crate::support::naive;

/// The segments of an input, with `|` between elements and `,` between components, and whether an error ends it.
fn shown(input: &str) -> (Vec<String>, bool) {
    assert!(!input.contains(['|', ',']), "the input cannot be shown");
    let (segments, contradicts) = naive::segments(input.as_bytes());
    let text = |component: &Vec<u8>| String::from_utf8(component.clone()).expect("a character is torn apart");
    let joined = |components: &Vec<Vec<u8>>| components.iter().map(text).collect::<Vec<_>>().join(",");
    let line = |segment: &naive::Naive| segment.iter().map(joined).collect::<Vec<_>>().join("|");
    (segments.iter().map(line).collect(), contradicts)
}

#[track_caller]
fn splits(input: &str, expected: &[&str]) {
    let (segments, contradicts) = shown(input);
    assert_eq!(segments, expected, "in {input:?}");
    assert!(!contradicts, "an error in {input:?}");
}

#[track_caller]
fn contradicts(input: &str, expected: &[&str]) {
    let (segments, contradicts) = shown(input);
    assert_eq!(segments, expected, "in {input:?}");
    assert!(contradicts, "no error in {input:?}");
}

#[test]
fn nothing_has_no_segments() {
    splits("", &[]);
    splits(" \r\n\t", &[]);
    splits("\u{FEFF}\n", &[]);
    splits("UNA:+.? '", &[]);
    splits("UNA;*.!~#\r\n", &[]);
}

#[test]
fn separators_cut_elements_and_components() {
    splits("UNB+1'A+B:C++D:'", &["UNB|1", "A|B,C||D,"]);
    splits("UNB\x1d1\x1fX\x1cA+B?\x1dC\x1c", &["UNB|1,X", "A+B?|C"]);
}

#[test]
fn a_release_character_makes_the_next_byte_text() {
    splits("UNB+1'A?'B'C'", &["UNB|1", "A?'B", "C"]);
    splits("UNB+1'A?+B?:C+D??+E??'F'", &["UNB|1", "A?+B?:C|D??|E??", "F"]);
    splits("UNB+1'A???'B'", &["UNB|1", "A???'B"]);
    // A line feed that is the terminator can be released.
    splits("UNA:+.? \nUNB+1\nA?\nB\nC\n", &["UNB|1", "A?\nB", "C"]);
    // A space in place of the release character: none is in use.
    splits("UNA:+.  'UNB+1'A?'B'", &["UNB|1", "A?", "B"]);
}

#[test]
fn a_release_character_before_a_line_break_or_the_end_releases_nothing() {
    splits("UNB+1'A?\n'B'", &["UNB|1", "A?\n", "B"]);
    splits("UNB+1'A?\r+B'", &["UNB|1", "A?\r|B"]);
    splits("UNB+1'A?", &["UNB|1", "A?"]);
    splits("UNB+1'A?\r\n", &["UNB|1", "A?"]);
}

#[test]
fn blanks_before_a_segment_are_a_gap() {
    splits(" \t\r\nUNB+1'\r\n \tA'\n", &["UNB|1", "A"]);
    splits("UNB+1' A B '", &["UNB|1", "A B "]);
    // A tab that separates elements is no blank.
    splits("UNA:\t.? 'UNB\t1'\tA'", &["UNB|1", "|A"]);
}

#[test]
fn a_byte_order_mark_is_a_gap_where_an_interchange_is_expected() {
    splits("\u{FEFF}UNB+1'", &["UNB|1"]);
    splits("\n\u{FEFF} UNB+1'UNZ+0+1'\n\u{FEFF}\nUNB+2'", &["UNB|1", "UNZ|0|1", "UNB|2"]);
    splits("\u{FEFF}UNA;*.!~#UNB*1#", &["UNB|1"]);
    splits("UNA;*.!~#\u{FEFF}UNB*1#", &["UNB|1"]);
    // Only one, and none within an interchange.
    splits("\u{FEFF}\u{FEFF}UNB+1'", &["\u{FEFF}", "UNB|1"]);
    splits("UNB+1'\u{FEFF}A'", &["UNB|1", "\u{FEFF}A"]);
}

#[test]
fn behind_an_advice_its_characters_tell_what_is_blank() {
    splits("UNA:+.? \n\nUNB+1\nA\n", &["", "UNB|1", "A"]);
    splits("UNA:+.? \n\r\nUNB+1\n", &["", "UNB|1"]);
    splits("UNA:+.? \n \tUNB+1\nA\n", &["UNB|1", "A"]);
}

#[test]
fn empty_segments_are_segments() {
    splits("''UNB+1''A'\n'", &["", "", "UNB|1", "", "A", ""]);
    splits("UNA;*.!~##\n#UNB*1#", &["", "", "UNB|1"]);
}

#[test]
fn the_last_segment_may_lack_its_terminator() {
    splits("UNB+1'UNZ+0+1", &["UNB|1", "UNZ|0|1"]);
    splits("UNB+1'UNZ+0+1\r\n\n", &["UNB|1", "UNZ|0|1"]);
    splits("UNB+1'A\n B \n", &["UNB|1", "A\n B "]);
    splits("HELLO\r\n", &["HELLO"]);
    // A line feed that separates elements is no line break.
    splits("UNA:\n.? 'UNB\n1'A\n", &["UNB|1", "A|"]);
}

#[test]
fn an_interchange_ends_with_its_trailer() {
    splits("UNB+1'UNZ+0+1'UNB+2'UNZ+0+2'", &["UNB|1", "UNZ|0|1", "UNB|2", "UNZ|0|2"]);
    // The characters in force behind it show whether a segment was a trailer.
    splits("UNA;*.!~#UNB*1#UNZ*0*1#A+B'", &["UNB|1", "UNZ|0|1", "A|B"]);
    splits("UNA;*.!~#UNB*1#UNZ;X#A+B'", &["UNB|1", "UNZ,X", "A|B"]);
    splits("UNA;*.!~#UNB*1#UNZ#A+B'", &["UNB|1", "UNZ", "A|B"]);
    splits("UNA;*.!~#UNB*1#UNZX*0#A+B'#", &["UNB|1", "UNZX|0", "A+B'"]);
    splits("UNA;*.!~#UNB*1#UNZ+0#A+B'#", &["UNB|1", "UNZ+0", "A+B'"]);
}

#[test]
fn an_interchange_begins_with_its_header() {
    // Text is cut, and so is a header that lacks its terminator; what is inside an interchange is not.
    splits("UNB+1\nUNB+2'", &["UNB|1", "UNB|2"]);
    splits("UNB+1\nUNB+2\nUNB+3'", &["UNB|1", "UNB|2", "UNB|3"]);
    splits("UNA:+.? #UNB+1\nUNB+2'A#'", &["UNB|1", "UNB|2", "A#"]);
    splits("UNB'A\nUNB+1'", &["UNB", "A\nUNB|1"]);
    splits("UNB:1\nUNB+2'", &["UNB,1", "UNB|2"]);
    splits("UNBX'A\nUNB+1'", &["UNBX", "A", "UNB|1"]);
    // Behind a header that is cut, what was declared holds for one that has the declared separator.
    splits("UNA;*.!~#UNB*1\nUNB*2#A*B#", &["UNB|1", "UNB|2", "A|B"]);
    splits("UNA;*.!~#UNB\nUNB*2#A*B#", &["UNB", "UNB|2", "A|B"]);
    splits("UNA;*.!~#UNB*1\nUNB+2'A*B'", &["UNB|1", "UNB|2", "A*B"]);
    splits("UNA:+.? #UNB\nUNB+2'A#'", &["UNB", "UNB|2", "A#"]);
    splits("UNA;*.!~#UNB#A\nUNB+1#", &["UNB", "A\nUNB+1"]);
}

#[test]
fn text_where_an_interchange_is_expected_is_segments() {
    splits("HELLO'TO:YOU'UNB+1'A'", &["HELLO", "TO,YOU", "UNB|1", "A"]);
    splits("UNB+1'UNZ+0+1'REMARK+1'UNB+2'", &["UNB|1", "UNZ|0|1", "REMARK|1", "UNB|2"]);
}

#[test]
fn declared_characters_hold_until_the_interchange_ends() {
    splits("UNA;*.!~#X*Y#UNB*1#A*B#", &["X|Y", "UNB|1", "A|B"]);
    splits("UNA;*.!~#UNB*1#UNZ*0*1#UNB+2'A*B+C'", &["UNB|1", "UNZ|0|1", "UNB|2", "A*B|C"]);
    // Text that looks like a trailer ends no interchange.
    splits("UNA;*.!~#UNZ*0*1#UNB*1#A*B#", &["UNZ|0|1", "UNB|1", "A|B"]);
}

#[test]
fn declared_terminators_behind_a_trailer_end_empty_segments() {
    let read = ["UNB|1", "UNZ|0|1"];
    let behind = |text: &str, expected: &[&str]| {
        splits(&format!("UNA;*.!~#UNB*1#UNZ*0*1#{text}"), &[&read, expected].concat());
    };
    behind("#UNB+2'A'", &["", "UNB|2", "A"]);
    behind("#\n #\nUNB+2'A#B'", &["", "", "UNB|2", "A#B"]);
    behind("#\nUNA:*.? %UNB*2%A*B%", &["", "UNB|2", "A|B"]);
    // As long as nothing else stands there.
    behind("#X'#\nUNB+2'", &["", "X", "#", "UNB|2"]);
    behind("'#\nUNB+2'", &["", "#", "UNB|2"]);
    behind("\u{FEFF}#\nUNB+2'", &["#", "UNB|2"]);
    // Characters of level B end with their interchange too.
    splits("UNB\x1d1\x1cUNZ\x1d0\x1d1\x1c\x1cUNB+2'", &["UNB|1", "UNZ|0|1", "", "UNB|2"]);
}

#[test]
fn a_declared_terminator_that_is_a_blank_is_a_blank_behind_a_trailer() {
    splits("UNA:+.? \nUNB+1\nUNZ+0+1\n\n\nUNB+2'A'", &["UNB|1", "UNZ|0|1", "UNB|2", "A"]);
    splits("UNA:+.? \tUNB+1\tUNZ+0+1\t\t'UNB+2'", &["UNB|1", "UNZ|0|1", "", "UNB|2"]);
}

#[test]
fn an_advice_needs_no_header() {
    splits("UNA;*.!~#X;Y*Z#", &["X,Y|Z"]);
    splits("X'UNA;*.!~#Y*Z#", &["X", "Y|Z"]);
    splits("UNA\x1f\x1d.  \x1cX\x1fY\x1d?\x1c", &["X,Y|?"]);
}

#[test]
fn an_advice_whose_characters_cannot_serve_is_text() {
    splits("UNAB+.? '\nUNB+1'", &["UNAB|.? ", "UNB|1"]);
    splits("UNABLE TO\nUNB+1'", &["UNABLE TO", "UNB|1"]);
    splits("UNA:+.? 1\nUNB+1'", &["UNA,|.? 1", "UNB|1"]);
    splits("UNA\u{E9}.? '\nUNB+1'", &["UNA\u{E9}.? ", "UNB|1"]);
    splits("UNA++.? 'X'", &["UNA||.? ", "X"]);
    splits("UNA:+.?", &["UNA,|.?"]);
}

#[test]
fn the_short_advice_lacks_its_reserved_byte() {
    splits("UNA:+.?'UNB+1'A'", &["UNB|1", "A"]);
    splits("UNA;*.!#UNB*1#A*B#", &["UNB|1", "A|B"]);
    splits("UNA;*.!'\r\nUNB*1'A*B'", &["UNB|1", "A|B"]);
    // It comes first: nine bytes would declare the line feed.
    splits("UNA:+.?'\nUNB+1'A'\nB'", &["UNB|1", "A", "B"]);
    splits("UNA:+.?'\nX'", &["UNA,|.?'\nX"]);
    // Line breaks only behind an apostrophe: these nine bytes declare one.
    splits("UNA;*.!#\nUNB*1#A", &["UNB|1#A"]);
    splits("UNA;*.!#\r\nUNB*1#A*B\r\nC\r", &["UNB|1#A|B", "C"]);
}

#[test]
fn the_short_advice_has_its_header_within_sixteen_line_breaks() {
    splits(&format!("UNA;*.!'{}UNB*1'A*B'", "\n".repeat(16)), &["UNB|1", "A|B"]);
    // Nine bytes that end in an apostrophe and a line feed are no advice, and UNB follows.
    contradicts(&format!("UNA;*.!'{}UNB*1'A", "\n".repeat(17)), &[]);
}

#[test]
fn a_header_on_a_later_line_overrules_an_advice() {
    splits("UNA;*.!~#\nUNB+1'A+B'", &["UNA;*.!~#", "UNB|1", "A|B"]);
    splits("UNA;*.!~#\r\nUNB\x1d1\x1cA*B\x1c", &["UNA;*.!~#", "UNB|1", "A*B"]);
    splits("UNA;*.!~#\nUNB*1#A*B#", &["UNB|1", "A|B"]);
    splits("UNA:+.? '\r\nUNB+1'A'", &["UNB|1", "A"]);
    // The line feed behind this advice is its terminator.
    splits("UNA:*.? \n\nUNB+1'A'", &["", "UNB|1", "A"]);
}

#[test]
fn a_header_directly_behind_an_advice_does_not_overrule_it() {
    splits("UNA;*.!~#UNB+1#X*Y#", &["UNB+1", "X|Y"]);
    splits(&format!("UNA;*.!~#{}UNB+1#X*Y#", "\n".repeat(17)), &["UNB+1", "X|Y"]);
    splits("UNA;*.!~# \nUNB+1#X*Y#", &["UNB+1", "X|Y"]);
}

#[test]
fn an_advice_that_contradicts_itself_ends_reading() {
    contradicts("UNA++.? 'UNB+1'", &[]);
    // Directly before the header there is no doubt that they were meant.
    contradicts("UNAB+.? 'UNB+1'", &[]);
    contradicts("UNA:+.? 1UNB+1'", &[]);
    contradicts("UNA\u{E9}.? 'UNB+1'", &[]);
    contradicts("UNA+ .? '\r\nUNB+1'", &[]);
    contradicts("UNA:+.: 'UNB", &[]);
    contradicts("\u{FEFF}\nUNA:+.A'\nUNB+1'", &[]);
    // A line feed that is declared twice, and no line break behind a short advice.
    contradicts("UNA:\n.?'\nUNB\n1'", &[]);
    // A line of eight letters does not.
    splits("UNAWARES\nUNB+1'", &["UNAWARES", "UNB|1"]);
    contradicts("UNA\n+.?'\nUNB+1'", &[]);
    contradicts("X'UNA::.? '\n\nUNB", &["X"]);
    contradicts(&format!("UNA++.? '{}UNB+1'", "\n".repeat(16)), &[]);
    splits(&format!("UNA++.? '{}UNB+1'", "\n".repeat(17)), &["UNA||.? ", "UNB|1"]);
    splits("UNB+1'UNA++.? 'UNB+2'", &["UNB|1", "UNA||.? ", "UNB|2"]);
}

#[test]
fn a_second_advice_in_a_gap_is_text() {
    splits("UNA;*.!~#UNA:+.? #UNB*1#", &["UNA:+.? ", "UNB|1"]);
    splits("UNA;*.!~#\nUNA++.? '#UNB*1#", &["UNA++.? '", "UNB|1"]);
    splits("UNA;*.!~#UNA++.? 'UNB+1#UNB*2#", &["UNA++.? 'UNB+1", "UNB|2"]);
    splits("UNA;*.!~#X#UNA:+.? 'UNB+1'A'", &["X", "UNB|1", "A"]);
}

#[test]
fn a_header_behind_text_takes_the_level_of_its_separator() {
    splits("UNA;*.!~#X#UNB+1'A*B+C'", &["X", "UNB|1", "A*B|C"]);
    splits("UNA;*.!~##UNB\x1d1\x1cA*B\x1dC\x1c", &["", "UNB|1", "A*B|C"]);
    splits("UNA:+.? #X#UNB+1#A'B#", &["X", "UNB|1", "A'B"]);
    splits("UNA;*.!~#X#UNB+1'UNZ+0+1'Y+Z'", &["X", "UNB|1", "UNZ|0|1", "Y|Z"]);
    splits("X'UNB\x1d1\x1cUNZ\x1d0\x1d1\x1cUNB+2'", &["X", "UNB|1", "UNZ|0|1", "UNB|2"]);
    splits("UNA;*.!~#X#UNB\x1d1\x1cUNZ\x1d0\x1d1\x1c\x1cUNB+2'", &["X", "UNB|1", "UNZ|0|1", "", "UNB|2"]);
}

#[test]
fn text_before_an_interchange_is_cut() {
    splits("HELLO\nUNB+1'", &["HELLO", "UNB|1"]);
    splits("IT'S\r\n\r\nUNB+1'", &["IT", "S", "UNB|1"]);
    splits("HELLO\n \nUNB+1'", &["HELLO\n ", "UNB|1"]);
    splits("A\nB+C\n\nUNB\x1d1\x1cA\x1dB\x1c", &["A\nB|C", "UNB|1", "A|B"]);
    splits("UNB+1'UNZ+0+1'REMARK\nUNB+2'", &["UNB|1", "UNZ|0|1", "REMARK", "UNB|2"]);
    splits("UNA;*.!~#HELLO'\nUNB*1#A*B#", &["HELLO'", "UNB|1", "A|B"]);
    splits("UNA;*.!~#HELLO'\nUNB+1'A*B'", &["HELLO'", "UNB|1", "A*B"]);
    // Not within a line, nor before a header without elements.
    splits("HELLO UNB+1'", &["HELLO UNB|1"]);
    splits("HELLO\n.UNB+1'", &["HELLO\n.UNB|1"]);
    splits("HELLO\nUNB'UNB+1'", &["HELLO\nUNB", "UNB|1"]);
}

#[test]
fn text_before_an_interchange_is_cut_behind_bytes_that_do_not_print() {
    splits("\u{200B}UNB+1'", &["\u{200B}", "UNB|1"]);
    splits("\0UNB+1'", &["\0", "UNB|1"]);
    splits("\x02UNB+1'", &["\x02", "UNB|1"]);
    splits("UNB+1'UNZ+0+1'\u{200B}\nUNB+2'", &["UNB|1", "UNZ|0|1", "\u{200B}", "UNB|2"]);
    splits("HELLO\n\x7F \u{200B}\tUNB+1'", &["HELLO\n\x7F \u{200B}\t", "UNB|1"]);
    splits("\x02UNA;*.!~#UNB*1#", &["\x02", "UNB|1"]);
    // Service characters are none of these bytes.
    splits("UNA\x1f\x1d.  \x1cA\r\x1dUNB+1\x1c", &["A\r|UNB+1"]);
}

#[test]
fn text_before_an_interchange_is_cut_whatever_is_released() {
    splits("HELLO?\nUNB+1'", &["HELLO?", "UNB|1"]);
    splits("HELLO?\r\nUNB+1'", &["HELLO?", "UNB|1"]);
    splits("A\n?'\nUNB+1'", &["A\n?'", "UNB|1"]);
    splits("?\x02UNB+1'", &["?\x02UNB|1"]);
}

#[test]
fn text_before_an_advice_with_its_header_is_cut() {
    splits("HELLO\nUNA;*.!~#UNB*1#A*B#", &["HELLO", "UNB|1", "A|B"]);
    splits("HELLO\nUNA;*.!~#\r\nUNB*1#A*B#", &["HELLO", "UNB|1", "A|B"]);
    splits("HELLO\r\nUNA;*.!'\nUNB*1'A*B'", &["HELLO", "UNB|1", "A|B"]);
    splits("HELLO\nUNA:+.? \n\nUNB+1\nA\n", &["HELLO", "", "UNB|1", "A"]);
    splits("HELLO\nUNA;*.!~#X#", &["HELLO\nUNA;*.!~#X#"]);
    splits("HELLO\nUNA;*.!~#UNB+1'", &["HELLO\nUNA;*.!~#UNB|1"]);
    splits("HELLO\nUNA;*.!~#\nUNB+1'", &["HELLO\nUNA;*.!~#", "UNB|1"]);
    splits(
        &format!("HELLO\nUNA;*.!~#{}UNB*1#'A'", "\n".repeat(17)),
        &[&format!("HELLO\nUNA;*.!~#{}UNB*1#", "\n".repeat(17)), "A"],
    );
}

#[test]
fn a_trailer_that_lacks_its_terminator_is_cut() {
    splits("UNB+1'UNZ+0+1\nUNB+2'A'", &["UNB|1", "UNZ|0|1", "UNB|2", "A"]);
    splits("UNB+1'UNT+1+1\r\nUNB+2'A'", &["UNB|1", "UNT|1|1", "UNB|2", "A"]);
    splits("UNB+1'UNZ:X\nUNB\x1d2\x1cA+B\x1c", &["UNB|1", "UNZ,X", "UNB|2", "A+B"]);
    splits("UNB+1'UNZ+0+1\nUNA;*.!~#UNB*2#A*B#", &["UNB|1", "UNZ|0|1", "UNB|2", "A|B"]);
    splits("UNA;*.!~#UNB*1#UNZ*0*1\nUNB+2'A#B'", &["UNB|1", "UNZ|0|1", "UNB|2", "A#B"]);
    splits("UNB+1'UNZ\nUNB+2'", &["UNB|1", "UNZ", "UNB|2"]);
    splits("UNB+1'UNZ+0+1\n\x02UNB+2'", &["UNB|1", "UNZ|0|1", "\x02", "UNB|2"]);
}

#[test]
fn nothing_else_inside_an_interchange_is_cut() {
    splits("UNB+1'S01+1\nUNB+2'", &["UNB|1", "S01|1\nUNB|2"]);
    splits("UNB+1'UNZ+0+1UNB+2'", &["UNB|1", "UNZ|0|1UNB|2"]);
    splits("UNB+1'UNZ+0+1\nUNA;*.!~#X'", &["UNB|1", "UNZ|0|1\nUNA;*.!~#X"]);
    // An element separator of other characters in force is no sign of a header there.
    splits("UNA;*.!~#UNB*1#UNZ*0*1\nUNB*2#UNB+3'", &["UNB|1", "UNZ|0|1\nUNB|2", "UNB|3"]);
}

#[test]
fn a_header_inside_an_interchange_takes_the_level_of_its_separator() {
    splits("UNA;*.!~#UNB*1#A*B#UNB+2'A*B+C'", &["UNB|1", "A|B", "UNB|2", "A*B|C"]);
    splits("UNB+1'A'\nUNB\x1d2\x1cA+B\x1dC\x1c", &["UNB|1", "A", "UNB|2", "A+B|C"]);
    splits("UNA:+.? #UNB+1#A#UNB+2'B#C'", &["UNB|1", "A", "UNB|2", "B#C"]);
    splits("UNA;*.!~#UNB*1#A*B#UNB*2#A*B#", &["UNB|1", "A|B", "UNB|2", "A|B"]);
}

#[test]
fn an_advice_inside_an_interchange_needs_its_header() {
    splits("UNB+1'A'UNA;*.!~#\nUNB*2#B*C#", &["UNB|1", "A", "UNB|2", "B|C"]);
    splits("UNB+1'A'\nUNA;*.!#UNB*2#B*C#", &["UNB|1", "A", "UNB|2", "B|C"]);
    splits("UNB+1'UNA:+.? #UNB+2#B'C#", &["UNB|1", "UNB|2", "B'C"]);
    splits("UNB+1'UNA:+.? \n\nUNB+2\nB'C\n", &["UNB|1", "", "UNB|2", "B'C"]);
    splits("UNB+1'UNA;*.!~#X'A+B'", &["UNB|1", "UNA;*.!~#X", "A|B"]);
    splits("UNB+1'UNA;*.!~#\nUNB+2'A+B'", &["UNB|1", "UNA;*.!~#\nUNB|2", "A|B"]);
}
