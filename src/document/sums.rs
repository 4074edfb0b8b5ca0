//! What rows of sums are called in the lists that people keep: `合计`, `本页小计`, `共3项`, `总人数`, `Grand Total`.
//!
//! Chinese names end in what they are: `年度合计` is a sum, `合计器` and `汇总表填报人` are none, and nor is `共和镇`.

/// What an element of a list is called; what says more of a sum is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Called {
    /// As any element.
    Element,
    /// As a school is: among what the school has it is a sum if its numbers say so.
    School,
    /// As all that there is: `全校`, `所有班级`. It is a sum if its numbers say so.
    Whole,
    /// As many things, or as some of what was counted: `共2所`, `其中男生`. A remark may say so, too.
    Count,
    /// As a sum or another number about rows is: `本页合计`, `总人数`, `平均`.
    Sum,
    /// As a sum is and nothing else: `合计`.
    Total,
}

/// These alone are [`Called::Total`].
#[rustfmt::skip]
const TOTALS: &[&str] = &[
    "合计", "总计", "小计", "共计", "总数", "合计数", "total", "totals", "subtotal", "ttl",
];

/// What ends in one of these is a sum, whatever stands before.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "合计", "总计", "小计", "共计", "累计", "总数", "总额", "总和", "之和", "求和", "总人数", "总人次", "加总", "total", "totals",
];

/// These say so alone, and behind what they are of ([`SCOPES`]).
#[rustfmt::skip]
const ALONE: &[&str] = &[
    "计", "校计", "校均", "总", "总共", "共", "共有", "一共", "合共", "汇总", "平均", "均", "人均", "平均数", "平均值", "均值", "计数", "个数",
    "最大", "最小", "最高", "最低", "中位", "占比", "比例", "百分比", "差额", "增减", "结转", "σ", "∑", "sum", "average",
    "avg", "mean", "count", "overall", "all",
];

/// What sums are of.
#[rustfmt::skip]
const SCOPES: &[&str] = &[
    "本页", "本表", "本校", "本园", "全校", "全园", "全县", "全镇", "全乡", "全体", "全部", "所有", "以上", "上述", "各年级", "年级",
    "年度", "本学期", "学期", "本年", "上年", "本月", "本周", "各班", "班级", "在校", "在册", "学生", "师生", "教师", "教职工",
    "每个年级", "每年级", "每班", "在籍", "男生", "女生", "寄宿生", "住宿生", "人员", "全员", "全班", "总体", "整体", "员工", "职工", "grand", "生", "年", "各", "现有", "实有", "在园", "幼儿", "全年级", "我校",
    "页", "月", "班", "日", "周", "季",
];

/// Words of [`SCOPES`] that say of themselves that there is no more.
#[rustfmt::skip]
const WHOLES: &[&str] = &[
    "本校", "本园", "全校", "全园", "全县", "全镇", "全乡", "全体", "全部", "所有", "以上", "上述", "班级", "在校", "在册", "学生",
    "师生", "人数", "现有", "实有", "在园", "全年级", "我校", "教职工", "全员", "全班", "各班", "总体", "整体", "各年级", "在籍",
];

/// Rows of ledgers that are none of their entries.
#[rustfmt::skip]
const CARRIED: &[&str] = &[
    "承前页", "过次页", "接上页", "转下页", "上年数", "本年数",
];

/// What is counted or measured, behind a word of sums: `总人数`.
#[rustfmt::skip]
const MEASURES: &[&str] = &[
    "人数", "人次", "数量", "数额", "金额", "面积", "数", "额", "量", "值",
];

/// What is summed: `总支出`.
#[rustfmt::skip]
const SUMMED: &[&str] = &[
    "支出", "收入", "费用", "经费", "投入", "课时", "时长", "台数", "件数", "次数", "项数", "班数", "户数", "间数", "辆数", "套数",
];

/// What is said before a number of things.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "共", "合计", "总计", "小计", "共计", "一共", "总共", "共有", "合共",
];

