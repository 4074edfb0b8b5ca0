//! Rule text laid out and printed: what it says stays, every comment stays where it stood, and doing it twice changes
//! nothing.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test reads its files and fails by panic"
)]

mod trees;

use std::fs::File as DiskFile;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use bulou_messages::diagnostic::Lang;
use bulou_syntax::ast::{Declaration, File};
use bulou_syntax::format::{Options, Refused, format};
use bulou_syntax::{parse_unplaced, print};
use proptest::prelude::*;

/// Where the cases of diagnostics mark what is wrong.
const PLACE_MARKS: [char; 2] = ['⟦', '⟧'];
const KEEP: Options = Options { keywords: None };

fn laid_out(text: &str, options: Options) -> String {
    format(text, options).unwrap_or_else(|refused| panic!("{refused:?}\n{text}"))
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn folders(below: &str) -> Vec<PathBuf> {
    let below = Path::new(env!("CARGO_MANIFEST_DIR")).join(below);
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(below).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    found.sort();
    found
}

fn rule_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            rule_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "bulou") {
            into.push(path);
        }
    }
}

fn bulou(args: &[&str], input: Stdio) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bulou")).args(args).stdin(input).output().expect("the program runs")
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// An empty folder of a test's own.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fmt").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn cases_come_out_as_written_down() {
    let mut cases = 0;
    for folder in folders("tests/cases/fmt") {
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let keywords = match () {
            () if name.ends_with("-to-en") => Some(Lang::En),
            () if name.ends_with("-to-zh") => Some(Lang::Zh),
            () => None,
        };
        let read = |file: &str| std::fs::read_to_string(folder.join(file));
        let text = read("in.bulou").expect("the text");
        let input = DiskFile::open(folder.join("in.bulou")).expect("the text");
        let option = keywords.map(|lang| if lang == Lang::Zh { "--keywords=zh" } else { "--keywords=en" });
        let args: Vec<&str> = ["fmt", "-"].into_iter().chain(option).collect();
        let program = bulou(&args, input.into());
        match read("out.bulou") {
            Ok(out) => {
                assert_eq!(laid_out(&text, Options { keywords }), out, "{name}");
                assert_eq!(laid_out(&out, Options { keywords }), out, "{name} once more");
                assert_eq!((program.status.code(), words(&program.stdout)), (Some(0), out), "{name}");
            }
            Err(_) => {
                assert!(matches!(format(&text, KEEP), Err(Refused::Errors(_))), "{name}");
                assert_eq!((program.status.code(), words(&program.stdout)), (Some(2), String::new()), "{name}");
            }
        }
        cases += 1;
    }
    assert!(cases >= 8, "only {cases} cases");
}

#[test]
fn a_folder_is_rewritten_and_a_file_with_an_error_stays() {
    let folder = scratch("folder");
    std::fs::create_dir(folder.join("内")).expect("a folder");
    let (good, bad, other) = (folder.join("甲.bulou"), folder.join("内/乙.bulou"), folder.join("丙.txt"));
    for (path, text) in [(&good, "选项 甲{a、b}"), (&bad, "选项 甲{a、b}\n规则 乙 {要求 且}"), (&other, "选项 甲{a}")]
    {
        std::fs::write(path, text).expect("a file");
    }
    let path = folder.to_str().expect("a path");
    let output = bulou(&["fmt", path], Stdio::null());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(words(&output.stdout), format!("{}\n", good.display()));
    assert!(words(&output.stderr).contains("乙.bulou` 没有改"), "{}", words(&output.stderr));
    let read = |path: &Path| std::fs::read_to_string(path).expect("the file");
    assert_eq!(read(&good), "选项 甲 { a, b }\n");
    assert_eq!(read(&bad), "选项 甲{a、b}\n规则 乙 {要求 且}");
    assert_eq!(read(&other), "选项 甲{a}");
}

