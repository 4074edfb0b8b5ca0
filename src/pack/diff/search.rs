//! The search for small documents on which two versions of a rule differ. It is bounded and always the same: first every
//! document of growing size over the values of [`Constants`], then changes of whole documents, cut down.

use serde_json::{Map, Value as Json};

use super::candidates::Constants;
use super::report::Example;
use super::rules::strictness;
use super::spots::{Spot, Step, joined, only, put, size, spots};
use super::versions::{Versions, conditions};
use crate::date::Date;
use crate::eval::{Checker, Options};
use crate::ir::{self, RuleSet};
use crate::report::Status;
use crate::syntax::ast;

/// Answers of both versions that are asked for in the first part of a search, and again in the second.
pub const EFFORT: usize = 40_000;
/// How many whole documents the second part starts from.
const SEEDS: usize = 12;

/// Searches over two versions.
pub(super) struct Search<'v> {
    pub versions: &'v Versions<'v>,
    pub as_of: Date,
    pub effort: usize,
    /// Whole documents to start from.
    pub seeds: &'v [Json],
}

/// What a search found.
pub(super) struct Found {
    /// At most one of each direction.
    pub examples: Vec<Example>,
    /// How many documents were tried.
    pub tried: usize,
}

impl Search<'_> {
    /// Looks for documents on which two versions of a school's rule differ.
    pub fn examples(&self, old: (&ir::Rule, &ast::Rule), new: (&ir::Rule, &ast::Rule)) -> Found {
        let Versions { old: before, new: after, .. } = self.versions;
        let reached = [before.reach(conditions(old.1)).0, after.reach(conditions(new.1)).0].concat();
        let constants = Constants::of(reached);
        let (one, other) = (alone(before.rules, old.0), alone(after.rules, new.0));
        let index = |rules: &RuleSet, rule: &ir::Rule| {
            rules.rules.iter().position(|known| known.id == rule.id).unwrap_or_default()
        };
        let place = |rules: &RuleSet, rule| spots(rules, index(rules, rule), &constants, self.as_of);
        let spots = joined(place(before.rules, old.0), place(after.rules, new.0));
        let days = self.days(&constants, [effective(before.rules, old.0), effective(after.rules, new.0)]);
        let mut hunt = Hunt::new(&one, &other, &days, self.effort);
        hunt.by_size(&spots);
        if !hunt.is_decided() {
            hunt.from_whole(&spots, self.seeds, self.effort);
        }
        Found { tried: hunt.tried, examples: hunt.chosen() }
    }

    /// The days to check for; where the rule is not in force on the day asked for, those around its own.
    fn days(&self, constants: &Constants, effective: [Option<ir::Effective>; 2]) -> Vec<Date> {
        let mut days = constants.days(self.as_of);
        let [old, new] = effective;
        if old != new || new.is_some_and(|effective| !effective.holds(self.as_of)) {
            for effective in [new, old].into_iter().flatten() {
                days.push(effective.from);
                days.extend(crate::date::plus_days(effective.from, -1));
                days.extend(
                    effective
                        .until
                        .into_iter()
                        .flat_map(|until| [Some(until), crate::date::plus_days(until, 1)])
                        .flatten(),
                );
            }
        }
        let mut kept: Vec<Date> = Vec::new();
        for day in days {
            if !kept.contains(&day) {
                kept.push(day);
            }
        }
        kept
    }
}

fn effective(rules: &RuleSet, rule: &ir::Rule) -> Option<ir::Effective> {
    rule.effective.or(rules.effective)
}

/// A rule set of one rule, so that a check costs no more than that.
fn alone(rules: &RuleSet, rule: &ir::Rule) -> RuleSet {
    RuleSet { rules: vec![rule.clone()], sources: Vec::new(), county: None, ..rules.clone() }
}

/// One search.
struct Hunt<'r> {
    /// Both versions' checkers of each day.
    days: Vec<(Date, Checker<'r>, Checker<'r>)>,
    /// The smallest example of each pair of answers.
    found: Vec<Example>,
    tried: usize,
    left: usize,
    complete: bool,
}

