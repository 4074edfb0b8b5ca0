//! One rule in a report: what it says of itself, and what became of it for one document.

use std::borrow::Cow;

use serde::{Deserialize, Serialize, Serializer};

use super::written::is_zero;
use super::{RuleSeverity, Status, Verdict};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

/// What a rule says of itself, the same in every report.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct RuleCard {
    /// `三日摸底`
    pub id: String,
    /// For people.
    pub title: String,
    /// Heading; empty when the rule names none.
    pub group: String,
    /// How much it weighs.
    pub severity: RuleSeverity,
    /// Who is responsible.
    pub responsible: String,
    /// What to do.
    pub remedy: String,
    /// What it rests on.
    pub citations: Vec<Citation>,
}

/// A passage that a rule rests on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Citation {
    /// Name of the source.
    pub source: String,
    /// Where in it: 第三, or the paragraph's ordinal.
    pub section: String,
    /// The words.
    pub quote: String,
}

impl Citation {
    /// The place and the words, in one line.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let between = texts::word_space().get(lang);
        let quote = if self.quote.is_empty() { String::new() } else { lang.quoted(&self.quote) };
        let said = [&self.source, &self.section, &quote].into_iter().filter(|part| !part.is_empty());
        said.map(String::as_str).collect::<Vec<_>>().join(between)
    }
}

/// What became of one rule, and why. As JSON it is one object with its card's members.
#[derive(Clone, Debug)]
pub struct RuleResult<'r> {
    /// Which rule; the rule set's own, or a copy where the result outlives it.
    pub card: Cow<'r, RuleCard>,
    /// What became of it.
    pub status: Status,
    /// It is met only because there was nothing to look at.
    pub vacuous: bool,
    /// Why it does not apply: the condition, the dates, or the waiver.
    pub because: Option<String>,
    /// Earliest due day of its open findings.
    pub due: Option<String>,
    /// Days until `due`; negative when overdue.
    pub days_left: Option<i64>,
    /// Why it is not a plain pass; empty when it is.
    pub findings: Vec<Finding>,
    /// How many findings more than are listed.
    pub more_findings: usize,
}

impl<'r> RuleResult<'r> {
    /// Of a rule about which there is nothing to say but its status.
    pub fn plain(card: &'r RuleCard, status: Status) -> Self {
        Self {
            card: Cow::Borrowed(card),
            status,
            vacuous: false,
            because: None,
            due: None,
            days_left: None,
            findings: Vec::new(),
            more_findings: 0,
        }
    }

    /// What became of it in words.
    #[must_use]
    pub fn outcome(&self, lang: Lang) -> Cow<'static, str> {
        let status = self.status.words(lang);
        if self.vacuous { texts::status_nothing_check(&status).get(lang).into() } else { status.into() }
    }

    /// The same with a copy of the card, so that it outlives the rule set.
    #[must_use]
    pub fn into_owned(self) -> RuleResult<'static> {
        RuleResult { card: Cow::Owned(self.card.into_owned()), ..self }
    }
}

/// One reason why a rule is not a plain pass.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Finding {
    /// Which 要求 of the rule, from 0.
    pub requirement: usize,
    /// What became of it here.
    pub status: Verdict,
    /// When it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Days until then; negative when overdue. Of what was done late, by how many days it was late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_left: Option<i64>,
    /// When it was done, too late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<String>,
    /// For people; names the item.
    pub message: String,
    /// What the message says, for programs; empty where the pack's own words say it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub reasons: Vec<Reason>,
    /// JSON Pointers of the values that decided it.
    pub paths: Vec<String>,
    /// The cells of `paths` when the document is a workbook: `隐患!D7`; empty for one that has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<String>,
    /// What names the element that it is about, wherever that stands in its list; empty where it is about none, or nothing
    /// names it.
    #[serde(skip)]
    pub item: String,
    /// It depends on sensitive values, so that the line of a value that decided it would tell whether there is one.
    #[serde(skip)]
    pub hidden: bool,
    /// What a 不漏 found left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub omitted: Vec<String>,
    /// How much more of it there is than is listed.
    #[serde(skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub more_omitted: usize,
    /// Of what it cannot tell whether it is left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<String>,
    /// How much more of that there is than is listed.
    #[serde(skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "wasm", tsify(optional))]
    pub more_unsure: usize,
    /// The reasoning, step by step.
    pub steps: Vec<Step>,
}

impl Finding {
    /// Where it is, for people: the cells of a workbook, or JSON Pointers.
    #[must_use]
    pub fn places(&self) -> Vec<&str> {
        let cells = self.cells.iter().map(String::as_str).chain(std::iter::repeat(""));
        let mut places: Vec<&str> =
            self.paths.iter().zip(cells).map(|(path, cell)| if cell.is_empty() { path } else { cell }).collect();
        places.dedup();
        places
    }
}

/// Why something is so, as data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Reason {
    /// Which reason: a key of the catalogue's group `reasons`, that stays as it is.
    pub code: &'static str,
    /// What it is about, by name, as the report's language shows it.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(feature = "wasm", tsify(type = "Record<string, string>"))]
    pub arguments: Vec<(&'static str, String)>,
}

fn as_map<S: Serializer>(arguments: &[(&'static str, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(arguments.iter().map(|(name, said)| (name, said)))
}

impl From<bulou_messages::sentence::Reason> for Reason {
    fn from(reason: bulou_messages::sentence::Reason) -> Self {
        Self { code: reason.code, arguments: reason.arguments }
    }
}

/// One step of the reasoning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Step {
    /// What was looked at, in the form's words; with the value in it where that makes a sentence.
    pub text: String,
    /// What came out; empty where the text says it.
    pub value: String,
}

impl Step {
    /// Both in a line.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        if self.value.is_empty() { self.text.clone() } else { texts::text_value(&self.text, &self.value).get(lang) }
    }
}
