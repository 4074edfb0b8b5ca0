//! What lies in a pack's folder and is no part of the pack is named, and a pack that could find nothing is refused.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test starts programs and fails by panic")]

use std::path::Path;
use std::process::{Command, Output};

use bulou_messages::diagnostic::Severity;
use bulou_pack::cases::Lacks;
use bulou_pack::{Files, cases, load};

const PACK: &str = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 { 标识 码 码: 文本 数: 整数 范围 0 至 9 }\n规则 乙 \"乙\" { 依据 文 \"三日内完成\" 要求 数 > 3 不符 \"不够\" 整改 \"补\" }\n";
const CASE: &str = r#"{"说明": "够", "今天": "2022-06-28", "数据": {"数": 4}, "期望": {"乙": "符合"}}"#;

fn files(more: &[(&str, &str)]) -> Files {
    let sound = [("a.bulou", PACK), ("source/text.txt", "三日内完成。"), ("cases/a.json", CASE)];
    let all = sound.iter().chain(more).map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    Files(all.collect())
}

/// What is said of a pack's files: codes with the names of the files.
fn named(more: &[(&str, &str)]) -> Vec<(&'static str, String)> {
    let loaded = load(&files(more));
    let refused = loaded.diagnostics.iter().any(|one| one.severity() == Severity::Error);
    assert_eq!(loaded.rules.is_none(), refused);
    let name = |one: &bulou_messages::diagnostic::Diagnostic| loaded.sources.get(one.primary.span.source.0 as usize);
    loaded.diagnostics.iter().map(|one| (one.code.as_str(), name(one).expect("a file").name.clone())).collect()
}

#[test]
fn what_looks_like_rules_and_is_not_read_is_refused() {
    assert_eq!(named(&[]), []);
    let name = |name: &str| vec![("E081", name.to_owned())];
    for stray in [
        "b.bulou.txt",
        "b.BULOU",
        "b.ｂｕｌｏｕ",
        "b．bulou",
        "b.bulou\u{3000}",
        "b.Bulou",
        "b.bulou~",
        "b.bulou.bak",
        "old/b.bulou",
        "cases/b.bulou",
        "source/b.bulou",
        "a.bulou 的副本",
        "calendar/b.bulou",
        "old/README.bulou",
        "README.bulou.md",
        ".b.bulou",
        "old/.b.bulou",
    ] {
        assert_eq!(named(&[(stray, "规则 丙 \"丙\" { 依据 文 要求 数 > 9 }")]), name(stray), "{stray}");
    }
}

/// What a copy that failed, or a full disk, leaves of a rule file.
#[test]
fn a_rule_file_that_declares_nothing_is_refused() {
    for empty in ["", "\n\n", "# 待写\n", "\u{FEFF}"] {
        assert_eq!(named(&[("b.bulou", empty)]), [("E081", "b.bulou".to_owned())], "{empty:?}");
    }
    let nothing = load(&Files([("a.bulou".to_owned(), Vec::new())].into()));
    assert!(nothing.rules.is_none() && nothing.diagnostics.iter().any(|one| one.code.as_str() == "E081"));
}

#[test]
fn a_text_of_the_pack_is_quoted_where_it_is_cited() {
    let basis = "规则 丙 \"丙\" { 依据 文 要求 数 > 4 不符 \"少\" 整改 \"补\" }";
    assert_eq!(named(&[("b.bulou", basis)]), [("E041", "b.bulou".to_owned())]);
}

#[test]
fn a_field_is_not_called_as_a_value_is() {
    for word in ["是", "否", "今天", "true", "false", "today"] {
        let record = |name: &str| format!("记录 丁 {{ {name}: 是否 }}");
        assert!(named(&[("b.bulou", &record(word))]).contains(&("E001", "b.bulou".to_owned())), "{word}");
        let quoted = named(&[("b.bulou", &record(&format!("`{word}`")))]);
        assert!(quoted.iter().all(|(code, _)| code.starts_with('W')), "{word}: {quoted:?}");
    }
}

