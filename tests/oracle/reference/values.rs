//! Values of expressions.

use bulou_syntax::ast::{ArithOp, Expr, ExprKind, Table};
use num_rational::Ratio;
use num_traits::{CheckedAdd as _, CheckedDiv as _, CheckedMul as _, CheckedSub as _, Zero as _};

use super::reading::{List, Val};
use super::texts::normal;
use super::truths::Truth;
use super::world::{Scope, World};

impl<'a> World<'a> {
    /// What an expression is.
    pub fn value(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> Val<'a> {
        let of = |expr: &'a Expr| self.value(expr, scopes);
        match &expr.kind {
            ExprKind::Bool(yes) => Val::Bool(*yes),
            ExprKind::Number(literal) => {
                Val::Number(Ratio::new(i128::from(literal.mantissa), 10_i128.pow(literal.scale)))
            }
            ExprKind::Text(text) => Val::Text(normal(text)),
            ExprKind::Date(date) => Val::Date(*date),
            ExprKind::Duration(literal) => Val::Duration(i64::from(literal.count), literal.unit, literal.weeks),
            ExprKind::Today => Val::Date(self.today),
            ExprKind::Name(name) => self.named(name, scopes),
            ExprKind::Field(base, name) => match of(base) {
                Val::List(list) => Val::List(self.projected(&list, &name.text)),
                value => self.step(&value, &name.text),
            },
            ExprKind::Call(name, args) => match self.tables.get(name.text.as_str()) {
                Some(table) => self.look_up(table, args, scopes),
                None => panic!("no table {}", name.text),
            },
            ExprKind::Aggregate(_, list, Some(cond)) => self.share(&self.list(list, scopes), cond, scopes),
            ExprKind::Aggregate(aggregate, list, None) => self.aggregate(*aggregate, self.list(list, scopes)),
            ExprKind::If(test, yes, Some(no)) => match self.truth(test, scopes) {
                Truth::True => used(of(yes)),
                Truth::False => used(of(no)),
                _ if of(yes) == of(no) => used(of(yes)),
                _ => Val::Unknown,
            },
            ExprKind::Default(value, fallback) => match of(value) {
                Val::Absent => used(of(fallback)),
                value => used(value),
            },
            ExprKind::Arith(op, left, right) => self.arith(*op, of(left), of(right)),
            ExprKind::Neg(inner) => match of(inner) {
                Val::Number(number) => Val::Number(-number),
                Val::Duration(count, unit, weeks) => {
                    count.checked_neg().map_or(Val::Unknown, |count| Val::Duration(count, unit, weeks))
                }
                _ => Val::Unknown,
            },
            ExprKind::Filter(list, name, cond) => {
                let name = name.as_ref().map(|name| name.text.as_str());
                Val::List(self.filtered(&self.list(list, scopes), name, cond, scopes))
            }
            ExprKind::All(name) => {
                let options = self.options.get(name.text.as_str()).into_iter().flatten();
                Val::List(List::of(options.map(|option| Val::Text((*option).to_owned()))))
            }
            ExprKind::List(parts) => {
                let extents = parts.iter().map(|part| self.extent(part, scopes)?.range());
                let within = extents.reduce(|one, other| one?.or(&other?)).flatten();
                Val::List(List { within, ..List::of(parts.iter().map(of)) })
            }
            _ => match self.truth(expr, scopes) {
                Truth::True => Val::Bool(true),
                Truth::False => Val::Bool(false),
                Truth::Unknown | Truth::Pending => Val::Unknown,
            },
        }
    }

    fn arith(&self, op: ArithOp, left: Val<'a>, right: Val<'a>) -> Val<'a> {
        self.result(op, left, right).unwrap_or(Val::Unknown)
    }

    fn result(&self, op: ArithOp, left: Val<'a>, right: Val<'a>) -> Option<Val<'a>> {
        let whole =
            |number: Ratio<i128>| number.is_integer().then(|| i64::try_from(number.to_integer()).ok()).flatten();
        Some(match (op, left, right) {
            (_, Val::Number(a), Val::Number(b)) => Val::Number(match op {
                ArithOp::Add => a.checked_add(&b)?,
                ArithOp::Sub => a.checked_sub(&b)?,
                ArithOp::Mul => a.checked_mul(&b)?,
                ArithOp::Div | ArithOp::IntDiv if b.is_zero() => return None,
                ArithOp::Div => a.checked_div(&b)?,
                ArithOp::IntDiv => a.checked_div(&b)?.floor(),
            }),
            (ArithOp::Add, Val::Date(day), Val::Duration(count, unit, _))
            | (ArithOp::Add, Val::Duration(count, unit, _), Val::Date(day)) => Val::Date(self.later(day, count, unit)?),
            (ArithOp::Sub, Val::Date(day), Val::Duration(count, unit, _)) => {
                Val::Date(self.later(day, count.checked_neg()?, unit)?)
            }
            (ArithOp::Sub, Val::Date(a), Val::Date(b)) => {
                Val::Duration((a - b).num_days(), bulou_syntax::ast::DurationUnit::Days, false)
            }
            (ArithOp::Add, Val::Duration(a, unit, one), Val::Duration(b, _, other)) => {
                Val::Duration(a.checked_add(b)?, unit, one || other)
            }
            (ArithOp::Sub, Val::Duration(a, unit, one), Val::Duration(b, _, other)) => {
                Val::Duration(a.checked_sub(b)?, unit, one || other)
            }
            (ArithOp::Mul, Val::Duration(count, unit, weeks), Val::Number(times))
            | (ArithOp::Mul, Val::Number(times), Val::Duration(count, unit, weeks)) => {
                Val::Duration(whole(times.checked_mul(&Ratio::from_integer(i128::from(count)))?)?, unit, weeks)
            }
            _ => return None,
        })
    }

    /// The result of the row that fits; where an input is not known, what all rows say that may fit.
    fn look_up(&self, table: &'a Table, args: &'a [Expr], scopes: &[Scope<'a>]) -> Val<'a> {
        let rows = self.rows(table, args, scopes).into_iter();
        let mut results = rows.map(|(result, scopes)| match used(self.value(result, &scopes)) {
            Val::Astray(_) => Val::Unknown,
            value => value,
        });
        let first = results.next().unwrap_or(Val::Unknown);
        if results.all(|other| other == first) { first } else { Val::Unknown }
    }
}

/// A value that another is made of: only the field itself can be missing, not what is made of it.
pub fn used(value: Val<'_>) -> Val<'_> {
    if value == Val::Missing { Val::Unknown } else { value }
}