impl<'r> Hunt<'r> {
    fn new(old: &'r RuleSet, new: &'r RuleSet, days: &[Date], effort: usize) -> Self {
        let checkers = |day: &Date| {
            let checker = |rules| Checker::new(rules, &Options::on(*day)).ok();
            Some((*day, checker(old)?, checker(new)?))
        };
        let days = days.iter().filter_map(checkers).collect();
        Self { days, found: Vec::new(), tried: 0, left: effort, complete: true }
    }

    /// Answers of both versions on a day.
    fn answers(&mut self, day: usize, bytes: &[u8]) -> Option<(Date, Status, Status)> {
        let (date, old, new) = self.days.get_mut(day)?;
        let status = |checker: &mut Checker<'_>| Some(checker.check("", bytes).rules.first()?.status);
        Some((*date, status(old)?, status(new)?))
    }

    /// Tries a document on every day; answers the days on which it shows a difference that was not known.
    fn try_all(&mut self, document: &Json) -> Vec<(usize, Status, Status)> {
        let bytes = document.to_string().into_bytes();
        self.tried += 1;
        let mut shown: Vec<(usize, Status, Status)> = Vec::new();
        for day in 0..self.days.len() {
            self.left = self.left.saturating_sub(1);
            let Some((_, old, new)) = self.answers(day, &bytes) else { continue };
            let known = |example: &Example| (example.old, example.new) == (old, new);
            if old != new && !self.found.iter().any(known) && !shown.iter().any(|(_, a, b)| (*a, *b) == (old, new)) {
                shown.push((day, old, new));
            }
        }
        shown
    }

    fn keep(&mut self, day: usize, document: &Json, (old, new): (Status, Status), smallest: bool) {
        let Some((date, ..)) = self.days.get(day) else { return };
        self.found.push(Example { as_of: date.to_string(), document: document.clone(), old, new, smallest });
    }

    /// Both directions have an example, or one with clear answers was found and larger documents add nothing.
    fn is_decided(&self) -> bool {
        self.found.iter().any(|example| is_clear(example.old) && is_clear(example.new))
    }

    /// Every document of growing size, until one size beyond the first that shows something clear.
    fn by_size(&mut self, spots: &[Spot]) {
        let most: usize = spots.iter().map(|spot| spot.choices.last().map_or(0, |(_, size)| *size)).sum();
        for wanted in 0..=most {
            let decided = self.is_decided();
            self.fill(spots, &mut Json::Object(Map::new()), &mut Vec::new(), wanted);
            if decided || self.left == 0 {
                break;
            }
        }
    }

    /// Fills in further places of a document so that it grows by `wanted`.
    fn fill<'s>(&mut self, spots: &'s [Spot], document: &mut Json, paths: &mut Vec<&'s [Step]>, wanted: usize) {
        if self.left == 0 {
            self.complete = false;
            return;
        }
        if wanted == 0 {
            for (day, old, new) in self.try_all(document) {
                let smallest = self.complete;
                self.keep(day, document, (old, new), smallest);
            }
            return;
        }
        for (at, spot) in spots.iter().enumerate() {
            if paths.iter().any(|path| spot.path.starts_with(path) || path.starts_with(&spot.path)) {
                continue;
            }
            for (value, _) in spot.choices.iter().filter(|(_, size)| *size <= wanted) {
                let mut next = document.clone();
                put(&mut next, &spot.path, value);
                paths.push(&spot.path);
                self.fill(spots.get(at + 1..).unwrap_or_default(), &mut next, paths, wanted - size(value));
                paths.pop();
            }
        }
    }

    /// Starts from whole documents: as they are, with one value changed, with two.
    fn from_whole(&mut self, spots: &[Spot], seeds: &[Json], effort: usize) {
        self.left = effort;
        let mut seeds: Vec<Json> = seeds.iter().map(|seed| only(seed, &[], spots)).collect();
        seeds.dedup();
        seeds.truncate(SEEDS);
        for changes in 0..=2 {
            for seed in &seeds {
                self.changed(seed, spots, changes);
            }
        }
    }

    /// Tries a document with so many of its values changed.
    fn changed(&mut self, document: &Json, spots: &[Spot], changes: usize) {
        if changes == 0 {
            return self.whole(document);
        }
        for variant in variants(document, &[], spots) {
            if self.left == 0 || self.is_decided() {
                return;
            }
            self.changed(&variant, spots, changes - 1);
        }
    }

    fn whole(&mut self, document: &Json) {
        if self.left == 0 {
            return;
        }
        for (day, old, new) in self.try_all(document) {
            let small = self.cut(document.clone(), day, (old, new));
            self.keep(day, &small, (old, new), false);
        }
    }

    /// Takes away whatever can be spared without another answer.
    fn cut(&mut self, mut document: Json, day: usize, wanted: (Status, Status)) -> Json {
        loop {
            let smaller = cuts(&document).into_iter().find(|smaller| {
                let answers = self.answers(day, &smaller.to_string().into_bytes());
                answers.is_some_and(|(_, old, new)| (old, new) == wanted)
            });
            match smaller {
                Some(smaller) => document = smaller,
                None => return document,
            }
        }
    }

    /// Of each direction the smallest example, and among equals the clearest.
    fn chosen(mut self) -> Vec<Example> {
        let unclear =
            |example: &Example| [example.old, example.new].into_iter().filter(|status| !is_clear(*status)).count();
        self.found.sort_by_key(|example| (size(&example.document), unclear(example)));
        let mut chosen: Vec<Example> = Vec::new();
        for example in self.found {
            if !chosen.iter().any(|other| strictness(other) == strictness(&example)) {
                chosen.push(example);
            }
        }
        chosen
    }
}

