//! Changes of the documents' shape, and what becomes of documents that were filled in for the earlier version.

use std::collections::BTreeMap;

use super::declared::list;
use super::members::{self, Members};
use super::report::{Aspect, Change, Fate, FieldChange, Migration};
use super::versions::Version;
use bulou_base::value::shown_number;
use bulou_document::Constant;
use bulou_document::shape::{Base, Bounds, Element, Field, Fields, Kind, Range, Shape, When};
use bulou_document::types::Domain;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

/// A field on its way: its table and slot say who uses it.
#[derive(Clone, Copy)]
struct Place<'s> {
    table: u16,
    field: &'s Field,
}

/// The fields of schools' documents and of the county's that differ. A record or list that comes or goes is told once,
/// without the fields within.
pub(super) fn changes(old: &Version<'_>, new: &Version<'_>) -> Vec<FieldChange> {
    let mut found = compare((old.rules, old), (new.rules, new), false);
    if let (Some(one), Some(other)) = (&old.rules.county, &new.rules.county) {
        let own = |change: &FieldChange| {
            // The schools' fields within the county's document were told with the schools'.
            let within = |key: &Option<String>| key.as_ref().is_some_and(|key| change.path.starts_with(key.as_str()));
            !within(&other.schools) && !within(&one.schools)
        };
        found.extend(compare((&one.rules, old), (&other.rules, new), true).into_iter().filter(own));
    }
    found
}

