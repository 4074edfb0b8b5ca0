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
    assert_eq!((last.code.as_str(), last.message.as_str()), ("D021", "7 further problems are not listed"));
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
    let row = |number| format!("{{\"编号\": \"{number}\", \"备注\": \"无\"}}");
    let rows = (0..limits::STRUCTURE_PROBLEMS + 7).map(row).collect::<Vec<_>>().join(", ");
    let document = |number: u32| format!("{{\"规则集\": \"a@1\", \"表\": [{rows}], \"甲\": {number}}}");
    let sound = check(&rules, document(1).as_bytes());
    let last = sound.structure.last().expect("a problem");
    assert_eq!(
        (last.code.as_str(), last.notice, sound.structure.len()),
        ("D021", true, limits::STRUCTURE_PROBLEMS + 1)
    );
    assert_eq!((sound.verdict, last.message.as_str()), (Verdict::Pass, "7 further problems are not listed"));
    let wrong = check(&rules, document(10).as_bytes());
    assert!(wrong.structure.iter().any(|one| one.code == "D008"), "{:?}", wrong.structure.last());
    assert_eq!((wrong.verdict, wrong.structure.len()), (Verdict::Undetermined, limits::STRUCTURE_PROBLEMS + 1));
    let last = wrong.structure.last().expect("a problem");
    assert_eq!((last.code.as_str(), last.message.as_str()), ("D021", "8 further problems are not listed"));
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
    assert_eq!((last.code.as_str(), last.message.as_str()), ("D021", "7 further problems are not listed"));
    assert!(reading.problems.iter().all(|one| one.notice), "where all are notices, what is not listed is no fault");
}

