//! Warnings that an author lets stand, each with its reason: `允许 W131 name "why"`. One that lets nothing stand is reported
//! itself, so that none outlives what it was written for.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::declared::Declared;
use crate::nearest::listed;
use crate::spelled::half_width;
use bulou_base::order;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Severity};
use bulou_messages::texts;
use bulou_syntax::ast::Allow;

/// Takes away the warnings that may stand, those about several things only where the reason names each: what joins them later
/// is warned of again. And reports the allowances that are in vain, unless something of the pack was
/// not understood: then not all is warned of, and what seems in vain now may be needed once it is mended.
pub(crate) fn apply(declared: &Declared<'_>, is_understood: bool, diagnostics: &mut Vec<Diagnostic>) {
    let places = diagnostics.iter().enumerate().map(|(at, found)| (found.code, found.primary.span, at));
    let places: BTreeSet<(Code, Span, usize)> = order::set(places);
    let named = Named::of(declared);
    let (mut vain, mut allowed, mut unnamed) = (Vec::new(), HashSet::new(), Vec::new());
    for allow in &declared.allowances {
        let reason: String = allow.reason.text.chars().map(half_width).collect();
        let spans = named.about(allow);
        let code = Code::parse(&allow.code.text).filter(|code| code.severity() == Severity::Warning);
        let within = code.iter().flat_map(|code| spans.iter().flat_map(|span| within(&places, *code, *span)));
        let mut is_vain = true;
        for at in within {
            is_vain = false;
            let subjects = diagnostics.get(at).map(|found| found.subjects.as_slice()).unwrap_or_default();
            let left = unnamed_in(&reason, subjects);
            if left.is_empty() {
                allowed.insert(at);
            } else {
                unnamed.push((at, listed(left.into_iter())));
            }
        }
        if is_vain && is_understood {
            vain.push(in_vain(allow, code.is_some(), !spans.is_empty()));
        }
    }
    for (at, left) in unnamed {
        if let Some(found) = diagnostics.get_mut(at) {
            found.help = texts::allowance_names_not(&left).text();
        }
    }
    let mut at = 0..;
    diagnostics.retain(|_| at.next().is_none_or(|at| !allowed.contains(&at)));
    diagnostics.extend(vain);
}

/// What of these a reason does not name; 重大 does not name 大.
fn unnamed_in<'s>(reason: &str, subjects: &'s [String]) -> Vec<&'s str> {
    let mut longest: Vec<&str> = subjects.iter().map(String::as_str).collect();
    order::sort_by_key(&mut longest, |one| std::cmp::Reverse(one.len()));
    let mut rest = reason.to_owned();
    longest.retain(|one| {
        let is_left_out = !is_named(&rest, one);
        rest = rest.replace(one, " ");
        is_left_out
    });
    subjects.iter().map(String::as_str).filter(|one| longest.contains(one)).collect()
}

/// Whether a reason names something, a number as a whole.
fn is_named(reason: &str, one: &str) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let whole = |(at, _): (usize, &str)| {
        let before = reason.get(..at).and_then(|text| text.chars().next_back());
        let after = reason.get(at + one.len()..).and_then(|text| text.chars().next());
        !(is_digit(before) && is_digit(one.chars().next()) || is_digit(after) && is_digit(one.chars().next_back()))
    };
    reason.match_indices(one).any(whole)
}

/// What is said with a code within a span.
fn within(places: &BTreeSet<(Code, Span, usize)>, code: Code, span: Span) -> impl Iterator<Item = usize> + use<'_> {
    let first = Span { end: span.start, ..span };
    let last = Span { start: span.end, end: u32::MAX, ..span };
    let found = places.range((code, first, 0)..=(code, last, usize::MAX));
    found.filter(move |(_, found, _)| found.end <= span.end).map(|(_, _, at)| *at)
}

/// Where everything stands that has a name: what is called so in another space is allowed nothing by mistake, for the code
/// says what kind of thing it is about.
struct Named<'d> {
    declarations: HashMap<&'d str, Vec<Span>>,
    fields: HashMap<(&'d str, &'d str), Vec<Span>>,
}

impl<'d> Named<'d> {
    fn of(declared: &'d Declared<'_>) -> Self {
        let mut named = Self { declarations: HashMap::new(), fields: HashMap::new() };
        for (name, span) in declarations(declared) {
            named.declarations.entry(name).or_default().push(span);
        }
        let records = declared.records.iter().map(|one| (&one.name, &one.fields));
        let data = declared.school.iter().chain(&declared.county).map(|one| (&one.name, &one.fields));
        for (owner, field) in
            records.chain(data).flat_map(|(owner, fields)| fields.iter().map(move |field| (owner, field)))
        {
            named.fields.entry((&owner.text, &field.name.text)).or_default().push(field.span);
        }
        named
    }

    fn about<'n>(&'n self, allow: &'n Allow) -> &'n [Span] {
        let names: Vec<&str> = allow.about.names.iter().map(|name| name.text.as_str()).collect();
        let found = match names.as_slice() {
            [name] => self.declarations.get(name),
            [owner, field] => self.fields.get(&(*owner, *field)),
            _ => None,
        };
        found.map(Vec::as_slice).unwrap_or_default()
    }
}

fn declarations<'d>(declared: &'d Declared<'_>) -> impl Iterator<Item = (&'d str, Span)> {
    let rules = declared.rules.iter().map(|one| (&one.id, one.span));
    let records = declared.records.iter().map(|one| (&one.name, one.span));
    let data = declared.school.iter().chain(&declared.county).map(|one| (&one.name, one.span));
    let params = declared.params.iter().map(|one| (&one.name, one.span));
    let options = declared.options.iter().map(|one| (&one.name, one.span));
    let defines = declared.defines.iter().map(|one| (&one.name, one.span));
    let tables = declared.tables.iter().map(|one| (&one.name, one.span));
    let sources = declared.citables.iter().map(|one| (&one.name, one.span));
    let all = rules.chain(records).chain(data).chain(params).chain(options).chain(defines).chain(tables).chain(sources);
    all.map(|(name, span)| (name.text.as_str(), span))
}

fn in_vain(allow: &Allow, is_warning: bool, is_known: bool) -> Diagnostic {
    let code = &allow.code.text;
    let wrong = texts::write_allow_or_remove();
    let (span, message, help) = if !is_warning {
        (allow.code.span, texts::code_no_warning(&code).text(), wrong)
    } else if !is_known {
        (allow.about.span, texts::no_such_declaration_field().text(), wrong)
    } else {
        (allow.span, texts::no_warning_here_any(&code).text(), texts::see_whether_change_meant())
    };
    Diagnostic::new(Code::StaleAllowance, span, message, help.text())
}
