//! Blanks that a line lacks: `每个班级满足人数≤55` is one name to the parser, and what is wrong with it would be told a word at
//! a time.

use std::collections::HashSet;
use std::ops::Range;

use crate::aggregates::AGGREGATES;
use crate::keywords::{duration_unit, is_one, is_one_zh, is_reserved};
use crate::lex::{LexKind, Lexeme, lex};

/// Keywords that begin what is said, so that whatever follows them may be a name that nobody knows. This and what follows
/// names keywords by their rules in the grammar.
const BEGIN: [&str; 14] = [
    "kw_every",
    "kw_some",
    "kw_none",
    "kw_has",
    "kw_lacks",
    "kw_not",
    "kw_if",
    "kw_all",
    "kw_satisfies",
    "kw_at_least",
    "kw_at_most",
    "kw_more_than",
    "kw_less_than",
    "kw_in",
];

/// Those of one letter that join two conditions.
const JOIN: [&str; 3] = ["kw_and", "kw_or", "kw_then"];

/// Clauses that a condition stands in, and those that end one.
const CLAUSES: [&str; 4] = ["kw_requires", "kw_applies", "kw_constraint", "kw_define"];
const ENDS: [&str; 7] =
    ["kw_message", "kw_remedy", "kw_cites", "kw_severity", "kw_group", "kw_responsible", "kw_effective"];

/// Declarations that a name follows which conditions may use.
const NAMING: [&str; 4] = ["kw_define", "kw_param", "kw_table", "kw_options"];

/// What stands behind numbers besides the units of durations.
const UNITS: [&str; 3] = ["次", "万", "%"];

/// So long a word is looked at, in letters.
const LONGEST: usize = 60;

/// A condition on one line, as it should be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spaced {
    /// Where it stands, with the word for its clause.
    pub range: Range<usize>,
    /// With all its blanks.
    pub words: String,
    /// How many it lacked between words.
    pub missing: usize,
}

/// The condition around a place with the blanks that it lacks, if it lacks any. `is_known` tells the names of the pack.
#[must_use]
pub fn spaced(text: &str, at: usize, is_known: &dyn Fn(&str) -> bool) -> Option<Spaced> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..)?.split('\n').next()?;
    let all: Vec<Lexeme> = lex(line).collect();
    let word = |one: &Lexeme| line.get(one.range.clone()).unwrap_or_default();
    let reached = all.iter().rposition(|one| start + one.range.start <= at).unwrap_or_default();
    let first = all.iter().take(reached + 1).rposition(|one| is_one(word(one), &CLAUSES)).unwrap_or_default();
    let mut open = 0_usize;
    let condition: Vec<&Lexeme> = all
        .iter()
        .skip(first)
        .take_while(|one| {
            match word(one) {
                "{" | "\u{FF5B}" => open += 1,
                "}" | "\u{FF5D}" if open == 0 => return false,
                "}" | "\u{FF5D}" => open -= 1,
                _ => {}
            }
            one.kind != LexKind::Comment && !is_one(word(one), &ENDS)
        })
        .collect();
    let (mut words, mut missing, mut end) = (String::new(), 0, condition.first()?.range.start);
    for one in &condition {
        let said = word(one);
        let may_lack = matches!(one.kind, LexKind::Word | LexKind::Number);
        let parts = Some(said).filter(|_| may_lack).and_then(|said| apart(said, is_known)).unwrap_or(vec![said]);
        missing += parts.len() - 1;
        let is_sign = said.chars().all(|c| "≤≥≠<>=!\u{FF1C}\u{FF1E}\u{FF1D}".contains(c));
        let gap = line.get(end..one.range.start).unwrap_or_default();
        let follows_sign = words.ends_with(['≤', '≥', '≠', '<', '>', '=', '\u{FF1C}', '\u{FF1E}', '\u{FF1D}']);
        // A sign of two characters stays one.
        let parted = !words.is_empty() && gap.is_empty() && is_sign != follows_sign;
        words.push_str(if parted { " " } else { gap });
        words.push_str(&parts.join(" "));
        end = one.range.end;
    }
    let range = start + condition.first()?.range.start..start + end;
    (missing > 0).then_some(Spaced { range, words, missing })
}

/// Names that a file declares: what stands before a colon, and after the word for a declaration.
pub(crate) fn names(text: &str) -> HashSet<&str> {
    let mut found = HashSet::new();
    let (mut before, mut last) = ("", "");
    for one in lex(text) {
        let word = text.get(one.range).unwrap_or_default();
        if matches!(word, ":" | "\u{FF1A}") {
            found.insert(last);
        }
        if is_one(before, &NAMING) {
            found.insert(last);
        }
        (before, last) = (last, word);
    }
    found
}

/// What a piece of a word is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// Behind which anything may stand.
    Begin,
    /// Behind which only what is known may stand.
    Between,
    Known,
    Unknown,
    Number,
}

/// How a word may be taken apart up to a place.
struct Way<'w> {
    end: usize,
    last: Option<Piece>,
    cost: usize,
    parts: Vec<&'w str>,
}

