//! One folder a code under `cases/diagnostics`: `bad.bulou` must be reported with that code at the place that ⟦…⟧ marks,
//! `good.bulou` must compile without it. Both follow on `prelude.bulou`, unless they begin with `# alone`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test reads its files and fails by panic"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Severity};
use bulou_pack::{Files, Loaded, load};

const SOURCE: &str = "三日内完成。隐患一个不漏。再说一遍。再说两遍。";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/diagnostics")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn compile(case: &str) -> Loaded {
    let calendar = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/calendar/cn.json");
    let mut files = BTreeMap::from([
        ("case.bulou".to_owned(), case.as_bytes().to_vec()),
        ("source/text.txt".to_owned(), SOURCE.as_bytes().to_vec()),
    ]);
    // One that no declaration names would be said to lie about.
    for (name, bytes) in [("good", read(&calendar).into_bytes()), ("bad", b"{\"2022\": ".to_vec())] {
        let name = format!("calendar/{name}.json");
        if case.contains(&name) {
            files.insert(name, bytes);
        }
    }
    if !case.starts_with("# alone") {
        files.insert("a-prelude.bulou".to_owned(), read(&folder().join("prelude.bulou")).into_bytes());
    }
    load(&Files(files))
}

/// The case's text without its marks, and the marked range of bytes.
fn unmark(text: &str) -> (String, Option<(usize, usize)>) {
    let Some((before, rest)) = text.split_once('⟦') else { return (text.to_owned(), None) };
    let (inside, after) = rest.split_once('⟧').expect("a closing mark");
    (format!("{before}{inside}{after}"), Some((before.len(), before.len() + inside.len())))
}

fn place(loaded: &Loaded, diagnostic: &Diagnostic) -> String {
    let span = diagnostic.primary.span;
    let source = &loaded.sources[span.source.0 as usize];
    format!(
        "{} {}:{}-{} `{}`: {}",
        diagnostic.code.as_str(),
        source.name,
        span.start,
        span.end,
        source.slice(span),
        diagnostic.message.en
    )
}

fn check_bad(code: Code, problems: &mut Vec<String>) {
    let (text, marked) = unmark(&read(&folder().join(code.as_str()).join("bad.bulou")));
    let loaded = compile(&text);
    let all: Vec<String> = loaded.diagnostics.iter().map(|found| place(&loaded, found)).collect();
    let hit = loaded.diagnostics.iter().find(|found| {
        let span = found.primary.span;
        let here = loaded.sources[span.source.0 as usize].name == "case.bulou";
        found.code == code
            && marked.is_none_or(|(start, end)| here && (span.start as usize, span.end as usize) == (start, end))
    });
    let Some(hit) = hit else {
        problems.push(format!("{} bad: wanted at {marked:?}, found {all:#?}", code.as_str()));
        return;
    };
    for words in [&hit.message, &hit.help] {
        if words.zh.trim().is_empty() || words.en.trim().is_empty() {
            problems.push(format!("{}: message or help is missing in a language", code.as_str()));
        }
    }
    let others = loaded.diagnostics.iter().filter(|found| found.severity() == Severity::Error && found.code != code);
    problems.extend(others.map(|found| format!("{} bad: also {}", code.as_str(), place(&loaded, found))));
}

fn check_good(code: Code, problems: &mut Vec<String>) {
    let loaded = compile(&read(&folder().join(code.as_str()).join("good.bulou")));
    let wrong = loaded.diagnostics.iter().filter(|found| {
        let own = loaded.sources[found.primary.span.source.0 as usize].name == "case.bulou";
        found.severity() == Severity::Error || (own && found.code == code)
    });
    problems.extend(wrong.map(|found| format!("{} good: {}", code.as_str(), place(&loaded, found))));
}

