//! From pest's pairs to the tree: declarations. After this no type of the parsing library is seen.

use crate::built_in::{BuiltIn, STANDINGS, Term};
use bulou_base::date::Date;
use bulou_messages::texts;
use pest::iterators::{Pair, Pairs};

use crate::ast::{
    Allow, Assertion, Calendar, Citable, Declaration, Define, Effective, Excuse, Expr, ExprKind, Name, Options,
    Outcome, Pack, Param, Path, Record, Str, TypeExpr, TypeKind,
};
use crate::from_members::Members;
use crate::parser::Rule;
use bulou_base::source::{SourceId, Span};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix, LocalizedText};

pub(crate) type Node<'i> = Pair<'i, Rule>;

/// Builds the tree of one file.
pub(crate) struct Builder {
    pub source: SourceId,
    /// Where the piece that is being built starts in the file.
    pub base: usize,
    /// Whether spans are filled in; without them two trees can be compared.
    pub placed: bool,
    pub diagnostics: Vec<Diagnostic>,
    /// How deep in an expression's chains the piece that is being built stands.
    pub depth: usize,
}

impl Builder {
    pub fn new(source: SourceId) -> Self {
        Self { source, base: 0, placed: true, diagnostics: Vec::new(), depth: 0 }
    }

    pub fn chunk(&mut self, pairs: Pairs<'_, Rule>) -> Vec<Declaration> {
        let chunk = pairs.flat_map(Pair::into_inner);
        chunk.filter(|pair| pair.as_rule() == Rule::declaration).filter_map(|pair| self.declaration(pair)).collect()
    }

    pub fn span(&self, pair: &Node<'_>) -> Span {
        // Trailing white space belongs to nobody.
        let start = pair.as_span().start();
        self.place(start, pair.as_str().trim_end().len())
    }

    /// The span of `length` bytes from byte `start` of the piece.
    pub fn place(&self, start: usize, length: usize) -> Span {
        if !self.placed {
            return Span::default();
        }
        let place = |at: usize| u32::try_from(self.base + at).unwrap_or(u32::MAX);
        Span { source: self.source, start: place(start), end: place(start + length) }
    }

    pub fn error(&mut self, code: Code, span: Span, message: LocalizedText, help: LocalizedText) {
        self.diagnostics.push(Diagnostic::new(code, span, message, help));
    }

    pub fn name(&self, pair: &Node<'_>) -> Name {
        Name { text: pair.as_str().trim().trim_matches('`').to_owned(), span: self.span(pair) }
    }

    pub fn string(&self, pair: &Node<'_>) -> Str {
        let text = pair.clone().into_inner().next().map(|inner| inner.as_str().to_owned()).unwrap_or_default();
        Str { text, span: self.span(pair) }
    }

    fn declaration(&mut self, pair: Node<'_>) -> Option<Declaration> {
        let pair = pair.into_inner().next()?;
        let span = self.span(&pair);
        let form = pair.as_rule();
        let mut inner = pair
            .into_inner()
            .filter(|pair| !is_keyword(pair.as_rule()) || pair.as_rule() == Rule::kw_external)
            .peekable();
        Some(match form {
            Rule::pack => Declaration::Pack(self.pack(span, inner)?),
            Rule::source => {
                let name = self.name(&inner.next()?);
                let file = inner.next()?;
                let file = (file.as_rule() == Rule::text).then(|| self.string(&file));
                Declaration::Citable(Citable { span, name, file, label: inner.next().map(|text| self.string(&text)) })
            }
            Rule::param => Declaration::Param(Param {
                span,
                name: self.name(&inner.next()?),
                ty: self.ty(inner.next()?)?,
                default: self.expr(inner.next()?),
                range: match inner.peek().map(Pair::as_rule) {
                    Some(Rule::range) => Some(self.range(inner.next()?)?),
                    _ => None,
                },
                note: inner.next().map(|text| self.string(&text)),
            }),
            Rule::options => {
                let name = self.name(&inner.next()?);
                Declaration::Options(Options { span, name, options: self.names(inner.next()?) })
            }
            Rule::record => {
                let name = self.name(&inner.next()?);
                let Members { fields, forbidden, constraints, .. } = self.members(inner);
                Declaration::Record(Record { span, name, fields, forbidden, constraints })
            }
            Rule::data => Declaration::Data(self.data(span, inner)?),
            Rule::define => {
                let name = self.name(&inner.next()?);
                let next = inner.next()?;
                let (scope, value) = match next.as_rule() {
                    Rule::name => (Some(self.name(&next)), inner.next()?),
                    _ => (None, next),
                };
                Declaration::Define(Define { span, name, scope, value: self.expr(value) })
            }
            Rule::table => Declaration::Table(self.table(span, inner)?),
            Rule::calendar => {
                let name = self.name(&inner.next()?);
                Declaration::Calendar(Calendar { span, name, file: self.string(&inner.next()?) })
            }
            Rule::rule_decl => Declaration::Rule(Box::new(self.rule(span, inner)?)),
            Rule::excuse => Declaration::Excuse(Excuse {
                span,
                source: self.name(&inner.next()?),
                quote: self.string(&inner.next()?),
                reason: self.string(&inner.next()?),
            }),
            Rule::allow => Declaration::Allow(Allow {
                span,
                code: self.name(&inner.next()?),
                about: self.path(inner.next()?),
                reason: self.string(&inner.next()?),
            }),
            Rule::assertion => {
                let (title, premise) = (self.string(&inner.next()?), self.expr(inner.next()?));
                let outcomes = inner.filter_map(|outcome| self.outcome(outcome)).collect();
                Declaration::Assertion(Assertion { span, title, premise, outcomes })
            }
            _ => return None,
        })
    }

