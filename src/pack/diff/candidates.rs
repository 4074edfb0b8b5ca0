//! Values on which two versions of a rule may differ: every option, and what lies around each constant that either uses.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::tree::{number, walk};
use bulou_base::date::{Date, plus_days, plus_months};
use bulou_base::value::{Quotient, shown_number};
use bulou_document::shape::{Bounds, Element, Field, Fields, Kind};
use bulou_document::types::{Domain, sample};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_syntax::ast::{DurationLit, DurationUnit, Expr, ExprKind};
use bulou_syntax::built_in::Format;

/// Values of one field that are tried, at most; the nearest to the constants come first.
const VALUES: usize = 32;
/// Days that are tried as 今天, at most.
const DAYS: usize = 24;
/// The longest list that is written out element by element because a count is compared with it.
const LONGEST: i128 = 8;

/// The constants that two versions of a rule use.
#[derive(Debug, Default)]
pub(super) struct Constants {
    numbers: BTreeSet<Quotient>,
    dates: BTreeSet<Date>,
    lengths: Vec<DurationLit>,
    texts: BTreeSet<String>,
    today: bool,
    /// The language of the form that is filled in.
    lang: Lang,
}

impl Constants {
    /// What some expressions and all within them use.
    pub fn of<'e>(exprs: impl IntoIterator<Item = &'e Expr>, lang: Lang) -> Self {
        let mut found = Self { lang, ..Self::default() };
        for expr in exprs {
            walk(expr, &mut |part| found.add(part));
        }
        found
    }

    fn add(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Number(literal) => {
                self.numbers.insert(number(*literal));
            }
            ExprKind::Text(text) => {
                self.texts.insert(text.clone());
            }
            ExprKind::Date(date) => {
                self.dates.insert(*date);
            }
            ExprKind::Duration(length) if !self.lengths.contains(length) => self.lengths.push(*length),
            ExprKind::Frequency(_) => {
                self.today = true;
                self.lengths.extend([1, 3].map(|count| DurationLit {
                    count,
                    unit: DurationUnit::Months,
                    weeks: false,
                }));
            }
            ExprKind::Today | ExprKind::Deadline(..) | ExprKind::By(..) => self.today = true,
            _ => {}
        }
    }

    /// Days around every date and every length from it.
    pub fn dates(&self, as_of: Date) -> Vec<Date> {
        let own = if self.today || self.dates.is_empty() { Some(as_of) } else { None };
        let bases: Vec<Date> = self.dates.iter().copied().chain(own).collect();
        let mut found = bases.clone();
        found.extend(bases.iter().flat_map(|base| self.lengths.iter().flat_map(|length| around(*base, *length))));
        found.extend(bases.iter().flat_map(|base| [1, -1].into_iter().filter_map(|days| plus_days(*base, days))));
        first(found, VALUES)
    }

    /// Days to check for: the one that was asked for, and those on which a deadline may end.
    pub fn days(&self, as_of: Date) -> Vec<Date> {
        let mut days = vec![as_of];
        if self.today {
            days.extend(self.dates(as_of));
        }
        first(days, DAYS)
    }

    fn numbers(&self, bounds: &Bounds, whole: bool) -> Vec<Json> {
        let one = Quotient::from_integer(1);
        let steps = if whole { vec![one] } else { vec![one, Quotient::new(1, 100)] };
        let mut found: Vec<Quotient> = self.numbers.iter().copied().collect();
        found.extend(
            steps.iter().flat_map(|step| self.numbers.iter().flat_map(move |number| [number - step, number + step])),
        );
        found.extend([Quotient::from_integer(0), one]);
        found.extend(bounds.min.into_iter().chain(bounds.max));
        let pairs = self.numbers.iter().flat_map(|one| self.numbers.iter().map(move |other| one + other));
        found.extend(pairs);
        let fits = |number: &Quotient| {
            bounds.min.is_none_or(|min| *number >= min)
                && bounds.max.is_none_or(|max| *number <= max)
                && (!whole || number.is_integer())
        };
        let kept = first(found.into_iter().filter(fits).collect(), VALUES);
        kept.into_iter().filter_map(|number| serde_json::from_str(&shown_number(number)).ok()).collect()
    }

    fn durations(&self, unit: DurationUnit) -> Vec<Json> {
        let counts = self.lengths.iter().filter(|length| length.unit == unit).map(|length| length.count);
        let counts: Vec<i32> =
            counts.flat_map(|count| [count, count.saturating_sub(1), count.saturating_add(1)]).chain([1]).collect();
        let text = |count: i32| json!(texts::diff_count(&count, &unit.called(self.lang)).get(self.lang));
        first(counts.into_iter().filter(|count| *count >= 0).collect(), VALUES).into_iter().map(text).collect()
    }

    fn texts(&self, format: Option<Format>) -> Vec<Json> {
        let sample = sample(format, self.lang);
        let own = self.texts.iter().filter(|_| format.is_none()).map(String::as_str);
        std::iter::once(sample).chain(own).take(VALUES).map(|text| json!(text)).collect()
    }

    /// What a field may hold; the first value is an ordinary one.
    pub fn values(&self, rules: &RuleSet, kind: &Kind, as_of: Date, used: &dyn Fn(u16, u32) -> bool) -> Vec<Json> {
        match kind.domain() {
            Domain::Bool => vec![json!(true), json!(false)],
            Domain::Whole(bounds) => self.numbers(bounds, true),
            Domain::Decimal(bounds) => self.numbers(bounds, false),
            Domain::Text(format) => self.texts(format),
            Domain::Date(_) => self.dates(as_of).into_iter().map(|date| json!(date.to_string())).collect(),
            Domain::Duration(unit) => self.durations(unit),
            Domain::Option(_) => options(rules, kind).into_iter().map(|option| json!(option)).collect(),
            Domain::Record(_) => vec![json!({})],
            Domain::List(table) => match rules.shape.tables.get(usize::from(table)).map(|table| &table.element) {
                Some(Element::Scalar(element)) => self.scalars(&self.values(rules, element, as_of, used), element),
                Some(Element::Record(fields)) => {
                    let value = |field: &Field| self.values(rules, &field.kind, as_of, used);
                    let inner: Vec<&Field> = fields.fields.iter().filter(|field| used(table, field.slot)).collect();
                    self.records(rules, fields, &inner, &value)
                }
                None => Vec::new(),
            },
        }
    }

    /// Lists of plain values: none, one, and of options all and all but one.
    fn scalars(&self, values: &[Json], element: &Kind) -> Vec<Json> {
        let mut found = vec![json!([])];
        found.extend(values.iter().map(|value| json!([value])));
        if element.option_set().is_some() {
            found.extend(but_one(values));
        }
        let repeated =
            values.first().into_iter().flat_map(|value| self.counts().map(move |count| json!(vec![value; count])));
        found.extend(repeated);
        found.extend(self.counts().map(|count| values.iter().cycle().take(count).cloned().collect()));
        found
    }

    /// Lists of records: none; one of each option of a field, all and all but one, the other fields that are used filled
    /// in; as many as a count may be compared with.
    fn records(
        &self,
        rules: &RuleSet,
        fields: &Fields,
        used: &[&Field],
        values: &dyn Fn(&Field) -> Vec<Json>,
    ) -> Vec<Json> {
        let element = |number: usize, set: Option<(&Field, &Json)>| {
            let mut record = Map::new();
            for field in used {
                let ordinary = values(field).into_iter().next();
                let value = match set {
                    Some((chosen, value)) if chosen.name == field.name => Some(value.clone()),
                    _ if field.unique => ordinary.map(|value| distinct(value, number)),
                    _ => ordinary,
                };
                record.extend(value.map(|value| (field.name.clone(), value)));
            }
            Json::Object(record)
        };
        let mut found = vec![json!([]), json!([{}]), json!([element(0, None)])];
        for field in fields.fields.iter().filter(|field| used.iter().any(|other| other.name == field.name)) {
            let options: Vec<Json> = options(rules, &field.kind).into_iter().map(|option| json!(option)).collect();
            let each = options.iter().enumerate().map(|(number, option)| element(number, Some((field, option))));
            found.extend(but_one(&each.collect::<Vec<_>>()));
        }
        found.extend(self.counts().map(|count| (0..count).map(|number| element(number, None)).collect()));
        found
    }

    /// Lengths of lists around small numbers.
    fn counts(&self) -> impl Iterator<Item = usize> {
        let whole = self.numbers.iter().filter(|number| number.is_integer()).map(|number| number.to_integer());
        let near = whole.filter(|number| (0..=LONGEST).contains(number)).flat_map(|number| number - 1..=number + 1);
        let counts: BTreeSet<usize> =
            near.filter_map(|count| usize::try_from(count).ok()).filter(|count| *count > 1).collect();
        counts.into_iter()
    }
}

