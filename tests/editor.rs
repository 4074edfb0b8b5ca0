//! The services for editors, on the campus-safety pack and on small ones.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test reads its files and fails by panic"
)]

mod packs_support;

use bulou_editor::{Completion, CompletionKind, Editor, TextEdit, TokenKind};
use bulou_messages::diagnostic::Lang;
use packs_support::files;

const PACK: &str = "规则集 a \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"来源\"\n选项 部位 { 大门, 厕所 }\n\
记录 隐患项 {\n  编号: 文本 \"隐患编号\" 唯一 说明 \"照台账\"\n  部位: 部位\n  措施: 文本?\n  期限: 日期? 计划\n}\n\
数据 学校 {\n  标识 代码\n  代码: 文本\n  人数: 整数 单位 \"人\"\n  完成日期: 日期 已发生\n  隐患: [隐患项]\n}\n\
参数 下限: 整数 = 3 \"最少\"\n定义 门口 = 隐患[部位 = 大门]\n";

/// An editor with the small pack and a rule file, and the offset of `|` in it, or of `‸` where there is one.
fn open(rule: &str) -> (Editor, u32) {
    let mark = if rule.contains('‸') { '‸' } else { '|' };
    let at = rule.find(mark).expect("a cursor");
    let mut editor = Editor::default();
    editor.set("a.bulou", PACK);
    editor.set("source/text.txt", "按时完成。隐患一个不漏。再说一遍。");
    editor.set("规则.bulou", &rule.replacen(mark, "", 1));
    (editor, u32::try_from(rule[..at].encode_utf16().count()).unwrap())
}

fn complete(rule: &str) -> Vec<Completion> {
    let (mut editor, at) = open(rule);
    editor.complete("规则.bulou", at, Lang::Zh)
}

fn labels(rule: &str) -> Vec<String> {
    complete(rule).into_iter().map(|item| item.label).collect()
}

fn has(labels: &[String], wanted: &[&str]) -> bool {
    wanted.iter().all(|wanted| labels.iter().any(|label| label == wanted))
}

fn hover(rule: &str) -> String {
    let (mut editor, at) = open(rule);
    editor.hover("规则.bulou", at, Lang::Zh).map(|hover| hover.markdown).unwrap_or_default()
}

fn apply(editor: &mut Editor, edits: &[TextEdit]) {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range));
    for edit in edits {
        let text: Vec<u16> = editor.text(&edit.file).expect("the file").encode_utf16().collect();
        let (start, end) = (edit.range.start as usize, edit.range.end as usize);
        let new = [&text[..start], &edit.text.encode_utf16().collect::<Vec<_>>(), &text[end..]].concat();
        editor.set(&edit.file, &String::from_utf16(&new).unwrap());
    }
}

#[test]
fn names_in_scope_come_with_their_types_and_those_that_fit_first() {
    let found = complete("规则 甲 {\n  依据 文 \"按时完成\"\n  要求 |\n}\n");
    let field = found.iter().find(|item| item.label == "人数").expect("a field of the document");
    assert_eq!((field.kind, field.detail.as_str()), (CompletionKind::Field, "数(人)"));
    let param = found.iter().find(|item| item.label == "下限").expect("a parameter");
    assert_eq!((param.kind, param.detail.as_str()), (CompletionKind::Param, "数 · 最少"));
    let all = labels("规则 甲 {\n  要求 |\n}\n");
    assert!(has(&all, &["隐患", "完成日期", "门口", "数量", "每个", "有", "今天"]), "{all:?}");
    assert!(!has(&all, &["措施"]) && !has(&all, &["大门"]) && !has(&all, &["规则"]), "{all:?}");
    let dates = labels("规则 甲 {\n  要求 完成日期 ≥ |\n}\n");
    assert_eq!(dates[0], "完成日期", "{dates:?}");
}

#[test]
fn an_elements_fields_are_in_scope_in_quantifiers_and_filters() {
    for rule in [
        "规则 甲 {\n  要求 每个 隐患 满足 有 |\n}\n",
        "规则 甲 {\n  要求 数量(隐患[有 |",
        "规则 甲 {\n  要求 存在 隐患 满足 (措施 = \"a\" 或 |",
        "规则 甲 {\n  适用 坏 坏\n  要求 每个 隐患 满足 |",
        "规则 甲 {\n  要求 每个 隐患 满足 有 措施 不符 \"缺 {|\"\n}\n",
        "规则 甲 {\n  要求 每个 隐患 记作 x 满足 有 x.|\n}\n",
        "规则 甲 {\n  要求 隐患.|\n}\n",
    ] {
        let found = labels(rule);
        assert!(has(&found, &["编号", "措施", "期限"]), "{rule}: {found:?}");
    }
    let item = complete("规则 甲 {\n  要求 每个 隐患 满足 有 编|\n}\n").remove(0);
    assert_eq!((item.label.as_str(), item.detail.as_str()), ("编号", "文本 · 隐患编号"));
    assert_eq!((item.documentation.as_str(), item.range.end - item.range.start), ("照台账", 1));
}

