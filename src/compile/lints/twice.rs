//! What stands twice, and what is missing: the same requirement, the same message, no message or remedy at all.

use std::collections::HashMap;

use super::words;
use crate::declared::Declared;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Lang, LocalizedText};
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
    let message = LocalizedText::new(
        format!("规则 `{first}` 已经有一模一样的要求"),
        format!("the rule `{first}` has this very requirement already"),
    );
    let help =
        LocalizedText::new("删去一处,或改成要查的另一件事", "remove one, or write the other thing that is meant");
    Diagnostic::new(Code::AskedTwice, span, message, help)
        .with_label(place, LocalizedText::new("第一处在这里", "the first is here"))
}

fn same_message((first, place): (&str, Span), span: Span) -> Diagnostic {
    let message = LocalizedText::new(
        format!("规则 `{first}` 的另一条要求也说这句话,看的人分不清是哪一件"),
        format!("another requirement, of the rule `{first}`, says the same: nobody can tell which of them is meant"),
    );
    let help =
        LocalizedText::new("两处各写各的:哪里不对、差多少", "write of each what is wrong there, and by how much");
    Diagnostic::new(Code::SameMessage, span, message, help)
        .with_label(place, LocalizedText::new("另一处在这里", "the other is here"))
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
    let message = LocalizedText::new(format!("规则 `{id}` 没有写{zh}"), format!("the rule `{id}` has no {en}"));
    let help = LocalizedText::new(
        "写上:`不符 \"…\"` 说哪里不对,`整改 \"…\"` 说怎么办,标题写在规则名后面",
        "say what is wrong by `otherwise \"…\"`, what to do by `remedy \"…\"`, and give the title after the rule's name",
    );
    Some(Diagnostic::new(Code::Silent, rule.id.span, message, help))
}
