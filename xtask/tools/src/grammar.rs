//! The TextMate grammar of rule files, made from the table of keywords; editors use it until the language server
//! answers, and where there is none.

use bulou_syntax::AGGREGATES;
use bulou_syntax::keywords::{DECLARATIONS, KEYWORDS, Keyword};
use serde_json::{Value, json};

use xtask::run::{Outcome, root};

const FILE: &str = "editors/vscode/syntaxes/bulou.tmLanguage.json";

/// A letter of a name: Chinese letters are words to no editor's `\b`.
const LETTER: &str = r"[\p{L}\p{N}_]";

/// Writes the grammar.
pub fn write() -> Outcome {
    std::fs::write(root().join(FILE), text()).map_err(|error| format!("{FILE}: {error}"))
}

fn text() -> String {
    format!("{:#}\n", grammar())
}

fn grammar() -> Value {
    let spelled = |wanted: &dyn Fn(&Keyword) -> bool| {
        words(KEYWORDS.iter().filter(|keyword| wanted(keyword)).flat_map(|keyword| [keyword.zh, keyword.en]))
    };
    let constant = |keyword: &Keyword| matches!(keyword.rule, "kw_yes" | "kw_no" | "kw_today");
    let reserved = spelled(&|keyword| keyword.reserved && !constant(keyword));
    let clauses = spelled(&|keyword| !keyword.reserved);
    let declarations = words(DECLARATIONS.iter().copied());
    let functions = words(AGGREGATES.iter().flat_map(|function| [function.zh, function.en]));
    json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "Bulou",
        "scopeName": "source.bulou",
        "fileTypes": ["bulou"],
        "patterns": [
            { "name": "comment.line.number-sign.bulou", "match": "#.*$" },
            text_pattern("\"", "\"", "double"),
            text_pattern("[“”]", "”", "other"),
            { "name": "variable.other.quoted.bulou", "match": "`[^`\\n]+`" },
            {
                "match": format!(r"^({declarations})\s+(`[^`\n]+`|{LETTER}[\p{{L}}\p{{N}}_-]*)"),
                "captures": {
                    "1": { "name": "keyword.declaration.bulou" },
                    "2": { "name": "entity.name.type.bulou" }
                }
            },
            { "name": "constant.other.date.bulou", "match": alone(r"\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日") },
            {
                "name": "constant.numeric.bulou",
                "match": format!(r"(?<!{LETTER})\d+(?:\.\d+)*(?:\s*(?:个工作日|个月|[日天周年万次%\x{{FF05}}]|workdays|months|days|weeks|years))?")
            },
            { "name": "support.function.bulou", "match": format!(r"(?<!{LETTER})(?:{functions})(?=\s*[(\x{{FF08}}])") },
            { "name": "constant.language.bulou", "match": alone(&spelled(&constant)) },
            // After a point and before a colon, every word is a field's name.
            { "name": "variable.other.member.bulou", "match": format!(r"(?<=[.\x{{FF0E}}]){LETTER}+|(?<!{LETTER}){LETTER}+(?=\s*[:\x{{FF1A}}])") },
            { "name": "keyword.control.bulou", "match": alone(&reserved) },
            { "name": "keyword.other.bulou", "match": format!(r"(?<!{LETTER})(?:{clauses})(?=\s|$)") },
            { "name": "keyword.operator.bulou", "match": r"!=|<=|>=|->|[=≠<>≤≥+\-*/×÷→\x{FF1D}\x{FF1C}\x{FF1E}]" }
        ]
    })
}

/// A text in quotation marks, with the parts in braces that a message shows.
fn text_pattern(begin: &str, end: &str, kind: &str) -> Value {
    json!({
        "name": format!("string.quoted.{kind}.bulou"),
        "begin": begin,
        "end": format!("{end}|$"),
        "patterns": [{ "name": "variable.other.placeholder.bulou", "match": r"\{[^{}\n]*\}" }]
    })
}

/// LocalizedText as alternatives, the longer before those that they begin with.
fn words<'k>(all: impl Iterator<Item = &'k str>) -> String {
    let mut all: Vec<&str> = all.collect();
    all.sort_by_key(|word| (std::cmp::Reverse(word.len()), *word));
    all.dedup();
    all.join("|")
}

fn alone(words: &str) -> String {
    format!("(?<!{LETTER})(?:{words})(?!{LETTER})")
}

#[cfg(test)]
mod tests {
    use super::{FILE, root, text};

    #[test]
    fn the_committed_grammar_is_the_one_that_the_keywords_make() {
        let committed = std::fs::read_to_string(root().join(FILE)).unwrap_or_default();
        assert!(committed == text(), "{FILE} is old; run `cargo xtask gen`");
    }
}