fn is_clear(status: Status) -> bool {
    !matches!(status, Status::Undetermined | Status::Pending)
}

/// A document with one of its values replaced by another that may stand there, or taken away.
fn variants(document: &Json, path: &[Step], spots: &[Spot]) -> Vec<Json> {
    let mut found: Vec<Json> = match document {
        Json::Object(parts) => parts
            .iter()
            .flat_map(|(key, part)| {
                let inner = [path, &[Step::Key(key.clone())]].concat();
                let changed = variants(part, &inner, spots).into_iter().map(|part| {
                    let mut next = parts.clone();
                    next.insert(key.clone(), part);
                    Json::Object(next)
                });
                changed.collect::<Vec<_>>()
            })
            .collect(),
        Json::Array(parts) => parts
            .iter()
            .enumerate()
            .flat_map(|(at, part)| {
                let inner = [path, &[Step::First]].concat();
                let changed = variants(part, &inner, spots).into_iter().map(|part| {
                    Json::Array(
                        parts
                            .iter()
                            .enumerate()
                            .map(|(other, old)| if other == at { part.clone() } else { old.clone() })
                            .collect(),
                    )
                });
                changed.collect::<Vec<_>>()
            })
            .collect(),
        _ => {
            let spot = spots.iter().find(|spot| spot.path == path);
            spot.map(|spot| {
                spot.choices.iter().map(|(value, _)| value.clone()).filter(|value| value != document).collect()
            })
            .unwrap_or_default()
        }
    };
    found.extend(if path.is_empty() { cuts(document) } else { Vec::new() });
    found
}

/// A document with one part taken away, larger parts first.
fn cuts(document: &Json) -> Vec<Json> {
    match document {
        Json::Object(parts) => {
            let without = parts.keys().map(|key| {
                let mut next = parts.clone();
                next.remove(key);
                Json::Object(next)
            });
            let within = parts.iter().flat_map(|(key, part)| {
                cuts(part)
                    .into_iter()
                    .map(|part| {
                        let mut next = parts.clone();
                        next.insert(key.clone(), part);
                        Json::Object(next)
                    })
                    .collect::<Vec<_>>()
            });
            without.chain(within).collect()
        }
        Json::Array(parts) => {
            let without = (0..parts.len()).map(|gone| {
                Json::Array(
                    parts.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, part)| part.clone()).collect(),
                )
            });
            let within = parts.iter().enumerate().flat_map(|(at, part)| {
                cuts(part)
                    .into_iter()
                    .map(move |part| {
                        Json::Array(
                            parts
                                .iter()
                                .enumerate()
                                .map(|(other, old)| if other == at { part.clone() } else { old.clone() })
                                .collect(),
                        )
                    })
                    .collect::<Vec<_>>()
            });
            without.chain(within).collect()
        }
        _ => Vec::new(),
    }
}
