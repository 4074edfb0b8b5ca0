//! Which days the dates of a document may be: `已发生`, `计划`, `范围`.

use crate::shape::Builder;
use crate::survey::CURSOR;
use bulou_base::source::Span;
use bulou_document::shape::{Base, Day, Element, Fields, Kind, Range, Tense, When};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{ArithOp, AttributeKind, DurationUnit, Expr, ExprKind, Field, Path, TypeKind};
use bulou_syntax::built_in::BuiltIn;
use bulou_syntax::print;

impl Builder<'_, '_> {
    fn set_date(&mut self, kind: &mut Kind, when: When) {
        match kind {
            Kind::Date(place) => *place = when,
            Kind::List(table) => {
                if let Some(place) = self.built.shape.tables.get_mut(usize::from(*table)) {
                    place.element = Element::Scalar(Kind::Date(when));
                }
            }
            Kind::Bool
            | Kind::Integer(_)
            | Kind::Decimal(_)
            | Kind::Text(_)
            | Kind::Duration(_)
            | Kind::Option(_)
            | Kind::Record(_) => {}
        }
    }

    /// What a field's attributes say of its dates.
    pub(super) fn when(&mut self, field: &Field, kind: &mut Kind) {
        let of_date = self.built.shape.when(kind).is_some();
        let (mut tense, mut range) = (None, None);
        for attribute in &field.attributes {
            let (said, word) = match &attribute.kind {
                AttributeKind::Happened => (Tense::Happened, "已发生"),
                AttributeKind::Planned => (Tense::Planned, "计划"),
                AttributeKind::Range(first, last) if of_date => {
                    range = self.days(attribute.span, first, last);
                    tense = tense.or(Some(Tense::Ranged));
                    continue;
                }
                _ => continue,
            };
            match tense {
                _ if !of_date => self.misplaced(attribute.span, word, texts::fits_date()),
                Some(Tense::Happened | Tense::Planned) => self.contradicted(attribute.span),
                _ => tense = Some(said),
            }
        }
        if !of_date {
            return;
        }
        if tense.is_none() {
            self.built.diagnostics.push(tenseless(field));
        }
        self.set_date(kind, When { tense: tense.unwrap_or(Tense::Happened), range });
    }

    fn contradicted(&mut self, span: Span) {
        self.error(
            Code::Attribute,
            span,
            texts::happened_planned_exclude_each().text(),
            texts::remove_one_them().text(),
        );
    }

    /// A range of days; what it cannot be is reported.
    fn days(&mut self, span: Span, first: &Expr, last: &Expr) -> Option<Range> {
        let (from, to) = (self.day(first), self.day(last));
        match (from, to) {
            (Some(from), Some(to)) => {
                match (from.fixed(), to.fixed()) {
                    (Some(None), _) | (_, Some(None)) => self.no_range(span),
                    (Some(a), Some(b)) if a > b => self.no_range(span),
                    _ => {}
                }
                let ends = |lang| [first, last].map(|end| self.bound(end, lang));
                let [[first, last], [first_en, last_en]] = Lang::ALL.map(ends);
                let text = texts::from_day_to_day(&Each(&first, &first_en), &Each(&last, &last_en)).text();
                Some(Range { first: from, last: to, text })
            }
            _ => {
                self.no_range(span);
                None
            }
        }
    }

    /// A bound as whoever fills in a form reads it: he knows the day that a parameter is, and not what it is called.
    fn bound(&self, expr: &Expr, lang: Lang) -> String {
        match &expr.kind {
            ExprKind::Name(name) => {
                let param = self.declared.param(name);
                param.map_or_else(|| name.clone(), |param| print::expr(&param.default, lang))
            }
            ExprKind::Arith(op @ (ArithOp::Add | ArithOp::Sub), base, by) => {
                let (base, by) = (self.bound(base, lang), print::expr(by, lang));
                match op {
                    ArithOp::Add => texts::so_long_after(&base, &by).get(lang),
                    _ => texts::so_long_before(&base, &by).get(lang),
                }
            }
            _ => print::expr(expr, lang),
        }
    }

    fn no_range(&mut self, span: Span) {
        self.error(Code::Constant, span, texts::range_dates_two_days().text(), texts::example_scope_2022_06().text());
    }

    fn day(&mut self, expr: &Expr) -> Option<Day> {
        let of = |base| Some(Day { base, shifts: Vec::new() });
        match &expr.kind {
            ExprKind::Date(date) => of(Base::On(*date)),
            ExprKind::Today => of(Base::Today),
            ExprKind::Name(name) => {
                self.built.asks_day |= name == CURSOR;
                let index = self.declared.params.iter().position(|param| param.name.text == *name)?;
                let param = self.declared.params.get(index)?;
                let is_date = matches!(param.ty.kind, TypeKind::BuiltIn(BuiltIn::Date)) && !param.ty.optional;
                self.built.used_params.push((expr.span, index));
                if is_date { of(Base::Param(index)) } else { None }
            }
            ExprKind::Arith(op @ (ArithOp::Add | ArithOp::Sub), base, by) => {
                let ExprKind::Duration(length) = &by.kind else { return None };
                let mut day = self.day(base)?;
                let count = i64::from(length.count);
                day.shifts.push((if *op == ArithOp::Add { count } else { -count }, length.unit));
                (length.unit != DurationUnit::WorkDays).then_some(day)
            }
            _ => None,
        }
    }

    /// The day of a document has happened, also where nothing is said of it.
    pub(super) fn dated(&mut self, path: Option<&Path>) {
        let (Some(path), Some(date)) = (path, &self.built.shape.date) else { return };
        let declared = self.built.spans.get(&(0, date.slot)).copied();
        self.built.diagnostics.retain(|found| found.code != Code::DateTense || Some(found.primary.span) != declared);
        let Some(Element::Record(fields)) = self.built.shape.tables.first().map(|table| &table.element) else { return };
        if tense(fields, date.slot).is_some_and(|tense| tense != Tense::Happened) {
            self.error(
                Code::DataPath,
                path.span,
                texts::date_document_one_happened().text(),
                texts::write_happened_field().text(),
            );
        }
    }
}

/// What is said of the date at a slot of a record, or of the records within.
fn tense(fields: &Fields, slot: u32) -> Option<Tense> {
    fields.fields.iter().find_map(|field| match &field.kind {
        Kind::Record(inner) => tense(inner, slot),
        scalar => scalar.when().filter(|_| field.slot == slot).map(|when| when.tense),
    })
}

fn tenseless(field: &Field) -> Diagnostic {
    let name = &field.name.text;
    Diagnostic::new(
        Code::DateTense,
        field.name.span,
        texts::nothing_says_whether_date(&name).text(),
        texts::write_happened_what_done().text(),
    )
}
