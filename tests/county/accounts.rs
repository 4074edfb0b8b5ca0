//! Nobody drops out: whatever comes in, or does not, every school and every file is named in every form of the report.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{COUNTY, Folder, county, json_of, report, rule, sample};

/// A county's document with these schools on its roster.
fn own(folder: &Folder, schools: &[(&str, &str)]) -> String {
    let mut county: Value = serde_json::from_slice(&std::fs::read(COUNTY).expect("a file")).expect("JSON");
    let row = |(id, name): &(&str, &str)| json!({"标识码": id, "名称": name, "办学类型": "小学", "乡镇": "城关镇", "重点校": false});
    county["名册"] = schools.iter().map(row).collect();
    folder.write("全县.json", county.to_string().as_bytes());
    folder.path("全县.json")
}

fn text_of(args: &[&str]) -> String {
    String::from_utf8(county(args).stdout).expect("UTF-8")
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|one| one["id"].as_str().expect("an id")).collect()
}

#[test]
fn what_is_to_be_told_of_a_document_itself_is_told_of_its_school() {
    let folder = Folder::new("told");
    let text = sample("南街小学.json").to_string();
    folder.write("a.json", &encoding_rs::GB18030.encode(&text).0);
    folder.write("b.json", sample("县幼儿园-未填完.json").to_string().as_bytes());
    let paths = ["--county", COUNTY, &folder.path("")];
    let report = json_of(&paths);
    let told = report["schools"]["told"].as_array().expect("a list");
    let words = |at: usize| told[at]["words"].to_string();
    assert_eq!((told.len(), ids(&report["schools"]["told"])[0]), (2, "1141000012"));
    assert!(words(1).contains("D016") && words(0).contains("D0"), "{told:?}");
    let text = text_of(&paths);
    assert!(text.contains("表本身要看一眼的 (2)") && text.contains("GB18030"), "{text}");
}

const NANJIE: &str = "2141000345";

/// Of one school on one day: in the morning without its plans, in the afternoon with them.
fn morning_and_afternoon() -> (Value, Value) {
    let mut morning = sample("南街小学.json");
    morning["应急预案"] = json!([]);
    (morning, sample("南街小学.json"))
}

#[test]
fn of_two_documents_of_a_day_none_is_chosen_by_its_name_or_hash() {
    let (morning, afternoon) = morning_and_afternoon();
    let mut reports = Vec::new();
    for (first, second) in [("1.json", "2.json"), ("9.json", "0.json")] {
        let folder = Folder::new(&format!("same-day-{}", &first[..1]));
        folder.write(first, morning.to_string().as_bytes());
        folder.write(second, afternoon.to_string().as_bytes());
        let report = report(&[&folder.path("")]);
        let files = report["schools"]["conflict"][0]["files"].as_array().expect("files");
        let mut names: Vec<&str> = files.iter().map(|file| file["name"].as_str().expect("a name")).collect();
        names.sort_unstable();
        let mut expected = [first, second];
        expected.sort_unstable();
        assert_eq!(names, expected);
        let text = text_of(&["--county", COUNTY, &folder.path("")]);
        assert!(text.contains("几份表说法不一 (1)") && text.contains(first) && text.contains(second), "{text}");
        reports.push(report);
    }
    let school =
        |report: &Value| (report["by_school"][0]["statuses"].clone(), report["by_school"][0]["verdict"].clone());
    assert_eq!(school(&reports[0]), school(&reports[1]));
    assert_eq!(school(&reports[0]).1, "undetermined");
    let day = &morning["填报"]["日期"];
    assert!(reports.iter().all(|report| report["by_school"][0]["date"] == *day), "the day is that of both");
    let alone = |document: &Value| {
        let folder = Folder::new("same-day-alone");
        folder.write("a.json", document.to_string().as_bytes());
        report(&[&folder.path("")])["by_school"][0]["statuses"].as_str().expect("letters").to_owned()
    };
    let (one, other) = (alone(&morning), alone(&afternoon));
    let both = one.chars().zip(other.chars()).map(|(one, other)| if one == other { one } else { 'u' });
    assert_eq!(school(&reports[0]).0, json!(both.collect::<String>()));
}

