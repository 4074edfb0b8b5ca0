//! No output has Chinese in it, where the pack and the documents have none.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use super::given::{LINES, place, run};

/// What is Chinese in any language: the key of every document that says which rules it is filled in for, and what a
/// document may write behind a number of days beside ` days`.
const FIXED: [&str; 2] = ["规则集", "日|天|周"];

/// What a line writes: its outputs, and the files that were not there before.
fn outputs(place: &Path, line: &str, before: &mut BTreeMap<PathBuf, Vec<u8>>) -> Vec<(String, String)> {
    let output = run(place, line, "en");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let mut found = vec![("stdout".to_owned(), text(&output.stdout)), ("stderr".to_owned(), text(&output.stderr))];
    let files = files(&place.join("out"));
    for (path, bytes) in &files {
        if before.get(path) != Some(bytes) {
            let name = path.strip_prefix(place).expect("a path within").display().to_string();
            found.push((name.clone(), name));
            found.extend(parts(path, bytes));
        }
    }
    *before = files;
    found
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            all.insert(path, bytes);
        }
    }
    all
}

/// The texts of a file: of a workbook those of all its parts.
fn parts(path: &Path, bytes: &[u8]) -> Vec<(String, String)> {
    if path.extension().is_none_or(|extension| extension != "xlsx") {
        return vec![(path.display().to_string(), String::from_utf8(bytes.to_vec()).expect("UTF-8"))];
    }
    let mut book = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let count = book.len();
    let read = |at: usize| {
        let mut part = book.by_index(at).expect("a part");
        let mut text = String::new();
        part.read_to_string(&mut text).expect("UTF-8");
        (format!("{} {}", path.display(), part.name().expect("a name")), text)
    };
    // The typefaces that a theme names for each script of the world.
    (0..count).map(read).filter(|(name, _)| !name.contains("xl/theme/")).collect()
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{303F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}')
}

/// The first pieces of a text that are Chinese, with what stands around them.
fn chinese(text: &str) -> BTreeSet<String> {
    let text = FIXED.iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    let chars: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (BTreeSet::new(), 0);
    while let Some(next) = chars.iter().skip(at).position(|c| is_chinese(*c)).map(|next| at + next) {
        let shown = chars.iter().skip(next.saturating_sub(30)).take(70);
        found.insert(shown.collect::<String>().replace('\n', "⏎"));
        at = next + 40;
    }
    found
}

/// The commands that the program says it has; `lsp` says nothing to a person.
fn of_program(place: &Path) -> Vec<String> {
    let help = String::from_utf8(run(place, "--help", "en").stdout).expect("UTF-8");
    let (_, list) = help.split_once("Commands:\n").expect("commands");
    let named = list.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.strip_prefix("  "));
    named.filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn an_english_pack_is_spoken_of_in_english_alone() {
    let place = place("english");
    let (mut before, mut leaks) = (BTreeMap::new(), Vec::new());
    let lines: Vec<&str> = LINES.lines().filter(|line| !line.is_empty()).collect();
    let commands: BTreeSet<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    for command in of_program(&place).iter().filter(|command| !["help", "lsp"].contains(&command.as_str())) {
        assert!(commands.contains(command.as_str()), "{command} is not run");
    }
    for line in lines {
        let outputs = outputs(&place, line, &mut before);
        assert!(outputs.iter().any(|(_, text)| !text.is_empty()), "nothing was said: {line}");
        for (name, text) in outputs {
            leaks.extend(chinese(&text).into_iter().take(5).map(|piece| format!("{line} · {name}\n    {piece}")));
        }
    }
    assert!(leaks.is_empty(), "{} pieces of Chinese:\n{}", leaks.len(), leaks.join("\n"));
}

#[test]
fn a_workbook_in_english_says_what_its_document_says() {
    let place = place("english-workbooks");
    let verdict = |file: &str| {
        let output = run(&place, &format!("check @ {file} --format json"), "en");
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let problems = report["structure"].as_array().expect("problems").iter();
        let problems: Vec<_> = problems.map(|one| (one["code"].clone(), one["path"].clone())).collect();
        let rules = report["rules"].as_array().expect("rules").iter();
        let rules: Vec<_> = rules.map(|one| (one["id"].clone(), one["status"].clone())).collect();
        (output.status.code(), problems, rules)
    };
    for name in ["good", "bad", "late"] {
        let (document, book) = (format!("schools/{name}.json"), format!("out/{name}.xlsx"));
        let filled = run(&place, &format!("template --fill {document} -o {book}"), "en");
        assert!(filled.status.success(), "{name}: {}", String::from_utf8_lossy(&filled.stderr));
        assert_eq!(verdict(&document), verdict(&book), "{name}");
        // What was found is read by nobody.
        run(&place, &format!("check @ {document} --annotated out/found.xlsx"), "en");
        assert_eq!(verdict(&document), verdict("out/found.xlsx"), "{name}, annotated");
    }
    let blank = run(&place, "template -o out/blank.xlsx", "en");
    assert!(blank.status.success());
    let (_, problems, _) = verdict("out/blank.xlsx");
    assert!(problems.iter().all(|(code, _)| code == "D031" || code == "D034"), "{problems:?}");
    assert_eq!(run(&place, "test", "en").status.code(), Some(0), "the pack's own cases");
}
