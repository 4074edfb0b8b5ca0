//! What rows of sums are called in the lists that people keep: `合计`, `本页小计`, `共3项`, `总人数`, `Grand Total`.
//!
//! Chinese names end in what they are: `年度合计` is a sum, `合计器` and `汇总表填报人` are none, and nor is `共和镇`.

/// What an element of a list is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Called {
    /// As a sum is and nothing else: `合计`.
    Total,
    /// As a sum or another number about rows is: `本页合计`, `总人数`, `共2所`, `平均`, `其中男生`.
    Sum,
    /// As what a sum is of: `全校`, `所有班级`. It is one if its numbers say so.
    Whole,
    /// As a school is: among what the school has it is a sum if its numbers say so.
    School,
    /// As any element.
    Element,
}

/// These alone are [`Called::Total`].
const TOTALS: [&str; 11] =
    ["合计", "总计", "小计", "共计", "总数", "合计数", "合計", "總計", "小計", "total", "subtotal"];

/// What ends in one of these is a sum, whatever stands before.
const ENDS: [&str; 13] =
    ["合计", "总计", "小计", "共计", "累计", "总数", "总额", "总和", "合計", "總計", "小計", "共計", "累計"];

/// These say so alone, and behind what they are of ([`SCOPES`]).
const ALONE: [&str; 34] = [
    "计",
    "总",
    "总共",
    "共",
    "一共",
    "汇总",
    "平均",
    "均",
    "人均",
    "平均数",
    "平均值",
    "均值",
    "计数",
    "个数",
    "最大",
    "最小",
    "最高",
    "最低",
    "中位",
    "占比",
    "比例",
    "百分比",
    "差额",
    "增减",
    "结转",
    "σ",
    "∑",
    "sum",
    "average",
    "avg",
    "mean",
    "max",
    "min",
    "count",
];

/// What sums are of.
const SCOPES: [&str; 34] = [
    "本页",
    "本表",
    "本校",
    "本园",
    "全校",
    "全园",
    "全县",
    "全镇",
    "全乡",
    "全部",
    "所有",
    "以上",
    "上述",
    "年级",
    "年度",
    "学期",
    "本学期",
    "本年",
    "上年",
    "本月",
    "本周",
    "各班",
    "各年级",
    "班级",
    "学生",
    "教师",
    "教职工",
    "男生",
    "女生",
    "人员",
    "grand",
    "的",
    "年",
    "各",
];

/// Whole rows of ledgers that are none of their entries.
const CARRIED: [&str; 6] = ["承前页", "过次页", "接上页", "转下页", "上年数", "本年数"];

/// What is counted or measured, behind a word of sums: `总人数`.
const MEASURES: [&str; 10] = ["人数", "人次", "数量", "数额", "金额", "面积", "数", "额", "量", "值"];

/// Numerals of `共两所`.
const NUMERALS: &str = "0123456789一二两三四五六七八九十百千〇零";

/// What things are counted in.
const UNITS: &str = "项所个人名次件处家户台套间辆份张页元条班节位组本天";

/// What the names of schools end in.
const SCHOOLS: [&str; 6] = ["小学", "中学", "学校", "学园", "幼儿园", "教学点"];

/// Longer texts are no names of rows.
const LONGEST: usize = 24;

/// What an element is called by one of its texts, in normal form.
///
/// ```
/// use bulou_document::sums::{Called, called};
///
/// assert_eq!(called("合 计"), Called::Total);
/// assert_eq!(called("一年级(小计)"), Called::Sum);
/// assert_eq!(called("全校"), Called::Whole);
/// assert_eq!(called("围墙"), Called::Element);
/// ```
#[must_use]
pub fn called(text: &str) -> Called {
    if text.len() > 4 * LONGEST {
        return Called::Element;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let mut parts = text.split(|c: char| !c.is_alphanumeric() && c != '∑').filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return Called::Element };
    let is_only = parts.clone().next().is_none();
    if is_only && TOTALS.contains(&first) {
        return Called::Total;
    }
    // In brackets or behind a colon stands what an element has, too: `教室(共3间)`.
    if is_sum(first) || parts.any(|part| TOTALS.contains(&part) || part == "计") {
        return Called::Sum;
    }
    match first {
        _ if !is_only => Called::Element,
        _ if is_scope(first) => Called::Whole,
        _ if SCHOOLS.iter().any(|end| first.ends_with(end)) => Called::School,
        _ => Called::Element,
    }
}

