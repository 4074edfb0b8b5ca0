//! From the trees of a pack's files to its compiled rule set, with everything that is wrong on the way.

mod all_else;
mod allowances;
mod assertions;
mod atoms;
mod attributes;
mod bounded;
mod called;
mod checker;
mod conditions;
mod constraints;
mod contradictions;
mod counted;
mod dates;
mod deadlines;
mod declared;
mod due_words;
mod examples;
mod expected;
mod extent;
mod fields;
mod fractions;
mod guards;
mod header;
mod identity;
mod infer;
mod joined;
mod lints;
mod lists;
mod look_alike;
mod marks;
mod meant;
mod nearest;
mod numerals;
mod params;
mod paths;
mod persons;
mod polarity;
mod quote_numbers;
mod quotes;
mod rules;
mod school_codes;
mod scope;
mod sentences;
mod shape;
mod source_text;
mod spelled;
mod survey;
mod table_proof;
mod tables;
mod types;
mod unused;
mod values;
mod wording;

use std::collections::{BTreeMap, HashMap, HashSet};

use bulou_base::order;
use bulou_base::source::{Source, Span};
use bulou_document::shape::Shape;
use bulou_ir::expr::Cond;
use bulou_ir::{County, RuleSet};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Severity};
use bulou_syntax::ast::{self, File};
pub use declared::{Declared, is_county, nameless};
use scope::Checker;
pub use survey::{CURSOR, Candidate, CandidateKind, Survey};
use types::Ty;
pub use wording::is_no_reason;

/// The rules (by index) that use a field, by its table and slot.
type FieldRules = BTreeMap<(u16, u32), Vec<usize>>;

/// What is reported of a name that stands in a declaration with a syntax error, and would be no fault once that is mended.
const FOLLOWS_FROM_MISSING_NAMES: [Code; 7] = [
    Code::PackHeader,
    Code::UnknownName,
    Code::UnknownType,
    Code::UnknownOption,
    Code::UnknownSource,
    Code::TemplateName,
    Code::DataPath,
];

/// What may only seem so while a rule is not understood: that nothing uses a name, or that no rule cites a sentence.
const FOLLOWS_FROM_ERRORS: [Code; 4] = [Code::Uncovered, Code::UnusedField, Code::Unused, Code::Twice];

/// Compiles the files of a pack. `texts` are all its texts, rule files and sources alike; `calendar` gives a calendar
/// file's bytes by name. The rule set is there only when nothing is wrong but warnings.
pub fn check(
    files: &[File],
    texts: &[Source],
    calendar: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> (Option<RuleSet>, Vec<Diagnostic>) {
    let (set, diagnostics, _) = survey(&files.iter().collect::<Vec<_>>(), texts, calendar);
    (set, diagnostics)
}

/// The same with what names mean, for editors.
pub fn survey(
    files: &[&File],
    texts: &[Source],
    calendar: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> (Option<RuleSet>, Vec<Diagnostic>, Survey) {
    let mut diagnostics = Vec::new();
    let declared = Declared::gather(files, &mut diagnostics);
    let built = shape::build(&declared, declared.school);
    let county = shape::build(&declared, declared.county);
    diagnostics.extend(look_alike::names(&declared, texts));
    diagnostics.extend(wording::problems(files));
    diagnostics.extend(built.diagnostics.iter().cloned());
    diagnostics.extend(county.diagnostics.iter().filter(|other| other.code != Code::Duplicate).cloned());
    let mut cited = source_text::gather(&declared, texts, &mut diagnostics);
    let mut second = Checker::new(texts, &declared, &county, true);
    second.seed_codes(&built);
    second.scope_rules(&mut cited);
    second.constraints();
    second.unused_of_county(&built.spans.values().copied().collect());
    let mut checker = Checker::new(texts, &declared, &built, false);
    checker.used_names.clone_from(&second.used_names);
    checker.used_fields.clone_from(&second.used_fields);
    checker.printed_fields.clone_from(&second.printed_fields);
    let own = checker.scope_rules(&mut cited);
    let assertions = checker.assertions(&own.0);
    let constraints = checker.constraints();
    diagnostics.append(&mut second.diagnostics);
    checker.diagnostics.append(&mut diagnostics);
    checker.remaining(&mut cited);
    for (place, index) in built.used_params.iter().chain(&county.used_params) {
        if let Some(param) = declared.params.get(*index) {
            checker.used_names.insert(param.name.text.clone());
            checker.note(*place, param.name.span);
        }
    }
    if built.asks_day || county.asks_day {
        let known = checker.name_candidates(Some(&Ty::DATE)).into_iter();
        checker.survey.candidates.extend(known.filter(|known| known.kind == CandidateKind::Param && known.fits));
    }
    let types: HashSet<String> = built.used_types.iter().chain(&county.used_types).cloned().collect();
    checker.unused(&types);
    checker.presence.extend(std::mem::take(&mut second.presence));
    checker.diagnostics.extend(guards::warnings(&declared, &checker.presence));
    let header = checker.header_of_pack(texts, files);
    let calendar = checker.calendar(calendar);
    source_text::uncovered(&cited, &mut checker.diagnostics);
    checker.decided.extend(std::mem::take(&mut second.decided));
    checker.atoms.extend(std::mem::take(&mut second.atoms));
    let mut diagnostics = std::mem::take(&mut checker.diagnostics);
    let mut survey = std::mem::take(&mut checker.survey);
    survey.absorb(std::mem::take(&mut second.survey));
    let uncovered = diagnostics.iter().filter(|found| found.code == Code::Uncovered);
    survey.uncovered = uncovered.map(|found| found.primary.span).collect();
    if files.iter().any(|file| file.names_missing) {
        diagnostics.retain(|diagnostic| !FOLLOWS_FROM_MISSING_NAMES.contains(&diagnostic.code));
    }
    let is_broken = files.iter().any(|file| file.left_out || file.names_missing)
        || diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error);
    if is_broken {
        diagnostics.retain(|diagnostic| !FOLLOWS_FROM_ERRORS.contains(&diagnostic.code));
    } else {
        // What is not understood is not doubted either.
        diagnostics.extend(quote_numbers::warnings(&declared));
        diagnostics.extend(called::warnings(&declared, [&checker, &second]));
        let contradictory = diagnostics.iter().filter(|found| found.code == Code::Contradiction);
        let known = contradictory.map(|found| found.primary.span).collect();
        diagnostics.extend(lints::warnings(&declared, (&checker.decided, &checker.atoms), known, &survey.uses));
    }
    allowances::apply(&declared, !is_broken, &mut diagnostics);
    order::sort_by_key(&mut diagnostics, |diagnostic| (diagnostic.primary.span, diagnostic.code));
    diagnostics.dedup();
    if diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
        return (None, diagnostics, survey);
    }
    let header = RuleSet { calendar, sources: source_text::compiled(cited), ..header };
    let county = declared.county.map(|data| {
        let answered = checker.answered(&second.asked);
        // The texts are the pack's; the schools' rules hold them.
        let header = RuleSet { sources: Vec::new(), ..header.clone() };
        let paths = paths(&built.shape, &built.spans).collect();
        folded(&declared, texts, data, answered, (paths, &second.codes), header)
    });
    let (county, unfolded) = county.unzip();
    diagnostics.extend(unfolded.unwrap_or_default());
    if diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error) {
        return (None, diagnostics, survey);
    }
    let set = RuleSet { county: county.map(Box::new), constraints, assertions, ..checker.set(own, &built, header) };
    (Some(set), diagnostics, survey)
}

