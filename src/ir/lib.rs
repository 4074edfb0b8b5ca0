//! The compiled rule set: what a check needs and nothing more. It knows neither rule text nor the checker.

pub mod calendar;
pub mod compiled;
pub mod expr;
pub mod hoist;
mod params;
pub mod parts;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use bulou_base::date::{self, Date};
use bulou_messages::diagnostic::Lang;

use bulou_document::Constant;
use bulou_document::shape::Shape;
use bulou_report::{PackInfo, RuleCard, Status};
use bulou_syntax::built_in::Standing;
use calendar::Calendar;
use expr::{Cond, Header, List, Scalar};
pub use params::{Names, Param, ParamType, are_all_months, is_month};

/// A pack, ready to check any number of documents.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct RuleSet {
    /// Which pack it is.
    pub pack: PackInfo,
    /// The language that its header is written in: the values of parameters are written so, whoever reads a report.
    pub lang: Lang,
    /// `校园安全紧急大会部署自查`
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// When the pack is in force.
    pub effective: Option<Effective>,
    /// What a school's document looks like.
    pub shape: Shape,
    /// Its parameters with their defaults.
    pub params: Vec<Param>,
    /// The parameter of type 期间, when the pack has one.
    pub counting: Option<usize>,
    /// Its definitions, in an order in which each names only earlier ones.
    pub definitions: Vec<Body>,
    /// Its decision tables, likewise ordered.
    pub tables: Vec<Table>,
    /// How many values stand in [`expr::ScalarKind::Hoisted`].
    pub shared: usize,
    /// How many lists stand in [`expr::ListKind::Hoisted`].
    pub shared_lists: usize,
    /// Its calendar of rest days.
    pub calendar: Option<Calendar>,
    /// Its rules for schools, in order.
    pub rules: Vec<Rule>,
    /// What must hold within each record of a document, whatever the rules say.
    pub constraints: Vec<Constraint>,
    /// Texts that rules cite.
    pub sources: Vec<CitedText>,
    /// Which rules (by index) use a field, by its table and slot.
    pub field_rules: BTreeMap<(u16, u32), Vec<usize>>,
    /// The county's rules, when the pack has `数据 全县`.
    pub county: Option<Box<County>>,
    /// What its rules must come to. No check needs it, so that it is not kept with what is compiled.
    #[serde(skip)]
    pub assertions: Vec<Assertion>,
}

/// A 断言: where its premise holds of a complete document, one of the rules stands so.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// What it says, for people.
    pub title: String,
    /// Its premise, as a rule that asks for it and for nothing else.
    pub premise: Rule,
    /// Rules by their place, and how one of them stands.
    pub outcomes: Vec<(usize, Standing)>,
}

impl Assertion {
    /// Whether a document refutes it, by the statuses of all rules and the place of its premise among them.
    #[must_use]
    pub fn is_refuted(&self, premise: usize, statuses: &[Status]) -> bool {
        let of = |rule: usize| statuses.get(rule).copied();
        let stands_otherwise =
            |(rule, standing): &(usize, Standing)| of(*rule).is_some_and(|status| !stands(status, *standing));
        of(premise) == Some(Status::Pass) && self.outcomes.iter().all(stands_otherwise)
    }
}

/// Whether a status of a rule is this standing.
///
/// ```
/// use bulou_ir::stands;
/// use bulou_report::Status;
/// use bulou_syntax::built_in::Standing;
/// assert!(stands(Status::Hint, Standing::Fail) && stands(Status::Pending, Standing::Applies));
/// assert!(!stands(Status::NotApplicable, Standing::Pass));
/// ```
#[must_use]
pub fn stands(status: Status, standing: Standing) -> bool {
    match standing {
        Standing::Pass => status == Status::Pass,
        Standing::Fail => matches!(status, Status::Fail | Status::Hint),
        Standing::Pending => status == Status::Pending,
        Standing::Undetermined => status == Status::Undetermined,
        Standing::Applies => status != Status::NotApplicable,
        Standing::NotApplicable => status == Status::NotApplicable,
    }
}

