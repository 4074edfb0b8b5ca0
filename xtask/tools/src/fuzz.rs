//! Coverage-guided fuzzing by cargo-fuzz, from seeds and words that are in the repository already.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use bulou_api::county::County;
use bulou_api::{CheckOptions, Pack};
use bulou_pack::Files;
use bulou_pack::publish::{Engine, Publication, prepare};
use bulou_syntax::keywords::KEYWORDS;
use serde_json::Value;

use xtask::files::texts;
use xtask::run::{Outcome, cargo, cargo_with, root, target};

const TARGETS: [&str; 4] = ["rules", "document", "county", "publication"];
/// A public key in whose place the target puts its own.
const PUBLIC_KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
const SAMPLES: [&str; 3] = ["南街小学.json", "北关小学-有问题.json", "县幼儿园-未填完.json"];

/// Runs one target, or all one after another, each for so many seconds.
pub fn fuzz(chosen: Option<&str>, seconds: &str) -> Outcome {
    seconds.parse::<u32>().map_err(|_| format!("`{seconds}` is no number of seconds"))?;
    if let Some(unknown) = chosen.filter(|name| !TARGETS.contains(name)) {
        return Err(format!("there is no target `{unknown}`: {}", TARGETS.join(", ")));
    }
    if !Command::new("cargo-fuzz").arg("--version").output().is_ok_and(|output| output.status.success()) {
        cargo(&["install", "--locked", "cargo-fuzz"])?;
    }
    TARGETS.iter().filter(|name| chosen.is_none_or(|chosen| chosen == **name)).try_for_each(|name| run(name, seconds))
}

/// The code has no `unsafe`: what is looked for are panics, endless work and memory without bound, not bad accesses.
fn run(name: &str, seconds: &str) -> Outcome {
    let folder = target().join("fuzz").join(name);
    let (corpus, words) = (folder.join("corpus"), folder.join("words.dict"));
    let seeds = seeds(name)?;
    for (number, seed) in seeds.iter().enumerate() {
        write(&corpus.join(format!("seed-{number}")), seed)?;
    }
    write(&words, dictionary(&seeds).as_bytes())?;
    let (corpus, words) = (corpus.to_string_lossy().into_owned(), format!("-dict={}", words.to_string_lossy()));
    let found = format!("-artifact_prefix={}/", folder.to_string_lossy());
    let time = format!("-max_total_time={seconds}");
    let start = ["fuzz", "run", "--fuzz-dir", "tests/fuzz", "--sanitizer", "none", name, &corpus, "--"];
    let limits = [&words, &found, &time, "-timeout=20", "-rss_limit_mb=4096", "-max_len=65536", "-print_final_stats=1"];
    // Instrumentation is a nightly feature of the compiler, which this opens in a stable one.
    cargo_with(&[&start[..], &limits[..]].concat(), &[("RUSTC_BOOTSTRAP", "1")])
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(path, bytes));
    written.map_err(|error| format!("{}: {error}", path.display()))
}

fn text(path: PathBuf) -> Result<String, String> {
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}

fn pack() -> Result<BTreeMap<String, String>, String> {
    let (rules, mut files) = (root().join("rules"), BTreeMap::new());
    texts(&rules.join("campus-safety"), "", &mut files)?;
    texts(&rules.join("calendar"), "calendar/", &mut files)?;
    Ok(files)
}

fn seeds(target: &str) -> Result<Vec<Vec<u8>>, String> {
    let samples =
        || SAMPLES.iter().map(|name| text(root().join("tests/samples").join(name))).collect::<Result<Vec<_>, _>>();
    let seeds: Vec<String> = match target {
        "rules" => {
            let mut cases = BTreeMap::new();
            texts(&root().join("tests/cases/diagnostics"), "", &mut cases)?;
            let rules = pack()?.into_iter().chain(cases).filter(|(name, _)| name.ends_with(".bulou"));
            let docs = text(root().join("docs/language.md"))?;
            let pieces: Vec<&str> =
                docs.split("```bulou\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
            rules.map(|(_, text)| text).chain([pieces.concat()]).collect()
        }
        "document" => samples()?,
        "county" => vec![state(&samples()?)?],
        _ => vec![publication()?],
    };
    Ok(seeds.into_iter().map(String::into_bytes).collect())
}

/// The state of a county in which the samples have come in.
fn state(samples: &[String]) -> Result<String, String> {
    let as_of = bulou_base::date::parse("2022-06-28").ok_or("no date")?;
    let options = CheckOptions { as_of, params: BTreeMap::new(), waivers: Vec::new(), lang: Default::default() };
    let mut county = County::new(&Pack::load(pack()?), options).map_err(|error| error.to_string())?;
    for (name, sample) in SAMPLES.iter().zip(samples) {
        county.add(name, sample.as_bytes(), &|_| None).map_err(|error| error.to_string())?;
    }
    county.partial().map_err(|error| error.to_string())
}

/// The index of a first publication.
fn publication() -> Result<String, String> {
    let files = Files(pack()?.into_iter().map(|(name, text)| (name, text.into_bytes())).collect());
    let day = |text| bulou_base::date::parse(text).ok_or("no date");
    let (today, expires, engine) = (day("2022-06-24")?, day("2023-06-24")?, Engine::current());
    let publication = Publication {
        pack: &files,
        params: None,
        waivers: None,
        before: None,
        key: PUBLIC_KEY,
        next_key: None,
        revoke: &[],
        today,
        expires,
        engine: &engine,
    };
    let prepared = prepare(publication).map_err(|obstacles| obstacles.to_string())?;
    String::from_utf8(prepared.bytes).map_err(|error| error.to_string())
}

/// The language's words, and the keys and short texts of seeds that are JSON.
fn dictionary(seeds: &[Vec<u8>]) -> String {
    let mut words: Vec<String> =
        KEYWORDS.iter().flat_map(|keyword| [keyword.zh, keyword.en]).map(str::to_owned).collect();
    words.extend(
        ["2022-06-24", "3日", "5个工作日", "1个月", "“", "”", "≥", "≠", "->", "null", "true"].map(str::to_owned),
    );
    for seed in seeds {
        if let Ok(json) = serde_json::from_slice::<Value>(seed) {
            gather(&json, &mut words);
        }
    }
    words.sort();
    words.dedup();
    words.iter().fold(String::new(), |mut text, word| {
        let bytes = word.bytes().fold(String::new(), |mut bytes, byte| {
            let _ = write!(bytes, "\\x{byte:02X}");
            bytes
        });
        let _ = writeln!(text, "\"{bytes}\"");
        text
    })
}

fn gather(json: &Value, words: &mut Vec<String>) {
    match json {
        Value::Object(members) => {
            words.extend(members.keys().map(|key| format!("\"{key}\":")));
            members.values().for_each(|value| gather(value, words));
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, words)),
        Value::String(text) if (1..40).contains(&text.len()) => words.push(text.clone()),
        _ => {}
    }
}