#[test]
fn every_code_has_a_case_that_meets_it_and_one_that_does_not() {
    let mut problems = Vec::new();
    // What takes more files than one is tried elsewhere.
    let elsewhere = [Code::NotAFold, Code::NotRead, Code::StrayFile];
    for code in Code::ALL.iter().filter(|code| !elsewhere.contains(code)) {
        check_bad(*code, &mut problems);
        check_good(*code, &mut problems);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A test by time would be no test: twice the work a step would not end in a lifetime.
#[test]
fn a_path_of_many_steps_is_gone_through_once() {
    let errors = |steps: usize| {
        let path = "学校".to_owned() + &".编号".repeat(steps);
        let loaded = compile(&format!("规则 甲 \"标题\" {{\n  依据 文 \"三日内完成\"\n  要求 有 {path}\n}}\n"));
        let errors = loaded.diagnostics.into_iter().filter(|found| found.severity() == Severity::Error);
        errors.map(|found| found.code).collect::<Vec<_>>()
    };
    assert_eq!(errors(60), [Code::TypeMismatch]);
    assert_eq!(errors(400), [Code::Nesting]);
}

/// The codes of what is wrong with a case, in the order of their places.
fn codes(case: &str) -> Vec<&'static str> {
    let found = compile(case).diagnostics;
    // Other sentences of the source, and that the prelude asks for its date, are not what these cases are about.
    let other = [Code::Uncovered, Code::DueRequired];
    found.iter().filter(|found| !other.contains(&found.code)).map(|found| found.code.as_str()).collect()
}

#[test]
fn one_mistake_is_said_once_and_not_what_only_seems_to_follow_from_it() {
    // A bracket that is missing hides a use, not the field.
    let fields = "记录 项 { 甲: 文本 }\n数据 全县 { 名册 项.甲\n  项: [项]\n}\n";
    assert_eq!(
        codes(&format!("{fields}规则 乙 \"标题\" {{\n  依据 文 \"三日内完成\"\n  要求 (有 完成日期\n}}\n")),
        ["E002"]
    );
    // A day that does not exist is still a date.
    assert_eq!(
        codes(
            "参数 会议日期: 日期 = 2026-11-31 范围 1970-01-01 至 2029-12-31 \"部署之日\"\n规则 乙 \"标题\" {\n  依据 文 \"三日内完成\"\n  要求 完成日期 须在 会议日期 起 3日 内 不符 \"晚了\"\n  整改 \"补\"\n}\n"
        ),
        ["E003"]
    );
}

#[test]
fn a_message_that_cannot_name_an_element_says_how_to() {
    let loaded = compile(
        "规则 乙 \"标题\" {\n  依据 文 \"三日内完成\"\n  要求 没有 隐患 满足 部位 = 大门 不符 \"隐患 {编号}\"\n}\n",
    );
    let found = loaded.diagnostics.iter().find(|found| found.code == Code::TemplateName).expect("a diagnostic");
    assert!(found.help.zh.contains("每个 L 满足 非 (A)"), "{}", found.help.zh);
}

#[test]
fn a_file_in_another_encoding_is_said_to_be_that() {
    let gb18030 = encoding_rs::GB18030.encode("规则 甲 \"标题\" { 依据 文 \"三日内完成\" }").0.into_owned();
    let loaded = load(&Files(BTreeMap::from([
        ("a.bulou".to_owned(), b"pack a \"A\" { version 1 }".to_vec()),
        ("b.bulou".to_owned(), gb18030),
    ])));
    let found: Vec<_> = loaded.diagnostics.iter().map(|found| found.message.zh.as_str()).collect();
    assert_eq!(found, ["`b.bulou` 不是 UTF-8 编码,读不了"]);
}

#[test]
fn what_turns_or_hides_is_found_wherever_it_stands() {
    let turned = |c: char| {
        [
            format!("定义 甲 = 1 # 注{c}释\n"),
            format!("选项 丙 {{ 丁 }}\n参数 乙: 文本 = \"文{c}字\" \"说明\"\n"),
            format!("参数 乙: 文本 = “文{c}字” \"说明\"\n"),
            format!("选项 丙 {{ `丁{c}戊` }}\n"),
            format!("# 开头{c}\n规则 乙 \"标题\" {{\n  依据 文 \"三日内完成\"\n  要求 有 完成日期 不符 \"x{c}\"\n}}\n"),
        ]
    };
    for c in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200f}', '\u{061c}'] {
        for case in turned(c) {
            assert!(codes(&case).contains(&"E006"), "{case:?}: {:?}", codes(&case));
        }
    }
    for c in ['\u{200b}', '\u{feff}', '\u{ad}', '\u{2060}', '\u{e0041}', '\u{1b}', '\u{9b}'] {
        for case in turned(c) {
            let found = codes(&case);
            assert!(found.contains(&"W108") && !found.contains(&"E006"), "{case:?}: {found:?}");
        }
    }
    // Joiners change how what they join looks, and so are seen.
    assert!(turned('\u{200d}').iter().all(|case| !codes(case).contains(&"W108")));
}

