//! Texts that are no answer by their form: marks alone, forms that were not filled in, errors of spreadsheets.

/// Whether a text is a form that was not filled in: `教任〔〕号`, `教任〔2022〕号`, `XX小学`, `×××民警`. What stands behind a name hides it:
/// `张××`.
pub(super) fn is_template(text: &str) -> bool {
    let is_blank = |c: char| matches!(c, '×' | '○' | '〇' | 'X' | 'x' | '＊' | '*' | '_');
    let is_bare_date = text.ends_with("年月日") || text.ends_with("月日");
    if is_bare_date {
        return true;
    }
    // Hardly any text has one of these.
    if !text.contains(|c: char| is_blank(c) || matches!(c, '〔' | '(' | '[' | '【' | '《')) {
        return false;
    }
    let mut rest = text;
    while let Some((ahead, run)) = rest.find(is_blank).map(|at| rest.split_at(at)) {
        let behind = run.trim_start_matches(is_blank);
        let is_run = run.chars().take_while(|c| is_blank(*c)).count() > 1;
        // Behind a name something may be hidden, and in front of it nothing is.
        if is_run && !ahead.ends_with(char::is_alphanumeric) && behind.starts_with(|c: char| !c.is_ascii()) {
            return true;
        }
        rest = behind;
    }
    let is_numberless = |(_, behind): (&str, &str)| behind.trim_start_matches(is_blank).starts_with('号');
    text.rsplit_once(['〕', ')', ']', '】']).is_some_and(is_numberless)
        || ["〔〕", "()", "[]", "【】", "《》"].iter().any(|empty| text.contains(empty))
}

/// A text without any letter or digit: `○○○`, `********`. The zero that is a circle is none where it stands alone.
pub(super) fn is_wordless(text: &str) -> bool {
    !text.chars().any(|c| c.is_alphanumeric() && c != '〇')
}

/// Errors that are known wherever they stand in a text, for no person writes so.
const ERRORS: [&str; 6] = ["#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"];
/// The names of errors that are written without a mark as well, and those in Chinese.
const ERROR_NAMES: [&str; 19] = [
    "ERROR",
    "NV",
    "溢出",
    "除/0",
    "N/A",
    "GETTING_DATA",
    "REF",
    "VALUE",
    "DIV/0",
    "NAME",
    "NUM",
    "NULL",
    "SPILL",
    "CALC",
    "名称",
    "值",
    "数值",
    "引用",
    "数字",
];

/// What a spreadsheet shows where a formula has no value: `#REF!`, `#名称?`, `Err:502`, `错误:502`.
pub(super) fn is_error_value(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    let is_named = |word: &str| {
        let name = word.trim_end_matches(['!', '?']);
        ERROR_NAMES.contains(&name) || word.strip_suffix(['!', '?']).is_some_and(is_in_capitals)
    };
    let number = upper.strip_prefix("ERR:").or_else(|| Some(upper.strip_prefix("错误:")?.trim_start()));
    let is_numbered = |number: &str| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    ERRORS.iter().any(|error| upper.contains(error))
        || upper.strip_prefix('#').is_some_and(is_named)
        || number.is_some_and(is_numbered)
}

/// What may be the name of an error in English: `CALC`, `DIV/0`.
fn is_in_capitals(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic() || b"/_0".contains(&byte))
}