/// The words that one is made of, where it is none itself: keywords, numbers, names; what is not known only behind a word
/// that begins something.
fn apart<'w>(word: &'w str, is_known: &dyn Fn(&str) -> bool) -> Option<Vec<&'w str>> {
    let is_name = |part: &str| is_known(part) || is_aggregate(part);
    if is_reserved(word) || is_name(word) || word.chars().count() > LONGEST {
        return None;
    }
    // The cheapest way to each place, by what stood last; letters of which nothing is known cost most.
    let mut ways = vec![Way { end: 0, last: None, cost: 0, parts: Vec::new() }];
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).skip(1).collect();
    let mut done: Option<Way> = None;
    while let Some(next) = (0..ways.len()).min_by_key(|way| ways.get(*way).map(|way| (way.end, way.cost))) {
        let way = ways.swap_remove(next);
        if way.end == word.len() {
            if done.as_ref().is_none_or(|best| way.cost < best.cost) {
                done = Some(way);
            }
            continue;
        }
        for end in ends.iter().copied().filter(|end| *end > way.end) {
            let Some(part) = word.get(way.end..end) else { continue };
            for (piece, price) in pieces(part, way.last, &is_name) {
                let parts = way.parts.iter().copied().chain([part]).collect();
                let longer = Way { end, last: Some(piece), cost: way.cost + price, parts };
                match ways.iter_mut().find(|known| known.end == end && known.last == longer.last) {
                    Some(known) if known.cost <= longer.cost => {}
                    Some(known) => *known = longer,
                    None => ways.push(longer),
                }
            }
        }
    }
    let parts = done?.parts;
    if parts.len() < 2 {
        return None;
    }
    // Of one keyword it may be that a name of another file begins with it: `有效期`, `存在问题`. None begins with these two.
    let is_sure = |part: &&str| is_reserved(part) || is_name(part) || is_number(part);
    let keywords = parts.iter().filter(|part| is_reserved(part));
    let is_told = word.starts_with("每个") || word.starts_with("满足");
    let is_long = keywords.clone().any(|keyword| keyword.chars().nth(1).is_some());
    (parts.iter().all(is_sure) || is_told || is_long && keywords.count() > 1).then_some(parts)
}

/// Whether a word is several that run together.
#[must_use]
pub fn is_joined(word: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    apart(word, is_known).is_some()
}

/// What a part of a word may be behind another, and what that costs.
fn pieces(part: &str, last: Option<Piece>, is_name: &dyn Fn(&str) -> bool) -> Vec<(Piece, usize)> {
    let is_behind_word = matches!(last, None | Some(Piece::Begin | Piece::Between));
    let is_unknown = last == Some(Piece::Unknown);
    let mut found = Vec::new();
    if is_one_zh(part, &JOIN) {
        // Behind what nobody knows it may be part of it, unless something known follows.
        found.push((if is_unknown { Piece::Between } else { Piece::Begin }, 1));
    } else if is_reserved(part) {
        let is_long = part.chars().nth(1).is_some();
        if is_long || !is_unknown {
            found.push((if is_one_zh(part, &BEGIN) { Piece::Begin } else { Piece::Between }, 1));
        }
    }
    if is_behind_word {
        if is_name(part) {
            found.push((Piece::Known, 1));
        } else if is_number(part) {
            found.push((Piece::Number, 1));
        } else if last != Some(Piece::Between) && !part.starts_with(|c: char| c.is_ascii_digit()) {
            found.push((Piece::Unknown, 2 * part.chars().count()));
        }
    }
    found
}

fn is_aggregate(word: &str) -> bool {
    AGGREGATES.iter().any(|row| row.zh == word)
}

fn is_number(part: &str) -> bool {
    let behind = part.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = behind.strip_prefix('.').map_or(behind, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    behind.len() < part.len() && (behind.is_empty() || is_unit(behind))
}

/// Whether a word is a unit of numbers, in Chinese.
fn is_unit(word: &str) -> bool {
    UNITS.contains(&word) || !word.is_ascii() && duration_unit(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, CLAUSES, ENDS, JOIN, NAMING, spaced};
    use crate::keywords::KEYWORDS;

    #[test]
    fn every_keyword_named_here_is_one() {
        for rule in [&BEGIN[..], &JOIN, &CLAUSES, &ENDS, &NAMING].concat() {
            assert!(KEYWORDS.iter().any(|keyword| keyword.rule == rule), "{rule}");
        }
    }

    #[test]
    fn words_that_run_together_are_told_apart() {
        let known = |name: &str| ["班级", "人数", "班主任", "有食堂", "满足度", "自查表"].contains(&name);
        for (line, wanted) in [
            ("要求 每个班级满足人数≤55", "要求 每个 班级 满足 人数 ≤ 55"),
            ("要求 每个班级满足人数≤55且有班主任", "要求 每个 班级 满足 人数 ≤ 55 且 有 班主任"),
            ("要求 若有食堂则有自查表", "要求 若 有食堂 则 有 自查表"),
            ("要求 每个宿舍满足层>1 不符 \"每个宿舍满足\"", "要求 每个 宿舍 满足 层 > 1"),
            ("要求 存在班级满足满足度>=3 }", "要求 存在 班级 满足 满足度 >= 3"),
            ("适用 人数不少于3次", "适用 人数 不少于 3次"),
        ] {
            assert_eq!(spaced(line, line.len(), &known).map(|one| one.words).as_deref(), Some(wanted), "{line}");
        }
        for line in [
            "要求 人数≤55",
            "要求 自查表格 = 3",
            "要求 人数超过了55人",
            "要求 每个 班级 满足 有 班主任",
            "要求 或有事项 ≥ 3",
        ] {
            assert_eq!(spaced(line, line.len(), &known), None, "{line}");
        }
    }
}
