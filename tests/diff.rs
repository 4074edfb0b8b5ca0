//! Versions of a pack compared, through the library.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may fail and read files"
)]

mod packs_support;

use std::collections::BTreeMap;

use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, Severity};
use bulou_pack::diff::{
    Comparison, DeclarationKind, Diff, EFFORT, Effects, Fate, FieldChange, Migration, RuleChange, RuleKind, compare,
    text,
};
use bulou_pack::{Files, Loaded, load};
use bulou_report::Status;
use packs_support::{files, sample};
use serde_json::{Value, json};

/// The campus-safety pack with some words replaced by others.
fn replaced(pairs: &[(&str, &str)]) -> Files {
    let mut files = files();
    for (from, to) in pairs {
        let mut found = 0;
        for (name, bytes) in files.0.iter_mut().filter(|(name, _)| name.ends_with(".bulou")) {
            let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{name} is UTF-8")).to_owned();
            found += text.matches(from).count();
            *bytes = text.replace(from, to).into_bytes();
        }
        assert!(found > 0, "{from} stands nowhere");
    }
    files
}

fn loaded(files: &Files) -> Loaded {
    let loaded = load(files);
    let errors: Vec<&str> = loaded
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity() == Severity::Error)
        .map(|diagnostic| diagnostic.message.en.as_str())
        .collect();
    assert!(loaded.rules.is_some(), "{errors:#?}");
    loaded
}

fn seeds(files: &Files) -> Vec<Value> {
    let cases = files.0.iter().filter(|(name, _)| name.starts_with("cases/base/"));
    cases.filter_map(|(_, bytes)| serde_json::from_slice(bytes).ok()).collect()
}

fn between(old: &Files, new: &Files) -> Diff {
    let seeds = seeds(new);
    let as_of = "2022-06-28".parse().expect("a date");
    compare(&loaded(old), &loaded(new), Comparison { as_of, effort: EFFORT, seeds: &seeds, lang: Lang::Zh })
        .expect("sound packs")
}

/// The campus-safety pack against itself with some words replaced.
fn diff(pairs: &[(&str, &str)]) -> Diff {
    between(&files(), &replaced(pairs))
}

/// A pack of one rule over a small model.
fn small(requirement: &str) -> Files {
    small_with("重大", requirement, "")
}

fn small_with(severity: &str, requirement: &str, more: &str) -> Files {
    let clauses = requirement.replace("要求 ", "\n  要求 ");
    let text = format!(
        "规则集 a \"甲\" {{ 版本 1 }}
选项 部位 {{ 大门, 围墙, 厕所 }}
记录 项 {{
  编号: 文本 唯一
  部位: 部位
  措施: 文本?
  次数: 整数
}}
数据 学校 {{
  人数: 整数 范围 0 至 5000
  完成: 日期 已发生
  备案: 日期? 已发生
  管理部位: [部位]
  隐患: [项]
  封闭: 是否
}}
参数 开始: 日期 = 2022-06-24
参数 下限: 整数 = 5
{more}
规则 甲 \"甲\" {{
  严重 {severity}
  {clauses}
  整改 \"改\"
}}
"
    );
    Files(BTreeMap::from([("a.bulou".to_owned(), text.into_bytes())]))
}

/// What became of the one rule of a small pack.
fn small_change(old: &str, new: &str) -> RuleChange {
    let mut rules = between(&small(old), &small(new)).rules;
    assert_eq!(rules.len(), 1, "{old} / {new}: {rules:#?}");
    rules.remove(0)
}

fn rule<'d>(diff: &'d Diff, id: &str) -> &'d RuleChange {
    diff.rules.iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("{id} among {:#?}", diff.rules))
}

fn field<'d>(diff: &'d Diff, path: &str) -> &'d FieldChange {
    diff.fields.iter().find(|field| field.path == path).unwrap_or_else(|| panic!("{path} among {:#?}", diff.fields))
}

fn words(change: &RuleChange) -> Vec<String> {
    change.changes.iter().map(|change| text::change(change, Lang::Zh)).collect()
}

/// Checks an example by hand: both versions say of it what it claims.
fn holds(old: &Files, new: &Files, change: &RuleChange) {
    for example in &change.examples {
        let status = |files: &Files| {
            let rules = loaded(files).rules.expect("rules");
            let options = Options::on(example.as_of.parse().expect("a date"));
            let report =
                Checker::new(&rules, &options).expect("options").check("x", example.document.to_string().as_bytes());
            // An example leaves out all that does not matter.
            let wrong: Vec<_> =
                report.structure.iter().filter(|one| !matches!(one.code.as_str(), "D031" | "D034")).collect();
            assert!(wrong.is_empty(), "an example is a sound document: {wrong:?}");
            report.rules.iter().find(|rule| rule.card.id == change.id).expect("the rule").status
        };
        assert_eq!((status(old), status(new)), (example.old, example.new), "{}", example.document);
    }
}

