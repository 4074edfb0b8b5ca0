//! The workbook, read back by another library.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use calamine::{Data, Reader as _, Xlsx};
use serde_json::{Value, json};

use super::{COUNTY, Folder, county, report, sample};

pub type Sheets = BTreeMap<String, Vec<Vec<Data>>>;

pub fn workbook(args: &[&str]) -> Vec<u8> {
    let output = county(&[&["--format", "xlsx"], args].concat());
    assert!(output.stdout.starts_with(b"PK"), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

pub fn sheets(bytes: &[u8]) -> Sheets {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    let formulas = names.iter().map(|name| book.worksheet_formula(name).expect("a sheet").used_cells().count());
    assert_eq!(formulas.sum::<usize>(), 0, "no formula anywhere");
    let rows = |name: &String| {
        let range = book.worksheet_range(name).expect("a sheet");
        range.rows().map(<[Data]>::to_vec).collect()
    };
    let mut rows = rows;
    names.iter().map(|name| (name.clone(), rows(name))).collect()
}

fn text(cell: &Data) -> &str {
    let Data::String(text) = cell else { panic!("{cell:?} is no text") };
    text
}

fn column<'s>(rows: &'s [Vec<Data>], heading: &str) -> Vec<&'s Data> {
    let at = rows[0].iter().position(|cell| text(cell) == heading).unwrap_or_else(|| panic!("no {heading}"));
    rows[1..].iter().map(|row| &row[at]).collect()
}

#[test]
fn the_workbook_says_what_the_report_says() {
    let sheets = sheets(&workbook(&["--county", COUNTY, "tests/samples"]));
    let report = report(&["tests/samples"]);
    let names: Vec<&str> = sheets.keys().map(String::as_str).collect();
    assert_eq!(names, ["不符合与无法判断的学校", "交表情况", "全县规则", "各规则", "学校与规则", "期限", "概况"]);
    let open = &sheets["不符合与无法判断的学校"];
    let of = |letter| {
        report["by_school"]
            .as_array()
            .expect("schools")
            .iter()
            .map(move |one| one["statuses"].as_str().expect("letters").matches(letter).count())
    };
    let count = |words: &str| open[1..].iter().filter(|row| text(&row[1]) == words).count();
    assert_eq!((count("✖ 不符合"), count("? 无法判断")), (of('f').sum(), of('u').sum()));
    assert!(open[1..].iter().all(|row| text(&row[2]).len() == 10 && !text(&row[3]).is_empty()));

    let matrix = &sheets["学校与规则"];
    let rules = report["by_rule"].as_array().expect("rules");
    assert_eq!(matrix.len(), 1 + 3 + 2);
    let titles: Vec<_> = matrix[0][3..].iter().map(|cell| json!(text(cell))).collect();
    assert_eq!(titles, rules.iter().map(|rule| rule["title"].clone()).collect::<Vec<_>>());
    for (row, school) in matrix[1..].iter().zip(report["by_school"].as_array().expect("schools")) {
        assert_eq!((text(&row[0]), text(&row[1])), (school["id"].as_str().unwrap(), school["name"].as_str().unwrap()));
        let letters: String = row[3..]
            .iter()
            .map(|cell| match text(cell) {
                "✔ 符合" => 'p',
                "◷ 未到期" => 'd',
                "? 无法判断" => 'u',
                "✖ 不符合" => 'f',
                "! 提示" => 'h',
                "– 不适用" => 'n',
                other => panic!("{other}"),
            })
            .collect();
        assert_eq!(school["statuses"], json!(letters));
    }
    assert_eq!(
        column(&sheets["交表情况"], "名称").iter().map(|cell| text(cell)).collect::<Vec<_>>(),
        ["东关小学", "县第一初级中学", "县幼儿园"]
    );
    assert_eq!(sheets["期限"].len(), 1 + report["due"].as_array().expect("a list").len());
    assert_eq!(column(&sheets["期限"], "还剩几日")[0], &Data::Float(-1.0));
    let county = &sheets["全县规则"];
    let survey = county.iter().find(|row| text(&row[1]).contains("摸底排查")).expect("the rule");
    assert_eq!(text(&survey[4]), "3141000101 县第一初级中学", "who was left out, by name");
    let shares: Vec<&str> =
        column(&sheets["概况"], "值").into_iter().filter_map(calamine::DataType::get_string).collect();
    assert!(shares.contains(&"3/5") && shares.contains(&"2/3"), "{shares:?}");
}

