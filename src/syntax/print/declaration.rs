//! Declarations, each on one line: where lines end is the layout's concern.

use crate::ast::{
    Assertion, Attribute, AttributeKind, Cell, CellKind, Citation, Data, Declaration, Define, Effective, Expr,
    ExprKind, Field, Forbidden, Name, Outcome, Pack, Path, Requirement, Rule, Str, Table, TypeExpr, TypeKind,
};
use crate::built_in::{BuiltIn, FORMATS, SEVERITIES, STANDINGS, Term};

use super::Printer;
use super::expression::compare_mark;

impl Printer {
    pub(super) fn declaration(self, declaration: &Declaration) -> String {
        match declaration {
            Declaration::Pack(pack) => self.pack(pack),
            Declaration::Citable(source) => {
                let external = || self.word("kw_external").to_owned();
                let file = source.file.as_ref().map_or_else(external, |file| self.text(&file.text));
                let name = self.name(&source.name.text);
                format!("{} {name} {file}{}", self.word("kw_source"), self.after_space(source.label.as_ref()))
            }
            Declaration::Param(param) => {
                let (name, ty, default) = (self.name(&param.name.text), self.ty(&param.ty), self.expr(&param.default));
                let range = param.range.as_ref().map(|(low, high)| self.range(low, high)).unwrap_or_default();
                let note = self.after_space(param.note.as_ref());
                format!("{} {name}: {ty} = {default}{range}{note}", self.word("kw_param"))
            }
            Declaration::Options(options) => {
                let name = self.name(&options.name.text);
                format!("{} {name} {{ {} }}", self.word("kw_options"), self.names(&options.options))
            }
            Declaration::Record(record) => {
                let name = self.name(&record.name.text);
                let members = self.members(&record.fields, &record.forbidden, &record.constraints);
                format!("{} {name} {{\n{}}}", self.word("kw_record"), members.concat())
            }
            Declaration::Data(data) => self.data(data),
            Declaration::Define(define) => self.define(define),
            Declaration::Table(table) => self.table(table),
            Declaration::Calendar(calendar) => {
                let (name, file) = (self.name(&calendar.name.text), self.text(&calendar.file.text));
                format!("{} {name} {file}", self.word("kw_calendar"))
            }
            Declaration::Rule(rule) => self.rule(rule),
            Declaration::Excuse(excuse) => {
                let (source, quote) = (self.name(&excuse.source.text), self.text(&excuse.quote.text));
                let (reason, why) = (self.word("kw_reason"), self.text(&excuse.reason.text));
                format!("{} {source} {quote} {reason} {why}", self.word("kw_excuse"))
            }
            Declaration::Allow(allow) => {
                let (code, about) = (self.name(&allow.code.text), self.path(&allow.about));
                format!("{} {code} {about} {}", self.word("kw_allow"), self.text(&allow.reason.text))
            }
            Declaration::Assertion(assertion) => self.assertion(assertion),
        }
    }

    fn assertion(self, assertion: &Assertion) -> String {
        let [assert, test, then, or, rule] =
            ["kw_assert", "kw_if", "kw_then", "kw_or", "kw_rule"].map(|keyword| self.word(keyword));
        let (title, premise) = (self.text(&assertion.title.text), self.expr(&assertion.premise));
        let outcome =
            |one: &Outcome| format!("{rule} {} {}", self.name(&one.rule.text), self.term(&STANDINGS, &one.stands));
        let outcomes: Vec<String> = assertion.outcomes.iter().map(outcome).collect();
        format!("{assert} {title} {test} {premise} {then} {}", outcomes.join(&format!(" {or} ")))
    }

    fn after_space(self, text: Option<&Str>) -> String {
        text.map(|text| format!(" {}", self.text(&text.text))).unwrap_or_default()
    }

    fn names(self, names: &[Name]) -> String {
        names.iter().map(|name| self.name(&name.text)).collect::<Vec<_>>().join(", ")
    }

    /// A clause with one text, when there is one.
    fn clause(self, word: &str, text: Option<&Str>) -> String {
        text.map(|text| format!("  {} {}\n", self.word(word), self.text(&text.text))).unwrap_or_default()
    }

    fn effective(self, effective: Option<&Effective>) -> String {
        let Some(effective) = effective else { return String::new() };
        let until = effective.until.map(|until| format!(" {} {until}", self.word("kw_to"))).unwrap_or_default();
        format!("  {} {}{until}\n", self.word("kw_effective"), effective.from)
    }

