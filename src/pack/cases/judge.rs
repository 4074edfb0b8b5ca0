//! A case run against rules: what comes out, and what of it is not as the case says.

use bulou_base::order;
use bulou_messages::texts;
use std::collections::{BTreeMap, BTreeSet};

use bulou_county::{CountyReport, Own, Roll, contribution};
use bulou_document::normalize::normal;
use bulou_eval::{Checker, Options, Unfit, has_type};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_report::{PackInfo, Problem, Report, RuleResult, Status};

use super::Prepared;
use super::file::{Documents, Fault};
use super::results::{Differing, Mismatches};
use super::unmade::Unmade;

/// What comes out of a case.
pub(super) struct Outcome<'r> {
    /// How its rules stand.
    pub rules: Vec<RuleResult<'r>>,
    /// What is wrong with its documents themselves.
    pub structure: Vec<Problem>,
    /// The schools that its documents name.
    pub schools: BTreeSet<String>,
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
    pub(super) fn judged(&self, rules: &RuleSet, looked: &mut BTreeMap<String, bool>) -> Mismatches {
        let mut mismatches = self.seen(rules, &mut |found| {
            let expected = |rule: &&RuleResult<'_>| self.case.expected.get(&rule.card.id) == Some(&rule.status);
            let passed = found.rules.iter().filter(expected).filter(|rule| rule.status == Status::Pass);
            passed.for_each(|rule| *looked.entry(rule.card.id.clone()).or_default() |= !rule.vacuous);
        });
        if self.case.expects_in_vain() {
            mismatches.others.push(texts::case_refused_checks_no().text());
        }
        if !self.case.expects_something() {
            mismatches.others.push(texts::case_expects_nothing_shows().text());
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
                _ if rules.params.iter().all(|param| param.name != *name) => Some(texts::no_parameter(&name).text()),
                Some(true) => {
                    let value = value.map_or("", String::as_str);
                    self.refusal(rules, name, value)
                        .is_none()
                        .then(|| texts::value_parameter_not_refused(&name, &value).text())
                }
                _ => {
                    let value = value.map_or("", String::as_str);
                    Some(texts::no_value_parameter_would(&name, &value).text())
                }
            }
        };
        self.case.refused.iter().filter_map(accepted).collect()
    }

    /// Why a parameter's value is refused by itself; nothing when it is not.
    pub(super) fn refusal(&self, rules: &RuleSet, name: &str, value: &str) -> Option<Vec<LocalizedText>> {
        let alone = Options { params: vec![(name.to_owned(), value.to_owned())], ..Options::on(self.case.today) };
        Checker::new(rules, &alone).err().map(Unfit::texts)
    }

    /// What comes out under rules.
    ///
    /// # Errors
    /// The case's documents, parameters or waivers are wrong.
    fn results<'r>(&self, rules: &'r RuleSet) -> Result<Outcome<'r>, LocalizedText> {
        let documents = self.documents().map_err(Unmade::text)?;
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
        order::sort_by_key(&mut listed, |fault| !fault.is_placed());
        let missed = listed.into_iter().filter(|fault| {
            let at = left.iter().position(|problem| fault.is(problem));
            at.map(|at| left.swap_remove(at)).is_none()
        });
        let words = |Fault(fault): &Fault| texts::document_no_though_case(&fault).text();
        missed.map(words).collect()
    }

    /// What is wrong with the documents themselves, unless the case says so. A case's document says what the case is
    /// about; that it leaves out other things needs no saying, unless the case calls it sound.
    fn unforeseen(&self, found: Vec<Problem>) -> impl Iterator<Item = LocalizedText> {
        let unforeseen = |problem: &Problem| {
            let left_out = problem.code.is_left_out() && !self.case.says_sound();
            !problem.notice && !left_out && !self.case.faults().any(|fault| fault.is(problem))
        };
        found
            .into_iter()
            .filter(unforeseen)
            .map(|Problem { code, path, message, .. }| texts::document_itself_wrong_mend(&code, &path, &message).text())
    }

    /// Its documents, or why there are none.
    pub fn documents(&self) -> Result<&Documents, &Unmade> {
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
                others.push(unjudged(id, found));
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
                others.push(unjudged(id, found));
                continue;
            }
            let found = found.iter().filter(|rule| rule.card.id == *id).flat_map(|rule| &rule.findings);
            let found: Vec<&String> = found.flat_map(|finding| &finding.paths).collect();
            for path in paths.iter().filter(|path| !found.contains(path)) {
                others.push(texts::evidence_lacks(&id, &path, &format_args!("{:?}", found)).text());
            }
        }
        mismatches
    }
}

/// Why a rule has no status: there is none of that name, or none was judged at all.
fn unjudged(id: &str, found: &[RuleResult<'_>]) -> LocalizedText {
    if found.is_empty() {
        return texts::rule_not_judged_none(&id).text();
    }
    texts::no_rule_2(&id).text()
}

/// A checker of such options.
pub(crate) fn checker<'r>(rules: &'r RuleSet, options: &Options) -> Result<Checker<'r>, LocalizedText> {
    Checker::new(rules, options).map_err(|unfit| unfit.texts().pop().unwrap_or_default())
}

fn county_of(rules: &RuleSet) -> Result<&bulou_ir::County, LocalizedText> {
    let none = || texts::pack_no_data_county_2().text();
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
