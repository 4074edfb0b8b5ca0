//! Questions about rules: the document that may be, what is asked of it, and what answers it.

mod version;

use std::collections::{BTreeSet, HashMap};

use bulou_base::date::Date;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use chrono::Datelike as _;
use easy_smt::Context;
use serde_json::Value;

use crate::document::{Document, Lengths, Sheet};
use crate::requirements::Asked;
use crate::shrink::only;
use crate::small;
use crate::solver::{Answer as Said, Fault, Solver};
use crate::term::{Term, Terms};
use crate::translate::{Statuses, Translator, Untranslated};
use crate::uses::{Uses, all_lists};
use crate::written::Model;
pub use version::Version;

/// Lists of at most so many elements are looked at where an answer would be certain then, or might be found.
const LONGEST: usize = 12;
/// Where no document is found with few elements, so many are tried.
const FURTHER: usize = 8;
/// Periods of a frequency beyond the elements of a list, where the day of the check is open.
const PERIODS: usize = 3;

/// How questions are asked.
#[derive(Clone, Copy)]
pub struct Setting<'s> {
    /// Starts a solver.
    pub solver: &'s dyn Fn() -> std::io::Result<Context>,
    /// The day of the check; none for any day.
    pub today: Option<Date>,
    /// How many elements lists have at most.
    pub elements: usize,
    /// How long a question may take.
    pub milliseconds: u64,
}

/// A document that was found, and judged by the engine.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Witness {
    /// The day of the check.
    pub today: String,
    /// The document.
    pub document: Value,
    /// Of it what was asked about.
    pub asked: Value,
}

impl Witness {
    pub(crate) fn new(document: Value, today: Date, asked: &BTreeSet<String>) -> Self {
        let shown = only(&document, asked);
        Self { today: today.to_string(), document, asked: shown }
    }
}

/// What answers a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// There is such a document.
    Found(Box<Witness>),
    /// There is none that is complete; but there is this one, in which something required is blank.
    OnlyBlank(Box<Witness>),
    /// There is none, whatever the length of its lists.
    Proved,
    /// There is none whose lists have up to so many elements.
    UpTo(usize),
    /// The solver came to no answer, or only to one that depends on what the translation leaves open.
    Open(LocalizedText),
}

/// Why questions cannot be answered.
#[derive(Debug)]
pub enum Trouble {
    /// The solver.
    Solver(Fault),
    /// The engine says another thing of a document than its translation: a fault of this program.
    Disagreement {
        /// The rule.
        rule: String,
        /// By the translation.
        translated: String,
        /// By the engine.
        judged: String,
        /// Of which document.
        witness: Box<Witness>,
    },
    /// Of a field the two versions have different types.
    Unlike(String),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Solver(fault)
    }
}

/// A document that may be, translated, with the rules that are asked about.
pub struct Open {
    pub document: Document,
    /// Of each version and rule that was asked for.
    pub statuses: HashMap<(usize, usize), Result<Statuses, Untranslated>>,
    /// Of each requirement of these.
    pub requirements: HashMap<(usize, usize), Vec<Asked>>,
    /// Where every length of list is covered.
    pub whole: bool,
    pub elements: usize,
    /// That the constraint which is left out does not hold.
    pub breached: Result<Term, Untranslated>,
    /// What makes an example easier to read.
    near: Term,
}

