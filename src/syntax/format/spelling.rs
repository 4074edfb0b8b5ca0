//! How one word, number, date, mark or text is spelled.

use pest::Parser as _;

use crate::aggregates::Function;
use crate::built_in::{FORMATS, SEVERITIES, STANDINGS, TYPES, Term};
use crate::from_pairs::Node;
use crate::keywords::{KEYWORDS, OMITTED, duration_unit};
use crate::parser::{Grammar, Rule};
use bulou_messages::diagnostic::Lang;

/// A word in the language that is asked for, or as it is.
fn pick(keywords: Option<Lang>, zh: &str, en: &str, as_is: &str) -> String {
    match keywords {
        Some(Lang::Zh) => zh,
        Some(Lang::En) => en,
        None => as_is,
    }
    .to_owned()
}

/// The canonical spelling of a token that stands in a piece of the grammar.
pub(super) fn token(pair: &Node<'_>, within: Rule, keywords: Option<Lang>) -> String {
    let text = pair.as_str();
    match pair.as_rule() {
        Rule::text => string(pair, within == Rule::message, keywords),
        Rule::date_zh => date(text),
        Rule::duration => duration(text, keywords),
        Rule::number => number(text, keywords),
        Rule::name if within == Rule::call => aggregate(text, keywords),
        Rule::name if within == Rule::r#type => term(&TYPES, text, keywords),
        Rule::name if within == Rule::format => term(&FORMATS, text, keywords),
        Rule::name if within == Rule::severity => term(&SEVERITIES, text, keywords),
        Rule::name if within == Rule::standing => term(&STANDINGS, text, keywords),
        Rule::eq => "=".into(),
        Rule::ne => "≠".into(),
        Rule::le => "≤".into(),
        Rule::lt => "<".into(),
        Rule::ge => "≥".into(),
        Rule::gt => ">".into(),
        Rule::plus => "+".into(),
        Rule::minus => "-".into(),
        Rule::times => "*".into(),
        Rule::divided => "/".into(),
        Rule::optional => "?".into(),
        which => keyword(which, text, keywords),
    }
}

fn keyword(which: Rule, text: &str, keywords: Option<Lang>) -> String {
    let name = format!("{which:?}");
    match KEYWORDS.iter().find(|keyword| keyword.rule == name) {
        Some(keyword) => pick(keywords, keyword.zh, keyword.en, text),
        None => text.to_owned(),
    }
}

fn aggregate(text: &str, keywords: Option<Lang>) -> String {
    match Function::named(text) {
        Some(function) => pick(keywords, function.zh, function.en, text),
        None => text.to_owned(),
    }
}

/// A word of the language's own lists; any other name as it is.
fn term<T>(terms: &[Term<T>], text: &str, keywords: Option<Lang>) -> String {
    match terms.iter().find(|term| term.is(text)) {
        Some(term) => pick(keywords, term.zh, term.en, text),
        None => text.to_owned(),
    }
}

/// `2022年6月4日` as `2022-06-04`.
fn date(text: &str) -> String {
    let numbers: Vec<&str> = text.split(['年', '月', '日']).collect();
    match numbers.as_slice() {
        [year, month, day, ..] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    }
}

/// A duration; Chinese units follow their number at once.
pub(crate) fn duration(text: &str, keywords: Option<Lang>) -> String {
    let (digits, unit) = split(text);
    let unit = match duration_unit(unit) {
        Some((zh, en)) => {
            // `1 day`, `2 days`
            let en = if digits == "1" { en.trim_end_matches('s') } else { en };
            pick(keywords, zh, en, if unit.is_ascii() { en } else { zh })
        }
        None => unit.to_owned(),
    };
    let space = if unit.is_ascii() { " " } else { "" };
    format!("{digits}{space}{unit}")
}

fn number(text: &str, keywords: Option<Lang>) -> String {
    let (digits, suffix) = split(text);
    match suffix {
        "次" | "times" | "time" => {
            let english = if digits == "1" { "time" } else { "times" };
            let as_is = if suffix == "次" { suffix } else { english };
            format!("{digits} {}", pick(keywords, "次", english, as_is))
        }
        "\u{FF05}" => format!("{digits}%"),
        suffix => format!("{digits}{suffix}"),
    }
}

/// A number's digits and what follows them.
fn split(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    (digits, rest.trim_start())
}

/// A text between ASCII quotation marks; between curly ones when it holds an ASCII mark itself.
fn string(pair: &Node<'_>, is_message: bool, keywords: Option<Lang>) -> String {
    let content = pair.clone().into_inner().next().map_or("", |inner| inner.as_str());
    match keywords {
        Some(lang) if is_message => quoted(&message(content, lang)),
        _ => quoted(content),
    }
}

/// A text between quotation marks that it does not hold.
pub(crate) fn quoted(content: &str) -> String {
    if content.contains('"') { format!("“{content}”") } else { format!("\"{content}\"") }
}

/// A message with the keywords of its `{expr}` parts in one language; all else stays as it is.
fn message(content: &str, lang: Lang) -> String {
    let mut out = String::new();
    let mut rest = content;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let doubled = from.starts_with("{{") || from.starts_with("}}");
        let end = if doubled { 2 } else { from.find('}').map_or(from.len(), |end| end + 1) };
        let (part, after) = from.split_at(end);
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')).filter(|_| !doubled) {
            Some(words) => out.push_str(&format!("{{{}}}", placeholder(words, lang))),
            None => out.push_str(part),
        }
        rest = after;
    }
    out + rest
}

fn placeholder(words: &str, lang: Lang) -> String {
    let bare = words.trim();
    if bare == OMITTED.0 || bare == OMITTED.1 {
        return words.replace(bare, &pick(Some(lang), OMITTED.0, OMITTED.1, bare));
    }
    let Ok(pairs) = Grammar::parse(Rule::lone_expr, words) else { return words.to_owned() };
    let mut out = String::new();
    let mut copied = 0;
    pairs.for_each(|pair| {
        respell(&pair, Rule::lone_expr, &mut |pair, within| {
            let span = pair.as_span();
            out.push_str(words.get(copied..span.start()).unwrap_or_default());
            out.push_str(&token(pair, within, Some(lang)));
            copied = span.end();
        })
    });
    out.push_str(words.get(copied..).unwrap_or_default());
    out
}

/// Visits the words of an expression that have two spellings.
fn respell<'i>(pair: &Node<'i>, within: Rule, visit: &mut dyn FnMut(&Node<'i>, Rule)) {
    let rule = pair.as_rule();
    let is_word =
        rule == Rule::duration || (rule == Rule::name && within == Rule::call) || crate::from_pairs::is_keyword(rule);
    if is_word {
        return visit(pair, within);
    }
    pair.clone().into_inner().for_each(|inner| respell(&inner, rule, visit));
}
