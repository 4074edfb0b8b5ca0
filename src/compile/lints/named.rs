//! Messages whose words call a value by another field's name than the one that is printed: `女生{男生}人`.

use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::ast::{Expr, ExprKind, Field, Requirement, TemplatePart, TypeKind};
use bulou_syntax::built_in::BuiltIn;

use super::fields;
use crate::declared::Declared;

/// Words that join what is said to what was said before, so that a name may begin behind them; no part of a name of one
/// letter: `有人` is none.
const JOINING: [char; 8] = ['的', '而', '但', '和', '与', '及', '却', '且'];

/// What values are called.
pub(super) struct Names<'d> {
    /// Names of fields anywhere that hold one value, long enough to be no part of another word.
    long: Vec<&'d str>,
    /// The fields of each record and document that hold one value.
    groups: Vec<Vec<&'d Field>>,
}

impl<'d> Names<'d> {
    pub fn of(declared: &'d Declared<'_>) -> Self {
        let is_value = |field: &&Field| match &field.ty.kind {
            TypeKind::Named(name) => declared.record(&name.text).is_none(),
            TypeKind::List(_) | TypeKind::Fold(_) => false,
            TypeKind::BuiltIn(_) | TypeKind::Options(_) => true,
        };
        let names = fields(declared).filter(is_value).map(|field| field.name.text.as_str());
        let datas = declared.school.iter().chain(&declared.county).map(|data| &data.fields);
        let all = declared.records.iter().map(|record| &record.fields).chain(datas);
        Self {
            long: names.filter(|name| name.chars().nth(2).is_some()).collect(),
            groups: all.map(|fields| fields.iter().filter(is_value).collect()).collect(),
        }
    }

    /// The placeholders of a message that stand behind another's name.
    pub fn warnings(&self, asked: &Requirement) -> Vec<Diagnostic> {
        let parts = asked.message.as_ref().map(|message| message.parts.as_slice()).unwrap_or_default();
        let mut found = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let TemplatePart::Value(value) = part else { continue };
            let Some(TemplatePart::Text(before)) = at.checked_sub(1).and_then(|at| parts.get(at)) else { continue };
            let Some(shown) = shown(value) else { continue };
            let words = before.trim_end();
            if let Some(other) = self.anywhere(words, shown).or_else(|| self.beside(words, shown, at == 1)) {
                let message = texts::message_names_one_prints_other(&other, &shown).text();
                let help = texts::print_what_is_named(&other).text();
                found.push(Diagnostic::new(Code::PrintsOther, value.span, message, help));
            }
        }
        found
    }

    /// `冷冻温度 {冷藏温度}`: a long name says itself, wherever it is declared.
    fn anywhere(&self, words: &str, shown: &str) -> Option<&'d str> {
        let is_other = |name: &&str| words.ends_with(*name) && !name.contains(shown) && !shown.contains(*name);
        self.long.iter().copied().find(is_other)
    }

    /// `女生{男生}`: a short name, or one that contains the other, says itself where it is all that stands there, and is of
    /// the same record.
    fn beside(&self, words: &str, shown: &str, is_first: bool) -> Option<&'d str> {
        let words = words.trim_end_matches([':', ':', ' ']);
        let groups =
            || self.groups.iter().filter_map(|group| Some((group, group.iter().find(|one| called(one, shown))?)));
        // What the words call is the longest name that they end with; the printed field may be called so elsewhere.
        let own = groups().flat_map(|(_, own)| names(own)).filter(|name| words.ends_with(name)).map(str::len).max();
        let others = groups().flat_map(|(group, own)| {
            let others = group.iter().filter(|other| !called(other, shown) && may_be_taken(own, other));
            others.flat_map(|other| names(other).map(|name| (name, other.name.text.as_str())))
        });
        let exact = others.filter(|(name, _)| stands_alone(words, name, is_first) && !shown.starts_with(name));
        let (name, other) = exact.max_by_key(|(name, _)| name.len())?;
        own.is_none_or(|own| own < name.len()).then_some(other)
    }
}

/// The name of the field that a placeholder prints.
fn shown(value: &Expr) -> Option<&str> {
    match &value.kind {
        ExprKind::Name(name) => Some(name),
        ExprKind::Field(_, name) => Some(&name.text),
        _ => None,
    }
}

fn called(field: &Field, name: &str) -> bool {
    field.name.text == name
}

/// What a field is called in rules and on the form.
fn names(field: &Field) -> impl Iterator<Item = &str> {
    [field.name.text.as_str()].into_iter().chain(field.label.iter().map(|label| label.text.as_str()))
}

/// Whether one's value may be taken for the other's. A text beside another is often said of it, `隐患{编号}`, if neither name
/// has the other in it.
fn may_be_taken(own: &Field, other: &Field) -> bool {
    let is_number = |ty: &TypeKind| matches!(ty, TypeKind::BuiltIn(BuiltIn::Integer | BuiltIn::Decimal));
    let alike = match (&own.ty.kind, &other.ty.kind) {
        (TypeKind::BuiltIn(own), TypeKind::BuiltIn(other)) if own == other => *own != BuiltIn::Text,
        (own, other) => is_number(own) && is_number(other),
    };
    let is_text = |field: &Field| matches!(field.ty.kind, TypeKind::BuiltIn(BuiltIn::Text));
    let (one, two) = (&own.name.text, &other.name.text);
    alike || is_text(own) && is_text(other) && (one.contains(two.as_str()) || two.contains(one.as_str()))
}

/// Whether words end with a name that is no part of a longer word. A letter behind a value is what it counts: `{甲}人{乙}`.
fn stands_alone(words: &str, name: &str, is_first: bool) -> bool {
    let Some(before) = words.strip_suffix(name).filter(|_| !name.is_empty()) else { return false };
    let is_letter = name.chars().nth(1).is_none();
    match before.chars().next_back() {
        None => is_first || !is_letter,
        Some(c) => !c.is_alphanumeric() || !is_letter && JOINING.contains(&c),
    }
}
