//! A small server of static files on this machine alone.

use std::path::{Component, Path, PathBuf};

use tiny_http::{Header, Request, Response, Server};

use crate::run::Outcome;

/// Serves a folder until it is stopped.
pub fn serve(folder: &Path, port: u16) -> Outcome {
    let server = Server::http(("127.0.0.1", port)).map_err(|error| format!("port {port}: {error}; try --port N"))?;
    println!("http://127.0.0.1:{port}/  (Ctrl+C stops; the single file is {})", folder.join("bulou.html").display());
    for request in server.incoming_requests() {
        if let Err(error) = answer(folder, request) {
            eprintln!("{error}");
        }
    }
    Ok(())
}

fn answer(folder: &Path, request: Request) -> std::io::Result<()> {
    let path = request.url().split(['?', '#']).next().unwrap_or_default().trim_start_matches('/').to_owned();
    let path = if path.is_empty() { "index.html".to_owned() } else { path };
    let inside = PathBuf::from(&path).components().all(|part| matches!(part, Component::Normal(_)));
    match std::fs::File::open(folder.join(&path)) {
        Ok(file) if inside && folder.join(&path).is_file() => {
            let header = Header::from_bytes("Content-Type", kind(&path));
            let response = Response::from_file(file);
            request.respond(match header {
                Ok(header) => response.with_header(header),
                Err(()) => response,
            })
        }
        _ => request.respond(Response::from_string("not found").with_status_code(404)),
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "webmanifest") => "application/json; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