#[test]
fn check_shows_what_would_change_and_writes_nothing() {
    let folder = scratch("check");
    let path = folder.join("甲.bulou");
    std::fs::write(&path, "选项 甲 { a }\n选项 乙{b}\n").expect("a file");
    let name = path.to_str().expect("a path");
    let output = bulou(&["fmt", "--check", name], Stdio::null());
    assert_eq!(output.status.code(), Some(1));
    let shown = words(&output.stdout);
    assert!(shown.contains(name) && shown.contains("\n-选项 乙{b}\n+选项 乙 { b }\n"), "{shown}");
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), "选项 甲 { a }\n选项 乙{b}\n");
    assert_eq!(bulou(&["fmt", name], Stdio::null()).status.code(), Some(0));
    let output = bulou(&["fmt", "--check", name], Stdio::null());
    assert_eq!((output.status.code(), words(&output.stdout)), (Some(0), String::new()));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_and_the_rights_of_a_file_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = scratch("link");
    let (path, link) = (folder.join("甲.bulou"), folder.join("乙.bulou"));
    std::fs::write(&path, "选项 甲{a}").expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("rights");
    symlink(&path, &link).expect("a link");
    assert_eq!(bulou(&["fmt", link.to_str().expect("a path")], Stdio::null()).status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), "选项 甲{a}");
    assert_eq!(bulou(&["fmt", path.to_str().expect("a path")], Stdio::null()).status.code(), Some(0));
    assert!(link.symlink_metadata().expect("the link").is_symlink());
    assert_eq!(std::fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), "选项 甲 { a }\n");
}

#[test]
fn nothing_to_lay_out_is_an_error() {
    let folder = scratch("empty");
    assert_eq!(bulou(&["fmt", folder.to_str().expect("a path")], Stdio::null()).status.code(), Some(2));
    assert_eq!(bulou(&["fmt"], Stdio::null()).status.code(), Some(2));
    let missing = folder.join("没有.bulou");
    assert_eq!(bulou(&["fmt", missing.to_str().expect("a path")], Stdio::null()).status.code(), Some(2));
}

#[test]
fn byte_order_marks_and_carriage_returns_go_and_nothing_is_nothing() {
    assert_eq!(
        laid_out("\u{FEFF}选项 甲 { a } # 一\r\n\r\n选项 乙 { b }\r\n", KEEP),
        "选项 甲 { a }  # 一\n\n选项 乙 { b }\n"
    );
    assert_eq!(laid_out("", KEEP), "");
    assert_eq!(laid_out("\n\n  # 只有说明\n\n", KEEP), "# 只有说明\n");
}

#[test]
fn every_pack_is_laid_out() {
    let mut files = Vec::new();
    rule_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), &mut files);
    assert!(files.len() >= 12, "{files:?}");
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a rule file");
        assert_eq!(laid_out(&text, KEEP), text, "run `bulou fmt rules` for {}", path.display());
    }
}

#[test]
fn keywords_there_and_back_give_the_packs_again() {
    let mut files = Vec::new();
    rule_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), &mut files);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a rule file");
        let english = laid_out(&text, Options { keywords: Some(Lang::En) });
        assert_eq!(parse_unplaced(&english), parse_unplaced(&text), "{}", path.display());
        assert_eq!(laid_out(&english, Options { keywords: Some(Lang::Zh) }), text, "{}", path.display());
    }
}

#[test]
fn packs_printed_from_their_trees_say_the_same() {
    let mut files = Vec::new();
    rule_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), &mut files);
    for path in files {
        let (tree, _) = parse_unplaced(&std::fs::read_to_string(&path).expect("a rule file"));
        says_the_same(&tree);
    }
}

#[test]
fn every_rule_text_of_the_tests_is_laid_out_or_refused_for_its_errors() {
    let mut files = Vec::new();
    rule_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"), &mut files);
    let mut refused = 0;
    for path in &files {
        let text = std::fs::read_to_string(path).expect("a rule file").replace(PLACE_MARKS, "");
        match format(&text, KEEP) {
            Ok(out) => assert_eq!(laid_out(&out, KEEP), out, "{}", path.display()),
            Err(Refused::Errors(found)) => refused += usize::from(!found.is_empty()),
            Err(Refused::Changed) => panic!("{} would change", path.display()),
        }
    }
    assert!(refused >= 6 && refused < files.len() / 4, "{refused} of {}", files.len());
}

