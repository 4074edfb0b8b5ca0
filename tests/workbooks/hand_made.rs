//! Workbooks that people and other programs make.

use serde_json::json;

use super::packs_support::{rules, sample};
use super::{drawn, fixture, pack, read, report, value};

/// What `make.py` drew, as a document; formulas are calculated in those that LibreOffice wrote.
fn expected(calculated: bool, merged: bool) -> serde_json::Value {
    let mut document = json!({
        "填报": {"日期": "2022-06-28", "填报人": "安全办", "审核人": "校长", "零报告": true},
        "学校": {"标识码": "2141000346", "名称": "北关小学", "办学类型": "小学", "寄宿": false, "有食堂": true,
            "学生数": 1460, "寄宿生数": 0, "教职工数": 78},
        "保卫": {"机构名称": "保卫科", "专职保安数": "三个", "成立日期": "2022-03-01"},
        "消防": {"设施检测日期": "2022-02-20", "巡查日期": ["2022-06-24", "2022-06-25", "2022-06-26"]},
        "警校联动": {"电话": "3796123456"},
        "平安档案": {"档案号": "12", "联系地址": "城关镇一号"},
        "纠纷": [],
        "隐患": [
            {"部位": "围墙", "编号": "Y01", "等级": "一般", "发现日期": "2022-06-25", "整改期限": "2022-06-27",
                "整改措施": "更换防护网", "销号日期": "2022-06-27", "备注": "先办"},
            {"编号": "Y02", "等级": "一般", "发现日期": "2022-06-26", "整改期限": "7月4日", "整改措施": "更换应急灯"},
            {"部位": "楼梯间", "编号": "3", "等级": "较大", "发现日期": "2022-06-26"},
        ],
        "重点部位": [{"部位": "大门", "管理人": "保安队长"}, {"部位": "厕所"}],
        "事件": [],
    });
    if calculated {
        document["消防"]["灭火器数"] = json!(32);
        document["重点部位"][1]["管理人"] = json!("保安队长");
    }
    if merged {
        document["隐患"][1]["部位"] = json!("围墙");
    }
    document
}

const IN_ALL: [&str; 13] = [
    "D044 自查表!C17",
    "D045 自查表!C18",
    "D047 自查表!C19",
    "D042 隐患!I2",
    "D041 隐患!J5",
    "D047 隐患!F3",
    "D047 隐患!C6",
    "D043 隐患!A2",
    "D040 Sheet9!C4",
    "D043 重点部位!A1",
    "D052 自查表!A1",
    "D052 自查表!A1",
    "D052 隐患!A1",
];

#[test]
fn what_a_school_draws_itself_is_read_and_its_faults_are_named_by_cell() {
    let rules = rules();
    let more: [(&str, bool, bool, &[&str]); 3] = [
        ("手工.xlsx", false, true, &["D045 自查表!C14", "D045 重点部位!B3", "D047 隐患!B5"]),
        ("手工.xls", true, true, &["D047 隐患!B5", "D052 "]),
        ("手工.ods", true, false, &["D047 自查表!E8", "D047 自查表!E8"]),
    ];
    for (name, calculated, merged, more) in more {
        let (document, mut problems) = read(&rules, &fixture(name));
        assert_eq!(document, expected(calculated, merged), "{name}");
        let mut all: Vec<&str> =
            IN_ALL.iter().chain(more).copied().filter(|problem| *problem != "D043 重点部位!A1").collect();
        all.sort_unstable();
        problems.sort_unstable();
        assert_eq!(problems, all, "{name}");
    }
}

#[test]
fn a_report_of_a_workbook_names_the_cell_of_what_is_wrong_and_of_what_is_missing() {
    let rules = rules();
    let report = report(&rules, "手工.xlsx", &fixture("手工.xlsx"));
    let cell = |code: &str, path: &str| {
        let found = report.structure.iter().find(|problem| problem.code == code && problem.path == path);
        found.and_then(|problem| Some((problem.cell.clone()?, problem.line, problem.column)))
    };
    assert_eq!(cell("D003", "/保卫/专职保安数"), Some(("自查表!C12".into(), 12, 3)));
    assert_eq!(cell("D004", "/隐患/2/等级"), Some(("隐患!D6".into(), 6, 4)));
    let findings = report.rules.iter().flat_map(|rule| &rule.findings);
    let blank = findings
        .clone()
        .find(|finding| finding.paths.iter().any(|path| path == "/隐患/2/整改措施"))
        .expect("a hazard without measures");
    assert!(blank.cells.contains(&"隐患!G6".to_owned()), "{:?}", blank.cells);
    assert!(findings.clone().all(|finding| finding.cells.len() == finding.paths.len()));
}