impl RuleSet {
    /// The same with the premises of its assertions as rules behind the others, in their order.
    #[must_use]
    pub fn with_premises(&self) -> Self {
        let premises = self.assertions.iter().map(|assertion| assertion.premise.clone());
        Self { rules: self.rules.iter().cloned().chain(premises).collect(), ..self.clone() }
    }
}

/// The county's part of a pack.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct County {
    /// The way to the ids of the schools that have to submit: the list's key, then the field's. Empty without `名册`.
    pub roster: Vec<String>,
    /// The key of the field that stands for all schools, `汇总 学校`.
    pub schools: Option<String>,
    /// What its rules ask of each school alone, over that school's own document; the answers stand beside its fields.
    pub answers: Vec<Cond>,
    /// Its rules, over a document in which that field holds what the rules use of each school.
    pub rules: RuleSet,
}

/// Days on which something is in force, both included.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effective {
    /// First day.
    #[serde(with = "date::days")]
    pub from: Date,
    /// Last day.
    #[serde(with = "date::days::option")]
    pub until: Option<Date>,
}

impl Effective {
    /// Whether `day` is among the days.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// The key of an answer among a school's fields in the county's document ([`County::answers`]); no field can have it.
pub fn answer(number: usize) -> String {
    format!("#{number}")
}

/// Whether a field's name is that of an [`answer`].
pub fn is_answer(name: &str) -> bool {
    name.starts_with('#')
}

/// What a definition stands for.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum Body {
    /// A condition or requirement.
    Cond(Cond),
    /// A value.
    Scalar(Scalar),
    /// A list.
    List(List),
}

/// A decision table: exactly one row fits every input.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: Vec<TableRow>,
}

/// A row of a decision table.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct TableRow {
    /// One a parameter.
    pub cells: Vec<Cell>,
    /// What it gives; may use the arguments.
    pub result: Scalar,
}

/// What a cell asks of its argument.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Cell {
    /// 任意
    Any,
    /// Between two ends; `None` is open, the flag says whether the end is included.
    Interval(Option<(Constant, bool)>, Option<(Constant, bool)>),
    /// One of these.
    OneOf(Vec<Constant>),
}

/// A rule for schools.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Rule {
    /// What it says of itself.
    pub card: RuleCard,
    /// When it is in force, within the pack's own days; `None` when always.
    pub effective: Option<Effective>,
    /// When it applies, when not always.
    pub applies: Option<Cond>,
    /// What it asks.
    pub requirements: Vec<Requirement>,
}

/// One 要求.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Requirement {
    /// What must hold.
    pub cond: Cond,
    /// What to say when it does not.
    pub message: Option<Vec<MessagePart>>,
}

/// One 约束 at one place of its record.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Constraint {
    /// The rows that the record is, or stands in.
    pub table: u16,
    /// Records on the way from the row, the constraint's own the last; empty when it is the row.
    pub way: Box<[Header]>,
    /// Where the row is bound.
    pub frame: u8,
    /// What must hold.
    pub cond: Cond,
    /// What to say when it does not.
    pub message: Option<Vec<MessagePart>>,
}

/// A part of a message.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum MessagePart {
    /// Plain text.
    Text(String),
    /// A value, shown for people.
    Value(Scalar),
    /// A condition's answer.
    Cond(Cond),
    /// A list's elements.
    List(List),
    /// What a 不漏 found left out.
    Omitted,
}

/// A text that rules cite, sentence by sentence.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct CitedText {
    /// Its name in the rules.
    pub name: String,
    /// For people.
    pub label: String,
    /// The sentences, when the text is held.
    pub sentences: Vec<Sentence>,
}

/// A sentence of a cited text.
#[derive(Serialize, Deserialize, Clone, Debug, Default)]
pub struct Sentence {
    /// One-based line.
    pub line: usize,
    /// The words.
    pub text: String,
    /// Its clauses in pieces, each with whether something cites it or there is nothing in it to cite.
    pub clauses: Vec<Vec<(String, bool)>>,
    /// Ids of the rules that cite it.
    pub rules: Vec<String>,
    /// Reasons of the 不查 that excuse it.
    pub excuses: Vec<String>,
    /// What its words ask for and the rules that cite them do not show (`不足`).
    pub shortfalls: Vec<String>,
}
