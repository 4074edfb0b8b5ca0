//! Lists and what is made of them.

use bulou_syntax::ast::{Aggregate, CompareOp, Expr, ExprKind, TypeKind};
use num_rational::Ratio;
use num_traits::{CheckedAdd as _, CheckedDiv as _};

use super::reading::{Item, List, Number, Record, Val};
use super::truths::{Truth, compare, within};
use super::values::used;
use super::world::{Scope, World};

/// Whether a value is in a list; of one that is unknown nothing can be said.
pub fn contains(list: &List<'_>, value: &Val<'_>) -> Truth {
    if compare(CompareOp::Eq, value, value) == Truth::Unknown {
        // Whatever it is, nothing is in a list without elements.
        return if list.items.is_empty() && !list.open { Truth::False } else { Truth::Unknown };
    }
    let rest = if list.open { Some(Truth::Unknown) } else { None };
    let found = list.items.iter().map(|item| {
        let same = compare(CompareOp::Eq, &item.value, value);
        if item.sure { same } else { same.min(Truth::Unknown) }
    });
    found.chain(rest).max().unwrap_or(Truth::False)
}

impl<'a> World<'a> {
    /// A list; one that is optional and absent is empty.
    pub fn list(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> List<'a> {
        match self.value(expr, scopes) {
            Val::List(list) => list,
            Val::Absent => List::default(),
            value => panic!("no list: {value:?}"),
        }
    }

    /// Whether an expression is a list field, or a definition that names one, by its declaration.
    pub fn list_typed(&self, expr: &'a Expr, scopes: &[Scope<'a>]) -> bool {
        match &expr.kind {
            ExprKind::Name(name) => {
                let field = scopes.iter().rev().any(|scope| match &scope.value {
                    Val::Record(record) if scope.name.is_none() => list_field(record, name),
                    _ => false,
                });
                let define = self.defines.get(name.as_str());
                field || define.is_some_and(|define| self.list_typed(&define.value, &self.outermost()))
            }
            ExprKind::Field(base, name) => match self.value(base, scopes) {
                Val::Record(record) => list_field(&record, &name.text),
                _ => true,
            },
            ExprKind::Filter(..) | ExprKind::List(_) | ExprKind::All(_) => true,
            _ => false,
        }
    }

    /// `L[cond]`
    pub fn filtered(&self, list: &List<'a>, name: Option<&'a str>, cond: &'a Expr, scopes: &[Scope<'a>]) -> List<'a> {
        let mut kept = List { items: Vec::new(), optional: false, missing: false, ..list.clone() };
        for item in &list.items {
            match self.truth(cond, &within(scopes, name, &item.value)) {
                Truth::False => {}
                truth => kept.items.push(Item { value: item.value.clone(), sure: item.sure && truth == Truth::True }),
            }
        }
        kept
    }

    /// `L.field`; lists of lists become one.
    pub fn projected(&self, list: &List<'a>, name: &str) -> List<'a> {
        let field = list.fields.and_then(|fields| fields.iter().find(|field| field.name.text == name));
        let mut all = field.map(|field| self.nothing_known_of(field)).unwrap_or_default();
        all.open = list.open;
        for item in &list.items {
            let listed = matches!(&item.value, Val::Record(record) if list_field(record, name));
            let value = self.step(&item.value, name);
            match value {
                Val::List(inner) => {
                    all.open |= inner.open;
                    let items = inner.items.into_iter().map(|inner| Item { sure: inner.sure && item.sure, ..inner });
                    all.items.extend(items);
                }
                Val::Absent if listed => {}
                _ if listed => all.open = true,
                value => all.items.push(Item { value: used(value), sure: item.sure }),
            }
        }
        all
    }

    /// A field of a value that is a record, or stands where one should.
    pub fn step(&self, value: &Val<'a>, name: &str) -> Val<'a> {
        match value {
            Val::Record(record) => self.field(record, name).unwrap_or(Val::Unknown),
            Val::Absent => Val::Absent,
            _ => Val::Unknown,
        }
    }

    /// 数量 合计 …
    pub fn aggregate(&self, aggregate: Aggregate, list: List<'a>) -> Val<'a> {
        if aggregate == Aggregate::Distinct {
            return Val::List(distinct(list));
        }
        if list.open || list.items.iter().any(|item| !item.sure) {
            return Val::Unknown;
        }
        let values: Vec<Val<'a>> = list.items.into_iter().map(|item| item.value).collect();
        let count = Ratio::from_integer(values.len() as i128);
        if aggregate == Aggregate::Count {
            return Val::Number(count);
        }
        let op = match aggregate {
            Aggregate::Sum => return sum(&values).map_or(Val::Unknown, Val::Number),
            _ if values.is_empty() => return Val::Absent,
            Aggregate::Average => {
                let average = sum(&values).and_then(|sum| sum.checked_div(&count));
                return average.map_or(Val::Unknown, Val::Number);
            }
            Aggregate::Max | Aggregate::Latest => CompareOp::Gt,
            _ => CompareOp::Lt,
        };
        extreme(op, values)
    }

    /// 占比
    pub fn share(&self, list: &List<'a>, cond: &'a Expr, scopes: &[Scope<'a>]) -> Val<'a> {
        if list.open || list.items.iter().any(|item| !item.sure) {
            return Val::Unknown;
        }
        let truths = list.items.iter().map(|item| self.truth(cond, &within(scopes, None, &item.value)));
        let truths: Vec<Truth> = truths.collect();
        if truths.contains(&Truth::Unknown) {
            return Val::Unknown;
        }
        if truths.is_empty() {
            return Val::Absent;
        }
        let true_ones = truths.iter().filter(|truth| **truth == Truth::True).count();
        Val::Number(Ratio::new(true_ones as i128, truths.len() as i128))
    }
}

fn list_field(record: &Record<'_>, name: &str) -> bool {
    record.fields.iter().any(|field| field.name.text == name && matches!(field.ty.kind, TypeKind::List(_)))
}

fn sum(values: &[Val<'_>]) -> Option<Number> {
    values.iter().try_fold(Ratio::from_integer(0), |sum, value| match value {
        Val::Number(number) => sum.checked_add(number),
        _ => None,
    })
}

fn extreme<'a>(op: CompareOp, values: Vec<Val<'a>>) -> Val<'a> {
    let mut values = values.into_iter();
    let Some(mut best) = values.next() else { return Val::Absent };
    let mut known = compare(CompareOp::Eq, &best, &best) == Truth::True;
    for value in values {
        match compare(op, &value, &best) {
            Truth::True => best = value,
            Truth::Unknown => known = false,
            _ => {}
        }
    }
    if known { best } else { Val::Unknown }
}

/// Each value once; one that is unknown may be another's double.
fn distinct(list: List<'_>) -> List<'_> {
    let alone = list.items.len() == 1 && !list.open;
    let mut kept: Vec<Item<'_>> = Vec::new();
    for item in list.items {
        let known = compare(CompareOp::Eq, &item.value, &item.value) == Truth::True;
        let same = |other: &&mut Item<'_>| compare(CompareOp::Eq, &other.value, &item.value) == Truth::True;
        match kept.iter_mut().find(same) {
            Some(other) => other.sure |= item.sure,
            None => kept.push(Item { sure: item.sure && (known || alone), ..item }),
        }
    }
    List { items: kept, ..list }
}
