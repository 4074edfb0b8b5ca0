//! Syntax errors in the reader's words: what was expected, what stands there, what to do.

use pest::error::ErrorVariant;

use crate::all_else;
use crate::blanks::spaced;
use crate::keywords::{KEYWORDS, is_reserved, spelled, split};
use crate::parser::Rule;
use crate::synonyms::{Instead, synonym, word};
use bulou_base::source::{SourceId, Span};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix, Lang, LocalizedText};
use bulou_messages::texts;

/// The diagnostic for a failure of the grammar at byte `at` of a piece that stands somewhere in a file, of which the names are
/// known.
pub(crate) fn syntax_error(
    (source, base): (SourceId, usize),
    text: &str,
    at: usize,
    variant: &ErrorVariant<Rule>,
    is_known: &dyn Fn(&str) -> bool,
) -> Diagnostic {
    let at = skip_blank(text, at);
    let place = |at: usize, found: &str| {
        let start = u32::try_from(base + at).unwrap_or(u32::MAX);
        Span { source, start, end: start.saturating_add(u32::try_from(found.len()).unwrap_or_default()) }
    };
    if let Some((at, word)) = all_else::cell(text, at) {
        let message = texts::no_word_of_rules(&word).text();
        return Diagnostic::new(Code::Syntax, place(at, word), message, texts::row_says_itself().text());
    }
    // One blank may be what a word of everyday writing lacks; more are told together, as the whole line is to be written.
    let spaced = spaced(text, at, is_known);
    if spaced.as_ref().is_none_or(|line| line.missing == 1)
        && let Some((at, word, instead)) = synonym(text, at)
    {
        return everyday(text, (at, word), place(at, word), instead);
    }
    let found = word_at(text, at);
    let expected = match variant {
        ErrorVariant::ParsingError { positives, .. } => expected(positives),
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    let words = listed(&expected);
    let message = if found.is_empty() {
        texts::text_ends_here_expected(&words).text()
    } else {
        texts::expected_found(&words, &found).text()
    };
    let span = place(at, found);
    if let Some(line) = spaced {
        let span = place(line.range.start, text.get(line.range.clone()).unwrap_or_default());
        let fix = Fix::new(span, line.words.clone());
        return Diagnostic::new(Code::Syntax, place(at, found), message, write(&line.words)).with_fix(Some(fix));
    }
    let (help, replacement) = help(found, &expected);
    Diagnostic::new(Code::Syntax, span, message, help).with_fix(replacement.map(|words| Fix::new(span, words)))
}

/// A word that people write and the language does not know.
fn everyday(text: &str, (at, word): (usize, &str), span: Span, instead: Instead) -> Diagnostic {
    let (help, fix) = match instead {
        Instead::This(right) => (write(right), Some(apart(text, at, word, right))),
        Instead::Words(words) => (write(&words), Some(words)),
        Instead::Around(form) => (write(form), None),
        Instead::Before(right) => (texts::write_before_number(&right).text(), None),
        Instead::Quantifier => (texts::write_every_or_exists().text(), None),
        Instead::Nothing => (texts::requirement_says_so_itself().text(), Some(String::new())),
    };
    let message = texts::no_word_of_rules(&word).text();
    Diagnostic::new(Code::Syntax, span, message, help).with_fix(fix.map(|words| Fix::new(span, words)))
}

fn skip_blank(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start().len())
}

fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let sign = || rest.get(..rest.chars().next().map_or(0, char::len_utf8)).unwrap_or_default();
    Some(word(rest)).filter(|word| !word.is_empty()).unwrap_or_else(sign)
}

/// What the grammar could have gone on with, as far as it is named: a rule for each of the words that people have for it.
fn expected(rules: &[Rule]) -> Vec<(Rule, LocalizedText)> {
    let mut named: Vec<(Rule, LocalizedText)> = Vec::new();
    for (which, name) in rules.iter().filter_map(|which| Some((*which, token_name(*which)?))) {
        if named.iter().all(|(_, other)| *other != name) {
            named.push((which, name));
        }
    }
    named.truncate(8);
    named
}

