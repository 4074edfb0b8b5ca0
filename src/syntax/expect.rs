//! What can stand at the end of an unfinished declaration, by the grammar itself: it is parsed with a letter behind it
//! that no rule takes, and the parser tells what it tried there.

use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};

use crate::keywords::{KEYWORDS, Keyword};
use crate::parser::{Grammar, Rule};

/// A letter that the grammar has no place for.
const STOP: char = '\u{1}';

/// What can begin with what: the rules of the grammar that the parser names instead of the keywords within them.
const BEGIN: [(&str, &[&str]); 15] = [
    ("chunk", &["declaration"]),
    (
        "declaration",
        &[
            "kw_pack",
            "kw_source",
            "kw_param",
            "kw_options",
            "kw_record",
            "kw_data",
            "kw_define",
            "kw_table",
            "kw_calendar",
            "kw_rule",
            "kw_excuse",
            "kw_allow",
            "kw_assert",
        ],
    ),
    (
        "clause",
        &[
            "kw_cites",
            "kw_responsible",
            "kw_group",
            "kw_severity",
            "kw_effective",
            "kw_applies",
            "kw_requires",
            "kw_remedy",
        ],
    ),
    (
        "attribute",
        &[
            "kw_hint",
            "kw_unit",
            "kw_scope",
            "kw_happened",
            "kw_planned",
            "kw_unique",
            "kw_sensitive",
            "kw_format",
            "kw_example",
            "kw_keep",
            "kw_vouched",
            "kw_min_items",
            "kw_may_be",
        ],
    ),
    ("data_path", &["kw_identity", "kw_title", "kw_date", "kw_edition", "kw_roster"]),
    ("expr disjunction conjunction negation", &["kw_not", "kw_if", "kw_by", "quantified", "relation"]),
    ("quantified", &["kw_every", "kw_some", "kw_none"]),
    ("relation", &["kw_has", "kw_lacks", "primary"]),
    ("operand sum term factor postfix primary", &["kw_all", "kw_today", "kw_yes", "kw_no"]),
    ("cell", &["kw_any", "compare_op", "primary"]),
    ("comparison compare_op", &["kw_at_least", "kw_at_most", "kw_more_than", "kw_less_than"]),
    ("period", &["kw_day", "kw_week", "kw_month", "kw_quarter"]),
    ("type", &["kw_fold"]),
    ("step filter", &["kw_as"]),
    ("presence", &["kw_has", "kw_lacks"]),
];

/// Rules that begin with one keyword which the parser does not name.
const SINGLE: [(&str, &str); 37] = [
    ("version", "kw_version"),
    ("publisher", "kw_publisher"),
    ("effective", "kw_effective"),
    ("forbid", "kw_forbid"),
    ("hint", "kw_hint"),
    ("unit", "kw_unit"),
    ("range", "kw_scope"),
    ("happened", "kw_happened"),
    ("planned", "kw_planned"),
    ("unique", "kw_unique"),
    ("sensitive", "kw_sensitive"),
    ("format", "kw_format"),
    ("example", "kw_example"),
    ("keep", "kw_keep"),
    ("vouched", "kw_vouched"),
    ("min_items", "kw_min_items"),
    ("may_be", "kw_may_be"),
    ("constraint", "kw_constraint"),
    ("placeholders", "kw_placeholders"),
    ("rule_scope", "kw_scope"),
    ("fold_type", "kw_fold"),
    ("message", "kw_message"),
    ("binding", "kw_as"),
    ("conditional", "kw_if"),
    ("by", "kw_by"),
    ("deadline", "kw_due"),
    ("frequency", "kw_each"),
    ("covering", "kw_covers"),
    ("betweenness", "kw_between"),
    ("membership", "kw_in"),
    ("containing", "kw_contains"),
    ("all", "kw_all"),
    ("any_cell", "kw_any"),
    ("ge", "kw_at_least"),
    ("le", "kw_at_most"),
    ("gt", "kw_more_than"),
    ("lt", "kw_less_than"),
];

/// What the grammar could go on with.
#[derive(Debug, Default)]
pub struct Expected {
    /// Where the parser got to; the text's end when nothing before it is wrong.
    pub at: usize,
    /// The names of the rules that it tried there.
    rules: Vec<String>,
}