impl Open {
    /// Translates rules of versions over one document.
    pub fn new(
        versions: &[Version<'_>],
        asked: &[(usize, usize)],
        (setting, elements): (Setting<'_>, usize),
    ) -> Result<Self, Trouble> {
        let (uses, enough) = Self::lists(versions, asked);
        let whole = uses.lists.is_empty() || enough.is_some_and(|enough| enough <= elements);
        let lengths = Lengths { most: elements, of: uses.lists };
        Self::with(versions, asked, setting, (lengths, whole, None))
    }

    /// Translates everything but one constraint, which may be breached.
    pub fn but(version: &Version<'_>, constraint: usize, setting: Setting<'_>) -> Result<Self, Trouble> {
        let uses = version.constraints.get(constraint).cloned().unwrap_or_default().closed(&version.constraints);
        let enough = small::enough((version.rules, &version.params), &[], &uses, &version.constraints);
        let enough = enough.map(|enough| enough + least(version.rules));
        let most = lengths(setting.elements, enough).into_iter().max().unwrap_or_default();
        let whole = uses.lists.is_empty() || enough.is_some_and(|enough| enough <= most);
        let lengths = Lengths { most, of: uses.lists };
        Self::with(std::slice::from_ref(version), &[], setting, (lengths, whole, Some(constraint)))
    }

    /// The same with elements in every list.
    pub fn of_all(versions: &[Version<'_>], asked: &[(usize, usize)], setting: Setting<'_>) -> Result<Self, Trouble> {
        let of = versions.iter().flat_map(|version| all_lists(&version.rules.shape)).collect();
        Self::with(versions, asked, setting, (Lengths { most: setting.elements, of }, false, None))
    }

    fn with(
        versions: &[Version<'_>],
        asked: &[(usize, usize)],
        setting: Setting<'_>,
        (lengths, whole, but): (Lengths, bool, Option<usize>),
    ) -> Result<Self, Trouble> {
        let (elements, mut breached) = (lengths.most, Ok(Terms::FALSE));
        let mut document = Document::new(setting.today, lengths);
        let sheets: Vec<Sheet<'_>> = versions.iter().map(Version::sheet).collect();
        for sheet in &sheets {
            document.add(*sheet).map_err(|unlike| Trouble::Unlike(unlike.0))?;
        }
        let (mut statuses, mut requirements) = (HashMap::new(), HashMap::new());
        for (number, version) in versions.iter().enumerate() {
            let mut translator = Translator::new(version.sheet(), version.rules, &mut document, elements + PERIODS);
            let constraints = translator.constraints();
            for rule in asked.iter().filter(|(of, _)| *of == number).map(|(_, rule)| *rule) {
                let told = constraints.as_ref().map_err(Clone::clone).and_then(|_| translator.rule(rule));
                if let Ok((_, asked)) = &told {
                    requirements.insert((number, rule), asked.clone());
                }
                statuses.insert((number, rule), told.map(|(statuses, _)| statuses));
            }
            for (index, holds) in constraints.iter().flatten().enumerate() {
                if but == Some(index) {
                    breached = Ok(document.terms.not(*holds));
                } else {
                    document.valid.push(*holds);
                }
            }
            breached = constraints.and(breached);
        }
        document.finish(&sheets);
        let near = near(versions, &mut document);
        Ok(Self { document, statuses, requirements, whole, elements, breached, near })
    }

    /// The lists that are asked about, and how many elements are enough to say what holds of any number.
    pub fn lists(versions: &[Version<'_>], asked: &[(usize, usize)]) -> (Uses, Option<usize>) {
        let (mut all, mut most) = (Uses::default(), Some(0_usize));
        for (number, version) in versions.iter().enumerate() {
            let rules: Vec<usize> = asked.iter().filter(|(of, _)| *of == number).map(|(_, rule)| *rule).collect();
            let uses = version.uses(&rules);
            let of = (version.rules, version.params.as_slice());
            let enough = small::enough(of, &rules, &uses, &version.constraints);
            // Witnesses of both versions may have to stand in one list, beside those that have to be there anyway.
            most = most.zip(enough).map(|(one, other)| one + other + least(version.rules));
            all.add(&uses);
        }
        (all, most)
    }

    /// A solver that knows what a complete document is.
    pub fn solver(&self, setting: Setting<'_>) -> Result<Solver, Trouble> {
        let context = (setting.solver)().map_err(Fault::from)?;
        let mut solver = Solver::new(context, setting.milliseconds)?;
        for term in self.document.valid.iter().chain(&self.document.bounds) {
            solver.assert(&self.document.terms, *term)?;
        }
        Ok(solver)
    }

    /// Whether there is a document of which something holds; with its values.
    pub fn ask(&self, solver: &mut Solver, target: Term) -> Result<(Said, Option<Model>), Trouble> {
        let terms = &self.document.terms;
        if terms.as_bool(target) == Some(false) {
            return Ok((Said::None, None));
        }
        solver.push()?;
        solver.assert(terms, target)?;
        solver.push()?;
        let restrictions = || self.document.plain.iter().chain(&self.document.doubts);
        for term in restrictions() {
            solver.assert(terms, *term)?;
        }
        // A day near the pack's own is easier to read.
        let mut answer = self.found(solver, self.near)?;
        if answer.0 == Said::None && !(self.near == Terms::TRUE && restrictions().next().is_none()) {
            solver.pop()?;
            // Found without, it is far, or one that cannot be written out.
            answer.0 = solver.check()?;
            solver.push()?;
            if answer.0 == Said::Found {
                for term in restrictions() {
                    solver.assert(terms, *term)?;
                }
                let far = self.found(solver, Terms::TRUE)?;
                answer = if far.0 == Said::Found { far } else { answer };
            }
        }
        solver.pop()?;
        solver.pop()?;
        Ok(answer)
    }
}

impl Open {
    /// Whether there is no document of which something holds, without an example where there is one.
    pub fn refuted(&self, solver: &mut Solver, target: Term) -> Result<bool, Trouble> {
        if let Some(known) = self.document.terms.as_bool(target) {
            return Ok(!known);
        }
        solver.push()?;
        solver.assert(&self.document.terms, target)?;
        let said = solver.check()?;
        solver.pop()?;
        Ok(said == Said::None)
    }

    /// Whether there is a document where one more thing holds; with its values.
    fn found(&self, solver: &mut Solver, also: Term) -> Result<(Said, Option<Model>), Trouble> {
        let terms = &self.document.terms;
        solver.push()?;
        solver.assert(terms, also)?;
        let said = solver.check()?;
        let model = if said == Said::Found { Some(solver.values(terms, &self.document.variables())?) } else { None };
        solver.pop()?;
        Ok((said, model))
    }
}

/// The years after the pack's first day in which examples are looked for first.
const YEARS: i32 = 2;

/// That the day of the check is near the pack's first day.
fn near(versions: &[Version<'_>], document: &mut Document) -> Term {
    let first = versions.last().and_then(|version| version.rules.effective).map(|effective| effective.from);
    match first {
        Some(first) if document.terms.as_int(document.today).is_none() => {
            let first = first.num_days_from_ce();
            document.terms.within(document.today, first, first + YEARS * 365)
        }
        _ => Terms::TRUE,
    }
}

/// The greatest number of elements that a list has to have.
fn least(rules: &RuleSet) -> usize {
    fn of(fields: &bulou_document::shape::Fields) -> usize {
        let each = fields.fields.iter().map(|field| match &field.kind {
            bulou_document::shape::Kind::Record(inner) => of(inner),
            _ => field.min_items as usize,
        });
        each.max().unwrap_or(0)
    }
    let tables = (0..).map_while(|table| (usize::from(table) < rules.shape.tables.len()).then_some(table));
    tables.filter_map(|table| rules.shape.records(table)).map(of).max().unwrap_or(0)
}

/// The lengths of lists that are tried one after the other.
pub fn lengths(elements: usize, enough: Option<usize>) -> Vec<usize> {
    let further = match enough {
        Some(enough) if enough <= LONGEST => enough,
        _ => FURTHER,
    };
    if further > elements { vec![elements, further] } else { vec![elements] }
}
