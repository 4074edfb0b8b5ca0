//! Changes of the declarations besides rules and data: parameters, option sets, tables, definitions, calendars, sources.

use bulou_base::order;
use bulou_messages::texts;
use std::collections::BTreeMap;

use super::report::{Aspect, Change, DeclarationChange, DeclarationKind, Fate};
use super::tree::cell_parts;
use super::tree::{differences, same};
use super::versions::{CALENDAR, Version, Versions, conditions, options_key};
use bulou_compile::is_county;
use bulou_ir::Param;
use bulou_ir::calendar::Calendar;
use bulou_ir::expr::Show;
use bulou_messages::diagnostic::Lang;
use bulou_syntax::ast::{self, CellKind, Expr, ExprKind};
use bulou_syntax::print;

/// A declaration that changed: what it is, its name, what became of it, what changed.
pub(super) type Found = (DeclarationKind, String, Fate, Vec<Change>);

/// Everything that changed in itself; which rules use it is not looked at.
pub(super) fn changes(old: &Version<'_>, new: &Version<'_>) -> Vec<Found> {
    let mut found = pairs(
        DeclarationKind::Param,
        &old.rules.params,
        &new.rules.params,
        |param| param.name.clone(),
        |one, other| params((old, one), (new, other)),
    );
    let (mut before, mut after) = (old.declared.options.clone(), new.declared.options.clone());
    order::sort_by_key(&mut before, |options| &options.name.text);
    order::sort_by_key(&mut after, |options| &options.name.text);
    found.extend(pairs(
        DeclarationKind::Options,
        &before,
        &after,
        |set| set.name.text.clone(),
        |one, other| options(one, other, new.lang),
    ));
    found.extend(pairs(
        DeclarationKind::Table,
        &old.declared.tables,
        &new.declared.tables,
        |table| table.name.text.clone(),
        |one, other| rows((old, one), (new, other)),
    ));
    found.extend(pairs(
        DeclarationKind::Definition,
        &old.declared.defines,
        &new.declared.defines,
        |one| one.name.text.clone(),
        |one, other| definitions((old, one), (new, other)),
    ));
    found.extend(calendars(old, new));
    found.extend(pairs(
        DeclarationKind::Source,
        &old.declared.citables,
        &new.declared.citables,
        |one| one.name.text.clone(),
        |one, other| sources((old, one), (new, other)),
    ));
    found.extend(pairs(
        DeclarationKind::Excuse,
        &old.declared.excuses,
        &new.declared.excuses,
        // The same sentence may stand in two sources.
        |one| format!("{} {}", one.source.text, one.quote.text),
        |one, other| Change::texts(Aspect::Reason, &one.reason.text, &other.reason.text).into_iter().collect(),
    ));
    found.extend(pairs(
        DeclarationKind::Allowance,
        &old.declared.allowances,
        &new.declared.allowances,
        |one| {
            let about: Vec<&str> = one.about.names.iter().map(|name| name.text.as_str()).collect();
            format!("{} {}", one.code.text, about.join("."))
        },
        |one, other| Change::texts(Aspect::Reason, &one.reason.text, &other.reason.text).into_iter().collect(),
    ));
    found.extend(pairs(
        DeclarationKind::Assertion,
        &old.declared.assertions,
        &new.declared.assertions,
        |one| one.title.text.clone(),
        |one, other| {
            let mut found = expressions((old, &one.premise), (new, &other.premise), Aspect::Condition);
            found.extend(Change::texts(Aspect::Requirement, &outcomes(one), &outcomes(other)));
            found
        },
    ));
    found
}

/// What comes out by an assertion, as one text.
fn outcomes(assertion: &ast::Assertion) -> String {
    let each = assertion.outcomes.iter().map(|one| format!("{} {}", one.rule.text, one.stands.text));
    each.collect::<Vec<_>>().join(" | ")
}

