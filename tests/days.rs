//! Days: dates that cannot be, deadlines in the order of their answers, duties with a due day, frequencies from their
//! start on, and days in force.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panic")]

use bulou_base::date::parse;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_pack::{Files, load};
use bulou_report::{Report, Status, Verdict};
use serde_json::{Value, json};

const CALENDAR: &str = r#"{"years": {"2022": {"rest": [], "work": []}}}"#;

fn compile(text: &str) -> RuleSet {
    let files = [("a.bulou", text.as_bytes()), ("calendar.json", CALENDAR.as_bytes())];
    let loaded = load(&Files(files.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).into()));
    loaded.rules.unwrap_or_else(|| panic!("{text}\n{:#?}", loaded.diagnostics))
}

/// A pack with one rule over fields that are declared in `fields`.
fn pack(fields: &str, more: &str, requirement: &str) -> String {
    format!(
        "规则集 t \"测试\" {{ 版本 1 施行 2000-01-01 }}\n来源 文 外部 \"文\"\n{more}\n数据 学校 {{\n  {fields}\n}}\n\
         规则 r \"则\" {{ 依据 文 要求 {requirement} 整改 \"改\" }}\n"
    )
}

fn check<'r>(rules: &'r RuleSet, document: &Value, today: &str, params: &[(&str, &str)]) -> Report<'r> {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let options = Options { params, ..Options::on(parse(today).expect("a day")) };
    let mut checker = Checker::new(rules, &options).expect("the options fit");
    // It says for which pack it is, so that a document with nothing filled in is one.
    let mut document = document.clone();
    document["规则集"] = "t@1".into();
    checker.check("a.json", document.to_string().as_bytes())
}

/// What the rule comes to, with the codes of what is wrong with the document and what is said first.
fn answer(text: &str, document: &Value, today: &str) -> (Status, Vec<&'static str>, String) {
    let rules = compile(text);
    let report = check(&rules, document, today, &[]);
    let said = report.rules[0].findings.first().map(|finding| finding.message.clone());
    (
        report.rules[0].status,
        report.structure.iter().map(|problem| problem.code.as_str()).collect(),
        said.unwrap_or_default(),
    )
}

fn status(text: &str, document: &Value, today: &str) -> Status {
    answer(text, document, today).0
}

#[test]
fn a_document_on_each_of_some_days_is_what_it_is_on_that_day_alone() {
    let fields = "d: 日期 已发生  p: 日期 计划 范围 今天 至 今天 + 9日  L: [日期] 已发生";
    let rules = compile(&pack(fields, "", "d ≤ p 且 数量(L) ≥ 1"));
    let document = json!({"规则集": "t@1", "d": "2022-06-10", "p": "2022-06-12", "L": ["2022-06-10"]});
    let days = ["2022-06-01", "2022-06-11", "2022-06-28", "2022-06-11", "2022-06-09"];
    let alone: Vec<Vec<Status>> = days.map(|day| vec![check(&rules, &document, day, &[]).rules[0].status]).into();
    let mut checker = Checker::new(&rules, &Options::on(parse(days[0]).expect("a day"))).expect("the options fit");
    let days = days.map(|day| parse(day).expect("a day"));
    assert_eq!(checker.statuses(document.to_string().as_bytes(), &days), alone);
    assert_eq!(alone.concat().iter().filter(|status| **status == Status::Pass).count(), 2, "{alone:?}");
}