#[test]
fn a_document_beyond_its_size_is_not_read() {
    let rules = rules("");
    let report = check(&rules, &vec![b' '; limits::DOCUMENT_BYTES + 1]);
    let found: Vec<&str> = report.structure.iter().map(|problem| problem.code.as_str()).collect();
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
    assert!(refused.text().en.contains("nested"), "{refused:?}");
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

/// Some more elements than a requirement can compare each with each.
fn too_many() -> String {
    list(usize::try_from(limits::STEPS.isqrt()).expect("small") + 1)
}

/// What compares each with each.
const SLOW: &str = "每个 表 记作 x 满足 每个 表 记作 y 满足 x.数 = y.数";

#[test]
fn work_without_end_ends_and_no_other_rule_suffers_by_it() {
    let rules = rules(&format!(
        "规则 先 \"p\" {{ 要求 存在 表 满足 数 = 2 }}\n规则 慢 \"slow\" {{ 要求 {SLOW}  要求 存在 表 满足 数 = 2 }}
规则 慢适用 \"slow too\" {{ 适用 {SLOW}  要求 甲 = 1 }}\n规则 后 \"q\" {{ 要求 甲 = 1 }}\n"
    ));
    let report = check(&rules, too_many().as_bytes());
    let found: Vec<&str> = report.structure.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(found, ["D023"]);
    assert!(
        report.structure[0].message.contains("“slow”, “slow too” was not judged"),
        "{}",
        report.structure[0].message
    );
    let statuses: Vec<Status> = report.rules.iter().map(|rule| rule.status).collect();
    // A requirement that is not met is not hidden by another that nobody can judge.
    assert_eq!(statuses[..4], [Status::Fail, Status::Fail, Status::Undetermined, Status::Pass]);
    for rule in &report.rules[1..3] {
        assert!(
            rule.findings.iter().any(|one| one.message.starts_with("more steps than the limit (D023)")),
            "{rule:?}"
        );
    }
    assert_eq!(report.verdict, Verdict::Fail);
    assert_eq!(check(&rules, list(10).as_bytes()).structure, []);
}

#[test]
fn what_was_asked_when_the_steps_had_run_out_is_not_remembered() {
    let rules = rules(&format!(
        "定义 总 = 合计(表.数)\n定义 大 = 表 [数 > 0].编号
规则 慢 \"slow\" {{ 要求 ({SLOW}) 或 总 < 0 或 \"x\" 属于 大 }}
规则 后 \"q\" {{ 要求 总 > 0  要求 \"7\" 属于 大 }}\n"
    ));
    let report = check(&rules, too_many().as_bytes());
    let statuses: Vec<Status> = report.rules.iter().map(|rule| rule.status).collect();
    assert_eq!(statuses[..2], [Status::Undetermined, Status::Pass]);
}

#[test]
fn constraints_without_end_end_and_are_named() {
    let loaded = compile(&DATA.replace(
        "表: [项] 留存 \"例\"",
        &format!("表: [项] 留存 \"例\"  约束 {SLOW} 不符 \"a\"\n约束 甲 = 2 不符 \"b\"\n"),
    ));
    let rules = loaded.rules.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let report = check(&rules, too_many().as_bytes());
    let found: Vec<&str> = report.structure.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(found, ["D033", "D023"], "{:?}", report.structure);
    assert!(report.rules.iter().all(|rule| rule.status == Status::Pass));
}

/// Whatever is asked when the steps have run out, of a document in which all is filled in.
#[test]
fn nothing_that_is_filled_in_is_called_missing_when_the_steps_run_out() {
    let asked = [
        "有 甲",
        "甲 = 1",
        "日 须在 2022-06-01 起 3日 内",
        "至迟 2022-06-02 满足 甲 = 2",
        "日子 每 月 不少于 1 自 2022-01-01",
        "表.编号 不漏 {\"a\", \"b\"}",
        "\"a\" 属于 表.编号",
        "存在 表 记作 w 满足 w.数 = 2",
        "没有 表 记作 w 满足 w.数 = 1",
        "合计(表.数) / 甲 = 1",
        "甲 * 1000 > 1",
    ];
    let rules: String = asked
        .iter()
        .enumerate()
        .flat_map(|(at, asked)| {
            // A deadline or frequency is a requirement, and no part of a condition.
            let within = if asked.starts_with("日") || asked.starts_with("至迟") { "甲 = 1" } else { asked };
            [
                format!("规则 a{at} \"a{at}\" {{ 要求 ({SLOW}) 且 ({asked}) }}\n"),
                format!("规则 b{at} \"b{at}\" {{ 要求 每个 表 记作 z 满足 (没有 表 记作 y 满足 y.数 > z.数 且 ({within})) }}\n"),
            ]
        })
        .collect();
    let data = DATA.replace(
        "甲: 整数 留存 \"例\"",
        "甲: 整数 留存 \"例\"  日: 日期 已发生 留存 \"例\"  日子: [日期] 已发生 留存 \"例\"",
    );
    let loaded = compile(&format!("{data}{rules}"));
    let rules = loaded.rules.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let document = too_many().replace("\"甲\":1", "\"甲\":1,\"日\":\"2022-06-01\",\"日子\":[\"2022-06-01\"]");
    let report = check(&rules, document.as_bytes());
    let mut ran_out = 0;
    for rule in &report.rules {
        for finding in &rule.findings {
            assert!(!finding.message.contains("not filled in"), "{finding:?}");
            assert!(!finding.message.contains("cannot be worked out"), "{finding:?}");
            ran_out += usize::from(finding.message.contains("D023"));
        }
    }
    assert!(ran_out >= asked.len(), "{ran_out}");
}

/// A column of dates in a wrong form is as many values that are not known: what is asked of one is asked of all.
#[test]
fn values_that_are_not_known_are_asked_about_once() {
    let text = "规则集 a \"甲\" { 版本 1 }
记录 项 { 日: 日期 已发生 留存 \"例\"  数: 整数 留存 \"例\" }
数据 学校 { 表: [项] 留存 \"例\" }
规则 每日 \"daily\" { 要求 每个 去重(表.日) 记作 d 满足 合计(表 记作 x [x.日 = d].数) ≥ 2 }
";
    let rules = compile(text).rules.expect("a pack");
    let items = vec!["{\"日\":\"2022/6/1\",\"数\":2}"; 20_000].join(",");
    let report = check(&rules, format!("{{\"表\":[{items}]}}").as_bytes());
    assert!(report.structure.iter().all(|problem| problem.code != "D023"));
    let rule = &report.rules[0];
    assert_eq!((rule.status, rule.findings.len(), rule.more_findings), (Status::Undetermined, 1, 0));
}
