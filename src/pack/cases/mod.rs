//! A pack's own tests: `cases/*.json`, each an object or an array of objects.

mod expect;
mod file;
mod reading;
mod vain;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::Files;
use bulou_base::date::Date;
use bulou_county::{CountyReport, Own, Roll, contribution};
use bulou_document::normalize::normal;
use bulou_document::without_mark;
use bulou_eval::{Checker, Options, has_type};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_report::{PackInfo, Problem, Report, RuleResult, Status};
pub use expect::expecting;
pub(crate) use file::{ACCEPTED, EQUIVALENTS};
pub use reading::words as json_words;
use serde::Serialize;
use serde_json::Value as Json;

use file::{Case, Documents, Fault};

/// What running a pack's cases showed.
#[derive(Debug, Default)]
pub struct CaseResults {
    /// Every case with what did not come out as expected.
    pub cases: Vec<CaseResult>,
    /// Rules, by their ids, that the cases do not cover.
    pub uncovered: Vec<(String, Lacks)>,
    /// Case files that could not be read.
    pub problems: Vec<LocalizedText>,
}

/// One case.
#[derive(Debug)]
pub struct CaseResult {
    /// Its file.
    pub file: String,
    /// Which of that file's cases it is, from 0 on.
    pub place: usize,
    /// Its 说明.
    pub title: String,
    /// What did not come out as expected.
    pub mismatches: Mismatches,
}

/// What did not come out as a case expects.
#[derive(Debug, Default)]
pub struct Mismatches {
    /// Rules with another status.
    pub statuses: Vec<Differing>,
    /// All else.
    pub others: Vec<LocalizedText>,
}

/// A rule with another status than a case expects.
#[derive(Debug)]
pub struct Differing {
    /// Its id.
    pub rule: String,
    /// What the case says.
    pub expected: Status,
    /// What came out.
    pub found: Status,
    /// What was found, or why there was nothing.
    pub why: String,
}

impl Mismatches {
    /// Whether all came out as expected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.statuses.is_empty() && self.others.is_empty()
    }

    /// In words.
    pub fn words(&self) -> impl Iterator<Item = LocalizedText> {
        let statuses = self.statuses.iter().map(|Differing { rule, expected, found, why }| {
            let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
            let [[expected_zh, expected_en], [found_zh, found_en]] =
                [expected, found].map(|status| [Lang::Zh, Lang::En].map(|lang| status.words(lang)));
            LocalizedText::new(
                format!("{rule}:期望{expected_zh},实际{found_zh}{why}"),
                format!("{rule}: expected {expected_en}, got {found_en}{why}"),
            )
        });
        statuses.chain(self.others.iter().cloned())
    }
}

/// Where cases lie.
pub(crate) const FOLDER: &str = "cases/";

/// A case with its documents, ready to be run against any rules.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub file: String,
    place: usize,
    pub case: Case,
    documents: Result<Arc<Documents>, LocalizedText>,
}

/// What comes out of a case.
struct Outcome<'r> {
    /// How its rules stand.
    rules: Vec<RuleResult<'r>>,
    /// What is wrong with its documents themselves.
    structure: Vec<Problem>,
    /// The schools that its documents name.
    schools: BTreeSet<String>,
}

/// The pack's cases, and what is wrong with their files.
pub(crate) fn prepare(files: &Files) -> (Vec<Prepared>, Vec<LocalizedText>) {
    let (mut prepared, mut problems) = (Vec::new(), Vec::new());
    let bases = bases(files);
    for (name, bytes) in files.0.iter().filter(|(name, _)| name.starts_with(FOLDER) && !is_of_marks(name)) {
        if !is_file_of_cases(name) {
            let seems = name.to_lowercase().contains(".json");
            problems.extend((seems && !bases.contains(name)).then(|| unread(name)));
            continue;
        }
        match file::read(bytes) {
            Ok(cases) if cases.is_empty() => {
                problems.push(LocalizedText::new(format!("{name} 里没有案例"), format!("{name} holds no case")));
            }
            Ok(cases) => prepared.extend(cases.into_iter().enumerate().map(|(place, case)| {
                let documents = case.documents(files).map(Arc::new);
                Prepared { file: name.clone(), place, case, documents }
            })),
            Err(error) => problems.push(reading::words(name, &error)),
        }
    }
    (prepared, problems)
}