#[test]
fn what_is_used_by_nothing_is_named() {
    for stray in [
        "source/b.txt",
        "b.TXT",
        "参数.json",
        "b",
        "cases/b.JSON",
        "cases/b.json.bak",
        "cases/b.txt",
        "图.png",
        "calendar/cn.json",
    ] {
        assert_eq!(named(&[(stray, "x")]), [("W120", stray.to_owned())], "{stray}");
    }
    for known in ["README.md", "README", "LICENSE", "docs/说明.md", "cases/base/x.json"] {
        assert_eq!(named(&[(known, "{}")]), [], "{known}");
    }
}

#[test]
fn files_of_cases_that_are_not_read_are_named() {
    let problems = |more: &[(&str, &str)]| cases::problems(&files(more)).len();
    let with_base = r#"{"说明": "底", "今天": "2022-06-28", "基准": "base/x.json", "期望": {"乙": "符合"}}"#;
    assert_eq!(problems(&[]), 0);
    assert_eq!(problems(&[("cases/base/x.json", "{\"数\": 4}"), ("cases/b.json", with_base)]), 0);
    for stray in ["cases/bad.JSON", "cases/sub/b.json", "cases/b.json~", "cases/.b.json"] {
        assert_eq!(problems(&[(stray, CASE)]), 1, "{stray}");
    }
    assert_eq!(problems(&[("cases/b.json", "[]")]), 1);
}

fn cases_of(case: &str) -> Vec<String> {
    let files = files(&[("cases/b.json", case)]);
    let rules = load(&files).rules.expect("a pack");
    let results = cases::run(&rules, &files);
    let mismatches = results.cases.iter().flat_map(|case| case.mismatches.words());
    mismatches.chain(results.problems.iter().cloned()).map(|words| words.zh.clone()).collect()
}