#[test]
fn a_date_that_has_not_happened_yet_is_unknown_in_every_form() {
    let fields = "d: 日期 已发生  o: 日期? 已发生  L: [日期] 已发生  R: [项]";
    let more = "记录 项 { 日: 日期 已发生 }\n定义 名日 = d\n表 档(日: 日期) -> 整数 {\n  | 日 | 结果 |\n  | ≤ 2022-12-31 | 1 |\n  | > 2022-12-31 | 2 |\n}";
    let late = "2099-12-31";
    let document = json!({"d": late, "o": late, "L": [late], "R": [{"日": late}]});
    for requirement in [
        "今天 - d ≤ 31日",
        "d - 2022-06-24 > 0日",
        "d ≥ 2022-06-24",
        "d ≠ 2022-06-24",
        "d = 名日",
        "d 在 2022-01-01 至 2100-01-01 之间",
        "d + 1日 > 2022-06-24",
        "名日 > 2022-06-24",
        "档(d) = 2",
        "有 d",
        "非 缺 o",
        "有 o 且 o > 2022-06-24",
        "(o 缺省 2022-06-24) > 2022-06-23",
        "d 属于 {2099-12-31}",
        "L 包含 2099-12-31",
        "存在 L 记作 x 满足 今天 - x ≤ 31日",
        "每个 L 记作 x 满足 x ≥ 2022-06-24",
        "没有 L 记作 x 满足 x < 2022-06-24",
        "L 不漏 {2099-12-31}",
        "数量(L 记作 x [x ≥ 2022-06-24]) = 1",
        "最晚(L) 缺省 2022-06-24 ≥ 2022-06-24",
        "最大(R.日) 缺省 2022-06-24 ≥ 2022-06-24",
        "存在 R 满足 今天 - 日 ≤ 31日",
        "R.日 包含 2099-12-31",
        "存在 R[日 ≥ 2022-06-24] 满足 日 > 2022-06-24",
        "占比(R, 日 > 2022-06-24) 缺省 100% ≥ 50%",
    ] {
        let (status, codes, said) = answer(&pack(fields, more, requirement), &document, "2022-06-28");
        assert_eq!((status, codes.as_slice()), (Status::Undetermined, &["D025"; 4][..]), "{requirement}: {said}");
        // The same on the day itself, when it has happened.
        let (status, codes, said) = answer(&pack(fields, more, requirement), &document, late);
        assert!(status != Status::Undetermined && codes.is_empty(), "{requirement}: {status:?} {said}");
    }
    let (_, _, said) = answer(&pack(fields, more, "今天 - d ≤ 31日"), &document, "2022-06-28");
    assert!(said.contains("「d」填的 2099-12-31 晚于核对日 2022-06-28"), "{said}");
}

#[test]
fn what_is_said_of_a_date_decides_which_days_it_may_be() {
    let params = "参数 首日: 日期 = 2022-06-24\n";
    for (said, day, codes) in [
        ("", "2022-06-28", &[][..]),
        ("", "2022-06-29", &["D025"]),
        ("已发生", "2022-06-29", &["D025"]),
        ("计划", "2099-12-31", &[]),
        ("范围 首日 至 今天 + 1周", "2022-06-24", &[]),
        ("范围 首日 至 今天 + 1周", "2022-07-05", &[]),
        ("范围 首日 至 今天 + 1周", "2022-06-23", &["D026"]),
        ("范围 首日 至 今天 + 1周", "2022-07-06", &["D026"]),
        ("计划 范围 今天 - 1个月 至 2022-12-31", "2022-05-28", &[]),
        ("计划 范围 今天 - 1个月 至 2022-12-31", "2022-05-27", &["D026"]),
        ("已发生 范围 首日 至 2022-12-31", "2022-06-29", &["D025"]),
        ("已发生 范围 首日 至 2022-12-31", "2022-06-23", &["D026"]),
    ] {
        for (ty, value) in [("日期", json!(day)), ("[日期]", json!([day]))] {
            let text = pack(&format!("d: {ty} {said} 留存 \"例\""), params, "首日 ≤ 今天");
            let (_, found, _) = answer(&text, &json!({"d": value}), "2022-06-28");
            assert_eq!(found, codes, "{ty} {said} {day}");
        }
    }
}

