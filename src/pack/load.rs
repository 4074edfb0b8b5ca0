//! From a pack's files, held in memory, to its rule set.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::strays::{is_rules, is_text, strays};
use bulou_base::order;
use bulou_base::source::{Source, SourceId, Span};
use bulou_eval::hexadecimal;
use bulou_ir::RuleSet;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::ast::{Calendar, Citable, Declaration, File};
use bulou_syntax::keywords;

/// A pack's files by path, with `/`. A calendar that the pack names and does not hold may stand in the folder
/// beside it; the caller adds it by the path that the pack names.
#[derive(Clone, Debug, Default)]
pub struct Files(pub BTreeMap<String, Vec<u8>>);

/// What became of loading a pack.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// All its texts; spans of the diagnostics point into them.
    pub sources: Vec<Source>,
    /// The names of the files that it consists of: its rule files, the sources and the calendar that they name.
    pub content: BTreeSet<String>,
    /// Everything that is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The rules, when nothing is wrong but warnings.
    pub rules: Option<RuleSet>,
}

/// Loads a pack: its `*.bulou` files share one namespace, its `*.txt` files are the texts that rules cite. Files that are
/// neither, nor cases, nor the calendar of the pack are named.
#[must_use]
pub fn load(files: &Files) -> Loaded {
    let (mut sources, trees, mut diagnostics) = parsed(files);
    let content = content(files, &trees);
    let strays = strays(files, &content, &mut sources);
    diagnostics.extend(strays);
    let broken =
        diagnostics.iter().any(|diagnostic| diagnostic.severity() == bulou_messages::diagnostic::Severity::Error);
    let (rules, found) = bulou_compile::check(&trees, &sources, &|name| files.0.get(name).cloned());
    diagnostics.extend(found);
    let mut rules = rules.filter(|_| !broken);
    if let Some(rules) = &mut rules {
        rules.pack.sha256 = fingerprint(files.0.iter().filter(|(name, _)| content.contains(*name)));
    }
    Loaded { sources, content, diagnostics, rules }
}

/// The files of the calendars that a pack's rule files name.
#[must_use]
pub fn calendars(files: &Files) -> BTreeSet<String> {
    // What does not have the word names none, and need not be read twice.
    let may_name = |(name, bytes): &(&String, &Vec<u8>)| {
        let text = String::from_utf8_lossy(bytes);
        is_rules(name) && keywords::calendar().iter().any(|word| text.contains(word))
    };
    let files = files.0.iter().filter(may_name).map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
    let (_, trees, _) = parsed(&Files(files));
    let declarations = trees.into_iter().flat_map(|tree| tree.declarations);
    let named = declarations.filter_map(|declaration| match declaration {
        Declaration::Calendar(calendar) => Some(calendar.file.text),
        _ => None,
    });
    named.collect()
}

/// The files that a pack consists of: its rule files, and what they name.
fn content(files: &Files, trees: &[File]) -> BTreeSet<String> {
    let mut content: BTreeSet<String> = order::set(files.0.keys().filter(|name| is_rules(name)).cloned());
    for declaration in trees.iter().flat_map(|tree| &tree.declarations) {
        match declaration {
            Declaration::Citable(Citable { file: Some(file), .. }) | Declaration::Calendar(Calendar { file, .. }) => {
                content.insert(file.text.clone());
            }
            _ => {}
        }
    }
    content
}

/// The pack's texts, the trees of its rule files, and what is wrong with their syntax.
pub(crate) fn parsed(files: &Files) -> (Vec<Source>, Vec<File>, Vec<Diagnostic>) {
    let (mut sources, mut trees, mut diagnostics) = (Vec::new(), Vec::new(), Vec::new());
    for (name, bytes) in &files.0 {
        let is_rules = is_rules(name);
        if !is_rules && !is_text(name) {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned();
        let id = SourceId(u32::try_from(sources.len()).unwrap_or(u32::MAX));
        if std::str::from_utf8(bytes).is_err() {
            // Nothing of such a file is known, so that what it may declare is not missed.
            diagnostics.push(not_utf8(id, name));
            trees.push(File { left_out: true, names_missing: true, ..File::default() });
        } else if is_rules {
            let (tree, found) = bulou_syntax::parse(id, &text);
            if tree.declarations.is_empty() && found.is_empty() {
                diagnostics.push(empty(id, name));
            }
            trees.push(tree);
            diagnostics.extend(found);
        }
        sources.push(Source { name: name.clone(), text });
    }
    (sources, trees, diagnostics)
}

/// About a rule file without a declaration: what was cut off, or lost, would be thought to be in force.
fn empty(id: SourceId, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotRead,
        Span { source: id, start: 0, end: 0 },
        texts::declares_nothing_perhaps_not(&name).text(),
        texts::write_rules_take_file().text(),
    )
}

fn not_utf8(id: SourceId, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Syntax,
        Span { source: id, start: 0, end: 0 },
        texts::not_encoded_utf_8(&name).text(),
        texts::open_editor_save_utf().text(),
    )
}

/// SHA-256 over the files that a pack consists of, sorted by name: name, zero byte, length, bytes.
pub fn fingerprint<'f>(files: impl IntoIterator<Item = (&'f String, &'f Vec<u8>)>) -> String {
    let mut hasher = Sha256::new();
    for (name, bytes) in files {
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(bytes);
    }
    hexadecimal(&hasher.finalize())
}
