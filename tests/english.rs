//! In English no output of any command has Chinese in it, where the pack and the documents have none; in Chinese none has
//! an English sentence.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test starts the program, reads what it wrote, and fails by panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use minisign::KeyPair;

/// What is Chinese in any language: the key of every document that says which rules it is filled in for, and what a
/// document may write behind a number of days beside ` days`.
const FIXED: [&str; 2] = ["规则集", "日|天|周"];

/// The commands whose outputs are compared, a line each; `@` begins the day on which documents are checked.
const LINES: &str = "
lint
lint faulty
lint broken
lint nowhere
test
test --mutate --jobs 1
test --mutate --jobs 1 --format json
fmt --check pack
fmt --check loose.bulou
fmt broken
fmt nowhere
check @ schools/good.json
check @ schools/bad.json
check @ schools
check @ schools --quiet --waivers waivers.json
check @ schools --format json --waivers waivers.json
check @ schools --format ndjson
check @ schools --format csv
check @ schools --format sarif
check @ schools --format junit
check @ schools --format github
check @ schools --format html
check @ schools --own-day
check @ schools --sarif out/a.sarif -o out/a.txt
check @ schools/wrong.json --schema strict.json --annotated out/wrong.xlsx
check @ schools/bad.json --annotated out/bad.xlsx
check @ schools/late.json --annotated out/late.xlsx
check @ out/bad.xlsx
check @ schools/good.json --param least=2 --param days=working
check @ schools/good.json --param least=20
check @ schools/good.json --param nobody=1
check @ schools/good.json --param least
check @ schools/good.json --param least=1 --param least=2
check @ schools/good.json --params cut.json --waivers nowhere.json
check @ schools/good.json --params schools/cut.json
check @ schools/good.json --params twice.json
check @ schools/good.json --waivers county.json
check @ schools --annotated out/several.xlsx
check @ schools/nowhere.json
check
check @ schools/good.json -o schools/good.json
check @ schools/good.json -o nowhere/a.txt
check @ schools/good.json --schema schools/cut.json
check --as-of 2022 schools/good.json
check --format tex schools/good.json
county @ schools --county county.json --waivers waivers.json -o out/county.txt --notices out/letters.html
county @ schools --county county.json --all
county @ schools --county county.json --format json -o out/county.json
county @ schools --county county.json --format csv
county @ schools --county county.json --format html
county @ schools --county county.json --format xlsx -o out/county.xlsx
county @ schools/good.json schools/late.json --county county.json --format json -o out/earlier.json
county @ schools --county county.json --previous out/earlier.json
county @ schools --county county.json --previous out/earlier.json --format html --notices out/again.html
county @ schools --county county.json --previous out/earlier.json --format xlsx -o out/since.xlsx
county @ schools --partial -o out/part.json
county @ --merge out/part.json --county county.json
county @ --merge county.json --county county.json
county @ schools --county county.json --previous county.json
county @ schools --county schools/cut.json
county @ twins --county county.json
county @ twins --county county.json --format html --notices out/twins.html
county @ schools --format xlsx
county @ schools
diff pack newer
diff pack newer --data schools
diff pack newer --data schools --format html
diff pack newer --data schools --format json
diff pack pack
diff pack faulty
diff pack county.json
diff pack newer --param nobody=1
publish -o out/published --key keys/a.key --as-of 2022-07-01 --params params.json --waivers waivers.json
publish newer -o out/published --key keys/a.key --as-of 2022-08-01 --next-key keys/b.pub
publish -o out/published --key keys/b.key --as-of 2022-08-02
publish -o out/unsigned --public-key keys/a.pub --as-of 2022-08-01
publish -o out/published --key nowhere.key
publish -o out/published --key keys/a.key --min-engine x
verify out/published --public-key keys/a.pub --as-of 2022-08-03 --accepted out/accepted.json
verify out/published --public-key keys/b.pub --as-of 2022-08-03
verify out/published --public-key keys/a.pub --as-of 2029-08-03
verify out/unsigned --public-key keys/a.pub
verify schools --public-key keys/a.pub
check @ schools --published out/published --public-key keys/a.pub
schema
schema --county
template
template --county
template -o out/template.xlsx
template --county -o out/county-template.xlsx
template --fill schools/bad.json -o out/filled.xlsx
template --fill schools/good.json --format json
template --fill schools/wrong.json --format json
explain
explain E041
explain D006
explain X999
trace
trace --format html
trace --format json
trace faulty
help
help check
chek
check --formt json
verify
";

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let place = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &place);
        } else {
            std::fs::copy(&entry, &place).expect("a copy");
        }
    }
}

