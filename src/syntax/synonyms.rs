//! Words of everyday writing and operators of other languages, and what the language writes instead.

use crate::keywords::KEYWORDS;

/// What is not written, and what is, longer ones first where one begins another.
#[rustfmt::skip]
const WRITTEN: &[(&str, &str)] = &[
    // Of other languages.
    ("==", "="), ("&&", "且"), ("||", "或"), ("=<", "≤"), ("<>", "≠"), ("≧", "≥"), ("≦", "≤"), ("!", "非"),
    // Comparing.
    ("大于或等于", "≥"), ("小于或等于", "≤"), ("大于等于", "≥"), ("小于等于", "≤"), ("不大于", "≤"), ("不小于", "≥"),
    ("不等于", "≠"), ("大于", ">"), ("小于", "<"), ("等于", "="), ("不低于", "≥"), ("不高于", "≤"), ("不多于", "≤"),
    ("高于", ">"), ("多于", ">"), ("低于", "<"), ("少于", "<"), ("至多", "≤"), ("最多", "≤"), ("最少", "≥"),
    ("不大于等于", "<"), ("不小于等于", ">"), ("不大于或等于", "<"), ("不小于或等于", ">"), ("早于", "<"), ("晚于", ">"), ("迟于", ">"), ("不迟于", "≤"), ("超出", "超过"),
    ("不超出", "不超过"), ("未超过", "不超过"), ("不少於", "不少于"), ("no more than", "≤"), ("not more than", "≤"),
    ("no less than", "≥"), ("not less than", "≥"), ("no fewer than", "≥"), ("at most", "≤"), ("is not", "≠"), ("不早于", "≥"), ("不晚于", "≤"), ("未满", "不满"), ("不足", "不满"), ("不到", "不满"), ("达到", "≥"), ("不是", "≠"),
    ("不为", "≠"), ("是不是", "="), ("为", "="),
    // Joining.
    ("并且", "且"), ("但是", "且"), ("但", "且"), ("而且", "且"), ("同时", "且"), ("以及", "且"), ("和", "且"), ("与", "且"), ("及", "且"), ("或者是", "或"),
    ("或者", "或"), ("或是", "或"), ("如果", "若"), ("要是", "若"), ("假如", "若"), ("倘若", "若"), ("当", "若"), ("那么", "则"),
    ("就", "则"), ("要不然", "否则"), ("不然", "否则"), ("只要", "若"), ("AND", "且"), ("OR", "或"), ("NOT", "非"),
    ("IF", "若"), ("THEN", "则"), ("ELSE", "否则"),
    // All, some, none.
    ("每一个", "每个"), ("每一", "每个"), ("凡是", "每个"), ("凡", "每个"),
    ("所有的", "每个"), ("所有", "每个"), ("全体", "每个"), ("各个", "每个"), ("至少有一个", "存在"), ("有些", "存在"),
    ("每一项", "每个"), ("每项", "每个"), ("每条", "每个"), ("有一个", "存在"), ("不存在", "没有"), ("没有一个", "没有"), ("不得有", "没有"), ("没", "没有"),
    ("包括", "包含"), ("含有", "包含"), ("不", "非"), ("并非", "非"),
];

/// What stands behind a name and is written before it.
const POSTFIX: &[(&str, &str)] =
    &[("不为空", "有"), ("不能为空", "有"), ("不得为空", "有"), ("非空", "有"), ("不空", "有"), ("为空", "缺")];

/// What the language writes around what is said.
const AROUND: &[(&str, &str)] = &[
    ("不属于", "非 (… 属于 {…})"),
    ("不在", "非 (… 在 … 至 … 之间)"),
    ("不包含", "非 (… 包含 …)"),
    ("不含", "非 (… 包含 …)"),
    ("不包括", "非 (… 包含 …)"),
    ("除非", "若 非 (…) 则 …"),
    ("介于", "… 在 … 至 … 之间"),
];

/// Words that are written apart from what they change or say nothing beside: `不 超过`, `应 不少于`, `应不少于`.
const BEFORE: [&str; 7] = ["不得", "不应", "不能", "不", "应当", "应", "须"];

/// Words of the language that compare.
const COMPARING: [&str; 4] = ["不少于", "不超过", "超过", "不满"];

/// Words that stand behind a number or day and are written before it.
const BEHIND: &[(&str, &str)] = &[("及以上", "≥"), ("及以下", "≤"), ("以上", "≥"), ("以下", "≤")];

/// Words that mean all in one place and some in another: `不得有任何`, `任何一项`.
const EITHER: [&str; 4] = ["任何一个", "任一个", "任何", "任一"];

