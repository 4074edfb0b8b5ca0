//! The engines of JavaScript: `node/bench.mjs` gets the same documents, rules and verdicts in a folder, and answers there.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::json;

use crate::agree::Agreed;
use crate::documents::{Documents, TODAY};
use crate::engines::RULES;
use crate::measure::Row;
use crate::packs::{self, Packs, root};

/// What Node measured.
#[derive(Deserialize)]
pub struct Node {
    pub version: String,
    pub agreed: Compared,
    pub rows: Vec<Row>,
}

/// How many engines judged, and how many of their verdicts were compared.
#[derive(Deserialize)]
pub struct Compared {
    pub engines: usize,
    pub compared: usize,
}

/// Runs the engines of JavaScript in `folder`.
///
/// # Errors
/// A file that cannot be written or read, or what Node says of a disagreement.
pub fn run(
    folder: &Path,
    packs: &Packs,
    documents: &Documents,
    agreed: &Agreed,
    rounds: usize,
) -> Result<Node, String> {
    let names: Vec<String> = documents.named().into_iter().map(|(name, _)| name).collect();
    let task = json!({
        "rounds": rounds,
        "today": TODAY,
        "rules": RULES,
        "names": names,
        "expected": agreed.verdicts,
        "wasm": root().join("www/src/wasm"),
    });
    let files = [
        ("task.json", task.to_string().into_bytes()),
        ("schema.json", packs.schema().to_string().into_bytes()),
        ("small.json", documents.small.clone()),
        ("large.json", documents.large.clone()),
        ("many.ndjson", documents.lines()),
        ("twenty.bin", packs::compiled(&packs::twenty())),
        ("whole.bin", packs::compiled(&packs::whole())),
    ];
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let script = root().join("tests/bench/node/bench.mjs");
    let status = Command::new("node").arg(&script).arg(folder).status().map_err(|error| format!("node: {error}"))?;
    if !status.success() {
        return Err(format!("{} failed: {status}", script.display()));
    }
    let answer = folder.join("node.json");
    let bytes = std::fs::read(&answer).map_err(|error| format!("{}: {error}", answer.display()))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", answer.display()))
}
