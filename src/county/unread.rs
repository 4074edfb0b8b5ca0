//! A file that contributes nothing, and the schools that it may be of.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{Digest, projection, whole};
use bulou_document::encoding::utf16;
use bulou_document::normalize::{is_ignored, normal};
use bulou_document::shape::{Field, Shape};
use bulou_document::types::Domain;
use bulou_document::{field_label, text};
use bulou_syntax::built_in::Format;

/// A file that could not be read, or that names no school.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// The file.
    pub name: Box<str>,
    /// Over its bytes, where there are any: the same file twice is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<Digest>,
    /// Why.
    pub message: Box<str>,
    /// What its name or its text holds that may be the 标识 of a school.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub codes: BTreeSet<Box<str>>,
    /// What the school calls itself there, where that can be read.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub school: Box<str>,
    /// Whether it may be a school's document: all are, but what is surely something else.
    pub of_school: bool,
    /// What county rules use of a document that lacks nothing but a 标识: which school's it is, is unknown to them.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "projection::json_option")]
    pub kept: Option<Box<str>>,
}

/// A file as it came in.
pub(super) struct Source<'d> {
    pub name: &'d str,
    pub sha256: Option<Digest>,
    pub bytes: &'d [u8],
}

/// How much of a file is looked through, and how many codes are taken from it.
const LOOKED_AT: usize = 1 << 20;
const CODES: usize = 32;

impl Unread {
    pub(super) fn new(shape: &Shape, source: &Source<'_>, message: &str) -> Self {
        let (name, sha256) = (source.name.into(), source.sha256);
        let message = message.into();
        Self { name, sha256, message, codes: codes(shape, source), of_school: true, ..Self::default() }
    }

    /// What may be the 名称 of its school, in the normal form.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        std::iter::once(normal(&self.school).into_owned()).chain(names(&self.name))
    }

    /// A file of which only the name is known, with the reason for people.
    #[must_use]
    pub fn unopened(shape: &Shape, name: &str, message: &str) -> Self {
        Self::new(shape, &Source { name, sha256: None, bytes: b"" }, message)
    }
}

/// What may be a school's 名称 in a file's name and those of its folders: each whole, the words between signs, and what
/// begins where a name may - `2022东关小学`, `城关镇东关小学自查表` - in the normal form.
pub(super) fn names(file: &str) -> impl Iterator<Item = String> {
    let steps: Vec<String> = whole(file).split(['/', '\\']).map(str::to_owned).collect();
    steps.into_iter().flat_map(|step| {
        let stem = step.rsplit_once('.').map_or(step.as_str(), |(stem, _)| stem);
        let words =
            step.split(|c: char| !c.is_alphanumeric()).flat_map(|word| std::iter::once(word).chain(within_word(word)));
        words.chain([stem, &step]).map(|word| normal(word).into_owned()).collect::<BTreeSet<_>>()
    })
}

/// No more beginnings are looked for in a word, and no longer names behind them, in characters.
const BEGINNINGS: usize = 8;
const NAME: std::ops::RangeInclusive<usize> = 3..=30;

/// Parts of a word that begin with it, behind a number or Latin letters, or behind the name of a town.
fn within_word(word: &str) -> impl Iterator<Item = &str> {
    let mut before = None;
    let begins = word.char_indices().filter_map(move |(at, c)| {
        let behind = before.replace(c);
        let begins = behind.is_none_or(|other: char| {
            other.is_ascii() && !c.is_ascii() || matches!(other, '镇' | '乡' | '县' | '区' | '市' | '道' | '办')
        });
        begins.then_some(at)
    });
    begins.take(BEGINNINGS).filter_map(|at| word.get(at..)).flat_map(|rest| {
        let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).enumerate();
        ends.filter(|(count, _)| NAME.contains(count)).filter_map(|(_, end)| rest.get(..end))
    })
}

/// Words of a file's name and that name whole, and of its text what stands at the key of the 标识 or has the format of one. Nothing else
/// of a text is taken: it may hold what nobody may repeat.
fn codes(shape: &Shape, source: &Source<'_>) -> BTreeSet<Box<str>> {
    let Some(field) = shape.identity.as_ref().and_then(|path| field_label(shape, 0, path.slot)) else {
        return BTreeSet::new();
    };
    let format = if let Domain::Text(format) = field.kind.domain() { format } else { None };
    let fits = |word: &Cow<'_, str>| match format {
        Some(format) => text::format(format, word).is_none(),
        None => word.len() > 1,
    };
    let mut found = BTreeSet::new();
    let mut add = |codes: &mut dyn Iterator<Item = Cow<'_, str>>| {
        found.extend(codes.filter(fits).take(CODES).map(Box::<str>::from));
    };
    let stem = Path::new(source.name).file_stem().unwrap_or_default().to_string_lossy();
    // Letters may adjoin digits that are one: `IMG2141000346.jpg`.
    let digits =
        |word: Cow<'_, str>| word.split(|c: char| !c.is_ascii_digit()).map(|run| Cow::from(run.to_owned())).collect();
    let runs = words(source.name).flat_map::<Vec<Cow<'_, str>>, _>(digits);
    add(&mut words(source.name).chain([normal(&stem)]).chain(runs));
    let looked_at = source.bytes.get(..LOOKED_AT).unwrap_or(source.bytes);
    let text = within(source.bytes).or_else(|| match looked_at.contains(&0) {
        // In what is no text, a code would be there by chance.
        true => utf16(looked_at),
        false => Some(String::from_utf8_lossy(looked_at).into()),
    });
    if let Some(text) = text.map(unescaped) {
        if matches!(format, Some(Format::SchoolCode | Format::CreditCode)) {
            add(&mut words(&text));
        }
        found.extend(at_key(&text, field).map(Box::<str>::from));
    }
    found
}