#[test]
fn a_fault_of_a_date_says_where_what_and_what_to_do() {
    let rules = compile(&pack(
        "d: 日期 \"检查日期\" 已发生  e: 日期 已发生 敏感  f: 日期 范围 2022-01-01 至 今天",
        "",
        "d ≤ e 且 e ≤ f",
    ));
    let report = check(&rules, &json!({"d": "2099-12-31", "e": "2098-01-01", "f": "1999-01-01"}), "2022-06-28", &[]);
    let said: Vec<(&str, &str, &str)> =
        report.structure.iter().map(|one| (one.code.as_str(), one.path.as_str(), one.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (
                "D025",
                "/d",
                "「检查日期」填的 2099-12-31 晚于核对日 2022-06-28:这里只填已经发生的日期,还没有发生就不填,填错了请改正"
            ),
            ("D025", "/e", "「e」填的 … 晚于核对日 2022-06-28:这里只填已经发生的日期,还没有发生就不填,填错了请改正"),
            ("D026", "/f", "「f」填的 1999-01-01 不在 2022-01-01 至 2022-06-28 之间:请核对这个日期"),
        ]
    );
    assert_eq!(report.verdict, Verdict::Undetermined);
}

/// What is too late, or before its time, is so on whatever day one asks; only then it matters whether the day has come.
#[test]
fn a_deadline_answers_in_its_order() {
    use Status::{Fail, Pass, Pending, Undetermined};
    let within = pack("d: 日期? 已发生", "", "d 须在 2022-06-20 起 5日 内");
    let earlier = pack("d: 日期? 已发生", "", "d 须在 2022-06-20 起 5日 内 或更早");
    let before = pack("d: 日期? 已发生", "", "d 须在 2022-06-25 前");
    for (day, today, expected) in [
        ("", "2022-06-25", [Pending, Pending, Pending]),
        ("", "2022-06-26", [Fail, Fail, Fail]),
        ("2022-06-25", "2022-06-28", [Pass, Pass, Pass]),
        ("2022-06-26", "2022-06-28", [Fail, Fail, Fail]),
        ("2022-06-20", "2022-06-28", [Pass, Pass, Pass]),
        ("2022-06-19", "2022-06-28", [Fail, Pass, Pass]),
        ("1990-01-01", "2022-06-21", [Fail, Pass, Pass]),
        ("2022-06-24", "2022-06-23", [Undetermined, Undetermined, Undetermined]),
        ("2099-01-01", "2022-06-23", [Fail, Fail, Fail]),
        ("2099-01-01", "2022-06-28", [Fail, Fail, Fail]),
        ("2022-06-19", "2022-06-18", [Fail, Undetermined, Undetermined]),
    ] {
        let document = if day.is_empty() { json!({}) } else { json!({"d": day}) };
        for (text, expected) in [&within, &earlier, &before].into_iter().zip(expected) {
            assert_eq!(status(text, &document, today), expected, "{day} on {today}\n{text}");
        }
    }
    let said = |text: &str, day: &str| {
        let rules = compile(text);
        let report = check(&rules, &json!({"d": day}), "2022-06-28", &[]);
        report.rules[0].findings[0].steps.iter().map(|step| step.value.clone()).collect::<Vec<_>>().join(" ")
    };
    assert!(said(&within, "1990-01-01").contains("1990-01-01,早于起算日 2022-06-20"));
    let rules = compile(&within);
    let early = check(&rules, &json!({"d": "1990-01-01"}), "2022-06-28", &[]);
    assert_eq!(early.rules[0].findings[0].days_left, None, "what was done too early is not overdue");
    assert!(said(&within, "2022-06-28").contains("2022-06-28,迟了 3 天"));
}

/// The day itself is looked at however the date is come by.
#[test]
fn what_is_overdue_fails_though_its_day_cannot_be() {
    let fields = "d: 日期? 已发生  L: [日期] 已发生  R: [项]";
    let more = "记录 项 { 日: 日期? 已发生 }\n定义 办 = d";
    let late = "2099-01-01";
    let document = json!({"d": late, "L": [late], "R": [{"日": late}]});
    for done in ["d 须在", "办 须在", "(d 缺省 2022-06-01) 须在", "每个 L 记作 x 满足 x 须在", "每个 R 满足 日 须在"]
    {
        assert_eq!(
            status(&pack(fields, more, &format!("{done} 2022-06-20 前")), &document, "2022-06-28"),
            Status::Fail
        );
        let text = pack(fields, more, &format!("{done} 2099-06-20 前"));
        assert_eq!(status(&text, &document, "2022-06-28"), Status::Undetermined, "{done}");
    }
}