/// Words of deadlines and frequencies, which are themselves only where they stand alone.
#[rustfmt::skip]
const ALONE: &[(&str, &str)] = &[
    ("后", "起"), ("之后", "起"), ("以后", "起"), ("之内", "内"), ("以内", "内"), ("之前", "前"), ("以前", "前"),
    ("每日", "每 日"), ("每天", "每 日"), ("每周", "每 周"), ("每月", "每 月"), ("每季", "每 季"), ("每季度", "每 季"),
];

/// What a requirement says without a word.
const NEEDLESS: [&str; 8] = ["应当", "应该", "必须", "需要", "应", "须", "均", "都"];

/// What to write instead of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Instead {
    /// This, in its place.
    This(&'static str),
    /// These words.
    Words(String),
    /// This, before what it follows.
    Before(&'static str),
    /// This, around what is said.
    Around(&'static str),
    /// One of two quantifiers: which, only the author knows.
    Quantifier,
    /// Nothing.
    Nothing,
}

/// A word of everyday writing at which, or just behind which, a text stopped making sense: where it stands, the word, and
/// what is written instead.
pub(crate) fn synonym(text: &str, at: usize) -> Option<(usize, &str, Instead)> {
    postfix(text, at)
        .or_else(|| negated(text, at))
        .or_else(|| here(text, at))
        .or_else(|| after_number(text, at))
        .or_else(|| behind(text, at))
}

/// `措施 不为空`: the name and what is asked of it, in the order of the language.
fn postfix(text: &str, at: usize) -> Option<(usize, &str, Instead)> {
    let found = word(text.get(at..)?);
    let (_, keyword) = POSTFIX.iter().find(|(wrong, _)| *wrong == found)?;
    let (start, path) = path_before(text, at)?;
    Some((start, text.get(start..at + found.len())?, Instead::Words(format!("{keyword} {path}"))))
}

/// A comparison in two words, the first of which turns it round or says nothing: `不 超过`, `应 不少于`.
fn negated(text: &str, at: usize) -> Option<(usize, &str, Instead)> {
    let read = |start: usize| {
        let rest = text.get(start..)?;
        let first = BEFORE.iter().find(|first| rest.starts_with(**first))?;
        let behind = rest.get(first.len()..)?;
        let second = word(behind.trim_start_matches(' '));
        let of = |said: &str| {
            let all = COMPARING.iter().map(|keyword| (*keyword, *keyword)).chain(WRITTEN.iter().copied());
            let all = all.filter(|(wrong, _)| said.starts_with(wrong) && !is_one_letter(wrong));
            all.max_by_key(|(wrong, _)| wrong.len())
        };
        let turned = first.starts_with('不').then(|| of(&format!("不{second}"))).flatten();
        let (length, right) = match turned {
            Some((wrong, right)) => (wrong.len() - "不".len(), right),
            None if first.starts_with('不') => return None,
            None => of(second).map(|(wrong, right)| (wrong.len(), right))?,
        };
        let end = start + rest.len() - behind.trim_start_matches(' ').len() + length;
        // What is right and only run together with what follows is another matter.
        if text.get(start..end) == Some(right) {
            return None;
        }
        Some((start, text.get(start..end)?, Instead::Words(right.to_owned())))
    };
    let before = || path_before(text, at).filter(|(_, word)| BEFORE.contains(word)).and_then(|(start, _)| read(start));
    read(at).or_else(before)
}

fn after_number(text: &str, at: usize) -> Option<(usize, &str, Instead)> {
    let rest = text.get(at..)?;
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ".%万亿".contains(c));
    let start = text.len() - behind.trim_start_matches(' ').len();
    let (wrong, right) =
        BEHIND.iter().find(|(wrong, _)| text.get(start..).is_some_and(|rest| rest.starts_with(wrong)))?;
    let number = rest.get(..rest.len() - behind.len()).filter(|number| !number.is_empty())?;
    // Behind a name the sign is what is missing; behind another sign only the author knows which of them is meant.
    if path_before(text, at).is_some_and(|(_, path)| !is_keyword(path)) {
        return Some((at, text.get(at..start + wrong.len())?, Instead::Words(format!("{right} {number}"))));
    }
    Some((start, *wrong, Instead::Before(right)))
}

fn here(text: &str, at: usize) -> Option<(usize, &str, Instead)> {
    let rest = text.get(at..)?;
    let word = word(rest);
    let found = |length: usize, instead| Some((at, rest.get(..length)?, instead));
    if let Some(instead) = alone(text, at, word) {
        return found(word.len(), instead);
    }
    // Of other languages this is at least, or what follows from what: which, what follows tells.
    if let Some(behind) = rest.strip_prefix("=>") {
        let is_number = behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
        return found(2, if is_number { Instead::This("≥") } else { Instead::Around("若 … 则 …") });
    }
    if let Some((wrong, form)) = AROUND.iter().find(|(wrong, _)| rest.starts_with(wrong)) {
        return found(wrong.len(), Instead::Around(form));
    }
    if word == "时" {
        let is_said = ["则", "那么", ","]
            .iter()
            .any(|then| rest.get(word.len()..).unwrap_or_default().trim_start().starts_with(then));
        return found(word.len(), if is_said { Instead::Nothing } else { Instead::This("则") });
    }
    if word == "至少" {
        return found(word.len(), Instead::This("≥"));
    }
    if word == "工作日" && text.get(..at)?.ends_with(|c: char| c.is_ascii_digit()) {
        return found(word.len(), Instead::This("个工作日"));
    }
    let (word, right) = longest(|wrong| rest.starts_with(wrong) && !is_one_letter(wrong))?;
    found(word.len(), Instead::This(right))
}

/// The word before: it was taken for a name, or for the first of a path.
fn behind(text: &str, at: usize) -> Option<(usize, &str, Instead)> {
    // Of an operator of two signs the first made sense.
    if let Some(start) = at.checked_sub(1)
        && let Some(sign) = text.get(start..at + 1).filter(|two| two.chars().all(|c| c.is_ascii_punctuation()))
        && let Some((_, right)) = longest(|wrong| wrong == sign)
    {
        return Some((start, sign, Instead::This(right)));
    }
    let (start, path) = path_before(text, at)?;
    let name = word(path);
    if let Some(either) = EITHER.iter().find(|either| name.starts_with(**either)) {
        return Some((start, name.get(..either.len())?, Instead::Quantifier));
    }
    if let Some((wrong, form)) = AROUND.iter().find(|(wrong, _)| name.starts_with(wrong)) {
        return Some((start, name.get(..wrong.len())?, Instead::Around(form)));
    }
    if let Some(instead) = alone(text, start, name) {
        return Some((start, name, instead));
    }
    if let Some((wrong, right)) = longest(|wrong| name.starts_with(wrong) && !is_one_letter(wrong)) {
        return Some((start, name.get(..wrong.len())?, Instead::This(right)));
    }
    if word(text.get(at..)?) != "满足" {
        return None;
    }
    if let Some(list) = JOINED.iter().find_map(|keyword| name.strip_prefix(keyword)) {
        let apart = format!("{} {list}", name.strip_suffix(list)?);
        return Some((start, name, Instead::Words(apart)));
    }
    let (start, keyword) = path_before(text, start)?;
    let (_, quantifier) = PRESENCE.iter().find(|(presence, _)| *presence == keyword)?;
    Some((start, keyword, Instead::This(quantifier)))
}

/// What a list is asked with, run together with its name.
const JOINED: [&str; 3] = ["每个", "存在", "没有"];

/// What asks for a value, and what asks for an element.
const PRESENCE: &[(&str, &str)] = &[("有", "存在"), ("缺", "没有")];

/// The names joined by dots that end before a place, on its line.
fn path_before(text: &str, at: usize) -> Option<(usize, &str)> {
    let before = text.get(..at)?.trim_end_matches([' ', '\t', '\u{3000}']);
    let start = before.char_indices().rev().take_while(|(_, c)| is_word(*c) || *c == '.').last()?.0;
    Some((start, before.get(start..)?))
}

fn alone(text: &str, at: usize, word: &str) -> Option<Instead> {
    // At the beginning of what is said nothing is compared.
    if word == "不是" && path_before(text, at).is_none_or(|(_, before)| is_keyword(before)) {
        return Some(Instead::This("非"));
    }
    if NEEDLESS.contains(&word) {
        return Some(Instead::Nothing);
    }
    let of = |list: &'static [(&str, &str)]| list.iter().find(|(wrong, _)| *wrong == word).map(|(_, right)| *right);
    of(BEHIND).map(Instead::Before).or_else(|| of(WRITTEN).or_else(|| of(ALONE)).map(Instead::This))
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| word == keyword.zh || word == keyword.en)
}