fn compare(
    (old, before): (&RuleSet, &Version<'_>),
    (new, after): (&RuleSet, &Version<'_>),
    county: bool,
) -> Vec<FieldChange> {
    let mut found = Vec::new();
    if let (Some(one), Some(other)) = (root(&old.shape), root(&new.shape)) {
        let walk = Walk { old, new, county, lang: after.lang };
        let members = Members::of_data(before, county).zip(Members::of_data(after, county));
        let paths =
            before.data(county).zip(after.data(county)).map(|(one, other)| members::paths(one, other, after.lang));
        walk.whole("", paths.unwrap_or_default(), &mut found);
        walk.fields("", (0, one), (0, other), members, &mut found);
    }
    found
}

fn root(shape: &Shape) -> Option<&Fields> {
    match &shape.tables.first()?.element {
        Element::Record(fields) => Some(fields),
        Element::Scalar(_) => None,
    }
}

struct Walk<'r> {
    old: &'r RuleSet,
    new: &'r RuleSet,
    county: bool,
    lang: Lang,
}

impl Walk<'_> {
    fn fields(
        &self,
        prefix: &str,
        old: (u16, &Fields),
        new: (u16, &Fields),
        members: Option<(Members<'_>, Members<'_>)>,
        found: &mut Vec<FieldChange>,
    ) {
        let path = |name: &str| if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
        for field in &new.1.fields {
            let after = Place { table: new.0, field };
            match old.1.fields.iter().find(|before| before.name == field.name) {
                None => {
                    let migration = if field.optional { Migration::Offered } else { Migration::Asked };
                    let rules = users(self.new, after);
                    found.push(self.change(path(&field.name), Fate::Added, Vec::new(), migration, rules));
                }
                Some(before) => {
                    self.field(path(&field.name), Place { table: old.0, field: before }, after, members, found);
                }
            }
        }
        for field in old.1.fields.iter().filter(|field| !new.1.fields.iter().any(|after| after.name == field.name)) {
            let rules = users(self.old, Place { table: old.0, field });
            found.push(self.change(path(&field.name), Fate::Removed, Vec::new(), Migration::SetAside, rules));
        }
        let mut whole = forbidden(old.1, new.1, self.lang);
        whole.extend(members.map(|(one, other)| members::changes(one, other)).unwrap_or_default());
        self.whole(prefix, whole, found);
    }

    /// What changed of a record or document as a whole.
    fn whole(&self, path: &str, changes: Vec<Change>, found: &mut Vec<FieldChange>) {
        if !changes.is_empty() {
            let path = if path.is_empty() { "/" } else { path };
            found.push(self.change(path.to_owned(), Fate::Changed, changes, Migration::Kept, Vec::new()));
        }
    }

    fn field(
        &self,
        path: String,
        old: Place<'_>,
        new: Place<'_>,
        members: Option<(Members<'_>, Members<'_>)>,
        found: &mut Vec<FieldChange>,
    ) {
        let (before, after) = (old.field, new.field);
        let (one, other) = (self.ty(self.old, &before.kind), self.ty(self.new, &after.kind));
        let retyped = Change::of(Aspect::Type, Some(one), Some(other));
        let is_retyped = retyped.is_some();
        let narrower = self.narrower(&before.kind, &after.kind) || (after.unique && !before.unique);
        let mut changes: Vec<Change> = retyped.into_iter().collect();
        changes.extend(bounds(&before.kind, &after.kind, self.lang));
        changes.extend(self.days(&before.kind, &after.kind));
        changes.extend(self.options(&before.kind, &after.kind));
        let lang = self.lang;
        let required = |field: &Field| match field.optional {
            true => texts::optional().get(lang),
            false => texts::required().get(lang),
        };
        changes.extend(Change::texts(Aspect::Optional, required(before), required(after)));
        let flag = |set: bool| if set { texts::yes().get(lang) } else { texts::no().get(lang) };
        changes.extend(Change::texts(Aspect::Unique, flag(before.unique), flag(after.unique)));
        changes.extend(Change::texts(Aspect::Sensitive, flag(before.sensitive), flag(after.sensitive)));
        let note = |note: &Option<String>| note.clone().unwrap_or_default();
        changes.extend(Change::texts(Aspect::Label, &before.label, &after.label));
        changes.extend(Change::texts(Aspect::Unit, &note(&before.notes.unit), &note(&after.notes.unit)));
        changes.extend(Change::texts(Aspect::Hint, &note(&before.notes.hint), &note(&after.notes.hint)));
        // What stands in the pack besides, and what a whole record says for its fields is told there.
        let written = members.map(|(one, other)| members::attributes(one, other, &before.name)).unwrap_or_default();
        let told: Vec<Aspect> = changes.iter().map(|change| change.aspect).collect();
        changes.extend(written.into_iter().filter(|change| !told.contains(&change.aspect)));
        if !changes.is_empty() {
            let migration = match (is_retyped, narrower, before.optional && !after.optional) {
                (true, ..) => Migration::SetAside,
                (_, true, _) => Migration::KeptWhereItFits,
                (.., true) => Migration::Asked,
                _ => Migration::Kept,
            };
            found.push(self.change(path.clone(), Fate::Changed, changes, migration, users(self.new, new)));
        }
        if !is_retyped && let (Some(one), Some(other)) = (self.inner(self.old, old), self.inner(self.new, new)) {
            let within = members.and_then(|(one, other)| one.within(&before.name).zip(other.within(&after.name)));
            self.fields(&path, one, other, within, found);
        }
    }

    fn change(
        &self,
        path: String,
        fate: Fate,
        changes: Vec<Change>,
        migration: Migration,
        rules: Vec<String>,
    ) -> FieldChange {
        FieldChange { path, county: self.county, fate, changes, migration, rules }
    }

    /// The fields within a record or a list of records, with their table.
    fn inner<'s>(&self, rules: &'s RuleSet, place: Place<'s>) -> Option<(u16, &'s Fields)> {
        match &place.field.kind {
            Kind::Record(fields) => Some((place.table, fields)),
            Kind::List(table) => match &rules.shape.tables.get(usize::from(*table))?.element {
                Element::Record(fields) => Some((*table, fields)),
                Element::Scalar(_) => None,
            },
            Kind::Bool
            | Kind::Integer(_)
            | Kind::Decimal(_)
            | Kind::Text(_)
            | Kind::Date(_)
            | Kind::Duration(_)
            | Kind::Option(_) => None,
        }
    }

    /// A type's name; bounds and options are told apart.
    fn ty(&self, rules: &RuleSet, kind: &Kind) -> String {
        let lang = self.lang;
        match kind {
            Kind::List(table) => match rules.shape.tables.get(usize::from(*table)).map(|table| &table.element) {
                Some(Element::Scalar(kind)) => format!("[{}]", self.ty(rules, kind)),
                _ => kind.name(lang),
            },
            scalar => scalar.name(lang),
        }
    }

    /// The options of a field, or of the elements of its list.
    fn option_names<'s>(&self, rules: &'s RuleSet, kind: &Kind) -> Option<&'s [String]> {
        match kind {
            Kind::Option(set) => Some(&rules.shape.option_sets.get(usize::from(*set))?.options),
            Kind::List(table) => match &rules.shape.tables.get(usize::from(*table))?.element {
                Element::Scalar(kind) => self.option_names(rules, kind),
                Element::Record(_) => None,
            },
            Kind::Bool
            | Kind::Integer(_)
            | Kind::Decimal(_)
            | Kind::Text(_)
            | Kind::Date(_)
            | Kind::Duration(_)
            | Kind::Record(_) => None,
        }
    }

    /// Which days dates may be, by what parameters are unless they are set.
    fn days(&self, old: &Kind, new: &Kind) -> Option<Change> {
        let said = |rules: &RuleSet, kind: &Kind| {
            let range = rules.shape.when(kind).and_then(|when| when.range.as_ref());
            range.map(|range| range_words(rules, range, self.lang)).unwrap_or_default()
        };
        Change::texts(Aspect::Bounds, &said(self.old, old), &said(self.new, new))
    }

    fn options(&self, old: &Kind, new: &Kind) -> Vec<Change> {
        match (self.option_names(self.old, old), self.option_names(self.new, new)) {
            (Some(old), Some(new)) => list(Aspect::Options, old, new, self.lang),
            _ => Vec::new(),
        }
    }

    /// Whether a value that was accepted may be refused now.
    fn narrower(&self, old: &Kind, new: &Kind) -> bool {
        let lost = match (self.option_names(self.old, old), self.option_names(self.new, new)) {
            (Some(old), Some(new)) => old.iter().any(|option| !new.contains(option)),
            _ => false,
        };
        let (one, other) = (ends(old), ends(new));
        let cut = |old: Option<bulou_base::value::Quotient>, new: Option<bulou_base::value::Quotient>, low: bool| match (
            old, new,
        ) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(old), Some(new)) => {
                if low {
                    new > old
                } else {
                    new < old
                }
            }
        };
        // Which days a range holds depends on the day of the check.
        let fewer_days = match (self.old.shape.when(old), self.new.shape.when(new)) {
            (Some(one), Some(other)) => {
                let moved = self.days(old, new).is_some() && other.range.is_some();
                moved || (one.tense != other.tense && *other != When::ANY)
            }
            _ => false,
        };
        lost || fewer_days || cut(one.min, other.min, true) || cut(one.max, other.max, false)
    }
}

