//! What keeps a case file from being read, in the words of those who write cases.

use bulou_base::date::YEARS;
use bulou_document::Unread;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Each;
use bulou_messages::texts;

/// Kinds of values as the reader of JSON calls them, and as people do.
const KINDS: [(&str, &str); 25] = [
    ("a string", "文字"),
    ("string", "文字"),
    ("null", "null"),
    ("a map", "一组内容 { … }"),
    ("map", "一组内容 { … }"),
    ("a sequence", "一个列表 [ … ]"),
    ("sequence", "一个列表 [ … ]"),
    ("boolean", "是或否"),
    ("integer", "整数"),
    ("floating", "小数"),
    ("floating point", "小数"),
    ("unit", "null"),
    ("a boolean", "是或否"),
    ("i64", "整数"),
    ("u64", "整数"),
    ("u32", "整数"),
    ("u16", "整数"),
    ("u8", "整数"),
    ("usize", "整数"),
    ("f64", "一个数"),
    ("a number", "一个数"),
    ("an array", "一个列表 [ … ]"),
    ("newtype", "别的内容"),
    ("struct Case", "一个案例 { … }"),
    ("struct Waiver", "一条豁免 { … }"),
];

/// What the reader of JSON says of what is none, and what people would say.
const SYNTAX: [(&str, &str); 15] = [
    ("expected value", "少了一个值"),
    ("number out of range", "数太大了"),
    ("invalid number", "数写得不对"),
    ("invalid escape", "`\\` 后面的字不对"),
    ("unexpected end of hex escape", "`\\u` 后面的码不全"),
    ("lone leading surrogate in hex escape", "`\\u` 后面的码不全"),
    ("invalid unicode code point", "`\\u` 后面的码不对"),
    ("key must be a string", "键要写在引号里"),
    ("trailing comma", "多了一个逗号"),
    ("trailing characters", "写完以后还有别的"),
    ("expected ident", "不加引号的只有 true、false、null"),
    ("control character", "引号里有换行一类的控制字符"),
    ("expected `:`", "少了冒号"),
    ("expected `,`", "少了逗号或括号"),
    ("recursion limit", "套得太深"),
];

/// What is wrong with a file of JSON, such as of cases, parameters or waivers.
#[must_use]
pub fn words(file: &str, error: &Unread) -> LocalizedText {
    let error = match error {
        Unread::Twice(_) => return texts::file_cannot_read_why(&file, &"", &error.text()).text(),
        Unread::Json(error) => error,
    };
    let text = error.to_string();
    let spelled = |is_zh: bool| said_of(&text, is_zh);
    // The reader's own words name the place.
    let place = match (error.line(), error.column()) {
        (0, _) => String::new(),
        (line, column) => format!("({})", texts::line_column(&line, &column).get(Lang::Zh)),
    };
    let said = spelled(true);
    let said = mended(error, said.split(" at line ").next().unwrap_or_default());
    texts::file_cannot_read_why(&file, &Each(&place, &""), &Each(&said, &spelled(false))).text()
}

/// What the reader says, with the keys that may be written in one language only.
fn said_of(error: &str, zh: bool) -> String {
    let Some((before, known)) = error.split_once("expected one of ") else { return error.to_owned() };
    let (known, place) = known.split_once(" at line ").unwrap_or((known, ""));
    let own = known.split(", ").filter(|key| key.is_ascii() != zh);
    let place = if place.is_empty() { String::new() } else { format!(" at line {place}") };
    format!("{before}expected one of {}{place}", own.collect::<Vec<_>>().join(", "))
}

fn mended(error: &serde_json::Error, said: &str) -> String {
    if error.is_eof() {
        return "文件没有写完,后面缺括号或引号".to_owned();
    }
    if error.is_syntax() {
        let known = SYNTAX.iter().find(|(en, _)| said.starts_with(en));
        let why = known.map(|(_, zh)| format!("({zh})")).unwrap_or_default();
        return format!("不是正确的 JSON,看看这里和前一行的逗号、引号、括号{why}");
    }
    // What is our own is Chinese already.
    if said.split('`').step_by(2).any(|words| !words.is_ascii()) {
        return said.to_owned();
    }
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    match quoted.as_slice() {
        [key, ..] if said.starts_with("missing field") => format!("缺少 `{key}`"),
        [key, known @ ..] if said.starts_with("unknown field") => {
            format!("没有 `{key}` 这一项;可写:{}", known.join("、"))
        }
        [word, known @ ..] if said.starts_with("unknown variant") => {
            format!("没有 `{word}` 这种结果;可写:{}", known.join("、"))
        }
        [key, ..] if said.starts_with("duplicate field") => format!("`{key}` 写了两次"),
        _ if said.starts_with("data did not match any variant") => {
            "`各校` 要写一个列表、一个基准的文件名,或 {\"基准\": …, \"修改\": …}".to_owned()
        }
        [text, ..] if said.contains("is not a date") => {
            let (first, last) = (YEARS.start(), YEARS.end());
            format!("`{text}` 不是日期:照 2022-06-24 的样子写,年份在 {first} 至 {last} 之间")
        }
        [value, ..] if said.starts_with("invalid value") => format!("这里不能是 `{value}`"),
        _ => typed(said).unwrap_or_else(|| "内容不合这里要写的".to_owned()),
    }
}

