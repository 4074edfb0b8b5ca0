//! Parses a file piece by piece, so that a syntax error in one declaration never hides those in the next.

use std::borrow::Cow;
use std::cell::OnceCell;

use pest::Parser as _;
use pest::error::InputLocation;

use crate::ast::File;
use crate::from_pairs::Builder;
use crate::keywords::DECLARATIONS;
use crate::{blanks, messages, scan};
use bulou_base::limits;
use bulou_base::source::{SourceId, Span, is_doubtful_end};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::texts;

#[allow(missing_docs, reason = "the derived names are the grammar's, which documents them")]
mod generated {
    /// The parser that pest makes of the grammar.
    #[derive(pest_derive::Parser)]
    #[grammar = "../../grammar/bulou.pest"]
    pub struct Grammar;
}

pub(crate) use generated::{Grammar, Rule};

/// Parses one rule file. Declarations with an error are left out of the tree, and the rest of the file goes on.
///
/// ```
/// use bulou_base::source::SourceId;
/// let (file, diagnostics) = bulou_syntax::parse(SourceId(0), "选项 部位 { 大门, 围墙 }");
/// assert_eq!(file.declarations.len(), 1);
/// assert!(diagnostics.is_empty());
/// ```
#[must_use]
pub fn parse(source: SourceId, text: &str) -> (File, Vec<Diagnostic>) {
    build(Builder::new(source), text)
}

/// The same with every span empty, so that two trees are equal when they say the same, however they are laid out.
///
/// ```
/// let tree = |text| bulou_syntax::parse_unplaced(text).0;
/// assert_eq!(tree("选项 部位 { 大门, 围墙 }"), tree("options 部位 {\n  大门、围墙,\n}  # 周边"));
/// ```
#[must_use]
pub fn parse_unplaced(text: &str) -> (File, Vec<Diagnostic>) {
    build(Builder { placed: false, ..Builder::new(SourceId::default()) }, text)
}

fn build(mut builder: Builder, text: &str) -> (File, Vec<Diagnostic>) {
    let source = builder.source;
    if text.len() > limits::RULE_FILE_BYTES {
        let span = Span { source, start: 0, end: 0 };
        let megabytes = limits::RULE_FILE_BYTES / 1024 / 1024;
        builder.diagnostics.push(Diagnostic::new(
            Code::Nesting,
            span,
            texts::rule_file_larger_than(&megabytes).text(),
            texts::split_into_several_files().text(),
        ));
        return (File::default(), builder.diagnostics);
    }
    let mut file = File::default();
    let (text, doubtful) = one_kind_of_line_end(source, text);
    builder.diagnostics.extend(doubtful);
    let names = OnceCell::new();
    for (start, chunk) in chunks(&text) {
        builder.base = start;
        let found = scan::scan(source, start, chunk);
        let blocked = found.iter().any(|found| !matches!(found.code, Code::LookAlike | Code::Unseen));
        builder.diagnostics.extend(found);
        if blocked {
            file.left_out = true;
            file.names_missing |= gives_names(chunk);
            continue;
        }
        match Grammar::parse(Rule::chunk, chunk) {
            Ok(pairs) => file.declarations.extend(builder.chunk(pairs)),
            Err(error) => {
                let at = match error.location {
                    InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
                };
                file.left_out = true;
                file.names_missing |= gives_names(chunk);
                let is_known = |name: &str| names.get_or_init(|| blanks::names(&text)).contains(name);
                let found = messages::syntax_error((source, start), chunk, at, &error.variant, &is_known);
                builder.diagnostics.push(found);
            }
        }
    }
    (file, builder.diagnostics)
}

/// The text with every character that may end a line doing so, in as many bytes, and what is wrong with these: where one
/// program sees a comment go on, another sees a rule.
fn one_kind_of_line_end(source: SourceId, text: &str) -> (Cow<'_, str>, Option<Diagnostic>) {
    let alone = |at: usize, c: char| c == '\r' && !text.get(at + 1..).is_some_and(|rest| rest.starts_with('\n'));
    let mut found = text.char_indices().filter(|(at, c)| is_doubtful_end(*c) || alone(*at, *c));
    let Some((at, first)) = found.next() else { return (text.into(), None) };
    let (count, code) = (found.count() + 1, format!("U+{:04X}", u32::from(first)));
    let start = u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span { source, start, end: start.saturating_add(u32::try_from(first.len_utf8()).unwrap_or_default()) };
    let message = texts::some_programs_take_here(&code, &count).text();
    let help = texts::use_ordinary_line_ends().text();
    let mut plain = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if is_doubtful_end(c) || alone(at, c) {
            plain.push('\n');
            plain.extend(std::iter::repeat_n(' ', c.len_utf8() - 1));
        } else {
            plain.push(c);
        }
    }
    let diagnostic = Diagnostic::new(Code::LineEnd, span, message, help).with_fix(Some(Fix::new(span, "\n")));
    (plain.into(), Some(diagnostic))
}

