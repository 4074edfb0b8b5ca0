//! How a declaration speaks: changes are told in its own words.

use bulou_base::source::{Source, Span};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_syntax::ast::{Attribute, Cell, Expr};
use bulou_syntax::keywords::KEYWORDS;
use bulou_syntax::print;

/// The language of a declaration's keywords, and the pack's options.
pub(crate) struct Speech<'a> {
    lang: Lang,
    /// The pack's option sets, named or not.
    options: &'a [Vec<String>],
}

impl<'a> Speech<'a> {
    /// Of the declaration at `span`, by the language of its first word.
    pub fn of(texts: &[Source], options: &'a [Vec<String>], span: Span) -> Self {
        let text = texts.get(span.source.0 as usize).map(|source| source.slice(span)).unwrap_or_default();
        let lang = if text.starts_with(|first: char| first.is_ascii()) { Lang::En } else { Lang::Zh };
        Self { lang, options }
    }

    /// An expression.
    pub fn text(&self, expr: &Expr) -> String {
        print::expr(expr, self.lang)
    }

    /// An attribute of a field.
    pub fn attribute(&self, attribute: &Attribute) -> String {
        print::attribute(attribute, self.lang)
    }

    /// A cell of a table.
    pub fn cell(&self, cell: &Cell) -> String {
        print::cell(cell, self.lang)
    }

    /// A keyword, by its rule in the grammar.
    pub fn word(&self, rule: &str) -> &'static str {
        let keyword = KEYWORDS.iter().find(|keyword| keyword.rule == rule);
        keyword.map_or("", |keyword| if self.lang == Lang::En { keyword.en } else { keyword.zh })
    }

    /// What is said of something that is left out.
    pub fn nothing(&self) -> String {
        texts::mutant_left_out().get(self.lang).to_owned()
    }

    /// The options that follow `name` in the sets that hold it.
    pub fn next_options(&self, name: &str) -> Vec<String> {
        let mut next: Vec<String> = Vec::new();
        for set in self.options {
            let Some(at) = set.iter().position(|option| option == name) else { continue };
            let follows = set.get(at + 1).or(set.first()).filter(|option| *option != name);
            if let Some(follows) = follows.filter(|option| !next.contains(option)) {
                next.push(follows.clone());
            }
        }
        next
    }
}
