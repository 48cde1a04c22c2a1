//! Pull API for events: reads them from a slice.

use super::engine::{Engine, Next};
use super::event::Event;
use crate::error::Error;
use crate::issue::IssueSink;
use crate::options::ReadOptions;
use crate::syntax::{DelimiterMasks, TextWindow};
use crate::transaction::Transactions;

/// Reads the events of a slice, one at a time.
///
/// No memory is allocated per transaction, unless text must be changed: a release character removed, 8-bit bytes
/// decoded. Text is borrowed from the input.
///
/// ```
/// use nhais_edifact::{Event, EventReader, Issue, ReadOptions};
///
/// let input = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'\
/// NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'S01+1'RFF+TN:2009'NAD+GP+7000015,T93:900'\
/// FTX+RGI+++MOVED 40 MILES AWAY'S02+2'PNA+PAT+9990000069:OPI'UNT+12+00000508'UNZ+1+00000108'";
/// let mut issues: Vec<Issue> = Vec::new();
/// let mut reader = EventReader::new(input, ReadOptions::default());
/// let mut transactions = 0;
/// while let Some(event) = reader.next_event(&mut issues)? {
///     transactions += usize::from(matches!(event, Event::Transaction(_)));
/// }
/// assert_eq!((transactions, issues.len()), (1, 0));
/// # Ok::<(), nhais_edifact::Error>(())
/// ```
pub struct EventReader<'a> {
    window: TextWindow<'a>,
    engine: Engine,
}

impl<'a> EventReader<'a> {
    /// Starts at the beginning of `input`.
    pub fn new(input: &'a [u8], options: ReadOptions) -> Self {
        Self { window: TextWindow::new(input, DelimiterMasks::default()), engine: Engine::new(options) }
    }