const COUNTED: [(&str, &str); 2] = [("自然日", "2022-06-27"), ("工作日", "2022-06-29")];

#[test]
fn a_duty_is_pending_until_its_day_and_says_what_is_open() {
    let fields = "有谁: [文本]  n: 整数";
    for (counting, due) in COUNTED {
        let more =
            format!("日历 历 \"calendar.json\"\n参数 期间: 期间 = {counting}\n参数 应到: [文本] = {{\"甲\", \"乙\"}}");
        let text = pack(fields, &more, "至迟 2022-06-24 起 3日 内 满足 有谁 不漏 应到 不符 \"缺:{遗漏}\"");
        let rules = compile(&text);
        let report = check(&rules, &json!({"有谁": ["甲"]}), "2022-06-25", &[]);
        let rule = &report.rules[0];
        assert_eq!((rule.status, rule.due.as_deref()), (Status::Pending, Some(due)), "{counting}");
        assert_eq!(rule.findings[0].omitted, ["乙"]);
        assert!(rule.findings[0].message.starts_with(&format!("还差 乙,{due} 到期,还有")), "{:?}", rule.findings);
        let on = |day: &str, document: &Value| answer(&text, document, day);
        assert_eq!(on(due, &json!({"有谁": ["甲"]})).0, Status::Pending);
        assert_eq!(on("2022-06-30", &json!({"有谁": ["甲"], "n": 1})), (Status::Fail, vec![], "缺:乙".to_owned()));
        assert_eq!(on("2022-06-30", &json!({"有谁": ["乙", "甲"]})).0, Status::Pass);
        assert_eq!(on("2022-06-25", &json!({"有谁": ["乙", "甲"]})).0, Status::Pass);
        // What is left blank is open until then, and unknown after.
        assert_eq!(on(due, &json!({})).0, Status::Pending);
        assert_eq!(on("2022-06-30", &json!({})).0, Status::Undetermined);
    }
}

#[test]
fn a_duty_names_each_element_and_keeps_the_nearest_day() {
    let text = pack(
        "R: [项]  期限: 日期 计划",
        "记录 项 { 名: 文本 唯一  好: 是否 }",
        "(至迟 期限 满足 每个 R 满足 好) 且 至迟 2022-07-09 满足 存在 R 满足 名 = \"丙\"",
    );
    let rules = compile(&text);
    let document = json!({"期限": "2022-06-30", "R": [{"名": "甲", "好": false}, {"名": "乙", "好": true}]});
    let report = check(&rules, &document, "2022-06-28", &[]);
    assert_eq!((report.rules[0].status, report.rules[0].due.as_deref()), (Status::Pending, Some("2022-06-30")));
    let text = pack(
        "R: [项]  期限: 日期 计划",
        "记录 项 { 名: 文本 唯一  好: 是否 }",
        "至迟 期限 满足 每个 R 满足 好 不符 \"{名}不好\"",
    );
    let rules = compile(&text);
    let report = check(&rules, &document, "2022-06-28", &[]);
    let said: Vec<&str> = report.rules[0].findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["R 甲:还没有做到:好答「是」,2022-06-30 到期,还有 2 天"]);
    let report = check(&rules, &document, "2022-07-01", &[]);
    let said: Vec<&str> = report.rules[0].findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["甲不好"]);
    // No due day, no term: only what holds is decided.
    let report = check(&rules, &json!({"R": [{"名": "甲", "好": false}]}), "2022-07-01", &[]);
    assert_eq!(report.rules[0].status, Status::Undetermined);
    assert!(report.rules[0].findings[0].message.contains("期限"), "{:?}", report.rules[0].findings);
    let report = check(&rules, &json!({"R": []}), "2022-07-01", &[]);
    assert_eq!(report.rules[0].status, Status::Pass);
}

