//! Texts of a pack that people read: each of them says something. A label or a message of which nothing can be seen helps
//! nobody, and a reason that is only a placeholder is none.

use bulou_base::source::Span;
use bulou_document::normalize::is_blank;
use bulou_document::placeholder::{built_in, core};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::texts;
use bulou_syntax::ast::{
    Attribute, AttributeKind, Declaration, Field, File, Forbidden, Pack, Requirement, Rule, Str, Template, TemplatePart,
};

/// What is wrong with the texts of a pack's declarations.
pub(super) fn problems(files: &[&File]) -> Vec<Diagnostic> {
    let mut wording = Wording::default();
    files.iter().flat_map(|file| &file.declarations).for_each(|declaration| wording.declaration(declaration));
    wording.found
}

/// Whether words give no reason: nothing can be seen of them, or they only say that there is nothing to say.
pub fn is_no_reason(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric) || is_blank(text) || built_in().contains(&core(text))
}

#[derive(Default)]
struct Wording {
    found: Vec<Diagnostic>,
}

impl Wording {
    fn declaration(&mut self, declaration: &Declaration) {
        match declaration {
            Declaration::Pack(pack) => self.pack(pack),
            Declaration::Citable(citable) => self.text(citable.label.as_ref()),
            Declaration::Param(param) => self.text(param.note.as_ref()),
            Declaration::Record(record) => self.members(&record.fields, &record.forbidden, &record.constraints),
            Declaration::Data(data) => self.members(&data.fields, &data.forbidden, &data.constraints),
            Declaration::Rule(rule) => self.rule(rule),
            Declaration::Excuse(excuse) => self.reason(&excuse.reason),
            Declaration::Allow(allow) => self.reason(&allow.reason),
            Declaration::Assertion(assertion) => self.text(Some(&assertion.title)),
            Declaration::Options(_) | Declaration::Define(_) | Declaration::Table(_) | Declaration::Calendar(_) => {}
        }
    }

    fn pack(&mut self, pack: &Pack) {
        self.text(Some(&pack.title));
        self.text(pack.publisher.as_ref());
        let Some(words) = &pack.placeholders else { return };
        words.iter().for_each(|word| self.text(Some(word)));
        if words.is_empty() {
            self.found.push(Diagnostic::new(
                Code::NoPlaceholders,
                pack.id.span,
                texts::placeholders_lists_no_word().text(),
                texts::list_words_count_not().text(),
            ));
        }
    }

    fn members(&mut self, fields: &[Field], forbidden: &[Forbidden], constraints: &[Requirement]) {
        for field in fields {
            self.text(field.label.as_ref());
            field.attributes.iter().for_each(|attribute| self.attribute(attribute));
        }
        forbidden.iter().filter_map(|clause| clause.reason.as_ref()).for_each(|reason| self.reason(reason));
        constraints.iter().filter_map(|constraint| constraint.message.as_ref()).for_each(|told| self.message(told));
    }

    fn attribute(&mut self, attribute: &Attribute) {
        match &attribute.kind {
            AttributeKind::Hint(text)
            | AttributeKind::Unit(text)
            | AttributeKind::Example(text)
            | AttributeKind::Vouched(text) => self.text(Some(text)),
            AttributeKind::Keep(reason) => self.reason(reason),
            AttributeKind::Range(..)
            | AttributeKind::Happened
            | AttributeKind::Planned
            | AttributeKind::Unique
            | AttributeKind::Sensitive
            | AttributeKind::Format(_)
            | AttributeKind::MinItems(_)
            | AttributeKind::MayBe(_) => {}
        }
    }

    fn rule(&mut self, rule: &Rule) {
        for text in [&rule.title, &rule.responsible, &rule.group, &rule.remedy] {
            self.text(text.as_ref());
        }
        rule.citations.iter().filter_map(|cited| cited.shortfall.as_ref()).for_each(|text| self.reason(text));
        rule.requirements.iter().filter_map(|asked| asked.message.as_ref()).for_each(|told| self.message(told));
    }

    fn text(&mut self, text: Option<&Str>) {
        if let Some(text) = text.filter(|text| is_blank(&text.text)) {
            self.blank(text.span);
        }
    }

    /// A message of which only values are printed says something.
    fn message(&mut self, template: &Template) {
        let blank = |part: &TemplatePart| matches!(part, TemplatePart::Text(text) if is_blank(text));
        if template.parts.iter().all(blank) {
            self.blank(template.span);
        }
    }

    fn blank(&mut self, span: Span) {
        let message = texts::text_blank_tells_people().text();
        self.found.push(Diagnostic::new(Code::BlankText, span, message, texts::write_something_remove().text()));
    }

    fn reason(&mut self, reason: &Str) {
        if is_blank(&reason.text) {
            return self.blank(reason.span);
        }
        if is_no_reason(&reason.text) {
            let shown = &reason.text;
            let message = texts::no_reason(&shown).text();
            let help = texts::say_why_others_can().text();
            self.found.push(Diagnostic::new(Code::BlankText, reason.span, message, help));
        }
    }
}
