//! From pest's pairs to the tree: message templates.

use pest::Parser as _;

use crate::ast::{Template, TemplatePart};
use crate::from_pairs::{Builder, Node};
use crate::keywords::OMITTED;
use crate::parser::{Grammar, Rule};
use bulou_messages::codes::Code;
use bulou_messages::texts;

impl Builder {
    /// A message template: text with `{expr}` parts; `{{` and `}}` stand for the braces themselves.
    pub fn template(&mut self, pair: &Node<'_>) -> Template {
        let span = self.span(pair);
        let mut parts = Vec::new();
        let Some(inner) = pair.clone().into_inner().next() else { return Template { parts, span } };
        let (text, start) = (inner.as_str(), inner.as_span().start());
        let mut plain = String::new();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '{' | '}' if chars.next_if(|(_, next)| *next == c).is_some() => plain.push(c),
                '{' => {
                    let end = text.get(at..).and_then(|rest| rest.find('}')).map(|length| at + length);
                    let Some(end) = end else {
                        self.bad_placeholder(start + at, text.get(at..).unwrap_or_default());
                        break;
                    };
                    while chars.next_if(|(next, _)| *next <= end).is_some() {}
                    if !plain.is_empty() {
                        parts.push(TemplatePart::Text(std::mem::take(&mut plain)));
                    }
                    let words = text.get(at + 1..end).unwrap_or_default();
                    parts.extend(self.placeholder(words, start + at + 1));
                }
                c => plain.push(c),
            }
        }
        if !plain.is_empty() {
            parts.push(TemplatePart::Text(plain));
        }
        Template { parts, span }
    }

    fn placeholder(&mut self, words: &str, start: usize) -> Option<TemplatePart> {
        if words.trim() == OMITTED.0 || words.trim() == OMITTED.1 {
            return Some(TemplatePart::Omitted(self.place(start, words.len())));
        }
        let Ok(mut pairs) = Grammar::parse(Rule::lone_expr, words) else {
            self.bad_placeholder(start, words);
            return None;
        };
        let expr = pairs.next().and_then(|pair| pair.into_inner().next())?;
        let base = self.base;
        self.base += start;
        let expr = self.expr(expr);
        self.base = base;
        Some(TemplatePart::Value(expr))
    }

    fn bad_placeholder(&mut self, start: usize, words: &str) {
        let span = self.place(start, words.len());
        self.error(
            Code::TemplateName,
            span,
            texts::message_cannot_read(&words).text(),
            texts::write_field_expression_braces().text(),
        );
    }
}
