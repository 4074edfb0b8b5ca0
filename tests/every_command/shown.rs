//! What every command shows, whole: exit code, standard output, standard error. A change of any word is seen as a change of a
//! file in `shown`; `INSTA_UPDATE=always cargo test --test every_command` takes what is shown now.

use std::path::Path;

use super::given::{LINES, place, run};

/// A file's name for a command.
fn name(line: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = line.replace("@ ", "").chars().map(plain).take(120).collect();
    name.trim_end_matches('_').to_owned()
}

/// A text without what differs from run to run, for keys are made for each, or from release to release. Styles are files
/// of their own.
fn steady(text: &str, place: &Path) -> String {
    let mut text = text.replace(env!("CARGO_PKG_VERSION"), "<version>");
    // Of an index, which holds keys.
    if let Some((head, rest)) = text.split_once("\n  sha256 ") {
        text = format!("{head}\n  sha256 <index>{}", rest.get(64..).expect("a fingerprint"));
    }
    // Of a publication of another day, which tells of the day it was run on.
    for said in ["不是今天(", "is not today ("] {
        if let Some((head, rest)) = text.split_once(said) {
            text = format!("{head}{said}<today>{}", rest.get("2022-07-01".len()..).expect("a day"));
        }
    }
    for key in ["a", "b"] {
        let file = std::fs::read_to_string(place.join(format!("keys/{key}.pub"))).expect("a key");
        let mut lines = file.lines();
        let id = lines.next().and_then(|line| line.split_whitespace().last()).expect("an id");
        let key_text = lines.next().expect("a key");
        text = text.replace(key_text, &format!("<key {key}>")).replace(id, &format!("<id {key}>"));
    }
    while let Some((head, rest)) = text.split_once("<style>") {
        let (_, tail) = rest.split_once("</style>").expect("an end of the style");
        text = format!("{head}<style/>{tail}");
    }
    text
}

fn shown(lang: &'static str) {
    let place = place(&format!("shown-{lang}"));
    let mut changed = Vec::new();
    for line in LINES.lines().filter(|line| !line.is_empty()) {
        let output = run(&place, line, lang);
        let text = |bytes: &[u8]| steady(std::str::from_utf8(bytes).expect("UTF-8"), &place);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        let all = format!("$ bulou {line}\n[{}]\n{out}--- stderr\n{err}", output.status.code().unwrap_or(-1));
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(format!("shown/{lang}"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let same = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            settings.bind(|| insta::assert_snapshot!(name(line), all))
        }));
        if same.is_err() {
            changed.push(line);
        }
    }
    assert!(changed.is_empty(), "{} commands show something else:\n{}", changed.len(), changed.join("\n"));
}

#[test]
fn what_is_shown_in_chinese() {
    shown("zh");
}

#[test]
fn what_is_shown_in_english() {
    shown("en");
}
