//! What a rule looks at, said in the labels of the form and not in the rule language.

use super::Explainer;
use crate::data::field_label;
use crate::eval::show;
use crate::ir::expr::{Cond, CondKind, FieldRef, List, ListKind, Scalar, ScalarKind, Show};
use crate::ir::is_answer;
use crate::syntax::ast::{Aggregate, ArithOp, CompareOp, Quantifier};
use crate::value::Value;

/// A wording within lists of which the elements are not the ones that are looked at now.
pub(super) struct Wording<'e, 'm, 'd> {
    explainer: &'e Explainer<'m, 'd>,
    /// The frames of those lists.
    within: Vec<u8>,
}

impl<'m, 'd> Explainer<'m, 'd> {
    /// A value's name: `安全保卫的专职保安数`.
    pub(super) fn value_words(&self, scalar: &Scalar) -> String {
        tidy(&self.wording().scalar(scalar))
    }

    /// A list's name: `安全责任书的责任层级`.
    pub(super) fn list_name(&self, list: &List) -> String {
        tidy(&self.wording().list(list))
    }

    /// What a condition asks: `专职保安数不少于应配保安`.
    pub(super) fn cond_words(&self, cond: &Cond) -> String {
        tidy(&self.wording().cond(cond, true))
    }

    /// A field with the records that it stands in; what stands for a school's answer keeps the rule's words.
    pub(super) fn field_words(&self, field: &FieldRef, text: &str) -> String {
        let named = field_label(&self.machine.rules.shape, field.table, field.slot);
        if named.is_none_or(|named| is_answer(&named.name)) {
            return plain(text);
        }
        let label = |slot| {
            let field = field_label(&self.machine.rules.shape, field.table, slot);
            field.map(|field| field.label.as_str()).unwrap_or_default()
        };
        let parts = field.headers.iter().map(|header| label(header.slot)).chain([label(field.slot)]);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("的")
    }

    /// A condition with the values that made it true or false: `事件类别填的是「外人闯入」`.
    pub(super) fn compared_words(&self, cond: &Cond, values: &[Value<'d>], truth: bool) -> String {
        let said = |scalar: &Scalar, at: usize| {
            let value = values.get(at).copied().unwrap_or(Value::Unknown);
            quoted(&self.shown(value, &scalar.show), &scalar.show)
        };
        let subject = |scalar: &Scalar| {
            let filled = if matches!(scalar.kind, ScalarKind::Field(_)) { "填的是" } else { "是" };
            format!("{}{filled}{}", self.value_words(scalar), said(scalar, 0))
        };
        let other = |scalar: &Scalar, at: usize| match scalar.kind {
            ScalarKind::Const(_) => said(scalar, at),
            _ => format!("{}({})", self.value_words(scalar), said(scalar, at)),
        };
        let words = match &cond.kind {
            CondKind::Compare(op, a, b) => match (same(*op, truth), &b.kind) {
                (Some(true), ScalarKind::Const(_)) => subject(a),
                (Some(true), _) => format!("{},与{}相同", subject(a), other(b, 1)),
                (Some(false), _) => format!("{},不是{}", subject(a), other(b, 1)),
                (None, _) => format!("{},{}{}", subject(a), order(*op, truth, &a.show), other(b, 1)),
            },
            CondKind::Between(a, b, c) => {
                format!("{},{}在 {} 至 {} 之间", subject(a), not(truth), other(b, 1), other(c, 2))
            }
            CondKind::TextContains(a, b) => format!("{},{}含有{}", subject(a), not(truth), other(b, 1)),
            CondKind::In(a, list) => format!("{},{}在{}之中", subject(a), not(truth), self.list_name(list)),
            CondKind::Value(a) => subject(a),
            CondKind::HasValue(a) => format!("{}{}", if truth { "有" } else { "没有" }, self.value_words(a)),
            _ => self.wording().cond(cond, truth),
        };
        tidy(&words)
    }

    fn wording(&self) -> Wording<'_, 'm, 'd> {
        Wording { explainer: self, within: Vec::new() }
    }
}