#[test]
fn options_stand_first_where_one_is_expected() {
    let found = labels("规则 甲 {\n  要求 每个 隐患 满足 部位 = |\n}\n");
    assert_eq!(found[..2], ["大门", "厕所"], "{found:?}");
    let found = labels("规则 甲 {\n  要求 每个 隐患 满足 部位 属于 {大门, |\n");
    assert_eq!(found[..2], ["大门", "厕所"], "{found:?}");
    let cell = labels("表 甲(丙: 部位) -> 整数 {\n  | 丙 | 结果 |\n  | ‸\n}\n");
    assert!(has(&cell, &["大门", "任意"]), "{cell:?}");
    assert!(has(&labels("规则 甲 {\n  要求 全部 |\n"), &["部位"]));
    assert_eq!(labels("规则 甲 {\n  严重 |\n}\n")[..4], ["重大", "较大", "一般", "提示"]);
}

#[test]
fn declarations_offer_types_clauses_and_attributes() {
    let types = labels("记录 新 {\n  甲: |\n}\n");
    assert!(has(&types, &["文本", "日期", "部位", "隐患项"]), "{types:?}");
    let attributes = labels("记录 新 {\n  甲: 文本 |\n}\n");
    assert!(has(&attributes, &["唯一", "敏感", "说明"]), "{attributes:?}");
    let clauses = labels("规则 甲 {\n  要求 有 完成日期\n  |\n}\n");
    assert!(has(&clauses, &["依据", "整改", "不符", "且"]), "{clauses:?}");
    assert!(has(&labels("|"), &["规则", "参数", "不查"]));
    assert!(has(&labels("规则 甲 {\n  要求 完成日期 须在 下限 起 3日 |\n}\n"), &["内"]));
    assert_eq!(labels("规则 甲 {\n  要求 完成日期 须在 完成日期 qi|\n}\n"), [""; 0]);
    assert!(has(&labels("rule a {\n  requires ever|\n}\n"), &["every"]));
    assert_eq!(labels("规则 甲 { # 注释 |\n}\n"), [""; 0]);
}

#[test]
fn a_citation_offers_the_sources_and_then_what_nothing_cites_yet() {
    let sources = labels("规则 甲 {\n  依据 |\n}\n");
    assert!(has(&sources, &["文"]), "{sources:?}");
    let quotes = complete("规则 乙 {\n  依据 文 \"按时完成\"\n  依据 文 |\n  要求 有 完成日期\n}\n");
    let quotes = quotes.iter().filter(|item| item.kind == CompletionKind::Quote);
    let inserted: Vec<&str> = quotes.map(|item| item.insert.as_str()).collect();
    assert_eq!(inserted, ["\"隐患一个不漏\"", "\"再说一遍\""]);
    let typed = complete("规则 乙 {\n  依据 文 \"再|\n  要求 有 完成日期\n}\n");
    assert_eq!(typed.iter().map(|item| item.insert.as_str()).collect::<Vec<_>>(), ["\"再说一遍\""]);
    let closed = complete("不查 文 \"再|啊\" 理由 \"无数据可证\"\n").remove(0);
    assert_eq!(closed.range.end - closed.range.start, 4);
}

