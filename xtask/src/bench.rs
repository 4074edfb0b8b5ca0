//! The benchmark beside other engines, with what it needs built before.

use std::path::Path;
use std::time::SystemTime;

use crate::run::{Outcome, cargo_with, npm_in, root};
use crate::wasm;

/// Runs `tests/bench` natively and in Node. With `--write` among the options, what it prints goes to `docs` as well.
pub fn bench(options: &[&str], packages: impl FnOnce() -> Outcome) -> Outcome {
    if outdated() {
        packages().and_then(|()| wasm::build())?;
    }
    npm_in("tests/bench/node", &["ci", "--no-audit", "--no-fund", "--loglevel", "error"])?;
    let package =
        ["run", "--release", "--locked", "--manifest-path", "tests/bench/Cargo.toml", "--bin", "bulou-bench", "--"];
    // The C library keeps its memory: else what is measured of large trees is how pages come and go.
    let memory = [("MALLOC_TRIM_THRESHOLD_", "1000000000"), ("MALLOC_MMAP_THRESHOLD_", "1000000000")];
    cargo_with(&[&package[..], options].concat(), &memory)
}

/// Whether the page's module is missing, or older than what it is built of.
fn outdated() -> bool {
    let built = modified(&root().join("www/src/wasm/pack.bin"));
    let sources = ["src", "rules", "grammar", "Cargo.lock"].map(|part| newest(&root().join(part)));
    sources.into_iter().any(|source| source > built)
}

/// When the newest file at a path was changed; nothing where there is none.
fn newest(path: &Path) -> Option<SystemTime> {
    let entries = std::fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| newest(&entry.path())).chain([modified(path)]).max().flatten()
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}