#[test]
fn the_edition_decides_within_a_day_and_a_day_to_come_decides_nothing() {
    let (morning, afternoon) = morning_and_afternoon();
    let with = |document: &Value, date: &str, edition: Option<i64>| {
        let mut document = document.clone();
        document["填报"]["日期"] = json!(date);
        document["填报"]["版次"] = json!(edition);
        document.to_string()
    };
    let counting = |first: String, second: String| {
        let folder = Folder::new("edition");
        folder.write("早.json", first.as_bytes());
        folder.write("晚.json", second.as_bytes());
        report(&[&folder.path("")])
    };
    let report = counting(with(&morning, "2022-06-28", Some(10)), with(&afternoon, "2022-06-28", Some(9)));
    assert_eq!(report["by_school"][0]["document"]["name"], "早.json", "as numbers, not as texts");
    assert_eq!(report["schools"]["conflict"], json!([]));
    let report = counting(with(&morning, "2022-06-28", Some(1)), with(&afternoon, "2022-06-28", None));
    assert_eq!(
        ids(&report["schools"]["conflict"]),
        [NANJIE],
        "nothing says when the one without an edition was filled in"
    );
    let report = counting(with(&morning, "2022-06-29", Some(99)), with(&afternoon, "2022-06-27", None));
    assert_eq!(report["by_school"][0]["document"]["name"], "晚.json", "a day to come outranks nothing");
    let folder = Folder::new("to-come");
    folder.write("a.json", with(&afternoon, "2022-06-29", None).as_bytes());
    let report = super::report(&[&folder.path("")]);
    assert_eq!(
        report["schools"]["to_come"],
        json!([{"id": NANJIE, "name": "南街小学", "date": "2022-06-29", "file": "a.json"}])
    );
}

/// The county's report of a school's document and of one that is to be outranked by it.
fn outranked(folder: &Folder, change: &dyn Fn(&mut Value)) -> Value {
    let mut first = sample("南街小学.json");
    change(&mut first);
    folder.write("a.json", sample("南街小学.json").to_string().as_bytes());
    folder.write("c.json", first.to_string().as_bytes());
    let own = own(folder, &[(NANJIE, "南街小学"), ("2141000347", "东关小学")]);
    let letters = folder.path("通知单.html");
    json_of(&["--county", &own, "--notices", &letters, &folder.path("a.json"), &folder.path("c.json")])
}

#[test]
fn a_document_whose_day_is_left_out_or_illegible_is_not_the_earlier_one() {
    for date in [json!(null), json!(""), json!("2022年六月"), json!(7), json!({})] {
        let folder = Folder::new("undated");
        let report = outranked(&folder, &|document| {
            document["填报"]["日期"] = date.clone();
            document["应急预案"] = json!([]);
        });
        assert_eq!(report["schools"]["duplicate"], json!([]), "{date}");
        assert_eq!(report["schools"]["conflict"][0]["files"].as_array().map(Vec::len), Some(2), "{date}");
        let school = &report["by_school"][0];
        assert_eq!((&school["verdict"], &school["date"]), (&json!("undetermined"), &json!("")), "{date}");
    }
    // Nor where the record that holds it is missing or wrong.
    for about in [json!(null), json!("2022-06-28"), json!([])] {
        let folder = Folder::new("undated-record");
        let report = outranked(&folder, &|document| document["填报"] = about.clone());
        assert_eq!(report["schools"]["conflict"][0]["files"].as_array().map(Vec::len), Some(2), "{about}");
    }
}

#[test]
fn a_day_to_come_is_said_of_a_document_that_does_not_count() {
    let folder = Folder::new("to-come");
    let report = outranked(&folder, &|document| document["填报"]["日期"] = json!("2022-06-30"));
    assert_eq!(report["by_school"][0]["document"]["name"], "a.json");
    assert_eq!(report["schools"]["to_come"][0]["file"], "c.json");
    assert_ne!(report["by_school"][0]["verdict"], "pass");
    let text = text_of(&["--county", COUNTY, &folder.path("a.json"), &folder.path("c.json")]);
    assert!(text.contains("填报日期在核对日之后 (1)") && text.contains("2022-06-30"), "{text}");
    let page = std::fs::read_to_string(folder.path("通知单.html")).expect("the letters");
    assert!(page.contains("南街小学"), "the school is asked to correct it");
}

#[test]
fn a_document_under_another_school_s_code_is_asked_about_and_named_to_that_school() {
    for (date, edition) in [("2022-06-27", json!(null)), ("2022-06-30", json!(null)), ("2022-06-28", json!(null))] {
        let folder = Folder::new("under-another-code");
        let report = outranked(&folder, &|document| {
            document["填报"]["日期"] = json!(date);
            document["填报"]["版次"] = edition.clone();
            document["学校"]["名称"] = json!("东关小学");
        });
        let misnamed = json!([{"id": NANJIE, "name": "东关小学", "roster": "南街小学", "file": "c.json"}]);
        assert_eq!(report["schools"]["misnamed"], misnamed, "{date}");
        assert_eq!(report["schools"]["missing"][0]["received"], json!(["c.json"]), "{date}");
        assert_ne!(report["verdict"], "pass");
        let page = std::fs::read_to_string(folder.path("通知单.html")).expect("the letters");
        let sheet = page.split("<article>").find(|sheet| sheet.contains("东关小学<")).expect("its letter");
        assert!(sheet.contains("c.json") && !sheet.contains("尚未收到"), "{sheet}");
    }
    // So is one under a code that no school has.
    let folder = Folder::new("under-no-code");
    let report = outranked(&folder, &|document| {
        document["学校"] = json!({"标识码": "2141000374", "名称": "东关小学"});
    });
    assert_eq!(report["schools"]["missing"][0]["received"], json!(["c.json"]));
}