    fn pack(self, pack: &Pack) -> String {
        let version = pack.version.as_ref().map(|version| format!("  {} {}\n", self.word("kw_version"), version.text));
        let clauses = version.unwrap_or_default()
            + &self.clause("kw_publisher", pack.publisher.as_ref())
            + &self.effective(pack.effective.as_ref())
            + &self.placeholders(pack.placeholders.as_deref());
        format!("{} {} {} {{\n{clauses}}}", self.word("kw_pack"), pack.id.text, self.text(&pack.title.text))
    }

    fn placeholders(self, words: Option<&[Str]>) -> String {
        let Some(words) = words else { return String::new() };
        let words: Vec<String> = words.iter().map(|word| self.text(&word.text)).collect();
        format!("  {} {{{}}}\n", self.word("kw_placeholders"), words.join(", "))
    }

    fn data(self, data: &Data) -> String {
        let path = |word: &str, path: Option<&Path>| {
            path.map(|path| format!("  {} {}\n", self.word(word), self.path(path))).unwrap_or_default()
        };
        let paths = [
            path("kw_identity", data.identity.as_ref()),
            path("kw_title", data.title.as_ref()),
            path("kw_date", data.date.as_ref()),
            path("kw_edition", data.edition.as_ref()),
            path("kw_roster", data.roster.as_ref()),
        ];
        let members = self.members(&data.fields, &data.forbidden, &data.constraints);
        let (word, name) = (self.word("kw_data"), self.name(&data.name.text));
        format!("{word} {name} {{\n{}{}}}", paths.concat(), members.concat())
    }

    pub(super) fn path(self, path: &Path) -> String {
        path.names.iter().map(|name| self.field_name(&name.text)).collect::<Vec<_>>().join(".")
    }

    fn members(self, fields: &[Field], forbidden: &[Forbidden], constraints: &[Requirement]) -> Vec<String> {
        let forbidden = forbidden.iter().map(|forbidden| {
            let reason = forbidden.reason.as_ref();
            let reason = reason.map(|reason| format!(" {} {}", self.word("kw_reason"), self.text(&reason.text)));
            let names = self.names(&forbidden.names);
            format!("  {} {names}{}\n", self.word("kw_forbid"), reason.unwrap_or_default())
        });
        let constraints = constraints.iter().map(|constraint| self.must_hold("kw_constraint", constraint));
        fields.iter().map(|field| self.field(field)).chain(forbidden).chain(constraints).collect()
    }

    fn field(self, field: &Field) -> String {
        let (name, ty) = (self.field_name(&field.name.text), self.ty(&field.ty));
        let attributes = field.attributes.iter().map(|attribute| self.attribute(attribute)).collect::<String>();
        format!("  {name}: {ty}{}{attributes}\n", self.after_space(field.label.as_ref()))
    }

    pub(super) fn attribute(self, attribute: &Attribute) -> String {
        let text = |word: &str, text: &Str| format!(" {} {}", self.word(word), self.text(&text.text));
        match &attribute.kind {
            AttributeKind::Hint(hint) => text("kw_hint", hint),
            AttributeKind::Unit(unit) => text("kw_unit", unit),
            AttributeKind::Range(low, high) => self.range(low, high),
            AttributeKind::Happened => format!(" {}", self.word("kw_happened")),
            AttributeKind::Planned => format!(" {}", self.word("kw_planned")),
            AttributeKind::Unique => format!(" {}", self.word("kw_unique")),
            AttributeKind::Sensitive => format!(" {}", self.word("kw_sensitive")),
            AttributeKind::Format(name) => format!(" {} {}", self.word("kw_format"), self.term(&FORMATS, name)),
            AttributeKind::Example(example) => text("kw_example", example),
            AttributeKind::Keep(why) => text("kw_keep", why),
            AttributeKind::Vouched(who) => text("kw_vouched", who),
            AttributeKind::MinItems(least) => {
                format!(" {} {least} {}", self.word("kw_min_items"), self.word("kw_items"))
            }
            AttributeKind::MayBe(word) => {
                let bare = super::is_whole(crate::parser::Rule::name, &word.text) && !word.text.starts_with('`');
                let word = if bare { word.text.clone() } else { self.text(&word.text) };
                format!(" {} {word}", self.word("kw_may_be"))
            }
        }
    }

    fn range(self, low: &Expr, high: &Expr) -> String {
        format!(" {} {} {} {}", self.word("kw_scope"), self.sum(low), self.word("kw_to"), self.sum(high))
    }

    /// A name of a fixed list.
    fn term<T>(self, terms: &[Term<T>], name: &Name) -> String {
        let known = terms.iter().find(|term| term.is(&name.text));
        known.map_or_else(|| self.name(&name.text), |term| term.word(self.keywords).to_owned())
    }