#[test]
fn names_that_look_the_same_are_refused_however_they_are_made() {
    for name in [
        "\u{2ea0}",
        "人\u{2ea0}",
        "\u{31d0}",
        "\u{a4ee}\u{a4d0}",
        "表\u{13aa}",
        "\u{585}\u{578}",
        "\u{261}",
        "表\u{430}",
        "学校Ａ",
        "项１",
        "\u{441}\u{43e}\u{440}",
        "\u{f900}项",
        "一カ月",
        "甲\u{3164}",
        "表\u{2167}",
    ] {
        let found = codes(&format!("选项 {name} {{ 丁 }}\n"));
        assert!(found.contains(&"E006"), "{name}: {found:?}");
    }
}

/// Two names, in each place where a name is declared.
fn declared(one: &str, other: &str) -> Vec<(&'static str, String)> {
    let pairs = [
        ("a field", "记录 甲 { NAME: 文本 }"),
        ("an option", "选项 乙 { NAME, 丁 }"),
        ("an option written in place", "记录 丙 { 戊: { NAME, 丁 } }"),
        ("a parameter", "参数 NAME: 整数 = 1"),
        ("a definition", "定义 NAME = 1"),
        ("a table", "表 NAME(x: 是否) -> 整数 { | x | 结果 | | 任意 | 1 | }"),
        ("a table's input", "表 己(NAME: 是否) -> 整数 { | NAME | 结果 | | 任意 | 1 | }"),
        ("a record", "记录 NAME { 庚: 文本 }"),
        ("options", "选项 NAME { 丁 }"),
        ("a source", "来源 NAME 外部 \"来源\""),
        ("a calendar", "日历 NAME \"calendar/good.json\""),
        ("a rule", "规则 NAME { 依据 外 要求 有 完成日期 }"),
        ("a forbidden key", "记录 辛 { 壬: 文本 禁填 NAME }"),
        ("a bound name", "定义 癸 = 隐患 记作 NAME [NAME.部位 = 大门]"),
    ];
    let against = |(place, text): (&'static str, &str)| {
        (place, format!("参数 {other}: 整数 = 1\n{}\n", text.replace("NAME", one)))
    };
    pairs.into_iter().map(against).collect()
}

#[test]
fn names_that_look_like_others_are_refused_wherever_they_are_declared() {
    let pairs = [
        ("`b\u{430}`", "ba"),
        ("`ba`", "`b\u{430}`"),
        ("`ba`", "`ba `"),
        ("e\u{301}t", "\u{e9}t"),
        ("`表\u{ff11}`", "表1"),
        ("`表(一)`", "`表\u{ff08}一\u{ff09}`"),
        ("`\u{41e}\u{41a}`", "OK"),
        ("`一\u{30ab}月`", "一力月"),
        ("`\u{2f8f}`", "行"),
        ("`Ⅱ级`", "`II级`"),
        ("`人\u{2ea0}`", "人民"),
        ("`\u{2ed4} 一`", "`门 一`"),
        ("`\u{a4ee}\u{a4d0}`", "AB"),
        ("`\u{13aa} 1`", "`A 1`"),
        ("`\u{585}\u{578}`", "on"),
        ("`x\u{251}`", "xa"),
        ("表\u{430}", "表a"),
    ];
    for (one, other) in pairs {
        for (place, text) in declared(one, other) {
            let found = codes(&text);
            assert!(found.contains(&"E006"), "{place}: {one} {other}: {found:?}");
        }
    }
    for (one, other) in [("ba", "bb"), ("`Ⅱ级`", "`Ⅲ级`"), ("表1", "表一"), ("`a b`", "`ab`"), ("`\u{3b1}`", "a")]
    {
        for (place, text) in declared(one, other) {
            assert!(!codes(&text).contains(&"E006"), "{place}: {one} {other}");
        }
    }
}

#[test]
fn a_heading_that_looks_like_another_is_refused() {
    let rule = |id: &str, group: &str| format!("规则 {id} {{ 依据 外 分组 \"{group}\" 要求 有 完成日期 }}\n");
    for (one, other) in [
        ("A类", "Ａ类"),
        ("排查 ", "排查"),
        ("A类", "\u{410}类"),
        ("人民", "人\u{2ea0}"),
        ("AB类", "\u{a4ee}\u{a4d0}类"),
        ("门", "\u{2ed4}"),
    ] {
        assert!(codes(&(rule("甲", one) + &rule("乙", other))).contains(&"E006"), "{one} {other}");
    }
    assert!(!codes(&(rule("甲", "排查") + &rule("乙", "检查") + &rule("丙", "排查"))).contains(&"E006"));
}