fn ends(kind: &Kind) -> Bounds {
    match kind.domain() {
        Domain::Whole(bounds) | Domain::Decimal(bounds) => bounds.clone(),
        Domain::Bool
        | Domain::Text(_)
        | Domain::Date(_)
        | Domain::Duration(_)
        | Domain::Option(_)
        | Domain::Record(_)
        | Domain::List(_) => Bounds::default(),
    }
}

fn bounds(old: &Kind, new: &Kind, lang: Lang) -> Option<Change> {
    let text = |kind: &Kind| {
        let Bounds { min, max } = ends(kind);
        let end = |end: Option<_>| end.map(shown_number).unwrap_or_default();
        if min.is_none() && max.is_none() {
            String::new()
        } else {
            format!("{} {} {}", end(min), texts::to().get(lang), end(max))
        }
    };
    Change::texts(Aspect::Bounds, &text(old), &text(new))
}

/// A range of days, with what its parameters are unless they are set.
fn range_words(rules: &RuleSet, range: &Range, lang: Lang) -> String {
    let mut words = range.text.get(lang).to_owned();
    for day in [&range.first, &range.last] {
        if let Base::Param(index) = day.base
            && let Some(param) = rules.params.get(index)
            && let Constant::Date(date) = &param.default
        {
            let known = format!("({} = {date})", param.name);
            if !words.contains(&known) {
                words.push_str(&known);
            }
        }
    }
    words
}

/// Keys that must not appear, and why.
fn forbidden(old: &Fields, new: &Fields, lang: Lang) -> Vec<Change> {
    let keys = |fields: &Fields| fields.forbidden.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    let mut found = list(Aspect::Forbidden, &keys(old), &keys(new), lang);
    for (key, reason) in &new.forbidden {
        let before = old.forbidden.iter().find(|(before, _)| before == key);
        found.extend(before.and_then(|(_, before)| Change::texts(Aspect::Reason, before, reason)));
    }
    found
}

fn users(rules: &RuleSet, place: Place<'_>) -> Vec<String> {
    let users = rules.field_rules.get(&(place.table, place.field.slot)).map(Vec::as_slice).unwrap_or_default();
    users.iter().filter_map(|index| Some(rules.rules.get(*index)?.card.id.clone())).collect()
}

/// Changed fields that matter to rules, with these. What is only called otherwise matters to none.
pub(super) fn behind_rules(found: &[FieldChange]) -> BTreeMap<String, Vec<String>> {
    let words = [
        Aspect::Label,
        Aspect::Hint,
        Aspect::Unit,
        Aspect::Sensitive,
        Aspect::Forbidden,
        Aspect::Example,
        Aspect::Keep,
        Aspect::Vouched,
        Aspect::Constraint,
        Aspect::Order,
        Aspect::Reason,
    ];
    let matters = |change: &&FieldChange| {
        change.fate == Fate::Changed && change.changes.iter().any(|one| !words.contains(&one.aspect))
    };
    found.iter().filter(matters).map(|change| (change.path.clone(), change.rules.clone())).collect()
}
