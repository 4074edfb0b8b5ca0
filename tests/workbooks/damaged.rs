//! Workbooks and archives that were damaged at random, and two that were made to do harm: whatever one of them does, it is
//! named, and the schools beside it are reported as ever. `cargo xtask damage` tries as many as there is time for.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::fixture;
use super::packs_support::{rules, sample};

/// How many mutants every run of the tests tries; a multiple of what one folder holds.
const FEW: u64 = 300;
/// Mutants in a folder.
const FOLDER: u64 = 100;
const SCHOOLS: [&str; 3] = ["南街小学.json", "北关小学-有问题.json", "县幼儿园-未填完.json"];

/// Numbers that follow from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).expect("small")
    }
}

/// What a mutant is made of.
struct Seeds(Vec<(&'static str, Vec<u8>)>);

impl Seeds {
    fn new() -> Self {
        let rules = rules();
        let made = |name: &str| bulou_sheets::workbook(&rules, &sample(name)).expect("a workbook");
        let schools = archive(&BTreeMap::from([
            ("城关镇/南街小学.json".to_owned(), sample(SCHOOLS[0]).into_bytes()),
            ("城关镇/北关小学.xlsx".to_owned(), made(SCHOOLS[1])),
            ("东乡/县幼儿园.ods".to_owned(), fixture("县幼儿园.ods")),
        ]));
        Self(vec![
            ("xlsx", made(SCHOOLS[0])),
            ("xlsx", fixture("手工.xlsx")),
            ("ods", fixture("手工.ods")),
            ("ods", fixture("县幼儿园.ods")),
            ("xls", fixture("手工.xls")),
            ("xls", fixture("手工.xls")),
            ("zip", schools),
        ])
    }

    /// The mutant of a number: its name and bytes.
    fn mutant(&self, number: u64) -> (String, Vec<u8>) {
        let mut dice = Dice(number);
        let (kind, seed) = &self.0[dice.below(self.0.len())];
        let within = *kind != "xls" && dice.below(4) > 0;
        let bytes = if within { damaged_part(seed, &mut dice) } else { damaged(seed.clone(), &mut dice) };
        (format!("m{number}.{kind}"), bytes)
    }
}

fn archive(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(bytes).expect("written");
    }
    archive.finish().expect("finished").into_inner()
}

/// A zip with damage within one of its parts, which its check sums do not show.
fn damaged_part(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut text = Vec::new();
        part.read_to_end(&mut text).expect("read");
        let name = part.name().expect("a name").into_owned();
        parts.insert(name, text);
    }
    let chosen = parts.keys().nth(dice.below(parts.len())).expect("a part").clone();
    let part = parts.remove(&chosen).expect("the part");
    match dice.below(8) {
        // A part that is not there, or stands for another.
        0 => {}
        1 => drop(parts.insert(chosen + "x", part)),
        _ => drop(parts.insert(chosen, damaged(part, dice))),
    }
    self::archive(&parts)
}

/// Numbers that programs trip over.
const NUMBERS: [u32; 8] = [0, 1, 0x7F, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFF0, 0xFFFF_FFFF];
/// LocalizedText of workbooks that mean much.
const WORDS: [&str; 8] = [
    "table:number-rows-repeated=\"4000000000\"",
    "table:number-columns-repeated=\"99999999\"",
    "XFD1048576",
    "99999999999999999999",
    "&#xFFFFFFFF;",
    "<table:table>",
    "]]>",
    "-1",
];

fn damaged(mut bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    for _ in 0..=dice.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(64)).min(bytes.len());
        match dice.below(9) {
            0 => bytes.truncate(at),
            1 => bytes[at..end].fill(0),
            2 => bytes[at..end].fill(0xFF),
            3 => bytes[at..end].iter_mut().for_each(|byte| *byte = dice.next().to_le_bytes()[0]),
            4 => drop(bytes.drain(at..end)),
            5 => {
                let copy = bytes[at..end].repeat(1 + dice.below(50));
                bytes.splice(at..at, copy);
            }
            6 => drop(bytes.splice(at..at, WORDS[dice.below(WORDS.len())].bytes())),
            7 => {
                let number = NUMBERS[dice.below(NUMBERS.len())].to_le_bytes();
                let room = end.min(at + 4) - at;
                bytes[at..at + room].copy_from_slice(&number[..room]);
            }
            _ => bytes.swap(at, end.saturating_sub(1)),
        }
    }
    bytes
}

