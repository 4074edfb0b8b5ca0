//! A pack's folder as it may come from somewhere: links, pipes, what is too large, and what is none of the pack's.
#![cfg(unix)]
#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test starts programs and may fail")]

mod publish_support;

use std::fs::File;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use publish_support::pack;

/// A folder `pack` with a sound pack, in a folder of the test's own.
fn place(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pack_folder").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for (name, bytes) in pack("1.0", 3).0 {
        let path = folder.join("pack").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder.join("pack")
}

fn lint(pack: &Path, lang: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bulou"))
        .args(["lint", "--lang", lang])
        .arg(pack)
        .output()
        .expect("the program runs")
}

/// The pack is not read, and the words say why, in both languages.
fn refused(pack: &Path, name: &str, zh: &str, en: &str) {
    for (lang, words) in [("zh", zh), ("en", en)] {
        let output = lint(pack, lang);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(name) && said.contains(words), "{said}");
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo runs").success());
}

#[test]
fn a_link_is_not_followed_wherever_it_leads() {
    for (name, to) in [("x.bulou", "../outside.bulou"), ("source/b.txt", "/etc/passwd"), ("cases/z.json", "/dev/zero")]
    {
        let pack = place("link");
        symlink(to, pack.join(name)).expect("a link");
        refused(&pack, name, "是链接", "is a link");
    }
}

#[test]
fn a_pipe_does_not_stop_the_program() {
    let folder = place("pipe");
    pipe(&folder.join("x.bulou"));
    refused(&folder, "x.bulou", "管道", "a pipe or a device");
}

#[test]
fn what_is_too_large_is_not_read() {
    let folder = place("large");
    File::create(folder.join("x.txt")).and_then(|file| file.set_len(200 << 30)).expect("a sparse file");
    refused(&folder, "x.txt", "超过 16 MB", "more than 16 MB");
}

#[test]
fn every_file_that_cannot_be_read_is_named() {
    let folder = place("several");
    symlink("/dev/zero", folder.join("a.txt")).expect("a link");
    pipe(&folder.join("b.bulou"));
    let said = String::from_utf8_lossy(&lint(&folder, "zh").stderr).into_owned();
    assert!(said.contains("a.txt") && said.contains("b.bulou"), "{said}");
}

#[test]
fn what_no_pack_consists_of_is_not_looked_at() {
    let folder = place("others");
    File::create(folder.join("backup.img")).and_then(|file| file.set_len(200 << 30)).expect("a sparse file");
    pipe(&folder.join("pipe"));
    symlink("/dev/zero", folder.join("zero")).expect("a link");
    symlink(".", folder.join("loop")).expect("a link");
    std::fs::create_dir(folder.join(".git")).expect("a folder");
    symlink("/dev/zero", folder.join(".git/x.bulou")).expect("a link");
    let output = lint(&folder, "zh");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_folder_of_another_kind_is_refused() {
    let folder = place("many");
    for index in 0..bulou_base::limits::PACK_ENTRIES {
        std::fs::create_dir(folder.join(index.to_string())).expect("a folder");
    }
    refused(&folder, "pack", "太多", "too many");
}

/// A pack that names a calendar, in a folder of the test's own.
fn with_calendar(name: &str, own: Option<&str>, beside: Option<&str>) -> PathBuf {
    let pack = place(name);
    std::fs::write(pack.join("y.bulou"), "日历 中国 \"calendar/cn.json\"\n").expect("a file");
    for (folder, text) in [(pack.join("calendar"), own), (pack.join("../calendar"), beside)] {
        let Some(text) = text else { continue };
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("cn.json"), text).expect("a file");
    }
    pack
}