/// A folder with the English pack and its documents, its next version, keys, and some files that are not right.
fn place(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&place);
    copy(&source("tests/english"), &place);
    copy(&place.join("pack"), &place.join("newer"));
    let rules = std::fs::read_to_string(place.join("pack/pack.bulou")).expect("rules");
    let changes = [
        ("version 1.0", "version 1.1"),
        ("due within 3 days", "due within 2 days"),
        ("rest: duration? \"Longest rest\"", "nights: integer? \"Nights\" scope 0 to 99\n  rest: duration \"Rest\""),
        ("kitchen, other", "kitchen, hall"),
        ("at_least 1000 | false    | 4", "at_least 1000 | false    | 6"),
        ("severity serious", "severity major"),
        ("requires count(guards) ≥ least otherwise \"no guard\"", ""),
        ("uncheckable meeting \"Minds must be changed\" reason \"no data can show it\"", ""),
        ("= 1 scope 1 to 9", "= 2 scope 1 to 8"),
        ("effective 2022-06-24 to 2030-12-31", "effective 2022-06-24 to 2029-12-31\n  placeholders {\"n/a\"}"),
    ];
    let newer = changes.iter().fold(rules.clone(), |rules, (from, to)| {
        assert!(rules.contains(from), "{from}");
        rules.replacen(from, to, 1)
    });
    let write = |name: &str, text: &str| std::fs::write(place.join(name), text).expect("a file");
    write("newer/pack.bulou", &newer);
    write("loose.bulou", &rules.replace("  ", "     "));
    write("params.json", "{\"least\": \"2\"}");
    write("cut.json", "{\"least\": ");
    write("twice.json", "{\"least\": \"1\", \"least\": \"2\"}");
    for (name, from) in [("a", "good"), ("b", "bad")] {
        let text = std::fs::read_to_string(place.join(format!("schools/{from}.json"))).expect("a document");
        std::fs::create_dir_all(place.join("twins")).expect("a folder");
        write(&format!("twins/{name}.json"), &text.replace("2141000341", "2141000340"));
    }
    write("strict.json", "{\"required\": [\"principal\"], \"requird\": []}");
    for name in ["out", "keys"] {
        std::fs::create_dir(place.join(name)).expect("a folder");
    }
    for name in ["a", "b"] {
        let keys = KeyPair::generate_unencrypted_keypair().expect("a key");
        write(&format!("keys/{name}.key"), &keys.sk.to_box(None).expect("a key").into_string());
        write(&format!("keys/{name}.pub"), &keys.pk.to_box().expect("a key").into_string());
    }
    place
}

fn run(place: &Path, line: &str) -> Output {
    let line = line.replace('@', "--as-of 2022-08-25");
    Command::new(env!("CARGO_BIN_EXE_bulou"))
        .current_dir(place)
        .env_remove("BULOU_KEY_PASSWORD")
        .args(["--lang", "en", "--pack", "pack"])
        .args(line.split_whitespace())
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// What a line writes: its outputs, and the files that were not there before.
fn outputs(place: &Path, line: &str, before: &mut BTreeMap<PathBuf, Vec<u8>>) -> Vec<(String, String)> {
    let output = run(place, line);
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

#[test]
fn an_english_pack_is_spoken_of_in_english_alone() {
    let place = place("english");
    let (mut before, mut leaks) = (BTreeMap::new(), Vec::new());
    let lines: Vec<&str> = LINES.lines().filter(|line| !line.is_empty()).collect();
    let commands: BTreeSet<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    for command in "check county lint test fmt diff publish verify schema template explain trace".split(' ') {
        assert!(commands.contains(command), "{command} is not run");
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
        let output = run(&place, &format!("check @ {file} --format json"));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let problems = report["structure"].as_array().expect("problems").iter();
        let problems: Vec<_> = problems.map(|one| (one["code"].clone(), one["path"].clone())).collect();
        let rules = report["rules"].as_array().expect("rules").iter();
        let rules: Vec<_> = rules.map(|one| (one["id"].clone(), one["status"].clone())).collect();
        (output.status.code(), problems, rules)
    };
    for name in ["good", "bad", "late"] {
        let (document, book) = (format!("schools/{name}.json"), format!("out/{name}.xlsx"));
        let filled = run(&place, &format!("template --fill {document} -o {book}"));
        assert!(filled.status.success(), "{name}: {}", String::from_utf8_lossy(&filled.stderr));
        assert_eq!(verdict(&document), verdict(&book), "{name}");
        // What was found is read by nobody.
        run(&place, &format!("check @ {document} --annotated out/found.xlsx"));
        assert_eq!(verdict(&document), verdict("out/found.xlsx"), "{name}, annotated");
    }
    let blank = run(&place, "template -o out/blank.xlsx");
    assert!(blank.status.success());
    let (_, problems, _) = verdict("out/blank.xlsx");
    assert!(problems.iter().all(|(code, _)| code == "D031" || code == "D034"), "{problems:?}");
    assert_eq!(run(&place, "test").status.code(), Some(0), "the pack's own cases");
}
