//! Texts for people, and those for GitHub's log.

use serde_json::Value;

use super::hostile::{FILE, NASTY};
use super::{DAY, Folder, check, county, diff};

/// Nothing in a text is obeyed by a terminal but line ends, and the colours that are the program's own.
fn is_tame(text: &str) -> bool {
    let obeyed = |c: char| {
        let turning = matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        (c.is_control() && c != '\n') || turning
    };
    !text.chars().any(obeyed)
}

#[test]
fn a_text_has_nothing_that_a_terminal_obeys() {
    let folder = Folder::new("text");
    let trace = ["trace", "rules"].to_vec();
    let quiet = [&check("text")[..], &["--quiet"]].concat();
    for args in [check("text"), quiet, check("github"), county("text"), diff("text"), trace] {
        let text = folder.text(&args, None);
        assert!(!text.is_empty() && is_tame(&text), "{args:?}: {text:?}");
    }
}

#[test]
fn a_workflow_command_is_one_line_and_begins_with_its_own_name() {
    let folder = Folder::new("github");
    let text = folder.text(&check("github"), None);
    for line in text.lines() {
        // After the commands comes what the run comes to, in lines that are none.
        if line.is_empty() || line.starts_with("  ") || line.starts_with('共') {
            continue;
        }
        let known =
            ["::error file=", "::warning file=", "::notice file=", "::error title=bulou::", "::warning title=bulou::"];
        assert!(known.iter().any(|start| line.starts_with(start)), "{line}");
        let title = line.split("title=").nth(1).expect("a title");
        assert!(!title.split("::").next().expect("its end").contains([',', '\n']), "{line}");
    }
}

#[test]
fn errors_about_files_have_nothing_that_a_terminal_obeys() {
    let folder = Folder::new("errors");
    let missing = format!("no/{FILE}");
    folder.write(
        "broken/a.bulou",
        "规则集 坏 \"坏\" { 版本 1 }\n规则 甲 \"\u{1b}[31m\u{202e}\" { 要求 \u{9b}2J }\n# \u{202e}\n",
    );
    folder.write("broken/cases/a\u{1b}.json", "[{\"说明\": \"\u{1b}[31m\"}");
    for args in [
        ["check", "--params", &missing, "schools"].to_vec(),
        ["county", "--county", &missing, "schools"].to_vec(),
        ["lint", "broken"].to_vec(),
        ["lint", &missing].to_vec(),
        ["fmt", "--check", "broken"].to_vec(),
        ["test", "broken"].to_vec(),
        ["diff", "rules", &missing].to_vec(),
        ["verify", "schools", "--public-key", &missing].to_vec(),
        ["explain", "\u{1b}[31m"].to_vec(),
    ] {
        let output = folder.run(&args);
        let text = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(!text.is_empty() && is_tame(&text), "{args:?}: {text:?}");
        assert!(is_tame(&String::from_utf8(output.stdout).expect("UTF-8")), "{args:?}");
    }
}

#[test]
fn json_keeps_every_character() {
    let folder = Folder::new("json");
    let report: Value = serde_json::from_str(&folder.text(&check("json"), None)).expect("JSON");
    let report = report.get(0).unwrap_or(&report);
    assert_eq!(report["subject"]["name"], format!("@名{NASTY}"));
    let line: Value = serde_json::from_str(folder.text(&check("ndjson"), None).trim_end()).expect("one line");
    assert_eq!(&line, report);
    let county: Value = serde_json::from_str(&folder.text(&county("json"), None)).expect("JSON");
    assert_eq!(county["by_school"][0]["name"], format!("@名{NASTY}"));
    let diff: Value = serde_json::from_str(&folder.text(&diff("json"), None)).expect("JSON");
    let examples = |rule: &Value| rule["examples"].as_array().map_or(0, Vec::len);
    assert!(diff["rules"].as_array().expect("rules").iter().map(examples).sum::<usize>() > 1, "{diff:#}");
    let partial = [&["county", "--partial", "schools"][..], &DAY].concat();
    let partial: Value = serde_json::from_str(&folder.text(&partial, None)).expect("JSON");
    assert!(partial.is_object());
}

#[test]
fn a_message_of_sarif_has_no_link_and_a_place_is_a_relative_address() {
    let folder = Folder::new("sarif");
    let log: Value = serde_json::from_str(&folder.text(&check("sarif"), None)).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    assert!(results.len() > 8);
    for result in results {
        let text = result["message"]["text"].as_str().expect("a text");
        assert!(!text.contains("]("), "{text}");
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let uri = uri.as_str().expect("a URI");
        assert!(uri.chars().all(|c| c.is_ascii_alphanumeric() || "/-._~%".contains(c)), "{uri}");
    }
}