/// The reports of a folder by the names of their documents.
fn reports(folder: &Path) -> BTreeMap<String, Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_bulou"))
        .args(["check", "--as-of", "2022-06-28", "--format", "ndjson", "--quiet"])
        .arg(folder)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(1 | 2)), "{:?} {said}", output.status);
    assert_eq!(said, "", "nothing but reports");
    let reports = String::from_utf8(output.stdout).expect("UTF-8");
    let report = |line: &str| serde_json::from_str::<Value>(line).expect("JSON");
    let named = |report: Value| (report["document"]["name"].as_str().expect("a name").to_owned(), report);
    reports.lines().map(report).map(named).collect()
}

fn folder_with_schools() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in SCHOOLS {
        std::fs::write(folder.path().join(name), sample(name)).expect("a file");
    }
    folder
}

fn codes(report: &Value) -> Vec<&str> {
    let problems = report["structure"].as_array().expect("problems");
    problems.iter().filter_map(|problem| problem["code"].as_str()).collect()
}

#[test]
fn a_file_that_never_ends_or_takes_all_memory_costs_nothing_but_itself() {
    let alone = reports(folder_with_schools().path());
    let folder = folder_with_schools();
    std::fs::write(folder.path().join("a.ods"), fixture("endless.ods")).expect("a file");
    std::fs::write(folder.path().join("b.xls"), fixture("boundless.xls")).expect("a file");
    let inside = archive(&BTreeMap::from([
        ("1.ods".to_owned(), fixture("endless.ods")),
        ("2.json".to_owned(), sample(SCHOOLS[0]).into_bytes()),
    ]));
    std::fs::write(folder.path().join("c.zip"), inside).expect("a file");
    let mut beside = reports(folder.path());
    for name in ["a.ods", "c.zip/1.ods"] {
        let report = beside.remove(name).expect(name);
        assert_eq!((codes(&report), &report["rules"]), (vec!["D048"], &serde_json::json!([])), "{name}");
    }
    let huge = beside.remove("b.xls").expect("the old workbook");
    assert!(matches!(codes(&huge)[..], ["D048" | "D015"]), "{huge}");
    let packed = beside.remove("c.zip/2.json").expect("the file beside it");
    assert_eq!(packed["rules"], alone[SCHOOLS[0]]["rules"]);
    assert_eq!(beside, alone);
}

fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().map_or(usual, |number| number.parse().expect("a number"))
}

/// Mutants by number, as many as `MUTANTS` says, from `MUTANT_SEED` on.
#[test]
fn no_mutant_is_lost_or_takes_another_with_it() {
    let (count, first) = (asked("MUTANTS", FEW), asked("MUTANT_SEED", 1));
    let seeds = Seeds::new();
    let alone = reports(folder_with_schools().path());
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for start in (first..first + count).step_by(FOLDER as usize) {
        let folder = folder_with_schools();
        let numbers = start..(start + FOLDER).min(first + count);
        let names: Vec<String> = numbers
            .map(|number| {
                let (name, bytes) = seeds.mutant(number);
                std::fs::write(folder.path().join(&name), bytes).expect("a file");
                name
            })
            .collect();
        let reports = reports(folder.path());
        for (name, report) in &alone {
            assert_eq!(reports.get(name), Some(report), "{name} beside the mutants from {start} on");
        }
        for name in names {
            let own = |found: &str| found == name || found.starts_with(&format!("{name}/"));
            let about: Vec<&Value> = reports.iter().filter(|(name, _)| own(name)).map(|(_, report)| report).collect();
            assert!(!about.is_empty(), "{name} is passed over");
            for report in about {
                let wrong =
                    report["structure"].as_array().is_some_and(|all| all.iter().any(|one| one["notice"] != true));
                assert!(!wrong || report["verdict"] != "pass", "{name}: {report}");
                let worst = codes(report).into_iter().find(|code| ["D048", "D019", "D015", "D024"].contains(code));
                *found.entry(worst.unwrap_or("read").to_owned()).or_default() += 1;
            }
        }
    }
    println!("{count} mutants from {first} on: {found:?}");
    assert!(count < FEW || found.len() > 2, "the mutants are all alike: {found:?}");
}
