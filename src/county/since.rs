//! What changed since an earlier county report.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::Error;
use crate::earlier::{Earlier, EarlierSchool};
use crate::troubles::Kind;
use crate::{CountyReport, Missing, School, Submitted};
use bulou_eval::WaiverState;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Each;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

/// What changed since an earlier report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Since {
    /// The day of the earlier report.
    pub as_of: String,
    /// In what the two were judged otherwise, in words: what passes now may be no better for it.
    pub notes: Vec<String>,
    /// Rules that failed for a school, and surely hold now.
    pub fixed: Vec<Change>,
    /// Rules that failed for a school, and do not fail now, which does not prove that they are met.
    pub unproven: Vec<Unproven>,
    /// Rules that fail for a school, and did not fail before.
    pub broken: Vec<Change>,
    /// Schools that have not submitted, for the second time running.
    pub missing_again: Vec<School>,
    /// Schools of which a file arrived that counts as nothing, where there was one then or was none.
    pub unread: Vec<School>,
    /// Schools that had submitted then, and of which there is nothing now.
    pub gone: Vec<School>,
    /// Schools of the earlier report that are not on the roster any more, and of which there is nothing now.
    pub left: Vec<School>,
    /// Files of the earlier report that could not be read or named no school: whose they were, and whether they are mended,
    /// nobody knows.
    pub unread_then: Vec<UnreadThen>,
}

/// A file that counted as nothing in the earlier report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct UnreadThen {
    /// The file.
    pub name: String,
    /// What was said of it then.
    pub why: String,
}

/// One school's change under one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Change {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// Id of the rule.
    pub rule: String,
}

/// A rule that does not fail any more, which proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Unproven {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// Id of the rule.
    pub rule: String,
    /// Why it does not count as mended.
    pub why: String,
}

/// A school of a list, or one under a rule, as every form of the report shows it.
pub struct Line<'s> {
    /// 标识
    pub id: &'s str,
    /// 名称
    pub name: &'s str,
    /// Id of the rule; empty where it is about none.
    pub rule: &'s str,
    /// What else is to be said.
    pub why: &'s str,
}

impl Since {
    /// All lists, each with its heading.
    #[must_use]
    pub fn lists<'s>(&'s self, lang: Lang) -> Vec<(String, Vec<Line<'s>>)> {
        let changes = |all: &'s [Change]| -> Vec<Line<'s>> { all.iter().map(Change::line).collect() };
        let schools = |all: &'s [School]| -> Vec<Line<'s>> { all.iter().map(School::line).collect() };
        let unproven = self.unproven.iter().map(Unproven::line).collect();
        let files = self.unread_then.iter().map(UnreadThen::line).collect();
        let day = &self.as_of;
        vec![
            (format!("{} {day}", texts::fixed_since().get(lang)), changes(&self.fixed)),
            (format!("{} {day}", texts::not_known_fixed_since().get(lang)), unproven),
            (format!("{} {day}", texts::broken_since().get(lang)), changes(&self.broken)),
            (texts::missing_twice_running().get(lang).to_owned(), schools(&self.missing_again)),
            (texts::files_arrived_count_nothing().get(lang).to_owned(), schools(&self.unread)),
            (texts::submitted_then_not_now().get(lang).to_owned(), schools(&self.gone)),
            (texts::then_not_roster_now().get(lang).to_owned(), schools(&self.left)),
            (texts::files_could_not_read().get(lang).to_owned(), files),
        ]
    }
}

impl Change {
    fn line(&self) -> Line<'_> {
        Line { id: &self.id, name: &self.name, rule: &self.rule, why: "" }
    }
}

impl Unproven {
    fn line(&self) -> Line<'_> {
        Line { id: &self.id, name: &self.name, rule: &self.rule, why: &self.why }
    }
}

impl UnreadThen {
    fn line(&self) -> Line<'_> {
        Line { id: "", name: &self.name, rule: "", why: &self.why }
    }
}

impl School {
    fn line(&self) -> Line<'_> {
        Line { id: &self.id, name: &self.name, rule: "", why: "" }
    }
}

