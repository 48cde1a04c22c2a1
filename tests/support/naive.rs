//! A naive splitter of EDIFACT input into segments, data elements and components, written from the rules and not from the
//! scanner, of which it uses nothing. It goes a byte at a time and looks again at what it has seen before.

/// A segment: its elements, the tag first, each as its components in wire form.
pub(crate) type Naive = Vec<Vec<Vec<u8>>>;

/// Service characters.
#[derive(Clone, Copy)]
struct Characters {
    component: u8,
    element: u8,
    release: Option<u8>,
    terminator: u8,
}

const LEVEL_A: Characters = Characters { component: b':', element: b'+', release: Some(b'?'), terminator: b'\'' };
const LEVEL_B: Characters = Characters { component: 0x1F, element: 0x1D, release: None, terminator: 0x1C };
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// As many bytes of CR and LF may stand between a service string advice and the header that is its evidence.
const MOST_BREAKS: usize = 16;

impl Characters {
    fn separates(self, byte: u8) -> bool {
        byte == self.component || byte == self.element
    }

    fn serves(self, byte: u8) -> bool {
        self.separates(byte) || byte == self.terminator || Some(byte) == self.release
    }

    /// A line break is CR or LF that is no service character.
    fn breaks_line(self, byte: u8) -> bool {
        is_cr_or_lf(byte) && !self.serves(byte)
    }

    /// A blank is CR, LF, space or tab that is no service character.
    fn is_blank(self, byte: u8) -> bool {
        (is_cr_or_lf(byte) || byte == b' ' || byte == b'\t') && !self.serves(byte)
    }

    /// What may stand between the start of a line and an interchange: bytes that print nothing in 7 bits, and spaces.
    fn is_filler(self, byte: u8) -> bool {
        !(0x21..0x7F).contains(&byte) && !self.serves(byte)
    }
}

/// The segments of the input, and whether it ended with a service string advice that contradicts itself.
pub(crate) fn segments(input: &[u8]) -> (Vec<Naive>, bool) {
    let mut splitter = Splitter {
        input,
        at: 0,
        characters: LEVEL_A,
        is_declared: false,
        is_advised: false,
        is_inside: false,
        segments: Vec::new(),
    };
    loop {
        if !splitter.pass_gap() {
            return (splitter.segments, true);
        }
        if splitter.at == input.len() {
            return (splitter.segments, false);
        }
        splitter.pass_segment();
    }
}

struct Splitter<'i> {
    input: &'i [u8],
    at: usize,
    /// Those in force.
    characters: Characters,
    /// Whether a service string advice declared them.
    is_declared: bool,
    /// Whether it did so in the gap before the segment.
    is_advised: bool,
    /// Whether an interchange has begun and not ended; if not, one is expected.
    is_inside: bool,
    segments: Vec<Naive>,
}

