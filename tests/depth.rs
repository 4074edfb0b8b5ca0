//! Rule text that nests without brackets, or within itself: it is refused in its place, and nothing runs out of stack.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use bulou_messages::codes::Code;
use bulou_pack::{Files, Loaded, load};

const DATA: &str = "规则集 a \"甲\" { 版本 1 }\n记录 名 { 码: 文本 }\n数据 学校 { 数: 整数 表: [整数] }\n";

fn compile(text: &str) -> Loaded {
    load(&Files([("a.bulou".to_owned(), text.as_bytes().to_vec())].into()))
}

fn rule(condition: &str) -> Loaded {
    compile(&format!("{DATA}规则 r \"r\" {{ 要求 {condition} }}\n"))
}

/// Refused for its depth, and every place that is named is one of whole characters.
fn too_deep(what: &str, loaded: &Loaded) {
    assert!(loaded.rules.is_none(), "{what} compiles");
    let codes: Vec<Code> = loaded.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert!(codes.contains(&Code::Nesting), "{what}: {codes:?}");
    for diagnostic in &loaded.diagnostics {
        let span = diagnostic.primary.span;
        let text = &loaded.sources[span.source.0 as usize].text;
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{what}: {diagnostic:?}");
    }
}

#[test]
fn long_chains_are_refused() {
    let times = |text: &str, count: usize| text.repeat(count);
    for count in [101, 20_000] {
        too_deep("sum", &rule(&format!("1{} = 数", times(" + 1", count))));
        too_deep("product", &rule(&format!("1{} = 数", times(" * 1", count))));
        too_deep("非", &rule(&format!("{}有 数", times("非 ", count))));
        too_deep("minus", &rule(&format!("{}数 = 1", times("-", count))));
        too_deep("path", &rule(&format!("数{} = 1", times(".数", count))));
        too_deep("filters", &rule(&format!("数量(表{}) = 1", times(" 记作 x [x > 1]", count))));
        too_deep("若", &rule(&format!("{}有 数", times("若 有 数 则 ", count))));
        too_deep("否则", &rule(&format!("{}有 数", times("若 有 数 则 有 数 否则 ", count))));
        too_deep("每个", &rule(&format!("{}有 数", times("每个 表 记作 x 满足 ", count))));
    }
}

#[test]
fn what_is_not_deep_is_not_refused() {
    let many = |word: &str| format!("有 数{}", format!(" {word} 有 数").repeat(5000));
    for condition in
        [many("且"), many("或"), format!("数 属于 {{{}}}", "1, ".repeat(5000)), format!("1{} = 数", " + 1".repeat(90))]
    {
        let loaded = rule(&condition);
        assert!(loaded.rules.is_some(), "{:?}", loaded.diagnostics.iter().find(|found| found.code == Code::Nesting));
    }
}

/// Each alone is flat; together they are as deep as the last one that is named.
#[test]
fn definitions_and_tables_count_with_what_they_name() {
    let definitions = |order: &mut dyn Iterator<Item = usize>, count: usize| {
        let lines: String = order.map(|at| format!("定义 d{at} = d{} + 1\n", at + 1)).collect();
        compile(&format!("{DATA}{lines}定义 d{count} = 数\n规则 r \"r\" {{ 要求 d0 = 1 }}\n"))
    };
    for count in [120, 3000] {
        too_deep("definitions", &definitions(&mut (0..count), count));
        too_deep("definitions, the last first", &definitions(&mut (0..count).rev(), count));
    }
    assert!(definitions(&mut (0..40), 40).rules.is_some());
    let tables: String = (0..300)
        .map(|at| format!("表 t{at}(a: 整数) -> 整数 {{\n | a | 结果 |\n | 任意 | t{}(a) |\n}}\n", at + 1))
        .collect();
    let last = "表 t300(a: 整数) -> 整数 {\n | a | 结果 |\n | 任意 | a |\n}\n";
    too_deep("tables", &compile(&format!("{DATA}{tables}{last}规则 r \"r\" {{ 要求 t0(数) = 1 }}\n")));
}

/// The school's document held itself, without end.
#[test]
fn schools_are_rolled_up_in_the_county_alone() {
    let own = compile(
        "规则集 a \"甲\" { 版本 1 }\n数据 学校 { 数: 整数 各校: 汇总 学校 }\n数据 全县 { 名册 册.码  册: [名]  各校: 汇总 学校 }\n",
    );
    let within = compile(
        "规则集 a \"甲\" { 版本 1 }\n记录 名 { 码: 文本 }\n记录 组 { 各校: 汇总 学校 }\n数据 学校 { 组: [组] }\n数据 全县 { 名册 册.码  册: [名]  各校: 汇总 学校 }\n",
    );
    for loaded in [own, within] {
        let found = loaded.diagnostics.iter().find(|found| found.code == Code::TypeMismatch).expect("an error");
        assert_eq!(loaded.sources[0].slice(found.primary.span), "汇总 学校");
    }
}
