//! Expressions and messages, with the parentheses that the grammar needs and a reader wants.

use crate::ast::{
    ArithOp, CompareOp, Due, DurationLit, DurationUnit, Expr, ExprKind, Frequency, NumberLit, Period, Quantifier,
    Template, TemplatePart,
};
use crate::format::spelling;
use crate::keywords::OMITTED;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

use super::Printer;

/// How tightly a form binds, loosest first: the layers of the grammar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    /// 若, 每个 and their kin reach as far right as they can.
    Prefix,
    Or,
    And,
    Not,
    Relation,
    Default,
    Sum,
    Term,
    Sign,
    Postfix,
    Primary,
}

impl Printer {
    /// An expression where any may stand.
    pub(super) fn expr(self, expr: &Expr) -> String {
        self.form(expr).0
    }

    /// An end of a range or what a cell compares with.
    pub(super) fn sum(self, expr: &Expr) -> String {
        self.at(expr, Layer::Sum)
    }

    /// An expression where only this layer or a tighter one may stand.
    fn at(self, expr: &Expr, least: Layer) -> String {
        let (text, layer) = self.form(expr);
        if layer < least { format!("({text})") } else { text }
    }

    fn form(self, expr: &Expr) -> (String, Layer) {
        let operand = |expr: &Expr| self.at(expr, Layer::Default);
        match &expr.kind {
            ExprKind::If(test, yes, no) => (self.conditional(test, yes, no.as_deref()), Layer::Prefix),
            ExprKind::Quantifier(quantifier, list, name, body) => {
                let word = self.word(quantifier_word(*quantifier));
                let (name, satisfies) =
                    (self.binding(name.as_ref().map(|name| &*name.text)), self.word("kw_satisfies"));
                (format!("{word} {}{name} {satisfies} {}", operand(list), self.expr(body)), Layer::Prefix)
            }
            ExprKind::Or(parts) => (self.chain(parts, "kw_or", Layer::And), Layer::Or),
            ExprKind::And(parts) => (self.chain(parts, "kw_and", Layer::Not), Layer::And),
            ExprKind::Not(inner) => (format!("{} {}", self.word("kw_not"), self.at(inner, Layer::Not)), Layer::Not),
            ExprKind::Has(inner, present) => {
                let word = self.word(if *present { "kw_has" } else { "kw_lacks" });
                (format!("{word} {}", self.at(inner, Layer::Postfix)), Layer::Relation)
            }
            ExprKind::Deadline(done, due) => (self.deadline(done, due), Layer::Relation),
            ExprKind::By(due, cond) => {
                let (by, satisfies) = (self.word("kw_by"), self.word("kw_satisfies"));
                (format!("{by} {} {satisfies} {}", self.due(due), self.expr(cond)), Layer::Prefix)
            }
            ExprKind::Frequency(frequency) => (self.frequency(frequency), Layer::Relation),
            ExprKind::Covers(a, b) => self.relation(a, self.word("kw_covers"), b),
            ExprKind::In(a, b) => self.relation(a, self.word("kw_in"), b),
            ExprKind::Contains(a, b) => self.relation(a, self.word("kw_contains"), b),
            ExprKind::Compare(op, a, b) => self.relation(a, compare_mark(*op), b),
            ExprKind::Between(value, low, high) => {
                let (between, to, end) = (self.word("kw_between"), self.word("kw_to"), self.word("kw_between_end"));
                let (value, low, high) = (operand(value), operand(low), operand(high));
                (format!("{value} {between} {low} {to} {high} {end}"), Layer::Relation)
            }
            ExprKind::Default(value, fallback) => {
                let word = self.word("kw_default");
                (format!("{} {word} {}", self.sum(value), self.sum(fallback)), Layer::Default)
            }
            ExprKind::Arith(op, a, b) => self.arithmetic(*op, a, b),
            ExprKind::Neg(inner) => (format!("-{}", self.at(inner, Layer::Sign)), Layer::Sign),
            ExprKind::Field(inner, name) => {
                (format!("{}.{}", self.at(inner, Layer::Postfix), self.field_name(&name.text)), Layer::Postfix)
            }
            ExprKind::Filter(list, name, cond) => {
                let binding = name.as_ref().map(|name| self.binding(Some(&name.text)) + " ").unwrap_or_default();
                (format!("{}{binding}[{}]", self.at(list, Layer::Postfix), self.expr(cond)), Layer::Postfix)
            }
            _ => (self.primary(&expr.kind), Layer::Primary),
        }
    }

