//! The search for small documents on which two versions of a rule differ. It is bounded and always the same: first every
//! document of growing size over the values of [`Constants`], then changes of whole documents, cut down.

use serde_json::{Map, Value as Json};

use super::candidates::{Constants, first};
use super::edits::{cuts, variants};
use super::report::Example;
use super::rules::strictness;
use super::spots::{Spot, Step, joined, only, put, size, spots};
use super::versions::{Versions, conditions};
use bulou_base::date::{Date, plus_days};
use bulou_base::order;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_report::Status;
use bulou_syntax::ast;

/// Answers of both versions that are asked for in the first part of a search, and again in the second.
pub const EFFORT: usize = 40_000;
/// How many whole documents the second part starts from.
const SEEDS: usize = 12;
/// Answers that may be asked for to cut down one document beyond what can simply be left out.
const TRADES: usize = 20_000;

/// Searches over two versions.
pub(super) struct Search<'v> {
    pub versions: &'v Versions<'v>,
    pub as_of: Date,
    pub effort: usize,
    /// Whole documents to start from.
    pub seeds: &'v [Json],
    /// Both versions without their rules.
    bare: (RuleSet, RuleSet),
}

/// What a search found.
pub(super) struct Found {
    /// One example of each pair of answers.
    pub all: Vec<Example>,
    /// How many documents were tried.
    pub tried: usize,
}

impl Found {
    /// Of each direction the smallest example, and the smallest with clear answers when that is another.
    pub fn chosen(mut self) -> Vec<Example> {
        order::sort_by_key(&mut self.all, |example| (size(&example.document), !is_clear(example)));
        let mut chosen: Vec<Example> = Vec::new();
        for example in self.all {
            let same = |other: &&Example| strictness(other) == strictness(&example);
            let known: Vec<bool> = chosen.iter().filter(same).map(is_clear).collect();
            if known.is_empty() || (known == [false] && is_clear(&example)) {
                chosen.push(example);
            }
        }
        chosen
    }
}

impl<'v> Search<'v> {
    /// A search that asks for `effort` answers a rule.
    pub fn new(versions: &'v Versions<'v>, as_of: Date, effort: usize, seeds: &'v [Json]) -> Self {
        let bare = (without_rules(versions.old.rules), without_rules(versions.new.rules));
        Self { versions, as_of, effort, seeds, bare }
    }

    /// Looks for documents on which two versions of a school's rule differ.
    pub fn examples(&self, old: (&bulou_ir::Rule, &ast::Rule), new: (&bulou_ir::Rule, &ast::Rule)) -> Found {
        let Versions { old: before, new: after, .. } = self.versions;
        let reached = [before.reach(conditions(old.1)).0, after.reach(conditions(new.1)).0].concat();
        let constants = Constants::of(reached, after.rules.shape.lang());
        let (one, other) = (alone(&self.bare.0, old.0), alone(&self.bare.1, new.0));
        let index = |rules: &RuleSet, rule: &bulou_ir::Rule| {
            rules.rules.iter().position(|known| known.card.id == rule.card.id).unwrap_or_default()
        };
        let place = |rules: &RuleSet, rule| spots(rules, index(rules, rule), &constants, self.as_of);
        let spots = joined(place(before.rules, old.0), place(after.rules, new.0));
        let days = self.days(&constants, [effective(before.rules, old.0), effective(after.rules, new.0)]);
        let Some(mut hunt) = Hunt::new(&one, &other, days, self.effort) else {
            return Found { all: Vec::new(), tried: 0 };
        };
        hunt.by_size(&spots);
        if !hunt.is_decided() {
            hunt.whole_ones(&spots, self.seeds, self.effort);
        }
        Found { tried: hunt.tried, all: hunt.found }
    }

    /// The days to check for; where the rule is not in force on the day asked for, those around its own.
    fn days(&self, constants: &Constants, effective: [Option<bulou_ir::Effective>; 2]) -> Vec<Date> {
        let mut days = constants.days(self.as_of);
        let [old, new] = effective;
        if old != new || new.is_some_and(|effective| !effective.holds(self.as_of)) {
            for effective in [new, old].into_iter().flatten() {
                let ends = [Some(effective.from), plus_days(effective.from, -1), effective.until];
                let after = effective.until.and_then(|until| plus_days(until, 1));
                days.extend(ends.into_iter().chain([after]).flatten());
            }
        }
        first(days, usize::MAX)
    }
}

fn effective(rules: &RuleSet, rule: &bulou_ir::Rule) -> Option<bulou_ir::Effective> {
    rule.effective.or(rules.effective)
}

/// What is left of a rule set for single rules to be put into.
fn without_rules(rules: &RuleSet) -> RuleSet {
    let mut bare = rules.clone();
    bare.rules = Vec::new();
    bare.sources = Vec::new();
    bare.field_rules.clear();
    bare.county = None;
    bare
}

