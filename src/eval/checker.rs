//! Checks any number of documents against one rule set: what is read, judged and said of each.

use bulou_base::date::Date;
use bulou_base::order;
use bulou_messages::sentence::Each;
use bulou_messages::texts;

use crate::evaluator::Evaluator;
use crate::running::Running;
use crate::waivers::{Waiver, WaiverState};
use crate::{Names, Options, Unfit, constraints, filed, params, rule, running, sha256, show, waivers};
use bulou_base::value::{Row, Text, Truth};
use bulou_document::{Clock, Constant, Document, Slot, TextMemo, dates, decode, problem};
use bulou_ir::RuleSet;
use bulou_ir::expr::Cond;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_report::{
    Counts, DocumentInfo, ParamChange, ParamChanges, Params, Problem, Report, RuleSeverity, Status, Subject, Verdict,
};

/// Checks any number of documents against one rule set.
#[derive(Debug)]
pub struct Checker<'r> {
    pub(super) rules: &'r RuleSet,
    pub(super) today: Date,
    pub(super) params: Vec<Constant>,
    /// The parameters as reports show them, and those that are not the pack's own.
    shown: Params,
    changed: ParamChanges,
    /// By school, those of one in the order in which they were given.
    waivers: Vec<Waiver>,
    lang: Lang,
    /// 名称 by 标识 of the schools that findings name.
    names: Names,
    pub(super) document: Document,
    /// What fields took in the documents before.
    memo: TextMemo,
}

impl<'r> Checker<'r> {
    /// A checker for one day and one set of parameters.
    ///
    /// # Errors
    /// A parameter that the pack does not have or whose value does not fit, or a waiver that is none.
    pub fn new(rules: &'r RuleSet, options: &Options) -> Result<Self, Unfit> {
        let mut unfit = Unfit { waivers: waivers::problems(rules, &options.waivers), ..Unfit::default() };
        let params = params::resolve(rules, &options.params, &mut unfit.params);
        if unfit != Unfit::default() {
            return Err(unfit);
        }
        let mut waivers = options.waivers.clone();
        order::sort_by(&mut waivers, |one, other| one.id.cmp(&other.id));
        Ok(Self {
            rules,
            today: options.today,
            shown: shown(rules, &params),
            changed: changed(rules, &params, options.lang),
            params,
            waivers,
            lang: options.lang,
            names: Names::default(),
            document: Document::default(),
            memo: TextMemo::default(),
        })
    }

    /// With what another checker of the same rules found out about texts: one who checks a document after each change
    /// need not make a checker that has everything to find out again.
    #[must_use]
    pub fn with_memo(self, memo: TextMemo) -> Self {
        Self { memo, ..self }
    }

    /// What it found out about the texts that it read, for [`Self::with_memo`].
    #[must_use]
    pub fn into_memo(self) -> TextMemo {
        self.memo
    }

    /// The parameters as they are set, and those that are not the pack's own.
    #[must_use]
    pub fn params(&self) -> (&Params, &ParamChanges) {
        (&self.shown, &self.changed)
    }

