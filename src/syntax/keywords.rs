//! The keywords, each in Chinese and in English; a test holds the table and the grammar together.

use pest::unicode::{XID_CONTINUE, XID_START};

/// A keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// Its rule in the grammar.
    pub rule: &'static str,
    /// Chinese spelling.
    pub zh: &'static str,
    /// English spelling.
    pub en: &'static str,
    /// Cannot be a name without backticks.
    pub reserved: bool,
}

/// All keywords, in the grammar's order.
pub const KEYWORDS: &[Keyword] = &[
    Keyword { rule: "kw_pack", zh: "规则集", en: "pack", reserved: false },
    Keyword { rule: "kw_source", zh: "来源", en: "source", reserved: false },
    Keyword { rule: "kw_param", zh: "参数", en: "param", reserved: false },
    Keyword { rule: "kw_options", zh: "选项", en: "options", reserved: false },
    Keyword { rule: "kw_record", zh: "记录", en: "record", reserved: false },
    Keyword { rule: "kw_data", zh: "数据", en: "data", reserved: false },
    Keyword { rule: "kw_define", zh: "定义", en: "define", reserved: false },
    Keyword { rule: "kw_table", zh: "表", en: "table", reserved: false },
    Keyword { rule: "kw_calendar", zh: "日历", en: "calendar", reserved: false },
    Keyword { rule: "kw_rule", zh: "规则", en: "rule", reserved: false },
    Keyword { rule: "kw_excuse", zh: "不查", en: "uncheckable", reserved: false },
    Keyword { rule: "kw_allow", zh: "允许", en: "allow", reserved: false },
    Keyword { rule: "kw_assert", zh: "断言", en: "assert", reserved: false },
    Keyword { rule: "kw_version", zh: "版本", en: "version", reserved: false },
    Keyword { rule: "kw_publisher", zh: "发布", en: "publisher", reserved: false },
    Keyword { rule: "kw_effective", zh: "施行", en: "effective", reserved: false },
    Keyword { rule: "kw_external", zh: "外部", en: "external", reserved: false },
    Keyword { rule: "kw_scope", zh: "范围", en: "scope", reserved: false },
    Keyword { rule: "kw_reason", zh: "理由", en: "reason", reserved: false },
    Keyword { rule: "kw_hint", zh: "说明", en: "hint", reserved: false },
    Keyword { rule: "kw_unit", zh: "单位", en: "unit", reserved: false },
    Keyword { rule: "kw_unique", zh: "唯一", en: "unique", reserved: false },
    Keyword { rule: "kw_sensitive", zh: "敏感", en: "sensitive", reserved: false },
    Keyword { rule: "kw_format", zh: "格式", en: "format", reserved: false },
    Keyword { rule: "kw_example", zh: "示例", en: "example", reserved: false },
    Keyword { rule: "kw_keep", zh: "留存", en: "keep", reserved: false },
    Keyword { rule: "kw_vouched", zh: "来源方", en: "vouched", reserved: false },
    Keyword { rule: "kw_happened", zh: "已发生", en: "happened", reserved: false },
    Keyword { rule: "kw_planned", zh: "计划", en: "planned", reserved: false },
    Keyword { rule: "kw_forbid", zh: "禁填", en: "forbid", reserved: false },
    Keyword { rule: "kw_identity", zh: "标识", en: "identity", reserved: false },
    Keyword { rule: "kw_title", zh: "名称", en: "title", reserved: false },
    Keyword { rule: "kw_date", zh: "日期", en: "date", reserved: false },
    Keyword { rule: "kw_edition", zh: "版次", en: "edition", reserved: false },
    Keyword { rule: "kw_roster", zh: "名册", en: "roster", reserved: false },
    Keyword { rule: "kw_fold", zh: "汇总", en: "fold", reserved: false },
    Keyword { rule: "kw_placeholders", zh: "占位", en: "placeholders", reserved: false },
    Keyword { rule: "kw_constraint", zh: "约束", en: "constraint", reserved: false },
    Keyword { rule: "kw_min_items", zh: "至少", en: "at_least", reserved: false },
    Keyword { rule: "kw_items", zh: "项", en: "items", reserved: false },
    Keyword { rule: "kw_may_be", zh: "可填", en: "may_be", reserved: false },
    Keyword { rule: "kw_cites", zh: "依据", en: "cites", reserved: false },
    Keyword { rule: "kw_shortfall", zh: "不足", en: "shortfall", reserved: false },
    Keyword { rule: "kw_responsible", zh: "责任", en: "responsible", reserved: false },
    Keyword { rule: "kw_group", zh: "分组", en: "group", reserved: false },
    Keyword { rule: "kw_severity", zh: "严重", en: "severity", reserved: false },
    Keyword { rule: "kw_applies", zh: "适用", en: "applies", reserved: false },
    Keyword { rule: "kw_requires", zh: "要求", en: "requires", reserved: false },
    Keyword { rule: "kw_message", zh: "不符", en: "otherwise", reserved: false },
    Keyword { rule: "kw_remedy", zh: "整改", en: "remedy", reserved: false },
    Keyword { rule: "kw_rolled", zh: "顺延", en: "rolled", reserved: false },
    Keyword { rule: "kw_early", zh: "或更早", en: "or_earlier", reserved: false },
    Keyword { rule: "kw_any", zh: "任意", en: "any", reserved: false },
    Keyword { rule: "kw_if", zh: "若", en: "if", reserved: true },
    Keyword { rule: "kw_then", zh: "则", en: "then", reserved: true },
    Keyword { rule: "kw_else", zh: "否则", en: "else", reserved: true },
    Keyword { rule: "kw_or", zh: "或", en: "or", reserved: true },
    Keyword { rule: "kw_and", zh: "且", en: "and", reserved: true },
    Keyword { rule: "kw_not", zh: "非", en: "not", reserved: true },
    Keyword { rule: "kw_every", zh: "每个", en: "every", reserved: true },
    Keyword { rule: "kw_some", zh: "存在", en: "exists", reserved: true },
    Keyword { rule: "kw_none", zh: "没有", en: "none", reserved: true },
    Keyword { rule: "kw_satisfies", zh: "满足", en: "satisfies", reserved: true },
    Keyword { rule: "kw_as", zh: "记作", en: "as", reserved: true },
    Keyword { rule: "kw_has", zh: "有", en: "has", reserved: true },
    Keyword { rule: "kw_lacks", zh: "缺", en: "lacks", reserved: true },
    Keyword { rule: "kw_default", zh: "缺省", en: "default", reserved: true },
    Keyword { rule: "kw_covers", zh: "不漏", en: "covers", reserved: true },
    Keyword { rule: "kw_due", zh: "须在", en: "due", reserved: true },
    Keyword { rule: "kw_by", zh: "至迟", en: "by", reserved: true },
    Keyword { rule: "kw_from", zh: "起", en: "from", reserved: true },
    Keyword { rule: "kw_within", zh: "内", en: "within", reserved: true },
    Keyword { rule: "kw_before", zh: "前", en: "before", reserved: true },
    Keyword { rule: "kw_each", zh: "每", en: "each", reserved: true },
    Keyword { rule: "kw_since", zh: "自", en: "since", reserved: true },
    Keyword { rule: "kw_except", zh: "除", en: "except", reserved: true },
    Keyword { rule: "kw_in", zh: "属于", en: "in", reserved: true },
    Keyword { rule: "kw_between", zh: "在", en: "between", reserved: true },
    Keyword { rule: "kw_to", zh: "至", en: "to", reserved: true },
    Keyword { rule: "kw_between_end", zh: "之间", en: "inclusive", reserved: true },
    Keyword { rule: "kw_contains", zh: "包含", en: "contains", reserved: true },
    Keyword { rule: "kw_at_least", zh: "不少于", en: "at_least", reserved: true },
    Keyword { rule: "kw_at_most", zh: "不超过", en: "at_most", reserved: true },
    Keyword { rule: "kw_more_than", zh: "超过", en: "more_than", reserved: true },
    Keyword { rule: "kw_less_than", zh: "不满", en: "less_than", reserved: true },
    Keyword { rule: "kw_int_div", zh: "整除", en: "div", reserved: true },
    Keyword { rule: "kw_all", zh: "全部", en: "all", reserved: true },
    Keyword { rule: "kw_today", zh: "今天", en: "today", reserved: true },
    Keyword { rule: "kw_yes", zh: "是", en: "true", reserved: true },
    Keyword { rule: "kw_no", zh: "否", en: "false", reserved: true },
    Keyword { rule: "kw_day", zh: "日", en: "day", reserved: false },
    Keyword { rule: "kw_week", zh: "周", en: "week", reserved: false },
    Keyword { rule: "kw_month", zh: "月", en: "month", reserved: false },
    Keyword { rule: "kw_quarter", zh: "季", en: "quarter", reserved: false },
];