    /// The next event; `None` at the end of the input. What deviates goes to `sink`.
    ///
    /// # Errors
    ///
    /// The first deviation that the options reject, an exceeded limit, or no interchange at all. After an error there
    /// are no further events.
    #[inline]
    pub fn next_event(&mut self, sink: &mut dyn IssueSink) -> Result<Option<Event<'a>>, Error> {
        // Events are large: it is constructed in the result.
        let mut next = Ok(None);
        if let Ok(event) = &mut next
            && let Err(error) = self.next_into(sink, event, None)
        {
            next = Err(error);
        }
        next
    }

    /// Reads the next event into `out`; a transaction may be added to `list` instead.
    pub(super) fn next_into(
        &mut self,
        sink: &mut dyn IssueSink,
        out: &mut Option<Event<'a>>,
        list: Option<&mut Transactions<'a>>,
    ) -> Result<Next, Error> {
        self.engine.next(&mut self.window, (0, true), sink, out, list)
    }

    /// Where the segments of the last event begin.
    pub fn offset(&self) -> u64 {
        self.engine.unit_start() as u64
    }
}

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};
    use std::{format, fs, vec};

    use alloc::vec::Vec;

    use super::*;
    use crate::error::ErrorKind;
    use crate::options::Limits;
    use crate::{Decoded, Decoder, Issue};

    /// The events, each with whether its unit was read on the fast path.
    fn events(input: &[u8]) -> Vec<(Event<'_>, bool)> {
        let mut reader = EventReader::new(input, ReadOptions::default());
        let mut events = Vec::new();
        while let Some(event) = reader.next_event(&mut ()).unwrap() {
            events.push((event, reader.engine.was_canonical()));
        }
        events
    }

    #[test]
    fn canonical_units_are_read_on_the_fast_path() {
        let folder = format!("{}/tests/corpus/transactions", env!("CARGO_MANIFEST_DIR"));
        let mut read = 0;
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "edi") {
                continue;
            }
            let input = fs::read(&path).unwrap();
            for (event, was_canonical) in events(&input) {
                assert!(was_canonical, "{}: {event:?}", path.display());
                read += 1;
            }
        }
        assert!(read > 100, "{read}");
    }

    #[test]
    fn units_are_read_as_they_stand_wherever_a_window_ends() {
        let transaction = |number: usize, text: &str| {
            format!("S01+1'RFF+TN:{number}'NAD+GP+7000015,T93:900'FTX+RGI+++{text}'S02+2'PNA+PAT+9990000069:OPI'\n")
        };
        let count = 1_000;
        let read = |odd: &[u8]| {
            let mut input = b"UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'\
                NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'"
                .to_vec();
            for number in 1..=count {
                let text = "MOVED AWAY ".repeat(number % 6) + "AND AWAY";
                let at = input.len() + "S01+1'RFF+TN:".len();
                input.extend(transaction(number, &text).bytes());
                if number % 100 == 50 {
                    let at = at + number.to_string().len() + "'NAD+GP+7000015,T93:900'FTX+RGI+++".len();
                    input.splice(at..=at, odd.iter().copied());
                }
            }
            input.extend(format!("UNT+{}+00000508'UNZ+1+00000108'", 6 * count + 6).bytes());
            let read = events(&input);
            assert_eq!(read.len(), count + 4);
            for size in [1_000, 5_000, 50_000] {
                let mut decoder = Decoder::new(ReadOptions::default());
                let mut expected = read.iter().map(|(event, _)| event);
                for chunk in input.chunks(size) {
                    let mut events = decoder.feed(chunk);
                    while let Some(event) = events.next(&mut ()).unwrap() {
                        assert_eq!(Some(&event), expected.next());
                    }
                }
                assert!(expected.next().is_none());
            }
            let others = read.iter().enumerate().filter(|(_, (_, was_canonical))| !was_canonical);
            others.map(|(at, _)| at - 1).collect::<Vec<usize>>()
        };
        assert_eq!(read(b"A"), []);
        // Text beyond 7-bit characters, and bytes that are not UTF-8.
        let odd: Vec<usize> = (0..10).map(|hundreds| 100 * hundreds + 50).collect();
        assert_eq!(read("\u{C9}".as_bytes()), []);
        assert_eq!(read(b"\xC9"), odd);
    }

    #[test]
    fn other_units_are_not_and_what_follows_is() {
        const HEAD: &str = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'\
            NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'";
        const FIRST: &str = "S01+1'RFF+TN:2009'NAD+GP+7000015,T93:900'FTX+RGI+++MOVED AWAY'S02+2'\
            PNA+PAT+9990000069:OPI'";
        const SECOND: &str = "S01+1'RFF+TN:2010'NAD+GP+7000015,T93:900'FTX+RGI+++MOVED'S02+2'PNA+PAT+9990000069:OPI'";
        const TAIL: &str = "UNT+18+00000508'UNZ+1+00000108'";
        let read = |first: &str| {
            let input = format!("{HEAD}{first}{SECOND}{TAIL}");
            events(input.as_bytes()).iter().map(|(_, was_canonical)| *was_canonical).collect::<Vec<bool>>()
        };
        assert_eq!(read(FIRST), [true; 6]);
        // Deviations within one segment do not leave the fast path.
        for (from, to) in [
            ("MOVED", "moved"),
            ("MOVED", "MOVED:NOW"),
            ("MOVED", "MOVED+NOW"),
            ("MOVED", "?MOVED"),
            ("MOVED", "MOVED\n"),
            ("MOVED AWAY", "%"),
            ("MOVED", &*"MOVED ".repeat(12)),
            ("7000015,T93:900", "7000015,T93:901"),
            ("7000015,T93:900", "7000015,T93"),
            ("9990000069:OPI", "9990000069:API"),
            ("9990000069:OPI", "9990000069"),
            ("9990000069:OPI", "9990000069:OPI+"),
            ("NAD+GP", "\n\nNAD+GP"),
            // Neither do unknown segments, and those out of order.
            ("S02+2'", "S02+2'ZZZ+1'"),
            ("NAD+GP", "NAD+ZZZ+1'NAD+GP"),
            ("NAD+GP", "HEA+ACD+A:ZZZ'NAD+GP"),
            ("NAD+GP+7000015,T93:900'FTX+RGI+++MOVED AWAY'", "FTX+RGI+++MOVED:AWAY'NAD+GP+7000015,T93:900'"),
            ("RFF+TN:2009'NAD+GP+7000015,T93:900'", "NAD+GP+7000015,T93:900'RFF+TN:2009'"),
        ] {
            let first = FIRST.replace(from, to);
            assert_ne!(first, FIRST);
            assert_eq!(read(&first)[..4], [true; 4], "{first}");
        }
        // A missing or a repeated segment does, and so does a number that deviates.
        for (from, to) in [
            ("MOVED AWAY", ""),
            ("2009", "2OO9"),
            ("9990000069:OPI", "          :OPI"),
            ("S02+2'", "S02+1'"),
            ("S02+2'", ""),
            ("S02+2'", "S02+2'S02+2'"),
            ("S02+2'PNA", "PNA"),
            ("NAD+GP", "NAD+GP+7000015,T93:900'NAD+GP"),
            ("NAD+GP", "+1'NAD+GP"),
            ("NAD+GP", " NAD+GP"),
        ] {
            let first = FIRST.replace(from, to);
            assert_ne!(first, FIRST);
            assert_eq!(read(&first)[..4], [true, true, false, true], "{first}");
        }
        assert_eq!(read(&FIRST.replace("MOVED", "MOVED?+"))[..4], [true; 4], "released");
        assert_eq!(read(&FIRST.replace('\'', "'\r\n"))[..4], [true; 4], "line breaks");
        // A used number is reported where it is used again, and a count where it stands.
        assert_eq!(read(&FIRST.replace("2009", "2010")), [true, true, true, false, true, true]);
        assert_eq!(read(""), [true, true, true, false, true]);
    }

    #[test]
    fn a_trigger_begins_another_transaction_whatever_its_plan() {
        // A close quarter notification has none.
        let input = "UNB+UNOA:2+ZQX1+KLM5+240402:0601+00044004'UNH+00067004+FHSREG:0:1:FH:FHS001'BGM+++507'\
            NAD+FHS+ZQX:954'DTM+137:202404020559:203'DTM+206:20240331:102'RFF+950:F8'RFF+TN:10900004'GIS+Q:ZZZ'\
            S01+1'UNT+10+00067004'UNZ+1+00044004'";
        let events = events(input.as_bytes());
        let transactions = events.iter().filter(|(event, _)| matches!(event, Event::Transaction(_)));
        assert_eq!(transactions.count(), 2);
    }

    #[test]
    fn what_was_scanned_ahead_of_a_canonical_unit_is_not_lost() {
        for behind in ["'UNZ+1+00000108'", "''\n'UNZ+1+00000108'", "+'UNZ+1+00000108'", "'", "+", "\n'", ""] {
            // A unit with a repeated segment is read on the general path, from segments that were scanned ahead.
            let input = format!(
                "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'\
                 NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'S01+1'RFF+TN:1'NAD+GP+7000015,T93:900'\
                 FTX+RGI+++A'FTX+RGI+++A'S02+2'PNA+PAT+9990000069:OPI'UNT+13+00000508'{behind}"
            );
            let read = |size: usize| {
                let mut issues: Vec<Issue> = Vec::new();
                let mut events = Vec::new();
                let mut decoder = Decoder::new(ReadOptions::default());
                for chunk in input.as_bytes().chunks(size) {
                    let mut here = decoder.feed(chunk);
                    while let Some(event) = here.next(&mut issues).unwrap() {
                        events.push(event.into_owned());
                    }
                }
                let mut here = decoder.finish();
                while let Some(event) = here.next(&mut issues).unwrap() {
                    events.push(event.into_owned());
                }
                (events, issues)
            };
            let mut issues: Vec<Issue> = Vec::new();
            let mut reader = EventReader::new(input.as_bytes(), ReadOptions::default());
            let mut events = Vec::new();
            while let Some(event) = reader.next_event(&mut issues).unwrap() {
                events.push(event.into_owned());
            }
            for size in [1, input.len()] {
                let (others, noted) = read(size);
                assert_eq!((&events, &issues), (&others, &noted), "{behind}");
            }
        }
    }

    #[test]
    fn an_interchange_header_is_read_on_either_path() {
        const USUAL: &str = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108";
        for (header, is_canonical) in [
            (format!("{USUAL}'"), true),
            (format!("{USUAL}++FHSREG'"), true),
            (format!("{USUAL}++FHSREG+++FHSA EDI TRANSFERS'"), true),
            (format!("{USUAL}+ABC:DE+FHSREG+A+1+AGREED+1'"), true),
            (format!("{USUAL}+:DE'"), true),
            (USUAL.replace("KLM5", "KL?+M5") + "'", true),
            (USUAL.replace("UNOA:2", "UNOC:3") + "'", false),
            (format!("{USUAL}+'"), false),
            (format!("{USUAL}++'"), false),
            (format!("{USUAL}+ABC:+FHSREG'"), false),
            (format!("{USUAL}++FHSREG:1'"), false),
            (format!("{USUAL}++FHSREG+++FHSA EDI TRANSFERS+1+2'"), false),
            (format!("{USUAL}:1'"), false),
            (format!("{USUAL}++LONGER THAN 14 CHARACTERS'"), false),
            (USUAL.replace("KLM5", "KLM5:14") + "'", false),
            (USUAL.replace("KLM5", "klm5") + "'", false),
            (USUAL.replace("KLM5", "%") + "'", false),
            (USUAL.replace("KLM5", "") + "'", false),
            (USUAL.replace("KLM5", &"K".repeat(36)) + "'", false),
            (USUAL.replace(":2", "") + "'", false),
            (USUAL.replace(":2", ":2:1") + "'", false),
            (USUAL.replace(":2", ":22") + "'", false),
            (USUAL.replace("0318", "0230") + "'", false),
            (USUAL.replace("24", "2024") + "'", false),
            (USUAL.replace("0907", "2407") + "'", false),
            (USUAL.replace(":0907", "") + "'", false),
            (USUAL.replace(":0907", ":") + "'", false),
            (USUAL.replace(":0907", ":0907:1") + "'", false),
            (USUAL.replace("240318", "") + "'", false),
            (USUAL.replace("0000108", "A000108") + "'", false),
            (USUAL.replace("00000108", "") + "'", false),
            (String::from("UNB'"), false),
            (format!("UNA:+.? '{USUAL}'"), false),
            (format!("\n{USUAL}'"), false),
        ] {
            let input = format!("{header}UNZ+0+00000108'");
            let mut issues: Vec<Issue> = Vec::new();
            let mut reader = EventReader::new(input.as_bytes(), ReadOptions::default());
            let first = reader.next_event(&mut issues).unwrap().unwrap();
            assert_eq!(reader.engine.was_canonical(), is_canonical, "{header}");

            // With such a limit everything is read on the general path.
            let mut noted: Vec<Issue> = Vec::new();
            let limits = Limits { segments_per_transaction: 63, ..Limits::default() };
            let mut reader = EventReader::new(input.as_bytes(), ReadOptions::default().limits(limits));
            let row_by_row = reader.next_event(&mut noted).unwrap().unwrap();
            assert!(!reader.engine.was_canonical());
            assert_eq!((first, issues), (row_by_row, noted), "{header}");
        }
    }

    #[test]
    fn segments_of_other_messages_are_counted_from_the_header() {
        let input = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+1+ORDERS:D:96A:UN'BGM+220'DTM+137'UNT+4+1'\
            UNZ+1+00000108'";
        let places = events(input.as_bytes()).into_iter().filter_map(|(event, _)| match event {
            Event::Segment { at, segment } => Some((at, segment)),
            _ => None,
        });
        let places: Vec<(usize, String)> = places.map(|(at, segment)| (at, segment.as_wire().into())).collect();
        assert_eq!(places, [(1, String::from("BGM+220")), (2, String::from("DTM+137"))]);
    }

    #[test]
    fn a_header_outside_an_interchange_opens_no_message() {
        let input = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNZ+0+00000108'\
            UNH+1+FHSREG:0:1:FH:FHS001'BGM+++507'NAD+FHS+ZQX:954'";
        let events = events(input.as_bytes());
        let segments = events.iter().filter(|(event, _)| matches!(event, Event::Segment { at: 0, .. }));
        assert_eq!((events.len(), segments.count()), (5, 3));
    }

    #[test]
    fn what_has_transactions_is_no_receipt() {
        let head = "UNB+UNOA:2+ZQX1+KLM5+240318:0907+00000108'UNH+1+FHSREG:0:1:FH:FHS001'\
            NHS+ZQX:819:201+7000015,T93:814:202'";
        for (next, is_registration) in [("S01+1'", true), ("RFF+TN:1'", true), ("RFF+MIS:00000001 CP'", false)] {
            let input = format!("{head}{next}");
            let events = events(input.as_bytes());
            let is_header = |(event, _): &(Event<'_>, bool)| matches!(event, Event::RegistrationHeader(_));
            assert_eq!(events.iter().any(is_header), is_registration, "{next}");
        }
    }

    #[test]
    fn the_segment_that_ends_a_unit_begins_the_next() {
        // A unit with a repeated segment is read on the general path.
        let transaction = |number: u32| {
            let twice = format!("FTX+RGI+++MOVED {number}'").repeat(2);
            format!("S01+1'RFF+TN:{number}'NAD+GP+7000015,T93:900'{twice}S02+2'PNA+PAT+9990000069:OPI'")
        };
        let input = format!(
            "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'\
             NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'{}{}{}UNT+27+00000508'UNZ+1+00000108'",
            transaction(1),
            transaction(2),
            transaction(3)
        );
        let Decoded { interchange, issues } = crate::Interchange::decode(input.as_bytes()).unwrap();
        assert!(issues.iter().all(|issue| issue.kind() == ErrorKind::RepeatedSegment), "{issues:?}");
        assert_eq!(issues.len(), 3);
        let written = interchange.encode(&crate::WriteOptions::default().as_received(true)).unwrap();
        assert_eq!(String::from_utf8(written).unwrap().replace('\n', ""), input);
    }

    #[test]
    fn other_service_characters_leave_the_fast_path_only_where_a_value_needs_another_wire_form() {
        let level_a = "UNB+UNOA:2+KLM5+ZQX1+240318:0907+00000108'UNH+00000508+FHSREG:0:1:FH:FHS001'BGM+++507'\
            NAD+FHS+ZQX:954'DTM+137:202403180907:203'RFF+950:G3'S01+1'RFF+TN:2009'NAD+GP+7000015,T93:900'\
            FTX+RGI+++MOVED AWAY'S02+2'PNA+PAT+9990000069:OPI'S01+1'RFF+TN:2010'NAD+GP+7000015,T93:900'\
            FTX+RGI+++O?'DELL?: 1?+1??:AWAY'S02+2'PNA+PAT+9990000069:OPI'UNT+18+00000508'UNZ+1+00000108'\r\n";
        let expected: Vec<_> = events(level_a.as_bytes()).into_iter().map(|(event, _)| event).collect();
        for (advice, replaced) in [("UNA|*.? ~", "|*~?"), ("UNA:+.? |", ":+|?"), ("UNA;=.! |", ";=|!")] {
            let mut released = false;
            let translated = level_a.chars().flat_map(|character| {
                let own = replaced.chars().nth(":+'?".find(character).unwrap_or(9));
                let is_text = released;
                released = character == '?' && !is_text;
                match own {
                    Some(_) if is_text && replaced.contains(character) => {
                        vec![replaced.chars().nth(3).unwrap(), character]
                    }
                    Some(_) if is_text => vec![character],
                    Some(_) if character == '?' => vec![],
                    Some(own) => vec![own],
                    None => vec![character],
                }
            });
            let input: std::string::String = advice.chars().chain(translated).collect();
            let read = events(input.as_bytes());
            let canonical: Vec<_> = read.iter().map(|(_, canonical)| *canonical).collect();
            // The header declares the service characters.
            assert_eq!(canonical, [false, true, true, true, true, true], "{input}");
            let events: Vec<_> = read.into_iter().map(|(event, _)| event).collect();
            assert_eq!(events, expected, "{input}");
        }
    }
}
