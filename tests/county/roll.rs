//! Who submitted, what counts, what the county left out.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::{COUNTY, Folder, county, report, rule, sample, school};

#[test]
fn the_samples_show_who_is_missing_and_what_the_county_left_out() {
    let report = report(&["tests/samples"]);
    let schools = &report["schools"];
    assert_eq!((schools["expected"].as_u64(), schools["submitted"].as_u64()), (Some(5), Some(3)));
    let missing: Vec<_> =
        schools["missing"].as_array().expect("a list").iter().map(|one| one["name"].clone()).collect();
    assert_eq!(missing, ["东关小学", "县第一初级中学"]);
    let message = |id: &str| rule(&report, id)["findings"][0]["message"].as_str().expect("a message").to_owned();
    assert!(message("妥善安排师生").contains("31 人,只分流了 29 人"), "{}", message("妥善安排师生"));
    assert!(message("防护设备资金").contains("没有超过 1000000"));
    assert!(
        message("安委会专项检查")
            .ends_with("交通、城建、安监、国土、水利、文化旅游、电力、农业、经贸、卫生、质检、药监")
    );
    assert_eq!(rule(&report, "全县摸底")["findings"][0]["omitted"], json!(["3141000101"]));
    assert_eq!(report["verdict"], "fail");
}

#[test]
fn any_order_and_any_split_gives_the_same_bytes() {
    let folder = Folder::new("split");
    let mut lines: Vec<String> = (0..40).map(|number| school(number).to_string()).collect();
    // Some schools submit twice, and one thrice.
    for (number, day) in [(3, "2022-06-29"), (3, "2022-06-27"), (8, "2022-06-20"), (11, "2022-06-28")] {
        let mut again = school(number);
        again["填报"]["日期"] = json!(day);
        again["隐患"] = json!([]);
        lines.push(again.to_string());
    }
    lines.push("{ broken".to_owned());
    // The names of the files are part of the report: each document keeps its own file. Most names are there thrice, so that
    // how a part has to call its files is known to no part alone.
    let name = |index: usize| format!("{}/d{:02}.json", ["x", "y", "z"][index % 3], index / 3);
    ["x", "y", "z"].iter().for_each(|inner| std::fs::create_dir(folder.path(inner)).expect("a folder"));
    for (index, line) in lines.iter().enumerate() {
        folder.write(&name(index), line.as_bytes());
    }
    let all: Vec<String> = (0..lines.len()).map(|index| folder.path(&name(index))).collect();
    let whole = |paths: &[String], jobs: &str| {
        let args: Vec<&str> = paths.iter().map(String::as_str).collect();
        county(&[&["--county", COUNTY, "--format", "json", "--jobs", jobs], &args[..]].concat()).stdout
    };
    let expected = whole(&all, "1");
    assert!(expected.len() > 10_000);
    let mut seed = 12_345_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).expect("small") % below
    };
    for round in 0..6 {
        let mut order = all.clone();
        for index in (1..order.len()).rev() {
            order.swap(index, random(index + 1));
        }
        assert_eq!(whole(&order, "2"), expected, "order {round}");
        let cut = 1 + random(order.len() - 1);
        let middle = random(cut);
        let parts = [&order[..middle], &order[middle..cut], &order[cut..]];
        let mut names = Vec::new();
        for (index, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_empty()) {
            let out = folder.path(&format!("part-{index}"));
            let paths: Vec<&str> = part.iter().map(String::as_str).collect();
            // 2 where a file of the part cannot be read.
            let code = county(&[&["--partial", "-o", &out], &paths[..]].concat()).status.code();
            assert!(matches!(code, Some(0 | 2)) && Path::new(&out).exists());
            names.push(out);
        }
        names.reverse();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let merged = county(&[&["--county", COUNTY, "--format", "json", "--merge"], &names[..]].concat());
        assert!(merged.stdout == expected, "split {round} at {middle} and {cut}");
        let (first, rest) = names.split_at(1 + random(names.len()));
        let grouped = folder.path("grouped");
        county(&[&["--partial", "-o", &grouped, "--merge"], first].concat());
        let all = [&["--county", COUNTY, "--format", "json", "--merge", &grouped], rest].concat();
        assert!(county(&all).stdout == expected, "split {round} at {middle} and {cut}, of which {first:?} were merged");
    }
}

