//! The sentences of the program, `src/messages/texts/*.ftl`: each is said somewhere, and in its own language. That the
//! languages have the same keys and arguments is the business of `src/messages/build.rs`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test reads files, and fails by panic"
)]

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

/// All source files below a folder of the project that end in one of some ways: their paths and texts.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut folders, mut files) = (vec![project.join(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && path.ends_with("target") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|one| ending == *one)) {
                let name = path.strip_prefix(project).expect("a path of the project").to_string_lossy();
                files.push((name.replace('\\', "/"), std::fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    files
}

fn sources(folder: &str, endings: &[&str]) -> Vec<String> {
    files(folder, endings).into_iter().map(|(_, text)| text).collect()
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

/// Files and folders whose Chinese is no sentence of the catalogue, and what it is.
const VOCABULARY: [(&str, &str); 16] = [
    ("src/messages/codes.rs", "the titles of codes, a table in both languages beside their weights"),
    ("src/syntax/all_else.rs", "what people write into a table for all else"),
    ("src/syntax/built_in.rs", "names of types and formats in rules"),
    ("src/syntax/synonyms.rs", "what people write where the language has another word"),
    ("src/syntax/twins.rs", "characters that look alike"),
    ("src/compile/marks.rs", "numbers of paragraphs in quotes"),
    ("src/compile/numerals.rs", "digits"),
    ("src/compile/spelled.rs", "words around numbers in quotes"),
    ("src/county/projection.rs", "durations as documents have them"),
    ("src/document/types/text.rs", "patterns of formats"),
    ("src/prove/names.rs", "numbers of documents that nobody issued"),
    ("src/sheets/formats/render.rs", "dates as spreadsheets show them"),
    ("src/document/placeholder/", "names of persons and posts, and what people write where they have nothing to say"),
    ("src/document/sums.rs", "words for sums"),
    ("src/sheets/seen/", "digits and units in cells"),
    ("src/sheets/words.rs", "what cells say for yes and no"),
];

#[test]
fn no_sentence_stands_in_code() {
    let rust = files("src", &["rs"]);
    let of_tests: Vec<String> = rust.iter().flat_map(|(path, code)| files_of_tests(path, code)).collect();
    let of_tests = |path: &str| {
        let stem = path.strip_suffix(".rs").unwrap_or(path);
        path.contains("/tests/") || of_tests.iter().any(|one| stem == one || stem.starts_with(&format!("{one}/")))
    };
    let (mut found, mut unused) = (Vec::new(), BTreeSet::from(VOCABULARY.map(|(file, _)| file)));
    for (path, code) in rust.iter().filter(|(path, _)| !of_tests(path)) {
        let sentences: Vec<String> = sentences_of(rust_literals(code)).collect();
        match VOCABULARY.iter().find(|(file, _)| path.starts_with(file)) {
            Some((file, _)) if !sentences.is_empty() => _ = unused.remove(file),
            Some(_) => {}
            None => found.extend(sentences.into_iter().map(|text| format!("{path}: {text}"))),
        }
    }
    for (path, code) in files("src/python/bulou", &["py"]) {
        found.extend(sentences_of(python_literals(&code)).map(|text| format!("{path}: {text}")));
    }
    assert!(found.is_empty(), "these belong into src/messages/texts:\n{}", found.join("\n"));
    assert!(unused.is_empty(), "nothing like a sentence is in {unused:?}");
}

#[test]
fn a_sentence_in_code_is_found() {
    let rust = r###"/// "说明文字不算"
        const A: char = '"'; // "注释也不算数"
        const B: &str = "没有写命令"; const C: &'static str = r#"值:"x""#; const D: &str = "\"学校\"";
        const E: &str = "一二三四五六"; const F: &str = "`{a}` 不能是 `{b}`";
        #[cfg(test)]
        mod tests {
            const G: &str = "测试里的不算数"; }"###;
    assert_eq!(
        sentences_of(rust_literals(rust)).collect::<Vec<_>>(),
        ["没有写命令", r#"值:"x""#, "`{a}` 不能是 `{b}`"]
    );
    let python = r###""""说明文字不算"""
x = '不能是这样的'  # "注释也不算数"
y = f"""也不能这样写"""
z = "学校""###;
    assert_eq!(sentences_of(python_literals(python)).collect::<Vec<_>>(), ["不能是这样的", "也不能这样写"]);
}

fn sentences_of(literals: Vec<String>) -> impl Iterator<Item = String> {
    literals.into_iter().filter(|text| is_sentence(text))
}

/// More than a word: five characters on end that do not just count, three and a place for something else, or one beside a
/// mark of sentences.
fn is_sentence(text: &str) -> bool {
    let is_chinese = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}');
    let is_mark = |c: char| ":,;\u{3002}\u{FF0C}\u{FF1A}\u{FF1B}".contains(c);
    let counts = |run: &str| run.chars().all(|c| "〇零一二两三四五六七八九十百千".contains(c));
    let chars: Vec<char> = text.chars().collect();
    text.split(|c| !is_chinese(c)).any(|run| run.chars().count() > 4 && !counts(run))
        || (text.contains('{') && text.contains('}') && chars.iter().filter(|c| is_chinese(**c)).count() > 2)
        || chars.windows(2).any(|two| two.iter().any(|c| is_mark(*c)) && two.iter().any(|c| is_chinese(*c)))
}

/// The modules that a file has for tests alone: where their attributes begin, and what follows `mod`.
fn modules_of_tests(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let marks = ["#[cfg(test)]", "#[cfg(all(test,"].into_iter().flat_map(|mark| code.match_indices(mark));
    marks.filter_map(|(at, _)| {
        let mut lines = code[at..].split_inclusive(['\n', ']']).map(str::trim_start);
        let declared = lines.find(|line| !line.is_empty() && !line.starts_with(['#', ')']))?;
        let module = declared.strip_prefix("mod ")?;
        Some((at, module))
    })
}

/// Their files or folders, without ending.
fn files_of_tests(path: &str, code: &str) -> Vec<String> {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let folder = if ["lib", "main", "mod"].contains(&name) { folder } else { stem };
    let modules = modules_of_tests(code).filter_map(|(_, module)| module.split_once(';'));
    modules.map(|(name, _)| format!("{folder}/{name}")).collect()
}

/// What stands between quotation marks outside comments and tests.
fn rust_literals(code: &str) -> Vec<String> {
    let tests = modules_of_tests(code).filter(|(_, module)| !module.contains(';')).map(|(at, _)| at).min();
    let mut rest = tests.map_or(code, |at| &code[..at]);
    let (mut literals, mut before) = (Vec::new(), ' ');
    while let Some(first) = rest.chars().next() {
        let raw = rest.strip_prefix('r').map(|raw| raw.trim_start_matches('#')).filter(|raw| raw.starts_with('"'));
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if let Some(text) = raw.filter(|_| !before.is_alphanumeric() && before != '_') {
            let end = format!("\"{}", "#".repeat(rest.len() - text.len() - 1));
            let (literal, after) = text[1..].split_once(&end).expect("a raw text ends");
            literals.push(literal.to_owned());
            rest = after;
        } else if first == '"' {
            let (literal, after) = until(&rest[1..], "\"");
            literals.push(literal.to_owned());
            rest = after;
        } else if first == '\'' && (rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'')) {
            // A character; what is none is a lifetime.
            rest = until(&rest[1..], "'").1;
        } else {
            rest = &rest[first.len_utf8()..];
        }
        before = first;
    }
    literals
}

/// What stands between quotation marks outside comments and docstrings.
fn python_literals(code: &str) -> Vec<String> {
    let (mut rest, mut literals, mut begins) = (code, Vec::new(), true);
    while let Some(first) = rest.chars().next() {
        let mark = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|mark| rest.starts_with(mark));
        if let Some(mark) = mark {
            let (literal, after) = until(&rest[mark.len()..], mark);
            if !begins || mark.len() == 1 {
                literals.push(literal.to_owned());
            }
            rest = after;
        } else if first == '#' {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else {
            rest = &rest[first.len_utf8()..];
        }
        begins = first == '\n' || (begins && (first.is_whitespace() || first == 'r'));
    }
    literals
}

/// A literal up to its closing mark, over what is escaped, and what follows the mark.
fn until<'c>(code: &'c str, mark: &str) -> (&'c str, &'c str) {
    let mut at = 0;
    while !code[at..].starts_with(mark) {
        let mut letters = code[at..].chars();
        let first = letters.next().expect("a literal ends");
        at += first.len_utf8() + if first == '\\' { letters.next().map_or(0, char::len_utf8) } else { 0 };
    }
    (&code[..at], &code[at + mark.len()..])
}