impl Splitter<'_> {
    /// A gap holds blanks and, where an interchange is expected, one byte order mark and one service string advice. Behind
    /// the advice its characters tell what is blank. False if the advice contradicts itself.
    fn pass_gap(&mut self) -> bool {
        let mut is_marked = false;
        self.is_advised = false;
        loop {
            let rest = &self.input[self.at..];
            if rest.first().is_some_and(|&byte| self.characters.is_blank(byte)) {
                self.at += 1;
            } else if !self.is_inside && !is_marked && rest.starts_with(BYTE_ORDER_MARK) {
                is_marked = true;
                self.at += BYTE_ORDER_MARK.len();
            } else if self.is_advised || !self.take_advice() {
                return self.is_advised || self.is_inside || !contradicts_itself(rest);
            }
        }
    }

    /// Inside an interchange an advice needs a header behind it: then the interchange has ended without its trailer.
    fn take_advice(&mut self) -> bool {
        let rest = &self.input[self.at..];
        let advice = if self.is_inside { advice_with_header(rest) } else { advice(rest) };
        let Some((characters, length)) = advice else { return false };
        self.at += length;
        self.characters = characters;
        (self.is_declared, self.is_advised, self.is_inside) = (true, true, false);
        true
    }

    /// A segment ends at its terminator, before the interchange that cuts it, or at the end of the input. In the latter two
    /// cases line breaks at its end are no part of it.
    fn pass_segment(&mut self) {
        self.take_level();
        let start = self.at;
        let terminator = find_terminator(self.input, start, self.characters);
        let limit = terminator.unwrap_or(self.input.len());
        let cut = self.find_cut(limit);
        let mut end = cut.unwrap_or(limit);
        self.at = end + 1;
        if cut.is_some() || terminator.is_none() {
            while self.characters.breaks_line(self.input[end - 1]) {
                end -= 1;
            }
            self.at = end;
        }
        let segment = &self.input[start..end];
        self.segments.push(split(segment, self.characters));
        self.begin_or_end_interchange(segment, cut);
    }

    /// `UNB` and the element separator of level A or B take that level, wherever they stand inside an interchange. Where one
    /// is expected they do not if that separator was declared, nor directly behind a service string advice.
    fn take_level(&mut self) {
        let level = match &self.input[self.at..] {
            [b'U', b'N', b'B', b'+', ..] => LEVEL_A,
            [b'U', b'N', b'B', 0x1D, ..] => LEVEL_B,
            _ => return,
        };
        let holds = self.is_advised || self.is_declared && self.characters.element == level.element;
        if self.is_inside || !holds {
            self.characters = level;
            self.is_declared = false;
        }
    }

    /// An interchange header is `UNB` and nothing or an element separator.
    fn is_header(&self, segment: &[u8]) -> bool {
        segment.starts_with(b"UNB") && segment.get(3).is_none_or(|&byte| byte == self.characters.element)
    }

    /// An interchange trailer is `UNZ` and nothing or a separator.
    fn is_trailer(&self, segment: &[u8]) -> bool {
        segment.starts_with(b"UNZ") && segment.get(3).is_none_or(|&byte| self.characters.separates(byte))
    }

    /// Where the segment that begins here is cut. What stands where an interchange is expected is cut before one; inside an
    /// interchange a trailer is, that of a message too, and there the element separator in force is no sign of a header.
    fn find_cut(&self, limit: usize) -> Option<usize> {
        let rest = &self.input[self.at..];
        let separators = if self.is_inside {
            let is_trailer = rest.starts_with(b"UNZ") || rest.starts_with(b"UNT");
            let ends = |byte| self.characters.separates(byte) || self.characters.breaks_line(byte);
            if !is_trailer || !rest.get(3).is_some_and(|&byte| ends(byte)) {
                return None;
            }
            [b'+', 0x1D, 0x1D]
        } else {
            [b'+', 0x1D, self.characters.element]
        };
        let begins = |at: &usize| begins_interchange(&self.input[*at..], separators) && self.begins_line(*at);
        let place = (self.at + 1..limit).find(begins)?;
        // What stands in the line before the interchange is no part of a trailer.
        let line = (self.at..place).rfind(|&at| self.characters.breaks_line(self.input[at]));
        Some(line.filter(|_| self.is_inside).map_or(place, |line| line + 1))
    }

    /// Whether nothing but filler stands between a place in the segment and the start of its line or of the segment.
    fn begins_line(&self, place: usize) -> bool {
        let mut at = place;
        while at > self.at && self.characters.is_filler(self.input[at - 1]) {
            if self.characters.breaks_line(self.input[at - 1]) {
                return true;
            }
            at -= 1;
        }
        at == self.at
    }

    /// A header begins an interchange. A trailer ends it, and so do a header or a message trailer that are cut before another
    /// one; behind such a header, what was declared holds for one that has the declared separator, if no level has it.
    fn begin_or_end_interchange(&mut self, segment: &[u8], cut: Option<usize>) {
        let is_header = !self.is_inside && self.is_header(segment);
        if is_header && let Some(next) = cut {
            let has_level = [LEVEL_A, LEVEL_B].iter().any(|level| starts_header(&self.input[next..], level.element));
            self.is_declared &= !has_level;
        } else if is_header {
            self.is_inside = true;
        } else if self.is_inside && (self.is_trailer(segment) || cut.is_some()) {
            let ended = self.characters;
            self.characters = LEVEL_A;
            (self.is_declared, self.is_inside) = (false, false);
            self.pass_late_terminators(ended.terminator);
        }
    }

    /// Behind an interchange its terminators end segments without content, as long as nothing but blanks of level A stands
    /// between them. A terminator that is such a blank is a blank.
    fn pass_late_terminators(&mut self, terminator: u8) {
        loop {
            let mut at = self.at;
            while at < self.input.len() && LEVEL_A.is_blank(self.input[at]) {
                at += 1;
            }
            if self.input.get(at) != Some(&terminator) {
                return;
            }
            self.segments.push(split(b"", LEVEL_A));
            self.at = at + 1;
        }
    }
}

fn is_cr_or_lf(byte: u8) -> bool {
    byte == b'\r' || byte == b'\n'
}

/// How many bytes stand together: a release character takes the next byte with it, unless that is a line break.
fn count_together(bytes: &[u8], at: usize, characters: Characters) -> usize {
    let is_release = Some(bytes[at]) == characters.release;
    let releases = bytes.get(at + 1).is_some_and(|&next| !characters.breaks_line(next));
    if is_release && releases { 2 } else { 1 }
}

/// The first terminator that is not released.
fn find_terminator(input: &[u8], start: usize, characters: Characters) -> Option<usize> {
    let mut at = start;
    while at < input.len() {
        if input[at] == characters.terminator {
            return Some(at);
        }
        at += count_together(input, at, characters);
    }
    None
}