/// The county's rules as folds: what they ask of one school alone is answered when its document is read (`answered`),
/// and of its fields only those are kept that they use otherwise, or print.
fn folded<'a>(
    declared: &'a Declared<'a>,
    texts: &'a [Source],
    data: &'a ast::Data,
    answered: Vec<(Span, Cond)>,
    (mut keep, codes): (HashSet<Span>, &HashSet<Span>),
    header: RuleSet,
) -> (County, Vec<Diagnostic>) {
    let asked: Vec<(Span, bool)> = answered.iter().map(|(span, cond)| (*span, cond.hidden)).collect();
    let answers: Vec<Cond> = answered.into_iter().map(|(_, cond)| cond).collect();
    let compiled = |keep: Option<&HashSet<Span>>| {
        let built = shape::build_fold(declared, data, keep, asked.len());
        let new = Checker::new(texts, declared, &built, true);
        let mut checker = Checker { answers: asked.clone(), codes: codes.clone(), folding: true, ..new };
        let rules = checker.scope_rules(&mut source_text::gather(declared, texts, &mut Vec::new()));
        let constraints = checker.constraints();
        let mut used = std::mem::take(&mut checker.used_fields);
        used.extend(std::mem::take(&mut checker.printed_fields));
        let mut found = std::mem::take(&mut checker.diagnostics);
        // All else was said when the rules were compiled over whole schools.
        found.retain(|diagnostic| diagnostic.code == Code::NotAFold);
        (RuleSet { constraints, ..checker.set(rules, &built, header.clone()) }, used, found)
    };
    let (_, used, found) = compiled(None);
    keep.extend(used);
    let roster = data.roster.as_ref().map(|path| path.names.iter().map(|name| name.text.clone()).collect());
    let rules = compiled(Some(&keep)).0;
    (
        County { roster: roster.unwrap_or_default(), schools: fold_key(Some(data)).map(str::to_owned), answers, rules },
        found,
    )
}

/// Where the fields are declared that say whom and when a document is about.
fn paths<'s>(shape: &'s Shape, spans: &'s HashMap<(u16, u32), Span>) -> impl Iterator<Item = Span> + 's {
    let slots =
        [&shape.identity, &shape.title, &shape.date, &shape.edition].into_iter().flatten().map(|path| path.slot);
    slots.filter_map(|slot| spans.get(&(0, slot)).copied())
}

/// The key of the county's field that stands for all schools.
fn fold_key(data: Option<&ast::Data>) -> Option<&str> {
    let folds = |field: &&ast::Field| matches!(field.ty.kind, ast::TypeKind::Fold(_));
    Some(&data?.fields.iter().find(folds)?.name.text)
}
