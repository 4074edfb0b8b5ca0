//! A line ends where it ends for everybody: for the parser, for what is reported, for the editor.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test reads its files and fails by panic")]

use std::path::Path;

use bulou_base::source::Lines;
use bulou_editor::{LineColumn, Places};
use bulou_messages::diagnostic::Diagnostic;
use bulou_syntax::parse_unplaced;

/// Ends of lines that everybody knows, and characters that only some take for one.
const KNOWN: [&str; 2] = ["\n", "\r\n"];
const DOUBTFUL: [&str; 6] = ["\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"];

/// Rule texts: the pack's files, and comments, texts and names in which a line may end.
fn texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/campus-safety");
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let rules = files.filter(|path| path.extension().is_some_and(|ending| ending == "bulou"));
    let mut texts: Vec<String> = rules.map(|path| std::fs::read_to_string(path).expect("a file")).collect();
    texts.push("# 注释\n规则 甲 \"甲\" {\n  依据 文 # 又一条\n  要求 有 丙\n}\n# 完\n选项 `乙` { 丁, 戊 }".to_owned());
    texts
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|one| one.code.as_str()).collect()
}

#[test]
fn the_same_declarations_are_seen_however_lines_end() {
    for text in texts() {
        let (tree, found) = parse_unplaced(&text);
        assert!(!tree.declarations.is_empty() && found.is_empty());
        for end in KNOWN {
            assert_eq!(parse_unplaced(&text.replace('\n', end)), (parse_unplaced(&text).0, Vec::new()), "{end:?}");
        }
        for end in DOUBTFUL {
            let (other, found) = parse_unplaced(&text.replace('\n', end));
            assert_eq!((other, codes(&found)), (tree.clone(), vec!["E080"]), "{end:?}");
        }
    }
}

#[test]
fn one_doubtful_character_anywhere_is_refused() {
    let text = "# 注释 一\n规则 甲 \"标 题\" {\n  依据 文\n  要求 `名 称` > 3 # 注\n}\n";
    for (at, _) in text.char_indices() {
        for end in DOUBTFUL {
            let (before, after) = (text.get(..at).expect("a text"), text.get(at..).expect("a text"));
            if end == "\r" && after.starts_with('\n') {
                continue;
            }
            let (_, found) = parse_unplaced(&format!("{before}{end}{after}"));
            assert!(codes(&found).contains(&"E080"), "{end:?} at {at}: {found:?}");
        }
    }
}

#[test]
fn lines_are_counted_alike_by_reports_and_editors() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["甲", "", "𠀀乙", "丙"].join(end);
        let (places, lines) = (Places::new(&text), Lines::of(&text));
        for (byte, _) in text.char_indices() {
            let (line, column) = lines.position(&text, byte);
            let counted = places.line_column(places.unit(byte));
            assert_eq!(counted.line as usize + 1, line, "{text:?} at {byte}");
            assert!(counted.column as usize + 1 >= column, "{text:?} at {byte}");
        }
        let last = text.find('丙').expect("the last line");
        assert_eq!(lines.position(&text, last), (4, 1));
        assert_eq!(places.byte(places.at(LineColumn { line: 3, column: 0 })), last);
    }
}

#[test]
fn a_place_in_lines_of_any_length_is_what_counting_character_by_character_says() {
    let pieces = ["甲乙", "a", "𠀀", "\n"];
    let text: String = (0..4000).map(|at| pieces[if at % 97 == 0 { 3 } else { at * at % 3 }]).collect();
    let lines = Lines::of(&text);
    let (mut line, mut column) = (1, 1);
    for (byte, character) in text.char_indices().chain([(text.len(), ' ')]) {
        assert_eq!(lines.position(&text, byte), (line, column), "{byte}");
        (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    assert_eq!(lines.position(&text, usize::MAX), lines.position(&text, text.len()));
}

#[test]
fn a_document_is_counted_in_the_same_lines() {
    let rules = {
        let text = "规则集 甲 \"甲\" { 版本 1 }\n来源 文 外部 \"文\"\n数据 学校 { 数: 整数 }\n规则 乙 \"乙\" { 依据 文 要求 数 > 3 }\n";
        let files = [("a.bulou".to_owned(), text.as_bytes().to_vec())];
        bulou_pack::load(&bulou_pack::Files(files.into())).rules.expect("a pack")
    };
    for end in ["\n", "\r\n", "\r"] {
        let text = ["{", "\"数\": 3,", "\"多\": 1", "}"].join(end);
        let options = bulou_eval::Options::on(bulou_base::date::parse("2022-06-28").expect("a day"));
        let report =
            bulou_eval::Checker::new(&rules, &options).expect("the options fit").check("a.json", text.as_bytes());
        let places: Vec<_> = report.structure.iter().map(|one| (one.code.as_str(), one.line, one.column)).collect();
        assert_eq!(places, [("D006", 3, 1)], "{end:?}");
    }
}