#[test]
fn a_case_that_can_show_nothing_does_not_hold() {
    let case = |rest: &str| format!("{{\"说明\": \"例\", \"今天\": \"2022-06-28\", {rest}}}");
    let holds =
        [r#""数据": {"数": 5}, "期望": {"乙": "符合"}"#, r#""数据": {"数": 4, "多": 1}, "期望": {}, "结构": ["D006"]"#];
    for rest in holds {
        assert_eq!(cases_of(&case(rest)), [""; 0], "{rest}");
    }
    for (rest, said) in [
        (r#""数据": {"数": 4}, "期望": {}"#, "没有写期望"),
        (r#""数据": {"数": 4}, "期望": {"乙": "符合"}, "结构": ["D006"]"#, "没有 D006"),
        (r#""数据": {"数": 4}, "期望": {"乙": "符合"}, "期待": {}"#, "期待"),
        (r#""数据": {"数": 4}, "基准": "a.json", "期望": {"乙": "符合"}"#, "只留一处"),
        (r#""数据": {"数": 4, "数": 1}, "期望": {"乙": "符合"}"#, "`/数据/数` 写了两次"),
        (r#""数据": {"数": 4}, "期望": {"乙": "不符合", "乙": "符合"}"#, "`/期望/乙` 写了两次"),
    ] {
        let found = cases_of(&case(rest));
        assert!(found.iter().any(|words| words.contains(said)), "{rest}: {found:?}");
    }
}

/// A pack with a base, a parameter with a range, and a sound case.
fn of_case(case: &str) -> Vec<String> {
    let pack = PACK
        .replace("数据 学校", "参数 线: 整数 = 3 范围 1 至 9 \"线\"\n参数 限: 整数 = 3 范围 1 至 9 \"限\"\n数据 学校");
    let pack = pack.replace("要求 数 > 3", "要求 数 > 线 或 数 > 限");
    let files = files(&[("a.bulou", &pack), ("cases/b.json", case), ("cases/base/x.json", r#"{"码": "1", "数": 4}"#)]);
    let rules = load(&files).rules.expect("a pack");
    let results = cases::run(&rules, &files);
    let mismatches = results.cases.iter().flat_map(|case| case.mismatches.words());
    let read = |words: &String| !words.contains("base/x.json 没有读取");
    mismatches.chain(results.problems.iter().cloned()).map(|words| words.zh.clone()).filter(read).collect()
}

#[test]
fn what_shows_nothing_in_a_case_is_told() {
    let of = |title: &str, rest: &str| format!("{{\"说明\": \"{title}\", \"今天\": \"2022-06-28\", {rest}}}");
    let waiver = |id: &str, rule: &str, until: &str| {
        format!(
            r#""豁免": [{{"标识码": "{id}", "规则": "{rule}", "理由": "停课", "批准": "县局", "自": "2022-06-01", "至": "{until}"}}]"#
        )
    };
    let [applied, ended] = ["2022-06-30", "2022-06-02"].map(|until| waiver("1", "乙", until));
    let other = waiver("2", "乙", "2022-06-30");
    let low = r#""基准": "base/x.json", "修改": {"数": 1}"#;
    for (title, rest) in [
        ("例", format!(r#"{low}, "期望": {{"乙": "fail"}}, "证据": {{"乙": ["/数"]}}"#)),
        (
            "例",
            r#""基准": "base/x.json", "修改": [{"op": "replace", "path": "/数", "value": 1}], "期望": {"乙": "fail"}"#
                .to_owned(),
        ),
        ("例", r#""参数": {"线": "10"}, "拒绝": ["线"]"#.to_owned()),
        ("例", r#""参数": {"线": "10", "限": "0"}, "拒绝": ["线", "限"]"#.to_owned()),
        ("例", r#""数据": {"码": "1", "数": 10, "多": 1}, "结构": ["D008", "D006 /多"]"#.to_owned()),
        ("例", format!(r#"{low}, {applied}, "期望": {{"乙": "不适用"}}"#)),
        // That a waiver is over by then may be what the case is about.
        ("例", format!(r#"{low}, {ended}, "期望": {{"乙": "fail"}}"#)),
    ] {
        assert_eq!(of_case(&of(title, &rest)), [""; 0], "{rest}");
    }
    let base = r#""基准": "base/x.json""#;
    for (title, rest, said) in [
        ("", format!(r#"{base}, "期望": {{"乙": "pass"}}"#), "`说明` 是空的"),
        ("\u{3000}", format!(r#"{base}, "期望": {{"乙": "pass"}}"#), "`说明` 是空的"),
        ("例", format!(r#"{base}, "证据": {{"没有的": ["/数"]}}"#), "没有规则 `没有的`"),
        ("例", format!(r#"{base}, "证据": {{"没有的": []}}"#), "没有规则 `没有的`"),
        ("例", format!(r#"{low}, "证据": {{"乙": []}}"#), "一处也没有列"),
        ("例", format!(r#"{base}, "修改": {{}}, "期望": {{"乙": "pass"}}"#), "什么也没有改"),
        ("例", format!(r#"{base}, "修改": [], "期望": {{"乙": "pass"}}"#), "什么也没有改"),
        ("例", format!(r#"{base}, "修改": {{"数": 4}}, "期望": {{"乙": "pass"}}"#), "什么也没有改"),
        ("例", format!(r#"{base}, "修改": {{"叔": null}}, "期望": {{"乙": "pass"}}"#), "要删去 `/叔`"),
        ("例", format!(r#"{base}, "修改": {{"数": 5, "叔": null}}, "期望": {{"乙": "pass"}}"#), "要删去 `/叔`"),
        (
            "例",
            format!(r#"{base}, "修改": [{{"op": "test", "path": "/数", "value": 4}}], "期望": {{"乙": "pass"}}"#),
            "什么也没有改",
        ),
        ("例", format!(r#"{base}, "修改": null, "期望": {{"乙": "pass"}}"#), "都要写成 { … }"),
        ("例", format!(r#"{base}, "修改": 4, "期望": {{"乙": "pass"}}"#), "都要写成 { … }"),
        ("例", r#""数据": [1], "修改": {"数": 4}, "期望": {"乙": "pass"}"#.to_owned(), "都要写成 { … }"),
        (
            "例",
            format!(r#"{base}, "修改": [{{"op": "remove", "path": "/叔"}}], "期望": {{"乙": "pass"}}"#),
            "修改的第 1 处 `/叔` 改不了:没有这个位置",
        ),
        ("例", format!(r#"{base}, "修改": [{{"op": "put"}}], "期望": {{"乙": "pass"}}"#), "RFC 6902"),
        ("例", r#""数据": [1], "结构": ["D049"], "期望": {"乙": "fail"}"#.to_owned(), "规则 `乙` 没有核对"),
        ("例", r#""参数": {"线": "很多"}, "拒绝": ["线"]"#.to_owned(), "不是它的类型"),
        ("例", r#""拒绝": ["线"]"#.to_owned(), "不是它的类型"),
        ("例", r#""参数": {"线": "5"}, "拒绝": ["线"]"#.to_owned(), "没有被拒绝"),
        ("例", r#""参数": {"线": "10", "限": "0"}, "拒绝": ["线"]"#.to_owned(), "参数 `限` 的值 `0` 也被拒绝"),
        ("例", r#""参数": {"线": "10"}, "拒绝": ["线", "线"]"#.to_owned(), "`拒绝` 里 `线` 写了两次"),
        ("例", r#""数据": {"码": "1", "数": 10}, "结构": ["D008", "D008"]"#.to_owned(), "`结构` 里 `D008` 写了两次"),
        ("例", r#""数据": {"码": "1", "数": 10}, "结构": ["D008", "D008 /数"]"#.to_owned(), "没有 D008"),
        ("例", format!(r#"{base}, {other}, "期望": {{"乙": "pass"}}"#), "没有这所学校的文件"),
        ("例", format!(r#"{base}, {ended}, "结构": []"#), "不生效"),
        ("例", r#""数据": {"数": 4}, "期望": {"乙": "pass"}"#.to_owned(), "完全一样"),
    ] {
        let found = of_case(&of(title, &rest));
        assert!(found.iter().any(|words| words.contains(said)), "{rest}: {found:?}");
    }
}

#[test]
fn parameters_with_a_name_twice_are_refused() {
    let error = bulou_eval::params_from_json("{\"甲\": 1, \"甲\": 2}".as_bytes()).expect_err("a double");
    assert!(error.text().zh.contains("`/甲`"), "{error:?}");
}

fn run(folder: &Path, command: &str) -> (Output, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_bulou")).args([command, "--deny", "warnings"]).arg(folder).output();
    let output = if command == "test" {
        Command::new(env!("CARGO_BIN_EXE_bulou")).arg("test").arg(folder).output()
    } else {
        output
    };
    let output = output.expect("the program runs");
    let said = String::from_utf8_lossy(&[output.stdout.as_slice(), output.stderr.as_slice()].concat()).into_owned();
    (output, said)
}

#[test]
fn a_folder_says_what_is_not_read_and_a_test_of_nothing_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    };
    files(&[]).0.iter().for_each(|(name, bytes)| write(name, bytes));
    assert_eq!(run(folder.path(), "lint").0.status.code(), Some(0));
    assert_eq!(run(folder.path(), "test").0.status.code(), Some(0));
    for stray in [
        "b.bulou~",
        "b.BULOU",
        "b.ｂｕｌｏｕ",
        "b．bulou",
        "b.bulou\u{3000}",
        "sub/b.bulou",
        "sub/README.bulou",
        ".b.bulou",
        "cases/bad.JSON",
        "cases/sub/b.json",
        "cases/.b.json",
        "备注",
    ] {
        write(stray, CASE.as_bytes());
        let (output, said) = run(folder.path(), "lint");
        assert!(output.status.code() == Some(1) && said.contains(stray), "{stray}: {said}");
        std::fs::remove_file(folder.path().join(stray)).expect("removed");
    }
    for litter in [".DS_Store", "._a.bulou", ".a.bulou.swp", ".#a.bulou", "cases/._a.json", ".git/a.bulou", ".b.txt"] {
        write(litter, b"x");
    }
    assert_eq!(run(folder.path(), "lint").0.status.code(), Some(0));
    std::fs::remove_file(folder.path().join("cases/a.json")).expect("removed");
    let (output, said) = run(folder.path(), "test");
    assert!(output.status.code() == Some(2) && said.contains("没有案例"), "{said}");
}

#[test]
fn what_a_stopped_run_left_is_named_by_every_command_that_reads_the_folder() {
    let place = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = place.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    };
    let pack = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n记录 名 { 码: 文本 }\n\
                数据 学校 { 标识 码  码: 文本  数: 整数 范围 0 至 9 }\n数据 全县 { 名册 名册.码  名册: [名]  各校: 汇总 学校 }\n\
                规则 乙 \"乙\" { 依据 文 要求 数 > 3 不符 \"不够\" 整改 \"补\" }\n\
                规则 丙 \"丙\" 范围 全县 { 依据 文 要求 各校.码 不漏 名册.码 不符 \"{遗漏}\" 整改 \"催\" }\n";
    write("pack/a.bulou", pack.as_bytes());
    write(
        "pack/cases/a.json",
        r#"{"说明": "够", "今天": "2022-06-28", "数据": {"码": "1", "数": 4}, "期望": {"乙": "符合"}}"#.as_bytes(),
    );
    write("收/城关镇/甲.json", "{\"码\": \"1\", \"数\": 4}".as_bytes());
    write("k.json", "{\"名册\": [{\"码\": \"1\"}]}".as_bytes());
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_bulou")).current_dir(place.path()).args(args).output();
        let output = output.expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let of_pack: [&[&str]; 7] = [
        &["lint", "pack"],
        &["test", "pack"],
        &["fmt", "--check", "pack"],
        &["trace", "pack"],
        &["schema", "pack"],
        &["check", "--pack", "pack", "k.json"],
        &["diff", "pack", "pack"],
    ];
    let of_folder: [&[&str]; 3] = [
        &["check", "--pack", "pack", "收"],
        &["county", "--pack", "pack", "--county", "k.json", "收"],
        &["diff", "pack", "pack", "--data", "收"],
    ];
    let codes: Vec<_> = of_pack.iter().chain(&of_folder).map(|args| run(args).0).collect();
    let left = ["pack/.a.bulou.x7Q.part", "收/城关镇/.甲.json.k2P.part"];
    // Among submissions one that holds something may be a school's.
    write(left[0], b"{");
    write(left[1], b"");
    for (args, code) in of_pack.iter().chain(&of_folder).zip(codes) {
        let (now, said) = run(args);
        assert_eq!(now, code, "{args:?}: it is a notice, {said}");
        let wanted = if of_folder.contains(args) { left[1] } else { left[0] };
        assert!(said.contains(wanted) && said.contains("可以删去"), "{args:?}: {said}");
    }
}

#[test]
fn a_rule_that_passes_only_where_there_is_nothing_to_look_at_is_named() {
    let pack = "规则集 t \"测\" { 版本 1 }\n来源 文 外部 \"文\"\n数据 学校 { 标识 码  码: 文本  表: [整数] }\n\
                规则 乙 \"乙\" { 依据 文 要求 每个 表 记作 x 满足 x > 3 不符 \"小\" 整改 \"改\" }\n";
    let uncovered = |lists: &[(&str, &str)]| {
        let case = |(number, (list, status)): (usize, &(&str, &str))| {
            format!(
                "{{\"说明\": \"例{number}\", \"今天\": \"2022-06-28\", \"数据\": {{\"码\": \"1\", \"表\": {list}}}, \"期望\": {{\"乙\": \"{status}\"}}}}"
            )
        };
        let cases: Vec<String> = lists.iter().enumerate().map(case).collect();
        let cases = format!("[{}]", cases.join(","));
        let files = Files(
            [("a.bulou", pack), ("cases/b.json", &cases)]
                .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
                .into(),
        );
        let results = cases::run(&load(&files).rules.expect("a pack"), &files);
        results.uncovered.into_iter().map(|(_, lacks)| lacks).collect::<Vec<_>>()
    };
    assert_eq!(uncovered(&[("[]", "符合"), ("[1]", "不符合")]), [Lacks::Look]);
    assert_eq!(uncovered(&[("[]", "符合"), ("[5]", "符合"), ("[1]", "不符合")]), []);
    assert_eq!(uncovered(&[("[1]", "不符合")]), [Lacks::Pass]);
}
