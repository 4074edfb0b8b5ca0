//! What a rule looks at, said in the labels of the form and not in the rule language.

use super::Explainer;
use crate::show;
use bulou_base::value::Value;
use bulou_document::field_label;
use bulou_ir::expr::{Cond, CondKind, FieldRef, List, ListKind, Scalar, ScalarKind, Show};
use bulou_ir::is_answer;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_syntax::ast::{Aggregate, ArithOp, CompareOp, Quantifier};

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
        let named = field_label(&self.evaluator.rules.shape, field.table, field.slot);
        if named.is_none_or(|named| is_answer(&named.name)) {
            return plain(text, self.lang());
        }
        let label = |slot| {
            let field = field_label(&self.evaluator.rules.shape, field.table, slot);
            field.map(|field| field.label.as_str()).unwrap_or_default()
        };
        let parts = field.headers.iter().map(|header| label(header.slot)).chain([label(field.slot)]);
        let parts = parts.filter(|part| !part.is_empty()).map(str::to_owned);
        parts.reduce(|whole, part| texts::list_part(&whole, &part).get(self.lang())).unwrap_or_default()
    }

    /// A condition with the values that made it true or false: `事件类别填的是「外人闯入」`.
    pub(super) fn compared_words(&self, cond: &Cond, values: &[Value<'d>], truth: bool) -> String {
        let lang = self.lang();
        let said = |scalar: &Scalar, at: usize| {
            let value = values.get(at).copied().unwrap_or(Value::Unknown);
            quoted(&self.shown(value, &scalar.show), &scalar.show, lang)
        };
        let subject = |scalar: &Scalar| {
            let (words, said) = (self.value_words(scalar), said(scalar, 0));
            match scalar.kind {
                ScalarKind::Field(_) => texts::field_says(&words, &said).get(lang),
                _ => texts::value_is(&words, &said).get(lang),
            }
        };
        let other = |scalar: &Scalar, at: usize| match scalar.kind {
            ScalarKind::Const(_) => said(scalar, at),
            _ => texts::value_words_said(&self.value_words(scalar), &said(scalar, at)).get(lang),
        };
        let words = match &cond.kind {
            CondKind::Compare(op, a, b) => match (same(*op, truth), &b.kind) {
                (Some(true), ScalarKind::Const(_)) => subject(a),
                (Some(true), _) => texts::same(&subject(a), &other(b, 1)).get(lang),
                (Some(false), _) => texts::not_6(&subject(a), &other(b, 1)).get(lang),
                (None, _) => {
                    let order = order(*op, truth, &a.show, lang);
                    texts::subject_order_other(&subject(a), &order, &other(b, 1)).get(lang)
                }
            },
            CondKind::Between(a, b, c) => {
                let (subject, not, low, high) = (subject(a), not(truth, lang), other(b, 1), other(c, 2));
                texts::between_2(&subject, &not, &low, &high).get(lang)
            }
            CondKind::TextContains(a, b) => {
                let (subject, part) = (subject(a), other(b, 1));
                match truth {
                    true => texts::subject_has_part(&subject, &part).get(lang),
                    false => texts::subject_has_not_part(&subject, &part).get(lang),
                }
            }
            CondKind::In(a, list) => {
                let (subject, not, list) = (subject(a), not(truth, lang), self.list_name(list));
                texts::among_2(&subject, &not, &list).get(lang)
            }
            CondKind::Value(a) => subject(a),
            CondKind::HasValue(a) => there_is(&self.value_words(a), truth, lang),
            _ => self.wording().cond(cond, truth),
        };
        tidy(&words)
    }

    fn wording(&self) -> Wording<'_, 'm, 'd> {
        Wording { explainer: self, within: Vec::new() }
    }
}