    pub(super) fn ty(self, ty: &TypeExpr) -> String {
        let kind = match &ty.kind {
            TypeKind::BuiltIn(built_in) => built_in.word(self.keywords).to_owned(),
            TypeKind::Named(name) if BuiltIn::named(&name.text).is_some() => format!("`{}`", name.text),
            TypeKind::Named(name) => self.name(&name.text),
            TypeKind::List(inner) => format!("[{}]", self.ty(inner)),
            TypeKind::Options(options) => format!("{{ {} }}", self.names(options)),
            TypeKind::Fold(name) => format!("{} {}", self.word("kw_fold"), self.name(&name.text)),
        };
        kind + if ty.optional { "?" } else { "" }
    }

    fn scope(self, scope: Option<&Name>) -> String {
        scope.map(|scope| format!(" {} {}", self.word("kw_scope"), self.name(&scope.text))).unwrap_or_default()
    }

    fn define(self, define: &Define) -> String {
        let (name, scope) = (self.name(&define.name.text), self.scope(define.scope.as_ref()));
        format!("{} {name}{scope} = {}", self.word("kw_define"), self.expr(&define.value))
    }

    fn table(self, table: &Table) -> String {
        let param = |name: &Name, ty: &TypeExpr| format!("{}: {}", self.name(&name.text), self.ty(ty));
        let params: Vec<String> = table.params.iter().map(|each| param(&each.name, &each.ty)).collect();
        let header: Vec<String> = table.header.iter().map(|name| self.name(&name.text)).collect();
        let rows = table.rows.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| self.cell(cell));
            row_text(&cells.chain([self.expr(&row.result)]).collect::<Vec<_>>())
        });
        let rows = row_text(&header) + &rows.collect::<String>();
        let (name, result) = (self.name(&table.name.text), self.ty(&table.result));
        format!("{} {name}({}) -> {result} {{\n{rows}}}", self.word("kw_table"), params.join(", "))
    }

    pub(super) fn cell(self, cell: &Cell) -> String {
        match &cell.kind {
            CellKind::Any => self.word("kw_any").into(),
            CellKind::Compare(op, value) => format!("{} {}", compare_mark(*op), self.sum(value)),
            CellKind::Range(low, high) => format!("{} {} {}", self.sum(low), self.word("kw_to"), self.sum(high)),
            CellKind::OneOf(values) => match values.as_slice() {
                [Expr { kind: ExprKind::List(_), .. }] => format!("{{{}}}", self.list(values)),
                [value] => self.expr(value),
                values => format!("{{{}}}", self.list(values)),
            },
        }
    }

    fn rule(self, rule: &Rule) -> String {
        let title = self.after_space(rule.title.as_ref()) + &self.scope(rule.scope.as_ref());
        let severity = rule.severity.as_ref();
        let severity =
            severity.map(|name| format!("  {} {}\n", self.word("kw_severity"), self.term(&SEVERITIES, name)));
        let applies = rule.applies.as_ref();
        let applies = applies.map(|expr| format!("  {} {}\n", self.word("kw_applies"), self.expr(expr)));
        let clauses = [
            rule.citations.iter().map(|citation| self.citation(citation)).collect(),
            self.clause("kw_responsible", rule.responsible.as_ref()),
            self.clause("kw_group", rule.group.as_ref()),
            severity.unwrap_or_default(),
            self.effective(rule.effective.as_ref()),
            applies.unwrap_or_default(),
            rule.requirements.iter().map(|requirement| self.must_hold("kw_requires", requirement)).collect(),
            self.clause("kw_remedy", rule.remedy.as_ref()),
        ];
        format!("{} {}{title} {{\n{}}}", self.word("kw_rule"), self.name(&rule.id.text), clauses.concat())
    }

    fn citation(self, citation: &Citation) -> String {
        let (word, source) = (self.word("kw_cites"), self.name(&citation.source.text));
        let quote = self.after_space(citation.quote.as_ref());
        let shortfall = citation.shortfall.as_ref();
        let shortfall = shortfall.map(|text| format!(" {} {}", self.word("kw_shortfall"), self.text(&text.text)));
        format!("  {word} {source}{quote}{}\n", shortfall.unwrap_or_default())
    }

    fn must_hold(self, word: &str, requirement: &Requirement) -> String {
        let message = requirement.message.as_ref();
        let message = message.map(|message| format!(" {} {}", self.word("kw_message"), self.template(message)));
        format!("  {} {}{}\n", self.word(word), self.expr(&requirement.expr), message.unwrap_or_default())
    }
}

fn row_text(cells: &[String]) -> String {
    format!("  | {} |\n", cells.join(" | "))
}