#[test]
fn codes_keep_their_digits_and_no_text_is_a_formula() {
    let folder = Folder::new("codes");
    let mut county: Value = serde_json::from_slice(&std::fs::read(COUNTY).expect("a file")).expect("JSON");
    let roster = county["名册"].as_array_mut().expect("a roster");
    for (id, name) in [("0012345678", "=1+1"), ("012345678901234567", "@SUM(A1)")] {
        roster.push(json!({"标识码": id, "名称": name, "办学类型": "小学", "乡镇": "城关镇", "重点校": false}));
    }
    folder.write("全县.json", county.to_string().as_bytes());
    let mut document = sample("南街小学.json");
    document["学校"]["名称"] = json!("=南街小学");
    folder.write("a.json", document.to_string().as_bytes());
    folder.write("b.json", b"");
    let sheets = sheets(&workbook(&["--county", &folder.path("全县.json"), &folder.path("")]));
    let rows = &sheets["交表情况"];
    let ids: Vec<&str> = column(rows, "标识").into_iter().filter_map(calamine::DataType::get_string).collect();
    assert!(ids.contains(&"0012345678") && ids.contains(&"012345678901234567"), "{ids:?}");
    let names: Vec<&str> = column(rows, "名称").into_iter().filter_map(calamine::DataType::get_string).collect();
    assert!(names.contains(&"=1+1") && names.contains(&"@SUM(A1)"), "{names:?}");
    assert_eq!(text(&sheets["学校与规则"][1][1]), "=南街小学");
    let unreadable = rows.iter().find(|row| row[3] == Data::String("b.json".into())).expect("the empty file");
    assert!(text(&unreadable[4]).contains("空的"));
}

#[test]
fn the_same_report_gives_the_same_bytes_whatever_the_time() {
    let args = ["--county", COUNTY, "tests/samples"];
    let first = workbook(&args);
    // The time of an archive's file goes in steps of two seconds: this waits for the next.
    let step = || SystemTime::now().duration_since(UNIX_EPOCH).expect("a time").as_secs() / 2;
    let before = step();
    while step() == before {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(first == workbook(&args), "made twice");
    assert!(part(&first, "docProps/core.xml").contains("2022-06-28T00:00:00Z"));
}

#[test]
fn the_matrix_keeps_its_headings_in_sight_and_filters() {
    let bytes = workbook(&["--county", COUNTY, "--lang", "en", "tests/samples"]);
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("xSplit=\"3\" ySplit=\"1\"") && sheet.contains("state=\"frozen\""));
    assert!(sheet.contains("<autoFilter ref=\"A1:"));
    assert!(sheets(&bytes).contains_key("Schools and rules"));
}

#[test]
fn what_changed_has_its_own_sheet() {
    let folder = Folder::new("workbook-since");
    let before = county(&["--county", COUNTY, "--format", "json", "tests/samples"]);
    folder.write("before.json", &before.stdout);
    let args = ["--county", COUNTY, "--previous", &folder.path("before.json"), "tests/samples"];
    let sheets = sheets(&workbook(&args));
    let rows = &sheets["与上次相比"];
    assert_eq!(rows.len(), 1 + 2, "two schools are missing again");
    assert!(rows[1..].iter().all(|row| text(&row[0]) == "连续两次没有交表"));
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}