#[test]
fn every_beginning_of_a_file_is_laid_out_or_refused_for_its_errors() {
    let text = "# 一\n规则 甲 “一” { 要求 每个 a[有 b] 满足 c 须在 2022-06-24 起 3日 内 不符 \"{b}\" # 二\n }\n表 乙(a: 整数) -> 整数 {\n| a | 结果 |\n| 任意 | 20万 |\n}\n";
    for (at, _) in text.char_indices() {
        assert_ne!(format(&text[..at], KEEP), Err(Refused::Changed), "{}", &text[..at]);
    }
}

#[test]
fn expressions_are_printed_with_the_parentheses_that_matter() {
    for text in [
        "若 a 则 (若 b 则 c) 否则 d",
        "若 a 则 (每个 L 满足 若 b 则 c) 否则 d",
        "若 a 则 若 b 则 c 否则 d",
        "若 a 则 若 b 则 c 否则 d 否则 e",
        "若 a 则 b 否则 若 c 则 d",
        "若 (若 a 则 b) 则 c",
        "(若 a 则 b) 且 c",
        "a 或 (存在 L 满足 b)",
        "非 (没有 L 满足 a 或 b)",
        "每个 L 满足 a 且 (每个 M 满足 b)",
        "(a 或 b) 且 c 或 d 且 e",
        "a 且 (b 且 c)",
        "非 非 a 且 非 (a 且 b)",
        "非 有 a",
        "有 (a + b).c[d]",
        "有 (有 a)",
        "(a = b) = (c < d)",
        "(非 a) = b",
        "a - (b - c) - d",
        "(a + b) * c 整除 -d",
        "a - -b * --c",
        "-a.b + (-a).b",
        "x 缺省 y + 1 < (x 缺省 y) + 1",
        "(x 缺省 y) 缺省 z",
        "每个 L 记作 p [a] 记作 q 满足 b",
        "每个 (若 a 则 L 否则 M)[b] 满足 c",
        "a 在 b 至 c + 1 之间",
        "(a 在 b 至 c 之间) 属于 {是, 否}",
        "a 须在 b 起 3日 + c 内 顺延 或 a 须在 (b 须在 c 前) 前",
        "d 每 月 不少于 1 次 自 s 除 {1, 2}",
    ] {
        let (tree, found) = parse_unplaced(&format!("定义 甲 = {text}"));
        assert!(found.is_empty(), "{text}: {found:#?}");
        let [Declaration::Define(define)] = tree.declarations.as_slice() else { panic!("{text}") };
        assert_eq!(print::expr(&define.value, Lang::Zh), text);
    }
}

/// Printed in either language, a tree is read again as it was, and its layout is final.
fn says_the_same(tree: &File) {
    for lang in [Lang::Zh, Lang::En] {
        let text = print::file(tree, lang);
        let (again, found) = parse_unplaced(&text);
        assert!(found.is_empty(), "{found:#?}\n{text}");
        assert_eq!(&again, tree, "{text}");
        assert_eq!(laid_out(&text, KEEP), text);
        let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
        let turned = laid_out(&text, Options { keywords: Some(other) });
        assert_eq!(&parse_unplaced(&turned).0, tree, "{turned}");
        assert_eq!(laid_out(&turned, Options { keywords: Some(lang) }), text);
    }
}

/// Places in laid-out text where a comment may be put: around spaces and brackets, outside texts and names in
/// backticks, and not inside `1 次` or `3 days`.
fn boundaries(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut closing = None;
    let mut before = '\n';
    for (at, c) in text.char_indices() {
        match (closing, c) {
            (Some(mark), c) if c == mark => closing = None,
            (Some(_), _) => {}
            (None, '"' | '`') => closing = Some(c),
            (None, '“') => closing = Some('”'),
            (None, ' ' | '\n') if !before.is_ascii_digit() => found.push(at),
            (None, ')' | ']' | '}' | ',' | '.') if !before.is_ascii_digit() => found.push(at),
            _ => {}
        }
        before = c;
    }
    found
}

