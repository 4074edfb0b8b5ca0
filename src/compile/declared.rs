//! What a pack declares, by kind and name; duplicates are reported here.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::nearest::Nearness;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::ast::{
    Allow, Assertion, Calendar, Citable, Data, Declaration, Define, Excuse, File, Name, Options, Pack, Param, Record,
    Rule, Table, TypeExpr, TypeKind,
};
use bulou_syntax::built_in::BuiltIn;

/// Everything that a pack's files declare.
#[derive(Debug, Default)]
pub struct Declared<'a> {
    /// The header; nothing where the files have none.
    pub pack: Option<&'a Pack>,
    /// What can be cited: texts and articles of them.
    pub citables: Vec<&'a Citable>,
    /// Parameters.
    pub params: Vec<&'a Param>,
    /// Option sets with a name.
    pub options: Vec<&'a Options>,
    /// Records.
    pub records: Vec<&'a Record>,
    /// The data of a school.
    pub school: Option<&'a Data>,
    /// The data of the county.
    pub county: Option<&'a Data>,
    /// Definitions.
    pub defines: Vec<&'a Define>,
    /// Decision tables.
    pub tables: Vec<&'a Table>,
    /// Calendars that stand in the rule files.
    pub calendars: Vec<&'a Calendar>,
    /// Rules.
    pub rules: Vec<&'a Rule>,
    /// What of a text no data shows, with the reason.
    pub excuses: Vec<&'a Excuse>,
    /// Warnings that may stand, with the reason.
    pub allowances: Vec<&'a Allow>,
    /// What the rules must come to.
    pub assertions: Vec<&'a Assertion>,
    /// The option sets without a name, in the order of the files.
    pub nameless: Vec<&'a [Name]>,
    /// Declarations with an error of syntax are not among these.
    pub(crate) left_out: bool,
    /// What is left of the budget for suggestions.
    pub(crate) nearness: Nearness,
    /// All that conditions may name, once that is asked.
    pub(crate) names: OnceCell<HashSet<String>>,
    /// What has a name, by it; of option sets their number besides.
    named: HashMap<(Space, &'a str), (&'a Declaration, usize)>,
}

#[derive(PartialEq, Eq, Hash, Clone, Copy, Debug)]
enum Space {
    Value,
    Type,
    Source,
    Calendar,
    Rule,
    Data,
}

impl<'a> Declared<'a> {
    /// Sorts the declarations of all files.
    pub fn gather(files: &[&'a File], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let left_out = files.iter().any(|file| file.left_out);
        let mut declared = Self { left_out, ..Self::default() };
        for declaration in files.iter().copied().flat_map(|file| &file.declarations) {
            if let Some((space, name)) = named(declaration) {
                if space == Space::Type && BuiltIn::named(&name.text).is_some() {
                    diagnostics.push(taken(name));
                }
                let key = (space, name.text.as_str());
                if let Some((_, first)) = declared.named.get(&key).and_then(|(first, _)| named(first)) {
                    diagnostics.push(duplicate(name, first));
                    continue;
                }
                declared.named.insert(key, (declaration, declared.options.len()));
            }
            declared.add(declaration, diagnostics);
        }
        declared
    }

    /// The parameter of this name.
    pub fn param(&self, name: &str) -> Option<&'a Param> {
        match self.named.get(&(Space::Value, name))?.0 {
            Declaration::Param(param) => Some(param),
            _ => None,
        }
    }