#[test]
fn a_roster_without_a_name_says_that_and_no_file_commands_a_log() {
    let folder = Folder::new("nameless-roster");
    folder.write("a.json", sample("南街小学.json").to_string().as_bytes());
    folder.write("::warning file=a::b.json", b"");
    let own = own(&folder, &[(NANJIE, "")]);
    let text = text_of(&["--county", &own, &folder.path("a.json"), &folder.path("::warning file=a::b.json")]);
    assert!(text.contains("名册上这个标识没有写校名"), "{text}");
    assert!(text.contains("warning file=a::b.json") && !text.lines().any(|line| line.trim_start().starts_with("::")));
}

#[test]
fn a_roster_without_schools_lets_no_rule_that_asks_it_pass() {
    for roster in
        [json!([]), json!(null), json!({}), json!([{"名称": "东关小学"}]), json!([{"标识码": " ", "名称": "东关小学"}])]
    {
        let folder = Folder::new("no-roster");
        let mut county: Value = serde_json::from_slice(&std::fs::read(COUNTY).expect("a file")).expect("JSON");
        county["名册"] = roster.clone();
        folder.write("全县.json", county.to_string().as_bytes());
        let report = json_of(&["--county", &folder.path("全县.json"), "tests/samples"]);
        for id in ["人人交表", "全县建档", "全县检查", "红外采购", "护学岗"] {
            assert_eq!(rule(&report, id)["status"], "undetermined", "{id} with {roster}");
        }
        let said = report["structure"].to_string();
        assert!(said.contains("D070") && (roster[0].is_null() || said.contains("东关小学")), "{said}");
        assert_ne!(report["verdict"], "pass");
    }
}

#[test]
fn a_document_without_a_code_and_an_unreadable_file_stand_beside_their_school() {
    let folder = Folder::new("codes");
    let mut nameless = sample("南街小学.json");
    nameless["学校"]["标识码"] = json!(null);
    folder.write("无码.json", nameless.to_string().as_bytes());
    let broken = sample("北关小学-有问题.json").to_string();
    folder.write("断了.json", &broken.as_bytes()[..broken.len() / 2]);
    folder.write("东关小学2141000347.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0");
    let own = own(
        &folder,
        &[(NANJIE, "南街小学"), ("2141000346", "北关小学"), ("2141000347", "东关小学"), ("3141000101", "县中")],
    );
    let letters = folder.path("通知单.html");
    let report = json_of(&["--county", &own, "--notices", &letters, &folder.path("")]);
    assert_eq!(ids(&report["schools"]["missing"]), [NANJIE, "2141000346", "2141000347", "3141000101"]);
    let received: Vec<&Value> =
        report["schools"]["missing"].as_array().expect("a list").iter().map(|one| &one["received"]).collect();
    assert_eq!(
        received,
        [&json!(["无码.json"]), &json!(["断了.json"]), &json!(["东关小学2141000347.xls"]), &json!([])]
    );
    assert_ne!(rule(&report, "人人交表")["status"], "pass");
    let unreadable = report["schools"]["unreadable"].to_string();
    assert!(unreadable.contains("无码.json") && unreadable.contains("自称「南街小学」"), "{unreadable}");
    let page = std::fs::read_to_string(&letters).expect("the letters");
    let sheets: Vec<&str> = page.split("<article>").skip(1).collect();
    let of = |name: &str| sheets.iter().find(|sheet| sheet.contains(name)).unwrap_or_else(|| panic!("none for {name}"));
    assert!(of("北关小学").contains("收到可能是你校的文件 1 份（断了.json）") && !of("北关小学").contains("尚未收到"));
    assert!(of("东关小学").contains("2141000347.xls") && of("县中").contains("尚未收到"));
    let text = text_of(&["--county", &own, &folder.path("")]);
    assert!(text.contains("2141000346 北关小学: 断了.json"), "{text}");
}