#[test]
fn the_later_of_two_submissions_counts_and_both_are_named() {
    let folder = Folder::new("twice");
    // All that it tells of was a day earlier, too.
    let first = sample("北关小学-有问题.json").to_string().replace("2022-06-28", "2022-06-27");
    let first: Value = serde_json::from_str(&first).expect("JSON");
    let mut second = sample("南街小学.json");
    second["学校"]["标识码"] = first["学校"]["标识码"].clone();
    second["学校"]["名称"] = json!("北关小学");
    folder.write("a-later.json", second.to_string().as_bytes());
    folder.write("z-earlier.json", first.to_string().as_bytes());
    let report = report(&[&folder.path("")]);
    let again = &report["schools"]["duplicate"][0];
    assert_eq!((&again["earlier"], &again["counting"]), (&json!(["z-earlier.json"]), &json!(["a-later.json"])));
    assert_eq!(report["by_school"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["by_school"][0]["verdict"], "pending");
}

#[test]
fn parts_with_other_rules_days_or_parameters_are_not_merged() {
    let folder = Folder::new("merge");
    let part = |name: &str, args: &[&str]| {
        let out = folder.path(name);
        assert!(county(&[&["--partial", "-o", &out, "tests/samples"], args].concat()).status.success());
        out
    };
    let param = part("param", &["--param", "会议日期=2022-06-23"]);
    let mut other: Value = serde_json::from_slice(&std::fs::read(part("pack", &[])).expect("a part")).expect("JSON");
    other["pack"]["sha256"] = json!("0000");
    folder.write("other", other.to_string().as_bytes());
    let mut older: Value = serde_json::from_slice(&std::fs::read(folder.path("pack")).expect("a part")).expect("JSON");
    older["engine"] = json!("0.0.1");
    folder.write("older", older.to_string().as_bytes());
    folder.write("nonsense", b"{}");
    for (path, why) in [
        (param, "参数不同"),
        (folder.path("other"), "规则集不同"),
        (folder.path("older"), "程序的版本不同"),
        (folder.path("nonsense"), "不是--partial 写出的状态"),
    ] {
        let output = county(&["--county", COUNTY, "--merge", &path]);
        let words = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(words.contains(why), "{words}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_part_that_contradicts_itself_is_not_merged() {
    let folder = Folder::new("contradiction");
    let part: Value = serde_json::from_slice(&county(&["--partial", "tests/samples"]).stdout).expect("a part");
    let all = |letter: &str| {
        json!(letter.repeat(part["schools"]["2141000346"]["current"][0]["statuses"].as_str().map_or(0, str::len)))
    };
    let change: [(&str, Value); 9] = [
        ("/origin/date", json!("2022-06-29")),
        ("/origin/names", json!([])),
        ("/origin/names", json!([""])),
        ("/origin/date", json!("x")),
        ("/origin/to_come", json!("2022-07-01")),
        ("/statuses", json!("p")),
        ("/statuses", all("z")),
        ("/verdict", json!("pass")),
        ("/due", json!([{"rule": 999, "left": 1, "late": null, "item": ""}])),
    ];
    for (place, value) in change {
        let mut part = part.clone();
        let one = &mut part["schools"]["2141000346"]["current"][0];
        match one.pointer_mut(place) {
            Some(held) => *held = value.clone(),
            None => one["origin"]["to_come"] = value.clone(),
        }
        folder.write("part", part.to_string().as_bytes());
        let output = county(&["--county", COUNTY, "--merge", &folder.path("part")]);
        assert_eq!(output.status.code(), Some(2), "{place} {value}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{place} {value}");
    }
    // A verdict that these statuses do not give, and a school without a name.
    for letter in ["u", "d", "n"] {
        let mut part = part.clone();
        let one = &mut part["schools"]["2141000346"]["current"][0];
        (one["statuses"], one["verdict"], one["faults"]) = (all(letter), json!("pass"), json!(0));
        folder.write("part", part.to_string().as_bytes());
        let output = county(&["--county", COUNTY, "--merge", &folder.path("part")]);
        assert_eq!(output.status.code(), Some(2), "all {letter} and a pass");
    }
    // A document that another outranks which is of an earlier day, and two that count of different days.
    let origin = |day: &str, sha: &str| {
        let mut origin = part["schools"]["2141000346"]["current"][0]["origin"].clone();
        (origin["date"], origin["sha256"]) = (json!(day), json!(sha.repeat(32)));
        origin
    };
    let own = part["schools"]["2141000346"]["current"][0]["origin"]["date"].as_str().expect("a day").to_owned();
    for (day, is_fine) in [("2022-06-20", true), (&*own, false), ("", false)] {
        let mut part = part.clone();
        part["schools"]["2141000346"]["earlier"] = json!([origin(day, "ab")]);
        folder.write("part", part.to_string().as_bytes());
        let output = county(&["--county", COUNTY, "--merge", &folder.path("part")]);
        assert_eq!(output.status.code(), Some(if is_fine { 1 } else { 2 }), "{day}");
        let mut both = part["schools"]["2141000346"]["current"][0].clone();
        both["origin"] = origin(day, "cd");
        part["schools"]["2141000346"]["earlier"] = json!([]);
        part["schools"]["2141000346"]["current"].as_array_mut().expect("documents").push(both);
        folder.write("part", part.to_string().as_bytes());
        let output = county(&["--county", COUNTY, "--merge", &folder.path("part")]);
        assert_eq!(output.status.code(), Some(if is_fine { 2 } else { 1 }), "{day} and another");
    }
    for blank in ["", "\u{200b}"] {
        let mut part = part.clone();
        let schools = part["schools"].as_object_mut().expect("schools");
        let one = schools.remove("2141000346").expect("a school");
        schools.insert(blank.to_owned(), one);
        folder.write("part", part.to_string().as_bytes());
        assert_eq!(county(&["--county", COUNTY, "--merge", &folder.path("part")]).status.code(), Some(2));
    }
    folder.write("part", part.to_string().as_bytes());
    assert_eq!(county(&["--county", COUNTY, "--merge", &folder.path("part")]).status.code(), Some(1));
}

#[test]
fn the_conclusion_of_the_county_s_rules_is_told_from_that_of_all() {
    let folder = Folder::new("two-conclusions");
    let pack = "规则集 两 \"两\" { 版本 1 }\n来源 文 外部 \"文\"\n记录 项 { 标识码: 文本  名称: 文本 }\n\
        数据 学校 { 标识 标识码  名称 名称  标识码: 文本  名称: 文本  好: 是否 }\n\
        数据 全县 { 名册 名册.标识码  名册: [项]  各校: 汇总 学校 }\n\
        规则 好 \"好\" { 依据 文 要求 好 不符 \"不好\" 整改 \"改\" }\n\
        规则 交 \"交\" 范围 全县 { 依据 文 要求 各校.标识码 不漏 名册.标识码 不符 \"{遗漏}\" 整改 \"催\" }\n";
    std::fs::create_dir_all(folder.path("pack")).expect("a folder");
    folder.write("pack/a.bulou", pack.as_bytes());
    folder.write("k.json", json!({"名册": [{"标识码": "S1", "名称": "甲"}]}).to_string().as_bytes());
    folder.write("a.json", json!({"标识码": "S1", "名称": "甲", "好": false}).to_string().as_bytes());
    let (pack, own, one) = (folder.path("pack"), folder.path("k.json"), folder.path("a.json"));
    let in_format = |format: &str| {
        let output = county(&["--pack", &pack, "--county", &own, "--format", format, &one]);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let report: Value = serde_json::from_str(&in_format("json")).expect("JSON");
    assert_eq!((&report["verdict"], &report["overall"]), (&json!("pass"), &json!("fail")));
    let text = in_format("text");
    assert!(text.contains("全县规则的结论(不含各校自己的): ✔ 合格\n全县总的结论(含各校): ✖ 不合格"), "{text}");
    let page = in_format("html");
    let title = page.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).expect("a heading");
    assert!(title.contains("不") && page.contains("不含各校自己的"), "{title}");
}

#[test]
fn every_one_of_350_mixed_files_is_accounted_for() {
    let folder = Folder::new("mixed");
    let (mut good, mut broken) = (0, 0);
    for number in 0..350 {
        let text = school(number).to_string();
        let name = format!("s{number:03}.json");
        match number % 10 {
            0 => folder.write(&name, format!("\u{FEFF}{text}").as_bytes()),
            1 => folder.write(&name, &encoding_rs::GB18030.encode(&text).0),
            2 => folder.write(&name, &text.as_bytes()[..text.len() / 2]),
            3 => folder.write(&name, b"PK\x03\x04 a spreadsheet"),
            4 => folder.write(&name, school(number - 4).to_string().as_bytes()),
            5 => folder.write(&name, b""),
            6 => folder.write(&name, "{\"学校\": {}}".as_bytes()),
            _ => folder.write(&name, text.as_bytes()),
        }
        match number % 10 {
            2 | 3 | 5 | 6 => broken += 1,
            _ => good += 1,
        }
    }
    let report = report(&[&folder.path("")]);
    let schools = &report["schools"];
    let count = |key: &str| schools[key].as_array().expect("a list").len();
    assert_eq!(count("unreadable"), broken);
    // Sent a second time with a byte-order mark: other bytes of one day.
    assert_eq!((count("conflict"), count("duplicate")), (35, 0));
    let files: usize = schools["conflict"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["files"].as_array().expect("files").len() - 1)
        .sum();
    assert_eq!(report["by_school"].as_array().expect("schools").len() + files, good);
    // One of the made-up schools has the id of a school on the roster.
    assert_eq!(schools["submitted"], 1);
    assert_eq!(count("unknown") + 1, report["by_school"].as_array().expect("schools").len());
    assert_eq!(report["verdict"], "fail");
    assert_eq!(good + broken, 350);
}

#[test]
fn what_could_not_be_read_keeps_the_county_from_passing() {
    let folder = Folder::new("unreadable");
    folder.write("x.json", b"");
    let good = "rules/campus-safety/cases/base/county.json";
    let output = county(&["--county", good, "--format", "json", &folder.path("")]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_ne!(report["verdict"], "pass");
    assert_eq!(report["schools"]["unreadable"][0]["name"], "x.json");
    let broken = county(&["--county", &folder.path("x.json"), "tests/samples"]);
    assert_eq!(broken.status.code(), Some(2));
}

#[test]
fn the_matrix_has_a_line_for_each_school_missing_ones_included() {
    let output = county(&["--county", COUNTY, "--format", "csv", "tests/samples"]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + 3 + 2);
    assert!(lines[0].starts_with("\u{FEFF}标识,名称,结论,"));
    assert!(lines[5].starts_with("3141000101,县第一初级中学,没有交表"));
}

#[test]
fn an_earlier_report_shows_what_was_fixed_what_broke_and_who_is_missing_again() {
    let folder = Folder::new("previous");
    let before = county(&["--county", COUNTY, "--format", "json", "tests/samples"]);
    folder.write("before.json", &before.stdout);
    let mut mended = sample("北关小学-有问题.json");
    mended["保卫"]["专职保安数"] = json!(3);
    mended["保卫"]["持证保安数"] = json!(3);
    mended["填报"]["版次"] = json!(2);
    folder.write("a.json", mended.to_string().as_bytes());
    let mut worse = sample("南街小学.json");
    worse["应急预案"] = json!([]);
    folder.write("b.json", worse.to_string().as_bytes());
    let paths = [folder.path("a.json"), folder.path("b.json")];
    let after = report(&["--previous", &folder.path("before.json"), &paths[0], &paths[1]]);
    let since = &after["since"];
    assert_eq!(since["fixed"], json!([{"id": "2141000346", "name": "北关小学", "rule": "保安配足"}]));
    let broken: Vec<_> = since["broken"].as_array().expect("a list").iter().map(|one| one["rule"].clone()).collect();
    assert!(broken.contains(&json!("建立应急预案")) && since["broken"][0]["id"] == "2141000345", "{broken:?}");
    let again: Vec<_> =
        since["missing_again"].as_array().expect("a list").iter().map(|one| one["id"].clone()).collect();
    assert_eq!(again, ["2141000347", "3141000101"]);
    let text = county(&["--county", COUNTY, "--previous", &folder.path("before.json"), &paths[0]]);
    let text = String::from_utf8(text.stdout).expect("UTF-8");
    assert!(text.contains("改好了,比起 2022-06-28 (1)") && text.contains("连续两次没有交表 (2)"), "{text}");
    assert!(text.contains("上次交了,这次没有 (2)\n  1141000012 县幼儿园\n  2141000345 南街小学\n"), "{text}");
    let wrong = county(&["--county", COUNTY, "--previous", COUNTY, &paths[0]]);
    assert_eq!(wrong.status.code(), Some(2));
    let mut other: Value = serde_json::from_slice(&before.stdout).expect("JSON");
    for (key, value, why) in [("/as_of", "2022-06-29", "还晚"), ("/pack/id", "another", "另一套规则")] {
        let was = other.pointer(key).expect("the key").clone();
        *other.pointer_mut(key).expect("the key") = json!(value);
        folder.write("other.json", other.to_string().as_bytes());
        let output = county(&["--county", COUNTY, "--previous", &folder.path("other.json"), &paths[0]]);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(output.status.code() == Some(2) && said.contains(why) && output.stdout.is_empty(), "{said}");
        *other.pointer_mut(key).expect("the key") = was;
    }
}

#[test]
fn the_same_bytes_twice_are_one_document_and_both_files_are_named() {
    let folder = Folder::new("same-bytes");
    for name in ["a/x.json", "b/x.json"] {
        std::fs::create_dir_all(folder.path(&name[..1])).expect("a folder");
        folder.write(name, school(1).to_string().as_bytes());
    }
    let report = report(&[&folder.path("a"), &folder.path("b")]);
    let names = ["a", "b"].map(|town| folder.path(&format!("{town}/x.json")));
    assert_eq!(report["schools"]["identical"][0]["files"], json!(names));
    assert_eq!((&report["schools"]["duplicate"], &report["schools"]["conflict"]), (&json!([]), &json!([])));
    assert_eq!(report["by_school"][0]["document"]["name"], json!(names[0]));
    assert_eq!(report["by_school"][0]["date"], "2022-06-28");
}

#[test]
fn a_document_for_other_rules_is_named_with_them() {
    let folder = Folder::new("other-rules");
    let named = ["campus-safety@2022.6.24", "campus-safety", "campus-safety@2021.1.1", "fire-safety@2022.6.24"];
    for (number, rules) in named.iter().enumerate() {
        let mut document = school(number);
        document["规则集"] = json!(rules);
        folder.write(&format!("{number}.json"), document.to_string().as_bytes());
    }
    let report = report(&[&folder.path("")]);
    let other = report["schools"]["other_rules"].as_array().expect("a list");
    let other: Vec<_> = other.iter().map(|one| (one["name"].as_str(), one["rules"].as_str())).collect();
    assert_eq!(other, [(Some("第2小学"), Some(named[2]))]);
    // A document of another pack is none of these schools' submissions.
    let unreadable = report["schools"]["unreadable"].as_array().expect("a list");
    assert_eq!(unreadable.len(), 1);
    assert_eq!(unreadable[0]["name"], "3.json");
    assert!(unreadable[0]["message"].as_str().is_some_and(|words| words.contains(named[3])));
    let text = county(&["--county", COUNTY, &folder.path("")]);
    assert!(String::from_utf8_lossy(&text.stdout).contains("规则版本不一致 1"));
}

#[test]
fn documents_in_conflict_are_named_with_all_other_rules() {
    let folder = Folder::new("other-rules-conflict");
    for (at, rules) in ["campus-safety@2021.1.1", "campus-safety@2020.1.1"].iter().enumerate() {
        let mut document = school(1);
        document["规则集"] = json!(rules);
        folder.write(&format!("{at}.json"), document.to_string().as_bytes());
    }
    let report = report(&[&folder.path("")]);
    assert_eq!(report["schools"]["conflict"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["schools"]["other_rules"][0]["rules"], "campus-safety@2020.1.1 / campus-safety@2021.1.1");
}

#[test]
fn a_report_beside_the_submissions_is_not_left_over_while_it_is_written() {
    let folder = Folder::new("live-part");
    folder.write("a.json", school(1).to_string().as_bytes());
    let (report, letters) = (folder.path("报告.json"), folder.path("通知单.html"));
    let args = ["--county", COUNTY, "--format", "json", "-o", &report, "--notices", &letters, &folder.path("")];
    let output = county(&args);
    assert!(Path::new(&report).is_file() && Path::new(&letters).is_file());
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(!said.contains(".part"), "{said}");
    // What an earlier run left is named all the same; in one that holds something it is no left-over.
    std::fs::remove_file(&report).and_then(|()| std::fs::remove_file(&letters)).expect("removed");
    folder.write(".报告.json.x7.part", b"");
    let said = String::from_utf8(county(&args).stderr).expect("UTF-8");
    assert!(said.matches(".part").count() == 1 && said.contains(".报告.json.x7.part"), "{said}");
}

#[test]
fn the_countys_own_document_may_be_in_gb18030() {
    let folder = Folder::new("own-gb18030");
    let text = std::fs::read_to_string(COUNTY).expect("the county's document");
    folder.write("全县.json", &encoding_rs::GB18030.encode(&text).0);
    let output = county(&["--county", &folder.path("全县.json"), "--format", "json", "tests/samples"]);
    let other: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let expected = report(&["tests/samples"]);
    assert_eq!(other["structure"][0]["code"], "D016");
    for key in ["schools", "rules", "verdict", "counts"] {
        assert_eq!(other[key], expected[key], "{key}");
    }
}

#[test]
fn a_workbook_counts_as_the_document_that_it_holds() {
    let folder = Folder::new("workbook");
    let filled =
        ["template", "--fill", "tests/samples/南街小学.json", "--format", "xlsx", "-o", &folder.path("a.xlsx")];
    let made = Command::new(env!("CARGO_BIN_EXE_bulou"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(filled)
        .status()
        .expect("the program runs");
    assert!(made.success());
    let (other, expected) = (report(&[&folder.path("")]), report(&["tests/samples/南街小学.json"]));
    assert_eq!(other["schools"], expected["schools"]);
    assert_eq!(other["rules"], expected["rules"]);
    assert_eq!(other["by_school"][0]["statuses"], expected["by_school"][0]["statuses"]);
}

#[test]
fn what_the_county_says_in_the_place_of_the_schools_is_not_believed() {
    let folder = Folder::new("own-schools");
    let good = "rules/campus-safety/cases/base/county.json";
    let mut county: Value = serde_json::from_slice(&std::fs::read(good).expect("a file")).expect("JSON");
    let counts = |county: &Value| {
        folder.write("全县.json", county.to_string().as_bytes());
        let output = county_of(&[&folder.path("全县.json"), "--format", "json", "tests/samples/南街小学.json"]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        report["counts"]["undetermined"].as_u64().expect("a count")
    };
    let without = counts(&county);
    county["各校"] = json!([]);
    assert!(counts(&county) > without);
}

#[test]
fn a_province_is_judged_within_the_limit_of_steps() {
    let folder = Folder::new("province");
    let mut county: Value = serde_json::from_slice(&std::fs::read(COUNTY).expect("a file")).expect("JSON");
    let row = |list: &str, number: usize| {
        let mut row = county[list][0].clone();
        row["标识码"] = json!(format!("2141{number:06}"));
        row["名称"] = json!(format!("第{number}小学"));
        row
    };
    // One of them has not been surveyed: each has to be looked up among all.
    let roster: Vec<Value> = (0..20_000).map(|number| row("名册", number)).collect();
    let mut surveyed: Vec<Value> =
        (0..20_000).rev().filter(|number| *number != 777).map(|number| row("摸底", number)).collect();
    surveyed.iter_mut().for_each(|row| drop(row.as_object_mut().expect("an object").remove("名称")));
    (county["名册"], county["摸底"]) = (json!(roster), json!(surveyed));
    folder.write("全县.json", county.to_string().as_bytes());
    folder.write("a.json", school(3).to_string().as_bytes());
    let output = county_of(&[&folder.path("全县.json"), "--format", "json", &folder.path("a.json")]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    // Other lists of the sample speak of schools that this roster does not have.
    let problems = report["structure"].as_array().expect("a list");
    assert!(problems.iter().all(|one| one["code"] == "D071" && one["notice"] == true), "{problems:?}");
    assert_eq!(rule(&report, "全县摸底")["findings"][0]["omitted"], json!(["2141000777"]));
    // All but one are missing, and only what they would say is open.
    let rules = report["rules"].as_array().expect("a list").iter();
    let open: Vec<&str> =
        rules.filter(|rule| rule["status"] == "undetermined").filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(open, ["盯紧整顿", "事件对账", "困难对账"]);
}

fn county_of(args: &[&str]) -> std::process::Output {
    county(&[&["--county"], args].concat())
}