#[test]
fn none_and_not_looked_at_differ_and_contradictions_are_told() {
    let rules = pack(
        "规则集 a \"a\" { 版本 1 }\n记录 项 { 名: 文本 }\n数据 b { 甲: [项]  乙: [项]  丙: [项]  丁: [项]  戊: 项? }\n",
    );
    let form: &[&[&str]] = &[&["甲", "无"], &["乙", "无"], &["丙", "有"], &["丁", ""], &["戊", "无"], &["名", "某"]];
    let bytes = drawn(&[("填报表", form), ("乙", &[&["名"], &["一"]]), ("丁", &[&["名"], &["没有"]])]);
    let (document, problems) = read(&rules, &bytes);
    assert_eq!(document, json!({"甲": [], "乙": [{"名": "一"}], "丁": [], "戊": {"名": "某"}}));
    assert_eq!(problems, ["D046 填报表!B2", "D046 填报表!B3", "D046 填报表!B5"]);
    let bytes = drawn(&[("填报表", &[&["甲", ""], &["乙", " "]])]);
    assert_eq!(read(&rules, &bytes), (json!({}), Vec::new()), "a blank is missing, never none");
}

#[test]
fn a_remark_is_never_taken_for_an_answer() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n记录 项 { 名: 文本  岗: 文本 }\n数据 b { 校: 项 }\n");
    let form: &[&[&str]] =
        &[&["校", "", "学校情况"], &["名 *", "", "写全称"], &["岗", "校长", "写岗位"], &["多出来的", "", "一句话"]];
    assert_eq!(
        read(&rules, &drawn(&[("填报表", form)])),
        (json!({"校": {"岗": "校长"}}), vec!["D052 填报表!C1".to_owned()])
    );
    // The template's form without its keys.
    let text = json!({"规则集": "a@1", "校": {"岗": "校长"}}).to_string();
    let mut rows: Vec<Vec<&str>> = vec![vec!["a"], vec!["项目", "填写", "说明"], vec!["规则集(请不要改)", "a@1"]];
    rows.extend([vec!["校"], vec!["名 *", "", "说明"], vec!["岗 *", "校长", "说明"]]);
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    assert_eq!(read(&rules, &drawn(&[("填报表", &rows)])).0, value(&text));
}

#[test]
fn a_record_within_a_row_may_be_said_not_to_be_there() {
    let rules =
        pack("规则集 a \"a\" { 版本 1 }\n记录 址 { 省: 文本 }\n记录 项 { 名: 文本  旧址: 址? }\n数据 b { 甲: [项] }\n");
    let bytes =
        drawn(&[("甲", &[&["名", "旧址", "旧址·省"], &["一", "无", "豫"], &["二", "无", ""], &["三", "有", ""]])]);
    let (document, problems) = read(&rules, &bytes);
    assert_eq!(document, json!({"甲": [{"名": "一", "旧址": {"省": "豫"}}, {"名": "二"}, {"名": "三", "旧址": {}}]}));
    assert_eq!(problems, ["D046 甲!B2"]);
}

#[test]
fn rows_of_lists_within_lists_go_to_the_number_that_they_name() {
    let rules =
        pack("规则集 a \"a\" { 版本 1 }\n记录 子 { 名: 文本 }\n记录 项 { 名: 文本  子: [子] }\n数据 b { 表: [项] }\n");
    let children: &[&[&str]] = &[&["属于第几项", "名"], &["2", "丁"], &["7", "丙"], &["2", "戊"], &["9", "迷路"]];
    let bytes = drawn(&[("表", &[&["序号", "名"], &["7", "甲"], &["2", "乙"]]), ("子", children)]);
    let (document, problems) = read(&rules, &bytes);
    let rows = json!([{"名": "甲", "子": [{"名": "丙"}]}, {"名": "乙", "子": [{"名": "丁"}, {"名": "戊"}]}]);
    assert_eq!(document, json!({"表": rows}));
    assert_eq!(problems, ["D046 子!A5"]);
}

#[test]
fn a_sample_that_another_program_saved_again_is_the_same() {
    // LibreOffice 7.4 opened `bulou template --fill 县幼儿园-未填完.json` and saved it.
    let (document, problems) = read(&rules(), &fixture("县幼儿园.ods"));
    assert_eq!(document, value(&sample("县幼儿园-未填完.json")));
    // Note and title are in other words than the template's are today.
    assert_eq!(problems, ["D052 方案中的措施!A1", "D052 对照检查!B3"]);
}