#[test]
fn the_last_document_without_a_code_may_be_the_last_school_s() {
    let folder = Folder::new("nameless");
    let mut nameless = sample("南街小学.json");
    nameless["学校"]["标识码"] = json!("");
    folder.write("无码.json", nameless.to_string().as_bytes());
    let own = own(&folder, &[(NANJIE, "南街小学")]);
    let report = json_of(&["--county", &own, &folder.path("")]);
    assert_eq!(rule(&report, "人人交表")["status"], "undetermined");
    assert_eq!(ids(&report["schools"]["missing"]), [NANJIE], "and yet it is named");
    std::fs::create_dir_all(folder.path("空")).expect("a folder");
    let empty = json_of(&["--county", &own, &folder.path("空")]);
    assert_eq!(rule(&empty, "人人交表")["status"], "fail");
}

#[test]
fn a_code_of_another_school_or_of_none_is_asked_about() {
    let folder = Folder::new("foreign");
    folder.write("a.json", sample("南街小学.json").to_string().as_bytes());
    let mut stranger = sample("南街小学.json");
    stranger["学校"]["标识码"] = json!("2141000999");
    folder.write("b.json", stranger.to_string().as_bytes());
    let own = own(&folder, &[(NANJIE, "东关小学")]);
    let report = json_of(&["--county", &own, &folder.path("")]);
    assert_eq!(
        report["schools"]["misnamed"],
        json!([{"id": NANJIE, "name": "南街小学", "roster": "东关小学", "file": "a.json"}])
    );
    assert_eq!(ids(&report["schools"]["unknown"]), ["2141000999"]);
    let text = text_of(&["--county", &own, &folder.path("")]);
    assert!(
        text.contains("名册上这个标识是:东关小学") && text.contains("2141000999 南街小学: b.json: 请核对标识"),
        "{text}"
    );
}

#[test]
fn on_the_first_day_everybody_is_missing_and_gets_a_letter() {
    let folder = Folder::new("first-day");
    std::fs::create_dir_all(folder.path("收表")).expect("a folder");
    let letters = folder.path("通知单.html");
    let output = county(&["--county", COUNTY, "--notices", &letters, "--format", "json", &folder.path("收表")]);
    // So all seem to be where a path is wrong: the folder is named.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("收表` 里没有可以汇总的文件"), "{said}");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["schools"]["missing"].as_array().map(Vec::len), Some(5));
    let page = std::fs::read_to_string(&letters).expect("the letters");
    assert_eq!(page.matches("尚未收到你校的自查表").count(), 5);
}

