//! The outline of a file: its declarations with their fields and options; those with a syntax error by their first
//! words.

use bulou_base::order;
use bulou_base::source::Span;
use bulou_syntax::ast::{Declaration, Field, Name, Str};
use bulou_syntax::chunks;
use bulou_syntax::keywords::DECLARATIONS;
use bulou_syntax::lex::{LexKind, lex};

use super::complete::listed;
use super::{Editor, OutlineItem, Places, TokenKind};

impl Editor {
    /// The declarations of a file in order.
    #[must_use]
    pub fn symbols(&self, file: &str) -> Vec<OutlineItem> {
        let Some(text) = self.text(file).filter(|_| file.ends_with(".bulou")) else { return Vec::new() };
        let parsed = self.source(file).and_then(|id| self.parsed.get(id.0 as usize));
        let outline = Outline { places: Places::new(text), text };
        let declared = parsed.map(|(file, _)| file.declarations.as_slice()).unwrap_or_default();
        let mut symbols: Vec<OutlineItem> =
            declared.iter().filter_map(|declaration| outline.declaration(declaration)).collect();
        let broken = chunks(text).into_iter().filter(|(start, chunk)| {
            let within = |symbol: &OutlineItem| {
                let at = outline.places.byte(symbol.range.start);
                (*start..start + chunk.len()).contains(&at)
            };
            !symbols.iter().any(within)
        });
        let broken: Vec<OutlineItem> = broken.filter_map(|(start, chunk)| outline.broken(start, chunk)).collect();
        symbols.extend(broken);
        order::sort_by_key(&mut symbols, |symbol| symbol.range);
        symbols
    }
}

struct Outline<'t> {
    places: Places<'t>,
    text: &'t str,
}

impl Outline<'_> {
    fn declaration(&self, declaration: &Declaration) -> Option<OutlineItem> {
        let title = |text: &Option<Str>| text.as_ref().map(|text| text.text.clone()).unwrap_or_default();
        let fields = |fields: &[Field]| fields.iter().map(|field| self.field(field)).collect::<Vec<_>>();
        Some(match declaration {
            Declaration::Pack(pack) => self.symbol(&pack.id, pack.title.text.clone(), TokenKind::Source, pack.span),
            Declaration::Citable(source) => {
                self.symbol(&source.name, title(&source.label), TokenKind::Source, source.span)
            }
            Declaration::Param(param) => self.symbol(&param.name, title(&param.note), TokenKind::Param, param.span),
            Declaration::Options(options) => {
                self.symbol(&options.name, listed(&options.options), TokenKind::Type, options.span)
            }
            Declaration::Record(record) => OutlineItem {
                children: fields(&record.fields),
                ..self.symbol(&record.name, String::new(), TokenKind::Type, record.span)
            },
            Declaration::Data(data) => OutlineItem {
                children: fields(&data.fields),
                ..self.symbol(&data.name, String::new(), TokenKind::Type, data.span)
            },
            Declaration::Define(define) => self.symbol(&define.name, String::new(), TokenKind::Define, define.span),
            Declaration::Table(table) => self.symbol(&table.name, String::new(), TokenKind::Function, table.span),
            Declaration::Calendar(calendar) => {
                self.symbol(&calendar.name, calendar.file.text.clone(), TokenKind::Source, calendar.span)
            }
            Declaration::Rule(rule) => self.symbol(&rule.id, title(&rule.title), TokenKind::Rule, rule.span),
            Declaration::Assertion(assertion) => {
                let title = Name { text: assertion.title.text.clone(), span: assertion.title.span };
                self.symbol(&title, String::new(), TokenKind::Rule, assertion.span)
            }
            Declaration::Excuse(_) | Declaration::Allow(_) => return None,
        })
    }

    fn field(&self, field: &Field) -> OutlineItem {
        let label = field.label.as_ref().map(|label| label.text.clone());
        let ty = self.text.get(field.ty.span.start as usize..field.ty.span.end as usize).unwrap_or_default();
        self.symbol(&field.name, label.unwrap_or_else(|| ty.to_owned()), TokenKind::Field, field.span)
    }

    fn symbol(&self, name: &Name, detail: String, kind: TokenKind, span: Span) -> OutlineItem {
        let range = |span: Span| self.places.range(span.start as usize, span.end as usize);
        OutlineItem {
            name: name.text.clone(),
            detail,
            kind,
            range: range(span),
            selection: range(name.span),
            children: Vec::new(),
        }
    }

    /// A declaration that does not parse: its keyword and the word after it.
    fn broken(&self, start: usize, chunk: &str) -> Option<OutlineItem> {
        let mut lexemes = lex(chunk).filter(|lexeme| lexeme.kind != LexKind::Comment);
        let (keyword, name) = (lexemes.next()?, lexemes.next()?);
        let word = chunk.get(keyword.range.clone()).filter(|word| DECLARATIONS.contains(word))?;
        if ["不查", "uncheckable", "断言", "assert"].contains(&word) {
            return None;
        }
        let kind = match word {
            "规则" | "rule" => TokenKind::Rule,
            "定义" | "define" => TokenKind::Define,
            "参数" | "param" => TokenKind::Param,
            "表" | "table" => TokenKind::Function,
            "选项" | "options" | "记录" | "record" | "数据" | "data" => TokenKind::Type,
            _ => TokenKind::Source,
        };
        let range = |from: usize, to: usize| self.places.range(start + from, start + to);
        Some(OutlineItem {
            name: chunk.get(name.range.clone())?.trim_matches('`').to_owned(),
            detail: String::new(),
            kind,
            range: range(keyword.range.start, chunk.trim_end().len()),
            selection: range(name.range.start, name.range.end),
            children: Vec::new(),
        })
    }
}