fn listed(expected: &[(Rule, LocalizedText)]) -> LocalizedText {
    if expected.is_empty() {
        return texts::something_else().text();
    }
    let [zh, en] =
        Lang::ALL.map(|lang| expected.iter().map(|(_, name)| name.get(lang)).collect::<Vec<_>>().join(lang.comma()));
    LocalizedText::new(zh, en)
}

fn token_name(which: Rule) -> Option<LocalizedText> {
    let name = format!("{which:?}");
    if let Some(keyword) = KEYWORDS.iter().find(|keyword| keyword.rule == name) {
        return Some(LocalizedText::new(format!("`{}`", keyword.zh), format!("`{}` ({})", keyword.zh, keyword.en)));
    }
    let words = match name.as_str() {
        "expr" | "disjunction" | "conjunction" | "negation" | "relation" | "operand" | "sum" | "term" | "factor"
        | "postfix" | "primary" | "group_expr" | "minus" | "lone_expr" | "call" | "all" | "presence" | "list"
        | "conditional" | "quantified" | "within_of" | "before_day" => texts::an_expression(),
        "compare_op" | "comparison" | "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "plus" | "times" | "divided"
        | "deadline" | "frequency" | "covering" | "membership" | "containing" | "betweenness" => texts::an_operator(),
        _ if is_name(which) => texts::a_name(),
        "text" | "text_ascii" | "text_curly" => texts::text_quotation_marks(),
        "number" | "digits" => texts::a_number(),
        "duration" | "duration_unit" => texts::duration_such_3_days(),
        "any_date" | "date_iso" | "date_zh" | "date_near" => texts::date_such_2022(),
        "type" | "list_type" | "option_list" | "fold_type" => texts::a_type(),
        "clause" | "cites" | "requires" | "responsible" | "group" | "severity" | "applies" | "remedy" => {
            texts::clause_rule()
        }
        "field" | "attribute" | "forbid" | "data_path" | "constraint" => texts::a_field(),
        "declaration" | "EOI" => texts::a_declaration(),
        "period" => texts::day_week_month_quarter(),
        "row" | "cell" => texts::row_table(),
        "version_number" => texts::version_such_2022(),
        "step" | "filter" | "binding" | "message" | "optional" | "number_suffix" | "table_param" => return None,
        _ => texts::something_else(),
    };
    Some(words.text())
}

/// Whether something in the grammar is a name to people.
fn is_name(which: Rule) -> bool {
    matches!(which, Rule::name | Rule::field_name | Rule::ident | Rule::pack_id | Rule::quoted_name | Rule::path)
}

/// What to do next, and what to write instead of what was found where that is known.
fn help(found: &str, expected: &[(Rule, LocalizedText)]) -> (LocalizedText, Option<String>) {
    let is_wanted = |wanted: Rule| expected.iter().any(|(which, _)| *which == wanted);
    if is_wanted(Rule::kw_satisfies) {
        return (texts::write_satisfies_after_list().text(), None);
    }
    if is_wanted(Rule::kw_then) {
        return (texts::write_then_after_condition().text(), None);
    }
    if is_wanted(Rule::kw_within) {
        return (texts::write_deadline_within_3().text(), None);
    }
    if is_reserved(found) && expected.iter().any(|(which, _)| is_name(*which)) {
        let help = texts::reserved_name_write_between(&found).text();
        return (help, Some(spelled(found)));
    }
    if let Some(apart) = split(found) {
        return (write(&apart), Some(apart));
    }
    let help = texts::compare_form_line_words().text();
    (help, None)
}

/// An operator with the spaces that a word needs around it where there are none.
fn apart(text: &str, at: usize, wrong: &str, right: &str) -> String {
    let word = right.chars().all(char::is_alphabetic);
    let joins = |side: Option<char>| word && side.is_some_and(|c| !c.is_whitespace());
    let before = if joins(text.get(..at).and_then(|text| text.chars().next_back())) { " " } else { "" };
    let after = if joins(text.get(at + wrong.len()..).and_then(|text| text.chars().next())) { " " } else { "" };
    format!("{before}{right}{after}")
}

fn write(words: &str) -> LocalizedText {
    texts::write_5(&words).text()
}
