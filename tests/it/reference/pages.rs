//! The pages of `docs/reference`, written from `nhais_edifact::reference`.

use std::fmt::Write as _;

use nhais_edifact::error::Category;
use nhais_edifact::issue::Severity;
use nhais_edifact::options::Policy;
use nhais_edifact::reference::{self, Entry, Need, Plan, Row, Segment, Side};

/// Their names and texts.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    vec![
        ("README.md", index()),
        ("segments.md", segments()),
        ("transactions.md", transactions()),
        ("codes.md", codes()),
        ("rules.md", rules()),
        ("findings.md", findings()),
        ("options.md", options()),
    ]
}

fn index() -> String {
    "\
# Reference

These pages are written from the tables by which the crate reads and writes; a test fails where they differ. In programs the
same is the module `reference`. Where the tables come from stands in [wire.md](../wire.md).

| page | what |
|---|---|
| [segments.md](segments.md) | every segment: what stands where, in what format |
| [transactions.md](transactions.md) | every transaction type, heading and trailer: which segments, in what order, how needed |
| [codes.md](codes.md) | the code lists |
| [rules.md](rules.md) | the rules across fields: what is refused on writing, and found by `Interchange::check` |
| [findings.md](findings.md) | what can be found, how it is worded, what becomes of it by default and in strict reading |
| [options.md](options.md) | the policies of reading and writing, and the limits |

A place is written `2.1`: data element 2, component 1, both counting from 1; element 1 is the first behind the tag. A format is
in the notation of ISO 9735: `an..17` is up to 17 characters, `n..6` up to 6 digits, `n6` exactly 6.

To write them anew: `NHAIS_EDIFACT_WRITE=1 cargo test pages_are_those_of_the_tables`.
"
    .into()
}

/// The anchor of a segment; of several with one name, which one it is.
fn anchor(segment: &Segment) -> String {
    let name = segment.name().to_lowercase().replace('+', "-");
    let same: Vec<_> = reference::segments().filter(|other| other.name() == segment.name()).collect();
    match same.iter().position(|other| other == segment) {
        Some(at) if at > 0 => format!("{name}-{}", at + 1),
        _ => name,
    }
}

fn link(segment: &Segment) -> String {
    format!("[`{}`](segments.md#{})", segment.name(), anchor(segment))
}

/// All plans, those of transactions last.
fn plans() -> Vec<Plan> {
    let types = reference::transaction_types().into_iter().map(|entry| entry.plan);
    reference::envelope().into_iter().chain(types).collect()
}

fn plan_link(plan: &Plan) -> String {
    format!("[{}](transactions.md#{})", plan.name, plan.name.to_lowercase().replace(' ', "-"))
}

/// A segment as it is written, what is filled in between angle brackets.
fn pattern(segment: &Segment) -> String {
    let mut text = segment.name().to_owned();
    let (mut element, mut component) = (u16::from(segment.qualifier().is_some()), 1);
    for row in segment.rows() {
        if row.element() > element {
            text.push_str(&"+".repeat((row.element() - element).into()));
            (element, component) = (row.element(), 1);
        }
        text.push_str(&":".repeat((row.component() - component).into()));
        component = row.component();
        match row.constant() {
            Some(constant) => text.push_str(constant),
            None => write!(text, "<{}>", row.name().trim_start_matches("the ")).unwrap(),
        }
        if let Some(qualifier) = row.qualifier() {
            write!(text, ":{qualifier}").unwrap();
            component += 1;
        }
    }
    text + "'"
}

fn segments() -> String {
    let mut page = String::from(
        "# Segments\n\n\"M\": it is there wherever the segment is. \"C\": it may be left out, or the plan says where it is \
         required. A code list is named where there is one.\n\n| segment | what it is for |\n|---|---|\n",
    );
    for segment in reference::segments() {
        writeln!(page, "| [`{}`](#{}) | {} |", segment.name(), anchor(&segment), segment.meaning()).unwrap();
    }
    page.extend(reference::segments().map(|segment| one_segment(&segment)));
    page
}

fn one_segment(segment: &Segment) -> String {
    let mut text =
        format!("\n<a id=\"{}\"></a>\n\n## {}\n\n{}\n\n", anchor(segment), segment.name(), segment.meaning());
    writeln!(text, "`{}`\n", pattern(segment)).unwrap();
    text.push_str("| place | format | longest seen | need | what |\n|---|---|---|---|---|\n");
    text.extend(segment.rows().map(|row| one_row(segment, &row)));
    let users: Vec<_> =
        plans().iter().filter(|plan| plan.steps.iter().any(|step| step.segment == *segment)).map(plan_link).collect();
    writeln!(text, "\nStands in: {}.", users.join(", ")).unwrap();
    text
}

