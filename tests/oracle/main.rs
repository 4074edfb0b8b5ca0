//! The engine against a second, naive evaluator of the language, and the decoder against the JSON Schema, on generated
//! packs and documents. `cargo xtask oracle [CASES] [SEED]` runs more of the same.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    missing_docs,
    reason = "a test fails by panic"
)]

mod cases;
mod choices;
mod county;
mod decoding;
mod forms;
mod generate;
mod proofs;
mod reasons;
mod reference;
mod regressions;
mod secrets;
mod soundness;

#[path = "../packs_support/mod.rs"]
mod packs_support;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use bulou_report::Status;
use cases::{Models, Property, Tally, agree, run};
use decoding::{Agreed, Contract};
use generate::model::Model;
use proofs::translation_agrees;
use reasons::reasoned;
use soundness::sound;

/// How many packs that differ are shown.
const SHOWN: usize = 3;

/// Runs packs by their numbers, until some differ or so many cases have been compared.
fn packs(model: Models, property: Property, seeds: impl Iterator<Item = u64>, enough: &dyn Fn(u64) -> bool) -> Tally {
    let (mut tally, mut differences) = (Tally::default(), Vec::new());
    for seed in seeds {
        match run(seed, model, property) {
            Ok(more) => {
                tally.add(&more);
                if enough(more.cases) {
                    break;
                }
            }
            Err(difference) => differences.push(format!("pack {seed}:\n{difference}")),
        }
        if differences.len() >= SHOWN {
            break;
        }
    }
    assert!(differences.is_empty(), "after {tally:#?}\n{}", differences.join("\n"));
    tally
}

/// Cases that all pass, or do not compile, would show nothing.
fn all_sorts(tally: &Tally) {
    assert!(tally.compiled * 100 > tally.packs * 75, "few packs compile: {tally:#?}");
    for status in
        [Status::Pass, Status::Pending, Status::Undetermined, Status::Fail, Status::Hint, Status::NotApplicable]
    {
        assert!(tally.percent(status) > 2.0, "few rules are {status:?}: {tally:#?}");
    }
    let seldom = |form: &&str| tally.forms.get(*form).is_none_or(|count| *count < 5);
    let seldom: Vec<&str> = forms::ALL.iter().copied().filter(|form| seldom(form)).collect();
    assert!(seldom.is_empty(), "seldom generated: {seldom:?}");
}

#[test]
fn engine_and_reference_give_the_same_answers() {
    all_sorts(&packs(Model::generate, agree, 0..400, &|_| false));
}

#[test]
fn what_is_certain_of_a_document_with_blanks_is_so_whatever_is_filled_in() {
    all_sorts(&packs(Model::generate, sound, 0..240, &|_| false));
}

/// Needs z3.
#[test]
fn engine_and_translation_give_the_same_answers() {
    let tally = packs(Model::generate, translation_agrees, 1000..1020, &|_| false);
    assert!(tally.cases > 200, "{tally:#?}");
    for status in [Status::Pass, Status::Pending, Status::Undetermined, Status::Fail, Status::NotApplicable] {
        assert!(tally.percent(status) > 1.0, "few rules are {status:?}: {tally:#?}");
    }
}

/// Rules of a county that would all pass, or do not compile, would show nothing.
fn of_county(tally: &Tally) {
    assert!(tally.compiled * 100 > tally.packs * 30, "few packs compile: {tally:#?}");
    for status in [Status::Pass, Status::Undetermined, Status::Fail, Status::NotApplicable] {
        assert!(tally.percent(status) > 1.0, "few rules are {status:?}: {tally:#?}");
    }
}

#[test]
fn what_is_certain_of_a_county_with_blanks_is_so_whatever_is_filled_in() {
    of_county(&packs(Model::county, county::sound, 0..150, &|_| false));
}

#[test]
fn what_is_undetermined_names_its_reason() {
    all_sorts(&packs(Model::generate, reasoned, 400..700, &|_| false));
}

