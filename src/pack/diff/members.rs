//! What records and data say beside the shape of documents, from their trees. Whoever adds a member or an attribute to the
//! language has to say here what it is called when it changes: every tree is taken apart whole.

use super::report::{Aspect, Change};
use super::tree::{rest, said_alike, same};
use super::versions::Version;
use bulou_messages::diagnostic::Lang;
use bulou_syntax::ast::{Attribute, AttributeKind, Data, Field, Path, Record, Requirement, TypeExpr, TypeKind};
use bulou_syntax::print;

/// The members of a record or data in one version.
#[derive(Clone, Copy)]
pub(super) struct Members<'t> {
    version: &'t Version<'t>,
    fields: &'t [Field],
    constraints: &'t [Requirement],
}

impl<'t> Members<'t> {
    /// Of the schools' documents, or of the county's.
    pub fn of_data(version: &'t Version<'t>, county: bool) -> Option<Self> {
        version.data(county).map(|data| Self::of(version, data))
    }

    fn of(version: &'t Version<'t>, data: &'t Data) -> Self {
        Self { version, fields: &data.fields, constraints: &data.constraints }
    }

    fn of_record(version: &'t Version<'t>, record: &'t Record) -> Self {
        // What must not be among the fields is compared by the shape.
        let Record { span: _, name: _, fields, forbidden: _, constraints } = record;
        Self { version, fields, constraints }
    }

    fn field(&self, name: &str) -> Option<&'t Field> {
        self.fields.iter().find(|field| field.name.text == name)
    }

    /// The members of the records that a field holds.
    pub fn within(&self, name: &str) -> Option<Self> {
        self.of_type(&self.field(name)?.ty)
    }

    fn of_type(&self, ty: &TypeExpr) -> Option<Self> {
        match &ty.kind {
            TypeKind::Named(name) => {
                self.version.record(&name.text).map(|record| Self::of_record(self.version, record))
            }
            TypeKind::List(inner) => self.of_type(inner),
            TypeKind::Fold(_) => Self::of_data(self.version, false),
            TypeKind::BuiltIn(_) | TypeKind::Options(_) => None,
        }
    }
}

/// What changed of what must hold, and in which order fields stand.
pub(super) fn changes(old: Members<'_>, new: Members<'_>) -> Vec<Change> {
    let (before, after): (Vec<_>, Vec<_>) = (old.constraints.iter().collect(), new.constraints.iter().collect());
    let equal = |one: &Requirement, other: &Requirement| same(&one.expr, &other.expr) && said_alike(one, other);
    let mut found: Vec<Change> = rest(&before, &after, equal)
        .into_iter()
        .filter_map(|(one, other)| {
            let words =
                |members: Members<'_>, one: Option<&Requirement>| one.map(|one| members.version.words(one.span));
            Change::of(Aspect::Constraint, words(old, one), words(new, other))
        })
        .collect();
    found.extend(order(old.fields, new.fields, new.version.lang));
    found
}

/// The order in which forms ask, of the fields that both versions have.
fn order(old: &[Field], new: &[Field], lang: Lang) -> Option<Change> {
    let common = |fields: &[Field], others: &[Field]| {
        let names = fields.iter().map(|field| field.name.text.clone());
        names.filter(|name| others.iter().any(|other| other.name.text == *name)).collect::<Vec<_>>()
    };
    let (before, after) = (common(old, new), common(new, old));
    Change::texts(Aspect::Order, &before.join(lang.comma()), &after.join(lang.comma()))
}

/// What changed of a field's attributes.
pub(super) fn attributes(old: Members<'_>, new: Members<'_>, name: &str) -> Vec<Change> {
    let (Some(one), Some(other)) = (old.field(name), new.field(name)) else { return Vec::new() };
    // The type, and what stands for the name, are compared by the shape.
    let Field { name: _, ty: _, label: _, attributes: before, span: _ } = one;
    let (before, after): (Vec<_>, Vec<_>) = (before.iter().collect(), other.attributes.iter().collect());
    let mut found = Vec::new();
    let (mut gone, mut come): (Vec<&Attribute>, Vec<&Attribute>) = (Vec::new(), Vec::new());
    for (one, other) in rest(&before, &after, equal) {
        gone.extend(one);
        come.extend(other);
    }
    let words = |one: &Attribute| print::attribute(one, new.version.lang);
    for one in gone {
        let twin = come.iter().position(|other| aspect(one) == aspect(other)).map(|at| come.remove(at));
        found.extend(Change::of(aspect(one), Some(words(one)), twin.map(words)));
    }
    found.extend(come.into_iter().filter_map(|one| Change::of(aspect(one), None, Some(words(one)))));
    found
}

fn equal(one: &Attribute, other: &Attribute) -> bool {
    match (&one.kind, &other.kind) {
        (AttributeKind::Range(low, high), AttributeKind::Range(other_low, other_high)) => {
            same(low, other_low) && same(high, other_high)
        }
        _ => print::attribute(one, Lang::Zh) == print::attribute(other, Lang::Zh),
    }
}

fn aspect(attribute: &Attribute) -> Aspect {
    match attribute.kind {
        AttributeKind::Hint(_) => Aspect::Hint,
        AttributeKind::Unit(_) => Aspect::Unit,
        AttributeKind::Range(..) => Aspect::Bounds,
        AttributeKind::Happened | AttributeKind::Planned => Aspect::Days,
        AttributeKind::Unique => Aspect::Unique,
        AttributeKind::Sensitive => Aspect::Sensitive,
        AttributeKind::Format(_) => Aspect::Format,
        AttributeKind::Example(_) => Aspect::Example,
        AttributeKind::Keep(_) => Aspect::Keep,
        AttributeKind::Vouched(_) => Aspect::Vouched,
        AttributeKind::MinItems(_) => Aspect::MinItems,
        AttributeKind::MayBe(_) => Aspect::MayBe,
    }
}

/// What changed of where a document says whom and when it is about.
pub(super) fn paths(old: &Data, new: &Data, lang: Lang) -> Vec<Change> {
    let Data { span: _, name: _, identity, title, date, edition, roster, fields: _, forbidden: _, constraints: _ } =
        old;
    let words = |path: &Option<Path>| path.as_ref().map(|path| print::path(path, lang)).unwrap_or_default();
    let pairs = [
        (Aspect::Identity, identity, &new.identity),
        (Aspect::Name, title, &new.title),
        (Aspect::FilledOn, date, &new.date),
        (Aspect::Edition, edition, &new.edition),
        (Aspect::Roster, roster, &new.roster),
    ];
    pairs.into_iter().filter_map(|(aspect, one, other)| Change::texts(aspect, &words(one), &words(other))).collect()
}