#[test]
fn a_frequency_asks_nothing_before_its_start() {
    use Status::{Fail, Pass, Pending};
    for (since, dates, expected) in [
        // Before its start nothing counts and nothing is asked.
        ("2022-06-24", vec!["2022-06-01"], Pending),
        ("2022-06-24", vec!["2022-06-01", "2022-06-24"], Pass),
        ("2022-05-02", vec!["2022-05-01", "2022-06-24"], Pass),
        ("2022-05-01", vec!["2022-05-01", "2022-06-24"], Pass),
        ("2022-05-01", vec!["2022-04-30", "2022-06-24"], Fail),
        // Whoever starts tomorrow has met nothing yet, and missed nothing.
        ("2022-06-29", vec!["2022-06-01", "2022-06-28"], Pending),
        ("2099-01-01", vec!["2022-06-01", "2022-06-28"], Pending),
    ] {
        let text = pack("L: [日期] 已发生", "", &format!("L 每 月 不少于 1 次 自 {since}"));
        assert_eq!(status(&text, &json!({"L": dates}), "2022-06-28"), expected, "{since} {dates:?}");
    }
    let text = pack("L: [日期] 已发生", "", "L 每 月 不少于 1 次 自 2099-01-01 除 {6}");
    let (status, _, said) = answer(&text, &json!({"L": []}), "2022-06-28");
    assert_eq!((status, said.as_str()), (Pending, "自 2099-01-01 起算,还没有开始"));
}

#[test]
fn a_frequency_whose_every_period_is_excepted_had_nothing_to_look_at() {
    let fields = "L: [日期] 已发生  M: [整数]  S: 日期 已发生  n: 整数 范围 0 至 9";
    let document = |months: &[u32], dates: &[&str]| json!({"L": dates, "M": months, "S": "2022-05-02", "n": 0});
    let all: Vec<u32> = (1..=12).collect();
    for (requirement, document, expected) in [
        // From 2 May on, today being 28 June, June is the only month.
        ("L 每 月 不少于 1 次 自 S 除 M", document(&[6], &[]), (Status::Pass, true)),
        ("L 每 月 不少于 1 次 自 S 除 M", document(&all, &[]), (Status::Pass, true)),
        ("L 每 月 不少于 1 次 自 S 除 M", document(&all, &["2022-06-20"]), (Status::Pass, true)),
        ("L 每 月 不少于 1 次 自 S 除 M", document(&[7, 8], &["2022-06-20"]), (Status::Pass, false)),
        ("L 每 月 不少于 1 次 自 2022-05-01 除 M", document(&[6], &["2022-05-20"]), (Status::Pass, false)),
        ("L 每 月 不少于 1 次 自 2022-05-01 除 M", document(&[5, 6], &[]), (Status::Pass, true)),
        ("L 每 季 不少于 1 次 自 2022-01-01 除 M", document(&[1, 2, 3, 4, 5], &[]), (Status::Pending, false)),
        ("L 每 季 不少于 1 次 自 2022-01-01 除 M", document(&[1, 2, 3, 4, 5, 6], &[]), (Status::Pass, true)),
        ("L 每 月 不少于 n 自 S", document(&[], &[]), (Status::Pass, true)),
    ] {
        let rules = compile(&pack(fields, "", requirement));
        let report = check(&rules, &document, "2022-06-28", &[]);
        assert_eq!((report.rules[0].status, report.rules[0].vacuous), expected, "{requirement} {document}");
    }
}