/// Cuts a text at each line that begins with a declaration keyword and a space; what stands before the first is a
/// piece as well.
pub fn chunks(text: &str) -> Vec<(usize, &str)> {
    let mut starts = vec![0];
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if offset > 0 && begins_declaration(line) {
            starts.push(offset);
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).filter_map(|(start, end)| Some((start, text.get(start..end)?))).collect()
}

fn begins_declaration(line: &str) -> bool {
    DECLARATIONS.iter().any(|keyword| {
        line.strip_prefix(keyword).is_some_and(|rest| {
            rest.starts_with(char::is_whitespace) && !rest.trim_start().starts_with([':', '\u{FF1A}'])
        })
    })
}

/// Whether the declaration that a piece holds can be referred to by others.
fn gives_names(chunk: &str) -> bool {
    !["规则", "rule", "不查", "uncheckable", "断言", "assert"]
        .iter()
        .any(|keyword| chunk.strip_prefix(keyword).is_some_and(|rest| rest.starts_with(char::is_whitespace)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::Declaration;

    fn codes(text: &str) -> Vec<&'static str> {
        parse(SourceId(0), text).1.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
    }

    #[test]
    fn errors_do_not_hide_one_another() {
        let text = "选项 甲 { a }\n规则 乙 {\n  要求 且\n}\n选项 丙 { b }\n规则 丁 {\n  要求 (有 x\n}\n选项 戊 { c }\n";
        let (file, diagnostics) = parse(SourceId(0), text);
        assert_eq!(file.declarations.len(), 3);
        let lines = bulou_base::source::Lines::of(text);
        let lines: Vec<usize> = diagnostics.iter().map(|d| lines.number(d.primary.span.start as usize)).collect();
        assert_eq!(lines, [3, 7]);
    }

    #[test]
    fn both_keyword_languages_and_full_width_marks_parse() {
        assert_eq!(codes("规则 甲 “标题” {\n 要求 每个 隐患【有 期限】 满足 (数量(x) ≥ 1 且 y = 2)\n}"), [""; 0]);
        assert_eq!(codes("rule a \"t\" { requires every L [has x] satisfies (count(x) >= 1 and y = 2) }"), [""; 0]);
    }

    #[test]
    fn the_words_of_a_sum_hold_the_parentheses_of_its_operands() {
        for text in ["(a 缺省 0) - 1", "2 * (a - 1)", "(a - 1) 整除 (b + 1)", "((a)) + 1 + (b)"] {
            let source = format!("定义 甲 = {text}");
            let (file, _) = parse(SourceId(0), &source);
            let Some(Declaration::Define(define)) = file.declarations.first() else { panic!("a definition") };
            let span = define.value.span;
            assert_eq!(source.get(span.start as usize..span.end as usize), Some(text));
        }
    }

    #[test]
    fn dates_have_two_notations_and_near_ones_say_so() {
        assert_eq!(codes("参数 甲: 日期 = 2022-06-24"), [""; 0]);
        assert_eq!(codes("参数 甲: 日期 = 2022年6月24日"), [""; 0]);
        assert_eq!(codes("参数 甲: 日期 = 2022-6-24"), ["E003"]);
        assert_eq!(codes("参数 甲: 日期 = 2022-02-30"), ["E003"]);
    }

    #[test]
    fn a_comment_in_the_head_of_a_table_is_no_part_of_a_name() {
        let (file, _) = parse_unplaced("表 甲(a: 整数) -> 整数 {\n | a # 说明\n | 结果 |\n | 任意 | 1 |\n}");
        let [Declaration::Table(table)] = file.declarations.as_slice() else { panic!("{file:?}") };
        assert_eq!(table.header.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(), ["a", "结果"]);
    }

    #[test]
    fn numbers_that_do_not_fit_and_nesting_are_refused() {
        assert_eq!(codes("参数 甲: 整数 = 99999999999999999999"), ["E004"]);
        let deep = format!("定义 甲 = {}1{}", "(".repeat(10_000), ")".repeat(10_000));
        assert_eq!(codes(&deep), ["E005"]);
        let deep = format!("定义 甲 = {}1{}", "(".repeat(30), ")".repeat(30));
        assert_eq!(codes(&deep), [""; 0]);
    }

    #[test]
    fn every_prefix_of_a_pack_is_answered() {
        let text = "规则集 a-b \"t\" { 版本 1.0 施行 2022-06-24 }\n规则 甲 \"乙\" { 依据 会议 \"x\" 要求 若 a 则 b 须在 c 起 3日 内 不符 \"{编号}\" }\n";
        for (at, _) in text.char_indices() {
            let _ = parse(SourceId(0), text.get(..at).unwrap_or_default());
        }
    }
}
