//! What the files of a crate say of each other: their code, the paths in it, and which files these lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Files by their path in `src`, with their text.
pub(crate) type Files = BTreeMap<String, String>;

/// A path, segment by segment.
type Path = Vec<String>;

/// The code of a file: comments, the text of strings and characters, and the modules of tests are blank.
pub(crate) fn code(text: &str) -> String {
    let mut code = without_text(text);
    while let Some(range) = test_module(&code) {
        code.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    code
}

/// Blanks comments and what stands in quotes.
fn without_text(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len = text_len(rest, code.chars().last());
        if len == 0 {
            code.push(first);
        }
        code.push_str(&" ".repeat(len));
        rest = &rest[len.max(first.len_utf8())..];
    }
    code
}

/// How many bytes a comment or something in quotes takes that begins here; 0 if none does.
fn text_len(rest: &str, before: Option<char>) -> usize {
    let until = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    let begins_word = !before.is_some_and(|before| before.is_alphanumeric() || before == '_');
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return until("*/", 2);
    }
    let hashes = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
    if begins_word && rest.starts_with('r') && rest[1 + hashes..].starts_with('"') {
        return until(&format!("\"{}", "#".repeat(hashes)), 2 + hashes);
    }
    if rest.starts_with('"') {
        return quoted_len(rest, '"');
    }
    // A lifetime has no second quote.
    let is_character = rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'');
    if rest.starts_with('\'') && is_character { quoted_len(rest, '\'') } else { 0 }
}

fn quoted_len(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        if character == quote && !escaped {
            return at + 1;
        }
        escaped = character == '\\' && !escaped;
    }
    rest.len()
}

/// Where a module stands that is compiled for tests only.
fn test_module(code: &str) -> Option<Range<usize>> {
    code.match_indices("#[cfg(test)]").find_map(|(start, attribute)| {
        let item = code[start + attribute.len()..].trim_start();
        let is_module = item.starts_with("mod ");
        let at = code.len() - item.len();
        is_module.then(|| start..end_of_module(code, at))
    })
}

fn end_of_module(code: &str, at: usize) -> usize {
    let open = code[at..].find(['{', ';']).map_or(code.len(), |len| at + len);
    if code[open..].starts_with('{') { behind_brace(code, open) } else { (open + 1).min(code.len()) }
}

/// The place behind the brace that closes the one at `open`.
pub(crate) fn behind_brace(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (at, character) in code[open..].char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => return open + at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

/// The files that are compiled in tests only, since their module is declared so.
fn test_files(files: &Files) -> BTreeSet<Path> {
    let mut found = BTreeSet::new();
    for (file, text) in files {
        let mut code = without_text(text);
        while let Some(range) = test_module(&code) {
            let name = code[range.clone()].split("mod ").nth(1).unwrap_or_default();
            let name = name.trim_end_matches(';').trim().to_owned();
            found.insert([module_of(file), vec![name]].concat());
            code.replace_range(range.clone(), &" ".repeat(range.len()));
        }
    }
    found
}

/// The module that a file holds: none for `lib.rs`.
fn module_of(file: &str) -> Path {
    let mut path: Path = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if matches!(path.last().map(String::as_str), Some("mod" | "lib")) {
        path.pop();
    }
    path
}

/// A path that stands in a file, from the root of the crate.
struct Mention {
    path: Path,
    /// It is imported, under this name.
    name: Option<String>,
    is_public: bool,
}

/// The modules of a crate, and what each mentions of the others.
pub(crate) struct Modules {
    mentions: BTreeMap<Path, Vec<Mention>>,
}

impl Modules {
    pub(crate) fn of(files: &Files) -> Self {
        let tests = test_files(files);
        let modules = files.iter().map(|(file, text)| (module_of(file), code(text)));
        let codes: BTreeMap<Path, String> =
            modules.filter(|(module, _)| !(1..=module.len()).any(|len| tests.contains(&module[..len]))).collect();
        let names: BTreeSet<Path> = codes.keys().cloned().collect();
        let mentions = codes.iter().map(|(module, code)| (module.clone(), mentions(code, module, &names)));
        Self { mentions: mentions.collect() }
    }

    /// The modules whose files a file leads to, through all that is exported anew.
    pub(crate) fn imports(&self) -> BTreeMap<String, BTreeSet<String>> {
        let names = self.mentions.keys();
        names.map(|module| (module.join("::"), self.imports_of(module))).collect()
    }

    fn imports_of(&self, module: &Path) -> BTreeSet<String> {
        let used = self.mentions[module].iter().filter(|mention| {
            // That a module exports what its own children have makes it no user of them; all of it might be anything.
            !(mention.is_public && mention.path.starts_with(module) && mention.name.as_deref() != Some("*"))
        });
        let used = used.map(|mention| self.resolved(&mention.path, 0));
        used.filter(|used| used != module).map(|used| used.join("::")).collect()
    }

    /// The module in which that is defined which stands under a path.
    fn resolved(&self, path: &[String], depth: usize) -> Path {
        let len = (0..=path.len()).rev().find(|len| self.mentions.contains_key(&path[..*len])).unwrap_or(0);
        let (module, rest) = path.split_at(len);
        let imported = rest.first().and_then(|first| {
            let mut mentions = self.mentions.get(module)?.iter();
            mentions.find(|mention| mention.name.as_ref() == Some(first) && mention.path != path)
        });
        match imported {
            // Nothing is handed on so often.
            Some(mention) if depth < 16 => self.resolved(&[mention.path.as_slice(), &rest[1..]].concat(), depth + 1),
            _ => module.to_vec(),
        }
    }

    /// Modules that import each other in a circle.
    pub(crate) fn circles(&self) -> BTreeSet<Vec<String>> {
        let imports = self.imports();
        let reached: BTreeMap<&String, BTreeSet<&String>> =
            imports.keys().map(|module| (module, reached_from(module, &imports))).collect();
        let circle = |module: &String| -> Vec<String> {
            let all = reached[module].iter().filter(|other| reached[**other].contains(module));
            all.map(|other| (*other).clone()).collect()
        };
        imports.keys().map(circle).filter(|circle| !circle.is_empty()).collect()
    }
}

fn reached_from<'m>(from: &String, imports: &'m BTreeMap<String, BTreeSet<String>>) -> BTreeSet<&'m String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&String> = imports[from].iter().collect();
    while let Some(module) = open.pop() {
        if reached.insert(module) {
            open.extend(imports.get(module).into_iter().flatten());
        }
    }
    reached
}

