//! Evidence: why a requirement is not a plain pass. It asks the evaluator about the parts and keeps those that decided:
//! the failing parts of a failure, the unknown parts of an unknown, the open parts of what is pending.

use crate::data::{Slot, field_label, item_label, pointer};
use crate::eval::deadline::days_left;
use crate::eval::machine::{Flow, Item, Machine, Reached};
use crate::eval::show;
use crate::ir::expr::{Cond, CondKind, Deadline, FieldRef, Frequency, List, ListKind, Scalar, ScalarKind, Show};
use crate::ir::{Body, MessagePart};
use crate::limits;
use crate::report::{Finding, Step, Verdict};
use crate::syntax::ast::Quantifier;
use crate::value::{Row, Truth, Value};

/// Collects the evidence of one finding at a time.
pub(crate) struct Explainer<'m, 'd> {
    machine: &'m mut Machine<'d>,
    steps: Vec<Step>,
    paths: Vec<String>,
    omitted: Vec<String>,
    /// The earliest due day, and the date that is still to come.
    due: Option<(jiff::civil::Date, &'d str)>,
    notes: Vec<String>,
}

impl<'m, 'd> Explainer<'m, 'd> {
    pub fn new(machine: &'m mut Machine<'d>) -> Self {
        Self { machine, steps: Vec::new(), paths: Vec::new(), omitted: Vec::new(), due: None, notes: Vec::new() }
    }

    /// Why a rule does not apply.
    pub fn because(&mut self, applies: &'d Cond) -> String {
        self.decide(applies, Truth::False);
        let steps: Vec<String> = self.steps.iter().map(|step| format!("{}:{}", step.text, step.value)).collect();
        if steps.is_empty() { format!("条件不成立:{}", applies.text) } else { steps.join(";") }
    }

    /// The findings of a requirement that is not true: one for each element that its outer 每个 fails on.
    pub fn findings(
        &mut self,
        requirement: usize,
        cond: &'d Cond,
        message: Option<&'d [MessagePart]>,
        truth: Truth,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.spine(requirement, cond, message, truth, None, &mut findings);
        findings
    }

