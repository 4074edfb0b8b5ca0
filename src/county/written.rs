//! What this program wrote for itself, as it comes back: what else it may be is said in people's words, for whoever reads
//! them chose a file and knows nothing of how it is parsed.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use crate::Error;
use bulou_document::{Unread, from_json, without_mark};
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

/// What a file of this program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Report,
    Partial,
    School,
    Document,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Report, Self::Partial, Self::School, Self::Document];

    /// Keys of the outermost object that no other kind has together.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Report => &["by_school", "by_rule"],
            Self::Partial => &["engine", "unreadable"],
            Self::School => &["subject", "rules"],
            Self::Document => &["规则集"],
        }
    }

    fn words(self) -> Phrase {
        match self {
            Self::Report => texts::countys_report_exported_json(),
            Self::Partial => texts::state_partial_wrote(),
            Self::School => texts::schools_report(),
            Self::Document => texts::document_somebody_filled(),
        }
    }
}

/// Reads what is to be of this kind.
///
/// # Errors
/// It is not, or no more: what it is, and what to do.
pub(super) fn written<T: DeserializeOwned>(bytes: &[u8], wanted: Kind) -> Result<T, Error> {
    from_json(bytes).map_err(|error| {
        let why = why(bytes, wanted, &error);
        Error::Unread(texts::not_choose_file_written(&wanted.words(), &why).text())
    })
}

fn why(bytes: &[u8], wanted: Kind, error: &Unread) -> LocalizedText {
    let bytes = without_mark(bytes);
    if bytes.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0) {
        return texts::file_empty().text();
    }
    if [&b"\xFF\xFE"[..], b"\xFE\xFF", b"{\0", b"\0{"].iter().any(|start| bytes.starts_with(start)) {
        return texts::file_saved_utf_16().text();
    }
    let error = match error {
        Unread::Twice(path) => return texts::stands_twice_3(path).text(),
        Unread::Json(error) => error,
    };
    let (line, column) = (error.line(), error.column());
    match error.classify() {
        Category::Eof => texts::file_cut_off_ends(&line).text(),
        Category::Syntax if !begins(bytes) => texts::no_json().text(),
        Category::Syntax => texts::from_line_column_cannot(&line, &column).text(),
        Category::Data | Category::Io => other(bytes, wanted),
    }
}

/// Whether it begins as all that this program writes for itself.
fn begins(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{")
}

fn other(bytes: &[u8], wanted: Kind) -> LocalizedText {
    let document: BTreeMap<String, IgnoredAny> = serde_json::from_slice(bytes).unwrap_or_default();
    let is = |kind: &Kind| kind.keys().iter().all(|key| document.contains_key(*key));
    match Kind::ALL.into_iter().find(is) {
        Some(kind) if kind == wanted => texts::another_version_wrote_altered().text(),
        Some(kind) => texts::looks_like(&kind.words()).text(),
        None => texts::something_else_2().text(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Earlier, Roll};

    #[test]
    fn a_file_of_another_version_is_not_called_something_else() {
        let refused = Earlier::read(br#"{"by_school": [], "by_rule": []}"#).expect_err("no report").text();
        assert!(refused.zh.contains("写出它的是别的版本,或者改过"), "{refused:?}");
    }

    #[test]
    fn whatever_else_comes_is_named_in_words() {
        let cases: [(&[u8], &str, &str); 12] = [
            (b"", "文件是空的", "the file is empty"),
            (b"\xEF\xBB\xBF \n", "文件是空的", "the file is empty"),
            (b"{\"pack\": {\n\"id\": \"a", "到第 2 行就断了", "ends in line 2"),
            (b"{\"pack\": }", "从第 1 行第 10 列起读不懂", "from line 1, column 10"),
            (b"PK\x03\x04", "里面不是 JSON", "there is no JSON"),
            ("标识码,名称".as_bytes(), "里面不是 JSON", "there is no JSON"),
            (b"\xFF\xFE{\0}\0", "另存成了 UTF-16", "saved as UTF-16"),
            (b"\0{\0}", "另存成了 UTF-16", "saved as UTF-16"),
            (b"{\"a\": 1, \"a\": 2}", "`/a` 写了两次", "`/a` stands there twice"),
            (br#"{"subject": {}, "rules": []}"#, "它像是一所学校的报告", "it looks like a school's report"),
            ("{\"规则集\": \"a@1\"}".as_bytes(), "它像是填报的内容", "somebody filled in"),
            (b"[]", "是别的文件", "it is something else"),
        ];
        for (bytes, zh, en) in cases {
            for words in [Earlier::read(bytes).err(), Roll::read(bytes).err()] {
                let words = words.expect("a refusal").text();
                assert!(words.zh.contains(zh) && words.en.contains(en), "{words:?}");
                for serde in ["expected", "missing field", "EOF", "invalid"] {
                    assert!(!words.zh.contains(serde), "{words:?}");
                }
            }
        }
    }
}