/// Compares a report with an earlier one. A rule that the earlier one could not judge was not failing.
///
/// # Errors
/// The other report is of another pack or county, of a later day, or contradicts itself.
pub fn since(report: &CountyReport, earlier: &Earlier, lang: Lang) -> Result<Since, Error> {
    if let Some(refused) = earlier.refused(report) {
        return Err(refused);
    }
    let mut found = Since { as_of: earlier.as_of.clone(), notes: notes(report, earlier, lang), ..Since::default() };
    compare_rules(report, earlier, &mut found, lang);
    compare_schools(report, earlier, &mut found);
    Ok(found)
}

/// In what the two reports were judged otherwise.
fn notes(report: &CountyReport, earlier: &Earlier, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    let (was, is) = (&earlier.pack, &report.pack);
    if was != is {
        let which = |pack: &bulou_report::PackInfo| {
            let same = was.version == is.version;
            let short: String = pack.sha256.chars().take(8).collect();
            if same { format!("{}({short})", pack.version) } else { pack.version.clone() }
        };
        let (was, is) = (which(was), which(is));
        notes.push(texts::rules_changed_then_now(&was, &is).get(lang));
    }
    let names: BTreeSet<&String> = earlier.params.keys().chain(report.params.keys()).collect();
    let value = |of: &BTreeMap<String, String>, name: &String| {
        of.get(name).cloned().unwrap_or_else(|| texts::none_3().get(lang).to_owned())
    };
    for name in names.into_iter().filter(|name| earlier.params.get(*name) != report.params.get(*name)) {
        let (was, is) = (value(&earlier.params, name), value(&report.params, name));
        notes.push(texts::parameter_changed_then_now(&name, &was, &is).get(lang));
    }
    let now: BTreeSet<&str> = report.by_rule.iter().map(|rule| rule.id.as_str()).collect();
    let dropped: Vec<&str> =
        earlier.by_rule.iter().map(|rule| rule.id.as_str()).filter(|rule| !now.contains(rule)).collect();
    if !dropped.is_empty() {
        notes.push(texts::rules_then_none_now(&Each(&dropped.join("、"), &dropped.join(", "))).get(lang));
    }
    notes
}

/// A document's day and 版次: of one day the greater is the later, and who had one and has none has gone back.
type Edition<'e> = (&'e str, Option<i64>);

fn compare_rules(report: &CountyReport, earlier: &Earlier, found: &mut Since, lang: Lang) {
    let columns: BTreeMap<&str, usize> =
        earlier.by_rule.iter().enumerate().map(|(column, rule)| (rule.id.as_str(), column)).collect();
    let columns: Vec<Option<usize>> =
        report.by_rule.iter().map(|rule| columns.get(rule.id.as_str()).copied()).collect();
    let before: BTreeMap<&str, (&EarlierSchool, Vec<char>)> =
        earlier.by_school.iter().map(|one| (one.id.as_str(), (one, one.statuses.chars().collect()))).collect();
    let doubtful = doubtful(report, lang);
    let otherwise = (earlier.pack != report.pack || earlier.params != report.params)
        .then(|| texts::rules_parameters_not_those().get(lang));
    let waived: BTreeSet<(&str, &str)> = report
        .waivers
        .iter()
        .filter(|one| one.state == WaiverState::InForce)
        .map(|one| (one.id.as_str(), one.rule.as_str()))
        .collect();
    for school in &report.by_school {
        let Some((then, before)) = before.get(school.id.as_str()) else { continue };
        let dateless = school.date.is_empty().then(|| doubtful.get(school.id.as_str()).copied()).flatten();
        let older = dateless.or_else(|| no_later(school, then).map(|words| words.get(lang)));
        let doubt = doubtful.get(school.id.as_str()).copied().or_else(|| faulty(school, lang));
        for ((now, column), rule) in school.statuses.chars().zip(&columns).zip(&report.by_rule) {
            let Some(was) = column.and_then(|column| before.get(column)) else { continue };
            let change = || Change { id: school.id.clone(), name: school.name.clone(), rule: rule.id.clone() };
            if *was != 'f' && now == 'f' {
                found.broken.push(change());
            }
            if *was != 'f' || now == 'f' {
                continue;
            }
            let is_waived = waived.contains(&(school.id.as_str(), rule.id.as_str()));
            let why = match now {
                'p' | 'n' if is_waived => Some(texts::waived().get(lang)),
                'n' => Some(texts::does_not_apply_now().get(lang)),
                'p' => otherwise.or(older).or(doubt),
                'd' => Some(texts::not_yet_due().get(lang)),
                _ => Some(texts::cannot_judged_now().get(lang)),
            };
            match why {
                None => found.fixed.push(change()),
                Some(why) => {
                    let Change { id, name, rule } = change();
                    found.unproven.push(Unproven { id, name, rule, why: why.to_owned() });
                }
            }
        }
    }
}

