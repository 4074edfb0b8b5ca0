//! What comes with many documents: two workers, the county's roll-up, and what a pack costs before the first document.

use std::collections::BTreeMap;
use std::hint::black_box;

use bulou_api::county::County;
use bulou_api::{CheckOptions, Pack};
use bulou_eval::Checker;
use bulou_ir::RuleSet;
use bulou_pack::load;
use serde::de::IgnoredAny;

use crate::documents::Documents;
use crate::engines::bulou::{checker, today};
use crate::measure::{median, timed};
use crate::packs::{self, Packs};

/// Documents a second by one worker and by two, and how much faster two are, as the median of what each round says.
pub struct Workers {
    pub name: &'static str,
    pub one: f64,
    pub two: f64,
    pub faster: f64,
}

pub fn workers(packs: &Packs, documents: &Documents, rounds: usize) -> Vec<Workers> {
    let lines: Vec<&[u8]> = documents.many.iter().map(Vec::as_slice).collect();
    let day = [today()];
    let statuses = |checker: &mut Checker<'_>, bytes: &[u8]| drop(black_box(checker.statuses(bytes, &day)));
    let report = |checker: &mut Checker<'_>, bytes: &[u8]| drop(black_box(checker.check("document", bytes)));
    vec![
        compare("twenty rules, statuses", &packs.twenty, &lines, rounds, &statuses),
        compare("whole pack, full report", &packs.whole, &lines, rounds, &report),
    ]
}

type Judge<'j> = &'j (dyn Fn(&mut Checker<'_>, &[u8]) + Sync);

fn compare(name: &'static str, rules: &RuleSet, lines: &[&[u8]], rounds: usize, judge: Judge<'_>) -> Workers {
    let mut checkers = [checker(rules), checker(rules)];
    let (mut one, mut two) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        one.push(timed(|| share(&mut checkers[..1], lines, judge)).as_secs_f64());
        two.push(timed(|| share(&mut checkers, lines, judge)).as_secs_f64());
    }
    let faster = median(one.iter().zip(&two).map(|(one, two)| one / two).collect());
    let rate = |times: Vec<f64>| lines.len() as f64 / median(times);
    Workers { name, one: rate(one), two: rate(two), faster }
}

/// As `bulou check --jobs N` shares a round of documents: a checker for each thread, and a piece of the round for each.
fn share(checkers: &mut [Checker<'_>], round: &[&[u8]], judge: Judge<'_>) {
    let part = round.len().div_ceil(checkers.len());
    let all = |checker: &mut Checker<'_>, part: &[&[u8]]| part.iter().for_each(|bytes| judge(checker, bytes));
    if let [checker] = checkers {
        return all(checker, round);
    }
    std::thread::scope(|scope| {
        for (checker, part) in checkers.iter_mut().zip(round.chunks(part)) {
            scope.spawn(move || all(checker, part));
        }
    });
}

/// The roll-up of a county on one core.
pub struct RollUp {
    /// Documents a second: read, judged by the whole pack, folded.
    pub added: f64,
    /// Documents a second whose syntax `serde_json` scans.
    pub scanned: f64,
    /// How many scans one added document takes, as the median of what each round says.
    pub scans: f64,
    /// Milliseconds for the county's own rules and its report.
    pub finish: f64,
}

pub fn county(documents: &Documents, rounds: usize) -> RollUp {
    let files = packs::whole().0.into_iter().map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()));
    let pack = Pack::load(files.collect());
    let own = std::fs::read(packs::root().join("tests/county/全县.json")).expect("the county's document");
    let (mut adds, mut scans, mut finishes) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let options =
            CheckOptions { as_of: today(), params: BTreeMap::new(), waivers: Vec::new(), lang: Default::default() };
        let mut county = County::new(&pack, options).expect("a pack with a county");
        let add = timed(|| {
            for bytes in &documents.many {
                county.add("document", bytes, &|_| None).expect("a document");
            }
        });
        let scan = timed(|| {
            for bytes in &documents.many {
                serde_json::from_slice::<IgnoredAny>(black_box(bytes)).expect("JSON");
            }
        });
        finishes.push(timed(|| drop(black_box(county.finish("全县.json", &own, None, &|_| None)))).as_secs_f64());
        adds.push(add.as_secs_f64());
        scans.push(scan.as_secs_f64());
    }
    let ratio = median(adds.iter().zip(&scans).map(|(add, scan)| add / scan).collect());
    let rate = |times: Vec<f64>| documents.many.len() as f64 / median(times);
    RollUp { added: rate(adds), scanned: rate(scans), scans: ratio, finish: median(finishes) * 1e3 }
}

/// Milliseconds until rules are ready.
pub struct Load {
    /// From the whole pack's texts.
    pub compiled: f64,
    /// From the bytes that the page has instead.
    pub from_bytes: f64,
    pub files: usize,
    pub rules: usize,
}

pub fn loading(packs: &Packs, rounds: usize) -> Load {
    let files = packs::whole();
    let bytes = packs::compiled(&files);
    let (mut compile, mut read) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        compile.push(timed(|| assert!(load(black_box(&files)).rules.is_some())).as_secs_f64());
        read.push(timed(|| assert!(Pack::from_compiled(black_box(&bytes)).is_ok())).as_secs_f64());
    }
    let millis = |times: Vec<f64>| median(times) * 1e3;
    let rules = packs.whole.rules.len();
    let rule_files = files.0.keys().filter(|name| name.ends_with(".bulou")).count();
    Load { compiled: millis(compile), from_bytes: millis(read), files: rule_files, rules }
}
