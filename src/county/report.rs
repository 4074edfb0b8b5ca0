//! What the county's report says.

use std::collections::BTreeMap;

use serde::Serialize;

use bulou_eval::WaiverState;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::{Counts, DocumentInfo, PackInfo, ParamChanges, Problem, RuleResult, RuleSeverity, Verdict};

/// The county's report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct CountyReport {
    /// Version of this program.
    pub bulou: &'static str,
    /// Which rules.
    pub pack: PackInfo,
    /// The day the check speaks of.
    pub as_of: String,
    /// The parameters in force.
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub params: BTreeMap<String, String>,
    /// Those among them that are not the pack's own.
    #[serde(skip_serializing_if = "ParamChanges::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional, type = "ParamChange[]"))]
    pub params_changed: ParamChanges,
    /// The county's own document.
    pub document: DocumentInfo,
    /// The worst of the county's rules; undetermined at least when something could not be read, or has to be asked about.
    pub verdict: Verdict,
    /// The worst of `verdict` and of all schools' own.
    pub overall: Verdict,
    /// County rules by status.
    pub counts: Counts,
    /// Who submitted.
    pub schools: Schools,
    /// How the schools stand under each of their rules.
    pub by_rule: Vec<RuleCount>,
    /// How each school stands.
    pub by_school: Vec<Submitted>,
    /// The waivers that were given, whether or not they are in force.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub waivers: Vec<Waived>,
    /// What is due, overdue or was done late, where.
    pub due: Vec<Due>,
    /// How many more of these there are than are listed.
    pub more_due: u32,
    /// What is wrong with the county's document itself.
    pub structure: Vec<Problem>,
    /// The county's rules.
    pub rules: Vec<RuleResult<'static>>,
    /// What changed since an earlier report, when one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub since: Option<super::Since>,
}

/// Who has to submit and who did. Whether they comply is said elsewhere.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Schools {
    /// How many the roster names.
    pub expected: usize,
    /// How many of these submitted.
    pub submitted: usize,
    /// Of the roster, who did not.
    pub missing: Vec<Missing>,
    /// Who submitted again later.
    pub duplicate: Vec<Duplicate>,
    /// Of whom nothing says which of several documents counts: each rule has the status that they agree on.
    pub conflict: Vec<Conflict>,
    /// Documents that came in as several files.
    pub identical: Vec<Identical>,
    /// Who submitted and is not on the roster.
    pub unknown: Vec<School>,
    /// Whose document has another name than the roster.
    pub misnamed: Vec<Misnamed>,
    /// Whose document bears a day after that of the check.
    pub to_come: Vec<ToCome>,
    /// Of whom no document bears a day that can be read.
    pub undated: Vec<Undated>,
    /// Who filled in for other rules, or another version of these.
    pub other_rules: Vec<OtherRules>,
    /// Of whose document itself there is something to tell, whatever the rules say: faults of it, and what is to be looked at.
    pub told: Vec<Told>,
    /// Files that could not be read, or name no school.
    pub unreadable: Vec<Unreadable>,
}

impl Schools {
    /// The conflict of a school; they stand in the order of their 标识.
    #[must_use]
    pub fn conflict_of(&self, id: &str) -> Option<&Conflict> {
        let at = self.conflict.binary_search_by(|one| one.id.as_str().cmp(id)).ok()?;
        self.conflict.get(at)
    }
}

/// What there is to tell of a school's document itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Told {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// The file.
    pub file: String,
    /// The codes of what was found, with their words.
    pub words: Vec<String>,
}

/// A school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct School {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
}

/// A school of the roster that did not submit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Missing {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// Files that may be this school's and count as nothing of it: unreadable, or under another code with its name.
    pub received: Vec<String>,
}

/// A school with several documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Duplicate {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// The files that do not count, the earliest first.
    pub earlier: Vec<String>,
    /// Those that count: one, unless they are in conflict.
    pub counting: Vec<String>,
}

/// A school whose documents contradict one another.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Conflict {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// The documents.
    pub files: Vec<DocumentInfo>,
}

/// A document that came in as several files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Identical {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// The files.
    pub files: Vec<String>,
}

/// A school whose document has another name than the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Misnamed {
    /// 标识
    pub id: String,
    /// 名称 in the document.
    pub name: String,
    /// 名称 on the roster.
    pub roster: String,
    /// The document, whether or not it counts.
    pub file: String,
}

/// A school whose document bears a day after that of the check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ToCome {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// The day.
    pub date: String,
    /// The document, whether or not it counts.
    pub file: String,
}

/// A school whose document bears no day that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Undated {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// The document.
    pub file: String,
}

/// A school whose document names other rules than these.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct OtherRules {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// `campus-safety@2022.6.20`
    pub rules: String,
}

/// A file that contributes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Unreadable {
    /// The file.
    pub name: String,
    /// Why.
    pub message: String,
    /// The schools of the roster whose 标识 its name or its text holds.
    pub schools: Vec<School>,
}

/// One rule over all schools.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RuleCount {
    /// `三日摸底`
    pub id: String,
    /// For people.
    pub title: String,
    /// Its heading.
    pub group: String,
    /// How much it weighs.
    pub severity: RuleSeverity,
    /// Schools by status.
    pub counts: Counts,
}

/// One school under all rules.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Submitted {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// The document that counts; empty where several are in conflict.
    pub document: DocumentInfo,
    /// Its 日期; empty when it has none.
    pub date: String,
    /// Its 版次, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub edition: Option<i64>,
    /// How it stands.
    pub verdict: Verdict,
    /// Rules by status.
    pub counts: Counts,
    /// A letter a rule, in the order of `by_rule`: p pass, d pending, u undetermined, f fail, h hint, n not applicable.
    pub statuses: String,
    /// How many faults the document itself has.
    #[serde(skip)]
    pub faults: u32,
}

/// A waiver of one rule for one school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Waived {
    /// 标识 of the school.
    pub id: String,
    /// 名称
    pub name: String,
    /// Id of the rule.
    pub rule: String,
    /// How it stands on the day of the check.
    pub state: WaiverState,
    /// First day.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approved_by: String,
}

impl Waived {
    /// All but the school, for people.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let Self { rule, from, until, reason, approved_by, .. } = self;
        let state = self.state.words(lang);
        texts::waived_approved(&rule, &from, &until, &state, &approved_by, &reason).get(lang)
    }
}

/// Something due.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Due {
    /// When; nothing of one that runs and of which a `敏感` value decides the day or the element: neither is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub due: Option<String>,
    /// Days until then; negative when overdue. Of what was done late, by how many days it was late.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub days_left: Option<i64>,
    /// When it was done, too late.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub done: Option<String>,
    /// 标识 of the school.
    pub id: String,
    /// 名称
    pub name: String,
    /// Id of the rule.
    pub rule: String,
    /// What names the element of a list that it is about; empty when it is about none.
    pub item: String,
}