/// Words that start a declaration.
pub const DECLARATIONS: &[&str] = &[
    "规则集",
    "来源",
    "参数",
    "选项",
    "记录",
    "数据",
    "定义",
    "表",
    "日历",
    "规则",
    "不查",
    "允许",
    "断言",
    "pack",
    "source",
    "param",
    "options",
    "record",
    "data",
    "define",
    "table",
    "calendar",
    "rule",
    "uncheckable",
    "allow",
    "assert",
];

/// Units of durations, in Chinese and in English.
pub const DURATION_UNITS: [(&str, &str); 5] =
    [("个工作日", "workdays"), ("个月", "months"), ("日", "days"), ("周", "weeks"), ("年", "years")];

/// The unit of durations that a word names; in English with or without the s.
pub fn duration_unit(word: &str) -> Option<(&'static str, &'static str)> {
    let word = if word == "天" { "日" } else { word };
    let is_it = |(zh, en): &(&str, &str)| *zh == word || *en == word || en.strip_suffix('s') == Some(word);
    DURATION_UNITS.into_iter().find(is_it)
}

/// What a 不漏 found left out, in a message.
pub const OMITTED: (&str, &str) = ("遗漏", "omitted");

/// A name as rule text writes it: between backticks where it is a reserved word or no identifier.
///
/// ```
/// use bulou_syntax::keywords::spelled;
/// assert_eq!((spelled("隐患"), spelled("有"), spelled("其他 (2)")), ("隐患".into(), "`有`".into(), "`其他 (2)`".into()));
/// ```
#[must_use]
pub fn spelled(name: &str) -> String {
    let mut letters = name.chars();
    let starts = letters.next().is_some_and(|first| first == '_' || XID_START(first));
    // These two start a form of their own where a cell or a type stands.
    let starts_form = is_one(name, &["kw_any", "kw_fold"]);
    let plain = starts && letters.all(XID_CONTINUE) && !is_reserved(name) && !starts_form;
    if plain { name.to_owned() } else { format!("`{name}`") }
}