#[test]
fn to_except_every_month_is_refused_wherever_it_is_written() {
    const ALL: &str = "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}";
    let of = |more: &str, months: &str| {
        pack("L: [日期] 已发生", more, &format!("L 每 月 不少于 1 次 自 2022-05-01 除 {months}"))
    };
    for (more, months) in [
        (String::new(), ALL),
        (format!("参数 假期: [整数] = {ALL}"), "假期"),
        (format!("定义 假期 = {ALL}"), "假期"),
        (String::new(), "{12, 11, 10, 9, 9, 8, 7, 6, 5, 4, 3, 2, 1}"),
    ] {
        let files = Files([("a.bulou".to_owned(), of(&more, months).into_bytes())].into());
        let codes: Vec<String> = load(&files).diagnostics.iter().map(|one| one.code.as_str().to_owned()).collect();
        assert!(codes.iter().any(|code| code == "E067"), "{more} {months}: {codes:?}");
    }
    let rules = compile(&of("参数 假期: [整数] = {7, 8}", "假期"));
    for (months, fits) in [("1,2,3,4,5,6,7,8,9,10,11,12", false), ("1,2,3,4,5,6,7,8,9,10,11", true), ("13", false)] {
        let params = vec![("假期".to_owned(), months.to_owned())];
        let options = Options { params, ..Options::on(parse("2022-06-28").expect("a day")) };
        assert_eq!(Checker::new(&rules, &options).is_ok(), fits, "{months}");
    }
}

#[test]
fn a_range_beyond_the_calendar_ends_on_the_last_day_that_can_be_written() {
    let params = "参数 首日: 日期 = 2022-06-24 范围 1900-01-01 至 2199-12-31 \"首日\"\n";
    let text = |range: &str| pack(&format!("d: 日期 范围 {range} 留存 \"例\""), params, "首日 ≤ 2199-12-31");
    for (range, day, wanted) in [
        ("首日 至 首日 + 8000年", "2022-06-23", Some("2022-06-24 至 2199-12-31")),
        ("首日 至 首日 + 8000年", "2199-12-31", None),
        ("首日 - 3000年 至 首日", "2022-06-25", Some("1900-01-01 至 2022-06-24")),
        ("首日 - 3000年 至 首日", "1900-01-01", None),
    ] {
        let rules = compile(&text(range));
        let report = check(&rules, &json!({"d": day}), "2022-06-28", &[]);
        let said: Vec<&str> = report.structure.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(said.len(), usize::from(wanted.is_some()), "{range} {day}: {said:?}");
        assert!(wanted.is_none_or(|wanted| said[0].contains(wanted)), "{range} {day}: {said:?}");
    }
    for (range, fits) in [
        ("2022-06-24 至 2022-06-24 + 9000年", false),
        ("2022-06-24 - 9999999日 至 2022-06-24", false),
        ("2022-06-24 + 1年 至 2022-06-24", false),
        ("2022-06-24 至 2022-06-24 + 1年", true),
    ] {
        let files = Files([("a.bulou".to_owned(), text(range).into_bytes())].into());
        assert_eq!(load(&files).rules.is_some(), fits, "{range}");
    }
}

