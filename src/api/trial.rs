//! A pack tried out before it is published: its cases, how it differs from another version, and whose result changes.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::{CheckOptions, Error, Gb18030, Pack, check_any_encoding};
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_pack::cases::Lacks;
use bulou_pack::diff::{self, Change, Comparison, Diff, EFFORT, compare, fitting, text};
use bulou_pack::{Files, cases, load};
use bulou_report::Status;

/// What running a pack's cases showed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct CasesAnswer {
    /// Every case, in the order of the files.
    pub cases: Vec<CaseView>,
    /// Rules of which no case shows that they can be met, or that they can fail.
    pub uncovered: Vec<UncoveredView>,
    /// Case files that could not be read.
    pub problems: Vec<String>,
}

/// A case.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct CaseView {
    /// `cases/三日摸底.json`
    pub file: String,
    /// Which of that file's cases it is, from 0 on.
    pub place: usize,
    /// Its 说明.
    pub title: String,
    /// The rules with another status than it expects.
    pub statuses: Vec<DifferingView>,
    /// What else did not come out as expected.
    pub mismatches: Vec<String>,
}

/// A rule with another status than a case expects.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct DifferingView {
    /// Its id.
    pub rule: String,
    /// What the case says.
    pub expected: Status,
    /// What came out.
    pub found: Status,
    /// What was found, or why there was nothing.
    pub why: String,
}

/// A rule without a case of one kind.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct UncoveredView {
    /// Its id.
    pub rule: String,
    /// Which one.
    pub lacks: Lacks,
}

/// Runs a pack's cases; `None` when it has errors.
#[must_use]
pub fn run_cases(files: &BTreeMap<String, String>, lang: Lang) -> Option<CasesAnswer> {
    let files = in_bytes(files);
    let results = cases::run(load(&files).rules.as_ref()?, &files);
    let all = |words: &[LocalizedText]| words.iter().map(|words| words.get(lang).to_owned()).collect();
    let case = |case: &cases::CaseResult| CaseView {
        file: case.file.clone(),
        place: case.place,
        title: case.title.clone(),
        statuses: case.mismatches.statuses.iter().map(differing).collect(),
        mismatches: all(&case.mismatches.others),
    };
    Some(CasesAnswer {
        cases: results.cases.iter().map(case).collect(),
        uncovered: results.uncovered.into_iter().map(|(rule, lacks)| UncoveredView { rule, lacks }).collect(),
        problems: all(&results.problems),
    })
}

fn differing(one: &cases::Differing) -> DifferingView {
    DifferingView { rule: one.rule.clone(), expected: one.expected, found: one.found, why: one.why.clone() }
}

/// A pack's files as they are loaded.
pub(super) fn in_bytes(files: &BTreeMap<String, String>) -> Files {
    Files(files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect())
}

/// How two versions differ, in words.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct DifferenceView {
    /// Nothing differs but the layout of the rule files.
    pub same: bool,
    /// The pack's header: version, title, publisher, dates.
    pub header: Vec<ChangeView>,
    /// Rules.
    pub rules: Vec<RuleDifference>,
    /// Parameters, option sets, tables, definitions, calendars and sources.
    pub declarations: Vec<DeclarationDifference>,
    /// What is filled in.
    pub fields: Vec<FieldDifference>,
}

/// One thing that changed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ChangeView {
    /// `期限 3日 → 5日`
    pub words: String,
    /// The requirement, definition or row that it is part of.
    pub within: Option<String>,
}

/// A rule that differs.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RuleDifference {
    /// `三日摸底`
    pub id: String,
    /// For people.
    pub title: String,
    /// `收紧`
    pub kind: &'static str,
    /// It is about the county.
    pub county: bool,
    /// What changed in the rule itself.
    pub changes: Vec<ChangeView>,
    /// What else changed that it uses.
    pub because: Vec<String>,
    /// Small documents on which the versions differ, each in a sentence.
    pub examples: Vec<String>,
    /// What the search found, when there is no example.
    pub searched: Option<String>,
}

/// A declaration that differs.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct DeclarationDifference {
    /// `改变 参数 会议日期`
    pub title: String,
    /// What changed in it.
    pub changes: Vec<ChangeView>,
    /// Ids of the rules that use it.
    pub rules: Vec<String>,
}