/// The text with comments at some of its boundaries, each on a line of its own or at the end of one.
fn commented(text: &str, picks: &[(prop::sample::Index, u8)]) -> String {
    let boundaries = boundaries(text);
    let mut places: Vec<(usize, u8)> =
        picks.iter().filter(|_| !boundaries.is_empty()).map(|(pick, kind)| (*pick.get(&boundaries), *kind)).collect();
    places.sort_unstable();
    places.dedup_by_key(|(at, _)| *at);
    let mut out = String::new();
    let mut copied = 0;
    for (number, (at, kind)) in places.into_iter().enumerate() {
        out.push_str(&text[copied..at]);
        out.push_str(["", "\n", "\n\n\n", " \u{3000}"][usize::from(kind)]);
        // A line of the tokens after it never starts where a declaration would.
        out.push_str(&format!("# 注{number}\n   "));
        copied = at;
    }
    out + &text[copied..]
}

/// The same tokens with full-width marks, and with ends of lines and wide spaces for some of the spaces.
fn respelled(text: &str, picks: &[(prop::sample::Index, bool)]) -> String {
    let between_words = |at: &usize| text[*at..].starts_with(' ') && !text[..*at].ends_with(char::is_whitespace);
    let boundaries: Vec<usize> = boundaries(text).into_iter().filter(between_words).collect();
    let places: Vec<(usize, bool)> =
        picks.iter().filter(|_| !boundaries.is_empty()).map(|(pick, kind)| (*pick.get(&boundaries), *kind)).collect();
    let mut closing = None;
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        match closing {
            Some(mark) if c == mark => closing = None,
            None if matches!(c, '"' | '`') => closing = Some(c),
            None if c == '“' => closing = Some('”'),
            _ => {}
        }
        match (places.iter().find(|(place, _)| *place == at), MARKS.iter().find(|(mark, _)| *mark == c)) {
            (Some((_, true)), _) => out.push_str("\n\t"),
            (Some((_, false)), _) => out.push_str("\u{3000} "),
            (None, Some((_, wide))) if closing.is_none() => out.push(*wide),
            _ => out.push(c),
        }
    }
    out
}

/// Marks that a Chinese input method types; a point and a hyphen may belong to a number or a date.
const MARKS: [(char, char); 13] = [
    ('{', '\u{FF5B}'),
    ('}', '\u{FF5D}'),
    ('(', '\u{FF08}'),
    (')', '\u{FF09}'),
    ('[', '【'),
    (']', '】'),
    (',', '、'),
    (':', '\u{FF1A}'),
    ('=', '\u{FF1D}'),
    ('|', '\u{FF5C}'),
    ('<', '\u{FF1C}'),
    ('+', '\u{FF0B}'),
    ('%', '\u{FF05}'),
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_tree_is_printed_and_read_again(tree in trees::file()) {
        says_the_same(&tree);
    }

    #[test]
    fn comments_stay_between_the_same_tokens(
        tree in trees::file(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4), 1..12),
    ) {
        let text = commented(&print::file(&tree, Lang::Zh), &picks);
        let out = laid_out(&text, KEEP);
        prop_assert_eq!(without_space(&out), without_space(&text), "{}\n----\n{}", text, out);
        prop_assert_eq!(laid_out(&out, KEEP), out);
        prop_assert_eq!(parse_unplaced(&text).0, tree);
    }

    #[test]
    fn other_spellings_come_out_the_same(
        tree in trees::file(),
        picks in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..12),
    ) {
        let text = print::file(&tree, Lang::Zh);
        let other = respelled(&text, &picks);
        prop_assert_eq!(laid_out(&other, KEEP), text, "{}", other);
    }
}
