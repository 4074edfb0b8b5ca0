//! In Chinese no output of any command has an English sentence in it.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test starts the program and fails by panic")]

use std::path::Path;
use std::process::{Command, Stdio};

/// The commands whose outputs are looked through, a line each; `@` begins the day on which documents are checked.
const LINES: &str = "
lint
lint nowhere
test
fmt --check rules/campus-safety
fmt tests/english/broken
check @ tests/samples
check @ tests/samples --quiet
check @ tests/samples --format json
check @ tests/samples --format csv
check @ tests/samples --format junit
check @ tests/samples --format github
check @ tests/samples --format html
check @ tests/samples --param 没有=1
check @ tests/samples --param 没有
check @ tests/samples --params Cargo.toml
check @ tests/samples --waivers Cargo.toml
check @ tests/samples --schema Cargo.toml
check @ tests/samples -o nowhere/a.txt
check @ nowhere.json
check
check --as-of 2022 a.json
check --format tex a.json
county @ tests/samples
county @ tests/samples --county nowhere.json
county @ --merge Cargo.toml --county nowhere.json
diff rules/campus-safety rules/campus-safety
diff rules/campus-safety Cargo.toml
publish -o nowhere --key nowhere.key
publish -o nowhere --key nowhere.key --min-engine x
verify nowhere --public-key nowhere.pub
template --fill Cargo.toml
trace
trace --format html
explain
explain X999
help
help check
help county
help publish
help verify
help diff
help fmt
help test
help template
chek
check --formt json
verify
";

/// Names that are English in any language.
const NAMES: [&str; 3] = ["JSON Schema", "GitHub Actions", "bulou explain"];

/// Successive words in Latin letters that are no code, file name or option: a sentence has three of them or more.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, "")).lines() {
        // What stands between backticks or tags is somebody's own, or code.
        let plain = outside(&outside(line, '`', '`'), '<', '>');
        let mut run: Vec<&str> = Vec::new();
        for word in plain.split(' ') {
            let bare = word.trim_end_matches([',', '.', ';', ':', '?']);
            if bare == "a" || (bare.len() > 1 && bare.bytes().all(|byte| byte.is_ascii_lowercase())) {
                run.push(word);
            } else {
                run.clear();
            }
            if run.len() == 3 {
                found.push(line.chars().take(160).collect());
            }
            // The names of a list, or of a style's settings.
            if word.ends_with([',', ';', ':']) {
                run.clear();
            }
        }
    }
    found
}

/// A line without what stands between two marks.
fn outside(line: &str, open: char, close: char) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        match after.split_once(close) {
            Some((_, after)) => rest = after,
            None => return out,
        }
    }
    out + rest
}

#[test]
fn a_chinese_pack_is_spoken_of_in_chinese_alone() {
    let mut found = Vec::new();
    for line in LINES.lines().filter(|line| !line.is_empty()) {
        let output = Command::new(env!("CARGO_BIN_EXE_bulou"))
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
            .args(line.replace('@', "--as-of 2022-06-28").split_whitespace())
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        for bytes in [&output.stdout, &output.stderr] {
            let said = String::from_utf8_lossy(bytes);
            found.extend(sentences(&said).into_iter().take(5).map(|words| format!("{line}\n    {words}")));
        }
    }
    assert!(found.is_empty(), "{} lines of English:\n{}", found.len(), found.join("\n"));
}

#[test]
fn sentences_are_told_from_code_and_names() {
    assert_eq!(sentences("读不了:there is no such file").len(), 1);
    assert!(sentences("用 `a b c d` 或 bulou check a.json,见 JSON Schema").is_empty());
}
