//! What a name or word at a place means, for people.

use bulou_base::sanitize::visible;
use bulou_base::source::Span;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_syntax::aggregates::Function;
use bulou_syntax::ast::{AttributeKind, Field, Rule, Str, TypeExpr};
use bulou_syntax::lex::{LexKind, lex};

use super::complete::listed;
use super::names::About;
use super::{Editor, Hover, Places, keyword_words};

impl Editor {
    /// What stands at a place: a name's kind, type and meaning and where it is declared, or a keyword's meaning.
    pub fn hover(&mut self, file: &str, offset: u32, lang: Lang) -> Option<Hover> {
        let (id, byte) = self.byte(file, offset)?;
        let found = self.names()?.0.at(id, byte);
        let (span, markdown) = match found.first() {
            Some((span, _)) => {
                let span = *span;
                let parts: Vec<String> =
                    found.iter().filter_map(|(_, declared)| self.described(*declared, lang)).collect();
                (span.start as usize..span.end as usize, parts.join("\n\n---\n\n"))
            }
            None => self.word(file, byte, lang)?,
        };
        let range = Places::new(self.text(file)?).range(span.start, span.end);
        (!markdown.is_empty()).then_some(Hover { range, markdown })
    }

    /// A keyword, or a function over lists.
    fn word(&self, file: &str, byte: usize, lang: Lang) -> Option<(std::ops::Range<usize>, String)> {
        let text = self.text(file).filter(|_| file.ends_with(".bulou"))?;
        let word = lex(text)
            .find(|lexeme| lexeme.range.start <= byte && byte <= lexeme.range.end && lexeme.kind == LexKind::Word)?;
        let spelling = text.get(word.range.clone())?;
        let (twins, meaning) = match (keyword_words::keyword(spelling), Function::named(spelling)) {
            (Some(keyword), _) => ((keyword.zh, keyword.en), keyword_words::meaning(keyword.rule)?),
            (None, Some(function)) => ((function.zh, function.en), function.meaning.text()),
            (None, None) => return None,
        };
        Some((word.range, format!("**{}** · `{}`\n\n{}", twins.0, twins.1, meaning.get(lang))))
    }

    fn described(&mut self, declared: Span, lang: Lang) -> Option<String> {
        let place = self.location(declared)?;
        let line = Places::new(self.text(&place.file)?).line_column(place.range.start).line + 1;
        self.check();
        let texts = &self.texts;
        let slice = |span: Span| texts.get(span.source.0 as usize).map(|text| text.slice(span)).unwrap_or_default();
        let survey = &self.checked.as_ref()?.survey;
        let names = super::Names::new(self.parsed.iter().map(|(file, _)| file), survey);
        let about = names.about(declared)?;
        let inferred = survey.types.iter().find(|(span, _)| *span == declared).map(|(_, ty)| ty.as_str());
        let ty = type_of(about, &slice, inferred.unwrap_or_default());
        let ty = if ty.is_empty() { ty } else { format!(": `{ty}`") };
        let name = plain(slice(declared).trim_matches('`'));
        let mut lines = vec![format!("**{name}**{ty} · {}", kind_of(about).get(lang))];
        lines.extend(about_it(about, &slice, lang));
        let declared = texts::declared(&place.file, &line).text();
        lines.push(declared.get(lang).to_owned());
        Some(lines.join("\n\n"))
    }
}

/// Words of a pack where Markdown is read: no link or picture that an editor would fetch, no code, no tag.
fn plain(words: &str) -> String {
    let wide = |c: char| match c {
        '[' => '\u{FF3B}',
        ']' => '\u{FF3D}',
        '<' => '\u{FF1C}',
        '`' => '\'',
        c => c,
    };
    visible(words).chars().map(wide).collect()
}

fn kind_of(about: About<'_>) -> LocalizedText {
    let words = match about {
        About::Field(..) => texts::field_2(),
        About::Param(_) => texts::parameter(),
        About::Options(_) => texts::option_set(),
        About::Option(_) => texts::option(),
        About::Record(_) => texts::record_2(),
        About::Data(_) => texts::document(),
        About::Define(_) => texts::definition(),
        About::Table(_) => texts::table(),
        About::Argument(_) => texts::parameter_table(),
        About::Binding => texts::list_element(),
        About::Source(_) => texts::source(),
        About::Rule(_) => texts::rule(),
        About::Pack(_) => texts::rule_pack(),
        About::Calendar(_) => texts::calendar(),
    };
    words.text()
}