/// A rule set of one rule, so that a check costs no more than that.
fn alone(bare: &RuleSet, rule: &bulou_ir::Rule) -> RuleSet {
    RuleSet { rules: vec![rule.clone()], ..bare.clone() }
}

/// What must stay while a document is cut down.
struct Kept<'s> {
    day: Date,
    wanted: (Status, Status),
    spots: &'s [Spot],
}

/// One search.
struct Hunt<'r> {
    old: Checker<'r>,
    new: Checker<'r>,
    days: Vec<Date>,
    /// The smallest example of each pair of answers.
    found: Vec<Example>,
    tried: usize,
    left: usize,
    complete: bool,
}

impl<'r> Hunt<'r> {
    /// `None` when a version's own parameters do not fit it, which its compiler rules out.
    fn new(old: &'r RuleSet, new: &'r RuleSet, days: Vec<Date>, effort: usize) -> Option<Self> {
        let checker = |rules| days.first().and_then(|day| Checker::new(rules, &Options::on(*day)).ok());
        let (old, new) = (checker(old)?, checker(new)?);
        Some(Self { old, new, days, found: Vec::new(), tried: 0, left: effort, complete: true })
    }

    /// Answers of both versions on each of some days.
    fn answers(&mut self, document: &Json, days: &[Date]) -> Vec<(Status, Status)> {
        let bytes = document.to_string().into_bytes();
        let first = |statuses: Vec<Status>| statuses.first().copied().unwrap_or(Status::NotApplicable);
        let (old, new) = (self.old.statuses(&bytes, days), self.new.statuses(&bytes, days));
        old.into_iter().zip(new).map(|(old, new)| (first(old), first(new))).collect()
    }

    /// Tries a document on every day; answers the days on which it shows a difference that was not known.
    fn try_all(&mut self, document: &Json) -> Vec<(Date, Status, Status)> {
        self.tried += 1;
        self.left = self.left.saturating_sub(self.days.len());
        let mut shown: Vec<(Date, Status, Status)> = Vec::new();
        let days = self.days.clone();
        for (day, (old, new)) in days.iter().zip(self.answers(document, &days)) {
            let known = self.found.iter().any(|example| (example.old, example.new) == (old, new));
            if old != new && !known && !shown.iter().any(|(_, a, b)| (*a, *b) == (old, new)) {
                shown.push((*day, old, new));
            }
        }
        shown
    }

    fn keep(&mut self, day: Date, document: &Json, (old, new): (Status, Status), smallest: bool) {
        self.found.push(Example { as_of: day.to_string(), document: document.clone(), old, new, smallest });
    }

    /// A document was found that one version passes and the other does not; larger ones would add little.
    fn is_decided(&self) -> bool {
        let decides = |example: &Example| is_clear(example) && strictness(example).is_some();
        self.found.iter().any(decides)
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
    fn whole_ones(&mut self, spots: &[Spot], seeds: &[Json], effort: usize) {
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
            return self.whole(document, spots);
        }
        for variant in variants(document, spots) {
            if self.left == 0 || self.is_decided() {
                return;
            }
            self.changed(&variant, spots, changes - 1);
        }
    }

    fn whole(&mut self, document: &Json, spots: &[Spot]) {
        if self.left == 0 {
            return;
        }
        for (day, old, new) in self.try_all(document) {
            let kept = Kept { day, wanted: (old, new), spots };
            let small = self.cut(document.clone(), &kept, TRADES);
            self.keep(day, &small, (old, new), false);
        }
    }

    /// Takes away whatever can be spared without another answer: first one part after the other, then such as can be
    /// spared once some other value is changed.
    fn cut(&mut self, mut document: Json, kept: &Kept<'_>, mut trades: usize) -> Json {
        loop {
            let single = cuts(&document).into_iter().find(|smaller| self.stays(smaller, kept));
            let smaller = single.or_else(|| self.trade(&document, kept, &mut trades));
            match smaller {
                Some(smaller) => document = smaller,
                None => return document,
            }
        }
    }

    fn trade(&mut self, document: &Json, kept: &Kept<'_>, trades: &mut usize) -> Option<Json> {
        for changed in variants(document, kept.spots) {
            *trades = trades.checked_sub(1)?;
            if size(&changed) > size(document) || !self.stays(&changed, kept) {
                continue;
            }
            for smaller in cuts(&changed) {
                *trades = trades.checked_sub(1)?;
                if self.stays(&smaller, kept) {
                    return Some(smaller);
                }
            }
        }
        None
    }

    fn stays(&mut self, document: &Json, kept: &Kept<'_>) -> bool {
        self.answers(document, &[kept.day]).first() == Some(&kept.wanted)
    }
}

/// Whether both versions know what to say, once and for all.
fn is_clear(example: &Example) -> bool {
    [example.old, example.new].iter().all(|status| !matches!(status, Status::Undetermined | Status::Pending))
}