#[test]
fn hover_tells_type_unit_label_and_where_a_name_is_declared() {
    let text = hover("规则 甲 {\n  要求 每个 隐患 满足 有 编|号\n}\n");
    for words in ["**编号**", "`文本`", "隐患编号", "照台账", "`隐患项`", "a.bulou:5"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(hover("规则 甲 {\n  要求 人|数 ≥ 下限\n}\n").contains("单位:人"));
    assert!(hover("规则 甲 {\n  要求 每个 隐患 记作 x 满足 有 |x.编号\n}\n").contains("隐患项"));
    assert!(hover("规则 甲 {\n  要求 数量(门|口) > 1\n}\n").contains("[隐患项]"));
    assert!(hover("规则 甲 {\n  要求 每|个 隐患 满足 有 编号\n}\n").contains("`every`"));
    assert!(hover("规则 |甲 \"标题\" {\n  依据 文 \"按时完成\"\n  要求 有 完成日期\n}\n").contains("> 按时完成"));
    assert_eq!(hover("规则 甲 {\n  要求 有 没有的|名称\n}\n"), "");
}

#[test]
fn what_a_pack_says_is_no_markdown() {
    let text = hover(
        "规则 |甲 \"![x](http://evil.example/a.png) <img src=x> `\u{202e}\" {\n  依据 文 \"按时完成\"\n  要求 有 完成日期\n}\n",
    );
    assert!(text.contains("evil.example") && !text.contains("](") && !text.contains('<'), "{text}");
    assert!(!text.contains('\u{202e}') && !text.contains('`'), "{text}");
}

#[test]
fn a_name_leads_to_its_declaration_and_to_all_its_uses() {
    let (mut editor, at) = open("规则 甲 {\n  要求 每个 隐患 满足 有 |措施 不符 \"{编号}没有{措施}\"\n}\n");
    let declared = editor.definition("规则.bulou", at);
    assert_eq!((declared.len(), declared[0].file.as_str()), (1, "a.bulou"));
    assert_eq!(editor.references("规则.bulou", at, true).len(), 3);
    assert_eq!(editor.references("规则.bulou", at, false).len(), 2);
}

#[test]
fn a_rename_reaches_every_file_and_message_and_refuses_what_would_clash() {
    let rule = "规则 甲 {\n  依据 文 \"按时完成\"\n  要求 每个 隐患 满足 有 |措施 不符 \"{编号}没有{措施}\"\n}\n";
    let (mut editor, at) = open(rule);
    let before = editor.problems(Lang::Zh).len();
    assert_eq!(editor.renamable("规则.bulou", at).map(|(_, name)| name).as_deref(), Some("措施"));
    let edits = editor.rename("规则.bulou", at, "整改措施").expect("a rename");
    assert_eq!(edits.len(), 3);
    apply(&mut editor, &edits);
    assert!(editor.text("规则.bulou").unwrap().contains("{编号}没有{整改措施}"));
    assert!(editor.text("a.bulou").unwrap().contains("整改措施: 文本?"));
    assert_eq!(editor.problems(Lang::Zh).len(), before);

    let (mut editor, at) = open(rule);
    assert!(editor.rename("规则.bulou", at, "编号").is_err(), "the record has this field");
    assert!(editor.rename("规则.bulou", at, "人数").is_err(), "it would mean two things in the rule");
    assert!(editor.rename("规则.bulou", at, " ").is_err());
    let edits = editor.rename("规则.bulou", at, "满足").expect("a reserved word between backticks");
    assert!(edits.iter().all(|edit| edit.text == "`满足`"));
}

#[test]
fn an_option_is_renamed_in_quotation_marks_too() {
    let (mut editor, at) = open("规则 甲 {\n  要求 存在 隐患 满足 部位 = \"大|门\" 且 部位 ≠ 厕所\n}\n");
    let edits = editor.rename("规则.bulou", at, "正门").expect("a rename");
    let texts: Vec<&str> = edits.iter().map(|edit| edit.text.as_str()).collect();
    assert_eq!(texts, ["正门", "正门", "\"正门\""]);
}

/// Each fault has the fix that mends it, and nothing else is wrong afterwards.
#[test]
fn fixes_mend_what_they_are_for() {
    for (wrong, right) in [
        ("要求 有 完成日起", "要求 有 完成日期"),
        ("要求 每个 隐患 满足 有措施", "要求 每个 隐患 满足 有 措施"),
        ("要求 每个 隐患 满足 有 措旋", "要求 每个 隐患 满足 有 措施"),
        ("要求 存在 隐患 满足 部位 = 大们", "要求 存在 隐患 满足 部位 = 大门"),
        ("要求 每个 隐患 满足 期限 ≥ 今天", "要求 每个 隐患 满足 有 期限 且 期限 ≥ 今天"),
        ("要求 每个 隐患 满足 非 期限 ≥ 今天", "要求 每个 隐患 满足 有 期限 且 非 期限 ≥ 今天"),
        ("要求 数量(隐患[期限 < 今天]) = 0", "要求 数量(隐患[有 期限 且 期限 < 今天]) = 0"),
        ("要求 最晚(隐患.期限) 缺省 今天 ≥ 今天", "要求 最晚(隐患[有 期限].期限) 缺省 今天 ≥ 今天"),
        ("要求 完成日期 须在 2022-6-24 前", "要求 完成日期 须在 2022-06-24 前"),
        ("要求 人数 == 3", "要求 人数 = 3"),
        ("要求 人数 不满100", "要求 人数 不满 100"),
        ("要求 人数 = 3 && 有 完成日期", "要求 人数 = 3 且 有 完成日期"),
        ("要求 今天 - 完成日期 ≤ 31", "要求 今天 - 完成日期 ≤ 31日"),
        ("要求 (人数 缺省 0) > 3", "要求 (人数) > 3"),
        ("严重 重太\n  要求 有 完成日期", "严重 重大\n  要求 有 完成日期"),
    ] {
        let rule = |clause: &str| format!("规则 甲 {{|\n  依据 文 \"按时完成\"\n  {clause}\n}}\n");
        let (mut editor, _) = open(&rule(wrong));
        let own = |editor: &mut Editor| {
            let mut found = editor.problems(Lang::Zh);
            // That the day of a deadline must be filled in is no fault of the rule.
            found.retain(|problem| {
                problem.location.file == "规则.bulou" && problem.code != "W119" && problem.code < "W131"
            });
            found
        };
        let problems = own(&mut editor);
        let fix = problems.iter().find_map(|problem| problem.fix.clone());
        let fix = fix.unwrap_or_else(|| panic!("no fix for {wrong}: {problems:?}"));
        apply(&mut editor, &[fix]);
        assert_eq!(editor.text("规则.bulou").unwrap(), rule(right).replace('|', ""), "{wrong}");
        let left = own(&mut editor);
        assert!(left.is_empty(), "{wrong}: {left:?}");
    }
    let (mut editor, _) = open("规则 甲 {|\n  依据 文 \"按时完戒\"\n  要求 有 完成日期\n}\n");
    let fix = editor.problems(Lang::Zh).into_iter().find_map(|problem| problem.fix).expect("a fix");
    apply(&mut editor, &[fix]);
    assert!(editor.text("规则.bulou").unwrap().contains("依据 文 \"按时完成\""));
}

#[test]
fn words_are_coloured_by_what_they_mean() {
    let rule = "规则 甲 {|\n  依据 文 \"按时完成\" # 注\n  要求 每个 隐患 满足 部位 = 大门 且 数量(门口) ≥ 下限\n}\n规则 坏 {\n  要求 每个 隐患\n}\n";
    let (mut editor, _) = open(rule);
    let text: Vec<u16> = editor.text("规则.bulou").unwrap().encode_utf16().collect();
    let tokens = editor.tokens("规则.bulou");
    let of = |word: &str| {
        let found = tokens.iter().find(|token| {
            String::from_utf16_lossy(&text[token.range.start as usize..token.range.end as usize]) == word
        });
        found.map(|token| token.kind)
    };
    let wanted = [
        ("规则", TokenKind::Keyword),
        ("甲", TokenKind::Rule),
        ("文", TokenKind::Source),
        ("\"按时完成\"", TokenKind::String),
        ("# 注", TokenKind::Comment),
        ("每个", TokenKind::Keyword),
        ("隐患", TokenKind::Field),
        ("大门", TokenKind::Option),
        ("数量", TokenKind::Function),
        ("门口", TokenKind::Define),
        ("≥", TokenKind::Operator),
        ("下限", TokenKind::Param),
    ];
    for (word, kind) in wanted {
        assert_eq!(of(word), Some(kind), "{word}");
    }
    assert!(tokens.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
    let outline = editor.symbols("规则.bulou");
    assert_eq!(outline.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["甲", "坏"]);
    let outline = editor.symbols("a.bulou");
    let record = outline.iter().find(|item| item.name == "隐患项").expect("the record");
    assert_eq!(record.children.len(), 4);
}

#[test]
fn the_packs_names_are_all_known() {
    let mut editor = Editor::new(files().0);
    assert!(editor.problems(Lang::Zh).is_empty());
    let names: Vec<String> = editor.files().filter(|file| file.ends_with(".bulou")).map(str::to_owned).collect();
    for file in names {
        let unknown: Vec<_> =
            editor.tokens(&file).into_iter().filter(|token| token.kind == TokenKind::Unknown).collect();
        let text: Vec<u16> = editor.text(&file).unwrap().encode_utf16().collect();
        let words: Vec<String> = unknown
            .iter()
            .map(|token| String::from_utf16_lossy(&text[token.range.start as usize..token.range.end as usize]))
            .collect();
        assert!(words.is_empty(), "{file}: {words:?}");
        assert!(!editor.format(&file).expect("a file without errors").is_empty());
    }
}
