//! Versions of a pack compared, through the library.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may fail")]

mod packs_support;

use bulou::diagnostic::Lang;
use bulou::pack::diff::{Comparison, Diff, EFFORT, compare, text};
use bulou::pack::{Files, load};
use packs_support::files;
use serde_json::Value;

fn replaced(files: &Files, pairs: &[(&str, &str)]) -> Files {
    let mut files = files.clone();
    for (from, to) in pairs {
        let mut found = 0;
        for (name, bytes) in files.0.iter_mut().filter(|(name, _)| name.ends_with(".bulou")) {
            let text = std::str::from_utf8(bytes).expect("UTF-8").to_owned();
            found += text.matches(from).count();
            assert!(!name.is_empty());
            *bytes = text.replace(from, to).into_bytes();
        }
        assert!(found > 0, "{from} stands nowhere");
    }
    files
}

fn seeds(files: &Files) -> Vec<Value> {
    let cases = files.0.iter().filter(|(name, _)| name.starts_with("cases/base/"));
    cases.filter_map(|(_, bytes)| serde_json::from_slice(bytes).ok()).collect()
}

fn diff(old: &Files, new: &Files, as_of: &str) -> Diff {
    let (one, other) = (load(old), load(new));
    for loaded in [&one, &other] {
        assert!(loaded.rules.is_some(), "{:#?}", loaded.diagnostics);
    }
    let seeds = seeds(new);
    let comparison = Comparison { as_of: as_of.parse().expect("a date"), effort: EFFORT, seeds: &seeds };
    compare(&one, &other, comparison).expect("sound packs")
}

#[test]
fn x() {
    let old = files();
    for pairs in [
        &[("会议日期 起 3日 内", "会议日期 起 5日 内")][..],
        &[("参数 每日巡查下限: 整数 = 5", "参数 每日巡查下限: 整数 = 7")],
        &[("期间 = 自然日", "期间 = 工作日")],
        &[("留样克数 ≥ 125", "留样克数 ≥ 150")],
        &[("(p ≠ 宿舍 或 学校.寄宿) 且 ", "")],
        &[("| 不满 100    | 1                         |", "| 不满 100    | 2                         |")],
        &[("选项 制度类别 { 门卫, 值班,", "选项 制度类别 { 门卫, 消防, 值班,")],
        &[("会议日期: 日期 = 2022-06-24", "会议日期: 日期 = 2022-06-22")],
    ] {
        let start = std::time::Instant::now();
        let diff = diff(&old, &replaced(&old, pairs), "2022-06-28");
        println!("{:?}\n{}", start.elapsed(), text::render(&diff, Lang::Zh));
    }
}