    fn outcome(&self, pair: Node<'_>) -> Option<Outcome> {
        let mut names = pair.into_inner().filter(|pair| !is_keyword(pair.as_rule()));
        Some(Outcome { rule: self.name(&names.next()?), stands: self.term(&STANDINGS, &names.next()?) })
    }

    fn pack<'i>(&mut self, span: Span, mut inner: impl Iterator<Item = Node<'i>>) -> Option<Pack> {
        let (id, title) = (self.name(&inner.next()?), self.string(&inner.next()?));
        let mut pack = Pack { span, id, title, version: None, publisher: None, effective: None, placeholders: None };
        for part in inner {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::version => {
                    let version = last(part).map(|number| self.name(&number));
                    self.once(&mut pack.version, version, span);
                }
                Rule::publisher => {
                    let publisher = last(part).map(|text| self.string(&text));
                    self.once(&mut pack.publisher, publisher, span);
                }
                Rule::effective => {
                    let effective = self.effective(part);
                    self.once(&mut pack.effective, effective, span);
                }
                Rule::placeholders => {
                    let words = part.into_inner().filter(|pair| pair.as_rule() == Rule::text);
                    let words = words.map(|text| self.string(&text)).collect();
                    self.once(&mut pack.placeholders, Some(words), span);
                }
                _ => {}
            }
        }
        Some(pack)
    }

    pub(super) fn effective(&mut self, pair: Node<'_>) -> Option<Effective> {
        let span = self.span(&pair);
        let mut dates = pair.into_inner().filter(|pair| pair.as_rule() == Rule::any_date);
        let from = self.date(dates.next()?)?;
        let until = dates.next().and_then(|date| self.date(date));
        Some(Effective { from, until, span })
    }

    /// A date; one that does not exist or is written another way is reported.
    pub fn date(&mut self, pair: Node<'_>) -> Option<Date> {
        let span = self.span(&pair);
        let inner = pair.into_inner().next()?;
        let numbers: Vec<i32> =
            inner.as_str().split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
        let [year, month, day] = numbers.as_slice() else { return None };
        let date = bulou_base::date::new(*year, *month, *day);
        let words = inner.as_str();
        let (first_year, last_year) = (bulou_base::date::YEARS.start(), bulou_base::date::YEARS.end());
        match (inner.as_rule(), date) {
            (Rule::date_near, Some(date)) => {
                let message = texts::date_not_known_notation(&words).text();
                let help = texts::write_4(&date).text();
                let fix = Some(Fix::new(span, date.to_string()));
                self.diagnostics.push(Diagnostic::new(Code::DateForm, span, message, help).with_fix(fix));
            }
            (_, None) => self.error(
                Code::DateForm,
                span,
                texts::no_day(&words).text(),
                texts::check_year_month_day(&first_year, &last_year).text(),
            ),
            (_, Some(_)) => {}
        }
        date
    }

    pub fn names(&self, list: Node<'_>) -> Vec<Name> {
        list.into_inner().filter(|pair| pair.as_rule() == Rule::name).map(|pair| self.name(&pair)).collect()
    }

    /// A name of a fixed list, spelled in Chinese whatever the file's language.
    pub(super) fn term<T>(&self, terms: &[Term<T>], pair: &Node<'_>) -> Name {
        let name = self.name(pair);
        let zh = terms.iter().find(|term| term.is(&name.text)).map(|term| term.zh.to_owned());
        Name { text: zh.unwrap_or(name.text), span: name.span }
    }

    pub fn ty(&mut self, pair: Node<'_>) -> Option<TypeExpr> {
        let span = self.span(&pair);
        let mut inner = pair.into_inner();
        let form = inner.next()?;
        let optional = inner.next().is_some();
        let kind = match form.as_rule() {
            Rule::list_type => TypeKind::List(Box::new(self.ty(form.into_inner().next()?)?)),
            Rule::option_list => TypeKind::Options(self.names(form)),
            Rule::fold_type => TypeKind::Fold(self.name(&last(form)?)),
            // Between backticks a word is a name, whatever else it means.
            _ => BuiltIn::named(form.as_str()).map_or_else(|| TypeKind::Named(self.name(&form)), TypeKind::BuiltIn),
        };
        Some(TypeExpr { kind, optional, span })
    }

    pub(super) fn path(&mut self, pair: Node<'_>) -> Path {
        let span = self.span(&pair);
        Path { names: pair.into_inner().map(|name| self.name(&name)).collect(), span }
    }

    /// `范围 a 至 b`
    pub(super) fn range(&mut self, pair: Node<'_>) -> Option<(Expr, Expr)> {
        let mut ends = pair.into_inner().filter(|pair| !is_keyword(pair.as_rule()));
        Some((self.expr(ends.next()?), self.expr(ends.next()?)))
    }

    pub(super) fn once<T>(&mut self, place: &mut Option<T>, value: Option<T>, span: Span) {
        if place.is_some() {
            self.error(Code::Clause, span, texts::such_clause_already().text(), texts::merge_two_remove_one().text());
            return;
        }
        *place = value;
    }

    pub fn bad_expr(&self, span: Span) -> Expr {
        Expr { kind: ExprKind::Bool(false), span }
    }
}

/// The last inner pair: what follows a keyword.
pub(crate) fn last(pair: Node<'_>) -> Option<Node<'_>> {
    pair.into_inner().last()
}

/// Whether a rule of the grammar is a keyword.
pub(crate) fn is_keyword(which: Rule) -> bool {
    format!("{which:?}").starts_with("kw_")
}