/// The texts within a workbook or an archive, as far as they can still be unpacked.
#[cfg(feature = "xlsx")]
fn within(bytes: &[u8]) -> Option<String> {
    Some(bulou_sheets::archive::text(bytes, LOOKED_AT)).filter(|text| !text.is_empty())
}

/// What cannot be opened says nothing.
#[cfg(not(feature = "xlsx"))]
fn within(_: &[u8]) -> Option<String> {
    None
}

/// A text in which programs wrote characters by their numbers, as `\u6807`.
fn unescaped(text: String) -> String {
    let mut parts = text.split("\\u");
    let mut out = parts.next().unwrap_or_default().to_owned();
    if out.len() == text.len() {
        return text;
    }
    for part in parts {
        let unit = part.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        match unit {
            Some(c) => out.extend([c.to_string().as_str(), part.get(4..).unwrap_or_default()]),
            None => out.extend(["\\u", part]),
        }
    }
    out
}

/// Letters and digits, as wide as they may be, in the normal form by which codes are compared.
fn words(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split(|c| !of_code(c)).filter(|word| !word.is_empty()).map(normal).filter(|word| !word.is_empty())
}

/// Whether a character may stand in a code: an ASCII letter or digit, in full width too, or what nobody sees.
fn of_code(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ') || is_ignored(c)
}

/// The texts that stand at a field's key, as JSON writes them.
fn at_key<'t>(text: &'t str, field: &Field) -> impl Iterator<Item = Cow<'t, str>> {
    let key = serde_json::Value::from(field.name.as_str()).to_string();
    let value = |rest: &'t str| {
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        // A code that is written as a number is one all the same.
        let value = match rest.strip_prefix('"') {
            Some(rest) => rest.split_once('"')?.0,
            None => rest.get(..rest.find(|c: char| !c.is_ascii_digit())?)?,
        };
        Some(normal(value)).filter(|value| !value.is_empty() && value.len() <= 64)
    };
    let starts: Vec<usize> = text.match_indices(&key).map(|(at, _)| at + key.len()).take(CODES).collect();
    starts.into_iter().filter_map(move |at| value(text.get(at..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bulou_pack::{Files, load};

    fn shape(format: &str) -> Shape {
        let text = format!(
            "规则集 a \"甲\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n数据 学校 {{\n  标识 标识码\n  标识码: 文本 {format}\n}}\n\
             规则 甲 \"甲\" {{ 依据 文 要求 有 标识码 }}\n"
        );
        load(&Files([("a.bulou".to_owned(), text.into_bytes())].into())).rules.expect("a pack").shape
    }

    #[test]
    fn a_school_s_name_is_found_in_a_file_s_name_where_it_may_begin() {
        let has = |file: &str| names(file).any(|name| name == "东关小学");
        for file in [
            "东关小学.docx",
            "东关小学1.docx",
            "东关小学20220628.docx",
            "2022东关小学.docx",
            "东关小学补充.docx",
            "城关镇东关小学自查表.docx",
            "IMG东关小学final.jpg",
            "东关小学材料/自查.docx",
            "报送-东关小学(6月).pdf",
        ] {
            assert!(has(file), "{file}");
        }
        for file in ["第一东关小学.pdf", "新东关小学.pdf", "东关小.pdf", "关小学.pdf"] {
            assert!(!has(file), "{file}");
        }
    }

    #[test]
    fn a_code_is_found_in_a_name_and_in_a_text_and_nothing_else_is_taken() {
        let codes = |format, name, bytes: &[u8]| -> Vec<String> {
            let found = codes(&shape(format), &Source { name, sha256: None, bytes });
            found.into_iter().map(Into::into).filter(|code: &String| code != "json").collect()
        };
        let wide: Vec<u8> = "\u{FEFF}{\"标识码\": \"2141000345\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(codes("格式 学校标识码", "a.json", &wide), ["2141000345"]);
        let broken =
            "{\"标识码\" : \"2141000345\", \"电话\": \"13803791234\", \"身份证号\": \"410305201302030011\"".as_bytes();
        assert_eq!(codes("格式 学校标识码", "东关.json", broken), ["2141000345"]);
        assert_eq!(codes("", "东关.json", broken), ["2141000345", "东关"]);
        let csv = "标识码,名称\n2141000346,北关小学".as_bytes();
        assert_eq!(codes("格式 学校标识码", "a.csv", csv), ["2141000346"]);
        assert_eq!(codes("格式 学校标识码", "镇/2141000347-2022-06-28-1a2b.xlsx", b"PK\0 2141000346"), ["2141000347"]);
        assert_eq!(codes("格式 学校标识码", "IMG2141000348.jpg", b"x"), ["2141000348"]);
        assert_eq!(codes("", "东关.json", b"\"12345\" 99999"), ["东关"]);
        for (name, code) in
            [("S13.json", "S13"), ("S-13.xlsx", "S-13"), ("镇/甲13.json", "甲13"), ("报 Ｓ13 校.xls", "S13")]
        {
            assert!(codes("", name, b"").contains(&code.to_owned()), "{name}");
        }
        let escaped = br#"{"\u6807\u8bc6\u7801": "S\u0031", "x": "\u"#;
        assert_eq!(codes("", "x", escaped), ["S1"]);
        assert_eq!(codes("", "x", "{\"标识码\": 2141000345, \"好\"".as_bytes()), ["2141000345"]);
        let two = [&b"\"\xE6\xA0"[..], "\"标识码\": \"甲1\", \"标识码\": 5, \"标识码\": \"".as_bytes()].concat();
        assert_eq!(codes("", "x", &two), ["5", "甲1"]);
    }
}