fn one_row(segment: &Segment, row: &Row) -> String {
    let place = format!("{}.{}", row.element(), row.component());
    let id = format!("<a id=\"{}-{}\"></a>", anchor(segment), place.replace('.', "-"));
    let seen = row.longest_seen().map(|seen| seen.to_string()).unwrap_or_default();
    let need = if row.is_mandatory() { "M" } else { "C" };
    let lists = reference::code_lists();
    let list = lists.iter().find(|list| list.rows.contains(row));
    let list = list.map(|list| format!("; [{0}](codes.md#{0})", list.name)).unwrap_or_default();
    let what = if row.constant().is_some() { "a constant" } else { row.name() };
    // The codes of an identification stand behind its number.
    let (own, behind) = if row.qualifier().is_some() { ("", list.as_str()) } else { (list.as_str(), "") };
    let mut text = format!("| {id}{place} | {} | {seen} | {need} | {what}{own} |\n", row.format());
    if let Some(qualifier) = row.qualifier() {
        let place = format!("{}.{}", row.element(), row.component() + 1);
        writeln!(text, "| {place} | `{qualifier}` | | {need} | what the value before it is{behind} |").unwrap();
    }
    text
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Practice => "practice",
        Side::Ha => "HA",
    }
}

fn transactions() -> String {
    let mut page = String::from(
        "# Transactions\n\n\"Numbered by\": in whose series `RFF+TN` counts; \"quoted\": it is the number of the transaction \
         that is answered.\n\n\
         | code | known as | what | from | numbered by | model |\n|---|---|---|---|---|---|\n",
    );
    let types = reference::transaction_types();
    for entry in &types {
        let numbered = format!("{}{}", side(entry.numbered_by), if entry.quotes_number { ", quoted" } else { "" });
        let (known_as, what) = words(entry);
        let (link, from) = (plan_link(&entry.plan).replace("transactions.md", ""), side(entry.sender));
        writeln!(page, "| {link} | {known_as} | {what} | {from} | {numbered} | `{}` |", entry.model).unwrap();
    }
    page.push_str(
        "\nIn the plans below, segments stand in the order in which they are written. M: mandatory. O: optional. (O): written \
         always, and its absence is not reported on reading. T: a trigger, there where anything of what follows it is, up to \
         the next trigger. X: not foreseen. A segment that a plan does not have is not foreseen either.\n",
    );
    page.extend(types.iter().map(one_type));
    page.push_str("\n# What stands around them\n");
    page.extend(reference::envelope().iter().map(|plan| one_plan(plan, plan.name)));
    page
}

/// What a type is known as, and what it is; obsolete ones have no letters.
fn words(entry: &Entry) -> (&'static str, &'static str) {
    if entry.is_obsolete { ("", entry.known_as) } else { (entry.known_as, entry.meaning) }
}

fn one_type(entry: &Entry) -> String {
    let mut text = one_plan(&entry.plan, &format!("{}: {}", entry.plan.name, words(entry).1.trim_end_matches('.')));
    let code = entry.transaction_type.as_str();
    let rules = reference::rules().iter().filter(|rule| rule.types.contains(&code));
    let rules: Vec<_> = rules.map(|rule| format!("[{0}](rules.md#{0})", rule.id)).collect();
    if !rules.is_empty() {
        writeln!(text, "\nRules: {}.", rules.join(", ")).unwrap();
    }
    text
}

fn letter(need: Need) -> &'static str {
    match need {
        Need::Mandatory => "M",
        Need::Optional => "O",
        Need::OptionalOnReading => "(O)",
        Need::Trigger => "T",
        Need::Never => "X",
        _ => "?",
    }
}

fn one_plan(plan: &Plan, title: &str) -> String {
    let mut text = format!("\n<a id=\"{}\"></a>\n\n## {title}\n\n", plan.name.to_lowercase().replace(' ', "-"));
    let heads: Vec<_> = plan.variants.iter().map(|column| head(plan, column)).collect();
    let letters = |needs: &[Need]| needs.iter().map(|need| letter(*need)).collect::<Vec<_>>().join(" | ");
    writeln!(text, "| segment | what | {} |\n|---|---|{}", heads.join(" | "), "---|".repeat(heads.len())).unwrap();
    for step in &plan.steps {
        writeln!(text, "| {} | {} | {} |", link(&step.segment), step.segment.meaning(), letters(&step.needs)).unwrap();
    }
    if !plan.required.is_empty() {
        text.push_str("\nMust not be missing in a segment that is there:\n\n| place | what |");
        writeln!(text, " {} |\n|---|---|{}", heads.join(" | "), "---|".repeat(heads.len())).unwrap();
    }
    for required in &plan.required {
        let place = format!("`{}` {}.{}", required.row.segment(), required.row.element(), required.row.component());
        writeln!(text, "| {place} | {} | {} |", required.name, letters(&required.needs)).unwrap();
    }
    text
}

/// What a column is called: those of acceptances are acceptance types, those of headings transaction types.
fn head(plan: &Plan, column: &str) -> String {
    match (plan.variants.len(), column) {
        (1, _) => "need".into(),
        (_, "") => "others".into(),
        (_, column) if column.starts_with('F') => column.into(),
        (_, column) => format!("type {column}"),
    }
}

