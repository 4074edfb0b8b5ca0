//! What keeps a case file from being read, in the words of those who write cases.

use bulou_messages::diagnostic::LocalizedText;

/// Kinds of values as the reader of JSON calls them, and as people do.
const KINDS: [(&str, &str); 12] = [
    ("a string", "文字"),
    ("string", "文字"),
    ("null", "null"),
    ("a map", "一组内容 { … }"),
    ("map", "一组内容 { … }"),
    ("a sequence", "一个列表 [ … ]"),
    ("sequence", "一个列表 [ … ]"),
    ("boolean", "是或否"),
    ("integer", "整数"),
    ("floating point", "小数"),
    ("struct Case", "一个案例 { … }"),
    ("struct Waiver", "一条豁免 { … }"),
];

/// What is wrong with a file of JSON, such as of cases, parameters or waivers.
#[must_use]
pub fn words(file: &str, error: &serde_json::Error) -> LocalizedText {
    let (text, [zh, en]) = (error.to_string(), bulou_document::TWICE);
    let twice = format!("{zh} ({en})");
    let spelled = |is_zh: bool| said_of(&text.replace(&twice, if is_zh { zh } else { en }), is_zh);
    let en = format!("{file} cannot be read: {}", spelled(false));
    let place = match (error.line(), error.column()) {
        (0, _) => String::new(),
        (line, column) => format!("(第 {line} 行第 {column} 列)"),
    };
    let said = spelled(true);
    let said = said.split(" at line ").next().unwrap_or_default();
    LocalizedText::new(format!("{file} 读不懂{place}:{}", mended(error, said)), en)
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
        return format!("不是正确的 JSON,看看这里和前一行的逗号、引号、括号({said})");
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
        _ => typed(said).unwrap_or_else(|| said.to_owned()),
    }
}

/// `invalid type: integer `2`, expected a string`
fn typed(said: &str) -> Option<String> {
    let (found, wanted) = said.strip_prefix("invalid type: ")?.split_once(", expected ")?;
    let kind = found.split([' ', '`', '"']).next().unwrap_or_default();
    let known = |word: &str| KINDS.iter().find(|(en, _)| *en == word).map(|(_, zh)| *zh);
    let (found, wanted) = (known(kind).unwrap_or(found), known(wanted).unwrap_or(wanted));
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
            (format!("{{{whole}"), "没有写完"),
            (format!("{{{whole}, \"说明\": \"又\"}}"), "写了两次"),
        ] {
            let error = file::read(text.as_bytes()).expect_err("no case");
            let words = super::words("cases/a.json", &error);
            assert!(words.zh.starts_with("cases/a.json 读不懂") && words.zh.contains(said), "{text}: {}", words.zh);
            assert!(words.en.starts_with("cases/a.json cannot be read"), "{}", words.en);
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_fault() {
        let case = "\u{FEFF}[{\"说明\": \"例\", \"今天\": \"2022-06-28\", \"数据\": {}, \"期望\": {\"甲\": \"pass\"}}]";
        assert_eq!(file::read(case.as_bytes()).expect("a case").len(), 1);
    }
}