#[test]
fn a_path_leads_to_what_tells_documents_apart() {
    let data = |paths: &str| {
        let fields = "号: 文本\n  别号: 文本? 留存 \"有的学校有\"\n  名: 文本\n  日: 日期 已发生 范围 2022-01-01 至 今天\n  版: 整数? 范围 0 至 9\n  比: 小数 范围 0 至 9";
        codes(&format!(
            "# alone\n规则集 a \"甲\" {{ 版本 1 }}\n来源 文 \"source/text.txt\"\n数据 学校 {{\n  {paths}\n  {fields}\n}}\n\
             规则 乙 \"标题\" {{\n  依据 文 \"隐患一个不漏\"\n  要求 有 号 且 有 名 且 有 日 且 (缺 版 或 比 > 0) 不符 \"缺\" 整改 \"补\"\n}}\n"
        ))
    };
    assert_eq!(data("标识 号\n  名称 名\n  日期 日\n  版次 版"), Vec::<&str>::new());
    // An identity may not be left out.
    for wrong in ["标识 别号", "标识 版", "名称 日", "日期 号", "日期 版", "版次 日", "版次 比", "版次 号"]
    {
        let sound = if wrong.starts_with("标识") { "" } else { "标识 号\n  " };
        assert_eq!(data(&format!("{sound}{wrong}")), ["E060"], "{wrong}");
    }
}

/// The errors of a pack in one file of its own.
fn errors_alone(rest: &str) -> Vec<&'static str> {
    let loaded = compile(&format!("# alone\n规则集 a \"甲\" {{ 版本 1 }}\n来源 外 外部 \"外\"\n{rest}"));
    let errors = loaded.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    errors.map(|found| found.code.as_str()).collect()
}

#[test]
fn whom_documents_are_about_is_always_said() {
    let rule = "规则 甲 \"甲\" { 依据 外 要求 数 < 3 }\n";
    let school =
        |identity: &str, code: &str| errors_alone(&format!("数据 学校 {{ {identity} 码: {code} 数: 整数 }}\n{rule}"));
    assert_eq!(school("标识 码", "文本"), [""; 0]);
    assert_eq!(school("标识 码", "文本?"), ["E060"]);
    assert_eq!(school("标识 码", "文本 可填 无"), ["E060"]);
    assert_eq!(school("名册 码", "文本"), ["E060"]);
    let county = |school: &str, clause: &str, code: &str, fold: &str| {
        errors_alone(&format!(
            "数据 {school} {{ {} 码: 文本 数: 整数 }}\n记录 名 {{ 码: {code} }}\n数据 全县 {{ {clause} 册: [名] 各校: 汇总 {fold} }}\n{rule}",
            if school == "学校" { "标识 码" } else { "" }
        ))
    };
    assert_eq!(county("学校", "名册 册.码", "文本", "学校"), [""; 0]);
    assert_eq!(county("学校", "", "文本", "学校"), ["E096"]);
    assert_eq!(county("幼儿园", "名册 册.码", "文本", "幼儿园"), ["E096"]);
    assert_eq!(county("学校", "名册 册.码", "文本", "不存在的东西"), ["E012"]);
    for (clause, code) in [
        ("名册 册", "文本"),
        ("名册 码.册", "文本"),
        ("名册 册.号", "文本"),
        ("名册 册.码", "整数"),
        ("名册 册.码", "文本?"),
        ("名册 册.码", "文本 可填 无"),
        ("名册 册.码", "文本 敏感"),
    ] {
        assert_eq!(county("学校", clause, code, "学校"), ["E060"], "{clause} {code}");
    }
}

#[test]
fn the_programs_own_key_is_no_packs_to_give() {
    let rule = "规则 甲 \"甲\" { 依据 外 要求 数 < 3 }\n";
    for (field, forbidden, wrong) in [
        ("规则集: 文本", "身份证号", true),
        ("编号: 文本", "规则集", true),
        ("编号: 文本", "`规则_集`", true),
        ("`规 则集`: 文本", "身份证号", true),
        ("规则集编号: 文本", "规则集名", false),
    ] {
        let found = errors_alone(&format!(
            "数据 学校 {{ 标识 码 码: 文本 数: 整数 {field} 禁填 {forbidden} 理由 \"不收\" }}\n{rule}"
        ));
        assert_eq!(found.contains(&"E097"), wrong, "{field} {forbidden}: {found:?}");
    }
}
