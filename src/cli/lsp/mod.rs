//! `bulou lsp`: the services for editors over the language server protocol, on standard input and output.

mod answers;
mod convert;
mod workspace;

use std::collections::VecDeque;

use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{
    Cancel, DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument, Exit,
    Notification as _, PublishDiagnostics,
};
use lsp_types::{
    CancelParams, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    HoverProviderCapability, InitializeParams, InitializeResult, NumberOrString, OneOf, RenameOptions,
    SemanticTokensFullOptions, SemanticTokensOptions, SemanticTokensServerCapabilities, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind,
};
use serde::de::DeserializeOwned;

use super::Common;
use super::terminal::language;
use workspace::Workspace;

/// Serves until the client says `exit`; 1 when it did so without `shutdown`, as the protocol asks.
pub fn run(common: &Common) -> Result<u8, String> {
    let (connection, threads) = Connection::stdio();
    let code = serve(&connection, common.lang());
    drop(connection);
    threads.join().map_err(|error| format!("{}: {error}", texts::standard_input_output_broke().get(language())))?;
    code
}

fn serve(connection: &Connection, lang: Lang) -> Result<u8, String> {
    let broken =
        |error: lsp_server::ProtocolError| format!("{}: {error}", texts::language_server_did_not().get(language()));
    let (id, params) = connection.initialize_start().map_err(broken)?;
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let english = params.locale.is_some_and(|locale| locale.starts_with("en"));
    let server_info = ServerInfo { name: "bulou".into(), version: Some(env!("CARGO_PKG_VERSION").into()) };
    let result = InitializeResult { capabilities: capabilities(), server_info: Some(server_info) };
    let result = serde_json::to_value(result).map_err(|error| error.to_string())?;
    connection.initialize_finish(id, result).map_err(broken)?;
    let workspace = Workspace::new(if english { Lang::En } else { lang });
    Ok(Server { connection, workspace, stopping: false }.run())
}

fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([".", "{", "\"", " ", "["].map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: Default::default(),
        })),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: convert::legend(),
                full: Some(SemanticTokensFullOptions::Bool(true)),
                ..SemanticTokensOptions::default()
            },
        )),
        ..ServerCapabilities::default()
    }
}

struct Server<'c> {
    connection: &'c Connection,
    workspace: Workspace,
    /// The client said `shutdown`; only `exit` is left.
    stopping: bool,
}

impl Server<'_> {
    /// Answers what has come together, then says what is wrong; so a burst of changes is checked once.
    fn run(mut self) -> u8 {
        while let Ok(first) = self.connection.receiver.recv() {
            let mut queue = VecDeque::from([first]);
            queue.extend(self.connection.receiver.try_iter());
            let cancelled: Vec<RequestId> = queue.iter().filter_map(cancelled).collect();
            for message in queue {
                match message {
                    Message::Request(request) if cancelled.contains(&request.id) => {
                        self.refuse(request.id, ErrorCode::RequestCanceled, "cancelled");
                    }
                    Message::Request(request) => self.request(request),
                    Message::Notification(notification) if notification.method == Exit::METHOD => {
                        return u8::from(!self.stopping);
                    }
                    Message::Notification(notification) => self.notification(notification),
                    Message::Response(_) => {}
                }
            }
            self.publish();
        }
        1
    }

    fn request(&mut self, request: Request) {
        if self.stopping {
            return self.refuse(request.id, ErrorCode::InvalidRequest, "the server is shutting down");
        }
        if request.method == "shutdown" {
            self.stopping = true;
            return self.send(Response::new_ok(request.id, ()));
        }
        match answers::answer(&mut self.workspace, &request.method, request.params) {
            Ok(value) => self.send(Response::new_ok(request.id, value)),
            Err((code, message)) => self.refuse(request.id, code, &message),
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Some(DidOpenTextDocumentParams { text_document }) = read(params) {
                    self.workspace.open(&text_document.uri, text_document.text);
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Some(DidChangeTextDocumentParams { text_document, content_changes }) = read(params) {
                    self.workspace.change(&text_document.uri, content_changes);
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Some(DidCloseTextDocumentParams { text_document }) = read(params) {
                    self.workspace.close(&text_document.uri);
                }
            }
            DidChangeWatchedFiles::METHOD => {
                let changes = read(params).map(|DidChangeWatchedFilesParams { changes }| changes);
                for change in changes.unwrap_or_default() {
                    self.workspace.changed_on_disk(&change.uri);
                }
            }
            // What the server does not know, such as `initialized` and `didSave`, it may leave unanswered.
            _ => {}
        }
    }

    fn publish(&mut self) {
        for params in self.workspace.diagnostics() {
            let message = Notification::new(PublishDiagnostics::METHOD.into(), params);
            self.post(message.into());
        }
    }

    fn refuse(&self, id: RequestId, code: ErrorCode, message: &str) {
        self.send(Response::new_err(id, code as i32, message.to_owned()));
    }

    fn send(&self, response: Response) {
        self.post(response.into());
    }

    /// A client that is gone is noticed when nothing more comes from it.
    fn post(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }
}

fn cancelled(message: &Message) -> Option<RequestId> {
    let Message::Notification(notification) = message else { return None };
    if notification.method != Cancel::METHOD {
        return None;
    }
    let CancelParams { id } = read(notification.params.clone())?;
    Some(match id {
        NumberOrString::Number(id) => id.into(),
        NumberOrString::String(id) => id.into(),
    })
}

fn read<T: DeserializeOwned>(params: serde_json::Value) -> Option<T> {
    serde_json::from_value(params).ok()
}
