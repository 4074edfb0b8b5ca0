//! The page of the county, and notices to schools.

use serde_json::json;

use super::{COUNTY, Folder, county, sample};

fn page(args: &[&str]) -> String {
    String::from_utf8(county(&[&["--county", COUNTY, "--format", "html"], args].concat()).stdout).expect("UTF-8")
}

/// What follows a heading up to the next.
fn part<'p>(page: &'p str, heading: &str) -> &'p str {
    let from = page.find(&format!("<h2>{heading} ")).unwrap_or_else(|| panic!("no {heading}"));
    let rest = &page[from + 4..];
    rest.split("<h2>").next().expect("a part")
}

#[test]
fn the_page_loads_nothing_runs_nothing_and_shows_markup_as_text() {
    let folder = Folder::new("page-markup");
    let mut document = sample("南街小学.json");
    document["学校"]["名称"] = json!("<script>alert(1)</script>");
    folder.write("a.json", document.to_string().as_bytes());
    let page = page(&[&folder.path("a.json")]);
    assert!(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script"), "markup is text");
    assert!(!page.contains("src=") && !page.contains("href=") && !page.contains("url("), "nothing is loaded");
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\""));
}

#[test]
fn the_page_keeps_submissions_apart_from_compliance_and_gives_denominators() {
    let folder = Folder::new("page");
    folder.write("坏.json", b"");
    let page = page(&["tests/samples", &folder.path("坏.json")]);
    assert!(page.contains("<strong>3</strong>/5<br>已交表") && page.contains("<strong>2</strong>/3<br>不合格"));
    let submissions = part(&page, "交表情况");
    assert!(submissions.contains("县第一初级中学") && submissions.contains("坏.json") && submissions.contains("空的"));
    assert!(!submissions.contains("class=\"chip"), "no status there");
    assert!(part(&page, "全县规则").contains("3141000101 县第一初级中学"), "who was left out, by name");
    let rules = part(&page, "各规则");
    let most = rules.find("隐患按期整改到位并销号").expect("fails most");
    assert!(most < rules.find("建立安全应急预案").expect("fails less") && rules.contains("2/3"));
    assert!(part(&page, "期限").contains("已逾期"));
    let matrix = part(&page, "学校与规则");
    assert_eq!(matrix.matches("<tr>").count(), 1 + 3 + 2);
    assert_eq!(matrix.matches("title=\"不符合\"").count(), 16);
}

#[test]
fn long_tables_say_what_they_leave_out() {
    let folder = Folder::new("page-long");
    for number in 0..1200 {
        folder.write(&format!("{number:04}.json"), b"");
    }
    let short = page(&[&folder.path("")]);
    assert!(short.contains("还有 205 行没有列出") && !short.contains("1199.json"));
    assert!(page(&["--all", &folder.path("")]).contains("1199.json"));
}

/// A county of one school, whose deadlines, and the county's findings, are `count`; what it is called with.
fn many(folder: &Folder, count: usize) -> Vec<String> {
    let pack = "规则集 两 \"两\" { 版本 1 }\n来源 文 外部 \"文\"\n\
        记录 项 { 标识码: 文本  名称: 文本 }\n记录 事 { 编号: 文本  办结: 日期? }\n记录 处 { 号: 整数  好: 是否 }\n\
        数据 学校 { 标识 标识码  名称 名称  标识码: 文本  名称: 文本  事: [事] }\n\
        数据 全县 { 名册 名册.标识码  名册: [项]  处: [处]  各校: 汇总 学校 }\n\
        规则 办 \"办\" { 依据 文 要求 每个 事 满足 办结 须在 2022-07-10 前 不符 \"没有办结\" 整改 \"办\" }\n\
        规则 交 \"交\" 范围 全县 { 依据 文 要求 各校.标识码 不漏 名册.标识码 不符 \"{遗漏}\" 整改 \"催\" }\n\
        规则 查 \"查\" 范围 全县 { 依据 文 要求 每个 处 满足 好 不符 \"不好\" 整改 \"改\" }\n";
    std::fs::create_dir_all(folder.path("pack")).expect("a folder");
    folder.write("pack/a.bulou", pack.as_bytes());
    let places: Vec<_> = (0..count).map(|number| json!({"号": number, "好": false})).collect();
    let own = json!({"名册": [{"标识码": "S1", "名称": "甲"}], "处": places});
    folder.write("k.json", own.to_string().as_bytes());
    let things: Vec<_> = (0..count).map(|at| json!({"编号": at.to_string()})).collect();
    folder.write("a.json", json!({"标识码": "S1", "名称": "甲", "事": things}).to_string().as_bytes());
    let [pack, own, one] = ["pack", "k.json", "a.json"].map(|name| folder.path(name));
    ["--pack", &pack, "--county", &own, &one].map(str::to_owned).to_vec()
}