/// Of two lists of declarations what was added, removed, or differs under the same name.
fn pairs<T>(
    kind: DeclarationKind,
    old: &[T],
    new: &[T],
    name: impl Fn(&T) -> String,
    compare: impl Fn(&T, &T) -> Vec<Change>,
) -> Vec<Found> {
    let find = |list: &'_ [T], wanted: &str| list.iter().position(|one| name(one) == wanted);
    let mut found = Vec::new();
    for one in new {
        let before = find(old, &name(one)).and_then(|at| old.get(at));
        let changes = before.map(|before| compare(before, one));
        match changes {
            None => found.push((kind, name(one), Fate::Added, Vec::new())),
            Some(changes) if changes.is_empty() => {}
            Some(changes) => found.push((kind, name(one), Fate::Changed, changes)),
        }
    }
    let gone = old.iter().filter(|one| find(new, &name(one)).is_none());
    found.extend(gone.map(|one| (kind, name(one), Fate::Removed, Vec::new())));
    found
}

fn definitions(old: (&Version<'_>, &ast::Define), new: (&Version<'_>, &ast::Define)) -> Vec<Change> {
    let mut found = expressions((old.0, &old.1.value), (new.0, &new.1.value), Aspect::Value);
    found.extend(scope(old.1.scope.as_ref(), new.1.scope.as_ref(), new.0.lang));
    found
}

/// Whose a rule or definition is: the schools' unless it says so.
pub(super) fn scope(old: Option<&ast::Name>, new: Option<&ast::Name>, lang: Lang) -> Option<Change> {
    let whose =
        |scope: Option<&ast::Name>| scope.filter(|name| is_county(&name.text)).map(|_| texts::county_2().get(lang));
    Change::of(Aspect::Scope, whose(old), whose(new))
}

fn params((old, one): (&Version<'_>, &Param), (new, other): (&Version<'_>, &Param)) -> Vec<Change> {
    let shown = |version: &Version<'_>, param: &Param| {
        let show: Show = bulou_eval::param_show(&param.ty);
        bulou_eval::show::constant(&param.default, &show, &version.rules.shape.option_sets, version.lang)
    };
    let declared = |version: &Version<'_>, param: &Param| version.param(&param.name).cloned();
    let (before, after) = (declared(old, one), declared(new, other));
    let ty = |param: &Option<ast::Param>| param.as_ref().map(|param| print::ty(&param.ty, new.lang));
    let retyped = Change::of(Aspect::Type, ty(&before), ty(&after)).filter(|_| one.ty != other.ty);
    let default = Change::texts(Aspect::Value, &shown(old, one), &shown(new, other));
    let ends = |param: Option<ast::Param>| param.and_then(|param| param.range);
    let bounds = range(ends(before), ends(after), new.lang);
    let note = Change::texts(Aspect::Hint, &one.note, &other.note);
    retyped.into_iter().chain(default).chain(bounds).chain(note).collect()
}

/// What a parameter may be set to.
fn range(old: Option<(Expr, Expr)>, new: Option<(Expr, Expr)>, lang: Lang) -> Option<Change> {
    if let (Some((low, high)), Some((other_low, other_high))) = (&old, &new)
        && same(low, other_low)
        && same(high, other_high)
    {
        return None;
    }
    let words = |(low, high): (Expr, Expr)| {
        format!("{} {} {}", print::expr(&low, lang), texts::to().get(lang), print::expr(&high, lang))
    };
    Change::of(Aspect::Bounds, old.map(words), new.map(words))
}

fn options(old: &ast::Options, new: &ast::Options, lang: Lang) -> Vec<Change> {
    list(Aspect::Options, &names(&old.options), &names(&new.options), lang)
}

fn names(names: &[ast::Name]) -> Vec<String> {
    names.iter().map(|name| name.text.clone()).collect()
}

/// What left a list of words and what came to it; else its order.
pub(super) fn list(aspect: Aspect, old: &[String], new: &[String], lang: Lang) -> Vec<Change> {
    let joined = |list: Vec<&String>| list.into_iter().map(String::as_str).collect::<Vec<_>>().join(lang.comma());
    let gone = joined(old.iter().filter(|one| !new.contains(one)).collect());
    let come = joined(new.iter().filter(|one| !old.contains(one)).collect());
    let found: Vec<Change> =
        Change::texts(aspect, &gone, "").into_iter().chain(Change::texts(aspect, "", &come)).collect();
    if found.is_empty() && old != new {
        return Change::of(aspect, Some(joined(old.iter().collect())), Some(joined(new.iter().collect())))
            .into_iter()
            .collect();
    }
    found
}

