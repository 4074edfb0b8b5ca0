//! Every limit is met, and what is said there names it: none is a number that nothing reaches. Those of archives are
//! tested beside their reader, those of a workbook's bytes in `workbooks/hostile.rs`, that of what a rule's text may nest
//! in `depth.rs`.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panic")]

use std::fmt::Write as _;

use bulou_base::limits;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_pack::{Files, Loaded, load};
use bulou_report::{Report, Status, Verdict};
use rust_xlsxwriter::Workbook;

const DATA: &str = "规则集 a \"甲\" { 版本 1 }
记录 项 { 编号: 文本 留存 \"例\"  数: 整数 留存 \"例\" }
数据 学校 { 甲: 整数 留存 \"例\"  表: [项] 留存 \"例\" }
";

fn compile(text: &str) -> Loaded {
    // A pack has a rule.
    let files = [("a.bulou", text), ("z.bulou", "规则 常 \"常\" { 要求 今天 > 2000-01-01 }\n")];
    load(&Files(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()))
}

fn rules(rest: &str) -> RuleSet {
    let loaded = compile(&format!("{DATA}{rest}"));
    loaded.rules.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

fn check<'r>(rules: &'r RuleSet, document: &[u8]) -> Report<'r> {
    let options = Options { lang: Lang::En, ..Options::on(bulou_base::date::parse("2022-06-28").expect("a date")) };
    Checker::new(rules, &options).expect("the options fit").check("a.json", document)
}

/// Codes and messages of errors in a pack.
fn errors(text: &str) -> Vec<(&'static str, String)> {
    let found = compile(text).diagnostics.into_iter();
    found
        .filter(|one| one.severity() == bulou_messages::diagnostic::Severity::Error)
        .map(|one| (one.code.as_str(), one.message.en))
        .collect()
}

#[test]
fn a_rule_file_beyond_its_size_is_refused_and_one_within_is_not() {
    let filled = |size: usize| format!("{DATA}#{}", "x".repeat(size - DATA.len() - 1));
    assert_eq!(errors(&filled(limits::RULE_FILE_BYTES)), []);
    let found = errors(&filled(limits::RULE_FILE_BYTES + 1));
    assert!(found.iter().any(|(code, words)| *code == "E005" && words.contains("larger than 4 MB")), "{found:?}");
}

#[test]
fn records_that_multiply_end_somewhere() {
    let fields = |of: &str| (0..8).map(|at| format!("v{at}: {of} ")).collect::<String>();
    let nested = |levels: usize| {
        let records: String =
            (1..levels).map(|at| format!("记录 甲{at} {{ {} }}\n", fields(&format!("甲{}", at - 1)))).collect();
        format!("{DATA}记录 甲0 {{ {} }}\n{records}记录 大 {{ 丙: 甲{} }}\n", fields("整数"), levels - 1)
            .replace("表: [项]", "乙: 大  表: [项]")
    };
    assert_eq!(errors(&nested(5)), []);
    let found = errors(&nested(12));
    assert!(found.iter().any(|(code, words)| *code == "E005" && words.contains("multiply")), "{found:?}");
}

#[test]
fn misspelt_names_beyond_the_limit_are_reported_without_a_suggestion() {
    // Each is compared with several names of three bytes and more.
    let long = "甲".repeat(limits::NEARNESS / 30_000);
    let rules: String = (0..4000).map(|at| format!("规则 r{at} \"r\" {{ 要求 甲{at} ≥ 1 }}\n")).collect();
    let found = compile(&format!("{DATA}定义 {long} = 甲\n{rules}")).diagnostics;
    let unknown: Vec<_> = found.iter().filter(|one| one.code.as_str() == "E012").collect();
    assert_eq!(unknown.len(), 4000);
    let nearest = |words: &str| words.contains("did you mean");
    assert!(nearest(&unknown[0].help.en) && !nearest(&unknown[3999].help.en));
}

#[test]
fn lists_within_lists_end_somewhere() {
    let nested = |count: usize| {
        let every: String = (0..count).map(|at| format!("每个 表 记作 x{at} 满足 ")).collect();
        format!("{DATA}规则 r \"r\" {{ 要求 {every}x0.数 > 0 }}\n")
    };
    // The document itself is the outermost binding.
    assert_eq!(errors(&nested(limits::BINDINGS - 1)), []);
    let found = errors(&nested(limits::BINDINGS));
    assert_eq!(found, [("E027", "too many lists are bound inside one another".to_owned())]);
}

#[test]
fn records_within_records_end_somewhere() {
    let nested = |count: usize| {
        let records: String = (0..count).fold(String::new(), |mut text, at| {
            let inner = if at + 1 == count { "整数".to_owned() } else { format!("项{}", at + 1) };
            let _ = writeln!(text, "记录 项{at} {{ 丁: {inner} 留存 \"例\" }}");
            text
        });
        format!("规则集 a \"甲\" {{ 版本 1 }}\n{records}数据 学校 {{ 丙: 项0 留存 \"例\" }}\n")
    };
    assert_eq!(errors(&nested(limits::BINDINGS)), []);
    let found = errors(&nested(limits::BINDINGS + 1));
    assert_eq!(found, [("E005", format!("records stand within one another deeper than {}", limits::BINDINGS))]);
}

#[test]
fn problems_beyond_those_listed_are_counted() {
    let more = 7;
    let keys: String = (0..limits::STRUCTURE_PROBLEMS + more).map(|at| format!("\"k{at}\": 1, ")).collect();
    let rules = rules("");
    let report = check(&rules, format!("{{\"规则集\": \"a@1\", {keys}\"甲\": 1, \"表\": []}}").as_bytes());
    assert_eq!(report.structure.len(), limits::STRUCTURE_PROBLEMS + 1);
    let last = report.structure.last().expect("a problem");
    assert_eq!((last.code, last.message.as_str()), ("D021", "7 further problems are not listed"));
    assert_eq!(report.verdict, Verdict::Undetermined);
}

#[test]
fn why_a_document_cannot_be_read_is_not_crowded_out() {
    let rules = rules("");
    let keys = |value: &str| -> String {
        (0..limits::STRUCTURE_PROBLEMS + 7).map(|at| format!("\"k{at}\": {value}, ")).collect()
    };
    for (document, code) in [
        (format!("{{{}\"规则集\": \"b@1\", \"甲\": 1, \"表\": []}}", keys("1")), "D018"),
        (format!("{{{}\"甲\": 1, \"表\": [", keys("1")), "D020"),
        (format!("{{{}\"甲\": 1, \"表\": []}} {{}}", keys("1")), "D017"),
        (format!("{{{}\"甲\": 1 \"表\": []}}", keys("1")), "D002"),
    ] {
        let report = check(&rules, document.as_bytes());
        assert!(report.structure.len() <= limits::STRUCTURE_PROBLEMS + 1);
        assert!(report.structure.iter().any(|one| one.code == code && !one.notice), "{code}: {:?}", report.structure);
        assert_eq!(report.verdict, Verdict::Undetermined);
    }
}

#[test]
fn notices_beyond_those_listed_are_no_fault_and_crowd_out_none() {
    let loaded = compile(
        "规则集 a \"甲\" { 版本 1 }
记录 项 { 编号: 文本 留存 \"例\"  备注: 文本? 留存 \"例\" }
数据 学校 { 表: [项] 留存 \"例\"  甲: 整数 范围 0 至 9 留存 \"例\" }
",
    );
    let rules = loaded.rules.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let rows = vec![r#"{"编号": "1", "备注": "无"}"#; limits::STRUCTURE_PROBLEMS + 7].join(", ");
    let document = |number: u32| format!("{{\"规则集\": \"a@1\", \"表\": [{rows}], \"甲\": {number}}}");
    let sound = check(&rules, document(1).as_bytes());
    let last = sound.structure.last().expect("a problem");
    assert_eq!((last.code, last.notice, sound.structure.len()), ("D021", true, limits::STRUCTURE_PROBLEMS + 1));
    assert_eq!((sound.verdict, last.message.as_str()), (Verdict::Pass, "7 further problems are not listed"));
    let wrong = check(&rules, document(10).as_bytes());
    assert!(wrong.structure.iter().any(|one| one.code == "D008"), "{:?}", wrong.structure.last());
    assert_eq!((wrong.verdict, wrong.structure.len()), (Verdict::Undetermined, limits::STRUCTURE_PROBLEMS + 1));
    let last = wrong.structure.last().expect("a problem");
    assert_eq!((last.code, last.message.as_str()), ("D021", "8 further problems are not listed"));
}

#[test]
fn problems_of_a_workbook_beyond_those_listed_are_counted() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("表").expect("a name");
    sheet.write_string(0, 0, "编号").expect("a cell");
    sheet.write_string(0, 1, "数").expect("a cell");
    let rows = u32::try_from(limits::STRUCTURE_PROBLEMS).expect("small") + 7;
    for row in 1..=rows {
        sheet.write_number(row, 0, f64::from(row)).expect("a cell");
        sheet.write_number(row, 1, 1).expect("a cell");
    }
    let reading =
        bulou_sheets::read(&rules(""), &book.save_to_buffer().expect("a workbook"), Lang::En).expect("a workbook");
    assert_eq!(reading.problems.len(), limits::STRUCTURE_PROBLEMS + 1);
    let last = reading.problems.last().expect("a problem");
    assert_eq!((last.code, last.message.as_str()), ("D021", "7 further problems are not listed"));
    assert!(reading.problems.iter().all(|one| one.notice), "where all are notices, what is not listed is no fault");
}

#[test]
fn a_document_beyond_its_size_is_not_read() {
    let rules = rules("");
    let report = check(&rules, &vec![b' '; limits::DOCUMENT_BYTES + 1]);
    let found: Vec<&str> = report.structure.iter().map(|problem| problem.code).collect();
    assert_eq!((found.as_slice(), report.rules.len()), (&["D019"][..], 0));
}

#[test]
fn a_document_nested_without_end_is_refused_and_one_that_is_not_is_read() {
    let nested =
        |depth: usize| format!("{{\"甲\": 1, \"表\": [], \"x\": {}1{}}}", "[".repeat(depth), "]".repeat(depth));
    let codes =
        |text: &str| check(&rules(""), text.as_bytes()).structure.iter().map(|one| one.code).collect::<Vec<_>>();
    assert_eq!(codes(&nested(limits::DOCUMENT_NESTING)), ["D006"]);
    for depth in [limits::DOCUMENT_NESTING + 1, 100_000] {
        assert_eq!(codes(&nested(depth)), ["D006", "D013"]);
    }
    // No workbook is made of what is nested deeper.
    let rules = rules("");
    assert!(bulou_sheets::workbook(&rules, &nested(limits::DOCUMENT_NESTING - 1)).is_ok());
    let refused = bulou_sheets::workbook(&rules, &nested(limits::DOCUMENT_NESTING)).expect_err("too deep");
    assert!(refused.en.contains("nested"), "{refused:?}");
}

fn list(count: usize) -> String {
    let items: Vec<String> = (0..count).map(|at| format!("{{\"编号\":\"{at}\",\"数\":1}}")).collect();
    format!("{{\"甲\":1,\"表\":[{}]}}", items.join(","))
}

#[test]
fn a_long_document_says_what_a_short_one_does() {
    let rules = rules("规则 r \"r\" { 要求 每个 表 满足 编号 ≠ \"7\" 不符 \"有 {编号}\" }\n");
    let found = |count: usize| {
        let document = list(count);
        let report = check(&rules, document.as_bytes());
        assert_eq!(report.structure, []);
        let messages = report.rules.iter().flat_map(|rule| &rule.findings).map(|finding| finding.message.clone());
        (document.len(), messages.collect::<Vec<_>>())
    };
    let ((short, few), (long, many)) = (found(100), found(60_000));
    assert!(short < 1 << 20 && long > 1 << 20, "{short} {long}");
    assert_eq!((few, many), (vec!["有 7".to_owned()], vec!["有 7".to_owned()]));
}

#[test]
fn findings_beyond_those_listed_are_counted() {
    let rules = rules("规则 r \"r\" { 要求 每个 表 满足 数 > 1 不符 \"{编号}\" }\n");
    let report = check(&rules, list(limits::FINDINGS + 7).as_bytes());
    let rule = &report.rules[0];
    assert_eq!((rule.status, rule.findings.len(), rule.more_findings), (Status::Fail, limits::FINDINGS, 7));
}

/// A test by time would be no test: one by one this would take hours.
#[test]
fn values_that_come_again_and_again_are_found_at_once() {
    let text =
        "规则集 a \"甲\" { 版本 1 }\n记录 项 { 编号: 文本 唯一 留存 \"例\" }\n数据 学校 { 表: [项] 留存 \"例\" }\n";
    let rules = compile(text).rules.expect("a pack");
    let count = 200_000;
    let own = (0..count).map(|at| format!("{{\"编号\":\"{at}\"}}"));
    let again = std::iter::repeat_n(format!("{{\"编号\":\"{}\"}}", count - 1), count);
    let items: Vec<String> = own.chain(again).collect();
    let report = check(&rules, format!("{{\"表\":[{}]}}", items.join(",")).as_bytes());
    let last = report.structure.last().expect("a problem");
    assert_eq!(last.message, format!("{} further problems are not listed", count - limits::STRUCTURE_PROBLEMS));
    assert!(report.structure[0].message.contains(&format!("item {count} already")), "{}", report.structure[0].message);
}

#[test]
fn work_without_end_ends_and_nothing_passes_by_it() {
    let rules = rules(
        "规则 慢 \"慢\" { 要求 每个 表 记作 x 满足 每个 表 记作 y 满足 x.数 = y.数 }\n规则 后 \"后\" { 要求 甲 = 1 }\n",
    );
    let side = usize::try_from(limits::STEPS.isqrt()).expect("small") + 1;
    let report = check(&rules, list(side).as_bytes());
    let found: Vec<&str> = report.structure.iter().map(|problem| problem.code).collect();
    assert_eq!(found, ["D023"]);
    assert!(report.rules.iter().all(|rule| rule.status == Status::Undetermined), "{:?}", report.counts);
    assert_eq!(report.verdict, Verdict::Undetermined);
    // These two and the one that every pack here has.
    assert_eq!(check(&rules, list(10).as_bytes()).counts.pass, 3);
}