/// `invalid type: integer `2`, expected a string`
fn typed(said: &str) -> Option<String> {
    let (found, wanted) = said.strip_prefix("invalid type: ")?.split_once(", expected ")?;
    let kind = found.split([' ', '`', '"']).next().unwrap_or_default();
    let known = |word: &str| KINDS.iter().find(|(en, _)| *en == word).map(|(_, zh)| *zh);
    let wanted =
        known(wanted).or_else(|| wanted.starts_with("struct").then_some("一组内容 { … }")).unwrap_or("别的内容");
    let found = known(kind).unwrap_or("别的内容");
    Some(format!("这里要{wanted},写的是{found}"))
}

#[cfg(test)]
mod tests {
    use crate::cases::file;

    #[test]
    fn what_is_wrong_is_said_in_the_words_of_cases() {
        let whole = r#""说明": "例", "今天": "2022-06-28", "数据": {}, "期望": {"甲": "pass"}"#;
        for (text, said) in [
            (format!("{{{}}}", whole.replace("\"说明\": \"例\", ", "")), "缺少 `说明`"),
            (format!("{{{whole}, \"期待\": 1}}"), "没有 `期待` 这一项;可写:说明、今天、"),
            (format!("{{{}}}", whole.replace("pass", "passed")), "没有 `passed` 这种结果;可写:"),
            (format!("{{{}}}", whole.replace("\"例\"", "7")), "这里要文字,写的是整数"),
            (format!("{{{whole}, \"参数\": []}}"), "这里要一组内容 { … },写的是一个列表 [ … ]"),
            (format!("{{{whole}, \"各校\": 3}}"), "`各校` 要写"),
            (format!("{{{whole},}}"), "不是正确的 JSON"),
            (
                format!("{{{}}}", whole.replace("2022-06-28", "昨天")),
                "`昨天` 不是日期:照 2022-06-24 的样子写,年份在 1900 至 2199 之间",
            ),
            (format!("{{{}}}", whole.replace("\"2022-06-28\"", "5")), "这里要文字,写的是整数"),
            (format!("{{{}}}", whole.replace("\"2022-06-28\"", "1.5")), "这里要文字,写的是小数"),
            (format!("{{{}}}", whole.replace("\"例\"", "tru")), "括号(不加引号的只有 true、false、null)"),
            (format!("{{{}}}", whole.replace("\"例\"", "\"\\x\"")), "后面的字不对"),
            (format!("{{{}}}", whole.replace("\"例\"", "")), "少了一个值"),
            (format!("{{{}}}", whole.replace("例", "\n")), "控制字符"),
            (format!("{{{whole}}}{{"), "写完以后还有别的"),
            (format!("{{{whole}"), "没有写完"),
            (format!("{{{whole}, \"说明\": \"又\"}}"), "写了两次"),
        ] {
            let error = file::read(text.as_bytes()).expect_err("no case");
            let words = super::words("cases/a.json", &error);
            assert!(words.zh.starts_with("cases/a.json 读不懂") && words.zh.contains(said), "{text}: {}", words.zh);
            assert!(words.en.starts_with("cases/a.json cannot be read"), "{}", words.en);
            assert!(!words.zh.contains("expected") && !words.zh.contains("invalid"), "{}", words.zh);
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_fault() {
        let case = "\u{FEFF}[{\"说明\": \"例\", \"今天\": \"2022-06-28\", \"数据\": {}, \"期望\": {\"甲\": \"pass\"}}]";
        assert_eq!(file::read(case.as_bytes()).expect("a case").len(), 1);
    }
}