    fn primary(self, kind: &ExprKind) -> String {
        match kind {
            ExprKind::Bool(true) => self.word("kw_yes").into(),
            ExprKind::Number(number) => number_text(*number, self.keywords),
            ExprKind::Text(text) => self.text(text),
            ExprKind::Date(date) => date.to_string(),
            ExprKind::Duration(duration) => self.duration(*duration),
            ExprKind::Name(name) => self.name(name),
            ExprKind::Call(name, args) => format!("{}({})", self.name(&name.text), self.list(args)),
            ExprKind::Aggregate(aggregate, list, cond) => {
                let cond = cond.as_ref().map(|cond| format!(", {}", self.expr(cond))).unwrap_or_default();
                format!("{}({}{cond})", aggregate.function().word(self.keywords), self.expr(list))
            }
            ExprKind::Today => self.word("kw_today").into(),
            ExprKind::All(name) => format!("{} {}", self.word("kw_all"), self.name(&name.text)),
            ExprKind::List(items) => format!("{{{}}}", self.list(items)),
            _ => self.word("kw_no").into(),
        }
    }

    fn chain(self, parts: &[Expr], word: &str, least: Layer) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.at(part, least)).collect();
        parts.join(&format!(" {} ", self.word(word)))
    }

    /// A list's elements.
    pub(super) fn list(self, items: &[Expr]) -> String {
        items.iter().map(|item| self.expr(item)).collect::<Vec<_>>().join(", ")
    }

    fn relation(self, a: &Expr, word: &str, b: &Expr) -> (String, Layer) {
        (format!("{} {word} {}", self.at(a, Layer::Default), self.at(b, Layer::Default)), Layer::Relation)
    }

    /// 否则 belongs to the nearest 若, so a 若 without one that ends the first branch stands in parentheses.
    fn conditional(self, test: &Expr, yes: &Expr, no: Option<&Expr>) -> String {
        let (test, then) = (self.at(test, Layer::Or), self.expr(yes));
        let then = if no.is_some() && ends_without_else(yes) { format!("({then})") } else { then };
        let no = no.map(|no| format!(" {} {}", self.word("kw_else"), self.expr(no))).unwrap_or_default();
        format!("{} {test} {} {then}{no}", self.word("kw_if"), self.word("kw_then"))
    }

    fn binding(self, name: Option<&str>) -> String {
        name.map(|name| format!(" {} {}", self.word("kw_as"), self.name(name))).unwrap_or_default()
    }

    fn deadline(self, done: &Expr, due: &Due) -> String {
        let due = match due {
            Due::Before(_) if self.keywords == Lang::En => format!("{} {}", self.word("kw_before"), self.due(due)),
            Due::Before(_) => format!("{} {}", self.due(due), self.word("kw_before")),
            Due::Within { early: true, .. } => format!("{} {}", self.due(due), self.word("kw_early")),
            Due::Within { .. } => self.due(due),
        };
        format!("{} {} {due}", self.at(done, Layer::Default), self.word("kw_due"))
    }

    /// A day, or a start and a length.
    fn due(self, due: &Due) -> String {
        let operand = |expr: &Expr| self.at(expr, Layer::Default);
        match due {
            Due::Before(day) => operand(day),
            Due::Within { start, length, rolled, .. } => {
                let (from, within) = (self.word("kw_from"), self.word("kw_within"));
                let rolled = if *rolled { format!(" {}", self.word("kw_rolled")) } else { String::new() };
                match self.keywords {
                    Lang::Zh => format!("{} {from} {} {within}{rolled}", operand(start), operand(length)),
                    Lang::En => format!("{within} {} of {}{rolled}", operand(length), operand(start)),
                }
            }
        }
    }

    fn frequency(self, frequency: &Frequency) -> String {
        let operand = |expr: &Expr| self.at(expr, Layer::Default);
        let period = self.word(match frequency.period {
            Period::Day => "kw_day",
            Period::Week => "kw_week",
            Period::Month => "kw_month",
            Period::Quarter => "kw_quarter",
        });
        let (each, least, since) = (self.word("kw_each"), self.word("kw_at_least"), self.word("kw_since"));
        let except = frequency.except.as_ref().map(|months| format!(" {} {}", self.word("kw_except"), operand(months)));
        let (dates, times, start) = (&frequency.dates, &frequency.times, &frequency.since);
        let (dates, times, start) = (operand(dates), operand(times), operand(start));
        format!("{dates} {each} {period} {least} {times} {since} {start}{}", except.unwrap_or_default())
    }

    fn arithmetic(self, op: ArithOp, a: &Expr, b: &Expr) -> (String, Layer) {
        let (mark, layer, right) = match op {
            ArithOp::Add => ("+", Layer::Sum, Layer::Term),
            ArithOp::Sub => ("-", Layer::Sum, Layer::Term),
            ArithOp::Mul => ("*", Layer::Term, Layer::Sign),
            ArithOp::Div => ("/", Layer::Term, Layer::Sign),
            ArithOp::IntDiv => (self.word("kw_int_div"), Layer::Term, Layer::Sign),
        };
        (format!("{} {mark} {}", self.at(a, layer), self.at(b, right)), layer)
    }

    fn duration(self, duration: DurationLit) -> String {
        let (count, unit) = match duration.unit {
            DurationUnit::Days if duration.weeks => (duration.count / 7, "周"),
            DurationUnit::Days => (duration.count, "日"),
            DurationUnit::WorkDays => (duration.count, "个工作日"),
            DurationUnit::Months => (duration.count, "个月"),
        };
        spelling::duration(&format!("{count}{unit}"), Some(self.keywords))
    }

    /// A message between marks that it does not hold; texts inside its `{expr}` parts stand between the other marks.
    pub(super) fn template(self, template: &Template) -> String {
        let content = self.content(template);
        match content.contains('"') && content.contains('”') {
            true => format!("\"{}\"", Self { curly: true, ..self }.content(template)),
            false => self.text(&content),
        }
    }

    /// What stands between the marks of a message.
    pub(super) fn content(self, template: &Template) -> String {
        let part = |part: &TemplatePart| match part {
            TemplatePart::Text(text) => text.replace('{', "{{").replace('}', "}}"),
            TemplatePart::Value(expr) => format!("{{{}}}", self.expr(expr)),
            TemplatePart::Omitted(_) => {
                format!("{{{}}}", if self.keywords == Lang::Zh { OMITTED.0 } else { OMITTED.1 })
            }
        };
        template.parts.iter().map(part).collect()
    }
}