/// Rows of a table are paired by what they ask, so that a row with another result is one change.
fn rows((old, one): (&Version<'_>, &ast::Table), (new, other): (&Version<'_>, &ast::Table)) -> Vec<Change> {
    let ty = |ty: &ast::TypeExpr| print::ty(ty, new.lang);
    let head = |table: &ast::Table| {
        let params = table.params.iter().map(|param| format!("{}: {}", param.name.text, ty(&param.ty)));
        format!("({}) -> {}", params.collect::<Vec<_>>().join(", "), ty(&table.result))
    };
    let mut found: Vec<Change> = Change::of(Aspect::Type, Some(head(one)), Some(head(other))).into_iter().collect();
    let before: Vec<&ast::TableRow> = one.rows.iter().collect();
    let after: Vec<&ast::TableRow> = other.rows.iter().collect();
    let equal =
        |one: &ast::TableRow, other: &ast::TableRow| cells_alike(one, other) && same(&one.result, &other.result);
    let rest = super::tree::rest(&before, &after, equal);
    let mut gone: Vec<&ast::TableRow> = rest.iter().filter_map(|(old, _)| *old).collect();
    for row in rest.iter().filter_map(|(_, new)| *new) {
        let twin = gone.iter().position(|old| cells_alike(old, row));
        let twin = twin.map(|at| gone.remove(at));
        let text = |version: &Version<'_>, row: &ast::TableRow| version.words(row.span);
        found.extend(Change::of(Aspect::Row, twin.map(|twin| text(old, twin)), Some(text(new, row))));
    }
    found.extend(gone.into_iter().filter_map(|row| Change::of(Aspect::Row, Some(old.words(row.span)), None)));
    found
}

/// Whether two rows of a table ask the same.
pub(super) fn cells_alike(old: &ast::TableRow, new: &ast::TableRow) -> bool {
    let alike = |old: &ast::Cell, new: &ast::Cell| {
        let form = match (&old.kind, &new.kind) {
            (CellKind::Compare(op, _), CellKind::Compare(other, _)) => op == other,
            (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
        };
        let (old, new) = (cell_parts(old), cell_parts(new));
        form && old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| same(old, new))
    };
    old.cells.len() == new.cells.len() && old.cells.iter().zip(&new.cells).all(|(old, new)| alike(old, new))
}

/// The smallest parts in which two expressions differ, each with the whole of which it is part.
pub(super) fn expressions(old: (&Version<'_>, &Expr), new: (&Version<'_>, &Expr), whole: Aspect) -> Vec<Change> {
    let within = new.0.words(new.1.span);
    let changes = differences(old.1, new.1).into_iter().filter_map(|(one, other)| {
        let is = |part: Option<&Expr>, whole: &Expr| part.is_some_and(|part| part.span == whole.span);
        let is_whole = is(one, old.1) && is(other, new.1);
        let aspect = if is_whole { whole } else { aspect(one, other, new.1) };
        let words = |version: &Version<'_>, part: Option<&Expr>| part.map(|part| version.words(part.span));
        let (mut from, mut to) = (words(old.0, one), words(new.0, other));
        if from == to {
            // The same words may be read otherwise, as where a parenthesis before or behind them moved.
            let print = |part: Option<&Expr>| part.map(|part| print::expr(part, new.0.lang));
            (from, to) = (print(one), print(other));
        }
        // What only leaves or comes is told by its own words; they may be the same where an order changed.
        let within = (!is_whole).then(|| within.clone());
        Change::of(aspect, from, to).map(|change| Change { within, ..change })
    });
    changes.collect()
}

/// What the difference of two parts is about.
fn aspect(old: Option<&Expr>, new: Option<&Expr>, whole: &Expr) -> Aspect {
    let Some(part) = new.or(old) else { return Aspect::Condition };
    match &part.kind {
        ExprKind::Duration(_) if is_due(part, whole) => Aspect::Deadline,
        ExprKind::Duration(_) => Aspect::Duration,
        ExprKind::Number(_) => Aspect::Number,
        ExprKind::Date(_) => Aspect::Date,
        ExprKind::Name(_) | ExprKind::Text(_) | ExprKind::Field(..) | ExprKind::All(_) => Aspect::Value,
        _ => Aspect::Condition,
    }
}

