//! Words that people write into the cell of a decision table for whatever the other rows do not say. The language has none:
//! each row says itself what it is for, and `任意` is said of a column that makes no difference.

/// Words for all else, and for all.
const WORDS: [&str; 36] = [
    "其余",
    "其余的",
    "其余情况",
    "其余各种情况",
    "其他",
    "其他的",
    "其他情况",
    "其它",
    "其它的",
    "其它情况",
    "别的",
    "剩余",
    "剩下的",
    "否则",
    "缺省",
    "默认",
    "默认值",
    "不限",
    "均可",
    "都可以",
    "所有",
    "全部",
    "一切",
    "任何",
    "default",
    "else",
    "otherwise",
    "other",
    "others",
    "rest",
    "all",
    "*",
    "-",
    "—",
    "——",
    "/",
];

/// Whether a word is such a one.
#[must_use]
pub fn is_all_else(word: &str) -> bool {
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Such a word in the cell around a place where a table stopped making sense, and where it stands. The last cell of a row is
/// its result.
pub(crate) fn cell(text: &str, at: usize) -> Option<(usize, &str)> {
    const BARS: [char; 2] = ['|', '\u{FF5C}'];
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    let bar = before.rfind(BARS).filter(|bar| !before.get(*bar..).unwrap_or_default().contains('\n'))?;
    let start = bar + before.get(bar..)?.chars().next()?.len_utf8();
    let end = at + after.find(BARS)?;
    let cell = text.get(start..end)?;
    let word = cell.trim();
    let behind = text.get(end..)?.split('\n').next()?;
    let more = behind.chars().filter(|c| BARS.contains(c)).count() > 1;
    (more && is_all_else(word)).then(|| (start + cell.len() - cell.trim_start().len(), word))
}