fn quantifier_word(quantifier: Quantifier) -> &'static str {
    match quantifier {
        Quantifier::Every => "kw_every",
        Quantifier::Some => "kw_some",
        Quantifier::None => "kw_none",
    }
}

/// The mark of a comparison.
pub(super) fn compare_mark(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => "=",
        CompareOp::Ne => "≠",
        CompareOp::Lt => "<",
        CompareOp::Le => "≤",
        CompareOp::Gt => ">",
        CompareOp::Ge => "≥",
    }
}

/// Digits after the point that a literal may have without `%`.
const FRACTION: u32 = 15;

fn number_text(number: NumberLit, lang: Lang) -> String {
    let percent = number.scale > FRACTION;
    let scale = if percent { number.scale.saturating_sub(2) } else { number.scale } as usize;
    let digits = format!("{:0>width$}", number.mantissa.unsigned_abs(), width = scale + 1);
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(scale));
    let sign = if number.mantissa < 0 { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    let suffix = match (percent, number.times) {
        (true, _) => "%",
        (_, true) if digits == "1" => texts::time_2().get(lang),
        (_, true) => texts::times_2().get(lang),
        _ => "",
    };
    format!("{sign}{whole}{point}{fraction}{suffix}")
}

/// Whether a 否则 after this expression would be taken for its own.
fn ends_without_else(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::If(_, _, None) => true,
        ExprKind::If(_, _, Some(last)) | ExprKind::Quantifier(_, _, _, last) | ExprKind::By(_, last) => {
            ends_without_else(last)
        }
        _ => false,
    }
}