fn said(pack: &Path) -> (Option<i32>, String) {
    let output = lint(pack, "zh");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_packs_own_calendar_counts_and_no_other_takes_its_place() {
    let (sound, other) = (
        r#"{"years": {"2022": {"rest": [], "work": []}}}"#,
        r#"{"years": {"2022": {"rest": ["2022-06-27"], "work": []}}}"#,
    );
    for (name, own, beside) in
        [("own", Some(sound), None), ("beside", None, Some(sound)), ("same", Some(sound), Some(sound))]
    {
        let (code, said) = said(&with_calendar(name, own, beside));
        assert_eq!(code, Some(0), "{name}: {said}");
    }
    let (code, words) = said(&with_calendar("neither", None, None));
    assert_eq!(code, Some(1), "{words}");
    let both = with_calendar("both", Some(sound), Some(other));
    refused(&both, "../calendar/cn.json", "内容不同", "that differ");
    assert!(said(&both).1.contains("`calendar/cn.json`"));
}

#[test]
fn a_calendar_says_each_year_and_each_day_once_and_nothing_else() {
    let year =
        |key: &str, days: &str| format!(r#"{{"years": {{"2022": {{"rest": [], "work": []}}, "{key}": {days}}}}}"#);
    let days = |rest: &str, work: &str| format!(r#"{{"years": {{"2022": {{"rest": [{rest}], "work": [{work}]}}}}}}"#);
    let (none, day) = (r#"{"rest": [], "work": []}"#, r#""2022-06-27""#);
    for (text, zh, en) in [
        (year("02022", none), "`02022` 不是年份", "`02022` is not a year"),
        (year("+2022", none), "`+2022` 不是年份", "`+2022` is not a year"),
        (year("２０２３", none), "`２０２３` 不是年份", "`２０２３` is not a year"),
        (year("2023", "{}"), "2023 年没有 `rest`", "2023 has no `rest`"),
        (year("2023", "{}"), "2023 年没有 `work`", "2023 has no `work`"),
        (year("2023", r#"{"rest": [], "Work": []}"#), "2023 年的 `Work` 不认得", "2023: `Work` is not known"),
        (year("2023", r#"{"rest": [], "Work": []}"#), "2023 年没有 `work`", "2023 has no `work`"),
        (year("2023", r#"{"rest": [], "work": null}"#), "`work` 不是日期的列表", "`work` is not a list of dates"),
        (year("2023", "[]"), "2023 年没有写成", "2023 is not written as"),
        (days("20220627", ""), "`20220627` 不是日期", "`20220627` is not a date"),
        (days(r#""2022-02-30""#, ""), "`2022-02-30` 不是日期", "`2022-02-30` is not a date"),
        (days(r#""2021-02-01""#, ""), "`2021-02-01` 列在 2022 年", "`2021-02-01` stands under 2022"),
        (days(day, day), "`2022-06-27` 写了两次", "`2022-06-27` stands twice"),
        (days(&format!("{day}, {day}"), ""), "`2022-06-27` 写了两次", "`2022-06-27` stands twice"),
        (days("", &format!("{day}, {day}")), "`2022-06-27` 写了两次", "`2022-06-27` stands twice"),
        (format!(r#"{{"2023": {none}, "years": {{"2024": {none}}}}}"#), "`2023` 不认得", "`2023` is not known"),
        (r#"{"name": "历"}"#.to_owned(), "没有 `years`", "there is no `years`"),
        (r#"{"years": {}}"#.to_owned(), "没有一年", "no year"),
        (r#"{"years": []}"#.to_owned(), "没有 `years`", "there is no `years`"),
        ("[]".to_owned(), "不是日历", "not a calendar"),
        ("{".to_owned(), "不是 JSON", "not JSON"),
        (r#"{"years": {}, "years": {}}"#.to_owned(), "`/years` 写了两次", "`/years`"),
    ] {
        let pack = with_calendar("odd", Some(&text), None);
        for (lang, words) in [("zh", zh), ("en", en)] {
            let output = lint(&pack, lang);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(1), "{text}: {said}");
            assert!(said.contains("E044") && said.contains(words), "{text}: {said}");
        }
    }
    let noted =
        r#"{"name": "历", "origin": "抄", "years": {"2022": {"rest": ["2022-06-27"], "work": ["2022-06-26"]}}}"#;
    assert_eq!(said(&with_calendar("noted", Some(noted), None)).0, Some(0));
}

#[test]
fn a_calendar_that_no_pack_names_is_not_read() {
    let pack = with_calendar("unnamed", None, Some("no calendar"));
    std::fs::remove_file(pack.join("y.bulou")).expect("a file");
    let (code, words) = said(&pack);
    assert!(code == Some(0) && !words.contains("W120"), "{words}");
    std::fs::create_dir(pack.join("calendar")).expect("a folder");
    std::fs::write(pack.join("calendar/cn.json"), "no calendar").expect("a file");
    let (code, words) = said(&pack);
    assert!(code == Some(0) && words.contains("W120") && words.contains("calendar/cn.json"), "{words}");
}

/// Runs the program in the folder that holds the pack.
fn beside(pack: &Path, args: &[&str]) -> (Option<i32>, String) {
    let folder = pack.parent().expect("a parent");
    let run = Command::new(env!("CARGO_BIN_EXE_bulou")).args(args).current_dir(folder).output();
    let output = run.expect("the program runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn what_seems_a_case_and_is_none_is_named() {
    let pack = place("cases");
    assert_eq!(beside(&pack, &["test", "pack"]).0, Some(0));
    for name in
        ["cases/a.ndjson", "cases/a.yaml", "cases/a.txt", "Cases/a.json", "CASES/b/a.json", "cases/equivalent.json"]
    {
        let path = pack.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, "{").expect("a file");
        let (code, said) = beside(&pack, &["test", "pack"]);
        assert!(code != Some(0) && said.contains(name), "{name}: {said}");
        std::fs::remove_file(path).expect("removed");
    }
    for name in ["cases/README.md", "cases/equivalent.json"] {
        std::fs::write(pack.join(name), "[]").expect("a file");
        assert_eq!(beside(&pack, &["test", "pack"]).0, Some(0), "{name}");
    }
}

#[test]
fn a_pack_that_a_command_would_not_look_at_is_refused() {
    let pack = place("named");
    for args in [&["diff", "pack", "pack", "--pack", "nowhere"][..], &["new", "x", "--pack", "pack"]] {
        let (code, said) = beside(&pack, args);
        assert!(code == Some(2) && said.contains("--pack"), "{args:?}: {said}");
    }
    assert!(!pack.with_file_name("x").exists());
    // One folder is one pack, however it is written.
    for other in ["./pack/", "pack/../pack", "../named/pack"] {
        assert_eq!(beside(&pack, &["lint", "pack", "--pack", other]).0, Some(0), "{other}");
    }
    assert_eq!(beside(&pack, &["lint", "pack", "--pack", "."]).0, Some(2));
}

#[test]
fn a_rule_file_is_laid_out_however_its_ending_is_written() {
    let pack = place("ending");
    std::fs::write(pack.join("b.BULOU"), "规则   坏").expect("a file");
    let (code, said) = beside(&pack, &["fmt", "--check", "pack"]);
    assert!(code != Some(0) && said.contains("b.BULOU"), "{said}");
}