/// Why a school's document is none that came after the one of then.
fn no_later(now: &Submitted, then: &EarlierSchool) -> Option<Phrase> {
    if then.date.is_empty() && !now.date.is_empty() {
        return Some(texts::later_nobody_can_say());
    }
    let of_now: Edition<'_> = (&now.date, now.edition);
    match of_now.cmp(&(then.date.as_str(), then.edition)) {
        Ordering::Less => Some(texts::what_counts_now_earlier()),
        Ordering::Greater => None,
        Ordering::Equal if now.document.sha256 == then.document.sha256 && !now.document.sha256.is_empty() => {
            Some(texts::document_then())
        }
        Ordering::Equal => Some(texts::another_document_same_day()),
    }
}

/// Of what passes in a document that contradicts itself or is not whole, nobody knows yet whether it was mended.
fn faulty(school: &Submitted, lang: Lang) -> Option<&'static str> {
    let words = || texts::document_itself_faults_they().get(lang);
    (school.faults > 0).then(words)
}

/// Schools of which it is to be asked first what they submitted, and why.
fn doubtful(report: &CountyReport, lang: Lang) -> BTreeMap<&str, &'static str> {
    let schools = &report.schools;
    let unread = texts::file_cannot_read_may().get(lang);
    let unread = schools.unreadable.iter().flat_map(|file| &file.schools).map(|one| (one.id.as_str(), unread));
    let unknown = schools.unknown.iter().map(|one| (one.id.as_str(), Kind::Unknown));
    let misnamed = schools.misnamed.iter().map(|one| (one.id.as_str(), Kind::Misnamed));
    let other = schools.other_rules.iter().map(|one| (one.id.as_str(), Kind::OtherRules));
    let undated = schools.undated.iter().map(|one| (one.id.as_str(), Kind::Undated));
    let to_come = schools.to_come.iter().map(|one| (one.id.as_str(), Kind::ToCome));
    let asked = unknown.chain(misnamed).chain(other).chain(undated).chain(to_come);
    unread.chain(asked.map(|(id, kind)| (id, kind.words(lang)))).collect()
}

fn compare_schools(report: &CountyReport, earlier: &Earlier, found: &mut Since) {
    let before: BTreeSet<&str> = earlier.schools.missing.iter().map(|one| one.id.as_str()).collect();
    let submitted: BTreeSet<&str> = earlier.by_school.iter().map(|one| one.id.as_str()).collect();
    for Missing { id, name, received } in &report.schools.missing {
        let school = || School { id: id.clone(), name: name.clone() };
        let (was_missing, had_submitted) = (before.contains(id.as_str()), submitted.contains(id.as_str()));
        match (was_missing, had_submitted) {
            (false, false) => {}
            _ if !received.is_empty() => found.unread.push(school()),
            (true, _) => found.missing_again.push(school()),
            (_, true) => found.gone.push(school()),
        }
    }
    let now = report.by_school.iter().map(|one| one.id.as_str());
    let now: BTreeSet<&str> = now.chain(report.schools.missing.iter().map(|one| one.id.as_str())).collect();
    let left = earlier.all().filter(|(id, _)| !now.contains(id));
    let unread = earlier.schools.unreadable.iter();
    found.unread_then = unread.map(|file| UnreadThen { name: file.name.clone(), why: file.message.clone() }).collect();
    found.left = left.map(|(id, name)| School { id: id.to_owned(), name: name.to_owned() }).collect();
}