#[test]
fn three_days_become_five_in_words_by_example_and_in_whose_result_changes() {
    let survey = "摸底排查.完成日期 须在 会议日期 起";
    let (old, new) = (files(), replaced(&[(&format!("{survey} 3日"), &format!("{survey} 5日"))]));
    let mut diff = between(&old, &new);
    let survey = rule(&diff, "三日摸底");
    assert_eq!(survey.kind, RuleKind::Loosened);
    assert_eq!(words(survey), ["期限 3日 → 5日"]);
    assert_eq!(survey.examples.len(), 1);
    let example = &survey.examples[0];
    assert_eq!(example.document, json!({"摸底排查": {"完成日期": "2022-06-28"}}));
    assert_eq!((example.old, example.new, example.smallest), (Status::Fail, Status::Pass, true));
    holds(&old, &new, survey);
    let differing: Vec<&str> = diff.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(differing, ["三日摸底", "全县摸底"], "the county's asks the same of each school");

    let documents: Vec<String> = ["2022-06-27", "2022-06-28", "2022-06-29", "2022-06-30"]
        .into_iter()
        .enumerate()
        .map(|(number, day)| {
            let mut document: Value = serde_json::from_str(&sample("南街小学.json")).expect("JSON");
            document["摸底排查"]["完成日期"] = json!(day);
            document["学校"]["标识码"] = json!(format!("214100000{number}"));
            document["学校"]["名称"] = json!(format!("第{number}小学"));
            document.to_string()
        })
        .collect();
    let effects = effects(&old, &new, &documents, "2022-07-01");
    assert_eq!((effects.documents, effects.verdicts), (4, 2));
    let named: Vec<(&str, usize)> = effects.schools.iter().map(|one| (one.name.as_str(), one.rules.len())).collect();
    assert_eq!(named, [("第1小学", 1), ("第2小学", 1)]);
    assert_eq!(effects.rules.len(), 1);
    assert_eq!((effects.rules[0].old, effects.rules[0].new), (Some(Status::Fail), Some(Status::Pass)));
    assert_eq!(effects.rules[0].schools, 2);

    diff.data = Some(effects);
    let shown = text::render(&diff, Lang::Zh);
    for words in ["放宽 三日摸底", "期限 3日 → 5日", "第1小学(2141000001)", "三日摸底: 不符合 → 符合", "2022-06-28"]
    {
        assert!(shown.contains(words), "{words} in {shown}");
    }
    assert!(text::render(&diff, Lang::En).contains("loosened 三日摸底"));
}

