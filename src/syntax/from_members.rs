//! From pest's pairs to the tree: what stands between the braces of a `记录` or `数据`.

use crate::built_in::FORMATS;
use bulou_messages::texts;

use crate::ast::{Attribute, AttributeKind, Data, Field, Forbidden, Path, Requirement, Str};
use crate::from_pairs::{Builder, Node, is_keyword, last};
use crate::keywords::is_value;
use crate::parser::Rule;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};

impl Builder {
    pub(super) fn data<'i>(&mut self, span: Span, mut inner: impl Iterator<Item = Node<'i>>) -> Option<Data> {
        let name = self.name(&inner.next()?);
        let Members { fields, forbidden, constraints, paths } = self.members(inner);
        let (identity, title, date, edition, roster) = (None, None, None, None, None);
        let mut data = Data { span, name, identity, title, date, edition, roster, fields, forbidden, constraints };
        for (keyword, path) in paths {
            let place = match keyword {
                Rule::kw_identity => &mut data.identity,
                Rule::kw_title => &mut data.title,
                Rule::kw_date => &mut data.date,
                Rule::kw_edition => &mut data.edition,
                _ => &mut data.roster,
            };
            let span = path.span;
            self.once(place, Some(path), span);
        }
        Some(data)
    }

    pub(super) fn members<'i>(&mut self, inner: impl Iterator<Item = Node<'i>>) -> Members {
        let mut members = Members::default();
        for member in inner {
            let span = self.span(&member);
            match member.as_rule() {
                Rule::field => members.fields.extend(self.field(span, member)),
                Rule::forbid => {
                    let reason = member.clone().into_inner().find(|pair| pair.as_rule() == Rule::text);
                    let reason = reason.map(|text| self.string(&text));
                    members.forbidden.push(Forbidden { names: self.names(member), reason, span });
                }
                Rule::constraint => {
                    let mut parts = member.into_inner().filter(|pair| !is_keyword(pair.as_rule()));
                    let Some(expr) = parts.next() else { continue };
                    let (expr, message) = (self.expr(expr), parts.next().and_then(last));
                    let message = message.map(|text| self.template(&text));
                    members.constraints.push(Requirement { expr, message, span });
                }
                Rule::data_path => {
                    let mut parts = member.into_inner();
                    if let (Some(keyword), Some(path)) = (parts.next(), parts.next()) {
                        members.paths.push((keyword.as_rule(), self.path(path)));
                    }
                }
                _ => {}
            }
        }
        members
    }

    fn field(&mut self, span: Span, pair: Node<'_>) -> Option<Field> {
        let mut inner = pair.into_inner();
        let word = inner.next()?;
        let name = self.name(&word);
        self.refuse_value(word.as_str().trim(), name.span);
        let ty = self.ty(inner.next()?)?;
        let mut field = Field { name, ty, label: None, attributes: Vec::new(), span };
        for part in inner {
            match part.as_rule() {
                Rule::text => field.label = Some(self.string(&part)),
                Rule::attribute => {
                    let attribute = self.attribute(part);
                    self.attach(&mut field, attribute);
                }
                _ => {}
            }
        }
        Some(field)
    }

    /// Refuses a field that is called as a value is: in a rule `且 是` would be that value, and never the field.
    fn refuse_value(&mut self, word: &str, span: Span) {
        if !is_value(word) {
            return;
        }
        let message = texts::rule_value_would_never(&word).text();
        let help = texts::write_rules_too_take(&word).text();
        let fix = Some(Fix { span, replacement: format!("`{word}`") });
        self.diagnostics.push(Diagnostic::new(Code::Syntax, span, message, help).with_fix(fix));
    }

    /// Gives a field an attribute, each kind once; it may say several words that are an answer.
    fn attach(&mut self, field: &mut Field, attribute: Option<Attribute>) {
        let Some(attribute) = attribute else { return };
        let kind = std::mem::discriminant(&attribute.kind);
        let again = field.attributes.iter().any(|known| std::mem::discriminant(&known.kind) == kind);
        if again && !matches!(attribute.kind, AttributeKind::MayBe(_)) {
            self.error(
                Code::Attribute,
                attribute.span,
                texts::field_already_attribute().text(),
                texts::keep_one_two_neither().text(),
            );
            return;
        }
        field.attributes.push(attribute);
    }

    /// `至少 n 项`
    fn min_items(&mut self, digits: &Node<'_>) -> AttributeKind {
        let least = digits.as_str().parse().ok();
        if least.is_none() {
            self.error(
                Code::NumberSize,
                self.span(digits),
                texts::no_list_can_many().text(),
                texts::write_small_number().text(),
            );
        }
        AttributeKind::MinItems(least.unwrap_or_default())
    }

    fn attribute(&mut self, pair: Node<'_>) -> Option<Attribute> {
        let span = self.span(&pair);
        let form = pair.into_inner().next()?;
        let which = form.as_rule();
        let mut inner = form.into_inner().filter(|pair| !is_keyword(pair.as_rule()));
        let kind = match which {
            Rule::happened => AttributeKind::Happened,
            Rule::planned => AttributeKind::Planned,
            Rule::unique => AttributeKind::Unique,
            Rule::sensitive => AttributeKind::Sensitive,
            Rule::range => AttributeKind::Range(self.expr(inner.next()?), self.expr(inner.next()?)),
            Rule::min_items => self.min_items(&inner.next()?),
            Rule::may_be => {
                let word = inner.next()?;
                AttributeKind::MayBe(match word.as_rule() {
                    Rule::text => self.string(&word),
                    _ => Str { text: self.name(&word).text, span: self.span(&word) },
                })
            }
            Rule::format => AttributeKind::Format(self.term(&FORMATS, &inner.next()?)),
            Rule::hint => AttributeKind::Hint(self.string(&inner.next()?)),
            Rule::unit => AttributeKind::Unit(self.string(&inner.next()?)),
            Rule::example => AttributeKind::Example(self.string(&inner.next()?)),
            Rule::keep => AttributeKind::Keep(self.string(&inner.next()?)),
            _ => AttributeKind::Vouched(self.string(&inner.next()?)),
        };
        Some(Attribute { kind, span })
    }
}

/// What stands between the braces of a 记录 or 数据.
#[derive(Default)]
pub(super) struct Members {
    pub(super) fields: Vec<Field>,
    pub(super) forbidden: Vec<Forbidden>,
    pub(super) constraints: Vec<Requirement>,
    pub(super) paths: Vec<(Rule, Path)>,
}