/// A name's type: as written, or as the checker found it.
fn type_of<'t>(about: About<'_>, slice: &dyn Fn(Span) -> &'t str, inferred: &str) -> String {
    let written = |ty: &TypeExpr| slice(ty.span).split_whitespace().collect::<Vec<_>>().join(" ");
    match about {
        About::Field(field, _) => written(&field.ty),
        About::Param(param) => written(&param.ty),
        About::Table(table) => written(&table.result),
        About::Argument(argument) => written(&argument.ty),
        About::Options(options) => listed(&options.options),
        About::Option(set) => set.to_owned(),
        About::Define(_) | About::Binding => inferred.to_owned(),
        _ => String::new(),
    }
}

/// What is said of a declaration besides its kind and type.
fn about_it<'t>(about: About<'_>, slice: &dyn Fn(Span) -> &'t str, lang: Lang) -> Vec<String> {
    let texts = |texts: &[&Option<Str>]| texts.iter().copied().flatten().map(|text| plain(&text.text)).collect();
    let code = |span: Span| vec![format!("```bulou\n{}\n```", slice(span))];
    match about {
        About::Field(field, owner) => of_field(field, owner, lang),
        About::Param(param) => {
            let default = slice(param.default.span).replace('`', "'");
            let default = texts::default(&default).text();
            param.note.iter().map(|note| plain(&note.text)).chain([default.get(lang).to_owned()]).collect()
        }
        About::Record(record) => {
            vec![record.fields.iter().map(|field| field.name.text.as_str()).collect::<Vec<_>>().join(lang.comma())]
        }
        About::Define(define) => code(define.span),
        About::Table(table) => code(table.span),
        About::Source(source) => texts(&[&source.label, &source.file]),
        About::Rule(rule) => of_rule(rule, lang),
        About::Pack(pack) => vec![plain(&pack.title.text)],
        About::Calendar(calendar) => vec![plain(&calendar.file.text)],
        About::Options(_) | About::Option(_) | About::Data(_) | About::Argument(_) | About::Binding => Vec::new(),
    }
}

fn of_field(field: &Field, owner: &str, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> = field.label.iter().map(|label| plain(&label.text)).collect();
    lines.push(texts::owner(&owner).get(lang));
    if field.ty.optional {
        lines.push(texts::may_left_out().get(lang).to_owned());
    }
    let said = |name: Phrase, text: &Str| format!("{}:{}", name.get(lang), plain(&text.text));
    for attribute in &field.attributes {
        lines.push(match &attribute.kind {
            AttributeKind::Hint(text) => plain(&text.text),
            AttributeKind::Unit(text) => said(texts::unit_2(), text),
            AttributeKind::Example(text) => said(texts::example(), text),
            AttributeKind::Keep(text) => said(texts::kept_because(), text),
            AttributeKind::Vouched(text) => said(texts::vouched(), text),
            AttributeKind::Happened => texts::happened_not_after_day().get(lang).to_owned(),
            AttributeKind::Planned => texts::planned_date().get(lang).to_owned(),
            AttributeKind::Unique => texts::unique_list().get(lang).to_owned(),
            AttributeKind::Sensitive => texts::sensitive_no_report().get(lang).to_owned(),
            AttributeKind::Format(name) => texts::format_named(&name.text).get(lang),
            AttributeKind::MinItems(least) => texts::least_items(&least).get(lang),
            AttributeKind::MayBe(word) => format!("{}:{}", texts::may().get(lang), plain(&word.text)),
            AttributeKind::Range(..) => continue,
        });
    }
    lines
}

fn of_rule(rule: &Rule, lang: Lang) -> Vec<String> {
    let mut lines: Vec<String> =
        [&rule.title, &rule.group, &rule.responsible].into_iter().flatten().map(|text| plain(&text.text)).collect();
    lines.extend(rule.citations.iter().map(|citation| {
        let quote = citation.quote.as_ref().map(|quote| quote.text.as_str()).unwrap_or_default();
        let short = texts::falls_short().get(lang);
        let shortfall = citation.shortfall.as_ref().map(|text| format!("\n> {short}: {}", plain(&text.text)));
        format!("> {}\n> —— {}{}", plain(quote), plain(&citation.source.text), shortfall.unwrap_or_default())
    }));
    lines
}