    fn spine(
        &mut self,
        requirement: usize,
        cond: &'d Cond,
        message: Option<&'d [MessagePart]>,
        truth: Truth,
        item: Option<String>,
        findings: &mut Vec<Finding>,
    ) {
        match &cond.kind {
            CondKind::Quantifier(Quantifier::Every, list, frame, body) => {
                let before = findings.len();
                let (table_name, mut position) = (list.text.to_string(), 0_usize);
                let mut open: Vec<(Item<'d>, Truth, usize)> = Vec::new();
                let _ = self.machine.each(list, &mut |machine, element| {
                    position += 1;
                    let truth = machine.of_item(element, *frame, body, true);
                    if truth != Truth::True {
                        open.push((element, truth, position));
                    }
                    Flow::Continue(())
                });
                for (element, truth, position) in open.into_iter().take(limits::FINDINGS) {
                    if element.value == Value::Unknown || (truth == Truth::Unknown && !element.sure) {
                        self.decide_list(list);
                        findings.push(self.finish(requirement, cond, None, Truth::Unknown, item.clone()));
                        continue;
                    }
                    self.machine.bind(*frame, element.value);
                    let label = self.label(element.value, &list.show, &table_name, position);
                    self.spine(requirement, body, message, truth, Some(label), findings);
                }
                if findings.len() == before {
                    self.decide_list(list);
                    findings.push(self.finish(requirement, cond, None, truth, item));
                }
            }
            CondKind::If(test, yes, None) => {
                let tested = self.machine.truth(test);
                if tested == Truth::True {
                    self.spine(requirement, yes, message, truth, item, findings);
                } else {
                    self.decide(cond, truth);
                    findings.push(self.finish(requirement, cond, message, truth, item));
                }
            }
            _ => {
                self.decide(cond, truth);
                findings.push(self.finish(requirement, cond, message, truth, item));
            }
        }
    }

    /// What names an element for people.
    fn label(&self, value: Value<'d>, show: &Show, list: &str, position: usize) -> String {
        let rules = self.machine.rules;
        match value {
            Value::Row(row) => item_label(self.machine.document, &rules.shape, row),
            Value::Unknown | Value::Absent => format!("{list} 第{position}项"),
            value => show::value(value, show, &rules.shape.option_sets),
        }
    }

    fn finish(
        &mut self,
        requirement: usize,
        cond: &'d Cond,
        message: Option<&'d [MessagePart]>,
        truth: Truth,
        item: Option<String>,
    ) -> Finding {
        let today = self.machine.today;
        let message = match (truth, message) {
            (Truth::False, Some(parts)) => self.render(parts),
            _ => self.plain(cond, truth, item),
        };
        let due = self.due.take().map(|(due, _)| due);
        let mut paths = std::mem::take(&mut self.paths);
        paths.dedup();
        self.notes.clear();
        Finding {
            requirement,
            status: verdict(truth),
            due: due.map(|due| due.to_string()),
            days_left: due.map(|due| days_left(today, due)),
            message,
            paths,
            omitted: std::mem::take(&mut self.omitted),
            steps: std::mem::take(&mut self.steps),
        }
    }

    /// The message where the pack gives none: what is asked, and what is missing or left.
    fn plain(&mut self, cond: &Cond, truth: Truth, item: Option<String>) -> String {
        let item = item.map(|item| format!("{item}:")).unwrap_or_default();
        let today = self.machine.today;
        match truth {
            Truth::Pending => match self.due {
                Some((due, what)) => match days_left(today, due) {
                    0 => format!("{item}{what}还没有填,今天({due})到期"),
                    left => format!("{item}{what}还没有填,{due} 到期,还有 {left} 天"),
                },
                None => format!("{item}本期还没有满足:{}", cond.text),
            },
            Truth::Unknown if !self.notes.is_empty() => format!("{item}无法判断:{}", self.notes.join(";")),
            Truth::Unknown => format!("{item}无法判断:{}", cond.text),
            _ if !self.omitted.is_empty() => format!("{item}遗漏:{}", self.omitted.join("、")),
            _ => format!("{item}不符合:{}", cond.text),
        }
    }

    fn render(&mut self, parts: &'d [MessagePart]) -> String {
        let mut text = String::new();
        for part in parts {
            match part {
                MessagePart::Text(words) => text.push_str(words),
                MessagePart::Value(scalar) => {
                    let value = self.machine.scalar(scalar);
                    text.push_str(&self.shown(value, &scalar.show));
                }
                MessagePart::Cond(cond) => text.push_str(truth_words(self.machine.truth(cond))),
                MessagePart::List(list) => text.push_str(&self.list_words(list)),
                MessagePart::Omitted => text.push_str(&self.omitted.join("、")),
            }
        }
        text
    }

    fn shown(&self, value: Value<'d>, show: &Show) -> String {
        let shape = &self.machine.rules.shape;
        match value {
            Value::Row(row) => item_label(self.machine.document, shape, row),
            value => show::value(value, show, &shape.option_sets),
        }
    }

    fn list_words(&mut self, list: &'d List) -> String {
        let mut values = Vec::new();
        let _ = self.machine.each(list, &mut |_, item| {
            values.push(item.value);
            if values.len() < 50 { Flow::Continue(()) } else { Flow::Break(()) }
        });
        let words: Vec<String> = values.into_iter().map(|value| self.shown(value, &list.show)).collect();
        if words.is_empty() { "无".into() } else { words.join("、") }
    }

    /// Gathers what decided that `cond` is `truth`.
    fn decide(&mut self, cond: &'d Cond, truth: Truth) {
        match &cond.kind {
            CondKind::And(parts) | CondKind::Or(parts) => {
                for part in parts {
                    if self.machine.truth(part) == truth {
                        self.decide(part, truth);
                        // Once a guard has failed, what it guards says nothing.
                        if truth == Truth::False && matches!(cond.kind, CondKind::And(_)) && !is_presence(part) {
                            break;
                        }
                    }
                }
            }
            CondKind::Not(inner) => self.decide(inner, !truth),
            CondKind::If(test, yes, no) => self.decide_branch(test, yes, no.as_deref(), truth),
            CondKind::Definition(index) => {
                let rules = self.machine.rules;
                if let Some(Body::Cond(body)) = rules.definitions.get(*index) {
                    let saved = self.machine.frames;
                    self.decide(body, truth);
                    self.machine.frames = saved;
                }
            }
            CondKind::Quantifier(quantifier, list, frame, body) => {
                self.decide_quantifier(*quantifier, list, *frame, body, truth);
            }
            CondKind::Covers(have, want) => self.decide_covers(cond, have, want),
            CondKind::Deadline(deadline) => self.decide_deadline(cond, deadline),
            CondKind::Frequency(frequency) => self.decide_frequency(cond, frequency),
            CondKind::Compare(_, a, b) | CondKind::TextContains(a, b) => self.compared(cond, &[a, b], truth),
            CondKind::Between(a, b, c) => self.compared(cond, &[a, b, c], truth),
            CondKind::In(item, list) => {
                self.compared(cond, &[item], truth);
                if truth == Truth::Unknown {
                    self.decide_list(list);
                }
            }
            CondKind::HasField(field, _) => {
                self.blame(field);
                self.push(&cond.text, if truth == Truth::True { "有" } else { "没有填" });
            }
            CondKind::HasValue(scalar) | CondKind::Value(scalar) => self.compared(cond, &[scalar], truth),
            CondKind::Const(_) => self.push(&cond.text, truth_words(truth)),
        }
    }

    fn decide_branch(&mut self, test: &'d Cond, yes: &'d Cond, no: Option<&'d Cond>, truth: Truth) {
        let tested = self.machine.truth(test);
        match (tested, no) {
            (Truth::True, _) => self.decide(yes, truth),
            (Truth::False, Some(no)) => self.decide(no, truth),
            _ => self.decide(test, tested),
        }
    }

    fn decide_quantifier(&mut self, quantifier: Quantifier, list: &'d List, frame: u8, body: &'d Cond, truth: Truth) {
        let every = quantifier == Quantifier::Every;
        let wanted = if quantifier == Quantifier::None { !truth } else { truth };
        let mut decisive = Vec::new();
        let _ = self.machine.each(list, &mut |machine, item| {
            if machine.of_item(item, frame, body, every) == wanted && decisive.len() < limits::FINDINGS {
                decisive.push(item);
            }
            Flow::Continue(())
        });
        if wanted == Truth::from(every) || decisive.is_empty() {
            self.push(list.text.as_ref(), &self.count_words(decisive.len()));
            self.list_path(list);
            return;
        }
        for item in decisive.into_iter().take(20) {
            if item.value == Value::Unknown || !item.sure {
                self.decide_list(list);
                continue;
            }
            self.machine.bind(frame, item.value);
            self.decide(body, wanted);
        }
    }

    fn count_words(&self, count: usize) -> String {
        if count == 0 { "没有一项符合".into() } else { format!("{count} 项") }
    }

    fn decide_covers(&mut self, cond: &'d Cond, have: &'d List, want: &'d List) {
        let (mut omitted, mut unsure) = (Vec::new(), false);
        let _ = self.machine.each(want, &mut |machine, item| {
            match machine.covered(have, item) {
                Truth::False if omitted.len() < limits::FINDINGS => omitted.push(item.value),
                Truth::Unknown => unsure = true,
                _ => {}
            }
            Flow::Continue(())
        });
        for value in omitted {
            let words = self.shown(value, &want.show);
            if !self.omitted.contains(&words) {
                self.omitted.push(words);
            }
        }
        let present = self.list_words(have);
        self.push(&have.text, &present);
        let wanted = self.list_words(want);
        self.push(&want.text, &wanted);
        if self.omitted.is_empty() {
            self.push(&cond.text, if unsure { "无法判断" } else { "没有遗漏" });
        } else {
            let omitted = self.omitted.join("、");
            self.push("遗漏", &omitted);
        }
        self.list_path(have);
        if unsure {
            self.decide_list(have);
            self.decide_list(want);
        }
    }

    fn decide_deadline(&mut self, cond: &'d Cond, deadline: &'d Deadline) {
        let standing = self.machine.deadline(deadline);
        let today = self.machine.today;
        self.scalar_paths(&deadline.done);
        let due = standing.due.map(|due| (due, deadline.done.text.as_ref()));
        self.due = match (self.due, due) {
            (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
            (a, b) => a.or(b),
        };
        if let Some(due) = standing.due {
            self.push("期限", &format!("{due}"));
        }
        let words = match (standing.done, standing.due) {
            (Some(done), _) if done > today => {
                self.notes.push(format!("{} 填的 {done} 晚于核对日 {today}", deadline.done.text));
                format!("{done}(晚于核对日 {today})")
            }
            (Some(done), Some(due)) if done > due => format!("{done},迟了 {} 天", -days_left(done, due)),
            (Some(done), _) => done.to_string(),
            (None, Some(due)) if standing.truth == Truth::False => {
                format!("未完成,已逾期 {} 天", -days_left(today, due))
            }
            (None, _) => "未完成".into(),
        };
        self.push(&deadline.done.text, &words);
        if standing.no_calendar {
            self.notes.push("日历里没有这一年的休息日,算不出期限".into());
        } else if standing.truth == Truth::Unknown && standing.due.is_none() {
            match &deadline.due {
                crate::ir::expr::Due::Before(day) => self.compared(cond, &[day], Truth::Unknown),
                crate::ir::expr::Due::Within { start, .. } => self.compared(cond, &[start], Truth::Unknown),
            }
        } else if standing.truth == Truth::Unknown && standing.done.is_none() {
            self.blame_unknown(&deadline.done);
        }
    }

    fn decide_frequency(&mut self, cond: &'d Cond, frequency: &'d Frequency) {
        let mut open = Vec::new();
        let known = self.machine.each_period(frequency, &mut |start, end, truth| {
            if truth != Truth::True {
                open.push((start, end, truth));
            }
        });
        for (start, end, truth) in open.into_iter().take(40) {
            self.push(
                &format!("{start} 至 {end}"),
                match truth {
                    Truth::Pending => "本期次数还不够",
                    Truth::Unknown => "无法判断",
                    _ => "次数不够",
                },
            );
        }
        if known.is_none() {
            self.compared(cond, &[&frequency.since, &frequency.times], Truth::Unknown);
        }
        self.list_path(&frequency.dates);
        self.decide_list(&frequency.dates);
    }

    /// Values that were compared, with where they stand.
    fn compared(&mut self, cond: &Cond, scalars: &[&'d Scalar], truth: Truth) {
        for scalar in scalars {
            let value = self.machine.scalar(scalar);
            self.scalar_paths(scalar);
            if !matches!(scalar.kind, ScalarKind::Const(_)) {
                let words = self.shown(value, &scalar.show);
                self.push(&scalar.text, &words);
            }
            if value == Value::Unknown {
                self.blame_unknown(scalar);
            }
        }
        self.push(&cond.text, truth_words(truth));
    }

    /// Names the fields because of which a value is unknown.
    fn blame_unknown(&mut self, scalar: &'d Scalar) {
        let (before, mut blamed) = (self.notes.len(), false);
        let mut fields = Vec::new();
        let mut lists = Vec::new();
        inputs(scalar, &mut fields, &mut lists);
        for field in fields {
            if self.machine.field(field) == Value::Unknown {
                blamed = true;
                self.blame(field);
            }
        }
        for list in lists {
            self.decide_list(list);
        }
        if let ScalarKind::Definition(index) = &scalar.kind {
            let rules = self.machine.rules;
            if let Some(Body::Scalar(body)) = rules.definitions.get(*index) {
                let saved = self.machine.frames;
                self.blame_unknown(body);
                self.machine.frames = saved;
            }
        }
        if !blamed && self.notes.len() == before {
            self.notes.push(format!("{} 算不出来", scalar.text));
        }
    }

    /// Notes a field's path; when it is missing or wrong, says so.
    fn blame(&mut self, field: &FieldRef) {
        let Value::Row(row) = self.machine.bound(field.frame) else { return };
        let missing = field.headers.iter().find(|header| self.machine.document.slot(row, header.slot) != Slot::Present);
        let slot = missing.map_or(field.slot, |header| header.slot);
        self.path(row, slot);
        let wrong = self.machine.document.slot(row, slot) == Slot::Malformed;
        let shape = &self.machine.rules.shape;
        let field = field_label(shape, row.table, slot);
        let label = field.map(|field| field.label.as_str()).unwrap_or_default();
        let vouched = field.and_then(|field| field.notes.vouched.as_ref());
        let by = vouched.map(|by| format!(",由{by}填")).unwrap_or_default();
        let path = pointer(self.machine.document, shape, row, slot);
        let what = if wrong { format!("{label} 填得不对") } else { format!("没有填 {label}") };
        let note = format!("{what}({path}{by})");
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn path(&mut self, row: Row, slot: u32) {
        let path = pointer(self.machine.document, &self.machine.rules.shape, row, slot);
        if !self.paths.contains(&path) {
            self.paths.push(path);
        }
    }

    fn scalar_paths(&mut self, scalar: &'d Scalar) {
        let (mut fields, mut lists) = (Vec::new(), Vec::new());
        inputs(scalar, &mut fields, &mut lists);
        for field in fields {
            self.field_path(field);
        }
        for list in lists {
            self.list_path(list);
        }
    }

    fn field_path(&mut self, field: &FieldRef) {
        if let Value::Row(row) = self.machine.bound(field.frame) {
            let missing =
                field.headers.iter().find(|header| self.machine.document.slot(row, header.slot) != Slot::Present);
            self.path(row, missing.map_or(field.slot, |header| header.slot));
        }
    }

    fn list_path(&mut self, list: &'d List) {
        match &list.kind {
            ListKind::Field(field, ..) => self.field_path(field),
            ListKind::Filter(inner, ..) | ListKind::Project(inner, ..) | ListKind::Flatten(inner, ..) => {
                self.list_path(inner);
            }
            ListKind::Distinct(inner) => self.list_path(inner),
            ListKind::Definition(index) => {
                let rules = self.machine.rules;
                if let Some(Body::List(body)) = rules.definitions.get(*index) {
                    let saved = self.machine.frames;
                    self.list_path(body);
                    self.machine.frames = saved;
                }
            }
            ListKind::Literal(_) | ListKind::All(_) | ListKind::Param(_) => {}
        }
    }

    /// Names what of a list is unknown: the list itself, a filter's answer for an element, an element's value.
    fn decide_list(&mut self, list: &'d List) {
        match &list.kind {
            ListKind::Field(field, ..) => match self.machine.reach(field) {
                Reached::Slot(Slot::List(..)) => {}
                Reached::Slot(Slot::Absent) if field.optional => {}
                Reached::Absent => {}
                _ => self.blame(field),
            },
            ListKind::Filter(inner, frame, cond) => {
                self.decide_list(inner);
                let unknown = self.unknown_items(inner, *frame, |machine| machine.truth(cond) == Truth::Unknown);
                for value in unknown {
                    self.machine.bind(*frame, value);
                    self.decide(cond, Truth::Unknown);
                }
            }
            ListKind::Project(inner, frame, scalar) => {
                self.decide_list(inner);
                let unknown = self.unknown_items(inner, *frame, |machine| machine.scalar(scalar) == Value::Unknown);
                for value in unknown {
                    self.machine.bind(*frame, value);
                    self.blame_unknown(scalar);
                }
            }
            ListKind::Flatten(inner, frame, nested) => {
                self.decide_list(inner);
                for value in self.unknown_items(inner, *frame, |_| true) {
                    self.machine.bind(*frame, value);
                    self.decide_list(nested);
                }
            }
            ListKind::Distinct(inner) => self.decide_list(inner),
            ListKind::Definition(index) => {
                let rules = self.machine.rules;
                if let Some(Body::List(body)) = rules.definitions.get(*index) {
                    let saved = self.machine.frames;
                    self.decide_list(body);
                    self.machine.frames = saved;
                }
            }
            ListKind::Literal(_) | ListKind::All(_) | ListKind::Param(_) => {}
        }
    }

    fn unknown_items(
        &mut self,
        list: &'d List,
        frame: u8,
        unknown: impl Fn(&mut Machine<'d>) -> bool,
    ) -> Vec<Value<'d>> {
        let mut found = Vec::new();
        let _ = self.machine.each(list, &mut |machine, item| {
            if item.value.is_known() {
                machine.bind(frame, item.value);
                if unknown(machine) {
                    found.push(item.value);
                }
            }
            if found.len() < 20 { Flow::Continue(()) } else { Flow::Break(()) }
        });
        found
    }

    fn push(&mut self, text: &str, value: &str) {
        let step = Step { text: text.to_owned(), value: value.to_owned() };
        if !self.steps.contains(&step) {
            self.steps.push(step);
        }
    }
}

/// The fields and lists that a value is made of.
fn inputs<'d>(scalar: &'d Scalar, fields: &mut Vec<&'d FieldRef>, lists: &mut Vec<&'d List>) {
    match &scalar.kind {
        ScalarKind::Field(field) => fields.push(field),
        ScalarKind::Table(_, args) => args.iter().for_each(|arg| inputs(arg, fields, lists)),
        ScalarKind::Arith(_, a, b) | ScalarKind::DurationArith(_, a, b) | ScalarKind::DaysBetween(a, b) => {
            inputs(a, fields, lists);
            inputs(b, fields, lists);
        }
        ScalarKind::Shift(a, b, ..) | ScalarKind::Default(a, b) | ScalarKind::If(_, a, b) => {
            inputs(a, fields, lists);
            inputs(b, fields, lists);
        }
        ScalarKind::Neg(inner) => inputs(inner, fields, lists),
        ScalarKind::Aggregate(_, list, _) => lists.push(list),
        ScalarKind::Const(_)
        | ScalarKind::Param(_)
        | ScalarKind::Bound(_)
        | ScalarKind::Argument(_)
        | ScalarKind::Definition(_)
        | ScalarKind::Cond(_)
        | ScalarKind::Today => {}
    }
}

fn is_presence(cond: &Cond) -> bool {
    match &cond.kind {
        CondKind::HasField(..) | CondKind::HasValue(_) => true,
        CondKind::Not(inner) => is_presence(inner),
        _ => false,
    }
}

fn truth_words(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "成立",
        Truth::False => "不成立",
        Truth::Unknown => "无法判断",
        Truth::Pending => "未到期",
    }
}

fn verdict(truth: Truth) -> Verdict {
    match truth {
        Truth::True => Verdict::Pass,
        Truth::Pending => Verdict::Pending,
        Truth::Unknown => Verdict::Undetermined,
        Truth::False => Verdict::Fail,
    }
}
