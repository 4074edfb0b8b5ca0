//! What the attributes of fields say: notes, formats, ranges, what may be left out or said twice.

use crate::shape::{Builder, number};
use bulou_base::source::Span;
use bulou_document::placeholder::core;
use bulou_document::shape::{Bounds, Element, Kind, Notes};
use bulou_document::types::Domain;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{self, AttributeKind, Expr, Name};
use bulou_syntax::built_in::{self, FORMATS};

#[derive(Default)]
pub(super) struct Attributes {
    pub(super) unique: bool,
    pub(super) sensitive: bool,
    pub(super) min_items: u32,
    pub(super) may_be: Vec<String>,
    pub(super) notes: Notes,
}

impl Builder<'_, '_> {
    pub(super) fn attributes(&mut self, field: &ast::Field, kind: &mut Kind) -> Attributes {
        let mut found = Attributes::default();
        let attributes = field.attributes.as_slice();
        for attribute in attributes {
            match &attribute.kind {
                AttributeKind::Hint(text) => found.notes.hint = Some(text.text.clone()),
                AttributeKind::Unit(text) => found.notes.unit = Some(text.text.clone()),
                AttributeKind::Example(text) => found.notes.example = Some(text.text.clone()),
                AttributeKind::Keep(text) => found.notes.keep = Some(text.text.clone()),
                AttributeKind::Vouched(text) => {
                    found.notes.vouched = Some(text.text.clone());
                    vouch(kind, &text.text);
                }
                AttributeKind::Unique => found.unique = true,
                AttributeKind::Sensitive => {
                    found.sensitive = true;
                    self.hide(kind);
                }
                AttributeKind::Range(low, high) if self.built.shape.when(kind).is_none() => {
                    self.range(attribute.span, low, high, kind);
                }
                // Of dates, see below.
                AttributeKind::Range(..) | AttributeKind::Happened | AttributeKind::Planned => {}
                AttributeKind::Format(name) => self.format(name, kind),
                AttributeKind::MinItems(_) if !matches!(kind, Kind::List(_)) => {
                    self.misplaced(attribute.span, "至少 … 项", texts::fits_list());
                }
                AttributeKind::MinItems(least) => {
                    found.min_items = *least;
                    if *least == 0 {
                        let message = texts::least_0_items_asks().text();
                        self.no_effect(attribute.span, message, texts::write_1_more_remove().text());
                    }
                }
                AttributeKind::MayBe(_) if !self.is_text(kind) => {
                    self.misplaced(attribute.span, "可填", texts::fits_texts());
                }
                AttributeKind::MayBe(word) => {
                    let word = self.placeholder(word);
                    found.may_be.extend(word);
                }
            }
        }
        self.words_once(attributes.iter().filter_map(|attribute| match &attribute.kind {
            AttributeKind::MayBe(word) => Some(word),
            _ => None,
        }));
        self.when(field, kind);
        let lang = Lang::of(field.label.as_ref().map_or(&field.name.text, |label| &label.text));
        found.notes.when = self.built.shape.when(kind).and_then(|when| when.hint(lang));
        if found.unique && !kind.tells_apart() {
            let span = attributes.iter().find(|a| matches!(a.kind, AttributeKind::Unique)).map(|a| a.span);
            self.misplaced(span.unwrap_or_default(), "唯一", texts::fits_what_tells_apart());
        }
        found
    }

    /// What a field may say although it is a placeholder, as [`core`] writes it.
    fn placeholder(&mut self, word: &ast::Str) -> Option<String> {
        let core = core(&word.text);
        if self.built.shape.placeholders.contains(&core) {
            return Some(core);
        }
        self.error(
            Code::NoPlaceholder,
            word.span,
            texts::no_placeholder_may_filled(&word.text).text(),
            texts::remove_list_packs_placeholders().text(),
        );
        None
    }

    /// A text, or a list of texts.
    fn is_text(&self, kind: &Kind) -> bool {
        let is_text = |kind: &Kind| matches!(kind.domain(), Domain::Text(_));
        match kind {
            Kind::List(table) => self.built.shape.scalars(*table).is_some_and(is_text),
            scalar => is_text(scalar),
        }
    }

    fn range(&mut self, span: Span, low: &Expr, high: &Expr, kind: &mut Kind) {
        let ends = match (number(low), number(high)) {
            (Some(low), Some(high)) if low <= high => Some(Bounds { min: Some(low), max: Some(high) }),
            _ => None,
        };
        let Some(bounds) = self.bounds(kind) else {
            return self.misplaced(span, "范围", texts::fits_what_has_bounds());
        };
        match ends {
            Some(ends) => *bounds = ends,
            None => self.error(
                Code::Constant,
                span,
                texts::range_two_numbers_smaller().text(),
                texts::example_scope_0_100().text(),
            ),
        }
    }

    /// The bounds of a number, or of the numbers of a list.
    fn bounds<'k>(&'k mut self, kind: &'k mut Kind) -> Option<&'k mut Bounds> {
        match kind {
            Kind::List(table) => match &mut self.built.shape.tables.get_mut(usize::from(*table))?.element {
                Element::Scalar(element) => element.bounds_mut(),
                Element::Record(_) => None,
            },
            scalar => scalar.bounds_mut(),
        }
    }

    /// Warns of a number or date that nothing bounds.
    pub(super) fn unbounded(&mut self, field: &ast::Field, kind: &mut Kind) {
        if self.folding {
            return;
        }
        let name = &field.name;
        if self.bounds(kind).is_some_and(|bounds| bounds.min.is_none() && bounds.max.is_none()) {
            let message = texts::no_bounds_negative_absurd(&name.text).text();
            self.error(Code::Unbounded, name.span, message, texts::write_scope_least_greatest().text());
        }
        let is_bounded = |attribute: &ast::Attribute| matches!(attribute.kind, AttributeKind::Range(..));
        if self.is_date(kind) && !field.attributes.iter().any(is_bounded) {
            let message = texts::no_bounds_dates_of_other(&name.text).text();
            self.error(Code::Unbounded, name.span, message, texts::write_scope_first_last_day().text());
        }
    }

    /// Whether it is a date or a list of dates.
    fn is_date(&self, kind: &Kind) -> bool {
        let is_date = |kind: &Kind| matches!(kind.domain(), Domain::Date(_));
        match kind {
            Kind::List(table) => self.built.shape.scalars(*table).is_some_and(is_date),
            scalar => is_date(scalar),
        }
    }

    fn format(&mut self, name: &Name, kind: &mut Kind) {
        let Kind::Text(format) = kind else { return self.misplaced(name.span, "格式", texts::fits_text()) };
        match built_in::named(&FORMATS, &name.text) {
            Some(known) => *format = Some(known),
            None => {
                let known = |lang, mark: &str| built_in::words(&FORMATS, lang).join(mark);
                self.error(
                    Code::Attribute,
                    name.span,
                    texts::no_format(&name.text).text(),
                    texts::formats(&Each(&known(Lang::Zh, "、"), &known(Lang::En, ", "))).text(),
                );
            }
        }
    }
}

/// Whoever vouches for a record vouches for its fields, unless a field names another.
fn vouch(kind: &mut Kind, by: &str) {
    let Kind::Record(fields) = kind else { return };
    for field in &mut fields.fields {
        if field.notes.vouched.is_none() {
            field.notes.vouched = Some(by.to_owned());
            vouch(&mut field.kind, by);
        }
    }
}