/// Numerals of `共两所`.
const NUMERALS: &str = "0123456789一二两三四五六七八九十百千〇零壹贰叁肆伍陆柒捌玖拾佰仟①②③④⑤⑥⑦⑧⑨⑩";

/// What things are counted in. `共1班` is a class.
const UNITS: &str = "项所个人名次件处家户台套间辆份张页元条节位组本天";

/// What the names of schools end in.
#[rustfmt::skip]
const SCHOOLS: &[&str] = &[
    "小学", "中学", "学校", "学园", "幼儿园", "教学点",
];

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
    let is_formula = text.starts_with(['=', '@', '+']);
    if is_formula || text.len() > 4 * LONGEST || !may_be_one(text) {
        return Called::Element;
    }
    let text: String =
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).map(simplified).collect();
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '∑').filter(|part| !part.is_empty()).collect();
    // `4.全校`, `四、全校`.
    let numbers = parts.iter().take_while(|part| part.chars().all(|c| NUMERALS.contains(c))).count();
    let Some((first, others)) = parts.get(numbers..).and_then(<[&str]>::split_first) else { return Called::Element };
    // In brackets or behind a colon stands what an element has, too: `教室(共3间)`.
    let is_only = others.iter().all(|part| is_unit(part) || is_whole(part));
    match *first {
        part if others.is_empty() && TOTALS.contains(&part) => Called::Total,
        part if is_sum(part) || others.iter().any(|part| *part == "计" || ends_as_sum(without_count(part))) => {
            Called::Sum
        }
        part if is_count(part) => Called::Count,
        part if is_only && is_whole(part) => Called::Whole,
        part if is_only && is_school(part) => Called::School,
        _ => Called::Element,
    }
}

/// Whether a text may be anything but [`Called::Element`]: most texts are done with after one look, for every text of a
/// document's lists is asked.
fn may_be_one(text: &str) -> bool {
    let says = |c: char| {
        matches!(c, '计' | '計' | '总' | '總' | '共' | '均' | '最' | '比' | '差' | '增' | '结' | '和' | '學')
            || matches!(c, 'σ' | 'Σ' | '∑' | 't' | 'm' | 'a' | 'T' | 'M' | 'A')
    };
    let begins = |c: char| {
        matches!(
            c,
            '本' | '全'
                | '所'
                | '以'
                | '上'
                | '班'
                | '在'
                | '学'
                | '學'
                | '师'
                | '人'
                | '现'
                | '实'
                | '我'
                | '教'
                | '各'
                | '整'
        ) || matches!(c, '承' | '过' | '接' | '转' | '其')
    };
    let has = |part: &str| text.contains(part);
    text.contains(says)
        || text.trim_start_matches(|c: char| !c.is_alphanumeric() || NUMERALS.contains(c)).starts_with(begins)
        || text.contains(['学', '园']) && SCHOOLS.iter().any(|end| has(end))
        || text.contains('位') && has("中位")
        || text.contains('数') && has("个数")
}

/// The letters of these words as they are written in China; others as they are.
fn simplified(c: char) -> char {
    match c {
        '計' => '计',
        '總' => '总',
        '數' => '数',
        '額' => '额',
        '學' => '学',
        '級' => '级',
        '個' => '个',
        c => c,
    }
}

fn is_sum(part: &str) -> bool {
    if part.chars().count() > LONGEST {
        return false;
    }
    let measured = without_measure(part);
    let counted = without_count(part);
    // `汇总行`, but `总行` is a bank.
    let row = part.strip_suffix(['行', '栏']).filter(|row| row.chars().count() > 1).unwrap_or(part);
    // `总学生数`, `总课时`, `平均每班`: what it is of stands behind.
    let of = part.strip_prefix('总').or_else(|| part.strip_prefix("平均")).unwrap_or_default();
    let is_total_of = !of.is_empty() && (is_scope(of) || SUMMED.contains(&of));
    // `总人数5`, but `总3` is a name.
    let numberless = part.trim_end_matches(|c: char| c.is_ascii_digit());
    let numberless = if numberless.chars().count() > 1 { numberless } else { part };
    CARRIED.contains(&part)
        || [row, measured, counted, numberless].iter().any(|part| ends_as_sum(part))
        || [part, row, measured, numberless].iter().any(|part| is_alone(part))
        || is_total_of
}