impl Wording<'_, '_, '_> {
    fn scalar(&mut self, scalar: &Scalar) -> String {
        match &scalar.kind {
            ScalarKind::Const(constant) => {
                let sets = &self.explainer.machine.rules.shape.option_sets;
                quoted(&show::constant(constant, &scalar.show, sets), &scalar.show)
            }
            ScalarKind::Field(field) => self.explainer.field_words(field, &scalar.text),
            ScalarKind::Bound(frame) if self.within.contains(frame) => "该项".into(),
            ScalarKind::Bound(frame) => self.explainer.shown(self.explainer.machine.bound(*frame), &scalar.show),
            ScalarKind::Today => "今天".into(),
            ScalarKind::Arith(op, a, b) | ScalarKind::DurationArith(op, a, b) => {
                format!("{}{}{}", self.scalar(a), sign(*op), self.scalar(b))
            }
            ScalarKind::Shift(day, length, _, back) => {
                format!("{}{}{}", self.scalar(day), if *back { "之前" } else { "之后" }, self.scalar(length))
            }
            ScalarKind::DaysBetween(later, earlier) => {
                format!("从{}到{}的天数", self.scalar(earlier), self.scalar(later))
            }
            ScalarKind::Neg(inner) => format!("负{}", self.scalar(inner)),
            ScalarKind::Default(inner, _) | ScalarKind::Once(_, inner) => self.scalar(inner),
            ScalarKind::If(test, yes, no) => {
                format!("{}时{},否则{}", self.cond(test, true), self.scalar(yes), self.scalar(no))
            }
            ScalarKind::Aggregate(kind, list, share) => self.aggregate(*kind, list, share.as_ref()),
            ScalarKind::Cond(cond) => self.cond(cond, true),
            ScalarKind::Param(_) | ScalarKind::Definition(_) | ScalarKind::Table(..) | ScalarKind::Argument(_) => {
                plain(&scalar.text)
            }
        }
    }

    fn aggregate(&mut self, kind: Aggregate, list: &List, share: Option<&(u8, Box<Cond>)>) -> String {
        let list = self.list(list);
        match (kind, share) {
            (Aggregate::Count, _) => format!("{list}的数量"),
            (Aggregate::Sum, _) => format!("{list}的合计"),
            (Aggregate::Average, _) => format!("{list}的平均"),
            (Aggregate::Max, _) => format!("最大的{list}"),
            (Aggregate::Min, _) => format!("最小的{list}"),
            (Aggregate::Earliest, _) => format!("最早的{list}"),
            (Aggregate::Latest, _) => format!("最晚的{list}"),
            (Aggregate::Distinct, _) => format!("不重复的{list}"),
            (Aggregate::Share, Some((frame, cond))) => {
                let cond = self.inside(*frame, |words| words.cond(cond, true));
                format!("{list}中{cond}的占比")
            }
            (Aggregate::Share, None) => format!("{list}的占比"),
        }
    }

    fn list(&mut self, list: &List) -> String {
        match &list.kind {
            ListKind::Field(field, ..) => self.explainer.field_words(field, &list.text),
            ListKind::Filter(inner, frame, cond) => {
                let cond = self.inside(*frame, |words| words.cond(cond, true));
                format!("{}({cond}的)", self.list(inner))
            }
            ListKind::Project(inner, frame, scalar) => {
                let part = self.inside(*frame, |words| words.scalar(scalar));
                format!("{}的{part}", self.list(inner))
            }
            ListKind::Flatten(inner, frame, nested) => {
                let part = self.inside(*frame, |words| words.list(nested));
                format!("{}的{part}", self.list(inner))
            }
            ListKind::Literal(parts) => parts.iter().map(|part| self.scalar(part)).collect::<Vec<_>>().join("、"),
            ListKind::Distinct(inner) => format!("不重复的{}", self.list(inner)),
            ListKind::Once(_, inner) | ListKind::Faster(inner, _) => self.list(inner),
            ListKind::All(_) | ListKind::Param(_) | ListKind::Definition(_) => plain(&list.text),
        }
    }

    /// What holds when a condition is `truth`.
    fn cond(&mut self, cond: &Cond, truth: bool) -> String {
        match &cond.kind {
            CondKind::Not(inner) => self.cond(inner, !truth),
            CondKind::And(parts) if truth => self.joined(parts, "、", truth),
            CondKind::Or(parts) if !truth => self.joined(parts, "、", truth),
            CondKind::And(parts) | CondKind::Or(parts) => self.joined(parts, "或", truth),
            CondKind::If(test, yes, _) => format!("{}时,{}", self.cond(test, true), self.cond(yes, truth)),
            CondKind::Compare(op, a, b) => {
                let word = match same(*op, truth) {
                    Some(true) => "是",
                    Some(false) => "不是",
                    None => order(*op, truth, &a.show),
                };
                format!("{}{word}{}", self.scalar(a), self.scalar(b))
            }
            CondKind::In(a, list) => format!("{}{}在{}之中", self.scalar(a), not(truth), self.list(list)),
            CondKind::Between(a, b, c) => {
                let (a, b, c) = (self.scalar(a), self.scalar(b), self.scalar(c));
                format!("{a}{}在 {b} 至 {c} 之间", not(truth))
            }
            CondKind::TextContains(a, b) => format!("{}{}含有{}", self.scalar(a), not(truth), self.scalar(b)),
            CondKind::HasField(field, _) => {
                format!("{}{}", if truth { "填了" } else { "没有填" }, self.explainer.field_words(field, &cond.text))
            }
            CondKind::HasValue(scalar) => format!("{}{}", if truth { "有" } else { "没有" }, self.scalar(scalar)),
            CondKind::Value(scalar) => format!("{}答「{}」", self.scalar(scalar), if truth { "是" } else { "否" }),
            CondKind::Quantifier(quantifier, list, frame, body) => {
                self.quantifier(*quantifier, list, *frame, body, truth)
            }
            CondKind::Covers(have, want) => {
                let (have, want) = (self.list(have), self.list(want));
                format!("{have}{}{want}", if truth { "一个不漏地包括" } else { "没有包括全部" })
            }
            CondKind::Deadline(deadline) => {
                format!("{}{}期限之内", self.scalar(&deadline.done), if truth { "在" } else { "不在" })
            }
            CondKind::By(by) => format!("到期前{}", self.cond(&by.cond, truth)),
            CondKind::Frequency(frequency) => {
                format!("{}的次数{}", self.list(&frequency.dates), if truth { "够" } else { "不够" })
            }
            CondKind::Const(_) | CondKind::Definition(_) => {
                let words = plain(&cond.text);
                if truth { words } else { format!("不是{words}") }
            }
        }
    }

    fn joined(&mut self, parts: &[Cond], between: &str, truth: bool) -> String {
        parts.iter().map(|part| self.cond(part, truth)).collect::<Vec<_>>().join(between)
    }

    fn quantifier(&mut self, quantifier: Quantifier, list: &List, frame: u8, body: &Cond, truth: bool) -> String {
        let name = self.list(list);
        let body = self.inside(frame, |words| words.cond(body, true));
        match (quantifier, truth) {
            (Quantifier::Every, true) => format!("{name}的每一项都{body}"),
            (Quantifier::Every, false) => format!("{name}不是每一项都{body}"),
            (Quantifier::Some, true) | (Quantifier::None, false) => format!("{name}中有{body}的"),
            (Quantifier::Some, false) | (Quantifier::None, true) => format!("{name}中没有{body}的"),
        }
    }

    /// Words about a list's elements.
    fn inside(&mut self, frame: u8, words: impl FnOnce(&mut Self) -> String) -> String {
        self.within.push(frame);
        let said = words(self);
        self.within.pop();
        said
    }
}