impl Expected {
    /// Whether a rule of the grammar could begin here.
    pub fn has(&self, rule: &str) -> bool {
        self.rules.iter().any(|name| name == rule)
    }

    /// The keywords that could stand here, in the table's order.
    pub fn keywords(&self) -> Vec<&'static Keyword> {
        let mut names: Vec<&str> = self.rules.iter().map(String::as_str).collect();
        let mut next = 0;
        while let Some(name) = names.get(next).copied() {
            next += 1;
            let groups = BEGIN.iter().filter(|(rules, _)| rules.split(' ').any(|rule| rule == name));
            let single = SINGLE.iter().filter(|(rule, _)| *rule == name).map(|(_, keyword)| *keyword);
            for inner in groups.flat_map(|(_, inner)| inner.iter().copied()).chain(single) {
                if !names.contains(&inner) {
                    names.push(inner);
                }
            }
        }
        KEYWORDS.iter().filter(|keyword| names.contains(&keyword.rule)).collect()
    }
}

/// What could follow the text of an unfinished piece of a file.
pub fn expected(text: &str) -> Expected {
    unfinished(&format!("{text}{STOP}")).unwrap_or_default()
}

/// Where and for want of what a piece of a file does not parse; `None` when it does.
pub fn unfinished(text: &str) -> Option<Expected> {
    Grammar::parse(Rule::chunk, text).err().map(of_error)
}

fn of_error(error: pest::error::Error<Rule>) -> Expected {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let rules = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.iter().map(|rule| format!("{rule:?}")).collect(),
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    Expected { at, rules }
}

/// Where the keywords of a piece of a file start, in order, if it parses.
pub fn keyword_places(text: &str) -> Option<Vec<usize>> {
    let pairs = Grammar::parse(Rule::chunk, text).ok()?.flatten();
    let keywords = pairs.filter(|pair| super::from_pairs::is_keyword(pair.as_rule()));
    Some(keywords.map(|pair| pair.as_span().start()).collect())
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, SINGLE, expected};
    use crate::keywords::KEYWORDS;

    fn words(text: &str) -> Vec<&'static str> {
        expected(text).keywords().iter().map(|keyword| keyword.zh).collect()
    }

    #[test]
    fn the_grammar_says_which_keywords_can_follow() {
        assert!(words("").contains(&"规则") && !words("").contains(&"要求"));
        assert!(words("规则 甲 {\n ").contains(&"要求") && !words("规则 甲 {\n ").contains(&"规则"));
        assert!(words("规则 甲 { 要求 ").contains(&"每个") && words("规则 甲 { 要求 ").contains(&"有"));
        assert!(words("规则 甲 { 要求 每个 隐患 ").contains(&"满足"));
        assert!(words("规则 甲 { 要求 若 有 x ").contains(&"则"));
        assert!(words("规则 甲 { 要求 x ").contains(&"不漏") && words("规则 甲 { 要求 x ").contains(&"不少于"));
        assert!(words("规则 甲 { 要求 x ").contains(&"不符") && words("规则 甲 { 要求 x ").contains(&"整改"));
        assert!(words("规则 甲 { 要求 x 须在 y ").contains(&"前") && words("规则 甲 { 要求 x 须在 y ").contains(&"起"));
        assert_eq!(words("规则 甲 { 要求 x 每 "), ["日", "周", "月", "季"]);
        assert!(words("记录 甲 { 乙: 文本 ").contains(&"唯一") && words("记录 甲 { ").contains(&"禁填"));
        assert!(words("数据 甲 { ").contains(&"标识"));
        assert!(words("规则集 甲 \"乙\" { ").contains(&"版本"));
        assert!(words("表 甲(乙: 整数) -> 整数 { | ").contains(&"任意"));
    }

    /// A rule that the grammar renames would silently lead nowhere.
    #[test]
    fn what_begins_with_what_names_rules_and_keywords_that_exist() {
        let grammar = include_str!("../../grammar/bulou.pest");
        let rules = BEGIN.iter().flat_map(|(rules, inner)| rules.split(' ').chain(inner.iter().copied()));
        for rule in rules.chain(SINGLE.iter().flat_map(|(rule, keyword)| [*rule, *keyword])) {
            let known = KEYWORDS.iter().any(|keyword| keyword.rule == rule);
            assert!(known || grammar.contains(&format!("\n{rule} = ")), "{rule}");
        }
    }
}