/// The day at a length from another and those beside it, later and earlier.
fn around(base: Date, length: DurationLit) -> Vec<Date> {
    let count = i64::from(length.count);
    let ends: Vec<Option<Date>> = match length.unit {
        DurationUnit::Days => vec![plus_days(base, count), plus_days(base, -count)],
        DurationUnit::Months => vec![plus_months(base, count), plus_months(base, -count)],
        // So many working days may take more than twice as many days, and longer over a holiday.
        DurationUnit::WorkDays => (0..=count + 4).map(|more| plus_days(base, count + more)).collect(),
    };
    ends.into_iter().flatten().flat_map(|day| [Some(day), plus_days(day, 1), plus_days(day, -1)]).flatten().collect()
}

/// All, and all but each one.
fn but_one(values: &[Json]) -> Vec<Json> {
    if values.is_empty() {
        return Vec::new();
    }
    let without =
        |left: usize| values.iter().enumerate().filter(move |(at, _)| *at != left).map(|(_, value)| value.clone());
    std::iter::once(json!(values)).chain((0..values.len()).map(|left| without(left).collect())).collect()
}

/// Another value for another element.
fn distinct(value: Json, number: usize) -> Json {
    match value {
        Json::String(text) if number > 0 => json!(format!("{text}{number}")),
        Json::Number(_) => json!(number),
        other => other,
    }
}

fn options(rules: &RuleSet, kind: &Kind) -> Vec<String> {
    let Some(set) = kind.option_set() else { return Vec::new() };
    rules.shape.option_sets.get(usize::from(set)).map(|set| set.options.clone()).unwrap_or_default()
}

/// The first of each, in order, and no more than so many.
pub(super) fn first<T: PartialEq>(all: Vec<T>, most: usize) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for one in all {
        if kept.len() < most && !kept.contains(&one) {
            kept.push(one);
        }
    }
    kept
}