fn is_sum(part: &str) -> bool {
    if part.chars().count() > LONGEST {
        return false;
    }
    if CARRIED.contains(&part) || part.starts_with("其中") {
        return true;
    }
    let counted = without_count(part);
    let measured = without_measure(counted);
    [counted, measured].iter().any(|part| ENDS.iter().any(|end| part.ends_with(end)) || is_alone(part))
}

/// Without how many there are: `合计3项`, `共两所`, `小计1`.
fn without_count(part: &str) -> &str {
    let is_numeral = |c: char| NUMERALS.contains(c);
    let Some((from, _)) = part.char_indices().find(|(_, c)| is_numeral(*c)) else { return part };
    let (before, count) = part.split_at(from);
    let things = count.trim_start_matches(is_numeral);
    let is_of_few = things.chars().count() <= 2 && things.chars().next().is_none_or(|c| UNITS.contains(c));
    let is_count = is_of_few || MEASURES.iter().any(|measure| count.ends_with(measure));
    if is_count && !before.is_empty() { before.trim_end_matches('约') } else { part }
}

fn without_measure(part: &str) -> &str {
    MEASURES.iter().find_map(|measure| part.strip_suffix(measure)).unwrap_or(part)
}

/// Whether it says what a sum is of, and no more: `全校人数`.
fn is_scope(part: &str) -> bool {
    let mut rest = without_measure(part);
    while let Some(scoped) = SCOPES.iter().find_map(|scope| rest.strip_prefix(scope)) {
        rest = scoped;
    }
    rest.is_empty()
}

/// Whether a word of sums stands there, of a scope or alone.
fn is_alone(part: &str) -> bool {
    let mut rest = part;
    while !ALONE.contains(&rest) && !TOTALS.contains(&rest) {
        let numbered = rest.trim_start_matches(|c: char| NUMERALS.contains(c));
        let scoped = SCOPES.iter().find_map(|scope| numbered.strip_prefix(scope));
        let Some(scoped) = scoped else { return false };
        rest = scoped;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Called, called};

    #[test]
    fn what_ends_in_a_word_of_sums_is_one() {
        for text in ["合计", "合 计:", "【合计】", "小计", "總計", "TOTAL", "Subtotal", "共计*"] {
            assert_eq!(called(text), Called::Total, "{text}");
        }
        for text in [
            "本页合计",
            "全校合计",
            "年度合计",
            "一年级小计",
            "一年级(小计)",
            "一年级计",
            "合计3项",
            "合计:3",
            "合计(人)",
            "共3项",
            "共两所",
            "共2个班",
            "合计85人",
            "总人数",
            "全校总人数",
            "学生总数",
            "总共",
            "一共",
            "累计",
            "本页累计",
            "汇总",
            "平均",
            "平均数",
            "均值",
            "Σ",
            "∑",
            "计",
            "总",
            "Grand Total",
            "Average",
            "其中男生",
            "过次页",
            "人数合计",
            "合计人数",
            "小计1",
            "2022年合计",
            "最大值",
            "共约30人",
        ] {
            assert_eq!(called(text), Called::Sum, "{text}");
        }
    }

    #[test]
    fn what_only_holds_one_is_called_otherwise() {
        for text in ["全校", "全校人数", "所有班级", "以上", "人数", "班级", "学生"] {
            assert_eq!(called(text), Called::Whole, "{text}");
        }
        for text in ["南街小学", "共三小学", "总和路小学", "合计小学", "县幼儿园"] {
            assert_eq!(called(text), Called::School, "{text}");
        }
        for text in [
            "共青团",
            "共和班",
            "共和镇",
            "汇总表填报人",
            "汇总岗",
            "平均主义",
            "平均台",
            "总务处",
            "总台",
            "总校",
            "总计数器",
            "合计划",
            "小计生",
            "会计",
            "统计",
            "设计室",
            "计算机",
            "教室(共3间)",
            "合唱班",
            "合",
            "一(1)班",
            "围墙",
            "Total Station",
            "汇演",
            "Sumner",
            "3",
            "(3)",
            "",
            "结转器",
            "一年级",
            "全校大扫除",
            "班级群",
            "年级组",
        ] {
            assert_eq!(called(text), Called::Element, "{text}");
        }
    }
}
