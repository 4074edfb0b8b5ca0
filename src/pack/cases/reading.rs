//! What keeps a case file from being read, in the words of those who write cases.

use bulou_base::date::YEARS;
use bulou_document::Unread;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::{Each, Phrase};
use bulou_messages::texts;

/// How the reader of JSON begins what it says of what is none, and what people would say.
const SYNTAX: [(&str, Phrase); 15] = [
    ("expected value", texts::json_value_left_out()),
    ("number out of range", texts::json_number_too_large()),
    ("invalid number", texts::json_number_wrong()),
    ("invalid escape", texts::json_escape_wrong()),
    ("unexpected end of hex escape", texts::json_escape_cut_off()),
    ("lone leading surrogate in hex escape", texts::json_escape_cut_off()),
    ("invalid unicode code point", texts::json_escape_no_character()),
    ("key must be a string", texts::json_key_without_quotes()),
    ("trailing comma", texts::json_comma_too_many()),
    ("trailing characters", texts::json_more_behind_end()),
    ("expected ident", texts::json_word_without_quotes()),
    ("control character", texts::json_control_character()),
    ("expected `:`", texts::json_colon_left_out()),
    ("expected `,`", texts::json_comma_left_out()),
    ("recursion limit", texts::json_nests_too_deep()),
];

/// A kind of values that the reader of JSON names, as people call it.
fn kind(named: &str) -> Option<Phrase> {
    Some(match named {
        "a string" | "string" => texts::json_kind_text(),
        "null" | "unit" => texts::json_kind_null(),
        "a map" | "map" => texts::json_kind_group(),
        "a sequence" | "sequence" | "an array" => texts::json_kind_list(),
        "boolean" | "a boolean" => texts::json_kind_yes_no(),
        "integer" | "i64" | "u64" | "u32" | "u16" | "u8" | "usize" => texts::json_kind_whole(),
        "floating" | "floating point" => texts::json_kind_decimal(),
        "f64" | "a number" => texts::json_kind_number(),
        "newtype" => texts::json_kind_other(),
        "struct Case" => texts::json_kind_case(),
        "struct Waiver" => texts::json_kind_waiver(),
        _ => return None,
    })
}

/// What is wrong with a file of JSON, such as of cases, parameters or waivers.
#[must_use]
pub fn words(file: &str, error: &Unread) -> LocalizedText {
    let error = match error {
        Unread::Twice(_) => return texts::file_cannot_read_why(&file, &"", &error.text()).text(),
        Unread::Json(error) => error,
    };
    // What is taken out of a value that was read has no place.
    let place = match (error.line(), error.column()) {
        (0, _) => LocalizedText::default(),
        (line, column) => in_brackets(&texts::line_column(&line, &column).text()),
    };
    let said = error.to_string();
    let said = mended(error, said.split(" at line ").next().unwrap_or_default());
    texts::file_cannot_read_why(&file, &place, &said).text()
}

fn in_brackets(words: &LocalizedText) -> LocalizedText {
    LocalizedText::new(format!("({})", words.zh), format!(" ({})", words.en))
}

fn mended(error: &serde_json::Error, said: &str) -> LocalizedText {
    if error.is_eof() {
        return texts::json_ends_too_early().text();
    }
    if error.is_syntax() {
        let known = SYNTAX.iter().find(|(begins, _)| said.starts_with(begins));
        let why = known.map(|(_, words)| in_brackets(&words.text())).unwrap_or_default();
        return texts::json_not_right(&why).text();
    }
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    match quoted.as_slice() {
        [key, ..] if said.starts_with("missing field") => texts::json_key_missing(key).text(),
        [key, known @ ..] if said.starts_with("unknown field") => {
            let [zh, en] = Lang::ALL.map(|lang| listed(known, lang));
            texts::json_key_unknown(key, &Each(&zh, &en)).text()
        }
        [word, known @ ..] if said.starts_with("unknown variant") => {
            let [zh, en] = Lang::ALL.map(|lang| listed(known, lang));
            texts::json_outcome_unknown(word, &Each(&zh, &en)).text()
        }
        [key, ..] if said.starts_with("duplicate field") => texts::json_key_doubled(key).text(),
        _ if said.starts_with("data did not match any variant") => texts::schools_of_case_list_or_base().text(),
        [text, ..] if said.contains("is not a date") => texts::json_date_none(text, YEARS.start(), YEARS.end()).text(),
        [value, ..] if said.starts_with("invalid value") => texts::json_value_not_here(value).text(),
        _ => typed(said).unwrap_or_else(|| texts::json_does_not_belong().text()),
    }
}

/// Keys and words that may be written: those of a language, where there are any.
fn listed(known: &[&str], lang: Lang) -> String {
    let own: Vec<&str> = known.iter().copied().filter(|word| word.is_ascii() == (lang == Lang::En)).collect();
    if own.is_empty() { known } else { &own }.join(lang.comma())
}

/// `invalid type: integer `2`, expected a string`
fn typed(said: &str) -> Option<LocalizedText> {
    let (found, wanted) = said.strip_prefix("invalid type: ")?.split_once(", expected ")?;
    let named = found.split([' ', '`', '"']).next().unwrap_or_default();
    let other = if wanted.starts_with("struct") { texts::json_kind_group() } else { texts::json_kind_other() };
    let wanted = kind(wanted).unwrap_or(other);
    let found = kind(named).unwrap_or(texts::json_kind_other());
    Some(texts::json_kind_wanted_found(&wanted, &found).text())
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
            for own in ["expected ", "invalid "] {
                assert!(!words.zh.contains(own) && !words.en.contains(own), "{words:?}");
            }
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_fault() {
        let case = "\u{FEFF}[{\"说明\": \"例\", \"今天\": \"2022-06-28\", \"数据\": {}, \"期望\": {\"甲\": \"pass\"}}]";
        assert_eq!(file::read(case.as_bytes()).expect("a case").len(), 1);
    }
}