/// How many things a text says are not listed.
fn told(text: &str, things: &str) -> usize {
    let counts = text.split(&format!(" {things}没有列出")).collect::<Vec<_>>();
    let count =
        |before: &&str| before.rsplit("还有 ").next().and_then(|count| count.parse::<usize>().ok()).expect("a count");
    counts.split_last().map_or(0, |(_, before)| before.iter().map(count).sum())
}

#[test]
fn what_is_listed_and_what_is_told_to_be_more_come_to_all_in_every_format() {
    let folder = Folder::new("more-due");
    for count in [999, 1000, 1001, 1007, 2300] {
        let args = many(&folder, count);
        let run = |more: &[&str]| {
            let args: Vec<&str> = args.iter().map(String::as_str).chain(more.iter().copied()).collect();
            county(&args).stdout
        };
        let said = |more: &[&str]| String::from_utf8(run(more)).expect("UTF-8");
        let json: serde_json::Value = serde_json::from_str(&said(&["--format", "json"])).expect("JSON");
        let length = |value: &serde_json::Value| value.as_array().map_or(0, Vec::len);
        let number =
            |value: &serde_json::Value| value.as_u64().map_or(0, |count| usize::try_from(count).expect("small"));
        assert_eq!(length(&json["due"]) + number(&json["more_due"]), count);
        let found = super::rule(&json, "查");
        assert_eq!(length(&found["findings"]) + number(&found["more_findings"]), count);

        let text = said(&["--all"]);
        let (rules, due) = text.split_once("到期 (").expect("deadlines");
        assert_eq!(rules.matches("不好").count() + told(rules, "处"), count, "text");
        assert_eq!(due.matches(" S1 甲 办 · ").count() + told(due, "处"), count, "text");

        for more in [&["--format", "html"][..], &["--format", "html", "--all"]] {
            let page = said(more);
            for (heading, others) in [("期限", 0), ("全县规则", 1)] {
                let part = part(&page, heading);
                let rows = part.matches("<tr>").count() - 1 + told(part, "行") + told(part, "处");
                assert_eq!(rows, count + others, "{more:?} {heading}");
            }
        }
        let book = super::workbook::sheets(&run(&["--format", "xlsx"]));
        for (sheet, others) in [("期限", 0), ("全县规则", 1)] {
            let rows = &book[sheet][1..];
            let is_row =
                |row: &&Vec<calamine::Data>| row.iter().filter(|cell| !cell.to_string().is_empty()).count() > 1;
            let more: usize = rows.iter().map(|row| told(&row[0].to_string(), "处")).sum();
            assert_eq!(rows.iter().filter(is_row).count() + more, count + others, "{sheet}");
        }
    }
}

#[test]
fn who_is_left_out_beyond_those_listed_is_counted() {
    let folder = Folder::new("more-omitted");
    for count in [1000, 1001, 1150] {
        let mut args = many(&folder, 1);
        let roster: Vec<_> = (0..count).map(|at| json!({"标识码": format!("T{at:04}"), "名称": "校"})).collect();
        folder.write("k.json", json!({"名册": roster, "处": []}).to_string().as_bytes());
        args.pop();
        let run = |more: &[&str]| {
            let args: Vec<&str> = args.iter().map(String::as_str).chain(more.iter().copied()).collect();
            county(&args).stdout
        };
        let json: serde_json::Value = serde_json::from_slice(&run(&["--format", "json"])).expect("JSON");
        let found = &super::rule(&json, "交")["findings"][0];
        let more = count - 1000;
        assert_eq!(found["omitted"].as_array().map(Vec::len), Some(1000));
        assert_eq!(found["more_omitted"].as_u64().unwrap_or(0), more as u64);
        let text = String::from_utf8(run(&["--all"])).expect("UTF-8");
        assert_eq!(told(&text, "项"), more);
        let book = super::workbook::sheets(&run(&["--format", "xlsx"]));
        let row = book["全县规则"].iter().find(|row| row[1] == *"交").expect("the rule");
        let cell = row[4].to_string();
        assert_eq!(cell.lines().filter(|line| line.starts_with('T')).count() + told(&cell, "处"), count);
    }
}

