//! Between the library's answers and the protocol's types.

use std::path::{Path, PathBuf};

use bulou_editor::{
    Completion, CompletionKind, LineColumn, OutlineItem, Places, Problem, TextEdit, TextLocation, TextRange, Token,
    TokenKind,
};
use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Diagnostic, DiagnosticRelatedInformation,
    DiagnosticSeverity, DocumentSymbol, Documentation, Location, NumberOrString, Position, Range, SemanticToken,
    SemanticTokenType, SemanticTokensLegend, SymbolKind, Uri,
};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::workspace::Pack;

/// What a path in an address escapes.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The file of a `file:` address.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let path = rest.get(rest.find('/')?..)?;
    let path = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    // `/c:/…` on Windows
    let drive = path.get(1..).filter(|rest| rest.get(1..2) == Some(":"));
    Some(PathBuf::from(drive.map(str::to_owned).unwrap_or(path)))
}

/// The address of a file.
pub fn uri(path: &Path) -> Option<Uri> {
    let path = name(path);
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}", utf8_percent_encode(&path, ESCAPED)).parse().ok()
}

/// A path with `/` between its parts.
pub fn name(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

pub fn line_column(position: Position) -> LineColumn {
    LineColumn { line: position.line, column: position.character }
}

fn position(places: &Places<'_>, unit: u32) -> Position {
    let LineColumn { line, column } = places.line_column(unit);
    Position::new(line, column)
}

pub fn range(places: &Places<'_>, range: TextRange) -> Range {
    Range::new(position(places, range.start), position(places, range.end))
}

pub fn location(pack: &Pack, location: &TextLocation) -> Option<Location> {
    let places = Places::new(pack.editor.text(&location.file)?);
    Some(Location::new(pack.uri(&location.file)?, range(&places, location.range)))
}

pub fn edit(places: &Places<'_>, edit: &TextEdit) -> lsp_types::TextEdit {
    lsp_types::TextEdit::new(range(places, edit.range), edit.text.clone())
}

pub fn diagnostic(pack: &Pack, problem: &Problem) -> Option<Diagnostic> {
    let place = location(pack, &problem.location)?;
    let related = problem.related.iter().filter_map(|related| {
        let location = location(pack, &related.location)?;
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    Some(Diagnostic {
        range: place.range,
        severity: Some(if problem.error { DiagnosticSeverity::ERROR } else { DiagnosticSeverity::WARNING }),
        code: Some(NumberOrString::String(problem.code.to_owned())),
        source: Some("bulou".into()),
        message: format!("{}\n{}", problem.message, problem.help),
        related_information: Some(related.collect()),
        ..Diagnostic::default()
    })
}

/// `order` keeps the library's order: clients sort by the text.
pub fn completion(places: &Places<'_>, order: usize, item: Completion) -> CompletionItem {
    let kind = match item.kind {
        CompletionKind::Keyword => CompletionItemKind::KEYWORD,
        CompletionKind::Field => CompletionItemKind::FIELD,
        CompletionKind::Option => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Param => CompletionItemKind::CONSTANT,
        CompletionKind::Define | CompletionKind::Variable => CompletionItemKind::VARIABLE,
        CompletionKind::Function => CompletionItemKind::FUNCTION,
        CompletionKind::Type => CompletionItemKind::CLASS,
        CompletionKind::Source => CompletionItemKind::MODULE,
        CompletionKind::Quote => CompletionItemKind::TEXT,
    };
    CompletionItem {
        label: item.label,
        kind: Some(kind),
        detail: Some(item.detail).filter(|detail| !detail.is_empty()),
        documentation: Some(Documentation::String(item.documentation)),
        sort_text: Some(format!("{order:05}")),
        filter_text: Some(item.filter),
        text_edit: Some(CompletionTextEdit::Edit(lsp_types::TextEdit::new(range(places, item.range), item.insert))),
        ..CompletionItem::default()
    }
}

/// The protocol's names of the kinds of tokens, in the order of [`TokenKind::ALL`].
pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: TokenKind::ALL.map(token_type).to_vec(), token_modifiers: Vec::new() }
}

fn token_type(kind: TokenKind) -> SemanticTokenType {
    match kind {
        TokenKind::Keyword => SemanticTokenType::KEYWORD,
        TokenKind::Comment => SemanticTokenType::COMMENT,
        TokenKind::String => SemanticTokenType::STRING,
        TokenKind::Number | TokenKind::Date => SemanticTokenType::NUMBER,
        TokenKind::Operator => SemanticTokenType::OPERATOR,
        TokenKind::Type => SemanticTokenType::TYPE,
        TokenKind::Field => SemanticTokenType::PROPERTY,
        TokenKind::Option => SemanticTokenType::ENUM_MEMBER,
        TokenKind::Param | TokenKind::Define | TokenKind::Unknown => SemanticTokenType::VARIABLE,
        TokenKind::Function => SemanticTokenType::FUNCTION,
        TokenKind::Variable => SemanticTokenType::PARAMETER,
        TokenKind::Source => SemanticTokenType::NAMESPACE,
        TokenKind::Rule => SemanticTokenType::CLASS,
    }
}

/// Each token by its distance from the one before.
pub fn tokens(places: &Places<'_>, tokens: &[Token]) -> Vec<SemanticToken> {
    let mut last = Position::default();
    tokens
        .iter()
        .map(|token| {
            let start = position(places, token.range.start);
            let delta_line = start.line - last.line;
            let delta_start = if delta_line == 0 { start.character - last.character } else { start.character };
            last = start;
            let index = TokenKind::ALL.iter().position(|kind| *kind == token.kind).unwrap_or_default();
            SemanticToken {
                delta_line,
                delta_start,
                length: token.range.end - token.range.start,
                token_type: u32::try_from(index).unwrap_or_default(),
                token_modifiers_bitset: 0,
            }
        })
        .collect()
}

pub fn symbol(places: &Places<'_>, item: &OutlineItem) -> DocumentSymbol {
    let kind = match item.kind {
        TokenKind::Type => SymbolKind::STRUCT,
        TokenKind::Field => SymbolKind::FIELD,
        TokenKind::Param => SymbolKind::CONSTANT,
        TokenKind::Define => SymbolKind::VARIABLE,
        TokenKind::Function => SymbolKind::FUNCTION,
        TokenKind::Rule => SymbolKind::CLASS,
        _ => SymbolKind::NAMESPACE,
    };
    let children: Vec<DocumentSymbol> = item.children.iter().map(|child| symbol(places, child)).collect();
    #[expect(deprecated, reason = "the protocol's type still has the field")]
    DocumentSymbol {
        name: item.name.clone(),
        detail: Some(item.detail.clone()),
        kind,
        tags: None,
        deprecated: None,
        range: range(places, item.range),
        selection_range: range(places, item.selection),
        children: Some(children),
    }
}