/// Only what is written in days becomes working days, wherever it was written.
#[test]
fn weeks_and_months_stay_what_they_are() {
    // 2022-06-24 is a Friday; fourteen working days from then end on 2022-07-14.
    let head = "日历 历 \"calendar.json\"\n参数 期间: 期间 = 工作日\n参数 限: 时长 = 14日\n参数 周限: 时长 = 2周\n\
                定义 名限 = 2周\n表 档(n: 整数) -> 时长 {\n  | n | 结果 |\n  | ≤ 0 | 14日 |\n  | > 0 | 2周 |\n}";
    let fields = "d: 日期? 已发生  t: 时长?  n: 整数";
    for (length, params, document, due) in [
        ("14日", &[][..], json!({}), "2022-07-14"),
        ("限", &[], json!({}), "2022-07-14"),
        ("7日 * 2", &[], json!({}), "2022-07-14"),
        ("2周", &[], json!({}), "2022-07-08"),
        ("1周 * 2", &[], json!({}), "2022-07-08"),
        ("1个月", &[], json!({}), "2022-07-24"),
        ("周限", &[], json!({}), "2022-07-08"),
        ("周限", &[("周限", "14日")], json!({}), "2022-07-14"),
        ("限", &[("限", "2周")], json!({}), "2022-07-08"),
        ("名限", &[], json!({}), "2022-07-08"),
        ("档(n)", &[], json!({"n": 0}), "2022-07-14"),
        ("档(n)", &[], json!({"n": 1}), "2022-07-08"),
        ("(若 n > 0 则 14日 否则 2周)", &[], json!({"n": 0}), "2022-07-08"),
        ("(t 缺省 1日)", &[], json!({"t": "14日"}), "2022-07-14"),
        ("(t 缺省 1日)", &[], json!({"t": "2周"}), "2022-07-08"),
    ] {
        let rules = compile(&pack(fields, head, &format!("d 须在 2022-06-24 起 {length} 内")));
        let report = check(&rules, &document, "2022-06-28", params);
        assert_eq!(report.rules[0].due.as_deref(), Some(due), "{length} {params:?} {document}");
    }
    // Which of the two it is decides the day: while that is open, so is the day.
    let rules = compile(&pack(fields, head, "d 须在 2022-06-24 起 (若 n > 0 则 14日 否则 2周) 内"));
    assert_eq!(check(&rules, &json!({}), "2022-06-28", &[]).rules[0].status, Status::Undetermined);
    let rules = compile(&pack(fields, head, "若 n > 0 则 14日 = 2周 否则 {2周} 包含 14日"));
    assert_eq!(check(&rules, &json!({"n": 0}), "2022-06-28", &[]).rules[0].status, Status::Pass);
}

#[test]
fn a_rule_is_in_force_only_while_its_pack_is() {
    let text = |pack: &str, rule: &str| {
        format!(
            "规则集 t \"测试\" {{ 版本 1 {pack} }}\n来源 文 外部 \"文\"\n数据 学校 {{ a: 是否 }}\n\
             规则 r \"则\" {{ 依据 文 {rule} 要求 a 整改 \"改\" }}\n"
        )
    };
    let pack = "施行 2022-06-24 至 2022-06-30";
    for (rule, day, expected) in [
        ("施行 2022-06-24 至 2030-06-30", "2022-06-30", Status::Fail),
        ("施行 2022-06-24 至 2030-06-30", "2022-12-01", Status::NotApplicable),
        ("施行 2022-06-01", "2022-06-23", Status::NotApplicable),
        ("施行 2022-06-26", "2022-06-25", Status::NotApplicable),
        ("施行 2022-06-26", "2022-07-01", Status::NotApplicable),
        ("施行 2022-06-26 至 2022-06-27", "2022-06-28", Status::NotApplicable),
        ("", "2022-07-01", Status::NotApplicable),
    ] {
        assert_eq!(status(&text(pack, rule), &json!({"a": false}), day), expected, "{rule} on {day}");
    }
    for (pack, rule) in [
        ("施行 2027-08-31 至 2026-09-01", ""),
        ("", "施行 2023-06-24 至 2022-06-30"),
        (pack, "施行 2022-07-01"),
        (pack, "施行 2022-01-01 至 2022-06-23"),
    ] {
        let loaded = load(&Files([("a.bulou".to_owned(), text(pack, rule).into_bytes())].into()));
        let codes = loaded.diagnostics.iter().map(|found| found.code.as_str());
        // Whose the documents are is not asked here.
        let codes: Vec<&str> = codes.filter(|code| *code != "W126").collect();
        assert_eq!(codes, ["E065"], "{pack} {rule}");
    }
}

#[test]
fn months_that_are_left_out_are_those_of_a_year() {
    let text = pack("L: [日期] 已发生", "参数 假期: [整数] = {7, 8}", "L 每 月 不少于 1 次 自 2022-05-01 除 假期");
    let rules = compile(&text);
    for (months, fits) in [("1,12", true), ("", false), ("13", false), ("0", false), ("7,-1", false)] {
        let params = vec![("假期".to_owned(), months.to_owned())];
        let options = Options { params, ..Options::on(parse("2022-06-28").expect("a day")) };
        assert_eq!(Checker::new(&rules, &options).is_ok(), fits, "{months}");
    }
}