fn longest(is_it: impl Fn(&str) -> bool) -> Option<(&'static str, &'static str)> {
    WRITTEN.iter().copied().filter(|(wrong, _)| is_it(wrong)).max_by_key(|(wrong, _)| wrong.len())
}

/// The word that a text begins with, if any.
pub(crate) fn word(text: &str) -> &str {
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Of one letter it cannot be told whether a name begins with it.
fn is_one_letter(word: &str) -> bool {
    word.chars().nth(1).is_none() && word.chars().all(is_word)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use bulou_base::source::{SourceId, Span};

    use crate::parse;

    /// What a requirement is told: the word that is marked, and what is put in its place, after which it reads.
    fn told(requirement: &str) -> (String, Option<String>) {
        let mut text = format!("规则 甲 \"标题\" {{\n  要求 {requirement}\n}}");
        let (_, diagnostics) = parse(SourceId(0), &text);
        let [one] = diagnostics.as_slice() else { panic!("{requirement}: {diagnostics:?}") };
        let place = |span: Span| span.start as usize..span.end as usize;
        let marked = text.get(place(one.primary.span)).expect("a span of the text").to_owned();
        if let Some(fix) = &one.fix {
            text.replace_range(place(fix.span), &fix.replacement);
            assert!(parse(SourceId(0), &text).1.is_empty(), "{requirement} becomes {text}");
        }
        (marked, one.fix.as_ref().map(|fix| fix.replacement.trim().to_owned()))
    }

    #[test]
    fn what_people_write_is_told_the_word_of_the_language() {
        for (requirement, marked, right) in [
            ("课时 大于等于 1", "大于等于", "≥"),
            ("满意度 不低于 80%", "不低于", "≥"),
            ("满意度 不低于80%", "不低于", "≥"),
            ("人数 不得超过 55", "不得超过", "不超过"),
            ("人数 大于 55", "大于", ">"),
            ("人数 <> 55", "<>", "≠"),
            ("人数 => 55", "=>", "≥"),
            ("人数 ≧ 55", "≧", "≥"),
            ("有 甲 并且 有 乙", "并且", "且"),
            ("有 甲 和 有 乙", "和", "且"),
            ("有 甲 或者 有 乙", "或者", "或"),
            ("有 甲 && 有 乙", "&&", "且"),
            ("如果 学校.有食堂 则 有 甲", "如果", "若"),
            ("如果学校.有食堂 则 有 甲", "如果", "若"),
            ("当 有食堂 则 有 甲", "当", "若"),
            ("若 有食堂 那么 有 甲", "那么", "则"),
            ("所有 留样 满足 克数 ≥ 125", "所有", "每个"),
            ("每一个 留样 满足 克数 ≥ 125", "每一个", "每个"),
            ("没有留样 满足 克数 < 125", "没有留样", "没有 留样"),
            ("有 留样 满足 克数 < 125", "有", "存在"),
            ("不 食堂.使用亚硝酸盐", "不", "非"),
            ("甲日 须在 乙日 后 3日 内", "后", "起"),
            ("日期 每周 不少于 1 次 自 甲日", "每周", "每 周"),
            ("甲日 须在 乙日 起 10工作日 内", "工作日", "个工作日"),
            ("必须 有 甲", "必须", ""),
            ("人数 不 超过 55", "不 超过", "不超过"),
            ("人数 应 不少于 55", "应 不少于", "不少于"),
            ("人数 应不少于 55", "应不少于", "不少于"),
            ("人数 不大于等于 55", "不大于等于", "<"),
            ("人数 至少 55", "至少", "≥"),
            ("人数 达到 55", "达到", "≥"),
            ("措施 不为空", "措施 不为空", "有 措施"),
            ("每个 隐患 满足 措施 非空", "措施 非空", "有 措施"),
            ("每项 隐患 满足 有 措施", "每项", "每个"),
            ("甲日 早于 乙日", "早于", "<"),
            ("若 有 措施 时 则 有 甲", "时", ""),
            ("人数 不迟于 55", "不迟于", "≤"),
            ("人数 no more than 55", "no more than", "≤"),
            ("没有一个 隐患 满足 缺 措施", "没有一个", "没有"),
            ("人数 80 以上", "80 以上", "≥ 80"),
            ("人数 80%以上", "80%以上", "≥ 80%"),
            ("不是 学校.有食堂", "不是", "非"),
            ("有 甲 AND 有 乙", "AND", "且"),
        ] {
            assert_eq!(told(requirement), (marked.to_owned(), Some(right.to_owned())), "{requirement}");
        }
        // Which is meant, a fix would only guess.
        for either in ["任何留样 满足 克数 ≥ 125", "若 任何 留样 满足 克数 ≥ 125 则 有 甲"] {
            assert_eq!(told(either), ("任何".to_owned(), None), "{either}");
        }
        assert_eq!(told("人数 ≥ 80 以上"), ("以上".to_owned(), None));
        for (around, word) in [
            ("部位 不属于 {大门}", "不属于"),
            ("除非 有食堂 则 有 甲", "除非"),
            ("人数 介于 3 和 5", "介于"),
            ("眩光 => (状态 = 停用)", "=>"),
        ] {
            assert_eq!(told(around), (word.to_owned(), None), "{around}");
        }
    }
}
