//! The requests that are answered, each by a service of the library.

use std::collections::HashMap;

use bulou_editor::{Places, TextEdit, TextRange};
use lsp_server::ErrorCode;
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, Formatting, GotoDefinition, HoverRequest,
    PrepareRenameRequest, References, Rename, Request, SemanticTokensFullRequest,
};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CompletionList, CompletionParams,
    DocumentFormattingParams, DocumentSymbolParams, GotoDefinitionParams, Hover, HoverContents, HoverParams,
    MarkupContent, MarkupKind, Position, PrepareRenameResponse, ReferenceParams, RenameParams, SemanticTokens,
    SemanticTokensParams, TextDocumentPositionParams, Uri, WorkspaceEdit,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::convert;
use super::workspace::{Pack, Workspace};

/// An answer, or why there is none.
type Answer = Result<Value, (ErrorCode, String)>;

/// Answers a request.
pub fn answer(workspace: &mut Workspace, method: &str, params: Value) -> Answer {
    match method {
        Completion::METHOD => completion(workspace, read(params)?),
        HoverRequest::METHOD => hover(workspace, read(params)?),
        GotoDefinition::METHOD => definition(workspace, read(params)?),
        References::METHOD => references(workspace, read(params)?),
        PrepareRenameRequest::METHOD => prepare_rename(workspace, read(params)?),
        Rename::METHOD => rename(workspace, read(params)?),
        Formatting::METHOD => formatting(workspace, read(params)?),
        CodeActionRequest::METHOD => code_actions(workspace, read(params)?),
        SemanticTokensFullRequest::METHOD => semantic_tokens(workspace, read(params)?),
        DocumentSymbolRequest::METHOD => symbols(workspace, read(params)?),
        other => Err((ErrorCode::MethodNotFound, format!("no method `{other}`"))),
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, (ErrorCode, String)> {
    serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

fn value<T: serde::Serialize>(answer: T) -> Answer {
    serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

/// The pack and name of a file; `null` is the answer about a file that is none.
fn file<'w>(workspace: &'w mut Workspace, uri: &Uri) -> Option<(&'w mut Pack, String)> {
    workspace.pack(&convert::path(uri)?)
}

/// The same with a place as its offset.
fn place<'w>(workspace: &'w mut Workspace, uri: &Uri, position: Position) -> Option<(&'w mut Pack, String, u32)> {
    let (pack, file) = file(workspace, uri)?;
    let at = Places::new(pack.editor.text(&file)?).at(convert::line_column(position));
    Some((pack, file, at))
}

fn completion(workspace: &mut Workspace, params: CompletionParams) -> Answer {
    let lang = workspace.lang;
    let TextDocumentPositionParams { text_document, position } = params.text_document_position;
    let Some((pack, file, at)) = place(workspace, &text_document.uri, position) else { return Ok(Value::Null) };
    let found = pack.editor.complete(&file, at, lang);
    let places = Places::new(pack.editor.text(&file).unwrap_or_default());
    let items = found.into_iter().enumerate().map(|(order, item)| convert::completion(&places, order, item));
    value(CompletionList { is_incomplete: true, items: items.collect() })
}

fn hover(workspace: &mut Workspace, params: HoverParams) -> Answer {
    let lang = workspace.lang;
    let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
    let Some((pack, file, at)) = place(workspace, &text_document.uri, position) else { return Ok(Value::Null) };
    let hover = pack.editor.hover(&file, at, lang).map(|found| Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: found.markdown }),
        range: pack.editor.text(&file).map(|text| convert::range(&Places::new(text), found.range)),
    });
    value(hover)
}

fn definition(workspace: &mut Workspace, params: GotoDefinitionParams) -> Answer {
    let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
    let Some((pack, file, at)) = place(workspace, &text_document.uri, position) else { return Ok(Value::Null) };
    let found = pack.editor.definition(&file, at);
    value(found.iter().filter_map(|location| convert::location(pack, location)).collect::<Vec<_>>())
}

fn references(workspace: &mut Workspace, params: ReferenceParams) -> Answer {
    let TextDocumentPositionParams { text_document, position } = params.text_document_position;
    let Some((pack, file, at)) = place(workspace, &text_document.uri, position) else { return Ok(Value::Null) };
    let found = pack.editor.references(&file, at, params.context.include_declaration);
    value(found.iter().filter_map(|location| convert::location(pack, location)).collect::<Vec<_>>())
}