/// Whether a file marks what mutation shows; it is no file of cases.
fn is_of_marks(name: &str) -> bool {
    [EQUIVALENTS, ACCEPTED].contains(&name)
}

/// Whether a file is one of cases, or may be a base of some.
pub(crate) fn is_case(name: &str) -> bool {
    name.starts_with(FOLDER) && name.ends_with(".json")
}

fn is_file_of_cases(name: &str) -> bool {
    name.strip_prefix(FOLDER)
        .is_some_and(|rest| rest.ends_with(".json") && !rest.contains('/') && !rest.starts_with('.'))
}

fn unread(name: &str) -> LocalizedText {
    LocalizedText::new(
        format!("{name} 没有读取:案例是 cases/ 里以小写的 .json 结尾、不以点开头的文件,文件夹里的要有案例拿它作基准"),
        format!(
            "{name} is not read: cases are the files in cases/ that end in .json, in small letters, and are not hidden; one in a folder has to be the base of a case"
        ),
    )
}

/// The files that cases name as their bases, and the bases that these name.
fn bases(files: &Files) -> BTreeSet<String> {
    let mut waiting: Vec<&String> = files.0.keys().filter(|name| is_file_of_cases(name)).collect();
    let mut found = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let Some(json) = files.0.get(name).and_then(|bytes| serde_json::from_slice::<Json>(without_mark(bytes)).ok())
        else {
            continue;
        };
        let mut named = Vec::new();
        texts(&json, &mut |text| named.extend(files.0.get_key_value(&format!("{FOLDER}{text}")).map(|(name, _)| name)));
        waiting.extend(named.into_iter().filter(|name| found.insert((*name).clone())));
    }
    found
}