#[test]
fn what_a_school_calls_itself_never_commands_a_terminal_or_begins_a_line() {
    let survey = "摸底排查.完成日期 须在 会议日期 起";
    let (old, new) = (files(), replaced(&[(&format!("{survey} 3日"), &format!("{survey} 5日"))]));
    let mut document: Value = serde_json::from_str(&sample("南街小学.json")).expect("JSON");
    document["摸底排查"]["完成日期"] = json!("2022-06-28");
    document["学校"]["名称"] = json!("\u{1b}]0;x\u{7}南街\n  东关小学: 不符合\u{202e}");
    let mut diff = between(&old, &new);
    diff.data = Some(effects(&old, &new, &[document.to_string()], "2022-07-01"));
    let shown = text::render(&diff, Lang::Zh);
    assert!(shown.contains("\u{fffd}]0;x\u{fffd}南街\u{fffd}  东关小学: 不符合\u{fffd}"), "{shown}");
    assert!(!shown.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')), "{shown}");
}

fn effects(old: &Files, new: &Files, documents: &[String], day: &str) -> Effects {
    let options = Options::on(day.parse().expect("a date"));
    let (one, other): (RuleSet, RuleSet) = (loaded(old).rules.expect("rules"), loaded(new).rules.expect("rules"));
    let mut checkers =
        (Checker::new(&one, &options).expect("options"), Checker::new(&other, &options).expect("options"));
    let mut effects = Effects::default();
    for (number, document) in documents.iter().enumerate() {
        let name = format!("{number}.json");
        let (before, after) =
            (checkers.0.check(&name, document.as_bytes()), checkers.1.check(&name, document.as_bytes()));
        effects.add(&before, &after);
    }
    effects
}

#[test]
fn layout_comments_keyword_language_and_order_are_no_difference() {
    let old = files();
    let mut new = old.clone();
    for (name, bytes) in new.0.iter_mut().filter(|(name, _)| name.ends_with(".bulou")) {
        let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{name} is UTF-8"));
        let spaced =
            text.replace(" 满足 ", "\n      满足   ").replace('≥', "不少于").replace("\n规则 ", "\n\n# 说明\nrule ");
        *bytes = spaced.replace("\n  要求 ", "\n\n  requires ").replace(" 且 ", " and ").into_bytes();
    }
    let all = between(&old, &new);
    assert!(all.is_empty(), "{all:#?}");
    assert!(text::render(&all, Lang::Zh).contains("规则没有变化"));
}

#[test]
fn rules_come_go_and_are_reworded() {
    let all = diff(&[
        ("整改 \"立即完成摸底排查,并登记完成日期和排查人\"", "整改 \"马上完成\""),
        ("规则 完成后销号 ", "规则 及时销号 "),
    ]);
    assert_eq!(rule(&all, "三日摸底").kind, RuleKind::Reworded);
    assert_eq!(words(rule(&all, "三日摸底")), ["整改 立即完成摸底排查,并登记完成日期和排查人 → 马上完成"]);
    assert_eq!(rule(&all, "及时销号").kind, RuleKind::Added);
    assert_eq!(rule(&all, "完成后销号").kind, RuleKind::Removed);
}

#[test]
fn the_direction_is_said_only_where_form_and_example_agree() {
    let kinds = [
        ("要求 人数 ≥ 5", "要求 人数 ≥ 7", RuleKind::Tightened),
        ("要求 人数 ≥ 下限", "要求 人数 > 下限", RuleKind::Tightened),
        ("要求 人数 不超过 5", "要求 人数 不超过 7", RuleKind::Loosened),
        ("要求 完成 须在 开始 起 3日 内", "要求 完成 须在 开始 起 2日 内", RuleKind::Tightened),
        ("要求 完成 须在 开始 起 3日 内", "要求 完成 须在 开始 起 1个月 内", RuleKind::Changed),
        // Without a calendar the later version says nothing of what passed before.
        ("要求 完成 须在 开始 起 3日 内", "要求 完成 须在 开始 起 3日 内 顺延", RuleKind::Changed),
        ("要求 封闭", "要求 封闭 要求 人数 > 0", RuleKind::Tightened),
        ("要求 封闭", "要求 封闭 或 人数 > 0", RuleKind::Loosened),
        ("要求 封闭 且 人数 > 0", "要求 封闭", RuleKind::Loosened),
        ("要求 人数 = 5", "要求 人数 = 7", RuleKind::Changed),
        ("要求 每个 隐患 满足 有 措施", "要求 每个 隐患[部位 = 大门] 满足 有 措施", RuleKind::Loosened),
        ("要求 没有 隐患 满足 次数 > 3", "要求 没有 隐患 满足 次数 > 2", RuleKind::Tightened),
        ("要求 管理部位 不漏 {大门, 围墙}", "要求 管理部位 不漏 {大门, 围墙, 厕所}", RuleKind::Tightened),
        ("适用 人数 > 100 要求 封闭", "适用 人数 > 50 要求 封闭", RuleKind::Tightened),
        ("适用 人数 > 100 要求 封闭", "要求 封闭", RuleKind::Tightened),
        ("要求 数量(隐患) ≥ 1", "要求 数量(隐患) ≥ 3", RuleKind::Tightened),
    ];
    for (old, new, kind) in kinds {
        let change = small_change(old, new);
        assert_eq!(change.kind, kind, "{old} / {new}: {change:#?}");
        assert!(!change.examples.is_empty(), "{old} / {new}");
        holds(&small(old), &small(new), &change);
        let back = small_change(new, old);
        let opposite = match kind {
            RuleKind::Tightened => RuleKind::Loosened,
            RuleKind::Loosened => RuleKind::Tightened,
            kind => kind,
        };
        assert_eq!(back.kind, opposite, "{new} / {old}: {back:#?}");
    }
}

#[test]
fn none_found_is_never_called_equal() {
    let change = small_change("要求 人数 ≥ 5 且 封闭", "要求 封闭 且 非 人数 < 5");
    assert_eq!(change.kind, RuleKind::Changed);
    assert!(change.examples.is_empty() && change.tried.is_some_and(|tried| tried > 10), "{change:#?}");
    assert!(text::searched(&change, Lang::Zh).is_some_and(|words| words.starts_with("没有找到")));
    assert!(text::searched(&change, Lang::En).is_some_and(|words| words.starts_with("none found")));
}

#[test]
fn the_smallest_document_has_what_is_needed_and_no_more() {
    let cases = [
        ("要求 人数 ≥ 100", "要求 人数 ≥ 101", json!({"人数": 100})),
        ("要求 有 备案", "要求 有 备案 或 封闭", json!({"封闭": true})),
        ("要求 管理部位 不漏 全部 部位", "要求 数量(管理部位) ≥ 3", json!({"管理部位": ["大门", "大门", "大门"]})),
        ("要求 存在 隐患 满足 次数 ≥ 5", "要求 存在 隐患 满足 次数 ≥ 6", json!({"隐患": [{"次数": 5}]})),
    ];
    for (old, new, document) in cases {
        let change = small_change(old, new);
        let smallest = change.examples.iter().find(|example| example.document == document);
        assert!(smallest.is_some_and(|example| example.smallest), "{document} among {change:#?}");
    }
}

#[test]
fn a_search_is_the_same_every_time_and_ends() {
    let (old, new) = (files(), replaced(&[("参数 每日巡查下限: 整数 = 5", "参数 每日巡查下限: 整数 = 7")]));
    let seeds = seeds(&old);
    let run = || {
        let comparison =
            Comparison { as_of: "2022-06-28".parse().expect("a date"), effort: 2000, seeds: &seeds, lang: Lang::Zh };
        let diff = compare(&loaded(&old), &loaded(&new), comparison).expect("sound packs");
        serde_json::to_string(&diff).expect("JSON")
    };
    assert_eq!(run(), run());
}

#[test]
fn what_a_definition_table_parameter_or_option_changes_is_told_of_each_rule_that_uses_it() {
    let all = diff(&[
        ("参数 每日巡查下限: 整数 = 5", "参数 每日巡查下限: 整数 = 7"),
        ("(p ≠ 宿舍 或 学校.寄宿) 且 ", ""),
        ("| 不满 100    | 1 ", "| 不满 100    | 2 "),
    ]);
    let declared = |kind: DeclarationKind, name: &str| {
        let found = all.declarations.iter().find(|one| (one.kind, one.name.as_str()) == (kind, name));
        found.unwrap_or_else(|| panic!("{name} among {:#?}", all.declarations))
    };
    let param = declared(DeclarationKind::Param, "每日巡查下限");
    assert_eq!(text::change(&param.changes[0], Lang::Zh), "取值 5 → 7");
    assert_eq!(param.rules, ["部位每天巡查"]);
    let definition = declared(DeclarationKind::Definition, "应巡部位");
    assert_eq!(text::change(&definition.changes[0], Lang::Zh), "条件 删去 p ≠ 宿舍 或 学校.寄宿");
    assert_eq!(definition.rules, ["层层签订责任书", "重点部位有人管", "部位每天巡查"]);
    let table = declared(DeclarationKind::Table, "按人数应配保安");
    assert_eq!(text::change(&table.changes[0], Lang::Zh), "行 | 不满 100 | 1 | → | 不满 100 | 2 |");
    assert_eq!(table.rules, ["保安配足"], "through the definition 应配保安");
    assert_eq!(rule(&all, "部位每天巡查").because, ["应巡部位", "每日巡查下限"]);
    assert_eq!(rule(&all, "部位每天巡查").kind, RuleKind::Tightened);
    let posts = rule(&all, "重点部位有人管");
    assert_eq!(posts.kind, RuleKind::Tightened);
    assert!(posts.examples.iter().any(|one| (one.old, one.new) == (Status::Pass, Status::Fail)), "{posts:#?}");
    assert!(rule(&all, "保安配足").examples.iter().any(|one| one.new == Status::Fail));
}

#[test]
fn another_way_of_counting_days_and_another_calendar_reach_the_deadlines() {
    let (old, new) = (files(), replaced(&[("期间 = 自然日", "期间 = 工作日")]));
    let all = between(&old, &new);
    assert_eq!(rule(&all, "三日摸底").because, ["期间"]);
    holds(&old, &new, rule(&all, "三日摸底"));
    let mut moved = new.clone();
    let calendar = String::from_utf8(moved.0["calendar/cn.json"].clone()).expect("UTF-8");
    let holiday = calendar.replacen("\"2022-06-03\"", "\"2022-06-03\", \"2022-06-28\"", 1);
    assert_ne!(calendar, holiday);
    moved.0.insert("calendar/cn.json".into(), holiday.into_bytes());
    let all = between(&new, &moved);
    assert_eq!(all.declarations[0].kind, DeclarationKind::Calendar);
    assert_eq!(text::change(&all.declarations[0].changes[0], Lang::Zh), "日期 新增 2022-06-28 休");
    assert!(!rule(&all, "三日摸底").examples.is_empty(), "{:#?}", rule(&all, "三日摸底"));
    holds(&new, &moved, rule(&all, "三日摸底"));
}

#[test]
fn severity_and_dates_in_force_are_told() {
    let old = small_with("较大", "要求 封闭", "");
    let all = between(&old, &small_with("重大", "要求 封闭", ""));
    assert_eq!(words(&all.rules[0]), ["严重 较大 → 重大"]);
    assert_eq!((all.rules[0].kind, all.rules[0].examples.len()), (RuleKind::Changed, 0));
    let hint = small_with("提示", "要求 封闭", "");
    let all = between(&hint, &old);
    assert_eq!(all.rules[0].kind, RuleKind::Tightened, "a hint that becomes a failure: {:#?}", all.rules[0]);
    let later = small_with("较大", "施行 2022-09-01 要求 封闭", "");
    let all = between(&old, &later);
    assert_eq!(words(&all.rules[0]), ["施行 新增 2022-09-01"]);
    assert_eq!(all.rules[0].kind, RuleKind::Loosened);
    holds(&old, &later, &all.rules[0]);
}

#[test]
fn changed_fields_say_what_becomes_of_old_documents() {
    let all = diff(&[
        (
            "  化解日期: 日期? 已发生 范围 最早可填 至 今天 说明 \"还没有化解就不填\"\n",
            "  化解日期: 日期? 已发生 范围 最早可填 至 今天 说明 \"没化解就不填\"\n  经办人: 文本 留存 \"试\"\n",
        ),
        ("有人值守的楼梯口数\" 范围 0 至 200", "有人值守的楼梯口数\" 范围 0 至 20"),
        ("选项 制度类别 { 门卫, 值班, 巡逻, 安全检查 }", "选项 制度类别 { 门卫, 值班, 巡查, 安全检查 }"),
        (
            "  机构名称: 文本 \"安全保卫机构名称\" 格式 人员\n",
            "  机构名称: 文本 \"安全保卫机构名称\" 格式 人员\n  电台: 文本? 留存 \"试\"\n",
        ),
        ("  入侵报警: 是否 \"是否装有入侵报警\" 留存 ", "  周界报警: 是否 留存 "),
        ("  薄弱环节: 文本? ", "  薄弱环节: 文本 "),
    ]);
    let fate = |path: &str| (field(&all, path).fate, field(&all, path).migration);
    assert_eq!(fate("纠纷.经办人"), (Fate::Added, Migration::Asked));
    assert_eq!(fate("保卫.电台"), (Fate::Added, Migration::Offered));
    assert_eq!(fate("技防.入侵报警"), (Fate::Removed, Migration::SetAside));
    assert_eq!(fate("纠纷.化解日期"), (Fate::Changed, Migration::Kept));
    assert_eq!(fate("踩踏防范.值守楼梯口数"), (Fate::Changed, Migration::KeptWhereItFits));
    assert_eq!(fate("制度.类别"), (Fate::Changed, Migration::KeptWhereItFits));
    assert_eq!(fate("自查.薄弱环节"), (Fate::Changed, Migration::Asked));
    assert_eq!(field(&all, "制度.类别").rules, ["四项制度"]);
    let kind = rule(&all, "四项制度");
    assert!(kind.because.contains(&"制度.类别".to_owned()), "{kind:#?}");
    let shown = text::render(&all, Lang::Zh);
    assert!(shown.contains("删去 技防.入侵报警: 旧数据另存,不再使用"), "{shown}");
}

#[test]
fn county_rules_are_compared_in_words_and_no_example_is_claimed() {
    let all = diff(&[("摸底表报送日期 须在 会议日期 起 3日 内", "摸底表报送日期 须在 会议日期 起 2日 内")]);
    let county = rule(&all, "乡镇配合");
    assert!(county.county && county.tried.is_none() && county.examples.is_empty());
    assert_eq!((county.kind, words(county)), (RuleKind::Changed, vec!["期限 3日 → 2日".to_owned()]));
}