    /// The rules it checks by.
    #[must_use]
    pub fn rules(&self) -> &'r RuleSet {
        self.rules
    }

    /// The waivers that it goes by.
    pub fn waivers(&self) -> &[Waiver] {
        &self.waivers
    }

    /// Those of one school.
    fn waivers_of(&self, id: &str) -> &[Waiver] {
        let first = self.waivers.partition_point(|waiver| waiver.id.as_str() < id);
        let rest = self.waivers.get(first..).unwrap_or_default();
        rest.get(..rest.partition_point(|waiver| waiver.id == id)).unwrap_or_default()
    }

    /// The 日期 of the document that was checked last, where it says one.
    #[must_use]
    pub fn document_day(&self) -> Option<Date> {
        let path = self.rules.shape.date.as_ref()?;
        match self.document.slot(Row { table: 0, index: 0 }, path.slot) {
            Slot::Date(date) | Slot::Astray(date) => Some(date),
            _ => None,
        }
    }

    /// The same, unless the document itself tells of what happened later: then nobody knows which day it is of.
    #[must_use]
    pub fn believable_day(&self) -> Option<Date> {
        let (_, later) = filed::later(&self.document, &self.rules.shape, 0);
        self.document_day().filter(|_| later == 0)
    }

    /// The last day of what the document tells as having happened: it was not filled in before.
    #[must_use]
    pub fn last_day_told(&self) -> Option<Date> {
        filed::last(&self.document, &self.rules.shape)
    }

    /// Checks as of another day from here on; the answer is the day before.
    pub fn set_today(&mut self, today: Date) -> Date {
        std::mem::replace(&mut self.today, today)
    }

    /// Names schools beside their 标识 from here on.
    pub fn call_schools(&mut self, names: Names) {
        self.names = names;
    }

    /// The language of its words.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The document that was checked last.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The document that was read last, to be completed before it is judged, and what its dates are judged by.
    pub fn clock_and_document(&mut self) -> (Clock<'_>, &mut Document) {
        (Clock { today: self.today, params: &self.params }, &mut self.document)
    }

    /// Whether each of some conditions holds of the document that was checked last; `None` when that cannot be said.
    #[must_use]
    pub fn hold(&self, conds: &[Cond]) -> Vec<Option<bool>> {
        let mut evaluator = Evaluator::new(self.rules, &self.document, &self.params, self.today);
        let holds = |cond| match evaluator.answer(cond) {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown | Truth::Pending => None,
        };
        conds.iter().map(holds).collect()
    }

    /// The deadlines that the document that was checked last does not meet, of the rules whose place is `wanted`, each
    /// with that place; and how many more there are than are listed.
    pub fn running(&self, wanted: impl Fn(usize) -> bool) -> (Vec<(usize, Running)>, u32) {
        let mut evaluator = Evaluator::new(self.rules, &self.document, &self.params, self.today);
        let (mut all, mut more) = (Vec::new(), 0_u32);
        for (index, rule) in self.rules.rules.iter().enumerate().filter(|(index, _)| wanted(*index)) {
            let (listed, unlisted) = running::running(&mut evaluator, rule);
            all.extend(listed.into_iter().map(|one| (index, one)));
            more = more.saturating_add(unlisted);
        }
        (all, more)
    }

    /// Checks one document.
    pub fn check(&mut self, name: &str, bytes: &[u8]) -> Report<'r> {
        self.check_decoded(name, bytes, bytes, Vec::new())
    }

    /// Checks a document whose text had to be decoded first: `original` is what the hash speaks of, `utf8` what is read.
    pub fn check_decoded(&mut self, name: &str, original: &[u8], utf8: &[u8], notices: Vec<Problem>) -> Report<'r> {
        let (report, readable) = self.read(name, original, utf8, notices);
        if readable { self.judged(report) } else { report }
    }

    /// Reads a document as [`Self::check_decoded`] does, and judges nothing yet: its report without rules, and whether
    /// there is anything to judge.
    pub fn read(&mut self, name: &str, original: &[u8], utf8: &[u8], notices: Vec<Problem>) -> (Report<'r>, bool) {
        let clock = Clock { today: self.today, params: &self.params };
        let decoded = decode(&self.rules.shape, clock, utf8, self.lang, &mut self.document, &mut self.memo);
        // How a text was had that cannot be read is not worth a line.
        let mut structure = if decoded.readable { notices } else { Vec::new() };
        structure.extend(decoded.problems);
        if decoded.readable {
            let mut evaluator = Evaluator::new(self.rules, &self.document, &self.params, self.today);
            let breaches = constraints::breaches(&mut evaluator, utf8, self.lang, &structure);
            structure.extend(breaches);
        }
        (self.empty_report(name, original, structure), decoded.readable)
    }

    /// The report of a document that could not be read at all.
    #[must_use]
    pub fn refused(&self, name: &str, original: &[u8], structure: Vec<Problem>) -> Report<'r> {
        self.empty_report(name, original, structure)
    }

    /// The report of a document whose bytes could not be read, for the reason that `words` give.
    #[must_use]
    pub fn unread(&self, name: &str, words: &LocalizedText) -> Report<'r> {
        let mut report = self.empty_report(name, b"", vec![problem(ProblemCode::UnreadFile, words, self.lang)]);
        report.document.sha256.clear();
        report
    }

    /// The statuses of all rules on each of some days, without reasons and without waivers: for searches over many
    /// documents. Empty when the document cannot be read.
    pub fn statuses(&mut self, utf8: &[u8], days: &[Date]) -> Vec<Vec<Status>> {
        let mut document = std::mem::take(&mut self.document);
        let clock = Clock { today: self.today, params: &self.params };
        let decoded = decode(&self.rules.shape, clock, utf8, self.lang, &mut document, &mut self.memo);
        let on = |day: &Date| {
            dates::judge(&self.rules.shape, Clock { today: *day, ..clock }, &mut document);
            let mut evaluator = Evaluator::new(self.rules, &document, &self.params, *day);
            self.rules.rules.iter().map(|rule| rule::status_alone(&mut evaluator, rule)).collect()
        };
        let statuses = if decoded.readable { days.iter().map(on).collect() } else { Vec::new() };
        self.document = document;
        statuses
    }

    fn empty_report(&self, name: &str, original: &[u8], structure: Vec<Problem>) -> Report<'r> {
        Report {
            bulou: env!("CARGO_PKG_VERSION"),
            pack: &self.rules.pack,
            as_of: self.today,
            params: self.shown.clone(),
            params_changed: self.changed.clone(),
            document: DocumentInfo { name: name.to_owned(), sha256: sha256(original) },
            subject: Subject::default(),
            unnamed: self.rules.shape.identity.is_some(),
            verdict: Verdict::Undetermined,
            counts: Counts::default(),
            structure,
            rules: Vec::new(),
        }
    }

    /// The report of the document that was read last, with all rules.
    #[must_use]
    pub fn judged(&self, mut report: Report<'r>) -> Report<'r> {
        let (rules, document) = (self.rules, &self.document);
        report.subject = subject(rules, document);
        report.unnamed &= report.subject.id.is_empty();
        report.rules.reserve_exact(rules.rules.len());
        let mut evaluator = Evaluator::new(rules, document, &self.params, self.today).calling(self.lang, &self.names);
        let own = self.waivers_of(&report.subject.id);
        let name = report.subject.name.clone();
        let covers = |waiver: &Waiver| waiver.state_for(&name, self.today) == WaiverState::InForce;
        let mut unfinished = Vec::new();
        for rule in &rules.rules {
            let waiver = own.iter().find(|waiver| waiver.rule == rule.card.id && covers(waiver));
            let result = rule::judge(&mut evaluator, rule, waiver);
            if std::mem::take(&mut evaluator.ran_out) {
                unfinished.push(result.card.title.clone());
            }
            report.counts.add(result.status);
            report.rules.push(result);
        }
        report.structure.extend(own.iter().map(|waiver| waiver.told(&name, self.today, self.lang)));
        if !unfinished.is_empty() {
            report.structure.push(too_long(&unfinished, self.lang));
        }
        report.verdict = verdict(&report);
        report
    }
}

