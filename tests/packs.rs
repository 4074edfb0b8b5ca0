//! The campus-safety pack on the sample schools, through the library.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test may fail and read files"
)]

mod packs_support;

#[path = "bench/src/documents/mod.rs"]
#[allow(dead_code, clippy::panic, reason = "the benchmark asks more of it")]
mod measured;

use bulou_eval::{Checker, Options};
use bulou_ir::{RuleSet, compiled};
use bulou_pack::{cases, load, mutate};
use bulou_report::{Report, Status, Verdict};
use packs_support::{files, rules, sample, twenty};

fn check<'r>(rules: &'r RuleSet, document: &str, today: &str, params: &[(&str, &str)]) -> Report<'r> {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let options = Options { params, ..Options::on(today.parse().expect("a date")) };
    Checker::new(rules, &options).expect("good options").check("sample.json", document.as_bytes())
}

fn status(report: &Report<'_>, rule: &str) -> Status {
    report.rules.iter().find(|result| result.card.id == rule).expect("a rule of the pack").status
}

#[test]
fn the_good_school_has_one_thing_pending() {
    let rules = rules();
    let report = check(&rules, &sample("南街小学.json"), "2022-06-28", &[]);
    assert_eq!(report.verdict, Verdict::Pending);
    assert_eq!((report.counts.fail, report.counts.undetermined, report.counts.pending), (0, 0, 1));
    assert_eq!(report.structure, []);
    let hazard = report.rules.iter().find(|rule| rule.status == Status::Pending).expect("one is pending");
    assert_eq!(
        (hazard.card.id.as_str(), hazard.due.as_deref(), hazard.days_left),
        ("隐患按期销号", Some("2022-07-04"), Some(6))
    );
}

#[test]
fn the_faulty_school_fails_where_faults_were_planted() {
    let rules = rules();
    let report = check(&rules, &sample("北关小学-有问题.json"), "2022-06-28", &[]);
    assert_eq!(report.verdict, Verdict::Fail);
    for rule in [
        "三日摸底",
        "隐患有措施",
        "隐患按期销号",
        "建立应急预案",
        "层层签订责任书",
        "教育培训不漏人",
        "保安配足",
        "部位每天巡查",
        "红外不装禁区",
        "无外人闯入",
    ] {
        assert_eq!(status(&report, rule), Status::Fail, "{rule}");
    }
    assert_eq!(status(&report, "电警棍待核"), Status::Hint);
    let patrol = report.rules.iter().find(|rule| rule.card.id == "部位每天巡查").expect("the rule");
    assert_eq!(patrol.findings.first().map(|finding| finding.omitted.as_slice()), Some(["厕所".to_owned()].as_slice()));
    let hazard = report.rules.iter().find(|rule| rule.card.id == "隐患有措施").expect("the rule");
    let finding = hazard.findings.first().expect("a finding");
    assert!(finding.message.starts_with("隐患 Y01(围墙)"), "{}", finding.message);
    assert_eq!(finding.paths, ["/隐患/0/整改措施"]);
}

#[test]
fn blank_parts_are_undetermined_and_never_pass() {
    let rules = rules();
    let report = check(&rules, &sample("县幼儿园-未填完.json"), "2022-06-28", &[]);
    for rule in ["建立安全档案", "教育培训不漏人", "全员应到", "技防达标", "红外不装禁区"] {
        assert_eq!(status(&report, rule), Status::Undetermined, "{rule}");
    }
    let archive = report.rules.iter().find(|rule| rule.card.id == "建立安全档案").expect("the rule");
    assert_eq!(
        archive.findings.first().map(|finding| finding.paths.as_slice()),
        Some(["/平安档案".to_owned()].as_slice())
    );
}

#[test]
fn the_three_days_run_out_on_the_right_day() {
    let (rules, document) = (rules(), sample("县幼儿园-未填完.json"));
    for (today, expected, left) in
        [("2022-06-26", Status::Pending, 1), ("2022-06-27", Status::Pending, 0), ("2022-06-28", Status::Fail, -1)]
    {
        let report = check(&rules, &document, today, &[]);
        let rule = report.rules.iter().find(|rule| rule.card.id == "三日摸底").expect("the rule");
        assert_eq!((rule.status, rule.days_left), (expected, Some(left)), "{today}");
    }
}

/// 民法典 arts. 200 to 204, with the State Council's yearly calendars.
#[test]
fn date_vectors_hold_for_each_way_of_counting() {
    let (rules, document) = (rules(), sample("县幼儿园-未填完.json"));
    for (start, natural, rolled, working) in [
        ("2022-06-24", "2022-06-27", "2022-06-27", "2022-06-29"),
        ("2022-06-22", "2022-06-25", "2022-06-27", "2022-06-27"),
        ("2026-02-11", "2026-02-14", "2026-02-14", "2026-02-14"),
        ("2026-09-29", "2026-10-02", "2026-10-08", "2026-10-09"),
        ("2026-09-30", "2026-10-03", "2026-10-08", "2026-10-10"),
        ("2026-04-30", "2026-05-03", "2026-05-06", "2026-05-08"),
    ] {
        for (counting, due) in [("自然日", natural), ("顺延", rolled), ("工作日", working)] {
            let report = check(&rules, &document, "2026-12-31", &[("会议日期", start), ("期间", counting)]);
            let rule = report.rules.iter().find(|rule| rule.card.id == "三日摸底").expect("the rule");
            assert_eq!(rule.due.as_deref(), Some(due), "{start} {counting}");
        }
    }
}