/// A school's name, or what of it there is: `南街小学学生`. `学校` alone is an institution.
fn is_school(part: &str) -> bool {
    SCHOOLS.iter().filter_map(|end| part.rsplit_once(end)).any(|(name, of)| !name.is_empty() && is_scope(of))
}

fn ends_as_sum(part: &str) -> bool {
    ENDS.iter().any(|end| part.ends_with(end)) || TOTALS.contains(&part)
}

/// `共3项`, `本校共有学生85人`; `其中男生`.
fn is_count(part: &str) -> bool {
    let is_scope_or_sum = |of: &str| is_scope(of) || ends_as_sum(of);
    let is_of =
        |part: &str, word| part.split_once(word).is_some_and(|(of, what)| is_scope_or_sum(of) && is_scope(what));
    // `计3个班`, but `计201` is a name.
    let is_bare = |before| before == "计" && !part.ends_with(|c| NUMERALS.contains(c));
    counted(part).is_some_and(|before| COUNTED.iter().any(|word| is_of(before, word)) || is_bare(before))
        || part.strip_prefix("其中").is_some_and(is_scope)
}

/// Without how many there are: `合计3项`, `小计1`.
fn without_count(part: &str) -> &str {
    match counted(part) {
        Some(before) if COUNTED.iter().any(|word| before.ends_with(word)) => before,
        _ => part,
    }
}

/// What stands before the number of things in which a text ends.
fn counted(part: &str) -> Option<&str> {
    let is_numeral = |c: char| NUMERALS.contains(c);
    let digits = part.trim_end_matches(|c| !is_numeral(c));
    let before = digits.trim_end_matches(is_numeral);
    let is_count = before.len() < digits.len() && part.get(before.len()..).is_some_and(is_unit);
    (is_count && !before.is_empty()).then(|| before.trim_end_matches('约'))
}

/// Some things, a unit, or what is measured: `85人`, `个班`, `人数`.
fn is_unit(part: &str) -> bool {
    let things = part.trim_start_matches(|c: char| NUMERALS.contains(c));
    // `个班`, `名教师`.
    let of = things.chars().next().filter(|c| UNITS.contains(*c)).and_then(|c| things.strip_prefix(c));
    let is_unit = things.is_empty() || of.is_some_and(|of| of.chars().count() <= 1 || is_scope(of));
    is_unit || MEASURES.contains(&things)
}

fn without_measure(part: &str) -> &str {
    MEASURES.iter().find_map(|measure| part.strip_suffix(measure)).unwrap_or(part)
}

/// What stands behind what a sum is of.
fn behind_scope(part: &str) -> Option<&str> {
    SCOPES.iter().find_map(|scope| part.strip_prefix(scope))
}

/// Whether it says what a sum is of, and no more: `全校人数`, `学生`.
fn is_scope(part: &str) -> bool {
    let mut rests = std::iter::successors(Some(without_measure(part)), |rest| behind_scope(rest));
    rests.any(str::is_empty)
}

/// Whether it says that it is all of something: `全校师生`, `所有班级`, `全校85人`.
fn is_whole(part: &str) -> bool {
    let part = counted(part).unwrap_or(part);
    !part.is_empty() && is_scope(part) && WHOLES.iter().any(|whole| part.starts_with(whole))
}

/// Whether a word of sums stands there, of a scope or alone.
fn is_alone(part: &str) -> bool {
    let is_numeral = |c: char| NUMERALS.contains(c);
    let mut rests = std::iter::successors(Some(part), |rest| behind_scope(rest.trim_start_matches(is_numeral)));
    rests.any(|rest| ALONE.contains(&rest) || TOTALS.contains(&rest))
}

#[cfg(test)]
mod tests;