/// Shows all texts within a value.
fn texts<'j>(json: &'j Json, visit: &mut dyn FnMut(&'j str)) {
    match json {
        Json::String(text) => visit(text),
        Json::Array(items) => items.iter().for_each(|item| texts(item, visit)),
        Json::Object(members) => members.values().for_each(|member| texts(member, visit)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// What is wrong with the files of cases themselves, and which of them are not read.
#[must_use]
pub fn problems(files: &Files) -> Vec<LocalizedText> {
    prepare(files).1
}

/// The schools' documents in a pack's cases, or the county's own, each with its day; those of cases that set parameters are
/// left out.
#[must_use]
pub fn documents(files: &Files, county: bool) -> Vec<(Json, Date)> {
    let plain = |prepared: &Prepared| {
        let documents = prepared.documents.as_ref().ok().filter(|documents| documents.schools.is_some() == county)?;
        let document = serde_json::from_slice(&documents.own).ok()?;
        prepared.case.params.is_empty().then_some((document, prepared.case.today))
    };
    prepare(files).0.iter().filter_map(plain).collect()
}

/// Runs every case of a pack.
#[must_use]
pub fn run(rules: &RuleSet, files: &Files) -> CaseResults {
    let (prepared, problems) = prepare(files);
    let mut repeated = vain::repeated(&prepared);
    let mut looked = BTreeMap::new();
    let cases = prepared.iter().enumerate().map(|(index, prepared)| {
        let mut mismatches = prepared.judged(rules, &mut looked);
        mismatches.others.extend(repeated.remove(&index));
        let (file, title) = (prepared.file.clone(), prepared.case.title.clone());
        CaseResult { file, place: prepared.place, title, mismatches }
    });
    let cases = cases.collect();
    CaseResults { cases, uncovered: uncovered(rules, &prepared, &looked), problems }
}

/// Whether a pack has no case, not even one that cannot be read.
#[must_use]
pub fn none(files: &Files) -> bool {
    let (cases, problems) = prepare(files);
    cases.is_empty() && problems.is_empty()
}

/// What is said of such a pack.
#[must_use]
pub fn untried() -> LocalizedText {
    LocalizedText::new(
        "规则集没有案例(cases/*.json),什么也没有验证",
        "the pack has no cases (cases/*.json), and nothing was tried",
    )
}

/// What the cases of a rule lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Lacks {
    /// One that expects it to pass.
    Pass,
    /// One that expects it to pass, and in which there is something to look at.
    Look,
    /// One that expects it to fail.
    Fail,
}

/// What is said of a rule that the cases do not cover.
#[must_use]
pub fn not_covered((rule, lacks): &(String, Lacks)) -> LocalizedText {
    match lacks {
        Lacks::Pass => LocalizedText::new(
            format!("! 规则 {rule} 没有符合的案例"),
            format!("! no case expects the rule {rule} to pass"),
        ),
        Lacks::Look => LocalizedText::new(
            format!("! 规则 {rule} 符合的案例里都没有可查的"),
            format!("! in every case in which the rule {rule} passes there was nothing to look at"),
        ),
        Lacks::Fail => LocalizedText::new(
            format!("! 规则 {rule} 没有不符合的案例"),
            format!("! no case expects the rule {rule} to fail"),
        ),
    }
}

/// Rules that no case expects to pass, or to fail, and those that pass in some and have something to look at in none.
fn uncovered(rules: &RuleSet, prepared: &[Prepared], looked: &BTreeMap<String, bool>) -> Vec<(String, Lacks)> {
    let mut uncovered = Vec::new();
    let county = rules.county.iter().flat_map(|county| &county.rules.rules);
    for rule in rules.rules.iter().chain(county) {
        let mut expected = prepared.iter().filter_map(|prepared| prepared.case.expected.get(&rule.card.id));
        if !expected.clone().any(|status| *status == Status::Pass) {
            uncovered.push((rule.card.id.clone(), Lacks::Pass));
        } else if looked.get(&rule.card.id) == Some(&false) {
            uncovered.push((rule.card.id.clone(), Lacks::Look));
        }
        if !expected.any(|status| matches!(status, Status::Fail | Status::Hint)) {
            uncovered.push((rule.card.id.clone(), Lacks::Fail));
        }
    }
    uncovered
}

impl Prepared {
    /// The same with only what it says about some rules; `None` when that is nothing.
    pub fn about(&self, rule: &dyn Fn(&str) -> bool) -> Option<Self> {
        let mut case = self.case.clone();
        case.expected.retain(|id, _| rule(id));
        case.evidence.retain(|id, _| rule(id));
        case.waivers.retain(|waiver| rule(&waiver.rule));
        let says = !case.expected.is_empty() || !case.evidence.is_empty();
        says.then(|| Self { case, ..self.clone() })
    }

    /// The same with only what it says about its documents, and about the parameters that it sets; `None` when that is
    /// nothing.
    pub fn of_documents(&self) -> Option<Self> {
        let says = self.case.structure.is_some() || !self.case.params.is_empty();
        let mut of = self.clone();
        of.case.expected.clear();
        of.case.evidence.clear();
        of.case.waivers.clear();
        says.then_some(of)
    }

    /// What did not come out as expected; takes note of the rules that pass as expected, and whether they had
    /// something to look at.
    fn judged(&self, rules: &RuleSet, looked: &mut BTreeMap<String, bool>) -> Mismatches {
        let mut mismatches = self.seen(rules, &mut |found| {
            let expected = |rule: &&RuleResult<'_>| self.case.expected.get(&rule.card.id) == Some(&rule.status);
            let passed = found.rules.iter().filter(expected).filter(|rule| rule.status == Status::Pass);
            passed.for_each(|rule| *looked.entry(rule.card.id.clone()).or_default() |= !rule.vacuous);
        });
        if self.case.expects_in_vain() {
            mismatches.others.push(LocalizedText::new(
                "写了 `拒绝` 的案例不核对文件,`期望`、`证据`、`结构` 都没有用:分成两个案例",
                "a case with `refused` checks no document, so `expected`, `evidence` and `structure` are in vain: make it two",
            ));
        }
        if !self.case.expects_something() {
            mismatches.others.push(LocalizedText::new(
                "案例没有写期望,什么也验不出:写 `期望`、`证据`、`结构` 或 `拒绝`",
                "the case expects nothing and so shows nothing: give `expected`, `evidence`, `structure` or `refused`",
            ));
        }
        mismatches.others.extend(self.in_vain(rules));
        mismatches
    }

    /// What did not come out as expected, of the rules and of the documents themselves: a case that says what it does
    /// only because of a misspelt field shows nothing.
    pub fn wrong(&self, rules: &RuleSet) -> Mismatches {
        self.seen(rules, &mut |_| {})
    }

    /// The same; shows what came out.
    fn seen(&self, rules: &RuleSet, show: &mut dyn FnMut(&Outcome<'_>)) -> Mismatches {
        let of_others = |others| Mismatches { others, ..Mismatches::default() };
        if !self.case.refused.is_empty() {
            return of_others(self.accepted(rules));
        }
        let found = match self.results(rules) {
            Ok(found) => found,
            Err(words) => return of_others(vec![words]),
        };
        show(&found);
        let mut mismatches = self.mismatches(&found.rules);
        mismatches.others.extend(self.idle_waivers(&found));
        mismatches.others.extend(self.missed(&found.structure));
        mismatches.others.extend(self.unforeseen(found.structure));
        mismatches
    }

    /// Of the parameters that the case says are refused as it sets them, those that are not.
    fn accepted(&self, rules: &RuleSet) -> Vec<LocalizedText> {
        let accepted = |name: &String| {
            // One that the pack does not have would be refused whatever its value is, and so would what is no value of its type.
            let value = self.case.params.get(name);
            match value.map_or(Some(false), |value| has_type(rules, name, value)) {
                _ if rules.params.iter().all(|param| param.name != *name) => {
                    Some(LocalizedText::new(format!("没有参数 `{name}`"), format!("there is no parameter `{name}`")))
                }
                Some(true) => {
                    let value = value.map_or("", String::as_str);
                    self.refusal(rules, name, value).is_none().then(|| {
                        LocalizedText::new(
                            format!("参数 `{name}` 的值 `{value}` 没有被拒绝"),
                            format!("the value `{value}` of the parameter `{name}` is not refused"),
                        )
                    })
                }
                _ => {
                    let value = value.map_or("", String::as_str);
                    Some(LocalizedText::new(
                        format!(
                            "参数 `{name}` 的值 `{value}` 不是它的类型,换什么范围都会拒绝:写一个类型对、超出范围的值"
                        ),
                        format!(
                            "`{value}` is no value of the parameter `{name}` and would be refused whatever its range: give one of its type, out of range"
                        ),
                    ))
                }
            }
        };
        self.case.refused.iter().filter_map(accepted).collect()
    }

    /// Why a parameter's value is refused by itself; nothing when it is not.
    fn refusal(&self, rules: &RuleSet, name: &str, value: &str) -> Option<Vec<LocalizedText>> {
        let alone = Options { params: vec![(name.to_owned(), value.to_owned())], ..Options::on(self.case.today) };
        Checker::new(rules, &alone).err()
    }

    /// What comes out under rules.
    ///
    /// # Errors
    /// The case's documents, parameters or waivers are wrong.
    fn results<'r>(&self, rules: &'r RuleSet) -> Result<Outcome<'r>, LocalizedText> {
        let documents = self.documents().map_err(Clone::clone)?;
        let options = self.options();
        let mut checker = checker(rules, &options)?;
        match &documents.schools {
            None => {
                let Report { rules, structure, subject, .. } = checker.check("case.json", &documents.own);
                Ok(Outcome { rules, structure, schools: BTreeSet::from([normal(&subject.id).into_owned()]) })
            }
            Some(schools) => county(rules, &mut checker, &options, (&documents.own, schools)),
        }
    }

    /// What the case says is wrong with the documents themselves, and is not: each that it lists is a fault of its own.
    fn missed(&self, found: &[Problem]) -> Vec<LocalizedText> {
        let mut left: Vec<&Problem> = found.iter().collect();
        let mut listed: Vec<&Fault> = self.case.faults().collect();
        // One whose place is given can be no other.
        listed.sort_by_key(|fault| !fault.is_placed());
        let missed = listed.into_iter().filter(|fault| {
            let at = left.iter().position(|problem| fault.is(problem));
            at.map(|at| left.swap_remove(at)).is_none()
        });
        let words = |Fault(fault): &Fault| {
            LocalizedText::new(
                format!("数据本身没有 {fault} 这个问题,案例却说有"),
                format!("the document has no {fault}, though the case says so"),
            )
        };
        missed.map(words).collect()
    }

    /// What is wrong with the documents themselves, unless the case says so. A case's document says what the case is
    /// about; that it leaves out other things needs no saying, unless the case calls it sound.
    fn unforeseen(&self, found: Vec<Problem>) -> impl Iterator<Item = LocalizedText> {
        let unforeseen = |problem: &Problem| {
            let left_out = matches!(problem.code, "D031" | "D034") && !self.case.says_sound();
            !problem.notice && !left_out && !self.case.faults().any(|fault| fault.is(problem))
        };
        found.into_iter().filter(unforeseen).map(|Problem { code, path, message, .. }| {
            LocalizedText::new(
                format!("数据本身有问题:{code} {path} {message};请改好数据,案例要的就是它则写 \"结构\": [\"{code}\"]"),
                format!(
                    "the document itself is wrong: {code} {path} {message}; mend it, or say \"structure\": [\"{code}\"] if that is the case's point"
                ),
            )
        })
    }

    /// Its documents, or why there are none.
    pub fn documents(&self) -> Result<&Documents, &LocalizedText> {
        self.documents.as_deref()
    }

    /// What its documents are checked with.
    pub fn options(&self) -> Options {
        Options {
            params: self.case.params.clone().into_iter().collect(),
            waivers: self.case.waivers.clone(),
            ..Options::on(self.case.today)
        }
    }

    /// What did not come out as expected of the rules.
    fn mismatches(&self, found: &[RuleResult<'_>]) -> Mismatches {
        let mut mismatches = Mismatches::default();
        let others = &mut mismatches.others;
        for (id, expected) in &self.case.expected {
            let Some(result) = found.iter().find(|rule| rule.card.id == *id) else {
                others.push(LocalizedText::new(format!("没有规则 `{id}`"), format!("there is no rule `{id}`")));
                continue;
            };
            if result.status != *expected {
                let messages = result.findings.iter().map(|finding| finding.message.as_str());
                let why = messages.collect::<Vec<_>>().join("; ");
                let (rule, expected, found) = (id.clone(), *expected, result.status);
                mismatches.statuses.push(Differing { rule, expected, found, why });
            }
        }
        for (id, paths) in &self.case.evidence {
            if found.iter().all(|rule| rule.card.id != *id) {
                others.push(LocalizedText::new(format!("没有规则 `{id}`"), format!("there is no rule `{id}`")));
                continue;
            }
            let found = found.iter().filter(|rule| rule.card.id == *id).flat_map(|rule| &rule.findings);
            let found: Vec<&String> = found.flat_map(|finding| &finding.paths).collect();
            for path in paths.iter().filter(|path| !found.contains(path)) {
                others.push(LocalizedText::new(
                    format!("{id}:证据里没有 {path},有 {found:?}"),
                    format!("{id}: the evidence lacks {path}, it has {found:?}"),
                ));
            }
        }
        mismatches
    }
}

/// A checker of such options.
pub(crate) fn checker<'r>(rules: &'r RuleSet, options: &Options) -> Result<Checker<'r>, LocalizedText> {
    Checker::new(rules, options).map_err(|mut words| words.pop().unwrap_or_default())
}