#[test]
fn a_year_without_a_calendar_is_undetermined_where_rest_days_matter() {
    let (rules, document) = (rules(), sample("县幼儿园-未填完.json"));
    let report = check(&rules, &document, "2027-03-01", &[("会议日期", "2027-02-01"), ("期间", "工作日")]);
    assert_eq!(status(&report, "三日摸底"), Status::Undetermined);
    let report = check(&rules, &document, "2027-03-01", &[("会议日期", "2027-02-01")]);
    assert_eq!(status(&report, "三日摸底"), Status::Fail);
}

#[test]
fn an_empty_list_is_an_answer_and_an_absent_one_is_not() {
    let rules = rules();
    let mut document: serde_json::Value = serde_json::from_str(&sample("南街小学.json")).expect("JSON");
    document["隐患"] = serde_json::json!([]);
    assert_eq!(status(&check(&rules, &document.to_string(), "2022-06-28", &[]), "隐患有措施"), Status::Pass);
    document.as_object_mut().expect("an object").remove("隐患");
    let report = check(&rules, &document.to_string(), "2022-06-28", &[]);
    let rule = report.rules.iter().find(|rule| rule.card.id == "隐患有措施").expect("the rule");
    assert_eq!(
        (rule.status, rule.findings[0].paths.as_slice()),
        (Status::Undetermined, ["/隐患".to_owned()].as_slice())
    );
}