/// Whether a word is reserved in one of the languages.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.reserved && (keyword.zh == word || keyword.en == word))
}

/// Whether a word is one of some keywords, by their rules in the grammar, in one of the languages.
pub(crate) fn is_one(word: &str, rules: &[&str]) -> bool {
    KEYWORDS.iter().any(|keyword| (keyword.zh == word || keyword.en == word) && rules.contains(&keyword.rule))
}

/// The same in Chinese, whose words run together.
pub(crate) fn is_one_zh(word: &str, rules: &[&str]) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.zh == word && rules.contains(&keyword.rule))
}

/// How the word that names a calendar is written, in Chinese and in English.
#[must_use]
pub fn calendar() -> [&'static str; 2] {
    KEYWORDS
        .iter()
        .find(|keyword| keyword.rule == "kw_calendar")
        .map_or_else(Default::default, |word| [word.zh, word.en])
}

/// Whether a word is a value where one may stand, so that nothing can be called so.
pub(crate) fn is_value(word: &str) -> bool {
    is_one(word, &["kw_yes", "kw_no", "kw_today"])
}

/// Words run together as they should be written: `有整改措施`, `不满100`, `三日`.
pub fn split(name: &str) -> Option<String> {
    const PREFIXES: [&str; 14] =
        ["不少于", "不超过", "每个", "存在", "没有", "超过", "不满", "属于", "包含", "全部", "有", "缺", "非", "若"];
    const DIGITS: &str = "零一二三四五六七八九十";
    const UNITS: [&str; 6] = ["个工作日", "个月", "日", "周", "年", "次"];
    for unit in UNITS {
        if let Some(number) = name.strip_suffix(unit) {
            let mut chars = number.chars();
            if let (Some(digit), None) = (chars.next(), chars.next())
                && let Some(value) = DIGITS.chars().position(|known| known == digit)
            {
                return Some(format!("{value}{unit}"));
            }
        }
    }
    PREFIXES.iter().find_map(|prefix| {
        let rest = name.strip_prefix(prefix)?;
        (!rest.is_empty()).then(|| format!("{prefix} {rest}"))
    })
}

#[cfg(test)]
mod tests {
    use super::KEYWORDS;

    #[test]
    fn the_grammar_has_every_keyword_and_reserves_the_right_ones() {
        let grammar = include_str!("../../grammar/bulou.pest");
        let reserved = grammar.lines().find(|line| line.starts_with("reserved =")).expect("the rule `reserved`");
        for keyword in KEYWORDS {
            let rule = format!("{} = @{{ (\"{}\" | \"{}\")", keyword.rule, keyword.zh, keyword.en);
            assert!(grammar.contains(&rule), "{rule}");
            assert_eq!(reserved.contains(&format!("\"{}\"", keyword.zh)), keyword.reserved, "{}", keyword.zh);
        }
        assert_eq!(grammar.matches("\nkw_").count(), KEYWORDS.len());
    }
}