/// Whether a duration is the length of a deadline.
fn is_due(part: &Expr, whole: &Expr) -> bool {
    let mut found = false;
    super::tree::walk(whole, &mut |expr| {
        if let ExprKind::Deadline(_, due) | ExprKind::By(due, _) = &expr.kind
            && let ast::Due::Within { length, .. } = &**due
        {
            found |= length.span == part.span;
        }
    });
    found
}

fn calendars(old: &Version<'_>, new: &Version<'_>) -> Option<Found> {
    let name = |version: &Version<'_>| version.declared.calendars.first().map(|calendar| calendar.name.text.clone());
    let (before, after) = (&old.rules.calendar, &new.rules.calendar);
    let file = |version: &Version<'_>| {
        version.declared.calendars.first().map(|calendar| calendar.file.text.clone()).unwrap_or_default()
    };
    let mut changes: Vec<Change> =
        [Change::of(Aspect::Title, name(old), name(new)), Change::texts(Aspect::File, &file(old), &file(new))]
            .into_iter()
            .flatten()
            .collect();
    if before == after && changes.is_empty() {
        return None;
    }
    let fate = match (before, after) {
        (None, _) => Fate::Added,
        (_, None) => Fate::Removed,
        _ => Fate::Changed,
    };
    let days = |calendar: &Option<Calendar>| calendar.as_ref().map(Calendar::listed).unwrap_or_default();
    changes.extend(list(Aspect::Date, &days(before), &days(after), new.lang));
    Some((DeclarationKind::Calendar, name(new).or(name(old))?, fate, changes))
}

fn sources((old, one): (&Version<'_>, &ast::Citable), (new, other): (&Version<'_>, &ast::Citable)) -> Vec<Change> {
    let label = |citable: &ast::Citable| citable.label.as_ref().map(|label| label.text.clone()).unwrap_or_default();
    let lines = |version: &Version<'_>, citable: &ast::Citable| -> Vec<String> {
        let text = citable.file.as_ref().and_then(|file| version.source_text(&file.text)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    };
    let titled = Change::texts(Aspect::Label, &label(one), &label(other));
    let file = |citable: &ast::Citable| citable.file.as_ref().map(|file| file.text.clone()).unwrap_or_default();
    let moved = Change::texts(Aspect::File, &file(one), &file(other));
    titled.into_iter().chain(moved).chain(list(Aspect::Text, &lines(old, one), &lines(new, other), new.lang)).collect()
}

/// The key by which expressions use a declaration.
fn key(kind: DeclarationKind, name: &str) -> Option<String> {
    match kind {
        DeclarationKind::Param | DeclarationKind::Table | DeclarationKind::Definition => Some(name.to_owned()),
        DeclarationKind::Options => Some(options_key(name)),
        DeclarationKind::Calendar => Some(CALENDAR.to_owned()),
        DeclarationKind::Source | DeclarationKind::Excuse | DeclarationKind::Allowance | DeclarationKind::Assertion => {
            None
        }
    }
}

/// What changed by the key that expressions use it by; another note changes no rule, nor does what it may be set
/// to.
pub(super) fn by_key(found: &[Found]) -> BTreeMap<String, Vec<Change>> {
    let words = [Aspect::Hint, Aspect::Bounds, Aspect::Title, Aspect::File];
    let matters =
        |changes: &[Change]| changes.is_empty() || changes.iter().any(|change| !words.contains(&change.aspect));
    let keyed = |(kind, name, _, changes): &Found| Some((key(*kind, name)?, changes.clone()));
    found.iter().filter(|(_, _, _, changes)| matters(changes)).filter_map(keyed).collect()
}

/// The changes with the rules that use what changed.
pub(super) fn with_rules(versions: &Versions<'_>, found: Vec<Found>) -> Vec<DeclarationChange> {
    let users = |key: &str| {
        let uses = |version: &Version<'_>, id: &str| {
            version.rule(id).is_some_and(|rule| version.reach(conditions(rule)).1.contains(key))
        };
        let ids = versions.new.declared.rules.iter().map(|rule| rule.id.text.clone());
        ids.filter(|id| uses(&versions.new, id) || uses(&versions.old, id)).collect()
    };
    let change = |(kind, name, fate, changes): Found| {
        let rules = key(kind, &name).map(|key| users(&key)).unwrap_or_default();
        DeclarationChange { kind, rules, name, fate, changes }
    };
    found.into_iter().map(change).collect()
}
