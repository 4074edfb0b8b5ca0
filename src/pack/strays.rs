//! Files in a pack's folder that are no part of the pack. What looks like rules and is not read would be thought to be in
//! force.

use std::collections::BTreeSet;

use super::Files;
use super::cases::{FOLDER, is_case};
use bulou_base::source::{Source, SourceId, Span};
use bulou_document::normalize::normal;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;

/// Whether a file is read as rules: it stands in the pack's folder itself, for all to see.
pub fn is_rules(name: &str) -> bool {
    name.ends_with(".bulou") && !name.contains('/') && !name.starts_with('.')
}

/// Whether a hidden file may have been meant as rules or as a case; what systems and editors leave beside files is not.
///
/// ```
/// use bulou_pack::is_hidden_part;
/// assert!(is_hidden_part(".a.bulou") && is_hidden_part("cases/.a.json"));
/// assert!(!is_hidden_part("._a.bulou") && !is_hidden_part(".a.bulou.swp") && !is_hidden_part(".DS_Store"));
/// ```
#[must_use]
pub fn is_hidden_part(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let of_system = ["._", ".#"].iter().any(|start| name.starts_with(start));
    let is_part = has_ending(name, ".bulou") || (path.starts_with(FOLDER) && has_ending(name, ".json"));
    name.starts_with('.') && !of_system && is_part
}

/// Whether a file looks like rules to whoever reads its name, whether it is read or not.
pub fn seems_rules(name: &str) -> bool {
    normal(name).to_lowercase().contains(".bulou")
}

/// Whether a file is read as a text that rules may cite.
pub fn is_text(name: &str) -> bool {
    has_ending(name, ".txt")
}

fn has_ending(name: &str, ending: &str) -> bool {
    let from = name.len().checked_sub(ending.len());
    from.and_then(|from| name.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// What of the files the pack does not consist of, and nothing else explains.
pub(crate) fn strays(files: &Files, content: &BTreeSet<String>, sources: &mut Vec<Source>) -> Vec<Diagnostic> {
    let unexplained = |name: &str| seems_rules(name) || !is_explained(name);
    let stray = |name: &&String| !content.contains(*name) && !is_case(name) && unexplained(name);
    let strays: Vec<&String> = files.0.keys().filter(stray).collect();
    strays.into_iter().map(|name| diagnostic(name, place(name, sources))).collect()
}

/// A folder may say about itself what it is.
pub(crate) fn is_explained(name: &str) -> bool {
    let alone = name.rsplit('/').next().unwrap_or_default();
    let about = ["README", "LICENSE", "NOTICE", "CHANGELOG"].iter().any(|word| alone.starts_with(word));
    about || has_ending(alone, ".md")
}

/// The start of a file, which is named among the sources for that.
fn place(name: &str, sources: &mut Vec<Source>) -> Span {
    let known = sources.iter().position(|source| source.name == name).unwrap_or_else(|| {
        sources.push(Source { name: name.to_owned(), text: String::new() });
        sources.len() - 1
    });
    Span { source: SourceId(u32::try_from(known).unwrap_or(u32::MAX)), start: 0, end: 0 }
}

/// About a file that is not read.
pub fn diagnostic(name: &str, place: Span) -> Diagnostic {
    if seems_rules(name) {
        let message = texts::looks_like_rule_file(&name).text();
        let help = texts::rule_files_stand_packs().text();
        return Diagnostic::new(Code::NotRead, place, message, help);
    }
    let message = texts::not_used_not_read(&name).text();
    let help = if name.starts_with("cases/") {
        texts::cases_files_cases_end().text()
    } else {
        texts::declare_text_cited_source().text()
    };
    Diagnostic::new(Code::StrayFile, place, message, help)
}
