//! What stands twice, and what is missing: the same requirement, the same message, no message or remedy at all.

use std::collections::HashMap;

use super::words;
use crate::declared::Declared;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang};
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::Rule;
use bulou_syntax::print::expr;

pub(super) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    let mut seen = Seen::default();
    declared.rules.iter().for_each(|rule| seen.rule(rule));
    seen.found.extend(declared.rules.iter().flat_map(|rule| silent(rule)));
    seen.found
}

#[derive(Default)]
struct Seen<'d> {
    /// Requirements, with when they are asked, by their words.
    asked: HashMap<String, (&'d str, Span)>,
    messages: HashMap<String, (&'d str, Span)>,
    found: Vec<Diagnostic>,
}

impl<'d> Seen<'d> {
    fn rule(&mut self, rule: &'d Rule) {
        let id = rule.id.text.as_str();
        let applies = rule.applies.as_ref().map(|applies| expr(applies, Lang::Zh)).unwrap_or_default();
        let scope = rule.scope.as_ref().map(|scope| scope.text.as_str()).unwrap_or_default();
        let days = rule.effective.as_ref().map(|days| format!("{} {:?}", days.from, days.until)).unwrap_or_default();
        for asked in &rule.requirements {
            let key = format!("{scope}|{days}|{applies}|{}", expr(&asked.expr, Lang::Zh));
            let first = *self.asked.entry(key).or_insert((id, asked.expr.span));
            if first.1 != asked.expr.span {
                self.found.push(again(first, asked.expr.span));
                continue;
            }
            let Some(message) = &asked.message else { continue };
            let first = *self.messages.entry(words(&message.parts)).or_insert((id, message.span));
            if first.1 != message.span {
                self.found.push(same_message(first, message.span));
            }
        }
    }
}

fn again((first, place): (&str, Span), span: Span) -> Diagnostic {
    let message = texts::rule_very_requirement_already(&first).text();
    let help = texts::remove_one_write_other().text();
    Diagnostic::new(Code::AskedTwice, span, message, help).with_label(place, texts::first_here().text())
}

fn same_message((first, place): (&str, Span), span: Span) -> Diagnostic {
    let message = texts::another_requirement_rule_says(&first).text();
    let help = texts::write_each_what_wrong().text();
    Diagnostic::new(Code::SameMessage, span, message, help).with_label(place, texts::other_here().text())
}

/// What a rule does not say to those who have to mend something.
fn silent(rule: &Rule) -> Option<Diagnostic> {
    let id = &rule.id.text;
    let lacks = |missing: bool, word: &'static str| missing.then_some(word);
    let unsaid = rule.requirements.iter().any(|asked| asked.message.is_none());
    let missing: Vec<&str> =
        [lacks(rule.title.is_none(), "标题"), lacks(unsaid, "不符"), lacks(rule.remedy.is_none(), "整改")]
            .into_iter()
            .flatten()
            .collect();
    if missing.is_empty() {
        return None;
    }
    let english = |word: &str| match word {
        "标题" => "title",
        "不符" => "`otherwise`",
        _ => "`remedy`",
    };
    let (zh, en) = (missing.join("、"), missing.iter().map(|word| english(word)).collect::<Vec<_>>().join(", "));
    let message = texts::rule_no(&id, &Each(&zh, &en)).text();
    let help = texts::say_what_wrong_otherwise().text();
    Some(Diagnostic::new(Code::Silent, rule.id.span, message, help))
}