/// Whether a comparison says that two values are the same, or that they are not.
fn same(op: CompareOp, truth: bool) -> Option<bool> {
    match op {
        CompareOp::Eq => Some(truth),
        CompareOp::Ne => Some(!truth),
        _ => None,
    }
}

fn order(op: CompareOp, truth: bool, show: &Show) -> &'static str {
    let days = *show == Show::Date;
    let pick = |number, day| if days { day } else { number };
    match (op, truth) {
        (CompareOp::Lt, true) | (CompareOp::Ge, false) => pick("少于", "早于"),
        (CompareOp::Le, true) | (CompareOp::Gt, false) => pick("不多于", "不晚于"),
        (CompareOp::Gt, true) | (CompareOp::Le, false) => pick("多于", "晚于"),
        (CompareOp::Ge, true) | (CompareOp::Lt, false) => pick("不少于", "不早于"),
        (CompareOp::Eq | CompareOp::Ne, _) => "是",
    }
}

fn sign(op: ArithOp) -> &'static str {
    match op {
        ArithOp::Add => "加",
        ArithOp::Sub => "减",
        ArithOp::Mul => "乘",
        ArithOp::Div | ArithOp::IntDiv => "除以",
    }
}

fn not(truth: bool) -> &'static str {
    if truth { "" } else { "不" }
}

/// Texts and options stand between Chinese quotation marks; what is no answer does not.
fn quoted(words: &str, show: &Show) -> String {
    let answer = !words.starts_with('(');
    if answer && matches!(show, Show::Text | Show::Code | Show::Option(_) | Show::Bool) {
        format!("「{words}」")
    } else {
        format!(" {words} ")
    }
}

/// A name of the rules, without the marks of their language.
fn plain(text: &str) -> String {
    let mut words = String::new();
    for c in text.chars().filter(|c| !matches!(c, '"' | '`' | ' ')) {
        let part = c == '.' && words.ends_with(|before: char| !before.is_ascii());
        words.push(if part { '的' } else { c });
    }
    words
}

/// Without blanks that part a number from nothing.
fn tidy(words: &str) -> String {
    let mut said = words.trim().replace("  ", " ");
    for (loose, tight) in [(" ,", ","), ("( ", "("), (" )", ")"), (" 、", "、"), ("、 ", "、")] {
        said = said.replace(loose, tight);
    }
    said
}