#[test]
fn whatever_is_no_answer_in_any_pack_is_none_in_this() {
    let built_in = bulou_document::placeholder::cores(None::<std::iter::Empty<&str>>);
    let rules = rules();
    let lacking: Vec<&String> = built_in.iter().filter(|core| !rules.shape.placeholders.contains(core)).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

#[test]
fn odd_bytes_get_an_answer_about_themselves() {
    let rules = rules();
    let good = sample("南街小学.json");
    let with_mark = format!("\u{FEFF}{good}");
    assert_eq!(check(&rules, &with_mark, "2022-06-28", &[]).verdict, Verdict::Pending);
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(good.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let digits = format!("{{\"学校\":{{\"学生数\":{}}}}}", "9".repeat(5000));
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (utf16, "D001"),
        (b"  \n".to_vec(), "D014"),
        (Vec::new(), "D014"),
        (b"PK\x03\x04rest".to_vec(), "D015"),
        // Within a character, or between two.
        (good.as_bytes()[..good.len() / 2].to_vec(), "D020"),
        (good.as_bytes()[..good.len() / 2 + 1].to_vec(), "D020"),
        (good.as_bytes()[..good.len() / 2 + 2].to_vec(), "D020"),
        (good.as_bytes()[..good.find("南街小学").expect("the name")].to_vec(), "D020"),
        (format!("{good} x").into_bytes(), "D017"),
        ("[".repeat(200_000).into_bytes(), "D013"),
        (b"{\"a\":1,}".to_vec(), "D006"),
        ("{\"学校\":{},\"学校\":{}}".as_bytes().to_vec(), "D007"),
        ("{\"学校\":{\"学生数\":1e400}}".as_bytes().to_vec(), "D009"),
        (digits.into_bytes(), "D009"),
        ("{\"心理\":{\"诊断\":\"…\"}}".as_bytes().to_vec(), "D012"),
    ];
    let options = Options::on("2022-06-28".parse().expect("a date"));
    let mut checker = Checker::new(&rules, &options).expect("good options");
    for (bytes, code) in cases {
        let report = checker.check("odd.json", &bytes);
        assert_ne!(report.verdict, Verdict::Pass, "{code}");
        let codes: Vec<&str> = report.structure.iter().map(|problem| problem.code.as_str()).collect();
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
}

#[test]
fn structural_problems_have_their_pointer_line_and_column() {
    let document = "{\n  \"隐患\": [\n    {\"部位\": \"厨房\", \"发现日期\": \"2022-02-30\"}\n  ]\n}";
    let rules = rules();
    let report = check(&rules, document, "2022-06-28", &[]);
    let places: Vec<_> = report
        .structure
        .iter()
        .filter(|problem| problem.code != "D031")
        .map(|problem| (problem.code.as_str(), problem.path.as_str(), problem.line, problem.column))
        .collect();
    let nameless = ("D034", "/学校/标识码", 1, 1);
    assert_eq!(places, [nameless, ("D004", "/隐患/0/部位", 3, 12), ("D005", "/隐患/0/发现日期", 3, 26)]);
}

#[test]
fn the_packs_own_cases_hold_and_leave_no_rule_out() {
    let results = cases::run(&rules(), &files());
    assert_eq!(results.problems, []);
    for case in &results.cases {
        assert_eq!(case.mismatches.words().collect::<Vec<_>>(), [], "{} {}", case.file, case.title);
    }
    assert_eq!(results.uncovered, []);
}

#[test]
fn the_packs_own_cases_notice_small_changes_of_its_rules() {
    let jobs = std::thread::available_parallelism().map_or(1, Into::into);
    let mutation = mutate::run(&files(), jobs, &|_, _| ()).expect("a run");
    assert_eq!(mutation.stale, []);
    let missed: Vec<_> = mutation.missed().collect();
    assert!(mutation.score().permille() >= 950, "{missed:#?}");
    assert!(mutation.score().noticed > 1200, "the rules and what bounds documents are changed at all");
}

#[test]
fn every_sentence_of_the_source_is_ruled_or_excused_and_nothing_warns() {
    let loaded = load(&files());
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, Vec::<&str>::new());
}

/// Citing one clause covers a sentence; here no word of one is left to that.
#[test]
fn every_clause_of_the_source_is_quoted_by_a_rule_or_excused() {
    let rules = rules();
    let sentences = rules.sources.iter().flat_map(|source| &source.sentences);
    let clauses: Vec<_> = sentences.flat_map(|sentence| &sentence.clauses).collect();
    let open: Vec<_> = clauses.iter().copied().flatten().filter(|(_, quoted)| !quoted).collect();
    assert!(clauses.len() > 300 && open.is_empty(), "{open:?}");
}

#[test]
fn a_compiled_pack_gives_the_same_reports_and_its_bytes_are_stable() {
    let rules = rules();
    let bytes = compiled::to_bytes(&rules).expect("bytes");
    let again = compiled::from_bytes(&bytes).expect("the same pack");
    assert_eq!(compiled::to_bytes(&again).as_ref(), Ok(&bytes));
    for name in ["南街小学.json", "北关小学-有问题.json", "县幼儿园-未填完.json"] {
        let report = |rules| serde_json::to_string(&check(rules, &sample(name), "2022-06-28", &[])).expect("JSON");
        assert_eq!(report(&again), report(&rules), "{name}");
    }
    for end in [0, 1, bytes.len() / 2, bytes.len() - 1] {
        assert!(compiled::from_bytes(&bytes[..end]).is_err(), "{end} of {} bytes", bytes.len());
    }
}

/// The benchmark is a package of its own, which the tests do not run.
#[test]
fn the_rules_of_the_benchmark_compile_over_the_data_of_the_pack() {
    let loaded = load(&twenty());
    assert!(loaded.rules.is_some(), "{:#?}", loaded.diagnostics);
}

/// Of those with faults some contradict themselves; what is measured does not.
#[test]
fn the_documents_of_the_benchmark_are_complete_and_sound() {
    let (rules, documents) = (rules(), measured::Documents::new(0));
    for (name, bytes) in documents.named() {
        let text = std::str::from_utf8(bytes).expect("JSON");
        assert_eq!(check(&rules, text, measured::TODAY, &[]).structure, [], "{name}");
    }
}

#[test]
fn a_field_that_a_definition_reads_is_used_by_every_rule_with_the_definition() {
    let rules = rules();
    let school = bulou_api::form::form(&rules).into_iter().find(|field| field.key == "学校").expect("the field");
    let bulou_api::form::FormKind::Record { fields, .. } = school.kind else { panic!("a record") };
    let canteen = fields.into_iter().find(|field| field.key == "有食堂").expect("the field");
    for rule in ["层层签订责任书", "重点部位有人管", "部位每天巡查", "食堂安全"] {
        assert!(canteen.rules.iter().any(|known| known == rule), "{rule}: {:?}", canteen.rules);
    }
}

#[test]
fn a_case_that_holds_only_because_its_document_is_misspelt_does_not_hold() {
    let case = |more: &str| {
        let case = format!(
            r#"[{{"说明": "写错项名", "今天": "2022-06-28", "基准": "base/primary.json", "修改": {{"保卫": {{"专职保安": 9}}}},
                "期望": {{"三日摸底": "符合"}}{more}}}]"#
        );
        let mut files = files();
        files.0.retain(|name, _| !name.starts_with("cases/") || name.starts_with("cases/base/"));
        files.0.insert("cases/one.json".to_owned(), case.into_bytes());
        cases::run(&rules(), &files).cases.remove(0).mismatches.words().collect::<Vec<_>>()
    };
    let found = case("");
    assert!(found.len() == 1 && found[0].zh.contains("D006 /保卫/专职保安"), "{found:?}");
    assert_eq!(case(r#", "结构": ["D006"]"#), []);
}