/// A field that differs.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct FieldDifference {
    /// `新增 隐患.部位`
    pub title: String,
    /// It is the county's.
    pub county: bool,
    /// What becomes of it in documents of the earlier version.
    pub migration: &'static str,
    /// What changed in it.
    pub changes: Vec<ChangeView>,
    /// Ids of the rules that use it.
    pub rules: Vec<String>,
}

/// Compares two versions on a day; `None` when one of them has errors. Examples may start from the base documents of
/// either version's cases.
#[must_use]
pub fn difference(
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
    as_of: bulou_base::date::Date,
    lang: Lang,
) -> Option<DifferenceView> {
    let seeds: Vec<Value> = bases(old).chain(bases(new)).collect();
    let (old, new) = (load(&in_bytes(old)), load(&in_bytes(new)));
    let found = compare(&old, &new, Comparison { as_of, effort: EFFORT, seeds: &seeds, lang })?;
    Some(in_words(&found, lang))
}

fn bases(files: &BTreeMap<String, String>) -> impl Iterator<Item = Value> {
    let bases = files.iter().filter(|(name, _)| name.starts_with("cases/base/"));
    bases.filter_map(|(_, text)| serde_json::from_str(text).ok())
}

fn in_words(found: &Diff, lang: Lang) -> DifferenceView {
    let changes = |changes: &[Change]| -> Vec<ChangeView> {
        let one = |one: &Change| ChangeView { words: text::change(one, lang), within: one.within.clone() };
        changes.iter().map(one).collect()
    };
    let rule = |rule: &diff::RuleChange| RuleDifference {
        id: rule.id.clone(),
        title: rule.title.clone(),
        kind: rule.kind.words(lang),
        county: rule.county,
        changes: changes(&rule.changes),
        because: rule.because.clone(),
        examples: rule.examples.iter().map(|one| text::example(one, lang)).collect(),
        searched: text::searched(rule, lang),
    };
    let declaration = |one: &diff::DeclarationChange| DeclarationDifference {
        title: format!("{} {} {}", one.fate.words(lang), one.kind.words(lang), one.name),
        changes: changes(&one.changes),
        rules: one.rules.clone(),
    };
    let field = |one: &diff::FieldChange| FieldDifference {
        title: format!("{} {}", one.fate.words(lang), one.path),
        county: one.county,
        migration: one.migration.words(lang),
        changes: changes(&one.changes),
        rules: one.rules.clone(),
    };
    DifferenceView {
        same: found.is_empty(),
        header: changes(&found.header),
        rules: found.rules.iter().map(rule).collect(),
        declarations: found.declarations.iter().map(declaration).collect(),
        fields: found.fields.iter().map(field).collect(),
    }
}

/// Whose result changes between two versions, one document after another.
#[derive(Debug)]
pub struct Effects {
    old: (RuleSet, Options),
    new: (RuleSet, Options),
    found: diff::Effects,
}

impl Effects {
    /// No document yet. Each version is checked with its own parameters and waivers, as far as it knows them.
    ///
    /// # Errors
    /// A pack has errors, or a parameter or waiver does not fit it.
    pub fn new(old: (&Pack, CheckOptions), new: (&Pack, CheckOptions)) -> Result<Self, Error> {
        let side = |(pack, options): (&Pack, CheckOptions)| {
            let options: Options = options.into();
            let rules = pack.rules()?.clone();
            let options = fitting(&rules, &options);
            Checker::new(&rules, &options)?;
            Ok::<_, Error>((rules, options))
        };
        Ok(Self { old: side(old)?, new: side(new)?, found: diff::Effects::default() })
    }

    /// Adds a document.
    ///
    /// # Errors
    /// None that [`Effects::new`] did not answer.
    pub fn add(&mut self, name: &str, bytes: &[u8], gb18030: Gb18030<'_>) -> Result<(), Error> {
        let [old, new] = [&self.old, &self.new].map(|(rules, options)| {
            Ok::<_, Error>(check_any_encoding(&mut Checker::new(rules, options)?, name, bytes, options.lang, gb18030))
        });
        self.found.add(&old?, &new?);
        Ok(())
    }

    /// Adds a file that could not be read.
    pub fn unread(&mut self, name: &str) {
        self.found.unreadable.push(name.to_owned());
    }

    /// What was found so far.
    #[must_use]
    pub fn found(&self) -> &diff::Effects {
        &self.found
    }
}
