//! The county's own document as a workbook, the roster as a table, and what the pack asks of the county.

use std::process::Command;

use serde_json::{Value, json};

use super::{COUNTY, Folder, county};

fn bulou(args: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bulou"));
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().expect("the program runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn json_of(own: &str) -> Value {
    serde_json::from_slice(&county(&["--county", own, "tests/samples", "--format", "json"]).stdout).expect("JSON")
}

/// All but what speaks of the file itself.
fn told(mut report: Value) -> Value {
    report["document"] = json!(null);
    for rule in report["rules"].as_array_mut().expect("rules") {
        for finding in rule["findings"].as_array_mut().into_iter().flatten() {
            finding.as_object_mut().expect("a finding").remove("cells");
        }
    }
    report
}

#[test]
fn the_workbook_of_the_county_says_what_its_json_says() {
    let folder = Folder::new("own-workbook");
    let book = folder.path("全县.xlsx");
    bulou(&["template", "--county", "--fill", COUNTY, "-o", &book]);
    let back: Value = serde_json::from_slice(&bulou(&["template", "--county", "--fill", &book])).expect("JSON");
    let mut first: Value = serde_json::from_slice(&std::fs::read(COUNTY).expect("a file")).expect("JSON");
    first.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    assert_eq!(back, first);
    assert_eq!(told(json_of(&book)), told(json_of(COUNTY)));
}

/// LibreOffice 7.4 opened `bulou template --county --fill 全县.json`, and saved it and its roster's sheet.
#[test]
fn what_libreoffice_saved_says_the_same() {
    let mut saved = told(json_of("tests/county/全县.ods"));
    // Its notes are in other words than the template's are today, and columns that may be left out came since.
    let notes = saved["structure"].as_array_mut().expect("a list");
    notes.retain(|note| !["D043", "D052"].contains(&note["code"].as_str().expect("a code")) || note["notice"] != true);
    assert_eq!(saved, told(json_of(COUNTY)));
    assert_eq!(json_of("tests/county/学校名册.csv")["schools"], json_of(COUNTY)["schools"]);
}

#[test]
fn a_blank_template_asks_for_the_county_s_part_alone_and_lets_no_rule_pass() {
    let folder = Folder::new("own-blank");
    let document: Value = serde_json::from_slice(&bulou(&["template", "--county"])).expect("JSON");
    let keys: Vec<&String> = document.as_object().expect("an object").keys().collect();
    let schema: Value = serde_json::from_slice(&bulou(&["schema", "--county"])).expect("JSON");
    for key in &keys {
        assert!(schema["properties"].get(key.as_str()).is_some(), "{key}");
    }
    assert!(keys.iter().any(|key| *key == "名册") && !keys.iter().any(|key| *key == "各校"), "{keys:?}");
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema");
    let county: Value = serde_json::from_slice(&std::fs::read(COUNTY).expect("a file")).expect("JSON");
    assert!(
        validator.is_valid(&county),
        "{:?}",
        validator.iter_errors(&county).map(|e| e.to_string()).collect::<Vec<_>>()
    );
    assert!(!validator.is_valid(&document));
    let book = folder.path("空.xlsx");
    bulou(&["template", "--county", "-o", &book]);
    for own in [book, {
        folder.write("空.json", document.to_string().as_bytes());
        folder.path("空.json")
    }] {
        let report = json_of(&own);
        assert!(report["verdict"] != "pass" && report["counts"]["pass"] == 0, "{own}: {}", report["counts"]);
        assert!(!report.to_string().contains("#0"), "{own}");
        assert!(report["structure"].to_string().contains("D070"), "{own}");
    }
}

#[test]
fn the_roster_as_a_table_names_who_is_missing() {
    let folder = Folder::new("own-csv");
    let text = "标识码,名称,办学类型,乡镇,重点校\r\n2141000345,南街小学,小学,城关镇,否\r\n２１４１０００３４６,北关小学,小学,城关镇,否\r\n2141000399,\"西关, 小学\",小学,城关镇,是\r\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let marked = format!("\u{FEFF}{text}");
    let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (name, bytes) in [
        ("学校名册.csv", text.as_bytes()),
        ("a.CSV", text.as_bytes()),
        ("b.csv", marked.as_bytes()),
        ("名册.csv", &gb),
        ("le.csv", &little),
        ("be.csv", &big),
    ] {
        folder.write(name, bytes);
        let report = json_of(&folder.path(name));
        let missing = report["schools"]["missing"].as_array().expect("a list");
        let missing: Vec<(&str, &str)> = missing
            .iter()
            .map(|one| (one["id"].as_str().expect("an id"), one["name"].as_str().expect("a name")))
            .collect();
        assert_eq!(missing, [("2141000399", "西关, 小学")], "{name}");
        // What a table of schools does not say is not filled in, and nothing about it passes.
        assert_eq!((&report["verdict"], report["schools"]["expected"].as_u64()), (&json!("fail"), Some(3)), "{name}");
        assert!(report["structure"].to_string().contains("D031"), "{name}");
    }
}

#[test]
fn a_table_of_codes_alone_is_the_roster_whatever_it_is_called() {
    let folder = Folder::new("own-codes");
    for (name, text) in [
        ("表格.csv", "标识码\n2141000345\n2141000399\n"),
        ("两列.csv", "标识码,名称\n2141000345,南街小学\n2141000399,西关小学\n"),
        ("学校名册.csv", "标识码\n2141000345\n2141000399\n合计\n"),
        ("合计.csv", "标识码,名称\n2141000345,南街小学\n2141000399,西关小学\n合计,2\n"),
        ("总计.csv", "标识码,名称\n2141000345,南街小学\n2141000399,西关小学\n总计,\n"),
    ] {
        folder.write(name, text.as_bytes());
        let report = json_of(&folder.path(name));
        assert_eq!(report["schools"]["expected"].as_u64(), Some(2), "{name}");
        assert!(!report["structure"].to_string().contains("D070"), "{name}: {}", report["structure"]);
        assert_eq!(report["structure"].to_string().contains("是合计"), text.contains("计"), "{name}");
    }
    // A row with a code of its own is a school, whatever it is called; and a sum is one only of what stands there.
    for line in ["合计,2141000361", "小计,2141000361", "Total,2141000361", "合计,3", "合计,1"] {
        folder.write("名册.csv", format!("名称,标识码\n南街小学,2141000345\n西关小学,2141000399\n{line}\n").as_bytes());
        let report = json_of(&folder.path("名册.csv"));
        let is_counted = report["schools"]["expected"].as_u64() == Some(3);
        assert!(is_counted || report["structure"].to_string().contains("D070"), "{line}: {}", report["schools"]);
    }
    // Words are no sum.
    folder.write("名册.csv", "标识码,名称\n合计,南街小学\n2141000399,西关小学\n".as_bytes());
    assert!(json_of(&folder.path("名册.csv"))["structure"].to_string().contains("D010"));
}

#[test]
fn a_code_of_two_schools_is_that_of_one_and_nobody_knows_whose_the_other_is() {
    let folder = Folder::new("own-twice");
    let statuses = |text: &str| {
        folder.write("名册.csv", format!("名称,标识码\n南街小学,2141000345\n{text}").as_bytes());
        let report = json_of(&folder.path("名册.csv"));
        let rules = report["rules"].as_array().expect("rules").clone();
        let of = |rule: &Value| (rule["id"].as_str().expect("an id").to_owned(), rule["status"].clone());
        let statuses: std::collections::BTreeMap<String, Value> = rules.iter().map(of).collect();
        (statuses, report["structure"].to_string())
    };
    let (whole, _) = statuses("北关小学,2141000346\n");
    // As with a school without a code, in full width too.
    let (blank, _) = statuses("北关小学,2141000346\n西关小学,\n");
    for code in ["2141000345", "2141000345"] {
        let (twice, said) = statuses(&format!("北关小学,2141000346\n西关小学,{code}\n"));
        assert!(said.contains("2141000345 南街小学 / 西关小学"), "{said}");
        for (rule, status) in &blank {
            let met = |status: &Value| status == "pass";
            assert!(!met(&twice[rule]) || met(status), "{rule}: {status} without a code, {} twice", twice[rule]);
        }
        assert!(whole.iter().any(|(rule, status)| status == "pass" && twice[rule] != "pass"), "{whole:?}");
    }
}

#[test]
fn a_school_of_the_roster_that_is_crossed_out_stands_there_all_the_same() {
    let folder = Folder::new("own-struck");
    let struck = rust_xlsxwriter::Format::new().set_font_strikethrough();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("名册").expect("a sheet");
    for (row, (code, name)) in (0..).zip([("标识码", "名称"), ("2141000345", "南街小学"), ("2141000399", "西关小学")])
    {
        sheet.write_string(row, 0, code).expect("a cell");
        sheet.write_string(row, 1, name).expect("a cell");
    }
    sheet.write_string_with_format(2, 0, "2141000399", &struck).expect("a cell");
    folder.write("名册.xlsx", &book.save_to_buffer().expect("a workbook"));
    let report = json_of(&folder.path("名册.xlsx"));
    let told = report["structure"].to_string();
    assert!(told.contains("划掉") && !told.contains("D070"), "{told}");
    assert_eq!(report["schools"]["expected"].as_u64(), Some(2));
}

#[test]
fn what_is_no_document_of_the_county_is_said_to_be_that() {
    let folder = Folder::new("own-none");
    folder.write("a.csv", "品名,单价\n粉笔,3\n".as_bytes());
    folder.write("b.json", b"{}");
    for own in [folder.path("a.csv"), folder.path("b.json")] {
        let output = county(&["--county", &own, "tests/samples"]);
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{own}: {said}");
        assert!(
            said.contains("D049") && said.contains("template --county") && !said.contains("各校、"),
            "{own}: {said}"
        );
    }
}

#[test]
fn a_roster_in_an_encoding_that_cannot_be_told_is_said_to_be_that() {
    let folder = Folder::new("own-encodings");
    let text = "标识码,名称\n2141000345,南街小学\n2141000346,北关小学\n";
    let traditional = "標識碼,名稱\n2141000345,南街小學\n2141000346,北關小學\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let bad = [&text.as_bytes()[..40], b"\xFF", &text.as_bytes()[40..]].concat();
    let cut = &text.as_bytes()[..text.len() - 2];
    let big5 = encoding_rs::BIG5.encode(traditional).0;
    let half = [b"\xFE\xFF", &wide[..wide.len() - 1]].concat();
    for (name, bytes) in [("16be", &wide[..]), ("half", &half), ("big5", &big5), ("bad", &bad), ("cut", cut)] {
        folder.write(&format!("{name}.csv"), bytes);
        let output = county(&["--county", &folder.path(&format!("{name}.csv")), "tests/samples"]);
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.contains("编码") && said.contains("D001") && !said.contains("这不是全县数据"), "{name}: {said}");
    }
}