fn prepare_rename(workspace: &mut Workspace, params: TextDocumentPositionParams) -> Answer {
    let Some((pack, file, at)) = place(workspace, &params.text_document.uri, params.position) else {
        return Ok(Value::Null);
    };
    let found = pack.editor.renamable(&file, at);
    value(found.and_then(|(location, placeholder)| {
        let range = convert::location(pack, &location)?.range;
        Some(PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
    }))
}

fn rename(workspace: &mut Workspace, params: RenameParams) -> Answer {
    let lang = workspace.lang;
    let TextDocumentPositionParams { text_document, position } = params.text_document_position;
    let Some((pack, file, at)) = place(workspace, &text_document.uri, position) else { return Ok(Value::Null) };
    let edits = pack.editor.rename(&file, at, &params.new_name);
    value(changes(pack, &edits.map_err(|refused| (ErrorCode::RequestFailed, refused.get(lang).to_owned()))?))
}

/// Changes by file.
#[expect(clippy::mutable_key_type, reason = "the protocol's type has addresses as keys; they do not change")]
fn changes(pack: &Pack, edits: &[TextEdit]) -> WorkspaceEdit {
    let mut changes: HashMap<Uri, Vec<lsp_types::TextEdit>> = HashMap::new();
    for edit in edits {
        if let (Some(uri), Some(text)) = (pack.uri(&edit.file), pack.editor.text(&edit.file)) {
            changes.entry(uri).or_default().push(convert::edit(&Places::new(text), edit));
        }
    }
    WorkspaceEdit::new(changes)
}

/// The whole text as one change; none where nothing changes.
fn formatting(workspace: &mut Workspace, params: DocumentFormattingParams) -> Answer {
    let lang = workspace.lang;
    let Some((pack, file)) = file(workspace, &params.text_document.uri) else { return Ok(Value::Null) };
    let laid_out =
        pack.editor.format(&file).map_err(|reason| (ErrorCode::RequestFailed, reason.text().get(lang).to_owned()))?;
    let text = pack.editor.text(&file).unwrap_or_default();
    let places = Places::new(text);
    let whole = TextEdit { range: places.range(0, text.len()), file, text: laid_out };
    value((whole.text != text).then(|| convert::edit(&places, &whole)).into_iter().collect::<Vec<_>>())
}

fn code_actions(workspace: &mut Workspace, params: CodeActionParams) -> Answer {
    let lang = workspace.lang;
    let Some((pack, file)) = file(workspace, &params.text_document.uri) else { return Ok(Value::Null) };
    let places = Places::new(pack.editor.text(&file).unwrap_or_default());
    let at = |position| places.at(convert::line_column(position));
    let range = TextRange { start: at(params.range.start), end: at(params.range.end) };
    let found = pack.editor.fixes(&file, range, lang);
    let action = |problem: &bulou_editor::Problem| {
        Some(CodeActionOrCommand::CodeAction(CodeAction {
            title: problem.help.clone(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: convert::diagnostic(pack, problem).map(|diagnostic| vec![diagnostic]),
            edit: Some(changes(pack, std::slice::from_ref(problem.fix.as_ref()?))),
            is_preferred: Some(true),
            ..CodeAction::default()
        }))
    };
    value(found.iter().filter_map(action).collect::<Vec<_>>())
}

fn semantic_tokens(workspace: &mut Workspace, params: SemanticTokensParams) -> Answer {
    let Some((pack, file)) = file(workspace, &params.text_document.uri) else { return Ok(Value::Null) };
    let tokens = pack.editor.tokens(&file);
    let places = Places::new(pack.editor.text(&file).unwrap_or_default());
    value(SemanticTokens { result_id: None, data: convert::tokens(&places, &tokens) })
}

fn symbols(workspace: &mut Workspace, params: DocumentSymbolParams) -> Answer {
    let Some((pack, file)) = file(workspace, &params.text_document.uri) else { return Ok(Value::Null) };
    let symbols = pack.editor.symbols(&file);
    let places = Places::new(pack.editor.text(&file).unwrap_or_default());
    value(symbols.iter().map(|item| convert::symbol(&places, item)).collect::<Vec<_>>())
}
