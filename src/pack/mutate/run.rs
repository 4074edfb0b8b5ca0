//! Makes the mutants and runs the cases against them, on several threads.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::load::parsed;
use crate::mutate::mark;
use crate::mutate::subject::{Subject, kept, subjects};
use crate::mutate::{Fate, Mutant, Mutation};
use crate::{Files, cases};
use bulou_base::order;
use bulou_base::source::{Lines, Source};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{LocalizedText, Severity};
use bulou_messages::texts;
use bulou_syntax::ast::{Declaration, File};

/// Why nothing is changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
#[non_exhaustive]
pub enum Error {
    /// The pack does not compile.
    Broken,
    /// Its cases cannot be read: the first reason.
    Cases(LocalizedText),
    /// A case does not come out as expected, even without a change.
    Case {
        /// The file that it stands in.
        file: String,
        /// What it is called.
        title: String,
        /// What comes out instead.
        words: LocalizedText,
    },
}

impl Error {
    /// The reason, and what to do.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        match self {
            Self::Broken => texts::pack_does_not_compile().text(),
            Self::Cases(problem) => problem.clone(),
            Self::Case { file, title, words } => texts::mend_case_before_mutating(file, title, words).text(),
        }
    }
}

/// Changes a pack in small ways and tells which changes its cases notice. `jobs` threads work at once; `progress` is
/// told how many mutants are done, of how many.
///
/// # Errors
/// The pack does not compile, or its cases do not come out as expected even without a change.
pub fn run(files: &Files, jobs: usize, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Mutation, Error> {
    let (texts, trees, diagnostics) = parsed(files);
    if diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
        return Err(Error::Broken);
    }
    let (cases, problems) = cases::prepare(files);
    if let Some(problem) = problems.into_iter().next() {
        return Err(Error::Cases(problem));
    }
    let subjects = subjects(&trees, &texts, &cases);
    let bench = Bench { files, texts: &texts, kept: kept(&trees) };
    bench.unchanged(&subjects)?;
    let work: Vec<(&Subject, usize)> =
        subjects.iter().flat_map(|subject| (0..subject.variants.len()).map(move |index| (subject, index))).collect();
    let fates = bench.fates(&work, jobs, progress);
    let mut mutants = told(&work, fates, &texts);
    let stale = mark::apply(files, &mut mutants);
    Ok(Mutation { mutants, stale })
}

/// What every mutant is made of and judged with.
#[derive(Clone)]
struct Bench<'a> {
    files: &'a Files,
    texts: &'a [Source],
    /// The declarations that every mutant keeps.
    kept: Vec<File>,
}

impl Bench<'_> {
    /// The cases must hold of the rules as they are, cut down to what a subject bears on as they are for its mutants.
    fn unchanged(&self, subjects: &[Subject]) -> Result<(), Error> {
        let mut bench = self.clone();
        for subject in subjects {
            let rules = bench.compiled(subject, None).ok_or(Error::Broken)?;
            for case in &subject.cases {
                if let Some(words) = case.wrong(&rules).words().next() {
                    let (file, title) = (case.file.clone(), case.case.title.clone());
                    return Err(Error::Case { file, title, words });
                }
            }
        }
        Ok(())
    }

    /// The rules that a subject bears on, as they are or with one of its variants.
    fn compiled(&mut self, subject: &Subject, variant: Option<&Declaration>) -> Option<RuleSet> {
        let changed = |rule: &bulou_syntax::ast::Rule| match variant {
            Some(Declaration::Rule(variant)) if variant.id == rule.id => (**variant).clone(),
            _ => rule.clone(),
        };
        let rules = subject.rules.iter().map(|rule| Declaration::Rule(Box::new(changed(rule)))).collect();
        self.kept.push(File { declarations: rules, ..File::default() });
        let own = self.exchange(subject, variant.cloned());
        let (compiled, _) = bulou_compile::check(&self.kept, self.texts, &|name| self.files.0.get(name).cloned());
        self.exchange(subject, own);
        self.kept.pop();
        compiled
    }

    /// Puts a declaration in the place of the subject's own, which it answers.
    fn exchange(&mut self, subject: &Subject, declaration: Option<Declaration>) -> Option<Declaration> {
        let (file, index) = subject.place?;
        let place = self.kept.get_mut(file)?.declarations.get_mut(index)?;
        Some(std::mem::replace(place, declaration?))
    }

    /// What becomes of each mutant, in the order of `work`.
    fn fates(&self, work: &[(&Subject, usize)], jobs: usize, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<Fate> {
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let judge = || {
            let (mut bench, mut judged) = (self.clone(), Vec::new());
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some((subject, variant)) = work.get(index) else { return judged };
                judged.push((index, bench.fate(subject, *variant)));
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, work.len());
            }
        };
        let judged: BTreeMap<usize, Fate> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..jobs).map(|_| scope.spawn(judge)).collect();
            let own = judge();
            let others = others.into_iter().filter_map(|other| other.join().ok());
            own.into_iter().chain(others.flatten()).collect()
        });
        // A mutant whose thread died was not judged, and what was not judged was not noticed.
        (0..work.len()).map(|index| judged.get(&index).cloned().unwrap_or(Fate::Missed)).collect()
    }

    /// Runs the cases until one notices.
    fn fate(&mut self, subject: &Subject, variant: usize) -> Fate {
        let variant = subject.variants.get(variant).map(|(_, declaration)| declaration);
        let Some(rules) = self.compiled(subject, variant) else { return Fate::Uncompiled };
        let notices = |index: &usize| subject.cases.get(*index).is_some_and(|case| !case.wrong(&rules).is_empty());
        // What noticed the change before this one often notices this one: it stands beside it.
        let last = subject.noticed.load(Ordering::Relaxed);
        let others = (0..subject.cases.len()).filter(|index| *index != last);
        match std::iter::once(last).chain(others).find(notices) {
            Some(index) => {
                subject.noticed.store(index, Ordering::Relaxed);
                Fate::Noticed
            }
            None => Fate::Missed,
        }
    }
}

/// The mutants with their places, those of one declaration and words numbered.
fn told(work: &[(&Subject, usize)], fates: Vec<Fate>, texts: &[Source]) -> Vec<Mutant> {
    let mut seen: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    let lines: Vec<Lines> = texts.iter().map(|source| Lines::of(&source.text)).collect();
    let told = work.iter().zip(fates).filter_map(|((subject, variant), fate)| {
        let (change, _) = subject.variants.get(*variant)?;
        let index = change.span.source.0 as usize;
        let (source, lines) = (texts.get(index)?, lines.get(index)?);
        let nth = seen.entry((&subject.name, &change.from, &change.to)).or_default();
        *nth += 1;
        Some(Mutant {
            file: source.name.clone(),
            line: lines.number(change.span.start as usize),
            declaration: subject.name.clone(),
            kind: change.kind,
            from: change.from.clone(),
            to: change.to.clone(),
            nth: *nth,
            fate,
        })
    });
    let mut told: Vec<Mutant> = told.collect();
    order::sort_by(&mut told, |a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    told
}
