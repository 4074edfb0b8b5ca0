//! What is changed: each declaration with its variants, the rules that they can bear on, and the cases about those.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicUsize;

use crate::cases::Prepared;
use crate::mutate::declaration::{bare, bound_variants, declaration_variants, named, names, used_as};
use crate::mutate::expression::Variant;
use crate::mutate::members::bounding;
use crate::mutate::speech::Speech;
use bulou_base::source::Source;
use bulou_syntax::ast::{Declaration, Expr, ExprKind, Field, File, Name, Requirement, Rule, TypeKind};

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
    /// Which of the cases was the last to notice a variant.
    pub noticed: AtomicUsize,
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
    !matches!(
        declaration,
        Declaration::Rule(_)
            | Declaration::Citable(_)
            | Declaration::Excuse(_)
            | Declaration::Allow(_)
            | Declaration::Assertion(_)
    )
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
            subjects.extend(pack.bounds(declaration, place));
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
            // No rule need read what every document must be: the faults of the documents show it.
            Declaration::Record(_) | Declaration::Data(_) => {
                let variants = declaration_variants(declaration, &speech);
                let about = self.cases.iter().filter(|case| case.case.structure.is_some());
                let cases = about.filter_map(Prepared::of_documents).collect();
                return self.made(name, place, Vec::new(), cases, variants);
            }
            other => {
                let rules = self.rules.iter().filter(|rule| self.reach.bears(other, &rule.id.text));
                (rules.map(|rule| bare(rule)).collect(), declaration_variants(other, &speech))
            }
        };
        if rules.is_empty() {
            return None;
        }
        let about = |id: &str| rules.iter().any(|rule| rule.id.text == id);
        let bounds = self.reach.bounds_documents(declaration);
        let of_documents = |case: &Prepared| (bounds && case.case.structure.is_some()).then(|| case.of_documents());
        let cases = self.cases.iter();
        let cases = cases.filter_map(|case| case.about(&about).or_else(|| of_documents(case).flatten())).collect();
        self.made(name, place, rules, cases, variants)
    }

    /// What a parameter may be set to, judged by the cases that set it.
    fn bounds(&self, declaration: &Declaration, place: Option<(usize, usize)>) -> Option<Subject> {
        let (name, span) = named(declaration)?;
        let variants = bound_variants(declaration, &Speech::of(self.texts, &self.options, span));
        let cases = self.cases.iter().filter(|case| case.case.params.contains_key(&name.text));
        self.made(name, place, Vec::new(), cases.filter_map(Prepared::of_documents).collect(), variants)
    }

    fn made(
        &self,
        name: &Name,
        place: Option<(usize, usize)>,
        rules: Vec<Rule>,
        cases: Vec<Prepared>,
        variants: Vec<Variant<Declaration>>,
    ) -> Option<Subject> {
        let rules = with_school_rule(rules, &self.rules);
        (!variants.is_empty()).then(|| Subject {
            name: name.text.clone(),
            place,
            rules,
            cases,
            variants,
            noticed: AtomicUsize::new(0),
        })
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

/// Which names each rule comes to use, through definitions and tables too, and which the bounds of documents use.
struct Reach {
    rules: BTreeMap<String, BTreeSet<String>>,
    bounding: BTreeSet<String>,
}

impl Reach {
    fn new(trees: &[File]) -> Self {
        let uses: BTreeMap<&str, BTreeSet<String>> =
            all(trees).filter_map(|declaration| Some((used_as(declaration)?, names(declaration)))).collect();
        let bounding = closure(all(trees).flat_map(bounding).collect(), &uses);
        let rules = all(trees).filter_map(|declaration| Some((rule_of(declaration)?.id.text.clone(), declaration)));
        let used = |declaration| names(declaration).into_iter().chain(bounding.clone()).collect();
        let rules = rules.map(|(id, declaration)| (id, closure(used(declaration), &uses))).collect();
        Self { rules, bounding }
    }

    fn bears(&self, declaration: &Declaration, rule: &str) -> bool {
        let used = used_as(declaration);
        used.is_some_and(|used| self.rules.get(rule).is_some_and(|names| names.contains(used)))
    }

    fn bounds_documents(&self, declaration: &Declaration) -> bool {
        used_as(declaration).is_some_and(|used| self.bounding.contains(used))
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