#[test]
fn where_no_school_s_document_can_be_the_command_says_so() {
    let folder = Folder::new("no-schools");
    for empty in ["收表", "空"] {
        std::fs::create_dir_all(folder.path(empty)).expect("a folder");
    }
    let own = folder.path("收表/全县.json");
    std::fs::copy(COUNTY, &own).expect("a copy");
    let (spent, empty, missing) = (folder.path("收表"), folder.path("空"), folder.path("没有"));
    for (paths, code, words) in [
        (vec![], 1, "没有写学校数据的文件或文件夹"),
        (vec![&spent], 1, "收表` 里除了全县数据"),
        (vec![&empty], 1, "空` 里没有可以汇总的文件"),
        (vec![&spent, &empty], 1, "空` 里没有可以汇总的文件"),
        (vec![&empty, &missing], 2, ""),
        (vec![&missing], 2, ""),
    ] {
        let args: Vec<&str> = ["--county", &own].into_iter().chain(paths.iter().map(|path| path.as_str())).collect();
        let output = county(&args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{paths:?}: {said}");
        assert!(said.contains(words), "{paths:?}: {said}");
    }
    // A file of a school beside the county's is one to roll up.
    folder.write("收表/a.json", sample("南街小学.json").to_string().as_bytes());
    assert_eq!(String::from_utf8_lossy(&county(&["--county", &own, &spent]).stderr), "");
}

#[test]
fn a_part_that_is_merged_twice_counts_once_and_is_noticed() {
    let folder = Folder::new("part-twice");
    folder.write("坏.json", b"{");
    let (part, both) = (folder.path("part"), folder.path("both"));
    folder.write("又一所.json", super::school(7).to_string().as_bytes());
    // What a part could not read is in it, and is said where it is made and where it goes on.
    for args in [
        ["tests/samples", &folder.path("坏.json"), "-o", &part].to_vec(),
        vec![&folder.path("又一所.json"), "-o", &both, "--merge", &part],
    ] {
        let output = county(&[&["--partial"], &args[..]].concat());
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(output.status.code() == Some(2) && said.contains("坏.json"), "{said}");
    }
    for parts in [[&part, &part], [&both, &part]] {
        let output = county(&["--county", COUNTY, "--format", "json", "--merge", parts[0], parts[1]]);
        let expected = json_of(&["--county", COUNTY, "--merge", parts[0]]);
        assert_eq!(serde_json::from_slice::<Value>(&output.stdout).expect("JSON"), expected);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(said.contains("只算一次"), parts[0] == parts[1], "{said}");
        assert_eq!(expected["schools"]["unreadable"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn parts_of_folders_come_to_what_one_run_over_them_comes_to() {
    let folder = Folder::new("two-folders");
    let (morning, afternoon) = morning_and_afternoon();
    for (place, document) in [("n1", morning), ("n2", afternoon)] {
        std::fs::create_dir_all(folder.path(&format!("{place}/乡"))).expect("a folder");
        folder.write(&format!("{place}/坏.json"), b"");
        folder.write(&format!("{place}/b.json"), document.to_string().as_bytes());
        folder.write(&format!("{place}/乡/同.json"), sample("北关小学-有问题.json").to_string().as_bytes());
    }
    folder.write("n1/只此.json", super::school(7).to_string().as_bytes());
    let folders = [folder.path("n1"), folder.path("n2")];
    let parts = [folder.path("1.part"), folder.path("2.part")];
    for (folder, part) in folders.iter().zip(&parts) {
        assert_eq!(county(&["--partial", "-o", part, folder]).status.code(), Some(2));
    }
    let (letters, of_parts) = (folder.path("一.html"), folder.path("几.html"));
    let one = json_of(&["--county", COUNTY, "--notices", &letters, &folders[0], &folders[1]]);
    let merged = json_of(&["--county", COUNTY, "--notices", &of_parts, "--merge", &parts[0], &parts[1]]);
    assert_eq!(one, merged);
    assert_eq!(merged["schools"]["unreadable"].as_array().map(Vec::len), Some(2));
    let said = merged["schools"].to_string();
    for file in ["n1/坏.json", "n2/坏.json", "n1/b.json", "n2/b.json", "n1/乡/同.json", "n2/乡/同.json"] {
        assert!(said.contains(&format!("{}\"", folder.path(file))), "{file}: {said}");
    }
    assert!(merged["by_school"].to_string().contains("\"只此.json\""), "what is called so alone is called so");
    assert!(!merged.to_string().contains("\\u0000"));
    let page = std::fs::read_to_string(&of_parts).expect("the letters");
    assert!(page.contains("n1/b.json") && !page.contains('\0'), "which files are in conflict is said");
}

#[test]
fn a_part_of_nothing_is_none_and_takes_no_options_that_say_nothing_of_it() {
    let folder = Folder::new("part-of-nothing");
    std::fs::create_dir_all(folder.path("空")).expect("a folder");
    folder.write("空.ndjson", b"\n \n");
    let part = folder.path("part");
    let nothing = county(&["--partial", "-o", &part]);
    assert!(nothing.status.code() == Some(2) && !nothing.stderr.is_empty());
    assert!(!std::path::Path::new(&part).exists());
    for path in ["空", "空.ndjson", "没有"] {
        let output = county(&["--partial", "-o", &part, &folder.path(path)]);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(output.status.code() == Some(2) && said.contains(path), "{path}: {said}");
        // The part says so too, and so does the report that it goes into.
        let report = json_of(&["--county", COUNTY, "--merge", &part]);
        assert_eq!(report["schools"]["unreadable"].as_array().map(Vec::len), Some(1), "{path}");
    }
    let idle: [&[&str]; 6] = [
        &["--county", COUNTY],
        &["--previous", COUNTY],
        &["--notices", "z.html"],
        &["--format", "csv"],
        &["--all"],
        &["--fail-on", "fail"],
    ];
    for option in idle {
        let output = county(&[&["--partial", "tests/samples"], option].concat());
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(output.status.code() == Some(2) && said.contains(option[0]) && output.stdout.is_empty(), "{said}");
    }
}

#[test]
fn every_row_of_the_csv_has_all_columns_and_every_school_and_file_a_row() {
    let folder = Folder::new("csv");
    folder.write("坏.json", b"");
    let (morning, afternoon) = morning_and_afternoon();
    folder.write("早.json", morning.to_string().as_bytes());
    folder.write("晚.json", afternoon.to_string().as_bytes());
    let text = text_of(&["--county", COUNTY, "--format", "csv", &folder.path("")]);
    let rows: Vec<Vec<String>> = text.trim_start_matches('\u{feff}').lines().map(cells).collect();
    assert_eq!(rows[0][..5], ["标识", "名称", "结论", "文件", "说明"]);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{text}");
    assert_eq!(rows.len(), 1 + 1 + 4 + 1);
    assert_eq!(rows[1][..3], [NANJIE, "南街小学", "无法判断"]);
    assert!(
        rows[1][3].contains("早.json") && rows[1][3].contains("晚.json") && rows[1][4].starts_with("几份表说法不一: ")
    );
    assert_eq!(rows[2][2], "没有交表");
    assert_eq!(rows[6][2..4], ["读不了的文件", "坏.json"]);
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            c => cells.last_mut().expect("a cell").push(c),
        }
    }
    cells
}

#[test]
fn what_is_amiss_with_a_submission_stands_in_the_csv_too() {
    let amiss = [
        ("不在名册上", json!({"学校": {"标识码": "2141000374", "名称": "新校"}})),
        ("校名与名册不符", json!({"学校": {"标识码": NANJIE, "名称": "东关小学"}})),
        ("填报日期在核对日之后", json!({"填报": {"日期": "2022-06-30"}})),
        ("填报日期没有写、读不出来或不可信", json!({"填报": {"日期": "某日"}})),
        // Before what it tells of.
        ("填报日期没有写、读不出来或不可信", json!({"填报": {"日期": "2022-06-02"}})),
        ("规则版本不一致", json!({"规则集": "campus-safety@2022.1.1"})),
        ("表本身要看一眼的", json!({"填报": {"人": " "}})),
    ];
    for (words, change) in amiss {
        let folder = Folder::new("csv-amiss");
        let mut document = sample("南街小学.json");
        for (part, value) in change.as_object().expect("an object") {
            match value.as_object() {
                Some(keys) => keys.iter().for_each(|(key, value)| document[part][key] = value.clone()),
                None => document[part] = value.clone(),
            }
        }
        folder.write("a.json", document.to_string().as_bytes());
        let text = text_of(&["--county", COUNTY, "--format", "csv", &folder.path("")]);
        assert!(text.lines().map(cells).any(|row| row[3] == "a.json" && row[4].contains(words)), "{words}: {text}");
    }
}

#[test]
fn what_cannot_be_read_is_looked_through_for_its_school() {
    use std::io::Write as _;
    let zip = |parts: &[(&str, &str)]| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
            archive.write_all(text.as_bytes()).expect("written");
        }
        archive.finish().expect("an archive").into_inner()
    };
    let folder = Folder::new("within");
    let of = |code: &str| format!("{{\"学校\": {{\"标识码\": \"{code}\"");
    folder
        .write("表.xlsx", &zip(&[("[Content_Types].xml", "<Types/>"), ("xl/sharedStrings.xml", "<t>2141000345</t>")]));
    let cut = zip(&[("北关.json", &of("2141000346")), ("b.json", &"别的 ".repeat(4000))]);
    folder.write("断.zip", &cut[..cut.len() - 40]);
    let inner = zip(&[("[Content_Types].xml", "<Types/>"), ("xl/sharedStrings.xml", "<t>2141000347</t>")]);
    let mut outer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    outer.start_file("镇/表.xlsx", zip::write::SimpleFileOptions::default()).expect("a part");
    outer.write_all(&inner).expect("written");
    folder.write("镇.zip", &outer.finish().expect("an archive").into_inner());
    let own = own(&folder, &[(NANJIE, "甲校"), ("2141000346", "乙校"), ("2141000347", "丙校")]);
    let report = json_of(&["--county", &own, &folder.path("")]);
    let received: Vec<String> = report["schools"]["missing"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["received"].to_string())
        .collect();
    assert_eq!(received.len(), 3);
    for (received, file) in received.iter().zip(["表.xlsx", "断.zip", "镇.zip"]) {
        assert!(received.contains(file), "{received} of {file}");
    }
}

#[test]
fn who_fails_and_who_cannot_be_judged_are_named_apart_in_every_list() {
    let text = text_of(&["--county", COUNTY, "--all", "tests/samples"]);
    assert!(text.contains("不符合 1/3: 2141000346 北关小学\n"), "{text}");
    assert!(text.contains("无法判断 1/3: 1141000012 县幼儿园\n"), "{text}");
    assert!(text.contains("不合格的学校 (2)") || text.contains("无法判断的学校 (1)"), "{text}");
    let report = report(&["tests/samples"]);
    let folder = Folder::new("letters-open");
    let mut open = sample("南街小学.json");
    open["责任"]["职务"] = json!(null);
    folder.write("a.json", open.to_string().as_bytes());
    let letters = folder.path("通知单.html");
    county(&["--county", COUNTY, "--notices", &letters, &folder.path("a.json")]);
    let page = std::fs::read_to_string(&letters).expect("the letters");
    assert!(
        report["by_school"].is_array() && page.contains("自查表补正通知单"),
        "one that only cannot be judged gets a letter"
    );
}

#[test]
fn finished_late_stays_as_late_as_it_was() {
    let folder = Folder::new("late");
    let mut late = sample("南街小学.json");
    late["摸底排查"]["完成日期"] = json!("2022-06-28");
    folder.write("a.json", late.to_string().as_bytes());
    let letters = folder.path("通知单.html");
    let on = |day: &str| {
        let args =
            ["--county", COUNTY, "--as-of", day, "--notices", &letters, "--format", "json", &folder.path("a.json")];
        let output = super::run(&args);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let due = report["due"].as_array().expect("a list").iter().find(|one| one["rule"] == "三日摸底").cloned();
        (due.expect("it is listed"), std::fs::read_to_string(&letters).expect("the letters"))
    };
    for day in ["2022-06-28", "2022-07-28", "2022-12-01"] {
        let (due, page) = on(day);
        assert_eq!(
            (&due["due"], &due["done"], &due["days_left"]),
            (&json!("2022-06-27"), &json!("2022-06-28"), &json!(-1))
        );
        assert!(page.contains("迟 1 日完成"), "{day}");
    }
    // As long as it is not done, the days go on.
    late["摸底排查"]["完成日期"] = json!(null);
    folder.write("a.json", late.to_string().as_bytes());
    for (day, left) in [("2022-06-28", -1), ("2022-06-30", -3), ("2022-07-27", -30)] {
        let (due, _) = on(day);
        assert_eq!(
            (&due["due"], due.get("done"), &due["days_left"]),
            (&json!("2022-06-27"), None, &json!(left)),
            "{day}"
        );
    }
}

#[test]
fn a_school_that_cannot_be_judged_is_named_beside_those_that_fail_and_no_internal_name_shows() {
    let folder = Folder::new("blank");
    let mut blank = sample("南街小学.json");
    blank["学校"]["标识码"] = json!("2141000346");
    blank["学校"]["名称"] = json!("北关小学");
    blank.as_object_mut().expect("an object").remove("平安档案");
    folder.write("a.json", sample("南街小学.json").to_string().as_bytes());
    folder.write("b.json", blank.to_string().as_bytes());
    let schools = [(NANJIE, "南街小学"), ("2141000346", "北关小学"), ("2141000347", "东关小学")];
    let message = |schools: &[(&str, &str)]| {
        let own = own(&folder, schools);
        let report = json_of(&["--county", &own, &folder.path("a.json"), &folder.path("b.json")]);
        let found = rule(&report, "全县建档").clone();
        assert!(!report.to_string().contains("#0"), "{found}");
        (found["status"].clone(), found["findings"][0]["message"].as_str().expect("a message").to_owned())
    };
    let (status, said) = message(&schools);
    assert_eq!(status, "fail");
    assert!(said.contains("2141000347 东关小学(还说不准的:2141000346 北关小学)"), "{said}");
    let args = ["--county", &own(&folder, &schools), &folder.path("a.json"), &folder.path("b.json")];
    let rows = &super::workbook::sheets(&super::workbook::workbook(&args))["全县规则"];
    let row = rows.iter().find(|row| row.iter().any(|cell| cell.to_string().contains(&said))).expect("the rule's row");
    let at = |heading: &str| rows[0].iter().position(|cell| *cell == *heading).expect("a column");
    assert_eq!(row[at("漏了谁")].to_string(), "2141000347 东关小学");
    assert_eq!(row[at("还说不准谁")].to_string(), "2141000346 北关小学");
    let (status, said) = message(&schools[..2]);
    assert_eq!(status, "undetermined");
    assert!(said.contains("2141000346 北关小学"), "{said}");
}

#[test]
fn what_is_called_as_a_missing_school_stands_beside_it() {
    let folder = Folder::new("called-so");
    let write = |name: &str, bytes: &[u8]| {
        let path = PathBuf::from(folder.path(name));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    };
    let document = |code: Value, name: &str| {
        let mut document = sample("南街小学.json");
        document["学校"] = json!({"标识码": code, "名称": name});
        document.to_string().replace(NANJIE, "9")
    };
    write("收/1.json", document(json!(null), "南街小学").as_bytes());
    write("收/2.json", document(json!("12"), " 西街小学").as_bytes());
    write("收/3.json", document(json!({}), "北街小学").as_bytes());
    write("收/县中/自评.docx", b"x");
    write("收/报送-东关小学(6月).pdf", b"x");
    // Another school's name has this one's in it.
    write("收/第一北关小学.pdf", b"x");
    let codes: Vec<String> = (345..351).map(|number| format!("2141000{number}")).collect();
    let names = ["南街小学", "西街小学", "北街小学", "县中", "东关小学", "北关小学"];
    let roster: Vec<(&str, &str)> = codes.iter().map(String::as_str).zip(names).collect();
    let letters = folder.path("通知单.html");
    let report = json_of(&["--county", &own(&folder, &roster), "--notices", &letters, &folder.path("收")]);
    let missing = report["schools"]["missing"].as_array().expect("a list");
    let received: Vec<(&str, &Value)> =
        missing.iter().map(|one| (one["name"].as_str().expect("a name"), &one["received"])).collect();
    let files = [json!(["1.json"]), json!(["2.json"]), json!(["3.json"]), json!(["县中/自评.docx"])];
    let files = [&files[..], &[json!(["报送-东关小学(6月).pdf"]), json!([])]].concat();
    assert_eq!(received, names.into_iter().zip(&files).collect::<Vec<_>>());
    let page = std::fs::read_to_string(&letters).expect("the letters");
    assert_eq!(page.matches("收到可能是你校的文件 1 份").count(), 5, "{page}");
    assert_eq!(page.matches("尚未收到你校的自查表").count(), 1, "{page}");
    let may_be = |file: &str| {
        let unreadable = report["schools"]["unreadable"].as_array().expect("a list").iter();
        unreadable.filter(|one| one["name"] == file).map(|one| one["schools"][0]["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!((may_be("1.json"), may_be("第一北关小学.pdf")), (vec![json!("南街小学")], vec![json!(null)]));
}

#[test]
fn a_document_without_a_name_takes_that_of_the_roster() {
    let folder = Folder::new("unnamed");
    let mut document = sample("北关小学-有问题.json");
    document["学校"]["名称"] = json!("");
    folder.write("1.json", document.to_string().as_bytes());
    let own = own(&folder, &[("2141000346", "北关小学")]);
    let letters = folder.path("通知单.html");
    let report = json_of(&["--county", &own, "--notices", &letters, &folder.path("1.json")]);
    assert_eq!(report["by_school"][0]["name"], "北关小学");
    assert!(report["due"].as_array().expect("a list").iter().all(|one| one["name"] == "北关小学"));
    let page = std::fs::read_to_string(&letters).expect("the letters");
    assert!(page.contains("<p class=\"to\">北关小学"), "{page}");
}

/// Of which school and which day a document is, no key says that stands twice.
#[test]
fn a_record_that_stands_twice_says_neither_whose_a_document_is_nor_of_which_day() {
    let good = sample("南街小学.json");
    let twice = |record: &str, of: &str| {
        let mut bad = good.clone();
        bad["责任"]["职务"] = json!("副校长");
        let text = bad.to_string();
        format!("{},\"{record}\":{of}}}", &text[..text.len() - 1])
    };
    for (record, of) in
        [("填报", json!({"日期": "2022-06-28"})), ("学校", json!({"标识码": "2141000346", "名称": "北关小学"}))]
    {
        let folder = Folder::new("twice-within");
        folder.write("a.json", good.to_string().as_bytes());
        let text = twice(record, &of.to_string());
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
        folder.write("b.json", text.as_bytes());
        let report = json_of(&["--county", COUNTY, &folder.path("")]);
        let schools = &report["schools"];
        let (conflict, unread) = (schools["conflict"].to_string(), schools["unreadable"].to_string());
        assert!(conflict.contains("b.json") || unread.contains("b.json"), "{record}: {schools}");
        assert_eq!(schools["duplicate"], json!([]), "{record}");
        assert_ne!(report["verdict"], "pass");
    }
}

/// Nor does one that the eye takes for another's.
#[test]
fn a_key_that_looks_like_another_says_neither_whose_a_document_is_nor_of_which_day() {
    let good = sample("南街小学.json");
    for (part, key, value) in [
        ("填报", "日期\u{200B}", json!("2022-06-28")),
        ("填报", "日\u{AD}期", json!("2022-06-28")),
        ("填报", "\u{2F47}期", json!("2022-06-28")),
        ("学校", "标识码\u{A0}", json!("2141000346")),
        ("", "填报\u{200B}", json!({"日期": "2022-06-28"})),
        ("", "学校\u{200B}", json!({"标识码": "2141000346", "名称": "北关小学"})),
    ] {
        let folder = Folder::new("twins");
        folder.write("a.json", good.to_string().as_bytes());
        let mut bad = good.clone();
        bad["责任"]["职务"] = json!("副校长");
        let place = if part.is_empty() { &mut bad } else { &mut bad[part] };
        place.as_object_mut().expect("a record").insert(key.to_owned(), value);
        folder.write("b.json", bad.to_string().as_bytes());
        let report = json_of(&["--county", COUNTY, &folder.path("")]);
        let schools = &report["schools"];
        let (conflict, unread) = (schools["conflict"].to_string(), schools["unreadable"].to_string());
        assert!(conflict.contains("b.json") || unread.contains("b.json"), "{key:?}: {schools}");
        assert_ne!(report["overall"], "pass");
    }
}