impl Wording<'_, '_, '_> {
    fn lang(&self) -> Lang {
        self.explainer.lang()
    }

    fn scalar(&mut self, scalar: &Scalar) -> String {
        let lang = self.lang();
        match &scalar.kind {
            ScalarKind::Const(constant) => {
                let sets = &self.explainer.evaluator.rules.shape.option_sets;
                quoted(&show::constant(constant, &scalar.show, sets, lang), &scalar.show, lang)
            }
            ScalarKind::Field(field) => self.explainer.field_words(field, &scalar.text),
            ScalarKind::Bound(frame) if self.within.contains(frame) => texts::item_5().get(lang).into(),
            ScalarKind::Bound(frame) => self.explainer.shown(self.explainer.evaluator.bound(*frame), &scalar.show),
            ScalarKind::Today => texts::today().get(lang).into(),
            ScalarKind::Arith(op, a, b) | ScalarKind::DurationArith(op, a, b) => {
                format!("{}{}{}", self.scalar(a), sign(*op, lang), self.scalar(b))
            }
            ScalarKind::Shift(day, length, _, back) => {
                let (day, length) = (self.scalar(day), self.scalar(length));
                let words = if *back { texts::before() } else { texts::after() };
                texts::day_words_length(&day, &words, &length).get(lang)
            }
            ScalarKind::DaysBetween(later, earlier) => {
                let (from, to) = (self.scalar(earlier), self.scalar(later));
                texts::days_from(&from, &to).get(lang)
            }
            ScalarKind::Neg(inner) => texts::minus_2(&self.scalar(inner)).get(lang),
            ScalarKind::Default(inner, _) | ScalarKind::Hoisted(_, inner) => self.scalar(inner),
            ScalarKind::If(test, yes, no) => {
                let (test, yes, no) = (self.cond(test, true), self.scalar(yes), self.scalar(no));
                texts::if_otherwise(&test, &yes, &no).get(lang)
            }
            ScalarKind::Aggregate(kind, list, share) => self.aggregate(*kind, list, share.as_ref()),
            ScalarKind::Cond(cond) => self.cond(cond, true),
            ScalarKind::Param(_) | ScalarKind::Definition(_) | ScalarKind::Table(..) | ScalarKind::Argument(_) => {
                plain(&scalar.text, lang)
            }
        }
    }

    fn aggregate(&mut self, kind: Aggregate, list: &List, share: Option<&(u8, Box<Cond>)>) -> String {
        let list = self.list(list);
        let cond = share.map(|(frame, cond)| self.inside(*frame, |words| words.cond(cond, true)));
        kind.function().of(&list, &cond.unwrap_or_default(), self.lang())
    }

    fn list(&mut self, list: &List) -> String {
        let lang = self.lang();
        match &list.kind {
            ListKind::Field(field, ..) => self.explainer.field_words(field, &list.text),
            ListKind::Filter(inner, frame, cond) => {
                let cond = self.inside(*frame, |words| words.cond(cond, true));
                texts::where_word(&self.list(inner), &cond).get(lang)
            }
            ListKind::Project(inner, frame, scalar) => {
                let part = self.inside(*frame, |words| words.scalar(scalar));
                self.part_of(inner, &part)
            }
            ListKind::Flatten(inner, frame, nested) => {
                let part = self.inside(*frame, |words| words.list(nested));
                self.part_of(inner, &part)
            }
            ListKind::Literal(parts) => {
                parts.iter().map(|part| self.scalar(part)).collect::<Vec<_>>().join(texts::list_comma().get(lang))
            }
            ListKind::Distinct(inner) => Aggregate::Distinct.function().of(&self.list(inner), "", lang),
            ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => self.list(inner),
            ListKind::All(_) | ListKind::Param(_) | ListKind::Definition(_) => plain(&list.text, lang),
        }
    }

    fn part_of(&mut self, list: &List, part: &str) -> String {
        let list = self.list(list);
        texts::list_part(&list, &part).get(self.lang())
    }

    /// What holds when a condition is `truth`.
    fn cond(&mut self, cond: &Cond, truth: bool) -> String {
        let lang = self.lang();
        let not = not(truth, lang);
        match &cond.kind {
            CondKind::Not(inner) => self.cond(inner, !truth),
            CondKind::And(parts) if truth => self.joined(parts, texts::and_between().get(lang), truth),
            CondKind::Or(parts) if !truth => self.joined(parts, texts::and_between().get(lang), truth),
            CondKind::And(parts) | CondKind::Or(parts) => self.joined(parts, texts::or().get(lang), truth),
            CondKind::If(test, yes, _) => texts::if_word(&self.cond(test, true), &self.cond(yes, truth)).get(lang),
            CondKind::Compare(op, a, b) => {
                let word = match same(*op, truth) {
                    Some(true) => texts::is_yes().get(lang),
                    Some(false) => texts::not_5().get(lang),
                    None => order(*op, truth, &a.show, lang),
                };
                texts::scalar_word_scalar2(&self.scalar(a), &word, &self.scalar(b)).get(lang)
            }
            CondKind::In(a, list) => texts::among(&self.scalar(a), &not, &self.list(list)).get(lang),
            CondKind::Between(a, b, c) => {
                let (a, b, c) = (self.scalar(a), self.scalar(b), self.scalar(c));
                texts::between(&a, &not, &b, &c).get(lang)
            }
            CondKind::TextContains(a, b) => {
                let (text, part) = (self.scalar(a), self.scalar(b));
                match truth {
                    true => texts::text_has_part(&text, &part).get(lang),
                    false => texts::text_has_not_part(&text, &part).get(lang),
                }
            }
            CondKind::HasField(field, _) => {
                let field = self.explainer.field_words(field, &cond.text);
                match truth {
                    true => texts::field_filled(&field).get(lang),
                    false => texts::field_not_filled(&field).get(lang),
                }
            }
            CondKind::HasValue(scalar) => there_is(&self.scalar(scalar), truth, lang),
            CondKind::Value(scalar) => {
                let answer = if truth { texts::yes().get(lang) } else { texts::no().get(lang) };
                texts::scalar_answer(&self.scalar(scalar), &answer).get(lang)
            }
            CondKind::Quantifier(quantifier, list, frame, body) => {
                self.quantifier(*quantifier, list, *frame, body, truth)
            }
            CondKind::Covers(have, want) => {
                let (have, want) = (self.list(have), self.list(want));
                let said = if truth { texts::has() } else { texts::not_7() };
                texts::covers_words(&have, &said, &want).get(lang)
            }
            CondKind::Deadline(deadline) => texts::time(&self.scalar(&deadline.done), &not).get(lang),
            CondKind::By(by) => texts::due_day(&self.cond(&by.cond, truth)).get(lang),
            CondKind::Frequency(frequency) => texts::often_enough(&self.list(&frequency.dates), &not).get(lang),
            CondKind::Const(_) | CondKind::Definition(_) => {
                let words = plain(&cond.text, lang);
                if truth { words } else { texts::not_4(&words).get(lang) }
            }
        }
    }

    fn joined(&mut self, parts: &[Cond], between: &str, truth: bool) -> String {
        parts.iter().map(|part| self.cond(part, truth)).collect::<Vec<_>>().join(between)
    }

    fn quantifier(&mut self, quantifier: Quantifier, list: &List, frame: u8, body: &Cond, truth: bool) -> String {
        let (lang, name) = (self.lang(), self.list(list));
        let body = self.inside(frame, |words| words.cond(body, true));
        match (quantifier, truth) {
            (Quantifier::Every, true) => texts::every_one(&name, &body).get(lang),
            (Quantifier::Every, false) => texts::not_every_one(&name, &body).get(lang),
            (Quantifier::Some, true) | (Quantifier::None, false) => texts::some(&name, &body).get(lang),
            (Quantifier::Some, false) | (Quantifier::None, true) => texts::none_6(&name, &body).get(lang),
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

fn there_is(what: &str, truth: bool, lang: Lang) -> String {
    if truth { texts::what(&what).get(lang) } else { texts::no_2(&what).get(lang) }
}

/// Whether a comparison says that two values are the same, or that they are not.
fn same(op: CompareOp, truth: bool) -> Option<bool> {
    match op {
        CompareOp::Eq => Some(truth),
        CompareOp::Ne => Some(!truth),
        _ => None,
    }
}

fn order(op: CompareOp, truth: bool, show: &Show, lang: Lang) -> &'static str {
    let days = *show == Show::Date;
    let pick = |number, day| if days { day } else { number };
    let words = match (op, truth) {
        (CompareOp::Lt, true) | (CompareOp::Ge, false) => pick(texts::less_than(), texts::before_2()),
        (CompareOp::Le, true) | (CompareOp::Gt, false) => pick(texts::most(), texts::not_after()),
        (CompareOp::Gt, true) | (CompareOp::Le, false) => pick(texts::more_than(), texts::after_2()),
        (CompareOp::Ge, true) | (CompareOp::Lt, false) => pick(texts::least(), texts::not_before()),
        (CompareOp::Eq | CompareOp::Ne, _) => texts::is_yes(),
    };
    words.get(lang)
}

fn sign(op: ArithOp, lang: Lang) -> &'static str {
    match op {
        ArithOp::Add => texts::plus().get(lang),
        ArithOp::Sub => texts::minus().get(lang),
        ArithOp::Mul => texts::times().get(lang),
        ArithOp::Div | ArithOp::IntDiv => texts::divided().get(lang),
    }
}

fn not(truth: bool, lang: Lang) -> &'static str {
    if truth { "" } else { texts::not_3().get(lang) }
}

/// Texts and options stand between quotation marks; what is no answer does not.
fn quoted(words: &str, show: &Show, lang: Lang) -> String {
    let answer = !words.starts_with('(');
    let is_text = matches!(show, Show::Text | Show::Code | Show::Option(_) | Show::Bool);
    match (answer && is_text, lang) {
        (true, _) => texts::quoted(&words).get(lang),
        (false, Lang::Zh) => format!(" {words} "),
        (false, Lang::En) => words.to_owned(),
    }
}

/// A name of the rules, without the marks of their language.
fn plain(text: &str, lang: Lang) -> String {
    let mut words = String::new();
    let unmarked = text.chars().filter(|c| !matches!(c, '"' | '`') && (lang == Lang::En || *c != ' '));
    for c in unmarked {
        let part = lang == Lang::Zh && c == '.' && words.ends_with(|before: char| !before.is_ascii());
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
