//! No output overwrites an input, options with fixed values take no other, and nothing checked is no success.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test starts programs and may fail")]

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outputs_apart").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("in")).expect("a folder");
    std::fs::copy(sample("南街小学.json"), folder.join("in/a.json")).expect("copied");
    folder
}

fn bulou(within: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bulou")).args(args).current_dir(within).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_output_is_no_input_by_whatever_name() {
    let folder = folder("names");
    let whole = std::fs::read(folder.join("in/a.json")).expect("a file");
    symlink("in/a.json", folder.join("link.json")).expect("a link");
    std::fs::hard_link(folder.join("in/a.json"), folder.join("hard.json")).expect("a link");
    std::fs::write(folder.join("w.json"), "[]").expect("a file");
    std::fs::write(folder.join("p.json"), "{}").expect("a file");
    let county = sample("../county/全县.json");
    std::fs::copy(county, folder.join("county.json")).expect("copied");
    let refused: [&[&str]; 12] = [
        &["check", "in/a.json", "-o", "in/a.json"],
        &["check", "in/a.json", "-o", "./in/../in/a.json"],
        &["check", "in/a.json", "-o", "link.json"],
        &["check", "in/a.json", "-o", "hard.json"],
        &["check", "link.json", "-o", "in/a.json"],
        &["check", "in", "-o", "in/a.json"],
        &["check", "in/a.json", "--annotated", "in/a.json"],
        &["check", "in/a.json", "--sarif", "hard.json"],
        &["check", "in/a.json", "--waivers", "w.json", "-o", "w.json"],
        &["check", "in/a.json", "--params", "p.json", "--annotated", "p.json"],
        &["county", "in", "--county", "county.json", "-o", "county.json"],
        &["county", "in", "--county", "county.json", "--notices", "in/a.json"],
    ];
    for args in refused {
        let output = bulou(&folder, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", said(&output));
        assert!(said(&output).contains("就是要读的文件"), "{args:?}: {}", said(&output));
        assert_eq!(std::fs::read(folder.join("in/a.json")).expect("a file"), whole, "{args:?}");
    }
    let both = bulou(&folder, &["check", "in/a.json", "-o", "x", "--sarif", "./x"]);
    assert!(said(&both).contains("同一个文件"), "{}", said(&both));
    let fill = bulou(&folder, &["template", "--fill", "in/a.json", "-o", "hard.json"]);
    assert!(said(&fill).contains("就是要读的文件"), "{}", said(&fill));
    // A new file in the folder that is read is none of what was read; the next time it would be.
    let args = ["check", "in", "--as-of", "2022-06-28", "--format", "csv", "-o", "in/报告.csv"];
    assert_eq!(bulou(&folder, &args).status.code(), Some(0));
    assert!(said(&bulou(&folder, &args)).contains("就是要读的文件"));
}

#[test]
fn the_worst_document_decides_wherever_it_stands() {
    let folder = folder("worst");
    std::fs::copy(sample("北关小学-有问题.json"), folder.join("in/0.json")).expect("copied");
    let check = |args: &[&str]| bulou(&folder, &[&["check", "--as-of", "2022-06-28"], args].concat()).status.code();
    assert_eq!(check(&["in/a.json"]), Some(0));
    assert_eq!(check(&["in/0.json", "in/a.json"]), Some(1));
    assert_eq!(check(&["in/a.json", "in/0.json"]), Some(1));
    for broken in [["missing.json", "in/0.json", "in/a.json"], ["in/a.json", "missing.json", "in/0.json"]] {
        assert_eq!(check(&broken), Some(2), "{broken:?}");
        assert_eq!(check(&[&broken[..], &["--jobs", "1"]].concat()), Some(2), "{broken:?}");
    }
}

#[test]
fn nothing_checked_is_no_success() {
    let folder = folder("nothing");
    std::fs::create_dir(folder.join("empty")).expect("a folder");
    std::fs::write(folder.join("empty.ndjson"), "\n  \n").expect("a file");
    for args in [
        &["check"][..],
        &["check", "empty"],
        &["check", "empty.ndjson"],
        &["check", "--ndjson", "empty.ndjson"],
        &["fmt", "empty"],
    ] {
        let output = bulou(&folder, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", said(&output));
    }
}

#[test]
fn a_value_that_an_option_does_not_have_is_refused() {
    let folder = folder("values");
    let refused: [&[&str]; 10] = [
        &["lint", "--deny", "warning"],
        &["lint", "--deny", ""],
        &["check", "in/a.json", "--fail-on", "failure"],
        &["check", "in/a.json", "--format", "xml"],
        &["check", "in/a.json", "--lang", "cn"],
        &["check", "in/a.json", "--color", "yes"],
        &["check", "in/a.json", "--name-by", "name"],
        &["fmt", "--keywords", "de"],
        &["test", "--mutate", "--min-score", "101"],
        &["explain", "e9999"],
    ];
    for args in refused {
        let output = bulou(&folder, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", said(&output));
    }
    assert!(bulou(&folder, &["lint", "--deny", "warnings"]).status.code() < Some(2));
}

#[test]
fn a_code_is_explained_however_its_number_is_written() {
    let folder = folder("codes");
    let explain = |code: &str| bulou(&folder, &["explain", code]);
    let whole = explain("E023").stdout;
    for code in ["e23", "E23", "e023", " E0023 "] {
        assert_eq!(explain(code).stdout, whole, "{code}");
    }
    let unknown = explain("E0O3");
    assert!(unknown.status.code() == Some(2) && said(&unknown).contains("E003"), "{}", said(&unknown));
}

#[test]
fn colours_are_left_out_where_they_are_not_wanted() {
    let folder = folder("colours");
    let colored = |variables: &[(&str, &str)]| {
        let output = Command::new(env!("CARGO_BIN_EXE_bulou"))
            .args(["check", "in/a.json", "--as-of", "2022-06-28"])
            .current_dir(&folder)
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .envs(variables.iter().copied())
            .output();
        output.expect("the program runs").stdout.contains(&0x1b)
    };
    assert!(!colored(&[]) && colored(&[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn formatting_writes_through_no_link() {
    let folder = folder("links");
    let text = "规则集 a \"甲\" {\n版本 1 }\n";
    std::fs::create_dir(folder.join("pack")).expect("a folder");
    std::fs::write(folder.join("outside.bulou"), text).expect("a file");
    symlink("../outside.bulou", folder.join("pack/a.bulou")).expect("a link");
    symlink("..", folder.join("pack/loop")).expect("a link");
    for args in [["fmt", "pack"], ["fmt", "pack/a.bulou"]] {
        let output = bulou(&folder, &args);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("是链接"), "{}", said(&output));
    }
    assert_eq!(std::fs::read_to_string(folder.join("outside.bulou")).expect("a file"), text);
}

#[test]
fn a_folder_that_is_not_there_is_said_so_without_a_hidden_name() {
    let folder = folder("no-folder");
    for option in ["-o", "--annotated", "--sarif"] {
        let output = bulou(&folder, &["check", "in/a.json", option, "没有/这里/out.xlsx"]);
        let said = said(&output);
        assert_eq!(output.status.code(), Some(2), "{option}: {said}");
        assert!(said.contains("没有文件夹 `没有/这里`") && !said.contains(".part"), "{option}: {said}");
    }
}

#[test]
fn no_output_becomes_a_rule_or_a_case_of_the_pack_in_use() {
    let folder = folder("into-pack");
    let pack = folder.join("pack");
    std::fs::create_dir_all(pack.join("cases")).expect("a folder");
    let text = "规则集 t \"试\" { 版本 1 }\n来源 文 外部 \"文\"\n数据 学校 { 标识 码 码: 文本 数: 整数 范围 0 至 9 }\n规则 甲 \"甲\" { 依据 文 要求 数 ≥ 1 }\n";
    std::fs::write(pack.join("p.bulou"), text).expect("a file");
    std::fs::write(folder.join("in/a.json"), "{\"码\": \"1\", \"数\": 1}").expect("a file");
    for place in ["pack/new.bulou", "pack/NEW.BULOU", "./pack/../pack/new.bulou", "pack/cases/new.json"] {
        for option in ["-o", "--sarif"] {
            let output = bulou(&folder, &["check", "--pack", "pack", "in/a.json", option, place]);
            assert_eq!(output.status.code(), Some(2), "{place}: {}", said(&output));
            assert!(said(&output).contains("规则集的文件夹"), "{place}: {}", said(&output));
            assert!(!folder.join(place).exists(), "{place}");
        }
    }
    let beside = bulou(&folder, &["check", "--pack", "pack", "in/a.json", "-o", "new.bulou"]);
    assert_eq!(beside.status.code(), Some(0), "{}", said(&beside));
}

#[test]
fn a_file_that_is_named_twice_counts_once() {
    let folder = folder("named-twice");
    std::fs::copy(folder.join("in/a.json"), folder.join("in/b.json")).expect("copied");
    let count = |paths: &[&str]| {
        let output = bulou(&folder, &[&["check", "--format", "ndjson", "--as-of", "2022-06-28"], paths].concat());
        String::from_utf8(output.stdout).expect("UTF-8").lines().filter(|line| line.contains("\"document\"")).count()
    };
    assert_eq!(count(&["in"]), 2);
    for paths in [&["in", "in/a.json"][..], &["in/a.json", "in"], &["in", "./in/../in/b.json", "in"]] {
        assert_eq!(count(paths), 2, "{paths:?}");
    }
    assert_eq!(count(&["in/a.json", "in/a.json"]), 1);
}
