//! Every construct of the grammar is changed once in a pack that has them all, and a comparison of the two says so. A
//! construct that is added to the grammar has to be added here.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};

use bulou_messages::diagnostic::{Lang, Severity};
use bulou_pack::diff::{Comparison, Diff, compare, text};
use bulou_pack::{Files, Loaded, load};
use bulou_syntax::AGGREGATES;
use bulou_syntax::built_in::{FORMATS, TYPES};
use bulou_syntax::format::{Options, format};
use bulou_syntax::keywords::KEYWORDS;

/// A pack that has every form of the language.
const PACK: &str = include_str!("every_construct/pack.bulou");
const GRAMMAR: &str = include_str!("../grammar/bulou.pest");

/// Productions of the grammar that only hold others together, or stand for text that means nothing by itself.
const BEARING: &[&str] = &[
    "chunk",
    "lone_expr",
    "declaration",
    "clause",
    "attribute",
    "expr",
    "relation",
    "primary",
    "negation",
    "cell",
    "reserved",
    // The English order of a deadline's words.
    "within_of",
    "before_day",
    "of",
    // A spelling that is refused.
    "date_near",
];

/// A construct, by its productions, and one change of it.
struct Change(&'static str, &'static str, &'static str);

const CHANGES: &[Change] = &[
    Change("pack pack_id", "规则集 whole", "规则集 whole-2"),
    Change("pack text text_ascii", "whole \"全\"", "whole \"全二\""),
    Change("version version_number", "版本 1.0", "版本 1.1"),
    Change("version", "  版本 1.0\n", ""),
    Change("publisher", "县教体局\"\n  施行", "县教育局\"\n  施行"),
    Change("effective any_date date_iso", "施行 2022-06-24 至 2030-12-31", "施行 2022-06-24 至 2030-12-30"),
    Change("effective", "施行 2022-06-24 至 2030-12-31", "施行 2022-06-24"),
    Change("placeholders", "占位 {\"无\", \"/\"}", "占位 {\"无\"}"),
    Change("placeholders", "  占位 {\"无\", \"/\"}\n", ""),
    Change("source", "\"会议发言\"", "\"会议纪要\""),
    Change("source", "会议.txt", "发言.txt"),
    Change("source", "外部 \"GB/T 29315\"", "外部 \"GB/T 29316\""),
    Change("param range", "范围 2022-01-01 至 2022-12-31 \"部署", "范围 2022-01-01 至 2022-12-30 \"部署"),
    Change("param range", "5 范围 1 至 10", "5 范围 2 至 10"),
    Change("param range", "5 范围 1 至 10", "5"),
    Change("param", "整数 = 5", "整数 = 6"),
    Change("param type list_type", "假期: [整数] = {7, 8}", "假期: [小数] = {7, 8}"),
    Change("param list", "{7, 8}", "{7}"),
    Change("param name", "\"部署之日\"", "\"起算之日\""),
    Change("param", "期间 = 自然日", "期间 = 工作日"),
    Change("options option_list", "{ 大门, 围墙, 厕所 }", "{ 大门, 围墙, 厕所, 宿舍 }"),
    Change("options option_list", "{ 大门, 围墙, 厕所 }", "{ 大门, 厕所, 围墙 }"),
    Change("option_list", "{ 一般, 重大 }", "{ 一般, 重大, 较大 }"),
    Change("record field", "  部位: 部位\n", "  部位: 部位\n  位置: 文本\n"),
    Change("record field", "  部位: 部位\n  等级: { 一般, 重大 }\n", "  等级: { 一般, 重大 }\n  部位: 部位\n"),
    Change(
        "field field_name ident",
        "  乙: 整数 范围 0 至 1000\n",
        "  乙: 整数 范围 0 至 1000\n  丙: 整数 范围 0 至 1\n",
    ),
    Change("field text", "\"数目\"", "\"总数\""),
    Change("hint", "说明 \"写清\"", "说明 \"写明\""),
    Change("unit", "单位 \"人\"", "单位 \"个\""),
    Change("range", "范围 0 至 10 示例", "范围 0 至 11 示例"),
    Change("range", " 范围 0 至 10 示例", " 示例"),
    Change("range", "起日参 - 1年 至 今天", "起日参 - 2年 至 今天"),
    Change("range", "起日参 - 1年 至 今天", "起日参 - 1年 至 2030-01-01"),
    Change("happened", "销号: 日期? 已发生", "销号: 日期? 计划"),
    Change("happened range", "次日: [日期] 已发生", "次日: [日期] 已发生 范围 2022-01-01 至 今天"),
    Change("planned", "期限: 日期? 计划", "期限: 日期? 已发生"),
    Change("planned", "期限: 日期? 计划", "期限: 日期?"),
    Change("unique", "文本 唯一", "文本"),
    Change("sensitive", "格式 电话 敏感", "格式 电话"),
    Change("format", "格式 电话 敏感", "格式 手机号 敏感"),
    Change("example", "示例 \"3\"", "示例 \"4\""),
    Change("keep", "留存 \"核对\"", "留存 \"留着\""),
    Change("vouched", "来源方 \"中心校\"", "来源方 \"教管办\""),
    Change("vouched", " 来源方 \"中心校\"", ""),
    Change("min_items digits", "至少 1 项", "至少 2 项"),
    Change("min_items", " 至少 1 项", ""),
    Change("may_be", "可填 无", "可填 \"/\""),
    Change("may_be", " 可填 无", ""),
    Change("may_be", "可填 无", "可填 无 可填 \"/\""),
    Change("constraint", "约束 数 不超过 8", "约束 数 不超过 9"),
    Change("constraint compare_op", "约束 数 不超过 8", "约束 数 不满 8"),
    Change("constraint message", "数 {数} 太大", "数 {数} 过大"),
    Change("constraint message", "数 {数} 太大", "数 {部位} 太大"),
    Change("constraint", "约束 甲 ≥ 乙", "约束 甲 > 乙"),
    Change("constraint", "  约束 甲 ≥ 乙 不符 \"甲少于乙\"\n", ""),
    Change("data data_path path", "标识 标识码", "标识 别号"),
    Change("data_path path", "名称 校名", "名称 别号"),
    Change("data_path path", "  日期 填报日期\n", ""),
    Change("data_path path", "版次 版次号", "版次 备用号"),
    Change("data_path", "  版次 版次号\n", ""),
    Change("data_path", "  名称 校名\n", ""),
    Change("data field type", "率: 小数", "率: 整数"),
    Change("optional", "完成: 日期?", "完成: 日期"),
    Change("list_type type optional", "  别号: 文本", "  别号: 文本?"),
    Change("forbid", "禁填 身份证号, 诊断", "禁填 身份证号"),
    Change("forbid", "理由 \"个人信息\"", "理由 \"健康信息\""),
    // What is folded is always the schools; only where can differ.
    Change("fold_type field_name", "  各校: 汇总 学校\n  名册: [名册项]\n", "  名册: [名册项]\n  各校: 汇总 学校\n"),
    Change("calendar", "日历 中国 \"calendar.json\"", "日历 中国 \"other.json\""),
    Change("calendar name", "日历 中国", "日历 国务院"),
    Change("define", "项目[缺 销号]", "项目[有 销号]"),
    Change("define rule_scope filter", "各校[是甲]", "各校[是乙]"),
    Change("table table_param", "寄宿: 是否) -> 整数", "寄宿: 是否) -> 小数"),
    Change("table", "人数: 整数, 寄宿: 是否) -> 整数 {\n  | 人数", "学生: 整数, 寄宿: 是否) -> 整数 {\n  | 学生"),
    Change("row", "| 否 | 3 |", "| 否 | 5 |"),
    Change("compare_cell range_cell", "| 不满 10 | 否 | 1 |\n  | 10 至", "| 不满 9 | 否 | 1 |\n  | 9 至"),
    Change("range_cell compare_cell", "10 至 19 | 否 | 2 |\n  | 不少于 20", "10 至 20 | 否 | 2 |\n  | 不少于 21"),
    Change("compare_cell", "| 不满 10 | 否 |", "| 不超过 9 | 否 |"),
    Change("any_cell", "| 任意 | 是 | 4 |", "| 不满 5 | 是 | 4 |\n  | 不少于 5 | 是 | 4 |"),
    Change("excuse", "无数据可证", "没有数据可证"),
    Change("excuse", "\"思想上要高度重视\"", "\"三日内完成\""),
    Change("rule_decl", "述 \"述事\"", "述 \"记事\""),
    Change("rule_decl", "规则 述 ", "规则 说 "),
    Change("cites", "依据 会议 \"三日内完成\"", "依据 会议 \"思想上要高度重视\""),
    Change("cites", "依据 会议 \"三日内完成\"", "依据 国标"),
    Change("responsible", "责任 \"县教体局牵头\"", "责任 \"乡镇牵头\""),
    Change("group", "分组 \"排查\"", "分组 \"检查\""),
    Change("severity", "严重 重大", "严重 较大"),
    Change("effective", "施行 2022-07-01 至 2023-06-30", "施行 2022-07-02 至 2023-06-30"),
    Change("applies", "适用 是甲", "适用 是乙"),
    Change("applies", "  适用 是甲\n", ""),
    Change("requires", "要求 甲 ≥ 1 不符", "要求 甲 ≥ 2 不符"),
    Change("message group_expr", "甲是 {甲},不够", "甲是 {乙},不够"),
    Change("message", " 不符 “乙不够”", ""),
    Change("message text text_curly", "“乙不够”", "“乙太少”"),
    Change(
        "message",
        "甲 ≥ 1 不符 \"甲是 {甲},不够\"\n  要求 乙 ≥ 1 不符 “乙不够”",
        "甲 ≥ 1 不符 “乙不够”\n  要求 乙 ≥ 1 不符 \"甲是 {甲},不够\"",
    ),
    Change("shortfall", "看不出来", "要看现场"),
    Change("shortfall", " 不足 \"完成得好不好,看不出来\"", ""),
    Change("allow path", "允许 W132 述 ", "允许 W132 逻辑 "),
    Change("allow", "\"另有规则查\"", "\"不归它管\""),
    Change("assertion", "断言 \"甲大就要有乙\"", "断言 \"甲大就有乙\""),
    Change("assertion", "若 甲 ≥ 3\n", "若 甲 ≥ 4\n"),
    Change("outcome", "则 规则 逻辑 符合", "则 规则 日子 符合"),
    Change("standing", "则 规则 逻辑 符合", "则 规则 逻辑 未到期"),
    Change("assertion outcome", "\n  或 规则 比较 不符合", ""),
    Change("remedy", "整改 \"补上\"", "整改 \"补齐\""),
    Change("disjunction", "是甲 或 是乙\n", "是甲\n"),
    Change("conjunction group_expr", "是甲 且 (是乙 或 甲 = 9)", "(是甲 且 是乙) 或 甲 = 9"),
    Change("group_expr", "是甲 且 (是乙 或 甲 = 9)", "是甲 且 是乙 或 甲 = 9"),
    Change("disjunction conjunction", "是甲 或 是乙\n", "是甲 且 是乙\n"),
    Change("negation", "要求 非 是甲", "要求 是甲"),
    Change("conditional", "则 是乙 否则 甲 = 7", "则 是乙"),
    Change("conditional", "若 是甲 则", "若 是乙 则"),
    Change("quantified binding", "每个 项目 记作 x 满足 x.数", "存在 项目 记作 x 满足 x.数"),
    Change("quantified", "存在 项目 满足", "没有 项目 满足"),
    Change("quantified", "没有 项目 满足 数 ≥ 4", "没有 未销号 满足 数 ≥ 4"),
    Change("deadline duration", "起 3日 内", "起 30日 内"),
    Change("duration duration_unit", "起 3日 内", "起 3个工作日 内"),
    Change("duration_unit", "起 3日 内", "起 3个月 内"),
    Change("duration_unit", "起 2周 内", "起 14日 内"),
    Change("deadline", "起 4日 内 顺延", "起 4日 内"),
    Change("deadline", "起 5日 内 或更早", "起 5日 内"),
    Change("deadline", "完成 须在 2022-07-08 前", "完成 须在 2022-07-07 前"),
    Change("deadline", "完成 须在 2022-07-08 前", "完成 须在 2022-07-08 起 3日 内"),
    Change("by", "至迟 起日参 起 2周 内", "至迟 起日参 起 3周 内"),
    Change("by", "起 2周 内 满足", "起 2周 内 顺延 满足"),
    Change("by date_zh any_date", "至迟 2022年7月9日", "至迟 2022年7月10日"),
    Change("by", "2022年7月9日 满足 是乙", "2022年7月9日 满足 是甲"),
    Change("by", "至迟 2022年7月9日 满足 是乙", "是乙"),
    Change("frequency period", "每 月 不少于", "每 季 不少于"),
    Change("frequency period", "每 月 不少于", "每 周 不少于"),
    Change("frequency period", "每 月 不少于", "每 日 不少于"),
    Change("frequency number_suffix", "不少于 1次 自", "不少于 2次 自"),
    Change("frequency", " 除 假期", ""),
    Change("frequency", "自 起日参", "自 2022-06-24"),
    Change("sum primary", "今天 - 填报日期 ≤ 30日", "2022-09-01 - 填报日期 ≤ 30日"),
    Change("comparison eq ne", "甲 = 11", "甲 ≠ 11"),
    Change("ne eq", "甲 ≠ 12", "甲 = 12"),
    Change("lt le compare_op", "甲 < 13", "甲 ≤ 13"),
    Change("le lt", "甲 ≤ 14", "甲 < 14"),
    Change("gt ge", "甲 > 15", "甲 ≥ 15"),
    Change("ge", "甲 不少于 下限", "甲 超过 下限"),
    Change("comparison", "甲 不少于 下限", "甲 不少于 5"),
    Change("number number_suffix", "100万", "100"),
    Change("number digits", "50%", "50"),
    Change("number", "超过 17", "超过 17.5"),
    Change("presence", "有 完成", "缺 完成"),
    Change("presence", "满足 缺 期限", "满足 缺 销号"),
    Change("membership list", "属于 {1, 2}", "属于 {1, 2, 3}"),
    Change("betweenness", "在 19 至 20 之间", "在 19 至 21 之间"),
    Change("betweenness membership", "甲 在 19 至 20 之间", "甲 属于 {19, 20}"),
    Change("containing", "管理 包含 大门", "管理 包含 围墙"),
    Change("covering all", "不漏 全部 部位", "不漏 {大门}"),
    Change("covering", "管理 不漏 全部 部位", "全部 部位 不漏 管理"),
    Change("name quoted_name", "`空 格` ≠ \"甲乙\"", "校名 ≠ \"甲乙\""),
    Change("quoted_name field_name", "  `空 格`: 文本", "  `空 白`: 文本\n  `空 格`: 文本"),
    Change("text", "≠ \"甲乙\"", "≠ \"甲  乙\""),
    Change("sum plus minus", "甲 + 乙 ≥ 21", "甲 - 乙 ≥ 21"),
    Change("term times", "甲 * 2 ≥", "甲 / 2 ≥"),
    Change("term divided", "甲 / 2 ≥", "甲 * 2 ≥"),
    Change("term", "甲 整除 2 ≥", "甲 / 2 ≥"),
    Change("factor", "要求 -甲", "要求 甲"),
    Change("sum group_expr", "甲 - (乙 - 3)", "甲 - 乙 - 3"),
    Change("operand", "缺省 0", "缺省 1"),
    Change("call", "最大(项目.数)", "最小(项目.数)"),
    Change("call", "数量(未销号)", "数量(项目)"),
    Change("call", "应配(甲, 是甲)", "应配(乙, 是甲)"),
    Change("postfix filter", "项目[等级 = 重大].数", "项目[等级 = 一般].数"),
    Change("filter", "项目[等级 = 重大].数", "项目.数"),
    Change("step", "x.数 ≥ 2", "x.数 ≥ 2 且 x.部位 = 大门"),
    Change("step", "每个 项目 记作 x 满足 x.数 ≥ 2", "每个 项目 记作 x 满足 x.编号 ≠ 校名"),
    Change("rule_scope message", "没有交的:{遗漏}", "没有交的有:{遗漏}"),
    Change("covering", "交表的.标识码 不漏", "交表的.别号 不漏"),
    Change("data_path", "  名册 名册.号\n", "  名册 名册.旧号\n"),
];

fn files(pack: &str) -> Files {
    let source = "三日内完成。思想上要高度重视。";
    let files = [
        ("pack.bulou", pack),
        ("source/会议.txt", source),
        ("source/发言.txt", source),
        ("calendar.json", CALENDAR),
        ("other.json", CALENDAR),
    ];
    Files(BTreeMap::from(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))))
}