#[test]
fn a_code_on_no_roster_in_a_list_of_the_county_is_asked_about() {
    let folder = Folder::new("own-astray");
    let mut own: Value = serde_json::from_slice(&std::fs::read(COUNTY).expect("a file")).expect("JSON");
    let plain = super::report(&["tests/samples"]);
    assert!(!plain["structure"].to_string().contains("D071"), "{}", plain["structure"]);
    let row = |list: &str, own: &Value| own[list][0].clone();
    for list in ["检查", "摸底"] {
        let mut further = row(list, &own);
        further["标识码"] = json!("2141000999");
        own[list].as_array_mut().expect("a list").push(further);
    }
    own["护学岗"].as_array_mut().expect("a list").push(json!("2141000998"));
    folder.write("c.json", own.to_string().as_bytes());
    let report = json_of(&folder.path("c.json"));
    let found: Vec<&Value> =
        report["structure"].as_array().expect("a list").iter().filter(|one| one["code"] == "D071").collect();
    let said: Vec<(&str, bool)> = found
        .iter()
        .map(|one| {
            (one["path"].as_str().expect("a path"), one["message"].as_str().expect("words").contains("214100099"))
        })
        .collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(["/检查", "/摸底", "/护学岗"].iter().all(|list| said.contains(&(list, true))), "{said:?}");
    assert!(found.iter().all(|one| one["notice"] == true), "{found:?}");
}