#[test]
fn a_secret_shows_in_the_status_of_a_rule_alone() {
    let mut seen = secrets::Seen::default();
    let told: Vec<String> = (0..250).filter_map(|seed| secrets::run(seed, &mut seen).err()).take(SHOWN).collect();
    assert!(told.is_empty(), "{seen:?}\n{}", told.join("\n\n"));
    assert!(seen.compiled * 2 > seen.packs && seen.refused > 20, "{seen:?}");
    assert!(seen.changed > 100 && seen.told > 2000, "{seen:?}");
    assert!(seen.due > 1000 && seen.undated > 20, "{seen:?}");
}

/// Generated shapes, and changed documents of the campus-safety pack, by their numbers.
fn documents(shapes: std::ops::Range<u64>, changes: std::ops::Range<u64>) -> Agreed {
    let mut agreed = Agreed::default();
    shapes.for_each(|seed| decoding::generated(seed, &mut agreed));
    let contract = Contract::new(packs_support::rules());
    let samples = ["南街小学.json", "北关小学-有问题.json", "县幼儿园-未填完.json"];
    let samples = samples.map(|name| serde_json::from_str(&packs_support::sample(name)).expect("JSON"));
    changes.for_each(|seed| decoding::changed(&contract, &samples[(seed % 3) as usize], seed, &mut agreed));
    agreed
}

#[test]
fn decoder_and_schema_refuse_the_same_documents() {
    let agreed = documents(0..15, 0..1500);
    assert!(agreed.documents > 1500 && agreed.refused > 300, "{agreed:?}");
    assert!(agreed.refused < agreed.documents, "{agreed:?}");
}

/// So many cases of a property from a pack on, on every core.
fn on_every_core(name: &str, model: Models, property: Property, cases: u64, first: u64) -> Tally {
    let (next, done, start) = (AtomicU64::new(first), AtomicU64::new(0), Instant::now());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let seeds = || std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
    let enough = |more: u64| {
        let before = done.fetch_add(more, Ordering::Relaxed);
        if before / 50_000 < (before + more) / 50_000 {
            println!("{name}: {} cases, {} s", before + more, start.elapsed().as_secs());
        }
        before + more >= cases
    };
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| packs(model, property, seeds(), &enough))).collect();
        workers.into_iter().for_each(|worker| tally.add(&worker.join().expect("no fault")));
    });
    println!("{name}: {tally:#?}\n{} s", start.elapsed().as_secs());
    tally
}

/// `ORACLE_CASES`, and the pack `ORACLE_SEED` to begin with.
fn asked_for() -> (u64, u64) {
    let setting = |name: &str, default: u64| std::env::var(name).map_or(default, |text| text.parse().expect(name));
    (setting("ORACLE_CASES", 1_000_000), setting("ORACLE_SEED", 1))
}

#[test]
#[ignore = "long: cargo xtask oracle"]
fn many_answers() {
    let (cases, first) = asked_for();
    all_sorts(&on_every_core("engine and reference", Model::generate, agree, cases, first));
}

/// By its own command, for a solver is asked of each: cargo xtask oracle prove.
#[test]
#[ignore = "long: cargo xtask oracle prove"]
fn translations_of_many() {
    let (cases, first) = asked_for();
    on_every_core("engine and translation", Model::generate, translation_agrees, cases, first);
}

/// A tenth as many documents with blanks, each with its completions.
#[test]
#[ignore = "long: cargo xtask oracle"]
fn many_completions() {
    let (cases, first) = asked_for();
    all_sorts(&on_every_core("completions", Model::generate, sound, cases / 10, first));
}

#[test]
#[ignore = "long: cargo xtask oracle"]
fn many_completions_of_a_county() {
    let (cases, first) = asked_for();
    of_county(&on_every_core("completions of a county", Model::county, county::sound, cases / 10, first));
}

#[test]
#[ignore = "long: cargo xtask oracle"]
fn many_decoded() {
    let (cases, first) = asked_for();
    let agreed = documents(first..first + cases / 1000, first..first + cases / 10);
    println!("decoder and schema: {agreed:?}");
}