fn codes() -> String {
    let mut page = String::from(
        "# Codes\n\nAll lists are open: a code that is not in its list is kept as it came, and reported, but \
         for the qualifiers of an identification, which are data. FP69 reasons (`HEA+FRN`) have no list.\n",
    );
    for list in reference::code_lists() {
        writeln!(
            page,
            "\n<a id=\"{0}\"></a>\n\n## {0}\n\n{1}\n\n| code | name | |\n|---|---|---|",
            list.name, list.meaning
        )
        .unwrap();
        for code in list.codes {
            // The documentation of a code begins with it.
            let meaning =
                code.meaning.trim_start_matches(&format!("`{}`", code.text)).trim_start_matches([',', '.', ' ']);
            writeln!(page, "| `{}` | {} | {meaning} |", code.text, code.name).unwrap();
        }
    }
    page
}

/// The places that a rule comes from, as links: of `wire.md#s-3-5, wire.md#row-30`, [3.5](../wire.md#s-3-5) and row 30.
fn facts(source: &str) -> String {
    let linked = source.split(", ").map(|place| {
        let (_, anchor) = place.split_once('#').unwrap();
        let name =
            anchor.strip_prefix("s-").map_or_else(|| anchor.replace('-', " "), |section| section.replace('-', "."));
        format!("[{name}](../{place})")
    });
    linked.collect::<Vec<_>>().join(", ")
}

fn rules() -> String {
    let mut page = String::from(
        "# Rules\n\nWhat is expected across the fields of a transaction. Writing refuses what breaks a rule; \
         `Interchange::check` reports it of anything received.\n\n| identifier | types | expected | place | from |\n\
         |---|---|---|---|---|\n",
    );
    for rule in reference::rules() {
        let (segment, element, component) = rule.place;
        let types = rule.types.join(", ");
        let (id, text, source) = (rule.id, rule.text, facts(rule.source));
        writeln!(
            page,
            "| <a id=\"{id}\"></a>`{id}` | {types} | {text} | `{segment}` {element}.{component} | {source} |"
        )
        .unwrap();
    }
    page
}

fn findings() -> String {
    let mut page = String::from(
        "# Findings\n\nA finding has a stable identifier (`ErrorKind::id`), a place, and a text that shows no value. On \
         reading, a policy says what becomes of it: it is an issue beside what was read, or it ends the reading with an error. \
         Where reading cannot go on behind it, it is an error whatever the policy is. Writing refuses; \
         with `WriteOptions::as_received` it reports. Some kinds are found on writing only. Broken [rules](rules.md) are findings, too.\n",
    );
    let findings = reference::findings();
    let mut level = None;
    for finding in &findings {
        if level != Some(finding.category) {
            level = Some(finding.category);
            page.push_str(&level_head(finding.category));
        }
        let policy = finding.policy.map(|policy| format!("[`{policy}`](options.md#{policy})")).unwrap_or_default();
        let (id, meaning, text) = (finding.id, finding.meaning, finding.text);
        let (default, strict) =
            (outcome(finding.by_default, finding.severity), outcome(finding.strictly, finding.severity));
        writeln!(page, "| <a id=\"{id}\"></a>`{id}` | {meaning} | {text} | {default} | {strict} | {policy} |").unwrap();
    }
    page
}

fn level_head(category: Category) -> String {
    let name = format!("{category:?}");
    format!(
        "\n## {name}\n\n| identifier | what is found | text | default | strict | policy |\n|---|---|---|---|---|---|\n"
    )
}

fn outcome(policy: Policy, severity: Severity) -> &'static str {
    match (policy, severity) {
        (Policy::Reject, _) => "error",
        (Policy::Report, Severity::Warning) => "issue, a warning",
        (Policy::Report, _) => "issue, an error",
        _ => "accepted",
    }
}

fn options() -> String {
    let mut page = String::from(
        "# Options\n\n## Policies of reading\n\nEach is a method of `ReadOptions` that takes a `Policy`: `Reject`, `Report` or \
         `Accept`. By default all report, with `ReadOptions::strict` all reject.\n\n\
         | method | about | findings |\n|---|---|---|\n",
    );
    let all = reference::findings();
    for (name, meaning) in reference::policies() {
        let found = all.iter().filter(|finding| finding.policy == Some(name));
        let found: Vec<_> = found.map(|finding| format!("[`{0}`](findings.md#{0})", finding.id)).collect();
        writeln!(page, "| <a id=\"{name}\"></a>`{name}` | {meaning} | {} |", found.join(", ")).unwrap();
    }
    page.push_str(
        "\n## Policies of writing\n\nEach is a method of `WriteOptions`. By default all reject, with `as_received` all report.\n\n\
         | method | about |\n|---|---|\n",
    );
    for (name, meaning) in reference::write_policies() {
        writeln!(page, "| <a id=\"write-{name}\"></a>`{name}` | {meaning} |").unwrap();
    }
    page.push_str(
        "\n## Limits\n\nFields of `Limits`. To exceed one is an error, whatever the policies are.\n\n\
         | field | default | about |\n|---|---|---|\n",
    );
    for (name, default, meaning) in reference::limits() {
        writeln!(page, "| <a id=\"{name}\"></a>`{name}` | {default} | {meaning} |").unwrap();
    }
    page
}
