//! What a sceptical reader asks of rules that compile: whether they can fail at all, whether they say the same thing twice,
//! and how they can be passed without doing what they are for. Only trees are read, so that words can be quoted.

mod bounds;
mod dates;
mod empty;
mod facts;
mod implied;
mod logic;
mod measures;
mod named;
mod options;
mod printed;
mod roster;
mod sense;
mod texts;
mod twice;

use std::collections::{HashMap, HashSet};

use crate::atoms::Atom;
use crate::declared::Declared;
use bulou_base::source::Span;
use bulou_messages::diagnostic::Diagnostic;
use bulou_syntax::ast::{Expr, Field, Requirement, TemplatePart};
use bulou_syntax::tree::{table_parts, walk};

/// The warnings; `decided` has the comparisons that types and ranges alone decide, `atoms` what all of them compare; what is
/// `known` to be wrong is not said again. `uses` has what each name is.
pub(crate) fn warnings(
    declared: &Declared<'_>,
    (decided, atoms): (&HashMap<Span, bool>, &HashMap<Span, Atom>),
    mut known: HashSet<Span>,
    uses: &[(Span, Span)],
) -> Vec<Diagnostic> {
    let mut found = logic::warnings(declared, decided);
    known.extend(found.iter().map(|one| one.primary.span).chain(decided.keys().copied()));
    found.extend(implied::warnings(declared, atoms, &known));
    found.extend(twice::warnings(declared));
    found.extend(texts::warnings(declared, atoms));
    found.extend(empty::warnings(declared));
    found.extend(options::warnings(declared, uses));
    found.extend(dates::warnings(declared));
    found.extend(printed::warnings(declared));
    found.extend(bounds::warnings(declared));
    found.extend(measures::warnings(declared, uses));
    found.extend(roster::warnings(declared));
    found
}

/// What documents must fulfil whatever the rules say.
fn constraints<'d>(declared: &'d Declared<'_>) -> impl Iterator<Item = &'d Requirement> {
    let data = declared.school.iter().chain(&declared.county).flat_map(|data| &data.constraints);
    declared.records.iter().flat_map(|record| &record.constraints).chain(data)
}

/// The fields of all records and documents, with the name of what they belong to.
fn fields<'d>(declared: &'d Declared<'_>) -> impl Iterator<Item = &'d Field> {
    let data = declared.school.iter().chain(&declared.county).flat_map(|data| &data.fields);
    declared.records.iter().flat_map(|record| &record.fields).chain(data)
}

/// Every expression that rules, constraints, definitions, parameters and tables are made of, messages apart, with all
/// within.
fn each<'d>(declared: &'d Declared<'_>, see: &mut impl FnMut(&'d Expr)) {
    asked(declared, see);
    declared.params.iter().for_each(|param| walk(&param.default, see));
}

/// The same without parameters, which are constants.
fn asked<'d>(declared: &'d Declared<'_>, see: &mut impl FnMut(&'d Expr)) {
    for rule in &declared.rules {
        rule.applies.iter().for_each(|expr| walk(expr, see));
        rule.requirements.iter().for_each(|asked| walk(&asked.expr, see));
    }
    constraints(declared).for_each(|asked| walk(&asked.expr, see));
    declared.defines.iter().for_each(|define| walk(&define.value, see));
    declared.tables.iter().flat_map(|table| table_parts(table)).for_each(|expr| walk(expr, see));
}

/// The words of a message without its values.
fn words(parts: &[TemplatePart]) -> String {
    let text = |part: &TemplatePart| match part {
        TemplatePart::Text(text) => text.clone(),
        TemplatePart::Value(expr) => {
            format!("{{{}}}", bulou_syntax::print::expr(expr, bulou_messages::diagnostic::Lang::Zh))
        }
        TemplatePart::Omitted(_) => "{}".to_owned(),
    };
    parts.iter().map(text).collect()
}