/// Cuts a segment at the separators that are not released.
fn split(segment: &[u8], characters: Characters) -> Naive {
    let mut elements = vec![vec![Vec::new()]];
    let mut at = 0;
    while at < segment.len() {
        let together = count_together(segment, at, characters);
        let components = elements.last_mut().unwrap();
        if segment[at] == characters.element {
            elements.push(vec![Vec::new()]);
        } else if segment[at] == characters.component {
            components.push(Vec::new());
        } else {
            components.last_mut().unwrap().extend(&segment[at..at + together]);
        }
        at += together;
    }
    elements
}

/// Whether a header with one of the separators stands here, or an advice with its header.
fn begins_interchange(rest: &[u8], separators: [u8; 3]) -> bool {
    let is_header = rest.starts_with(b"UNB") && rest.get(3).is_some_and(|byte| separators.contains(byte));
    is_header || advice_with_header(rest).is_some()
}

/// The service string advice that stands here, and its length. The short one is looked for first.
fn advice(rest: &[u8]) -> Option<(Characters, usize)> {
    let short = short_advice(rest).map(|characters| (characters, 8));
    short.or_else(|| long_advice(rest).map(|characters| (characters, 9)))
}

/// The advice that stands here, if a header with the separator it declares follows, line breaks aside, be they terminators.
fn advice_with_header(rest: &[u8]) -> Option<(Characters, usize)> {
    let (characters, length) = advice(rest)?;
    let may_break = |byte| is_cr_or_lf(byte) && (characters.breaks_line(byte) || byte == characters.terminator);
    let (_, behind) = pass_breaks(&rest[length..], may_break)?;
    starts_header(behind, characters.element).then_some((characters, length))
}

/// Eight bytes, the reserved one lost: the header stands directly behind, or behind line breaks if `'` is the terminator.
fn short_advice(rest: &[u8]) -> Option<Characters> {
    let characters = declared(rest, 7)?;
    let may_break = |byte| characters.terminator == b'\'' && characters.breaks_line(byte);
    let (_, behind) = pass_breaks(&rest[8..], may_break)?;
    starts_header(behind, characters.element).then_some(characters)
}

/// Nine bytes, unless a header on a later line has the separator of level A or B in place of the one declared.
fn long_advice(rest: &[u8]) -> Option<Characters> {
    let characters = declared(rest, 8)?;
    if let Some((1.., behind)) = pass_breaks(&rest[9..], |byte| characters.breaks_line(byte)) {
        let overrules = |separator| separator != characters.element && starts_header(behind, separator);
        if overrules(LEVEL_A.element) || overrules(LEVEL_B.element) {
            return None;
        }
    }
    Some(characters)
}

/// The characters that an advice declares whose terminator has this index, if they can serve. An apostrophe and a line break
/// behind it are the end of eight characters, not of nine.
fn declared(rest: &[u8], terminator: usize) -> Option<Characters> {
    if !rest.starts_with(b"UNA") || rest.len() <= terminator {
        return None;
    }
    if terminator == 8 && rest[7] == b'\'' && is_cr_or_lf(rest[8]) {
        return None;
    }
    let release = (rest[6] != b' ').then_some(rest[6]);
    let characters = Characters { component: rest[3], element: rest[4], release, terminator: rest[terminator] };
    let mut all = vec![characters.component, characters.element, characters.terminator];
    all.extend(release);
    let can_serve = |byte: &u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b' ';
    let differ = (1..all.len()).all(|at| !all[..at].contains(&all[at]));
    (all.iter().all(can_serve) && differ).then_some(characters)
}

/// Nine bytes that are no advice contradict the header directly behind them; CR and LF aside, if their separators and
/// terminator are no letters, digits or 8-bit bytes. If one of them is, a line of eight bytes contradicts nothing.
fn contradicts_itself(rest: &[u8]) -> bool {
    if !rest.starts_with(b"UNA") || rest.len() < 9 || declared(rest, 8).is_some() {
        return false;
    }
    let is_sign = |byte: u8| byte.is_ascii() && !byte.is_ascii_alphanumeric();
    let is_meant = is_sign(rest[3]) && is_sign(rest[4]) && is_sign(rest[8]);
    if is_cr_or_lf(rest[8]) && !is_meant {
        return false;
    }
    let behind = pass_breaks(&rest[9..], |byte| is_meant && is_cr_or_lf(byte));
    behind.is_some_and(|(_, behind)| behind.starts_with(b"UNB"))
}

fn starts_header(rest: &[u8], separator: u8) -> bool {
    rest.starts_with(b"UNB") && rest.get(3) == Some(&separator)
}

/// Passes line breaks: how many, and what stands behind them. None if there are too many.
fn pass_breaks(rest: &[u8], is_break: impl Fn(u8) -> bool) -> Option<(usize, &[u8])> {
    let count = rest.iter().take_while(|&&byte| is_break(byte)).count();
    (count <= MOST_BREAKS).then(|| (count, &rest[count..]))
}