    /// The definition of this name.
    pub fn define(&self, name: &str) -> Option<&'a Define> {
        match self.named.get(&(Space::Value, name))?.0 {
            Declaration::Define(define) => Some(define),
            _ => None,
        }
    }

    /// The table of this name.
    pub fn table(&self, name: &str) -> Option<&'a Table> {
        match self.named.get(&(Space::Value, name))?.0 {
            Declaration::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The record of this name.
    pub fn record(&self, name: &str) -> Option<&'a Record> {
        match self.named.get(&(Space::Type, name))?.0 {
            Declaration::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The option set of this name, and its number.
    pub fn option_set(&self, name: &str) -> Option<(usize, &'a Options)> {
        match self.named.get(&(Space::Type, name))? {
            (Declaration::Options(options), number) => Some((*number, options)),
            _ => None,
        }
    }

    fn add(&mut self, declaration: &'a Declaration, diagnostics: &mut Vec<Diagnostic>) {
        match declaration {
            Declaration::Pack(pack) => match self.pack {
                None => self.pack = Some(pack),
                Some(first) => diagnostics.push(
                    Diagnostic::new(
                        Code::PackHeader,
                        pack.id.span,
                        texts::pack_exactly_one_pack().text(),
                        texts::remove_one_them_2().text(),
                    )
                    .with_label(first.id.span, texts::first_here().text()),
                ),
            },
            Declaration::Citable(citable) => self.citables.push(citable),
            Declaration::Param(param) => self.params.push(param),
            Declaration::Options(options) => self.options.push(options),
            Declaration::Record(record) => {
                self.nameless.extend(record.fields.iter().filter_map(|field| nameless(&field.ty)));
                self.records.push(record);
            }
            Declaration::Data(data) => {
                self.nameless.extend(data.fields.iter().filter_map(|field| nameless(&field.ty)));
                let place = if is_county(&data.name.text) { &mut self.county } else { &mut self.school };
                match place {
                    None => *place = Some(data),
                    Some(first) => diagnostics.push(second_data(&data.name, &first.name)),
                }
            }
            Declaration::Define(define) => self.defines.push(define),
            Declaration::Table(table) => self.tables.push(table),
            Declaration::Calendar(calendar) => self.calendars.push(calendar),
            Declaration::Rule(rule) => self.rules.push(rule),
            Declaration::Excuse(excuse) => self.excuses.push(excuse),
            Declaration::Allow(allow) => self.allowances.push(allow),
            Declaration::Assertion(assertion) => self.assertions.push(assertion),
        }
    }
}

/// The options that a type lists itself.
pub fn nameless(ty: &TypeExpr) -> Option<&[Name]> {
    match &ty.kind {
        TypeKind::Options(options) => Some(options),
        TypeKind::List(element) => nameless(element),
        TypeKind::BuiltIn(_) | TypeKind::Named(_) | TypeKind::Fold(_) => None,
    }
}

fn named(declaration: &Declaration) -> Option<(Space, &Name)> {
    match declaration {
        Declaration::Pack(_) | Declaration::Excuse(_) | Declaration::Allow(_) | Declaration::Assertion(_) => None,
        Declaration::Citable(citable) => Some((Space::Source, &citable.name)),
        Declaration::Param(param) => Some((Space::Value, &param.name)),
        Declaration::Options(options) => Some((Space::Type, &options.name)),
        Declaration::Record(record) => Some((Space::Type, &record.name)),
        Declaration::Data(data) => Some((Space::Data, &data.name)),
        Declaration::Define(define) => Some((Space::Value, &define.name)),
        Declaration::Table(table) => Some((Space::Value, &table.name)),
        Declaration::Calendar(calendar) => Some((Space::Calendar, &calendar.name)),
        Declaration::Rule(rule) => Some((Space::Rule, &rule.id)),
    }
}

/// Whether a name is that of the county, and not of schools.
pub fn is_county(name: &str) -> bool {
    matches!(name, "全县" | "county")
}

/// The diagnostic about a further document of schools, or of the county.
fn second_data(name: &Name, first: &Name) -> Diagnostic {
    let scope = if is_county(&name.text) { texts::county_2() } else { texts::schools_scope() };
    let message = texts::data_declares_document_already(&scope, &first.text, &name.text).text();
    let help = texts::make_them_one_pack().text();
    Diagnostic::new(Code::SecondData, name.span, message, help).with_label(first.span, texts::first_here().text())
}

/// The diagnostic about what stands twice in a list of values, where once is as good.
pub(crate) fn twice(what: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::Twice, span, texts::stands_twice(&what).text(), texts::remove_one_write_what().text())
        .with_label(first, texts::first_here().text())
}

/// The diagnostic about a declared type with the name of one that the language has: nothing could ever mean it.
fn taken(name: &Name) -> Diagnostic {
    Diagnostic::new(
        Code::Duplicate,
        name.span,
        texts::type_language_itself(&name.text).text(),
        texts::choose_another_name().text(),
    )
}

/// The diagnostic about a name that stands twice.
pub(crate) fn duplicate(name: &Name, first: &Name) -> Diagnostic {
    Diagnostic::new(
        Code::Duplicate,
        name.span,
        texts::name_already_taken(&name.text).text(),
        texts::choose_another_name_remove().text(),
    )
    .with_label(first.span, texts::first_here().text())
}
