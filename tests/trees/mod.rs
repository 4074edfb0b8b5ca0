//! Trees of every construct of the language, with names and texts that are awkward to write.

mod declarations;
mod expressions;

use bulou_base::date::{self, Date};
use bulou_base::source::Span;
use bulou_syntax::ast::{Effective, File, Name, Str};
use proptest::prelude::*;

pub use declarations::declaration;

/// Names: plain ones, words of the language in both of its spellings, and text that is no identifier.
const NAMES: [&str; 26] = [
    "甲",
    "部位",
    "隐患2",
    "_x",
    "日期",
    "数据",
    "规则",
    "source",
    "title",
    "标识",
    "说明",
    "任意",
    "any",
    "汇总",
    "fold",
    "或",
    "or",
    "有",
    "true",
    "至",
    "月",
    "days",
    "a b",
    "3号",
    "一、二",
    "#",
];
const TEXTS: [&str; 8] = ["", "一", "两样 都要", "他说“好”,走了", "有 \"引号\"", "# 不是注释", "{编号} }", "a|b`c"];

pub fn name() -> impl Strategy<Value = Name> {
    prop::sample::select(&NAMES[..]).prop_map(named)
}

pub fn named(text: &str) -> Name {
    Name { text: text.into(), span: Span::default() }
}

pub fn text() -> impl Strategy<Value = Str> {
    prop::sample::select(&TEXTS[..]).prop_map(|text| Str { text: text.into(), span: Span::default() })
}

pub fn day() -> impl Strategy<Value = Date> {
    (date::YEARS, 1..=12, 1..=28).prop_map(|(year, month, day)| date::new(year, month, day).expect("a day"))
}

pub fn effective() -> impl Strategy<Value = Effective> {
    (day(), prop::option::of(day())).prop_map(|(from, until)| Effective { from, until, span: Span::default() })
}

pub fn file() -> impl Strategy<Value = File> {
    prop::collection::vec(declaration(), 0..4).prop_map(|declarations| File { declarations, ..File::default() })
}