fn county_of(rules: &RuleSet) -> Result<&bulou_ir::County, LocalizedText> {
    let none = || LocalizedText::new("规则集没有 `数据 全县`", "the pack has no `data county`");
    rules.county.as_deref().ok_or_else(none)
}

/// The county's rules over its document and the schools'.
fn county<'r>(
    rules: &'r RuleSet,
    checker: &mut Checker<'r>,
    options: &Options,
    (document, schools): (&[u8], &[Vec<u8>]),
) -> Result<Outcome<'r>, LocalizedText> {
    let (roll, mut structure, named) = rolled(rules, checker, options, schools)?;
    let report = finished(rules, options, roll, document)?;
    structure.extend(report.structure);
    Ok(Outcome { rules: report.rules, structure, schools: named })
}

/// The schools of a case of the county: what they come to, what is wrong with their documents, and who they are.
pub(crate) fn rolled<'r>(
    rules: &'r RuleSet,
    checker: &mut Checker<'r>,
    options: &Options,
    schools: &[Vec<u8>],
) -> Result<(Roll, Vec<Problem>, BTreeSet<String>), LocalizedText> {
    let county = county_of(rules)?;
    let mut roll = Roll::new(PackInfo::default(), options.today.to_string(), BTreeMap::new());
    let (mut structure, mut named) = (Vec::new(), BTreeSet::new());
    for school in schools {
        let report = checker.check("school.json", school);
        named.insert(normal(&report.subject.id).into_owned());
        roll.add(contribution(checker, county, &report, school), options.lang);
        structure.extend(report.structure);
    }
    Ok((roll, structure, named))
}

/// What the county's document comes to beside such schools.
pub(crate) fn finished(
    rules: &RuleSet,
    options: &Options,
    roll: Roll,
    document: &[u8],
) -> Result<CountyReport, LocalizedText> {
    let mut own = checker(&county_of(rules)?.rules, options)?;
    let read = own.read("county.json", document, document, Vec::new());
    Ok(Own::new(rules, own, read, document).finish(roll))
}
