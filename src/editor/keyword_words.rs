//! What each keyword means, in a line.

use bulou_messages::diagnostic::LocalizedText;
use bulou_syntax::keywords::{KEYWORDS, Keyword};

/// By the keyword's rule in the grammar.
const MEANINGS: &[(&str, &str, &str)] = &[
    ("kw_pack", "规则集的名称、标题和版本,每个规则集一处", "The pack's id, title and version; one in a pack"),
    (
        "kw_source",
        "规则引用的文件;`外部` 表示只引用,不存原文",
        "A text that rules cite; `external` when its words are not held",
    ),
    ("kw_param", "可以由主管部门调整的值,带缺省值", "A value that the bureau may change, with its default"),
    ("kw_options", "一组选项", "A set of options"),
    ("kw_record", "一组字段", "A group of fields"),
    ("kw_data", "一份数据文件的全部字段", "All fields of one document"),
    ("kw_define", "给一个表达式起名", "Names an expression"),
    ("kw_table", "判定表:各行合起来不重不漏", "A decision table, proved without gaps and overlaps"),
    ("kw_calendar", "节假日和调休", "Rest days and make-up working days"),
    ("kw_rule", "一条规则:依据、要求、不符时说什么", "A rule: what it rests on, what it asks, what to say"),
    ("kw_excuse", "原文里没有数据可证的句子,写明理由", "A sentence that no data can show, and why"),
    ("kw_allow", "这个提醒不用改,写明理由", "A warning that may stand, and why"),
    (
        "kw_assert",
        "规则合起来必须做到的:`若` 这样,`则` 哪条规则怎样;由 `bulou prove` 证明",
        "What the rules must come to: `if` this, `then` how a rule stands; `bulou prove` proves it",
    ),
    ("kw_version", "规则集的版本号", "The pack's version"),
    ("kw_publisher", "谁发布", "Who publishes it"),
    ("kw_effective", "从哪天起有效,`至` 哪天", "In force from a day, `to` another"),
    ("kw_external", "只引用,不存原文", "Cited, its text not held"),
    (
        "kw_scope",
        "字段:最小值 `至` 最大值;规则:`学校` 或 `全县`",
        "Of a field: least `to` greatest; of a rule: `school` or `county`",
    ),
    ("kw_reason", "为什么", "Why"),
    ("kw_hint", "怎么填", "How the field is filled in"),
    ("kw_unit", "数的单位", "What the number counts"),
    ("kw_happened", "已发生的日期:不晚于核对日", "The day of what has happened: not after the day of the check"),
    ("kw_planned", "计划的日期:哪一天都可以", "A planned day: any"),
    ("kw_unique", "在列表里不重复", "Not repeated within its list"),
    ("kw_sensitive", "敏感:值不出现在报告和日志里", "The value appears in no report or log"),
    ("kw_format", "内置的格式,如 学校标识码", "A built-in format, such as `school_code`"),
    ("kw_example", "填写示例", "An example of what to fill in"),
    ("kw_keep", "没有规则使用也要填的理由", "Why it is asked for though no rule uses it"),
    ("kw_vouched", "由谁提供和负责", "Who vouches for it"),
    ("kw_forbid", "不得出现的键", "Keys that must not appear"),
    ("kw_identity", "说明文件是谁的字段", "The field that says whom the document is about"),
    ("kw_title", "名称所在的字段", "The field with the subject's name"),
    ("kw_date", "填报日期所在的字段", "The field with the document's date"),
    ("kw_edition", "同一天报了几份时,哪一份在后", "Which of a day's documents is later"),
    ("kw_roster", "名册里的标识", "The roster's ids"),
    ("kw_fold", "所有学校的数据", "The documents of all schools"),
    (
        "kw_placeholders",
        "这些字样不算填写,代替内置的一组",
        "LocalizedText that count as not filled in, instead of the built-in ones",
    ),
    (
        "kw_constraint",
        "每条记录里必须成立的事,与规则无关",
        "What must hold within each such record, whatever the rules say",
    ),
    ("kw_min_items", "列表至少有几项", "How many elements the list must have"),
    ("kw_items", "`至少 n 项` 的结尾", "Ends `at_least n items`"),
    (
        "kw_may_be",
        "这一项可以填的占位字样,如 `可填 无`",
        "A placeholder that counts as an answer here, such as `may_be none`",
    ),
    ("kw_cites", "依据的原文,逐字引用", "The words that the rule rests on, character for character"),
    ("kw_shortfall", "原文要的,这条规则查不到的是什么", "What the words ask for and the rule does not show"),
    ("kw_responsible", "谁负责", "Who is responsible"),
    ("kw_group", "报告里的标题", "The heading in reports"),
    ("kw_severity", "重大、较大、一般 或 提示", "`major`, `serious`, `minor` or `hint`"),
    ("kw_applies", "什么时候适用", "When the rule applies"),
    ("kw_requires", "要求成立的事", "What must hold"),
    ("kw_message", "不成立时说什么,`{…}` 里写字段", "What to say when it does not hold; `{…}` shows a field"),
    ("kw_remedy", "怎么改正", "What to do about it"),
    ("kw_rolled", "到期日遇休息日顺延", "A due day on a rest day moves to the next working day"),
    ("kw_early", "早于起算日完成也算数", "Done before its start counts as well"),
    ("kw_any", "任何值", "Any value"),
    ("kw_if", "`若 A 则 B`:A 成立时才要求 B", "`if A then B`: asks B only when A holds"),
    ("kw_then", "条件成立时", "When the condition holds"),
    ("kw_else", "条件不成立时", "When it does not"),
    ("kw_or", "至少一个成立", "At least one holds"),
    ("kw_and", "都成立", "All hold"),
    ("kw_not", "不成立", "Does not hold"),
    ("kw_every", "列表的每一项都满足", "Every element of the list satisfies it"),
    ("kw_some", "列表里至少有一项满足", "At least one element satisfies it"),
    ("kw_none", "列表里没有一项满足", "No element satisfies it"),
    ("kw_satisfies", "对每一项的条件", "The condition on each element"),
    ("kw_as", "给列表元素起名", "Names the list's element"),
    ("kw_has", "填了", "Is filled in"),
    ("kw_lacks", "没有填", "Is left out"),
    ("kw_default", "没有填时用后面的值", "The value where it is left out"),
    ("kw_covers", "后面列表的每一项都在前面的列表里", "Every element of the second list is in the first"),
    ("kw_due", "期限:`须在 S 起 3日 内` 或 `须在 E 前`", "A deadline: `due within 3 days of S` or `due before E`"),
    ("kw_by", "到那一天要做到:`至迟 E 满足 …`", "By that day it must hold: `by E satisfies …`"),
    ("kw_from", "从这天起算,当天不计", "From that day on, itself not counted"),
    ("kw_within", "期限之内", "Within the time"),
    ("kw_before", "那天以前,含当天", "Until that day, itself included"),
    ("kw_each", "每 日、周、月、季 的次数", "How often in each day, week, month or quarter"),
    ("kw_since", "从哪天开始", "From when on"),
    ("kw_except", "不计的月份", "Months that do not count"),
    ("kw_in", "是列表中的一项", "Is one of the list"),
    ("kw_between", "`在 a 至 b 之间`,含两端", "`between a to b inclusive`, both included"),
    ("kw_to", "到,含该值", "Up to, itself included"),
    ("kw_between_end", "`在 a 至 b 之间` 的结尾", "Ends `between a to b inclusive`"),
    ("kw_contains", "包含一段文字或一项", "Holds a piece of text or an element"),
    ("kw_at_least", "≥", "≥"),
    ("kw_at_most", "≤", "≤"),
    ("kw_more_than", ">", ">"),
    ("kw_less_than", "<", "<"),
    ("kw_int_div", "相除取整", "Divided, rounded down"),
    ("kw_all", "一个选项组的全部选项", "All options of a set"),
    ("kw_today", "检查的那一天", "The day of the check"),
    ("kw_yes", "是", "true"),
    ("kw_no", "否", "false"),
    ("kw_day", "每天", "Each day"),
    ("kw_week", "每周,周一开始", "Each week, from Monday"),
    ("kw_month", "每月", "Each month"),
    ("kw_quarter", "每季", "Each quarter"),
];

/// The meaning of a keyword, by its rule in the grammar.
pub(super) fn meaning(which: &str) -> Option<LocalizedText> {
    let (_, zh, en) = MEANINGS.iter().find(|(known, ..)| *known == which)?;
    Some(LocalizedText::new(*zh, *en))
}

/// The keyword of a spelling, in either language.
pub(super) fn keyword(word: &str) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|keyword| keyword.zh == word || keyword.en == word)
}

#[cfg(test)]
mod tests {
    use super::meaning;
    use bulou_syntax::keywords::KEYWORDS;

    #[test]
    fn every_keyword_has_a_meaning() {
        let words = KEYWORDS.iter().map(|keyword| keyword.rule);
        let missing: Vec<&str> = words.filter(|word| meaning(word).is_none()).collect();
        assert_eq!(missing, [""; 0]);
    }
}
