//! What is changed: each declaration with its variants, the rules that they can bear on, and the cases about those.

use std::collections::{BTreeMap, BTreeSet};

use crate::pack::cases::Prepared;
use crate::pack::mutate::declaration::{bare, declaration_variants, named, names, ranged, used_as};
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
    let kept = trees.iter().map(|tree| File {
        declarations: tree.declarations.iter().filter(|declaration| is_kept(declaration)).cloned().collect(),
        left_out: tree.left_out,
        names_missing: tree.names_missing,
    });
    kept.collect()
}

fn is_kept(declaration: &Declaration) -> bool {
    !matches!(declaration, Declaration::Rule(_) | Declaration::Citable(_) | Declaration::Excuse(_))
}

/// Everything that is changed; what no rule uses is left alone.
pub(crate) fn subjects(trees: &[File], texts: &[Source], cases: &[Prepared]) -> Vec<Subject> {
    let rules = all(trees).filter_map(rule_of).collect();
    let pack = Pack { texts, cases, options: options(trees), rules, reach: Reach::new(trees) };
    let mut subjects = Vec::new();
    for (file, tree) in trees.iter().enumerate() {
        let mut kept = 0;
        for declaration in &tree.declarations {
            let place = is_kept(declaration).then_some((file, kept));
            kept += usize::from(place.is_some());
            subjects.extend(pack.subject(declaration, place));
        }
    }
    subjects
}

/// What subjects are made from.
struct Pack<'a> {
    texts: &'a [Source],
    cases: &'a [Prepared],
    options: Vec<Vec<String>>,
    rules: Vec<&'a Rule>,
    reach: Reach,
}

impl Pack<'_> {
    fn subject(&self, declaration: &Declaration, place: Option<(usize, usize)>) -> Option<Subject> {
        let (name, span) = named(declaration)?;
        let speech = Speech::of(self.texts, &self.options, span);
        let (rules, variants): (Vec<Rule>, _) = match declaration {
            Declaration::Rule(rule) => {
                let rule = bare(rule);
                let variants = declaration_variants(&Declaration::Rule(Box::new(rule.clone())), &speech);
                (vec![rule], variants)
            }
            other => {
                let rules = self.rules.iter().filter(|rule| self.reach.bears(other, &rule.id.text));
                (rules.map(|rule| bare(rule)).collect(), declaration_variants(other, &speech))
            }
        };
        if rules.is_empty() || variants.is_empty() {
            return None;
        }
        let about = |id: &str| rules.iter().any(|rule| rule.id.text == id);
        let cases = self.cases.iter().filter_map(|case| case.about(&about)).collect();
        Some(Subject { name: name.text.clone(), place, cases, variants, rules: with_school_rule(rules, &self.rules) })
    }
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
        let ranged: BTreeSet<String> = all(trees).flat_map(ranged).collect();
        let rules = all(trees).filter_map(|declaration| Some((rule_of(declaration)?.id.text.clone(), declaration)));
        let used = |declaration| names(declaration).into_iter().chain(ranged.clone()).collect();
        Self(rules.map(|(id, declaration)| (id, closure(used(declaration), &uses))).collect())
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
