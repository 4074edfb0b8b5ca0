//! The sentences of the program, `src/messages/texts/*.ftl`: each is said somewhere, and in its own language. That the
//! languages have the same keys and arguments is the business of `src/messages/build.rs`.

#![allow(clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a test reads files")]

use std::collections::BTreeSet;
use std::path::Path;

fn text(language: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/messages/texts/{language}.ftl"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Keys with their sentences.
fn sentences(language: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in text(language).lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" =") {
            Some((key, sentence)) if !line.starts_with(' ') => all.push((key.to_owned(), sentence.trim().to_owned())),
            _ => {
                if let Some((_, sentence)) = all.last_mut() {
                    sentence.push_str(line);
                }
            }
        }
    }
    all
}

/// All source files below a folder of the project that end in one of some ways.
fn sources(folder: &str, endings: &[&str]) -> Vec<String> {
    let (mut folders, mut sources) = (vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|one| ending == *one)) {
                sources.push(std::fs::read_to_string(&path).expect("a source file"));
            }
        }
    }
    sources
}

#[test]
fn no_sentence_is_left_over() {
    let mut said = BTreeSet::new();
    for code in sources("src", &["rs"]) {
        for rest in code.split("texts::").skip(1) {
            said.insert(rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>());
        }
    }
    // Those of the help are looked up by the names of commands and arguments, which a test of the command line does.
    let elsewhere = |key: &String| key.starts_with("help-") || key.starts_with("page-");
    let keys = sentences("zh").into_iter().map(|(key, _)| key).filter(|key| !elsewhere(key));
    let left: Vec<String> = keys.filter(|key| !said.contains(&key.replace('-', "_"))).collect();
    assert!(left.is_empty(), "nobody says {left:?}");
}

/// That the page says nothing else is the business of its types.
#[test]
fn no_sentence_of_the_page_is_left_over() {
    let (mut whole, mut begun) = (BTreeSet::new(), BTreeSet::new());
    let page = ["www/src", "www/build"].map(|folder| sources(folder, &["ts", "svelte", "mjs"])).concat();
    for code in page.iter().filter(|code| !code.starts_with("// Made by")) {
        let code = code.replace('.', "-");
        whole.extend(code.split('"').filter(|text| text.len() < 40).map(str::to_owned));
        // `status.${one}`
        begun.extend(code.split('`').filter_map(|text| Some(text.split_once("${")?.0.to_owned())));
    }
    let is_said = |key: &str| {
        let mut parts = key.match_indices('-').filter_map(|(at, dash)| key.get(..at + dash.len()));
        whole.contains(key) || parts.any(|part| begun.contains(part))
    };
    let keys = sentences("zh").into_iter().filter_map(|(key, _)| key.strip_prefix("page-").map(str::to_owned));
    let left: Vec<String> = keys.filter(|key| !is_said(key.split_once('-').expect("a table").1)).collect();
    assert!(left.is_empty(), "nobody says {left:?}");
}

/// What a sentence says by itself: without what is put into it, and without what it shows of rules and documents.
fn own_words(sentence: &str) -> String {
    let shown = sentence.split('`').enumerate().filter(|(at, _)| at % 2 == 0).map(|(_, part)| part);
    let mut words = String::new();
    for part in shown {
        for (at, piece) in part.split("{ ").enumerate() {
            words.push_str(if at == 0 { piece } else { piece.split_once('}').map_or("", |(_, rest)| rest) });
        }
    }
    words
}

#[test]
fn each_sentence_is_in_its_language() {
    let is_chinese = |c: char| matches!(c, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}');
    // A form or keywords that are shown, and a name as an example.
    let shown = [
        "such-2022-11",
        "say-who-name-post",
        "documents-number-written-2022",
        "day-week-month-quarter",
        "page-main-language",
    ];
    for (key, sentence) in sentences("en") {
        let words = own_words(&sentence);
        assert!(shown.contains(&key.as_str()) || !words.contains(is_chinese), "{key}: {words}");
    }
    for (key, sentence) in sentences("zh") {
        let words = own_words(&sentence);
        let prose =
            words.split(is_chinese).find(|part| part.split_whitespace().filter(|word| is_prose(word)).count() > 3);
        assert!(prose.is_none(), "{key}: {words}");
    }
}

fn is_prose(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase())
}