const CALENDAR: &str = r#"{"years": {"2022": {"rest": [], "work": []}}}"#;

fn loaded(pack: &str) -> Result<Loaded, Vec<String>> {
    let loaded = load(&files(pack));
    let errors = loaded.diagnostics.iter().filter(|one| one.severity() == Severity::Error);
    let errors: Vec<String> = errors.map(|one| format!("{:?} {}", one.code, one.message.zh)).collect();
    if loaded.rules.is_some() { Ok(loaded) } else { Err(errors) }
}

fn between(old: &Loaded, new: &Loaded) -> Diff {
    let as_of = "2022-07-08".parse().expect("a date");
    // What changed is told by the trees; examples are not what is asked here.
    compare(old, new, Comparison { as_of, effort: 0, seeds: &[], lang: Lang::Zh }).expect("sound packs")
}

#[test]
fn the_pack_has_every_type_and_every_function() {
    let types = TYPES.iter().map(|term| term.zh).chain(FORMATS.iter().map(|term| term.zh));
    let missing: Vec<&str> =
        types.chain(AGGREGATES.iter().map(|function| function.zh)).filter(|word| !PACK.contains(word)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_comparison_tells_a_change_of_every_construct_both_ways() {
    let old = loaded(PACK).expect("the pack");
    let (mut silent, mut refused) = (Vec::new(), Vec::new());
    for Change(productions, from, to) in CHANGES {
        let what = format!("{productions}: {from} → {to}");
        assert_eq!(PACK.matches(from).count(), 1, "{what}: stands once");
        let new = match loaded(&PACK.replace(from, to)) {
            Ok(new) => new,
            Err(errors) => {
                refused.push((what, errors));
                continue;
            }
        };
        for (one, other) in [(&old, &new), (&new, &old)] {
            let diff = between(one, other);
            if diff.is_empty() || text::render(&diff, Lang::Zh).contains("规则没有变化") {
                silent.push(what.clone());
            }
        }
    }
    assert_eq!(refused, Vec::new(), "no pack");
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn every_production_of_the_grammar_is_changed() {
    let changed: BTreeSet<&str> = CHANGES.iter().flat_map(|Change(productions, ..)| productions.split(' ')).collect();
    let lines = GRAMMAR.lines().filter(|line| !line.starts_with("//"));
    let names = lines.filter_map(|line| line.split_once(" = ").filter(|(_, body)| !body.starts_with('_')));
    let names: BTreeSet<&str> = names.map(|(name, _)| name).filter(|name| !name.starts_with("kw_")).collect();
    let forgotten: Vec<&&str> =
        names.iter().filter(|name| !changed.contains(**name) && !BEARING.contains(name)).collect();
    assert_eq!(forgotten, Vec::<&&str>::new());
    let unknown: Vec<&&str> = changed.iter().chain(BEARING).filter(|name| !names.contains(**name)).collect();
    assert_eq!(unknown, Vec::<&&str>::new(), "no production of the grammar");
}

#[test]
fn every_keyword_stands_in_the_pack_or_in_a_change() {
    let all: Vec<&str> = CHANGES.iter().map(|Change(_, _, to)| *to).chain([PACK]).collect();
    let missing: Vec<&str> =
        KEYWORDS.iter().map(|word| word.zh).filter(|word| !all.iter().any(|text| text.contains(word))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn layout_comments_the_language_of_keywords_and_other_spellings_are_no_change() {
    let old = loaded(PACK).expect("the pack");
    let english = format(PACK, Options { keywords: Some(Lang::En) }).expect("a layout");
    let spaced = PACK.replace(" 满足 ", "\n    满足  # 注\n   ").replace(" 不符 ", "\n      不符   ");
    let other = PACK
        .replace("2022年7月9日", "2022-07-09")
        .replace("100万", "1000000")
        .replace("50%", "0.50")
        .replace("甲 超过 17", "甲 > 17")
        .replace("可填 无", "可填 \"无\"")
        .replace("是乙 或 甲 = 9", "甲 = 9 或 是乙")
        .replace("是甲 或 是乙\n", "((是甲) 或 (是乙))\n");
    for text in [english, spaced, other] {
        assert_ne!(text, PACK);
        let diff = between(&old, &loaded(&text).expect("laid out otherwise"));
        assert!(diff.is_empty(), "{}", text::render(&diff, Lang::Zh));
    }
}