#[test]
fn letters_say_how_much_more_was_found_than_they_list() {
    let folder = Folder::new("more-mend");
    let out = folder.path("通知单.html");
    for more in [0, 1, 50] {
        let pack = "规则集 两 \"两\" { 版本 1 }\n来源 文 外部 \"文\"\n\
            记录 项 { 标识码: 文本  名称: 文本 }\n记录 事 { 编号: 文本  办结: 是否 }\n\
            数据 学校 { 标识 标识码  名称 名称  标识码: 文本  名称: 文本  事: [事] }\n\
            数据 全县 { 名册 名册.标识码  名册: [项]  各校: 汇总 学校 }\n\
            规则 办 \"办\" { 依据 文 要求 每个 事 满足 办结 不符 \"没有办结\" 整改 \"办\" }\n";
        std::fs::create_dir_all(folder.path("pack")).expect("a folder");
        folder.write("pack/a.bulou", pack.as_bytes());
        let things: Vec<_> = (0..1000 + more).map(|at| json!({"编号": at.to_string(), "办结": false})).collect();
        let one = |things: &[serde_json::Value]| json!({"标识码": "S1", "名称": "甲", "事": things}).to_string();
        folder.write("a.json", one(&things).as_bytes());
        folder.write("k.json", json!({"名册": [{"标识码": "S1", "名称": "甲"}]}).to_string().as_bytes());
        let args = ["--pack", &folder.path("pack"), "--county", &folder.path("k.json"), "--notices", &out];
        let page = || std::fs::read_to_string(&out).expect("the notices");
        county(&[&args[..], &[&folder.path("a.json")]].concat());
        assert_eq!((page().matches("没有办结").count(), told(&page(), "处")), (1000, more));
        // Of several documents that contradict one another as much as of the one with the most.
        folder.write("b.json", one(&things[..1]).as_bytes());
        county(&[&args[..], &[&folder.path("a.json"), &folder.path("b.json")]].concat());
        assert_eq!(told(&page(), "处"), more);
    }
}

fn notices(folder: &Folder, args: &[&str]) -> String {
    let out = folder.path("通知单.html");
    county(&[&["--county", COUNTY, "--notices", &out], args].concat());
    std::fs::read_to_string(&out).expect("the notices")
}

#[test]
fn who_did_not_submit_is_reminded_and_who_fails_is_told_what_to_mend() {
    let folder = Folder::new("notices");
    let all = notices(&folder, &["tests/samples"]);
    let sheets: Vec<&str> = all.split("<article>").skip(1).collect();
    assert_eq!(sheets.len(), 2 + 2, "two have not submitted, two have something to mend, one complies");
    let titles = ["自查表催报通知单", "自查表催报通知单", "问题整改督办通知单", "问题整改督办通知单"];
    let names = ["东关小学", "县第一初级中学", "县幼儿园", "北关小学"];
    for ((sheet, title), name) in sheets.iter().zip(titles).zip(names) {
        assert!(sheet.contains(title) && sheet.contains(name) && sheet.contains("县教体局") && sheet.contains("印章"));
        assert!(sheet.contains("2022年6月28日") && sheet.contains("签收人"), "{sheet}");
    }
    assert!(sheets[0].contains("全县应报送 5 所，已报送 3 所") && !sheets[0].contains("连续两次"));
    // What, by which sentence, remedy, who, when.
    let order = sheets[3];
    for part in [
        "隐患 Y01(围墙)缺整改措施",
        "会议第二「坚决完全整改到位」",
        "逐条写清整改措施、责任人和整改期限",
        "已逾期 1 日",
        "下列 13 项",
        "销号日期",
    ] {
        assert!(order.contains(part), "{part}: {order}");
    }
    assert!(sheets[2].contains("因所填数据不全无法判断"));
    assert!(!all.contains("<script") && !all.contains("src="));
}

#[test]
fn notices_of_merged_parts_know_the_rules_and_of_a_second_time_say_so() {
    let folder = Folder::new("notices-merged");
    let before = county(&["--county", COUNTY, "--format", "json", "tests/samples"]);
    folder.write("before.json", &before.stdout);
    let part = folder.path("part");
    assert!(county(&["--partial", "-o", &part, "tests/samples"]).status.success());
    let all = notices(&folder, &["--previous", &folder.path("before.json"), "--merge", &part]);
    assert!(all.contains("你校已连续两次没有报送"));
    assert!(all.contains("隐患一个不漏地制定整改措施") && !all.contains("隐患 Y01"));
}