/// That rules or constraints took more steps than there are.
pub(super) fn too_long(unfinished: &[String], lang: Lang) -> Problem {
    let [zh, en] = ["」「", "”, “"].map(|between| unfinished.join(between));
    let words = texts::more_steps_than_limit(&Each(&zh, &en)).text();
    problem(ProblemCode::StepBudget, &words, lang)
}

/// Parameters by name, as the pack would write them: reports in either language are of the same.
fn shown(rules: &RuleSet, params: &[Constant]) -> Params {
    let sets = &rules.shape.option_sets;
    let shown = rules.params.iter().zip(params).map(|(param, value)| {
        let show = params::show(&param.ty);
        (param.name.clone(), show::constant(value, &show, sets, rules.lang))
    });
    Params(shown.collect())
}

/// The parameters that are not what the pack says.
fn changed(rules: &RuleSet, params: &[Constant], lang: Lang) -> ParamChanges {
    let other = rules.params.iter().zip(params).filter(|(param, value)| param.default != **value);
    let sets = &rules.shape.option_sets;
    let change = |(param, value): (&bulou_ir::Param, &Constant)| {
        let show = params::show(&param.ty);
        let [value, default] = [value, &param.default].map(|value| show::constant(value, &show, sets, lang));
        ParamChange { name: param.name.clone(), value, default }
    };
    ParamChanges(other.map(change).collect())
}

/// Whom a document is about, as far as it says.
fn subject(rules: &RuleSet, document: &Document) -> Subject {
    let text = |path: &Option<bulou_document::shape::SlotPath>| {
        let slot = path.as_ref().map(|path| document.slot(Row { table: 0, index: 0 }, path.slot));
        match slot {
            Some(Slot::Text(start, len, written)) => document.text_of(start, len, written),
            _ => Text { normal: "", written: "", person: false },
        }
    };
    // Schools are told apart by what their codes are compared by.
    Subject {
        id: text(&rules.shape.identity).normal.to_owned(),
        name: text(&rules.shape.title).written.trim().to_owned(),
    }
}

/// The overall verdict (language reference, "Verdicts"); rules of severity 提示 never touch it.
pub(super) fn verdict(report: &Report<'_>) -> Verdict {
    let fails = report.structure.iter().any(|problem| problem.code.fails());
    let wrong = report.structure.iter().any(|problem| !problem.notice);
    let judged = report.rules.iter().filter(|rule| rule.card.severity != RuleSeverity::Hint);
    let has = |status: Status| judged.clone().any(|rule| rule.status == status);
    let applied = judged.clone().any(|rule| rule.status != Status::NotApplicable);
    if fails || has(Status::Fail) {
        Verdict::Fail
    } else if has(Status::Undetermined) || wrong || !applied {
        Verdict::Undetermined
    } else if has(Status::Pending) {
        Verdict::Pending
    } else {
        Verdict::Pass
    }
}
