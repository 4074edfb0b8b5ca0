//! What is changed: each declaration with its variants, the rules that they can bear on, and the cases about those.

use std::collections::{BTreeMap, BTreeSet};

use crate::pack::cases::Prepared;
use crate::pack::mutate::declaration::{bare, declaration_variants, named, names, used_as};
use crate::pack::mutate::expression::Variant;
use crate::pack::mutate::speech::Speech;
use crate::source::Source;
use crate::syntax::ast::{Declaration, Expr, ExprKind, Field, File, Requirement, Rule, TypeKind};

/// A declaration that is changed.
pub(crate) struct Subject {
    pub name: String,
    /// Where it stands among the declarations that every mutant keeps; `None` for a rule.
    pub place: Option<(usize, usize)>,
    /// The rules that it bears on; a rule bears on itself alone.
    pub rules: Vec<Rule>,
    /// The cases about these rules, and of each only what it says about them.
    pub cases: Vec<Prepared>,
    pub variants: Vec<Variant<Declaration>>,
}

/// The declarations that every mutant keeps: all but rules, sources and excuses.
pub(crate) fn kept(trees: &[File]) -> Vec<File> {
    let keep = |declaration: &&Declaration| {
        !matches!(declaration, Declaration::Rule(_) | Declaration::Citable(_) | Declaration::Excuse(_))
    };
    let kept = trees.iter().map(|tree| File {
        declarations: tree.declarations.iter().filter(keep).cloned().collect(),
        names_missing: tree.names_missing,
    });
    kept.collect()
}

/// Everything that is changed; what no rule uses is left alone.
pub(crate) fn subjects(trees: &[File], texts: &[Source], cases: &[Prepared]) -> Vec<Subject> {
    let options = options(trees);
    let rules: Vec<&Rule> = all(trees).filter_map(rule_of).collect();
    let reach = Reach::new(trees);
    let mut places = kept(trees)
        .iter()
        .enumerate()
        .flat_map(|(file, tree)| (0..tree.declarations.len()).map(move |index| (file, index)))
        .collect::<Vec<_>>()
        .into_iter();
    let mut subjects = Vec::new();
    for declaration in all(trees) {
        let place = match declaration {
            Declaration::Rule(_) => None,
            Declaration::Citable(_) | Declaration::Excuse(_) => continue,
            _ => places.next(),
        };
        let Some((name, span)) = named(declaration) else { continue };
        let speech = Speech::of(texts, &options, span);
        let (touched, variants): (Vec<Rule>, _) = match declaration {
            Declaration::Rule(rule) => {
                let rule = bare(rule);
                let variants = declaration_variants(&Declaration::Rule(Box::new(rule.clone())), &speech);
                (vec![rule], variants)
            }
            other => {
                let touched = rules.iter().filter(|rule| reach.bears(other, &rule.id.text));
                (touched.map(|rule| bare(rule)).collect(), declaration_variants(other, &speech))
            }
        };
        if touched.is_empty() || variants.is_empty() {
            continue;
        }
        let about = |rule: &str| touched.iter().any(|touched| touched.id.text == rule);
        let cases = cases.iter().filter_map(|case| case.about(&about)).collect();
        subjects.push(Subject {
            name: name.text.clone(),
            place,
            cases,
            variants,
            rules: with_school_rule(touched, &rules),
        });
    }
    subjects
}

fn all(trees: &[File]) -> impl Iterator<Item = &Declaration> {
    trees.iter().flat_map(|tree| &tree.declarations)
}

fn rule_of(declaration: &Declaration) -> Option<&Rule> {
    match declaration {
        Declaration::Rule(rule) => Some(rule),
        _ => None,
    }
}

/// County rules are judged beside one rule of schools that always holds: a school's document that no rule judged
/// would count as unreadable.
fn with_school_rule(mut rules: Vec<Rule>, all: &[&Rule]) -> Vec<Rule> {
    let of_schools =
        |rule: &Rule| rule.scope.as_ref().is_none_or(|scope| matches!(scope.text.as_str(), "学校" | "school"));
    if !rules.iter().any(of_schools)
        && let Some(rule) = all.iter().find(|rule| of_schools(rule))
    {
        let span = rule.span;
        let expr = Expr { kind: ExprKind::Bool(true), span };
        let requirements = vec![Requirement { expr, message: None, span }];
        rules.push(Rule { requirements, applies: None, ..bare(rule) });
    }
    rules
}

/// The option sets of a pack: those with a name, and those written as a field's type.
fn options(trees: &[File]) -> Vec<Vec<String>> {
    let mut sets = Vec::new();
    let mut of_fields = |fields: &[Field]| {
        for field in fields {
            let ty = match &field.ty.kind {
                TypeKind::List(element) => &element.kind,
                kind => kind,
            };
            if let TypeKind::Options(options) = ty {
                sets.push(options.iter().map(|option| option.text.clone()).collect());
            }
        }
    };
    for declaration in all(trees) {
        match declaration {
            Declaration::Record(record) => of_fields(&record.fields),
            Declaration::Data(data) => of_fields(&data.fields),
            _ => {}
        }
    }
    for declaration in all(trees) {
        if let Declaration::Options(options) = declaration {
            sets.push(options.options.iter().map(|option| option.text.clone()).collect());
        }
    }
    sets
}

/// Which names each rule comes to use, through definitions and tables too.
struct Reach(BTreeMap<String, BTreeSet<String>>);

impl Reach {
    fn new(trees: &[File]) -> Self {
        let uses: BTreeMap<&str, BTreeSet<String>> =
            all(trees).filter_map(|declaration| Some((used_as(declaration)?, names(declaration)))).collect();
        let rules = all(trees).filter_map(|declaration| Some((rule_of(declaration)?.id.text.clone(), declaration)));
        Self(rules.map(|(id, declaration)| (id, closure(names(declaration), &uses))).collect())
    }

    fn bears(&self, declaration: &Declaration, rule: &str) -> bool {
        let used = used_as(declaration);
        used.is_some_and(|used| self.0.get(rule).is_some_and(|names| names.contains(used)))
    }
}

fn closure(mut names: BTreeSet<String>, uses: &BTreeMap<&str, BTreeSet<String>>) -> BTreeSet<String> {
    let mut open: Vec<String> = names.iter().cloned().collect();
    while let Some(name) = open.pop() {
        for further in uses.get(name.as_str()).into_iter().flatten() {
            if names.insert(further.clone()) {
                open.push(further.clone());
            }
        }
    }
    names
}