/// All paths in the code of a module that lead into the crate.
fn mentions(code: &str, module: &Path, names: &BTreeSet<Path>) -> Vec<Mention> {
    let inner = inner_modules(code);
    let (mut found, mut by_name) = (Vec::new(), Vec::new());
    let mut rest = 0;
    while let Some(at) = next_word(code, rest) {
        let word = &code[at..at + word_len(&code[at..])];
        let depth = inner.iter().filter(|range| range.contains(&at)).count();
        let absolute = |path: &[String]| absolute(path, module, depth, names);
        rest = at + word.len();
        if word == "use" {
            let end = code[at..].find(';').map_or(code.len(), |len| at + len);
            let before = code[..at].rsplit([';', '{', '}', ']']).next().unwrap_or_default();
            let is_public = before.trim_start().starts_with("pub");
            let mut imports = Vec::new();
            expand(&code[rest..end], &[], &mut imports);
            found.extend(imports.into_iter().filter_map(|(path, name)| {
                let path = absolute(&path)?;
                let name = name.filter(|_| depth == 0);
                Some(Mention { path, name, is_public })
            }));
            rest = end;
        } else {
            let path = path_at(&code[at..]);
            rest = at + path.len();
            let path: Path = path.split("::").map(str::to_owned).collect();
            match absolute(&path).filter(|_| path.len() > 1) {
                Some(path) => found.push(Mention { path, name: None, is_public: false }),
                None => by_name.push(path),
            }
        }
    }
    let imported = |path: &Path| {
        let import = found.iter().find(|mention| mention.name.as_ref() == path.first())?;
        Some([import.path.as_slice(), &path[1..]].concat())
    };
    let by_name: Vec<Path> = by_name.iter().filter(|path| path.len() > 1).filter_map(imported).collect();
    found.extend(by_name.into_iter().map(|path| Mention { path, name: None, is_public: false }));
    found
}

/// Where modules stand that have no file of their own.
fn inner_modules(code: &str) -> Vec<Range<usize>> {
    let found = code.match_indices("mod ").filter(|(at, _)| !code[..*at].ends_with(is_word));
    found.map(|(at, _)| at..end_of_module(code, at)).collect()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn word_len(code: &str) -> usize {
    code.find(|character| !is_word(character)).unwrap_or(code.len())
}

fn next_word(code: &str, from: usize) -> Option<usize> {
    code[from..].find(is_word).map(|at| from + at)
}

/// The path that begins here, without what is no name in it.
fn path_at(code: &str) -> &str {
    let mut len = word_len(code);
    while let Some(next) = code[len..].strip_prefix("::").map(word_len).filter(|next| *next > 0) {
        len += 2 + next;
    }
    &code[..len]
}

/// The paths of an import, each with the name it gets.
fn expand(tree: &str, before: &[String], found: &mut Vec<(Path, Option<String>)>) {
    let (path, branches) = match tree.split_once('{') {
        Some((path, branches)) => (path, Some(branches.rsplit_once('}').map_or(branches, |(inside, _)| inside))),
        None => (tree, None),
    };
    let (path, alias) = path.split_once(" as ").map_or((path, None), |(path, alias)| (path, Some(alias.trim())));
    let names = path.trim().trim_start_matches('$').split("::").filter(|name| !name.is_empty());
    let mut path = before.to_vec();
    path.extend(names.map(|name| name.trim().to_owned()));
    match branches {
        Some(branches) => split_branches(branches).iter().for_each(|branch| expand(branch, &path, found)),
        None => {
            let is_self = path.last().is_some_and(|last| last == "self") && path.len() > 1;
            path.truncate(path.len() - usize::from(is_self));
            let name = alias.or(path.last().map(String::as_str)).map(str::to_owned);
            if !path.is_empty() {
                found.push((path, name));
            }
        }
    }
}

fn split_branches(branches: &str) -> Vec<&str> {
    let (mut depth, mut start, mut found) = (0, 0, Vec::new());
    for (at, character) in branches.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(&branches[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&branches[start..]);
    found.retain(|branch| !branch.trim().is_empty());
    found
}

/// A path from the root of the crate; `None` if it leads elsewhere, or to what the module has itself.
fn absolute(path: &[String], module: &Path, inner: usize, names: &BTreeSet<Path>) -> Option<Path> {
    let supers = path.iter().take_while(|name| *name == "super").count();
    let rest = match path.first()?.as_str() {
        "crate" => return Some(path[1..].to_vec()),
        "self" => &path[1..],
        // In a module within the file, the first ones stay in the file.
        "super" => {
            let up = module.len().checked_sub(supers.saturating_sub(inner))?;
            return Some([&module[..up], &path[supers..]].concat());
        }
        _ => path,
    };
    let child = [module.as_slice(), &rest[..1.min(rest.len())]].concat();
    names.contains(&child).then(|| [module.as_slice(), rest].concat())
}
